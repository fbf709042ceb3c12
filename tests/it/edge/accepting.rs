//! What a delivery is answered with once it is durable.

use frontdesk::message::{BusinessId, Reply, Seq, SourceKind, ThreadId, ThreadKey, Trust};
use frontdesk::store::StoredReply;
use frontdesk::workflow::TurnId;
use http::StatusCode;
use secrecy::SecretString;
use serde_json::json;

use crate::support::{
    door::Door,
    edge::{TestEdge, get, message, post, posted, request, send},
    fake_store::Mood,
};

#[tokio::test]
async fn a_new_message_is_accepted_and_its_repeat_is_a_duplicate() {
    let test = TestEdge::new();
    let router = test.router();
    let first = post(&router, &message("m1"), &[]).await;
    assert_eq!(first.status, StatusCode::OK);
    insta::assert_json_snapshot!(first.json(), @r#"
    {
      "message": "Message accepted.",
      "message_id": "m1",
      "status": "accepted",
      "thread_id": "+12025550100",
      "timestamp": "2026-11-23T12:00:00.000Z"
    }
    "#);
    let again = post(&router, &message("m1"), &[]).await;
    assert_eq!(again.status, StatusCode::OK);
    insta::assert_json_snapshot!(again.json(), @r#"
    {
      "message": "This message was accepted before.",
      "message_id": "m1",
      "status": "duplicate",
      "thread_id": "+12025550100",
      "timestamp": "2026-11-23T12:00:00.000Z"
    }
    "#);
    assert_eq!(test.store.accepted(), 1);
}

#[tokio::test]
async fn a_message_without_an_id_is_told_ours() {
    let router = TestEdge::new().router();
    let body = json!({"phone": "+12025550100", "text": "hello"});
    let answer = post(&router, &body, &[]).await;
    assert_eq!(answer.json()["message_id"], "m1-1");
}

#[tokio::test]
async fn a_providers_delivery_is_answered_with_counts() {
    let test = TestEdge::new();
    let router = test.router();
    let body = json!([message("m1"), message("m2"), message("m1")]).to_string();
    for uri in ["/webhook/whatsapp", "/webhook/ghl"] {
        let answer = send(&router, posted(uri, body.clone(), &[])).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    }
    let answer = send(&router, posted("/webhook/whatsapp", body, &[])).await;
    insta::assert_json_snapshot!(answer.json(), @r#"
    {
      "accepted": 0,
      "duplicates": 3,
      "recorded": 0,
      "status": "accepted",
      "timestamp": "2026-11-23T12:00:00.000Z"
    }
    "#);
}

#[tokio::test]
async fn a_deferred_message_is_answered_200_and_counted_as_limited() {
    let test = TestEdge::new();
    test.store.set_mood(Mood::Deferring);
    let router = test.router();
    let body = json!([message("m1"), message("m2")]).to_string();
    let answer = send(&router, posted("/webhook/whatsapp", body, &[])).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.json()["accepted"], 2);
    assert_eq!(get(&router, "/metrics").await.json()["rate_limited"], 2);
}

#[tokio::test]
async fn only_doors_that_are_open_have_a_route() {
    let router = TestEdge::with_doors([Door::with_secret(SourceKind::Direct)]).router();
    for uri in ["/webhook/whatsapp", "/webhook/ghl"] {
        let answer = send(&router, posted(uri, "[]", &[])).await;
        assert_eq!(answer.error_code(), "not_found");
    }
}

#[tokio::test]
async fn metas_handshake_echoes_the_challenge_to_who_knows_the_token() {
    let mut test = TestEdge::new();
    let ask = |token: &str| {
        format!(
            "/webhook/whatsapp?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={token}"
        )
    };
    let unconfigured = get(&test.router(), &ask("")).await;
    assert_eq!(unconfigured.error_code(), "forbidden");

    test.edge.tokens.whatsapp_verify = Some(SecretString::from("open sesame"));
    let router = test.router();
    let answer = get(&router, &ask("open+sesame")).await;
    assert_eq!(
        (answer.status, &*answer.text),
        (StatusCode::OK, "1158201444")
    );
    assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    for uri in [&*ask("open"), &ask(""), "/webhook/whatsapp"] {
        let refused = get(&router, uri).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert_eq!(refused.error_code(), "forbidden");
    }
}

#[tokio::test]
async fn later_replies_are_fetched_page_by_page_and_only_by_who_proves_itself() {
    let test = TestEdge::new();
    let thread = |trust| ThreadKey {
        business: BusinessId::new("demo"),
        source: SourceKind::Direct,
        trust,
        key: "+12025550100".into(),
    };
    for (id, trust, text) in [
        (1, Trust::Verified, "See you tomorrow."),
        (2, Trust::Unverified, "not theirs"),
        (3, Trust::Verified, "In an hour!"),
    ] {
        let reply = StoredReply {
            id,
            turn: Some(TurnId {
                thread: ThreadId(1),
                first: Seq(id),
                last: Seq(id),
            }),
            at: "2026-11-23T11:00:00Z".parse().unwrap(),
            by_person: id == 3,
            reply: Reply::text(text),
        };
        test.store.add_reply(thread(trust), reply);
    }
    let router = test.router();
    let secret = [("x-secret", crate::support::door::SECRET)];
    let uri = "/webhook/replies?thread_id=%2B12025550100&after=1";
    let page = send(&router, request("GET", uri, &secret)).await;
    insta::assert_json_snapshot!(page.json(), @r#"
    {
      "after": 3,
      "replies": [
        {
          "at": "2026-11-23T11:00:00.000Z",
          "by": "person",
          "id": 3,
          "kind": "text",
          "text": "In an hour!",
          "turn_id": "t1-3-3"
        }
      ],
      "thread_id": "+12025550100",
      "timestamp": "2026-11-23T12:00:00.000Z"
    }
    "#);
    let bare_plus = "/webhook/replies?thread_id=+12025550100";
    let page = send(&router, request("GET", bare_plus, &secret)).await;
    assert_eq!(page.json()["replies"].as_array().unwrap().len(), 2);

    assert_eq!(get(&router, uri).await.error_code(), "invalid_signature");
    let incomplete = send(&router, request("GET", "/webhook/replies", &secret)).await;
    assert_eq!(incomplete.error_code(), "validation_error");
}
