//! HighLevel from end to end: a signed event in, the answer out to an API that checks it.

use frontdesk::cli::client::HighlevelMessage;
use serde_json::{Value, json};

use super::{LOCATION, app_key, phone, salon, stored};
use crate::support::{
    leadconnector::{LeadConnector, TOKEN},
    process::{Frontdesk, client, eventually, now, secret},
};

const CONTACT: &str = "cI08i1Bls3iTB9bKgFJh";

async fn start(folder: &std::path::Path, api: &LeadConnector) -> Frontdesk {
    let mut command = salon(folder);
    command
        .env("GHL_API_TOKEN", TOKEN)
        .env("GHL_API_URL", api.url())
        // Nobody is written to there.
        .env("WHATSAPP_ACCESS_TOKEN", "unused")
        .env("WHATSAPP_API_URL", "http://127.0.0.1:1");
    Frontdesk::spawn(command).await
}

#[tokio::test]
async fn a_contact_books_by_numbers_over_sms() {
    let folder = tempfile::tempdir().unwrap();
    let api = LeadConnector::start().await;
    let server = start(folder.path(), &api).await;
    let (_, health) = server.get("/health").await;
    assert_eq!(health["status"], "ok", "{health}");
    let booked = "SELECT count(*) FROM bookings WHERE status = 'booked'";
    for (position, words) in ["Hi", "1", "1", "Sheena Nelson", "1"]
        .into_iter()
        .enumerate()
    {
        let message = HighlevelMessage {
            text: words,
            phone: &phone("+12025550137"),
            name: None,
            contact_id: CONTACT,
        };
        let mut request = message.event(&app_key(), LOCATION, &format!("m-{position}"), now());
        let mut event: Value = serde_json::from_str(&request.body).unwrap();
        event["messageType"] = "SMS".into();
        request.body = event.to_string();
        let signature = app_key().sign(request.body.as_bytes()).parse().unwrap();
        let header = frontdesk::source::highlevel::SIGNATURE_HEADER;
        request.headers.insert(header, signature);
        assert_eq!(server.deliver(&client(), request).await.0, 200);
        api.taken_at_least(position + 1).await;
    }
    let taken = api.taken();
    assert!(
        taken[0].message.contains("\n1. Haircut"),
        "{}",
        taken[0].message
    );
    assert!(taken[4].message.contains("Booked"), "{}", taken[4].message);
    assert!(
        taken
            .iter()
            .all(|taken| taken.medium == "SMS" && taken.contact == CONTACT)
    );
    assert_eq!(stored(folder.path(), booked), 1);
    let tag = |tag: &str| (CONTACT.to_owned(), tag.to_owned());
    assert_eq!(api.tags_at_least(1).await, [tag("booked")]);

    let message = HighlevelMessage {
        text: "Can I talk to a person?",
        phone: &phone("+12025550137"),
        name: None,
        contact_id: CONTACT,
    };
    let request = message.event(&app_key(), LOCATION, "m-person", now());
    assert_eq!(server.deliver(&client(), request).await.0, 200);
    let tags = api.tags_at_least(2).await;
    assert_eq!(tags, [tag("booked"), tag("needs-human")]);
}

#[tokio::test]
async fn a_workflows_message_is_answered_by_whatsapp() {
    let folder = tempfile::tempdir().unwrap();
    let api = LeadConnector::start().await;
    let server = start(folder.path(), &api).await;
    let message = HighlevelMessage {
        text: "Hi",
        phone: &phone("+12025550137"),
        name: Some("Sheena"),
        contact_id: CONTACT,
    };
    let request = message.action(&secret(), Some(LOCATION), "m-1");
    assert_eq!(server.deliver(&client(), request).await.0, 200);
    let taken = api.taken_at_least(1).await.remove(0);
    assert_eq!((&*taken.medium, &*taken.contact), ("WhatsApp", CONTACT));
    let sent = "SELECT count(*) FROM outbox WHERE state = 'sent'";
    eventually(async || stored(folder.path(), sent) == 1).await;
}

