//! What a person has to see to: the thread is given to the staff, or they are told.
//!
//! The invariant: a customer who is told that the staff knows is never told so in vain; the alert
//! is in the same outcome.

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    super::{
        answer::Answer,
        desk::Desk,
        memory::{Memory, Step},
        texts,
    },
    talk,
};
use crate::{
    booking::Booking,
    workflow::{AlertKind, Handoff, Outcome},
};

/// The misses after which the menu is shown again.
const MISSES_TO_MENU: u8 = 2;
/// The misses after which a person is called.
const MISSES_TO_HANDOFF: u8 = 3;
/// The staff needs as much of its opening hours to answer.
const TIME_TO_ANSWER: TimeDelta = TimeDelta::hours(1);
/// How far ahead an opening is looked for.
const DAYS_AHEAD: usize = 14;

/// When the staff can be expected to answer.
pub(in super::super) struct Answering {
    /// They are told once more, should they not have answered: when they open, or had time to.
    pub(in super::super) remind_at: DateTime<Utc>,
    /// They have the conversation up to here.
    pub(in super::super) end: DateTime<Utc>,
}

/// Says the one text, and tells the owner at once.
pub(super) fn urgent(mut answer: Answer<'_>, n: usize) -> Outcome {
    let desk = answer.desk;
    answer.alert(AlertKind::Urgent, None);
    answer.say(desk.business.answers[n].text.get(desk.language));
    answer.end()
}

/// Gives the thread to the staff, because the customer wants it.
pub(super) fn called(mut answer: Answer<'_>) -> Outcome {
    answer.say(answer.desk.texts.handoff());
    hand_over(answer, Handoff::Asked)
}

/// Says in which languages can be written here, and that a person will answer.
pub(super) fn foreign(mut answer: Answer<'_>) -> Outcome {
    let desk = answer.desk;
    let languages = texts::languages(&desk.texts, &desk.business.languages);
    answer.say(desk.texts.other_language(&languages));
    hand_over(answer, Handoff::Language)
}

/// Asks again, then shows the menu, then calls a person.
pub(super) fn not_understood(mut answer: Answer<'_>) -> Outcome {
    let texts = answer.desk.texts;
    answer.memory.misses = answer.memory.misses.saturating_add(1);
    if answer.memory.misses >= MISSES_TO_HANDOFF {
        answer.memory = Memory {
            name: answer.memory.name.take(),
            language: answer.memory.language,
            ..Memory::new(answer.desk.turn.now)
        };
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
pub(super) fn late(mut answer: Answer<'_>, minutes: Option<u16>) -> Outcome {
    let desk = answer.desk;
    let Some(booking) = desk.current() else {
        answer.say(desk.texts.no_appointments());
        return answer.ask_again();
    };
    if booking.is_asked() {
        answer.say(desk.asking(booking));
        return talk::unless_asking_service(answer);
    }
    answer.alert(AlertKind::AboutBooking, Some(booking.id));
    let line = desk.line(booking);
    answer.say(match minutes {
        Some(minutes) => {
            let minutes = desk.dates.minutes(minutes.into());
            desk.texts.told_late_by(&minutes, &line)
        }
        None => desk.texts.told_late(&line),
    });
    talk::unless_asking_service(answer)
}

/// Tells the staff that the customer would rather come before the time they have.
pub(super) fn earlier(mut answer: Answer<'_>) -> Outcome {
    let desk = answer.desk;
    let Some(booking) = desk.upcoming().next() else {
        return talk::menu(answer);
    };
    if booking.is_asked() {
        answer.say(desk.asking(booking));
        return talk::unless_asking_service(answer);
    }
    answer.alert(AlertKind::AboutBooking, Some(booking.id));
    answer.say(desk.texts.told_earlier(&desk.line(booking)));
    talk::unless_asking_service(answer)
}

/// Leaves a group to the staff.
pub(super) fn group(mut answer: Answer<'_>) -> Outcome {
    answer.alert(AlertKind::AboutBooking, None);
    answer.say(answer.desk.texts.told_group());
    answer.end_keeping()
}

/// Gives the thread to the staff, because nobody knows what the keeper of a calendar made of an
/// appointment: they have to look. `which` is that appointment in the owner's language.
pub(super) fn given_up(mut answer: Answer<'_>, booking: &Booking, which: &str) -> Outcome {
    let desk = answer.desk;
    answer.release_holds(None);
    answer.memory.step = Step::Idle;
    let texts = texts::of(desk.business.default_language(), &desk.business.texts);
    answer.hand_over_booking(booking.id, texts.notice_given_up(which));
    answer.end()
}

fn hand_over(mut answer: Answer<'_>, why: Handoff) -> Outcome {
    answer.release_holds(None);
    answer.memory.step = Step::Idle;
    answer.hand_over(why);
    answer.end()
}

/// When the staff can be expected to answer: the first opening of which enough is left. None: no
/// opening is near, and the usual time has to do.
pub(in super::super) fn answering(desk: &Desk<'_>) -> Option<Answering> {
    let (zone, now) = (&desk.business.zone, desk.turn.now);
    let today = desk.local(now).date();
    today.iter_days().take(DAYS_AHEAD).find_map(|date| {
        let openings = desk.business.hours.on(date).iter().map(|range| {
            let midnight = date.and_time(chrono::NaiveTime::MIN);
            let at = |minute: u16| zone.instant(midnight + TimeDelta::minutes(minute.into()));
            (at(range.start_minute()), at(range.end_minute()))
        });
        let mut openings = openings.filter(|(start, end)| *end - now.max(*start) >= TIME_TO_ANSWER);
        let (start, end) = openings.next()?;
        let remind_at = if start > now {
            start
        } else {
            now + TIME_TO_ANSWER
        };
        Some(Answering { remind_at, end })
    })
}
