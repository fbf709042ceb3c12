//! The API's routes of conversations and what became of them, described. Nothing here runs.
#![expect(dead_code, reason = "descriptions, read by a macro")]

use super::{
    ErrorShape,
    refusals::{BodyRefusals, Refusals},
    requests::{PauseRequest, SayRequest},
};
use crate::http::api::{
    FailurePage, ForgottenShape, SaidShape, ThreadDetail, ThreadPage, ThreadShape,
};

/// Conversations, those first in which a customer wrote last
#[utoipa::path(
    get, path = "/api/threads", tag = "office", operation_id = "listThreads",
    params(
        ("business" = Option<String>, Query, description = "Which business, where there are several", min_length = 1, max_length = 128),
        ("state" = Option<String>, Query, description = "Who answers: `bot`, `waiting` (nobody yet: the bot gave it to the people) or `person`", pattern = "^(bot|waiting|person)$"),
        ("limit" = Option<u32>, Query, description = "The most on a page; left out: 50", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "The `next` of the page before"),
    ),
    responses((status = 200, description = "A page of threads", body = ThreadPage), Refusals),
    security(("bearer" = []))
)]
pub(super) fn threads() {}

/// What was said in a conversation
///
/// The newest part of it, the oldest line first; the `cursor` leads to what was said before.
#[utoipa::path(
    get, path = "/api/threads/{id}", tag = "office", operation_id = "showThread",
    params(
        ("id" = i64, Path, description = "The thread"),
        ("business" = Option<String>, Query, description = "The business that it has to belong to; left out: any", min_length = 1, max_length = 128),
        ("limit" = Option<u32>, Query, description = "The most lines; left out: 50", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "The `next` of the page before"),
    ),
    responses((status = 200, description = "The thread, its transcript and its customer's bookings", body = ThreadDetail), Refusals),
    security(("bearer" = []))
)]
pub(super) fn thread() {}

/// Take a conversation over
///
/// The bot is silent in it, and what comes meanwhile is not answered by it afterwards either.
#[utoipa::path(
    post, path = "/api/threads/{id}/pause", tag = "office", operation_id = "pauseThread",
    params(
        ("id" = i64, Path, description = "The thread"),
        ("business" = Option<String>, Query, description = "The business that it has to belong to; left out: any", min_length = 1, max_length = 128),
    ),
    request_body = PauseRequest,
    responses(BodyRefusals, (status = 200, description = "The thread as it is now", body = ThreadShape)),
    security(("bearer" = []))
)]
pub(super) fn pause() {}

/// Give a conversation back to the bot
#[utoipa::path(
    post, path = "/api/threads/{id}/resume", tag = "office", operation_id = "resumeThread",
    params(
        ("id" = i64, Path, description = "The thread"),
        ("business" = Option<String>, Query, description = "The business that it has to belong to; left out: any", min_length = 1, max_length = 128),
    ),
    responses(Refusals, (status = 200, description = "The thread as it is now", body = ThreadShape)),
    security(("bearer" = []))
)]
pub(super) fn resume() {}

/// Write to a customer
///
/// By the way they write, in order with all else that is said; the thread is yours for
/// `HANDOFF_HOURS` from then on.
#[utoipa::path(
    post, path = "/api/threads/{id}/messages", tag = "office", operation_id = "say",
    params(
        ("id" = i64, Path, description = "The thread"),
        ("business" = Option<String>, Query, description = "The business that it has to belong to; left out: any", min_length = 1, max_length = 128),
    ),
    request_body = SayRequest,
    responses(
        BodyRefusals,
        (status = 201, description = "It is on its way", body = SaidShape),
        (status = 409, description = "`conflict`: nothing can be sent there", body = ErrorShape),
    ),
    security(("bearer" = []))
)]
pub(super) fn say() {}

/// What failed for good, the newest first
#[utoipa::path(
    get, path = "/api/failures", tag = "office", operation_id = "listFailures",
    params(
        ("business" = Option<String>, Query, description = "Which business, where there are several; deliveries that are nobody's are in every list", min_length = 1, max_length = 128),
        ("limit" = Option<u32>, Query, description = "The most on a page; left out: 50", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "The `next` of the page before"),
    ),
    responses((status = 200, description = "A page of failures", body = FailurePage), Refusals),
    security(("bearer" = []))
)]
pub(super) fn failures() {}

/// Try a failure again
///
/// A turn's messages wait again, as the newest of their thread; those older than
/// `MAX_TURN_AGE_MINUTES` go to a person. A delivery is read again, by the numbers and locations that
/// are known now.
#[utoipa::path(
    post, path = "/api/failures/{id}/replay", tag = "office", operation_id = "replayFailure",
    params(
        ("id" = String, Path, description = "The failure", pattern = "^(turn|delivery)-[0-9]{1,18}$"),
        ("business" = Option<String>, Query, description = "The business that it has to belong to; left out: any", min_length = 1, max_length = 128),
    ),
    responses(
        Refusals,
        (status = 204, description = "It is no failure any more"),
        (status = 409, description = "`conflict`: it is still not understood, or its door is closed", body = ErrorShape),
    ),
    security(("bearer" = []))
)]
pub(super) fn replay() {}

/// Forget a failure
#[utoipa::path(
    post, path = "/api/failures/{id}/discard", tag = "office", operation_id = "discardFailure",
    params(
        ("id" = String, Path, description = "The failure", pattern = "^(turn|delivery)-[0-9]{1,18}$"),
        ("business" = Option<String>, Query, description = "The business that it has to belong to; left out: any", min_length = 1, max_length = 128),
    ),
    responses(Refusals, (status = 204, description = "It is forgotten")),
    security(("bearer" = []))
)]
pub(super) fn discard() {}

/// Forget a person
///
/// Everything that is known of whoever has, or said to have, a number in any spelling; or of whom
/// WhatsApp or HighLevel knows by an id, or whose conversation a thread is. What stays tells nothing
/// of them: the digests by which a repeated message is known, and that of an opt-out.
#[utoipa::path(
    delete, path = "/api/customers/{customer}", tag = "office", operation_id = "forgetCustomer",
    params(
        ("customer" = String, Path, description = "A phone number, with `+` or as dialled in the business's country; WhatsApp's user id; HighLevel's contact id; or `thread:` and the number of a thread", example = "+12025550100", min_length = 1, max_length = 256),
        ("business" = Option<String>, Query, description = "Which business, where there are several", min_length = 1, max_length = 128),
    ),
    responses(
        Refusals,
        (status = 200, description = "They are forgotten", body = ForgottenShape),
        (status = 409, description = "`conflict`: `details.bookings` are the ids of what they have booked; cancel that first", body = ErrorShape),
    ),
    security(("bearer" = []))
)]
pub(super) fn forget() {}
