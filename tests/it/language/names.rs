//! Names as people tell them, from tables and from lists of names.
//!
//! The lists say what has to be read as a name; the reader itself knows no list. What is not read
//! as the tables have it is listed in a snapshot: `INSTA_UPDATE=always` writes it anew.

use std::fmt::Write as _;

use frontdesk::language::{
    Asked, Context, DateOrder, Language, Phrasebook, Reader, Reading, When, day::Weekdays,
};

const LISTS: [&str; 3] = [
    include_str!("../data/names/english.txt"),
    include_str!("../data/names/spanish.txt"),
    include_str!("../data/names/portuguese.txt"),
];

/// Alone these are answers, wishes and languages, and no more likely names. "O" is "or".
const SAID_ALONE: &[&str] = &[
    "Bueno", "Dale", "English", "Español", "French", "Good", "Mas", "de la O",
];
/// "Soy Español" tells no name.
const PEOPLES: &[&str] = &["English", "Español", "French"];

/// The names of a part of the lists, each once.
fn names(of: &str) -> Vec<&'static str> {
    let mut names = Vec::new();
    for list in LISTS {
        let mut part = "";
        let lines = list.lines();
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match line.strip_prefix("@ ") {
                Some(name) => part = name,
                None if part == of => names.push(line),
                None => {}
            }
        }
    }
    names.sort_unstable();
    names.dedup();
    names
}

fn all_names() -> Vec<&'static str> {
    let names: Vec<_> = names("given")
        .into_iter()
        .chain(names("surnames"))
        .collect();
    assert!(names.len() > 4_000, "{}", names.len());
    names
}

fn read(text: &str, asked: Asked, language: Option<Language>, staff: &[&str]) -> Reading {
    let context = Context {
        now: "2026-03-04T10:00:00".parse().unwrap(),
        language,
        date_order: DateOrder::Either,
        country: None,
        last_day: None,
        window: None,
        talked_of: None,
        closed: Weekdays::default(),
        open: None,
        elsewhere: None,
        asked,
        topic: Vec::new(),
        earlier: Vec::new(),
        minutes: Vec::new(),
        services: vec![
            vec!["Haircut", "Corte de pelo"],
            vec!["Hair color", "Tinte"],
            vec!["Beard trim", "Arreglo de barba"],
            vec!["Manicure", "Manicura"],
        ],
        staff: staff.to_vec(),
    };
    Phrasebook.read(text, &context)
}

fn own_name(text: &str, asked: Asked) -> Option<String> {
    read(text, asked, None, &["Ana", "Ben"])
        .own_name()
        .map(ToOwned::to_owned)
}

#[test]
fn every_name_is_a_name_where_it_was_asked_for() {
    let mut missed = Vec::new();
    for name in all_names() {
        if own_name(name, Asked::Name).as_deref() != Some(name) {
            missed.push(name);
        }
    }
    let mut alone = all_names();
    alone.retain(|name| SAID_ALONE.contains(name));
    assert_eq!(missed, alone);
}

#[test]
fn every_surname_goes_with_every_kind_of_given_name() {
    let mut missed = Vec::new();
    for surname in names("surnames") {
        // Known to nobody, of the staff, a month, a weekday.
        for given in ["Zorka", "Ana", "April", "Domingo"] {
            let name = format!("{given} {surname}");
            if own_name(&name, Asked::Name).as_ref() != Some(&name) {
                missed.push(name);
            }
        }
    }
    assert_eq!(missed, ["April de la O", "Domingo de la O"]);
}

#[test]
fn every_name_is_a_name_where_it_is_introduced() {
    let mut missed = Vec::new();
    for name in all_names() {
        for before in ["me llamo", "my name is"] {
            let told = own_name(&format!("{before} {name}"), Asked::Nothing);
            if told.as_deref() != Some(name) {
                missed.push(format!("{before} {name}"));
            }
        }
        // "Soy de León" tells where somebody is from.
        if PEOPLES.contains(&name) || name.starts_with(char::is_lowercase) {
            continue;
        }
        for before in ["soy", "this is"] {
            let told = own_name(&format!("{before} {name}"), Asked::Nothing);
            if told.as_deref() != Some(name) {
                missed.push(format!("{before} {name}"));
            }
        }
        for before in ["for my son", "para mi hijo"] {
            let reading = read(&format!("{before} {name}"), Asked::Nothing, None, &[]);
            if reading.other().and_then(|other| other.name.as_deref()) != Some(name)
                || !reading.when().is_empty()
            {
                missed.push(format!("{before} {name}"));
            }
        }
    }
    assert_eq!(missed, Vec::<String>::new());
}

