//! What `send` and `chat` write to a server, and what they show of its answers.

use std::{process::ExitCode, time::Duration};

use chrono::{DateTime, Utc};
use clap::Parser;
use frontdesk::{
    booking::zone::Zone,
    cli::{
        chat,
        client::{self, Client, DirectMessage, HighlevelMessage, Request, WhatsappMessage},
        send,
    },
    message::{Arrival, BusinessId, Content, InboundMessage, PhoneNumber, Trust},
    signature::{
        Secret, Secrets, Unsigned,
        ed25519::{PublicKeys, SigningKey},
    },
    source::{Direct, Highlevel, Owner, Routes, Source, Whatsapp},
};
use serde_json::json;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{body_partial_json, header, header_exists, method, path},
};

use crate::support::{ManualClock, pkcs8};

const NOW: &str = "2026-03-02T15:00:00Z";
const SECRET: &str = "open-sesame";
const LOCATION: &str = "l1C08ntBrFjLS0elLIYU";

#[derive(Parser)]
struct Command<A: clap::Args> {
    #[command(flatten)]
    args: A,
}

fn args<A: clap::Args>(words: &[&str]) -> A {
    let words = ["frontdesk"].iter().chain(words);
    Command::<A>::try_parse_from(words).unwrap().args
}

fn now() -> DateTime<Utc> {
    NOW.parse().unwrap()
}

fn secret() -> Secret {
    Secret::new(SECRET).unwrap()
}

fn secrets() -> Secrets {
    Secrets::parse(SECRET).unwrap()
}

fn phone() -> PhoneNumber {
    PhoneNumber::parse("+12025550100").unwrap()
}

fn routes() -> Routes {
    Routes::new(vec![Owner {
        business: BusinessId::new("luna"),
        zone: Zone::by_name("UTC").unwrap(),
        phone_number_ids: Vec::new(),
        location_ids: vec![LOCATION.to_owned()],
        country: None,
    }])
    .unwrap()
}

/// The message that a source makes of a request.
fn received(source: &dyn Source, request: &Request) -> InboundMessage {
    let body = request.body.clone().into();
    let verified = source.authenticate(&request.headers, body, now()).unwrap();
    let mut arrivals = source.parse(&request.headers, verified, now()).unwrap();
    let Some(Arrival::Message(message)) = arrivals.pop() else {
        panic!("no message");
    };
    assert_eq!(message.content, Content::Text { text: "Hi".into() });
    assert_eq!(message.contact.phone, Some(phone()));
    message
}

#[test]
fn the_direct_source_takes_what_an_own_client_sends() {
    let phone = phone();
    let message = DirectMessage {
        text: "Hi",
        phone: &phone,
        name: Some("Ana"),
        thread_id: Some("thread-1"),
        wait: Duration::from_secs(7),
    };
    let source = |secrets| Direct::new(BusinessId::new("luna"), secrets, Unsigned::Accept);
    let signed = message.request(Some(&secret()), "id-1", now());
    assert_eq!(signed.headers["prefer"], "wait=7");
    let verified = received(&source(Some(secrets())), &signed);
    assert_eq!(verified.thread.trust, Trust::Verified);
    assert_eq!(verified.id.unwrap().as_str(), "id-1");
    assert_eq!(&*verified.thread.key, "thread-1");
    assert_eq!(verified.contact.name.as_deref(), Some("Ana"));

    let unsigned = received(&source(None), &message.request(None, "id-1", now()));
    assert_eq!(unsigned.thread.trust, Trust::Unverified);
    assert_eq!(unsigned.id.unwrap().as_str(), "id-1");
}

#[test]
fn the_whatsapp_source_takes_what_meta_would_send() {
    let phone = phone();
    let message = WhatsappMessage {
        text: "Hi",
        phone: &phone,
        name: Some("Ana"),
        phone_number_id: "1",
    };
    let request = message.request(&secret(), "id-1", now());
    let received = received(&Whatsapp::new(routes(), secrets()), &request);
    assert_eq!(&*received.thread.key, "1:12025550100");
    assert_eq!(received.contact.name.as_deref(), Some("Ana"));
    assert_eq!(received.sent_at, Some(now()));
}

#[test]
fn the_highlevel_source_takes_what_a_workflow_and_an_app_would_send() {
    let phone = phone();
    let message = HighlevelMessage {
        text: "Hi",
        phone: &phone,
        name: Some("Ana"),
        contact_id: "contact-1",
    };
    let key = SigningKey::parse(&pkcs8()).unwrap();
    let keys = PublicKeys::parse(&key.public_key()).unwrap();
    let source = Highlevel::new(routes(), keys, Some(secrets()));
    let action = received(&source, &message.action(&secret(), None, "id-1"));
    let event = received(&source, &message.event(&key, LOCATION, "id-1", now()));
    assert_eq!(action.contact.name.as_deref(), Some("Ana"));
    assert_eq!(event.sent_at, Some(now()));
    assert_eq!(action.thread, event.thread);
    assert_eq!(action.id, event.id);
    assert_eq!(action.fingerprint, event.fingerprint);
}

