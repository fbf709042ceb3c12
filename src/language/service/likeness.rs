//! How much two words are alike: the same, inflected, misspelt, cut short, or of the same sense.
//!
//! The invariant: what is alike by sense alone never counts as the same word.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt, HashSet};

use crate::language::{
    Language, act,
    lexicon::Lexicon,
    phrases::{in_any, phrases},
    slip::{Shape, near_in_shape},
    vocabulary::{Phrases, Trade, Vocabulary},
};

/// One word, with what it is compared by.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own about the word"
)]
pub(super) struct Term {
    pub(super) text: String,
    shape: Shape,
    sound: String,
    /// That of the sound.
    sound_shape: Shape,
    /// It is no other word misspelt or inflected.
    is_plain: bool,
    /// Without its ending, in each language.
    stems: Vec<String>,
    /// The groups of like sense that it is in.
    senses: Vec<u16>,
    /// The number that it is, in figures or letters.
    number: Option<u16>,
    pub(super) weight: Weight,
    /// It says how large something is.
    pub(super) is_size: bool,
    /// It says for whom or what something is, and not what it is.
    pub(super) is_whose: bool,
    /// It is of a length of time: "60", "min".
    pub(super) is_length: bool,
}

/// How much a word of a name tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Weight {
    /// Articles and the like, which tell nothing.
    Nothing,
    /// The "up" of "touch-up": tells something beside other words.
    Little,
    /// "Full" and "session": tell services apart, but name none.
    Some,
    /// Names something.
    #[default]
    Much,
}

/// How a word is alike to one of a name, the more the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// Another word of the same sense.
    Sense,
    /// The beginning of it, or a part of a compound.
    Part,
    /// Misspelt.
    Slip,
    /// Inflected, or spelled as it sounds.
    Inflected,
    Same,
}

/// What is known of the words of one language's trades.
#[derive(Debug, Default)]
struct Trades {
    /// By its last letter, the longest first.
    endings: HashMap<u8, Vec<&'static str>>,
    senses: HashMap<String, Vec<u16>>,
    /// By word: the groups that it is in as it is written.
    known: HashMap<&'static str, Vec<u16>>,
}

static TRADES: LazyLock<Vec<Trades>> = LazyLock::new(|| {
    Language::ALL
        .into_iter()
        .scan(0, |first, language| {
            Some(Trades::of(&Vocabulary::of(language).trade, first))
        })
        .collect()
});

/// What words tell that tell little.
static WEIGHTS: LazyLock<HashMap<&'static str, Weight>> = LazyLock::new(|| {
    let trades = || Language::ALL.map(|language| &Vocabulary::of(language).trade);
    let mut weights = HashMap::new();
    for trade in trades() {
        weights.extend(words(trade.weak).map(|word| (word, Weight::Some)));
    }
    for trade in trades() {
        weights.extend(words(trade.small).map(|word| (word, Weight::Nothing)));
    }
    weights
});

/// Words that are no other ones misspelt or inflected.
static PLAIN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let trades = Language::ALL.map(|language| &Vocabulary::of(language).trade);
    trades
        .into_iter()
        .flat_map(|trade| words(trade.plain))
        .collect()
});

/// Words that say how large something is, words that say for whom it is, and words of lengths.
static QUALITIES: LazyLock<[HashSet<&'static str>; 3]> = LazyLock::new(|| {
    let trades = Language::ALL.map(|language| &Vocabulary::of(language).trade);
    let all = |list: fn(&Trade) -> Phrases| {
        let lists = trades.iter().map(|trade| list(trade));
        lists.flat_map(words).collect()
    };
    let mut units: HashSet<_> = all(|trade| trade.length.hours);
    units.extend(all(|trade| trade.length.minutes));
    units.extend(all(|trade| trade.length.halves));
    [all(|trade| trade.sizes), all(|trade| trade.whose), units]
});

/// Words with fewer letters become others by an "e" at their end.
const LONG_FROM: usize = 7;
/// Fewer letters are no stem.
const STEM_FROM: usize = 3;
/// Fewer letters are no abbreviation.
const SHORT_FROM: usize = 4;
/// Parts of compounds have so many letters at least.
const PART_FROM: usize = 3;

/// Returns whether a word is no other one misspelt or inflected.
pub(super) fn is_plain(word: &str) -> bool {
    PLAIN.contains(word)
}

// === impl Term ===

