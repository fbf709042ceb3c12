//! What the people of a business look up and do, beside the conversations.
//!
//! The invariants: what they change goes through the same functions as what customers change, and
//! a change that is asked for again under the same key is made once and answered as it was.

use std::fmt;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::Error;
use crate::{
    booking::{Booking, BookingId, Conflict, Effect},
    message::{BusinessId, CustomerId, PhoneNumber},
};

/// What the people of a business look up and do.
#[async_trait]
pub trait Office: fmt::Debug + Send + Sync + 'static {
    /// The customer who proves to have a phone, made when new. Without a phone, someone new of whom
    /// nothing else is known. A name is kept where one is told.
    async fn customer(
        &self,
        business: &BusinessId,
        phone: Option<PhoneNumber>,
        name: Option<Box<str>>,
    ) -> Result<KnownCustomer, Error>;

    /// The bookings that are asked for, by start and id.
    async fn bookings(&self, wanted: BookingsWanted) -> Result<Vec<BookingEntry>, Error>;

    /// One booking, whatever its status.
    async fn booking_entry(&self, id: BookingId) -> Result<Option<BookingEntry>, Error>;

    /// What was answered under a key.
    async fn remembered(&self, key: &RequestKey) -> Result<Option<Remembered>, Error>;

    /// Applies effects as [`Bookings::apply`](super::Bookings::apply) does, and remembers the answer
    /// under the request's key in the same transaction. What was answered before is not done again.
    async fn apply_once(
        &self,
        effects: Vec<Effect>,
        key: RequestKey,
        answer: Box<str>,
    ) -> Result<Once, Error>;
}

/// A customer as the people of a business know them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownCustomer {
    /// Whose bookings are made.
    pub id: CustomerId,
    /// What they are called, where that is known.
    pub name: Option<Box<str>>,
}

/// Which bookings are asked for.
#[derive(Debug, Clone)]
pub struct BookingsWanted {
    /// The business.
    pub business: BusinessId,
    /// Those that start at this instant or later.
    pub from: Option<DateTime<Utc>>,
    /// Those that start before this instant.
    pub until: Option<DateTime<Utc>>,
    /// Those of who has, or said to have, this number.
    pub phone: Option<PhoneNumber>,
    /// How firm they are.
    pub firmness: Firmness,
    /// Only those after this one, in the order of the list.
    pub after: Option<(DateTime<Utc>, BookingId)>,
    /// The most.
    pub limit: usize,
}

/// How firm the bookings are that are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Firmness {
    /// Booked, or being booked in an external calendar.
    Firm,
    /// Kept free while a customer makes up their mind.
    Held,
    /// Given up.
    Cancelled,
}

/// A booking as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookingEntry {
    /// The booking.
    pub booking: Booking,
    /// The customer's number, as far as it is known.
    pub phone: Option<PhoneNumber>,
    /// What the customer is called, where that is known.
    pub customer_name: Option<Box<str>>,
    /// When it was made or last changed.
    pub changed_at: DateTime<Utc>,
}

/// What makes a request the same one when it comes again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestKey {
    /// The business that it is made at.
    pub business: BusinessId,
    /// The key that the caller gave.
    pub key: Box<str>,
    /// Stands for all that is asked.
    pub digest: [u8; 32],
}

/// What is known of a request under its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remembered {
    /// It was answered so.
    Answer(Box<str>),
    /// The key was used to ask for something else.
    AnotherRequest,
}

/// What became of a change that is made once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Once {
    /// It is made.
    Applied,
    /// It could not be made; nothing is remembered.
    Conflict(Conflict),
    /// It was asked for before.
    Before(Remembered),
}
