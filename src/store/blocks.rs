//! Time that a business keeps for itself.
//!
//! The invariant: nothing becomes a hold or a booking on blocked time, refused by the database
//! itself. What was booked before stays until the staff moves it.

use std::fmt;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::Error;
use crate::{
    booking::{Block, BlockId, BookingId},
    message::BusinessId,
};

/// Time that a business keeps for itself.
#[async_trait]
pub trait Blocks: fmt::Debug + Send + Sync + 'static {
    /// Blocks time. Over bookings only by force; they stay as they are then.
    async fn block(&self, block: Block, force: bool) -> Result<Blocked, Error>;

    /// The blocks that are asked for, by start and id.
    async fn blocks(&self, wanted: BlocksWanted) -> Result<Vec<Block>, Error>;

    /// Gives blocked time back, where a business is named only its own; none: it was not blocked.
    async fn unblock(
        &self,
        id: BlockId,
        business: Option<BusinessId>,
    ) -> Result<Option<BlockId>, Error>;
}

/// What became of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Blocked {
    /// The time is blocked.
    Done,
    /// These are booked then, by start, and nothing is blocked.
    Booked(Vec<BookingId>),
}

/// Which blocks are asked for.
#[derive(Debug, Clone)]
pub struct BlocksWanted {
    /// The business.
    pub business: BusinessId,
    /// Those that end after this instant.
    pub from: DateTime<Utc>,
    /// Those that start before this instant.
    pub until: Option<DateTime<Utc>>,
    /// Only those after this one, in the order of the list.
    pub after: Option<(DateTime<Utc>, BlockId)>,
    /// The most.
    pub limit: usize,
}
