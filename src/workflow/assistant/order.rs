//! From what was said about a booking to what is asked of the calendar.
//!
//! The invariant: no more days are asked for than are needed. The stages of a [`Lookup`] grow, and
//! the next is asked only when the one before was not enough.

use chrono::{DateTime, Days as Count, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::{
    desk::Desk,
    memory::{Draft, Memory, Moving, Pick, Step, When, Wished},
    token::Page,
    understand::{Order, Relative},
};
use crate::{
    booking::{
        Booking, Busy, Opening, ResourceId, ServiceId, Span, business::Service, hours::minute_of,
        zone::Occurrence,
    },
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
        /// The service that was named is not there any more.
        unknown: bool,
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
    /// Those that are as the draft says.
    Matching,
    /// Those from here on that are as the draft says.
    Page(Page),
    /// Those before this one.
    Before(DateTime<Utc>),
    /// The first there are.
    Soonest,
}

/// What is asked of the calendar.
#[derive(Debug)]
pub(super) struct Lookup {
    pub(super) service: ServiceId,
    pub(super) staff: Option<ResourceId>,
    /// What is given up for it.
    pub(super) gives_up: Option<Busy>,
    /// Notice and window are counted from here.
    pub(super) now: DateTime<Utc>,
    /// What to ask for, one after the other until it is enough; each holds the one before.
    pub(super) stages: Vec<Span>,
    wanted: Vec<DateTime<Utc>>,
    when: When,
    enough: usize,
}

/// With as many openings of any sort there is something to propose.
const PROPOSABLE: usize = 3;

// === impl Plan ===

impl Plan {
    /// Puts an order together with what was said before.
    pub(super) fn of(desk: &Desk<'_>, memory: &Memory, order: &Order) -> Self {
        let business = desk.business;
        let before = memory.draft();
        let when = wished(desk, memory, order);
        let service = match (order.services.as_slice(), before) {
            ([one], _) => Some(one.clone()),
            ([], Some(draft)) if order.services_from.is_none() => Some(draft.service.clone()),
            ([], None) if business.services.len() == 1 => Some(business.services[0].id.clone()),
            _ => None,
        };
        // What is moved stays what it is; another service is another booking.
        let moving = before
            .filter(|draft| service.as_ref() == Some(&draft.service))
            .and_then(|draft| draft.moving);
        if desk.is_full() && moving.is_none() {
            return Self::Full;
        }
        let wish = match &memory.step {
            Step::Service { wish } => Some(wish),
            _ => None,
        };
        let Some(service) = service.and_then(|id| business.service(&id)) else {
            return Self::which_service(order, when, wish);
        };
        let kept = before
            .and_then(|draft| draft.staff.clone())
            .or_else(|| wish.and_then(|wish| wish.staff.clone()))
            .filter(|id| !order.anyone && !order.not_staff.contains(id));
        let for_name = order
            .for_name
            .clone()
            .or_else(|| before.and_then(|draft| draft.for_name.clone()))
            .or_else(|| wish.and_then(|wish| wish.for_name.clone()));
        let does = |id: &ResourceId| service.resources.contains(id);
        let asked = order.staff.clone().or_else(|| other(service, order));
        let draft = Draft {
            service: service.id.clone(),
            staff: asked.clone().or(kept).filter(does),
            when,
            for_name,
            moving,
        };
        Self::with_draft(desk, memory, order, draft, asked.filter(|id| !does(id)))
    }

    /// Asks for the service; what was said before of the rest is kept.
    fn which_service(order: &Order, when: When, before: Option<&Wished>) -> Self {
        let Wished {
            among,
            staff,
            for_name,
            ..
        } = before.cloned().unwrap_or_default();
        let unknown = order.services.len() == 1;
        let among = match order.services.len() {
            0 if order.services_from.is_none() => among,
            0 | 1 => Vec::new(),
            _ => order.services.clone(),
        };
        Self::WhichService {
            unknown,
            from: order.services_from.unwrap_or(0),
            wish: Wished {
                among,
                when,
                staff: order.staff.clone().or(staff),
                for_name: order.for_name.clone().or(for_name),
            },
        }
    }

    /// Another time for an appointment, with the same person unless another will do.
    pub(super) fn moving(
        desk: &Desk<'_>,
        memory: &Memory,
        booking: &Booking,
        order: &Order,
    ) -> Self {
        let details = &booking.details;
        let person = desk.business.staff_member(&details.resource);
        let kept = person.map(|person| person.id.clone());
        let kept = kept.filter(|id| !order.anyone && !order.not_staff.contains(id));
        let service = desk.business.service(&details.service);
        let does = |id: &ResourceId| service.is_some_and(|one| one.resources.contains(id));
        let mut when = order.when.clone();
        if when.days.is_none() && !when.times.is_empty() {
            // "Move it to 4" leaves the day as it is.
            let day = desk.local(details.visible.start).date();
            when.days = Some(Days::OneOf(vec![day]));
        }
        let draft = Draft {
            service: details.service.clone(),
            staff: order.staff.clone().or(kept).filter(does),
            when,
            for_name: None,
            moving: Some(Moving {
                id: booking.id,
                version: booking.version,
            }),
        };
        let not_with = order.staff.clone().filter(|id| !does(id));
        Self::with_draft(desk, memory, order, draft, not_with)
    }

    /// Goes on with a draft that says already what is wished.
    pub(super) fn again(desk: &Desk<'_>, memory: &Memory, draft: Draft) -> Self {
        Self::with_draft(desk, memory, &Order::default(), draft, None)
    }

    fn with_draft(
        desk: &Desk<'_>,
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
            (None, None, Some(relative)) => beside(desk, memory, relative),
            (None, None, None) if order.soonest => Target::Soonest,
            (None, None, None) => match days {
                Some(Days::OneOf(days)) if days.len() > 1 => {
                    return Self::WhichDay {
                        days: days.clone(),
                        draft,
                    };
                }
                _ => match starts(desk, &draft) {
                    starts if starts.is_empty() => Target::Matching,
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
    pub(super) fn lookup(&self, desk: &Desk<'_>) -> Option<Lookup> {
        match self {
            Self::Times { draft, target, .. } => Some(Lookup::of(desk, draft, target)),
            _ => None,
        }
    }
}

/// The day and time that are wished, with what was said or picked before. "Make it Thursday" is
/// Thursday at the same time, "at 4 then" the same day at 4.
fn wished(desk: &Desk<'_>, memory: &Memory, order: &Order) -> When {
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
        let picked = desk.local(pick.start);
        before.days = Some(Days::OneOf(vec![picked.date()]));
        before.times = Times {
            at: vec![Clock::At(minute_of(picked.time()))],
            ..Times::default()
        };
        // A part of the day takes the place of the time.
        if !order.when.except.is_empty() && order.when.days.is_none() {
            before.days = None;
        }
    }
    order.when.clone().after(&before)
}

/// Who is left where some will not do, if that is one.
fn other(service: &Service, order: &Order) -> Option<ResourceId> {
    let mut left = service
        .resources
        .iter()
        .filter(|id| !order.not_staff.contains(id));
    match (left.next(), left.next()) {
        (Some(one), None) if !order.not_staff.is_empty() => Some(one.clone()),
        _ => None,
    }
}

/// What is before or after what was picked or offered.
fn beside(desk: &Desk<'_>, memory: &Memory, relative: Relative) -> Target {
    let picked = memory.pick().map(|pick| pick.start);
    let offered = memory.offered_times();
    match relative {
        Relative::Earlier => {
            let first = picked.or_else(|| offered.min());
            Target::Before(first.unwrap_or(desk.turn.now))
        }
        Relative::Later => {
            let last = picked.or_else(|| offered.max());
            Target::Page(Page {
                from: last.unwrap_or(desk.turn.now) + TimeDelta::minutes(1),
                dense: true,
            })
        }
    }
}

/// The instants that a day and the times on it may mean. Of two readings the one at which it is
/// open, if that is only one.
fn starts(desk: &Desk<'_>, draft: &Draft) -> Vec<DateTime<Utc>> {
    let Some(day) = draft.when.days.as_ref().and_then(Days::single) else {
        return Vec::new();
    };
    let mut starts = Vec::new();
    for clock in &draft.when.times.at {
        for minute in readings(desk, draft, day, *clock) {
            let local = day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute.into());
            match desk.business.zone.occurrence(local) {
                Occurrence::Once(at) | Occurrence::Twice { first: at, .. } => starts.push(at),
                Occurrence::Skipped { .. } => {}
            }
        }
    }
    starts
}

fn readings(desk: &Desk<'_>, draft: &Draft, day: NaiveDate, clock: Clock) -> Vec<u16> {
    let service = desk.business.service(&draft.service);
    let resources = service.map_or(&[][..], |service| &service.resources);
    let wished = |id: &&ResourceId| draft.staff.as_ref().is_none_or(|staff| staff == *id);
    let mut ranges = Vec::new();
    for resource in resources.iter().filter(wished) {
        ranges.extend(desk.business.open_ranges(resource, day));
    }
    let open = |minute: &u16| {
        let mut ranges = ranges.iter();
        ranges.any(|range| (range.start_minute()..range.end_minute()).contains(minute))
    };
    let all: Vec<_> = clock.minutes().collect();
    let open: Vec<_> = all.iter().copied().filter(open).collect();
    match open.len() {
        0 => vec![clock.likely()],
        _ => open,
    }
}

// === impl Lookup ===

impl Lookup {
    fn of(desk: &Desk<'_>, draft: &Draft, target: &Target) -> Self {
        let today = desk.local(desk.turn.now).date();
        let last = plus(today, desk.business.rules.window_days.into());
        let ahead = |from: NaiveDate, days: u64| plus(from, days).min(last);
        let bounds = draft.when.days.as_ref().and_then(Days::bounds);
        let (stages, enough) = match (target, bounds) {
            (Target::Starts(starts), _) => {
                let day = starts
                    .first()
                    .map_or(today, |start| desk.local(*start).date());
                (around(day, day, today, last), PROPOSABLE)
            }
            (Target::Page(page), _) => {
                let from = desk.local(page.from).date().max(today);
                (
                    vec![
                        (from, ahead(from, 2)),
                        (from, ahead(from, 13)),
                        (from, last),
                    ],
                    6,
                )
            }
            (Target::Before(start), _) => {
                let day = desk.local(*start).date();
                (vec![(day.max(today), day), (today, day)], PROPOSABLE)
            }
            (_, Some((first, end))) => (around(first, end, today, last), 1),
            (_, None) if !draft.when.times.is_empty() => (
                vec![
                    (today, ahead(today, 6)),
                    (today, ahead(today, 20)),
                    (today, last),
                ],
                PROPOSABLE,
            ),
            (_, None) => (
                vec![
                    (today, ahead(today, 2)),
                    (today, ahead(today, 13)),
                    (today, last),
                ],
                6,
            ),
        };
        let zone = &desk.business.zone;
        let mut stages: Vec<_> = stages
            .iter()
            .map(|&(from, to)| zone.days(from, to))
            .collect();
        let mut when = draft.when.clone();
        let mut wanted = Vec::new();
        match target {
            Target::Starts(starts) => {
                wanted.clone_from(starts);
                when = When::default();
            }
            Target::Page(page) => {
                for stage in &mut stages {
                    stage.start = stage.start.max(page.from);
                }
                // The pages go on beyond the day that was wished.
                when.days = None;
            }
            Target::Before(start) => {
                for stage in &mut stages {
                    stage.end = stage.end.min(*start);
                }
                when = When::default();
            }
            Target::Matching | Target::Soonest => {}
        }
        Self {
            service: draft.service.clone(),
            staff: draft.staff.clone(),
            gives_up: desk.given_up(draft),
            now: desk.turn.now,
            stages,
            wanted,
            when,
            enough,
        }
    }

    /// What is free on the day of a time that was picked before. The notice is counted from the
    /// picking: who says yes a little later is not too late.
    pub(super) fn again(desk: &Desk<'_>, draft: &Draft, pick: &Pick) -> Self {
        let target = Target::Starts(vec![pick.start]);
        Self {
            now: pick.at,
            staff: draft.staff.clone(),
            ..Self::of(desk, draft, &target)
        }
    }

    /// Whether what was found at a stage will do.
    pub(super) fn is_enough(&self, desk: &Desk<'_>, stage: usize, openings: &[Opening]) -> bool {
        if openings
            .iter()
            .any(|opening| self.wanted.contains(&opening.start))
        {
            return true;
        }
        if stage > 0 && openings.len() >= PROPOSABLE {
            return true;
        }
        let matching = openings
            .iter()
            .filter(|one| self.when.contains(desk.local(one.start)));
        matching.take(self.enough).count() >= self.enough
    }
}

/// Some days, then the days around them, then all there are.
fn around(
    first: NaiveDate,
    end: NaiveDate,
    today: NaiveDate,
    last: NaiveDate,
) -> Vec<(NaiveDate, NaiveDate)> {
    let clamp = |date: NaiveDate| date.clamp(today, last.max(today));
    let before = first.checked_sub_days(Count::new(3)).unwrap_or(first);
    vec![
        (clamp(first), clamp(end)),
        (clamp(before), clamp(plus(end, 4))),
        (today, last),
    ]
}

fn plus(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Count::new(days)).unwrap_or(date)
}
