//! What is said, and what of it is still on its way to a customer.
//!
//! The invariant: a message is in the hands of one sender at a time, and that it is there is
//! durable before the provider is called. What came of a call that nobody heard the end of is
//! told apart from what failed, so that nothing is said twice that a report can still prove.

use std::{fmt, str::FromStr, time::Duration};

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::{Allowance, Error, Queue};
use crate::{
    booking::Booking,
    message::{Contact, MessageId, Reply, ThreadKey},
    workflow::{Alert, State, TurnId},
};

/// What is said.
#[async_trait]
pub trait Outbox: fmt::Debug + Send + Sync + 'static {
    /// The replies of a thread after a reply's number, oldest first, at most `limit`.
    async fn replies(
        &self,
        thread: &ThreadKey,
        after: u64,
        limit: usize,
    ) -> Result<Vec<StoredReply>, Error>;

    /// Leases up to `max` messages that are due and counts their attempts durably: of each queue at
    /// most as many as it is allowed, the longest due first, and where `max` is too few for all, of
    /// each queue its share.
    ///
    /// Of each lane only the first is ever due. What is too old to be said expires here, and what
    /// an earlier holder never settled waits for a report before it is handed out again. What is
    /// not leased is not touched.
    async fn dispatch(
        &self,
        max: usize,
        lease: Duration,
        allowance: Allowance,
    ) -> Result<Dispatches, Error>;

    /// Writes down what became of an attempt at a part, and what was said where that was not
    /// written before.
    async fn delivered(
        &self,
        dispatch: &Dispatch,
        attempt: Attempt,
        said: Option<Reply>,
    ) -> Result<Delivered, Error>;

    /// Tells the owner of a thread's business, by the ways that its file names; of a thread that is not
    /// there, as of the business.
    async fn tell_owner(&self, thread: &ThreadKey, alert: Alert) -> Result<(), Error>;
}

/// One reply as it was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReply {
    /// Its number: later replies have higher ones.
    pub id: u64,
    /// The turn that it answers; none: it was said unasked.
    pub turn: Option<TurnId>,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// Whether a person of the business said it.
    pub by_person: bool,
    /// What it says.
    pub reply: Reply,
}

/// What is due.
#[derive(Debug, Default)]
pub struct Dispatches {
    /// The messages, each for its holder alone until the lease ends.
    pub due: Vec<Dispatch>,
    /// The queues in which more is due than was leased.
    pub waiting: Vec<Queue>,
    /// When the next one becomes due that is not due now.
    pub next_due_at: Option<DateTime<Utc>>,
}

/// The right to send one message, beginning with one of its parts.
#[derive(Debug, Clone)]
pub struct Dispatch {
    /// Which.
    pub reference: Reference,
    /// The fencing number: a later lease of the message has a higher one.
    pub token: u64,
    /// 1 for the first try of this part; counted durably when the message is leased.
    pub attempt: u32,
    /// The queue that it waited in.
    pub queue: Queue,
    /// When it became due, which is its place there.
    pub due_at: DateTime<Utc>,
    /// The conversation.
    pub thread: ThreadKey,
    /// Who is written to.
    pub contact: Contact,
    /// What is said.
    pub mail: Mail,
    /// The customer's message that it answers first.
    pub answers: Option<MessageId>,
    /// When the customer wrote last.
    pub last_inbound_at: Option<DateTime<Utc>>,
}

/// What is said in a message.
#[derive(Debug, Clone)]
pub enum Mail {
    /// These words.
    Reply(Reply),
    /// That an appointment is near, in words that are yet to be found.
    Reminder(Box<ReminderMail>),
    /// Something that the owner of the business is told.
    Notice(Box<NoticeMail>),
}

/// All that the words of a reminder depend on.
#[derive(Debug, Clone)]
pub struct ReminderMail {
    /// The appointment, as it is.
    pub booking: Booking,
    /// What the conversation remembers; its language, above all.
    pub state: Option<State>,
}

/// All that is told to an owner.
#[derive(Debug, Clone)]
pub struct NoticeMail {
    /// By which way.
    pub way: NoticeWay,
    /// What happened.
    pub alert: Alert,
    /// The booking that it is about, as it is now.
    pub booking: Option<Booking>,
    /// When it happened.
    pub at: DateTime<Utc>,
}

/// A way to an owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeWay {
    /// `[notify] webhook_url`.
    Webhook,
    /// `[notify] whatsapp`.
    Whatsapp,
    /// A tag of the contact, by `[highlevel] booked_tag` and `needs_human_tag`.
    Tag,
}

/// Stands for one part of one message, so that a provider's report can prove it: unique over all
/// messages, also of a store that was set back to an older copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reference {
    /// The message's number.
    pub message: u64,
    /// When it was written, in milliseconds since 1970.
    pub written_ms: u64,
    /// The part: the first is 0.
    pub part: u16,
}

/// The text is no reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the reference of a message")]
pub struct NotAReference;

/// What became of an attempt to send a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attempt {
    /// The provider took it.
    Sent {
        /// The provider's id of it.
        id: MessageId,
        /// Whether another part follows.
        more: bool,
    },
    /// There is no such part: all was sent before.
    NothingLeft,
    /// Its client fetches it.
    ForPickup,
    /// Not taken; the attempt is spent. Used up: the message is dead.
    Retry {
        /// How long to wait.
        after: Duration,
        /// A stable word for it.
        reason: &'static str,
    },
    /// Not taken; the attempt is given back.
    Wait {
        /// How long.
        after: Duration,
        /// A stable word for it.
        reason: &'static str,
    },
    /// Not taken, since nothing of its queue is; the attempt is given back, and the message has its
    /// old place in the queue.
    PutBack,
    /// Nobody knows; the attempt is spent. Unless a report proves it meanwhile, it is sent again.
    Ambiguous {
        /// How long to wait for a report.
        after: Duration,
    },
    /// It will never be taken.
    Dead {
        /// A stable word for it.
        reason: &'static str,
    },
}

/// What became of a message with an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivered {
    /// All of it is sent.
    Sent,
    /// The next part is to be sent, under the same lease, which begins anew.
    NextPart,
    /// It waits for another attempt, or for a report.
    Waiting,
    /// It will not be sent.
    Dead,
    /// The lease had ended; someone else has the message.
    LeaseLost,
}

// === impl NoticeWay ===

impl NoticeWay {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Webhook, Self::Whatsapp, Self::Tag];

    /// The name in rows.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Webhook => "webhook",
            Self::Whatsapp => "whatsapp",
            Self::Tag => "tag",
        }
    }

    /// The way of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == name)
    }
}

// === impl Reference ===

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            message,
            written_ms,
            part,
        } = self;
        write!(f, "{message}.{written_ms}.{part}")
    }
}

impl FromStr for Reference {
    type Err = NotAReference;

    fn from_str(text: &str) -> Result<Self, NotAReference> {
        let mut fields = text.split('.');
        let mut field = || fields.next().ok_or(NotAReference);
        let reference = Self {
            message: field()?.parse().map_err(|_| NotAReference)?,
            written_ms: field()?.parse().map_err(|_| NotAReference)?,
            part: field()?.parse().map_err(|_| NotAReference)?,
        };
        match fields.next() {
            None => Ok(reference),
            Some(_) => Err(NotAReference),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_reference_survives_the_provider(message: u64, written_ms: u64, part: u16) {
            let reference = Reference { message, written_ms, part };
            prop_assert_eq!(reference.to_string().parse(), Ok(reference));
        }

        #[test]
        fn no_text_panics(text in "[0-9.x]{0,40}") {
            let _ = text.parse::<Reference>();
        }
    }
}
