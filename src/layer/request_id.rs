//! Gives every request an id and tells it in the answer.
//!
//! The invariant: every answer carries `x-request-id`, a short plain word: the caller's own where
//! it is one, else ours.

use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll, ready},
};

use axum::http::{HeaderName, HeaderValue, Request, Response};
use pin_project_lite::pin_project;
use tower::{Layer, Service};
use uuid::Uuid;

/// The header that carries the id in and out.
pub const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest id that is taken from a caller, in bytes.
const MAX_BYTES: usize = 128;

/// The id of a request, in its extensions.
#[derive(Debug, Clone)]
pub struct RequestId(HeaderValue);

/// Adds the id.
#[derive(Debug, Clone)]
pub struct RequestIdLayer {
    ids: Arc<Ids>,
}

/// The service of [`RequestIdLayer`].
#[derive(Debug, Clone)]
pub struct SetRequestId<S> {
    inner: S,
    ids: Arc<Ids>,
}

pin_project! {
    /// The answer of [`SetRequestId`].
    #[derive(Debug)]
    pub struct ResponseFuture<F> {
        #[pin]
        inner: F,
        id: HeaderValue,
    }
}

/// One random word a process and a counter: unique, and far cheaper than a random id a request.
#[derive(Debug)]
struct Ids {
    process: String,
    next: AtomicU64,
}

// === impl RequestId ===

impl RequestId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }
}

// === impl RequestIdLayer ===

impl Default for RequestIdLayer {
    fn default() -> Self {
        let mut process = Uuid::new_v4().simple().to_string();
        process.truncate(12);
        Self {
            ids: Arc::new(Ids {
                process,
                next: AtomicU64::new(1),
            }),
        }
    }
}

impl<S> Layer<S> for RequestIdLayer {
    type Service = SetRequestId<S>;

    fn layer(&self, inner: S) -> Self::Service {
        SetRequestId {
            inner,
            ids: Arc::clone(&self.ids),
        }
    }
}

// === impl SetRequestId ===

impl<S, B, A> Service<Request<B>> for SetRequestId<S>
where
    S: Service<Request<B>, Response = Response<A>>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = ResponseFuture<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        let id = request
            .headers()
            .get(X_REQUEST_ID)
            .filter(|id| is_plain(id))
            .cloned()
            .unwrap_or_else(|| self.ids.next());
        request.extensions_mut().insert(RequestId(id.clone()));
        ResponseFuture {
            inner: self.inner.call(request),
            id,
        }
    }
}

impl<F, A, E> Future for ResponseFuture<F>
where
    F: Future<Output = Result<Response<A>, E>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let mut response = ready!(this.inner.poll(cx))?;
        response.headers_mut().insert(X_REQUEST_ID, this.id.clone());
        Poll::Ready(Ok(response))
    }
}

// === impl Ids ===

impl Ids {
    fn next(&self) -> HeaderValue {
        let n = self.next.fetch_add(1, Ordering::Relaxed);
        HeaderValue::try_from(format!("{}-{n:x}", self.process))
            .expect("invariant: hexadecimal digits and a dash are header text")
    }
}

/// Whether a caller's id can stand in a log line and a header as it is.
fn is_plain(id: &HeaderValue) -> bool {
    let id = id.as_bytes();
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (1..=MAX_BYTES).contains(&id.len()) && id.iter().all(plain)
}

#[cfg(test)]
mod tests {
    use tower_test::mock;

    use super::*;

    async fn id_for(sent: Option<&str>) -> String {
        let (mut service, mut handle) =
            mock::spawn_layer::<Request<()>, Response<()>, _>(RequestIdLayer::default());
        handle.allow(1);
        assert!(service.poll_ready().is_ready());
        let mut request = Request::new(());
        if let Some(sent) = sent {
            let sent = HeaderValue::from_str(sent).unwrap();
            request.headers_mut().insert(X_REQUEST_ID, sent);
        }
        let answer = service.call(request);
        let (request, respond) = handle.next_request().await.unwrap();
        let seen = request.extensions().get::<RequestId>().unwrap().clone();
        respond.send_response(Response::new(()));
        let answer = answer.await.unwrap();
        assert_eq!(answer.headers()[X_REQUEST_ID], seen.as_str());
        seen.as_str().to_owned()
    }

    #[tokio::test]
    async fn a_plain_id_of_the_caller_is_kept() {
        assert_eq!(id_for(Some("job_7.retry-2")).await, "job_7.retry-2");
    }

    #[tokio::test]
    async fn what_is_not_a_plain_word_is_replaced() {
        let long = "x".repeat(MAX_BYTES + 1);
        for sent in [None, Some(""), Some("a b"), Some("a=\"b\""), Some(&*long)] {
            let id = id_for(sent).await;
            assert_ne!(Some(&*id), sent);
            assert!(is_plain(&HeaderValue::from_str(&id).unwrap()), "{id}");
        }
    }

    #[test]
    fn made_ids_differ() {
        let layer = RequestIdLayer::default();
        assert_ne!(layer.ids.next(), layer.ids.next());
        assert_ne!(layer.ids.process, RequestIdLayer::default().ids.process);
    }
}
