//! Days and times as they are said, before anybody looks at a calendar.
//!
//! The invariant: a value holds what was said and nothing that follows from today's date, so that
//! the same words are the same value on every day.

use chrono::{NaiveDate, Weekday};

use super::{clock::Clock, day::Weekdays, feast::Feast};

/// Days as they are said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expression {
    /// So many days from today.
    Ahead(i32),
    /// A weekday, by which of the coming ones is meant.
    Weekday(Weekday, Which),
    /// The nth such weekday from tomorrow on: "the Saturday after next".
    Counted(u16, Weekday),
    /// "The 14th".
    DayOfMonth(u32),
    /// "March 14".
    MonthDay(u32, u32),
    /// With its year.
    Date(NaiveDate),
    /// Two numbers that are day and month in some order, and the year if it was said.
    Numeric(u32, u32, Option<i32>),
    /// "Friday the 13th": a weekday and a day that should fit each other.
    Fits(Weekday, Box<Expression>),
    /// A day known by a name, and its year if it was said.
    Feast(Feast, Option<i32>),
    /// The nth such weekday of a span, counted from the end below 0.
    NthWeekday(i16, Weekday, Box<Expression>),
    /// The nth day of a span, counted from the end below 0.
    NthDay(i16, Box<Expression>),
    /// So much before or after another day.
    Offset(Box<Expression>, i32, Unit),
    /// The first such weekday after another day, or the last before it.
    Beside(Weekday, Side, Box<Expression>),
    /// A day within a span: "Friday next week".
    In(Box<Expression>, Box<Expression>),
    /// The week that begins so many weeks after this one.
    Week(i32),
    /// About so many units from now; a weekday named besides is one of that week.
    Around(i32, Unit),
    /// The week around a day.
    WeekOf(Box<Expression>),
    /// Seven days from a day on.
    WeekFrom(Box<Expression>),
    /// The nth seven days of a span, counted from the end below 0.
    NthWeek(i16, Box<Expression>),
    /// A month, and its year if it was said.
    Month(u32, Option<i32>),
    /// The month that begins so many months after this one.
    MonthAhead(i32),
    /// The year so many years after this one.
    YearAhead(i32),
    /// Saturday and Sunday.
    Weekend(Which),
    /// The Saturday and Sunday of a span or around a day.
    WeekendOf(Box<Expression>),
    /// The beginning, middle or end of a span.
    Part(Third, Box<Expression>),
    /// From today on for so long.
    Within(i32, Unit),
    /// What is left of the week, month or year.
    Rest(Unit),
    /// From tomorrow on for so many days.
    NextDays(i32),
    /// From one day to another.
    Between(Box<Expression>, Box<Expression>),
    /// From today to a day.
    Until(Box<Expression>),
    /// From today to the day before.
    Before(Box<Expression>),
    /// From the day after on.
    After(Box<Expression>),
    /// From a day on.
    From(Box<Expression>),
    /// Such days of any week.
    Each(Weekdays),
    /// One of these, and it has to be asked which.
    Either(Box<Expression>, Box<Expression>),
    /// Any of these.
    AnyOf(Vec<Expression>),
}

/// Which of the coming days of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    Plain,
    This,
    Next,
    /// A week after the first.
    WeekLater,
}

/// What days are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Year,
}

/// Before or after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

/// A part of a span of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Third {
    Beginning,
    Middle,
    End,
}

// === impl Expression ===

impl Expression {
    /// Returns whether it is a span and not a day.
    pub(super) fn is_span(&self) -> bool {
        matches!(
            self,
            Self::Week(_)
                | Self::Around(..)
                | Self::WeekOf(_)
                | Self::WeekFrom(_)
                | Self::NthWeek(..)
                | Self::Month(..)
                | Self::MonthAhead(_)
                | Self::YearAhead(_)
                | Self::Weekend(_)
                | Self::WeekendOf(_)
                | Self::Part(..)
                | Self::Within(..)
                | Self::Rest(_)
                | Self::NextDays(_)
                | Self::Between(..)
                | Self::Until(_)
                | Self::Before(_)
                | Self::After(_)
                | Self::From(_)
                | Self::Each(_)
                | Self::AnyOf(_)
        )
    }

    /// Returns whether "the nth day of it" makes sense.
    pub(super) fn is_month(&self) -> bool {
        matches!(self, Self::Month(..) | Self::MonthAhead(_))
    }

    /// Returns whether it names the first of a month.
    pub(super) fn is_first(&self) -> bool {
        match self {
            Self::DayOfMonth(1) | Self::MonthDay(_, 1) => true,
            Self::Fits(_, day) => day.is_first(),
            _ => false,
        }
    }

    /// Returns whether it tells a day by its number.
    pub(super) fn is_dated(&self) -> bool {
        matches!(
            self,
            Self::DayOfMonth(_) | Self::MonthDay(..) | Self::Date(_) | Self::Numeric(..)
        )
    }
}

/// An hour as it is said: a number of the clock with am or pm unsaid is [`Clock::Either`].
pub(super) fn hour(full: u16, minute: u16) -> Option<Clock> {
    let minutes = full % 12 * 60 + minute;
    match (full, minute) {
        (_, 60..) | (24.., _) => None,
        (1..=12, _) => Some(Clock::Either(minutes)),
        _ => Some(Clock::At(full * 60 + minute)),
    }
}
