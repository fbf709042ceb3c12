//! Why a time cannot be had, and what is free near it.
//!
//! The invariant: the reason is the true one, by the rules that refused the time.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{
    super::{
        answer::Answer,
        memory::{Draft, Step, When},
        question::Question,
        token::Page,
        turn_context::TurnContext,
    },
    rows::rows,
};
use crate::{
    booking::{
        Conflict, Opening, OpeningsRequest, ResourceId,
        availability::{self, Refusal},
        business::Visit,
    },
    language::day::Days,
};

/// The times that are proposed instead of one that cannot be had.
const ALTERNATIVES: usize = 5;

/// Says why a time cannot be had, and what is free near it.
pub(super) fn start<'a>(
    mut answer: Answer<'a>,
    draft: Draft,
    start: DateTime<Utc>,
    openings: &[Opening],
) -> Answer<'a> {
    let context = answer.context;
    let moment = context.moment(start);
    let lost = matches!(context.turn.conflict, Some(Conflict::SlotTaken { start: taken, .. }) if taken == start);
    answer.say(if lost {
        context.texts.just_taken(&moment)
    } else {
        told_reason(context, &draft, start, openings)
    });
    propose(answer, draft, start, openings)
}

/// Says that the keeper of the calendar has a time taken, and what is free near it.
pub(super) fn lost<'a>(
    mut answer: Answer<'a>,
    draft: Draft,
    start: DateTime<Utc>,
    openings: &[Opening],
) -> Answer<'a> {
    let context = answer.context;
    answer.say(context.texts.just_taken(&context.moment(start)));
    if let Some(booking) = context.moved(&draft) {
        answer.say(context.texts.your_appointment(&context.line(booking)));
    }
    propose(answer, draft, start, openings)
}

fn told_reason(
    context: &TurnContext<'_>,
    draft: &Draft,
    start: DateTime<Utc>,
    openings: &[Opening],
) -> String {
    let (texts, moment) = (context.texts, context.moment(start));
    match reason(context, draft, start, openings) {
        Refusal::NotDone | Refusal::Closed => texts.refused_closed(&moment),
        Refusal::StaffOff => {
            let staff = draft
                .staff
                .as_ref()
                .and_then(|staff| context.staff_name(staff));
            texts.refused_staff_off(staff.unwrap_or_default(), &moment)
        }
        // The customer has that very time, but for less than is wished now.
        Refusal::Taken
            if context
                .moved(draft)
                .is_some_and(|one| one.details.visible.start == start) =>
        {
            texts.refused_no_room(&context.services_name(&draft.services), &moment)
        }
        Refusal::Taken => texts.refused_taken(&moment),
        Refusal::TooSoon => texts.refused_too_soon(&moment),
        Refusal::TooFar => texts.refused_too_far(&moment),
        Refusal::OffGrid => texts.refused_off_grid(&moment),
    }
}

/// The true reason: by the rules alone, or else someone has it.
fn reason(
    context: &TurnContext<'_>,
    draft: &Draft,
    start: DateTime<Utc>,
    openings: &[Opening],
) -> Refusal {
    let request = OpeningsRequest {
        business: context.business,
        services: &draft.services,
        staff: draft.staff.as_ref(),
        range: context.business.zone.day(context.local(start).date()),
        customer: Some(context.turn.customer),
        gives_up: None,
        now: context.turn.now,
    };
    match availability::check(&request, start, &[]) {
        // At what times its keeper lets an appointment start is not in the file.
        Err(Refusal::OffGrid) | Ok(_) if context.business.calendar_elsewhere().is_some() => {
            taken_or_off_grid(context, draft, start, openings)
        }
        Err(refusal) => refusal,
        Ok(_) => Refusal::Taken,
    }
}

/// By what is free around it: where the openings before and after it are no further apart than the
/// visit is long, nobody can have anything between them.
fn taken_or_off_grid(
    context: &TurnContext<'_>,
    draft: &Draft,
    start: DateTime<Utc>,
    openings: &[Opening],
) -> Refusal {
    let starts = || openings.iter().map(|opening| opening.start);
    let before = starts().filter(|other| *other < start).max();
    let after = starts().filter(|other| *other > start).min();
    let visit = context.business.visit(&draft.services);
    match (before, after, visit) {
        (Some(before), Some(after), Some(visit)) if after - before <= visit.duration => {
            Refusal::OffGrid
        }
        _ => Refusal::Taken,
    }
}

