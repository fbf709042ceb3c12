//! Reads a body that may be hostile: too long, too slow, or one of too many.
//!
//! The invariants: room is taken from the budget for what has arrived, never for what is announced,
//! before the bytes are kept, and given back when the last slice of them is dropped; a body over its
//! limit is refused, never cut. While a body is not all there, its address may hold only a share of
//! the budget ([`AddressShares`]), it has to come at a least speed (`body::pace`), and its request does
//! not count as one that is being worked on.
//!
//! A body that is there at once, as nearly all are, meets none of this but the budget.

mod discard;
mod pace;

use std::{
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{
    body::{Body, HttpBody},
    http::{header::EXPECT, request},
};
use bytes::Bytes;
use tokio::time::{Instant, Sleep, sleep_until};

use self::pace::Pace;
pub use self::{
    discard::Discard,
    pace::{GRACE, MIN_BYTES_PER_SECOND},
};
use super::{
    address_share::{AddressShare, AddressShares},
    allowance::{Allowance, Exhausted, Lent, Share},
    client_ip::Network,
    load_shed::InFlight,
};

/// What an address may always hold, however full the budget is: an ordinary message.
const ALWAYS_BYTES: usize = 16 * 1024;

/// What all bodies share.
#[derive(Debug, Clone)]
pub struct BodyTerms {
    budget: Arc<Allowance>,
    addresses: Arc<AddressShares>,
    deadline: Duration,
}

/// Why a body was not read.
#[derive(Debug)]
pub enum Refusal {
    /// It is longer than is allowed here.
    TooLarge {
        /// The most it may have.
        max_bytes: usize,
    },
    /// It was not there in time, or came too slowly for that.
    TooSlow {
        /// The time it had.
        deadline: Duration,
    },
    /// The bodies of other requests take all the memory there is for them.
    NoBudget,
    /// The bodies that this address has not finished take all the memory there is for one address.
    AddressShare,
    /// The connection or its framing broke within the body.
    Broken(Box<dyn std::error::Error + Send + Sync>),
}

/// A body on its way in.
#[derive(Debug)]
pub struct ReadBody {
    body: Body,
    terms: BodyTerms,
    max_bytes: usize,
    /// The most that is reserved: what is announced, or what is allowed.
    ceiling: usize,
    client: Network,
    place: Option<InFlight>,
    waits_for_continue: bool,
    waiting: Option<Waiting>,
    stage: Stage,
}

/// What a body needs while it is not all there.
#[derive(Debug)]
struct Waiting {
    arrived: usize,
    pace: Pace,
    timer: Pin<Box<Sleep>>,
    address: AddressShare,
    _place: Option<Lent>,
}

#[derive(Debug)]
enum Stage {
    Keep { share: Share, kept: Kept },
    Discard(Discard),
}

/// One piece as it came, copied only when there is a second.
#[derive(Debug)]
enum Kept {
    One(Bytes),
    Joined(Vec<u8>),
}

/// Bytes and the room they take.
#[derive(Debug)]
struct Held {
    bytes: Bytes,
    _share: Share,
}

// === impl BodyTerms ===

impl BodyTerms {
    /// At most `budget_bytes` for all bodies together, and `deadline` for each to arrive.
    pub fn new(budget_bytes: usize, deadline: Duration) -> Self {
        Self {
            budget: Allowance::new(budget_bytes),
            addresses: AddressShares::new(ALWAYS_BYTES),
            deadline,
        }
    }

    /// The bytes that are taken now.
    pub fn taken(&self) -> usize {
        self.budget.taken()
    }
}

// === impl ReadBody ===

impl Future for ReadBody {
    type Output = Result<Bytes, Refusal>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.poll_bytes(cx)
    }
}

