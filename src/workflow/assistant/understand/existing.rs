//! Requests about existing appointments: to move, change or cancel one, or to be late for it.
//!
//! The invariant: only the customer's own appointments can be meant, since no others are visible
//! here.

mod cancelling;
mod changing;

use self::{
    cancelling::{
        cancel, cannot_come, cannot_then, given_up, instead_of_cancelling, is_about, keep,
        never_mind,
    },
    changing::{change, completed, move_it, stand_in},
};
use super::changes;
use crate::{
    booking::{Booking, BookingId, ServiceId},
    language::{
        Shift, When,
        intent::{Assent, Intent},
    },
    workflow::assistant::{
        command::{
            Appointments, Book, Cancel, CancelAll, CannotCome, Come, Command, ConfirmCancel,
            DropDraft, Earlier, Group, Keep, Late, Move, Stale,
        },
        hear::{Tapped, Utterance},
        memory::{Memory, Step},
        order::Order,
        turn_context::TurnContext,
    },
};

/// Returns the command about an existing appointment, if the message asks for one.
pub(super) fn command(
    context: &TurnContext<'_>,
    memory: &Memory,
    heard: &Utterance,
) -> Option<Command> {
    if let Some(tapped) = heard.tapped {
        return Some(tapped_wish(memory, heard, tapped));
    }
    if let Some(wish) = chosen_in_words(context, memory, heard) {
        return Some(wish);
    }
    if let Some(wish) = stand_in(context, memory, heard) {
        return Some(wish);
    }
    if heard.has(Intent::Late) && !moves_later(context, heard) {
        let minutes = heard.minutes_late.or_else(|| {
            let shift = heard.shift.filter(|shift| shift.days == 0);
            shift.and_then(|shift| u16::try_from(shift.minutes).ok())
        });
        return Some(Late(minutes).into());
    }
    if let (Step::ConfirmCancel { id, version, .. }, Some((Assent::Yes, None)), false) =
        (&memory.step, heard.answer, heard.wavering)
        && (!changes(memory, heard) || heard.has(Intent::Cancel) && heard.when.days.is_none())
        && is_about(context, heard, *id)
    {
        // "Yes, cancel it. I keep the other one."
        return Some(ConfirmCancel(*id, *version).into());
    }
    if let Some(wish) = instead_of_cancelling(context, memory, heard) {
        return Some(wish);
    }
    if heard.has(Intent::CannotCome) || cannot_then(context, memory, heard) {
        return cannot_come(context, memory, heard);
    }
    if let Some(id) = given_up(context, memory, heard) {
        return Some(Cancel(Some(id)).into());
    }
    if heard.has(Intent::Group) && heard.guests.is_empty() && !is_few(heard) {
        return Some(Group.into());
    }
    if heard.has(Intent::Cancel) {
        return Some(cancel(context, memory, heard));
    }
    if heard.has(Intent::Keep) {
        return Some(keep(context, memory, heard));
    }
    // "Now yes, leave it like that" agrees.
    let agrees = matches!(heard.answer, Some((Assent::Yes, _))) && !heard.wavering;
    let is_proposed = matches!(memory.step, Step::Confirm { .. });
    if heard.has(Intent::NeverMind) && !(agrees && is_proposed) {
        return never_mind(context, memory, heard);
    }
    if let Some(wish) = change(context, memory, heard) {
        return Some(wish);
    }
    let another_day = heard.has(Intent::More) && heard.reference.is_own && is_at_rest(memory);
    if heard.has(Intent::Reschedule) || another_day {
        return move_it(context, memory, heard);
    }
    if let Some((booking, order)) = completed(context, memory, heard) {
        return Some(Move(Some(booking), Box::new(order)).into());
    }
    if let Some(wish) = parting(context, memory, heard) {
        return Some(wish);
    }
    let beside = memory.pick().is_some() || memory.offered_times().next().is_some();
    let waits = context.upcoming().next().is_some() && !beside && !heard.wants_booking();
    (heard.has(Intent::Earlier) && waits).then_some(Earlier.into())
}

/// Somebody who comes so much later is not late, and wants another time.
const FAR_MINUTES: i32 = 60;

