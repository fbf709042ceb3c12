//! Messages on their way to customers: written down, leased, settled.
//!
//! The invariants: only the first message of a lane is ever due; `sending` is durable before a
//! provider is called; a message that a report proved is never handed out again for that part.

mod leasing;
mod notice;
mod question;
mod reminder;
mod report;
mod undelivered;

use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::{Row, params};

pub(super) use self::{
    leasing::dispatch,
    notice::{
        NO_THREAD, write as write_notice, write_change as write_change_notice,
        write_unrouted as write_unrouted_notice,
    },
    question::question,
    reminder::{last as last_reminder, schedule as schedule_reminders},
    report::apply as apply_report,
    undelivered::Undelivered,
};
use super::{
    customer::canonical,
    encoding::{Millis, count, int, json, millis, millis_of, small},
    fault::Fault,
    thread::missing,
    transaction::Transaction,
    turn,
};
use crate::{
    booking::BookingId,
    message::{BusinessId, Contact, MessageId, Reply, SourceKind, ThreadKey},
    store::{Attempt, Delivered, Dispatch, Mail, Queue, Reference, ReminderMail},
};

/// How long a reply is worth sending; providers allow free words for 24 hours.
const REPLY_LIFETIME_MS: Millis = 24 * 60 * 60 * 1000;
/// How long a report is waited for before a message is sent again whose fate nobody knows.
const REPORT_PATIENCE: Duration = Duration::from_secs(30);
/// The reason of what was not sent in time.
const TOO_LATE: &str = "too_late";
/// The reason of what was tried as often as may be.
const USED_UP: &str = "attempts_used_up";
/// The reason of what nobody can send.
const NO_CHANNEL: &str = "no_channel";

/// A reply to be written down.
pub(super) struct Said<'a> {
    pub(super) thread: i64,
    pub(super) key: &'a ThreadKey,
    /// The turn that it answers, by its first and last input; none: it is said unasked.
    pub(super) turn: Option<(i64, i64)>,
    /// A person of the business says it.
    pub(super) by_person: bool,
    pub(super) reply: &'a Reply,
    /// The customer's message that is answered first.
    pub(super) answers: Option<&'a MessageId>,
    /// It asks the question that is open from now on.
    pub(super) asks: bool,
    /// The booking whose change it tells of.
    pub(super) about: Option<BookingId>,
}

/// What the holder of a lease shows of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held {
    outbox: i64,
    token: i64,
    /// When the message became due, before it was leased.
    due_at: Millis,
}

/// The columns that [`Delivery::read`] expects, in its order.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT d.outbox, d.lane, o.at, d.expires_at, d.part, d.attempt, d.lease_token,
                d.lease_ms, o.kind, d.due_at
             FROM deliveries d JOIN outbox o ON o.id = d.outbox ",
            $rest
        )
    };
}
use select;

/// A message that is not settled yet.
struct Delivery {
    outbox: i64,
    lane: i64,
    written: Millis,
    expires_at: Millis,
    part: i64,
    attempt: i64,
    lease_token: i64,
    lease_ms: Option<Millis>,
    kind: Kind,
    /// As it was read; none: another one of its lane is before it.
    due_at: Option<Millis>,
}

/// What sort of message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Reply,
    Reminder,
    Notice,
}

/// Puts a reply into the outbox, for its client to fetch or to be sent, and answers its number.
pub(super) fn say(transaction: &mut Transaction<'_>, said: &Said<'_>) -> Result<i64, Fault> {
    let source = said.key.source;
    let (state, reason) = if source == SourceKind::Direct {
        ("pickup", None)
    } else if transaction.rules.policy.channels.contains(&source) {
        ("pending", None)
    } else {
        ("expired", Some(NO_CHANNEL))
    };
    let body = serde_json::to_string(said.reply).expect("invariant: a reply is plain data");
    transaction.execute(
        "INSERT INTO outbox (business, thread, first_seq, last_seq, by_person, at, kind, state,
            reason, body, asks, booking, booking_version)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'reply', ?7, ?8, ?9, ?10, ?11,
            (SELECT version FROM bookings WHERE id = ?11))",
        params![
            said.key.business.as_str(),
            said.thread,
            said.turn.map(|(first, _)| first),
            said.turn.map(|(_, last)| last),
            said.by_person,
            transaction.now,
            state,
            reason,
            body,
            said.asks,
            said.about.as_ref().map(|id| id.0.as_bytes()),
        ],
    )?;
    let outbox = transaction.conn.last_insert_rowid();
    if state == "pending" {
        enqueue(transaction, outbox, said)?;
    }
    Ok(outbox)
}

