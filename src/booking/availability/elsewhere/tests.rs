use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;
use crate::booking::{Business, Services};

/// Open on a Monday from nine to five, Ben only until noon; visits of 30 and of 90 minutes.
fn shop(rest: &str) -> Business {
    let text = format!(
        "name = \"Shop\"\ntimezone = \"America/New_York\"\n\
         [booking]\nnotice_minutes = 60\nwindow_days = 10\n\
         [hours]\nmonday = [\"09:00-17:00\"]\n\
         [[service]]\nid = \"cut\"\nname = \"Cut\"\nminutes = 30\n\
         [[service]]\nid = \"color\"\nname = \"Color\"\nminutes = 90\n{rest}"
    );
    Business::parse("shop.toml", &text).unwrap()
}

const STAFF: &str = "[[staff]]\nid = \"ana\"\nname = \"Ana\"\n\
     [[staff]]\nid = \"ben\"\nname = \"Ben\"\n[staff.hours]\nmonday = [\"09:00-12:00\"]\n";

/// An instant of Monday, 30 November 2026, by the shop's clock.
fn at(time: &str) -> DateTime<Utc> {
    format!("2026-11-30T{time}:00-05:00").parse().unwrap()
}

fn span(start: &str, end: &str) -> Span {
    Span {
        start: at(start),
        end: at(end),
    }
}

/// Slots of half an hour.
fn slots(free: &[(&str, &[&str])]) -> FreeSlots {
    let starts = free.iter().map(|(resource, times)| {
        let starts = times.iter().map(|time| at(time)).collect();
        (ResourceId::new(resource), starts)
    });
    FreeSlots {
        length: TimeDelta::minutes(30),
        interval: TimeDelta::minutes(30),
        starts: starts.collect(),
    }
}

/// What is asked about Monday, at eight in the morning.
fn asked<'a>(business: &'a Business, services: &'a Services) -> OpeningsRequest<'a> {
    OpeningsRequest {
        business,
        services,
        staff: None,
        range: span("00:00", "23:59"),
        customer: None,
        gives_up: None,
        now: at("08:00"),
    }
}

fn visit(services: &str) -> Services {
    services.parse().unwrap()
}

fn offered(request: &OpeningsRequest<'_>, slots: &FreeSlots, busy: &[Busy]) -> Vec<String> {
    let openings = openings(request, slots, busy).into_iter();
    let words = openings.map(|opening| {
        let local = request.business.zone.to_local(opening.start);
        let who: Vec<_> = opening.resources.iter().map(ResourceId::as_str).collect();
        format!("{} {}", local.format("%H:%M"), who.join("+"))
    });
    words.collect()
}

#[test]
fn what_the_keeper_has_free_is_offered_as_far_as_the_file_allows() {
    let (business, cut) = (shop(""), visit("cut"));
    // Before the notice, before the hours, within, over closing time, after.
    let free = slots(&[(
        "shop",
        &["08:30", "08:59", "09:20", "16:30", "16:31", "17:00"],
    )]);
    let mut request = asked(&business, &cut);
    assert_eq!(offered(&request, &free, &[]), ["09:20 shop", "16:30 shop"]);
    request.now = at("08:21");
    assert_eq!(offered(&request, &free, &[]), ["16:30 shop"]);
    request.range = span("09:00", "16:30");
    assert!(offered(&request, &free, &[]).is_empty());
    request.now = at("08:00") - TimeDelta::days(11);
    assert_eq!(question(&request).map(|asked| asked.span), None);
}

#[test]
fn what_others_of_us_are_about_to_have_is_not_offered() {
    let (business, cut) = (shop(STAFF), visit("cut"));
    let free = slots(&[("ana", &["10:00", "10:30"]), ("ben", &["10:00"])]);
    let hold = Busy {
        resource: Some(ResourceId::new("ana")),
        blocked: span("09:45", "10:15"),
    };
    let request = asked(&business, &cut);
    assert_eq!(
        offered(&request, &free, &[]),
        ["10:00 ana+ben", "10:30 ana"]
    );
    assert_eq!(
        offered(&request, &free, &[hold]),
        ["10:00 ben", "10:30 ana"]
    );
    let block = Busy {
        resource: None,
        blocked: span("10:00", "10:05"),
    };
    assert_eq!(offered(&request, &free, &[block]), ["10:30 ana"]);
}

#[test]
fn a_long_visit_needs_slots_without_a_break() {
    let (business, color) = (shop(""), visit("color"));
    let free = slots(&[(
        "shop",
        &["09:00", "09:30", "10:00", "10:30", "11:30", "12:00"],
    )]);
    assert_eq!(
        offered(&asked(&business, &color), &free, &[]),
        ["09:00 shop", "09:30 shop"]
    );
    // Slots that start every quarter of an hour overlap each other.
    let quarters = slots(&[("shop", &["09:00", "09:15", "09:45", "10:00"])]);
    assert_eq!(
        offered(&asked(&business, &color), &quarters, &[]),
        ["09:00 shop"]
    );
}

#[test]
fn what_is_given_up_is_free_and_its_own_start_is_one() {
    let (business, color) = (shop(STAFF), visit("color"));
    // The booking that is moved is Ana's, from ten to half past eleven.
    let free = slots(&[("ana", &["09:30", "11:30"]), ("ben", &["09:30"])]);
    let given_up = Busy {
        resource: Some(ResourceId::new("ana")),
        blocked: span("10:00", "11:30"),
    };
    let mut request = asked(&business, &color);
    assert!(offered(&request, &free, &[]).is_empty());
    request.gives_up = Some(&given_up);
    // At 11:30 there is half an hour, and Ben gives nothing up. The grid goes on over what is.
    assert_eq!(
        offered(&request, &free, &[]),
        ["09:30 ana", "10:00 ana", "10:30 ana"]
    );
    let of_all = Busy {
        resource: None,
        ..given_up.clone()
    };
    request.gives_up = Some(&of_all);
    assert!(offered(&request, &free, &[]).is_empty());
}

