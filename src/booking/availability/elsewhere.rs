//! What can be booked in a calendar that somebody else keeps: what its keeper has free, as far as
//! the business's own rules allow it and no other customer of ours is about to have it.
//!
//! The invariant: a start is offered if and only if [`check`] accepts it. The keeper's starts take
//! the place of the own grid; a visit longer than a slot needs free slots without a break.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Plan, Refusal, grid, judge, merged, sweep};
use crate::booking::{Busy, FreeRequest, FreeSlots, Opening, OpeningsRequest, ResourceId, Span};

/// What one resource has free.
struct Free {
    /// When something can start, in order.
    starts: Vec<DateTime<Utc>>,
    /// The stretches without a break, in order.
    covered: Vec<Span>,
}

/// What the keeper must be asked to answer a request. None: nothing can be offered whatever it says.
pub fn question<'a>(request: &OpeningsRequest<'a>) -> Option<FreeRequest<'a>> {
    let plan = Plan::new(request).ok()?;
    (plan.range.start < plan.range.end).then(|| FreeRequest {
        business: request.business,
        span: Span {
            start: plan.range.start,
            end: plan.range.end + plan.visit.duration,
        },
        resources: plan.resources,
        now: request.now,
    })
}

/// The times at which a visit can start, in order. `slots` is the answer to [`question`], and
/// `busy` is what [`super::busy_span`] asks for.
pub fn openings(request: &OpeningsRequest<'_>, slots: &FreeSlots, busy: &[Busy]) -> Vec<Opening> {
    let Ok(plan) = Plan::new(request) else {
        return Vec::new();
    };
    if plan.range.start >= plan.range.end {
        return Vec::new();
    }
    let mut offered = Vec::new();
    for (order, (resource, taken)) in plan.taken_by_resource(busy).iter().enumerate() {
        let Free {
            mut starts,
            covered,
        } = plan.free(resource, slots);
        let hours = plan.hours(resource);
        starts.retain(|&start| {
            let visible = plan.visit.visible(start);
            plan.range.contains(start)
                && plan.is_first(start)
                && within(&covered, visible)
                && grid::is_open(&hours, visible)
        });
        sweep(&mut starts, &plan.visit, taken);
        offered.extend(starts.into_iter().map(|start| (start, order)));
    }
    offered.sort_unstable();
    merged(&offered, &plan.resources)
}

/// Who is free at a start, or the true reason why nobody is: by the business's rules first, then by
/// what the keeper and our other customers leave. The request's range does not matter; `slots` and
/// `busy` are what is asked for with a range around the start.
pub fn check(
    request: &OpeningsRequest<'_>,
    start: DateTime<Utc>,
    slots: &FreeSlots,
    busy: &[Busy],
) -> Result<Vec<ResourceId>, Refusal> {
    let openings = |request: &OpeningsRequest<'_>| openings(request, slots, busy);
    judge(request, start, busy, openings, |plan, resource| {
        let visible = plan.visit.visible(start);
        within(&plan.free(resource, slots).covered, visible)
    })
}

impl Plan<'_> {
    /// What a resource has free, what is given up for it included: its keeper knows nothing of that.
    fn free(&self, resource: &ResourceId, slots: &FreeSlots) -> Free {
        let mut starts = slots.of(resource).to_vec();
        let slot = |&start: &DateTime<Utc>| Span {
            start,
            end: start + slots.length,
        };
        let mut spans: Vec<_> = starts.iter().map(slot).collect();
        if let Some(given_up) = self.given_up(resource) {
            // It started on the keeper's grid, which goes on over it.
            let mut start = given_up.start;
            starts.push(start);
            while slots.interval > TimeDelta::zero() && start + slots.interval < given_up.end {
                start += slots.interval;
                starts.push(start);
            }
            spans.push(given_up);
        }
        starts.sort_unstable();
        starts.dedup();
        spans.sort_unstable_by_key(|span| span.start);
        Free {
            starts,
            covered: joined(&spans),
        }
    }

    /// What the customer sees of what is given up, where that is this resource's. Only what is
    /// blocked is known of it, so that its buffers are taken to be those of the visit.
    fn given_up(&self, resource: &ResourceId) -> Option<Span> {
        let given_up = self.gives_up?;
        let span = Span {
            start: given_up.blocked.start + self.visit.buffer_before,
            end: given_up.blocked.end - self.visit.buffer_after,
        };
        let is_its = given_up.resource.as_ref() == Some(resource);
        (is_its && span.start < span.end).then_some(span)
    }

    /// Whether a local time is the first of two that the clock shows alike.
    fn is_first(&self, start: DateTime<Utc>) -> bool {
        let zone = &self.business.zone;
        zone.instant(zone.to_local(start)) == start
    }
}

/// Spans in order, those that touch made one.
fn joined(spans: &[Span]) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut().filter(|last| span.start <= last.end) {
            Some(last) => last.end = last.end.max(span.end),
            None => joined.push(*span),
        }
    }
    joined
}

/// Whether one of the spans, which are in order and apart, has all of another.
fn within(spans: &[Span], whole: Span) -> bool {
    let next = spans.partition_point(|span| span.end < whole.end);
    spans
        .get(next)
        .is_some_and(|span| span.start <= whole.start)
}

#[cfg(test)]
mod tests;
