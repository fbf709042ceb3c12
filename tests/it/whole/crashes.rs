//! Appointments in HighLevel's calendar, with the process killed at every step of the way there:
//! each table row ends with one appointment or none, and nobody was told of one that is not there.

use std::path::Path;

use chrono::{DateTime, Days, TimeDelta, Utc};
use frontdesk::{
    booking::{Span, zone::Zone},
    cli::client::HighlevelMessage,
};
use futures_util::StreamExt as _;
use serde_json::json;
use tempfile::TempDir;

use super::{LOCATION, SALON, app_key, open, phone, salon, stored};
use crate::support::{
    leadconnector::{Appointment, Calendar, Call, LeadConnector, TOKEN, When},
    process::{Frontdesk, client, eventually, now},
};

const CALENDAR: &str = "BqTwX8QFwXzpegMve9EQ";
const CONTACT: &str = "cI08i1Bls3iTB9bKgFJh";
const PHONE: &str = "+12025550137";
const ZONE: &str = "America/New_York";

/// Where the process is killed, once for each start.
type Row = &'static [(Call, When)];

/// How many rows are played at once.
const AT_ONCE: usize = 4;

const CREATING: &[Row] = &[
    &[(Call::Create, When::Before)],
    &[(Call::Create, When::After)],
    &[(Call::Create, When::Before), (Call::Events, When::Before)],
    &[(Call::Create, When::Before), (Call::Events, When::After)],
    &[(Call::Create, When::Before), (Call::Create, When::After)],
    &[(Call::Create, When::After), (Call::Events, When::Before)],
    &[(Call::Create, When::After), (Call::Events, When::After)],
    &[(Call::Create, When::After), (Call::Message, When::Before)],
    &[(Call::Create, When::After), (Call::Message, When::After)],
];
/// Whoever comes by another door has to become a contact first.
const MEETING: &[Row] = &[
    &[(Call::Upsert, When::Before)],
    &[(Call::Upsert, When::After)],
    &[(Call::Upsert, When::After), (Call::Create, When::After)],
];
const MOVING: &[Row] = &[
    &[(Call::Update, When::Before)],
    &[(Call::Update, When::After)],
    &[(Call::Update, When::After), (Call::Read, When::Before)],
    &[(Call::Update, When::After), (Call::Read, When::After)],
];
const CANCELLING: &[Row] = &[
    &[(Call::Update, When::Before)],
    &[(Call::Update, When::After)],
    &[(Call::Update, When::After), (Call::Read, When::After)],
];

/// How the customer writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    /// As a contact of HighLevel's.
    Highlevel,
    /// Through an own client, which fetches the replies.
    Client,
}

/// The salon with its calendar at HighLevel, and a customer.
struct House {
    folder: TempDir,
    api: LeadConnector,
    server: Option<Frontdesk>,
    by: By,
    written: usize,
}

impl House {
    async fn open(by: By) -> Self {
        let api = LeadConnector::start().await;
        api.has_calendar(CALENDAR, Calendar::of(LOCATION, ZONE));
        let mut house = Self {
            folder: tempfile::tempdir().unwrap(),
            api,
            server: None,
            by,
            written: 0,
        };
        house.start().await;
        house
    }

    async fn start(&mut self) {
        let mut command = salon(self.folder.path());
        let file = SALON.replace("[hours]", &format!("calendar = \"{CALENDAR}\"\n[hours]"));
        std::fs::write(self.folder.path().join("salon.toml"), file).unwrap();
        command
            .env("GHL_API_TOKEN", TOKEN)
            .env("GHL_API_URL", self.api.url());
        self.server = Some(Frontdesk::spawn(command).await);
    }

