//! What a log of everything, the metrics and the refusals do not tell: who wrote what, and by which
//! secret it was proven.

use std::time::Duration;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use frontdesk::{
    cli::client::{DirectMessage, HighlevelMessage, Request, WhatsappMessage},
    signature::{Secret, body_hmac, standard_webhooks},
};

use super::{
    APP_SECRET, LOCATION, NUMBER, YEAR_2100_MS, app_key, booking::Customer, hold_back, open, phone,
    salon,
};
use crate::support::process::{Frontdesk, SECRET, client, now, secret};

const METRICS_TOKEN: &str = "only-for-the-scraper";
const ADMIN_TOKEN: &str = "only-for-the-owner";
const VERIFY_TOKEN: &str = "only-for-meta";
const PHONE: &str = "+12025550137";
const NAME: &str = "Wilhelmina Featherstone";
const TEXT: &str = "my knees are a secret of mine";
const GUESS: &str = "a guess of the secret";

/// What must not be seen, as it may be written.
fn private() -> Vec<String> {
    let digits = PHONE.trim_start_matches('+');
    let national = &digits[1..];
    let mut private: Vec<String> = [
        PHONE,
        digits,
        national,
        "202-555-0137",
        "5550137",
        "202 555 0137",
        "%2B12025550137",
    ]
    .map(str::to_owned)
    .to_vec();
    let words = [
        NAME,
        "Wilhelmina",
        "Featherstone",
        TEXT,
        "knees",
        "secret of mine",
    ];
    private.extend(words.map(str::to_owned));
    for secret in [
        SECRET,
        APP_SECRET,
        METRICS_TOKEN,
        ADMIN_TOKEN,
        VERIFY_TOKEN,
        GUESS,
    ] {
        private.push(secret.to_owned());
        private.push(BASE64_STANDARD.encode(secret));
        private.push(hex::encode(secret));
    }
    private
}

fn assert_tells_nothing(what: &str, text: &str, private: &[String]) {
    for word in private {
        let found = text.lines().find(|line| line.contains(word.as_str()));
        assert!(found.is_none(), "{what} tells {word:?}: {found:?}");
    }
}

/// A message by each door, proven and with a proof that fails, and the signatures that would have
/// been right.
fn messages() -> (Vec<Request>, Vec<Request>, Vec<String>) {
    let (phone, app_secret) = (phone(PHONE), Secret::new(APP_SECRET).unwrap());
    let direct = DirectMessage {
        text: TEXT,
        phone: &phone,
        name: Some(NAME),
        thread_id: Some(PHONE),
        wait: Duration::from_secs(30),
    };
    let whatsapp = WhatsappMessage {
        text: TEXT,
        phone: &phone,
        name: Some(NAME),
        phone_number_id: NUMBER,
    };
    let highlevel = HighlevelMessage {
        text: TEXT,
        phone: &phone,
        name: Some(NAME),
        contact_id: "cI08i1Bls3iTB9bKgFJh",
    };
    let at = now();
    let proven = vec![
        direct.request(Some(&secret()), "d-1", at),
        whatsapp.request(&app_secret, "w-1", at),
        highlevel.action(&secret(), None, "h-1"),
        highlevel.event(&app_key(), LOCATION, "h-2", at),
        highlevel.event(&app_key(), "anotherLocation", "h-3", at),
    ];
    let guess = Secret::new(GUESS).unwrap();
    let mut event = highlevel.event(&app_key(), LOCATION, "h-4", at);
    event.body.push(' ');
    let unproven = vec![
        direct.request(Some(&guess), "d-2", at),
        whatsapp.request(&guess, "w-2", at),
        highlevel.action(&guess, None, "h-5"),
        event,
    ];
    let expected = unproven.iter().flat_map(|request| {
        let body = request.body.as_bytes();
        let by_meta = body_hmac::sign(&app_secret, body);
        let by_own = body_hmac::sign(&secret(), body);
        let standard = standard_webhooks::sign(&secret(), "d-2", at.timestamp(), body);
        [by_meta, by_own, standard, app_key().sign(body)]
    });
    let expected = expected.map(|signature| {
        let bare = signature.rsplit(['=', ',']).find(|part| part.len() > 20);
        bare.unwrap_or(&signature).to_owned()
    });
    let expected = expected.collect();
    (proven, unproven, expected)
}

