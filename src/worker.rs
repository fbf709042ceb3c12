//! The loop that leases turns, runs the workflow and commits; and beside it those that send what
//! was said, and forget what is old.
//!
//! The invariant: a turn that was leased is committed, released or left to its lease's end; the
//! worker keeps nothing that is not in the store.

mod acquaintance;
mod appointments;
mod backoff;
mod deliveries;
mod line;
mod pump;
mod rereading;
mod retention;
mod turn;

use std::{
    num::NonZeroUsize,
    sync::{Arc, Mutex},
    time::Duration,
};

use chrono::{DateTime, Utc};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

pub use self::{
    appointments::{AppointmentParts, Appointments},
    backoff::Backoff,
    deliveries::{Deliveries, DeliveryParts, Refusals},
    retention::Retention,
};
use self::{
    line::Line,
    pump::{Found, Pump},
};
use crate::{
    channel::Channels,
    clock::Clock,
    message::Reply,
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
    /// What customers are told while the workflow is down, at most once an hour; none: nothing.
    pub excuse: Option<Reply>,
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
    channels: Channels,
    clock: Arc<dyn Clock>,
    metrics: Arc<Metrics>,
    chance: Mutex<fastrand::Rng>,
    /// Turns that wait for a workflow that is down.
    line: Line,
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
    /// Who may know more of a customer than came with their message.
    pub channels: Channels,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Where turns are counted.
    pub metrics: Arc<Metrics>,
    /// Chance, for the jitter of delays.
    pub chance: fastrand::Rng,
}

/// The most turns leased at once: reading them holds up whoever writes, if only for a moment.
const LEASES_AT_ONCE: usize = 32;
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
            channels,
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
            channels,
            clock,
            metrics,
            chance,
            line: Line::default(),
        };
        Self {
            shared: Arc::new(shared),
        }
    }

    /// Works until `stop`, then lets the turns under way finish. `alive` is called on every round.
    ///
    /// Whoever awaits this with a deadline and drops it leaves unfinished turns durable.
    pub async fn run(&self, stop: CancellationToken, alive: impl Fn(DateTime<Utc>)) {
        let shared = &self.shared;
        let pump = Pump {
            concurrency: shared.config.concurrency,
            at_once: LEASES_AT_ONCE,
            work: shared.store.signals().work(),
            clock: &*shared.clock,
            stop,
        };
        let look = |max| async move {
            let Leases {
                turns,
                next_ready_at,
            } = self.lease(max).await?;
            Ok(Found {
                items: turns,
                next_at: next_ready_at,
            })
        };
        let act = |lease| {
            let shared = Arc::clone(shared);
            async move { turn::settle(&shared, lease).await }
        };
        pump.run(alive, look, act).await;
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
