//! The tables and how they came to be: each migration in a transaction of its own.
//!
//! The invariant: `user_version` is the number of migrations applied, and a database with more of
//! them than this release knows is not touched.

use std::{path::Path, sync::Arc};

use rusqlite::{Connection, ErrorCode};

use super::{connection, fault::Fault, upgrade};

/// A migration, and what it leaves to be filled in.
type Migration = (&'static str, Option<fn(&Connection) -> Result<(), Fault>>);

/// Every migration, oldest first; one that was released is never changed.
const MIGRATIONS: &[Migration] = &[
    (include_str!("migrations/0001_inbox.sql"), None),
    (include_str!("migrations/0002_bookings.sql"), None),
    (include_str!("migrations/0003_outbox.sql"), None),
    (include_str!("migrations/0004_office.sql"), None),
    (
        include_str!("migrations/0005_identity.sql"),
        Some(upgrade::to_5),
    ),
    (include_str!("migrations/0006_statements.sql"), None),
    (include_str!("migrations/0007_queues.sql"), None),
    (include_str!("migrations/0008_watch.sql"), None),
    (include_str!("migrations/0009_undelivered.sql"), None),
    (include_str!("migrations/0010_clock.sql"), None),
];

/// The schema that this release reads and writes.
pub(super) const VERSION: u32 = 10;

const _: () = assert!(MIGRATIONS.len() == VERSION as usize);

/// What marks a database as ours: "fdsk". The first release left it at 0.
const APPLICATION_ID: u32 = 0x6664_736b;

/// Tables that every database of the first release has.
const TABLES: &str = "'inputs', 'messages', 'threads', 'totals'";

/// Whose a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// Ours, of whatever release.
    Ours,
    /// It is empty.
    Nobody,
    /// Another program's, and how that is known.
    Another(&'static str),
}

/// Looks whose a file is, without writing to it.
pub(super) fn owner(path: &Path) -> rusqlite::Result<Owner> {
    match connection::reader(path).and_then(|conn| owner_of(&conn)) {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => {
            Ok(Owner::Another("it is no SQLite database"))
        }
        found => found,
    }
}

fn owner_of(conn: &Connection) -> rusqlite::Result<Owner> {
    let id = conn.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: u32 = conn.query_row("SELECT count(*) FROM sqlite_schema", (), |row| row.get(0))?;
    let ours = format!("SELECT count(*) FROM sqlite_schema WHERE name IN ({TABLES})");
    let has_ours = conn.query_row(&ours, (), |row| row.get::<_, u32>(0))? == 4;
    Ok(match (id, version(conn)?, tables) {
        (APPLICATION_ID, ..) => Owner::Ours,
        (0, 0, 0) => Owner::Nobody,
        (0, 1.., _) if has_ours => Owner::Ours,
        (0, ..) => Owner::Another("it holds the data of another program"),
        _ => Owner::Another("its application_id is that of another program"),
    })
}

/// Why the schema is not the one this release works with.
#[derive(Debug)]
pub(super) enum MigrateError {
    /// A newer release made it.
    Newer(u32),
    /// A migration failed.
    Sql(rusqlite::Error),
    /// What is stored could not be brought along.
    Fill(Fault),
}

/// The schema of the database.
pub(super) fn version(conn: &Connection) -> rusqlite::Result<u32> {
    conn.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Brings the schema up to [`VERSION`].
pub(super) fn migrate(conn: &Connection) -> Result<(), MigrateError> {
    let found = version(conn)?;
    if found > VERSION {
        return Err(MigrateError::Newer(found));
    }
    for (applied, (migration, fill)) in (1..).zip(MIGRATIONS).skip(found as usize) {
        let transaction = conn.unchecked_transaction()?;
        transaction.execute_batch(migration)?;
        if let Some(fill) = fill {
            fill(&transaction)?;
        }
        transaction.pragma_update(None, "user_version", applied)?;
        transaction.commit()?;
    }
    let marked: u32 = conn.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if marked != APPLICATION_ID {
        conn.pragma_update(None, "application_id", APPLICATION_ID)?;
    }
    Ok(())
}

impl From<Fault> for MigrateError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Sql(error) => match Arc::try_unwrap(error) {
                Ok(error) => Self::Sql(error),
                Err(shared) => Self::Fill(Fault::Sql(shared)),
            },
            other => Self::Fill(other),
        }
    }
}

impl From<rusqlite::Error> for MigrateError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        message::{BusinessId, SourceKind, ThreadKey, Trust},
        store::{NoticeWay, Queue},
    };

    #[test]
    fn what_waited_before_there_were_queues_is_in_its_own() {
        let conn = Connection::open_in_memory().unwrap();
        let queues = MIGRATIONS
            .iter()
            .position(|(sql, _)| sql.contains("deliveries_queue"))
            .unwrap();
        for (migration, _) in &MIGRATIONS[..queues] {
            conn.execute_batch(migration).unwrap();
        }
        let rows = "INSERT INTO customers (id, business, created_at) VALUES (1, 'luna', 0);
            INSERT INTO threads (id, business, source, trust, key, customer)
                VALUES (1, 'luna', 'whatsapp', 'verified', '123:49', 1),
                       (2, 'luna', 'highlevel', 'verified', 'loc', 1);
            INSERT INTO outbox (id, business, thread, at, kind, way, state, body)
                VALUES (1, 'luna', 1, 0, 'reply', NULL, 'pending', '{}'),
                       (2, 'luna', 1, 0, 'reminder', NULL, 'pending', NULL),
                       (3, 'luna', 1, 0, 'notice', 'webhook', 'pending', '{}'),
                       (4, 'luna', 1, 0, 'notice', 'whatsapp', 'pending', '{}'),
                       (5, 'luna', 2, 0, 'notice', 'tag', 'pending', '{}'),
                       (6, 'luna', 9, 0, 'reply', NULL, 'pending', '{}');
            INSERT INTO deliveries (outbox, lane, due_at, expires_at)
                SELECT id, id, 0, 1 FROM outbox;";
        conn.execute_batch(rows).unwrap();
        conn.execute_batch(MIGRATIONS[queues].0).unwrap();
        let thread = |source, key: &str| ThreadKey {
            business: BusinessId::new("luna"),
            source,
            trust: Trust::Verified,
            key: key.into(),
        };
        let customer = thread(SourceKind::Whatsapp, "123:49");
        let contact = thread(SourceKind::Highlevel, "loc");
        let wanted = [
            Queue::of_replies(&customer),
            Queue::of_reminders(&customer),
            Queue::of_notices(NoticeWay::Webhook, &customer),
            Queue::of_notices(NoticeWay::Whatsapp, &customer),
            Queue::of_notices(NoticeWay::Tag, &contact),
            Queue::Unknown("unknown".into()),
        ];
        let mut statement = conn
            .prepare("SELECT queue FROM deliveries ORDER BY outbox")
            .unwrap();
        let found = statement
            .query_map((), |row| Ok(Queue::from(row.get_ref(0)?.as_str()?)))
            .unwrap();
        assert_eq!(found.collect::<Result<Vec<_>, _>>().unwrap(), wanted);
    }
}
