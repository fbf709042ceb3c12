//! What the keeper of a calendar tells of its appointments: the local copy follows.
//!
//! The invariants: what is told late never undoes what is known to be newer; an appointment has
//! one booking, whoever heard of it first.

use std::{cmp::Reverse, ops::Range};

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::params;

use super::{
    booking, customer,
    encoding::{Millis, millis},
    fault::Fault,
    outbox,
    request::heard_of,
    transaction::Transaction,
};
use crate::{
    booking::{Booking, BookingStatus, Business, ResourceId, Services, Span, business::Service},
    message::{Appointment, SourceKind},
};

/// Lets the local copy follow an appointment, where it is of the calendar that is booked in.
pub(super) fn follow(
    transaction: &mut Transaction<'_>,
    appointment: &Appointment,
) -> Result<(), Fault> {
    let business = &appointment.notice.business;
    let Some(business) = transaction.rules.policy.businesses.by_id(business) else {
        return Ok(());
    };
    if business.calendar_elsewhere() != Some(&*appointment.calendar) {
        return Ok(());
    }
    let known = booking::of_keeper(transaction.conn, &appointment.calendar, &appointment.id)?;
    match (known, appointment.when) {
        (Some((booking, since)), when) => {
            let at = appointment.at.map_or(transaction.now, millis);
            if since.is_some_and(|since| at < since) {
                return Ok(());
            }
            let booking = changed(&business, booking, appointment, when);
            write(transaction, &booking, at)
        }
        (None, when) => take_in(transaction, &business, appointment, when),
    }
}

/// The booking as it is told to be.
fn changed(
    business: &Business,
    mut booking: Booking,
    appointment: &Appointment,
    when: Option<(DateTime<Utc>, DateTime<Utc>)>,
) -> Booking {
    let Some(when) = when else {
        booking.status = BookingStatus::Cancelled;
        return booking;
    };
    booking.status = BookingStatus::Booked;
    let details = &mut booking.details;
    if let Some(resource) = resource(business, appointment) {
        details.resource = resource;
    }
    (details.visible, details.blocked) = spans(business, &details.services, when);
    booking
}

fn write(transaction: &mut Transaction<'_>, booking: &Booking, at: Millis) -> Result<(), Fault> {
    let before = booking::booking(transaction.conn, booking.id)?;
    if before.is_some_and(|before| before == *booking) {
        transaction.execute(
            "UPDATE bookings SET external_at = ?2 WHERE id = ?1",
            (booking.id.0.as_bytes(), at),
        )?;
        return Ok(());
    }
    booking::write(transaction, booking, at)?;
    remind(transaction, booking)
}

/// An appointment that was made elsewhere becomes its customer's. One that was given up is kept as
/// such, so that what is told late of its making does not bring it back.
fn take_in(
    transaction: &mut Transaction<'_>,
    business: &Business,
    appointment: &Appointment,
    when: Option<(DateTime<Utc>, DateTime<Utc>)>,
) -> Result<(), Fault> {
    let status = if when.is_some() {
        "booked"
    } else {
        "cancelled"
    };
    let at = appointment.at.map_or(transaction.now, millis);
    let told_at = DateTime::from_timestamp_millis(at).unwrap_or_default();
    let when = when.unwrap_or((told_at, told_at));
    let Some(contact) = &appointment.contact else {
        return Ok(());
    };
    let who = (SourceKind::Highlevel, &**contact);
    let customer = customer::of_provider(transaction, business.id.as_str(), who)?;
    let services = services(business, appointment);
    let (visible, blocked) = spans(business, &services, when);
    let resource = resource(business, appointment);
    let id = heard_of(&appointment.calendar, &appointment.id);
    let made = transaction.execute(
        "INSERT INTO bookings (id, business, services, resource, customer, status, version,
            visible_start, visible_end, blocked_start, blocked_end, created_at, changed_at,
            calendar, external_id, external_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?14, 1, ?6, ?7, ?8, ?9, ?10, ?10, ?11, ?12, ?13)
         ON CONFLICT DO NOTHING",
        params![
            id.0.as_bytes(),
            business.id.as_str(),
            services.to_string(),
            resource.unwrap_or_else(ResourceId::shop).as_str(),
            customer,
            millis(visible.start),
            millis(visible.end),
            millis(blocked.start),
            millis(blocked.end),
            transaction.now,
            &*appointment.calendar,
            &*appointment.id,
            at,
            status,
        ],
    )?;
    match booking::booking(transaction.conn, id)? {
        Some(booking) if made == 1 => remind(transaction, &booking),
        _ => Ok(()),
    }
}

fn remind(transaction: &mut Transaction<'_>, booking: &Booking) -> Result<(), Fault> {
    match booking.status {
        BookingStatus::Booked => outbox::schedule_reminders(transaction, booking, None),
        _ => Ok(()),
    }
}

/// Who or what it is with, as the business file knows them.
fn resource(business: &Business, appointment: &Appointment) -> Option<ResourceId> {
    let user = appointment.staff.as_deref();
    let mut staff = business.staff.iter();
    let person = staff.find(|person| user.is_some() && person.highlevel_user.as_deref() == user);
    person.map(|person| person.id.clone())
}

/// What it is of: the services whose names are in its title, or the only one there is.
fn services(business: &Business, appointment: &Appointment) -> Services {
    let title = appointment
        .title
        .as_deref()
        .unwrap_or_default()
        .to_lowercase();
    let mut named: Vec<_> = business
        .services
        .iter()
        .filter_map(|service| Some((place(&title, service)?, service)))
        .collect();
    // "Haircut" is no "Cut": of two names at one place the longer one is meant.
    named.sort_by_key(|(place, _)| (place.start, Reverse(place.end)));
    let mut end = 0;
    named.retain(|(place, _)| {
        let is_apart = place.start >= end;
        end = end.max(place.end);
        is_apart
    });
    let ids = named.iter().take(Services::MAX);
    let ids = ids.map(|(_, service)| service.id.clone()).collect();
    let only = || match business.services.as_slice() {
        [only] => Some(only.id.clone().into()),
        _ => None,
    };
    Services::new(ids)
        .ok()
        .or_else(only)
        .unwrap_or_else(Services::unnamed)
}

/// Where in a title a service is named first.
fn place(title: &str, service: &Service) -> Option<Range<usize>> {
    let names = service.name.all().map(str::to_lowercase);
    let places = names.filter_map(|name| {
        let start = title.find(&name)?;
        Some(start..start + name.len())
    });
    places.min_by_key(|place| place.start)
}

/// What the customer sees and what is taken: with the buffers of its services, where they are known.
fn spans(
    business: &Business,
    services: &Services,
    (start, end): (DateTime<Utc>, DateTime<Utc>),
) -> (Span, Span) {
    // No appointment takes no time.
    let end = end.max(start + TimeDelta::minutes(1));
    let visible = Span { start, end };
    let blocked = business.visit(services).map_or(visible, |visit| Span {
        start: start - visit.buffer_before,
        end: end + visit.buffer_after,
    });
    (visible, blocked)
}
