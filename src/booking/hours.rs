//! When a place or person is open: ranges of local time by weekday, and dates that differ.
//!
//! The invariant: the ranges of a day are in order and do not overlap.

use std::{collections::BTreeMap, fmt};

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike, Weekday};

/// A stretch of local time within one day, from `start` up to `end`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeRange {
    start: u16,
    end: u16,
}

/// The opening hours of a shop, or a person's own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hours {
    /// By weekday, Monday first. None: not given at all.
    week: Option<[Box<[TimeRange]>; 7]>,
    /// Dates that differ from their weekday.
    dates: BTreeMap<NaiveDate, Box<[TimeRange]>>,
}

/// The text is not a range of local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be local times such as \"09:00-17:30\", the end after the start and at most 24:00")]
pub struct InvalidRange;

/// Two ranges of one day share time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overlap(pub TimeRange, pub TimeRange);

// === impl TimeRange ===

impl TimeRange {
    /// The minutes of a day.
    pub const DAY_MINUTES: u16 = 24 * 60;

    /// The range between two minutes of the day, unless it is empty or leaves the day.
    pub fn new(start: u16, end: u16) -> Option<Self> {
        (start < end && end <= Self::DAY_MINUTES).then_some(Self { start, end })
    }

    /// Reads `09:00-17:30`.
    pub fn parse(text: &str) -> Result<Self, InvalidRange> {
        let (start, end) = text.split_once('-').ok_or(InvalidRange)?;
        let (start, end) = (minute_of_day(start), minute_of_day(end));
        start
            .zip(end)
            .and_then(|(start, end)| Self::new(start, end))
            .ok_or(InvalidRange)
    }

    /// The minute of the day at which it starts.
    pub fn start_minute(self) -> u16 {
        self.start
    }

    /// The minute of the day at which it ends; 1440 is midnight.
    pub fn end_minute(self) -> u16 {
        self.end
    }

    /// What both have.
    fn intersection(self, other: Self) -> Option<Self> {
        Self::new(self.start.max(other.start), self.end.min(other.end))
    }
}

impl fmt::Display for TimeRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { start, end } = self;
        let (from, to) = (start / 60, end / 60);
        write!(f, "{from:02}:{:02}-{to:02}:{:02}", start % 60, end % 60)
    }
}

impl fmt::Debug for TimeRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// Reads `HH:MM`, up to `24:00`, as a minute of the day.
pub(super) fn minute_of_day(text: &str) -> Option<u16> {
    let digits = |text: &str| -> Option<u16> {
        let plain = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse().ok()).flatten()
    };
    let (hour, minute) = text.trim().split_once(':')?;
    let (hour, minute) = (digits(hour)?, digits(minute)?);
    let total = hour * 60 + minute;
    (minute < 60 && total <= TimeRange::DAY_MINUTES).then_some(total)
}

/// The minute of the day that a clock shows.
pub fn minute_of(time: NaiveTime) -> u16 {
    u16::try_from(time.num_seconds_from_midnight() / 60).unwrap_or(0)
}

// === impl Hours ===

impl Hours {
    /// Hours of which nothing is known yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a weekday's ranges, in any order; the weekdays that are never set are closed.
    pub fn set_weekday(&mut self, weekday: Weekday, ranges: Vec<TimeRange>) -> Result<(), Overlap> {
        let ranges = ordered(ranges)?;
        let week = self.week.get_or_insert_default();
        week[weekday.num_days_from_monday() as usize] = ranges;
        Ok(())
    }

    /// Sets a date's ranges, in any order.
    pub fn set_date(&mut self, date: NaiveDate, ranges: Vec<TimeRange>) -> Result<(), Overlap> {
        self.dates.insert(date, ordered(ranges)?);
        Ok(())
    }

    /// Says that the week is given, with every weekday closed that is not set.
    pub(super) fn give_week(&mut self) {
        self.week.get_or_insert_default();
    }

    /// The ranges of a weekday.
    pub fn on_weekday(&self, weekday: Weekday) -> &[TimeRange] {
        let index = weekday.num_days_from_monday() as usize;
        self.week.as_ref().map_or(&[], |week| &week[index])
    }

    /// The ranges of a date.
    pub fn on(&self, date: NaiveDate) -> &[TimeRange] {
        match self.dates.get(&date) {
            Some(ranges) => ranges,
            None => self.on_weekday(date.weekday()),
        }
    }

