//! HighLevel: a marketplace app's events, and what workflows are made to send.

mod appointment;
mod identity;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use frontdesk::{
    message::{
        Arrival, BusinessId, Content, DeliveryState, InboundMessage, MessageId, PhoneNumber,
        SourceKind, Takeover, Trust, UnprocessedReason,
    },
    signature::{
        self, Secrets,
        ed25519::{PublicKeys, SigningKey},
    },
    source::{Entrance as _, Highlevel, Routes, highlevel::PUBLISHED_KEY},
};
use http::HeaderMap;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Refused, any_json, deliver, fixture, fixture_names, headers, owner, routes};

const SECRET: &str = "workflow-secret";
const LOCATION: &str = "l1C08ntBrFjLS0elLIYU";
const CONTACT: &str = "cI08i1Bls3iTB9bKgFJh";

fn key(seed: u8) -> SigningKey {
    let mut der = vec![
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04,
        0x20,
    ];
    der.extend([seed; 32]);
    SigningKey::parse(&BASE64_STANDARD.encode(der)).unwrap()
}

fn source(routes: Routes) -> Highlevel {
    let keys = PublicKeys::parse(&format!("{PUBLISHED_KEY},{}", key(1).public_key())).unwrap();
    Highlevel::new(routes, keys, Some(Secrets::parse(SECRET).unwrap()))
}

fn signed(body: &str) -> HeaderMap {
    headers([("X-GHL-Signature", key(1).sign(body.as_bytes()).as_str())])
}

fn only(arrivals: Result<Vec<Arrival>, Refused>) -> Arrival {
    let mut arrivals = arrivals.unwrap();
    assert_eq!(arrivals.len(), 1);
    arrivals.remove(0)
}

fn event(body: &str) -> Arrival {
    let source = source(routes(&[], &[LOCATION]));
    only(deliver(&source, &signed(body), body.to_owned()))
}

fn action(body: &str) -> Arrival {
    action_at(&source(routes(&[], &[LOCATION])), body)
}

fn action_at(source: &Highlevel, body: &str) -> Arrival {
    let headers = headers([("X-Webhook-Secret", SECRET), ("X-GHL-Signature", "N/A")]);
    only(deliver(source, &headers, body.to_owned()))
}

/// A fixture by the door that its name says.
fn arrival(name: &str) -> Arrival {
    let body = body(name);
    if name.starts_with("action_") {
        action(&body)
    } else {
        event(&body)
    }
}

fn body(name: &str) -> String {
    fixture("highlevel", &format!("{name}.json"))
}

fn message(arrival: Arrival) -> InboundMessage {
    match arrival {
        Arrival::Message(message) => message,
        other => panic!("{other:?}"),
    }
}

fn takeover(name: &str) -> Takeover {
    match arrival(name) {
        Arrival::Takeover(takeover) => takeover,
        other => panic!("{name} is {other:?}"),
    }
}

fn text(text: &str) -> Content {
    Content::Text { text: text.into() }
}

fn media(id: Option<&str>, caption: Option<&str>) -> Content {
    Content::Media {
        kind: frontdesk::message::MediaKind::Unknown,
        id: id.map(Into::into),
        caption: caption.map(Into::into),
    }
}

/// Name, content, id and phone.
type Expected = (
    &'static str,
    Content,
    Option<&'static str>,
    Option<&'static str>,
);

fn messages() -> Vec<Expected> {
    let phone = Some("+15551234567");
    let id = Some("tyW42xCD0HQpb3hhfLcx");
    let words = || text("I want to book");
    vec![
        ("inbound_sms", text("This is a test message"), id, phone),
        (
            "inbound_sms_without_message_id",
            text("This is a test message"),
            Some("abc123xyz"),
            None,
        ),
        (
            "inbound_whatsapp",
            text("Hola, ¿tienen hora mañana?"),
            id,
            phone,
        ),
        ("inbound_whatsapp_media", media(None, None), id, phone),
        (
            "inbound_sms_with_attachment",
            media(
                Some("https://storage.example.com/picture.jpg"),
                Some("Like this"),
            ),
            id,
            phone,
        ),
        (
            "inbound_custom_channel",
            text("This is a test message"),
            id,
            phone,
        ),
        ("action_snake_case", words(), None, phone),
        ("action_camel_case", words(), id, phone),
        ("action_plain_webhook", words(), None, phone),
        ("action_custom_data", words(), id, phone),
        ("action_without_location", words(), None, phone),
        ("action_without_contact_id", words(), None, phone),
        ("action_media", media(None, None), None, phone),
    ]
}

