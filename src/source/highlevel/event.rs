//! The events of a marketplace app: documented, signed, one a request.

use bytes::Bytes;
use serde_json::Value;

use super::{Delivery, content, is_conversation, medium, unprocessed};
use crate::{
    message::{
        Arrival, Contact, InboundMessage, MessageId, PhoneNumber, Takeover, UnprocessedReason,
    },
    signature::Evidence,
    source::{Routes, json},
};

/// What sends for the business without a person: no reason for the bot to be silent.
const MACHINES: [&str; 4] = ["workflow", "bulk_actions", "campaign", "api"];

/// What an event says.
pub(super) fn read(routes: &Routes, evidence: &Evidence, body: &Bytes, json: &Value) -> Arrival {
    let location = json::text(json, "/locationId");
    let Some((location, business)) =
        location.and_then(|location| Some((location, routes.location(location)?)))
    else {
        return unprocessed(None, UnprocessedReason::Unrouted, evidence.scheme, body);
    };
    let delivery = Delivery {
        body,
        business,
        location,
        scheme: evidence.scheme,
    };
    let Some(kind) = json::text(json, "/type") else {
        return delivery.not_understood();
    };
    let message_type = json::text(json, "/messageType")
        .or_else(|| json::text(json, "/messageTypeString"))
        .unwrap_or_default();
    let arrival = match kind {
        "InboundMessage" if is_conversation(message_type) => inbound(&delivery, json, message_type),
        "OutboundMessage" if is_conversation(message_type) && is_by_a_person(json) => {
            outbound(&delivery, json, message_type)
        }
        _ => Some(delivery.notice(id(json), kind)),
    };
    arrival.unwrap_or_else(|| delivery.not_understood())
}

fn inbound(delivery: &Delivery<'_>, json: &Value, message_type: &str) -> Option<Arrival> {
    let contact_id = json::text(json, "/contactId")?;
    let text = json::text(json, "/body").unwrap_or_default().trim();
    Some(Arrival::Message(InboundMessage {
        id: id(json).and_then(MessageId::new),
        fingerprint: Some(delivery.fingerprint(contact_id, text)),
        thread: delivery.thread(contact_id),
        contact: contact(contact_id, json::text(json, "/from"), message_type),
        content: content(text, json.get("attachments")),
        sent_at: json::rfc_3339(json, "/dateAdded").or_else(|| json::rfc_3339(json, "/timestamp")),
        reply_to: None,
    }))
}

fn outbound(delivery: &Delivery<'_>, json: &Value, message_type: &str) -> Option<Arrival> {
    let contact_id = json::text(json, "/contactId")?;
    Some(Arrival::Takeover(Takeover {
        id: id(json).and_then(MessageId::new),
        thread: delivery.thread(contact_id),
        contact: contact(contact_id, json::text(json, "/to"), message_type),
        text: json::text(json, "/body").map(Into::into),
        at: json::rfc_3339(json, "/dateAdded").or_else(|| json::rfc_3339(json, "/timestamp")),
    }))
}

/// The message's own id, which a workflow's copy may carry as well; else the delivery's.
fn id(json: &Value) -> Option<&str> {
    json::text(json, "/messageId").or_else(|| json::text(json, "/webhookId"))
}

/// Sent from HighLevel's own app, or by a member of staff where the source is not told. Our own
/// replies come back with the source `api`, and may name the user whose token sent them.
fn is_by_a_person(json: &Value) -> bool {
    match json::text(json, "/source") {
        Some("app") => true,
        Some(source) if MACHINES.contains(&source) => false,
        _ => json::text(json, "/userId").is_some(),
    }
}

fn contact(contact_id: &str, phone: Option<&str>, message_type: &str) -> Contact {
    Contact {
        phone: phone.and_then(|phone| PhoneNumber::parse(phone).ok()),
        provider_id: Some(contact_id.into()),
        name: None,
        medium: medium(message_type).map(Into::into),
    }
}
