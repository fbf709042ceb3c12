//! Contacts: who they are, and the tags they get.
//!
//! The invariant: a contact is asked for once in a while and not for each message; what is
//! remembered of that is bounded.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Utc};
use http::{HeaderValue, Method};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use super::{
    Access, Config, Highlevel, give_up,
    verdict::{self, Verdict},
};
use crate::{
    call::{Answer, RetryAfter},
    channel::{Found, SendError, Tagging, Who},
    message::{Contact, PhoneNumber},
};

/// A contact is not asked for again so soon, whatever came of it.
const ASKED_EVERY: Duration = Duration::from_hours(1);
/// The most contacts that are remembered as asked for; over it, all are forgotten.
const MAX_LOOKED_UP: usize = 10_000;

/// When contacts were asked for.
#[derive(Debug, Default)]
pub(super) struct LookedUp(Mutex<HashMap<Box<str>, Instant>>);

/// The body of a call that tags a contact.
#[derive(Serialize)]
struct Tags<'a> {
    tags: [&'a str; 1],
}

/// What is answered about a contact.
#[derive(Deserialize)]
struct Envelope {
    contact: Card,
}

/// The body of a call that finds or makes a contact.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Person<'a> {
    location_id: &'a str,
    phone: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Card {
    #[serde(default)]
    id: Option<Box<str>>,
    #[serde(default)]
    phone: Option<String>,
    #[serde(default)]
    first_name: Option<String>,
    #[serde(default)]
    last_name: Option<String>,
}

// === impl LookedUp ===

impl LookedUp {
    /// Whether it is time to ask for a contact, which then counts as asked for.
    fn is_due(&self, contact: &str, now: Instant) -> bool {
        let mut asked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let recently = |at: &Instant| now.saturating_duration_since(*at) < ASKED_EVERY;
        if asked.get(contact).is_some_and(recently) {
            return false;
        }
        if asked.len() >= MAX_LOOKED_UP {
            asked.clear();
        }
        asked.insert(contact.into(), now);
        true
    }
}

// === impl Highlevel ===

impl Highlevel {
    /// What HighLevel knows of a contact.
    pub(super) async fn contact(&self, who: &Who<'_>) -> Result<Option<Found>, SendError> {
        let id = contact_id(who.contact)?;
        if !self.looked_up.is_due(id, Instant::now()) {
            return Ok(None);
        }
        let access = self.access(who.thread)?;
        let path = format!("contacts/{id}");
        let request = self.request(&access, Method::GET, &path, self.contacts_version());
        let answer = self.call(&access, request).await?;
        Ok(card(&answer).map(Card::found))
    }

    /// The version that the contacts API is described with, unless one is set for all.
    pub(super) fn contacts_version(&self) -> HeaderValue {
        if self.config.api_version == Config::API_VERSION {
            HeaderValue::from_static(Config::CONTACTS_VERSION)
        } else {
            self.config.api_version.clone()
        }
    }

    /// The id of the contact with a number, who is made if there is none.
    pub(super) async fn contact_with(
        &self,
        access: &Access<'_>,
        phone: &PhoneNumber,
        name: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<Box<str>, SendError> {
        let person = Person {
            location_id: access.location,
            phone: phone.as_str(),
            name,
        };
        let (path, version) = ("contacts/upsert", self.contacts_version());
        let request = self.request(access, Method::POST, path, version);
        // To ask again finds who was made.
        let retry = || SendError::Retry {
            reason: "no_answer",
            after: None,
        };
        let answer = match self.call(access, request.json(&person)).await {
            Err(SendError::Ambiguous) => return Err(retry()),
            other => other?,
        };
        if let Some(id) = card(&answer).and_then(|card| card.id) {
            return Ok(id);
        }
        let verdict = if answer.status.is_success() {
            Verdict::Unknown
        } else {
            verdict::refused(answer.status, answer.body.as_deref())
        };
        Err(
            match self.refused(access.location, &verdict, &answer.headers, now) {
                SendError::Ambiguous => retry(),
                SendError::GiveUp { .. } => give_up("no_contact"),
                other => other,
            },
        )
    }

    /// Gives a contact a tag.
    pub(super) async fn tag_contact(&self, tagging: &Tagging<'_>) -> Result<(), SendError> {
        let id = contact_id(tagging.contact)?;
        let access = self.access(tagging.thread)?;
        let body = Tags {
            tags: [tagging.tag],
        };
        let path = format!("contacts/{id}/tags");
        let request = self.request(&access, Method::POST, &path, self.contacts_version());
        let answer = self.call(&access, request.json(&body)).await;
        let answer = answer.map_err(|error| harmless(error, "no_answer", None))?;
        if answer.status.is_success() {
            return Ok(());
        }
        let verdict = verdict::judge(answer.status, answer.body.as_deref());
        let refused = self.refused(access.location, &verdict, &answer.headers, tagging.now);
        let asked = RetryAfter::read(&answer.headers).map(|asked| asked.wait(tagging.now));
        Err(harmless(refused, "provider_failed", asked))
    }
}

// === impl Card ===

impl Card {
    fn found(self) -> Found {
        let phone = self.phone.as_deref().map(PhoneNumber::parse);
        let names = [self.first_name, self.last_name];
        let names: Vec<_> = names.into_iter().flatten().collect();
        let name = names.join(" ");
        let name = name.trim();
        Found {
            phone: phone.and_then(Result::ok),
            name: (!name.is_empty()).then(|| name.into()),
        }
    }
}

/// The contact, where there is one and its shape is known.
fn card(answer: &Answer) -> Option<Card> {
    let body = answer.body.as_deref()?;
    let success = answer.status.is_success();
    let envelope = success.then(|| serde_json::from_slice::<Envelope>(body).ok())?;
    envelope.map(|envelope| envelope.contact)
}

/// The id of a contact, if it can be a part of an address.
fn contact_id(contact: &Contact) -> Result<&str, SendError> {
    let id = contact.provider_id.as_deref();
    let is_safe = |id: &&str| id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    id.filter(is_safe).ok_or(give_up("no_contact"))
}

/// What to do about a tag that was not set. To tag again changes nothing, so that nothing is
/// ambiguous; and a token without this scope is no reason to doubt that it can send.
fn harmless(error: SendError, reason: &'static str, after: Option<Duration>) -> SendError {
    match error {
        SendError::Ambiguous => SendError::Retry { reason, after },
        SendError::Alert { reason, .. } => give_up(reason),
        other => other,
    }
}
