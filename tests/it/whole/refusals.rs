//! Every refusal over a real socket: the envelope, its code, and the id to ask about it.

use std::time::Duration;

use frontdesk::cli::client::DirectMessage;
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

use super::{phone, salon};
use crate::support::process::{Frontdesk, SECRET, client, now, secret};

const METRICS_TOKEN: &str = "only-for-the-scraper";
const DIRECT_MAX_BYTES: usize = 256 * 1024;
const PROVIDER_MAX_BYTES: usize = 3 * 1024 * 1024;

/// An answer as it came over the wire.
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Value,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    fn assert_is_envelope(&self, case: &str) {
        let fields: Vec<_> = self.body.as_object().unwrap().keys().collect();
        assert_eq!(
            fields,
            ["details", "error", "message", "timestamp"],
            "{case}"
        );
        assert!(self.body["details"].is_object(), "{case}");
        assert!(!self.body["message"].as_str().unwrap().is_empty(), "{case}");
        let timestamp = self.body["timestamp"].as_str().unwrap();
        assert!(timestamp.ends_with('Z'), "{case}: {timestamp}");
        chrono::DateTime::parse_from_rfc3339(timestamp).unwrap();
        assert_eq!(
            self.header("content-type"),
            Some("application/json"),
            "{case}"
        );
        let id = self.header("x-request-id").unwrap_or_default();
        assert!(!id.is_empty(), "{case}");
    }
}

/// One request, byte for byte, on a connection of its own.
async fn exchange(server: &Frontdesk, request: &[u8]) -> Answer {
    let address = server.url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap();
    let headers = lines.map(|line| line.split_once(": ").unwrap());
    Answer {
        status: status.parse().unwrap(),
        headers: headers
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect(),
        body: serde_json::from_str(body).unwrap_or_else(|_| panic!("{answer}")),
    }
}

/// A request's head, after which the connection is closed.
fn head(line: &str, headers: &[&str]) -> Vec<u8> {
    let mut head = format!("{line} HTTP/1.1\r\nhost: desk\r\nconnection: close\r\n");
    for header in headers {
        head.push_str(header);
        head.push_str("\r\n");
    }
    head.push_str("\r\n");
    head.into_bytes()
}

/// A direct message of these bytes, with the secret.
fn posted(content_type: &str, body: &[u8]) -> Vec<u8> {
    let mut request = head(
        "POST /webhook",
        &[
            &format!("content-type: {content_type}"),
            &format!("x-webhook-secret: {SECRET}"),
            &format!("content-length: {}", body.len()),
        ],
    );
    request.extend(body);
    request
}

/// A body that says how long it is, and of which nothing comes.
fn announced(route: &str, bytes: usize) -> Vec<u8> {
    let length = format!("content-length: {bytes}");
    head(
        &format!("POST {route}"),
        &["content-type: application/json", &length],
    )
}

/// A body that does not say how long it is, one byte over the limit.
fn chunked() -> Vec<u8> {
    let mut request = head(
        "POST /webhook",
        &[
            "content-type: application/json",
            "transfer-encoding: chunked",
        ],
    );
    let bytes = DIRECT_MAX_BYTES + 1;
    request.extend(format!("{bytes:x}\r\n").into_bytes());
    request.extend(vec![b' '; bytes]);
    request
}

