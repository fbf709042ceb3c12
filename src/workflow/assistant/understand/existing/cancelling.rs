//! Appointments that are given up, kept, or given up for another one.

use super::super::{aside, changes};
use super::{
    changing::{but_that_day, changed, is_new, move_it},
    is_as_said, is_at_rest, is_named, is_of, later, matching, meant, meant_by_except, move_order,
    only,
};
use crate::{
    booking::{Booking, BookingId, ServiceId},
    language::{
        When,
        intent::{Assent, Intent},
    },
    workflow::assistant::{
        command::{
            AllRight, Cancel, CancelAll, CannotCome, Command, ConfirmCancel, Decline, DropDraft,
            DropOrCancel, GoOn, Keep, Move,
        },
        hear::Utterance,
        memory::{Memory, Step},
        turn_context::TurnContext,
    },
};

/// Returns whether what is said may be about an appointment: no other day is named.
pub(super) fn is_about(context: &TurnContext<'_>, heard: &Utterance, id: BookingId) -> bool {
    let booking = context.upcoming().find(|one| one.id == id);
    booking.is_none_or(|one| heard.about.contains(context.start(one)))
}

/// Returns a move if the customer was asked whether to cancel and names another time.
pub(super) fn instead_of_cancelling(
    context: &TurnContext<'_>,
    memory: &Memory,
    heard: &Utterance,
) -> Option<Command> {
    let (Step::CannotCome { id, .. } | Step::ConfirmCancel { id, .. }) = &memory.step else {
        return None;
    };
    let says_when = heard.when.days.is_some()
        || !heard.when.times.is_empty()
        || heard.shift.is_some()
        || heard.start.is_some()
        || heard.has(Intent::SameTime)
        || heard.has(Intent::Soonest)
        || heard.has(Intent::Latest);
    let booking = context.upcoming().find(|one| one.id == *id);
    // "3 would be fine" takes up that it may be at another time.
    let offered = matches!(memory.step, Step::CannotCome { .. })
        && booking.is_some_and(|one| !heard.when.contains(context.start(one)));
    let agrees = matches!(heard.answer, Some((Assent::Yes, _))) && !offered;
    let cancels = heard.has(Intent::Cancel) || agrees;
    let mut order = move_order(memory, heard);
    if let Some(booking) = booking {
        order.when.days = but_that_day(context, order.when.days, booking);
    }
    (says_when && !cancels).then(|| Move(Some(*id), Box::new(order)).into())
}

/// Returns whether the day of an appointment is ruled out.
pub(super) fn cannot_then(context: &TurnContext<'_>, memory: &Memory, heard: &Utterance) -> bool {
    let except = &heard.when.except;
    let ruled_out = |one: &Booking| except.has_day(context.start(one).date());
    let of_it = |one: &Booking| !is_new(heard, one);
    is_at_rest(memory) && context.upcoming().any(|one| ruled_out(one) && of_it(one))
}

/// Returns the appointment that is no longer wanted, if no word for cancelling says so: "the air
/// con on Thursday is off", "keep the check-up but don't bother with the tyres".
pub(super) fn given_up(
    context: &TurnContext<'_>,
    memory: &Memory,
    heard: &Utterance,
) -> Option<BookingId> {
    let wishes = heard.shift.is_some()
        || later(heard)
        || heard.has(Intent::Cancel)
        || heard.has(Intent::Reschedule)
        || heard.reference.is_another
        // "8 is no good any more. 4:30?"
        || heard.when.times.at.len() > 1
        || heard.staff.is_some()
        || !heard.guests.is_empty()
        || heard.for_whom.is_some();
    if !is_at_rest(memory) || wishes {
        return None;
    }
    let unique = |fits: &dyn Fn(&Booking) -> bool| {
        let fitting: Vec<_> = context.upcoming().filter(|one| fits(one)).collect();
        only(&fitting)
    };
    let is_booked = |readings: &Vec<ServiceId>| context.upcoming().any(|one| is_of(one, readings));
    // "A skin fade instead of my haircut" is a change.
    let replaces = heard.reference.replaces || !heard.services.iter().all(is_booked);
    let is_left_out = |one: &Booking| {
        let mut services = one.details.services.iter();
        !replaces && services.all(|id| heard.not_services.contains(id))
    };
    let is_of = |one: &Booking| {
        let mut named = heard.services.iter();
        named.all(|readings| is_of(one, readings))
    };
    let says_when = !heard.when.is_empty();
    let is_denied = |one: &Booking| {
        let then = heard.when.contains(context.start(one));
        let is_named = says_when || !heard.services.is_empty();
        heard.denies && !heard.reference.replaces && is_named && then && is_of(one)
    };
    // "Samuel's not anymore, his mum cut it".
    let is_theirs = |one: &Booking| {
        let of_its_day = heard.when.times.is_empty() && heard.when.contains(context.start(one));
        heard.denies && of_its_day && heard.appointments_of.contains(&one.id)
    };
    unique(&is_left_out)
        .or_else(|| unique(&is_theirs))
        .or_else(|| unique(&is_denied))
}

