//! Bodies and keys of requests, within their limits.

use axum::{
    body::Body,
    http::{HeaderMap, Request},
};
use sha2::{Digest, Sha256};

use super::{MAX_BODY_BYTES, form::Form};
use crate::{
    http::{
        Shared,
        error::{ApiError, ErrorCode},
    },
    layer::body::ReadBody,
    message::BusinessId,
    source::direct::is_json,
    store::RequestKey,
};

/// The header by which a request that comes again is known.
const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// The longest key.
const MAX_KEY_BYTES: usize = 255;

/// A body's fields, and the digest of all of it.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) form: Form,
    pub(super) headers: HeaderMap,
    digest: [u8; 32],
}

impl Read {
    /// Reads a JSON object.
    pub(super) async fn json(shared: &Shared, request: Request<Body>) -> Result<Self, ApiError> {
        let (head, body) = request.into_parts();
        if !is_json(&head.headers) {
            return Err(ApiError::new(
                ErrorCode::UnsupportedMediaType,
                "The Content-Type must be application/json.",
            ));
        }
        let bytes = ReadBody::new(&head, body, MAX_BODY_BYTES, &shared.body_terms).await?;
        Ok(Self {
            form: Form::of_body(&bytes)?,
            headers: head.headers,
            digest: Sha256::digest(&bytes).into(),
        })
    }

    /// What the request is known by when it comes again, where it says so.
    pub(super) fn key(&self, business: &BusinessId) -> Result<Option<RequestKey>, ApiError> {
        let mut given = self.headers.get_all(IDEMPOTENCY_KEY).iter();
        let key = match (given.next(), given.next()) {
            (None, _) => return Ok(None),
            (Some(key), None) => key.to_str().ok(),
            _ => None,
        };
        let allowed = |key: &&str| (1..=MAX_KEY_BYTES).contains(&key.len());
        let key = key.filter(allowed).ok_or_else(|| {
            ApiError::new(
                ErrorCode::ValidationError,
                "The key is not valid; see details.",
            )
            .with_detail(
                "Idempotency-Key",
                "must be 1 to 255 visible characters, once",
            )
        })?;
        Ok(Some(RequestKey {
            business: business.clone(),
            key: key.into(),
            digest: self.digest,
        }))
    }
}
