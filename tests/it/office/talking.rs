//! Conversations, looked at and taken part in.

use std::time::Duration;

use frontdesk::{
    booking::Businesses,
    message::{Arrival, SourceKind, ThreadId},
    store::{Lease, Mail},
    workflow::{Handoff, Outcome},
};
use http::StatusCode;
use serde_json::{Value, json};

use crate::support::{
    office::Office,
    shop::{message, no_limit},
};

const LEASE: Duration = Duration::from_secs(30);

async fn hear(office: &Office, thread: &str, text: &str) {
    let arrival = Arrival::Message(message(thread, text));
    office.store.accept(vec![arrival]).await.unwrap();
}

async fn turn(office: &Office) -> Lease {
    office.store.lease(1, LEASE).await.unwrap().turns.remove(0)
}

fn saying(text: &str) -> Outcome {
    Outcome {
        replies: vec![frontdesk::message::Reply::text(text)],
        ..Outcome::default()
    }
}

async fn answer(office: &Office, outcome: Outcome) -> ThreadId {
    let lease = turn(office).await;
    office.store.commit(&lease, outcome).await.unwrap();
    lease.turn.thread
}

fn texts(thread: &Value) -> Vec<(String, String)> {
    let lines = thread["transcript"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    lines
        .map(|line| (text(&line["by"]), text(&line["text"])))
        .collect()
}

#[tokio::test]
async fn a_transcript_has_what_both_said_page_by_page() {
    let office = Office::of_demo();
    let mut id = ThreadId(0);
    for n in 1..=3 {
        office.clock.advance(chrono::TimeDelta::minutes(1));
        hear(&office, "a", &format!("question {n}")).await;
        id = answer(&office, saying(&format!("answer {n}"))).await;
    }
    let uri = format!("/api/threads/{}?limit=4", id.0);
    let newest = office.get(&uri).await.json();
    let said = |by: &str, text: &str| (by.to_owned(), text.to_owned());
    assert_eq!(
        texts(&newest),
        [
            said("customer", "question 2"),
            said("bot", "answer 2"),
            said("customer", "question 3"),
            said("bot", "answer 3"),
        ]
    );
    let next = newest["next"].as_str().unwrap();
    let oldest = office.get(&format!("{uri}&cursor={next}")).await.json();
    let begin = [said("customer", "question 1"), said("bot", "answer 1")];
    assert_eq!(texts(&oldest), begin);
    assert_eq!(oldest["next"], Value::Null);
    assert_eq!(newest["transcript"][3]["state"], "pickup");
    assert_eq!(newest["transcript"][2]["content"]["type"], "text");
}

#[tokio::test]
async fn threads_are_listed_by_who_answers_those_first_that_wrote_last() {
    let office = Office::of_demo();
    let mut ids = Vec::new();
    for (thread, handoff) in [("a", None), ("b", Some(Handoff::Asked)), ("c", None)] {
        hear(&office, thread, "hello").await;
        let outcome = Outcome {
            handoff,
            ..Outcome::default()
        };
        ids.push(answer(&office, outcome).await.0);
        office.clock.advance(chrono::TimeDelta::minutes(1));
    }
    let pause = format!("/api/threads/{}/pause", ids[2]);
    assert_eq!(
        office.send("POST", &pause, &json!({})).await.status,
        StatusCode::OK
    );
    let listed = async |query: &str| {
        let page = office.get(&format!("/api/threads?{query}")).await.json();
        let threads = page["threads"].as_array().unwrap().iter();
        threads
            .map(|thread| thread["id"].as_i64().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(listed("").await, [ids[2], ids[1], ids[0]]);
    assert_eq!(listed("state=bot").await, [ids[0]]);
    assert_eq!(listed("state=waiting").await, [ids[1]]);
    assert_eq!(listed("state=person").await, [ids[2]]);
    let first = office.get("/api/threads?limit=1").await.json();
    let next = first["next"].as_str().unwrap();
    assert_eq!(listed(&format!("cursor={next}")).await, [ids[1], ids[0]]);
    insta::assert_json_snapshot!(office.get("/api/threads?state=waiting").await.json()["threads"][0], @r#"
    {
      "business": "demo",
      "id": 2,
      "last_at": "2026-11-23T12:01:00.000Z",
      "name": null,
      "paused_until": "2026-11-24T00:01:00.000Z",
      "pending": 0,
      "phone": "+12025550100",
      "reason": "asked",
      "source": "direct",
      "state": "waiting",
      "verified": true
    }
    "#);
}

#[tokio::test]
async fn a_pause_has_an_end_and_can_be_given_back() {
    let office = Office::of_demo();
    hear(&office, "a", "hello").await;
    let id = answer(&office, saying("hi")).await.0;
    let post = async |what: &str, body: Value| {
        office
            .send("POST", &format!("/api/threads/{id}/{what}"), &body)
            .await
    };
    let usual = post("pause", json!({})).await.json();
    assert_eq!(usual["paused_until"], "2026-11-24T00:00:00.000Z");
    let until = json!({"until": "2026-11-23T13:00:00Z"});
    assert_eq!(post("pause", until).await.json()["state"], "person");
    let past = post("pause", json!({"until": "2026-11-23T11:00:00Z"})).await;
    assert_eq!(past.error_code(), "validation_error");
    office.clock.advance(chrono::TimeDelta::hours(2));
    let thread = office.get(&format!("/api/threads/{id}")).await.json();
    assert_eq!(
        (&thread["state"], &thread["paused_until"]),
        (&json!("bot"), &Value::Null)
    );
    post("pause", json!({})).await;
    assert_eq!(post("resume", json!({})).await.json()["state"], "bot");
    for what in ["pause", "resume", "messages"] {
        let uri = format!("/api/threads/999/{what}");
        let nobody = office.send("POST", &uri, &json!({"text": "x"})).await;
        assert_ne!(nobody.status, StatusCode::OK, "{what}");
    }
}

#[tokio::test]
async fn what_a_person_says_goes_out_and_silences_the_bot() {
    let office = Office::of_demo();
    hear(&office, "a", "hello").await;
    // The bot is about to answer when the person does.
    let lease = turn(&office).await;
    let uri = format!("/api/threads/{}/messages", lease.turn.thread.0);
    let said = office
        .send("POST", &uri, &json!({"text": "I am on it."}))
        .await;
    assert_eq!(said.status, StatusCode::CREATED, "{}", said.text);
    let stale = office.store.commit(&lease, saying("hi")).await.unwrap();
    assert!(matches!(stale, frontdesk::store::Committed::Stale { .. }));
    let replies = office.store.replies(&lease.turn.key, 0, 10).await.unwrap();
    assert_eq!(replies.len(), 1);
    assert_eq!(said.json()["id"], replies[0].id);
    let thread = office
        .get(&format!("/api/threads/{}", lease.turn.thread.0))
        .await
        .json();
    assert_eq!(
        (&thread["state"], &thread["reason"]),
        (&json!("person"), &json!("takeover"))
    );
    assert_eq!(thread["transcript"][1]["by"], "person");
    let empty = office.send("POST", &uri, &json!({"text": " "})).await;
    assert_eq!(empty.error_code(), "validation_error");
}

#[tokio::test]
async fn what_a_person_says_is_sent_by_the_customers_way_or_refused() {
    for (channels, status) in [
        (vec![SourceKind::Whatsapp], StatusCode::CREATED),
        (vec![], StatusCode::CONFLICT),
    ] {
        let office = Office::with(Businesses::demo(), Vec::new(), channels);
        let mut written = message("1:12025550100", "hello");
        written.thread.source = SourceKind::Whatsapp;
        office
            .store
            .accept(vec![Arrival::Message(written)])
            .await
            .unwrap();
        office.clock.advance(chrono::TimeDelta::minutes(1));
        let id = answer(&office, Outcome::default()).await.0;
        let uri = format!("/api/threads/{id}/messages");
        let said = office
            .send("POST", &uri, &json!({"text": "I am on it."}))
            .await;
        assert_eq!(said.status, status, "{}", said.text);
        let due = office
            .store
            .dispatch(10, LEASE, no_limit())
            .await
            .unwrap()
            .due;
        assert_eq!(due.len(), usize::from(status == StatusCode::CREATED));
        for dispatch in due {
            let Mail::Reply(reply) = dispatch.mail else {
                panic!("no reply")
            };
            assert_eq!(reply, frontdesk::message::Reply::text("I am on it."));
        }
    }
}
