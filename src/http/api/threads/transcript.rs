//! `GET /api/threads/{id}`: what was said in a conversation, and what its customer has booked.

use axum::{
    Json,
    extract::{Path, rejection::PathRejection},
    http::Uri,
};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{ThreadShape, found};
use crate::{
    http::{
        Shared,
        api::{
            page::{self, Place},
            shape::BookingShape,
        },
        error::{ApiError, internal, rfc3339},
        form::Form,
    },
    message::Reply,
    store::{Line, Said, TranscriptPlace},
};

/// A conversation with what was said in it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ThreadDetail)]
pub(in crate::http) struct ThreadDetail {
    #[serde(flatten)]
    thread: ThreadShape,
    /// The customer's bookings and holds that are not over, by start.
    bookings: Vec<BookingShape>,
    /// What was said, the oldest first.
    transcript: Vec<LineShape>,
    /// The `cursor` of what was said before; null: this is the beginning.
    #[schema(required)]
    next: Option<String>,
}

/// One thing that was said.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TranscriptLine)]
pub(in crate::http) struct LineShape {
    #[schema(format = DateTime)]
    at: String,
    by: Speaker,
    /// The words; null where there were none, or they were forgotten.
    #[schema(required)]
    text: Option<String>,
    /// All of it: a customer's message by its `type`, or a reply by its `kind`; null: forgotten, or
    /// only words.
    #[schema(required)]
    content: Option<Value>,
    /// How far it came, where we sent it: `pickup`, `pending`, `sending`, `sent`, `ambiguous`,
    /// `expired` or `dead`.
    #[schema(required)]
    state: Option<String>,
    /// Why it came no further.
    #[schema(required)]
    reason: Option<String>,
}

/// Who said it.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::http) enum Speaker {
    Customer,
    Bot,
    /// A person of the business.
    Person,
}

/// Answers what was said.
pub(super) async fn shown(
    shared: &Shared,
    id: Result<Path<String>, PathRejection>,
    uri: &Uri,
) -> Result<Json<ThreadDetail>, ApiError> {
    let mut form = Form::of_query(uri);
    let scope = form.scope(&shared.edge.businesses);
    let page = page::asked::<TranscriptPlace>(&mut form);
    let (page, scope) = form.finish(|| Some((page?, scope?)))?;
    let (thread, bookings) = found(shared, id, &scope).await?;
    let store = &shared.edge.store;
    let before = page.after.unwrap_or(TranscriptPlace::END);
    let mut lines = store
        .transcript(thread.id, before, page.to_look_for())
        .await?;
    let is_more = lines.len() > page.limit;
    lines.truncate(page.limit);
    let next = is_more.then(|| page::written(&before.before(&lines)));
    let businesses = &shared.edge.businesses;
    let bookings = match businesses.by_id(&thread.key.business) {
        Some(business) => {
            let shape = |entry| BookingShape::of_entry(&business, entry);
            bookings.iter().map(shape).collect()
        }
        None => Vec::new(),
    };
    let transcript = lines.into_iter().rev().map(LineShape::of);
    Ok(Json(ThreadDetail {
        thread: ThreadShape::of(&thread),
        bookings,
        transcript: transcript.collect::<Result<_, _>>()?,
        next,
    }))
}

// === impl LineShape ===

impl LineShape {
    fn of(line: Line) -> Result<Self, ApiError> {
        let whole =
            |value: serde_json::Result<Value>| value.map_err(|error| internal().with_cause(error));
        let mut shape = Self {
            at: rfc3339(line.at),
            by: Speaker::Customer,
            text: None,
            content: None,
            state: None,
            reason: None,
        };
        match line.said {
            Said::ByCustomer(None) => {}
            Said::ByCustomer(Some(content)) => {
                shape.text = content.text().map(str::to_owned);
                shape.content = Some(whole(serde_json::to_value(&content))?);
            }
            Said::ByUs {
                reply,
                by_bot,
                state,
                reason,
            } => {
                let (Reply::Text { text } | Reply::Choices { text, .. }) = &reply;
                shape.by = if by_bot {
                    Speaker::Bot
                } else {
                    Speaker::Person
                };
                shape.text = Some(text.clone());
                shape.content = Some(whole(serde_json::to_value(&reply))?);
                shape.state = Some(state.into());
                shape.reason = reason.map(Into::into);
            }
            Said::Elsewhere(words) => {
                shape.by = Speaker::Person;
                shape.text = (!words.is_empty()).then(|| words.into());
            }
        }
        Ok(shape)
    }
}

impl Place for TranscriptPlace {
    fn written(&self) -> String {
        format!("{}.{}.{}", self.message, self.outbox, self.notice)
    }

    fn read(text: &str) -> Option<Self> {
        let mut numbers = text.split('.').map(|number| number.parse().ok());
        let mut next = || numbers.next().flatten();
        Some(Self {
            message: next()?,
            outbox: next()?,
            notice: next()?,
        })
    }
}
