//! Dates by their numbers and names, counted from a day.

use chrono::{Datelike, Days as Count, Months, NaiveDate, Weekday};

/// Days in a week.
pub(super) const WEEK: u64 = 7;

/// The first such weekday from a date on, that date included.
pub(super) fn upcoming(from: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
    let ahead = weekday.days_since(from.weekday());
    from.checked_add_days(Count::new(ahead.into()))
}

/// The first such date from a date on, at most a leap year's cycle ahead.
pub(super) fn next_date(today: NaiveDate, month: u32, day: u32) -> Option<NaiveDate> {
    let of_year = |year| NaiveDate::from_ymd_opt(year, month, day);
    let years = today.year()..=today.year() + 8;
    years.filter_map(of_year).find(|date| *date >= today)
}

pub(super) fn next_day_of_month(today: NaiveDate, day: u32) -> Option<NaiveDate> {
    let mut month = today.with_day(1)?;
    for _ in 0..3 {
        if let Some(date) = month.with_day(day).filter(|date| *date >= today) {
            return Some(date);
        }
        month = month.checked_add_months(Months::new(1))?;
    }
    None
}
