//! The error envelope: `{"error","message","details","timestamp"}`, for every answer that is no 2xx.
//!
//! The invariant: what a caller reads is a stable code and our own words. The cause travels in the
//! answer's extensions to the access line and never into the body.

mod code;
mod refuse;

use std::{borrow::Cow, error::Error, sync::Arc, time::Duration};

use axum::{
    body::Body,
    http::{
        HeaderName, HeaderValue, Response,
        header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE},
    },
};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::{Map, Value};

pub use self::code::ErrorCode;
use crate::{
    clock::Clock,
    layer::{Refused, rate_limit},
    metrics::LimitScope,
    source, store,
};

const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// A refusal: what the caller is told, and what only the log is.
#[derive(Debug)]
pub(super) struct ApiError(Box<Facts>);

#[derive(Debug)]
struct Facts {
    code: ErrorCode,
    message: Cow<'static, str>,
    details: Map<String, Value>,
    reason: Option<&'static str>,
    retry_after: Option<Duration>,
    quota: Option<Quota>,
    cause: Option<Arc<dyn Error + Send + Sync>>,
}

/// The limit that was met, for the `RateLimit` headers.
#[derive(Debug, Clone, Copy)]
struct Quota {
    scope: LimitScope,
    policy: rate_limit::Config,
}

/// Writes refusals, with the time they are made at.
#[derive(Debug, Clone)]
pub(super) struct Envelope {
    clock: Arc<dyn Clock>,
}

#[derive(Serialize)]
struct Shape<'e> {
    error: &'static str,
    message: &'e str,
    details: &'e Map<String, Value>,
    timestamp: String,
}

// === impl ApiError ===

impl ApiError {
    /// A refusal with a code and our own words.
    pub(super) fn new(code: ErrorCode, message: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Facts {
            code,
            message: message.into(),
            details: Map::new(),
            reason: None,
            retry_after: None,
            quota: None,
            cause: None,
        }))
    }

    /// Adds a fact for the caller.
    #[must_use]
    pub(super) fn with_detail(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.0.details.insert(name.into(), value.into());
        self
    }

    /// Names the reason more finely than the code, for the access line.
    #[must_use]
    pub(super) fn with_reason(mut self, reason: &'static str) -> Self {
        self.0.reason = Some(reason);
        self
    }

    /// Says when to come again.
    #[must_use]
    pub(super) fn with_retry_after(mut self, after: Duration) -> Self {
        self.0.retry_after = Some(after);
        self
    }

    /// Keeps the cause, for the access line.
    #[must_use]
    pub(super) fn with_cause(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.0.cause = Some(Arc::from(cause.into()));
        self
    }

    /// The calendar could not be asked: as a store that cannot be read.
    pub(super) fn calendar(cause: anyhow::Error) -> Self {
        match cause.downcast::<store::Error>() {
            Ok(error) => error.into(),
            Err(cause) => internal().with_cause(cause),
        }
    }

    /// What the caller is told beside the code.
    #[cfg(test)]
    pub(super) fn details(&self) -> &Map<String, Value> {
        &self.0.details
    }

    /// A limit was met: 429 with the headers that say which, and when there is room again.
    pub(super) fn rate_limited(
        scope: LimitScope,
        policy: rate_limit::Config,
        retry_after: Duration,
    ) -> Self {
        let mut error = Self::new(
            ErrorCode::RateLimited,
            "Too many requests; come again after the time in Retry-After.",
        );
        error.0.retry_after = Some(retry_after);
        error.0.quota = Some(Quota { scope, policy });
        error
            .with_detail("limit", scope.as_str())
            .with_detail("retry_after_seconds", whole_seconds(retry_after))
    }
}

impl From<store::Error> for ApiError {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Overloaded => overloaded().with_reason("store_queue_full"),
            store::Error::Unavailable(_) => Self::new(
                ErrorCode::StoreUnavailable,
                "The store cannot be used at the moment; nothing was kept. Send it again.",
            )
            .with_retry_after(Duration::from_secs(5))
            .with_cause(error),
            store::Error::Undecodable { .. } => internal().with_cause(error),
        }
    }
}

impl From<source::Invalid> for ApiError {
    fn from(invalid: source::Invalid) -> Self {
        let code = match &invalid {
            source::Invalid::MediaType => ErrorCode::UnsupportedMediaType,
            source::Invalid::Json => ErrorCode::InvalidJson,
            source::Invalid::Fields(_) => ErrorCode::ValidationError,
        };
        let message = match &invalid {
            source::Invalid::MediaType => "The Content-Type must be application/json.",
            source::Invalid::Json => "The body is not valid JSON.",
            source::Invalid::Fields(_) => "Some fields are not valid; see details.",
        };
        let mut error = Self::new(code, message);
        if let source::Invalid::Fields(fields) = invalid {
            for field in fields {
                error = error.with_detail(field.field, field.fault);
            }
        }
        error
    }
}

/// More than can be worked on.
pub(super) fn overloaded() -> ApiError {
    ApiError::new(
        ErrorCode::Overloaded,
        "Too much is going on at the moment; nothing was kept. Send it again.",
    )
    .with_retry_after(Duration::from_secs(1))
}

/// A fault of ours.
pub(super) fn internal() -> ApiError {
    ApiError::new(
        ErrorCode::InternalError,
        "Something went wrong here; it is logged under the request id.",
    )
}

// === impl Envelope ===

