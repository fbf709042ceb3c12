//! The loop behind turns and deliveries: arm, look, wait.
//!
//! The invariants: the wake-up is armed before the look, so that nothing is missed; there is a look
//! now and then even if nobody wakes; whatever was begun is awaited before the loop ends.

use std::{future::Future, num::NonZeroUsize, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{clock::Clock, store};

/// How often it looks for work that nobody told it of.
const POLL: Duration = Duration::from_secs(2);
/// How long it waits after the store failed.
const STORE_PAUSE: Duration = Duration::from_millis(500);

/// What one look brought.
pub(super) struct Found<T> {
    /// What is to be done, at most as much as was asked for.
    pub(super) items: Vec<T>,
    /// When there is more to do, if that is known.
    pub(super) next_at: Option<DateTime<Utc>>,
}

/// How a loop works.
pub(super) struct Pump<'a> {
    /// The most that is under way at once.
    pub(super) concurrency: NonZeroUsize,
    /// The most that is asked for at once.
    pub(super) at_once: usize,
    /// Changes whenever there may be work.
    pub(super) work: watch::Receiver<u64>,
    /// What due times are compared with.
    pub(super) clock: &'a dyn Clock,
    /// Ends it.
    pub(super) stop: CancellationToken,
}

impl Pump<'_> {
    /// Looks and does until it is stopped, then lets what is under way finish.
    pub(super) async fn run<T, L, F>(
        mut self,
        alive: impl Fn(DateTime<Utc>),
        look: impl Fn(usize) -> L,
        act: impl Fn(T) -> F,
    ) where
        L: Future<Output = Result<Found<T>, store::Error>>,
        F: Future<Output = ()> + Send + 'static,
    {
        let tracker = TaskTracker::new();
        let slots = Arc::new(Semaphore::new(self.concurrency.get()));
        let mut store_fails = false;
        while !self.stop.is_cancelled() {
            alive(self.clock.now());
            let Some(slot) = free_slot(&slots).await else {
                continue;
            };
            self.work.mark_unchanged();
            let asked = self.at_once.min(slots.available_permits() + 1);
            let wait = match look(asked).await {
                Ok(Found { items, next_at }) => {
                    store_fails = false;
                    let full = items.len() == asked;
                    start(items, &act, slot, &slots, &tracker);
                    if full {
                        Duration::ZERO
                    } else {
                        self.until(next_at)
                    }
                }
                Err(error) => {
                    // Once, however long it lasts.
                    if !store_fails {
                        let error = &error as &dyn std::error::Error;
                        tracing::warn!(error, "looking for work failed; trying again");
                    }
                    store_fails = true;
                    STORE_PAUSE
                }
            };
            if wait.is_zero() {
                continue;
            }
            tokio::select! {
                () = self.stop.cancelled() => {}
                _ = self.work.changed() => {}
                () = tokio::time::sleep(wait) => {}
            }
        }
        tracker.close();
        tracker.wait().await;
    }

    fn until(&self, at: Option<DateTime<Utc>>) -> Duration {
        let Some(at) = at else {
            return POLL;
        };
        let wait = at - self.clock.now();
        // What is due but was not handed out is someone else's: no busy loop.
        wait.to_std()
            .unwrap_or_default()
            .clamp(Duration::from_millis(1), POLL)
    }
}

fn start<T, F>(
    items: Vec<T>,
    act: &impl Fn(T) -> F,
    slot: OwnedSemaphorePermit,
    slots: &Arc<Semaphore>,
    tracker: &TaskTracker,
) where
    F: Future<Output = ()> + Send + 'static,
{
    let mut slot = Some(slot);
    for item in items {
        // Only this loop takes slots, so that as many are free as were asked for.
        let taken = slot
            .take()
            .or_else(|| Arc::clone(slots).try_acquire_owned().ok());
        let acting = act(item);
        tracker.spawn(async move {
            acting.await;
            drop(taken);
        });
    }
}

/// A slot; none when all were taken for a while.
async fn free_slot(slots: &Arc<Semaphore>) -> Option<OwnedSemaphorePermit> {
    tokio::time::timeout(POLL, Arc::clone(slots).acquire_owned())
        .await
        .ok()?
        .ok()
}
