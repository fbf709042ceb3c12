//! What a remote workflow is told of a turn, in frontdesk's own JSON.

use chrono::{DateTime, FixedOffset, Utc};
use serde::Serialize;
use serde_json::Value;

use super::book::Refused;
use crate::{
    booking::{Booking, BookingId, BookingStatus, Business, ResourceId, Services},
    message::{Content, PhoneNumber, SourceKind, Trust},
    workflow::{Input, State, Turn},
};

/// The body of the call for one turn.
#[derive(Debug, Serialize)]
pub(super) struct Request<'a> {
    turn: TurnPart,
    now: DateTime<Utc>,
    /// The same by the business's clock, with its offset.
    local_now: DateTime<FixedOffset>,
    thread: ThreadPart<'a>,
    business: BusinessPart<'a>,
    contact: ContactPart<'a>,
    messages: Vec<MessagePart<'a>>,
    bookings: Vec<BookingPart<'a>>,
    /// Why what was asked for last could not be booked.
    refused: Option<&'a Refused>,
    /// What the workflow wanted to be told.
    state: Value,
}

#[derive(Debug, Serialize)]
struct TurnPart {
    id: String,
    /// Raised when the turn has to be answered anew.
    revision: u32,
    /// 1 for the first try.
    attempt: u32,
}

#[derive(Debug, Serialize)]
struct ThreadPart<'a> {
    id: i64,
    source: SourceKind,
    /// The conversation's own key: a client's `thread_id`, a number and its customer, a location
    /// and its contact.
    key: &'a str,
    /// Whether the customer is proven.
    verified: bool,
}

#[derive(Debug, Serialize)]
struct BusinessPart<'a> {
    id: &'a str,
    name: &'a str,
    timezone: &'a str,
    /// Who keeps the calendar: `own`, or `highlevel`, which has to answer before anything is firm.
    calendar: &'static str,
    languages: Vec<&'static str>,
    services: Vec<ServicePart<'a>>,
}

#[derive(Debug, Serialize)]
struct ServicePart<'a> {
    id: &'a str,
    name: &'a str,
    minutes: i64,
    price: Option<&'a str>,
    staff: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct ContactPart<'a> {
    phone: Option<&'a PhoneNumber>,
    name: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct MessagePart<'a> {
    id: String,
    /// The customer's own words, where there are any.
    text: Option<&'a str>,
    content: &'a Content,
    reply_to: Option<&'a str>,
    sent_at: DateTime<Utc>,
}

#[derive(Debug, Serialize)]
struct BookingPart<'a> {
    id: BookingId,
    status: &'static str,
    service: &'a Services,
    staff: &'a ResourceId,
    start: DateTime<Utc>,
    /// The start as the business's clock shows it, with its offset.
    local_start: DateTime<FixedOffset>,
    end: DateTime<Utc>,
    name: Option<&'a str>,
}

impl<'a> Request<'a> {
    /// What is told of a turn. `refused` is why the answer before could not be applied.
    pub(super) fn new(
        turn: &'a Turn,
        business: &'a Business,
        refused: Option<&'a Refused>,
        state: Value,
    ) -> Self {
        Self {
            turn: TurnPart {
                id: turn.id.to_string(),
                revision: turn.revision,
                attempt: turn.attempt,
            },
            now: turn.now,
            local_now: business.zone.with_offset(turn.now),
            thread: ThreadPart {
                id: turn.thread.0,
                source: turn.key.source,
                key: &turn.key.key,
                verified: turn.key.trust == Trust::Verified,
            },
            business: BusinessPart::of(business),
            contact: ContactPart {
                phone: turn.contact.phone.as_ref(),
                name: turn.contact.name.as_deref(),
            },
            messages: turn
                .inputs
                .iter()
                .map(|input| MessagePart::of(turn, input))
                .collect(),
            bookings: turn
                .bookings
                .iter()
                .map(|booking| BookingPart::of(business, booking))
                .collect(),
            refused,
            state,
        }
    }
}

impl<'a> BusinessPart<'a> {
    fn of(business: &'a Business) -> Self {
        let language = business.default_language();
        let services = business.services.iter().map(|service| ServicePart {
            id: service.id.as_str(),
            name: service.name.get(language),
            minutes: service.duration.num_minutes(),
            price: service.price.as_ref().map(|price| price.get(language)),
            staff: service.resources.iter().map(ResourceId::as_str).collect(),
        });
        Self {
            id: business.id.as_str(),
            name: &business.name,
            timezone: business.zone.name(),
            calendar: match business.calendar_elsewhere() {
                None => "own",
                Some(_) => "highlevel",
            },
            languages: business.languages.iter().map(|one| one.code()).collect(),
            services: services.collect(),
        }
    }
}

impl<'a> MessagePart<'a> {
    fn of(turn: &Turn, input: &'a Input) -> Self {
        Self {
            id: message_id(turn, input),
            text: input.content.text(),
            content: &input.content,
            reply_to: input.reply_to.as_deref(),
            sent_at: input.sent_at,
        }
    }
}

impl<'a> BookingPart<'a> {
    fn of(business: &Business, booking: &'a Booking) -> Self {
        let details = &booking.details;
        Self {
            id: booking.id,
            status: match booking.status {
                BookingStatus::Held { .. } => "held",
                BookingStatus::Requested => "requested",
                BookingStatus::Booked => "booked",
                BookingStatus::Cancelled => "cancelled",
            },
            service: &details.services,
            staff: &details.resource,
            start: details.visible.start,
            local_start: business.zone.with_offset(details.visible.start),
            end: details.visible.end,
            name: details.name.as_deref(),
        }
    }
}

/// The id of a message: its sender's, else its place. The same for every attempt.
pub(super) fn message_id(turn: &Turn, input: &Input) -> String {
    match &input.id {
        Some(id) => id.as_str().to_owned(),
        None => format!("m{}-{}", turn.thread.0, input.seq.0),
    }
}

/// What a workflow remembered, if it was this one.
pub(super) fn remembered(state: Option<&State>, workflow: &str) -> Value {
    let own = state.filter(|state| &*state.workflow == workflow);
    let value = own.and_then(|state| serde_json::from_slice(&state.bytes).ok());
    value.unwrap_or(Value::Null)
}
