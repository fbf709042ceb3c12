//! Booking, moving and cancelling by the people of a business.

use std::sync::Arc;

use frontdesk::message::{Arrival, BusinessId, PhoneNumber};
use http::StatusCode;
use serde_json::{Value, json};

use crate::support::{office::Office, shop};

const PHONE: &str = "+12025550100";

fn haircut(start: &str) -> Value {
    json!({"service": "haircut", "start": start})
}

async fn book(office: &Office, body: &Value) -> Value {
    let booked = office.send("POST", "/api/bookings", body).await;
    assert_eq!(booked.status, StatusCode::CREATED, "{}", booked.text);
    booked.json()
}

fn uri_of(booking: &Value) -> String {
    format!("/api/bookings/{}", booking["id"].as_str().unwrap())
}

/// The code, the reason and the starts that are offered instead.
async fn refused(office: &Office, body: &Value) -> (String, String, Vec<String>) {
    let answer = office.send("POST", "/api/bookings", body).await;
    let details = &answer.json()["details"];
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let offered = details["alternatives"].as_array().unwrap().iter();
    let offered = offered.map(|slot| text(&slot["start"])).collect();
    (answer.error_code(), text(&details["reason"]), offered)
}

#[tokio::test]
async fn a_booking_is_made_with_whoever_is_free_first() {
    let office = Office::of_demo();
    let mut body = haircut("2026-11-24T17:00:00Z");
    body["name"] = "Maria Lopez".into();
    body["phone"] = PHONE.into();
    let mut booked = book(&office, &body).await;
    booked["id"] = "…".into();
    insta::assert_json_snapshot!(booked, @r#"
    {
      "business": "demo",
      "end": "2026-11-24T17:30:00.000Z",
      "for_name": null,
      "id": "…",
      "local_start": "2026-11-24T12:00:00-05:00",
      "name": "Maria Lopez",
      "phone": "+12025550100",
      "services": [
        "haircut"
      ],
      "staff": "ana",
      "start": "2026-11-24T17:00:00.000Z",
      "status": "booked",
      "version": 1
    }
    "#);
    let second = book(&office, &haircut("2026-11-24T17:00:00Z")).await;
    assert_eq!(second["staff"], "ben");
    let third = refused(&office, &haircut("2026-11-24T17:00:00Z")).await;
    assert_eq!((&*third.0, &*third.1), ("slot_taken", "taken"));
    assert_eq!(third.2.len(), 5);
}

#[tokio::test]
async fn a_visit_of_several_services_is_done_by_who_does_them_all() {
    let office = Office::of_demo();
    let mut body = haircut("2026-11-24T17:00:00Z");
    body["service"] = json!(["haircut", "beard"]);
    body["for_name"] = "Leo".into();
    let booked = book(&office, &body).await;
    assert_eq!(booked["for_name"], "Leo");
    assert_eq!(booked["services"], json!(["haircut", "beard"]));
    assert_eq!(booked["staff"], "ben");
    assert_eq!(booked["end"], "2026-11-24T17:50:00.000Z");
    let to = json!({"start": "2026-11-24T17:15:00Z"});
    let moved = office.send("PATCH", &uri_of(&booked), &to).await.json();
    assert_eq!(moved["end"], "2026-11-24T18:05:00.000Z");
    let free = "/api/availability?service=haircut&service=beard&from=2026-11-24&to=2026-11-24";
    let free = office.get(free).await.json();
    assert_eq!(free["slots"][0]["staff"], json!(["ben"]));
    body["service"] = json!(["color", "beard"]);
    let (code, why, _) = refused(&office, &body).await;
    assert_eq!((&*code, &*why), ("slot_unavailable", "not_done"));
    body["service"] = json!(["haircut", "haircut"]);
    let twice = office.send("POST", "/api/bookings", &body).await;
    assert_eq!(twice.error_code(), "validation_error");
}

#[tokio::test]
async fn who_is_off_is_told_from_who_is_closed() {
    let office = Office::of_demo();
    let mut body = haircut("2026-11-24T15:00:00Z");
    body["staff"] = "ben".into();
    let (code, why, _) = refused(&office, &body).await;
    assert_eq!((&*code, &*why), ("slot_unavailable", "staff_off"));
}

#[tokio::test]
async fn a_refusal_says_why_and_what_is_near() {
    let office = Office::of_demo();
    for (start, reason, first) in [
        ("2026-11-24T03:00:00Z", "closed", "2026-11-23T22:30:00.000Z"),
        (
            "2026-11-23T12:30:00Z",
            "too_soon",
            "2026-11-23T14:00:00.000Z",
        ),
        (
            "2027-03-02T15:00:00Z",
            "too_far",
            "2027-01-22T23:30:00.000Z",
        ),
        (
            "2026-11-24T15:07:00Z",
            "off_grid",
            "2026-11-24T14:30:00.000Z",
        ),
    ] {
        let (code, why, offered) = refused(&office, &haircut(start)).await;
        assert_eq!((&*code, &*why), ("slot_unavailable", reason), "{start}");
        assert_eq!(offered[0], first, "{reason}: {offered:?}");
        for start in offered {
            let availability = format!("/api/availability?service=haircut&from={start}");
            let slots = office.get(&availability).await.json();
            assert_eq!(slots["slots"][0]["start"], *start);
        }
    }
    let mut beard = haircut("2026-11-24T17:00:00Z");
    beard["service"] = "beard".into();
    beard["staff"] = "ana".into();
    let (code, why, offered) = refused(&office, &beard).await;
    assert_eq!(
        (&*code, &*why, offered),
        ("slot_unavailable", "not_done", vec![])
    );
}

#[tokio::test]
async fn the_business_may_leave_its_rules_aside_but_not_what_is_taken() {
    let office = Office::of_demo();
    for start in [
        "2026-11-24T03:07:00Z",
        "2026-11-23T11:00:00Z",
        "2028-01-01T12:00:00Z",
    ] {
        let mut body = haircut(start);
        body["staff"] = "ana".into();
        body["override"] = true.into();
        book(&office, &body).await;
        let (code, why, _) = refused(&office, &body).await;
        assert_eq!((&*code, &*why), ("slot_taken", "taken"), "{start}");
    }
    let mut body = haircut("2036-01-01T12:00:00Z");
    body["override"] = true.into();
    let answer = office.send("POST", "/api/bookings", &body).await;
    assert_eq!(answer.error_code(), "validation_error");
}

#[tokio::test]
async fn of_racing_requests_for_one_time_as_many_succeed_as_there_are_people() {
    let office = Arc::new(Office::of_demo());
    let body = haircut("2026-11-24T17:00:00Z");
    let race = (0..16).map(|_| office.send("POST", "/api/bookings", &body));
    let answers = futures_util::future::join_all(race).await;
    let made = answers
        .iter()
        .filter(|one| one.status == StatusCode::CREATED);
    assert_eq!(made.count(), 2);
    for answer in answers
        .iter()
        .filter(|one| one.status != StatusCode::CREATED)
    {
        assert_eq!(answer.error_code(), "slot_taken");
    }
}

#[tokio::test]
async fn the_same_request_under_the_same_key_is_made_once() {
    let office = Office::of_demo();
    let mut body = haircut("2026-11-24T17:00:00Z");
    let key = [("idempotency-key", "order-17")];
    let first = office.send_with("POST", "/api/bookings", &body, &key).await;
    assert_eq!(first.status, StatusCode::CREATED);
    let cancelled = office.ask("DELETE", &uri_of(&first.json())).await;
    assert_eq!(cancelled.status, StatusCode::NO_CONTENT);
    let again = office.send_with("POST", "/api/bookings", &body, &key).await;
    assert_eq!((again.status, again.text), (first.status, first.text));
    assert_eq!(
        office.get("/api/bookings").await.json()["bookings"],
        json!([])
    );

    body["name"] = "Ana".into();
    let other = office.send_with("POST", "/api/bookings", &body, &key).await;
    assert_eq!(other.error_code(), "conflict");
    let twice = [("idempotency-key", "a"), ("idempotency-key", "b")];
    let twice = office
        .send_with("POST", "/api/bookings", &body, &twice)
        .await;
    assert_eq!(twice.error_code(), "validation_error");
}

#[tokio::test]
async fn racing_requests_under_one_key_book_once() {
    let office = Arc::new(Office::of_demo());
    let body = haircut("2026-11-24T17:00:00Z");
    let key = [("idempotency-key", "order-17")];
    let race = (0..8).map(|_| office.send_with("POST", "/api/bookings", &body, &key));
    let answers = futures_util::future::join_all(race).await;
    let bodies: Vec<_> = answers.iter().map(|answer| &answer.text).collect();
    assert!(bodies.iter().all(|text| *text == bodies[0]), "{bodies:#?}");
    let listed = office.get("/api/bookings").await.json();
    assert_eq!(listed["bookings"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_key_is_free_again_after_a_refusal() {
    let office = Office::of_demo();
    let key = [("idempotency-key", "order-17")];
    let closed = haircut("2026-11-24T03:00:00Z");
    let refused = office
        .send_with("POST", "/api/bookings", &closed, &key)
        .await;
    assert_eq!(refused.error_code(), "slot_unavailable");
    let open = haircut("2026-11-24T17:00:00Z");
    let booked = office.send_with("POST", "/api/bookings", &open, &key).await;
    assert_eq!(booked.status, StatusCode::CREATED);
}

#[tokio::test]
async fn what_is_booked_for_a_number_is_the_customers_own() {
    let office = Office::of_demo();
    let mut body = haircut("2026-11-24T17:00:00Z");
    body["phone"] = "+1 (202) 555-0100".into();
    let booked = book(&office, &body).await;
    // The same number writes, proven: the turn sees the booking.
    let arrival = Arrival::Message(shop::message("a", "when is my appointment?"));
    office.store.accept(vec![arrival]).await.unwrap();
    let lease = std::time::Duration::from_secs(30);
    let turn = office
        .store
        .lease(1, lease)
        .await
        .unwrap()
        .turns
        .remove(0)
        .turn;
    assert_eq!(turn.bookings.len(), 1);
    assert_eq!(booked["id"], turn.bookings[0].id.to_string());
    // And whoever the number belongs to keeps their name.
    let phone = PhoneNumber::parse(PHONE).unwrap();
    let known = office
        .store
        .customer(&BusinessId::new("demo"), Some(phone), Some("Ana".into()))
        .await
        .unwrap();
    assert_eq!(known.id, turn.customer);
    let listed = office.get("/api/bookings").await.json();
    assert_eq!(listed["bookings"][0]["name"], "Ana");
}

#[tokio::test]
async fn a_move_keeps_the_booking_and_is_not_in_its_own_way() {
    let office = Office::of_demo();
    let mut body = haircut("2026-11-24T17:00:00Z");
    body["staff"] = "ana".into();
    let booked = book(&office, &body).await;
    let uri = uri_of(&booked);
    let to = json!({"start": "2026-11-24T17:15:00Z"});
    let moved = office.send("PATCH", &uri, &to).await;
    assert_eq!(moved.status, StatusCode::OK, "{}", moved.text);
    let moved = moved.json();
    assert_eq!(
        (&moved["id"], &moved["version"]),
        (&booked["id"], &json!(2))
    );
    assert_eq!(moved["start"], "2026-11-24T17:15:00.000Z");
    assert_eq!(moved["staff"], "ana");

    let other = json!({"start": "2026-11-24T17:15:00Z", "staff": "ben"});
    assert_eq!(
        office.send("PATCH", &uri, &other).await.json()["staff"],
        "ben"
    );
    book(&office, &body).await;
    let back = json!({"start": "2026-11-24T17:00:00Z", "staff": "ana"});
    let refused = office.send("PATCH", &uri, &back).await;
    assert_eq!(refused.error_code(), "slot_taken");
    assert_eq!(
        refused.json()["details"]["alternatives"]
            .as_array()
            .unwrap()
            .len(),
        5
    );
}

#[tokio::test]
async fn a_cancelled_booking_is_gone_and_its_time_is_free() {
    let office = Office::of_demo();
    let mut body = haircut("2026-11-24T17:00:00Z");
    body["staff"] = "ana".into();
    let uri = uri_of(&book(&office, &body).await);
    assert_eq!(
        office.ask("DELETE", &uri).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(office.ask("DELETE", &uri).await.error_code(), "not_found");
    let to = json!({"start": "2026-11-24T18:00:00Z"});
    let moved = office.send("PATCH", &uri, &to).await;
    assert_eq!(moved.error_code(), "not_found");
    book(&office, &body).await;
}
