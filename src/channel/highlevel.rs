//! HighLevel: whatever its contacts write by, answered by its conversations API.
//!
//! The invariant: at most one message is taken by a call of [`Channel::send`]. Everything is text:
//! what can be chosen is written out and answered by its number. All calls of a location share its
//! quota, which HighLevel tells with each answer.

mod contact;
mod message;
mod verdict;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use tokio::time::Instant;
use url::Url;

use self::{contact::LookedUp, verdict::Verdict};
use super::{
    Body, Channel, Found, Outbound, Reread, SendError, Sent, SetupError, Tagging, Tokens, Who,
    numbered::numbered,
    pacing::{Pacing, Rate, TooFast},
    text,
};
use crate::{
    breaker::Breaker,
    call::{Answer, Api, NoAnswer, RetryAfter},
    message::{MessageId, Reply, ThreadKey},
};

/// HighLevel allows 100 calls in 10 seconds. A burst of 20 and 8 a second stay at that.
const LOCATION: Rate = Rate {
    burst: 20,
    refill_every: Duration::from_millis(125),
    reason: "throughput",
};
/// What is waited for where a quota is used up and HighLevel does not say how long.
const INTERVAL: Duration = Duration::from_secs(10);
/// The day's quota comes back at an hour that is not told.
const DAILY_PAUSE: Duration = Duration::from_hours(1);
/// Meta's rule for WhatsApp, Instagram and Messenger holds behind HighLevel, too; a little is left
/// for the way there.
const WINDOW: TimeDelta = TimeDelta::minutes(24 * 60 - 2);
const VERSION: HeaderName = HeaderName::from_static("version");
const REMAINING: &str = "x-ratelimit-remaining";
const REMAINING_TODAY: &str = "x-ratelimit-daily-remaining";
const INTERVAL_MILLIS: &str = "x-ratelimit-interval-milliseconds";

/// How HighLevel is reached.
#[derive(Debug, Clone)]
pub struct Config {
    /// The API.
    pub api_url: Url,
    /// The version of it that is spoken, as its `Version` header has it.
    pub api_version: HeaderValue,
    /// How long an answer may take; after it, nobody knows whether the message was taken.
    pub answer_timeout: Duration,
}

/// The HighLevel channel.
#[derive(Debug)]
pub struct Highlevel {
    api: Api,
    config: Config,
    tokens: Arc<dyn Tokens>,
    pacing: Pacing,
    looked_up: LookedUp,
}

/// The body of a call that says something.
#[derive(Serialize)]
struct Said<'a> {
    #[serde(rename = "type")]
    medium: &'a str,
    #[serde(rename = "contactId")]
    contact_id: &'a str,
    message: &'a str,
}

/// What the calls for one message share.
struct Call<'a> {
    location: &'a str,
    contact_id: &'a str,
    medium: &'a str,
    token: SecretString,
}

// === impl Config ===

impl Config {
    /// HighLevel answers within some seconds; who leases the message has to outlive this.
    pub const ANSWER_TIMEOUT: Duration = Duration::from_secs(30);
    /// The version that the conversations API is described with.
    pub const API_VERSION: &str = "2021-04-15";
    /// The version that the contacts API is described with.
    pub const CONTACTS_VERSION: &str = "2021-07-28";

    /// The API at this address.
    pub fn new(api_url: Url) -> Self {
        Self {
            api_url,
            api_version: HeaderValue::from_static(Self::API_VERSION),
            answer_timeout: Self::ANSWER_TIMEOUT,
        }
    }
}

// === impl Highlevel ===

impl Highlevel {
    /// What is written by where the contact's own way is not known: what frontdesk is for.
    const DEFAULT_MEDIUM: &str = "WhatsApp";

