//! What an answer of the Graph API means, and what to do about it.
//!
//! Decided by Meta's error code; by the HTTP status only where there is none, since a limit may
//! come as 400. The invariant: a call whose message may have been taken is never called a failure.

use http::StatusCode;
use serde::Deserialize;

use crate::message::MessageId;

/// What an answer means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The message was taken, under this id.
    Taken(MessageId),
    /// Free words are not allowed any more: the customer wrote too long ago.
    WindowClosed { code: i64 },
    /// Too much was sent.
    Slower { scope: Scope, reason: &'static str },
    /// It failed in a way that may pass.
    Retry { reason: &'static str },
    /// It will never be taken.
    GiveUp {
        reason: &'static str,
        code: Option<i64>,
    },
    /// It will not be taken until the setup is mended.
    Alert {
        reason: &'static str,
        code: Option<i64>,
    },
    /// No message by this template will be taken until the template is mended.
    Template { reason: &'static str, code: i64 },
    /// It may have been taken.
    Unknown,
}

/// Whose messages a limit concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// All of the number.
    Number,
    /// Those of the number to one person.
    Pair,
}

#[derive(Deserialize)]
struct Taken<'a> {
    #[serde(borrow)]
    messages: Vec<TakenMessage<'a>>,
}

#[derive(Deserialize)]
struct TakenMessage<'a> {
    #[serde(borrow)]
    id: std::borrow::Cow<'a, str>,
}

#[derive(Deserialize)]
struct Refused {
    error: Error,
}

#[derive(Debug, Deserialize)]
struct Error {
    code: i64,
    #[serde(default, rename = "error_subcode")]
    subcode: Option<i64>,
    #[serde(default)]
    is_transient: Option<bool>,
    #[serde(default, rename = "error_data")]
    data: Option<ErrorData>,
}

#[derive(Debug, Deserialize)]
struct ErrorData {
    #[serde(default)]
    details: String,
}

/// Meta's subcode of 100 for an object (the number id) that does not exist for this token.
const NO_SUCH_OBJECT: i64 = 33;

/// Judges an answer; `body` is none where it broke off or was too long.
pub(super) fn judge(status: StatusCode, body: Option<&[u8]>) -> Verdict {
    let error = body.and_then(|body| serde_json::from_slice::<Refused>(body).ok());
    match error {
        // An error is one whatever the status says.
        Some(Refused { error }) => by_code(status, &error),
        None if status.is_success() => taken(body).unwrap_or(Verdict::Unknown),
        None => by_status(status),
    }
}

fn taken(body: Option<&[u8]>) -> Option<Verdict> {
    let taken: Taken<'_> = serde_json::from_slice(body?).ok()?;
    let id = MessageId::new(&taken.messages.first()?.id)?;
    Some(Verdict::Taken(id))
}

fn by_code(status: StatusCode, error: &Error) -> Verdict {
    let code = error.code;
    let give_up = |reason| Verdict::GiveUp {
        reason,
        code: Some(code),
    };
    let alert = |reason| Verdict::Alert {
        reason,
        code: Some(code),
    };
    let slower = |scope, reason| Verdict::Slower { scope, reason };
    match code {
        131_047 => Verdict::WindowClosed { code },
        131_056 => slower(Scope::Pair, "pair_rate"),
        130_429 => slower(Scope::Number, "throughput"),
        4 | 80_007 | 613 => slower(Scope::Number, "app_rate"),
        1 | 2 | 131_000 | 131_016 | 131_057 | 133_004 => Verdict::Retry {
            reason: "provider_failed",
        },
        100 if error.is_no_such_object() => alert("unknown_number"),
        0 | 102 | 190 => alert("token"),
        3 | 10 | 200..=299 | 131_005 => alert("permission"),
        368 | 131_031 => alert("account_blocked"),
        131_042 => alert("payment"),
        131_037 | 131_045 | 133_010 => alert("number_not_ready"),
        131_048 => give_up("spam_rate"),
        131_049 | 131_050 => give_up("unwanted"),
        130_472 => give_up("experiment"),
        131_021 | 131_026 | 131_030 => give_up("undeliverable"),
        // Those of flows are among them.
        33 | 100 | 131_008 | 131_009 | 131_051..=131_053 | 132_068 | 132_069 | 135_000 => {
            give_up("invalid")
        }
        132_000..=132_999 => Verdict::Template {
            reason: template(code),
            code,
        },
        _ if error.is_transient == Some(true) => Verdict::Retry {
            reason: "provider_failed",
        },
        _ => unknown_code(status, code),
    }
}

