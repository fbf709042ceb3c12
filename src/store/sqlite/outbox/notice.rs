//! What owners are told, by the ways that their business files name.
//!
//! The invariant: a notice is written in the transaction of what it tells of.

use rusqlite::params;

use super::Delivery;
use crate::{
    booking::{BookingId, Business},
    message::{BusinessId, SourceKind, ThreadId, ThreadKey, Trust},
    metrics::BookingOutcome,
    store::{
        NoticeMail, NoticeWay, Queue,
        sqlite::{
            booking,
            encoding::{Millis, instant, json, millis},
            fault::Fault,
            thread::{self, missing},
            transaction::Transaction,
        },
    },
    workflow::{Alert, AlertKind},
};

/// Stands for the thread of a notice that is about no conversation.
pub(in super::super) const NO_THREAD: i64 = 0;
/// How long the owner is not told again of what comes for nobody.
const UNROUTED_EVERY_MS: Millis = 60 * 60 * 1000;
/// How long a notice is worth sending.
const LIFETIME_MS: Millis = 24 * 60 * 60 * 1000;
/// The reason of a reminder to someone who has done what it would remind of.
const TAKEN_OVER: &str = "taken_over";

/// Writes what the owner of a thread's business is told.
pub(in super::super) fn write(
    transaction: &mut Transaction<'_>,
    business: &str,
    thread: ThreadId,
    alert: &Alert,
) -> Result<(), Fault> {
    let mut businesses = transaction.rules.policy.businesses.iter();
    let found = businesses.find(|one| one.id.as_str() == business);
    let Some(found) = found else {
        return Ok(());
    };
    for way in ways(&found) {
        put(transaction, business, thread, way, alert, transaction.now)?;
        if let Some(again_at) = alert.again_at {
            put(transaction, business, thread, way, alert, millis(again_at))?;
        }
        transaction.after.mail = true;
    }
    let has_tag = alert.kind.tag(&found.highlevel.tags).is_some() && thread.0 != NO_THREAD;
    if has_tag && can_tag(transaction, thread)? {
        let way = NoticeWay::Tag;
        put(transaction, business, thread, way, alert, transaction.now)?;
        transaction.after.mail = true;
    }
    Ok(())
}

/// Whether the customer of a thread is a contact of HighLevel's, which can be called.
fn can_tag(transaction: &Transaction<'_>, thread: ThreadId) -> Result<bool, Fault> {
    let source = SourceKind::Highlevel;
    let channels = &transaction.rules.policy.channels;
    Ok(channels.contains(&source) && thread::key(transaction, thread.0)?.source == source)
}

/// Tells of a change of the calendar that a customer made.
pub(in super::super) fn write_change(
    transaction: &mut Transaction<'_>,
    business: &str,
    thread: ThreadId,
    booking: BookingId,
    change: BookingOutcome,
) -> Result<(), Fault> {
    let kind = match change {
        BookingOutcome::Booked => AlertKind::Booked,
        BookingOutcome::Moved => AlertKind::Moved,
        BookingOutcome::Cancelled => AlertKind::Cancelled,
        BookingOutcome::Held | BookingOutcome::Conflict => return Ok(()),
    };
    let alert = Alert {
        booking: Some(booking),
        ..Alert::new(kind)
    };
    write(transaction, business, thread, &alert)
}

/// Tells the owners whose business the provider writes to that something came for a number or
/// location that no business has: it may be meant for theirs. Each hears of it once an hour at most.
pub(in super::super) fn write_unrouted(
    transaction: &mut Transaction<'_>,
    source: SourceKind,
) -> Result<(), Fault> {
    let businesses: Vec<_> = transaction.rules.policy.businesses.iter().collect();
    let is_only = businesses.len() == 1;
    let alert = Alert {
        text: Some(provider(source).to_owned()),
        ..Alert::new(AlertKind::Unrouted)
    };
    for business in businesses {
        if !is_only && !is_connected(&business, source) {
            continue;
        }
        let id = business.id.as_str();
        let told = transaction.find(
            "SELECT 1 FROM outbox WHERE thread = ?1 AND business = ?2 AND at > ?3
                AND json_extract(body, '$.kind') = ?4 LIMIT 1",
            (
                NO_THREAD,
                id,
                transaction.now - UNROUTED_EVERY_MS,
                alert.kind.as_str(),
            ),
            |_| Ok(()),
        )?;
        if told.is_some() {
            continue;
        }
        for way in ways(&business) {
            let thread = ThreadId(NO_THREAD);
            put(transaction, id, thread, way, &alert, transaction.now)?;
            transaction.after.mail = true;
        }
    }
    Ok(())
}

