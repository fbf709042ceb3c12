//! What HighLevel documents of the calls: their addresses, heads and fields.

use std::collections::HashMap;

use http::{Method, request::Parts};
use serde_json::Value;

use super::TOKEN;

/// The version that the conversations and calendars APIs are described with.
const VERSION: &str = "2021-04-15";
/// The version that the contacts API is described with.
const CONTACTS_VERSION: &str = "2021-07-28";
/// What a message may be sent by.
const MEDIA: [&str; 10] = [
    "SMS",
    "GMB",
    "RCS",
    "Email",
    "WhatsApp",
    "IG",
    "FB",
    "Custom",
    "Live_Chat",
    "TIKTOK",
];
/// What an appointment may be.
const STATUSES: [&str; 6] = [
    "new",
    "confirmed",
    "cancelled",
    "showed",
    "noshow",
    "invalid",
];
/// The longest range of free slots, in milliseconds.
const MAX_RANGE: i64 = 31 * 24 * 60 * 60 * 1000;

/// What is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Call {
    /// A message to a contact.
    Message,
    /// Reads a message.
    Reread,
    /// Reads a contact.
    Contact,
    /// Finds or makes a contact.
    Upsert,
    /// Tags a contact.
    Tag,
    /// Reads how a calendar is set up.
    Calendar,
    /// Reads what is free in a calendar.
    FreeSlots,
    /// Lists what is in a calendar.
    Events,
    /// Makes an appointment.
    Create,
    /// Reads an appointment.
    Read,
    /// Changes an appointment.
    Update,
}

/// A condition, and what it is to break it.
type Condition = (bool, &'static str);

/// What a request calls, and the id in its address.
pub(super) fn route(head: &Parts) -> Option<(Call, &str)> {
    let path = head.uri.path().trim_start_matches('/');
    let segments: Vec<_> = path.split('/').collect();
    let (get, post) = (head.method == Method::GET, head.method == Method::POST);
    let put = head.method == Method::PUT;
    Some(match segments[..] {
        ["conversations", "messages"] if post => (Call::Message, ""),
        ["conversations", "messages", id] if get => (Call::Reread, id),
        ["contacts", "upsert"] if post => (Call::Upsert, ""),
        ["contacts", id] if get => (Call::Contact, id),
        ["contacts", id, "tags"] if post => (Call::Tag, id),
        ["calendars", "events"] if get => (Call::Events, ""),
        ["calendars", "events", "appointments"] if post => (Call::Create, ""),
        ["calendars", "events", "appointments", id] if get => (Call::Read, id),
        ["calendars", "events", "appointments", id] if put => (Call::Update, id),
        ["calendars", id] if get => (Call::Calendar, id),
        ["calendars", id, "free-slots"] if get => (Call::FreeSlots, id),
        _ => return None,
    })
}

/// The parameters of an address.
pub(super) fn query(head: &Parts) -> HashMap<String, String> {
    let query = head.uri.query().unwrap_or_default();
    let pairs = url::form_urlencoded::parse(query.as_bytes());
    pairs.into_owned().collect()
}

/// What is wrong with a call.
pub(super) fn check(call: Call, head: &Parts, body: &Value) -> Vec<String> {
    let mut conditions = head_conditions(call, head);
    conditions.extend(match call {
        Call::Message => message(body),
        Call::Upsert => {
            let phone = text(body, "phone");
            let mut fields = fields(body, &["locationId", "phone"], &["name"]);
            fields.push((phone.starts_with('+'), "not a number"));
            fields
        }
        Call::Tag => vec![(are_tags(body), "not tags")],
        Call::FreeSlots => free_slots(&query(head)),
        Call::Events => events(&query(head)),
        Call::Create => {
            let required = ["calendarId", "locationId", "contactId", "startTime"];
            let mut conditions = fields(body, &required, &APPOINTMENT);
            conditions.extend(appointment(body));
            conditions
        }
        Call::Update => {
            let mut conditions = fields(body, &[], &APPOINTMENT);
            conditions.extend(appointment(body));
            conditions
        }
        Call::Reread | Call::Contact | Call::Calendar | Call::Read => {
            vec![(head.uri.query().is_none(), "a query")]
        }
    });
    let broken = conditions.into_iter().filter(|(holds, _)| !holds);
    broken
        .map(|(_, fault)| format!("{call:?}: {fault}"))
        .collect()
}

fn head_conditions(call: Call, head: &Parts) -> Vec<Condition> {
    let header = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok());
    let version = match call {
        Call::Contact | Call::Upsert | Call::Tag => CONTACTS_VERSION,
        _ => VERSION,
    };
    let is_json = header("content-type") == Some("application/json");
    vec![
        (
            header("version") == Some(version),
            "not the version of this API",
        ),
        (
            header("authorization") == Some(&format!("Bearer {TOKEN}")),
            "not the token",
        ),
        (head.method == Method::GET || is_json, "not called JSON"),
    ]
}

