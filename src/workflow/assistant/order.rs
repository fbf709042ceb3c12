//! From what was said about a booking to what it comes to: a question, or times to look for.
//!
//! The invariant: what was said before holds until something takes its place.

mod company;
mod lookup;
mod request;
mod services;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

pub(super) use self::{
    company::arrange,
    lookup::{Lookup, Seen},
    request::{End, Order, Relative},
    services::{Unsettled, completed, is_done},
};
use super::{
    memory::{Draft, ForWhom, Memory, Moving, Step, When, Wished},
    token::Page,
    turn_context::TurnContext,
};
use crate::{
    booking::{Booking, ResourceId, business::Visit, hours::minute_of, zone::Occurrence},
    language::{
        clock::{Clock, Times},
        day::Days,
    },
};

/// What an order comes to.
#[derive(Debug)]
pub(super) enum Plan {
    /// The customer has as many appointments as they may.
    Full,
    /// It has to be asked which service is meant.
    WhichService {
        /// The first of the list that is shown.
        from: usize,
        /// What else is wished of it.
        wish: Wished,
        /// Why not those that were named.
        why: Option<Unsettled>,
    },
    /// It has to be asked which day is meant.
    WhichDay { draft: Draft, days: Vec<NaiveDate> },
    /// Times can be looked for.
    Times {
        draft: Draft,
        target: Target,
        /// Who does not do the service that was wished of them.
        not_with: Option<ResourceId>,
    },
}

/// Which times are looked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Target {
    /// One of these; only one where it is plain.
    Starts(Vec<DateTime<Utc>>),
    /// The first of these that is free.
    AnyOf(Vec<DateTime<Utc>>),
    /// Those that are as the draft says.
    Matching,
    /// Those from here on that are as the draft says.
    Page(Page),
    /// Those before this one.
    Before(DateTime<Utc>),
    /// The first or last there is.
    End(End),
    /// This one, or else the one that is nearest to it.
    Near(DateTime<Utc>),
}

// === impl Plan ===

impl Plan {
    /// Puts an order together with what was said before.
    pub(super) fn of(context: &TurnContext<'_>, memory: &Memory, order: &Order) -> Self {
        let business = context.business;
        let before = memory.draft();
        let when = wished(context, memory, order);
        let settled = services::settle(business, memory, order);
        // What is moved stays what it is, but for what is added or left out; another visit is
        // another booking.
        let less_or_more = order.adds || !order.not_services.is_empty();
        let stays = |draft: &&Draft| less_or_more || settled.as_ref() == Ok(&draft.services);
        let moving = before.filter(stays).and_then(|draft| draft.moving);
        if context.is_full() && moving.is_none() {
            return Self::Full;
        }
        let wish = match &memory.step {
            Step::Service { wish } => Some(wish),
            _ => None,
        };
        let kept = before
            .and_then(|draft| draft.staff.clone())
            .or_else(|| wish.and_then(|wish| wish.staff.clone()))
            .filter(|id| !order.anyone && !order.not_staff.contains(id));
        let not_staff = ruled_out(order, before, wish);
        let for_whom_before = before
            .and_then(|draft| draft.for_whom.as_ref())
            .or_else(|| wish.and_then(|wish| wish.for_whom.as_ref()));
        // Who comes to an appointment that is moved stays as it was booked.
        let for_whom = order.for_whom.clone().filter(|_| moving.is_none());
        let for_whom = if order.with.is_empty() {
            ForWhom::after(for_whom, for_whom_before)
        } else {
            for_whom
        };
        let with = if order.with.is_empty() {
            let kept = before.map(|draft| &draft.with);
            kept.or_else(|| wish.map(|wish| &wish.with))
                .cloned()
                .unwrap_or_default()
        } else {
            company::of(business, order)
        };
        let services = match settled {
            Ok(services) => services,
            Err(services::Open {
                among,
                besides,
                why,
            }) => {
                let staff = order.staff.clone().or(kept);
                let from = order.services_from.unwrap_or(0);
                let wish = Wished {
                    among,
                    besides,
                    when,
                    staff,
                    not_staff,
                    for_whom,
                    with: with.clone(),
                };
                return Self::WhichService { from, wish, why };
            }
        };
        let visit = business.visit(&services);
        let does = |id: &ResourceId| does(visit.as_ref(), id);
        let asked = order.staff.clone();
        let asked = asked.or_else(|| visit.as_ref().and_then(|visit| other(visit, order)));
        let draft = Draft {
            services,
            staff: asked.clone().or(kept).filter(does),
            not_staff,
            when,
            for_whom,
            moving,
            with,
        };
        Self::with_draft(context, memory, order, draft, asked.filter(|id| !does(id)))
    }

