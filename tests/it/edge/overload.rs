//! Attackers who have no secret and open as many slow bodies as they can, while others send signed
//! messages.

use std::{io, net::SocketAddr, time::Duration};

use frontdesk::{http::ServerConfig, message::SourceKind};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    sync::mpsc,
    time::{interval, timeout},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::support::{
    door::{Door, SECRET},
    edge::{TestEdge, message},
    listener::{Client, Running},
};

/// What a provider's delivery may have.
const MAX_BODY_BYTES: usize = 3 * 1024 * 1024;
/// As many slow bodies as were once enough.
const BODIES: usize = 54;
const MESSAGES: usize = 250;
const HANGS: Duration = Duration::from_mins(1);

/// How an attacker's bodies come.
#[derive(Debug, Clone, Copy)]
struct Attack {
    /// From how many addresses.
    addresses: usize,
    /// What comes at first, of each.
    at_once: usize,
    /// True if the length is announced.
    is_chunked: bool,
}

/// One body that does not end; begun anew whenever it is refused.
async fn attack(to: SocketAddr, from: String, attack: Attack, begun: mpsc::Sender<()>) {
    loop {
        // Refused, or the connection is: that is an attacker's everyday life.
        let _ = one_body(to, &from, attack, &begun).await;
        tokio::task::yield_now().await;
    }
}

async fn one_body(
    to: SocketAddr,
    from: &str,
    attack: Attack,
    begun: &mpsc::Sender<()>,
) -> io::Result<()> {
    let Client(mut stream) = Client::connect(to, from).await?;
    let framing = if attack.is_chunked {
        "transfer-encoding: chunked".to_owned()
    } else {
        format!("content-length: {MAX_BODY_BYTES}")
    };
    let head = format!(
        "POST /webhook HTTP/1.1\r\nhost: test\r\nx-secret: guess\r\nexpect: 100-continue\r\n\
         {framing}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await?;
    // Asked to go on, the server is reading the body.
    stream.read_exact(&mut [0; 25]).await?;
    let piece = |bytes: usize| {
        let spaces = " ".repeat(bytes);
        if attack.is_chunked {
            format!("{bytes:x}\r\n{spaces}\r\n")
        } else {
            spaces
        }
    };
    stream.write_all(piece(attack.at_once).as_bytes()).await?;
    // Full while nobody listens any more.
    let _ = begun.try_send(());
    // Just fast enough to be waited for.
    let mut seconds = interval(Duration::from_secs(1));
    loop {
        seconds.tick().await;
        stream.write_all(piece(9000).as_bytes()).await?;
    }
}

fn signed(id: usize) -> String {
    let body = message(&format!("m{id}")).to_string();
    format!(
        "POST /webhook HTTP/1.1\r\nhost: test\r\nx-secret: {SECRET}\r\ncontent-length: {}\r\n\r\n\
         {body}",
        body.len()
    )
}

/// How many of the signed messages are taken while it goes on.
async fn taken_during(how: Attack, honest: &str) -> usize {
    let door = Door::with_secret(SourceKind::Direct).up_to(MAX_BODY_BYTES);
    let test = TestEdge::with_doors([door]);
    let running = Running::with(test, ServerConfig::default()).await;
    let (begun, mut beginnings) = mpsc::channel(BODIES);
    let (attackers, stop) = (TaskTracker::new(), CancellationToken::new());
    for number in 0..BODIES {
        let from = format!("127.0.0.{}", 10 + number % how.addresses);
        let attack = attack(running.address, from, how, begun.clone());
        attackers.spawn(stop.clone().run_until_cancelled_owned(attack));
    }
    for _ in 0..BODIES {
        beginnings.recv().await.unwrap();
    }
    let mut taken = 0;
    let mut client = running.client_from(honest).await;
    for id in 0..MESSAGES {
        if id % 10 == 0 {
            client = running.client_from(honest).await;
        }
        client.write(signed(id)).await;
        taken += usize::from(client.answer().await.starts_with("HTTP/1.1 200"));
    }
    stop.cancel();
    attackers.close();
    attackers.wait().await;
    taken
}

#[tokio::test]
async fn slow_bodies_of_strangers_do_not_keep_signed_messages_out() {
    for addresses in [1, 9] {
        for at_once in [190, 40 * 1024, MAX_BODY_BYTES / 2] {
            for is_chunked in [false, true] {
                let attack = Attack {
                    addresses,
                    at_once,
                    is_chunked,
                };
                let taken = timeout(HANGS, taken_during(attack, "127.0.0.100")).await;
                let taken = taken.unwrap();
                assert!(taken * 100 >= MESSAGES * 99, "{taken} with {attack:?}");
            }
        }
    }
}

#[tokio::test]
async fn not_even_from_the_address_that_signed_messages_come_from() {
    let attack = Attack {
        addresses: 1,
        at_once: MAX_BODY_BYTES / 2,
        is_chunked: false,
    };
    let taken = timeout(HANGS, taken_during(attack, "127.0.0.10")).await;
    assert_eq!(taken.unwrap(), MESSAGES);
}
