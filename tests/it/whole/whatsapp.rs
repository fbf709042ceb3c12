//! WhatsApp from end to end: a signed delivery in, the answer out to a Graph API that checks it.

use std::path::Path;

use frontdesk::message::PhoneNumber;
use serde_json::json;
use tempfile::TempDir;
use tokio::process::Command;

use super::{APP_SECRET, NUMBER, SALON, open, owner, phone, salon, stored};
use crate::support::{
    graph::{Fault, Graph, TOKEN, Taken, Webhook},
    process::{Frontdesk, client, eventually},
};

const META: Webhook<'_> = Webhook {
    secret: APP_SECRET,
    number: NUMBER,
};

/// A salon whose customers write to it by WhatsApp.
struct Line {
    folder: TempDir,
    graph: Graph,
    server: Frontdesk,
}

/// A salon that sends to this Graph API and logs all that it can.
fn command(folder: &Path, graph: &Graph) -> Command {
    let mut command = salon(folder);
    command
        .env("LOG_LEVEL", "frontdesk=debug,info")
        .env("WHATSAPP_ACCESS_TOKEN", TOKEN)
        .env("WHATSAPP_API_URL", graph.url())
        // Nobody is written to there.
        .env("GHL_API_TOKEN", "unused")
        .env("GHL_API_URL", "http://127.0.0.1:1");
    command
}

impl Line {
    async fn open() -> Self {
        let (folder, graph) = (tempfile::tempdir().unwrap(), Graph::start().await);
        let server = Frontdesk::spawn(command(folder.path(), &graph)).await;
        Self {
            folder,
            graph,
            server,
        }
    }

    fn folder(&self) -> &Path {
        self.folder.path()
    }

    async fn deliver(&self, request: frontdesk::cli::client::Request) {
        let (status, answer) = self.server.deliver(&client(), request).await;
        assert_eq!(status, 200, "{answer}");
    }

    /// Writes, and waits for the one message that answers it.
    async fn say(&self, from: &PhoneNumber, id: &str, text: &str) -> Taken {
        let before = self.graph.taken().len();
        self.deliver(META.text(from, id, text)).await;
        self.graph.taken_at_least(before + 1).await.remove(before)
    }

    /// Taps what is called so, and waits for the one message that answers it.
    async fn tap(&self, from: &PhoneNumber, id: &str, on: &Taken, title: &str) -> Taken {
        let taps = on.taps();
        let tap = taps.iter().find(|(_, shown)| shown.starts_with(title));
        let (tap, _) = tap.unwrap_or_else(|| panic!("no {title} in {:#}", on.body));
        let before = self.graph.taken().len();
        self.deliver(META.tap(from, id, on, tap)).await;
        self.graph.taken_at_least(before + 1).await.remove(before)
    }

