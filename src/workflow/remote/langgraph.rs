//! An assistant of a LangGraph server ("LangGraph Server API", threads and runs).
//!
//! The server keeps the conversation itself, so that nothing of it is stored here. The invariant:
//! before a run is made it is looked up whether an earlier attempt's run has answered already, and
//! while that one is under way no second is made. What remains is a crash of that server between
//! the two, so that the promise is at least once, by message ids that its reducer merges.

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;
use uuid::Uuid;

use super::{answer::Answer, request::message_id, verdict};
use crate::{
    breaker::Breaker,
    call::{Api, SetupError},
    message::{Content, Reply, ThreadKey},
    workflow::{BookingWorkflow, Input, Outcome, Turn, WorkflowError},
};

/// The name in labels.
const NAME: &str = "langgraph";
const API_KEY: HeaderName = HeaderName::from_static("x-api-key");
/// The namespace of thread ids, made once at random.
const NAMESPACE: Uuid = Uuid::from_u128(0x2f3c_9d0a_54b7_4e0f_8d35_61c9_0b7a_1e42);
/// How soon to look again for a run that is under way.
const UNDER_WAY_PAUSE: Duration = Duration::from_secs(3);
/// The most bytes of an answer: it holds the whole conversation.
const MAX_ANSWER_BYTES: usize = 8 * 1024 * 1024;

/// Where the server is, and what runs there.
#[derive(Debug)]
pub struct Config {
    /// The server.
    pub url: Url,
    /// The assistant's id, or its graph's name.
    pub assistant_id: Box<str>,
    /// The key of the server, where it has keys.
    pub api_key: Option<SecretString>,
    /// How long one call may take.
    pub timeout: Duration,
}

/// An assistant of a LangGraph server.
#[derive(Debug)]
pub struct LangGraph {
    api: Api,
    config: Config,
}

/// A thread's state, as much of it as matters.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ThreadState {
    values: Value,
    tasks: Vec<Task>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Task {
    interrupts: Vec<Value>,
}

// === impl LangGraph ===

impl LangGraph {
    /// An assistant that has not been asked yet.
    ///
    /// # Errors
    ///
    /// The system has no way to make calls.
    pub fn new(config: Config, breaker: Breaker) -> Result<Self, SetupError> {
        let api = Api::new(config.url.clone(), breaker)?;
        Ok(Self {
            api: api.with_max_answer_bytes(MAX_ANSWER_BYTES),
            config,
        })
    }

    /// The body of a success; none: what was asked for is not there, or is busy.
    async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        turn: &Turn,
    ) -> Result<Option<Bytes>, WorkflowError> {
        let mut request = self.api.request(method, path).headers(self.headers()?);
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = self.api.call(request, self.config.timeout).await;
        let absent = [StatusCode::NOT_FOUND, StatusCode::CONFLICT];
        if matches!(&answer, Ok(answer) if absent.contains(&answer.status)) {
            return Ok(None);
        }
        verdict::judge(answer, turn.now).map(Some)
    }

    fn headers(&self) -> Result<HeaderMap, WorkflowError> {
        let mut headers = HeaderMap::new();
        if let Some(key) = &self.config.api_key {
            let key = HeaderValue::from_str(key.expose_secret());
            let mut key = key.map_err(|_| WorkflowError::Reject {
                reason: "unsendable",
            })?;
            key.set_sensitive(true);
            headers.insert(API_KEY, key);
        }
        Ok(headers)
    }

    /// What a run is asked to do: to go on where it waits for the customer, else with what they
    /// wrote.
    fn run_of(&self, turn: &Turn, is_interrupted: bool) -> Value {
        let mut run = json!({
            "assistant_id": self.config.assistant_id,
            "if_not_exists": "create",
            // An earlier attempt's run is waited for, never doubled.
            "multitask_strategy": "reject",
            "on_disconnect": "continue",
            "metadata": {
                "business": turn.key.business,
                "source": turn.key.source,
                "turn": turn.id.to_string(),
            },
            "config": {"configurable": {
                "business": turn.key.business,
                "source": turn.key.source,
                "phone": turn.contact.phone,
                "name": turn.contact.name,
            }},
        });
        if is_interrupted {
            let words: Vec<_> = turn.inputs.iter().map(words).collect();
            run["command"] = json!({"resume": words.join("\n")});
        } else {
            let message = |input| {
                let id = message_id(turn, input);
                json!({"role": "user", "content": words(input), "id": id})
            };
            let messages: Vec<_> = turn.inputs.iter().map(message).collect();
            run["input"] = json!({"messages": messages});
        }
        run
    }
}

