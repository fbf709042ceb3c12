//! One pass over the settings: layers of names and values in, typed values and faults out.
//!
//! The invariant: a fault never ends the pass, so that all of them are listed, and a setting that
//! is wrong reads as its default, so that the pass can go on.

use std::{fs::File, io::Read as _, num::NonZeroU32, path::Path, time::Duration};

use secrecy::SecretString;

use super::{
    environment::Environment,
    fault::{Fault, Faults, Problem},
    setting::{Rule, Setting},
    strength,
};
use crate::signature::Secrets;

/// The most bytes that are read of a secret's file.
const MAX_SECRET_BYTES: u64 = 64 * 1024;

/// The pass.
pub(super) struct Reading<'a> {
    /// The earlier outranks the later.
    layers: &'a [&'a dyn Environment],
    faults: Faults,
    short_secrets: Vec<&'static str>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(layers: &'a [&'a dyn Environment]) -> Self {
        Self {
            layers,
            faults: Faults::default(),
            short_secrets: Vec::new(),
        }
    }

    /// What was wrong.
    pub(super) fn into_faults(self) -> Faults {
        self.faults
    }

    /// The settings so far whose secret is too short.
    pub(super) fn short_secrets(&mut self) -> Vec<&'static str> {
        std::mem::take(&mut self.short_secrets)
    }

    /// Notes what is wrong with a setting beyond its own rule.
    pub(super) fn fault(&mut self, setting: &Setting, problem: Problem) {
        self.faults.push(Fault::new(setting.name, problem));
    }

    /// Whether something is wrong with a setting already.
    pub(super) fn is_at_fault(&self, setting: &Setting) -> bool {
        let mut faults = self.faults.iter();
        faults.any(|fault| fault.setting == setting.name)
    }

    /// The value of a setting that has a default.
    pub(super) fn value<T>(&mut self, setting: &Setting, parse: impl Fn(&str) -> Option<T>) -> T {
        self.value_or_later(setting, parse, |_| None)
    }

    /// The same, where some other values have a meaning that comes with a later release: `later`
    /// names it.
    pub(super) fn value_or_later<T>(
        &mut self,
        setting: &Setting,
        parse: impl Fn(&str) -> Option<T>,
        later: impl Fn(&str) -> Option<&'static str>,
    ) -> T {
        self.given(setting, &parse, later).unwrap_or_else(|| {
            setting
                .default
                .and_then(parse)
                .expect("invariant: the default satisfies its own rule, as the tests check")
        })
    }

    /// The value of a setting that is given and right.
    pub(super) fn optional<T>(
        &mut self,
        setting: &Setting,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        self.given(setting, parse, |_| None)
    }

    fn given<T>(
        &mut self,
        setting: &Setting,
        parse: impl Fn(&str) -> Option<T>,
        later: impl Fn(&str) -> Option<&'static str>,
    ) -> Option<T> {
        let text = self.text(setting)?;
        let value = parse(&text);
        if value.is_none() {
            let works = setting.rule;
            self.faults.push(match later(&text) {
                Some(wanted) => {
                    Fault::new(setting.name, Problem::NotInThisRelease { wanted, works })
                }
                None => Fault::rule(setting, &text),
            });
        }
        value
    }

    /// A number within the setting's own bounds.
    pub(super) fn number(&mut self, setting: &Setting) -> u64 {
        let Rule::Number { min, max } = setting.rule else {
            unreachable!("invariant: {} is a number", setting.name);
        };
        self.value(setting, |text| {
            let number = text.parse().ok();
            number.filter(|number| (min..=max).contains(number))
        })
    }

    /// A number whose bounds fit the type.
    pub(super) fn small<T: TryFrom<u64>>(&mut self, setting: &Setting) -> T {
        T::try_from(self.number(setting))
            .ok()
            .expect("invariant: the setting's bounds fit the type, as the tests check")
    }

    /// A number of which 0 means "no limit".
    pub(super) fn limit(&mut self, setting: &Setting) -> Option<NonZeroU32> {
        NonZeroU32::new(self.small(setting))
    }

    /// A number of seconds, each so many long.
    pub(super) fn duration_of(&mut self, setting: &Setting, unit_secs: u64) -> Duration {
        Duration::from_secs(self.number(setting).saturating_mul(unit_secs))
    }

    /// A number of milliseconds.
    pub(super) fn duration_ms(&mut self, setting: &Setting) -> Duration {
        Duration::from_millis(self.number(setting))
    }

    /// A secret of its own form.
    pub(super) fn secret(&mut self, setting: &Setting) -> Option<SecretString> {
        self.checked_secret(setting, |text| !text.chars().any(char::is_control))
            .map(SecretString::from)
    }

    /// A secret that can stand in an `Authorization` header.
    pub(super) fn token(&mut self, setting: &Setting) -> Option<SecretString> {
        self.checked_secret(setting, |text| {
            text.bytes().all(|byte| byte.is_ascii_graphic())
        })
        .map(SecretString::from)
    }

    /// Secrets that are all valid.
    pub(super) fn secrets(&mut self, setting: &Setting) -> Option<Secrets> {
        let list = self.checked_secret(setting, |text| !text.chars().any(char::is_control))?;
        let secrets = Secrets::parse(&list);
        secrets
            .map_err(|invalid| self.fault(setting, Problem::Secret(invalid)))
            .ok()
    }

    fn checked_secret(&mut self, setting: &Setting, is_right: fn(&str) -> bool) -> Option<String> {
        let text = self.secret_text(setting)?;
        if text.trim().is_empty() {
            self.fault(setting, Problem::Empty);
            return None;
        }
        if !is_right(&text) {
            self.faults.push(Fault::rule(setting, &text));
            return None;
        }
        if strength::is_short(&text) {
            self.short_secrets.push(setting.name);
        }
        Some(text)
    }

    /// The text of the first layer that has one; an empty one counts as not given.
    fn text(&mut self, setting: &Setting) -> Option<String> {
        let text = self.layers.iter().find_map(|layer| {
            let value = Self::var(&mut self.faults, *layer, setting, setting.name)?;
            let value = value.trim();
            (!value.is_empty()).then(|| value.to_owned())
        })?;
        Some(text)
    }

    /// The text of the first layer that has one, or has a file with one.
    fn secret_text(&mut self, setting: &Setting) -> Option<String> {
        let file_variable = setting.file_variable()?;
        let layers = self.layers;
        for &layer in layers {
            let here = Self::var(&mut self.faults, layer, setting, setting.name);
            let file = Self::var(&mut self.faults, layer, setting, &file_variable)
                .filter(|path| !path.is_empty());
            match (here, file) {
                (None, None) => {}
                (Some(here), None) => return Some(here),
                (None, Some(path)) => return self.file(setting, Path::new(&path)),
                (Some(_), Some(_)) => {
                    self.fault(setting, Problem::Twice { file_variable });
                    return None;
                }
            }
        }
        None
    }

    fn file(&mut self, setting: &Setting, path: &Path) -> Option<String> {
        let mut text = String::new();
        let read =
            File::open(path).and_then(|file| file.take(MAX_SECRET_BYTES).read_to_string(&mut text));
        if let Err(source) = read {
            let path = path.to_owned();
            self.fault(setting, Problem::Unreadable { path, source });
            return None;
        }
        // Editors and `echo` end a file with a line break that is no part of the secret.
        let text = text.strip_suffix('\n').unwrap_or(&text);
        Some(text.strip_suffix('\r').unwrap_or(text).to_owned())
    }

    fn var(
        faults: &mut Faults,
        layer: &dyn Environment,
        setting: &Setting,
        name: &str,
    ) -> Option<String> {
        layer.var(name).unwrap_or_else(|_| {
            faults.push(Fault::new(setting.name, Problem::NotUnicode));
            None
        })
    }
}
