//! Texts of a business file, in one language or by language.

use toml::{Table, Value};

use super::{
    Text, hint,
    section::{Section, asked, fits, quotes},
};
use crate::language::Language;

/// The languages of a business.
#[derive(Debug)]
pub(super) struct Languages {
    pub(super) list: Vec<Language>,
    /// True if the file tells them without a fault.
    pub(super) is_sure: bool,
}

// === impl Section ===

impl Section<'_> {
    /// Words in one language for all, or by language.
    pub(super) fn text(&mut self, key: &str, languages: &Languages, max: usize) -> Option<Text> {
        match self.take(key)? {
            Value::String(words) if fits(words.trim(), max) => Some(Text::new(words.trim())),
            Value::Table(table) => self.texts(key, table, languages, max),
            value => {
                let quotes = quotes(&value);
                self.fault(key, format_args!("{}{quotes}", text_rule(languages, max)));
                None
            }
        }
    }

    fn texts(&self, key: &str, table: Table, languages: &Languages, max: usize) -> Option<Text> {
        let mut texts = Vec::new();
        for (code, value) in table {
            let language = Language::from_code(&code).filter(|known| languages.has(*known));
            let words = value
                .as_str()
                .map(str::trim)
                .filter(|words| fits(words, max));
            match (language, words) {
                (Some(language), Some(words)) => texts.push((language, Box::from(words))),
                (None, _) => self.fault(&format!("{key}.{code}"), not_spoken(&code, languages)),
                (Some(_), None) => self.fault(
                    &format!("{key}.{code}"),
                    format_args!("must be text of 1 to {max} characters"),
                ),
            }
        }
        let default = *languages.list.first()?;
        let Some(at) = texts.iter().position(|(language, _)| *language == default) else {
            if !languages.is_sure {
                return Some(Text::new("?"));
            }
            let code = default.code();
            self.fault(
                key,
                format_args!("must be given in \"{code}\", the first language"),
            );
            return None;
        };
        let (_, words) = texts.swap_remove(at);
        Some(Text::with_others(&words, texts))
    }

    /// Lists of words in one language for all, or by language; all together.
    pub(super) fn words(&mut self, key: &str, languages: &Languages) -> Option<Vec<Box<str>>> {
        const ALLOWED: &str = "must be a word or phrase of 1 to 60 characters";
        let rule = |value: &Value| {
            let words = value.as_str()?.trim();
            fits(words, 60).then(|| Box::from(words))
        };
        if !self.is_table(key)? {
            return self.list(key, ALLOWED, rule);
        }
        let mut by_language = self.section(key);
        let (mut all, mut is_wrong) = (Vec::new(), false);
        for language in languages.known() {
            let code = language.code();
            let is_there = by_language.has(code);
            let words = by_language.list(code, ALLOWED, rule);
            is_wrong |= is_there && words.is_none();
            all.extend(words.unwrap_or_default());
        }
        is_wrong |= !by_language.keys().is_empty();
        by_language.finish();
        (!is_wrong || !all.is_empty()).then_some(all)
    }
}

// === impl Languages ===

impl Languages {
    pub(super) fn has(&self, language: Language) -> bool {
        !self.is_sure || self.list.contains(&language)
    }

    /// Those that a text may be given in.
    fn known(&self) -> Vec<Language> {
        let all = Language::ALL.iter().copied();
        all.filter(|language| self.has(*language)).collect()
    }
}

/// The fault of a language that a business does not speak.
pub(super) fn not_spoken(code: &str, languages: &Languages) -> String {
    let known = languages.known();
    let hint = hint::language(code);
    let hint = hint.filter(|hint| known.iter().any(|language| language.code() == hint));
    let (codes, hint) = (codes(languages), asked(hint));
    format!("is not one of this business's languages: {codes}{hint}")
}

fn codes(languages: &Languages) -> String {
    let languages = languages.known();
    let codes: Vec<_> = languages.iter().map(|language| language.code()).collect();
    codes.join(", ")
}

fn text_rule(languages: &Languages, max: usize) -> String {
    let codes = codes(languages);
    format!("must be text of 1 to {max} characters, or a table of such texts by language ({codes})")
}
