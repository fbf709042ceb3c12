//! What the assistant has before it while it answers one turn.

use chrono::{DateTime, NaiveDateTime, Utc};

use super::texts::{self, Appointment, Texts};
use crate::{
    booking::{Booking, BookingStatus, Business, ResourceId, ServiceId, business::Service},
    language::Language,
    workflow::Turn,
};

/// The business, its language and the turn.
pub(super) struct Desk<'a> {
    pub(super) business: &'a Business,
    pub(super) turn: &'a Turn,
    pub(super) language: Language,
    pub(super) texts: &'static dyn Texts,
}

// === impl Desk ===

impl<'a> Desk<'a> {
    pub(super) fn new(business: &'a Business, turn: &'a Turn) -> Self {
        // English until the assistant speaks more than that.
        let language = Language::English;
        Self {
            business,
            turn,
            language,
            texts: texts::of(language),
        }
    }

    pub(super) fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        self.business.zone.to_local(at)
    }

    pub(super) fn moment(&self, at: DateTime<Utc>) -> String {
        self.texts.moment(self.local(at))
    }

    pub(super) fn service_name(&self, id: &ServiceId) -> &'a str {
        let service = self.business.service(id);
        service.map_or("", |service| service.name.get(self.language))
    }

    pub(super) fn staff_name(&self, id: &ResourceId) -> Option<&'a str> {
        self.business
            .staff_member(id)
            .map(|person| person.name.as_str())
    }

    /// What can be told about a service at a time.
    pub(super) fn appointment(
        &self,
        service: &ServiceId,
        resource: &ResourceId,
        start: DateTime<Utc>,
    ) -> Appointment<'a> {
        let known = self.business.service(service);
        Appointment {
            service: self.service_name(service),
            staff: self.staff_name(resource),
            at: self.local(start),
            minutes: known.map_or(0, |service| service.duration.num_minutes()),
            price: known.and_then(|service| self.price(service)),
            address: self
                .business
                .address
                .as_ref()
                .map(|address| address.get(self.language)),
        }
    }

    pub(super) fn price(&self, service: &'a Service) -> Option<&'a str> {
        service.price.as_ref().map(|price| price.get(self.language))
    }

    /// What can be told about a booking. Of a service that is no longer in the file the length
    /// is what was booked.
    pub(super) fn booked(&self, booking: &Booking) -> Appointment<'a> {
        let details = &booking.details;
        let minutes = (details.visible.end - details.visible.start).num_minutes();
        Appointment {
            minutes,
            ..self.appointment(&details.service, &details.resource, details.visible.start)
        }
    }

    pub(super) fn line(&self, booking: &Booking) -> String {
        self.texts.line(&self.booked(booking))
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
        let known = given.or(self.turn.contact.name.as_deref());
        known
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(Into::into)
    }
}
