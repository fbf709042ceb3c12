//! Calls of a provider's API.
//!
//! The invariant: a call that may have reached the provider is told apart from one that cannot
//! have, and neither its address nor its token nor what was answered is in an error or a log.

use std::{error::Error as _, time::Duration};

use bytes::{Bytes, BytesMut};
use chrono::{DateTime, Utc};
use http::{HeaderMap, StatusCode, header};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use url::Url;

/// Nobody is there if a handshake takes longer.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// An answer is some hundred bytes.
const MAX_ANSWER_BYTES: usize = 64 * 1024;
/// Idle connections are closed before providers close them, so that none is lost under a call.
const IDLE_TIMEOUT: Duration = Duration::from_secs(50);

/// An API at one address.
#[derive(Debug, Clone)]
pub(super) struct Api {
    http: reqwest::Client,
    base: Url,
}

/// What came back.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    /// The body; none where it broke off or was too long.
    pub(super) body: Option<Bytes>,
}

/// How long the provider asks to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RetryAfter {
    For(Duration),
    Until(DateTime<Utc>),
}

/// Nothing came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoAnswer {
    /// Nothing was sent: nobody was reached.
    Unreached,
    /// The token cannot be put into a request.
    Unsendable,
    /// It was sent, perhaps in part.
    Lost,
}

// === impl Api ===

impl Api {
    pub(super) fn new(base: Url) -> Result<Self, reqwest::Error> {
        // It is an error only if there is a provider already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .pool_idle_timeout(IDLE_TIMEOUT)
            // A redirect would carry the token, and be a GET.
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self { http, base })
    }

    /// Posts to a path below the API's address, and waits so long for the whole answer.
    pub(super) async fn post(
        &self,
        path: &str,
        token: &SecretString,
        headers: HeaderMap,
        body: &impl Serialize,
        timeout: Duration,
    ) -> Result<Answer, NoAnswer> {
        // Not `join`, which would drop the path of the API's own address.
        let base = self.base.as_str().trim_end_matches('/');
        let response = self
            .http
            .post(format!("{base}/{path}"))
            .bearer_auth(token.expose_secret())
            .headers(headers)
            .timeout(timeout)
            .json(body)
            .send()
            .await
            .map_err(|error| no_answer(&error))?;
        Ok(Answer {
            status: response.status(),
            headers: response.headers().clone(),
            body: read(response).await,
        })
    }
}

// === impl RetryAfter ===

impl RetryAfter {
    /// The longest wait that is believed.
    const MAX: Duration = Duration::from_hours(1);

    /// `Retry-After`, as seconds or as a date.
    pub(super) fn read(headers: &HeaderMap) -> Option<Self> {
        let value = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
        if let Ok(seconds) = value.parse() {
            return Some(Self::For(Duration::from_secs(seconds)));
        }
        let date = DateTime::parse_from_rfc2822(value).ok()?;
        Some(Self::Until(date.to_utc()))
    }

    /// The wait from now.
    pub(super) fn wait(self, now: DateTime<Utc>) -> Duration {
        let wait = match self {
            Self::For(wait) => wait,
            Self::Until(date) => (date - now).to_std().unwrap_or_default(),
        };
        wait.min(Self::MAX)
    }
}

fn no_answer(error: &reqwest::Error) -> NoAnswer {
    let kind = match () {
        () if error.is_builder() => NoAnswer::Unsendable,
        () if error.is_connect() => NoAnswer::Unreached,
        () => NoAnswer::Lost,
    };
    // The error itself names the address; its causes name none.
    tracing::debug!(error = error.source(), ?kind, "a provider did not answer");
    kind
}

/// The whole body, unless it breaks off or is too long.
async fn read(mut response: reqwest::Response) -> Option<Bytes> {
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.ok()? {
        if body.len() + chunk.len() > MAX_ANSWER_BYTES {
            return None;
        }
        body.extend_from_slice(&chunk);
    }
    Some(body.freeze())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_read_as_seconds_and_as_a_date() {
        let now: DateTime<Utc> = "2026-11-27T10:00:00Z".parse().unwrap();
        let read = |value: &'static str| {
            let headers = HeaderMap::from_iter([(header::RETRY_AFTER, value.parse().unwrap())]);
            RetryAfter::read(&headers).map(|asked| asked.wait(now).as_secs())
        };
        assert_eq!(read("120"), Some(120));
        assert_eq!(read("Fri, 27 Nov 2026 10:01:30 GMT"), Some(90));
        assert_eq!(read("Fri, 27 Nov 2026 09:01:30 GMT"), Some(0));
        assert_eq!(read("soon"), None);
        assert_eq!(read("18446744073709551615"), Some(3600));
        assert_eq!(RetryAfter::read(&HeaderMap::new()), None);
    }
}
