//! Calls of other servers: the providers' APIs, the owners' webhooks and remote workflows.
//!
//! The invariant: a call that may have arrived is told apart from one that cannot have, and
//! neither its address nor its token nor what was answered is in an error or a log.

use std::{error::Error as _, time::Duration};

use bytes::{Bytes, BytesMut};
use chrono::{DateTime, Utc};
use http::{HeaderMap, Method, StatusCode, header};
use reqwest::RequestBuilder;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use url::Url;

use crate::breaker::{Breaker, Open};

/// Nobody is there if a handshake takes longer.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// A provider's answer is some hundred bytes.
const MAX_ANSWER_BYTES: usize = 64 * 1024;
/// Idle connections are closed before providers close them, so that none is lost under a call.
const IDLE_TIMEOUT: Duration = Duration::from_secs(50);

/// An API at one address.
#[derive(Debug)]
pub(crate) struct Api {
    http: reqwest::Client,
    base: Url,
    breaker: Breaker,
    max_answer_bytes: usize,
}

/// The system has no way to make calls.
#[derive(Debug, thiserror::Error)]
#[error("cannot set up calls to other servers")]
pub struct SetupError(#[source] reqwest::Error);

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// The body; none where it broke off or was too long.
    pub(crate) body: Option<Bytes>,
}

/// How long the server asks to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RetryAfter {
    For(Duration),
    Until(DateTime<Utc>),
}

/// Nothing came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoAnswer {
    /// Nothing was sent: the server failed too often of late.
    Open {
        /// When it is worth trying again.
        after: Duration,
    },
    /// Nothing was sent: nobody was reached.
    Unreached,
    /// The token cannot be put into a request.
    Unsendable,
    /// It was sent, perhaps in part.
    Lost,
}

// === impl Api ===

impl Api {
    /// The API at an address, called as often as its breaker lets it.
    ///
    /// # Errors
    ///
    /// The system has no way to make calls.
    pub(crate) fn new(base: Url, breaker: Breaker) -> Result<Self, SetupError> {
        // It is an error only if there is a provider already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .pool_idle_timeout(IDLE_TIMEOUT)
            // A redirect would carry the token, and be a GET.
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(SetupError)?;
        Ok(Self {
            http,
            base,
            breaker,
            max_answer_bytes: MAX_ANSWER_BYTES,
        })
    }

    /// The same API, whose answers may have so many bytes.
    pub(crate) fn with_max_answer_bytes(self, max_answer_bytes: usize) -> Self {
        Self {
            max_answer_bytes,
            ..self
        }
    }

    /// Posts JSON to a path below the API's address with a bearer token, and waits so long for
    /// the whole answer.
    pub(crate) async fn post(
        &self,
        path: &str,
        token: &SecretString,
        headers: HeaderMap,
        body: &impl Serialize,
        timeout: Duration,
    ) -> Result<Answer, NoAnswer> {
        let request = self.request(Method::POST, path).headers(headers);
        let request = request.bearer_auth(token.expose_secret()).json(body);
        self.call(request, timeout).await
    }

    /// A request to a path below the API's address; an empty one is the address itself.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        if path.is_empty() {
            return self.http.request(method, self.base.clone());
        }
        // Not `join`, which would drop the path of the API's own address.
        let base = self.base.as_str().trim_end_matches('/');
        self.http.request(method, format!("{base}/{path}"))
    }

    /// Makes a call, if the breaker lets it, and waits so long for the whole answer.
    pub(crate) async fn call(
        &self,
        request: RequestBuilder,
        timeout: Duration,
    ) -> Result<Answer, NoAnswer> {
        let pass = self.breaker.admit();
        let pass = pass.map_err(|Open { after }| NoAnswer::Open { after })?;
        let response = match request.timeout(timeout).send().await {
            Ok(response) => response,
            Err(error) => {
                let kind = no_answer(&error);
                match kind {
                    NoAnswer::Unsendable => pass.succeeded(),
                    _ => pass.failed(),
                }
                return Err(kind);
            }
        };
        let status = response.status();
        let headers = response.headers().clone();
        let body = self.read(response).await;
        if status.is_server_error() {
            pass.failed();
        } else {
            pass.succeeded();
        }
        Ok(Answer {
            status,
            headers,
            body,
        })
    }

    /// The whole body, unless it breaks off or is too long.
    async fn read(&self, mut response: reqwest::Response) -> Option<Bytes> {
        let mut body = BytesMut::new();
        while let Some(chunk) = response.chunk().await.ok()? {
            if body.len() + chunk.len() > self.max_answer_bytes {
                return None;
            }
            body.extend_from_slice(&chunk);
        }
        Some(body.freeze())
    }
}

// === impl RetryAfter ===

impl RetryAfter {
    /// The longest wait that is believed.
    const MAX: Duration = Duration::from_hours(1);

    /// `Retry-After`, as seconds or as a date.
    pub(crate) fn read(headers: &HeaderMap) -> Option<Self> {
        let value = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
        if let Ok(seconds) = value.parse() {
            return Some(Self::For(Duration::from_secs(seconds)));
        }
        let date = DateTime::parse_from_rfc2822(value).ok()?;
        Some(Self::Until(date.to_utc()))
    }

    /// The wait from now.
    pub(crate) fn wait(self, now: DateTime<Utc>) -> Duration {
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
    tracing::debug!(error = error.source(), ?kind, "a server did not answer");
    kind
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
