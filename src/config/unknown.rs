//! Names that are set and that nothing reads: most of them are misspelt settings.
//!
//! The invariant: a misspelt setting does not pass for one that was left out. A name that is a slip
//! away from a setting is a fault, since a secret that is not read turns a check off; unless that
//! setting is given too, so that nothing is turned off. Other names are only warned of.
//!
//! All names of `.env` are ours. The environment is shared with other programs, so that of its names
//! only those are looked at that hardly mean anything else.

use std::{collections::BTreeSet, fmt};

use super::{
    Fault, Problem, Setting, all,
    setting::FILE_SUFFIX,
    table::{DEPLOYMENT, OWN_PREFIXES, WORKFLOW},
};
use crate::spelling::edits;

/// Shorter names of the environment are left alone: `PORTS` is no slip of ours.
const MIN_ENVIRONMENT_CHARS: usize = 8;
/// What people put before a setting that they take for too general.
const PROGRAM_PREFIX: &str = "FRONTDESK_";
/// What docker compose reads of a `.env` itself.
const COMPOSE_PREFIXES: &[&str] = &["COMPOSE_", "DOCKER_", "BUILDKIT_"];

/// A name that is set and that nothing reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName {
    /// The name; `None` if it may be a piece of a secret.
    pub name: Option<String>,
    /// Where it is set.
    pub place: Place,
    /// The names that were probably meant.
    pub meant: Vec<String>,
}

/// Where a name is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In `.env`.
    Dotenv,
    /// In the environment of the process.
    Environment,
}

/// The names that are read.
pub(super) struct KnownNames<'a> {
    settings: Vec<(String, &'static Setting)>,
    /// The variables that the business files name; `None` if the files could not be read.
    variables: Option<&'a BTreeSet<Box<str>>>,
}

// === impl KnownNames ===

impl<'a> KnownNames<'a> {
    pub(super) fn new(variables: Option<&'a BTreeSet<Box<str>>>) -> Self {
        let settings = all().flat_map(|setting| {
            let names = [Some(setting.name.to_owned()), setting.file_variable()];
            names.into_iter().flatten().map(move |name| (name, setting))
        });
        Self {
            settings: settings.collect(),
            variables,
        }
    }

    /// Sorts out the unknown names of one place: into faults, and into what is only warned of.
    pub(super) fn check(
        &self,
        names: &BTreeSet<String>,
        place: Place,
        is_given: impl Fn(&str) -> bool,
    ) -> (Vec<Fault>, Vec<UnknownName>) {
        let (mut faults, mut warnings) = (Vec::new(), Vec::new());
        for name in names.iter().filter(|name| !self.is_read(name, place)) {
            let meant = self.meant(name, place);
            let is_reported = match place {
                // A business file that could not be read may name it.
                Place::Dotenv => !meant.is_empty() || self.variables.is_some(),
                Place::Environment => !meant.is_empty() || is_own(name),
            };
            if !is_reported {
                continue;
            }
            let unknown = UnknownName {
                name: (!meant.is_empty() || is_plain(name)).then(|| name.clone()),
                place,
                meant: meant.iter().map(|(meant, _)| (*meant).to_owned()).collect(),
            };
            let replaces_nothing = meant
                .iter()
                .any(|(meant, _)| sources(meant).iter().any(|name| is_given(name)));
            let is_ours = place == Place::Dotenv
                || has_prefix(name)
                || meant.iter().any(|(_, is_secret)| *is_secret);
            if meant.is_empty() || replaces_nothing || !is_ours {
                warnings.push(unknown);
            } else {
                let fault = Fault::new(name.clone(), Problem::Unknown(unknown));
                faults.push(fault);
            }
        }
        (faults, warnings)
    }

    fn is_read(&self, name: &str, place: Place) -> bool {
        let is_setting = self.settings.iter().any(|(known, _)| known == name);
        let is_of_deployment = DEPLOYMENT.iter().any(|setting| setting.name == name);
        let is_named = self.variables.is_some_and(|named| named.contains(name));
        is_setting
            || is_of_deployment
            || is_named
            || match place {
                Place::Dotenv => COMPOSE_PREFIXES
                    .iter()
                    .any(|prefix| name.starts_with(prefix)),
                Place::Environment => is_service_link(name),
            }
    }

