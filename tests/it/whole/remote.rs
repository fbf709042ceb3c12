//! A workflow on another server, by frontdesk's own JSON: asked, refused, late, down.

use std::{
    path::Path,
    sync::{Arc, Mutex},
};

use bytes::Bytes;
use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use frontdesk::signature::{Secret, Secrets, standard_webhooks};
use serde_json::{Value, json};
use tokio::process::Command;
use wiremock::{Mock, MockServer, Request, ResponseTemplate, matchers};

use super::{APP_SECRET, NUMBER, open, phone, salon, stored};
use crate::support::{
    graph::{Webhook, Writer},
    process::{Frontdesk, client, eventually, now},
};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const PHONE: &str = "+12025550137";

/// An agent that answers with what a closure makes of a question, and checks every call.
struct Agent {
    server: MockServer,
    asked: Arc<Mutex<Vec<Asked>>>,
}

/// A call as it came.
#[derive(Debug, Clone)]
struct Asked {
    key: String,
    body: Value,
}

impl Agent {
    async fn answering(
        answer: impl Fn(usize, &Value) -> ResponseTemplate + Send + Sync + 'static,
    ) -> Self {
        let server = MockServer::start().await;
        let asked = Arc::new(Mutex::new(Vec::new()));
        let record = Arc::clone(&asked);
        let respond = move |request: &Request| {
            let call = checked(request);
            let mut asked = record.lock().unwrap();
            asked.push(call.clone());
            answer(asked.len(), &call.body)
        };
        let mock = Mock::given(matchers::method("POST")).and(matchers::path("/turn"));
        mock.respond_with(respond).mount(&server).await;
        Self { server, asked }
    }

    fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// The salon, answered by this agent.
    fn salon(&self, folder: &Path) -> Command {
        let mut command = salon(folder);
        command
            .env("WORKFLOW", "remote")
            .env("WORKFLOW_URL", format!("{}/turn", self.server.uri()))
            .env("WORKFLOW_SECRET", SECRET);
        command
    }
}

/// The call, if it is signed and has the key that it says.
fn checked(request: &Request) -> Asked {
    let header = |name: &str| request.headers[name].to_str().unwrap();
    let proof = standard_webhooks::Proof {
        id: header("webhook-id"),
        timestamp: header("webhook-timestamp"),
        signatures: header("webhook-signature"),
    };
    let secrets = Secrets::parse(SECRET).unwrap();
    let body = Bytes::from(request.body.clone());
    standard_webhooks::verify(&secrets, proof, body, now()).unwrap();
    assert_eq!(header("idempotency-key"), header("webhook-id"));
    assert_eq!(header("content-type"), "application/json");
    let body: Value = serde_json::from_slice(&request.body).unwrap();
    let key = header("webhook-id").to_owned();
    let turn = &body["turn"];
    let asked = format!("{}-r{}", turn["id"].as_str().unwrap(), turn["revision"]);
    assert!(key.starts_with(&asked), "{key} for {turn}");
    Asked { key, body }
}

