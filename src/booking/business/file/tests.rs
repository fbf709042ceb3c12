use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;
use crate::booking::business::Ask;

/// The file of the documentation, with every key there is.
const WHOLE: &str = include_str!("../../../../tests/it/data/luna.toml");

fn faults(text: &str) -> Vec<String> {
    let faults = Business::parse("luna.toml", text).unwrap_err();
    faults.iter().map(ToString::to_string).collect()
}

/// The whole file with one line exchanged for another.
fn with(line: &str, other: &str) -> String {
    assert!(WHOLE.contains(line), "{line}");
    WHOLE.replacen(line, other, 1)
}

#[test]
fn every_key_is_read() {
    let business = Business::parse("luna.toml", WHOLE).unwrap();
    assert_eq!(business.id.as_str(), "luna");
    assert_eq!(business.zone.name(), "America/New_York");
    assert_eq!(business.country.as_deref(), Some("US"));
    assert_eq!(business.languages, [Language::English, Language::Spanish]);
    assert_eq!(
        business.address.unwrap().get(Language::Spanish),
        "12 Main St"
    );
    assert!(business.formal);
    assert_eq!(business.ask, [Ask::Name]);
    assert_eq!(business.max_open_bookings, 4);
    assert_eq!(business.webhook_secret_env.as_deref(), Some("LUNA_SECRET"));
    assert_eq!(
        *business.whatsapp.phone_number_ids,
        [Box::from("106540352242922")]
    );
    assert_eq!(
        business.highlevel.calendar.as_deref(),
        Some("BqTwX8QFwXzpegMve9EQ")
    );
    let rules = business.rules;
    assert_eq!(rules.notice, TimeDelta::minutes(90));
    assert_eq!((rules.window_days, rules.slot_minutes), (30, 20));
    assert_eq!(rules.hold, TimeDelta::minutes(5));
    assert_eq!(rules.cancel_cutoff, TimeDelta::minutes(180));
    let reminder = business.reminder.unwrap();
    assert_eq!(
        reminder.before,
        [TimeDelta::minutes(1440), TimeDelta::minutes(120)]
    );
    assert!(reminder.quiet.unwrap().contains(0));
    assert_eq!(reminder.template.unwrap().variables.len(), 3);
    let in_spanish = business.whatsapp.template_language(Language::Spanish);
    assert_eq!(in_spanish, "es_MX");
    assert_eq!(
        business.notify.webhook_url.unwrap().as_str(),
        "https://owner.example/hook"
    );
    assert_eq!(
        business.notify.whatsapp.unwrap().to.as_str(),
        "+12025550100"
    );
    let christmas = NaiveDate::from_ymd_opt(2026, 12, 25).unwrap();
    assert!(business.hours.on(christmas).is_empty());
    assert!(!business.staff[1].hours.on_weekday(Weekday::Sat).is_empty());
    let haircut = &business.services[0];
    assert_eq!(haircut.name.get(Language::Spanish), "Corte de pelo");
    assert_eq!(
        haircut.price.as_ref().unwrap().get(Language::English),
        "35 USD"
    );
    assert_eq!(haircut.buffer_after, TimeDelta::minutes(10));
    assert_eq!(haircut.resources, [ResourceId::new("ana")]);
    let names: Vec<_> = haircut.names().collect();
    assert_eq!(
        names,
        ["Haircut", "Corte de pelo", "fade", "buzz cut", "rapado"]
    );
    assert!(business.services[1].also.is_empty());
    assert_eq!(business.services[1].resources.len(), 2);
    assert_eq!(business.answers[0].words.len(), 3);
    assert!(business.answers[1].urgent);
}

