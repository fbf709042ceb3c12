//! An answer while it is put together: what is said first, what is asked, what changes.

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    answering::answering,
    memory::{Draft, ForWhom, Memory, Offered, Step},
    question::{
        MAX_ROWS, Question, Row, cancel_question, cannot_come_question, confirm_question,
        drop_question, service_question,
    },
    token::Action,
    turn_context::TurnContext,
};
use crate::{
    booking::{Booking, BookingId, Effect, Opening, business::Ask},
    message::Reply,
    workflow::{Alert, AlertKind, Consent, Handoff, Outcome, Turn},
};

/// The answer to one turn.
pub(super) struct Answer<'a> {
    pub(super) context: &'a TurnContext<'a>,
    pub(super) memory: Memory,
    /// What is said before the question, a paragraph each.
    lead: Vec<String>,
    pub(super) effects: Vec<Effect>,
    pub(super) consent: Option<Consent>,
    handoff: Option<Handoff>,
    handoff_until: Option<DateTime<Utc>>,
    alerts: Vec<Alert>,
    ending: Ending,
    /// The number of ids given to bookings.
    ids: usize,
    /// Something was said that a person would answer.
    has_begun: bool,
    /// The choices of the question that was asked last.
    asked_before: Vec<Offered>,
    /// The step of the conversation before this turn.
    step_before: Step,
    /// The day that was asked about is still talked of, though nothing is being booked.
    pub(super) keeps_window: bool,
    /// Free times for each appointment that is booked together with the draft, in the same order.
    pub(super) beside: Vec<Vec<Opening>>,
}

/// After this time a question does not count as repeated.
const REPEATED_WITHIN: TimeDelta = TimeDelta::minutes(30);
/// The number of times that a question is asked in the same words.
const MOST_ALIKE: u8 = 2;
/// The number of repetitions at which the staff takes over.
const MOST_ASKED: u8 = 4;

/// The end of an answer.
#[derive(Debug, Default)]
enum Ending {
    /// Without a question.
    #[default]
    Plain,
    /// Without repeating the question, which stays open.
    Keeping,
    /// With a question.
    Question(Question),
}

// === impl Answer ===

impl<'a> Answer<'a> {
    pub(super) fn new(context: &'a TurnContext<'a>, memory: Memory) -> Self {
        Self {
            context,
            asked_before: memory.offered.clone(),
            step_before: memory.step.clone(),
            keeps_window: false,
            memory,
            lead: Vec::new(),
            effects: Vec::new(),
            consent: None,
            handoff: None,
            handoff_until: None,
            alerts: Vec::new(),
            ending: Ending::Plain,
            ids: 0,
            has_begun: false,
            beside: Vec::new(),
        }
    }

    /// Goes on with the next thing that was said, in a context in which the decisions so far are
    /// carried out.
    pub(super) fn at<'b>(self, context: &'b TurnContext<'b>) -> Answer<'b> {
        Answer {
            context,
            memory: self.memory,
            lead: self.lead,
            effects: self.effects,
            consent: self.consent,
            handoff: self.handoff,
            handoff_until: self.handoff_until,
            alerts: self.alerts,
            ending: self.ending,
            ids: self.ids,
            has_begun: self.has_begun,
            asked_before: self.asked_before,
            step_before: self.step_before,
            keeps_window: self.keeps_window,
            beside: Vec::new(),
        }
    }

    /// Takes note that something is to be answered, if only by what is remembered.
    pub(super) fn begin(&mut self) {
        self.has_begun = true;
    }

    /// The turn with the customer's bookings as they are once what was decided so far is done.
    pub(super) fn turn_so_far(&self) -> Turn {
        let mut turn = self.context.turn.clone();
        for effect in &self.effects {
            effect.apply(&mut turn.bookings);
        }
        turn
    }

    /// Says something before the question, once.
    pub(super) fn say(&mut self, text: impl Into<String>) {
        let text = text.into();
        if !self.lead.contains(&text) {
            self.lead.push(text);
        }
    }

    /// An id for a booking, the same however often the attempt is repeated.
    pub(super) fn new_id(&mut self) -> BookingId {
        let id = self.context.turn.booking_id(self.ids);
        self.ids += 1;
        id
    }

    /// Tells the owner, with what the customer wrote.
    pub(super) fn alert(&mut self, kind: AlertKind, booking: Option<BookingId>) {
        let alert = self.with_words(kind);
        self.alerts.push(Alert { booking, ..alert });
    }

