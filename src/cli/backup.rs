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
    fs::hard_link(partial, to)?;
    fs::remove_file(partial)?;
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

fn partial(to: &Path) -> PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(format!(".{}.partial", std::process::id()));
    PathBuf::from(name)
}
