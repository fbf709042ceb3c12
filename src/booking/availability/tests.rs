mod laws;

use chrono::{NaiveDateTime, NaiveTime};

use super::*;
use crate::booking::{
    ServiceId, Services,
    zone::{Occurrence, Zone},
};

/// Open 09:00–17:00 every day, with one service of `service` and a grid of 15 minutes.
fn shop(zone: &str, hours: &str, service: &str, rest: &str) -> Business {
    let days = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let week = days.map(|day| format!("{day} = [{hours}]\n")).concat();
    let text = format!(
        "name = \"Shop\"\ntimezone = \"{zone}\"\n[booking]\nnotice_minutes = 0\n\
         [hours]\n{week}[[service]]\nid = \"cut\"\nname = \"Cut\"\n{service}\n{rest}"
    );
    Business::parse("shop.toml", &text).unwrap()
}

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn span(start: &str, end: &str) -> Span {
    Span {
        start: utc(start),
        end: utc(end),
    }
}

fn taken(resource: &str, start: &str, end: &str) -> Busy {
    Busy {
        resource: Some(ResourceId::new(resource)),
        blocked: span(start, end),
    }
}

/// What the wall clock shows at each opening of some days.
fn locals(business: &Business, now: &str, first: &str, last: &str, busy: &[Busy]) -> Vec<String> {
    let range = business
        .zone
        .days(first.parse().unwrap(), last.parse().unwrap());
    let service = Services::from(ServiceId::new("cut"));
    let request = request(business, &service, range, utc(now));
    let local = |opening: &Opening| business.zone.to_local(opening.start);
    let openings = openings(&request, busy);
    openings
        .iter()
        .map(|one| local(one).format("%d %H:%M").to_string())
        .collect()
}

fn request<'a>(
    business: &'a Business,
    services: &'a Services,
    range: Span,
    now: DateTime<Utc>,
) -> OpeningsRequest<'a> {
    OpeningsRequest {
        business,
        services,
        staff: None,
        range,
        customer: None,
        gives_up: None,
        now,
    }
}

const NOON: &str = "\"12:00-14:00\"";

#[test]
fn slots_end_at_closing_time_but_buffers_may_go_beyond() {
    let business = shop("UTC", NOON, "minutes = 45\nbuffer_after_minutes = 30", "");
    let found = locals(
        &business,
        "2026-03-02T08:00:00Z",
        "2026-03-02",
        "2026-03-02",
        &[],
    );
    assert_eq!(
        found,
        [
            "02 12:00", "02 12:15", "02 12:30", "02 12:45", "02 13:00", "02 13:15"
        ]
    );
}

#[test]
fn a_start_right_after_something_taken_is_offered_too() {
    let business = shop("UTC", NOON, "minutes = 30\nbuffer_before_minutes = 5", "");
    let busy = [taken(
        "shop",
        "2026-03-02T11:55:00Z",
        "2026-03-02T12:40:00Z",
    )];
    let found = locals(
        &business,
        "2026-03-02T08:00:00Z",
        "2026-03-02",
        "2026-03-02",
        &busy,
    );
    assert_eq!(found, ["02 12:45", "02 13:00", "02 13:15", "02 13:30"]);
    let busy = [taken(
        "shop",
        "2026-03-02T11:55:00Z",
        "2026-03-02T12:42:10Z",
    )];
    let found = locals(
        &business,
        "2026-03-02T08:00:00Z",
        "2026-03-02",
        "2026-03-02",
        &busy,
    );
    assert_eq!(found, ["02 12:48", "02 13:00", "02 13:15", "02 13:30"]);
}

#[test]
fn notice_and_window_bound_the_starts() {
    let mut business = shop("UTC", NOON, "minutes = 60", "");
    business.rules.notice = TimeDelta::minutes(60);
    business.rules.window_days = 1;
    let found = locals(
        &business,
        "2026-03-02T11:40:00Z",
        "2026-03-01",
        "2026-03-09",
        &[],
    );
    let next = ["03 12:00", "03 12:15", "03 12:30", "03 12:45", "03 13:00"];
    assert_eq!(found[0], "02 12:45");
    assert_eq!(found[2..], next);
}

