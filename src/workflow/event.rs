//! What happens to a conversation without its customer writing.

use chrono::{DateTime, Utc};

use crate::booking::{Booking, Change, Span, Verdict};

/// The keeper of a calendar answered, or does not: a turn of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: DateTime<Utc>,
    /// The booking, as it is now.
    pub booking: Booking,
    /// When it was before that.
    pub was: Span,
    /// What was asked for.
    pub change: Change,
    /// What came of it.
    pub verdict: Verdict,
}
