//! Reads the body and lets only what proves itself reach the handler.
//!
//! The invariant: the inner service takes [`Verified`] bytes, so that no handler behind this layer
//! can be called with bytes that the source's policy did not pass. What is verified are the raw
//! bytes, before anything reads meaning into them. What passes unsigned was made on this machine.
//!
//! A body that is not there at once is kept only if the headers alone do not already show that it
//! cannot pass ([`Entrance::check_headers`]). A secret in a header is judged completely there. An
//! HMAC or Ed25519 signature is not: its verdict needs the last byte, and by then the bytes have to
//! be here. An HMAC could be computed as they arrive, but that saves no memory, and its time (1 to
//! 2 ms for the longest body) is no longer in sum. A signature within the body shows nothing before
//! its end either. What those bodies may take is bounded instead: see [`body`].

use std::{
    convert::Infallible,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use axum::{
    body::Body,
    http::{Request, Response, request},
};
use bytes::Bytes;
use pin_project_lite::pin_project;
use tower::{Layer, Service};

use super::{
    Proof, Refuse,
    body::{self, BodyTerms, Discard, ReadBody},
    origin::Origin,
};
use crate::{
    clock::Clock,
    message::Trust,
    signature::{self, Scheme, Verified},
    source::Entrance,
};

/// Why a request does not reach its handler.
#[derive(Debug)]
pub enum Refusal {
    /// Its body was not read.
    Body(body::Refusal),
    /// It did not prove itself.
    Unproven(signature::Error),
}

/// Which bytes of a request are signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signed {
    /// The raw body.
    Body,
    /// The raw query, of a request that has no body.
    Query,
}

/// Lets pass what a source authenticates.
#[derive(Debug, Clone)]
pub struct VerifySignatureLayer<R> {
    gate: Arc<Gate<R>>,
}

/// The service of [`VerifySignatureLayer`].
#[derive(Debug, Clone)]
pub struct VerifySignature<S, R> {
    inner: S,
    gate: Arc<Gate<R>>,
}

#[derive(Debug)]
struct Gate<R> {
    entrance: Arc<dyn Entrance>,
    signed: Signed,
    max_body_bytes: usize,
    terms: BodyTerms,
    clock: Arc<dyn Clock>,
    refuse: R,
}

pin_project! {
    /// The answer of [`VerifySignature`].
    #[derive(Debug)]
    pub struct ResponseFuture<S, F, R> {
        #[pin]
        state: State<S, F>,
        gate: Arc<Gate<R>>,
    }
}

pin_project! {
    #[project = StateProjection]
    #[derive(Debug)]
    enum State<S, F> {
        Reading { body: ReadBody, head: Option<request::Parts>, inner: S, is_checked: bool },
        Refusing { rest: Discard, error: signature::Error },
        Answering { #[pin] answer: F, proof: Proof },
    }
}

// === impl VerifySignatureLayer ===

impl<R> VerifySignatureLayer<R> {
    /// Lets pass what `entrance` authenticates by its `signed` bytes.
    pub fn new(
        entrance: Arc<dyn Entrance>,
        signed: Signed,
        terms: BodyTerms,
        clock: Arc<dyn Clock>,
        refuse: R,
    ) -> Self {
        Self {
            gate: Arc::new(Gate {
                max_body_bytes: entrance.max_body_bytes(),
                entrance,
                signed,
                terms,
                clock,
                refuse,
            }),
        }
    }
}

impl<S, R> Layer<S> for VerifySignatureLayer<R> {
    type Service = VerifySignature<S, R>;

    fn layer(&self, inner: S) -> Self::Service {
        VerifySignature {
            inner,
            gate: Arc::clone(&self.gate),
        }
    }
}

// === impl VerifySignature ===

impl<S, R> Service<Request<Body>> for VerifySignature<S, R>
where
    S: Service<Request<Verified<Bytes>>, Response = Response<Body>, Error = Infallible> + Clone,
    R: Refuse<Refusal>,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = ResponseFuture<S, S::Future, R>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let (head, body) = request.into_parts();
        let gate = &self.gate;
        let mut body = ReadBody::new(&head, body, gate.max_body_bytes, &gate.terms);
        // Before the body is asked for. Others are judged once it shows that they are not there yet.
        let is_checked = body.waits_for_continue() || !body.is_kept();
        if body.is_kept()
            && body.waits_for_continue()
            && let Err(error) = gate.check_headers(&head)
        {
            let rest = body.discard();
            return ResponseFuture {
                state: State::Refusing { rest, error },
                gate: Arc::clone(gate),
            };
        }
        // The one that was polled ready goes along; its clone stays.
        let clone = self.inner.clone();
        let inner = std::mem::replace(&mut self.inner, clone);
        ResponseFuture {
            state: State::Reading {
                body,
                head: Some(head),
                inner,
                is_checked,
            },
            gate: Arc::clone(&self.gate),
        }
    }
}

