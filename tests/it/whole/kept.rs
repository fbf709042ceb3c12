//! The salon with its calendar at HighLevel, started as users start it, and what is there and here.

use std::path::Path;

use chrono::{DateTime, Days, Utc};
use frontdesk::{booking::zone::Zone, cli::client::HighlevelMessage};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{LOCATION, SALON, app_key, open, phone, salon, stored};
use crate::support::{
    leadconnector::{Appointment, Calendar, Call, LeadConnector, TOKEN, When},
    process::{Frontdesk, client, eventually, now},
};

pub(super) const CALENDAR: &str = "BqTwX8QFwXzpegMve9EQ";
pub(super) const CONTACT: &str = "cI08i1Bls3iTB9bKgFJh";
pub(super) const PHONE: &str = "+12025550137";
pub(super) const ZONE: &str = "America/New_York";
/// The token of the API.
const ADMIN: &str = "admin-token-of-this-test";

/// How the customer writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// As a contact of HighLevel's.
    Highlevel,
    /// Through an own client, which fetches the replies.
    Client,
}

/// The salon with its calendar at HighLevel, and a customer.
pub(super) struct House {
    folder: TempDir,
    pub(super) api: LeadConnector,
    pub(super) server: Option<Frontdesk>,
    by: By,
    written: usize,
}

impl House {
    pub(super) async fn open(by: By) -> Self {
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

    pub(super) async fn start(&mut self) {
        let mut command = salon(self.folder.path());
        let file = SALON.replace("[hours]", &format!("calendar = \"{CALENDAR}\"\n[hours]"));
        std::fs::write(self.folder.path().join("salon.toml"), file).unwrap();
        command
            .env("GHL_API_TOKEN", TOKEN)
            .env("GHL_API_URL", self.api.url())
            .env("ADMIN_TOKEN", ADMIN)
            // Nobody is written to there.
            .env("WHATSAPP_ACCESS_TOKEN", "unused")
            .env("WHATSAPP_API_URL", "http://127.0.0.1:1");
        self.server = Some(Frontdesk::spawn(command).await);
    }

    pub(super) fn server(&self) -> &Frontdesk {
        self.server.as_ref().unwrap()
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes, and does not wait for the answer.
    pub(super) async fn write(&mut self, words: &str) {
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
    pub(super) async fn say(&mut self, words: &str, answers: i64) {
        let before = self.said("");
        self.write(words).await;
        eventually(async || self.said("") == before + answers).await;
        self.settled().await;
    }

    /// Comes as far as the question whether to book.
    pub(super) async fn ask_for_ten(&mut self) {
        self.say("A haircut tomorrow at 10 am, please", 1).await;
        self.say("Sheena Nelson", 1).await;
    }

    pub(super) async fn book_ten(&mut self) {
        self.ask_for_ten().await;
        // That it is being booked, and that it is.
        self.say("yes", 2).await;
    }

    /// Kills the process at each of these points, and starts it again.
    pub(super) async fn die_at(&mut self, points: &[(Call, When)], words: &str) {
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
    pub(super) fn hurry(&self) {
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
    pub(super) async fn settled(&self) {
        let busy = "SELECT (SELECT count(*) FROM calendar_requests)
            + (SELECT count(*) FROM inputs) + (SELECT count(*) FROM deliveries)";
        eventually(async || stored(self.path(), busy) == 0).await;
    }

    pub(super) fn kept(&self) -> Vec<Appointment> {
        let all = self.api.appointments().into_iter();
        all.filter(Appointment::is_kept).collect()
    }

    /// Asks the API, and gets the status and the answer.
    pub(super) async fn office(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        self.office_by(method, path, body, None).await
    }

    /// The same, with a key by which it is known when it comes again.
    pub(super) async fn office_by(
        &self,
        method: &str,
        path: &str,
        body: &Value,
        key: Option<&str>,
    ) -> (u16, Value) {
        let method = method.parse().unwrap();
        let request = client().request(method, format!("{}{path}", self.server().url));
        let mut request = request.bearer_auth(ADMIN);
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        if !body.is_null() {
            request = request.json(body);
        }
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        (status, answer.json().await.unwrap_or_default())
    }

    /// HighLevel tells of an appointment.
    pub(super) async fn hear(&self, event: &Value) {
        let message = HighlevelMessage {
            text: "",
            phone: &phone(PHONE),
            name: None,
            contact_id: CONTACT,
        };
        let mut request = message.event(&app_key(), LOCATION, "", now());
        request.body = event.to_string();
        let signature = app_key().sign(request.body.as_bytes()).parse().unwrap();
        let header = frontdesk::source::highlevel::SIGNATURE_HEADER;
        request.headers.insert(header, signature);
        assert_eq!(self.server().deliver(&client(), request).await.0, 200);
    }

    /// The last thing that was said to the customer.
    pub(super) fn last_said(&self) -> String {
        let rows = open(self.path());
        let sql = "SELECT body FROM outbox WHERE kind = 'reply' ORDER BY id DESC LIMIT 1";
        rows.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// How often something was said to the customer.
    pub(super) fn said(&self, words: &str) -> i64 {
        let like =
            format!("SELECT count(*) FROM outbox WHERE kind = 'reply' AND body LIKE '%{words}%'");
        stored(self.path(), &like)
    }

    pub(super) fn booked(&self) -> Vec<String> {
        let rows = open(self.path());
        let mut statement = rows
            .prepare("SELECT external_id FROM bookings WHERE status = 'booked'")
            .unwrap();
        let ids = statement.query_map((), |row| row.get(0)).unwrap();
        ids.map(Result::unwrap).collect()
    }

    /// There is one appointment, at this hour of tomorrow, and it is the one that is booked here.
    pub(super) fn has_one_at(&self, hour: u32, row: &[(Call, When)]) {
        let kept = self.kept();
        let starts: Vec<_> = kept.iter().map(|one| one.span.start).collect();
        assert_eq!(starts, [tomorrow(hour)], "{row:?}");
        assert_eq!(self.booked(), [kept[0].id.clone()], "{row:?}");
    }
}

/// An hour of tomorrow, by the salon's clock.
pub(super) fn tomorrow(hour: u32) -> DateTime<Utc> {
    let zone = Zone::by_name(ZONE).unwrap();
    let tomorrow = zone.to_local(now()).date() + Days::new(1);
    zone.instant(tomorrow.and_hms_opt(hour, 0, 0).unwrap())
}
