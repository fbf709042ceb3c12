//! Accepting deliveries: recognise what was there, ask the limit, keep the rest.
//!
//! The invariants: one transaction for a whole delivery; dedupe comes before the limit; a limited
//! message leaves no trace.

use std::time::Duration;

use rusqlite::{OptionalExtension, params};

use super::{
    customer,
    encoding::{Key, Millis, key, millis, millis_of},
    fault::Fault,
    identity::{self, Name},
    record,
    schedule::Patience,
    thread::ThreadRow,
    thread_name::{self, Person},
    transaction::Transaction,
};
use crate::{
    message::{
        Arrival, InboundMessage, MessageId, OverLimit, PhoneKey, PhoneNumber, Seq, SourceKind,
        ThreadId, ThreadKey,
    },
    store::Receipt,
    workflow::statement,
};

/// An arrival with all that can be worked out before its turn on the writing thread.
#[derive(Debug)]
pub(super) struct Prepared {
    arrival: Arrival,
    message: Option<Digests>,
}

#[derive(Debug)]
struct Digests {
    /// The message's JSON.
    content: String,
    /// Stands for the sender's id within its scope.
    dedupe: Option<Key>,
    /// Stands likewise for the id of the message that an edit or revocation is about.
    about: Option<Key>,
    /// Direct source: stands for phone, thread and content.
    digest: Option<Key>,
    /// Whose allowance it is counted against.
    sender: Key,
    /// Stands for the contact.
    contact: Key,
    /// What its thread is found by.
    names: Vec<Name>,
}

/// The stored message that an arriving one repeats.
struct First {
    message: i64,
    thread: i64,
    seq: i64,
    digest: Option<Key>,
}

impl Prepared {
    pub(super) fn new(arrival: Arrival) -> Self {
        let message = match &arrival {
            Arrival::Message(message) => Some(Digests::new(message)),
            _ => None,
        };
        Self { arrival, message }
    }
}

impl Digests {
    fn new(message: &InboundMessage) -> Self {
        let content = serde_json::to_string(&message.content)
            .expect("invariant: content is plain data with text keys");
        let thread = &message.thread;
        let contact = &message.contact;
        let phone = contact.phone.as_ref().map(PhoneNumber::as_str);
        let phone_key = contact.phone.as_ref().map(PhoneNumber::key);
        let sender = phone_key.as_ref().map_or(&*thread.key, PhoneKey::as_str);
        let is_direct = thread.source == SourceKind::Direct;
        Self {
            dedupe: message
                .id
                .as_ref()
                .map(|id| dedupe_key(thread, id.as_str())),
            about: statement::about(&message.content).map(|id| dedupe_key(thread, id)),
            digest: (is_direct && message.id.is_some()).then(|| {
                key(&[
                    phone.unwrap_or_default().as_bytes(),
                    thread.key.as_bytes(),
                    content.as_bytes(),
                ])
            }),
            sender: key(&[
                thread.business.as_str().as_bytes(),
                thread.trust.as_str().as_bytes(),
                sender.as_bytes(),
            ]),
            contact: customer::digest(contact),
            names: identity::thread_names(thread, contact),
            content,
        }
    }
}

/// Accepts a delivery, item by item.
pub(super) fn accept(
    transaction: &mut Transaction<'_>,
    delivery: &[Prepared],
) -> Result<Vec<Receipt>, Fault> {
    transaction.after.rows += delivery.len();
    delivery
        .iter()
        .map(|item| match (&item.arrival, &item.message) {
            (Arrival::Message(message), Some(digests)) => {
                accept_message(transaction, message, digests)
            }
            (other, _) => record::record(transaction, other),
        })
        .collect()
}

