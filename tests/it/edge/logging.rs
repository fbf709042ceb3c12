//! What the log tells of a request, and what it never does.

use axum::body::Body;
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::support::{
    door::SECRET,
    edge::{TestEdge, get, message, post, posted, request, send},
    fake_store::Mood,
    log::Log,
};

impl Log {
    /// The access lines, with what differs from run to run blanked.
    fn access(&self) -> Vec<Value> {
        let text = self.text();
        let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
        let access = lines.filter(|line: &Value| line["target"] == "frontdesk::access");
        let blanked = access.map(|mut line| {
            line["timestamp"] = json!("[time]");
            line["duration_ms"] = json!("[ms]");
            line
        });
        blanked.collect()
    }
}

#[tokio::test]
async fn one_line_tells_of_a_request_and_of_why_it_was_refused() {
    let test = TestEdge::new();
    let router = test.router();
    let log = Log::new("info");
    let headers = [
        ("x-request-id", "r1"),
        (
            "traceparent",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        ),
    ];
    post(&router, &message("m1"), &headers).await;
    get(&router, "/livez").await;
    send(
        &router,
        request("POST", "/webhook/ghl", &[("x-request-id", "r2")]),
    )
    .await;
    test.store.set_mood(Mood::Broken);
    post(&router, &message("m2"), &[("x-request-id", "r3")]).await;
    get(&router, "/a/path/with/+12025550100").await;
    let mut lines = log.access();
    lines[3]["request.id"] = json!("[made]");
    insta::assert_json_snapshot!(lines, @r#"
    [
      {
        "duration_ms": "[ms]",
        "level": "INFO",
        "message": "request",
        "request.id": "r1",
        "request.method": "POST",
        "route": "/webhook",
        "source": "direct",
        "status": 200,
        "target": "frontdesk::access",
        "timestamp": "[time]",
        "trace.id": "4bf92f3577b34da6a3ce929d0e0e4736"
      },
      {
        "client.address": "203.0.113.7",
        "duration_ms": "[ms]",
        "level": "INFO",
        "message": "request",
        "reason": "signature_missing",
        "request.id": "r2",
        "request.method": "POST",
        "route": "/webhook/ghl",
        "source": "highlevel",
        "status": 401,
        "target": "frontdesk::access",
        "timestamp": "[time]"
      },
      {
        "cause": "the store cannot be written or read: disk full at sector 7",
        "client.address": "203.0.113.7",
        "duration_ms": "[ms]",
        "level": "WARN",
        "message": "request",
        "reason": "store_unavailable",
        "request.id": "r3",
        "request.method": "POST",
        "route": "/webhook",
        "source": "direct",
        "status": 503,
        "target": "frontdesk::access",
        "timestamp": "[time]"
      },
      {
        "client.address": "203.0.113.7",
        "duration_ms": "[ms]",
        "level": "INFO",
        "message": "request",
        "reason": "not_found",
        "request.id": "[made]",
        "request.method": "GET",
        "status": 404,
        "target": "frontdesk::access",
        "timestamp": "[time]"
      }
    ]
    "#);
}

#[tokio::test]
async fn a_client_that_hangs_up_leaves_a_line() {
    let test = TestEdge::new();
    test.store.set_mood(Mood::Stuck);
    let router = test.router();
    let log = Log::new("info");
    let body = message("m1");
    tokio::select! {
        biased;
        _ = post(&router, &body, &[]) => panic!("the store is stuck"),
        () = tokio::task::yield_now() => {}
    }
    let lines = log.access();
    assert_eq!(lines.len(), 1);
    assert_eq!(
        (&lines[0]["status"], &lines[0]["reason"]),
        (&json!(499), &json!("client_gone"))
    );
}

#[tokio::test]
async fn the_log_of_a_session_holds_no_phone_text_or_secret() {
    let mut test = TestEdge::new();
    test.edge.tokens.metrics = Some(SecretString::from("figures-token"));
    test.edge.tokens.whatsapp_verify = Some(SecretString::from("verify-token"));
    let router = test.router();
    let log = Log::new("trace");
    let body = || json!([message("m1"), message("m2")]).to_string();
    for mood in [Mood::Well, Mood::Broken, Mood::Full, Mood::Conflicting] {
        test.store.set_mood(mood);
        post(&router, &message("m1"), &[]).await;
        for uri in ["/webhook/whatsapp", "/webhook/ghl"] {
            send(&router, posted(uri, body(), &[])).await;
            send(
                &router,
                posted(uri, Body::from("+12025550100 a haircut"), &[]),
            )
            .await;
        }
    }
    let panicking = json!({"phone": "+12025550100", "text": "panic"});
    post(&router, &panicking, &[]).await;
    let guess = [("x-secret", "a-guess-at-the-secret")];
    send(&router, request("POST", "/webhook", &guess)).await;
    for uri in [
        "/webhook/replies?thread_id=%2B12025550100",
        "/webhook/whatsapp?hub.mode=subscribe&hub.challenge=1&hub.verify_token=verify-token",
        "/metrics?token=figures-token",
        "/+12025550100",
        "/health",
    ] {
        get(&router, uri).await;
        let bearer = [
            ("authorization", "Bearer figures-token"),
            ("x-secret", SECRET),
        ];
        send(&router, request("GET", uri, &bearer)).await;
    }
    let text = log.text();
    assert!(log.access().len() > 20, "{text}");
    for private in [
        "2025550100",
        "haircut",
        SECRET,
        "guess",
        "figures-token",
        "verify-token",
    ] {
        assert!(!text.contains(private), "{private} in\n{text}");
    }
}
