//! Single changes of bookings: made here, or asked for where somebody else keeps the calendar.

use rusqlite::{ffi, params};

use super::{
    Applied, Owner, is_empty, is_same,
    row::{BookingRow, status_columns},
};
use crate::{
    booking::{Booking, BookingDetails, BookingId, BookingStatus, Change, Conflict},
    message::{BusinessId, ThreadId},
    metrics::BookingOutcome,
    store::sqlite::{
        encoding::{Millis, millis},
        fault::Fault,
        request,
        transaction::Transaction,
    },
};

/// Makes a booking or hold; where somebody else keeps the calendar, what is to be firm is only
/// asked for.
pub(super) fn create(
    transaction: &mut Transaction<'_>,
    owner: Option<&Owner>,
    thread: Option<ThreadId>,
    id: BookingId,
    details: &BookingDetails,
    status: BookingStatus,
) -> Result<Applied, Fault> {
    if owner.is_some_and(|owner| *owner != Owner::of(details)) || is_empty(details.blocked) {
        return Ok(Err(Conflict::BookingChanged { id }));
    }
    if let Some(row) = BookingRow::find(transaction, id)? {
        // The same wish again: it was fulfilled, unless it was given up since.
        let is_repeat = row.booking.status != BookingStatus::Cancelled
            && is_same(&row.booking.details, details);
        return Ok(if is_repeat {
            Ok(None)
        } else {
            Err(Conflict::BookingChanged { id })
        });
    }
    make_room(transaction, id, details)?;
    let calendar = keeper(transaction, &details.business);
    let is_asked = calendar.is_some() && status == BookingStatus::Booked;
    let (status_name, expires_at) = status_columns(if is_asked {
        BookingStatus::Requested
    } else {
        status
    });
    let inserted = transaction.execute(
        "INSERT INTO bookings (id, business, services, resource, customer, name, for_name, status,
            expires_at, version, visible_start, visible_end, blocked_start, blocked_end, created_at,
            changed_at, calendar)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1, ?10, ?11, ?12, ?13, ?14, ?14, ?15)",
        params![
            id.0.as_bytes(),
            details.business.as_str(),
            details.services.to_string(),
            details.resource.as_str(),
            details.customer.0,
            details.name.as_deref(),
            details.for_name.as_deref(),
            status_name,
            expires_at,
            millis(details.visible.start),
            millis(details.visible.end),
            millis(details.blocked.start),
            millis(details.blocked.end),
            transaction.now,
            calendar,
        ],
    );
    let outcome = match status {
        BookingStatus::Held { .. } => BookingOutcome::Held,
        _ => BookingOutcome::Booked,
    };
    let applied = unless_taken(inserted, details, outcome)?;
    if applied.is_ok() && is_asked {
        request::ask(transaction, id, thread, &Change::Create, details.visible)?;
        return Ok(Ok(None));
    }
    Ok(applied)
}

/// Makes a hold firm, or asks the keeper of its calendar to.
pub(super) fn confirm(
    transaction: &mut Transaction<'_>,
    thread: Option<ThreadId>,
    row: BookingRow,
    (name, for_name): (Option<&str>, Option<&str>),
) -> Result<Applied, Fault> {
    let mut booking = row.booking;
    match booking.status {
        BookingStatus::Booked => return Ok(Ok(None)),
        BookingStatus::Held { .. } => {}
        // A hold that made room for someone: firm after all, if nobody took it.
        BookingStatus::Cancelled if row.was_held => {}
        BookingStatus::Cancelled | BookingStatus::Requested => {
            return Ok(Err(Conflict::BookingChanged { id: booking.id }));
        }
    }
    booking.status = BookingStatus::Booked;
    booking.details.name = name.map(Box::from).or(booking.details.name);
    booking.details.for_name = for_name.map(Box::from);
    if booking.elsewhere.is_none() {
        return update(transaction, &booking, BookingOutcome::Booked);
    }
    booking.status = BookingStatus::Requested;
    let (id, visible) = (booking.id, booking.details.visible);
    if let Err(conflict) = update(transaction, &booking, BookingOutcome::Booked)? {
        return Ok(Err(conflict));
    }
    request::ask(transaction, id, thread, &Change::Create, visible)?;
    Ok(Ok(None))
}

/// Puts a booking or hold at another place, or asks the keeper of its calendar to.
pub(super) fn move_to(
    transaction: &mut Transaction<'_>,
    thread: Option<ThreadId>,
    mut booking: Booking,
    place: Change,
) -> Result<Applied, Fault> {
    if is_kept_elsewhere(&booking) {
        let to = place.visible().unwrap_or(booking.details.visible);
        touch(transaction, booking.id)?;
        request::ask(transaction, booking.id, thread, &place, to)?;
        return Ok(Ok(None));
    }
    booking.details.put(place);
    update(transaction, &booking, BookingOutcome::Moved)
}

