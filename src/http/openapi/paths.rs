//! The routes, described. Nothing here runs: the handlers stand beside what they do.
#![expect(dead_code, reason = "descriptions, read by a macro")]

use super::{DeliveryShape, DirectAnswer, ErrorShape, MessageShape, Page, Report, Summary};
use crate::http::webhook::{Asked, Taken};

/// Take a message of an own client
///
/// When `GHL_WEBHOOK_SECRET` is set, one of: `X-Webhook-Signature` or `X-Hub-Signature-256` (hex
/// HMAC-SHA256 of the raw body), the three headers of Standard Webhooks, `X-Webhook-Secret`, or the
/// body's `signature`.
#[utoipa::path(
    post, path = "/webhook", tag = "webhooks", operation_id = "sendMessage",
    params(
        ("Prefer" = Option<String>, Header, description = "`wait=N`: wait up to N (at most 30) seconds for the replies"),
        ("Idempotency-Key" = Option<String>, Header, description = "The message's id, when the body names none"),
        ("X-Webhook-Signature" = Option<String>, Header, description = "Hex HMAC-SHA256 of the raw body"),
    ),
    request_body = MessageShape,
    responses(
        (status = 200, description = "It is on disk, or was there already", body = DirectAnswer),
        (status = 400, description = "`invalid_json`", body = ErrorShape),
        (status = 401, description = "`invalid_signature`", body = ErrorShape),
        (status = 408, description = "`request_timeout`", body = ErrorShape),
        (status = 409, description = "`conflict`: the id came before with another phone, thread or text", body = ErrorShape),
        (status = 413, description = "`payload_too_large`: over 256 KiB", body = ErrorShape),
        (status = 415, description = "`unsupported_media_type`", body = ErrorShape),
        (status = 422, description = "`validation_error`", body = ErrorShape),
        (status = 429, description = "`rate_limited`; see `Retry-After`", body = ErrorShape),
        (status = 503, description = "`overloaded` or `store_unavailable`; send it again", body = ErrorShape),
    )
)]
pub(super) fn direct() {}

/// What was said in a thread after a reply's number
///
/// Those of the bot and of the people of the business; `by` says whose. The same authentication in
/// the headers; what is signed is the raw query.
#[utoipa::path(
    get, path = "/webhook/replies", tag = "webhooks", operation_id = "listReplies",
    params(Asked),
    responses(
        (status = 200, description = "A page of replies, the oldest first", body = Page),
        (status = 401, description = "`invalid_signature`", body = ErrorShape),
        (status = 422, description = "`validation_error`", body = ErrorShape),
        (status = 429, description = "`rate_limited`", body = ErrorShape),
    )
)]
pub(super) fn replies() {}

/// Meta's handshake
#[utoipa::path(
    get, path = "/webhook/whatsapp", tag = "webhooks", operation_id = "verifyWhatsapp",
    params(
        ("hub.mode" = String, Query, description = "`subscribe`"),
        ("hub.verify_token" = String, Query, description = "`WHATSAPP_VERIFY_TOKEN`"),
        ("hub.challenge" = String, Query, description = "Echoed"),
    ),
    responses(
        (status = 200, description = "The challenge", body = String, content_type = "text/plain"),
        (status = 403, description = "`forbidden`", body = ErrorShape),
        (status = 429, description = "`rate_limited`: too many unproven requests of this address", body = ErrorShape),
    )
)]
pub(super) fn whatsapp_handshake() {}

/// Take a delivery of Meta's Cloud API
///
/// Signed in `X-Hub-Signature-256`. Mounted when `WHATSAPP_APP_SECRET` is set.
#[utoipa::path(
    post, path = "/webhook/whatsapp", tag = "webhooks", operation_id = "takeWhatsapp",
    request_body(content = serde_json::Value, description = "Meta's payload, at most 3 MiB"),
    responses(
        (status = 200, description = "All of it is on disk, or was there already", body = DeliveryShape),
        (status = 401, description = "`invalid_signature`", body = ErrorShape),
        (status = 413, description = "`payload_too_large`", body = ErrorShape),
        (status = 429, description = "`rate_limited`: too many unproven requests of this address", body = ErrorShape),
        (status = 503, description = "`overloaded` or `store_unavailable`", body = ErrorShape),
    )
)]
pub(super) fn whatsapp() {}

/// Take an event or a workflow action of HighLevel
///
/// Signed in `X-GHL-Signature`, or with the secret in `X-Webhook-Secret`. Mounted when a location is
/// known.
#[utoipa::path(
    post, path = "/webhook/ghl", tag = "webhooks", operation_id = "takeHighlevel",
    request_body(content = serde_json::Value, description = "HighLevel's payload, at most 3 MiB"),
    responses(
        (status = 200, description = "All of it is on disk, or was there already", body = DeliveryShape),
        (status = 401, description = "`invalid_signature`", body = ErrorShape),
        (status = 413, description = "`payload_too_large`", body = ErrorShape),
        (status = 429, description = "`rate_limited`: too many unproven requests of this address", body = ErrorShape),
        (status = 503, description = "`overloaded` or `store_unavailable`", body = ErrorShape),
    )
)]
pub(super) fn highlevel() {}

