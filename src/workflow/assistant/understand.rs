//! The first pure step: from what was said, and where the conversation stands, to one wish.
//!
//! The invariant: a yes is only taken for the question that was asked last, and never together
//! with anything that changes what was asked about.

mod answered;
mod company;
mod existing;
mod times;

use chrono::NaiveDate;

use super::{
    asides::Asides,
    command::{
        Appointments, Aside, Book, Command, Farewell, Foreign, GiveName, Greet, Human, Menu,
        NotUnderstood, OptIn, OptOut, Silence, StartOver, Switched, Thanks, Urgent, Wait,
    },
    hear::{LanguageWish, Utterance},
    memory::{Draft, ForWhom, Memory, Step},
    order::Order,
    token::Action,
    turn_context::TurnContext,
};
use crate::{
    booking::ServiceId,
    language::{day::Days, intent::Intent},
};

/// Understands one thing that was said, and takes note of what is remembered of it.
pub(super) fn understand(
    context: &TurnContext<'_>,
    memory: &mut Memory,
    mut heard: Utterance,
) -> (Command, Asides) {
    memory.language = heard.language.or(memory.language);
    // Where it was asked for, it may be somebody else's.
    let is_asked = matches!(memory.step, Step::Name { .. });
    if let Some(name) = heard.name.as_deref().filter(|_| !is_asked) {
        memory.name = Some(name.into());
    }
    if let (true, None, Some(ForWhom::Named(name))) = (is_asked, &heard.name, &heard.for_whom) {
        // "His name is Emilio": it is put under that name too.
        heard.name = Some(name.to_string());
    }
    company::recall(memory, &mut heard);
    times::speak_of_what_stands(context, memory, &mut heard);
    times::leave_out_what_stands(context, memory, &mut heard);
    times::leave_out_what_is_proposed(context, memory, &mut heard);
    times::count_from_what_stands(context, memory, &mut heard);
    company::part(context, memory, &mut heard);
    times::pick_among_offered(context, memory, &mut heard);
    times::look_at(context, memory, &heard);
    answered::name_in_a_yes(memory, &heard);
    let mut asides = Asides::of(&heard);
    if let Some(prices) = asides.prices.as_mut().filter(|prices| prices.is_empty()) {
        *prices = talked_of(context, memory);
    }
    let mut command = command(context, memory, &heard);
    if asides.prices.is_some() && !heard.services.is_empty() {
        if memory.topic != heard.services {
            memory.earlier = std::mem::take(&mut memory.topic);
        }
        memory.topic.clone_from(&heard.services);
        memory.topic_for = None;
    }
    let is_asked_about = memory.step == Step::Idle && !memory.topic.is_empty();
    if is_asked_about && heard.for_whom.is_some() && heard.when.is_empty() {
        memory.topic_for.clone_from(&heard.for_whom);
    }
    if heard.only_corrects {
        command = command.of_correction(memory.step == Step::Idle);
    }
    if let Some(name) = heard.name.as_deref().filter(|_| is_asked)
        && !matches!(command, Command::GiveName(_))
    {
        memory.give_name(name, heard.for_whom.as_ref());
    }
    (command, asides)
}

/// The services whose prices are asked for where none is named: those that are being booked, or
/// that were asked about or booked last.
fn talked_of(context: &TurnContext<'_>, memory: &Memory) -> Vec<ServiceId> {
    if let Some(draft) = memory.draft() {
        let with = draft.with.iter().map(|one| draft.services_of(one));
        let all = std::iter::once(&draft.services).chain(with);
        return all.flat_map(|services| services.iter().cloned()).collect();
    }
    if let Step::Service { wish } = &memory.step {
        let besides = wish.besides.iter().flatten();
        return wish.among.iter().chain(besides).cloned().collect();
    }
    if !memory.topic.is_empty() {
        return memory.topic.concat();
    }
    let booked = context
        .upcoming()
        .find(|one| Some(one.id) == memory.spoken_of);
    let services = booked.map(|one| one.details.services.iter().cloned().collect());
    services.unwrap_or_default()
}