/// Writes a booking in place; the caller has checked its version within this transaction.
fn update(
    transaction: &Transaction<'_>,
    booking: &Booking,
    outcome: BookingOutcome,
) -> Result<Applied, Fault> {
    let details = &booking.details;
    make_room(transaction, booking.id, details)?;
    let (status, expires_at) = status_columns(booking.status);
    let updated = transaction.execute(
        "UPDATE bookings SET services = ?2, resource = ?3, name = ?4, for_name = ?5, status = ?6,
            expires_at = ?7, version = version + 1, visible_start = ?8, visible_end = ?9,
            blocked_start = ?10, blocked_end = ?11, changed_at = ?12
         WHERE id = ?1 AND version = ?13",
        params![
            booking.id.0.as_bytes(),
            details.services.to_string(),
            details.resource.as_str(),
            details.name.as_deref(),
            details.for_name.as_deref(),
            status,
            expires_at,
            millis(details.visible.start),
            millis(details.visible.end),
            millis(details.blocked.start),
            millis(details.blocked.end),
            transaction.now,
            booking.version,
        ],
    );
    unless_taken(updated, details, outcome)
}

/// Gives a booking or hold up, or asks the keeper of its calendar to. One that is being asked for
/// has to be answered first.
pub(super) fn cancel(
    transaction: &mut Transaction<'_>,
    thread: Option<ThreadId>,
    booking: &Booking,
) -> Result<Applied, Fault> {
    if booking.is_asked() {
        return Ok(Err(Conflict::BookingChanged { id: booking.id }));
    }
    if is_kept_elsewhere(booking) {
        touch(transaction, booking.id)?;
        let visible = booking.details.visible;
        request::ask(transaction, booking.id, thread, &Change::Cancel, visible)?;
        return Ok(Ok(None));
    }
    transaction.execute(
        "UPDATE bookings SET status = 'cancelled', version = version + 1, changed_at = ?2
         WHERE id = ?1",
        (booking.id.0.as_bytes(), transaction.now),
    )?;
    Ok(Ok(Some(BookingOutcome::Cancelled)))
}

/// Whether it is firm in a calendar that somebody else keeps.
fn is_kept_elsewhere(booking: &Booking) -> bool {
    let elsewhere = booking.elsewhere.as_ref();
    elsewhere.is_some_and(|elsewhere| elsewhere.id.is_some())
}

/// The calendar that somebody else keeps for a business.
fn keeper(transaction: &Transaction<'_>, business: &BusinessId) -> Option<Box<str>> {
    let business = transaction.rules.policy.businesses.by_id(business)?;
    business.calendar_elsewhere().map(Into::into)
}

/// Raises the version: whoever saw the booking before has to look again.
pub(in super::super) fn touch(transaction: &Transaction<'_>, id: BookingId) -> Result<(), Fault> {
    transaction.execute(
        "UPDATE bookings SET version = version + 1, changed_at = ?2 WHERE id = ?1",
        (id.0.as_bytes(), transaction.now),
    )?;
    Ok(())
}

/// Writes a booking as the keeper of its calendar has it; nobody here judges that.
pub(in super::super) fn write(
    transaction: &Transaction<'_>,
    booking: &Booking,
    since: Millis,
) -> Result<(), Fault> {
    let details = &booking.details;
    let (status, expires_at) = status_columns(booking.status);
    transaction.execute(
        "UPDATE bookings SET services = ?2, resource = ?3, status = ?4, expires_at = ?5,
            visible_start = ?6, visible_end = ?7, blocked_start = ?8, blocked_end = ?9,
            external_at = ?10, changed_at = ?11, version = version + 1
         WHERE id = ?1",
        params![
            booking.id.0.as_bytes(),
            details.services.to_string(),
            details.resource.as_str(),
            status,
            expires_at,
            millis(details.visible.start),
            millis(details.visible.end),
            millis(details.blocked.start),
            millis(details.blocked.end),
            since,
            transaction.now,
        ],
    )?;
    Ok(())
}

/// Frees what does not stand in the way: holds that expired, and the customer's own, which the new
/// wish replaces. An expired hold keeps its version, so that a late "yes" may still take it.
fn make_room(
    transaction: &Transaction<'_>,
    id: BookingId,
    details: &BookingDetails,
) -> Result<(), Fault> {
    transaction.execute(
        "UPDATE bookings SET status = 'cancelled', version = version + (expires_at > ?6),
            changed_at = ?6
         WHERE business = ?1 AND resource = ?2 AND status <> 'cancelled' AND status = 'held'
            AND external_id IS NULL AND blocked_end > ?3 AND blocked_start < ?4 AND id <> ?5
            AND (expires_at <= ?6 OR customer = ?7)",
        params![
            details.business.as_str(),
            details.resource.as_str(),
            millis(details.blocked.start),
            millis(details.blocked.end),
            id.0.as_bytes(),
            transaction.now,
            details.customer.0,
        ],
    )?;
    Ok(())
}

/// Tells the schema's refusal of an overlap from every other fault.
fn unless_taken(
    written: Result<usize, Fault>,
    details: &BookingDetails,
    outcome: BookingOutcome,
) -> Result<Applied, Fault> {
    match written {
        Ok(_) => Ok(Ok(Some(outcome))),
        Err(Fault::Sql(error)) if is_overlap(&error) => Ok(Err(Conflict::SlotTaken {
            resource: details.resource.clone(),
            start: details.visible.start,
        })),
        Err(fault) => Err(fault),
    }
}

fn is_overlap(error: &rusqlite::Error) -> bool {
    error
        .sqlite_error()
        .is_some_and(|error| error.extended_code == ffi::SQLITE_CONSTRAINT_TRIGGER)
}
