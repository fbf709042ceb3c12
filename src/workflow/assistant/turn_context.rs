//! The context of a turn: the business, the language, the texts and the bookings of the customer.

mod price;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::{
    memory::{Draft, ForWhom, Pick},
    texts::{self, Dates},
};
use crate::{
    booking::{
        Booking, BookingId, BookingStatus, Business, Busy, ResourceId, Services,
        business::{Service, Visit},
    },
    language::{Language, wording::Texts},
    workflow::Turn,
};

/// The business, its language and the turn.
pub(super) struct TurnContext<'a> {
    pub(super) business: &'a Business,
    pub(super) turn: &'a Turn,
    pub(super) language: Language,
    pub(super) texts: Texts<'a>,
    pub(super) dates: &'static dyn Dates,
    /// Bookings made earlier in this turn, which no calendar shows yet.
    pub(super) fresh: Vec<Busy>,
}

/// What can be told about an appointment.
#[derive(Debug, Clone)]
pub(super) struct Appointment<'a> {
    pub(super) services: String,
    /// The person, where the business has staff.
    pub(super) staff: Option<&'a str>,
    /// By the clock of the business.
    pub(super) at: NaiveDateTime,
    pub(super) minutes: i64,
    pub(super) price: Option<String>,
    /// Whom it is for, where that is somebody else.
    pub(super) for_name: Option<&'a str>,
}

// === impl TurnContext ===

impl<'a> TurnContext<'a> {
    pub(super) fn new(business: &'a Business, turn: &'a Turn, language: Language) -> Self {
        Self {
            business,
            turn,
            language,
            texts: texts::of(language, business),
            dates: texts::dates(language, business.country.as_deref()),
            fresh: Vec::new(),
        }
    }

    /// Returns the context after the decisions so far are carried out, which changed the bookings of
    /// `before`.
    pub(super) fn after(self, before: &Turn) -> Self {
        let is_new = |booking: &&Booking| {
            let held = matches!(booking.status, BookingStatus::Held { .. });
            let same = |one: &Booking| (one.id, one.version) == (booking.id, booking.version);
            !held && !before.bookings.iter().any(same)
        };
        let new = self.turn.bookings.iter().filter(is_new);
        let fresh = new.map(|booking| Busy {
            resource: Some(booking.details.resource.clone()),
            blocked: booking.details.blocked,
        });
        Self {
            fresh: fresh.collect(),
            ..self
        }
    }

