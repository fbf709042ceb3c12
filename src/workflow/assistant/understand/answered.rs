//! Answers of yes or no: to the last question, or to none.
//!
//! The invariant: a yes that names a time, a service or a person counts only if they match what
//! was proposed.

use chrono::NaiveDateTime;

use super::more;
use crate::{
    booking::{Booking, BookingId, BookingStatus, ResourceId},
    language::{
        When,
        day::Days,
        intent::{Assent, Intent},
    },
    workflow::assistant::{
        command::{
            AllRight, Book, BookedAlready, CannotCome, Come, Command, Confirm, ConfirmCancel,
            Decline, GoOn, Keep, NotUnderstood, Stale,
        },
        hear::Utterance,
        memory::{ForWhom, Memory, Step},
        order::Order,
        turn_context::TurnContext,
    },
};

/// Returns whether the rest of the message changes what was asked about. Repeating the proposal
/// changes nothing: "yes, Thursday at 3".
pub(super) fn changes(context: &TurnContext<'_>, memory: &Memory, heard: &Utterance) -> bool {
    let Step::Confirm { draft, pick } = &memory.step else {
        return super::changes(memory, heard);
    };
    // "Any time" and "the same time" do not change the proposal. "Anyone" does only if a staff
    // member was wished for.
    let others = [Intent::Earlier, Intent::Later, Intent::More];
    let anyone = heard.has(Intent::Anyone) && draft.staff.is_some();
    // "Yes please, her name is Honey" only gives the name, which `name_in_a_yes` stores.
    let whom = |whom: &ForWhom| {
        matches!(whom, ForWhom::Named(_))
            && matches!(draft.for_whom, Some(ForWhom::Named(_)))
            && draft.for_whom.as_ref() != Some(whom)
    };
    let unnamed = draft.for_whom.is_none()
        && matches!(heard.for_whom, Some(ForWhom::Related(_) | ForWhom::Unnamed));
    // "Yes, I hope Amparo won't mind" names whom the appointment is taken from.
    let moving = draft.moving.map(|moving| moving.id);
    let moved = context.upcoming().find(|one| Some(one.id) == moving);
    let before = moved.map(|one| &one.details.resource);
    let agrees = matches!(heard.answer, Some((Assent::Yes, _)));
    let other_staff =
        |staff: &ResourceId| *staff != pick.resource && !(agrees && before == Some(staff));
    heard.start.is_some_and(|start| start != pick.start)
        || heard.page.is_some()
        || heard.staff.as_ref().is_some_and(other_staff)
        || !heard.not_staff.is_empty()
        || !heard.not_services.is_empty()
        || unnamed
        || heard.for_whom.as_ref().is_some_and(whom)
        || !(heard.when.is_empty() || is_repeated(&heard.when, context.local(pick.start)))
        || !(heard.services.is_empty() || draft.is_just(&heard.services))
        || anyone
        // "Do I pay before or there?" asks for no other time.
        || heard.answers.is_empty() && others.iter().any(|intent| heard.has(*intent))
}

/// Stores the name that comes with a yes to a proposal for somebody without a name.
pub(super) fn name_in_a_yes(memory: &mut Memory, heard: &Utterance) {
    let agrees = matches!(heard.answer, Some((Assent::Yes, _))) && !heard.wavering;
    let Step::Confirm { draft, .. } = &mut memory.step else {
        return;
    };
    let has_name = matches!(draft.for_whom, Some(ForWhom::Named(_)));
    if let Some(named @ ForWhom::Named(_)) = &heard.for_whom
        && agrees
        && !has_name
        && !heard.adds_person
        && draft.with.is_empty()
        && (draft.moving.is_none() || draft.for_whom.is_some())
    {
        draft.for_whom = Some(named.clone());
    }
}

