//! What a request names, read field by field.
//!
//! The invariants: every fault is told at once, by field; a field that is not known here is a fault
//! too, since a misspelt filter would be answered with everything.

pub(super) mod query;

use std::sync::Arc;

use axum::http::Uri;
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Map, Value, map::Entry};
use url::form_urlencoded;
use uuid::Uuid;

use crate::{
    booking::{Business, Businesses, ServiceId, Services},
    http::error::{ApiError, ErrorCode},
    message::{BusinessId, PhoneNumber},
    spelling,
};

/// The longest text of a name, an id or a reason.
const MAX_WORDS_CHARS: usize = 128;

/// The longest message.
const MAX_MESSAGE_CHARS: usize = 4096;

/// What is allowed in a field, where something else stands.
pub(in crate::http) type Fault = &'static str;

/// The fields of a request that were not read yet, and the faults of those that were.
#[derive(Debug, Default)]
pub(in crate::http) struct Form {
    given: Map<String, Value>,
    /// The names of the fields that were read, to suggest for one that is not known.
    known: Vec<Box<str>>,
    faults: Map<String, Value>,
}

/// A time as it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::http) enum When {
    /// An instant.
    At(DateTime<Utc>),
    /// A day on the business's wall.
    Day(NaiveDate),
}

// === impl Form ===

impl Form {
    /// The fields of a query; one that is named more than once is a list.
    pub(in crate::http) fn of_query(uri: &Uri) -> Self {
        let mut form = Self::default();
        for (name, value) in form_urlencoded::parse(uri.query().unwrap_or("").as_bytes()) {
            let value = Value::String(value.into_owned());
            match form.given.entry(name) {
                Entry::Vacant(first) => {
                    first.insert(value);
                }
                Entry::Occupied(mut given) => match given.get_mut() {
                    Value::Array(list) => list.push(value),
                    one => *one = Value::Array(vec![one.take(), value]),
                },
            }
        }
        form
    }

    /// The fields of a body.
    pub(in crate::http) fn of_body(body: &[u8]) -> Result<Self, ApiError> {
        match serde_json::from_slice(body) {
            Ok(Value::Object(given)) => Ok(Self {
                given,
                ..Self::default()
            }),
            Ok(_) => {
                let mut form = Self::default();
                form.fault("body", "must be a JSON object");
                Err(form.refusal())
            }
            Err(_) => Err(ApiError::new(
                ErrorCode::InvalidJson,
                "The body is not valid JSON.",
            )),
        }
    }

    /// Notes what is wrong with a field.
    pub(in crate::http) fn fault(&mut self, name: &str, fault: &str) {
        self.faults.insert(name.to_owned(), fault.into());
    }

    /// A field that has to be there; none where it has a fault.
    pub(in crate::http) fn required<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&Value) -> Result<T, Fault>,
    ) -> Option<T> {
        let value = self.optional(name, read)?;
        if value.is_none() {
            self.fault(name, "is required");
        }
        value
    }

    /// A field that may be left out; the outer none where it has a fault.
    #[expect(
        clippy::option_option,
        reason = "faulty, left out and given are three things"
    )]
    pub(in crate::http) fn optional<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&Value) -> Result<T, Fault>,
    ) -> Option<Option<T>> {
        self.known.push(name.into());
        let given = self.given.remove(name).filter(|value| !value.is_null());
        match given.as_ref().map(read).transpose() {
            Ok(value) => Some(value),
            Err(fault) => {
                self.fault(name, fault);
                None
            }
        }
    }

    /// The business that is meant: named, or the only one.
    pub(in crate::http) fn business(
        &mut self,
        known: &Businesses,
    ) -> Result<Arc<Business>, ApiError> {
        let Some(named) = self.optional("business", words) else {
            return Err(self.refusal());
        };
        if let Some(id) = named {
            let found = known.by_id(&BusinessId::new(id));
            return found.ok_or_else(|| invalid("business", "there is no such business"));
        }
        if known.iter().count() > 1 {
            self.fault("business", "is required where there are several");
            return Err(self.refusal());
        }
        Ok(known.default_business())
    }

    /// What was checked, or every fault.
    pub(in crate::http) fn finish<T>(
        mut self,
        checked: impl FnOnce() -> Option<T>,
    ) -> Result<T, ApiError> {
        for name in std::mem::take(&mut self.given).keys() {
            let fault = match self.closest(name) {
                Some(meant) => format!("is not known here; did you mean {meant}?"),
                None => "is not known here".to_owned(),
            };
            self.fault(name, &fault);
        }
        match checked() {
            Some(checked) if self.faults.is_empty() => Ok(checked),
            _ => Err(self.refusal()),
        }
    }

    /// The known field that was probably meant.
    fn closest(&self, misspelt: &str) -> Option<&str> {
        spelling::closest(misspelt, self.known.iter().map(|name| &**name))
    }

    fn refusal(&mut self) -> ApiError {
        let message = "Some fields are not valid; see details.";
        let mut error = ApiError::new(ErrorCode::ValidationError, message);
        for (name, fault) in std::mem::take(&mut self.faults) {
            error = error.with_detail(name, fault);
        }
        error
    }
}

