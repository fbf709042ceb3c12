//! Names as they are written, whatever was typed in haste.

use crate::language::phrases::in_any;

/// A name with capitals where it has none, or nothing else.
pub(super) fn name(written: &str) -> String {
    let small = !written.contains(char::is_uppercase);
    let long = written.split(' ').any(|word| word.chars().count() > 2);
    let loud = long && !written.contains(char::is_lowercase);
    if !small && !loud {
        return written.to_owned();
    }
    let stays_small = in_any(|one| one.names.small);
    let words = written.split(' ').enumerate();
    let words = words.map(|(n, word)| {
        if n > 0 && stays_small.has(word) {
            word.to_owned()
        } else {
            capitalized(word, loud)
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A word with a capital at its start and after a hyphen or an apostrophe. "TJ" stays.
fn capitalized(word: &str, loud: bool) -> String {
    if loud && word.chars().count() <= 2 {
        return word.to_owned();
    }
    let mac = mac(word);
    let mut begins = true;
    let mut proper = String::with_capacity(word.len());
    for (n, letter) in word.chars().enumerate() {
        let begun = begins || mac == Some(n);
        if begun {
            proper.extend(letter.to_uppercase());
        } else {
            proper.extend(letter.to_lowercase());
        }
        begins = matches!(letter, '-' | '\'' | '’' | '`');
    }
    proper
}

/// Returns the letters of the "Mc" with which a surname begins, after which a capital stands.
fn mac(word: &str) -> Option<usize> {
    /// So many letters at least follow in a surname.
    const FOLLOWING: usize = 3;
    let small = word.to_lowercase();
    let mut all = in_any(|one| one.names.mac).iter();
    let length = all.find(|mac| small.starts_with(mac))?.chars().count();
    (word.chars().count() >= length + FOLLOWING).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn haste_is_made_good() {
        for (written, expected) in [
            ("priya", "Priya"),
            ("ZOE KLEIN", "Zoe Klein"),
            ("TJ", "TJ"),
            ("maría de la torre", "María de la Torre"),
            ("sinead o'brien", "Sinead O'Brien"),
            ("mary ann mcallister", "Mary Ann McAllister"),
            ("jean-luc", "Jean-Luc"),
            ("Cruz de la Torre", "Cruz de la Torre"),
            ("de la Fuente", "de la Fuente"),
        ] {
            assert_eq!(name(written), expected, "{written}");
        }
    }
}
