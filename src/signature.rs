//! Who signed this? Pure, constant-time checks of raw bytes.
//!
//! The invariant: a [`Verified`] value exists only where a check of this module, or an explicit
//! policy that asks for none, let its bytes pass, now or when they came to be kept. Nothing here
//! knows a route or a payload.
//!
//! Every check is a function from keys, a proof and the raw bytes to a [`Verified`] value, and each
//! has a signing half beside it, for the tools and the tests.

pub mod body_hmac;
pub mod ed25519;
pub mod field_hmac;
mod secrets;
pub mod shared_secret;
pub mod standard_webhooks;

use ::hmac::{Hmac, KeyInit, Mac};
use bytes::Bytes;
use http::HeaderMap;
use sha2::Sha256;

pub use self::secrets::{InvalidSecret, Secret, Secrets};
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

/// What happens to a request where no key to check it with is configured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unsigned {
    /// It passes, in the threads of [`Trust::Unverified`].
    Accept,
    /// It is refused.
    Refuse,
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
    /// Nothing is asked of requests of this machine, and this one is not.
    #[error("unsigned requests are accepted only from this machine")]
    Remote,
}

// === impl Verified ===

impl<T> Verified<T> {
    /// Only for the checks of this module tree, once they have succeeded.
    fn by(scheme: Scheme, business: Option<&BusinessId>, value: T) -> Self {
        Self {
            value,
            evidence: Evidence {
                scheme,
                business: business.cloned(),
                message_id: None,
            },
        }
    }

    /// What passed when it came, and was kept since where nobody else writes.
    pub fn kept(scheme: Scheme, business: Option<&BusinessId>, value: T) -> Self {
        Self::by(scheme, business, value)
    }

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
    /// Every scheme.
    pub const ALL: [Self; 6] = [
        Self::BodyHmac,
        Self::StandardWebhooks,
        Self::SharedSecret,
        Self::FieldHmac,
        Self::Ed25519,
        Self::Unsigned,
    ];

    /// The name in rows.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BodyHmac => "body_hmac",
            Self::StandardWebhooks => "standard_webhooks",
            Self::SharedSecret => "shared_secret",
            Self::FieldHmac => "field_hmac",
            Self::Ed25519 => "ed25519",
            Self::Unsigned => "unsigned",
        }
    }

    /// The scheme of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scheme| scheme.as_str() == name)
    }

    /// Whether the sender is proven.
    pub fn trust(self) -> Trust {
        match self {
            Self::Unsigned => Trust::Unverified,
            _ => Trust::Verified,
        }
    }
}

// === impl Unsigned ===

impl Unsigned {
    /// Applies the policy to bytes that nothing is there to check with.
    ///
    /// What passes is marked [`Scheme::Unsigned`], so that it never counts as proven.
    pub fn apply(self, signed: Bytes) -> Result<Verified<Bytes>, Error> {
        match self {
            Self::Accept => Ok(Verified::by(Scheme::Unsigned, None, signed)),
            Self::Refuse => Err(Error::Unconfigured),
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
            Self::Remote => "unsigned_remote",
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

/// HMAC-SHA256 over the parts, one after the other.
fn mac(key: &[u8], parts: &[&[u8]]) -> Hmac<Sha256> {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(key).expect("invariant: HMAC takes a key of any length");
    for part in parts {
        mac.update(part);
    }
    mac
}

/// Reads 64 hex digits of either case.
fn tag_from_hex(hex_digits: &[u8]) -> Result<[u8; 32], Error> {
    let mut tag = [0; 32];
    hex::decode_to_slice(hex_digits, &mut tag).map_err(|_| Error::Malformed)?;
    Ok(tag)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn without_a_key_the_policy_decides_and_nothing_counts_as_proven() {
        let verified = Unsigned::Accept.apply(Bytes::from_static(b"hi")).unwrap();
        assert_eq!(verified.evidence().scheme, Scheme::Unsigned);
        assert_eq!(verified.evidence().scheme.trust(), Trust::Unverified);
        assert_eq!(
            Unsigned::Refuse
                .apply(Bytes::from_static(b"hi"))
                .unwrap_err(),
            Error::Unconfigured
        );
    }

    #[test]
    fn a_header_that_stands_there_twice_is_refused_even_when_both_are_equal() {
        let mut headers = HeaderMap::new();
        assert_eq!(single_header(&headers, "x-a"), Ok(None));
        headers.append("x-a", HeaderValue::from_static("1"));
        assert_eq!(single_header(&headers, "x-a"), Ok(Some(&b"1"[..])));
        headers.append("x-a", HeaderValue::from_static("1"));
        assert_eq!(single_header(&headers, "x-a"), Err(Error::Repeated));
    }

    #[test]
    fn hmac_gives_the_tags_of_rfc_4231() {
        let cases: [(&[u8], &[u8], &str); 6] = [
            (
                &[0x0b; 20],
                b"Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
            ),
            (
                b"Jefe",
                b"what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (
                &[0xaa; 20],
                &[0xdd; 50],
                "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
            ),
            (
                &std::array::from_fn::<u8, 25, _>(|n| u8::try_from(n + 1).unwrap()),
                &[0xcd; 50],
                "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
            ),
            (
                &[0xaa; 131],
                b"Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
            (
                &[0xaa; 131],
                b"This is a test using a larger than block-size key and a larger than block-size \
                  data. The key needs to be hashed before being used by the HMAC algorithm.",
                "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
            ),
        ];
        for (key, data, tag) in cases {
            assert_eq!(hex::encode(mac(key, &[data]).finalize().into_bytes()), tag);
        }
    }
}
