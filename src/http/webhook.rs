//! One service for every door: parse, make durable, answer.
//!
//! The invariant: a 2xx is written only after `accept` said that every item is on disk or was there
//! already.

mod answer;
mod callback;
mod handshake;
mod prefer;
mod replies;
mod wait;

use std::{
    convert::Infallible,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{
    body::Body,
    http::{Request, Response},
};
use bytes::Bytes;
use futures_util::future::BoxFuture;
use tower::Service;

pub(super) use self::{
    answer::DirectAnswer,
    callback::{Callback, Taken},
    handshake::handshake,
    replies::{Asked, Page, Replies},
};
use self::{prefer::Wait, wait::Waited};
use super::{
    Edge,
    error::{ApiError, Envelope, ErrorCode, internal},
    form::query,
};
use crate::{
    layer::{load_shed::InFlight, rate_limit},
    message::{Arrival, MessageId, SourceKind, UnprocessedReason},
    metrics::LimitScope,
    signature::Verified,
    source::Source,
    store::Receipt,
};

/// Takes the deliveries of one source.
#[derive(Debug, Clone)]
pub(super) struct Webhook {
    source: Arc<dyn Source>,
    edge: Arc<Edge>,
    envelope: Envelope,
}

/// What has to be known of a direct message after it was handed to the store.
struct Sent {
    thread_id: Box<str>,
    id: Option<MessageId>,
}

// === impl Webhook ===

impl Webhook {
    pub(super) fn new(source: Arc<dyn Source>, edge: Arc<Edge>) -> Self {
        let envelope = Envelope::new(Arc::clone(&edge.clock));
        Self {
            source,
            edge,
            envelope,
        }
    }

    async fn take(&self, request: Request<Verified<Bytes>>) -> Result<Response<Body>, ApiError> {
        let (head, body) = request.into_parts();
        let now = self.edge.clock.now();
        if self.source.kind() != SourceKind::Direct {
            // With any query: the address is what the operator entered at the provider, and a
            // refusal would lose messages.
            let arrivals = self.source.parse(&head.headers, body, now)?;
            return self.take_delivery(arrivals).await;
        }
        query::check(&head.uri, &[])?;
        let arrivals = self.source.parse(&head.headers, body, now)?;
        let wait = Wait::asked_for(&head.headers);
        let in_flight = head.extensions.get::<InFlight>();
        self.take_direct(arrivals, wait, in_flight).await
    }

    /// A provider's delivery: whatever is in it, it is kept and answered 200.
    async fn take_delivery(&self, arrivals: Vec<Arrival>) -> Result<Response<Body>, ApiError> {
        let reasons: Vec<_> = arrivals.iter().map(unprocessed).collect();
        let receipts = self.edge.store.accept(arrivals).await?;
        self.count(&receipts);
        self.show_unprocessed(&reasons, &receipts);
        Ok(answer::delivery(&receipts, self.edge.clock.now()))
    }

    /// One message of an own client, who may wait for what is said to it.
    async fn take_direct(
        &self,
        arrivals: Vec<Arrival>,
        wait: Option<Wait>,
        in_flight: Option<&InFlight>,
    ) -> Result<Response<Body>, ApiError> {
        let sent = match arrivals.first() {
            Some(Arrival::Message(message)) => Sent {
                thread_id: message.thread.key.clone(),
                id: message.id.clone(),
            },
            // Not a customer's message: kept all the same, with nothing to wait for.
            _ => return self.take_delivery(arrivals).await,
        };
        let receipts = self.edge.store.accept(arrivals).await?;
        self.count(&receipts);
        let receipt = receipts.into_iter().next();
        let (is_new, place) = match receipt.ok_or_else(internal)? {
            Receipt::Accepted { thread, seq, .. } => (true, Some((thread, seq))),
            Receipt::Duplicate { first } => (false, first),
            Receipt::Recorded => (true, None),
            Receipt::Conflict => return Err(conflict()),
            Receipt::Limited { retry_after } => return Err(self.limited(retry_after)),
        };
        let waited = match (wait, place) {
            (Some(wait), Some(place)) => {
                Waited::for_answer(&self.edge, place, wait, in_flight).await
            }
            _ => Waited::Not,
        };
        Ok(DirectAnswer::new(is_new, sent, place, waited).into_response(self.edge.clock.now()))
    }

    fn count(&self, receipts: &[Receipt]) {
        for receipt in receipts {
            match receipt {
                Receipt::Duplicate { .. } => self.edge.metrics.duplicate(self.source.kind()),
                Receipt::Accepted { deferred: true, .. } => {
                    self.edge.metrics.rate_limited(LimitScope::Deferred);
                }
                _ => {}
            }
        }
    }

    /// Makes it known what was kept and reached nobody.
    fn show_unprocessed(&self, reasons: &[Option<UnprocessedReason>], receipts: &[Receipt]) {
        let Edge {
            metrics,
            health,
            clock,
            ..
        } = &*self.edge;
        let source = self.source.kind();
        let kept = reasons.iter().zip(receipts);
        for (reason, _) in kept.filter(|(_, receipt)| **receipt == Receipt::Recorded) {
            match reason {
                Some(UnprocessedReason::Unrouted) => {
                    metrics.unrouted(source);
                    health.note_unrouted(clock.now());
                }
                Some(UnprocessedReason::NotUnderstood) => metrics.not_understood(source),
                None => {}
            }
        }
    }

    /// The sender's limit lives in the store, since only there a duplicate, which costs nothing, is
    /// told from a new message.
    fn limited(&self, retry_after: std::time::Duration) -> ApiError {
        match self.edge.limits.sender_per_minute {
            Some(per_minute) => {
                let policy = rate_limit::Config::per_minute(per_minute);
                ApiError::rate_limited(LimitScope::Sender, policy, retry_after)
                    .with_reason("sender_limit")
            }
            None => internal().with_reason("limited_without_a_limit"),
        }
    }
}

impl Service<Request<Verified<Bytes>>> for Webhook {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response<Body>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Verified<Bytes>>) -> Self::Future {
        let this = self.clone();
        Box::pin(async move {
            let answer = this.take(request).await;
            Ok(answer.unwrap_or_else(|error| this.envelope.answer(error)))
        })
    }
}

fn unprocessed(arrival: &Arrival) -> Option<UnprocessedReason> {
    match arrival {
        Arrival::Unprocessed(item) => Some(item.reason),
        _ => None,
    }
}

fn conflict() -> ApiError {
    ApiError::new(
        ErrorCode::Conflict,
        "A message with this id came before with another phone, thread or text.",
    )
    .with_reason("message_id_reused")
}
