//! The words of both languages, ready to be looked up.
//!
//! The invariant: of the phrases that begin at a word the longest is meant, and only that.

use std::sync::LazyLock;

use chrono::Weekday;
use foldhash::{HashMap, HashSet};

use super::{
    Language,
    chart::Token,
    clock::DayPart,
    feast::Feast,
    intent::Intent,
    phrases::{in_any, phrases},
    slip::{Spellings, slips},
    vocabulary::{PARTS, Particle, Particles, Phrases, Vocabulary, WEEK},
    words::Words,
};

/// What a word or phrase can mean. Many mean several things; the words around tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Weekday(Weekday),
    /// Such a day of any week.
    Each(Weekday),
    /// Its number, from one.
    Month(u32),
    Number(u16),
    /// A place in an order, counted from the end below 0.
    Ordinal(i16),
    /// So many days from today.
    Ahead(u16),
    Part(DayPart),
    /// A part of the day that belongs to the hour before it.
    PartOf(DayPart),
    /// A part of today.
    Today(DayPart),
    /// A day known by a name.
    Feast(Feast),
    /// A time zone, by its name in the IANA database.
    Zone(&'static str),
    Particle(Particle),
    Intent(Intent),
    Yes,
    No,
    /// Changes no yes and no no.
    Filler,
    /// Wants nothing.
    Idle,
}

// === impl Meaning ===

impl Meaning {
    /// Returns whether it belongs to dates and parts of the day.
    pub(super) fn is_day(self) -> bool {
        matches!(
            self,
            Self::Weekday(_) | Self::Month(_) | Self::Ahead(_) | Self::Feast(_)
        )
    }

    /// Returns whether it can be part of a date or time.
    pub(super) fn is_calendar(self) -> bool {
        matches!(
            self,
            Self::Weekday(_)
                | Self::Each(_)
                | Self::Month(_)
                | Self::Number(_)
                | Self::Ordinal(_)
                | Self::Ahead(_)
                | Self::Part(_)
                | Self::Today(_)
                | Self::Feast(_)
        )
    }
}

/// One language's words.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    /// By first word: the words that follow and what it means, the longest first.
    entries: HashMap<&'static str, Vec<Entry>>,
    /// Single words that may be misspelt.
    long: Spellings,
    /// Every word that is known, alone or in a phrase.
    known: HashSet<&'static str>,
    whole: Vec<(&'static str, Intent)>,
    /// Contractions without their apostrophe, where that is another word.
    contractions: HashSet<&'static str>,
    /// A number behind a weekday may be an hour.
    pub(super) has_bare_hours: bool,
    /// What words stand for that are typed in haste.
    short: HashMap<&'static str, &'static str>,
}

#[derive(Debug)]
struct Entry {
    rest: Vec<&'static str>,
    meanings: Vec<Meaning>,
    particles: Particles,
}

/// What was found at a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) meanings: &'static [Meaning],
    /// The small words among the meanings.
    pub(super) particles: Particles,
    /// How many words it takes.
    pub(super) length: usize,
}

// === impl Found ===

impl Found {
    /// Returns that these words mean nothing that is known.
    pub(super) fn nothing(length: usize) -> Self {
        Self {
            meanings: &[],
            particles: Particles::default(),
            length,
        }
    }
}

// === impl Entry ===

impl Entry {
    fn new(rest: Vec<&'static str>) -> Self {
        Self {
            rest,
            meanings: Vec::new(),
            particles: Particles::default(),
        }
    }

    fn add(&mut self, meaning: Meaning) {
        if self.meanings.contains(&meaning) {
            return;
        }
        self.meanings.push(meaning);
        if let Meaning::Particle(particle) = meaning {
            self.particles.add(particle);
        }
    }

    fn found(&'static self) -> Found {
        Found {
            meanings: &self.meanings,
            particles: self.particles,
            length: self.rest.len() + 1,
        }
    }
}

static LEXICONS: LazyLock<[Lexicon; Language::ALL.len()]> =
    LazyLock::new(|| Language::ALL.map(|language| Lexicon::build(Vocabulary::of(language))));

