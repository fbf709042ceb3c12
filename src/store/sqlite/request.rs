//! What the keepers of calendars are asked for: written with the booking, leased, answered.
//!
//! The invariants: a booking has at most one request; an attempt is durable before the keeper is
//! called, and one of which nobody heard the end leaves the request doubtful.

mod leasing;
mod settled;

use std::time::Duration;

use async_trait::async_trait;
use rusqlite::{Connection, Row, params};
use uuid::Uuid;

use super::{
    Store, booking,
    customer::{self, canonical},
    encoding::{Millis, count, int, json, millis, millis_of, small},
    fault::Fault,
    thread::missing,
    transaction::Transaction,
    turn,
    writer::Urgency,
};
use crate::{
    booking::{Booking, BookingId, Change, Span, Verdict},
    message::{Contact, SourceKind, ThreadId},
    store::{Answered, Asked, Asking, Error, Request, Requests},
};

/// The longest that a keeper is asked.
const LIFETIME_MS: Millis = 24 * 60 * 60 * 1000;
/// How long a call that nobody heard the end of may still be under way.
const DOUBT: Duration = Duration::from_secs(30);
/// A customer who has to wait as long as this is told that it takes a while.
const DELAY_TOLD_MS: Millis = 8 * 1000;

#[async_trait]
impl Requests for Store {
    async fn requests(&self, max: usize, lease: Duration) -> Result<Asking, Error> {
        self.writer
            .run(Urgency::Patient, move |transaction| {
                leasing::due(transaction, max, lease)
            })
            .await
    }

    async fn answered(&self, request: &Request, answer: Answered) -> Result<Asked, Error> {
        let (id, token) = (request.id, request.token);
        self.writer
            .run(Urgency::Patient, move |transaction| {
                answered(transaction, id, token, &answer)
            })
            .await
    }
}

/// A request that is not answered yet.
struct Pending {
    id: i64,
    booking: BookingId,
    thread: Option<i64>,
    change: Change,
    asked_at: Millis,
    expires_at: Millis,
    attempt: i64,
    doubtful: bool,
    delay_told: bool,
    lease_token: i64,
    lease_ms: Option<Millis>,
}

/// The columns that [`Pending::read`] expects, in its order.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, booking, thread, change, asked_at, expires_at, attempt, doubtful, delay_told,
                lease_token, lease_ms FROM calendar_requests ",
            $rest
        )
    };
}

/// Asks for a change of a booking that is at `visible`, or is to be.
pub(super) fn ask(
    transaction: &mut Transaction<'_>,
    booking: BookingId,
    thread: Option<ThreadId>,
    change: &Change,
    visible: Span,
) -> Result<(), Fault> {
    let now = transaction.now;
    let latest = now.saturating_add(LIFETIME_MS);
    let expires_at = match change {
        Change::Cancel => latest,
        Change::Create | Change::Move { .. } => latest.min(millis(visible.start)),
    };
    let change = serde_json::to_string(change).expect("invariant: a change is plain data");
    transaction.execute(
        "INSERT INTO calendar_requests (booking, thread, change, asked_at, due_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?4, ?5)",
        params![
            booking.0.as_bytes(),
            thread.map(|thread| thread.0),
            change,
            now,
            expires_at
        ],
    )?;
    transaction.after.mail = true;
    Ok(())
}

/// After a start: whoever was asking is gone, and nobody knows how far they came.
pub(super) fn void_leases(conn: &Connection, now: Millis) -> rusqlite::Result<()> {
    conn.execute(
        "UPDATE calendar_requests SET lease_ms = NULL, doubtful = 1, due_at = ?1
         WHERE lease_ms IS NOT NULL",
        [now.saturating_add(millis_of(DOUBT))],
    )?;
    Ok(())
}

/// Writes down what came of an attempt.
pub(super) fn answered(
    transaction: &mut Transaction<'_>,
    request: u64,
    token: u64,
    answer: &Answered,
) -> Result<Asked, Fault> {
    transaction.after.rows += 1;
    let found = Pending::of_id(transaction, int(request))?;
    let held = found.filter(|one| one.lease_token == int(token) && one.lease_ms.is_some());
    let Some(mut pending) = held else {
        return Ok(Asked::LeaseLost);
    };
    pending.lease_ms = None;
    let used_up = pending.attempt >= i64::from(transaction.rules.policy.max_attempts);
    let after = match answer {
        Answered::Done { id, contact } => {
            let kept = Some((&**id, contact.as_deref()));
            return pending.settle(transaction, Verdict::Done, kept);
        }
        Answered::Taken => return pending.settle(transaction, Verdict::Taken, None),
        Answered::Gone => return pending.settle(transaction, Verdict::Gone, None),
        Answered::Dead { .. } => return pending.settle(transaction, Verdict::GivenUp, None),
        Answered::Retry { .. } | Answered::Ambiguous { .. } if used_up => {
            return pending.settle(transaction, Verdict::GivenUp, None);
        }
        Answered::Retry { after } => *after,
        Answered::Ambiguous { after } => {
            pending.doubtful = true;
            *after
        }
        Answered::Wait { after } => {
            pending.attempt -= 1;
            *after
        }
    };
    pending.tell_of_delay(transaction, after)?;
    pending.wait(transaction, after)?;
    Ok(Asked::Waiting)
}