impl ReadBody {
    /// Reads the body of a request, at most `max_bytes` of it.
    pub fn new(head: &request::Parts, body: Body, max_bytes: usize, terms: &BodyTerms) -> Self {
        // What does not fit a usize is over any limit.
        let announced = body.size_hint().exact();
        let announced = announced.map(|bytes| usize::try_from(bytes).unwrap_or(usize::MAX));
        let mut reading = Self {
            body,
            max_bytes,
            ceiling: announced.unwrap_or(max_bytes),
            client: Network::of(&head.extensions),
            place: head.extensions.get().cloned(),
            // The client sends nothing before we begin to read.
            waits_for_continue: head.headers.contains_key(EXPECT),
            waiting: None,
            stage: Stage::Keep {
                share: Share::nothing(&terms.budget),
                kept: Kept::One(Bytes::new()),
            },
            terms: terms.clone(),
        };
        if reading.ceiling > max_bytes {
            reading.stage = Stage::Discard(reading.discard());
        }
        reading
    }

    /// Returns whether it is kept so far: it is not too long, as far as is known.
    pub fn is_kept(&self) -> bool {
        matches!(self.stage, Stage::Keep { .. })
    }

    /// Returns whether the client waits to be told before it sends.
    pub fn waits_for_continue(&self) -> bool {
        self.waits_for_continue
    }

    /// Gives up what was kept, and reads the rest only to throw it away.
    pub fn discard(&mut self) -> Discard {
        self.waiting = None;
        let body = std::mem::take(&mut self.body);
        if self.waits_for_continue {
            return Discard::nothing();
        }
        Discard::new(body, self.place.take())
    }

    fn poll_bytes(&mut self, cx: &mut Context<'_>) -> Poll<Result<Bytes, Refusal>> {
        loop {
            if let Stage::Discard(discard) = &mut self.stage {
                ready!(Pin::new(discard).poll(cx));
                return Poll::Ready(Err(Refusal::TooLarge {
                    max_bytes: self.max_bytes,
                }));
            }
            match Pin::new(&mut self.body).poll_frame(cx) {
                Poll::Ready(Some(Ok(frame))) => {
                    if let Ok(data) = frame.into_data() {
                        self.take_in(&data)?;
                    }
                }
                Poll::Ready(Some(Err(source))) => {
                    return Poll::Ready(Err(Refusal::Broken(source.into())));
                }
                Poll::Ready(None) => return Poll::Ready(Ok(self.end())),
                Poll::Pending => return self.poll_waiting(cx).map(Err),
            }
        }
    }

    fn take_in(&mut self, data: &Bytes) -> Result<(), Refusal> {
        let Stage::Keep { share, kept } = &mut self.stage else {
            return Ok(());
        };
        if kept.len() + data.len() > self.max_bytes {
            self.stage = Stage::Discard(self.discard());
            return Ok(());
        }
        let pushed = kept.push(data, self.ceiling, share);
        pushed.map_err(|Exhausted| Refusal::NoBudget)
    }

    fn end(&mut self) -> Bytes {
        self.waiting = None;
        let nothing = Stage::Discard(Discard::nothing());
        match std::mem::replace(&mut self.stage, nothing) {
            Stage::Keep { share, kept } if kept.len() > 0 => Bytes::from_owner(Held {
                bytes: kept.into_bytes(),
                _share: share,
            }),
            _ => Bytes::new(),
        }
    }

    /// Waits for more: ready with the reason why it is not waited for any longer.
    fn poll_waiting(&mut self, cx: &mut Context<'_>) -> Poll<Refusal> {
        let Stage::Keep { share, kept } = &self.stage else {
            return Poll::Pending;
        };
        let (terms, place, client) = (&self.terms, &self.place, self.client);
        let now = Instant::now();
        let waiting = self.waiting.get_or_insert_with(|| {
            let pace = Pace::new(now, terms.deadline);
            Waiting {
                arrived: kept.len(),
                pace,
                timer: Box::pin(sleep_until(pace.ends())),
                address: terms.addresses.of(client),
                _place: place.as_ref().map(InFlight::lend),
            }
        });
        let raised = (waiting.address).try_raise_to(share.amount(), terms.budget.free());
        if raised.is_err() {
            return Poll::Ready(Refusal::AddressShare);
        }
        let more = kept.len() - waiting.arrived;
        if more > 0 {
            waiting.arrived = kept.len();
            waiting.pace.received(more, now);
            waiting.timer.as_mut().reset(waiting.pace.ends());
        }
        ready!(waiting.timer.as_mut().poll(cx));
        Poll::Ready(Refusal::TooSlow {
            deadline: terms.deadline,
        })
    }
}