const TAKEOVERS: [&str; 3] = [
    "outbound_by_a_person",
    "outbound_by_a_user_without_source",
    "action_outbound",
];

const NOTICES: [(&str, &str); 11] = [
    ("app_install", "INSTALL"),
    ("inbound_email", "InboundMessage"),
    ("inbound_call", "InboundMessage"),
    ("inbound_voicemail", "InboundMessage"),
    ("inbound_review", "InboundMessage"),
    ("outbound_by_api", "OutboundMessage"),
    ("outbound_by_workflow", "OutboundMessage"),
    ("outbound_call_by_a_person", "OutboundMessage"),
    ("provider_outbound_message", "SMS"),
    ("unknown_event", "HologramCreate"),
    ("action_email", "WorkflowMessage"),
];

const UNPROCESSED: [(&str, UnprocessedReason); 5] = [
    ("another_location", UnprocessedReason::Unrouted),
    ("event_without_type", UnprocessedReason::NotUnderstood),
    ("action_another_location", UnprocessedReason::Unrouted),
    ("action_without_message", UnprocessedReason::NotUnderstood),
    ("action_without_customer", UnprocessedReason::NotUnderstood),
];

#[test]
fn every_fixture_is_in_a_table() {
    let mut named: Vec<&str> = messages().iter().map(|(name, ..)| *name).collect();
    named.extend(TAKEOVERS);
    named.extend(NOTICES.map(|(name, _)| name));
    named.extend(UNPROCESSED.map(|(name, _)| name));
    named.extend(appointment::FIXTURES);
    named.push("action_broken.txt");
    let named = named.into_iter().map(ToOwned::to_owned).collect();
    assert_eq!(fixture_names("highlevel"), named);
}

#[test]
fn each_message_says_what_the_customer_wrote() {
    for (name, content, id, phone) in messages() {
        let message = message(arrival(name));
        assert_eq!(
            serde_json::to_value(&message.content).unwrap(),
            serde_json::to_value(&content).unwrap(),
            "{name}"
        );
        assert_eq!(message.id.as_ref().map(MessageId::as_str), id, "{name}");
        let known = message.contact.phone.as_ref().map(PhoneNumber::as_str);
        assert_eq!(known, phone, "{name}");
        assert_eq!(message.thread.business, BusinessId::new("luna"));
        assert_eq!(message.thread.source, SourceKind::Highlevel);
        assert_eq!(message.thread.trust, Trust::Verified);
        let customer = if name == "action_without_contact_id" {
            "+15551234567"
        } else {
            CONTACT
        };
        assert_eq!(
            &*message.thread.key,
            format!("{LOCATION}:{customer}"),
            "{name}"
        );
    }
}

#[test]
fn an_event_tells_when_it_was_written() {
    let sent_at = |name| message(arrival(name)).sent_at;
    assert_eq!(
        sent_at("inbound_sms"),
        Some("2021-04-21T11:31:45.750Z".parse().unwrap())
    );
    assert_eq!(
        sent_at("inbound_sms_without_message_id"),
        Some("2025-01-28T14:35:00Z".parse().unwrap())
    );
    assert_eq!(sent_at("action_snake_case"), None);
}

#[test]
fn a_workflow_tells_the_name_whole_or_in_two() {
    for name in [
        "action_snake_case",
        "action_camel_case",
        "action_plain_webhook",
    ] {
        let message = message(arrival(name));
        assert_eq!(
            message.contact.name.as_deref(),
            Some("Sheena Nelson"),
            "{name}"
        );
        assert_eq!(
            message.contact.provider_id.as_deref(),
            Some(CONTACT),
            "{name}"
        );
    }
}

/// An inbound event whose fields are changed; `null` takes one away.
fn inbound(changes: &Value) -> Arrival {
    let mut json: Value = serde_json::from_str(&body("inbound_sms")).unwrap();
    let fields = json.as_object_mut().unwrap();
    for field in [
        "messageType",
        "messageTypeString",
        "messageTypeId",
        "conversationProviderId",
    ] {
        fields.remove(field);
    }
    for (field, value) in changes.as_object().unwrap() {
        fields.insert(field.clone(), value.clone());
    }
    event(&json.to_string())
}