// === impl Pending ===

impl Pending {
    fn of_id(transaction: &Transaction<'_>, id: i64) -> Result<Option<Self>, Fault> {
        transaction.find(select!("WHERE id = ?1"), [id], Self::read)
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            booking: BookingId(Uuid::from_bytes(row.get(1)?)),
            thread: row.get(2)?,
            change: json(row, 3)?,
            asked_at: row.get(4)?,
            expires_at: row.get(5)?,
            attempt: row.get(6)?,
            doubtful: row.get(7)?,
            delay_told: row.get(8)?,
            lease_token: row.get(9)?,
            lease_ms: row.get(10)?,
        })
    }

    /// Gives it back until later.
    fn wait(&self, transaction: &mut Transaction<'_>, after: Duration) -> Result<(), Fault> {
        transaction.after.mail = true;
        self.save(transaction, millis_of(after))
    }

    fn save(&self, transaction: &Transaction<'_>, due_in: Millis) -> Result<(), Fault> {
        transaction.execute(
            "UPDATE calendar_requests SET due_at = ?2, attempt = ?3, doubtful = ?4, delay_told = ?5,
                lease_token = ?6, lease_ms = ?7 WHERE id = ?1",
            (
                self.id,
                transaction.now.saturating_add(due_in),
                self.attempt,
                self.doubtful,
                self.delay_told,
                self.lease_token,
                self.lease_ms,
            ),
        )?;
        Ok(())
    }

    /// Lets the customer know, once, that it takes longer than one waits without a word.
    fn tell_of_delay(
        &mut self,
        transaction: &mut Transaction<'_>,
        after: Duration,
    ) -> Result<(), Fault> {
        let again_at = transaction.now.saturating_add(millis_of(after));
        let is_long = again_at - self.asked_at >= DELAY_TOLD_MS;
        if is_long && !self.delay_told {
            self.delay_told = true;
            let booking = self.booking(transaction)?;
            self.tell(transaction, &booking, Verdict::Delayed)?;
        }
        Ok(())
    }

    /// All that whoever asks needs to know.
    fn load(&self, transaction: &Transaction<'_>) -> Result<Request, Fault> {
        let booking = self.booking(transaction)?;
        Ok(Request {
            id: count(self.id),
            change: self.change.clone(),
            contact: self.contact(transaction, &booking)?,
            others: others(transaction, &booking)?,
            attempt: small(self.attempt),
            doubtful: self.doubtful,
            token: count(self.lease_token),
            booking,
        })
    }

    fn booking(&self, transaction: &Transaction<'_>) -> Result<Booking, Fault> {
        booking::booking(transaction.conn, self.booking)?.ok_or_else(missing)
    }

    /// Who comes, with the contact of the keeper's that the conversation is with, or else one that
    /// is known of them.
    fn contact(&self, transaction: &Transaction<'_>, booking: &Booking) -> Result<Contact, Fault> {
        let customer = canonical(transaction, booking.details.customer.0)?;
        let facts = match self.thread {
            Some(thread) => Some(turn::facts(transaction, thread)?),
            None => None,
        };
        let facts = facts.filter(|facts| facts.key.source == SourceKind::Highlevel);
        let met = match facts.and_then(|facts| facts.way.provider_id) {
            Some(known) => Some(known),
            None => customer::known_to(transaction, customer, SourceKind::Highlevel)?,
        };
        turn::contact(transaction, customer, turn::Way::of(met))
    }
}

/// The keeper's ids of the customer's other appointments, wherever they are by now: none of those
/// is this one. What we only heard of from the keeper may be this very one.
fn others(transaction: &Transaction<'_>, booking: &Booking) -> Result<Vec<Box<str>>, Fault> {
    let Some(elsewhere) = &booking.elsewhere else {
        return Ok(Vec::new());
    };
    // The plus keeps SQLite from walking through the whole calendar instead of the customer's few.
    let mut statement = transaction.prepare(
        "SELECT id, external_id FROM bookings
         WHERE customer = ?1 AND +calendar = ?2 AND id <> ?3 AND external_id IS NOT NULL",
    )?;
    let mut rows = statement.query(params![
        booking.details.customer.0,
        &*elsewhere.calendar,
        booking.id.0.as_bytes(),
    ])?;
    let mut others = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, external): (BookingId, Box<str>) =
            (BookingId(Uuid::from_bytes(row.get(0)?)), row.get(1)?);
        if id != heard_of(&elsewhere.calendar, &external) {
            others.push(external);
        }
    }
    Ok(others)
}

/// The id of a booking that we heard of from the keeper of its calendar.
pub(super) fn heard_of(calendar: &str, external_id: &str) -> BookingId {
    BookingId::derive(&format!("{calendar}/{external_id}"))
}
