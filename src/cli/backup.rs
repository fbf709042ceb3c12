//! `frontdesk backup FILE`: a consistent copy of the store, taken beside a running server.
//!
//! The invariant: `FILE` is either a whole, synced copy or not there.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};

use crate::config::Database;

/// How long to wait for the server to let go of the file, which it holds for moments only.
const BUSY: Duration = Duration::from_secs(10);

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is something already.
    #[error("{} exists already; name a file that does not", .0.display())]
    Exists(PathBuf),
    /// There is nothing to copy.
    #[error("there is no store at {}", .0.display())]
    NoStore(PathBuf),
    /// The store cannot be read or the copy not written.
    #[error("the copy failed")]
    Sqlite(#[from] rusqlite::Error),
    /// The copy cannot be put in its place.
    #[error("the copy cannot be written")]
    Io(#[from] io::Error),
}

/// Copies the store. Blocks.
pub(super) fn run(database: &Database, to: &Path) -> Result<(), Error> {
    let Database::Sqlite(from) = database;
    if to.try_exists()? {
        return Err(Error::Exists(to.to_owned()));
    }
    if !from.try_exists()? {
        return Err(Error::NoStore(from.clone()));
    }
    let partial = partial(to);
    let copied = copy(from, &partial).and_then(|()| Ok(put(&partial, to)?));
    if copied.is_err() {
        // What is left of a failed copy must not pass for one; the failure itself is what counts.
        drop(fs::remove_file(&partial));
    }
    copied
}

fn copy(from: &Path, to: &Path) -> Result<(), Error> {
    // Who may not read the store may not read its copy, from the first byte.
    File::create_new(to)?.set_permissions(fs::metadata(from)?.permissions())?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(from, flags)?;
    connection.busy_timeout(BUSY)?;
    // One read transaction: the copy is the store as it was at one instant.
    connection.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
    Ok(())
}

/// Syncs the copy and gives it its name; never over a file that came meanwhile.
fn put(partial: &Path, to: &Path) -> io::Result<()> {
    File::open(partial)?.sync_all()?;
    match fs::hard_link(partial, to) {
        Ok(()) => fs::remove_file(partial)?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
        // Not every file system has links.
        Err(_) => fs::rename(partial, to)?,
    }
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

fn partial(to: &Path) -> PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(format!(".{}.partial", std::process::id()));
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn store(folder: &Path) -> (Connection, Database) {
        let file = folder.join("store.db");
        let connection = Connection::open(&file).unwrap();
        connection
            .pragma_update(None, "journal_mode", "wal")
            .unwrap();
        connection
            .execute_batch("CREATE TABLE kept (n INTEGER); INSERT INTO kept VALUES (1), (2);")
            .unwrap();
        (connection, Database::Sqlite(file))
    }

    fn kept(file: &Path) -> i64 {
        let copy = Connection::open(file).unwrap();
        copy.query_row("SELECT count(*) FROM kept", [], |row| row.get(0))
            .unwrap()
    }

    #[test]
    fn a_copy_holds_what_was_committed_while_a_writer_is_at_work() {
        let folder = tempfile::tempdir().unwrap();
        let (writer, database) = store(folder.path());
        let copy = folder.path().join("copy.db");
        writer
            .execute_batch("BEGIN IMMEDIATE; INSERT INTO kept VALUES (3);")
            .unwrap();
        let private = fs::Permissions::from_mode(0o600);
        fs::set_permissions(folder.path().join("store.db"), private.clone()).unwrap();
        run(&database, &copy).unwrap();
        let mode = fs::metadata(&copy).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, private.mode());
        writer.execute_batch("COMMIT").unwrap();
        assert_eq!(kept(&copy), 2);
        let entries = folder.path().read_dir().unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        assert!(!names.into_iter().any(|name| name.contains("partial")));
    }

    #[test]
    fn a_file_that_is_there_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let (_writer, database) = store(folder.path());
        let copy = folder.path().join("copy.db");
        fs::write(&copy, "precious").unwrap();
        assert!(matches!(run(&database, &copy), Err(Error::Exists(_))));
        assert_eq!(fs::read_to_string(&copy).unwrap(), "precious");
    }

    #[test]
    fn a_store_that_is_not_there_is_not_made() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::Sqlite(folder.path().join("none.db"));
        let copy = folder.path().join("copy.db");
        assert!(matches!(run(&database, &copy), Err(Error::NoStore(_))));
        assert_eq!(folder.path().read_dir().unwrap().count(), 0);
    }

    #[test]
    fn a_copy_that_fails_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let broken = folder.path().join("broken.db");
        fs::write(
            &broken,
            "this is no database, though it is long enough to be read",
        )
        .unwrap();
        let copy = folder.path().join("copy.db");
        assert!(matches!(
            run(&Database::Sqlite(broken), &copy),
            Err(Error::Sqlite(_))
        ));
        assert_eq!(folder.path().read_dir().unwrap().count(), 1);
    }
}
