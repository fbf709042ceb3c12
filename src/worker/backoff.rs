//! How long to wait before the next attempt: doubling, capped, and spread by chance so that
//! turns that failed together do not come back together.

use std::time::Duration;

/// Delays between attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// The longest first delay.
    pub base: Duration,
    /// The longest delay of all.
    pub cap: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self {
            base: Duration::from_secs(1),
            cap: Duration::from_mins(5),
        }
    }
}

impl Backoff {
    /// The delay after a failed `attempt` (1 is the first). `chance` in `0.0..1.0` picks between
    /// half of the doubled delay and all of it.
    pub fn delay(&self, attempt: u32, chance: f64) -> Duration {
        let doublings = attempt.saturating_sub(1).min(31);
        let longest = self.base.saturating_mul(1 << doublings).min(self.cap);
        longest.mul_f64(0.5 + chance.clamp(0.0, 1.0) / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn delays_double_up_to_the_cap() {
        let backoff = Backoff::default();
        let longest: Vec<_> = (1..=10)
            .map(|attempt| backoff.delay(attempt, 1.0).as_secs())
            .collect();
        assert_eq!(longest, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300]);
    }

    proptest! {
        #[test]
        fn a_delay_is_between_half_of_the_longest_and_the_longest(attempt: u32, chance in 0.0..1.0) {
            let backoff = Backoff::default();
            let (delay, longest) = (backoff.delay(attempt, chance), backoff.delay(attempt, 1.0));
            prop_assert!(delay >= longest / 2);
            prop_assert!(delay <= longest);
            prop_assert!(longest <= backoff.cap);
        }
    }
}
