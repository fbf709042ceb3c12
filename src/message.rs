//! The nouns of a message's life: who wrote what, in which thread, and what goes back.
//!
//! Sources make these values from verified bytes and stores keep them; nothing here knows a
//! provider's wire format, a database or a runtime.

mod arrival;
mod contact;
mod content;
mod medium;
mod phone;
mod reply;

use std::{fmt, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

pub use self::{
    arrival::{
        Appointment, Arrival, DeliveryReport, DeliveryState, IdentityChange, Notice, Takeover,
        Unprocessed, UnprocessedReason,
    },
    contact::{Contact, Identity},
    content::{Content, MediaKind},
    medium::Medium,
    phone::{InvalidPhone, PhoneKey, PhoneNumber},
    reply::{Body, Choice, Reply, Template, TemplateParameter},
};

/// The `id` of a business file: the tenant every row, thread and booking belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BusinessId(Arc<str>);

/// The door a message came in by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// `POST /webhook`: an own client.
    Direct,
    /// `POST /webhook/whatsapp`: Meta's Cloud API.
    Whatsapp,
    /// `POST /webhook/ghl`: HighLevel's app events and workflow action.
    Highlevel,
}

/// What happens to a message whose sender is over the rate limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OverLimit {
    /// The request is refused with 429: the client can slow down.
    Refuse,
    /// The message is kept and its turn waits: a refusal would hold up the provider's other customers.
    Defer,
}

/// Whether the sender of a thread proved who they are.
///
/// The two live in threads of their own, so that an unsigned message never sees, moves or cancels
/// what a verified one booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Trust {
    /// The request carried a valid signature or secret.
    Verified,
    /// No check is configured, or unsigned requests are allowed.
    Unverified,
}

/// The id that the sender gave a message, unique within a business and source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MessageId(Box<str>);

/// What makes a conversation the same one when the next message comes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ThreadKey {
    /// The business that is written to.
    pub business: BusinessId,
    /// The door the conversation uses.
    pub source: SourceKind,
    /// Whether its sender is proven.
    pub trust: Trust,
    /// The source's own key: `thread_id`, number id and user, or location and contact.
    pub key: Box<str>,
}

/// A thread's number in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ThreadId(pub i64);

/// The position of an input in its thread: 1, 2, 3, …, given when it is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seq(pub u64);

/// A customer's number in the store; bookings belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CustomerId(pub i64);

/// One message of a customer.
#[derive(Debug, Clone, PartialEq)]
pub struct InboundMessage {
    /// The sender's id of it; without one each delivery is a new message.
    pub id: Option<MessageId>,
    /// A digest of contact and text, where the source has deliveries without an id
    /// (HighLevel's workflow action): the same within [`InboundMessage::FINGERPRINT_WINDOW_SECS`]
    /// seconds is the same message, unless both carry an id.
    pub fingerprint: Option<Fingerprint>,
    /// The conversation it belongs to.
    pub thread: ThreadKey,
    /// Who wrote it.
    pub contact: Contact,
    /// What it says.
    pub content: Content,
    /// When it was sent, by the provider's clock. [`InboundMessage::sent_at`] checks it.
    pub sent_at: Option<DateTime<Utc>>,
    /// The id of the message it answers, when the provider tells it.
    pub reply_to: Option<Box<str>>,
}

/// Sixteen bytes that stand for a contact and a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub [u8; 16]);

/// How far a provider's clock may be ahead of ours.
const MAX_SKEW: TimeDelta = TimeDelta::minutes(1);
/// The longest delay with which a message arrives: Meta repeats a delivery for 7 days.
const MAX_DELAY: TimeDelta = TimeDelta::days(30);

/// When something was said, by what its provider tells: the time of receipt where that is missing
/// or in the future.
pub fn said_at(told: Option<DateTime<Utc>>, received_at: DateTime<Utc>) -> DateTime<Utc> {
    told.filter(|told| *told <= received_at + MAX_SKEW)
        .unwrap_or(received_at)
}

// === impl BusinessId ===

impl BusinessId {
    /// The id as written in the business file.
    pub fn new(id: impl Into<Arc<str>>) -> Self {
        Self(id.into())
    }

    /// The id as written in the business file.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BusinessId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

// === impl SourceKind ===

impl SourceKind {
    /// Every source, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Direct, Self::Whatsapp, Self::Highlevel];

    /// The name in logs, labels and rows.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Whatsapp => "whatsapp",
            Self::Highlevel => "highlevel",
        }
    }

    /// The source of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// What happens to a message whose sender is over the limit.
    pub fn over_limit(self) -> OverLimit {
        match self {
            Self::Direct => OverLimit::Refuse,
            Self::Whatsapp | Self::Highlevel => OverLimit::Defer,
        }
    }
}

// === impl Trust ===

impl Trust {
    /// The name in rows.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Unverified => "unverified",
        }
    }
}

// === impl MessageId ===

impl MessageId {
    /// The longest id that is kept, in bytes. WhatsApp's are under 200.
    pub const MAX_BYTES: usize = 512;

    /// The id, unless it is empty or longer than [`Self::MAX_BYTES`].
    pub fn new(id: &str) -> Option<Self> {
        (!id.is_empty() && id.len() <= Self::MAX_BYTES).then(|| Self(id.into()))
    }

    /// The id as given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

// === impl ThreadKey ===

/// The key may be a phone number, so that only its origin is shown.
impl fmt::Debug for ThreadKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ThreadKey")
            .field("business", &self.business)
            .field("source", &self.source)
            .field("trust", &self.trust)
            .finish_non_exhaustive()
    }
}

// === impl InboundMessage ===

impl InboundMessage {
    /// How long two deliveries with the same fingerprint count as one message, in seconds.
    pub const FINGERPRINT_WINDOW_SECS: u32 = 30;

    /// When it was sent: the time of receipt where its provider tells no time, or one that is in
    /// the future or more than 30 days past.
    pub fn sent_at(&self, received_at: DateTime<Utc>) -> DateTime<Utc> {
        let sent_at = said_at(self.sent_at, received_at);
        if received_at - sent_at > MAX_DELAY {
            received_at
        } else {
            sent_at
        }
    }

    /// Whether its turn may wait for the customer to finish typing.
    ///
    /// A tap is a whole answer, and a client of the direct source waits for the reply.
    pub fn may_wait_for_more(&self) -> bool {
        self.thread.source != SourceKind::Direct && !matches!(self.content, Content::Choice { .. })
    }
}
