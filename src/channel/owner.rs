//! The owner's own webhook: what they are told, signed by Standard Webhooks.
//!
//! The invariant: a repeated call has the id of the first, so that who receives it can tell; no
//! address, name or number is in an error or a log.

use std::{collections::HashMap, sync::Arc, time::Duration};

use bytes::Bytes;
use chrono::DateTime;
use http::{Method, StatusCode, header::CONTENT_TYPE};
use url::Url;

use super::{SendError, SetupError};
use crate::{
    breaker::Breaker,
    call::{Api, RetryAfter},
    live::Live,
    message::BusinessId,
    signature::{Secret, standard_webhooks},
};

/// How long an owner's server may take, as Standard Webhooks recommends.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(15);
/// How long to wait when the server asks for patience and does not say how long.
const PAUSE: Duration = Duration::from_secs(30);
/// The shortest wait that a server may ask for.
const MIN_PAUSE: Duration = Duration::from_secs(1);

/// Where an owner is told, and with which secret the calls are signed.
#[derive(Debug)]
pub struct Target {
    /// The address.
    pub url: Url,
    /// The secret.
    pub secret: Secret,
}

/// The webhooks of the owners, as they are now.
#[derive(Debug)]
pub struct OwnerWebhooks(Live<Webhooks>);

type Webhooks = HashMap<BusinessId, Webhook>;

#[derive(Debug, Clone)]
struct Webhook {
    api: Arc<Api>,
    target: Arc<Target>,
}

// === impl OwnerWebhooks ===

impl OwnerWebhooks {
    /// Webhooks by business, each with a breaker of its own: one dead server is no other's fault.
    ///
    /// # Errors
    ///
    /// The system has no way to make calls.
    pub fn new(
        targets: &HashMap<BusinessId, Arc<Target>>,
        breaker: impl Fn() -> Breaker,
    ) -> Result<Self, SetupError> {
        let webhooks = Self::webhooks(targets, &breaker, &Webhooks::new())?;
        Ok(Self(Live::new(Arc::new(webhooks))))
    }

    /// Puts others in their place. Where the address is the same, so is the breaker.
    ///
    /// # Errors
    ///
    /// The system has no way to make calls; all is as before.
    pub fn replace(
        &self,
        targets: &HashMap<BusinessId, Arc<Target>>,
        breaker: impl Fn() -> Breaker,
    ) -> Result<(), SetupError> {
        let webhooks = Self::webhooks(targets, &breaker, &self.0.now())?;
        self.0.replace(Arc::new(webhooks));
        Ok(())
    }

    fn webhooks(
        targets: &HashMap<BusinessId, Arc<Target>>,
        breaker: &impl Fn() -> Breaker,
        known: &Webhooks,
    ) -> Result<Webhooks, SetupError> {
        let webhooks = targets.iter().map(|(business, target)| {
            let same = known
                .get(business)
                .filter(|one| one.target.url == target.url);
            let api = match same {
                Some(known) => Arc::clone(&known.api),
                None => Arc::new(Api::new(target.url.clone(), breaker())?),
            };
            let target = Arc::clone(target);
            Ok((business.clone(), Webhook { api, target }))
        });
        webhooks.collect()
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
        let Some(Webhook { api, target }) = self.0.now().get(business).cloned() else {
            return Err(SendError::GiveUp {
                reason: "no_webhook",
                code: None,
            });
        };
        let signature = standard_webhooks::sign(&target.secret, id, timestamp_secs, &body);
        let call = api
            .request(Method::POST, "")
            .header(CONTENT_TYPE, "application/json")
            .header(standard_webhooks::ID_HEADER, id)
            .header(standard_webhooks::TIMESTAMP_HEADER, timestamp_secs)
            .header(standard_webhooks::SIGNATURE_HEADER, signature)
            .body(body);
        let answer = api.call(call, ANSWER_TIMEOUT).await;
        let answer = answer.map_err(|no_answer| match SendError::unanswered(no_answer) {
            SendError::Ambiguous => SendError::Retry {
                reason: "no_answer",
                after: None,
            },
            waits => waits,
        })?;
        let now = DateTime::from_timestamp_secs(timestamp_secs).unwrap_or_default();
        let asked = RetryAfter::read(&answer.headers);
        judge(
            answer.status,
            asked.map(|asked| asked.wait(now).max(MIN_PAUSE)),
        )
    }
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
        429 | 502..=504 => Err(SendError::Hold {
            reason: "asked_to_wait",
            after: wait.unwrap_or(PAUSE),
        }),
        _ => Err(SendError::Retry {
            reason: "refused",
            after: wait,
        }),
    }
}
