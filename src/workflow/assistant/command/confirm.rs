//! The customer's yes: the held time becomes firm, or the appointment is moved to it.
//!
//! The invariant: one change does it, and it is refused where what was shown is not so any more.
//! Where the calendar is kept elsewhere, it is not said to be done before its keeper said so.

use super::{
    super::{
        answer::Answer,
        memory::{Draft, ForWhom, Memory, Moving, Pick, Step},
        order::{Lookup, Seen},
        turn_context::TurnContext,
    },
    book::{already, full},
    cancel,
    hold::{available, details, for_name},
    refused,
    run::Run,
    unseen,
};
use crate::booking::{Attendee, Booking, BookingStatus, Conflict, Effect, Opening};

/// Says yes to what was proposed.
#[derive(Debug, PartialEq)]
pub(in super::super) struct Confirm;

impl Run for Confirm {
    fn lookup(&self, context: &TurnContext<'_>, memory: &Memory) -> Option<Lookup> {
        let (draft, pick) = (memory.draft()?, memory.pick()?);
        let held = |booking: &Booking| {
            booking.id == pick.hold && matches!(booking.status, BookingStatus::Held { .. })
        };
        let taken = matches!(context.turn.conflict, Some(Conflict::SlotTaken { .. }));
        let sure = context.turn.bookings.iter().any(held) && pick.start > context.turn.now;
        (taken || !sure).then(|| Lookup::again(context, draft, pick))
    }

    fn decide(self, mut answer: Answer<'_>, seen: Option<Seen>) -> Answer<'_> {
        let Some(Seen { openings, beside }) = seen else {
            return unseen::confirm_later(answer);
        };
        answer.beside = beside;
        booking(answer, &openings)
    }
}

/// Makes the held times firm. A hold that is gone is booked anew if the time is still free.
pub(super) fn booking<'a>(mut answer: Answer<'a>, openings: &[Opening]) -> Answer<'a> {
    let Step::Confirm { draft, pick } = answer.memory.step.clone() else {
        return answer.ask_again();
    };
    let context = answer.context;
    if let Some(moving) = draft.moving {
        return moved_to(answer, draft, &pick, moving, openings);
    }
    let taken = matches!(context.turn.conflict, Some(Conflict::SlotTaken { .. }));
    if context.is_full() {
        return full(answer);
    }
    if taken || pick.start <= context.turn.now {
        let openings = available(context.turn.conflict.as_ref(), openings);
        return refused::start(answer, draft, pick.start, &openings);
    }
    let held = context
        .turn
        .bookings
        .iter()
        .find(|booking| booking.id == pick.hold);
    let is_firm = |one: &Booking| one.status == BookingStatus::Booked || one.is_asked();
    if held.is_some_and(is_firm) {
        return already(answer, pick.hold);
    }
    let all: Vec<_> = std::iter::once((draft.clone(), pick.clone()))
        .chain(draft.companions().zip(pick.with.iter().cloned()))
        .collect();
    let mut effects = Vec::with_capacity(all.len());
    let beside = std::mem::take(&mut answer.beside);
    let free = |n: usize| match n {
        0 => openings,
        n => beside.get(n - 1).map_or(&[][..], Vec::as_slice),
    };
    for (n, (one, pick)) in all.iter().enumerate() {
        match firm(&mut answer, one, pick, free(n)) {
            Some(effect) => effects.push(effect),
            None => return refused::start(answer, draft, pick.start, openings),
        }
    }
    let holds: Vec<_> = all.iter().map(|(_, pick)| pick.hold).collect();
    answer.release_holds(&holds);
    answer.memory.spoken_of = effects.first().map(|effect| match effect {
        Effect::Book { id, .. } => *id,
        _ => pick.hold,
    });
    answer.memory.topic.clear();
    answer.memory.earlier.clear();
    answer.memory.told_of = None;
    answer.memory.topic_for = None;
    answer.effects.extend(effects);
    answer.memory.step = Step::Idle;
    // A hold stays in the calendar that it was made in, whatever the file says since.
    let is_asked = match held {
        Some(hold) => hold.elsewhere.is_some(),
        None => context.business.calendar_elsewhere().is_some(),
    };
    let planned = all.iter().map(|(one, pick)| context.planned(one, pick));
    if is_asked {
        for planned in planned {
            answer.say(context.texts.booking_it(&context.told(&planned)));
        }
    } else {
        let text = context.texts.booked(&context.settled(planned));
        answer.say(with_aftermath(context, &text));
    }
    answer.end()
}

