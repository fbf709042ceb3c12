//! What came of asking the keeper of a calendar.
//!
//! The invariants: what the customer is in the middle of stays as it is, unless the staff takes
//! over; and a conversation that another workflow leads is told in words, and its state is kept.

use chrono::{DateTime, Utc};

use super::{
    super::{
        answer::Answer,
        desk::{Appointment, Desk},
        memory::{Draft, ForWhom, Memory, Moving, Step, When},
        order::Lookup,
        question::Question,
        texts::capitalized,
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
pub(in super::super) fn lookup(desk: &Desk<'_>, event: &Event) -> Option<Lookup> {
    let lost = Lost::of(desk, event)?;
    Some(Lookup::around(desk, &lost.draft, lost.start))
}

/// Tells of an event; no openings: the calendar cannot be seen.
pub(in super::super) fn tell(
    desk: &Desk<'_>,
    memory: Memory,
    event: &Event,
    openings: Option<&[Opening]>,
) -> Outcome {
    match event.verdict {
        Verdict::Done => words(&[done(desk, event)]),
        Verdict::Gone => words(&gone(desk, &event.booking)),
        Verdict::Delayed => delayed(desk, memory, event),
        Verdict::Taken => match Lost::of(desk, event) {
            Some(lost) => taken(desk, memory, lost, openings),
            None => given_up(desk, memory, event),
        },
        Verdict::GivenUp => given_up(desk, memory, event),
    }
}

/// What else is free, to be answered in words whatever the workflow; none: the calendar cannot be
/// seen.
pub(in super::super) fn alternatives(desk: &Desk<'_>, near: Option<&[&Opening]>) -> Vec<String> {
    let texts = desk.texts;
    let Some(near) = near else {
        return vec![texts.calendar_unseen()];
    };
    if near.is_empty() {
        return vec![texts.no_alternatives()];
    }
    let mut lines = vec![texts.alternatives()];
    let moment = |opening: &&Opening| capitalized(&desk.moment(opening.start));
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
fn done(desk: &Desk<'_>, event: &Event) -> String {
    let booking = &event.booking;
    let settled = || desk.settled([desk.booked(booking)]);
    match event.change {
        Change::Create => with_aftermath(desk, &desk.texts.booked(&settled())),
        Change::Move { .. } if booking.details.visible.start == event.was.start => {
            desk.texts.changed(&settled())
        }
        Change::Move { .. } => desk.texts.moved(&settled()),
        Change::Cancel => desk.texts.cancelled(&desk.line(booking)),
    }
}

/// It is not there any more; what else the customer has is.
fn gone(desk: &Desk<'_>, booking: &Booking) -> Vec<String> {
    let others = desk.upcoming().filter(|other| other.id != booking.id);
    let others: Vec<_> = others.map(|other| desk.line(other)).collect();
    let mut lines = vec![desk.texts.not_there(&desk.line(booking))];
    if !others.is_empty() {
        lines.push(desk.texts.your_appointments(&others.join("\n")));
    }
    lines
}

/// Says that the time is not free, and leads to another one where nothing else is being talked of.
fn taken(desk: &Desk<'_>, memory: Memory, lost: Lost, openings: Option<&[Opening]>) -> Outcome {
    let Lost {
        draft,
        resource,
        start,
    } = lost;
    let taken = Conflict::SlotTaken { resource, start };
    let openings = openings.map(|openings| available(Some(&taken), openings));
    if !leads(desk) || !memory.is_free() {
        let mut lines = vec![desk.texts.just_taken(&desk.moment(start))];
        let openings = openings.as_deref();
        let near = openings.map(|openings| refused::spaced(desk, &draft, openings, start));
        lines.extend(alternatives(desk, near.as_deref()));
        return words(&lines);
    }
    let mut answer = Answer::new(desk, memory);
    answer.begin();
    if let Some(openings) = openings {
        return refused::lost(answer, draft, start, &openings).finish();
    }
    answer.say(desk.texts.just_taken(&desk.moment(start)));
    unseen::try_later(answer, draft).finish()
}

/// Says that it takes a while, and lets the customer talk to a person instead.
fn delayed(desk: &Desk<'_>, memory: Memory, event: &Event) -> Outcome {
    let text = desk.texts.delayed(&desk.told(&wanted(desk, event)));
    if !leads(desk) {
        return words(&[text]);
    }
    if !memory.is_free() {
        return words(&[text, desk.texts.or_person()]);
    }
    let mut answer = Answer::new(desk, memory);
    answer.begin();
    answer.memory.step = Step::Idle;
    let rows = vec![unseen::person_row(desk)];
    answer.ask(Question::new(text, rows)).finish()
}

/// Says that it did not come about, and calls a person: nobody knows what is in the calendar.
fn given_up(desk: &Desk<'_>, memory: Memory, event: &Event) -> Outcome {
    let mut answer = Answer::new(desk, memory);
    answer.begin();
    answer.say(desk.texts.given_up(&desk.told(&wanted(desk, event))));
    let language = desk.business.default_language();
    let office = Desk::new(desk.business, desk.turn, language);
    let which = office.told(&wanted(&office, event));
    let outcome = person::given_up(answer, &event.booking, &which).finish();
    if leads(desk) {
        return outcome;
    }
    Outcome {
        state: StateChange::Keep,
        effects: Vec::new(),
        ..outcome
    }
}

/// The appointment as its keeper was asked to have it.
fn wanted<'a>(desk: &'a Desk<'_>, event: &'a Event) -> Appointment<'a> {
    match &event.change {
        Change::Create | Change::Cancel => desk.booked(&event.booking),
        Change::Move {
            services,
            resource,
            visible,
            ..
        } => Appointment {
            for_name: event.booking.details.for_name.as_deref(),
            ..desk.appointment(services, resource, visible.start)
        },
    }
}

/// Whether the assistant leads this conversation.
fn leads(desk: &Desk<'_>) -> bool {
    desk.turn.state.as_ref().is_some_and(Memory::is_of)
}

// === impl Lost ===

impl Lost {
    fn of(desk: &Desk<'_>, event: &Event) -> Option<Self> {
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
        let person = desk.business.staff_member(resource);
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
