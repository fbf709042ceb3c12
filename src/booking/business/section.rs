//! A table of a business file that is read key by key.
//!
//! The invariant: every key is either read or, in the end, told to be unknown; a fault in one does
//! not hide the others.

use std::{
    collections::BTreeSet,
    fmt::{Display, Write as _},
};

use toml::{Table, Value};

use super::{
    faults::{Faults, Found, joined},
    hint,
};

/// One table, with the keys that are not read yet.
#[derive(Debug)]
pub(super) struct Section<'a> {
    path: String,
    table: Table,
    /// The keys that were looked for and not there.
    absent: BTreeSet<String>,
    faults: &'a Faults,
}

// === impl Section ===

impl<'a> Section<'a> {
    pub(super) fn root(table: Table, faults: &'a Faults) -> Self {
        Self::new(String::new(), table, faults)
    }

    fn new(path: String, table: Table, faults: &'a Faults) -> Self {
        Self {
            path,
            table,
            absent: BTreeSet::new(),
            faults,
        }
    }

    /// The full name of a key.
    pub(super) fn key(&self, key: &str) -> String {
        joined(&self.path, key)
    }

    /// Puts the id of what the table describes into the names of its keys.
    pub(super) fn identify(&mut self, id: &str) {
        let _ = write!(self.path, " ({id})");
    }

    /// Notes a fault of a key.
    pub(super) fn fault(&self, key: &str, fault: impl Display) {
        self.faults.push(Found::Wrong {
            path: self.path.clone(),
            key: key.to_owned(),
            fault: fault.to_string(),
        });
    }

    /// Notes that a key is not there, unless an unknown one was meant to be it.
    pub(super) fn missing(&self, key: &str, fault: impl Display) {
        self.faults.push(Found::Missing {
            path: self.path.clone(),
            key: key.to_owned(),
            fault: fault.to_string(),
        });
    }

    /// Returns whether something is wrong with a table of this name, so far.
    pub(super) fn is_at_fault(&self, table: &str) -> bool {
        self.faults.is_in(table)
    }

    /// Returns whether a key is not there, and one that is not read yet was meant to be it.
    pub(super) fn is_misspelt(&self, key: &str) -> bool {
        let known = [key];
        let mut others = self.table.keys().filter(|other| *other != key);
        !self.table.contains_key(key)
            && others.any(|other| hint::key(other, known.into_iter()).is_some())
    }

    /// The value of a key, whatever it is.
    pub(super) fn take(&mut self, key: &str) -> Option<Value> {
        let value = self.table.remove(key);
        self.look_for(key, value.is_some());
        value
    }

    fn look_for(&mut self, key: &str, is_there: bool) {
        if self.path.is_empty() {
            self.faults.look_for(key);
        }
        if !is_there {
            self.absent.insert(key.to_owned());
        }
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
                let quotes = quotes(&value);
                self.fault(
                    key,
                    format_args!("must be text of 1 to {max} characters{quotes}"),
                );
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
        self.guessed(key, allowed, rule, |_| None)
    }

