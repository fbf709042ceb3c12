//! Where settings are read from: the process, a `.env` file, flags, or a map in a test.
//!
//! The invariant: the process's environment is read here and nowhere else, and never written.

use std::{
    borrow::Borrow,
    collections::{BTreeSet, HashMap},
    env::{self, VarError},
    fmt, fs,
    hash::{BuildHasher, Hash},
    io,
    path::Path,
};

use super::{
    fault::{Fault, Faults, Problem},
    unknown::{KnownNames, Place, UnknownName},
};

/// Names with values.
pub trait Environment {
    /// The value of a name, nothing where it is not set.
    fn var(&self, name: &str) -> Result<Option<String>, NotUnicode>;
}

/// The value of a variable is not UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the value is not UTF-8")]
pub struct NotUnicode;

/// Where the settings of this process come from, the earlier outranking the later: its flags, its
/// environment, and `.env` where it runs.
pub struct ProcessLayers<'a> {
    flags: &'a dyn Environment,
    dotenv: HashMap<String, String>,
    pub(super) fault: Option<Fault>,
}

/// The environment of this process.
#[derive(Debug, Clone, Copy, Default)]
pub struct ProcessEnvironment;

impl Environment for ProcessEnvironment {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the environment"
    )]
    fn var(&self, name: &str) -> Result<Option<String>, NotUnicode> {
        match env::var(name) {
            Ok(value) => Ok(Some(value)),
            Err(VarError::NotPresent) => Ok(None),
            Err(VarError::NotUnicode(_)) => Err(NotUnicode),
        }
    }
}

impl ProcessEnvironment {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the environment"
    )]
    fn names() -> BTreeSet<String> {
        let names = env::vars_os().map(|(name, _)| name.into_string());
        names.filter_map(Result::ok).collect()
    }
}

impl<'a> ProcessLayers<'a> {
    /// Reads `.env` and keeps what is wrong with it for [`Config::from_layers`].
    ///
    /// [`Config::from_layers`]: super::Config::from_layers
    pub fn read(flags: &'a dyn Environment) -> Self {
        let (dotenv, fault) = read_dotenv(Path::new(".env"));
        Self {
            flags,
            dotenv,
            fault,
        }
    }

    /// The layers, if `.env` could be read.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn whole(mut self) -> Result<Self, Faults> {
        match self.fault.take() {
            None => Ok(self),
            Some(fault) => Err(Faults::default().with(fault)),
        }
    }

    /// The names in `.env` and in the environment that nothing reads: faults, and what is only
    /// warned of. `variables` are those that the business files name; `None`, where the files could
    /// not be read.
    pub fn unknown_names(
        &self,
        variables: Option<&BTreeSet<Box<str>>>,
    ) -> (Faults, Vec<UnknownName>) {
        let known = KnownNames::new(variables);
        let is_given = |name: &str| matches!(self.var(name), Ok(Some(value)) if !value.is_empty());
        let dotenv = self.dotenv.keys().cloned().collect();
        let (mut faults, mut warnings) = known.check(&dotenv, Place::Dotenv, is_given);
        let names = ProcessEnvironment::names();
        let (more, others) = known.check(&names, Place::Environment, is_given);
        faults.extend(more);
        warnings.extend(others);
        (faults.into(), warnings)
    }

    pub(super) fn layers(&self) -> [&dyn Environment; 3] {
        [self.flags, &ProcessEnvironment, &self.dotenv]
    }
}

impl Environment for ProcessLayers<'_> {
    fn var(&self, name: &str) -> Result<Option<String>, NotUnicode> {
        for layer in self.layers() {
            if let Some(value) = layer.var(name)? {
                return Ok(Some(value));
            }
        }
        Ok(None)
    }
}

impl fmt::Debug for ProcessLayers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProcessLayers").finish_non_exhaustive()
    }
}

impl<K, V, S> Environment for HashMap<K, V, S>
where
    K: Borrow<str> + Hash + Eq,
    V: AsRef<str>,
    S: BuildHasher,
{
    fn var(&self, name: &str) -> Result<Option<String>, NotUnicode> {
        Ok(self.get(name).map(|value| value.as_ref().to_owned()))
    }
}

/// Reads a `.env` file, and what is wrong with it. One that is not there is empty.
///
/// A name that stands there twice has its last value, as in a shell.
pub(super) fn read_dotenv(path: &Path) -> (HashMap<String, String>, Option<Fault>) {
    match fs::read_to_string(path) {
        Ok(text) => parse_dotenv(&text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => (HashMap::new(), None),
        Err(source) => {
            let path = path.to_owned();
            let fault = Fault::new(".env", Problem::Unreadable { path, source });
            (HashMap::new(), Some(fault))
        }
    }
}

fn parse_dotenv(text: &str) -> (HashMap<String, String>, Option<Fault>) {
    let text = text.trim_start_matches('\u{feff}');
    let mut values = HashMap::new();
    let mut last = None;
    for item in dotenvy::from_read_iter(text.as_bytes()) {
        // The error is dropped, not shown: it quotes the line, and the line may hold a secret.
        let Ok((name, value)) = item else {
            return (
                values,
                Some(Fault::new(".env", Problem::Line { after: last })),
            );
        };
        last = Some(name.clone());
        values.insert(name, value);
    }
    (values, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dotenv_file_may_have_comments_quotes_and_a_byte_order_mark() {
        let text = "\u{feff}# ours\nPORT=4000\nexport HOST='::1' # here\nPORT=5000\n";
        let (values, fault) = parse_dotenv(text);
        assert!(fault.is_none());
        assert_eq!(values["PORT"], "5000");
        assert_eq!(values["HOST"], "::1");
    }

    #[test]
    fn a_broken_dotenv_line_is_named_by_the_one_before_and_not_quoted() {
        let (_, fault) = parse_dotenv("PORT=4000\nADMIN TOKEN=hunter2\n");
        assert_eq!(
            fault.unwrap().to_string(),
            ".env: the line after PORT is not of the form NAME=value"
        );
    }

    #[test]
    fn a_dotenv_file_that_is_not_there_is_empty() {
        let (values, fault) = read_dotenv(Path::new("no/such/folder/.env"));
        assert!(values.is_empty() && fault.is_none());
    }
}
