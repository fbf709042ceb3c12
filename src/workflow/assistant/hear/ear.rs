//! Who listens to a turn, and what they know of the business and the conversation.

use std::borrow::Cow;

use chrono::{DateTime, Days, Utc, Weekday};

use crate::{
    booking::{Business, ServiceId, business::Service},
    language::{Asked, Context, DateOrder, Reader, Reading, day::Weekdays, words::Words},
    workflow::assistant::memory::{Memory, Offered, Step},
};

/// Who listens, and what they know.
pub(super) struct Ear<'a> {
    pub(super) business: &'a Business,
    pub(super) memory: &'a Memory,
    pub(super) reader: &'a dyn Reader,
    /// The last thing that was said is a reminder.
    pub(super) reminded: bool,
    /// What was offered last: by the reminder, or else by the answer before.
    pub(super) offered: Cow<'a, [Offered]>,
}

// === impl Ear ===

impl Ear<'_> {
    pub(super) fn read(&self, text: &str, sent_at: DateTime<Utc>) -> Reading {
        let business = self.business;
        let asked = match self.memory.step {
            Step::Time { .. } | Step::ChooseMove { .. } | Step::ChooseCancel => Asked::Time,
            Step::Name { .. } => Asked::Name,
            Step::Confirm { .. } => Asked::Proposal,
            _ if self.reminded => Asked::Proposal,
            Step::ConfirmCancel { .. } => Asked::YesOrNo,
            _ => Asked::Nothing,
        };
        let services = business.services.iter();
        let now = business.zone.to_local(sent_at);
        let window = business.rules.window_days.into();
        let is_closed = |day: &Weekday| business.hours.on_weekday(*day).is_empty();
        let closed = Weekdays::ALL.iter().filter(is_closed);
        let closed = closed.fold(Weekdays::default(), Weekdays::and);
        self.reader.read(
            text,
            &Context {
                now,
                country: business.country.as_deref(),
                last_day: now.date().checked_add_days(Days::new(window)),
                closed,
                elsewhere: Some(&business.zone),
                language: self.memory.language,
                date_order: DateOrder::of_country(business.country.as_deref()),
                asked,
                services: services.map(|one| one.names().collect()).collect(),
                staff: business.staff.iter().map(|one| one.name.as_str()).collect(),
            },
        )
    }

    /// Which of the business's own questions a text asks.
    pub(super) fn answers(&self, words: &Words) -> Vec<usize> {
        let asked = |phrase: &str| words.contain_nearly(&Words::of(phrase));
        let answers = self.business.answers.iter().enumerate();
        answers
            .filter(|(_, answer)| answer.words.iter().any(|phrase| asked(phrase)))
            .map(|(n, _)| n)
            .collect()
    }

    pub(super) fn services(&self, wanted: &[Vec<usize>]) -> Vec<Vec<ServiceId>> {
        let id = |&n: &usize| Some(self.business.services.get(n)?.id.clone());
        let readings = wanted.iter().map(|all| all.iter().filter_map(id).collect());
        readings.filter(|all: &Vec<_>| !all.is_empty()).collect()
    }

    /// Whether a text is the name of a service, and so of nobody.
    pub(super) fn names_service(&self, words: &Words) -> bool {
        let services = self.business.services.iter();
        let mut names = services.flat_map(Service::names);
        names.any(|name| Words::of(name).nearly_equal(words))
    }

    pub(super) fn asks_yes_or_no(&self) -> bool {
        let asked = matches!(
            self.memory.step,
            Step::Confirm { .. } | Step::ConfirmCancel { .. }
        );
        asked || self.reminded
    }
}