pub(super) fn cancel(context: &TurnContext<'_>, memory: &Memory, heard: &Utterance) -> Command {
    match &memory.step {
        Step::ConfirmCancel { id, version, .. } if !heard.wavering => {
            return match heard.answer {
                Some((Assent::No, None)) => Keep(Some(*id)).into(),
                // "Go ahead and cancel", but not "don't cancel it yet".
                _ if !heard.hesitates
                    && !heard.denies
                    && !changes(memory, heard)
                    && is_about(context, heard, *id) =>
                {
                    ConfirmCancel(*id, *version).into()
                }
                // "Yes, cancel Wednesday's", though it was asked about Friday's.
                _ if !is_about(context, heard, *id) => {
                    Cancel(only(&matching(context, heard, &heard.about))).into()
                }
                _ => Cancel(Some(*id)).into(),
            };
        }
        // This answers the question whether to move or cancel it.
        Step::CannotCome { id, version } => return ConfirmCancel(*id, *version).into(),
        _ => {}
    }
    let several = context.upcoming().nth(1).is_some();
    // "Of the two I have, cancel Friday's".
    let names_one = only(&matching(context, heard, &heard.about)).is_some();
    if heard.reference.is_all && several && !names_one && memory.draft().is_none() {
        return CancelAll.into();
    }
    // "We only need the one on Thursday, drop the other."
    if heard.reference.other_goes && memory.draft().is_none() {
        let about = |one: &Booking| is_as_said(context, heard, &heard.about, one);
        let kept = |one: &&Booking| about(one) && heard.when.contains(context.start(one));
        let (kept, others): (Vec<_>, Vec<_>) = context.upcoming().partition(kept);
        if let (Some(_), Some(other)) = (only(&kept), only(&others)) {
            return Cancel(Some(other)).into();
        }
    }
    // "We won't need Wednesday's."
    let denied = |one: &&Booking| heard.about.except.has_day(context.start(one).date());
    let denied: Vec<_> = context.upcoming().filter(denied).collect();
    let says_when = heard.when.days.is_some() && !heard.when.times.is_empty();
    if let Some(id) = only(&denied).filter(|_| memory.draft().is_none() && !says_when) {
        return Cancel(Some(id)).into();
    }
    let meant = matching(context, heard, &heard.about);
    // "Cancel it. But I want a wash on Thursday at 8": no appointment is at that time.
    if let Some(rebooked) = rebooked(context, heard) {
        return cancel(context, memory, &rebooked);
    }
    // A customer who cancels and names another time wants to move it.
    let rebooks = heard.when.days.is_some() && !heard.when.times.is_empty()
        || heard.when.days.is_some() && heard.reference.replaces;
    if rebooks && memory.draft().is_none() && context.upcoming().next().is_some() {
        let booking = moved_away(context, memory, heard);
        if let Some(booking) = booking {
            let mut order = changed(context, memory, heard, booking)
                .unwrap_or_else(|| move_order(memory, heard));
            // What is booked anew is with whoever is free.
            order.anyone |= order.staff.is_none();
            return Move(Some(booking.id), Box::new(order)).into();
        }
    }
    let named = !heard.about.is_empty() || !heard.services.is_empty();
    let named = named
        && meant
            .iter()
            .all(|one| is_as_said(context, heard, &heard.about, one));
    match memory.draft() {
        Some(draft) if draft.moving.is_some() => Cancel(draft.moving.map(|one| one.id)).into(),
        Some(_) if context.upcoming().next().is_none() => DropDraft.into(),
        Some(_) if !(named && only(&meant).is_some()) => DropOrCancel.into(),
        _ => Cancel(only(&meant)).into(),
    }
}

/// Returns `heard` with its time read as the new one, if a cancellation names a time at which
/// there is no appointment and a service that is not booked.
fn rebooked(context: &TurnContext<'_>, heard: &Utterance) -> Option<Utterance> {
    let then = |one: &Booking| heard.about.contains(context.start(one));
    let mut services = heard.services.iter();
    let is_booked = |readings: &Vec<ServiceId>| context.upcoming().any(|one| is_of(one, readings));
    let names_other = services.any(|readings| !is_booked(readings));
    let says_when = heard.about.days.is_some() && !heard.about.times.at.is_empty();
    let wishes = says_when && names_other && heard.when.is_empty() && !context.upcoming().any(then);
    wishes.then(|| Utterance {
        when: heard.about.clone(),
        about: When::default(),
        ..heard.clone()
    })
}