fn command(context: &TurnContext<'_>, memory: &mut Memory, heard: &Utterance) -> Command {
    // Words are never met with silence while a question is open.
    let is_open = memory.step != Step::Idle && heard.is_worded;
    if heard.is_silent() && !is_open {
        return Silence.into();
    }
    if let Some(wish) = before_all(context, heard) {
        return wish;
    }
    if let Some(wish) = existing::command(context, memory, heard) {
        return wish;
    }
    if heard.hesitates {
        return Wait.into();
    }
    if let Some(command) = answered::yes_with_name(memory, heard) {
        return command;
    }
    if let Some((assent, about)) = heard.answer
        && !answered::changes(context, memory, heard)
    {
        return answered::command(context, memory, heard, assent, about);
    }
    let is_asked = matches!(memory.step, Step::Name { .. });
    if let Some(name) = &heard.name
        && !heard.wants_booking()
        && is_asked
    {
        return GiveName(name.clone()).into();
    }
    booking_or_talk(context, memory, heard)
}

/// What goes before anything else that is said.
fn before_all(context: &TurnContext<'_>, heard: &Utterance) -> Option<Command> {
    let answers = &context.business.answers;
    if let Some(&urgent) = heard.answers.iter().find(|&&n| answers[n].urgent) {
        return Some(Urgent(urgent).into());
    }
    if heard.tongue == Some(LanguageWish::Foreign) {
        return Some(Foreign.into());
    }
    let firsts = [
        (Intent::Stop, OptOut.into()),
        (Intent::Resume, OptIn.into()),
        (Intent::Human, Human.into()),
        (Intent::StartOver, StartOver.into()),
    ];
    let mut firsts = firsts.into_iter();
    firsts.find_map(|(intent, wish)| heard.has(intent).then_some(wish))
}

/// Whether something is said that makes a yes doubtful.
fn changes(memory: &Memory, heard: &Utterance) -> bool {
    let just_that = |draft: &Draft| draft.is_just(&heard.services);
    heard.start.is_some()
        || heard.page.is_some()
        || heard.staff.is_some()
        || !heard.not_staff.is_empty()
        || !heard.not_services.is_empty()
        || heard.for_whom.is_some()
        || !heard.when.is_empty()
        || !(heard.services.is_empty() || memory.draft().is_some_and(just_that))
}

/// What is left once nothing is cancelled or assented to.
fn booking_or_talk(context: &TurnContext<'_>, memory: &Memory, heard: &Utterance) -> Command {
    // "I have an appointment elsewhere on Monday, Wednesday suits me" says when.
    let is_said = memory.draft().is_some() && heard.wants_booking();
    if heard.has(Intent::Appointments) && !is_said {
        return Appointments.into();
    }
    let asks_price = heard.has(Intent::Price) && heard.when.is_empty() && heard.start.is_none();
    // "At 10, when you open" is a time, and "is Ana in on Friday?" is remembered for what is booked
    // then.
    let asks_hours = heard.has(Intent::Hours)
        && heard.services.is_empty()
        && heard.staff.is_none()
        && (heard.when.times.at.is_empty() || memory.draft().is_none());
    if (asks_price || asks_hours) && !heard.has(Intent::Book) {
        return aside(heard);
    }
    let mut order = Order::of(memory, heard);
    let at_another_time = heard.reference.is_more && !heard.when.times.is_empty();
    let for_another = heard.for_whom.is_some() && heard.services.is_empty();
    let is_alike = heard.adds_person
        || heard.reference.is_another
        || heard.reference.in_turn
        || at_another_time
        || for_another;
    if is_alike {
        like_the_last(context, memory, heard, &mut order);
    }
    let says_hour = !heard.when.times.at.is_empty() && !heard.services.is_empty();
    let says_time = heard.when.days.is_none() && !heard.when.times.is_empty();
    if says_time && order.when.days.is_none() {
        let booked = || day_of_the_last(context, memory).filter(|_| is_alike || says_hour);
        let day = day_asked_about(memory).or_else(booked);
        order.when.days = day.map(|day| Days::OneOf(vec![day]));
    }
    if heard.wants_booking() || order.end.is_some() || order.relative.is_some() {
        return Book(Box::new(order)).into();
    }
    let settling = memory.draft().is_some();
    if settling && (order.anyone || order.anytime) {
        return Book(Box::new(order)).into();
    }
    if heard.has(Intent::More) && matches!(memory.step, Step::Time { .. }) {
        return Book(Box::new(more(memory))).into();
    }
    talk(memory, heard)
}

