//! Leading to a booking: the time is held while its name and yes are asked for.
//!
//! The invariant: nothing becomes firm here; a time is at most held.

use chrono::{DateTime, Utc};

use super::{
    super::{
        answer::Answer,
        memory::{Draft, Memory, Step, When},
        order::{Lookup, Order, Plan, Seen, Target, Unsettled},
        question::{Question, Row, service_question},
        token::Action,
        turn_context::TurnContext,
    },
    hold::{self, available},
    run::Run,
    times, unseen, zone,
};
use crate::booking::{BookingId, Opening};

/// Books, or says more about what to book.
#[derive(Debug, PartialEq)]
pub(in super::super) struct Book(pub(in super::super) Box<Order>);

impl Run for Book {
    fn lookup(&self, context: &TurnContext<'_>, memory: &Memory) -> Option<Lookup> {
        Plan::of(context, memory, &self.0).lookup(context)
    }

    fn decide(self, mut answer: Answer<'_>, seen: Option<Seen>) -> Answer<'_> {
        let plan = Plan::of(answer.context, &answer.memory, &self.0);
        let Some(Seen { openings, beside }) = seen else {
            return unseen::plan(answer, plan);
        };
        answer.beside = beside;
        order(answer, plan, &openings)
    }
}

/// Says no to what was proposed.
#[derive(Debug, PartialEq)]
pub(in super::super) struct Decline;

impl Run for Decline {
    fn lookup(&self, context: &TurnContext<'_>, memory: &Memory) -> Option<Lookup> {
        let draft = memory.draft().cloned()?;
        let when = When::default();
        Plan::again(context, memory, Draft { when, ..draft }).lookup(context)
    }

    fn decide(self, mut answer: Answer<'_>, seen: Option<Seen>) -> Answer<'_> {
        let Some(Seen { openings, beside }) = seen else {
            return unseen::decline(answer);
        };
        answer.beside = beside;
        decline(answer, &openings)
    }
}

/// Gives the name to book under.
#[derive(Debug, PartialEq)]
pub(in super::super) struct GiveName(pub(in super::super) String);

impl Run for GiveName {
    fn decide(self, answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        name(answer, &self.0)
    }
}

/// Leaves open what was proposed: neither yes nor no yet.
#[derive(Debug, PartialEq)]
pub(in super::super) struct Wait;

impl Run for Wait {
    fn decide(self, answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        wait(answer)
    }
}

/// Says yes to what is booked already.
#[derive(Debug, PartialEq)]
pub(in super::super) struct BookedAlready(pub(in super::super) BookingId);

impl Run for BookedAlready {
    fn decide(self, answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        already(answer, self.0)
    }
}

/// Books nothing after all.
#[derive(Debug, PartialEq)]
pub(in super::super) struct DropDraft;

impl Run for DropDraft {
    fn decide(self, answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        drop_draft(answer)
    }
}

/// Goes on with a booking as far as what was said allows.
pub(super) fn order<'a>(mut answer: Answer<'a>, plan: Plan, openings: &[Opening]) -> Answer<'a> {
    let texts = answer.context.texts;
    match plan {
        Plan::Full => full(answer),
        Plan::WhichService { from, wish, why } => {
            answer.release_holds(&[]);
            match why {
                Some(Unsettled::Gone) => answer.say(texts.unknown_service()),
                Some(Unsettled::NotTogether) => answer.say(texts.not_together()),
                None => {}
            }
            let question = service_question(answer.context, &wish.among, from);
            answer.memory.step = Step::Service { wish };
            answer.ask(question)
        }
        Plan::WhichDay { draft, days } => {
            answer.release_holds(&[]);
            let rows = days
                .iter()
                .map(|&day| Row::new(Action::Day(day), &answer.context.dates.short_day(day)));
            let question = Question::new(texts.which_day(), rows.collect());
            answer.memory.step = Step::Time { draft };
            answer.ask(question)
        }
        Plan::Times {
            mut draft,
            target,
            not_with,
        } => {
            zone::tell(&mut answer, &mut draft, &target);
            if let Some(staff) = not_with.and_then(|id| answer.context.staff_name(&id)) {
                let services = answer.context.services_name(&draft.services);
                answer.say(texts.not_with(staff, &services));
            }
            let openings = available(answer.context.turn.conflict.as_ref(), openings);
            match target {
                Target::Starts(starts) => match starts.as_slice() {
                    [start] => hold::pick(answer, draft, *start, &openings),
                    _ => times::of_these(answer, draft, &starts, &openings),
                },
                Target::AnyOf(starts) => {
                    let is_free = |start: &&DateTime<Utc>| {
                        openings.iter().any(|opening| opening.start == **start)
                    };
                    let free = starts.iter().find(is_free).or(starts.first());
                    let start = free.copied().unwrap_or(answer.context.turn.now);
                    hold::pick(answer, draft, start, &openings)
                }
                Target::Matching => times::matching(answer, draft, &openings),
                Target::Before(start) => times::before(answer, draft, start, &openings),
                Target::End(end) => times::at_end(answer, draft, end, &openings),
                Target::Near(start) => {
                    let nearest = openings.iter().min_by_key(|one| (one.start - start).abs());
                    let start = nearest.map_or(start, |one| one.start);
                    hold::pick(answer, draft, start, &openings)
                }
                Target::Page(page) => times::page(answer, draft, page, &openings),
            }
        }
    }
}

