//! Offering times: a few of many, spread over what is free.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{
    super::{
        answer::{Answer, MAX_ROWS, Question, Row},
        desk::Desk,
        memory::{Draft, Step},
        token::{Action, Page},
    },
    refused,
};
use crate::{
    booking::{Opening, availability, hours::minute_of},
    language::day::Days,
    workflow::Outcome,
};

/// The times in a list, beside "More times".
const SHOWN: usize = MAX_ROWS - 1;
/// The days over which times are spread.
const DAYS_SHOWN: usize = 3;
/// The times that are offered to who wants the first there is.
const SOONEST: usize = 3;

/// Offers what is as the draft says, or else what is near.
pub(super) fn matching(answer: Answer<'_>, draft: Draft, openings: &[Opening]) -> Outcome {
    let desk = answer.desk;
    let fits = |one: &&Opening| draft.when.contains(desk.local(one.start));
    let found: Vec<_> = openings.iter().filter(fits).collect();
    if found.is_empty() {
        return refused::day(answer, draft, openings);
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
    let found = refused::spaced(answer.desk, &draft, openings, start);
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
        return refused::day(answer, draft, openings);
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
        return refused::start(answer, draft, *first, openings);
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

pub(super) fn rows(
    desk: &Desk<'_>,
    draft: &Draft,
    shown: &[&Opening],
    more: Option<Page>,
) -> Vec<Row> {
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
