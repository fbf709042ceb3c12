//! What signs say that are no letters, whatever the language.

/// Signs, and a word of one of the languages for what they say.
pub(in crate::language) const SIGNS: &[(&[char], &str)] = &[
    (&['👍', '👌', '✅', '✔', '☑', '🆗', '💯'], "yes"),
    (&['👎', '❌'], "no"),
    (&['@'], "at"),
    (&['+'], "+"),
    (&['&'], "&"),
];
