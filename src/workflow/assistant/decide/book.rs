//! Leading to a booking: the time is held while its name and yes are asked for.
//!
//! The invariant: nothing becomes firm here; a time is at most held.

use std::borrow::Cow;

use chrono::{DateTime, Utc};

use super::{
    super::{
        answer::{Answer, Question, Row},
        desk::Desk,
        memory::{Draft, Pick, Step, When},
        order::{Plan, Target, Unsettled},
        question::{confirm_question, service_question},
        token::Action,
    },
    cancel, refused, times,
};
use crate::{
    booking::{
        Booking, BookingDetails, BookingId, BookingStatus, Conflict, Effect, Opening, ResourceId,
    },
    workflow::Outcome,
};

/// The version of a booking that was just made.
const FIRST_VERSION: u32 = 1;

/// Goes on with a booking as far as what was said allows.
pub(super) fn order(mut answer: Answer<'_>, plan: Plan, openings: &[Opening]) -> Outcome {
    let texts = answer.desk.texts;
    match plan {
        Plan::Full => full(answer),
        Plan::WhichService { from, wish, why } => {
            answer.release_holds(None);
            match why {
                Some(Unsettled::Gone) => answer.say(texts.unknown_service()),
                Some(Unsettled::NotTogether) => answer.say(texts.not_together()),
                None => {}
            }
            let question = service_question(answer.desk, &wish.among, from);
            answer.memory.step = Step::Service { wish };
            answer.ask(question)
        }
        Plan::WhichDay { draft, days } => {
            answer.release_holds(None);
            let rows = days
                .iter()
                .map(|&day| Row::new(Action::Day(day), &answer.desk.dates.short_day(day)));
            let question = Question {
                text: texts.which_day(),
                rows: rows.collect(),
            };
            answer.memory.step = Step::Time { draft };
            answer.ask(question)
        }
        Plan::Times {
            draft,
            target,
            not_with,
        } => {
            if let Some(staff) = not_with.and_then(|id| answer.desk.staff_name(&id)) {
                let services = answer.desk.services_name(&draft.services);
                answer.say(texts.not_with(staff, &services));
            }
            let openings = available(answer.desk.turn.conflict.as_ref(), openings);
            match target {
                Target::Starts(starts) => match starts.as_slice() {
                    [start] => pick(answer, draft, *start, &openings),
                    _ => times::of_these(answer, draft, &starts, &openings),
                },
                Target::Matching => times::matching(answer, draft, &openings),
                Target::Before(start) => times::before(answer, draft, start, &openings),
                Target::Soonest => times::soonest(answer, draft, &openings),
                Target::Page(page) => times::page(answer, draft, page, &openings),
            }
        }
    }
}

/// What is free, without what the last attempt found taken. The calendar may not show it yet.
pub(super) fn available<'a>(
    conflict: Option<&Conflict>,
    openings: &'a [Opening],
) -> Cow<'a, [Opening]> {
    let Some(Conflict::SlotTaken { resource, start }) = conflict else {
        return Cow::Borrowed(openings);
    };
    let mut openings = openings.to_vec();
    for opening in openings
        .iter_mut()
        .filter(|opening| opening.start == *start)
    {
        opening.resources.retain(|one| one != resource);
    }
    openings.retain(|opening| !opening.resources.is_empty());
    Cow::Owned(openings)
}

pub(super) fn full(mut answer: Answer<'_>) -> Outcome {
    let desk = answer.desk;
    let lines: Vec<_> = desk.upcoming().map(|booking| desk.line(booking)).collect();
    answer.release_holds(None);
    answer.memory.step = Step::Idle;
    answer.say(desk.texts.too_many(&lines.join("\n")));
    answer.end()
}

/// Holds a time and asks for what is missing, or says why it cannot be had.
fn pick(
    mut answer: Answer<'_>,
    draft: Draft,
    start: DateTime<Utc>,
    openings: &[Opening],
) -> Outcome {
    let free = openings.iter().find(|opening| opening.start == start);
    let Some(resource) = free.and_then(|opening| opening.resources.first()) else {
        return refused::start(answer, draft, start, openings);
    };
    if let Some(booking) = unchanged(answer.desk, &draft, resource, start) {
        return cancel::keep(answer, Some(booking));
    }
    let (hold, version) = match draft.moving {
        // The old time is kept until the yes; the new one is not held beside it.
        Some(moving) => {
            answer.release_holds(None);
            (answer.desk.turn.booking_id(0), moving.version)
        }
        None => hold(&mut answer, &draft, resource, start),
    };
    let pick = Pick {
        start,
        resource: resource.clone(),
        hold,
        version,
        at: answer.desk.turn.now,
    };
    if answer.name_question(&draft).is_some() {
        answer.memory.step = Step::Name { draft, pick };
        return answer.ask_again();
    }
    let question = confirm_question(answer.desk, &draft, &pick);
    answer.memory.step = Step::Confirm { draft, pick };
    answer.ask(question)
}

