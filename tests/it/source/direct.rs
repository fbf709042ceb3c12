//! An own client's request: what it may say.

mod proof;

use frontdesk::{
    message::{Arrival, BusinessId, Content, InboundMessage, MessageId, SourceKind, Trust},
    signature::{self, Secret, Secrets, Unsigned, body_hmac, standard_webhooks},
    source::{Direct, Entrance as _, Invalid, InvalidField},
};
use http::HeaderMap;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Refused, any_json, deliver, headers, now};

const SECRET: &str = "open-sesame";
const JSON: (&str, &str) = ("content-type", "application/json");
const BODY: &str = r#"{"message": "Hi, I want to book", "phone": "+1 (234) 567-890"}"#;

fn open() -> Direct {
    Direct::new(BusinessId::new("luna"), None, Unsigned::Accept)
}

fn secured() -> Direct {
    let secrets = Secrets::parse(&format!("older,{SECRET}")).unwrap();
    Direct::new(BusinessId::new("luna"), Some(secrets), Unsigned::Accept)
}

fn secret() -> Secret {
    Secret::new(SECRET).unwrap()
}

fn message(result: Result<Vec<Arrival>, Refused>) -> InboundMessage {
    match result.unwrap().remove(0) {
        Arrival::Message(message) => message,
        other => panic!("{other:?}"),
    }
}

fn unsigned(body: &Value) -> Result<Vec<Arrival>, Refused> {
    deliver(&open(), &headers([JSON]), body.to_string())
}

/// The fields that are refused in a body.
fn faulty(body: &Value) -> Vec<&'static str> {
    match unsigned(body) {
        Err(Refused::Invalid(Invalid::Fields(fields))) => fields
            .iter()
            .map(|InvalidField { field, .. }| *field)
            .collect(),
        Ok(_) => Vec::new(),
        Err(other) => panic!("{other:?}"),
    }
}

fn refusal(headers: &HeaderMap, body: &str) -> Option<signature::Error> {
    match deliver(&secured(), headers, body.to_owned()) {
        Ok(_) => None,
        Err(Refused::Signature(error)) => Some(error),
        Err(other) => panic!("{other:?}"),
    }
}

