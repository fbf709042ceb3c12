//! The main job: a conversation that books, and the appointment that is still there after a crash.

use std::path::Path;

use serde_json::{Value, json};

use super::{open, stored};
use crate::support::process::{Frontdesk, client};

const BOOKED: &str = "SELECT count(*) FROM bookings WHERE status = 'booked'";

/// A customer of the direct source, who numbers their messages.
#[derive(Debug)]
pub(super) struct Customer {
    pub(super) phone: &'static str,
    pub(super) name: &'static str,
}

impl Customer {
    /// Writes something and reads what is said to it.
    pub(super) async fn say(&self, server: &Frontdesk, id: &str, message: &str) -> Value {
        let id = format!("{id} of {}", self.phone);
        let body = json!({"phone": self.phone, "message": message, "message_id": id});
        let (status, answer) = server.post(&client(), &body, 30).await.unwrap();
        assert_eq!(status, 200, "{answer}");
        answer
    }

    /// Books the first time that is offered for a service, and returns what was confirmed.
    pub(super) async fn book(&self, server: &Frontdesk, service: &str) -> String {
        let services = offered(&self.say(server, "greet", "Hi!").await);
        let number = services.iter().position(|title| title == service).unwrap() + 1;
        let times = self.say(server, "service", &number.to_string()).await;
        let time = offered(&times).remove(0);
        let asked = self.say(server, "time", &time).await;
        assert!(words(&asked).contains("name"), "{asked}");
        let to_confirm = self.say(server, "name", self.name).await;
        assert!(offered(&to_confirm)[0].starts_with("Yes"), "{to_confirm}");
        let confirmed = words(&self.say(server, "yes", "yes").await);
        assert!(confirmed.contains("Booked"), "{confirmed}");
        confirmed
    }
}

/// The titles of the choices that the last reply offers.
fn offered(answer: &Value) -> Vec<String> {
    let replies = answer["replies"].as_array().unwrap();
    let choices = replies.last().unwrap()["choices"].as_array();
    let choices = choices.unwrap_or_else(|| panic!("no choices in {answer}"));
    let titles = choices.iter().map(|choice| choice["title"].as_str());
    titles.map(|title| title.unwrap().to_owned()).collect()
}

/// Everything that was said, choices left out.
fn words(answer: &Value) -> String {
    let replies = answer["replies"].as_array().unwrap().iter();
    let texts: Vec<_> = replies
        .map(|reply| reply["text"].as_str().unwrap())
        .collect();
    texts.join("\n")
}

/// When the one firm booking is, as the shop says it.
fn booked_moment(folder: &Path) -> String {
    assert_eq!(stored(folder, BOOKED), 1);
    let start: i64 = open(folder)
        .query_row(
            "SELECT visible_start FROM bookings WHERE status = 'booked'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let start = jiff::Timestamp::from_millisecond(start).unwrap();
    let local = start.in_tz("America/New_York").unwrap();
    local.strftime("%A %-d %B, %-I:%M %p").to_string()
}

#[tokio::test]
async fn a_conversation_books_an_appointment_that_outlives_a_crash() {
    let folder = tempfile::tempdir().unwrap();
    let server = Frontdesk::start(folder.path()).await;
    let customer = Customer {
        phone: "+12025550137",
        name: "Maria Lopez",
    };
    let confirmed = customer.book(&server, "Haircut").await;
    let moment = booked_moment(folder.path());
    assert!(confirmed.contains(&moment), "{moment} in {confirmed}");
    let named = format!(
        "SELECT count(*) FROM bookings WHERE name = '{}'",
        customer.name
    );
    assert_eq!(stored(folder.path(), &named), 1);
    server.kill().await;

    let server = Frontdesk::start(folder.path()).await;
    let answer = customer
        .say(&server, "when", "when is my appointment?")
        .await;
    assert!(words(&answer).contains(&moment), "{moment} in {answer}");

    // The client did not hear the answer and sends its yes again: the same is said to it.
    let again = customer.say(&server, "yes", "yes").await;
    assert_eq!(again["status"], "duplicate");
    assert_eq!(words(&again), confirmed);
    // And a customer who repeats it has one appointment still.
    customer.say(&server, "yes again", "yes").await;
    customer.say(&server, "yes, really", "yes, book it").await;
    assert_eq!(booked_moment(folder.path()), moment);
    assert_eq!(
        server
            .metric("frontdesk_bookings_total{outcome=\"conflict\"}")
            .await,
        0
    );

    // A stranger is not told of it.
    let stranger = Customer {
        phone: "+12025550138",
        name: "",
    };
    let answer = stranger
        .say(&server, "a stranger asks", "when is my appointment?")
        .await;
    assert!(!words(&answer).contains(&moment), "{answer}");
}
