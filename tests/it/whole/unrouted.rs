//! Signed deliveries for a number or location that no business has: kept, and seen.

use frontdesk::{
    cli::client::{HighlevelMessage, WhatsappMessage},
    signature::Secret,
};
use serde_json::Value;

use super::{APP_SECRET, LOCATION, NUMBER, SALON, app_key, owner, phone, salon};
use crate::support::process::{Frontdesk, client, eventually, now};

const OTHER_NUMBER: &str = "200000000000002";

/// Writes to a number by WhatsApp.
async fn write_to(server: &Frontdesk, number: &str, id: &str) {
    let message = WhatsappMessage {
        text: "Hi",
        phone: &phone("+12025550137"),
        name: None,
        phone_number_id: number,
    };
    let request = message.request(&Secret::new(APP_SECRET).unwrap(), id, now());
    assert_eq!(server.deliver(&client(), request).await.0, 200);
}

async fn check(server: &Frontdesk) -> Value {
    let (_, health) = server.get("/health").await;
    health["checks"]["unrouted"].clone()
}

#[tokio::test]
async fn what_comes_for_nobody_is_counted_shown_and_told_to_the_owner_once() {
    let (folder, told) = (tempfile::tempdir().unwrap(), owner::owner(&[200]).await);
    let mut command = salon(folder.path());
    let notify = owner::webhook(&told);
    let file = folder.path().join("salon.toml");
    std::fs::write(&file, format!("{SALON}\n{notify}")).unwrap();
    command.env("OWNER_SECRET", owner::OWNER_SECRET);
    let server = Frontdesk::spawn(command).await;
    write_to(&server, NUMBER, "mine").await;
    assert!(check(&server).await.is_null());

    for id in ["a", "b"] {
        write_to(&server, OTHER_NUMBER, id).await;
    }
    let message = HighlevelMessage {
        text: "Hi",
        phone: &phone("+12025550137"),
        name: None,
        contact_id: "contact1",
    };
    let elsewhere = message.event(&app_key(), "anotherLocation", "m-1", now());
    // A repeat is not another one.
    for _ in 0..2 {
        let request = elsewhere.clone();
        assert_eq!(server.deliver(&client(), request).await.0, 200);
    }
    let here = message.event(&app_key(), LOCATION, "m-2", now());
    assert_eq!(server.deliver(&client(), here).await.0, 200);
    let count = |source: &str| format!("frontdesk_unrouted_total{{source=\"{source}\"}}");
    assert_eq!(server.metric(&count("whatsapp")).await, 2);
    assert_eq!(server.metric(&count("highlevel")).await, 1);
    let shown = check(&server).await;
    assert_eq!(shown["status"], "degraded", "{shown}");
    let message = shown["message"].as_str().unwrap();
    assert!(
        message.starts_with("3 came for a number or location"),
        "{message}"
    );
    assert_eq!(server.get("/health?strict=1").await.0, 503);
    let calls = owner::calls(&told, 1).await;
    let (_, notice) = owner::checked(&calls[0]);
    assert_eq!(
        (&notice["type"], &notice["business"]),
        (&"unrouted".into(), &"salon".into())
    );
    assert!(notice["customer"]["phone"].is_null());
    eventually(async || server.metric("frontdesk_outbox_pending").await == 0).await;
    assert_eq!(owner::calls(&told, 1).await.len(), 1);

    // A file that has the number takes it.
    let with_both = SALON.replace(NUMBER, &format!("{NUMBER}\", \"{OTHER_NUMBER}"));
    std::fs::write(&file, format!("{with_both}\n{notify}")).unwrap();
    server.signal("HUP");
    server.logged("took the business files over").await;
    assert!(check(&server).await.is_null());
    write_to(&server, OTHER_NUMBER, "c").await;
    assert!(check(&server).await.is_null());
    assert_eq!(server.metric(&count("whatsapp")).await, 2);
}

#[tokio::test]
async fn what_is_not_understood_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let server = Frontdesk::spawn(salon(folder.path())).await;
    let message = HighlevelMessage {
        text: "Hi",
        phone: &phone("+12025550137"),
        name: None,
        contact_id: "contact1",
    };
    let mut request = message.event(&app_key(), LOCATION, "m-1", now());
    let mut event: Value = serde_json::from_str(&request.body).unwrap();
    event["messageType"] = "Hologram".into();
    request.body = event.to_string();
    let signature = app_key().sign(request.body.as_bytes()).parse().unwrap();
    let header = frontdesk::source::highlevel::SIGNATURE_HEADER;
    request.headers.insert(header, signature);
    assert_eq!(server.deliver(&client(), request).await.0, 200);
    let series = "frontdesk_not_understood_total{source=\"highlevel\"}";
    assert_eq!(server.metric(series).await, 1);
}
