//! Sixty-four clients that keep their connections and wait for each answer before they go on.
//!
//! Written on bare sockets, so that the client costs little beside the server it shares the
//! machine with.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// The connections of a round.
pub(crate) const CONNECTIONS: usize = 64;
/// The phones that messages come from.
pub(crate) const PHONES: u64 = 10_000;
/// The phones that hold a conversation at the same time.
pub(crate) const TALKING: u64 = 2_000;
/// The secret that both servers check.
pub(crate) const SECRET: &str = "bench-secret-bench-secret-bench!";

/// What a round saw.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// The ids that were acknowledged.
    pub(crate) acked: Vec<u128>,
    /// How long each acknowledgement took.
    pub(crate) latencies: Vec<Duration>,
    /// Answers that were not 200.
    pub(crate) refused: u64,
    /// How long the round took.
    pub(crate) took: Duration,
}

/// What the clients say.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Script {
    /// The same sentence again and again.
    Ingest,
    /// A conversation that books: each phone goes through it line by line.
    Conversation(&'static [&'static str]),
}

impl Seen {
    /// Acknowledged requests per second.
    pub(crate) fn rate(&self) -> f64 {
        self.acked.len() as f64 / self.took.as_secs_f64()
    }

    /// The latency that this share of the requests stayed under.
    pub(crate) fn percentile(&mut self, share: f64) -> Duration {
        self.latencies.sort_unstable();
        let index = (self.latencies.len() as f64 * share) as usize;
        self.latencies
            .get(index.min(self.latencies.len().saturating_sub(1)))
            .copied()
            .unwrap_or_default()
    }
}

/// Sends for `duration` over all connections and tells what came back.
pub(crate) async fn round(server: SocketAddr, script: Script, duration: Duration) -> Seen {
    let started = Instant::now();
    let turn = Arc::new(AtomicU64::new(0));
    let connections: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            tokio::spawn(connection(
                server,
                script,
                Arc::clone(&turn),
                started + duration,
            ))
        })
        .collect();
    let mut seen = Seen::default();
    for connection in connections {
        let part = connection
            .await
            .expect("a connection's task does not panic");
        seen.acked.extend(part.acked);
        seen.latencies.extend(part.latencies);
        seen.refused += part.refused;
    }
    seen.took = started.elapsed();
    seen
}

async fn connection(
    server: SocketAddr,
    script: Script,
    turn: Arc<AtomicU64>,
    end: Instant,
) -> Seen {
    let mut stream = TcpStream::connect(server)
        .await
        .expect("the server listens");
    stream.set_nodelay(true).expect("the socket is open");
    let mut seen = Seen::default();
    let mut request = Vec::with_capacity(1024);
    let mut answer = vec![0; 16 * 1024];
    let key = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("any key length is allowed");
    while Instant::now() < end {
        let id = uuid::Uuid::new_v4().as_u128();
        let number = turn.fetch_add(1, Ordering::Relaxed);
        write_request(&mut request, &key, script, number, id);
        let sent = Instant::now();
        stream.write_all(&request).await.expect("the server reads");
        let status = read_answer(&mut stream, &mut answer).await;
        seen.latencies.push(sent.elapsed());
        if status == 200 {
            seen.acked.push(id);
        } else {
            seen.refused += 1;
        }
    }
    seen
}

fn write_request(out: &mut Vec<u8>, key: &Hmac<Sha256>, script: Script, number: u64, id: u128) {
    use std::io::Write as _;
    let (phones, text) = match script {
        Script::Ingest => (PHONES, "Hi, I want to book an appointment for next week"),
        Script::Conversation(lines) => (TALKING, lines[(number / TALKING) as usize % lines.len()]),
    };
    // A multiplicative step visits the phones in no order, each once per cycle.
    let phone = number.wrapping_mul(7919) % phones;
    let body =
        format!(r#"{{"message":"{text}","phone":"+1555{phone:07}","message_id":"{id:032x}"}}"#);
    let mut mac = key.clone();
    mac.update(body.as_bytes());
    let signature = hex::encode(mac.finalize().into_bytes());
    out.clear();
    write!(
        out,
        "POST /webhook HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
         content-length: {}\r\nx-webhook-signature: {signature}\r\n\r\n{body}",
        body.len(),
    )
    .expect("memory can be written");
}

/// Reads one answer with a `content-length` and returns its status.
async fn read_answer(stream: &mut TcpStream, buffer: &mut [u8]) -> u16 {
    let mut filled = 0;
    loop {
        let read = stream
            .read(&mut buffer[filled..])
            .await
            .expect("the server answers");
        assert!(read > 0, "the server closed the connection");
        filled += read;
        let Some(head) = buffer[..filled]
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
        else {
            continue;
        };
        let text = std::str::from_utf8(&buffer[..head]).expect("heads are ASCII");
        let length = text
            .split("\r\n")
            .find_map(|line| line.strip_prefix("content-length: "))
            .map_or(0, |value| {
                value.parse::<usize>().expect("a length is a number")
            });
        let status = text[9..12].parse().expect("a status is three digits");
        while filled < head + 4 + length {
            let read = stream
                .read(&mut buffer[filled..])
                .await
                .expect("the server answers");
            assert!(read > 0, "the server closed the connection");
            filled += read;
        }
        return status;
    }
}
