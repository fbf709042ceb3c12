//! The README is run: its commands, its requests and its files are those of the program.

use std::{collections::BTreeSet, path::Path};

use frontdesk::{
    booking::Business,
    cli::client::HighlevelMessage,
    clock::{Clock as _, SystemClock},
    message::{PhoneNumber, Reply},
    signature::ed25519::SigningKey,
    workflow::remote::Answer,
};
use serde_json::{Value, json};
use tokio::process::Command;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers};

use crate::support::{
    pkcs8,
    process::{Frontdesk, SECRET, client, command},
};

const README: &str = include_str!("../../README.md");
/// Where the README's examples expect the server.
const ADDRESS: &str = "http://localhost:3000";
const PHONE: &str = "+12025550100";
const LOCATION: &str = "l1C08ntBrFjLS0elLIYU";

/// The blocks of a language, without the indent that they have in a list.
fn blocks(language: &str) -> Vec<String> {
    let fence = format!("```{language}");
    let mut lines = README.lines();
    let mut blocks = Vec::new();
    while let Some(line) = lines.find(|line| line.trim_start() == fence) {
        let indent = line.len() - line.trim_start().len();
        let block = lines.by_ref().take_while(|line| line.trim() != "```");
        blocks.push(
            block
                .map(|line| &line[indent..])
                .collect::<Vec<_>>()
                .join("\n"),
        );
    }
    blocks
}

/// The JSON examples that have a field of this name and none of the others.
fn examples(with: &str, without: &[&str]) -> Vec<Value> {
    let examples = blocks("json").into_iter().map(|block| {
        serde_json::from_str::<Value>(&block).unwrap_or_else(|error| panic!("{error}: {block}"))
    });
    let wanted = |example: &Value| {
        example.get(with).is_some() && without.iter().all(|name| example.get(name).is_none())
    };
    let found: Vec<_> = examples.filter(wanted).collect();
    assert!(!found.is_empty(), "no example with {with}");
    found
}

fn fields(json: &Value) -> BTreeSet<&str> {
    json.as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

/// A server without a secret, as the first try has it.
async fn unsigned(folder: &Path) -> Frontdesk {
    let mut command = command(folder);
    command.env_remove("GHL_WEBHOOK_SECRET");
    Frontdesk::spawn(command).await
}

async fn run(script: &str, server: &Frontdesk) -> Value {
    let output = Command::new("bash")
        .args([
            "-euo",
            "pipefail",
            "-c",
            &script.replace(ADDRESS, &server.url),
        ])
        .env("GHL_WEBHOOK_SECRET", SECRET)
        .output()
        .await
        .unwrap();
    let words = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let (stdout, stderr) = (words(&output.stdout), words(&output.stderr));
    assert!(output.status.success(), "{script}\n{stderr}");
    serde_json::from_str(&stdout).unwrap_or_else(|_| panic!("{script}\n{stdout}"))
}

#[tokio::test]
async fn every_command_is_accepted_by_a_server() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let signed = Frontdesk::start(folders[0].path()).await;
    let unsigned = unsigned(folders[1].path()).await;
    let scripts = blocks("sh");
    assert!(scripts.len() >= 5, "{scripts:#?}");
    for script in scripts {
        assert!(script.contains(ADDRESS), "{script}");
        let proves_itself = script.contains("GHL_WEBHOOK_SECRET");
        let server = if proves_itself { &signed } else { &unsigned };
        let answer = run(&script, server).await;
        assert_eq!(answer["status"], "accepted", "{script}\n{answer}");
        if script.contains("Prefer: wait") {
            assert_ne!(answer["replies"], json!([]), "{script}\n{answer}");
        }
    }
}

#[tokio::test]
async fn every_request_is_accepted_and_answers_have_the_fields_that_are_shown() {
    let folder = tempfile::tempdir().unwrap();
    let server = unsigned(folder.path()).await;
    let http = client();
    for request in examples("phone", &["contact_id", "service"]) {
        let (status, answer) = server.post(&http, &request, 0).await.unwrap();
        assert_eq!(status, 200, "{answer}");
        for shown in examples("thread_id", &["phone"]) {
            assert_eq!(fields(&shown), fields(&answer));
        }
    }
    for shown in examples("error", &[]) {
        let request = json!({"phone": "12", "message": "Hi"});
        let (status, refusal) = server.post(&http, &request, 0).await.unwrap();
        assert_eq!(status, 422, "{refusal}");
        assert_eq!(fields(&shown), fields(&refusal));
        assert_eq!(shown["error"], refusal["error"]);
        assert_eq!(fields(&shown["details"]), fields(&refusal["details"]));
    }
    for (path, field) in [("/health", "version"), ("/metrics", "uptime_seconds")] {
        let (_, answer) = server.get(path).await;
        for shown in examples(field, &[]) {
            assert_eq!(fields(&shown), fields(&answer), "{path}");
        }
    }
    for reply in examples("kind", &[]) {
        let read: Reply = serde_json::from_value(reply.clone()).unwrap();
        assert_eq!(serde_json::to_value(read).unwrap(), reply);
    }
}

