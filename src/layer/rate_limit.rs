//! Refuses an address whose requests keep failing to prove themselves, before a body is read.
//!
//! Failures are counted by what the request was to be let in by ([`Credential`]), so that wrong
//! signatures do not use up the attempts at a token, nor the other way round.
//!
//! The invariants: a verified request costs nothing, since all customers of a provider share its
//! addresses; an address that was verified lately is not refused for wrong signatures; guesses of a
//! token or secret are limited whatever else the address proved, and over the limit a right one is
//! refused too, since the answer would tell it from a wrong one; memory is bounded, and an address
//! that finds no room is let through to the check itself.

mod bucket;

use std::{
    collections::HashMap,
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{
    body::Body,
    http::{Request, Response},
};
use pin_project_lite::pin_project;
use tokio::time::Instant;
use tower::{Layer, Service};

use self::bucket::Bucket;
pub use self::bucket::{Config, Refusal};
use super::{Proof, Refuse, client_ip::Network, origin::Origin};
use crate::source::direct::SECRET_HEADER;

/// How long a verified request keeps its address from being refused for wrong signatures.
pub const TRUSTED_FOR: Duration = Duration::from_mins(10);

/// The most addresses that are remembered.
pub const MAX_ADDRESSES: usize = 65_536;

/// How often addresses that no longer matter are forgotten.
const SWEEP_EVERY: Duration = Duration::from_mins(1);

/// What a request is let in by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential {
    /// A signature over the request, which is not guessed.
    Signature,
    /// The secret itself, in the webhook's own header.
    SharedSecret,
    /// A token, in the `Authorization` header or the query.
    Token,
    /// Nothing: the route is open to everyone.
    Nothing,
}

/// What is known of every address.
#[derive(Debug)]
pub struct Addresses {
    config: Config,
    known: Mutex<Known>,
}

#[derive(Debug)]
struct Known {
    by_network: HashMap<Network, Standing>,
    next_sweep: Instant,
}

/// What is known of one address.
#[derive(Debug, Clone, Copy)]
struct Standing {
    signatures: Bucket,
    /// Tokens and shared secrets.
    guesses: Bucket,
    open: Bucket,
    trusted_until: Option<Instant>,
}

/// Limits the unproven requests of an address. Without [`Addresses`] it lets everything pass.
#[derive(Debug, Clone)]
pub struct RateLimitLayer<R> {
    addresses: Option<Arc<Addresses>>,
    credential: Credential,
    refuse: R,
}

/// The service of [`RateLimitLayer`].
#[derive(Debug, Clone)]
pub struct RateLimit<S, R> {
    inner: S,
    addresses: Option<Arc<Addresses>>,
    credential: Credential,
    refuse: R,
}

pin_project! {
    /// The answer of [`RateLimit`].
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
        Passed { #[pin] inner: F, note: Option<Note> },
    }
}

/// Whose request it was, and what it was to be let in by.
#[derive(Debug)]
struct Note {
    addresses: Arc<Addresses>,
    network: Network,
    credential: Credential,
}

// === impl Addresses ===

impl Addresses {
    /// Knows nobody yet.
    pub fn new(config: Config) -> Arc<Self> {
        Arc::new(Self {
            config,
            known: Mutex::new(Known {
                by_network: HashMap::new(),
                next_sweep: Instant::now() + SWEEP_EVERY,
            }),
        })
    }

    /// Whether a request of that address may come in.
    pub fn check(
        &self,
        network: Network,
        credential: Credential,
        now: Instant,
    ) -> Result<(), Refusal> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        match known.by_network.get(&network) {
            Some(standing) => standing.check(credential, now, &self.config),
            None => Ok(()),
        }
    }

    /// Notes what a request of that address proved.
    pub fn note(&self, network: Network, credential: Credential, proof: Proof, now: Instant) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if now >= known.next_sweep {
            known.next_sweep = now + SWEEP_EVERY;
            known.by_network.retain(|_, standing| standing.matters(now));
        }
        let has_room = known.by_network.len() < MAX_ADDRESSES;
        let standing = match known.by_network.get_mut(&network) {
            Some(standing) => standing,
            None if has_room => known
                .by_network
                .entry(network)
                .or_insert(Standing::new(now)),
            // Whoever floods from that many addresses must not lock new ones out.
            None => return,
        };
        standing.note(credential, proof, now, &self.config);
    }
}

// === impl Standing ===

impl Standing {
    fn new(now: Instant) -> Self {
        Self {
            signatures: Bucket::full(now),
            guesses: Bucket::full(now),
            open: Bucket::full(now),
            trusted_until: None,
        }
    }

    fn check(&self, credential: Credential, now: Instant, config: &Config) -> Result<(), Refusal> {
        let signature = || {
            if self.is_trusted(now) {
                return Ok(());
            }
            self.signatures.check(now, config)
        };
        match credential {
            Credential::Signature => signature(),
            Credential::SharedSecret => signature().and_then(|()| self.guesses.check(now, config)),
            Credential::Token => self.guesses.check(now, config),
            Credential::Nothing => self.open.check(now, config),
        }
    }

