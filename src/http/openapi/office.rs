//! The routes of the API, described. Nothing here runs: the handlers stand beside what they do.
#![expect(dead_code, reason = "descriptions, read by a macro")]

use super::{
    ErrorShape,
    refusals::{BodyRefusals, Refusals},
    requests::{BlockRequest, BookingRequest, MoveRequest, When},
};
use crate::http::api::{Availability, BlockPage, BlockShape, BookingPage, BookingShape, Offer};

/// What can be booked, and with whom
#[utoipa::path(
    get, path = "/api/services", tag = "office", operation_id = "listServices",
    params(
        ("business" = Option<String>, Query, description = "Which business, where there are several", min_length = 1, max_length = 128),
    ),
    responses((status = 200, description = "The services", body = Offer), Refusals),
    security(("bearer" = []))
)]
pub(super) fn services() {}

/// The times at which a visit can start
///
/// From now on and for a week, unless something else is said; at most 31 days at once.
#[utoipa::path(
    get, path = "/api/availability", tag = "office", operation_id = "listAvailability",
    params(
        ("business" = Option<String>, Query, description = "Which business, where there are several", min_length = 1, max_length = 128),
        ("service" = Vec<String>, Query, description = "The id of the service; up to three for one visit, in the order in which they are done", min_items = 1, max_items = 3, example = json!(["haircut"])),
        ("from" = Option<When>, Query, description = "An RFC 3339 instant, or a day on the business's wall"),
        ("to" = Option<When>, Query, description = "The same; a day is meant to its end"),
        ("staff" = Option<String>, Query, description = "Only this person", min_length = 1, max_length = 128),
    ),
    responses((status = 200, description = "The times, in order", body = Availability), Refusals),
    security(("bearer" = []))
)]
pub(super) fn availability() {}

/// What is booked, by start
#[utoipa::path(
    get, path = "/api/bookings", tag = "office", operation_id = "listBookings",
    params(
        ("business" = Option<String>, Query, description = "Which business, where there are several", min_length = 1, max_length = 128),
        ("from" = Option<When>, Query, description = "Those that start then or later: an RFC 3339 instant, or a day on the business's wall"),
        ("to" = Option<When>, Query, description = "Those that start before: the same; a day is meant to its end"),
        ("phone" = Option<String>, Query, description = "Those of this number, with `+` or as dialled in the business's country, in any spelling", min_length = 1, max_length = 32),
        ("status" = Option<String>, Query, description = "`booked` (also what an external calendar is being asked for), `held` or `cancelled`; left out: `booked`", pattern = "^(booked|held|cancelled)$"),
        ("limit" = Option<u32>, Query, description = "The most on a page; left out: 50", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "The `next` of the page before"),
    ),
    responses((status = 200, description = "A page of bookings", body = BookingPage), Refusals),
    security(("bearer" = []))
)]
pub(super) fn bookings() {}

/// Book
///
/// The same guards as in the conversation. `details.reason` of a refusal is `taken`, `closed`,
/// `staff_off`, `too_soon`, `too_far`, `off_grid` or `not_done`, and `details.alternatives` are the nearest times,
/// at most five, each as in `GET /api/availability`.
#[utoipa::path(
    post, path = "/api/bookings", tag = "office", operation_id = "book",
    params(
        ("business" = Option<String>, Query, description = "Which business, where there are several and the body names none", min_length = 1, max_length = 128),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key and body, within 8 days: the first answer again", min_length = 1, max_length = 255, pattern = "^[!-~]+$"),
    ),
    request_body = BookingRequest,
    responses(
        BodyRefusals,
        (status = 201, description = "It is booked", body = BookingShape, links(
            ("move" = (operation_id = "moveBooking", parameters(("id" = "$response.body#/id")))),
            ("cancel" = (operation_id = "cancelBooking", parameters(("id" = "$response.body#/id")))),
        )),
        (status = 202, description = "HighLevel keeps the calendar and has not answered yet: it is `requested`, and soon `booked` or gone", body = BookingShape),
        (status = 409, description = "`slot_taken`, or `conflict`: the key came before with another body, or HighLevel refused", body = ErrorShape),
        (status = 422, description = "`slot_unavailable`, or `validation_error`", body = ErrorShape),
    ),
    security(("bearer" = []))
)]
pub(super) fn book() {}

