//! From what a remote workflow asks for to effects that the calendar allows.

use chrono::{DateTime, FixedOffset, Utc};
use serde::Serialize;

use super::answer::{Answer, Moved, Wanted};
use crate::{
    booking::{
        Attendee, Booking, BookingDetails, BookingId, BookingStatus, Business, Busy, Calendar,
        CalendarError, Conflict, Effect, OpeningsRequest, Refusal, ResourceId, Services, Span,
        availability,
    },
    workflow::Turn,
};

/// How many others are told.
const ALTERNATIVES: usize = 5;

/// Why something could not be booked, moved or given up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Refused {
    reason: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<Services>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    booking: Option<BookingId>,
    /// The nearest times that are free.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    alternatives: Vec<Alternative>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Alternative {
    start: DateTime<Utc>,
    /// The start as the business's clock shows it, with its offset.
    local_start: DateTime<FixedOffset>,
    staff: Vec<ResourceId>,
}

/// What is asked of the calendar for one visit.
#[derive(Clone, Copy)]
struct Visit<'a> {
    services: &'a Services,
    staff: Option<&'a ResourceId>,
    start: DateTime<Utc>,
    gives_up: Option<&'a Busy>,
}

/// Where effects are made.
pub(super) struct EffectContext<'a> {
    pub(super) turn: &'a Turn,
    pub(super) business: &'a Business,
    pub(super) calendar: &'a dyn Calendar,
}

// === impl Refused ===

impl Refused {
    /// Why the answer before could not be applied.
    pub(super) fn of_conflict(conflict: &Conflict) -> Self {
        match conflict {
            Conflict::SlotTaken { start, .. } => Self {
                start: Some(*start),
                ..Self::because("taken")
            },
            Conflict::BookingChanged { id } => Self::booking("changed", *id),
        }
    }

    fn booking(reason: &'static str, id: BookingId) -> Self {
        Self {
            booking: Some(id),
            ..Self::because(reason)
        }
    }

    fn because(reason: &'static str) -> Self {
        Self {
            reason,
            service: None,
            start: None,
            booking: None,
            alternatives: Vec::new(),
        }
    }
}

// === impl EffectContext ===