fn is_connected(business: &Business, source: SourceKind) -> bool {
    match source {
        SourceKind::Whatsapp => !business.whatsapp.phone_number_ids.is_empty(),
        SourceKind::Highlevel => !business.highlevel.location_ids.is_empty(),
        SourceKind::Direct => false,
    }
}

/// The provider's own name.
fn provider(source: SourceKind) -> &'static str {
    match source {
        SourceKind::Whatsapp => "WhatsApp",
        SourceKind::Highlevel => "HighLevel",
        SourceKind::Direct => "frontdesk",
    }
}

fn ways(business: &Business) -> impl Iterator<Item = NoticeWay> {
    let notify = &business.notify;
    let webhook = notify.webhook_url.is_some().then_some(NoticeWay::Webhook);
    let whatsapp = notify.whatsapp.is_some().then_some(NoticeWay::Whatsapp);
    webhook.into_iter().chain(whatsapp)
}

fn put(
    transaction: &Transaction<'_>,
    business: &str,
    thread: ThreadId,
    way: NoticeWay,
    alert: &Alert,
    due_at: Millis,
) -> Result<(), Fault> {
    let body = serde_json::to_string(alert).expect("invariant: an alert is plain data");
    transaction.execute(
        "INSERT INTO outbox (business, thread, at, kind, way, state, body)
         VALUES (?1, ?2, ?3, 'notice', ?4, 'pending', ?5)",
        params![business, thread.0, transaction.now, way.as_str(), body],
    )?;
    let outbox = transaction.conn.last_insert_rowid();
    let key = if thread.0 == NO_THREAD {
        key_without_thread(BusinessId::new(business))
    } else {
        thread::key(transaction, thread.0)?
    };
    let queue = Queue::of_notices(way, &key).to_string();
    // A lane of its own: no owner waits for another notice.
    transaction.execute(
        "INSERT INTO deliveries (outbox, lane, due_at, expires_at, queue)
         VALUES (?1, -?1, ?2, ?3, ?4)",
        (outbox, due_at, due_at.saturating_add(LIFETIME_MS), queue),
    )?;
    Ok(())
}

/// Stands for the conversation of a notice that is about none.
pub(super) fn key_without_thread(business: BusinessId) -> ThreadKey {
    ThreadKey {
        business,
        source: SourceKind::Whatsapp,
        trust: Trust::Verified,
        key: Box::default(),
    }
}

/// Why a notice that is due is not to be sent: it is told again, and someone has seen to it.
pub(super) fn obstacle(
    transaction: &Transaction<'_>,
    delivery: &Delivery,
) -> Result<Option<&'static str>, Fault> {
    let found = transaction.find(
        "SELECT body, thread FROM outbox WHERE id = ?1 AND kind = 'notice'",
        [delivery.outbox],
        |row| Ok((json::<Alert>(row, 0)?, row.get::<_, i64>(1)?)),
    )?;
    let again = |(alert, thread): (Alert, i64)| {
        let again_at = alert.again_at.map(millis)?;
        (again_at <= transaction.now).then_some(thread)
    };
    let Some(thread) = found.and_then(again) else {
        return Ok(None);
    };
    let taken_over = transaction.find(
        "SELECT 1 FROM notices WHERE kind = 'takeover' AND thread = ?1 AND at >= ?2
         UNION ALL
         SELECT 1 FROM outbox WHERE thread = ?1 AND id > ?3 AND by_person
         LIMIT 1",
        (thread, delivery.written, delivery.outbox),
        |_| Ok(()),
    )?;
    Ok(taken_over.map(|()| TAKEN_OVER))
}

/// All that is told.
pub(super) fn load(transaction: &Transaction<'_>, outbox: i64) -> Result<NoticeMail, Fault> {
    let (way, alert, at) = transaction
        .find(
            "SELECT way, body, at FROM outbox WHERE id = ?1",
            [outbox],
            |row| {
                let way = NoticeWay::from_name(row.get_ref(0)?.as_str()?);
                Ok((way, json::<Alert>(row, 1)?, instant(row, 2)?))
            },
        )?
        .ok_or_else(missing)?;
    let booking = match alert.booking {
        Some(id) => booking::booking(transaction.conn, id)?,
        None => None,
    };
    Ok(NoticeMail {
        way: way.ok_or_else(missing)?,
        alert,
        booking,
        at,
    })
}