/// What is wrong with a template, by Meta's "Error Codes" of the Cloud API.
fn template(code: i64) -> &'static str {
    match code {
        132_000 => "template_parameter_count",
        132_001 => "template_missing",
        132_005 => "template_text_too_long",
        132_007 => "template_policy",
        132_012 | 132_018 => "template_parameter_format",
        132_015 => "template_paused",
        132_016 => "template_disabled",
        _ => "template",
    }
}

/// A code that this release does not know: it was refused, so that trying again harms nobody.
fn unknown_code(status: StatusCode, code: i64) -> Verdict {
    match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Verdict::Alert {
            reason: "permission",
            code: Some(code),
        },
        StatusCode::TOO_MANY_REQUESTS => Verdict::Slower {
            scope: Scope::Number,
            reason: "throughput",
        },
        _ => Verdict::Retry {
            reason: "unknown_error",
        },
    }
}

/// An answer without Meta's error: from something before Meta, or from its very edge.
fn by_status(status: StatusCode) -> Verdict {
    match status {
        StatusCode::TOO_MANY_REQUESTS => Verdict::Slower {
            scope: Scope::Number,
            reason: "throughput",
        },
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Verdict::Alert {
            reason: "permission",
            code: None,
        },
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED | StatusCode::GONE => {
            Verdict::Alert {
                reason: "api_url",
                code: None,
            }
        }
        StatusCode::PAYLOAD_TOO_LARGE => Verdict::GiveUp {
            reason: "invalid",
            code: None,
        },
        _ if status.is_redirection() => Verdict::Alert {
            reason: "api_url",
            code: None,
        },
        // Nothing was forwarded.
        StatusCode::SERVICE_UNAVAILABLE => Verdict::Retry {
            reason: "provider_failed",
        },
        _ if status.is_client_error() && status != StatusCode::REQUEST_TIMEOUT => Verdict::Retry {
            reason: "unknown_error",
        },
        // A gateway that lost its upstream does not know what that did.
        _ => Verdict::Unknown,
    }
}

// === impl Error ===

impl Error {
    fn is_no_such_object(&self) -> bool {
        let details = self.data.as_ref().map_or("", |data| &data.details);
        self.subcode == Some(NO_SUCH_OBJECT) || details.contains("does not exist")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(status: u16, body: &str) -> Verdict {
        judge(StatusCode::from_u16(status).unwrap(), Some(body.as_bytes()))
    }

    fn error(status: u16, code: i64) -> Verdict {
        judged(
            status,
            &format!(r#"{{"error":{{"message":"x","code":{code}}}}}"#),
        )
    }

    #[test]
    fn the_code_decides_whatever_the_status() {
        for status in [200, 400, 401, 403, 429, 500] {
            let window = Verdict::WindowClosed { code: 131_047 };
            assert_eq!(error(status, 131_047), window);
            let pair = Verdict::Slower {
                scope: Scope::Pair,
                reason: "pair_rate",
            };
            assert_eq!(error(status, 131_056), pair);
            let token = Verdict::Alert {
                reason: "token",
                code: Some(190),
            };
            assert_eq!(error(status, 190), token);
        }
    }

    #[test]
    fn an_unknown_code_is_tried_again_unless_the_status_says_more() {
        assert_eq!(
            error(400, 987_654),
            Verdict::Retry {
                reason: "unknown_error"
            }
        );
        assert!(matches!(error(401, 987_654), Verdict::Alert { .. }));
        assert!(matches!(
            error(429, 987_654),
            Verdict::Slower {
                scope: Scope::Number,
                ..
            }
        ));
    }

    #[test]
    fn a_number_that_is_not_ours_is_a_matter_of_the_setup() {
        let plain = r#"{"error":{"code":100,"error_data":{"details":"body text is too long"}}}"#;
        assert!(matches!(
            judged(400, plain),
            Verdict::GiveUp {
                reason: "invalid",
                ..
            }
        ));
        let unknown = r#"{"error":{"code":100,"error_subcode":33}}"#;
        assert!(matches!(
            judged(400, unknown),
            Verdict::Alert {
                reason: "unknown_number",
                ..
            }
        ));
    }

    #[test]
    fn what_may_have_been_taken_is_not_a_failure() {
        for (status, body) in [
            (200, ""),
            (200, "{}"),
            (200, r#"{"messages":[]}"#),
            (500, "<html>"),
            (502, ""),
            (504, ""),
            (408, ""),
        ] {
            assert_eq!(judged(status, body), Verdict::Unknown, "{status} {body}");
        }
        assert_eq!(judge(StatusCode::OK, None), Verdict::Unknown);
        let taken = judged(200, r#"{"messages":[{"id":"wamid.1"}]}"#);
        assert_eq!(taken, Verdict::Taken(MessageId::new("wamid.1").unwrap()));
    }
}
