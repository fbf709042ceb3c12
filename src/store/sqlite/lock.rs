//! The lock that keeps a second process off the database.
//!
//! The invariant: while a [`FileLock`] lives, no other process has one on the same file. The
//! operating system takes it back when the holder dies, however it dies.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

/// How often a held lock is tried again while the grace lasts.
const RETRY: Duration = Duration::from_millis(50);

/// The exclusive right to a database.
#[derive(Debug)]
pub(super) struct FileLock {
    _file: File,
}

/// Why the lock was not taken.
#[derive(Debug)]
pub(super) enum Refused {
    /// Someone else has it, by their own words.
    Held(String),
    /// The lock file cannot be made or written.
    Io(io::Error),
}

impl FileLock {
    /// Takes the lock beside `database`, waiting up to `grace` for its holder to end. Blocks.
    pub(super) fn acquire(database: &Path, grace: Duration) -> Result<Self, Refused> {
        let path = Self::path(database);
        // Never truncated here: until the lock is ours the words in it are the holder's.
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let mut file = open_private(&mut options, &path).map_err(Refused::Io)?;
        let tries = grace.as_millis() / RETRY.as_millis();
        let mut tries_left = tries;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if tries_left > 0 => {
                    if tries_left == tries {
                        let holder = words_in(&mut file);
                        let grace_secs = grace.as_secs();
                        tracing::info!(holder, grace_secs, "waiting for the database");
                    }
                    tries_left -= 1;
                    thread::sleep(RETRY);
                }
                Err(TryLockError::WouldBlock) => return Err(Refused::Held(words_in(&mut file))),
                Err(TryLockError::Error(error)) => return Err(Refused::Io(error)),
            }
        }
        if let Err(error) = sign(&mut file) {
            // The words only help whoever is refused; a full disk has no room for them.
            tracing::warn!(%error, "the lock could not be signed");
        }
        Ok(Self { _file: file })
    }

    /// Where the lock of a database is. The file stays when the process ends: removing it could
    /// give two processes a lock on two files of one name.
    pub(super) fn path(database: &Path) -> PathBuf {
        let mut path = database.as_os_str().to_owned();
        path.push(".lock");
        path.into()
    }
}

/// Opens a file that nobody but its owner can read, also one that an earlier release made.
fn open_private(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    let file = options.open(path)?;
    #[cfg(unix)]
    {
        use std::{fs::Permissions, os::unix::fs::PermissionsExt as _};
        if file.metadata()?.permissions().mode() & 0o077 != 0 {
            file.set_permissions(Permissions::from_mode(0o600))?;
        }
    }
    Ok(file)
}

fn sign(file: &mut File) -> io::Result<()> {
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let host = match host.trim() {
        "" => "this host",
        name => name,
    };
    file.set_len(0)?;
    file.rewind()?;
    write!(file, "process {} on {host}", std::process::id())
}

fn words_in(file: &mut File) -> String {
    let mut words = String::new();
    let read = file
        .rewind()
        .and_then(|()| file.take(256).read_to_string(&mut words));
    match read {
        Ok(1..) => words,
        Ok(0) | Err(_) => "another process".to_owned(),
    }
}
