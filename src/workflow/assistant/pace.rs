//! Whether another machine is on the line: the same is said and answered again and again, or more
//! is written than a person writes.
//!
//! The invariant: nobody is taken for a machine while bookings change or the answers do.

use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::workflow::Turn;

/// So often the same exchange may happen in a row within [`STRETCH`].
const SAME_EXCHANGES: u8 = 4;
/// So many turns may come within [`STRETCH`] without anything being booked or given up.
const TURNS: u16 = 40;
const STRETCH: TimeDelta = TimeDelta::minutes(10);

/// How much alike the last turns were, and how many came.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pace {
    /// What was said and answered last, as a digest.
    exchange: u64,
    /// How often in a row.
    same: u8,
    /// How many turns came since.
    turns: u16,
    since: DateTime<Utc>,
}

// === impl Pace ===

impl Pace {
    /// Counts one more turn that changed nothing, and to which this was said; whether that is more
    /// than a person does.
    pub(super) fn count(&mut self, turn: &Turn, said: &[String]) -> bool {
        let mut digest = DefaultHasher::new();
        for input in &turn.inputs {
            input.content.text().hash(&mut digest);
        }
        said.hash(&mut digest);
        let exchange = digest.finish();
        if turn.now - self.since > STRETCH {
            (self.since, self.turns, self.same) = (turn.now, 0, 0);
        }
        self.same = if exchange == self.exchange {
            self.same.saturating_add(1)
        } else {
            1
        };
        self.exchange = exchange;
        self.turns = self.turns.saturating_add(1);
        self.same >= SAME_EXCHANGES || self.turns > TURNS
    }

    /// Begins to count anew: something was booked or given up.
    pub(super) fn reset(&mut self) {
        *self = Self::default();
    }
}
