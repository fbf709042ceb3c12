//! Days that are told by two numbers, or by a weekday and numbers.
//!
//! The invariant: the country's order goes first; the other one is meant only where that cannot be.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{Setting, next_date, upcoming};
use crate::language::{expression::Expression, reading::DateOrder};

// === impl Setting ===

impl Setting<'_> {
    /// The dates that two numbers can be.
    pub(super) fn numeric(&self, a: u32, b: u32, year: Option<i32>) -> Option<Vec<NaiveDate>> {
        let is_likely = |date: &NaiveDate| self.is_likely(*date);
        let both = self.both_orders(a, b, year);
        let likely: Vec<_> = both.iter().copied().filter(is_likely).collect();
        let dates = if likely.is_empty() { both } else { likely };
        let first = match self.order {
            DateOrder::Either => dates,
            _ => dates.into_iter().take(1).collect(),
        };
        (!first.is_empty()).then_some(first)
    }

    /// The dates that two numbers are in either order: first by the country's, and where it has
    /// none, first the nearer one.
    fn both_orders(&self, a: u32, b: u32, year: Option<i32>) -> Vec<NaiveDate> {
        let read = |month, day| match year {
            Some(year) => NaiveDate::from_ymd_opt(year, month, day),
            None => next_date(self.today, month, day),
        };
        let (day_first, month_first) = (read(b, a), read(a, b));
        let mut both: Vec<_> = match self.order {
            DateOrder::MonthFirst => month_first.into_iter().chain(day_first).collect(),
            DateOrder::DayFirst | DateOrder::Either => {
                day_first.into_iter().chain(month_first).collect()
            }
        };
        if self.order == DateOrder::Either {
            both.sort_unstable();
        }
        both
    }

    /// A weekday and a day that do not fit have to be asked about.
    pub(super) fn fitting(&self, weekday: Weekday, day: &Expression) -> Option<Vec<NaiveDate>> {
        // Of "Fri 6/3" the weekday tells which number is the day.
        if let Expression::Numeric(a, b, year) = day {
            let mut fits = self.both_orders(*a, *b, *year);
            fits.retain(|date| date.weekday() == weekday);
            let bookable = |date: &&NaiveDate| self.last.is_none_or(|last| **date <= last);
            // Where only the date that does not fit can be booked, it has to be asked.
            let is_other = self.candidates(day).iter().any(|date| bookable(&date));
            let far = fits.first().filter(|_| !is_other);
            let meant = fits.iter().find(bookable).or(far);
            if let Some(meant) = meant {
                return Some(vec![*meant]);
            }
        }
        let mut dates = self.candidates(day);
        if !dates.iter().any(|date| date.weekday() == weekday) {
            dates.push(upcoming(self.today.succ_opt()?, weekday)?);
            return Some(dates);
        }
        dates.retain(|date| date.weekday() == weekday);
        Some(dates)
    }
}
