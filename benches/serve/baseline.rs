//! What everything is measured against: a bare axum handler that checks the HMAC, parses the JSON
//! and answers. It keeps nothing.

use axum::{Json, Router, body::Bytes, http::HeaderMap, http::StatusCode, routing::post};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::Deserialize;
use sha2::Sha256;

use crate::client::SECRET;

#[derive(Debug, Deserialize)]
#[expect(
    dead_code,
    reason = "the fields are parsed, as the real handler parses them"
)]
struct Body {
    message: String,
    phone: String,
    message_id: Option<String>,
}

/// Serves on the address until it is killed.
pub(crate) async fn serve(listener: tokio::net::TcpListener) {
    let router = Router::new()
        .route("/webhook", post(accept))
        .route("/readyz", axum::routing::get(async || StatusCode::OK));
    axum::serve(listener, router)
        .await
        .expect("the listener is open");
}

async fn accept(headers: HeaderMap, body: Bytes) -> Result<Json<serde_json::Value>, StatusCode> {
    let signature = headers
        .get("x-webhook-signature")
        .ok_or(StatusCode::UNAUTHORIZED)?;
    let signature = hex::decode(signature).map_err(|_| StatusCode::UNAUTHORIZED)?;
    let mut mac =
        Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("any key length is allowed");
    mac.update(&body);
    mac.verify_slice(&signature)
        .map_err(|_| StatusCode::UNAUTHORIZED)?;
    let _: Body = serde_json::from_slice(&body).map_err(|_| StatusCode::BAD_REQUEST)?;
    Ok(Json(serde_json::json!({"status": "accepted"})))
}
