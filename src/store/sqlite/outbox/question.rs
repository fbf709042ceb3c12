//! The message that asks the open question of a thread: a reaction to it can be an answer.

use crate::store::sqlite::{encoding::Millis, fault::Fault, transaction::Transaction};

/// A message of ours: its number, and since when its question is open.
type Asked = (i64, Millis);

/// The provider's id of the message that asks the open question: the last answer that asked
/// something, or a reminder that was sent after it. None where no provider has taken it yet. Of a
/// message in several parts the question is in the last.
pub(in super::super) fn question(
    transaction: &Transaction<'_>,
    thread: i64,
) -> Result<Option<Box<str>>, Fault> {
    let reminder = last_reminder(transaction, thread)?;
    let asked = match (last_answer(transaction, thread)?, reminder) {
        (Some(answer), Some(reminder)) if answer.1 > reminder.1 => answer.0,
        (Some(answer), None) => answer.0,
        (_, Some(reminder)) => reminder.0,
        (None, None) => return Ok(None),
    };
    transaction.find(
        "SELECT message FROM sent_parts WHERE outbox = ?1 ORDER BY part DESC LIMIT 1",
        [asked],
        |row| row.get(0),
    )
}

fn last_answer(transaction: &Transaction<'_>, thread: i64) -> Result<Option<Asked>, Fault> {
    transaction.find(
        "SELECT id, at FROM outbox WHERE thread = ?1 AND kind = 'reply' AND asks AND NOT by_person
         ORDER BY id DESC LIMIT 1",
        [thread],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

fn last_reminder(transaction: &Transaction<'_>, thread: i64) -> Result<Option<Asked>, Fault> {
    transaction.find(
        "SELECT id, settled_at FROM outbox WHERE kind = 'reminder' AND thread = ?1
            AND state IN ('sent', 'pickup') AND settled_at IS NOT NULL
         ORDER BY settled_at DESC LIMIT 1",
        [thread],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}
