//! `POST /webhook/whatsapp`: Meta's Cloud API, up to a thousand updates a request.
//!
//! The invariant: every level of the envelope is read by itself, so that one bad item, change or
//! entry costs nothing but itself. What is kept as a failure is wrapped in the envelope again, with
//! nothing else in it, so that it can be replayed.

mod content;
mod identity;
mod item;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::HeaderMap;
use serde::Deserialize;
use serde_json::{Value, value::RawValue};
use sha2::{Digest as _, Sha256};

use self::item::Items;
use super::{Entrance, Invalid, Routes, Source, json};
use crate::{
    message::{
        Arrival, BusinessId, MessageId, Notice, SourceKind, Trust, Unprocessed, UnprocessedReason,
    },
    signature::{self, Scheme, Secrets, Verified, body_hmac, single_header},
};

/// The header of Meta's signature.
pub const SIGNATURE_HEADER: &str = "x-hub-signature-256";
/// What the envelope says it is.
const OBJECT: &str = "whatsapp_business_account";

/// The WhatsApp source.
#[derive(Debug)]
pub struct Whatsapp {
    routes: Routes,
    app_secrets: Secrets,
}

#[derive(Deserialize)]
struct Envelope<'a> {
    object: String,
    #[serde(borrow)]
    entry: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Entry<'a> {
    /// When Meta sent it; not on every field.
    #[serde(borrow, default)]
    time: Option<&'a RawValue>,
    #[serde(borrow)]
    changes: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Change<'a> {
    field: String,
    #[serde(borrow)]
    value: &'a RawValue,
}

#[derive(Deserialize)]
struct Metadata {
    #[serde(default)]
    metadata: Option<Number>,
}

#[derive(Deserialize)]
struct Number {
    phone_number_id: String,
}

// === impl Whatsapp ===

impl Whatsapp {
    /// The source for the apps with these secrets.
    pub fn new(routes: Routes, app_secrets: Secrets) -> Self {
        Self {
            routes,
            app_secrets,
        }
    }

    fn entry(&self, raw: &RawValue, trust: Trust, arrivals: &mut Vec<Arrival>) {
        let Ok(entry) = serde_json::from_str::<Entry<'_>>(raw.get()) else {
            let whole = format!(r#"{{"object":"{OBJECT}","entry":[{raw}]}}"#);
            arrivals.push(not_understood(None, whole));
            return;
        };
        for raw in entry.changes {
            let Ok(change) = serde_json::from_str::<Change<'_>>(raw.get()) else {
                arrivals.push(not_understood(None, around_change(raw)));
                continue;
            };
            match change.field.as_str() {
                "messages" | "smb_message_echoes" => {
                    match Items::read(&self.routes, &change, trust) {
                        Some(items) => items.arrive(arrivals),
                        None => arrivals.push(not_understood(None, around_change(raw))),
                    }
                }
                "user_id_update" => self.user_ids(&change, trust, entry.time, raw, arrivals),
                field => arrivals.push(self.other(field, change.value, entry.time, raw)),
            }
        }
    }

    /// Customers whose user ids are others from now on.
    fn user_ids(
        &self,
        change: &Change<'_>,
        trust: Trust,
        time: Option<&RawValue>,
        raw: &RawValue,
        arrivals: &mut Vec<Arrival>,
    ) {
        let arrival = self.other(&change.field, change.value, time, raw);
        let value = serde_json::from_str::<Value>(change.value.get()).unwrap_or_default();
        let number = json::text(&value, "/metadata/phone_number_id");
        let (Arrival::Notice(notice), Some(number)) = (&arrival, number) else {
            arrivals.push(arrival);
            return;
        };
        let list = value.get("user_id_update").cloned().unwrap_or_default();
        let items = match list {
            Value::Array(items) => items,
            one => vec![one],
        };
        let changes = items.iter().filter_map(identity::Change::of_update);
        let told: Vec<_> = changes
            .enumerate()
            .map(|(n, told)| {
                let id = digest(&[&n.to_string(), raw.get()]);
                let notice = Notice {
                    id,
                    ..notice.clone()
                };
                let business = notice.business.clone();
                told.arrive(notice, |user| item::thread(&business, number, trust, user))
            })
            .collect();
        if told.is_empty() {
            arrivals.push(arrival);
        }
        arrivals.extend(told);
    }

    /// A change of a field that brings no messages: worth keeping, nothing to answer.
    fn other(
        &self,
        field: &str,
        value: &RawValue,
        time: Option<&RawValue>,
        raw: &RawValue,
    ) -> Arrival {
        let number = serde_json::from_str::<Metadata>(value.get())
            .ok()
            .and_then(|value| value.metadata);
        let business = match &number {
            Some(number) => self.routes.number(&number.phone_number_id),
            // Account fields name no number.
            None => self.routes.default_business(),
        };
        match business {
            Some(business) => Arrival::Notice(notice(
                business,
                // Without a time, a later change of the same words would look like a repeat.
                time.and_then(|time| digest(&[time.get(), raw.get()])),
                field,
                raw,
            )),
            None => unrouted(around_change(raw)),
        }
    }
}

