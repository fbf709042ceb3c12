//! What happens to a conversation without its customer writing: an input among the messages, and a
//! turn of its own.
//!
//! The invariant: an event is no message: neither counted as one, nor heard as one.

use serde::{Deserialize, Serialize};

use super::{
    booking,
    encoding::Millis,
    fault::Fault,
    thread::{ThreadRow, missing},
    transaction::Transaction,
};
use crate::{
    booking::{Booking, BookingId, Change, Span, Verdict},
    workflow::Event,
};

/// An event as it is stored.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Stored {
    at: Millis,
    booking: BookingId,
    was: Span,
    change: Change,
    verdict: Verdict,
}

/// Puts what came of asking for a change of a booking, as that was before, at the end of a thread.
pub(super) fn append(
    transaction: &mut Transaction<'_>,
    thread: i64,
    booking: &Booking,
    change: &Change,
    verdict: Verdict,
) -> Result<(), Fault> {
    // Forgotten meanwhile, it has nobody to be told.
    let Some(mut row) = ThreadRow::of_id(transaction, thread)? else {
        return Ok(());
    };
    let stored = Stored {
        at: transaction.now,
        booking: booking.id,
        was: booking.details.visible,
        change: change.clone(),
        verdict,
    };
    let stored = serde_json::to_string(&stored).expect("invariant: an event is plain data");
    let seq = row.schedule.arrive(transaction.now, None);
    transaction.execute(
        "INSERT INTO inputs (thread, seq, event) VALUES (?1, ?2, ?3)",
        (thread, seq, stored),
    )?;
    row.save_replay(transaction)?;
    transaction.after.wake = true;
    Ok(())
}

impl Stored {
    pub(super) fn booking(&self) -> BookingId {
        self.booking
    }

    /// The event with its booking as that is now.
    pub(super) fn load(self, transaction: &Transaction<'_>) -> Result<Event, Fault> {
        let booking: Option<Booking> = booking::booking(transaction.conn, self.booking)?;
        Ok(Event {
            at: chrono::DateTime::from_timestamp_millis(self.at).unwrap_or_default(),
            booking: booking.ok_or_else(missing)?,
            was: self.was,
            change: self.change,
            verdict: self.verdict,
        })
    }
}
