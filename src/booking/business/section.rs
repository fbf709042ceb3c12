//! A table of a business file that is read key by key.
//!
//! The invariant: every key is either read or, in the end, told to be unknown; a fault in one does
//! not hide the others.

use std::{cell::RefCell, fmt::Display};

use toml::{Table, Value};

use super::{Fault, Text};
use crate::language::Language;

/// Where the faults of a file are gathered.
#[derive(Debug)]
pub(super) struct Faults {
    file: Box<str>,
    found: RefCell<Vec<Fault>>,
}

/// One table, with the keys that are not read yet.
#[derive(Debug)]
pub(super) struct Section<'a> {
    path: String,
    table: Table,
    faults: &'a Faults,
}

// === impl Faults ===

impl Faults {
    pub(super) fn new(file: &str) -> Self {
        Self {
            file: file.into(),
            found: RefCell::default(),
        }
    }

    pub(super) fn add(&self, key: &str, fault: impl Display) {
        self.found.borrow_mut().push(Fault {
            file: self.file.clone(),
            key: key.into(),
            fault: fault.to_string().into(),
        });
    }

    pub(super) fn into_vec(self) -> Vec<Fault> {
        self.found.into_inner()
    }
}

// === impl Section ===

impl<'a> Section<'a> {
    pub(super) fn root(table: Table, faults: &'a Faults) -> Self {
        Self {
            path: String::new(),
            table,
            faults,
        }
    }

    /// The full name of a key.
    pub(super) fn key(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }

    /// Notes a fault of a key.
    pub(super) fn fault(&self, key: &str, fault: impl Display) {
        self.faults.add(&self.key(key), fault);
    }

    /// The value of a key, whatever it is.
    pub(super) fn take(&mut self, key: &str) -> Option<Value> {
        self.table.remove(key)
    }

    /// The keys that are not read yet.
    pub(super) fn keys(&self) -> Vec<String> {
        self.table.keys().cloned().collect()
    }

    /// Words, not empty and not longer than `max` characters.
    pub(super) fn string(&mut self, key: &str, max: usize) -> Option<String> {
        let value = self.take(key)?;
        match value.as_str().map(str::trim) {
            Some(text) if fits(text, max) => Some(text.to_owned()),
            _ => {
                self.fault(key, format_args!("must be text of 1 to {max} characters"));
                None
            }
        }
    }

    /// Words that a rule accepts; `allowed` says which.
    pub(super) fn parsed<T>(
        &mut self,
        key: &str,
        allowed: impl Display,
        rule: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let value = self.take(key)?;
        let parsed = value.as_str().and_then(rule);
        if parsed.is_none() {
            self.fault(key, allowed);
        }
        parsed
    }

    /// A whole number within bounds.
    pub(super) fn integer(&mut self, key: &str, min: u32, max: u32, default: u32) -> u32 {
        self.optional_integer(key, min, max).unwrap_or(default)
    }

    /// A whole number within bounds, where there is one.
    pub(super) fn optional_integer(&mut self, key: &str, min: u32, max: u32) -> Option<u32> {
        let value = self.take(key)?;
        let number = value.as_integer().and_then(|n| u32::try_from(n).ok());
        let number = number.filter(|n| (min..=max).contains(n));
        if number.is_none() {
            self.fault(
                key,
                format_args!("must be a whole number from {min} to {max}"),
            );
        }
        number
    }

    /// Yes or no.
    pub(super) fn boolean(&mut self, key: &str) -> bool {
        match self.take(key) {
            None => false,
            Some(Value::Boolean(value)) => value,
            Some(_) => {
                self.fault(key, "must be true or false");
                false
            }
        }
    }

    /// A list of words, each accepted by a rule and none twice.
    pub(super) fn list<T: PartialEq>(
        &mut self,
        key: &str,
        allowed: impl Display,
        rule: impl Fn(&Value) -> Option<T>,
    ) -> Option<Vec<T>> {
        let Value::Array(values) = self.take(key)? else {
            self.fault(key, format_args!("must be a list; each {allowed}"));
            return None;
        };
        let mut items = Vec::with_capacity(values.len());
        for (n, value) in values.iter().enumerate() {
            let item_key = format!("{key}[{}]", n + 1);
            match rule(value) {
                None => self.fault(&item_key, &allowed),
                Some(item) if items.contains(&item) => {
                    self.fault(&item_key, format_args!("{value} is there twice"));
                }
                Some(item) => items.push(item),
            }
        }
        Some(items)
    }

