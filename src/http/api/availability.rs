//! `GET /api/availability`: the times at which a visit can start.

use std::sync::Arc;

use axum::{
    Json,
    body::Body,
    extract::State,
    http::{Response, Uri},
};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    form::{Form, When, invalid, services, when, words},
    services::people,
};
use crate::{
    booking::{Business, Opening, OpeningsRequest, ResourceId, Services, Span, business::Visit},
    http::{
        Shared,
        error::{ApiError, rfc3339},
    },
};

/// The longest stretch that is looked at in one request.
const MAX_DAYS: i64 = 31;
/// The stretch when no end is named.
const USUAL_DAYS: i64 = 7;

/// The times at which a visit can start.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::http) struct Availability {
    /// The business.
    business: String,
    /// Its clock, by IANA name.
    timezone: String,
    /// What is to be done.
    services: Vec<String>,
    /// In order.
    slots: Vec<Slot>,
}

/// A time that can be booked.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::http) struct Slot {
    /// When it starts, in UTC.
    #[schema(format = DateTime)]
    start: String,
    /// When the customer leaves, in UTC.
    #[schema(format = DateTime)]
    end: String,
    /// The start as the business's clock shows it, with its offset.
    #[schema(format = DateTime)]
    local_start: String,
    /// Who is free, in the order of the business file.
    staff: Vec<String>,
}

/// Answers `GET /api/availability`.
pub(super) async fn list(State(shared): State<Arc<Shared>>, uri: Uri) -> Response<Body> {
    shared.reply(listed(&shared, &uri).await)
}

async fn listed(shared: &Shared, uri: &Uri) -> Result<Json<Availability>, ApiError> {
    let now = shared.edge.clock.now();
    let mut form = Form::of_query(uri);
    let business = form.business(&shared.edge.businesses)?;
    let services = form.required("service", services);
    let staff = form.optional("staff", words);
    let range = range(&mut form, &business, now);
    let (services, staff, range) = form.finish(|| Some((services?, staff?, range?)))?;
    let visit = known_visit(&business, &services)?;
    let staff = staff.map(|id| known_person(&business, &id)).transpose()?;
    let request = OpeningsRequest {
        business: &business,
        services: &services,
        staff: staff.as_ref(),
        range,
        customer: None,
        gives_up: None,
        now,
    };
    let openings = shared.openings(&request).await?;
    let slots = openings.iter();
    Ok(Json(Availability {
        business: business.id.as_str().to_owned(),
        timezone: business.zone.name().to_owned(),
        services: ids(&services),
        slots: slots
            .map(|opening| Slot::of(opening, &business, &visit))
            .collect(),
    }))
}

/// What is asked for: from now on and for a week, unless something else is said.
fn range(form: &mut Form, business: &Business, now: DateTime<Utc>) -> Option<Span> {
    let from = form.optional("from", when);
    let to = form.optional("to", when);
    let (from, to) = (from?, to?);
    let start = from.unwrap_or(When::At(now)).start(business);
    let usual = || start.checked_add_signed(TimeDelta::days(USUAL_DAYS));
    let end = to.map(|to| to.end(business)).or_else(usual)?;
    let length = end - start;
    if length <= TimeDelta::zero() {
        form.fault("to", "must be after from");
        return None;
    }
    // An hour more, for a month in which the clock is put back.
    if length > TimeDelta::days(MAX_DAYS) + TimeDelta::hours(1) {
        form.fault("to", "must be at most 31 days after from");
        return None;
    }
    Some(Span { start, end })
}

/// What these services are as one visit.
pub(super) fn known_visit<'b>(
    business: &'b Business,
    services: &Services,
) -> Result<Visit<'b>, ApiError> {
    let visit = business.visit(services);
    visit.ok_or_else(|| invalid("service", "there is no such service"))
}

/// The ids of services, in order.
pub(super) fn ids(services: &Services) -> Vec<String> {
    services.iter().map(|id| id.as_str().to_owned()).collect()
}

/// The person of that id.
pub(super) fn known_person(business: &Business, id: &str) -> Result<ResourceId, ApiError> {
    let found = business.staff_member(&ResourceId::new(id));
    let found = found.map(|person| person.id.clone());
    found.ok_or_else(|| invalid("staff", "there is no such person"))
}

// === impl Slot ===

impl Slot {
    pub(super) fn of(opening: &Opening, business: &Business, visit: &Visit<'_>) -> Self {
        let visible = visit.visible(opening.start);
        Self {
            start: rfc3339(visible.start),
            end: rfc3339(visible.end),
            local_start: local(business, visible.start),
            staff: people(&opening.resources),
        }
    }
}

/// What the business's clock shows at an instant.
pub(super) fn local(business: &Business, at: DateTime<Utc>) -> String {
    let at = business.zone.with_offset(at);
    at.to_rfc3339_opts(SecondsFormat::Secs, false)
}