fn accept_message(
    transaction: &mut Transaction<'_>,
    message: &InboundMessage,
    digests: &Digests,
) -> Result<Receipt, Fault> {
    if let Some(dedupe) = &digests.dedupe
        && let Some(first) = find_by_id(transaction, dedupe)?
    {
        return Ok(first.receipt(digests.digest.as_ref()));
    }
    let found = Known::find(transaction, message, digests)?;
    for thread in found.ids() {
        if let Some(first) = find_by_fingerprint(transaction, *thread, message)? {
            adopt_id(transaction, first.message, message, digests)?;
            return Ok(first.receipt(None));
        }
    }
    let deferral = match over_limit(transaction, &digests.sender) {
        Some(retry_after) if message.thread.source.over_limit() == OverLimit::Refuse => {
            return Ok(Receipt::Limited { retry_after });
        }
        deferral => deferral,
    };
    let mut thread = thread_of(transaction, found, message, digests)?;
    transaction.after.accepted += 1;
    if transaction.rules.policy.acknowledge && !thread.schedule.waits() {
        return acknowledge(transaction, thread, message, digests);
    }
    let armed_before = thread.schedule.ready_at;
    let seq = thread
        .schedule
        .arrive(transaction.now, patience(transaction, message));
    if let Some(wait) = deferral {
        thread
            .schedule
            .hold_back(transaction.now.saturating_add(millis_of(wait)));
    }
    let number = insert(transaction, &thread, seq, message, digests)?;
    transaction.execute(
        "INSERT INTO inputs (thread, seq, message) VALUES (?1, ?2, ?3)",
        (thread.id, seq, number),
    )?;
    thread.last_message = Some(number);
    thread.save_arrival(transaction, armed_before)?;
    transaction.after.wake = true;
    Ok(Receipt::Accepted {
        thread: ThreadId(thread.id),
        seq: Seq(seq.unsigned_abs()),
        deferred: deferral.is_some(),
    })
}

/// Keeps a message that nobody will answer: it is done at once, which spares it a turn.
fn acknowledge(
    transaction: &mut Transaction<'_>,
    mut thread: ThreadRow,
    message: &InboundMessage,
    digests: &Digests,
) -> Result<Receipt, Fault> {
    let seq = thread.schedule.acknowledge();
    thread.last_message = Some(insert(transaction, &thread, seq, message, digests)?);
    thread.save_acknowledged(transaction)?;
    transaction.after.done += 1;
    transaction.after.settled.push(ThreadId(thread.id));
    Ok(Receipt::Accepted {
        thread: ThreadId(thread.id),
        seq: Seq(seq.unsigned_abs()),
        deferred: false,
    })
}

/// The threads that a message may be of.
enum Known {
    /// One, and the same contact wrote in it last: there is nothing to look up.
    Same(Box<ThreadRow>),
    /// Those of whoever is meant; none: a new one.
    Of(Vec<i64>),
}

impl Known {
    fn find(
        transaction: &Transaction<'_>,
        message: &InboundMessage,
        digests: &Digests,
    ) -> Result<Self, Fault> {
        let own = ThreadRow::of_name(transaction, &message.thread, &digests.names[0])?;
        let same = own.filter(|thread| thread.contact == Some(digests.contact));
        match same {
            Some(thread) => Ok(Self::Same(Box::new(thread))),
            None => thread_name::find(transaction, &message.thread, &digests.names).map(Self::Of),
        }
    }

    fn ids(&self) -> &[i64] {
        match self {
            Self::Same(thread) => std::slice::from_ref(&thread.id),
            Self::Of(threads) => threads,
        }
    }
}

/// The thread of a message, with its customer brought up to date when someone else writes.
fn thread_of(
    transaction: &mut Transaction<'_>,
    known: Known,
    message: &InboundMessage,
    digests: &Digests,
) -> Result<ThreadRow, Fault> {
    let found = match known {
        Known::Same(thread) => return Ok(*thread),
        Known::Of(found) => found,
    };
    let person = Person {
        thread: &message.thread,
        contact: &message.contact,
        names: &digests.names,
        writes: true,
    };
    let thread = thread_name::identify(transaction, &person, &found)?;
    set_contact(transaction, &thread, message, digests)?;
    Ok(thread)
}

fn set_contact(
    transaction: &Transaction<'_>,
    thread: &ThreadRow,
    message: &InboundMessage,
    digests: &Digests,
) -> Result<(), Fault> {
    transaction.execute(
        "UPDATE threads SET contact = ?2, provider_id = coalesce(?3, provider_id),
            medium = coalesce(?4, medium) WHERE id = ?1",
        (
            thread.id,
            &digests.contact[..],
            message.contact.provider_id.as_deref(),
            message.contact.medium.as_deref(),
        ),
    )?;
    Ok(())
}