impl EffectContext<'_> {
    /// The effects that an answer asks for, or why one of them cannot be.
    pub(super) async fn effects(
        &self,
        answer: &Answer,
    ) -> Result<Result<Vec<Effect>, Refused>, CalendarError> {
        let mut effects = Vec::new();
        for id in &answer.cancel {
            match self.changeable(*id) {
                Ok(booking) => effects.push(Effect::Cancel {
                    id: *id,
                    version: booking.version,
                }),
                Err(refused) => return Ok(Err(refused)),
            }
        }
        for moved in &answer.moved {
            match self.moved(moved).await? {
                Ok(effect) => effects.push(effect),
                Err(refused) => return Ok(Err(refused)),
            }
        }
        if self.is_over_limit(answer) {
            return Ok(Err(Refused::because("too_many_bookings")));
        }
        for (n, wanted) in answer.book.iter().enumerate() {
            match self.booked(n, wanted).await? {
                Ok(effect) => effects.push(effect),
                Err(refused) => return Ok(Err(refused)),
            }
        }
        Ok(Ok(effects))
    }

    /// A booking of the customer's that is still theirs to change.
    fn changeable(&self, id: BookingId) -> Result<&Booking, Refused> {
        let own = self.turn.bookings.iter().find(|booking| booking.id == id);
        let booking = own.ok_or_else(|| Refused::booking("unknown_booking", id))?;
        if booking.is_asked() {
            return Err(Refused::booking("waits_for_calendar", id));
        }
        let until = booking.details.visible.start - self.business.rules.cancel_cutoff;
        if booking.status == BookingStatus::Booked && self.turn.now > until {
            return Err(Refused::booking("past_cutoff", id));
        }
        Ok(booking)
    }

    fn is_over_limit(&self, answer: &Answer) -> bool {
        let firm = |booking: &&Booking| {
            let counts = matches!(
                booking.status,
                BookingStatus::Booked | BookingStatus::Requested
            );
            counts && !answer.cancel.contains(&booking.id)
        };
        let open = self.turn.bookings.iter().filter(firm).count() + answer.book.len();
        !answer.book.is_empty() && open > self.business.max_open_bookings as usize
    }

    async fn booked(
        &self,
        n: usize,
        wanted: &Wanted,
    ) -> Result<Result<Effect, Refused>, CalendarError> {
        let visit = Visit {
            services: &wanted.service,
            staff: wanted.staff.as_ref(),
            start: wanted.start,
            gives_up: None,
        };
        let resource = match self.free(visit).await? {
            Ok(free) => free.into_iter().next(),
            Err(refused) => return Ok(Err(refused)),
        };
        let spans = self.spans(visit).zip(resource);
        let Some(((visible, blocked), resource)) = spans else {
            return Ok(Err(visit.refused(Refusal::NotDone)));
        };
        let details = BookingDetails {
            business: self.business.id.clone(),
            services: wanted.service.clone(),
            resource,
            visible,
            blocked,
            customer: self.turn.customer,
            for_name: wanted.for_name.clone(),
            name: wanted
                .name
                .clone()
                .or_else(|| self.turn.contact.name.clone()),
        };
        let id = self.turn.booking_id(n);
        Ok(Ok(Effect::Book { id, details }))
    }

    async fn moved(&self, moved: &Moved) -> Result<Result<Effect, Refused>, CalendarError> {
        let booking = match self.changeable(moved.booking) {
            Ok(booking) => booking,
            Err(refused) => return Ok(Err(refused)),
        };
        let details = &booking.details;
        let gives_up = Busy {
            resource: Some(details.resource.clone()),
            blocked: details.blocked,
        };
        let visit = Visit {
            services: &details.services,
            staff: moved.staff.as_ref(),
            start: moved.start,
            gives_up: Some(&gives_up),
        };
        let free = match self.free(visit).await? {
            Ok(free) => free,
            Err(refused) => {
                let booking = Some(booking.id);
                return Ok(Err(Refused { booking, ..refused }));
            }
        };
        let as_before = free.iter().find(|resource| **resource == details.resource);
        let resource = as_before.or(free.first()).cloned();
        let spans = self.spans(visit).zip(resource);
        let Some(((visible, blocked), resource)) = spans else {
            return Ok(Err(visit.refused(Refusal::NotDone)));
        };
        Ok(Ok(Effect::Move {
            id: booking.id,
            version: booking.version,
            services: details.services.clone(),
            resource,
            visible,
            blocked,
            attendee: Attendee::AsBefore,
        }))
    }

    fn spans(&self, visit: Visit<'_>) -> Option<(Span, Span)> {
        let known = self.business.visit(visit.services)?;
        Some((known.visible(visit.start), known.blocked(visit.start)))
    }

    /// Who is free for a visit; never nobody.
    async fn free(
        &self,
        visit: Visit<'_>,
    ) -> Result<Result<Vec<ResourceId>, Refused>, CalendarError> {
        let request = self.request(visit);
        let refusal = match self.calendar.check(&request, visit.start).await? {
            Ok(free) => return Ok(Ok(free)),
            Err(refusal) => refusal,
        };
        let openings = self.calendar.openings(&request).await?;
        let nearest = availability::nearest(&openings, visit.start, ALTERNATIVES);
        let alternatives = nearest.into_iter().map(|opening| Alternative {
            start: opening.start,
            local_start: self.business.zone.with_offset(opening.start),
            staff: opening.resources.clone(),
        });
        Ok(Err(Refused {
            alternatives: alternatives.collect(),
            ..visit.refused(refusal)
        }))
    }

    fn request<'r>(&'r self, visit: Visit<'r>) -> OpeningsRequest<'r> {
        OpeningsRequest {
            business: self.business,
            services: visit.services,
            staff: visit.staff,
            // All that can be booked: what is refused may lie far outside of it.
            range: availability::allowed(self.business, self.turn.now),
            customer: Some(self.turn.customer),
            gives_up: visit.gives_up,
            now: self.turn.now,
        }
    }
}

// === impl Visit ===

impl Visit<'_> {
    fn refused(&self, refusal: Refusal) -> Refused {
        Refused {
            service: Some(self.services.clone()),
            start: Some(self.start),
            ..Refused::because(refusal.as_str())
        }
    }
}
