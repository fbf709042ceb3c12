//! Suggestions for a value or key that is wrong in a business file.
//!
//! The invariant: a hint is a value that would be accepted in its place.

use chrono::NaiveDate;
use toml::Value;

use crate::{
    booking::{
        hours::{TimeRange, minute_of_day},
        zone,
    },
    language::Language,
    spelling::closest,
};

/// Keys that are called otherwise elsewhere or in Spanish.
const SYNONYMS: &[(&str, &str)] = &[
    ("lunes", "monday"),
    ("martes", "tuesday"),
    ("miercoles", "wednesday"),
    ("jueves", "thursday"),
    ("viernes", "friday"),
    ("sabado", "saturday"),
    ("domingo", "sunday"),
    ("duration", "minutes"),
    ("buffer", "buffer_after_minutes"),
    ("buffer_minutes", "buffer_after_minutes"),
    ("employees", "staff"),
    ("team", "staff"),
    ("holidays", "dates"),
    ("opening_hours", "hours"),
    ("tz", "timezone"),
    ("keywords", "words"),
    ("template_params", "template_parameters"),
    ("template_variables", "template_parameters"),
];

/// The key that was meant, of those that are known and not there.
pub(super) fn key<'a>(
    given: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Option<&'a str> {
    let close = closest(given, known.clone());
    close.or_else(|| {
        let lower = given.to_lowercase().replace('é', "e").replace('á', "a");
        let (_, meant) = SYNONYMS.iter().find(|(other, _)| *other == lower)?;
        known.into_iter().find(|known| known == meant)
    })
}

/// `9-5` and `9am – 17.00` as they are written here.
pub(super) fn time_range(text: &str) -> Option<String> {
    let (from, to) = ends(text)?;
    // "9-5" is till the afternoon.
    let ends = if to.minute <= from.minute && !to.is_certain && to.minute < 12 * 60 {
        to.minute + 12 * 60
    } else {
        to.minute
    };
    TimeRange::new(from.minute, ends).map(|range| range.to_string())
}

struct Clock {
    minute: u16,
    /// True if morning or afternoon is told.
    is_certain: bool,
}

fn clock(text: &str) -> Option<Clock> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (digits, half) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(rest), _) => (rest, Some(0)),
        (_, Some(rest)) => (rest, Some(12)),
        _ => (text.as_str(), None),
    };
    let digits = digits.trim_end_matches('h');
    let (hour, minute) = match digits.split_once([':', '.', 'h']) {
        Some(parts) => parts,
        None if digits.len() == 4 => digits.split_at_checked(2)?,
        None => (digits, "00"),
    };
    let mut hour: u16 = hour.parse().ok()?;
    if let Some(half) = half {
        hour = (hour <= 12).then_some(hour % 12 + half)?;
    }
    let minute = minute_of_day(&format!("{hour:02}:{minute}"))?;
    let is_certain = half.is_some() || hour == 0 || digits.starts_with('0');
    Some(Clock { minute, is_certain })
}

/// Quiet hours, which may go over midnight.
pub(super) fn night(text: &str) -> Option<String> {
    let (from, to) = ends(text)?;
    let shown = |clock: &Clock| format!("{:02}:{:02}", clock.minute / 60, clock.minute % 60);
    Some(format!("{}-{}", shown(&from), shown(&to)))
}

fn ends(text: &str) -> Option<(Clock, Clock)> {
    let text = text.trim().to_lowercase().replace(['–', '—', '−'], "-");
    let (from, to) = text.split_once('-').or_else(|| text.split_once(" to "))?;
    Some((clock(from)?, clock(to)?))
}

/// A number that is written with its unit, or in quotes.
pub(super) fn number(value: &Value) -> Option<u32> {
    match value {
        Value::Float(number) if number.fract() == 0.0 => format!("{number}").parse().ok(),
        Value::String(text) => {
            let text = text.trim().to_lowercase();
            let end = text.find(|c: char| !c.is_ascii_digit());
            let (number, unit) = text.split_at(end.unwrap_or(text.len()));
            let number: u32 = number.parse().ok()?;
            let unit = unit.trim();
            if unit.is_empty() || unit.starts_with(['m', 'd']) {
                return Some(number);
            }
            let rest = unit
                .strip_prefix('h')?
                .trim_start_matches(char::is_alphabetic);
            let rest = rest.trim().trim_end_matches(char::is_alphabetic).trim();
            let minutes: u32 = if rest.is_empty() {
                0
            } else {
                rest.parse().ok()?
            };
            Some(number.checked_mul(60)?.checked_add(minutes)?)
        }
        _ => None,
    }
}

/// A date that is written in another order, where there is only one way to read it.
pub(super) fn date(text: &str) -> Option<String> {
    let parts: Vec<u32> = text
        .split(['-', '/', '.', ' '])
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let &[first, second, third] = parts.as_slice() else {
        return None;
    };
    let (year, month, day) = match (first, second, third) {
        (1000.., month, day) => (first, month, day),
        (day, month, 1000..) if day > 12 || day == month => (third, month, day),
        (month, day, 1000..) if day > 12 => (third, month, day),
        _ => return None,
    };
    let date = NaiveDate::from_ymd_opt(year.try_into().ok()?, month, day)?;
    Some(date.to_string())
}

pub(super) fn timezone(text: &str) -> Option<String> {
    zone::closest_name(text).map(ToOwned::to_owned)
}

pub(super) fn language(text: &str) -> Option<String> {
    const NAMES: &[(&str, Language)] = &[
        ("english", Language::English),
        ("spanish", Language::Spanish),
        ("espanol", Language::Spanish),
        ("español", Language::Spanish),
    ];
    let text = text.trim().to_lowercase();
    let code = text.split(['-', '_']).next().unwrap_or(&text);
    let by_name = NAMES.iter().find(|(name, _)| *name == code);
    let language = Language::from_code(code).or(by_name.map(|(_, language)| *language));
    language.map(|language| language.code().to_owned())
}

/// `en-us` as Meta writes it.
pub(super) fn template_language(text: &str) -> Option<String> {
    let (language, country) = text.trim().split_once(['-', '_'])?;
    let (language, country) = (language.to_lowercase(), country.to_uppercase());
    Some(format!("{language}_{country}"))
}

pub(super) fn country(text: &str) -> Option<String> {
    const NAMES: &[(&str, &str)] = &[
        ("UK", "GB"),
        ("USA", "US"),
        ("UNITED STATES", "US"),
        ("MEX", "MX"),
        ("MEXICO", "MX"),
        ("ESP", "ES"),
        ("SPAIN", "ES"),
        ("BRA", "BR"),
        ("BRAZIL", "BR"),
        ("ARG", "AR"),
        ("ARGENTINA", "AR"),
    ];
    let text = text.trim().to_uppercase();
    if let Some((_, code)) = NAMES.iter().find(|(name, _)| *name == text) {
        return Some((*code).to_owned());
    }
    let is_code = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    is_code.then_some(text)
}

/// The id that was meant by an id or a name.
pub(super) fn id<'a>(given: &str, known: &'a [(&'a str, &'a str)]) -> Option<&'a str> {
    let by_id = closest(given, known.iter().map(|(id, _)| *id));
    by_id.or_else(|| {
        let name = closest(given, known.iter().map(|(_, name)| *name))?;
        let named = known.iter().find(|(_, known)| *known == name);
        named.map(|(id, _)| *id)
    })
}
