//! Time that the business keeps for itself.

use http::StatusCode;
use serde_json::{Value, json};

use crate::support::office::Office;

async fn starts(office: &Office, staff: &str) -> Vec<String> {
    let uri =
        format!("/api/availability?service=haircut&staff={staff}&from=2026-11-24&to=2026-11-24");
    let day = office.get(&uri).await.json();
    let slots = day["slots"].as_array().unwrap().iter();
    slots
        .map(|slot| slot["local_start"].as_str().unwrap()[11..16].to_owned())
        .collect()
}

async fn block(office: &Office, body: &Value) -> Value {
    let blocked = office.send("POST", "/api/blocks", body).await;
    assert_eq!(blocked.status, StatusCode::CREATED, "{}", blocked.text);
    blocked.json()
}

#[tokio::test]
async fn a_block_is_never_offered_and_comes_back() {
    let office = Office::of_demo();
    let body = json!({
        "staff": "ana", "from": "2026-11-24T12:00:00-05:00", "to": "2026-11-24T19:00:00-05:00",
        "reason": "dentist",
    });
    let mut blocked = block(&office, &body).await;
    let uri = format!("/api/blocks/{}", blocked["id"].as_str().unwrap());
    blocked["id"] = "…".into();
    insta::assert_json_snapshot!(blocked, @r#"
    {
      "business": "demo",
      "from": "2026-11-24T17:00:00.000Z",
      "id": "…",
      "local_from": "2026-11-24T12:00:00-05:00",
      "reason": "dentist",
      "staff": "ana",
      "to": "2026-11-25T00:00:00.000Z"
    }
    "#);
    // The ten minutes after a haircut stay out of it too.
    assert_eq!(starts(&office, "ana").await.last().unwrap(), "11:15");
    assert_eq!(starts(&office, "ben").await.last().unwrap(), "18:30");
    let listed = office.get("/api/blocks").await.json();
    assert_eq!(listed["blocks"][0]["reason"], "dentist");
    assert_eq!(
        office.ask("DELETE", &uri).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(office.ask("DELETE", &uri).await.error_code(), "not_found");
    assert_eq!(starts(&office, "ana").await.last().unwrap(), "18:30");
}

#[tokio::test]
async fn days_off_are_whole_days_of_everybody() {
    let office = Office::of_demo();
    block(&office, &json!({"from": "2026-11-24", "to": "2026-11-25"})).await;
    let week = office
        .get("/api/availability?service=haircut&from=2026-11-24")
        .await
        .json();
    assert_eq!(week["slots"][0]["local_start"], "2026-11-26T09:00:00-05:00");
    let mut body = json!({"service": "haircut", "start": "2026-11-24T17:00:00Z"});
    for _ in 0..2 {
        let refused = office.send("POST", "/api/bookings", &body).await;
        assert_eq!(refused.error_code(), "slot_taken");
        body["override"] = true.into();
    }
}

#[tokio::test]
async fn what_is_booked_is_in_the_way_until_it_is_forced() {
    let office = Office::of_demo();
    let body = json!({"service": "haircut", "start": "2026-11-24T17:00:00Z"});
    let booked = office.send("POST", "/api/bookings", &body).await.json();
    let mut day = json!({"from": "2026-11-24", "to": "2026-11-24"});
    let refused = office.send("POST", "/api/blocks", &day).await;
    assert_eq!(refused.error_code(), "conflict");
    assert_eq!(refused.json()["details"]["bookings"], json!([booked["id"]]));
    day["force"] = true.into();
    block(&office, &day).await;
    let listed = office.get("/api/bookings").await.json();
    assert_eq!(listed["bookings"][0]["id"], booked["id"]);
}

#[tokio::test]
async fn a_block_has_bounds() {
    let office = Office::of_demo();
    for (from, to, field) in [
        ("2026-11-24", "2026-11-23", "to"),
        ("2026-11-24", "2027-11-26", "to"),
        ("2025-11-01", "2025-11-02", "from"),
        ("2036-11-01", "2036-11-02", "from"),
    ] {
        let body = json!({"from": from, "to": to});
        let refused = office.send("POST", "/api/blocks", &body).await;
        assert_eq!(refused.error_code(), "validation_error", "{from}");
        assert!(refused.json()["details"][field].is_string(), "{from}");
    }
    let nobody = json!({"from": "2026-11-24", "to": "2026-11-24", "staff": "zoe"});
    let refused = office.send("POST", "/api/blocks", &nobody).await;
    assert_eq!(refused.error_code(), "validation_error");
}
