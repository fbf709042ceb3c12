//! Where everything that must not be lost is kept: one [`Store`], several backends.
//!
//! The invariants, the same for every backend and held by one conformance suite
//! (`tests/it/store/`):
//!
//! - what [`Inbox::accept`] answered `Accepted` is on disk, once, with its place in its thread;
//! - a thread's turns are leased one at a time and in order;
//! - [`Turns::commit`] applies the whole outcome of a turn, or nothing of it;
//! - accepted = done + pending + dead at every instant ([`Totals`]);
//! - no two blocked spans of a resource overlap, refused by the database itself.

mod blocks;
mod calendar;
mod erasure;
mod failures;
mod feed;
mod office;
mod outbox;
mod queue;
mod requests;
mod signals;
pub mod sqlite;
mod threads;

use std::{fmt::Debug, num::NonZeroU32, sync::Arc, time::Duration};

use async_trait::async_trait;
use bytes::Bytes;
use chrono::{DateTime, Utc};

pub use self::{
    blocks::{Blocked, Blocks, BlocksWanted},
    calendar::StoreCalendar,
    erasure::{Erased, Erasure, Forgotten, Whom},
    failures::{Failed, Failure, FailureId, Failures, FailuresWanted, NotAFailure, Settlement},
    feed::{Feed, FeedToken, Feeds},
    office::{
        BookingEntry, BookingsWanted, Firmness, KnownCustomer, Office, Once, Remembered, RequestKey,
    },
    outbox::{
        Attempt, Delivered, Dispatch, Dispatches, Mail, NotAReference, NoticeMail, NoticeWay,
        Outbox, Reference, ReminderMail, StoredReply,
    },
    queue::{Account, Allowance, Queue},
    requests::{Answered, Asked, Asking, Request, Requests},
    signals::{Signals, ThreadWatch, TooManyWatches},
    threads::{Holder, Line, Said, Spoken, ThreadEntry, Threads, ThreadsWanted, TranscriptPlace},
};
use crate::{
    booking::{Booking, BookingId, Businesses, Busy, Conflict, Effect, Span},
    message::{
        Arrival, BusinessId, Contact, Content, CustomerId, Reply, Seq, SourceKind, ThreadId,
    },
    workflow::{Outcome, Turn, TurnId},
};

/// All that frontdesk keeps. Each part is a trait of its own; only a turn's commit spans them.
pub trait Store:
    Inbox
    + Turns
    + Outbox
    + Requests
    + Bookings
    + Blocks
    + Office
    + Threads
    + Failures
    + Erasure
    + Feeds
    + Views
    + Upkeep
{
}

impl<T> Store for T where
    T: Inbox
        + Turns
        + Outbox
        + Requests
        + Bookings
        + Blocks
        + Office
        + Threads
        + Failures
        + Erasure
        + Feeds
        + Views
        + Upkeep
{
}

/// The rules that a store applies while it accepts and schedules.
#[derive(Debug, Clone)]
pub struct Policy {
    /// How long a provider's thread must be quiet before its turn.
    pub coalesce: Duration,
    /// The most that a message waits for the customer to finish typing.
    pub coalesce_max: Duration,
    /// Messages a minute and sender: so many at once, then evenly spaced. None: no limit.
    pub rate_limit_per_minute: Option<NonZeroU32>,
    /// The attempts after which a turn is dead.
    pub max_attempts: u32,
    /// How long a thread is a person's after a takeover or handoff.
    pub handoff: Duration,
    /// When customers are reminded; the businesses as they are.
    pub businesses: Arc<Businesses>,
    /// The sources whose customers can be written to; what is said to the others expires at once.
    pub channels: Vec<SourceKind>,
    /// Nobody answers: a message is done once it is accepted, and gets no turn.
    pub acknowledge: bool,
}

/// Accepts what came in.
#[async_trait]
pub trait Inbox: Debug + Send + Sync + 'static {
    /// Makes a delivery durable in one transaction and answers for each item, in order.
    ///
    /// Duplicates are recognised before the limit is asked, and a limited message leaves no
    /// trace. After the commit the store itself wakes the worker.
    async fn accept(&self, arrivals: Vec<Arrival>) -> Result<Vec<Receipt>, Error>;
}

