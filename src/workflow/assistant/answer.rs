//! An answer while it is put together: what is said first, what is asked, what changes.

use super::{
    desk::Desk,
    memory::{Memory, Offered, Pick, Step},
    texts,
    token::Action,
};
use crate::{
    booking::{Booking, BookingId, Effect, ServiceId},
    message::{Choice, Reply},
    workflow::{Alert, AlertKind, Consent, Handoff, Outcome},
};

/// The most choices that a list has.
pub(super) const MAX_ROWS: usize = 10;
const TITLE_CHARS: usize = 24;
const DESCRIPTION_CHARS: usize = 72;

/// The answer to one turn.
pub(super) struct Answer<'a> {
    pub(super) desk: &'a Desk<'a>,
    pub(super) memory: Memory,
    /// What is said before the question, a paragraph each.
    pub(super) lead: Vec<String>,
    pub(super) effects: Vec<Effect>,
    pub(super) handoff: Option<Handoff>,
    pub(super) alerts: Vec<Alert>,
    pub(super) consent: Option<Consent>,
}

/// One choice.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) action: Action,
    pub(super) title: String,
    pub(super) description: Option<String>,
}

/// A question and the choices to answer it with.
pub(super) struct Question {
    pub(super) text: String,
    pub(super) rows: Vec<Row>,
}

// === impl Answer ===

impl Answer<'_> {
    /// Says something before the question.
    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.lead.push(text.into());
    }

    /// Tells the owner, with what the customer wrote.
    pub(super) fn alert(&mut self, kind: AlertKind, booking: Option<BookingId>) {
        let inputs = self.desk.turn.inputs.iter();
        let said: Vec<_> = inputs.filter_map(|input| input.content.text()).collect();
        self.alerts.push(Alert {
            kind,
            booking,
            text: (!said.is_empty()).then(|| said.join("\n")),
        });
    }

    /// Ends the answer without a question.
    pub(super) fn end(self) -> Outcome {
        self.finish(None)
    }

    /// Ends the answer without repeating the question, which stays open.
    pub(super) fn end_keeping(mut self) -> Outcome {
        let offered = std::mem::take(&mut self.memory.offered);
        self.close(None, offered)
    }

    /// Ends the answer with a question.
    pub(super) fn ask(self, question: Question) -> Outcome {
        self.finish(Some(question))
    }

    /// Ends the answer with the question that was open before, if one was.
    pub(super) fn ask_again(self) -> Outcome {
        let question = self.open_question();
        self.finish(question)
    }

    fn finish(self, question: Option<Question>) -> Outcome {
        let rows = question.as_ref().map_or(&[][..], |question| &question.rows);
        let offered = rows.iter().take(MAX_ROWS).map(Row::offered).collect();
        self.close(question, offered)
    }

    fn close(mut self, question: Option<Question>, offered: Vec<Offered>) -> Outcome {
        let mut paragraphs = std::mem::take(&mut self.lead);
        let mut rows = Vec::new();
        if let Some(question) = question {
            paragraphs.push(question.text);
            rows = question.rows;
            rows.truncate(MAX_ROWS);
        }
        paragraphs.retain(|paragraph| !paragraph.is_empty());
        let text = paragraphs.join("\n\n");
        self.memory.offered = offered;
        self.memory.touched_at = self.desk.turn.now;
        let reply = match rows.is_empty() {
            true if text.is_empty() => None,
            true => Some(Reply::Text { text }),
            false => Some(Reply::Choices {
                text,
                choices: rows.into_iter().map(Row::into_choice).collect(),
                button: Some(self.desk.texts.choose()),
            }),
        };
        Outcome {
            replies: reply.into_iter().collect(),
            state: self.memory.into_state(),
            effects: self.effects,
            handoff: self.handoff,
            alerts: self.alerts,
            consent: self.consent,
            ..Outcome::default()
        }
    }

    /// Gives up every time that is held for the customer, but one.
    pub(super) fn release_holds(&mut self, but: Option<BookingId>) {
        for hold in self.desk.holds().filter(|hold| Some(hold.id) != but) {
            let cancel = Effect::Cancel {
                id: hold.id,
                version: hold.version,
            };
            if !self.effects.contains(&cancel) {
                self.effects.push(cancel);
            }
        }
    }

    /// The question that the conversation waits on.
    pub(super) fn open_question(&self) -> Option<Question> {
        let Self { desk, memory, .. } = self;
        let texts = desk.texts;
        Some(match &memory.step {
            Step::Idle => return None,
            Step::Service { .. } => Question {
                text: texts.which_service(),
                rows: service_rows(desk, &[], 0),
            },
            Step::Time { draft } => Question {
                text: texts.which_time(desk.service_name(&draft.service)),
                rows: offered_rows(memory),
            },
            Step::Name { .. } => Question::plain(texts.ask_name()),
            Step::Confirm { draft, pick } => confirm_question(desk, &draft.service, pick),
            Step::ChooseCancel => Question {
                text: texts.which_to_cancel(),
                rows: offered_rows(memory),
            },
            Step::ConfirmCancel { id, .. } => {
                let booking = desk.upcoming().find(|booking| booking.id == *id)?;
                cancel_question(desk, booking)
            }
        })
    }
}

// === impl Question ===

impl Question {
    /// A question without choices.
    pub(super) fn plain(text: String) -> Self {
        Self {
            text,
            rows: Vec::new(),
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

    fn offered(&self) -> Offered {
        Offered {
            action: self.action.clone(),
            title: self.title.as_str().into(),
        }
    }

    fn into_choice(self) -> Choice {
        Choice {
            id: self.action.to_string(),
            title: self.title,
            description: self.description,
        }
    }
}

fn offered_rows(memory: &Memory) -> Vec<Row> {
    let rows = memory.offered.iter();
    rows.map(|offered| Row::new(offered.action.clone(), &offered.title))
        .collect()
}

/// The services to choose from: these, or from a place in the list on all that fit.
pub(super) fn service_rows(desk: &Desk<'_>, among: &[ServiceId], from: usize) -> Vec<Row> {
    let meant = |id: &ServiceId| among.is_empty() || among.contains(id);
    let services: Vec<_> = desk
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
            let minutes = desk.dates.minutes(service.duration.num_minutes());
            let description = match desk.price(service) {
                Some(price) => format!("{price} · {minutes}"),
                None => minutes,
            };
            let action = Action::Service(service.id.clone());
            Row::new(action, service.name.get(desk.language)).described(&description)
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
            &desk.texts.more_services(),
        ));
    }
    rows
}

/// The booking as it will be, with yes and no.
pub(super) fn confirm_question(desk: &Desk<'_>, service: &ServiceId, pick: &Pick) -> Question {
    let appointment = desk.appointment(service, &pick.resource, pick.start);
    let texts = desk.texts;
    Question {
        text: texts.confirm(
            &desk.details(&appointment),
            &desk.dates.minutes(desk.business.rules.hold.num_minutes()),
        ),
        rows: vec![
            Row::new(Action::Yes(pick.hold), &texts.yes_book()),
            Row::new(Action::No(pick.hold), &texts.no_other_time()),
        ],
    }
}

/// Whether to give an appointment up.
pub(super) fn cancel_question(desk: &Desk<'_>, booking: &Booking) -> Question {
    let texts = desk.texts;
    Question {
        text: texts.confirm_cancel(&desk.line(booking)),
        rows: vec![
            Row::new(Action::Yes(booking.id), &texts.yes_cancel()),
            Row::new(Action::No(booking.id), &texts.no_keep()),
        ],
    }
}
