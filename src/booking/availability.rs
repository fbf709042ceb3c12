//! What can be booked, in four pure steps: opening hours → grid of starts → notice and window →
//! one sweep against what is taken.
//!
//! The invariant: a start is offered if and only if [`check`] accepts it, whatever is taken and
//! whatever the clocks do. Slots end at closing time at the latest (the visit itself; its
//! buffers may go beyond). A start is a local time that happens: none in the hour that the clock
//! skips in spring, and in autumn only the first of the two.

pub mod elsewhere;
mod grid;

use std::collections::HashMap;

use chrono::{DateTime, Days, TimeDelta, Utc};

use self::grid::OpenSpan;
use super::{Business, Busy, Opening, OpeningsRequest, ResourceId, Span, business::Visit};

/// Why a start cannot be booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refusal {
    /// The business has no such service, or nobody that is wished does all of it.
    #[error("nobody does that")]
    NotDone,
    /// Not open for as long as it takes.
    #[error("closed")]
    Closed,
    /// The person that is wished does not work for as long as it takes; somebody else does.
    #[error("the person is off")]
    StaffOff,
    /// Someone else has the time.
    #[error("taken")]
    Taken,
    /// Nearer than the notice, or over.
    #[error("too soon")]
    TooSoon,
    /// Beyond the window.
    #[error("too far ahead")]
    TooFar,
    /// Free, but not one of the times at which it starts.
    #[error("off the grid")]
    OffGrid,
}

impl Refusal {
    /// The name in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotDone => "not_done",
            Self::Closed => "closed",
            Self::StaffOff => "staff_off",
            Self::Taken => "taken",
            Self::TooSoon => "too_soon",
            Self::TooFar => "too_far",
            Self::OffGrid => "off_grid",
        }
    }
}

/// A request with what follows from the business's rules.
struct Plan<'a> {
    business: &'a Business,
    visit: Visit<'a>,
    /// Who may do it, in the order of the file.
    resources: Vec<&'a ResourceId>,
    /// What does not count as taken.
    gives_up: Option<&'a Busy>,
    /// The starts that notice and window allow.
    allowed: Span,
    /// Those of them that are asked for.
    range: Span,
}

/// The times at which a visit can start, in order. `busy` is what [`busy_span`] asks for.
pub fn openings(request: &OpeningsRequest<'_>, busy: &[Busy]) -> Vec<Opening> {
    let Ok(plan) = Plan::new(request) else {
        return Vec::new();
    };
    if plan.range.start >= plan.range.end {
        return Vec::new();
    }
    let mut free = Vec::new();
    for (order, (resource, taken)) in plan.taken_by_resource(busy).iter().enumerate() {
        let hours = plan.hours(resource);
        let mut starts = grid::starts(plan.business, &hours, &plan.visit, taken);
        starts.retain(|start| plan.range.contains(*start));
        sweep(&mut starts, &plan.visit, taken);
        free.extend(starts.into_iter().map(|start| (start, order)));
    }
    if plan.resources.len() > 1 {
        free.sort_unstable();
    }
    merged(&free, &plan.resources)
}

/// The stretch of time of which must be known what is taken, to answer a request. None: nothing
/// can be offered whatever is taken.
pub fn busy_span(request: &OpeningsRequest<'_>) -> Option<Span> {
    let plan = Plan::new(request).ok()?;
    // A minute more: what ends right where the first start's buffer begins gives a start too.
    let margin = TimeDelta::minutes(1);
    (plan.range.start < plan.range.end).then(|| Span {
        start: plan.visit.blocked(plan.range.start).start - margin,
        end: plan.visit.blocked(plan.range.end).end,
    })
}

/// Who is free at a start, or the true reason why nobody is. The request's range does not matter;
/// `busy` is what [`busy_span`] asks for with a range around the start.
pub fn check(
    request: &OpeningsRequest<'_>,
    start: DateTime<Utc>,
    busy: &[Busy],
) -> Result<Vec<ResourceId>, Refusal> {
    let openings = |request: &OpeningsRequest<'_>| openings(request, busy);
    judge(request, start, busy, openings, |_, _| true)
}

