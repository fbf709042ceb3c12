//! What is refused, with which code, and that it is the envelope every time.

use std::{convert::Infallible, net::SocketAddr, num::NonZeroU32, time::Duration};

use axum::body::Body;
use bytes::Bytes;
use frontdesk::{
    layer::{client_ip::Peer, rate_limit},
    message::SourceKind,
};
use futures_util::{StreamExt as _, stream};
use http::{HeaderValue, Request, StatusCode};
use serde_json::json;

use crate::support::{
    door::{Door, MAX_BYTES},
    edge::{TestEdge, get, local, message, post, posted, request, send},
    fake_store::Mood,
};

#[tokio::test]
async fn what_is_nowhere_and_what_takes_other_methods() {
    let router = TestEdge::new().router();
    let nowhere = get(&router, "/wp-login.php").await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    assert_eq!(nowhere.error_code(), "not_found");
    for (method, uri, allow) in [
        ("GET", "/webhook", "POST"),
        ("DELETE", "/webhook/whatsapp", "POST,GET,HEAD"),
        ("POST", "/webhook/replies", "GET,HEAD"),
        ("POST", "/health", "GET,HEAD"),
        ("PUT", "/", "GET,HEAD"),
    ] {
        let refused = send(&router, request(method, uri, &[])).await;
        assert_eq!(refused.status, StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(refused.error_code(), "method_not_allowed");
        assert_eq!(refused.header("allow"), allow, "{method} {uri}");
    }
}

#[tokio::test]
async fn who_proves_nothing_is_refused_before_anything_is_read_into_it() {
    let test = TestEdge::new();
    let router = test.router();
    let unsigned = request("POST", "/webhook", &[]).map(|_| Body::from("not even JSON"));
    let wrong = request("POST", "/webhook", &[("x-secret", "guess")]);
    for refused in [send(&router, unsigned).await, send(&router, wrong).await] {
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
        assert_eq!(refused.error_code(), "invalid_signature");
    }
    assert_eq!(test.store.accepted(), 0);
}

#[tokio::test]
async fn what_cannot_be_read_is_400_and_what_is_wrong_in_it_is_422() {
    let router = TestEdge::new().router();
    let deep = "[".repeat(MAX_BYTES);
    for body in [Body::from("{"), Body::from("\"\u{0}\""), Body::from(deep)] {
        let refused = send(&router, posted("/webhook", body, &[])).await;
        assert_eq!(refused.error_code(), "invalid_json");
    }
    let latin1 = Bytes::from_static(b"{\"text\":\"caf\xe9\"}");
    let refused = send(&router, posted("/webhook", latin1, &[])).await;
    assert_eq!(refused.error_code(), "invalid_json");
    let refused = post(&router, &json!({"phone": "1", "text": "hi"}), &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.json()["details"], json!({"phone": "must be E.164"}));
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_whether_it_says_so_or_not() {
    let test = TestEdge::new();
    let router = test.router();
    let long = vec![b' '; MAX_BYTES + 1];
    let chunks = [vec![b' '; MAX_BYTES], vec![b' ']].map(Ok::<_, Infallible>);
    let chunked = Body::from_stream(stream::iter(chunks));
    for body in [Body::from(long), chunked] {
        let refused = send(&router, posted("/webhook", body, &[])).await;
        assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(refused.error_code(), "payload_too_large");
        assert_eq!(refused.json()["details"], json!({"max_bytes": MAX_BYTES}));
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_that_does_not_come_is_refused_after_five_seconds() {
    let router = TestEdge::new().router();
    let began = tokio::time::Instant::now();
    let never = Body::from_stream(stream::pending::<Result<Bytes, Infallible>>());
    let refused = send(&router, posted("/webhook", never, &[])).await;
    assert_eq!(refused.status, StatusCode::REQUEST_TIMEOUT);
    assert_eq!(refused.error_code(), "request_timeout");
    let limits = json!({"max_seconds": 30, "min_bytes_per_second": 8192, "grace_seconds": 5});
    assert_eq!(refused.json()["details"], limits);
    assert_eq!(began.elapsed().as_secs(), 5);
}

#[tokio::test(start_paused = true)]
async fn without_a_secret_a_slow_body_is_not_waited_for() {
    let router = TestEdge::new().router();
    let began = tokio::time::Instant::now();
    let never = Body::from_stream(stream::pending::<Result<Bytes, Infallible>>());
    let unsigned = request("POST", "/webhook", &[]).map(|_| never);
    let refused = send(&router, unsigned).await;
    assert_eq!(refused.error_code(), "invalid_signature");
    assert_eq!(began.elapsed().as_secs(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_body_that_is_too_long_already_has_two_seconds_more_to_come() {
    let router = TestEdge::new().router();
    let began = tokio::time::Instant::now();
    let long = stream::iter([Ok::<_, Infallible>(vec![b' '; MAX_BYTES + 1])]);
    let endless = Body::from_stream(long.chain(stream::pending()));
    let refused = send(&router, posted("/webhook", endless, &[])).await;
    assert_eq!(refused.error_code(), "payload_too_large");
    assert_eq!(began.elapsed().as_secs(), 2);
}

#[tokio::test]
async fn without_memory_for_a_body_it_is_not_read() {
    let mut test = TestEdge::new();
    test.edge.limits.body_budget_bytes = 16;
    let refused = post(&test.router(), &message("m1"), &[]).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(refused.error_code(), "overloaded");
    assert_eq!(refused.header("retry-after"), "1");
}

#[tokio::test]
async fn too_many_at_once_are_shed_and_probes_are_not() {
    let mut test = TestEdge::new();
    test.edge.limits.requests_in_flight = 0;
    let router = test.router();
    let refused = post(&router, &message("m1"), &[]).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(refused.error_code(), "overloaded");
    for uri in ["/health", "/livez", "/readyz", "/metrics"] {
        assert_eq!(get(&router, uri).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_store_that_does_not_accept_is_never_answered_200() {
    let test = TestEdge::new();
    let router = test.router();
    for (mood, code, after) in [
        (Mood::Broken, "store_unavailable", "5"),
        (Mood::Full, "overloaded", "1"),
    ] {
        test.store.set_mood(mood);
        for uri in ["/webhook", "/webhook/whatsapp", "/webhook/ghl"] {
            let refused = send(&router, posted(uri, message("m1").to_string(), &[])).await;
            assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
            assert_eq!(refused.error_code(), code);
            assert_eq!(refused.header("retry-after"), after);
            assert!(!refused.text.contains("disk"), "{}", refused.text);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_store_that_never_answers_does_not_hold_the_caller_for_ever() {
    let test = TestEdge::new();
    test.store.set_mood(Mood::Stuck);
    let refused = post(&test.router(), &message("m1"), &[]).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(refused.error_code(), "overloaded");
}

#[tokio::test]
async fn a_sender_over_its_limit_is_told_when_to_come_again() {
    let test = TestEdge::new();
    let half = Duration::from_millis(1500);
    test.store.set_mood(Mood::Limiting(half));
    let refused = post(&test.router(), &message("m1"), &[]).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.error_code(), "rate_limited");
    assert_eq!(refused.header("retry-after"), "2");
    assert_eq!(refused.header("ratelimit"), "\"sender\";r=0;t=2");
    assert_eq!(refused.header("ratelimit-policy"), "\"sender\";q=30;w=60");
}

#[tokio::test]
async fn an_id_that_was_used_for_another_message_is_a_conflict() {
    let test = TestEdge::new();
    test.store.set_mood(Mood::Conflicting);
    let refused = post(&test.router(), &message("m1"), &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(refused.error_code(), "conflict");
}

#[tokio::test]
async fn a_panic_is_a_500_and_the_next_request_is_served() {
    let router = TestEdge::new().router();
    let bad = json!({"phone": "+12025550100", "text": "panic"});
    let refused = post(&router, &bad, &[]).await;
    assert_eq!(refused.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(refused.error_code(), "internal_error");
    assert!(!refused.text.contains("as asked"));
    assert_eq!(
        post(&router, &message("m1"), &[]).await.status,
        StatusCode::OK
    );
}

fn three_a_minute(test: &mut TestEdge) {
    let three = NonZeroU32::new(3).unwrap();
    test.edge.limits.address = Some(rate_limit::Config::per_minute(three));
}

#[tokio::test(start_paused = true)]
async fn an_address_that_keeps_failing_is_refused_before_its_body_is_read() {
    let mut test = TestEdge::new();
    three_a_minute(&mut test);
    let router = test.router();
    for uri in ["/webhook", "/webhook/ghl", "/webhook/whatsapp"] {
        let unproven = send(&router, request("POST", uri, &[])).await;
        assert_eq!(unproven.status, StatusCode::UNAUTHORIZED);
    }
    // Read, this body would be waited for.
    let never = Body::from_stream(stream::pending::<Result<Bytes, Infallible>>());
    let refused = send(&router, posted("/webhook", never, &[])).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.error_code(), "rate_limited");
    assert_eq!(refused.header("retry-after"), "20");
    assert_eq!(refused.header("ratelimit-policy"), "\"address\";q=3;w=60");

    tokio::time::advance(Duration::from_secs(20)).await;
    assert_eq!(
        post(&router, &message("m1"), &[]).await.status,
        StatusCode::OK
    );
    for _ in 0..10 {
        let trusted = send(&router, request("POST", "/webhook", &[])).await;
        assert_eq!(trusted.status, StatusCode::UNAUTHORIZED);
    }
}

/// A message without a proof, from this machine.
fn unsigned(id: &str) -> Request<Body> {
    local("POST", "/webhook", &[]).map(|_| Body::from(message(id).to_string()))
}

#[tokio::test(start_paused = true)]
async fn without_a_secret_every_request_counts_against_its_address() {
    let mut test = TestEdge::with_doors([Door::without_secret(SourceKind::Direct)]);
    three_a_minute(&mut test);
    let router = test.router();
    for n in 0..3 {
        let accepted = send(&router, unsigned(&n.to_string())).await;
        assert_eq!(accepted.status, StatusCode::OK);
    }
    let refused = send(&router, unsigned("3")).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    let metrics = get(&router, "/metrics").await.json();
    assert_eq!(metrics["rate_limited"], 1);
}

#[tokio::test]
async fn without_a_secret_only_this_machine_is_let_in() {
    let mut test = TestEdge::with_doors([Door::without_secret(SourceKind::Direct)]);
    test.edge.limits.trusted_proxies = vec!["10.0.0.0/8".parse().unwrap()];
    let router = test.router();
    let forwarded = |name: &'static str, value| {
        let mut request = unsigned("m1");
        request.headers_mut().insert(name, value);
        request
    };
    let local_client = HeaderValue::from_static("127.0.0.1");
    let mut proxied = forwarded("x-forwarded-for", local_client.clone());
    let proxy: SocketAddr = "10.0.0.1:80".parse().unwrap();
    proxied.extensions_mut().insert(Peer(proxy));
    for remote in [
        request("POST", "/webhook", &[("host", "localhost")])
            .map(|_| Body::from(message("m1").to_string())),
        forwarded("x-forwarded-for", local_client.clone()),
        forwarded("x-real-ip", local_client),
        forwarded("host", HeaderValue::from_static("desk.example.com")),
        proxied,
        request("GET", "/webhook/replies?thread_id=%2B12025550100", &[]),
    ] {
        let refused = send(&router, remote).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
        assert_eq!(refused.error_code(), "invalid_signature");
        let message = refused.json()["message"].as_str().unwrap().to_owned();
        assert!(message.contains("GHL_WEBHOOK_SECRET"), "{message}");
    }
    assert_eq!(test.store.accepted(), 0);
    let accepted = send(&router, unsigned("m1")).await;
    assert_eq!(accepted.status, StatusCode::OK);
    let replies = local("GET", "/webhook/replies?thread_id=%2B12025550100", &[]);
    assert_eq!(send(&router, replies).await.status, StatusCode::OK);
}
