//! Ends a request that takes too long, so that its place does not stay taken.
//!
//! The invariant: whatever a handler waits for, its caller has an answer by the deadline. What was
//! handed to the store by then is still done there: only the waiting ends.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    body::Body,
    http::{Request, Response},
};
use pin_project_lite::pin_project;
use tokio::time::{Sleep, sleep};
use tower::{Layer, Service};

use super::Refuse;

/// The deadline passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Elapsed;

/// Limits how long a request takes.
#[derive(Debug, Clone)]
pub struct TimeoutLayer<R> {
    after: Duration,
    refuse: R,
}

/// The service of [`TimeoutLayer`].
#[derive(Debug, Clone)]
pub struct Timeout<S, R> {
    inner: S,
    after: Duration,
    refuse: R,
}

pin_project! {
    /// The answer of [`Timeout`].
    #[derive(Debug)]
    pub struct ResponseFuture<F, R> {
        #[pin]
        inner: F,
        #[pin]
        deadline: Sleep,
        refuse: R,
    }
}

// === impl TimeoutLayer ===

impl<R> TimeoutLayer<R> {
    /// Refuses what has no answer after that time.
    pub fn new(after: Duration, refuse: R) -> Self {
        Self { after, refuse }
    }
}

impl<S, R: Clone> Layer<S> for TimeoutLayer<R> {
    type Service = Timeout<S, R>;

    fn layer(&self, inner: S) -> Self::Service {
        Timeout {
            inner,
            after: self.after,
            refuse: self.refuse.clone(),
        }
    }
}

// === impl Timeout ===

impl<S, R, B> Service<Request<B>> for Timeout<S, R>
where
    S: Service<Request<B>, Response = Response<Body>>,
    R: Refuse<Elapsed>,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = ResponseFuture<S::Future, R>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        ResponseFuture {
            inner: self.inner.call(request),
            deadline: sleep(self.after),
            refuse: self.refuse.clone(),
        }
    }
}

impl<F, R, E> Future for ResponseFuture<F, R>
where
    F: Future<Output = Result<Response<Body>, E>>,
    R: Refuse<Elapsed>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        if let Poll::Ready(answer) = this.inner.poll(cx) {
            return Poll::Ready(answer);
        }
        this.deadline
            .poll(cx)
            .map(|()| Ok(this.refuse.refuse(Elapsed)))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use tower_test::mock;

    use super::*;

    #[derive(Debug, Clone)]
    struct Plain;

    impl Refuse<Elapsed> for Plain {
        fn refuse(&self, _: Elapsed) -> Response<Body> {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
            response
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_not_answered_in_time_is_refused() {
        let layer = TimeoutLayer::new(Duration::from_secs(70), Plain);
        let (mut service, mut handle) = mock::spawn_layer::<Request<()>, Response<Body>, _>(layer);
        handle.allow(1);
        assert!(service.poll_ready().is_ready());
        let mut answer = tokio_test::task::spawn(service.call(Request::new(())));
        tokio::time::advance(Duration::from_secs(69)).await;
        assert!(answer.poll().is_pending());
        tokio::time::advance(Duration::from_secs(2)).await;
        let Poll::Ready(Ok(answer)) = answer.poll() else {
            panic!("the deadline passed without an answer");
        };
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    }
}