#[async_trait]
impl BookingWorkflow for LangGraph {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn run(&self, turn: &Turn) -> Result<Outcome, WorkflowError> {
        let thread = thread_id(&turn.key);
        let path = format!("threads/{thread}/state");
        let known = self.call(Method::GET, &path, None, turn).await?;
        let known: ThreadState = match known {
            None => ThreadState::default(),
            Some(bytes) => read(&bytes)?,
        };
        let last = turn.inputs.last().map(|input| message_id(turn, input));
        let mut texts = replies_after(&known.values, last.as_deref());
        if texts.is_empty() {
            let waits = |task: &Task| !task.interrupts.is_empty();
            let run = self.run_of(turn, known.tasks.iter().any(waits));
            let path = format!("threads/{thread}/runs/wait");
            let answer = self.call(Method::POST, &path, Some(&run), turn).await?;
            let answer = answer.ok_or(WorkflowError::Unavailable {
                after: Some(UNDER_WAY_PAUSE),
                source: Some(anyhow::anyhow!("the thread is busy")),
            })?;
            texts = said(&read(&answer)?, last.as_deref())?;
        }
        let surplus = texts.len().saturating_sub(Answer::MAX_REPLIES);
        Ok(Outcome {
            replies: texts.drain(surplus..).map(Reply::text).collect(),
            ..Outcome::default()
        })
    }
}

/// The id of a conversation on the server: always the same, wherever this runs.
fn thread_id(key: &ThreadKey) -> Uuid {
    let name = [
        key.business.as_str(),
        key.source.as_str(),
        key.trust.as_str(),
        &key.key,
    ];
    Uuid::new_v5(&NAMESPACE, name.join("/").as_bytes())
}

/// The customer's own words, or what they sent instead.
fn words(input: &Input) -> String {
    let content = &input.content;
    match (content, content.text()) {
        (Content::Reaction { emoji, .. }, _) => emoji.clone().unwrap_or_default(),
        (Content::Edited { .. }, Some(text)) => format!("[edited] {text}"),
        (_, Some(text)) => text.to_owned(),
        (_, None) => format!("[{}]", content.kind()),
    }
}

fn read<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, WorkflowError> {
    serde_json::from_slice(bytes).map_err(|_| WorkflowError::Reject {
        reason: "workflow_answer_invalid",
    })
}

/// What a run came to. An interrupt is a question to the customer.
fn said(values: &Value, last: Option<&str>) -> Result<Vec<String>, WorkflowError> {
    if values.get("__error__").is_some() {
        return Err(WorkflowError::Retry {
            after: None,
            source: Some(anyhow::anyhow!("the run failed")),
        });
    }
    let mut texts = replies_after(values, last);
    let interrupts = values["__interrupt__"].as_array();
    for interrupt in interrupts.into_iter().flatten() {
        texts.extend(text_of(&interrupt["value"]));
    }
    if texts.is_empty() && last.is_some() {
        // After an interrupt the customer's words are none of the messages.
        texts.extend(last_reply(values));
    }
    Ok(texts)
}

/// What the assistant said after one of the messages; nothing where that is not there.
fn replies_after(values: &Value, message: Option<&str>) -> Vec<String> {
    let messages = values["messages"].as_array().map_or(&[][..], Vec::as_slice);
    let is_it = |one: &Value| message.is_some() && one["id"].as_str() == message;
    let Some(place) = messages.iter().rposition(is_it) else {
        return Vec::new();
    };
    messages[place + 1..].iter().filter_map(reply).collect()
}

