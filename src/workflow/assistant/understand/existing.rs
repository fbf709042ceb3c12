//! Wishes about what is booked already: to move it, give it up, be late for it.
//!
//! The invariant: only the customer's own appointments can be meant, since no others are seen.

use super::{Order, Wish, changes};
use crate::{
    booking::{Booking, BookingId, ServiceId, hours::minute_of},
    language::{
        When,
        clock::Clock,
        intent::{Assent, Intent},
    },
    workflow::assistant::{
        desk::Desk,
        hear::{Heard, Tapped},
        memory::{Memory, Step},
        order,
    },
};

/// The wish about an appointment, where there is one.
pub(super) fn wish(desk: &Desk<'_>, memory: &Memory, heard: &Heard) -> Option<Wish> {
    if let Some(tapped) = heard.tapped {
        return Some(tapped_wish(memory, heard, tapped));
    }
    if let Some(wish) = chosen_in_words(desk, memory, heard) {
        return Some(wish);
    }
    if heard.has(Intent::Late) {
        return Some(Wish::Late(heard.minutes_late));
    }
    if heard.has(Intent::CannotCome) {
        return cannot_come(desk, memory, heard);
    }
    if heard.has(Intent::Group) {
        return Some(Wish::Group);
    }
    if heard.has(Intent::Cancel) {
        return Some(cancel(desk, memory, heard));
    }
    if heard.has(Intent::Keep) {
        return Some(keep(desk, memory));
    }
    if heard.has(Intent::NeverMind) {
        return never_mind(desk, memory, heard);
    }
    if heard.has(Intent::Reschedule) {
        return move_it(desk, memory, heard);
    }
    if let Some((booking, order)) = completed(desk, memory, heard) {
        return Some(Wish::Move(Some(booking), Box::new(order)));
    }
    if let Some(wish) = parting(desk, memory, heard) {
        return Some(wish);
    }
    if let Some(wish) = with_somebody_else(desk, memory, heard) {
        return Some(wish);
    }
    let beside = memory.pick().is_some() || memory.offered_times().next().is_some();
    let waits = desk.upcoming().next().is_some() && !beside && !heard.wants_booking();
    (heard.has(Intent::Earlier) && waits).then_some(Wish::Earlier)
}

/// The appointment to which something is added, or of which something is left out: "a beard trim
/// too", said when nothing else is being booked and no other time is named.
fn completed(desk: &Desk<'_>, memory: &Memory, heard: &Heard) -> Option<(BookingId, Order)> {
    let idle = memory.step == Step::Idle && heard.when.is_empty() && heard.staff.is_none();
    let mut upcoming = desk.upcoming();
    let booking = upcoming.next()?;
    if !idle || heard.has(Intent::Book) || upcoming.next().is_some() {
        return None;
    }
    let order = Order {
        start: Some(booking.details.visible.start),
        ..Order::of(memory, heard)
    };
    order::completed(desk.business, &booking.details.services, &order)?;
    Some((booking.id, order))
}

fn tapped_wish(memory: &Memory, heard: &Heard, tapped: Tapped) -> Wish {
    match tapped {
        Tapped::Cancel(id) => Wish::Cancel(Some(id)),
        Tapped::Move(id) => {
            let mut order = move_order(memory, heard);
            if let Step::ChooseMove { when } = &memory.step {
                order.when = order.when.after(when);
            }
            Wish::Move(Some(id), Box::new(order))
        }
        Tapped::Keep(id) => Wish::Keep(Some(id)),
        Tapped::Come(id) => Wish::Come(id),
        Tapped::CannotCome(id) => Wish::CannotCome(Some(id)),
        Tapped::Drop if memory.draft().is_some() => Wish::DropDraft,
        Tapped::Again if memory.draft().is_some() => Wish::Book(Box::default()),
        Tapped::Drop | Tapped::Again => Wish::Stale,
    }
}

