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
