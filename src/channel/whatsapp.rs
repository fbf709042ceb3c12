//! WhatsApp by Meta's Cloud API.
//!
//! The invariant: at most one message is taken by a call of [`Channel::send`], and what became of
//! it is never told more certainly than it is known. What is kept in memory is only how fast
//! messages may follow each other.

mod numbers;
mod render;
mod verdict;
mod wire;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use chrono::TimeDelta;
use http::HeaderMap;
use secrecy::SecretString;
use serde::Serialize;
use tokio::time::Instant;
use url::Url;

pub use self::numbers::{Number, Numbers, Unseen};
use self::{
    verdict::{Scope, Verdict},
    wire::{Message, Payload, Recipient, Seen},
};
use super::{
    Body, Channel, Outbound, SendError, Sent, SetupError, Template, Tokens,
    pacing::{Pacing, Rate, Room},
};
use crate::{
    breaker::Breaker,
    call::{Answer, Api, NoAnswer, RetryAfter},
    message::{Contact, MessageId, Reply},
};

/// Free words are allowed for 24 hours after the customer wrote, by Meta's clock; this much is left
/// for the way there and for clocks that differ.
const WINDOW: TimeDelta = TimeDelta::minutes(24 * 60 - 2);
/// The reply waits for this call, so that it may not take long.
const SEEN_TIMEOUT: Duration = Duration::from_secs(2);
/// The word for free words that came too late.
const WINDOW_CLOSED: &str = "window_closed";
/// Meta allows 80 a second, what comes in included. A burst of 10 and 60 a second stay under that
/// in every second there is, also where calls bunch on the way.
const NUMBER: Rate = Rate {
    burst: 10,
    refill_every: Duration::from_nanos(1_000_000_000 / 60 + 1),
    reason: "throughput",
};
/// Meta allows one each 6 seconds, and up to 45 at once, which borrow from those to come.
const PAIR: Rate = Rate {
    burst: 45,
    refill_every: Duration::from_secs(6),
    reason: "pair_rate",
};

/// How long a message waits for its place, with its lease: an owner's next notice has to wait for 6
/// seconds.
const PATIENCE: Duration = Duration::from_secs(7);

/// How WhatsApp is reached.
#[derive(Debug, Clone)]
pub struct Config {
    /// The Graph API, with its version.
    pub api_url: Url,
    /// How long an answer may take; after it, nobody knows whether the message was taken.
    pub answer_timeout: Duration,
}

/// The WhatsApp channel.
#[derive(Debug)]
pub struct Whatsapp {
    graph: Api,
    answer_timeout: Duration,
    tokens: Arc<dyn Tokens>,
    pacing: Pacing,
}

/// What the calls for one message share.
struct Call<'a> {
    message: &'a Outbound,
    number: &'a str,
    recipient: Recipient,
    token: SecretString,
}

/// What is sent of a message.
struct Plan {
    payload: Payload,
    /// Whether another part follows it.
    more: bool,
    /// What is sent instead where Meta finds the window closed.
    otherwise: Option<Payload>,
}

// === impl Config ===

impl Config {
    /// Meta answers within a second. What took this long will hardly come, and who leases the
    /// message has to outlive it.
    pub const ANSWER_TIMEOUT: Duration = Duration::from_secs(20);

    /// The Graph API at this address, its version included.
    pub fn new(api_url: Url) -> Self {
        Self {
            api_url,
            answer_timeout: Self::ANSWER_TIMEOUT,
        }
    }
}

// === impl Whatsapp ===

impl Whatsapp {
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
            graph: Api::new(config.api_url, breaker)?,
            answer_timeout: config.answer_timeout,
            tokens,
            pacing: Pacing::default(),
        })
    }

    fn call<'a>(&self, message: &'a Outbound) -> Result<Call<'a>, SendError> {
        let (number, user) = message.thread.key.split_once(':').unwrap_or_default();
        // It becomes a part of the address.
        if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(SendError::GiveUp {
                reason: "no_number",
                code: None,
            });
        }
        let token = self.tokens.token(&message.thread.business);
        Ok(Call {
            message,
            number,
            recipient: recipient(&message.contact, user),
            token: token.ok_or(SendError::NO_TOKEN)?,
        })
    }

    /// Waits for the message's place.
    async fn pace(&self, call: &Call<'_>) -> Result<(), SendError> {
        Ok(self.pacing.turn(call.route(), PATIENCE).await?)
    }

    async fn call_graph(
        &self,
        call: &Call<'_>,
        body: &impl Serialize,
        timeout: Duration,
    ) -> Result<Answer, NoAnswer> {
        let path = format!("{}/messages", call.number);
        let headers = HeaderMap::new();
        self.graph
            .post(&path, &call.token, headers, body, timeout)
            .await
    }

    /// Shows the customer that the message was seen and an answer is on its way: a kindness, so
    /// that its failure is none of the reply.
    async fn mark_seen(&self, call: &Call<'_>, seen: &MessageId) {
        let body = Seen::new(seen.as_str());
        let timeout = SEEN_TIMEOUT.min(self.answer_timeout);
        match self.call_graph(call, &body, timeout).await {
            Ok(answer) if answer.status.is_success() => {}
            Ok(answer) => tracing::debug!(status = %answer.status, "not marked as seen"),
            Err(no_answer) => tracing::debug!(?no_answer, "not marked as seen"),
        }
    }

    /// Sends a message and tells what became of it, and how long the provider asks to wait.
    async fn post(
        &self,
        call: &Call<'_>,
        payload: &Payload,
    ) -> Result<(Verdict, Option<RetryAfter>), SendError> {
        let body = Message::new(&call.recipient, payload, &call.message.reference);
        let answer = self.call_graph(call, &body, self.answer_timeout).await;
        let answer = answer.map_err(SendError::unanswered)?;
        let verdict = verdict::judge(answer.status, answer.body.as_deref());
        Ok((verdict, RetryAfter::read(&answer.headers)))
    }

    /// What the caller is told of a verdict.
    fn conclude(
        &self,
        call: &Call<'_>,
        (verdict, asked): (Verdict, Option<RetryAfter>),
    ) -> Result<MessageId, SendError> {
        let now = Instant::now();
        let asked = asked.map(|asked| asked.wait(call.message.now));
        Err(match verdict {
            Verdict::Taken(id) => {
                self.pacing.relax(call.route(), now);
                return Ok(id);
            }
            Verdict::Slower { scope, reason } => {
                let after = self.pacing.hold(call.lane(scope), asked, now);
                match scope {
                    Scope::Number => SendError::Hold { reason, after },
                    Scope::Pair => SendError::Wait { reason, after },
                }
            }
            Verdict::Retry { reason } => SendError::Retry {
                reason,
                after: asked,
            },
            Verdict::WindowClosed { code } => SendError::GiveUp {
                reason: WINDOW_CLOSED,
                code: Some(code),
            },
            Verdict::GiveUp { reason, code } => SendError::GiveUp { reason, code },
            Verdict::Alert { reason, code } => SendError::Alert { reason, code },
            Verdict::Template { reason, code } => SendError::Template { reason, code },
            Verdict::Unknown => SendError::Ambiguous,
        })
    }
}

