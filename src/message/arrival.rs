//! What one delivery of a source can hold.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{BusinessId, Contact, InboundMessage, MessageId, SourceKind, ThreadKey};
use crate::signature::Scheme;

/// One item of a delivery, as a source understood it.
#[derive(Debug, Clone, PartialEq)]
pub enum Arrival {
    /// A customer wrote: it gets a turn.
    Message(InboundMessage),
    /// The provider tells what became of something we sent.
    Report(DeliveryReport),
    /// A person at the business wrote in the thread: the bot is silent for a while.
    Takeover(Takeover),
    /// Understood and worth keeping, but nothing to answer: an appointment event, an e-mail, a call.
    Notice(Notice),
    /// A customer is known by another number or id from now on.
    IdentityChange(IdentityChange),
    /// An appointment of a provider's calendar is new, was changed or given up.
    Appointment(Appointment),
    /// Signed, but not understood or nobody's: kept raw, to be looked at and replayed.
    Unprocessed(Unprocessed),
}

/// What became of a message that we sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryReport {
    /// The business that sent it.
    pub business: BusinessId,
    /// The provider that tells.
    pub source: SourceKind,
    /// The provider's id of the message that was sent.
    pub message: MessageId,
    /// How far it came.
    pub state: DeliveryState,
    /// Our own reference, where the provider gives one back (`biz_opaque_callback_data`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<Box<str>>,
    /// The group member it was delivered to, in a group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub participant: Option<Box<str>>,
    /// The provider's error code, when it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_code: Option<i64>,
    /// When it happened, by the provider's clock.
    pub at: Option<DateTime<Utc>>,
}

/// How far a sent message came; later states outrank earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DeliveryState {
    /// The provider took it.
    Sent,
    /// It is on the customer's phone.
    Delivered,
    /// The customer saw it.
    Read,
    /// The customer played it (a voice message).
    Played,
    /// It will not arrive.
    Failed,
}

/// A person at the business took the conversation over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Takeover {
    /// The provider's id of what the person wrote, for deduplication.
    pub id: Option<MessageId>,
    /// The conversation.
    pub thread: ThreadKey,
    /// The customer of it.
    pub contact: Contact,
    /// What the person wrote, when the provider tells it.
    pub text: Option<String>,
    /// When, by the provider's clock.
    pub at: Option<DateTime<Utc>>,
}

/// Something that happened at the provider and starts no turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The provider's id of it, for deduplication.
    pub id: Option<MessageId>,
    /// The business it concerns.
    pub business: BusinessId,
    /// The provider that tells.
    pub source: SourceKind,
    /// The provider's name for it, such as `AppointmentCreate`; at most [`Self::MAX_KIND_BYTES`].
    pub kind: Box<str>,
    /// The item as it came, as JSON text.
    pub raw: Bytes,
}

/// A provider's word that one person's number or id became another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityChange {
    /// The event that tells of it, which is kept as any other.
    pub notice: Notice,
    /// The conversation, as the person was known before.
    pub thread: ThreadKey,
    /// What the person was known by before.
    pub before: Contact,
    /// What the person is known by now.
    pub now: Contact,
}

/// An appointment as a provider's calendar has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// The event that tells of it, which is kept as any other.
    pub notice: Notice,
    /// The provider's id of it.
    pub id: Box<str>,
    /// The provider's id of its calendar.
    pub calendar: Box<str>,
    /// The provider's id of who comes.
    pub contact: Option<Box<str>>,
    /// The provider's id of who of the staff it is with.
    pub staff: Option<Box<str>>,
    /// What the people of the business call it.
    pub title: Option<Box<str>>,
    /// When it is; none: it was given up.
    pub when: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// When it became so, by the provider's clock.
    pub at: Option<DateTime<Utc>>,
}

/// Something signed that could not be turned into anything above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unprocessed {
    /// The business it concerns, when that is known.
    pub business: Option<BusinessId>,
    /// The door it came in by.
    pub source: SourceKind,
    /// Why it was not processed.
    pub reason: UnprocessedReason,
    /// How it was proven.
    pub scheme: Scheme,
    /// The item as it came.
    pub raw: Bytes,
}

/// Why a signed item was not processed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnprocessedReason {
    /// No business owns the number or location it names.
    Unrouted,
    /// It is not of a shape this release knows.
    NotUnderstood,
}

// === impl DeliveryState ===

impl DeliveryState {
    /// Every state, by rank.
    pub const ALL: [Self; 5] = [
        Self::Sent,
        Self::Delivered,
        Self::Read,
        Self::Played,
        Self::Failed,
    ];

    /// The state of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// The name in rows and logs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Played => "played",
            Self::Failed => "failed",
        }
    }
}

// === impl Notice ===

impl Notice {
    /// The longest kind that is kept, in bytes.
    pub const MAX_KIND_BYTES: usize = 64;
}

// === impl UnprocessedReason ===

impl UnprocessedReason {
    /// The name in rows and labels.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unrouted => "unrouted",
            Self::NotUnderstood => "not_understood",
        }
    }
}
