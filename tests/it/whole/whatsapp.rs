//! WhatsApp both ways: signed webhooks in, and what Meta's API receives from the whole program.

use std::path::Path;

use frontdesk::{
    cli::client::Request,
    signature::{Secret, body_hmac},
};
use serde_json::{Value, json};

use super::{APP_SECRET, NUMBER, salon, stored};
use crate::support::{
    graph::{Fault, Graph, TOKEN, Taken},
    process::{Frontdesk, client, eventually, now},
};

const CUSTOMER: &str = "12025550137";

/// A salon that sends to this Graph API.
async fn open(folder: &Path, graph: &Graph) -> Frontdesk {
    let mut serve = salon(folder);
    serve
        .env("WHATSAPP_ACCESS_TOKEN", TOKEN)
        .env("WHATSAPP_API_URL", graph.url());
    Frontdesk::spawn(serve).await
}

fn signed(value: &Value) -> Request {
    let body = json!({
        "object": "whatsapp_business_account",
        "entry": [{"id": "0", "changes": [{"field": "messages", "value": value}]}],
    })
    .to_string();
    let signature = body_hmac::sign(&Secret::new(APP_SECRET).unwrap(), body.as_bytes());
    let mut headers = http::HeaderMap::new();
    headers.insert("content-type", "application/json".parse().unwrap());
    headers.insert("x-hub-signature-256", signature.parse().unwrap());
    Request {
        path: "/webhook/whatsapp",
        headers,
        body,
        wait: std::time::Duration::ZERO,
    }
}

/// A customer's message of any type.
fn message(id: &str, kind: &str, content: &Value) -> Request {
    signed(&json!({
        "messaging_product": "whatsapp",
        "metadata": {"phone_number_id": NUMBER},
        "contacts": [{"wa_id": CUSTOMER, "profile": {"name": "Maria"}}],
        "messages": [{
            "from": CUSTOMER,
            "id": id,
            "timestamp": now().timestamp().to_string(),
            "type": kind,
            kind: content,
        }],
    }))
}

fn text(id: &str, words: &str) -> Request {
    message(id, "text", &json!({"body": words}))
}

fn tap(id: &str, (choice, title): &(String, String)) -> Request {
    let reply = json!({"id": choice, "title": title});
    let content = json!({"type": "list_reply", "list_reply": reply});
    message(id, "interactive", &content)
}

fn status(taken: &Taken, status: &str) -> Request {
    signed(&json!({
        "messaging_product": "whatsapp",
        "metadata": {"phone_number_id": NUMBER},
        "statuses": [{
            "id": taken.id,
            "status": status,
            "timestamp": now().timestamp().to_string(),
            "recipient_id": CUSTOMER,
            "biz_opaque_callback_data": taken.body["biz_opaque_callback_data"],
        }],
    }))
}

async fn deliver(server: &Frontdesk, request: Request) {
    let (status, answer) = server.deliver(&client(), request).await;
    assert_eq!(status, 200, "{answer}");
}

/// What was sent since this was asked last: one message, when it has come.
async fn next(graph: &Graph) -> Taken {
    eventually(async || !graph.taken().is_empty()).await;
    let mut taken = graph.take_taken();
    assert_eq!(taken.len(), 1, "{taken:?}");
    taken.remove(0)
}

async fn nothing_waits(server: &Frontdesk) {
    server.settled().await;
    eventually(async || server.metric("frontdesk_outbox_pending").await == 0).await;
}

#[tokio::test]
async fn a_customer_books_by_tapping_what_was_sent() {
    let folder = tempfile::tempdir().unwrap();
    let graph = Graph::start().await;
    graph.enforce_limits();
    let server = open(folder.path(), &graph).await;
    deliver(&server, text("wamid.1", "Hi")).await;
    let greeting = next(&graph).await;
    assert_eq!(
        (&*greeting.number, &*greeting.recipient),
        (NUMBER, CUSTOMER)
    );
    assert!(greeting.words().contains("Luna Salon"), "{greeting:?}");
    deliver(&server, tap("wamid.2", &greeting.taps()[0])).await;
    let times = next(&graph).await;
    deliver(&server, tap("wamid.3", &times.taps()[0])).await;
    // The name is known from the profile.
    let confirm = next(&graph).await;
    assert!(confirm.words().contains("Please check"), "{confirm:?}");
    deliver(&server, tap("wamid.4", &confirm.taps()[0])).await;
    let booked = next(&graph).await;
    assert!(booked.words().contains("Booked"), "{booked:?}");
    nothing_waits(&server).await;
    let firm = "SELECT count(*) FROM bookings WHERE status = 'booked'";
    assert_eq!(stored(folder.path(), firm), 1);
    // Each was seen before it was answered.
    assert_eq!(graph.seen().len(), 4);

    let sent = "frontdesk_deliveries_total{channel=\"whatsapp\",outcome=\"sent\"}";
    assert_eq!(server.metric(sent).await, 4);
    deliver(&server, status(&booked, "read")).await;
    deliver(&server, status(&booked, "delivered")).await;
    let read = "SELECT max(progress) FROM sent_parts";
    assert_eq!(
        stored(folder.path(), read),
        2,
        "a late status takes nothing back"
    );
}

#[tokio::test]
async fn what_meta_refuses_to_take_from_us_waits_and_health_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let graph = Graph::start().await;
    let server = open(folder.path(), &graph).await;
    graph.fail([Fault::Code(401, 190)]);
    deliver(&server, text("wamid.1", "Hi")).await;
    eventually(async || server.get("/health").await.1["status"] == "degraded").await;
    let (code, health) = server.get("/health?strict=1").await;
    assert_eq!(code, 503);
    assert_eq!(health["checks"]["whatsapp_replies"]["status"], "degraded");
    assert_eq!(server.metric("frontdesk_outbox_pending").await, 1);
    assert!(graph.taken().is_empty());
}

#[tokio::test]
async fn without_a_token_nothing_is_piled_up_and_health_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let server = Frontdesk::spawn(salon(folder.path())).await;
    let (_, health) = server.get("/health").await;
    assert_eq!(health["checks"]["no_access_token"]["status"], "degraded");
    deliver(&server, text("wamid.1", "Hi")).await;
    nothing_waits(&server).await;
    let expired = "SELECT count(*) FROM outbox WHERE state = 'expired' AND reason = 'no_channel'";
    assert_eq!(stored(folder.path(), expired), 1);
}

#[tokio::test]
async fn killed_while_sending_it_does_not_say_twice_what_a_status_proves() {
    let folder = tempfile::tempdir().unwrap();
    let graph = Graph::start().await;
    let server = open(folder.path(), &graph).await;
    graph.fail([Fault::NoAnswer]);
    deliver(&server, text("wamid.1", "Hi")).await;
    let greeting = next(&graph).await;
    server.kill().await;
    let sending = "SELECT count(*) FROM outbox WHERE state = 'sending'";
    assert_eq!(stored(folder.path(), sending), 1);

    let server = open(folder.path(), &graph).await;
    // A second message is answered only after the first is settled: the status does that.
    deliver(&server, text("wamid.2", "haircut")).await;
    server.settled().await;
    assert_eq!(server.metric("frontdesk_outbox_pending").await, 2);
    deliver(&server, status(&greeting, "delivered")).await;
    let second = next(&graph).await;
    assert!(second.words().contains("Haircut"), "{second:?}");
    nothing_waits(&server).await;
    let sent = "SELECT count(*) FROM outbox WHERE state = 'sent'";
    assert_eq!(stored(folder.path(), sent), 2);
}
