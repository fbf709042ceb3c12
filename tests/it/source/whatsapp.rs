//! Meta's Cloud API: each type of item.

mod batch;
mod identity;

use frontdesk::{
    message::{
        Arrival, BusinessId, DeliveryState, InboundMessage, MessageId, Notice, SourceKind, Trust,
        UnprocessedReason,
    },
    signature::{self, Secret, Secrets, body_hmac},
    source::{Entrance as _, Routes, Whatsapp},
};
use http::HeaderMap;
use serde_json::{Value, json};

use super::{Refused, deliver, fixture, fixture_names, headers, owner, routes};

const SECRET: &str = "test_app_secret";
const NUMBER: &str = "106540352242922";
const USER: &str = "US.13491208655302741918";

fn source(routes: Routes) -> Whatsapp {
    Whatsapp::new(routes, Secrets::parse(SECRET).unwrap())
}

fn signed(body: &str) -> HeaderMap {
    let signature = body_hmac::sign(&Secret::new(SECRET).unwrap(), body.as_bytes());
    headers([("X-Hub-Signature-256", signature.as_str())])
}

fn arrivals_at(routes: Routes, body: &str) -> Vec<Arrival> {
    deliver(&source(routes), &signed(body), body.to_owned()).unwrap()
}

fn arrivals(body: &str) -> Vec<Arrival> {
    arrivals_at(routes(&[NUMBER], &[]), body)
}

fn arrival(name: &str) -> Arrival {
    let mut arrivals = arrivals(&fixture("whatsapp", &format!("{name}.json")));
    assert_eq!(arrivals.len(), 1, "{name}");
    arrivals.remove(0)
}

fn message(name: &str) -> InboundMessage {
    match arrival(name) {
        Arrival::Message(message) => message,
        other => panic!("{name} is {other:?}"),
    }
}

fn notice(name: &str) -> Notice {
    match arrival(name) {
        Arrival::Notice(notice) => notice,
        Arrival::IdentityChange(change) => change.notice,
        other => panic!("{name} is {other:?}"),
    }
}

/// The one item of a fixture's one change.
fn item(name: &str, list: &str) -> Value {
    let body: Value = serde_json::from_str(&fixture("whatsapp", &format!("{name}.json"))).unwrap();
    body["entry"][0]["changes"][0]["value"][list][0].clone()
}

/// A delivery of these items.
fn delivery(list: &str, items: &[Value]) -> Value {
    json!({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [{
        "field": "messages",
        "value": {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "15550783881", "phone_number_id": NUMBER},
            "contacts": [{"profile": {"name": "Sheena Nelson"}, "wa_id": "16505551234"}],
            list: items,
        },
    }]}]})
}

