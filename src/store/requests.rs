//! What the keepers of calendars are asked for: appointments taken in, moved and given up.
//!
//! The invariants: a booking waits for one answer at a time; that it is asked for is durable
//! before the keeper is called, so that whoever asks again knows to look first; the answer, what
//! becomes of the booking and the event for its conversation are one transaction.

use std::{fmt, time::Duration};

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::Error;
use crate::{
    booking::{Booking, Change},
    message::Contact,
};

/// What the keepers of calendars are asked for.
#[async_trait]
pub trait Requests: fmt::Debug + Send + Sync + 'static {
    /// Leases up to `max` requests that are due, the longest due first, and counts their attempts
    /// durably.
    ///
    /// One whose time is over is given up here, and its conversation told.
    async fn requests(&self, max: usize, lease: Duration) -> Result<Asking, Error>;

    /// Writes down what came of an attempt, with all that follows from it.
    async fn answered(&self, request: &Request, answer: Answered) -> Result<Asked, Error>;
}

/// What is due.
#[derive(Debug, Default)]
pub struct Asking {
    /// The requests, each for its holder alone until the lease ends.
    pub due: Vec<Request>,
    /// When the next one becomes due, if one waits.
    pub next_due_at: Option<DateTime<Utc>>,
}

/// The right to ask for one change.
#[derive(Debug, Clone)]
pub struct Request {
    /// Which.
    pub id: u64,
    /// The booking, as it is.
    pub booking: Booking,
    /// What is wanted of it.
    pub change: Change,
    /// Who comes; `provider_id` is the keeper's own contact, where one is known.
    pub contact: Contact,
    /// The keeper's ids of the customer's other appointments.
    pub others: Vec<Box<str>>,
    /// 1 for the first try; counted durably when it is leased.
    pub attempt: u32,
    /// An earlier attempt may have made the change.
    pub doubtful: bool,
    /// The fencing number: a later lease has a higher one.
    pub token: u64,
}

/// What came of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    /// It is as wanted.
    Done {
        /// The keeper's id of the appointment.
        id: Box<str>,
        /// The keeper's id of who comes, where it told one.
        contact: Option<Box<str>>,
    },
    /// The time is not free there.
    Taken,
    /// There is no such appointment any more.
    Gone,
    /// Not made; the attempt is spent. Used up: it is given up.
    Retry {
        /// How long to wait.
        after: Duration,
    },
    /// Not made; the attempt is given back.
    Wait {
        /// How long.
        after: Duration,
    },
    /// Nobody knows; the attempt is spent, and the next one looks first.
    Ambiguous {
        /// How long to wait.
        after: Duration,
    },
    /// It will never be made.
    Dead {
        /// A stable word for it.
        reason: &'static str,
    },
}

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// It is over, one way or the other.
    Settled,
    /// It waits for another attempt.
    Waiting,
    /// The lease had ended; someone else has it.
    LeaseLost,
}
