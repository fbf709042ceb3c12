//! Reads a refused body to its end and throws it away, within limits of its own.
//!
//! A server that closes while bytes are still coming resets the connection, and the client never
//! sees its answer. What is kept of the body is nothing, so it takes no room from the budget.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::body::{Body, HttpBody};
use tokio::time::{Sleep, sleep};

use crate::layer::{allowance::Lent, load_shed::InFlight};

/// The most bytes that are thrown away.
pub(super) const MAX_BYTES: usize = 1024 * 1024;

/// How long that may take: a client that waits for its answer before it sends on is told soon.
const MAX_TIME: Duration = Duration::from_secs(2);

/// A body that is read and not kept.
#[derive(Debug)]
pub struct Discard {
    body: Body,
    bytes: usize,
    place: Option<InFlight>,
    waiting: Option<(Pin<Box<Sleep>>, Option<Lent>)>,
}

// === impl Discard ===

impl Discard {
    /// Throws away what is left of a body. `place` is lent to others in the meantime.
    pub(super) fn new(body: Body, place: Option<InFlight>) -> Self {
        Self {
            body,
            bytes: 0,
            place,
            waiting: None,
        }
    }

    /// Of a body that the client has not begun to send: nothing is left to read.
    pub(super) fn nothing() -> Self {
        Self::new(Body::empty(), None)
    }
}

impl Future for Discard {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        while let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(cx) {
            let Some(Ok(frame)) = frame else {
                return Poll::Ready(());
            };
            this.bytes += frame.data_ref().map_or(0, bytes::Bytes::len);
            if this.bytes > MAX_BYTES {
                return Poll::Ready(());
            }
        }
        let place = &this.place;
        let (timer, _) = this.waiting.get_or_insert_with(|| {
            let lent = place.as_ref().map(InFlight::lend);
            (Box::pin(sleep(MAX_TIME)), lent)
        });
        timer.as_mut().poll(cx)
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use bytes::Bytes;
    use futures_util::{StreamExt as _, stream};
    use tokio::time::Instant;
    use tokio_test::{assert_pending, task};

    use super::*;
    use crate::layer::allowance::Allowance;

    #[tokio::test(start_paused = true)]
    async fn what_is_thrown_away_lends_its_place() {
        let places = Allowance::new(1);
        let _place = places.try_take(1).unwrap();
        let never = Body::from_stream(stream::pending::<Result<Bytes, Infallible>>());
        let mut discard = task::spawn(Discard::new(never, Some(InFlight::of(&places))));
        assert_pending!(discard.poll());
        assert_eq!(places.taken(), 0);
        drop(discard);
        assert_eq!(places.taken(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn the_rest_of_a_body_is_read_up_to_a_limit_of_bytes_and_time() {
        let began = Instant::now();
        Discard::new(Body::from("all there"), None).await;
        let endless = stream::repeat_with(|| Ok::<_, Infallible>(Bytes::from(vec![0; 4096])));
        let mut endless = Discard::new(Body::from_stream(endless), None);
        (&mut endless).await;
        assert!(endless.bytes <= MAX_BYTES + 4096);
        assert_eq!(began.elapsed(), Duration::ZERO);
        let never = stream::once(async { Ok::<_, Infallible>("some") }).chain(stream::pending());
        Discard::new(Body::from_stream(never), None).await;
        assert_eq!(began.elapsed(), MAX_TIME);
    }
}
