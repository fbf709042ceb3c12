//! From a business file to a [`Business`], with every fault told at once.

mod messaging;
mod rules;
mod service;

use std::str::FromStr;

use chrono::{NaiveDate, Weekday};
use toml::{Table, Value};

use self::{
    messaging::{read_highlevel, read_notify, read_reminder, read_whatsapp},
    rules::{
        PROVIDER_ID_RULE, VARIABLE_RULE, ask, country, identifier, minutes_delta, phone,
        provider_id, time_range, variable, web_address,
    },
    service::read_services,
};
use super::{
    Answer, Business, Fault, Rules, Staff, Text,
    faults::Faults,
    hint,
    languages::{Languages, not_spoken},
    section::Section,
    syntax,
};
use crate::{
    booking::{
        ResourceId,
        hours::{Hours, InvalidRange, Overlap, TimeRange},
        zone::{UnknownZone, Zone},
    },
    language::Language,
    message::BusinessId,
};

const ID_RULE: &str = "must be 1 to 40 of the characters a-z, A-Z, 0-9, \"-\" and \"_\"";
const URL_RULE: &str = "must be an address that starts with https:// or http://";
const COUNTRY_RULE: &str = "must be a country's two capital letters, such as \"US\"";

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sunday", Weekday::Sun),
];

/// Reads a business file, or tells all of its faults.
pub(super) fn parse(name: &str, text: &str) -> Result<Business, Vec<Fault>> {
    let faults = Faults::new(name);
    let business = match Table::from_str(text) {
        Ok(table) => read(name, Section::root(table, &faults)),
        Err(error) => {
            faults.add("", syntax::fault(text, &error));
            None
        }
    };
    let faults = faults.into_vec();
    business.filter(|_| faults.is_empty()).ok_or(faults)
}

fn read(file: &str, mut root: Section<'_>) -> Option<Business> {
    let id = read_id(file, &mut root);
    let given = root.has("name");
    let name = root.string("name", 60);
    let name = root.required("name", name, given);
    let given = root.has("timezone");
    let by_name = |name: &str| Zone::by_name(name).ok();
    let zone = root.guessed("timezone", UnknownZone, by_name, hint::timezone);
    let zone = root.required("timezone", zone, given);
    let languages = read_languages(&mut root);
    let hours = read_hours(&mut root);
    let staff = read_staff(&mut root);
    let services = read_services(&mut root, &languages, &staff);
    let staff = staff.list;
    let is_open = hours.ever_open() || staff.iter().any(|person| person.hours.ever_open());
    // Hours that are wrong are told already.
    if !is_open && !root.is_at_fault("hours") && !root.is_at_fault("dates") {
        root.missing("hours", "must have at least one opening");
    }
    let country = root.guessed("country", COUNTRY_RULE, country, hint::country);
    let business = Business {
        id: id?,
        name: name.unwrap_or_default(),
        zone: zone.or_else(|| Zone::by_name("UTC").ok())?,
        formal: read_formal(&mut root, &languages),
        address: root.text("address", &languages, 200),
        map_url: root.parsed("map_url", URL_RULE, web_address),
        phone: phone(&mut root, "phone", country.as_deref()),
        policy: root.text("policy", &languages, 500),
        ask: root
            .list("ask", "must be \"name\"", ask)
            .unwrap_or_default(),
        max_open_bookings: root.integer("max_open_bookings", 1, 100, 3),
        webhook_secret_env: root.parsed("webhook_secret_env", VARIABLE_RULE, variable),
        whatsapp: read_whatsapp(&mut root, &languages),
        highlevel: read_highlevel(&mut root),
        rules: read_rules(&mut root),
        reminder: read_reminder(&mut root),
        notify: read_notify(&mut root, country.as_deref()),
        answers: read_answers(&mut root, &languages),
        texts: super::texts::read(&mut root, &languages),
        languages: languages.list,
        hours,
        staff,
        services,
        country,
    };
    root.finish();
    Some(business)
}

fn read_id(file: &str, root: &mut Section<'_>) -> Option<BusinessId> {
    if root.has("id") {
        return root
            .parsed("id", ID_RULE, identifier)
            .map(|id| BusinessId::new(&*id))
            // Any id: the fault is noted and the file refused, after the rest of it is read.
            .or_else(|| Some(BusinessId::new("?")));
    }
    let stem = file.strip_suffix(".toml").unwrap_or(file);
    if identifier(stem).is_none() {
        root.fault(
            "id",
            format_args!("is missing, and the file's name is no id: {ID_RULE}"),
        );
    }
    Some(BusinessId::new(stem))
}

fn read_languages(root: &mut Section<'_>) -> Languages {
    let known: Vec<_> = Language::ALL
        .iter()
        .map(|language| language.code())
        .collect();
    let allowed = format!("must be one of: {}", known.join(", "));
    let rule = |value: &Value| Language::from_code(value.as_str()?);
    let is_misspelt = root.is_misspelt("languages");
    let given = root.has("languages");
    let list = root.guessed_list("languages", allowed, rule, hint::language);
    if list.as_ref().is_some_and(Vec::is_empty) {
        root.fault("languages", "must name at least one language");
    }
    let list = list.filter(|list| !list.is_empty());
    let is_at_fault =
        (1..=Language::ALL.len() + 1).any(|n| root.is_at_fault(&format!("languages[{n}]")));
    Languages {
        is_sure: !is_misspelt && !is_at_fault && given == list.is_some(),
        list: list.unwrap_or_else(|| vec![Language::English]),
    }
}