/// Who is offered a start, or the true reason why nobody is: by the rules first, and then by what is
/// taken. `has_room` is whether a resource has room for the visit, but for what is taken of ours.
fn judge(
    request: &OpeningsRequest<'_>,
    start: DateTime<Utc>,
    busy: &[Busy],
    openings: impl FnOnce(&OpeningsRequest<'_>) -> Vec<Opening>,
    has_room: impl Fn(&Plan<'_>, &ResourceId) -> bool,
) -> Result<Vec<ResourceId>, Refusal> {
    let request = request.at(start);
    let plan = Plan::new(&request)?;
    if start < plan.allowed.start {
        return Err(Refusal::TooSoon);
    }
    if start >= plan.allowed.end {
        return Err(Refusal::TooFar);
    }
    if let Some(opening) = openings(&request).into_iter().next() {
        return Ok(opening.resources);
    }
    let taken = plan.taken_by_resource(busy);
    let mut open = taken
        .iter()
        .filter(|(resource, _)| plan.is_open(resource, start))
        .peekable();
    if open.peek().is_none() {
        return Err(plan.why_closed(start));
    }
    let blocked = plan.visit.blocked(start);
    let is_free = |(resource, taken): &(&ResourceId, Vec<Span>)| {
        has_room(&plan, resource) && taken.iter().all(|span| !span.overlaps(&blocked))
    };
    Err(if open.any(is_free) {
        Refusal::OffGrid
    } else {
        Refusal::Taken
    })
}

/// The openings nearest to a wanted time, in order of time, at most `count`.
pub fn nearest(openings: &[Opening], wanted: DateTime<Utc>, count: usize) -> Vec<&Opening> {
    let mut nearest: Vec<_> = openings.iter().collect();
    nearest.sort_by_key(|opening| (opening.start - wanted).abs());
    nearest.truncate(count);
    nearest.sort_unstable_by_key(|opening| opening.start);
    nearest
}

/// At most `count` openings, spread evenly over all of them, the first and last among them.
pub fn spread<T>(openings: &[T], count: usize) -> Vec<&T> {
    if openings.len() <= count {
        return openings.iter().collect();
    }
    match count {
        0 => Vec::new(),
        1 => vec![&openings[0]],
        _ => {
            let last = openings.len() - 1;
            (0..count)
                .map(|n| &openings[n * last / (count - 1)])
                .collect()
        }
    }
}

// === impl Plan ===

impl<'a> Plan<'a> {
    fn new(request: &OpeningsRequest<'a>) -> Result<Self, Refusal> {
        let OpeningsRequest {
            business,
            now,
            range,
            ..
        } = *request;
        let visit = business.visit(request.services).ok_or(Refusal::NotDone)?;
        let wanted = |id: &&ResourceId| request.staff.is_none_or(|staff| staff == *id);
        let resources: Vec<_> = visit.resources().filter(wanted).collect();
        if resources.is_empty() {
            return Err(Refusal::NotDone);
        }
        let allowed = allowed(business, now);
        Ok(Self {
            business,
            visit,
            resources,
            gives_up: request.gives_up,
            allowed,
            range: Span {
                start: range.start.max(allowed.start),
                end: range.end.min(allowed.end),
            },
        })
    }

    /// What is taken, by resource and start.
    fn taken_by_resource(&self, busy: &[Busy]) -> Vec<(&'a ResourceId, Vec<Span>)> {
        let mut order = HashMap::with_capacity(self.resources.len());
        let mut taken = Vec::with_capacity(self.resources.len());
        for (n, &resource) in self.resources.iter().enumerate() {
            order.insert(resource, n);
            taken.push((resource, Vec::new()));
        }
        let counts = |one: &&Busy| self.gives_up != Some(*one);
        for Busy { resource, blocked } in busy.iter().filter(counts) {
            match resource {
                Some(resource) => {
                    if let Some(&n) = order.get(resource) {
                        taken[n].1.push(*blocked);
                    }
                }
                None => taken.iter_mut().for_each(|(_, spans)| spans.push(*blocked)),
            }
        }
        for (_, spans) in &mut taken {
            spans.sort_unstable_by_key(|span| span.start);
        }
        taken
    }

    /// When a resource is open on the dates of the range.
    fn hours(&self, resource: &ResourceId) -> Vec<OpenSpan> {
        let zone = &self.business.zone;
        let first = zone.to_local(self.range.start).date();
        let last = zone.to_local(self.range.end).date();
        grid::open_spans(self.business, resource, first, last)
    }

    /// Whether a resource is open from a start for as long as the visit takes.
    fn is_open(&self, resource: &ResourceId, start: DateTime<Utc>) -> bool {
        grid::is_open(&self.hours(resource), self.visit.visible(start))
    }

    /// Whether all are closed at a start, or only who is wished is off.
    fn why_closed(&self, start: DateTime<Utc>) -> Refusal {
        if self
            .visit
            .resources()
            .any(|other| self.is_open(other, start))
        {
            Refusal::StaffOff
        } else {
            Refusal::Closed
        }
    }
}

/// The starts that notice and window allow: whole local days up to the last.
pub fn allowed(business: &Business, now: DateTime<Utc>) -> Span {
    let today = business.zone.to_local(now).date();
    let window = Days::new(business.rules.window_days.into());
    let last = today.checked_add_days(window).unwrap_or(today);
    Span {
        start: now + business.rules.notice,
        end: business.zone.day(last).end,
    }
}

/// Leaves the starts whose blocked span touches nothing taken. Both are in order, so that one
/// pass over each does.
fn sweep(starts: &mut Vec<DateTime<Utc>>, visit: &Visit<'_>, taken: &[Span]) {
    if taken.is_empty() {
        return;
    }
    let mut next = 0;
    let mut busy_until = DateTime::<Utc>::MIN_UTC;
    starts.retain(|&start| {
        let blocked = visit.blocked(start);
        while let Some(span) = taken.get(next).filter(|span| span.start < blocked.end) {
            busy_until = busy_until.max(span.end);
            next += 1;
        }
        busy_until <= blocked.start
    });
}

/// The free starts as openings, each with everyone who is free then.
fn merged(free: &[(DateTime<Utc>, usize)], resources: &[&ResourceId]) -> Vec<Opening> {
    let mut openings: Vec<Opening> = Vec::with_capacity(free.len());
    for &(start, order) in free {
        let resource = resources[order].clone();
        match openings.last_mut().filter(|opening| opening.start == start) {
            Some(opening) => opening.resources.push(resource),
            None => openings.push(Opening {
                start,
                resources: vec![resource],
            }),
        }
    }
    openings
}

#[cfg(test)]
mod tests;
