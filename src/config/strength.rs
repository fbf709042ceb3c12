//! Secrets that are too short to be safe.
//!
//! The invariant: a remark names where the secret is set, and says nothing of what it is.

use std::collections::BTreeSet;

use super::{Config, Environment};

/// The fewest characters of a secret that is not remarked on.
const MIN_CHARS: usize = 16;
/// The prefix of a secret as Standard Webhooks writes it, which is no part of the secret.
const STANDARD_PREFIX: &str = "whsec_";

/// Whether a secret, or one in a comma-separated list of them, is too short.
pub(super) fn is_short(list: &str) -> bool {
    let mut secrets = list.split(',').map(str::trim);
    secrets.any(|secret| {
        let secret = secret.strip_prefix(STANDARD_PREFIX).unwrap_or(secret);
        secret.chars().count() < MIN_CHARS
    })
}

impl Config {
    /// Returns a remark for each setting, and each of these variables, whose secret is too short.
    pub fn short_secrets<'a>(
        &self,
        variables: impl IntoIterator<Item = &'a str>,
        environment: &dyn Environment,
    ) -> Vec<String> {
        let named = variables.into_iter().filter(|name| {
            let value = environment.var(name).ok().flatten();
            value.is_some_and(|value| is_short(&value))
        });
        // A business file may name the variable of a setting.
        let names: BTreeSet<_> = self.short_secrets.iter().copied().chain(named).collect();
        let remarks = names.into_iter().map(|name| {
            format!(
                "{name} has fewer than {MIN_CHARS} characters: too short to be safe, or copied in \
                 part; openssl rand -hex 32 makes a good one"
            )
        });
        remarks.collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::config::all;

    const LONG: &str = "0123456789abcdef";

    fn remarks(settings: &[(&str, &str)], variables: &[&str]) -> Vec<String> {
        let environment: HashMap<_, _> = settings.iter().copied().collect();
        let config = Config::load(&[&environment]).unwrap();
        config.short_secrets(variables.iter().copied(), &environment)
    }

    #[test]
    fn every_setting_that_is_a_secret_has_sixteen_characters_or_is_named() {
        let mut secrets = 0;
        for setting in all().filter(|setting| setting.is_secret()) {
            let short = remarks(&[(setting.name, &LONG[1..])], &[]);
            assert_eq!(short.len(), 1, "{}", setting.name);
            assert!(short[0].starts_with(setting.name), "{}", short[0]);
            assert!(!short[0].contains(&LONG[1..]));
            assert_eq!(remarks(&[(setting.name, LONG)], &[]), [""; 0]);
            secrets += 1;
        }
        assert!(secrets >= 8, "{secrets}");
    }

    #[test]
    fn each_secret_of_a_list_counts_and_a_prefix_does_not() {
        let is_named = |list: &str| !remarks(&[("GHL_WEBHOOK_SECRET", list)], &[]).is_empty();
        for (list, short) in [
            (format!("{LONG},{LONG}x"), false),
            (format!("{LONG}, short"), true),
            (format!("whsec_{LONG}"), false),
            ("whsec_c2hvcnQ=".to_owned(), true),
            (format!("whsec_{}", &LONG[1..]), true),
            ("sechzehn Zeichen".to_owned(), false),
            ("fünfzehn Zeiche".to_owned(), true),
        ] {
            assert_eq!(is_named(&list), short, "{list}");
        }
    }

    #[test]
    fn what_a_business_file_names_is_looked_at_and_named_once() {
        let settings = [("LUNA_SECRET", "short"), ("GHL_WEBHOOK_SECRET", "short")];
        let named = ["LUNA_SECRET", "GHL_WEBHOOK_SECRET", "NOT_SET"];
        let remarks = remarks(&settings, &named);
        let names: Vec<_> = remarks
            .iter()
            .map(|remark| remark.split(' ').next().unwrap())
            .collect();
        assert_eq!(names, ["GHL_WEBHOOK_SECRET", "LUNA_SECRET"]);
    }

    #[test]
    fn a_secret_in_a_file_is_looked_at() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(&file, "short\n").unwrap();
        let path = file.path().to_str().unwrap();
        let remarks = remarks(&[("ADMIN_TOKEN_FILE", path)], &[]);
        assert!(remarks[0].starts_with("ADMIN_TOKEN "), "{remarks:?}");
    }

    #[test]
    fn without_secrets_there_is_nothing_to_say() {
        assert_eq!(remarks(&[], &[]), [""; 0]);
    }
}
