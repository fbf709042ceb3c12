//! The example agents, run as a user runs them: beside a server, over real connections.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
};

use super::{salon, stored};
use crate::support::process::{Frontdesk, client, free_port};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const TOKEN: &str = "admin-token-of-this-test";
const PHONE: &str = "+12025550137";
const BOOKED: &str = "SELECT count(*) FROM bookings WHERE status = 'booked'";

/// A running agent; it ends with the value.
struct Agent {
    _child: Child,
    url: String,
}

impl Agent {
    async fn start(mut command: Command) -> Self {
        let mut child = command
            .env("WORKFLOW_SECRET", SECRET)
            .stdout(Stdio::piped())
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.next_line().await.unwrap().unwrap_or_default();
        let url = line.strip_prefix("listening on ").unwrap().to_owned();
        Self { _child: child, url }
    }

    fn salon(&self, folder: &Path) -> Command {
        let mut command = salon(folder);
        command
            .env("WORKFLOW", "remote")
            .env("WORKFLOW_URL", &self.url)
            .env("WORKFLOW_SECRET", SECRET)
            .env("ADMIN_TOKEN", TOKEN);
        command
    }
}

/// The example's binary, which is built beside this one.
fn example(name: &str) -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let example = tests.parent().unwrap().parent().unwrap();
    example.join("examples").join(name)
}

fn python(script: &str) -> Command {
    let mut command = Command::new("python3");
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join(script));
    command
}

async fn say(server: &Frontdesk, text: &str) -> Value {
    let body = json!({"phone": PHONE, "message": text, "name": "Maria Lopez"});
    let (status, answer) = server.post(&client(), &body, 20).await.unwrap();
    assert_eq!(status, 200, "{answer}");
    let replies = answer["replies"].as_array();
    let replies = replies.unwrap_or_else(|| panic!("{answer}"));
    replies.last().unwrap_or_else(|| panic!("{answer}")).clone()
}

/// From the first word to the appointment, and once more for a time that is gone.
async fn books(server: &Frontdesk, folder: &Path) {
    let menu = say(server, "hello").await;
    assert_eq!(menu["choices"][0]["title"], "Haircut");
    let times = say(server, "haircut").await;
    let chosen = times["choices"][1]["title"].as_str().unwrap().to_owned();
    let booked = say(server, "2").await;
    assert_eq!(booked["text"], format!("Booked: haircut, {chosen}."));
    assert_eq!(stored(folder, BOOKED), 1);
    let named = format!("{BOOKED} AND name = 'Maria Lopez'");
    assert_eq!(stored(folder, &named), 1);
}

#[tokio::test]
async fn the_agent_in_rust_books_by_what_the_calendar_offers() {
    let mut command = Command::new(example("agent"));
    command.env("PORT", "0");
    let agent = Agent::start(command).await;
    let folder = tempfile::tempdir().unwrap();
    let server = Frontdesk::spawn(agent.salon(folder.path())).await;
    books(&server, folder.path()).await;
}

#[tokio::test]
async fn the_agent_in_python_books_through_the_api() {
    let folder = tempfile::tempdir().unwrap();
    // Each has to know the other's address.
    let port = free_port();
    let mut command = python("examples/agent.py");
    command
        .env("PORT", "0")
        .env("ADMIN_TOKEN", TOKEN)
        .env("FRONTDESK_URL", format!("http://127.0.0.1:{port}"));
    let agent = Agent::start(command).await;
    let mut command = agent.salon(folder.path());
    command.env("PORT", port.to_string());
    let server = Frontdesk::spawn(command).await;
    books(&server, folder.path()).await;
}

#[tokio::test]
async fn neither_agent_answers_who_does_not_sign() {
    let mut rust = Command::new(example("agent"));
    rust.env("PORT", "0");
    let mut python = python("examples/agent.py");
    python.env("PORT", "0").env("ADMIN_TOKEN", TOKEN);
    for command in [rust, python] {
        let agent = Agent::start(command).await;
        let call = client().post(&agent.url).body("{}");
        assert_eq!(call.send().await.unwrap().status(), 401);
        let call = client()
            .post(&agent.url)
            .header("webhook-id", "t1-1-1-r0")
            .header("webhook-timestamp", "1")
            .header("webhook-signature", "v1,AAAA")
            .body("{}");
        assert_eq!(call.send().await.unwrap().status(), 401);
    }
}
