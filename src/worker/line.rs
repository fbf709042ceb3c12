//! Places in time for those who wait for the same server, so that they do not all come back at once.
//!
//! The invariant: of all who wait, at most one in [`SPACING`] comes back, however often they are
//! told to wait and however short; and nobody waits longer than asked for by more than
//! [`MAX_SPREAD`].

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

/// The time between two who come back: each costs two writes.
const SPACING: Duration = Duration::from_millis(20);
/// The longest that somebody waits for those before them.
const MAX_SPREAD: Duration = Duration::from_mins(1);

/// Those who wait for one server.
#[derive(Debug, Default)]
pub(super) struct Line(Mutex<Option<Wait>>);

#[derive(Debug, Clone, Copy)]
struct Wait {
    /// The place of whoever comes next.
    next: Instant,
    /// When the server may answer again.
    until: Instant,
}

/// A place in the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// How long it is until then.
    pub(super) after: Duration,
    /// Nobody waited before.
    pub(super) is_first: bool,
}

// === impl Place ===

/// Who does not wait.
impl Default for Place {
    fn default() -> Self {
        Self {
            after: Duration::ZERO,
            is_first: true,
        }
    }
}

// === impl Line ===

impl Line {
    /// The next place that is at least this far away.
    pub(super) fn place(&self, after: Duration, now: Instant) -> Place {
        let mut wait = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let earliest = now + after;
        let known = wait.filter(|wait| wait.until > now);
        let next = known.map_or(earliest, |wait| wait.next.max(earliest));
        let at = if next > earliest + MAX_SPREAD {
            earliest
        } else {
            next
        };
        *wait = Some(Wait {
            next: at + SPACING,
            until: known.map_or(at, |wait| wait.until.max(at)),
        });
        Place {
            after: at - now,
            is_first: known.is_none(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_waits_alone_waits_as_long_as_asked() {
        let (line, now) = (Line::default(), Instant::now());
        let after = Duration::from_secs(5);
        for round in 0..3 {
            let place = line.place(after, now + after * round);
            assert_eq!(
                place,
                Place {
                    after,
                    is_first: true
                }
            );
        }
    }

    #[test]
    fn those_who_wait_come_back_one_after_another_however_short_the_wait() {
        let (line, start) = (Line::default(), Instant::now());
        let second = Duration::from_secs(1);
        let mut due: Vec<_> = (0..1_000)
            .map(|_| start + line.place(second, start).after)
            .collect();
        // For half a minute each of them is told to come back in a second.
        let mut came = Vec::new();
        for _ in 0..2_000 {
            due.sort_unstable();
            let now = due.remove(0);
            came.push(now);
            let place = line.place(second, now);
            assert!(!place.is_first && place.after <= second + MAX_SPREAD);
            due.push(now + place.after);
        }
        assert!(came.windows(2).all(|two| two[1] - two[0] >= SPACING));
    }

    #[test]
    fn nobody_waits_for_more_than_a_minute_behind_the_others() {
        let (line, now) = (Line::default(), Instant::now());
        for _ in 0..10_000 {
            assert!(line.place(Duration::ZERO, now).after <= MAX_SPREAD);
        }
    }
}
