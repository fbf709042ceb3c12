//! How fast messages may follow each other, by what their provider counts them by.
//!
//! The invariant: a message is let through only when all of its limits allow it, or at most a tick
//! later, and then it counts in all of them. Whoever has to wait gets a place in time, in the order of asking, so that nobody
//! wakes to compete; a refusal by the provider moves all places back. What is remembered is bounded:
//! lanes at rest are swept, and over [`MAX_LANES`] a new one is not kept, since the provider keeps
//! the same limits and says when they are met.
//!
//! `governor` does not serve here: it cannot reserve a place ahead (all who wait wake and poll
//! again), shift what was reserved, or count one message in two limits or in none.

use std::{collections::HashMap, sync::Mutex, time::Duration};

use tokio::time::{Instant, sleep, sleep_until};

use super::SendError;

/// A limit: so many at once, then one each interval.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rate {
    pub(super) burst: u32,
    pub(super) refill_every: Duration,
    /// A stable word for it.
    pub(super) reason: &'static str,
}

/// How many more messages an account may send soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// So many have a place within the next moments.
    pub count: usize,
    /// When to ask again, if more than these wait.
    pub after: Duration,
}

/// How far ahead [`Room`] looks: long enough to take several messages from the store at once, and
/// so short that what stops a message is rarely too late.
const AHEAD: Duration = Duration::from_millis(250);
/// Those who wait go together at multiples of this, since to wake, call and write down costs less
/// for four at once. That is how much later than its place a message may go.
const TICK: Duration = Duration::from_millis(64);
/// 4^X seconds are waited after the Xth refusal in a row, as Meta asks; X ends at 5 (17 minutes).
const MAX_STRIKES: u32 = 5;
/// How long a refusal is remembered after its wait is over.
const STRIKES_KEPT: Duration = Duration::from_mins(10);
/// The most lanes that are remembered, some 10 MiB.
const MAX_LANES: usize = 50_000;
/// The least growth between two sweeps.
const SWEEP_STEP: usize = 1024;

/// The limits of one provider.
#[derive(Debug)]
pub(super) struct Pacing {
    lanes: Mutex<Lanes>,
    /// From when on ticks are counted.
    start: Instant,
}

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

/// The message has to wait for longer than its sender does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooFast {
    /// It is the account that has to wait, and all that it sends; else this conversation.
    pub(super) account: bool,
    pub(super) reason: &'static str,
    pub(super) after: Duration,
}

// === impl Rate ===

impl Rate {
    fn credit(&self) -> Duration {
        self.refill_every * self.burst
    }

    /// The most that can be let through in any span of this length.
    #[cfg(test)]
    pub(super) fn most_within(&self, span: Duration) -> u128 {
        u128::from(self.burst) + span.as_nanos().div_ceil(self.refill_every.as_nanos())
    }
}

// === impl Room ===

impl Room {
    /// There is no limit.
    pub const UNLIMITED: Self = Self {
        count: usize::MAX,
        after: AHEAD,
    };
}

// === impl Pacing ===

impl Pacing {
    /// Waits for a place on a route: the lane of the account, then those of the conversation.
    ///
    /// # Errors
    ///
    /// The place is further away than `patience`; nothing is counted.
    pub(super) async fn turn<const N: usize>(
        &self,
        route: [(&str, Rate); N],
        patience: Duration,
    ) -> Result<(), TooFast> {
        let latest = Instant::now() + patience;
        loop {
            let now = Instant::now();
            match self.reserve(route, now, latest.saturating_duration_since(now)) {
                Ok(at) => {
                    let at = if at > now { self.tick_after(at) } else { at };
                    sleep_until(at).await;
                    if !self.is_held(route, at) {
                        return Ok(());
                    }
                    // The provider refused another one meanwhile; this place lapses.
                }
                Err(wait) if !wait.account && now + wait.after <= latest => {
                    sleep(wait.after).await;
                }
                Err(wait) => return Err(wait),
            }
        }
    }

