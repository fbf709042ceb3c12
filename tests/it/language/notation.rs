//! Days and times in the notation of the phrase tables, and readings written the same way.

use std::ops::Range;

use chrono::{Datelike, NaiveDate, NaiveDateTime, Weekday};
use frontdesk::booking::zone::Zone;
use frontdesk::language::{
    Asked, Context, DateOrder, Language, When,
    clock::{Clock, DayPart},
    day::{Days, Weekdays},
};

/// What a phrase is read by.
#[derive(Debug, Clone)]
pub(crate) struct Salon<'t> {
    pub(crate) country: &'t str,
    pub(crate) order: DateOrder,
    pub(crate) open: Range<u16>,
    pub(crate) closed: Option<Weekday>,
    pub(crate) window_days: u16,
    /// What the customer was asked last.
    pub(crate) asked: Asked,
    /// The day that was proposed last.
    pub(crate) talked_of: Option<NaiveDate>,
}

impl<'t> Salon<'t> {
    pub(crate) fn context<'z>(
        &self,
        now: NaiveDateTime,
        language: Language,
        zone: &'z Zone,
    ) -> Context<'z>
    where
        't: 'z,
    {
        Context {
            now,
            language: Some(language),
            date_order: self.order,
            country: Some(self.country),
            last_day: now
                .date()
                .checked_add_days(chrono::Days::new(self.window_days.into())),
            closed: self
                .closed
                .map_or_else(Weekdays::default, |day| Weekdays::default().and(day)),
            open: Some((self.open.start, self.open.end)),
            window: None,
            elsewhere: Some(zone),
            asked: self.asked,
            talked_of: self.talked_of,
            topic: Vec::new(),
            earlier: Vec::new(),
            minutes: Vec::new(),
            services: vec![
                vec!["Haircut", "Corte de pelo"],
                vec!["Hair color", "Tinte"],
                vec!["Beard trim", "Arreglo de barba"],
                vec!["Manicure", "Manicura"],
            ],
            staff: vec!["Ana", "Ben"],
        }
    }
}

/// The words of a value, each in one spelling.
pub(crate) fn words_of(value: &str) -> Vec<String> {
    let words = value
        .split(' ')
        .filter(|word| !matches!(*word, "none" | "soonest"));
    let mut words: Vec<_> = words.map(one_spelling).collect();
    words.sort_unstable();
    words
}

/// Of several times any will do or one is asked for: how they are offered is the same.
fn one_spelling(word: &str) -> String {
    if let Some(days) = word.strip_prefix("each:") {
        let mut days: Vec<_> = days.split(',').collect();
        days.sort_unstable();
        return format!("each:{}", days.join(","));
    }
    let mark = if word.contains('T') || word.contains('|') {
        "|"
    } else {
        ","
    };
    let mut parts: Vec<_> = word.split([',', '|']).collect();
    parts.sort_unstable();
    parts.dedup();
    match word.split_once("..") {
        Some((first, last)) if first == last => first.to_owned(),
        _ => parts.join(mark),
    }
}

/// A reading, written as a value is.
pub(crate) fn read(when: &When, salon: &Salon<'_>, now: NaiveDateTime) -> Vec<String> {
    let open = |minute: u16| salon.open.contains(&minute);
    let when = when.clone().within(open);
    let starts = when.starts(now, |_, minute| open(minute));
    let mut words = Vec::new();
    let times = &when.times;
    if starts.is_empty() {
        words.extend(when.days.as_ref().map(write_days));
        let minutes = times.at.iter().flat_map(|clock| clock.resolve(open));
        let minutes: Vec<_> = minutes.map(|at| format!("T{}", write_minute(at))).collect();
        words.extend((!minutes.is_empty()).then(|| minutes.join("|")));
    } else {
        let starts: Vec<_> = starts
            .iter()
            .map(|start| start.format("%Y-%m-%dT%H:%M").to_string())
            .collect();
        words.push(starts.join("|"));
    }
    let bound = |clock: Clock| write_minute(clock.likely());
    words.extend(times.from.map(|from| format!(">={}", bound(from))));
    words.extend(times.until.map(|until| format!("<={}", bound(until))));
    let part = |part: &DayPart| format!("p:{}", part_name(*part));
    words.extend(times.parts.iter().map(part));
    words.extend(times.about.then(|| "~".to_owned()));
    let except = &when.except;
    let weekday = |day: Weekday| format!("!{}", day.to_string().to_lowercase());
    words.extend(except.weekdays.iter().map(weekday));
    let dates = except
        .days
        .iter()
        .flat_map(|(first, last)| first.iter_days().take_while(move |date| date <= last));
    words.extend(dates.map(|date| format!("!{date}")));
    words.extend(except.parts.iter().map(|one| format!("!{}", part(one))));
    let mut words: Vec<_> = words.iter().map(|word| one_spelling(word)).collect();
    words.sort_unstable();
    words
}

/// So many days are looked at after an open beginning: a span of as many is written as an open one.
pub(crate) const OPEN_DAYS: i64 = 90;

fn write_days(days: &Days) -> String {
    let many = |dates: &[NaiveDate], separator: &str| {
        let dates: Vec<_> = dates.iter().map(NaiveDate::to_string).collect();
        dates.join(separator)
    };
    match days {
        Days::OneOf(dates) => many(dates, "|"),
        Days::AnyOf(dates) => many(dates, ","),
        Days::Between(first, last) if (*last - *first).num_days() == OPEN_DAYS => {
            format!("{first}..")
        }
        Days::Between(first, last) => format!("{first}..{last}"),
        Days::Each(weekdays) => {
            let names: Vec<_> = weekdays
                .iter()
                .map(|day| day.to_string().to_lowercase())
                .collect();
            format!("each:{}", names.join(","))
        }
    }
}

fn write_minute(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn part_name(part: DayPart) -> &'static str {
    match part {
        DayPart::Early => "early",
        DayPart::Morning => "morning",
        DayPart::Midday => "midday",
        DayPart::Afternoon => "afternoon",
        DayPart::PastNoon => "tarde",
        DayPart::Late => "late",
        DayPart::Evening => "evening",
    }
}

/// That Thursday does not suit rules out that day, or every Thursday: nobody sees a difference.
pub(crate) fn is_same(meant: &[String], read: &[String]) -> bool {
    let same = |meant: &String, read: &String| {
        let day = |word: &String| word.strip_prefix('!')?.parse::<NaiveDate>().ok();
        meant == read
            || day(meant).is_some_and(|date| {
                read.strip_prefix('!') == Some(&date.weekday().to_string().to_lowercase())
            })
    };
    meant.len() == read.len()
        && meant
            .iter()
            .all(|one| read.iter().any(|other| same(one, other)))
}
