//! How fast messages may follow each other, by what their provider counts them by.
//!
//! The invariant: a message is let through only when all of its limits allow it, and then it counts
//! in all of them. What is remembered is bounded: lanes at rest are swept, and over [`MAX_LANES`] a
//! new one is not kept, since the provider keeps the same limits and says when they are met.

use std::{collections::HashMap, sync::Mutex, time::Duration};

use tokio::time::Instant;

/// A limit: so many at once, then one each interval.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rate {
    pub(super) burst: u32,
    pub(super) refill_every: Duration,
    /// A stable word for it.
    pub(super) reason: &'static str,
}

/// 4^X seconds are waited after the Xth refusal in a row, as Meta asks; X ends at 5 (17 minutes).
const MAX_STRIKES: u32 = 5;
/// How long a refusal is remembered after its wait is over.
const STRIKES_KEPT: Duration = Duration::from_mins(10);
/// The most lanes that are remembered, some 10 MiB.
const MAX_LANES: usize = 50_000;
/// The least growth between two sweeps.
const SWEEP_STEP: usize = 1024;

/// The limits of one provider.
#[derive(Debug, Default)]
pub(super) struct Pacing(Mutex<Lanes>);

/// What is remembered, by the name of the lane.
#[derive(Debug, Default)]
struct Lanes {
    lanes: HashMap<Box<str>, Lane>,
    swept_at: usize,
}

#[derive(Debug, Clone, Copy)]
struct Lane {
    /// When everything sent is paid for.
    paid_at: Instant,
    /// When the provider may be asked again.
    held_until: Instant,
    /// Refusals in a row.
    strikes: u32,
}

/// The message has to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooFast {
    pub(super) reason: &'static str,
    pub(super) after: Duration,
}

// === impl Rate ===

impl Rate {
    /// The most that can be let through in any span of this length.
    #[cfg(test)]
    pub(super) fn most_within(&self, span: Duration) -> u128 {
        u128::from(self.burst) + span.as_nanos().div_ceil(self.refill_every.as_nanos())
    }
}

// === impl Pacing ===

impl Pacing {
    /// Counts a message in every lane, or in none and says how long to wait.
    pub(super) fn take<const N: usize>(
        &self,
        route: [(&str, Rate); N],
        now: Instant,
    ) -> Result<(), TooFast> {
        self.with(now, |lanes| {
            let waits = route.map(|(key, rate)| TooFast {
                after: lanes.lane(key, now).wait(rate, now),
                reason: rate.reason,
            });
            let longest = waits.into_iter().max_by_key(|wait| wait.after);
            if let Some(wait) = longest.filter(|wait| !wait.after.is_zero()) {
                return Err(wait);
            }
            for (key, rate) in route {
                let mut lane = lanes.lane(key, now);
                lane.paid_at = lane.paid_at.max(now) + rate.refill_every;
                lanes.put(key, lane);
            }
            Ok(())
        })
    }

    /// The provider said that it is too fast: nothing more is sent there for a while, which is
    /// told. `at_least` is what the provider asked for.
    pub(super) fn hold(&self, key: &str, at_least: Option<Duration>, now: Instant) -> Duration {
        self.with(now, |lanes| {
            let mut lane = lanes.lane(key, now);
            // Calls that were under way together are one refusal.
            if lane.held_until <= now {
                let backoff = Duration::from_secs(4_u64.pow(lane.strikes));
                lane.strikes = (lane.strikes + 1).min(MAX_STRIKES);
                lane.held_until = now + backoff;
            }
            lane.held_until = lane.held_until.max(now + at_least.unwrap_or_default());
            lanes.put(key, lane);
            lane.held_until - now
        })
    }

    /// Nothing more is sent there until the provider's quota is full again.
    pub(super) fn rest(&self, key: &str, until: Duration, now: Instant) {
        self.with(now, |lanes| {
            let mut lane = lanes.lane(key, now);
            lane.held_until = lane.held_until.max(now + until);
            lanes.put(key, lane);
        });
    }

    /// A message was taken: refusals before it count no more.
    pub(super) fn relax<const N: usize>(&self, route: [(&str, Rate); N], now: Instant) {
        self.with(now, |lanes| {
            for (key, _) in route {
                let lane = lanes.lanes.get_mut(key);
                if let Some(lane) = lane.filter(|lane| lane.held_until <= now) {
                    lane.strikes = 0;
                }
            }
        });
    }

    fn with<T>(&self, now: Instant, act: impl FnOnce(&mut Lanes) -> T) -> T {
        // Each step leaves the lanes whole, so that a panic elsewhere did not break them.
        let mut lanes = self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        lanes.sweep(now);
        act(&mut lanes)
    }
}

// === impl Lanes ===

impl Lanes {
    fn lane(&self, key: &str, now: Instant) -> Lane {
        self.lanes.get(key).copied().unwrap_or(Lane {
            paid_at: now,
            held_until: now,
            strikes: 0,
        })
    }

    fn put(&mut self, key: &str, lane: Lane) {
        if let Some(known) = self.lanes.get_mut(key) {
            *known = lane;
        } else if self.lanes.len() < MAX_LANES {
            self.lanes.insert(key.into(), lane);
        }
    }

