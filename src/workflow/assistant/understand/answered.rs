//! A yes or no: to the last question, or else to nothing.

use super::{Order, Wish, more};
use crate::{
    booking::{Booking, BookingId, BookingStatus},
    language::intent::Assent,
    workflow::assistant::{
        desk::Desk,
        hear::Heard,
        memory::{Memory, Step},
    },
};

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
        Step::Confirm { pick, .. } if meant(pick.hold) => match assent {
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
