//! An own client's request: how it proves itself, and what it may say.

use bytes::Bytes;
use frontdesk::{
    message::{Arrival, BusinessId, Content, InboundMessage, MessageId, SourceKind, Trust},
    signature::{
        self, Scheme, Secret, Secrets, Unsigned, body_hmac,
        field_hmac::{self, Fields},
        standard_webhooks,
    },
    source::{Direct, Invalid, InvalidField, Source as _},
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
fn each_way_to_prove_a_request_is_accepted() {
    let signature = body_hmac::sign(&secret(), BODY.as_bytes());
    for (pairs, scheme) in [
        (
            vec![("x-webhook-signature", signature.clone())],
            Scheme::BodyHmac,
        ),
        (
            vec![("x-hub-signature-256", signature[7..].to_uppercase())],
            Scheme::BodyHmac,
        ),
        (standard("id-1", BODY).to_vec(), Scheme::StandardWebhooks),
        (
            vec![("x-webhook-secret", SECRET.to_owned())],
            Scheme::SharedSecret,
        ),
        (
            vec![("x-webhook-secret", "older".to_owned())],
            Scheme::SharedSecret,
        ),
    ] {
        let verified = secured()
            .authenticate(&with(&pairs), Bytes::from(BODY), now())
            .unwrap();
        assert_eq!(verified.evidence().scheme, scheme);
        let message = message(deliver(&secured(), &with(&pairs), BODY));
        assert_eq!(message.thread.trust, Trust::Verified);
    }
}

#[test]
fn without_any_proof_a_request_is_refused_where_there_is_a_secret() {
    assert_eq!(
        refusal(&headers([JSON]), BODY),
        Some(signature::Error::Missing)
    );
    assert_eq!(
        refusal(&headers([JSON]), "no json"),
        Some(signature::Error::Missing)
    );
}

#[test]
fn without_a_secret_the_policy_decides() {
    let closed = Direct::new(BusinessId::new("luna"), None, Unsigned::Refuse);
    let refused = deliver(&closed, &headers([JSON]), BODY).unwrap_err();
    assert_eq!(refused, Refused::Signature(signature::Error::Unconfigured));
    assert!(open().is_open() && !closed.is_open() && !secured().is_open());
}

#[test]
fn a_wrong_header_is_refused_whatever_else_is_right() {
    let right = [
        (
            "x-webhook-signature",
            body_hmac::sign(&secret(), BODY.as_bytes()),
        ),
        (
            "x-hub-signature-256",
            body_hmac::sign(&secret(), BODY.as_bytes()),
        ),
        ("x-webhook-secret", SECRET.to_owned()),
    ];
    let mut all = right.to_vec();
    all.extend(standard("id-1", BODY));
    assert_eq!(refusal(&with(&all), BODY), None);
    for at in 0..all.len() {
        let mut wrong = all.clone();
        wrong[at].1 = match wrong[at].0 {
            "webhook-id" => "id-2".to_owned(),
            "webhook-timestamp" => (now().timestamp() + 1).to_string(),
            "webhook-signature" => standard_webhooks::sign(&secret(), "id-1", 1, BODY.as_bytes()),
            "x-webhook-secret" => "closed-sesame".to_owned(),
            _ => body_hmac::sign(&secret(), b"another body"),
        };
        assert_eq!(
            refusal(&with(&wrong), BODY),
            Some(signature::Error::Mismatch),
            "{at}"
        );

        let mut twice = all.clone();
        twice.push(all[at].clone());
        assert_eq!(
            refusal(&with(&twice), BODY),
            Some(signature::Error::Repeated),
            "{at}"
        );
    }
    let [id, timestamp, signature] = standard("id-1", BODY);
    for lone in [id, timestamp, signature] {
        let mut some = right.to_vec();
        some.push(lone);
        assert_eq!(
            refusal(&with(&some), BODY),
            Some(signature::Error::Malformed)
        );
    }
}

fn by_fields(fields: Fields<'_>) -> Value {
    let signature = field_hmac::sign(&secret(), fields).unwrap();
    let mut body =
        json!({"message": fields.message, "phone": fields.phone, "signature": signature});
    if !fields.thread_id.is_empty() {
        body["thread_id"] = fields.thread_id.into();
    }
    body
}

#[test]
fn a_body_can_sign_its_own_fields_as_they_were_sent() {
    for thread_id in ["", "thread-1"] {
        let fields = Fields {
            phone: "+1 234-567",
            thread_id,
            message: " Hi\nthere ",
        };
        let body = by_fields(fields);
        let message = message(deliver(&secured(), &headers([JSON]), body.to_string()));
        assert_eq!(message.thread.trust, Trust::Verified);

        for field in ["message", "phone", "thread_id", "signature"] {
            let mut changed = body.clone();
            changed[field] = match field {
                "signature" => json!("0".repeat(64)),
                _ => json!("+1234568"),
            };
            let refused = refusal(&headers([JSON]), &changed.to_string());
            assert_eq!(refused, Some(signature::Error::Mismatch), "{field}");
        }
    }
}

#[test]
fn a_body_that_repeats_a_field_proves_nothing() {
    let fields = Fields {
        phone: "+1234567",
        thread_id: "",
        message: "Hi",
    };
    let body = by_fields(fields).to_string();
    let repeated = body.replacen('{', r#"{"message":"Cancel everything","#, 1);
    assert_eq!(
        refusal(&headers([JSON]), &repeated),
        Some(signature::Error::Malformed)
    );
    for signature in [json!(7), json!(""), json!("short")] {
        let mut body = by_fields(fields);
        body["signature"] = signature;
        assert_eq!(
            refusal(&headers([JSON]), &body.to_string()),
            Some(signature::Error::Malformed)
        );
    }
}

#[test]
fn a_right_header_is_enough_and_the_bodys_signature_is_not_looked_at() {
    let body = r#"{"message":"Hi","phone":"+1234567","signature":"optional_signature"}"#;
    let pairs = [(
        "x-webhook-signature",
        body_hmac::sign(&secret(), body.as_bytes()),
    )];
    assert_eq!(refusal(&with(&pairs), body), None);
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
fn the_secret_that_matched_selects_the_business() {
    let (luna, sol) = (BusinessId::new("luna"), BusinessId::new("sol"));
    let secrets = Secrets::of_business("luna-secret", &luna)
        .unwrap()
        .merge(Secrets::of_business("sol-secret", &sol).unwrap())
        .unwrap()
        .merge(Secrets::parse("nobodys-secret").unwrap())
        .unwrap();
    let source = Direct::new(luna.clone(), Some(secrets), Unsigned::Refuse);
    let business = |pairs: &[(&'static str, &str)]| {
        let pairs = pairs.iter().map(|(name, value)| (*name, *value));
        deliver(&source, &headers([JSON].into_iter().chain(pairs)), BODY)
            .map(|arrivals| message(Ok(arrivals)).thread.business)
    };
    assert_eq!(business(&[("x-webhook-secret", "sol-secret")]), Ok(sol));
    assert_eq!(
        business(&[("x-webhook-secret", "luna-secret")]),
        Ok(luna.clone())
    );
    assert_eq!(
        business(&[("x-webhook-secret", "nobodys-secret")]),
        Ok(luna)
    );

    // Two right proofs of two businesses leave open which is meant.
    let lunas = body_hmac::sign(&Secret::new("luna-secret").unwrap(), BODY.as_bytes());
    let both = [
        ("x-webhook-secret", "sol-secret"),
        ("x-webhook-signature", lunas.as_str()),
    ];
    assert_eq!(
        business(&both),
        Err(Refused::Signature(signature::Error::Mismatch))
    );
}

#[test]
fn a_request_without_a_body_signs_its_query() {
    let query = "thread_id=thread-1&after=7";
    let pairs = [(
        "x-webhook-signature",
        body_hmac::sign(&secret(), query.as_bytes()),
    )];
    let authenticate = |query: &'static str| {
        secured()
            .authenticate(&with(&pairs), Bytes::from_static(query.as_bytes()), now())
            .map(|_| ())
    };
    assert_eq!(authenticate(query), Ok(()));
    for other in ["thread_id=thread-2&after=7", ""] {
        assert_eq!(authenticate(other), Err(signature::Error::Mismatch));
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
