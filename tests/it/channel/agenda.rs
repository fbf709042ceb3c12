//! Appointments in a calendar of HighLevel's, against an API that keeps one.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use frontdesk::{
    booking::{
        Attendee, Booking, BookingDetails, BookingId, BookingStatus, Business, Change, Elsewhere,
        ResourceId, Span,
    },
    breaker::Destination,
    channel::{
        Agenda as _, Answered, SendError, Wanted,
        highlevel::{Config, Highlevel},
    },
    message::{BusinessId, Contact, CustomerId, PhoneNumber},
};

use super::{
    breaker,
    highlevel::{LocationToken, told},
};
use crate::support::leadconnector::{Appointment, Calendar, Call, Fault, LeadConnector};

pub(super) const CALENDAR: &str = "BqTwX8QFwXzpegMve9EQ";
pub(super) const LOCATION: &str = "l1C08ntBrFjLS0elLIYU";
const CONTACT: &str = "cI08i1Bls3iTB9bKgFJh";
const START: &str = "2026-11-30T10:00:00-05:00";

/// A business in New York that keeps its calendar there; `more` goes to the end of its file.
pub(super) fn business(more: &str) -> Business {
    let text = format!(
        "name = \"Luna\"\ntimezone = \"America/New_York\"\n\
         [booking]\nnotice_minutes = 0\n\
         [highlevel]\nlocation_ids = [\"{LOCATION}\"]\ncalendar = \"{CALENDAR}\"\n\
         [hours]\nmonday = [\"00:00-24:00\"]\nsunday = [\"00:00-24:00\"]\n\
         [[service]]\nid = \"cut\"\nname = \"Cut\"\nminutes = 30\n\
         [[service]]\nid = \"color\"\nname = \"Color\"\nminutes = 210\n{more}"
    );
    Business::parse("luna.toml", &text).unwrap()
}

pub(super) const STAFF: &str = "[[staff]]\nid = \"ana\"\nname = \"Ana\"\nhighlevel_user = \"anaUser\"\n\
     [[staff]]\nid = \"ben\"\nname = \"Ben\"\nhighlevel_user = \"benUser\"\n";

pub(super) fn keeper(url: &str) -> Highlevel {
    let config = Config {
        answer_timeout: Duration::from_millis(300),
        ..Config::new(url.parse().unwrap())
    };
    let tokens = std::sync::Arc::new(LocationToken);
    Highlevel::new(config, tokens, breaker(Destination::Highlevel)).unwrap()
}

pub(super) async fn calendar() -> LeadConnector {
    let api = LeadConnector::start().await;
    api.has_calendar(CALENDAR, Calendar::of(LOCATION, "America/New_York"));
    api
}

