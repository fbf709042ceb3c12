//! `GET /api/bookings`: what is booked, by start.

use std::sync::Arc;

use axum::{
    Json,
    body::Body,
    extract::State,
    http::{Response, Uri},
};
use chrono::DateTime;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    booking::BookingId,
    http::{
        Shared,
        api::{
            page::{self, Place},
            shape::BookingShape,
        },
        error::ApiError,
        form::{Fault, Form, phone, uuid, when},
    },
    store::{BookingEntry, BookingsWanted, Firmness},
};

/// A page of bookings, by start.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Bookings)]
pub(in crate::http) struct BookingPage {
    bookings: Vec<BookingShape>,
    /// The `cursor` of the next page; null: this is the last.
    #[schema(required)]
    next: Option<String>,
}

/// A booking's place in the list: its start in milliseconds, and its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ByStart(i64, BookingId);

/// Answers `GET /api/bookings`.
pub(in crate::http::api) async fn list(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
) -> Response<Body> {
    shared.reply(listed(&shared, &uri).await)
}

async fn listed(shared: &Shared, uri: &Uri) -> Result<Json<BookingPage>, ApiError> {
    let mut form = Form::of_query(uri);
    let business = form.business(&shared.edge.businesses)?;
    let from = form.optional("from", when);
    let to = form.optional("to", when);
    let phone = form.optional("phone", |value| phone(value, business.country.as_deref()));
    let status = form.optional("status", firmness);
    let page = page::asked::<ByStart>(&mut form);
    let (wanted, page) = form.finish(|| {
        let page = page?;
        let after = page.after.and_then(ByStart::instant);
        let wanted = BookingsWanted {
            business: business.id.clone(),
            from: from?.map(|from| from.start(&business)),
            until: to?.map(|to| to.end(&business)),
            phone: phone?,
            firmness: status?.unwrap_or(Firmness::Firm),
            after,
            limit: page.to_look_for(),
        };
        Some((wanted, page))
    })?;
    let mut entries = shared.edge.store.bookings(wanted).await?;
    let next = page.cut(&mut entries, ByStart::of);
    let shape = |entry| BookingShape::of_entry(&business, entry);
    Ok(Json(BookingPage {
        bookings: entries.iter().map(shape).collect(),
        next,
    }))
}

fn firmness(value: &Value) -> Result<Firmness, Fault> {
    match value.as_str() {
        Some("booked") => Ok(Firmness::Firm),
        Some("held") => Ok(Firmness::Held),
        Some("cancelled") => Ok(Firmness::Cancelled),
        _ => Err("must be booked, held or cancelled"),
    }
}

// === impl ByStart ===

impl ByStart {
    fn of(entry: &BookingEntry) -> Self {
        let booking = &entry.booking;
        Self(booking.details.visible.start.timestamp_millis(), booking.id)
    }

    fn instant(self) -> Option<(DateTime<chrono::Utc>, BookingId)> {
        Some((DateTime::from_timestamp_millis(self.0)?, self.1))
    }
}

impl Place for ByStart {
    fn written(&self) -> String {
        format!("{}.{}", self.0, self.1)
    }

    fn read(text: &str) -> Option<Self> {
        let (start, id) = text.split_once('.')?;
        let place = Self(start.parse().ok()?, BookingId(uuid(id)?));
        place.instant().map(|_| place)
    }
}