/// Returns whether a customer who says that they are late wants another time: the appointment is
/// not today, or they name the time.
fn moves_later(context: &TurnContext<'_>, heard: &Utterance) -> bool {
    let today = context.local(context.turn.now).date();
    let is_today = |one: &Booking| context.start(one).date() == today;
    // "Any chance I come two hours later?" asks for another time, whatever day it is.
    let is_far = |shift: Shift| shift.days != 0 || shift.minutes.abs() >= FAR_MINUTES;
    let is_asked = heard.minutes_late.is_none() && heard.shift.is_some_and(is_far);
    let shifted = heard.shift.is_some() && (is_asked || !context.current().is_some_and(is_today));
    // "I won't get there by 9, rather at 11?"
    shifted || heard.reference.replaces && !heard.when.times.at.is_empty()
}

/// Returns whether the group is small enough to book each person here.
fn is_few(heard: &Utterance) -> bool {
    heard.people.is_none_or(|people| people <= 2)
}

fn tapped_wish(memory: &Memory, heard: &Utterance, tapped: Tapped) -> Command {
    match tapped {
        Tapped::Cancel(id) => Cancel(Some(id)).into(),
        Tapped::Move(id) => {
            let mut order = move_order(memory, heard);
            if let Step::ChooseMove { when } = &memory.step {
                order.when = order.when.after(when);
            }
            Move(Some(id), Box::new(order)).into()
        }
        Tapped::Keep(id) => Keep(Some(id)).into(),
        Tapped::Come(id) => Come(id).into(),
        Tapped::CannotCome(id) => CannotCome(Some(id)).into(),
        Tapped::Drop if memory.draft().is_some() => DropDraft.into(),
        Tapped::Again if memory.draft().is_some() => Book(Box::default()).into(),
        Tapped::Drop | Tapped::Again => Stale.into(),
    }
}

/// Returns the command for "the one on Tuesday" or "both" after the question which one is meant.
fn chosen_in_words(
    context: &TurnContext<'_>,
    memory: &Memory,
    heard: &Utterance,
) -> Option<Command> {
    let asked = matches!(memory.step, Step::ChooseCancel | Step::ChooseMove { .. });
    if memory.step == Step::ChooseCancel && heard.reference.is_all {
        return Some(CancelAll.into());
    }
    let is_named = !heard.when.is_empty()
        || !heard.about.is_empty()
        || !heard.services.is_empty()
        || !heard.appointments_of.is_empty();
    if !asked || !is_named {
        return None;
    }
    // "The second one, the pedicure" names no date.
    let when = if heard.services.is_empty() {
        heard.when.clone()
    } else {
        When::default()
    };
    let by_service = |one: &&Booking| {
        let mut named = heard.services.iter().flatten();
        named.any(|id| one.details.services.contains(id))
    };
    let of_service: Vec<_> = context.upcoming().filter(by_service).collect();
    let id = only(&of_service)
        .or_else(|| only(&matching(context, heard, &when)))
        .or_else(|| only(&matching(context, heard, &heard.when)))
        .or_else(|| only(&matching(context, heard, &heard.about)))?;
    Some(match &memory.step {
        Step::ChooseMove { when } => {
            let order = Order {
                when: when.clone(),
                ..Order::default()
            };
            Move(Some(id), Box::new(order)).into()
        }
        // "Yes, cancel Rocky's" and "just the pedicure" leave nothing to ask.
        _ if heard.has(Intent::Cancel) || heard.reference.is_only => {
            let version = context.upcoming().find(|one| one.id == id)?.version;
            ConfirmCancel(id, version).into()
        }
        _ => Cancel(Some(id)).into(),
    })
}

/// Handles "see you Monday" from a customer with an appointment: confirms it if it is then, or
/// else lists the appointments.
fn parting(context: &TurnContext<'_>, memory: &Memory, heard: &Utterance) -> Option<Command> {
    let parts =
        |intent: &Intent| matches!(intent, Intent::Farewell | Intent::Thanks | Intent::Greeting);
    let says_when = heard.has(Intent::Farewell) && !heard.when.is_empty();
    let wants_no_more = heard.services.is_empty() && heard.intents.iter().all(parts);
    if !(says_when && wants_no_more) || memory.draft().is_some() {
        return None;
    }
    let meant = matching(context, heard, &heard.when);
    let booking = meant.first()?;
    Some(if is_as_said(context, heard, &heard.when, booking) {
        Come(booking.id).into()
    } else {
        Appointments.into()
    })
}

fn later(heard: &Utterance) -> bool {
    heard.has(Intent::Later) || heard.has(Intent::Earlier)
}

