//! Days and times as people write them, kind by kind, at several moments each.
//!
//! The tables were written before the rules by someone who had not seen them. What is not read as
//! meant is listed in a snapshot, so that every change shows: `INSTA_UPDATE=always` writes it anew.

use std::{collections::BTreeMap, fmt::Write as _, ops::Range};

use chrono::{Datelike, NaiveDate, NaiveDateTime, Weekday};
use frontdesk::booking::zone::Zone;
use frontdesk::language::{
    Context, DateOrder, Language, Phrasebook, Reader, When,
    clock::{Clock, DayPart},
    day::{Days, Weekdays},
    when::readings,
};

/// A phrase at one moment.
pub(super) struct Case<'t> {
    kind: &'t str,
    pub(super) now: NaiveDateTime,
    pub(super) salon: Salon<'t>,
    pub(super) text: &'t str,
    pub(super) meant: Vec<String>,
}

/// What the phrases of a block are read by.
#[derive(Debug, Clone)]
pub(super) struct Salon<'t> {
    country: &'t str,
    order: DateOrder,
    open: Range<u16>,
    closed: Option<Weekday>,
    window_days: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    Right,
    /// Nothing is meant and nothing was read.
    Silent,
    /// Less was read than is meant, or it is asked about.
    Missed,
    Wrong,
}

pub(super) fn cases(table: &str) -> Vec<Case<'_>> {
    let mut cases = Vec::new();
    let (mut kind, mut moments, mut salon) = ("", Vec::new(), None);
    for line in table.lines() {
        if let Some(name) = line.strip_prefix("# kind: ") {
            kind = name;
        } else if let Some(block) = line.strip_prefix("@ ") {
            let words = block.split(' ').filter(|word| !word.is_empty());
            let (times, options): (Vec<_>, Vec<_>) = words.partition(|word| word.starts_with('2'));
            moments = times
                .iter()
                .map(|time| format!("{time}:00").parse::<NaiveDateTime>().unwrap())
                .collect();
            salon = Some(Salon::of(&options));
        } else if let Some((text, meant)) = line.split_once(" => ") {
            let values: Vec<_> = meant.split(" ; ").collect();
            for (n, now) in moments.iter().enumerate() {
                let value = if values.len() == 1 {
                    values[0]
                } else {
                    values[n]
                };
                cases.push(Case {
                    kind,
                    now: *now,
                    salon: salon.clone().unwrap(),
                    text,
                    meant: words_of(value),
                });
            }
        }
    }
    cases
}

impl<'t> Salon<'t> {
    fn of(options: &[&'t str]) -> Self {
        let option = |name: &str| {
            let mut values = options
                .iter()
                .filter_map(|option| option.strip_prefix(name));
            values.next()
        };
        Self {
            country: option("country=").unwrap(),
            order: match option("order=").unwrap() {
                "day" => DateOrder::DayFirst,
                _ => DateOrder::MonthFirst,
            },
            open: 8 * 60..20 * 60,
            closed: option("closed=").map(|day| day.parse().unwrap()),
            window_days: option("window=").map_or(400, |days| days.parse().unwrap()),
        }
    }

    pub(super) fn context<'z>(
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
            elsewhere: Some(zone),
            asked: frontdesk::language::Asked::Nothing,
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
fn words_of(value: &str) -> Vec<String> {
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

pub(super) fn read(when: &When, case: &Case<'_>) -> Vec<String> {
    let open = |minute: u16| case.salon.open.contains(&minute);
    let when = when.clone().within(open);
    let starts = when.starts(case.now, |_, minute| open(minute));
    let mut words = Vec::new();
    let times = &when.times;
    if starts.is_empty() {
        words.extend(when.days.as_ref().map(write_days));
        let minutes = times.at.iter().flat_map(|clock| readings(*clock, open));
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

/// So many days are looked at after an open beginning.
const OPEN_DAYS: i64 = 90;

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
fn is_same(meant: &[String], read: &[String]) -> bool {
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

pub(super) fn judge(meant: &[String], read: &[String]) -> Verdict {
    if is_same(meant, read) {
        return if meant.is_empty() {
            Verdict::Silent
        } else {
            Verdict::Right
        };
    }
    let asks = |word: &String| {
        meant.iter().any(|right| {
            right == word || word.contains('|') && word.split('|').any(|one| one == right)
        })
    };
    if !meant.is_empty() && read.iter().all(asks) {
        Verdict::Missed
    } else {
        Verdict::Wrong
    }
}

/// Reads a table: the figures of each kind, and every miss as `when phrase => meant => read`.
fn score(table: &str, language: Language) -> String {
    let mut misses = String::new();
    let mut kinds = BTreeMap::<&str, BTreeMap<Verdict, u32>>::new();
    let cases = cases(table);
    let mut order = Vec::new();
    let zone = zone(language);
    for case in &cases {
        let reading = Phrasebook.read(case.text, &case.salon.context(case.now, language, &zone));
        let read = read(&reading.when, case);
        let verdict = judge(&case.meant, &read);
        if !order.contains(&case.kind) {
            order.push(case.kind);
        }
        *kinds
            .entry(case.kind)
            .or_default()
            .entry(verdict)
            .or_default() += 1;
        if !matches!(verdict, Verdict::Right | Verdict::Silent) {
            let (now, meant, read) = (
                case.now.format("%Y-%m-%dT%H:%M"),
                case.meant.join(" "),
                read.join(" "),
            );
            writeln!(misses, "{now} {} => {meant} => {read}", case.text).unwrap();
        }
    }
    let mut figures = String::new();
    let mut total = BTreeMap::<Verdict, u32>::new();
    for kind in order {
        for (verdict, count) in &kinds[kind] {
            *total.entry(*verdict).or_default() += count;
        }
        writeln!(figures, "{kind}: {}", rates(&kinds[kind])).unwrap();
    }
    writeln!(figures, "all: {}", rates(&total)).unwrap();
    format!("{figures}\n{misses}")
}

/// Where the salon of a table is.
pub(super) fn zone(language: Language) -> Zone {
    let name = match language {
        Language::English => "America/New_York",
        Language::Spanish => "Europe/Madrid",
    };
    Zone::by_name(name).unwrap()
}

fn rates(verdicts: &BTreeMap<Verdict, u32>) -> String {
    let of = |verdict| f64::from(*verdicts.get(&verdict).unwrap_or(&0));
    let (right, wrong, missed) = (of(Verdict::Right), of(Verdict::Wrong), of(Verdict::Missed));
    format!(
        "precision {:.1} %, recall {:.1} %, right {right} of {}",
        100.0 * right / (right + wrong).max(1.0),
        100.0 * right / (right + wrong + missed).max(1.0),
        right + wrong + missed
    )
}

#[test]
fn english_days_and_times_are_read_but_for_what_is_listed() {
    let table = include_str!("../data/phrases/dates_en.txt");
    insta::assert_snapshot!("english", score(table, Language::English));
}

#[test]
fn spanish_days_and_times_are_read_but_for_what_is_listed() {
    let table = include_str!("../data/phrases/dates_es.txt");
    insta::assert_snapshot!("spanish", score(table, Language::Spanish));
}
