//! Who an action or event is of, and what is no value at all.

use frontdesk::{
    message::{Arrival, BusinessId, Identity, UnprocessedReason},
    source::{Owner, Routes},
};
use serde_json::{Value, json};

use super::{LOCATION, action, action_at, message, owner, source};

fn is_a_failure(arrival: &Arrival) -> bool {
    matches!(arrival, Arrival::Unprocessed(item)
        if item.reason == UnprocessedReason::NotUnderstood)
}

/// The body with everything where workflows may put it.
fn in_every_place(fields: &Value) -> [Value; 3] {
    let words = json!({"message": {"body": "hi"}});
    let at_the_top = {
        let mut body = fields.clone();
        body["message"] = words["message"].clone();
        body
    };
    let mut custom = words.clone();
    custom["customData"] = fields.clone();
    let mut snake = words;
    snake["custom_data"] = fields.clone();
    [at_the_top, custom, snake]
}

#[test]
fn a_merge_tag_that_was_not_filled_in_is_no_value() {
    for tag in [
        "{{contact.id}}",
        "{{ contact.id }}",
        "x{{contact.id}}",
        "{{contact.id",
    ] {
        for body in in_every_place(&json!({"contact_id": tag})) {
            assert!(is_a_failure(&action(&body.to_string())), "{body}");
        }
        let fields = json!({
            "contact_id": tag, "phone": "+12025550161", "messageId": "{{message.id}}",
            "name": "{{contact.first_name}} {{contact.last_name}}", "conversation_id": tag,
            "locationId": "{{location.id}}", "direction": "{{message.direction}}",
        });
        for body in in_every_place(&fields) {
            let read = message(action(&body.to_string()));
            assert_eq!(
                *read.thread.key,
                *format!("{LOCATION}:+12025550161"),
                "{body}"
            );
            let contact = &read.contact;
            assert_eq!(
                (&contact.provider_id, &contact.name, &read.id),
                (&None, &None, &None)
            );
            assert_eq!(contact.also, []);
        }
    }
    for body in in_every_place(&json!({"phone": "{{contact.phone}}"})) {
        assert!(is_a_failure(&action(&body.to_string())), "{body}");
    }
}

#[test]
fn words_that_are_nothing_but_a_merge_tag_are_none() {
    for words in ["{{message.body}}", " {{ message.body }} "] {
        let body = json!({"message": words, "phone": "+12025550161"}).to_string();
        assert!(is_a_failure(&action(&body)), "{words}");
        let body =
            json!({"message": words, "phone": "+12025550161", "customData": {"message": "hi"}});
        assert_eq!(
            message(action(&body.to_string())).content.text(),
            Some("hi")
        );
    }
    // Customers may write so themselves.
    for words in ["what is {{name}}?", "{{a}} and {{b}}", "{{"] {
        let body = json!({"message": words, "phone": "+12025550161"}).to_string();
        assert_eq!(message(action(&body)).content.text(), Some(words));
    }
}

#[test]
fn a_number_without_plus_is_read_by_the_business_s_country() {
    let at = |country: Option<&str>| {
        let owner = Owner {
            country: country.map(Into::into),
            ..owner("luna", &[], &[LOCATION])
        };
        source(Routes::new(vec![owner]).unwrap())
    };
    for (country, written, expected) in [
        ("US", "2025550161", "+12025550161"),
        ("US", "(202) 555-0161", "+12025550161"),
        ("US", "+34612345678", "+34612345678"),
        ("MX", "5512345678", "+525512345678"),
        ("MX", "5215512345678", "+5215512345678"),
        ("IT", "0612345678", "+390612345678"),
    ] {
        let body = json!({"message": "hi", "phone": written}).to_string();
        let read = message(action_at(&at(Some(country)), &body));
        assert_eq!(
            read.contact.phone.unwrap().as_str(),
            expected,
            "{country} {written}"
        );
        assert_eq!(*read.thread.key, *format!("{LOCATION}:{expected}"));
        assert_eq!(read.thread.business, BusinessId::new("luna"));
    }
    for (country, written) in [
        (None, "2025550161"),
        (Some("US"), "5550161"),
        (Some("US"), "n/a"),
    ] {
        let body = json!({"message": "hi", "phone": written}).to_string();
        assert!(is_a_failure(&action_at(&at(country), &body)), "{written}");
    }
}

#[test]
fn a_conversation_is_handed_over_with_its_contact() {
    let body = json!({"message": "hi", "contact_id": "c1", "conversationId": "v1"}).to_string();
    let read = message(action(&body));
    assert_eq!(read.contact.also, [Identity::Conversation("v1".into())]);
}