    /// Reserves the next place on a route, which counts in every lane, or in none and says how long
    /// to wait.
    ///
    /// Only the account's lane is reserved ahead. A conversation's must be free now: what waits for
    /// it would stand in the way of all others of the account.
    pub(super) fn reserve<const N: usize>(
        &self,
        route: [(&str, Rate); N],
        now: Instant,
        patience: Duration,
    ) -> Result<Instant, TooFast> {
        self.with(now, |lanes| {
            let mut place = Duration::ZERO;
            for (position, (key, rate)) in route.into_iter().enumerate() {
                let account = position == 0;
                let after = lanes.lane(key, now).wait(rate, now);
                let most = if account { patience } else { Duration::ZERO };
                if after > most {
                    return Err(TooFast {
                        account,
                        reason: rate.reason,
                        after,
                    });
                }
                place = place.max(after);
            }
            let at = now + place;
            for (key, rate) in route {
                let mut lane = lanes.lane(key, now);
                lane.paid_at = lane.paid_at.max(at) + rate.refill_every;
                lanes.put(key, lane);
            }
            Ok(at)
        })
    }

    /// How many more places a lane has within the next moments.
    pub(super) fn room(&self, (key, rate): (&str, Rate), now: Instant) -> Room {
        let lane = self.with(now, |lanes| lanes.lane(key, now));
        let next = lane.wait(rate, now);
        if next > AHEAD {
            return Room {
                count: 0,
                after: next.saturating_sub(AHEAD),
            };
        }
        // What is held for a moment pays from the end of it.
        let paid_at = lane.paid_at.max(lane.held_until);
        let debt = paid_at.saturating_duration_since(now);
        let places = (AHEAD + rate.credit())
            .saturating_sub(debt)
            .as_nanos()
            .checked_div(rate.refill_every.as_nanos());
        let places = places.and_then(|places| usize::try_from(places).ok());
        Room {
            count: places.unwrap_or(usize::MAX),
            after: AHEAD,
        }
    }

