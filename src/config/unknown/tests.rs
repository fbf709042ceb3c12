use super::*;

/// Names that set-ups of others have in their environment.
const ELSEWHERE: &str = include_str!("elsewhere.txt");

fn checked(names: &[&str], place: Place, given: &[&str]) -> (Vec<String>, Vec<String>) {
    let variables = ["LUNA_SECRET", "LUNA_WHATSAPP_TOKEN"].map(Box::from).into();
    let known = KnownNames::new(Some(&variables));
    let names = names.iter().map(ToString::to_string).collect();
    let (faults, warnings) = known.check(&names, place, |name| given.contains(&name));
    (
        faults.iter().map(ToString::to_string).collect(),
        warnings.iter().map(UnknownName::line).collect(),
    )
}

/// What is said of one name, and whether it stops the start.
fn said(name: &str, place: Place) -> Option<(bool, String)> {
    let (faults, warnings) = checked(&[name], place, &[]);
    assert!(
        faults.len() + warnings.len() <= 1,
        "{faults:?} {warnings:?}"
    );
    let fault = faults.into_iter().map(|line| (true, line));
    fault
        .chain(warnings.into_iter().map(|line| (false, line)))
        .next()
}

fn meant(name: &str, place: Place) -> String {
    let (_, line) = said(name, place).unwrap_or_else(|| panic!("{name} is not reported"));
    let meant = line.split_once("did you mean ");
    meant.map_or(String::new(), |(_, meant)| {
        meant.trim_end_matches('?').to_owned()
    })
}

#[test]
fn a_misspelt_setting_is_a_fault_with_a_suggestion_wherever_it_is_set() {
    for (name, setting) in [
        ("GHL_WEBHOK_SECRET", "GHL_WEBHOOK_SECRET"),
        ("GHL_WEBHOOK_SECRETS", "GHL_WEBHOOK_SECRET"),
        ("GHL_WEBHOOKSECRET", "GHL_WEBHOOK_SECRET"),
        ("GLH_WEBHOOK_SECRET", "GHL_WEBHOOK_SECRET"),
        ("GHL_SECRET", "GHL_WEBHOOK_SECRET"),
        ("GHL_WEBHOK_SECRET_FILE", "GHL_WEBHOOK_SECRET_FILE"),
        ("ghl_webhook_secret", "GHL_WEBHOOK_SECRET"),
        ("FRONTDESK_GHL_WEBHOOK_SECRET", "GHL_WEBHOOK_SECRET"),
        ("GHL_LOCATION_IDS", "GHL_LOCATION_ID"),
        ("GHL_LOCATION", "GHL_LOCATION_ID"),
        ("GHL_TOKEN", "GHL_API_TOKEN"),
        ("ADMIM_TOKEN", "ADMIN_TOKEN"),
        ("ADMINTOKEN", "ADMIN_TOKEN"),
        ("METRIC_TOKEN", "METRICS_TOKEN"),
        (
            "WHATSAPP_TOKN",
            "WHATSAPP_VERIFY_TOKEN or WHATSAPP_ACCESS_TOKEN",
        ),
        ("WHATSAPP_SECRET", "WHATSAPP_APP_SECRET"),
        ("WHATSAP_APP_SECRET", "WHATSAPP_APP_SECRET"),
        ("WHATSAPP_BUSINESS_ACCESS_TOKEN", "WHATSAPP_ACCESS_TOKEN"),
        ("WORKFLOW_SECRETE", "WORKFLOW_SECRET"),
        ("WORKFLOW_TIMEOUT", "WORKFLOW_TIMEOUT_SECS"),
        ("LUNA_SECERT", "LUNA_SECRET"),
    ] {
        for place in [Place::Dotenv, Place::Environment] {
            assert_eq!(meant(name, place), setting, "{name}");
            assert!(said(name, place).unwrap().0, "{name} in {place:?}");
        }
    }
}

#[test]
fn a_misspelt_setting_that_guards_nothing_stops_the_start_only_in_our_own_file() {
    for (name, setting) in [
        ("RATELIMIT_PER_MINUTE", "RATE_LIMIT_PER_MINUTE"),
        ("MAX_CONNECTION", "MAX_CONNECTIONS"),
        ("TRUSTED_PROXYS", "TRUSTED_PROXIES"),
        ("BUSINES", "BUSINESS"),
        ("RETENTION_DAY", "RETENTION_DAYS"),
        ("FRONTDESK_HOST", "HOST"),
    ] {
        assert_eq!(meant(name, Place::Dotenv), setting);
        assert!(said(name, Place::Dotenv).unwrap().0, "{name}");
        if name.len() >= MIN_ENVIRONMENT_CHARS {
            assert_eq!(meant(name, Place::Environment), setting);
            assert!(!said(name, Place::Environment).unwrap().0, "{name}");
        }
    }
}

