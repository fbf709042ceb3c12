//! When a thread's next turn may be leased. Pure.
//!
//! The invariants: a thread with inputs that wait always has a `ready_at`; a new message never
//! makes a backoff or deferral shorter; a steady typist waits at most the coalescing maximum.

use super::encoding::Millis;

/// A thread's place in the schedule, as its row holds it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Schedule {
    /// The newest input.
    pub(super) last_seq: i64,
    /// The watermark: everything up to here is done or dead.
    pub(super) done_seq: i64,
    /// When the next turn may be leased, or the present lease ends.
    pub(super) ready_at: Option<Millis>,
    /// No turn before this: backoff and deferral.
    pub(super) not_before: Millis,
    /// When the customer counts as having finished typing.
    pub(super) quiet_at: Millis,
    /// When the first input came that no turn covers yet.
    pub(super) waiting_since: Millis,
    /// The turn under way covers `done_seq + 1` up to here.
    pub(super) turn_last: Option<i64>,
    /// How long the present lease is.
    pub(super) lease_ms: Option<Millis>,
}

/// How long a message may wait for the next one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// Since this message.
    pub(super) quiet: Millis,
    /// Since the first that waits.
    pub(super) most: Millis,
}

impl Schedule {
    /// Whether inputs wait that no committed or dead turn covers.
    pub(super) fn waits(&self) -> bool {
        self.last_seq > self.done_seq
    }

    /// Puts an input at the end and answers its place. Without patience the turn is due at once.
    pub(super) fn arrive(&mut self, now: Millis, patience: Option<Patience>) -> i64 {
        let is_first = self.last_seq == self.turn_last.unwrap_or(self.done_seq);
        self.last_seq += 1;
        if is_first {
            self.waiting_since = now;
        }
        // Once the waiting is over, by time or by a tap, it does not begin again.
        if is_first || self.quiet_at > now {
            self.quiet_at = match patience {
                None => now,
                Some(Patience { quiet, most }) => now
                    .saturating_add(quiet)
                    .min(self.waiting_since.saturating_add(most)),
            };
        }
        self.arm();
        self.last_seq
    }

    /// Puts an input at the end that is done at once, and answers its place. Nothing waits before
    /// it.
    pub(super) fn acknowledge(&mut self) -> i64 {
        self.last_seq += 1;
        self.done_seq = self.last_seq;
        self.last_seq
    }

    /// Lets no turn begin before `until`.
    pub(super) fn hold_back(&mut self, until: Millis) {
        self.not_before = self.not_before.max(until);
        self.arm();
    }

    /// Lets the turn begin now, whatever held it back.
    pub(super) fn hurry(&mut self, now: Millis) {
        self.not_before = self.not_before.min(now);
        self.arm();
    }

    /// Fixes the turn up to `last`, unless one is fixed, and leases it.
    pub(super) fn lease(&mut self, now: Millis, last: i64, length: Millis) {
        self.turn_last = Some(last);
        self.extend_lease(now, length);
    }

    /// Lets the lease begin anew.
    pub(super) fn extend_lease(&mut self, now: Millis, length: Millis) {
        self.lease_ms = Some(length);
        self.ready_at = Some(now.saturating_add(length));
    }

    /// Gives the lease back; the turn stays fixed and is due again at `not_before`.
    pub(super) fn give_back(&mut self) {
        self.lease_ms = None;
        self.arm();
    }

    /// Moves the watermark past the turn that ends with `last`.
    pub(super) fn settle(&mut self, last: i64) {
        self.done_seq = last;
        self.turn_last = None;
        self.lease_ms = None;
        self.arm();
    }

    fn arm(&mut self) {
        if self.lease_ms.is_some() {
            return;
        }
        self.ready_at = if self.turn_last.is_some() {
            Some(self.not_before)
        } else if self.waits() {
            Some(self.quiet_at.max(self.not_before))
        } else {
            None
        };
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TYPING: Option<Patience> = Some(Patience {
        quiet: 2_500,
        most: 10_000,
    });

    #[test]
    fn a_text_waits_for_the_next_one_but_not_for_ever() {
        let mut schedule = Schedule::default();
        schedule.arrive(0, TYPING);
        assert_eq!(schedule.ready_at, Some(2_500));
        for at in [2_000, 4_000, 6_000, 8_000] {
            schedule.arrive(at, TYPING);
        }
        assert_eq!(schedule.ready_at, Some(10_000));
    }

    #[test]
    fn a_tap_ends_the_waiting_for_what_came_before_and_after_it() {
        let mut schedule = Schedule::default();
        schedule.arrive(0, TYPING);
        schedule.arrive(1_000, None);
        assert_eq!(schedule.ready_at, Some(1_000));
        schedule.arrive(1_200, TYPING);
        assert_eq!(schedule.ready_at, Some(1_000));
    }

    #[test]
    fn a_tap_does_not_end_a_backoff() {
        let mut schedule = Schedule::default();
        schedule.arrive(0, None);
        schedule.lease(0, 1, 30_000);
        schedule.hold_back(60_000);
        schedule.give_back();
        schedule.arrive(1_000, None);
        assert_eq!(schedule.ready_at, Some(60_000));
    }

    #[test]
    fn what_came_during_a_turn_is_due_after_it_by_its_own_time() {
        let mut schedule = Schedule::default();
        schedule.arrive(0, TYPING);
        schedule.lease(3_000, 1, 30_000);
        schedule.arrive(4_000, TYPING);
        assert_eq!(schedule.ready_at, Some(33_000));
        schedule.settle(1);
        assert_eq!(schedule.ready_at, Some(6_500));
    }

    #[derive(Debug, Clone)]
    enum Step {
        Arrive(bool),
        HoldBack(Millis),
        Lease,
        GiveBack,
        Settle,
    }

    fn step() -> impl Strategy<Value = (Millis, Step)> {
        let step = prop_oneof![
            any::<bool>().prop_map(Step::Arrive),
            (0..20_000_i64).prop_map(Step::HoldBack),
            Just(Step::Lease),
            Just(Step::GiveBack),
            Just(Step::Settle),
        ];
        (0..5_000_i64, step)
    }

    proptest! {
        #[test]
        fn whoever_waits_is_ready_some_time_and_never_before_the_floor(
            steps in prop::collection::vec(step(), 1..60)
        ) {
            let (mut schedule, mut now) = (Schedule::default(), 0);
            for (passed, step) in steps {
                now += passed;
                match step {
                    Step::Arrive(typing) => {
                        schedule.arrive(now, TYPING.filter(|_| typing));
                    }
                    Step::HoldBack(by) => schedule.hold_back(now + by),
                    Step::Lease => if let (Some(ready), None) = (schedule.ready_at, schedule.lease_ms)
                        && ready <= now {
                        let last = schedule.turn_last.unwrap_or(schedule.last_seq);
                        schedule.lease(now, last, 30_000);
                    },
                    Step::GiveBack => if schedule.lease_ms.is_some() { schedule.give_back() },
                    Step::Settle => if let (Some(last), Some(_)) = (schedule.turn_last, schedule.lease_ms) {
                        schedule.settle(last);
                    },
                }
                prop_assert_eq!(schedule.ready_at.is_some(), schedule.waits());
                if let (Some(ready), None) = (schedule.ready_at, schedule.lease_ms) {
                    prop_assert!(ready >= schedule.not_before);
                    prop_assert!(ready <= schedule.not_before.max(schedule.waiting_since + 10_000));
                }
            }
        }
    }
}