#[tokio::test]
async fn each_message_is_answered_by_the_way_it_came() {
    let folder = tempfile::tempdir().unwrap();
    let api = LeadConnector::start().await;
    api.has_provider("provider1");
    let server = start(folder.path(), &api).await;
    // One contact writes by several, and is answered by the last.
    for (position, (told, expected)) in [
        (
            json!({"messageType": "Custom", "conversationProviderId": "provider1"}),
            ("Custom", Some("provider1")),
        ),
        (json!({"messageType": "GMB"}), ("GMB", None)),
        (json!({"messageType": "TYPE_WHATSAPP"}), ("WhatsApp", None)),
    ]
    .into_iter()
    .enumerate()
    {
        let request = changed(&format!("m-{position}"), &told);
        assert_eq!(server.deliver(&client(), request).await.0, 200);
        let taken = api.taken_at_least(position + 1).await.remove(position);
        assert_eq!((&*taken.medium, taken.provider.as_deref()), expected);
    }
    let request = changed("m-unknown", &json!({"messageType": "Hologram"}));
    assert_eq!(server.deliver(&client(), request).await.0, 200);
    let kept = "SELECT count(*) FROM unprocessed WHERE reason = 'not_understood'";
    assert_eq!(stored(folder.path(), kept), 1);
    assert_eq!(api.taken().len(), 3);
}

#[tokio::test]
async fn a_contact_without_a_number_is_known_by_it_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let api = LeadConnector::start().await;
    api.knows(
        CONTACT,
        json!({"id": CONTACT, "phone": "+12025550137", "firstName": "Sheena"}),
    );
    let server = start(folder.path(), &api).await;
    for n in 0..2 {
        let message = HighlevelMessage {
            text: "Hi",
            phone: &phone("+12025550137"),
            name: None,
            contact_id: CONTACT,
        };
        let mut request = message.event(&app_key(), LOCATION, &format!("m-{n}"), now());
        let mut event: Value = serde_json::from_str(&request.body).unwrap();
        event.as_object_mut().unwrap().remove("from");
        event["body"] = format!("Hi {n}").into();
        request.body = event.to_string();
        let signature = app_key().sign(request.body.as_bytes()).parse().unwrap();
        let header = frontdesk::source::highlevel::SIGNATURE_HEADER;
        request.headers.insert(header, signature);
        assert_eq!(server.deliver(&client(), request).await.0, 200);
        api.taken_at_least(n + 1).await;
    }
    assert_eq!(api.asked(), [CONTACT]);
    let known = "SELECT count(*) FROM customers WHERE phone = '+12025550137' AND name = 'Sheena'";
    assert_eq!(stored(folder.path(), known), 1);
    // One person, whichever way they come.
    server.say("+12025550137", "hello").await;
    let customers = "SELECT count(*) FROM customers WHERE joined_to IS NULL";
    assert_eq!(stored(folder.path(), customers), 1);
}

/// An event of a message with some of its fields changed.
fn changed(id: &str, changes: &Value) -> frontdesk::cli::client::Request {
    let message = HighlevelMessage {
        text: "Hi",
        phone: &phone("+12025550137"),
        name: None,
        contact_id: CONTACT,
    };
    let mut request = message.event(&app_key(), LOCATION, id, now());
    let mut event: Value = serde_json::from_str(&request.body).unwrap();
    for (field, value) in changes.as_object().unwrap() {
        event[field] = value.clone();
    }
    request.body = event.to_string();
    let signature = app_key().sign(request.body.as_bytes()).parse().unwrap();
    let header = frontdesk::source::highlevel::SIGNATURE_HEADER;
    request.headers.insert(header, signature);
    request
}

/// An event of a message without words, such as HighLevel sends for a file over WhatsApp.
fn without_words(id: &str) -> frontdesk::cli::client::Request {
    changed(id, &json!({"body": ""}))
}

#[tokio::test]
async fn a_file_that_is_there_only_later_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let api = LeadConnector::start().await;
    api.has_message(
        "voice1",
        [
            json!({"id": "voice1", "body": ""}),
            json!({"message": {"id": "voice1", "attachments": ["https://files.example/n.ogg"]}}),
        ],
    );
    let server = start(folder.path(), &api).await;
    let request = without_words("voice1");
    assert_eq!(server.deliver(&client(), request).await.0, 200);
    let voice = api.taken_at_least(1).await.remove(0).message;
    // One of which HighLevel knows nothing is answered all the same, as a file.
    let request = without_words("unknown1");
    assert_eq!(server.deliver(&client(), request).await.0, 200);
    let file = api.taken_at_least(2).await.remove(1).message;
    assert!(voice.contains("voice"), "{voice}");
    assert!(!file.contains("voice"), "{file}");
    let kept = "SELECT count(*) FROM messages WHERE content LIKE '%n.ogg%'";
    assert_eq!(stored(folder.path(), kept), 1);
}
