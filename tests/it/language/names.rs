//! Names as people tell them, from a table and from lists of names.

use std::fmt::Write as _;

use frontdesk::language::{Asked, Context, DateOrder, Language, Phrasebook, Reader, Reading};

const LISTS: [&str; 3] = [
    include_str!("../data/names/english.txt"),
    include_str!("../data/names/spanish.txt"),
    include_str!("../data/names/portuguese.txt"),
];

fn list(of: &str) -> Vec<&'static str> {
    let mut names = Vec::new();
    for text in LISTS {
        let mut part = "";
        for line in text
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
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

fn context<'a>(asked: Asked, language: Option<Language>, staff: Vec<&'a str>) -> Context<'a> {
    Context {
        now: "2026-03-04T10:00:00".parse().unwrap(),
        language,
        date_order: DateOrder::Either,
        country: None,
        last_day: None,
        closed: Default::default(),
        elsewhere: None,
        asked,
        services: vec![
            vec!["Haircut", "Corte de pelo"],
            vec!["Hair color", "Tinte"],
            vec!["Beard trim", "Arreglo de barba"],
            vec!["Manicure", "Manicura"],
        ],
        staff,
    }
}

fn read(text: &str, asked: Asked, language: Option<Language>) -> Reading {
    Phrasebook.read(text, &context(asked, language, vec!["Xyzzyx"]))
}

#[test]
fn scratch() {
    use std::collections::BTreeMap;
    let mut missed: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let both: Vec<_> = list("given").into_iter().chain(list("surnames")).collect();
    println!("{} names", both.len());
    for name in &both {
        let own = |text: String, asked| read(&text, asked, None).own_name.as_deref() == Some(*name);
        let kin =
            |text: String| read(&text, Asked::Nothing, None).for_name.as_deref() == Some(*name);
        let mut check = |what, fits: bool| {
            if !fits {
                missed.entry(what).or_default().push(name.to_string())
            }
        };
        check("alone", own(name.to_string(), Asked::Name));
        let low = read(&name.to_lowercase(), Asked::Name, None)
            .own_name
            .is_some();
        check("lower", low);
        for (what, before) in [
            ("soy", "soy "),
            ("me llamo", "me llamo "),
            ("my name is", "my name is "),
            ("this is", "this is "),
        ] {
            check(what, own(format!("{before}{name}"), Asked::Nothing));
        }
        for (what, before) in [("son", "for my son "), ("hijo", "para mi hijo ")] {
            check(what, kin(format!("{before}{name}")));
        }
        for (what, text) in [
            ("with", format!("with {name} on friday")),
            ("con", format!("con {name} el viernes")),
        ] {
            let reading =
                Phrasebook.read(&text, &context(Asked::Nothing, None, vec!["Xyzzyx", name]));
            let days = reading.when.days.clone();
            let friday = Phrasebook
                .read("on friday", &context(Asked::Nothing, None, vec![]))
                .when
                .days;
            check(what, reading.staff == [1] && days == friday);
        }
    }
    for surname in list("surnames") {
        for given in ["Zorka", "Ana", "April", "Domingo"] {
            let name = format!("{given} {surname}");
            let reading = read(&name, Asked::Name, None);
            if reading.own_name.as_deref() != Some(name.as_str()) {
                missed.entry("given+").or_default().push(name);
            }
        }
    }
    for (what, names) in missed {
        println!("{what} {}: {}", names.len(), names.join(" "));
    }
}

/// A line of a table: what was asked, the text and the names in it.
fn lines(table: &'static str) -> Vec<(Asked, String, Vec<&'static str>)> {
    let mut asked = Asked::Nothing;
    let mut lines = Vec::new();
    for line in table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        if let Some(last) = line.strip_prefix("@ asked=") {
            asked = match last {
                "name" => Asked::Name,
                "time" => Asked::Time,
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

fn misses(table: &'static str, language: Language) -> String {
    let lines = lines(table);
    let mut missed = format!("{} lines\n", lines.len());
    for (asked, text, meant) in lines {
        let reading = Phrasebook.read(&text, &context(asked, Some(language), vec!["Ana", "Ben"]));
        let own = reading.own_name.map(|name| format!("name:{name}"));
        let other = reading.for_name.map(|name| format!("for:{name}"));
        let mut read: Vec<_> = own.into_iter().chain(other).collect();
        let mut meant: Vec<_> = meant.into_iter().map(str::to_owned).collect();
        read.sort_unstable();
        meant.sort_unstable();
        if read != meant {
            let (meant, read) = (meant.join("; "), read.join("; "));
            writeln!(
                missed,
                "{asked:?}: {text}\n    meant {meant}\n    read  {read}"
            )
            .unwrap();
        }
    }
    missed
}

#[test]
fn tables() {
    println!(
        "{}",
        misses(
            include_str!("../data/phrases/names_en.txt"),
            Language::English
        )
    );
    println!(
        "{}",
        misses(
            include_str!("../data/phrases/names_es.txt"),
            Language::Spanish
        )
    );
}