/// Take what a remote workflow answers after it was asked
///
/// For a call that was answered 202. Signed by Standard Webhooks with `WORKFLOW_SECRET`. Mounted
/// with `WORKFLOW=remote`.
#[utoipa::path(
    post, path = "/webhook/workflow", tag = "webhooks", operation_id = "answerTurn",
    request_body(content = serde_json::Value, description = "The answer, and `turn` and `revision` as they were asked; at most 256 KiB"),
    responses(
        (status = 200, description = "It is on disk, and the turn runs with it", body = Taken),
        (status = 400, description = "`invalid_json`", body = ErrorShape),
        (status = 401, description = "`invalid_signature`", body = ErrorShape),
        (status = 404, description = "`not_found`: there is no such turn", body = ErrorShape),
        (status = 409, description = "`conflict`: the revision is over, or was answered otherwise", body = ErrorShape),
        (status = 413, description = "`payload_too_large`", body = ErrorShape),
        (status = 422, description = "`validation_error`", body = ErrorShape),
        (status = 429, description = "`rate_limited`: too many unproven requests of this address", body = ErrorShape),
        (status = 503, description = "`overloaded` or `store_unavailable`", body = ErrorShape),
    )
)]
pub(super) fn workflow() {}

/// Whether it works, and what does not
#[utoipa::path(
    get, path = "/health", tag = "operations", operation_id = "health",
    params(("strict" = Option<String>, Query, description = "`1`, `true` or `yes`, or without a value: 503 also when degraded; `0`, `false` or `no`: not")),
    responses(
        (status = 200, description = "Messages are taken and kept", body = Report),
        (status = 422, description = "`validation_error`: `strict` has another value, or the query a field that is not known", body = ErrorShape),
        (status = 503, description = "The store cannot be written, or `strict` is on and something else fails", body = Report),
    )
)]
pub(super) fn health() {}

/// Whether the process lives
#[utoipa::path(
    get, path = "/livez", tag = "operations", operation_id = "livez",
    responses(
        (status = 200, description = "It does", body = Report),
        (status = 422, description = "`validation_error`: the query has a field that is not known", body = ErrorShape),
    )
)]
pub(super) fn livez() {}

/// Whether it should get traffic
#[utoipa::path(
    get, path = "/readyz", tag = "operations", operation_id = "readyz",
    responses(
        (status = 200, description = "Yes", body = Report),
        (status = 422, description = "`validation_error`: the query has a field that is not known", body = ErrorShape),
        (status = 503, description = "Not now", body = Report),
    )
)]
pub(super) fn readyz() {}

/// What it does, in figures
///
/// JSON, or OpenMetrics or Prometheus text where `Accept` asks for it. Behind `METRICS_TOKEN` when
/// that is set.
#[utoipa::path(
    get, path = "/metrics", tag = "operations", operation_id = "metrics",
    params(("format" = Option<String>, Query, description = "`prometheus` or `json`, whatever `Accept` says")),
    responses(
        (status = 200, description = "The figures", content(
            (Summary = "application/json"),
            (String = "application/openmetrics-text"),
            (String = "text/plain"),
        )),
        (status = 401, description = "`unauthorized`", body = ErrorShape),
        (status = 422, description = "`validation_error`: the query has a field that is not known", body = ErrorShape),
        (status = 429, description = "`rate_limited`: too many unproven requests of this address", body = ErrorShape),
    ),
    security((), ("bearer" = []))
)]
pub(super) fn metrics() {}

/// The bookings as a calendar to subscribe to
///
/// iCalendar (RFC 5545). Opened by a token of its own, which `frontdesk feed-token` makes.
#[utoipa::path(
    get, path = "/calendar.ics", tag = "operations", operation_id = "calendar",
    params(("token" = String, Query, description = "The token")),
    responses(
        (status = 200, description = "The calendar", body = String, content_type = "text/calendar"),
        (status = 401, description = "`unauthorized`: the token is missing or wrong", body = ErrorShape),
        (status = 422, description = "`validation_error`: the query has a field that is not known", body = ErrorShape),
        (status = 429, description = "`rate_limited`: too many unproven requests of this address", body = ErrorShape),
        (status = 503, description = "`overloaded` or `store_unavailable`", body = ErrorShape),
    )
)]
pub(super) fn calendar() {}

/// This document
#[utoipa::path(
    get, path = "/openapi.json", tag = "operations", operation_id = "openapi",
    responses(
        (status = 200, description = "OpenAPI 3.1", body = serde_json::Value),
        (status = 422, description = "`validation_error`: the query has a field that is not known", body = ErrorShape),
    )
)]
pub(super) fn openapi() {}

/// The same as a page to read
#[utoipa::path(
    get, path = "/docs", tag = "operations", operation_id = "docs",
    responses(
        (status = 200, description = "The page", body = String, content_type = "text/html"),
        (status = 422, description = "`validation_error`: the query has a field that is not known", body = ErrorShape),
    )
)]
pub(super) fn docs() {}

/// A page that says what runs and where to read on
#[utoipa::path(
    get, path = "/", tag = "operations", operation_id = "index",
    responses(
        (status = 200, description = "The page", body = String, content_type = "text/html"),
        (status = 422, description = "`validation_error`: the query has a field that is not known", body = ErrorShape),
    )
)]
pub(super) fn index() {}
