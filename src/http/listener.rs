//! The accept loop: connections that are bounded in number, in time and in memory.
//!
//! The invariants: at [`Config::max_connections`] accepting stops; a request's head, an idle
//! connection and an unread answer each have a deadline; every connection is joined before
//! [`Server::run`] returns.

mod timing;

use std::{convert::Infallible, future::Future, io, net::SocketAddr, pin::pin, sync::Arc};

use axum::{
    Router,
    body::Body,
    http::{Request, Response},
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Duration, sleep},
};
use tokio_util::task::TaskTracker;
use tower::Service as _;

use self::timing::{HeadTimer, Timed};
use crate::{
    layer::client_ip::Peer,
    shutdown::{Phase, Shutdown},
};

/// How many connections there are, and how long they may take.
#[derive(Debug, Clone, Copy)]
pub struct Config {
    /// The most connections; at that many, accepting stops.
    pub max_connections: usize,
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
    config: Config,
}

/// The most memory of a connection's read buffer, and so of a request's head.
const MAX_HEAD_BYTES: usize = 32 * 1024;

/// How long accepting pauses when the process is out of descriptors or memory.
const PAUSE: Duration = Duration::from_millis(200);

impl Default for Config {
    fn default() -> Self {
        Self {
            max_connections: 4096,
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
        Ok(Self { listener, config })
    }

    /// The address it is bound to.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until the process is [`Phase::Closing`], then finishes what is under way, at the
    /// latest when it is [`Phase::Over`].
    pub async fn run(self, router: Router, shutdown: Shutdown) {
        let connections = TaskTracker::new();
        tokio::select! {
            biased;
            () = shutdown.reached(Phase::Closing) => {}
            never = self.accept(&connections, &router, &shutdown) => match never {},
        }
        drop(self.listener);
        connections.close();
        connections.wait().await;
    }

    async fn accept(
        &self,
        connections: &TaskTracker,
        router: &Router,
        shutdown: &Shutdown,
    ) -> Infallible {
        let places = Arc::new(Semaphore::new(self.config.max_connections));
        loop {
            // Before accepting: at the bound, new connections wait in the kernel's own bounded queue.
            let place = Arc::clone(&places)
                .acquire_owned()
                .await
                .expect("invariant: this semaphore is never closed");
            let (stream, peer) = self.next_connection().await;
            let connection = Connection {
                peer,
                router: router.clone(),
                config: self.config,
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
    config: Config,
    shutdown: Shutdown,
    _place: OwnedSemaphorePermit,
}

// === impl Connection ===

impl Connection {
    async fn serve(self, stream: TcpStream) {
        // Answers are one small write each, and nothing is gained by holding them back.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(error = &error as &dyn std::error::Error, "no TCP_NODELAY");
        }
        let (stream, read) = Timed::new(stream, self.config.write_timeout);
        let mut builder = http1::Builder::new();
        builder
            .timer(HeadTimer::new(read, &self.config))
            .header_read_timeout(self.config.head_timeout)
            .max_buf_size(MAX_HEAD_BYTES);
        let service = service_fn(|request| answer(self.router.clone(), self.peer, request));
        let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
        tokio::select! {
            biased;
            ended = connection.as_mut() => return note(ended),
            () = self.shutdown.reached(Phase::Closing) => {}
        }
        // Closed at once when idle, else after the answer that is under way.
        connection.as_mut().graceful_shutdown();
        tokio::select! {
            biased;
            ended = connection => note(ended),
            () = self.shutdown.reached(Phase::Over) => {}
        }
    }
}

fn answer(
    mut router: Router,
    peer: SocketAddr,
    mut request: Request<Incoming>,
) -> impl Future<Output = Result<Response<Body>, Infallible>> {
    request.extensions_mut().insert(Peer(peer));
    router.call(request)
}

/// A connection that breaks is everyday life on the internet.
fn note(ended: hyper::Result<()>) {
    if let Err(error) = ended {
        tracing::debug!(error = &error as &dyn std::error::Error, "connection ended");
    }
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
