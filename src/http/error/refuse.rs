//! How the layers' refusals are worded.

use axum::{
    body::Body,
    http::{
        HeaderValue, Response,
        header::{ACCEPT_ENCODING, CONNECTION},
    },
};

use super::{ApiError, Envelope, ErrorCode, internal, overloaded};
use crate::{
    layer::{
        Refuse, body, load_shed,
        malformed::{self, Malformed},
        rate_limit, timeout, verify_signature,
    },
    metrics::LimitScope,
    signature,
};

impl Refuse<load_shed::Overloaded> for Envelope {
    fn refuse(&self, _: load_shed::Overloaded) -> Response<Body> {
        self.answer(overloaded().with_reason("too_many_in_flight"))
    }
}

impl Refuse<malformed::Refusal> for Envelope {
    fn refuse(&self, refusal: malformed::Refusal) -> Response<Body> {
        let (error, name, value) = match refusal {
            malformed::Refusal::Encoded => {
                let message = "The body must have no Content-Encoding.";
                let error = ApiError::new(ErrorCode::UnsupportedMediaType, message);
                let error = error.with_reason("content_encoding");
                (error, ACCEPT_ENCODING, "identity")
            }
            // Where the next request begins, nobody knows.
            malformed::Refusal::Malformed(fault) => (malformed(fault), CONNECTION, "close"),
        };
        let mut response = self.answer(error);
        let value = HeaderValue::from_static(value);
        response.headers_mut().insert(name, value);
        response
    }
}

fn malformed(fault: Malformed) -> ApiError {
    let error = match fault {
        Malformed::UriTooLong => ApiError::new(ErrorCode::UriTooLong, "The target is too long."),
        Malformed::HeadTooLarge => {
            let message = "The header fields are too long or too many.";
            ApiError::new(ErrorCode::HeadersTooLarge, message)
        }
        _ => {
            let message = "The request is not valid HTTP; see details.";
            let error = ApiError::new(ErrorCode::BadRequest, message);
            error.with_detail("reason", fault.as_str())
        }
    };
    error.with_reason(fault.as_str())
}

impl Refuse<timeout::Elapsed> for Envelope {
    fn refuse(&self, _: timeout::Elapsed) -> Response<Body> {
        let message = "The answer took too long. What was sent may have been kept; send it again.";
        let error = ApiError::new(ErrorCode::Overloaded, message);
        let after = std::time::Duration::from_secs(1);
        self.answer(error.with_retry_after(after).with_reason("deadline"))
    }
}

impl Refuse<rate_limit::Refusal> for Envelope {
    fn refuse(&self, refusal: rate_limit::Refusal) -> Response<Body> {
        let (policy, after) = (refusal.policy, refusal.retry_after);
        self.answer(
            ApiError::rate_limited(LimitScope::Address, policy, after).with_reason("address_limit"),
        )
    }
}

impl Refuse<verify_signature::Refusal> for Envelope {
    fn refuse(&self, refusal: verify_signature::Refusal) -> Response<Body> {
        use verify_signature::Refusal;
        self.answer(match refusal {
            Refusal::Body(refusal) => refusal.into(),
            Refusal::Unproven(error) => unproven(error),
        })
    }
}

impl From<body::Refusal> for ApiError {
    fn from(refusal: body::Refusal) -> Self {
        use body::Refusal;
        match refusal {
            Refusal::TooLarge { max_bytes } => {
                Self::new(ErrorCode::PayloadTooLarge, "The body is too long.")
                    .with_detail("max_bytes", max_bytes)
            }
            Refusal::TooSlow { deadline } => Self::new(
                ErrorCode::RequestTimeout,
                "The body took too long to arrive.",
            )
            .with_detail("max_seconds", deadline.as_secs())
            .with_detail("min_bytes_per_second", body::MIN_BYTES_PER_SECOND)
            .with_detail("grace_seconds", body::GRACE.as_secs()),
            Refusal::NoBudget => overloaded().with_reason("body_budget"),
            Refusal::AddressShare => overloaded().with_reason("body_address_share"),
            Refusal::Broken(cause) => Self::new(
                ErrorCode::InvalidJson,
                "The body could not be read to its end.",
            )
            .with_reason("body_broken")
            .with_cause(cause),
        }
    }
}

/// A panic in a handler; its message is not looked at, since it may quote what it failed on.
impl tower_http::catch_panic::ResponseForPanic for Envelope {
    type ResponseBody = Body;

    fn response_for_panic(
        &mut self,
        _: Box<dyn std::any::Any + Send + 'static>,
    ) -> Response<Self::ResponseBody> {
        self.answer(internal().with_reason("panic"))
    }
}

/// One answer for every way to be wrong: a finer word would help who tries them.
fn unproven(error: signature::Error) -> ApiError {
    let message = match error {
        signature::Error::Missing => "A signature or secret is required and none is present.",
        signature::Error::Unconfigured => {
            "Unsigned requests are not accepted here, and no secret is configured to check with; \
             set GHL_WEBHOOK_SECRET."
        }
        signature::Error::Remote => {
            "Without GHL_WEBHOOK_SECRET, requests are accepted only from the machine itself, at \
             localhost. Set the secret and sign the request."
        }
        _ => "The signature or secret is not valid.",
    };
    ApiError::new(ErrorCode::InvalidSignature, message).with_reason(error.as_str())
}
