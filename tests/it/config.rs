//! Settings: every one is read, checked and documented, and no fault hides another.

use std::{cell::RefCell, collections::HashMap, fs, time::Duration};

use frontdesk::config::{
    self, Config, Database, Environment, Exposure, NotUnicode, Rule, WorkflowKind,
};
use frontdesk::signature::shared_secret::verify;
use proptest::prelude::*;
use secrecy::ExposeSecret;

type Pairs<'a> = &'a [(&'a str, &'a str)];

fn load(pairs: Pairs<'_>) -> Result<Config, config::Faults> {
    Config::load(&[&pairs.iter().copied().collect::<HashMap<_, _>>()])
}

/// What is wrong, as it is printed.
fn faults(pairs: Pairs<'_>) -> Vec<String> {
    let faults = load(pairs).unwrap_err();
    faults.iter().map(ToString::to_string).collect()
}

#[derive(Default)]
struct Asked(RefCell<Vec<String>>);

impl Environment for Asked {
    fn var(&self, name: &str) -> Result<Option<String>, NotUnicode> {
        self.0.borrow_mut().push(name.to_owned());
        Ok(None)
    }
}

struct Unreadable;

impl Environment for Unreadable {
    fn var(&self, name: &str) -> Result<Option<String>, NotUnicode> {
        if name == "HOST" {
            Err(NotUnicode)
        } else {
            Ok(None)
        }
    }
}

#[test]
fn the_defaults_are_those_of_the_contract() {
    let config = Config::defaults();
    assert_eq!(config.http.address.to_string(), "0.0.0.0:3000");
    assert_eq!(config.http.max_connections, 4096);
    assert_eq!(
        config.store.database,
        Database::Sqlite("frontdesk.db".into())
    );
    assert_eq!(config.limits.sender_per_minute.unwrap().get(), 30);
    assert_eq!(config.limits.address_per_minute.unwrap().get(), 600);
    assert_eq!(config.workflow.kind, WorkflowKind::Assistant);
    assert_eq!(config.turns.coalesce, Duration::from_millis(2500));
    assert_eq!(config.turns.coalesce_max, Duration::from_secs(10));
    assert_eq!(config.turns.max_age, Duration::from_hours(2));
    assert_eq!(config.turns.max_attempts, 8);
    assert_eq!(config.turns.handoff, Duration::from_hours(12));
    assert_eq!(config.shutdown.grace, Duration::from_secs(20));
    assert_eq!(config.log.format, None);
    assert!(config.direct.secrets.is_none() && !config.direct.allow_unsigned);
}

#[test]
fn every_setting_of_the_table_is_read_and_no_other() {
    let asked = Asked::default();
    Config::load(&[&asked]).unwrap();
    let mut asked = asked.0.into_inner();
    let mut listed: Vec<_> = config::all()
        .flat_map(|setting| {
            let file = setting.file_variable();
            [Some(setting.name.to_owned()), file].into_iter().flatten()
        })
        .collect();
    asked.sort_unstable();
    listed.sort_unstable();
    assert_eq!(asked, listed);
}

#[test]
fn an_earlier_layer_outranks_a_later_one() {
    let flags = HashMap::from([("PORT", "1")]);
    let environment = HashMap::from([("PORT", "2"), ("MAX_ATTEMPTS", "2")]);
    let dotenv = HashMap::from([("PORT", "3"), ("MAX_ATTEMPTS", "3"), ("HOST", "::1")]);
    let config = Config::load(&[&flags, &environment, &dotenv]).unwrap();
    assert_eq!(config.http.address.to_string(), "[::1]:1");
    assert_eq!(config.turns.max_attempts, 2);
}

