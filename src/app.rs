//! The composition root: a [`Setup`] becomes a running [`App`], and the app ends.
//!
//! The one place that names implementations. The invariant: everything that is spawned is tracked
//! and joined, or left durable when the grace is over.

mod answering;
mod degraded;
mod doors;
mod feeds;
mod keeper;
mod no_effect;
mod numbers;
mod reload;
mod setup;
mod tokens;

use std::{io, net::SocketAddr, path::Path, sync::Arc, time::Duration};

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use tempfile::TempDir;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use self::{
    answering::{Outside, assistant, worker},
    degraded::{BreakersInHealth, Matter, RefusalsInHealth},
    doors::edge,
    reload::{Affairs, Hangups},
};
pub use self::{
    feeds::{close_feeds, open_feed},
    numbers::{SeenNumbers, seen_numbers},
    reload::Read,
    setup::{Faults, Setup},
    tokens::AccessTokens,
};
pub use crate::store::sqlite::{AheadError, BackupError, FeedTokenError};
use crate::{
    booking::stray::{self, Stray},
    breaker::Destination,
    channel::Channels,
    clock::{Clock, SystemClock},
    config::{Config, Database, Door, WorkflowKind},
    http::{self, ErrorCode, Health, Server},
    metrics::Metrics,
    shutdown::{self, Phase, Shutdown},
    store::{self, Store, sqlite},
    telemetry,
    worker::{AppointmentParts, Appointments, Deliveries, DeliveryParts, Retention, Worker},
};

/// Everything that runs.
#[derive(Debug)]
pub struct App {
    address: SocketAddr,
    shutdown: Shutdown,
    tasks: TaskTracker,
    store: Arc<dyn Store>,
    affairs: Arc<Affairs>,
}

/// Serves until a signal ends it; `started` is told where it listens. At SIGHUP the business files
/// are read anew.
///
/// # Errors
///
/// What kept it from starting.
pub async fn serve(
    setup: &Setup,
    started: impl FnOnce(SocketAddr) -> io::Result<()>,
    read: Read,
) -> anyhow::Result<()> {
    let log = &setup.config.log;
    let _written_out_at_the_end = telemetry::init(&telemetry::Config {
        filter: log.filter.clone(),
        format: log.format,
    })?;
    let hangups = Hangups::listen().context("cannot listen for signals")?;
    let app = App::start(setup, Arc::new(SystemClock)).await?;
    tracing::info!(address = %app.address, version = env!("CARGO_PKG_VERSION"), "listening");
    started(app.address)?;
    let (signals, affairs) = (app.shutdown.clone(), Arc::clone(&app.affairs));
    tokio::select! {
        failed = signals.request_on_signals() => failed.context("cannot listen for signals"),
        () = affairs.follow(hangups, &read) => Ok(()),
        () = app.join() => Ok(()),
    }
}

/// An app on a loopback port, and the folder of its store, which is gone with the value.
///
/// # Errors
///
/// What kept it from starting.
pub async fn temporary(setup: &Setup) -> anyhow::Result<(App, TempDir)> {
    let folder = tempfile::tempdir().context("there is no place for a temporary store")?;
    let mut setup = setup.clone();
    // What is tried here must not be found in the calendar that the staff looks at.
    setup.businesses = Arc::new(setup.businesses.with_own_calendars());
    setup.config.http.address = SocketAddr::from(([127, 0, 0, 1], 0));
    setup.config.shutdown.drain_delay = Duration::ZERO;
    if setup.posture.direct == Door::Closed {
        // Only this machine can knock, and what is told is soon forgotten.
        setup.posture.direct = Door::Unsigned;
    }
    setup.config.store.database = Database::Sqlite(folder.path().join("frontdesk.db"));
    let app = App::start(&setup, Arc::new(SystemClock)).await?;
    Ok((app, folder))
}

/// Copies the store to a file that does not exist yet, while a server may be writing. Blocks.
///
/// # Errors
///
/// Why there is no copy.
pub fn backup(config: &Config, to: &Path) -> Result<(), BackupError> {
    let Database::Sqlite(from) = &config.store.database;
    sqlite::backup(from, to)
}

/// The bookings to come of a service, a person or a business that is not there any more. Blocks.
///
/// # Errors
///
/// There is a store, and it cannot be read.
pub fn strays(setup: &Setup, now: DateTime<Utc>) -> Result<Vec<Stray>, AheadError> {
    let Database::Sqlite(path) = &setup.config.store.database;
    let bookings = sqlite::ahead(path, now)?;
    Ok(stray::strays(&setup.businesses, bookings))
}

// === impl App ===

