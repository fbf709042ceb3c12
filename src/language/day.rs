//! Days as they are named, and sets of weekdays.
//!
//! The invariant: a day with two readings ("next Friday", "6/3") is held as both.

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// The days that were named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Days {
    /// One of these is meant; never empty, in order.
    OneOf(Vec<NaiveDate>),
    /// Any of these will do; never empty, in order.
    AnyOf(Vec<NaiveDate>),
    /// Any from the first to the last.
    Between(NaiveDate, NaiveDate),
    /// These weekdays of any week.
    Each(Weekdays),
}

/// A set of weekdays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Weekdays(u8);

// === impl Weekdays ===

impl Weekdays {
    /// All of them.
    pub const ALL: Self = Self(0b111_1111);
    /// Monday to Friday.
    pub const WORKING: Self = Self(0b001_1111);
    /// Saturday and Sunday.
    pub const WEEKEND: Self = Self(0b110_0000);

    /// Whether none is in it.
    pub fn is_empty(&self) -> bool {
        self.0 == 0
    }

    /// Whether a weekday is in it.
    pub fn contain(self, weekday: Weekday) -> bool {
        self.0 & Self::bit(weekday) != 0
    }

    /// These and one more.
    #[must_use]
    pub fn and(self, weekday: Weekday) -> Self {
        Self(self.0 | Self::bit(weekday))
    }

    /// The weekdays, Monday first.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
        let week = [Mon, Tue, Wed, Thu, Fri, Sat, Sun].into_iter();
        week.filter(move |weekday| self.contain(*weekday))
    }

    fn bit(weekday: Weekday) -> u8 {
        1 << weekday.num_days_from_monday()
    }
}

// === impl Days ===

impl Days {
    /// Whether a date is among them.
    pub fn contain(&self, date: NaiveDate) -> bool {
        match self {
            Self::OneOf(dates) | Self::AnyOf(dates) => dates.contains(&date),
            Self::Between(first, last) => (*first..=*last).contains(&date),
            Self::Each(weekdays) => weekdays.contain(date.weekday()),
        }
    }

    /// The first and the last, where there are such.
    pub fn bounds(&self) -> Option<(NaiveDate, NaiveDate)> {
        match self {
            Self::OneOf(dates) | Self::AnyOf(dates) => Some((*dates.first()?, *dates.last()?)),
            Self::Between(first, last) => Some((*first, *last)),
            Self::Each(_) => None,
        }
    }

    /// The day, where only one can be meant.
    pub fn single(&self) -> Option<NaiveDate> {
        match self {
            Self::OneOf(dates) | Self::AnyOf(dates) if dates.len() == 1 => dates.first().copied(),
            Self::Between(first, last) => (first == last).then_some(*first),
            _ => None,
        }
    }
}
