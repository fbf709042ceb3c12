//! What is asked along the way, whatever else is wished.

use chrono::NaiveDate;

use crate::{
    booking::{ResourceId, ServiceId},
    language::{day::Days, intent::Intent},
    workflow::assistant::hear::{Heard, Unread},
};

/// Questions that are answered along the way.
#[derive(Debug, Default)]
pub(in super::super) struct Asides {
    /// Which of the business's answers.
    pub(in super::super) answers: Vec<usize>,
    pub(in super::super) hours: bool,
    /// The one day whose hours are asked.
    pub(in super::super) day: Option<NaiveDate>,
    /// The person whose hours of that day are asked.
    pub(in super::super) staff: Option<ResourceId>,
    pub(in super::super) address: bool,
    /// Until when an appointment can be changed.
    pub(in super::super) policy: bool,
    /// The prices: of these services, or of all.
    pub(in super::super) prices: Option<Vec<ServiceId>>,
    /// Something came that cannot be read.
    pub(in super::super) unread: Option<Unread>,
}

// === impl Asides ===

impl Asides {
    /// Those of a turn.
    pub(super) fn of(heard: &Heard) -> Self {
        Self {
            answers: heard.answers.clone(),
            hours: heard.has(Intent::Hours),
            day: heard.when.days.as_ref().and_then(Days::single),
            staff: heard.staff.clone(),
            address: heard.has(Intent::Address),
            policy: heard.has(Intent::Policy),
            prices: heard.has(Intent::Price).then(|| heard.services.concat()),
            unread: heard.unread,
        }
    }

    /// Whether anything is to be answered.
    pub(in super::super) fn asks_anything(&self) -> bool {
        let asks = self.hours || self.address || self.policy || self.prices.is_some();
        asks || !self.answers.is_empty()
    }
}