    /// The same, with a hint of what may be meant.
    pub(super) fn guessed<T>(
        &mut self,
        key: &str,
        allowed: impl Display,
        rule: impl Fn(&str) -> Option<T>,
        hint: impl Fn(&str) -> Option<String>,
    ) -> Option<T> {
        let value = self.take(key)?;
        let parsed = value.as_str().and_then(&rule);
        if parsed.is_none() {
            let hint = value.as_str().and_then(hint);
            let hint = hint.filter(|hint| rule(hint).is_some());
            let (quotes, hint) = (quotes(&value), asked(hint.as_ref()));
            self.fault(key, format_args!("{allowed}{quotes}{hint}"));
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
            let hint = hint::number(&value).filter(|n| (min..=max).contains(n));
            let hint = hint.map_or(String::new(), |n| format!(", such as {n} without quotes"));
            self.fault(
                key,
                format_args!("must be a whole number from {min} to {max}{hint}"),
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
        self.guessed_list(key, allowed, rule, |_| None)
    }

    /// The same, with a hint of what an item may be meant to be.
    pub(super) fn guessed_list<T: PartialEq>(
        &mut self,
        key: &str,
        allowed: impl Display,
        rule: impl Fn(&Value) -> Option<T>,
        hint: impl Fn(&str) -> Option<String>,
    ) -> Option<Vec<T>> {
        let hint = |value: &Value| {
            let hint = Value::from(hint(value.as_str()?)?);
            rule(&hint).map(|_| hint)
        };
        let values = match self.take(key)? {
            Value::Array(values) => values,
            lone => {
                let item = if rule(&lone).is_some() {
                    Some(lone)
                } else {
                    hint(&lone)
                };
                let fault = match item {
                    Some(item) => format!("must be a list: [{item}]"),
                    None => format!("must be a list; each {allowed}"),
                };
                self.fault(key, fault);
                return None;
            }
        };
        let mut items = Vec::with_capacity(values.len());
        for (n, value) in values.iter().enumerate() {
            let item_key = format!("{key}[{}]", n + 1);
            match rule(value) {
                None => {
                    let hint = hint(value);
                    let hint = hint.as_ref().and_then(Value::as_str);
                    self.fault(&item_key, format_args!("{allowed}{}", asked(hint)));
                }
                Some(item) if items.contains(&item) => {
                    self.fault(&item_key, format_args!("{value} is there twice"));
                }
                Some(item) => items.push(item),
            }
        }
        // Where every item is wrong, the list is not an empty one.
        (values.is_empty() || !items.is_empty()).then_some(items)
    }

    /// A table within this one; empty when it is left out.
    pub(super) fn section(&mut self, key: &str) -> Section<'a> {
        let path = self.key(key);
        let empty = || Section::new(path, Table::new(), self.faults);
        self.optional_section(key).unwrap_or_else(empty)
    }

    /// A table within this one, where there is one.
    pub(super) fn optional_section(&mut self, key: &str) -> Option<Section<'a>> {
        let Value::Table(table) = self.take(key)? else {
            self.fault(key, "must be a table");
            return None;
        };
        Some(Section::new(self.key(key), table, self.faults))
    }

    /// The tables of a list.
    pub(super) fn sections(&mut self, key: &str) -> Vec<Section<'a>> {
        let items = match self.take(key) {
            None => return Vec::new(),
            Some(Value::Array(items)) => items,
            Some(one @ Value::Table(_)) => {
                self.fault(
                    key,
                    format_args!("stands in two brackets each time: [[{key}]]"),
                );
                vec![one]
            }
            Some(_) => {
                self.fault(key, format_args!("must be a list of tables: [[{key}]]"));
                return Vec::new();
            }
        };
        let mut sections = Vec::with_capacity(items.len());
        for (n, item) in items.into_iter().enumerate() {
            let path = self.key(&format!("{key}[{}]", n + 1));
            match item {
                Value::Table(table) => sections.push(Section::new(path, table, self.faults)),
                _ => self.faults.add(&path, "must be a table"),
            }
        }
        sections
    }

    /// Notes that a key is missing.
    pub(super) fn required<T>(&self, key: &str, value: Option<T>, given: bool) -> Option<T> {
        if !given {
            self.missing(key, "is missing");
        }
        value
    }

    /// Returns whether the value of a key is a table, where there is one.
    pub(super) fn is_table(&self, key: &str) -> Option<bool> {
        self.table.get(key).map(Value::is_table)
    }

    /// Whether a key is there and not read yet.
    pub(super) fn has(&mut self, key: &str) -> bool {
        let is_there = self.table.contains_key(key);
        self.look_for(key, is_there);
        is_there
    }

    /// Notes every key that was not read.
    pub(super) fn finish(self) {
        let known: Vec<_> = self.absent.into_iter().collect();
        for key in self.table.keys() {
            self.faults.push(Found::Unknown {
                path: self.path.clone(),
                key: key.clone(),
                known: known.clone(),
            });
        }
    }
}

pub(super) fn fits(text: &str, max: usize) -> bool {
    !text.is_empty() && text.chars().nth(max).is_none()
}

/// Advice on a value that would be text if it stood in quotes.
pub(super) fn quotes(value: &Value) -> &'static str {
    match value {
        Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) => {
            ", in quotes"
        }
        Value::String(_) | Value::Array(_) | Value::Table(_) => "",
    }
}

pub(super) fn asked(hint: Option<impl AsRef<str>>) -> String {
    hint.map_or(String::new(), |hint| {
        format!("; did you mean {:?}?", hint.as_ref())
    })
}