#[test]
fn what_is_left_out_has_its_default() {
    let text = "name = \"A\"\ntimezone = \"UTC\"\n[hours]\nmonday = [\"09:00-17:00\"]\n\
                [[service]]\nid = \"s\"\nname = \"S\"\nminutes = 30\n";
    let business = Business::parse("shop-1.toml", text).unwrap();
    assert_eq!(business.id.as_str(), "shop-1");
    assert_eq!(business.languages, [Language::English]);
    assert!(!business.formal);
    assert_eq!(business.max_open_bookings, 3);
    assert_eq!(business.rules.notice, TimeDelta::minutes(60));
    assert_eq!(
        (business.rules.window_days, business.rules.slot_minutes),
        (60, 15)
    );
    assert_eq!(business.rules.hold, TimeDelta::minutes(10));
    assert_eq!(business.rules.cancel_cutoff, TimeDelta::minutes(120));
    assert!(business.reminder.is_none());
    assert_eq!(business.services[0].resources, [ResourceId::shop()]);
}

#[test]
fn a_fault_names_the_file_the_key_and_what_is_allowed() {
    for (line, other, fault) in [
        (
            "timezone = \"America/New_York\"",
            "timezone = \"New York\"",
            "luna.toml: timezone: must be a zone of the IANA database, such as \"America/New_York\"; did you mean \"America/New_York\"?",
        ),
        (
            "slot_minutes = 20",
            "slot_minutes = 0",
            "luna.toml: booking.slot_minutes: must be a whole number from 1 to 1440",
        ),
        (
            "slot_minutes = 20",
            "slot_minute = 20",
            "luna.toml: booking.slot_minute: is not a key that frontdesk knows here; did you mean \"slot_minutes\"?",
        ),
        (
            "monday = [\"09:00-13:00\", \"14:00-18:00\"]",
            "monday = [\"09:00-13:00\", \"12:00-18:00\"]",
            "luna.toml: hours.monday: 09:00-13:00 and 12:00-18:00 overlap; ranges may only touch",
        ),
        (
            "\"2026-12-25\" = []",
            "\"2026-12-32\" = []",
            "luna.toml: dates.2026-12-32: must be a date such as \"2026-12-24\"",
        ),
        (
            "id = \"ana\"",
            "id = \"shop\"",
            "luna.toml: staff[1] (shop).id: \"shop\" is reserved; any other id is allowed",
        ),
        (
            "id = \"ben\"",
            "id = \"ana\"",
            "luna.toml: staff[2] (ana).id: \"ana\" is there twice; each id must be its own",
        ),
        (
            "staff = [\"ana\"]",
            "staff = [\"eve\"]",
            "luna.toml: service[1] (haircut).staff[1]: must be the id of a [[staff]]: ana, ben",
        ),
        (
            "minutes = 30",
            "minutes = \"30\"",
            "luna.toml: service[1] (haircut).minutes: must be a whole number from 1 to 1440, such as 30 without quotes",
        ),
        (
            "minutes = [1440, 120]",
            "minutes = [1440, 0]",
            "luna.toml: reminder.minutes[2]: must be a whole number from 1 to 43200",
        ),
        (
            "minutes = [1440, 120]",
            "",
            "luna.toml: reminder.minutes: is missing",
        ),
        (
            "languages = [\"en\", \"es\"]",
            "languages = [\"en\", \"fr\"]",
            "luna.toml: languages[2]: must be one of: en, es",
        ),
        (
            "ask = [\"name\"]",
            "ask = [\"age\"]",
            "luna.toml: ask[1]: must be \"name\"",
        ),
        (
            "id = \"luna\"",
            "id = \"l:1\"",
            "luna.toml: id: must be 1 to 40 of the characters a-z, A-Z, 0-9, \"-\" and \"_\"",
        ),
        (
            "urgent = true",
            "urgent = 1",
            "luna.toml: answer[2].urgent: must be true or false",
        ),
    ] {
        assert_fault(line, other, fault);
    }
}

