//! Turns: leased, settled, given back.
//!
//! The invariants: a turn's inputs are fixed when it is first leased; its attempt is counted in
//! the same transaction, so that a turn which kills the process does not loop for ever; the
//! watermark, the queue and the totals move together.

mod reading;
mod statements;

use std::time::Duration;

use rusqlite::params;

pub(super) use self::reading::{Facts, Way, contact, facts, state};
use self::reading::{load, waiting};
use super::{
    encoding::{instant, int, json, millis_of},
    event,
    fault::Fault,
    later, outbox,
    thread::{ThreadRow, missing},
    transaction::Transaction,
};
use crate::{
    booking::{BookingId, Conflict},
    message::{MessageId, SourceKind, ThreadId},
    store::{Lease, Leases, Release, Released},
    workflow::{Alert, AlertKind, Turn, TurnId},
};

/// The reason of a turn whose attempts are used up.
const USED_UP: &str = "attempts_used_up";
/// The reason of a turn that this release cannot read.
const UNDECODABLE: &str = "undecodable";

/// What a holder shows of its lease.
#[derive(Debug, Clone)]
pub(super) struct Claim {
    pub(super) turn: TurnId,
    pub(super) token: u64,
    pub(super) thread_version: u64,
    /// The customer's message that a reply answers, where its provider wants to know.
    pub(super) answers: Option<MessageId>,
}

impl From<&Lease> for Claim {
    fn from(lease: &Lease) -> Self {
        Self {
            turn: lease.turn.id,
            token: lease.token,
            thread_version: lease.thread_version,
            answers: answers(&lease.turn),
        }
    }
}

/// The newest message of the turn: that it was read says so of all before it.
fn answers(turn: &Turn) -> Option<MessageId> {
    let newest = turn.inputs.iter().rev().find_map(|input| input.id.clone());
    newest.filter(|_| turn.key.source != SourceKind::Direct)
}

impl Claim {
    /// The thread, if the lease still holds. A lease that ran out holds until someone else has the
    /// thread.
    pub(super) fn redeem(&self, transaction: &Transaction<'_>) -> Result<Option<ThreadRow>, Fault> {
        let row = ThreadRow::of_id(transaction, self.turn.thread.0)?;
        Ok(row.filter(|row| row.lease_token == int(self.token) && row.schedule.lease_ms.is_some()))
    }
}

