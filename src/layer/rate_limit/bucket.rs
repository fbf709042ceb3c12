//! The arithmetic of a limit: so many at once, then one each interval.
//!
//! Pure, and one instant of state (GCRA). `governor` counts the same way but only by taking, and
//! here the look comes before the request and the taking after its failure.

use std::{num::NonZeroU32, time::Duration};

use tokio::time::Instant;

/// A limit's policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Config {
    /// How many may come at once.
    pub burst: NonZeroU32,
    /// After that, one more each time this passes.
    pub refill_every: Duration,
}

/// The limit is used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// When one more is allowed.
    pub retry_after: Duration,
    /// The policy it met.
    pub policy: Config,
}

/// How much of a limit is left.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bucket {
    /// When it is full again.
    full_at: Instant,
}

// === impl Config ===

impl Config {
    /// So many at once, and as many again spread over each minute.
    pub fn per_minute(requests: NonZeroU32) -> Self {
        Self {
            burst: requests,
            refill_every: Duration::from_mins(1) / requests.get(),
        }
    }

    /// The time in which an empty bucket fills up.
    pub fn window(&self) -> Duration {
        self.refill_every * self.burst.get()
    }
}

// === impl Bucket ===

impl Bucket {
    pub(super) fn full(now: Instant) -> Self {
        Self { full_at: now }
    }

    pub(super) fn is_full(&self, now: Instant) -> bool {
        self.full_at <= now
    }

    /// Whether one can be taken; takes none.
    pub(super) fn check(&self, now: Instant, config: &Config) -> Result<(), Refusal> {
        let until_full = self.full_at.saturating_duration_since(now);
        let retry_after = (until_full + config.refill_every).saturating_sub(config.window());
        if retry_after.is_zero() {
            return Ok(());
        }
        Err(Refusal {
            retry_after,
            policy: *config,
        })
    }

    /// Takes one. Taking from an empty bucket leaves it empty and no emptier: requests that were
    /// let in together do not pile up a debt.
    pub(super) fn take(&mut self, now: Instant, config: &Config) {
        self.owe(now, config);
        self.full_at = self.full_at.min(now + config.window());
    }

    /// Takes one, from an empty bucket too: what was let in together is paid off before more is.
    pub(super) fn owe(&mut self, now: Instant, config: &Config) {
        self.full_at = self.full_at.max(now) + config.refill_every;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn thirty_a_minute() -> Config {
        Config::per_minute(NonZeroU32::new(30).unwrap())
    }

    #[tokio::test(start_paused = true)]
    async fn thirty_in_a_burst_then_one_every_two_seconds() {
        let (config, start) = (thirty_a_minute(), Instant::now());
        let mut bucket = Bucket::full(start);
        let mut allowed = Vec::new();
        for millis in (0..10_000).step_by(100) {
            let now = start + Duration::from_millis(millis);
            while bucket.check(now, &config).is_ok() {
                bucket.take(now, &config);
                allowed.push(millis);
            }
        }
        assert_eq!(allowed[..30], [0; 30]);
        assert_eq!(allowed[30..], [2000, 4000, 6000, 8000]);
    }

    proptest! {
        #[test]
        fn a_refusal_says_exactly_when_the_next_is_allowed(
            waits in prop::collection::vec(0_u64..5_000, 1..200)
        ) {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_time()
                .start_paused(true)
                .build()
                .unwrap();
            let _guard = runtime.enter();
            let config = thirty_a_minute();
            let mut now = Instant::now();
            let mut bucket = Bucket::full(now);
            for wait in waits {
                now += Duration::from_millis(wait);
                if let Err(refusal) = bucket.check(now, &config) {
                    let then = now + refusal.retry_after;
                    prop_assert!(bucket.check(then, &config).is_ok());
                    let just_before = then.checked_sub(Duration::from_nanos(1)).unwrap();
                    prop_assert!(bucket.check(just_before, &config).is_err());
                }
                bucket.take(now, &config);
                prop_assert!(bucket.full_at - now <= config.window());
            }
        }
    }
}
