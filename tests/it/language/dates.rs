//! Days and times as people write them, kind by kind, at several moments each.
//!
//! The tables were written before the rules by someone who had not seen them. What is not read as
//! meant is listed in a snapshot, so that every change shows: `INSTA_UPDATE=always` writes it anew.

use std::{collections::BTreeMap, fmt::Write as _};

use chrono::NaiveDateTime;
use frontdesk::booking::zone::Zone;
use frontdesk::language::{Asked, DateOrder, Language, Phrasebook, Reader};

use super::notation::{Salon, is_same, read, words_of};

/// A phrase at one moment.
pub(super) struct Case<'t> {
    kind: &'t str,
    pub(super) now: NaiveDateTime,
    pub(super) salon: Salon<'t>,
    pub(super) text: &'t str,
    pub(super) meant: Vec<String>,
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
            salon = Some(salon_of(&options));
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

/// The salon of a block.
fn salon_of<'t>(options: &[&'t str]) -> Salon<'t> {
    let option = |name: &str| {
        let mut values = options
            .iter()
            .filter_map(|option| option.strip_prefix(name));
        values.next()
    };
    Salon {
        country: option("country=").unwrap(),
        order: match option("order=").unwrap() {
            "day" => DateOrder::DayFirst,
            _ => DateOrder::MonthFirst,
        },
        open: 8 * 60..20 * 60,
        closed: option("closed=").map(|day| day.parse().unwrap()),
        window_days: option("window=").map_or(400, |days| days.parse().unwrap()),
        asked: match option("asked=") {
            Some("time") => Asked::Time,
            Some("proposal") => Asked::Proposal,
            _ => Asked::Nothing,
        },
        talked_of: option("proposed=").map(|day| day.parse().unwrap()),
    }
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
        let read = read(&reading.when(), &case.salon, case.now);
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

#[test]
fn english_unseen_before_is_read_but_for_what_is_listed() {
    let table = include_str!("../data/phrases/unseen_en.txt");
    insta::assert_snapshot!("unseen_english", score(table, Language::English));
}

#[test]
fn spanish_unseen_before_is_read_but_for_what_is_listed() {
    let table = include_str!("../data/phrases/unseen_es.txt");
    insta::assert_snapshot!("unseen_spanish", score(table, Language::Spanish));
}

#[test]
fn english_written_blind_is_read_but_for_what_is_listed() {
    let table = include_str!("../data/phrases/fresh_en.txt");
    insta::assert_snapshot!("fresh_english", score(table, Language::English));
}

#[test]
fn spanish_written_blind_is_read_but_for_what_is_listed() {
    let table = include_str!("../data/phrases/fresh_es.txt");
    insta::assert_snapshot!("fresh_spanish", score(table, Language::Spanish));
}
