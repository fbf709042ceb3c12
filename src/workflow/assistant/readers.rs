//! The threads that read messages.
//!
//! The invariant: at most [`READERS`] threads read. Each caches several megabytes of vocabulary; on
//! tokio's shared blocking pool every one of its threads would come to hold such a cache.

use tokio::{
    runtime::{Builder, Runtime},
    task::{self, JoinHandle},
};

/// The number of turns read at once. Reading takes microseconds: with one thread, handing work over
/// would delay turns; with a thread for each turn, reading would starve the threads that accept
/// messages.
const READERS: usize = 4;

/// A pool of threads for reading. Falls back to tokio's shared pool if the system refuses it.
#[derive(Debug)]
pub(super) struct Readers(Option<Runtime>);

// === impl Readers ===

impl Readers {
    /// Creates the pool; its threads start when they are needed.
    pub(super) fn new() -> Self {
        let mut threads = Builder::new_current_thread();
        threads.thread_name("reader").max_blocking_threads(READERS);
        Self(threads.build().ok())
    }

    /// Runs `read` on one of the threads.
    pub(super) fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce() -> T + Send + 'static,
    ) -> JoinHandle<T> {
        match &self.0 {
            Some(threads) => threads.spawn_blocking(read),
            None => task::spawn_blocking(read),
        }
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        // A runtime must not block on its own threads while it is dropped inside another one.
        if let Some(threads) = self.0.take() {
            threads.shutdown_background();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        collections::HashSet,
        sync::{Arc, Barrier},
        thread,
    };

    use super::*;

    #[tokio::test]
    async fn however_much_is_read_few_threads_read_it() {
        let readers = Readers::new();
        // The first ones wait for each other, so that every thread there may be is started.
        let all = Arc::new(Barrier::new(READERS));
        let mut reads: Vec<_> = (0..READERS)
            .map(|_| {
                let all = Arc::clone(&all);
                readers.read(move || {
                    all.wait();
                    thread::current().id()
                })
            })
            .collect();
        reads.extend((0..100).map(|_| readers.read(|| thread::current().id())));
        let mut used = HashSet::new();
        for read in reads {
            used.insert(read.await.unwrap());
        }
        assert_eq!(used.len(), READERS);
    }

    #[tokio::test]
    async fn they_can_be_dropped_inside_a_runtime_and_finish_what_they_read() {
        let readers = Readers::new();
        let read = readers.read(|| 7);
        assert_eq!(read.await.unwrap(), 7);
        drop(readers);
    }
}
