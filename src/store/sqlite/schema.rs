//! The tables and how they came to be: each migration in a transaction of its own.
//!
//! The invariant: `user_version` is the number of migrations applied, and a database with more of
//! them than this release knows is not touched.

use std::sync::Arc;

use rusqlite::Connection;

use super::{fault::Fault, upgrade};

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
];

/// The schema that this release reads and writes.
pub(super) const VERSION: u32 = 7;

const _: () = assert!(MIGRATIONS.len() == VERSION as usize);

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
