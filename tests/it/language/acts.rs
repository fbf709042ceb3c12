//! What messages do, act by act, and which count as a yes.
//!
//! What is not read as meant is listed in a snapshot, so that every change shows:
//! `INSTA_UPDATE=always` writes it anew.

use std::{collections::BTreeMap, fmt::Write as _};

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use frontdesk::language::{
    ActKind, Asked, DateOrder, Language, Phrasebook, Reader, Reading,
    intent::{Assent, Intent},
};

use super::table::{self, Phrase};

/// One message of a table.
pub(crate) struct Message<'t> {
    pub(crate) kind: &'t str,
    pub(crate) asked: &'t str,
    /// With line breaks where the table has `\n`.
    pub(crate) text: String,
    pub(crate) acts: Vec<&'t str>,
}

/// What a message has to come to where an appointment was proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It is booked as it was proposed.
    Booked,
    /// Something else is asked about.
    Changed,
    /// Nothing is booked.
    Refused,
    /// The message is no answer.
    Other,
}

/// The messages of a table.
pub(crate) fn messages(table: &str) -> Vec<Message<'_>> {
    let (mut kind, mut asked) = ("", "");
    let mut messages = Vec::new();
    for line in table.lines() {
        if let Some(name) = line.strip_prefix("# kind: ") {
            kind = name;
        } else if let Some(question) = line.strip_prefix("@ asked=") {
            asked = question;
        } else if let Some((text, acts)) = line.rsplit_once(" => ")
            && !line.starts_with('#')
        {
            messages.push(Message {
                kind,
                asked,
                text: text.replace("\\n", "\n"),
                acts: acts.split(';').map(str::trim).collect(),
            });
        }
    }
    messages
}

// === impl Message ===

impl Message<'_> {
    /// What it has to come to, by its acts.
    pub(crate) fn outcome(&self) -> Outcome {
        let has = |name: &str| self.does(name);
        if self.asked != "confirm" {
            Outcome::Other
        } else if has("deny") || has("hesitate") {
            Outcome::Refused
        } else if !has("affirm") {
            Outcome::Other
        } else if self.acts.iter().all(|act| keeps_it(act)) && !self.kind.contains("chang") {
            Outcome::Booked
        } else {
            Outcome::Changed
        }
    }

    /// Returns whether it does this.
    pub(crate) fn does(&self, name: &str) -> bool {
        self.acts.iter().any(|act| first(act) == name)
    }

    /// Returns whether an act of it tells that.
    pub(crate) fn tells(&self, slot: &str) -> bool {
        let slot = format!(" {slot}=");
        self.acts.iter().any(|act| act.contains(&slot))
    }

    /// Its answers and courtesies.
    fn stances(&self) -> Vec<&str> {
        let mut stances: Vec<_> = self.acts.iter().map(|act| first(act)).collect();
        stances.retain(|act| STANCES.iter().any(|(_, name)| name == act));
        stances.dedup();
        stances
    }
}

const STANCES: [(ActKind, &str); 6] = [
    (ActKind::Affirm, "affirm"),
    (ActKind::Deny, "deny"),
    (ActKind::Hesitate, "hesitate"),
    (ActKind::Greet, "greet"),
    (ActKind::Thank, "thank"),
    (ActKind::Part, "part"),
];

fn first(act: &str) -> &str {
    act.split(' ').next().unwrap()
}

/// Returns whether an act leaves what was proposed as it is: a haircut with Ana, Thursday 5 March,
/// 15:00. A second appointment for somebody else does, too.
fn keeps_it(act: &str) -> bool {
    let mut slots = act.split(' ');
    match slots.next().unwrap() {
        "affirm" | "greet" | "thank" | "part" | "ask" | "state" | "name" | "sametime" => true,
        "inform" => slots
            .all(|slot| ["svc=cut", "staff=ana", "day=2026-03-05", "time=15:00"].contains(&slot)),
        "book" => act.contains("book add") && act.contains("for="),
        _ => false,
    }
}

pub(super) fn context_of<'t>(message: &'t Message<'_>) -> Phrase<'t> {
    Phrase {
        line: 0,
        now: "2026-03-04T10:00:00".parse().unwrap(),
        asked: match message.asked {
            "confirm" => Asked::Proposal,
            "time" => Asked::Time,
            "name" => Asked::Name,
            _ => Asked::Nothing,
        },
        order: DateOrder::Either,
        text: &message.text,
        expected: "",
    }
}

