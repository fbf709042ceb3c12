//! Opening the database: whose it is, its lock, its schema, and the leases of the process before.
//!
//! The invariants: a file that is not ours is neither written nor locked; a full disk is waited for
//! as long as another process would be.

use std::{
    io,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use rusqlite::{Connection, ErrorCode};
use tokio::time::Instant;

use super::{
    connection,
    encoding::Millis,
    lock::{FileLock, Refused},
    outbox, request,
    schema::{self, MigrateError, Owner},
};
use crate::store;

/// How often a full disk is tried again while the grace lasts.
const RETRY: Duration = Duration::from_millis(250);

/// Why the database was not opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process has it.
    #[error("{} is in use by {holder}", path.display())]
    Locked {
        /// The database.
        path: PathBuf,
        /// Who has it, in their own words.
        holder: String,
    },
    /// It is a file of another program.
    #[error(
        "{} is not a database of frontdesk: {what}; nothing was changed, name another file in DATABASE_URL",
        path.display()
    )]
    Foreign {
        /// The file.
        path: PathBuf,
        /// How that is known.
        what: &'static str,
    },
    /// A newer release made it.
    #[error(
        "{} has schema {found}, and this release knows schemas up to {known}: run the newer release again",
        path.display()
    )]
    Newer {
        /// The database.
        path: PathBuf,
        /// Its schema.
        found: u32,
        /// The newest schema that this release knows.
        known: u32,
    },
    /// The file system refused.
    #[error("{} cannot be opened", path.display())]
    Io {
        /// The database.
        path: PathBuf,
        /// The cause.
        #[source]
        source: io::Error,
    },
    /// What an older release stored does not read back.
    #[error("{} cannot be brought up to this release", path.display())]
    Upgrade {
        /// The database.
        path: PathBuf,
        /// The cause.
        #[source]
        source: Box<store::Error>,
    },
    /// SQLite refused: damaged, or a full disk.
    #[error("{} cannot be used as the database", path.display())]
    Sqlite {
        /// The database.
        path: PathBuf,
        /// The cause.
        #[source]
        source: rusqlite::Error,
    },
}

/// A database to be opened.
pub(super) struct Database<'a> {
    pub(super) path: &'a Path,
    pub(super) wal_limit_bytes: u64,
}

impl Database<'_> {
    /// Takes the lock and opens the database, waiting up to `grace` for another process to end and
    /// for a full disk to have room. Blocks.
    pub(super) fn open(
        &self,
        grace: Duration,
        now: impl Fn() -> Millis,
    ) -> Result<(FileLock, Connection), OpenError> {
        let began = Instant::now();
        // Before the lock is made beside it. What cannot be read yet is looked at again below.
        if self.path.exists()
            && let Err(foreign @ OpenError::Foreign { .. }) = self.refuse_foreign()
        {
            return Err(foreign);
        }
        let lock = FileLock::acquire(self.path, grace).map_err(|refused| match refused {
            Refused::Held(holder) => OpenError::Locked {
                path: self.path.to_owned(),
                holder,
            },
            Refused::Io(source) => self.io(source),
        })?;
        let mut has_failed = false;
        loop {
            match self.ready(now()) {
                Ok(conn) => {
                    if has_failed {
                        tracing::info!("the store can be written again");
                    }
                    return Ok((lock, conn));
                }
                Err(error) if error.may_pass() && began.elapsed() + RETRY <= grace => {
                    if !has_failed {
                        tracing::warn!(
                            error = &error as &dyn std::error::Error,
                            grace_secs = grace.as_secs(),
                            "the store cannot be written; trying again until the grace is over"
                        );
                    }
                    has_failed = true;
                    thread::sleep(RETRY);
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn ready(&self, now: Millis) -> Result<Connection, OpenError> {
        connection::make_private(self.path).map_err(|source| self.io(source))?;
        self.refuse_foreign()?;
        let sqlite = |source| self.sqlite(source);
        let conn = connection::writer(self.path, self.wal_limit_bytes).map_err(sqlite)?;
        schema::migrate(&conn).map_err(|error| match error {
            MigrateError::Sql(source) => self.sqlite(source),
            MigrateError::Fill(fault) => OpenError::Upgrade {
                path: self.path.to_owned(),
                source: Box::new(fault.into()),
            },
            MigrateError::Newer(found) => OpenError::Newer {
                path: self.path.to_owned(),
                found,
                known: schema::VERSION,
            },
        })?;
        // The lock proves that whoever leased anything is gone.
        void_leases(&conn)
            .and_then(|()| outbox::void_leases(&conn, now))
            .and_then(|()| request::void_leases(&conn, now))
            .map_err(sqlite)?;
        Ok(conn)
    }

    fn refuse_foreign(&self) -> Result<(), OpenError> {
        match schema::owner(self.path) {
            Ok(Owner::Ours | Owner::Nobody) => Ok(()),
            Ok(Owner::Another(what)) => Err(OpenError::Foreign {
                path: self.path.to_owned(),
                what,
            }),
            Err(source) => Err(self.sqlite(source)),
        }
    }

    fn io(&self, source: io::Error) -> OpenError {
        OpenError::Io {
            path: self.path.to_owned(),
            source,
        }
    }

    fn sqlite(&self, source: rusqlite::Error) -> OpenError {
        OpenError::Sqlite {
            path: self.path.to_owned(),
            source,
        }
    }
}

fn void_leases(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute(
        "UPDATE threads SET lease_ms = NULL, ready_at = not_before WHERE lease_ms IS NOT NULL",
        (),
    )?;
    Ok(())
}

impl OpenError {
    /// Returns whether the medium may be usable in a while: it is full, or did not answer.
    fn may_pass(&self) -> bool {
        match self {
            Self::Sqlite { source, .. } => matches!(
                source.sqlite_error_code(),
                Some(ErrorCode::DiskFull | ErrorCode::SystemIoFailure)
            ),
            Self::Io { source, .. } => matches!(
                source.kind(),
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
            ),
            Self::Locked { .. }
            | Self::Foreign { .. }
            | Self::Newer { .. }
            | Self::Upgrade { .. } => false,
        }
    }
}
