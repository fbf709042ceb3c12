//! In which language a text is written, and which it asks for.

use std::sync::LazyLock;

use foldhash::HashSet;

use super::{
    DetectedLanguage, Language,
    lexicon::Lexicon,
    phrases::{Lists, in_any, phrases},
    sentence::Sentence,
    vocabulary::{DetectionWords, FOREIGN, LANGUAGES, Particle, Phrases, Vocabulary},
    words::Words,
};

/// Words of languages that are not spoken here, and of no language that is.
static UNSPOKEN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let spoken = |word: &&str| {
        Language::ALL
            .iter()
            .any(|language| Lexicon::of(*language).knows(word))
    };
    phrases(FOREIGN)
        .iter()
        .filter(|word| !word.contains(' ') && !spoken(word))
        .collect()
});

/// What the words of a text tell of its language, counted.
#[derive(Debug, Default)]
struct Count {
    /// Known in one language only, for each.
    own: [usize; Language::ALL.len()],
    /// Of a language that is not spoken here.
    foreign: usize,
    /// Known in none, and as short as the small words of a language are.
    strange: usize,
    known: usize,
}

/// Small words have no more letters.
const SMALL: usize = 3;

/// The language of a text in a thread that was in `before` so far. Words for which `skip` holds are
/// names and tell nothing, as addresses do.
pub(super) fn of(
    words: &Words,
    before: Option<Language>,
    skip: impl Fn(usize) -> bool,
) -> DetectedLanguage {
    let shared = in_any(|one| one.detection.shared);
    let mut count = Count::default();
    for (n, word) in words.as_slice().iter().enumerate() {
        let written = words.written(n);
        let sign = !written.chars().any(char::is_alphabetic);
        let figure = word.starts_with(|c: char| c.is_ascii_digit());
        if !sign && !figure && !words.is_address(n) && !skip(n) {
            count.word(word, written, n == 0, shared);
        }
    }
    count.tongue(before)
}

// === impl Count ===

impl Count {
    fn word(&mut self, word: &str, written: &str, first: bool, shared: Lists) {
        let known = Language::ALL.map(|language| Lexicon::of(language).knows(word));
        let mut all = known.iter().enumerate().filter(|(_, known)| **known);
        match (all.next(), all.next()) {
            (Some(_), None) if shared.has(word) => self.known += 1,
            (Some((only, _)), None) => {
                self.known += 1;
                self.own[only] += 1;
            }
            (Some(_), Some(_)) => self.known += 1,
            _ if UNSPOKEN.contains(word) || is_other_script(word) => self.foreign += 1,
            // A capital within a text is a name's.
            _ if !first && written.starts_with(char::is_uppercase) => {}
            _ if written.chars().any(is_other_letter) => self.foreign += 1,
            _ => self.strange += usize::from(word.chars().count() <= SMALL),
        }
    }

    fn tongue(&self, before: Option<Language>) -> DetectedLanguage {
        let most = self.own.into_iter().max().unwrap_or_default();
        // One such word may be a name or a loan, unless it is all that was ever said.
        let is_foreign = match self.foreign {
            0 => false,
            1 => self.known == 0 && before.is_none(),
            several => 2 * several >= most,
        };
        // Rare words are of any language, small words of one.
        let is_strange = self.strange >= 2 && self.known == 0;
        if is_foreign || is_strange {
            return DetectedLanguage::Other;
        }
        let mut leading = (0..).zip(self.own).filter(|(_, count)| *count == most);
        match (leading.next(), leading.next()) {
            (Some((language, 1..)), None) => DetectedLanguage::In(Language::ALL[language]),
            _ => DetectedLanguage::Unclear,
        }
    }
}

/// Returns whether a letter is in none of the alphabets of our languages.
fn is_other_letter(letter: char) -> bool {
    let accent = ('\u{300}'..='\u{36f}').contains(&letter);
    let mut all = Language::ALL.into_iter();
    let mut is_known =
        || all.any(|language| Vocabulary::of(language).detection.letters.contains(letter));
    letter.is_alphabetic() && !letter.is_ascii() && !accent && !is_known()
}

/// Whether a word is written in neither Latin letters nor figures.
fn is_other_script(word: &str) -> bool {
    word.chars()
        .next()
        .is_some_and(|first| first.is_alphabetic() && first > '\u{24f}')
}

/// The language that a text asks for: "English please", "¿hablan inglés?", "in Spanish".
///
/// Words in `services` name services: "Spanish, please" of a tutor.
pub(super) fn switch(sentence: &Sentence<'_>, services: &[usize]) -> Option<DetectedLanguage> {
    let words = sentence.words.as_slice();
    let named = |word: &str| {
        let mut all = LANGUAGES.iter();
        let found = all.find(|(_, names)| phrases(names).has(word));
        found.map(|(tongue, _)| *tongue)
    };
    (0..words.len()).rev().find_map(|n| {
        let tongue = named(&words[n]).filter(|_| !services.contains(&n))?;
        let before = n.checked_sub(1).map_or("", |n| words[n].as_str());
        let is = |pick: fn(&DetectionWords) -> Phrases, word| {
            in_any(|one| pick(&one.detection)).has(word)
        };
        let denied = n >= 2 && is(|one| one.denied, &words[n - 2]);
        let within = is(|one| one.within, before);
        let spoken = is(|one| one.speaks, before);
        let polite = words
            .get(n + 1)
            .is_some_and(|next| is(|one| one.please, next));
        let within = within && sentence.is(sentence.holding(n - 1), Particle::In)
            || is(|one| one.into, before)
            || within && words.len() <= 4;
        (!denied && (within || spoken || polite || words.len() == 1)).then_some(tongue)
    })
}
