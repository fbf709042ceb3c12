//! What the owner hears of: by a signed webhook and by WhatsApp, from the whole program.

use std::path::Path;

use bytes::Bytes;
use frontdesk::signature::{Secrets, standard_webhooks};
use serde_json::Value;
use tokio::process::Command;
use wiremock::{Mock, MockServer, Request, ResponseTemplate, matchers};

use super::{SALON, booking::Customer, phone, salon};
use crate::support::{
    graph::{Graph, TOKEN},
    process::{Frontdesk, eventually, now},
};

pub(super) const OWNER_SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const MARIA: Customer = Customer {
    phone: "+12025550137",
    name: "Maria Lopez",
};

/// A salon whose owner is told as this says.
fn telling(folder: &Path, notify: &str) -> Command {
    let mut command = salon(folder);
    std::fs::write(folder.join("salon.toml"), format!("{SALON}\n{notify}")).unwrap();
    command.env("OWNER_SECRET", OWNER_SECRET);
    command
}

pub(super) fn webhook(owner: &MockServer) -> String {
    format!(
        "[notify]\nwebhook_url = \"{}/hook\"\nwebhook_secret_env = \"OWNER_SECRET\"",
        owner.uri()
    )
}

/// An owner's server that answers each call in turn, the last for ever.
pub(super) async fn owner(answers: &[u16]) -> MockServer {
    let server = MockServer::start().await;
    let last = answers.len() - 1;
    for (n, status) in answers.iter().enumerate() {
        let mock =
            Mock::given(matchers::path("/hook")).respond_with(ResponseTemplate::new(*status));
        let mock = if n < last {
            mock.up_to_n_times(1)
        } else {
            mock
        };
        mock.mount(&server).await;
    }
    server
}

pub(super) async fn calls(owner: &MockServer, count: usize) -> Vec<Request> {
    let heard = async || owner.received_requests().await.unwrap();
    eventually(async || heard().await.len() >= count).await;
    heard().await
}

/// The id and body of a call that is signed as Standard Webhooks asks.
pub(super) fn checked(call: &Request) -> (String, Value) {
    let header = |name: &str| call.headers[name].to_str().unwrap();
    let proof = standard_webhooks::Proof {
        id: header("webhook-id"),
        timestamp: header("webhook-timestamp"),
        signatures: header("webhook-signature"),
    };
    let secrets = Secrets::parse(OWNER_SECRET).unwrap();
    let body = Bytes::from(call.body.clone());
    standard_webhooks::verify(&secrets, proof, body, now()).unwrap();
    let body = serde_json::from_slice(&call.body).unwrap();
    (header("webhook-id").to_owned(), body)
}

#[tokio::test]
async fn an_owner_hears_of_a_booking_once_and_again_if_the_call_failed() {
    let (folder, owner) = (tempfile::tempdir().unwrap(), owner(&[500, 200]).await);
    let server = Frontdesk::spawn(telling(folder.path(), &webhook(&owner))).await;
    MARIA.book(&server, "Haircut").await;
    let calls = calls(&owner, 2).await;
    let (first, again) = (checked(&calls[0]), checked(&calls[1]));
    assert_eq!(first, again, "a repeat is told by its id");
    let told = first.1;
    assert_eq!(
        (&told["type"], &told["business"]),
        (&"booked".into(), &"salon".into())
    );
    assert_eq!(told["customer"]["phone"], "+12025550137");
    assert_eq!(told["booking"]["services"], serde_json::json!(["haircut"]));
    assert_eq!(told["booking"]["name"], "Maria Lopez");
    let text = told["text"].as_str().unwrap();
    assert!(
        text.contains("Maria Lopez (+12025550137) booked: Haircut"),
        "{text}"
    );

    let pending = "frontdesk_outbox_pending";
    eventually(async || server.metric(pending).await == 0).await;
    let sent = "frontdesk_deliveries_total{channel=\"owner\",outcome=\"sent\"}";
    assert_eq!(server.metric(sent).await, 1);
    let log = server.stop().await.join("\n");
    for private in ["Maria", "2025550137", OWNER_SECRET] {
        assert!(!log.contains(private), "{private} in {log}");
    }
}

