//! The owner's own webhook: what they are told, signed by Standard Webhooks.
//!
//! The invariant: a repeated call has the id of the first, so that who receives it can tell; no
//! address, name or number is in an error or a log.

use std::{collections::HashMap, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{StatusCode, header::CONTENT_TYPE, header::RETRY_AFTER};
use url::Url;

use super::SendError;
use crate::{
    message::BusinessId,
    signature::{Secret, standard_webhooks},
};

/// How long an owner's server may take, as Standard Webhooks recommends.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(15);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long to wait when nobody was reached or the server asks for patience.
const PAUSE: Duration = Duration::from_secs(30);
/// The longest wait that a server may ask for.
const MAX_PAUSE: Duration = Duration::from_hours(1);

/// Where an owner is told, and with which secret the calls are signed.
#[derive(Debug)]
pub struct Target {
    /// The address.
    pub url: Url,
    /// The secret.
    pub secret: Secret,
}

/// The webhooks of the owners.
#[derive(Debug)]
pub struct OwnerWebhooks {
    http: reqwest::Client,
    targets: Arc<HashMap<BusinessId, Target>>,
}

/// The system has no way to make calls.
#[derive(Debug, thiserror::Error)]
#[error("cannot set up calls to the owners' webhooks")]
pub struct SetupError(#[source] reqwest::Error);

// === impl OwnerWebhooks ===

impl OwnerWebhooks {
    /// Webhooks by business.
    ///
    /// # Errors
    ///
    /// The system has no way to make calls.
    pub fn new(targets: Arc<HashMap<BusinessId, Target>>) -> Result<Self, SetupError> {
        // It is an error only if there is a provider already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(ANSWER_TIMEOUT)
            // What is told is for this address and no other.
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(SetupError)?;
        Ok(Self { http, targets })
    }

    /// Posts a JSON body. `id` is the same for every attempt.
    ///
    /// # Errors
    ///
    /// It was not taken, with what to do about it. That it may have been taken is no matter, since
    /// a repeat has the same id.
    pub async fn post(
        &self,
        business: &BusinessId,
        id: &str,
        timestamp_secs: i64,
        body: Bytes,
    ) -> Result<(), SendError> {
        let Some(Target { url, secret }) = self.targets.get(business) else {
            return Err(SendError::GiveUp {
                reason: "no_webhook",
                code: None,
            });
        };
        let signature = standard_webhooks::sign(secret, id, timestamp_secs, &body);
        let call = self
            .http
            .post(url.clone())
            .header(CONTENT_TYPE, "application/json")
            .header(standard_webhooks::ID_HEADER, id)
            .header(standard_webhooks::TIMESTAMP_HEADER, timestamp_secs)
            .header(standard_webhooks::SIGNATURE_HEADER, signature)
            .body(body);
        match call.send().await {
            Ok(answer) => judge(answer.status(), wait_of(&answer)),
            Err(error) if error.is_connect() => Err(SendError::Wait {
                reason: "unreached",
                after: PAUSE,
            }),
            Err(_) => Err(SendError::Retry {
                reason: "no_answer",
                after: None,
            }),
        }
    }
}

fn wait_of(answer: &reqwest::Response) -> Option<Duration> {
    let asked = answer.headers().get(RETRY_AFTER)?.to_str().ok()?;
    let seconds = asked.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).clamp(Duration::from_secs(1), MAX_PAUSE))
}

/// What a status means, by Standard Webhooks.
fn judge(status: StatusCode, wait: Option<Duration>) -> Result<(), SendError> {
    let code = Some(i64::from(status.as_u16()));
    match status.as_u16() {
        200..=299 => Ok(()),
        410 => Err(SendError::GiveUp {
            reason: "gone",
            code,
        }),
        429 | 502..=504 => Err(SendError::Wait {
            reason: "asked_to_wait",
            after: wait.unwrap_or(PAUSE),
        }),
        _ => Err(SendError::Retry {
            reason: "refused",
            after: wait,
        }),
    }
}