/// Returns whether no booking is in progress and no question is open, except which service is
/// wanted.
pub(super) fn is_at_rest(memory: &Memory) -> bool {
    matches!(&memory.step, Step::Idle)
        || matches!(&memory.step, Step::Service { wish } if wish.is_open())
}

/// Returns whether the day and time that are named are those of an appointment.
fn is_named(context: &TurnContext<'_>, heard: &Utterance, booking: &Booking) -> bool {
    let start = context.start(booking);
    let day = heard.when.days.as_ref();
    day.is_some_and(|days| days.contain(start.date())) && heard.when.contains(start)
}

/// Returns whether the customer speaks of an appointment on the day of this one.
pub(super) fn is_spoken_about(
    context: &TurnContext<'_>,
    heard: &Utterance,
    booking: &Booking,
) -> bool {
    heard.about.days.is_some() && heard.about.contains(context.start(booking))
}

/// Returns the appointment that a change is about: the only one, the one named by its day, service
/// or staff, or the one spoken of last.
pub(super) fn meant<'a>(
    context: &TurnContext<'a>,
    memory: &Memory,
    heard: &Utterance,
) -> Option<&'a Booking> {
    let upcoming = || context.upcoming();
    let unique = |fits: &dyn Fn(&Booking) -> bool| {
        let mut all = upcoming().filter(|one| fits(one));
        all.next().filter(|_| all.next().is_none())
    };
    let about = |one: &Booking| is_spoken_about(context, heard, one);
    // "Half an hour later" names the new time, "push tomorrow back an hour" names the day of the
    // appointment.
    let exactly = |one: &Booking| {
        heard.shift.is_none() && is_named(context, heard, one) && !heard.when.times.is_empty()
    };
    let on_day = |one: &Booking| {
        let day = heard.when.days.as_ref();
        is_named(context, heard, one) && heard.shift.is_none()
            || heard.shift.is_some()
                && day.is_some_and(|days| days.contain(context.start(one).date()))
    };
    let of_service = |one: &Booking| {
        let mut named = heard.services.iter().flatten().chain(&heard.not_services);
        named.any(|id| one.details.services.contains(id))
    };
    let with = |one: &Booking| heard.not_staff.contains(&one.details.resource);
    let spoken_of = |one: &Booking| memory.spoken_of == Some(one.id);
    let of_named = |one: &Booking| heard.appointments_of.contains(&one.id);
    unique(&|_| true)
        .or_else(|| unique(&of_named))
        .or_else(|| unique(&about))
        .or_else(|| unique(&exactly))
        .or_else(|| unique(&of_service))
        .or_else(|| unique(&with))
        .or_else(|| unique(&on_day))
        .or_else(|| unique(&spoken_of))
}

/// Returns what is said about the new time, as an order without services.
fn move_order(memory: &Memory, heard: &Utterance) -> Order {
    Order {
        services: Vec::new(),
        ..Order::of(memory, heard)
    }
}

/// Returns the appointments that match what was said, or all of them if none does.
fn matching<'a>(context: &TurnContext<'a>, heard: &Utterance, about: &When) -> Vec<&'a Booking> {
    let fits = |booking: &&Booking| is_as_said(context, heard, about, booking);
    let found: Vec<_> = context.upcoming().filter(fits).collect();
    if found.is_empty() {
        context.upcoming().collect()
    } else {
        found
    }
}

fn is_as_said(
    context: &TurnContext<'_>,
    heard: &Utterance,
    about: &When,
    booking: &Booking,
) -> bool {
    let is_of = |readings: &Vec<ServiceId>| is_of(booking, readings);
    let of_named = heard.appointments_of.is_empty() || heard.appointments_of.contains(&booking.id);
    of_named && heard.services.iter().all(is_of) && about.contains(context.start(booking))
}

fn only(meant: &[&Booking]) -> Option<BookingId> {
    match meant {
        [one] => Some(one.id),
        _ => None,
    }
}

/// Returns whether an appointment has one of the services that may be meant.
pub(super) fn is_of(booking: &Booking, readings: &[ServiceId]) -> bool {
    let services = &booking.details.services;
    readings.iter().any(|id| services.contains(id))
}

/// Returns the appointment on a day that is ruled out, if there is exactly one.
fn meant_by_except(context: &TurnContext<'_>, heard: &Utterance) -> Option<BookingId> {
    let except = &heard.when.except;
    let ruled_out = |one: &&Booking| except.has_day(context.start(one).date());
    let all: Vec<_> = context.upcoming().filter(ruled_out).collect();
    only(&all)
}
