//! Names: a service's among many, and a person's own.
//!
//! The invariant: of two names that fit equally, both are told.

use std::ops::Range;

use super::{intent, words::Words};

/// Words that tell one name from another too little.
const COMMON: &[&str] = &[
    "and", "the", "with", "for", "full", "de", "con", "para", "una",
];

/// Words that a person's name does not have, but a sentence does.
const SENTENCE: &[&str] = &[
    "i",
    "you",
    "we",
    "they",
    "want",
    "need",
    "the",
    "to",
    "what",
    "why",
    "how",
    "when",
    "where",
    "which",
    "who",
    "is",
    "are",
    "do",
    "does",
    "can",
    "could",
    "would",
    "not",
    "dont",
    "with",
    "at",
    "on",
    "in",
    "for",
    "this",
    "that",
    "my",
    "your",
    "have",
    "and",
    "or",
    "but",
    "today",
    "tomorrow",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "please",
    "other",
    "different",
    "later",
    "earlier",
    "quiero",
    "necesito",
    "para",
    "por",
    "que",
    "porque",
    "como",
    "cuando",
    "donde",
    "hoy",
    "manana",
    "lunes",
    "martes",
    "miercoles",
    "jueves",
    "viernes",
    "sabado",
    "domingo",
    "otro",
    "otra",
    "favor",
    "puedo",
    "tengo",
    "ya",
    "pero",
    "una",
    "un",
    "cita",
];

/// How people begin when they tell their name.
const OPENERS: &[&str] = &[
    "hi", "hello", "hey", "my", "name", "is", "its", "it", "i", "am", "im", "this", "names",
    "sure", "yes", "ok", "call", "me", "soy", "llamo", "mi", "nombre", "es", "hola", "a", "de",
    "si", "buenas", "se", "llama", "under", "put", "names", "con",
];

/// The longest name that is kept, in characters.
const MAX_NAME_CHARS: usize = 60;

/// Which of the names, each in several forms, the words contain: those that are there as a whole,
/// but not within a longer one ("haircut" in "kids' haircut"), or else those of which most words
/// are there.
pub fn mentioned<'a, I, F>(words: &Words, names: I) -> Vec<usize>
where
    I: IntoIterator<Item = F>,
    F: Iterator<Item = &'a str>,
{
    let names: Vec<Vec<Words>> = names
        .into_iter()
        .map(|forms| forms.map(Words::of).collect())
        .collect();
    let places = |forms: &Vec<Words>| -> Vec<Range<usize>> {
        forms
            .iter()
            .filter_map(|form| words.place_of(form))
            .collect()
    };
    let places: Vec<_> = names.iter().map(places).collect();
    let within_longer = |place: &Range<usize>| {
        let mut all = places.iter().flatten();
        all.any(|other| {
            other.len() > place.len() && other.start <= place.start && place.end <= other.end
        })
    };
    let whole = |n: &usize| places[*n].iter().any(|place| !within_longer(place));
    let whole: Vec<_> = (0..names.len()).filter(whole).collect();
    if !whole.is_empty() {
        return whole;
    }
    let parts: Vec<_> = names
        .iter()
        .map(|forms| {
            forms
                .iter()
                .map(|form| parts_said(words, form))
                .max()
                .unwrap_or(0)
        })
        .collect();
    let most = parts.iter().copied().max().unwrap_or(0);
    (0..parts.len())
        .filter(|&n| most > 0 && parts[n] == most)
        .collect()
}

/// How many of a name's telling words were said.
fn parts_said(words: &Words, name: &Words) -> usize {
    let telling = |part: &&String| part.chars().count() >= 4 && !COMMON.contains(&part.as_str());
    let said = |part: &&String| {
        let mut words = words.as_slice().iter();
        words.any(|word| super::words::near(word, part))
    };
    name.as_slice().iter().filter(telling).filter(said).count()
}

/// The name that a text gives, where it can be one: one to five words of letters.
pub fn own_name(text: &str) -> Option<String> {
    let text: String = text.chars().take(200).collect();
    let folded = |word: &str| Words::of(word).as_slice().join("");
    let mut parts: Vec<&str> = text.split_whitespace().collect();
    // "It's Tom" and "My name is Tom", but also plainly "Will".
    while parts.len() > 1 && OPENERS.contains(&folded(parts[0]).as_str()) {
        parts.remove(0);
    }
    let edge = |c: char| !c.is_alphanumeric();
    let parts: Vec<_> = parts.iter().map(|part| part.trim_matches(edge)).collect();
    let legal =
        |c: char| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '.' | '\u{300}'..='\u{36f}');
    let is_name = |part: &&str| {
        !part.is_empty() && part.chars().all(legal) && !SENTENCE.contains(&folded(part).as_str())
    };
    let name = parts.join(" ");
    let fits = (1..=5).contains(&parts.len()) && name.chars().count() <= MAX_NAME_CHARS;
    let plain = intent::assent(&Words::of(&name)).is_none();
    (fits && plain && !text.contains('?') && parts.iter().all(is_name)).then_some(name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_within_a_longer_one_is_not_meant_and_equals_are_all_told() {
        let names = [
            "Haircut",
            "Kids' haircut",
            "Hair color",
            "Beard trim",
            "Men's haircut",
        ];
        for (text, expected) in [
            ("a haircut please", vec![0]),
            ("kids haircut", vec![1]),
            ("a hairuct for me", vec![0]),
            ("colour", vec![2]),
            ("trim", vec![3]),
            ("hair", vec![2]),
            ("haircut or beard trim", vec![0, 3]),
            ("massage", vec![]),
        ] {
            let found = mentioned(&Words::of(text), names.map(|name| [name].into_iter()));
            assert_eq!(found, expected, "{text}");
        }
        let cuts = ["Men's haircut", "Women's haircut"].map(|name| [name].into_iter());
        assert_eq!(mentioned(&Words::of("haircut"), cuts), [0, 1]);
        let none = mentioned(
            &Words::of("haircut"),
            std::iter::empty::<std::iter::Once<&str>>(),
        );
        assert!(none.is_empty());
    }

    #[test]
    fn a_name_is_taken_out_of_how_it_is_told() {
        for (text, expected) in [
            ("Ana", Some("Ana")),
            (
                "my name is José María Pérez-O'Neil",
                Some("José María Pérez-O'Neil"),
            ),
            ("Hi, I'm Tom.", Some("Tom")),
            ("April", Some("April")),
            ("Sun Li", Some("Sun Li")),
            ("yes", None),
            ("no thanks", None),
            ("3:30 pm", None),
            ("what for?", None),
            ("I want another day", None),
            ("tomorrow", None),
            ("", None),
            ("👍", None),
        ] {
            assert_eq!(own_name(text).as_deref(), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_name_is_never_long(text in ".*") {
            let name = own_name(&text);
            prop_assert!(name.is_none_or(|name| name.chars().count() <= MAX_NAME_CHARS));
        }
    }
}