fn read_formal(root: &mut Section<'_>, languages: &Languages) -> bool {
    let is_formal = root.boolean("formal");
    if is_formal && !languages.has(Language::Spanish) {
        let fault = not_spoken(Language::Spanish.code(), languages);
        root.fault("formal", format_args!("is for \"es\", which {fault}"));
    }
    is_formal
}

fn read_hours(section: &mut Section<'_>) -> Hours {
    let mut hours = Hours::new();
    if let Some(mut week) = section.optional_section("hours") {
        hours.give_week();
        for (key, weekday) in WEEKDAYS {
            if let Some(ranges) = read_ranges(&mut week, key) {
                let set = hours.set_weekday(weekday, ranges);
                note_overlap(&week, key, set);
            }
        }
        week.finish();
    }
    let mut dates = section.section("dates");
    for key in dates.keys() {
        let Ok(date) = NaiveDate::from_str(&key) else {
            dates.take(&key);
            let hint = hint::date(&key);
            let hint = hint.map_or(String::new(), |date| format!("; did you mean {date:?}?"));
            dates.fault(
                &key,
                format_args!("must be a date such as \"2026-12-24\"{hint}"),
            );
            continue;
        };
        if let Some(ranges) = read_ranges(&mut dates, &key) {
            let set = hours.set_date(date, ranges);
            note_overlap(&dates, &key, set);
        }
    }
    dates.finish();
    hours
}

fn read_ranges(day: &mut Section<'_>, key: &str) -> Option<Vec<TimeRange>> {
    day.guessed_list(key, InvalidRange, time_range, hint::time_range)
}

fn note_overlap(section: &Section<'_>, key: &str, set: Result<(), Overlap>) {
    if let Err(Overlap(first, second)) = set {
        section.fault(
            key,
            format_args!("{first} and {second} overlap; ranges may only touch"),
        );
    }
}

/// The staff of a file.
struct Team {
    list: Vec<Staff>,
    /// True if every id is known; else a service may name one of the others.
    is_sure: bool,
}

fn read_staff(root: &mut Section<'_>) -> Team {
    let mut is_sure = !root.is_misspelt("staff");
    let mut staff: Vec<Staff> = Vec::new();
    for mut section in root.sections("staff") {
        let id = required_id(&mut section, |id| {
            staff.iter().any(|one| one.id.as_str() == id)
        });
        is_sure &= id.is_some();
        if id.as_deref() == Some(ResourceId::shop().as_str()) {
            section.fault("id", "\"shop\" is reserved; any other id is allowed");
        }
        let given = section.has("name");
        let name = section.string("name", 40);
        let name = section.required("name", name, given);
        let hours = read_hours(&mut section);
        let is_id = |text: &str| provider_id(&Value::from(text));
        let highlevel_user = section.parsed("highlevel_user", PROVIDER_ID_RULE, is_id);
        section.finish();
        staff.push(Staff {
            id: ResourceId::new(&id.unwrap_or_default()),
            name: name.unwrap_or_default(),
            hours,
            highlevel_user,
        });
    }
    is_sure &= !root.is_at_fault("staff");
    Team {
        list: staff,
        is_sure,
    }
}

fn required_id(section: &mut Section<'_>, taken: impl Fn(&str) -> bool) -> Option<Box<str>> {
    let given = section.has("id");
    let id = section.parsed("id", ID_RULE, identifier);
    let id = section.required("id", id, given)?;
    section.identify(&id);
    if taken(&id) {
        section.fault(
            "id",
            format_args!("\"{id}\" is there twice; each id must be its own"),
        );
    }
    Some(id)
}

fn read_rules(root: &mut Section<'_>) -> Rules {
    let mut section = root.section("booking");
    let slot_minutes = section.integer("slot_minutes", 1, 1440, 15);
    let rules = Rules {
        notice: minutes_delta(section.integer("notice_minutes", 0, 43_200, 60)),
        window_days: section.integer("window_days", 1, 730, 60),
        slot_minutes: u16::try_from(slot_minutes).unwrap_or(TimeRange::DAY_MINUTES),
        hold: minutes_delta(section.integer("hold_minutes", 1, 1440, 10)),
        cancel_cutoff: minutes_delta(section.integer("cancel_cutoff_minutes", 0, 43_200, 120)),
    };
    section.finish();
    rules
}

fn read_answers(root: &mut Section<'_>, languages: &Languages) -> Vec<Answer> {
    let mut answers = Vec::new();
    for mut section in root.sections("answer") {
        let given = section.has("words");
        let words = section.words("words", languages);
        let words = section.required("words", words, given);
        if words.as_ref().is_some_and(Vec::is_empty) {
            section.fault("words", "must have at least one word");
        }
        let given = section.has("text");
        let text = section.text("text", languages, 1000);
        let text = section.required("text", text, given);
        let urgent = section.boolean("urgent");
        section.finish();
        answers.push(Answer {
            words: words.unwrap_or_default(),
            text: text.unwrap_or_else(|| Text::new("?")),
            urgent,
        });
    }
    answers
}

#[cfg(test)]
mod tests;