/// What became of one item of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Receipt {
    /// It is new and durable, and waits in its thread.
    Accepted {
        /// The thread.
        thread: ThreadId,
        /// Its place there.
        seq: Seq,
        /// It is stored, but its sender is over the limit and its turn waits
        /// ([`OverLimit::Defer`](crate::message::OverLimit)).
        deferred: bool,
    },
    /// It was there already.
    Duplicate {
        /// The thread and place of the first one, where it was a customer's message.
        first: Option<(ThreadId, Seq)>,
    },
    /// The same id came before with another phone, thread or text (direct source only).
    Conflict,
    /// Its sender is over the limit; nothing was kept.
    Limited {
        /// When one more message is allowed.
        retry_after: Duration,
    },
    /// It is durable and starts no turn: a report, a notice, a takeover, a failure.
    Recorded,
}

/// Hands out turns and takes their outcomes.
#[async_trait]
pub trait Turns: Debug + Send + Sync + 'static {
    /// Leases the turns of up to `max` threads that are ready, the longest waiting first, and
    /// counts their attempts durably.
    ///
    /// A turn whose attempts are used up is not handed out but dies here.
    async fn lease(&self, max: usize, duration: Duration) -> Result<Leases, Error>;

    /// Applies an outcome in one transaction and gives the lease back.
    async fn commit(&self, lease: &Lease, outcome: Outcome) -> Result<Committed, Error>;

    /// Gives a lease back without an outcome.
    async fn release(&self, lease: &Lease, release: Release) -> Result<Released, Error>;

    /// Gives a thread to a person (`Some(until)`) or back to the bot (`None`) and bumps its
    /// version, so that a turn under way does not talk over the person.
    async fn pause(&self, thread: ThreadId, until: Option<DateTime<Utc>>) -> Result<(), Error>;

    /// Keeps what was learned of a turn's customer, and answers the turn as it stands then, still
    /// leased; none where the lease was lost. A phone number joins them with who is known by it.
    async fn acquaint(&self, lease: &Lease, contact: Contact) -> Result<Option<Lease>, Error>;

    /// Keeps what an input of a turn says, where that was learned later, and answers the turn as
    /// it stands then, still leased; none where the lease was lost.
    async fn reread(
        &self,
        lease: &Lease,
        seq: Seq,
        content: Content,
    ) -> Result<Option<Lease>, Error>;

    /// Takes what a workflow answers after the attempt, for one revision of a turn: the turn runs
    /// again at once, with it.
    async fn call_back(
        &self,
        turn: TurnId,
        revision: u32,
        answer: Bytes,
    ) -> Result<CalledBack, Error>;

    /// The wake-ups of this store: what was accepted, what was settled.
    fn signals(&self) -> &Signals;
}

/// What was leased.
#[derive(Debug, Default)]
pub struct Leases {
    /// The turns, each for its holder alone until the lease ends.
    pub turns: Vec<Lease>,
    /// When the next thread becomes ready, if one waits.
    pub next_ready_at: Option<DateTime<Utc>>,
}

/// The right to answer one turn.
#[derive(Debug, Clone)]
pub struct Lease {
    /// The turn.
    pub turn: Turn,
    /// The fencing number: a later lease of the thread has a higher one.
    pub token: u64,
    /// The thread's version when the turn was read.
    pub thread_version: u64,
}

/// What became of a commit.
#[derive(Debug, Clone)]
pub enum Committed {
    /// Everything is applied.
    Done {
        /// Whether newer inputs wait in the thread, ready or not.
        more: bool,
    },
    /// The effects could not be applied, so nothing was. The revision is raised and the turn is
    /// still leased: run it again with this knowledge.
    Conflict {
        /// The turn as it stands now, with the conflict in it.
        lease: Box<Lease>,
        /// Which.
        conflict: Conflict,
    },
    /// The thread changed under the turn (a person took it over): nothing was applied. The turn
    /// is still leased and as it stands now.
    Stale {
        /// The turn as it stands now.
        lease: Box<Lease>,
    },
    /// The lease had ended; someone else has the turn. Nothing was applied.
    LeaseLost,
}

/// Why a lease is given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Release {
    /// Try again later; the attempt is spent. Used up: the turn is dead.
    Retry {
        /// How long to wait.
        after: Duration,
    },
    /// Try again later; the attempt is given back.
    Unavailable {
        /// How long to wait.
        after: Duration,
        /// What the customer is told of it, at most once an hour and thread.
        excuse: Option<Reply>,
    },
    /// The answer comes by [`Turns::call_back`]; without it, try again. The attempt is given back.
    Later {
        /// How long to wait for it.
        within: Duration,
    },
    /// Never try again: the turn becomes a failure that can be replayed.
    Dead {
        /// A stable word for it.
        reason: &'static str,
    },
}

/// What became of a callback.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalledBack {
    /// It is durable, and the turn runs with it.
    Taken,
    /// The same came before.
    Repeated,
    /// The turn or its revision is over, or was answered otherwise.
    Over,
    /// There never was such a turn.
    Unknown,
}

