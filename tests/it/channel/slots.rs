//! What is free in a calendar of HighLevel's, as a business offers it, against an API that keeps
//! one.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use frontdesk::{
    booking::{
        Business, Calendar as _, CalendarError, FreeTimes, Opening, OpeningsRequest, Refusal,
        ResourceId, Services, Span,
    },
    channel::{SendError, highlevel::Highlevel},
    store::{Store, StoreCalendar},
};
use tempfile::TempDir;

use super::agenda::{CALENDAR, LOCATION, STAFF, business, calendar, keeper};
use crate::support::{
    ManualClock,
    leadconnector::{Calendar, Call, Fault, LeadConnector},
    shop::{open_store, policy},
};

/// A calendar over an empty store, whose keeper is asked.
struct Desk {
    calendar: StoreCalendar,
    business: Business,
    services: Services,
    _folder: TempDir,
}

impl Desk {
    fn new(keeper: Option<Highlevel>, more: &str, services: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::at("2026-10-30T00:00:00Z"));
        let store: Arc<dyn Store> = open_store(folder.path(), policy(), clock);
        let keeper = keeper.map(|keeper| Arc::new(keeper) as Arc<dyn FreeTimes>);
        Self {
            calendar: StoreCalendar::new(store).with_keeper(keeper),
            business: business(more),
            services: services.parse().unwrap(),
            _folder: folder,
        }
    }

    fn of(api: &LeadConnector) -> Self {
        Self::new(Some(keeper(&api.url())), "", "cut")
    }

    fn asked(&self, first: &str, last: &str) -> OpeningsRequest<'_> {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        OpeningsRequest {
            business: &self.business,
            services: &self.services,
            staff: None,
            range: self.business.zone.days(date(first), date(last)),
            customer: None,
            gives_up: None,
            now: at("2026-10-30T00:00:00Z"),
        }
    }

    async fn openings(&self, first: &str, last: &str) -> Result<Vec<Opening>, CalendarError> {
        self.calendar.openings(&self.asked(first, last)).await
    }

    /// The openings of a day, by the clock of the place.
    async fn times(&self, date: &str) -> Vec<String> {
        let openings = self.openings(date, date).await.unwrap().into_iter();
        let local = |one: Opening| self.business.zone.to_local(one.start);
        openings
            .map(|one| local(one).format("%H:%M").to_string())
            .collect()
    }
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn taken(api: &LeadConnector, user: Option<&str>, start: &str, minutes: i64) {
    let start = at(start);
    let end = start + TimeDelta::minutes(minutes);
    api.staff_makes((CALENDAR, "other"), user, Span { start, end }, start);
}

/// An answer whose shape is not known.
const NOT_UNDERSTOOD: &str = "alert not_understood";

/// What went wrong with a look.
fn cause(error: &CalendarError) -> String {
    let cause = error.0.downcast_ref::<SendError>();
    cause.map_or_else(|| error.0.to_string(), super::highlevel::told)
}

#[tokio::test]
async fn each_look_sees_the_calendar_as_it_is() {
    let api = calendar().await;
    let desk = Desk::of(&api);
    let free = desk.times("2026-11-30").await;
    assert_eq!((free.len(), &*free[0], &*free[15]), (16, "09:00", "16:30"));
    // The file is closed on a Tuesday, whatever HighLevel says.
    assert!(desk.times("2026-12-01").await.is_empty());
    taken(&api, None, "2026-11-30T10:00:00-05:00", 60);
    assert_eq!(
        desk.times("2026-11-30").await[..3],
        ["09:00", "09:30", "11:00"]
    );
    // How long its slots are is asked once in a while.
    assert_eq!(api.called(Call::Calendar), 1);
    let request = desk.asked("2026-11-30", "2026-11-30");
    let check = async |start| desk.calendar.check(&request, at(start)).await.unwrap();
    let shop = vec![ResourceId::shop()];
    assert_eq!(check("2026-11-30T09:30:00-05:00").await, Ok(shop));
    assert_eq!(
        check("2026-11-30T09:15:00-05:00").await,
        Err(Refusal::OffGrid)
    );
    assert_eq!(
        check("2026-11-30T10:30:00-05:00").await,
        Err(Refusal::Taken)
    );
    assert_eq!(
        check("2026-12-01T10:00:00-05:00").await,
        Err(Refusal::Closed)
    );
}

