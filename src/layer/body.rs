//! Reads a body that may be hostile: too long, too slow, or one of too many.
//!
//! The invariants: room is taken from the budget before the bytes are kept and given back when the
//! last slice of them is dropped; a body over its limit is refused, never cut.

use std::{
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::body::{Body, HttpBody};
use bytes::{Bytes, BytesMut};
use tokio::time::{Sleep, sleep};

use super::allowance::{Allowance, Share};

/// How much of a body that is already refused is read and thrown away, so that a client that is
/// still sending gets to read its answer instead of a reset connection.
const SWALLOW_BYTES: usize = 1024 * 1024;

/// How long that may take: a client that waits for its answer before it sends on is told soon.
const SWALLOW_TIME: Duration = Duration::from_secs(2);

/// What all bodies share.
#[derive(Debug, Clone)]
pub struct BodyTerms {
    /// The bytes that all bodies together may take.
    pub budget: Arc<Allowance>,
    /// How long a body may take to arrive.
    pub deadline: Duration,
}

/// Why a body was not read.
#[derive(Debug)]
pub enum Refusal {
    /// It is longer than is allowed here.
    TooLarge {
        /// The most it may have.
        max_bytes: usize,
    },
    /// It was not there in time.
    TooSlow {
        /// The time it had.
        deadline: Duration,
    },
    /// The bodies of other requests take all the memory there is for them.
    NoBudget,
    /// The connection or its framing broke within the body.
    Broken(Box<dyn std::error::Error + Send + Sync>),
}

/// What a body may cost.
#[derive(Debug, Clone)]
struct Terms {
    max_bytes: usize,
    deadline: Duration,
    budget: Arc<Allowance>,
}

/// A body on its way in.
#[derive(Debug)]
pub struct ReadBody {
    body: Body,
    terms: Terms,
    declared: Option<usize>,
    waits_for_continue: bool,
    timer: Option<Pin<Box<Sleep>>>,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    Begin,
    Keep { share: Share, kept: Kept },
    Swallow { bytes: usize },
}

/// One piece as it came, copied only when there is a second.
#[derive(Debug)]
enum Kept {
    One(Bytes),
    Joined(BytesMut),
}

/// Bytes and the room they take.
#[derive(Debug)]
struct Held {
    bytes: Bytes,
    _share: Share,
}

// === impl ReadBody ===

impl Future for ReadBody {
    type Output = Result<Bytes, Refusal>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.poll_bytes(cx)
    }
}

impl ReadBody {
    /// Reads a body of at most `max_bytes`. `waits_for_continue`: the client sends nothing before we
    /// begin to read.
    pub fn new(body: Body, max_bytes: usize, terms: &BodyTerms, waits_for_continue: bool) -> Self {
        let declared = body.size_hint().exact();
        Self {
            // What does not fit a usize is over any limit.
            declared: declared.map(|bytes| usize::try_from(bytes).unwrap_or(usize::MAX)),
            body,
            terms: Terms {
                max_bytes,
                deadline: terms.deadline,
                budget: Arc::clone(&terms.budget),
            },
            waits_for_continue,
            timer: None,
            stage: Stage::Begin,
        }
    }

