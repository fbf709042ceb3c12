//! Deliveries for a number or location that no business owns: while they come, customers may be
//! writing to a business that does not answer.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

/// How long after the last one health is degraded.
const QUIET: TimeDelta = TimeDelta::hours(1);

/// What came for nobody, since it was last quiet.
#[derive(Debug, Default)]
pub(super) struct Unrouted(Mutex<Option<Seen>>);

#[derive(Debug, Clone, Copy)]
struct Seen {
    count: u64,
    last: DateTime<Utc>,
}

impl Unrouted {
    /// Notes one, and answers whether it is the first since it was quiet.
    pub(super) fn note(&self, now: DateTime<Utc>) -> bool {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = seen.filter(|seen| now - seen.last < QUIET);
        *seen = Some(Seen {
            count: before.map_or(0, |seen| seen.count) + 1,
            last: now,
        });
        before.is_none()
    }

    /// Forgets what came so far, since the routes are others now.
    pub(super) fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// How many came and when the last one did, unless it has been quiet for a while.
    pub(super) fn message(&self, now: DateTime<Utc>) -> Option<String> {
        let seen = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Seen { count, last } = seen.filter(|seen| now - seen.last < QUIET)?;
        let last = last.to_rfc3339_opts(SecondsFormat::Secs, true);
        Some(format!(
            "{count} came for a number or location that no business file names, the last at {last}"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_for_nobody_shows_until_it_has_been_quiet_for_an_hour() {
        let (unrouted, start) = (Unrouted::default(), DateTime::UNIX_EPOCH);
        assert_eq!(unrouted.message(start), None);
        assert!(unrouted.note(start));
        let later = start + TimeDelta::minutes(59);
        assert!(!unrouted.note(later));
        let message = unrouted.message(later + TimeDelta::minutes(59)).unwrap();
        assert!(message.starts_with("2 came"), "{message}");
        assert!(message.ends_with("1970-01-01T00:59:00Z"), "{message}");
        assert_eq!(unrouted.message(later + QUIET), None);
        assert!(unrouted.note(later + QUIET), "it is news again");
        let message = unrouted.message(later + QUIET).unwrap();
        assert!(message.starts_with("1 came"), "{message}");
        unrouted.forget();
        assert_eq!(unrouted.message(later + QUIET), None);
    }
}