    /// A channel that has sent nothing yet.
    ///
    /// # Errors
    ///
    /// The system has no way to make calls.
    pub fn new(
        config: Config,
        tokens: Arc<dyn Tokens>,
        breaker: Breaker,
    ) -> Result<Self, SetupError> {
        Ok(Self {
            api: Api::new(config.api_url.clone(), breaker)?,
            config,
            tokens,
            pacing: Pacing::default(),
            looked_up: LookedUp::default(),
        })
    }

    fn call<'a>(&self, message: &'a Outbound) -> Result<Call<'a>, SendError> {
        let contact_id = message.contact.provider_id.as_deref();
        let contact_id = contact_id.ok_or(give_up("no_contact"))?;
        let (location, token) = self.access(&message.thread)?;
        Ok(Call {
            location,
            contact_id,
            medium: message
                .contact
                .medium
                .as_deref()
                .unwrap_or(Self::DEFAULT_MEDIUM),
            token,
        })
    }

    async fn post(&self, call: &Call<'_>, words: &str) -> Result<Answer, NoAnswer> {
        let body = Said {
            medium: call.medium,
            contact_id: call.contact_id,
            message: words,
        };
        let path = "conversations/messages";
        self.post_to(path, self.config.api_version.clone(), &call.token, &body)
            .await
    }

    async fn post_to(
        &self,
        path: &str,
        version: HeaderValue,
        token: &SecretString,
        body: &impl Serialize,
    ) -> Result<Answer, NoAnswer> {
        let headers = HeaderMap::from_iter([(VERSION, version)]);
        let timeout = self.config.answer_timeout;
        self.api.post(path, token, headers, body, timeout).await
    }

    /// The location of a conversation, and its token.
    fn access<'a>(&self, thread: &'a ThreadKey) -> Result<(&'a str, SecretString), SendError> {
        let (location, _) = thread.key.split_once(':').unwrap_or_default();
        let token = self.tokens.token(&thread.business);
        Ok((location, token.ok_or(SendError::NO_TOKEN)?))
    }

    /// Whether one more call of a location's is allowed now.
    fn pace(&self, location: &str) -> Result<(), SendError> {
        let taken = self.pacing.take([(location, LOCATION)], Instant::now());
        taken.map_err(|TooFast { reason, after }| SendError::Wait { reason, after })
    }

    /// Reads something of a location's.
    async fn get(
        &self,
        thread: &ThreadKey,
        path: &str,
        version: HeaderValue,
    ) -> Result<Answer, SendError> {
        let (location, token) = self.access(thread)?;
        self.pace(location)?;
        let headers = HeaderMap::from_iter([(VERSION, version)]);
        let call = self.api.request(Method::GET, path).headers(headers);
        let call = call.bearer_auth(token.expose_secret());
        let answer = self.api.call(call, self.config.answer_timeout).await;
        let answer = answer.map_err(SendError::unanswered)?;
        self.heed(location, &answer.headers);
        Ok(answer)
    }

    /// Heeds what HighLevel says of the location's quota, and tells how long a refusal has to wait.
    fn heed(&self, location: &str, headers: &HeaderMap) -> Duration {
        let number = |name| headers.get(name)?.to_str().ok()?.trim().parse::<u64>().ok();
        let interval = number(INTERVAL_MILLIS).map_or(INTERVAL, Duration::from_millis);
        let pause = if number(REMAINING_TODAY) == Some(0) {
            DAILY_PAUSE
        } else {
            interval.min(DAILY_PAUSE)
        };
        if [REMAINING, REMAINING_TODAY]
            .into_iter()
            .any(|name| number(name) == Some(0))
        {
            self.pacing.rest(location, pause, Instant::now());
        }
        pause
    }

    /// What the caller is told of an answer that is no id of a message.
    fn refused(
        &self,
        location: &str,
        verdict: &Verdict,
        headers: &HeaderMap,
        now: DateTime<Utc>,
    ) -> SendError {
        let pause = self.heed(location, headers);
        let asked = RetryAfter::read(headers).map(|asked| asked.wait(now));
        match verdict {
            Verdict::Slower => SendError::Wait {
                reason: LOCATION.reason,
                after: self
                    .pacing
                    .hold(location, asked.or(Some(pause)), Instant::now()),
            },
            &Verdict::Retry { reason } => SendError::Retry {
                reason,
                after: asked,
            },
            &Verdict::GiveUp { reason } => give_up(reason),
            &Verdict::Alert { reason } => SendError::Alert { reason, code: None },
            Verdict::Taken(_) | Verdict::Unknown => SendError::Ambiguous,
        }
    }

    fn conclude(
        &self,
        message: &Outbound,
        location: &str,
        answer: &Answer,
    ) -> Result<MessageId, SendError> {
        match verdict::judge(answer.status, answer.body.as_deref()) {
            Verdict::Taken(id) => {
                self.heed(location, &answer.headers);
                self.pacing.relax([(location, LOCATION)], Instant::now());
                Ok(id)
            }
            verdict => Err(self.refused(location, &verdict, &answer.headers, message.now)),
        }
    }
}

