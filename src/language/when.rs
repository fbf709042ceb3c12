//! Day and time together, as they are wished for.
//!
//! The invariant: a [`When`] only narrows. What was not said excludes nothing.

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike};
use serde::{Deserialize, Serialize};

use super::{
    clock::{Clock, DayPart, Times},
    day::{Days, Weekdays},
};

const DAY_MINUTES: i32 = 24 * 60;

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
    /// Of the days and times that were named, those that belong together: "Monday at 10 or Tuesday
    /// at 3". Empty where every day goes with every time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pairs: Vec<(NaiveDate, Clock)>,
    /// The clock of another place, where the times were said by that: they are here by the clock
    /// of the business.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_clock: Option<OtherClock>,
}

/// The clock of another place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherClock {
    /// Its zone's name in the IANA database.
    pub zone: Box<str>,
    /// Minutes by which the clock of the business is ahead of it on the day that is meant.
    pub ahead_minutes: i32,
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
            && (self.pairs.is_empty() || self.pairs.iter().any(|pair| paired(*pair, date, minute)))
    }

    /// What is wished now, with what was wished before where nothing new is said about it.
    #[must_use]
    pub fn after(self, before: &Self) -> Self {
        let says_when = self.days.is_some() || !self.times.is_empty();
        let other_clock = if self.times.is_empty() {
            before.other_clock.clone()
        } else {
            self.other_clock
        };
        Self {
            pairs: if says_when {
                self.pairs
            } else {
                before.pairs.clone()
            },
            // "Tomorrow I can't" leaves nothing of "tomorrow".
            days: self.days.or_else(|| {
                let before = before.days.clone()?;
                (!self.except.rules_out(&before)).then_some(before)
            }),
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
            other_clock,
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
                let at = move |clock: &Clock| clock.resolve(|minute| open(*day, minute));
                let together =
                    |clock: &&Clock| self.pairs.is_empty() || self.pairs.contains(&(*day, **clock));
                let minutes = self.times.at.iter().filter(together).flat_map(at);
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

// === impl OtherClock ===

impl OtherClock {
    /// The minute of the day that it shows at a minute of the business's day.
    pub fn minute(&self, here: u16) -> u16 {
        let shown = (i32::from(here) - self.ahead_minutes).rem_euclid(DAY_MINUTES);
        u16::try_from(shown).unwrap_or(here)
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

fn paired((day, clock): (NaiveDate, Clock), date: NaiveDate, minute: u16) -> bool {
    day == date && clock.minutes().any(|named| named == minute)
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
        self.has_day(date) || self.parts.iter().any(|part| part.contains(minute))
    }

    /// Whether nothing is left of these days.
    fn rules_out(&self, days: &Days) -> bool {
        let Some((first, last)) = days.bounds() else {
            return false;
        };
        let named = first.iter_days().take_while(|date| *date <= last);
        let mut named = named.filter(|date| days.contain(*date));
        named.all(|date| self.has_day(date))
    }

    /// Returns whether a whole date was ruled out.
    pub fn has_day(&self, date: NaiveDate) -> bool {
        let mut days = self.days.iter();
        self.weekdays.contain(date.weekday())
            || days.any(|(first, last)| (*first..=*last).contains(&date))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
    }

    fn at(day: u32, hour: u32) -> NaiveDateTime {
        date(day).and_hms_opt(hour, 0, 0).unwrap()
    }

    fn open(minute: u16) -> bool {
        (9 * 60..20 * 60).contains(&minute)
    }

    #[test]
    fn a_bound_is_read_by_the_hours_beside_it() {
        for (clock, after, until) in [
            (Clock::Either(7 * 60), 19, 19),
            (Clock::Either(9 * 60), 9, 9),
            (Clock::Either(4 * 60), 16, 16),
            (Clock::Either(8 * 60), 8, 20),
            (Clock::At(7 * 60), 7, 7),
        ] {
            let times = Times {
                from: Some(clock),
                until: Some(clock),
                ..Times::default()
            };
            let when = When {
                times,
                ..When::default()
            };
            let times = when.within(open).times;
            assert_eq!(times.from.map(Clock::likely), Some(after * 60), "{clock:?}");
            assert_eq!(
                times.until.map(Clock::likely),
                Some(until * 60),
                "{clock:?}"
            );
        }
    }

    #[test]
    fn days_and_times_that_belong_together_are_not_mixed() {
        let (ten, three) = (Clock::Either(10 * 60), Clock::Either(3 * 60));
        let mut when = When {
            days: Some(Days::AnyOf(vec![date(9), date(10)])),
            times: Times {
                at: vec![ten, three],
                ..Times::default()
            },
            ..When::default()
        };
        let starts = |when: &When| when.starts(at(3, 10), |_, minute| open(minute));
        assert_eq!(
            starts(&when),
            [at(9, 10), at(9, 15), at(10, 10), at(10, 15)]
        );
        when.pairs = vec![(date(9), ten), (date(10), three)];
        assert_eq!(starts(&when), [at(9, 10), at(10, 15)]);
        assert!(when.contains(at(9, 10)) && !when.contains(at(9, 15)));
        let day_only = When {
            days: Some(Days::OneOf(vec![date(11)])),
            ..When::default()
        };
        assert!(day_only.after(&when).pairs.is_empty());
        assert_eq!(When::default().after(&when), when);
    }

    #[test]
    fn another_clock_goes_with_its_times() {
        let central = OtherClock {
            zone: "America/Chicago".into(),
            ahead_minutes: 60,
        };
        let by = |minute, other_clock| When {
            times: Times {
                at: vec![Clock::At(minute)],
                ..Times::default()
            },
            other_clock,
            ..When::default()
        };
        let before = by(16 * 60, Some(central.clone()));
        assert_eq!(by(17 * 60, None).after(&before).other_clock, None);
        assert_eq!(When::default().after(&before), before);
        assert_eq!(central.minute(16 * 60), 15 * 60);
        assert_eq!(central.minute(30), 23 * 60 + 30);
    }

    #[test]
    fn what_is_over_is_not_meant_while_something_else_may_be() {
        let tuesdays = |times| When {
            days: Some(Days::OneOf(vec![date(3), date(10)])),
            times: Times {
                at: times,
                ..Times::default()
            },
            ..When::default()
        };
        let starts = |when: When| when.starts(at(3, 12), |_, minute| open(minute));
        assert_eq!(starts(tuesdays(vec![Clock::At(9 * 60)])), [at(10, 9)]);
        assert_eq!(
            starts(tuesdays(vec![Clock::Either(4 * 60)])),
            [at(3, 16), at(10, 16)]
        );
        assert!(starts(tuesdays(vec![])).is_empty());
    }

    proptest! {
        #[test]
        fn what_starts_is_contained(hours in prop::collection::vec(0_u16..720, 1..4), day in 1_u32..28) {
            let when = When {
                days: Some(Days::AnyOf(vec![date(day), date(day + 1)])),
                times: Times { at: hours.into_iter().map(Clock::Either).collect(), ..Times::default() },
                ..When::default()
            };
            for start in when.starts(at(1, 0), |_, minute| open(minute)) {
                prop_assert!(when.contains(start), "{start}");
            }
        }
    }
}