    /// The names that were probably meant, each with whether it is a secret.
    fn meant(&self, given: &str, place: Place) -> Vec<(&str, bool)> {
        let upper = given.to_ascii_uppercase();
        let name = upper.strip_prefix(PROGRAM_PREFIX).unwrap_or(&upper);
        let is_short = name.len() == upper.len() && upper.len() < MIN_ENVIRONMENT_CHARS;
        if place == Place::Environment && is_short {
            return Vec::new();
        }
        let by_word = place == Place::Dotenv || has_prefix(name);
        let settings = self.settings.iter().filter_map(|(known, setting)| {
            let slips = slips(name, known, place).or((by_word && differ_by_word(name, known))
                // Worse than any slip of letters.
                .then_some(usize::MAX))?;
            Some((slips, (known.as_str(), setting.is_secret())))
        });
        let variables = self.variables.into_iter().flatten();
        let variables = variables.filter_map(|known| {
            let slips = slips(given, known, place)?;
            Some((slips, (&**known, true)))
        });
        let close: Vec<_> = settings.chain(variables).collect();
        let least = close.iter().map(|(slips, _)| *slips).min();
        let closest = close.into_iter().filter(|(slips, _)| Some(*slips) == least);
        closest.map(|(_, meant)| meant).collect()
    }
}

/// The names by which a value can be given: its own, and that of its file.
fn sources(name: &str) -> [String; 2] {
    let own = name.strip_suffix(FILE_SUFFIX).unwrap_or(name);
    [own.to_owned(), format!("{own}{FILE_SUFFIX}")]
}

/// How many letters a name is away from a known one, if it is a slip.
fn slips(given: &str, known: &str, place: Place) -> Option<usize> {
    if given == known {
        return Some(0);
    }
    if place == Place::Environment {
        // Another short first word is another program: `GH_API_TOKEN` is GitHub's.
        let (word, wanted) = (first_word(given), first_word(known));
        let is_other = wanted.len() <= 3 && letters(word) != letters(wanted);
        if is_other || known.len() < MIN_ENVIRONMENT_CHARS {
            return None;
        }
    }
    edits(given, known)
}

/// Whether two names are the same but for one word more or less, which is not the first, and each
/// word but for a slip.
fn differ_by_word(given: &str, known: &str) -> bool {
    let words = |name: &str| name.split('_').map(str::to_owned).collect::<Vec<_>>();
    let (given, known) = (words(given), words(known));
    let (long, short) = if given.len() > known.len() {
        // `ADMIN_TOKEN_OLD` was put aside on purpose.
        if given.last() != known.last() {
            return false;
        }
        (given, known)
    } else {
        (known, given)
    };
    let is_close = |(a, b): (&String, &String)| a == b || edits(a, b).is_some();
    long.len() == short.len() + 1
        && (1..long.len()).any(|left_out| {
            let rest = long.iter().enumerate().filter(|(n, _)| *n != left_out);
            rest.map(|(_, word)| word).zip(&short).all(is_close)
        })
}

fn first_word(name: &str) -> &str {
    name.split_once('_').map_or(name, |(word, _)| word)
}

fn letters(word: &str) -> Vec<char> {
    let mut letters: Vec<_> = word.chars().collect();
    letters.sort_unstable();
    letters
}

/// Whether a name can only be meant for us.
fn is_own(name: &str) -> bool {
    OWN_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

/// Whether a name begins as several settings do.
fn has_prefix(name: &str) -> bool {
    is_own(name) || first_word(name) == WORKFLOW.name
}

/// Whether Kubernetes or Docker set a name, for a service that happens to be called like a setting.
fn is_service_link(name: &str) -> bool {
    name.ends_with("_SERVICE_HOST")
        || name.contains("_SERVICE_PORT")
        || name.ends_with("_PORT")
        || name.contains("_PORT_")
}

/// Whether a name looks like one. A line of a key that was put into `.env` as it is has a name too.
fn is_plain(name: &str) -> bool {
    const MAX_CHARS: usize = 48;
    let is_plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    name.len() <= MAX_CHARS && name.chars().all(is_plain)
}

// === impl UnknownName ===

impl UnknownName {
    /// The name and what is wrong with it, in one line.
    pub fn line(&self) -> String {
        let name = self.name.as_deref();
        let name = name.unwrap_or("a name with other signs than A-Z, 0-9 and _");
        format!("{name}: {self}")
    }
}

/// Follows the name.
impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = match self.place {
            Place::Dotenv => ".env",
            Place::Environment => "the environment",
        };
        write!(f, "unknown setting in {place}")?;
        if self.meant.is_empty() {
            f.write_str("; nothing reads it")
        } else {
            write!(f, "; did you mean {}?", self.meant.join(" or "))
        }
    }
}

#[cfg(test)]
mod tests;
