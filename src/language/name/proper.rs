//! Names as they are written, whatever was typed in haste.

/// A name with capitals where it has none, or nothing else.
pub(super) fn name(written: &str) -> String {
    let small = !written.contains(char::is_uppercase);
    let long = written.split(' ').any(|word| word.chars().count() > 2);
    let loud = long && !written.contains(char::is_lowercase);
    if !small && !loud {
        return written.to_owned();
    }
    let words = written.split(' ').enumerate();
    let words = words.map(|(n, word)| match word {
        "de" | "del" | "la" | "las" | "los" | "y" | "e" | "da" | "do" | "dos" | "das" | "van"
        | "von" | "der" | "bin"
            if n > 0 =>
        {
            word.to_owned()
        }
        word => capitalized(word, loud),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A word with a capital at its start and after a hyphen or an apostrophe. "TJ" stays.
fn capitalized(word: &str, loud: bool) -> String {
    if loud && word.chars().count() <= 2 {
        return word.to_owned();
    }
    let mut begins = true;
    let mut proper = String::with_capacity(word.len());
    for (n, letter) in word.chars().enumerate() {
        let begun = begins || n == 2 && is_mac(word);
        if begun {
            proper.extend(letter.to_uppercase());
        } else {
            proper.extend(letter.to_lowercase());
        }
        begins = matches!(letter, '-' | '\'' | '’' | '`');
    }
    proper
}

/// Returns whether a surname begins with "Mc", after which a capital stands.
fn is_mac(word: &str) -> bool {
    let start: String = word.chars().take(2).flat_map(char::to_lowercase).collect();
    start == "mc" && word.chars().count() > 4
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
