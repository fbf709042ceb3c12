//! Turns: leased, settled, given back.
//!
//! The invariants: a turn's inputs are fixed when it is first leased; its attempt is counted in
//! the same transaction, so that a turn which kills the process does not loop for ever; the
//! watermark, the queue and the totals move together.

use std::time::Duration;

use bytes::Bytes;
use chrono::DateTime;
use rusqlite::params;

use super::{
    booking,
    customer::canonical,
    encoding::{count, instant, int, json, millis_of, small, source, trust},
    fault::Fault,
    later, opt_out, outbox,
    thread::{ThreadRow, missing},
    transaction::Transaction,
};
use crate::{
    booking::Conflict,
    message::{
        BusinessId, Contact, CustomerId, MessageId, PhoneNumber, Seq, SourceKind, ThreadId,
        ThreadKey,
    },
    store::{Lease, Leases, Release, Released},
    workflow::{Alert, AlertKind, Input, State, Turn, TurnId},
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

/// What a turn's thread row says beside its schedule.
pub(super) struct Facts {
    pub(super) key: ThreadKey,
    pub(super) way: Way,
    /// Who wrote last.
    pub(super) customer: i64,
    conflict: Option<Conflict>,
    answer: Option<Bytes>,
}

/// How the customer of a thread is written to, as far as the thread knows it.
pub(super) struct Way {
    provider_id: Option<Box<str>>,
    medium: Option<Box<str>>,
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
    let inputs = match inputs(transaction, &row) {
        Ok(inputs) => inputs,
        Err(fault) => return kill_if_undecodable(transaction, row, fault),
    };
    let last = inputs
        .0
        .last()
        .map_or(row.schedule.last_seq, |input| int(input.seq.0));
    row.attempt += 1;
    row.lease_token += 1;
    row.schedule
        .lease(transaction.now, last, millis_of(duration));
    row.save_turn(transaction)?;
    match load(transaction, &row, inputs) {
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
    let inputs = inputs(transaction, row)?;
    load(transaction, row, inputs)
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
    transaction.execute(
        "DELETE FROM inputs WHERE thread = ?1 AND seq <= ?2",
        (row.id, last),
    )?;
    transaction.execute(
        "UPDATE threads SET done_first = ?2, done_seq = ?3, ready_at = ?4, turn_last = NULL,
            attempt = 0, revision = 0, conflict = NULL, answer = NULL, lease_ms = NULL WHERE id = ?1",
        (row.id, first, last, schedule.ready_at),
    )?;
    let more = schedule.waits();
    transaction.after.settled.push(ThreadId(row.id));
    transaction.after.wake |= more;
    Ok(Settled { first, last, more })
}

/// A turn that is over.
pub(super) struct Settled {
    pub(super) first: i64,
    pub(super) last: i64,
    /// Whether newer inputs wait.
    pub(super) more: bool,
}

impl Settled {
    /// The customer messages of the turn.
    pub(super) fn messages(&self) -> i64 {
        self.last - self.first + 1
    }
}

fn kill(transaction: &mut Transaction<'_>, mut row: ThreadRow, reason: &str) -> Result<(), Fault> {
    let attempts = row.attempt;
    let last = row.schedule.turn_last.unwrap_or(row.schedule.last_seq);
    transaction.execute(
        "INSERT INTO dead_turns (business, thread, first_seq, last_seq, last_message, attempts,
            reason, at)
         SELECT business, id, ?2, ?3,
            coalesce((SELECT message FROM inputs WHERE thread = ?1 AND seq = ?3), last_message, 0),
            ?4, ?5, ?6
         FROM threads WHERE id = ?1",
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

/// The inputs that the turn covers, as fixed or else the next ones of one customer, and who that
/// customer is.
fn inputs(transaction: &Transaction<'_>, row: &ThreadRow) -> Result<(Vec<Input>, i64), Fault> {
    let mut statement = transaction.prepare(
        "SELECT i.seq, m.provider_id, m.content, m.reply_to, coalesce(m.sent_at, m.received_at),
            m.received_at, m.customer
         FROM inputs i JOIN messages m ON m.id = i.message
         WHERE i.thread = ?1 AND i.seq <= ?2 ORDER BY i.seq LIMIT ?3",
    )?;
    let last = row.schedule.turn_last.unwrap_or(i64::MAX);
    let mut rows = statement.query((row.id, last, int(Turn::MAX_INPUTS as u64)))?;
    let mut inputs = Vec::new();
    let mut writer = None;
    while let Some(found) = rows.next()? {
        let customer: i64 = found.get(6)?;
        if *writer.get_or_insert(customer) != customer {
            break;
        }
        inputs.push(Input {
            seq: Seq(count(found.get(0)?)),
            id: MessageId::new(found.get_ref(1)?.as_str_or_null()?.unwrap_or_default()),
            content: json(found, 2)?,
            reply_to: found.get(3)?,
            sent_at: instant(found, 4)?,
            received_at: instant(found, 5)?,
        });
    }
    // A thread that waits without inputs is damaged.
    Ok((inputs, writer.ok_or_else(missing)?))
}

fn load(
    transaction: &Transaction<'_>,
    row: &ThreadRow,
    (inputs, writer): (Vec<Input>, i64),
) -> Result<Lease, Fault> {
    let facts = facts(transaction, row.id)?;
    let first = inputs.first().ok_or_else(missing)?.seq;
    let last = inputs.last().ok_or_else(missing)?.seq;
    let thread = ThreadId(row.id);
    let customer = canonical(transaction, writer)?;
    let now = DateTime::from_timestamp_millis(transaction.now).unwrap_or_default();
    let opted_out = opt_out::is_out(transaction, facts.key.business.as_str(), customer)?;
    let reminded = outbox::last_reminder(transaction, row.id, || {
        wrote_before(transaction, row, first)
    })?;
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
            inputs,
            event: None,
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

/// When the message before an input came; 0 where there is none.
fn wrote_before(transaction: &Transaction<'_>, row: &ThreadRow, first: Seq) -> Result<i64, Fault> {
    let at = transaction.find(
        "SELECT b.received_at FROM inputs i
         JOIN messages m ON m.id = i.message JOIN messages b ON b.id = m.prev
         WHERE i.thread = ?1 AND i.seq = ?2",
        (row.id, int(first.0)),
        |found| found.get(0),
    )?;
    Ok(at.unwrap_or(0))
}

pub(super) fn facts(transaction: &Transaction<'_>, thread: i64) -> Result<Facts, Fault> {
    transaction
        .find(
            "SELECT business, source, trust, key, provider_id, conflict, customer, medium, answer
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

pub(super) fn contact(
    transaction: &Transaction<'_>,
    customer: i64,
    Way {
        provider_id,
        medium,
    }: Way,
) -> Result<Contact, Fault> {
    transaction
        .find(
            "SELECT phone, name FROM customers WHERE id = ?1",
            [customer],
            |row| {
                let phone = row.get_ref(0)?.as_str_or_null()?.map(PhoneNumber::parse);
                Ok(Contact {
                    // A number that does not read back is as good as none: nobody can be rung by it.
                    phone: phone.and_then(Result::ok),
                    provider_id,
                    name: row.get(1)?,
                    medium,
                })
            },
        )?
        .ok_or_else(missing)
}

pub(super) fn state(transaction: &Transaction<'_>, thread: i64) -> Result<Option<State>, Fault> {
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
