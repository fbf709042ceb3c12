//! The least speed of a body.
//!
//! A body has [`GRACE`] before anything is expected, and each byte buys the time that it takes at
//! [`MIN_BYTES_PER_SECOND`]. Time that is bought never exceeds the grace, so that a body that came
//! quickly at first cannot stand still for long afterwards.
//!
//! Both figures are far from what an honest sender needs. Providers send a few KiB in one piece
//! from data centres. A client on a bad mobile line (64 kbit/s) keeps the rate, and a slower one
//! has 40 KiB sent before the grace is used up. Five seconds also outlast two lost packets in a row
//! (TCP sends again after 1 s, then 2 s; RFC 6298).

use std::time::Duration;

use tokio::time::Instant;

/// How long a body may stand still.
pub const GRACE: Duration = Duration::from_secs(5);

/// The least bytes a second that a body has to come with, apart from the grace.
pub const MIN_BYTES_PER_SECOND: u32 = 8 * 1024;

/// When the next bytes are due.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    due: Instant,
    deadline: Instant,
}

// === impl Pace ===

impl Pace {
    /// Begins now; however fast it is, a body has to be complete at the deadline.
    pub(super) fn new(now: Instant, deadline: Duration) -> Self {
        Self {
            due: now + GRACE,
            deadline: now + deadline,
        }
    }

    /// Gives the time that the bytes buy.
    pub(super) fn received(&mut self, bytes: usize, now: Instant) {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        let bought = Duration::from_secs(1) * bytes / MIN_BYTES_PER_SECOND;
        self.due = (self.due + bought).min(now + GRACE);
    }

    /// When the body is too slow, if nothing comes until then.
    pub(super) fn ends(&self) -> Instant {
        self.due.min(self.deadline)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);
    const DEADLINE: Duration = Duration::from_secs(30);

    /// The seconds after which a body ends that sends so much in every second.
    fn lasts(bytes_per_second: impl Fn(u32) -> usize) -> u32 {
        let began = Instant::now();
        let mut pace = Pace::new(began, DEADLINE);
        for second in 1..100 {
            let now = began + SECOND * second;
            if now > pace.ends() {
                return second - 1;
            }
            pace.received(bytes_per_second(second), now);
        }
        100
    }

    #[test]
    fn at_the_least_speed_a_body_lasts_until_its_deadline_and_below_it_a_while() {
        assert_eq!(lasts(|_| 8 * 1024), 30);
        assert_eq!(lasts(|_| 7 * 1024), 30);
        assert_eq!(lasts(|_| 4 * 1024), 9);
        assert_eq!(lasts(|_| 0), 5);
        assert_eq!(lasts(|_| 1), 5);
    }

    #[test]
    fn a_fast_start_buys_no_more_than_the_grace() {
        let all_at_once = |second| if second == 1 { 3 << 20 } else { 0 };
        assert_eq!(lasts(all_at_once), 6);
    }

    proptest! {
        #[test]
        fn a_body_never_lasts_longer_than_its_bytes_and_the_grace_allow(
            sizes in proptest::collection::vec(0_usize..20_000, 30),
        ) {
            let seconds = lasts(|second| sizes.get(second as usize).copied().unwrap_or(0));
            let came: usize = sizes.iter().skip(1).take(seconds as usize).sum();
            prop_assert!(seconds <= 30 && (seconds as usize) * 8192 <= 5 * 8192 + came);
        }
    }
}
