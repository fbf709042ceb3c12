//! What a setting is: a name, a default, a rule and a meaning.
//!
//! The invariant: what is said of a setting and what is checked come from the same value.

use std::fmt;

/// What follows a secret's name in the variable that names its file.
pub(super) const FILE_SUFFIX: &str = "_FILE";

/// One setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// The environment variable; the flag is the same in lower case with dashes.
    pub name: &'static str,
    /// What holds when it is not given; satisfies the rule.
    pub default: Option<&'static str>,
    /// What is allowed.
    pub rule: Rule,
    /// What it does, in one sentence.
    pub doc: &'static str,
    /// Who may see its value.
    pub exposure: Exposure,
}

/// What a value must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// A whole number within bounds.
    Number {
        /// The least that is allowed.
        min: u64,
        /// The most that is allowed.
        max: u64,
    },
    /// `true` or `false`.
    Switch,
    /// One of some words.
    OneOf(&'static [&'static str]),
    /// What the words say; a function of the reading checks it.
    Form(&'static str),
}

/// Who may see a setting's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exposure {
    /// Everyone: it is shown where it is wrong.
    Shown,
    /// It may carry a password: it can be a flag, but is never shown.
    Hidden,
    /// Nobody: it comes by environment or by `NAME_FILE`, and is never a flag.
    Secret,
}

/// Settings that belong together.
#[derive(Debug, Clone, Copy)]
pub struct Section {
    /// The heading.
    pub title: &'static str,
    /// Its settings, in the order in which they are shown.
    pub settings: &'static [Setting],
}

// === impl Setting ===

impl Setting {
    pub(super) const fn form(name: &'static str, form: &'static str, doc: &'static str) -> Self {
        Self::with_rule(name, Rule::Form(form), doc)
    }

    pub(super) const fn number(name: &'static str, min: u64, max: u64, doc: &'static str) -> Self {
        Self::with_rule(name, Rule::Number { min, max }, doc)
    }

    pub(super) const fn secret(name: &'static str, form: &'static str, doc: &'static str) -> Self {
        Self {
            exposure: Exposure::Secret,
            ..Self::form(name, form, doc)
        }
    }

    pub(super) const fn with_rule(name: &'static str, rule: Rule, doc: &'static str) -> Self {
        Self {
            name,
            default: None,
            rule,
            doc,
            exposure: Exposure::Shown,
        }
    }

    pub(super) const fn default(self, default: &'static str) -> Self {
        Self {
            default: Some(default),
            ..self
        }
    }

    pub(super) const fn hidden(self) -> Self {
        Self {
            exposure: Exposure::Hidden,
            ..self
        }
    }

    /// Whether it is a secret.
    pub fn is_secret(&self) -> bool {
        self.exposure == Exposure::Secret
    }

    /// The flag without its dashes, unless it is a secret.
    pub fn flag(&self) -> Option<String> {
        (!self.is_secret()).then(|| self.name.to_ascii_lowercase().replace('_', "-"))
    }

    /// The variable that names a file with the value, where it is a secret.
    pub fn file_variable(&self) -> Option<String> {
        self.is_secret()
            .then(|| format!("{}{FILE_SUFFIX}", self.name))
    }
}

// === impl Rule ===

/// Follows the words "must be".
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number { min, max } => write!(f, "a whole number from {min} to {max}"),
            Self::Switch => f.write_str("true or false"),
            Self::OneOf(words) => f.write_str(&words.join(" or ")),
            Self::Form(form) => f.write_str(form),
        }
    }
}
