//! How often one sender may write: a burst, then evenly spaced (GCRA), by the injected clock.
//!
//! The invariant: the number of remembered senders is bounded. A sender that cannot be remembered
//! is over the limit, so that a flood of invented senders does not get past it.

use std::{
    num::NonZeroU32,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use governor::{
    Quota, RateLimiter, clock, middleware::NoOpMiddleware, state::keyed::HashMapStateStore,
};

use super::encoding::Key;
use crate::clock::Clock;

/// The most senders that are remembered.
const MAX_SENDERS: usize = 100_000;

/// Remembers how much each sender wrote lately.
#[derive(Debug)]
pub(super) struct Limiter {
    cells: RateLimiter<Key, HashMapStateStore<Key>, Ticks, NoOpMiddleware<Duration>>,
    clock: Ticks,
    max_senders: usize,
}

/// The injected clock as the limiter reads it: time that never steps back, since a sender would
/// else be over the limit for as long as the step.
#[derive(Debug, Clone)]
struct Ticks {
    clock: Arc<dyn Clock>,
    read: Arc<Mutex<Read>>,
}

/// How far a clock was read.
#[derive(Debug, Default)]
struct Read {
    last: Duration,
    /// What the steps back come to.
    ahead: Duration,
}

impl Limiter {
    /// A limiter of `per_minute` messages: so many at once, then one each `60 s / per_minute`.
    pub(super) fn new(per_minute: NonZeroU32, clock: Arc<dyn Clock>) -> Self {
        let clock = Ticks {
            clock,
            read: Arc::default(),
        };
        let quota = Quota::per_minute(per_minute);
        Self {
            cells: RateLimiter::hashmap_with_clock(quota, clock.clone()),
            clock,
            max_senders: MAX_SENDERS,
        }
    }

    /// Takes one message of the sender's allowance, or tells after what time there is one again.
    pub(super) fn check(&self, sender: &Key) -> Result<(), Duration> {
        if self.cells.len() >= self.max_senders {
            self.cells.retain_recent();
            if self.cells.len() >= self.max_senders {
                return Err(Duration::from_mins(1));
            }
        }
        let now = clock::Clock::now(&self.clock);
        self.cells
            .check_key(sender)
            .map_err(|until| until.wait_time_from(now))
    }
}

impl clock::Clock for Ticks {
    type Instant = Duration;

    fn now(&self) -> Duration {
        let nanos = self.clock.now().timestamp_nanos_opt().unwrap_or(0);
        let now = Duration::from_nanos(u64::try_from(nanos).unwrap_or(0));
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let Read { last, ahead } = *read;
        let ahead = ahead.max(last.saturating_sub(now));
        let now = now.saturating_add(ahead);
        *read = Read { last: now, ahead };
        now
    }
}
