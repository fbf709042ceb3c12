//! A workflow's "Custom Webhook" action: what its operator made of merge tags.
//!
//! Nothing is certain but the secret. A merge tag that HighLevel left as it was is no value. Fields may stand at the top or in `customData`, in snake or
//! camel case, and a message without an id is known by its fingerprint.

use bytes::Bytes;
use serde_json::Value;

use super::{Delivery, content, kind::MessageType, unprocessed};
use crate::{
    message::{
        Arrival, Contact, Identity, InboundMessage, MessageId, PhoneNumber, Takeover,
        UnprocessedReason,
    },
    signature::Evidence,
    source::{Routes, json},
};

/// Where a field may stand: the top, and what the operator added.
const PLACES: [&str; 3] = ["", "/customData", "/custom_data"];

/// Where a message's type may stand.
const TYPE_POINTERS: [&str; 4] = [
    "/message/type",
    "/message.type",
    "/messageType",
    "/message_type",
];

/// Where the conversation provider may stand that brought the message.
const PROVIDER_POINTERS: [&str; 4] = [
    "/conversationProviderId",
    "/conversation_provider_id",
    "/message/conversationProviderId",
    "/message.conversationProviderId",
];

/// What an action says.
pub(super) fn read(routes: &Routes, evidence: &Evidence, body: &Bytes, json: &Value) -> Arrival {
    let secret_of = evidence.business.as_ref();
    let named = find(
        json,
        &[
            "/location/id",
            "/location_id",
            "/locationId",
            "/location.id",
        ],
    );
    let location = named.or_else(|| routes.only_location(secret_of));
    let Some((location, business)) = location
        .and_then(|location| Some((location, routes.location(location)?)))
        // A business's secret speaks for its own locations.
        .filter(|(_, business)| secret_of.is_none_or(|secret_of| secret_of == *business))
    else {
        return unprocessed(
            secret_of,
            UnprocessedReason::Unrouted,
            evidence.scheme,
            body,
        );
    };
    let delivery = Delivery {
        body,
        business,
        zone: routes.zone(business),
        location,
        country: routes.country(business),
        scheme: evidence.scheme,
    };
    message(&delivery, json).unwrap_or_else(|| delivery.not_understood())
}

fn message(delivery: &Delivery<'_>, json: &Value) -> Option<Arrival> {
    let text = text(json)?.trim();
    let id = find(
        json,
        &["/messageId", "/message_id", "/message/id", "/message.id"],
    );
    let kind = message_type(json);
    match kind {
        MessageType::Conversation(_) => {}
        MessageType::Silent => {
            return Some(Arrival::Notice(delivery.notice(id, "WorkflowMessage")));
        }
        MessageType::Unknown => return None,
    }
    let phone = find(json, &["/phone", "/contact/phone", "/contact.phone"])
        .and_then(|phone| delivery.phone(phone));
    let conversation = find(
        json,
        &[
            "/conversation_id",
            "/conversationId",
            "/conversation/id",
            "/conversation.id",
        ],
    );
    let contact_id = find(
        json,
        &["/contact_id", "/contactId", "/contact/id", "/contact.id"],
    );
    // Without the contact's id the phone is what remains the same.
    let customer = contact_id
        .or(phone.as_ref().map(PhoneNumber::as_str))?
        .to_owned();
    let contact = Contact {
        phone,
        provider_id: contact_id.map(Into::into),
        name: name(json),
        medium: kind.medium(find(json, &PROVIDER_POINTERS)),
        also: conversation
            .map(|id| Identity::Conversation(id.into()))
            .into_iter()
            .collect(),
    };
    let id = id.and_then(MessageId::new);
    let thread = delivery.thread(&customer);
    let sent_at = ["/dateAdded", "/date_added", "/timestamp"]
        .iter()
        .find_map(|pointer| json::rfc_3339(json, pointer));
    if is_outbound(json) {
        return Some(Arrival::Takeover(Takeover {
            id,
            thread,
            contact,
            text: (!text.is_empty()).then(|| text.into()),
            at: sent_at,
        }));
    }
    Some(Arrival::Message(InboundMessage {
        id,
        fingerprint: Some(delivery.fingerprint(&customer, text)),
        thread,
        contact,
        content: content(text, json.get("attachments")),
        sent_at,
        reply_to: None,
    }))
}

/// The words: empty for a file, nothing where the template has no field for them.
fn text(json: &Value) -> Option<&str> {
    let pointers = [
        "/message",
        "/message/body",
        "/message.body",
        "/body",
        "/text",
    ];
    let mut texts = PLACES.iter().flat_map(|place| {
        pointers
            .iter()
            .filter_map(move |pointer| json.pointer(&format!("{place}{pointer}"))?.as_str())
            .filter(|text| !is_a_tag(text))
    });
    let first = texts.next()?;
    // A template may fill one field and leave another empty.
    Some(if first.trim().is_empty() {
        texts.find(|text| !text.trim().is_empty()).unwrap_or(first)
    } else {
        first
    })
}

/// The first text at one of the pointers, in one of the places.
fn find<'v>(json: &'v Value, pointers: &[&str]) -> Option<&'v str> {
    PLACES
        .iter()
        .filter_map(|place| json.pointer(place))
        .flat_map(|place| pointers.iter().map(move |pointer| (place, pointer)))
        .filter_map(|(place, pointer)| json::text(place, pointer).map(str::trim))
        // Names and ids with `{{` in them are merge tags, alone or among words.
        .find(|text| !text.is_empty() && !text.contains("{{"))
}

/// Returns whether a text is nothing but a merge tag. Customers may write `{{` themselves.
fn is_a_tag(text: &str) -> bool {
    let inner = text.trim().strip_prefix("{{");
    let inner = inner.and_then(|text| text.strip_suffix("}}"));
    inner.is_some_and(|tag| !tag.contains(['{', '}']))
}

fn name(json: &Value) -> Option<Box<str>> {
    let pointers = [
        "/full_name",
        "/fullName",
        "/name",
        "/contact/name",
        "/contact.name",
    ];
    if let Some(name) = find(json, &pointers) {
        return Some(name.into());
    }
    let first = find(json, &["/first_name", "/firstName"])?;
    let last = find(json, &["/last_name", "/lastName"]).unwrap_or_default();
    Some(format!("{first} {last}").trim().into())
}

fn is_outbound(json: &Value) -> bool {
    find(
        json,
        &["/direction", "/message/direction", "/message.direction"],
    )
    .is_some_and(|direction| direction.eq_ignore_ascii_case("outbound"))
}

/// The type, wherever it is told.
fn message_type(json: &Value) -> MessageType {
    let places = PLACES.iter().flat_map(|place| {
        let pointers = TYPE_POINTERS.iter();
        pointers.filter_map(move |pointer| json.pointer(&format!("{place}{pointer}")))
    });
    MessageType::read(places)
}
