//! From what was said to the dates that are meant.
//!
//! The invariants: pure; a date lies on or after today, unless its year was said; of two readings
//! the one that cannot be booked is not meant where the other can be, and equal ones all stay.

mod numeric;

use chrono::{Datelike, Days as Count, Months, NaiveDate, Weekday};

use super::{
    day::Weekdays,
    expression::{Expression, Side, Third, Unit, Which},
    reading::DateOrder,
};

/// What days are resolved by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting<'a> {
    pub(super) today: NaiveDate,
    /// Which of `3/4` is the day.
    pub(super) order: DateOrder,
    /// The country that keeps the feasts, as ISO 3166 has it.
    pub(super) country: Option<&'a str>,
    /// The last day that can be booked.
    pub(super) last: Option<NaiveDate>,
    /// The weekdays on which it is never open.
    pub(super) closed: Weekdays,
    /// The day that was asked for or proposed last.
    pub(super) talked_of: Option<NaiveDate>,
    /// The days that are being talked of.
    pub(super) window: Option<(NaiveDate, NaiveDate)>,
}

/// The days that are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Resolved {
    /// One of these; never empty, in order.
    OneOf(Vec<NaiveDate>),
    /// Any of these; never empty, in order.
    AnyOf(Vec<NaiveDate>),
    /// From the first to the last.
    Between(NaiveDate, NaiveDate),
    /// From this day on.
    From(NaiveDate),
    /// Of any week.
    Each(Weekdays),
}

/// Days in a week.
const WEEK: u64 = 7;

// === impl Setting ===