    fn note(&mut self, credential: Credential, proof: Proof, now: Instant, config: &Config) {
        match (credential, proof) {
            (Credential::Signature | Credential::SharedSecret, Proof::Given) => {
                self.trusted_until = Some(now + TRUSTED_FOR);
            }
            (Credential::Token | Credential::Nothing, Proof::Given) => {}
            (Credential::Signature, Proof::NotGiven) => self.signatures.take(now, config),
            (Credential::SharedSecret, Proof::NotGiven) => {
                self.signatures.take(now, config);
                self.guesses.owe(now, config);
            }
            (Credential::Token, Proof::NotGiven) => self.guesses.owe(now, config),
            (Credential::Nothing, Proof::NotGiven) => self.open.take(now, config),
        }
    }

    fn is_trusted(&self, now: Instant) -> bool {
        self.trusted_until.is_some_and(|until| now < until)
    }

    fn matters(&self, now: Instant) -> bool {
        let buckets = [self.signatures, self.guesses, self.open];
        self.is_trusted(now) || buckets.iter().any(|bucket| !bucket.is_full(now))
    }
}

// === impl RateLimitLayer ===

impl<R> RateLimitLayer<R> {
    /// Limits the requests of routes that let in by `credential`, by what is known of the
    /// addresses; none: no limit is configured.
    pub fn new(addresses: Option<Arc<Addresses>>, credential: Credential, refuse: R) -> Self {
        Self {
            addresses,
            credential,
            refuse,
        }
    }
}

impl<S, R: Clone> Layer<S> for RateLimitLayer<R> {
    type Service = RateLimit<S, R>;

    fn layer(&self, inner: S) -> Self::Service {
        RateLimit {
            inner,
            addresses: self.addresses.clone(),
            credential: self.credential,
            refuse: self.refuse.clone(),
        }
    }
}

// === impl RateLimit ===

impl<S, R, B> Service<Request<B>> for RateLimit<S, R>
where
    S: Service<Request<B>, Response = Response<Body>>,
    R: Refuse<Refusal>,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = ResponseFuture<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let mut note = None;
        if let Some(addresses) = &self.addresses
            && let Some(credential) = self.credential.of(&request)
        {
            let network = Network::of(request.extensions());
            if let Err(refusal) = addresses.check(network, credential, Instant::now()) {
                let response = Some(self.refuse.refuse(refusal));
                return ResponseFuture {
                    state: State::Refused { response },
                };
            }
            note = Some(Note {
                addresses: Arc::clone(addresses),
                network,
                credential,
            });
        }
        let inner = self.inner.call(request);
        ResponseFuture {
            state: State::Passed { inner, note },
        }
    }
}

// === impl Credential ===

