//! What the tests share: a clock they turn by hand.

pub(crate) mod door;
pub(crate) mod edge;
pub(crate) mod fake_store;
pub(crate) mod load;
pub(crate) mod process;
pub(crate) mod shop;
pub(crate) mod workflow;

use std::sync::Mutex;

use chrono::{DateTime, TimeDelta, Utc};
use frontdesk::clock::Clock;

/// A clock that stands still until it is told.
#[derive(Debug)]
pub(crate) struct ManualClock(Mutex<DateTime<Utc>>);

impl ManualClock {
    /// A clock at an instant written as RFC 3339.
    pub(crate) fn at(instant: &str) -> Self {
        Self(Mutex::new(instant.parse().unwrap()))
    }

    /// Moves it on.
    pub(crate) fn advance(&self, by: TimeDelta) {
        *self.0.lock().unwrap() += by;
    }
}

impl Clock for ManualClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}
