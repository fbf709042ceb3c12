//! The logic of reading has no words of a language in it: all are in the vocabularies, so that another
//! language is another vocabulary and nothing else.

use std::{
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{TokenStream, TokenTree};

/// Literals that look like words of a language and are none, by file.
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

/// The string literals of a file that consist of lower-case words, outside attributes and tests.
fn words(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    let code = text.split("\n#[cfg(test)]\nmod ").next().unwrap();
    let is_word = |literal: &String| {
        let plain = |letter: char| letter.is_lowercase() || matches!(letter, ' ' | '|');
        literal.chars().all(plain) && literal.chars().any(char::is_lowercase)
    };
    let mut all = literals(code.parse().unwrap());
    all.retain(is_word);
    all
}

/// The string literals of code, outside attributes.
fn literals(code: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    let mut tokens = code.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(sign) if sign.as_char() == '#' => {
                tokens.next_if(|next| matches!(next, TokenTree::Punct(_)));
                tokens.next_if(|next| matches!(next, TokenTree::Group(_)));
            }
            TokenTree::Group(group) => found.extend(literals(group.stream())),
            TokenTree::Literal(literal) => {
                let literal = literal.to_string();
                let text = literal
                    .strip_prefix('"')
                    .and_then(|text| text.strip_suffix('"'));
                found.extend(text.map(str::to_owned));
            }
            _ => {}
        }
    }
    found
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
    let code =
        r#"#[expect(a[1], reason = "b")] fn c<'d>() -> char { f("g \" h", '"', "i") } // "j""#;
    assert_eq!(literals(code.parse().unwrap()), [r#"g \" h"#, "i"]);
}
