//! Effects on the calendar: the one function that a turn's commit and everything else goes through.
//!
//! The invariants: effects are applied all or none; the triggers of the schema refuse whatever
//! would overlap, so that no path around this module can double-book; a booking is changed only
//! by who saw its present version.

mod row;

use rusqlite::{ffi, params};

use self::row::{BookingRow, status_columns};
pub(super) use self::row::{ahead, booked, booking, busy, open_of};
use super::{encoding::millis, fault::Fault, outbox, transaction::Transaction};
use crate::{
    booking::{Booking, BookingDetails, BookingId, BookingStatus, Conflict, Effect, Span},
    message::{BusinessId, CustomerId, ThreadId},
    metrics::BookingOutcome,
};

/// Whose bookings effects may touch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Owner {
    pub(super) business: BusinessId,
    pub(super) customer: CustomerId,
}

/// What one effect came to: a change, none since it was made before, or a conflict.
type Applied = Result<Option<BookingOutcome>, Conflict>;

/// Applies effects, all or none. With an owner, only to the owner's bookings. What becomes firm is
/// reminded of in the thread, where it happens in one.
pub(super) fn apply(
    transaction: &mut Transaction<'_>,
    owner: Option<&Owner>,
    thread: Option<ThreadId>,
    effects: &[Effect],
) -> Result<Result<(), Conflict>, Fault> {
    if effects.is_empty() {
        return Ok(Ok(()));
    }
    transaction.execute("SAVEPOINT effects", ())?;
    let mut outcomes = Vec::with_capacity(effects.len());
    for effect in effects {
        match apply_one(transaction, owner, effect)? {
            Ok(outcome) => {
                if let Some(BookingOutcome::Booked | BookingOutcome::Moved) = outcome {
                    schedule_reminders(transaction, effect.booking(), thread)?;
                }
                if let (Some(change), Some(owner), Some(thread)) = (outcome, owner, thread) {
                    tell(transaction, owner, thread, effect.booking(), change)?;
                }
                outcomes.extend(outcome);
            }
            Err(conflict) => {
                transaction.execute("ROLLBACK TO effects", ())?;
                transaction.execute("RELEASE effects", ())?;
                if matches!(conflict, Conflict::SlotTaken { .. }) {
                    transaction.after.bookings.push(BookingOutcome::Conflict);
                }
                return Ok(Err(conflict));
            }
        }
    }
    transaction.execute("RELEASE effects", ())?;
    transaction.after.bookings.append(&mut outcomes);
    Ok(Ok(()))
}

/// What was just made firm, or moved while it is.
fn schedule_reminders(
    transaction: &mut Transaction<'_>,
    id: BookingId,
    thread: Option<ThreadId>,
) -> Result<(), Fault> {
    match BookingRow::find(transaction, id)? {
        Some(row) if row.booking.status == BookingStatus::Booked => {
            outbox::schedule_reminders(transaction, &row.booking, thread)
        }
        _ => Ok(()),
    }
}

/// Tells the owner of a change that a customer made. Holds come and go without a word.
fn tell(
    transaction: &mut Transaction<'_>,
    owner: &Owner,
    thread: ThreadId,
    id: BookingId,
    change: BookingOutcome,
) -> Result<(), Fault> {
    match BookingRow::find(transaction, id)? {
        Some(row) if !row.was_held => {
            let business = owner.business.as_str();
            outbox::write_change_notice(transaction, business, thread, id, change)
        }
        _ => Ok(()),
    }
}

