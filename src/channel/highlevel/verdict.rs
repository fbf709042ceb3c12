//! What an answer of HighLevel's API means, and what to do about it.
//!
//! HighLevel has no codes, so that the status decides, and some words in its message. It has no
//! reference of ours either: what may have been taken can only be repeated.

use http::StatusCode;
use serde::Deserialize;

use crate::message::MessageId;

/// What an answer means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The message was taken, under this id.
    Taken(MessageId),
    /// Too much was asked of the location's quota.
    Slower,
    /// It failed in a way that may pass.
    Retry { reason: &'static str },
    /// It will never be taken.
    GiveUp { reason: &'static str },
    /// It will not be taken until the setup is mended.
    Alert { reason: &'static str },
    /// It may have been taken.
    Unknown,
}

/// The ids of what was taken: of Google's messages there may be several.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Taken {
    #[serde(default)]
    message_id: Option<String>,
    #[serde(default)]
    message_ids: Vec<String>,
}

#[derive(Deserialize)]
struct Refused {
    message: Words,
}

/// One sentence, or one for each field.
#[derive(Deserialize)]
#[serde(untagged)]
enum Words {
    One(String),
    Several(Vec<String>),
}

/// Judges an answer; `body` is none where it broke off or was too long.
pub(super) fn judge(status: StatusCode, body: Option<&[u8]>) -> Verdict {
    if status.is_success() {
        let taken = body.and_then(|body| serde_json::from_slice::<Taken>(body).ok());
        let id = taken.and_then(Taken::id);
        return id.map_or(Verdict::Unknown, Verdict::Taken);
    }
    refused(status, body)
}

impl Taken {
    fn id(self) -> Option<MessageId> {
        let mut ids = self.message_id.into_iter().chain(self.message_ids);
        ids.find_map(|id| MessageId::new(&id))
    }
}

/// Judges an answer that is no success.
pub(super) fn refused(status: StatusCode, body: Option<&[u8]>) -> Verdict {
    match status {
        StatusCode::UNAUTHORIZED => Verdict::Alert { reason: "token" },
        StatusCode::FORBIDDEN => Verdict::Alert {
            reason: "permission",
        },
        StatusCode::TOO_MANY_REQUESTS => Verdict::Slower,
        StatusCode::SERVICE_UNAVAILABLE => Verdict::Retry {
            reason: "provider_failed",
        },
        StatusCode::REQUEST_TIMEOUT => Verdict::Unknown,
        _ if status.is_redirection() => Verdict::Alert { reason: "api_url" },
        _ if status.is_client_error() => by_words(status, &words(body)),
        _ => Verdict::Unknown,
    }
}

fn by_words(status: StatusCode, words: &str) -> Verdict {
    let says = |word: &str| words.contains(word);
    match status {
        // An unknown or missing `Version` is one setting for all messages.
        StatusCode::BAD_REQUEST if says("version") => Verdict::Alert {
            reason: "api_version",
        },
        _ if says("131047") => Verdict::GiveUp {
            reason: "window_closed",
        },
        _ if says("dnd") || says("do not disturb") => Verdict::GiveUp {
            reason: "do_not_disturb",
        },
        StatusCode::NOT_FOUND => Verdict::GiveUp {
            reason: "unknown_contact",
        },
        _ => Verdict::GiveUp { reason: "refused" },
    }
}

/// What HighLevel says, in lower case.
pub(super) fn words(body: Option<&[u8]>) -> String {
    let refused = body.and_then(|body| serde_json::from_slice::<Refused>(body).ok());
    let words = refused.map(|refused| match refused.message {
        Words::One(words) => words,
        Words::Several(several) => several.join(" "),
    });
    words.unwrap_or_default().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(status: u16, body: &str) -> Verdict {
        judge(StatusCode::from_u16(status).unwrap(), Some(body.as_bytes()))
    }

    #[test]
    fn the_status_decides_and_some_words_of_the_message() {
        let give_up = |reason| Verdict::GiveUp { reason };
        let alert = |reason| Verdict::Alert { reason };
        for (status, body, expected) in [
            (401, "{}", alert("token")),
            (403, "{}", alert("permission")),
            (
                400,
                r#"{"message":"Version header is invalid"}"#,
                alert("api_version"),
            ),
            (
                400,
                r#"{"message":["DND is active"]}"#,
                give_up("do_not_disturb"),
            ),
            (
                400,
                r#"{"message":"(#131047) Re-engagement"}"#,
                give_up("window_closed"),
            ),
            (422, r#"{"message":["type must be"]}"#, give_up("refused")),
            (404, "", give_up("unknown_contact")),
            (429, "", Verdict::Slower),
            (307, "", alert("api_url")),
        ] {
            assert_eq!(judged(status, body), expected, "{status} {body}");
        }
    }

    #[test]
    fn what_may_have_been_taken_is_not_a_failure() {
        for (status, body) in [
            (200, "{}"),
            (201, ""),
            (200, r#"{"messageId":""}"#),
            (500, "{}"),
            (504, ""),
        ] {
            assert_eq!(judged(status, body), Verdict::Unknown, "{status} {body}");
        }
        let taken = judged(201, r#"{"conversationId":"c","messageId":"m-1"}"#);
        assert_eq!(taken, Verdict::Taken(MessageId::new("m-1").unwrap()));
        let several = judged(201, r#"{"conversationId":"c","messageIds":["m-2","m-3"]}"#);
        assert_eq!(several, Verdict::Taken(MessageId::new("m-2").unwrap()));
    }
}