/// The words that a text is read by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lexicons {
    /// Those of its language.
    pub(super) own: &'static Lexicon,
    /// Those of the others, of which it may borrow.
    pub(super) others: [&'static Lexicon; Language::ALL.len() - 1],
}

impl Lexicons {
    /// Those for a text in a language.
    pub(super) fn of(language: Language) -> Self {
        let mut others = Language::ALL.into_iter().filter(|other| *other != language);
        Self {
            own: Lexicon::of(language),
            others: std::array::from_fn(|_| Lexicon::of(others.next().unwrap_or(language))),
        }
    }

    /// Returns whether any of them knows a word.
    pub(super) fn know(&self, word: &str) -> bool {
        self.own.knows(word) || self.others.iter().any(|other| other.knows(word))
    }
}

/// Shorter words are only known as they are written.
const MISSPELT_FROM: usize = 6;

// === impl Lexicon ===

impl Lexicon {
    /// That of a language.
    pub(super) fn of(language: Language) -> &'static Self {
        &LEXICONS[language as usize]
    }

    /// The longest phrase that begins at a word.
    pub(super) fn find(&'static self, words: &Words, at: usize) -> Option<Found> {
        let all = words.as_slice();
        let first = all.get(at)?;
        let (full, squeezed) = (self.full(first), squeeze(first));
        let written = self.longest(words, at, first);
        let meant = (full != first).then(|| self.longest(words, at, full));
        let found = [written, meant.flatten()].into_iter().flatten();
        found.max_by_key(|found| found.length).or_else(|| {
            (squeezed.len() < first.len())
                .then(|| self.longest(words, at, squeezed))
                .flatten()
        })
    }

    /// A word as it is written out.
    pub(super) fn full<'w>(&self, word: &'w str) -> &'w str {
        self.short.get(word).copied().unwrap_or(word)
    }

    /// Returns whether a word stands for two, and not for the one that it is without its apostrophe.
    fn is_contraction(&self, word: &str, has_apostrophe: bool) -> bool {
        has_apostrophe && self.contractions.contains(word)
    }

    fn longest(&'static self, words: &Words, at: usize, first: &str) -> Option<Found> {
        let entries = self.entries.get(first)?;
        let following = &words.as_slice()[at + 1..];
        let is_contraction = self.is_contraction(first, words.has_apostrophe(at));
        // Most phrases differ in their second word already.
        let second = following
            .first()
            .map(|word| (word.as_str(), self.full(word)));
        let fits = |entry: &&Entry| {
            let Some((next, rest)) = entry.rest.split_first() else {
                return !is_contraction;
            };
            second.is_some_and(|(word, full)| *next == word || *next == full)
                && rest.len() < following.len()
                && rest
                    .iter()
                    .zip(&following[1..])
                    .all(|(a, b)| a == b || *a == self.full(b))
                && (1..=entry.rest.len()).all(|n| !words.stop_before(at + n))
        };
        entries.iter().find(fits).map(Entry::found)
    }

    /// Every phrase that begins at a token: how many tokens it takes, and what it means.
    pub(super) fn each(
        &'static self,
        tokens: &[Token],
        at: usize,
        mut found: impl FnMut(usize, &'static [Meaning]),
    ) {
        let first = tokens[at].text.as_str();
        let (full, squeezed) = (self.full(first), squeeze(first));
        let mut forms = vec![first];
        forms.extend((full != first).then_some(full));
        forms.extend((squeezed.len() < first.len()).then_some(squeezed));
        let following = &tokens[at + 1..];
        let second = following
            .first()
            .map(|token| (token.text.as_str(), self.full(&token.text)));
        for form in forms {
            let is_contraction = self.is_contraction(form, tokens[at].has_apostrophe);
            for entry in self.entries.get(form).into_iter().flatten() {
                if entry.rest.is_empty() && is_contraction {
                    continue;
                }
                // Most phrases differ in their second word already.
                let may_follow =
                    |next: &&str| second.is_some_and(|(word, full)| *next == word || *next == full);
                if !entry.rest.first().is_none_or(may_follow) {
                    continue;
                }
                let fits = |(word, token): (&&'static str, &Token)| {
                    !token.stop && (*word == token.text || *word == self.full(&token.text))
                };
                if entry.rest.len() <= following.len() && entry.rest.iter().zip(following).all(fits)
                {
                    found(entry.rest.len() + 1, &entry.meanings);
                }
            }
        }
    }

    /// What a word means that was misspelt.
    pub(super) fn nearest(&'static self, word: &str) -> Option<Found> {
        // "Valentina" is no slip for the feast.
        if in_any(|one| one.names.also_names).has(word) {
            return None;
        }
        let is_short = word.chars().count() < MISSPELT_FROM;
        let is_meant = |right: &&'static str| {
            let is_long = !is_short && right.chars().count() >= MISSPELT_FROM;
            is_long || self.is_short_slip(word, right)
        };
        let all: Vec<_> = self.long.near(word).filter(is_meant).collect();
        let right = all.iter().copied().min_by_key(|right| slips(word, right))?;
        let alone = |word: &str| {
            let entries = self.entries.get(word)?;
            entries.iter().find(|one| one.rest.is_empty())
        };
        let entry = alone(right)?;
        // "Tursday" may be two days.
        let least = slips(word, right);
        let as_near = all.iter().filter(|one| slips(word, one) == least);
        let mut as_near = as_near.filter_map(|one| alone(one));
        if as_near.any(|one| one.meanings != entry.meanings) {
            return None;
        }
        Some(entry.found())
    }

    /// Returns whether a short word is a calendar word with a letter left out, or with two letters
    /// that have changed places: "mondy", "abirl". Of a word without its last letter that is not
    /// known: "Frida" is a name.
    fn is_short_slip(&self, word: &str, right: &str) -> bool {
        let entries = self.entries.get(right).into_iter().flatten();
        let mut alone = entries.filter(|entry| entry.rest.is_empty());
        let is_calendar = alone.any(|entry| entry.meanings.iter().all(|meaning| meaning.is_day()));
        let sorted = |text: &str| {
            let mut letters: Vec<char> = text.chars().collect();
            letters.sort_unstable();
            letters
        };
        let (letters, others) = (word.chars().count(), right.chars().count());
        let is_swapped = letters == others && sorted(word) == sorted(right);
        let is_short_of_one = letters + 1 == others && word.chars().last() == right.chars().last();
        is_calendar && letters + 1 >= MISSPELT_FROM && (is_swapped || is_short_of_one)
    }

    /// Returns whether a word is "and".
    pub(super) fn joins(&self, word: &str) -> bool {
        let entries = self.entries.get(word).into_iter().flatten();
        let mut alone = entries.filter(|entry| entry.rest.is_empty());
        alone.any(|entry| entry.meanings.contains(&Meaning::Particle(Particle::And)))
    }

    /// The number that a word is by itself.
    pub(super) fn number(&self, word: &str) -> Option<u16> {
        let entries = self.entries.get(word).into_iter().flatten();
        let mut alone = entries.filter(|entry| entry.rest.is_empty());
        let entry = alone.next()?;
        entry.meanings.iter().find_map(|meaning| match meaning {
            Meaning::Number(number) => Some(*number),
            _ => None,
        })
    }

    /// Whether a word belongs to the language.
    pub(super) fn knows(&self, word: &str) -> bool {
        let forms = [word, self.full(word), squeeze(word)];
        forms.iter().any(|form| self.known.contains(form))
    }

    /// What a text wants that is nothing but these words.
    pub(super) fn whole(&self, words: &Words) -> Option<Intent> {
        let same = |phrase: &str| {
            words
                .as_slice()
                .iter()
                .map(String::as_str)
                .eq(phrase.split(' '))
        };
        let mut all = self.whole.iter();
        all.find(|(phrase, _)| same(phrase))
            .map(|(_, intent)| *intent)
    }

    /// The words of a vocabulary.
    pub(super) fn build(vocabulary: &Vocabulary) -> Self {
        let mut lexicon = Self {
            contractions: phrases(vocabulary.contractions).iter().collect(),
            has_bare_hours: vocabulary.has_bare_hours,
            ..Self::default()
        };
        lexicon.add_days(vocabulary);
        for (typed, full) in vocabulary.short {
            lexicon
                .short
                .extend(phrases(typed).iter().map(|word| (word, *full)));
        }
        let part = vocabulary.part;
        let today = vocabulary.today;
        for one in PARTS {
            lexicon.add(part(one), Meaning::Part(one));
            lexicon.add((vocabulary.part_of)(one), Meaning::PartOf(one));
            lexicon.add(today(one), Meaning::Today(one));
        }
        for particle in Particle::ALL {
            lexicon.add(
                (vocabulary.particle)(*particle),
                Meaning::Particle(*particle),
            );
        }
        for intent in Intent::ALL {
            lexicon.add((vocabulary.intent)(*intent), Meaning::Intent(*intent));
            for phrase in phrases((vocabulary.whole)(*intent)).iter() {
                lexicon.whole.push((phrase, *intent));
                lexicon.known.extend(phrase.split(' '));
            }
        }
        lexicon.add(vocabulary.yes, Meaning::Yes);
        lexicon.add(vocabulary.no, Meaning::No);
        lexicon.add(vocabulary.fillers, Meaning::Filler);
        lexicon.add(vocabulary.idle, Meaning::Idle);
        lexicon.known.extend(phrases(vocabulary.common).iter());
        for entries in lexicon.entries.values_mut() {
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.rest.len()));
        }
        lexicon
    }

    fn add_days(&mut self, vocabulary: &Vocabulary) {
        for (n, weekday) in WEEK.into_iter().enumerate() {
            self.add(vocabulary.weekdays[n], Meaning::Weekday(weekday));
            self.add(vocabulary.each[n], Meaning::Each(weekday));
        }
        for (month, names) in (1..).zip(vocabulary.months) {
            self.add(names, Meaning::Month(month));
        }
        for (days, names) in (0..).zip(vocabulary.ahead) {
            self.add(names, Meaning::Ahead(days));
        }
        for (number, names) in vocabulary.numbers {
            self.add(names, Meaning::Number(*number));
        }
        for (number, names) in vocabulary.ordinals {
            self.add(names, Meaning::Ordinal(*number));
        }
        for (zone, _, names) in vocabulary.zones {
            self.add(names, Meaning::Zone(zone));
        }
        for (feast, names) in vocabulary.feasts {
            self.add(names, Meaning::Feast(*feast));
        }
    }

    fn add(&mut self, names: Phrases, meaning: Meaning) {
        for phrase in phrases(names).iter() {
            let mut words = phrase.split(' ');
            let Some(first) = words.next() else { continue };
            let rest: Vec<_> = words.collect();
            self.known.insert(first);
            self.known.extend(&rest);
            let letters = first.chars().count();
            let is_long =
                letters >= MISSPELT_FROM || letters + 1 == MISSPELT_FROM && meaning.is_day();
            if rest.is_empty() && is_long && may_be_misspelt(meaning) {
                self.long.add(first);
            }
            let entries = self.entries.entry(first).or_default();
            let known = entries.iter().position(|entry| entry.rest == rest);
            let at = known.unwrap_or_else(|| {
                entries.push(Entry::new(rest));
                entries.len() - 1
            });
            entries[at].add(meaning);
        }
    }
}

fn may_be_misspelt(meaning: Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Weekday(_)
            | Meaning::Month(_)
            | Meaning::Ahead(_)
            | Meaning::Part(_)
            | Meaning::Number(_)
            | Meaning::Ordinal(_)
            | Meaning::Feast(_)
            | Meaning::Particle(
                Particle::Quarter
                    | Particle::Noon
                    | Particle::Midnight
                    | Particle::Weekend
                    | Particle::Next
                    | Particle::Minute
            )
            | Meaning::Intent(_)
    )
}

/// `siii`, `yesss` and `hii` without the drawl. "Too" and "all" are words of their own.
pub(super) fn squeeze(word: &str) -> &str {
    let Some(last) = word.chars().next_back().filter(|last| last.is_alphabetic()) else {
        return word;
    };
    let stem = word.trim_end_matches(last);
    let drawl = word.len() - stem.len();
    let drawn = drawl >= 3 * last.len_utf8() || (drawl == 2 && matches!(last, 'a' | 'i' | 'y'));
    if drawn {
        &word[..stem.len() + last.len_utf8()]
    } else {
        word
    }
}