impl Setting<'_> {
    /// The days that an expression means; none if there are no such days, or they are over.
    pub(super) fn resolve(&self, expression: &Expression) -> Option<Resolved> {
        match expression {
            Expression::Each(weekdays) => Some(Resolved::Each(*weekdays)),
            Expression::AnyOf(all) => self.any_of(all),
            Expression::In(day, span) => self.inside(day, span),
            // This weekend or the next one.
            Expression::Weekend(Which::Next)
                if !matches!(self.today.weekday(), Weekday::Sat | Weekday::Sun) =>
            {
                let (saturday, sunday) = self.weekend(Which::Plain)?;
                let later = |date| plus(date, 1, Unit::Week);
                Some(Resolved::OneOf(vec![
                    saturday,
                    sunday,
                    later(saturday)?,
                    later(sunday)?,
                ]))
            }
            Expression::From(day) => Some(Resolved::From(self.first(day)?)),
            Expression::After(day) => Some(Resolved::From(self.last_of(day)?.succ_opt()?)),
            _ if expression.is_span() => {
                let (first, last) = self.span(expression)?;
                let first = first.max(self.today);
                Some(match (first == last, first <= last) {
                    (true, _) => Resolved::OneOf(vec![first]),
                    (_, true) => Resolved::Between(first, last),
                    _ => return None,
                })
            }
            _ => {
                let dates = self.candidates(expression);
                (!dates.is_empty()).then_some(Resolved::OneOf(dates))
            }
        }
    }

    /// Returns whether a day could be booked, as far as is known here.
    fn is_likely(&self, date: NaiveDate) -> bool {
        date >= self.today
            && self.last.is_none_or(|last| date <= last)
            && !self.closed.contain(date.weekday())
    }

    /// Returns whether a weekday and a number are those of one date.
    pub(super) fn fits(&self, weekday: Weekday, day: &Expression) -> bool {
        let mut all = self.candidates(day).into_iter();
        all.any(|date| date.weekday() == weekday)
    }

    /// The dates of which one is meant.
    pub(super) fn candidates(&self, expression: &Expression) -> Vec<NaiveDate> {
        let mut dates = self.readings(expression).unwrap_or_default();
        dates.sort_unstable();
        dates.dedup();
        dates
    }

    fn readings(&self, expression: &Expression) -> Option<Vec<NaiveDate>> {
        let today = self.today;
        Some(match expression {
            Expression::Ahead(days) => vec![plus(today, *days, Unit::Day)?],
            Expression::Weekday(weekday, Which::Plain | Which::This)
                if let Some(date) = self.in_window(|date| date.weekday() == *weekday) =>
            {
                vec![date]
            }
            Expression::Weekday(weekday, which) => self.of_weekday(*weekday, *which)?,
            Expression::Counted(count, weekday) => {
                let first = upcoming(today.succ_opt()?, *weekday)?;
                vec![plus(first, i32::from(*count) - 1, Unit::Week)?]
            }
            Expression::DayOfMonth(day) => {
                let among = self.in_window(|date| date.day() == *day);
                vec![among.or_else(|| next_day_of_month(today, *day))?]
            }
            Expression::MonthDay(month, day) => vec![next_date(today, *month, *day)?],
            Expression::Date(date) => vec![*date],
            Expression::Numeric(a, b, year) => self.numeric(*a, *b, *year)?,
            Expression::Fits(weekday, day) => self.fitting(*weekday, day)?,
            Expression::Feast(feast, Some(year)) => vec![feast.date(self.country, *year)?],
            Expression::Feast(feast, None) => {
                let of = |year| feast.date(self.country, year);
                let years = today.year()..=today.year() + 8;
                vec![years.filter_map(of).find(|date| *date >= today)?]
            }
            Expression::NthWeekday(nth, weekday, span) => {
                self.in_turn(span, |first, last| nth_weekday(*nth, *weekday, first, last))?
            }
            Expression::NthDay(nth, span) => self.in_turn(span, |first, last| match nth {
                ..0 => plus(last, i32::from(*nth) + 1, Unit::Day),
                _ => plus(first, i32::from(*nth) - 1, Unit::Day).filter(|date| *date <= last),
            })?,
            Expression::Offset(base, count, unit) => {
                let moved = |date| plus(date, *count, *unit);
                match self.resolve(base)? {
                    Resolved::OneOf(dates) => dates.into_iter().take(1).filter_map(moved).collect(),
                    Resolved::Between(first, _) => vec![moved(first)?],
                    _ => return None,
                }
            }
            Expression::Beside(weekday, side, base) => {
                let date = self.first(base)?;
                vec![match side {
                    // "The Monday after next week" is after all of it.
                    Side::After => {
                        let last = self.last_of(base).unwrap_or(date);
                        upcoming(last.succ_opt()?, *weekday)?
                    }
                    Side::Before => {
                        let back = date.pred_opt()?.weekday().days_since(*weekday);
                        let date = date.pred_opt()?.checked_sub_days(Count::new(back.into()))?;
                        // One that is over is not meant.
                        Some(date).filter(|date| *date >= today)?
                    }
                }]
            }
            Expression::Around(count, unit) => vec![plus(today, *count, *unit)?],
            Expression::Either(first, second) => {
                let mut both = self.candidates(first);
                both.extend(self.candidates(second));
                both
            }
            _ => match self.resolve(expression)? {
                Resolved::OneOf(dates) | Resolved::AnyOf(dates) => dates,
                _ => return None,
            },
        })
    }

    /// The first day of that kind among those that are being talked of.
    fn in_window(&self, is_meant: impl Fn(&NaiveDate) -> bool) -> Option<NaiveDate> {
        let (first, last) = self.window?;
        let days = first.max(self.today).iter_days();
        days.take_while(|date| *date <= last).find(is_meant)
    }

    /// "Next Friday" said on a Tuesday may be this week's or next week's. From another week on, and
    /// on its own day, only one can be meant.
    fn of_weekday(&self, weekday: Weekday, which: Which) -> Option<Vec<NaiveDate>> {
        let today = self.today;
        let first = upcoming(today, weekday)?;
        let second = plus(first, 1, Unit::Week)?;
        let same_week = first.iso_week() == today.iso_week() || today.weekday() == Weekday::Sun;
        Some(match which {
            Which::WeekLater => vec![second],
            Which::Next if first == today => vec![second],
            Which::Next if same_week => vec![first, second],
            Which::Plain if first == today => vec![first, second],
            Which::This | Which::Next | Which::Plain => vec![first],
        })
    }

    /// What a span holds, or the next such span if that is over: "the first Monday of March".
    fn in_turn(
        &self,
        span: &Expression,
        pick: impl Fn(NaiveDate, NaiveDate) -> Option<NaiveDate>,
    ) -> Option<Vec<NaiveDate>> {
        let coming = |(first, last)| pick(first, last).filter(|date| *date >= self.today);
        let of_years = |month: u32| {
            let years = self.today.year()..=self.today.year() + 8;
            years
                .filter_map(move |year| month_of(NaiveDate::from_ymd_opt(year, month, 1)?))
                .find_map(coming)
        };
        let found = match span {
            Expression::Month(month, None) => of_years(*month),
            Expression::MonthAhead(0) => {
                let this = self.today.with_day(1)?;
                let next = this.checked_add_months(Months::new(1))?;
                [this, next]
                    .into_iter()
                    .filter_map(month_of)
                    .find_map(coming)
            }
            _ => {
                let (first, last) = self.span(span)?;
                pick(first, last)
            }
        };
        found.map(|date| vec![date])
    }

    /// The first and last day of a span, from before today on.
    fn span(&self, expression: &Expression) -> Option<(NaiveDate, NaiveDate)> {
        let today = self.today;
        let monday = today.week(Weekday::Mon).checked_first_day()?;
        Some(match expression {
            // On a Sunday "this week" is the one that begins.
            Expression::Week(0) if today.weekday() == Weekday::Sun => {
                let next = plus(monday, 1, Unit::Week)?;
                (next, plus(next, 5, Unit::Day)?)
            }
            Expression::Week(ahead) => {
                let first = plus(monday, *ahead, Unit::Week)?;
                (first, plus(first, 6, Unit::Day)?)
            }
            Expression::Around(count, unit) => {
                let date = plus(today, *count, *unit)?;
                (date, date)
            }
            Expression::WeekOf(day) => {
                let week = self.first(day)?.week(Weekday::Mon);
                (week.checked_first_day()?, week.checked_last_day()?)
            }
            Expression::WeekFrom(day) => {
                let first = self.first(day)?;
                (first, plus(first, 6, Unit::Day)?)
            }
            Expression::NthWeek(nth, span) => {
                let pick = |first: NaiveDate, last: NaiveDate| match nth {
                    ..0 => plus(last, (i32::from(*nth) + 1) * 7, Unit::Day),
                    _ => plus(first, i32::from(*nth) * 7 - 1, Unit::Day).filter(|end| *end <= last),
                };
                let end = *self.in_turn(span, pick)?.first()?;
                (plus(end, -6, Unit::Day)?, end)
            }
            Expression::Month(month, Some(year)) => {
                month_of(NaiveDate::from_ymd_opt(*year, *month, 1)?)?
            }
            Expression::Month(month, None) if today.month() == *month => {
                month_of(today.with_day(1)?)?
            }
            Expression::Month(month, None) => month_of(next_date(today, *month, 1)?)?,
            Expression::MonthAhead(ahead) => {
                let ahead = Months::new(u32::try_from(*ahead).ok()?);
                month_of(today.with_day(1)?.checked_add_months(ahead)?)?
            }
            Expression::YearAhead(ahead) => {
                let of = |month, day| NaiveDate::from_ymd_opt(today.year() + ahead, month, day);
                (of(1, 1)?, of(12, 31)?)
            }
            Expression::Weekend(which) => self.weekend(*which)?,
            Expression::WeekendOf(day) => {
                let date = self.first(day)?;
                let saturday = if date.weekday() == Weekday::Sun {
                    date.pred_opt()?
                } else {
                    upcoming(date, Weekday::Sat)?
                };
                (saturday, saturday.succ_opt()?)
            }
            Expression::Part(third, whole) => self.part(*third, whole)?,
            Expression::Within(count, unit) => (today, plus(today, *count, *unit)?),
            Expression::Rest(unit) => {
                let last = match unit {
                    Unit::Day => today,
                    Unit::Week => plus(monday, 6, Unit::Day)?,
                    Unit::Month => self.span(&Expression::MonthAhead(0))?.1,
                    Unit::Year => self.span(&Expression::YearAhead(0))?.1,
                };
                (today, last)
            }
            Expression::NextDays(count) => (today.succ_opt()?, plus(today, *count, Unit::Day)?),
            Expression::Between(first, last) => self.between(first, last)?,
            Expression::Until(day) => (today, self.last_of(day)?),
            // "Before the end of the month" it may be its last day.
            Expression::Before(day) if matches!(**day, Expression::Part(Third::End, _)) => {
                (today, self.last_of(day)?)
            }
            Expression::Before(day) => (today, self.first(day)?.pred_opt()?),
            _ => {
                let date = self.first(expression)?;
                (date, date)
            }
        })
    }

    /// "Next weekend" may be this one, which is asked about by who composes; here the first.
    fn weekend(&self, which: Which) -> Option<(NaiveDate, NaiveDate)> {
        let today = self.today;
        let saturday = upcoming(today, Weekday::Sat)?;
        let later = plus(saturday, 1, Unit::Week)?;
        Some(match (today.weekday(), which) {
            (Weekday::Sun, Which::Next) => (saturday, saturday.succ_opt()?),
            (Weekday::Sun, _) => (today, today),
            (Weekday::Sat, Which::Next) => (later, later.succ_opt()?),
            _ => (saturday, saturday.succ_opt()?),
        })
    }

    fn part(&self, third: Third, whole: &Expression) -> Option<(NaiveDate, NaiveDate)> {
        let (first, last) = self.span(whole)?;
        let part = part_of(third, first, last)?;
        let is_month = matches!(whole, Expression::MonthAhead(0));
        if part.1 > self.today || part.1 == self.today && !is_month {
            return Some(part);
        }
        // On its last day the end of the month is the next one's.
        if is_month {
            let (first, last) = self.span(&Expression::MonthAhead(1))?;
            return part_of(third, first, last);
        }
        // Of a month by its name the next one is meant.
        let Expression::Month(month, None) = whole else {
            return None;
        };
        let (first, last) = month_of(NaiveDate::from_ymd_opt(first.year() + 1, *month, 1)?)?;
        part_of(third, first, last)
    }

    fn between(&self, first: &Expression, last: &Expression) -> Option<(NaiveDate, NaiveDate)> {
        let start = self.first(first)?;
        // "From the 4th to the 8th" said on the 5th: it has begun, and ends before it begins anew.
        if let Some(end) = self.last_of(last)
            && names_month(first)
            && names_month(last)
            && end < start
        {
            return Some((self.today, end));
        }
        let after = Setting {
            today: start,
            ..*self
        };
        let end = if let Expression::Weekday(weekday, _) = last {
            upcoming(start, *weekday)?
        } else {
            let ends = [self.last_of(last), after.last_of(last)];
            ends.into_iter().flatten().find(|end| *end >= start)?
        };
        Some((start, end))
    }

    /// The first day that is meant.
    pub(super) fn first(&self, expression: &Expression) -> Option<NaiveDate> {
        match self.resolve(expression)? {
            Resolved::OneOf(dates) | Resolved::AnyOf(dates) => dates.first().copied(),
            Resolved::Between(first, _) | Resolved::From(first) => Some(first),
            Resolved::Each(weekdays) => {
                let days = weekdays.iter().filter_map(|day| upcoming(self.today, day));
                days.min()
            }
        }
    }

    /// The last day that is meant; of a day that may be one of two, the first.
    fn last_of(&self, expression: &Expression) -> Option<NaiveDate> {
        match self.resolve(expression)? {
            Resolved::OneOf(dates) => dates.first().copied(),
            Resolved::AnyOf(dates) => dates.last().copied(),
            Resolved::Between(_, last) => Some(last),
            Resolved::From(_) | Resolved::Each(_) => None,
        }
    }

    /// "Friday next week", "Tuesday or Thursday next week", "Fridays in March".
    fn inside(&self, day: &Expression, span: &Expression) -> Option<Resolved> {
        let (first, last) = match span {
            Expression::Around(..) => {
                let week = self.first(span)?.week(Weekday::Mon);
                (week.checked_first_day()?, week.checked_last_day()?)
            }
            // "Once Easter is over, on a Tuesday" is on the first one.
            Expression::After(_) | Expression::From(_)
                if matches!(day, Expression::Weekday(..)) =>
            {
                let first = self.first(span)?;
                (first, plus(first, 6, Unit::Day)?)
            }
            _ => self.span(span)?,
        };
        let first = first.max(self.today);
        let within = |weekdays: Weekdays| -> Vec<NaiveDate> {
            let dates = first.iter_days().take_while(|date| *date <= last).take(400);
            dates
                .filter(|date| weekdays.contain(date.weekday()))
                .collect()
        };
        let dates = match day {
            Expression::Weekday(weekday, _) => within(Weekdays::default().and(*weekday)),
            Expression::Each(weekdays) => within(*weekdays),
            Expression::AnyOf(all) => {
                let mut dates = Vec::new();
                for one in all {
                    match self.inside(one, span)? {
                        Resolved::OneOf(some) | Resolved::AnyOf(some) => dates.extend(some),
                        _ => return None,
                    }
                }
                dates.sort_unstable();
                dates.dedup();
                return (!dates.is_empty()).then_some(Resolved::AnyOf(dates));
            }
            Expression::Between(from, to) => {
                let start = Setting {
                    today: first,
                    ..*self
                }
                .first(from)?;
                let end = Setting {
                    today: start,
                    ..*self
                }
                .first(to)?;
                return (end <= last).then_some(Resolved::Between(start, end));
            }
            Expression::MonthDay(month, day) => {
                let of = |year| NaiveDate::from_ymd_opt(year, *month, *day);
                let years = first.year()..=last.year();
                years
                    .filter_map(of)
                    .filter(|date| (first..=last).contains(date))
                    .collect()
            }
            Expression::DayOfMonth(number) => {
                let days = first.iter_days().take_while(|date| *date <= last);
                days.filter(|date| date.day() == *number).collect()
            }
            _ => {
                let dates = self.candidates(day).into_iter();
                dates.filter(|date| (first..=last).contains(date)).collect()
            }
        };
        match dates.len() {
            0 => None,
            1 => Some(Resolved::OneOf(dates)),
            // Working days are one span.
            count if *day == Expression::Each(Weekdays::WORKING) && count <= 5 => {
                Some(Resolved::Between(*dates.first()?, *dates.last()?))
            }
            _ => Some(Resolved::AnyOf(dates)),
        }
    }

    /// On a Tuesday, the Tuesday of "Monday or Tuesday" is the one after that Monday.
    fn any_of(&self, all: &[Expression]) -> Option<Resolved> {
        let mut dates: Vec<NaiveDate> = Vec::new();
        let mut each = Weekdays::default();
        for one in all {
            match self.resolve(one)? {
                Resolved::OneOf(some) | Resolved::AnyOf(some) => {
                    let before = dates.last().copied();
                    let later = |date: &&NaiveDate| before.is_none_or(|before| **date > before);
                    let after: Vec<_> = some.iter().filter(later).copied().collect();
                    dates.extend(if after.is_empty() { some } else { after });
                }
                Resolved::Between(first, last) => {
                    dates.extend(first.iter_days().take_while(|date| *date <= last).take(400));
                }
                Resolved::Each(weekdays) => each = weekdays.iter().fold(each, Weekdays::and),
                Resolved::From(_) => return None,
            }
        }
        if dates.is_empty() {
            return (!each.is_empty()).then_some(Resolved::Each(each));
        }
        dates.sort_unstable();
        dates.dedup();
        Some(Resolved::AnyOf(dates))
    }
}