#[test]
fn a_message_tells_what_it_is_answered_by() {
    let custom = "TYPE_CUSTOM_PROVIDER_SMS";
    for (told, medium) in [
        (json!({"messageType": "SMS"}), Some("SMS")),
        (json!({"messageType": "TYPE_WHATSAPP"}), Some("WhatsApp")),
        (json!({"messageType": "WhatsApp"}), Some("WhatsApp")),
        (json!({"messageType": "RCS"}), Some("RCS")),
        (json!({"messageType": "TYPE_INSTAGRAM"}), Some("IG")),
        (json!({"messageType": "FB"}), Some("FB")),
        (json!({"messageType": "TYPE_FACEBOOK"}), Some("FB")),
        (json!({"messageType": "GMB"}), Some("GMB")),
        (json!({"messageType": "Live_Chat"}), Some("Live_Chat")),
        (json!({"messageType": "Live Chat"}), Some("Live_Chat")),
        (json!({"messageType": "TYPE_TIKTOK"}), Some("TIKTOK")),
        (json!({"messageTypeString": "TYPE_GMB"}), Some("GMB")),
        (json!({"messageTypeId": 18}), Some("IG")),
        (json!({"messageType": "Custom"}), Some("Custom")),
        (
            json!({"messageType": "Custom", "conversationProviderId": "p1"}),
            Some("Custom:p1"),
        ),
        (
            json!({"messageType": custom, "conversationProviderId": "p1"}),
            Some("Custom:p1"),
        ),
        (
            json!({"messageTypeString": custom, "conversationProviderId": "p1"}),
            Some("Custom:p1"),
        ),
        (
            json!({"messageType": "SMS", "conversationProviderId": "p1"}),
            Some("SMS:p1"),
        ),
        (
            json!({"messageType": "Custom", "conversationProviderId": ""}),
            Some("Custom"),
        ),
        (json!({"conversationProviderId": "p1"}), None),
        (json!({}), None),
    ] {
        let message = message(inbound(&told));
        assert_eq!(message.contact.medium.as_deref(), medium, "{told}");
    }
}

#[test]
fn a_type_that_is_told_and_not_known_is_a_failure_and_not_a_guess() {
    for kind in [
        "TYPE_SOMETHING_NEW",
        "Hologram",
        "GroupSMS",
        "TYPE_CAMPAIGN_SMS",
        "?",
    ] {
        let Arrival::Unprocessed(kept) = inbound(&json!({"messageType": kind})) else {
            panic!("{kind} was processed");
        };
        assert_eq!(kept.reason, UnprocessedReason::NotUnderstood, "{kind}");
        assert_eq!(kept.business, Some(BusinessId::new("luna")));
        let by_workflow = json!({"message": {"type": kind, "body": "Hi"}, "contact_id": CONTACT});
        let Arrival::Unprocessed(kept) = action(&by_workflow.to_string()) else {
            panic!("{kind} of a workflow was processed");
        };
        assert_eq!(kept.reason, UnprocessedReason::NotUnderstood, "{kind}");
    }
    assert!(matches!(
        inbound(&json!({"messageTypeId": 99})),
        Arrival::Unprocessed(_)
    ));
}

#[test]
fn what_is_no_conversation_is_silent() {
    for kind in [
        "TYPE_LIVE_CHAT_INFO_MESSAGE",
        "TYPE_ACTIVITY_CONTACT",
        "TYPE_ACTIVITY_EMPLOYEE_ACTION_LOG",
        "TYPE_INFO_FACEBOOK_COMMENT",
        "TYPE_INTERNAL_COMMENT",
        "TYPE_INTERNAL_CHAT",
        "TYPE_TIKTOK_COMMENT",
        "TYPE_SMS_REVIEW_REQUEST",
        "TYPE_SMS_NO_SHOW_REQUEST",
        "TYPE_SMS_REACTION",
        "TYPE_FORM_SUBMISSION",
        "TYPE_CUSTOM_PROVIDER_EMAIL",
        "TYPE_CUSTOM_CALL",
        "TYPE_IVR_CALL",
        "TYPE_CAMPAIGN_VOICEMAIL",
        "SYSTEM",
        "Info",
    ] {
        let arrival = inbound(&json!({"messageType": kind}));
        assert!(matches!(arrival, Arrival::Notice(_)), "{kind}: {arrival:?}");
    }
    let email = json!({"messageType": "Custom", "messageTypeString": "TYPE_CUSTOM_PROVIDER_EMAIL"});
    assert!(matches!(inbound(&email), Arrival::Notice(_)));
}

