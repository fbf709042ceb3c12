//! What becomes of a booking when the keeper of its calendar has answered, and the event for its
//! conversation.

use rusqlite::params;

use super::{Pending, heard_of};
use crate::{
    booking::{Booking, BookingStatus, Change, Verdict},
    message::{SourceKind, ThreadId},
    metrics::BookingOutcome,
    store::{
        Asked,
        sqlite::{
            booking,
            customer::{self, canonical},
            event,
            fault::Fault,
            transaction::Transaction,
        },
    },
};

impl Pending {
    /// Ends the request: the booking is as the answer says, and the conversation is told. `kept` is
    /// the keeper's id of the appointment and of who comes.
    pub(super) fn settle(
        &self,
        transaction: &mut Transaction<'_>,
        verdict: Verdict,
        kept: Option<(&str, Option<&str>)>,
    ) -> Result<Asked, Fault> {
        transaction.execute("DELETE FROM calendar_requests WHERE id = ?1", [self.id])?;
        transaction.after.mail = true;
        let booking = self.booking(transaction)?;
        let outcome = match (verdict, &self.change, kept) {
            (Verdict::Done, Change::Create, Some((id, contact))) => {
                take_in(transaction, &booking, id, contact)?;
                Some(BookingOutcome::Booked)
            }
            (Verdict::Done, Change::Move { .. }, _) => {
                let mut moved = booking.clone();
                moved.details.put(self.change.clone());
                write(transaction, &moved, BookingStatus::Booked)?;
                Some(BookingOutcome::Moved)
            }
            (Verdict::Done | Verdict::Gone, Change::Cancel, _)
            | (Verdict::Gone, Change::Move { .. }, _) => {
                write(transaction, &booking, BookingStatus::Cancelled)?;
                Some(BookingOutcome::Cancelled)
            }
            (_, Change::Create, _) => {
                write(transaction, &booking, BookingStatus::Cancelled)?;
                forget_answers(transaction, &booking)?;
                (verdict == Verdict::Taken).then_some(BookingOutcome::Conflict)
            }
            // It stays as it was, and since when it is so there is not told.
            (_, Change::Move { .. } | Change::Cancel, _) => {
                booking::touch(transaction, booking.id)?;
                (verdict == Verdict::Taken).then_some(BookingOutcome::Conflict)
            }
        };
        if let Some(change) = outcome {
            let thread = self.thread.map(ThreadId);
            booking::follow_up(transaction, booking.id, change, thread, thread)?;
        }
        transaction.after.bookings.extend(outcome);
        self.tell(transaction, &booking, verdict)?;
        Ok(Asked::Settled)
    }

    /// Lets the conversation know what became of a booking as it was.
    pub(super) fn tell(
        &self,
        transaction: &mut Transaction<'_>,
        booking: &Booking,
        verdict: Verdict,
    ) -> Result<(), Fault> {
        let Some(thread) = self.thread else {
            return Ok(());
        };
        event::append(transaction, thread, booking, &self.change, verdict)
    }
}

/// Makes a booking firm that the keeper took in. What we heard of it meanwhile is the same one.
fn take_in(
    transaction: &Transaction<'_>,
    booking: &Booking,
    id: &str,
    contact: Option<&str>,
) -> Result<(), Fault> {
    if let Some(elsewhere) = &booking.elsewhere {
        let heard = heard_of(&elsewhere.calendar, id);
        transaction.execute("DELETE FROM bookings WHERE id = ?1", [heard.0.as_bytes()])?;
    }
    transaction.execute(
        "UPDATE bookings SET status = 'booked', expires_at = NULL, external_id = ?2,
            external_at = ?3, changed_at = ?3, version = version + 1 WHERE id = ?1",
        params![booking.id.0.as_bytes(), id, transaction.now],
    )?;
    let Some(contact) = contact else {
        return Ok(());
    };
    let details = &booking.details;
    let customer = canonical(transaction, details.customer.0)?;
    let met = (SourceKind::Highlevel, contact);
    customer::met(transaction, details.business.as_str(), customer, met)
}

/// Of what could not be made nothing is remembered: asked for again, it is tried again.
fn forget_answers(transaction: &Transaction<'_>, booking: &Booking) -> Result<(), Fault> {
    let id = booking.id.0.as_bytes();
    transaction.execute("DELETE FROM answers WHERE booking = ?1", [id])?;
    Ok(())
}

/// Writes what the keeper's calendar says of a booking.
fn write(
    transaction: &Transaction<'_>,
    booking: &Booking,
    status: BookingStatus,
) -> Result<(), Fault> {
    let booking = Booking {
        status,
        ..booking.clone()
    };
    booking::write(transaction, &booking, transaction.now)
}
