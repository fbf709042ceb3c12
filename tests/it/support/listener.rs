//! A listener on a real socket, and raw clients for it.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use frontdesk::http::{Server, ServerConfig};
use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpSocket, TcpStream},
    task::JoinHandle,
    time::timeout,
};
use tokio_util::task::TaskTracker;

use super::edge::TestEdge;

/// Far more than anything here takes: past it, it hangs.
pub(crate) const HANGS: Duration = Duration::from_secs(20);

/// A listener at work.
pub(crate) struct Running {
    pub(crate) test: TestEdge,
    pub(crate) address: SocketAddr,
    server: JoinHandle<()>,
    ending: JoinHandle<()>,
}

/// A connection to it, byte by byte.
pub(crate) struct Client(pub(crate) BufReader<TcpStream>);

impl Running {
    pub(crate) async fn start(config: ServerConfig) -> Self {
        Self::with(TestEdge::new(), config).await
    }

    pub(crate) async fn with(test: TestEdge, config: ServerConfig) -> Self {
        let any = "127.0.0.1:0".parse().unwrap();
        let server = Server::bind(any, config).await.unwrap();
        let address = server.local_addr().unwrap();
        let tasks = TaskTracker::new();
        let shutdown = test.edge.shutdown.clone();
        let metrics = Arc::clone(&test.edge.metrics);
        let server = tasks.spawn(server.run(test.router(), metrics, shutdown.clone()));
        let ending = tasks.spawn(async move { shutdown.run().await });
        Self {
            test,
            address,
            server,
            ending,
        }
    }

    pub(crate) async fn client(&self) -> Client {
        self.client_from("127.0.0.1").await
    }

    /// A client at another address of this machine.
    pub(crate) async fn client_from(&self, address: &str) -> Client {
        Client::connect(self.address, address).await.unwrap()
    }

    pub(crate) async fn ended(self) {
        timeout(HANGS, self.server).await.unwrap().unwrap();
        self.ending.abort();
    }
}

impl Client {
    pub(crate) async fn connect(to: SocketAddr, from: &str) -> io::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.bind(SocketAddr::new(from.parse().unwrap(), 0))?;
        let stream = socket.connect(to).await?;
        Ok(Self(BufReader::new(stream)))
    }

    pub(crate) async fn write(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.write_all(bytes.as_ref()).await.unwrap();
    }

    /// The head of the next answer; its body is read too.
    pub(crate) async fn answer(&mut self) -> String {
        self.head_and_body().await.0
    }

    /// The status, the head and the code of a refusal, which has to be the envelope.
    pub(crate) async fn refusal(&mut self) -> (u16, String, String) {
        let (head, body) = self.head_and_body().await;
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let envelope: Value = serde_json::from_slice(&body).unwrap();
        let fields: Vec<_> = envelope.as_object().unwrap().keys().collect();
        assert_eq!(fields, ["details", "error", "message", "timestamp"]);
        for needed in ["content-type: application/json", "x-request-id: ", "date: "] {
            assert!(head.contains(needed), "{head}");
        }
        (status, head, envelope["error"].as_str().unwrap().to_owned())
    }

    async fn head_and_body(&mut self) -> (String, Vec<u8>) {
        timeout(HANGS, self.read_answer()).await.unwrap()
    }

    async fn read_answer(&mut self) -> (String, Vec<u8>) {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            let read = self.0.read_line(&mut head).await.unwrap();
            assert_ne!(read, 0, "closed after {head:?}");
        }
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
        self.0.read_exact(&mut body).await.unwrap();
        (head, body)
    }

    pub(crate) async fn ask_livez(&mut self) -> String {
        self.write("GET /livez HTTP/1.1\r\nhost: test\r\n\r\n")
            .await;
        self.answer().await
    }

    /// Waits for the server to close.
    pub(crate) async fn closed(mut self) {
        let mut rest = Vec::new();
        let closed = timeout(HANGS, self.0.read_to_end(&mut rest)).await.unwrap();
        // A reset is a close too.
        if closed.is_ok() {
            assert!(rest.is_empty(), "{}", String::from_utf8_lossy(&rest));
        }
    }
}
