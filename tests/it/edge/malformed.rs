//! Requests that are no valid HTTP, byte by byte: each is refused with the envelope where it can
//! be answered at all, and ends its connection.

use frontdesk::http::ServerConfig;

use crate::support::{
    door::SECRET,
    edge::{TestEdge, message, posted, send},
    listener::Running,
};

const FINE: &str = "GET /livez HTTP/1.1\r\nhost: test\r\n\r\n";

async fn started() -> Running {
    Running::start(ServerConfig::default()).await
}

/// Sends it, after requests that are fine, and reads the refusal up to the end.
async fn refused(running: &Running, bytes: &[u8]) -> (u16, String) {
    let mut first = None;
    for (before, pipelined) in [("", false), (FINE, false), (FINE, true)] {
        let mut client = running.client().await;
        if pipelined {
            client.write([before.as_bytes(), bytes].concat()).await;
        } else if !before.is_empty() {
            client.write(before).await;
        }
        if !before.is_empty() {
            assert!(client.answer().await.starts_with("HTTP/1.1 200"));
        }
        if !pipelined {
            client.write(bytes).await;
        }
        let (status, head, code) = client.refusal().await;
        assert!(head.contains("connection: close"), "{head}");
        client.closed().await;
        let same = first.get_or_insert_with(|| (status, code.clone()));
        assert_eq!(*same, (status, code));
    }
    first.unwrap()
}

fn head(lines: &str) -> Vec<u8> {
    format!("POST /webhook HTTP/1.1\r\n{lines}\r\n\r\n").into_bytes()
}

#[tokio::test]
async fn what_is_no_valid_http_is_a_bad_request() {
    let running = started().await;
    let chunked = "host: a\r\ntransfer-encoding: chunked";
    let cases: &[(&str, Vec<u8>)] = &[
        ("no request line", b"nonsense\r\n\r\n".to_vec()),
        (
            "a method with a control",
            b"G\x01T / HTTP/1.1\r\nhost: a\r\n\r\n".to_vec(),
        ),
        (
            "a space in the target",
            b"GET /a b HTTP/1.1\r\nhost: a\r\n\r\n".to_vec(),
        ),
        (
            "an unknown version",
            b"GET / HTTP/3.0\r\nhost: a\r\n\r\n".to_vec(),
        ),
        (
            "HTTP/2 without asking",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(),
        ),
        (
            "TLS",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(),
        ),
        (
            "a bare LF after the request line",
            b"GET / HTTP/1.1\nhost: a\r\n\r\n".to_vec(),
        ),
        (
            "a bare LF after a field",
            b"GET / HTTP/1.1\r\nhost: a\n\r\n".to_vec(),
        ),
        (
            "a bare LF at the end",
            b"GET / HTTP/1.1\r\nhost: a\r\n\n".to_vec(),
        ),
        (
            "nothing but bare LFs",
            b"GET / HTTP/1.1\nhost: a\n\n".to_vec(),
        ),
        ("a bare CR", head("host: a\rx: y")),
        ("a space before the colon", head("host : a")),
        ("a folded line", head("host: a\r\nx: y\r\n z")),
        ("a NUL in a value", head("host: a\r\nx: y\0z")),
        ("a control in a value", head("host: a\r\nx: y\x07z")),
        ("a field without a name", head("host: a\r\n: y")),
        ("a field without a colon", head("host: a\r\nnonsense")),
        ("two hosts", head("host: a\r\nhost: b")),
        ("the same host twice", head("host: a\r\nHost: a")),
        ("no host", b"GET /livez HTTP/1.1\r\n\r\n".to_vec()),
        ("a host that is none", head("host: a b")),
        ("a user in the host", head("host: user@a")),
        (
            "gzip, chunked",
            head("host: a\r\ntransfer-encoding: gzip, chunked"),
        ),
        (
            "chunked, gzip",
            head("host: a\r\ntransfer-encoding: chunked, gzip"),
        ),
        (
            "an unknown encoding",
            head("host: a\r\ntransfer-encoding: xchunked"),
        ),
        (
            "chunked twice",
            head(&format!("{chunked}\r\ntransfer-encoding: chunked")),
        ),
        (
            "HTTP/1.0 chunked",
            b"POST / HTTP/1.0\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n".to_vec(),
        ),
        (
            "a length before an encoding",
            head(&format!("content-length: 3\r\n{chunked}")),
        ),
        (
            "a length after an encoding",
            head(&format!("{chunked}\r\ncontent-length: 3")),
        ),
        (
            "two lengths",
            head("host: a\r\ncontent-length: 3\r\ncontent-length: 4"),
        ),
        ("a list of lengths", head("host: a\r\ncontent-length: 3, 4")),
        ("a negative length", head("host: a\r\ncontent-length: -1")),
        ("a signed length", head("host: a\r\ncontent-length: +3")),
        (
            "a length beyond counting",
            head("host: a\r\ncontent-length: 99999999999999999999"),
        ),
    ];
    for (what, bytes) in cases {
        let (status, code) = refused(&running, bytes).await;
        assert_eq!((status, code.as_str()), (400, "bad_request"), "{what}");
    }
    assert_eq!(running.test.store.accepted(), 0);
}

