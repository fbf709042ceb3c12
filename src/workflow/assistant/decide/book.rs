//! Making a booking: the time is held while its name and yes are asked for.

use std::borrow::Cow;

use chrono::{DateTime, Utc};

use super::{
    super::{
        answer::{Answer, Question, Row},
        desk::Desk,
        memory::{Draft, Moving, Pick, Step, When},
        order::{Plan, Target, Unsettled},
        question::{confirm_question, service_question},
        token::Action,
    },
    cancel, times,
};
use crate::{
    booking::{
        Booking, BookingDetails, BookingId, BookingStatus, Conflict, Effect, Opening, ResourceId,
        business::Ask,
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
fn available<'a>(conflict: Option<&Conflict>, openings: &'a [Opening]) -> Cow<'a, [Opening]> {
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

fn full(mut answer: Answer<'_>) -> Outcome {
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
        return times::refused(answer, draft, start, openings);
    };
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
    let asks_name = answer.desk.business.ask.contains(&Ask::Name);
    if asks_name && draft.moving.is_none() && answer.name(&draft).is_none() {
        answer.memory.step = Step::Name { draft, pick };
        let text = answer.desk.texts.ask_name();
        let moment = answer.desk.moment(start);
        return answer.ask(Question::plain(format!("{moment}. {text}")));
    }
    let question = confirm_question(answer.desk, &draft, &pick);
    answer.memory.step = Step::Confirm { draft, pick };
    answer.ask(question)
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

fn details(
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
        name: answer.name(draft),
    })
}

/// Takes the name and asks for the yes.
pub(super) fn name(mut answer: Answer<'_>, name: &str) -> Outcome {
    answer.memory.name = Some(name.into());
    if let Step::Name { draft, pick } = answer.memory.step.clone() {
        answer.memory.step = Step::Confirm { draft, pick };
    }
    answer.ask_again()
}

/// Makes the held time firm. A hold that is gone is booked anew if the time is still free.
pub(super) fn confirm(mut answer: Answer<'_>, openings: &[Opening]) -> Outcome {
    let Step::Confirm { draft, pick } = answer.memory.step.clone() else {
        return answer.ask_again();
    };
    let desk = answer.desk;
    if let Some(moving) = draft.moving {
        return confirm_move(answer, draft, &pick, moving, openings);
    }
    let taken = matches!(desk.turn.conflict, Some(Conflict::SlotTaken { .. }));
    if desk.is_full() {
        return full(answer);
    }
    if taken || pick.start <= desk.turn.now {
        let openings = available(desk.turn.conflict.as_ref(), openings);
        return times::refused(answer, draft, pick.start, &openings);
    }
    let held = desk
        .turn
        .bookings
        .iter()
        .find(|booking| booking.id == pick.hold);
    if held.is_some_and(|booking| booking.status == BookingStatus::Booked) {
        return already(answer, pick.hold);
    }
    let Some(effect) = firm(&answer, &draft, &pick, openings) else {
        return times::refused(answer, draft, pick.start, openings);
    };
    answer.release_holds(Some(pick.hold));
    answer.effects.push(effect);
    answer.memory.step = Step::Idle;
    let details = desk.details(&desk.planned(&draft, &pick));
    answer.say(with_aftermath(desk, &desk.texts.booked(&details)));
    answer.end()
}

/// Puts the new time in the old one's place, in one change. Changed since it was shown, or taken
/// by someone else, it stays as it is.
fn confirm_move(
    mut answer: Answer<'_>,
    draft: Draft,
    pick: &Pick,
    moving: Moving,
    openings: &[Opening],
) -> Outcome {
    let desk = answer.desk;
    let Some(booking) = desk.upcoming().find(|booking| booking.id == moving.id) else {
        answer.memory.step = Step::Idle;
        answer.say(desk.texts.gone());
        return answer.end();
    };
    if booking.version != moving.version {
        answer.memory.step = Step::Idle;
        return cancel::ask_to_move(answer, booking);
    }
    if desk.is_too_late(booking) {
        return cancel::too_late(answer, booking);
    }
    let openings = available(desk.turn.conflict.as_ref(), openings);
    let mut at = openings
        .iter()
        .filter(|opening| opening.start == pick.start);
    let visit = desk.business.visit(&draft.services);
    let free = at.any(|opening| opening.resources.contains(&pick.resource));
    let Some(visit) = visit.filter(|_| free && pick.start > desk.turn.now) else {
        return times::refused(answer, draft, pick.start, &openings);
    };
    answer.release_holds(None);
    answer.effects.push(Effect::Move {
        id: moving.id,
        version: moving.version,
        services: draft.services.clone(),
        resource: pick.resource.clone(),
        visible: visit.visible(pick.start),
        blocked: visit.blocked(pick.start),
    });
    answer.memory.step = Step::Idle;
    let details = desk.details(&desk.planned(&draft, pick));
    answer.say(with_aftermath(desk, &desk.texts.moved(&details)));
    answer.end()
}

/// What a customer should know once it is firm.
fn with_aftermath(desk: &Desk<'_>, text: &str) -> String {
    let map_url = desk.business.map_url.as_ref().map(url::Url::as_str);
    let policy = desk.business.policy.as_ref();
    let policy = policy.map(|policy| policy.get(desk.language));
    let how = desk.texts.how_to_change();
    let lines = [Some(text), map_url, policy, Some(&how)];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// What makes the held time firm: the hold itself, expired or not, or where it is gone a booking
/// of its own. None: the time is not free any more.
fn firm(answer: &Answer<'_>, draft: &Draft, pick: &Pick, openings: &[Opening]) -> Option<Effect> {
    let turn = answer.desk.turn;
    let id = pick.hold;
    let live = turn.bookings.iter().find(|booking| booking.id == id);
    let mut at = openings
        .iter()
        .filter(|opening| opening.start == pick.start);
    if live.is_none() && !at.any(|opening| opening.resources.contains(&pick.resource)) {
        return None;
    }
    if matches!(turn.conflict, Some(Conflict::BookingChanged { id: changed }) if changed == id) {
        let details = details(answer, draft, &pick.resource, pick.start)?;
        let id = turn.booking_id(0);
        return Some(Effect::Book { id, details });
    }
    Some(Effect::Confirm {
        id,
        version: live.map_or(pick.version, |booking| booking.version),
        name: answer.name(draft),
    })
}

/// Says again what is booked: a second tap on yes.
pub(super) fn already(mut answer: Answer<'_>, id: BookingId) -> Outcome {
    let desk = answer.desk;
    if let Some(booking) = desk.turn.bookings.iter().find(|booking| booking.id == id) {
        answer.say(desk.texts.already_booked(&desk.line(booking)));
    }
    if matches!(answer.memory.pick(), Some(pick) if pick.hold == id) {
        answer.memory.step = Step::Idle;
    }
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
    if let Some(next) = desk.upcoming().next() {
        answer.say(desk.texts.still_booked(&desk.line(next)));
    }
    answer.end()
}
