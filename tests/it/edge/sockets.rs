//! The listener, on real sockets: slow clients, too many of them, and the end.

use std::{net::SocketAddr, time::Duration};

use frontdesk::{
    http::{Server, ServerConfig},
    shutdown::Shutdown,
};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpStream,
    task::JoinHandle,
    time::timeout,
};
use tokio_util::task::TaskTracker;

use crate::support::{
    door::{MAX_BYTES, SECRET},
    edge::{TestEdge, message},
    fake_store::Mood,
};

/// Far more than anything here takes: past it, it hangs.
const HANGS: Duration = Duration::from_secs(20);
const SOON: Duration = Duration::from_secs(1);

struct Running {
    test: TestEdge,
    address: SocketAddr,
    server: JoinHandle<()>,
    ending: JoinHandle<()>,
}

struct Client(BufReader<TcpStream>);

impl Running {
    async fn start(config: ServerConfig) -> Self {
        Self::with(TestEdge::new(), config).await
    }

    async fn with(test: TestEdge, config: ServerConfig) -> Self {
        let any = "127.0.0.1:0".parse().unwrap();
        let server = Server::bind(any, config).await.unwrap();
        let address = server.local_addr().unwrap();
        let tasks = TaskTracker::new();
        let shutdown = test.edge.shutdown.clone();
        let server = tasks.spawn(server.run(test.router(), shutdown.clone()));
        let ending = tasks.spawn(async move { shutdown.run().await });
        Self {
            test,
            address,
            server,
            ending,
        }
    }

    async fn client(&self) -> Client {
        let stream = TcpStream::connect(self.address).await.unwrap();
        Client(BufReader::new(stream))
    }

    async fn ended(self) {
        timeout(HANGS, self.server).await.unwrap().unwrap();
        self.ending.abort();
    }
}

impl Client {
    async fn write(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.write_all(bytes.as_ref()).await.unwrap();
    }

    /// The head of the next answer; its body is read too.
    async fn answer(&mut self) -> String {
        timeout(HANGS, self.read_answer()).await.unwrap()
    }

    async fn read_answer(&mut self) -> String {
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
        head
    }

    async fn ask_livez(&mut self) -> String {
        self.write("GET /livez HTTP/1.1\r\nhost: test\r\n\r\n")
            .await;
        self.answer().await
    }

    /// Waits for the server to close.
    async fn closed(mut self) {
        let mut rest = Vec::new();
        let closed = timeout(HANGS, self.0.read_to_end(&mut rest)).await.unwrap();
        // A reset is a close too.
        if closed.is_ok() {
            assert!(rest.is_empty(), "{}", String::from_utf8_lossy(&rest));
        }
    }
}

fn post(id: &str, headers: &str) -> String {
    let body = message(id).to_string();
    let length = body.len();
    format!(
        "POST /webhook HTTP/1.1\r\nhost: test\r\nx-secret: {SECRET}\r\n{headers}\
         content-length: {length}\r\n\r\n{body}"
    )
}

#[tokio::test]
async fn a_head_that_trickles_in_is_closed_while_others_are_served() {
    let running = Running::start(ServerConfig {
        head_timeout: SOON,
        ..ServerConfig::default()
    })
    .await;
    let mut slow = running.client().await;
    slow.write("POST /webhook HTTP/1.1\r\nhost: te").await;
    let silent = running.client().await;
    let mut slow_later = running.client().await;
    assert!(slow_later.ask_livez().await.starts_with("HTTP/1.1 200"));
    slow_later.write("GET /livez HT").await;
    let mut other = running.client().await;
    tokio::join!(slow.closed(), silent.closed(), slow_later.closed(), async {
        for _ in 0..10 {
            assert!(other.ask_livez().await.starts_with("HTTP/1.1 200"));
        }
    });
    assert!(other.ask_livez().await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn an_idle_connection_has_a_time_of_its_own() {
    let running = Running::start(ServerConfig {
        idle_timeout: SOON,
        ..ServerConfig::default()
    })
    .await;
    let mut idle = running.client().await;
    assert!(idle.ask_livez().await.starts_with("HTTP/1.1 200"));
    idle.closed().await;
}

#[tokio::test]
async fn at_the_most_connections_the_next_waits_until_one_ends() {
    let running = Running::start(ServerConfig {
        max_connections: 2,
        ..ServerConfig::default()
    })
    .await;
    let (mut first, mut second) = (running.client().await, running.client().await);
    first.ask_livez().await;
    second.ask_livez().await;
    let mut third = running.client().await;
    third
        .write("GET /livez HTTP/1.1\r\nhost: test\r\n\r\n")
        .await;
    for _ in 0..50 {
        first.ask_livez().await;
        second.ask_livez().await;
    }
    let mut nothing = [0];
    let unread = third.0.get_ref().try_read(&mut nothing).unwrap_err();
    assert_eq!(unread.kind(), std::io::ErrorKind::WouldBlock);
    drop(first);
    assert!(third.answer().await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn a_chunked_body_that_grows_too_long_is_told_so() {
    let running = Running::start(ServerConfig::default()).await;
    let mut client = running.client().await;
    client
        .write(format!(
            "POST /webhook HTTP/1.1\r\nhost: test\r\nx-secret: {SECRET}\r\n\
             transfer-encoding: chunked\r\n\r\n"
        ))
        .await;
    let chunk = format!("{MAX_BYTES:x}\r\n{}\r\n", " ".repeat(MAX_BYTES));
    for _ in 0..200 {
        client.write(&chunk).await;
    }
    client.write("0\r\n\r\n").await;
    let answer = client.answer().await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    // The body was read to its end, so that the connection is as good as before.
    assert!(client.ask_livez().await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn the_end_closes_what_is_idle_and_answers_what_is_under_way() {
    let running = Running::start(ServerConfig::default()).await;
    let mut idle = running.client().await;
    idle.ask_livez().await;
    let fresh = running.client().await;
    let mut waiting = running.client().await;
    waiting.write(post("m1", "prefer: wait=30\r\n")).await;
    while running.test.store.accepted() == 0 {
        tokio::task::yield_now().await;
    }
    running.test.edge.shutdown.request();
    idle.closed().await;
    fresh.closed().await;
    let answer = waiting.answer().await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    waiting.closed().await;
    let address = running.address;
    running.ended().await;
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn a_request_that_never_ends_is_dropped_after_the_grace() {
    let mut test = TestEdge::new();
    test.edge.shutdown = Shutdown::new(frontdesk::shutdown::Config {
        drain_delay: Duration::ZERO,
        grace: SOON,
    });
    test.store.set_mood(Mood::Stuck);
    let running = Running::with(test, ServerConfig::default()).await;
    let mut stuck = running.client().await;
    stuck.write(post("m1", "expect: 100-continue\r\n")).await;
    // The server asks for the body: the request is under way.
    let go_on = stuck.answer().await;
    assert!(go_on.starts_with("HTTP/1.1 100"), "{go_on}");
    running.test.edge.shutdown.request();
    stuck.closed().await;
    running.ended().await;
}
