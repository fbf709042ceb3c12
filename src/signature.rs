//! Who signed this? Pure, constant-time checks of raw bytes.
//!
//! The invariant: a [`Verified`] value exists only where a check of this module, or an explicit
//! policy that asks for none, let its bytes pass. Nothing here knows a route or a payload.

use http::HeaderMap;

use crate::message::{BusinessId, MessageId, Trust};

/// Bytes that passed their source's policy, and how.
#[derive(Debug, Clone)]
pub struct Verified<T> {
    value: T,
    evidence: Evidence,
}

/// How a request proved itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The scheme that let it pass.
    pub scheme: Scheme,
    /// The business whose own secret matched, where secrets belong to businesses.
    pub business: Option<BusinessId>,
    /// The `webhook-id` that the signature covered (Standard Webhooks only).
    pub message_id: Option<MessageId>,
}

/// The ways to prove a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// HMAC-SHA256 over the raw body, in a header.
    BodyHmac,
    /// Standard Webhooks v1.
    StandardWebhooks,
    /// The secret itself, in a header.
    SharedSecret,
    /// HMAC-SHA256 over the message's own fields, in the body.
    FieldHmac,
    /// HighLevel's Ed25519 signature over the raw body.
    Ed25519,
    /// Nothing was asked for: no secret is configured, or unsigned requests are allowed.
    Unsigned,
}

/// Why a request did not prove itself. Says nothing of what would have been right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Error {
    /// No accepted form of proof is present.
    #[error("no signature or secret is present")]
    Missing,
    /// A security header stands there twice.
    #[error("a signature header is present more than once")]
    Repeated,
    /// A proof is present, but not of the form its scheme has.
    #[error("the signature is not of the documented form")]
    Malformed,
    /// A proof is present and wrong.
    #[error("the signature does not match")]
    Mismatch,
    /// The signed time is too far from now.
    #[error("the signed timestamp is more than 300 seconds from now")]
    Stale,
    /// A check is required, and no key to check with is configured.
    #[error("unsigned requests are not accepted here")]
    Unconfigured,
}

// === impl Verified ===

impl<T> Verified<T> {
    /// What was verified.
    pub fn get(&self) -> &T {
        &self.value
    }

    /// How it was verified.
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// The two parts.
    pub fn into_parts(self) -> (T, Evidence) {
        (self.value, self.evidence)
    }
}

// === impl Scheme ===

impl Scheme {
    /// Whether the sender is proven.
    pub fn trust(self) -> Trust {
        match self {
            Self::Unsigned => Trust::Unverified,
            _ => Trust::Verified,
        }
    }
}

// === impl Error ===

impl Error {
    /// The name in logs and labels.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "signature_missing",
            Self::Repeated => "signature_repeated",
            Self::Malformed => "signature_malformed",
            Self::Mismatch => "signature_mismatch",
            Self::Stale => "signature_stale",
            Self::Unconfigured => "unsigned_refused",
        }
    }
}

/// The one value of a header, an error when it is repeated, nothing when it is absent.
pub(crate) fn single_header<'h>(
    headers: &'h HeaderMap,
    name: &str,
) -> Result<Option<&'h [u8]>, Error> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => Ok(Some(value.as_bytes())),
        (Some(_), Some(_)) => Err(Error::Repeated),
    }
}