/// What `send` prints and how it ends.
async fn sent(words: &[&str], keys: &send::Keys) -> Result<(String, ExitCode), send::Error> {
    let mut out = Vec::new();
    let code = send::run(&args(words), keys, &ManualClock::at(NOW), &mut out).await?;
    Ok((String::from_utf8(out).unwrap(), code))
}

fn accepted(replies: &serde_json::Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(json!({
        "status": "accepted", "message": "stored", "thread_id": "+12025550100",
        "message_id": "m", "timestamp": NOW, "turn_id": "t", "replies": replies,
    }))
}

fn question() -> serde_json::Value {
    json!([
        {"kind": "text", "text": "Hello!"},
        {"kind": "choices", "text": "Which one?", "choices": [
            {"id": "a", "title": "Haircut", "description": "30 minutes"},
            {"id": "b", "title": "Colour"},
        ]},
    ])
}

#[tokio::test]
async fn send_prints_the_replies_with_their_choices_numbered() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/webhook"))
        .and(header("prefer", "wait=10"))
        .and(header_exists("webhook-signature"))
        .and(body_partial_json(
            json!({"message": "Hi", "phone": "+12025550100"}),
        ))
        .respond_with(accepted(&question()))
        .expect(1)
        .mount(&server)
        .await;
    let keys = send::Keys {
        direct: Some(secrets()),
        ..send::Keys::default()
    };
    let words = ["Hi", "--phone", "+1 202 555 0100", "--url", &server.uri()];
    let (out, code) = sent(&words, &keys).await.unwrap();
    assert_eq!(
        out,
        "200 OK\naccepted\n\nHello!\n\nWhich one?\n  1. Haircut  30 minutes\n  2. Colour\n"
    );
    assert_eq!(code, ExitCode::SUCCESS);
}

#[tokio::test]
async fn send_fails_with_the_servers_own_words_when_it_refuses() {
    let server = MockServer::start().await;
    let envelope = json!({"error": "invalid_signature", "message": "no", "details": {}});
    Mock::given(path("/webhook/whatsapp"))
        .respond_with(ResponseTemplate::new(401).set_body_json(envelope))
        .mount(&server)
        .await;
    let keys = send::Keys {
        whatsapp: Some(secrets()),
        ..send::Keys::default()
    };
    let url = server.uri();
    let words = [
        "Hi",
        "--phone",
        "+12025550100",
        "--source",
        "whatsapp",
        "--url",
        &url,
    ];
    let (out, code) = sent(&words, &keys).await.unwrap();
    assert!(out.starts_with("401 Unauthorized\n"), "{out}");
    assert!(out.contains(r#""error": "invalid_signature""#), "{out}");
    assert_eq!(code, ExitCode::FAILURE);
}

#[tokio::test]
async fn send_signs_an_app_event_with_the_key_of_a_file() {
    let server = MockServer::start().await;
    Mock::given(path("/webhook/ghl"))
        .and(header_exists("x-ghl-signature"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"status": "accepted"})))
        .expect(1)
        .mount(&server)
        .await;
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(&file, pkcs8()).unwrap();
    let (url, key) = (server.uri(), file.path().to_str().unwrap());
    let words = [
        "Hi",
        "--phone",
        "+12025550100",
        "--source",
        "ghl",
        "--url",
        &url,
        "--signing-key",
        key,
    ];
    let keys = send::Keys {
        location_id: Some(LOCATION.into()),
        ..send::Keys::default()
    };
    assert_eq!(sent(&words, &keys).await.unwrap().1, ExitCode::SUCCESS);
}

#[tokio::test]
async fn send_says_what_is_missing_before_it_sends_anything() {
    let fault = async |more: &[&str]| {
        let mut words = vec!["Hi", "--phone", "+12025550100"];
        words.extend(more);
        sent(&words, &send::Keys::default())
            .await
            .unwrap_err()
            .to_string()
    };
    assert!(
        fault(&["--source", "whatsapp"])
            .await
            .starts_with("WHATSAPP_APP_SECRET")
    );
    assert!(
        fault(&["--source", "ghl"])
            .await
            .starts_with("GHL_WEBHOOK_SECRET")
    );
    let key = ["--source", "ghl", "--signing-key", "nowhere.pem"];
    assert!(fault(&key).await.starts_with("GHL_LOCATION_ID"));
    let thread = ["--source", "whatsapp", "--thread-id", "t"];
    assert!(fault(&thread).await.starts_with("--thread-id"));
    assert!(
        fault(&["--url", "ftp://example.com"])
            .await
            .contains("http")
    );
}

