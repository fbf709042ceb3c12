//! Offering times: a few of many, spread over what is free.

use chrono::{DateTime, NaiveDate, TimeDelta, Timelike, Utc};

use super::{
    super::{
        answer::Answer,
        memory::{Draft, Step},
        order::End,
        question::{MAX_ROWS, Question},
        token::Page,
    },
    hold, refused,
    rows::rows,
};
use crate::{
    booking::{Opening, availability, hours::minute_of},
    language::day::Days,
};

/// The times in a list, beside "More times".
const SHOWN: usize = MAX_ROWS - 1;
/// The times of a day that are shown at first, where no time of day was said.
const SHOWN_OF_A_DAY: usize = 4;
/// The days over which times are spread.
const DAYS_SHOWN: usize = 3;
const NOON: u32 = 12;

/// Offers what is as the draft says, or else what is near.
pub(super) fn matching<'a>(answer: Answer<'a>, draft: Draft, openings: &[Opening]) -> Answer<'a> {
    let context = answer.context;
    let fits = |one: &&Opening| draft.when.contains(context.local(one.start));
    let found: Vec<_> = openings.iter().filter(fits).collect();
    if found.is_empty() {
        return refused::day(answer, draft, openings);
    }
    // A list of one is a question of yes or no.
    if let ([one], false) = (found.as_slice(), draft.when.is_empty()) {
        let start = one.start;
        return hold::pick(answer, draft, start, openings);
    }
    let is_narrow = !draft.when.times.is_empty();
    offer(answer, draft, &found, is_narrow)
}

/// Offers from a place in time on.
pub(super) fn page<'a>(
    answer: Answer<'a>,
    draft: Draft,
    page: Page,
    openings: &[Opening],
) -> Answer<'a> {
    let context = answer.context;
    let fits = |one: &&Opening| {
        one.start >= page.from
            && draft
                .when
                .times
                .contain(minute_of(context.local(one.start).time()))
    };
    let found: Vec<_> = openings.iter().filter(fits).collect();
    if found.is_empty() {
        return none_left(answer, draft);
    }
    if page.dense {
        let shown: Vec<_> = found.iter().copied().take(SHOWN).collect();
        let last = shown.last().map_or(page.from, |opening| opening.start);
        let from = last + TimeDelta::minutes(1);
        let text = which_time(&answer, &draft);
        return list(
            answer,
            draft,
            &shown,
            text,
            Some(Page { from, dense: true }),
        );
    }
    offer(answer, draft, &found, true)
}

fn none_left(mut answer: Answer<'_>, draft: Draft) -> Answer<'_> {
    let context = answer.context;
    let today = context.local(context.turn.now).date();
    let last = today + chrono::Days::new(context.business.rules.window_days.into());
    answer.say(context.texts.no_times_left(&context.day(last)));
    answer.say(context.texts.no_alternatives());
    answer.release_holds(&[]);
    answer.memory.step = Step::Time { draft };
    answer.end()
}

/// Offers what is free before a time.
pub(super) fn before<'a>(
    mut answer: Answer<'a>,
    draft: Draft,
    start: DateTime<Utc>,
    openings: &[Opening],
) -> Answer<'a> {
    let found = refused::spaced(answer.context, &draft, openings, start);
    if found.is_empty() {
        let moment = answer.context.moment(start);
        answer.say(answer.context.texts.nothing_before(&moment));
        return answer.ask_again();
    }
    let text = which_time(&answer, &draft);
    list(answer, draft, &found, text, None)
}

/// Proposes the first time there is, or the last of the first day that has any.
pub(super) fn at_end<'a>(
    answer: Answer<'a>,
    draft: Draft,
    end: End,
    openings: &[Opening],
) -> Answer<'a> {
    let context = answer.context;
    let day = |one: &Opening| context.local(one.start).date();
    let fits = |one: &&Opening| draft.when.contains(context.local(one.start));
    let mut fitting = openings.iter().filter(fits);
    let Some(first) = fitting.next() else {
        return refused::day(answer, draft, openings);
    };
    let start = match end {
        End::First => first.start,
        End::Last => {
            let same_day = fitting.take_while(|one| day(one) == day(first));
            same_day.last().unwrap_or(first).start
        }
    };
    hold::pick(answer, draft, start, openings)
}

