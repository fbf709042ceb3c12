//! What customers write and what they mean by it, from tables of phrases.
//!
//! A wrong reading is worse than a question, so that precision and recall are counted apart.

use frontdesk::language::{DateOrder, Language, Phrasebook, Reader};

use self::table::{Phrase, Said};

pub(crate) mod acts;
mod assent;
mod beside;
mod dates;
mod laws;
mod names;
mod notation;
mod own_words;
mod services;
mod table;

/// How often was read what is meant.
#[derive(Debug, Default)]
struct Score {
    expected: usize,
    /// Something was read where it is not what was meant.
    wrong: usize,
    right: usize,
    faults: Vec<String>,
}

impl Score {
    fn precision(&self) -> f64 {
        percent(self.right, self.right + self.wrong)
    }

    fn recall(&self) -> f64 {
        percent(self.right, self.expected)
    }

    fn count(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Silent => {}
            Verdict::Right => {
                self.right += 1;
                self.expected += 1;
            }
            Verdict::Wrong => {
                self.wrong += 1;
                self.expected += 1;
            }
            Verdict::Invented => self.wrong += 1,
            Verdict::Missed => self.expected += 1,
        }
    }
}

/// How a reading stands to what is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// Nothing is meant and nothing was read.
    Silent,
    Right,
    Wrong,
    /// Something was read where nothing is meant.
    Invented,
    /// Less was read than is meant, or it is asked about.
    Missed,
}

fn percent(part: usize, whole: usize) -> f64 {
    let count = |number: usize| f64::from(u32::try_from(number).unwrap());
    100.0 * count(part) / count(whole.max(1))
}

/// Day and time are judged as one: only all of it is right. To leave something out of several
/// things that narrow is a miss; to ask between the right one and others is one too.
fn judge_when(expected: &Said, read: &Said) -> Verdict {
    match (expected.when.is_empty(), read.when.is_empty()) {
        (true, true) => Verdict::Silent,
        (true, false) => Verdict::Invented,
        (false, true) => Verdict::Missed,
        (false, false) if expected.when == read.when => Verdict::Right,
        (false, false) => {
            let asks = |word: &String, right: &str| {
                word.contains('|') && word.split('|').any(|one| one == right)
            };
            let told = |word: &String| {
                let mut expected = expected.when.iter();
                expected.any(|right| right == word || asks(word, right))
            };
            if read.when.iter().all(told) {
                Verdict::Missed
            } else {
                Verdict::Wrong
            }
        }
    }
}

/// Everything else is judged one by one.
fn judge_rest(score: &mut Score, expected: &Said, read: &Said) {
    let right = expected.rest.intersection(&read.rest).count();
    for _ in 0..right {
        score.count(Verdict::Right);
    }
    for _ in expected.rest.difference(&read.rest) {
        score.count(Verdict::Missed);
    }
    for _ in read.rest.difference(&expected.rest) {
        score.count(Verdict::Invented);
    }
}

/// Only where the table tells the language, or another was read than that of the table.
fn judge_tongue(score: &mut Score, expected: &Said, read: &Said, language: Language) {
    let is = read.tongue.as_deref().unwrap_or("?");
    match expected.tongue.as_deref() {
        Some(right) if right == is => score.count(Verdict::Right),
        Some(_) if is == "?" => score.count(Verdict::Missed),
        None if is == language.code() => score.count(Verdict::Right),
        None if is == "?" => {}
        Some(_) | None => score.count(Verdict::Wrong),
    }
}

#[derive(Debug, Default)]
struct Scores {
    when: Score,
    rest: Score,
    tongue: Score,
}