/// The answers and courtesies that were read.
fn stances(reading: &Reading) -> Vec<&'static str> {
    let name = |kind: ActKind| STANCES.iter().find(|(one, _)| *one == kind);
    let mut stances: Vec<_> = reading
        .acts
        .iter()
        .filter_map(|act| name(act.kind).map(|(_, name)| *name))
        .collect();
    stances.dedup();
    stances
}

/// Returns whether a reading is a yes to the haircut with Ana, Thursday 5 March, 15:00.
pub(super) fn is_yes(reading: &Reading) -> bool {
    let three = NaiveTime::from_hms_opt(15, 0, 0).unwrap();
    let start: NaiveDateTime = NaiveDate::from_ymd_opt(2026, 3, 5).unwrap().and_time(three);
    let other = [
        Intent::Earlier,
        Intent::Later,
        Intent::Anyone,
        Intent::Anytime,
    ];
    reading.assent == Some(Assent::Yes)
        && reading.services().iter().all(|one| *one == [0])
        && reading.not_services().is_empty()
        && reading.staff().iter().all(|one| *one == 0)
        && reading.not_staff().is_empty()
        && (reading.when().is_empty() || reading.when().contains(start))
        && !other.iter().any(|intent| reading.has(*intent))
}

/// How many of each kind are read as meant, and every miss.
fn score(table: &str, language: Language) -> String {
    let mut kinds = BTreeMap::<&str, (u32, u32)>::new();
    let mut misses = String::new();
    for message in messages(table) {
        let phrase = context_of(&message);
        let reading = Phrasebook.read(&message.text, &table::context(&phrase, Some(language)));
        let (meant, read) = (message.stances(), stances(&reading));
        let yes = is_yes(&reading);
        let outcome = message.outcome();
        let counts = outcome == Outcome::Other || yes == (outcome == Outcome::Booked);
        let (right, all) = kinds.entry(message.kind).or_default();
        *all += 1;
        if meant == read && counts {
            *right += 1;
        } else {
            let (meant, read) = (meant.join(" "), read.join(" "));
            let yes = if counts {
                ""
            } else if yes {
                ", a yes"
            } else {
                ", no yes"
            };
            let text = &message.text;
            writeln!(
                misses,
                "{}: {text:?} => {meant} => {read}{yes}",
                message.asked
            )
            .unwrap();
        }
    }
    let mut figures = String::new();
    for (kind, (right, all)) in &kinds {
        writeln!(figures, "{kind}: {right} of {all}").unwrap();
    }
    let right: u32 = kinds.values().map(|(right, _)| right).sum();
    let all: u32 = kinds.values().map(|(_, all)| all).sum();
    writeln!(figures, "all: {right} of {all}").unwrap();
    format!("{figures}\n{misses}")
}

#[test]
fn english_acts_are_read_but_for_what_is_listed() {
    let table = include_str!("../data/phrases/acts_en.txt");
    insta::assert_snapshot!("english_acts", score(table, Language::English));
}

#[test]
fn spanish_acts_are_read_but_for_what_is_listed() {
    let table = include_str!("../data/phrases/acts_es.txt");
    insta::assert_snapshot!("spanish_acts", score(table, Language::Spanish));
}

/// The messages of a table of wishes that are read as a yes where one was asked for, though the
/// table knows of none.
fn false_yeses(table: &str, order: DateOrder, language: Language) -> String {
    let mut found = String::new();
    for mut phrase in table::phrases(table, order) {
        phrase.asked = Asked::Proposal;
        let reading = Phrasebook.read(phrase.text, &table::context(&phrase, Some(language)));
        let meant = phrase.expected.split(' ').any(|word| word == "yes");
        if reading.assent == Some(Assent::Yes) && !meant {
            writeln!(found, "{} => {}", phrase.text, phrase.expected).unwrap();
        }
    }
    found
}

#[test]
fn wishes_in_english_are_no_yes_but_for_what_is_listed() {
    let table = include_str!("../data/phrases/en.txt");
    let found = false_yeses(table, DateOrder::MonthFirst, Language::English);
    insta::assert_snapshot!("english_wishes", found);
}

#[test]
fn wishes_in_spanish_are_no_yes_but_for_what_is_listed() {
    let table = include_str!("../data/phrases/es.txt");
    let found = false_yeses(table, DateOrder::DayFirst, Language::Spanish);
    insta::assert_snapshot!("spanish_wishes", found);
}