/// Requests that are proven and all the same refused, with private things in them.
fn unreadable() -> Vec<Request> {
    let bodies = [
        format!("{{\"message\": \"{TEXT}\", \"phone\": \"{PHONE}\", "),
        format!("{{\"message\": \"{TEXT}\", \"phone\": \"{PHONE} {NAME}\"}}"),
        format!("{{\"message\": \"{TEXT}\", \"phone\": \"{PHONE}\", \"phone\": \"{PHONE}\"}}"),
        format!("{{\"message\": [\"{TEXT}\"], \"name\": \"{NAME}\", \"phone\": 12025550137}}"),
        format!("\"{TEXT}{}\"", " ".repeat(256 * 1024)),
    ];
    let (phone, template) = (phone(PHONE), |phone| HighlevelMessage {
        text: "",
        phone,
        name: None,
        contact_id: "",
    });
    let signed = template(&phone).action(&secret(), None, "");
    let own = bodies.iter().map(|body| Request {
        path: "/webhook",
        body: body.clone(),
        ..signed.clone()
    });
    let theirs = bodies[..1].iter().map(|body| Request {
        body: body.clone(),
        ..signed.clone()
    });
    own.chain(theirs).collect()
}

/// Does at the office what names a customer. The answers are the owner's to see; the log is not.
async fn work_at_the_office(server: &Frontdesk) {
    use reqwest::Method;
    let path = "/api/threads/1/messages";
    let booking = serde_json::json!({
        "service": "haircut", "start": TEXT, "name": NAME, "phone": PHONE,
    });
    let message = serde_json::json!({"text": TEXT});
    for (method, path, token, body) in [
        (
            Method::GET,
            "/api/bookings?phone=%2B12025550137",
            ADMIN_TOKEN,
            None,
        ),
        (Method::GET, "/api/threads/1", ADMIN_TOKEN, None),
        (Method::GET, "/api/failures", ADMIN_TOKEN, None),
        (
            Method::GET,
            "/api/bookings?phone=%2B12025550137",
            GUESS,
            None,
        ),
        (Method::POST, "/api/bookings", ADMIN_TOKEN, Some(booking)),
        (Method::POST, path, ADMIN_TOKEN, Some(message)),
        (
            Method::DELETE,
            "/api/customers/+12025550137",
            ADMIN_TOKEN,
            None,
        ),
        (
            Method::GET,
            "/calendar.ics?token=only-for-the-owner",
            GUESS,
            None,
        ),
    ] {
        let request = client().request(method, format!("{}{path}", server.url));
        let request = request.bearer_auth(token).json(&body);
        request.send().await.unwrap();
    }
}

/// Asks for every route that is read, and returns what was said.
async fn look_around(server: &Frontdesk) -> String {
    let http = client();
    let mut seen = Vec::new();
    for (path, token) in [
        ("/", None),
        ("/health", None),
        ("/livez", None),
        ("/readyz", None),
        ("/openapi.json", None),
        ("/metrics", Some(METRICS_TOKEN)),
        ("/metrics?format=prometheus", Some(METRICS_TOKEN)),
        ("/metrics", Some(GUESS)),
        ("/nothing/+12025550137?phone=%2B12025550137", None),
        ("/webhook/replies?thread_id=%2B12025550137", None),
        (
            "/webhook/whatsapp?hub.mode=subscribe&hub.challenge=7&hub.verify_token=only-for-meta",
            None,
        ),
        (
            "/webhook/whatsapp?hub.mode=subscribe&hub.challenge=7&hub.verify_token=only-for-met",
            None,
        ),
    ] {
        let mut request = http.get(format!("{}{path}", server.url));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let answer = request.send().await.unwrap();
        let headers = format!("{:?}", answer.headers());
        seen.extend([headers, answer.text().await.unwrap()]);
    }
    seen.join("\n")
}

