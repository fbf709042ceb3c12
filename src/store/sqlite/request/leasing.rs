//! Which requests are due, each handed to one holder.

use std::time::Duration;

use super::{DOUBT, Pending};
use crate::{
    booking::Verdict,
    store::{
        Asking, Request,
        sqlite::{
            encoding::{Millis, instant, int, millis_of},
            fault::Fault,
            transaction::Transaction,
        },
    },
};

/// When a request that cannot be read is looked at again.
const PUT_ASIDE_MS: Millis = 60 * 60 * 1000;

/// When a request is looked at again that is not given up by a clock that leapt.
const PUT_OFF_MS: Millis = 60 * 1000;

/// Leases what is due.
pub(super) fn due(
    transaction: &mut Transaction<'_>,
    max: usize,
    lease: Duration,
) -> Result<Asking, Fault> {
    let due: Vec<i64> = transaction
        .prepare("SELECT id FROM calendar_requests WHERE due_at <= ?1 ORDER BY due_at LIMIT ?2")?
        .query_map((transaction.now, int(max as u64)), |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    transaction.after.rows += due.len();
    let mut requests = Vec::with_capacity(due.len());
    for id in due {
        match lease_one(transaction, id, lease) {
            Ok(request) => requests.extend(request),
            // What cannot be read must not stand in the way of the others.
            Err(fault @ Fault::Undecodable { .. }) => {
                tracing::error!(request.id = id, error = ?fault, "a request cannot be read");
                put_aside(transaction, id)?;
            }
            Err(fault) => return Err(fault),
        }
    }
    let next_due_at = transaction.find(
        "SELECT due_at FROM calendar_requests ORDER BY due_at LIMIT 1",
        (),
        |row| instant(row, 0),
    )?;
    Ok(Asking {
        due: requests,
        next_due_at,
    })
}

/// Leases one request that is due, unless it is over or in doubt.
fn lease_one(
    transaction: &mut Transaction<'_>,
    id: i64,
    lease: Duration,
) -> Result<Option<Request>, Fault> {
    let Some(mut pending) = Pending::of_id(transaction, id)? else {
        return Ok(None);
    };
    if pending.lease_ms.take().is_some() {
        // Its holder is gone or stuck, and nobody knows how far it came.
        pending.doubtful = true;
        pending.wait(transaction, DOUBT)?;
        return Ok(None);
    }
    if pending.expires_at <= transaction.now && !transaction.trusts_clock() {
        pending.save(transaction, PUT_OFF_MS)?;
        return Ok(None);
    }
    if pending.expires_at <= transaction.now {
        pending.settle(transaction, Verdict::GivenUp, None)?;
        return Ok(None);
    }
    pending.attempt += 1;
    pending.lease_token += 1;
    pending.lease_ms = Some(millis_of(lease));
    pending.save(transaction, millis_of(lease))?;
    pending.load(transaction).map(Some)
}

/// Leaves a request that cannot be read for another release, and looks again now and then.
fn put_aside(transaction: &Transaction<'_>, id: i64) -> Result<(), Fault> {
    transaction.execute(
        "UPDATE calendar_requests SET due_at = ?2, lease_ms = NULL WHERE id = ?1",
        (id, transaction.now.saturating_add(PUT_ASIDE_MS)),
    )?;
    Ok(())
}
