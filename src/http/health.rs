//! `/health`, `/livez`, `/readyz`: can it be used, does it live, should it get traffic.
//!
//! The invariants: a probe answers in the one shape, also when it fails (a parameter it does not
//! understand is refused by the envelope); no probe can load the disk, however often it is asked; none tells a stranger why something failed.

mod unrouted;

use std::{
    borrow::Cow,
    collections::BTreeMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use axum::{
    Json,
    body::Body,
    extract::State,
    http::{Response, StatusCode, Uri},
    response::IntoResponse,
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use tokio::time::Instant;
use url::form_urlencoded;
use utoipa::ToSchema;

use self::unrouted::Unrouted;
use super::{
    Shared,
    error::{ApiError, ErrorCode},
};
use crate::{metrics::DEGRADED_REASONS, shutdown::Phase};

/// How long a worker may be silent before it counts as stuck.
const WORKER_SILENCE: Duration = Duration::from_secs(30);

/// How long a message may wait before health is degraded.
const OLDEST_PENDING: Duration = Duration::from_mins(5);
/// How long a reply may wait for its place before health is degraded: 18,000 of one number.
const OLDEST_OUTBOX: Duration = Duration::from_mins(5);

/// What the rest of the process says of its health.
#[derive(Debug)]
pub struct Health {
    began: Instant,
    /// Milliseconds after `began`, plus one; 0: never.
    worker_beat: AtomicU64,
    degraded: Mutex<BTreeMap<&'static str, Cow<'static, str>>>,
    unrouted: Unrouted,
}

/// The answer of every probe.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Health)]
pub(super) struct Report {
    status: Status,
    version: &'static str,
    /// When it was answered.
    timestamp: String,
    /// What was looked at, by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(value_type = std::collections::BTreeMap<String, Check>)]
    checks: BTreeMap<&'static str, Check>,
}

/// How well it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = HealthStatus)]
enum Status {
    /// All is well.
    Ok,
    /// Messages are taken and kept; something else does not work.
    Degraded,
    /// It cannot be used.
    Unavailable,
}

/// One thing that was looked at.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Check {
    status: Status,
    /// What is wrong, where something is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    message: Option<Cow<'static, str>>,
    /// How long the oldest message has waited.
    #[serde(skip_serializing_if = "Option::is_none")]
    oldest_seconds: Option<u64>,
}

// === impl Health ===

impl Default for Health {
    fn default() -> Self {
        Self {
            began: Instant::now(),
            worker_beat: AtomicU64::new(0),
            degraded: Mutex::default(),
            unrouted: Unrouted::default(),
        }
    }
}

impl Health {
    /// The worker lives. To be called at least every ten seconds; before the first time the
    /// process is not ready.
    pub fn worker_beat(&self) {
        let millis = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX - 1);
        self.worker_beat.store(millis + 1, Ordering::Relaxed);
    }

    /// Something named does not work, and why, in words for an operator. The name is one of
    /// [`DEGRADED_REASONS`].
    pub fn degrade(&self, name: &'static str, message: impl Into<Cow<'static, str>>) {
        debug_assert!(DEGRADED_REASONS.contains(&name), "unlisted: {name}");
        let mut degraded = self.degraded.lock().unwrap_or_else(PoisonError::into_inner);
        degraded.insert(name, message.into());
    }

    /// What was named works again.
    pub fn recover(&self, name: &'static str) {
        let mut degraded = self.degraded.lock().unwrap_or_else(PoisonError::into_inner);
        degraded.remove(name);
    }

    /// An item came for a number or location that no business owns: degraded until none has come
    /// for an hour.
    pub fn note_unrouted(&self, now: DateTime<Utc>) {
        if self.unrouted.note(now) {
            tracing::warn!("a delivery is for a number or location that no business file names");
        }
    }

    /// The numbers and locations that businesses own are others now.
    pub fn routes_changed(&self) {
        self.unrouted.forget();
    }

    fn worker_is_alive(&self) -> bool {
        let beat = self.worker_beat.load(Ordering::Relaxed);
        let since = || {
            let beat = Duration::from_millis(beat - 1);
            self.began.elapsed().saturating_sub(beat)
        };
        beat > 0 && since() < WORKER_SILENCE
    }
}

/// Answers `GET /health`: 503 when the store cannot be written, with `?strict=1` also when degraded.
pub(super) async fn health(State(shared): State<Arc<Shared>>, uri: Uri) -> Response<Body> {
    match is_strict(&uri) {
        Ok(true) => report(&shared, checks(&shared).await, Status::Ok),
        Ok(false) => report(&shared, checks(&shared).await, Status::Degraded),
        Err(error) => shared.envelope.answer(error),
    }
}

/// The names of the checks that are not ok.
pub(super) async fn failed(shared: &Shared) -> Vec<&'static str> {
    let checks = checks(shared).await;
    let failed = checks.iter().filter(|(_, check)| check.status > Status::Ok);
    failed.map(|(name, _)| *name).collect()
}