pub(super) fn full(mut answer: Answer<'_>) -> Answer<'_> {
    let context = answer.context;
    let lines: Vec<_> = context
        .upcoming()
        .map(|booking| context.line(booking))
        .collect();
    answer.release_holds(&[]);
    answer.memory.step = Step::Idle;
    answer.say(context.texts.too_many(&lines.join("\n")));
    answer.end()
}

/// Takes the name and asks for the yes.
pub(super) fn name<'a>(mut answer: Answer<'a>, name: &str) -> Answer<'a> {
    answer.memory.give_name(name, None);
    let Step::Name { draft, pick } = answer.memory.step.clone() else {
        return answer.ask_again();
    };
    answer.memory.step = match answer.name_question(&draft) {
        Some(_) => Step::Name { draft, pick },
        None => Step::Confirm { draft, pick },
    };
    answer.ask_again()
}

/// Says again what is booked: a second tap on yes.
pub(super) fn already(mut answer: Answer<'_>, id: BookingId) -> Answer<'_> {
    let context = answer.context;
    if let Some(booking) = context
        .turn
        .bookings
        .iter()
        .find(|booking| booking.id == id)
    {
        answer.say(if booking.is_asked() {
            context.asking(booking)
        } else {
            context.texts.already_booked(&context.line(booking))
        });
    }
    if matches!(answer.memory.pick(), Some(pick) if pick.hold == id) {
        answer.memory.step = Step::Idle;
    }
    answer.ask_again()
}

/// Keeps what was proposed until the customer has made up their mind.
pub(super) fn wait(mut answer: Answer<'_>) -> Answer<'_> {
    answer.say(answer.context.texts.no_hurry());
    answer.ask_again()
}

/// Lets the held time go and offers others.
pub(super) fn decline<'a>(mut answer: Answer<'a>, openings: &[Opening]) -> Answer<'a> {
    let Some(draft) = answer.memory.draft().cloned() else {
        return answer.ask_again();
    };
    answer.release_holds(&[]);
    if draft.moving.is_none() {
        answer.say(answer.context.texts.declined());
    }
    let when = When::default();
    times::matching(answer, Draft { when, ..draft }, openings)
}

/// Books nothing after all.
pub(super) fn drop_draft(mut answer: Answer<'_>) -> Answer<'_> {
    let context = answer.context;
    answer.release_holds(&[]);
    answer.memory.step = Step::Idle;
    answer.say(context.texts.draft_dropped());
    if let Some(next) = context.upcoming().find(|booking| !booking.is_asked()) {
        answer.say(context.texts.still_booked(&context.line(next)));
    }
    answer.end()
}