/// Leases the turns of up to `max` threads that are ready, the longest waiting first.
pub(super) fn lease(
    transaction: &mut Transaction<'_>,
    max: usize,
    duration: Duration,
) -> Result<Leases, Fault> {
    let ready: Vec<i64> = transaction
        .prepare(
            "SELECT id FROM threads WHERE ready_at IS NOT NULL AND ready_at <= ?1
             ORDER BY ready_at LIMIT ?2",
        )?
        .query_map((transaction.now, int(max as u64)), |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    transaction.after.rows += ready.len();
    let mut turns = Vec::with_capacity(ready.len());
    for id in ready {
        let row = ThreadRow::of_id(transaction, id)?.ok_or_else(missing)?;
        turns.extend(lease_thread(transaction, row, duration)?);
    }
    let next_ready_at = transaction.find(
        "SELECT ready_at FROM threads WHERE ready_at IS NOT NULL ORDER BY ready_at LIMIT 1",
        (),
        |row| instant(row, 0),
    )?;
    Ok(Leases {
        turns,
        next_ready_at,
    })
}

fn lease_thread(
    transaction: &mut Transaction<'_>,
    mut row: ThreadRow,
    duration: Duration,
) -> Result<Option<Lease>, Fault> {
    if row.attempt >= i64::from(transaction.rules.policy.max_attempts) {
        kill(transaction, row, USED_UP)?;
        return Ok(None);
    }
    let waiting = match waiting(transaction, &row) {
        Ok(waiting) => waiting,
        Err(fault) => return kill_if_undecodable(transaction, row, fault),
    };
    let last = waiting
        .last()
        .map_or(row.schedule.last_seq, |seq| int(seq.0));
    row.attempt += 1;
    row.lease_token += 1;
    row.schedule
        .lease(transaction.now, last, millis_of(duration));
    row.save_turn(transaction)?;
    match load(transaction, &row, waiting) {
        Ok(lease) => Ok(Some(lease)),
        Err(fault) => kill_if_undecodable(transaction, row, fault),
    }
}

/// A turn that cannot be read will not be readable the next time either, and must not stand in the
/// way of the others.
fn kill_if_undecodable(
    transaction: &mut Transaction<'_>,
    row: ThreadRow,
    fault: Fault,
) -> Result<Option<Lease>, Fault> {
    if let Fault::Undecodable { .. } = fault {
        tracing::error!(thread.id = row.id, error = ?fault, "a turn cannot be read");
        kill(transaction, row, UNDECODABLE)?;
        return Ok(None);
    }
    Err(fault)
}

/// The turn under way as it stands now, still leased by the same holder.
pub(super) fn reload(transaction: &Transaction<'_>, row: &ThreadRow) -> Result<Lease, Fault> {
    let waiting = waiting(transaction, row)?;
    load(transaction, row, waiting)
}

/// Raises the revision and lets the lease begin anew, so that the turn can be run again.
pub(super) fn revise(
    transaction: &Transaction<'_>,
    row: &mut ThreadRow,
    conflict: Option<&Conflict>,
) -> Result<(), Fault> {
    row.revision += 1;
    if let Some(length) = row.schedule.lease_ms {
        row.schedule.extend_lease(transaction.now, length);
    }
    row.save_turn(transaction)?;
    let conflict = conflict.map(|conflict| {
        serde_json::to_string(conflict).expect("invariant: a conflict is plain data")
    });
    transaction.execute(
        "UPDATE threads SET conflict = ?2, answer = NULL WHERE id = ?1",
        (row.id, conflict),
    )?;
    Ok(())
}

/// Gives a lease back without an outcome. One that was lost meanwhile changes nothing.
pub(super) fn release(
    transaction: &mut Transaction<'_>,
    claim: &Claim,
    release: &Release,
) -> Result<Released, Fault> {
    let Some(mut row) = claim.redeem(transaction)? else {
        return Ok(Released::Waiting);
    };
    transaction.after.rows += 1;
    let max_attempts = i64::from(transaction.rules.policy.max_attempts);
    let after = match release {
        Release::Dead { reason } => {
            kill(transaction, row, reason)?;
            return Ok(Released::Dead);
        }
        Release::Retry { .. } if row.attempt >= max_attempts => {
            kill(transaction, row, USED_UP)?;
            return Ok(Released::Dead);
        }
        Release::Retry { after } => after,
        Release::Unavailable { after, excuse } => {
            row.attempt -= 1;
            if let Some(excuse) = excuse {
                later::excuse(transaction, &row, excuse)?;
            }
            after
        }
        Release::Later { within } => {
            row.attempt -= 1;
            within
        }
    };
    row.schedule.give_back();
    let is_answered =
        matches!(release, Release::Later { .. }) && later::is_answered(transaction, row.id)?;
    if !is_answered {
        let until = transaction.now.saturating_add(millis_of(*after));
        row.schedule.hold_back(until);
    }
    row.save_turn(transaction)?;
    transaction.after.wake = true;
    Ok(Released::Waiting)
}

/// Moves the watermark past the turn and answers whether newer inputs wait, and how many were
/// settled.
pub(super) fn settle(
    transaction: &mut Transaction<'_>,
    row: &mut ThreadRow,
) -> Result<Settled, Fault> {
    let schedule = &mut row.schedule;
    let first = schedule.done_seq + 1;
    let last = schedule.turn_last.unwrap_or(schedule.last_seq);
    schedule.settle(last);
    let (events, about) = take_out(transaction, row.id, last)?;
    transaction.execute(
        "UPDATE threads SET done_first = ?2, done_seq = ?3, ready_at = ?4, turn_last = NULL,
            attempt = 0, revision = 0, conflict = NULL, answer = NULL, lease_ms = NULL WHERE id = ?1",
        (row.id, first, last, schedule.ready_at),
    )?;
    let more = schedule.waits();
    transaction.after.settled.push(ThreadId(row.id));
    transaction.after.wake |= more;
    Ok(Settled {
        first,
        last,
        events,
        about,
        more,
    })
}

/// Takes the inputs of a turn out of the queue, and answers how many of them were events, and the
/// booking that one of those is about.
fn take_out(
    transaction: &Transaction<'_>,
    thread: i64,
    last: i64,
) -> Result<(i64, Option<BookingId>), Fault> {
    let mut statement = transaction
        .prepare("DELETE FROM inputs WHERE thread = ?1 AND seq <= ?2 RETURNING event")?;
    let mut taken = statement.query((thread, last))?;
    let (mut events, mut about) = (0, None);
    while let Some(row) = taken.next()? {
        if row.get_ref(0)?.as_str_or_null()?.is_some() {
            events += 1;
            about = Some(json::<event::Stored>(row, 0)?.booking());
        }
    }
    Ok((events, about))
}

/// A turn that is over.
pub(super) struct Settled {
    pub(super) first: i64,
    pub(super) last: i64,
    /// What of it was no customer's message.
    events: i64,
    /// The booking that one of its events is about.
    pub(super) about: Option<BookingId>,
    /// Whether newer inputs wait.
    pub(super) more: bool,
}

impl Settled {
    /// The customer messages of the turn.
    pub(super) fn messages(&self) -> i64 {
        self.last - self.first + 1 - self.events
    }
}

fn kill(transaction: &mut Transaction<'_>, mut row: ThreadRow, reason: &str) -> Result<(), Fault> {
    let attempts = row.attempt;
    let last = match row.schedule.turn_last {
        Some(last) => last,
        None => last_unfixed(transaction, &row)?,
    };
    // An event by itself has no message that could be heard again.
    transaction.execute(
        "INSERT INTO dead_turns (business, thread, first_seq, last_seq, last_message, attempts,
            reason, at)
         SELECT business, id, ?2, ?3,
            coalesce((SELECT message FROM inputs WHERE thread = ?1 AND seq = ?3), last_message, 0),
            ?4, ?5, ?6
         FROM threads WHERE id = ?1
            AND NOT EXISTS (
                SELECT 1 FROM inputs WHERE thread = ?1 AND seq = ?3 AND event IS NOT NULL)",
        params![
            row.id,
            row.schedule.done_seq + 1,
            last,
            attempts,
            reason,
            transaction.now
        ],
    )?;
    let business = facts(transaction, row.id)?.key.business;
    let alert = Alert::new(AlertKind::DeadTurn);
    outbox::write_notice(transaction, business.as_str(), ThreadId(row.id), &alert)?;
    let settled = settle(transaction, &mut row)?;
    transaction.after.dead += settled.messages();
    Ok(())
}

/// The last input of a turn that was never read: all that waits, but no event beside messages.
fn last_unfixed(transaction: &Transaction<'_>, row: &ThreadRow) -> Result<i64, Fault> {
    let first = row.schedule.done_seq + 1;
    let event: Option<Option<i64>> = transaction.find(
        "SELECT min(seq) FROM inputs WHERE thread = ?1 AND event IS NOT NULL",
        [row.id],
        |found| found.get(0),
    )?;
    let before = event.flatten().map(|seq| (seq - 1).max(first));
    Ok(before.unwrap_or(row.schedule.last_seq))
}