    fn server(&self) -> &Frontdesk {
        self.server.as_ref().unwrap()
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes, and does not wait for the answer.
    async fn write(&mut self, words: &str) {
        self.written += 1;
        let id = format!("m-{}", self.written);
        let status = match self.by {
            By::Highlevel => {
                let message = HighlevelMessage {
                    text: words,
                    phone: &phone(PHONE),
                    name: None,
                    contact_id: CONTACT,
                };
                let request = message.event(&app_key(), LOCATION, &id, now());
                self.server().deliver(&client(), request).await.0
            }
            By::Client => {
                let body = json!({"phone": PHONE, "message": words, "message_id": id});
                let answer = self.server().post(&client(), &body, 0).await;
                answer.unwrap().0
            }
        };
        assert_eq!(status, 200);
    }

    /// Writes, and waits until so many messages more were said.
    async fn say(&mut self, words: &str, answers: i64) {
        let before = self.said("");
        self.write(words).await;
        eventually(async || self.said("") == before + answers).await;
        self.settled().await;
    }

    /// Comes as far as the question whether to book.
    async fn ask_for_ten(&mut self) {
        self.say("A haircut tomorrow at 10 am, please", 1).await;
        self.say("Sheena Nelson", 1).await;
    }

    async fn book_ten(&mut self) {
        self.ask_for_ten().await;
        // That it is being booked, and that it is.
        self.say("yes", 2).await;
    }

    /// Kills the process at each of these points, and starts it again.
    async fn die_at(&mut self, points: Row, words: &str) {
        let mut words = Some(words);
        for (call, when) in points {
            let mut held = self.api.hold(*call, *when);
            match words.take() {
                Some(words) => self.write(words).await,
                None => self.hurry(),
            }
            held.reached().await;
            self.server.take().unwrap().kill().await;
            drop(held);
            self.start().await;
        }
        self.hurry();
    }

    /// What waits in case a call is still under way waits no longer: it is not, whoever made it is
    /// dead.
    fn hurry(&self) {
        let rows = open(self.path());
        rows.busy_timeout(std::time::Duration::from_secs(10))
            .unwrap();
        rows.execute_batch(
            "UPDATE calendar_requests SET due_at = 0 WHERE lease_ms IS NULL;
             UPDATE deliveries SET due_at = 0 WHERE lease_ms IS NULL AND due_at IS NOT NULL",
        )
        .unwrap();
    }

    /// Waits until nothing is asked for, and all is answered and sent.
    async fn settled(&self) {
        let busy = "SELECT (SELECT count(*) FROM calendar_requests)
            + (SELECT count(*) FROM inputs) + (SELECT count(*) FROM deliveries)";
        eventually(async || stored(self.path(), busy) == 0).await;
    }

    fn kept(&self) -> Vec<Appointment> {
        let all = self.api.appointments().into_iter();
        all.filter(Appointment::is_kept).collect()
    }

    /// How often something was said to the customer.
    fn said(&self, words: &str) -> i64 {
        let like =
            format!("SELECT count(*) FROM outbox WHERE kind = 'reply' AND body LIKE '%{words}%'");
        stored(self.path(), &like)
    }

    fn booked(&self) -> Vec<String> {
        let rows = open(self.path());
        let mut statement = rows
            .prepare("SELECT external_id FROM bookings WHERE status = 'booked'")
            .unwrap();
        let ids = statement.query_map((), |row| row.get(0)).unwrap();
        ids.map(Result::unwrap).collect()
    }

    /// There is one appointment, at this hour of tomorrow, and it is the one that is booked here.
    fn has_one_at(&self, hour: u32, row: Row) {
        let kept = self.kept();
        let starts: Vec<_> = kept.iter().map(|one| one.span.start).collect();
        assert_eq!(starts, [tomorrow(hour)], "{row:?}");
        assert_eq!(self.booked(), [kept[0].id.clone()], "{row:?}");
    }
}

/// An hour of tomorrow, by the salon's clock.
fn tomorrow(hour: u32) -> DateTime<Utc> {
    let zone = Zone::by_name(ZONE).unwrap();
    let tomorrow = zone.to_local(now()).date() + Days::new(1);
    zone.instant(tomorrow.and_hms_opt(hour, 0, 0).unwrap())
}

/// Plays each row in a house of its own, a few at once: they mostly wait.
async fn each(rows: &'static [Row], play: impl AsyncFn(Row)) {
    let plays = rows.iter().map(|row| play(row));
    futures_util::stream::iter(plays)
        .buffer_unordered(AT_ONCE)
        .collect::<()>()
        .await;
}

#[tokio::test]
async fn a_booking_ends_in_one_appointment_wherever_the_process_dies() {
    each(CREATING, async |row| {
        let mut house = House::open(By::Highlevel).await;
        house.ask_for_ten().await;
        house.die_at(row, "yes").await;
        house.settled().await;
        house.has_one_at(10, row);
        assert_eq!(house.api.created(), 1, "{row:?}");
        assert_eq!(house.said("Booked!"), 1, "{row:?}");
    })
    .await;
}

#[tokio::test]
async fn who_becomes_a_contact_first_has_one_appointment_too() {
    each(MEETING, async |row| {
        let mut house = House::open(By::Client).await;
        house.ask_for_ten().await;
        house.die_at(row, "yes").await;
        house.settled().await;
        house.has_one_at(10, row);
        assert_eq!(house.said("Booked!"), 1, "{row:?}");
    })
    .await;
}

#[tokio::test]
async fn a_move_ends_in_one_appointment_wherever_the_process_dies() {
    each(MOVING, async |row| {
        let mut house = House::open(By::Highlevel).await;
        house.book_ten().await;
        house.say("Can you move it to 11 am?", 1).await;
        house.die_at(row, "yes").await;
        house.settled().await;
        house.has_one_at(11, row);
    })
    .await;
}

#[tokio::test]
async fn a_cancellation_ends_in_none_wherever_the_process_dies() {
    each(CANCELLING, async |row| {
        let mut house = House::open(By::Highlevel).await;
        house.book_ten().await;
        house.say("Cancel my appointment", 1).await;
        house.die_at(row, "yes").await;
        house.settled().await;
        assert!(house.kept().is_empty(), "{row:?}");
        assert!(house.booked().is_empty(), "{row:?}");
    })
    .await;
}

#[tokio::test]
async fn a_time_that_is_lost_while_the_process_is_dead_is_told_as_lost() {
    let mut house = House::open(By::Highlevel).await;
    house.ask_for_ten().await;
    let mut held = house.api.hold(Call::Create, When::Before);
    house.write("yes").await;
    held.reached().await;
    house.server.take().unwrap().kill().await;
    drop(held);
    let start = tomorrow(10);
    let end = start + TimeDelta::minutes(30);
    let span = Span { start, end };
    house
        .api
        .staff_makes((CALENDAR, "somebodyElse"), None, span, now());
    house.start().await;
    house.hurry();
    house.settled().await;
    let kept = house.kept();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].contact, "somebodyElse");
    assert!(house.booked().is_empty());
    assert_eq!(house.said("Booked!"), 0);
    assert_eq!(house.said("just taken"), 1);
}
