//! Offering times: a few of many, spread over what is free.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::super::{
    answer::{Answer, MAX_ROWS, Question, Row},
    desk::Desk,
    memory::{Draft, Step, When},
    token::{Action, Page},
};
use crate::{
    booking::{
        Conflict, Opening, OpeningsRequest, ResourceId,
        availability::{self, Refusal},
        business::Visit,
        hours::minute_of,
    },
    language::day::Days,
    workflow::Outcome,
};

/// The times in a list, beside "More times".
const SHOWN: usize = MAX_ROWS - 1;
/// The days over which times are spread.
const DAYS_SHOWN: usize = 3;
/// The times that are proposed instead of one that cannot be had.
const ALTERNATIVES: usize = 5;
/// The times that are offered to who wants the first there is.
const SOONEST: usize = 3;

/// Offers what is as the draft says, or else what is near.
pub(super) fn matching(answer: Answer<'_>, draft: Draft, openings: &[Opening]) -> Outcome {
    let desk = answer.desk;
    let fits = |one: &&Opening| draft.when.contains(desk.local(one.start));
    let found: Vec<_> = openings.iter().filter(fits).collect();
    if found.is_empty() {
        return nothing_matches(answer, draft, openings);
    }
    let wished = draft.when.days.as_ref().and_then(Days::single);
    offer(answer, draft, &found, wished)
}

/// Offers from a place in time on.
pub(super) fn page(answer: Answer<'_>, draft: Draft, page: Page, openings: &[Opening]) -> Outcome {
    let desk = answer.desk;
    let fits = |one: &&Opening| {
        one.start >= page.from
            && draft
                .when
                .times
                .contain(minute_of(desk.local(one.start).time()))
    };
    let found: Vec<_> = openings.iter().filter(fits).collect();
    if found.is_empty() {
        return none_left(answer, draft);
    }
    if page.dense {
        let shown: Vec<_> = found.iter().copied().take(SHOWN).collect();
        let last = shown.last().map_or(page.from, |opening| opening.start);
        let from = last + TimeDelta::minutes(1);
        return list(
            answer,
            draft,
            &shown,
            None,
            Some(Page { from, dense: true }),
        );
    }
    offer(answer, draft, &found, None)
}

fn none_left(mut answer: Answer<'_>, draft: Draft) -> Outcome {
    let desk = answer.desk;
    let today = desk.local(desk.turn.now).date();
    let last = today + chrono::Days::new(desk.business.rules.window_days.into());
    answer.say(desk.texts.no_times_left(&desk.dates.day(last)));
    answer.say(desk.texts.no_alternatives());
    answer.release_holds(None);
    answer.memory.step = Step::Time { draft };
    answer.end()
}

/// Offers what is free before a time.
pub(super) fn before(
    mut answer: Answer<'_>,
    draft: Draft,
    start: DateTime<Utc>,
    openings: &[Opening],
) -> Outcome {
    let found = spaced(answer.desk, &draft, openings, start);
    if found.is_empty() {
        let moment = answer.desk.moment(start);
        answer.say(answer.desk.texts.nothing_before(&moment));
        return answer.ask_again();
    }
    list(answer, draft, &found, None, None)
}

/// Offers the first times there are.
pub(super) fn soonest(answer: Answer<'_>, draft: Draft, openings: &[Opening]) -> Outcome {
    let desk = answer.desk;
    let fits = |one: &&Opening| draft.when.contains(desk.local(one.start));
    let found: Vec<_> = openings.iter().filter(fits).take(SOONEST).collect();
    let Some(last) = found.last() else {
        return nothing_matches(answer, draft, openings);
    };
    let from = last.start + TimeDelta::minutes(1);
    list(
        answer,
        draft,
        &found,
        None,
        Some(Page { from, dense: true }),
    )
}

