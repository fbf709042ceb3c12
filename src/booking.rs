//! The booking domain, pure: businesses, their hours, what is free, and what is booked.
//!
//! The invariant: no two blocked spans of one resource overlap. The domain computes what may be
//! offered; the database itself refuses what would overlap.

pub mod availability;
mod block;
pub mod business;
mod businesses;
pub mod calendar_file;
mod elsewhere;
mod free;
pub mod hours;
pub mod reminder;
mod services;
pub mod stray;
pub mod zone;

use std::{
    fmt::{self, Debug},
    sync::Arc,
};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::{
    availability::Refusal,
    block::{Block, BlockId},
    business::Business,
    businesses::Businesses,
    elsewhere::{Change, Elsewhere, Verdict},
    free::{FreeRequest, FreeSlots, FreeTimes},
    services::{NoVisit, Services},
};
use crate::message::{BusinessId, CustomerId};

/// The half-open stretch of time from `start` up to `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first instant in it.
    pub start: DateTime<Utc>,
    /// The first instant after it.
    pub end: DateTime<Utc>,
}

/// A booking's id, unique over all businesses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BookingId(pub Uuid);

/// The `id` of a `[[service]]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ServiceId(Box<str>);

/// Who or what is booked: the `id` of a `[[staff]]`, or [`ResourceId::shop`] where there is none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ResourceId(Arc<str>);

/// How firm a booking is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "status")]
pub enum BookingStatus {
    /// Kept free while the customer makes up their mind.
    Held {
        /// When it stops to count.
        expires_at: DateTime<Utc>,
    },
    /// An external calendar is being asked; never expires by itself.
    Requested,
    /// Firm.
    Booked,
    /// Given up; takes no room.
    Cancelled,
}

/// One appointment, or the hold that may become one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    /// Its id.
    pub id: BookingId,
    /// Raised by every change; a change names the version it saw.
    pub version: u32,
    /// How firm it is.
    pub status: BookingStatus,
    /// What it is.
    pub details: BookingDetails,
    /// What it is in the calendar that somebody else keeps; none: it is in our own.
    pub elsewhere: Option<Elsewhere>,
}

/// What is booked, for whom and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookingDetails {
    /// The business.
    pub business: BusinessId,
    /// What is done.
    pub services: Services,
    /// Who or what is taken.
    pub resource: ResourceId,
    /// What the customer sees.
    pub visible: Span,
    /// What is taken: the visible span and the buffers around it.
    pub blocked: Span,
    /// Whose it is.
    pub customer: CustomerId,
    /// The name it is under.
    pub name: Option<Box<str>>,
    /// Who comes, where that is somebody else: the customer's son.
    pub for_name: Option<Box<str>>,
}

/// Who comes to an appointment once it is changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attendee {
    /// Whoever was to come before.
    #[default]
    AsBefore,
    /// The customer.
    Customer,
    /// Somebody else, by this name.
    Named(Box<str>),
}

/// One change of the calendar. A turn's effects are applied together or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Keeps a time free until it expires.
    Hold {
        /// The id it gets.
        id: BookingId,
        /// What is kept free.
        details: BookingDetails,
        /// Until when.
        expires_at: DateTime<Utc>,
    },
    /// Books a free time outright.
    Book {
        /// The id it gets.
        id: BookingId,
        /// What is booked.
        details: BookingDetails,
    },
    /// Makes a hold firm, in place. An expired hold is made firm too, if its time is still free.
    Confirm {
        /// The hold.
        id: BookingId,
        /// The version that was seen.
        version: u32,
        /// The name it is under from now on.
        name: Option<Box<str>>,
        /// Who comes, where that is somebody else.
        for_name: Option<Box<str>>,
    },
    /// Moves a hold or booking to another time or person, makes it another visit, or somebody
    /// else's, in place.
    Move {
        /// The booking.
        id: BookingId,
        /// The version that was seen.
        version: u32,
        /// What is done from now on.
        services: Services,
        /// Who or what is taken from now on.
        resource: ResourceId,
        /// What the customer sees from now on.
        visible: Span,
        /// What is taken from now on.
        blocked: Span,
        /// Who comes from now on.
        attendee: Attendee,
    },
    /// Gives a hold or booking up.
    Cancel {
        /// The booking.
        id: BookingId,
        /// The version that was seen.
        version: u32,
    },
}

/// Why effects could not be applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "conflict")]
pub enum Conflict {
    /// Someone else has the time.
    SlotTaken {
        /// Who or what is taken.
        resource: ResourceId,
        /// The time that was wanted.
        start: DateTime<Utc>,
    },
    /// The booking is gone, is another customer's, or is not as it was seen.
    BookingChanged {
        /// The booking.
        id: BookingId,
    },
}

/// What is free, whoever keeps the calendar.
#[async_trait]
pub trait Calendar: Debug + Send + Sync + 'static {
    /// The times at which a visit can start, in order.
    async fn openings(&self, request: &OpeningsRequest<'_>) -> Result<Vec<Opening>, CalendarError>;

    /// Who is free at one start, whatever the request's range, or the true reason why nobody is.
    async fn check(
        &self,
        request: &OpeningsRequest<'_>,
        start: DateTime<Utc>,
    ) -> Result<Result<Vec<ResourceId>, Refusal>, CalendarError>;
}