/// Returns whether a day is told with its month and without its year.
fn names_month(day: &Expression) -> bool {
    matches!(
        day,
        Expression::MonthDay(..) | Expression::Numeric(_, _, None)
    )
}

/// A date so much later or earlier.
fn plus(date: NaiveDate, count: i32, unit: Unit) -> Option<NaiveDate> {
    let size = u64::from(count.unsigned_abs());
    let months = |each: u32| Months::new(count.unsigned_abs().saturating_mul(each));
    match (unit, count >= 0) {
        (Unit::Day, true) => date.checked_add_days(Count::new(size)),
        (Unit::Day, false) => date.checked_sub_days(Count::new(size)),
        (Unit::Week, true) => date.checked_add_days(Count::new(size * WEEK)),
        (Unit::Week, false) => date.checked_sub_days(Count::new(size * WEEK)),
        (Unit::Month, true) => date.checked_add_months(months(1)),
        (Unit::Month, false) => date.checked_sub_months(months(1)),
        (Unit::Year, true) => date.checked_add_months(months(12)),
        (Unit::Year, false) => date.checked_sub_months(months(12)),
    }
}

/// The first such weekday from a date on, that date included.
fn upcoming(from: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
    let ahead = weekday.days_since(from.weekday());
    from.checked_add_days(Count::new(ahead.into()))
}

