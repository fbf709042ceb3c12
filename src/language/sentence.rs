//! A text as what its words mean, one after the other.
//!
//! The invariant: every word belongs to exactly one [`Lexeme`], known or not.

use std::{cell::OnceCell, ops::Range};

use chrono::Weekday;

use super::{
    Language,
    clock::DayPart,
    intent::Intent,
    lexicon::{Found, Lexicons, Meaning},
    phrases::in_any,
    vocabulary::{Particle, Particles, Phrases, Vocabulary},
    words::Words,
};

/// A word or phrase, and what it may mean.
#[derive(Debug, Clone)]
pub(super) struct Lexeme {
    meanings: &'static [Meaning],
    /// The small words among its meanings.
    particles: Particles,
    /// The number that is written in figures, if it is one.
    figure: Option<u16>,
    /// It begins with a figure.
    is_figure: bool,
    /// Which words it takes.
    pub(super) words: Range<usize>,
}

/// The lexemes of a text.
#[derive(Debug)]
pub(super) struct Sentence<'w> {
    pub(super) words: &'w Words,
    lexemes: Vec<Lexeme>,
    /// For each lexeme whether a clause begins there, once that was asked.
    pub(super) clauses: OnceCell<Vec<bool>>,
}

/// Words this short that only the other language knows are a coincidence.
const BORROWED_FROM: usize = 4;

// === impl Sentence ===