    pub(super) fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        self.business.zone.to_local(at)
    }

    /// When a booking starts, by the clock of the business.
    pub(super) fn start(&self, booking: &Booking) -> NaiveDateTime {
        self.local(booking.details.visible.start)
    }

    fn today(&self) -> NaiveDate {
        self.local(self.turn.now).date()
    }

    /// A day as one says it today.
    pub(super) fn day(&self, date: NaiveDate) -> String {
        self.dates.day_seen_from(self.today(), date)
    }

    /// A day and a time of day as one says them today.
    pub(super) fn moment(&self, at: DateTime<Utc>) -> String {
        self.local_moment(self.local(at))
    }

    fn local_moment(&self, at: NaiveDateTime) -> String {
        self.dates.moment_seen_from(self.today(), at)
    }

    /// The names of services, as one says them in a row; of those that left the file none.
    pub(super) fn services_name(&self, services: &Services) -> String {
        texts::services(&self.texts, self.business, services)
    }

    pub(super) fn staff_name(&self, id: &ResourceId) -> Option<&'a str> {
        self.business
            .staff_member(id)
            .map(|person| person.name.as_str())
    }

    /// What can be told about services at a time.
    pub(super) fn appointment(
        &self,
        services: &Services,
        resource: &ResourceId,
        start: DateTime<Utc>,
    ) -> Appointment<'a> {
        let visit = self.business.visit(services);
        Appointment {
            services: self.services_name(services),
            staff: self.staff_name(resource),
            at: self.local(start),
            minutes: visit
                .as_ref()
                .map_or(0, |visit| visit.duration.num_minutes()),
            price: visit.as_ref().and_then(|visit| self.prices(visit)),
            for_name: None,
        }
    }

    /// What is going to be booked, at the time that was chosen.
    pub(super) fn planned<'b>(&'b self, draft: &'b Draft, pick: &'b Pick) -> Appointment<'b> {
        Appointment {
            for_name: draft.for_whom.as_ref().and_then(ForWhom::name),
            ..self.appointment(&draft.services, &pick.resource, pick.start)
        }
    }

    pub(super) fn price(&self, service: &'a Service) -> Option<&'a str> {
        service.price.as_ref().map(|price| price.get(self.language))
    }

    /// The price of a visit: the sum, where all of it is priced in the same way; else the prices as
    /// they are written, beside each other, and where one has none, with the names of those that
    /// have one.
    fn prices(&self, visit: &Visit<'a>) -> Option<String> {
        let priced = |service: &&'a Service| Some((*service, self.price(service)?));
        let prices: Vec<_> = visit.services.iter().filter_map(priced).collect();
        let all = prices.len() == visit.services.len();
        let written: Vec<_> = prices.iter().map(|(_, price)| *price).collect();
        if let Some(sum) = price::sum(&written).filter(|_| all) {
            return Some(sum);
        }
        let shown = |(service, price): &(&'a Service, &'a str)| {
            if all {
                (*price).to_owned()
            } else {
                format!("{} {price}", service.name.get(self.language))
            }
        };
        let shown: Vec<_> = prices.iter().map(shown).collect();
        (!shown.is_empty()).then(|| shown.join(" + "))
    }

    /// What can be told about a booking. Of a service that is no longer in the file the length
    /// is what was booked.
    pub(super) fn booked<'b>(&'b self, booking: &'b Booking) -> Appointment<'b> {
        let details = &booking.details;
        let minutes = (details.visible.end - details.visible.start).num_minutes();
        Appointment {
            minutes,
            for_name: details.for_name.as_deref(),
            ..self.appointment(&details.services, &details.resource, details.visible.start)
        }
    }

    /// A booking in one line.
    pub(super) fn line(&self, booking: &Booking) -> String {
        self.told(&self.booked(booking))
    }

    /// An appointment in one line.
    pub(super) fn told(&self, appointment: &Appointment<'_>) -> String {
        let what = self.what(appointment);
        format!("{what}, {}", self.local_moment(appointment.at))
    }

    /// An appointment that is as the customer wants it only once its keeper answers.
    pub(super) fn asking(&self, booking: &Booking) -> String {
        let line = self.line(booking);
        match booking.status {
            BookingStatus::Requested => self.texts.still_booking(&line),
            _ => self.texts.still_changing(&line),
        }
    }

    /// An appointment over several lines, to be looked at.
    pub(super) fn details(&self, appointment: &Appointment<'_>) -> String {
        let minutes = self.dates.minutes(appointment.minutes);
        let price = appointment.price.as_ref();
        let price = price.map(|price| format!(", {price}"));
        let lines = [
            self.what(appointment),
            texts::capitalized(&self.local_moment(appointment.at)) + &self.zone(),
            minutes + &price.unwrap_or_default(),
        ];
        lines.join("\n")
    }

    /// Appointments as they are settled, a line each.
    pub(super) fn settled<'b>(
        &self,
        appointments: impl IntoIterator<Item = Appointment<'b>>,
    ) -> String {
        // "3:00 p. m." ends with a stop of its own.
        let line = |one| format!("{}{}", self.told(&one), self.zone());
        let stopped = |line: String| format!("{}.", line.trim_end_matches('.'));
        let lines: Vec<_> = appointments.into_iter().map(line).map(stopped).collect();
        lines.join("\n")
    }

    /// Whose clock it is, for who writes from another country.
    fn zone(&self) -> String {
        let phone = self.turn.contact.phone.as_ref();
        let country = self.business.country.as_deref();
        let abroad = phone
            .zip(country)
            .is_some_and(|(phone, country)| phone.is_abroad_from(country));
        if !abroad {
            return String::new();
        }
        let city = texts::city(self.business.zone.name());
        format!(" ({})", self.texts.zone_time(&city))
    }

    fn what(&self, appointment: &Appointment<'_>) -> String {
        let mut what = appointment.services.clone();
        let whom = appointment.for_name.map(|whom| {
            // A name has a capital; "son" is how the customer calls them.
            if whom.starts_with(char::is_lowercase) {
                self.texts.for_relation(whom)
            } else {
                self.texts.for_somebody(whom)
            }
        });
        let staff = appointment.staff.map(|staff| self.texts.with_staff(staff));
        for part in [whom, staff].into_iter().flatten() {
            what.push(' ');
            what.push_str(&part);
        }
        what
    }

    /// The customer's appointments ahead, by start.
    pub(super) fn upcoming(&self) -> impl Iterator<Item = &'a Booking> {
        let now = self.turn.now;
        self.turn.bookings.iter().filter(move |booking| {
            let firm = matches!(
                booking.status,
                BookingStatus::Booked | BookingStatus::Requested
            );
            firm && booking.details.visible.start > now
        })
    }

    /// The appointment that the customer was reminded of since they wrote last.
    pub(super) fn reminded(&self) -> Option<&'a Booking> {
        let reminded = self.turn.reminded?;
        self.upcoming().find(|booking| booking.id == reminded)
    }

    /// The first appointment that waits for its keeper's answer.
    pub(super) fn asked(&self) -> Option<&'a Booking> {
        self.upcoming().find(|booking| booking.is_asked())
    }

    /// The appointment that is next, or under way.
    pub(super) fn current(&self) -> Option<&'a Booking> {
        let now = self.turn.now;
        let firm = |booking: &&Booking| {
            matches!(
                booking.status,
                BookingStatus::Booked | BookingStatus::Requested
            )
        };
        let mut bookings = self.turn.bookings.iter().filter(firm);
        bookings.find(|booking| booking.details.visible.end > now)
    }

    /// The appointment that is to be moved: this one, or the only one; none where it has to be
    /// asked, it is too late, or it waits for its keeper.
    pub(super) fn movable(&self, id: Option<BookingId>) -> Option<&'a Booking> {
        let mut upcoming = self.upcoming();
        let booking = if let Some(id) = id {
            upcoming.find(|booking| booking.id == id)?
        } else {
            upcoming.next().filter(|_| upcoming.next().is_none())?
        };
        (!self.is_too_late(booking) && !booking.is_asked()).then_some(booking)
    }

    /// Whether an appointment is too near for its customer to change it.
    pub(super) fn is_too_late(&self, booking: &Booking) -> bool {
        booking.details.visible.start - self.turn.now < self.business.rules.cancel_cutoff
    }

    /// The booking that a draft moves.
    pub(super) fn moved(&self, draft: &Draft) -> Option<&'a Booking> {
        let moving = draft.moving?;
        let mut bookings = self.turn.bookings.iter();
        bookings.find(|booking| booking.id == moving.id)
    }

    /// What a draft gives up: the time of the booking that it moves.
    pub(super) fn given_up(&self, draft: &Draft) -> Option<Busy> {
        let moved = self.moved(draft)?;
        Some(Busy {
            resource: Some(moved.details.resource.clone()),
            blocked: moved.details.blocked,
        })
    }

    /// The times that are held for the customer.
    pub(super) fn holds(&self) -> impl Iterator<Item = &'a Booking> {
        let mut held = self.turn.bookings.iter();
        std::iter::from_fn(move || {
            held.find(|booking| matches!(booking.status, BookingStatus::Held { .. }))
        })
    }

    /// Whether the customer has as many appointments as they may.
    pub(super) fn is_full(&self) -> bool {
        self.upcoming().count() >= self.business.max_open_bookings as usize
    }

    /// The name that a booking is put under.
    pub(super) fn name(&self, given: Option<&str>) -> Option<Box<str>> {
        // "🌸✨" is a profile, and no name.
        let has_letters = |name: &&str| name.chars().any(char::is_alphabetic);
        let of_profile = self.turn.contact.name.as_deref().filter(has_letters);
        let known = given.or(of_profile).map(str::trim);
        known.filter(|name| !name.is_empty()).map(Into::into)
    }
}