/// Returns the appointment that another one is to replace.
fn moved_away<'a>(
    context: &TurnContext<'a>,
    memory: &Memory,
    heard: &Utterance,
) -> Option<&'a Booking> {
    let by_service = |one: &&Booking| {
        let mut named = heard.services.iter();
        named.any(|readings| is_of(one, readings))
    };
    let by_day =
        |one: &&Booking| !heard.about.is_empty() && heard.about.contains(context.start(one));
    let unique = |fits: &dyn Fn(&&Booking) -> bool| {
        let mut all = context.upcoming().filter(|one| fits(one));
        all.next().filter(|_| all.next().is_none())
    };
    unique(&by_day)
        .or_else(|| unique(&by_service))
        .or_else(|| meant(context, memory, heard))
}

/// Keeps the appointment that is spoken of, or the only one.
pub(super) fn keep(context: &TurnContext<'_>, memory: &Memory, heard: &Utterance) -> Command {
    let moving = memory.draft().and_then(|draft| draft.moving);
    let spoken_of = match &memory.step {
        Step::ConfirmCancel { id, .. } | Step::CannotCome { id, .. } => Some(*id),
        _ => moving.map(|moving| moving.id),
    };
    let upcoming: Vec<_> = context.upcoming().collect();
    match (spoken_of.or(only(&upcoming)), memory.draft()) {
        // A new booking in progress is not what the customer keeps.
        (_, Some(draft)) if draft.moving.is_none() => aside(heard),
        (id, _) => Keep(id).into(),
    }
}

/// Stops what is in progress: keeps the appointment or drops the draft.
pub(super) fn never_mind(
    context: &TurnContext<'_>,
    memory: &Memory,
    heard: &Utterance,
) -> Option<Command> {
    if changes(memory, heard) {
        // "Leave it on Saturday at 11" names the time that is wanted.
        let moves = memory.draft().is_none() && context.upcoming().next().is_some();
        return moves.then(|| move_it(context, memory, heard)).flatten();
    }
    Some(match (&memory.step, memory.draft()) {
        (Step::ConfirmCancel { id, .. } | Step::CannotCome { id, .. }, _) => Keep(Some(*id)).into(),
        (Step::ChooseCancel | Step::ChooseMove { .. }, _) => Keep(None).into(),
        (Step::ChooseDrop { .. }, _) => GoOn.into(),
        (_, Some(draft)) => match draft.moving {
            Some(moving) => Keep(Some(moving.id)).into(),
            None => DropDraft.into(),
        },
        (_, None) => AllRight.into(),
    })
}

pub(super) fn cannot_come(
    context: &TurnContext<'_>,
    memory: &Memory,
    heard: &Utterance,
) -> Option<Command> {
    if context.upcoming().next().is_none() {
        // The time is only offered: another one is wanted.
        return memory
            .pick()
            .filter(|_| !changes(memory, heard))
            .map(|_| Decline.into());
    }
    let several = context.upcoming().nth(1).is_some();
    if heard.reference.is_all && several && heard.when.is_empty() && heard.shift.is_none() {
        return Some(CancelAll.into());
    }
    let reminded = context.reminded().map(|booking| booking.id);
    let found = only(&matching(context, heard, &heard.about));
    let ruled_out = meant_by_except(context, heard);
    let id = reminded
        .filter(|_| heard.about.is_empty())
        .or(ruled_out)
        .or(found);
    let says_when = heard.when.days.is_some()
        || !heard.when.times.is_empty()
        || heard.shift.is_some()
        || heard.has(Intent::SameTime);
    // "I can't make 2 tomorrow" names the appointment.
    let booking = context.upcoming().find(|one| Some(one.id) == id);
    let is_about =
        booking.is_some_and(|one| is_named(context, heard, one) && heard.shift.is_none());
    if heard.has(Intent::Reschedule) || says_when && !is_about {
        let mut order = move_order(memory, heard);
        if let Some(booking) = booking {
            // "Don't expect me tomorrow; rather a haircut on Sunday" is another service as well.
            let is_named = |readings: &Vec<ServiceId>| is_of(booking, readings);
            let names_other = !heard.services.is_empty() && !heard.services.iter().any(is_named);
            let other = Some(booking).filter(|_| names_other);
            let other = other.and_then(|one| changed(context, memory, heard, one));
            order = other.unwrap_or(order);
            order.when.days = but_that_day(context, order.when.days, booking);
        }
        return Some(Move(id, Box::new(order)).into());
    }
    if heard.has(Intent::Cancel) {
        return Some(Cancel(id).into());
    }
    Some(CannotCome(id).into())
}
