//! `POST /webhook/ghl`: HighLevel, by two doors of its own.
//!
//! A marketplace app's events are signed with HighLevel's one key for all of its customers, so a
//! signature proves HighLevel and not us: the location must be ours, too. A workflow's action
//! cannot sign; it brings our secret and whatever its operator made of the body. Both may tell of
//! the same message, which its id or fingerprint then shows.

mod action;
mod event;
mod kind;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::HeaderMap;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::{Entrance, Invalid, Routes, Source};
use crate::{
    booking::zone::Zone,
    message::{
        Arrival, BusinessId, Content, Fingerprint, MediaKind, MessageId, Notice, PhoneNumber,
        SourceKind, ThreadKey, Unprocessed, UnprocessedReason,
    },
    signature::{
        self, Scheme, Secrets, Verified, ed25519, ed25519::PublicKeys, shared_secret, single_header,
    },
};

/// HighLevel's public key, as its Webhook Integration Guide publishes it for `X-GHL-Signature`;
/// the default of `GHL_PUBLIC_KEY`.
pub const PUBLISHED_KEY: &str = "MCowBQYDK2VwAyEAi2HR1srL4o18O8BRa7gVJY7G7bupbN3H9AwJrHCDiOg=";

/// The header of an app event's signature.
pub const SIGNATURE_HEADER: &str = "x-ghl-signature";
/// The header of a workflow action's secret.
pub const SECRET_HEADER: &str = "x-webhook-secret";
/// What HighLevel writes into the signature's header where it has none.
const NO_SIGNATURE: &[u8] = b"N/A";

/// The HighLevel source.
#[derive(Debug)]
pub struct Highlevel {
    routes: Routes,
    public_keys: PublicKeys,
    secrets: Option<Secrets>,
}

/// One request, and what is ours of it.
#[derive(Debug)]
struct Delivery<'a> {
    body: &'a Bytes,
    business: &'a BusinessId,
    zone: Option<&'a Zone>,
    location: &'a str,
    /// Where the business is: how numbers without `+` are read.
    country: Option<&'a str>,
    scheme: Scheme,
}

// === impl Highlevel ===

impl Highlevel {
    /// The source of these locations; without secrets it takes app events only.
    pub fn new(routes: Routes, public_keys: PublicKeys, secrets: Option<Secrets>) -> Self {
        Self {
            routes,
            public_keys,
            secrets,
        }
    }
}

impl Entrance for Highlevel {
    fn max_body_bytes(&self) -> usize {
        super::PROVIDER_MAX_BODY_BYTES
    }

    fn check_headers(
        &self,
        headers: &HeaderMap,
        _now: DateTime<Utc>,
    ) -> Result<(), signature::Error> {
        let signature = signature_header(headers)?;
        let secret = single_header(headers, SECRET_HEADER)?;
        match (secret, &self.secrets) {
            (None, _) => {}
            (Some(given), Some(secrets)) => drop(shared_secret::business_of(secrets, given)?),
            (Some(_), None) => return Err(signature::Error::Unconfigured),
        }
        match signature {
            Some(signature) => ed25519::signature_bytes(signature).map(drop),
            None => secret.map(drop).ok_or(signature::Error::Missing),
        }
    }

    fn authenticate(
        &self,
        headers: &HeaderMap,
        signed: Bytes,
        _now: DateTime<Utc>,
    ) -> Result<Verified<Bytes>, signature::Error> {
        let signature = signature_header(headers)?;
        let secret = single_header(headers, SECRET_HEADER)?;
        let by_secret = match (secret, &self.secrets) {
            (None, _) => None,
            (Some(given), Some(secrets)) => {
                Some(shared_secret::verify(secrets, given, signed.clone())?)
            }
            (Some(_), None) => return Err(signature::Error::Unconfigured),
        };
        match (signature, by_secret) {
            (Some(signature), _) => ed25519::verify(&self.public_keys, signature, signed),
            (None, Some(verified)) => Ok(verified),
            (None, None) => Err(signature::Error::Missing),
        }
    }
}

