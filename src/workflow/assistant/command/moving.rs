//! Having an appointment at another time. The old time stays the customer's until their yes; then
//! one change puts the new in its place.

use super::{
    super::{
        answer::Answer,
        memory::{Memory, Step},
        order::{Lookup, Order, Plan, Seen, Target},
        question::Question,
        token::Action,
        turn_context::TurnContext,
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
    fn plan(&self, context: &TurnContext<'_>, memory: &Memory) -> Option<Plan> {
        let booking = context.movable(self.0)?;
        Some(Plan::moving(context, memory, booking, &self.1))
    }
}

impl Run for Move {
    fn lookup(&self, context: &TurnContext<'_>, memory: &Memory) -> Option<Lookup> {
        self.plan(context, memory)?.lookup(context)
    }

    fn decide(self, answer: Answer<'_>, seen: Option<Seen>) -> Answer<'_> {
        let plan = self.plan(answer.context, &answer.memory);
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
    let context = answer.context;
    if let (
        Some(booking),
        Plan::Times {
            target: Target::Matching,
            ..
        },
    ) = (context.movable(id), &plan)
    {
        answer.say(context.texts.move_when(&context.line(booking)));
    }
    answer.beside = seen.beside;
    book::order(answer, plan, &seen.openings)
}

/// Asks which appointment is meant, or says why it cannot be moved.
pub(super) fn ask(mut answer: Answer<'_>, id: Option<BookingId>, order: Order) -> Answer<'_> {
    let context = answer.context;
    let upcoming: Vec<_> = context.upcoming().collect();
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
            context.texts.gone()
        } else {
            context.texts.no_appointments()
        });
        return answer.end();
    }
    let question = Question::new(context.texts.which_to_move(), context.choices(Action::Move));
    answer.memory.step = Step::ChooseMove { when: order.when };
    answer.ask(question)
}

/// Takes note that the customer will be there.
pub(super) fn come(mut answer: Answer<'_>, id: BookingId) -> Answer<'_> {
    let context = answer.context;
    let booking = context.upcoming().find(|booking| booking.id == id);
    answer.say(match booking {
        Some(booking) if booking.is_asked() => context.asking(booking),
        Some(booking) => context.texts.see_you(&context.line(booking)),
        None => context.texts.gone(),
    });
    answer.end_keeping()
}