async fn a_whole_session_tells_nothing(format: &str) {
    let folder = tempfile::tempdir().unwrap();
    let mut serve = salon(folder.path());
    serve
        .env("LOG_LEVEL", "TRACE")
        .env("LOG_FORMAT", format)
        .env("METRICS_TOKEN", METRICS_TOKEN)
        .env("ADMIN_TOKEN", ADMIN_TOKEN)
        .env("WHATSAPP_VERIFY_TOKEN", VERIFY_TOKEN);
    let server = Frontdesk::spawn(serve).await;
    let http = client();
    let customer = Customer {
        phone: PHONE,
        name: NAME,
    };
    customer.book(&server, "Haircut").await;
    let (proven, unproven, expected) = messages();
    for request in proven {
        assert_eq!(server.deliver(&http, request).await.0, 200);
    }
    let mut refusals = Vec::new();
    for request in unproven {
        let (status, answer) = server.deliver(&http, request).await;
        assert_eq!(status, 401, "{answer}");
        refusals.push(answer.to_string());
    }
    for request in unreadable() {
        let path = request.path;
        let (status, answer) = server.deliver(&http, request).await;
        assert_eq!(status >= 400, path == "/webhook", "{answer}");
        refusals.push(answer.to_string());
    }
    work_at_the_office(&server).await;
    let seen = look_around(&server).await;
    let log = server.stop().await;

    // Every request left its line, those of probes too.
    let log = log.join("\n");
    for words in [
        "/webhook/ghl",
        "/webhook/whatsapp",
        "/webhook/replies",
        "/readyz",
        "invalid_json",
        "validation_error",
        "payload_too_large",
    ] {
        assert!(log.contains(words), "no {words:?} in the log");
    }
    let private = [private(), expected].concat();
    assert_tells_nothing("the log", &log, &private);
    assert_tells_nothing("a refusal", &refusals.join("\n"), &private);
    assert_tells_nothing("a probe", &seen, &private);
}

#[tokio::test]
async fn the_log_of_a_whole_session_names_nobody_and_quotes_nothing_as_json() {
    a_whole_session_tells_nothing("json").await;
}

#[tokio::test]
async fn the_log_of_a_whole_session_names_nobody_and_quotes_nothing_as_text() {
    a_whole_session_tells_nothing("text").await;
}

/// Makes what waits unreadable, by words that a parser would quote.
fn spoil(folder: &std::path::Path) {
    let spoilt = serde_json::json!({"type": format!("{TEXT} {NAME} {PHONE}")}).to_string();
    let spoilt = open(folder).execute(
        "UPDATE messages SET content = ?1 WHERE id IN (SELECT message FROM inputs)",
        [spoilt],
    );
    assert_eq!(spoilt.unwrap(), 1);
}

#[tokio::test]
async fn a_turn_that_fails_for_good_is_logged_without_a_word_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let server = Frontdesk::spawn(salon(folder.path())).await;
    server.say(PHONE, "Hi").await;
    server.stop().await;
    hold_back(folder.path(), YEAR_2100_MS);
    let server = Frontdesk::spawn(salon(folder.path())).await;
    let message = serde_json::json!({"phone": PHONE, "message": TEXT, "name": NAME});
    let (status, answer) = server.post(&client(), &message, 0).await.unwrap();
    assert_eq!((status, &answer["status"]), (200, &"accepted".into()));
    server.stop().await;
    spoil(folder.path());
    hold_back(folder.path(), 0);

    let mut serve = salon(folder.path());
    serve.env("LOG_LEVEL", "TRACE");
    let server = Frontdesk::spawn(serve).await;
    server.settled().await;
    assert_eq!(server.metric("frontdesk_messages_dead").await, 1);
    let log = server.stop().await.join("\n");
    assert!(log.contains("a turn cannot be read"), "{log}");
    assert_tells_nothing("the log", &log, &private());
}
