//! What a stretch of a text means.

use chrono::Weekday;

use crate::language::{
    clock::{Clock, DayPart},
    day::Weekdays,
    expression::{Expression, Side, Third, Unit},
    vocabulary::Particle,
};

/// A meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::language) enum Sem {
    /// Stands where there is no part.
    Nothing,
    /// A small word.
    Word(Particle),
    /// A number, with how many figures it was written; in words with none.
    Number(u16, u8),
    /// A place in an order, counted from the end below 0, and whether it was written in figures.
    Ordinal(i16, bool),
    /// A number with a fraction, in hundredths.
    Fraction(u32),
    Weekday(Weekday),
    Month(u32),
    /// A year of four figures.
    Year(i32),
    /// A part of the day.
    Part(DayPart),
    /// A part of the day that belongs to the hour before it.
    PartOf(DayPart),
    /// A part of this day.
    Today(DayPart),
    /// So many days after the day that was named before.
    Thereafter(i32),
    /// A part of the day that was named before.
    PartThere(DayPart),
    /// The first such weekday after the day that was named before, or the last before it.
    WeekdayThereafter(Weekday, Side),
    /// A time zone, by its name in the IANA database.
    Zone(&'static str),
    /// A time by another place's clock.
    Elsewhere(Box<Sem>, &'static str),
    /// What tells nothing of days or times.
    Aside,
    /// Minutes before or after a full hour.
    Share(u16),
    /// The beginning, middle or end of.
    Third(Third),
    /// What days are counted in.
    Unit(Unit),
    /// What hours are counted in.
    HourUnit,
    /// So many minutes.
    Minutes(u32),
    /// So many days, weeks, months or years.
    Count(i32, Unit),
    /// Times of day, one of which is meant.
    Times(Times),
    /// From one time to another.
    Hours(Clock, Clock, Sure),
    /// Not before.
    From(Clock),
    /// Not after.
    Until(Clock),
    /// So many minutes from now, and whether that is only about right.
    Moment(u32, bool),
    /// Days.
    Days(Expression),
    /// Such days of any week.
    Each(Weekdays),
    /// A day that is over.
    Past,
    /// Days at times.
    Appointment(Expression, Box<Sem>),
}

/// Times of day as they were said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::language) struct Times {
    pub(in crate::language) at: Vec<Clock>,
    /// They are only about right.
    pub(in crate::language) about: bool,
    pub(in crate::language) sure: Sure,
}

/// How sure the words alone are of being a time; the words around them may settle it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::language) enum Sure {
    Yes,
    No,
}

// === impl Sem ===

impl Sem {
    /// One time.
    pub(super) fn time(clock: Clock, sure: Sure) -> Self {
        Self::Times(Times {
            at: vec![clock],
            about: false,
            sure,
        })
    }
}
