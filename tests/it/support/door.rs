//! A small source, for tests of the edge: any kind of door, with a format of its own.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use frontdesk::{
    message::{
        Arrival, BusinessId, Contact, Content, InboundMessage, MessageId, PhoneNumber, SourceKind,
        ThreadKey,
    },
    signature::{self, Secrets, Unsigned, Verified, shared_secret},
    source::{Entrance, Invalid, InvalidField, Source},
};
use http::HeaderMap;
use serde_json::Value;

/// The secret of every door that has one.
pub(crate) const SECRET: &str = "do-not-print-this-secret";

/// The most bytes of a body, where nothing else is said.
pub(crate) const MAX_BYTES: usize = 1024;

/// A door whose bodies are one message, or a list of them: `{"id", "phone", "text"}`.
#[derive(Debug)]
pub(crate) struct Door {
    kind: SourceKind,
    secrets: Option<Secrets>,
    max_bytes: usize,
}

impl Door {
    /// Opens to who names [`SECRET`] in `x-secret`.
    pub(crate) fn with_secret(kind: SourceKind) -> Self {
        Self {
            kind,
            secrets: Some(Secrets::parse(SECRET).unwrap()),
            max_bytes: MAX_BYTES,
        }
    }

    /// Opens to everybody.
    pub(crate) fn without_secret(kind: SourceKind) -> Self {
        Self {
            secrets: None,
            ..Self::with_secret(kind)
        }
    }

    /// Takes bodies of that length.
    pub(crate) fn up_to(self, max_bytes: usize) -> Self {
        Self { max_bytes, ..self }
    }

    fn message(&self, body: &Value, trust: frontdesk::message::Trust) -> Option<Arrival> {
        let text = body["text"].as_str()?;
        assert_ne!(text, "panic", "as asked: {body}");
        let phone = PhoneNumber::parse(body["phone"].as_str()?).ok()?;
        Some(Arrival::Message(InboundMessage {
            id: body["id"].as_str().and_then(MessageId::new),
            fingerprint: None,
            thread: ThreadKey {
                business: BusinessId::new("demo"),
                source: self.kind,
                trust,
                key: phone.as_str().into(),
            },
            contact: Contact {
                phone: Some(phone),
                ..Contact::default()
            },
            content: Content::Text { text: text.into() },
            sent_at: None,
            reply_to: None,
        }))
    }
}

impl Entrance for Door {
    fn max_body_bytes(&self) -> usize {
        self.max_bytes
    }

    fn check_headers(&self, headers: &HeaderMap, _: DateTime<Utc>) -> Result<(), signature::Error> {
        match (&self.secrets, headers.get("x-secret")) {
            (Some(_), None) => Err(signature::Error::Missing),
            _ => Ok(()),
        }
    }

    fn authenticate(
        &self,
        headers: &HeaderMap,
        signed: Bytes,
        _: DateTime<Utc>,
    ) -> Result<Verified<Bytes>, signature::Error> {
        match (&self.secrets, headers.get("x-secret")) {
            (None, _) => Unsigned::Accept.apply(signed),
            (Some(_), None) => Err(signature::Error::Missing),
            (Some(secrets), Some(given)) => {
                shared_secret::verify(secrets, given.as_bytes(), signed)
            }
        }
    }
}

impl Source for Door {
    fn kind(&self) -> SourceKind {
        self.kind
    }

    fn parse(
        &self,
        _: &HeaderMap,
        body: Verified<Bytes>,
        _: DateTime<Utc>,
    ) -> Result<Vec<Arrival>, Invalid> {
        let (body, evidence) = body.into_parts();
        let body: Value = serde_json::from_slice(&body).map_err(|_| Invalid::Json)?;
        let items = body.as_array().cloned().unwrap_or_else(|| vec![body]);
        let trust = evidence.scheme.trust();
        let messages: Option<_> = items.iter().map(|item| self.message(item, trust)).collect();
        messages.ok_or_else(|| {
            let (field, fault) = ("phone", "must be E.164");
            Invalid::Fields(vec![InvalidField { field, fault }])
        })
    }
}