impl App {
    /// Opens the store, binds the socket and starts to work.
    ///
    /// # Errors
    ///
    /// The store or the address cannot be had.
    pub async fn start(setup: &Setup, clock: Arc<dyn Clock>) -> anyhow::Result<Self> {
        let config = &setup.config;
        let workflow = setup.posture.workflow.as_str();
        let metrics = Arc::new(Metrics::new(&ErrorCode::of_webhooks(), &[workflow]));
        let health = Arc::new(Health::default());
        let watch = Arc::new(BreakersInHealth::new(
            Arc::clone(&health),
            Arc::clone(&metrics),
        ));
        let affairs = Arc::new(Affairs::of(setup, &watch)?);
        let breaker = |destination| reload::breaker(&watch, destination);
        let outside = Outside::of(setup, &affairs, &breaker, &health)?;
        let store = open(setup, &outside.channels, &clock, &metrics).await?;
        let shutdown = Shutdown::new(shutdown::Config {
            drain_delay: config.shutdown.drain_delay,
            grace: config
                .shutdown
                .grace
                .saturating_sub(config.shutdown.drain_delay),
        });
        for reason in &setup.posture.degraded {
            health.degrade(reason.as_str(), reason.to_string());
        }
        let limits = http::ServerConfig {
            max_connections: config.http.max_connections,
            trusted_proxies: config.http.trusted_proxies.clone(),
            ..http::ServerConfig::default()
        };
        let server = Server::bind(config.http.address, limits).await;
        let server = server.with_context(|| format!("cannot listen on {}", config.http.address))?;
        let address = server.local_addr()?;

        let doors = affairs.doors();
        let kept = (&store, outside.calendar(&store));
        let edge = edge(setup, doors, kept, &metrics, &clock, &health, &shutdown);
        let app = Self {
            address,
            shutdown,
            tasks: TaskTracker::new(),
            store,
            affairs,
        };
        let served = server.run(
            http::router(edge),
            Arc::clone(&metrics),
            app.shutdown.clone(),
        );
        app.tasks.spawn(served);
        let breaker = breaker(Destination::Workflow);
        let counted = Arc::clone(&metrics);
        let worker = worker(setup, &app.store, &outside, &clock, counted, breaker)?;
        app.work(setup, worker, outside, &clock, metrics, health);
        Ok(app)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it keeps, for whoever runs it within a process of their own.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// The handle that ends it.
    pub fn shutdown(&self) -> &Shutdown {
        &self.shutdown
    }

    /// Leads through the phases of the end once it is asked for, until everything is joined or the
    /// grace is over.
    pub async fn join(self) {
        let Self {
            shutdown,
            tasks,
            store,
            ..
        } = self;
        tasks.close();
        tokio::select! {
            () = tasks.wait() => {}
            () = shutdown.run() => {
                tracing::warn!(tasks = tasks.len(), "the grace is over; what was left is durable");
            }
        }
        // The last one out writes what is queued and lets go of the file.
        drop(store);
        tracing::info!("ended");
    }

    /// Starts what is not the edge: the worker, the deliveries and the retention.
    fn work(
        &self,
        setup: &Setup,
        worker: Worker,
        outside: Outside,
        clock: &Arc<dyn Clock>,
        metrics: Arc<Metrics>,
        health: Arc<Health>,
    ) {
        let stop = CancellationToken::new();
        let refusals = |matter| Arc::new(RefusalsInHealth::new(&health, matter));
        let appointments = Appointments::new(AppointmentParts {
            store: Arc::clone(&self.store),
            agenda: outside.agenda(),
            words: assistant(setup, &self.store, &outside),
            businesses: Arc::clone(&setup.businesses),
            clock: Arc::clone(clock),
            metrics: Arc::clone(&metrics),
            refusals: refusals(Matter::Appointments),
        });
        let deliveries = Deliveries::new(DeliveryParts {
            store: Arc::clone(&self.store),
            words: assistant(setup, &self.store, &outside),
            channels: outside.channels,
            owners: Arc::clone(&self.affairs.owners),
            businesses: Arc::clone(&setup.businesses),
            clock: Arc::clone(clock),
            metrics,
            refusals: refusals(Matter::Replies),
        });
        let retention = Retention::new(Arc::clone(&self.store), setup.config.store.retention);
        let stopped = stop.clone();
        self.tasks
            .spawn(async move { worker.run(stopped, |_| health.worker_beat()).await });
        let stopped = stop.clone();
        self.tasks
            .spawn(async move { deliveries.run(stopped).await });
        let stopped = stop.clone();
        self.tasks
            .spawn(async move { appointments.run(stopped).await });
        let stopped = stop.clone();
        self.tasks
            .spawn(async move { retention.run(stopped).await });
        let shutdown = self.shutdown.clone();
        self.tasks.spawn(async move {
            shutdown.reached(Phase::Closing).await;
            stop.cancel();
        });
    }
}

async fn open(
    setup: &Setup,
    channels: &Channels,
    clock: &Arc<dyn Clock>,
    metrics: &Arc<Metrics>,
) -> anyhow::Result<Arc<dyn Store>> {
    let config = &setup.config;
    let Database::Sqlite(path) = config.store.database.clone();
    let policy = store::Policy {
        coalesce: config.turns.coalesce,
        coalesce_max: config.turns.coalesce_max,
        rate_limit_per_minute: config.limits.sender_per_minute,
        max_attempts: config.turns.max_attempts,
        handoff: config.turns.handoff,
        businesses: Arc::clone(&setup.businesses),
        channels: channels.sources().collect(),
        acknowledge: setup.posture.workflow == WorkflowKind::Acknowledge,
    };
    let sqlite = sqlite::Config {
        lock_grace: config.shutdown.grace,
        ..sqlite::Config::new(path, policy)
    };
    let (clock, metrics) = (Arc::clone(clock), Arc::clone(metrics));
    let open = move || sqlite::Store::open(sqlite, clock, metrics);
    Ok(Arc::new(tokio::task::spawn_blocking(open).await??))
}
