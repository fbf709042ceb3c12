//! What an upgrade fills in that SQL alone cannot: the keys of numbers, and what threads are found
//! by. People and threads that were split by a spelling or a missing id are joined.
//!
//! The invariant: it runs in the transaction of its migration, so that a start that is killed
//! begins again with the store as it was.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::{
    customer::{self, SESSION},
    encoding::{source, trust},
    fault::Fault,
    identity::{Kind, number_of_key, own_name, thread_names},
    join::join,
};
use crate::message::{BusinessId, Contact, PhoneNumber, SourceKind, ThreadKey, Trust};

/// A thread as the release before left it.
struct Thread {
    /// Its place by when the customer wrote last.
    rank: usize,
    id: i64,
    key: ThreadKey,
    customer: i64,
    contact: Contact,
}

/// Threads of one person at one source, by what shows that.
type Groups = BTreeMap<(String, &'static str, &'static str, String), Vec<Thread>>;

/// Fills in what migration 5 made room for.
pub(super) fn to_5(conn: &Connection) -> Result<(), Fault> {
    conn.execute_batch("CREATE INDEX upgrade_messages ON messages (thread)")?;
    let threads = spell_numbers(conn)?;
    fill_keys(conn)?;
    join_customers(conn)?;
    join_threads(conn, threads)?;
    conn.execute_batch("DROP INDEX upgrade_messages")?;
    Ok(())
}

/// Reads the threads, with their customers' numbers as they were spelled before any were joined.
fn spell_numbers(conn: &Connection) -> Result<Vec<Thread>, Fault> {
    let mut statement = conn.prepare(
        "WITH RECURSIVE standing (id, customer) AS (
            SELECT id, customer FROM threads
            UNION ALL
            SELECT s.id, c.joined_to FROM standing s JOIN customers c ON c.id = s.customer
            WHERE c.joined_to IS NOT NULL
         )
         SELECT t.id, t.business, t.source, t.trust, t.key, c.id, t.provider_id, c.phone
         FROM standing s JOIN threads t ON t.id = s.id JOIN customers c ON c.id = s.customer
         WHERE c.joined_to IS NULL AND t.key NOT LIKE 'forgotten:%'
         ORDER BY coalesce(t.last_at, 0), t.id DESC",
    )?;
    let found = statement.query_map((), |row| {
        let phone: Option<Box<str>> = row.get(7)?;
        Ok(Thread {
            rank: 0,
            id: row.get(0)?,
            key: ThreadKey {
                business: BusinessId::new(row.get_ref(1)?.as_str()?),
                source: source(row, 2)?,
                trust: trust(row, 3)?,
                key: row.get(4)?,
            },
            customer: row.get(5)?,
            contact: Contact {
                provider_id: row.get(6)?,
                phone: phone.and_then(|phone| PhoneNumber::parse(&phone).ok()),
                ..Contact::default()
            },
        })
    })?;
    let mut threads: Vec<Thread> = found.collect::<Result<_, _>>()?;
    let mut spell = conn.prepare("UPDATE threads SET phone = ?2, customer = ?3 WHERE id = ?1")?;
    for (rank, thread) in threads.iter_mut().enumerate() {
        thread.rank = rank;
        let phone = number_of_key(&thread.key).or(thread.contact.phone.clone());
        let phone = phone.as_ref().map(PhoneNumber::as_str);
        spell.execute((thread.id, phone, thread.customer))?;
    }
    Ok(threads)
}

fn fill_keys(conn: &Connection) -> Result<(), Fault> {
    let mut statement = conn.prepare("SELECT id, phone FROM customers WHERE phone IS NOT NULL")?;
    let found = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?;
    let found: Vec<(i64, Box<str>)> = found.collect::<Result<_, _>>()?;
    let mut write = conn.prepare("UPDATE customers SET phone_key = ?2 WHERE id = ?1")?;
    for (id, phone) in found {
        if let Ok(phone) = PhoneNumber::parse(&phone) {
            write.execute((id, phone.key().as_str()))?;
        }
    }
    Ok(())
}

/// Lets identities be numbers' keys. Two customers of one number are one, unless each has an id of
/// a provider's: then the number is that of who was met last.
fn join_customers(conn: &Connection) -> Result<(), Fault> {
    let mut statement = conn.prepare(
        "SELECT business, kind, value FROM identities WHERE kind IN ('phone', 'session')
         ORDER BY customer",
    )?;
    let found = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let found: Vec<(String, String, String)> = found.collect::<Result<_, _>>()?;
    for (business, kind, value) in found {
        let key = comparable(&kind, &value);
        if key == value {
            continue;
        }
        let of = |value: &str| -> Result<Option<i64>, Fault> {
            let mut statement = conn.prepare_cached(
                "SELECT customer FROM identities WHERE business = ?1 AND kind = ?2 AND value = ?3",
            )?;
            let mut rows = statement.query((&business, &kind, value))?;
            Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
        };
        let Some(customer) = of(&value)? else {
            continue;
        };
        conn.prepare_cached(
            "DELETE FROM identities WHERE business = ?1 AND kind = ?2 AND value = ?3",
        )?
        .execute((&business, &kind, &value))?;
        match of(&key)? {
            Some(other) if other == customer => {}
            Some(other) if have_ids_of_one_provider(conn, other, customer)? => {
                let newer = other.max(customer);
                write_identity(conn, (&business, &kind, &key), newer)?;
            }
            Some(other) => customer::join(conn, customer, other)?,
            None => write_identity(conn, (&business, &kind, &key), customer)?,
        }
    }
    Ok(())
}

