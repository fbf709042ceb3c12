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
];

/// The schema that this release reads and writes.
pub(super) const VERSION: u32 = 6;

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
