//! What came of asking the keeper of a calendar.
//!
//! The invariants: what the customer is in the middle of stays as it is, unless the staff takes
//! over; and a conversation that another workflow leads is told in words, and its state is kept.

use chrono::{DateTime, Utc};

use super::{
    super::{
        answer::Answer,
        memory::{Draft, ForWhom, Memory, Moving, Step, When},
        order::Lookup,
        question::Question,
        texts::capitalized,
        turn_context::{Appointment, TurnContext},
    },
    confirm::with_aftermath,
    hold::available,
    person, refused, unseen,
};
use crate::{
    booking::{Booking, Change, Conflict, Opening, ResourceId, Verdict},
    message::Reply,
    workflow::{Event, Outcome, StateChange},
};

/// The time that the keeper of the calendar has taken, and what was to be there.
struct Lost {
    draft: Draft,
    resource: ResourceId,
    start: DateTime<Utc>,
}

/// What has to be known of the calendar to tell of an event.
pub(in super::super) fn lookup(context: &TurnContext<'_>, event: &Event) -> Option<Lookup> {
    let lost = Lost::of(context, event)?;
    Some(Lookup::around(context, &lost.draft, lost.start))
}

/// Tells of an event; no openings: the calendar cannot be seen.
pub(in super::super) fn tell(
    context: &TurnContext<'_>,
    memory: Memory,
    event: &Event,
    openings: Option<&[Opening]>,
) -> Outcome {
    match event.verdict {
        Verdict::Done => words(&[done(context, event)]),
        Verdict::Gone => words(&gone(context, &event.booking)),
        Verdict::Delayed => delayed(context, memory, event),
        Verdict::Taken => match Lost::of(context, event) {
            Some(lost) => taken(context, memory, lost, openings),
            None => given_up(context, memory, event),
        },
        Verdict::GivenUp => given_up(context, memory, event),
    }
}

/// What else is free, to be answered in words whatever the workflow; none: the calendar cannot be
/// seen.
pub(in super::super) fn alternatives(
    context: &TurnContext<'_>,
    near: Option<&[&Opening]>,
) -> Vec<String> {
    let texts = context.texts;
    let Some(near) = near else {
        return vec![texts.calendar_unseen()];
    };
    if near.is_empty() {
        return vec![texts.no_alternatives()];
    }
    let mut lines = vec![texts.alternatives()];
    let moment = |opening: &&Opening| capitalized(&context.moment(opening.start));
    lines.extend(near.iter().map(moment));
    lines
}

fn words(lines: &[String]) -> Outcome {
    Outcome {
        replies: vec![Reply::text(lines.join("\n"))],
        keeps_question: true,
        ..Outcome::default()
    }
}

/// It is as wanted.
fn done(context: &TurnContext<'_>, event: &Event) -> String {
    let booking = &event.booking;
    let settled = || context.settled([context.booked(booking)]);
    match event.change {
        Change::Create => with_aftermath(context, &context.texts.booked(&settled())),
        Change::Move { .. } if booking.details.visible.start == event.was.start => {
            context.texts.changed(&settled())
        }
        Change::Move { .. } => context.texts.moved(&settled()),
        Change::Cancel => context.texts.cancelled(&context.line(booking)),
    }
}

/// It is not there any more; what else the customer has is.
fn gone(context: &TurnContext<'_>, booking: &Booking) -> Vec<String> {
    let others = context.upcoming().filter(|other| other.id != booking.id);
    let others: Vec<_> = others.map(|other| context.line(other)).collect();
    let mut lines = vec![context.texts.not_there(&context.line(booking))];
    if !others.is_empty() {
        lines.push(context.texts.your_appointments(&others.join("\n")));
    }
    lines
}