fn insert(
    transaction: &Transaction<'_>,
    thread: &ThreadRow,
    seq: i64,
    message: &InboundMessage,
    digests: &Digests,
) -> Result<i64, Fault> {
    let sent_at = message.sent_at;
    let sent_at = sent_at.map(|_| message.sent_at(transaction.instant()));
    transaction.execute(
        "INSERT INTO messages (dedupe, business, thread, seq, prev, customer, received_at, sent_at,
            digest, fingerprint, provider_id, reply_to, content, about)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        params![
            digests.dedupe,
            message.thread.business.as_str(),
            thread.id,
            seq,
            thread.last_message,
            thread.customer,
            transaction.now,
            sent_at.map(millis),
            digests.digest,
            message.fingerprint.map(|fingerprint| fingerprint.0),
            message.id.as_ref().map(MessageId::as_str),
            message.reply_to.as_deref(),
            digests.content,
            digests.about,
        ],
    )?;
    Ok(transaction.conn.last_insert_rowid())
}

fn over_limit(transaction: &Transaction<'_>, sender: &Key) -> Option<Duration> {
    let limiter = transaction.rules.limiter.as_ref()?;
    limiter.check(sender).err()
}

fn patience(transaction: &Transaction<'_>, message: &InboundMessage) -> Option<Patience> {
    let policy = &transaction.rules.policy;
    message.may_wait_for_more().then(|| Patience {
        quiet: millis_of(policy.coalesce),
        most: millis_of(policy.coalesce_max),
    })
}

// === Duplicates ===

pub(super) fn dedupe_key(thread: &ThreadKey, id: &str) -> Key {
    key(&[
        thread.business.as_str().as_bytes(),
        thread.source.as_str().as_bytes(),
        thread.trust.as_str().as_bytes(),
        id.as_bytes(),
    ])
}

fn find_by_id(transaction: &Transaction<'_>, dedupe: &Key) -> Result<Option<First>, Fault> {
    transaction.find(
        "SELECT id, thread, seq, digest FROM messages WHERE dedupe IS NOT NULL AND dedupe = ?1",
        [dedupe],
        First::read,
    )
}

/// A delivery of the same words a moment ago, unless both it and this one carry an id: then they
/// are two messages.
fn find_by_fingerprint(
    transaction: &Transaction<'_>,
    thread: i64,
    message: &InboundMessage,
) -> Result<Option<First>, Fault> {
    let Some(fingerprint) = message.fingerprint else {
        return Ok(None);
    };
    let window = Millis::from(InboundMessage::FINGERPRINT_WINDOW_SECS) * 1000;
    let mut statement = transaction.prepare(
        "SELECT id, thread, seq, NULL FROM messages
         WHERE fingerprint IS NOT NULL AND fingerprint = ?1 AND received_at >= ?2 AND thread = ?3
            AND (?4 OR dedupe IS NULL)
         ORDER BY received_at, id LIMIT 1",
    )?;
    let found = statement.query_row(
        (
            fingerprint.0,
            transaction.now - window,
            thread,
            message.id.is_none(),
        ),
        First::read,
    );
    Ok(found.optional()?)
}

/// Remembers the id of the delivery that came second, so that its retry is a duplicate too.
fn adopt_id(
    transaction: &Transaction<'_>,
    first: i64,
    message: &InboundMessage,
    digests: &Digests,
) -> Result<(), Fault> {
    if let (Some(id), Some(dedupe)) = (&message.id, &digests.dedupe) {
        transaction.execute(
            "UPDATE messages SET dedupe = ?2, provider_id = ?3 WHERE id = ?1",
            (first, dedupe, id.as_str()),
        )?;
    }
    Ok(())
}

impl First {
    fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            message: row.get(0)?,
            thread: row.get(1)?,
            seq: row.get(2)?,
            digest: row.get(3)?,
        })
    }

    /// A repeat with other words is the client's mistake, where that can still be told.
    fn receipt(&self, digest: Option<&Key>) -> Receipt {
        if let (Some(stored), Some(arrived)) = (&self.digest, digest)
            && stored != arrived
        {
            return Receipt::Conflict;
        }
        Receipt::Duplicate {
            first: Some((ThreadId(self.thread), Seq(self.seq.unsigned_abs()))),
        }
    }
}