#[test]
fn every_fault_is_listed_at_once() {
    let found = faults(&[
        ("PORT", "http"),
        ("HOST", "localhost"),
        ("COALESCE_MS", "20000"),
        ("DRAIN_DELAY_SECS", "20"),
        ("ALLOW_UNSIGNED", "perhaps"),
        ("TRUSTED_PROXIES", "10.0.0.0/40"),
        ("GHL_LOCATION_ID", "a b"),
        ("WHATSAPP_VERIFY_TOKEN", " "),
    ]);
    insta::assert_snapshot!(found.join("\n"), @r#"
    HOST: must be an IP address, such as 127.0.0.1 or ::, not "localhost"
    PORT: must be a whole number from 0 to 65535, not "http"
    TRUSTED_PROXIES: must be addresses or networks separated by commas, such as 10.0.0.0/8, not "10.0.0.0/40"
    ALLOW_UNSIGNED: must be true or false, not "perhaps"
    WHATSAPP_VERIFY_TOKEN: is set but empty; give it a value or leave it out
    GHL_LOCATION_ID: must be location ids of letters and digits, separated by commas, not "a b"
    COALESCE_MAX_MS: must be at least COALESCE_MS
    DRAIN_DELAY_SECS: must be less than SHUTDOWN_GRACE_SECS
    "#);
}

#[test]
fn a_value_of_a_later_release_is_told_what_works_now() {
    let found = faults(&[("DATABASE_URL", "postgres://clerk:hunter2@db/frontdesk")]);
    insta::assert_snapshot!(found.join("\n"), @"DATABASE_URL: PostgreSQL is not in this release; what works now is sqlite:FILE, such as sqlite:frontdesk.db or sqlite:/data/frontdesk.db");
}

#[test]
fn a_workflow_elsewhere_needs_an_address_and_frontdesks_own_a_secret() {
    let found = faults(&[("WORKFLOW", "remote")]);
    insta::assert_snapshot!(found.join("\n"), @r"
    WORKFLOW_URL: is missing, and WORKFLOW asks for it
    WORKFLOW_SECRET: is missing, and WORKFLOW asks for it
    ");
    let found = faults(&[("WORKFLOW", "langgraph")]);
    assert_eq!(
        found,
        ["WORKFLOW_URL: is missing, and WORKFLOW asks for it"]
    );
}

#[test]
fn what_customers_write_leaves_the_machine_only_over_tls() {
    for (url, is_allowed) in [
        ("https://agent.example/turn", true),
        ("http://127.0.0.1:8000", true),
        ("http://[::1]:8000", true),
        ("http://localhost:8000", true),
        ("http://agent.example/turn", false),
        ("http://10.0.0.7:8000", false),
        ("http://localhost.agent.example", false),
    ] {
        let settings = [("WORKFLOW", "langgraph"), ("WORKFLOW_URL", url)];
        assert_eq!(load(&settings).is_ok(), is_allowed, "{url}");
        if !is_allowed {
            assert_eq!(
                faults(&settings),
                [
                    "WORKFLOW_URL: must be an address that starts with https://; http:// only on this machine"
                ]
            );
        }
    }
}

#[test]
fn a_value_that_is_not_unicode_is_a_fault_of_its_setting() {
    let faults = Config::load(&[&Unreadable]).unwrap_err();
    insta::assert_snapshot!(faults, @r"
    1 setting is wrong, and nothing was started:
      HOST: is not valid UTF-8
    ");
}

#[test]
fn an_empty_value_is_none_given_but_an_empty_secret_is_a_fault() {
    let config = load(&[("PORT", ""), ("BUSINESS", " ")]).unwrap();
    assert_eq!(config.http.address.port(), 3000);
    assert_eq!(config.business, None);
    for setting in config::all().filter(|setting| setting.is_secret()) {
        let found = faults(&[(setting.name, "")]);
        assert_eq!(
            found,
            [format!(
                "{}: is set but empty; give it a value or leave it out",
                setting.name
            )]
        );
    }
}

#[test]
fn a_secret_list_with_a_hole_is_a_fault() {
    for list in [",", "a,", ",a", "a,,b", "a, ,b"] {
        assert_eq!(faults(&[("GHL_WEBHOOK_SECRET", list)]).len(), 1, "{list:?}");
    }
    let config = load(&[("GHL_WEBHOOK_SECRET", "one, two")]).unwrap();
    let secrets = config.direct.secrets.unwrap();
    for secret in ["one", "two"] {
        assert!(verify(&secrets, secret.as_bytes(), bytes::Bytes::new()).is_ok());
    }
}

#[test]
fn a_secret_is_read_from_its_file_without_the_last_line_break() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    for (content, secret) in [
        ("s3cret", "s3cret"),
        ("s3cret\n", "s3cret"),
        ("s3\tcret\r\n", ""),
        ("s3cret \r\n", "s3cret "),
    ] {
        fs::write(&file, content).unwrap();
        let read = load(&[("WHATSAPP_VERIFY_TOKEN_FILE", file.to_str().unwrap())]);
        let read = read.ok().and_then(|config| config.whatsapp.verify_token);
        let read = read.as_ref().map_or("", |token| token.expose_secret());
        assert_eq!(read, secret, "{content:?}");
    }
}

#[test]
fn a_secret_given_twice_or_in_a_file_that_is_not_there_is_a_fault() {
    let twice = faults(&[
        ("ADMIN_TOKEN", "hunter2"),
        ("ADMIN_TOKEN_FILE", "/nowhere/token"),
    ]);
    assert_eq!(
        twice,
        ["ADMIN_TOKEN: is given twice, here and by ADMIN_TOKEN_FILE; keep one of them"]
    );
    let missing = faults(&[("ADMIN_TOKEN_FILE", "/nowhere/token")]);
    assert_eq!(missing.len(), 1);
    assert!(missing[0].starts_with("ADMIN_TOKEN: cannot read /nowhere/token: "));
}

#[test]
fn the_environment_may_replace_a_secret_file_of_dotenv() {
    let environment = HashMap::from([("ADMIN_TOKEN", "ours")]);
    let dotenv = HashMap::from([("ADMIN_TOKEN_FILE", "/nowhere/token")]);
    let config = Config::load(&[&environment, &dotenv]).unwrap();
    assert_eq!(config.http.admin_token.unwrap().expose_secret(), "ours");
}

#[test]
fn numbers_end_where_the_table_says() {
    for setting in config::all() {
        let Rule::Number { min, max } = setting.rule else {
            continue;
        };
        // The rules between settings are met by the widest neighbours.
        let roomy = [
            ("COALESCE_MAX_MS", "300000"),
            ("SHUTDOWN_GRACE_SECS", "3600"),
        ];
        let with = |value: String| {
            let mut pairs: HashMap<_, _> = roomy.map(|(name, value)| (name, value.into())).into();
            pairs.insert(setting.name, value);
            pairs.entry("COALESCE_MS").or_insert("0".to_owned());
            Config::load(&[&pairs])
        };
        for right in [min, max] {
            assert!(with(right.to_string()).is_ok(), "{} {right}", setting.name);
        }
        assert!(with((max + 1).to_string()).is_err(), "{}", setting.name);
        if let Some(below) = min.checked_sub(1) {
            assert!(with(below.to_string()).is_err(), "{}", setting.name);
        }
        assert!(with("-1".to_owned()).is_err() && with("1.5".to_owned()).is_err());
    }
}

#[test]
fn no_limit_is_written_zero() {
    let config = load(&[
        ("RATE_LIMIT_PER_MINUTE", "0"),
        ("IP_RATE_LIMIT_PER_MINUTE", "0"),
    ]);
    let limits = config.unwrap().limits;
    assert_eq!(
        (limits.sender_per_minute, limits.address_per_minute),
        (None, None)
    );
}

#[test]
fn debug_output_of_the_settings_shows_no_secret() {
    let secrets: HashMap<_, _> = config::all()
        .filter(|setting| setting.is_secret())
        .map(|setting| (setting.name, "hunter2"))
        .collect();
    assert!(secrets.len() >= 8);
    let config = Config::load(&[&secrets]).unwrap();
    assert!(!format!("{config:#?}").contains("hunter2"));
}

#[test]
fn env_example_is_the_one_of_the_code() {
    let written = include_str!("../../.env.example");
    assert_eq!(
        written,
        config::env_example(),
        "write it anew: make .env.example"
    );
}

#[test]
fn the_readme_lists_every_setting_as_the_code_has_it() {
    let table = config::markdown_table();
    let readme = include_str!("../../README.md");
    assert!(readme.contains(&table), "the README should hold:\n{table}");
}

#[test]
fn env_example_without_its_comment_signs_is_a_working_setup_of_defaults() {
    let lines = config::env_example();
    let settings = lines.lines().filter_map(|line| {
        let (name, value) = line.strip_prefix('#')?.split_once('=')?;
        let is_name = !name.starts_with(' ') && !value.is_empty();
        is_name.then(|| (name.to_owned(), value.to_owned()))
    });
    let settings: HashMap<_, _> = settings.collect();
    assert!(settings.len() > 20);
    let config = Config::load(&[&settings]).unwrap();
    let defaults = Config::defaults();
    assert_eq!(config.http.address, defaults.http.address);
    assert_eq!(config.highlevel.public_keys, defaults.highlevel.public_keys);
}

proptest! {
    #[test]
    fn no_value_makes_the_reading_panic_and_no_hidden_one_is_repeated(
        index in 0usize..64,
        value in "[a-z0-9:/,. -]{12,40}",
    ) {
        let settings: Vec<_> = config::all().collect();
        let setting = settings[index % settings.len()];
        let pairs = HashMap::from([(setting.name, value.clone())]);
        if let Err(faults) = Config::load(&[&pairs]) {
            let text = faults.to_string();
            prop_assert!(text.contains(setting.name));
            if setting.exposure != Exposure::Shown {
                prop_assert!(!text.contains(value.trim()), "{}", text);
            }
        }
    }
}
