//! Calendars that providers keep: asked to take appointments in, move them and give them up.
//!
//! The invariant: asking again for what may have been done looks first, so that however often it
//! is asked, there is one appointment or none.

use std::fmt::Debug;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::SendError;
use crate::{
    booking::{Booking, Business, Change},
    message::Contact,
};

/// The calendar that a provider keeps for businesses.
#[async_trait]
pub trait Agenda: Debug + Send + Sync + 'static {
    /// Makes a change, unless it is made already.
    ///
    /// # Errors
    ///
    /// What to do about it: [`SendError::Ambiguous`] where it may have been made.
    async fn change(&self, wanted: &Wanted<'_>) -> Result<Answered, SendError>;
}

/// A change that is wanted of an appointment.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Whose calendar.
    pub business: &'a Business,
    /// The booking, as it is here.
    pub booking: &'a Booking,
    /// The change.
    pub change: &'a Change,
    /// Who comes; `provider_id` is the provider's own contact, where one is known.
    pub contact: &'a Contact,
    /// The appointment's name for the people of the business.
    pub title: &'a str,
    /// It was asked for before, and may have been made.
    pub doubtful: bool,
    /// The provider's ids of this customer's other appointments: none of those is this one.
    pub others: &'a [Box<str>],
    /// The instant of the attempt.
    pub now: DateTime<Utc>,
}

/// What the provider answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    /// It is as wanted.
    Done {
        /// The provider's id of the appointment.
        id: Box<str>,
        /// The provider's id of who comes, where it told one.
        contact: Option<Box<str>>,
    },
    /// The time is not free there.
    Taken,
    /// There is no such appointment any more.
    Gone,
}
