//! What providers tell of what was sent, also before our own call has returned.
//!
//! The invariant: how far a part came only grows, whatever the order in which reports arrive.

use std::time::Duration;

use super::{Delivery, int, undelivered};
use crate::{
    message::{DeliveryReport, DeliveryState, MessageId},
    store::{
        Reference,
        sqlite::{fault::Fault, transaction::Transaction},
    },
};

/// The reason of what the provider took and could not deliver.
pub(super) const UNDELIVERED: &str = "undelivered";

/// Notes that the provider took the present part, and what was reported of it already; answers
/// whether that is that it will not arrive.
pub(super) fn sent(
    transaction: &Transaction<'_>,
    delivery: &Delivery,
    id: &MessageId,
) -> Result<bool, Fault> {
    note(transaction, delivery.outbox, delivery.part, id)?;
    let progress = reported(transaction, delivery.outbox, id)?;
    transaction.execute(
        "UPDATE sent_parts SET progress = max(progress, ?3) WHERE outbox = ?1 AND part = ?2",
        (delivery.outbox, delivery.part, progress),
    )?;
    Ok(progress == rank(DeliveryState::Failed))
}

/// Whether a report proved that the provider took the present part.
pub(super) fn is_proven(transaction: &Transaction<'_>, delivery: &Delivery) -> Result<bool, Fault> {
    let found = transaction.find(
        "SELECT 1 FROM sent_parts WHERE outbox = ?1 AND part = ?2",
        (delivery.outbox, delivery.part),
        |_| Ok(()),
    )?;
    Ok(found.is_some())
}

/// Applies a report that is new.
pub(in super::super) fn apply(
    transaction: &mut Transaction<'_>,
    report: &DeliveryReport,
) -> Result<(), Fault> {
    let Some((outbox, part)) = part_of(transaction, report)? else {
        return Ok(());
    };
    transaction.execute(
        "UPDATE sent_parts SET progress = max(progress, ?3), error_code = coalesce(?4, error_code)
         WHERE outbox = ?1 AND part = ?2",
        (outbox, part, rank(report.state), report.error_code),
    )?;
    let waiting = Delivery::of(transaction, outbox)?;
    if report.state == DeliveryState::Failed {
        return fail(transaction, outbox, waiting, report.error_code);
    }
    match waiting {
        // Nothing is left to wait for. A sender who still holds it hears of it after the call.
        Some(mut delivery) if delivery.part == part && delivery.lease_ms.is_none() => {
            delivery.wait(transaction, "pending", Duration::ZERO)
        }
        _ => Ok(()),
    }
}

/// The provider took it and gave it up: it is not sent again, since what it fails of stays.
fn fail(
    transaction: &mut Transaction<'_>,
    outbox: i64,
    waiting: Option<Delivery>,
    error_code: Option<i64>,
) -> Result<(), Fault> {
    if let Some(delivery) = waiting {
        undelivered::count(transaction, outbox, error_code)?;
        return delivery.finish(transaction, "dead", Some(UNDELIVERED));
    }
    let changed = transaction.execute(
        "UPDATE outbox SET state = 'dead', reason = ?2, settled_at = ?3
         WHERE id = ?1 AND state = 'sent'",
        (outbox, UNDELIVERED, transaction.now),
    )?;
    if changed == 0 {
        return Ok(());
    }
    undelivered::count(transaction, outbox, error_code)?;
    undelivered::tell(transaction, outbox, UNDELIVERED)
}

/// Which part a report is about: by the provider's id, or else by our own reference, which is how
/// a part becomes known whose sender never heard of it.
fn part_of(
    transaction: &Transaction<'_>,
    report: &DeliveryReport,
) -> Result<Option<(i64, i64)>, Fault> {
    let known = transaction.find(
        "SELECT outbox, part FROM sent_parts WHERE message = ?1 AND business = ?2",
        (report.message.as_str(), report.business.as_str()),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    if known.is_some() {
        return Ok(known);
    }
    let reference = report.reference.as_deref().map(str::parse::<Reference>);
    let Some(Ok(reference)) = reference else {
        return Ok(None);
    };
    let (outbox, part) = (int(reference.message), i64::from(reference.part));
    let ours = transaction.find(
        "SELECT 1 FROM outbox WHERE id = ?1 AND at = ?2 AND business = ?3",
        (outbox, int(reference.written_ms), report.business.as_str()),
        |_| Ok(()),
    )?;
    if ours.is_none() {
        return Ok(None);
    }
    note(transaction, outbox, part, &report.message)?;
    Ok(Some((outbox, part)))
}

fn note(
    transaction: &Transaction<'_>,
    outbox: i64,
    part: i64,
    id: &MessageId,
) -> Result<(), Fault> {
    transaction.execute(
        "INSERT INTO sent_parts (outbox, part, business, message, progress)
         SELECT ?1, ?2, business, ?3, ?4 FROM outbox WHERE id = ?1
         ON CONFLICT DO NOTHING",
        (outbox, part, id.as_str(), rank(DeliveryState::Sent)),
    )?;
    Ok(())
}

/// How far a part had come by what was reported before its id was known.
fn reported(transaction: &Transaction<'_>, outbox: i64, id: &MessageId) -> Result<u8, Fault> {
    let mut statement = transaction.prepare(
        "SELECT state FROM reports
         WHERE message = ?2 AND business = (SELECT business FROM outbox WHERE id = ?1)",
    )?;
    let mut states = statement.query((outbox, id.as_str()))?;
    let mut furthest = rank(DeliveryState::Sent);
    while let Some(row) = states.next()? {
        let state = row.get_ref(0)?.as_str()?;
        furthest = furthest.max(DeliveryState::from_name(state).map_or(0, rank));
    }
    Ok(furthest)
}

fn rank(state: DeliveryState) -> u8 {
    match state {
        DeliveryState::Sent => 0,
        DeliveryState::Delivered => 1,
        DeliveryState::Read => 2,
        DeliveryState::Played => 3,
        DeliveryState::Failed => 4,
    }
}