    /// Another time for an appointment, with the same person unless another will do.
    pub(super) fn moving(
        context: &TurnContext<'_>,
        memory: &Memory,
        booking: &Booking,
        order: &Order,
    ) -> Self {
        let details = &booking.details;
        let person = context.business.staff_member(&details.resource);
        let kept = person.map(|person| person.id.clone());
        let kept = kept.filter(|id| !order.anyone && !order.not_staff.contains(id));
        let services = order
            .becomes
            .clone()
            .or_else(|| services::completed(context.business, &details.services, order));
        let services = services.unwrap_or_else(|| details.services.clone());
        // For something else altogether another person will do as well.
        let is_same = services.iter().any(|id| details.services.contains(id));
        let kept = kept.filter(|_| is_same);
        let visit = context.business.visit(&services);
        let does = |id: &ResourceId| does(visit.as_ref(), id);
        let mut when = order.when.clone();
        if when.days.is_none() && !when.times.is_empty() {
            // "Move it to 4" leaves the day as it is.
            let day = context.local(details.visible.start).date();
            when.days = Some(Days::OneOf(vec![day]));
        }
        let as_before = || details.for_name.clone().map(ForWhom::Named);
        let comes = order.comes.clone().or_else(as_before);
        let draft = Draft {
            services,
            staff: order.staff.clone().or(kept).filter(does),
            not_staff: ruled_out(order, memory.draft(), None),
            when,
            for_whom: comes,
            moving: Some(Moving {
                id: booking.id,
                version: booking.version,
            }),
            with: Vec::new(),
        };
        let not_with = order.staff.clone().filter(|id| !does(id));
        Self::with_draft(context, memory, order, draft, not_with)
    }

    /// Goes on with a draft that says already what is wished.
    pub(super) fn again(context: &TurnContext<'_>, memory: &Memory, draft: Draft) -> Self {
        Self::with_draft(context, memory, &Order::default(), draft, None)
    }

    fn with_draft(
        context: &TurnContext<'_>,
        memory: &Memory,
        order: &Order,
        draft: Draft,
        not_with: Option<ResourceId>,
    ) -> Self {
        let relative = order.relative.filter(|_| order.when.is_empty());
        let days = draft.when.days.as_ref();
        let target = match (order.start, order.page, relative) {
            (Some(start), _, _) => Target::Starts(vec![start]),
            (None, Some(page), _) => Target::Page(page),
            (None, None, Some(relative)) => beside(context, memory, &draft, relative),
            (None, None, None)
                if let Some(end) = order.end
                    && starts(context, &draft).is_empty() =>
            {
                Target::End(end)
            }
            (None, None, None) if order.near.is_some() => {
                Target::Near(order.near.unwrap_or(context.turn.now))
            }
            (None, None, None) => match days {
                Some(Days::OneOf(days)) if days.len() > 1 => {
                    return Self::WhichDay {
                        days: days.clone(),
                        draft,
                    };
                }
                _ => match starts(context, &draft) {
                    starts if starts.is_empty() => Target::Matching,
                    starts if order.anytime && starts.len() > 1 => Target::AnyOf(starts),
                    starts => Target::Starts(starts),
                },
            },
        };
        Self::Times {
            draft,
            target,
            not_with,
        }
    }

    /// What it asks of the calendar, if anything.
    pub(super) fn lookup(&self, context: &TurnContext<'_>) -> Option<Lookup> {
        match self {
            Self::Times { draft, target, .. } => Some(Lookup::of(context, draft, target)),
            _ => None,
        }
    }
}

