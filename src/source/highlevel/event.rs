//! The events of a marketplace app: documented, signed, one a request.

use bytes::Bytes;
use serde_json::Value;

use super::{Delivery, content, is_conversation, medium, unprocessed};
use crate::{
    message::{
        Appointment, Arrival, Contact, InboundMessage, MessageId, Notice, PhoneNumber, Takeover,
        UnprocessedReason,
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
        "AppointmentCreate" | "AppointmentUpdate" | "AppointmentDelete" => {
            let notice = delivery.notice(id(json), kind);
            Some(appointment(notice, json))
        }
        _ => Some(Arrival::Notice(delivery.notice(id(json), kind))),
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

/// An appointment as it is now; one of which too little is told is no more than an event.
fn appointment(notice: Notice, json: &Value) -> Arrival {
    let text = |pointer| json::text(json, pointer);
    let time = |pointer| json::rfc_3339(json, pointer);
    let status = text("/appointment/appointmentStatus");
    let is_given_up =
        &*notice.kind == "AppointmentDelete" || matches!(status, Some("cancelled" | "invalid"));
    let times = time("/appointment/startTime").zip(time("/appointment/endTime"));
    let times = times.filter(|(start, end)| start <= end);
    let (Some(id), Some(calendar)) = (text("/appointment/id"), text("/appointment/calendarId"))
    else {
        return Arrival::Notice(notice);
    };
    if times.is_none() && !is_given_up {
        return Arrival::Notice(notice);
    }
    Arrival::Appointment(Appointment {
        notice,
        id: id.into(),
        calendar: calendar.into(),
        contact: text("/appointment/contactId").map(Into::into),
        staff: text("/appointment/assignedUserId").map(Into::into),
        title: text("/appointment/title").map(Into::into),
        when: times.filter(|_| !is_given_up),
        at: time("/appointment/dateUpdated")
            .or_else(|| time("/timestamp"))
            .or_else(|| time("/appointment/dateAdded")),
    })
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
