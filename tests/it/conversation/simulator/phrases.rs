//! Phrases of customers, written by people who had not seen the assistant, and how their gaps are
//! filled: `{day}` with "the 5th of march", `{time}` with "15:30".

use std::{collections::BTreeMap, sync::LazyLock};

use chrono::{Datelike as _, Days, NaiveDate, NaiveTime, Timelike as _};
use frontdesk::language::Language;

use super::random::Random;

static ENGLISH: LazyLock<Phrases> = LazyLock::new(|| {
    let text = include_str!("../../data/simulator/english.toml");
    Phrases::parse(Language::English, text)
});
static SPANISH: LazyLock<Phrases> = LazyLock::new(|| {
    let text = include_str!("../../data/simulator/spanish.toml");
    Phrases::parse(Language::Spanish, text)
});

/// The phrases of one language, by what they are for.
#[derive(Debug)]
pub(super) struct Phrases {
    pub(super) language: Language,
    lists: BTreeMap<String, Vec<String>>,
}

impl Phrases {
    fn parse(language: Language, text: &str) -> Self {
        let lists = toml::from_str(text).unwrap();
        Self { language, lists }
    }

    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::Spanish => &SPANISH,
        }
    }

    pub(super) fn list(&self, key: &str) -> &[String] {
        let list = self.lists.get(key);
        list.unwrap_or_else(|| panic!("no phrases for {key}"))
    }

    /// The one of two words that is in this language.
    pub(super) fn word<'a>(&self, english: &'a str, spanish: &'a str) -> &'a str {
        match self.language {
            Language::English => english,
            Language::Spanish => spanish,
        }
    }

    /// A way to say a day that can mean no other day, seen from `today`.
    pub(super) fn day(&self, date: NaiveDate, today: NaiveDate, random: &mut Random) -> String {
        let same = |one: &NaiveDate| one.day() == date.day();
        let of_weekday = |one: &NaiveDate| same(one) && one.weekday() == date.weekday();
        let mut ahead = today.iter_days();
        let next_of_number = ahead.find(same) == Some(date);
        let next_of_weekday = today.iter_days().find(of_weekday) == Some(date);
        loop {
            let template = random.pick(self.list("days")).as_str();
            let is_clear = if template.contains("{month}") {
                true
            } else if template.contains("{weekday}") {
                next_of_weekday
            } else {
                next_of_number
            };
            if is_clear {
                return self.dated(template, date, random);
            }
        }
    }

    fn dated(&self, template: &str, date: NaiveDate, random: &mut Random) -> String {
        let lower = self.language == Language::English && random.chance(40);
        let word = |word: &str| {
            if lower {
                word.to_lowercase()
            } else {
                word.to_owned()
            }
        };
        fill(template, |gap| match gap {
            "weekday" => word(self.weekday(date)),
            "month" => word(self.month(date)),
            "dom" => date.day().to_string(),
            "dom_ordinal" => ordinal(date.day()),
            _ => panic!("no such gap: {gap}"),
        })
    }

    fn weekday(&self, date: NaiveDate) -> &'static str {
        let n = date.weekday().num_days_from_monday() as usize;
        match self.language {
            Language::English => [
                "Monday",
                "Tuesday",
                "Wednesday",
                "Thursday",
                "Friday",
                "Saturday",
                "Sunday",
            ][n],
            Language::Spanish => [
                "lunes",
                "martes",
                "miércoles",
                "jueves",
                "viernes",
                "sábado",
                "domingo",
            ][n],
        }
    }

    fn month(&self, date: NaiveDate) -> &'static str {
        let n = date.month0() as usize;
        match self.language {
            Language::English => [
                "January",
                "February",
                "March",
                "April",
                "May",
                "June",
                "July",
                "August",
                "September",
                "October",
                "November",
                "December",
            ][n],
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
            ][n],
        }
    }

    pub(super) fn time(&self, time: NaiveTime, random: &mut Random) -> String {
        let template = random.pick(self.list("times"));
        let (afternoon, hour) = time.hour12();
        let halves = match self.language {
            Language::English => [["am", "pm"], ["am", "pm"], ["AM", "PM"]],
            Language::Spanish => [["am", "pm"], ["a.m.", "p.m."], ["AM", "PM"]],
        };
        let half = random.pick(&halves)[usize::from(afternoon)];
        // "8:30" could be in the evening; "9:30" could not, since nobody is open then.
        let padded = time.hour() < 9 || random.chance(50);
        fill(template, |gap| match gap {
            "h12" => hour.to_string(),
            "h24" if padded => format!("{:02}", time.hour()),
            "h24" => time.hour().to_string(),
            "mm" => format!("{:02}", time.minute()),
            "ampm" => half.to_owned(),
            _ => panic!("no such gap: {gap}"),
        })
    }

    /// A stretch of time that has this moment in it: "next week", "friday morning", "after 3pm".
    pub(super) fn window(
        &self,
        (date, time): (NaiveDate, NaiveTime),
        today: NaiveDate,
        random: &mut Random,
    ) -> String {
        let monday = |date: NaiveDate| date.week(chrono::Weekday::Mon).first_day();
        let ahead = (date - today).num_days();
        let mut windows = Vec::new();
        let midweek = today.weekday() != chrono::Weekday::Sun;
        if midweek && date.weekday() != chrono::Weekday::Sun {
            if monday(date) == monday(today) {
                windows.push(self.word("this week", "esta semana").to_owned());
            }
            if monday(date) == monday(today) + Days::new(7) {
                windows.push(self.word("next week", "la próxima semana").to_owned());
            }
        }
        let part = match time.hour() {
            ..=11 => Some(self.word("morning", "mañana")),
            13..=17 => Some(self.word("afternoon", "tarde")),
            _ => None,
        };
        if let Some(part) = part {
            windows.push(match self.language {
                Language::English => format!("in the {part}"),
                Language::Spanish => format!("por la {part}"),
            });
            if (1..=6).contains(&ahead) {
                let weekday = self.weekday(date).to_lowercase();
                windows.push(match self.language {
                    Language::English => format!("{weekday} {part}"),
                    Language::Spanish => format!("el {weekday} por la {part}"),
                });
            }
        }
        let hour = time.hour();
        if (15..=18).contains(&hour) {
            let after = hour - 12 - 1;
            windows.push(match self.language {
                Language::English => format!("after {after}pm"),
                Language::Spanish => format!("después de las {after}"),
            });
        }
        if windows.is_empty() {
            return self.day(date, today, random);
        }
        random.pick(&windows).clone()
    }
}

fn ordinal(number: u32) -> String {
    let ending = match (number / 10, number % 10) {
        (1, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// Replaces each `{gap}` of a template.
pub(super) fn fill(template: &str, mut value: impl FnMut(&str) -> String) -> String {
    let mut parts = template.split('{');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (gap, rest) = part.split_once('}').unwrap();
        text.push_str(&value(gap));
        text.push_str(rest);
    }
    text
}
