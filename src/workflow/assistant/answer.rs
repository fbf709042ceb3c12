//! An answer while it is put together: what is said first, what is asked, what changes.

use chrono::{DateTime, Utc};

use super::{
    decide::answering,
    desk::Desk,
    memory::{Draft, ForWhom, Memory, Offered, Step},
    question::{
        cancel_question, cannot_come_question, confirm_question, drop_question, service_question,
    },
    texts,
    token::Action,
};
use crate::{
    booking::{BookingId, Effect, business::Ask},
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
    lead: Vec<String>,
    pub(super) effects: Vec<Effect>,
    pub(super) consent: Option<Consent>,
    handoff: Option<Handoff>,
    handoff_until: Option<DateTime<Utc>>,
    alerts: Vec<Alert>,
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

impl<'a> Answer<'a> {
    pub(super) fn new(desk: &'a Desk<'a>, memory: Memory) -> Self {
        Self {
            desk,
            memory,
            lead: Vec::new(),
            effects: Vec::new(),
            consent: None,
            handoff: None,
            handoff_until: None,
            alerts: Vec::new(),
        }
    }

    /// Says something before the question.
    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.lead.push(text.into());
    }

    /// Tells the owner, with what the customer wrote.
    pub(super) fn alert(&mut self, kind: AlertKind, booking: Option<BookingId>) {
        let alert = self.with_words(kind);
        self.alerts.push(Alert { booking, ..alert });
    }

    fn with_words(&self, kind: AlertKind) -> Alert {
        let inputs = self.desk.turn.inputs.iter();
        let said: Vec<_> = inputs.filter_map(|input| input.content.text()).collect();
        Alert {
            text: (!said.is_empty()).then(|| said.join("\n")),
            ..Alert::new(kind)
        }
    }

    /// The customer's name, which a draft is put under.
    pub(super) fn name(&self) -> Option<Box<str>> {
        self.desk.name(self.memory.name.as_deref())
    }

    /// The question for a name that has to be known, while it is not: that of somebody else who
    /// comes, or the customer's own.
    pub(super) fn name_question(&self, draft: &Draft) -> Option<String> {
        if draft.moving.is_some() {
            return None;
        }
        let texts = self.desk.texts;
        if draft.for_whom == Some(ForWhom::Unnamed) {
            return Some(texts.ask_their_name());
        }
        let asks = self.desk.business.ask.contains(&Ask::Name);
        (asks && self.name().is_none()).then(|| texts.ask_name())
    }

    /// Gives the thread to the staff, and tells the owner: at once, and again when an answer
    /// could have been expected.
    pub(super) fn hand_over(&mut self, why: Handoff) {
        let alert = self.with_words(AlertKind::PersonWanted);
        self.hand_over_with(why, alert);
    }

    /// Gives the thread to the staff for what nobody knows of a booking, and tells the owner that.
    pub(super) fn hand_over_booking(&mut self, booking: BookingId, text: String) {
        let alert = Alert {
            booking: Some(booking),
            text: Some(text),
            ..Alert::new(AlertKind::PersonWanted)
        };
        self.hand_over_with(Handoff::Calendar, alert);
    }

    fn hand_over_with(&mut self, why: Handoff, alert: Alert) {
        let answering = answering(self.desk);
        self.handoff = Some(why);
        self.handoff_until = answering.as_ref().map(|answering| answering.end);
        self.alerts.push(Alert {
            again_at: answering.map(|answering| answering.remind_at),
            ..alert
        });
    }

    /// Whether something is said already.
    pub(super) fn has_lead(&self) -> bool {
        !self.lead.is_empty()
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
        let keeps_question = question.is_none();
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
        let mut reply = match rows.is_empty() {
            true if text.is_empty() => None,
            true => Some(Reply::Text { text }),
            false => Some(Reply::Choices {
                text,
                choices: rows.into_iter().map(Row::into_choice).collect(),
                button: Some(self.desk.texts.choose()),
            }),
        };
        if self.effects.iter().any(is_firm) {
            self.memory.pace.reset();
        } else if self.memory.pace.count(self.desk.turn, reply.as_slice()) {
            // Two machines would go on for ever: the staff has to look, and nothing is said.
            self.memory.pace.reset();
            self.hand_over(Handoff::Machine);
            reply = None;
        }
        Outcome {
            handoff_until: self.handoff_until,
            replies: reply.into_iter().collect(),
            keeps_question,
            state: self.memory.into_state(),
            effects: self.effects,
            handoff: self.handoff,
            alerts: self.alerts,
            consent: self.consent,
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
            Step::Service { wish } => service_question(desk, &wish.among, 0),
            Step::Time { draft } => Question {
                text: match memory.offered.first().map(|first| &first.action) {
                    Some(Action::Day(_)) => texts.which_day(),
                    Some(Action::Again) => texts.wish_kept(),
                    _ => texts.which_time(&desk.services_name(&draft.services)),
                },
                rows: offered_rows(desk, memory),
            },
            Step::Name { draft, pick } => {
                let question = self.name_question(draft);
                let question = question.unwrap_or_else(|| texts.ask_name());
                let moment = desk.moment(pick.start);
                // "3:00 p. m." ends with one of its own.
                let moment = moment.trim_end_matches('.');
                Question::plain(format!("{moment}. {question}"))
            }
            Step::Confirm { draft, pick } => confirm_question(desk, draft, pick),
            Step::ChooseMove { .. } => Question {
                text: texts.which_to_move(),
                rows: offered_rows(desk, memory),
            },
            Step::ChooseDrop { draft, pick } => drop_question(desk, draft, pick.as_ref()),
            Step::CannotCome { id, .. } => {
                let booking = desk.upcoming().find(|booking| booking.id == *id)?;
                cannot_come_question(desk, booking)
            }
            Step::ChooseCancel => Question {
                text: texts.which_to_cancel(),
                rows: offered_rows(desk, memory),
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

/// What was offered last, in the language that is spoken now: another one may have been then.
fn offered_rows(desk: &Desk<'_>, memory: &Memory) -> Vec<Row> {
    let row = |offered: &Offered| {
        let title = title(desk, &offered.action);
        let title = title.unwrap_or_else(|| offered.title.to_string());
        Row::new(offered.action.clone(), &title)
    };
    memory.offered.iter().map(row).collect()
}

/// What a choice of a list is called. None: it is no choice of a list, or its service or
/// appointment is gone.
fn title(desk: &Desk<'_>, action: &Action) -> Option<String> {
    let texts = desk.texts;
    Some(match action {
        Action::Service(id) => {
            let service = desk.business.service(id)?;
            service.name.get(desk.language).to_owned()
        }
        Action::Services(_) => texts.more_services(),
        Action::Time { start, .. } => desk.dates.short_moment(desk.local(*start)),
        Action::Day(date) => desk.dates.short_day(*date),
        Action::More(_) => texts.more_times(),
        Action::Cancel(id) | Action::Move(id) => {
            let booking = desk.upcoming().find(|booking| booking.id == *id)?;
            desk.dates.short_moment(desk.start(booking))
        }
        Action::Drop => texts.the_new_one(),
        Action::Again => texts.try_again(),
        Action::Person => texts.talk_to_person(),
        Action::Yes(_)
        | Action::No(_)
        | Action::Keep(_)
        | Action::Come(_)
        | Action::CannotCome(_) => return None,
    })
}

/// Whether it changes what is booked, not only what is held.
fn is_firm(effect: &Effect) -> bool {
    match effect {
        Effect::Book { .. } | Effect::Confirm { .. } | Effect::Move { .. } => true,
        Effect::Hold { .. } | Effect::Cancel { .. } => false,
    }
}