fn enqueue(transaction: &mut Transaction<'_>, outbox: i64, said: &Said<'_>) -> Result<(), Fault> {
    transaction.execute(
        "INSERT INTO deliveries (outbox, lane, answers, due_at, expires_at, queue)
         SELECT ?1, ?2, ?3,
            CASE WHEN EXISTS (SELECT 1 FROM deliveries WHERE lane = ?2) THEN NULL ELSE ?4 END, ?5,
            ?6",
        params![
            outbox,
            said.thread,
            said.answers.map(MessageId::as_str),
            transaction.now,
            transaction.now.saturating_add(REPLY_LIFETIME_MS),
            Queue::of_replies(said.key).to_string(),
        ],
    )?;
    transaction.after.mail = true;
    Ok(())
}

/// After a start: whoever was sending is gone, and nobody knows how far they came.
pub(super) fn void_leases(conn: &rusqlite::Connection, now: Millis) -> rusqlite::Result<()> {
    conn.execute(
        "UPDATE outbox SET state = 'ambiguous'
         WHERE id IN (SELECT outbox FROM deliveries WHERE lease_ms IS NOT NULL)",
        (),
    )?;
    conn.execute(
        "UPDATE deliveries SET lease_ms = NULL, due_at = ?1 WHERE lease_ms IS NOT NULL",
        [now.saturating_add(millis_of(REPORT_PATIENCE))],
    )?;
    Ok(())
}

/// Whether a provider's id is that of a message of ours, which comes back as an echo.
pub(super) fn was_sent_by_us(
    transaction: &Transaction<'_>,
    business: &str,
    message: &MessageId,
) -> Result<bool, Fault> {
    let found = transaction.find(
        "SELECT 1 FROM sent_parts WHERE message = ?1 AND business = ?2 LIMIT 1",
        (message.as_str(), business),
        |_| Ok(()),
    )?;
    Ok(found.is_some())
}

/// Writes down what became of an attempt.
pub(super) fn delivered(
    transaction: &mut Transaction<'_>,
    held: Held,
    attempt: &Attempt,
    said: Option<&Reply>,
) -> Result<Delivered, Fault> {
    transaction.after.rows += 1;
    let delivery = Delivery::of(transaction, held.outbox)?;
    let delivery = delivery.filter(|one| one.lease_token == held.token && one.lease_ms.is_some());
    let Some(mut delivery) = delivery else {
        return Ok(Delivered::LeaseLost);
    };
    if let Some(said) = said {
        delivery.write_words(transaction, said)?;
    }
    let waiting = match attempt {
        Attempt::Sent { id, more } => {
            let is_undelivered = report::sent(transaction, &delivery, id)?;
            if is_undelivered {
                undelivered::count(transaction, delivery.outbox, None)?;
                delivery.finish(transaction, "dead", Some(report::UNDELIVERED))?;
                return Ok(Delivered::Dead);
            }
            if *more {
                return delivery.next_part(transaction);
            }
            delivery.finish(transaction, "sent", None)?;
            return Ok(Delivered::Sent);
        }
        Attempt::NothingLeft => {
            delivery.finish(transaction, "sent", None)?;
            return Ok(Delivered::Sent);
        }
        Attempt::ForPickup => {
            delivery.finish(transaction, "pickup", None)?;
            return Ok(Delivered::Sent);
        }
        Attempt::Dead { reason } => {
            delivery.finish(transaction, "dead", Some(reason))?;
            return Ok(Delivered::Dead);
        }
        Attempt::Ambiguous { .. } if report::is_proven(transaction, &delivery)? => {
            return delivery.next_part(transaction);
        }
        Attempt::Retry { .. } | Attempt::Ambiguous { .. }
            if delivery.attempt >= i64::from(transaction.rules.policy.max_attempts) =>
        {
            delivery.finish(transaction, "dead", Some(USED_UP))?;
            return Ok(Delivered::Dead);
        }
        Attempt::Ambiguous { after } => ("ambiguous", *after),
        Attempt::Retry { after, .. } => ("pending", *after),
        Attempt::Wait { after, .. } => {
            delivery.attempt -= 1;
            ("pending", *after)
        }
        Attempt::PutBack => {
            delivery.attempt -= 1;
            delivery.put_back(transaction, held.due_at)?;
            return Ok(Delivered::Waiting);
        }
    };
    delivery.wait(transaction, waiting.0, waiting.1)?;
    Ok(Delivered::Waiting)
}