#[test]
fn another_name_of_a_service_is_words_and_no_other_services_name() {
    const ALSO: &str = "also = { en = [\"fade\", \"buzz cut\"], es = [\"rapado\"] }";
    for (line, other, fault) in [
        (
            ALSO,
            "also = \"fade\"",
            "luna.toml: service[1] (haircut).also: must be a list: [\"fade\"]",
        ),
        (
            ALSO,
            "also = [\"fade\", 7]",
            "luna.toml: service[1] (haircut).also[2]: must be a word or phrase of 1 to 60 characters",
        ),
        (
            ALSO,
            "also = []",
            "luna.toml: service[1] (haircut).also: must have at least one word or phrase",
        ),
        (
            ALSO,
            "also = [\"  \"]",
            "luna.toml: service[1] (haircut).also[1]: must be a word or phrase of 1 to 60 characters",
        ),
        (
            ALSO,
            "also = [\"COLOR\"]",
            "luna.toml: service[1] (haircut).also: \"COLOR\" is already a name of the service \"color\"",
        ),
        (
            "name = \"Color\"",
            "name = \"Color\"\nalso = [\"Buzz-cut\"]",
            "luna.toml: service[2] (color).also: \"Buzz-cut\" is already a name of the service \"haircut\"",
        ),
    ] {
        assert_fault(line, other, fault);
    }
}

#[test]
fn a_fault_of_the_owners_notices_names_what_is_allowed() {
    for (line, other, fault) in [
        (
            "to = \"+12025550100\"",
            "to = \"5550100\"",
            "luna.toml: notify.whatsapp.to: must be E.164: \"+\" and 7 to 15 digits, the first not 0",
        ),
        (
            "https://owner.example/hook",
            "owner.example",
            "luna.toml: notify.webhook_url: must be an address that starts with https://; http:// only on this machine",
        ),
        (
            "https://owner.example/hook",
            "http://owner.example/hook",
            "luna.toml: notify.webhook_url: must be an address that starts with https://; http:// only on this machine",
        ),
        (
            "webhook_secret_env = \"LUNA_OWNER_SECRET\"\n",
            "",
            "luna.toml: notify.webhook_secret_env: is missing",
        ),
    ] {
        assert_fault(line, other, fault);
    }
}

/// The whole file with `other` in place of `line` has this fault.
fn assert_fault(line: &str, other: &str, fault: &str) {
    let found = faults(&with(line, other));
    assert!(
        found.iter().any(|found| found == fault),
        "{fault}\n{found:#?}"
    );
}

