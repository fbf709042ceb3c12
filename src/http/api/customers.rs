//! `DELETE /api/customers/{phone}`: forgets a person.
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
    http::{
        Shared,
        error::{ApiError, ErrorCode},
    },
    store::{Erased, Forgotten},
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

/// Answers `DELETE /api/customers/{phone}`.
pub(super) async fn forget(
    State(shared): State<Arc<Shared>>,
    phone: Result<Path<String>, PathRejection>,
    uri: Uri,
) -> Response<Body> {
    shared.reply(forgotten(&shared, phone, &uri).await)
}

async fn forgotten(
    shared: &Shared,
    number: Result<Path<String>, PathRejection>,
    uri: &Uri,
) -> Result<Json<ForgottenShape>, ApiError> {
    let mut form = Form::of_query(uri);
    let business = form.business(&shared.edge.businesses)?;
    form.finish(|| Some(()))?;
    let number = number.ok().map(|Path(number)| Value::String(number));
    let number = number.and_then(|number| phone(&number).ok());
    let number = number.ok_or_else(nobody)?;
    match shared.edge.store.erase(&business.id, &number).await? {
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

fn nobody() -> ApiError {
    not_found("Nobody is known by that number.")
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