#[test]
fn the_refusal_is_the_true_reason() {
    let business = shop("UTC", NOON, "minutes = 30", "");
    let cut = Services::from(ServiceId::new("cut"));
    let range = business.zone.day("2026-03-03".parse().unwrap());
    let request = request(&business, &cut, range, utc("2026-03-02T12:20:00Z"));
    let busy = [taken(
        "shop",
        "2026-03-03T12:30:00Z",
        "2026-03-03T13:00:00Z",
    )];
    for (start, expected) in [
        ("2026-03-03T12:00:00Z", Ok(vec![ResourceId::shop()])),
        ("2026-03-02T12:15:00Z", Err(Refusal::TooSoon)),
        ("2026-05-02T12:15:00Z", Err(Refusal::TooFar)),
        ("2026-03-03T11:45:00Z", Err(Refusal::Closed)),
        ("2026-03-03T13:45:00Z", Err(Refusal::Closed)),
        ("2026-03-03T12:15:00Z", Err(Refusal::Taken)),
        ("2026-03-03T13:05:00Z", Err(Refusal::OffGrid)),
    ] {
        assert_eq!(check(&request, utc(start), &busy), expected, "{start}");
    }
    let other = Services::from(ServiceId::new("other"));
    let request = OpeningsRequest {
        services: &other,
        ..request
    };
    let refused = check(&request, utc("2026-03-03T12:00:00Z"), &busy);
    assert_eq!(refused, Err(Refusal::NotDone));
}

#[test]
fn staff_have_hours_of_their_own_and_an_opening_names_everyone_free() {
    let staff = "[[staff]]\nid = \"ana\"\nname = \"Ana\"\n[[staff]]\nid = \"ben\"\nname = \"Ben\"\n\
                 [staff.hours]\nmonday = [\"13:00-15:00\"]\n[staff.dates]\n\"2026-03-09\" = []\n";
    let business = shop("UTC", NOON, "minutes = 60", staff);
    let service = Services::from(ServiceId::new("cut"));
    let range = business.zone.day("2026-03-02".parse().unwrap());
    let now = utc("2026-03-01T00:00:00Z");
    let all = openings(&request(&business, &service, range, now), &[]);
    let (ana, ben) = (ResourceId::new("ana"), ResourceId::new("ben"));
    let at = |hour: &str| all.iter().find(|one| one.start == utc(hour)).unwrap();
    assert_eq!(
        at("2026-03-02T12:00:00Z").resources,
        std::slice::from_ref(&ana)
    );
    assert_eq!(at("2026-03-02T13:00:00Z").resources, [ana, ben.clone()]);
    assert_eq!(all.last().unwrap().start, utc("2026-03-02T14:00:00Z"));
    let only = OpeningsRequest {
        staff: Some(&ben),
        ..request(&business, &service, range, now)
    };
    assert!(
        openings(&only, &[])
            .iter()
            .all(|one| *one.resources == [ben.clone()])
    );
    let off = business.zone.day("2026-03-09".parse().unwrap());
    assert!(openings(&OpeningsRequest { range: off, ..only }, &[]).is_empty());
    let at_noon = |date: &str| check(&only, utc(&format!("{date}T12:00:00Z")), &[]);
    assert_eq!(at_noon("2026-03-09"), Err(Refusal::StaffOff));
    assert_eq!(at_noon("2026-03-02"), Err(Refusal::StaffOff));
    assert_eq!(at_noon("2026-03-03"), Err(Refusal::StaffOff));
    let at_night = check(&only, utc("2026-03-02T20:00:00Z"), &[]);
    assert_eq!(at_night, Err(Refusal::Closed));
}

#[test]
fn nine_stays_nine_on_the_days_the_clocks_change() {
    for (zone, days) in [
        ("America/New_York", ["2026-03-08", "2026-11-01"]),
        ("Europe/Madrid", ["2026-03-29", "2026-10-25"]),
        ("Australia/Sydney", ["2026-04-05", "2026-10-04"]),
        ("America/Santiago", ["2026-04-05", "2026-09-06"]),
        // By half an hour.
        ("Australia/Lord_Howe", ["2026-04-05", "2026-10-04"]),
    ] {
        let business = shop(zone, "\"09:00-17:00\"", "minutes = 60", "");
        for day in days {
            let date: chrono::NaiveDate = day.parse().unwrap();
            let now = business.zone.day(date).start - TimeDelta::hours(30);
            let found = locals(&business, &now.to_rfc3339(), day, day, &[]);
            assert_eq!(
                found.first().unwrap(),
                &date.format("%d 09:00").to_string(),
                "{zone}"
            );
            assert_eq!(
                found.last().unwrap(),
                &date.format("%d 16:00").to_string(),
                "{zone}"
            );
            assert_eq!(found.len(), 29, "{zone}");
        }
    }
}

