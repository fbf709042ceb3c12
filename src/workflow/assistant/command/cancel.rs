//! Giving an appointment up: which, then yes, then it is gone.

use super::{
    super::{
        answer::Answer,
        memory::Step,
        order::Seen,
        question::{Question, cannot_come_question},
        token::Action,
    },
    run::Run,
};
use crate::{
    booking::{Booking, BookingId, Effect},
    workflow::AlertKind,
};

/// Gives an appointment up, this one or one to be asked.
#[derive(Debug, PartialEq)]
pub(in super::super) struct Cancel(pub(in super::super) Option<BookingId>);

impl Run for Cancel {
    fn decide(self, answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        ask(answer, self.0)
    }
}

/// Gives all appointments up.
#[derive(Debug, PartialEq)]
pub(in super::super) struct CancelAll;

impl Run for CancelAll {
    fn decide(self, answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        ask_about_all(answer)
    }
}

/// Says yes to giving appointments up, in the version that was shown.
#[derive(Debug, PartialEq)]
pub(in super::super) struct ConfirmCancel(pub(in super::super) BookingId, pub(in super::super) u32);

impl Run for ConfirmCancel {
    fn decide(self, answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        confirm(answer, self.0, self.1)
    }
}

/// Leaves an appointment as it is.
#[derive(Debug, PartialEq)]
pub(in super::super) struct Keep(pub(in super::super) Option<BookingId>);

impl Run for Keep {
    fn decide(self, answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        keep(answer, self.0)
    }
}

/// Tells that the customer cannot come to this appointment, or to one to be asked.
#[derive(Debug, PartialEq)]
pub(in super::super) struct CannotCome(pub(in super::super) Option<BookingId>);

impl Run for CannotCome {
    fn decide(self, answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        cannot_come(answer, self.0)
    }
}

/// Gives up what is being booked or an appointment: it has to be asked which.
#[derive(Debug, PartialEq)]
pub(in super::super) struct DropOrCancel;

impl Run for DropOrCancel {
    fn decide(self, answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        drop_or_cancel(answer)
    }
}

/// Goes on with what is being booked.
#[derive(Debug, PartialEq)]
pub(in super::super) struct GoOn;

impl Run for GoOn {
    fn decide(self, answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        go_on(answer)
    }
}

/// Asks which appointment is meant, or whether it is really to go.
pub(super) fn ask(mut answer: Answer<'_>, id: Option<BookingId>) -> Answer<'_> {
    let context = answer.context;
    let texts = context.texts;
    let upcoming: Vec<_> = context.upcoming().collect();
    let meant = id.map(|id| upcoming.iter().find(|booking| booking.id == id));
    answer.release_holds(&[]);
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
            let question = Question::new(texts.which_to_cancel(), context.choices(Action::Cancel));
            answer.memory.step = Step::ChooseCancel;
            answer.ask(question)
        }
    }
}

fn ask_about<'a>(mut answer: Answer<'a>, booking: &Booking) -> Answer<'a> {
    if booking.is_asked() {
        return being_asked(answer, booking);
    }
    if answer.context.is_too_late(booking) {
        return too_late(answer, booking);
    }
    answer.memory.step = Step::ConfirmCancel {
        id: booking.id,
        version: booking.version,
        others: Vec::new(),
    };
    answer.ask_again()
}

/// Asks whether all appointments are to go that can be given up here.
pub(super) fn ask_about_all(mut answer: Answer<'_>) -> Answer<'_> {
    let context = answer.context;
    let can_go = |one: &&Booking| !one.is_asked() && !context.is_too_late(one);
    let all: Vec<_> = context.upcoming().filter(can_go).collect();
    let [first, others @ ..] = all.as_slice() else {
        return ask(answer, None);
    };
    answer.release_holds(&[]);
    answer.memory.step = Step::ConfirmCancel {
        id: first.id,
        version: first.version,
        others: others.iter().map(|one| (one.id, one.version)).collect(),
    };
    answer.ask_again()
}

/// Says that it waits for its keeper's answer: until then nothing can be changed of it.
pub(super) fn being_asked<'a>(mut answer: Answer<'a>, booking: &Booking) -> Answer<'a> {
    answer.memory.step = Step::Idle;
    answer.say(answer.context.asking(booking));
    answer.end()
}

