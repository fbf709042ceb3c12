//! The words of a language are in its vocabulary, and the logic has none of its own: what it says of
//! one language it would not say of the next.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// What looks like words in the logic and is none: the file, and the literals.
const ALLOWED: &[(&str, &[&str])] = &[
    // The codes of languages.
    ("language.rs", &["en", "es"]),
    // A name in the table of countries, whose codes are in capitals.
    ("language/feast.rs", &["elsewhere"]),
    // The names of texts, and of the places in them.
    (
        "language/wording.rs",
        &["confirm", "details", "appointment", "none"],
    ),
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The files of a folder and its folders, but for those of vocabularies and tests.
fn logic(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("vocabulary") {
            files.extend(logic(&path));
        } else if path.is_file() && !path.ends_with("tests.rs") {
            files.push(path);
        }
    }
    files
}

/// The string literals of a file that are no more than words in small letters, outside its
/// attributes and tests.
fn words(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    let code = text.split("\n#[cfg(test)]\nmod ").next().unwrap();
    let is_word = |literal: &&str| {
        let plain = |letter: char| letter.is_lowercase() || matches!(letter, ' ' | '|');
        literal.chars().all(plain) && literal.chars().any(char::is_lowercase)
    };
    let all = literals(code).into_iter();
    all.filter(is_word).map(str::to_owned).collect()
}

/// The string literals of code outside its attributes.
fn literals(code: &str) -> Vec<&str> {
    let mut found = Vec::new();
    // The brackets of an attribute that are open.
    let mut open = 0;
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '"' => {
                let end = string_end(rest);
                if open == 0 {
                    found.push(&rest[1..end - 1]);
                }
                end
            }
            '\'' => char_length(rest),
            '#' if rest.starts_with("#[") => {
                open += 1;
                2
            }
            '[' if open > 0 => {
                open += 1;
                1
            }
            ']' if open > 0 => {
                open -= 1;
                1
            }
            first => first.len_utf8(),
        };
        rest = &rest[length..];
    }
    found
}

/// Where the string with which a text begins ends.
fn string_end(text: &str) -> usize {
    let mut escaped = false;
    let closes = |(at, letter): (usize, char)| {
        let closes = at > 0 && letter == '"' && !escaped;
        escaped = letter == '\\' && !escaped;
        closes.then_some(at + 1)
    };
    text.char_indices().find_map(closes).unwrap()
}

/// The length of the character with which a text begins, or of the sign of a lifetime.
fn char_length(text: &str) -> usize {
    let mut letters = text.chars().skip(1);
    match (letters.next(), letters.next()) {
        (Some('\\'), Some(escaped)) => {
            let escape = 2 + escaped.len_utf8();
            escape + text[escape..].find('\'').unwrap() + 1
        }
        (Some(letter), Some('\'')) => 2 + letter.len_utf8(),
        _ => 1,
    }
}

#[test]
fn the_logic_has_words_of_no_language() {
    let mut files = logic(&source().join("language"));
    files.push(source().join("language.rs"));
    let mut found = Vec::new();
    for path in files {
        let file = path.strip_prefix(source()).unwrap();
        let allowed = ALLOWED.iter().find(|(name, _)| Path::new(name) == file);
        let allowed = allowed.map_or([].as_slice(), |(_, allowed)| allowed);
        let mut words = words(&path);
        words.retain(|word| !allowed.contains(&word.as_str()));
        found.extend(words.into_iter().map(|word| (file.to_owned(), word)));
    }
    assert!(found.is_empty(), "of src/language/vocabulary: {found:?}");
}

#[test]
fn words_are_found_where_they_are() {
    let spanish = source().join("language/vocabulary/spanish/grammar.rs");
    let found = words(&spanish);
    assert!(found.contains(&"conmigo".to_owned()), "{found:?}");
    assert!(found.contains(&"lugar|vez".to_owned()), "{found:?}");
    let code = r#"#[expect(a[1], reason = "b")] fn c<'d>() -> char { f("g \" h", '"', '\'', "i") } // "j""#;
    assert_eq!(literals(code), [r#"g \" h"#, "i"]);
}