#[tokio::test]
async fn what_is_shown_of_the_api_is_booked() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = command(folder.path());
    command.env("ADMIN_TOKEN", "only-for-the-owner");
    let server = Frontdesk::spawn(command).await;
    let asked = async |method: reqwest::Method, path: &str, body: &Value| -> Value {
        let request = client().request(method, format!("{}{path}", server.url));
        let request = request.bearer_auth("only-for-the-owner").json(body);
        let answer = request.send().await.unwrap().error_for_status();
        answer.unwrap().json().await.unwrap()
    };
    for mut request in examples("service", &[]) {
        let service = request["service"].as_str().unwrap();
        let free = format!("/api/availability?service={service}");
        let free = asked(reqwest::Method::GET, &free, &json!({})).await;
        // The day that is shown is over.
        request["start"] = free["slots"][0]["start"].clone();
        let booked = asked(reqwest::Method::POST, "/api/bookings", &request).await;
        assert_eq!(booked["phone"], request["phone"]);
    }
}

#[tokio::test]
async fn a_message_by_both_ways_of_highlevel_is_one_message() {
    let key = SigningKey::parse(&pkcs8()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut command = command(folder.path());
    command
        .env("GHL_LOCATION_ID", LOCATION)
        .env("GHL_PUBLIC_KEY", key.public_key());
    let server = Frontdesk::spawn(command).await;
    let post = async |request: reqwest::RequestBuilder| -> Value {
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 200);
        answer.json().await.unwrap()
    };
    let url = format!("{}/webhook/ghl", server.url);

    let template = examples("contact_id", &[]).remove(0).to_string();
    let body = [
        ("{{message.body}}", "Hi there"),
        ("{{contact.phone}}", PHONE),
        ("{{contact.id}}", "contact-1"),
        ("{{contact.name}}", "Ana Lopez"),
        ("{{location.id}}", LOCATION),
    ]
    .iter()
    .fold(template, |body, (tag, value)| body.replace(tag, value));
    assert!(!body.contains("{{"), "{body}");
    let action = client().post(&url).header("x-webhook-secret", SECRET);
    let answer = post(action.header("content-type", "application/json").body(body)).await;
    assert_eq!(answer["accepted"], 1, "{answer}");

    let event = HighlevelMessage {
        text: "Hi there",
        phone: &PhoneNumber::parse(PHONE).unwrap(),
        name: None,
        contact_id: "contact-1",
    };
    let event = event.event(&key, LOCATION, "message-1", SystemClock.now());
    let event = client().post(&url).headers(event.headers).body(event.body);
    let answer = post(event).await;
    assert_eq!(answer["duplicates"], 1, "{answer}");
    assert_eq!(server.metric("frontdesk_messages_accepted_total").await, 1);
}

#[test]
fn the_business_file_is_right() {
    let files = blocks("toml");
    let [whole, part] = files.as_slice() else {
        panic!("{files:#?}");
    };
    let business = Business::parse("luna.toml", whole).unwrap();
    assert_eq!(business.id.as_str(), "luna");
    let rest = "name = \"Luna\"\ntimezone = \"UTC\"\n[hours]\nmonday = [\"09:00-17:00\"]\n\
                [[service]]\nid = \"cut\"\nname = \"Cut\"\nminutes = 30\n";
    let business = Business::parse("luna.toml", &format!("{rest}{part}")).unwrap();
    assert!(business.calendar_elsewhere().is_some());
}

#[test]
fn the_answer_of_a_workflow_is_one_that_is_taken() {
    for answer in examples("state", &["turn"]) {
        Answer::read(answer.to_string().as_bytes()).unwrap();
        let known = ["replies", "state", "handoff", "book", "move", "cancel"];
        assert_eq!(fields(&answer), BTreeSet::from(known));
    }
}

/// The question is asked as it is shown, by a server that has the README's business.
#[tokio::test]
async fn the_question_to_a_workflow_has_the_fields_that_are_shown() {
    let agent = MockServer::start().await;
    let nothing = ResponseTemplate::new(200).set_body_json(json!({}));
    Mock::given(matchers::method("POST"))
        .respond_with(nothing)
        .mount(&agent)
        .await;
    let folder = tempfile::tempdir().unwrap();
    let mut command = command(folder.path());
    command
        .env("WORKFLOW", "remote")
        .env("WORKFLOW_URL", agent.uri())
        .env("WORKFLOW_SECRET", SECRET);
    let server = Frontdesk::spawn(command).await;
    server.say(PHONE, "Tomorrow at ten?").await;
    let asked = agent.received_requests().await.unwrap();
    let asked: Value = serde_json::from_slice(&asked[0].body).unwrap();
    let shown = &examples("turn", &[])[0];
    assert_eq!(fields(&asked), fields(shown));
    for part in ["turn", "thread", "business", "contact"] {
        assert_eq!(fields(&asked[part]), fields(&shown[part]), "{part}");
    }
    for (list, holder) in [("messages", &asked), ("services", &asked["business"])] {
        let shown = if list == "services" {
            &shown["business"]
        } else {
            shown
        };
        assert_eq!(fields(&holder[list][0]), fields(&shown[list][0]), "{list}");
    }
}