impl Source for Highlevel {
    fn kind(&self) -> SourceKind {
        SourceKind::Highlevel
    }

    fn parse(
        &self,
        _headers: &HeaderMap,
        body: Verified<Bytes>,
        _now: DateTime<Utc>,
    ) -> Result<Vec<Arrival>, Invalid> {
        let (body, evidence) = body.into_parts();
        let json = serde_json::from_slice::<Value>(&body).ok();
        let json = json.filter(Value::is_object);
        let arrival = match (json, evidence.scheme) {
            (Some(json), Scheme::Ed25519) => event::read(&self.routes, &evidence, &body, &json),
            (Some(json), _) => action::read(&self.routes, &evidence, &body, &json),
            // Whose it is shows only where our own secret came with it: HighLevel signs for all.
            (None, scheme) => {
                let business = match scheme {
                    Scheme::Ed25519 => None,
                    _ => evidence.business.as_ref().or(self.routes.only_business()),
                };
                unprocessed(business, UnprocessedReason::NotUnderstood, scheme, &body)
            }
        };
        Ok(vec![arrival])
    }
}

/// The signature, if there is one.
fn signature_header(headers: &HeaderMap) -> Result<Option<&[u8]>, signature::Error> {
    let value = single_header(headers, SIGNATURE_HEADER)?;
    Ok(value.filter(|value| *value != NO_SIGNATURE))
}

// === impl Delivery ===

impl Delivery<'_> {
    fn thread(&self, customer: &str) -> ThreadKey {
        ThreadKey {
            business: self.business.clone(),
            source: SourceKind::Highlevel,
            trust: self.scheme.trust(),
            key: format!("{}:{customer}", self.location).into(),
        }
    }

    /// A number as HighLevel or the author of a workflow writes it.
    fn phone(&self, text: &str) -> Option<PhoneNumber> {
        PhoneNumber::parse_in(text, self.country).ok()
    }

    fn notice(&self, id: Option<&str>, kind: &str) -> Notice {
        notice(self.business, id, kind, self.body)
    }

    fn not_understood(&self) -> Arrival {
        unprocessed(
            Some(self.business),
            UnprocessedReason::NotUnderstood,
            self.scheme,
            self.body,
        )
    }

    /// The same for an app event and for a workflow's copy of it, whatever blanks its template adds.
    fn fingerprint(&self, customer: &str, text: &str) -> Fingerprint {
        let mut digest = Sha256::new();
        for part in [self.location, customer]
            .into_iter()
            .chain(text.split_whitespace())
        {
            digest.update(part.as_bytes());
            digest.update([0]);
        }
        let mut fingerprint = [0; 16];
        fingerprint.copy_from_slice(&digest.finalize()[..16]);
        Fingerprint(fingerprint)
    }
}

fn notice(business: &BusinessId, id: Option<&str>, kind: &str, body: &Bytes) -> Notice {
    Notice {
        id: id.and_then(MessageId::new),
        business: business.clone(),
        source: SourceKind::Highlevel,
        kind: super::shortened(kind, Notice::MAX_KIND_BYTES).into(),
        raw: body.clone(),
    }
}

fn unprocessed(
    business: Option<&BusinessId>,
    reason: UnprocessedReason,
    scheme: Scheme,
    body: &Bytes,
) -> Arrival {
    Arrival::Unprocessed(Unprocessed {
        business: business.cloned(),
        source: SourceKind::Highlevel,
        reason,
        scheme,
        raw: body.clone(),
    })
}

/// Words, or a file: HighLevel tells of WhatsApp media with an empty body and, often, no attachment.
fn content(text: &str, attachments: Option<&Value>) -> Content {
    let attachment = attachments.and_then(|list| super::json::text(list, "/0"));
    if text.is_empty() || attachment.is_some() {
        Content::Media {
            kind: MediaKind::Unknown,
            id: attachment.map(Into::into),
            caption: (!text.is_empty()).then(|| text.into()),
        }
    } else {
        Content::Text { text: text.into() }
    }
}
