//! From a provider's verified bytes to messages: one [`Source`] per door.
//!
//! The invariant: one bad item never fails its neighbours, and nothing signed is dropped. What
//! cannot be understood becomes an [`Arrival::Unprocessed`].

mod callbacks;
pub mod direct;
pub mod highlevel;
mod json;
mod routes;
pub mod whatsapp;

use std::fmt::Debug;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::HeaderMap;

pub use self::{
    callbacks::Callbacks,
    direct::Direct,
    highlevel::Highlevel,
    routes::{Owner, Routes, SharedRoute},
    whatsapp::Whatsapp,
};
use crate::{
    live::Live,
    message::{Arrival, SourceKind},
    signature::{self, Verified},
};

/// The most bytes of a provider's delivery: Meta sends up to 3 MB (Graph API, "Webhooks").
const PROVIDER_MAX_BODY_BYTES: usize = 3 * 1024 * 1024;

/// How the requests of a route are proven.
pub trait Entrance: Debug + Send + Sync + 'static {
    /// The most bytes that a body may have.
    fn max_body_bytes(&self) -> usize;

    /// Judges the headers alone, so that a body is not kept whose request cannot be proven anyway:
    /// one without a signature or with a malformed one. Passing here proves nothing.
    fn check_headers(
        &self,
        headers: &HeaderMap,
        now: DateTime<Utc>,
    ) -> Result<(), signature::Error>;

    /// Lets the bytes pass, or says why not. `signed` is the raw body, or for a request without
    /// one its raw query.
    fn authenticate(
        &self,
        headers: &HeaderMap,
        signed: Bytes,
        now: DateTime<Utc>,
    ) -> Result<Verified<Bytes>, signature::Error>;
}

/// A door: how its requests are proven, and what their bytes mean.
pub trait Source: Entrance {
    /// Which door it is.
    fn kind(&self) -> SourceKind;

    /// Reads every item of a verified body.
    ///
    /// # Errors
    ///
    /// [`Invalid`] only where the sender is a client of ours that can mend its request. A
    /// provider's delivery never fails here.
    fn parse(
        &self,
        headers: &HeaderMap,
        body: Verified<Bytes>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Arrival>, Invalid>;
}

/// A door whose rules are replaced while it is open.
impl Entrance for Live<dyn Source> {
    fn max_body_bytes(&self) -> usize {
        self.now().max_body_bytes()
    }

    fn check_headers(
        &self,
        headers: &HeaderMap,
        now: DateTime<Utc>,
    ) -> Result<(), signature::Error> {
        self.now().check_headers(headers, now)
    }

    fn authenticate(
        &self,
        headers: &HeaderMap,
        signed: Bytes,
        now: DateTime<Utc>,
    ) -> Result<Verified<Bytes>, signature::Error> {
        self.now().authenticate(headers, signed, now)
    }
}

impl Source for Live<dyn Source> {
    fn kind(&self) -> SourceKind {
        self.now().kind()
    }

    fn parse(
        &self,
        headers: &HeaderMap,
        body: Verified<Bytes>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Arrival>, Invalid> {
        self.now().parse(headers, body, now)
    }
}

/// What is wrong with a client's request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    /// The `Content-Type` is not JSON.
    #[error("the content type must be application/json")]
    MediaType,
    /// The body is not JSON.
    #[error("the body is not valid JSON")]
    Json,
    /// Fields are missing or wrong.
    #[error("some fields are not valid")]
    Fields(Vec<InvalidField>),
}

/// One field and its fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidField {
    /// The field's name in the request.
    pub field: &'static str,
    /// What is allowed there.
    pub fault: &'static str,
}

/// The start of a text, at most `max_bytes` long and cut between characters.
fn shortened(text: &str, max_bytes: usize) -> &str {
    &text[..text.floor_char_boundary(max_bytes)]
}
