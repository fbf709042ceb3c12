//! From a business file to a [`Business`], with every fault told at once.

use std::str::FromStr;

use chrono::{NaiveDate, TimeDelta, Weekday};
use toml::{Table, Value};
use url::Url;

use super::{
    Answer, ApprovedTemplate, Ask, Business, Fault, Highlevel, Notify, OwnerWhatsapp, QuietHours,
    Reminder, Rules, Service, Staff, Tags, Text, Whatsapp,
    section::{Faults, Section},
};
use crate::{
    booking::{
        ResourceId, ServiceId,
        hours::{self, Hours, InvalidRange, Overlap, TimeRange},
        zone::{UnknownZone, Zone},
    },
    language::Language,
    message::{BusinessId, InvalidPhone, PhoneNumber},
};

const ID_RULE: &str = "must be 1 to 40 of the characters a-z, A-Z, 0-9, \"-\" and \"_\"";
const VARIABLE_RULE: &str = "must be the name of an environment variable, such as \"LUNA_SECRET\"";
const TEMPLATE_RULE: &str = "must be a template's name: 1 to 512 of a-z, 0-9 and \"_\"";
const TEMPLATE_VARIABLE_RULE: &str =
    "must be the name of a variable of the template: a-z, 0-9 and \"_\", a letter first";
const TEMPLATE_LANGUAGE_RULE: &str = "must be a language code of Meta's, such as \"en_US\"";
const PROVIDER_ID_RULE: &str = "must be an id of 1 to 64 letters and digits, in quotes";
const SAFE_URL_RULE: &str =
    "must be an address that starts with https://; http:// only on this machine";
const URL_RULE: &str = "must be an address that starts with https:// or http://";

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
            let place = error
                .span()
                .map_or(String::new(), |span| place(text, span.start));
            faults.add("", format_args!("is not TOML{place}: {}", error.message()));
            None
        }
    };
    let faults = faults.into_vec();
    business.filter(|_| faults.is_empty()).ok_or(faults)
}

fn place(text: &str, offset: usize) -> String {
    let before = text.get(..offset).unwrap_or(text);
    format!(" (line {})", before.matches('\n').count() + 1)
}

