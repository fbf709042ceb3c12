//! A consistent copy of the database, taken beside whoever writes to it, this process or another.
//!
//! The invariant: the file is either a whole, synced copy or not there.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use super::connection;

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is something already.
    #[error("{} exists already; name a file that does not", .0.display())]
    Exists(PathBuf),
    /// There is nothing to copy.
    #[error("there is no store at {}", .0.display())]
    NoStore(PathBuf),
    /// The store cannot be read, or not be written out.
    #[error("{} cannot be copied", path.display())]
    Copy {
        /// The store.
        path: PathBuf,
        /// The cause.
        #[source]
        source: rusqlite::Error,
    },
    /// The copy cannot be put where it was asked for.
    #[error("{} cannot be written", path.display())]
    Target {
        /// The copy.
        path: PathBuf,
        /// The cause.
        #[source]
        source: io::Error,
    },
}

/// Copies a database as it is at this instant. Blocks. Needs no lock, so that another process
/// than the server's may do it.
pub fn backup(database: &Path, to: &Path) -> Result<(), BackupError> {
    let not_written = |source| BackupError::Target {
        path: to.to_owned(),
        source,
    };
    if to.try_exists().map_err(not_written)? {
        return Err(BackupError::Exists(to.to_owned()));
    }
    let Ok(original) = fs::metadata(database) else {
        return Err(BackupError::NoStore(database.to_owned()));
    };
    let partial = partial(to);
    // Who may not read the store may not read its copy, from the first byte.
    let made = File::create_new(&partial)
        .and_then(|file| file.set_permissions(original.permissions()))
        .map_err(not_written)
        .and_then(|()| copy(database, &partial))
        .and_then(|()| put(&partial, to));
    if made.is_err() {
        // What is left of a failed copy must not pass for one; the failure itself is what counts.
        drop(fs::remove_file(&partial));
    }
    made
}

fn copy(database: &Path, to: &Path) -> Result<(), BackupError> {
    let copied = connection::reader(database).and_then(|conn| {
        // One read transaction: the copy is the store as it was at one instant.
        conn.execute("VACUUM INTO ?1", [to.to_string_lossy()])
    });
    copied.map(drop).map_err(|source| BackupError::Copy {
        path: database.to_owned(),
        source,
    })
}

/// Syncs the copy and gives it its name; never over a file that came meanwhile.
fn put(partial: &Path, to: &Path) -> Result<(), BackupError> {
    let named = File::open(partial)
        .and_then(|file| file.sync_all())
        .and_then(|()| match fs::hard_link(partial, to) {
            Ok(()) => fs::remove_file(partial),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
            // Not every file system has links.
            Err(_) => fs::rename(partial, to),
        })
        .and_then(|()| {
            let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
            File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
        });
    named.map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => BackupError::Exists(to.to_owned()),
        _ => BackupError::Target {
            path: to.to_owned(),
            source,
        },
    })
}

fn partial(to: &Path) -> PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(format!(".{}.partial", std::process::id()));
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use rusqlite::Connection;

    use super::*;

    fn database(folder: &Path) -> (Connection, PathBuf) {
        let path = folder.join("shop.db");
        connection::make_private(&path).unwrap();
        let writer = connection::writer(&path, 1 << 20).unwrap();
        writer
            .execute_batch("CREATE TABLE kept (n INTEGER); INSERT INTO kept VALUES (1), (2);")
            .unwrap();
        (writer, path)
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = folder.read_dir().unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }

    #[test]
    fn a_copy_holds_what_was_committed_while_a_writer_is_at_work() {
        let folder = tempfile::tempdir().unwrap();
        let (writer, database) = database(folder.path());
        let to = folder.path().join("copy.db");
        writer
            .execute_batch("BEGIN IMMEDIATE; INSERT INTO kept VALUES (3);")
            .unwrap();
        backup(&database, &to).unwrap();
        writer.execute_batch("COMMIT").unwrap();
        let copy = Connection::open(&to).unwrap();
        let kept: i64 = copy
            .query_row("SELECT count(*) FROM kept", [], |row| row.get(0))
            .unwrap();
        assert_eq!(kept, 2);
        let left: Vec<_> = names(folder.path());
        assert!(
            !left.iter().any(|name| name.contains("partial")),
            "{left:?}"
        );
    }

    #[test]
    fn who_may_not_read_the_store_may_not_read_its_copy() {
        let folder = tempfile::tempdir().unwrap();
        let (_writer, database) = database(folder.path());
        fs::set_permissions(&database, fs::Permissions::from_mode(0o600)).unwrap();
        let to = folder.path().join("copy.db");
        backup(&database, &to).unwrap();
        let mode = fs::metadata(&to).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_file_that_is_there_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let (_writer, database) = database(folder.path());
        let to = folder.path().join("copy.db");
        fs::write(&to, "precious").unwrap();
        let refused = backup(&database, &to).unwrap_err();
        assert!(matches!(refused, BackupError::Exists(_)), "{refused:?}");
        assert_eq!(fs::read_to_string(&to).unwrap(), "precious");
    }

    #[test]
    fn a_file_that_comes_meanwhile_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let (partial, to) = (folder.path().join("partial"), folder.path().join("copy.db"));
        fs::write(&partial, "copy").unwrap();
        fs::write(&to, "precious").unwrap();
        let refused = put(&partial, &to).unwrap_err();
        assert!(matches!(refused, BackupError::Exists(_)), "{refused:?}");
        assert_eq!(fs::read_to_string(&to).unwrap(), "precious");
    }

    #[test]
    fn a_store_that_is_not_there_is_not_made() {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("copy.db");
        let refused = backup(&folder.path().join("none.db"), &to).unwrap_err();
        assert!(matches!(refused, BackupError::NoStore(_)), "{refused:?}");
        assert!(names(folder.path()).is_empty());
    }

    #[test]
    fn a_copy_that_fails_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let broken = folder.path().join("broken.db");
        let words = "this is no database, though it is long enough to be read".repeat(20);
        fs::write(&broken, words).unwrap();
        let refused = backup(&broken, &folder.path().join("copy.db")).unwrap_err();
        assert!(matches!(refused, BackupError::Copy { .. }), "{refused:?}");
        assert_eq!(names(folder.path()), ["broken.db"]);
    }
}