#[test]
fn a_workflow_tells_the_type_as_a_name_or_a_number_and_by_whom_it_came() {
    for (told, medium) in [
        (json!({"message": {"type": 2, "body": "Hi"}}), Some("SMS")),
        (
            json!({"message": {"type": 19, "body": "Hi"}}),
            Some("WhatsApp"),
        ),
        (
            json!({"message": {"type": "GMB", "body": "Hi"}}),
            Some("GMB"),
        ),
        (
            json!({"message": "Hi", "customData": {"messageType": "Custom", "conversationProviderId": "p1"}}),
            Some("Custom:p1"),
        ),
        (json!({"message": "Hi"}), None),
    ] {
        let mut body = told.clone();
        body["contact_id"] = CONTACT.into();
        let message = message(action(&body.to_string()));
        assert_eq!(message.contact.medium.as_deref(), medium, "{told}");
    }
}

#[test]
fn what_concerns_the_app_or_the_agency_is_a_notice_of_the_first_business() {
    let two = vec![
        owner("luna", &[], &[LOCATION]),
        owner("sol", &[], &["sols"]),
    ];
    let two = source(Routes::new(two).unwrap());
    for told in [
        json!({"type": "INSTALL", "companyId": "c1", "installType": "Company"}),
        json!({"type": "UNINSTALL", "companyId": "c1"}),
        json!({"type": "UNINSTALL", "companyId": "c1", "locationId": "another"}),
        json!({"type": "INSTALL", "locationId": "another"}),
        json!({"type": "PLAN_CHANGE", "companyId": "c1"}),
        json!({"type": "UserCreate", "companyId": "c1"}),
    ] {
        let body = told.to_string();
        let Arrival::Notice(notice) = only(deliver(&two, &signed(&body), body.clone())) else {
            panic!("{told} is no notice");
        };
        assert_eq!(notice.business, BusinessId::new("luna"), "{told}");
        assert_eq!(&*notice.kind, told["type"].as_str().unwrap());
    }
    for told in [
        json!({"type": "InboundMessage", "companyId": "c1", "locationId": "another"}),
        json!({"type": "InboundMessage"}),
        json!({"companyId": "c1"}),
    ] {
        let body = told.to_string();
        let arrival = only(deliver(&two, &signed(&body), body.clone()));
        assert!(matches!(arrival, Arrival::Unprocessed(_)), "{told}");
    }
}

#[test]
fn an_event_and_the_workflows_copy_of_it_have_one_fingerprint() {
    let of_event = |text: &str| {
        let mut event_body: Value = serde_json::from_str(&body("inbound_whatsapp")).unwrap();
        event_body["body"] = text.into();
        message(event(&event_body.to_string())).fingerprint.unwrap()
    };
    let of_action = |text: &str, contact: &str| {
        let body = json!({"message": text, "contact_id": contact});
        message(action(&body.to_string())).fingerprint.unwrap()
    };
    assert_eq!(
        of_event("I want  to\nbook "),
        of_action(" I want to book", CONTACT)
    );
    assert_eq!(of_event(""), of_action("", CONTACT));
    assert_ne!(
        of_event("I want to book"),
        of_action("I want to cook", CONTACT)
    );
    assert_ne!(
        of_event("I want to book"),
        of_action("I want to book", "another")
    );
    assert_ne!(of_event("a b"), of_event("ab"));
}

#[test]
fn a_person_who_writes_takes_the_thread_over() {
    for name in TAKEOVERS {
        let takeover = takeover(name);
        assert_eq!(
            &*takeover.thread.key,
            format!("{LOCATION}:{CONTACT}"),
            "{name}"
        );
        assert_eq!(
            takeover.contact.phone.unwrap().as_str(),
            "+15551234567",
            "{name}"
        );
        assert!(takeover.text.is_some(), "{name}");
    }
}

