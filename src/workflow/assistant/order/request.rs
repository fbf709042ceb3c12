//! The request to make or move a booking.

use chrono::{DateTime, Utc};

use crate::{
    booking::{ResourceId, ServiceId, Services},
    language::intent::Intent,
    workflow::assistant::{
        hear::{Guest, Utterance},
        memory::{ForWhom, Memory, When},
        token::Page,
    },
};

/// A request to make or move a booking, as far as it was said.
#[derive(Debug, Default, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each can be said without the others"
)]
pub(in crate::workflow::assistant) struct Order {
    /// The services that are wanted, each with all that may be meant; none: those of the draft.
    pub(in crate::workflow::assistant) services: Vec<Vec<ServiceId>>,
    /// They come to those of the draft.
    pub(in crate::workflow::assistant) adds: bool,
    /// Nothing else is wanted.
    pub(in crate::workflow::assistant) only: bool,
    /// The services that will not do.
    pub(in crate::workflow::assistant) not_services: Vec<ServiceId>,
    pub(in crate::workflow::assistant) staff: Option<ResourceId>,
    /// Staff members who were ruled out.
    pub(in crate::workflow::assistant) not_staff: Vec<ResourceId>,
    /// Whoever was wished before, anyone will do.
    pub(in crate::workflow::assistant) anyone: bool,
    pub(in crate::workflow::assistant) for_whom: Option<ForWhom>,
    pub(in crate::workflow::assistant) when: When,
    /// Whenever was wished before, any time will do.
    pub(in crate::workflow::assistant) anytime: bool,
    pub(in crate::workflow::assistant) start: Option<DateTime<Utc>>,
    pub(in crate::workflow::assistant) page: Option<Page>,
    pub(in crate::workflow::assistant) services_from: Option<usize>,
    /// The first or last of the times there are.
    pub(in crate::workflow::assistant) end: Option<End>,
    /// The services of the appointment that is moved, where they are to be others.
    pub(in crate::workflow::assistant) becomes: Option<Services>,
    /// Who comes to the appointment that is moved, where it is to be somebody else.
    pub(in crate::workflow::assistant) comes: Option<ForWhom>,
    /// The other people who come.
    pub(in crate::workflow::assistant) with: Vec<Guest>,
    /// One after the other.
    pub(in crate::workflow::assistant) in_turn: bool,
    /// At this time, or as near to it as can be.
    pub(in crate::workflow::assistant) near: Option<DateTime<Utc>>,
    /// Before or after what was offered.
    pub(in crate::workflow::assistant) relative: Option<Relative>,
}

/// One end of the times there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::workflow::assistant) enum End {
    First,
    /// Of the first day that has any.
    Last,
}

/// The direction of a request, relative to what was offered or picked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::workflow::assistant) enum Relative {
    Earlier,
    Later,
}

// === impl Order ===

impl Order {
    pub(in crate::workflow::assistant) fn of(memory: &Memory, heard: &Utterance) -> Self {
        let beside = memory.pick().is_some() || memory.offered_times().next().is_some();
        let relative = [
            (Intent::Earlier, Relative::Earlier),
            (Intent::Later, Relative::Later),
        ];
        let ends = [(Intent::Soonest, End::First), (Intent::Latest, End::Last)];
        let mut ends = ends.into_iter();
        let mut relative = relative.into_iter().filter(|_| beside);
        let follows = heard.reference.in_turn
            && memory.draft().is_some()
            && heard.for_whom.is_none()
            && heard.guests.is_empty();
        Self {
            services: heard.services.clone(),
            // "Alignment straight after that".
            adds: heard.adds || follows,
            only: heard.reference.is_only || heard.reference.replaces,
            not_services: heard.not_services.clone(),
            staff: heard.staff.clone(),
            not_staff: heard.not_staff.clone(),
            anyone: heard.has(Intent::Anyone),
            for_whom: heard.for_whom.clone(),
            when: heard.when.clone(),
            anytime: heard.has(Intent::Anytime),
            start: heard.start,
            page: heard.page,
            services_from: heard.services_from,
            end: ends.find_map(|(intent, end)| heard.has(intent).then_some(end)),
            becomes: None,
            comes: None,
            with: heard.guests.iter().skip(1).cloned().collect(),
            // "At once if you can, or else one after the other."
            in_turn: heard.reference.in_turn && !heard.has(Intent::SameTime),
            near: None,
            relative: relative.find_map(|(intent, way)| heard.has(intent).then_some(way)),
        }
    }
}
