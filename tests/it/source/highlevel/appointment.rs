//! Appointments that HighLevel tells of.

use chrono::{DateTime, Utc};
use frontdesk::message::{Appointment, Arrival, BusinessId, UnprocessedReason};
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
fn an_appointment_that_cannot_be_read_is_a_failure() {
    for (key, value) in [
        ("id", Value::Null),
        ("calendarId", "".into()),
        ("startTime", Value::Null),
        ("startTime", "tomorrow".into()),
        ("startTime", "2026-12-03".into()),
        ("startTime", 7.into()),
        ("endTime", serde_json::json!({})),
        ("endTime", "2023-09-25T15:00:00+05:30".into()),
        ("dateUpdated", "just now".into()),
    ] {
        let told = changed(|json| json["appointment"][key] = value);
        let Arrival::Unprocessed(kept) = told else {
            panic!("{key}: {told:?}");
        };
        assert_eq!(kept.reason, UnprocessedReason::NotUnderstood, "{key}");
        assert_eq!(kept.business, Some(BusinessId::new("luna")));
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

#[test]
fn a_time_without_an_offset_is_read_by_the_clock_of_the_business() {
    // The source's business is in New York.
    for (start, end, expected) in [
        (
            "2026-12-03T11:00:00".into(),
            "2026-12-03T11:30:00".into(),
            ("2026-12-03T16:00:00Z", "2026-12-03T16:30:00Z"),
        ),
        (
            Value::from(1_796_313_600_000_i64),
            Value::from(1_796_315_400),
            ("2026-12-03T16:00:00Z", "2026-12-03T16:30:00Z"),
        ),
        (
            "2026-07-03 11:00:00".into(),
            "2026-07-03T16:30:00+01:00".into(),
            ("2026-07-03T15:00:00Z", "2026-07-03T15:30:00Z"),
        ),
        // Within the hour that is skipped, and over the one that comes twice.
        (
            "2026-03-08T02:15:00".into(),
            "2026-03-08T02:45:00".into(),
            ("2026-03-08T07:15:00Z", "2026-03-08T07:45:00Z"),
        ),
        (
            "2026-11-01T01:30:00".into(),
            "2026-11-01T02:00:00".into(),
            ("2026-11-01T05:30:00Z", "2026-11-01T07:00:00Z"),
        ),
    ] {
        for kind in ["AppointmentCreate", "AppointmentUpdate"] {
            let told = changed(|json| {
                json["type"] = kind.into();
                json["appointment"]["startTime"] = start.clone();
                json["appointment"]["endTime"] = end.clone();
            });
            let expected = (at(expected.0), at(expected.1));
            assert_eq!(appointment(told).when, Some(expected), "{start} {end}");
        }
    }
    let told = changed(|json| {
        json["appointment"]["dateUpdated"] = "2026-12-03T11:00:00".into();
    });
    assert_eq!(appointment(told).at, Some(at("2026-12-03T16:00:00Z")));
}
