//! Proposing a time: it is held while its name and yes are asked for.
//!
//! The invariant: nothing becomes firm here; a time is at most held.

use std::borrow::Cow;

use chrono::{DateTime, Utc};

use super::{
    super::{
        answer::Answer,
        memory::{Draft, Pick, Step},
        order::arrange,
        question::confirm_question,
        turn_context::TurnContext,
    },
    cancel, refused,
};
use crate::booking::{
    Booking, BookingDetails, BookingId, BookingStatus, Conflict, Effect, Opening, ResourceId,
};

/// The version of a booking that was just made.
const FIRST_VERSION: u32 = 1;

/// Returns the openings without the one that the last attempt found taken. The calendar may not
/// show that booking yet.
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

/// Holds a time and asks for what is missing, or says why it cannot be had.
pub(super) fn pick<'a>(
    mut answer: Answer<'a>,
    draft: Draft,
    start: DateTime<Utc>,
    openings: &[Opening],
) -> Answer<'a> {
    answer.memory.at = Some(start);
    let context = answer.context;
    let free = openings.iter().find(|opening| opening.start == start);
    let placed = free.and_then(|opening| {
        // An appointment that is moved stays with its person, if it can.
        let moved = context.moved(&draft).map(|one| &one.details.resource);
        let mut resources: Vec<_> = opening.resources.iter().collect();
        resources.sort_by_key(|one| Some(*one) != moved);
        resources.into_iter().find_map(|resource| {
            let with = arrange(context, &draft, (start, resource), &answer.beside)?;
            Some((resource, with))
        })
    });
    let Some((resource, with)) = placed else {
        return refused::start(answer, draft, start, openings);
    };
    if let Some(booking) = unchanged(context, &draft, resource, start) {
        return cancel::keep(answer, Some(booking));
    }
    let pick = if let Some(moving) = draft.moving {
        // The old time is kept until the yes; the new one is not held beside it.
        answer.release_holds(&[]);
        let hold = answer.new_id();
        picked(context, (start, resource), (hold, moving.version))
    } else {
        let all = std::iter::once((draft.clone(), start, resource.clone()));
        let with = draft.companions().zip(with);
        let with = with.map(|(one, (start, resource))| (one, start, resource));
        let all: Vec<_> = all.chain(with).collect();
        let mut picks = hold(&mut answer, &all).into_iter();
        let Some(first) = picks.next() else {
            return answer.ask_again();
        };
        Pick {
            with: picks.collect(),
            ..first
        }
    };
    if answer.name_question(&draft).is_some() {
        answer.memory.step = Step::Name { draft, pick };
        return answer.ask_again();
    }
    let question = confirm_question(answer.context, &draft, &pick);
    answer.memory.step = Step::Confirm { draft, pick };
    answer.ask(question)
}

/// The appointment that would be moved to where it is.
fn unchanged(
    context: &TurnContext<'_>,
    draft: &Draft,
    resource: &ResourceId,
    start: DateTime<Utc>,
) -> Option<BookingId> {
    let moving = draft.moving?;
    let booking = context.upcoming().find(|booking| booking.id == moving.id)?;
    let details = &booking.details;
    let same = details.visible.start == start
        && details.services == draft.services
        && details.resource == *resource
        && details.for_name == for_name(draft);
    same.then_some(booking.id)
}

fn picked(
    context: &TurnContext<'_>,
    (start, resource): (DateTime<Utc>, &ResourceId),
    (hold, version): (BookingId, u32),
) -> Pick {
    Pick {
        start,
        resource: resource.clone(),
        hold,
        version,
        at: context.turn.now,
        with: Vec::new(),
    }
}

/// Holds times, in place of whatever is held; a hold of just such a time stays.
fn hold(answer: &mut Answer<'_>, wanted: &[(Draft, DateTime<Utc>, ResourceId)]) -> Vec<Pick> {
    let context = answer.context;
    let now = context.turn.now;
    let mut kept: Vec<&Booking> = Vec::new();
    let mut found = Vec::with_capacity(wanted.len());
    for (draft, start, resource) in wanted {
        let same = |hold: &&Booking| {
            let details = &hold.details;
            let valid =
                matches!(hold.status, BookingStatus::Held { expires_at } if expires_at > now);
            let what = details.services == draft.services && details.resource == *resource;
            let is_other = !kept.iter().any(|one| one.id == hold.id);
            valid && what && details.visible.start == *start && is_other
        };
        let hold = context.holds().find(same);
        kept.extend(hold);
        found.push(hold);
    }
    let kept: Vec<_> = kept.iter().map(|hold| hold.id).collect();
    answer.release_holds(&kept);
    let mut picks = Vec::with_capacity(wanted.len());
    for ((draft, start, resource), hold) in wanted.iter().zip(found) {
        let named = if let Some(hold) = hold {
            (hold.id, hold.version)
        } else {
            let id = answer.new_id();
            if let Some(details) = details(answer, draft, resource, *start) {
                let expires_at = now + context.business.rules.hold;
                answer.effects.push(Effect::Hold {
                    id,
                    details,
                    expires_at,
                });
            }
            (id, FIRST_VERSION)
        };
        picks.push(picked(context, (*start, resource), named));
    }
    picks
}

pub(super) fn details(
    answer: &Answer<'_>,
    draft: &Draft,
    resource: &ResourceId,
    start: DateTime<Utc>,
) -> Option<BookingDetails> {
    let context = answer.context;
    let visit = context.business.visit(&draft.services)?;
    Some(BookingDetails {
        business: context.business.id.clone(),
        services: draft.services.clone(),
        resource: resource.clone(),
        visible: visit.visible(start),
        blocked: visit.blocked(start),
        customer: context.turn.customer,
        name: answer.name(),
        for_name: for_name(draft),
    })
}

pub(super) fn for_name(draft: &Draft) -> Option<Box<str>> {
    draft.for_whom.as_ref()?.name().map(Into::into)
}