    fn with_words(&self, kind: AlertKind) -> Alert {
        let inputs = self.context.turn.inputs.iter();
        let said: Vec<_> = inputs.filter_map(|input| input.content.text()).collect();
        Alert {
            text: (!said.is_empty()).then(|| said.join("\n")),
            ..Alert::new(kind)
        }
    }

    /// The customer's name, which a draft is put under.
    pub(super) fn name(&self) -> Option<Box<str>> {
        self.context.name(self.memory.name.as_deref())
    }

    /// The question for a name that has to be known, while it is not: that of somebody else who
    /// comes, or the customer's own.
    pub(super) fn name_question(&self, draft: &Draft) -> Option<String> {
        if draft.moving.is_some() {
            return None;
        }
        let texts = self.context.texts;
        if draft.for_whom == Some(ForWhom::Unnamed) {
            return Some(texts.ask_their_name());
        }
        let asks = self.context.business.ask.contains(&Ask::Name);
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
        let answering = answering(self.context);
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

    /// Ends without a question.
    pub(super) fn end(mut self) -> Self {
        self.memory.offered.clear();
        self.ending = Ending::Plain;
        self
    }

    /// Ends without repeating the question, which stays open.
    pub(super) fn end_keeping(mut self) -> Self {
        self.ending = Ending::Keeping;
        self
    }

    /// Ends with a question.
    pub(super) fn ask(mut self, question: Question) -> Self {
        let rows = question.rows.iter().take(MAX_ROWS);
        self.memory.offered = rows.map(Row::offered).collect();
        self.ending = Ending::Question(question);
        self
    }

    /// Ends with the question that was open before, if one was.
    pub(super) fn ask_again(self) -> Self {
        match self.open_question() {
            Some(question) => self.ask(question),
            None => self.end(),
        }
    }

    /// The outcome: all that was said, then the one question.
    pub(super) fn finish(mut self) -> Outcome {
        if !self.has_begun {
            return Outcome::default();
        }
        let mut paragraphs = std::mem::take(&mut self.lead);
        let mut rows = Vec::new();
        if self.is_with_a_machine(&paragraphs) {
            // Two machines would go on for ever: the staff has to look, and nothing is said.
            self.hand_over(Handoff::Machine);
            self.ending = Ending::Keeping;
            paragraphs.clear();
        }
        let keeps_question = !matches!(self.ending, Ending::Question(_));
        if let Ending::Question(question) = std::mem::take(&mut self.ending) {
            match self.in_other_words(question, !paragraphs.is_empty()) {
                Some(question) => {
                    paragraphs.push(question.text);
                    rows = question.rows;
                    rows.truncate(MAX_ROWS);
                }
                None => paragraphs.push(self.context.texts.handoff_not_understood()),
            }
        }
        paragraphs.retain(|paragraph| !paragraph.is_empty());
        let text = paragraphs.join("\n\n");
        self.memory.touched_at = self.context.turn.now;
        if self.memory.step == Step::Idle && !self.keeps_window {
            self.memory.window = None;
        }
        let reply = match rows.is_empty() {
            true if text.is_empty() => None,
            true => Some(Reply::Text { text }),
            false => Some(Reply::Choices {
                text,
                choices: rows.into_iter().map(Row::into_choice).collect(),
                button: Some(self.context.texts.choose()),
            }),
        };
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

    /// Counts this turn. Returns true if another machine is on the line.
    fn is_with_a_machine(&mut self, lead: &[String]) -> bool {
        let mut said = lead.to_vec();
        if let Ending::Question(question) = &self.ending {
            said.push(question.text.clone());
        }
        let is_machine =
            !self.effects.iter().any(is_firm) && self.memory.pace.count(self.context.turn, &said);
        if is_machine || self.effects.iter().any(is_firm) {
            self.memory.pace.reset();
        }
        is_machine
    }

    /// Returns the question as it is asked now: twice in the same words, then in other words, and
    /// in a few words if the reply answers something else first. Returns `None`, and calls the
    /// staff, if it was asked too often.
    fn in_other_words(&mut self, mut question: Question, has_lead: bool) -> Option<Question> {
        let is_same = self.memory.asked.as_deref() == Some(&*question.text)
            && self.memory.offered == self.asked_before
            && self.context.turn.now - self.memory.touched_at < REPEATED_WITHIN;
        if !is_same {
            self.memory.asked = Some(question.text.as_str().into());
            self.memory.times_asked = 1;
            return Some(question);
        }
        if has_lead {
            question.text = question.short.take().unwrap_or(question.text);
            return Some(question);
        }
        self.memory.times_asked = self.memory.times_asked.saturating_add(1);
        // A customer who adds details is making progress.
        let goes_on = self.memory.step != self.step_before;
        match self.memory.times_asked {
            0..=MOST_ALIKE => Some(question),
            MOST_ASKED.. if !goes_on => {
                self.release_holds(&[]);
                self.memory.begin_anew(self.context.turn.now);
                self.hand_over(Handoff::NotUnderstood);
                None
            }
            _ => {
                question.text = self.context.texts.ask_otherwise();
                Some(question)
            }
        }
    }

    /// Gives up every time that is held for the customer, but these.
    pub(super) fn release_holds(&mut self, but: &[BookingId]) {
        for hold in self.context.holds().filter(|hold| !but.contains(&hold.id)) {
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
        let Self {
            context, memory, ..
        } = self;
        let texts = context.texts;
        Some(match &memory.step {
            Step::Idle => return None,
            Step::Service { wish } => service_question(context, &wish.among, 0),
            Step::Time { draft } => Question {
                short: Some(texts.when_again()),
                text: match memory.offered.first().map(|first| &first.action) {
                    Some(Action::Day(_)) => texts.which_day(),
                    Some(Action::Again) => texts.wish_kept(),
                    _ => texts.which_time(&context.services_name(&draft.services)),
                },
                rows: offered_rows(context, memory),
            },
            Step::Name { draft, pick } => {
                let question = self.name_question(draft);
                let question = question.unwrap_or_else(|| texts.ask_name());
                // A yes that comes with the name is to what is shown here.
                let with = draft.companions().zip(&pick.with);
                let with = with.map(|(one, pick)| context.told(&context.planned(&one, pick)));
                let first = context.told(&context.planned(draft, pick));
                let all: Vec<_> = std::iter::once(first).chain(with).collect();
                let told = all.join("\n");
                // "3:00 p. m." ends with one of its own.
                let told = told.trim_end_matches('.');
                Question::plain(format!("{told}. {question}"))
            }
            Step::Confirm { draft, pick } => confirm_question(context, draft, pick),
            Step::ChooseMove { .. } => {
                Question::new(texts.which_to_move(), offered_rows(context, memory))
            }
            Step::ChooseDrop { draft, pick } => drop_question(context, draft, pick.as_ref()),
            Step::CannotCome { id, .. } => {
                let booking = context.upcoming().find(|booking| booking.id == *id)?;
                cannot_come_question(context, booking)
            }
            Step::ChooseCancel => {
                Question::new(texts.which_to_cancel(), offered_rows(context, memory))
            }
            Step::ConfirmCancel { id, others, .. } => {
                let booking = context.upcoming().find(|booking| booking.id == *id)?;
                let with_it = |one: &&Booking| others.iter().any(|(id, _)| *id == one.id);
                let others: Vec<_> = context.upcoming().filter(with_it).collect();
                cancel_question(context, booking, &others)
            }
        })
    }
}

/// What was offered last, in the language that is spoken now: another one may have been then.
fn offered_rows(context: &TurnContext<'_>, memory: &Memory) -> Vec<Row> {
    let row = |offered: &Offered| {
        let title = title(context, &offered.action);
        let title = title.unwrap_or_else(|| offered.title.to_string());
        Row::new(offered.action.clone(), &title)
    };
    memory.offered.iter().map(row).collect()
}

/// What a choice of a list is called. None: it is no choice of a list, or its service or
/// appointment is gone.
fn title(context: &TurnContext<'_>, action: &Action) -> Option<String> {
    let texts = context.texts;
    Some(match action {
        Action::Service(id) => {
            let service = context.business.service(id)?;
            service.name.get(context.language).to_owned()
        }
        Action::Services(_) => texts.more_services(),
        Action::Time { start, .. } => context.dates.short_moment(context.local(*start)),
        Action::Day(date) => context.dates.short_day(*date),
        Action::More(_) => texts.more_times(),
        Action::Cancel(id) | Action::Move(id) => {
            let booking = context.upcoming().find(|booking| booking.id == *id)?;
            context.dates.short_moment(context.start(booking))
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
