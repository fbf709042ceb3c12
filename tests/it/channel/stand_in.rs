//! The stand-in for HighLevel's calendars does what is known of them: whatever is tested against
//! it is worth as much as it is true.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use frontdesk::booking::Span;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::support::leadconnector::{Calendar, Call, Fault, LeadConnector, TOKEN, When};

const CALENDAR: &str = "BqTwX8QFwXzpegMve9EQ";
const LOCATION: &str = "l1C08ntBrFjLS0elLIYU";

async fn stand_in() -> LeadConnector {
    let api = LeadConnector::start().await;
    api.has_calendar(CALENDAR, Calendar::of(LOCATION, "America/New_York"));
    api
}

fn request(api: &LeadConnector, method: Method, path: &str) -> RequestBuilder {
    let client = crate::support::process::client();
    let request = client.request(method, format!("{}/{path}", api.url()));
    let request = request.header("version", "2021-04-15");
    request.bearer_auth(TOKEN).timeout(Duration::from_mins(1))
}

async fn answer(request: RequestBuilder) -> (u16, Value) {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let body = response.bytes().await.unwrap();
    (status, serde_json::from_slice(&body).unwrap())
}

/// The free starts of a Monday, as hours and minutes.
async fn free(api: &LeadConnector) -> Vec<String> {
    let (start, end) = (
        at("2026-11-30T00:00:00-05:00"),
        at("2026-12-01T00:00:00-05:00"),
    );
    let (start, end) = (start.timestamp_millis(), end.timestamp_millis());
    let path = format!("calendars/{CALENDAR}/free-slots?startDate={start}&endDate={end}");
    let (status, body) = answer(request(api, Method::GET, &path)).await;
    assert_eq!(status, 200);
    let slots = body["2026-11-30"]["slots"].as_array().cloned();
    let slots = slots.unwrap_or_default().into_iter();
    slots
        .map(|slot| slot.as_str().unwrap()[11..16].to_owned())
        .collect()
}

fn creation(api: &LeadConnector, start: &str, end: &str) -> RequestBuilder {
    let body = json!({
        "calendarId": CALENDAR, "locationId": LOCATION, "contactId": "contact1",
        "startTime": start, "endTime": end,
    });
    request(api, Method::POST, "calendars/events/appointments").json(&body)
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[tokio::test]
async fn what_overlaps_is_refused_and_not_free() {
    let api = stand_in().await;
    let open = free(&api).await;
    assert_eq!((open.len(), &*open[0], &*open[15]), (16, "09:00", "16:30"));
    let (from, to) = ("2026-11-30T10:00:00-05:00", "2026-11-30T13:30:00-05:00");
    let (status, made) = answer(creation(&api, from, to)).await;
    assert_eq!(
        (status, &made["appointmentStatus"]),
        (200, &json!("confirmed"))
    );
    assert_eq!(free(&api).await[..3], ["09:00", "09:30", "13:30"]);
    let (status, refused) = answer(creation(&api, "2026-11-30T09:30:00-05:00", to)).await;
    assert_eq!(status, 400);
    assert_eq!(
        refused["message"],
        "The slot you have selected is no longer available."
    );
    assert_eq!((api.created(), api.called(Call::Create)), (1, 2));
    // Moved onto itself, it is not in its own way; cancelled, in nobody's.
    let path = format!(
        "calendars/events/appointments/{}",
        made["id"].as_str().unwrap()
    );
    let moved = json!({"startTime": "2026-11-30T10:30:00-05:00", "endTime": to});
    let put = |body: &Value| request(&api, Method::PUT, &path).json(body);
    assert_eq!(answer(put(&moved)).await.0, 200);
    let cancelled = json!({"appointmentStatus": "cancelled"});
    assert_eq!(answer(put(&cancelled)).await.0, 200);
    assert_eq!(free(&api).await, open);
    let (_, read) = answer(request(&api, Method::GET, &path)).await;
    assert_eq!(read["event"]["appointmentStatus"], "cancelled");
    assert_eq!(read["event"]["startTime"], "2026-11-30T10:30:00-05:00");
}

#[tokio::test]
async fn what_the_staff_does_is_told_as_an_event() {
    let api = stand_in().await;
    let (start, now) = (at("2026-11-30T10:00:00-05:00"), at("2026-11-28T10:00:00Z"));
    let span = |hours| Span {
        start: start + TimeDelta::hours(hours),
        end: start + TimeDelta::hours(hours + 1),
    };
    let made = api.staff_makes((CALENDAR, "contact1"), None, span(0), now);
    let id = made["appointment"]["id"].as_str().unwrap();
    assert_eq!(made["type"], "AppointmentCreate");
    let moved = api.staff_moves(id, span(2), now);
    assert_eq!(
        moved["appointment"]["startTime"],
        "2026-11-30T12:00:00-05:00"
    );
    assert_ne!(made["webhookId"], moved["webhookId"]);
    let set = api.staff_sets(id, "noshow", now);
    assert_eq!(set["appointment"]["appointmentStatus"], "noshow");
    assert!(api.appointments()[0].is_kept());
    let deleted = api.staff_deletes(id, now);
    assert_eq!(deleted["type"], "AppointmentDelete");
    assert_eq!((api.appointments().len(), api.created()), (0, 0));
}

#[tokio::test]
async fn a_call_can_be_held_up_before_and_after_it_is_carried_out() {
    let api = stand_in().await;
    let (from, to) = ("2026-11-30T10:00:00-05:00", "2026-11-30T10:30:00-05:00");
    for (when, carried_out) in [(When::Before, 0), (When::After, 1)] {
        let mut held = api.hold(Call::Create, when);
        let call = creation(&api, from, to).send();
        let hung_up = async {
            held.reached().await;
            assert_eq!(api.created(), carried_out);
            drop(held);
        };
        let (answer, ()) = tokio::join!(call, hung_up);
        answer.unwrap_err();
        assert_eq!(api.created(), carried_out);
    }
    let mut held = api.hold(Call::Create, When::Before);
    let released = async {
        held.reached().await;
        held.release();
    };
    let second = creation(&api, to, "2026-11-30T11:00:00-05:00");
    let ((status, _), ()) = tokio::join!(answer(second), released);
    assert_eq!((status, api.created()), (200, 2));
}

#[tokio::test]
async fn what_is_late_is_in_the_list_after_the_next() {
    let api = stand_in().await;
    api.fail_on(Call::Create, [Fault::Late]);
    let (from, to) = ("2026-11-30T10:00:00-05:00", "2026-11-30T10:30:00-05:00");
    creation(&api, from, to).send().await.unwrap_err();
    let (start, end) = (at(from).timestamp_millis(), at(to).timestamp_millis());
    let list = format!(
        "calendars/events?locationId={LOCATION}&calendarId={CALENDAR}&startTime={start}&endTime={end}"
    );
    for listed in [0, 1, 1] {
        let (_, body) = answer(request(&api, Method::GET, &list)).await;
        assert_eq!(body["events"].as_array().unwrap().len(), listed);
    }
    assert_eq!((api.created(), free(&api).await.len()), (1, 15));
}
