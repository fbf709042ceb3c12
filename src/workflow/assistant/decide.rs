//! The second pure step: from a wish and what is free to the outcome.
//!
//! The invariant: what is firm changes only on [`Wish::Confirm`] and [`Wish::ConfirmCancel`],
//! which only the customer's own yes to the last question gives.

mod book;
mod cancel;
mod times;

use super::{
    answer::{Answer, Question, service_rows},
    desk::Desk,
    hear::Unread,
    memory::{Memory, Recall, Step, When},
    order::Plan,
    understand::{Asides, Understood, Wish},
};
use crate::{
    booking::Opening,
    workflow::{AlertKind, Consent, Handoff, Outcome},
};

/// The misses after which the menu is shown again.
const MISSES_TO_MENU: u8 = 2;
/// The misses after which a person is called.
const MISSES_TO_HANDOFF: u8 = 3;

/// Decides what is said and done.
pub(super) fn decide(
    desk: &Desk<'_>,
    understood: Understood,
    plan: Option<Plan>,
    openings: &[Opening],
) -> Outcome {
    let Understood {
        memory,
        recall,
        asides,
        wish,
    } = understood;
    if wish == Wish::Silence {
        return Outcome::default();
    }
    let mut answer = Answer {
        desk,
        memory,
        lead: Vec::new(),
        effects: Vec::new(),
        handoff: None,
        alerts: Vec::new(),
        consent: None,
    };
    if wish != Wish::NotUnderstood {
        answer.memory.misses = 0;
    }
    if let Wish::Urgent(n) = wish {
        answer.alert(AlertKind::Urgent, None);
        let text = desk.business.answers[n].text.get(desk.language);
        answer.say(text);
        return answer.end();
    }
    if recall == Recall::Lapsed {
        // What was going to be booked is forgotten, so that it is not kept free either.
        answer.release_holds(None);
        answer.say(desk.texts.lapsed());
    }
    aside(&mut answer, &asides);
    match wish {
        Wish::Book(_) => match plan {
            Some(plan) => book::order(answer, plan, openings),
            None => answer.ask_again(),
        },
        Wish::Name(name) => book::name(answer, &name),
        Wish::Confirm => book::confirm(answer, openings),
        Wish::Decline => book::decline(answer, openings),
        Wish::BookedAlready(id) => book::already(answer, id),
        Wish::DropDraft => book::drop_draft(answer),
        Wish::Cancel(id) => cancel::ask(answer, id),
        Wish::ConfirmCancel(id, version) => cancel::confirm(answer, id, version),
        Wish::Keep(id) => cancel::keep(answer, id),
        wish => talk(answer, &wish, &asides),
    }
}

/// Answers what was asked along the way.
fn aside(answer: &mut Answer<'_>, asides: &Asides) {
    let desk = answer.desk;
    let texts = desk.texts;
    for &n in &asides.answers {
        answer.say(desk.business.answers[n].text.get(desk.language));
    }
    if asides.hours {
        answer.say(hours(desk));
    }
    if let Some(services) = &asides.prices {
        let asked = |one: &&crate::booking::business::Service| {
            services.is_empty() || services.contains(&one.id)
        };
        let lines: Vec<_> = desk
            .business
            .services
            .iter()
            .filter(asked)
            .map(|service| {
                let name = service.name.get(desk.language);
                let minutes = desk.dates.minutes(service.duration.num_minutes());
                match desk.price(service) {
                    Some(price) => texts.price(name, price, &minutes),
                    None => texts.price_unknown(name, &minutes),
                }
            })
            .collect();
        answer.say(match lines.as_slice() {
            [one] => one.clone(),
            _ => texts.prices(&lines.join("\n")),
        });
    }
    if asides.address {
        let address = desk
            .business
            .address
            .as_ref()
            .map(|address| address.get(desk.language));
        let map_url = desk.business.map_url.as_ref().map(url::Url::as_str);
        let ways: Vec<_> = address.into_iter().chain(map_url).collect();
        answer.say(if ways.is_empty() {
            texts.no_address()
        } else {
            texts.our_address(&ways.join("\n"))
        });
    }
    if let Some(unread) = asides.unread {
        answer.say(match unread {
            Unread::Voice => texts.cannot_listen(),
            Unread::Place => texts.cannot_place(),
            Unread::Other => texts.cannot_see(),
        });
    }
}

/// The week, with equal days next to each other on one line.
fn hours(desk: &Desk<'_>) -> String {
    use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    let texts = desk.texts;
    let mut lines: Vec<(chrono::Weekday, chrono::Weekday, String)> = Vec::new();
    for weekday in [Mon, Tue, Wed, Thu, Fri, Sat, Sun] {
        let ranges = desk.business.hours.on_weekday(weekday).iter();
        let ranges: Vec<_> = ranges
            .map(|range| desk.dates.range(range.start_minute(), range.end_minute()))
            .collect();
        let open = if ranges.is_empty() {
            texts.closed()
        } else {
            ranges.join(", ")
        };
        match lines.last_mut() {
            Some((_, last, same)) if *same == open => *last = weekday,
            _ => lines.push((weekday, weekday, open)),
        }
    }
    let line = |(first, last, open): &(chrono::Weekday, chrono::Weekday, String)| {
        let name = |weekday| desk.dates.weekday(weekday);
        if first == last {
            format!("{}: {open}", name(*first))
        } else {
            format!("{} – {}: {open}", name(*first), name(*last))
        }
    };
    let lines: Vec<_> = lines.iter().map(line).collect();
    texts.opening_hours(&lines.join("\n"))
}