/// The appointment that would be moved to where it is.
fn unchanged(
    desk: &Desk<'_>,
    draft: &Draft,
    resource: &ResourceId,
    start: DateTime<Utc>,
) -> Option<BookingId> {
    let moving = draft.moving?;
    let booking = desk.upcoming().find(|booking| booking.id == moving.id)?;
    let details = &booking.details;
    let same = details.visible.start == start
        && details.services == draft.services
        && details.resource == *resource;
    same.then_some(booking.id)
}

/// Holds a time, in place of whatever is held; a hold of just that time stays.
fn hold(
    answer: &mut Answer<'_>,
    draft: &Draft,
    resource: &ResourceId,
    start: DateTime<Utc>,
) -> (BookingId, u32) {
    let turn = answer.desk.turn;
    let same = |hold: &&Booking| {
        let details = &hold.details;
        let valid =
            matches!(hold.status, BookingStatus::Held { expires_at } if expires_at > turn.now);
        let what = details.services == draft.services && details.resource == *resource;
        valid && what && details.visible.start == start
    };
    let kept = answer.desk.holds().find(same);
    answer.release_holds(kept.map(|hold| hold.id));
    if let Some(kept) = kept {
        return (kept.id, kept.version);
    }
    let id = turn.booking_id(0);
    if let Some(details) = details(answer, draft, resource, start) {
        let expires_at = turn.now + answer.desk.business.rules.hold;
        answer.effects.push(Effect::Hold {
            id,
            details,
            expires_at,
        });
    }
    (id, FIRST_VERSION)
}

pub(super) fn details(
    answer: &Answer<'_>,
    draft: &Draft,
    resource: &ResourceId,
    start: DateTime<Utc>,
) -> Option<BookingDetails> {
    let desk = answer.desk;
    let visit = desk.business.visit(&draft.services)?;
    Some(BookingDetails {
        business: desk.business.id.clone(),
        services: draft.services.clone(),
        resource: resource.clone(),
        visible: visit.visible(start),
        blocked: visit.blocked(start),
        customer: desk.turn.customer,
        name: answer.name(),
        for_name: for_name(draft),
    })
}

pub(super) fn for_name(draft: &Draft) -> Option<Box<str>> {
    draft.for_whom.as_ref()?.name().map(Into::into)
}

/// Takes the name and asks for the yes.
pub(super) fn name(mut answer: Answer<'_>, name: &str) -> Outcome {
    answer.memory.give_name(name, None);
    let Step::Name { draft, pick } = answer.memory.step.clone() else {
        return answer.ask_again();
    };
    answer.memory.step = match answer.name_question(&draft) {
        Some(_) => Step::Name { draft, pick },
        None => Step::Confirm { draft, pick },
    };
    answer.ask_again()
}

/// Says again what is booked: a second tap on yes.
pub(super) fn already(mut answer: Answer<'_>, id: BookingId) -> Outcome {
    let desk = answer.desk;
    if let Some(booking) = desk.turn.bookings.iter().find(|booking| booking.id == id) {
        answer.say(if booking.is_asked() {
            desk.asking(booking)
        } else {
            desk.texts.already_booked(&desk.line(booking))
        });
    }
    if matches!(answer.memory.pick(), Some(pick) if pick.hold == id) {
        answer.memory.step = Step::Idle;
    }
    answer.ask_again()
}

/// Keeps what was proposed until the customer has made up their mind.
pub(super) fn wait(mut answer: Answer<'_>) -> Outcome {
    answer.say(answer.desk.texts.no_hurry());
    answer.ask_again()
}

/// Lets the held time go and offers others.
pub(super) fn decline(mut answer: Answer<'_>, openings: &[Opening]) -> Outcome {
    let Some(draft) = answer.memory.draft().cloned() else {
        return answer.ask_again();
    };
    answer.release_holds(None);
    if draft.moving.is_none() {
        answer.say(answer.desk.texts.declined());
    }
    let when = When::default();
    times::matching(answer, Draft { when, ..draft }, openings)
}

/// Books nothing after all.
pub(super) fn drop_draft(mut answer: Answer<'_>) -> Outcome {
    let desk = answer.desk;
    answer.release_holds(None);
    answer.memory.step = Step::Idle;
    answer.say(desk.texts.draft_dropped());
    if let Some(next) = desk.upcoming().find(|booking| !booking.is_asked()) {
        answer.say(desk.texts.still_booked(&desk.line(next)));
    }
    answer.end()
}
