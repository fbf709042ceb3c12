//! The events of a marketplace app: documented, signed, one a request.

use bytes::Bytes;
use serde_json::Value;

use super::{Delivery, content, kind::MessageType, notice, unprocessed};
use crate::{
    message::{
        Appointment, Arrival, Contact, DeliveryReport, DeliveryState, Identity, InboundMessage,
        MessageId, SourceKind, Takeover, UnprocessedReason,
    },
    signature::Evidence,
    source::{Routes, json},
};

/// What sends for the business without a person: no reason for the bot to be silent.
const MACHINES: [&str; 4] = ["workflow", "bulk_actions", "campaign", "api"];

/// Events of the app itself, which concern no conversation, whatever location they name.
const LIFECYCLE: [&str; 4] = [
    "INSTALL",
    "UNINSTALL",
    "PLAN_CHANGE",
    "EXTERNAL_AUTH_CONNECTED",
];

/// Where an event tells its message's type.
const TYPE_POINTERS: [&str; 3] = ["/messageType", "/messageTypeString", "/messageTypeId"];

/// Where an appointment tells since when it is so, the best first.
const UPDATED_POINTERS: [&str; 3] = [
    "/appointment/dateUpdated",
    "/timestamp",
    "/appointment/dateAdded",
];

/// What an event says.
pub(super) fn read(routes: &Routes, evidence: &Evidence, body: &Bytes, json: &Value) -> Arrival {
    let location = json::text(json, "/locationId");
    let Some((location, business)) =
        location.and_then(|location| Some((location, routes.location(location)?)))
    else {
        let account = of_the_account(routes, body, json, location);
        return account.unwrap_or_else(|| {
            unprocessed(None, UnprocessedReason::Unrouted, evidence.scheme, body)
        });
    };
    let delivery = Delivery {
        body,
        business,
        zone: routes.zone(business),
        location,
        country: routes.country(business),
        scheme: evidence.scheme,
    };
    let arrival = json::text(json, "/type").and_then(|kind| event(&delivery, json, kind));
    arrival.unwrap_or_else(|| delivery.not_understood())
}

/// An event of the app or of the agency's account: no location's, and so kept with the first
/// business.
fn of_the_account(
    routes: &Routes,
    body: &Bytes,
    json: &Value,
    location: Option<&str>,
) -> Option<Arrival> {
    let kind = json::text(json, "/type")?;
    let names_the_company = location.is_none() && json::text(json, "/companyId").is_some();
    if !names_the_company && !LIFECYCLE.contains(&kind) {
        return None;
    }
    let business = routes.default_business()?;
    Some(Arrival::Notice(notice(business, id(json), kind, body)))
}

/// An event of one of our locations; none: it is not understood.
fn event(delivery: &Delivery<'_>, json: &Value, kind: &str) -> Option<Arrival> {
    let message_type = || {
        let told = TYPE_POINTERS.iter();
        MessageType::read(told.filter_map(|pointer| json.pointer(pointer)))
    };
    match kind {
        "InboundMessage" => match message_type() {
            MessageType::Silent => {}
            MessageType::Unknown => return None,
            known @ MessageType::Conversation(_) => return inbound(delivery, json, known),
        },
        "OutboundMessage" if is_by_a_person(json) => match message_type() {
            MessageType::Silent => {}
            known => return outbound(delivery, json, known),
        },
        "OutboundMessage" => {
            if let Some(report) = undelivered(delivery, json) {
                return Some(Arrival::Report(report));
            }
        }
        "AppointmentCreate" | "AppointmentUpdate" | "AppointmentDelete" => {
            return appointment(delivery, json, kind);
        }
        _ => {}
    }
    Some(Arrival::Notice(delivery.notice(id(json), kind)))
}

fn inbound(delivery: &Delivery<'_>, json: &Value, kind: MessageType) -> Option<Arrival> {
    let contact = contact(delivery, json, "/from", kind)?;
    let customer = contact.provider_id.clone()?;
    let text = json::text(json, "/body").unwrap_or_default().trim();
    Some(Arrival::Message(InboundMessage {
        id: id(json).and_then(MessageId::new),
        fingerprint: Some(delivery.fingerprint(&customer, text)),
        thread: delivery.thread(&customer),
        contact,
        content: content(text, json.get("attachments")),
        sent_at: json::rfc_3339(json, "/dateAdded").or_else(|| json::rfc_3339(json, "/timestamp")),
        reply_to: None,
    }))
}

fn outbound(delivery: &Delivery<'_>, json: &Value, kind: MessageType) -> Option<Arrival> {
    let contact = contact(delivery, json, "/to", kind)?;
    Some(Arrival::Takeover(Takeover {
        id: id(json).and_then(MessageId::new),
        thread: delivery.thread(contact.provider_id.as_deref()?),
        contact,
        text: json::text(json, "/body").map(Into::into),
        at: json::rfc_3339(json, "/dateAdded").or_else(|| json::rfc_3339(json, "/timestamp")),
    }))
}

/// That a message which a program sent, such as ours, did not arrive.
fn undelivered(delivery: &Delivery<'_>, json: &Value) -> Option<DeliveryReport> {
    if !matches!(json::text(json, "/status")?, "failed" | "undelivered") {
        return None;
    }
    Some(DeliveryReport {
        business: delivery.business.clone(),
        source: SourceKind::Highlevel,
        message: MessageId::new(json::text(json, "/messageId")?)?,
        state: DeliveryState::Failed,
        reference: None,
        participant: None,
        error_code: None,
        at: json::rfc_3339(json, "/timestamp"),
    })
}

/// An appointment as it is now; none: it does not tell which, or a time that it tells cannot be
/// read. What is given up needs no time.
fn appointment(delivery: &Delivery<'_>, json: &Value, kind: &str) -> Option<Arrival> {
    let text = |pointer| json::text(json, pointer);
    let time = |pointer| json::instant(json, pointer, delivery.zone);
    let status = text("/appointment/appointmentStatus");
    let is_given_up =
        kind == "AppointmentDelete" || matches!(status, Some("cancelled" | "invalid"));
    let when = if is_given_up {
        None
    } else {
        let (start, end) = (time("/appointment/startTime"), time("/appointment/endTime"));
        let times = start.ok()?.zip(end.ok()?);
        Some(times.filter(|(start, end)| start <= end)?)
    };
    let mut changed = UPDATED_POINTERS.iter().map(|pointer| time(pointer));
    let at = changed.find_map(Result::transpose).transpose().ok()?;
    Some(Arrival::Appointment(Appointment {
        notice: delivery.notice(id(json), kind),
        id: text("/appointment/id")?.into(),
        calendar: text("/appointment/calendarId")?.into(),
        contact: text("/appointment/contactId").map(Into::into),
        staff: text("/appointment/assignedUserId").map(Into::into),
        title: text("/appointment/title").map(Into::into),
        when,
        at,
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

/// The contact, whose number stands at this pointer.
fn contact(
    delivery: &Delivery<'_>,
    json: &Value,
    phone: &str,
    kind: MessageType,
) -> Option<Contact> {
    let conversation = json::text(json, "/conversationId");
    let conversation = conversation.map(|id| Identity::Conversation(id.into()));
    Some(Contact {
        phone: json::text(json, phone).and_then(|phone| delivery.phone(phone)),
        provider_id: Some(json::text(json, "/contactId")?.into()),
        name: None,
        medium: kind.medium(json::text(json, "/conversationProviderId")),
        also: conversation.into_iter().collect(),
    })
}
