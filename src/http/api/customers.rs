//! `DELETE /api/customers/{customer}`: forgets a person, by number, by a provider's id or by thread.
//!
//! The invariant: nobody who is still expected is forgotten. What is ahead is cancelled first, by who
//! means it.

use std::sync::Arc;

use axum::{
    Json,
    body::Body,
    extract::{Path, State, rejection::PathRejection},
    http::{Response, Uri},
};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::form::{Form, not_found, phone};
use crate::{
    booking::Business,
    http::{
        Shared,
        error::{ApiError, ErrorCode},
    },
    message::ThreadId,
    store::{Erased, Forgotten, Whom},
};

/// How much was forgotten.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Forgotten)]
pub(in crate::http) struct ForgottenShape {
    /// Conversations.
    threads: u64,
    /// Messages of the customer.
    messages: u64,
    /// Bookings that were over or given up.
    bookings: u64,
}

/// Answers `DELETE /api/customers/{customer}`.
pub(super) async fn forget(
    State(shared): State<Arc<Shared>>,
    customer: Result<Path<String>, PathRejection>,
    uri: Uri,
) -> Response<Body> {
    shared.reply(forgotten(&shared, customer, &uri).await)
}

async fn forgotten(
    shared: &Shared,
    customer: Result<Path<String>, PathRejection>,
    uri: &Uri,
) -> Result<Json<ForgottenShape>, ApiError> {
    let mut form = Form::of_query(uri);
    let business = form.business(&shared.edge.businesses)?;
    form.finish(|| Some(()))?;
    let whom = customer.ok().and_then(|Path(text)| whom(&text, &business));
    let whom = whom.ok_or_else(nobody)?;
    match shared.edge.store.erase(&business.id, &whom).await? {
        Erased::Done(forgotten) => Ok(Json(forgotten.into())),
        Erased::Unknown => Err(nobody()),
        Erased::Ahead(bookings) => {
            let ids: Vec<_> = bookings.iter().map(ToString::to_string).collect();
            let message = "They are expected: cancel what they have booked first.";
            let error = ApiError::new(ErrorCode::Conflict, message);
            Err(error.with_detail("bookings", ids).with_reason("expected"))
        }
    }
}

/// Who is meant: `thread:12`, a number, or else the id that a provider knows them by.
fn whom(text: &str, business: &Business) -> Option<Whom> {
    if let Some(thread) = text.strip_prefix("thread:") {
        return thread.parse().ok().map(ThreadId).map(Whom::Thread);
    }
    let number = phone(&Value::String(text.to_owned()), business.country.as_deref());
    match number {
        Ok(number) => Some(Whom::Phone(number)),
        Err(_) => (!text.trim().is_empty()).then(|| Whom::ProviderId(text.into())),
    }
}

fn nobody() -> ApiError {
    not_found("Nobody is known by that number, id or thread.")
}

impl From<Forgotten> for ForgottenShape {
    fn from(forgotten: Forgotten) -> Self {
        let Forgotten {
            threads,
            messages,
            bookings,
        } = forgotten;
        Self {
            threads,
            messages,
            bookings,
        }
    }
}