/// "And one for my son": the same, at the same time or right after, but for what is said.
fn like_the_last(context: &TurnContext<'_>, memory: &Memory, heard: &Utterance, order: &mut Order) {
    let last = context
        .upcoming()
        .find(|one| Some(one.id) == memory.spoken_of);
    let Some(last) = last.filter(|_| memory.draft().is_none()) else {
        return;
    };
    let details = &last.details;
    // "My mother right after me": with whom the customer is.
    let is_same = order.services.is_empty() || heard.for_whom.is_some();
    if order.in_turn && order.staff.is_none() && is_same {
        let person = context.business.staff_member(&details.resource);
        order.staff = person.map(|person| person.id.clone());
    }
    if order.services.is_empty() {
        order.services = details.services.iter().map(|id| vec![id.clone()]).collect();
    }
    if heard.when.is_empty() && heard.start.is_none() {
        order.near = Some(if order.in_turn {
            details.visible.end
        } else {
            details.visible.start
        });
    }
}

/// Returns the day that was asked about while nothing is being booked: "when are you open on
/// Saturday?" … "At 12 then."
fn day_asked_about(memory: &Memory) -> Option<NaiveDate> {
    let (day, last) = memory.window.filter(|_| memory.draft().is_none())?;
    (day == last).then_some(day)
}

/// Returns the day of what was booked just before: "and a massage at 12 for me".
fn day_of_the_last(context: &TurnContext<'_>, memory: &Memory) -> Option<NaiveDate> {
    let mut upcoming = context.upcoming();
    let last = upcoming.find(|one| Some(one.id) == memory.spoken_of);
    let last = last.filter(|_| memory.draft().is_none())?;
    Some(context.start(last).date())
}

/// The next times after those that were offered.
fn more(memory: &Memory) -> Order {
    let page = memory
        .offered
        .iter()
        .find_map(|offered| match offered.action {
            Action::More(page) => Some(page),
            _ => None,
        });
    Order {
        page,
        ..Order::default()
    }
}

/// Returns whether it is about an appointment, though none is known: "can I come later?"
fn about_none(heard: &Utterance) -> bool {
    let all = [
        Intent::Later,
        Intent::Earlier,
        Intent::SameTime,
        Intent::CannotCome,
        Intent::Late,
    ];
    all.into_iter().any(|intent| heard.has(intent))
}

/// Only what is asked along the way.
fn aside(heard: &Utterance) -> Command {
    Aside(Asides::of(heard).asks_anything()).into()
}

fn talk(memory: &Memory, heard: &Utterance) -> Command {
    let asked =
        !heard.answers.is_empty() || heard.has(Intent::Address) || heard.has(Intent::Policy);
    if heard.has(Intent::Menu) {
        Menu.into()
    } else if heard.has(Intent::Book) || heard.has(Intent::More) {
        match memory.step {
            Step::Time { .. } | Step::Name { .. } | Step::Confirm { .. } => aside(heard),
            _ => Book(Box::default()).into(),
        }
    } else if asked || heard.name.is_some() && memory.step != Step::Idle {
        aside(heard)
    } else if heard.has(Intent::Greeting) || heard.name.is_some() {
        Greet.into()
    } else if heard.has(Intent::Thanks) {
        Thanks.into()
    } else if heard.has(Intent::Farewell) {
        Farewell.into()
    } else if heard.tongue.is_some() {
        Switched.into()
    } else if heard.puzzling {
        NotUnderstood.into()
    } else if memory.step == Step::Idle && about_none(heard) {
        Appointments.into()
    } else if memory.step == Step::Idle && (heard.has(Intent::Anytime) || heard.has(Intent::Anyone))
    {
        Book(Box::default()).into()
    } else {
        aside(heard)
    }
}
