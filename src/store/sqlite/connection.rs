//! Connections and their pragmas.
//!
//! The invariant: a commit of the writer is synced before it is answered (`synchronous=FULL` in
//! WAL mode), and readers cannot write.

use std::{fs::OpenOptions, io, path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags, config::DbConfig};

/// Small pages: a message dirties about five at random, and each goes to the log and to the file.
const PAGE_BYTES: u32 = 2048;
/// Statements kept ready per connection; there are fewer in the code.
const STATEMENTS: usize = 128;
/// Page cache of the writer, in KiB. Small on purpose: SQLite walks all of it at a commit that
/// followed a page split, and what it misses is in the system's cache.
const WRITER_CACHE_KIB: i64 = 2 * 1024;
/// Page cache of each reader, in KiB.
const READER_CACHE_KIB: i64 = 2 * 1024;
/// How long a connection waits for another one's lock. Only a checkpoint ever holds one.
const BUSY: Duration = Duration::from_secs(5);

/// Makes the file, which is to hold what customers write, for its owner only. What SQLite puts
/// beside it has the same permissions.
pub(super) fn make_private(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

/// The connection that writes, to a file that [`make_private`] made.
pub(super) fn writer(path: &Path, wal_limit_bytes: u64) -> rusqlite::Result<Connection> {
    // Never created here: where the file is gone, a new one would be empty.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = open(path, flags, WRITER_CACHE_KIB)?;
    conn.pragma_update(None, "page_size", PAGE_BYTES)?;
    durable(&conn, wal_limit_bytes)?;
    Ok(conn)
}

/// The connection that copies the log into the file beside the writer.
pub(super) fn checkpointer(path: &Path, wal_limit_bytes: u64) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = open(path, flags, READER_CACHE_KIB)?;
    durable(&conn, wal_limit_bytes)?;
    Ok(conn)
}

/// A connection that only reads.
pub(super) fn reader(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    open(path, flags, READER_CACHE_KIB)
}

fn open(path: &Path, flags: OpenFlags, cache_kib: i64) -> rusqlite::Result<Connection> {
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(BUSY)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    // Plans do not look at bound values; without this, a statement whose `LIMIT` is a parameter,
    // or that may use a partial index, is compiled anew at every execution.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.pragma_update(None, "cache_size", -cache_kib)?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "temp_store", "memory")?;
    Ok(conn)
}

fn durable(conn: &Connection, wal_limit_bytes: u64) -> rusqlite::Result<()> {
    conn.pragma_update(None, "journal_mode", "wal")?;
    conn.pragma_update(None, "synchronous", "full")?;
    // Checkpoints are made beside the writer, not by whichever commit fills the log.
    conn.pragma_update(None, "wal_autocheckpoint", 0)?;
    let limit = i64::try_from(wal_limit_bytes).unwrap_or(i64::MAX);
    conn.pragma_update(None, "journal_size_limit", limit)
}

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus;

    use super::*;

    fn created(path: &Path) -> Connection {
        make_private(path).unwrap();
        writer(path, 1 << 20).unwrap()
    }

    #[test]
    fn the_writer_syncs_each_commit_to_a_write_ahead_log() {
        let folder = tempfile::tempdir().unwrap();
        let conn = created(&folder.path().join("shop.db"));
        let pragma = |name: &str| -> rusqlite::types::Value {
            conn.pragma_query_value(None, name, |row| row.get(0))
                .unwrap()
        };
        assert_eq!(pragma("journal_mode"), "wal".to_owned().into());
        assert_eq!(pragma("synchronous"), 2.into());
        assert_eq!(pragma("foreign_keys"), 1.into());
        assert_eq!(pragma("wal_autocheckpoint"), 0.into());
    }

    #[test]
    fn a_statement_is_compiled_once_whatever_is_bound_to_its_limit() {
        let folder = tempfile::tempdir().unwrap();
        let conn = created(&folder.path().join("shop.db"));
        conn.execute_batch("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)")
            .unwrap();
        let mut statement = conn.prepare("SELECT a FROM t LIMIT ?1").unwrap();
        for limit in [1_u32, 2, 1] {
            let rows = statement.query_map([limit], |_| Ok(())).unwrap().count();
            assert_eq!(rows, limit as usize);
        }
        assert_eq!(statement.get_status(StatementStatus::RePrepare), 0);
    }

    #[cfg(unix)]
    #[test]
    fn what_customers_write_is_readable_by_the_owner_only() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.db");
        let conn = created(&path);
        conn.execute_batch("CREATE TABLE t (a)").unwrap();
        for file in std::fs::read_dir(&folder).unwrap() {
            let mode = file.unwrap().metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "{mode:o}");
        }
    }

    #[test]
    fn a_reader_cannot_write() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.db");
        let writer = created(&path);
        writer.execute_batch("CREATE TABLE t (a)").unwrap();
        let reader = reader(&path).unwrap();
        reader
            .execute_batch("INSERT INTO t VALUES (1)")
            .unwrap_err();
    }
}
