//! What customers do and what they see, through HighLevel: words, and choices by their numbers.

use chrono::{DateTime, SecondsFormat, Utc};
use frontdesk::{
    cli::client::{HighlevelMessage, Request},
    message::PhoneNumber,
    signature::{Secret, ed25519::SigningKey},
    source::highlevel::SIGNATURE_HEADER,
};
use serde_json::{Value, json};

use crate::{
    conversation::{file::LOCATION, scene::Said},
    support::pkcs8,
};

/// What a workflow's action brings along.
pub(super) const SECRET: &str = "what the workflow's action brings";

/// The key that stands in for HighLevel's own.
pub(super) fn app_key() -> SigningKey {
    SigningKey::parse(&pkcs8()).unwrap()
}

/// HighLevel's id of a customer.
pub(super) fn contact_id(phone: &PhoneNumber) -> String {
    format!("contact{}", phone.as_str().trim_start_matches('+'))
}

/// What is offered in a message, in order.
pub(super) fn titles(message: &str) -> Vec<String> {
    let numbered = message.lines().filter_map(|line| {
        let (number, rest) = line.split_once(". ")?;
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let title = rest.split_once(" – ").map_or(rest, |(title, _)| title);
        is_number.then(|| title.to_owned())
    });
    numbered.collect()
}

/// What a customer writes to what was offered last: a choice by its number, or by its title where
/// that was earlier.
pub(super) fn words(said: &Said, offered: &[String]) -> String {
    match said {
        Said::Text(text) => text.clone(),
        Said::Tap(title) => match offered.iter().position(|one| one == title) {
            Some(place) => (place + 1).to_string(),
            None => title.clone(),
        },
        other => panic!("nobody does that here: {other:?}"),
    }
}

/// The workflow's action for what a customer wrote: it tells their name, too.
pub(super) fn message(phone: &PhoneNumber, name: Option<&str>, text: &str, id: &str) -> Request {
    let message = HighlevelMessage {
        text,
        phone,
        name,
        contact_id: &contact_id(phone),
    };
    message.action(&Secret::new(SECRET).unwrap(), Some(LOCATION), id)
}

/// The event of what somebody of the business wrote to a customer.
pub(super) fn by_staff(to: &PhoneNumber, text: &str, id: &str, at: DateTime<Utc>) -> Request {
    let at = at.to_rfc3339_opts(SecondsFormat::Millis, true);
    let body = json!({
        "type": "OutboundMessage", "locationId": LOCATION, "contactId": contact_id(to),
        "messageId": id, "webhookId": id, "messageType": "WhatsApp", "direction": "outbound",
        "body": text, "to": to, "source": "app", "userId": "user0", "dateAdded": at,
        "timestamp": at,
    });
    event(to, &body)
}

/// An event of a marketplace app about a customer, signed.
pub(super) fn event(of: &PhoneNumber, body: &Value) -> Request {
    let message = HighlevelMessage {
        text: "",
        phone: of,
        name: None,
        contact_id: &contact_id(of),
    };
    let mut request = message.event(&app_key(), LOCATION, "", DateTime::UNIX_EPOCH);
    request.body = body.to_string();
    let signature = app_key().sign(request.body.as_bytes());
    request
        .headers
        .insert(SIGNATURE_HEADER, signature.parse().unwrap());
    request
}