/// "The one on Tuesday", where it was asked which.
fn chosen_in_words(desk: &Desk<'_>, memory: &Memory, heard: &Heard) -> Option<Wish> {
    let asked = matches!(memory.step, Step::ChooseCancel | Step::ChooseMove { .. });
    if !asked || (heard.when.is_empty() && heard.services.is_empty()) {
        return None;
    }
    let id = only(&matching(desk, heard, &heard.when))?;
    Some(match &memory.step {
        Step::ChooseMove { when } => {
            let order = Order {
                when: when.clone(),
                ..Order::default()
            };
            Wish::Move(Some(id), Box::new(order))
        }
        _ => Wish::Cancel(Some(id)),
    })
}

fn cancel(desk: &Desk<'_>, memory: &Memory, heard: &Heard) -> Wish {
    match &memory.step {
        Step::ConfirmCancel { id, version } if !heard.wavering => {
            return match heard.answer {
                Some((Assent::Yes, None)) if !changes(memory, heard) => {
                    Wish::ConfirmCancel(*id, *version)
                }
                Some((Assent::No, None)) => Wish::Keep(Some(*id)),
                _ => Wish::Cancel(Some(*id)),
            };
        }
        // It was asked whether to move or cancel it, and this is the answer.
        Step::CannotCome { id, version } => return Wish::ConfirmCancel(*id, *version),
        _ => {}
    }
    let meant = matching(desk, heard, &heard.about);
    let named = !heard.about.is_empty() || !heard.services.is_empty();
    let named = named
        && meant
            .iter()
            .all(|one| is_as_said(desk, heard, &heard.about, one));
    match memory.draft() {
        Some(draft) if draft.moving.is_some() => Wish::Cancel(draft.moving.map(|one| one.id)),
        Some(_) if desk.upcoming().next().is_none() => Wish::DropDraft,
        Some(_) if !(named && only(&meant).is_some()) => Wish::DropOrCancel,
        _ => Wish::Cancel(only(&meant)),
    }
}

/// The appointment that is spoken of, or the only one, is to stay as it is.
fn keep(desk: &Desk<'_>, memory: &Memory) -> Wish {
    let moving = memory.draft().and_then(|draft| draft.moving);
    let spoken_of = match &memory.step {
        Step::ConfirmCancel { id, .. } | Step::CannotCome { id, .. } => Some(*id),
        _ => moving.map(|moving| moving.id),
    };
    let upcoming: Vec<_> = desk.upcoming().collect();
    match (spoken_of.or(only(&upcoming)), memory.draft()) {
        // What is being booked is not what is to stay.
        (_, Some(draft)) if draft.moving.is_none() => Wish::Aside,
        (id, _) => Wish::Keep(id),
    }
}

/// "See you Monday" of who has an appointment: then, or when it is.
fn parting(desk: &Desk<'_>, memory: &Memory, heard: &Heard) -> Option<Wish> {
    let parts =
        |intent: &Intent| matches!(intent, Intent::Farewell | Intent::Thanks | Intent::Greeting);
    let says_when = heard.has(Intent::Farewell) && !heard.when.is_empty();
    let wants_no_more = heard.services.is_empty() && heard.intents.iter().all(parts);
    if !(says_when && wants_no_more) || memory.draft().is_some() {
        return None;
    }
    let meant = matching(desk, heard, &heard.when);
    let booking = meant.first()?;
    Some(if is_as_said(desk, heard, &heard.when, booking) {
        Wish::Come(booking.id)
    } else {
        Wish::Appointments
    })
}

/// "Could it be with Ben?" of the one appointment that there is: at its time, with Ben.
fn with_somebody_else(desk: &Desk<'_>, memory: &Memory, heard: &Heard) -> Option<Wish> {
    let only_staff = heard.staff.is_some() && heard.when.is_empty() && heard.services.is_empty();
    let asks = heard.intents.iter().all(|intent| *intent == Intent::Book);
    let idle = matches!(memory.step, Step::Idle);
    if !(only_staff && asks && idle) {
        return None;
    }
    let booking = desk.movable(None).or_else(|| desk.asked())?;
    let mut order = move_order(memory, heard);
    let minute = minute_of(desk.start(booking).time());
    order.when.times.at = vec![Clock::At(minute)];
    Some(Wish::Move(Some(booking.id), Box::new(order)))
}

