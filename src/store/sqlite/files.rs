//! The files that are open, told from others that come to their names.
//!
//! The invariant: what was written to a file that is deleted, moved or replaced is never taken for
//! kept. SQLite goes on writing to such a file, and whoever opens its path finds nothing.

use std::{
    ffi::OsString,
    fs::Metadata,
    path::{Path, PathBuf},
};

/// What SQLite appends to the database's name for its files, beginning with the database itself.
const ENDINGS: [&str; 3] = ["", "-wal", "-shm"];

/// The database, its log and the log's index, as they were opened.
#[derive(Debug)]
pub(super) struct Files([(PathBuf, Option<Id>); 3]);

/// What tells a file from others of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Id {
    device: u64,
    inode: u64,
}

impl Files {
    /// The files of a database that was just opened.
    pub(super) fn opened(database: &Path) -> Self {
        Self(ENDINGS.map(|ending| {
            let mut path = OsString::from(database);
            path.push(ending);
            let path = PathBuf::from(path);
            let id = id(&path);
            (path, id)
        }))
    }

    /// Returns whether the paths still name the files that are open. Costs a look at each name.
    pub(super) fn are_in_place(&self) -> bool {
        self.0.iter().all(is_in_place)
    }

    /// Returns whether the path still names the database that was open. Its log may be a new one
    /// once the last connection was closed.
    pub(super) fn database_is_in_place(&self) -> bool {
        self.0.first().is_some_and(is_in_place)
    }
}

fn is_in_place((path, opened): &(PathBuf, Option<Id>)) -> bool {
    id(path) == *opened
}

fn id(path: &Path) -> Option<Id> {
    std::fs::metadata(path).ok().map(|found| Id::of(&found))
}

impl Id {
    #[cfg(unix)]
    fn of(found: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt as _;
        Self {
            device: found.dev(),
            inode: found.ino(),
        }
    }

    /// An open file cannot be taken from its name there.
    #[cfg(not(unix))]
    fn of(_: &Metadata) -> Self {
        Self {
            device: 0,
            inode: 0,
        }
    }
}