    /// The states of what was said, in order.
    fn states(&self) -> Vec<String> {
        let connection = open(self.folder());
        let mut statement = connection
            .prepare("SELECT state FROM outbox ORDER BY id")
            .unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    /// Waits until the replies to customers are in these states.
    async fn becomes_replies(&self, states: &[&str]) {
        let replies = || {
            let connection = open(self.folder());
            let mut statement = connection
                .prepare("SELECT state FROM outbox WHERE kind = 'reply' ORDER BY id")
                .unwrap();
            let rows = statement.query_map([], |row| row.get::<_, String>(0));
            rows.unwrap().map(Result::unwrap).collect::<Vec<_>>()
        };
        eventually(async || replies() == states).await;
    }

    async fn becomes(&self, states: &[&str]) {
        eventually(async || self.states() == states).await;
    }
}

#[tokio::test]
async fn a_customer_books_by_tapping_lists_and_buttons() {
    let line = Line::open().await;
    let sheena = phone("+12025550137");
    let services = line.say(&sheena, "1", "Hi").await;
    assert_eq!(services.body["interactive"]["type"], "list");
    assert!(services.words().contains("Luna Salon"));
    let times = line.tap(&sheena, "2", &services, "Haircut").await;
    assert_eq!(times.body["interactive"]["action"]["button"], "Choose");
    let (_, first) = times.taps().remove(0);
    let confirm = line.tap(&sheena, "3", &times, &first).await;
    assert_eq!(confirm.body["interactive"]["type"], "button");
    let booked = line.tap(&sheena, "4", &confirm, "Yes").await;
    assert!(booked.words().contains("Booked"), "{:#}", booked.body);
    let firm = "SELECT count(*) FROM bookings WHERE status = 'booked' AND name = 'Sheena Nelson'";
    assert_eq!(stored(line.folder(), firm), 1);

    line.becomes(&["sent"; 4]).await;
    let taken = line.graph.taken();
    assert_eq!(taken.len(), 4);
    assert!(
        taken
            .iter()
            .all(|taken| taken.number == NUMBER && taken.recipient == "12025550137")
    );
    assert_eq!(
        line.graph.seen(),
        ["wamid.1", "wamid.2", "wamid.3", "wamid.4"]
    );
    let sent = "frontdesk_deliveries_total{channel=\"whatsapp\",outcome=\"sent\"}";
    assert_eq!(line.server.metric(sent).await, 4);
}

#[tokio::test]
async fn what_became_of_a_message_is_believed_in_any_order() {
    let line = Line::open().await;
    let greeting = line.say(&phone("+12025550137"), "1", "Hi").await;
    line.becomes(&["sent"]).await;
    let read = "SELECT count(*) FROM sent_parts WHERE progress = 2";
    for status in ["read", "delivered", "sent"] {
        line.deliver(META.status(&greeting, status, None)).await;
        assert_eq!(stored(line.folder(), read), 1, "{status}");
    }
    let greeting = line.say(&phone("+12025550138"), "2", "Hi").await;
    line.becomes(&["sent", "sent"]).await;
    line.deliver(META.status(&greeting, "failed", Some(131_026)))
        .await;
    line.becomes(&["sent", "dead"]).await;
}

#[tokio::test]
async fn an_owner_hears_once_of_a_confirmation_that_did_not_arrive() {
    let (folder, graph) = (tempfile::tempdir().unwrap(), Graph::start().await);
    let told = owner::owner(&[200]).await;
    let mut command = command(folder.path(), &graph);
    let file = format!("{SALON}\n{}", owner::webhook(&told));
    std::fs::write(folder.path().join("salon.toml"), file).unwrap();
    command.env("OWNER_SECRET", owner::OWNER_SECRET);
    let server = Frontdesk::spawn(command).await;
    let line = Line {
        folder,
        graph,
        server,
    };
    let sheena = phone("+12025550137");
    let services = line.say(&sheena, "1", "Hi").await;
    let times = line.tap(&sheena, "2", &services, "Haircut").await;
    let (_, first) = times.taps().remove(0);
    let confirm = line.tap(&sheena, "3", &times, &first).await;
    let booked = line.tap(&sheena, "4", &confirm, "Yes").await;
    line.becomes_replies(&["sent"; 4]).await;
    for status in ["sent", "failed", "failed"] {
        let code = (status == "failed").then_some(131_026);
        line.deliver(META.status(&booked, status, code)).await;
    }
    line.becomes_replies(&["sent", "sent", "sent", "dead"])
        .await;
    // An answer that is about no appointment is no news.
    line.deliver(META.status(&services, "failed", Some(131_026)))
        .await;
    let calls = owner::calls(&told, 2).await;
    let kinds: Vec<_> = calls.iter().map(|call| owner::checked(call).1).collect();
    assert_eq!(kinds[0]["type"], "booked");
    assert_eq!(kinds[1]["type"], "undelivered");
    assert!(kinds[1]["text"].as_str().unwrap().contains("Haircut"));
    let dead = "frontdesk_deliveries_total{channel=\"whatsapp\",outcome=\"dead\"}";
    assert_eq!(line.server.metric(dead).await, 2);
    let listed = "SELECT count(*) FROM outbox WHERE state = 'dead' AND discarded = 0";
    assert_eq!(stored(line.folder(), listed), 2);
    eventually(async || line.server.metric("frontdesk_outbox_pending").await == 0).await;
    assert_eq!(owner::calls(&told, 2).await.len(), 2);
    let log = line.server.stop().await;
    let warned = log.iter().filter(|line| line.contains("was not delivered"));
    let warned: Vec<_> = warned.collect();
    assert_eq!(warned.len(), 2, "{log:#?}");
    assert!(
        warned[0].contains("WARN") && warned[0].contains("131026"),
        "{warned:?}"
    );
}

#[tokio::test]
async fn a_message_whose_answer_was_lost_is_not_sent_again_once_a_status_proves_it() {
    let line = Line::open().await;
    line.graph.fail([Fault::LostAnswer]);
    let greeting = line.say(&phone("+12025550137"), "1", "Hi").await;
    line.becomes(&["ambiguous"]).await;
    line.deliver(META.status(&greeting, "sent", None)).await;
    line.becomes(&["sent"]).await;
    assert_eq!(line.graph.taken().len(), 1);
    let part = format!(
        "SELECT count(*) FROM sent_parts WHERE message = '{}'",
        greeting.id
    );
    assert_eq!(stored(line.folder(), &part), 1);
}

#[tokio::test]
async fn a_failure_that_passes_does_not_change_the_order() {
    let line = Line::open().await;
    let sheena = phone("+12025550137");
    line.graph.fail([
        Fault::Code(400, 131_056),
        Fault::RetryAfter(500, 131_016, "0"),
    ]);
    line.deliver(META.text(&sheena, "1", "Hi")).await;
    eventually(async || line.graph.calls() > 1).await;
    line.deliver(META.text(&sheena, "2", "haircut")).await;
    let taken = line.graph.taken_at_least(2).await;
    assert!(
        taken[0].words().contains("Luna Salon"),
        "{}",
        taken[0].words()
    );
    assert!(taken[1].words().contains("Haircut"), "{}", taken[1].words());
    line.becomes(&["sent"; 2]).await;
}

#[tokio::test]
async fn who_has_to_wait_holds_up_nobody_else() {
    let line = Line::open().await;
    line.graph.fail([Fault::RetryAfter(400, 131_056, "600")]);
    line.deliver(META.text(&phone("+12025550137"), "1", "Hi"))
        .await;
    line.becomes(&["pending"]).await;
    line.server.logged("pair_rate").await;
    line.say(&phone("+12025550138"), "2", "Hi").await;
    line.becomes(&["pending", "sent"]).await;
}

#[tokio::test]
async fn a_refused_token_makes_health_degraded_and_the_message_waits() {
    let line = Line::open().await;
    assert_eq!(line.server.get("/health").await.1["status"], "ok");
    line.graph.fail([Fault::Code(401, 190)]);
    line.deliver(META.text(&phone("+12025550137"), "1", "Hi"))
        .await;
    line.server.logged("the provider refuses us: token").await;
    line.becomes(&["pending"]).await;
    let (status, health) = line.server.get("/health?strict=1").await;
    assert_eq!(status, 503);
    assert_eq!(health["checks"]["whatsapp_replies"]["status"], "degraded");
    let (status, health) = line.server.get("/health").await;
    assert_eq!((status, &health["status"]), (200, &json!("degraded")));
    assert_eq!(line.graph.taken().len(), 0);
    // The next one is taken, and health is well again.
    line.say(&phone("+12025550138"), "2", "Hi").await;
    line.becomes(&["pending", "sent"]).await;
    assert_eq!(line.server.get("/health").await.1["status"], "ok");
}

#[tokio::test]
async fn what_meta_will_never_take_is_given_up() {
    let line = Line::open().await;
    line.graph
        .fail([Fault::Code(400, 131_026), Fault::Code(400, 130_472)]);
    line.deliver(META.text(&phone("+12025550137"), "1", "Hi"))
        .await;
    line.becomes(&["dead"]).await;
    line.deliver(META.text(&phone("+12025550137"), "2", "Hi"))
        .await;
    line.becomes(&["dead", "dead"]).await;
    // What follows is not held up.
    line.say(&phone("+12025550137"), "3", "Hi").await;
    line.becomes(&["dead", "dead", "sent"]).await;
}

#[tokio::test]
async fn without_a_token_nothing_is_piled_up_and_health_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let server = Frontdesk::spawn(salon(folder.path())).await;
    let (_, health) = server.get("/health").await;
    assert_eq!(health["checks"]["no_access_token"]["status"], "degraded");
    let text = META.text(&phone("+12025550137"), "1", "Hi");
    server.deliver(&client(), text).await;
    let expired = "SELECT count(*) FROM outbox WHERE state = 'expired' AND reason = 'no_channel'";
    eventually(async || stored(folder.path(), expired) == 1).await;
    eventually(async || server.metric("frontdesk_outbox_pending").await == 0).await;
}

