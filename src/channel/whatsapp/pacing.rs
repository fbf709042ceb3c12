//! How fast messages may follow each other, by number and by pair of number and person.
//!
//! The invariant: a message is let through only when both limits allow it, and then it counts in
//! both. What is remembered is bounded: lanes at rest are swept, and over [`MAX_LANES`] a new one
//! is not kept, since Meta keeps the same limits and says when they are met.

use std::{collections::HashMap, sync::Mutex, time::Duration};

use tokio::time::Instant;

use super::verdict::Scope;

/// A limit: so many at once, then one each interval.
#[derive(Debug, Clone, Copy)]
struct Rate {
    burst: u32,
    refill_every: Duration,
    reason: &'static str,
}

/// Meta allows 80 a second, what comes in included. A burst of 20 and 60 a second stay under that
/// in every second there is.
const NUMBER: Rate = Rate {
    burst: 20,
    refill_every: Duration::from_nanos(1_000_000_000 / 60),
    reason: "throughput",
};
/// Meta allows one each 6 seconds, and up to 45 at once, which borrow from those to come.
const PAIR: Rate = Rate {
    burst: 45,
    refill_every: Duration::from_secs(6),
    reason: "pair_rate",
};
/// Meta asks to wait 4^X seconds after the Xth refusal in a row; here X ends at 5 (17 minutes).
const MAX_STRIKES: u32 = 5;
/// How long a refusal is remembered after its wait is over.
const STRIKES_KEPT: Duration = Duration::from_mins(10);
/// The most lanes that are remembered, some 10 MiB.
const MAX_LANES: usize = 50_000;
/// The least growth between two sweeps.
const SWEEP_STEP: usize = 1024;

/// The limits of every number that is sent from.
#[derive(Debug, Default)]
pub(super) struct Pacing(Mutex<Lanes>);

/// What is remembered; the key is a number id, or one with the person after it.
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

/// Which lanes a message uses.
#[derive(Debug, Clone, Copy)]
pub(super) struct Route<'a> {
    /// The number id.
    pub(super) number: &'a str,
    /// The number id and the person.
    pub(super) pair: &'a str,
}

/// The message has to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooFast {
    pub(super) reason: &'static str,
    pub(super) after: Duration,
}

// === impl Pacing ===

impl Pacing {
    /// Counts a message in both lanes, or in none and says how long to wait.
    pub(super) fn take(&self, route: Route<'_>, now: Instant) -> Result<(), TooFast> {
        self.with(now, |lanes| {
            let both = [(route.number, NUMBER), (route.pair, PAIR)];
            let waits = both.map(|(key, rate)| (lanes.lane(key, now).wait(rate, now), rate.reason));
            let (after, reason) = waits[0].max(waits[1]);
            if !after.is_zero() {
                return Err(TooFast { reason, after });
            }
            for (key, rate) in both {
                let mut lane = lanes.lane(key, now);
                lane.paid_at = lane.paid_at.max(now) + rate.refill_every;
                lanes.put(key, lane);
            }
            Ok(())
        })
    }

    /// The provider said that it is too fast: nothing more is sent there for a while, which is
    /// told. `at_least` is what the provider asked for.
    pub(super) fn hold(
        &self,
        scope: Scope,
        route: Route<'_>,
        at_least: Option<Duration>,
        now: Instant,
    ) -> Duration {
        let key = match scope {
            Scope::Number => route.number,
            Scope::Pair => route.pair,
        };
        self.with(now, |lanes| {
            let mut lane = lanes.lane(key, now);
            // Calls that were under way together are one refusal.
            if lane.held_until <= now {
                let backoff = Duration::from_secs(4_u64.pow(lane.strikes));
                lane.strikes = (lane.strikes + 1).min(MAX_STRIKES);
                lane.held_until = now + backoff;
            }
            let asked = now + at_least.unwrap_or_default();
            lane.held_until = lane.held_until.max(asked);
            lanes.put(key, lane);
            lane.held_until - now
        })
    }

    /// A message was taken: refusals before it count no more.
    pub(super) fn relax(&self, route: Route<'_>, now: Instant) {
        self.with(now, |lanes| {
            for key in [route.number, route.pair] {
                if let Some(lane) = lanes
                    .lanes
                    .get_mut(key)
                    .filter(|lane| lane.held_until <= now)
                {
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

    fn route<'a>(number: &'a str, pair: &'a str) -> Route<'a> {
        Route { number, pair }
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
        // Twenty at once and sixty a second is what the number allows.
        assert_eq!(sent.iter().filter(|tenths| **tenths < 10).count(), 45);
        assert_eq!(sent[45..], [60, 120, 180, 240]);
        let other = pacing.take(route("1", "1:b"), start + Duration::from_secs(30));
        assert_eq!(other, Ok(()));
    }

    #[tokio::test(start_paused = true)]
    async fn a_number_sends_at_most_eighty_in_any_second() {
        let (pacing, start) = (Pacing::default(), Instant::now());
        let mut sent = Vec::new();
        for millis in 0..5_000_u64 {
            let now = start + Duration::from_millis(millis);
            while pacing
                .take(route("1", &format!("1:{}", sent.len())), now)
                .is_ok()
            {
                sent.push(millis);
            }
        }
        for (position, millis) in sent.iter().enumerate().skip(80) {
            assert!(millis - sent[position - 80] >= 1_000);
        }
        assert!(sent.len() >= 5 * 60);
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_is_as_long_as_it_needs_to_be() {
        let (pacing, now) = (Pacing::default(), Instant::now());
        let route = route("1", "1:a");
        let first = (0..100)
            .find_map(|_| pacing.take(route, now).err())
            .unwrap();
        assert_eq!(first.reason, "throughput");
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
            let wait = pacing.hold(Scope::Pair, route, None, now);
            assert_eq!(pacing.hold(Scope::Pair, route, None, now), wait);
            assert_eq!(pacing.take(route, now).unwrap_err().after, wait);
            waits.push(wait.as_secs());
            now += wait;
        }
        assert_eq!(waits, [1, 4, 16, 64, 256, 1024, 1024]);
        pacing.relax(route, now);
        assert_eq!(pacing.hold(Scope::Pair, route, None, now).as_secs(), 1);
        let asked = Some(Duration::from_secs(30));
        assert_eq!(pacing.hold(Scope::Number, route, asked, now).as_secs(), 30);
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_remembered_is_bounded() {
        let (pacing, start) = (Pacing::default(), Instant::now());
        let kept = || pacing.0.lock().unwrap().lanes.len();
        for n in 0..MAX_LANES + 10 {
            pacing.hold(Scope::Pair, route("1", &format!("1:{n}")), None, start);
        }
        assert_eq!(kept(), MAX_LANES);
        let later = start + Duration::from_mins(20);
        assert_eq!(pacing.take(route("1", "1:new"), later), Ok(()));
        assert_eq!(kept(), 2);
    }
}
