//! One line and one count for every request, written by the outermost hand.
//!
//! The invariant: nothing else logs a refusal. Whoever refuses leaves a [`Refused`] in the answer's
//! extensions, and this line prints it. It knows routes by their template and no content, so that
//! no phone, text or secret can reach it.

mod trace;

use std::{
    convert::Infallible,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{
    extract::MatchedPath,
    http::{Method, Request, Response, StatusCode},
};
use pin_project_lite::pin_project;
use tokio::time::Instant;
use tower::{Layer, Service};
use tracing::{Level, field};

use self::trace::TraceId;
use super::{Refused, client_ip::ClientIp, request_id::RequestId};
use crate::{
    message::SourceKind,
    metrics::{Metrics, RequestOutcome},
};

/// The target of the lines, to filter them by.
pub const TARGET: &str = "frontdesk::access";

/// What a route is to its line and its counters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RouteKind {
    /// POSTs to it are counted under that source.
    Webhook(SourceKind),
    /// Asked every few seconds: logged at debug level only.
    Probe,
    /// Anything else.
    Other,
}

/// Writes the line.
#[derive(Debug, Clone)]
pub struct AccessLogLayer {
    metrics: Arc<Metrics>,
    kind_of: fn(&str) -> RouteKind,
}

/// The service of [`AccessLogLayer`].
#[derive(Debug, Clone)]
pub struct AccessLog<S> {
    inner: S,
    metrics: Arc<Metrics>,
    kind_of: fn(&str) -> RouteKind,
}

pin_project! {
    /// The answer of [`AccessLog`].
    #[derive(Debug)]
    pub struct ResponseFuture<F> {
        #[pin]
        inner: F,
        record: Record,
    }
}

/// What is known of a request before it is answered.
///
/// Dropped unanswered, it still leaves its line: the client hung up.
#[derive(Debug)]
struct Record {
    metrics: Arc<Metrics>,
    began: Instant,
    id: Option<RequestId>,
    method: Method,
    route: Option<MatchedPath>,
    kind: RouteKind,
    trace: Option<TraceId>,
    client: Option<ClientIp>,
    answered: bool,
}

// === impl AccessLogLayer ===

impl AccessLogLayer {
    /// Logs and counts; `kind_of` tells what a route's template is.
    pub fn new(metrics: Arc<Metrics>, kind_of: fn(&str) -> RouteKind) -> Self {
        Self { metrics, kind_of }
    }
}

impl<S> Layer<S> for AccessLogLayer {
    type Service = AccessLog<S>;

    fn layer(&self, inner: S) -> Self::Service {
        AccessLog {
            inner,
            metrics: Arc::clone(&self.metrics),
            kind_of: self.kind_of,
        }
    }
}

// === impl AccessLog ===

impl<S, B, A> Service<Request<B>> for AccessLog<S>
where
    S: Service<Request<B>, Response = Response<A>, Error = Infallible>,
{
    type Response = Response<A>;
    type Error = Infallible;
    type Future = ResponseFuture<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let route = request.extensions().get::<MatchedPath>().cloned();
        let kind = match &route {
            Some(route) => (self.kind_of)(route.as_str()),
            None => RouteKind::Other,
        };
        let record = Record {
            metrics: Arc::clone(&self.metrics),
            began: Instant::now(),
            id: request.extensions().get().cloned(),
            method: request.method().clone(),
            route,
            kind,
            trace: TraceId::of(request.headers()),
            client: request.extensions().get().copied(),
            answered: false,
        };
        ResponseFuture {
            inner: self.inner.call(request),
            record,
        }
    }
}

impl<F, A> Future for ResponseFuture<F>
where
    F: Future<Output = Result<Response<A>, Infallible>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let Ok(response) = ready!(this.inner.poll(cx));
        this.record.answered = true;
        this.record
            .finish(response.status(), response.extensions().get());
        Poll::Ready(Ok(response))
    }
}

// === impl Record ===

impl Record {
    fn finish(&self, status: StatusCode, refused: Option<&Refused>) {
        let took = self.began.elapsed();
        if let RouteKind::Webhook(source) = self.kind
            && self.method == Method::POST
        {
            self.metrics.request(source, outcome(status), took);
            if let Some(refused) = refused {
                self.metrics.rejection(source, refused.code);
            }
        }
        if let Some(limit) = refused.and_then(|refused| refused.limit) {
            self.metrics.rate_limited(limit);
        }
        self.log(status.as_u16(), took, refused, None);
    }

    fn log(
        &self,
        status: u16,
        took: Duration,
        refused: Option<&Refused>,
        reason: Option<&'static str>,
    ) {
        let source = match self.kind {
            RouteKind::Webhook(source) => Some(source.as_str()),
            RouteKind::Probe | RouteKind::Other => None,
        };
        let cause = refused.and_then(|refused| refused.cause.as_deref());
        // Who knocks is told only where an operator may have to act on it.
        let client = refused.and(self.client);
        macro_rules! line {
            ($level:expr) => {
                tracing::event!(
                    target: TARGET,
                    $level,
                    request.id = self.id.as_ref().map(RequestId::as_str),
                    request.method = self.method.as_str(),
                    route = self.route.as_ref().map(MatchedPath::as_str),
                    source,
                    status,
                    duration_ms = millis(took),
                    reason = reason.or(refused.map(|refused| refused.reason)),
                    cause = cause.map(|cause| field::display(Chain(cause))),
                    client.address = client.map(|client| field::display(client.0)),
                    trace.id = self.trace.as_ref().map(TraceId::as_str),
                    "request"
                )
            };
        }
        match self.kind {
            RouteKind::Probe => line!(Level::DEBUG),
            _ if status >= 500 => line!(Level::WARN),
            _ => line!(Level::INFO),
        }
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        if !self.answered {
            // The status that nginx made customary for it; nothing was sent.
            self.log(499, self.began.elapsed(), None, Some("client_gone"));
        }
    }
}

/// An error and its causes, in one line.
struct Chain<'e>(&'e (dyn std::error::Error + Send + Sync));

impl std::fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)?;
        let mut next = self.0.source();
        while let Some(cause) = next {
            write!(f, ": {cause}")?;
            next = cause.source();
        }
        Ok(())
    }
}

fn outcome(status: StatusCode) -> RequestOutcome {
    match status {
        StatusCode::TOO_MANY_REQUESTS => RequestOutcome::Limited,
        _ if status.is_client_error() => RequestOutcome::Refused,
        _ if status.is_server_error() => RequestOutcome::Failed,
        _ => RequestOutcome::Accepted,
    }
}

/// Milliseconds, three digits after the point.
fn millis(took: Duration) -> f64 {
    let micros = u32::try_from(took.as_micros()).unwrap_or(u32::MAX);
    f64::from(micros) / 1000.0
}
