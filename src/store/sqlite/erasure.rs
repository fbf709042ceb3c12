//! Forgetting a person, in every table.
//!
//! The invariant: one transaction. A turn or message of theirs that is under way loses its lease, so
//! that nothing is written back afterwards.

use std::collections::BTreeSet;

use async_trait::async_trait;
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::{
    Store, fault::Fault, join::standing, opt_out, transaction::Transaction, writer::Urgency,
};
use crate::{
    booking::BookingId,
    message::{BusinessId, PhoneKey, PhoneNumber},
    store::{Erased, Erasure, Error, Forgotten, Whom},
    workflow::Consent,
};

#[async_trait]
impl Erasure for Store {
    async fn erase(&self, business: &BusinessId, whom: &Whom) -> Result<Erased, Error> {
        let (business, whom) = (business.clone(), whom.clone());
        // The table of messages is as large as it is; it is looked through beside the writer.
        let elsewhere = {
            let (business, whom) = (business.clone(), whom.clone());
            let look = move |conn: &Connection| {
                let person = Person::find(conn, business.as_str(), &whom)?;
                person.messages_elsewhere(conn)
            };
            self.readers.read(look).await?
        };
        self.writer
            .run(Urgency::Patient, move |transaction| {
                erase(transaction, business.as_str(), &whom, &elsewhere)
            })
            .await
    }
}

fn erase(
    transaction: &mut Transaction<'_>,
    business: &str,
    whom: &Whom,
    elsewhere: &[i64],
) -> Result<Erased, Fault> {
    transaction.after.rows += 1;
    let person = Person::find(transaction.conn, business, whom)?;
    if person.customers.is_empty() {
        return Ok(Erased::Unknown);
    }
    let ahead = person.bookings_ahead(transaction)?;
    if !ahead.is_empty() {
        return Ok(Erased::Ahead(ahead));
    }
    let identities = person.identities(transaction, business, whom)?;
    let mut forgotten = Forgotten::default();
    for &thread in &person.threads {
        forgotten.threads += 1;
        forgotten.messages += forget_messages(transaction, thread)?;
        settle(transaction, thread)?;
        forget_thread(transaction, thread)?;
    }
    for message in elsewhere {
        forgotten.messages += blank(transaction, *message)?;
    }
    for &customer in &person.customers {
        if opt_out::is_out(transaction, business, customer)? {
            // Of all that they are known by by now, not only of what they were known by then.
            opt_out::note(transaction, business, customer, Consent::OptOut)?;
        }
        forgotten.bookings += forget_customer(transaction, customer)?;
    }
    // A short id is found in too much that is not theirs.
    for identity in identities.iter().filter(|identity| identity.len() >= 6) {
        forget_raw(transaction, business, identity)?;
    }
    Ok(Erased::Done(forgotten))
}

/// One person under as many customers as there are.
struct Person {
    customers: Vec<i64>,
    threads: Vec<i64>,
}

