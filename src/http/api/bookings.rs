//! `/api/bookings`: what is booked; booking, moving and cancelling by the people of a business.
//!
//! The invariant: these are the same changes, under the same guards, as those a customer makes; only
//! hours, notice and grid can be left aside, and never what is taken.

mod elsewhere;
mod fit;
mod list;

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, Request, State, rejection::PathRejection},
    http::{Response, StatusCode, Uri, header::CONTENT_TYPE},
    response::IntoResponse,
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use self::fit::{Fit, Wish};
pub(in crate::http) use self::list::BookingPage;
pub(super) use self::list::list;
use super::{
    availability::{known_person, known_visit},
    form::{
        Form, flag, instant, not_found, phone,
        query::{self, Scope},
        services, uuid, words,
    },
    request::Read,
    shape::BookingShape,
};
use crate::{
    booking::{
        Attendee, Booking, BookingDetails, BookingId, BookingStatus, Business, Busy, Conflict,
        Effect, ResourceId, Services, business::Visit,
    },
    http::{
        Shared,
        error::{ApiError, ErrorCode, internal},
    },
    message::PhoneNumber,
    store::{BookingEntry, KnownCustomer, Once, Remembered, RequestKey},
};

/// What is to be booked.
struct Order {
    services: Services,
    start: DateTime<Utc>,
    staff: Option<Box<str>>,
    name: Option<Box<str>>,
    /// Whom it is for, where that is not the customer.
    for_name: Option<Box<str>>,
    phone: Option<PhoneNumber>,
    free_hand: bool,
}

/// Answers `POST /api/bookings`.
pub(super) async fn create(State(shared): State<Arc<Shared>>, request: Request) -> Response<Body> {
    shared.reply(created(&shared, request).await)
}