/// What is being done is not to be done after all.
fn never_mind(desk: &Desk<'_>, memory: &Memory, heard: &Heard) -> Option<Wish> {
    if changes(memory, heard) {
        // "Leave it on Saturday at 11": that is where it is to be.
        let moves = memory.draft().is_none() && desk.upcoming().next().is_some();
        return moves.then(|| move_it(desk, memory, heard)).flatten();
    }
    Some(match (&memory.step, memory.draft()) {
        (Step::ConfirmCancel { id, .. } | Step::CannotCome { id, .. }, _) => Wish::Keep(Some(*id)),
        (Step::ChooseCancel | Step::ChooseMove { .. }, _) => Wish::Keep(None),
        (Step::ChooseDrop { .. }, _) => Wish::GoOn,
        (_, Some(draft)) => match draft.moving {
            Some(moving) => Wish::Keep(Some(moving.id)),
            None => Wish::DropDraft,
        },
        (_, None) => Wish::AllRight,
    })
}

fn move_it(desk: &Desk<'_>, memory: &Memory, heard: &Heard) -> Option<Wish> {
    if let Step::CannotCome { id, .. } = &memory.step {
        return Some(Wish::Move(Some(*id), Box::new(move_order(memory, heard))));
    }
    // "Change it to Thursday" is said of what is being booked.
    if memory.draft().is_some() && heard.about.is_empty() {
        if changes(memory, heard) {
            return None;
        }
        if memory.pick().is_some() {
            return Some(Wish::Decline);
        }
    }
    let meant = matching(desk, heard, &heard.about);
    let id = only(&meant);
    Some(Wish::Move(id, Box::new(move_order(memory, heard))))
}

fn cannot_come(desk: &Desk<'_>, memory: &Memory, heard: &Heard) -> Option<Wish> {
    if desk.upcoming().next().is_none() {
        // Of a time that is only offered: another one is wished.
        return memory
            .pick()
            .filter(|_| !changes(memory, heard))
            .map(|_| Wish::Decline);
    }
    let meant = matching(desk, heard, &heard.about);
    let reminded = desk.reminded().map(|booking| booking.id);
    let id = reminded.filter(|_| heard.about.is_empty()).or(only(&meant));
    if heard.has(Intent::Reschedule) || !heard.when.is_empty() {
        return Some(Wish::Move(id, Box::new(move_order(memory, heard))));
    }
    if heard.has(Intent::Cancel) {
        return Some(Wish::Cancel(id));
    }
    Some(Wish::CannotCome(id))
}

/// What is said about the new time.
fn move_order(memory: &Memory, heard: &Heard) -> Order {
    Order {
        services: Vec::new(),
        ..Order::of(memory, heard)
    }
}

/// The appointments that may be meant; all, where none is as was said.
fn matching<'a>(desk: &Desk<'a>, heard: &Heard, about: &When) -> Vec<&'a Booking> {
    let fits = |booking: &&Booking| is_as_said(desk, heard, about, booking);
    let found: Vec<_> = desk.upcoming().filter(fits).collect();
    if found.is_empty() {
        desk.upcoming().collect()
    } else {
        found
    }
}

fn is_as_said(desk: &Desk<'_>, heard: &Heard, about: &When, booking: &Booking) -> bool {
    let services = &booking.details.services;
    let is_of =
        |readings: &Vec<ServiceId>| readings.iter().any(|service| services.contains(service));
    heard.services.iter().all(is_of) && about.contains(desk.start(booking))
}

fn only(meant: &[&Booking]) -> Option<BookingId> {
    match meant {
        [one] => Some(one.id),
        _ => None,
    }
}