#[tokio::test]
async fn a_server_that_is_not_there_is_named() {
    // Port 9 (discard) is not listened on.
    let words = [
        "Hi",
        "--phone",
        "+12025550100",
        "--url",
        "http://127.0.0.1:9",
    ];
    let error = sent(&words, &send::Keys::default()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the server at http://127.0.0.1:9/ does not answer"
    );
}

async fn chatted(server: &MockServer, input: &str, is_terminal: bool) -> String {
    let mut out = Vec::new();
    let console = chat::Console {
        input: input.as_bytes(),
        out: &mut out,
        is_terminal,
    };
    let args: chat::Args = args(&[]);
    let code = chat::run(
        &server.uri(),
        &args,
        Some(&secrets()),
        &ManualClock::at(NOW),
        console,
    )
    .await
    .unwrap();
    assert_eq!(code, ExitCode::SUCCESS);
    String::from_utf8(out).unwrap()
}

#[tokio::test]
async fn a_chat_shows_each_reply_until_the_input_ends() {
    let server = MockServer::start().await;
    Mock::given(body_partial_json(json!({"message": "Hi"})))
        .and(header("prefer", "wait=30"))
        .respond_with(accepted(&question()))
        .mount(&server)
        .await;
    Mock::given(body_partial_json(json!({"message": "slow"})))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"status": "accepted"})))
        .mount(&server)
        .await;
    Mock::given(body_partial_json(json!({"message": "much"})))
        .respond_with(
            ResponseTemplate::new(429)
                .set_body_json(json!({"error": "rate_limited", "message": "slow down"})),
        )
        .mount(&server)
        .await;
    Mock::given(body_partial_json(json!({"message": "bye"})))
        .respond_with(accepted(&json!([])))
        .mount(&server)
        .await;
    let out = chatted(&server, "Hi\n\n  \nslow\nmuch\nbye", false).await;
    assert_eq!(
        out,
        "> Hi\nHello!\n\nWhich one?\n  1. Haircut  30 minutes\n  2. Colour\n\n\
         > slow\n(no reply in time)\n\n\
         > much\n(429 rate_limited: slow down)\n\n\
         > bye\n(answered with nothing)\n\n"
    );
}

#[tokio::test]
async fn a_chat_ends_where_it_is_told_to() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .respond_with(accepted(&json!([{"kind": "text", "text": "Hello!"}])))
        .expect(1)
        .mount(&server)
        .await;
    let out = chatted(&server, "Hi\n/quit\nnever sent\n", true).await;
    assert_eq!(out, "> Hello!\n\n> \n");
}

#[tokio::test]
async fn a_chat_begins_anew_as_another_customer() {
    let server = MockServer::start().await;
    for phone in ["+12025550100", "+12025550101"] {
        Mock::given(body_partial_json(json!({"phone": phone})))
            .respond_with(accepted(&json!([{"kind": "text", "text": phone}])))
            .expect(1)
            .mount(&server)
            .await;
    }
    let out = chatted(&server, "Hi\n/new\nHi", false).await;
    assert_eq!(
        out,
        "> Hi\n+12025550100\n\n(+12025550101 writes)\n\n> Hi\n+12025550101\n\n"
    );
}

#[tokio::test]
async fn a_server_behind_a_path_is_reached() {
    let server = MockServer::start().await;
    Mock::given(path("/frontdesk/webhook"))
        .respond_with(accepted(&json!([])))
        .expect(1)
        .mount(&server)
        .await;
    let phone = phone();
    let message = DirectMessage {
        text: "Hi",
        phone: &phone,
        name: None,
        thread_id: None,
        wait: Duration::ZERO,
    };
    let client = Client::new(&format!("{}/frontdesk/", server.uri())).unwrap();
    let answer = client
        .post(message.request(None, "id", now()))
        .await
        .unwrap();
    assert_eq!(answer.receipt().as_deref(), Some("accepted"));
    assert!(matches!(
        Client::new("nowhere"),
        Err(client::Error::Address(_))
    ));
}

#[test]
fn what_is_wrong_is_told_within_a_small_terminal() {
    let message = "frontdesk: the setup has 1 fault, and nothing was started:\n  \
                   luna.toml: hours.tuesday[1]: must be local times such as \"09:00-17:30\", the end \
                   after the start and at most 24:00; did you mean \"09:00-17:00\"?";
    assert_eq!(frontdesk::cli::wrapped_message(message, false), message);
    insta::assert_snapshot!(frontdesk::cli::wrapped_message(message, true), @r#"
    frontdesk: the setup has 1 fault, and nothing was started:
      luna.toml: hours.tuesday[1]: must be local times such as "09:00-17:30", the
        end after the start and at most 24:00; did you mean "09:00-17:00"?
    "#);
}