fn write_identity(
    conn: &Connection,
    (business, kind, value): (&str, &str, &str),
    customer: i64,
) -> Result<(), Fault> {
    conn.prepare_cached(
        "INSERT INTO identities (business, kind, value, customer) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO UPDATE SET customer = excluded.customer",
    )?
    .execute((business, kind, value, customer))?;
    Ok(())
}

fn have_ids_of_one_provider(conn: &Connection, one: i64, other: i64) -> Result<bool, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM identities a JOIN identities b ON b.kind = a.kind
            WHERE a.customer = ?1 AND b.customer = ?2 AND a.kind IN ('whatsapp', 'highlevel'))",
    )?;
    Ok(statement.query_row([one, other], |row| row.get(0))?)
}

/// The value by which an identity is compared from now on.
fn comparable(kind: &str, value: &str) -> String {
    let number = |text: &str| {
        let phone = PhoneNumber::parse(text).ok()?;
        (phone.as_str() == text).then(|| phone.key().as_str().to_owned())
    };
    let parts: Vec<&str> = value.split('\n').collect();
    match (kind, parts.as_slice()) {
        (SESSION, [source, key, phone]) => {
            let direct = SourceKind::Direct.as_str();
            let key = number(key).filter(|_| *source == direct);
            let key = key.unwrap_or_else(|| parts[1].to_owned());
            let phone = number(phone).unwrap_or_else(|| (*phone).to_owned());
            customer::session_value(source, &key, &phone)
        }
        (SESSION, _) => value.to_owned(),
        _ => number(value).unwrap_or_else(|| value.to_owned()),
    }
}

/// Joins the threads of one person on one line, the last one staying, and writes what each is
/// found by. They come in the order in which was written in them.
fn join_threads(conn: &Connection, threads: Vec<Thread>) -> Result<(), Fault> {
    let mut groups = Groups::new();
    for thread in threads {
        let ThreadKey {
            business,
            source,
            trust,
            ..
        } = &thread.key;
        let mut of = conn.prepare_cached("SELECT customer FROM threads WHERE id = ?1")?;
        let customer: i64 = of.query_row([thread.id], |row| row.get(0))?;
        let one = if *source == SourceKind::Direct || *trust == Trust::Unverified {
            own_name(&thread.key).value.into()
        } else {
            let (line, _) = thread.key.key.split_once(':').unwrap_or_default();
            format!("{line}\n{customer}")
        };
        let whose = (business.to_string(), source.as_str(), trust.as_str(), one);
        groups.entry(whose).or_default().push(thread);
    }
    let mut groups: Vec<Vec<Thread>> = groups.into_values().collect();
    // Of two people with one number it is that of who wrote last.
    groups.sort_by_key(|group| group.last().map(|last| last.rank));
    for group in groups {
        let Some((last, others)) = group.split_last() else {
            continue;
        };
        for other in others {
            join(conn, last.id, other.id)?;
        }
        for thread in &group {
            name(conn, thread, last.id)?;
        }
    }
    Ok(())
}

fn name(conn: &Connection, thread: &Thread, id: i64) -> Result<(), Fault> {
    let mut write = conn.prepare_cached(
        "INSERT INTO thread_names (name, business, source, trust, kind, thread)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT DO UPDATE SET thread = excluded.thread",
    )?;
    for name in thread_names(&thread.key, &thread.contact) {
        if name.kind == Kind::Phone && is_of_another(conn, thread, &name.value, id)? {
            continue;
        }
        write.execute((
            &*name.value,
            thread.key.business.as_str(),
            thread.key.source.as_str(),
            thread.key.trust.as_str(),
            name.kind.as_str(),
            id,
        ))?;
    }
    Ok(())
}

/// Returns whether a number that a thread was found by is another customer's by now.
fn is_of_another(conn: &Connection, thread: &Thread, name: &str, id: i64) -> Result<bool, Fault> {
    let (_, number) = name.split_once(':').unwrap_or_default();
    let mut statement = conn.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM identities i, threads t
            WHERE i.business = ?1 AND i.kind = 'phone' AND i.value = ?2 AND t.id = ?3
                AND i.customer <> t.customer)",
    )?;
    let business = thread.key.business.as_str();
    Ok(statement.query_row((business, number, id), |row| row.get(0))?)
}