#[test]
fn in_our_own_file_no_unknown_name_is_passed_over() {
    for (name, setting) in [
        ("PROT", "PORT"),
        ("port", "PORT"),
        ("HOSTT", "HOST"),
        ("LOG", "LOG_LEVEL or LOG_FORMAT"),
        ("LOGLEVEL", "LOG_LEVEL"),
        ("SHUTDOWN_GRACE", "SHUTDOWN_GRACE_SECS"),
        ("GH_API_TOKEN", "GHL_API_TOKEN"),
        ("MARY_SECRET", ""),
        ("RUST_BACKTRACE", ""),
        ("GHL_COMPANY", ""),
    ] {
        assert_eq!(meant(name, Place::Dotenv), setting);
        assert_eq!(said(name, Place::Dotenv).unwrap().0, !setting.is_empty());
    }
    for name in [
        "PROT",
        "port",
        "HOSTT",
        "LOG",
        "SHUTDOWN_GRACE",
        "GH_API_TOKEN",
        "MARY_SECRET",
    ] {
        assert_eq!(said(name, Place::Environment), None, "{name}");
    }
    // With such a beginning it is meant for us, whatever it is.
    let line = "GHL_COMPANY: unknown setting in the environment; nothing reads it";
    assert_eq!(
        said("GHL_COMPANY", Place::Environment),
        Some((false, line.to_owned()))
    );
}

#[test]
fn names_that_are_read_are_not_reported() {
    let settings = all().flat_map(|setting| {
        let file = setting.file_variable();
        [Some(setting.name.to_owned()), file].into_iter().flatten()
    });
    let others = ["DOMAIN", "LUNA_SECRET", "LUNA_WHATSAPP_TOKEN"].map(str::to_owned);
    for name in settings.chain(others) {
        assert_eq!(said(&name, Place::Dotenv), None);
        assert_eq!(said(&name, Place::Environment), None);
    }
    for name in [
        "COMPOSE_PROJECT_NAME",
        "DOCKER_BUILDKIT",
        "BUILDKIT_PROGRESS",
    ] {
        assert_eq!(said(name, Place::Dotenv), None);
    }
}

#[test]
fn a_name_beside_the_setting_it_resembles_is_only_warned_of() {
    for given in ["ADMIN_TOKEN", "ADMIN_TOKEN_FILE"] {
        let (faults, warnings) = checked(&["ADMIN_TOKEN2"], Place::Dotenv, &[given]);
        assert!(faults.is_empty());
        assert_eq!(
            warnings,
            ["ADMIN_TOKEN2: unknown setting in .env; did you mean ADMIN_TOKEN?"]
        );
    }
    let (faults, _) = checked(&["ADMIN_TOKEN2"], Place::Dotenv, &["METRICS_TOKEN"]);
    assert_eq!(
        faults,
        ["ADMIN_TOKEN2: unknown setting in .env; did you mean ADMIN_TOKEN?"]
    );
    // What was put aside is not what was meant.
    assert_eq!(meant("ADMIN_TOKEN_OLD", Place::Dotenv), "");
}

#[test]
fn the_environments_of_others_raise_no_alarm() {
    let names: Vec<_> = ELSEWHERE
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .collect();
    assert!(names.len() > 150);
    let (faults, warnings) = checked(&names, Place::Environment, &[]);
    assert_eq!((faults, warnings), (Vec::new(), Vec::new()));
}

#[test]
fn without_the_business_files_only_slips_are_reported() {
    let known = KnownNames::new(None);
    let names = ["LUNA_SECRET", "ADMIM_TOKEN"].map(str::to_owned).into();
    let (faults, warnings) = known.check(&names, Place::Dotenv, |_| false);
    assert_eq!((faults.len(), warnings.len()), (1, 0));
}

#[test]
fn a_piece_of_a_key_is_not_repeated() {
    let piece = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC";
    let (stops, line) = said(piece, Place::Dotenv).unwrap();
    assert!(!stops && !line.contains("MII"), "{line}");
}

#[test]
fn what_begins_as_ours_does_begins_settings() {
    for prefix in OWN_PREFIXES {
        let count = all()
            .filter(|setting| setting.name.starts_with(prefix))
            .count();
        assert!(count >= 4, "{prefix}");
    }
}