#[test]
fn a_message_of_ours_that_did_not_arrive_is_reported() {
    let told = |name: &str, status: &str| {
        let mut json: Value = serde_json::from_str(&body(name)).unwrap();
        json["status"] = status.into();
        event(&json.to_string())
    };
    for status in ["failed", "undelivered"] {
        for name in ["outbound_by_api", "outbound_by_workflow"] {
            let Arrival::Report(report) = told(name, status) else {
                panic!("{name} {status} is no report");
            };
            let mut json: Value = serde_json::from_str(&body(name)).unwrap();
            assert_eq!(json["messageId"].take(), report.message.as_str());
            assert_eq!(report.state, DeliveryState::Failed);
            assert_eq!(report.source, SourceKind::Highlevel);
        }
        let by_a_person = told("outbound_by_a_person", status);
        assert!(matches!(by_a_person, Arrival::Takeover(_)), "{status}");
    }
    let sent = told("outbound_by_api", "delivered");
    assert!(matches!(sent, Arrival::Notice(_)));
}

#[test]
fn what_starts_no_turn_is_a_notice_with_its_raw_json() {
    for (name, kind) in NOTICES {
        let Arrival::Notice(notice) = arrival(name) else {
            panic!("{name} is no notice");
        };
        assert_eq!(&*notice.kind, kind, "{name}");
        assert_eq!(notice.raw, body(name).as_bytes());
        assert_eq!(notice.business, BusinessId::new("luna"));
        assert_eq!(notice.id.is_none(), name == "action_email", "{name}");
    }
}

#[test]
fn what_is_signed_and_not_ours_or_not_understood_is_kept_raw() {
    for (name, reason) in UNPROCESSED {
        let Arrival::Unprocessed(unprocessed) = arrival(name) else {
            panic!("{name} was processed");
        };
        assert_eq!(unprocessed.reason, reason, "{name}");
        assert_eq!(unprocessed.raw, body(name).as_bytes());
    }
}

#[test]
fn a_workflows_broken_json_is_kept_for_its_business() {
    let broken = fixture("highlevel", "action_broken.txt");
    for body in [broken.as_str(), "", "[]", "null"] {
        let Arrival::Unprocessed(unprocessed) = action(body) else {
            panic!("{body} was processed");
        };
        assert_eq!(unprocessed.reason, UnprocessedReason::NotUnderstood);
        assert_eq!(unprocessed.business, Some(BusinessId::new("luna")));
        assert_eq!(unprocessed.raw, body.as_bytes());

        let Arrival::Unprocessed(unprocessed) = event(body) else {
            panic!("{body} was processed");
        };
        assert_eq!(
            unprocessed.business, None,
            "HighLevel's signature tells no business"
        );
    }
}

#[test]
fn a_workflow_that_names_no_location_means_the_only_one() {
    let unnamed = body("action_without_location");
    let two = source(routes(&[], &[LOCATION, "second"]));
    assert!(matches!(action_at(&two, &unnamed), Arrival::Unprocessed(_)));
    assert!(matches!(
        action_at(&two, &body("action_snake_case")),
        Arrival::Message(_)
    ));
}

#[test]
fn a_business_secret_speaks_for_its_own_locations_only() {
    let owners = vec![
        owner("luna", &[], &[LOCATION]),
        owner("sol", &[], &["sols"]),
    ];
    let sol = BusinessId::new("sol");
    let secrets = Secrets::of_business(SECRET, &sol).unwrap();
    let keys = PublicKeys::parse(PUBLISHED_KEY).unwrap();
    let source = Highlevel::new(Routes::new(owners).unwrap(), keys, Some(secrets));

    let Arrival::Unprocessed(unprocessed) = action_at(&source, &body("action_snake_case")) else {
        panic!("luna's location was written to with sol's secret");
    };
    assert_eq!(unprocessed.reason, UnprocessedReason::Unrouted);
    assert_eq!(unprocessed.business, Some(sol.clone()));
    let unnamed = message(action_at(&source, &body("action_without_location")));
    assert_eq!(unnamed.thread.business, sol);
    assert_eq!(&*unnamed.thread.key, format!("sols:{CONTACT}"));
}

