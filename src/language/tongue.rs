//! In which language a text is written, and which it asks for.

use std::{collections::HashSet, sync::LazyLock};

use super::{
    Language, Tongue,
    lexicon::Lexicon,
    sentence::Sentence,
    vocabulary::{FOREIGN, LANGUAGES, Particle},
    words::Words,
};

/// Words of languages that are not spoken here, and of no language that is.
static UNSPOKEN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let spoken = |word: &&str| {
        Language::ALL
            .iter()
            .any(|language| Lexicon::of(*language).knows(word))
    };
    let words = FOREIGN.split('|').map(str::trim);
    words
        .filter(|word| !word.contains(' ') && !spoken(word))
        .collect()
});

/// With fewer words of which none is known nothing can be told.
const STRANGE_FROM: usize = 4;

/// The language of a text. Words for which `skip` holds are names and tell nothing.
pub(super) fn of(words: &Words, skip: impl Fn(usize) -> bool) -> Tongue {
    let (mut english, mut spanish, mut foreign, mut total) = (0_usize, 0_usize, 0_usize, 0_usize);
    for (n, word) in words.as_slice().iter().enumerate() {
        let sign = !words.written(n).chars().any(char::is_alphabetic);
        if sign || skip(n) || word.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let known = Language::ALL.map(|language| Lexicon::of(language).knows(word));
        // A capital within a text is a name's.
        let name = n > 0
            && words
                .written(n)
                .chars()
                .next()
                .is_some_and(char::is_uppercase);
        if name && known == [false, false] && !UNSPOKEN.contains(word.as_str()) {
            continue;
        }
        total += 1;
        if is_other_script(word) {
            foreign += 1;
            continue;
        }
        match known {
            [true, false] => english += 1,
            [false, true] => spanish += 1,
            [true, true] => {}
            [false, false] => foreign += usize::from(UNSPOKEN.contains(word.as_str())),
        }
    }
    let strange = total >= STRANGE_FROM && 4 * (english + spanish) < total;
    if foreign > 0 && 2 * foreign >= english.max(spanish) || strange && english + spanish <= 1 {
        return Tongue::Other;
    }
    match english.cmp(&spanish) {
        std::cmp::Ordering::Greater => Tongue::In(Language::English),
        std::cmp::Ordering::Less => Tongue::In(Language::Spanish),
        std::cmp::Ordering::Equal => Tongue::Unclear,
    }
}

/// Whether a word is written in neither Latin letters nor figures.
fn is_other_script(word: &str) -> bool {
    word.chars()
        .next()
        .is_some_and(|first| first.is_alphabetic() && first > '\u{24f}')
}

/// The language that a text asks for: "English please", "¿hablan inglés?", "in Spanish".
pub(super) fn switch(sentence: &Sentence<'_>) -> Option<Tongue> {
    let words = sentence.words.as_slice();
    let named = |word: &str| {
        let mut all = LANGUAGES.iter();
        let found = all.find(|(_, names)| names.split('|').any(|name| name.trim() == word));
        found.map(|(tongue, _)| *tongue)
    };
    (0..words.len()).rev().find_map(|n| {
        let tongue = named(&words[n])?;
        let before = n.checked_sub(1).map_or("", |n| words[n].as_str());
        let denied = n >= 2 && matches!(words[n - 2].as_str(), "dont" | "no" | "not" | "cant");
        let within = matches!(before, "in" | "en" | "a" | "to");
        let spoken = matches!(
            before,
            "speak" | "speaks" | "hablan" | "habla" | "hablas" | "hablais" | "hablo"
        );
        let polite = words.get(n + 1).is_some_and(|next| {
            matches!(
                next.as_str(),
                "please" | "pls" | "plz" | "porfa" | "por" | "porfavor"
            )
        });
        let within = within && sentence.is(sentence.holding(n - 1), Particle::In)
            || before == "to"
            || within && words.len() <= 4;
        (!denied && (within || spoken || polite || words.len() == 1)).then_some(tongue)
    })
}