/// What is neither booked nor cancelled.
fn talk(mut answer: Answer<'_>, wish: &Wish, asides: &Asides) -> Outcome {
    let desk = answer.desk;
    let texts = desk.texts;
    match wish {
        // Until it can be moved here, a person moves it.
        Wish::Human | Wish::Reschedule => {
            answer.release_holds(None);
            answer.memory.step = Step::Idle;
            answer.handoff = Some(Handoff::Asked);
            answer.alert(AlertKind::PersonWanted, None);
            answer.say(texts.handoff());
            answer.end()
        }
        Wish::Foreign => {
            answer.release_holds(None);
            answer.memory.step = Step::Idle;
            answer.handoff = Some(Handoff::Asked);
            answer.alert(AlertKind::PersonWanted, None);
            for &language in &desk.business.languages {
                let texts = super::texts::of(language, &desk.business.texts);
                answer.say(texts.other_language());
            }
            answer.end()
        }
        Wish::Switched => {
            answer.say(texts.switched_language());
            or_menu(answer)
        }
        Wish::StartOver => {
            answer.release_holds(None);
            answer.memory.step = Step::Idle;
            answer.say(texts.started_over());
            menu(answer)
        }
        Wish::Stop => {
            answer.release_holds(None);
            answer.memory.step = Step::Idle;
            answer.consent = Some(Consent::OptOut);
            answer.say(texts.opted_out());
            answer.end()
        }
        Wish::Greet => match answer.memory.step {
            Step::Idle | Step::Service { .. } => greet(answer),
            _ => answer.ask_again(),
        },
        Wish::Menu => menu(answer),
        Wish::Appointments => {
            let lines: Vec<_> = desk.upcoming().map(|booking| desk.line(booking)).collect();
            answer.say(match lines.as_slice() {
                [] => texts.no_appointments(),
                [one] => texts.your_appointment(one),
                _ => texts.your_appointments(&lines.join("\n")),
            });
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
        Wish::Stale => {
            answer.say(texts.stale());
            or_menu(answer)
        }
        Wish::Aside => {
            if asides.asks_anything() && matches!(answer.memory.step, Step::Idle) {
                answer.say(texts.how_to_book());
            }
            if matches!(answer.memory.step, Step::Name { .. }) && !asides.asks_anything() {
                return answer.ask(Question::plain(texts.ask_name_again()));
            }
            unless_asking_service(answer)
        }
        _ => not_understood(answer),
    }
}

/// Asks the open question again; the first one, for a service, need not be repeated.
fn unless_asking_service(answer: Answer<'_>) -> Outcome {
    match answer.memory.step {
        Step::Service { .. } => answer.end_keeping(),
        _ => answer.ask_again(),
    }
}

/// Asks the open question again, or shows the menu where none is open.
fn or_menu(answer: Answer<'_>) -> Outcome {
    match answer.open_question() {
        Some(question) => answer.ask(question),
        None => menu(answer),
    }
}

fn greet(mut answer: Answer<'_>) -> Outcome {
    let desk = answer.desk;
    if let Some(next) = desk.upcoming().next() {
        answer.say(desk.texts.next_appointment(&desk.line(next)));
    }
    let text = desk.texts.greeting(&desk.business.name);
    services(answer, text)
}

fn menu(answer: Answer<'_>) -> Outcome {
    let text = answer.desk.texts.menu(&answer.desk.business.name);
    services(answer, text)
}

/// Shows the services; a draft is dropped with what was held for it.
fn services(mut answer: Answer<'_>, text: String) -> Outcome {
    answer.release_holds(None);
    let when = When::default();
    answer.memory.step = Step::Service { when };
    let rows = service_rows(answer.desk, &[], 0);
    answer.ask(Question { text, rows })
}

fn not_understood(mut answer: Answer<'_>) -> Outcome {
    let texts = answer.desk.texts;
    answer.memory.misses = answer.memory.misses.saturating_add(1);
    match answer.memory.misses {
        misses if misses >= MISSES_TO_HANDOFF => {
            answer.release_holds(None);
            answer.memory = Memory {
                name: answer.memory.name.take(),
                ..Memory::new(answer.desk.turn.now)
            };
            answer.handoff = Some(Handoff::NotUnderstood);
            answer.alert(AlertKind::PersonWanted, None);
            answer.say(texts.handoff_not_understood());
            answer.end()
        }
        MISSES_TO_MENU => {
            answer.say(texts.not_understood());
            menu(answer)
        }
        _ => {
            answer.say(texts.not_understood());
            or_menu(answer)
        }
    }
}

// === impl Asides ===

impl Asides {
    fn asks_anything(&self) -> bool {
        !self.answers.is_empty() || self.hours || self.address || self.prices.is_some()
    }
}
