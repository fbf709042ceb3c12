//! Meta's handshake: `GET /webhook/whatsapp` proves to Meta that the address is ours.
//!
//! The invariant: the challenge is echoed only to who knows `WHATSAPP_VERIFY_TOKEN`. Without one
//! configured, to nobody.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Query, State, rejection::QueryRejection},
    http::Response,
    response::IntoResponse,
};
use secrecy::ExposeSecret;
use serde::Deserialize;

use crate::{
    http::{
        Shared,
        bearer::is_same_secret,
        error::{ApiError, ErrorCode},
    },
    layer::Proof,
};

/// What Meta asks with.
#[derive(Debug, Deserialize)]
pub(in crate::http) struct Handshake {
    #[serde(rename = "hub.mode")]
    mode: String,
    #[serde(rename = "hub.verify_token")]
    verify_token: String,
    #[serde(rename = "hub.challenge")]
    challenge: String,
}

/// Answers the handshake.
pub(in crate::http) async fn handshake(
    State(shared): State<Arc<Shared>>,
    query: Result<Query<Handshake>, QueryRejection>,
) -> Response<Body> {
    let known = shared.edge.tokens.whatsapp_verify.as_ref();
    let proven = query.ok().filter(|Query(asked)| {
        let is_known = known.is_some_and(|token| {
            is_same_secret(token.expose_secret(), asked.verify_token.as_bytes())
        });
        is_known && asked.mode == "subscribe"
    });
    let (mut response, proof) = if let Some(Query(asked)) = proven {
        (asked.challenge.into_response(), Proof::Given)
    } else {
        let message = "The verify token is not the one that is configured here.";
        let error = ApiError::new(ErrorCode::Forbidden, message).with_reason("verify_token");
        (shared.envelope.answer(error), Proof::NotGiven)
    };
    response.extensions_mut().insert(proof);
    response
}