#[tokio::test]
async fn killed_while_sending_it_does_not_say_twice_what_a_status_proves() {
    let line = Line::open().await;
    let sheena = phone("+12025550137");
    line.graph.fail([Fault::NoAnswer]);
    let greeting = line.say(&sheena, "1", "Hi").await;
    line.becomes(&["sending"]).await;
    let Line {
        folder,
        graph,
        server,
    } = line;
    server.kill().await;

    let server = Frontdesk::spawn(command(folder.path(), &graph)).await;
    let line = Line {
        folder,
        graph,
        server,
    };
    // A second message is answered only after the first is settled: the status does that.
    line.deliver(META.text(&sheena, "2", "haircut")).await;
    eventually(async || line.server.metric("frontdesk_outbox_pending").await == 2).await;
    line.deliver(META.status(&greeting, "delivered", None))
        .await;
    let taken = line.graph.taken_at_least(2).await;
    assert!(taken[1].words().contains("Haircut"), "{:#}", taken[1].body);
    line.becomes(&["sent", "sent"]).await;
}

#[tokio::test]
async fn what_is_on_its_way_in_a_crash_is_sent_afterwards() {
    let line = Line::open().await;
    line.graph.fail([Fault::Code(400, 131_056)]);
    line.deliver(META.text(&phone("+12025550137"), "1", "Hi"))
        .await;
    line.server.logged("pair_rate").await;
    line.becomes(&["pending"]).await;
    let Line {
        folder,
        graph,
        server,
    } = line;
    server.kill().await;
    assert_eq!(graph.taken().len(), 0);
    let _server = Frontdesk::spawn(command(folder.path(), &graph)).await;
    let taken = graph.taken_at_least(1).await;
    assert!(taken[0].words().contains("Luna Salon"));
}

#[tokio::test]
async fn nobody_reads_a_phone_a_text_or_the_token_in_the_log() {
    let line = Line::open().await;
    line.graph.fail([
        Fault::Code(400, 131_026),
        Fault::Code(401, 190),
        Fault::LostAnswer,
        Fault::Garbled("Luna Salon"),
    ]);
    for (id, number) in [
        "+12025550137",
        "+12025550138",
        "+12025550139",
        "+12025550140",
    ]
    .into_iter()
    .enumerate()
    {
        let text = META.text(&phone(number), &id.to_string(), "Hi from Sheena");
        line.deliver(text).await;
        eventually(async || line.states().len() > id).await;
    }
    eventually(async || line.graph.calls() >= 8).await;
    line.becomes(&["dead", "pending", "ambiguous", "ambiguous"])
        .await;
    let Line { server, .. } = line;
    let log = server.stop().await.join("\n");
    assert!(log.contains("a message was not sent"));
    for secret in ["1202555", "Sheena", "Luna Salon", TOKEN, NUMBER] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}
