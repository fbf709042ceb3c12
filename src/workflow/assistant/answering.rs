//! The period in which the staff can be expected to answer.

use chrono::{DateTime, TimeDelta, Utc};

use super::turn_context::TurnContext;

/// The staff needs as much of its opening hours to answer.
const TIME_TO_ANSWER: TimeDelta = TimeDelta::hours(1);
/// The number of days to look ahead for opening hours.
const DAYS_AHEAD: usize = 14;

/// The period in which the staff can be expected to answer.
pub(super) struct Answering {
    /// They are told once more, should they not have answered: when they open, or had time to.
    pub(super) remind_at: DateTime<Utc>,
    /// They have the conversation up to here.
    pub(super) end: DateTime<Utc>,
}

/// Returns the period in which the staff can be expected to answer: the first opening with enough
/// time left. Returns `None` if no opening is near; the usual time applies then.
pub(super) fn answering(context: &TurnContext<'_>) -> Option<Answering> {
    let (zone, now) = (&context.business.zone, context.turn.now);
    let today = context.local(now).date();
    today.iter_days().take(DAYS_AHEAD).find_map(|date| {
        let openings = context.business.hours.on(date).iter().map(|range| {
            let midnight = date.and_time(chrono::NaiveTime::MIN);
            let at = |minute: u16| zone.instant(midnight + TimeDelta::minutes(minute.into()));
            (at(range.start_minute()), at(range.end_minute()))
        });
        let mut openings = openings.filter(|(start, end)| *end - now.max(*start) >= TIME_TO_ANSWER);
        let (start, end) = openings.next()?;
        let remind_at = if start > now {
            start
        } else {
            now + TIME_TO_ANSWER
        };
        Some(Answering { remind_at, end })
    })
}
