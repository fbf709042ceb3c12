//! Forgetting a person, over the API.

use http::StatusCode;
use serde_json::json;

use frontdesk::message::Arrival;

use crate::support::{office::Office, shop::message};

#[tokio::test]
async fn who_is_expected_is_not_forgotten_until_that_is_cancelled() {
    let office = Office::of_demo();
    let arrival = Arrival::Message(message("a", "hello"));
    office.store.accept(vec![arrival]).await.unwrap();
    let body = json!({
        "service": "haircut", "start": "2026-11-24T17:00:00Z", "phone": "+12025550100",
    });
    let booked = office.send("POST", "/api/bookings", &body).await.json();
    let id = booked["id"].as_str().unwrap();
    let uri = "/api/customers/+12025550100";
    let expected = office.ask("DELETE", uri).await;
    assert_eq!(expected.error_code(), "conflict");
    assert_eq!(expected.json()["details"]["bookings"], json!([id]));
    office.ask("DELETE", &format!("/api/bookings/{id}")).await;
    let forgotten = office.ask("DELETE", uri).await;
    assert_eq!(forgotten.status, StatusCode::OK);
    assert_eq!(
        forgotten.json(),
        json!({"threads": 1, "messages": 1, "bookings": 1})
    );
    assert_eq!(office.ask("DELETE", uri).await.error_code(), "not_found");
    let odd = office.ask("DELETE", "/api/customers/12").await;
    assert_eq!(odd.error_code(), "not_found");
}

#[tokio::test]
async fn who_has_no_number_is_forgotten_by_thread_or_by_the_provider_s_id() {
    let office = Office::of_demo();
    for way in ["thread", "id", "dialled"] {
        let mut written = message("t", "hello");
        written.thread.source = frontdesk::message::SourceKind::Whatsapp;
        written.thread.key = format!("100:US.{way}").into();
        written.contact.provider_id = Some(format!("US.{way}").into());
        if way != "dialled" {
            written.contact.phone = None;
        }
        let arrival = Arrival::Message(written);
        let receipts = office.store.accept(vec![arrival]).await.unwrap();
        let frontdesk::store::Receipt::Accepted { thread, .. } = receipts[0] else {
            panic!("{receipts:?}");
        };
        let whom = match way {
            "thread" => format!("thread:{}", thread.0),
            "id" => "US.id".to_owned(),
            _ => "2025550100".to_owned(),
        };
        let uri = format!("/api/customers/{whom}");
        let forgotten = office.ask("DELETE", &uri).await;
        assert_eq!(forgotten.status, StatusCode::OK, "{whom}: {forgotten:?}");
        assert_eq!(forgotten.json()["threads"], 1);
        let again = office.ask("DELETE", &uri).await;
        assert_eq!(again.error_code(), "not_found", "{whom}");
    }
    for odd in ["thread:x", "thread:", "thread:99", "US.nobody"] {
        let odd = office.ask("DELETE", &format!("/api/customers/{odd}")).await;
        assert_eq!(odd.error_code(), "not_found");
    }
}