/// A field is not right by what is known besides: the request is wrong, wherever it was sent to.
pub(in crate::http) fn invalid(name: &str, fault: Fault) -> ApiError {
    let mut form = Form::default();
    form.fault(name, fault);
    form.refusal()
}

/// Nothing is there by that name.
pub(in crate::http) fn not_found(message: &'static str) -> ApiError {
    ApiError::new(ErrorCode::NotFound, message)
}

// === Fields ===

/// Words on one line.
pub(in crate::http) fn words(value: &Value) -> Result<Box<str>, Fault> {
    let text = value.as_str().unwrap_or_default().trim();
    if text.is_empty()
        || text.chars().count() > MAX_WORDS_CHARS
        || text.chars().any(char::is_control)
    {
        return Err("must be text on one line, of 1 to 128 characters");
    }
    Ok(text.into())
}

/// What is said to a customer, on as many lines as it needs.
pub(in crate::http) fn long_words(value: &Value) -> Result<String, Fault> {
    let text = value.as_str().unwrap_or_default().trim();
    let is_odd = |c: char| c.is_control() && c != '\n';
    if text.is_empty() || text.chars().count() > MAX_MESSAGE_CHARS || text.contains(is_odd) {
        return Err("must be text of 1 to 4096 characters");
    }
    Ok(text.to_owned())
}

/// The services of a visit: one, or a list of them in the order in which they are done.
pub(in crate::http) fn services(value: &Value) -> Result<Services, Fault> {
    const RULE: Fault = "must be the id of a service, or 1 to 3 of them, each once";
    let one = std::slice::from_ref(value);
    let list = value.as_array().map_or(one, Vec::as_slice);
    let ids = list
        .iter()
        .map(|id| words(id).map(|id| ServiceId::new(&id)));
    let ids: Result<Vec<_>, _> = ids.collect();
    Services::new(ids.map_err(|_| RULE)?).map_err(|_| RULE)
}

/// A phone number, with `+` or as dialled in a country; in a query, a bare `+` reads as a space.
pub(in crate::http) fn phone(value: &Value, country: Option<&str>) -> Result<PhoneNumber, Fault> {
    const RULE: Fault =
        "must be E.164, \"+\" and 7 to 15 digits, or as dialled in the business's country";
    let text = value.as_str().ok_or(RULE)?;
    let text = match text.strip_prefix(' ') {
        Some(rest) => format!("+{rest}"),
        None => text.to_owned(),
    };
    PhoneNumber::parse_in(&text, country).map_err(|_| RULE)
}

/// An instant; in a query, the bare `+` of an offset reads as a space.
pub(in crate::http) fn instant(value: &Value) -> Result<DateTime<Utc>, Fault> {
    const RULE: Fault = "must be an RFC 3339 instant, such as 2026-11-24T15:00:00Z";
    let text = value.as_str().ok_or(RULE)?.replace(' ', "+");
    let at = DateTime::parse_from_rfc3339(&text).map_err(|_| RULE)?;
    Ok(at.to_utc())
}

