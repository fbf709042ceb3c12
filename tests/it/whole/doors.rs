//! The providers' doors, from the signed payload to the replies in the outbox.

use frontdesk::{
    cli::client::{HighlevelMessage, Request, WhatsappMessage},
    signature::Secret,
    source::highlevel,
};
use serde_json::{Value, json};

use super::{APP_SECRET, LOCATION, NUMBER, app_key, open, phone, salon, stored};
use crate::support::process::{Frontdesk, client, now};

/// An app event, signed as HighLevel signs it.
fn signed_event(body: &Value) -> Request {
    let template = HighlevelMessage {
        text: "",
        phone: &phone("+12025550137"),
        name: None,
        contact_id: "",
    };
    let mut request = template.event(&app_key(), LOCATION, "", now());
    request.body = body.to_string();
    let signature = app_key().sign(request.body.as_bytes());
    let value = signature.parse().unwrap();
    request.headers.insert(highlevel::SIGNATURE_HEADER, value);
    request
}

fn outbox_states(folder: &std::path::Path) -> Vec<String> {
    let connection = open(folder);
    let mut statement = connection.prepare("SELECT state FROM outbox").unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

async fn assert_answered_but_not_sent(server: &Frontdesk, folder: &std::path::Path) {
    server.settled().await;
    assert_eq!(server.metric("frontdesk_messages_accepted_total").await, 1);
    assert_eq!(server.metric("frontdesk_messages_done_total").await, 1);
    assert_eq!(outbox_states(folder), ["expired"]);
    let said = "SELECT count(*) FROM outbox WHERE body LIKE '%Luna Salon%'";
    assert_eq!(stored(folder, said), 1);
    assert_eq!(server.metric("frontdesk_outbox_pending").await, 0);
}

#[tokio::test]
async fn a_whatsapp_message_is_answered_into_the_outbox() {
    let folder = tempfile::tempdir().unwrap();
    let server = Frontdesk::spawn(salon(folder.path())).await;
    let message = WhatsappMessage {
        text: "Hi",
        phone: &phone("+12025550137"),
        name: Some("Ana"),
        phone_number_id: NUMBER,
    };
    let wrong = message.request(&Secret::new("a guess").unwrap(), "wamid", now());
    let (status, refused) = server.deliver(&client(), wrong).await;
    assert_eq!(
        (status, &refused["error"]),
        (401, &json!("invalid_signature"))
    );
    assert_eq!(stored(folder.path(), "SELECT count(*) FROM messages"), 0);

    let request = message.request(&Secret::new(APP_SECRET).unwrap(), "wamid", now());
    let (status, answer) = server.deliver(&client(), request).await;
    assert_eq!((status, &answer["accepted"]), (200, &json!(1)));
    assert_answered_but_not_sent(&server, folder.path()).await;
}

#[tokio::test]
async fn a_highlevel_event_is_answered_into_the_outbox_where_the_location_is_ours() {
    let folder = tempfile::tempdir().unwrap();
    let server = Frontdesk::spawn(salon(folder.path())).await;
    let message = HighlevelMessage {
        text: "Hi",
        phone: &phone("+12025550137"),
        name: None,
        contact_id: "cI08i1Bls3iTB9bKgFJh",
    };
    let elsewhere = message.event(&app_key(), "anotherLocation", "m-0", now());
    let (status, answer) = server.deliver(&client(), elsewhere).await;
    assert_eq!((status, &answer["accepted"]), (200, &json!(0)));
    assert_eq!(answer["recorded"], 1, "{answer}");
    let kept = "SELECT count(*) FROM unprocessed WHERE reason = 'unrouted' \
                AND CAST(raw AS TEXT) LIKE '%anotherLocation%'";
    assert_eq!(stored(folder.path(), kept), 1);
    assert_eq!(stored(folder.path(), "SELECT count(*) FROM threads"), 0);

    let request = message.event(&app_key(), LOCATION, "m-1", now());
    let (status, answer) = server.deliver(&client(), request).await;
    assert_eq!((status, &answer["accepted"]), (200, &json!(1)));
    assert_answered_but_not_sent(&server, folder.path()).await;
}

#[tokio::test]
async fn a_person_who_writes_in_highlevel_silences_the_assistant() {
    let folder = tempfile::tempdir().unwrap();
    let server = Frontdesk::spawn(salon(folder.path())).await;
    let contact = "cI08i1Bls3iTB9bKgFJh";
    let by_a_person = json!({
        "type": "OutboundMessage",
        "locationId": LOCATION,
        "contactId": contact,
        "messageId": "by-ana",
        "messageType": "WhatsApp",
        "direction": "outbound",
        "source": "app",
        "userId": "YlWd2wuCAZQzh2cH1fVZ",
        "body": "This is Ana, I will take it from here.",
        "to": "+12025550137",
        "dateAdded": now().to_rfc3339(),
    });
    let (status, answer) = server.deliver(&client(), signed_event(&by_a_person)).await;
    assert_eq!((status, &answer["recorded"]), (200, &json!(1)));

    let message = HighlevelMessage {
        text: "Hi",
        phone: &phone("+12025550137"),
        name: None,
        contact_id: contact,
    };
    let request = message.event(&app_key(), LOCATION, "m-1", now());
    let (_, answer) = server.deliver(&client(), request).await;
    assert_eq!(answer["accepted"], 1, "{answer}");
    server.settled().await;
    assert_eq!(server.metric("frontdesk_messages_done_total").await, 1);
    let paused = "frontdesk_turns_total{workflow=\"assistant\",outcome=\"paused\"}";
    assert_eq!(server.metric(paused).await, 1);
    assert_eq!(outbox_states(folder.path()), [""; 0]);
}
