//! The customer's yes: the held time becomes firm, or the appointment is moved to it.
//!
//! The invariant: one change does it, and it is refused where what was shown is not so any more.
//! Where the calendar is kept elsewhere, it is not said to be done before its keeper said so.

use super::{
    super::{
        answer::Answer,
        desk::Desk,
        memory::{Draft, Moving, Pick, Step, Wished},
        question::service_question,
    },
    book::{already, available, details, for_name, full},
    cancel, refused,
};
use crate::{
    booking::{Booking, BookingStatus, Conflict, Effect, Opening},
    workflow::Outcome,
};

/// Makes the held time firm. A hold that is gone is booked anew if the time is still free. Then it
/// goes on to another appointment, if one is wished.
pub(super) fn booking(
    mut answer: Answer<'_>,
    openings: &[Opening],
    another: Option<Wished>,
) -> Outcome {
    let Step::Confirm { draft, pick } = answer.memory.step.clone() else {
        return answer.ask_again();
    };
    let desk = answer.desk;
    if let Some(moving) = draft.moving {
        return moved_to(answer, draft, &pick, moving, openings);
    }
    let taken = matches!(desk.turn.conflict, Some(Conflict::SlotTaken { .. }));
    if desk.is_full() {
        return full(answer);
    }
    if taken || pick.start <= desk.turn.now {
        let openings = available(desk.turn.conflict.as_ref(), openings);
        return refused::start(answer, draft, pick.start, &openings);
    }
    let held = desk
        .turn
        .bookings
        .iter()
        .find(|booking| booking.id == pick.hold);
    let is_firm = |one: &Booking| one.status == BookingStatus::Booked || one.is_asked();
    if held.is_some_and(is_firm) {
        return already(answer, pick.hold);
    }
    let Some(effect) = firm(&answer, &draft, &pick, openings) else {
        return refused::start(answer, draft, pick.start, openings);
    };
    answer.release_holds(Some(pick.hold));
    answer.effects.push(effect);
    answer.memory.step = Step::Idle;
    let planned = desk.planned(&draft, &pick);
    // A hold stays in the calendar that it was made in, whatever the file says since.
    let is_asked = match held {
        Some(hold) => hold.elsewhere.is_some(),
        None => desk.business.calendar_elsewhere().is_some(),
    };
    answer.say(if is_asked {
        desk.texts.booking_it(&desk.told(&planned))
    } else {
        with_aftermath(desk, &desk.texts.booked(&desk.details(&planned)))
    });
    let Some(wish) = another else {
        return answer.end();
    };
    let question = service_question(desk, &wish.among, 0);
    answer.memory.step = Step::Service { wish };
    answer.ask(question)
}

/// Puts the new time in the old one's place, in one change. Changed since it was shown, or taken
/// by someone else, it stays as it is.
fn moved_to(
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
    if booking.is_asked() {
        return cancel::being_asked(answer, booking);
    }
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
        return refused::start(answer, draft, pick.start, &openings);
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
    let planned = desk.planned(&draft, pick);
    let details = desk.details(&planned);
    answer.say(if booking.elsewhere.is_some() {
        desk.texts.moving_it(&desk.told(&planned))
    } else if booking.details.visible.start == pick.start {
        with_aftermath(desk, &desk.texts.changed(&details))
    } else {
        with_aftermath(desk, &desk.texts.moved(&details))
    });
    answer.end()
}

/// What a customer should know once it is firm.
pub(super) fn with_aftermath(desk: &Desk<'_>, text: &str) -> String {
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
        name: answer.name(),
        for_name: for_name(draft),
    })
}
