//! `GET /api/services`: what can be booked, and with whom.

use std::sync::Arc;

use axum::{
    Json,
    body::Body,
    extract::State,
    http::{Response, Uri},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::form::Form;
use crate::{
    booking::{Business, ResourceId, business::Service},
    http::{Shared, error::ApiError},
    language::Language,
};

/// What can be booked at a business.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Services)]
pub(in crate::http) struct Offer {
    /// The business.
    business: String,
    /// Its clock, by IANA name.
    timezone: String,
    /// The services, in the order of the business file.
    services: Vec<ServiceShape>,
    /// Who works there; empty: the shop is the one thing that is booked.
    staff: Vec<StaffShape>,
}

/// One thing that can be booked.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Service)]
pub(in crate::http) struct ServiceShape {
    id: String,
    /// In the business's first language.
    name: String,
    /// How long the customer is there.
    minutes: i64,
    /// What is kept free before.
    buffer_before_minutes: i64,
    /// What is kept free after.
    buffer_after_minutes: i64,
    /// As it is shown.
    #[schema(required)]
    price: Option<String>,
    /// Who does it.
    staff: Vec<String>,
}

/// Someone who does services.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Staff)]
pub(in crate::http) struct StaffShape {
    id: String,
    name: String,
}

/// Answers `GET /api/services`.
pub(super) async fn list(State(shared): State<Arc<Shared>>, uri: Uri) -> Response<Body> {
    shared.reply(listed(&shared, &uri))
}

fn listed(shared: &Shared, uri: &Uri) -> Result<Json<Offer>, ApiError> {
    let mut form = Form::of_query(uri);
    let business = form.business(&shared.edge.businesses)?;
    form.finish(|| Some(Json(Offer::of(&business))))
}

// === impl Offer ===

impl Offer {
    fn of(business: &Business) -> Self {
        let language = business.default_language();
        let staff = business.staff.iter().map(|person| StaffShape {
            id: person.id.as_str().to_owned(),
            name: person.name.clone(),
        });
        let services = business.services.iter();
        Self {
            business: business.id.as_str().to_owned(),
            timezone: business.zone.name().to_owned(),
            services: services
                .map(|service| ServiceShape::of(service, language))
                .collect(),
            staff: staff.collect(),
        }
    }
}

impl ServiceShape {
    fn of(service: &Service, language: Language) -> Self {
        let price = service.price.as_ref();
        Self {
            id: service.id.as_str().to_owned(),
            name: service.name.get(language).to_owned(),
            minutes: service.duration.num_minutes(),
            buffer_before_minutes: service.buffer_before.num_minutes(),
            buffer_after_minutes: service.buffer_after.num_minutes(),
            price: price.map(|price| price.get(language).to_owned()),
            staff: people(&service.resources),
        }
    }
}

/// The people among what is booked: the shop itself is nobody.
pub(super) fn people<'r>(resources: impl IntoIterator<Item = &'r ResourceId>) -> Vec<String> {
    let people = resources.into_iter().filter_map(person);
    people.map(str::to_owned).collect()
}

/// The person that is booked, unless it is the shop itself.
pub(super) fn person(resource: &ResourceId) -> Option<&str> {
    (*resource != ResourceId::shop()).then(|| resource.as_str())
}
