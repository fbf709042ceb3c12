//! Messages: what is said to a contact, by whatever they write by.
//!
//! The invariant: at most one message is taken by a call. Everything is text: what can be chosen is
//! written out and answered by its number.

use chrono::TimeDelta;
use http::Method;
use serde::Serialize;
use tokio::time::Instant;

use super::{
    Access, Highlevel, LOCATION, give_up,
    verdict::{self, Verdict},
};
use crate::{
    call::Answer,
    channel::{Body, Outbound, SendError, Sent, numbered::numbered, text},
    message::{Medium, MessageId, Reply},
};

/// Meta's rule for WhatsApp, Instagram and Messenger holds behind HighLevel, too; a little is left
/// for the way there.
const WINDOW: TimeDelta = TimeDelta::minutes(24 * 60 - 2);
/// What is written by where the contact's own way is not known: what frontdesk is for.
const DEFAULT_MEDIUM: &str = "WhatsApp";

/// The body of a call that says something.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Said<'a> {
    #[serde(rename = "type")]
    medium: &'a str,
    contact_id: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    conversation_provider_id: Option<&'a str>,
}

// === impl Highlevel ===

impl Highlevel {
    /// Sends one part of a message.
    pub(super) async fn send_part(&self, message: &Outbound, part: u16) -> Result<Sent, SendError> {
        let contact_id = message.contact.provider_id.as_deref();
        let contact_id = contact_id.ok_or(give_up("no_contact"))?;
        let access = self.access(&message.thread)?;
        let medium = message.contact.medium.as_deref();
        let medium = Medium::parse(medium.unwrap_or(DEFAULT_MEDIUM));
        let words = words(message, medium.kind, part)?;
        let parts = text::parts(&words, longest(medium.kind));
        let mut rest = parts.into_iter().skip(part.into());
        let said = Said {
            medium: medium.kind,
            contact_id,
            conversation_provider_id: medium.provider,
            message: match rest.next() {
                Some(words) => words,
                None if part > 0 => return Err(SendError::NoSuchPart),
                None => return Err(give_up("nothing_to_say")),
            },
        };
        let path = "conversations/messages";
        let request = self.request(&access, Method::POST, path, self.version());
        let answer = self.call(&access, request.json(&said)).await?;
        let id = self.conclude(message, &access, &answer)?;
        Ok(Sent {
            id,
            more: rest.next().is_some(),
            by_template: false,
        })
    }

    fn conclude(
        &self,
        message: &Outbound,
        access: &Access<'_>,
        answer: &Answer,
    ) -> Result<MessageId, SendError> {
        match verdict::judge(answer.status, answer.body.as_deref()) {
            Verdict::Taken(id) => {
                self.pacing
                    .relax([(access.location, LOCATION)], Instant::now());
                Ok(id)
            }
            verdict => Err(self.refused(access.location, &verdict, &answer.headers, message.now)),
        }
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