fn contents() -> Vec<(&'static str, Value)> {
    let media = |kind: &str, id: &str, caption: Option<&str>| json!({"type": "media", "kind": kind, "id": id, "caption": caption});
    let original = "wamid.T1JJR0lOQUw=";
    let ours = "wamid.HBgLMTU1NTA3ODM4ODEVAgARGBI=";
    vec![
        (
            "text",
            json!({"type": "text", "text": "Hi, can I book a haircut for tomorrow? 😊"}),
        ),
        (
            "text_reply",
            json!({"type": "text", "text": "The second one, please"}),
        ),
        (
            "text_from_an_advertisement",
            json!({"type": "text", "text": "Is this still available?"}),
        ),
        (
            "text_without_a_number",
            json!({"type": "text", "text": "I have no number to show"}),
        ),
        (
            "text_without_contacts",
            json!({"type": "text", "text": "No contacts here"}),
        ),
        (
            "image",
            media("image", "1003383421387256", Some("Like this one")),
        ),
        ("video", media("video", "1003383421387257", None)),
        ("audio", media("audio", "1003383421387258", None)),
        ("voice", media("voice", "1003383421387259", None)),
        (
            "document",
            media("document", "1003383421387260", Some("The form")),
        ),
        ("sticker", media("sticker", "1003383421387261", None)),
        (
            "location",
            json!({"type": "location", "latitude": 37.483_307, "longitude": -122.148_981,
                "name": "Main Street Beach"}),
        ),
        ("contacts", json!({"type": "contacts", "count": 2})),
        (
            "interactive_button_reply",
            json!({"type": "choice", "id": "slot-1", "title": "Tue 10:00"}),
        ),
        (
            "interactive_list_reply",
            json!({"type": "choice", "id": "service-haircut", "title": "Haircut"}),
        ),
        (
            "interactive_flow_reply",
            json!({"type": "form",
                "response": r#"{"flow_token":"booking","day":"2025-06-10"}"#}),
        ),
        (
            "button",
            json!({"type": "choice", "id": "CONFIRM_BOOKING", "title": "Confirm"}),
        ),
        (
            "reaction",
            json!({"type": "reaction", "emoji": "👍", "to": ours}),
        ),
        (
            "reaction_removed",
            json!({"type": "reaction", "emoji": null, "to": ours}),
        ),
        (
            "order",
            json!({"type": "order", "items": 2, "text": "Love these!"}),
        ),
        (
            "edit",
            json!({"type": "edited", "original": original, "text": "Wednesday, not Tuesday"}),
        ),
        (
            "edit_of_a_caption",
            json!({"type": "edited", "original": original, "text": "Shorter than this"}),
        ),
        ("revoke", json!({"type": "revoked", "original": original})),
        ("request_welcome", json!({"type": "welcome"})),
        (
            "unsupported",
            json!({"type": "unsupported", "kind": "poll_creation"}),
        ),
        (
            "unknown_type",
            json!({"type": "unsupported", "kind": "hologram"}),
        ),
    ]
}

const STATUSES: [(&str, DeliveryState); 6] = [
    ("status_sent", DeliveryState::Sent),
    ("status_delivered", DeliveryState::Delivered),
    ("status_read", DeliveryState::Read),
    ("status_played", DeliveryState::Played),
    ("status_failed", DeliveryState::Failed),
    ("status_in_a_group", DeliveryState::Read),
];

const NOTICES: [(&str, &str); 9] = [
    ("call_permission_reply", "call_permission_reply"),
    ("system_number_changed", "system.user_changed_number"),
    (
        "system_identity_changed",
        "system.customer_identity_changed",
    ),
    ("group_text", "group.text"),
    ("status_unknown", "status.warning"),
    ("errors", "error"),
    ("account_update", "account_update"),
    (
        "message_template_status_update",
        "message_template_status_update",
    ),
    ("calls", "calls"),
];

#[test]
fn every_fixture_is_in_a_table() {
    let mut named: Vec<&str> = contents().iter().map(|(name, _)| *name).collect();
    named.extend(STATUSES.map(|(name, _)| name));
    named.extend(NOTICES.map(|(name, _)| name));
    named.extend(["smb_message_echoes", "interactive_without_its_object"]);
    let named = named.into_iter().map(ToOwned::to_owned).collect();
    assert_eq!(fixture_names("whatsapp"), named);
}

#[test]
fn each_type_of_message_says_what_the_customer_sent() {
    for (name, content) in contents() {
        let message = message(name);
        assert_eq!(
            serde_json::to_value(&message.content).unwrap(),
            content,
            "{name}"
        );
        assert_eq!(
            message.id.unwrap().as_str(),
            item(name, "messages")["id"].as_str().unwrap(),
            "{name}"
        );
        assert_eq!(message.thread.business, BusinessId::new("luna"));
        assert_eq!(message.thread.source, SourceKind::Whatsapp);
        assert_eq!(message.thread.trust, Trust::Verified);
        assert_eq!(message.fingerprint, None);
        assert_eq!(
            message.sent_at,
            Some("2025-06-08T20:59:43Z".parse().unwrap()),
            "{name}"
        );
    }
}

#[test]
fn the_customer_is_known_by_user_id_number_and_name() {
    let message = message("text");
    assert_eq!(&*message.thread.key, format!("{NUMBER}:{USER}"));
    assert_eq!(message.contact.phone.unwrap().as_str(), "+16505551234");
    assert_eq!(message.contact.provider_id.as_deref(), Some(USER));
    assert_eq!(message.contact.name.as_deref(), Some("Sheena Nelson"));
}

#[test]
fn a_customer_without_a_number_keeps_the_same_thread() {
    let message = message("text_without_a_number");
    assert_eq!(&*message.thread.key, format!("{NUMBER}:{USER}"));
    assert_eq!(message.contact.phone, None);
    assert_eq!(message.contact.name.as_deref(), Some("Sheena Nelson"));
}

#[test]
fn a_customer_without_contacts_is_known_by_the_number() {
    let message = message("text_without_contacts");
    assert_eq!(&*message.thread.key, format!("{NUMBER}:16505551234"));
    assert_eq!(message.contact.phone.unwrap().as_str(), "+16505551234");
    assert_eq!(message.contact.provider_id, None);
}

#[test]
fn a_message_without_any_sender_is_of_the_only_contact_or_not_understood() {
    let mut nameless = item("text", "messages");
    nameless.as_object_mut().unwrap().remove("from");
    let mut body = delivery("messages", std::slice::from_ref(&nameless));
    let [Arrival::Message(message)] = &arrivals(&body.to_string())[..] else {
        panic!("not a message");
    };
    assert_eq!(&*message.thread.key, format!("{NUMBER}:16505551234"));

    body["entry"][0]["changes"][0]["value"]["contacts"] = json!([{"wa_id": "1"}, {"wa_id": "2"}]);
    assert_eq!(
        reason(&arrivals(&body.to_string())[0]),
        Some(UnprocessedReason::NotUnderstood)
    );
}

#[test]
fn the_message_that_is_answered_is_kept() {
    assert_eq!(
        message("text_reply").reply_to.as_deref(),
        Some("wamid.HBgLMTU1NTA3ODM4ODEVAgARGBI=")
    );
    assert_eq!(message("text").reply_to, None);
}

#[test]
fn times_are_read_from_texts_and_numbers_and_may_be_missing() {
    let sent_at = |timestamp: Value| {
        let mut item = item("text", "messages");
        item["timestamp"] = timestamp;
        match arrivals(&delivery("messages", &[item]).to_string()).remove(0) {
            Arrival::Message(message) => message.sent_at,
            other => panic!("{other:?}"),
        }
    };
    let expected = Some("2025-06-08T20:59:43Z".parse().unwrap());
    assert_eq!(sent_at(json!("1749416383")), expected);
    assert_eq!(sent_at(json!(1_749_416_383)), expected);
    // Some deliveries tell milliseconds.
    let millis = Some("2025-06-08T20:59:43.250Z".parse().unwrap());
    assert_eq!(sent_at(json!("1749416383250")), millis);
    assert_eq!(sent_at(json!(1_749_416_383_250_i64)), millis);
    assert_eq!(sent_at(json!("soon")), None);
    assert_eq!(sent_at(json!(i64::MAX)), None);
    assert_eq!(sent_at(Value::Null), None);
}

#[test]
fn statuses_tell_how_far_a_message_came() {
    for (name, state) in STATUSES {
        let Arrival::Report(report) = arrival(name) else {
            panic!("{name} is no report");
        };
        assert_eq!(report.state, state, "{name}");
        assert_eq!(
            report.message,
            MessageId::new("wamid.HBgLMTY1MDU1NTEyMzQVAgARGBI=").unwrap()
        );
        assert_eq!(report.business, BusinessId::new("luna"));
        assert_eq!(report.at, Some("2025-06-08T20:59:50Z".parse().unwrap()));
        let reference = (name == "status_sent").then_some("outbox-17");
        assert_eq!(report.reference.as_deref(), reference);
        let participant = (name == "status_in_a_group").then_some("16505559999");
        assert_eq!(report.participant.as_deref(), participant);
        assert_eq!(
            report.error_code,
            (name == "status_failed").then_some(131_047)
        );
    }
}

#[test]
fn what_is_no_message_to_answer_is_a_notice_with_its_raw_json() {
    for (name, kind) in NOTICES {
        let notice = notice(name);
        assert_eq!(&*notice.kind, kind, "{name}");
        assert_eq!(notice.business, BusinessId::new("luna"));
        assert!(
            serde_json::from_slice::<Value>(&notice.raw)
                .unwrap()
                .is_object()
        );
    }
    assert_eq!(
        notice("group_text").id.unwrap().as_str(),
        item("group_text", "messages")["id"].as_str().unwrap()
    );
}

#[test]
fn a_repeated_account_change_has_the_same_id_and_a_later_one_another() {
    let first = notice("account_update").id.unwrap();
    assert_eq!(notice("account_update").id.unwrap(), first);
    let later = fixture("whatsapp", "account_update.json").replace("1749416399", "1749416400");
    let Arrival::Notice(later) = arrivals(&later).remove(0) else {
        panic!("no notice");
    };
    assert_ne!(later.id.unwrap(), first);
}

#[test]
fn a_person_who_writes_in_the_app_takes_the_thread_over() {
    let Arrival::Takeover(takeover) = arrival("smb_message_echoes") else {
        panic!("no takeover");
    };
    assert_eq!(takeover.id, MessageId::new("wamid.RUNITw=="));
    assert_eq!(&*takeover.thread.key, format!("{NUMBER}:16505551234"));
    assert_eq!(takeover.contact.phone.unwrap().as_str(), "+16505551234");
    assert_eq!(
        takeover.text.as_deref(),
        Some("This is Ana, I will take it from here.")
    );
}

#[test]
fn a_reaction_edit_or_revocation_of_the_staff_is_no_takeover() {
    let echo = item("smb_message_echoes", "message_echoes");
    let statements = [
        ("reaction", json!({"message_id": "wamid.1", "emoji": "👍"})),
        ("edit", json!({"original_message_id": "wamid.1"})),
        ("revoke", json!({"original_message_id": "wamid.1"})),
    ];
    for (kind, object) in statements {
        let mut echo = echo.clone();
        echo["type"] = kind.into();
        echo[kind] = object;
        let mut body = delivery("message_echoes", &[echo]);
        body["entry"][0]["changes"][0]["field"] = "smb_message_echoes".into();
        let [Arrival::Notice(notice)] = &arrivals(&body.to_string())[..] else {
            panic!("{kind} is no notice");
        };
        assert_eq!(&*notice.kind, format!("echo.{kind}"));
    }
}

#[test]
fn a_message_that_meta_could_not_read_comes_beside_its_error() {
    let body = fixture("whatsapp", "interactive_without_its_object.json");
    let [Arrival::Message(message), Arrival::Notice(error)] = &arrivals(&body)[..] else {
        panic!("not a message and a notice");
    };
    assert_eq!(
        serde_json::to_value(&message.content).unwrap(),
        json!({"type": "unsupported", "kind": "interactive"})
    );
    assert_eq!(&*error.kind, "error");
}

#[test]
fn numbers_lead_to_their_business() {
    let body = fixture("whatsapp", "text.json");
    let business = |routes| match arrivals_at(routes, &body).remove(0) {
        Arrival::Message(message) => Some(message.thread.business),
        _ => None,
    };
    assert_eq!(business(routes(&[], &[])), Some(BusinessId::new("luna")));
    let two = vec![owner("luna", &["1"], &[]), owner("sol", &[NUMBER], &[])];
    assert_eq!(
        business(Routes::new(two).unwrap()),
        Some(BusinessId::new("sol"))
    );
    let none = vec![owner("luna", &[], &[]), owner("sol", &[], &[])];
    assert_eq!(business(Routes::new(none).unwrap()), None);
}

#[test]
fn a_delivery_needs_exactly_one_right_signature_of_meta() {
    let source = source(routes(&[NUMBER], &[]));
    let body = fixture("whatsapp", "text.json");
    let refusal = |headers: &HeaderMap, body: &str| {
        deliver(&source, headers, body.to_owned()).map(|_| ()).err()
    };
    let refused = |error| Some(Refused::Signature(error));
    let right = signed(&body);
    assert_eq!(refusal(&right, &body), None);
    assert_eq!(
        refusal(&HeaderMap::new(), &body),
        refused(signature::Error::Missing)
    );
    assert_eq!(
        refusal(&right, &body[1..]),
        refused(signature::Error::Mismatch)
    );
    let secret = headers([("X-Webhook-Secret", SECRET)]);
    assert_eq!(refusal(&secret, &body), refused(signature::Error::Missing));
    let mut twice = right.clone();
    twice.append("x-hub-signature-256", right["x-hub-signature-256"].clone());
    assert_eq!(refusal(&twice, &body), refused(signature::Error::Repeated));
}

#[test]
fn a_delivery_may_have_three_mebibytes() {
    assert_eq!(source(routes(&[], &[])).max_body_bytes(), 3 * 1024 * 1024);
}

fn reason(arrival: &Arrival) -> Option<UnprocessedReason> {
    match arrival {
        Arrival::Unprocessed(unprocessed) => Some(unprocessed.reason),
        _ => None,
    }
}
