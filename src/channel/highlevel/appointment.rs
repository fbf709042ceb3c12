//! Appointments as HighLevel writes and reads them.
//!
//! The invariant: a time is written with the offset of the business's zone, as free slots are: the
//! same instant in UTC is no slot to HighLevel.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::give_up;
use crate::{
    booking::{
        Span,
        zone::{self, Zone},
    },
    call::Answer,
    channel::SendError,
};

/// The body of a call that makes an appointment.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Creation<'a> {
    pub(super) calendar_id: &'a str,
    pub(super) location_id: &'a str,
    pub(super) contact_id: &'a str,
    pub(super) appointment_status: &'static str,
    #[serde(flatten)]
    pub(super) place: Place<'a>,
}

/// Where in the calendar an appointment is, and what it is called there.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Place<'a> {
    start_time: String,
    end_time: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    assigned_user_id: Option<&'a str>,
    title: &'a str,
    /// The calendar itself looks whether the time is free.
    ignore_free_slot_validation: bool,
}

/// The body of a call that gives an appointment up.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Cancellation {
    pub(super) appointment_status: &'static str,
}

/// What is told of an appointment.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Appointment {
    pub(super) id: Box<str>,
    #[serde(default)]
    pub(super) calendar_id: Option<Box<str>>,
    #[serde(default)]
    pub(super) contact_id: Option<Box<str>>,
    #[serde(default)]
    pub(super) assigned_user_id: Option<Box<str>>,
    #[serde(default, rename = "appointmentStatus")]
    status: Option<Box<str>>,
    #[serde(default)]
    start_time: Value,
    #[serde(default)]
    end_time: Value,
    #[serde(default)]
    pub(super) title: Option<Box<str>>,
}

/// An appointment at the top or in an envelope of either name: all have been seen.
#[derive(Deserialize)]
#[serde(untagged)]
enum Shape {
    Event { event: Appointment },
    Appointment { appointment: Appointment },
    Plain(Appointment),
}

#[derive(Deserialize)]
struct List {
    events: Vec<Value>,
}

// === impl Place ===

impl<'a> Place<'a> {
    /// With somebody, at a time by the clock of a zone.
    pub(super) fn new(zone: &Zone, span: Span, user: Option<&'a str>, title: &'a str) -> Self {
        let written = |at| {
            let local = zone.with_offset(at);
            local.to_rfc3339_opts(SecondsFormat::Secs, false)
        };
        Self {
            start_time: written(span.start),
            end_time: written(span.end),
            assigned_user_id: user,
            title,
            ignore_free_slot_validation: false,
        }
    }
}

// === impl Appointment ===

impl Appointment {
    /// What an answer tells of one.
    pub(super) fn read(answer: &Answer) -> Option<Self> {
        let body = answer.body.as_deref()?;
        let shape = serde_json::from_slice(body).ok()?;
        let (Shape::Event { event: one }
        | Shape::Appointment { appointment: one }
        | Shape::Plain(one)) = shape;
        Some(one)
    }

    /// What an answer tells of several; what is no appointment in it, such as a blocked time, is
    /// left out.
    pub(super) fn read_all(answer: &Answer) -> Option<Vec<Self>> {
        let body = answer.body.as_deref()?;
        let list = serde_json::from_slice::<List>(body).ok()?;
        let read = |event| serde_json::from_value(event).ok();
        Some(list.events.into_iter().filter_map(read).collect())
    }

    /// When it starts; none: that is not told, or cannot be read.
    pub(super) fn start(&self, zone: &Zone) -> Option<DateTime<Utc>> {
        zone::read(&self.start_time, zone)
    }

    /// When it ends; none: that is not told, or cannot be read.
    pub(super) fn end(&self, zone: &Zone) -> Option<DateTime<Utc>> {
        zone::read(&self.end_time, zone)
    }

    /// Whether it takes place.
    pub(super) fn is_kept(&self) -> bool {
        !matches!(self.status.as_deref(), Some("cancelled" | "invalid"))
    }
}

/// The id of an appointment, which becomes a part of an address.
pub(super) fn safe(id: &str) -> Result<&str, SendError> {
    let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if id.is_empty() || !id.bytes().all(is_safe) {
        return Err(give_up("no_appointment"));
    }
    Ok(id)
}