async fn team() -> LeadConnector {
    let api = LeadConnector::start().await;
    let mut calendar = Calendar::of(LOCATION, "America/New_York");
    calendar.hours = vec![
        ("anaUser".to_owned(), 540..1020),
        ("benUser".to_owned(), 540..1020),
    ];
    api.has_calendar(CALENDAR, calendar);
    api
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn span(start: &str, minutes: i64) -> Span {
    let start = at(start);
    Span {
        start,
        end: start + TimeDelta::minutes(minutes),
    }
}

/// Everything that is asked of a calendar about one booking.
#[derive(Clone)]
struct Case {
    business: Business,
    booking: Booking,
    change: Change,
    contact: Contact,
    doubtful: bool,
    others: Vec<Box<str>>,
}

impl Case {
    /// A booking of half an hour that is to be made.
    fn creating(start: &str) -> Self {
        let visible = span(start, 30);
        Self {
            business: business(""),
            booking: Booking {
                id: BookingId::derive(start),
                version: 1,
                status: BookingStatus::Requested,
                details: BookingDetails {
                    business: BusinessId::new("luna"),
                    services: "cut".parse().unwrap(),
                    resource: ResourceId::shop(),
                    visible,
                    blocked: visible,
                    customer: CustomerId(1),
                    name: Some("Sheena".into()),
                    for_name: None,
                },
                elsewhere: Some(Elsewhere {
                    calendar: CALENDAR.into(),
                    id: None,
                    asked: true,
                }),
            },
            change: Change::Create,
            contact: Contact {
                provider_id: Some(CONTACT.into()),
                ..Contact::default()
            },
            doubtful: false,
            others: Vec::new(),
        }
    }

    fn with(mut self, resource: &str) -> Self {
        self.business = business(STAFF);
        self.booking.details.resource = ResourceId::new(resource);
        self
    }

    /// The booking that came of it, which is to be moved.
    fn moving(self, id: &str, start: &str) -> Self {
        let visible = span(start, 30);
        let change = Change::Move {
            services: self.booking.details.services.clone(),
            resource: self.booking.details.resource.clone(),
            visible,
            blocked: visible,
            attendee: Attendee::AsBefore,
        };
        self.changing(id, change)
    }

    fn changing(mut self, id: &str, change: Change) -> Self {
        self.booking.status = BookingStatus::Booked;
        self.booking.elsewhere.as_mut().unwrap().id = Some(id.into());
        Self { change, ..self }
    }

    fn doubtful(self) -> Self {
        Self {
            doubtful: true,
            ..self
        }
    }

    async fn ask(&self, keeper: &Highlevel) -> String {
        let wanted = Wanted {
            business: &self.business,
            booking: &self.booking,
            change: &self.change,
            contact: &self.contact,
            title: "Haircut: Sheena",
            doubtful: self.doubtful,
            others: &self.others,
            now: at("2026-11-28T10:00:00Z"),
        };
        match keeper.change(&wanted).await {
            Ok(Answered::Done { id, contact }) => format!("{id} of {}", contact.unwrap()),
            Ok(Answered::Taken) => "taken".to_owned(),
            Ok(Answered::Gone) => "gone".to_owned(),
            Err(error) => told(&error),
        }
    }
}

/// What the calendar keeps, in a few words each.
fn kept(api: &LeadConnector) -> Vec<String> {
    let kept = api.appointments().into_iter().filter(Appointment::is_kept);
    let words = kept.map(|one| {
        let start = one.span.start.format("%d %H:%M");
        format!("{} {start} {}", one.id, one.user.unwrap_or_default())
    });
    words.map(|words| words.trim().to_owned()).collect()
}

#[tokio::test]
async fn an_appointment_is_made_once_with_all_that_is_known() {
    let api = calendar().await;
    let keeper = keeper(&api.url());
    let case = Case::creating(START);
    assert_eq!(
        case.ask(&keeper).await,
        format!("appointment1 of {CONTACT}")
    );
    let made = api.appointments().remove(0);
    assert_eq!(
        (&*made.title, &*made.status),
        ("Haircut: Sheena", "confirmed")
    );
    assert_eq!((&*made.contact, made.span), (CONTACT, span(START, 30)));
    assert_eq!(Case::creating(START).ask(&keeper).await, "taken");
    assert_eq!(api.created(), 1);
}

#[tokio::test]
async fn who_is_no_contact_yet_is_made_one_by_their_number() {
    let api = calendar().await;
    let keeper = keeper(&api.url());
    let mut case = Case::creating(START);
    case.contact.provider_id = None;
    assert_eq!(case.ask(&keeper).await, "give up no_contact");
    case.contact.phone = Some(PhoneNumber::parse("+12025550137").unwrap());
    for (fault, expected) in [
        (Fault::NoAnswer, "retry no_answer"),
        (Fault::Garbled("{}"), "retry no_answer"),
        (Fault::Refused(503, ""), "retry provider_failed"),
        (Fault::Refused(403, "{}"), "alert permission"),
        (Fault::Refused(422, "{}"), "give up no_contact"),
    ] {
        api.fail_on(Call::Upsert, [fault.clone()]);
        assert_eq!(case.ask(&keeper).await, expected, "{fault:?}");
    }
    assert_eq!(api.created(), 0);
    let made = case.ask(&keeper).await;
    let (_, contact) = made.split_once(" of ").unwrap();
    assert_eq!(api.appointments()[0].contact, contact);
    let mut second = Case::creating("2026-11-30T11:00:00-05:00");
    second.contact = case.contact.clone();
    assert_eq!(
        second.ask(&keeper).await,
        format!("appointment2 of {contact}")
    );
}

#[tokio::test]
async fn each_answer_to_a_creation_says_what_to_do() {
    let words = r#"{"message":"You cannot book this calendar"}"#;
    for (fault, expected) in [
        (Fault::Refused(401, "{}"), "alert token"),
        (Fault::Refused(403, "{}"), "alert permission"),
        (
            Fault::Refused(400, r#"{"message":"version is invalid"}"#),
            "alert api_version",
        ),
        (Fault::Refused(404, "{}"), "give up unknown_calendar"),
        (Fault::Refused(503, ""), "retry provider_failed"),
        (Fault::TooMany("30"), "hold throughput 30"),
        (Fault::Refused(500, "{}"), "ambiguous"),
        (Fault::NoAnswer, "ambiguous"),
        (Fault::LostAnswer, "ambiguous"),
        (Fault::Garbled("{}"), "ambiguous"),
        // The slot is free all the same: no other time would do.
        (Fault::Refused(400, words), "give up refused"),
        (Fault::Refused(422, words), "give up refused"),
    ] {
        let api = calendar().await;
        let keeper = keeper(&api.url());
        api.fail_on(Call::Create, [fault.clone()]);
        let answer = Case::creating(START).ask(&keeper).await;
        assert_eq!(answer, expected, "{fault:?}");
    }
    let api = calendar().await;
    let taken = api.staff_makes((CALENDAR, "other"), None, span(START, 30), at(START));
    assert_eq!(taken["type"], "AppointmentCreate");
    api.fail_on(Call::Create, [Fault::Refused(400, words)]);
    assert_eq!(
        Case::creating(START).ask(&keeper(&api.url())).await,
        "taken"
    );
    let nobody = keeper("http://127.0.0.1:1");
    assert_eq!(
        Case::creating(START).ask(&nobody).await,
        "hold unreached 10"
    );
}

#[tokio::test]
async fn what_may_have_been_made_is_looked_for_and_never_made_twice() {
    for fault in [
        Fault::NoAnswer,
        Fault::LostAnswer,
        Fault::Garbled("oops"),
        // Not even in the first list: the second attempt is refused, and looks again.
        Fault::Late,
    ] {
        let api = calendar().await;
        let keeper = keeper(&api.url());
        api.fail_on(Call::Create, [fault.clone()]);
        let case = Case::creating(START);
        assert_eq!(case.ask(&keeper).await, "ambiguous", "{fault:?}");
        let expected = format!("appointment1 of {CONTACT}");
        for _ in 0..2 {
            assert_eq!(case.clone().doubtful().ask(&keeper).await, expected);
        }
        assert_eq!(api.created(), 1, "{fault:?}");
    }
    // What never arrived is made.
    let api = calendar().await;
    let case = Case::creating(START).doubtful();
    let made = case.ask(&keeper(&api.url())).await;
    assert_eq!(made, format!("appointment1 of {CONTACT}"));
}

#[tokio::test]
async fn of_two_that_were_made_after_all_one_is_given_up() {
    // A team of which the file names nobody: the calendar takes two at a time.
    for (fault, by_hand, created) in [(Fault::Late, false, 2), (Fault::LostAnswer, true, 1)] {
        let api = team().await;
        let keeper = keeper(&api.url());
        let case = Case::creating(START);
        api.fail_on(Call::Create, [fault]);
        assert_eq!(case.ask(&keeper).await, "ambiguous");
        if by_hand {
            api.staff_makes((CALENDAR, CONTACT), None, span(START, 30), at(START));
        }
        let made = case.clone().doubtful().ask(&keeper).await;
        assert_eq!(made, format!("appointment1 of {CONTACT}"));
        assert_eq!(api.created(), created);
        // What somebody made by hand is none of ours to give up.
        let kept = api.appointments().into_iter().filter(Appointment::is_kept);
        let kept: Vec<_> = kept.map(|one| one.id).collect();
        let expected = ["appointment1", "appointment2"];
        assert_eq!(kept, expected[..=usize::from(by_hand)]);
    }
}

#[tokio::test]
async fn where_it_cannot_be_looked_nothing_is_made() {
    let strange = format!(
        r#"{{"events":[{{"id":"x","calendarId":"{CALENDAR}","contactId":"{CONTACT}","startTime":"soon"}}]}}"#
    );
    let strange: &'static str = strange.leak();
    for (fault, expected) in [
        (Fault::Refused(500, "{}"), "ambiguous"),
        (Fault::Garbled("{}"), "ambiguous"),
        (Fault::Garbled(strange), "ambiguous"),
        (Fault::NoAnswer, "ambiguous"),
        (Fault::Refused(403, "{}"), "alert permission"),
        (Fault::Refused(503, "{}"), "retry provider_failed"),
    ] {
        let api = calendar().await;
        api.fail_on(Call::Events, [fault.clone()]);
        let case = Case::creating(START).doubtful();
        assert_eq!(case.ask(&keeper(&api.url())).await, expected, "{fault:?}");
        assert_eq!(api.called(Call::Create), 0, "{fault:?}");
    }
}

#[tokio::test]
async fn only_the_very_appointment_is_taken_for_what_was_made() {
    let now = at(START);
    let earlier = "2026-11-30T09:45:00-05:00";
    for (which, contact, user, start, status) in [
        ("of somebody else", "other", "benUser", START, "confirmed"),
        ("at another time", CONTACT, "benUser", earlier, "confirmed"),
        ("with somebody else", CONTACT, "benUser", START, "confirmed"),
        ("given up", CONTACT, "anaUser", START, "cancelled"),
    ] {
        let api = team().await;
        api.staff_makes((CALENDAR, contact), Some(user), span(start, 30), now);
        api.staff_sets("appointment1", status, now);
        let case = Case::creating(START).with("ana").doubtful();
        let made = case.ask(&keeper(&api.url())).await;
        assert_eq!(made, format!("appointment2 of {CONTACT}"), "{which}");
        assert_eq!(api.appointments()[1].user.as_deref(), Some("anaUser"));
    }
    // One that the customer has already is another booking, and in the way of this one.
    let api = team().await;
    api.staff_makes((CALENDAR, CONTACT), Some("anaUser"), span(START, 30), now);
    let mut case = Case::creating(START).with("ana").doubtful();
    case.others = vec!["appointment1".into()];
    assert_eq!(case.ask(&keeper(&api.url())).await, "taken");
}

#[tokio::test]
async fn who_is_not_known_there_is_booked_with_nobody() {
    let api = team().await;
    let case = Case::creating(START).with("cleo");
    assert_eq!(case.ask(&keeper(&api.url())).await, "give up no_staff");
    let mut case = Case::creating(START);
    case.business.highlevel.location_ids.clear();
    assert_eq!(case.ask(&keeper(&api.url())).await, "give up no_location");
    let mut case = Case::creating(START);
    case.business.id = BusinessId::new("tokenless");
    assert_eq!(case.ask(&keeper(&api.url())).await, "alert no_token");
    assert_eq!(api.calls(), 0);
}

#[tokio::test]
async fn a_time_is_written_by_the_clock_of_the_place_on_both_sides_of_its_change() {
    // The stand-in refuses any other offset.
    for start in ["2026-11-01T09:30:00-05:00", "2027-03-14T09:00:00-04:00"] {
        let api = calendar().await;
        let made = Case::creating(start).ask(&keeper(&api.url())).await;
        assert_eq!(made, format!("appointment1 of {CONTACT}"));
        assert_eq!(api.appointments()[0].span, span(start, 30));
    }
}

#[tokio::test]
async fn an_appointment_is_moved_and_looked_at_first_where_that_may_be_done() {
    let api = team().await;
    let keeper = keeper(&api.url());
    let case = Case::creating(START).with("ana");
    case.ask(&keeper).await;
    let later = "2026-11-30T10:30:00-05:00";
    let moving = case.clone().moving("appointment1", later);
    let done = format!("appointment1 of {CONTACT}");
    assert_eq!(moving.ask(&keeper).await, done);
    assert_eq!(kept(&api), ["appointment1 30 15:30 anaUser"]);
    // It is so already: nothing is asked for.
    let asked = api.called(Call::Update);
    assert_eq!(moving.clone().doubtful().ask(&keeper).await, done);
    assert_eq!(api.called(Call::Update), asked);
    // To somebody else at the same time is another place.
    let to_ben = case.clone().with("ben").moving("appointment1", later);
    assert_eq!(to_ben.doubtful().ask(&keeper).await, done);
    assert_eq!(kept(&api), ["appointment1 30 15:30 benUser"]);
    // Somebody has it.
    let busy = span("2026-11-30T14:00:00-05:00", 30);
    api.staff_makes((CALENDAR, "other"), Some("anaUser"), busy, at(START));
    let taken = case
        .clone()
        .moving("appointment1", "2026-11-30T14:00:00-05:00");
    assert_eq!(taken.ask(&keeper).await, "taken");
    assert_eq!(kept(&api)[0], "appointment1 30 15:30 benUser");
}

#[tokio::test]
async fn each_answer_to_a_move_says_what_to_do() {
    let later = "2026-11-30T12:00:00-05:00";
    for (fault, expected) in [
        (Fault::Refused(404, "{}"), "gone"),
        (Fault::Refused(401, "{}"), "alert token"),
        (Fault::Refused(503, ""), "retry provider_failed"),
        (Fault::Refused(500, ""), "ambiguous"),
        (Fault::NoAnswer, "ambiguous"),
        (Fault::Garbled("{}"), "ambiguous"),
        (Fault::TooMany("30"), "hold throughput 30"),
        (
            Fault::Refused(400, r#"{"message":"no"}"#),
            "give up refused",
        ),
    ] {
        let api = calendar().await;
        let keeper = keeper(&api.url());
        let case = Case::creating(START);
        case.ask(&keeper).await;
        api.fail_on(Call::Update, [fault.clone()]);
        let moving = case.moving("appointment1", later);
        assert_eq!(moving.ask(&keeper).await, expected, "{fault:?}");
    }
    let api = calendar().await;
    let keeper = keeper(&api.url());
    let case = Case::creating(START);
    case.ask(&keeper).await;
    api.staff_sets("appointment1", "cancelled", at(START));
    let moving = case.clone().moving("appointment1", later);
    for one in [moving.clone(), moving.doubtful()] {
        assert_eq!(one.ask(&keeper).await, "gone");
    }
    let unknown = case.moving("appointment9", later);
    for one in [unknown.clone(), unknown.doubtful()] {
        assert_eq!(one.ask(&keeper).await, "gone");
    }
}

#[tokio::test]
async fn an_appointment_is_given_up_once() {
    let api = calendar().await;
    let keeper = keeper(&api.url());
    let case = Case::creating(START);
    case.ask(&keeper).await;
    let cancelling = case.changing("appointment1", Change::Cancel);
    api.fail_on(Call::Update, [Fault::LostAnswer]);
    assert_eq!(cancelling.ask(&keeper).await, "ambiguous");
    assert!(kept(&api).is_empty());
    let done = format!("appointment1 of {CONTACT}");
    assert_eq!(cancelling.clone().doubtful().ask(&keeper).await, done);
    assert_eq!(api.called(Call::Update), 1);
    api.staff_deletes("appointment1", at(START));
    for one in [cancelling.clone(), cancelling.doubtful()] {
        assert_eq!(one.ask(&keeper).await, "gone");
    }
}

#[tokio::test]
async fn what_is_no_id_is_never_a_part_of_an_address() {
    let api = calendar().await;
    let keeper = keeper(&api.url());
    let strange = Case::creating(START).changing("../contacts/x", Change::Cancel);
    assert_eq!(strange.ask(&keeper).await, "give up no_appointment");
    assert_eq!(api.calls(), 0);
}

#[tokio::test]
async fn appointments_and_messages_share_the_quota_of_a_location() {
    let api = calendar().await;
    let keeper = keeper(&api.url());
    api.fail([Fault::Left(0, 5_000)]);
    let greeting = super::highlevel::greeting();
    frontdesk::channel::Channel::send(&keeper, &greeting, 0)
        .await
        .unwrap();
    let answer = Case::creating(START).ask(&keeper).await;
    assert_eq!(answer, "hold throughput 9");
    assert!(matches!(
        frontdesk::channel::Channel::send(&keeper, &greeting, 0).await,
        Err(SendError::Hold { .. })
    ));
    assert_eq!(api.calls(), 1);
}
