//! When a person at the business can be expected to answer.

use chrono::{DateTime, TimeDelta, Utc};

use super::desk::Desk;

/// The staff needs as much of its opening hours to answer.
const TIME_TO_ANSWER: TimeDelta = TimeDelta::hours(1);
/// How far ahead an opening is looked for.
const DAYS_AHEAD: usize = 14;

/// When the staff can be expected to answer.
pub(super) struct Answering {
    /// They are told once more, should they not have answered: when they open, or had time to.
    pub(super) remind_at: DateTime<Utc>,
    /// They have the conversation up to here.
    pub(super) end: DateTime<Utc>,
}

/// When the staff can be expected to answer: the first opening of which enough is left. None: no
/// opening is near, and the usual time has to do.
pub(super) fn answering(desk: &Desk<'_>) -> Option<Answering> {
    let (zone, now) = (&desk.business.zone, desk.turn.now);
    let today = desk.local(now).date();
    today.iter_days().take(DAYS_AHEAD).find_map(|date| {
        let openings = desk.business.hours.on(date).iter().map(|range| {
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
