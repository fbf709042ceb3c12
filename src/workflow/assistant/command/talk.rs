//! Commands that change no booking: greetings, the menu, thanks.

use super::{
    super::{
        answer::Answer,
        memory::{Step, Wished},
        order::Seen,
        question::{Question, service_rows},
    },
    run::Run,
};
use crate::workflow::Consent;

/// Goes on in another of the business's languages, and nothing else.
#[derive(Debug, PartialEq)]
pub(in super::super) struct Switched;

impl Run for Switched {
    fn decide(self, mut answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        answer.say(answer.context.texts.switched_language());
        or_menu(answer)
    }
}

/// Begins again.
#[derive(Debug, PartialEq)]
pub(in super::super) struct StartOver;

impl Run for StartOver {
    fn decide(self, mut answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        answer.say(answer.context.texts.started_over());
        menu(answer)
    }
}

/// Writes no more unasked.
#[derive(Debug, PartialEq)]
pub(in super::super) struct OptOut;

impl Run for OptOut {
    fn decide(self, mut answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        answer.release_holds(&[]);
        answer.memory.step = Step::Idle;
        answer.consent = Some(Consent::OptOut);
        answer.say(answer.context.texts.opted_out());
        answer.end()
    }
}

/// Writes unasked again.
#[derive(Debug, PartialEq)]
pub(in super::super) struct OptIn;

impl Run for OptIn {
    fn decide(self, mut answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        answer.consent = Some(Consent::OptIn);
        answer.say(answer.context.texts.opted_in());
        unless_asking_service(answer)
    }
}

/// Says hello.
#[derive(Debug, PartialEq)]
pub(in super::super) struct Greet;

impl Run for Greet {
    fn decide(self, answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        match answer.memory.step {
            Step::Idle | Step::Service { .. } => greet(answer),
            _ => answer.ask_again(),
        }
    }
}

/// Says what can be done here.
#[derive(Debug, PartialEq)]
pub(in super::super) struct Menu;

impl Run for Menu {
    fn decide(self, answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        menu(answer)
    }
}

/// Says what the customer has booked.
#[derive(Debug, PartialEq)]
pub(in super::super) struct Appointments;

impl Run for Appointments {
    fn decide(self, mut answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        appointments(&mut answer);
        unless_asking_service(answer)
    }
}

/// Answers thanks.
#[derive(Debug, PartialEq)]
pub(in super::super) struct Thanks;

impl Run for Thanks {
    fn decide(self, mut answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        answer.say(answer.context.texts.welcome());
        unless_asking_service(answer)
    }
}

/// Says goodbye.
#[derive(Debug, PartialEq)]
pub(in super::super) struct Farewell;

impl Run for Farewell {
    fn decide(self, mut answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        answer.say(answer.context.texts.farewell());
        answer.end_keeping()
    }
}

/// Takes note of a yes or no to nothing in particular.
#[derive(Debug, PartialEq)]
pub(in super::super) struct AllRight;

impl Run for AllRight {
    fn decide(self, mut answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        answer.memory.step = Step::Idle;
        answer.say(answer.context.texts.all_right());
        answer.end()
    }
}

/// Says that another wish in the place of an answered one comes too late.
#[derive(Debug, PartialEq)]
pub(in super::super) struct EditedTooLate;

impl Run for EditedTooLate {
    fn decide(self, mut answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        answer.say(answer.context.texts.edited_too_late());
        answer.end_keeping()
    }
}

/// Says that a choice no longer holds.
#[derive(Debug, PartialEq)]
pub(in super::super) struct Stale;

impl Run for Stale {
    fn decide(self, mut answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        answer.say(answer.context.texts.stale());
        or_menu(answer)
    }
}

/// Goes back to the open question after what was asked along the way, if anything was.
#[derive(Debug, PartialEq)]
pub(in super::super) struct Aside(pub(in super::super) bool);

impl Run for Aside {
    fn decide(self, answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        aside(answer, self.0)
    }
}

/// Says what the customer has, and then what its keeper has not answered yet.
fn appointments(answer: &mut Answer<'_>) {
    let context = answer.context;
    let texts = context.texts;
    let (asked, settled): (Vec<_>, Vec<_>) = context.upcoming().partition(|one| one.is_asked());
    let lines: Vec<_> = settled
        .iter()
        .map(|booking| context.line(booking))
        .collect();
    match lines.as_slice() {
        [] if asked.is_empty() => answer.say(texts.no_appointments()),
        [] => {}
        [one] => {
            answer.memory.spoken_of = context.upcoming().next().map(|one| one.id);
            answer.say(texts.your_appointment(one));
        }
        _ => answer.say(texts.your_appointments(&lines.join("\n"))),
    }
    for booking in asked {
        answer.say(context.asking(booking));
    }
}

/// Goes back to the open question after what was asked along the way.
fn aside(mut answer: Answer<'_>, is_asked: bool) -> Answer<'_> {
    let texts = answer.context.texts;
    let has_none = answer.context.upcoming().next().is_none();
    if is_asked && has_none && matches!(answer.memory.step, Step::Idle) {
        answer.say(texts.how_to_book());
    }
    if matches!(answer.memory.step, Step::Name { .. }) && !is_asked {
        return answer.ask(Question::plain(texts.ask_name_again()));
    }
    if answer.has_lead() {
        unless_asking_service(answer)
    } else {
        answer.ask_again()
    }
}

/// Asks the open question again; the first one, for a service, need not be repeated.
pub(super) fn unless_asking_service(answer: Answer<'_>) -> Answer<'_> {
    match answer.memory.step {
        Step::Service { .. } => answer.end_keeping(),
        _ => answer.ask_again(),
    }
}

/// Asks the open question again, or shows the menu where none is open.
pub(super) fn or_menu(answer: Answer<'_>) -> Answer<'_> {
    match answer.open_question() {
        Some(question) => answer.ask(question),
        None => menu(answer),
    }
}

fn greet(mut answer: Answer<'_>) -> Answer<'_> {
    let context = answer.context;
    if let Some(next) = context.upcoming().next() {
        answer.say(if next.is_asked() {
            context.asking(next)
        } else {
            context.texts.next_appointment(&context.line(next))
        });
    }
    let text = context.texts.greeting(&context.business.name);
    services(answer, text)
}

/// Says what can be done here.
pub(super) fn menu(answer: Answer<'_>) -> Answer<'_> {
    let text = answer.context.texts.menu(&answer.context.business.name);
    services(answer, text)
}

/// Shows the services; a draft is dropped with what was held for it.
fn services(mut answer: Answer<'_>, text: String) -> Answer<'_> {
    answer.release_holds(&[]);
    answer.memory.step = Step::Service {
        wish: Wished::default(),
    };
    let rows = service_rows(answer.context, &[], 0);
    answer.ask(Question::new(text, rows))
}