impl Term {
    pub(super) fn of(text: &str) -> Self {
        let trades = &*TRADES;
        let text = undrawn(text);
        let stems: Vec<_> = trades.iter().map(|trade| trade.stem(&text)).collect();
        let is_plain = PLAIN.contains(text.as_str());
        // "Pelo" is no form of "pelar" where both are known.
        let is_known = trades
            .iter()
            .any(|one| one.known.contains_key(text.as_str()));
        let sensed = |(trade, stem): (&'static Trades, &String)| {
            let all = trade.known.get(text.as_str());
            all.or_else(|| trade.senses.get(stem).filter(|_| !is_known))
        };
        let senses = trades.iter().zip(&stems).filter(|_| !is_plain);
        let senses = senses.filter_map(sensed);
        let known = |word: &str| WEIGHTS.get(word).copied();
        let mut plural = in_any(|one| one.grammar.plural).iter();
        let one = plural.find_map(|ending| text.strip_suffix(ending).and_then(known));
        let figure = text.starts_with(|first: char| first.is_ascii_digit());
        let number = number(&text);
        let is_letter = text.chars().nth(1).is_none() && number.is_none();
        let weight = match text.chars().nth(1).and(text.chars().nth(2)) {
            _ if known(&text) == Some(Weight::Nothing) || is_letter => Weight::Nothing,
            _ if number.is_some() || figure || known(&text).or(one) == Some(Weight::Some) => {
                Weight::Some
            }
            None => Weight::Little,
            Some(_) => Weight::Much,
        };
        let sound = sound(&text);
        Self {
            shape: Shape::of(&text),
            sound_shape: Shape::of(&sound),
            sound,
            is_plain,
            senses: senses.flatten().copied().collect(),
            number,
            weight,
            is_size: QUALITIES[0].contains(text.as_str()),
            is_whose: QUALITIES[1].contains(text.as_str()),
            is_length: number.is_some() || figure || QUALITIES[2].contains(text.as_str()),
            stems,
            text,
        }
    }

    /// How a word of a text is alike to this one of a name.
    pub(super) fn likeness(&self, word: &Self) -> Option<Likeness> {
        let same = self.same(word);
        if same.is_some() {
            return same;
        }
        let (ours, theirs) = (self.text.as_str(), word.text.as_str());
        // "Cut" is a part of "haircut", "ill" is none of "infill".
        let is_part_word = |one: &Self| {
            !one.senses.is_empty() || one.text.len() >= SHORT_FROM && is_of_language(&one.text)
        };
        let tail = |long: &Self, end: &Self| {
            let (long, text) = (long.text.as_str(), end.text.as_str());
            text.len() >= PART_FROM
                && end.weight == Weight::Much
                && long.len() >= text.len() + PART_FROM
                && long.ends_with(text)
                && is_part_word(end)
        };
        // "Mani" is short for something, "hair" is not.
        let is_short = theirs.len() >= SHORT_FROM
            && ours.len() >= theirs.len() + 2
            && ours.starts_with(theirs)
            && !word.is_plain
            && !is_known(theirs);
        let is_part =
            is_short || tail(self, word) || self.weight == Weight::Much && tail(word, self);
        if is_part && is_word(theirs) && is_word(ours) {
            return Some(Likeness::Part);
        }
        // "Soon" sounds like "son" here, and is a word of its own.
        let is_doubled = || theirs.as_bytes().windows(2).any(|pair| pair[0] == pair[1]);
        let sense = self.senses.iter().any(|one| word.senses.contains(one));
        (sense && !(is_doubled() && is_known(theirs))).then_some(Likeness::Sense)
    }

    /// The same, but of one word written as two or two as one.
    pub(super) fn same(&self, word: &Self) -> Option<Likeness> {
        if self.text == word.text || self.number.is_some() && self.number == word.number {
            return Some(Likeness::Same);
        }
        if self.is_other(word) || word.is_other(self) {
            return None;
        }
        let stems = self.stems.iter().zip(&word.stems);
        if self.sound == word.sound || stems.into_iter().any(|(a, b)| !a.is_empty() && a == b) {
            return Some(Likeness::Inflected);
        }
        let (text, sound) = (&self.text, &self.sound);
        let is_near = near_in_shape((&word.text, word.shape), (text, self.shape))
            || near_in_shape((&word.sound, word.sound_shape), (sound, self.sound_shape));
        (is_near && !is_known(&word.text)).then_some(Likeness::Slip)
    }

    /// Returns whether it is a word of its own, however much it looks like the other.
    fn is_other(&self, word: &Self) -> bool {
        let number = self.number.is_some() && word.number.is_some();
        let is_longer = || {
            let ending = self.text.strip_prefix(&word.text);
            ending.is_some_and(|ending| in_any(|one| one.trade.other_endings).has(ending))
        };
        number || self.is_plain || self.text.len() < LONG_FROM && is_longer()
    }
}

// === impl Trades ===

impl Trades {
    fn of(trade: &'static Trade, first: &mut u16) -> Self {
        let mut trades = Self::default();
        for ending in words(trade.endings) {
            let last = ending.as_bytes().last().copied().unwrap_or_default();
            trades.endings.entry(last).or_default().push(ending);
        }
        for endings in trades.endings.values_mut() {
            endings.sort_by_key(|ending| std::cmp::Reverse(ending.len()));
        }
        for group in trade.alike {
            for word in words(group) {
                let stem = trades.stem(word);
                trades.senses.entry(stem).or_default().push(*first);
                trades.known.entry(word).or_default().push(*first);
            }
            *first += 1;
        }
        trades
    }

