//! What is asked along the way, whatever else is wished.

use chrono::NaiveDate;

use crate::{
    booking::{ResourceId, ServiceId},
    language::{day::Days, intent::Intent},
    workflow::assistant::hear::{Unread, Utterance},
};

/// Questions that are answered along the way.
#[derive(Debug, Default)]
pub(super) struct Asides {
    /// Which of the business's answers.
    pub(super) answers: Vec<usize>,
    pub(super) hours: bool,
    /// The one day whose hours are asked.
    pub(super) day: Option<NaiveDate>,
    /// The person whose hours of that day are asked.
    pub(super) staff: Option<ResourceId>,
    pub(super) address: bool,
    /// Until when an appointment can be changed.
    pub(super) policy: bool,
    /// The prices: of these services, or of all.
    pub(super) prices: Option<Vec<ServiceId>>,
    /// Something came that cannot be read.
    pub(super) unread: Option<Unread>,
    /// The words in which nothing was understood, beside others.
    pub(super) not_caught: Option<String>,
}

// === impl Asides ===

impl Asides {
    /// Those of a turn.
    pub(super) fn of(heard: &Utterance) -> Self {
        Self {
            answers: heard.answers.clone(),
            hours: heard.has(Intent::Hours),
            day: heard.when.days.as_ref().and_then(Days::single),
            staff: heard.staff.clone(),
            address: heard.has(Intent::Address),
            policy: heard.has(Intent::Policy),
            prices: heard.has(Intent::Price).then(|| heard.services.concat()),
            unread: heard.unread,
            not_caught: heard.not_caught.clone(),
        }
    }

    /// Whether anything is to be answered.
    pub(super) fn asks_anything(&self) -> bool {
        let asks = self.hours || self.address || self.policy || self.prices.is_some();
        asks || !self.answers.is_empty()
    }
}
