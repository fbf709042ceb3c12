//! Reads the inputs of a turn with what is known of the business and the conversation.

use std::borrow::Cow;

use chrono::{DateTime, Days, Utc, Weekday};

use super::Guest;
use crate::{
    booking::{Booking, BookingId, Business, ResourceId, ServiceId, business::Service},
    language::{
        self, Act, ActKind, Asked, Context, DateOrder, Other, Reader, Reading, Slot, day::Weekdays,
        words::Words,
    },
    workflow::assistant::memory::{ForWhom, Memory, Offered, Step},
};

/// Reader of a turn's inputs, with the business and the conversation as context.
pub(super) struct InputReader<'a> {
    pub(super) business: &'a Business,
    pub(super) memory: &'a Memory,
    pub(super) reader: &'a dyn Reader,
    /// The last thing that was said is a reminder.
    pub(super) reminded: bool,
    /// What was offered last: by the reminder, or else by the answer before.
    pub(super) offered: Cow<'a, [Offered]>,
    /// True if the options are shown with numbers.
    pub(super) is_numbered: bool,
    /// The customer's bookings.
    pub(super) bookings: &'a [Booking],
}

// === impl InputReader ===

impl InputReader<'_> {
    /// A text of which nothing else is understood, where it is written as a name is. It is the
    /// customer's, or that of whom they called their son or the like.
    pub(super) fn read_as_name(
        &self,
        text: &str,
        words: &Words,
        sent_at: DateTime<Utc>,
    ) -> Option<Reading> {
        let count = words.as_slice().len();
        let is_written = |n: usize| words.written(n).starts_with(char::is_uppercase);
        if !(1..=3).contains(&count) || !(0..count).all(is_written) {
            return None;
        }
        let reading = self.read_asked(text, sent_at, Asked::Name, &[]);
        let name = reading.own_name()?.to_owned();
        let draft = self.memory.draft();
        let whom = draft.and_then(|draft| draft.for_whom.as_ref());
        if matches!(whom, Some(ForWhom::Related(_) | ForWhom::Unnamed)) && count < 3 {
            let other = Other {
                name: Some(name),
                relation: None,
            };
            let act = Act {
                tells: false,
                kind: ActKind::Inform,
                words: 0..count,
                slots: vec![Slot::Other(other)],
            };
            return Some(Reading {
                acts: vec![act],
                ..Reading::default()
            });
        }
        (count > 1).then_some(reading)
    }

    /// Reads a text that comes after others of the turn, which named these services.
    pub(super) fn read(
        &self,
        text: &str,
        sent_at: DateTime<Utc>,
        named: &[Vec<ServiceId>],
    ) -> Reading {
        let asked = match self.memory.step {
            Step::Time { .. } | Step::ChooseMove { .. } | Step::ChooseCancel => Asked::Time,
            Step::Name { .. } => Asked::Name,
            Step::Confirm { .. } => Asked::Proposal,
            _ if self.reminded => Asked::Proposal,
            Step::ConfirmCancel { .. } | Step::CannotCome { .. } => Asked::YesOrNo,
            _ => Asked::Nothing,
        };
        self.read_asked(text, sent_at, asked, named)
    }

    fn read_asked(
        &self,
        text: &str,
        sent_at: DateTime<Utc>,
        asked: Asked,
        named: &[Vec<ServiceId>],
    ) -> Reading {
        let business = self.business;
        let services = business.services.iter();
        let now = business.zone.to_local(sent_at);
        let window = business.rules.window_days.into();
        // After an appointment was given up, "the Friday after" is after it.
        let is_given_up = !self.memory.topic.is_empty() && self.memory.step == Step::Idle;
        let talked_of = self.memory.at;
        let talked_of = talked_of.filter(|_| is_given_up || self.memory.draft().is_some());
        let talked_of = talked_of.or_else(|| self.spoken_of());
        let is_closed = |day: &Weekday| business.hours.on_weekday(*day).is_empty();
        let closed = Weekdays::ALL.iter().filter(is_closed);
        let closed = closed.fold(Weekdays::default(), Weekdays::and);
        let ranges = || {
            Weekdays::ALL
                .iter()
                .flat_map(|day| business.hours.on_weekday(day))
        };
        let opens = ranges().map(|range| range.start_minute()).min();
        let open = opens.zip(ranges().map(|range| range.end_minute()).max());
        self.reader.read(
            text,
            &Context {
                now,
                country: business.country.as_deref(),
                last_day: now.date().checked_add_days(Days::new(window)),
                closed,
                open,
                window: self.memory.window,
                talked_of: talked_of.map(|at| business.zone.to_local(at).date()),
                elsewhere: Some(&business.zone),
                language: self.memory.language,
                date_order: DateOrder::of_country(business.country.as_deref()),
                asked,
                topic: self.topic(named),
                earlier: self.earlier(),
                minutes: self.minutes(),
                services: services.map(|one| one.names().collect()).collect(),
                staff: business.staff.iter().map(|one| one.name.as_str()).collect(),
            },
        )
    }

    /// The services that are being talked of, by their places: what is being booked or chosen from,
    /// or was asked about, or named right before.
    fn topic(&self, named: &[Vec<ServiceId>]) -> Vec<usize> {
        let ids: Vec<&ServiceId> = match (&self.memory.step, self.memory.draft()) {
            _ if !named.is_empty() => named.iter().flatten().collect(),
            (_, Some(draft)) => draft.services.iter().collect(),
            (Step::Service { wish }, None) if !wish.among.is_empty() => wish.among.iter().collect(),
            _ => self.memory.topic.iter().flatten().collect(),
        };
        let place = |id: &&ServiceId| {
            let mut services = self.business.services.iter();
            services.position(|one| one.id == **id)
        };
        ids.iter().filter_map(place).collect()
    }

    /// The services that were asked about right before those that are talked of.
    fn earlier(&self) -> Vec<usize> {
        let memory = self.memory;
        let asks = matches!(&memory.step, Step::Service { wish } if !wish.among.is_empty());
        let ids = match memory.draft() {
            _ if asks => return Vec::new(),
            Some(draft) if !draft.with.is_empty() => return Vec::new(),
            Some(_) => memory.topic.iter().flatten(),
            None => memory.earlier.iter().flatten(),
        };
        let place = |id: &ServiceId| {
            let mut services = self.business.services.iter();
            services.position(|one| one.id == *id)
        };
        ids.filter_map(place).collect()
    }

    /// The length of each service, in minutes.
    fn minutes(&self) -> Vec<u16> {
        let services = self.business.services.iter();
        let minutes = services.map(|one| one.duration.num_minutes().try_into());
        minutes.map(|one| one.unwrap_or(u16::MAX)).collect()
    }

    /// Which of the business's own questions a text asks.
    pub(super) fn answers(&self, words: &Words) -> Vec<usize> {
        // "Pasar" is no misspelt "pagar".
        let is_meant = |written: &String, phrase: &Words| {
            let bare = |word: &str| word.trim_end_matches('s').to_owned();
            let mut words = phrase.as_slice().iter();
            // "Book me in" asks for no books.
            let alike = |word: &String| {
                word == written || bare(word) == bare(written) && !language::is_request(written)
            };
            words.any(alike) || !language::is_word(written)
        };
        let asked = |phrase: &str| {
            let phrase = Words::of(phrase);
            let place = words.place_of(&phrase);
            let written = place.and_then(|place| words.as_slice().get(place));
            written.is_some_and(|all| all.iter().all(|word| is_meant(word, &phrase)))
        };
        let answers = self.business.answers.iter().enumerate();
        answers
            .filter(|(_, answer)| answer.words.iter().any(|phrase| asked(phrase)))
            .map(|(n, _)| n)
            .collect()
    }

    /// The start of the appointment that was spoken of last, or of the only one.
    fn spoken_of(&self) -> Option<DateTime<Utc>> {
        let is_it = |one: &&Booking| Some(one.id) == self.memory.spoken_of;
        let only = || match self.bookings {
            [one] => Some(one),
            _ => None,
        };
        let spoken_of = self.bookings.iter().find(is_it).or_else(only);
        spoken_of.map(|one| one.details.visible.start)
    }

    /// The appointments that are for somebody whom a text names.
    pub(super) fn appointments_of(&self, words: &Words) -> Vec<BookingId> {
        let kept = language::kept(words);
        let is_named = |name: &str| {
            let name = Words::of(name);
            let Some(first) = name.as_slice().first() else {
                return false;
            };
            // "Noah's stays as it is" asks for nothing.
            let all = words.as_slice().iter().enumerate();
            let mut all = all.filter(|(n, _)| !kept.iter().any(|range| range.contains(n)));
            // "Noah's", "noahs".
            all.any(|(_, word)| word == first || word.strip_suffix('s') == Some(first))
        };
        let for_others = self.bookings.iter();
        let for_others = for_others.filter_map(|one| Some((one, one.details.for_name.as_deref()?)));
        let for_others: Vec<_> = for_others.collect();
        let named = for_others.iter().filter(|(_, name)| is_named(name));
        let named: Vec<_> = named.map(|(booking, _)| booking.id).collect();
        match for_others.as_slice() {
            [(only, _)] if named.is_empty() && language::speaks_of_theirs(words) => vec![only.id],
            _ => named,
        }
    }

    pub(super) fn services(&self, wanted: &[Vec<usize>]) -> Vec<Vec<ServiceId>> {
        let id = |&n: &usize| Some(self.business.services.get(n)?.id.clone());
        let readings = wanted.iter().map(|all| all.iter().filter_map(id).collect());
        readings.filter(|all: &Vec<_>| !all.is_empty()).collect()
    }

    /// Resolves what was said about one of several people.
    pub(super) fn guest(&self, guest: &language::Guest) -> Guest {
        let named = guest.name.clone();
        let named = named.map(|name| ForWhom::Named(name.into()));
        let related = guest.relation.clone();
        let related = related.map(|relation| ForWhom::Related(relation.into()));
        let other = (!guest.is_self).then_some(ForWhom::Unnamed);
        Guest {
            for_whom: named.or(related).or(other),
            services: self.services(&guest.services),
            staff: self.staff(&guest.staff),
            when: guest.when.clone(),
        }
    }

    /// Returns the staff member who was asked for, if there is exactly one.
    pub(super) fn staff(&self, wished: &[usize]) -> Option<ResourceId> {
        let [one] = wished else { return None };
        Some(self.business.staff.get(*one)?.id.clone())
    }

    /// Of several services those that are not being booked: "just the roots, the highlights cost too
    /// much".
    pub(super) fn but_the_drafted(&self, services: Vec<Vec<ServiceId>>) -> Vec<Vec<ServiceId>> {
        let Some(draft) = self.memory.draft() else {
            return services;
        };
        let is_new = |readings: &&Vec<ServiceId>| {
            let mut drafted = draft.services.iter();
            !drafted.any(|one| readings.contains(one))
        };
        let new: Vec<_> = services.iter().filter(is_new).cloned().collect();
        if new.is_empty() { services } else { new }
    }

    /// Those of the services that were asked about, where it was asked which of them: "the classic"
    /// of two manicures is no pedicure.
    pub(super) fn among(&self, services: Vec<Vec<ServiceId>>) -> Vec<Vec<ServiceId>> {
        let Step::Service { wish } = &self.memory.step else {
            return services;
        };
        let asked = |readings: Vec<ServiceId>| {
            let among = readings.iter().filter(|one| wish.among.contains(one));
            let among: Vec<_> = among.cloned().collect();
            if among.is_empty() { readings } else { among }
        };
        services.into_iter().map(asked).collect()
    }

    /// Whether a text is the name of a service, and so of nobody.
    pub(super) fn names_service(&self, words: &Words) -> bool {
        let services = self.business.services.iter();
        let mut names = services.flat_map(Service::names);
        names.any(|name| Words::of(name).nearly_equal(words))
    }

    /// Returns whether a yes, a no, a time or a name is waited for.
    pub(super) fn waits_for_answer(&self) -> bool {
        let step = &self.memory.step;
        self.asks_yes_or_no() || matches!(step, Step::Time { .. } | Step::Name { .. })
    }

    pub(super) fn asks_yes_or_no(&self) -> bool {
        let asked = matches!(
            self.memory.step,
            Step::Confirm { .. } | Step::ConfirmCancel { .. } | Step::CannotCome { .. }
        );
        asked || self.reminded
    }
}
