//! Time that the business keeps for itself: time off, a walk-in, a repair.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{ResourceId, Span};
use crate::message::BusinessId;

/// A block's id, unique over all businesses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BlockId(pub Uuid);

/// A stretch of time in which nothing can be booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its id.
    pub id: BlockId,
    /// The business.
    pub business: BusinessId,
    /// Who or what cannot be booked; none: nobody and nothing.
    pub resource: Option<ResourceId>,
    /// When.
    pub span: Span,
    /// Why, for the staff.
    pub reason: Option<Box<str>>,
}

impl fmt::Display for BlockId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