#[async_trait]
impl Channel for Highlevel {
    async fn send(&self, message: &Outbound, part: u16) -> Result<Sent, SendError> {
        let call = self.call(message)?;
        let words = words(message, call.medium, part)?;
        let parts = text::parts(&words, longest(call.medium));
        let mut rest = parts.into_iter().skip(part.into());
        let words = match rest.next() {
            Some(words) => words,
            None if part > 0 => return Err(SendError::NoSuchPart),
            None => return Err(give_up("nothing_to_say")),
        };
        self.pace(call.location)?;
        let answer = self.post(&call, words).await;
        let answer = answer.map_err(SendError::unanswered)?;
        let id = self.conclude(message, call.location, &answer)?;
        Ok(Sent {
            id,
            more: rest.next().is_some(),
        })
    }

    async fn look_up(&self, who: &Who<'_>) -> Result<Option<Found>, SendError> {
        self.contact(who).await
    }

    async fn reread(&self, thread: &ThreadKey, message: &MessageId) -> Result<Reread, SendError> {
        let id = message.as_str();
        // It becomes a part of the address.
        if !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Ok(Reread::Never);
        }
        let path = format!("conversations/messages/{id}");
        let version = self.config.api_version.clone();
        let answer = self.get(thread, &path, version).await?;
        Ok(message::read(&answer))
    }

    async fn tag(&self, tagging: &Tagging<'_>) -> Result<(), SendError> {
        self.tag_contact(tagging).await
    }
}

/// What is said, as text, while it may be said.
fn words(message: &Outbound, medium: &str, part: u16) -> Result<String, SendError> {
    let reply = match &message.body {
        Body::Reply(reply) | Body::ReplyOrTemplate { reply, .. } => reply,
        // HighLevel knows templates by ids of its own.
        Body::Template(_) => return Err(give_up("no_template")),
    };
    let words = match reply {
        Reply::Text { text } => text::clean(text),
        Reply::Choices { text, choices, .. } => numbered(text, choices),
    };
    let wrote_at = message.last_inbound_at;
    let in_window = wrote_at.is_some_and(|at| message.now - at < WINDOW);
    let is_over = text::parts(&words, longest(medium)).len() <= part.into();
    if is_over || in_window || !has_window(medium) {
        return Ok(words);
    }
    Err(give_up("window_closed"))
}

/// Whether free words are allowed only for a while after the customer wrote.
fn has_window(medium: &str) -> bool {
    matches!(medium, "WhatsApp" | "IG" | "FB" | "TIKTOK")
}

/// The longest text that is sent in one piece; Instagram's limit serves for what is not told.
fn longest(medium: &str) -> usize {
    match medium {
        "WhatsApp" => 4096,
        _ => 1000,
    }
}

fn give_up(reason: &'static str) -> SendError {
    SendError::GiveUp { reason, code: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_sends_at_most_a_hundred_in_any_ten_seconds() {
        assert!(LOCATION.most_within(Duration::from_secs(10)) <= 100);
    }
}
