//! `frontdesk chat --url` beside a person of the business, as two processes.

use std::{path::Path, process::Stdio};

use serde_json::{Value, json};

use crate::support::process::{Frontdesk, client, command};

const PHONE: &str = "+12025550137";
const TOKEN: &str = "only-for-the-owner";

fn chat(folder: &Path, server: &Frontdesk) -> Frontdesk {
    let mut chat = command(folder);
    chat.args(["chat", "--url", &server.url, "--phone", PHONE])
        .stdin(Stdio::piped());
    Frontdesk::launch(chat)
}

async fn office(server: &Frontdesk, method: reqwest::Method, path: &str, body: Value) -> Value {
    let request = client().request(method, format!("{}{path}", server.url));
    let answer = request.bearer_auth(TOKEN).json(&body).send().await.unwrap();
    assert!(answer.status().is_success(), "{path}: {}", answer.status());
    answer.json().await.unwrap()
}

#[tokio::test]
async fn what_a_person_writes_is_shown_once_and_only_to_the_chat_that_was_there() {
    for secret in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let mut serve = command(folder.path());
        serve.env("ADMIN_TOKEN", TOKEN);
        if !secret {
            serve.env_remove("GHL_WEBHOOK_SECRET");
        }
        let server = Frontdesk::spawn(serve).await;
        let mut first = chat(folder.path(), &server);
        first.type_line("Hi").await;
        first.logged("What would you like to book?").await;
        let threads = office(&server, reqwest::Method::GET, "/api/threads", json!({})).await;
        let id = &threads["threads"][0]["id"];
        let say = async |text: &str| {
            let path = format!("/api/threads/{id}/messages");
            let body = json!({"text": text});
            office(&server, reqwest::Method::POST, &path, body).await
        };
        // Nobody types meanwhile.
        say("This is Ana, hello.").await;
        first.logged("This is Ana, hello.").await;
        // While the bot is silent, the customer goes on.
        first.type_line("Are you open today?").await;
        first.logged("(answered with nothing)").await;
        say("Until six.").await;
        first.logged("Until six.").await;
        first.type_line("/quit").await;
        let (status, lines) = first.ended().await;
        assert_eq!(status.code(), Some(0), "{lines:#?}");
        let count = |words: &str| lines.iter().filter(|line| line.contains(words)).count();
        for (words, times) in [
            ("What would you like to book?", 1),
            ("This is Ana, hello.", 1),
            ("Until six.", 1),
            ("(a person writes)", 2),
        ] {
            assert_eq!(count(words), times, "{words} in {lines:#?}");
        }
        let at = lines.iter().position(|line| line == "Until six.").unwrap();
        assert_eq!(lines[at - 1], "(a person writes)");

        let mut later = chat(folder.path(), &server);
        later.type_line("Hello again").await;
        later.logged("(answered with nothing)").await;
        later.type_line("/quit").await;
        let (_, lines) = later.ended().await;
        assert!(!lines.iter().any(|line| line.contains("Ana")), "{lines:#?}");
    }
}
