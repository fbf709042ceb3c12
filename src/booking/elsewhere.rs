//! Appointments in a calendar that somebody else keeps, such as HighLevel's.
//!
//! The invariant: what its keeper has not answered is not firm. A booking waits for at most one
//! answer at a time.

use serde::{Deserialize, Serialize};

use super::{Attendee, Booking, BookingDetails, BookingStatus, ResourceId, Services, Span};

/// What a booking is in the calendar that somebody else keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// The calendar, by its keeper's id.
    pub calendar: Box<str>,
    /// The appointment, by its keeper's id; none until the keeper told one.
    pub id: Option<Box<str>>,
    /// The keeper is being asked for a change of it.
    pub asked: bool,
}

/// A change that the keeper of a calendar is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// To take the appointment in, as the booking has it.
    Create,
    /// To have it at another time, with somebody else, or as another visit.
    Move {
        /// What is done from then on.
        services: Services,
        /// Who or what is taken from then on.
        resource: ResourceId,
        /// What the customer sees from then on.
        visible: Span,
        /// What is taken from then on.
        blocked: Span,
        /// Who comes from then on.
        #[serde(default)]
        attendee: Attendee,
    },
    /// To give it up.
    Cancel,
}

/// What came of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is as wanted.
    Done,
    /// The time is not free there; all is as it was.
    Taken,
    /// There is no such appointment any more.
    Gone,
    /// Nobody answers so far; it is asked again.
    Delayed,
    /// It is not asked any more, and nobody knows.
    GivenUp,
}

// === impl Change ===

impl Change {
    /// When the appointment is to be, where that changes.
    pub fn visible(&self) -> Option<Span> {
        match self {
            Self::Move { visible, .. } => Some(*visible),
            Self::Create | Self::Cancel => None,
        }
    }
}

// === impl BookingDetails ===

impl BookingDetails {
    /// Puts it where a change moves it to.
    pub fn put(&mut self, place: Change) {
        if let Change::Move {
            services,
            resource,
            visible,
            blocked,
            attendee,
        } = place
        {
            attendee.replace(&mut self.for_name);
            self.services = services;
            self.resource = resource;
            self.visible = visible;
            self.blocked = blocked;
        }
    }
}

// === impl Booking ===

impl Booking {
    /// Whether the keeper of its calendar is being asked: until the answer it cannot be changed.
    pub fn is_asked(&self) -> bool {
        self.status == BookingStatus::Requested
            || self.elsewhere.as_ref().is_some_and(|one| one.asked)
    }
}