/// Puts the new time in the old one's place, in one change. Changed since it was shown, or taken
/// by someone else, it stays as it is.
fn moved_to<'a>(
    mut answer: Answer<'a>,
    draft: Draft,
    pick: &Pick,
    moving: Moving,
    openings: &[Opening],
) -> Answer<'a> {
    let context = answer.context;
    let Some(booking) = context.upcoming().find(|booking| booking.id == moving.id) else {
        answer.memory.step = Step::Idle;
        answer.say(context.texts.gone());
        return answer.end();
    };
    if booking.is_asked() {
        return cancel::being_asked(answer, booking);
    }
    if booking.version != moving.version {
        answer.memory.step = Step::Idle;
        return cancel::ask_to_move(answer, booking);
    }
    if context.is_too_late(booking) {
        return cancel::too_late(answer, booking);
    }
    let openings = available(context.turn.conflict.as_ref(), openings);
    let mut at = openings
        .iter()
        .filter(|opening| opening.start == pick.start);
    let visit = context.business.visit(&draft.services);
    let free = at.any(|opening| opening.resources.contains(&pick.resource));
    let Some(visit) = visit.filter(|_| free && pick.start > context.turn.now) else {
        return refused::start(answer, draft, pick.start, &openings);
    };
    answer.release_holds(&[]);
    answer.effects.push(Effect::Move {
        id: moving.id,
        version: moving.version,
        services: draft.services.clone(),
        resource: pick.resource.clone(),
        visible: visit.visible(pick.start),
        blocked: visit.blocked(pick.start),
        attendee: attendee(&draft, booking),
    });
    answer.memory.spoken_of = Some(moving.id);
    answer.memory.step = Step::Idle;
    let planned = context.planned(&draft, pick);
    let settled = context.settled([planned.clone()]);
    answer.say(if booking.elsewhere.is_some() {
        context.texts.moving_it(&context.told(&planned))
    } else if booking.details.visible.start == pick.start {
        context.texts.changed(&settled)
    } else {
        context.texts.moved(&settled)
    });
    answer.end()
}

/// Returns who comes once an appointment is changed as the draft says.
fn attendee(draft: &Draft, booking: &Booking) -> Attendee {
    let name = draft.for_whom.as_ref().and_then(ForWhom::name);
    match name {
        name if name == booking.details.for_name.as_deref() => Attendee::AsBefore,
        Some(name) => Attendee::Named(name.into()),
        None => Attendee::Customer,
    }
}

/// Adds the address, the policy and how to change it to the confirmation of a new appointment.
pub(super) fn with_aftermath(context: &TurnContext<'_>, text: &str) -> String {
    let business = context.business;
    let [address, policy] = [&business.address, &business.policy]
        .map(|text| Some(text.as_ref()?.get(context.language)));
    let map_url = business.map_url.as_ref().map(url::Url::as_str);
    let how = context.texts.how_to_change();
    let lines = [Some(text), address, map_url, policy, Some(&how)];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// What makes the held time firm: the hold itself, expired or not, or where it is gone a booking
/// of its own. None: the time is not free any more.
fn firm(
    answer: &mut Answer<'_>,
    draft: &Draft,
    pick: &Pick,
    openings: &[Opening],
) -> Option<Effect> {
    let turn = answer.context.turn;
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
        let id = answer.new_id();
        return Some(Effect::Book { id, details });
    }
    Some(Effect::Confirm {
        id,
        version: live.map_or(pick.version, |booking| booking.version),
        name: answer.name(),
        for_name: for_name(draft),
    })
}
