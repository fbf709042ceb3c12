//! The listener, on real sockets: slow clients, too many of them, and the end.

use std::time::Duration;

use frontdesk::{http::ServerConfig, shutdown::Shutdown};
use tokio::net::TcpStream;

use crate::support::{
    door::{MAX_BYTES, SECRET},
    edge::{TestEdge, message},
    fake_store::Mood,
    listener::Running,
};

const SOON: Duration = Duration::from_secs(1);

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