#[test]
fn what_is_mistyped_has_one_fault_that_says_what_was_meant() {
    let (mut count, mut wrong) = (0, Vec::new());
    for case in include_str!("broken.txt").split("\n\n") {
        let (mut text, mut expected) = (WHOLE.to_owned(), Vec::new());
        let mut replaced = String::new();
        for line in case.lines().filter(|line| !line.starts_with('#')) {
            let (sign, rest) = line.split_at(2);
            if sign != "+ " {
                text = text.replace("\u{1a}\n", "");
            }
            match sign {
                "- " => {
                    replaced = format!("\n{rest}\n");
                    assert!(text.contains(&replaced), "{rest}");
                    text = text.replacen(&replaced, "\n\u{1a}\n", 1);
                }
                "+ " => text = text.replacen('\u{1a}', &format!("{rest}\n\u{1a}"), 1),
                "= " => expected.push(format!("luna.toml: {rest}")),
                _ => panic!("{line}"),
            }
        }
        if !replaced.is_empty() {
            let found = parse("luna.toml", &text).err().unwrap_or_default();
            let found: Vec<_> = found.iter().map(ToString::to_string).collect();
            if found != expected {
                wrong.push(format!("{case}\nfound: {found:#?}"));
            }
            count += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(count > 60, "{count}");
}

#[test]
fn a_misspelt_section_is_one_fault() {
    const SMALL: &str = "name = \"A\"\ntimezone = \"UTC\"\n[hours]\nmonday = [\"09:00-17:00\"]\n\
        [[staff]]\nid = \"ana\"\nname = \"Ana\"\n\
        [[service]]\nid = \"s\"\nname = \"S\"\nminutes = 30\nstaff = [\"ana\"]\n";
    for (right, wrong, fault) in [
        (
            "[hours]",
            "[huors]",
            "huors: is not a key that frontdesk knows here; did you mean \"hours\"?",
        ),
        (
            "[[staff]]",
            "[[staf]]",
            "staf: is not a key that frontdesk knows here; did you mean \"staff\"?",
        ),
        (
            "[[staff]]",
            "[[employees]]",
            "employees: is not a key that frontdesk knows here; did you mean \"staff\"?",
        ),
        (
            "[[staff]]",
            "[staff]",
            "staff: stands in two brackets each time: [[staff]]",
        ),
        (
            "[[service]]",
            "[[services]]",
            "services: is not a key that frontdesk knows here; did you mean \"service\"?",
        ),
        (
            "[[service]]",
            "[service]",
            "service: stands in two brackets each time: [[service]]",
        ),
        (
            "monday = [\"09:00-17:00\"]",
            "monday = [\"9\"]",
            "hours.monday[1]: must be local times such as \"09:00-17:30\", the end after the start and at most 24:00",
        ),
    ] {
        let found = faults(&SMALL.replacen(right, wrong, 1));
        assert_eq!(found, [format!("luna.toml: {fault}")]);
    }
    assert!(Business::parse("luna.toml", SMALL).is_ok());
}

#[test]
fn all_faults_are_told_at_once() {
    let found = faults("surprise = 1\n[hours]\nfunday = []\n[[service]]\nid = \"\"\n");
    assert_eq!(
        found,
        [
            "luna.toml: name: is missing",
            "luna.toml: timezone: is missing",
            "luna.toml: hours.funday: is not a key that frontdesk knows here; did you mean \"sunday\"?",
            "luna.toml: service[1].id: must be 1 to 40 of the characters a-z, A-Z, 0-9, \"-\" and \"_\"",
            "luna.toml: service[1].name: is missing",
            "luna.toml: service[1].minutes: is missing",
            "luna.toml: surprise: is not a key that frontdesk knows here",
        ]
    );
}

proptest! {
    #[test]
    fn no_text_panics(text in ".*") {
        let _ = Business::parse("x.toml", &text);
    }

    #[test]
    fn no_damage_to_a_whole_file_panics(cut in 0..WHOLE.len(), length in 0..40_usize) {
        let end = (cut + length).min(WHOLE.len());
        if let (Some(head), Some(tail)) = (WHOLE.get(..cut), WHOLE.get(end..)) {
            let _ = Business::parse("x.toml", &format!("{head}{tail}"));
        }
    }
}

/// The faults of the usual file with these lines in it.
fn faults_with(lines: &str) -> Vec<String> {
    let text = format!(
        "name = \"Luna\"\ntimezone = \"UTC\"\nlanguages = [\"en\", \"es\"]\n{lines}\n\
         [hours]\nmonday = [\"09:00-17:00\"]\n[[service]]\nid = \"cut\"\nname = \"Cut\"\nminutes = 30\n"
    );
    let faults = parse("luna.toml", &text).err().unwrap_or_default();
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn templates_have_a_language_code_and_names_of_variables_where_they_need_them() {
    let text = "name = \"Luna\"\ntimezone = \"UTC\"\nlanguages = [\"en\", \"es\"]\n\
        [whatsapp.template_languages]\nen = \"en_US\"\n\
        [reminder]\nminutes = [60]\ntemplate = \"soon\"\n\
        template_parameters = { time = \"at\", service = \"what\" }\n\
        [notify.whatsapp]\nto = \"+12025550100\"\ntemplate = \"news\"\n\
        [hours]\nmonday = [\"09:00-17:00\"]\n[[service]]\nid = \"cut\"\nname = \"Cut\"\nminutes = 30\n";
    let business = parse("luna.toml", text).unwrap();
    let code = |language| business.whatsapp.template_language(language);
    assert_eq!(
        (code(Language::English), code(Language::Spanish)),
        ("en_US", "es")
    );
    let values = [("service", "Cut"), ("time", "10:00"), ("business", "Luna")];
    let soon = business
        .reminder
        .unwrap()
        .template
        .unwrap()
        .filled("en_US", &values);
    let shown = |template: crate::message::Template| {
        let shown = template.parameters.into_iter();
        let shown = shown.map(|one| (one.name.map(String::from), one.text));
        shown.collect::<Vec<_>>()
    };
    let named = |name: &str, text: &str| (Some(name.to_owned()), text.to_owned());
    assert_eq!(shown(soon), [named("what", "Cut"), named("at", "10:00")]);
    let news = business
        .notify
        .whatsapp
        .unwrap()
        .template
        .filled("en", &[("news", "x")]);
    assert_eq!(shown(news), [(None, "x".to_owned())]);
}

#[test]
fn formal_is_for_a_business_that_speaks_spanish() {
    for (lines, expected) in [
        (
            "formal = true",
            "luna.toml: formal: is for \"es\", which is not one of this business's languages: en",
        ),
        (
            "formal = \"yes\"",
            "luna.toml: formal: must be true or false",
        ),
    ] {
        let text = format!(
            "name = \"Luna\"\ntimezone = \"UTC\"\n{lines}\n[hours]\nmonday = [\"09:00-17:00\"]\n\
             [[service]]\nid = \"cut\"\nname = \"Cut\"\nminutes = 30\n"
        );
        assert_eq!(faults(&text), [expected]);
    }
}

#[test]
fn what_is_wrong_about_templates_is_told_by_its_key() {
    for (lines, expected) in [
        (
            "whatsapp.template_languages = { pt = \"pt_BR\" }",
            "luna.toml: whatsapp.template_languages.pt: is not one of this business's languages: en, es",
        ),
        (
            "whatsapp.template_languages = { xx = \"en_US\" }",
            "luna.toml: whatsapp.template_languages.xx: is not one of this business's languages: en, es",
        ),
        (
            "whatsapp.template_languages = { en = \"en-US\" }",
            "luna.toml: whatsapp.template_languages.en: must be a language code of Meta's, such as \"en_US\"; did you mean \"en_US\"?",
        ),
        (
            "whatsapp.template_languages = { en = \"EN_us\" }",
            "luna.toml: whatsapp.template_languages.en: must be a language code of Meta's, such as \"en_US\"; did you mean \"en_US\"?",
        ),
        (
            "whatsapp.template_languages = \"en_US\"",
            "luna.toml: whatsapp.template_languages: must be a table",
        ),
        (
            "reminder = { minutes = [60], template = \"soon\", template_parameters = { when = \"at\", time = \"at\" } }",
            "luna.toml: reminder.template_parameters.when: is not a key that frontdesk knows here; keys that can be added here: business, service",
        ),
        (
            "reminder = { minutes = [60], template = \"soon\", template_parameters = { time = \"At\" } }",
            "luna.toml: reminder.template_parameters.time: must be the name of a variable of the template: a-z, 0-9 and \"_\", a letter first",
        ),
        (
            "reminder = { minutes = [60], template = \"soon\", template_parameters = { time = \"at\", service = \"at\" } }",
            "luna.toml: reminder.template_parameters.time: \"at\" is there twice",
        ),
        (
            "reminder = { minutes = [60], template = \"soon\", template_parameters = {} }",
            "luna.toml: reminder.template_parameters: must name a variable for one of: service, time, business",
        ),
        (
            "reminder = { minutes = [60], template_parameters = { time = \"at\" } }",
            "luna.toml: reminder.template_parameters: needs a template beside it",
        ),
    ] {
        assert_eq!(faults_with(lines), [expected], "{lines}");
    }
}
