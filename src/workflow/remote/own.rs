//! A workflow that speaks frontdesk's own JSON.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use bytes::Bytes;
use http::{Method, header::CONTENT_TYPE};
use serde_json::Value;
use url::Url;

use super::{
    answer::Answer,
    book::{EffectContext, Refused},
    request::{self, Request},
    verdict,
};
use crate::{
    booking::{Business, Businesses, Calendar, CalendarError, Effect},
    breaker::Breaker,
    call::{Api, SetupError},
    message::BusinessId,
    signature::{Secrets, standard_webhooks},
    workflow::{
        Alert, AlertKind, BookingWorkflow, Handoff, Outcome, State, StateChange, Turn,
        WorkflowError,
    },
};

/// The name in labels and stored states.
const NAME: &str = "remote";
/// The format of the states that are stored.
const STATE_VERSION: u32 = 1;
/// How often it is asked again within a turn, after the calendar refused what it asked for.
const ASKED_AGAIN: u32 = 2;

/// Where the workflow is.
#[derive(Debug)]
pub struct Config {
    /// The address that is posted to.
    pub url: Url,
    /// What the calls are signed with, by Standard Webhooks: the first of them.
    pub secrets: Secrets,
    /// How long one answer may take.
    pub timeout: Duration,
}

/// A workflow on another server. Its calls have the same idempotency key however often they are
/// repeated: the turn and its revision, and a number where the calendar refused an answer.
#[derive(Debug)]
pub struct Remote {
    api: Api,
    secrets: Secrets,
    timeout: Duration,
    businesses: Arc<Businesses>,
    calendar: Arc<dyn Calendar>,
}

// === impl Remote ===

impl Remote {
    /// A workflow that has not been asked yet.
    ///
    /// # Errors
    ///
    /// The system has no way to make calls.
    pub fn new(
        config: Config,
        businesses: Arc<Businesses>,
        calendar: Arc<dyn Calendar>,
        breaker: Breaker,
    ) -> Result<Self, SetupError> {
        let Config {
            url,
            secrets,
            timeout,
        } = config;
        Ok(Self {
            api: Api::new(url, breaker)?.with_max_answer_bytes(Answer::MAX_BYTES),
            secrets,
            timeout,
            businesses,
            calendar,
        })
    }

    fn business(&self, id: &BusinessId) -> Result<Arc<Business>, WorkflowError> {
        let business = self.businesses.by_id(id);
        business.ok_or(WorkflowError::Reject {
            reason: "unknown_business",
        })
    }

    /// Asks for an answer. `again` counts the answers that the calendar refused.
    async fn ask(
        &self,
        turn: &Turn,
        business: &Business,
        refused: Option<&Refused>,
        again: u32,
    ) -> Result<Answer, WorkflowError> {
        // Without a full stop, which Standard Webhooks does not allow in an id.
        let mut key = format!("{}-r{}", turn.id, turn.revision);
        if again > 0 {
            key = format!("{key}-a{again}");
        }
        let state = request::remembered(turn.state.as_ref(), NAME);
        let body = Request::new(turn, business, refused, state);
        let body = serde_json::to_vec(&body).expect("invariant: a turn is plain data");
        let body = Bytes::from(body);
        let sent_at = turn.now.timestamp();
        let signature = standard_webhooks::sign(self.secrets.first(), &key, sent_at, &body);
        let call = self
            .api
            .request(Method::POST, "")
            .header(CONTENT_TYPE, "application/json")
            .header("idempotency-key", &key)
            .header(standard_webhooks::ID_HEADER, &key)
            .header(standard_webhooks::TIMESTAMP_HEADER, sent_at)
            .header(standard_webhooks::SIGNATURE_HEADER, signature)
            .body(body);
        let answer = self.api.call(call, self.timeout).await;
        read(&verdict::judge(answer, turn.now)?)
    }
}

#[async_trait]
impl BookingWorkflow for Remote {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn run(&self, turn: &Turn) -> Result<Outcome, WorkflowError> {
        let business = &*self.business(&turn.key.business)?;
        let context = EffectContext {
            turn,
            business,
            calendar: &*self.calendar,
        };
        let conflict = turn.conflict.as_ref().map(Refused::of_conflict);
        let mut answer = match &turn.answer {
            Some(called_back) => read(called_back)?,
            None => self.ask(turn, business, conflict.as_ref(), 0).await?,
        };
        for again in 1..=ASKED_AGAIN {
            let refused = match context.effects(&answer).await.map_err(no_calendar)? {
                Ok(effects) => return Ok(outcome(answer, effects)),
                Err(refused) => refused,
            };
            answer = match self.ask(turn, business, Some(&refused), again).await {
                // The turn waits for one callback, and that was for the first question.
                Err(WorkflowError::Later { .. }) => {
                    return Err(WorkflowError::Retry {
                        after: None,
                        source: Some(anyhow::anyhow!("it has to answer a refusal at once")),
                    });
                }
                other => other?,
            };
        }
        match context.effects(&answer).await.map_err(no_calendar)? {
            Ok(effects) => Ok(outcome(answer, effects)),
            Err(_) => Err(WorkflowError::Reject {
                reason: "workflow_insists",
            }),
        }
    }
}

fn read(bytes: &[u8]) -> Result<Answer, WorkflowError> {
    Answer::read(bytes).map_err(|invalid| {
        tracing::warn!(fault = %invalid, "the workflow's answer is not as documented");
        WorkflowError::Reject {
            reason: "workflow_answer_invalid",
        }
    })
}

fn no_calendar(error: CalendarError) -> WorkflowError {
    WorkflowError::Unavailable {
        after: None,
        source: Some(error.into()),
    }
}

fn outcome(answer: Answer, effects: Vec<Effect>) -> Outcome {
    let wanted = answer.handoff.then(|| Alert::new(AlertKind::PersonWanted));
    Outcome {
        replies: answer.replies,
        state: match answer.state {
            None => StateChange::Keep,
            Some(Value::Null) => StateChange::Clear,
            Some(state) => StateChange::Put(State {
                workflow: NAME.into(),
                version: STATE_VERSION,
                bytes: state.to_string().into(),
            }),
        },
        effects,
        handoff: answer.handoff.then_some(Handoff::Asked),
        alerts: wanted.into_iter().collect(),
        ..Outcome::default()
    }
}
