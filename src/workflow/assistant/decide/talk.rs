//! What is neither booked nor cancelled: greetings, the menu, thanks.

use super::super::{
    answer::{Answer, Question},
    memory::{Step, Wished},
    question::service_rows,
    understand::{Asides, Wish},
};
use crate::workflow::{Consent, Outcome};

pub(super) fn talk(mut answer: Answer<'_>, wish: &Wish, asides: &Asides) -> Outcome {
    let desk = answer.desk;
    let texts = desk.texts;
    match wish {
        Wish::Switched => {
            answer.say(texts.switched_language());
            or_menu(answer)
        }
        Wish::StartOver => {
            answer.say(texts.started_over());
            menu(answer)
        }
        Wish::OptOut => {
            answer.release_holds(None);
            answer.memory.step = Step::Idle;
            answer.consent = Some(Consent::OptOut);
            answer.say(texts.opted_out());
            answer.end()
        }
        Wish::OptIn => {
            answer.consent = Some(Consent::OptIn);
            answer.say(texts.opted_in());
            unless_asking_service(answer)
        }
        Wish::Greet => match answer.memory.step {
            Step::Idle | Step::Service { .. } => greet(answer),
            _ => answer.ask_again(),
        },
        Wish::Menu => menu(answer),
        Wish::Appointments => {
            appointments(&mut answer);
            unless_asking_service(answer)
        }
        Wish::Thanks => {
            answer.say(texts.welcome());
            unless_asking_service(answer)
        }
        Wish::Farewell => {
            answer.say(texts.farewell());
            answer.end_keeping()
        }
        Wish::AllRight => {
            answer.memory.step = Step::Idle;
            answer.say(texts.all_right());
            answer.end()
        }
        Wish::EditedTooLate => {
            answer.say(texts.edited_too_late());
            answer.end_keeping()
        }
        Wish::Stale => {
            answer.say(texts.stale());
            or_menu(answer)
        }
        _ => aside(answer, asides),
    }
}

/// Says what the customer has, and then what its keeper has not answered yet.
fn appointments(answer: &mut Answer<'_>) {
    let desk = answer.desk;
    let texts = desk.texts;
    let (asked, settled): (Vec<_>, Vec<_>) = desk.upcoming().partition(|one| one.is_asked());
    let lines: Vec<_> = settled.iter().map(|booking| desk.line(booking)).collect();
    match lines.as_slice() {
        [] if asked.is_empty() => answer.say(texts.no_appointments()),
        [] => {}
        [one] => answer.say(texts.your_appointment(one)),
        _ => answer.say(texts.your_appointments(&lines.join("\n"))),
    }
    for booking in asked {
        answer.say(desk.asking(booking));
    }
}

/// Goes back to the open question after what was asked along the way.
fn aside(mut answer: Answer<'_>, asides: &Asides) -> Outcome {
    let texts = answer.desk.texts;
    let has_none = answer.desk.upcoming().next().is_none();
    if asides.asks_anything() && has_none && matches!(answer.memory.step, Step::Idle) {
        answer.say(texts.how_to_book());
    }
    if matches!(answer.memory.step, Step::Name { .. }) && !asides.asks_anything() {
        return answer.ask(Question::plain(texts.ask_name_again()));
    }
    if answer.has_lead() {
        unless_asking_service(answer)
    } else {
        answer.ask_again()
    }
}

/// Asks the open question again; the first one, for a service, need not be repeated.
pub(super) fn unless_asking_service(answer: Answer<'_>) -> Outcome {
    match answer.memory.step {
        Step::Service { .. } => answer.end_keeping(),
        _ => answer.ask_again(),
    }
}

/// Asks the open question again, or shows the menu where none is open.
pub(super) fn or_menu(answer: Answer<'_>) -> Outcome {
    match answer.open_question() {
        Some(question) => answer.ask(question),
        None => menu(answer),
    }
}

fn greet(mut answer: Answer<'_>) -> Outcome {
    let desk = answer.desk;
    if let Some(next) = desk.upcoming().next() {
        answer.say(if next.is_asked() {
            desk.asking(next)
        } else {
            desk.texts.next_appointment(&desk.line(next))
        });
    }
    let text = desk.texts.greeting(&desk.business.name);
    services(answer, text)
}

/// Says what can be done here.
pub(super) fn menu(answer: Answer<'_>) -> Outcome {
    let text = answer.desk.texts.menu(&answer.desk.business.name);
    services(answer, text)
}

/// Shows the services; a draft is dropped with what was held for it.
fn services(mut answer: Answer<'_>, text: String) -> Outcome {
    answer.release_holds(None);
    answer.memory.step = Step::Service {
        wish: Wished::default(),
    };
    let rows = service_rows(answer.desk, &[], 0);
    answer.ask(Question { text, rows })
}
