//! What a person has to see to: the thread is given to the staff, or they are told.
//!
//! The invariant: a customer who is told that the staff knows is never told so in vain; the alert
//! is in the same outcome.

use super::{
    super::{answer::Answer, memory::Step, order::Seen, texts},
    run::Run,
    talk,
};
use crate::{
    booking::Booking,
    workflow::{AlertKind, Handoff},
};

/// Gives the answer of that number, and nothing else, and tells the owner at once.
#[derive(Debug, PartialEq)]
pub(in super::super) struct Urgent(pub(in super::super) usize);

impl Run for Urgent {
    fn decide(self, answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        urgent(answer, self.0)
    }
}

/// Calls a person.
#[derive(Debug, PartialEq)]
pub(in super::super) struct Human;

impl Run for Human {
    fn decide(self, answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        called(answer)
    }
}

/// Answers a language that is not spoken here.
#[derive(Debug, PartialEq)]
pub(in super::super) struct Foreign;

impl Run for Foreign {
    fn decide(self, answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        foreign(answer)
    }
}

/// Tells the staff that the customer comes so many minutes late.
#[derive(Debug, PartialEq)]
pub(in super::super) struct Late(pub(in super::super) Option<u16>);

impl Run for Late {
    fn decide(self, answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        late(answer, self.0)
    }
}

/// Tells the staff that the customer would rather come before their appointment.
#[derive(Debug, PartialEq)]
pub(in super::super) struct Earlier;

impl Run for Earlier {
    fn decide(self, answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        earlier(answer)
    }
}

/// Leaves a group to the staff.
#[derive(Debug, PartialEq)]
pub(in super::super) struct Group;

impl Run for Group {
    fn decide(self, answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        group(answer)
    }
}

/// Asks again, then otherwise, then calls a person.
#[derive(Debug, PartialEq)]
pub(in super::super) struct NotUnderstood;

impl Run for NotUnderstood {
    fn decide(self, answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        not_understood(answer)
    }
}

/// The misses after which the menu is shown again.
const MISSES_TO_MENU: u8 = 2;
/// The misses after which a person is called.
const MISSES_TO_HANDOFF: u8 = 3;
/// Says the one text, and tells the owner at once.
pub(super) fn urgent(mut answer: Answer<'_>, n: usize) -> Answer<'_> {
    let context = answer.context;
    answer.alert(AlertKind::Urgent, None);
    answer.say(context.business.answers[n].text.get(context.language));
    answer.end()
}

/// Gives the thread to the staff, because the customer wants it.
pub(super) fn called(mut answer: Answer<'_>) -> Answer<'_> {
    answer.say(answer.context.texts.handoff());
    hand_over(answer, Handoff::Asked)
}

/// Says in which languages can be written here, and that a person will answer.
pub(super) fn foreign(mut answer: Answer<'_>) -> Answer<'_> {
    let context = answer.context;
    let languages = texts::languages(&context.texts, &context.business.languages);
    answer.say(context.texts.other_language(&languages));
    hand_over(answer, Handoff::Language)
}

/// Asks again, then shows the menu, then calls a person.
pub(super) fn not_understood(mut answer: Answer<'_>) -> Answer<'_> {
    let texts = answer.context.texts;
    answer.memory.misses = answer.memory.misses.saturating_add(1);
    if answer.memory.misses >= MISSES_TO_HANDOFF {
        answer.memory.begin_anew(answer.context.turn.now);
        answer.say(texts.handoff_not_understood());
        return hand_over(answer, Handoff::NotUnderstood);
    }
    answer.say(texts.not_understood());
    if answer.memory.misses == MISSES_TO_MENU {
        talk::menu(answer)
    } else {
        talk::or_menu(answer)
    }
}

/// Tells the staff that the customer will be late.
pub(super) fn late(mut answer: Answer<'_>, minutes: Option<u16>) -> Answer<'_> {
    let context = answer.context;
    let Some(booking) = context.current() else {
        answer.say(context.texts.no_appointments());
        return answer.ask_again();
    };
    if booking.is_asked() {
        answer.say(context.asking(booking));
        return talk::unless_asking_service(answer);
    }
    answer.alert(AlertKind::AboutBooking, Some(booking.id));
    let line = context.line(booking);
    answer.say(match minutes {
        Some(minutes) => {
            let minutes = context.dates.minutes(minutes.into());
            context.texts.told_late_by(&minutes, &line)
        }
        None => context.texts.told_late(&line),
    });
    talk::unless_asking_service(answer)
}

/// Tells the staff that the customer would rather come before the time they have.
pub(super) fn earlier(mut answer: Answer<'_>) -> Answer<'_> {
    let context = answer.context;
    let Some(booking) = context.upcoming().next() else {
        return talk::menu(answer);
    };
    if booking.is_asked() {
        answer.say(context.asking(booking));
        return talk::unless_asking_service(answer);
    }
    answer.alert(AlertKind::AboutBooking, Some(booking.id));
    answer.say(context.texts.told_earlier(&context.line(booking)));
    talk::unless_asking_service(answer)
}

/// Leaves a group to the staff.
pub(super) fn group(mut answer: Answer<'_>) -> Answer<'_> {
    answer.alert(AlertKind::AboutBooking, None);
    answer.say(answer.context.texts.told_group());
    answer.end_keeping()
}

/// Gives the thread to the staff, because nobody knows what the keeper of a calendar made of an
/// appointment: they have to look. `which` is that appointment in the owner's language.
pub(super) fn given_up<'a>(mut answer: Answer<'a>, booking: &Booking, which: &str) -> Answer<'a> {
    let context = answer.context;
    answer.release_holds(&[]);
    answer.memory.step = Step::Idle;
    let texts = texts::of(context.business.default_language(), context.business);
    answer.hand_over_booking(booking.id, texts.notice_given_up(which));
    answer.end()
}

fn hand_over(mut answer: Answer<'_>, why: Handoff) -> Answer<'_> {
    answer.release_holds(&[]);
    answer.memory.step = Step::Idle;
    answer.hand_over(why);
    answer.end()
}
