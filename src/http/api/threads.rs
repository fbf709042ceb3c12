//! `/api/threads`: conversations, looked at and taken part in.
//!
//! The invariant: a thread in which a person wrote is the people's, so that the bot does not talk
//! over them.

mod transcript;

use std::sync::Arc;

use axum::{
    Json,
    body::Body,
    extract::{Path, Request, State, rejection::PathRejection},
    http::{Response, StatusCode, Uri},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

pub(in crate::http) use self::transcript::ThreadDetail;
use super::{
    form::{
        Fault, Form, instant, long_words, not_found,
        query::{self, Scope},
    },
    page::{self, Place},
    request::Read,
};
use crate::{
    http::{
        Shared,
        error::{ApiError, ErrorCode, rfc3339},
    },
    message::{Reply, ThreadId, Trust},
    store::{Holder, Spoken, ThreadEntry, ThreadsWanted},
};

/// How long a thread can be kept from the bot in one go.
const MAX_PAUSE: TimeDelta = TimeDelta::days(366);

/// A conversation.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Thread)]
pub(in crate::http) struct ThreadShape {
    id: i64,
    business: String,
    /// `direct`, `whatsapp` or `highlevel`.
    source: &'static str,
    /// Whether its sender is proven.
    verified: bool,
    /// The customer's number, as far as it is known.
    #[schema(required)]
    phone: Option<String>,
    /// What the customer is called, as far as it is known.
    #[schema(required)]
    name: Option<String>,
    state: HolderShape,
    /// Why the bot gave it away, where it did: `asked`, `too_old`, `not_understood`, `language`,
    /// `machine`, `calendar`; or `takeover`.
    #[schema(required)]
    reason: Option<String>,
    /// Until when the bot is silent, where it is.
    #[schema(required, format = DateTime)]
    paused_until: Option<String>,
    /// When the customer wrote last.
    #[schema(format = DateTime)]
    last_at: String,
    /// Messages that are not answered yet.
    pending: u64,
}

/// Who answers in a thread.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[schema(as = ThreadState)]
#[serde(rename_all = "lowercase")]
pub(in crate::http) enum HolderShape {
    /// The bot.
    Bot,
    /// Nobody yet: the bot gave it to the people of the business.
    Waiting,
    /// A person of the business.
    Person,
}

/// A page of threads, those first in which a customer wrote last.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Threads)]
pub(in crate::http) struct ThreadPage {
    threads: Vec<ThreadShape>,
    /// The `cursor` of the next page; null: this is the last.
    #[schema(required)]
    next: Option<String>,
}

/// What a person said.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SentMessage)]
pub(in crate::http) struct SaidShape {
    /// Its number among what is said.
    id: u64,
    /// When it was written.
    #[schema(format = DateTime)]
    at: String,
    text: String,
}

/// A thread's place in the list: when its customer wrote last, in milliseconds, and its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ByLast(i64, ThreadId);

/// Answers `GET /api/threads`.
pub(super) async fn list(State(shared): State<Arc<Shared>>, uri: Uri) -> Response<Body> {
    shared.reply(listed(&shared, &uri).await)
}

/// Answers `GET /api/threads/{id}`.
pub(super) async fn show(
    State(shared): State<Arc<Shared>>,
    id: Result<Path<String>, PathRejection>,
    uri: Uri,
) -> Response<Body> {
    shared.reply(transcript::shown(&shared, id, &uri).await)
}

/// Answers `POST /api/threads/{id}/pause`.
pub(super) async fn pause(
    State(shared): State<Arc<Shared>>,
    id: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response<Body> {
    shared.reply(paused(&shared, id, request).await)
}

/// Answers `POST /api/threads/{id}/resume`.
pub(super) async fn resume(
    State(shared): State<Arc<Shared>>,
    id: Result<Path<String>, PathRejection>,
    uri: Uri,
) -> Response<Body> {
    shared.reply(resumed(&shared, id, &uri).await)
}

/// Answers `POST /api/threads/{id}/messages`.
pub(super) async fn say(
    State(shared): State<Arc<Shared>>,
    id: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response<Body> {
    shared.reply(said(&shared, id, request).await)
}

async fn listed(shared: &Shared, uri: &Uri) -> Result<Json<ThreadPage>, ApiError> {
    let mut form = Form::of_query(uri);
    let business = form.business(&shared.edge.businesses)?;
    let holder = form.optional("state", holder);
    let page = page::asked::<ByLast>(&mut form);
    let (wanted, page) = form.finish(|| {
        let page = page?;
        let wanted = ThreadsWanted {
            business: business.id.clone(),
            holder: holder?,
            after: page.after.and_then(ByLast::instant),
            limit: page.to_look_for(),
        };
        Some((wanted, page))
    })?;
    let mut threads = shared.edge.store.threads(wanted).await?;
    let next = page.cut(&mut threads, ByLast::of);
    Ok(Json(ThreadPage {
        threads: threads.iter().map(ThreadShape::of).collect(),
        next,
    }))
}

async fn paused(
    shared: &Shared,
    id: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Json<ThreadShape>, ApiError> {
    let now = shared.edge.clock.now();
    let scope = query::scope(request.uri(), &shared.edge.businesses)?;
    let mut form = Read::json(shared, request).await?.form;
    let until = form.optional("until", instant);
    if let Some(Some(until)) = until
        && !(now < until && until <= now + MAX_PAUSE)
    {
        form.fault("until", "must be ahead, and within a year");
    }
    let until = form.finish(|| until)?;
    let (thread, _) = found(shared, id, &scope).await?;
    let until = until.unwrap_or(now + shared.edge.limits.handoff);
    let pause = shared.edge.store.pause(thread.id, Some(until));
    pause.await?;
    now_as_it_is(shared, thread.id).await
}

async fn resumed(
    shared: &Shared,
    id: Result<Path<String>, PathRejection>,
    uri: &Uri,
) -> Result<Json<ThreadShape>, ApiError> {
    let scope = query::scope(uri, &shared.edge.businesses)?;
    let (thread, _) = found(shared, id, &scope).await?;
    shared.edge.store.pause(thread.id, None).await?;
    now_as_it_is(shared, thread.id).await
}

async fn said(
    shared: &Shared,
    id: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<(StatusCode, Json<SaidShape>), ApiError> {
    let scope = query::scope(request.uri(), &shared.edge.businesses)?;
    let mut form = Read::json(shared, request).await?.form;
    let text = form.required("text", long_words);
    let text = form.finish(|| text)?;
    let (thread, _) = found(shared, id, &scope).await?;
    let reply = Reply::text(text.clone());
    match shared.edge.store.say(thread.id, reply).await? {
        Spoken::Queued(said) => Ok((
            StatusCode::CREATED,
            Json(SaidShape {
                id: said.id,
                at: rfc3339(said.at),
                text,
            }),
        )),
        Spoken::NoThread => Err(no_such_thread()),
        Spoken::NoChannel => Err(ApiError::new(
            ErrorCode::Conflict,
            "Nothing can be sent there: no token for its provider is configured.",
        )
        .with_reason("no_channel")),
    }
}

async fn now_as_it_is(shared: &Shared, id: ThreadId) -> Result<Json<ThreadShape>, ApiError> {
    let found = shared.edge.store.thread(id).await?;
    let (thread, _) = found.ok_or_else(no_such_thread)?;
    Ok(Json(ThreadShape::of(&thread)))
}

async fn found(
    shared: &Shared,
    id: Result<Path<String>, PathRejection>,
    scope: &Scope,
) -> Result<(ThreadEntry, Vec<crate::store::BookingEntry>), ApiError> {
    let found = shared.edge.store.thread(thread_id(id)?).await?;
    let found = found.filter(|(thread, _)| scope.covers(&thread.key.business));
    found.ok_or_else(no_such_thread)
}

fn thread_id(id: Result<Path<String>, PathRejection>) -> Result<ThreadId, ApiError> {
    let number = id.ok().and_then(|Path(id)| id.parse().ok());
    number.map(ThreadId).ok_or_else(no_such_thread)
}

fn no_such_thread() -> ApiError {
    not_found("There is no such thread.")
}

fn holder(value: &Value) -> Result<Holder, Fault> {
    match value.as_str() {
        Some("bot") => Ok(Holder::Bot),
        Some("waiting") => Ok(Holder::Nobody),
        Some("person") => Ok(Holder::Person),
        _ => Err("must be bot, waiting or person"),
    }
}

// === impl ThreadShape ===

impl ThreadShape {
    fn of(thread: &ThreadEntry) -> Self {
        let owned = |text: &str| text.to_owned();
        Self {
            id: thread.id.0,
            business: thread.key.business.as_str().to_owned(),
            source: thread.key.source.as_str(),
            verified: thread.key.trust == Trust::Verified,
            phone: thread.phone.as_ref().map(|phone| owned(phone.as_str())),
            name: thread.name.as_deref().map(owned),
            state: match thread.holder {
                Holder::Bot => HolderShape::Bot,
                Holder::Nobody => HolderShape::Waiting,
                Holder::Person => HolderShape::Person,
            },
            reason: thread.handoff.as_deref().map(owned),
            paused_until: thread.paused_until.map(rfc3339),
            last_at: rfc3339(thread.last_at),
            pending: thread.pending,
        }
    }
}

// === impl ByLast ===

impl ByLast {
    fn of(thread: &ThreadEntry) -> Self {
        Self(thread.last_at.timestamp_millis(), thread.id)
    }

    fn instant(self) -> Option<(DateTime<Utc>, ThreadId)> {
        Some((DateTime::from_timestamp_millis(self.0)?, self.1))
    }
}

impl Place for ByLast {
    fn written(&self) -> String {
        format!("{}.{}", self.0, self.1.0)
    }

    fn read(text: &str) -> Option<Self> {
        let (at, id) = text.split_once('.')?;
        let place = Self(at.parse().ok()?, ThreadId(id.parse().ok()?));
        place.instant().map(|_| place)
    }
}