    fn poll_bytes(&mut self, cx: &mut Context<'_>) -> Poll<Result<Bytes, Refusal>> {
        if matches!(self.stage, Stage::Begin) {
            self.begin()?;
        }
        loop {
            let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) else {
                ready!(self.poll_deadline(cx));
                return Poll::Ready(Err(self.too_late()));
            };
            match frame {
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        self.take_in(&data)?;
                    }
                }
                Some(Err(source)) => return Poll::Ready(Err(Refusal::Broken(source.into()))),
                None => return Poll::Ready(self.end()),
            }
        }
    }

    fn begin(&mut self) -> Result<(), Refusal> {
        let bytes = self.declared.unwrap_or(0);
        if bytes > self.terms.max_bytes {
            self.swallow(0);
            return if self.waits_for_continue {
                Err(self.too_large())
            } else {
                Ok(())
            };
        }
        let share = self.terms.budget.try_take(bytes);
        self.stage = Stage::Keep {
            share: share.map_err(|_| Refusal::NoBudget)?,
            kept: Kept::One(Bytes::new()),
        };
        Ok(())
    }

    fn take_in(&mut self, data: &Bytes) -> Result<(), Refusal> {
        match &mut self.stage {
            Stage::Begin => {}
            Stage::Swallow { bytes } => {
                *bytes += data.len();
                if *bytes > SWALLOW_BYTES {
                    return Err(self.too_large());
                }
            }
            Stage::Keep { share, kept } => {
                let total = kept.len() + data.len();
                if total > self.terms.max_bytes {
                    self.swallow(data.len());
                    return Ok(());
                }
                let more = total.saturating_sub(share.amount());
                share.try_grow(more).map_err(|_| Refusal::NoBudget)?;
                kept.push(data, self.declared);
            }
        }
        Ok(())
    }

    /// It is refused from now on, and has the time of refused bodies.
    fn swallow(&mut self, bytes: usize) {
        self.stage = Stage::Swallow { bytes };
        self.timer = None;
    }

    fn end(&mut self) -> Result<Bytes, Refusal> {
        match std::mem::replace(&mut self.stage, Stage::Begin) {
            Stage::Keep { share, kept } => Ok(match kept.into_bytes() {
                bytes if bytes.is_empty() => bytes,
                bytes => Bytes::from_owner(Held {
                    bytes,
                    _share: share,
                }),
            }),
            Stage::Begin | Stage::Swallow { .. } => Err(self.too_large()),
        }
    }

    /// The timer is made only when the body is not there at once.
    fn poll_deadline(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let deadline = match self.stage {
            Stage::Swallow { .. } => SWALLOW_TIME.min(self.terms.deadline),
            Stage::Begin | Stage::Keep { .. } => self.terms.deadline,
        };
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep(deadline)));
        timer.as_mut().poll(cx)
    }

    fn too_late(&self) -> Refusal {
        match self.stage {
            Stage::Swallow { .. } => self.too_large(),
            Stage::Begin | Stage::Keep { .. } => Refusal::TooSlow {
                deadline: self.terms.deadline,
            },
        }
    }

    fn too_large(&self) -> Refusal {
        Refusal::TooLarge {
            max_bytes: self.terms.max_bytes,
        }
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

    fn push(&mut self, data: &Bytes, declared: Option<usize>) {
        match self {
            Self::One(first) if first.is_empty() => *first = data.clone(),
            Self::One(first) => {
                let room = declared.unwrap_or(first.len() + data.len());
                let mut joined = BytesMut::with_capacity(room);
                joined.extend_from_slice(first);
                joined.extend_from_slice(data);
                *self = Self::Joined(joined);
            }
            Self::Joined(joined) => joined.extend_from_slice(data),
        }
    }

    fn into_bytes(self) -> Bytes {
        match self {
            Self::One(bytes) => bytes,
            Self::Joined(bytes) => bytes.freeze(),
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
    use std::convert::Infallible;

    use futures_util::stream;

    use super::*;

    fn reading(body: Body, max_bytes: usize, budget: &Arc<Allowance>, waits: bool) -> ReadBody {
        let terms = BodyTerms {
            budget: Arc::clone(budget),
            deadline: Duration::from_secs(30),
        };
        ReadBody::new(body, max_bytes, &terms, waits)
    }

    fn chunked(chunks: &[&'static [u8]]) -> Body {
        let chunks: Vec<_> = chunks.iter().copied().map(Ok::<_, Infallible>).collect();
        Body::from_stream(stream::iter(chunks))
    }

    async fn read(body: Body, max: usize, budget: &Arc<Allowance>) -> Result<Bytes, Refusal> {
        reading(body, max, budget, false).await
    }

    #[tokio::test]
    async fn room_is_taken_while_a_slice_of_the_body_lives() {
        let budget = Allowance::new(10);
        for body in [
            Body::from("0123456789"),
            chunked(&[b"01234", b"56", b"789"]),
        ] {
            let bytes = read(body, 10, &budget).await.unwrap();
            assert_eq!(bytes, "0123456789");
            let slice = bytes.slice(2..4);
            drop(bytes);
            assert_eq!(budget.taken(), 10);
            drop(slice);
            assert_eq!(budget.taken(), 0);
        }
    }

    #[tokio::test]
    async fn a_body_at_its_limit_passes_and_one_byte_more_is_refused_not_cut() {
        let budget = Allowance::new(100);
        assert!(read(chunked(&[b"0123", b"4567"]), 8, &budget).await.is_ok());
        for body in [chunked(&[b"0123", b"45678"]), Body::from("012345678")] {
            let refusal = read(body, 8, &budget).await.unwrap_err();
            assert!(matches!(refusal, Refusal::TooLarge { max_bytes: 8 }));
        }
        assert_eq!(budget.taken(), 0);
    }

    #[tokio::test]
    async fn without_room_nothing_is_read() {
        let budget = Allowance::new(10);
        let _taken = budget.try_take(8).unwrap();
        for body in [chunked(&[b"0", b"12"]), Body::from("012")] {
            let refusal = read(body, 10, &budget).await.unwrap_err();
            assert!(matches!(refusal, Refusal::NoBudget));
        }
        assert_eq!(budget.taken(), 8);
    }

    #[tokio::test]
    async fn a_client_that_waits_to_send_too_much_is_refused_at_once() {
        let endless = Body::from(vec![0; 2 * SWALLOW_BYTES]);
        let mut reading = reading(endless, 8, &Allowance::new(8), true);
        let refusal = (&mut reading).await.unwrap_err();
        assert!(matches!(refusal, Refusal::TooLarge { .. }));
        assert!(matches!(reading.stage, Stage::Swallow { bytes: 0 }));
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_does_not_come_is_refused_at_its_deadline() {
        let budget = Allowance::new(10);
        let never = Body::from_stream(stream::pending::<Result<Bytes, Infallible>>());
        let began = tokio::time::Instant::now();
        let refusal = read(never, 10, &budget).await.unwrap_err();
        assert!(matches!(refusal, Refusal::TooSlow { .. }));
        assert_eq!(began.elapsed().as_secs(), 30);
    }
}
