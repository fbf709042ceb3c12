//! Lists of phrases, ready to be looked up in a text.
//!
//! The invariant: a list is taken apart once, and looked up by its first words from then on.

use std::{
    cell::Cell,
    ops::Range,
    sync::{LazyLock, Mutex, PoisonError},
};

use foldhash::{HashMap, HashMapExt};

use super::{
    Language,
    vocabulary::{Phrases, Vocabulary},
};

/// Phrases of the vocabulary.
#[derive(Debug, Default)]
pub(super) struct List {
    phrases: Vec<&'static str>,
    /// By first word: the words that follow, the longest first.
    by_first: HashMap<&'static str, Vec<Vec<&'static str>>>,
    /// The shapes of the first words.
    shapes: Shapes,
    /// The number of words of the longest.
    longest: usize,
}

/// The shapes that words have: a word of another shape is none of them, which is told without
/// looking it up.
#[derive(Debug, Default)]
struct Shapes([u64; 4]);

/// The phrases of one sort in every language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lists([&'static List; Language::ALL.len()]);

/// The number of lists that a thread caches; lists whose places collide replace each other.
const SLOTS: usize = 2048;

/// Returns the phrases of a list.
pub(super) fn phrases(names: Phrases) -> &'static List {
    thread_local! {
        /// A cache of [`LISTS`], so that no thread waits for another.
        static USED: Box<[Slot<Place, &'static List>]> =
            (0..SLOTS).map(|_| Cell::new(None)).collect();
    }
    let place = place(names);
    USED.with(|used| match used[slot(place)].get() {
        Some((kept, list)) if kept == place => list,
        _ => {
            let list = shared(place, names);
            used[slot(place)].set(Some((place, list)));
            list
        }
    })
}

/// Returns the phrases of a sort in every language.
pub(super) fn in_any(pick: impl Fn(&'static Vocabulary) -> Phrases) -> Lists {
    thread_local! {
        /// Those that were used on this thread, found at once for every language.
        static USED: Box<[Slot<Places, Lists>]> =
            (0..SLOTS).map(|_| Cell::new(None)).collect();
    }
    let mut places = Places::default();
    let mut at = 0;
    for (n, language) in Language::ALL.into_iter().enumerate() {
        places[n] = place(pick(Vocabulary::of(language)));
        at = (at * 3 + slot(places[n])) % SLOTS;
    }
    USED.with(|used| match used[at].get() {
        Some((kept, lists)) if kept == places => lists,
        _ => {
            let lists = Language::ALL.map(|language| phrases(pick(Vocabulary::of(language))));
            used[at].set(Some((places, Lists(lists))));
            Lists(lists)
        }
    })
}

/// Where a list of phrases is in memory, and its length.
type Place = (usize, usize);

/// The places of the lists of every language.
type Places = [Place; Language::ALL.len()];

/// A cached value with the key that it was cached under.
type Slot<K, T> = Cell<Option<(K, T)>>;

fn place(names: Phrases) -> Place {
    (names.as_ptr().addr(), names.len())
}

fn slot(place: Place) -> usize {
    (place.0 ^ place.0 >> 11 ^ place.1) % SLOTS
}

/// The lists that were taken apart.
static LISTS: LazyLock<Mutex<HashMap<Place, &'static List>>> =
    LazyLock::new(|| Mutex::new(HashMap::new()));

fn shared(place: Place, names: Phrases) -> &'static List {
    let mut lists = LISTS.lock().unwrap_or_else(PoisonError::into_inner);
    lists
        .entry(place)
        .or_insert_with(|| Box::leak(Box::new(List::of(names))))
}

