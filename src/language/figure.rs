//! Figures: `3`, `15:30`, `4pm`, `3-5pm`, `14th`, `3/14`, `2026-03-14`.
//!
//! The invariant: a figure that could be both a time and a date is what it is written like, and
//! what is neither is nothing.

use chrono::NaiveDate;

use super::clock::Clock;

/// What a word that begins with a figure says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Figure {
    /// A bare number: an hour, a day or a count.
    Number(u16),
    /// A time that is marked as one.
    Time {
        clock: Clock,
        /// "4ish".
        about: bool,
    },
    /// From one hour to another.
    Hours(Hour, Hour),
    /// A day of the month that is marked as one.
    Day(u32),
    /// Two numbers that are a day and a month in some order.
    DayMonth(u32, u32),
    /// A date with its year, where day and month are in some order.
    Dated { first: u32, second: u32, year: i32 },
    /// A date that can only be read in one way.
    Date(NaiveDate),
}

/// An hour and minute as they were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hour {
    pub(super) full: u16,
    pub(super) minute: u16,
    /// Written after it: before noon or after.
    pub(super) pm: Option<bool>,
}

// === impl Hour ===

impl Hour {
    /// The time of day, if it is one.
    pub(super) fn clock(self) -> Option<Clock> {
        let minute = self.full * 60 + self.minute;
        match (self.pm, self.full) {
            (Some(pm), 1..=12) => {
                let morning = self.full % 12 * 60 + self.minute;
                Some(Clock::At(if pm { morning + 12 * 60 } else { morning }))
            }
            (None, 1..=12) => Some(Clock::Either(self.full % 12 * 60 + self.minute)),
            (_, 0 | 13..=23) => Some(Clock::At(minute)),
            _ => None,
        }
    }
}

// === impl Figure ===

impl Figure {
    /// What a folded word says, if it begins with a figure.
    pub(super) fn of(word: &str) -> Option<Self> {
        if !word.starts_with(|c: char| c.is_ascii_digit()) || word.len() > 16 {
            return None;
        }
        date(word)
            .or_else(|| time(word))
            .or_else(|| hours(word))
            .or_else(|| number(word))
    }
}

/// One to four figures as a number.
fn digits(text: &str) -> Option<u16> {
    let plain = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

fn number(word: &str) -> Option<Figure> {
    let figures = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    let number = digits(figures)?;
    match &word[figures.len()..] {
        "" => Some(Figure::Number(number)),
        "st" | "nd" | "rd" | "th" | "º" | "ª" | "ro" | "er" | "ero" | "do" | "to" | "vo"
            if (1..=31).contains(&number) =>
        {
            Some(Figure::Day(number.into()))
        }
        _ => None,
    }
}

fn date(word: &str) -> Option<Figure> {
    let separator = word.find(['/', '-', '.'])?;
    let separator = &word[separator..=separator];
    let parts: Vec<&str> = word.split(separator).collect();
    match *parts {
        [year, month, day] if year.len() == 4 => {
            let date = NaiveDate::from_ymd_opt(
                digits(year)?.into(),
                digits(month)?.into(),
                digits(day)?.into(),
            )?;
            Some(Figure::Date(date))
        }
        [first, second, year] if year.len() == 2 || year.len() == 4 => Some(Figure::Dated {
            first: digits(first)?.into(),
            second: digits(second)?.into(),
            year: i32::from(digits(year)?) + if year.len() == 2 { 2000 } else { 0 },
        }),
        [first, second] if is_day_and_month(separator, first, second) => Some(Figure::DayMonth(
            digits(first)?.into(),
            digits(second)?.into(),
        )),
        _ => None,
    }
}

/// "14-03" is a date and "3-5" are hours; "9.30" is a time and "06.03" a date.
fn is_day_and_month(separator: &str, first: &str, second: &str) -> bool {
    let short = first.len() <= 2 && second.len() <= 2;
    let month = second.len() == 2 && second.starts_with('0');
    match separator {
        "/" => short,
        "-" => short && (month || first.starts_with('0')),
        _ => short && month && first.len() == 2 && !matches!(second, "00" | "05"),
    }
}

fn time(word: &str) -> Option<Figure> {
    let (word, about) = match word.strip_suffix("ish") {
        Some(word) => (word, true),
        None => (word, false),
    };
    let (hour, marked) = hour(word)?;
    let clock = hour.clock().filter(|_| marked || about)?;
    Some(Figure::Time { clock, about })
}

/// `3-5`, `9:30-11`, `2-4pm`.
fn hours(word: &str) -> Option<Figure> {
    let (first, last) = word.split_once('-')?;
    let (first, last) = (hour(first)?.0, hour(last)?.0);
    (first.clock().is_some() && last.clock().is_some()).then_some(Figure::Hours(first, last))
}

/// The hour that a word is, and whether more than the number says so.
fn hour(word: &str) -> Option<(Hour, bool)> {
    if !word.is_ascii() {
        return None;
    }
    let figures = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let (pm, suffixed) = match &word[figures.len()..] {
        "" => (None, false),
        "am" | "a" => (Some(false), true),
        "pm" | "p" => (Some(true), true),
        "h" | "hs" | "hrs" | "hr" | "hras" => (None, true),
        _ => return None,
    };
    let (hour, minute) = match figures.split_once([':', '.', 'h']) {
        Some((hour, minute)) => (hour, Some(minute).filter(|minute| minute.len() == 2)?),
        None if figures.len() >= 3 && suffixed => figures.split_at(figures.len() - 2),
        None => (figures, "0"),
    };
    let marked = suffixed || figures.contains([':', '.', 'h']);
    let (hour, minute) = (digits(hour)?, digits(minute)?);
    (hour < 24 && minute < 60 && figures.len() <= 5).then_some((
        Hour {
            full: hour,
            minute,
            pm,
        },
        marked,
    ))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_figure_is_what_it_is_written_like() {
        let time = |clock| Figure::Time {
            clock,
            about: false,
        };
        for (word, expected) in [
            ("4", Some(Figure::Number(4))),
            ("4pm", Some(time(Clock::At(16 * 60)))),
            ("12am", Some(time(Clock::At(0)))),
            ("9.30", Some(time(Clock::Either(9 * 60 + 30)))),
            ("15h", Some(time(Clock::At(15 * 60)))),
            ("15h30", Some(time(Clock::At(15 * 60 + 30)))),
            ("1530hrs", Some(time(Clock::At(15 * 60 + 30)))),
            ("14th", Some(Figure::Day(14))),
            ("1º", Some(Figure::Day(1))),
            ("3/14", Some(Figure::DayMonth(3, 14))),
            ("14-03", Some(Figure::DayMonth(14, 3))),
            ("06.03", Some(Figure::DayMonth(6, 3))),
            ("25:00", None),
            ("3:75", None),
            ("40th", None),
            ("2026-13-40", None),
            ("35usd", None),
            ("123456", None),
        ] {
            assert_eq!(Figure::of(word), expected, "{word}");
        }
        assert!(matches!(Figure::of("3-5pm"), Some(Figure::Hours(_, _))));
    }

    proptest! {
        #[test]
        fn no_word_panics(word in "[0-9:./hpamstºñ３-]{0,18}") {
            let _ = Figure::of(&word);
        }
    }
}