#[tokio::test]
async fn an_owner_hears_who_wants_a_person() {
    let (folder, owner) = (tempfile::tempdir().unwrap(), owner(&[200]).await);
    let server = Frontdesk::spawn(telling(folder.path(), &webhook(&owner))).await;
    MARIA
        .say(&server, "1", "can I talk to a human please")
        .await;
    let (_, told) = checked(&calls(&owner, 1).await[0]);
    assert_eq!(told["type"], "person_wanted");
    let text = told["text"].as_str().unwrap();
    assert!(text.contains("can I talk to a human please"), "{text}");
}

#[tokio::test]
async fn an_owner_hears_by_whatsapp() {
    let (folder, graph) = (tempfile::tempdir().unwrap(), Graph::start().await);
    graph.approve("owner_notice", "en", 1);
    let notify = "[notify]\nwhatsapp = { to = \"+12025550199\", template = \"owner_notice\" }";
    let mut serve = telling(folder.path(), notify);
    serve
        .env("WHATSAPP_ACCESS_TOKEN", TOKEN)
        .env("WHATSAPP_API_URL", graph.url());
    let server = Frontdesk::spawn(serve).await;
    MARIA.book(&server, "Haircut").await;
    let taken = graph.taken_at_least(1).await;
    assert_eq!(taken[0].recipient, phone("+12025550199").as_str()[1..]);
    let parameter = &taken[0].body["template"]["components"][0]["parameters"][0]["text"];
    let text = parameter.as_str().unwrap();
    assert!(
        text.starts_with("Maria Lopez (+12025550137) booked: Haircut"),
        "{text}"
    );
    eventually(async || server.metric("frontdesk_outbox_pending").await == 0).await;
}

#[tokio::test]
async fn a_template_that_whatsapp_refuses_shows_in_health_and_is_told_to_the_owner_once() {
    let (folder, graph) = (tempfile::tempdir().unwrap(), Graph::start().await);
    let owner = owner(&[200]).await;
    // The file says nothing of a language code, and the template is approved under another.
    graph.approve("owner_notice", "en_US", 1);
    let notify = format!(
        "{}\nwhatsapp = {{ to = \"+12025550199\", template = \"owner_notice\" }}",
        webhook(&owner)
    );
    let mut serve = telling(folder.path(), &notify);
    serve
        .env("WHATSAPP_ACCESS_TOKEN", TOKEN)
        .env("WHATSAPP_API_URL", graph.url())
        .env("GHL_API_TOKEN", "unused")
        .env("GHL_API_URL", "http://127.0.0.1:1");
    let server = Frontdesk::spawn(serve).await;
    let check = async || {
        let (_, health) = server.get("/health").await;
        health["checks"]["whatsapp_templates"].clone()
    };
    assert!(check().await.is_null());
    MARIA.book(&server, "Haircut").await;
    server.logged("WhatsApp refuses a message template").await;
    let degraded = check().await;
    assert_eq!(degraded["status"], "degraded", "{degraded}");
    let message = degraded["message"].as_str().unwrap();
    assert!(message.ends_with("template_missing"), "{message}");
    let told = calls(&owner, 2).await;
    let kinds = |calls: &[Request]| {
        let kinds = calls.iter().map(|call| checked(call).1["type"].clone());
        let mut kinds: Vec<_> = kinds
            .map(|kind| kind.as_str().unwrap().to_owned())
            .collect();
        kinds.sort();
        kinds
    };
    assert_eq!(kinds(&told), ["booked", "template_refused"]);
    let refused = told.iter().map(|call| checked(call).1);
    let refused = refused
        .into_iter()
        .find(|told| told["type"] == "template_refused");
    let text = refused.unwrap()["text"].as_str().unwrap().to_owned();
    assert!(text.contains("owner_notice (en)"), "{text}");

    let another = Customer {
        phone: "+12025550138",
        name: "Ana Diaz",
    };
    another.book(&server, "Haircut").await;
    calls(&owner, 3).await;
    graph.approve("owner_notice", "en", 1);
    let third = Customer {
        phone: "+12025550139",
        name: "Eva Ruiz",
    };
    third.book(&server, "Haircut").await;
    graph.taken_at_least(1).await;
    eventually(async || check().await.is_null()).await;
    let told = calls(&owner, 4).await;
    assert_eq!(
        kinds(&told),
        ["booked", "booked", "booked", "template_refused"]
    );
}
