//! The second pure step: from a wish and what is free to the outcome.
//!
//! The invariant: what is firm changes only on [`Wish::Confirm`] and [`Wish::ConfirmCancel`],
//! which only the customer's own answer to the last question gives.

mod aside;
mod book;
mod cancel;
mod confirm;
mod moving;
mod person;
mod refused;
mod talk;
mod times;
mod told;
mod unseen;

pub(super) use self::{
    person::answering,
    told::{alternatives, lookup, tell},
};

use super::{
    answer::Answer,
    desk::Desk,
    memory::Recall,
    order::Plan,
    understand::{Understood, Wish},
};
use crate::{booking::Opening, workflow::Outcome};

/// Decides what is said and done; no openings: the calendar cannot be seen.
pub(super) fn decide(
    desk: &Desk<'_>,
    understood: Understood,
    plan: Option<Plan>,
    openings: Option<&[Opening]>,
) -> Outcome {
    let Understood {
        memory,
        recall,
        asides,
        wish,
    } = understood;
    if wish == Wish::Silence || (memory.parted && is_parting(&wish)) {
        return Outcome::default();
    }
    let mut answer = Answer::new(desk, memory);
    answer.memory.parted = is_parting(&wish);
    if wish != Wish::NotUnderstood {
        answer.memory.misses = 0;
    }
    if let Wish::Urgent(n) = wish {
        return person::urgent(answer, n);
    }
    if recall == Recall::Lapsed {
        // What was going to be booked is forgotten, so that it is not kept free either.
        answer.release_holds(None);
        if desk.reminded().is_none() && wish != Wish::Foreign {
            answer.say(desk.texts.lapsed());
        }
    }
    // What was understood of a language that is not spoken here is chance.
    if wish != Wish::Foreign {
        aside::answer(&mut answer, &asides);
    }
    let Some(openings) = openings else {
        return unseen::wish(answer, &wish, plan);
    };
    match wish {
        Wish::Book(_) => match plan {
            Some(plan) => book::order(answer, plan, openings),
            None => answer.ask_again(),
        },
        Wish::Name(name) => book::name(answer, &name),
        Wish::Confirm => confirm::booking(answer, openings, None),
        Wish::ConfirmAndAnother(another) => confirm::booking(answer, openings, Some(*another)),
        Wish::Decline => book::decline(answer, openings),
        Wish::Hesitate => book::wait(answer),
        Wish::BookedAlready(id) => book::already(answer, id),
        Wish::DropDraft => book::drop_draft(answer),
        Wish::DropOrCancel => cancel::drop_or_cancel(answer),
        Wish::GoOn => cancel::go_on(answer),
        Wish::Cancel(id) => cancel::ask(answer, id),
        Wish::ConfirmCancel(id, version) => cancel::confirm(answer, id, version),
        Wish::Keep(id) => cancel::keep(answer, id),
        Wish::CannotCome(id) => cancel::cannot_come(answer, id),
        Wish::Move(id, order) => match plan {
            Some(plan) => moving::begin(answer, id, plan, openings),
            None => moving::ask(answer, id, *order),
        },
        Wish::Come(id) => moving::come(answer, id),
        Wish::Human => person::called(answer),
        Wish::Foreign => person::foreign(answer),
        Wish::Late(minutes) => person::late(answer, minutes),
        Wish::Earlier => person::earlier(answer),
        Wish::Group => person::group(answer),
        Wish::NotUnderstood => person::not_understood(answer),
        wish => talk::talk(answer, &wish, &asides),
    }
}

/// Whether it is answered with a goodbye, which one does not say twice.
fn is_parting(wish: &Wish) -> bool {
    matches!(wish, Wish::Thanks | Wish::Farewell | Wish::AllRight)
}
