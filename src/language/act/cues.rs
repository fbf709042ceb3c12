//! The phrases that tell a yes, a no and a hesitation, and where they stand in a text.
//!
//! They are looked up apart from the [`Lexicon`], so that a phrase such as "see you thursday" can
//! be a goodbye here and name a day there.

use std::{ops::Range, sync::LazyLock};

use foldhash::HashMap;

use crate::language::{
    Language,
    lexicon::{Lexicon, squeeze},
    phrases::phrases,
    sentence::is_proper,
    slip::Spellings,
    vocabulary::{Cue, Vocabulary},
    words::Words,
};

/// The cues of one language.
#[derive(Debug, Default)]
struct Cues {
    /// By first word: the words that follow and what they tell, the longest first.
    entries: HashMap<&'static str, Vec<Entry>>,
    /// The phrases of one word, which may be misspelt.
    single: Spellings,
}

#[derive(Debug)]
struct Entry {
    rest: Vec<&'static str>,
    cues: Vec<Cue>,
}

/// A phrase of a text, or a word that is none.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) cues: &'static [Cue],
    pub(super) words: Range<usize>,
}

static ENGLISH: LazyLock<Cues> = LazyLock::new(|| Cues::build(Language::English));
static SPANISH: LazyLock<Cues> = LazyLock::new(|| Cues::build(Language::Spanish));

/// Shorter words are only known as they are written.
const MISSPELT_FROM: usize = 5;
/// Shorter words of the other language are a coincidence.
const BORROWED_FROM: usize = 4;

/// The phrases of a text one after the other. Of the words that are `taken` by a name nothing is
/// looked up.
pub(super) fn places(words: &Words, language: Language, taken: &[Range<usize>]) -> Vec<Place> {
    let mut places = Vec::with_capacity(words.as_slice().len());
    let mut n = 0;
    while n < words.as_slice().len() {
        let name = taken.iter().find(|range| range.contains(&n));
        let (cues, end) = match name {
            Some(range) => (&[] as &[Cue], range.end.max(n + 1)),
            None => find(words, n, language).unwrap_or((&[], n + 1)),
        };
        places.push(Place {
            cues,
            words: n..end,
        });
        n = end;
    }
    places
}

/// Returns whether a word alone is a phrase that tells something.
pub(super) fn is_cue(word: &str, language: Language) -> bool {
    let entries = Cues::of(language).entries.get(word);
    let alone = |entries: &Vec<Entry>| entries.iter().any(|entry| entry.rest.is_empty());
    let is_drawn = || {
        let known = |language: Language| Lexicon::of(language).knows(word);
        // "Parra" and "Lee" are names, "valee" is none.
        let last = word.chars().next_back();
        let drawn = word.strip_suffix(|letter| Some(letter) == last);
        let short = drawn.filter(|short| short.chars().next_back() == last);
        let long = short.is_some_and(|short| short.chars().count() >= MISSPELT_FROM - 1);
        long && !Language::ALL.into_iter().any(known) && Cues::of(language).drawn(word).is_some()
    };
    entries.is_some_and(alone) || is_drawn()
}

fn find(words: &Words, n: usize, language: Language) -> Option<(&'static [Cue], usize)> {
    let word = words.as_slice()[n].as_str();
    let other = match language {
        Language::English => Language::Spanish,
        Language::Spanish => Language::English,
    };
    let own = Cues::of(language).find(words, n, language);
    own.or_else(|| {
        let found = Cues::of(other).find(words, n, other)?;
        let long = word.chars().count() >= BORROWED_FROM || found.1 > n + 1;
        (long && !Lexicon::of(language).knows(word)).then_some(found)
    })
    .or_else(|| {
        let known = Language::ALL
            .iter()
            .any(|one| Lexicon::of(*one).knows(word));
        let drawn = Cues::of(language).drawn(word).filter(|_| !known);
        let near = || {
            let may_be = !known && !is_proper(words, n);
            Cues::of(language).nearest(word).filter(|_| may_be)
        };
        Some((drawn.or_else(near)?, n + 1))
    })
}

// === impl Cues ===

impl Cues {
    fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::Spanish => &SPANISH,
        }
    }

    fn build(language: Language) -> Self {
        let mut all = Self::default();
        for cue in Cue::ALL {
            for phrase in phrases((Vocabulary::of(language).cue)(*cue)).iter() {
                all.add(phrase, *cue);
            }
        }
        for entries in all.entries.values_mut() {
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.rest.len()));
        }
        let is_single = |entries: &[Entry]| entries.last().is_some_and(|one| one.rest.is_empty());
        let singles = all.entries.iter().filter(|(_, all)| is_single(all));
        let mut singles: Vec<_> = singles.map(|(word, _)| *word).collect();
        singles.sort_unstable();
        for word in singles {
            all.single.add(word);
        }
        all
    }

    fn add(&mut self, phrase: &'static str, cue: Cue) {
        let mut words = phrase.split(' ');
        let Some(first) = words.next() else { return };
        let rest: Vec<_> = words.collect();
        let entries = self.entries.entry(first).or_default();
        match entries.iter_mut().find(|entry| entry.rest == rest) {
            Some(entry) if entry.cues.contains(&cue) => {}
            Some(entry) => entry.cues.push(cue),
            None => entries.push(Entry {
                rest,
                cues: vec![cue],
            }),
        }
    }

    /// The longest phrase that begins at a word, and where it ends.
    fn find(
        &'static self,
        words: &Words,
        n: usize,
        language: Language,
    ) -> Option<(&'static [Cue], usize)> {
        let lexicon = Lexicon::of(language);
        let all = words.as_slice();
        let same = |phrase: &str, word: &str| {
            phrase == word || phrase == lexicon.full(word) || phrase == squeeze(word)
        };
        let first = all[n].as_str();
        let forms = [first, lexicon.full(first), squeeze(first)];
        let candidates = forms.into_iter().filter_map(|form| self.entries.get(form));
        let fits = |entry: &&Entry| {
            let end = n + 1 + entry.rest.len();
            end <= all.len()
                && (n + 1..end).all(|at| !words.stop_before(at))
                && entry
                    .rest
                    .iter()
                    .zip(&all[n + 1..end])
                    .all(|(phrase, word)| same(phrase, word))
        };
        let longest = candidates
            .flatten()
            .filter(fits)
            .max_by_key(|entry| entry.rest.len())?;
        Some((&longest.cues, n + 1 + longest.rest.len()))
    }

    /// The reading of a word without its lengthened letters: "valee", "daale".
    fn drawn(&'static self, word: &str) -> Option<&'static [Cue]> {
        let mut letters: Vec<char> = word.chars().collect();
        let length = letters.len();
        letters.dedup();
        if letters.len() == length || letters.len() < 2 {
            return None;
        }
        let short: String = letters.into_iter().collect();
        let entries = self.entries.get(short.as_str())?;
        let alone = entries.iter().find(|entry| entry.rest.is_empty())?;
        Some(&alone.cues)
    }

    /// The reading of a word that was misspelt.
    fn nearest(&'static self, word: &str) -> Option<&'static [Cue]> {
        if word.chars().count() < MISSPELT_FROM {
            return None;
        }
        let right = self.single.near(word).next()?;
        let entries = self.entries.get(right)?;
        let alone = entries.iter().find(|entry| entry.rest.is_empty())?;
        Some(&alone.cues)
    }
}
