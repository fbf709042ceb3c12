//! What a remote workflow answers, in frontdesk's own JSON.
//!
//! The invariant: an answer that is not as documented is refused as a whole, with the field that
//! is wrong and without its content.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::{
    booking::{BookingId, ResourceId, Services},
    message::{Choice, Reply},
    workflow::State,
};

/// An answer. Every field may be left out; unknown ones are ignored.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Answer {
    /// What is said, in order; at most [`Answer::MAX_REPLIES`].
    pub(super) replies: Vec<Reply>,
    /// What the workflow wants to be told the next time. Left out: as before; null: nothing.
    #[serde(deserialize_with = "given")]
    pub(super) state: Option<Value>,
    /// A person is wanted.
    pub(super) handoff: bool,
    /// What is to be booked.
    pub(super) book: Vec<Wanted>,
    /// What is to be moved.
    #[serde(rename = "move")]
    pub(super) moved: Vec<Moved>,
    /// What is to be given up.
    pub(super) cancel: Vec<BookingId>,
}

/// A booking that is asked for.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Wanted {
    /// The service's id, or several with `+` between them, in the order in which they are done.
    pub(super) service: Services,
    /// The start, RFC 3339.
    pub(super) start: DateTime<Utc>,
    /// With whom; left out: whoever is free.
    #[serde(default)]
    pub(super) staff: Option<ResourceId>,
    /// The name it is under; left out: the contact's.
    #[serde(default)]
    pub(super) name: Option<Box<str>>,
    /// Who comes, where that is somebody else.
    #[serde(default)]
    pub(super) for_name: Option<Box<str>>,
}

/// A move that is asked for.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Moved {
    /// One of the turn's bookings.
    pub(super) booking: BookingId,
    /// The new start, RFC 3339.
    pub(super) start: DateTime<Utc>,
    /// With whom from now on; left out: as before if that person is free, else whoever is.
    #[serde(default)]
    pub(super) staff: Option<ResourceId>,
}

/// An answer that is not as documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    /// It is not JSON, or a field has another type; where.
    #[error("not the JSON that is documented (line {line}, column {column})")]
    Json {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// A field is out of its bounds.
    #[error("{field}: {fault}")]
    Field {
        /// The field's name.
        field: &'static str,
        /// What is allowed there.
        fault: &'static str,
    },
}

// === impl Answer ===

impl Answer {
    /// The most bytes of an answer.
    pub const MAX_BYTES: usize = 256 * 1024;
    /// The most replies to one turn.
    pub const MAX_REPLIES: usize = 10;
    /// The most effects of one turn, of each sort.
    const MAX_EFFECTS: usize = 5;
    /// The longest text, in characters: WhatsApp's limit.
    const MAX_TEXT: usize = 4096;
    /// The most choices: a list of WhatsApp's has so many rows.
    const MAX_CHOICES: usize = 10;
    /// The longest id of a choice, in bytes: WhatsApp's limit for rows.
    const MAX_CHOICE_ID: usize = 200;
    /// The longest title or description of a choice, in characters.
    const MAX_CHOICE_TEXT: usize = 72;
    /// The longest name, in characters.
    const MAX_NAME: usize = 100;

    /// Reads an answer. No bytes at all are an empty one.
    ///
    /// # Errors
    ///
    /// It is not as documented.
    pub fn read(bytes: &[u8]) -> Result<Self, Invalid> {
        if bytes.is_empty() {
            return Ok(Self::default());
        }
        let answer: Self = serde_json::from_slice(bytes).map_err(|error| Invalid::Json {
            line: error.line(),
            column: error.column(),
        })?;
        answer.check()?;
        Ok(answer)
    }

