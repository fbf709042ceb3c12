//! What a delivery is answered with.

use axum::{
    Json,
    body::Body,
    http::{HeaderName, HeaderValue, Response},
    response::IntoResponse,
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Sent, Waited};
use crate::{
    http::error::rfc3339,
    message::{Reply, Seq, ThreadId},
    store::Receipt,
};

const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");

/// The answer to a message of the direct source.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Accepted)]
pub(in crate::http) struct DirectAnswer {
    /// `accepted`, or `duplicate` when a message of this id was there already.
    status: Status,
    /// The same in words.
    message: &'static str,
    /// The conversation: `thread_id` as sent, else the phone.
    #[schema(value_type = String)]
    thread_id: Box<str>,
    /// The sender's id of the message, else ours.
    message_id: Option<String>,
    /// The turn that answered it; only after `Prefer: wait`.
    #[serde(skip_serializing_if = "Option::is_none")]
    turn_id: Option<String>,
    /// What was said to it; only after `Prefer: wait`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<crate::http::openapi::ReplyShape>>)]
    replies: Option<Vec<Reply>>,
    /// When it was answered.
    timestamp: String,
    #[serde(skip)]
    waited_secs: Option<u64>,
}

#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = MessageStatus)]
enum Status {
    Accepted,
    Duplicate,
}

#[derive(Debug, Default, Serialize)]
struct Delivery {
    status: &'static str,
    accepted: usize,
    duplicates: usize,
    recorded: usize,
    timestamp: String,
}

// === impl DirectAnswer ===

impl DirectAnswer {
    pub(super) fn new(
        is_new: bool,
        sent: Sent,
        place: Option<(ThreadId, Seq)>,
        waited: Waited,
    ) -> Self {
        let ours = |(thread, seq): (ThreadId, Seq)| format!("m{}-{}", thread.0, seq.0);
        let theirs = sent.id.map(|id| id.as_str().to_owned());
        let mut answer = Self {
            status: if is_new {
                Status::Accepted
            } else {
                Status::Duplicate
            },
            message: if is_new {
                "Message accepted."
            } else {
                "This message was accepted before."
            },
            thread_id: sent.thread_id,
            message_id: theirs.or_else(|| place.map(ours)),
            turn_id: None,
            replies: None,
            timestamp: String::new(),
            waited_secs: None,
        };
        match waited {
            Waited::Not => {}
            Waited::Answered {
                turn,
                replies,
                wait,
            } => {
                answer.turn_id = turn.map(|turn| turn.to_string());
                answer.replies = Some(replies);
                answer.waited_secs = Some(wait.as_secs());
            }
            Waited::Dead { wait } => {
                answer.message = "The message is kept, but answering it failed for good.";
                answer.replies = Some(Vec::new());
                answer.waited_secs = Some(wait.as_secs());
            }
        }
        answer
    }

    pub(super) fn into_response(mut self, now: DateTime<Utc>) -> Response<Body> {
        self.timestamp = rfc3339(now);
        let waited_secs = self.waited_secs;
        let mut response = Json(self).into_response();
        if let Some(secs) = waited_secs {
            let applied = HeaderValue::try_from(format!("wait={secs}"))
                .expect("invariant: digits are header text");
            response.headers_mut().insert(PREFERENCE_APPLIED, applied);
        }
        response
    }
}

/// The answer to a provider's delivery: how many of its items were new.
pub(super) fn delivery(receipts: &[Receipt], now: DateTime<Utc>) -> Response<Body> {
    let mut delivery = Delivery {
        status: "accepted",
        timestamp: rfc3339(now),
        ..Delivery::default()
    };
    for receipt in receipts {
        match receipt {
            Receipt::Accepted { .. } => delivery.accepted += 1,
            Receipt::Duplicate { .. } => delivery.duplicates += 1,
            // The store limits and compares direct messages only; whatever it says of a provider's
            // item, a refusal would hold up the others of the delivery.
            Receipt::Recorded | Receipt::Conflict | Receipt::Limited { .. } => {
                delivery.recorded += 1;
            }
        }
    }
    Json(delivery).into_response()
}
