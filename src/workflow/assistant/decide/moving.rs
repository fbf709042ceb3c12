//! Having an appointment at another time. The old time stays the customer's until their yes; then
//! one change puts the new in its place.

use super::{
    super::{
        answer::{Answer, Question},
        memory::Step,
        order::{Plan, Target},
        token::Action,
        understand::Order,
    },
    book, cancel,
};
use crate::{
    booking::{BookingId, Opening},
    workflow::Outcome,
};

/// Begins to move an appointment, with what was said about the new time.
pub(super) fn begin(
    mut answer: Answer<'_>,
    id: Option<BookingId>,
    plan: Plan,
    openings: &[Opening],
) -> Outcome {
    let desk = answer.desk;
    if let (
        Some(booking),
        Plan::Times {
            target: Target::Matching,
            ..
        },
    ) = (desk.movable(id), &plan)
    {
        answer.say(desk.texts.move_when(&desk.line(booking)));
    }
    book::order(answer, plan, openings)
}

/// Asks which appointment is meant, or says why it cannot be moved.
pub(super) fn ask(mut answer: Answer<'_>, id: Option<BookingId>, order: Order) -> Outcome {
    let desk = answer.desk;
    let upcoming: Vec<_> = desk.upcoming().collect();
    let meant = match (id, upcoming.as_slice()) {
        (Some(id), _) => upcoming.iter().copied().find(|booking| booking.id == id),
        (None, [one]) => Some(*one),
        (None, _) => None,
    };
    answer.release_holds(None);
    answer.memory.step = Step::Idle;
    match meant {
        Some(booking) if booking.is_asked() => return cancel::being_asked(answer, booking),
        Some(booking) => return cancel::too_late(answer, booking),
        None => {}
    }
    if id.is_some() || upcoming.is_empty() {
        answer.say(if id.is_some() {
            desk.texts.gone()
        } else {
            desk.texts.no_appointments()
        });
        return answer.end();
    }
    let question = Question {
        text: desk.texts.which_to_move(),
        rows: desk.choices(Action::Move),
    };
    answer.memory.step = Step::ChooseMove { when: order.when };
    answer.ask(question)
}

/// Takes note that the customer will be there.
pub(super) fn come(mut answer: Answer<'_>, id: BookingId) -> Outcome {
    let desk = answer.desk;
    let booking = desk.upcoming().find(|booking| booking.id == id);
    answer.say(match booking {
        Some(booking) if booking.is_asked() => desk.asking(booking),
        Some(booking) => desk.texts.see_you(&desk.line(booking)),
        None => desk.texts.gone(),
    });
    answer.end_keeping()
}
