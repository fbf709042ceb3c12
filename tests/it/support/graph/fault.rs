//! The ways in which a call can fail.

use std::time::Duration;

use http::{HeaderValue, header};
use serde_json::Value;

use super::error;
use crate::support::provider::{Act, answered, text};

/// What happens to a call.
#[derive(Debug, Clone)]
pub(crate) enum Fault {
    /// Refused with this status and code, as Graph shapes it.
    Code(u16, i64),
    /// The same, with `error_subcode`.
    Subcode(u16, i64, i64),
    /// The same, with `Retry-After`.
    RetryAfter(u16, i64, &'static str),
    /// Refused by something before Graph, in HTML.
    Html(u16),
    /// Sent elsewhere.
    Redirect(String),
    /// Taken, and answered after a while.
    Slow(Duration),
    /// Taken, and never answered.
    NoAnswer,
    /// Taken, and the connection breaks before the answer.
    LostAnswer,
    /// Taken, and answered with this instead of JSON that is understood.
    Garbled(&'static str),
    /// Taken, and answered without an end.
    Huge,
    /// Not taken, and the connection breaks.
    HangUp,
}

impl Fault {
    /// Whether Meta took the message all the same.
    pub(super) fn is_taken(&self) -> bool {
        match self {
            Self::Slow(_) | Self::NoAnswer | Self::LostAnswer | Self::Garbled(_) | Self::Huge => {
                true
            }
            Self::Code(..)
            | Self::Subcode(..)
            | Self::RetryAfter(..)
            | Self::Html(_)
            | Self::Redirect(_)
            | Self::HangUp => false,
        }
    }

    /// What the connection does, and after which pause; `answer` is what a taken call would get.
    pub(super) fn act(self, answer: Option<Value>) -> (Act, Option<Duration>) {
        let answer = answer.unwrap_or_default();
        let act = match self {
            Self::Code(status, code) => Act::Answer(error(status, code, None, "as asked")),
            Self::Subcode(status, code, subcode) => {
                Act::Answer(error(status, code, Some(subcode), "as asked"))
            }
            Self::RetryAfter(status, code, after) => {
                let mut response = error(status, code, None, "as asked");
                let after = HeaderValue::from_static(after);
                response.headers_mut().insert(header::RETRY_AFTER, after);
                Act::Answer(response)
            }
            Self::Html(status) => Act::Answer(text(status, "<html>Sorry</html>")),
            Self::Redirect(to) => {
                let mut response = text(307, "");
                let to = HeaderValue::from_str(&to).unwrap();
                response.headers_mut().insert(header::LOCATION, to);
                Act::Answer(response)
            }
            Self::Slow(pause) => return (Act::Answer(answered(200, &answer)), Some(pause)),
            Self::NoAnswer => Act::Hang,
            Self::Garbled(body) => Act::Answer(text(200, body)),
            Self::Huge => Act::Answer(text(200, " ".repeat(10 << 20))),
            Self::LostAnswer | Self::HangUp => Act::HangUp,
        };
        (act, None)
    }
}