fn refusal(source: &Highlevel, headers: &HeaderMap, body: &str) -> Option<signature::Error> {
    match deliver(source, headers, body.to_owned()) {
        Ok(_) => None,
        Err(Refused::Signature(error)) => Some(error),
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn an_event_needs_a_signature_of_one_of_the_keys() {
    let source = source(routes(&[], &[LOCATION]));
    let body = body("inbound_sms");
    assert_eq!(refusal(&source, &signed(&body), &body), None);
    assert_eq!(
        refusal(&source, &signed(&body), &body[1..]),
        Some(signature::Error::Mismatch)
    );
    let stranger = headers([("X-GHL-Signature", key(2).sign(body.as_bytes()).as_str())]);
    assert_eq!(
        refusal(&source, &stranger, &body),
        Some(signature::Error::Mismatch)
    );
    for value in ["", "n/a", "AAAA", SECRET] {
        let wrong = headers([("X-GHL-Signature", value)]);
        assert_eq!(
            refusal(&source, &wrong, &body),
            Some(signature::Error::Malformed),
            "{value}"
        );
    }
    let mut twice = signed(&body);
    twice.append("x-ghl-signature", twice["x-ghl-signature"].clone());
    assert_eq!(
        refusal(&source, &twice, &body),
        Some(signature::Error::Repeated)
    );
}

#[test]
fn nothing_else_proves_an_event() {
    let source = source(routes(&[], &[LOCATION]));
    let body = body("inbound_sms");
    let right = key(1).sign(body.as_bytes());
    for headers in [
        HeaderMap::new(),
        headers([("X-GHL-Signature", "N/A")]),
        headers([("X-WH-Signature", right.as_str())]),
        headers([("X-Webhook-Signature", right.as_str())]),
    ] {
        assert_eq!(
            refusal(&source, &headers, &body),
            Some(signature::Error::Missing)
        );
    }
}

#[test]
fn a_wrong_secret_is_refused_beside_a_right_signature_and_the_other_way_round() {
    let source = source(routes(&[], &[LOCATION]));
    let body = body("inbound_sms");
    let mut both = signed(&body);
    both.append("x-webhook-secret", SECRET.parse().unwrap());
    assert_eq!(refusal(&source, &both, &body), None);
    let mut wrong_secret = signed(&body);
    wrong_secret.append("x-webhook-secret", "wrong".parse().unwrap());
    assert_eq!(
        refusal(&source, &wrong_secret, &body),
        Some(signature::Error::Mismatch)
    );
    let wrong_signature = headers([
        ("X-Webhook-Secret", SECRET),
        ("X-GHL-Signature", key(2).sign(body.as_bytes()).as_str()),
    ]);
    assert_eq!(
        refusal(&source, &wrong_signature, &body),
        Some(signature::Error::Mismatch)
    );
}

#[test]
fn without_a_secret_no_workflow_is_let_in() {
    let keys = PublicKeys::parse(PUBLISHED_KEY).unwrap();
    let source = Highlevel::new(routes(&[], &[LOCATION]), keys, None);
    let with_secret = headers([("X-Webhook-Secret", "")]);
    let refused = refusal(&source, &with_secret, &body("action_snake_case"));
    assert_eq!(refused, Some(signature::Error::Unconfigured));
    assert_eq!(
        refusal(&source, &HeaderMap::new(), "{}"),
        Some(signature::Error::Missing)
    );
}

#[test]
fn a_delivery_may_have_three_mebibytes() {
    assert_eq!(source(routes(&[], &[])).max_body_bytes(), 3 * 1024 * 1024);
}

proptest! {
    #[test]
    fn no_bytes_panic_or_get_lost(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let source = source(routes(&[], &[LOCATION]));
        let with_secret = headers([("x-webhook-secret", SECRET)]);
        only(deliver(&source, &with_secret, bytes.clone()));
        let with_signature = headers([("x-ghl-signature", key(1).sign(&bytes).as_str())]);
        only(deliver(&source, &with_signature, bytes));
    }

    #[test]
    fn no_json_panics_or_gets_lost(json in any_json()) {
        event(&json.to_string());
        action(&json.to_string());
        let mut named = json!({"locationId": LOCATION, "type": "InboundMessage", "contactId": "c"});
        named["body"] = json.clone();
        named["messageType"] = json.clone();
        event(&named.to_string());
        named["message"] = json;
        action(&named.to_string());
    }
}