/// The first such date from a date on, at most a leap year's cycle ahead.
fn next_date(today: NaiveDate, month: u32, day: u32) -> Option<NaiveDate> {
    let of_year = |year| NaiveDate::from_ymd_opt(year, month, day);
    let years = today.year()..=today.year() + 8;
    years.filter_map(of_year).find(|date| *date >= today)
}

/// This month's day of that number or the next month's that has it.
fn next_day_of_month(today: NaiveDate, day: u32) -> Option<NaiveDate> {
    let mut month = today.with_day(1)?;
    for _ in 0..3 {
        if let Some(date) = month.with_day(day).filter(|date| *date >= today) {
            return Some(date);
        }
        month = month.checked_add_months(Months::new(1))?;
    }
    None
}

fn month_of(first: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let last = first.checked_add_months(Months::new(1))?.pred_opt()?;
    Some((first, last))
}

fn nth_weekday(nth: i16, weekday: Weekday, first: NaiveDate, last: NaiveDate) -> Option<NaiveDate> {
    if nth < 0 {
        let back = last.weekday().days_since(weekday);
        let final_one = last.checked_sub_days(Count::new(back.into()))?;
        return plus(final_one, i32::from(nth) + 1, Unit::Week);
    }
    let date = plus(upcoming(first, weekday)?, i32::from(nth) - 1, Unit::Week)?;
    (date <= last).then_some(date)
}

/// Beginning, middle or end of a week, month or year.
fn part_of(third: Third, first: NaiveDate, last: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let at = |days| plus(first, days, Unit::Day);
    let is_long = (last - first).num_days() > 7;
    Some(match (third, is_long) {
        (Third::Beginning, true) => (first, at(9)?),
        (Third::Beginning, false) => (first, at(1)?),
        (Third::Middle, true) => (at(9)?, at(19)?),
        (Third::Middle, false) => (at(2)?, at(3)?),
        (Third::End, true) => (plus(last, -6, Unit::Day)?, last),
        // The week ends on Friday.
        (Third::End, false) => (at(3)?, at(4)?),
    })
}
