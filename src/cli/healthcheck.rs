//! `frontdesk healthcheck`: one `GET /health`, for a container that has no other client.
//!
//! The invariant: it ends within [`DEADLINE`], and well only on a 200.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

/// How long the server may take to answer.
const DEADLINE: Duration = Duration::from_secs(5);
/// Enough for `HTTP/1.1 200`; the rest of the answer does not matter.
const STATUS_LINE_BYTES: u64 = 12;
const OK: &str = "200";

/// Why the server is not known to be well.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody listens there, or the connection broke.
    #[error("no server answers at {address}")]
    Unreachable {
        /// Where it was asked.
        address: SocketAddr,
        /// What happened.
        source: std::io::Error,
    },
    /// It took too long.
    #[error("the server at {address} did not answer within {} s", DEADLINE.as_secs())]
    TimedOut {
        /// Where it was asked.
        address: SocketAddr,
    },
    /// What answered speaks no HTTP/1.
    #[error("what listens at {address} is no web server")]
    NotHttp {
        /// Where it was asked.
        address: SocketAddr,
    },
    /// It says that it is not well.
    #[error("the server at {address} answers {status}")]
    NotWell {
        /// Where it was asked.
        address: SocketAddr,
        /// The status code that it gave.
        status: String,
    },
}

/// Asks the server that listens on `address` how it is.
pub(super) async fn run(address: SocketAddr) -> Result<(), Error> {
    let address = reachable(address);
    let head = timeout(DEADLINE, ask(address))
        .await
        .map_err(|_| Error::TimedOut { address })?
        .map_err(|source| Error::Unreachable { address, source })?;
    match status(&head) {
        Some(OK) => Ok(()),
        Some(status) => Err(Error::NotWell {
            address,
            status: status.to_owned(),
        }),
        None => Err(Error::NotHttp { address }),
    }
}

async fn ask(address: SocketAddr) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!(
        "GET /health HTTP/1.1\r\nHost: {address}\r\nUser-Agent: frontdesk-healthcheck\r\n\
         Connection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await?;
    let mut head = Vec::new();
    stream
        .take(STATUS_LINE_BYTES)
        .read_to_end(&mut head)
        .await?;
    Ok(head)
}

fn status(head: &[u8]) -> Option<&str> {
    let line = std::str::from_utf8(head).ok()?;
    let (version, status) = line.split_once(' ')?;
    let numeric = status.len() == OK.len() && status.bytes().all(|byte| byte.is_ascii_digit());
    (version.starts_with("HTTP/1.") && numeric).then_some(status)
}

/// A server on every interface is asked on the loopback one.
pub(super) fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    async fn asked(answer: &'static [u8]) -> Result<(), Error> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serve = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                request.push(stream.read_u8().await.unwrap());
            }
            assert!(request.starts_with(b"GET /health HTTP/1.1\r\n"));
            stream.write_all(answer).await.unwrap();
        };
        tokio::join!(serve, run(address)).1
    }

    #[tokio::test]
    async fn only_a_200_is_well() {
        asked(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
        let error = asked(b"HTTP/1.1 503 Service Unavailable\r\n\r\n")
            .await
            .unwrap_err();
        assert!(matches!(error, Error::NotWell { status, .. } if status == "503"));
    }

    #[tokio::test]
    async fn what_is_no_web_server_is_said_to_be_none() {
        for answer in [&b"SSH-2.0-OpenSSH_9.2\r\n"[..], b"", b"HTTP/1.1 2x0 OK\r\n"] {
            let error = asked(answer).await.unwrap_err();
            assert!(matches!(error, Error::NotHttp { .. }), "{error:?}");
        }
    }

    #[tokio::test]
    async fn a_closed_port_is_unreachable() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let error = run(address).await.unwrap_err();
        assert!(matches!(error, Error::Unreachable { .. }), "{error:?}");
    }

    #[test]
    fn a_server_on_every_interface_is_asked_on_this_machine() {
        let asked = |listening: &str| reachable(listening.parse().unwrap()).to_string();
        assert_eq!(asked("0.0.0.0:3000"), "127.0.0.1:3000");
        assert_eq!(asked("[::]:3000"), "[::1]:3000");
        assert_eq!(asked("192.0.2.7:80"), "192.0.2.7:80");
    }
}
