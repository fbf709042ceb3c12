//! The way back to a customer: a [`Channel`] turns what is said into a provider's call.
//!
//! The invariant: what became of a call is told with what to do about it, by who knows the
//! provider. A channel keeps nothing that must survive; that is in the outbox row.

mod agenda;
pub mod highlevel;
mod numbered;
pub mod owner;
mod pacing;
mod text;
pub mod whatsapp;

use std::{collections::BTreeMap, fmt::Debug, sync::Arc, time::Duration};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use secrecy::SecretString;

pub use self::{
    agenda::{Agenda, Answered, Wanted},
    pacing::Room,
};
use crate::call::NoAnswer;
pub use crate::call::SetupError;
pub use crate::message::{Body, Template, TemplateParameter};
use crate::message::{BusinessId, Contact, Content, MessageId, PhoneNumber, SourceKind, ThreadKey};

/// Sends to the customers of one provider.
#[async_trait]
pub trait Channel: Debug + Send + Sync + 'static {
    /// Sends one part of a message: the first is 0. A message too long for the provider has
    /// several, and the caller asks for each in turn.
    ///
    /// It may wait a few seconds for its place among all that the account sends.
    async fn send(&self, message: &Outbound, part: u16) -> Result<Sent, SendError>;

    /// How many more messages an account may send soon: a number or a location, which is what the
    /// keys of its threads begin with.
    fn room(&self, _account: &str) -> Room {
        Room::UNLIMITED
    }

    /// What the provider knows of a customer beside what came with their message; none: nothing
    /// more, or it was asked a while ago.
    async fn look_up(&self, _who: &Who<'_>) -> Result<Option<Found>, SendError> {
        Ok(None)
    }

    /// What a message says that came without its content.
    async fn reread(&self, _thread: &ThreadKey, _message: &MessageId) -> Result<Reread, SendError> {
        Ok(Reread::Never)
    }

    /// Tags the customer, where the provider knows tags. To do it again changes nothing.
    async fn tag(&self, _tagging: &Tagging<'_>) -> Result<(), SendError> {
        Err(SendError::GiveUp {
            reason: "no_tags",
            code: None,
        })
    }
}

/// What the messages of a business are sent with.
pub trait Tokens: Debug + Send + Sync + 'static {
    /// The access token; none: nothing can be sent.
    fn token(&self, business: &BusinessId) -> Option<SecretString>;
}

/// The ways back, by the door that a conversation uses. A source without one has no customers who
/// can be written to.
#[derive(Debug, Clone, Default)]
pub struct Channels(BTreeMap<SourceKind, Arc<dyn Channel>>);

/// One message on its way to a customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Outbound {
    /// Our own reference, which the provider gives back in its reports where it can. Each part
    /// is sent with one of its own, so that a report proves the part it tells of.
    pub reference: Box<str>,
    /// The conversation.
    pub thread: ThreadKey,
    /// Who is written to.
    pub contact: Contact,
    /// What is said.
    pub body: Body,
    /// The customer's message that it answers, where it is the first to do so: it is marked as
    /// read before the first part.
    pub answers: Option<MessageId>,
    /// When the customer wrote last: providers allow free words only for a while after.
    pub last_inbound_at: Option<DateTime<Utc>>,
    /// The instant of the attempt.
    pub now: DateTime<Utc>,
}

/// A customer of whom more is to be known.
#[derive(Debug, Clone, Copy)]
pub struct Who<'a> {
    /// The conversation.
    pub thread: &'a ThreadKey,
    /// What is known.
    pub contact: &'a Contact,
}

/// What a provider knows of a customer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The phone number.
    pub phone: Option<PhoneNumber>,
    /// The name.
    pub name: Option<Box<str>>,
}

/// What came of reading a message again.
#[derive(Debug, Clone, PartialEq)]
pub enum Reread {
    /// It says this.
    Content(Content),
    /// The provider has the message, and not yet what it says.
    NotYet,
    /// More will not be known.
    Never,
}

