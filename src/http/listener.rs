//! The accept loop: connections that are bounded in number, in time and in memory.
//!
//! The invariants: at [`Config::max_connections`] accepting stops, and one address gets only a
//! share of them; a request's head, an idle connection and an unread answer each have a deadline;
//! a request that is no valid HTTP is refused as every other and ends its connection; every
//! connection is joined before [`Server::run`] returns.

mod admission;
mod framing;
mod head;
mod strict;
mod timing;

use std::{convert::Infallible, future::Future, io, net::SocketAddr, pin::pin, sync::Arc};

use axum::{
    Router,
    body::Body,
    http::{Request, Response},
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use ipnet::IpNet;
use tokio::{
    io::{AsyncReadExt as _, copy, join, sink},
    net::{TcpListener, TcpStream},
    time::{Duration, sleep, timeout},
};
use tokio_util::task::TaskTracker;
use tower::Service as _;

use self::{
    admission::{Admission, Place},
    strict::Strict,
    timing::{HeadTimer, Timed},
};
use crate::{
    layer::{client_ip::Peer, malformed::Malformed},
    metrics::Metrics,
    shutdown::{Phase, Shutdown},
};

/// How many connections there are, and how long they may take.
#[derive(Debug, Clone)]
pub struct Config {
    /// The most connections; at that many, accepting stops.
    pub max_connections: usize,
    /// Whose connections are not bounded by a client address's share.
    pub trusted_proxies: Vec<IpNet>,
    /// How long a request's head may take once it has begun, and a new connection to begin one.
    pub head_timeout: Duration,
    /// How long a connection may be idle between requests.
    pub idle_timeout: Duration,
    /// How long a client may leave an answer unread.
    pub write_timeout: Duration,
}

/// A bound socket, and soon a server.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    config: Arc<Config>,
}

/// The most memory of a connection's read buffer, and so of a request's head.
const MAX_HEAD_BYTES: usize = 32 * 1024;

/// Stands for a request that could not be parsed, on its way to its refusal.
const UNPARSED: &[u8] = b"- * HTTP/1.1\r\nhost: -\r\nconnection: close\r\n\r\n";

/// How much, and for how long, is read after a refusal, so that it is not lost with a reset.
const LINGER: (u64, Duration) = (1024 * 1024, Duration::from_secs(1));

/// How long accepting pauses when the process is out of descriptors or memory.
const PAUSE: Duration = Duration::from_millis(200);

impl Default for Config {
    fn default() -> Self {
        Self {
            max_connections: 4096,
            trusted_proxies: Vec::new(),
            head_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(75),
            write_timeout: Duration::from_secs(30),
        }
    }
}

// === impl Server ===

impl Server {
    /// Binds an address; port 0 takes a free one.
    pub async fn bind(address: SocketAddr, config: Config) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let config = Arc::new(config);
        Ok(Self { listener, config })
    }

    /// The address it is bound to.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until the process is [`Phase::Closing`], then finishes what is under way, at the
    /// latest when it is [`Phase::Over`].
    pub async fn run(self, router: Router, metrics: Arc<Metrics>, shutdown: Shutdown) {
        let admission = Admission::new(&self.config, metrics);
        let connections = TaskTracker::new();
        tokio::select! {
            biased;
            () = shutdown.reached(Phase::Closing) => {}
            never = self.accept(admission, &connections, &router, &shutdown) => match never {},
        }
        drop(self.listener);
        connections.close();
        connections.wait().await;
    }

    async fn accept(
        &self,
        mut admission: Admission,
        connections: &TaskTracker,
        router: &Router,
        shutdown: &Shutdown,
    ) -> Infallible {
        loop {
            let room = admission.room().await;
            let (stream, peer) = self.next_connection().await;
            let Some(place) = admission.admit(room, peer.ip()) else {
                continue;
            };
            let connection = Connection {
                peer,
                router: router.clone(),
                config: Arc::clone(&self.config),
                shutdown: shutdown.clone(),
                _place: place,
            };
            connections.spawn(connection.serve(stream));
        }
    }

    async fn next_connection(&self) -> (TcpStream, SocketAddr) {
        loop {
            match self.listener.accept().await {
                Ok(accepted) => return accepted,
                Err(error) if is_the_connections_own(&error) => {}
                Err(error) => {
                    // The connection stays in the queue and would be refused again at once.
                    tracing::warn!(error = &error as &dyn std::error::Error, "cannot accept");
                    sleep(PAUSE).await;
                }
            }
        }
    }
}