fn read(file: &str, mut root: Section<'_>) -> Option<Business> {
    let id = read_id(file, &mut root);
    let given = root.has("name");
    let name = root.string("name", 60);
    let name = root.required("name", name, given);
    let given = root.has("timezone");
    let zone = root.parsed("timezone", UnknownZone, |name| Zone::by_name(name).ok());
    let zone = root.required("timezone", zone, given);
    let languages = read_languages(&mut root);
    let hours = read_hours(&mut root);
    let staff = read_staff(&mut root);
    let services = read_services(&mut root, &languages, &staff);
    if !hours.ever_open() && !staff.iter().any(|person| person.hours.ever_open()) {
        root.fault("hours", "must have at least one opening");
    }
    let country_rule = "must be two capital letters, such as \"US\"";
    let country = root.parsed("country", country_rule, country);
    let business = Business {
        id: id?,
        name: name.unwrap_or_default(),
        zone: zone.or_else(|| Zone::by_name("UTC").ok())?,
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
        languages,
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

fn read_languages(root: &mut Section<'_>) -> Vec<Language> {
    let known: Vec<_> = Language::ALL
        .iter()
        .map(|language| language.code())
        .collect();
    let allowed = format!("must be one of: {}", known.join(", "));
    let rule = |value: &Value| Language::from_code(value.as_str()?);
    match root.list("languages", allowed, rule) {
        None => vec![Language::English],
        Some(languages) if languages.is_empty() => {
            root.fault("languages", "must name at least one language");
            vec![Language::English]
        }
        Some(languages) => languages,
    }
}

fn read_hours(section: &mut Section<'_>) -> Hours {
    let mut hours = Hours::new();
    if let Some(mut week) = section.optional_section("hours") {
        hours.give_week();
        for (key, weekday) in WEEKDAYS {
            if let Some(ranges) = week.list(key, InvalidRange, time_range) {
                let set = hours.set_weekday(weekday, ranges);
                note_overlap(&week, key, set);
            }
        }
        week.finish();
    }
    let mut dates = section.section("dates");
    for key in dates.keys() {
        let date = NaiveDate::from_str(&key).ok();
        if date.is_none() {
            dates.fault(&key, "must be a date such as \"2026-12-24\"");
        }
        if let Some(ranges) = dates.list(&key, InvalidRange, time_range)
            && let Some(date) = date
        {
            let set = hours.set_date(date, ranges);
            note_overlap(&dates, &key, set);
        }
    }
    dates.finish();
    hours
}

fn note_overlap(section: &Section<'_>, key: &str, set: Result<(), Overlap>) {
    if let Err(Overlap(first, second)) = set {
        section.fault(
            key,
            format_args!("{first} and {second} overlap; ranges may only touch"),
        );
    }
}

fn read_staff(root: &mut Section<'_>) -> Vec<Staff> {
    let mut staff: Vec<Staff> = Vec::new();
    for mut section in root.sections("staff") {
        let id = required_id(&mut section, |id| {
            staff.iter().any(|one| one.id.as_str() == id)
        });
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
    staff
}

fn read_services(root: &mut Section<'_>, languages: &[Language], staff: &[Staff]) -> Vec<Service> {
    let mut services: Vec<Service> = Vec::new();
    for mut section in root.sections("service") {
        let id = required_id(&mut section, |id| {
            services.iter().any(|one| one.id.as_str() == id)
        });
        let given = section.has("name");
        let name = section.text("name", languages, 60);
        let name = section.required("name", name, given);
        let given = section.has("minutes");
        let minutes = section.optional_integer("minutes", 1, 1440);
        let minutes = section.required("minutes", minutes, given);
        let service = Service {
            id: ServiceId::new(&id.unwrap_or_default()),
            name: name.unwrap_or_else(|| Text::new("?")),
            duration: minutes_delta(minutes.unwrap_or(30)),
            buffer_before: minutes_delta(section.integer("buffer_before_minutes", 0, 720, 0)),
            buffer_after: minutes_delta(section.integer("buffer_after_minutes", 0, 720, 0)),
            price: section.text("price", languages, 40),
            resources: read_resources(&mut section, staff),
        };
        section.finish();
        services.push(service);
    }
    if services.is_empty() {
        root.fault("service", "must be there at least once: [[service]]");
    }
    services
}

/// Who does a service, in the order in which the file lists the staff.
fn read_resources(section: &mut Section<'_>, staff: &[Staff]) -> Vec<ResourceId> {
    let ids: Vec<_> = staff.iter().map(|person| person.id.as_str()).collect();
    let allowed = match ids.as_slice() {
        [] => "names someone, but there is no [[staff]]".to_owned(),
        _ => format!("must be the id of a [[staff]]: {}", ids.join(", ")),
    };
    let rule = |value: &Value| {
        let id = value.as_str()?;
        staff.iter().position(|person| person.id.as_str() == id)
    };
    let named = section.list("staff", allowed, rule).map(|mut named| {
        if named.is_empty() {
            section.fault("staff", "must name someone; left out, everyone does it");
        }
        named.sort_unstable();
        named
    });
    let everyone = || (0..staff.len()).collect();
    let resources = named.unwrap_or_else(everyone).into_iter();
    let resources: Vec<_> = resources.map(|n| staff[n].id.clone()).collect();
    if staff.is_empty() {
        vec![ResourceId::shop()]
    } else {
        resources
    }
}

fn required_id(section: &mut Section<'_>, taken: impl Fn(&str) -> bool) -> Option<Box<str>> {
    let given = section.has("id");
    let id = section.parsed("id", ID_RULE, identifier);
    if let Some(id) = &id
        && taken(id)
    {
        section.fault(
            "id",
            format_args!("\"{id}\" is there twice; each id must be its own"),
        );
    }
    section.required("id", id, given)
}

fn read_whatsapp(root: &mut Section<'_>, languages: &[Language]) -> Whatsapp {
    let mut section = root.section("whatsapp");
    let ids = section.list("phone_number_ids", PROVIDER_ID_RULE, provider_id);
    let whatsapp = Whatsapp {
        template_languages: read_template_languages(&mut section, languages),
        phone_number_ids: ids.unwrap_or_default(),
        token_env: section.parsed("token_env", VARIABLE_RULE, variable),
    };
    section.finish();
    whatsapp
}

fn read_template_languages(
    section: &mut Section<'_>,
    languages: &[Language],
) -> Vec<(Language, Box<str>)> {
    let mut section = section.section("template_languages");
    let mut codes = Vec::new();
    for key in section.keys() {
        let code = section.parsed(&key, TEMPLATE_LANGUAGE_RULE, template_language);
        match Language::from_code(&key).filter(|known| languages.contains(known)) {
            Some(language) => codes.extend(code.map(|code| (language, code))),
            None => section.fault(&key, super::section::not_spoken(languages)),
        }
    }
    codes
}

/// A template that Meta approved, and the names of its variables where they have names.
fn read_template(section: &mut Section<'_>, values: &[&'static str]) -> Option<ApprovedTemplate> {
    const VARIABLES: &str = "template_parameters";
    let has_template = section.has("template");
    let name = section.parsed("template", TEMPLATE_RULE, template);
    let mut variables: Vec<(&'static str, Box<str>)> = Vec::new();
    if let Some(mut named) = section.optional_section(VARIABLES) {
        let is_empty = values.iter().all(|value| !named.has(value));
        for value in values {
            let variable = named.parsed(value, TEMPLATE_VARIABLE_RULE, template_variable);
            let Some(variable) = variable else {
                continue;
            };
            if variables.iter().any(|(_, known)| *known == variable) {
                named.fault(value, format_args!("\"{variable}\" is there twice"));
            }
            variables.push((value, variable));
        }
        named.finish();
        if is_empty {
            let values = values.join(", ");
            section.fault(
                VARIABLES,
                format_args!("must name a variable for one of: {values}"),
            );
        }
        if !has_template {
            section.fault(VARIABLES, "needs a template beside it");
        }
    }
    Some(ApprovedTemplate {
        name: name?,
        variables,
    })
}

fn read_highlevel(root: &mut Section<'_>) -> Highlevel {
    let mut section = root.section("highlevel");
    let ids = section.list("location_ids", PROVIDER_ID_RULE, provider_id);
    let is_id = |text: &str| provider_id(&Value::from(text));
    let usual = Tags::usual();
    let highlevel = Highlevel {
        location_ids: ids.unwrap_or_default(),
        token_env: section.parsed("token_env", VARIABLE_RULE, variable),
        calendar: section.parsed("calendar", PROVIDER_ID_RULE, is_id),
        tags: Tags {
            booked: read_tag(&mut section, "booked_tag", usual.booked),
            needs_human: read_tag(&mut section, "needs_human_tag", usual.needs_human),
        },
    };
    section.finish();
    highlevel
}

/// A tag of HighLevel's contacts; an empty one: none is set.
fn read_tag(section: &mut Section<'_>, key: &str, usual: Option<Box<str>>) -> Option<Box<str>> {
    /// More would be no tag but a text.
    const MAX_CHARS: usize = 64;
    let is_tag = |text: &str| {
        let fits = text.chars().count() <= MAX_CHARS && !text.chars().any(char::is_control);
        fits.then(|| text.trim().to_owned())
    };
    let allowed = "must be a tag of at most 64 characters; an empty one sets none";
    match section.parsed(key, allowed, is_tag) {
        Some(tag) => (!tag.is_empty()).then(|| tag.into()),
        None => usual,
    }
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

fn read_reminder(root: &mut Section<'_>) -> Option<Reminder> {
    let mut section = root.optional_section("reminder")?;
    let rule = |value: &Value| {
        let minutes = u32::try_from(value.as_integer()?).ok()?;
        (1..=43_200).contains(&minutes).then_some(minutes)
    };
    let allowed = "must be a whole number from 1 to 43200";
    let given = section.has("minutes");
    let minutes = section.list("minutes", allowed, rule);
    let mut minutes = section
        .required("minutes", minutes, given)
        .unwrap_or_default();
    if given && minutes.is_empty() {
        section.fault(
            "minutes",
            "must have at least one reminder; without, leave [reminder] out",
        );
    }
    minutes.sort_unstable_by(|a, b| b.cmp(a));
    let quiet = "must be local times such as \"21:00-08:00\"";
    let reminder = Reminder {
        before: minutes.into_iter().map(minutes_delta).collect(),
        template: read_template(&mut section, &Reminder::VALUES),
        quiet: section.parsed("quiet_hours", quiet, quiet_hours),
    };
    section.finish();
    Some(reminder)
}

fn read_notify(root: &mut Section<'_>, country: Option<&str>) -> Notify {
    let mut section = root.section("notify");
    let has_webhook = section.has("webhook_url");
    let webhook_url = section.parsed("webhook_url", SAFE_URL_RULE, safe_address);
    let given = section.has("webhook_secret_env");
    let webhook_secret_env = section.parsed("webhook_secret_env", VARIABLE_RULE, variable);
    if given && !has_webhook {
        section.fault("webhook_secret_env", "needs a webhook_url beside it");
    }
    let webhook_secret_env = if has_webhook {
        section.required("webhook_secret_env", webhook_secret_env, given)
    } else {
        None
    };
    let whatsapp = section.optional_section("whatsapp").and_then(|mut owner| {
        let given = owner.has("to");
        let to = phone(&mut owner, "to", country);
        let to = owner.required("to", to, given);
        let given = owner.has("template");
        let template = read_template(&mut owner, &OwnerWhatsapp::VALUES);
        let template = owner.required("template", template, given);
        owner.finish();
        Some(OwnerWhatsapp {
            to: to?,
            template: template?,
        })
    });
    section.finish();
    Notify {
        webhook_url,
        webhook_secret_env,
        whatsapp,
    }
}

fn read_answers(root: &mut Section<'_>, languages: &[Language]) -> Vec<Answer> {
    let mut answers = Vec::new();
    for mut section in root.sections("answer") {
        let given = section.has("words");
        let words = section.words("words", languages);
        let words = section.required("words", words, given).unwrap_or_default();
        if given && words.is_empty() {
            section.fault("words", "must have at least one word");
        }
        let given = section.has("text");
        let text = section.text("text", languages, 1000);
        let text = section.required("text", text, given);
        let urgent = section.boolean("urgent");
        section.finish();
        answers.push(Answer {
            words,
            text: text.unwrap_or_else(|| Text::new("?")),
            urgent,
        });
    }
    answers
}

// === rules of single values ===

fn minutes_delta(minutes: u32) -> TimeDelta {
    TimeDelta::minutes(minutes.into())
}

fn identifier(text: &str) -> Option<Box<str>> {
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    ((1..=40).contains(&text.len()) && text.bytes().all(legal)).then(|| text.into())
}

fn variable(text: &str) -> Option<Box<str>> {
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let starts = text
        .bytes()
        .next()
        .is_some_and(|byte| !byte.is_ascii_digit());
    (starts && text.len() <= 128 && text.bytes().all(legal)).then(|| text.into())
}

fn template(text: &str) -> Option<Box<str>> {
    let legal = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    ((1..=512).contains(&text.len()) && text.bytes().all(legal)).then(|| text.into())
}

fn template_variable(text: &str) -> Option<Box<str>> {
    let starts = text.bytes().next()?.is_ascii_lowercase();
    template(text).filter(|_| starts)
}

/// Meta's code of a language: `es`, `es_MX`, `fil`.
fn template_language(text: &str) -> Option<Box<str>> {
    let (language, country) = text.split_once('_').unwrap_or((text, "US"));
    let is_language =
        (2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_country = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase());
    (is_language && is_country).then(|| text.into())
}

fn provider_id(value: &Value) -> Option<Box<str>> {
    let id = value.as_str()?;
    let legal = id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    ((1..=64).contains(&id.len()) && legal).then(|| id.into())
}

/// A number with `+`, or as dialled in the country.
fn phone(section: &mut Section<'_>, key: &str, country: Option<&str>) -> Option<PhoneNumber> {
    section.parsed(key, InvalidPhone, |text| {
        PhoneNumber::parse_in(text, country).ok()
    })
}

fn country(text: &str) -> Option<Box<str>> {
    let legal = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    legal.then(|| text.into())
}

fn ask(value: &Value) -> Option<Ask> {
    (value.as_str()? == "name").then_some(Ask::Name)
}

fn time_range(value: &Value) -> Option<TimeRange> {
    TimeRange::parse(value.as_str()?).ok()
}

fn quiet_hours(text: &str) -> Option<QuietHours> {
    let (from, to) = text.split_once('-')?;
    let (from_minute, to_minute) = (hours::minute_of_day(from)?, hours::minute_of_day(to)?);
    (from_minute != to_minute).then_some(QuietHours {
        from_minute,
        to_minute,
    })
}

/// An address to which customers' names and numbers may be sent.
fn safe_address(text: &str) -> Option<Url> {
    let url = web_address(text)?;
    let is_here = match url.host()? {
        url::Host::Domain(name) => name == "localhost",
        url::Host::Ipv4(address) => address.is_loopback(),
        url::Host::Ipv6(address) => address.is_loopback(),
    };
    (url.scheme() == "https" || is_here).then_some(url)
}

fn web_address(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    matches!(url.scheme(), "https" | "http").then_some(url)
}

#[cfg(test)]
mod tests;