    fn check(&self) -> Result<(), Invalid> {
        let rules = [
            (
                self.replies.len() <= Self::MAX_REPLIES,
                "replies",
                "at most 10",
            ),
            (
                self.replies.iter().all(is_sendable),
                "replies",
                "each needs a text of 1 to 4096 characters, and choices are 1 to 10 with an id of \
                 1 to 200 bytes and a title of 1 to 72 characters",
            ),
            (
                self.book.len() <= Self::MAX_EFFECTS,
                "book",
                "at most 5 at once",
            ),
            (
                self.book.iter().all(Wanted::has_names),
                "book",
                "a name has 1 to 100 characters",
            ),
            (
                self.moved.len() <= Self::MAX_EFFECTS,
                "move",
                "at most 5 at once",
            ),
            (
                self.cancel.len() <= Self::MAX_EFFECTS,
                "cancel",
                "at most 5 at once",
            ),
            (
                self.state.as_ref().is_none_or(fits),
                "state",
                "at most 64 KiB of JSON",
            ),
        ];
        let broken = rules.into_iter().find(|(holds, ..)| !holds);
        broken.map_or(Ok(()), |(_, field, fault)| {
            Err(Invalid::Field { field, fault })
        })
    }
}

// === impl Wanted ===

impl Wanted {
    fn has_names(&self) -> bool {
        is_name(self.name.as_deref()) && is_name(self.for_name.as_deref())
    }
}

fn is_sendable(reply: &Reply) -> bool {
    let (text, choices) = match reply {
        Reply::Text { text } => (text, None),
        Reply::Choices { text, choices, .. } => (text, Some(choices)),
    };
    let is_choice = |choice: &Choice| {
        (1..=Answer::MAX_CHOICE_ID).contains(&choice.id.len())
            && is_text(&choice.title, Answer::MAX_CHOICE_TEXT)
            && choice
                .description
                .as_deref()
                .is_none_or(|text| is_text(text, Answer::MAX_CHOICE_TEXT))
    };
    is_text(text, Answer::MAX_TEXT)
        && choices.is_none_or(|choices| {
            (1..=Answer::MAX_CHOICES).contains(&choices.len()) && choices.iter().all(is_choice)
        })
}

fn is_name(name: Option<&str>) -> bool {
    name.is_none_or(|name| is_text(name, Answer::MAX_NAME))
}

fn is_text(text: &str, max: usize) -> bool {
    !text.trim().is_empty() && text.chars().count() <= max
}

fn fits(state: &Value) -> bool {
    state.to_string().len() <= State::MAX_BYTES
}

/// Tells a null that is there from a field that is not.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_answer_may_say_as_little_as_nothing() {
        for text in ["", "{}", r#"{"something": "else"}"#] {
            let answer = Answer::read(text.as_bytes()).unwrap();
            assert!(answer.replies.is_empty() && answer.state.is_none());
        }
        let forgotten = Answer::read(br#"{"state": null}"#).unwrap();
        assert_eq!(forgotten.state, Some(Value::Null));
    }

    #[test]
    fn what_is_out_of_bounds_is_named() {
        let many = [r#"{"kind": "text", "text": "a"}"#; 11].join(",");
        let long = "a".repeat(4097);
        let state = "a".repeat(65_535);
        for (text, field) in [
            (format!(r#"{{"replies": [{many}]}}"#), "replies"),
            (
                r#"{"replies": [{"kind": "text", "text": " "}]}"#.to_owned(),
                "replies",
            ),
            (
                format!(r#"{{"replies": [{{"kind": "text", "text": "{long}"}}]}}"#),
                "replies",
            ),
            (
                r#"{"replies": [{"kind": "choices", "text": "a", "choices": []}]}"#.to_owned(),
                "replies",
            ),
            (
                r#"{"book": [{"service": "cut", "start": "2026-12-01T10:00:00Z", "name": ""}]}"#
                    .to_owned(),
                "book",
            ),
            (format!(r#"{{"state": "{state}"}}"#), "state"),
        ] {
            match Answer::read(text.as_bytes()) {
                Err(Invalid::Field { field: found, .. }) => assert_eq!(found, field),
                other => panic!("{field}: {other:?}"),
            }
        }
    }

    #[test]
    fn a_wrong_type_is_told_by_its_place_and_not_by_its_content() {
        let fault = Answer::read(b"{\"replies\":\n\"secret words\"}").unwrap_err();
        assert_eq!(
            fault.to_string(),
            "not the JSON that is documented (line 2, column 14)"
        );
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Answer::read(&bytes);
        }
    }
}