async fn checks(shared: &Shared) -> BTreeMap<&'static str, Check> {
    let mut checks = BTreeMap::new();
    let (store_is_writable, figures) = tokio::join!(shared.store_is_writable(), shared.figures());
    checks.insert("store", store_check(store_is_writable));
    checks.insert(
        "worker",
        worker_check(&shared.edge.health, Status::Degraded),
    );
    if let Some((_, gauges)) = figures {
        checks.insert("pending", pending_check(gauges.oldest_pending));
        checks.insert("outbox", outbox_check(gauges.oldest_outbox));
    }
    let now = shared.edge.clock.now();
    if let Some(message) = shared.edge.health.unrouted.message(now) {
        checks.insert("unrouted", Check::failed(Status::Degraded, message));
    }
    let degraded = shared.edge.health.degraded.lock();
    for (name, message) in degraded.unwrap_or_else(PoisonError::into_inner).iter() {
        checks.insert(name, Check::failed(Status::Degraded, message.clone()));
    }
    checks
}

/// Reads `strict` from the query; without a value it is on.
fn is_strict(uri: &Uri) -> Result<bool, ApiError> {
    let query = uri.query().unwrap_or("").as_bytes();
    let mut given = form_urlencoded::parse(query).filter(|(name, _)| name == "strict");
    let words = given.next().map(|(_, words)| words.to_ascii_lowercase());
    match (words.as_deref(), given.next()) {
        (None | Some("0" | "false" | "no" | "off"), None) => Ok(false),
        (Some("" | "1" | "true" | "yes" | "on"), None) => Ok(true),
        _ => {
            let message = "Some fields are not valid; see details.";
            let error = ApiError::new(ErrorCode::ValidationError, message);
            Err(error.with_detail("strict", "must be 1 or 0, once"))
        }
    }
}

/// Answers `GET /livez`: the process can answer, and that is all it says.
pub(super) async fn livez(State(shared): State<Arc<Shared>>) -> Response<Body> {
    report(&shared, BTreeMap::new(), Status::Ok)
}

/// Answers `GET /readyz`: the store is writable, the worker runs, and the end is not near.
pub(super) async fn readyz(State(shared): State<Arc<Shared>>) -> Response<Body> {
    let mut checks = BTreeMap::new();
    checks.insert("store", store_check(shared.store_is_writable().await));
    checks.insert(
        "worker",
        worker_check(&shared.edge.health, Status::Unavailable),
    );
    if shared.edge.shutdown.phase() > Phase::Running {
        let ending = Check::failed(Status::Unavailable, "the process is ending");
        checks.insert("shutdown", ending);
    }
    report(&shared, checks, Status::Ok)
}

fn report(
    shared: &Shared,
    checks: BTreeMap<&'static str, Check>,
    worst_allowed: Status,
) -> Response<Body> {
    let status = checks.values().map(|check| check.status).max();
    let status = status.unwrap_or(Status::Ok);
    let code = if status <= worst_allowed {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let report = Report {
        status,
        version: env!("CARGO_PKG_VERSION"),
        timestamp: shared.timestamp(),
        checks,
    };
    (code, Json(report)).into_response()
}

fn store_check(is_writable: bool) -> Check {
    if is_writable {
        Check::ok()
    } else {
        Check::failed(Status::Unavailable, "the store cannot be written")
    }
}

fn worker_check(health: &Health, otherwise: Status) -> Check {
    if health.worker_is_alive() {
        Check::ok()
    } else {
        Check::failed(otherwise, "the worker does not run")
    }
}

fn pending_check(oldest: Duration) -> Check {
    age_check(
        oldest,
        OLDEST_PENDING,
        "messages wait for an answer for too long",
    )
}

fn outbox_check(oldest: Duration) -> Check {
    age_check(
        oldest,
        OLDEST_OUTBOX,
        "replies wait for too long until they may be sent",
    )
}

fn age_check(oldest: Duration, most: Duration, words: &'static str) -> Check {
    let check = if oldest > most {
        Check::failed(Status::Degraded, words)
    } else {
        Check::ok()
    };
    Check {
        oldest_seconds: Some(oldest.as_secs()),
        ..check
    }
}

// === impl Check ===

impl Check {
    fn ok() -> Self {
        Self {
            status: Status::Ok,
            message: None,
            oldest_seconds: None,
        }
    }

    fn failed(status: Status, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            status,
            message: Some(message.into()),
            oldest_seconds: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_worker_lives_from_its_first_beat_until_it_is_silent_for_long() {
        let health = Health::default();
        assert!(!health.worker_is_alive());
        health.worker_beat();
        let almost = WORKER_SILENCE.checked_sub(Duration::from_millis(1));
        tokio::time::advance(almost.unwrap()).await;
        assert!(health.worker_is_alive());
        tokio::time::advance(Duration::from_millis(1)).await;
        assert!(!health.worker_is_alive());
        health.worker_beat();
        assert!(health.worker_is_alive());
    }
}
