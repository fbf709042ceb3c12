//! A yes or no: to the last question, or else to nothing.
//!
//! The invariant: a yes that names a time, a service or a person is one only where those are what
//! was proposed.

use chrono::NaiveDateTime;

use super::{Order, Wish, more};
use crate::{
    booking::{Booking, BookingId, BookingStatus},
    language::{
        When,
        day::Days,
        intent::{Assent, Intent},
    },
    workflow::assistant::{
        desk::Desk,
        hear::Heard,
        memory::{Draft, ForWhom, Memory, Step, Wished},
    },
};

/// Returns whether something is said besides that the answer cannot be meant with. To repeat what
/// was proposed changes nothing: "yes, Thursday at 3".
pub(super) fn changes(desk: &Desk<'_>, memory: &Memory, heard: &Heard) -> bool {
    let Step::Confirm { draft, pick } = &memory.step else {
        return super::changes(memory, heard);
    };
    if is_for_another(draft, heard) {
        return false;
    }
    let others = [
        Intent::Earlier,
        Intent::Later,
        Intent::Anyone,
        Intent::Anytime,
        Intent::Soonest,
        Intent::SameTime,
        Intent::More,
    ];
    let whom = |whom: &ForWhom| *whom != ForWhom::Unnamed && draft.for_whom.as_ref() != Some(whom);
    let unnamed = heard.for_whom.is_some() && draft.for_whom.is_none();
    heard.start.is_some_and(|start| start != pick.start)
        || heard.page.is_some()
        || heard
            .staff
            .as_ref()
            .is_some_and(|staff| *staff != pick.resource)
        || !heard.not_staff.is_empty()
        || !heard.not_services.is_empty()
        || unnamed
        || heard.for_whom.as_ref().is_some_and(whom)
        || !(heard.when.is_empty() || is_repeated(&heard.when, desk.local(pick.start)))
        || !(heard.services.is_empty() || draft.is_just(&heard.services))
        || others.iter().any(|intent| heard.has(*intent))
}

/// Returns whether that time is just what was proposed, and could be no other day.
fn is_repeated(when: &When, proposed: NaiveDateTime) -> bool {
    let asks = matches!(&when.days, Some(Days::OneOf(days)) if days.len() > 1);
    !asks && when.contains(proposed)
}

/// Returns whether what is said besides is of another appointment: "yes, and one for my son". That
/// of the one that was proposed is not touched by it.
fn is_for_another(draft: &Draft, heard: &Heard) -> bool {
    let says_yes = matches!(heard.answer, Some((Assent::Yes, _)));
    says_yes && heard.adds_person && draft.moving.is_none()
}

/// What is known of that other appointment.
fn another(heard: &Heard) -> Wished {
    let mut services = heard.services.iter().cloned();
    Wished {
        among: services.next().unwrap_or_default(),
        besides: services.collect(),
        when: heard.when.clone(),
        staff: heard.staff.clone(),
        for_whom: heard.for_whom.clone(),
    }
}

pub(super) fn wish(
    desk: &Desk<'_>,
    memory: &Memory,
    heard: &Heard,
    assent: Assent,
    about: Option<BookingId>,
) -> Wish {
    let meant = |id: BookingId| about.is_none_or(|about| about == id);
    // The reminder was the last thing that was said.
    if let (Some(reminded), None, false) = (desk.reminded(), about, heard.wavering) {
        return match assent {
            Assent::Yes => Wish::Come(reminded.id),
            Assent::No => Wish::CannotCome(Some(reminded.id)),
        };
    }
    match &memory.step {
        // Both were said: the question is asked again.
        _ if heard.wavering || heard.puzzling => Wish::NotUnderstood,
        Step::Confirm { draft, pick } if meant(pick.hold) => match assent {
            Assent::Yes if is_for_another(draft, heard) => {
                Wish::ConfirmAndAnother(Box::new(another(heard)))
            }
            Assent::Yes => Wish::Confirm,
            Assent::No => Wish::Decline,
        },
        Step::ConfirmCancel { id, version } if meant(*id) => match assent {
            Assent::Yes => Wish::ConfirmCancel(*id, *version),
            Assent::No => Wish::Keep(Some(*id)),
        },
        Step::CannotCome { id, version } if about == Some(*id) && assent == Assent::Yes => {
            Wish::ConfirmCancel(*id, *version)
        }
        _ if about.is_some() => stale(desk, assent, about),
        Step::CannotCome { id, .. } if assent == Assent::No => Wish::Keep(Some(*id)),
        Step::ChooseDrop { .. } if assent == Assent::No => Wish::GoOn,
        Step::Time { .. } if assent == Assent::No => Wish::Book(Box::new(more(memory))),
        Step::ChooseCancel | Step::ChooseMove { .. } if assent == Assent::No => Wish::Keep(None),
        Step::Idle => match desk.asked() {
            // A second yes, or a no that comes too late: what it was for is under way.
            Some(asked) => Wish::BookedAlready(asked.id),
            None => Wish::AllRight,
        },
        Step::Service { .. } if assent == Assent::No => Wish::AllRight,
        Step::Service { .. } => Wish::Book(Box::<Order>::default()),
        Step::Name { .. } | Step::Time { .. } => Wish::Aside,
        _ => Wish::NotUnderstood,
    }
}

/// A tap on a question that is not open any more.
fn stale(desk: &Desk<'_>, assent: Assent, about: Option<BookingId>) -> Wish {
    let mut bookings = desk.turn.bookings.iter();
    let booked = bookings.find(|booking| Some(booking.id) == about);
    let firm = |one: &&Booking| one.status == BookingStatus::Booked || one.is_asked();
    // A move is asked about by a name of its own, and so is not found.
    let meant = match booked {
        None => desk.asked(),
        booked => booked.filter(firm),
    };
    match meant {
        Some(one) if assent == Assent::Yes || one.is_asked() => Wish::BookedAlready(one.id),
        _ => Wish::Stale,
    }
}