/// Says that it is too near to be changed here, and tells the staff.
pub(super) fn too_late<'a>(mut answer: Answer<'a>, booking: &Booking) -> Answer<'a> {
    let context = answer.context;
    answer.memory.step = Step::Idle;
    answer.alert(AlertKind::AboutBooking, Some(booking.id));
    answer.say(context.texts.told_too_late(&context.line(booking)));
    if let Some(phone) = &context.business.phone {
        answer.say(context.texts.call_us(phone.as_str()));
    }
    answer.end()
}

/// Asks for another time once more: the appointment is not as it was shown.
pub(super) fn ask_to_move<'a>(mut answer: Answer<'a>, booking: &Booking) -> Answer<'a> {
    let context = answer.context;
    answer.say(context.texts.your_appointment(&context.line(booking)));
    let question = cannot_come_question(context, booking);
    answer.memory.step = Step::CannotCome {
        id: booking.id,
        version: booking.version,
    };
    answer.ask(question)
}

/// Asks whether what is being booked is to be dropped, or an appointment given up.
pub(super) fn drop_or_cancel(mut answer: Answer<'_>) -> Answer<'_> {
    let Some(draft) = answer.memory.draft().cloned() else {
        return ask(answer, None);
    };
    let pick = answer.memory.pick().cloned();
    answer.memory.step = Step::ChooseDrop { draft, pick };
    answer.ask_again()
}

/// Goes back to what is being booked.
pub(super) fn go_on(mut answer: Answer<'_>) -> Answer<'_> {
    answer.memory.resume_draft();
    answer.ask_again()
}

/// Asks whether to move or give up an appointment that the customer cannot come to.
pub(super) fn cannot_come(mut answer: Answer<'_>, id: Option<BookingId>) -> Answer<'_> {
    let context = answer.context;
    let mut upcoming = context.upcoming();
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
    answer.release_holds(&[]);
    if booking.is_asked() {
        return being_asked(answer, booking);
    }
    if context.is_too_late(booking) {
        return too_late(answer, booking);
    }
    answer.memory.step = Step::CannotCome {
        id: booking.id,
        version: booking.version,
    };
    answer.ask_again()
}

fn which_of_these(mut answer: Answer<'_>) -> Answer<'_> {
    let context = answer.context;
    answer.release_holds(&[]);
    let question = Question::new(
        context.texts.which_of_these(),
        context.choices(Action::CannotCome),
    );
    answer.memory.step = Step::ChooseCancel;
    answer.ask(question)
}

/// Gives it up, as it was seen when the customer was asked; changed since, it is asked again.
pub(super) fn confirm(mut answer: Answer<'_>, id: BookingId, version: u32) -> Answer<'_> {
    let context = answer.context;
    let others = match &answer.memory.step {
        Step::ConfirmCancel { others, .. } => others.clone(),
        _ => Vec::new(),
    };
    let Some(booking) = context.upcoming().find(|booking| booking.id == id) else {
        answer.memory.step = Step::Idle;
        answer.say(context.texts.gone());
        return answer.end();
    };
    if booking.version != version || booking.is_asked() {
        return ask_about(answer, booking);
    }
    if answer.context.is_too_late(booking) {
        return too_late(answer, booking);
    }
    answer.memory.step = Step::Idle;
    let as_seen = |one: &&Booking| {
        others.contains(&(one.id, one.version)) && !one.is_asked() && !context.is_too_late(one)
    };
    for booking in std::iter::once(booking).chain(context.upcoming().filter(as_seen)) {
        answer.effects.push(Effect::Cancel {
            id: booking.id,
            version: booking.version,
        });
        // "Could I come next Monday instead?" is about the same.
        let services = booking.details.services.iter();
        answer.memory.topic = services.map(|id| vec![id.clone()]).collect();
        answer.memory.at = Some(booking.details.visible.start);
        let line = context.line(booking);
        answer.say(match booking.elsewhere {
            Some(_) => context.texts.cancelling_it(&line),
            None => context.texts.cancelled(&line),
        });
    }
    answer.end()
}

/// Leaves it as it is.
pub(super) fn keep(mut answer: Answer<'_>, id: Option<BookingId>) -> Answer<'_> {
    let context = answer.context;
    answer.memory.step = Step::Idle;
    answer.memory.spoken_of = id;
    let booking = id.and_then(|id| context.upcoming().find(|booking| booking.id == id));
    answer.say(match booking {
        Some(booking) if booking.is_asked() => context.asking(booking),
        Some(booking) => context.texts.kept(&context.line(booking)),
        None => context.texts.all_right(),
    });
    answer.end()
}