/// Says that the time is not free, and leads to another one where nothing else is being talked of.
fn taken(
    context: &TurnContext<'_>,
    memory: Memory,
    lost: Lost,
    openings: Option<&[Opening]>,
) -> Outcome {
    let Lost {
        draft,
        resource,
        start,
    } = lost;
    let taken = Conflict::SlotTaken { resource, start };
    let openings = openings.map(|openings| available(Some(&taken), openings));
    if !leads(context) || !memory.is_free() {
        let mut lines = vec![context.texts.just_taken(&context.moment(start))];
        let openings = openings.as_deref();
        let near = openings.map(|openings| refused::spaced(context, &draft, openings, start));
        lines.extend(alternatives(context, near.as_deref()));
        return words(&lines);
    }
    let mut answer = Answer::new(context, memory);
    answer.begin();
    if let Some(openings) = openings {
        return refused::lost(answer, draft, start, &openings).finish();
    }
    answer.say(context.texts.just_taken(&context.moment(start)));
    unseen::try_later(answer, draft).finish()
}

/// Says that it takes a while, and lets the customer talk to a person instead.
fn delayed(context: &TurnContext<'_>, memory: Memory, event: &Event) -> Outcome {
    let text = context
        .texts
        .delayed(&context.told(&wanted(context, event)));
    if !leads(context) {
        return words(&[text]);
    }
    if !memory.is_free() {
        return words(&[text, context.texts.or_person()]);
    }
    let mut answer = Answer::new(context, memory);
    answer.begin();
    answer.memory.step = Step::Idle;
    let rows = vec![unseen::person_row(context)];
    answer.ask(Question::new(text, rows)).finish()
}

/// Says that it did not come about, and calls a person: nobody knows what is in the calendar.
fn given_up(context: &TurnContext<'_>, memory: Memory, event: &Event) -> Outcome {
    let mut answer = Answer::new(context, memory);
    answer.begin();
    answer.say(
        context
            .texts
            .given_up(&context.told(&wanted(context, event))),
    );
    let language = context.business.default_language();
    let office = TurnContext::new(context.business, context.turn, language);
    let which = office.told(&wanted(&office, event));
    let outcome = person::given_up(answer, &event.booking, &which).finish();
    if leads(context) {
        return outcome;
    }
    Outcome {
        state: StateChange::Keep,
        effects: Vec::new(),
        ..outcome
    }
}

/// The appointment as its keeper was asked to have it.
fn wanted<'a>(context: &'a TurnContext<'_>, event: &'a Event) -> Appointment<'a> {
    match &event.change {
        Change::Create | Change::Cancel => context.booked(&event.booking),
        Change::Move {
            services,
            resource,
            visible,
            ..
        } => Appointment {
            for_name: event.booking.details.for_name.as_deref(),
            ..context.appointment(services, resource, visible.start)
        },
    }
}

/// Whether the assistant leads this conversation.
fn leads(context: &TurnContext<'_>) -> bool {
    context.turn.state.as_ref().is_some_and(Memory::is_of)
}

// === impl Lost ===

impl Lost {
    fn of(context: &TurnContext<'_>, event: &Event) -> Option<Self> {
        let booking = &event.booking;
        let details = &booking.details;
        let (services, resource, start, moving) = match (&event.verdict, &event.change) {
            (Verdict::Taken, Change::Create) => {
                let (services, resource) = (&details.services, &details.resource);
                (services, resource, details.visible.start, None)
            }
            (
                Verdict::Taken,
                Change::Move {
                    services,
                    resource,
                    visible,
                    ..
                },
            ) => {
                let (id, version) = (booking.id, booking.version);
                let moving = Some(Moving { id, version });
                (services, resource, visible.start, moving)
            }
            _ => return None,
        };
        // The customer said yes to that person.
        let person = context.business.staff_member(resource);
        Some(Self {
            draft: Draft {
                not_staff: Vec::new(),
                services: services.clone(),
                staff: person.map(|person| person.id.clone()),
                when: When::default(),
                for_whom: details.for_name.clone().map(ForWhom::Named),
                moving,
                with: Vec::new(),
            },
            resource: resource.clone(),
            start,
        })
    }
}
