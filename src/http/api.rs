//! `/api`: what the people of a business see and do, behind `ADMIN_TOKEN`.
//!
//! The invariants: without the token none of these routes is there; a body is not read before the
//! token was right; what is changed goes through the store's own functions, as a customer's changes
//! do.

mod availability;
mod blocks;
mod bookings;
mod customers;
mod failures;
mod page;
mod request;
mod services;
mod shape;
mod threads;

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::Response,
    middleware::{Next, from_fn_with_state},
    response::IntoResponse,
    routing::{MethodRouter, delete, get, patch, post},
};

pub(super) use self::{
    availability::Availability,
    blocks::{BlockPage, BlockShape},
    bookings::BookingPage,
    customers::ForgottenShape,
    failures::FailurePage,
    services::Offer,
    shape::BookingShape,
    threads::{SaidShape, ThreadDetail, ThreadPage, ThreadShape},
};
use super::{Shared, bearer::authorize, error::ApiError, form};
use crate::layer::Proof;

/// The most bytes of a body.
const MAX_BODY_BYTES: usize = 256 * 1024;

/// Every route of the API.
pub(super) fn routes(shared: &Arc<Shared>) -> Router<Arc<Shared>> {
    let guarded = |method: MethodRouter<Arc<Shared>>| {
        method.route_layer(from_fn_with_state(Arc::clone(shared), guard))
    };
    Router::new()
        .route("/api/services", guarded(get(services::list)))
        .route("/api/availability", guarded(get(availability::list)))
        .route(
            "/api/bookings",
            guarded(get(bookings::list).post(bookings::create)),
        )
        .route(
            "/api/bookings/{id}",
            guarded(patch(bookings::change).delete(bookings::cancel)),
        )
        .route(
            "/api/blocks",
            guarded(get(blocks::list).post(blocks::create)),
        )
        .route("/api/blocks/{id}", guarded(delete(blocks::remove)))
        .route("/api/threads", guarded(get(threads::list)))
        .route("/api/threads/{id}", guarded(get(threads::show)))
        .route("/api/threads/{id}/pause", guarded(post(threads::pause)))
        .route("/api/threads/{id}/resume", guarded(post(threads::resume)))
        .route("/api/threads/{id}/messages", guarded(post(threads::say)))
        .route("/api/failures", guarded(get(failures::list)))
        .route("/api/failures/{id}/replay", guarded(post(failures::replay)))
        .route(
            "/api/failures/{id}/discard",
            guarded(post(failures::discard)),
        )
        .route(
            "/api/customers/{customer}",
            guarded(delete(customers::forget)),
        )
}

/// Lets only the bearer of the token pass, and says which it was to who counts guesses.
async fn guard(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response<Body> {
    let token = shared.edge.tokens.admin.as_ref();
    let allowed = token.map(|token| authorize(token, request.headers()));
    let (mut response, proof) = match allowed {
        Some(Ok(())) => (next.run(request).await, Proof::Given),
        Some(Err(error)) => (shared.envelope.answer(error), Proof::NotGiven),
        None => (
            shared.envelope.answer(super::error::internal()),
            Proof::NotGiven,
        ),
    };
    response.extensions_mut().insert(proof);
    response
}

impl Shared {
    /// The answer that a result is.
    fn reply(&self, result: Result<impl IntoResponse, ApiError>) -> Response<Body> {
        match result {
            Ok(answer) => answer.into_response(),
            Err(error) => self.envelope.answer(error),
        }
    }
}