#[tokio::test]
async fn a_head_that_is_too_long_is_told_so() {
    let running = started().await;
    let long = head(&format!("host: a\r\nx: {}", "y".repeat(200 * 1024)));
    let many = head(&format!("host: a{}", "\r\nx: y".repeat(200)));
    for bytes in [long, many] {
        let (status, code) = refused(&running, &bytes).await;
        assert_eq!((status, code.as_str()), (431, "headers_too_large"));
    }
}

#[tokio::test]
async fn what_follows_a_fault_is_not_taken_for_a_request() {
    let running = started().await;
    let body = message("smuggled").to_string();
    let hidden = format!(
        "POST /webhook HTTP/1.1\r\nhost: test\r\nx-secret: {SECRET}\r\ncontent-length: {}\r\n\r\n\
         {body}",
        body.len()
    );
    for lines in [
        "host: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked",
        "host: a\r\ntransfer-encoding: chunked\r\ncontent-length: 5",
        "host: a\r\nhost: b\r\ntransfer-encoding: chunked",
        "host: a\r\ntransfer-encoding: gzip, chunked",
    ] {
        let mut client = running.client().await;
        let bytes = [head(lines), b"0\r\n\r\n".to_vec(), hidden.clone().into()].concat();
        client.write(bytes).await;
        assert_eq!(client.refusal().await.0, 400, "{lines}");
        client.closed().await;
    }
    assert_eq!(running.test.store.accepted(), 0);
}

#[tokio::test]
async fn what_rfc_9112_allows_is_served() {
    let running = started().await;
    for (what, bytes) in [
        (
            "a target with another host",
            "GET http://other/livez HTTP/1.1\r\nhost: test\r\n\r\n",
        ),
        ("an empty host", "GET /livez HTTP/1.1\r\nhost:\r\n\r\n"),
        ("HTTP/1.0 without a host", "GET /livez HTTP/1.0\r\n\r\n"),
        (
            "empty lines before it",
            "\r\n\r\nGET /livez HTTP/1.1\r\nhost: test\r\n\r\n",
        ),
        (
            "space around a value",
            "GET /livez HTTP/1.1\r\nhost: \t test \t\r\n\r\n",
        ),
        (
            "the same length twice",
            "GET /livez HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\ncontent-length: 2\r\n\r\n\n\n",
        ),
    ] {
        let mut client = running.client().await;
        client.write(bytes).await;
        let answer = client.answer().await;
        assert!(answer.contains(" 200 OK"), "{what}: {answer}");
    }
    for target in ["OPTIONS *", "GET http://other/nowhere"] {
        let mut client = running.client().await;
        client
            .write(format!("{target} HTTP/1.1\r\nhost: a\r\n\r\n"))
            .await;
        assert_eq!(client.refusal().await.2, "not_found");
        assert!(client.ask_livez().await.starts_with("HTTP/1.1 200"));
    }
}

#[tokio::test]
async fn chunked_bodies_leave_the_connection_as_good_as_before() {
    let running = started().await;
    let mut client = running.client().await;
    for id in ["m1", "m2"] {
        let body = message(id).to_string();
        let (first, second) = body.split_at(20);
        client
            .write(format!(
                "POST /webhook HTTP/1.1\r\nhost: test\r\nx-secret: {SECRET}\r\n\
                 transfer-encoding: Chunked\r\n\r\n\
                 14;x=y\r\n{first}\r\n{:x}\r\n{second}\r\n0\r\nx-trailer: 1\r\n\r\n",
                second.len()
            ))
            .await;
        assert!(client.answer().await.starts_with("HTTP/1.1 200"));
    }
    assert_eq!(running.test.store.accepted(), 2);
}

#[tokio::test]
async fn an_encoded_body_is_refused_with_what_is_read_instead() {
    let test = TestEdge::new();
    let router = test.router();
    for coding in ["gzip", "br", "identity, deflate", "unheard-of"] {
        let encoded = posted(
            "/webhook",
            message("m1").to_string(),
            &[("content-encoding", coding)],
        );
        let refused = send(&router, encoded).await;
        assert_eq!(refused.status, 415, "{coding}");
        assert_eq!(refused.error_code(), "unsupported_media_type");
        assert_eq!(refused.header("accept-encoding"), "identity");
    }
    let plain = [("content-encoding", "identity")];
    let taken = send(
        &router,
        posted("/webhook", message("m1").to_string(), &plain),
    )
    .await;
    assert_eq!(taken.status, 200);
}
