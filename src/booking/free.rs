//! What is free in a calendar that somebody else keeps.
//!
//! The invariant: free is only what its keeper told just now; where nobody answers, nothing is.

use std::fmt::Debug;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};

use super::{Business, CalendarError, ResourceId, Span};

/// The keeper of calendars, as far as it tells what is free.
#[async_trait]
pub trait FreeTimes: Debug + Send + Sync + 'static {
    /// The slots that are free, of each resource that is asked for.
    async fn free(&self, request: &FreeRequest<'_>) -> Result<FreeSlots, CalendarError>;
}

/// What is asked of the keeper.
#[derive(Debug, Clone)]
pub struct FreeRequest<'a> {
    /// Whose calendar.
    pub business: &'a Business,
    /// Of whom.
    pub resources: Vec<&'a ResourceId>,
    /// Every slot that has a part in it.
    pub span: Span,
    /// The instant of the question.
    pub now: DateTime<Utc>,
}

/// What the keeper has free.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FreeSlots {
    /// How long each slot is.
    pub length: TimeDelta,
    /// How far apart they start, where all is free; zero: that is not known.
    pub interval: TimeDelta,
    /// When they start, by resource, in order.
    pub starts: Vec<(ResourceId, Vec<DateTime<Utc>>)>,
}

// === impl FreeSlots ===

impl FreeSlots {
    /// When a resource's slots start.
    pub fn of(&self, resource: &ResourceId) -> &[DateTime<Utc>] {
        let mut all = self.starts.iter();
        let found = all.find(|(one, _)| one == resource);
        found.map_or(&[], |(_, starts)| starts)
    }
}
