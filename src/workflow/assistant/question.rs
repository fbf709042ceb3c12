//! The questions that the conversation waits on, each with the choices to answer it with.

use super::{
    memory::{Draft, Offered, Pick},
    texts,
    token::Action,
    turn_context::TurnContext,
};
use crate::{
    booking::{Booking, BookingId, ServiceId},
    language::wording::Texts,
    message::Choice,
};

/// The most choices that a list has.
pub(super) const MAX_ROWS: usize = 10;
const TITLE_CHARS: usize = 24;
const DESCRIPTION_CHARS: usize = 72;

/// One choice.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) action: Action,
    pub(super) title: String,
    pub(super) description: Option<String>,
}

/// A question and the choices to answer it with.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) text: String,
    pub(super) rows: Vec<Row>,
    /// The question in a few words, for when it stands open while something else is answered.
    pub(super) short: Option<String>,
}

/// The services to choose from: these, or from a place in the list on all that fit.
pub(super) fn service_rows(
    context: &TurnContext<'_>,
    among: &[ServiceId],
    from: usize,
) -> Vec<Row> {
    let meant = |id: &ServiceId| among.is_empty() || among.contains(id);
    let services: Vec<_> = context
        .business
        .services
        .iter()
        .filter(|one| meant(&one.id))
        .collect();
    let from = if from < services.len() { from } else { 0 };
    let rest = &services[from..];
    let shown = if rest.len() > MAX_ROWS || from > 0 {
        rest.len().min(MAX_ROWS - 1)
    } else {
        rest.len()
    };
    let mut rows: Vec<_> = rest[..shown]
        .iter()
        .map(|service| {
            let minutes = context.dates.minutes(service.duration.num_minutes());
            let description = match context.price(service) {
                Some(price) => format!("{price} · {minutes}"),
                None => minutes,
            };
            let action = Action::Service(service.id.clone());
            Row::new(action, service.name.get(context.language)).described(&description)
        })
        .collect();
    if shown < services.len() {
        let next = if from + shown < services.len() {
            from + shown
        } else {
            0
        };
        rows.push(Row::new(
            Action::Services(next),
            &context.texts.more_services(),
        ));
    }
    rows
}
impl TurnContext<'_> {
    /// The customer's appointments to choose from.
    pub(super) fn choices(&self, action: fn(BookingId) -> Action) -> Vec<Row> {
        let row = |booking: &Booking| {
            let title = self.dates.short_moment(self.start(booking));
            Row::new(action(booking.id), &title).described(&self.line(booking))
        };
        self.upcoming().map(row).collect()
    }
}

/// Which service is to be booked: any, or one of those that may be meant.
pub(super) fn service_question(
    context: &TurnContext<'_>,
    among: &[ServiceId],
    from: usize,
) -> Question {
    let text = if among.is_empty() {
        context.texts.which_service()
    } else {
        context.texts.which_of_these()
    };
    let rows = service_rows(context, among, from);
    Question::new(text, rows)
}

/// The booking as it will be, with yes and no.
pub(super) fn confirm_question(context: &TurnContext<'_>, draft: &Draft, pick: &Pick) -> Question {
    let with: Vec<_> = draft.companions().zip(&pick.with).collect();
    let with = || with.iter().map(|(one, pick)| context.planned(one, pick));
    let all = || std::iter::once(context.planned(draft, pick)).chain(with());
    let details: Vec<_> = all().map(|one| context.details(&one)).collect();
    let told: Vec<_> = all().map(|one| context.told(&one)).collect();
    let (details, told) = (details.join("\n\n"), told.join("\n"));
    let texts = context.texts;
    let moved = draft
        .moving
        .and_then(|moving| context.upcoming().find(|booking| booking.id == moving.id));
    let yes = Action::Yes(pick.hold);
    let no = Row::new(Action::No(pick.hold), &texts.no_other_time());
    if let Some(booking) = moved.filter(|booking| booking.details.visible.start == pick.start) {
        return Question {
            text: texts.confirm_change(&details),
            short: Some(texts.confirm_change_again(&told)),
            rows: vec![
                Row::new(yes, &texts.yes_change()),
                Row::new(Action::Keep(booking.id), &texts.no_keep()),
            ],
        };
    }
    if let Some(booking) = moved {
        let old = context.moment(booking.details.visible.start);
        return Question {
            text: texts.confirm_move(&old, &details),
            short: Some(texts.confirm_move_again(&told)),
            rows: vec![
                Row::new(yes, &texts.yes_move()),
                no,
                Row::new(Action::Keep(booking.id), &texts.keep_old_time()),
            ],
        };
    }
    // A hold keeps the time from our other customers, and from nobody in a calendar of others.
    let text = if context.business.calendar_elsewhere().is_some() {
        texts.confirm_elsewhere(&details)
    } else {
        let hold = context.business.rules.hold.num_minutes();
        texts.confirm(&details, &context.dates.minutes(hold))
    };
    Question {
        text,
        short: Some(texts.confirm_again(&told)),
        rows: vec![Row::new(yes, &texts.yes_book()), no],
    }
}

