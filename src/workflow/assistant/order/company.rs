//! Appointments that are booked together: for several who come, or on several days.
//!
//! The invariant: each has a time and a person of its own, and none overlaps another.

use chrono::{DateTime, TimeDelta, Utc};

use super::request::Order;
use crate::{
    booking::{Business, Opening, ResourceId, Services, Span},
    workflow::assistant::{
        memory::{Companion, Draft},
        turn_context::TurnContext,
    },
};

/// Time that may lie between two visits that follow each other.
const MOST_BETWEEN: TimeDelta = TimeDelta::minutes(45);

/// Those who come besides, as an order names them.
pub(super) fn of(business: &Business, order: &Order) -> Vec<Companion> {
    let services = |named: &Vec<Vec<_>>| {
        let first = |readings: &Vec<_>| readings.first().cloned();
        let ids: Vec<_> = named.iter().filter_map(first).collect();
        let known = ids.iter().all(|id| business.service(id).is_some());
        Services::new(ids).ok().filter(|_| known)
    };
    let companion = |guest: &crate::workflow::assistant::hear::Guest| Companion {
        services: services(&guest.services),
        // Nobody is wished for what they do not do.
        staff: guest.staff.clone().filter(|id| {
            let named = services(&guest.services);
            let visit = named.as_ref().and_then(|named| business.visit(named));
            visit.is_none_or(|visit| visit.resources().any(|one| one == id))
        }),
        for_whom: guest.for_whom.clone(),
        when: guest.when.clone(),
        in_turn: order.in_turn,
    };
    order.with.iter().map(companion).collect()
}

/// Returns the start and resource of each appointment that is booked together with a draft, if the
/// draft begins at `start` with `resource`: at the same time if possible, otherwise right after.
/// Returns `None` if they do not fit.
pub(in crate::workflow::assistant) fn arrange(
    context: &TurnContext<'_>,
    draft: &Draft,
    (start, resource): (DateTime<Utc>, &ResourceId),
    openings: &[Vec<Opening>],
) -> Option<Vec<(DateTime<Utc>, ResourceId)>> {
    if openings.len() < draft.with.len() {
        return None;
    }
    let visit = context.business.visit(&draft.services)?;
    let mut taken = vec![(resource.clone(), visit.blocked(start))];
    let mut last_end = visit.visible(start).end;
    let mut places = Vec::with_capacity(draft.with.len());
    for (companion, openings) in draft.with.iter().zip(openings) {
        let visit = context.business.visit(draft.services_of(companion))?;
        let is_free = |resource: &ResourceId, blocked: Span| {
            let mut taken = taken.iter();
            !taken.any(|(other, span)| other == resource && span.overlaps(&blocked))
        };
        let free = |opening: &Opening| {
            let blocked = visit.blocked(opening.start);
            let suits = |one: &&ResourceId| is_free(one, blocked);
            // Who sees the first sees the others too, where that can be.
            let same = opening.resources.iter().find(|one| *one == resource);
            let same = same.filter(suits);
            same.or_else(|| opening.resources.iter().find(suits))
                .cloned()
        };
        let own_time = !companion.when.is_empty();
        let suits = |opening: &&Opening| {
            if own_time {
                let local = context.local(opening.start);
                let same_day =
                    companion.when.days.is_some() || local.date() == context.local(start).date();
                same_day && companion.when.contains(local)
            } else {
                let at_once = !companion.in_turn && opening.start == start;
                let after = opening.start >= last_end && opening.start - last_end <= MOST_BETWEEN;
                at_once || after
            }
        };
        let mut found = openings.iter().filter(suits);
        let (at, resource) = found.find_map(|one| Some((one.start, free(one)?)))?;
        taken.push((resource.clone(), visit.blocked(at)));
        last_end = last_end.max(visit.visible(at).end);
        places.push((at, resource));
    }
    Some(places)
}