#[test]
fn every_name_is_a_name_of_staff_and_of_no_day() {
    let friday: When = read("on friday", Asked::Nothing, None, &[]).when();
    let mut missed = Vec::new();
    for name in all_names() {
        for text in [
            format!("with {name} on friday"),
            format!("con {name} el viernes"),
        ] {
            let reading = read(&text, Asked::Nothing, None, &["Xyzzyx", name]);
            if reading.staff() != [1] || reading.when() != friday || !reading.services().is_empty()
            {
                missed.push(text);
            }
        }
    }
    assert_eq!(missed, Vec::<String>::new());
}

#[test]
fn names_of_staff_that_are_words_are_not_seen_in_those_words() {
    let staff = [
        "Mariana", "Candela", "Reyes", "Domingo", "Mar", "May", "Will",
    ];
    for (text, expected) in [
        ("mañana a las 3", None),
        ("cancela mi cita", None),
        ("el día de reyes", None),
        ("el domingo a las 5", None),
        ("in may", None),
        ("by may 5", None),
        ("will you be open on friday", None),
        ("haircut with Mariana tomorrow", Some(0)),
        ("con candela el lunes", Some(1)),
        ("corte con Reyes", Some(2)),
        ("con domingo el sábado", Some(3)),
        ("con Mar a las 5", Some(4)),
        ("with may on friday", Some(5)),
        ("can Will do my hair on friday", Some(6)),
    ] {
        let read = read(text, Asked::Nothing, None, &staff).staff();
        assert_eq!(read, Vec::from_iter(expected), "{text}");
    }
}

#[test]
fn what_is_said_instead_of_a_name_is_none() {
    let mut told = Vec::new();
    for text in [
        "yes",
        "no thanks",
        "cool thanks",
        "tomorrow",
        "friday",
        "friday at 3",
        "mañana por la tarde",
        "el viernes",
        "what for?",
        "why?",
        "I want another day",
        "sounds good",
        "good morning",
        "cancel",
        "stop",
        "help",
        "gracias",
        "buenas tardes",
        "para qué?",
        "hola",
        "ok perfecto",
        "3:30 pm",
        "555-0142",
        "jo.park@example.com",
        "👍",
        "",
        "hablar con una persona",
        "in may",
        "the 5th",
        "with Ben on friday",
        "con Ana",
        "haircut",
        "corte de pelo",
        "how much is it",
        "español por favor",
        "english please",
        "not now",
        "un momento",
    ] {
        told.extend(own_name(text, Asked::Name).map(|name| (text, name)));
    }
    for text in [
        "this is urgent",
        "it's Monday",
        "I'm free Friday",
        "I'm running late",
        "soy de Madrid",
        "soy clienta",
        "soy nueva",
        "I'm allergic to latex",
        "es para mañana",
        "it's for tomorrow",
        "this is for my hair",
        "this is ridiculous",
        "Thanks, Ana",
        "gracias, Ana",
        "aquí no",
        "is anyone here",
        "haircut with Ana in April",
        "I'm Spanish",
        "hi Ana, haircut please",
        "it's my birthday on Friday",
        "I'm bringing my son",
        "es el lunes",
        "call me tomorrow",
    ] {
        told.extend(own_name(text, Asked::Nothing).map(|name| (text, name)));
    }
    assert_eq!(told, []);
}