impl Entrance for Whatsapp {
    fn max_body_bytes(&self) -> usize {
        super::PROVIDER_MAX_BODY_BYTES
    }

    fn check_headers(
        &self,
        headers: &HeaderMap,
        _now: DateTime<Utc>,
    ) -> Result<(), signature::Error> {
        let signature =
            single_header(headers, SIGNATURE_HEADER)?.ok_or(signature::Error::Missing)?;
        body_hmac::tag(signature).map(drop)
    }

    fn authenticate(
        &self,
        headers: &HeaderMap,
        signed: Bytes,
        _now: DateTime<Utc>,
    ) -> Result<Verified<Bytes>, signature::Error> {
        let signature =
            single_header(headers, SIGNATURE_HEADER)?.ok_or(signature::Error::Missing)?;
        body_hmac::verify(&self.app_secrets, signature, signed)
    }
}

impl Source for Whatsapp {
    fn kind(&self) -> SourceKind {
        SourceKind::Whatsapp
    }

    fn parse(
        &self,
        _headers: &HeaderMap,
        body: Verified<Bytes>,
        _now: DateTime<Utc>,
    ) -> Result<Vec<Arrival>, Invalid> {
        let (body, evidence) = body.into_parts();
        let trust = evidence.scheme.trust();
        let mut arrivals = Vec::new();
        match serde_json::from_slice::<Envelope<'_>>(&body) {
            Ok(envelope) if envelope.object == OBJECT => {
                for entry in envelope.entry {
                    self.entry(entry, trust, &mut arrivals);
                }
            }
            _ => arrivals.push(not_understood(None, body)),
        }
        Ok(arrivals)
    }
}

fn notice(business: &BusinessId, id: Option<MessageId>, kind: &str, raw: &RawValue) -> Notice {
    Notice {
        id,
        business: business.clone(),
        source: SourceKind::Whatsapp,
        kind: super::shortened(kind, Notice::MAX_KIND_BYTES).into(),
        raw: Bytes::copy_from_slice(raw.get().as_bytes()),
    }
}

fn unrouted(raw: impl Into<Bytes>) -> Arrival {
    unprocessed(None, UnprocessedReason::Unrouted, raw.into())
}

fn not_understood(business: Option<&BusinessId>, raw: impl Into<Bytes>) -> Arrival {
    unprocessed(business, UnprocessedReason::NotUnderstood, raw.into())
}

fn unprocessed(business: Option<&BusinessId>, reason: UnprocessedReason, raw: Bytes) -> Arrival {
    Arrival::Unprocessed(Unprocessed {
        business: business.cloned(),
        source: SourceKind::Whatsapp,
        reason,
        scheme: Scheme::BodyHmac,
        raw,
    })
}

fn around_change(change: &RawValue) -> String {
    format!(r#"{{"object":"{OBJECT}","entry":[{{"changes":[{change}]}}]}}"#)
}

/// An id for what has none: the same bytes have the same one.
fn digest(parts: &[&str]) -> Option<MessageId> {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part.as_bytes());
        digest.update([0]);
    }
    MessageId::new(&format!("sha256:{}", hex::encode(digest.finalize())))
}
