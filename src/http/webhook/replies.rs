//! `GET /webhook/replies`: what was said in a thread after a reply's number.
//!
//! The invariant: who asks sees only threads of its own trust and business. What is signed is the
//! raw query.

use std::{
    convert::Infallible,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{
    Json,
    body::Body,
    extract::Query,
    http::{Request, Response, Uri},
    response::IntoResponse,
};
use bytes::Bytes;
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use tower::Service;
use utoipa::{IntoParams, ToSchema};

use crate::{
    http::{
        Edge,
        error::{ApiError, Envelope, ErrorCode, rfc3339},
    },
    message::{Reply, SourceKind, ThreadKey},
    signature::{Evidence, Verified},
    store::StoredReply,
};

/// The most replies in one answer.
const PAGE: usize = 100;

/// Answers what was said.
#[derive(Debug, Clone)]
pub(in crate::http) struct Replies {
    edge: Arc<Edge>,
    envelope: Envelope,
}

/// Which replies are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Asked {
    /// The conversation, as an answer named it. A `+` is written `%2B`.
    thread_id: String,
    /// The `after` of the page before; 0 or left out: from the beginning.
    #[serde(default)]
    after: u64,
}

/// A page of replies, the oldest first, at most 100.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Replies)]
pub(in crate::http) struct Page {
    /// The conversation.
    thread_id: String,
    /// What was said.
    replies: Vec<PagedReply>,
    /// What to ask after next.
    after: u64,
    /// When it was answered.
    timestamp: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StoredReply)]
struct PagedReply {
    /// Its number: later replies have higher ones.
    id: u64,
    /// The turn that it answers; left out where it was said unasked: a reminder.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    turn_id: Option<String>,
    /// When it was written.
    at: String,
    #[serde(flatten)]
    #[schema(value_type = crate::http::openapi::ReplyShape)]
    reply: Reply,
}

// === impl Replies ===

impl Replies {
    pub(in crate::http) fn new(edge: Arc<Edge>) -> Self {
        let envelope = Envelope::new(Arc::clone(&edge.clock));
        Self { edge, envelope }
    }

    async fn page(&self, uri: &Uri, evidence: Evidence) -> Result<Response<Body>, ApiError> {
        let Query(asked) = Query::<Asked>::try_from_uri(uri).map_err(|_| {
            ApiError::new(
                ErrorCode::ValidationError,
                "The query is not valid; see details.",
            )
            .with_detail("thread_id", "required")
            .with_detail("after", "a whole number, 0 when left out")
        })?;
        let thread_id = with_plus(asked.thread_id);
        let thread = ThreadKey {
            business: evidence
                .business
                .unwrap_or_else(|| self.edge.businesses.default_business().id.clone()),
            source: SourceKind::Direct,
            trust: evidence.scheme.trust(),
            key: thread_id.as_str().into(),
        };
        let stored = self.edge.store.replies(&thread, asked.after, PAGE).await?;
        let page = Page {
            thread_id,
            after: stored.last().map_or(asked.after, |last| last.id),
            replies: stored.into_iter().map(PagedReply::from).collect(),
            timestamp: rfc3339(self.edge.clock.now()),
        };
        Ok(Json(page).into_response())
    }
}

impl Service<Request<Verified<Bytes>>> for Replies {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response<Body>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Verified<Bytes>>) -> Self::Future {
        let this = self.clone();
        Box::pin(async move {
            let (head, verified) = request.into_parts();
            let (_, evidence) = verified.into_parts();
            let answer = this.page(&head.uri, evidence).await;
            Ok(answer.unwrap_or_else(|error| this.envelope.answer(error)))
        })
    }
}

impl From<StoredReply> for PagedReply {
    fn from(stored: StoredReply) -> Self {
        Self {
            id: stored.id,
            turn_id: stored.turn.map(|turn| turn.to_string()),
            at: rfc3339(stored.at),
            reply: stored.reply,
        }
    }
}

/// A thread id is often a phone, and a bare `+` in a query reads as a space. No thread id begins
/// with a space, so that what was meant is plain.
fn with_plus(thread_id: String) -> String {
    match thread_id.strip_prefix(' ') {
        Some(rest) => format!("+{rest}"),
        None => thread_id,
    }
}