fn apply_one(
    transaction: &Transaction<'_>,
    owner: Option<&Owner>,
    effect: &Effect,
) -> Result<Applied, Fault> {
    match effect {
        Effect::Hold {
            id,
            details,
            expires_at,
        } => {
            let expires_at = *expires_at;
            create(
                transaction,
                owner,
                *id,
                details,
                BookingStatus::Held { expires_at },
            )
        }
        Effect::Book { id, details } => {
            create(transaction, owner, *id, details, BookingStatus::Booked)
        }
        Effect::Confirm {
            id,
            version,
            name,
            for_name,
        } => match seen(transaction, owner, *id, *version)? {
            Some(row) => confirm(transaction, row, name.as_deref(), for_name.as_deref()),
            None => Ok(Err(Conflict::BookingChanged { id: *id })),
        },
        Effect::Move {
            id,
            version,
            services,
            resource,
            visible,
            blocked,
        } => match seen(transaction, owner, *id, *version)? {
            Some(row) if row.may_move(transaction.now) && !is_empty(*blocked) => {
                let mut booking = row.booking;
                booking.details.services = services.clone();
                booking.details.resource = resource.clone();
                booking.details.visible = *visible;
                booking.details.blocked = *blocked;
                update(transaction, &booking, BookingOutcome::Moved)
            }
            _ => Ok(Err(Conflict::BookingChanged { id: *id })),
        },
        Effect::Cancel { id, version } => match seen(transaction, owner, *id, *version)? {
            Some(row) if row.booking.status == BookingStatus::Cancelled => Ok(Ok(None)),
            Some(row) => cancel(transaction, row.booking.id),
            None => Ok(Err(Conflict::BookingChanged { id: *id })),
        },
    }
}

fn create(
    transaction: &Transaction<'_>,
    owner: Option<&Owner>,
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
    let (status_name, expires_at) = status_columns(status);
    let inserted = transaction.execute(
        "INSERT INTO bookings (id, business, services, resource, customer, name, for_name, status,
            expires_at, version, visible_start, visible_end, blocked_start, blocked_end, created_at,
            changed_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1, ?10, ?11, ?12, ?13, ?14, ?14)",
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
        ],
    );
    let outcome = match status {
        BookingStatus::Held { .. } => BookingOutcome::Held,
        _ => BookingOutcome::Booked,
    };
    unless_taken(inserted, details, outcome)
}

fn confirm(
    transaction: &Transaction<'_>,
    row: BookingRow,
    name: Option<&str>,
    for_name: Option<&str>,
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
    update(transaction, &booking, BookingOutcome::Booked)
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

fn cancel(transaction: &Transaction<'_>, id: BookingId) -> Result<Applied, Fault> {
    transaction.execute(
        "UPDATE bookings SET status = 'cancelled', version = version + 1, changed_at = ?2
         WHERE id = ?1",
        (id.0.as_bytes(), transaction.now),
    )?;
    Ok(Ok(Some(BookingOutcome::Cancelled)))
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
            AND blocked_end > ?3 AND blocked_start < ?4 AND id <> ?5
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

/// The booking as it was seen: the owner's, at that version.
fn seen(
    transaction: &Transaction<'_>,
    owner: Option<&Owner>,
    id: BookingId,
    version: u32,
) -> Result<Option<BookingRow>, Fault> {
    let row = BookingRow::find(transaction, id)?;
    Ok(row.filter(|row| {
        row.booking.version == version
            && owner.is_none_or(|owner| *owner == Owner::of(&row.booking.details))
    }))
}

/// Whether two details are one appointment; its names may have been mended since.
fn is_same(stored: &BookingDetails, wished: &BookingDetails) -> bool {
    let at = |span: Span| (millis(span.start), millis(span.end));
    Owner::of(stored) == Owner::of(wished)
        && (&stored.services, &stored.resource) == (&wished.services, &wished.resource)
        && (at(stored.visible), at(stored.blocked)) == (at(wished.visible), at(wished.blocked))
}

impl Owner {
    fn of(details: &BookingDetails) -> Self {
        Self {
            business: details.business.clone(),
            customer: details.customer,
        }
    }
}

/// What takes no time cannot overlap, and so cannot be booked.
fn is_empty(span: Span) -> bool {
    millis(span.start) >= millis(span.end)
}
