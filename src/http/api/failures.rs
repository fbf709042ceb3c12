//! `/api/failures`: what failed for good, looked at, replayed and discarded.
//!
//! The invariant: nothing is forgotten by a replay that changes nothing. A delivery that still is not
//! understood stays.

use std::sync::Arc;

use axum::{
    Json,
    body::Body,
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderMap, Response, StatusCode, Uri},
};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    form::{Form, not_found, query},
    page::{self, Place},
};
use crate::{
    http::{
        Shared,
        error::{ApiError, ErrorCode, rfc3339},
    },
    message::{Arrival, BusinessId, SourceKind},
    signature::{Scheme, Verified},
    store::{Failed, Failure, FailureId, FailuresWanted, Settlement},
};

/// The most bytes of a delivery that a list shows.
const PREVIEW_BYTES: usize = 2000;

/// Something that failed for good.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Failure)]
pub(in crate::http) struct FailureShape {
    id: String,
    kind: FailureKind,
    /// Whose, where that is known.
    #[schema(required)]
    business: Option<String>,
    #[schema(format = DateTime)]
    at: String,
    /// A stable word.
    reason: String,
    /// Of a turn or message: its thread.
    #[schema(required)]
    thread: Option<i64>,
    /// Of a turn: how many messages it covers.
    #[schema(required)]
    messages: Option<u64>,
    /// Of a turn: how often it was tried.
    #[schema(required)]
    attempts: Option<u32>,
    /// Of a delivery: the door it came in by.
    #[schema(required)]
    source: Option<&'static str>,
    /// Of a delivery: how it begins, at most 2,000 bytes.
    #[schema(required)]
    raw: Option<String>,
}

/// What failed.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::http) enum FailureKind {
    /// A turn that could not be answered.
    Turn,
    /// A delivery that was not understood, or nobody's.
    Delivery,
    /// A message of ours that did not arrive. It cannot be replayed.
    Message,
}

/// A page of failures, the newest first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Failures)]
pub(in crate::http) struct FailurePage {
    failures: Vec<FailureShape>,
    /// The `cursor` of the next page; null: this is the last.
    #[schema(required)]
    next: Option<String>,
}

/// A failure's place in the list: its instant in milliseconds, and its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ByTime(i64, FailureId);

/// Answers `GET /api/failures`.
pub(super) async fn list(State(shared): State<Arc<Shared>>, uri: Uri) -> Response<Body> {
    shared.reply(listed(&shared, &uri).await)
}

/// Answers `POST /api/failures/{id}/replay`.
pub(super) async fn replay(
    State(shared): State<Arc<Shared>>,
    id: Result<Path<String>, PathRejection>,
    uri: Uri,
) -> Response<Body> {
    shared.reply(replayed(&shared, id, &uri).await)
}

/// Answers `POST /api/failures/{id}/discard`.
pub(super) async fn discard(
    State(shared): State<Arc<Shared>>,
    id: Result<Path<String>, PathRejection>,
    uri: Uri,
) -> Response<Body> {
    shared.reply(discarded(&shared, id, &uri).await)
}

async fn listed(shared: &Shared, uri: &Uri) -> Result<Json<FailurePage>, ApiError> {
    let mut form = Form::of_query(uri);
    let business = form.business(&shared.edge.businesses)?;
    let page = page::asked::<ByTime>(&mut form);
    let page = form.finish(|| page)?;
    let wanted = FailuresWanted {
        business: business.id.clone(),
        after: page.after.and_then(ByTime::instant),
        limit: page.to_look_for(),
        preview: PREVIEW_BYTES,
    };
    let mut failures = shared.edge.store.failed(wanted).await?;
    let next = page.cut(&mut failures, ByTime::of);
    Ok(Json(FailurePage {
        failures: failures.into_iter().map(FailureShape::from).collect(),
        next,
    }))
}

async fn replayed(
    shared: &Shared,
    id: Result<Path<String>, PathRejection>,
    uri: &Uri,
) -> Result<StatusCode, ApiError> {
    let id = found(shared, id, uri).await?;
    let FailureId::Turn(turn) = id else {
        return read_again(shared, id).await;
    };
    done(shared.edge.store.replay(turn).await?)
}

