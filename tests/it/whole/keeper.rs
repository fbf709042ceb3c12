//! A calendar of HighLevel's from end to end: what is booked is booked there, and only then said.

use frontdesk::cli::client::HighlevelMessage;

use super::{
    LOCATION, app_key,
    kept::{By, CALENDAR, CONTACT, House},
    phone, stored,
};
use crate::support::{
    leadconnector::{Call, Fault, LeadConnector, When},
    process::{Frontdesk, client, eventually, now},
};

/// Says something as the contact, and waits for the answer.
async fn say(server: &Frontdesk, api: &LeadConnector, words: &str) -> String {
    let answers = api.taken().len();
    let message = HighlevelMessage {
        text: words,
        phone: &phone("+12025550137"),
        name: None,
        contact_id: CONTACT,
    };
    let id = format!("m{answers}");
    let request = message.event(&app_key(), LOCATION, &id, now());
    assert_eq!(server.deliver(&client(), request).await.0, 200);
    let mut taken = api.taken_at_least(answers + 1).await;
    taken.remove(answers).message
}

/// Goes as far as the question that a yes answers, about a time of another day than today: what is
/// near cannot be cancelled any more.
async fn choose(server: &Frontdesk, api: &LeadConnector) {
    for words in ["Hi", "1", "4"] {
        say(server, api, words).await;
    }
    let question = say(server, api, "Sheena Nelson").await;
    assert!(question.contains("Haircut"), "{question}");
}

#[tokio::test]
async fn a_customer_is_booked_there_and_told_once_it_is_so() {
    let house = House::open(By::Highlevel).await;
    let (server, api) = (house.server(), &house.api);
    let (_, health) = server.get("/health").await;
    assert_eq!(health["status"], "ok", "{health}");
    choose(server, api).await;
    let mut held = api.hold(Call::Create, When::After);
    let patience = say(server, api, "1").await;
    held.reached().await;
    assert!(!patience.contains("Booked"), "{patience}");
    held.release();
    let booked = api.taken_at_least(6).await.remove(5).message;
    assert!(booked.contains("Booked"), "{booked}");
    let made = api.appointments();
    assert_eq!((made.len(), &*made[0].contact), (1, CONTACT));
    let id =
        "SELECT count(*) FROM bookings WHERE status = 'booked' AND external_id = 'appointment1'";
    assert_eq!(stored(house.path(), id), 1);
    let cancelled = async |words| say(server, api, words).await;
    cancelled("cancel my appointment").await;
    cancelled("yes").await;
    eventually(async || !api.appointments()[0].is_kept()).await;
}

#[tokio::test]
async fn a_time_that_the_staff_gave_away_meanwhile_is_told_as_taken() {
    let house = House::open(By::Highlevel).await;
    let (server, api) = (house.server(), &house.api);
    choose(server, api).await;
    let mut held = api.hold(Call::Create, When::Before);
    say(server, api, "1").await;
    held.reached().await;
    let wanted = "SELECT visible_start FROM bookings";
    let start = stored(house.path(), wanted);
    let start = chrono::DateTime::from_timestamp_millis(start).unwrap();
    let span = frontdesk::booking::Span {
        start,
        end: start + chrono::TimeDelta::minutes(30),
    };
    api.staff_makes((CALENDAR, "other"), None, span, now());
    held.release();
    let taken = api.taken_at_least(6).await.remove(5).message;
    assert!(
        !taken.contains("Booked") && taken.contains("1. "),
        "{taken}"
    );
    assert_eq!((api.created(), api.appointments().len()), (0, 1));
}

#[tokio::test]
async fn while_the_calendar_is_down_no_time_is_offered() {
    let house = House::open(By::Highlevel).await;
    let (server, api) = (house.server(), &house.api);
    say(server, api, "Hi").await;
    api.fail_on(Call::Calendar, [Fault::Refused(500, "{}")]);
    let down = say(server, api, "1").await;
    assert!(!down.contains(":00") && !down.contains(":30"), "{down}");
    assert_eq!(api.called(Call::FreeSlots), 0);
}

#[tokio::test]
async fn a_token_that_may_not_see_the_calendar_shows_in_health() {
    let house = House::open(By::Highlevel).await;
    let (server, api) = (house.server(), &house.api);
    say(server, api, "Hi").await;
    api.fail_on(Call::FreeSlots, [Fault::Refused(403, "{}")]);
    say(server, api, "1").await;
    let (_, health) = server.get("/health").await;
    assert_eq!(health["status"], "degraded", "{health}");
    let check = health["checks"]["highlevel_calendar"].to_string();
    assert!(check.contains("permission"), "{health}");
    // That messages are taken all the while says nothing of it; that it is seen does.
    say(server, api, "1").await;
    let (_, health) = server.get("/health").await;
    assert_eq!(health["status"], "ok", "{health}");
}
