//! Keeps the write-ahead log short while writing goes on.
//!
//! The invariant: the log stays near its limit under steady load. The long copy into the file is
//! made by a thread of its own, since its sync would stall the writer; the writer copies the small
//! rest, so that the log is wholly copied at an instant at which it can start over. Should the
//! thread not keep up, the writer makes the whole copy and whoever writes waits for it.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::{self, JoinHandle},
};

use rusqlite::Connection;

use super::connection;

/// How much is written between two looks at the length of the log, in writes.
const LOOK_EVERY: usize = 256;
/// What a commit counts at least.
const COMMIT_WRITES: usize = 16;
/// What SQLite writes before each page in the log.
const FRAME_HEADER_BYTES: u64 = 24;

/// The writer's side: looks, asks for the long copy, and makes the rest.
#[derive(Debug)]
pub(super) struct Checkpoints {
    /// From here on the long copy is asked for.
    ask_frames: u64,
    /// From here on the writer waits for the copy.
    wait_frames: u64,
    limit_frames: u64,
    writes: usize,
    ask: Option<SyncSender<()>>,
    copied: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// The log's length and how much of it is in the file, in frames.
struct Progress {
    frames: u64,
    copied: u64,
}

impl Checkpoints {
    /// Starts the thread that makes the long copies.
    pub(super) fn start(path: PathBuf, limit_bytes: u64, page_bytes: u64) -> std::io::Result<Self> {
        let (ask, asked) = sync_channel(1);
        let copied = Arc::new(AtomicBool::new(false));
        let done = Arc::clone(&copied);
        let limit_frames = limit_bytes / (page_bytes + FRAME_HEADER_BYTES);
        let thread = thread::Builder::new()
            .name("store-checkpoint".to_owned())
            .spawn(move || copy_when_asked(&path, limit_bytes, &asked, &done))?;
        Ok(Self {
            // Half of the limit, since the log goes on growing during the copy.
            ask_frames: limit_frames / 2,
            wait_frames: limit_frames,
            limit_frames,
            writes: 0,
            ask: Some(ask),
            copied,
            thread: Some(thread),
        })
    }

    /// Called by the writer after a transaction of so many writes.
    pub(super) fn after_commit(&mut self, conn: &Connection, writes: usize) {
        self.writes += writes.max(COMMIT_WRITES);
        let mode = if self.copied.swap(false, Ordering::Acquire) {
            "PASSIVE"
        } else if self.writes >= LOOK_EVERY {
            self.writes = 0;
            "NOOP"
        } else {
            return;
        };
        if let Err(error) = self.keep_short(conn, mode) {
            tracing::warn!(%error, "the store's log could not be copied");
        }
    }

    fn keep_short(&mut self, conn: &Connection, mode: &str) -> rusqlite::Result<()> {
        let Progress { frames, copied } = checkpoint(conn, mode)?;
        if frames > self.wait_frames && copied < frames {
            let waited = checkpoint(conn, "RESTART")?;
            // A long read keeps the log; waiting again for it at once would only stall.
            self.wait_frames = if waited.copied < waited.frames {
                waited.frames + self.limit_frames
            } else {
                self.limit_frames
            };
        } else if frames > self.ask_frames && copied < frames {
            if let Some(ask) = &self.ask {
                // Full: it was asked for already.
                let _ = ask.try_send(());
            }
        } else if frames <= self.ask_frames {
            self.wait_frames = self.limit_frames;
        }
        Ok(())
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        drop(self.ask.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the store's checkpoint thread ended by a panic");
        }
    }
}

fn copy_when_asked(path: &Path, limit_bytes: u64, asked: &Receiver<()>, done: &AtomicBool) {
    let mut conn = None;
    while asked.recv().is_ok() {
        let copied = match conn.take() {
            Some(open) => Ok(open),
            None => connection::checkpointer(path, limit_bytes),
        }
        .and_then(|open| checkpoint(&open, "PASSIVE").map(|_| open));
        match copied {
            Ok(open) => {
                conn = Some(open);
                done.store(true, Ordering::Release);
            }
            // The next time a new connection is tried.
            Err(error) => tracing::warn!(%error, "the store's log could not be copied"),
        }
    }
}

fn checkpoint(conn: &Connection, mode: &str) -> rusqlite::Result<Progress> {
    conn.prepare_cached(&format!("PRAGMA wal_checkpoint({mode})"))?
        .query_row((), |row| {
            let frames = |column| {
                row.get::<_, i64>(column)
                    .map(|frames| u64::try_from(frames).unwrap_or(0))
            };
            Ok(Progress {
                frames: frames(1)?,
                copied: frames(2)?,
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE_BYTES: u64 = 2048;
    const LIMIT_BYTES: u64 = 256 * 1024;

    fn log_bytes(path: &Path) -> u64 {
        std::fs::metadata(path.with_extension("db-wal")).map_or(0, |log| log.len())
    }

    #[test]
    fn the_writer_copies_the_log_itself_when_nobody_else_does() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.db");
        connection::make_private(&path).unwrap();
        let conn = connection::writer(&path, LIMIT_BYTES).unwrap();
        conn.execute_batch("CREATE TABLE t (a)").unwrap();
        let mut checkpoints = Checkpoints::start(path.clone(), LIMIT_BYTES, PAGE_BYTES).unwrap();
        // As if the thread that makes the long copies never kept up.
        checkpoints.ask = None;
        let mut longest = 0;
        for _ in 0..2_000 {
            conn.execute("INSERT INTO t VALUES (randomblob(1500))", ())
                .unwrap();
            checkpoints.after_commit(&conn, 1);
            longest = longest.max(log_bytes(&path));
        }
        assert!(longest > LIMIT_BYTES / 2, "{longest}");
        assert!(longest < 2 * LIMIT_BYTES, "{longest}");
    }
}
