//! A backlog of replies that drains at the pace that is allowed, and what that costs.

use std::{
    fs,
    net::SocketAddr,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use axum::{Json, Router, extract::State, routing::post};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    time::sleep,
};

use crate::{
    client::SECRET,
    server::{Server, Usage},
};

/// The customers who wait for a reply.
const CUSTOMERS: usize = 2_000;
/// What frontdesk sends in a second from one number.
const PACE: f64 = 60.0;
/// What the provider takes for an answer.
const LATENCY: Duration = Duration::from_millis(200);
const NUMBER: &str = "106540352242922";
const BUSINESS: &str = "name = \"Bench\"\ntimezone = \"UTC\"\n\
    [whatsapp]\nphone_number_ids = [\"106540352242922\"]\n\
    [hours]\nmonday = [\"09:00-18:00\"]\n\
    [[service]]\nid = \"cut\"\nname = \"Cut\"\nminutes = 30\n";

/// Lets everybody write at once, and measures while their replies go out.
pub(crate) async fn drain() {
    let folder =
        tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("this folder can be written");
    let (provider, sent) = provider().await;
    let server = start(folder.path(), provider).await;
    for first in (0..CUSTOMERS).step_by(500) {
        deliver(server.address, first..first + 500).await;
    }
    while server.metric("frontdesk_messages_pending").await > 0.0 {
        sleep(Duration::from_millis(50)).await;
    }
    let log = || fs::read_to_string(folder.path().join("log")).expect("the log can be read");
    let (before, lines_before) = (server.usage(), log().lines().count());
    let (sent_before, began) = (sent.load(Ordering::Relaxed), Instant::now());
    while sent.load(Ordering::Relaxed) < CUSTOMERS {
        sleep(Duration::from_millis(20)).await;
    }
    let took = began.elapsed().as_secs_f64();
    let Usage { cpu, written_bytes } = server.usage();
    let drained = CUSTOMERS - sent_before;
    println!("\na backlog of replies from one number, {PACE:.0} a second allowed");
    println!(
        "{drained} sent in {took:.1} s: {:.2} of the pace; {:.1} % of a core; {} log lines; {:.0} KiB written for each",
        drained as f64 / took / PACE,
        cpu.saturating_sub(before.cpu).as_secs_f64() / took * 100.0,
        log().lines().count() - lines_before,
        (written_bytes - before.written_bytes) as f64 / drained as f64 / 1024.0,
    );
    let dead = server.metric("frontdesk_messages_dead").await;
    assert!(dead < 1.0, "{dead} messages are dead");
    server.stop();
    assert_eq!(
        sent.load(Ordering::Relaxed),
        CUSTOMERS,
        "each was sent to once"
    );
}

async fn start(folder: &Path, provider: SocketAddr) -> Server {
    fs::write(folder.join("bench.toml"), BUSINESS).expect("the folder can be written");
    let settings = [
        ("BUSINESS", "bench.toml".to_owned()),
        ("COALESCE_MS", "0".to_owned()),
        ("WHATSAPP_APP_SECRET", SECRET.to_owned()),
        ("WHATSAPP_ACCESS_TOKEN", "bench-token".to_owned()),
        ("WHATSAPP_API_URL", format!("http://{provider}/v26.0")),
    ];
    Server::with_settings(folder, "assistant", "INFO", &settings).await
}

/// A Graph API that takes everything, and the messages that it took.
async fn provider() -> (SocketAddr, Arc<AtomicUsize>) {
    let sent = Arc::<AtomicUsize>::default();
    let router = Router::new()
        .route("/v26.0/{number}/messages", post(take))
        .with_state(Arc::clone(&sent));
    let listener = TcpListener::bind("127.0.0.1:0").await;
    let listener = listener.expect("a port is free");
    let address = listener.local_addr();
    tokio::spawn(async move { axum::serve(listener, router).await });
    (address.expect("a bound socket has an address"), sent)
}

async fn take(State(sent): State<Arc<AtomicUsize>>, Json(body): Json<Value>) -> Json<Value> {
    sleep(LATENCY).await;
    if body.get("status").is_some() {
        return Json(json!({"success": true}));
    }
    let id = sent.fetch_add(1, Ordering::Relaxed);
    Json(json!({
        "messaging_product": "whatsapp",
        "messages": [{"id": format!("wamid.bench{id}")}],
    }))
}

/// Posts a message of each of these customers in one signed delivery.
async fn deliver(server: SocketAddr, customers: std::ops::Range<usize>) {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let timestamp = now.expect("it is after 1970").as_secs().to_string();
    let phone = |customer: usize| format!("1202{:07}", 5_550_000 + customer);
    let messages: Vec<_> = customers
        .map(|customer| {
            json!({
                "from": phone(customer),
                "id": format!("wamid.in{customer}"),
                "timestamp": timestamp,
                "type": "text",
                "text": {"body": "where are you?"},
            })
        })
        .collect();
    let value = json!({
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550783881", "phone_number_id": NUMBER},
        "contacts": [],
        "messages": messages,
    });
    let body = json!({"object": "whatsapp_business_account", "entry": [
        {"id": "102290129340398", "changes": [{"field": "messages", "value": value}]},
    ]});
    let body = body.to_string();
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("any key is allowed");
    mac.update(body.as_bytes());
    let signature = hex::encode(mac.finalize().into_bytes());
    let request = format!(
        "POST /webhook/whatsapp HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
         content-type: application/json\r\nx-hub-signature-256: sha256={signature}\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len(),
    );
    let mut stream = TcpStream::connect(server).await.expect("it listens");
    let written = stream.write_all(request.as_bytes()).await;
    written.expect("the server reads");
    let mut answer = String::new();
    let read = stream.read_to_string(&mut answer).await;
    read.expect("the server answers");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}