impl Envelope {
    /// Takes the time of refusals from a clock.
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock }
    }

    /// The answer that a refusal is.
    pub(super) fn answer(&self, error: ApiError) -> Response<Body> {
        let error = error.0;
        let shape = Shape {
            error: error.code.as_str(),
            message: &error.message,
            details: &error.details,
            timestamp: rfc3339(self.clock.now()),
        };
        let body = serde_json::to_vec(&shape)
            .expect("invariant: strings and a map with string keys are JSON");
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = error.code.status();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if error.code == ErrorCode::Unauthorized {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(after) = error.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(whole_seconds(after)));
        }
        if let Some(quota) = error.quota {
            let left = error.retry_after.unwrap_or_default();
            headers.insert(RATE_LIMIT_POLICY, quota.policy_header());
            headers.insert(RATE_LIMIT, quota.state_header(left));
        }
        response.extensions_mut().insert(Refused {
            code: error.code.as_str(),
            reason: error.reason.unwrap_or(error.code.as_str()),
            limit: error.quota.map(|quota| quota.scope),
            cause: error.cause,
        });
        response
    }
}

// === impl Quota ===

impl Quota {
    fn policy_header(&self) -> HeaderValue {
        let (quota, window) = (self.policy.burst, whole_seconds(self.policy.window()));
        header_text(format!("\"{}\";q={quota};w={window}", self.scope.as_str()))
    }

    fn state_header(&self, until_next: Duration) -> HeaderValue {
        header_text(format!(
            "\"{}\";r=0;t={}",
            self.scope.as_str(),
            whole_seconds(until_next)
        ))
    }
}

fn header_text(text: String) -> HeaderValue {
    HeaderValue::try_from(text).expect("invariant: a static name and digits are header text")
}

/// Seconds for a header: never sooner than the duration says, and at least one.
fn whole_seconds(duration: Duration) -> u64 {
    let up = u64::from(duration.subsec_nanos() > 0);
    (duration.as_secs() + up).max(1)
}

/// The form of every timestamp in answers: RFC 3339, UTC, milliseconds, `Z`.
pub(super) fn rfc3339(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Millis, true)
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use proptest::prelude::*;

    use super::*;

    #[derive(Debug)]
    struct Noon;

    impl Clock for Noon {
        fn now(&self) -> DateTime<Utc> {
            "2026-11-23T12:00:00Z".parse().unwrap()
        }
    }

    async fn shown(error: ApiError) -> String {
        use http_body_util::BodyExt as _;
        let (head, body) = Envelope::new(Arc::new(Noon)).answer(error).into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        let body: Value = serde_json::from_slice(&body).unwrap();
        let mut lines = vec![head.status.to_string()];
        for (name, value) in &head.headers {
            lines.push(format!("{name}: {}", value.to_str().unwrap()));
        }
        lines.push(serde_json::to_string_pretty(&body).unwrap());
        lines.join("\n")
    }

    #[tokio::test]
    async fn a_limit_says_which_and_when_there_is_room_again() {
        let policy = rate_limit::Config::per_minute(NonZeroU32::new(30).unwrap());
        let error = ApiError::rate_limited(LimitScope::Sender, policy, Duration::from_millis(1001));
        insta::assert_snapshot!(shown(error).await, @r#"
        429 Too Many Requests
        content-type: application/json
        retry-after: 2
        ratelimit-policy: "sender";q=30;w=60
        ratelimit: "sender";r=0;t=2
        {
          "details": {
            "limit": "sender",
            "retry_after_seconds": 2
          },
          "error": "rate_limited",
          "message": "Too many requests; come again after the time in Retry-After.",
          "timestamp": "2026-11-23T12:00:00.000Z"
        }
        "#);
    }

    #[tokio::test]
    async fn the_cause_is_kept_for_the_log_and_from_the_caller() {
        let cause = std::io::Error::other("disk /dev/sda1 is full");
        let error = ApiError::from(store::Error::Unavailable(Box::new(cause)));
        let answer = Envelope::new(Arc::new(Noon));
        insta::assert_snapshot!(shown(error).await, @r#"
        503 Service Unavailable
        content-type: application/json
        retry-after: 5
        {
          "details": {},
          "error": "store_unavailable",
          "message": "The store cannot be used at the moment; nothing was kept. Send it again.",
          "timestamp": "2026-11-23T12:00:00.000Z"
        }
        "#);
        let error = ApiError::from(store::Error::Unavailable("sda1".into()));
        let refused = answer.answer(error).extensions().get::<Refused>().cloned();
        assert!(refused.unwrap().cause.is_some());
    }

    #[tokio::test]
    async fn every_wrong_field_is_named() {
        let fields = [("phone", "must be E.164"), ("message", "must not be empty")];
        let fields = fields.map(|(field, fault)| source::InvalidField { field, fault });
        let error = ApiError::from(source::Invalid::Fields(fields.into()));
        insta::assert_snapshot!(shown(error).await, @r#"
        422 Unprocessable Entity
        content-type: application/json
        {
          "details": {
            "message": "must not be empty",
            "phone": "must be E.164"
          },
          "error": "validation_error",
          "message": "Some fields are not valid; see details.",
          "timestamp": "2026-11-23T12:00:00.000Z"
        }
        "#);
    }

    proptest! {
        #[test]
        fn retry_after_is_whole_never_early_and_never_zero(nanos in 0_u64..1 << 40) {
            let duration = Duration::from_nanos(nanos);
            let seconds = Duration::from_secs(whole_seconds(duration));
            prop_assert!(seconds >= duration && seconds >= Duration::from_secs(1));
            prop_assert!(seconds <= duration + Duration::from_secs(1));
        }
    }
}
