//! The edge: routes, layers, probes, metrics and the error envelope.
//!
//! The invariant: every refusal is the one error envelope, whoever refuses, except that a probe
//! always answers in the shape of health.

mod api;
mod bearer;
mod cached;
mod calendar;
mod docs;
mod error;
mod form;
mod health;
mod index;
mod listener;
mod metrics;
mod openapi;
mod router;
mod webhook;

use std::{
    error::Error,
    num::NonZeroU32,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, Utc};
use ipnet::IpNet;
use secrecy::SecretString;
use tokio::time::{Instant, timeout};

use self::{
    cached::Cached,
    error::{ApiError, Envelope},
};
pub use self::{
    error::ErrorCode,
    health::Health,
    listener::{Config as ServerConfig, Server},
    openapi::json as openapi_json,
    router::router,
};
use crate::{
    booking::{Businesses, Calendar, CalendarError, Opening, OpeningsRequest, Refusal, ResourceId},
    clock::Clock,
    layer::{body::BodyTerms, rate_limit},
    metrics::Metrics,
    shutdown::Shutdown,
    source::{Callbacks, Source},
    store::{Gauges, Store, Totals},
};

/// How long a probe or a scrape waits for the store.
const STORE_DEADLINE: Duration = Duration::from_secs(2);

/// Everything the edge is made of.
#[derive(Debug, Clone)]
pub struct Edge {
    /// The doors that are open; a route is mounted for each.
    pub sources: Vec<Arc<dyn Source>>,
    /// The door of a remote workflow's callbacks; none: there is no such workflow.
    pub callbacks: Option<Arc<Callbacks>>,
    /// Where messages are made durable.
    pub store: Arc<dyn Store>,
    /// The businesses; the default one is that of a direct request whose secret names none.
    pub businesses: Arc<Businesses>,
    /// What is free.
    pub calendar: Arc<dyn Calendar>,
    /// The counters.
    pub metrics: Arc<Metrics>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// What the rest of the process says of its health.
    pub health: Arc<Health>,
    /// The end of the process.
    pub shutdown: Shutdown,
    /// How much is let in.
    pub limits: Limits,
    /// The secrets of routes that have one of their own.
    pub tokens: Tokens,
}

/// How much is let in.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Unproven requests an address; none: no limit.
    pub address: Option<rate_limit::Config>,
    /// How long a thread is a person's after a takeover.
    pub handoff: Duration,
    /// Messages a minute and sender, as the store applies it, for the headers of its 429.
    pub sender_per_minute: Option<NonZeroU32>,
    /// Requests that are worked on at once.
    pub requests_in_flight: usize,
    /// Bytes that all bodies together may take.
    pub body_budget_bytes: usize,
    /// How long a body may take to arrive.
    pub body_deadline: Duration,
    /// How long a request may take, its body and a `Prefer: wait` included.
    pub request_deadline: Duration,
}

/// What the handlers share.
#[derive(Debug)]
struct Shared {
    edge: Arc<Edge>,
    envelope: Envelope,
    began: Instant,
    store_is_writable: Cached<bool>,
    /// What the last probe came to.
    was_writable: AtomicBool,
    figures: Cached<Option<(Totals, Gauges)>>,
    body_terms: BodyTerms,
}

/// The secrets of routes that have one of their own.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    /// `METRICS_TOKEN`: asked for at `/metrics` when set.
    pub metrics: Option<SecretString>,
    /// `ADMIN_TOKEN`: asked for by the API, which is not there without it.
    pub admin: Option<SecretString>,
    /// `WHATSAPP_VERIFY_TOKEN`: what Meta's handshake has to name.
    pub whatsapp_verify: Option<SecretString>,
}

// === impl Shared ===

impl Shared {
    fn new(edge: Arc<Edge>) -> Arc<Self> {
        Arc::new(Self {
            envelope: Envelope::new(Arc::clone(&edge.clock)),
            body_terms: BodyTerms::new(edge.limits.body_budget_bytes, edge.limits.body_deadline),
            edge,
            began: Instant::now(),
            store_is_writable: Cached::default(),
            was_writable: AtomicBool::new(true),
            figures: Cached::default(),
        })
    }

    fn timestamp(&self) -> String {
        error::rfc3339(self.edge.clock.now())
    }

    /// What is free, by the calendar that the business keeps.
    async fn openings(&self, request: &OpeningsRequest<'_>) -> Result<Vec<Opening>, ApiError> {
        let openings = self.edge.calendar.openings(request).await;
        openings.map_err(|CalendarError(cause)| ApiError::calendar(cause))
    }

    /// Who is free at a start, or why nobody is, by the calendar that the business keeps.
    async fn check(
        &self,
        request: &OpeningsRequest<'_>,
        start: DateTime<Utc>,
    ) -> Result<Result<Vec<ResourceId>, Refusal>, ApiError> {
        let found = self.edge.calendar.check(request, start).await;
        found.map_err(|CalendarError(cause)| ApiError::calendar(cause))
    }

    /// Whether the store can write and sync now; who asks cannot load the disk.
    async fn store_is_writable(&self) -> bool {
        let probe = async {
            let probed = timeout(STORE_DEADLINE, self.edge.store.probe()).await;
            let is_writable = matches!(probed, Ok(Ok(())));
            let was_writable = self.was_writable.swap(is_writable, Ordering::Relaxed);
            match probed {
                Ok(Ok(())) if !was_writable => tracing::info!("the store passes its probe again"),
                Ok(Err(error)) if was_writable => {
                    tracing::warn!(error = &error as &dyn Error, "the store fails its probe");
                }
                Err(_) if was_writable => tracing::warn!("the store does not answer its probe"),
                _ => {}
            }
            is_writable
        };
        self.store_is_writable.get(probe).await
    }

    /// The store's figures, where it can be read.
    async fn figures(&self) -> Option<(Totals, Gauges)> {
        let look = async {
            let store = &self.edge.store;
            let both = async { tokio::try_join!(store.totals(), store.gauges()) };
            timeout(STORE_DEADLINE, both).await.ok()?.ok()
        };
        self.figures.get(look).await
    }
}

// === impl Limits ===

impl Default for Limits {
    fn default() -> Self {
        Self {
            trusted_proxies: Vec::new(),
            address: NonZeroU32::new(600).map(rate_limit::Config::per_minute),
            handoff: Duration::from_hours(12),
            sender_per_minute: NonZeroU32::new(30),
            requests_in_flight: 2048,
            body_budget_bytes: 32 * 1024 * 1024,
            body_deadline: Duration::from_secs(30),
            // A body at its deadline and a wait of 30 s, and time for the store between them.
            request_deadline: Duration::from_secs(75),
        }
    }
}