#[tokio::test]
async fn each_of_the_staff_is_asked_for_by_their_own_id() {
    let api = LeadConnector::start().await;
    let mut team = Calendar::of(LOCATION, "America/New_York");
    team.hours = vec![
        ("anaUser".to_owned(), 540..600),
        ("benUser".to_owned(), 570..630),
        ("noOne".to_owned(), 0..1440),
    ];
    api.has_calendar(CALENDAR, team);
    let desk = Desk::new(Some(keeper(&api.url())), STAFF, "cut");
    let openings = desk.openings("2026-11-30", "2026-11-30").await.unwrap();
    let who = openings.iter().map(|opening| {
        let who = opening.resources.iter().map(ResourceId::as_str);
        who.collect::<Vec<_>>().join("+")
    });
    assert_eq!(who.collect::<Vec<_>>(), ["ana", "ana+ben", "ben"]);
    assert_eq!(api.called(Call::FreeSlots), 2);
    let ben = ResourceId::new("ben");
    let request = OpeningsRequest {
        staff: Some(&ben),
        ..desk.asked("2026-11-30", "2026-11-30")
    };
    assert_eq!(desk.calendar.openings(&request).await.unwrap().len(), 2);
    assert_eq!(api.called(Call::FreeSlots), 3);
}

#[tokio::test]
async fn a_visit_longer_than_a_slot_fits_where_nothing_is_in_between() {
    let api = calendar().await;
    taken(&api, None, "2026-11-30T12:30:00-05:00", 30);
    let desk = Desk::new(Some(keeper(&api.url())), "", "color");
    assert_eq!(desk.times("2026-11-30").await, ["09:00", "13:00", "13:30"]);
}

#[tokio::test]
async fn a_long_range_is_asked_for_in_pieces_without_a_gap() {
    let api = calendar().await;
    let desk = Desk::of(&api);
    // More than 31 days in one call would break the stand-in's contract.
    let openings = desk.openings("2026-11-01", "2026-12-28").await.unwrap();
    let mut dates: Vec<_> = openings
        .iter()
        .map(|one| desk.business.zone.to_local(one.start).date())
        .collect();
    dates.dedup();
    // Nine Sundays and nine Mondays.
    assert_eq!((dates.len(), openings.len()), (18, 18 * 16));
    assert_eq!(api.called(Call::FreeSlots), 2);
}

#[tokio::test]
async fn nine_oclock_is_nine_oclock_on_both_days_on_which_the_clock_changes() {
    let api = calendar().await;
    let desk = Desk::of(&api);
    for (date, nine) in [
        ("2026-11-01", "2026-11-01T14:00:00Z"),
        ("2026-10-31", "none"),
        ("2026-11-02", "2026-11-02T14:00:00Z"),
    ] {
        let openings = desk.openings(date, date).await.unwrap();
        let first = openings.first().map(|one| one.start);
        assert_eq!(first, nine.parse().ok(), "{date}");
    }
    // Twenty-five hours, and no slot more.
    assert_eq!(desk.times("2026-11-01").await.len(), 16);
}