/// Runs a delivery through its source again, since numbers, locations and what is understood change.
async fn read_again(shared: &Shared, id: FailureId) -> Result<StatusCode, ApiError> {
    let store = &shared.edge.store;
    let failure = store.failure(id).await?.ok_or_else(no_such_failure)?;
    let (source, scheme, raw) = match failure.what {
        Failed::Delivery {
            source,
            scheme,
            raw,
        } => (source, scheme, raw),
        Failed::Message { .. } => return Err(not_sent_again()),
        Failed::Turn { .. } => return Err(no_such_failure()),
    };
    let arrivals = arrivals(shared, source, scheme, failure.business.as_ref(), raw)?;
    store.accept(arrivals).await?;
    // What was accepted is known by its id: where this fails, another replay changes nothing.
    store.discard(id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn arrivals(
    shared: &Shared,
    source: SourceKind,
    scheme: Scheme,
    business: Option<&BusinessId>,
    raw: Bytes,
) -> Result<Vec<Arrival>, ApiError> {
    let mut sources = shared.edge.sources.iter();
    let source = sources.find(|one| one.kind() == source).ok_or_else(|| {
        ApiError::new(ErrorCode::Conflict, "The door it came in by is not open.")
            .with_reason("door_closed")
    })?;
    // Only a secret of a business's own says whose a delivery is; it was right when this came.
    let business = business.filter(|_| scheme == Scheme::SharedSecret);
    let kept = Verified::kept(scheme, business, raw);
    let arrivals = source.parse(&HeaderMap::new(), kept, shared.edge.clock.now())?;
    let understood = |arrival: &Arrival| !matches!(arrival, Arrival::Unprocessed(_));
    let arrivals: Vec<_> = arrivals.into_iter().filter(understood).collect();
    if arrivals.is_empty() {
        let message = "It is still not understood, or nobody's.";
        return Err(ApiError::new(ErrorCode::Conflict, message).with_reason("not_understood"));
    }
    Ok(arrivals)
}

async fn discarded(
    shared: &Shared,
    id: Result<Path<String>, PathRejection>,
    uri: &Uri,
) -> Result<StatusCode, ApiError> {
    let id = found(shared, id, uri).await?;
    done(shared.edge.store.discard(id).await?)
}

fn done(settlement: Settlement) -> Result<StatusCode, ApiError> {
    match settlement {
        Settlement::Done => Ok(StatusCode::NO_CONTENT),
        Settlement::Gone => Err(no_such_failure()),
    }
}

/// The failure of that id, where it is of the business that the query names, or nobody's.
async fn found(
    shared: &Shared,
    id: Result<Path<String>, PathRejection>,
    uri: &Uri,
) -> Result<FailureId, ApiError> {
    let scope = query::scope(uri, &shared.edge.businesses)?;
    let id = id.ok().and_then(|Path(id)| id.parse().ok());
    let id = id.ok_or_else(no_such_failure)?;
    if scope.is_open() {
        return Ok(id);
    }
    let failure = shared.edge.store.failure(id).await?;
    let is_covered = |business: &BusinessId| scope.covers(business);
    match failure {
        Some(failure) if failure.business.as_ref().is_none_or(is_covered) => Ok(id),
        _ => Err(no_such_failure()),
    }
}

fn not_sent_again() -> ApiError {
    let message = "A message is not sent again; write to the customer another way.";
    ApiError::new(ErrorCode::Conflict, message).with_reason("not_repeatable")
}

fn no_such_failure() -> ApiError {
    not_found("There is no such failure, or not any more.")
}

// === impl FailureShape ===

impl From<Failure> for FailureShape {
    fn from(failure: Failure) -> Self {
        let mut shape = Self {
            id: failure.id.to_string(),
            kind: FailureKind::Turn,
            business: failure.business.map(|id| id.as_str().to_owned()),
            at: rfc3339(failure.at),
            reason: failure.reason.into(),
            thread: None,
            messages: None,
            attempts: None,
            source: None,
            raw: None,
        };
        match failure.what {
            Failed::Turn {
                thread,
                messages,
                attempts,
            } => {
                shape.thread = Some(thread.0);
                shape.messages = Some(messages);
                shape.attempts = Some(attempts);
            }
            Failed::Delivery { source, raw, .. } => {
                shape.kind = FailureKind::Delivery;
                shape.source = Some(source.as_str());
                shape.raw = Some(String::from_utf8_lossy(&raw).into_owned());
            }
            Failed::Message { thread } => {
                shape.kind = FailureKind::Message;
                // A notice to the owner may be about no conversation.
                shape.thread = Some(thread.0).filter(|id| *id > 0);
            }
        }
        shape
    }
}

// === impl ByTime ===

impl ByTime {
    fn of(failure: &Failure) -> Self {
        Self(failure.at.timestamp_millis(), failure.id)
    }

    fn instant(self) -> Option<(DateTime<Utc>, FailureId)> {
        Some((DateTime::from_timestamp_millis(self.0)?, self.1))
    }
}

impl Place for ByTime {
    fn written(&self) -> String {
        format!("{}.{}", self.0, self.1)
    }

    fn read(text: &str) -> Option<Self> {
        let (at, id) = text.split_once('.')?;
        let place = Self(at.parse().ok()?, id.parse().ok()?);
        place.instant().map(|_| place)
    }
}