#[test]
fn names_are_told_in_many_ways() {
    for (asked, text, own, other) in [
        (
            Asked::Name,
            "karen smith 555-0102",
            Some("Karen Smith"),
            None,
        ),
        (Asked::Name, "Karen please", Some("Karen"), None),
        (Asked::Name, "uh my name is rosie", Some("Rosie"), None),
        (Asked::Name, "de parte de Luis", Some("Luis"), None),
        (
            Asked::Name,
            "it's for Agnes, that's my mum",
            None,
            Some("Agnes"),
        ),
        (
            Asked::Name,
            "ella es Rebeca, yo soy Dolores",
            Some("Dolores"),
            Some("Rebeca"),
        ),
        (
            Asked::Name,
            "José María Pérez-O'Neil",
            Some("José María Pérez-O'Neil"),
            None,
        ),
        (Asked::Name, "J. R. Ewing", Some("J. R. Ewing"), None),
        (Asked::Name, "soy la Pili", Some("Pili"), None),
        (Asked::Name, "Mariana Torres", Some("Mariana Torres"), None),
        (Asked::Name, "Candela Ruiz", Some("Candela Ruiz"), None),
        (Asked::Name, "Sun Li", Some("Sun Li"), None),
        (Asked::Name, "Ayşe Yılmaz", Some("Ayşe Yılmaz"), None),
        (
            Asked::Name,
            "María de los Ángeles García",
            Some("María de los Ángeles García"),
            None,
        ),
        (Asked::Nothing, "Yes please. Best, Hugh", Some("Hugh"), None),
        (
            Asked::Nothing,
            "haircut for my son leo on saturday",
            None,
            Some("Leo"),
        ),
        (
            Asked::Nothing,
            "corte para mi hija, Abril",
            None,
            Some("Abril"),
        ),
        (
            Asked::Nothing,
            "this is April, haircut on friday please",
            Some("April"),
            None,
        ),
    ] {
        let reading = read(text, asked, None, &["Ana", "Ben"]);
        let told = (
            reading.own_name(),
            reading.other().and_then(|other| other.name.as_deref()),
        );
        assert_eq!(told, (own, other), "{text}");
    }
}

#[test]
fn a_name_takes_nothing_from_what_is_said_besides() {
    let plain = read("haircut on friday please", Asked::Nothing, None, &[]);
    let named = read(
        "this is April May, haircut on friday please",
        Asked::Nothing,
        None,
        &[],
    );
    assert_eq!(
        (plain.when(), plain.services()),
        (named.when(), named.services())
    );
    let signed = read(
        "Yes please. Regards, Hugh Pemberton",
        Asked::Nothing,
        None,
        &[],
    );
    assert_eq!(
        signed.assent,
        read("yes please", Asked::Nothing, None, &[]).assent
    );
    assert!(signed.assent.is_some());
}

/// A line of a table: what was asked, the text and the names in it.
fn lines(table: &'static str) -> Vec<(Asked, String, Vec<&'static str>)> {
    let mut asked = Asked::Nothing;
    let mut lines = Vec::new();
    let all = table.lines();
    for line in all.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(last) = line.strip_prefix("@ asked=") {
            asked = match last {
                "name" => Asked::Name,
                "nothing" | "confirm" | "service" => Asked::Nothing,
                other => panic!("asked={other}"),
            };
            continue;
        }
        let (text, names) = line.split_once(" =>").unwrap();
        let names = names.trim().split("; ").filter(|name| !name.is_empty());
        lines.push((asked, text.replace("\\n", "\n"), names.collect()));
    }
    lines
}

/// What of a table is not read as it is meant.
fn misses(table: &'static str, language: Language) -> String {
    let lines = lines(table);
    let mut missed = format!("of {} lines:\n", lines.len());
    for (asked, text, mut meant) in lines {
        let reading = read(&text, asked, Some(language), &["Ana", "Ben"]);
        let own = reading.own_name().map(|name| format!("name:{name}"));
        let other = reading
            .other()
            .and_then(|other| other.name.as_ref())
            .map(|name| format!("for:{name}"));
        let mut read: Vec<_> = own.into_iter().chain(other).collect();
        read.sort_unstable();
        meant.sort_unstable();
        if read != meant {
            let (meant, read) = (meant.join("; "), read.join("; "));
            writeln!(missed, "{asked:?}: {text} => {meant} => {read}").unwrap();
        }
    }
    missed
}

#[test]
fn names_are_read_but_for_what_is_listed() {
    let english = include_str!("../data/phrases/names_en.txt");
    let spanish = include_str!("../data/phrases/names_es.txt");
    insta::assert_snapshot!(misses(english, Language::English), @"of 42 lines:");
    insta::assert_snapshot!(misses(spanish, Language::Spanish), @"of 46 lines:");
}