    /// Whether there is any opening at all.
    pub fn ever_open(&self) -> bool {
        let week = self.week.iter().flatten();
        week.chain(self.dates.values()).any(|day| !day.is_empty())
    }

    /// The ranges of a date for a person with hours of their own.
    ///
    /// The person's own date comes first. Then the person's week, where there is one: on a date
    /// on which the shop differs from its week, only as far as the shop is open too. Otherwise the
    /// shop's.
    pub fn of_person(&self, own: &Self, date: NaiveDate) -> Vec<TimeRange> {
        if let Some(ranges) = own.dates.get(&date) {
            return ranges.to_vec();
        }
        if own.week.is_none() {
            return self.on(date).to_vec();
        }
        let works = own.on_weekday(date.weekday());
        match self.dates.get(&date) {
            None => works.to_vec(),
            Some(shop) => shop
                .iter()
                .flat_map(|shop| works.iter().filter_map(|own| shop.intersection(*own)))
                .collect(),
        }
    }
}

fn ordered(mut ranges: Vec<TimeRange>) -> Result<Box<[TimeRange]>, Overlap> {
    ranges.sort_unstable();
    match ranges.windows(2).find(|pair| pair[1].start < pair[0].end) {
        Some(pair) => Err(Overlap(pair[0], pair[1])),
        None => Ok(ranges.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(text: &str) -> TimeRange {
        TimeRange::parse(text).unwrap()
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_range_is_written_as_it_is_read() {
        for text in ["00:00-24:00", "09:00-17:30", "23:59-24:00"] {
            assert_eq!(range(text).to_string(), text);
        }
        for text in [
            "",
            "9:00-17:00",
            "09:00",
            "17:00-09:00",
            "09:00-09:00",
            "09:00-24:01",
            "09:60-10:00",
            "+9:00-10:00",
            "09:00-10:00-11:00",
            "08:00–09:00",
        ] {
            assert_eq!(TimeRange::parse(text), Err(InvalidRange), "{text}");
        }
    }

    #[test]
    fn ranges_are_put_in_order_and_may_touch_but_not_overlap() {
        let mut hours = Hours::new();
        let (morning, noon, late) = (
            range("09:00-12:00"),
            range("12:00-14:00"),
            range("13:00-15:00"),
        );
        hours
            .set_weekday(Weekday::Mon, vec![noon, morning])
            .unwrap();
        assert_eq!(hours.on_weekday(Weekday::Mon), [morning, noon]);
        let overlap = hours.set_weekday(Weekday::Mon, vec![late, noon]);
        assert_eq!(overlap, Err(Overlap(noon, late)));
    }

    #[test]
    fn a_date_overrides_its_weekday() {
        let mut hours = Hours::new();
        hours
            .set_weekday(Weekday::Fri, vec![range("09:00-18:00")])
            .unwrap();
        hours.set_date(date("2026-12-25"), vec![]).unwrap();
        assert_eq!(hours.on(date("2026-12-18")), [range("09:00-18:00")]);
        assert!(hours.on(date("2026-12-25")).is_empty());
        assert!(hours.on(date("2026-12-26")).is_empty());
    }

    #[test]
    fn a_persons_own_date_wins_then_the_shops_date_limits_their_week() {
        let mut shop = Hours::new();
        shop.set_weekday(Weekday::Thu, vec![range("09:00-18:00")])
            .unwrap();
        shop.set_date(date("2026-12-24"), vec![range("09:00-12:00")])
            .unwrap();
        let mut own = Hours::new();
        assert_eq!(
            shop.of_person(&own, date("2026-12-24")),
            [range("09:00-12:00")]
        );
        own.set_weekday(Weekday::Thu, vec![range("10:00-20:00")])
            .unwrap();
        assert_eq!(
            shop.of_person(&own, date("2026-12-17")),
            [range("10:00-20:00")]
        );
        assert_eq!(
            shop.of_person(&own, date("2026-12-24")),
            [range("10:00-12:00")]
        );
        own.set_date(date("2026-12-24"), vec![range("08:00-09:00")])
            .unwrap();
        assert_eq!(
            shop.of_person(&own, date("2026-12-24")),
            [range("08:00-09:00")]
        );
    }
}
