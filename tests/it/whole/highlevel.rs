//! HighLevel from end to end: a signed event in, the answer out to an API that checks it.

use frontdesk::cli::client::HighlevelMessage;
use serde_json::Value;

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