fn message(body: &Value) -> Vec<Condition> {
    let (medium, message) = (text(body, "type"), text(body, "message"));
    let longest = if medium == "WhatsApp" { 4096 } else { 1000 };
    let is_clean = !message.chars().any(|c| c.is_control() && c != '\n');
    let required = ["contactId", "message", "type"];
    let mut conditions = fields(body, &required, &["conversationProviderId"]);
    let provider = body.get("conversationProviderId").map(Value::as_str);
    let is_id = |id: &str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    conditions.extend([
        (
            provider.is_none_or(|id| id.is_some_and(is_id)),
            "not the id of a provider",
        ),
        (MEDIA.contains(&medium), "not a type"),
        (!message.trim().is_empty(), "nothing said"),
        (message.encode_utf16().count() <= longest, "too long"),
        (is_clean, "control characters"),
    ]);
    conditions
}

/// What may be told of an appointment beside what has to be.
const APPOINTMENT: [&str; 6] = [
    "startTime",
    "endTime",
    "title",
    "appointmentStatus",
    "assignedUserId",
    "ignoreFreeSlotValidation",
];

fn appointment(body: &Value) -> Vec<Condition> {
    let status = body.get("appointmentStatus").and_then(Value::as_str);
    let blind = body.get("ignoreFreeSlotValidation");
    vec![
        (
            status.is_none_or(|status| STATUSES.contains(&status)),
            "not a status",
        ),
        (
            blind.is_none_or(|blind| *blind == false),
            "the calendar is not to check the slot",
        ),
    ]
}

fn free_slots(query: &HashMap<String, String>) -> Vec<Condition> {
    let known = ["startDate", "endDate", "timezone", "userId"];
    let (start, end) = (epoch(query, "startDate"), epoch(query, "endDate"));
    let range = start.zip(end).map(|(start, end)| end - start);
    vec![
        (
            query.keys().all(|key| known.contains(&&**key)),
            "an unknown parameter",
        ),
        (range.is_some(), "not epoch milliseconds"),
        (
            range.is_none_or(|range| (1..=MAX_RANGE).contains(&range)),
            "not a range of at most 31 days",
        ),
    ]
}

fn events(query: &HashMap<String, String>) -> Vec<Condition> {
    let known = ["locationId", "calendarId", "startTime", "endTime"];
    let span = epoch(query, "startTime").zip(epoch(query, "endTime"));
    vec![
        (
            query.keys().all(|key| known.contains(&&**key)),
            "an unknown parameter",
        ),
        (
            query.contains_key("locationId") && query.contains_key("calendarId"),
            "no location and calendar",
        ),
        (
            span.is_some_and(|(start, end)| start < end),
            "not a span in epoch milliseconds",
        ),
    ]
}

/// A parameter in milliseconds; seconds would be of 1970.
pub(super) fn epoch(query: &HashMap<String, String>, key: &str) -> Option<i64> {
    let millis = query.get(key)?.parse::<i64>().ok()?;
    (millis > 1_000_000_000_000).then_some(millis)
}

/// Which fields there have to be, none of them empty, and which there may be.
fn fields(body: &Value, required: &[&str], optional: &[&str]) -> Vec<Condition> {
    let keys: Vec<_> = body
        .as_object()
        .map(|object| object.keys().map(String::as_str).collect())
        .unwrap_or_default();
    let is_known = |key: &&str| required.contains(key) || optional.contains(key);
    vec![
        (!keys.is_empty(), "no fields"),
        (keys.iter().all(is_known), "an unknown field"),
        (
            required.iter().all(|key| !text(body, key).is_empty()),
            "a field is missing",
        ),
    ]
}

fn are_tags(body: &Value) -> bool {
    let is_tag = |tag: &Value| tag.as_str().is_some_and(|tag| !tag.is_empty());
    let tags = body["tags"].as_array();
    tags.is_some_and(|tags| !tags.is_empty() && tags.iter().all(is_tag))
}

fn text<'a>(body: &'a Value, key: &str) -> &'a str {
    body[key].as_str().unwrap_or_default()
}
