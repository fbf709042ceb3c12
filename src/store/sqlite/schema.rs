//! The tables and how they came to be: each migration in a transaction of its own.
//!
//! The invariant: `user_version` is the number of migrations applied, and a database with more of
//! them than this release knows is not touched.

use rusqlite::Connection;

/// Every migration, oldest first; one that was released is never changed.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_inbox.sql"),
    include_str!("migrations/0002_bookings.sql"),
    include_str!("migrations/0003_outbox.sql"),
    include_str!("migrations/0004_office.sql"),
];

/// The schema that this release reads and writes.
pub(super) const VERSION: u32 = 4;

const _: () = assert!(MIGRATIONS.len() == VERSION as usize);

/// Why the schema is not the one this release works with.
#[derive(Debug)]
pub(super) enum MigrateError {
    /// A newer release made it.
    Newer(u32),
    /// A migration failed.
    Sql(rusqlite::Error),
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
    for (applied, migration) in (1..).zip(MIGRATIONS).skip(found as usize) {
        let transaction = conn.unchecked_transaction()?;
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "user_version", applied)?;
        transaction.commit()?;
    }
    Ok(())
}

impl From<rusqlite::Error> for MigrateError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}
