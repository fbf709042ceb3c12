//! What failed for good: turns that could not be answered, deliveries that were not understood, and
//! messages that did not arrive.
//!
//! The invariant: accepted = done + pending + dead, whatever is replayed and discarded. A replay
//! moves dead to pending; what is discarded counts as done.

use std::{fmt, str::FromStr};

use async_trait::async_trait;
use bytes::Bytes;
use chrono::{DateTime, Utc};

use super::Error;
use crate::{
    message::{BusinessId, SourceKind, ThreadId},
    signature::Scheme,
};

/// What failed for good.
#[async_trait]
pub trait Failures: fmt::Debug + Send + Sync + 'static {
    /// What failed, the newest first. Of a delivery, at most `preview` bytes.
    async fn failed(&self, wanted: FailuresWanted) -> Result<Vec<Failure>, Error>;

    /// One failure, whole.
    async fn failure(&self, id: FailureId) -> Result<Option<Failure>, Error>;

    /// Lets a dead turn's messages wait again in their thread, as its newest inputs.
    async fn replay(&self, turn: i64) -> Result<Settlement, Error>;

    /// Forgets a failure.
    async fn discard(&self, id: FailureId) -> Result<Settlement, Error>;
}

/// Which failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FailureId {
    /// A turn that could not be answered.
    Turn(i64),
    /// A delivery that was not understood, or nobody's.
    Delivery(i64),
    /// A message that did not arrive.
    Message(i64),
}

/// The text is no failure's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the id of a failure")]
pub struct NotAFailure;

/// Which failures are asked for.
#[derive(Debug, Clone)]
pub struct FailuresWanted {
    /// Those of a business, and deliveries of which nobody knows whose they are.
    pub business: BusinessId,
    /// Only those after this one, in the order of the list.
    pub after: Option<(DateTime<Utc>, FailureId)>,
    /// The most.
    pub limit: usize,
    /// The most bytes of a delivery that are shown.
    pub preview: usize,
}

/// Something that failed for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Which.
    pub id: FailureId,
    /// Whose, where that is known.
    pub business: Option<BusinessId>,
    /// When.
    pub at: DateTime<Utc>,
    /// Why: a stable word.
    pub reason: Box<str>,
    /// What.
    pub what: Failed,
}

/// What failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failed {
    /// A turn.
    Turn {
        /// Of which thread.
        thread: ThreadId,
        /// How many messages it covers.
        messages: u64,
        /// How often it was tried.
        attempts: u32,
    },
    /// A delivery.
    Delivery {
        /// The door it came in by.
        source: SourceKind,
        /// How it was proven.
        scheme: Scheme,
        /// As it came.
        raw: Bytes,
    },
    /// A message of ours that did not arrive.
    Message {
        /// Of which thread.
        thread: ThreadId,
    },
}

/// Whether there was something to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settlement {
    /// It is done.
    Done,
    /// There is no such failure, or not any more.
    Gone,
}

// === impl FailureId ===

impl FailureId {
    /// Its number among its like, and which kind comes first at one instant.
    pub fn parts(self) -> (u8, i64) {
        match self {
            Self::Turn(number) => (0, number),
            Self::Delivery(number) => (1, number),
            Self::Message(number) => (2, number),
        }
    }
}

impl fmt::Display for FailureId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Turn(number) => write!(f, "turn-{number}"),
            Self::Delivery(number) => write!(f, "delivery-{number}"),
            Self::Message(number) => write!(f, "message-{number}"),
        }
    }
}

impl FromStr for FailureId {
    type Err = NotAFailure;

    fn from_str(text: &str) -> Result<Self, NotAFailure> {
        let (kind, number) = text.split_once('-').ok_or(NotAFailure)?;
        let plain = number.bytes().all(|byte| byte.is_ascii_digit());
        let number = number.parse().ok().filter(|_| plain).ok_or(NotAFailure)?;
        match kind {
            "turn" => Ok(Self::Turn(number)),
            "delivery" => Ok(Self::Delivery(number)),
            "message" => Ok(Self::Message(number)),
            _ => Err(NotAFailure),
        }
    }
}
