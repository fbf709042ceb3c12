//! Reading providers' JSON, whose fields may be missing or of another type than documented.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::booking::zone::{self, Zone};

/// The text at a JSON pointer, unless it is empty or no text.
pub(super) fn text<'v>(value: &'v Value, pointer: &str) -> Option<&'v str> {
    value
        .pointer(pointer)?
        .as_str()
        .filter(|text| !text.is_empty())
}

/// Numbers from here on are milliseconds: as seconds, they would be in the year 5138 or later.
const FIRST_MILLIS: i64 = 100_000_000_000;

/// The instant at a JSON pointer, given in Unix seconds or milliseconds as a text or a number.
pub(super) fn unix_time(value: &Value, pointer: &str) -> Option<DateTime<Utc>> {
    let number: i64 = match value.pointer(pointer)? {
        Value::String(text) => text.parse().ok()?,
        number => number.as_i64()?,
    };
    if number >= FIRST_MILLIS {
        DateTime::from_timestamp_millis(number)
    } else {
        DateTime::from_timestamp(number, 0)
    }
}

/// The instant at a JSON pointer, written as RFC 3339.
pub(super) fn rfc_3339(value: &Value, pointer: &str) -> Option<DateTime<Utc>> {
    let instant = DateTime::parse_from_rfc3339(text(value, pointer)?).ok()?;
    Some(instant.to_utc())
}

/// A time that is told and cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unreadable;

/// The instant at a JSON pointer, where one is told: with an offset, without one by the clock of
/// `zone`, or as a Unix time.
pub(super) fn instant(
    value: &Value,
    pointer: &str,
    zone: Option<&Zone>,
) -> Result<Option<DateTime<Utc>>, Unreadable> {
    match value.pointer(pointer) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
        Some(told) => {
            let read = zone.and_then(|zone| zone::read(told, zone));
            read.map(Some).ok_or(Unreadable)
        }
    }
}