// === impl Held ===

impl From<&Dispatch> for Held {
    fn from(dispatch: &Dispatch) -> Self {
        Self {
            outbox: int(dispatch.reference.message),
            token: int(dispatch.token),
            due_at: millis(dispatch.due_at),
        }
    }
}

// === impl Delivery ===

impl Delivery {
    fn of(transaction: &Transaction<'_>, outbox: i64) -> Result<Option<Self>, Fault> {
        transaction.find(select!("WHERE d.outbox = ?1"), [outbox], Self::read)
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            outbox: row.get(0)?,
            lane: row.get(1)?,
            written: row.get(2)?,
            expires_at: row.get(3)?,
            part: row.get(4)?,
            attempt: row.get(5)?,
            lease_token: row.get(6)?,
            lease_ms: row.get(7)?,
            kind: match row.get_ref(8)?.as_str()? {
                "reminder" => Kind::Reminder,
                "notice" => Kind::Notice,
                // The schema allows nothing else.
                _ => Kind::Reply,
            },
            due_at: row.get(9)?,
        })
    }

    /// Why it is not to be sent after all.
    fn obstacle(&self, transaction: &Transaction<'_>) -> Result<Option<&'static str>, Fault> {
        match self.kind {
            Kind::Reply => Ok(None),
            Kind::Reminder => reminder::obstacle(transaction, self),
            Kind::Notice => notice::obstacle(transaction, self),
        }
    }

    fn lease(&mut self, transaction: &Transaction<'_>, length: Duration) -> Result<(), Fault> {
        self.attempt += 1;
        self.lease_token += 1;
        self.lease_ms = Some(millis_of(length));
        self.set_state(transaction, "sending")?;
        self.save(transaction, millis_of(length))
    }

    /// Goes on to the first part of which nobody knows that it was taken.
    fn pass_over_proven(&mut self, transaction: &Transaction<'_>) -> Result<(), Fault> {
        while report::is_proven(transaction, self)? {
            self.part += 1;
            self.attempt = 0;
        }
        Ok(())
    }

    /// Gives it back until later.
    fn wait(
        &mut self,
        transaction: &mut Transaction<'_>,
        state: &str,
        after: Duration,
    ) -> Result<(), Fault> {
        self.lease_ms = None;
        self.set_state(transaction, state)?;
        transaction.after.mail = true;
        self.save(transaction, millis_of(after))
    }

    /// Gives it back to the place that it had in its queue.
    fn put_back(&mut self, transaction: &mut Transaction<'_>, due_at: Millis) -> Result<(), Fault> {
        self.lease_ms = None;
        self.set_state(transaction, "pending")?;
        transaction.after.mail = true;
        self.save_due_at(transaction, due_at)
    }

    /// Goes on to the next part under the same lease.
    fn next_part(&mut self, transaction: &Transaction<'_>) -> Result<Delivered, Fault> {
        self.part += 1;
        self.attempt = 1;
        let length = self.lease_ms.unwrap_or_default();
        self.save(transaction, length)?;
        Ok(Delivered::NextPart)
    }

    fn save(&self, transaction: &Transaction<'_>, due_in: Millis) -> Result<(), Fault> {
        self.save_due_at(transaction, transaction.now.saturating_add(due_in))
    }

    fn save_due_at(&self, transaction: &Transaction<'_>, due_at: Millis) -> Result<(), Fault> {
        transaction.execute(
            "UPDATE deliveries SET due_at = ?2, part = ?3, attempt = ?4, lease_token = ?5,
                lease_ms = ?6 WHERE outbox = ?1",
            (
                self.outbox,
                due_at,
                self.part,
                self.attempt,
                self.lease_token,
                self.lease_ms,
            ),
        )?;
        Ok(())
    }

    /// Takes it off its lane, where the next one becomes due.
    fn finish(
        &self,
        transaction: &mut Transaction<'_>,
        state: &str,
        reason: Option<&str>,
    ) -> Result<(), Fault> {
        transaction.execute(
            "UPDATE outbox SET state = ?2, reason = ?3, settled_at = ?4 WHERE id = ?1",
            (self.outbox, state, reason, transaction.now),
        )?;
        transaction.execute("DELETE FROM deliveries WHERE outbox = ?1", [self.outbox])?;
        let next = transaction.execute(
            "UPDATE deliveries SET due_at = ?2 WHERE due_at IS NULL
                AND outbox = (SELECT min(outbox) FROM deliveries WHERE lane = ?1)",
            (self.lane, transaction.now),
        )?;
        // Where nothing waited behind it, there is nothing to look for.
        transaction.after.mail |= next > 0;
        match (state, reason) {
            ("dead", Some(reason)) => undelivered::tell(transaction, self.outbox, reason),
            _ => Ok(()),
        }
    }

    fn set_state(&self, transaction: &Transaction<'_>, state: &str) -> Result<(), Fault> {
        transaction.execute(
            "UPDATE outbox SET state = ?2 WHERE id = ?1",
            (self.outbox, state),
        )?;
        Ok(())
    }

    /// Keeps the words that were found for it.
    fn write_words(&self, transaction: &Transaction<'_>, said: &Reply) -> Result<(), Fault> {
        let body = serde_json::to_string(said).expect("invariant: a reply is plain data");
        transaction.execute(
            "UPDATE outbox SET body = ?2 WHERE id = ?1 AND body IS NULL",
            (self.outbox, body),
        )?;
        Ok(())
    }

    fn reference(&self) -> Reference {
        Reference {
            message: count(self.outbox),
            written_ms: count(self.written),
            part: u16::try_from(self.part).unwrap_or(u16::MAX),
        }
    }

    /// All that its sender needs to know.
    fn load(&self, transaction: &Transaction<'_>, queue: &Queue) -> Result<Dispatch, Fault> {
        let (business, thread, reply, answers, last_at) = transaction
            .find(
                "SELECT o.business, o.thread, o.body, d.answers, t.last_at
                 FROM outbox o JOIN deliveries d ON d.outbox = o.id
                    LEFT JOIN threads t ON t.id = o.thread
                 WHERE o.id = ?1",
                [self.outbox],
                |row| {
                    let is_reply = self.kind == Kind::Reply;
                    Ok((
                        BusinessId::new(row.get_ref(0)?.as_str()?),
                        row.get::<_, i64>(1)?,
                        is_reply.then(|| json::<Reply>(row, 2)).transpose()?,
                        row.get::<_, Option<Box<str>>>(3)?,
                        row.get::<_, Option<Millis>>(4)?,
                    ))
                },
            )?
            .ok_or_else(missing)?;
        let mut dispatch = Dispatch {
            reference: self.reference(),
            token: count(self.lease_token),
            attempt: small(self.attempt),
            queue: queue.clone(),
            due_at: instant_of(self.due_at.unwrap_or(transaction.now)),
            thread: notice::key_without_thread(business),
            contact: Contact::default(),
            mail: match reply {
                Some(reply) => Mail::Reply(reply),
                None => self.mail(transaction, thread)?,
            },
            // With the first part only: it is marked as read once.
            answers: answers
                .filter(|_| self.part == 0)
                .and_then(|id| MessageId::new(&id)),
            last_inbound_at: last_at.and_then(DateTime::from_timestamp_millis),
        };
        if thread != NO_THREAD {
            let turn::Facts {
                key, way, customer, ..
            } = turn::facts(transaction, thread)?;
            let customer = canonical(transaction, customer)?;
            dispatch.contact = turn::contact(transaction, customer, way)?;
            dispatch.thread = key;
        }
        Ok(dispatch)
    }

    /// What is said unasked, of which the words are found when it is sent.
    fn mail(&self, transaction: &Transaction<'_>, thread: i64) -> Result<Mail, Fault> {
        Ok(if self.kind == Kind::Reminder {
            Mail::Reminder(Box::new(ReminderMail {
                booking: reminder::booking_of(transaction, self.outbox)?,
                state: turn::state(transaction, thread)?,
            }))
        } else {
            Mail::Notice(Box::new(notice::load(transaction, self.outbox)?))
        })
    }
}

fn instant_of(at: Millis) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(at).unwrap_or_default()
}
