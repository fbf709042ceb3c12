//! Signs that stand for words in every language.

/// Signs, and a word of one of the languages for what they say.
pub(in crate::language) const SIGNS: &[(&[char], &str)] = &[
    (&['👍', '👌', '✅', '✔', '☑', '🆗', '💯'], "yes"),
    (&['👎', '❌'], "no"),
    (&['@'], "at"),
    (&['+'], "+"),
    (&['&'], "&"),
];
