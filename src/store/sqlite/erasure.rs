//! Forgetting a person, in every table.
//!
//! The invariant: one transaction. A turn or message of theirs that is under way loses its lease, so
//! that nothing is written back afterwards.

use async_trait::async_trait;
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::{Store, fault::Fault, transaction::Transaction, writer::Urgency};
use crate::{
    booking::BookingId,
    message::{BusinessId, PhoneNumber},
    store::{Erased, Erasure, Error, Forgotten},
};

#[async_trait]
impl Erasure for Store {
    async fn erase(&self, business: &BusinessId, phone: &PhoneNumber) -> Result<Erased, Error> {
        let (business, phone) = (business.clone(), phone.clone());
        // The table of messages is as large as it is; it is looked through beside the writer.
        let elsewhere = {
            let (business, phone) = (business.clone(), phone.clone());
            let look = move |conn: &Connection| {
                let person = Person::find(conn, business.as_str(), phone.as_str())?;
                person.messages_elsewhere(conn)
            };
            self.readers.read(look).await?
        };
        self.writer
            .run(Urgency::Patient, move |transaction| {
                erase(transaction, business.as_str(), phone.as_str(), &elsewhere)
            })
            .await
    }
}

fn erase(
    transaction: &mut Transaction<'_>,
    business: &str,
    phone: &str,
    elsewhere: &[i64],
) -> Result<Erased, Fault> {
    transaction.after.rows += 1;
    let person = Person::find(transaction.conn, business, phone)?;
    if person.customers.is_empty() {
        return Ok(Erased::Unknown);
    }
    let ahead = person.bookings_ahead(transaction)?;
    if !ahead.is_empty() {
        return Ok(Erased::Ahead(ahead));
    }
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
        forgotten.bookings += forget_customer(transaction, customer)?;
    }
    forget_raw(transaction, business, phone.trim_start_matches('+'))?;
    Ok(Erased::Done(forgotten))
}

/// Whoever has a number, or said so: one person under as many customers as there are.
struct Person {
    customers: Vec<i64>,
    threads: Vec<i64>,
}

impl Person {
    fn find(conn: &Connection, business: &str, phone: &str) -> Result<Self, Fault> {
        let mut statement = conn.prepare_cached(
            "WITH RECURSIVE person (id) AS (
                SELECT customer FROM identities
                    WHERE business = ?1 AND kind = 'phone' AND value = ?2
                UNION
                SELECT id FROM customers
                    WHERE phone IS NOT NULL AND phone = ?2 AND business = ?1
                UNION
                SELECT c.id FROM person p JOIN customers c ON c.joined_to = p.id
             )
             SELECT id FROM person ORDER BY id",
        )?;
        let customers = statement.query_map((business, phone), |row| row.get(0))?;
        let customers: Vec<i64> = customers.collect::<Result<_, _>>()?;
        let mut statement =
            conn.prepare_cached("SELECT id FROM threads WHERE customer = ?1 ORDER BY id")?;
        let mut threads = Vec::new();
        for customer in &customers {
            let found = statement.query_map([customer], |row| row.get(0))?;
            for thread in found {
                threads.push(thread?);
            }
        }
        Ok(Self { customers, threads })
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
        "UPDATE threads SET key = 'forgotten:' || hex(randomblob(16)), contact = NULL,
            provider_id = NULL, medium = NULL, handoff = NULL, paused_until = NULL,
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
            provider_id = NULL WHERE id = ?1",
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
        "UPDATE customers SET phone = NULL, name = NULL WHERE id = ?1",
        [customer],
    )?;
    Ok(bookings as u64)
}

/// What providers told that names the number, in whatever shape it came.
fn forget_raw(
    transaction: &mut Transaction<'_>,
    business: &str,
    digits: &str,
) -> Result<(), Fault> {
    transaction.execute(
        "DELETE FROM notices WHERE business = ?1 AND instr(raw, CAST(?2 AS BLOB)) > 0",
        (business, digits),
    )?;
    transaction.execute(
        "DELETE FROM unprocessed WHERE (business = ?1 OR business IS NULL)
            AND instr(raw, CAST(?2 AS BLOB)) > 0",
        (business, digits),
    )?;
    transaction.execute(
        "DELETE FROM reports WHERE business = ?1 AND participant = ?2",
        params![business, digits],
    )?;
    transaction.memory.unprocessed_bytes = None;
    Ok(())
}
