//! The body of `POST /webhook`, read the same way for its signature and for its message.
//!
//! The invariant: every field has one value. A body that names one twice is not read at all.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, SeqAccess, Visitor},
};

use crate::{
    message::{MessageId, PhoneNumber},
    source::{Invalid, InvalidField},
};

const MAX_MESSAGE_CHARS: usize = 4096;
const MAX_THREAD_ID_CHARS: usize = 128;
const MAX_NAME_CHARS: usize = 128;

/// The fields as they were sent.
#[derive(Default)]
pub(super) struct Request {
    pub(super) message: Field,
    pub(super) phone: Field,
    pub(super) thread_id: Field,
    pub(super) signature: Field,
    message_id: Field,
    name: Field,
}

/// A field that should be a string.
#[derive(Default)]
pub(super) enum Field {
    /// Left out, or null.
    #[default]
    Absent,
    Text(String),
    /// A number, a list, an object.
    Other,
}

/// The value is there and no string.
pub(super) struct NotText;

/// The fields, each in its allowed form.
pub(super) struct Checked {
    pub(super) message: String,
    pub(super) phone: PhoneNumber,
    pub(super) thread_id: Box<str>,
    pub(super) message_id: Option<MessageId>,
    pub(super) name: Option<Box<str>>,
}

// === impl Request ===

impl Request {
    /// Reads a body.
    ///
    /// # Errors
    ///
    /// [`Invalid::Json`] for what is not JSON, is not UTF-8 or is nested too deep,
    /// [`Invalid::Fields`] for what is no object or names a field twice.
    pub(super) fn read(body: &[u8]) -> Result<Self, Invalid> {
        let text = std::str::from_utf8(body).map_err(|_| Invalid::Json)?;
        serde_json::from_str(text).map_err(|error| {
            if error.is_data() {
                Invalid::Fields(vec![InvalidField {
                    field: "body",
                    fault: "must be a JSON object in which no field is repeated",
                }])
            } else {
                Invalid::Json
            }
        })
    }

    /// The checked fields; or nothing, with each fault noted.
    pub(super) fn check(self, faults: &mut Vec<InvalidField>) -> Option<Checked> {
        let message = note(faults, "message", message(&self.message));
        let phone = note(faults, "phone", phone(&self.phone));
        let thread_id = note(faults, "thread_id", thread_id(&self.thread_id));
        let message_id = note(faults, "message_id", message_id(&self.message_id));
        let name = note(faults, "name", name(&self.name));
        let phone = phone?;
        Some(Checked {
            message: message?,
            thread_id: thread_id?.unwrap_or_else(|| phone.as_str().into()),
            phone,
            message_id: message_id?,
            name: name?,
        })
    }
}

impl<'de> Deserialize<'de> for Request {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RequestVisitor)
    }
}

/// The fields' names; the last one stands for all others.
#[derive(Clone, Copy, Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum Key {
    Message,
    Phone,
    ThreadId,
    Signature,
    MessageId,
    Name,
    #[serde(other)]
    Other,
}

struct RequestVisitor;

impl<'de> Visitor<'de> for RequestVisitor {
    type Value = Request;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Request, A::Error> {
        let mut request = Request::default();
        let mut seen = [false; Key::Other as usize];
        while let Some(key) = map.next_key::<Key>()? {
            // An unknown field is read as well, so that its depth is limited like any other's.
            let value: Field = map.next_value()?;
            let field = match key {
                Key::Message => &mut request.message,
                Key::Phone => &mut request.phone,
                Key::ThreadId => &mut request.thread_id,
                Key::Signature => &mut request.signature,
                Key::MessageId => &mut request.message_id,
                Key::Name => &mut request.name,
                Key::Other => continue,
            };
            if std::mem::replace(&mut seen[key as usize], true) {
                return Err(de::Error::custom("a field is repeated"));
            }
            *field = value;
        }
        Ok(request)
    }
}

// === impl Field ===

impl Field {
    /// The text, or nothing where there is none.
    pub(super) fn text(&self) -> Result<Option<&str>, NotText> {
        match self {
            Self::Absent => Ok(None),
            Self::Text(text) => Ok(Some(text)),
            Self::Other => Err(NotText),
        }
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FieldVisitor)
    }
}

struct FieldVisitor;

impl<'de> Visitor<'de> for FieldVisitor {
    type Value = Field;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Field, E> {
        Ok(Field::Absent)
    }

    fn visit_str<E>(self, text: &str) -> Result<Field, E> {
        Ok(Field::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Field, E> {
        Ok(Field::Text(text))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Field, E> {
        Ok(Field::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Field, E> {
        Ok(Field::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Field, E> {
        Ok(Field::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Field, E> {
        Ok(Field::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Field, A::Error> {
        while items.next_element::<Field>()?.is_some() {}
        Ok(Field::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Field, A::Error> {
        while entries.next_entry::<Field, Field>()?.is_some() {}
        Ok(Field::Other)
    }
}

// === what each field allows ===

/// The value, or nothing and its fault on the list.
fn note<T>(
    faults: &mut Vec<InvalidField>,
    field: &'static str,
    result: Result<T, &'static str>,
) -> Option<T> {
    result
        .map_err(|fault| faults.push(InvalidField { field, fault }))
        .ok()
}

fn message(field: &Field) -> Result<String, &'static str> {
    const FAULT: &str = "must be a string of 1 to 4096 characters, blanks around it not counted";
    let text = field.text().map_err(|_| FAULT)?.ok_or(FAULT)?.trim();
    match text.chars().count() {
        1..=MAX_MESSAGE_CHARS => Ok(text.to_owned()),
        _ => Err(FAULT),
    }
}

fn phone(field: &Field) -> Result<PhoneNumber, &'static str> {
    const FAULT: &str = "must be a string in E.164 form: \"+\" and 7 to 15 digits";
    let text = field.text().map_err(|_| FAULT)?.ok_or(FAULT)?;
    PhoneNumber::parse(text).map_err(|_| FAULT)
}

fn thread_id(field: &Field) -> Result<Option<Box<str>>, &'static str> {
    const FAULT: &str = "must be a string of 1 to 128 printable characters";
    printable(field, MAX_THREAD_ID_CHARS).map_err(|()| FAULT)
}

fn message_id(field: &Field) -> Result<Option<MessageId>, &'static str> {
    const FAULT: &str = "must be a string of 1 to 512 bytes";
    match field.text().map_err(|_| FAULT)? {
        None => Ok(None),
        Some(id) => MessageId::new(id).map(Some).ok_or(FAULT),
    }
}

fn name(field: &Field) -> Result<Option<Box<str>>, &'static str> {
    const FAULT: &str = "must be a string of at most 128 printable characters";
    // An empty form field is no reason to refuse the message.
    if matches!(field, Field::Text(text) if text.trim().is_empty()) {
        return Ok(None);
    }
    printable(field, MAX_NAME_CHARS).map_err(|()| FAULT)
}

/// Nothing where the field is absent, else its 1 to `max_chars` characters, of which at least one
/// is no blank and none is a control character or a line separator.
fn printable(field: &Field, max_chars: usize) -> Result<Option<Box<str>>, ()> {
    let Some(text) = field.text().map_err(|NotText| ())? else {
        return Ok(None);
    };
    let printable = text
        .chars()
        .all(|c| !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}'));
    let fits = (1..=max_chars).contains(&text.chars().count());
    if printable && fits && !text.trim().is_empty() {
        Ok(Some(text.into()))
    } else {
        Err(())
    }
}