impl<S, F, R> Future for ResponseFuture<S, F, R>
where
    S: Service<Request<Verified<Bytes>>, Response = Response<Body>, Error = Infallible, Future = F>,
    F: Future<Output = Result<Response<Body>, Infallible>>,
    R: Refuse<Refusal>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        loop {
            let next = match this.state.as_mut().project() {
                StateProjection::Refusing { rest, error } => {
                    ready!(Pin::new(rest).poll(cx));
                    let refusal = Refusal::Unproven(*error);
                    return Poll::Ready(Ok(this.gate.refuse(refusal)));
                }
                StateProjection::Reading {
                    body,
                    head,
                    inner,
                    is_checked,
                } => {
                    let Poll::Ready(read) = Pin::new(&mut *body).poll(cx) else {
                        let unchecked = head.as_ref().filter(|_| !*is_checked);
                        *is_checked = true;
                        match unchecked.map(|head| this.gate.check_headers(head)) {
                            Some(Err(error)) => {
                                let rest = body.discard();
                                this.state.set(State::Refusing { rest, error });
                                continue;
                            }
                            _ => return Poll::Pending,
                        }
                    };
                    let read = read.map_err(Refusal::Body);
                    let head = head
                        .take()
                        .expect("invariant: a body is read to its end once");
                    let verified = read.and_then(|bytes| this.gate.verify(&head, bytes));
                    match verified {
                        Err(refusal) => return Poll::Ready(Ok(this.gate.refuse(refusal))),
                        Ok(verified) => {
                            let proof = proof_of(&verified);
                            let answer = inner.call(Request::from_parts(head, verified));
                            State::Answering { answer, proof }
                        }
                    }
                }
                StateProjection::Answering { answer, proof } => {
                    let Ok(mut response) = ready!(answer.poll(cx));
                    response.extensions_mut().insert(*proof);
                    return Poll::Ready(Ok(response));
                }
            };
            this.state.set(next);
        }
    }
}

// === impl Gate ===

impl<R> Gate<R> {
    fn check_headers(&self, head: &request::Parts) -> Result<(), signature::Error> {
        self.entrance.check_headers(&head.headers, self.clock.now())
    }

    fn verify(&self, head: &request::Parts, body: Bytes) -> Result<Verified<Bytes>, Refusal> {
        let signed = match self.signed {
            Signed::Body => body,
            Signed::Query => Bytes::copy_from_slice(head.uri.query().unwrap_or("").as_bytes()),
        };
        let verified = self
            .entrance
            .authenticate(&head.headers, signed, self.clock.now())
            .map_err(Refusal::Unproven)?;
        let is_unproven = verified.evidence().scheme == Scheme::Unsigned;
        // A phone is no secret: whoever names one over the network must not get its conversation.
        if is_unproven && !Origin::of(&head.extensions).is_local() {
            return Err(Refusal::Unproven(signature::Error::Remote));
        }
        Ok(verified)
    }