impl Person {
    fn find(conn: &Connection, business: &str, whom: &Whom) -> Result<Self, Fault> {
        let mut statement = conn.prepare_cached(
            "WITH RECURSIVE person (id) AS (
                SELECT customer FROM identities
                    WHERE business = ?1 AND kind = 'phone' AND value = ?2
                UNION
                SELECT id FROM customers
                    WHERE phone_key IS NOT NULL AND phone_key = ?2 AND business = ?1
                UNION
                SELECT customer FROM identities
                    WHERE business = ?1 AND value = ?3 AND kind IN ('whatsapp', 'whatsapp_parent',
                        'highlevel', 'highlevel_conversation')
                UNION
                SELECT customer FROM threads
                    WHERE id = ?4 AND business = ?1 AND key NOT LIKE 'forgotten:%'
                UNION
                SELECT c.id FROM person p JOIN customers c ON c.joined_to = p.id
             )
             SELECT id FROM person ORDER BY id",
        )?;
        let (phone, id, thread) = match whom {
            Whom::Phone(phone) => (Some(phone.key()), None, None),
            Whom::ProviderId(id) => (None, Some(&**id), None),
            Whom::Thread(thread) => (None, None, Some(standing(conn, thread.0)?)),
        };
        let phone = phone.as_ref().map(PhoneKey::as_str);
        let customers = statement.query_map((business, phone, id, thread), |row| row.get(0))?;
        let customers: Vec<i64> = customers.collect::<Result<_, _>>()?;
        let mut statement = conn.prepare_cached(
            "SELECT id FROM threads WHERE customer = ?1 AND joined_to IS NULL ORDER BY id",
        )?;
        let mut threads = Vec::new();
        for customer in &customers {
            let found = statement.query_map([customer], |row| row.get(0))?;
            for thread in found {
                threads.push(thread?);
            }
        }
        Ok(Self { customers, threads })
    }

    /// What providers call them in what they tell: the digits of each number in every spelling, and
    /// each id.
    fn identities(
        &self,
        transaction: &Transaction<'_>,
        business: &str,
        whom: &Whom,
    ) -> Result<BTreeSet<Box<str>>, Fault> {
        let mut statement = transaction.prepare(
            "SELECT kind = 'phone', value FROM identities
                WHERE customer = ?1 AND business = ?2 AND kind <> 'session'
             UNION ALL
             SELECT 1, phone FROM customers WHERE id = ?1 AND phone IS NOT NULL",
        )?;
        let mut numbers = Vec::new();
        let mut identities = BTreeSet::new();
        for customer in &self.customers {
            let mut rows = statement.query((customer, business))?;
            while let Some(row) = rows.next()? {
                let value = row.get_ref(1)?.as_str()?;
                match PhoneNumber::parse(value) {
                    Ok(phone) if row.get(0)? => numbers.push(phone),
                    _ => {
                        identities.insert(value.into());
                    }
                }
            }
        }
        if let Whom::Phone(phone) = whom {
            numbers.push(phone.clone());
        }
        for number in numbers {
            let spellings = number.key().spellings().into_iter();
            identities.extend(spellings.map(|spelling| spelling[1..].into()));
        }
        Ok(identities)
    }

    /// What they wrote in threads that are someone else's by now.
    fn messages_elsewhere(&self, conn: &Connection) -> Result<Vec<i64>, Fault> {
        let mut statement = conn.prepare_cached(
            "SELECT id FROM messages WHERE content IS NOT NULL AND customer = ?1
                AND thread NOT IN (SELECT id FROM threads WHERE customer = ?1)",
        )?;
        let mut messages = Vec::new();
        for customer in &self.customers {
            let found = statement.query_map([customer], |row| row.get(0))?;
            for message in found {
                messages.push(message?);
            }
        }
        Ok(messages)
    }

    fn bookings_ahead(&self, transaction: &Transaction<'_>) -> Result<Vec<BookingId>, Fault> {
        let mut statement = transaction.prepare(
            "SELECT id FROM bookings WHERE customer = ?1 AND visible_end > ?2
                AND status IN ('booked', 'requested') ORDER BY visible_start, id",
        )?;
        let mut ahead = Vec::new();
        for customer in &self.customers {
            let found = statement.query_map((customer, transaction.now), |row| {
                Ok(BookingId(Uuid::from_bytes(row.get(0)?)))
            })?;
            for booking in found {
                ahead.push(booking?);
            }
        }
        Ok(ahead)
    }
}

/// A thread's messages; their digests stay, so that a repeat is still known as one.
fn forget_messages(transaction: &Transaction<'_>, thread: i64) -> Result<u64, Fault> {
    let blanked = transaction.execute(
        "WITH RECURSIVE walk (id) AS (
            SELECT last_message FROM threads WHERE id = ?1
            UNION ALL
            SELECT m.prev FROM walk JOIN messages m ON m.id = walk.id WHERE m.prev IS NOT NULL
         )
         UPDATE messages SET content = NULL, digest = NULL, fingerprint = NULL, reply_to = NULL,
            provider_id = NULL
         WHERE id IN (SELECT id FROM walk) AND content IS NOT NULL",
        [thread],
    )?;
    Ok(blanked as u64)
}

