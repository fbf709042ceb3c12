//! A calendar that is kept elsewhere and cannot be seen now.
//!
//! The invariant: no time is offered that was not seen to be free, and what was wished is kept, so
//! that it need not be said again.

use super::super::{
    answer::Answer,
    memory::{Draft, Step, When},
    order::{Plan, Target},
    question::{Question, Row},
    token::Action,
    turn_context::TurnContext,
};
use crate::{
    booking::hours::minute_of,
    language::{
        clock::{Clock, Times},
        day::Days,
    },
};

/// Says that the calendar cannot be seen, where it was to be asked for a plan.
pub(super) fn plan(answer: Answer<'_>, plan: Plan) -> Answer<'_> {
    match plan {
        Plan::Times { draft, target, .. } => {
            let draft = wished(answer.context, draft, &target);
            try_later(answer, draft)
        }
        _ => answer.ask_again(),
    }
}

/// Keeps what is wished, to be tried again or told to a person.
pub(super) fn try_later(mut answer: Answer<'_>, draft: Draft) -> Answer<'_> {
    let texts = answer.context.texts;
    answer.release_holds(&[]);
    answer.memory.step = Step::Time { draft };
    // Who tries again is no machine.
    answer.memory.pace.reset();
    let rows = vec![
        Row::new(Action::Again, &texts.try_again()),
        person_row(answer.context),
    ];
    answer.say(texts.calendar_unseen());
    let text = texts.wish_kept();
    answer.ask(Question::new(text, rows))
}

/// The time is let go all the same.
pub(super) fn decline(mut answer: Answer<'_>) -> Answer<'_> {
    let Some(draft) = answer.memory.draft().cloned() else {
        return answer.ask_again();
    };
    if draft.moving.is_none() {
        answer.say(answer.context.texts.declined());
    }
    let when = When::default();
    try_later(answer, Draft { when, ..draft })
}

/// The yes was given, but whether the time is free still is not known: it is asked once more.
pub(super) fn confirm_later(mut answer: Answer<'_>) -> Answer<'_> {
    answer.memory.pace.reset();
    answer.say(answer.context.texts.calendar_unseen());
    let Some(mut question) = answer.open_question() else {
        return answer.end();
    };
    question.rows.push(person_row(answer.context));
    answer.ask(question)
}

/// To be passed to a person.
pub(super) fn person_row(context: &TurnContext<'_>) -> Row {
    Row::new(Action::Person, &context.texts.talk_to_person())
}

/// The draft with the time that was chosen, where it was one.
fn wished(context: &TurnContext<'_>, mut draft: Draft, target: &Target) -> Draft {
    if let Target::Starts(starts) = target
        && let [start] = starts.as_slice()
    {
        let chosen = context.local(*start);
        draft.when.days = Some(Days::OneOf(vec![chosen.date()]));
        draft.when.times = Times {
            at: vec![Clock::At(minute_of(chosen.time()))],
            ..Times::default()
        };
    }
    draft
}
