//! Phrases in both languages, each with its one meaning.

use chrono::{Datelike, NaiveDate};
use frontdesk::language::{DateOrder, Language};

use super::moment::{Moment, plus, ymd};

/// A phrase in both languages and what both mean.
///
/// `{5/6}` stands for a date of that month and day, or of that day and month where the business
/// writes days first. `{weekday}`, `{day}`, `{th}`, `{month}` and `{year}` are those of
/// [`Moment::target`], `{numeric}` is its date, and `{later}` the date two days later. `{near}`,
/// `{nearday}` and `{nearth}` are those of [`Moment::near`], `{endday}` and `{endth}` of the day two
/// days after it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Template {
    english: &'static str,
    spanish: &'static str,
    meaning: fn(&Moment) -> String,
}

pub(crate) const fn t(
    english: &'static str,
    spanish: &'static str,
    meaning: fn(&Moment) -> String,
) -> Template {
    Template {
        english,
        spanish,
        meaning,
    }
}

impl Template {
    pub(crate) fn raw(&self, language: Language) -> &'static str {
        match language {
            Language::English => self.english,
            Language::Spanish => self.spanish,
        }
    }

    pub(crate) fn text(&self, moment: &Moment) -> String {
        let raw = self.raw(moment.language);
        if !raw.contains('{') {
            return raw.to_owned();
        }
        let mut text = String::new();
        for (n, piece) in raw.split(['{', '}']).enumerate() {
            if n % 2 == 0 {
                text.push_str(piece);
            } else {
                text.push_str(&filled(piece, moment));
            }
        }
        text
    }

    pub(crate) fn meaning(&self, moment: &Moment) -> String {
        (self.meaning)(moment)
    }
}

fn filled(blank: &str, moment: &Moment) -> String {
    let (target, near) = (moment.target(), moment.near());
    match blank {
        "weekday" => weekday(target, moment.language).to_owned(),
        "near" => weekday(near, moment.language).to_owned(),
        "nearday" => near.day().to_string(),
        "nearth" => ordinal(near.day()),
        "day" => target.day().to_string(),
        "th" => ordinal(target.day()),
        "month" => month(target, moment.language).to_owned(),
        "year" => target.year().to_string(),
        "endday" => plus(near, 2).day().to_string(),
        "endth" => ordinal(plus(near, 2).day()),
        "later" => numeric(plus(target, 2), moment.order),
        "numeric" => numeric(target, moment.order),
        figures => {
            let (month, day) = figures.split_once('/').unwrap();
            let date = ymd(2028, month.parse().unwrap(), day.parse().unwrap());
            numeric(date, moment.order)
        }
    }
}

fn numeric(date: NaiveDate, order: DateOrder) -> String {
    let (month, day) = (date.month(), date.day());
    match order {
        DateOrder::DayFirst => format!("{day}/{month}"),
        _ => format!("{month}/{day}"),
    }
}

fn ordinal(day: u32) -> String {
    let ending = match (day % 10, day / 10) {
        (1, 0 | 2 | 3) => "st",
        (2, 0 | 2) => "nd",
        (3, 0 | 2) => "rd",
        _ => "th",
    };
    format!("{day}{ending}")
}

fn weekday(date: NaiveDate, language: Language) -> &'static str {
    let names = match language {
        Language::English => [
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
        ],
        Language::Spanish => [
            "lunes",
            "martes",
            "miércoles",
            "jueves",
            "viernes",
            "sábado",
            "domingo",
        ],
    };
    names[date.weekday().num_days_from_monday() as usize]
}

fn month(date: NaiveDate, language: Language) -> &'static str {
    let names = match language {
        Language::English => [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        Language::Spanish => [
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ],
    };
    names[date.month0() as usize]
}
