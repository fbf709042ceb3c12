//! Turns whose answer takes a while: those that are answered by a callback, and those whose
//! customer is told to wait.
//!
//! The invariant: a callback counts for the revision of the turn that was asked, and for no other.

use bytes::Bytes;

use super::{
    encoding::{Millis, int},
    fault::Fault,
    outbox::{self, Said},
    thread::{self, ThreadRow},
    transaction::Transaction,
};
use crate::{message::Reply, store::CalledBack, workflow::TurnId};

/// A customer is told to wait at most so often.
const EXCUSE_EVERY_MS: Millis = 60 * 60 * 1000;

/// Keeps what a workflow answered, and lets the turn run with it.
pub(super) fn call_back(
    transaction: &mut Transaction<'_>,
    turn: TurnId,
    revision: u32,
    answer: &Bytes,
) -> Result<CalledBack, Fault> {
    transaction.after.rows += 1;
    let Some(mut row) = ThreadRow::of_id(transaction, turn.thread.0)? else {
        return Ok(CalledBack::Unknown);
    };
    let schedule = &row.schedule;
    if int(turn.last.0) > schedule.last_seq || turn.first > turn.last || turn.first.0 == 0 {
        return Ok(CalledBack::Unknown);
    }
    let is_under_way = schedule.done_seq + 1 == int(turn.first.0)
        && schedule.turn_last == Some(int(turn.last.0))
        && row.revision == i64::from(revision);
    if !is_under_way {
        return Ok(CalledBack::Over);
    }
    if let Some(known) = answer_of(transaction, row.id)? {
        let is_same = known == answer[..];
        return Ok(if is_same {
            CalledBack::Repeated
        } else {
            CalledBack::Over
        });
    }
    // While it is leased, giving the lease back sees the answer.
    row.schedule.hurry(transaction.now);
    row.save_turn(transaction)?;
    transaction.execute(
        "UPDATE threads SET answer = ?2 WHERE id = ?1",
        (row.id, &answer[..]),
    )?;
    transaction.after.wake = true;
    Ok(CalledBack::Taken)
}

/// Whether the turn under way was answered by a callback.
pub(super) fn is_answered(transaction: &Transaction<'_>, thread: i64) -> Result<bool, Fault> {
    Ok(answer_of(transaction, thread)?.is_some())
}

fn answer_of(transaction: &Transaction<'_>, thread: i64) -> Result<Option<Vec<u8>>, Fault> {
    let found = transaction.find(
        "SELECT answer FROM threads WHERE id = ?1",
        [thread],
        |row| row.get(0),
    )?;
    Ok(found.flatten())
}

/// Tells the customer to wait, unless they were told within the hour.
pub(super) fn excuse(
    transaction: &mut Transaction<'_>,
    row: &ThreadRow,
    reply: &Reply,
) -> Result<(), Fault> {
    let told: Option<Option<Millis>> = transaction.find(
        "SELECT excused_at FROM threads WHERE id = ?1",
        [row.id],
        |found| found.get(0),
    )?;
    let now = transaction.now;
    let recently = |at: Millis| now < at.saturating_add(EXCUSE_EVERY_MS);
    if told.flatten().is_some_and(recently) {
        return Ok(());
    }
    transaction.execute(
        "UPDATE threads SET excused_at = ?2 WHERE id = ?1",
        (row.id, now),
    )?;
    let key = thread::key(transaction, row.id)?;
    let said = Said {
        thread: row.id,
        key: &key,
        turn: None,
        by_person: false,
        reply,
        answers: None,
        asks: false,
        about: None,
    };
    outbox::say(transaction, &said)?;
    Ok(())
}
