//! Services as people name them, among the names of businesses of many trades.
//!
//! What is not read as meant is listed in a snapshot, so that every change shows:
//! `INSTA_UPDATE=always` writes it anew.

use std::fmt::Write as _;

use chrono::{NaiveDate, NaiveDateTime};
use frontdesk::language::{
    Asked, Context, DateOrder, Language, Phrasebook, Reader, Reading, day::Weekdays,
};

/// A service, with its name in all its forms.
type Names<'t> = Vec<&'t str>;

/// A message to a business with these services, some of which are talked of, and which it means.
struct Case<'t> {
    catalogue: Vec<Names<'t>>,
    minutes: Vec<u16>,
    topic: Vec<usize>,
    earlier: Vec<usize>,
    text: &'t str,
    meant: &'t str,
}

fn cases(table: &str) -> Vec<Case<'_>> {
    let mut catalogue: Vec<Names<'_>> = Vec::new();
    let mut minutes = Vec::new();
    let (mut topic, mut earlier) = (Vec::new(), Vec::new());
    let mut cases = Vec::new();
    for line in table.lines() {
        if let Some(names) = line.strip_prefix("@ ") {
            let services = names.split(", ").map(|names| {
                let (names, length) = names.split_once(" @").unwrap_or((names, ""));
                (names.split(" = ").collect(), length.parse().ok())
            });
            let (names, lengths): (_, Vec<Option<u16>>) = services.unzip();
            catalogue = names;
            minutes = lengths.into_iter().flatten().collect();
            (topic, earlier) = (Vec::new(), Vec::new());
        } else if let Some(names) = line.strip_prefix('~') {
            let place = |name: &str| catalogue.iter().position(|names| names[0] == name.trim());
            let places = |names: &str| names.split(", ").filter_map(place).collect();
            let (last, before) = names.split_once(';').unwrap_or((names, ""));
            (topic, earlier) = (places(last), places(before));
        } else if let Some((text, meant)) = line.split_once(" => ") {
            cases.push(Case {
                catalogue: catalogue.clone(),
                minutes: minutes.clone(),
                topic: topic.clone(),
                earlier: earlier.clone(),
                text,
                meant,
            });
        }
    }
    cases
}

fn now() -> NaiveDateTime {
    let day = NaiveDate::from_ymd_opt(2026, 3, 4).unwrap();
    day.and_hms_opt(10, 0, 0).unwrap()
}

fn context<'t>(case: &Case<'t>, language: Language) -> Context<'t> {
    Context {
        now: now(),
        language: Some(language),
        date_order: DateOrder::Either,
        country: None,
        last_day: None,
        window: None,
        talked_of: None,
        closed: Weekdays::default(),
        open: None,
        elsewhere: None,
        asked: Asked::Nothing,
        services: case.catalogue.clone(),
        minutes: case.minutes.clone(),
        topic: case.topic.clone(),
        earlier: case.earlier.clone(),
        staff: vec!["Ana", "Ben"],
    }
}

/// The services of a reading as the tables write them: `+` between those that are wanted, `/`
/// between those of which one is asked for, `!` before what will not do.
fn written(reading: &Reading, catalogue: &[Names<'_>]) -> String {
    let name = |n: &usize| catalogue[*n][0];
    let one = |names: Vec<&str>| one_order(&names, "/");
    let wanted = reading.services();
    let wanted = wanted.iter();
    let wanted: Vec<_> = wanted
        .map(|all| one(all.iter().map(name).collect()))
        .collect();
    let mut not: Vec<_> = reading.not_services().iter().map(name).collect();
    not.sort_unstable();
    let wanted = one_order(&wanted.iter().map(String::as_str).collect::<Vec<_>>(), "+");
    let not = not.iter().map(|name| format!("!{name}"));
    let all = std::iter::once(wanted).filter(|wanted| !wanted.is_empty());
    let all: Vec<_> = all.chain(not).collect();
    if all.is_empty() {
        "none".to_owned()
    } else {
        all.join(" ")
    }
}

fn one_order(names: &[&str], between: &str) -> String {
    let mut names = names.to_vec();
    names.sort_unstable();
    names.join(between)
}

/// What is meant, in the order of [`written`].
fn meant(text: &str) -> String {
    let mut parts = text.split(" !");
    let wanted = parts.next().unwrap();
    let wanted: Vec<_> = wanted
        .split('+')
        .map(|all| one_order(&all.split('/').collect::<Vec<_>>(), "/"))
        .collect();
    let wanted = one_order(&wanted.iter().map(String::as_str).collect::<Vec<_>>(), "+");
    let mut not: Vec<_> = parts.collect();
    not.sort_unstable();
    let not = not.iter().map(|name| format!("!{name}"));
    let wanted = std::iter::once(wanted).filter(|wanted| !wanted.is_empty());
    wanted.chain(not).collect::<Vec<_>>().join(" ")
}

/// Reads a table: how many are right, and every miss as `phrase => meant => read`.
///
/// What will not do is compared only where a table names it.
fn score(table: &str, language: Language) -> String {
    let cases = cases(table);
    let mut misses = String::new();
    let mut right = 0;
    for case in &cases {
        let reading = Phrasebook.read(case.text, &context(case, language));
        let (meant, mut read) = (meant(case.meant), written(&reading, &case.catalogue));
        if !meant.contains('!') {
            let end = read.find(" !").unwrap_or(read.len());
            read.truncate(end);
            if read.starts_with('!') {
                "none".clone_into(&mut read);
            }
        }
        if meant == read {
            right += 1;
        } else {
            writeln!(misses, "{} => {meant} => {read}", case.text).unwrap();
        }
    }
    format!("right {right} of {}\n\n{misses}", cases.len())
}

#[test]
fn english_names_of_services_are_read_but_for_what_is_listed() {
    let table = include_str!("../data/phrases/services_en.txt");
    insta::assert_snapshot!("services_english", score(table, Language::English));
}

#[test]
fn spanish_names_of_services_are_read_but_for_what_is_listed() {
    let table = include_str!("../data/phrases/services_es.txt");
    insta::assert_snapshot!("services_spanish", score(table, Language::Spanish));
}