    fn refuse(&self, refusal: Refusal) -> Response<Body>
    where
        R: Refuse<Refusal>,
    {
        // Want of memory is our own fault and says nothing of the sender.
        let is_ours = matches!(
            refusal,
            Refusal::Body(body::Refusal::NoBudget | body::Refusal::AddressShare)
        );
        let mut response = self.refuse.refuse(refusal);
        if !is_ours {
            response.extensions_mut().insert(Proof::NotGiven);
        }
        response
    }
}

fn proof_of(verified: &Verified<Bytes>) -> Proof {
    match verified.evidence().scheme.trust() {
        Trust::Verified => Proof::Given,
        Trust::Unverified => Proof::NotGiven,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::http::{HeaderMap, StatusCode};
    use chrono::{DateTime, Utc};
    use futures_util::{FutureExt as _, StreamExt as _, stream};
    use tokio::time::Instant;
    use tokio_test::task;
    use tower::service_fn;
    use tower_test::mock;

    use super::*;
    use crate::{
        clock::SystemClock,
        message::{Arrival, SourceKind},
        signature::{Secrets, Unsigned, shared_secret},
        source::{Invalid, Source},
    };

    #[derive(Debug)]
    struct Door;

    impl Entrance for Door {
        fn max_body_bytes(&self) -> usize {
            16
        }

        fn check_headers(
            &self,
            headers: &HeaderMap,
            _: DateTime<Utc>,
        ) -> Result<(), signature::Error> {
            match headers.get("x-secret") {
                Some(given) if given == "malformed" => Err(signature::Error::Malformed),
                _ => Ok(()),
            }
        }

        fn authenticate(
            &self,
            headers: &HeaderMap,
            signed: Bytes,
            _: DateTime<Utc>,
        ) -> Result<Verified<Bytes>, signature::Error> {
            match headers.get("x-secret") {
                None => Unsigned::Accept.apply(signed),
                Some(given) => {
                    let secrets = Secrets::parse("right").unwrap();
                    shared_secret::verify(&secrets, given.as_bytes(), signed)
                }
            }
        }
    }

    impl Source for Door {
        fn kind(&self) -> SourceKind {
            SourceKind::Direct
        }

        fn parse(
            &self,
            _: &HeaderMap,
            _: Verified<Bytes>,
            _: DateTime<Utc>,
        ) -> Result<Vec<Arrival>, Invalid> {
            Ok(Vec::new())
        }
    }

    #[derive(Debug, Clone)]
    struct Plain;

    impl Refuse<Refusal> for Plain {
        fn refuse(&self, _: Refusal) -> Response<Body> {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::FORBIDDEN;
            response
        }
    }

    fn terms(budget_bytes: usize) -> BodyTerms {
        BodyTerms::new(budget_bytes, Duration::from_secs(30))
    }

    /// What reached the handler of a request on this machine, and what the sender's standing is
    /// afterwards.
    async fn passed(
        signed: Signed,
        terms: &BodyTerms,
        secret: Option<&str>,
        body: Body,
    ) -> (Option<Bytes>, Option<Proof>) {
        passed_from(Some(Origin::Local), signed, terms, secret, body).await
    }

    async fn passed_from(
        origin: Option<Origin>,
        signed: Signed,
        terms: &BodyTerms,
        secret: Option<&str>,
        body: Body,
    ) -> (Option<Bytes>, Option<Proof>) {
        let clock = Arc::new(SystemClock);
        let layer = VerifySignatureLayer::new(Arc::new(Door), signed, terms.clone(), clock, Plain);
        let (inner, mut handle) = mock::pair::<Request<Verified<Bytes>>, Response<Body>>();
        // The mock fails with errors of its own, which no handler of ours does.
        let inner = tower::util::MapErr::new(inner, |error| -> Infallible { panic!("{error}") });
        let mut service = mock::Spawn::new(layer.layer(inner));
        handle.allow(1);
        assert!(service.poll_ready().is_ready());
        let mut request = Request::builder().uri("/?thread_id=1");
        if let Some(secret) = secret {
            request = request.header("x-secret", secret);
        }
        let mut request = request.body(body).unwrap();
        if let Some(origin) = origin {
            request.extensions_mut().insert(origin);
        }
        let mut answer = task::spawn(service.call(request));
        if let Poll::Ready(Ok(refused)) = answer.poll() {
            assert_eq!(refused.status(), StatusCode::FORBIDDEN);
            return (None, refused.extensions().get().copied());
        }
        let (request, respond) = handle.next_request().await.unwrap();
        respond.send_response(Response::new(Body::empty()));
        let proof = answer.await.unwrap().extensions().get().copied();
        (Some(request.into_body().get().clone()), proof)
    }

    #[tokio::test]
    async fn only_what_the_source_lets_pass_reaches_the_handler() {
        let terms = terms(64);
        let with = |secret| passed(Signed::Body, &terms, secret, Body::from("bytes"));
        let bytes = Some(Bytes::from("bytes"));
        assert_eq!(
            with(Some("right")).await,
            (bytes.clone(), Some(Proof::Given))
        );
        assert_eq!(with(None).await, (bytes, Some(Proof::NotGiven)));
        assert_eq!(with(Some("wrong")).await, (None, Some(Proof::NotGiven)));
        assert_eq!(terms.taken(), 0);
    }

    #[tokio::test]
    async fn without_a_proof_only_this_machine_is_let_in() {
        let terms = terms(64);
        for origin in [None, Some(Origin::Remote)] {
            for (signed, body) in [(Signed::Body, "bytes"), (Signed::Query, "")] {
                let with = |secret| passed_from(origin, signed, &terms, secret, Body::from(body));
                assert_eq!(with(None).await, (None, Some(Proof::NotGiven)));
                assert_eq!(with(Some("right")).await.1, Some(Proof::Given));
            }
        }
    }

    #[tokio::test]
    async fn of_a_request_without_a_body_the_raw_query_is_signed() {
        let terms = terms(64);
        let (seen, _) = passed(Signed::Query, &terms, Some("right"), Body::empty()).await;
        assert_eq!(seen, Some(Bytes::from("thread_id=1")));
    }

    #[tokio::test]
    async fn a_body_too_long_tells_of_its_sender_and_want_of_memory_does_not() {
        let (roomy, tiny) = (terms(64), terms(1));
        let long = || Body::from("more than sixteen bytes");
        let refused = passed(Signed::Body, &roomy, Some("right"), long()).await;
        assert_eq!(refused, (None, Some(Proof::NotGiven)));
        let refused = passed(Signed::Body, &tiny, Some("right"), Body::from("bytes")).await;
        assert_eq!(refused, (None, None));
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_is_not_kept_where_the_headers_show_that_it_cannot_pass() {
        let terms = terms(64);
        let endless = || {
            let piece = stream::once(async { Ok::<_, Infallible>("some bytes") });
            Body::from_stream(piece.chain(stream::pending()))
        };
        let clock = Arc::new(SystemClock);
        let layer =
            VerifySignatureLayer::new(Arc::new(Door), Signed::Body, terms.clone(), clock, Plain);
        let never = service_fn(|_: Request<Verified<Bytes>>| async {
            Ok::<_, Infallible>(Response::new(Body::empty()))
        });
        let mut service = layer.layer(never);
        for (secret, kept, seconds) in [("malformed", 0, 2), ("wrong", 10, 5)] {
            let request = Request::builder().header("x-secret", secret);
            let began = Instant::now();
            let mut answer = task::spawn(service.call(request.body(endless()).unwrap()));
            assert!(answer.poll().is_pending());
            assert_eq!(terms.taken(), kept, "{secret}");
            assert_eq!(answer.await.unwrap().status(), StatusCode::FORBIDDEN);
            assert_eq!(began.elapsed().as_secs(), seconds, "{secret}");
        }
        let request = Request::builder().header("x-secret", "malformed");
        let request = request.header("expect", "100-continue");
        let answer = service
            .call(request.body(endless()).unwrap())
            .now_or_never();
        assert_eq!(answer.unwrap().unwrap().status(), StatusCode::FORBIDDEN);
    }
}
