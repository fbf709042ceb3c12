//! The calendar that other programs subscribe to, read by a parser of others.

use frontdesk::{
    booking::ResourceId,
    message::BusinessId,
    store::{Feed, FeedToken, sqlite},
};
use http::StatusCode;
use icalendar::parser;
use serde_json::{Value, json};

use crate::support::{
    edge::{Answer, request, send},
    office::{Office, TOKEN},
};

const NAME: &str = "Maria Lopez";
const PHONE: &str = "+12025550137";

impl Office {
    /// Makes a token beside the store that is open.
    fn token(&self, staff: Option<&str>, names: bool) -> FeedToken {
        let token = FeedToken::of_random([u8::from(names) + 2 * u8::from(staff.is_some()); 32]);
        let feed = Feed {
            business: BusinessId::new("demo"),
            resource: staff.map(ResourceId::new),
            names,
        };
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        sqlite::open_feed(&self.database(), &token, &feed, now).unwrap();
        token
    }

    fn database(&self) -> std::path::PathBuf {
        self.folder.path().join("frontdesk.db")
    }

    async fn subscribe(&self, token: &str) -> Answer {
        let uri = format!("/calendar.ics?token={token}");
        send(&self.router, request("GET", &uri, &[])).await
    }

    /// The events, each by its properties.
    async fn events(&self, token: &FeedToken) -> Vec<Value> {
        let answer = self.subscribe(token.expose()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert_eq!(
            answer.header("content-type"),
            "text/calendar; charset=utf-8"
        );
        let unfolded = parser::unfold(&answer.text);
        let calendar = parser::read_calendar(&unfolded).unwrap();
        let events = calendar
            .components
            .iter()
            .filter(|one| one.name == "VEVENT");
        events
            .map(|event| {
                let property = |name: &str| {
                    let found = event.properties.iter().find(|one| one.name == name);
                    found.map(|one| one.val.to_string())
                };
                json!({
                    "uid": property("UID"), "sequence": property("SEQUENCE"),
                    "start": property("DTSTART"), "end": property("DTEND"),
                    "summary": property("SUMMARY"), "description": property("DESCRIPTION"),
                    "location": property("LOCATION"), "status": property("STATUS"),
                })
            })
            .collect()
    }

    async fn booked(&self, start: &str, staff: &str) -> Value {
        let body = json!({
            "service": ["haircut"], "start": start, "staff": staff, "name": NAME, "phone": PHONE,
        });
        let booked = self.send("POST", "/api/bookings", &body).await;
        assert_eq!(booked.status, StatusCode::CREATED, "{}", booked.text);
        booked.json()
    }
}

#[tokio::test]
async fn a_booking_keeps_its_entry_through_a_move_and_a_cancellation() {
    let office = Office::of_demo();
    let token = office.token(None, false);
    assert_eq!(office.events(&token).await, Vec::<Value>::new());
    let id = office.booked("2026-11-24T17:00:00Z", "ana").await["id"].clone();
    let id = id.as_str().unwrap();
    let uri = format!("/api/bookings/{id}");
    let made = office.events(&token).await;
    assert_eq!(
        made,
        [json!({
            "uid": format!("{id}@frontdesk"), "sequence": "1",
            "start": "20261124T170000Z", "end": "20261124T173000Z",
            "summary": "Haircut – M. L.", "description": "Ana",
            "location": "12 Main St, Springfield", "status": "CONFIRMED",
        })]
    );
    let to = json!({"start": "2026-11-24T18:00:00Z"});
    assert_eq!(office.send("PATCH", &uri, &to).await.status, StatusCode::OK);
    let moved = office.events(&token).await;
    assert_eq!(moved[0]["uid"], made[0]["uid"]);
    assert_eq!(moved[0]["start"], "20261124T180000Z");
    assert_eq!(moved[0]["sequence"], "2");
    office.ask("DELETE", &uri).await;
    let cancelled = office.events(&token).await;
    assert_eq!(cancelled[0]["uid"], made[0]["uid"]);
    assert_eq!(cancelled[0]["status"], "CANCELLED");
    assert_eq!(cancelled[0]["sequence"], "3");
    office.clock.advance(chrono::TimeDelta::days(33));
    assert_eq!(office.events(&token).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_calendar_of_one_person_shows_theirs_alone_and_names_only_when_asked() {
    let office = Office::of_demo();
    office.booked("2026-11-24T17:00:00Z", "ana").await;
    office.booked("2026-11-24T17:00:00Z", "ben").await;
    assert_eq!(office.events(&office.token(None, false)).await.len(), 2);
    let bens = office.token(Some("ben"), true);
    let events = office.events(&bens).await;
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["summary"], "Haircut – Maria Lopez");
    assert_eq!(events[0]["description"], PHONE);
    let initials = office
        .subscribe(office.token(Some("ana"), false).expose())
        .await;
    assert!(!initials.text.contains("Lopez") && !initials.text.contains(PHONE));
    assert!(initials.text.contains("X-WR-CALNAME:Luna Salon – Ana"));
}

#[tokio::test]
async fn only_a_token_of_its_own_opens_a_calendar_until_it_is_revoked() {
    let office = Office::of_demo();
    let (all, anas) = (office.token(None, false), office.token(Some("ana"), false));
    for wrong in ["", "x", TOKEN] {
        let refused = office.subscribe(wrong).await;
        assert_eq!(refused.error_code(), "unauthorized", "{wrong}");
    }
    let twice = format!("{}&token={}", all.expose(), all.expose());
    assert_eq!(office.subscribe(&twice).await.error_code(), "unauthorized");
    let bearer = office.get("/calendar.ics").await;
    assert_eq!(bearer.error_code(), "unauthorized");

    let demo = BusinessId::new("demo");
    let ana = ResourceId::new("ana");
    assert_eq!(
        sqlite::close_feeds(&office.database(), &demo, Some(&ana)).unwrap(),
        1
    );
    assert_eq!(
        office.subscribe(anas.expose()).await.error_code(),
        "unauthorized"
    );
    assert_eq!(office.subscribe(all.expose()).await.status, StatusCode::OK);
    assert_eq!(
        sqlite::close_feeds(&office.database(), &demo, None).unwrap(),
        1
    );
    assert_eq!(
        office.subscribe(all.expose()).await.error_code(),
        "unauthorized"
    );
    let nowhere = office.folder.path().join("other.db");
    assert!(sqlite::close_feeds(&nowhere, &demo, None).is_err());
    assert!(!nowhere.exists());
}

#[tokio::test]
async fn holds_are_no_entries_before_or_after_they_expire() {
    let office = Office::of_demo();
    let token = office.token(None, false);
    let booked = office.booked("2026-11-24T17:00:00Z", "ana").await;
    let id = uuid::Uuid::parse_str(booked["id"].as_str().unwrap()).unwrap();
    let details = office
        .store
        .booking(frontdesk::booking::BookingId(id))
        .await;
    let mut details = details.unwrap().unwrap().details;
    details.resource = ResourceId::new("ben");
    let hold = frontdesk::booking::Effect::Hold {
        id: frontdesk::booking::BookingId(uuid::Uuid::from_u128(1)),
        details: details.clone(),
        expires_at: "2026-11-23T12:10:00Z".parse().unwrap(),
    };
    office.store.apply(vec![hold]).await.unwrap().unwrap();
    assert_eq!(office.events(&token).await.len(), 1);
    office.clock.advance(chrono::TimeDelta::minutes(20));
    // Whoever books then gives the hold up.
    office.booked("2026-11-24T17:00:00Z", "ben").await;
    assert_eq!(office.events(&token).await.len(), 2);
}
