//! Days in words: `tomorrow`, `friday`, `6 March`, `2026-03-06`.
//!
//! The invariant: a day with two readings ("next Friday", "6/3") is returned as both.

use chrono::{Datelike, Days as Count, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::words::Words;

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

    /// What English words say about the day, counted from the day on which they were written.
    pub fn of(words: &Words, today: NaiveDate) -> Option<Self> {
        let words = words.as_slice();
        let mut found: Option<Self> = None;
        let mut n = 0;
        while n < words.len() {
            let Some((days, length)) = at(words, n, today) else {
                n += 1;
                continue;
            };
            found = Some(match (found, days) {
                (None, days) => days,
                // "Friday 6 March": the weekday only says again what the date says.
                (Some(Self::OneOf(a)), Self::OneOf(b)) => Self::OneOf(agreed(a, b)),
                (Some(first), _) => first,
            });
            n += length;
        }
        found
    }
}

/// The dates that both name, or else all: then it has to be asked.
fn agreed(a: Vec<NaiveDate>, b: Vec<NaiveDate>) -> Vec<NaiveDate> {
    let (short, long) = if a.len() <= b.len() {
        (&a, &b)
    } else {
        (&b, &a)
    };
    // A weekday names two dates at most, but agrees with every later one of its name.
    let both: Vec<_> = short
        .iter()
        .copied()
        .filter(|date| long.contains(date))
        .collect();
    let same_weekday =
        |date: &&NaiveDate| long.iter().all(|other| other.weekday() == date.weekday());
    if !both.is_empty() {
        return both;
    }
    if let Some(last) = short.iter().chain(long).max().filter(same_weekday) {
        return vec![*last];
    }
    let mut all: Vec<_> = a.into_iter().chain(b).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The day that begins at word `n`, and how many words it takes.
fn at(words: &[String], n: usize, today: NaiveDate) -> Option<(Days, usize)> {
    let word = |offset: usize| words.get(n + offset).map_or("", String::as_str);
    let before = if n == 0 { "" } else { &words[n - 1] };
    let one = |date: Option<NaiveDate>| date.map(|date| Days::OneOf(vec![date]));
    let later = |days: u64| today.checked_add_days(Count::new(days));
    match word(0) {
        "today" | "tonight" => return Some((one(later(0))?, 1)),
        "tomorrow" | "tmrw" | "tomorow" | "tommorow" | "tommorrow" => {
            return Some((one(later(1))?, 1));
        }
        "day" if word(1) == "after" && word(2) == "tomorrow" => return Some((one(later(2))?, 3)),
        "weekend" => {
            let saturday = upcoming(today, Weekday::Sat)?;
            // On a Sunday the weekend is today.
            let first = if today.weekday() == Weekday::Sun {
                today
            } else {
                saturday
            };
            let last = upcoming(first, Weekday::Sun)?;
            return Some((Days::Between(first, last), 1));
        }
        "week" if before == "next" => {
            let monday = upcoming(later(1)?, Weekday::Mon)?;
            let sunday = monday.checked_add_days(Count::new(6))?;
            return Some((Days::Between(monday, sunday), 1));
        }
        "week" if before == "this" => {
            return Some((Days::Between(today, upcoming(today, Weekday::Sun)?), 1));
        }
        _ => {}
    }
    if let Some(weekday) = weekday(word(0)) {
        return Some((of_weekday(weekday, before, today)?, 1));
    }
    dated(words, n, today)
}

fn of_weekday(weekday: Weekday, before: &str, today: NaiveDate) -> Option<Days> {
    let first = upcoming(today, weekday)?;
    let second = first.checked_add_days(Count::new(7))?;
    Some(Days::OneOf(match before {
        "this" => vec![first],
        // On a Friday, "next Friday" cannot be today.
        "next" if first == today => vec![second],
        "next" => vec![first, second],
        _ if first == today => vec![first, second],
        _ => vec![first],
    }))
}

/// `6 March`, `March 6th`, `2026-03-06`, `6/3`, `the 6th`.
fn dated(words: &[String], n: usize, today: NaiveDate) -> Option<(Days, usize)> {
    let word = |offset: usize| words.get(n + offset).map_or("", String::as_str);
    if word(0).len() == 10
        && let Ok(date) = word(0).parse()
    {
        return Some((Days::OneOf(vec![date]), 1));
    }
    let skip_of = usize::from(word(1) == "of");
    if let (Some((day, _)), Some(month)) = (day_number(word(0)), month(word(1 + skip_of))) {
        let date = next_date(today, month, day)?;
        return Some((Days::OneOf(vec![date]), 2 + skip_of));
    }
    if let (Some(month), Some((day, _))) = (month(word(0)), day_number(word(1))) {
        return Some((Days::OneOf(vec![next_date(today, month, day)?]), 2));
    }
    if let Some((a, b)) = word(0).split_once('/') {
        let (a, b) = (a.parse().ok()?, b.parse().ok()?);
        let mut dates: Vec<_> = [(a, b), (b, a)]
            .into_iter()
            .filter_map(|(month, day)| next_date(today, month, day))
            .collect();
        dates.sort_unstable();
        dates.dedup();
        return (!dates.is_empty()).then_some((Days::OneOf(dates), 1));
    }
    if let Some((day, true)) = day_number(word(0)) {
        return Some((Days::OneOf(vec![next_day_of_month(today, day)?]), 1));
    }
    None
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

fn next_day_of_month(today: NaiveDate, day: u32) -> Option<NaiveDate> {
    let mut month = today.with_day(1)?;
    for _ in 0..3 {
        if let Some(date) = month.with_day(day).filter(|date| *date >= today) {
            return Some(date);
        }
        month = month.checked_add_months(chrono::Months::new(1))?;
    }
    None
}

/// The number of a day, and whether it is marked as one (`6th`).
fn day_number(word: &str) -> Option<(u32, bool)> {
    let figures = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let marked = match &word[figures.len()..] {
        "" => false,
        "st" | "nd" | "rd" | "th" => true,
        _ => return None,
    };
    let day = figures.parse().ok()?;
    ((1..=31).contains(&day) && figures.len() <= 2).then_some((day, marked))
}

fn weekday(word: &str) -> Option<Weekday> {
    match word {
        "monday" | "mon" | "mondays" => Some(Weekday::Mon),
        "tuesday" | "tue" | "tues" | "tuesdays" => Some(Weekday::Tue),
        "wednesday" | "wed" | "wednesdays" | "wensday" => Some(Weekday::Wed),
        "thursday" | "thu" | "thur" | "thurs" | "thursdays" => Some(Weekday::Thu),
        "friday" | "fri" | "fridays" => Some(Weekday::Fri),
        "saturday" | "sat" | "saturdays" => Some(Weekday::Sat),
        "sunday" | "sun" | "sundays" => Some(Weekday::Sun),
        _ => None,
    }
}

/// The number of a month.
pub(super) fn month(word: &str) -> Option<u32> {
    const MONTHS: [(&str, &str); 12] = [
        ("january", "jan"),
        ("february", "feb"),
        ("march", "mar"),
        ("april", "apr"),
        ("may", "may"),
        ("june", "jun"),
        ("july", "jul"),
        ("august", "aug"),
        ("september", "sep"),
        ("october", "oct"),
        ("november", "nov"),
        ("december", "dec"),
    ];
    let position = MONTHS
        .iter()
        .position(|(long, short)| word == *long || word == *short)?;
    u32::try_from(position + 1).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Read on Tuesday 3 March 2026.
    fn days(text: &str) -> Option<Days> {
        Days::of(&Words::of(text), date("2026-03-03"))
    }

    #[test]
    fn a_day_is_read_and_two_readings_are_both_told() {
        for (text, expected) in [
            ("today", "2026-03-03"),
            ("tomorrow at 3", "2026-03-04"),
            ("the day after tomorrow", "2026-03-05"),
            ("friday please", "2026-03-06"),
            ("Fri", "2026-03-06"),
            ("this tuesday", "2026-03-03"),
            ("next tuesday", "2026-03-10"),
            ("tuesday", "2026-03-03 2026-03-10"),
            ("next friday", "2026-03-06 2026-03-13"),
            ("6 March", "2026-03-06"),
            ("march 6th", "2026-03-06"),
            ("Fri 6 Mar, 3:30 PM", "2026-03-06"),
            ("Friday 13 March", "2026-03-13"),
            ("the 6th of march", "2026-03-06"),
            ("2 march", "2027-03-02"),
            ("on the 2nd", "2026-04-02"),
            ("the 31st", "2026-03-31"),
            ("2026-03-09", "2026-03-09"),
            ("4/5", "2026-04-05 2026-05-04"),
            ("25/3", "2026-03-25"),
            ("29 feb", "2028-02-29"),
            ("monday or friday", "2026-03-06 2026-03-09"),
        ] {
            let expected = expected.split(' ').map(date).collect();
            assert_eq!(days(text), Some(Days::OneOf(expected)), "{text}");
        }
    }

    #[test]
    fn weeks_and_weekends_are_ranges() {
        let between = |a, b| Some(Days::Between(date(a), date(b)));
        assert_eq!(days("next week"), between("2026-03-09", "2026-03-15"));
        assert_eq!(days("this week"), between("2026-03-03", "2026-03-08"));
        assert_eq!(days("at the weekend"), between("2026-03-07", "2026-03-08"));
    }

    #[test]
    fn what_is_no_day_is_left() {
        for text in [
            "",
            "hello",
            "3:30",
            "march",
            "99/99",
            "32nd",
            "2026-13-40",
            "may I",
        ] {
            assert_eq!(days(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "([0-9/]|th |next |march |fri |week |of |-)*") {
            if let Some(Days::OneOf(dates)) = days(&text) {
                prop_assert!(!dates.is_empty());
            }
        }
    }
}