fn ok(body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

fn says(text: &str) -> Value {
    json!({"replies": [{"kind": "text", "text": text}]})
}

/// Says something to the salon and reads what it answers, within ten seconds.
async fn say(server: &Frontdesk, text: &str) -> Value {
    let body = json!({"phone": PHONE, "message": text, "name": "Maria Lopez"});
    let (status, answer) = server.post(&client(), &body, 10).await.unwrap();
    assert_eq!(status, 200, "{answer}");
    answer
}

fn words(answer: &Value) -> Vec<&str> {
    let replies = answer["replies"].as_array().map_or(&[][..], Vec::as_slice);
    replies
        .iter()
        .map(|reply| reply["text"].as_str().unwrap())
        .collect()
}

/// Ten in the morning of a day from now, by the salon's clock.
fn ten_oclock(days: u64) -> DateTime<Utc> {
    let zone = frontdesk::booking::zone::Zone::by_name("America/New_York").unwrap();
    let day = zone.to_local(now()).date() + Days::new(days);
    zone.instant(day.and_time(NaiveTime::from_hms_opt(10, 0, 0).unwrap()))
}

#[tokio::test]
async fn an_agent_is_told_all_it_needs_and_its_state_comes_back_to_it() {
    let agent = Agent::answering(|n, _| {
        ok(&json!({
            "replies": [
                {"kind": "text", "text": format!("Answer {n}")},
                {"kind": "choices", "text": "Which?", "choices": [{"id": "a", "title": "A"}]},
            ],
            "state": if n == 2 { Value::Null } else { json!({"seen": n}) },
        }))
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let server = Frontdesk::spawn(agent.salon(folder.path())).await;
    let answer = say(&server, "hello").await;
    assert_eq!(words(&answer), ["Answer 1", "Which?"]);
    assert_eq!(answer["replies"][1]["choices"][0]["id"], "a");
    say(&server, "again").await;
    say(&server, "and again").await;

    let asked = agent.asked();
    assert_eq!(asked.len(), 3);
    let first = &asked[0].body;
    assert_eq!(first["business"]["id"], "salon");
    assert_eq!(first["business"]["timezone"], "America/New_York");
    assert_eq!(
        first["business"]["services"],
        json!([{"id": "haircut", "name": "Haircut", "minutes": 30, "price": null, "staff": ["shop"]}])
    );
    assert_eq!(
        first["contact"],
        json!({"phone": PHONE, "name": "Maria Lopez"})
    );
    assert_eq!(first["thread"]["source"], "direct");
    assert_eq!(first["thread"]["key"], PHONE);
    assert_eq!(first["thread"]["verified"], true);
    assert_eq!(first["messages"][0]["text"], "hello");
    assert_eq!(
        first["messages"][0]["content"],
        json!({"type": "text", "text": "hello"})
    );
    let states: Vec<_> = asked.iter().map(|one| one.body["state"].clone()).collect();
    assert_eq!(states, [Value::Null, json!({"seen": 1}), Value::Null]);
    let log = server.stop().await.join("\n");
    for private in ["Maria", "2025550137", "hello", "Answer", SECRET] {
        assert!(!log.contains(private), "{private} in {log}");
    }
}

#[tokio::test]
async fn what_an_agent_asks_for_is_booked_moved_and_cancelled_as_the_calendar_allows() {
    let (first, second) = (ten_oclock(2), ten_oclock(3));
    let agent = Agent::answering(move |_, asked| {
        let message = asked["messages"][0]["text"].as_str().unwrap();
        let booking = &asked["bookings"][0]["id"];
        ok(&match (message, asked["refused"]["reason"].as_str()) {
            ("book", None) => json!({
                "replies": [{"kind": "text", "text": "Booked."}],
                "book": [{"service": "haircut", "start": first}],
            }),
            // At night, and then what it is offered instead.
            ("night", None) => json!({"book": [{
                "service": "haircut", "start": "2999-01-01T03:00:00Z",
            }]}),
            ("night", Some(reason)) => {
                assert_eq!(asked["refused"]["alternatives"].as_array().unwrap().len(), 5);
                says(reason)
            }
            ("strange", Some(reason)) => says(reason),
            ("same", None) => json!({"book": [{"service": "haircut", "start": first}]}),
            ("same", Some("taken")) => json!({
                "replies": [{"kind": "text", "text": "Rather this."}],
                "book": [{"service": "haircut", "start": asked["refused"]["alternatives"][0]["start"]}],
            }),
            ("move", None) => json!({
                "replies": [{"kind": "text", "text": "Moved."}],
                "move": [{"booking": booking, "start": second}],
            }),
            ("cancel", None) => json!({
                "replies": [{"kind": "text", "text": "Cancelled."}],
                "cancel": [booking],
            }),
            ("strange", None) => json!({"cancel": ["6d0c6a5e-3f4b-4d51-9c0e-8a5172f0b6d3"]}),
            other => panic!("{other:?}"),
        })
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let server = Frontdesk::spawn(agent.salon(folder.path())).await;
    let starts = || -> Vec<i64> {
        let store = open(folder.path());
        let query = "SELECT visible_start FROM bookings WHERE status = 'booked' ORDER BY 1";
        let mut query = store.prepare(query).unwrap();
        let rows = query.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let millis = |at: DateTime<Utc>| at.timestamp_millis();

    assert_eq!(words(&say(&server, "book").await), ["Booked."]);
    assert_eq!(starts(), [millis(first)]);
    assert_eq!(words(&say(&server, "night").await), ["too_far"]);
    assert_eq!(words(&say(&server, "move").await), ["Moved."]);
    assert_eq!(starts(), [millis(second)]);
    assert_eq!(words(&say(&server, "book").await), ["Booked."]);
    // Its own booking does not stand in the way of being told that it does.
    assert_eq!(words(&say(&server, "same").await), ["Rather this."]);
    assert_eq!(starts().len(), 3);
    assert_eq!(words(&say(&server, "strange").await), ["unknown_booking"]);
    assert_eq!(words(&say(&server, "cancel").await), ["Cancelled."]);
    assert_eq!(starts().len(), 2);

    let asked = agent.asked();
    let refused = asked.iter().find(|one| !one.body["refused"].is_null());
    let refused = refused.unwrap();
    assert!(refused.key.ends_with("-r0-a1"), "{}", refused.key);
    let taken = asked
        .iter()
        .find(|one| one.body["refused"]["reason"] == "taken")
        .unwrap();
    assert_eq!(taken.body["refused"]["service"], "haircut");
    let alternatives = taken.body["refused"]["alternatives"].as_array().unwrap();
    assert_eq!(alternatives.len(), 5);
}

#[tokio::test]
async fn an_agent_that_insists_on_what_it_cannot_have_ends_the_turn() {
    let agent = Agent::answering(|_, _| {
        ok(&json!({"book": [{"service": "perm", "start": "2030-01-01T10:00:00Z"}]}))
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let server = Frontdesk::spawn(agent.salon(folder.path())).await;
    say(&server, "a perm").await;
    assert_eq!(agent.asked().len(), 3);
    assert_eq!(server.metric("frontdesk_messages_dead").await, 1);
    assert_eq!(stored(folder.path(), "SELECT count(*) FROM bookings"), 0);
    let dead = "SELECT count(*) FROM dead_turns WHERE reason = 'workflow_insists'";
    assert_eq!(stored(folder.path(), dead), 1);
}

#[tokio::test]
async fn an_agent_may_answer_later_by_a_signed_callback() {
    let agent = Agent::answering(|n, _| match n {
        1 => ResponseTemplate::new(202),
        _ => ok(&says("At once.")),
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let mut command = agent.salon(folder.path());
    command.env("ADMIN_TOKEN", "the-owners-own");
    let server = Frontdesk::spawn(command).await;
    let asking = say(&server, "think about it");
    let called_back = async {
        eventually(async || agent.asked().len() == 1).await;
        let turn = agent.asked()[0].body["turn"].clone();
        let answer = |turn: &Value, revision: u64| {
            let mut answer = says("I thought about it.");
            answer["turn"] = turn["id"].clone();
            answer["revision"] = revision.into();
            answer.to_string()
        };
        let right = answer(&turn, 0);
        // Neither unsigned nor with another secret, were it the owner's own.
        for (status, headers) in [
            (401, vec![]),
            (401, vec![("authorization", "Bearer the-owners-own".into())]),
            (401, signed("another secret", "c1", &right)),
            (409, signed(SECRET, "c2", &answer(&turn, 1))),
        ] {
            let body = if status == 409 {
                answer(&turn, 1)
            } else {
                right.clone()
            };
            assert_eq!(call_back(&server, body, headers).await.0, status);
        }
        let unknown = answer(&json!({"id": "t9-1-1"}), 0);
        let headers = signed(SECRET, "c3", &unknown);
        assert_eq!(call_back(&server, unknown, headers).await.0, 404);
        for wrong in [
            r#"{"replies": []}"#,
            r#"{"turn": "x", "revision": 0}"#,
            r#"{"turn": "t1-1-1", "revision": 0, "replies": [{"kind": "text", "text": ""}]}"#,
        ] {
            let headers = signed(SECRET, "c4", wrong);
            let (status, answer) = call_back(&server, wrong.to_owned(), headers).await;
            assert_eq!(
                (status, &answer["error"]),
                (422, &"validation_error".into())
            );
        }
        for expected in ["accepted", "duplicate"] {
            let headers = signed(SECRET, "c5", &right);
            let (status, answer) = call_back(&server, right.clone(), headers).await;
            // The second time the turn may be over already.
            match (expected, status) {
                ("duplicate", 409) => assert_eq!(answer["error"], "conflict"),
                _ => assert_eq!((status, &answer["status"]), (200, &expected.into())),
            }
        }
    };
    let (answer, ()) = tokio::join!(asking, called_back);
    assert_eq!(words(&answer), ["I thought about it."]);
    assert_eq!(words(&say(&server, "and now?").await), ["At once."]);
    assert_eq!(agent.asked().len(), 2);
}

fn signed(secret: &str, id: &str, body: &str) -> Vec<(&'static str, String)> {
    let at = now().timestamp();
    let secret = Secret::new(secret).unwrap();
    let signature = standard_webhooks::sign(&secret, id, at, body.as_bytes());
    vec![
        ("webhook-id", id.to_owned()),
        ("webhook-timestamp", at.to_string()),
        ("webhook-signature", signature),
    ]
}

async fn call_back(
    server: &Frontdesk,
    body: String,
    headers: Vec<(&'static str, String)>,
) -> (u16, Value) {
    let mut call = client()
        .post(format!("{}/webhook/workflow", server.url))
        .body(body);
    for (name, value) in headers {
        call = call.header(name, value);
    }
    let answer = call.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn what_a_server_answers_decides_whether_it_is_asked_again() {
    for (status, reason, asked_again) in [
        (422, "workflow_answered_422", false),
        (401, "workflow_answered_401", false),
        (307, "workflow_redirects", false),
        (503, "", true),
        (429, "", true),
        (500, "", true),
    ] {
        let agent = Agent::answering(move |n, _| match n {
            1 => ResponseTemplate::new(status)
                .insert_header("retry-after", "1")
                .insert_header("location", "/turn"),
            _ => ok(&says("Here I am.")),
        })
        .await;
        let folder = tempfile::tempdir().unwrap();
        let server = Frontdesk::spawn(agent.salon(folder.path())).await;
        let answer = say(&server, "hello").await;
        let asked = agent.asked();
        if asked_again {
            assert_eq!(words(&answer), ["Here I am."], "{status}");
            assert_eq!(asked.len(), 2);
            assert_eq!(asked[0].key, asked[1].key, "a repeat is told by its key");
            let spent = asked[1].body["turn"]["attempt"].as_u64().unwrap() - 1;
            assert_eq!(spent, u64::from(status == 500), "{status}");
        } else {
            assert_eq!(asked.len(), 1, "{status}");
            let dead = format!("SELECT count(*) FROM dead_turns WHERE reason = '{reason}'");
            assert_eq!(stored(folder.path(), &dead), 1, "{status}");
        }
    }
}

#[tokio::test]
async fn while_an_agent_is_down_messages_wait_customers_are_told_once_and_health_says_it() {
    let is_down = Arc::new(Mutex::new(true));
    let down = Arc::clone(&is_down);
    let agent = Agent::answering(move |_, _| {
        if *down.lock().unwrap() {
            ResponseTemplate::new(503).insert_header("retry-after", "1")
        } else {
            ok(&says("I am back."))
        }
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let mut command = agent.salon(folder.path());
    command.env("WORKFLOW_HOLDING_REPLY", "We will answer soon.");
    let server = Frontdesk::spawn(command).await;
    let body = json!({"phone": PHONE, "message": "hello", "thread_id": "t"});
    server.post(&client(), &body, 0).await.unwrap();

    let open = "frontdesk_breakers_open{destination=\"workflow\"}";
    eventually(async || server.metric(open).await == 1).await;
    let (status, health) = server.get("/health").await;
    assert_eq!((status, &health["status"]), (200, &"degraded".into()));
    assert_eq!(health["checks"]["workflow"]["status"], "degraded");
    assert_eq!(server.get("/health?strict=1").await.0, 503);

    let said = "SELECT count(*) FROM outbox WHERE body LIKE '%We will answer soon.%'";
    eventually(async || stored(folder.path(), said) == 1).await;
    *is_down.lock().unwrap() = false;
    server.settled().await;
    assert_eq!(server.metric(open).await, 0);
    assert!(server.get("/health").await.1["checks"]["workflow"].is_null());
    assert_eq!(server.metric("frontdesk_messages_dead").await, 0);
    let back = "SELECT count(*) FROM outbox WHERE body LIKE '%I am back.%'";
    assert_eq!(
        (stored(folder.path(), back), stored(folder.path(), said)),
        (1, 1)
    );
}

#[tokio::test]
async fn an_agent_is_held_to_the_rules_that_customers_are_held_to() {
    let agent = Agent::answering(|_, asked| {
        let message = asked["messages"][0]["text"].as_str().unwrap();
        let booking = &asked["bookings"][0]["id"];
        ok(&match (message, asked["refused"]["reason"].as_str()) {
            (_, Some(reason)) => says(reason),
            ("cancel", None) => json!({"cancel": [booking]}),
            ("move", None) => json!({"move": [{"booking": booking, "start": ten_oclock(9)}]}),
            (days, None) => json!({
                "replies": [{"kind": "text", "text": "Booked."}],
                "book": [{"service": "haircut", "start": ten_oclock(days.parse().unwrap())}],
            }),
        })
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let server = Frontdesk::spawn(agent.salon(folder.path())).await;
    for day in ["2", "3", "4"] {
        assert_eq!(words(&say(&server, day).await), ["Booked."]);
    }
    // The fourth at once is one too many.
    assert_eq!(words(&say(&server, "5").await), ["too_many_bookings"]);
    // The first begins in an hour: too late to change it.
    let hour_ms = 60 * 60 * 1000;
    let start = now().timestamp_millis() + hour_ms;
    let moved = open(folder.path()).execute(
        "UPDATE bookings SET visible_start = ?1, blocked_start = ?1, visible_end = ?2,
            blocked_end = ?2 WHERE visible_start = (SELECT min(visible_start) FROM bookings)",
        (start, start + hour_ms / 2),
    );
    assert_eq!(moved.unwrap(), 1);
    for wish in ["cancel", "move"] {
        assert_eq!(words(&say(&server, wish).await), ["past_cutoff"]);
    }
    let booked = "SELECT count(*) FROM bookings WHERE status = 'booked'";
    assert_eq!(stored(folder.path(), booked), 3);
}

#[tokio::test]
async fn an_agent_is_shown_what_is_left_of_edits_revocations_and_reactions() {
    let meta = Webhook {
        secret: APP_SECRET,
        number: NUMBER,
    };
    let (from, at) = (phone(PHONE), now());
    let writer = |seconds| Writer {
        phone: &from,
        name: None,
        at: at - TimeDelta::seconds(seconds),
    };
    let agent = Agent::answering(|_, _| ok(&says("ok"))).await;
    let folder = tempfile::tempdir().unwrap();
    let mut command = agent.salon(folder.path());
    command.env("COALESCE_MS", "1000");
    let server = Frontdesk::spawn(command).await;
    let client = client();
    let say = async |seconds, id: &str, kind: &str, content: Value| {
        let message = meta.message(&writer(seconds), id, kind, &content);
        let (status, answer) = server.deliver(&client, message).await;
        assert_eq!(status, 200, "{answer}");
    };
    let text = |text: &str| json!({"body": text});
    let edit = |original: &str, words: &str| {
        let message = json!({"type": "text", "text": text(words)});
        json!({"original_message_id": original, "message": message})
    };
    let revoke = |original: &str| json!({"original_message_id": original});
    // The later one comes first, and not all of it stays.
    say(1, "2", "text", text("please")).await;
    say(5, "1", "text", text("tomorrow at 10")).await;
    say(0, "3", "edit", edit("wamid.1", "on friday")).await;
    say(0, "4", "text", text("yes")).await;
    say(0, "5", "revoke", revoke("wamid.4")).await;
    let reaction = json!({"message_id": "wamid.old", "emoji": "👍"});
    say(0, "6", "reaction", reaction).await;
    eventually(async || agent.asked().len() == 1).await;
    let shown = |asked: &Asked| -> Vec<(String, Value, Value)> {
        let messages = asked.body["messages"].as_array().unwrap().iter();
        let of = |one: &Value| {
            let id = one["id"].as_str().unwrap().to_owned();
            (id, one["content"]["type"].clone(), one["text"].clone())
        };
        messages.map(of).collect()
    };
    let one = |id: &str, kind: &str, text: &str| (id.to_owned(), json!(kind), json!(text));
    assert_eq!(
        shown(&agent.asked()[0]),
        [
            one("wamid.1", "text", "on friday"),
            one("wamid.2", "text", "please")
        ]
    );
    // Answered already: a correction is told as one, and a revocation is not asked about.
    let done = "frontdesk_messages_done_total";
    eventually(async || server.metric(done).await == 6).await;
    say(0, "7", "edit", edit("wamid.2", "never mind")).await;
    eventually(async || server.metric(done).await == 7).await;
    say(0, "8", "revoke", revoke("wamid.1")).await;
    eventually(async || server.metric(done).await == 8).await;
    let asked = agent.asked();
    assert_eq!(asked.len(), 2);
    assert_eq!(shown(&asked[1]), [one("wamid.7", "edited", "never mind")]);
}