/// Answers `PATCH /api/bookings/{id}`.
pub(super) async fn change(
    State(shared): State<Arc<Shared>>,
    id: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response<Body> {
    shared.reply(changed(&shared, id, request).await)
}

/// Answers `DELETE /api/bookings/{id}`.
pub(super) async fn cancel(
    State(shared): State<Arc<Shared>>,
    id: Result<Path<String>, PathRejection>,
    uri: Uri,
) -> Response<Body> {
    shared.reply(cancelled(&shared, id, &uri).await)
}

// === Booking ===

async fn created(shared: &Shared, request: Request) -> Result<Response<Body>, ApiError> {
    let uri = request.uri().clone();
    let mut read = Read::json(shared, request).await?;
    read.form = read.form.with_business_of(&uri)?;
    let business = read.form.business(&shared.edge.businesses)?;
    let key = read.key(&business.id)?;
    if let Some(key) = &key
        && let Some(before) = shared.edge.store.remembered(key).await?
        && let Some(answer) = answered_before(shared, &business, key, before).await?
    {
        return Ok(answer);
    }
    let order = Order::read(read.form, business.country.as_deref())?;
    elsewhere::allowed(&business, order.free_hand, order.phone.is_some())?;
    let visit = known_visit(&business, &order.services)?;
    let staff = order.staff.as_deref();
    let staff = staff.map(|id| known_person(&business, id)).transpose()?;
    let wish = Wish {
        business: &business,
        services: &order.services,
        visit: &visit,
        staff: staff.as_ref(),
        start: order.start,
        free_hand: order.free_hand,
        gives_up: None,
    };
    let fit = Fit::find(shared, &wish).await?;
    let (phone, name) = (order.phone.clone(), order.name.clone());
    let customer = shared
        .edge
        .store
        .customer(&business.id, phone, name)
        .await?;
    let booking = |resource| {
        let id = BookingId(Uuid::new_v4());
        order.booking(id, &business, &visit, resource, &customer)
    };
    for resource in fit.resources {
        let booking = booking(resource);
        match book(shared, &business, &order, &customer, &booking, key.as_ref()).await? {
            Booked::Asked => return elsewhere::created(shared, &wish, booking.id).await,
            Booked::Answered(answer) => return Ok(answer),
            Booked::Taken => {}
        }
    }
    // Whoever was free a moment ago is not any more.
    Err(fit::taken(shared, &wish).await?)
}

enum Booked {
    Answered(Response<Body>),
    /// The keeper of its calendar is asked.
    Asked,
    /// Someone else was faster.
    Taken,
}

async fn book(
    shared: &Shared,
    business: &Business,
    order: &Order,
    customer: &KnownCustomer,
    booking: &Booking,
    key: Option<&RequestKey>,
) -> Result<Booked, ApiError> {
    let (name, phone) = (customer.name.as_deref(), order.phone.as_ref());
    let shape = BookingShape::of(business, booking, name, phone);
    let answer = serde_json::to_string(&shape).map_err(|error| internal().with_cause(error))?;
    let effects = vec![Effect::Book {
        id: booking.id,
        details: booking.details.clone(),
    }];
    let store = &shared.edge.store;
    let made = match key {
        Some(key) => {
            let (key, answer) = (key.clone(), answer.as_str().into());
            store.apply_once(effects, key, answer).await?
        }
        None => match store.apply(effects).await? {
            Ok(()) => Once::Applied,
            Err(conflict) => Once::Conflict(conflict),
        },
    };
    match made {
        Once::Applied if business.calendar_elsewhere().is_some() => Ok(Booked::Asked),
        Once::Applied => Ok(Booked::Answered(answered(answer))),
        Once::Before(before) => {
            let Some(key) = key else {
                return Err(internal());
            };
            let before = answered_before(shared, business, key, before).await?;
            before.map(Booked::Answered).ok_or_else(changed_meanwhile)
        }
        Once::Conflict(Conflict::SlotTaken { .. }) => Ok(Booked::Taken),
        Once::Conflict(Conflict::BookingChanged { .. }) => Err(internal()),
    }
}

fn answered(body: String) -> Response<Body> {
    let json = [(CONTENT_TYPE, "application/json")];
    (StatusCode::CREATED, json, body).into_response()
}

/// The answer of a request that came before; none where it turned out that it could not be done.
async fn answered_before(
    shared: &Shared,
    business: &Business,
    key: &RequestKey,
    before: Remembered,
) -> Result<Option<Response<Body>>, ApiError> {
    match before {
        Remembered::Answer(body) if business.calendar_elsewhere().is_some() => {
            elsewhere::repeated(shared, business, key, &body).await
        }
        Remembered::Answer(body) => Ok(Some(answered(body.into()))),
        Remembered::AnotherRequest => Err(ApiError::new(
            ErrorCode::Conflict,
            "This Idempotency-Key came before with another request.",
        )
        .with_reason("idempotency_key_reused")),
    }
}

// === Moving and cancelling ===

async fn changed(
    shared: &Shared,
    id: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response<Body>, ApiError> {
    let scope = query::scope(request.uri(), &shared.edge.businesses)?;
    let mut form = Read::json(shared, request).await?.form;
    let start = form.required("start", instant);
    let staff = form.optional("staff", words);
    let free_hand = form.optional("override", flag);
    let (start, staff, free_hand) = form.finish(|| Some((start?, staff?, free_hand?)))?;
    let (business, entry) = found(shared, id, &scope).await?;
    let Booking { id, version, .. } = entry.booking;
    if entry.booking.status != BookingStatus::Booked || entry.booking.is_asked() {
        return Err(changed_meanwhile());
    }
    let free_hand = free_hand.unwrap_or(false);
    elsewhere::allowed(&business, free_hand, true)?;
    let details = &entry.booking.details;
    let visit = known_visit(&business, &details.services)?;
    let staff = staff.map(|id| known_person(&business, &id)).transpose()?;
    let resource = staff.unwrap_or_else(|| details.resource.clone());
    let gives_up = Busy {
        resource: Some(details.resource.clone()),
        blocked: details.blocked,
    };
    let wish = Wish {
        business: &business,
        services: &details.services,
        visit: &visit,
        staff: Some(&resource),
        start,
        free_hand,
        gives_up: Some(&gives_up),
    };
    Fit::find(shared, &wish).await?;
    let effect = Effect::Move {
        id,
        version,
        services: details.services.clone(),
        resource: resource.clone(),
        visible: visit.visible(start),
        blocked: visit.blocked(start),
        attendee: Attendee::AsBefore,
    };
    match shared.edge.store.apply(vec![effect]).await? {
        Ok(()) => {}
        Err(Conflict::SlotTaken { .. }) => return Err(fit::taken(shared, &wish).await?),
        Err(Conflict::BookingChanged { .. }) => return Err(changed_meanwhile()),
    }
    elsewhere::moved(shared, &wish, id).await
}

async fn cancelled(
    shared: &Shared,
    id: Result<Path<String>, PathRejection>,
    uri: &Uri,
) -> Result<Response<Body>, ApiError> {
    let scope = query::scope(uri, &shared.edge.businesses)?;
    let (business, entry) = found(shared, id, &scope).await?;
    let Booking { id, version, .. } = entry.booking;
    let effect = Effect::Cancel { id, version };
    match shared.edge.store.apply(vec![effect]).await? {
        Ok(()) => elsewhere::cancelled(shared, &business, id).await,
        Err(_) => Err(changed_meanwhile()),
    }
}

/// A booking that was not given up, and whose it is.
async fn found(
    shared: &Shared,
    id: Result<Path<String>, PathRejection>,
    scope: &Scope,
) -> Result<(Arc<Business>, BookingEntry), ApiError> {
    let id = id.ok().and_then(|Path(id)| uuid(&id)).map(BookingId);
    let id = id.ok_or_else(no_such_booking)?;
    let entry = shared.edge.store.booking_entry(id).await?;
    let entry = entry.filter(|entry| {
        let Booking {
            status, details, ..
        } = &entry.booking;
        *status != BookingStatus::Cancelled && scope.covers(&details.business)
    });
    let entry = entry.ok_or_else(no_such_booking)?;
    let business = shared
        .edge
        .businesses
        .by_id(&entry.booking.details.business);
    let business = business.ok_or_else(|| not_found("Its business is not here any more."))?;
    Ok((business, entry))
}

fn no_such_booking() -> ApiError {
    not_found("There is no such booking, or it was cancelled.")
}

fn changed_meanwhile() -> ApiError {
    let message = "The booking is not as it was seen; look at it again.";
    ApiError::new(ErrorCode::Conflict, message).with_reason("booking_changed")
}

// === impl Order ===

impl Order {
    fn read(mut form: Form, country: Option<&str>) -> Result<Self, ApiError> {
        let services = form.required("service", services);
        let start = form.required("start", instant);
        let staff = form.optional("staff", words);
        let name = form.optional("name", words);
        let for_name = form.optional("for_name", words);
        let phone = form.optional("phone", |value| phone(value, country));
        let free_hand = form.optional("override", flag);
        form.finish(|| {
            Some(Self {
                services: services?,
                start: start?,
                staff: staff?,
                name: name?,
                for_name: for_name?,
                phone: phone?,
                free_hand: free_hand?.unwrap_or(false),
            })
        })
    }

    fn booking(
        &self,
        id: BookingId,
        business: &Business,
        visit: &Visit<'_>,
        resource: ResourceId,
        customer: &KnownCustomer,
    ) -> Booking {
        Booking {
            id,
            version: 1,
            status: BookingStatus::Booked,
            details: BookingDetails {
                business: business.id.clone(),
                services: self.services.clone(),
                resource,
                visible: visit.visible(self.start),
                blocked: visit.blocked(self.start),
                customer: customer.id,
                name: self.name.clone(),
                for_name: self.for_name.clone(),
            },
            elsewhere: None,
        }
    }
}
