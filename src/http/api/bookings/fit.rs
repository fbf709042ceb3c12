//! Whether a wished time can be had, and if not, why and what is near.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use crate::{
    booking::{
        Business, Busy, OpeningsRequest, ResourceId, Services, Span,
        availability::{self, Refusal},
        business::Visit,
    },
    http::{
        Shared,
        api::availability::Slot,
        error::{ApiError, ErrorCode, internal},
    },
};

/// How many times are offered instead.
const ALTERNATIVES: usize = 5;
/// How far back the business may book what its rules do not allow.
const MAX_BACK: TimeDelta = TimeDelta::days(366);
/// How far ahead.
const MAX_AHEAD: TimeDelta = TimeDelta::days(5 * 366);

/// A time that is wished for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wish<'a> {
    pub(super) business: &'a Business,
    pub(super) services: &'a Services,
    pub(super) visit: &'a Visit<'a>,
    pub(super) staff: Option<&'a ResourceId>,
    pub(super) start: DateTime<Utc>,
    /// Hours, notice, window and grid are left aside.
    pub(super) free_hand: bool,
    /// What becomes free by it.
    pub(super) gives_up: Option<&'a Busy>,
}

/// Who can take it, in the order of the business file; never empty.
#[derive(Debug)]
pub(super) struct Fit {
    pub(super) resources: Vec<ResourceId>,
}

// === impl Fit ===

impl Fit {
    /// Who can take the wished time; else the refusal says why, and what is near.
    pub(super) async fn find(shared: &Shared, wish: &Wish<'_>) -> Result<Self, ApiError> {
        let now = shared.edge.clock.now();
        let span = Span {
            start: now - MAX_BACK,
            end: now + MAX_AHEAD,
        };
        if wish.free_hand && !span.contains(wish.start) {
            return Err(ApiError::new(
                ErrorCode::ValidationError,
                "Some fields are not valid; see details.",
            )
            .with_detail("start", "must be at most a year ago and five years ahead"));
        }
        let request = wish.request(now);
        let found = if wish.free_hand {
            let blocked = wish.visit.blocked(wish.start);
            let store = &shared.edge.store;
            let busy = store.busy(&wish.business.id, blocked, None).await?;
            wish.free(&busy)
        } else {
            shared.check(&request, wish.start).await?
        };
        match found {
            Ok(resources) => Ok(Self { resources }),
            Err(refusal) => Err(refused(shared, wish, refusal).await?),
        }
    }
}

// === impl Wish ===

impl Wish<'_> {
    fn request(&self, now: DateTime<Utc>) -> OpeningsRequest<'_> {
        OpeningsRequest {
            business: self.business,
            services: self.services,
            staff: self.staff,
            range: availability::allowed(self.business, now),
            customer: None,
            gives_up: self.gives_up,
            now,
        }
    }

    /// Who is free, whatever the rules say.
    fn free(&self, busy: &[Busy]) -> Result<Vec<ResourceId>, Refusal> {
        let blocked = self.visit.blocked(self.start);
        let does_it = |id: &&ResourceId| self.staff.is_none_or(|staff| staff == *id);
        let mut who = self.visit.resources().filter(does_it).peekable();
        if who.peek().is_none() {
            return Err(Refusal::NotDone);
        }
        let is_taken = |id: &ResourceId| {
            busy.iter().any(|one| {
                one.resource.as_ref().is_none_or(|other| other == id)
                    && Some(one) != self.gives_up
                    && one.blocked.overlaps(&blocked)
            })
        };
        let free: Vec<_> = who.filter(|id| !is_taken(id)).cloned().collect();
        if free.is_empty() {
            return Err(Refusal::Taken);
        }
        Ok(free)
    }
}

/// The refusal of a time that was taken after it was looked at.
pub(super) async fn taken(shared: &Shared, wish: &Wish<'_>) -> Result<ApiError, ApiError> {
    refused(shared, wish, Refusal::Taken).await
}

async fn refused(shared: &Shared, wish: &Wish<'_>, refusal: Refusal) -> Result<ApiError, ApiError> {
    let (code, reason, message) = match refusal {
        Refusal::Taken => (ErrorCode::SlotTaken, "taken", "Someone else has that time."),
        Refusal::NotDone => (
            ErrorCode::SlotUnavailable,
            "not_done",
            "Nobody that is wished does all of that.",
        ),
        Refusal::StaffOff => (
            ErrorCode::SlotUnavailable,
            "staff_off",
            "This person does not work then; somebody else does.",
        ),
        Refusal::Closed => (ErrorCode::SlotUnavailable, "closed", "Closed at that time."),
        Refusal::TooSoon => (
            ErrorCode::SlotUnavailable,
            "too_soon",
            "That is nearer than the notice that the business asks for.",
        ),
        Refusal::TooFar => (
            ErrorCode::SlotUnavailable,
            "too_far",
            "That is further ahead than the business takes bookings.",
        ),
        Refusal::OffGrid => (
            ErrorCode::SlotUnavailable,
            "off_grid",
            "That is free, but not one of the times at which it starts.",
        ),
    };
    let alternatives = alternatives(shared, wish).await?;
    let error = ApiError::new(code, message);
    let error = error.with_detail("reason", reason).with_reason(reason);
    Ok(error.with_detail("alternatives", alternatives))
}

/// The openings nearest to the wish.
async fn alternatives(shared: &Shared, wish: &Wish<'_>) -> Result<Value, ApiError> {
    let request = wish.request(shared.edge.clock.now());
    let openings = shared.openings(&request).await?;
    let nearest = availability::nearest(&openings, wish.start, ALTERNATIVES);
    let slots = nearest.into_iter();
    let slots: Vec<_> = slots
        .map(|opening| Slot::of(opening, wish.business, wish.visit))
        .collect();
    serde_json::to_value(slots).map_err(|error| internal().with_cause(error))
}