#[test]
fn no_start_is_in_the_skipped_hour_and_the_repeated_hour_is_offered_once() {
    let business = shop("America/New_York", "\"00:00-06:00\"", "minutes = 60", "");
    let spring = locals(
        &business,
        "2026-03-07T12:00:00Z",
        "2026-03-08",
        "2026-03-08",
        &[],
    );
    assert!(
        !spring.iter().any(|start| start.starts_with("08 02")),
        "{spring:?}"
    );
    assert_eq!(spring.len(), 17, "five real hours: {spring:?}");
    let autumn = locals(
        &business,
        "2026-10-31T12:00:00Z",
        "2026-11-01",
        "2026-11-01",
        &[],
    );
    let ones: Vec<_> = autumn
        .iter()
        .filter(|start| start.starts_with("01 01"))
        .collect();
    assert_eq!(ones, ["01 01:00", "01 01:15", "01 01:30", "01 01:45"]);
    assert_eq!(
        autumn.len(),
        21,
        "seven real hours, one of them once: {autumn:?}"
    );
    // Ends at the second 01:20, which is no start of its own.
    let busy = [taken(
        "shop",
        "2026-11-01T05:00:00Z",
        "2026-11-01T06:20:00Z",
    )];
    let autumn = locals(
        &business,
        "2026-10-31T12:00:00Z",
        "2026-11-01",
        "2026-11-01",
        &busy,
    );
    assert_eq!(autumn[..2], ["01 00:00", "01 02:00"]);
}

#[test]
fn an_opening_over_midnight_has_no_break() {
    let business = shop(
        "UTC",
        "\"00:00-02:00\", \"22:00-24:00\"",
        "minutes = 60",
        "",
    );
    let found = locals(
        &business,
        "2026-03-01T00:00:00Z",
        "2026-03-02",
        "2026-03-02",
        &[],
    );
    assert_eq!(found.last().unwrap(), "02 23:45");
    assert!(!found.contains(&"02 01:15".to_owned()), "{found:?}");
}

#[test]
fn spreading_takes_the_first_the_last_and_some_between() {
    let all: Vec<u32> = (0..30).collect();
    assert_eq!(spread(&all, 4), [&0, &9, &19, &29]);
    assert_eq!(spread(&all[..2], 4), [&0, &1]);
    assert!(spread(&all, 0).is_empty());
}

#[test]
fn the_nearest_are_given_in_order_of_time() {
    let opening = |start: &str| Opening {
        start: utc(start),
        resources: vec![ResourceId::shop()],
    };
    let hours = ["08", "10", "12", "14", "16"];
    let all: Vec<_> = hours
        .map(|hour| opening(&format!("2026-03-02T{hour}:00:00Z")))
        .into();
    let found = nearest(&all, utc("2026-03-02T13:30:00Z"), 3);
    let starts: Vec<_> = found.iter().map(|one| one.start).collect();
    assert_eq!(starts, [all[2].start, all[3].start, all[4].start]);
}

#[test]
fn a_month_of_ten_staff_over_ten_thousand_bookings_is_one_sweep() {
    let person = |n| format!("[[staff]]\nid = \"s{n}\"\nname = \"S{n}\"\n");
    let staff = std::array::from_fn::<_, 10, _>(person).concat();
    let business = shop("Europe/Madrid", "\"09:00-17:00\"", "minutes = 30", &staff);
    let service = Services::from(ServiceId::new("cut"));
    let start = utc("2026-02-28T23:00:00Z");
    let range = Span {
        start,
        end: start + TimeDelta::days(31),
    };
    let busy: Vec<_> = (0..10_000)
        .map(|n| {
            let begin = start + TimeDelta::minutes(i64::from(n) * 4);
            Busy {
                resource: Some(ResourceId::new(&format!("s{}", n % 10))),
                blocked: Span {
                    start: begin,
                    end: begin + TimeDelta::minutes(4),
                },
            }
        })
        .collect();
    let free = openings(&request(&business, &service, range, start), &busy);
    assert!(free.len() > 100);
    assert!(free.iter().any(|one| one.resources.len() < 10));
    let blocked = |one: &Opening| business.visit(&service).unwrap().blocked(one.start);
    let clash = |one: &Opening| {
        let mut pairs = busy
            .iter()
            .filter(|busy| busy.blocked.overlaps(&blocked(one)));
        pairs.any(|busy| busy.resource.iter().any(|who| one.resources.contains(who)))
    };
    assert!(!spread(&free, 50).into_iter().any(clash));
}
