//! What is kept but starts no turn: reports, notices, takeovers, and what was not understood.
//!
//! The invariant: each of these tables is bounded in rows, and `unprocessed` in bytes; the oldest
//! go first.

use rusqlite::params;

use super::{
    appointment,
    encoding::{Key, key, millis, millis_of},
    fault::Fault,
    identity, outbox,
    thread_name::{self, Person},
    transaction::Transaction,
};
use crate::{
    message::{
        Appointment, Arrival, BusinessId, DeliveryReport, IdentityChange, MessageId, Notice,
        Takeover, Unprocessed, UnprocessedReason, said_at,
    },
    store::Receipt,
};

/// The most reports that are kept.
const MAX_REPORTS: i64 = 200_000;
/// The most notices that are kept.
const MAX_NOTICES: i64 = 50_000;
/// The most unprocessed items that are kept.
const MAX_UNPROCESSED: i64 = 10_000;
/// The most bytes of unprocessed items that are kept.
const MAX_UNPROCESSED_BYTES: u64 = 64 * 1024 * 1024;

/// Keeps an arrival that is not a customer's message.
pub(super) fn record(
    transaction: &mut Transaction<'_>,
    arrival: &Arrival,
) -> Result<Receipt, Fault> {
    let is_new = match arrival {
        Arrival::Report(report) => record_report(transaction, report)?,
        Arrival::Notice(notice) => record_notice(transaction, notice)?,
        Arrival::Appointment(told) => record_appointment(transaction, told)?,
        Arrival::IdentityChange(told) => record_identity_change(transaction, told)?,
        Arrival::Takeover(takeover) => record_takeover(transaction, takeover)?,
        Arrival::Unprocessed(item) => record_unprocessed(transaction, item)?,
        // Messages are accepted, not recorded; their caller has told them apart.
        Arrival::Message(_) => false,
    };
    Ok(if is_new {
        Receipt::Recorded
    } else {
        Receipt::Duplicate { first: None }
    })
}

fn record_report(
    transaction: &mut Transaction<'_>,
    report: &DeliveryReport,
) -> Result<bool, Fault> {
    let dedupe = key(&[
        report.business.as_str().as_bytes(),
        report.source.as_str().as_bytes(),
        report.message.as_str().as_bytes(),
        report.state.as_str().as_bytes(),
        report.participant.as_deref().unwrap_or_default().as_bytes(),
    ]);
    let inserted = transaction.execute(
        "INSERT INTO reports (dedupe, business, source, message, state, reference, participant,
            error_code, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING",
        params![
            dedupe,
            report.business.as_str(),
            report.source.as_str(),
            report.message.as_str(),
            report.state.as_str(),
            report.reference.as_deref(),
            report.participant.as_deref(),
            report.error_code,
            millis(said_at(report.at, transaction.instant())),
        ],
    )?;
    if inserted == 1 {
        transaction.execute(
            "DELETE FROM reports WHERE id <= ?1",
            [transaction.conn.last_insert_rowid() - MAX_REPORTS],
        )?;
        outbox::apply_report(transaction, report)?;
    }
    Ok(inserted == 1)
}

fn record_notice(transaction: &Transaction<'_>, notice: &Notice) -> Result<bool, Fault> {
    let dedupe = notice.id.as_ref().map(|id| {
        notice_key(
            notice.business.as_str(),
            notice.source.as_str(),
            &notice.kind,
            id,
        )
    });
    let inserted = transaction.execute(
        "INSERT INTO notices (dedupe, business, source, kind, at, raw)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
        (
            dedupe,
            notice.business.as_str(),
            notice.source.as_str(),
            &*notice.kind,
            transaction.now,
            &notice.raw[..],
        ),
    )?;
    trim_notices(transaction, inserted)
}

fn record_appointment(
    transaction: &mut Transaction<'_>,
    told: &Appointment,
) -> Result<bool, Fault> {
    let is_new = record_notice(transaction, &told.notice)?;
    if is_new {
        appointment::follow(transaction, told)?;
    }
    Ok(is_new)
}

fn record_identity_change(
    transaction: &mut Transaction<'_>,
    told: &IdentityChange,
) -> Result<bool, Fault> {
    let is_new = record_notice(transaction, &told.notice)?;
    if is_new {
        thread_name::change_identity(transaction, told)?;
    }
    Ok(is_new)
}

