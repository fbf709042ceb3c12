use std::collections::{BTreeSet, HashMap};

use super::*;
use crate::booking::Businesses;

const CASES: &str = include_str!("cases.txt");

/// The remarks on settings, and on the keys of the first business; a second is there where `other`
/// is given. Of the settings that business files name, `OWN` is set.
fn found(settings: &str, keys: &str, other: Option<&str>) -> Vec<String> {
    let settings = format!("BUSINESS=a.toml OWN=t {settings}");
    let settings: HashMap<_, _> = settings
        .split_whitespace()
        .map(|setting| setting.split_once('=').unwrap())
        .collect();
    let text = |keys: &str| {
        let (keys, tables) = keys
            .split_once("[[")
            .map_or((keys, String::new()), |(keys, rest)| {
                (keys, format!("[[{rest}"))
            });
        format!(
            "name = \"A\"\ntimezone = \"UTC\"\n{keys}\n[hours]\nmonday = [\"09:00-17:00\"]\n\
             [[service]]\nid = \"cut\"\nname = \"Cut\"\nminutes = 30\n{tables}\n"
        )
    };
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.toml"), text(keys)).unwrap();
    if let Some(other) = other {
        std::fs::write(folder.path().join("b.toml"), text(other)).unwrap();
    }
    let businesses = Businesses::load(folder.path()).unwrap();
    let config = Config::load(&[&settings]).unwrap();
    let setup = Setup::of(config, businesses, &settings);
    remarks(&setup.unwrap_or_else(|faults| panic!("{faults}")))
}

/// The names that a remark is about.
fn names(remarks: &[String]) -> BTreeSet<String> {
    let names = remarks.iter().flat_map(|remark| {
        let (names, _) = remark.split_once(" no effect: ").unwrap();
        let names = names.strip_prefix("a: ").unwrap_or(names);
        let names = names.strip_suffix(" has").or(names.strip_suffix(" have"));
        names
            .unwrap()
            .split(" and ")
            .flat_map(|names| names.split(", "))
    });
    names.map(ToOwned::to_owned).collect()
}

/// The columns of each case.
fn cases() -> impl Iterator<Item = [String; 5]> {
    let lines = CASES.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| {
        let mut columns = line
            .split('|')
            .map(|column| column.trim().replace("; ", "\n"));
        [(); 5].map(|()| columns.next().unwrap_or_default())
    })
}

#[test]
fn each_name_is_told_where_it_does_nothing_and_only_there() {
    for case @ [name, settings, keys, ..] in &cases().collect::<Vec<_>>() {
        let remarks = found(settings, keys, None);
        assert!(names(&remarks).contains(name), "{case:?}\n{remarks:#?}");
    }
    for case @ [name, _, _, settings, keys] in &cases().collect::<Vec<_>>() {
        let remarks = found(settings, keys, None);
        assert!(!names(&remarks).contains(name), "{case:?}\n{remarks:#?}");
    }
}

#[test]
fn there_is_a_case_for_each_reason_and_name() {
    let rules = SETTINGS.iter().chain(KEYS);
    let of_one = rules.filter(|cause| !cause.says.starts_with("with several businesses"));
    let mut wanted = HashMap::<_, usize>::new();
    for (name, _) in of_one.flat_map(|cause| cause.names) {
        *wanted.entry(*name).or_default() += 1;
    }
    for (name, wanted) in wanted {
        let there = cases().filter(|[of, ..]| of == name).count();
        assert!(there >= wanted, "{name}");
    }
}

#[test]
fn with_several_businesses_each_must_name_its_numbers() {
    let number = "whatsapp.phone_number_ids = [\"1\"]";
    let all = "notify.whatsapp = { to = \"+12025550100\", template = \"t\" }\n\
               reminder = { minutes = [60], template = \"t\" }\nwhatsapp.token_env = \"OWN\"";
    let settings = "WHATSAPP_APP_SECRET=s WHATSAPP_ACCESS_TOKEN=t";
    let none = found(settings, all, Some(""));
    let expected = [
        "WHATSAPP_APP_SECRET and WHATSAPP_ACCESS_TOKEN have no effect: with several businesses, \
         each file must name its phone_number_ids, and none does",
        "a: whatsapp.token_env, reminder.template and notify.whatsapp have no effect: with \
         several businesses, each must name its phone_number_ids, and this one does not",
        "a: reminder has no effect: nothing can be sent by WhatsApp or HighLevel; only your own \
         clients can fetch it",
    ];
    assert_eq!(none, expected);
    assert_eq!(found(settings, all, Some(number)), expected[1..]);
    let named = found(
        settings,
        &format!("{number}\n{all}"),
        Some("whatsapp.phone_number_ids = [\"2\"]"),
    );
    assert_eq!(named, Vec::<String>::new());
}

#[test]
fn names_without_effect_for_one_reason_stand_in_one_line() {
    let settings =
        "WHATSAPP_VERIFY_TOKEN=t WHATSAPP_ACCESS_TOKEN=t WHATSAPP_API_URL=https://a.example";
    assert_eq!(
        found(settings, "", None),
        [
            "WHATSAPP_VERIFY_TOKEN, WHATSAPP_ACCESS_TOKEN and WHATSAPP_API_URL have no effect: \
             WHATSAPP_APP_SECRET is not set, and without it /webhook/whatsapp is closed"
        ]
    );
}

#[test]
fn a_whole_setup_has_no_remarks() {
    let settings = "GHL_WEBHOOK_SECRET=s WHATSAPP_APP_SECRET=s WHATSAPP_VERIFY_TOKEN=t \
        WHATSAPP_ACCESS_TOKEN=t GHL_LOCATION_ID=L GHL_API_TOKEN=t ADMIN_TOKEN=t METRICS_TOKEN=t";
    let keys = "whatsapp.phone_number_ids = [\"1\"]\nask = [\"name\"]\n\
        reminder = { minutes = [60], template = \"t\" }\n\
        notify.whatsapp = { to = \"+12025550100\", template = \"t\" }\n\
        highlevel.booked_tag = \"vip\"";
    assert_eq!(found(settings, keys, None), Vec::<String>::new());
    let demo = Setup::of(
        Config::defaults(),
        Businesses::demo(),
        &HashMap::<String, String>::new(),
    );
    assert_eq!(demo.unwrap().remarks, Vec::<String>::new());
}
