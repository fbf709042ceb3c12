//! A turn read out of the rows: what it covers, of whom, and all that is known around it.
//!
//! The invariant: a turn covers messages of one customer, or one event, and never both.

use bytes::Bytes;
use chrono::DateTime;

use super::{
    super::{
        booking,
        customer::canonical,
        encoding::{count, instant, int, json, small, source, trust},
        event,
        fault::Fault,
        opt_out, outbox,
        thread::{ThreadRow, missing},
        transaction::Transaction,
    },
    statements,
};
use crate::{
    booking::Conflict,
    message::{
        BusinessId, Contact, Content, CustomerId, MessageId, PhoneNumber, Seq, ThreadId, ThreadKey,
    },
    store::Lease,
    workflow::{Input, State, Turn, TurnId, statement},
};

/// So many statements in a row are passed over on the way to the last words of a customer.
const MOST_STATEMENTS: usize = 20;

/// What a turn's thread row says beside its schedule.
pub(in crate::store::sqlite) struct Facts {
    pub(in crate::store::sqlite) key: ThreadKey,
    pub(in crate::store::sqlite) way: Way,
    /// Who wrote last.
    pub(in crate::store::sqlite) customer: i64,
    conflict: Option<Conflict>,
    answer: Option<Bytes>,
}

/// How the customer of a thread is written to, as far as the thread knows it.
pub(in crate::store::sqlite) struct Way {
    pub(in crate::store::sqlite) provider_id: Option<Box<str>>,
    medium: Option<Box<str>>,
    /// The number of who wrote last, as the thread's source spells it.
    phone: Option<(i64, Box<str>)>,
}

/// What a thread has waiting for its next turn.
pub(super) struct Waiting {
    /// Messages of one customer, in order; none before an event.
    inputs: Vec<Input>,
    /// What happened instead.
    event: Option<(Seq, event::Stored)>,
    /// Who wrote the messages.
    writer: Option<i64>,
}

impl Way {
    /// By the provider's own id of them.
    pub(in crate::store::sqlite) fn of(provider_id: Option<Box<str>>) -> Self {
        Self {
            provider_id,
            medium: None,
            phone: None,
        }
    }
}

impl Waiting {
    fn first(&self) -> Option<Seq> {
        let event = self.event.as_ref().map(|(seq, _)| *seq);
        event.or(self.inputs.first().map(|input| input.seq))
    }

    pub(super) fn last(&self) -> Option<Seq> {
        let event = self.event.as_ref().map(|(seq, _)| *seq);
        event.or(self.inputs.last().map(|input| input.seq))
    }
}

/// What the turn covers: as fixed, or else the next messages of one customer, or the next event by
/// itself.
pub(super) fn waiting(transaction: &Transaction<'_>, row: &ThreadRow) -> Result<Waiting, Fault> {
    let mut statement = transaction.prepare(
        "SELECT i.seq, m.provider_id, m.content, m.reply_to, coalesce(m.sent_at, m.received_at),
            m.received_at, m.customer, i.event
         FROM inputs i LEFT JOIN messages m ON m.id = i.message
         WHERE i.thread = ?1 AND i.seq <= ?2 ORDER BY i.seq LIMIT ?3",
    )?;
    let last = row.schedule.turn_last.unwrap_or(i64::MAX);
    let mut rows = statement.query((row.id, last, int(Turn::MAX_INPUTS as u64)))?;
    let mut waiting = Waiting {
        inputs: Vec::new(),
        event: None,
        writer: None,
    };
    while let Some(found) = rows.next()? {
        let seq = Seq(count(found.get(0)?));
        if found.get_ref(7)?.as_str_or_null()?.is_some() {
            if waiting.inputs.is_empty() {
                waiting.event = Some((seq, json(found, 7)?));
            }
            break;
        }
        let customer: i64 = found.get(6)?;
        let writer = *waiting.writer.get_or_insert(customer);
        // Two who were joined since they wrote are one.
        if writer != customer
            && canonical(transaction, writer)? != canonical(transaction, customer)?
        {
            break;
        }
        waiting.inputs.push(Input {
            seq,
            id: MessageId::new(found.get_ref(1)?.as_str_or_null()?.unwrap_or_default()),
            content: json(found, 2)?,
            reply_to: found.get(3)?,
            sent_at: instant(found, 4)?,
            received_at: instant(found, 5)?,
        });
    }
    Ok(waiting)
}

