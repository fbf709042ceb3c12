//! An agent for `WORKFLOW=remote`, in one file: it offers the services, lets the calendar say what
//! is free, and books.
//!
//! ```console
//! $ WORKFLOW_SECRET=… cargo run --example agent          # listens on 127.0.0.1:8000
//! $ WORKFLOW=remote WORKFLOW_URL=http://127.0.0.1:8000 WORKFLOW_SECRET=… frontdesk chat
//! ```
//!
//! It keeps nothing itself: what it has to remember is the `state` that comes back to it.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use chrono::{DateTime, Days, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

/// The most choices at once: a list of WhatsApp's has so many rows.
const MAX_CHOICES: usize = 10;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let secret = setting("WORKFLOW_SECRET").ok_or(anyhow::anyhow!("set WORKFLOW_SECRET"))?;
    let port = setting("PORT").map_or(Ok(8000), |port| port.parse())?;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    report(&format!("listening on http://{}", listener.local_addr()?));
    let app = Router::new()
        .route("/", post(turn))
        .with_state(Arc::new(key(&secret)?));
    axum::serve(listener, app).await?;
    Ok(())
}

/// Answers one question: 200 with the answer, or 401.
async fn turn(
    State(key): State<Arc<Vec<u8>>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, StatusCode> {
    check(&key, &headers, &body).ok_or(StatusCode::UNAUTHORIZED)?;
    let question: Value = serde_json::from_slice(&body).map_err(|_| StatusCode::BAD_REQUEST)?;
    Ok(Json(answer(&question)))
}

/// What is said, remembered and booked.
fn answer(question: &Value) -> Value {
    let refused = &question["refused"];
    if refused.is_object() {
        return other_times(refused);
    }
    let (id, title) = chosen(question).unwrap_or_default();
    match id.split_once(' ') {
        Some(("service", service)) => {
            // Some time tomorrow; the calendar refuses it unless it happens to be free, and
            // says what is.
            let now: Option<DateTime<Utc>> = serde_json::from_value(question["now"].clone()).ok();
            let tomorrow = now.and_then(|now| now.checked_add_days(Days::new(1)));
            book(service, "tomorrow", &json!(tomorrow))
        }
        Some(("time", rest)) => match rest.split_once(' ') {
            Some((service, start)) => book(service, &title, &json!(start)),
            None => menu(question),
        },
        _ => menu(question),
    }
}

fn menu(question: &Value) -> Value {
    let services = question["business"]["services"].as_array();
    let choices = services.into_iter().flatten().map(|service| {
        let id = format!("service {}", text(&service["id"]));
        json!({"id": id, "title": service["name"]})
    });
    let shop = text(&question["business"]["name"]);
    offer(&format!("This is {shop}. What may it be?"), choices)
}

fn book(service: &str, when: &str, start: &Value) -> Value {
    json!({
        "replies": [{"kind": "text", "text": format!("Booked: {service}, {when}.")}],
        "book": [{"service": service, "start": start}],
        "state": null,
    })
}

/// The calendar said no, and what is free instead.
fn other_times(refused: &Value) -> Value {
    let service = text(&refused["service"]);
    let alternatives = refused["alternatives"].as_array();
    let choices = alternatives.into_iter().flatten().map(|slot| {
        let id = format!("time {service} {}", text(&slot["start"]));
        // `2026-11-24T10:00:00-05:00`, of which the customer needs the day and the time.
        let local = text(&slot["local_start"]);
        let title = local.get(..16).unwrap_or(local).replace('T', " ");
        json!({"id": id, "title": title})
    });
    offer("When? These times are free:", choices)
}

/// Words and choices, which are remembered, since not everybody taps.
fn offer(words: &str, choices: impl Iterator<Item = Value>) -> Value {
    let choices: Vec<_> = choices.take(MAX_CHOICES).collect();
    if choices.is_empty() {
        return json!({"handoff": true});
    }
    json!({
        "replies": [{"kind": "choices", "text": words, "choices": choices}],
        "state": {"offered": choices},
    })
}

/// The id and title of what the customer chose: by a tap, by its number, or by its title.
fn chosen(question: &Value) -> Option<(String, String)> {
    let last = question["messages"].as_array()?.last()?;
    let both = |choice: &Value| (text(&choice["id"]).into(), text(&choice["title"]).into());
    if last["content"]["type"] == "choice" {
        return Some(both(&last["content"]));
    }
    let said = last["text"].as_str()?.trim();
    let offered = question["state"]["offered"].as_array()?;
    let by_number = said.parse::<usize>().ok();
    let by_number = by_number.and_then(|number| offered.get(number.checked_sub(1)?));
    let by_title = || {
        let mut offered = offered.iter();
        offered.find(|choice| text(&choice["title"]).eq_ignore_ascii_case(said))
    };
    by_number.or_else(by_title).map(both)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The key of a Standard Webhooks secret: what follows `whsec_`, decoded; another secret as it is.
fn key(secret: &str) -> anyhow::Result<Vec<u8>> {
    Ok(match secret.strip_prefix("whsec_") {
        Some(encoded) => BASE64_STANDARD.decode(encoded)?,
        None => secret.into(),
    })
}

/// Whether the call is frontdesk's: Standard Webhooks, made within five minutes.
fn check(key: &[u8], headers: &HeaderMap, body: &[u8]) -> Option<()> {
    let header = |name: &str| headers.get(name)?.to_str().ok();
    let (id, timestamp) = (header("webhook-id")?, header("webhook-timestamp")?);
    let signature = header("webhook-signature")?.strip_prefix("v1,")?;
    let signature = BASE64_STANDARD.decode(signature).ok()?;
    let sent_at: i64 = timestamp.parse().ok()?;
    if now_secs().abs_diff(sent_at) > 300 {
        return None;
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(format!("{id}.{timestamp}.").as_bytes());
    mac.update(body);
    mac.verify_slice(&signature).ok()
}

#[expect(
    clippy::disallowed_methods,
    reason = "an example is a program of its own"
)]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

#[expect(
    clippy::disallowed_methods,
    reason = "an example is a program of its own"
)]
fn now_secs() -> i64 {
    Utc::now().timestamp()
}

#[expect(clippy::print_stdout, reason = "who starts it wants to know")]
fn report(line: &str) {
    println!("{line}");
}