    /// Words in one language for all, or by language.
    pub(super) fn text(&mut self, key: &str, languages: &[Language], max: usize) -> Option<Text> {
        match self.take(key)? {
            Value::String(words) if fits(words.trim(), max) => Some(Text::new(words.trim())),
            Value::Table(table) => self.texts(key, table, languages, max),
            _ => {
                self.fault(key, text_rule(languages, max));
                None
            }
        }
    }

    fn texts(&self, key: &str, table: Table, languages: &[Language], max: usize) -> Option<Text> {
        let mut texts = Vec::new();
        for (code, value) in table {
            let language = Language::from_code(&code).filter(|known| languages.contains(known));
            let words = value
                .as_str()
                .map(str::trim)
                .filter(|words| fits(words, max));
            match (language, words) {
                (Some(language), Some(words)) => texts.push((language, Box::from(words))),
                (None, _) => self.fault(&format!("{key}.{code}"), not_spoken(languages)),
                (Some(_), None) => self.fault(
                    &format!("{key}.{code}"),
                    format_args!("must be text of 1 to {max} characters"),
                ),
            }
        }
        let default = *languages.first()?;
        let Some(at) = texts.iter().position(|(language, _)| *language == default) else {
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
    pub(super) fn words(&mut self, key: &str, languages: &[Language]) -> Option<Vec<Box<str>>> {
        const ALLOWED: &str = "must be a word or phrase of 1 to 60 characters";
        let rule = |value: &Value| {
            let words = value.as_str()?.trim();
            fits(words, 60).then(|| Box::from(words))
        };
        if !self.table.get(key)?.is_table() {
            return self.list(key, ALLOWED, rule);
        }
        let mut by_language = self.section(key);
        let mut all = Vec::new();
        for language in languages {
            all.extend(
                by_language
                    .list(language.code(), ALLOWED, rule)
                    .unwrap_or_default(),
            );
        }
        by_language.finish();
        Some(all)
    }

    /// A table within this one; empty when it is left out.
    pub(super) fn section(&mut self, key: &str) -> Section<'a> {
        let path = self.key(key);
        let table = match self.take(key) {
            None => Table::new(),
            Some(Value::Table(table)) => table,
            Some(_) => {
                self.fault(key, "must be a table");
                Table::new()
            }
        };
        Section {
            path,
            table,
            faults: self.faults,
        }
    }

    /// A table within this one, where there is one.
    pub(super) fn optional_section(&mut self, key: &str) -> Option<Section<'a>> {
        self.table.contains_key(key).then(|| self.section(key))
    }

    /// The tables of a list.
    pub(super) fn sections(&mut self, key: &str) -> Vec<Section<'a>> {
        let items = match self.take(key) {
            None => return Vec::new(),
            Some(Value::Array(items)) => items,
            Some(_) => {
                self.fault(key, format_args!("must be a list of tables: [[{key}]]"));
                return Vec::new();
            }
        };
        let mut sections = Vec::with_capacity(items.len());
        for (n, item) in items.into_iter().enumerate() {
            let path = self.key(&format!("{key}[{}]", n + 1));
            match item {
                Value::Table(table) => sections.push(Section {
                    path,
                    table,
                    faults: self.faults,
                }),
                _ => self.faults.add(&path, "must be a table"),
            }
        }
        sections
    }

    /// Notes that a key is missing.
    pub(super) fn required<T>(&self, key: &str, value: Option<T>, given: bool) -> Option<T> {
        if !given {
            self.fault(key, "is missing");
        }
        value
    }

    /// Whether a key is there and not read yet.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Notes every key that was not read.
    pub(super) fn finish(self) {
        for key in self.table.keys() {
            self.fault(key, "is not a key that frontdesk knows here");
        }
    }
}

fn fits(text: &str, max: usize) -> bool {
    !text.is_empty() && text.chars().nth(max).is_none()
}

/// The fault of a language that a business does not speak.
pub(super) fn not_spoken(languages: &[Language]) -> String {
    let codes = codes(languages);
    format!("is not one of this business's languages: {codes}")
}

fn codes(languages: &[Language]) -> String {
    let codes: Vec<_> = languages.iter().map(|language| language.code()).collect();
    codes.join(", ")
}

fn text_rule(languages: &[Language], max: usize) -> String {
    let codes = codes(languages);
    format!("must be text of 1 to {max} characters, or a table of such texts by language ({codes})")
}