/// Offers those of some times that are free.
pub(super) fn of_these(
    mut answer: Answer<'_>,
    draft: Draft,
    starts: &[DateTime<Utc>],
    openings: &[Opening],
) -> Outcome {
    let found: Vec<_> = openings
        .iter()
        .filter(|one| starts.contains(&one.start))
        .collect();
    if let (true, Some(first)) = (found.is_empty(), starts.first()) {
        return refused(answer, draft, *first, openings);
    }
    answer.say(answer.desk.texts.which_of_these());
    list(answer, draft, &found, None, None)
}

/// Spreads times over the first days, or over the one day that was wished.
fn offer(
    answer: Answer<'_>,
    draft: Draft,
    found: &[&Opening],
    wished: Option<NaiveDate>,
) -> Outcome {
    let desk = answer.desk;
    let mut days: Vec<(NaiveDate, &[&Opening])> = Vec::with_capacity(DAYS_SHOWN);
    let mut rest = found;
    while let (Some(first), true) = (rest.first(), days.len() < DAYS_SHOWN) {
        let date = desk.local(first.start).date();
        let end = desk.business.zone.day(date).end;
        let (day, later) = rest.split_at(rest.partition_point(|one| one.start < end));
        days.push((date, day));
        rest = later;
    }
    let each = SHOWN / days.len().max(1);
    let mut shown = Vec::with_capacity(SHOWN);
    for (_, day) in &days {
        shown.extend(availability::spread(day, each).into_iter().copied());
    }
    let more = days.last().map(|&(date, day)| {
        let hidden = days.len() == 1 && day.len() > shown.len();
        let next = date.succ_opt().unwrap_or(date);
        let from = if hidden { date } else { next };
        Page {
            from: desk.business.zone.day(from).start,
            dense: hidden,
        }
    });
    list(answer, draft, &shown, wished, more)
}

/// Shows times to choose from.
fn list(
    mut answer: Answer<'_>,
    draft: Draft,
    shown: &[&Opening],
    day: Option<NaiveDate>,
    more: Option<Page>,
) -> Outcome {
    let desk = answer.desk;
    let services = desk.services_name(&draft.services);
    let text = match day {
        _ if draft.moving.is_some() && answer.has_lead() => String::new(),
        Some(day) => desk.texts.which_time_on(&services, &desk.dates.day(day)),
        None => desk.texts.which_time(&services),
    };
    let rows = rows(desk, &draft, shown, more);
    answer.release_holds(None);
    answer.memory.step = Step::Time { draft };
    answer.ask(Question { text, rows })
}

fn rows(desk: &Desk<'_>, draft: &Draft, shown: &[&Opening], more: Option<Page>) -> Vec<Row> {
    let mut rows: Vec<_> = shown
        .iter()
        .map(|opening| {
            let action = Action::Time {
                services: draft.services.clone(),
                staff: draft.staff.clone(),
                start: opening.start,
            };
            Row::new(action, &desk.dates.short_moment(desk.local(opening.start)))
        })
        .collect();
    let last = desk.turn.now + TimeDelta::days(i64::from(desk.business.rules.window_days));
    if let Some(page) = more.filter(|page| page.from <= last) {
        rows.push(Row::new(Action::More(page), &desk.texts.more_times()));
    }
    rows
}

/// Says why a time cannot be had, and what is free near it.
pub(super) fn refused(
    mut answer: Answer<'_>,
    draft: Draft,
    start: DateTime<Utc>,
    openings: &[Opening],
) -> Outcome {
    let desk = answer.desk;
    let moment = desk.moment(start);
    let lost = matches!(desk.turn.conflict, Some(Conflict::SlotTaken { start: taken, .. }) if taken == start);
    answer.say(if lost {
        desk.texts.just_taken(&moment)
    } else {
        told_reason(desk, &draft, start)
    });
    propose(answer, draft, start, openings)
}