/// Whether only the connection failed, and the next may be accepted at once.
fn is_the_connections_own(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    )
}

/// One connection, its place among them included.
struct Connection {
    peer: SocketAddr,
    router: Router,
    config: Arc<Config>,
    shutdown: Shutdown,
    _place: Place,
}

// === impl Connection ===

impl Connection {
    async fn serve(self, stream: TcpStream) {
        // Answers are one small write each, and nothing is gained by holding them back.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(error = &error as &dyn std::error::Error, "no TCP_NODELAY");
        }
        let (stream, read) = Timed::new(stream, self.config.write_timeout);
        let mut stream = Strict::new(stream);
        let timer = HeadTimer::new(read, &self.config);
        if let Err(error) = self.talk(&mut stream, timer).await {
            // A connection that breaks is everyday life on the internet.
            tracing::debug!(error = &error as &dyn std::error::Error, "connection ended");
            if error.is_parse() {
                stream.note_unparsed();
            }
        }
        if let Some((fault, stream)) = stream.into_fault() {
            tokio::select! {
                biased;
                () = self.refuse(stream, fault) => {}
                () = self.shutdown.reached(Phase::Over) => {}
            }
        }
    }

    /// Answers requests until the connection ends, or the process does.
    async fn talk(
        &self,
        stream: &mut Strict<Timed<TcpStream>>,
        timer: HeadTimer,
    ) -> hyper::Result<()> {
        let mut builder = http1::Builder::new();
        builder
            .timer(timer)
            .header_read_timeout(self.config.head_timeout)
            .max_buf_size(MAX_HEAD_BYTES);
        let service = service_fn(|request| answer(self.router.clone(), self.peer, request));
        let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
        tokio::select! {
            biased;
            ended = connection.as_mut() => return ended,
            () = self.shutdown.reached(Phase::Closing) => {}
        }
        // Closed at once when idle, else after the answer that is under way.
        connection.as_mut().graceful_shutdown();
        tokio::select! {
            biased;
            ended = connection => ended,
            () = self.shutdown.reached(Phase::Over) => Ok(()),
        }
    }

    /// Answers what could not be parsed: a request in its place goes through the router.
    async fn refuse(&self, mut stream: Timed<TcpStream>, fault: Malformed) {
        let service = service_fn(|mut request: Request<Incoming>| {
            request.extensions_mut().insert(fault);
            answer(self.router.clone(), self.peer, request)
        });
        let io = TokioIo::new(join(UNPARSED, &mut stream));
        let mut builder = http1::Builder::new();
        // The request in its place ends where it began, and waits for its answer all the same.
        let written = builder.half_close(true).serve_connection(io, service).await;
        if let Err(error) = written {
            tracing::debug!(error = &error as &dyn std::error::Error, "refusal not sent");
            return;
        }
        let (bytes, time) = LINGER;
        // Whatever comes of it, the connection ends.
        let _ = timeout(time, copy(&mut stream.take(bytes), &mut sink())).await;
    }
}

fn answer(
    mut router: Router,
    peer: SocketAddr,
    mut request: Request<Incoming>,
) -> impl Future<Output = Result<Response<Body>, Infallible>> {
    request.extensions_mut().insert(Peer(peer));
    if let Some(fault) = head::fault(&request) {
        request.extensions_mut().insert(fault);
    }
    router.call(request)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_connections_own_failure_is_no_reason_to_pause() {
        let aborted = io::Error::from(io::ErrorKind::ConnectionAborted);
        assert!(is_the_connections_own(&aborted));
        // EMFILE and ENFILE have no kind of their own.
        for errno in [24, 23] {
            assert!(!is_the_connections_own(&io::Error::from_raw_os_error(
                errno
            )));
        }
    }
}
