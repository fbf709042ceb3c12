//! What is said and done about a turn: the [`BookingWorkflow`] and what goes in and comes out.
//!
//! The invariant: a workflow writes nothing. It returns an [`Outcome`], and the store applies all
//! of it or none.

mod acknowledge;
mod alert;
mod assistant;
mod event;
pub mod remote;
pub mod statement;

use std::{fmt::Debug, str::FromStr, time::Duration};

use async_trait::async_trait;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use self::{
    acknowledge::Acknowledge,
    alert::{Alert, AlertKind},
    assistant::Assistant,
    event::Event,
};
use crate::{
    booking::{Booking, BookingId, Conflict, Effect},
    message::{
        Body, BusinessId, Contact, Content, CustomerId, MessageId, Reply, Seq, ThreadId, ThreadKey,
    },
};

/// Turns what a customer said into replies, a new conversation state and effects.
#[async_trait]
pub trait BookingWorkflow: Debug + Send + Sync + 'static {
    /// The name in labels and stored states.
    fn name(&self) -> &'static str;

    /// Answers one turn.
    async fn run(&self, turn: &Turn) -> Result<Outcome, WorkflowError>;
}

/// What is said whatever the workflow.
#[async_trait]
pub trait Alternatives: Debug + Send + Sync + 'static {
    /// Says that the time of the turn's conflict is gone, and what is free around it: taken again
    /// and again, so that a busy hour cannot keep a turn from ending.
    async fn just_taken(&self, turn: &Turn) -> Result<Outcome, WorkflowError>;

    /// Says what came of asking the keeper of a calendar: the turn is of this event.
    async fn told(&self, turn: &Turn, event: &Event) -> Result<Outcome, WorkflowError>;
}

/// The words for what is said to a customer unasked.
pub trait Correspondence: Debug + Send + Sync + 'static {
    /// That an appointment is near, for the thread that remembers `state`. None: nothing is said,
    /// since the business or its service is not there any more.
    fn reminder(&self, booking: &Booking, state: Option<&State>) -> Option<Body>;

    /// What an appointment is called in a calendar that the people of the business look at.
    fn title(&self, booking: &Booking, contact: &Contact) -> String;

    /// What happened, in one or more lines for the owner of a business, and in its language.
    fn notice(&self, business: &BusinessId, news: &News<'_>) -> String;
}

/// What an owner is told, with all that is known around it.
#[derive(Debug, Clone, Copy)]
pub struct News<'a> {
    /// What happened.
    pub alert: &'a Alert,
    /// The booking that it is about.
    pub booking: Option<&'a Booking>,
    /// The customer.
    pub contact: &'a Contact,
}

/// What waited in a thread, taken together, and all that is known around it.
#[derive(Debug, Clone)]
pub struct Turn {
    /// The same for every attempt.
    pub id: TurnId,
    /// Raised by each conflict and staleness; a retry keeps it. With the id, the idempotency key.
    pub revision: u32,
    /// 1 for the first try; counted durably when the turn is leased.
    pub attempt: u32,
    /// The thread.
    pub thread: ThreadId,
    /// The thread's key.
    pub key: ThreadKey,
    /// Until when a person has the thread, or had it last; the bot is silent up to then.
    pub paused_until: Option<DateTime<Utc>>,
    /// Who writes.
    pub contact: Contact,
    /// Whose bookings are seen and made.
    pub customer: CustomerId,
    /// The inputs in the order in which they were sent, with what was edited, revoked and reacted
    /// to applied ([`statement::apply`]); at most [`Turn::MAX_INPUTS`]. None where nothing is left
    /// to answer, and in the turn of an event.
    pub inputs: Vec<Input>,
    /// What happened instead of a message.
    pub event: Option<Event>,
    /// What the conversation remembered.
    pub state: Option<State>,
    /// The customer's bookings and holds that are not over, by start.
    pub bookings: Vec<Booking>,
    /// Why the outcome of the revision before could not be applied.
    pub conflict: Option<Conflict>,
    /// What the workflow answered by a callback, in its own form, where it was not there at once.
    pub answer: Option<Bytes>,
    /// The customer wants to hear nothing unasked: no reminders.
    pub opted_out: bool,
    /// The booking that the customer was reminded of since they wrote last.
    pub reminded: Option<BookingId>,
    /// The instant the attempt began.
    pub now: DateTime<Utc>,
}

/// Which inputs of which thread a turn covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TurnId {
    /// The thread.
    pub thread: ThreadId,
    /// The first input.
    pub first: Seq,
    /// The last input.
    pub last: Seq,
}

/// A text is not the id of a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the id of a turn")]
pub struct NotATurnId;

/// One thing that waited in a thread.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// Its position in the thread.
    pub seq: Seq,
    /// The sender's id of it.
    pub id: Option<MessageId>,
    /// What it says.
    pub content: Content,
    /// The id of the message it answers.
    pub reply_to: Option<Box<str>>,
    /// When it was sent by the provider's clock, else when it was received; never in the future.
    pub sent_at: DateTime<Utc>,
    /// When it was made durable.
    pub received_at: DateTime<Utc>,
}

