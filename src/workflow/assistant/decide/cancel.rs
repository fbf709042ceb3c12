//! Giving an appointment up: which, then yes, then it is gone.

use super::super::{
    answer::{Answer, Question, Row, cancel_question},
    memory::Step,
    token::Action,
};
use crate::{
    booking::{Booking, BookingId, Effect},
    workflow::{AlertKind, Outcome},
};

/// Asks which appointment is meant, or whether it is really to go.
pub(super) fn ask(mut answer: Answer<'_>, id: Option<BookingId>) -> Outcome {
    let desk = answer.desk;
    let texts = desk.texts;
    let upcoming: Vec<_> = desk.upcoming().collect();
    let meant = id.map(|id| upcoming.iter().find(|booking| booking.id == id));
    answer.release_holds(None);
    answer.memory.step = Step::Idle;
    match (meant, upcoming.as_slice()) {
        (Some(Some(booking)), _) | (None, [booking]) => ask_about(answer, booking),
        (Some(None), _) => {
            answer.say(texts.gone());
            answer.end()
        }
        (None, []) => {
            answer.say(texts.no_appointments());
            answer.end()
        }
        (None, several) => {
            let rows = several.iter().map(|booking| {
                let appointment = desk.booked(booking);
                let title = desk.dates.short_moment(appointment.at);
                Row::new(Action::Cancel(booking.id), &title).described(&desk.line(booking))
            });
            let question = Question {
                text: texts.which_to_cancel(),
                rows: rows.collect(),
            };
            answer.memory.step = Step::ChooseCancel;
            answer.ask(question)
        }
    }
}

fn ask_about(mut answer: Answer<'_>, booking: &Booking) -> Outcome {
    if is_too_late(&answer, booking) {
        return too_late(answer, booking);
    }
    answer.memory.step = Step::ConfirmCancel {
        id: booking.id,
        version: booking.version,
    };
    let question = cancel_question(answer.desk, booking);
    answer.ask(question)
}

fn is_too_late(answer: &Answer<'_>, booking: &Booking) -> bool {
    let desk = answer.desk;
    booking.details.visible.start - desk.turn.now < desk.business.rules.cancel_cutoff
}

fn too_late(mut answer: Answer<'_>, booking: &Booking) -> Outcome {
    let desk = answer.desk;
    answer.memory.step = Step::Idle;
    answer.alert(AlertKind::AboutBooking, Some(booking.id));
    answer.say(desk.texts.told_too_late(&desk.line(booking)));
    if let Some(phone) = &desk.business.phone {
        answer.say(desk.texts.call_us(phone.as_str()));
    }
    answer.end()
}

/// Gives it up, as it was seen when the customer was asked; changed since, it is asked again.
pub(super) fn confirm(mut answer: Answer<'_>, id: BookingId, version: u32) -> Outcome {
    let desk = answer.desk;
    let Some(booking) = desk.upcoming().find(|booking| booking.id == id) else {
        answer.memory.step = Step::Idle;
        answer.say(desk.texts.gone());
        return answer.end();
    };
    if booking.version != version {
        return ask_about(answer, booking);
    }
    if is_too_late(&answer, booking) {
        return too_late(answer, booking);
    }
    answer.effects.push(Effect::Cancel { id, version });
    answer.memory.step = Step::Idle;
    answer.say(desk.texts.cancelled(&desk.line(booking)));
    answer.end()
}

/// Leaves it as it is.
pub(super) fn keep(mut answer: Answer<'_>, id: Option<BookingId>) -> Outcome {
    let desk = answer.desk;
    answer.memory.step = Step::Idle;
    let booking = id.and_then(|id| desk.upcoming().find(|booking| booking.id == id));
    answer.say(match booking {
        Some(booking) => desk.texts.kept(&desk.line(booking)),
        None => desk.texts.all_right(),
    });
    answer.end()
}