fn standard(id: &str, body: &str) -> [(&'static str, String); 3] {
    let secs = now().timestamp();
    [
        ("webhook-id", id.to_owned()),
        ("webhook-timestamp", secs.to_string()),
        (
            "webhook-signature",
            standard_webhooks::sign(&secret(), id, secs, body.as_bytes()),
        ),
    ]
}

fn with(pairs: &[(&'static str, String)]) -> HeaderMap {
    headers(
        [JSON]
            .into_iter()
            .chain(pairs.iter().map(|(name, value)| (*name, value.as_str()))),
    )
}

#[test]
fn a_message_needs_only_words_and_a_phone() {
    let message = message(deliver(&open(), &headers([JSON]), BODY));
    assert_eq!(
        message.content,
        Content::Text {
            text: "Hi, I want to book".into()
        }
    );
    assert_eq!(message.contact.phone.unwrap().as_str(), "+1234567890");
    assert_eq!(&*message.thread.key, "+1234567890");
    assert_eq!(message.thread.business, BusinessId::new("luna"));
    assert_eq!(message.thread.source, SourceKind::Direct);
    assert_eq!(message.thread.trust, Trust::Unverified);
    assert_eq!((message.id, message.fingerprint), (None, None));
    assert_eq!(message.contact.name, None);
}

#[test]
fn all_fields_are_read_and_unknown_ones_ignored() {
    let message = message(unsigned(&json!({
        "message": "  Hi\n ", "phone": "+1234567890", "thread_id": "thread 1", "message_id": "m-1",
        "name": "Ana", "signature": null, "extra": {"a": [1, 2.5, null, true]},
    })));
    assert_eq!(message.content, Content::Text { text: "Hi".into() });
    assert_eq!(&*message.thread.key, "thread 1");
    assert_eq!(message.id, MessageId::new("m-1"));
    assert_eq!(message.contact.name.as_deref(), Some("Ana"));
}

#[test]
fn every_fault_is_named_at_once() {
    assert_eq!(faulty(&json!({})), ["message", "phone"]);
    let body = json!({"message": 1, "phone": [], "thread_id": {}, "message_id": true, "name": 1.5});
    assert_eq!(
        faulty(&body),
        ["message", "phone", "thread_id", "message_id", "name"]
    );
}

#[test]
fn each_field_has_its_bounds() {
    let good = json!({"message": "Hi", "phone": "+1234567"});
    let change = |field: &str, value: Value| {
        let mut body = good.clone();
        body[field] = value;
        faulty(&body)
    };
    assert!(faulty(&good).is_empty());
    for (field, allowed, refused) in [
        (
            "message",
            vec!["a".repeat(4096), "ä".repeat(4096)],
            vec![String::new(), " \n ".into(), "a".repeat(4097)],
        ),
        (
            "phone",
            vec!["+123456789012345".into(), "+1 234.567-89".into()],
            vec![
                String::new(),
                "1234567890".into(),
                "+123456".into(),
                "+1234567890123456".into(),
            ],
        ),
        (
            "thread_id",
            vec!["a".repeat(128), "ü".repeat(128), "a b".into()],
            vec![
                String::new(),
                " ".into(),
                "a".repeat(129),
                "a\nb".into(),
                "a\u{0}b".into(),
                "a\u{2028}b".into(),
            ],
        ),
        (
            "message_id",
            vec!["a".repeat(512)],
            vec![String::new(), "a".repeat(513)],
        ),
        (
            "name",
            vec![String::new(), "a".repeat(128)],
            vec!["a".repeat(129), "a\u{7}".into()],
        ),
    ] {
        for value in allowed {
            assert!(change(field, json!(value)).is_empty(), "{field}: {value:?}");
        }
        for value in refused {
            assert_eq!(change(field, json!(value)), [field], "{field}: {value:?}");
        }
    }
}

#[test]
fn the_body_must_be_one_json_object_without_repeats() {
    let invalid = |body: &[u8]| deliver(&open(), &headers([JSON]), body.to_vec()).unwrap_err();
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let deep_field = format!(r#"{{"message":"Hi","phone":"+1234567","x":{deep}}}"#);
    for body in [
        &b""[..],
        b"{",
        b"{\"message\": \"\xff\"}",
        b"{\"x\": \"\xff\", \"message\": \"Hi\", \"phone\": \"+1234567\"}",
        b"{} {}",
        deep_field.as_bytes(),
    ] {
        assert_eq!(invalid(body), Refused::Invalid(Invalid::Json), "{body:?}");
    }
    for body in [
        r#"["Hi", "+1234567"]"#,
        "7",
        "null",
        r#"{"message":"Hi","phone":"+1234567","message":"Bye"}"#,
    ] {
        let Refused::Invalid(Invalid::Fields(fields)) = invalid(body.as_bytes()) else {
            panic!("{body}");
        };
        assert_eq!(fields[0].field, "body", "{body}");
    }
}

#[test]
fn the_content_type_must_be_json() {
    let result = |types: &[&str]| {
        deliver(
            &open(),
            &headers(types.iter().map(|value| ("content-type", *value))),
            BODY,
        )
    };
    for right in [
        "application/json",
        "Application/JSON; charset=utf-8",
        "application/cloudevents+json",
    ] {
        assert!(result(&[right]).is_ok(), "{right}");
    }
    for wrong in [
        &[][..],
        &["text/plain"],
        &["application/x-www-form-urlencoded"],
        &["application/jsonp"],
        &["text/+json"],
        &["application/json", "application/json"],
    ] {
        assert_eq!(
            result(wrong),
            Err(Refused::Invalid(Invalid::MediaType)),
            "{wrong:?}"
        );
    }
}

#[test]
fn the_message_id_is_the_signed_one_else_the_bodys_else_the_headers() {
    let named = r#"{"message":"Hi","phone":"+1234567","message_id":"body-id"}"#;
    let nameless = r#"{"message":"Hi","phone":"+1234567"}"#;
    let id = |pairs: &[(&'static str, String)], body: &str| {
        message(deliver(&secured(), &with(pairs), body.to_owned())).id
    };
    let mut signed = standard("signed-id", named).to_vec();
    signed.push(("idempotency-key", "header-id".to_owned()));
    assert_eq!(id(&signed, named), MessageId::new("signed-id"));

    let secret = ("x-webhook-secret", SECRET.to_owned());
    let key = ("idempotency-key", "header-id".to_owned());
    let both = [secret.clone(), key];
    assert_eq!(id(&both, named), MessageId::new("body-id"));
    assert_eq!(id(&both, nameless), MessageId::new("header-id"));
    assert_eq!(id(&[secret], nameless), None);
}

#[test]
fn an_idempotency_key_that_cannot_be_one_is_a_fault() {
    let long = "a".repeat(513);
    for keys in [&["a", "a"][..], &[""], &[&long]] {
        let pairs = keys.iter().map(|key| ("idempotency-key", *key));
        let result = deliver(&open(), &headers([JSON].into_iter().chain(pairs)), BODY);
        let Err(Refused::Invalid(Invalid::Fields(fields))) = result else {
            panic!("{keys:?} was accepted");
        };
        assert_eq!(fields[0].field, "Idempotency-Key");
    }
}

#[test]
fn a_request_may_have_256_kibibytes() {
    assert_eq!(open().max_body_bytes(), 256 * 1024);
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = deliver(&open(), &headers([JSON]), bytes.clone());
        let _ = deliver(&secured(), &headers([JSON]), bytes);
    }

    #[test]
    fn no_json_panics_or_gets_past_the_secret(json in any_json()) {
        let _ = unsigned(&json);
        prop_assert!(refusal(&headers([JSON]), &json.to_string()).is_some());
    }

    #[test]
    fn what_is_accepted_is_within_its_bounds(
        text in ".{0,20}",
        thread_id in proptest::option::of(".{0,20}"),
        name in proptest::option::of(".{0,20}"),
    ) {
        let body = json!({"message": text, "phone": "+1234567", "thread_id": thread_id, "name": name});
        if let Ok(arrivals) = unsigned(&body) {
            let message = message(Ok(arrivals));
            prop_assert!(!message.thread.key.is_empty());
            prop_assert!(!message.thread.key.chars().any(char::is_control));
            let text = message.content.text().unwrap().to_owned();
            prop_assert!(!text.is_empty() && text.trim() == text);
        }
    }
}
