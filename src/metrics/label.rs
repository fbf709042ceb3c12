//! What figures are told apart by. Every value of a label is there from the start, at zero.

use std::fmt::Write as _;

use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue, LabelValueEncoder};

use crate::{breaker::Destination, message::SourceKind};

/// How a webhook POST was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RequestOutcome {
    /// 2xx.
    Accepted,
    /// 429.
    Limited,
    /// Any other 4xx.
    Refused,
    /// 5xx.
    Failed,
}

/// Which limit was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LimitScope {
    /// The client address's: 429.
    Address,
    /// The sender's, on the direct source: 429.
    Sender,
    /// The sender's, on a provider route: stored, and its turn waits.
    Deferred,
}

/// How a turn ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TurnOutcome {
    /// Committed.
    Done,
    /// Committed unanswered, since a person has the thread.
    Paused,
    /// Run again with a new revision: a time was taken meanwhile.
    Conflict,
    /// Run again with a new revision: the thread changed meanwhile.
    Stale,
    /// Will be tried again.
    Retry,
    /// The workflow is down: waits.
    Unavailable,
    /// The workflow took it and answers by a callback.
    Later,
    /// Given up.
    Dead,
    /// The lease ended before the commit.
    LeaseLost,
}

/// To whom a message goes, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeliveryChannel {
    /// To a customer, by Meta's API.
    Whatsapp,
    /// To a customer, by HighLevel's API.
    Highlevel,
    /// To the owner.
    Owner,
    /// To the keeper of a calendar: an appointment taken in, moved or given up.
    Calendar,
}

/// What became of an attempt to send a part of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeliveryOutcome {
    /// The provider took it.
    Sent,
    /// It failed and will be tried again.
    Retry,
    /// The provider asked for patience, refuses us, or nobody was there.
    Wait,
    /// Nobody knows whether it was taken.
    Ambiguous,
    /// It will not be sent.
    Dead,
}

/// What became of a wish to book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BookingOutcome {
    /// Kept free for a while.
    Held,
    /// Firm.
    Booked,
    /// At another time.
    Moved,
    /// Given up.
    Cancelled,
    /// Someone else had the time.
    Conflict,
}

/// Every check of health that can fail.
pub const DEGRADED_REASONS: &[&str] = &[
    "store",
    "worker",
    "pending",
    "outbox",
    "unrouted",
    "whatsapp_templates",
    "no_business",
    "no_access_token",
    "no_api_token",
    "direct_replies",
    "whatsapp_replies",
    "highlevel_replies",
    "highlevel_appointments",
    "highlevel_calendar",
    "whatsapp_api",
    "highlevel_api",
    "owner_webhook",
    "workflow",
];

macro_rules! label_values {
    ($($name:ident { $($variant:ident => $text:literal),+ $(,)? })+) => {$(
        impl $name {
            /// Every value.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The label's text.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl EncodeLabelValue for $name {
            fn encode(&self, encoder: &mut LabelValueEncoder<'_>) -> std::fmt::Result {
                encoder.write_str(self.as_str())
            }
        }
    )+};
}

label_values! {
    RequestOutcome { Accepted => "accepted", Limited => "limited", Refused => "refused", Failed => "failed" }
    LimitScope { Address => "address", Sender => "sender", Deferred => "deferred" }
    TurnOutcome {
        Done => "done", Paused => "paused", Conflict => "conflict", Stale => "stale",
        Retry => "retry", Unavailable => "unavailable", Later => "later", Dead => "dead", LeaseLost => "lease_lost",
    }
    DeliveryChannel {
        Whatsapp => "whatsapp", Highlevel => "highlevel", Owner => "owner",
        Calendar => "calendar",
    }
    DeliveryOutcome {
        Sent => "sent", Retry => "retry", Wait => "wait", Ambiguous => "ambiguous", Dead => "dead",
    }
    BookingOutcome {
        Held => "held", Booked => "booked", Moved => "moved", Cancelled => "cancelled",
        Conflict => "conflict",
    }
}

impl EncodeLabelValue for Destination {
    fn encode(&self, encoder: &mut LabelValueEncoder<'_>) -> std::fmt::Result {
        encoder.write_str(self.as_str())
    }
}

impl EncodeLabelValue for SourceKind {
    fn encode(&self, encoder: &mut LabelValueEncoder<'_>) -> std::fmt::Result {
        encoder.write_str(self.as_str())
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct RequestLabels {
    pub(super) source: SourceKind,
    pub(super) outcome: RequestOutcome,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct SourceLabels {
    pub(super) source: SourceKind,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct RejectionLabels {
    pub(super) source: SourceKind,
    pub(super) reason: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct ReasonLabels {
    pub(super) reason: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct ScopeLabels {
    pub(super) scope: LimitScope,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct TurnLabels {
    pub(super) workflow: &'static str,
    pub(super) outcome: TurnOutcome,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct WorkflowLabels {
    pub(super) workflow: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct DeliveryLabels {
    pub(super) channel: DeliveryChannel,
    pub(super) outcome: DeliveryOutcome,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct BookingLabels {
    pub(super) outcome: BookingOutcome,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct DestinationLabels {
    pub(super) destination: Destination,
}