    /// Forgets the lanes at rest, each time that twice as many as last time are kept.
    fn sweep(&mut self, now: Instant) {
        if self.lanes.len() < (self.swept_at * 2).clamp(SWEEP_STEP, MAX_LANES) {
            return;
        }
        self.lanes.retain(|_, lane| !lane.is_at_rest(now));
        self.swept_at = self.lanes.len();
    }
}

// === impl Lane ===

impl Lane {
    fn wait(&self, rate: Rate, now: Instant) -> Duration {
        let debt = self.paid_at.saturating_duration_since(now) + rate.refill_every;
        let credit = rate.refill_every * rate.burst;
        debt.saturating_sub(credit)
            .max(self.held_until.saturating_duration_since(now))
    }

    fn is_at_rest(&self, now: Instant) -> bool {
        let forgets = self.strikes == 0 || self.held_until + STRIKES_KEPT <= now;
        self.paid_at <= now && self.held_until <= now && forgets
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBER: Rate = Rate {
        burst: 20,
        refill_every: Duration::from_millis(16),
        reason: "number",
    };
    const PAIR: Rate = Rate {
        burst: 45,
        refill_every: Duration::from_secs(6),
        reason: "pair",
    };

    fn route<'a>(number: &'a str, pair: &'a str) -> [(&'a str, Rate); 2] {
        [(number, NUMBER), (pair, PAIR)]
    }

    #[tokio::test(start_paused = true)]
    async fn a_person_gets_forty_five_at_once_and_then_one_each_six_seconds() {
        let (pacing, start) = (Pacing::default(), Instant::now());
        let mut sent = Vec::new();
        for tenths in 0..300 {
            let now = start + Duration::from_millis(tenths * 100);
            while pacing.take(route("1", "1:a"), now).is_ok() {
                sent.push(tenths);
            }
        }
        // Twenty at once and some sixty a second is what the number allows.
        assert_eq!(sent.iter().filter(|tenths| **tenths < 10).count(), 45);
        assert_eq!(sent[45..], [60, 120, 180, 240]);
        let other = pacing.take(route("1", "1:b"), start + Duration::from_secs(30));
        assert_eq!(other, Ok(()));
    }

    #[tokio::test(start_paused = true)]
    async fn what_rests_is_let_through_again_when_that_is_over() {
        let (pacing, start) = (Pacing::default(), Instant::now());
        pacing.rest("1", Duration::from_secs(10), start);
        let refused = pacing.take(route("1", "1:a"), start).unwrap_err();
        assert_eq!(refused.after, Duration::from_secs(10));
        assert_eq!(
            pacing.take(route("1", "1:a"), start + refused.after),
            Ok(())
        );
        // It was no refusal: the first one after it is the first.
        let first = pacing.hold("1", None, start + refused.after);
        assert_eq!(first, Duration::from_secs(1));
    }

    #[tokio::test(start_paused = true)]
    async fn no_second_has_more_than_the_rate_says() {
        let (pacing, start) = (Pacing::default(), Instant::now());
        let mut sent = Vec::new();
        for millis in 0..5_000_u64 {
            let now = start + Duration::from_millis(millis);
            while pacing.take([("1", NUMBER)], now).is_ok() {
                sent.push(millis);
            }
        }
        let most = usize::try_from(NUMBER.most_within(Duration::from_secs(1))).unwrap();
        for (position, millis) in sent.iter().enumerate().skip(most) {
            assert!(millis - sent[position - most] >= 1_000);
        }
        assert!(sent.len() > 5 * (most - 20));
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_is_as_long_as_it_needs_to_be() {
        let (pacing, now) = (Pacing::default(), Instant::now());
        let route = route("1", "1:a");
        let first = (0..100)
            .find_map(|_| pacing.take(route, now).err())
            .unwrap();
        assert_eq!(first.reason, "number");
        let early = now + first.after - Duration::from_nanos(1);
        assert!(pacing.take(route, early).is_err());
        assert_eq!(pacing.take(route, now + first.after), Ok(()));
    }

    #[tokio::test(start_paused = true)]
    async fn refusals_in_a_row_make_wait_ever_longer_until_one_is_taken() {
        let (pacing, mut now) = (Pacing::default(), Instant::now());
        let route = route("1", "1:a");
        let mut waits = Vec::new();
        for _ in 0..7 {
            let wait = pacing.hold("1:a", None, now);
            assert_eq!(pacing.hold("1:a", None, now), wait);
            assert_eq!(pacing.take(route, now).unwrap_err().after, wait);
            waits.push(wait.as_secs());
            now += wait;
        }
        assert_eq!(waits, [1, 4, 16, 64, 256, 1024, 1024]);
        pacing.relax(route, now);
        assert_eq!(pacing.hold("1:a", None, now).as_secs(), 1);
        let asked = Some(Duration::from_secs(30));
        assert_eq!(pacing.hold("1", asked, now).as_secs(), 30);
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_remembered_is_bounded() {
        let (pacing, start) = (Pacing::default(), Instant::now());
        let kept = || pacing.0.lock().unwrap().lanes.len();
        for n in 0..MAX_LANES + 10 {
            pacing.hold(&format!("1:{n}"), None, start);
        }
        assert_eq!(kept(), MAX_LANES);
        let later = start + Duration::from_mins(20);
        assert_eq!(pacing.take(route("1", "1:new"), later), Ok(()));
        assert_eq!(kept(), 2);
    }
}
