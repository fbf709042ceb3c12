//! A person's name, where it was asked for.
//!
//! The invariant: a name is one to five words of letters, and no sentence.

use super::{Language, act, words::Words};

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

/// The name that a text gives, where it can be one: one to five words of letters.
pub fn own_name(text: &str) -> Option<String> {
    let text: String = text.chars().take(200).collect();
    let folded = |word: &str| Words::of(word).as_slice().join("");
    let mut parts: Vec<&str> = text.split_whitespace().collect();
    // "It's Tom" and "My name is Tom", but also plainly "Will".
    while parts.len() > 1 && OPENERS.contains(&folded(parts[0]).as_str()) {
        let opener = folded(parts.remove(0));
        // "Soy la Pili".
        if opener == "soy" && parts.len() > 1 && ["la", "el"].contains(&folded(parts[0]).as_str()) {
            parts.remove(0);
        }
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
    let plain = !is_answer(&name);
    (fits && plain && !text.contains('?') && parts.iter().all(is_name)).then_some(name)
}

/// Whether a name would be a yes or no.
fn is_answer(name: &str) -> bool {
    let words = Words::of(name);
    let mut all = Language::ALL.into_iter();
    all.any(|language| act::is_answer(&words, language))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_is_taken_out_of_how_it_is_told() {
        for (text, expected) in [
            ("Ana", Some("Ana")),
            (
                "my name is José María Pérez-O'Neil",
                Some("José María Pérez-O'Neil"),
            ),
            ("Hi, I'm Tom.", Some("Tom")),
            ("soy la Pili", Some("Pili")),
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
