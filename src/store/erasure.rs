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
    message::{BusinessId, PhoneNumber},
};

/// Forgetting a person.
#[async_trait]
pub trait Erasure: fmt::Debug + Send + Sync + 'static {
    /// Forgets whoever has, or said to have, a number. Not while they have an appointment ahead.
    async fn erase(&self, business: &BusinessId, phone: &PhoneNumber) -> Result<Erased, Error>;
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Erased {
    /// They are forgotten.
    Done(Forgotten),
    /// These are ahead, and nothing was forgotten.
    Ahead(Vec<BookingId>),
    /// Nobody is known by that number.
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
