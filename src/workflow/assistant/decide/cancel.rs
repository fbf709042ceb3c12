//! Giving an appointment up: which, then yes, then it is gone.

use super::super::{
    answer::{Answer, Question},
    memory::Step,
    question::{cancel_question, cannot_come_question},
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
        (None, _) => {
            let question = Question {
                text: texts.which_to_cancel(),
                rows: desk.choices(Action::Cancel),
            };
            answer.memory.step = Step::ChooseCancel;
            answer.ask(question)
        }
    }
}

fn ask_about(mut answer: Answer<'_>, booking: &Booking) -> Outcome {
    if booking.is_asked() {
        return being_asked(answer, booking);
    }
    if answer.desk.is_too_late(booking) {
        return too_late(answer, booking);
    }
    answer.memory.step = Step::ConfirmCancel {
        id: booking.id,
        version: booking.version,
    };
    let question = cancel_question(answer.desk, booking);
    answer.ask(question)
}

/// Says that it waits for its keeper's answer: until then nothing can be changed of it.
pub(super) fn being_asked(mut answer: Answer<'_>, booking: &Booking) -> Outcome {
    answer.memory.step = Step::Idle;
    answer.say(answer.desk.asking(booking));
    answer.end()
}

/// Says that it is too near to be changed here, and tells the staff.
pub(super) fn too_late(mut answer: Answer<'_>, booking: &Booking) -> Outcome {
    let desk = answer.desk;
    answer.memory.step = Step::Idle;
    answer.alert(AlertKind::AboutBooking, Some(booking.id));
    answer.say(desk.texts.told_too_late(&desk.line(booking)));
    if let Some(phone) = &desk.business.phone {
        answer.say(desk.texts.call_us(phone.as_str()));
    }
    answer.end()
}

/// Asks for another time once more: the appointment is not as it was shown.
pub(super) fn ask_to_move(mut answer: Answer<'_>, booking: &Booking) -> Outcome {
    let desk = answer.desk;
    answer.say(desk.texts.your_appointment(&desk.line(booking)));
    let question = cannot_come_question(desk, booking);
    answer.memory.step = Step::CannotCome {
        id: booking.id,
        version: booking.version,
    };
    answer.ask(question)
}

/// Asks whether what is being booked is to be dropped, or an appointment given up.
pub(super) fn drop_or_cancel(mut answer: Answer<'_>) -> Outcome {
    let Some(draft) = answer.memory.draft().cloned() else {
        return ask(answer, None);
    };
    let pick = answer.memory.pick().cloned();
    answer.memory.step = Step::ChooseDrop { draft, pick };
    answer.ask_again()
}

/// Goes back to what is being booked.
pub(super) fn go_on(mut answer: Answer<'_>) -> Outcome {
    answer.memory.resume_draft();
    answer.ask_again()
}

/// Asks whether to move or give up an appointment that the customer cannot come to.
pub(super) fn cannot_come(mut answer: Answer<'_>, id: Option<BookingId>) -> Outcome {
    let desk = answer.desk;
    let mut upcoming = desk.upcoming();
    let booking = match id {
        Some(id) => upcoming.find(|booking| booking.id == id),
        None => upcoming.next().filter(|_| upcoming.next().is_none()),
    };
    let Some(booking) = booking else {
        return match id {
            Some(_) => ask(answer, id),
            None => which_of_these(answer),
        };
    };
    answer.release_holds(None);
    if booking.is_asked() {
        return being_asked(answer, booking);
    }
    if desk.is_too_late(booking) {
        return too_late(answer, booking);
    }
    answer.memory.step = Step::CannotCome {
        id: booking.id,
        version: booking.version,
    };
    answer.ask_again()
}

fn which_of_these(mut answer: Answer<'_>) -> Outcome {
    let desk = answer.desk;
    answer.release_holds(None);
    let question = Question {
        text: desk.texts.which_of_these(),
        rows: desk.choices(Action::CannotCome),
    };
    answer.memory.step = Step::ChooseCancel;
    answer.ask(question)
}

/// Gives it up, as it was seen when the customer was asked; changed since, it is asked again.
pub(super) fn confirm(mut answer: Answer<'_>, id: BookingId, version: u32) -> Outcome {
    let desk = answer.desk;
    let Some(booking) = desk.upcoming().find(|booking| booking.id == id) else {
        answer.memory.step = Step::Idle;
        answer.say(desk.texts.gone());
        return answer.end();
    };
    if booking.version != version || booking.is_asked() {
        return ask_about(answer, booking);
    }
    if answer.desk.is_too_late(booking) {
        return too_late(answer, booking);
    }
    answer.effects.push(Effect::Cancel { id, version });
    answer.memory.step = Step::Idle;
    let line = desk.line(booking);
    answer.say(match booking.elsewhere {
        Some(_) => desk.texts.cancelling_it(&line),
        None => desk.texts.cancelled(&line),
    });
    answer.end()
}

/// Leaves it as it is.
pub(super) fn keep(mut answer: Answer<'_>, id: Option<BookingId>) -> Outcome {
    let desk = answer.desk;
    answer.memory.step = Step::Idle;
    let booking = id.and_then(|id| desk.upcoming().find(|booking| booking.id == id));
    answer.say(match booking {
        Some(booking) if booking.is_asked() => desk.asking(booking),
        Some(booking) => desk.texts.kept(&desk.line(booking)),
        None => desk.texts.all_right(),
    });
    answer.end()
}