/// Returns whether that time is exactly the proposed one and fits no other day or hour.
pub(super) fn is_repeated(when: &When, proposed: NaiveDateTime) -> bool {
    let several =
        matches!(&when.days, Some(Days::OneOf(days) | Days::AnyOf(days)) if days.len() > 1);
    let times = &when.times;
    let is_one = times.at.len() < 2 && times.parts.len() < 2;
    !several && is_one && when.contains(proposed)
}

/// Takes the yes that comes with the name to what the question for the name shows: "yes please, I'm
/// Mary Daly". The yes of "sure, Mary" may be no more than a way to begin.
pub(super) fn yes_with_name(memory: &mut Memory, heard: &Utterance) -> Option<Command> {
    let agrees = heard.answer == Some((Assent::Yes, None)) && !heard.wavering;
    let name = heard
        .name
        .as_deref()
        .filter(|_| agrees && !heard.wants_booking())?;
    let Step::Name { draft, pick } = memory.step.clone() else {
        return None;
    };
    // It is the customer's, and that of who comes is asked for.
    if draft.for_whom == Some(ForWhom::Unnamed) {
        return None;
    }
    memory.give_name(name, None);
    memory.step = Step::Confirm { draft, pick };
    Some(Confirm.into())
}

pub(super) fn command(
    context: &TurnContext<'_>,
    memory: &Memory,
    heard: &Utterance,
    assent: Assent,
    about: Option<BookingId>,
) -> Command {
    let meant = |id: BookingId| about.is_none_or(|about| about == id);
    // The reminder was the last thing that was said.
    if let (Some(reminded), None, false) = (context.reminded(), about, heard.wavering) {
        return match assent {
            Assent::Yes => Come(reminded.id).into(),
            Assent::No => CannotCome(Some(reminded.id)).into(),
        };
    }
    match &memory.step {
        // Both were said: the question is asked again.
        _ if heard.wavering || heard.puzzling => NotUnderstood.into(),
        Step::Confirm { pick, .. } if meant(pick.hold) => match assent {
            Assent::Yes => Confirm.into(),
            Assent::No => Decline.into(),
        },
        Step::ConfirmCancel { id, version, .. } if meant(*id) => match assent {
            Assent::Yes => ConfirmCancel(*id, *version).into(),
            Assent::No => Keep(Some(*id)).into(),
        },
        Step::CannotCome { id, version } if meant(*id) && assent == Assent::Yes => {
            ConfirmCancel(*id, *version).into()
        }
        _ if about.is_some() => stale(context, assent, about),
        Step::CannotCome { id, .. } if assent == Assent::No => Keep(Some(*id)).into(),
        Step::ChooseDrop { .. } if assent == Assent::No => GoOn.into(),
        Step::Time { .. } if assent == Assent::No => Book(Box::new(more(memory))).into(),
        Step::ChooseCancel | Step::ChooseMove { .. } if assent == Assent::No => Keep(None).into(),
        Step::Idle => match context.asked() {
            // A second yes, or a no that comes too late: the booking is already under way.
            Some(asked) => BookedAlready(asked.id).into(),
            None => AllRight.into(),
        },
        Step::Service { .. } if assent == Assent::No => AllRight.into(),
        Step::Service { .. } => Book(Box::<Order>::default()).into(),
        Step::Name { .. } | Step::Time { .. } => super::aside(heard),
        _ => NotUnderstood.into(),
    }
}

/// Returns the command for a tap on a question that is no longer open.
fn stale(context: &TurnContext<'_>, assent: Assent, about: Option<BookingId>) -> Command {
    let mut bookings = context.turn.bookings.iter();
    let booked = bookings.find(|booking| Some(booking.id) == about);
    let firm = |one: &&Booking| one.status == BookingStatus::Booked || one.is_asked();
    // A move is asked about under an id of its own, so it is not found here.
    let meant = match booked {
        None => context.asked(),
        booked => booked.filter(firm),
    };
    match meant {
        Some(one) if assent == Assent::Yes || one.is_asked() => BookedAlready(one.id).into(),
        _ => Stale.into(),
    }
}
