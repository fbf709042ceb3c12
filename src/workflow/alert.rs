//! What the owner hears of, without asking.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::booking::{BookingId, business::Tags};

/// One thing that the owner is told (`[notify]` of the business file).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// What happened.
    pub kind: AlertKind,
    /// The booking it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booking: Option<BookingId>,
    /// What it is about in words, in the business's default language; the customer's own words
    /// where they matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// When it is told once more, unless a person at the business has taken the conversation over
    /// by then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again_at: Option<DateTime<Utc>>,
}

/// What an owner is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertKind {
    /// A customer booked.
    Booked,
    /// A booking is at another time now.
    Moved,
    /// A booking was given up.
    Cancelled,
    /// A customer wants a person, or the bot gave up.
    PersonWanted,
    /// A customer will be late, or cannot come after the cut-off.
    AboutBooking,
    /// One of the business's urgent questions was asked.
    Urgent,
    /// A turn failed for good: a customer is without an answer.
    DeadTurn,
    /// A message about an appointment did not reach its customer.
    Undelivered,
    /// Something came for a number or location that no business has.
    Unrouted,
    /// A provider refuses our token.
    TokenRefused,
    /// A provider refuses a message template.
    TemplateRefused,
}

// === impl Alert ===

impl Alert {
    /// That this happened, and no more.
    pub fn new(kind: AlertKind) -> Self {
        Self {
            kind,
            booking: None,
            text: None,
            again_at: None,
        }
    }
}

// === impl AlertKind ===

impl AlertKind {
    /// What a contact is tagged with when this happened.
    pub fn tag(self, tags: &Tags) -> Option<&str> {
        match self {
            Self::Booked => tags.booked.as_deref(),
            Self::PersonWanted => tags.needs_human.as_deref(),
            _ => None,
        }
    }

    /// The name in rows, labels and payloads.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Booked => "booked",
            Self::Moved => "moved",
            Self::Cancelled => "cancelled",
            Self::PersonWanted => "person_wanted",
            Self::AboutBooking => "about_booking",
            Self::Urgent => "urgent",
            Self::DeadTurn => "dead_turn",
            Self::Undelivered => "undelivered",
            Self::Unrouted => "unrouted",
            Self::TokenRefused => "token_refused",
            Self::TemplateRefused => "template_refused",
        }
    }
}
