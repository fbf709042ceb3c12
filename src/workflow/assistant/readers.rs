//! The threads on which messages are read.
//!
//! The invariant: no more than a few threads ever read. What a thread keeps at hand of the vocabulary
//! is several megabytes, which every thread of the common pool would come to hold.

use tokio::{
    runtime::{Builder, Runtime},
    task::{self, JoinHandle},
};

/// How many turns are read at once. Words are read in microseconds: one at a time, the handing
/// over would hold turns up, and with all at once the threads would hold up who accepts messages.
const READERS: usize = 4;

/// Threads of their own; without any, where the system gives none, the common ones.
#[derive(Debug)]
pub(super) struct Readers(Option<Runtime>);

impl Readers {
    pub(super) fn new() -> Self {
        let mut threads = Builder::new_current_thread();
        threads.thread_name("reader").max_blocking_threads(READERS);
        Self(threads.build().ok())
    }

    /// Reads on one of them.
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
        // Waiting for them would block the thread of a runtime.
        if let Some(threads) = self.0.take() {
            threads.shutdown_background();
        }
    }
}
