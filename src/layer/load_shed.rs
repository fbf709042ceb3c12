//! Refuses at once what is too many at once, instead of letting it queue.
//!
//! The invariant: no more than the limit are being worked on. A request that only waits (for its
//! replies) lends its place to others meanwhile ([`InFlight::lend`]).

use std::{
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{
    body::Body,
    http::{Request, Response},
};
use pin_project_lite::pin_project;
use tower::{Layer, Service};

use super::{
    Refuse,
    allowance::{Allowance, Lent, Share},
};

/// As many requests as may are being worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overloaded;

/// The place that a request holds, in its extensions.
#[derive(Debug, Clone)]
pub struct InFlight(Arc<Allowance>);

/// Limits how many requests are worked on at once.
#[derive(Debug, Clone)]
pub struct LoadShedLayer<R> {
    places: Arc<Allowance>,
    refuse: R,
}

/// The service of [`LoadShedLayer`].
#[derive(Debug, Clone)]
pub struct LoadShed<S, R> {
    inner: S,
    places: Arc<Allowance>,
    refuse: R,
}

pin_project! {
    /// The answer of [`LoadShed`].
    #[derive(Debug)]
    pub struct ResponseFuture<F> {
        #[pin]
        state: State<F>,
    }
}

pin_project! {
    #[project = StateProjection]
    #[derive(Debug)]
    enum State<F> {
        Refused { response: Option<Response<Body>> },
        Passed { #[pin] inner: F, place: Share },
    }
}

// === impl InFlight ===

impl InFlight {
    /// A place among those.
    pub fn of(places: &Arc<Allowance>) -> Self {
        Self(Arc::clone(places))
    }

    /// Lends the place until the guard is dropped.
    pub fn lend(&self) -> Lent {
        self.0.lend(1)
    }
}

// === impl LoadShedLayer ===

impl<R> LoadShedLayer<R> {
    /// Lets in as many at once as the allowance has.
    pub fn new(places: Arc<Allowance>, refuse: R) -> Self {
        Self { places, refuse }
    }
}

impl<S, R: Clone> Layer<S> for LoadShedLayer<R> {
    type Service = LoadShed<S, R>;

    fn layer(&self, inner: S) -> Self::Service {
        LoadShed {
            inner,
            places: Arc::clone(&self.places),
            refuse: self.refuse.clone(),
        }
    }
}

// === impl LoadShed ===

impl<S, R, B> Service<Request<B>> for LoadShed<S, R>
where
    S: Service<Request<B>, Response = Response<Body>>,
    R: Refuse<Overloaded>,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = ResponseFuture<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        let Ok(place) = self.places.try_take(1) else {
            let response = Some(self.refuse.refuse(Overloaded));
            return ResponseFuture {
                state: State::Refused { response },
            };
        };
        let in_flight = InFlight::of(&self.places);
        request.extensions_mut().insert(in_flight);
        let inner = self.inner.call(request);
        ResponseFuture {
            state: State::Passed { inner, place },
        }
    }
}

impl<F, E> Future for ResponseFuture<F>
where
    F: Future<Output = Result<Response<Body>, E>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project().state.project() {
            StateProjection::Passed { inner, .. } => inner.poll(cx),
            StateProjection::Refused { response } => Poll::Ready(Ok(response
                .take()
                .expect("invariant: a future is not polled after it was ready"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use tower_test::mock;

    use super::*;

    #[derive(Debug, Clone)]
    struct Plain;

    impl Refuse<Overloaded> for Plain {
        fn refuse(&self, _: Overloaded) -> Response<Body> {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
            response
        }
    }

    #[tokio::test]
    async fn one_too_many_is_refused_until_a_place_is_free_or_lent() {
        let layer = LoadShedLayer::new(Allowance::new(1), Plain);
        let (mut service, mut handle) = mock::spawn_layer::<Request<()>, Response<Body>, _>(layer);
        handle.allow(4);
        assert!(service.poll_ready().is_ready());
        let first = service.call(Request::new(()));
        assert!(service.poll_ready().is_ready());
        let second = service.call(Request::new(())).await.unwrap();
        assert_eq!(second.status(), StatusCode::SERVICE_UNAVAILABLE);

        let (request, respond) = handle.next_request().await.unwrap();
        let lent = request.extensions().get::<InFlight>().unwrap().lend();
        assert!(service.poll_ready().is_ready());
        let third = service.call(Request::new(()));
        let (_, respond_third) = handle.next_request().await.unwrap();
        drop(lent);
        respond.send_response(Response::new(Body::empty()));
        respond_third.send_response(Response::new(Body::empty()));
        assert_eq!(first.await.unwrap().status(), StatusCode::OK);
        assert_eq!(third.await.unwrap().status(), StatusCode::OK);

        assert!(service.poll_ready().is_ready());
        let fourth = service.call(Request::new(()));
        let (_, respond) = handle.next_request().await.unwrap();
        respond.send_response(Response::new(Body::empty()));
        assert_eq!(fourth.await.unwrap().status(), StatusCode::OK);
    }
}
