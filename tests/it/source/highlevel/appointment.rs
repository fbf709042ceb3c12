//! Appointments that HighLevel tells of.

use chrono::{DateTime, Utc};
use frontdesk::message::{Appointment, Arrival};
use serde_json::Value;

use super::{arrival, body, event};

pub(super) const FIXTURES: [&str; 3] = [
    "appointment_create",
    "appointment_update",
    "appointment_delete",
];

fn appointment(arrival: Arrival) -> Appointment {
    match arrival {
        Arrival::Appointment(appointment) => appointment,
        other => panic!("{other:?}"),
    }
}

/// The update of a fixture, changed.
fn changed(change: impl FnOnce(&mut Value)) -> Arrival {
    let mut json: Value = serde_json::from_str(&body("appointment_update")).unwrap();
    change(&mut json);
    event(&json.to_string())
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn an_appointment_is_told_with_who_and_when_and_since_when() {
    for (name, kind) in FIXTURES.into_iter().zip([
        "AppointmentCreate",
        "AppointmentUpdate",
        "AppointmentDelete",
    ]) {
        let told = appointment(arrival(name));
        assert_eq!(&*told.notice.kind, kind);
        assert_eq!(&*told.notice.raw, body(name).as_bytes());
        let id = format!("webhook-{kind}");
        assert_eq!(told.notice.id.unwrap().as_str(), id);
        assert_eq!(
            (&*told.id, &*told.calendar),
            ("0007BWpSzSwfiuSl0tR2", "BqTwX8QFwXzpegMve9EQ")
        );
        assert_eq!(told.contact.as_deref(), Some("9NkT25Vor1v4aQatFsv2"));
        assert_eq!(told.staff.as_deref(), Some("YlWd2wuCAZQzh2cH1fVZ"));
        assert_eq!(told.title.as_deref(), Some("Haircut"));
        let start = at("2023-09-25T10:30:00Z");
        let expected = Some((start, start)).filter(|_| kind != "AppointmentDelete");
        assert_eq!(told.when, expected, "{name}");
        assert_eq!(told.at, Some(start), "{name}");
    }
}

#[test]
fn what_is_cancelled_or_invalid_takes_no_time_and_who_did_not_come_had_theirs() {
    for (status, takes_time) in [
        ("new", true),
        ("confirmed", true),
        ("showed", true),
        ("noshow", true),
        ("cancelled", false),
        ("invalid", false),
    ] {
        let told = changed(|json| json["appointment"]["appointmentStatus"] = status.into());
        assert_eq!(appointment(told).when.is_some(), takes_time, "{status}");
    }
}

#[test]
fn since_when_is_told_by_the_best_that_is_there() {
    let mut dates = vec![
        ("/appointment/dateUpdated", "2023-09-25T10:30:00Z"),
        ("/timestamp", "2023-09-20T10:00:00Z"),
        ("/appointment/dateAdded", "2023-09-25T10:30:00Z"),
    ];
    let mut missing: Vec<&str> = Vec::new();
    while !dates.is_empty() {
        let told = changed(|json| {
            for pointer in &missing {
                *json.pointer_mut(pointer).unwrap() = Value::Null;
            }
        });
        let (pointer, expected) = dates.remove(0);
        assert_eq!(appointment(told).at, Some(at(expected)), "{pointer}");
        missing.push(pointer);
    }
}

#[test]
fn of_what_too_little_is_told_only_the_event_is_kept() {
    for (key, value) in [
        ("id", Value::Null),
        ("calendarId", "".into()),
        ("startTime", "tomorrow".into()),
        ("endTime", "2023-09-25T15:00:00+05:30".into()),
    ] {
        let told = changed(|json| json["appointment"][key] = value);
        assert!(matches!(told, Arrival::Notice(_)), "{key}: {told:?}");
    }
    // What is given up needs no time.
    let told = changed(|json| {
        json["type"] = "AppointmentDelete".into();
        json["appointment"]["startTime"] = Value::Null;
    });
    assert_eq!(appointment(told).when, None);
    let elsewhere = changed(|json| json["locationId"] = "another".into());
    assert!(matches!(elsewhere, Arrival::Unprocessed(_)));
}