    /// A word without its ending, as it sounds; of short ones all of it.
    fn stem(&self, word: &str) -> String {
        let Some(last) = word.bytes().last() else {
            return String::new();
        };
        let long =
            |ending: &&&str| word.len() >= ending.len() + STEM_FROM && word.ends_with(**ending);
        let endings = self.endings.get(&last).into_iter().flatten();
        let ending = { endings }.find(long).map_or(0, |ending| ending.len());
        let stem = &word[..word.len() - ending];
        // "Fumiguen" is of "fumigar".
        let soft = word[stem.len()..].starts_with(['e', 'i']);
        let hard = stem
            .strip_suffix('u')
            .filter(|hard| soft && hard.ends_with('g'));
        sound(hard.unwrap_or(stem))
    }
}

fn words(list: Phrases) -> impl Iterator<Item = &'static str> {
    phrases(list).iter()
}

/// Returns whether a word belongs to a language here, or answers in one.
fn is_known(word: &str) -> bool {
    let mut all = Language::ALL.into_iter();
    is_of_language(word) || all.any(|language| act::is_cue(word, language))
}

/// Returns whether two words of a text are the same, also inflected.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    a == b || Term::of(a).same(&Term::of(b)) >= Some(Likeness::Inflected)
}

/// Returns whether a word of names of services is also said of days, people and prices.
pub(super) fn is_everyday(word: &str) -> bool {
    in_any(|one| one.trade.everyday).has(word)
}

/// Returns whether a word of names is said of any direction as well: "be back".
pub(super) fn is_adverb(word: &str) -> bool {
    in_any(|one| one.trade.adverbs).has(word)
}

/// Returns whether a word belongs to a language here.
pub(super) fn is_of_language(word: &str) -> bool {
    let mut all = Language::ALL.into_iter();
    all.any(|language| Lexicon::of(language).knows(word))
}

/// The number that a word is.
pub(super) fn number(word: &str) -> Option<u16> {
    let mut all = Language::ALL.into_iter();
    let spelled = || all.find_map(|language| Lexicon::of(language).number(word));
    word.parse().ok().or_else(spelled)
}

fn is_word(text: &str) -> bool {
    text.chars().all(char::is_alphabetic)
}

/// "Corteee" without the drawl.
fn undrawn(word: &str) -> String {
    let mut text = String::with_capacity(word.len());
    let mut letters = word.chars().peekable();
    let mut run = 0;
    while let Some(letter) = letters.next() {
        run = if text.ends_with(letter) { run + 1 } else { 0 };
        let goes_on = letters.peek() == Some(&letter);
        if run > 0 && letter.is_alphabetic() && (run > 1 || goes_on) {
            continue;
        }
        text.push(letter);
    }
    text
}

/// A word as it sounds, so that the same sound is written one way.
fn sound(word: &str) -> String {
    let mut sound = String::with_capacity(word.len());
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        let soft = matches!(next, Some('e' | 'i' | 'y'));
        let heard = match letter {
            'q' => {
                letters.next_if_eq(&'u');
                'k'
            }
            'c' if next == Some('h') => 'c',
            'c' if soft => 's',
            'c' => 'k',
            'p' if letters.next_if_eq(&'h').is_some() => 'f',
            'z' => 's',
            'v' => 'b',
            'y' => 'i',
            'u' if sound.ends_with('o') => continue,
            other => other,
        };
        // "Shoot" sounds otherwise than "shot".
        if !sound.ends_with(heard) || heard == 'o' {
            sound.push(heard);
        }
    }
    sound
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_alike_by_form_spelling_or_sense() {
        for (name, word, expected) in [
            ("haircut", "haircut", Some(Likeness::Same)),
            ("rotation", "rotate", Some(Likeness::Inflected)),
            ("clipping", "clip", Some(Likeness::Inflected)),
            ("tires", "tyre", Some(Likeness::Inflected)),
            ("haircut", "hairkut", Some(Likeness::Inflected)),
            ("retoque", "retocar", Some(Likeness::Inflected)),
            ("castracion", "castrarlo", Some(Likeness::Inflected)),
            ("corte", "corteeee", Some(Likeness::Same)),
            ("manicure", "mainicure", Some(Likeness::Slip)),
            ("manicure", "mani", Some(Likeness::Part)),
            ("haircut", "cut", Some(Likeness::Part)),
            ("vaccination", "jabs", Some(Likeness::Sense)),
            ("cambio", "cambia", Some(Likeness::Inflected)),
            ("fumigacion", "fumiguen", Some(Likeness::Inflected)),
            ("two", "2", Some(Likeness::Same)),
            ("cinco", "5", Some(Likeness::Same)),
            ("two", "three", None),
            ("cut", "cup", None),
            ("cut", "cute", None),
            ("massage", "message", None),
            ("suela", "suele", None),
            ("massage", "haircut", None),
            ("friday", "monday", None),
        ] {
            let found = Term::of(name).likeness(&Term::of(word));
            assert_eq!(found, expected, "{name} {word}");
        }
    }
}
