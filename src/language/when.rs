//! Day and time together, as they are wished for.
//!
//! The invariant: a [`When`] only narrows. What was not said excludes nothing.

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike};
use serde::{Deserialize, Serialize};

use super::{
    clock::{Clock, DayPart, Times},
    day::{Days, Weekdays},
};

/// What was said about day and time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// The days that were named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<Days>,
    /// The times of day that were named.
    #[serde(default, skip_serializing_if = "Times::is_empty")]
    pub times: Times,
    /// What will not do.
    #[serde(default, skip_serializing_if = "Except::is_empty")]
    pub except: Except,
}

/// Days and parts of the day that were ruled out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Except {
    /// In any week.
    #[serde(default, skip_serializing_if = "Weekdays::is_empty")]
    pub weekdays: Weekdays,
    /// From the first to the last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<(NaiveDate, NaiveDate)>,
    /// On any day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<DayPart>,
}

// === impl When ===

impl When {
    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a local time is as is wished.
    pub fn contains(&self, local: NaiveDateTime) -> bool {
        let date = local.date();
        let minute = minute_of(local);
        self.days.as_ref().is_none_or(|days| days.contain(date))
            && self.times.contain(minute)
            && !self.except.contains(date, minute)
    }

    /// What is wished now, with what was wished before where nothing new is said about it.
    #[must_use]
    pub fn after(self, before: &Self) -> Self {
        Self {
            days: self.days.or_else(|| before.days.clone()),
            times: if self.times.is_empty() {
                before.times.clone()
            } else {
                self.times
            },
            except: if self.except.is_empty() {
                before.except.clone()
            } else {
                self.except
            },
        }
    }

    /// With "after 7" and "until 8" made plain by the minutes of the day at which it may be open.
    #[must_use]
    pub fn within(mut self, open: impl Fn(u16) -> bool) -> Self {
        let before = |minute: u16| minute.checked_sub(1).is_some_and(&open);
        self.times.from = self.times.from.map(|from| bound(from, &open));
        self.times.until = self.times.until.map(|until| bound(until, before));
        self
    }

    /// The local times that are meant, where both days and times were named: one where it is
    /// plain, several where it has to be asked. Of `4` the hour at which it is open is meant, if
    /// that is only one of the two; what is over by `now` is not meant while something else may be.
    pub fn starts(
        &self,
        now: NaiveDateTime,
        open: impl Fn(NaiveDate, u16) -> bool,
    ) -> Vec<NaiveDateTime> {
        let days = match &self.days {
            Some(Days::OneOf(days) | Days::AnyOf(days)) => days.as_slice(),
            Some(Days::Between(first, last)) if first == last => std::slice::from_ref(first),
            _ => &[],
        };
        let mut starts: Vec<_> = days
            .iter()
            .flat_map(|day| {
                let open = &open;
                let at = move |clock: &Clock| readings(*clock, |minute| open(*day, minute));
                let minutes = self.times.at.iter().flat_map(at);
                minutes.filter_map(move |minute| {
                    let past_midnight = TimeDelta::minutes(minute.into());
                    day.and_hms_opt(0, 0, 0)?.checked_add_signed(past_midnight)
                })
            })
            .collect();
        starts.sort_unstable();
        starts.dedup();
        if starts.iter().any(|start| *start > now) {
            starts.retain(|start| *start > now);
        }
        starts
    }
}

/// Which minutes of the day a time means, by whether it is open then.
pub fn readings(clock: Clock, open: impl Fn(u16) -> bool) -> Vec<u16> {
    let likely: Vec<_> = clock.minutes().filter(|minute| open(*minute)).collect();
    if likely.is_empty() {
        vec![clock.likely()]
    } else {
        likely
    }
}

/// The bound that is meant, by whether it is open next to it: "after 7" of a shop that opens at 9
/// is in the evening.
fn bound(clock: Clock, open: impl Fn(u16) -> bool) -> Clock {
    let mut likely = clock.minutes().filter(|minute| open(*minute));
    match (likely.next(), likely.next()) {
        (Some(one), None) => Clock::At(one),
        _ => clock,
    }
}

fn minute_of(local: NaiveDateTime) -> u16 {
    u16::try_from(local.hour() * 60 + local.minute()).unwrap_or(u16::MAX)
}

// === impl Except ===

impl Except {
    /// Whether nothing was ruled out.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a minute of a date was ruled out.
    pub fn contains(&self, date: NaiveDate, minute: u16) -> bool {
        let mut days = self.days.iter();
        self.weekdays.contain(date.weekday())
            || days.any(|(first, last)| (*first..=*last).contains(&date))
            || self.parts.iter().any(|part| part.contains(minute))
    }
}