/// What waits, is under way or is dead counts as done.
fn settle(transaction: &mut Transaction<'_>, thread: i64) -> Result<(), Fault> {
    let waiting = transaction.find(
        "SELECT count(message) FROM inputs WHERE thread = ?1",
        [thread],
        |row| row.get::<_, i64>(0),
    )?;
    let dead = transaction.find(
        "SELECT coalesce(sum(last_seq - first_seq + 1), 0) FROM dead_turns WHERE thread = ?1",
        [thread],
        |row| row.get::<_, i64>(0),
    )?;
    let (waiting, dead) = (waiting.unwrap_or(0), dead.unwrap_or(0));
    transaction.execute("DELETE FROM inputs WHERE thread = ?1", [thread])?;
    transaction.execute("DELETE FROM dead_turns WHERE thread = ?1", [thread])?;
    transaction.after.done += waiting + dead;
    transaction.after.dead -= dead;
    transaction
        .after
        .settled
        .push(crate::message::ThreadId(thread));
    Ok(())
}

/// Leaves an empty thread that nobody finds again: whoever writes next begins a new one.
fn forget_thread(transaction: &Transaction<'_>, thread: i64) -> Result<(), Fault> {
    for sql in [
        "DELETE FROM reports WHERE message IN (SELECT p.message FROM sent_parts p
            JOIN outbox o ON o.id = p.outbox WHERE o.thread = ?1)",
        "DELETE FROM outbox WHERE thread = ?1",
        "DELETE FROM notices WHERE thread = ?1",
        "DELETE FROM states WHERE thread = ?1",
        "DELETE FROM thread_names WHERE thread = ?1",
        "UPDATE threads SET key = 'forgotten:' || hex(randomblob(16)), contact = NULL,
            provider_id = NULL, medium = NULL, phone = NULL, handoff = NULL, paused_until = NULL,
            version = version + 1, done_seq = last_seq, done_first = NULL, ready_at = NULL,
            turn_last = NULL, attempt = 0, revision = 0, conflict = NULL, answer = NULL,
            lease_token = lease_token + 1, lease_ms = NULL
         WHERE id = ?1",
    ] {
        transaction.execute(sql, [thread])?;
    }
    Ok(())
}

/// A message in a thread that stays: what waits there is no more than a sign that it came.
fn blank(transaction: &Transaction<'_>, message: i64) -> Result<u64, Fault> {
    let waits = transaction.find(
        "SELECT 1 FROM inputs i JOIN messages m ON m.thread = i.thread AND m.id = i.message
         WHERE m.id = ?1",
        [message],
        |_| Ok(()),
    )?;
    let rest = waits.map(|()| r#"{"type":"unsupported","kind":"forgotten"}"#);
    let blanked = transaction.execute(
        "UPDATE messages SET content = ?2, digest = NULL, fingerprint = NULL, reply_to = NULL,
            provider_id = NULL WHERE id = ?1 AND content IS NOT NULL",
        (message, rest),
    )?;
    Ok(blanked as u64)
}

/// What is known of a customer, and all that they had booked.
fn forget_customer(transaction: &Transaction<'_>, customer: i64) -> Result<u64, Fault> {
    transaction.execute(
        "DELETE FROM answers WHERE booking IN (SELECT id FROM bookings WHERE customer = ?1)",
        [customer],
    )?;
    let bookings = transaction.execute("DELETE FROM bookings WHERE customer = ?1", [customer])?;
    transaction.execute("DELETE FROM identities WHERE customer = ?1", [customer])?;
    transaction.execute(
        "UPDATE customers SET phone = NULL, phone_key = NULL, name = NULL WHERE id = ?1",
        [customer],
    )?;
    Ok(bookings as u64)
}

/// What providers told that names an identity, in whatever shape it came.
fn forget_raw(
    transaction: &mut Transaction<'_>,
    business: &str,
    identity: &str,
) -> Result<(), Fault> {
    transaction.execute(
        "DELETE FROM notices WHERE business = ?1 AND instr(raw, CAST(?2 AS BLOB)) > 0",
        (business, identity),
    )?;
    transaction.execute(
        "DELETE FROM unprocessed WHERE (business = ?1 OR business IS NULL)
            AND instr(raw, CAST(?2 AS BLOB)) > 0",
        (business, identity),
    )?;
    transaction.execute(
        "DELETE FROM reports WHERE business = ?1 AND participant = ?2",
        params![business, identity],
    )?;
    transaction.memory.unprocessed_bytes = None;
    Ok(())
}