/// Offers those of some times that are free.
pub(super) fn of_these<'a>(
    mut answer: Answer<'a>,
    draft: Draft,
    starts: &[DateTime<Utc>],
    openings: &[Opening],
) -> Answer<'a> {
    let found: Vec<_> = openings
        .iter()
        .filter(|one| starts.contains(&one.start))
        .collect();
    if let (true, Some(first)) = (found.is_empty(), starts.first()) {
        return refused::start(answer, draft, *first, openings);
    }
    if let [one] = found.as_slice() {
        return hold::pick(answer, draft, one.start, openings);
    }
    answer.say(answer.context.texts.which_of_these());
    let text = which_time(&answer, &draft);
    list(answer, draft, &found, text, None)
}

/// Spreads times over the first days, or over the one day that was wished: a few, unless they were
/// narrowed down before.
fn offer<'a>(answer: Answer<'a>, draft: Draft, found: &[&Opening], is_narrow: bool) -> Answer<'a> {
    let context = answer.context;
    let mut days: Vec<(NaiveDate, &[&Opening])> = Vec::with_capacity(DAYS_SHOWN);
    let mut rest = found;
    while let (Some(first), true) = (rest.first(), days.len() < DAYS_SHOWN) {
        let date = context.local(first.start).date();
        let end = context.business.zone.day(date).end;
        let (day, later) = rest.split_at(rest.partition_point(|one| one.start < end));
        days.push((date, day));
        rest = later;
    }
    let each = match days.len() {
        1 if !is_narrow => SHOWN_OF_A_DAY,
        0 | 1 => SHOWN,
        several => (SHOWN / several).min(if is_narrow { SHOWN } else { SHOWN_OF_A_DAY / 2 }),
    };
    let mut shown = Vec::with_capacity(SHOWN);
    for (_, day) in &days {
        shown.extend(availability::spread(day, each).into_iter().copied());
    }
    let more = days.last().map(|&(date, day)| {
        let hidden = days.len() == 1 && day.len() > shown.len();
        let next = date.succ_opt().unwrap_or(date);
        let from = if hidden { date } else { next };
        Page {
            from: context.business.zone.day(from).start,
            dense: hidden,
        }
    });
    let text = match days.as_slice() {
        _ if is_introduced(&answer, &draft) => String::new(),
        [(date, all)] if draft.when.days.as_ref().and_then(Days::single) == Some(*date) => {
            let services = context.services_name(&draft.services);
            let is_morning = |one: &&&Opening| context.local(one.start).hour() < NOON;
            let mornings = all.iter().filter(is_morning).count();
            let is_open = !is_narrow && shown.len() < all.len();
            if is_open && mornings > 0 && mornings < all.len() {
                context.texts.which_part_of(&services, &context.day(*date))
            } else {
                context.texts.which_time_on(&services, &context.day(*date))
            }
        }
        _ => which_time(&answer, &draft),
    };
    list(answer, draft, &shown, text, more)
}

/// Returns whether the move for which times are offered was announced in the same reply.
fn is_introduced(answer: &Answer<'_>, draft: &Draft) -> bool {
    draft.moving.is_some() && answer.has_lead()
}

fn which_time(answer: &Answer<'_>, draft: &Draft) -> String {
    if is_introduced(answer, draft) {
        return String::new();
    }
    let context = answer.context;
    context
        .texts
        .which_time(&context.services_name(&draft.services))
}

/// Shows times to choose from.
fn list<'a>(
    mut answer: Answer<'a>,
    draft: Draft,
    shown: &[&Opening],
    text: String,
    more: Option<Page>,
) -> Answer<'a> {
    let context = answer.context;
    let rows = rows(context, &draft, shown, more);
    answer.release_holds(&[]);
    answer.memory.step = Step::Time { draft };
    answer.ask(Question::new(text, rows).or_short(context.texts.when_again()))
}
