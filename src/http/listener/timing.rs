//! The deadlines of a connection.
//!
//! hyper has one timer for a head, and starts it when it begins to wait for one: an idle connection
//! and a head that trickles in look the same to it. [`HeadTimer`] tells them apart by whether bytes
//! have come since, and gives each its own time.

use std::{
    future::Future,
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use hyper::rt;
use pin_project_lite::pin_project;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep},
};

use super::Config;

/// The bytes that a connection has read so far.
type BytesRead = Arc<AtomicU64>;

/// A stream that counts what it reads, and fails when nobody reads what it writes.
#[derive(Debug)]
pub(super) struct Timed<S> {
    stream: S,
    read: BytesRead,
    write_timeout: Duration,
    stalled: Option<Pin<Box<Sleep>>>,
}

/// hyper's timer for the heads of one connection.
#[derive(Debug)]
pub(super) struct HeadTimer {
    read: BytesRead,
    is_new: AtomicBool,
    head_timeout: Duration,
    idle_timeout: Duration,
}

pin_project! {
    /// Waits for the idle time, and from the first byte of a head on for the head's.
    struct HeadSleep {
        #[pin]
        sleep: Sleep,
        read: BytesRead,
        read_before: u64,
        has_begun: bool,
        head_timeout: Duration,
    }
}

// === impl Timed ===

impl<S> Timed<S> {
    pub(super) fn new(stream: S, write_timeout: Duration) -> (Self, BytesRead) {
        let read = BytesRead::default();
        let timed = Self {
            stream,
            read: Arc::clone(&read),
            write_timeout,
            stalled: None,
        };
        (timed, read)
    }

    /// Passes a write's progress on, or its failure once it has stood still for too long.
    fn poll_progress<T>(
        &mut self,
        cx: &mut Context<'_>,
        progress: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if progress.is_ready() {
            self.stalled = None;
            return progress;
        }
        let timeout = self.write_timeout;
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(sleep(timeout)));
        ready!(stalled.as_mut().poll(cx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Timed<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(cx, buf))?;
        let bytes = u64::try_from(buf.filled().len() - before).unwrap_or(u64::MAX);
        self.read.fetch_add(bytes, Ordering::Relaxed);
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Timed<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let progress = Pin::new(&mut self.stream).poll_write(cx, buf);
        self.poll_progress(cx, progress)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let progress = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        self.poll_progress(cx, progress)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let progress = Pin::new(&mut self.stream).poll_flush(cx);
        self.poll_progress(cx, progress)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let progress = Pin::new(&mut self.stream).poll_shutdown(cx);
        self.poll_progress(cx, progress)
    }
}

// === impl HeadTimer ===

impl HeadTimer {
    pub(super) fn new(read: BytesRead, config: &Config) -> Self {
        Self {
            read,
            is_new: AtomicBool::new(true),
            head_timeout: config.head_timeout,
            idle_timeout: config.idle_timeout,
        }
    }

    fn wait_for_head(&self) -> HeadSleep {
        // A new connection was made to send something.
        let is_new = self.is_new.swap(false, Ordering::Relaxed);
        let patience = if is_new {
            self.head_timeout
        } else {
            self.idle_timeout
        };
        HeadSleep {
            sleep: sleep(patience),
            read: Arc::clone(&self.read),
            // A part of the next head may have come with the last request already. It is not
            // counted, and has the idle time to go on.
            read_before: self.read.load(Ordering::Relaxed),
            has_begun: false,
            head_timeout: self.head_timeout,
        }
    }
}

impl rt::Timer for HeadTimer {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn rt::Sleep>> {
        self.sleep_until(self.now() + duration)
    }

    /// The instant is hyper's guess at the head's deadline, made when the wait begins.
    fn sleep_until(&self, _: std::time::Instant) -> Pin<Box<dyn rt::Sleep>> {
        Box::pin(self.wait_for_head())
    }

    fn now(&self) -> std::time::Instant {
        Instant::now().into_std()
    }
}

// === impl HeadSleep ===

impl rt::Sleep for HeadSleep {}

impl Future for HeadSleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut this = self.project();
        if !*this.has_begun && this.read.load(Ordering::Relaxed) != *this.read_before {
            *this.has_begun = true;
            this.sleep
                .as_mut()
                .reset(Instant::now() + *this.head_timeout);
        }
        this.sleep.poll(cx)
    }
}

#[cfg(test)]
mod tests {
    use rt::Timer as _;
    use tokio::{io::AsyncWriteExt as _, time::advance};
    use tokio_test::task;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn timer(read: &BytesRead) -> HeadTimer {
        HeadTimer::new(Arc::clone(read), &Config::default())
    }

    #[tokio::test(start_paused = true)]
    async fn a_new_connection_has_ten_seconds_and_an_idle_one_seventy_five() {
        let timer = timer(&BytesRead::default());
        for patience in [10, 75, 75] {
            let mut wait = task::spawn(timer.sleep(SECOND));
            assert!(wait.poll().is_pending());
            advance(SECOND * (patience - 1)).await;
            assert!(wait.poll().is_pending());
            advance(SECOND).await;
            assert!(wait.poll().is_ready());
        }
    }

    #[tokio::test(start_paused = true)]
    async fn from_its_first_byte_on_a_head_has_ten_seconds() {
        let read = BytesRead::default();
        let timer = timer(&read);
        drop(timer.sleep(SECOND));
        let mut wait = task::spawn(timer.sleep(SECOND));
        assert!(wait.poll().is_pending());
        advance(60 * SECOND).await;
        for _ in 0..10 {
            read.fetch_add(1, Ordering::Relaxed);
            assert!(wait.poll().is_pending());
            advance(SECOND).await;
        }
        assert!(wait.poll().is_ready());
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_nobody_reads_fails_after_its_time() {
        let (ours, _theirs) = tokio::io::duplex(8);
        let (mut timed, _) = Timed::new(ours, 30 * SECOND);
        let began = Instant::now();
        let error = timed.write_all(&[0; 16]).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert_eq!(began.elapsed(), 30 * SECOND);
    }
}
