//! The faults of a business file, gathered while it is read.
//!
//! The invariant: a key that is missing is not told where a misspelt one was meant to be it.

use std::{
    cell::RefCell,
    collections::BTreeSet,
    fmt::{Display, Write as _},
};

use super::{Fault, hint};

/// The most keys that are listed where no single one was meant.
const MAX_LISTED_KEYS: usize = 8;

/// Where the faults of a file are gathered.
#[derive(Debug)]
pub(super) struct Faults {
    file: Box<str>,
    found: RefCell<Vec<Found>>,
    /// The keys that a file may have outside of its tables.
    top: RefCell<BTreeSet<String>>,
}

#[derive(Debug)]
pub(super) enum Found {
    /// Something is wrong with a key.
    Wrong {
        path: String,
        key: String,
        fault: String,
    },
    /// A key is not there, unless an unknown one was meant to be it.
    Missing {
        path: String,
        key: String,
        fault: String,
    },
    /// A key is not known; `known` are those that could be there in its place.
    Unknown {
        path: String,
        key: String,
        known: Vec<String>,
    },
}

// === impl Faults ===

impl Faults {
    pub(super) fn new(file: &str) -> Self {
        Self {
            file: file.into(),
            found: RefCell::default(),
            top: RefCell::default(),
        }
    }

    pub(super) fn add(&self, key: &str, fault: impl Display) {
        self.push(Found::Wrong {
            path: String::new(),
            key: key.to_owned(),
            fault: fault.to_string(),
        });
    }

    /// Notes a key that a file may have outside of its tables.
    pub(super) fn look_for(&self, key: &str) {
        self.top.borrow_mut().insert(key.to_owned());
    }

    pub(super) fn push(&self, found: Found) {
        self.found.borrow_mut().push(found);
    }

    /// Returns whether something is wrong with a table of this name, wherever it is.
    pub(super) fn is_in(&self, table: &str) -> bool {
        let found = self.found.borrow();
        found.iter().any(|found| {
            let (path, key) = found.place();
            path.split('.').any(|part| part == table) || key == table
        })
    }

    /// Every fault. A key that is missing is none where an unknown one was meant to be it.
    pub(super) fn into_vec(self) -> Vec<Fault> {
        let found = self.found.into_inner();
        let top = self.top.into_inner();
        let is_meant = |wanted_path: &str, wanted: &str| {
            found.iter().any(|found| match found {
                Found::Unknown { path, key, known } if path == wanted_path => {
                    meant(key, known) == Some(wanted)
                }
                _ => false,
            })
        };
        let told = found.iter().filter_map(|found| {
            let fault = match found {
                Found::Missing { path, key, .. } if is_meant(path, key) => return None,
                Found::Wrong { fault, .. } | Found::Missing { fault, .. } => fault.clone(),
                Found::Unknown { path, key, known } => unknown(path, key, known, &top),
            };
            let (path, key) = found.place();
            Some(Fault {
                file: self.file.clone(),
                key: joined(path, key).into(),
                fault: fault.into(),
            })
        });
        told.collect()
    }
}

impl Found {
    fn place(&self) -> (&str, &str) {
        match self {
            Self::Wrong { path, key, .. }
            | Self::Missing { path, key, .. }
            | Self::Unknown { path, key, .. } => (path, key),
        }
    }
}

pub(super) fn joined(path: &str, key: &str) -> String {
    match (path, key) {
        ("", name) | (name, "") => name.to_owned(),
        _ => format!("{path}.{key}"),
    }
}

fn meant<'a>(key: &str, known: &'a [String]) -> Option<&'a str> {
    hint::key(key, known.iter().map(String::as_str))
}

/// What is said of a key that is not known.
fn unknown(path: &str, key: &str, known: &[String], top: &BTreeSet<String>) -> String {
    let mut fault = "is not a key that frontdesk knows here".to_owned();
    let _ = if let Some(meant) = meant(key, known) {
        write!(fault, "; did you mean {meant:?}?")
    } else if !path.is_empty() && top.contains(key) {
        write!(fault, "; it belongs to the top, before the first [section]")
    } else if !path.is_empty() && (1..=MAX_LISTED_KEYS).contains(&known.len()) {
        write!(fault, "; keys that can be added here: {}", known.join(", "))
    } else {
        Ok(())
    };
    fault
}