    /// The provider said that it is too fast: nothing more is sent there for a while, which is
    /// told, and then no more at once than the rate refills. `at_least` is what the provider asked
    /// for.
    pub(super) fn hold(
        &self,
        (key, rate): (&str, Rate),
        at_least: Option<Duration>,
        now: Instant,
    ) -> Duration {
        self.with(now, |lanes| {
            let mut lane = lanes.lane(key, now);
            // Calls that were under way together are one refusal.
            if lane.held_until <= now {
                let backoff = Duration::from_secs(4_u64.pow(lane.strikes));
                lane.strikes = (lane.strikes + 1).min(MAX_STRIKES);
                lane.held_until = now + backoff;
            }
            lane.held_until = lane.held_until.max(now + at_least.unwrap_or_default());
            let no_credit = lane.held_until + rate.credit() - rate.refill_every;
            lane.paid_at = lane.paid_at.max(no_credit);
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

    /// Returns whether a lane was held since a place at this instant was reserved.
    fn is_held<const N: usize>(&self, route: [(&str, Rate); N], at: Instant) -> bool {
        self.with(at, |lanes| {
            let mut held = route.into_iter().map(|(key, _)| lanes.lane(key, at));
            held.any(|lane| lane.held_until > at)
        })
    }

    /// The first tick at or after an instant.
    fn tick_after(&self, at: Instant) -> Instant {
        let since = at.saturating_duration_since(self.start).as_nanos();
        let ticks = since.div_ceil(TICK.as_nanos());
        self.start + TICK * u32::try_from(ticks).unwrap_or(u32::MAX)
    }

    fn with<T>(&self, now: Instant, act: impl FnOnce(&mut Lanes) -> T) -> T {
        // Each step leaves the lanes whole, so that a panic elsewhere did not break them.
        let mut lanes = self
            .lanes
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        lanes.sweep(now);
        act(&mut lanes)
    }
}

impl Default for Pacing {
    fn default() -> Self {
        Self {
            lanes: Mutex::default(),
            start: Instant::now(),
        }
    }
}

// === impl TooFast ===

impl From<TooFast> for SendError {
    fn from(wait: TooFast) -> Self {
        let TooFast {
            account,
            reason,
            after,
        } = wait;
        if account {
            Self::Hold { reason, after }
        } else {
            Self::Wait { reason, after }
        }
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
        debt.saturating_sub(rate.credit())
            .max(self.held_until.saturating_duration_since(now))
    }

    fn is_at_rest(&self, now: Instant) -> bool {
        let forgets = self.strikes == 0 || self.held_until + STRIKES_KEPT <= now;
        self.paid_at <= now && self.held_until <= now && forgets
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
    const AT_ONCE: Duration = Duration::ZERO;
    const LONG: Duration = Duration::from_mins(10);

    fn route<'a>(number: &'a str, pair: &'a str) -> [(&'a str, Rate); 2] {
        [(number, NUMBER), (pair, PAIR)]
    }

    /// What happens to a lane.
    #[derive(Debug, Clone)]
    enum Event {
        Pass(u64),
        Reserve,
        /// A place is reserved by someone who then does not use it.
        Lapse,
        Hold(u64),
        Rest(u64),
    }

    fn events() -> impl Strategy<Value = Vec<Event>> {
        let event = prop_oneof![
            4 => (0..80_u64).prop_map(Event::Pass),
            8 => Just(Event::Reserve),
            2 => Just(Event::Lapse),
            1 => (0..3_000_u64).prop_map(Event::Hold),
            1 => (0..3_000_u64).prop_map(Event::Rest),
        ];
        prop::collection::vec(event, 0..300)
    }

    proptest! {
        #[test]
        fn places_keep_the_order_of_asking_and_the_rate_whatever_happens(events in events()) {
            let (pacing, start) = (Pacing::default(), Instant::now());
            let (mut now, mut held_until) = (start, start);
            let mut places = Vec::<Instant>::new();
            let mut last = start;
            for event in events {
                match event {
                    Event::Pass(millis) => now += Duration::from_millis(millis),
                    Event::Reserve | Event::Lapse => {
                        let at = pacing.reserve([("1", NUMBER)], now, LONG).unwrap();
                        prop_assert!(at >= last && at >= now && at >= held_until);
                        last = at;
                        if let Event::Reserve = event {
                            places.push(at);
                        }
                    }
                    Event::Hold(millis) => {
                        let asked = Some(Duration::from_millis(millis));
                        held_until = held_until.max(now + pacing.hold(("1", NUMBER), asked, now));
                        // Who has a place after that finds it held, and asks anew.
                        places.retain(|at| *at <= now);
                        last = last.min(now);
                    }
                    Event::Rest(millis) => {
                        let pause = Duration::from_millis(millis);
                        pacing.rest("1", pause, now);
                        held_until = held_until.max(now + pause);
                        places.retain(|at| *at <= now);
                        last = last.min(now);
                    }
                }
            }
            for span in [1_000, 5_000].map(Duration::from_millis) {
                let most = usize::try_from(NUMBER.most_within(span)).unwrap();
                for (first, last) in places.iter().zip(places.iter().skip(most)) {
                    prop_assert!(*last - *first >= span);
                }
            }
        }

        #[test]
        fn room_is_what_can_be_reserved_within_the_next_moments(events in events()) {
            let (pacing, mut now) = (Pacing::default(), Instant::now());
            for event in events {
                match event {
                    Event::Pass(millis) => now += Duration::from_millis(millis),
                    Event::Reserve | Event::Lapse => {
                        pacing.reserve([("1", NUMBER)], now, LONG).unwrap();
                    }
                    Event::Hold(millis) => {
                        pacing.hold(("1", NUMBER), Some(Duration::from_millis(millis)), now);
                    }
                    Event::Rest(millis) => {
                        pacing.rest("1", Duration::from_millis(millis), now);
                    }
                }
            }
            let room = pacing.room(("1", NUMBER), now);
            for _ in 0..room.count {
                prop_assert!(pacing.reserve([("1", NUMBER)], now, AHEAD).is_ok());
            }
            prop_assert!(pacing.reserve([("1", NUMBER)], now, AHEAD).is_err());
            // When it says so, there is more.
            prop_assert!(room.after > Duration::ZERO);
            let later = now + room.after;
            prop_assert!(pacing.reserve([("1", NUMBER)], later, AHEAD).is_ok());
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_person_gets_forty_five_at_once_and_then_one_each_six_seconds() {
        let (pacing, start) = (Pacing::default(), Instant::now());
        let mut sent = Vec::new();
        for tenths in 0..300 {
            let now = start + Duration::from_millis(tenths * 100);
            while pacing.reserve(route("1", "1:a"), now, AT_ONCE).is_ok() {
                sent.push(tenths);
            }
        }
        // Twenty at once and some sixty a second is what the number allows.
        assert_eq!(sent.iter().filter(|tenths| **tenths < 10).count(), 45);
        assert_eq!(sent[45..], [60, 120, 180, 240]);
        let now = start + Duration::from_secs(30);
        let other = pacing.reserve(route("1", "1:b"), now, AT_ONCE);
        assert_eq!(other, Ok(now));
    }

    #[tokio::test(start_paused = true)]
    async fn who_waits_for_a_person_takes_no_place_of_the_others() {
        let (pacing, now) = (Pacing::default(), Instant::now());
        pacing.hold(("1:a", PAIR), Some(Duration::from_secs(5)), now);
        let refused = pacing.reserve(route("1", "1:a"), now, LONG).unwrap_err();
        assert!(!refused.account);
        assert_eq!(pacing.room(("1", NUMBER), now).count, 20 + 15);
        assert_eq!(pacing.reserve(route("1", "1:b"), now, LONG), Ok(now));
    }

    #[tokio::test(start_paused = true)]
    async fn who_waits_goes_in_order_at_the_first_tick_after_their_place() {
        let pacing = Pacing::default();
        let (start, order) = (Instant::now(), Mutex::new(Vec::new()));
        let waiting = (0..200_u32).map(|n| {
            let (pacing, order) = (&pacing, &order);
            async move {
                pacing.turn([("1", NUMBER)], LONG).await.unwrap();
                order.lock().unwrap().push((n, start.elapsed()));
            }
        });
        futures_util::future::join_all(waiting).await;
        let order = order.into_inner().unwrap();
        assert!(order.is_sorted());
        let mut wakes: Vec<_> = order.iter().map(|(_, at)| *at).collect();
        for (n, at) in (0..).zip(&wakes) {
            let place = NUMBER.refill_every * u32::saturating_sub(n + 1, NUMBER.burst);
            assert!((place..place + TICK).contains(at), "{n} went at {at:?}");
        }
        // A tick's worth more than the rate in any span, and no slower in the end.
        let span = Duration::from_secs(1);
        let most = usize::try_from(NUMBER.most_within(span + TICK)).unwrap();
        for (first, last) in wakes.iter().zip(wakes.iter().skip(most)) {
            assert!(*last >= *first + span);
        }
        assert!(wakes[199] <= NUMBER.refill_every * 180 + TICK);
        wakes.dedup();
        assert_eq!(wakes.len(), 1 + 180 / 4, "they go four at a time");
    }

    #[tokio::test(start_paused = true)]
    async fn a_refusal_moves_back_who_waits_and_nobody_goes_at_once_after_it() {
        let pacing = Pacing::default();
        let (start, went) = (Instant::now(), Mutex::new(Vec::new()));
        let waiting = (0..60).map(|_| async {
            pacing.turn([("1", NUMBER)], LONG).await.unwrap();
            went.lock().unwrap().push(start.elapsed());
        });
        let refusal = async {
            sleep(Duration::from_millis(100)).await;
            let asked = Some(Duration::from_secs(2));
            pacing.hold(("1", NUMBER), asked, Instant::now());
        };
        tokio::join!(futures_util::future::join_all(waiting), refusal);
        let went = went.into_inner().unwrap();
        let held = Duration::from_millis(100)..Duration::from_millis(2_100);
        let (before, after): (Vec<_>, Vec<_>) = went.iter().partition(|at| **at <= held.start);
        assert_eq!((before.len(), after.len()), (20 + 4, 36));
        for (n, at) in (0..).zip(after) {
            let place = held.end + NUMBER.refill_every * n;
            assert!((place..place + TICK).contains(at), "{n} went at {at:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn who_would_wait_for_too_long_is_told_so_and_takes_no_place() {
        let (pacing, start) = (Pacing::default(), Instant::now());
        pacing.rest("1", LONG, start);
        let patience = Duration::from_secs(1);
        let refused = pacing.turn([("1", NUMBER)], patience).await.unwrap_err();
        assert_eq!((refused.account, refused.after), (true, LONG));
        assert_eq!(Instant::now(), start);
        assert_eq!(pacing.room(("1", NUMBER), start + LONG).count, 20 + 15);
    }

    #[tokio::test(start_paused = true)]
    async fn what_rests_is_let_through_again_when_that_is_over() {
        let (pacing, start) = (Pacing::default(), Instant::now());
        pacing.rest("1", Duration::from_secs(10), start);
        let route = route("1", "1:a");
        let refused = pacing.reserve(route, start, AT_ONCE).unwrap_err();
        assert_eq!(refused.after, Duration::from_secs(10));
        let then = start + refused.after;
        assert_eq!(pacing.reserve(route, then, AT_ONCE), Ok(then));
        // It was no refusal: the first one after it is the first.
        let first = pacing.hold(("1", NUMBER), None, then);
        assert_eq!(first, Duration::from_secs(1));
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_is_as_long_as_it_needs_to_be() {
        let (pacing, now) = (Pacing::default(), Instant::now());
        let route = route("1", "1:a");
        let first = (0..100)
            .find_map(|_| pacing.reserve(route, now, AT_ONCE).err())
            .unwrap();
        assert_eq!(first.reason, "number");
        let then = now + first.after;
        let early = then - Duration::from_nanos(1);
        assert!(pacing.reserve(route, early, AT_ONCE).is_err());
        assert_eq!(pacing.reserve(route, then, AT_ONCE), Ok(then));
    }

    #[tokio::test(start_paused = true)]
    async fn refusals_in_a_row_make_wait_ever_longer_until_one_is_taken() {
        let (pacing, mut now) = (Pacing::default(), Instant::now());
        let route = route("1", "1:a");
        let mut waits = Vec::new();
        for _ in 0..7 {
            let wait = pacing.hold(route[1], None, now);
            assert_eq!(pacing.hold(route[1], None, now), wait);
            assert_eq!(pacing.reserve(route, now, AT_ONCE).unwrap_err().after, wait);
            waits.push(wait.as_secs());
            now += wait;
        }
        assert_eq!(waits, [1, 4, 16, 64, 256, 1024, 1024]);
        pacing.relax(route, now);
        assert_eq!(pacing.hold(route[1], None, now).as_secs(), 1);
        let asked = Some(Duration::from_secs(30));
        assert_eq!(pacing.hold(route[0], asked, now).as_secs(), 30);
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_under_way_and_is_taken_does_not_end_a_row_of_refusals() {
        let (pacing, now) = (Pacing::default(), Instant::now());
        let route = route("1", "1:a");
        let first = pacing.hold(route[0], None, now);
        pacing.relax(route, now);
        let second = pacing.hold(route[0], None, now + first);
        assert_eq!((first.as_secs(), second.as_secs()), (1, 4));
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_remembered_is_bounded() {
        let (pacing, start) = (Pacing::default(), Instant::now());
        let kept = || pacing.lanes.lock().unwrap().lanes.len();
        for n in 0..MAX_LANES + 10 {
            pacing.hold((&format!("1:{n}"), PAIR), None, start);
        }
        assert_eq!(kept(), MAX_LANES);
        let later = start + Duration::from_mins(20);
        let place = pacing.reserve(route("1", "1:new"), later, AT_ONCE);
        assert_eq!(place, Ok(later));
        assert_eq!(kept(), 2);
    }
}