#[tokio::test]
async fn where_the_calendar_cannot_be_seen_nothing_is_free() {
    let garbled = r#"{"2026-11-30":{"slots":["soon"]}}"#;
    for (call, fault, expected) in [
        (Call::FreeSlots, Fault::NoAnswer, "ambiguous"),
        (Call::FreeSlots, Fault::Garbled(garbled), NOT_UNDERSTOOD),
        (Call::FreeSlots, Fault::Refused(500, "{}"), "ambiguous"),
        (
            Call::FreeSlots,
            Fault::Refused(503, "{}"),
            "retry provider_failed",
        ),
        (
            Call::FreeSlots,
            Fault::Refused(403, "{}"),
            "alert permission",
        ),
        (Call::FreeSlots, Fault::TooMany("30"), "hold throughput 30"),
        (Call::Calendar, Fault::Refused(401, "{}"), "alert token"),
        (Call::Calendar, Fault::Garbled("{}"), "ambiguous"),
    ] {
        let api = calendar().await;
        api.fail_on(call, [fault.clone()]);
        let desk = Desk::of(&api);
        let error = desk.openings("2026-11-30", "2026-11-30").await.unwrap_err();
        assert_eq!(cause(&error), expected, "{fault:?}");
    }
    let nobody = Desk::new(Some(keeper("http://127.0.0.1:1")), "", "cut");
    let request = nobody.asked("2026-11-30", "2026-11-30");
    let start = at("2026-11-30T10:00:00-05:00");
    let error = nobody.calendar.check(&request, start).await.unwrap_err();
    assert_eq!(cause(&error), "hold unreached 10");
    // Nor where nobody is there to be asked: the own calendar does not stand in.
    let alone = Desk::new(None, "", "cut");
    assert!(alone.openings("2026-11-30", "2026-11-30").await.is_err());
}

#[tokio::test]
async fn an_answer_of_another_shape_shows_nothing_and_an_empty_one_says_so() {
    for body in [
        "",
        "null",
        "[]",
        r#"["2026-11-30T09:00:00-05:00"]"#,
        r#""soon""#,
        "7",
        r#"{"slots":["2026-11-30T09:00:00-05:00"]}"#,
        r#"{"_dates_":{"slots":["2026-11-30T09:00:00-05:00"]},"traceId":"t"}"#,
        r#"{"data":{"2026-11-30":{"slots":[]}},"traceId":"t"}"#,
        r#"{"message":"Something went wrong","statusCode":500}"#,
        r#"{"error":"Unauthorized","traceId":"t"}"#,
        r#"{"2026-11-30":["2026-11-30T09:00:00-05:00"]}"#,
        r#"{"2026-11-30":null}"#,
        r#"{"2026-11-30":{"slots":null}}"#,
        r#"{"2026-11-30":{"times":[]}}"#,
    ] {
        let api = calendar().await;
        api.fail_on(Call::FreeSlots, [Fault::Garbled(body)]);
        let desk = Desk::of(&api);
        let error = desk.openings("2026-11-30", "2026-11-30").await.unwrap_err();
        assert_eq!(cause(&error), NOT_UNDERSTOOD, "{body}");
    }
    for (body, free) in [
        ("{}", 0),
        (r#"{"traceId":"t"}"#, 0),
        (r#"{"2026-11-30":{"slots":[]},"traceId":"t"}"#, 0),
        (
            r#"{"2026-11-30":{"slots":["2026-11-30T09:00:00-05:00"]},"requestId":"r"}"#,
            1,
        ),
    ] {
        let api = calendar().await;
        api.fail_on(Call::FreeSlots, [Fault::Garbled(body)]);
        assert_eq!(
            Desk::of(&api).times("2026-11-30").await.len(),
            free,
            "{body}"
        );
    }
}

#[tokio::test]
async fn a_look_waits_a_little_for_the_quota_and_no_longer() {
    let api = calendar().await;
    let desk = Desk::of(&api);
    // Over the burst of twenty, which all calls of the location share.
    for _ in 0..24 {
        assert_eq!(desk.times("2026-11-30").await.len(), 16);
    }
    api.fail([Fault::Left(0, 5_000)]);
    desk.times("2026-11-30").await;
    let before = tokio::time::Instant::now();
    let error = desk.openings("2026-11-30", "2026-11-30").await.unwrap_err();
    assert_eq!(cause(&error), "hold throughput 9");
    assert!(before.elapsed() < Duration::from_secs(2));
}
