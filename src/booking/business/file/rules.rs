//! Rules of single values of a business file.

use chrono::TimeDelta;
use toml::Value;
use url::Url;

use super::super::{Ask, QuietHours, section::Section};
use crate::{
    booking::hours::{self, TimeRange},
    message::{InvalidPhone, PhoneNumber},
};

pub(super) const VARIABLE_RULE: &str =
    "must be the name of an environment variable, such as \"LUNA_SECRET\"";
pub(super) const PROVIDER_ID_RULE: &str = "must be an id of 1 to 64 letters and digits, in quotes";

pub(super) fn minutes_delta(minutes: u32) -> TimeDelta {
    TimeDelta::minutes(minutes.into())
}

pub(super) fn identifier(text: &str) -> Option<Box<str>> {
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    ((1..=40).contains(&text.len()) && text.bytes().all(legal)).then(|| text.into())
}

pub(super) fn variable(text: &str) -> Option<Box<str>> {
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let starts = text
        .bytes()
        .next()
        .is_some_and(|byte| !byte.is_ascii_digit());
    (starts && text.len() <= 128 && text.bytes().all(legal)).then(|| text.into())
}

pub(super) fn template(text: &str) -> Option<Box<str>> {
    let legal = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    ((1..=512).contains(&text.len()) && text.bytes().all(legal)).then(|| text.into())
}

pub(super) fn template_variable(text: &str) -> Option<Box<str>> {
    let starts = text.bytes().next()?.is_ascii_lowercase();
    template(text).filter(|_| starts)
}

/// Meta's code of a language: `es`, `es_MX`, `fil`.
pub(super) fn template_language(text: &str) -> Option<Box<str>> {
    let (language, country) = text.split_once('_').unwrap_or((text, "US"));
    let is_language =
        (2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_country = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase());
    (is_language && is_country).then(|| text.into())
}

pub(super) fn provider_id(value: &Value) -> Option<Box<str>> {
    let id = value.as_str()?;
    let legal = id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    ((1..=64).contains(&id.len()) && legal).then(|| id.into())
}

/// A number with `+`, or as dialled in the country.
pub(super) fn phone(
    section: &mut Section<'_>,
    key: &str,
    country: Option<&str>,
) -> Option<PhoneNumber> {
    section.parsed(key, InvalidPhone, |text| {
        PhoneNumber::parse_in(text, country).ok()
    })
}

pub(super) fn country(text: &str) -> Option<Box<str>> {
    // The United Kingdom's is GB.
    let legal =
        text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase()) && text != "UK";
    legal.then(|| text.into())
}

pub(super) fn ask(value: &Value) -> Option<Ask> {
    (value.as_str()? == "name").then_some(Ask::Name)
}

pub(super) fn time_range(value: &Value) -> Option<TimeRange> {
    TimeRange::parse(value.as_str()?).ok()
}

pub(super) fn quiet_hours(text: &str) -> Option<QuietHours> {
    let (from, to) = text.split_once('-')?;
    let (from_minute, to_minute) = (hours::minute_of_day(from)?, hours::minute_of_day(to)?);
    (from_minute != to_minute).then_some(QuietHours {
        from_minute,
        to_minute,
    })
}

/// An address to which customers' names and numbers may be sent.
pub(super) fn safe_address(text: &str) -> Option<Url> {
    let url = web_address(text)?;
    let is_here = match url.host()? {
        url::Host::Domain(name) => name == "localhost",
        url::Host::Ipv4(address) => address.is_loopback(),
        url::Host::Ipv6(address) => address.is_loopback(),
    };
    (url.scheme() == "https" || is_here).then_some(url)
}

pub(super) fn web_address(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    matches!(url.scheme(), "https" | "http").then_some(url)
}
