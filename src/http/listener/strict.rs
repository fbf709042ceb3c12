//! A stream that refuses what hyper forgives, and keeps hyper from refusing without a word.
//!
//! hyper answers a head that it cannot parse by itself, before any service is asked, with an empty
//! 400, 414 or 431. Here that answer is held back, and the fault is left for the connection to
//! answer as every other refusal is. After a fault of framing, nothing more is read.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::framing::Framing;
use crate::layer::malformed::Malformed;

/// The stream of one connection.
#[derive(Debug)]
pub(super) struct Strict<S> {
    stream: S,
    framing: Framing,
    fault: Option<Malformed>,
}

// === impl Strict ===

impl<S> Strict<S> {
    pub(super) fn new(stream: S) -> Self {
        Self {
            stream,
            framing: Framing::default(),
            fault: None,
        }
    }

    /// Why the connection ended, if a request was no HTTP, and the stream to say so on.
    pub(super) fn into_fault(self) -> Option<(Malformed, S)> {
        self.fault.map(|fault| (fault, self.stream))
    }

    /// Notes that hyper gave up on a head, unless it is known why.
    pub(super) fn note_unparsed(&mut self) {
        self.fault.get_or_insert(Malformed::Syntax);
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Strict<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if this.fault.is_some() {
            return Poll::Ready(Ok(()));
        }
        let before = buf.filled().len();
        ready!(Pin::new(&mut this.stream).poll_read(cx, buf))?;
        if let Err(fault) = this.framing.follow(&buf.filled()[before..]) {
            // What comes before it is complete, or will never be.
            buf.set_filled(before + fault.at);
            this.fault = Some(fault.reason);
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Strict<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        if let Some(fault) = own_words_of_hyper(buf) {
            self.fault.get_or_insert(fault);
            return Poll::Ready(Ok(buf.len()));
        }
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if let [only] = bufs {
            return self.poll_write(cx, only);
        }
        Pin::new(&mut self.stream).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        // The fault is still to be answered.
        if self.fault.is_some() {
            return self.poll_flush(cx);
        }
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// The fault of which hyper speaks by itself: no service of ours answers these with an empty body.
fn own_words_of_hyper(answer: &[u8]) -> Option<Malformed> {
    const STATUS: std::ops::Range<usize> = "HTTP/1.1 ".len().."HTTP/1.1 400".len();
    let fault = match answer.get(STATUS)? {
        b"400" => Malformed::Syntax,
        b"414" => Malformed::UriTooLong,
        b"431" => Malformed::HeadTooLarge,
        _ => return None,
    };
    let is_empty = memchr::memmem::find(answer, b"\r\ncontent-length: 0\r\n").is_some()
        && memchr::memmem::find(answer, b"\r\n\r\n") == answer.len().checked_sub(4);
    (is_empty && answer.starts_with(b"HTTP/1.")).then_some(fault)
}
