//! Answers that a remote workflow gives after it was asked: signed by Standard Webhooks with the
//! secret that it is asked with, and by nothing else.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::HeaderMap;

use super::Entrance;
use crate::signature::{self, Secrets, Verified, standard_webhooks};

/// The most bytes of an answer, the turn that it names included.
const MAX_BODY_BYTES: usize = 256 * 1024;

/// The door of a remote workflow's callbacks.
#[derive(Debug)]
pub struct Callbacks(Secrets);

impl Callbacks {
    /// A door for who has one of the secrets.
    pub fn new(secrets: Secrets) -> Self {
        Self(secrets)
    }
}

impl Entrance for Callbacks {
    fn max_body_bytes(&self) -> usize {
        MAX_BODY_BYTES
    }

    fn check_headers(
        &self,
        headers: &HeaderMap,
        now: DateTime<Utc>,
    ) -> Result<(), signature::Error> {
        let proof = standard_webhooks::Proof::from_headers(headers)?;
        let proof = proof.ok_or(signature::Error::Missing)?;
        proof.check(now).map(drop)
    }

    fn authenticate(
        &self,
        headers: &HeaderMap,
        signed: Bytes,
        now: DateTime<Utc>,
    ) -> Result<Verified<Bytes>, signature::Error> {
        let proof = standard_webhooks::Proof::from_headers(headers)?;
        let proof = proof.ok_or(signature::Error::Missing)?;
        standard_webhooks::verify(&self.0, proof, signed, now)
    }
}