pub(super) fn load(
    transaction: &Transaction<'_>,
    row: &ThreadRow,
    waiting: Waiting,
) -> Result<Lease, Fault> {
    let facts = facts(transaction, row.id)?;
    // A thread that waits for nothing is damaged.
    let first = waiting.first().ok_or_else(missing)?;
    let last = waiting.last().ok_or_else(missing)?;
    let event = match waiting.event {
        Some((_, stored)) => Some(stored.load(transaction)?),
        None => None,
    };
    let whose = event.as_ref().map(|one| one.booking.details.customer.0);
    let whose = whose.or(waiting.writer).ok_or_else(missing)?;
    let known = statements::known(transaction, row.id, &facts.key, &waiting.inputs)?;
    let thread = ThreadId(row.id);
    let customer = canonical(transaction, whose)?;
    let now = DateTime::from_timestamp_millis(transaction.now).unwrap_or_default();
    let opted_out = opt_out::is_out(transaction, facts.key.business.as_str(), customer)?;
    let reminded = if event.is_some() {
        None
    } else {
        let before = || wrote_before(transaction, row, first);
        outbox::last_reminder(transaction, row.id, before)?
    };
    Ok(Lease {
        turn: Turn {
            id: TurnId {
                thread,
                first,
                last,
            },
            revision: small(row.revision),
            attempt: small(row.attempt),
            thread,
            key: facts.key,
            paused_until: row.paused_until.and_then(DateTime::from_timestamp_millis),
            contact: contact(transaction, customer, facts.way)?,
            customer: CustomerId(customer),
            inputs: statement::apply(waiting.inputs, &known),
            event,
            state: state(transaction, row.id)?,
            bookings: booking::open_of(transaction.conn, customer, transaction.now)?,
            conflict: facts.conflict,
            answer: facts.answer,
            opted_out,
            reminded,
            now,
        },
        token: count(row.lease_token),
        thread_version: count(row.version),
    })
}

/// When the message before an input came; 0 where there is none. A statement about a message that
/// nobody answered is passed over.
fn wrote_before(transaction: &Transaction<'_>, row: &ThreadRow, first: Seq) -> Result<i64, Fault> {
    let mut before: Option<i64> = transaction
        .find(
            "SELECT m.prev FROM inputs i JOIN messages m ON m.id = i.message
             WHERE i.thread = ?1 AND i.seq = ?2",
            (row.id, int(first.0)),
            |found| found.get(0),
        )?
        .flatten();
    for _ in 0..MOST_STATEMENTS {
        let Some(id) = before else { return Ok(0) };
        let found = transaction.find(
            "SELECT received_at, prev, content, EXISTS (
                SELECT 1 FROM outbox o WHERE o.thread = m.thread AND o.kind = 'reply'
                    AND o.first_seq <= m.seq AND o.last_seq >= m.seq)
             FROM messages m WHERE id = ?1",
            [id],
            |found| {
                let content = found.get_ref(2)?.as_str_or_null()?.unwrap_or_default();
                let content = serde_json::from_str::<Content>(content);
                let is_statement = content.is_ok_and(|one| statement::is_statement(&one));
                let is_passed_over = is_statement && !found.get::<_, bool>(3)?;
                Ok((found.get(0)?, found.get(1)?, is_passed_over))
            },
        )?;
        match found {
            Some((_, prev, true)) => before = prev,
            Some((at, _, false)) => return Ok(at),
            None => return Ok(0),
        }
    }
    Ok(0)
}

pub(in crate::store::sqlite) fn facts(
    transaction: &Transaction<'_>,
    thread: i64,
) -> Result<Facts, Fault> {
    transaction
        .find(
            "SELECT business, source, trust, key, provider_id, conflict, customer, medium, answer,
                phone
             FROM threads WHERE id = ?1",
            [thread],
            |row| {
                Ok(Facts {
                    key: ThreadKey {
                        business: BusinessId::new(row.get_ref(0)?.as_str()?),
                        source: source(row, 1)?,
                        trust: trust(row, 2)?,
                        key: row.get(3)?,
                    },
                    way: Way {
                        provider_id: row.get(4)?,
                        medium: row.get(7)?,
                        phone: match row.get(9)? {
                            Some(phone) => Some((row.get(6)?, phone)),
                            None => None,
                        },
                    },
                    customer: row.get(6)?,
                    answer: row.get::<_, Option<Vec<u8>>>(8)?.map(Bytes::from),
                    conflict: match row.get_ref(5)?.as_str_or_null()? {
                        Some(_) => Some(json(row, 5)?),
                        None => None,
                    },
                })
            },
        )?
        .ok_or_else(missing)
}

pub(in crate::store::sqlite) fn contact(
    transaction: &Transaction<'_>,
    customer: i64,
    Way {
        provider_id,
        medium,
        phone: spelled,
    }: Way,
) -> Result<Contact, Fault> {
    let spelled = match spelled {
        Some((whose, phone)) if canonical(transaction, whose)? == customer => Some(phone),
        _ => None,
    };
    transaction
        .find(
            "SELECT phone, name FROM customers WHERE id = ?1",
            [customer],
            |row| {
                let phone = match spelled {
                    Some(phone) => Some(phone),
                    None => row.get::<_, Option<Box<str>>>(0)?,
                };
                Ok(Contact {
                    // A number that does not read back is as good as none: nobody can be rung by it.
                    phone: phone.and_then(|phone| PhoneNumber::parse(&phone).ok()),
                    provider_id,
                    name: row.get(1)?,
                    medium,
                    also: Vec::new(),
                })
            },
        )?
        .ok_or_else(missing)
}

pub(in crate::store::sqlite) fn state(
    transaction: &Transaction<'_>,
    thread: i64,
) -> Result<Option<State>, Fault> {
    transaction.find(
        "SELECT workflow, version, bytes FROM states WHERE thread = ?1",
        [thread],
        |row| {
            Ok(State {
                workflow: row.get(0)?,
                version: row.get(1)?,
                bytes: row.get::<_, Vec<u8>>(2)?.into(),
            })
        },
    )
}
