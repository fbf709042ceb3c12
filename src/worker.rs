//! The loop that leases turns, runs the workflow and commits.
//!
//! The invariant: a turn that was leased is committed, released or left to its lease's end; the
//! worker keeps nothing that is not in the store. It arms the wake-up before it looks for work, so
//! that nothing is missed, and looks now and then even if nobody wakes it.

mod backoff;
mod retention;
mod turn;

use std::{
    num::NonZeroUsize,
    sync::{Arc, Mutex},
    time::Duration,
};

use chrono::{DateTime, Utc};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::Instant,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

pub use self::{backoff::Backoff, retention::Retention};
use crate::{
    clock::Clock,
    metrics::Metrics,
    store::{self, Leases, Store},
    workflow::{Alternatives, BookingWorkflow},
};

/// How the worker works.
#[derive(Debug, Clone)]
pub struct Config {
    /// The most turns under way at once.
    pub concurrency: NonZeroUsize,
    /// How long the workflow may take for a turn.
    pub workflow_timeout: Duration,
    /// A turn whose newest message is older is given to a person.
    pub max_turn_age: Duration,
    /// The delays between attempts.
    pub backoff: Backoff,
}

/// What every turn needs. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Worker {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    config: Config,
    store: Arc<dyn Store>,
    workflow: Arc<dyn BookingWorkflow>,
    alternatives: Arc<dyn Alternatives>,
    clock: Arc<dyn Clock>,
    metrics: Arc<Metrics>,
    chance: Mutex<fastrand::Rng>,
}

/// The parts a worker is made of.
#[derive(Debug)]
pub struct Parts {
    /// Where turns come from and outcomes go.
    pub store: Arc<dyn Store>,
    /// What answers them.
    pub workflow: Arc<dyn BookingWorkflow>,
    /// What is said when a time was taken again and again.
    pub alternatives: Arc<dyn Alternatives>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Where turns are counted.
    pub metrics: Arc<Metrics>,
    /// Chance, for the jitter of delays.
    pub chance: fastrand::Rng,
}

/// The most turns leased at once: reading them holds up whoever writes, if only for a moment.
const LEASES_AT_ONCE: usize = 32;
/// How often the worker looks for work that nobody told it of.
const POLL: Duration = Duration::from_secs(2);
/// How long the worker waits after the store failed.
const STORE_PAUSE: Duration = Duration::from_millis(500);
/// What a lease outlives the workflow's deadline by: the time for commits and their conflicts.
const LEASE_MARGIN: Duration = Duration::from_secs(40);

// === impl Worker ===

impl Worker {
    /// A worker made of its parts; nothing runs yet.
    pub fn new(config: Config, parts: Parts) -> Self {
        let Parts {
            store,
            workflow,
            alternatives,
            clock,
            metrics,
            chance,
        } = parts;
        let chance = Mutex::new(chance);
        let shared = Shared {
            config,
            store,
            workflow,
            alternatives,
            clock,
            metrics,
            chance,
        };
        Self {
            shared: Arc::new(shared),
        }
    }

    /// Works until `stop`, then lets the turns under way finish. `alive` is called on every round.
    ///
    /// Whoever awaits this with a deadline and drops it leaves unfinished turns durable.
    pub async fn run(&self, stop: CancellationToken, alive: impl Fn(DateTime<Utc>)) {
        let tracker = TaskTracker::new();
        let slots = Arc::new(Semaphore::new(self.shared.config.concurrency.get()));
        let mut work = self.shared.store.signals().work();
        while !stop.is_cancelled() {
            alive(self.shared.clock.now());
            let Some(slot) = free_slot(&slots).await else {
                continue;
            };
            work.mark_unchanged();
            let asked = LEASES_AT_ONCE.min(slots.available_permits() + 1);
            let wait = match self.lease(asked).await {
                Ok(Leases {
                    turns,
                    next_ready_at,
                }) => {
                    let full = turns.len() == asked;
                    self.start(turns, slot, &slots, &tracker);
                    if full {
                        Duration::ZERO
                    } else {
                        self.until(next_ready_at)
                    }
                }
                Err(error) => {
                    tracing::error!(error = &error as &dyn std::error::Error, "no turns leased");
                    STORE_PAUSE
                }
            };
            if wait.is_zero() {
                continue;
            }
            tokio::select! {
                () = stop.cancelled() => {}
                _ = work.changed() => {}
                () = tokio::time::sleep(wait) => {}
            }
        }
        tracker.close();
        tracker.wait().await;
    }

    /// Runs what is ready now, one turn after another, and tells how many turns that were.
    pub async fn run_ready(&self) -> Result<usize, store::Error> {
        let mut count = 0;
        loop {
            let leases = self.lease(1).await?;
            if leases.turns.is_empty() {
                return Ok(count);
            }
            for lease in leases.turns {
                turn::settle(&self.shared, lease).await;
                count += 1;
            }
        }
    }

    async fn lease(&self, max: usize) -> Result<Leases, store::Error> {
        let duration = self.shared.config.workflow_timeout + LEASE_MARGIN;
        self.shared.store.lease(max, duration).await
    }

    fn start(
        &self,
        turns: Vec<store::Lease>,
        slot: OwnedSemaphorePermit,
        slots: &Arc<Semaphore>,
        tracker: &TaskTracker,
    ) {
        let mut slot = Some(slot);
        for lease in turns {
            // Only this loop takes slots, so that as many are free as were asked for.
            let taken = slot
                .take()
                .or_else(|| Arc::clone(slots).try_acquire_owned().ok());
            let shared = Arc::clone(&self.shared);
            tracker.spawn(async move {
                turn::settle(&shared, lease).await;
                drop(taken);
            });
        }
    }

    fn until(&self, ready_at: Option<DateTime<Utc>>) -> Duration {
        let Some(ready_at) = ready_at else {
            return POLL;
        };
        let wait = ready_at - self.shared.clock.now();
        // A thread that is ready but was not handed out is leased elsewhere: no busy loop.
        wait.to_std()
            .unwrap_or_default()
            .clamp(Duration::from_millis(1), POLL)
    }
}

/// A slot for a turn; none when all were taken for a while.
async fn free_slot(slots: &Arc<Semaphore>) -> Option<OwnedSemaphorePermit> {
    tokio::time::timeout(POLL, Arc::clone(slots).acquire_owned())
        .await
        .ok()?
        .ok()
}

// === impl Shared ===

impl Shared {
    fn delay(&self, attempt: u32) -> Duration {
        let chance = self.chance.lock().map_or(0.5, |mut rng| rng.f64());
        self.config.backoff.delay(attempt, chance)
    }

    fn lease_end(&self) -> Instant {
        Instant::now() + self.config.workflow_timeout + LEASE_MARGIN
    }
}
