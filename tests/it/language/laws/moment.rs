//! The oracle: what a day or time means at a moment, from plain calendar arithmetic.
//!
//! It shares no code with the reader. Values are written in the notation of the phrase tables.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Weekday};
use frontdesk::language::{DateOrder, Language};

use super::super::notation::OPEN_DAYS;

/// When a phrase is written, in which language, and to a business of which country.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    pub(crate) now: NaiveDateTime,
    pub(crate) language: Language,
    pub(crate) country: &'static str,
    pub(crate) order: DateOrder,
}

/// The days one of which is meant.
pub(crate) type Dates = Vec<NaiveDate>;

pub(crate) fn ymd(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

pub(crate) fn plus(date: NaiveDate, days: i64) -> NaiveDate {
    date + TimeDelta::days(days)
}

fn last_of_month(year: i32, month: u32) -> NaiveDate {
    plus(ymd(year, month, 1) + Months::new(1), -1)
}

/// The nth such weekday of a month.
pub(crate) fn nth_of(year: i32, month: u32, weekday: Weekday, nth: u8) -> NaiveDate {
    NaiveDate::from_weekday_of_month_opt(year, month, weekday, nth).unwrap()
}

fn last_weekday_of(year: i32, month: u32, weekday: Weekday) -> NaiveDate {
    let last = last_of_month(year, month);
    let mut backwards = (0..7).map(|days| last - Days::new(days));
    backwards.find(|date| date.weekday() == weekday).unwrap()
}

/// One of these days, written.
pub(crate) fn days(days: &[NaiveDate]) -> String {
    let days: Vec<_> = days.iter().map(NaiveDate::to_string).collect();
    days.join("|")
}

// === impl Moment ===

impl Moment {
    pub(crate) fn today(&self) -> NaiveDate {
        self.now.date()
    }

    pub(crate) fn day(&self, days: i64) -> NaiveDate {
        plus(self.today(), days)
    }

    /// The first such weekday after today.
    pub(crate) fn next(&self, weekday: Weekday) -> NaiveDate {
        let mut days = (1..=7).map(|days| self.day(days));
        days.find(|date| date.weekday() == weekday).unwrap()
    }

    /// A weekday alone: asked about where it is today.
    pub(crate) fn on(&self, weekday: Weekday) -> Dates {
        let next = self.next(weekday);
        if self.today().weekday() == weekday {
            vec![self.today(), next]
        } else {
            vec![next]
        }
    }

    /// A weekday with a time that ends at an hour: today only until then.
    pub(crate) fn on_until(&self, weekday: Weekday, hour: u32) -> Dates {
        let mut days = self.on(weekday);
        if self.now.hour() >= hour {
            days.retain(|day| *day != self.today());
        }
        days
    }

    /// "This Friday": today included.
    pub(crate) fn this(&self, weekday: Weekday) -> NaiveDate {
        self.on(weekday)[0]
    }

    /// "Next Friday": asked about where a Friday is still to come this week.
    pub(crate) fn coming(&self, weekday: Weekday) -> Dates {
        let next = self.next(weekday);
        let sunday_before = self.today().weekday() == Weekday::Sun && weekday != Weekday::Sun;
        if next <= self.sunday() || sunday_before {
            vec![next, plus(next, 7)]
        } else {
            vec![next]
        }
    }

    /// The last day of this week.
    pub(crate) fn sunday(&self) -> NaiveDate {
        self.this(Weekday::Sun)
    }

    /// A day of a week from now: 0 is Monday; `weeks` is 1 for next week.
    pub(crate) fn of_week(&self, weeks: i64, day: i64) -> NaiveDate {
        plus(self.sunday(), weeks * 7 - 6 + day)
    }

    /// A day of the month alone, the first from today on.
    pub(crate) fn nth(&self, day: u32) -> NaiveDate {
        let mut days = self.today().iter_days();
        days.find(|date| date.day() == day).unwrap()
    }

    /// A day and month without a year, the first from today on.
    pub(crate) fn date(&self, month: u32, day: u32) -> NaiveDate {
        let mut days = self.today().iter_days();
        let is = |date: &NaiveDate| date.month() == month && date.day() == day;
        days.find(is).unwrap()
    }

    /// A weekday with a day of the month that may not fit it.
    pub(crate) fn weekday_and_nth(&self, weekday: Weekday, day: u32) -> Dates {
        let date = self.nth(day);
        if date.weekday() == weekday {
            return vec![date];
        }
        let mut both = vec![self.next(weekday), date];
        both.sort_unstable();
        both
    }

    /// What comes once a year, the first from today on.
    pub(crate) fn yearly(&self, of: impl Fn(i32) -> NaiveDate) -> NaiveDate {
        let year = self.today().year();
        let mut years = (year..year + 2).map(of);
        years.find(|date| *date >= self.today()).unwrap()
    }

    pub(crate) fn nth_of(&self, month: u32, weekday: Weekday, nth: u8) -> NaiveDate {
        self.yearly(|year| nth_of(year, month, weekday, nth))
    }

    pub(crate) fn last_of(&self, month: u32, weekday: Weekday) -> NaiveDate {
        self.yearly(|year| last_weekday_of(year, month, weekday))
    }

    /// The first day of next month.
    pub(crate) fn next_month(&self) -> NaiveDate {
        self.today().with_day(1).unwrap() + Months::new(1)
    }

    pub(crate) fn nth_of_next_month(&self, weekday: Weekday, nth: u8) -> NaiveDate {
        let month = self.next_month();
        nth_of(month.year(), month.month(), weekday, nth)
    }

    pub(crate) fn last_of_next_month(&self, weekday: Weekday) -> NaiveDate {
        let month = self.next_month();
        last_weekday_of(month.year(), month.month(), weekday)
    }

    /// Some days later, where the month must be stepped over.
    pub(crate) fn months_later(&self, months: u32) -> NaiveDate {
        self.today() + Months::new(months)
    }

    /// Days around Easter Sunday, by the usual computus.
    pub(crate) fn easter(&self, days: i64) -> NaiveDate {
        self.yearly(|year| plus(easter(year), days))
    }

    /// Some day within the year, another for every day: for phrases that name a whole date.
    pub(crate) fn target(&self) -> NaiveDate {
        self.day(3 + i64::from(self.today().num_days_from_ce() * 37 % 300))
    }

    /// Some day within four weeks, another for every day: its number comes then first, and two days
    /// later it is the same month.
    pub(crate) fn near(&self) -> NaiveDate {
        let days = (1..=27).map(|days| self.day(days));
        let days: Dates = days.filter(|date| date.day() <= 26).collect();
        days[self.today().ordinal() as usize * 5 % days.len()]
    }

    // === As it is written ===

    /// Any day of a span that has not gone by.
    pub(crate) fn span(&self, first: NaiveDate, last: NaiveDate) -> String {
        let first = first.max(self.today());
        if (last - first).num_days() == OPEN_DAYS {
            return format!("{first}..");
        }
        format!("{first}..{last}")
    }

    /// A span that comes once a year: the first that has not gone by whole.
    pub(crate) fn yearly_span(&self, of: impl Fn(i32) -> (NaiveDate, NaiveDate)) -> String {
        let last = self.yearly(|year| of(year).1);
        let years = [last.year(), last.year() - 1];
        let (first, last) = years
            .map(&of)
            .into_iter()
            .find(|span| span.1 == last)
            .unwrap();
        self.span(first, last)
    }

    /// Days of a month, from the first to the last.
    pub(crate) fn month_span(&self, month: u32, first: u32, last: u32) -> String {
        self.yearly_span(|year| (ymd(year, month, first), ymd(year, month, last)))
    }

    /// The last days of a month, so many.
    pub(crate) fn month_end(&self, month: u32, days: i64) -> String {
        self.yearly_span(|year| {
            let last = last_of_month(year, month);
            (plus(last, 1 - days), last)
        })
    }

    pub(crate) fn whole_month(&self, month: u32) -> String {
        self.yearly_span(|year| (ymd(year, month, 1), last_of_month(year, month)))
    }

    pub(crate) fn last_day_of_this_month(&self) -> NaiveDate {
        last_of_month(self.today().year(), self.today().month())
    }

    pub(crate) fn last_day_of_next_month(&self) -> NaiveDate {
        plus(self.next_month() + Months::new(1), -1)
    }

    /// The weekend that is meant by "this weekend".
    pub(crate) fn weekend(&self) -> (NaiveDate, NaiveDate) {
        (plus(self.sunday(), -1).max(self.today()), self.sunday())
    }

    /// One of these days at a time; what has gone by is not meant while another has not.
    pub(crate) fn at(&self, days: &[NaiveDate], time: &str) -> String {
        let mut starts: Vec<NaiveDateTime> = days
            .iter()
            .map(|day| format!("{day}T{time}:00").parse().unwrap())
            .collect();
        if starts.iter().any(|start| *start > self.now) {
            starts.retain(|start| *start > self.now);
        }
        let starts: Vec<_> = starts
            .iter()
            .map(|start| start.format("%Y-%m-%dT%H:%M").to_string())
            .collect();
        starts.join("|")
    }

    /// So many minutes from now.
    pub(crate) fn minutes_later(&self, minutes: i64) -> String {
        let at = self.now + TimeDelta::minutes(minutes);
        at.format("%Y-%m-%dT%H:%M").to_string()
    }

    /// The part of the day after noon: Spanish has one that lasts longer.
    pub(crate) fn afternoon(&self) -> &'static str {
        match self.language {
            Language::English => "p:afternoon",
            Language::Spanish => "p:tarde",
        }
    }
}

fn easter(year: i32) -> NaiveDate {
    let (golden, century, of_century) = (year % 19, year / 100, year % 100);
    let correction = century - century / 4 - (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + correction + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let days = epact + weekday - 7 * late + 114;
    ymd(
        year,
        u32::try_from(days / 31).unwrap(),
        u32::try_from(days % 31 + 1).unwrap(),
    )
}

#[test]
fn easter_falls_on_the_days_of_the_almanac() {
    let known = [
        (2026, 4, 5),
        (2027, 3, 28),
        (2028, 4, 16),
        (2029, 4, 1),
        (2030, 4, 21),
    ];
    for (year, month, day) in known {
        assert_eq!(easter(year), ymd(year, month, day));
    }
}