/// What a workflow wants to happen. Empty: nothing is said and nothing changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// What is said, in order.
    pub replies: Vec<Reply>,
    /// The replies ask nothing: the question that was open before stays open, and a reaction to its
    /// own message still answers it.
    pub keeps_question: bool,
    /// What the conversation remembers from now on.
    pub state: StateChange,
    /// What is booked, moved and cancelled: all or nothing.
    pub effects: Vec<Effect>,
    /// A person is wanted: the thread is given to the staff and the bot is silent.
    pub handoff: Option<Handoff>,
    /// Until when the staff has the thread at least; none: for `HANDOFF_HOURS`.
    pub handoff_until: Option<DateTime<Utc>>,
    /// What the owner hears of; bookings made, moved and given up are told by the store itself.
    pub alerts: Vec<Alert>,
    /// Whether the customer wants to be written to unasked, where they said so.
    pub consent: Option<Consent>,
}

/// What a customer says about being written to unasked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// Nothing from now on but answers.
    OptOut,
    /// As before.
    OptIn,
}

/// What becomes of the conversation state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum StateChange {
    /// It stays.
    #[default]
    Keep,
    /// It is replaced.
    Put(State),
    /// It is forgotten.
    Clear,
}

/// A workflow's own memory of a conversation, opaque to the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The workflow that wrote it.
    pub workflow: Box<str>,
    /// The version of its format.
    pub version: u32,
    /// The memory; at most [`State::MAX_BYTES`].
    pub bytes: Bytes,
}

/// Why a person is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Handoff {
    /// The customer asked for one.
    Asked,
    /// The turn was too old for the bot to answer (`MAX_TURN_AGE_MINUTES`).
    TooOld,
    /// The bot did not understand, more than once.
    NotUnderstood,
    /// The customer writes a language that is not spoken here.
    Language,
    /// What answers seems to be another machine.
    Machine,
    /// Nobody knows what the keeper of a calendar made of an appointment.
    Calendar,
}

/// Why a turn was not answered, with what to do about it: who knows decides.
#[derive(Debug, thiserror::Error)]
pub enum WorkflowError {
    /// Down, timing out, or asking for patience: spends no attempt, bounded by the turn's age.
    #[error("the workflow is unavailable")]
    Unavailable {
        /// How long to wait, where it said so.
        after: Option<Duration>,
        /// The cause.
        #[source]
        source: Option<anyhow::Error>,
    },
    /// It failed so often that it is left alone for now: spends no attempt, bounded by the turn's
    /// age. The customer may be told that the answer takes a while.
    #[error("the workflow is left alone for now")]
    Down {
        /// When it is worth trying again.
        after: Duration,
    },
    /// It took the turn and answers by a callback: spends no attempt.
    #[error("the workflow answers later")]
    Later {
        /// How long to wait for it before the turn is tried again.
        within: Duration,
    },
    /// Failed in a way that may pass: spends an attempt.
    #[error("the workflow failed")]
    Retry {
        /// How long to wait, where it said so.
        after: Option<Duration>,
        /// The cause.
        #[source]
        source: Option<anyhow::Error>,
    },
    /// Will never work: the turn is dead at once.
    #[error("the workflow refused the turn: {reason}")]
    Reject {
        /// A stable word for it, without anything of the customer's.
        reason: &'static str,
    },
}

// === impl Turn ===

impl Turn {
    /// The most inputs in one turn.
    pub const MAX_INPUTS: usize = 20;

    /// Whether a person has the thread now.
    pub fn is_paused(&self) -> bool {
        self.paused_until.is_some_and(|until| until > self.now)
    }

    /// How long ago the newest message was sent, or the event happened.
    pub fn age(&self) -> Duration {
        let written = self.inputs.last().map(|input| input.sent_at);
        let happened = self.event.as_ref().map(|event| event.at);
        let newest = written.or(happened).unwrap_or(self.now);
        (self.now - newest).to_std().unwrap_or_default()
    }

    /// An id for the `n`th booking this revision makes: the same however often the attempt is
    /// repeated, so that a repeated commit cannot book twice.
    pub fn booking_id(&self, n: usize) -> BookingId {
        BookingId::derive(&format!("{}.{}.{n}", self.id, self.revision))
    }
}

// === impl TurnId ===

impl FromStr for TurnId {
    type Err = NotATurnId;

    fn from_str(text: &str) -> Result<Self, NotATurnId> {
        let mut numbers = text.strip_prefix('t').ok_or(NotATurnId)?.split('-');
        let mut number = || {
            let digits = numbers.next().ok_or(NotATurnId)?;
            if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(NotATurnId);
            }
            digits.parse::<u64>().map_err(|_| NotATurnId)
        };
        let thread = i64::try_from(number()?).map_err(|_| NotATurnId)?;
        let (first, last) = (Seq(number()?), Seq(number()?));
        if numbers.next().is_some() {
            return Err(NotATurnId);
        }
        Ok(Self {
            thread: ThreadId(thread),
            first,
            last,
        })
    }
}

impl std::fmt::Display for TurnId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "t{}-{}-{}", self.thread.0, self.first.0, self.last.0)
    }
}

// === impl State ===

impl State {
    /// The largest state that is kept.
    pub const MAX_BYTES: usize = 64 * 1024;
}

// === impl Handoff ===

impl Handoff {
    /// The name in rows and labels.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::TooOld => "too_old",
            Self::NotUnderstood => "not_understood",
            Self::Language => "language",
            Self::Machine => "machine",
            Self::Calendar => "calendar",
        }
    }
}
