//! Conversations, as the people of a business see them and take part in them.
//!
//! The invariant: what a person says goes out by the same outbox as all else, and gives the thread
//! to the people in the same transaction.

use std::fmt;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::{BookingEntry, Error, StoredReply};
use crate::message::{BusinessId, Content, PhoneNumber, Reply, ThreadId, ThreadKey};

/// Conversations, as the people of a business see them and take part in them.
#[async_trait]
pub trait Threads: fmt::Debug + Send + Sync + 'static {
    /// The threads that are asked for, those first in which a customer wrote last.
    async fn threads(&self, wanted: ThreadsWanted) -> Result<Vec<ThreadEntry>, Error>;

    /// One thread, with the bookings of its customer that are not over.
    async fn thread(&self, id: ThreadId)
    -> Result<Option<(ThreadEntry, Vec<BookingEntry>)>, Error>;

    /// What was said in a thread before a place, the newest first.
    async fn transcript(
        &self,
        id: ThreadId,
        before: TranscriptPlace,
        limit: usize,
    ) -> Result<Vec<Line>, Error>;

    /// Says something as a person of the business, who has the thread from then on.
    async fn say(&self, id: ThreadId, reply: Reply) -> Result<Spoken, Error>;
}

/// Which threads are asked for.
#[derive(Debug, Clone)]
pub struct ThreadsWanted {
    /// The business.
    pub business: BusinessId,
    /// Who has them; none: all.
    pub holder: Option<Holder>,
    /// Only those after this one, in the order of the list.
    pub after: Option<(DateTime<Utc>, ThreadId)>,
    /// The most.
    pub limit: usize,
}

/// Who answers in a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// The bot.
    Bot,
    /// Nobody yet: the bot gave it to the people of the business.
    Nobody,
    /// A person of the business.
    Person,
}

/// A thread as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadEntry {
    /// Its number.
    pub id: ThreadId,
    /// Its key.
    pub key: ThreadKey,
    /// The customer's number, as far as it is known.
    pub phone: Option<PhoneNumber>,
    /// What the customer is called, as far as it is known.
    pub name: Option<Box<str>>,
    /// When the customer wrote last.
    pub last_at: DateTime<Utc>,
    /// Messages that no turn covers yet.
    pub pending: u64,
    /// Who answers.
    pub holder: Holder,
    /// Until when the bot is silent, where it is.
    pub paused_until: Option<DateTime<Utc>>,
    /// Why the bot gave it away, where it did.
    pub handoff: Option<Box<str>>,
}

/// Up to where a transcript was read, by the numbers of what it is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TranscriptPlace {
    /// Messages before this one.
    pub message: i64,
    /// What was sent, before this.
    pub outbox: i64,
    /// What people wrote by other ways, before this.
    pub notice: i64,
}

/// One line of a transcript.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub said: Said,
    /// Its number, among its like.
    pub number: i64,
}

/// What was said, and by whom.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// By the customer; none: it was forgotten.
    ByCustomer(Option<Content>),
    /// By us.
    ByUs {
        /// What.
        reply: Reply,
        /// Whether it is the bot's answer or reminder, and no person's word.
        by_bot: bool,
        /// How far it came: `pickup`, `pending`, `sending`, `sent`, `ambiguous`, `expired`, `dead`.
        state: Box<str>,
        /// Why it came no further.
        reason: Option<Box<str>>,
    },
    /// By a person of the business, at the provider.
    Elsewhere(Box<str>),
}

/// What became of what a person said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spoken {
    /// It is in the outbox, or for its client to fetch.
    Queued(StoredReply),
    /// There is no such thread.
    NoThread,
    /// Nothing can be sent by the thread's source.
    NoChannel,
}

// === impl TranscriptPlace ===

impl TranscriptPlace {
    /// Before nothing: at the end.
    pub const END: Self = Self {
        message: i64::MAX,
        outbox: i64::MAX,
        notice: i64::MAX,
    };

    /// The place before these lines as well.
    #[must_use]
    pub fn before(mut self, lines: &[Line]) -> Self {
        for line in lines {
            let place = match line.said {
                Said::ByCustomer(_) => &mut self.message,
                Said::ByUs { .. } => &mut self.outbox,
                Said::Elsewhere(_) => &mut self.notice,
            };
            *place = line.number.min(*place);
        }
        self
    }
}
