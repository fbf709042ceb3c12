//! The document against the running server: whatever it allows is taken, whatever it forbids is
//! refused, and every answer is as it says.

use std::path::Path;

use frontdesk::store::FailureId;
use serde_json::{Value, json};
use tokio::process::Command;

use super::salon;
use crate::support::process::{Frontdesk, SECRET, client};

const TOKEN: &str = "only-for-the-owner";
/// Bounds the run to about a minute; the seed makes each run the same.
const LIMITS: [&str; 4] = ["--max-examples", "25", "--seed", "20261127"];

/// Asks the API for something that has to work.
async fn ask(server: &Frontdesk, method: reqwest::Method, path: &str, body: Value) -> Value {
    let request = client().request(method, format!("{}{path}", server.url));
    let answer = request.bearer_auth(TOKEN).json(&body).send().await.unwrap();
    let (status, answer) = (answer.status(), answer.text().await.unwrap());
    assert!(status.is_success(), "{path}: {answer}");
    serde_json::from_str(&answer).unwrap()
}

/// Fills the server with one of each, and the configuration with their ids.
async fn configuration(server: &Frontdesk) -> String {
    server.say("+12025550137", "hello").await;
    let threads = ask(server, reqwest::Method::GET, "/api/threads", json!({})).await;
    let post = reqwest::Method::POST;
    let free = "/api/availability?service=haircut";
    let free = ask(server, reqwest::Method::GET, free, json!({})).await;
    let slots = free["slots"].as_array().unwrap();
    let body = json!({
        "service": "haircut", "start": slots[0]["start"], "name": "Maria", "phone": "+12025550137",
    });
    ask(server, post.clone(), "/api/bookings", body).await;
    let (from, to) = (&slots[20]["start"], &slots[20]["end"]);
    let block = json!({"from": from, "to": to, "reason": "lunch"});
    ask(server, post, "/api/blocks", block).await;
    let broken = client()
        .post(format!("{}/webhook/ghl", server.url))
        .header("x-webhook-secret", SECRET)
        .body("{");
    assert_eq!(broken.send().await.unwrap().status(), 200);
    let template = include_str!("../data/schemathesis.toml");
    [
        ("{token}", TOKEN),
        ("{secret}", SECRET),
        ("{thread}", &threads["threads"][0]["id"].to_string()),
        ("{failure}", &FailureId::Delivery(1).to_string()),
    ]
    .iter()
    .fold(template.to_owned(), |file, (name, value)| {
        file.replace(name, value)
    })
}

#[tokio::test]
async fn the_server_is_as_its_document_says() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = salon(folder.path());
    command
        .env("ADMIN_TOKEN", TOKEN)
        .env("WHATSAPP_VERIFY_TOKEN", "only-for-meta")
        .env("RATE_LIMIT_PER_MINUTE", "0")
        .env("IP_RATE_LIMIT_PER_MINUTE", "0");
    let server = Frontdesk::spawn(command).await;
    let file = folder.path().join("schemathesis.toml");
    std::fs::write(&file, configuration(&server).await).unwrap();
    let program =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/schemathesis/bin/schemathesis");
    let output = Command::new(&program)
        .current_dir(folder.path())
        .arg("--config-file")
        .arg(&file)
        .args(["run", &format!("{}/openapi.json", server.url)])
        .args(LIMITS)
        .args(["--no-color", "--warnings", "off"])
        .kill_on_drop(true)
        .output()
        .await
        .unwrap_or_else(|error| panic!("{error}: {}; make tools", program.display()));
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    assert!(said.contains(" passed"), "{said}");
    server.stop().await;
}
