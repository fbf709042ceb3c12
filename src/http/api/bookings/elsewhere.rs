//! Bookings in a calendar that somebody else keeps: the keeper's answer is waited for a while.
//!
//! The invariant: what is answered as made is in that calendar.

use std::time::Duration;

use axum::{
    Json,
    body::Body,
    http::{Response, StatusCode},
    response::IntoResponse,
};

use serde::Deserialize;

use super::{
    fit::{self, Fit, Wish},
    no_such_booking,
};
use crate::{
    booking::{BookingId, BookingStatus, Business},
    http::{
        Shared,
        api::shape::BookingShape,
        error::{ApiError, ErrorCode, internal},
        form::invalid,
    },
    store::{BookingEntry, RequestKey},
};

/// How long a keeper is waited for; what it answers later is seen in the booking.
const PATIENCE: Duration = Duration::from_secs(10);

/// What was answered before.
#[derive(Deserialize)]
struct Made {
    id: BookingId,
}

/// What the business cannot do by itself where somebody else keeps its calendar.
pub(super) fn allowed(
    business: &Business,
    free_hand: bool,
    has_phone: bool,
) -> Result<(), ApiError> {
    if business.calendar_elsewhere().is_none() {
        return Ok(());
    }
    if free_hand {
        return Err(invalid(
            "override",
            "must be left out: the calendar is kept by HighLevel, which does not allow it",
        ));
    }
    if !has_phone {
        return Err(invalid(
            "phone",
            "is required: HighLevel keeps the calendar, and books for its contacts",
        ));
    }
    Ok(())
}

/// The booking once its keeper has answered, or as it is when that takes too long.
pub(super) async fn answered(shared: &Shared, id: BookingId) -> Result<BookingEntry, ApiError> {
    let store = &shared.edge.store;
    let mut answers = store.signals().mail();
    let entry = async || {
        let entry = store.booking_entry(id).await?;
        entry.ok_or_else(no_such_booking)
    };
    let waited = async {
        loop {
            answers.mark_unchanged();
            let entry = entry().await?;
            if !entry.booking.is_asked() || answers.changed().await.is_err() {
                return Ok(entry);
            }
        }
    };
    match tokio::time::timeout(PATIENCE, waited).await {
        Ok(answered) => answered,
        Err(_) => entry().await,
    }
}

/// The answer to a wish to book: 201 when it is in, 202 while nobody knows.
pub(super) async fn created(
    shared: &Shared,
    wish: &Wish<'_>,
    id: BookingId,
) -> Result<Response<Body>, ApiError> {
    let entry = answered(shared, id).await?;
    let status = match entry.booking.status {
        BookingStatus::Booked => StatusCode::CREATED,
        BookingStatus::Held { .. } | BookingStatus::Requested => StatusCode::ACCEPTED,
        BookingStatus::Cancelled => return Err(refused(shared, wish).await?),
    };
    let shape = BookingShape::of_entry(wish.business, &entry);
    Ok((status, Json(shape)).into_response())
}

/// The answer to a wish to book that came before; none where it was refused meanwhile, so that it
/// can be tried anew.
pub(super) async fn repeated(
    shared: &Shared,
    business: &Business,
    key: &RequestKey,
    body: &str,
) -> Result<Option<Response<Body>>, ApiError> {
    let made: Made = serde_json::from_str(body).map_err(|error| internal().with_cause(error))?;
    let entry = answered(shared, made.id).await?;
    let status = match entry.booking.status {
        _ if entry.booking.is_asked() => Some(StatusCode::ACCEPTED),
        // As the keeper made it, which was not known yet when the answer was remembered.
        BookingStatus::Booked => Some(StatusCode::CREATED),
        _ => None,
    };
    if let Some(status) = status {
        let shape = BookingShape::of_entry(business, &entry);
        return Ok(Some((status, Json(shape)).into_response()));
    }
    let still = shared.edge.store.remembered(key).await?;
    Ok(still.map(|_| super::answered(body.to_owned())))
}

/// The answer to a wish to move: 200 when it is there, 202 while nobody knows.
pub(super) async fn moved(
    shared: &Shared,
    wish: &Wish<'_>,
    id: BookingId,
) -> Result<Response<Body>, ApiError> {
    let entry = answered(shared, id).await?;
    let booking = &entry.booking;
    let details = &booking.details;
    let is_there = details.visible.start == wish.start
        && wish.staff.is_none_or(|staff| *staff == details.resource);
    let status = match booking.status {
        _ if booking.is_asked() => StatusCode::ACCEPTED,
        BookingStatus::Booked if is_there => StatusCode::OK,
        BookingStatus::Cancelled => return Err(no_such_booking()),
        _ => return Err(refused(shared, wish).await?),
    };
    let shape = BookingShape::of_entry(wish.business, &entry);
    Ok((status, Json(shape)).into_response())
}

/// The answer to a wish to cancel: 204 when it is out, 202 while nobody knows.
pub(super) async fn cancelled(
    shared: &Shared,
    business: &Business,
    id: BookingId,
) -> Result<Response<Body>, ApiError> {
    let entry = answered(shared, id).await?;
    match entry.booking.status {
        BookingStatus::Cancelled => Ok(StatusCode::NO_CONTENT.into_response()),
        _ if entry.booking.is_asked() => {
            let shape = BookingShape::of_entry(business, &entry);
            Ok((StatusCode::ACCEPTED, Json(shape)).into_response())
        }
        _ => Err(keeper_refused()),
    }
}

/// Why a keeper refused: someone else has the time, or it has reasons of its own.
async fn refused(shared: &Shared, wish: &Wish<'_>) -> Result<ApiError, ApiError> {
    match Fit::find(shared, wish).await {
        Ok(_) => Ok(keeper_refused()),
        Err(_) => fit::taken(shared, wish).await,
    }
}

fn keeper_refused() -> ApiError {
    let message = "The calendar is kept by HighLevel, which refused that.";
    ApiError::new(ErrorCode::Conflict, message).with_reason("calendar_refused")
}
