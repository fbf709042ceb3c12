//! What can be booked, when, and what is booked.

use frontdesk::booking::Businesses;
use http::StatusCode;
use serde_json::{Value, json};

use crate::support::office::Office;

const TUESDAY: &str = "from=2026-11-24&to=2026-11-24";

fn starts(availability: &Value) -> Vec<&str> {
    let slots = availability["slots"].as_array().unwrap().iter();
    slots.map(|slot| slot["start"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn services_tell_how_long_they_take_and_who_does_them() {
    let office = Office::of_demo();
    let services = office.get("/api/services").await.json();
    assert_eq!(services["business"], "demo");
    assert_eq!(services["timezone"], "America/New_York");
    insta::assert_json_snapshot!(services["services"][1], @r#"
    {
      "buffer_after_minutes": 15,
      "buffer_before_minutes": 0,
      "id": "color",
      "minutes": 90,
      "name": "Hair color",
      "price": "95 USD",
      "staff": [
        "ana"
      ]
    }
    "#);
    assert_eq!(services["staff"][1], json!({"id": "ben", "name": "Ben"}));
}

#[tokio::test]
async fn a_day_of_availability_is_that_day_on_the_wall() {
    let office = Office::of_demo();
    let day = office
        .get(&format!("/api/availability?service=haircut&{TUESDAY}"))
        .await
        .json();
    insta::assert_json_snapshot!(day["slots"][0], @r#"
    {
      "end": "2026-11-24T14:30:00.000Z",
      "local_start": "2026-11-24T09:00:00-05:00",
      "staff": [
        "ana"
      ],
      "start": "2026-11-24T14:00:00.000Z"
    }
    "#);
    assert_eq!(
        starts(&day).len(),
        39,
        "every quarter of an hour until 18:30"
    );
    let noon = &day["slots"][12];
    assert_eq!(noon["staff"], json!(["ana", "ben"]));
    let bens = format!("/api/availability?service=haircut&staff=ben&{TUESDAY}");
    let bens = office.get(&bens).await.json();
    assert_eq!(starts(&bens)[0], "2026-11-24T16:00:00.000Z");
}

#[tokio::test]
async fn availability_is_bounded_and_begins_now_unless_said_otherwise() {
    let office = Office::of_demo();
    let week = office.get("/api/availability?service=kids").await.json();
    assert_eq!(starts(&week)[0], "2026-11-23T14:00:00.000Z");
    assert!(starts(&week).last().unwrap() < &"2026-11-30T12:00:00.000Z");
    for (range, fault) in [
        ("from=2026-11-24&to=2026-11-23", "must be after from"),
        (
            "from=2026-11-24&to=2026-12-25",
            "must be at most 31 days after from",
        ),
    ] {
        let uri = format!("/api/availability?service=kids&{range}");
        let refused = office.get(&uri).await;
        assert_eq!(refused.error_code(), "validation_error");
        assert_eq!(refused.json()["details"], json!({"to": fault}));
    }
    let month = "/api/availability?service=kids&from=2026-11-24&to=2026-12-24";
    assert_eq!(office.get(month).await.status, StatusCode::OK);
}

async fn book(office: &Office, start: &str, phone: Option<&str>) -> Value {
    let body = json!({"service": "haircut", "start": start, "phone": phone, "staff": "ana"});
    let booked = office.send("POST", "/api/bookings", &body).await;
    assert_eq!(booked.status, StatusCode::CREATED, "{}", booked.text);
    booked.json()
}

#[tokio::test]
async fn bookings_are_listed_by_start_page_by_page() {
    let office = Office::of_demo();
    for start in ["16:00", "14:00", "18:00", "15:00", "17:00"] {
        book(&office, &format!("2026-11-24T{start}:00Z"), None).await;
    }
    let mut seen = Vec::new();
    let mut uri = "/api/bookings?limit=2".to_owned();
    loop {
        let page = office.get(&uri).await.json();
        let bookings = page["bookings"].as_array().unwrap();
        assert!(bookings.len() <= 2);
        seen.extend(
            bookings
                .iter()
                .map(|one| one["start"].as_str().unwrap().to_owned()),
        );
        let Some(next) = page["next"].as_str() else {
            break;
        };
        uri = format!("/api/bookings?limit=2&cursor={next}");
    }
    let expected = [14, 15, 16, 17, 18].map(|hour| format!("2026-11-24T{hour}:00:00.000Z"));
    assert_eq!(seen, expected);
    let wrong = office.get("/api/bookings?cursor=abc").await;
    assert_eq!(wrong.error_code(), "validation_error");
}

#[tokio::test]
async fn bookings_are_found_by_time_number_and_status() {
    let office = Office::of_demo();
    let anas = book(&office, "2026-11-24T14:00:00Z", Some("+12025550137")).await;
    let other = book(&office, "2026-11-25T14:00:00Z", Some("+12025550138")).await;
    let listed = async |query: &str| {
        let page = office.get(&format!("/api/bookings?{query}")).await.json();
        let bookings = page["bookings"].as_array().unwrap().iter();
        bookings.map(|one| one["id"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(listed("").await, [anas["id"].clone(), other["id"].clone()]);
    assert_eq!(listed("to=2026-11-24").await, [anas["id"].clone()]);
    assert_eq!(listed("from=2026-11-25").await, [other["id"].clone()]);
    assert_eq!(listed("phone=%2B12025550138").await, [other["id"].clone()]);
    assert_eq!(listed("phone=+12025550137").await, [anas["id"].clone()]);
    let uri = format!("/api/bookings/{}", anas["id"].as_str().unwrap());
    assert_eq!(
        office.ask("DELETE", &uri).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(listed("").await, [other["id"].clone()]);
    assert_eq!(listed("status=cancelled").await, [anas["id"].clone()]);
    assert_eq!(listed("status=held").await, Vec::<Value>::new());
}

#[tokio::test]
async fn of_several_businesses_one_is_named() {
    let folder = tempfile::tempdir().unwrap();
    for (id, zone) in [("one", "UTC"), ("two", "Europe/Madrid")] {
        let file = format!(
            "id = \"{id}\"\nname = \"Shop\"\ntimezone = \"{zone}\"\n[hours]\n\
             monday = [\"09:00-17:00\"]\n[[service]]\nid = \"cut\"\nname = \"Cut\"\nminutes = 30\n"
        );
        std::fs::write(folder.path().join(format!("{id}.toml")), file).unwrap();
    }
    let office = Office::of(Businesses::load(folder.path()).unwrap());
    let unnamed = office.get("/api/services").await;
    assert_eq!(unnamed.error_code(), "validation_error");
    let named = office.get("/api/services?business=two").await.json();
    assert_eq!(named["timezone"], "Europe/Madrid");
    assert_eq!(named["services"][0]["staff"], json!([]));
    let body = json!({"business": "two", "service": "cut", "start": "2026-11-30T09:00:00Z"});
    let booked = office.send("POST", "/api/bookings", &body).await.json();
    assert_eq!(booked["staff"], Value::Null);
    assert_eq!(booked["local_start"], "2026-11-30T10:00:00+01:00");
    let listed = office.get("/api/bookings?business=one").await.json();
    assert_eq!(listed, json!({"bookings": [], "next": null}));
}