fn record_takeover(transaction: &mut Transaction<'_>, takeover: &Takeover) -> Result<bool, Fault> {
    const KIND: &str = "takeover";
    let at = &takeover.thread;
    if let Some(id) = &takeover.id
        && outbox::was_sent_by_us(transaction, at.business.as_str(), id)?
    {
        return Ok(false);
    }
    let dedupe = takeover
        .id
        .as_ref()
        .map(|id| notice_key(at.business.as_str(), at.source.as_str(), KIND, id));
    let said_at = millis(said_at(takeover.at, transaction.instant()));
    let names = identity::thread_names(at, &takeover.contact);
    let found = thread_name::find(transaction, at, &names)?;
    let person = Person {
        thread: at,
        contact: &takeover.contact,
        names: &names,
        writes: false,
    };
    let mut thread = thread_name::identify(transaction, &person, &found)?;
    let inserted = transaction.execute(
        "INSERT INTO notices (dedupe, business, source, thread, kind, at, raw)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
        (
            dedupe,
            at.business.as_str(),
            at.source.as_str(),
            thread.id,
            KIND,
            said_at,
            takeover.text.as_deref().unwrap_or_default().as_bytes(),
        ),
    )?;
    let until = said_at.saturating_add(millis_of(transaction.rules.policy.handoff));
    if inserted == 1 && until > transaction.now {
        let until = thread.paused_until.map_or(until, |older| older.max(until));
        thread.pause(transaction, Some(until), Some(KIND))?;
        transaction.after.wake = true;
    }
    trim_notices(transaction, inserted)
}

fn notice_key(business: &str, source: &str, kind: &str, id: &MessageId) -> Key {
    let parts = [business, source, kind, id.as_str()];
    key(&parts.map(str::as_bytes))
}

fn trim_notices(transaction: &Transaction<'_>, inserted: usize) -> Result<bool, Fault> {
    if inserted == 1 {
        transaction.execute(
            "DELETE FROM notices WHERE id <= (SELECT max(id) FROM notices) - ?1",
            [MAX_NOTICES],
        )?;
    }
    Ok(inserted == 1)
}

fn record_unprocessed(
    transaction: &mut Transaction<'_>,
    item: &Unprocessed,
) -> Result<bool, Fault> {
    let business = item.business.as_ref().map(BusinessId::as_str);
    let dedupe = key(&[
        business.unwrap_or_default().as_bytes(),
        item.source.as_str().as_bytes(),
        item.reason.as_str().as_bytes(),
        &item.raw,
    ]);
    let inserted = transaction.execute(
        "INSERT INTO unprocessed (dedupe, business, source, reason, scheme, at, raw)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
        (
            dedupe,
            business,
            item.source.as_str(),
            item.reason.as_str(),
            item.scheme.as_str(),
            transaction.now,
            &item.raw[..],
        ),
    )?;
    if inserted == 0 {
        return Ok(false);
    }
    let kept = match transaction.memory.unprocessed_bytes {
        Some(before) => before + item.raw.len() as u64,
        None => sum_unprocessed(transaction)?,
    };
    transaction.memory.unprocessed_bytes = Some(trim_unprocessed(transaction, kept)?);
    if item.reason == UnprocessedReason::Unrouted {
        outbox::write_unrouted_notice(transaction, item.source)?;
    }
    Ok(true)
}

fn sum_unprocessed(transaction: &Transaction<'_>) -> Result<u64, Fault> {
    let sum = transaction.find(
        "SELECT coalesce(sum(length(raw)), 0) FROM unprocessed",
        (),
        |row| row.get::<_, i64>(0),
    )?;
    Ok(sum.unwrap_or(0).unsigned_abs())
}

/// Lets the oldest go until the rest is within bounds, and answers how many bytes that is.
fn trim_unprocessed(transaction: &Transaction<'_>, mut kept: u64) -> Result<u64, Fault> {
    let newest = transaction.conn.last_insert_rowid();
    loop {
        let oldest = transaction.find(
            "SELECT id, length(raw) FROM unprocessed ORDER BY id LIMIT 1",
            (),
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)),
        )?;
        match oldest {
            Some((id, bytes)) if kept > MAX_UNPROCESSED_BYTES || id <= newest - MAX_UNPROCESSED => {
                transaction.execute("DELETE FROM unprocessed WHERE id = ?1", [id])?;
                kept = kept.saturating_sub(bytes.unsigned_abs());
            }
            _ => return Ok(kept),
        }
    }
}
