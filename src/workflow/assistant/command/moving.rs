//! Having an appointment at another time. The old time stays the customer's until their yes; then
//! one change puts the new in its place.

use super::{
    super::{
        answer::Answer,
        desk::Desk,
        memory::{Memory, Step},
        order::{Lookup, Order, Plan, Seen, Target},
        question::Question,
        token::Action,
    },
    book, cancel,
    run::Run,
    unseen,
};
use crate::booking::BookingId;

/// Moves an appointment, this one or one to be asked.
#[derive(Debug, PartialEq)]
pub(in super::super) struct Move(
    pub(in super::super) Option<BookingId>,
    pub(in super::super) Box<Order>,
);

impl Move {
    fn plan(&self, desk: &Desk<'_>, memory: &Memory) -> Option<Plan> {
        let booking = desk.movable(self.0)?;
        Some(Plan::moving(desk, memory, booking, &self.1))
    }
}

impl Run for Move {
    fn lookup(&self, desk: &Desk<'_>, memory: &Memory) -> Option<Lookup> {
        self.plan(desk, memory)?.lookup(desk)
    }

    fn decide(self, answer: Answer<'_>, seen: Option<Seen>) -> Answer<'_> {
        let plan = self.plan(answer.desk, &answer.memory);
        match (plan, seen) {
            (None, _) => ask(answer, self.0, *self.1),
            (Some(plan), Some(seen)) => begin(answer, self.0, plan, seen),
            (Some(plan), None) => unseen::plan(answer, plan),
        }
    }
}

/// Tells that the customer will be there, as they were reminded.
#[derive(Debug, PartialEq)]
pub(in super::super) struct Come(pub(in super::super) BookingId);

impl Run for Come {
    fn decide(self, answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        come(answer, self.0)
    }
}

/// Begins to move an appointment, with what was said about the new time.
pub(super) fn begin(
    mut answer: Answer<'_>,
    id: Option<BookingId>,
    plan: Plan,
    seen: Seen,
) -> Answer<'_> {
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
    answer.beside = seen.beside;
    book::order(answer, plan, &seen.openings)
}

/// Asks which appointment is meant, or says why it cannot be moved.
pub(super) fn ask(mut answer: Answer<'_>, id: Option<BookingId>, order: Order) -> Answer<'_> {
    let desk = answer.desk;
    let upcoming: Vec<_> = desk.upcoming().collect();
    let meant = match (id, upcoming.as_slice()) {
        (Some(id), _) => upcoming.iter().copied().find(|booking| booking.id == id),
        (None, [one]) => Some(*one),
        (None, _) => None,
    };
    answer.release_holds(&[]);
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
    let question = Question::new(desk.texts.which_to_move(), desk.choices(Action::Move));
    answer.memory.step = Step::ChooseMove { when: order.when };
    answer.ask(question)
}

/// Takes note that the customer will be there.
pub(super) fn come(mut answer: Answer<'_>, id: BookingId) -> Answer<'_> {
    let desk = answer.desk;
    let booking = desk.upcoming().find(|booking| booking.id == id);
    answer.say(match booking {
        Some(booking) if booking.is_asked() => desk.asking(booking),
        Some(booking) => desk.texts.see_you(&desk.line(booking)),
        None => desk.texts.gone(),
    });
    answer.end_keeping()
}