fn told_reason(desk: &Desk<'_>, draft: &Draft, start: DateTime<Utc>) -> String {
    let (texts, moment) = (desk.texts, desk.moment(start));
    match reason(desk, draft, start) {
        Refusal::NotDone | Refusal::Closed => texts.refused_closed(&moment),
        Refusal::StaffOff => {
            let staff = draft
                .staff
                .as_ref()
                .and_then(|staff| desk.staff_name(staff));
            texts.refused_staff_off(staff.unwrap_or_default(), &moment)
        }
        Refusal::Taken => texts.refused_taken(&moment),
        Refusal::TooSoon => texts.refused_too_soon(&moment),
        Refusal::TooFar => texts.refused_too_far(&moment),
        Refusal::OffGrid => texts.refused_off_grid(&moment),
    }
}

/// The true reason: by the rules alone, or else someone has it.
fn reason(desk: &Desk<'_>, draft: &Draft, start: DateTime<Utc>) -> Refusal {
    let request = OpeningsRequest {
        business: desk.business,
        services: &draft.services,
        staff: draft.staff.as_ref(),
        range: desk.business.zone.day(desk.local(start).date()),
        customer: Some(desk.turn.customer),
        gives_up: None,
        now: desk.turn.now,
    };
    match availability::check(&request, start, &[]) {
        Err(refusal) => refusal,
        Ok(_) => Refusal::Taken,
    }
}

/// Nothing is as was wished: says so, and what is free near it.
fn nothing_matches(mut answer: Answer<'_>, draft: Draft, openings: &[Opening]) -> Outcome {
    let desk = answer.desk;
    answer.say(told_of_the_day(desk, &draft));
    let days = draft.when.days.as_ref().and_then(Days::bounds);
    let near = days.map_or(desk.turn.now, |(first, _)| {
        desk.business.zone.day(first).start + TimeDelta::hours(12)
    });
    propose(answer, draft, near, openings)
}

/// Why there is nothing on the day that was wished.
fn told_of_the_day(desk: &Desk<'_>, draft: &Draft) -> String {
    let texts = desk.texts;
    let Some(day) = draft.when.days.as_ref().and_then(Days::single) else {
        return texts.nothing_then();
    };
    let named = desk.dates.day(day);
    let today = desk.local(desk.turn.now).date();
    let last = today + chrono::Days::new(desk.business.rules.window_days.into());
    if day > last {
        return texts.refused_too_far(&named);
    }
    let visit = desk.business.visit(&draft.services);
    let mut resources = visit.iter().flat_map(Visit::resources);
    let works = |id: &ResourceId| !desk.business.open_ranges(id, day).is_empty();
    let wished = draft.staff.as_ref();
    match wished {
        _ if !resources.any(works) => texts.refused_closed(&named),
        Some(staff) if !works(staff) => {
            texts.refused_staff_off(desk.staff_name(staff).unwrap_or_default(), &named)
        }
        _ if draft.when.times.is_empty() => texts.day_full(&named),
        _ => texts.nothing_then(),
    }
}

/// A few openings around a time, as far apart as the visit is long, but no more than an hour,
/// so that not all are of the same hour.
fn spaced<'a>(
    desk: &Desk<'_>,
    draft: &Draft,
    openings: &'a [Opening],
    near: DateTime<Utc>,
) -> Vec<&'a Opening> {
    let visit = desk.business.visit(&draft.services);
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

fn propose(
    mut answer: Answer<'_>,
    draft: Draft,
    near: DateTime<Utc>,
    openings: &[Opening],
) -> Outcome {
    let desk = answer.desk;
    let found = spaced(desk, &draft, openings, near);
    answer.release_holds(None);
    // The time could not be had, so that the next one stands by itself; the day is still meant
    // where there is something free on it.
    let day = draft.when.days.as_ref().and_then(Days::single);
    let open = |day: &NaiveDate| {
        let mut days = found.iter().map(|opening| desk.local(opening.start).date());
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
        let text = desk.texts.no_alternatives();
        return answer.ask(Question::plain(text));
    }
    let from = desk
        .business
        .zone
        .day(desk.local(near.max(desk.turn.now)).date())
        .start;
    let rows = rows(desk, &draft, &found, Some(Page { from, dense: false }));
    answer.memory.step = Step::Time { draft };
    let text = desk.texts.alternatives();
    answer.ask(Question { text, rows })
}