/// A customer who gets a tag.
#[derive(Debug, Clone, Copy)]
pub struct Tagging<'a> {
    /// The conversation.
    pub thread: &'a ThreadKey,
    /// The customer.
    pub contact: &'a Contact,
    /// The tag.
    pub tag: &'a str,
    /// The instant of the attempt.
    pub now: DateTime<Utc>,
}

/// The provider took a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The provider's id of it.
    pub id: MessageId,
    /// Whether another part follows.
    pub more: bool,
    /// True if it was sent as a template.
    pub by_template: bool,
}

/// Why a part was not sent, with what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// It was not taken and may be later: spends an attempt.
    #[error("the provider failed: {reason}")]
    Retry {
        /// A stable word for it.
        reason: &'static str,
        /// How long to wait, where the provider said so.
        after: Option<Duration>,
    },
    /// It was not taken, since too much was sent to this customer: spends no attempt.
    #[error("the provider asks for patience: {reason}")]
    Wait {
        /// A stable word for it.
        reason: &'static str,
        /// How long.
        after: Duration,
    },
    /// It was not taken, and nothing of this account will be for a while, since too much was sent
    /// or nobody is there: spends no attempt.
    #[error("the provider takes nothing for now: {reason}")]
    Hold {
        /// A stable word for it.
        reason: &'static str,
        /// How long.
        after: Duration,
    },
    /// It will never be taken.
    #[error("the provider refused: {reason}")]
    GiveUp {
        /// A stable word for it.
        reason: &'static str,
        /// The provider's code, where it has one.
        code: Option<i64>,
    },
    /// It will not be taken until someone mends the setup (a token, a permission, an account):
    /// spends no attempt and makes health degraded.
    #[error("the provider refuses us: {reason}")]
    Alert {
        /// A stable word for it.
        reason: &'static str,
        /// The provider's code, where it has one.
        code: Option<i64>,
    },
    /// No message by this template will be taken until someone mends the template: spends no attempt
    /// and makes health degraded.
    #[error("the provider refuses the template: {reason}")]
    Template {
        /// A stable word for it.
        reason: &'static str,
        /// The provider's code.
        code: i64,
    },
    /// The message has no such part: all of it was sent.
    #[error("the message has no such part")]
    NoSuchPart,
    /// It may or may not have been taken: no answer came to a call that was made.
    #[error("the provider did not answer")]
    Ambiguous,
}

/// How long to wait when nobody was reached.
const UNREACHED_PAUSE: Duration = Duration::from_secs(10);

// === impl SendError ===

impl SendError {
    /// The business has nothing to send with.
    const NO_TOKEN: Self = Self::Alert {
        reason: "no_token",
        code: None,
    };

    /// What the provider shows has a shape that this release cannot read.
    const NOT_UNDERSTOOD: Self = Self::Alert {
        reason: "not_understood",
        code: None,
    };

    /// What is told of a call that got no answer.
    fn unanswered(no_answer: NoAnswer) -> Self {
        match no_answer {
            NoAnswer::Open { after } => Self::Hold {
                reason: "breaker_open",
                after,
            },
            NoAnswer::Unreached => Self::Hold {
                reason: "unreached",
                after: UNREACHED_PAUSE,
            },
            NoAnswer::Unsendable => Self::Alert {
                reason: "token",
                code: None,
            },
            NoAnswer::Lost => Self::Ambiguous,
        }
    }
}

// === impl Channels ===

impl Channels {
    /// The way back to the customers of a source.
    pub fn of(&self, source: SourceKind) -> Option<&Arc<dyn Channel>> {
        self.0.get(&source)
    }

    /// The sources whose customers can be written to.
    pub fn sources(&self) -> impl Iterator<Item = SourceKind> {
        self.0.keys().copied()
    }
}

impl FromIterator<(SourceKind, Arc<dyn Channel>)> for Channels {
    fn from_iter<I: IntoIterator<Item = (SourceKind, Arc<dyn Channel>)>>(channels: I) -> Self {
        Self(channels.into_iter().collect())
    }
}