/// What is asked, and the status and code of its refusal.
fn cases() -> Vec<(&'static str, Vec<u8>, u16, &'static str)> {
    let json = "application/json";
    let length = "content-length: 2";
    let unsigned =
        |route: &str| [head(&format!("POST {route}"), &[length]), b"{}".to_vec()].concat();
    let guess = head(
        "POST /webhook",
        &["x-webhook-secret: a guess", "content-length: 0"],
    );
    let handshake = "GET /webhook/whatsapp?hub.mode=subscribe&hub.challenge=1&hub.verify_token=no";
    let deep = format!(r#"{{"message": {}1{}}}"#, "[".repeat(999), "]".repeat(999));
    let no_phone = br#"{"message": "Hi", "phone": "1"}"#;
    vec![
        (
            "an unknown route",
            head("GET /wp-login.php", &[]),
            404,
            "not_found",
        ),
        (
            "a wrong method",
            head("GET /webhook", &[]),
            405,
            "method_not_allowed",
        ),
        (
            "another",
            head("DELETE /webhook/whatsapp", &[]),
            405,
            "method_not_allowed",
        ),
        ("no proof", unsigned("/webhook"), 401, "invalid_signature"),
        (
            "no proof",
            unsigned("/webhook/whatsapp"),
            401,
            "invalid_signature",
        ),
        (
            "no proof",
            unsigned("/webhook/ghl"),
            401,
            "invalid_signature",
        ),
        (
            "no proof",
            head("GET /webhook/replies?thread_id=1", &[]),
            401,
            "invalid_signature",
        ),
        ("a wrong secret", guess, 401, "invalid_signature"),
        ("a wrong handshake", head(handshake, &[]), 403, "forbidden"),
        ("no JSON", posted(json, b"{"), 400, "invalid_json"),
        (
            "no UTF-8",
            posted(json, b"{\"message\":\"caf\xe9\"}"),
            400,
            "invalid_json",
        ),
        (
            "too deep",
            posted(json, deep.as_bytes()),
            400,
            "invalid_json",
        ),
        (
            "another type",
            posted("text/plain", no_phone),
            415,
            "unsupported_media_type",
        ),
        (
            "a wrong field",
            posted(json, no_phone),
            422,
            "validation_error",
        ),
        (
            "too long",
            announced("/webhook", DIRECT_MAX_BYTES + 1),
            413,
            "payload_too_large",
        ),
        (
            "too long for a provider",
            announced("/webhook/ghl", PROVIDER_MAX_BYTES + 1),
            413,
            "payload_too_large",
        ),
        ("too long, unannounced", chunked(), 413, "payload_too_large"),
        ("no token", head("GET /metrics", &[]), 401, "unauthorized"),
        (
            "a wrong token",
            head("GET /metrics", &["authorization: Bearer a-guess"]),
            401,
            "unauthorized",
        ),
    ]
}

#[tokio::test]
async fn every_refusal_is_the_envelope_with_its_code() {
    let folder = tempfile::tempdir().unwrap();
    let mut serve = salon(folder.path());
    serve.env("METRICS_TOKEN", METRICS_TOKEN);
    let server = Frontdesk::spawn(serve).await;
    let server = &server;
    let asked = cases().into_iter().map(|case| async move {
        // Nobody waits for as long as a body may take: what is refused is refused soon.
        let answer = timeout(Duration::from_secs(20), exchange(server, &case.1)).await;
        (case, answer.unwrap())
    });
    for ((case, _, status, code), answer) in futures_util::future::join_all(asked).await {
        let found = (answer.status, answer.body["error"].as_str());
        assert_eq!(found, (status, Some(code)), "{case}: {}", answer.body);
        answer.assert_is_envelope(case);
        match status {
            405 => assert!(answer.header("allow").unwrap().contains("POST"), "{case}"),
            413 => assert!(answer.body["details"]["max_bytes"].is_u64(), "{case}"),
            422 => assert!(answer.body["details"]["phone"].is_string(), "{case}"),
            _ => {}
        }
    }
    // Nobody was let in, and the door still opens to who has the key.
    let token = format!("authorization: Bearer {METRICS_TOKEN}");
    let metrics = exchange(server, &head("GET /metrics", &[&token])).await;
    assert_eq!(metrics.status, 200);
    assert_eq!(metrics.body["active_threads"], 0, "{}", metrics.body);
}

#[tokio::test]
async fn the_thirty_first_message_of_a_phone_is_refused_with_the_time_to_wait() {
    // So many more that a slow machine's refill does not let all of them in.
    const MESSAGES: usize = 60;
    let folder = tempfile::tempdir().unwrap();
    let server = Frontdesk::start(folder.path()).await;
    let began = tokio::time::Instant::now();
    let message = |number: usize| {
        DirectMessage {
            text: "Hi",
            phone: &phone("+12025550137"),
            name: None,
            thread_id: None,
            wait: Duration::ZERO,
        }
        .request(Some(&secret()), &format!("m-{number}"), now())
    };
    let http = client();
    let posts = (0..MESSAGES).map(|number| {
        let request = message(number);
        let post = http.post(format!("{}{}", server.url, request.path));
        post.headers(request.headers).body(request.body).send()
    });
    let mut accepted = 0;
    for answer in futures_util::future::join_all(posts).await {
        let answer = answer.unwrap();
        if answer.status() == 200 {
            accepted += 1;
            continue;
        }
        assert_eq!(answer.status(), 429);
        let header = |name| answer.headers()[name].to_str().unwrap().to_owned();
        let retry_after: u64 = header("retry-after").parse().unwrap();
        assert!((1..=60).contains(&retry_after), "{retry_after}");
        assert_eq!(header("ratelimit-policy"), "\"sender\";q=30;w=60");
        assert!(header("ratelimit").starts_with("\"sender\";r=0;t="));
        assert!(!header("x-request-id").is_empty());
        let body: Value = answer.json().await.unwrap();
        assert_eq!(body["error"], "rate_limited");
    }
    let refilled = began.elapsed().as_secs() / 2 + 1;
    assert!((30..=30 + refilled).contains(&accepted), "{accepted}");
    assert!(accepted < MESSAGES as u64);
    let limited = "frontdesk_rate_limited_total{scope=\"sender\"}";
    let refused = MESSAGES as u64 - accepted;
    assert_eq!(server.metric(limited).await, refused);
    assert_eq!(server.get("/metrics").await.1["rate_limited"], refused);
}
