//! What is asked of the calendar, in stages.
//!
//! The invariant: no more days are asked for than are needed. The stages of a [`Lookup`] grow, and
//! the next is asked only when the one before was not enough.

use chrono::{DateTime, Days as Count, NaiveDate, Utc};

use super::{Target, arrange};
use crate::{
    booking::{Busy, Opening, ResourceId, Services, Span},
    language::day::Days,
    workflow::assistant::{
        memory::{Draft, Pick, When},
        turn_context::TurnContext,
    },
};

/// What is asked of the calendar.
#[derive(Debug)]
pub(in crate::workflow::assistant) struct Lookup {
    pub(in crate::workflow::assistant) services: Services,
    pub(in crate::workflow::assistant) staff: Option<ResourceId>,
    /// Those that are booked together with it.
    pub(in crate::workflow::assistant) draft: Draft,
    /// What is given up for it.
    pub(in crate::workflow::assistant) gives_up: Option<Busy>,
    /// Notice and window are counted from here.
    pub(in crate::workflow::assistant) now: DateTime<Utc>,
    /// What to ask for, one after the other until it is enough; each holds the one before.
    pub(in crate::workflow::assistant) stages: Vec<Span>,
    wanted: Vec<DateTime<Utc>>,
    when: When,
    enough: usize,
}

/// The free times found in the calendar.
#[derive(Debug, Default)]
pub(in crate::workflow::assistant) struct Seen {
    /// The times at which what is wished can begin.
    pub(in crate::workflow::assistant) openings: Vec<Opening>,
    /// The times of those that are booked together with it, in their order.
    pub(in crate::workflow::assistant) beside: Vec<Vec<Opening>>,
}

/// With as many openings of any sort there is something to propose.
const PROPOSABLE: usize = 3;

// === impl Lookup ===

impl Lookup {
    pub(super) fn of(context: &TurnContext<'_>, draft: &Draft, target: &Target) -> Self {
        let today = context.local(context.turn.now).date();
        let last = plus(today, context.business.rules.window_days.into());
        let ahead = |from: NaiveDate, days: u64| plus(from, days).min(last);
        let bounds = draft.when.days.as_ref().and_then(Days::bounds);
        let (stages, enough) = match (target, bounds) {
            (Target::Starts(starts) | Target::AnyOf(starts), _) => {
                let day = starts
                    .first()
                    .map_or(today, |start| context.local(*start).date());
                (around(day, day, today, last), PROPOSABLE)
            }
            (Target::Page(page), _) => {
                let from = context.local(page.from).date().max(today);
                (
                    vec![
                        (from, ahead(from, 2)),
                        (from, ahead(from, 13)),
                        (from, last),
                    ],
                    6,
                )
            }
            (Target::Near(start), _) => {
                let day = context.local(*start).date();
                (around(day, day, today, last), 1)
            }
            (Target::Before(start), _) => {
                let day = context.local(*start).date();
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
        let zone = &context.business.zone;
        let mut stages: Vec<_> = stages
            .iter()
            .map(|&(from, to)| zone.days(from, to))
            .collect();
        let mut when = draft.when.clone();
        let mut wanted = Vec::new();
        match target {
            Target::Starts(starts) | Target::AnyOf(starts) => {
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
            Target::Near(_) => when = When::default(),
            Target::Matching | Target::End(_) => {}
        }
        Self {
            services: draft.services.clone(),
            staff: draft.staff.clone(),
            draft: draft.clone(),
            gives_up: context.given_up(draft),
            now: context.turn.now,
            stages,
            wanted,
            when,
            enough,
        }
    }

    /// What is free on the day of a time that was picked before. The notice is counted from the
    /// picking: who says yes a little later is not too late.
    pub(in crate::workflow::assistant) fn again(
        context: &TurnContext<'_>,
        draft: &Draft,
        pick: &Pick,
    ) -> Self {
        let target = Target::Starts(vec![pick.start]);
        Self {
            now: pick.at,
            staff: draft.staff.clone(),
            ..Self::of(context, draft, &target)
        }
    }

    /// What is free around a time that is lost: that it is shown as free is not enough.
    pub(in crate::workflow::assistant) fn around(
        context: &TurnContext<'_>,
        draft: &Draft,
        lost: DateTime<Utc>,
    ) -> Self {
        let target = Target::Starts(vec![lost]);
        Self {
            wanted: Vec::new(),
            ..Self::of(context, draft, &target)
        }
    }

    /// Leaves the times that are free with somebody who will do, and at which those that are booked
    /// together fit.
    pub(in crate::workflow::assistant) fn keep_what_fits(
        &self,
        context: &TurnContext<'_>,
        seen: &mut Seen,
    ) {
        let Seen { openings, beside } = seen;
        for opening in openings.iter_mut().chain(beside.iter_mut().flatten()) {
            opening
                .resources
                .retain(|one| !self.draft.not_staff.contains(one));
        }
        openings.retain(|opening| !opening.resources.is_empty());
        if self.draft.with.is_empty() {
            return;
        }
        for opening in openings.iter_mut() {
            let start = opening.start;
            opening
                .resources
                .retain(|one| arrange(context, &self.draft, (start, one), beside).is_some());
        }
        openings.retain(|opening| !opening.resources.is_empty());
    }

    /// Whether what was found at a stage will do.
    pub(in crate::workflow::assistant) fn is_enough(
        &self,
        context: &TurnContext<'_>,
        stage: usize,
        openings: &[Opening],
    ) -> bool {
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
            .filter(|one| self.when.contains(context.local(one.start)));
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