/// Which openings are asked for.
#[derive(Debug, Clone, Copy)]
pub struct OpeningsRequest<'a> {
    /// The business.
    pub business: &'a Business,
    /// What is to be done.
    pub services: &'a Services,
    /// Only this person; otherwise everyone who does all of it.
    pub staff: Option<&'a ResourceId>,
    /// Starts within this span.
    pub range: Span,
    /// The customer whose own holds do not stand in the way.
    pub customer: Option<CustomerId>,
    /// What is given up for it: a booking that is moved is not in its own way.
    pub gives_up: Option<&'a Busy>,
    /// Notice and window are counted from here.
    pub now: DateTime<Utc>,
}

/// A time that can be booked, and with whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The start that the customer sees.
    pub start: DateTime<Utc>,
    /// Who is free, in the order of the business file; never empty.
    pub resources: Vec<ResourceId>,
}

/// A stretch of time that is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Busy {
    /// Who or what; none: everybody and everything.
    pub resource: Option<ResourceId>,
    /// When, buffers included.
    pub blocked: Span,
}

/// The calendar could not be asked.
#[derive(Debug, thiserror::Error)]
#[error("the calendar is unavailable")]
pub struct CalendarError(#[source] pub anyhow::Error);

// === impl Effect ===

impl Effect {
    /// Changes what a customer has as it will be once this is done. A calendar that somebody else
    /// keeps is only asked: until it answers, what it has stays as it is.
    pub fn apply(&self, bookings: &mut Vec<Booking>) {
        let (id, version) = match self {
            Self::Hold {
                id,
                details,
                expires_at,
            } => {
                let expires_at = *expires_at;
                return bookings.push(Booking::new(
                    *id,
                    BookingStatus::Held { expires_at },
                    details,
                ));
            }
            Self::Book { id, details } => {
                return bookings.push(Booking::new(*id, BookingStatus::Booked, details));
            }
            Self::Confirm { id, version, .. }
            | Self::Move { id, version, .. }
            | Self::Cancel { id, version } => (*id, *version),
        };
        let Some(n) = bookings
            .iter()
            .position(|one| (one.id, one.version) == (id, version))
        else {
            return;
        };
        let booking = &mut bookings[n];
        let is_held = matches!(booking.status, BookingStatus::Held { .. });
        booking.version += 1;
        match self {
            Self::Confirm { name, for_name, .. } => {
                booking.status = match booking.elsewhere {
                    Some(_) => BookingStatus::Requested,
                    None => BookingStatus::Booked,
                };
                booking.details.name.clone_from(name);
                booking.details.for_name.clone_from(for_name);
            }
            Self::Move {
                services,
                resource,
                visible,
                blocked,
                attendee,
                ..
            } if booking.elsewhere.is_none() || is_held => {
                let details = &mut booking.details;
                details.services.clone_from(services);
                details.resource.clone_from(resource);
                (details.visible, details.blocked) = (*visible, *blocked);
                attendee.replace(&mut details.for_name);
            }
            Self::Cancel { .. } if booking.elsewhere.is_none() || is_held => {
                bookings.remove(n);
            }
            _ => {}
        }
    }
}

// === impl Attendee ===

impl Attendee {
    /// Puts who comes from now on in the place of who was to come.
    pub fn replace(&self, for_name: &mut Option<Box<str>>) {
        match self {
            Self::AsBefore => {}
            Self::Customer => *for_name = None,
            Self::Named(name) => *for_name = Some(name.clone()),
        }
    }
}

// === impl Booking ===

impl Booking {
    fn new(id: BookingId, status: BookingStatus, details: &BookingDetails) -> Self {
        Self {
            id,
            version: 1,
            status,
            details: details.clone(),
            elsewhere: None,
        }
    }
}

// === impl Span ===

impl Span {
    /// Whether the two share an instant.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether an instant is in it.
    pub fn contains(&self, at: DateTime<Utc>) -> bool {
        self.start <= at && at < self.end
    }
}

// === impl OpeningsRequest ===

impl OpeningsRequest<'_> {
    /// The same, for one start only.
    #[must_use]
    pub fn at(&self, start: DateTime<Utc>) -> Self {
        let range = Span {
            start,
            end: start + TimeDelta::seconds(1),
        };
        Self { range, ..*self }
    }
}

// === impl Effect ===

impl Effect {
    /// The booking that it makes or changes.
    pub fn booking(&self) -> BookingId {
        match self {
            Self::Hold { id, .. }
            | Self::Book { id, .. }
            | Self::Confirm { id, .. }
            | Self::Move { id, .. }
            | Self::Cancel { id, .. } => *id,
        }
    }
}

// === impl BookingId ===

impl BookingId {
    /// The id that always belongs to this name.
    pub fn derive(name: &str) -> Self {
        /// The namespace of ids derived from turns, made once at random.
        const NAMESPACE: Uuid = Uuid::from_u128(0x6d0c_6a5e_3f4b_4d51_9c0e_8a51_72f0_b6d3);
        Self(Uuid::new_v5(&NAMESPACE, name.as_bytes()))
    }
}

impl fmt::Display for BookingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

// === impl ServiceId ===

impl ServiceId {
    /// The id as written in the business file.
    pub fn new(id: &str) -> Self {
        Self(id.into())
    }

    /// The id as written in the business file.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

// === impl ResourceId ===

impl ResourceId {
    /// The id as written in the business file.
    pub fn new(id: &str) -> Self {
        Self(id.into())
    }

    /// The one resource of a business without staff. No `[[staff]]` may have this id.
    pub fn shop() -> Self {
        Self("shop".into())
    }

    /// The id as written in the business file.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