#[test]
fn a_refusal_has_its_true_reason_the_files_first() {
    let (business, cut) = (shop(STAFF), visit("cut"));
    let free = slots(&[("ana", &["10:00", "10:30", "13:00"]), ("ben", &["16:00"])]);
    let ben = ResourceId::new("ben");
    let mut request = asked(&business, &cut);
    let why = |request: &OpeningsRequest<'_>, start, busy: &[Busy]| {
        check(request, start, &free, busy).unwrap_err()
    };
    assert_eq!(why(&request, at("08:59"), &[]), Refusal::TooSoon);
    let far = at("10:00") + TimeDelta::days(11);
    assert_eq!(why(&request, far, &[]), Refusal::TooFar);
    assert_eq!(why(&request, at("18:00"), &[]), Refusal::Closed);
    // All of it is free, and nothing starts there.
    assert_eq!(why(&request, at("10:15"), &[]), Refusal::OffGrid);
    assert_eq!(why(&request, at("10:45"), &[]), Refusal::Taken);
    assert_eq!(why(&request, at("14:00"), &[]), Refusal::Taken);
    let block = Busy {
        resource: None,
        blocked: span("10:00", "11:00"),
    };
    assert_eq!(why(&request, at("10:15"), &[block]), Refusal::Taken);
    request.staff = Some(&ben);
    // What his calendar has free is no reason to come where he is off.
    assert_eq!(why(&request, at("16:00"), &[]), Refusal::StaffOff);
    let nobody = ResourceId::new("cleo");
    request.staff = Some(&nobody);
    assert_eq!(why(&request, at("10:00"), &[]), Refusal::NotDone);
}

#[test]
fn of_an_hour_that_happens_twice_only_the_first_is_offered() {
    let business = shop("");
    let text = "name = \"Shop\"\ntimezone = \"America/New_York\"\n[booking]\nnotice_minutes = 0\n\
                [hours]\nsunday = [\"00:00-04:00\"]\n\
                [[service]]\nid = \"cut\"\nname = \"Cut\"\nminutes = 30\n";
    let business = Business {
        hours: Business::parse("night.toml", text).unwrap().hours,
        ..business
    };
    let cut = visit("cut");
    let first: DateTime<Utc> = "2026-11-01T01:00:00-04:00".parse().unwrap();
    let second = first + TimeDelta::hours(1);
    let free = FreeSlots {
        length: TimeDelta::minutes(30),
        interval: TimeDelta::minutes(30),
        starts: vec![(ResourceId::shop(), vec![first, second])],
    };
    let request = OpeningsRequest {
        range: Span {
            start: first,
            end: first + TimeDelta::hours(4),
        },
        now: first - TimeDelta::hours(5),
        ..asked(&business, &cut)
    };
    let starts: Vec<_> = openings(&request, &free, &[])
        .iter()
        .map(|opening| opening.start)
        .collect();
    assert_eq!(starts, [first]);
    let why = check(&request, second, &free, &[]);
    assert_eq!(why, Err(Refusal::OffGrid));
}

proptest! {
    #[test]
    fn a_start_is_offered_if_and_only_if_it_is_accepted(
        free in proptest::collection::vec((0..2_u8, 0..56_i64), 0..40),
        busy in proptest::collection::vec((0..3_u8, 0..56_i64, 1..8_i64), 0..4),
        long in any::<bool>(),
        gives_up in proptest::option::of((0..2_u8, 0..56_i64, 1..8_i64)),
        interval in prop_oneof![Just(0_i64), Just(15), Just(30)],
    ) {
        let (business, services) = (shop(STAFF), visit(if long { "color" } else { "cut" }));
        let quarter = |n: i64| at("06:00") + TimeDelta::minutes(15 * n);
        let who = |n: u8| ["ana", "ben"].get(usize::from(n)).map(|id| ResourceId::new(id));
        let taken = |(resource, from, length): (u8, i64, i64)| Busy {
            resource: who(resource),
            blocked: Span { start: quarter(from), end: quarter(from + length) },
        };
        let mut starts = [Vec::new(), Vec::new()];
        for (resource, n) in free {
            starts[usize::from(resource)].push(quarter(n));
        }
        let starts = ["ana", "ben"].into_iter().zip(starts).map(|(id, mut starts)| {
            starts.sort_unstable();
            (ResourceId::new(id), starts)
        });
        let slots = FreeSlots {
            length: TimeDelta::minutes(30),
            interval: TimeDelta::minutes(interval),
            starts: starts.collect(),
        };
        let busy: Vec<_> = busy.into_iter().map(taken).collect();
        let given_up = gives_up.map(taken);
        let request = OpeningsRequest { gives_up: given_up.as_ref(), ..asked(&business, &services) };
        let offered = openings(&request, &slots, &busy);
        for n in 0..60 {
            let start = quarter(n);
            let found = offered.iter().find(|opening| opening.start == start);
            let accepted = check(&request, start, &slots, &busy);
            prop_assert_eq!(found.map(|one| &one.resources), accepted.as_ref().ok(), "{}", start);
        }
    }
}
