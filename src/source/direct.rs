//! `POST /webhook`: an own client, one message a request.
//!
//! The invariant: a header that is present and wrong is a refusal, whatever else is right. The
//! body's own `signature` counts only where no header proves anything.

mod request;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::{
    HeaderMap,
    header::{CONTENT_TYPE, HeaderName},
};

use self::request::{NotText, Request};
use super::{Entrance, Invalid, InvalidField, Source};
use crate::{
    message::{
        Arrival, BusinessId, Contact, Content, InboundMessage, MessageId, SourceKind, ThreadKey,
    },
    signature::{
        self, Secrets, Unsigned, Verified, body_hmac, field_hmac, shared_secret, single_header,
        standard_webhooks,
    },
};

/// The headers that may carry an HMAC of the body.
pub const SIGNATURE_HEADERS: [&str; 2] = ["x-webhook-signature", "x-hub-signature-256"];
/// The header that may carry the secret itself.
pub const SECRET_HEADER: &str = "x-webhook-secret";
/// The header that may carry the message's id.
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// The direct source.
#[derive(Debug)]
pub struct Direct {
    business: BusinessId,
    secrets: Option<Secrets>,
    unsigned: Unsigned,
}

// === impl Direct ===

impl Direct {
    /// The source of a business. A secret that belongs to another business selects that one;
    /// `unsigned` is what happens where there is no secret at all.
    pub fn new(business: BusinessId, secrets: Option<Secrets>, unsigned: Unsigned) -> Self {
        Self {
            business,
            secrets,
            unsigned,
        }
    }

    /// The business of a request.
    pub fn business<'a>(&'a self, evidence: &'a signature::Evidence) -> &'a BusinessId {
        evidence.business.as_ref().unwrap_or(&self.business)
    }
}

impl Entrance for Direct {
    fn max_body_bytes(&self) -> usize {
        256 * 1024
    }

    /// Without any of the headers, the body may still hold its own signature.
    fn check_headers(
        &self,
        headers: &HeaderMap,
        now: DateTime<Utc>,
    ) -> Result<(), signature::Error> {
        let Some(secrets) = &self.secrets else {
            return self.unsigned.apply(Bytes::new()).map(drop);
        };
        if let Some(proof) = standard_webhooks::Proof::from_headers(headers)? {
            proof.check(now)?;
        }
        for name in SIGNATURE_HEADERS {
            if let Some(value) = single_header(headers, name)? {
                body_hmac::tag(value)?;
            }
        }
        if let Some(value) = single_header(headers, SECRET_HEADER)? {
            shared_secret::business_of(secrets, value)?;
        }
        Ok(())
    }

    /// A request without a body (`GET /webhook/replies`) signs its raw query, so that its
    /// signature covers what it asks for and cannot be used for another thread.
    fn authenticate(
        &self,
        headers: &HeaderMap,
        signed: Bytes,
        now: DateTime<Utc>,
    ) -> Result<Verified<Bytes>, signature::Error> {
        let Some(secrets) = &self.secrets else {
            return self.unsigned.apply(signed);
        };
        // Standard Webhooks comes first, since it also proves the message's id.
        let mut proven = match standard_webhooks::Proof::from_headers(headers)? {
            Some(proof) => Some(standard_webhooks::verify(
                secrets,
                proof,
                signed.clone(),
                now,
            )?),
            None => None,
        };
        for name in SIGNATURE_HEADERS {
            if let Some(value) = single_header(headers, name)? {
                let verified = body_hmac::verify(secrets, value, signed.clone())?;
                proven = Some(agreeing(proven, verified)?);
            }
        }
        if let Some(value) = single_header(headers, SECRET_HEADER)? {
            let verified = shared_secret::verify(secrets, value, signed.clone())?;
            proven = Some(agreeing(proven, verified)?);
        }
        match proven {
            Some(verified) => Ok(verified),
            None => by_fields(secrets, &signed),
        }
    }
}

impl Source for Direct {
    fn kind(&self) -> SourceKind {
        SourceKind::Direct
    }

    fn parse(
        &self,
        headers: &HeaderMap,
        body: Verified<Bytes>,
        _now: DateTime<Utc>,
    ) -> Result<Vec<Arrival>, Invalid> {
        if !is_json(headers) {
            return Err(Invalid::MediaType);
        }
        let (body, evidence) = body.into_parts();
        let mut faults = Vec::new();
        let request = Request::read(&body)?.check(&mut faults);
        let idempotency_key = idempotency_key(headers).unwrap_or_else(|fault| {
            faults.push(fault);
            None
        });
        let request = match request {
            Some(request) if faults.is_empty() => request,
            _ => return Err(Invalid::Fields(faults)),
        };
        let business = self.business(&evidence).clone();
        Ok(vec![Arrival::Message(InboundMessage {
            id: evidence
                .message_id
                .or(request.message_id)
                .or(idempotency_key),
            fingerprint: None,
            thread: ThreadKey {
                business,
                source: SourceKind::Direct,
                trust: evidence.scheme.trust(),
                key: request.thread_id,
            },
            contact: Contact {
                phone: Some(request.phone),
                provider_id: None,
                name: request.name,
                ..Contact::default()
            },
            content: Content::Text {
                text: request.message,
            },
            sent_at: None,
            reply_to: None,
        })])
    }
}

/// The earlier proof, if the later one is of the same business.
fn agreeing(
    earlier: Option<Verified<Bytes>>,
    later: Verified<Bytes>,
) -> Result<Verified<Bytes>, signature::Error> {
    match earlier {
        None => Ok(later),
        Some(earlier) if earlier.evidence().business == later.evidence().business => Ok(earlier),
        Some(_) => Err(signature::Error::Mismatch),
    }
}

/// The body's own signature. A body that repeats a field is refused: which of the two was signed?
fn by_fields(secrets: &Secrets, signed: &Bytes) -> Result<Verified<Bytes>, signature::Error> {
    use signature::Error::{Malformed, Missing};

    let request = match Request::read(signed) {
        Ok(request) => request,
        Err(Invalid::Fields(_)) => return Err(Malformed),
        Err(_) => return Err(Missing),
    };
    let signature = request.signature.text()?.ok_or(Missing)?;
    let fields = field_hmac::Fields {
        phone: request.phone.text()?.unwrap_or_default(),
        thread_id: request.thread_id.text()?.unwrap_or_default(),
        message: request.message.text()?.unwrap_or_default(),
    };
    field_hmac::verify(secrets, fields, signature, signed.clone())
}

impl From<NotText> for signature::Error {
    fn from(NotText: NotText) -> Self {
        Self::Malformed
    }
}

/// Whether the one `Content-Type` is `application/json` or ends with `+json`.
pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    let Ok(Some(value)) = single_header(headers, CONTENT_TYPE.as_str()) else {
        return false;
    };
    let essence = value.split(|byte| *byte == b';').next().unwrap_or_default();
    let essence = essence.trim_ascii().to_ascii_lowercase();
    essence == b"application/json"
        || (essence.starts_with(b"application/") && essence.ends_with(b"+json"))
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<MessageId>, InvalidField> {
    let fault = InvalidField {
        field: "Idempotency-Key",
        fault: "must be one header of 1 to 512 bytes of UTF-8",
    };
    let Ok(value) = single_header(headers, IDEMPOTENCY_KEY.as_str()) else {
        return Err(fault);
    };
    let Some(value) = value else {
        return Ok(None);
    };
    let id = std::str::from_utf8(value).ok().and_then(MessageId::new);
    id.map(Some).ok_or(fault)
}
