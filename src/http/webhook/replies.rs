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
    http::{Request, Response, Uri},
    response::IntoResponse,
};
use bytes::Bytes;
use futures_util::future::BoxFuture;
use serde::Serialize;
use serde_json::Value;
use tower::Service;
use utoipa::{IntoParams, ToSchema};

use crate::{
    http::{
        Edge,
        error::{ApiError, Envelope, rfc3339},
        form::{Fault, Form},
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
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Asked {
    /// The conversation, as an answer named it. A `+` is written `%2B`.
    thread_id: String,
    /// The `after` of the page before; 0 or left out: from the beginning.
    #[param(required = false)]
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
    /// Who said it: the bot, or a person of the business.
    by: Author,
    #[serde(flatten)]
    #[schema(value_type = crate::http::openapi::ReplyShape)]
    reply: Reply,
}

/// Who said a reply.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = ReplyAuthor)]
enum Author {
    Bot,
    Person,
}

// === impl Replies ===

impl Replies {
    pub(in crate::http) fn new(edge: Arc<Edge>) -> Self {
        let envelope = Envelope::new(Arc::clone(&edge.clock));
        Self { edge, envelope }
    }

    async fn page(&self, uri: &Uri, evidence: Evidence) -> Result<Response<Body>, ApiError> {
        let asked = Asked::read(uri)?;
        let thread = ThreadKey {
            business: evidence
                .business
                .unwrap_or_else(|| self.edge.businesses.default_business().id.clone()),
            source: SourceKind::Direct,
            trust: evidence.scheme.trust(),
            key: asked.thread_id.as_str().into(),
        };
        let stored = self.edge.store.replies(&thread, asked.after, PAGE).await?;
        let page = Page {
            thread_id: asked.thread_id,
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
            by: if stored.by_person {
                Author::Person
            } else {
                Author::Bot
            },
            reply: stored.reply,
        }
    }
}

// === impl Asked ===

impl Asked {
    fn read(uri: &Uri) -> Result<Self, ApiError> {
        let mut form = Form::of_query(uri);
        let thread_id = form.required("thread_id", thread_id);
        let after = form.optional("after", after);
        form.finish(|| {
            Some(Self {
                thread_id: thread_id?,
                after: after?.unwrap_or(0),
            })
        })
    }
}

/// A thread id is often a phone, and a bare `+` in a query reads as a space. No thread id begins
/// with a space, so that what was meant is plain.
fn thread_id(value: &Value) -> Result<String, Fault> {
    let thread_id = value.as_str().ok_or("must be given once")?;
    Ok(match thread_id.strip_prefix(' ') {
        Some(rest) => format!("+{rest}"),
        None => thread_id.to_owned(),
    })
}

fn after(value: &Value) -> Result<u64, Fault> {
    let number = value.as_str().and_then(|text| text.parse().ok());
    number.ok_or("must be a whole number, 0 when left out")
}