/// The day and time that are wished, with what was said or picked before. "Make it Thursday" is
/// Thursday at the same time, "at 4 then" the same day at 4.
fn wished(context: &TurnContext<'_>, memory: &Memory, order: &Order) -> When {
    if order.anytime {
        return order.when.clone();
    }
    let mut before = match &memory.step {
        Step::Service { wish } => wish.when.clone(),
        _ => memory
            .draft()
            .map(|draft| draft.when.clone())
            .unwrap_or_default(),
    };
    if let Some(pick) = memory.pick() {
        let picked = context.local(pick.start);
        before.days = Some(Days::OneOf(vec![picked.date()]));
        before.times = Times {
            at: vec![Clock::At(minute_of(picked.time()))],
            ..Times::default()
        };
        before.other_clock = None;
        // A part of the day takes the place of the time.
        if !order.when.except.is_empty() && order.when.days.is_none() {
            before.days = None;
        }
    }
    order.when.clone().after(&before)
}

/// Whether a person does all of a visit.
fn does(visit: Option<&Visit<'_>>, id: &ResourceId) -> bool {
    visit.is_some_and(|visit| visit.resources().any(|one| one == id))
}

/// The people who will not do, by what is said now and was said before.
fn ruled_out(order: &Order, draft: Option<&Draft>, wish: Option<&Wished>) -> Vec<ResourceId> {
    let before = draft.map(|draft| &draft.not_staff);
    let before = before.or_else(|| wish.map(|wish| &wish.not_staff));
    let before = before.into_iter().flatten().filter(|_| !order.anyone);
    let mut all: Vec<_> = before.chain(&order.not_staff).cloned().collect();
    all.retain(|id| order.staff.as_ref() != Some(id));
    all.sort_unstable();
    all.dedup();
    all
}

/// Who is left where some will not do, if that is one.
fn other(visit: &Visit<'_>, order: &Order) -> Option<ResourceId> {
    let mut left = visit.resources().filter(|id| !order.not_staff.contains(id));
    match (left.next(), left.next()) {
        (Some(one), None) if !order.not_staff.is_empty() => Some(one.clone()),
        _ => None,
    }
}

/// Returns the target before or after the time that was picked, asked for, offered or booked.
fn beside(context: &TurnContext<'_>, memory: &Memory, draft: &Draft, relative: Relative) -> Target {
    let picked = memory.pick().map(|pick| pick.start);
    let moved = context.moved(draft).map(|one| one.details.visible.start);
    let offered = memory.offered_times();
    match relative {
        Relative::Earlier => {
            let first = offered.min();
            // Of what is offered instead of a time that is taken some may be before it.
            let asked = memory
                .at
                .filter(|at| first.is_some_and(|first| first < *at));
            let from = picked.or(asked).or(first).or(moved);
            Target::Before(from.unwrap_or(context.turn.now))
        }
        Relative::Later => {
            let last = picked.or_else(|| offered.max()).or(moved);
            Target::Page(Page {
                from: last.unwrap_or(context.turn.now) + TimeDelta::minutes(1),
                dense: true,
            })
        }
    }
}

/// The instants that a day and the times on it may mean. Of two readings the one at which it is
/// open, if that is only one.
fn starts(context: &TurnContext<'_>, draft: &Draft) -> Vec<DateTime<Utc>> {
    let Some(day) = draft.when.days.as_ref().and_then(Days::single) else {
        return Vec::new();
    };
    let mut starts = Vec::new();
    for clock in &draft.when.times.at {
        for minute in readings(context, draft, day, *clock) {
            let local = day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute.into());
            match context.business.zone.occurrence(local) {
                Occurrence::Once(at) | Occurrence::Twice { first: at, .. } => starts.push(at),
                Occurrence::Skipped { .. } => {}
            }
        }
    }
    starts
}

fn readings(context: &TurnContext<'_>, draft: &Draft, day: NaiveDate, clock: Clock) -> Vec<u16> {
    let visit = context.business.visit(&draft.services);
    let wished = |id: &&ResourceId| draft.staff.as_ref().is_none_or(|staff| staff == *id);
    let mut ranges = Vec::new();
    for resource in visit.iter().flat_map(Visit::resources).filter(wished) {
        ranges.extend(context.business.open_ranges(resource, day));
    }
    let open = |minute: u16| {
        let mut ranges = ranges.iter();
        ranges.any(|range| (range.start_minute()..range.end_minute()).contains(&minute))
    };
    clock.resolve(open)
}
