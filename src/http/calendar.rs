//! `GET /calendar.ics`: the bookings, for calendars of others to subscribe to.
//!
//! The invariant: only a token of its own opens it, never `ADMIN_TOKEN`, and customers are shown by
//! their initials unless the token was made to name them.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::State,
    http::{
        HeaderValue, Response, Uri,
        header::{CACHE_CONTROL, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS},
    },
    response::IntoResponse,
};
use chrono::TimeDelta;
use url::form_urlencoded;

use super::{
    Shared,
    error::{ApiError, ErrorCode},
    form::query,
};
use crate::{
    booking::{
        BookingStatus, Business, Services,
        calendar_file::{self, Event},
    },
    layer::Proof,
    message::PhoneNumber,
    store::{BookingEntry, Feed, FeedToken},
};

/// How long what is over stays in the calendar.
const KEPT: TimeDelta = TimeDelta::days(31);

/// Answers `GET /calendar.ics`.
pub(super) async fn calendar(State(shared): State<Arc<Shared>>, uri: Uri) -> Response<Body> {
    let (answer, proof) = match file(&shared, &uri).await {
        Ok(Some(file)) => (answer(file), Proof::Given),
        Ok(None) => (shared.envelope.answer(wrong_token()), Proof::NotGiven),
        Err(error) => return shared.envelope.answer(error),
    };
    let mut answer = answer;
    // Guesses of a token count as unproven requests of their address.
    answer.extensions_mut().insert(proof);
    answer
}

fn answer(file: String) -> Response<Body> {
    let mut answer = file.into_response();
    let headers = answer.headers_mut();
    for (name, value) in [
        (CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (CACHE_CONTROL, "private, no-cache"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    answer
}

/// The calendar that the token opens, if it opens one.
async fn file(shared: &Shared, uri: &Uri) -> Result<Option<String>, ApiError> {
    let query_bytes = uri.query().unwrap_or("").as_bytes();
    let mut tokens = form_urlencoded::parse(query_bytes).filter(|(name, _)| name == "token");
    let (Some((_, token)), None) = (tokens.next(), tokens.next()) else {
        return Ok(None);
    };
    let store = &shared.edge.store;
    let Some(feed) = store.feed(&FeedToken::presented(&token)).await? else {
        return Ok(None);
    };
    query::check(uri, &["token"])?;
    // A business that left is open to nobody.
    let Some(business) = shared.edge.businesses.by_id(&feed.business) else {
        return Ok(None);
    };
    let from = shared.edge.clock.now() - KEPT;
    let entries = store.calendar(&feed, from).await?;
    let events: Vec<_> = entries
        .iter()
        .map(|entry| event(&business, &feed, entry))
        .collect();
    Ok(Some(calendar_file::write(
        &title(&business, &feed),
        &events,
    )))
}

fn wrong_token() -> ApiError {
    let message = "The token is missing or wrong; frontdesk feed-token makes one.";
    ApiError::new(ErrorCode::Unauthorized, message)
}

fn title(business: &Business, feed: &Feed) -> String {
    let person = feed.resource.as_ref();
    match person.and_then(|id| business.staff_member(id)) {
        Some(person) => format!("{} – {}", business.name, person.name),
        None => business.name.clone(),
    }
}

fn event(business: &Business, feed: &Feed, entry: &BookingEntry) -> Event {
    let (booking, details) = (&entry.booking, &entry.booking.details);
    let language = business.default_language();
    let address = business.address.as_ref();
    Event {
        uid: format!("{}@frontdesk", booking.id),
        sequence: booking.version,
        changed_at: entry.changed_at,
        span: details.visible,
        summary: summary(business, feed, entry),
        description: description(business, feed, entry),
        location: address.map(|address| address.get(language).to_owned()),
        is_cancelled: booking.status == BookingStatus::Cancelled,
    }
}

/// What is done, and for whom.
fn summary(business: &Business, feed: &Feed, entry: &BookingEntry) -> String {
    let details = &entry.booking.details;
    let what = names(business, &details.services);
    let whom = details.for_name.as_deref();
    let whom = whom.or(details.name.as_deref());
    match whom.or(entry.customer_name.as_deref()) {
        Some(name) if feed.names => format!("{what} – {name}"),
        Some(name) => format!("{what} – {}", initials(name)),
        None => what,
    }
}

/// Who does it, where the calendar is everybody's, and the customer's number, where they are named.
fn description(business: &Business, feed: &Feed, entry: &BookingEntry) -> Option<String> {
    let person = business.staff_member(&entry.booking.details.resource);
    let person = person.filter(|_| feed.resource.is_none());
    let phone = entry.phone.as_ref().filter(|_| feed.names);
    let lines: Vec<_> = [
        person.map(|person| person.name.as_str()),
        phone.map(PhoneNumber::as_str),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// The services by name; one that left the file, by its id.
fn names(business: &Business, services: &Services) -> String {
    let language = business.default_language();
    let name = |id| match business.service(id) {
        Some(service) => service.name.get(language),
        None => id.as_str(),
    };
    let names: Vec<_> = services.iter().map(name).collect();
    names.join(" + ")
}

fn initials(name: &str) -> String {
    let first = |word: &str| word.chars().next().map(|letter| format!("{letter}."));
    let initials: Vec<_> = name.split_whitespace().filter_map(first).collect();
    initials.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_tell_no_name() {
        assert_eq!(initials("Maria Lopez"), "M. L.");
        assert_eq!(initials("  ángel "), "á.");
        assert_eq!(initials(""), "");
    }
}