/// The assistant's last message, where it is the last of all.
fn last_reply(values: &Value) -> Option<String> {
    reply(values["messages"].as_array()?.last()?)
}

/// The words of a message of the assistant's; a call of a tool has none.
fn reply(message: &Value) -> Option<String> {
    let is_assistant = matches!(
        message["type"].as_str().or(message["role"].as_str()),
        Some("ai" | "assistant" | "AIMessageChunk")
    );
    is_assistant.then(|| text_of(&message["content"])).flatten()
}

/// Text as such, in an object, or in content blocks.
fn text_of(content: &Value) -> Option<String> {
    let text = match content {
        Value::String(text) => text.clone(),
        Value::Array(blocks) => {
            let blocks = blocks.iter().filter_map(text_of);
            blocks.collect::<Vec<_>>().join("\n")
        }
        Value::Object(block) => text_of(block.get("text").or(block.get("question"))?)?,
        _ => return None,
    };
    (!text.trim().is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{BusinessId, SourceKind, Trust};

    #[test]
    fn a_conversation_has_one_id_and_no_other_has_it() {
        let key = |business: &str, key: &str| ThreadKey {
            business: BusinessId::new(business),
            source: SourceKind::Direct,
            trust: Trust::Verified,
            key: key.into(),
        };
        let id = thread_id(&key("luna", "+12025550100"));
        assert_eq!(id.to_string(), "83cf2a1f-4780-582d-b07b-cf4d47165ddd");
        assert_eq!(id, thread_id(&key("luna", "+12025550100")));
        assert_ne!(id, thread_id(&key("luna", "+12025550101")));
        assert_ne!(id, thread_id(&key("sol", "+12025550100")));
    }

    #[test]
    fn the_assistants_words_after_the_customers_are_the_replies() {
        let values = json!({"messages": [
            {"type": "human", "id": "1", "content": "Hi"},
            {"type": "ai", "content": "Hello!"},
            {"type": "human", "id": "2", "content": "Tomorrow?"},
            {"type": "ai", "content": "", "tool_calls": [{"name": "openings"}]},
            {"type": "tool", "content": "[10:00]"},
            {"type": "ai", "content": [{"type": "text", "text": "At ten."}]},
        ]});
        assert_eq!(said(&values, Some("2")).unwrap(), ["At ten."]);
        assert_eq!(replies_after(&values, Some("1")), ["Hello!", "At ten."]);
        assert!(replies_after(&values, Some("3")).is_empty());
    }

    #[test]
    fn a_correction_is_told_from_words_and_a_reaction_is_its_emoji() {
        let input = |content| Input {
            seq: crate::message::Seq(1),
            id: None,
            content,
            reply_to: None,
            sent_at: chrono::DateTime::UNIX_EPOCH,
            received_at: chrono::DateTime::UNIX_EPOCH,
        };
        let (original, to) = ("wamid.1".to_owned(), "wamid.2".to_owned());
        for (content, expected) in [
            (
                Content::Edited {
                    original,
                    text: Some("yes".to_owned()),
                },
                "[edited] yes",
            ),
            (
                Content::Reaction {
                    emoji: Some("👍".to_owned()),
                    to,
                },
                "👍",
            ),
            (Content::Welcome, "[welcome]"),
        ] {
            assert_eq!(words(&input(content)), expected);
        }
    }

    #[test]
    fn an_interrupt_is_a_question_and_a_failed_run_is_tried_again() {
        let values = json!({
            "messages": [{"type": "human", "id": "1", "content": "Book"}],
            "__interrupt__": [{"value": {"question": "Really?"}}],
        });
        assert_eq!(said(&values, Some("1")).unwrap(), ["Really?"]);
        let failed = json!({"__error__": {"error": "ValueError"}});
        assert!(matches!(
            said(&failed, Some("1")),
            Err(WorkflowError::Retry { .. })
        ));
    }
}
