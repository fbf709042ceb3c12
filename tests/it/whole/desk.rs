//! The people of a business whose calendar HighLevel keeps: by the API, and in HighLevel itself.

use chrono::{SecondsFormat, TimeDelta};
use frontdesk::booking::Span;
use serde_json::{Value, json};

use super::kept::{By, CALENDAR, CONTACT, House, PHONE, tomorrow};
use crate::support::{
    leadconnector::{Call, Fault, When},
    process::{eventually, now},
};

/// What health says of appointments that HighLevel does not take.
const CHECK: &str = "highlevel_appointments";
const NOTHING: Value = Value::Null;

fn at(hour: u32) -> String {
    tomorrow(hour).to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn haircut(hour: u32) -> Value {
    json!({"service": "haircut", "start": at(hour), "phone": PHONE, "name": "Sheena"})
}

fn half_an_hour(hour: u32) -> Span {
    let start = tomorrow(hour);
    let end = start + TimeDelta::minutes(30);
    Span { start, end }
}

fn uri_of(booking: &Value) -> String {
    format!("/api/bookings/{}", booking["id"].as_str().unwrap())
}

#[tokio::test]
async fn what_the_office_books_moves_and_cancels_is_so_in_highlevel() {
    let house = House::open(By::Client).await;
    let free = format!("/api/availability?service=haircut&from={}", at(10));
    let (_, free) = house.office("GET", &free, &NOTHING).await;
    let starts = free["slots"].as_array().unwrap();
    // Half an hour apart, as the calendar is.
    assert_eq!(starts[1]["start"].as_str().unwrap()[14..16], *"30");

    let (status, booked) = house.office("POST", "/api/bookings", &haircut(10)).await;
    assert_eq!(
        (status, &booked["status"]),
        (201, &json!("booked")),
        "{booked}"
    );
    house.has_one_at(10, &[]);
    let to = json!({"start": at(12)});
    let (status, moved) = house.office("PATCH", &uri_of(&booked), &to).await;
    assert_eq!(status, 200, "{moved}");
    house.has_one_at(12, &[]);
    let (status, _) = house.office("DELETE", &uri_of(&booked), &NOTHING).await;
    assert_eq!(status, 204);
    assert!(house.kept().is_empty() && house.booked().is_empty());
    // Nobody is told of what the office does.
    assert_eq!(house.said(""), 0);
}

#[tokio::test]
async fn a_request_that_comes_again_is_one_appointment_and_one_refused_can_be_tried_anew() {
    let house = House::open(By::Client).await;
    let post = async |hour, key| {
        house
            .office_by("POST", "/api/bookings", &haircut(hour), Some(key))
            .await
    };
    let first = post(10, "one").await;
    assert_eq!(first.0, 201);
    let again = post(10, "one").await;
    assert_eq!(again, first);
    assert_eq!(house.api.created(), 1);

    let held = house.api.hold(Call::Create, When::Before);
    let there = (CALENDAR, "somebodyElse");
    let taking = async {
        let mut held = held;
        held.reached().await;
        let made = house.api.staff_makes(there, None, half_an_hour(14), now());
        held.release();
        made["appointment"]["id"].as_str().unwrap().to_owned()
    };
    let (refused, theirs) = tokio::join!(post(14, "two"), taking);
    assert_eq!(
        (refused.0, &refused.1["error"]),
        (409, &json!("slot_taken")),
        "{refused:?}"
    );
    assert!(
        !refused.1["details"]["alternatives"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    house.api.staff_deletes(&theirs, now());
    assert_eq!(post(14, "two").await.0, 201);
    assert_eq!(house.booked().len(), 2);
}

#[tokio::test]
async fn what_highlevel_does_not_allow_is_refused_with_its_reason() {
    let house = House::open(By::Client).await;
    let mut free_hand = haircut(10);
    free_hand["override"] = true.into();
    let mut nobody = haircut(10);
    nobody.as_object_mut().unwrap().remove("phone");
    for (body, field) in [(free_hand, "override"), (nobody, "phone")] {
        let (status, refused) = house.office("POST", "/api/bookings", &body).await;
        assert_eq!(status, 422, "{refused}");
        assert!(refused["details"][field].is_string(), "{refused}");
    }
    house.api.fail_on(
        Call::Create,
        [Fault::Refused(400, r#"{"message":"contact is blocked"}"#)],
    );
    let (status, refused) = house.office("POST", "/api/bookings", &haircut(10)).await;
    assert_eq!(
        (status, &refused["error"]),
        (409, &json!("conflict")),
        "{refused}"
    );
    assert!(house.kept().is_empty() && house.booked().is_empty());
}

#[tokio::test]
async fn what_takes_long_is_requested_until_it_is_booked() {
    let house = House::open(By::Client).await;
    let mut held = house.api.hold(Call::Create, When::After);
    let (status, requested) = house.office("POST", "/api/bookings", &haircut(10)).await;
    assert_eq!(
        (status, &requested["status"]),
        (202, &json!("requested")),
        "{requested}"
    );
    held.reached().await;
    let (status, _) = house.office("DELETE", &uri_of(&requested), &NOTHING).await;
    assert_eq!(status, 409);
    held.release();
    eventually(async || house.booked().len() == 1).await;
    house.has_one_at(10, &[]);
}

#[tokio::test]
async fn what_the_staff_does_in_highlevel_is_what_the_customer_hears() {
    let mut house = House::open(By::Highlevel).await;
    let made = house
        .api
        .staff_makes((CALENDAR, CONTACT), None, half_an_hour(10), now());
    let id = made["appointment"]["id"].as_str().unwrap().to_owned();
    house.hear(&made).await;
    house.say("When is my appointment?", 1).await;
    assert!(
        house.last_said().contains("10:00 AM"),
        "{}",
        house.last_said()
    );
    let moved = house
        .api
        .staff_moves(&id, half_an_hour(11), now() + TimeDelta::seconds(1));
    house.hear(&moved).await;
    // Repeated hours later, as HighLevel does, under another id.
    let mut repeated = made.clone();
    repeated["webhookId"] = "again".into();
    house.hear(&repeated).await;
    house.say("When is my appointment?", 1).await;
    assert!(
        house.last_said().contains("11:00 AM"),
        "{}",
        house.last_said()
    );

    house.say("Cancel it", 1).await;
    house.say("yes", 2).await;
    assert!(house.kept().is_empty() && house.booked().is_empty());
    let by_us = house.api.event("AppointmentUpdate", &id, now());
    house.hear(&by_us).await;
    house.say("When is my appointment?", 1).await;
    assert!(
        house.last_said().contains("no appointment"),
        "{}",
        house.last_said()
    );
}

#[tokio::test]
async fn that_we_booked_is_heard_from_highlevel_and_is_no_second_booking() {
    let mut house = House::open(By::Highlevel).await;
    house.ask_for_ten().await;
    let mut held = house.api.hold(Call::Create, When::After);
    house.write("yes").await;
    held.reached().await;
    let id = house.kept()[0].id.clone();
    house
        .hear(&house.api.event("AppointmentCreate", &id, now()))
        .await;
    held.release();
    house.settled().await;
    house.has_one_at(10, &[]);
    house
        .hear(&house.api.event("AppointmentUpdate", &id, now()))
        .await;
    house.has_one_at(10, &[]);
    assert_eq!(house.said("Booked!"), 1);
}

#[tokio::test]
async fn who_waits_for_highlevel_hears_so_and_is_booked_when_it_is_back() {
    let mut house = House::open(By::Highlevel).await;
    house.ask_for_ten().await;
    house.api.fail_on(Call::Create, [Fault::Refused(401, "{}")]);
    house.write("yes").await;
    eventually(async || house.said("keep trying") == 1).await;
    let (_, health) = house.server().get("/health").await;
    assert_eq!(health["checks"][CHECK]["status"], "degraded", "{health}");
    assert_eq!(house.said("Booked!"), 0);
    house.hurry();
    house.settled().await;
    house.has_one_at(10, &[]);
    assert_eq!(house.said("Booked!"), 1);
    let (_, health) = house.server().get("/health").await;
    assert!(health["checks"][CHECK].is_null(), "{health}");
}

#[tokio::test]
async fn what_was_asked_of_highlevel_ends_there_though_the_file_names_it_no_more() {
    let mut house = House::open(By::Highlevel).await;
    house.book_ten().await;
    house.say("Cancel my appointment", 1).await;
    let mut held = house.api.hold(Call::Update, When::Before);
    house.write("yes").await;
    held.reached().await;
    let file = house.path().join("salon.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    let line = format!("calendar = \"{CALENDAR}\"\n");
    assert!(text.contains(&line));
    std::fs::write(&file, text.replace(&line, "")).unwrap();
    house.server().signal("HUP");
    house.server().logged("took the business files over").await;
    held.release();
    house.settled().await;
    assert!(house.kept().is_empty() && house.booked().is_empty());
    // From now on the own calendar is booked, and firm with the yes.
    house.say("A haircut tomorrow at 11 am, please", 1).await;
    house.say("yes", 1).await;
    assert!(
        house.last_said().contains("Booked!"),
        "{}",
        house.last_said()
    );
    assert_eq!(house.api.created(), 1);
}
