//! Wake-ups within a process: who waits arms first, then looks, then waits, with a slow poll
//! behind.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::{Notify, futures::OwnedNotified, watch};

use crate::message::ThreadId;

/// The wake-ups of one store.
#[derive(Debug, Clone)]
pub struct Signals {
    work: Arc<watch::Sender<u64>>,
    mail: Arc<watch::Sender<u64>>,
    watches: Arc<Mutex<Watches>>,
}

#[derive(Debug, Default)]
struct Watches {
    count: usize,
    by_thread: HashMap<ThreadId, Watched>,
}

#[derive(Debug)]
struct Watched {
    notify: Arc<Notify>,
    watchers: usize,
}

/// Tells when a turn of one thread was settled.
#[derive(Debug)]
pub struct ThreadWatch {
    thread: ThreadId,
    notify: Arc<Notify>,
    watches: Arc<Mutex<Watches>>,
}

/// As many watch as may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many clients wait for replies")]
pub struct TooManyWatches;

// === impl Signals ===

impl Default for Signals {
    fn default() -> Self {
        Self {
            work: Arc::new(watch::channel(0).0),
            mail: Arc::new(watch::channel(0).0),
            watches: Arc::default(),
        }
    }
}

impl Signals {
    /// The most watches at once.
    pub const MAX_WATCHES: usize = 1024;

    /// Says that there may be work: a thread became ready, or will.
    pub fn work_arrived(&self) {
        self.work
            .send_modify(|round| *round = round.wrapping_add(1));
    }

    /// A receiver that changes whenever there may be work.
    pub fn work(&self) -> watch::Receiver<u64> {
        self.work.subscribe()
    }

    /// Says that there may be something to send, now or later.
    pub fn mail_arrived(&self) {
        self.mail
            .send_modify(|round| *round = round.wrapping_add(1));
    }

    /// A receiver that changes whenever there may be something to send.
    pub fn mail(&self) -> watch::Receiver<u64> {
        self.mail.subscribe()
    }

    /// Says that a turn of the thread was settled.
    pub fn settled(&self, thread: ThreadId) {
        let watches = self.watches.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(watched) = watches.by_thread.get(&thread) {
            watched.notify.notify_waiters();
        }
    }

    /// Watches a thread.
    ///
    /// # Errors
    ///
    /// [`TooManyWatches`] when there are [`Self::MAX_WATCHES`] already.
    pub fn watch(&self, thread: ThreadId) -> Result<ThreadWatch, TooManyWatches> {
        let mut watches = self.watches.lock().unwrap_or_else(PoisonError::into_inner);
        if watches.count >= Self::MAX_WATCHES {
            return Err(TooManyWatches);
        }
        watches.count += 1;
        let watched = watches.by_thread.entry(thread).or_insert_with(|| Watched {
            notify: Arc::default(),
            watchers: 0,
        });
        watched.watchers += 1;
        let notify = Arc::clone(&watched.notify);
        Ok(ThreadWatch {
            thread,
            notify,
            watches: Arc::clone(&self.watches),
        })
    }
}

// === impl ThreadWatch ===

impl ThreadWatch {
    /// Resolves once a turn of the thread is settled after this call: call it, look, and only
    /// then await it.
    pub fn armed(&self) -> OwnedNotified {
        Arc::clone(&self.notify).notified_owned()
    }
}

impl Drop for ThreadWatch {
    fn drop(&mut self) {
        let mut watches = self.watches.lock().unwrap_or_else(PoisonError::into_inner);
        watches.count -= 1;
        if let Some(watched) = watches.by_thread.get_mut(&self.thread) {
            watched.watchers -= 1;
            if watched.watchers == 0 {
                watches.by_thread.remove(&self.thread);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn watches_are_bounded_and_given_back() {
        let signals = Signals::default();
        let mut held: Vec<_> = (0..Signals::MAX_WATCHES)
            .map(|n| {
                signals
                    .watch(ThreadId(i64::try_from(n % 3).unwrap()))
                    .unwrap()
            })
            .collect();
        assert_eq!(signals.watch(ThreadId(1)).unwrap_err(), TooManyWatches);
        held.pop();
        assert!(signals.watch(ThreadId(1)).is_ok());
        drop(held);
        assert!(signals.watches.lock().unwrap().by_thread.is_empty());
    }

    #[tokio::test]
    async fn what_is_settled_between_arming_and_waiting_is_not_missed() {
        let signals = Signals::default();
        let watch = signals.watch(ThreadId(7)).unwrap();
        let settled = watch.armed();
        signals.settled(ThreadId(7));
        settled.await;
    }
}