/// Move a booking
///
/// In place: its id stays, and it is never in its own way. Refused as a booking is.
#[utoipa::path(
    patch, path = "/api/bookings/{id}", tag = "office", operation_id = "moveBooking",
    params(
        ("id" = uuid::Uuid, Path, description = "The booking"),
        ("business" = Option<String>, Query, description = "The business that it has to belong to; left out: any", min_length = 1, max_length = 128),
    ),
    request_body = MoveRequest,
    responses(
        BodyRefusals,
        (status = 200, description = "It is moved", body = BookingShape),
        (status = 202, description = "HighLevel keeps the calendar and has not answered yet: it is where it was", body = BookingShape),
        (status = 409, description = "`slot_taken`, or `conflict`: it is not booked, changed meanwhile, or HighLevel refused", body = ErrorShape),
        (status = 422, description = "`slot_unavailable`, or `validation_error`", body = ErrorShape),
    ),
    security(("bearer" = []))
)]
pub(super) fn change_booking() {}

/// Cancel a booking
///
/// The customer is told nothing by this.
#[utoipa::path(
    delete, path = "/api/bookings/{id}", tag = "office", operation_id = "cancelBooking",
    params(
        ("id" = uuid::Uuid, Path, description = "The booking"),
        ("business" = Option<String>, Query, description = "The business that it has to belong to; left out: any", min_length = 1, max_length = 128),
    ),
    responses(
        Refusals,
        (status = 202, description = "HighLevel keeps the calendar and has not answered yet: it is still booked", body = BookingShape),
        (status = 204, description = "It is cancelled"),
        (status = 409, description = "`conflict`: it changed meanwhile, or HighLevel refused", body = ErrorShape),
    ),
    security(("bearer" = []))
)]
pub(super) fn cancel_booking() {}

/// Time that the business keeps for itself, by start
#[utoipa::path(
    get, path = "/api/blocks", tag = "office", operation_id = "listBlocks",
    params(
        ("business" = Option<String>, Query, description = "Which business, where there are several", min_length = 1, max_length = 128),
        ("from" = Option<When>, Query, description = "Those that end later; left out: now"),
        ("to" = Option<When>, Query, description = "Those that start before; a day is meant to its end"),
        ("limit" = Option<u32>, Query, description = "The most on a page; left out: 50", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "The `next` of the page before"),
    ),
    responses((status = 200, description = "A page of blocks", body = BlockPage), Refusals),
    security(("bearer" = []))
)]
pub(super) fn blocks() {}

/// Keep time for the business
///
/// Time off, a walk-in. Nothing can be booked then, its buffers included.
#[utoipa::path(
    post, path = "/api/blocks", tag = "office", operation_id = "block",
    params(
        ("business" = Option<String>, Query, description = "Which business, where there are several and the body names none", min_length = 1, max_length = 128),
    ),
    request_body = BlockRequest,
    responses(
        BodyRefusals,
        (status = 201, description = "The time is blocked", body = BlockShape, links(
            ("unblock" = (operation_id = "unblock", parameters(("id" = "$response.body#/id")))),
        )),
        (status = 409, description = "`conflict`: `details.bookings` are the ids of what is booked then", body = ErrorShape),
    ),
    security(("bearer" = []))
)]
pub(super) fn block() {}

/// Give blocked time back
#[utoipa::path(
    delete, path = "/api/blocks/{id}", tag = "office", operation_id = "unblock",
    params(
        ("id" = uuid::Uuid, Path, description = "The block"),
        ("business" = Option<String>, Query, description = "The business that it has to belong to; left out: any", min_length = 1, max_length = 128),
    ),
    responses(Refusals, (status = 204, description = "The time can be booked again")),
    security(("bearer" = []))
)]
pub(super) fn unblock() {}
