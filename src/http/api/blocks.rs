//! `/api/blocks`: time that the business keeps for itself.
//!
//! The invariant: over what is booked, time is blocked only by who says so; the bookings stay then,
//! for the people of the business to settle.

use std::sync::Arc;

use axum::{
    Json,
    body::Body,
    extract::{Path, Request, State, rejection::PathRejection},
    http::{Response, StatusCode, Uri},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    availability::{known_person, local},
    form::{Form, flag, not_found, query, uuid, when, words},
    page::{self, Place},
    request::Read,
    services::person,
};
use crate::{
    booking::{Block, BlockId, Business, Span},
    http::{
        Shared,
        error::{ApiError, ErrorCode, rfc3339},
    },
    store::{Blocked, BlocksWanted},
};

/// The longest block.
const MAX_LENGTH: TimeDelta = TimeDelta::days(366);
/// How far back a block may begin.
const MAX_BACK: TimeDelta = TimeDelta::days(366);
/// How far ahead.
const MAX_AHEAD: TimeDelta = TimeDelta::days(5 * 366);

/// Time in which nothing can be booked.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Block)]
pub(in crate::http) struct BlockShape {
    id: Uuid,
    business: String,
    /// Who cannot be booked; null: nobody can.
    #[schema(required)]
    staff: Option<String>,
    /// The first instant, in UTC.
    #[schema(format = DateTime)]
    from: String,
    /// The first instant after it, in UTC.
    #[schema(format = DateTime)]
    to: String,
    /// The first instant as the business's clock shows it, with its offset.
    #[schema(format = DateTime)]
    local_from: String,
    /// Why.
    #[schema(required)]
    reason: Option<String>,
}

/// A page of blocks, by start.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Blocks)]
pub(in crate::http) struct BlockPage {
    blocks: Vec<BlockShape>,
    /// The `cursor` of the next page; null: this is the last.
    #[schema(required)]
    next: Option<String>,
}

/// A block's place in the list: its start in milliseconds, and its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ByStart(i64, BlockId);

/// Answers `GET /api/blocks`.
pub(super) async fn list(State(shared): State<Arc<Shared>>, uri: Uri) -> Response<Body> {
    shared.reply(listed(&shared, &uri).await)
}

/// Answers `POST /api/blocks`.
pub(super) async fn create(State(shared): State<Arc<Shared>>, request: Request) -> Response<Body> {
    shared.reply(created(&shared, request).await)
}

/// Answers `DELETE /api/blocks/{id}`.
pub(super) async fn remove(
    State(shared): State<Arc<Shared>>,
    id: Result<Path<String>, PathRejection>,
    uri: Uri,
) -> Response<Body> {
    shared.reply(removed(&shared, id, &uri).await)
}

async fn listed(shared: &Shared, uri: &Uri) -> Result<Json<BlockPage>, ApiError> {
    let now = shared.edge.clock.now();
    let mut form = Form::of_query(uri);
    let business = form.business(&shared.edge.businesses)?;
    let from = form.optional("from", when);
    let to = form.optional("to", when);
    let page = page::asked::<ByStart>(&mut form);
    let (wanted, page) = form.finish(|| {
        let page = page?;
        let wanted = BlocksWanted {
            business: business.id.clone(),
            from: from?.map_or(now, |from| from.start(&business)),
            until: to?.map(|to| to.end(&business)),
            after: page.after.and_then(ByStart::instant),
            limit: page.to_look_for(),
        };
        Some((wanted, page))
    })?;
    let mut blocks = shared.edge.store.blocks(wanted).await?;
    let next = page.cut(&mut blocks, ByStart::of);
    let blocks = blocks.iter().map(|block| BlockShape::of(&business, block));
    Ok(Json(BlockPage {
        blocks: blocks.collect(),
        next,
    }))
}

async fn created(
    shared: &Shared,
    request: Request,
) -> Result<(StatusCode, Json<BlockShape>), ApiError> {
    let uri = request.uri().clone();
    let form = Read::json(shared, request).await?.form;
    let mut form = form.with_business_of(&uri)?;
    let business = form.business(&shared.edge.businesses)?;
    let staff = form.optional("staff", words);
    let span = span(&mut form, &business, shared.edge.clock.now());
    let reason = form.optional("reason", words);
    let force = form.optional("force", flag);
    let (staff, span, reason, force) =
        form.finish(|| Some((staff?, span?, reason?, force?.unwrap_or(false))))?;
    let staff = staff.map(|id| known_person(&business, &id)).transpose()?;
    let block = Block {
        id: BlockId(Uuid::new_v4()),
        business: business.id.clone(),
        resource: staff,
        span,
        reason,
    };
    let shape = BlockShape::of(&business, &block);
    match shared.edge.store.block(block, force).await? {
        Blocked::Done => Ok((StatusCode::CREATED, Json(shape))),
        Blocked::Booked(bookings) => {
            let ids: Vec<_> = bookings.iter().map(ToString::to_string).collect();
            let message = "That time is booked. Move or cancel the bookings, or say force.";
            let error = ApiError::new(ErrorCode::Conflict, message);
            Err(error.with_detail("bookings", ids).with_reason("booked"))
        }
    }
}

fn span(form: &mut Form, business: &Business, now: DateTime<Utc>) -> Option<Span> {
    let from = form.required("from", when);
    let to = form.required("to", when);
    let (start, end) = (from?.start(business), to?.end(business));
    if end <= start {
        form.fault("to", "must be after from");
    } else if end - start > MAX_LENGTH {
        form.fault("to", "must be at most 366 days after from");
    } else if start < now - MAX_BACK || start > now + MAX_AHEAD {
        form.fault("from", "must be at most a year ago and five years ahead");
    } else {
        return Some(Span { start, end });
    }
    None
}

async fn removed(
    shared: &Shared,
    id: Result<Path<String>, PathRejection>,
    uri: &Uri,
) -> Result<StatusCode, ApiError> {
    let scope = query::scope(uri, &shared.edge.businesses)?;
    let id = id.ok().and_then(|Path(id)| uuid(&id)).map(BlockId);
    let removed = match id {
        Some(id) => shared.edge.store.unblock(id, scope.into_business()).await?,
        None => None,
    };
    let gone = removed.map(|_| StatusCode::NO_CONTENT);
    gone.ok_or_else(|| not_found("There is no such block."))
}

// === impl BlockShape ===

impl BlockShape {
    fn of(business: &Business, block: &Block) -> Self {
        let staff = block.resource.as_ref().and_then(person);
        Self {
            id: block.id.0,
            business: business.id.as_str().to_owned(),
            staff: staff.map(str::to_owned),
            from: rfc3339(block.span.start),
            to: rfc3339(block.span.end),
            local_from: local(business, block.span.start),
            reason: block.reason.as_deref().map(str::to_owned),
        }
    }
}

// === impl ByStart ===

impl ByStart {
    fn of(block: &Block) -> Self {
        Self(block.span.start.timestamp_millis(), block.id)
    }

    fn instant(self) -> Option<(DateTime<Utc>, BlockId)> {
        Some((DateTime::from_timestamp_millis(self.0)?, self.1))
    }
}

impl Place for ByStart {
    fn written(&self) -> String {
        format!("{}.{}", self.0, self.1)
    }

    fn read(text: &str) -> Option<Self> {
        let (start, id) = text.split_once('.')?;
        let place = Self(start.parse().ok()?, BlockId(uuid(id)?));
        place.instant().map(|_| place)
    }
}
