//! A booking as the API shows it.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    availability::{ids, local},
    services::person,
};
use crate::{
    booking::{Booking, BookingStatus, Business},
    http::error::rfc3339,
    message::PhoneNumber,
    store::BookingEntry,
};

/// An appointment, or the hold that may become one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Booking)]
pub(in crate::http) struct BookingShape {
    id: Uuid,
    business: String,
    /// Raised by every change.
    version: u32,
    status: StatusShape,
    /// The ids of the services, in the order in which they are done.
    services: Vec<String>,
    /// Who does it; null where the shop is the one thing that is booked.
    #[schema(required)]
    staff: Option<String>,
    /// When it starts, in UTC.
    #[schema(format = DateTime)]
    start: String,
    /// When the customer leaves, in UTC.
    #[schema(format = DateTime)]
    end: String,
    /// The start as the business's clock shows it, with its offset.
    #[schema(format = DateTime)]
    local_start: String,
    /// The name it is under.
    #[schema(required)]
    name: Option<String>,
    /// Whom it is for, where that is not the customer.
    #[schema(required)]
    for_name: Option<String>,
    /// The customer's number.
    #[schema(required)]
    phone: Option<String>,
}

/// How firm a booking is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BookingStatus)]
#[serde(rename_all = "lowercase")]
pub(in crate::http) enum StatusShape {
    /// Kept free while the customer makes up their mind.
    Held,
    /// An external calendar is being asked.
    Requested,
    /// Firm.
    Booked,
    /// Given up.
    Cancelled,
}

// === impl BookingShape ===

impl BookingShape {
    pub(super) fn of(
        business: &Business,
        booking: &Booking,
        name: Option<&str>,
        phone: Option<&PhoneNumber>,
    ) -> Self {
        let details = &booking.details;
        let name = details.name.as_deref().or(name);
        Self {
            id: booking.id.0,
            business: business.id.as_str().to_owned(),
            version: booking.version,
            status: booking.status.into(),
            services: ids(&details.services),
            staff: person(&details.resource).map(str::to_owned),
            start: rfc3339(details.visible.start),
            end: rfc3339(details.visible.end),
            local_start: local(business, details.visible.start),
            name: name.map(str::to_owned),
            for_name: details.for_name.as_deref().map(str::to_owned),
            phone: phone.map(|phone| phone.as_str().to_owned()),
        }
    }

    pub(super) fn of_entry(business: &Business, entry: &BookingEntry) -> Self {
        let (name, phone) = (entry.customer_name.as_deref(), entry.phone.as_ref());
        Self::of(business, &entry.booking, name, phone)
    }
}

impl From<BookingStatus> for StatusShape {
    fn from(status: BookingStatus) -> Self {
        match status {
            BookingStatus::Held { .. } => Self::Held,
            BookingStatus::Requested => Self::Requested,
            BookingStatus::Booked => Self::Booked,
            BookingStatus::Cancelled => Self::Cancelled,
        }
    }
}