// === impl Kept ===

impl Kept {
    fn len(&self) -> usize {
        match self {
            Self::One(bytes) => bytes.len(),
            Self::Joined(bytes) => bytes.len(),
        }
    }

    /// Keeps more, after it took the room for all that is reserved: twice what has arrived, but no
    /// more than `ceiling`.
    fn push(&mut self, data: &Bytes, ceiling: usize, share: &mut Share) -> Result<(), Exhausted> {
        let total = self.len() + data.len();
        match self {
            Self::One(first) if first.is_empty() => {
                share.try_grow(total)?;
                *first = data.clone();
            }
            Self::One(first) => {
                let capacity = total.max(ceiling.min(2 * first.len()));
                share.try_grow(capacity - share.amount())?;
                let mut joined = Vec::with_capacity(capacity);
                joined.extend_from_slice(first);
                joined.extend_from_slice(data);
                *self = Self::Joined(joined);
            }
            Self::Joined(joined) => {
                if total > joined.capacity() {
                    let capacity = total.max(ceiling.min(2 * joined.capacity()));
                    share.try_grow(capacity - share.amount())?;
                    joined.reserve_exact(capacity - joined.len());
                }
                joined.extend_from_slice(data);
            }
        }
        Ok(())
    }

    fn into_bytes(self) -> Bytes {
        match self {
            Self::One(bytes) => bytes,
            Self::Joined(bytes) => bytes.into(),
        }
    }
}

// === impl Held ===

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

#[cfg(test)]
mod tests {
    use std::{convert::Infallible, net::IpAddr};

    use axum::http::Request;
    use futures_util::{StreamExt as _, stream};
    use tokio::sync::mpsc;
    use tokio_test::{assert_pending, assert_ready, task};

    use super::*;
    use crate::layer::client_ip::ClientIp;

    const DEADLINE: Duration = Duration::from_secs(30);
    const SECOND: Duration = Duration::from_secs(1);

    fn terms(budget_bytes: usize) -> BodyTerms {
        BodyTerms::new(budget_bytes, DEADLINE)
    }

    fn head(from: &str) -> request::Parts {
        let mut request = Request::new(());
        let client: IpAddr = from.parse().unwrap();
        request.extensions_mut().insert(ClientIp(client));
        request.into_parts().0
    }

