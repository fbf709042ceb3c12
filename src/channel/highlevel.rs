//! HighLevel: whatever its contacts write by, answered by its conversations API; and the calendars
//! that it keeps.
//!
//! The invariant: all calls of a location share its quota, which HighLevel tells with each answer.

mod agenda;
mod appointment;
mod contact;
mod message;
mod sending;
mod slots;
mod verdict;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use reqwest::RequestBuilder;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::time::Instant;
use url::Url;

use self::{contact::LookedUp, slots::Grids, verdict::Verdict};
use super::{
    Channel, Found, Outbound, Reread, SendError, Sent, SetupError, Tagging, Tokens, Who,
    pacing::{Pacing, Rate, Room},
};
use crate::{
    booking::Business,
    breaker::Breaker,
    call::{Answer, Api, RetryAfter},
    message::{BusinessId, MessageId, ThreadKey},
};

/// HighLevel allows 100 calls in 10 seconds. A burst of 20 and 8 a second stay at that.
const LOCATION: Rate = Rate {
    burst: 20,
    refill_every: Duration::from_millis(125),
    reason: "throughput",
};
/// How long a call waits for its place. All that is under way at once gets one within this.
const PATIENCE: Duration = Duration::from_secs(5);
/// What is waited for where a quota is used up and HighLevel does not say how long.
const INTERVAL: Duration = Duration::from_secs(10);
/// The day's quota comes back at an hour that is not told.
const DAILY_PAUSE: Duration = Duration::from_hours(1);
/// The free slots of a month are some hundred kilobytes at most.
const MAX_ANSWER_BYTES: usize = 1024 * 1024;
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
    /// How long an answer may take; after it, nobody knows what was done.
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
    grids: Grids,
}

/// Whose part of the API is called, and with what.
struct Access<'a> {
    location: &'a str,
    token: SecretString,
}

// === impl Config ===

impl Config {
    /// HighLevel answers within some seconds; who leases the message has to outlive this.
    pub const ANSWER_TIMEOUT: Duration = Duration::from_secs(30);
    /// The version that the conversations and calendars APIs are described with.
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
            api: Api::new(config.api_url.clone(), breaker)?.with_max_answer_bytes(MAX_ANSWER_BYTES),
            config,
            tokens,
            pacing: Pacing::default(),
            looked_up: LookedUp::default(),
            grids: Grids::default(),
        })
    }

    /// The location of a conversation, and its token.
    fn access<'a>(&self, thread: &'a ThreadKey) -> Result<Access<'a>, SendError> {
        let (location, _) = thread.key.split_once(':').unwrap_or_default();
        self.access_to(location, &thread.business)
    }

    /// The one location of a business whose calendar is kept here, and its token.
    fn access_of<'a>(&self, business: &'a Business) -> Result<Access<'a>, SendError> {
        let location = business.highlevel.location_ids.first();
        self.access_to(location.ok_or(give_up("no_location"))?, &business.id)
    }

    fn access_to<'a>(
        &self,
        location: &'a str,
        business: &BusinessId,
    ) -> Result<Access<'a>, SendError> {
        let token = self.tokens.token(business).ok_or(SendError::NO_TOKEN)?;
        Ok(Access { location, token })
    }

    /// A request that is yet to be made.
    fn request(
        &self,
        access: &Access<'_>,
        method: Method,
        path: &str,
        version: HeaderValue,
    ) -> RequestBuilder {
        let headers = HeaderMap::from_iter([(VERSION, version)]);
        let request = self.api.request(method, path).headers(headers);
        request.bearer_auth(access.token.expose_secret())
    }

    /// The version that the conversations and calendars APIs are spoken with.
    fn version(&self) -> HeaderValue {
        self.config.api_version.clone()
    }

    /// Makes a call when it has its place among those of the location.
    async fn call(
        &self,
        access: &Access<'_>,
        request: RequestBuilder,
    ) -> Result<Answer, SendError> {
        self.call_within(access, request, PATIENCE).await
    }

    /// Makes a call, if its place comes soon enough.
    async fn call_within(
        &self,
        access: &Access<'_>,
        request: RequestBuilder,
        patience: Duration,
    ) -> Result<Answer, SendError> {
        let route = [(access.location, LOCATION)];
        self.pacing.turn(route, patience).await?;
        let answer = self.api.call(request, self.config.answer_timeout).await;
        let answer = answer.map_err(SendError::unanswered)?;
        self.heed(access.location, &answer.headers);
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

    /// What the caller is told of an answer that is not what was asked for.
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
            Verdict::Slower => SendError::Hold {
                reason: LOCATION.reason,
                after: self.pacing.hold(
                    (location, LOCATION),
                    asked.or(Some(pause)),
                    Instant::now(),
                ),
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
}

#[async_trait]
impl Channel for Highlevel {
    async fn send(&self, message: &Outbound, part: u16) -> Result<Sent, SendError> {
        self.send_part(message, part).await
    }

    fn room(&self, account: &str) -> Room {
        self.pacing.room((account, LOCATION), Instant::now())
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
        let access = self.access(thread)?;
        let path = format!("conversations/messages/{id}");
        let request = self.request(&access, Method::GET, &path, self.version());
        let answer = self.call(&access, request).await?;
        Ok(message::read(&answer))
    }

    async fn tag(&self, tagging: &Tagging<'_>) -> Result<(), SendError> {
        self.tag_contact(tagging).await
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
