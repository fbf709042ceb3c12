//! The tables of a business file about WhatsApp, HighLevel, reminders and the owner's notices.

use toml::Value;

use super::{
    super::{
        ApprovedTemplate, Highlevel, Notify, OwnerWhatsapp, Reminder, Tags, Whatsapp, hint,
        languages::{Languages, not_spoken},
        section::Section,
    },
    rules::{
        PROVIDER_ID_RULE, VARIABLE_RULE, minutes_delta, phone, provider_id, quiet_hours,
        safe_address, template, template_language, template_variable, variable,
    },
};
use crate::language::Language;

const SAFE_URL_RULE: &str =
    "must be an address that starts with https://; http:// only on this machine";
const TEMPLATE_RULE: &str = "must be a template's name: 1 to 512 of a-z, 0-9 and \"_\"";
const TEMPLATE_VARIABLE_RULE: &str =
    "must be the name of a variable of the template: a-z, 0-9 and \"_\", a letter first";
const TEMPLATE_LANGUAGE_RULE: &str = "must be a language code of Meta's, such as \"en_US\"";

pub(super) fn read_whatsapp(root: &mut Section<'_>, languages: &Languages) -> Whatsapp {
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
    languages: &Languages,
) -> Vec<(Language, Box<str>)> {
    let mut section = section.section("template_languages");
    let mut codes = Vec::new();
    for key in section.keys() {
        let rule = TEMPLATE_LANGUAGE_RULE;
        let code = section.guessed(&key, rule, template_language, hint::template_language);
        match Language::from_code(&key).filter(|known| languages.has(*known)) {
            Some(language) => codes.extend(code.map(|code| (language, code))),
            None => section.fault(&key, not_spoken(&key, languages)),
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
        let is_empty = named.keys().is_empty();
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
        if !has_template && !section.is_misspelt("template") {
            section.fault(VARIABLES, "needs a template beside it");
        }
    }
    Some(ApprovedTemplate {
        name: name?,
        variables,
    })
}

pub(super) fn read_highlevel(root: &mut Section<'_>) -> Highlevel {
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

pub(super) fn read_reminder(root: &mut Section<'_>) -> Option<Reminder> {
    let mut section = root.optional_section("reminder")?;
    let rule = |value: &Value| {
        let minutes = u32::try_from(value.as_integer()?).ok()?;
        (1..=43_200).contains(&minutes).then_some(minutes)
    };
    let allowed = "must be a whole number from 1 to 43200";
    let given = section.has("minutes");
    let minutes = section.list("minutes", allowed, rule);
    let minutes = section.required("minutes", minutes, given);
    if minutes.as_ref().is_some_and(Vec::is_empty) {
        section.fault(
            "minutes",
            "must have at least one reminder; without, leave [reminder] out",
        );
    }
    let mut minutes = minutes.unwrap_or_default();
    minutes.sort_unstable_by(|a, b| b.cmp(a));
    let quiet = "must be local times such as \"21:00-08:00\"";
    let reminder = Reminder {
        before: minutes.into_iter().map(minutes_delta).collect(),
        template: read_template(&mut section, &Reminder::VALUES),
        quiet: section.guessed("quiet_hours", quiet, quiet_hours, hint::night),
    };
    section.finish();
    Some(reminder)
}

pub(super) fn read_notify(root: &mut Section<'_>, country: Option<&str>) -> Notify {
    let mut section = root.section("notify");
    let has_webhook = section.has("webhook_url");
    let webhook_url = section.parsed("webhook_url", SAFE_URL_RULE, safe_address);
    let given = section.has("webhook_secret_env");
    let webhook_secret_env = section.parsed("webhook_secret_env", VARIABLE_RULE, variable);
    if given && !has_webhook && !section.is_misspelt("webhook_url") {
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