    fn chunked(chunks: &[&'static [u8]]) -> Body {
        let chunks: Vec<_> = chunks.iter().copied().map(Ok::<_, Infallible>).collect();
        Body::from_stream(stream::iter(chunks))
    }

    async fn read(body: Body, max: usize, terms: &BodyTerms) -> Result<Bytes, Refusal> {
        ReadBody::new(&head("192.0.2.1"), body, max, terms).await
    }

    /// A body that a test sends piece by piece.
    struct Sent {
        pieces: mpsc::UnboundedSender<Bytes>,
        reading: task::Spawn<ReadBody>,
    }

    impl Sent {
        fn new(from: &str, max_bytes: usize, terms: &BodyTerms) -> Self {
            let (pieces, mut coming) = mpsc::unbounded_channel();
            let coming = stream::poll_fn(move |cx| coming.poll_recv(cx));
            let body = Body::from_stream(coming.map(Ok::<_, Infallible>));
            let reading = ReadBody::new(&head(from), body, max_bytes, terms);
            let reading = task::spawn(reading);
            Self { pieces, reading }
        }

        fn send(&mut self, bytes: usize) -> Poll<Result<Bytes, Refusal>> {
            let _ = self.pieces.send(vec![b' '; bytes].into());
            self.reading.poll()
        }
    }

    #[tokio::test]
    async fn room_is_taken_while_a_slice_of_the_body_lives() {
        let terms = terms(10);
        for body in [
            Body::from("0123456789"),
            chunked(&[b"01234", b"56", b"789"]),
        ] {
            let bytes = read(body, 10, &terms).await.unwrap();
            assert_eq!(bytes, "0123456789");
            let slice = bytes.slice(2..4);
            drop(bytes);
            assert_eq!(terms.taken(), 10);
            drop(slice);
            assert_eq!(terms.taken(), 0);
        }
    }

    #[tokio::test]
    async fn a_body_at_its_limit_passes_and_one_byte_more_is_refused_not_cut() {
        let terms = terms(100);
        assert!(read(chunked(&[b"0123", b"4567"]), 8, &terms).await.is_ok());
        for body in [chunked(&[b"0123", b"45678"]), Body::from("012345678")] {
            let refusal = read(body, 8, &terms).await.unwrap_err();
            assert!(matches!(refusal, Refusal::TooLarge { max_bytes: 8 }));
        }
        assert_eq!(terms.taken(), 0);
    }

    #[tokio::test]
    async fn without_room_nothing_is_read() {
        let terms = terms(10);
        let _taken = terms.budget.try_take(8).unwrap();
        for body in [chunked(&[b"0", b"12"]), Body::from("012")] {
            let refusal = read(body, 10, &terms).await.unwrap_err();
            assert!(matches!(refusal, Refusal::NoBudget));
        }
        assert_eq!(terms.taken(), 8);
    }

    #[tokio::test]
    async fn what_is_announced_takes_no_room_until_it_comes() {
        let terms = terms(1 << 20);
        let announced = Body::new(Announced);
        let mut reading = task::spawn(ReadBody::new(&head("::1"), announced, 3 << 20, &terms));
        assert_pending!(reading.poll());
        assert_eq!(terms.taken(), 0);
    }

    /// Announces three MiB and sends nothing.
    struct Announced;

    impl HttpBody for Announced {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<hyper::body::Frame<Bytes>, Infallible>>> {
            Poll::Pending
        }

        fn size_hint(&self) -> hyper::body::SizeHint {
            hyper::body::SizeHint::with_exact(3 << 20)
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_reserved_is_what_is_taken_and_at_most_twice_what_came() {
        let terms = terms(32 << 20);
        let mut sent = Sent::new("::1", 3 << 20, &terms);
        let mut came = 0;
        for bytes in [1, 100, 5000, 100_000, 7, 1 << 20, 300_000] {
            assert_pending!(sent.send(bytes));
            came += bytes;
            let Stage::Keep { share, kept } = &sent.reading.stage else {
                panic!("it is kept");
            };
            let reserved = match kept {
                Kept::One(bytes) => bytes.len(),
                Kept::Joined(bytes) => bytes.capacity(),
            };
            assert_eq!(share.amount(), reserved);
            assert_eq!(terms.taken(), reserved);
            assert!(reserved <= 2 * came && kept.len() == came);
        }
    }

    #[tokio::test]
    async fn a_client_that_waits_to_send_too_much_is_refused_at_once() {
        let mut head = head("::1");
        let waits = "100-continue".parse().unwrap();
        head.headers.insert(EXPECT, waits);
        let endless = Body::from(vec![0; 2 * discard::MAX_BYTES]);
        let mut reading = ReadBody::new(&head, endless, 8, &terms(8));
        let refusal = (&mut reading).await.unwrap_err();
        assert!(matches!(refusal, Refusal::TooLarge { .. }));
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_does_not_come_is_refused_after_the_grace() {
        let began = Instant::now();
        let never = Body::from_stream(stream::pending::<Result<Bytes, Infallible>>());
        let refusal = read(never, 10, &terms(10)).await.unwrap_err();
        assert!(matches!(refusal, Refusal::TooSlow { .. }));
        assert_eq!(began.elapsed(), GRACE);
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_comes_fast_enough_has_until_its_deadline() {
        let terms = terms(8 << 20);
        let mut sent = Sent::new("::1", 3 << 20, &terms);
        assert_pending!(sent.reading.poll());
        for _ in 0..29 {
            tokio::time::advance(SECOND).await;
            assert_pending!(sent.send(8 * 1024));
        }
        tokio::time::advance(SECOND).await;
        let refusal = assert_ready!(sent.reading.poll()).unwrap_err();
        assert!(matches!(refusal, Refusal::TooSlow { .. }));
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_body_that_ends_in_time_is_taken() {
        let terms = terms(8 << 20);
        let mut sent = Sent::new("::1", 1 << 20, &terms);
        assert_pending!(sent.reading.poll());
        for _ in 0..20 {
            tokio::time::advance(SECOND).await;
            assert_pending!(sent.send(8 * 1024));
        }
        drop(sent.pieces);
        let bytes = assert_ready!(sent.reading.poll()).unwrap();
        assert_eq!(bytes.len(), 20 * 8 * 1024);
    }

    #[tokio::test(start_paused = true)]
    async fn the_unfinished_bodies_of_one_address_leave_room_for_others_and_for_whole_ones() {
        let terms = terms(1 << 20);
        let mut slow = Vec::new();
        let refused = loop {
            let mut sent = Sent::new("192.0.2.1", 1 << 20, &terms);
            match sent.send(10_000) {
                Poll::Pending => slow.push(sent),
                Poll::Ready(refused) => break refused.unwrap_err(),
            }
        };
        assert!(matches!(refused, Refusal::AddressShare));
        assert_eq!(slow.len(), (1 << 20) / 5 / 10_000);
        assert_pending!(Sent::new("192.0.2.2", 1 << 20, &terms).send(100_000));
        let whole = read(chunked(&[b"whole", b" body"]), 10, &terms).await;
        assert_eq!(whole.unwrap(), "whole body");
        let grown = assert_ready!(slow[0].send(10_000)).unwrap_err();
        assert!(matches!(grown, Refusal::AddressShare));
        drop(slow);
        assert_eq!(terms.taken(), 0);
        assert_pending!(Sent::new("192.0.2.1", 1 << 20, &terms).send(100_000));
    }

    #[tokio::test(start_paused = true)]
    async fn an_ordinary_message_is_waited_for_however_little_is_free() {
        let terms = terms(1 << 20);
        let _taken = terms.budget.try_take((1 << 20) - 2 * ALWAYS_BYTES).unwrap();
        let mut message = Sent::new("192.0.2.1", 1 << 20, &terms);
        assert_pending!(message.send(ALWAYS_BYTES));
        let more = assert_ready!(message.send(1)).unwrap_err();
        assert!(matches!(more, Refusal::AddressShare));
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_is_waited_for_lends_its_place_and_takes_it_back() {
        let places = Allowance::new(1);
        let place = places.try_take(1).unwrap();
        let mut head = head("::1");
        head.extensions.insert(InFlight::of(&places));
        let (pieces, mut coming) = mpsc::unbounded_channel::<Bytes>();
        let coming = stream::poll_fn(move |cx| coming.poll_recv(cx));
        let body = Body::from_stream(coming.map(Ok::<_, Infallible>));
        let mut reading = task::spawn(ReadBody::new(&head, body, 10, &terms(10)));
        assert_pending!(reading.poll());
        assert_eq!(places.taken(), 0);
        drop(pieces);
        assert_ready!(reading.poll()).unwrap();
        assert_eq!(places.taken(), 1);
        drop(place);
    }
}