impl Credential {
    /// What this request of the route is let in by; none: it is not counted.
    fn of<B>(self, request: &Request<B>) -> Option<Self> {
        match self {
            Self::Signature if request.headers().contains_key(SECRET_HEADER) => {
                Some(Self::SharedSecret)
            }
            // A scraper beside the process may come as often as it likes.
            Self::Nothing if Origin::of(request.extensions()).is_local() => None,
            credential => Some(credential),
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
            StateProjection::Refused { response } => Poll::Ready(Ok(response
                .take()
                .expect("invariant: a future is not polled after it was ready"))),
            StateProjection::Passed { inner, note } => {
                let response = ready!(inner.poll(cx))?;
                // An answer without a word on proof (the server's own failure) counts for nothing.
                let proof = response.extensions().get::<Proof>();
                if let (Some(proof), Some(note)) = (proof, note.take()) {
                    let Note {
                        addresses,
                        network,
                        credential,
                    } = note;
                    addresses.note(network, credential, *proof, Instant::now());
                }
                Poll::Ready(Ok(response))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use axum::http::StatusCode;
    use tower_test::mock;

    use super::*;

    const SOMEONE: Network = Network::V4(7);
    const SIGNATURE: Credential = Credential::Signature;

    #[derive(Debug, Clone)]
    struct Plain;

    impl Refuse<Refusal> for Plain {
        fn refuse(&self, _: Refusal) -> Response<Body> {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
            response
        }
    }

    fn two_then_one_a_second() -> Arc<Addresses> {
        Addresses::new(Config {
            burst: NonZeroU32::new(2).unwrap(),
            refill_every: Duration::from_secs(1),
        })
    }

    #[tokio::test(start_paused = true)]
    async fn failures_use_an_address_up_and_time_refills_it() {
        let (addresses, now) = (two_then_one_a_second(), Instant::now());
        for _ in 0..2 {
            assert_eq!(addresses.check(SOMEONE, SIGNATURE, now), Ok(()));
            addresses.note(SOMEONE, SIGNATURE, Proof::NotGiven, now);
        }
        let refusal = addresses.check(SOMEONE, SIGNATURE, now).unwrap_err();
        assert_eq!(refusal.retry_after, Duration::from_secs(1));
        assert_eq!(addresses.check(Network::V4(8), SIGNATURE, now), Ok(()));
        assert_eq!(
            addresses.check(SOMEONE, SIGNATURE, now + refusal.retry_after),
            Ok(())
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_verified_address_is_not_refused_for_ten_minutes() {
        let (addresses, now) = (two_then_one_a_second(), Instant::now());
        addresses.note(SOMEONE, SIGNATURE, Proof::Given, now);
        let mut at = now;
        while at < now + TRUSTED_FOR {
            assert_eq!(addresses.check(SOMEONE, SIGNATURE, at), Ok(()));
            addresses.note(SOMEONE, SIGNATURE, Proof::NotGiven, at);
            at += Duration::from_millis(500);
        }
        assert!(addresses.check(SOMEONE, SIGNATURE, at).is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn trust_of_an_address_covers_no_guess_and_each_kind_has_its_own_attempts() {
        use Credential::{Nothing, SharedSecret, Signature, Token};

        for guess in [SharedSecret, Token] {
            let (addresses, now) = (two_then_one_a_second(), Instant::now());
            addresses.note(SOMEONE, Signature, Proof::Given, now);
            for _ in 0..2 {
                assert_eq!(addresses.check(SOMEONE, guess, now), Ok(()));
                addresses.note(SOMEONE, guess, Proof::NotGiven, now);
            }
            for refused in [SharedSecret, Token] {
                assert!(addresses.check(SOMEONE, refused, now).is_err(), "{guess:?}");
            }
            for other in [Signature, Nothing] {
                assert_eq!(addresses.check(SOMEONE, other, now), Ok(()), "{guess:?}");
            }
            let later = now + Duration::from_secs(1);
            assert_eq!(addresses.check(SOMEONE, guess, later), Ok(()));
        }
        let (addresses, now) = (two_then_one_a_second(), Instant::now());
        for _ in 0..9 {
            addresses.note(SOMEONE, Signature, Proof::NotGiven, now);
            addresses.note(SOMEONE, Nothing, Proof::NotGiven, now);
        }
        assert_eq!(addresses.check(SOMEONE, Token, now), Ok(()));
    }

    #[tokio::test(start_paused = true)]
    async fn guesses_that_were_let_in_together_are_all_counted() {
        let (addresses, now) = (two_then_one_a_second(), Instant::now());
        for _ in 0..12 {
            addresses.note(SOMEONE, Credential::SharedSecret, Proof::NotGiven, now);
        }
        let refusal = addresses.check(SOMEONE, Credential::Token, now);
        assert_eq!(refusal.unwrap_err().retry_after, Duration::from_secs(11));
        let refusal = addresses.check(SOMEONE, SIGNATURE, now);
        assert_eq!(refusal.unwrap_err().retry_after, Duration::from_secs(1));
        let addresses = two_then_one_a_second();
        for _ in 0..12 {
            addresses.note(SOMEONE, Credential::Token, Proof::NotGiven, now);
        }
        let refusal = addresses.check(SOMEONE, Credential::Token, now);
        assert_eq!(refusal.unwrap_err().retry_after, Duration::from_secs(11));
    }

    #[tokio::test(start_paused = true)]
    async fn only_a_verified_webhook_makes_an_address_trusted() {
        let (addresses, now) = (two_then_one_a_second(), Instant::now());
        for credential in [Credential::Token, Credential::Nothing] {
            addresses.note(SOMEONE, credential, Proof::Given, now);
        }
        for _ in 0..2 {
            addresses.note(SOMEONE, SIGNATURE, Proof::NotGiven, now);
        }
        assert!(addresses.check(SOMEONE, SIGNATURE, now).is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn addresses_are_capped_and_forgotten_once_they_do_not_matter() {
        let (addresses, now) = (two_then_one_a_second(), Instant::now());
        let many = u32::try_from(MAX_ADDRESSES).unwrap() + 10;
        for n in 0..many {
            addresses.note(Network::V4(n), SIGNATURE, Proof::NotGiven, now);
        }
        let known = || addresses.known.lock().unwrap().by_network.len();
        assert_eq!(known(), MAX_ADDRESSES);
        let later = now + SWEEP_EVERY;
        addresses.note(Network::V4(many), SIGNATURE, Proof::NotGiven, later);
        assert_eq!(known(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn only_unproven_answers_count_and_the_refusal_comes_before_the_work() {
        let layer = RateLimitLayer::new(Some(two_then_one_a_second()), SIGNATURE, Plain);
        let (mut service, mut handle) = mock::spawn_layer::<Request<()>, Response<Body>, _>(layer);
        handle.allow(9);
        let unproven = Some(Proof::NotGiven);
        for proof in [None, unproven, None, unproven] {
            assert!(service.poll_ready().is_ready());
            let answer = service.call(Request::new(()));
            let (_, respond) = handle.next_request().await.unwrap();
            let mut response = Response::new(Body::empty());
            if let Some(proof) = proof {
                response.extensions_mut().insert(proof);
            }
            respond.send_response(response);
            assert_eq!(answer.await.unwrap().status(), StatusCode::OK);
        }
        assert!(service.poll_ready().is_ready());
        let refused = service.call(Request::new(())).await.unwrap();
        assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    }
}
