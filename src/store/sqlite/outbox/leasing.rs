//! Which messages are due, each handed to one holder.
//!
//! The invariant: a queue that may send nothing costs one look at its oldest message, however many
//! wait in it.

use std::time::Duration;

use super::{Delivery, REPORT_PATIENCE, TOO_LATE, int, select};
use crate::store::{
    Dispatch, Dispatches, Queue,
    sqlite::{
        encoding::{Millis, instant},
        fault::Fault,
        transaction::Transaction,
    },
};

/// When a message is looked at again that is not judged by a clock that leapt.
const PUT_OFF_MS: Millis = 60 * 1000;

/// Leases what is due, of each queue as many as it is allowed.
pub(in super::super) fn dispatch(
    transaction: &mut Transaction<'_>,
    max: usize,
    lease: Duration,
    allowance: &dyn Fn(&Queue) -> usize,
) -> Result<Dispatches, Fault> {
    let queues = with_due(transaction)?;
    let mut dispatches = Dispatches::default();
    for (position, name) in queues.iter().enumerate() {
        let queue = Queue::from(&**name);
        let left = max.saturating_sub(dispatches.due.len());
        let share = left.div_ceil(queues.len() - position);
        let most = share.min(allowance(&queue));
        if lease_from(transaction, name, &queue, most, lease, &mut dispatches.due)? {
            dispatches.waiting.push(queue);
        }
    }
    dispatches
        .due
        .sort_by_key(|one| (one.due_at, one.reference.message));
    dispatches.next_due_at = transaction.find(
        "SELECT due_at FROM deliveries WHERE due_at IS NOT NULL AND due_at > ?1
         ORDER BY due_at LIMIT 1",
        [transaction.now],
        |row| instant(row, 0),
    )?;
    Ok(dispatches)
}

/// The queues in which something is due, the longest waiting first.
fn with_due(transaction: &Transaction<'_>) -> Result<Vec<Box<str>>, Fault> {
    let is_any = transaction.find(
        "SELECT 1 FROM deliveries WHERE due_at IS NOT NULL AND due_at <= ?1 LIMIT 1",
        [transaction.now],
        |_| Ok(()),
    )?;
    if is_any.is_none() {
        return Ok(Vec::new());
    }
    let next = |after: &str| {
        transaction.find(
            "SELECT queue, due_at FROM deliveries WHERE due_at IS NOT NULL AND queue > ?1
             ORDER BY queue, due_at LIMIT 1",
            [after],
            |row| Ok((row.get::<_, Box<str>>(0)?, row.get::<_, Millis>(1)?)),
        )
    };
    let mut found = Vec::new();
    let mut last = next("")?;
    while let Some((name, due_at)) = last {
        last = next(&name)?;
        if due_at <= transaction.now {
            found.push((due_at, name));
        }
    }
    found.sort_unstable();
    Ok(found.into_iter().map(|(_, name)| name).collect())
}

/// Leases at most so many messages of a queue, and tells whether more of it is due.
fn lease_from(
    transaction: &mut Transaction<'_>,
    name: &str,
    queue: &Queue,
    most: usize,
    lease: Duration,
    leased: &mut Vec<Dispatch>,
) -> Result<bool, Fault> {
    if most == 0 {
        return Ok(true);
    }
    let limit = int(most as u64).saturating_add(1);
    let mut due: Vec<Delivery> = transaction
        .prepare(select!(
            "WHERE d.due_at IS NOT NULL AND d.queue = ?1 AND d.due_at <= ?2
             ORDER BY d.due_at, d.outbox LIMIT ?3"
        ))?
        .query_map((name, transaction.now, limit), Delivery::read)?
        .collect::<Result<_, _>>()?;
    let more = due.len() > most;
    due.truncate(most);
    transaction.after.rows += due.len();
    for mut delivery in due {
        let is_expired = delivery.expires_at <= transaction.now;
        if is_expired && delivery.lease_ms.is_none() && !transaction.trusts_clock() {
            // Whether it is too late is seen once the clock is stable.
            delivery.save(transaction, PUT_OFF_MS)?;
        } else if is_expired {
            delivery.finish(transaction, "expired", Some(TOO_LATE))?;
        } else if let Some(reason) = delivery.obstacle(transaction)? {
            delivery.finish(transaction, "expired", Some(reason))?;
        } else if delivery.lease_ms.is_some() {
            // Its holder is gone or stuck, and nobody knows how far it came.
            delivery.wait(transaction, "ambiguous", REPORT_PATIENCE)?;
        } else {
            delivery.pass_over_proven(transaction)?;
            delivery.lease(transaction, lease)?;
            leased.push(delivery.load(transaction, queue)?);
        }
    }
    Ok(more)
}