/// Nothing is as was wished: says so, and what is free near it.
pub(super) fn day<'a>(mut answer: Answer<'a>, draft: Draft, openings: &[Opening]) -> Answer<'a> {
    let context = answer.context;
    answer.say(told_of_the_day(context, &draft));
    let days = draft.when.days.as_ref().and_then(Days::bounds);
    let near = days.map_or(context.turn.now, |(first, _)| {
        context.business.zone.day(first).start + TimeDelta::hours(12)
    });
    propose(answer, draft, near, openings)
}

/// Why there is nothing on the day that was wished.
fn told_of_the_day(context: &TurnContext<'_>, draft: &Draft) -> String {
    let texts = context.texts;
    let Some(day) = draft.when.days.as_ref().and_then(Days::single) else {
        return texts.nothing_then();
    };
    let named = context.day(day);
    let today = context.local(context.turn.now).date();
    let last = today + chrono::Days::new(context.business.rules.window_days.into());
    if day > last {
        return texts.refused_too_far(&named);
    }
    let visit = context.business.visit(&draft.services);
    let mut resources = visit.iter().flat_map(Visit::resources);
    let works = |id: &ResourceId| !context.business.open_ranges(id, day).is_empty();
    let wished = draft.staff.as_ref();
    match wished {
        _ if !resources.any(works) && context.business.hours.on(day).is_empty() => {
            texts.refused_closed(&named)
        }
        None if !resources.any(works) => texts.day_full(&named),
        Some(staff) if !works(staff) => {
            texts.refused_staff_off(context.staff_name(staff).unwrap_or_default(), &named)
        }
        _ if draft.when.times.is_empty() => texts.day_full(&named),
        _ => texts.nothing_then(),
    }
}

/// A few openings around a time, as far apart as the visit is long, but no more than an hour,
/// so that not all are of the same hour.
pub(super) fn spaced<'a>(
    context: &TurnContext<'_>,
    draft: &Draft,
    openings: &'a [Opening],
    near: DateTime<Utc>,
) -> Vec<&'a Opening> {
    let visit = context.business.visit(&draft.services);
    let apart = visit.map_or(TimeDelta::minutes(30), |visit| visit.duration);
    let apart = apart.min(TimeDelta::hours(1));
    let mut by_distance: Vec<_> = openings.iter().collect();
    by_distance.sort_by_key(|opening| (opening.start - near).abs());
    let mut found: Vec<&Opening> = Vec::with_capacity(ALTERNATIVES);
    for opening in by_distance {
        let clear = |other: &&Opening| (other.start - opening.start).abs() >= apart;
        if found.len() < ALTERNATIVES && found.iter().all(clear) {
            found.push(opening);
        }
    }
    found.sort_unstable_by_key(|opening| opening.start);
    found
}

fn propose<'a>(
    mut answer: Answer<'a>,
    draft: Draft,
    near: DateTime<Utc>,
    openings: &[Opening],
) -> Answer<'a> {
    let context = answer.context;
    let found = spaced(context, &draft, openings, near);
    answer.release_holds(&[]);
    // The time could not be had, so that the next one stands by itself; the day is still meant
    // where there is something free on it.
    let day = draft.when.days.as_ref().and_then(Days::single);
    let open = |day: &NaiveDate| {
        let mut days = found
            .iter()
            .map(|opening| context.local(opening.start).date());
        days.any(|date| date == *day)
    };
    let draft = Draft {
        when: When {
            days: day.filter(open).map(|day| Days::OneOf(vec![day])),
            ..When::default()
        },
        ..draft
    };
    if found.is_empty() {
        answer.memory.step = Step::Time { draft };
        let text = context.texts.no_alternatives();
        return answer.ask(Question::plain(text));
    }
    let from = context
        .business
        .zone
        .day(context.local(near.max(context.turn.now)).date())
        .start;
    let rows = rows(context, &draft, &found, Some(Page { from, dense: false }));
    answer.memory.step = Step::Time { draft };
    let text = context.texts.alternatives();
    answer.ask(Question::new(text, rows))
}