/// An instant or a day.
pub(in crate::http) fn when(value: &Value) -> Result<When, Fault> {
    const RULE: Fault =
        "must be an RFC 3339 instant, such as 2026-11-24T15:00:00Z, or a day, such as 2026-11-24";
    if let Ok(at) = instant(value) {
        return Ok(When::At(at));
    }
    let text = value
        .as_str()
        .filter(|text| text.len() == "2026-11-24".len());
    let day = text.and_then(|text| text.parse().ok()).ok_or(RULE)?;
    Ok(When::Day(day))
}

/// Yes or no, in a body.
pub(in crate::http) fn flag(value: &Value) -> Result<bool, Fault> {
    value.as_bool().ok_or("must be true or false")
}

/// How many entries a page has at most.
pub(in crate::http) fn limit(value: &Value) -> Result<usize, Fault> {
    let text = value.as_str().unwrap_or_default();
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse() {
        Ok(limit @ 1..=200) if plain => Ok(limit),
        _ => Err("must be a whole number from 1 to 200"),
    }
}

/// An id in a path or cursor.
pub(in crate::http) fn uuid(text: &str) -> Option<Uuid> {
    text.parse().ok()
}

// === impl When ===

impl When {
    /// The first instant that is meant.
    pub(in crate::http) fn start(self, business: &Business) -> DateTime<Utc> {
        match self {
            Self::At(at) => at,
            Self::Day(day) => business.zone.day(day).start,
        }
    }

    /// The first instant that is not meant any more: a day is meant to its end.
    pub(in crate::http) fn end(self, business: &Business) -> DateTime<Utc> {
        match self {
            Self::At(at) => at,
            Self::Day(day) => business.zone.day(day).end,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn details(error: &ApiError) -> String {
        serde_json::to_string(error.details()).unwrap()
    }

    #[test]
    fn every_fault_is_told_and_what_is_not_known_is_one() {
        let mut form = Form::of_body(br#"{"name": 5, "phone": "12", "nmae": "Ana"}"#).unwrap();
        let name = form.optional("name", words);
        let phone = form.optional("phone", |value| phone(value, None));
        let start = form.required("start", instant);
        let refused = form.finish(|| Some((name?, phone?, start?))).unwrap_err();
        insta::assert_snapshot!(details(&refused), @r#"{"name":"must be text on one line, of 1 to 128 characters","nmae":"is not known here; did you mean name?","phone":"must be E.164, \"+\" and 7 to 15 digits, or as dialled in the business's country","start":"is required"}"#);
    }

    #[test]
    fn a_query_may_leave_its_plus_signs_bare_and_name_only_services_twice() {
        let uri = "/?from=2026-11-24T10:00:00+02:00&phone=+12025550100&to=2026-11-24&a=1&a=1\
                   &service=cut&service=color";
        let mut form = Form::of_query(&uri.parse().unwrap());
        let at = "2026-11-24T08:00:00Z".parse().unwrap();
        assert_eq!(form.required("from", when), Some(When::At(at)));
        let day = "2026-11-24".parse().unwrap();
        assert_eq!(form.required("to", when), Some(When::Day(day)));
        let number = form.required("phone", |value| phone(value, None)).unwrap();
        assert_eq!(number.as_str(), "+12025550100");
        let visit = form.required("service", services).unwrap();
        assert_eq!(visit.to_string(), "cut+color");
        assert_eq!(form.optional("a", words), None);
        assert!(form.finish(|| Some(())).is_err());
    }

    #[test]
    fn null_is_as_if_it_was_left_out() {
        let body = br#"{"name": null, "nmae": null}"#;
        let mut form = Form::of_body(body).unwrap();
        assert_eq!(form.optional("name", words), Some(None));
        let refused = form.finish(|| Some(())).unwrap_err();
        assert_eq!(
            details(&refused),
            r#"{"nmae":"is not known here; did you mean name?"}"#
        );
    }

    #[test]
    fn days_and_limits_are_written_in_one_way() {
        for day in ["2026-1-02", "+2026-01-0", "2026-13-01", "tomorrow"] {
            assert!(when(&json!(day)).is_err(), "{day}");
        }
        for bad in ["0", "201", "+5", "", "1.0"] {
            assert!(limit(&json!(bad)).is_err(), "{bad}");
        }
        assert_eq!(limit(&json!("200")), Ok(200));
    }
}
