//! Forgetting a person.
//!
//! The invariant: afterwards no table holds what they are called, how they are reached or what they
//! wrote. What stays tells nothing of them: the digests by which a repeated message is known, and the
//! keyed digest of an opt-out.

use std::fmt;

use async_trait::async_trait;

use super::Error;
use crate::{
    booking::BookingId,
    message::{BusinessId, PhoneNumber, ThreadId},
};

/// Forgetting a person.
#[async_trait]
pub trait Erasure: fmt::Debug + Send + Sync + 'static {
    /// Forgets whoever is named. Not while they have an appointment ahead.
    async fn erase(&self, business: &BusinessId, whom: &Whom) -> Result<Erased, Error>;
}

/// Who is to be forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// Everybody who has, or said to have, a number, in any spelling of it.
    Phone(PhoneNumber),
    /// The person whom a provider knows by an id of its own.
    ProviderId(Box<str>),
    /// The person whose conversation this is.
    Thread(ThreadId),
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Erased {
    /// They are forgotten.
    Done(Forgotten),
    /// These are ahead, and nothing was forgotten.
    Ahead(Vec<BookingId>),
    /// Nobody is known by that.
    Unknown,
}

/// How much was forgotten.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Conversations.
    pub threads: u64,
    /// Messages of the customer.
    pub messages: u64,
    /// Bookings that were over or given up.
    pub bookings: u64,
}
