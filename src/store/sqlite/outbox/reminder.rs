//! Reminders: written with the booking they are about, and looked at again when they are due.
//!
//! The invariant: a reminder goes out only for a booking that is as it was when the reminder was
//! written, to someone who wants to hear of it.

use rusqlite::params;

use super::{Delivery, instant_of};
use crate::{
    booking::{Booking, BookingId, BookingStatus, reminder},
    message::ThreadId,
    store::{
        Queue,
        sqlite::{
            booking,
            customer::canonical,
            encoding::{Millis, millis},
            fault::Fault,
            opt_out,
            thread::{self, missing},
            transaction::Transaction,
        },
    },
};

/// The reason of a reminder of what was moved or given up.
const CHANGED: &str = "booking_changed";
/// The reason of a reminder to someone who does not want any.
const OPTED_OUT: &str = "opted_out";

/// Writes the reminders of a booking that was just made or moved, to be sent in the thread in which
/// that happened, or else in the one in which its customer wrote last.
pub(in super::super) fn schedule(
    transaction: &mut Transaction<'_>,
    booking: &Booking,
    thread: Option<ThreadId>,
) -> Result<(), Fault> {
    let details = &booking.details;
    let businesses = &transaction.rules.policy.businesses;
    let Some(business) = businesses.by_id(&details.business) else {
        return Ok(());
    };
    let now = instant_of(transaction.now);
    let instants = reminder::instants(&business, details.visible.start, now);
    if instants.is_empty() {
        return Ok(());
    }
    let thread = match thread {
        Some(thread) => Some(thread.0),
        None => thread_of(transaction, details.customer.0)?,
    };
    let Some(thread) = thread else {
        return Ok(());
    };
    for due_at in instants {
        write(transaction, booking, thread, millis(due_at))?;
    }
    transaction.after.mail = true;
    Ok(())
}

fn write(
    transaction: &Transaction<'_>,
    booking: &Booking,
    thread: i64,
    due_at: Millis,
) -> Result<(), Fault> {
    transaction.execute(
        "INSERT INTO outbox (business, thread, at, kind, booking, booking_version, state)
         VALUES (?1, ?2, ?3, 'reminder', ?4, ?5, 'pending')",
        params![
            booking.details.business.as_str(),
            thread,
            transaction.now,
            booking.id.0.as_bytes(),
            booking.version,
        ],
    )?;
    let outbox = transaction.conn.last_insert_rowid();
    let queue = Queue::of_reminders(&thread::key(transaction, thread)?).to_string();
    // A lane of its own: nothing waits behind what is due in days.
    transaction.execute(
        "INSERT INTO deliveries (outbox, lane, due_at, expires_at, queue)
         VALUES (?1, -?1, ?2, ?3, ?4)",
        (outbox, due_at, millis(booking.details.visible.start), queue),
    )?;
    Ok(())
}

/// The thread in which a customer wrote last.
fn thread_of(transaction: &Transaction<'_>, customer: i64) -> Result<Option<i64>, Fault> {
    transaction.find(
        "SELECT id FROM threads WHERE customer = ?1 AND joined_to IS NULL
         ORDER BY last_at DESC LIMIT 1",
        [customer],
        |row| row.get(0),
    )
}

/// Why a message that is due is not to be sent after all. Replies always are.
pub(super) fn obstacle(
    transaction: &Transaction<'_>,
    delivery: &Delivery,
) -> Result<Option<&'static str>, Fault> {
    let Some((id, version)) = about(transaction, delivery.outbox)? else {
        return Ok(None);
    };
    let Some(booking) = booking::booking(transaction.conn, id)? else {
        return Ok(Some(CHANGED));
    };
    if booking.status != BookingStatus::Booked || i64::from(booking.version) != version {
        return Ok(Some(CHANGED));
    }
    let details = &booking.details;
    let customer = canonical(transaction, details.customer.0)?;
    let out = opt_out::is_out(transaction, details.business.as_str(), customer)?;
    Ok(out.then_some(OPTED_OUT))
}

/// The booking that a reminder is about, as it stands.
pub(super) fn booking_of(transaction: &Transaction<'_>, outbox: i64) -> Result<Booking, Fault> {
    let (id, _) = about(transaction, outbox)?.ok_or_else(missing)?;
    booking::booking(transaction.conn, id)?.ok_or_else(missing)
}

fn about(transaction: &Transaction<'_>, outbox: i64) -> Result<Option<(BookingId, i64)>, Fault> {
    transaction.find(
        "SELECT booking, booking_version FROM outbox WHERE id = ?1 AND kind = 'reminder'",
        [outbox],
        |row| {
            let id = uuid::Uuid::from_bytes(row.get(0)?);
            Ok((BookingId(id), row.get(1)?))
        },
    )
}

/// The booking that a thread was reminded of since this instant.
pub(in super::super) fn last(
    transaction: &Transaction<'_>,
    thread: i64,
    since: impl FnOnce() -> Result<Millis, Fault>,
) -> Result<Option<BookingId>, Fault> {
    let found = transaction.find(
        "SELECT booking, settled_at FROM outbox WHERE kind = 'reminder' AND thread = ?1
            AND state IN ('sent', 'pickup') ORDER BY id DESC LIMIT 1",
        [thread],
        |row| {
            let id = uuid::Uuid::from_bytes(row.get(0)?);
            Ok((BookingId(id), row.get::<_, Option<Millis>>(1)?))
        },
    )?;
    let Some((id, Some(at))) = found else {
        return Ok(None);
    };
    Ok((at > since()?).then_some(id))
}