fn score(phrases: &[Phrase<'_>], language: Language) -> Scores {
    let mut scores = Scores::default();
    for phrase in phrases {
        let context = table::context(phrase, None);
        let reading = Phrasebook.read(phrase.text, &context);
        let expected = Said::expected(phrase.expected);
        let read = Said::read(&reading, phrase.now, &table::OPEN);
        judge_tongue(&mut scores.tongue, &expected, &read, language);
        // What a text in another language says besides is not looked at.
        if expected.tongue.as_deref() == Some("other") {
            note(
                &mut scores.tongue,
                phrase,
                &read,
                read.tongue != expected.tongue,
            );
            continue;
        }
        let verdict = judge_when(&expected, &read);
        scores.when.count(verdict);
        note(&mut scores.when, phrase, &read, expected.when != read.when);
        judge_rest(&mut scores.rest, &expected, &read);
        note(&mut scores.rest, phrase, &read, expected.rest != read.rest);
        let other = match expected.tongue.as_deref() {
            Some(tongue) => read.tongue.as_deref() != Some(tongue),
            None => {
                !matches!(read.tongue.as_deref(), Some(code) if code == "?" || code == language.code())
            }
        };
        note(&mut scores.tongue, phrase, &read, other);
    }
    scores
}

/// Day and time alone.
fn score_held_out(phrases: &[Phrase<'_>]) -> Score {
    let mut score = Score::default();
    for phrase in phrases {
        let reading = Phrasebook.read(phrase.text, &table::context(phrase, None));
        let expected = Said::held_out(phrase.expected, phrase.now);
        let read = Said::read(&reading, phrase.now, &(9 * 60..18 * 60)).coarse(&expected);
        let verdict = match judge_when(&expected, &read) {
            Verdict::Silent if expected.rest == read.rest && expected.rest.is_empty() => {
                Verdict::Silent
            }
            Verdict::Silent if expected.rest == read.rest => Verdict::Right,
            Verdict::Silent if read.rest.is_empty() => Verdict::Missed,
            Verdict::Silent => Verdict::Invented,
            other => other,
        };
        score.count(verdict);
        let fault = !matches!(verdict, Verdict::Silent | Verdict::Right);
        note(&mut score, phrase, &read, fault);
    }
    score
}

fn note(score: &mut Score, phrase: &Phrase<'_>, read: &Said, fault: bool) {
    if fault {
        let words = read.when.iter().chain(&read.rest);
        let words: Vec<_> = words.map(String::as_str).collect();
        let (line, text, expected) = (phrase.line, phrase.text, phrase.expected);
        let tongue = read.tongue.as_deref().unwrap_or("?");
        let words = words.join(" ");
        score.faults.push(format!(
            "{line}: {text}\n    meant {expected}\n    read  {words} ({tongue})"
        ));
    }
}

/// Reads a table and holds the figures to the limits.
fn assert_understood(name: &str, table: &str, language: Language, order: DateOrder) {
    let phrases = table::phrases(table, order);
    let scores = score(&phrases, language);
    let parts = [
        ("day and time", &scores.when),
        ("all else", &scores.rest),
        ("language", &scores.tongue),
    ];
    let below = parts
        .into_iter()
        .filter(|(what, score)| !is_enough(&format!("{name}, {what}"), score));
    let below: Vec<_> = below.map(|(what, _)| what).collect();
    assert!(
        below.is_empty(),
        "{name}: below 97 % precision or 90 % recall: {below:?}"
    );
}

/// Prints the figures; whether they keep the limits.
#[expect(
    clippy::print_stdout,
    reason = "the figures are what these tests are read for"
)]
fn is_enough(name: &str, score: &Score) -> bool {
    let (precision, recall) = (score.precision(), score.recall());
    println!(
        "{name}: precision {precision:.1} %, recall {recall:.1} % ({} right, {} wrong of {} meant)",
        score.right, score.wrong, score.expected
    );
    for fault in &score.faults {
        println!("  {fault}");
    }
    precision >= 97.0 && recall >= 90.0
}

#[test]
fn english_is_understood() {
    let table = include_str!("data/phrases/en.txt");
    assert!(table::phrases(table, DateOrder::MonthFirst).len() >= 400);
    assert_understood("English", table, Language::English, DateOrder::MonthFirst);
}

#[test]
fn spanish_is_understood() {
    let table = include_str!("data/phrases/es.txt");
    assert!(table::phrases(table, DateOrder::DayFirst).len() >= 400);
    assert_understood("Spanish", table, Language::Spanish, DateOrder::DayFirst);
}

#[test]
fn what_others_wrote_is_understood() {
    let english = include_str!("data/phrases/heldout_en.txt");
    let spanish = include_str!("data/phrases/heldout_es.txt");
    let english = score_held_out(&table::held_out(english, DateOrder::MonthFirst));
    let spanish = score_held_out(&table::held_out(spanish, DateOrder::DayFirst));
    let enough = [
        is_enough("English, written by others", &english),
        is_enough("Spanish, written by others", &spanish),
    ];
    assert_eq!(enough, [true, true], "below 97 % precision or 90 % recall");
}