/// How a reminder of an appointment can be answered, today or days later.
pub(super) fn reminder_rows(texts: &Texts<'_>, id: BookingId) -> Vec<Row> {
    vec![
        Row::new(Action::Come(id), &texts.yes_come()),
        Row::new(Action::Move(id), &texts.change_time()),
        Row::new(Action::CannotCome(id), &texts.no_cannot_come()),
    ]
}

/// Asks whether to cancel an appointment, and others with it.
pub(super) fn cancel_question(
    context: &TurnContext<'_>,
    booking: &Booking,
    others: &[&Booking],
) -> Question {
    let texts = context.texts;
    let all = std::iter::once(&booking).chain(others);
    let lines: Vec<_> = all.map(|one| context.line(one)).collect();
    let text = match lines.as_slice() {
        [one] => texts.confirm_cancel(one),
        _ => texts.confirm_cancel_all(&lines.join("\n")),
    };
    let rows = vec![
        Row::new(Action::Yes(booking.id), &texts.yes_cancel()),
        Row::new(Action::No(booking.id), &texts.no_keep()),
    ];
    Question::new(text, rows)
}

/// Asks whether to move or cancel an appointment that the customer cannot come to.
pub(super) fn cannot_come_question(context: &TurnContext<'_>, booking: &Booking) -> Question {
    let texts = context.texts;
    let rows = vec![
        Row::new(Action::Move(booking.id), &texts.change_time()),
        Row::new(Action::Yes(booking.id), &texts.yes_cancel()),
        Row::new(Action::Keep(booking.id), &texts.no_keep()),
    ];
    Question::new(texts.cannot_come(&context.line(booking)), rows)
}

/// Asks whether to drop the current booking, or which appointment to cancel.
pub(super) fn drop_question(
    context: &TurnContext<'_>,
    draft: &Draft,
    pick: Option<&Pick>,
) -> Question {
    let texts = context.texts;
    let draft = match pick {
        Some(pick) => context.told(&context.planned(draft, pick)),
        None => context.services_name(&draft.services),
    };
    let mut rows = vec![Row::new(Action::Drop, &texts.the_new_one())];
    rows.extend(context.choices(Action::Cancel));
    Question::new(texts.draft_or_appointment(&draft), rows)
}

// === impl Question ===

impl Question {
    /// Returns a question with choices.
    pub(super) fn new(text: String, rows: Vec<Row>) -> Self {
        Self {
            text,
            rows,
            short: None,
        }
    }

    /// Returns a question without choices.
    pub(super) fn plain(text: String) -> Self {
        Self::new(text, Vec::new())
    }

    /// Returns the question with the few words for asking it again.
    pub(super) fn or_short(self, short: String) -> Self {
        Self {
            short: Some(short),
            ..self
        }
    }
}

// === impl Row ===

impl Row {
    pub(super) fn new(action: Action, title: &str) -> Self {
        Self {
            action,
            title: texts::fit(title, TITLE_CHARS),
            description: None,
        }
    }

    pub(super) fn described(mut self, description: &str) -> Self {
        self.description = Some(texts::fit(description, DESCRIPTION_CHARS));
        self
    }

    pub(super) fn offered(&self) -> Offered {
        Offered {
            action: self.action.clone(),
            title: self.title.as_str().into(),
        }
    }

    pub(super) fn into_choice(self) -> Choice {
        Choice {
            id: self.action.to_string(),
            title: self.title,
            description: self.description,
        }
    }
}
