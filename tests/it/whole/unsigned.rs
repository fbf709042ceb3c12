//! Without a secret: the machine itself is let in, and nobody who only names a phone.

use std::path::Path;

use serde_json::{Value, json};
use tokio::process::Command;

use super::salon;
use crate::support::process::{Frontdesk, client, command};

const PHONE: &str = "+12025550137";
const REPLIES: &str = "/webhook/replies?thread_id=%2B12025550137";

fn first_try(folder: &Path) -> Command {
    let mut command = command(folder);
    command.env_remove("GHL_WEBHOOK_SECRET");
    command
}

/// A salon with both providers, which takes unsigned requests all the same.
fn allowed(folder: &Path) -> Command {
    let mut command = salon(folder);
    command
        .env_remove("GHL_WEBHOOK_SECRET")
        .env("ALLOW_UNSIGNED", "true");
    command
}

async fn said(server: &Frontdesk, message: &str, headers: &[(&str, &str)]) -> (u16, Value) {
    let body = json!({"phone": PHONE, "message": message}).to_string();
    let mut request = client()
        .post(format!("{}/webhook", server.url))
        .header("content-type", "application/json")
        .header("prefer", "wait=20")
        .body(body);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    answered(request).await
}

async fn answered(request: reqwest::RequestBuilder) -> (u16, Value) {
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn naming_a_phone_from_elsewhere_neither_reads_its_conversation_nor_cancels_its_booking() {
    for start in [first_try, allowed] {
        let folder = tempfile::tempdir().unwrap();
        let server = Frontdesk::spawn(start(folder.path())).await;
        let (status, answer) = said(&server, "Hi", &[]).await;
        assert_eq!(status, 200, "{answer}");
        assert_ne!(answer["replies"], json!([]), "{answer}");
        for header in [
            ("x-forwarded-for", "203.0.113.7"),
            ("x-forwarded-for", "127.0.0.1"),
            ("forwarded", "for=127.0.0.1"),
            ("x-real-ip", "127.0.0.1"),
            ("via", "1.1 proxy"),
            ("host", "desk.example.com"),
        ] {
            let read = client().get(format!("{}{REPLIES}", server.url));
            for (status, refused) in [
                said(&server, "cancel my appointment", &[header]).await,
                answered(read.header(header.0, header.1)).await,
            ] {
                assert_eq!(status, 401, "{header:?}: {refused}");
                assert_eq!(refused["error"], "invalid_signature");
                let message = refused["message"].as_str().unwrap();
                assert!(message.contains("GHL_WEBHOOK_SECRET"), "{message}");
            }
        }
        let (status, page) = server.get(REPLIES).await;
        assert_eq!(status, 200, "{page}");
        let replies = page["replies"].as_array().unwrap();
        assert_eq!(replies.len(), answer["replies"].as_array().unwrap().len());
        assert_eq!(server.metric("frontdesk_messages_accepted_total").await, 1);
    }
}

#[tokio::test]
async fn behind_a_proxy_on_the_same_machine_nobody_is_local() {
    let folder = tempfile::tempdir().unwrap();
    let mut behind_proxy = first_try(folder.path());
    behind_proxy.env("TRUSTED_PROXIES", "127.0.0.1");
    let server = Frontdesk::spawn(behind_proxy).await;
    for headers in [&[][..], &[("x-forwarded-for", "127.0.0.1")]] {
        let (status, refused) = said(&server, "Hi", headers).await;
        assert_eq!(status, 401, "{refused}");
    }
}

#[tokio::test]
async fn check_says_who_is_let_in() {
    let folder = tempfile::tempdir().unwrap();
    let output = first_try(folder.path()).arg("check").output().await;
    let text = String::from_utf8(output.unwrap().stdout).unwrap();
    assert!(text.contains("open to this machine only"), "{text}");
    assert!(text.contains("set GHL_WEBHOOK_SECRET"), "{text}");
}