impl<'w> Sentence<'w> {
    /// Reads words in a language; what it does not know may be of the other one, and the more so
    /// if it is not `sure`. Of the words that
    /// are `taken` by a name nothing else is read.
    pub(super) fn of(
        words: &'w Words,
        language: Language,
        sure: bool,
        taken: &[Range<usize>],
    ) -> Self {
        let mut lexemes = Vec::with_capacity(words.as_slice().len());
        let mut n = 0;
        while n < words.as_slice().len() {
            let name = taken.iter().find(|range| range.contains(&n));
            let found = match name {
                Some(range) => Found::nothing(range.end - n),
                None => find(words, n, language, sure).unwrap_or(Found::nothing(1)),
            };
            let Found {
                meanings,
                particles,
                length,
            } = found;
            let word = Some(words.as_slice()[n].as_str());
            let word = word.filter(|_| name.is_none() && meanings.is_empty());
            lexemes.push(Lexeme {
                meanings,
                particles,
                figure: word
                    .filter(|word| word.len() <= 4)
                    .and_then(|word| word.parse().ok()),
                is_figure: word.is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit())),
                words: n..n + length,
            });
            n += length;
        }
        Self {
            words,
            lexemes,
            clauses: OnceCell::new(),
        }
    }

    /// How many lexemes there are.
    pub(super) fn len(&self) -> usize {
        self.lexemes.len()
    }

    /// The lexeme at a place.
    pub(super) fn at(&self, n: usize) -> Option<&Lexeme> {
        self.lexemes.get(n)
    }

    /// The lexeme that holds a word.
    pub(super) fn holding(&self, word: usize) -> usize {
        self.lexemes
            .partition_point(|lexeme| lexeme.words.end <= word)
    }

    /// The words of a lexeme; none past the end.
    pub(super) fn said(&self, n: usize) -> &'w [String] {
        let words = self.at(n).map_or(0..0, |lexeme| lexeme.words.clone());
        &self.words.as_slice()[words]
    }

    /// The word of a lexeme that is a single one.
    pub(super) fn single(&self, n: usize) -> Option<&'w str> {
        match self.said(n) {
            [word] => Some(word),
            _ => None,
        }
    }

    /// Returns whether the first word of a lexeme is one of these.
    pub(super) fn begins_with(
        &self,
        n: usize,
        pick: impl Fn(&'static Vocabulary) -> Phrases,
    ) -> bool {
        let first = self.said(n).first();
        first.is_some_and(|word| in_any(pick).has(word))
    }

    /// Returns whether the last word of a lexeme is one of these.
    pub(super) fn ends_with(
        &self,
        n: usize,
        pick: impl Fn(&'static Vocabulary) -> Phrases,
    ) -> bool {
        let last = self.said(n).last();
        last.is_some_and(|word| in_any(pick).has(word))
    }

    /// The first lexeme after the last stop before this one or at it.
    pub(super) fn since_stop(&self, n: usize) -> usize {
        let mut back = (0..=n).rev();
        back.find(|n| self.stop_before(*n)).unwrap_or(0)
    }

    /// Whether a lexeme may be a small word of that sort.
    pub(super) fn is(&self, n: usize, particle: Particle) -> bool {
        self.at(n)
            .is_some_and(|lexeme| lexeme.particles.has(particle))
    }

    /// Whether a lexeme may mean that.
    pub(super) fn means(&self, n: usize, wanted: impl Fn(Meaning) -> bool) -> bool {
        self.meanings(n).iter().any(|meaning| wanted(*meaning))
    }

    /// All that a lexeme may mean.
    pub(super) fn meanings(&self, n: usize) -> &'static [Meaning] {
        self.at(n).map_or(&[], |lexeme| lexeme.meanings)
    }

    fn find<T>(&self, n: usize, pick: impl Fn(Meaning) -> Option<T>) -> Option<T> {
        self.meanings(n).iter().find_map(|meaning| pick(*meaning))
    }

    /// A number, in figures or words.
    pub(super) fn number(&self, n: usize) -> Option<u16> {
        let lexeme = self.at(n)?;
        if lexeme.is_figure {
            lexeme.figure
        } else {
            self.spelled(n)
        }
    }

    /// A number in words.
    pub(super) fn spelled(&self, n: usize) -> Option<u16> {
        self.find(n, |meaning| match meaning {
            Meaning::Number(number) => Some(number),
            _ => None,
        })
    }

    /// A weekday.
    pub(super) fn weekday(&self, n: usize) -> Option<Weekday> {
        self.find(n, |meaning| match meaning {
            Meaning::Weekday(weekday) => Some(weekday),
            _ => None,
        })
    }

    /// A part of the day.
    pub(super) fn part(&self, n: usize) -> Option<DayPart> {
        self.find(n, |meaning| match meaning {
            Meaning::Part(part) => Some(part),
            _ => None,
        })
    }

    /// What is wanted by it.
    pub(super) fn intent(&self, n: usize) -> Option<Intent> {
        self.find(n, |meaning| match meaning {
            Meaning::Intent(intent) => Some(intent),
            _ => None,
        })
    }

    /// Whether a stop stands before a lexeme, or the text ends there.
    pub(super) fn stop_before(&self, n: usize) -> bool {
        self.at(n)
            .is_none_or(|lexeme| self.words.stop_before(lexeme.words.start))
    }

    /// Returns whether something said before is taken back there: "sorry, I meant".
    pub(super) fn corrects(&self, n: usize) -> bool {
        let begins = n > 0 && self.stop_before(n);
        let dash = || {
            let word = self.at(n).map_or(0, |lexeme| lexeme.words.start);
            self.words.dash_before(word)
        };
        self.is(n, Particle::Meant)
            && (begins
                || n > 0
                    && (self.is(n - 1, Particle::Not) || dash() || self.is(n - 1, Particle::But)))
    }

    /// Returns whether a lexeme is "my", or a phrase that ends in it: "can my".
    pub(super) fn is_mine(&self, n: usize) -> bool {
        let ends_in_my = || {
            let lexeme = self.at(n).filter(|lexeme| lexeme.words.len() > 1);
            lexeme.is_some_and(|lexeme| {
                let last = &self.words.as_slice()[lexeme.words.end - 1];
                in_any(|one| one.grammar.my).has(last)
            })
        };
        self.is(n, Particle::My) || ends_in_my()
    }

    /// Returns the word for somebody near to the customer that begins at a lexeme, or follows the word
    /// that says which: "dog" of "other dog".
    pub(super) fn kin_at(&self, n: usize) -> Option<usize> {
        let is_kin = |n: usize| self.is(n, Particle::Relation);
        let is_which = |n: usize| {
            let lexeme = self.at(n).filter(|lexeme| lexeme.words.len() == 1);
            let word = lexeme.map(|lexeme| &self.words.as_slice()[lexeme.words.start]);
            word.is_some_and(|word| in_any(|one| one.company.which_kin).has(word))
        };
        let next = (is_which(n) && !self.stop_before(n + 1)).then_some(n + 1);
        std::iter::once(n).chain(next).find(|n| is_kin(*n))
    }

    /// Returns whether somebody near to the customer is spoken of right after a lexeme: "talk to | my
    /// mother".
    pub(super) fn leads_to_kin(&self, n: usize) -> bool {
        self.is(n + 1, Particle::My) && self.is(n + 2, Particle::Relation)
    }

    /// Whether nothing is known of a lexeme.
    pub(super) fn is_unknown(&self, n: usize) -> bool {
        self.at(n)
            .is_some_and(|lexeme| lexeme.meanings.is_empty() && !lexeme.is_figure)
    }
}

/// Returns whether a word is written as a name is: with a capital where no sentence begins.
pub(super) fn is_proper(words: &Words, n: usize) -> bool {
    let written = words.written(n);
    n > 0
        && !words.sentence_before(n)
        && written.starts_with(char::is_uppercase)
        && written.contains(char::is_lowercase)
}

fn find(words: &Words, n: usize, language: Language, sure: bool) -> Option<Found> {
    let word = words.as_slice()[n].as_str();
    let Lexicons { own, others } = Lexicons::of(language);
    if let Some(found) = own.find(words, n) {
        return Some(found);
    }
    let long = |found: &Found| found.length > 1 || word.chars().count() >= BORROWED_FROM;
    let borrowed = others.iter().filter_map(|other| other.find(words, n));
    let mut borrowed = borrowed.filter(|found| !sure || long(found) && !own.knows(word));
    borrowed.next().or_else(|| {
        let mut all = std::iter::once(&own).chain(&others);
        let is_known = all.clone().any(|lexicon| lexicon.knows(word));
        let wishes = |found: &Found| {
            let mut meanings = found.meanings.iter();
            meanings.any(|meaning| matches!(meaning, Meaning::Intent(_)))
        };
        all.find_map(|lexicon| lexicon.nearest(word))
            .filter(|found| !(is_known || is_proper(words, n) && wishes(found)))
    })
}
