//! Figures of many conversations, and transcripts of those that failed.

use std::{collections::BTreeMap, fmt::Write as _};

use frontdesk::language::Language;

use super::{customer::Stumble, goal::Kind};

/// The share of conversations that may end with a wrong booking. The aim is none.
const MOST_WRONG: f64 = 0.001;
/// The share of conversations that must end as the customer wants. The aim is 0.95.
const LEAST_MET: f64 = 0.99;
/// The stumbles that a report lists.
const MOST_STUMBLES: usize = 80;
/// The mean number of turns of a plain booking.
const MOST_TURNS: f64 = 4.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    Success,
    /// Something is firm that is not the goal.
    Wrong(&'static str),
    /// The goal is firm, but under another name.
    Misnamed,
    GaveUp(&'static str),
}

/// A reply that a good one would have been otherwise, and the phrase before it.
#[derive(Debug, Clone)]
pub(super) struct Stumbled {
    pub(super) what: Stumble,
    pub(super) phrase: String,
}

#[derive(Debug, Clone)]
pub(super) struct Played {
    pub(super) language: Language,
    pub(super) seed: usize,
    pub(super) kind: Kind,
    pub(super) outcome: Outcome,
    pub(super) turns: usize,
    pub(super) stumbles: Vec<Stumbled>,
    pub(super) transcript: String,
}

/// Every conversation of a run.
#[derive(Debug, Default)]
pub(super) struct Report(Vec<Played>);

#[derive(Debug, Default)]
struct Figures {
    played: usize,
    met: usize,
    wrong: usize,
    misnamed: usize,
    turns: usize,
}

impl Figures {
    fn add(&mut self, played: &Played) {
        self.played += 1;
        match played.outcome {
            Outcome::Success => {
                self.met += 1;
                self.turns += played.turns;
            }
            Outcome::Wrong(_) => self.wrong += 1,
            Outcome::Misnamed => self.misnamed += 1,
            Outcome::GaveUp(_) => {}
        }
    }

    fn line(&self) -> String {
        let Self {
            played,
            met,
            wrong,
            misnamed,
            turns,
        } = self;
        let share = 100.0 * ratio(*met, *played);
        let mean = ratio(*turns, *met);
        let gave_up = played - met - wrong - misnamed;
        format!(
            "{played:6} played, {share:5.1} % met, {wrong:4} wrong, {misnamed:4} misnamed, \
             {gave_up:4} gave up, {mean:.2} turns"
        )
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    let [part, whole] = [part, whole.max(1)].map(|one| f64::from(u32::try_from(one).unwrap()));
    part / whole
}

impl Report {
    pub(super) fn add(&mut self, played: Played) {
        self.0.push(played);
    }

    fn figures<K: Ord>(&self, key: impl Fn(&Played) -> K) -> BTreeMap<K, Figures> {
        let mut all: BTreeMap<K, Figures> = BTreeMap::new();
        for played in &self.0 {
            all.entry(key(played)).or_default().add(played);
        }
        all
    }

    /// Returns whether the figures are at least as good as those reached before.
    pub(super) fn is_good(&self) -> bool {
        let all = self.figures(|_| ());
        let plain = self.figures(|played| played.kind.is_plain());
        let (all, plain) = (&all[&()], &plain[&true]);
        ratio(all.wrong, all.played) <= MOST_WRONG
            && ratio(all.met, all.played) >= LEAST_MET
            && ratio(plain.turns, plain.met) <= MOST_TURNS
    }

    /// The figures by language and kind of goal, and up to `most` transcripts of each failure.
    pub(super) fn text(&self, most: usize) -> String {
        let mut text = String::new();
        let mut add = |name: String, figures: &Figures| {
            writeln!(text, "{name:24} {}", figures.line()).unwrap();
        };
        for (language, figures) in self.figures(language) {
            add(language.to_owned(), &figures);
        }
        for ((language, kind), figures) in self.figures(|played| (language(played), played.kind)) {
            add(format!("{language} {kind:?}"), &figures);
        }
        self.stumbles(&mut text);
        self.failures(&mut text, most);
        text
    }

    /// The phrases after which replies were not as a good reply is, in all conversations.
    fn stumbles(&self, text: &mut String) {
        let mut counts: BTreeMap<_, usize> = BTreeMap::new();
        for played in &self.0 {
            for one in &played.stumbles {
                let key = (language(played), one.what, one.phrase.as_str());
                *counts.entry(key).or_default() += 1;
            }
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        writeln!(text, "\nMost frequent stumbles, in all conversations:").unwrap();
        for ((language, what, phrase), count) in counts.iter().take(MOST_STUMBLES) {
            writeln!(text, "{count:5} × {language}, {what}: {phrase}").unwrap();
        }
    }

    fn failures(&self, text: &mut String, most: usize) {
        let mut groups: BTreeMap<_, Vec<&Played>> = BTreeMap::new();
        for played in self.0.iter().filter(|one| one.outcome != Outcome::Success) {
            // The first thing that went wrong stands for all of them.
            let first = played.stumbles.first();
            let what = first.map_or("nothing seen", |one| one.what);
            let phrase = first.map_or("", |one| one.phrase.as_str());
            let key = phrase.split(':').next().unwrap_or_default();
            groups
                .entry((language(played), what, key))
                .or_default()
                .push(played);
        }
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_by_key(|(_, all)| std::cmp::Reverse(all.len()));
        for ((language, what, key), mut all) in groups {
            all.sort_by_key(|one| one.seed);
            writeln!(
                text,
                "\n=== {} × {language}: {what}, after {key}",
                all.len()
            )
            .unwrap();
            let mut phrases: BTreeMap<&str, usize> = BTreeMap::new();
            for one in &all {
                let first = one.stumbles.first();
                *phrases
                    .entry(first.map_or("", |one| &one.phrase))
                    .or_default() += 1;
            }
            let mut phrases: Vec<_> = phrases.into_iter().collect();
            phrases.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            for (phrase, count) in phrases.iter().take(12) {
                writeln!(text, "    {count} × {phrase}").unwrap();
            }
            for one in all.iter().take(most) {
                let (seed, kind, outcome) = (one.seed, one.kind, one.outcome);
                writeln!(text, "--- {language}:{seed} {kind:?}: {outcome:?}").unwrap();
                text.push_str(&one.transcript);
            }
        }
    }
}

fn language(played: &Played) -> &'static str {
    match played.language {
        Language::English => "english",
        Language::Spanish => "spanish",
    }
}