/// What became of a turn that was given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Released {
    /// It waits for its next attempt, or is someone else's by now.
    Waiting,
    /// It is dead: refused, or its attempts are used up.
    Dead,
}

/// What is booked.
#[async_trait]
pub trait Bookings: Debug + Send + Sync + 'static {
    /// Applies effects outside a turn, all or nothing, by the same function that a turn's commit
    /// uses.
    async fn apply(&self, effects: Vec<Effect>) -> Result<Result<(), Conflict>, Error>;

    /// What takes room within a span: bookings, holds that did not expire, and blocks.
    async fn busy(
        &self,
        business: &BusinessId,
        span: Span,
        except_holds_of: Option<CustomerId>,
    ) -> Result<Vec<Busy>, Error>;

    /// One booking, whatever its status.
    async fn booking(&self, id: BookingId) -> Result<Option<Booking>, Error>;

    /// The bookings of a business that are firm and overlap a span, by start.
    async fn booked(&self, business: &BusinessId, span: Span) -> Result<Vec<Booking>, Error>;
}

/// What can be looked at.
#[async_trait]
pub trait Views: Debug + Send + Sync + 'static {
    /// The customer messages ever accepted, and where they are now.
    async fn totals(&self) -> Result<Totals, Error>;

    /// The gauges that are counted when they are asked for.
    async fn gauges(&self) -> Result<Gauges, Error>;

    /// Writes and syncs, to see whether it can.
    async fn probe(&self) -> Result<(), Error>;

    /// What became of the turn that covers an input.
    async fn answer(&self, thread: ThreadId, seq: Seq) -> Result<Answer, Error>;

    /// How many failures are kept, by reason.
    async fn failures(&self) -> Result<Vec<(Box<str>, u64)>, Error>;
}

/// Keeps the store from growing for ever.
#[async_trait]
pub trait Upkeep: Debug + Send + Sync + 'static {
    /// Forgets one slice, a few milliseconds of work, of what is older than `keep`: messages,
    /// conversation states, replies, failures, notices, reports, and bookings that are over.
    ///
    /// Never what waits. Ids are recognised for 8 days even when `keep` is less. Nothing while the
    /// clock is not trusted: when it moved by more than a day since the last write, until it has
    /// been stable for an hour.
    async fn purge(&self, keep: Duration) -> Result<Purged, Error>;
}

/// What a slice of purging did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Purged {
    /// Rows forgotten.
    pub rows: u64,
    /// Whether another slice has something to look at.
    pub more: bool,
}

/// Running totals of customer messages: `accepted = done + pending + dead` at every instant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Ever accepted.
    pub accepted: u64,
    /// Covered by a committed turn, or discarded.
    pub done: u64,
    /// In a dead turn.
    pub dead: u64,
}

/// What is counted when it is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Gauges {
    /// The age of the oldest message that waits for its answer. The messages of a thread that is a
    /// person's are not counted: [`waiting_threads`](Self::waiting_threads) is.
    pub oldest_pending: Duration,
    /// Threads with a message in the last 30 minutes.
    pub active_threads: u64,
    /// Threads that the bot gave to the people of the business, and that none of them took yet.
    pub waiting_threads: u64,
    /// Nothing is forgotten by age, since the clock leapt.
    pub retention_waits: bool,
    /// Replies that wait to be sent, and what keepers of calendars are asked for.
    pub outbox_pending: u64,
    /// Messages that are due and wait for their turn to be sent.
    pub outbox_waiting: u64,
    /// How long the one of them that waits longest has been due.
    pub oldest_outbox: Duration,
}

/// What became of a turn, for a client that waits for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It waits or is under way.
    Pending,
    /// It was answered, perhaps with nothing.
    Done {
        /// The turn, where it is still known.
        turn: Option<TurnId>,
        /// Its replies, in order.
        replies: Vec<Reply>,
    },
    /// It failed for good.
    Dead,
}

/// Why the store did not do what was asked. Nothing was done then.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The medium fails or is full; it may recover.
    #[error("the store cannot be written or read")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// More is waiting to be written than the queue holds.
    #[error("the store's queue is full")]
    Overloaded,
    /// What is kept does not make sense to this release.
    #[error("the store holds {what} that this release cannot read")]
    Undecodable {
        /// What sort of row.
        what: &'static str,
        /// The cause.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

// === impl Totals ===

impl Totals {
    /// Accepted and neither done nor dead.
    pub fn pending(&self) -> u64 {
        self.accepted
            .saturating_sub(self.done)
            .saturating_sub(self.dead)
    }
}
