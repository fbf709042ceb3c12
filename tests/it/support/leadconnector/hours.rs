//! How a calendar is set up, and the starts that this gives.

use std::ops::Range;

use chrono::{DateTime, Days, NaiveTime, SecondsFormat, TimeDelta, Utc};
use frontdesk::booking::{
    Span,
    zone::{Occurrence, Zone},
};

/// A calendar as its owner set it up.
#[derive(Debug, Clone)]
pub(crate) struct Calendar {
    /// Whose it is.
    pub(crate) location: String,
    /// The clock on its wall.
    pub(crate) zone: String,
    /// Who works, and in which minutes of each day. [`Calendar::NOBODY`]: it has no team.
    pub(crate) hours: Vec<(String, Range<i64>)>,
    /// How long a slot is.
    pub(crate) slot_minutes: i64,
    /// How far apart slots start.
    pub(crate) interval_minutes: i64,
    /// The first instant at which something can start: its notice.
    pub(crate) from: DateTime<Utc>,
}

impl Calendar {
    /// Who works where there is no team.
    pub(crate) const NOBODY: &str = "";

    /// Without a team, open from nine to five, in slots of half an hour.
    pub(crate) fn of(location: &str, zone: &str) -> Self {
        Self {
            location: location.to_owned(),
            zone: zone.to_owned(),
            hours: vec![(Self::NOBODY.to_owned(), 9 * 60..17 * 60)],
            slot_minutes: 30,
            interval_minutes: 30,
            from: DateTime::UNIX_EPOCH,
        }
    }

    fn zone(&self) -> Zone {
        Zone::by_name(&self.zone).unwrap()
    }

    /// An instant as HighLevel writes it.
    pub(super) fn written(&self, at: DateTime<Utc>) -> String {
        let local = self.zone().with_offset(at);
        local.to_rfc3339_opts(SecondsFormat::Secs, false)
    }

    /// The starts of somebody's slots within a span, taken or not.
    pub(super) fn starts(&self, minutes: &Range<i64>, span: Span) -> Vec<DateTime<Utc>> {
        let zone = self.zone();
        let midnight = |date: chrono::NaiveDate| date.and_time(NaiveTime::MIN);
        let mut date = zone.to_local(span.start).date();
        let mut starts = Vec::new();
        while zone.instant(midnight(date)) < span.end {
            let closes = zone.instant(midnight(date) + TimeDelta::minutes(minutes.end));
            let step = usize::try_from(self.interval_minutes).unwrap();
            for minute in minutes.clone().step_by(step) {
                let local = midnight(date) + TimeDelta::minutes(minute);
                let (Occurrence::Once(at) | Occurrence::Twice { first: at, .. }) =
                    zone.occurrence(local)
                else {
                    continue;
                };
                let fits = self.slot(at).end <= closes;
                if fits && at >= self.from && span.contains(at) {
                    starts.push(at);
                }
            }
            date = date + Days::new(1);
        }
        starts
    }

    pub(super) fn slot(&self, start: DateTime<Utc>) -> Span {
        let end = start + TimeDelta::minutes(self.slot_minutes);
        Span { start, end }
    }
}