#[async_trait]
impl Channel for Whatsapp {
    async fn send(&self, message: &Outbound, part: u16) -> Result<Sent, SendError> {
        let plan = Plan::of(message, part)?;
        let call = self.call(message)?;
        self.pace(&call).await?;
        if let (0, Some(seen)) = (part, &message.answers) {
            self.mark_seen(&call, seen).await;
        }
        let mut result = self.post(&call, &plan.payload).await?;
        let mut more = plan.more;
        let mut by_template = plan.payload.is_template();
        if let (Verdict::WindowClosed { .. }, Some(template)) = (&result.0, &plan.otherwise) {
            self.pace(&call).await?;
            result = self.post(&call, template).await?;
            (more, by_template) = (false, true);
        }
        let id = self.conclude(&call, result)?;
        Ok(Sent {
            id,
            more,
            by_template,
        })
    }

    fn room(&self, account: &str) -> Room {
        self.pacing.room((account, NUMBER), Instant::now())
    }
}

// === impl Call ===

impl Call<'_> {
    fn route(&self) -> [(&str, Rate); 2] {
        [(self.number, NUMBER), (&self.message.thread.key, PAIR)]
    }

    fn lane(&self, scope: Scope) -> (&str, Rate) {
        let [number, pair] = self.route();
        match scope {
            Scope::Number => number,
            Scope::Pair => pair,
        }
    }
}

// === impl Plan ===

impl Plan {
    fn of(message: &Outbound, part: u16) -> Result<Self, SendError> {
        let in_window = message
            .last_inbound_at
            .is_some_and(|at| message.now - at < WINDOW);
        match &message.body {
            // A template has no other part.
            Body::Template(_) if part > 0 => Err(SendError::NoSuchPart),
            Body::Template(template) => Ok(Self::template(template)),
            Body::Reply(reply) if in_window => Self::part(reply, part, None),
            Body::ReplyOrTemplate { reply, template } if in_window => {
                // A template says all of it, so that it cannot stand for a later part.
                let template = template.as_ref().filter(|_| part == 0);
                Self::part(reply, part, template)
            }
            Body::ReplyOrTemplate {
                template: Some(template),
                ..
            } if part == 0 => Ok(Self::template(template)),
            Body::Reply(reply) | Body::ReplyOrTemplate { reply, .. }
                if part > 0 && render::messages(reply).len() <= part.into() =>
            {
                Err(SendError::NoSuchPart)
            }
            Body::Reply(_) | Body::ReplyOrTemplate { .. } => Err(SendError::GiveUp {
                reason: WINDOW_CLOSED,
                code: None,
            }),
        }
    }

    fn template(template: &Template) -> Self {
        Self {
            payload: render::template(template),
            more: false,
            otherwise: None,
        }
    }

    fn part(reply: &Reply, part: u16, otherwise: Option<&Template>) -> Result<Self, SendError> {
        let mut rest = render::messages(reply).into_iter().skip(part.into());
        let nothing = SendError::GiveUp {
            reason: "nothing_to_say",
            code: None,
        };
        let none = if part > 0 {
            SendError::NoSuchPart
        } else {
            nothing
        };
        let payload = rest.next().ok_or(none)?;
        Ok(Self {
            payload,
            more: rest.next().is_some(),
            otherwise: otherwise.map(render::template),
        })
    }
}

/// The customer by phone, else by user id, else as the thread knows them.
fn recipient(contact: &Contact, user: &str) -> Recipient {
    if let Some(phone) = &contact.phone {
        return Recipient::To(phone.as_str().trim_start_matches('+').into());
    }
    match &contact.provider_id {
        Some(id) => Recipient::Recipient(id.clone()),
        None if user.bytes().all(|byte| byte.is_ascii_digit()) => Recipient::To(user.into()),
        None => Recipient::Recipient(user.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_sends_at_most_eighty_in_any_second() {
        assert!(NUMBER.most_within(Duration::from_secs(1)) <= 80);
    }
}
