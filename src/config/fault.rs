//! What is wrong with the settings: all of it at once, and never a secret's value.

use std::{borrow::Cow, error::Error, fmt, io, path::PathBuf};

use super::{
    setting::{Exposure, Rule, Setting},
    unknown::UnknownName,
};
use crate::signature::InvalidSecret;

/// The longest value that is repeated in a fault, in characters.
const MAX_SHOWN_CHARS: usize = 60;

/// One setting and what is wrong with it.
#[derive(Debug, thiserror::Error)]
#[error("{setting}: {problem}")]
pub struct Fault {
    /// The setting's name, or the file it should have come from.
    pub setting: Cow<'static, str>,
    /// What is wrong.
    #[source]
    pub problem: Problem,
}

/// What can be wrong with a setting. Follows its name.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The value breaks the setting's rule.
    #[error("must be {rule}{}", shown(.value.as_deref()))]
    Rule {
        /// The rule.
        rule: Rule,
        /// The value, where it may be shown.
        value: Option<String>,
    },
    /// A secret is there, but empty: that must not pass for "no check is wanted".
    #[error("is set but empty; give it a value or leave it out")]
    Empty,
    /// A list of secrets has one that is none.
    #[error("{0}")]
    Secret(#[source] InvalidSecret),
    /// A secret is given as a value and as a file.
    #[error("is given twice, here and by {file_variable}; keep one of them")]
    Twice {
        /// The variable that names the file.
        file_variable: String,
    },
    /// A file cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A line of a `.env` file is not understood.
    #[error("{} is not of the form NAME=value", after_line(.after.as_deref()))]
    Line {
        /// The name on the last line that was.
        after: Option<String>,
    },
    /// The value is not UTF-8.
    #[error("is not valid UTF-8")]
    NotUnicode,
    /// The value means something that this release does not have.
    #[error("{wanted} is not in this release; what works now is {works}")]
    NotInThisRelease {
        /// What was asked for.
        wanted: &'static str,
        /// What can be asked for.
        works: Rule,
    },
    /// Nothing reads it.
    #[error("{0}")]
    Unknown(UnknownName),
    /// It has to be given, since another setting asks for it.
    #[error("is missing, and {0} asks for it")]
    Missing(&'static str),
    /// The value does not fit another setting's.
    #[error("must be {relation} {other}")]
    Unfit {
        /// How they must relate.
        relation: &'static str,
        /// The other setting.
        other: &'static str,
    },
}

/// Everything that is wrong with the settings; nothing was started.
#[derive(Debug, Default)]
pub struct Faults(Vec<Fault>);

// === impl Fault ===

impl Fault {
    pub(super) fn new(setting: impl Into<Cow<'static, str>>, problem: Problem) -> Self {
        let setting = setting.into();
        Self { setting, problem }
    }

    /// The value breaks the rule.
    pub(super) fn rule(setting: &Setting, value: &str) -> Self {
        let value = (setting.exposure == Exposure::Shown).then(|| value.to_owned());
        let rule = setting.rule;
        Self::new(setting.name, Problem::Rule { rule, value })
    }
}

// === impl Faults ===

impl Faults {
    /// One fault after the other.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter()
    }

    pub(super) fn push(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    pub(super) fn with(mut self, fault: Fault) -> Self {
        self.push(fault);
        self
    }

    /// These, and then those.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<Vec<Fault>> for Faults {
    fn from(faults: Vec<Fault>) -> Self {
        Self(faults)
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.len() {
            1 => f.write_str("1 setting is wrong, and nothing was started:")?,
            count => write!(f, "{count} settings are wrong, and nothing was started:")?,
        }
        for fault in &self.0 {
            write!(f, "\n  {fault}")?;
        }
        Ok(())
    }
}

impl Error for Faults {}

fn shown(value: Option<&str>) -> String {
    let Some(value) = value else {
        return String::new();
    };
    let mut short: String = value.chars().take(MAX_SHOWN_CHARS).collect();
    if short.len() < value.len() {
        short.push('…');
    }
    format!(", not {short:?}")
}

fn after_line(last: Option<&str>) -> String {
    last.map_or_else(
        || "the first line".to_owned(),
        |name| format!("the line after {name}"),
    )
}