/// Returns the phrases that one with alternatives stands for.
fn spelled_out(phrase: &'static str) -> Vec<&'static str> {
    if !phrase.contains('[') {
        return vec![phrase];
    }
    let mut all = vec![String::new()];
    for part in phrase.split_inclusive(['[', ']']) {
        let (part, alternatives) = match part.strip_suffix(']') {
            Some(part) => (part, part.split('/')),
            None => (part, part.trim_end_matches('[').split('\0')),
        };
        debug_assert!(!part.contains(']'), "{phrase:?}");
        let with = |before: &String| {
            let before = before.clone();
            alternatives
                .clone()
                .map(move |one| format!("{before}{one}"))
        };
        all = all.iter().flat_map(with).collect();
    }
    let single = |phrase: String| phrase.split_whitespace().collect::<Vec<_>>().join(" ");
    all.into_iter().map(|one| &*single(one).leak()).collect()
}

// === impl List ===

impl List {
    fn of(names: Phrases) -> Self {
        let phrases = names.split('|').map(str::trim);
        let mut list = Self {
            phrases: phrases
                .filter(|phrase| !phrase.is_empty())
                .flat_map(spelled_out)
                .collect(),
            ..Self::default()
        };
        for phrase in &list.phrases {
            let mut words = phrase.split(' ');
            let Some(first) = words.next() else { continue };
            let rest: Vec<_> = words.collect();
            list.longest = list.longest.max(rest.len() + 1);
            list.shapes.add(first);
            list.by_first.entry(first).or_default().push(rest);
        }
        for all in list.by_first.values_mut() {
            all.sort_by_key(|rest| std::cmp::Reverse(rest.len()));
        }
        list
    }

    /// Returns what follows a word in the phrases that begin with it, the longest first.
    fn after(&self, first: &str) -> Option<&[Vec<&'static str>]> {
        let may_begin = self.shapes.have(first);
        may_begin
            .then(|| self.by_first.get(first))
            .flatten()
            .map(Vec::as_slice)
    }

    /// Returns the phrases in the order of the list.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'static str> + Clone {
        self.phrases.iter().copied()
    }

    /// Returns whether a word is one of them.
    pub(super) fn has(&self, word: &str) -> bool {
        let all = self.after(word);
        all.is_some_and(|all| all.last().is_some_and(Vec::is_empty))
    }

    /// Returns the ends of those that begin at a word, the longest first.
    pub(super) fn ends<'w>(
        &'static self,
        words: &'w [String],
        at: usize,
    ) -> impl Iterator<Item = usize> + 'w {
        let first = words.get(at).and_then(|first| self.after(first));
        let rest = words.get(at + 1..).unwrap_or_default();
        let fitting = first.into_iter().flatten().filter(move |phrase| {
            phrase.len() <= rest.len() && phrase.iter().zip(rest).all(|(a, b)| a == b)
        });
        fitting.map(move |phrase| at + 1 + phrase.len())
    }

    /// Returns whether one of them ends right before a word.
    pub(super) fn ends_before(&'static self, words: &[String], end: usize) -> bool {
        let mut starts = end.saturating_sub(self.longest)..end;
        starts.any(|start| self.ends(words, start).any(|one| one == end))
    }

    /// Returns the first place of one of them, the longest that begins there.
    pub(super) fn find(&'static self, words: &[String]) -> Option<Range<usize>> {
        (0..words.len()).find_map(|at| Some(at..self.ends(words, at).next()?))
    }
}

// === impl Shapes ===

impl Shapes {
    fn add(&mut self, word: &str) {
        let (block, bit) = Self::place(word);
        self.0[block] |= bit;
    }

    fn have(&self, word: &str) -> bool {
        let (block, bit) = Self::place(word);
        self.0[block] & bit != 0
    }

    /// By the length of a word and its first and last letters.
    fn place(word: &str) -> (usize, u64) {
        let bytes = word.as_bytes();
        let ends = bytes.first().zip(bytes.last());
        let (first, last) = ends.map_or((0, 0), |(first, last)| (*first, *last));
        let shape = usize::from(first) * 7 + usize::from(last) * 29 + bytes.len() * 3;
        (shape / 64 % 4, 1 << (shape % 64))
    }
}

// === impl Lists ===

impl Lists {
    /// Returns the phrases, language by language.
    pub(super) fn iter(self) -> impl Iterator<Item = &'static str> {
        self.0.into_iter().flat_map(List::iter)
    }

    /// Returns whether a word is one of them.
    pub(super) fn has(self, word: &str) -> bool {
        self.0.into_iter().any(|list| list.has(word))
    }

    /// Returns whether a word ends in one of them.
    pub(super) fn any_ends(self, word: &str) -> bool {
        self.iter().any(|ending| word.ends_with(ending))
    }

    /// Returns whether a text contains one of them: letters that tell two words apart.
    pub(super) fn any_within(self, written: &str) -> bool {
        self.iter().any(|letters| written.contains(letters))
    }

    /// Returns the ends of those that begin at a word.
    pub(super) fn ends(self, words: &[String], at: usize) -> impl Iterator<Item = usize> {
        self.0
            .into_iter()
            .flat_map(move |list| list.ends(words, at))
    }

    /// Returns whether one of them ends right before a word.
    pub(super) fn ends_before(self, words: &[String], end: usize) -> bool {
        self.0.into_iter().any(|list| list.ends_before(words, end))
    }

    /// Returns the first place of one of them in the first language that has one there.
    pub(super) fn find(self, words: &[String]) -> Option<Range<usize>> {
        self.0.into_iter().find_map(|list| list.find(words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::words::Words;

    #[test]
    fn phrases_are_found_where_they_stand() {
        let list = phrases("right after | after | right after that | next");
        let words = Words::of("me, then right after that him");
        let words = words.as_slice();
        assert!(list.has("after") && list.has("next"));
        assert!(!list.has("right") && !list.has("that"));
        assert_eq!(list.ends(words, 2).collect::<Vec<_>>(), [5, 4]);
        assert_eq!(list.ends(words, 4).next(), None);
        assert_eq!(list.find(words), Some(2..5));
        assert!(list.ends_before(words, 5) && list.ends_before(words, 4));
        assert!(!list.ends_before(words, 3));
        assert_eq!(list.find(&[]), None);
        assert_eq!(list.ends(&[], 7).next(), None);
    }

    #[test]
    fn alternatives_are_spelled_out() {
        let list = phrases("plain | [cant/can not] [make/be making] it | no [la/lo/] quiero");
        let all: Vec<_> = list.iter().collect();
        assert_eq!(
            all,
            [
                "plain",
                "cant make it",
                "cant be making it",
                "can not make it",
                "can not be making it",
                "no la quiero",
                "no lo quiero",
                "no quiero"
            ]
        );
    }

    #[test]
    fn a_list_is_taken_apart_once() {
        let names = "one | two";
        assert!(std::ptr::eq(phrases(names), phrases(names)));
    }
}
