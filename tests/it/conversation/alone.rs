//! The assistant alone: a pure function, with its bookings in memory.

mod content;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use frontdesk::{
    booking::{BookingId, BookingStatus, Verdict, reminder},
    clock::Clock as _,
    language::Phrasebook,
    message::{
        Body, Choice, Contact, CustomerId, MessageId, Reply, Seq, SourceKind, ThreadId, ThreadKey,
        Trust,
    },
    workflow::{
        Alert, Alternatives as _, Assistant, BookingWorkflow as _, Correspondence as _, Event,
        Input, Outcome, State, StateChange, Turn, TurnId,
        statement::{self, Earlier, Known},
    },
};

use self::content::{Spoken, check_limits, content};
use super::{
    ledger::Ledger,
    player::Stage,
    scene::{Booked, Said, Setting, Status, Told, Wanted, Who},
};

const CUSTOMER: CustomerId = CustomerId(1);
const RIVAL: CustomerId = CustomerId(2);
/// How long after they wrote a customer can be written to in free words.
const WINDOW: TimeDelta = TimeDelta::hours(24);
/// How long the staff has a conversation at least, by default.
const HANDOFF: TimeDelta = TimeDelta::hours(12);

pub(super) struct Alone {
    setting: Setting,
    ledger: Arc<Ledger>,
    state: Option<State>,
    seq: u64,
    /// Every choice that was ever offered.
    offered: Vec<Choice>,
    /// The ids of what was said to the customer.
    ours: Vec<String>,
    known: Known,
    /// The booking that the customer was reminded of since they wrote.
    reminded: Option<BookingId>,
    /// When the customer wrote last.
    wrote_at: DateTime<Utc>,
    rival: Option<Wanted>,
    /// Until when a person has the conversation: the worker asks nobody then.
    paused_until: Option<DateTime<Utc>>,
    /// What the owner is told once more, unless somebody answers.
    again: Vec<Alert>,
}

impl Alone {
    pub(super) fn new() -> Self {
        Self::on(Setting::new())
    }

    pub(super) fn on(setting: Setting) -> Self {
        Self {
            setting,
            ledger: Arc::default(),
            state: None,
            seq: 0,
            offered: Vec::new(),
            ours: Vec::new(),
            known: Known::default(),
            reminded: None,
            wrote_at: DateTime::UNIX_EPOCH,
            rival: None,
            paused_until: None,
            again: Vec::new(),
        }
    }

    fn assistant(&self) -> Assistant {
        Assistant::new(
            Arc::clone(&self.setting.businesses),
            self.ledger.clone(),
            Arc::new(Phrasebook),
        )
    }

    fn look(&self) {
        self.ledger.at(self.setting.clock.now());
    }

    fn take(&self, customer: CustomerId, wanted: &Wanted) {
        self.look();
        let effect = self.setting.effect(wanted, customer);
        self.ledger.apply(customer, &[effect]).unwrap();
    }

    fn input(&mut self, said: Said) -> Input {
        let spoken = Spoken {
            offered: &self.offered,
            ours: &self.ours,
            before: format!("m{}", self.seq),
        };
        let content = content(said, spoken);
        self.seq += 1;
        let now = self.setting.clock.now();
        Input {
            seq: Seq(self.seq),
            id: MessageId::new(&format!("m{}", self.seq)),
            content,
            reply_to: None,
            sent_at: now,
            received_at: now,
        }
    }

    fn turn(&self, inputs: Vec<Input>) -> Turn {
        let first = inputs.first().map_or(Seq(self.seq), |input| input.seq);
        Turn {
            id: TurnId {
                thread: ThreadId(1),
                first,
                last: Seq(self.seq),
            },
            revision: 0,
            attempt: 1,
            thread: ThreadId(1),
            key: ThreadKey {
                business: self.setting.business().id.clone(),
                source: SourceKind::Whatsapp,
                trust: Trust::Verified,
                key: "k".into(),
            },
            paused_until: self.paused_until,
            contact: Contact {
                phone: self.setting.phone.clone(),
                name: self.setting.name.as_deref().map(Into::into),
                ..Contact::default()
            },
            customer: CUSTOMER,
            inputs,
            state: self.state.clone(),
            bookings: self.ledger.of(CUSTOMER),
            event: None,
            conflict: None,
            answer: None,
            opted_out: false,
            reminded: self.reminded,
            now: self.setting.clock.now(),
        }
    }

    /// One turn as the worker runs it: again with the conflict, until it is applied.
    async fn settle(&mut self, mut turn: Turn) -> Told {
        let assistant = self.assistant();
        if turn.is_paused() || turn.inputs.is_empty() && turn.event.is_none() {
            return self.commit(&Outcome::default());
        }
        for revision in 0..4 {
            turn.revision = revision;
            turn.bookings = self.ledger.of(CUSTOMER);
            let outcome = match &turn.event {
                Some(event) => assistant.told(&turn, event).await.unwrap(),
                None => assistant.run(&turn).await.unwrap(),
            };
            if let Some(rival) = self.rival.take() {
                self.take(RIVAL, &rival);
            }
            match self.ledger.apply(CUSTOMER, &outcome.effects) {
                Ok(()) => {
                    // What happens without the customer does not answer a reminder.
                    self.reminded = self.reminded.filter(|_| turn.event.is_some());
                    return self.commit(&outcome);
                }
                Err(conflict) => turn.conflict = Some(conflict),
            }
        }
        panic!("conflicts without end: {:?}", turn.conflict);
    }

    fn pause(&mut self, until: Option<DateTime<Utc>>) {
        let usual = self.setting.clock.now() + HANDOFF;
        self.paused_until = until.max(self.paused_until).max(Some(usual));
    }

    fn commit(&mut self, outcome: &Outcome) -> Told {
        match &outcome.state {
            StateChange::Keep => {}
            StateChange::Put(state) => {
                assert!(state.bytes.len() <= State::MAX_BYTES);
                self.state = Some(state.clone());
            }
            StateChange::Clear => self.state = None,
        }
        assert!(outcome.replies.len() <= 1, "more than one reply");
        if !outcome.replies.is_empty() {
            self.speak(!outcome.keeps_question);
        }
        let mut told = Told {
            silent: *outcome == Outcome::default(),
            handoff: outcome.handoff.map(|handoff| handoff.as_str().to_owned()),
            consent: outcome.consent,
            ..self.tell(&outcome.replies)
        };
        if outcome.handoff.is_some() {
            self.pause(outcome.handoff_until);
            told.until = self.paused_until;
        }
        told.alerts = kinds(&outcome.alerts);
        let again = outcome.alerts.iter().filter(|one| one.again_at.is_some());
        self.again.extend(again.cloned());
        told.again = self.again.iter().find_map(|alert| alert.again_at);
        told
    }

    /// Something is said to the customer.
    fn speak(&mut self, asks: bool) {
        let id = format!("ours{}", self.ours.len());
        if asks {
            self.known.question = Some(id.as_str().into());
        }
        self.ours.push(id);
    }

    /// What the customer sees of replies.
    fn tell(&mut self, replies: &[Reply]) -> Told {
        let mut told = Told::default();
        for reply in replies {
            match reply {
                Reply::Text { text } => told.text.clone_from(text),
                Reply::Choices { text, choices, .. } => {
                    told.text.clone_from(text);
                    check_limits(text, choices);
                    told.titles = choices.iter().map(|choice| choice.title.clone()).collect();
                    self.offered.extend(choices.iter().cloned());
                }
            }
        }
        told
    }
}

impl Stage for Alone {
    fn setting(&mut self) -> &mut Setting {
        &mut self.setting
    }

    async fn say(&mut self, said: Vec<Said>) -> Told {
        self.look();
        let inputs: Vec<_> = said.into_iter().map(|one| self.input(one)).collect();
        self.wrote_at = self.setting.clock.now();
        let read: Vec<_> = inputs.iter().filter_map(|one| one.id.clone()).collect();
        let turn = Turn {
            inputs: statement::apply(inputs, &self.known),
            ..self.turn(Vec::new())
        };
        let told = self.settle(turn).await;
        let read = read.iter().map(|id| (id.as_str().into(), Earlier::Message));
        self.known.earlier.extend(read);
        told
    }

    async fn book(&mut self, who: Who, wanted: &Wanted) {
        let customer = match who {
            Who::Customer => CUSTOMER,
            Who::Rival => RIVAL,
        };
        self.take(customer, wanted);
    }

    fn rival(&mut self, wanted: Wanted) {
        self.rival = Some(wanted);
    }

    fn elsewhere(&mut self) {
        self.setting.keep_elsewhere();
        self.ledger.keep_elsewhere();
    }

    fn go_down(&mut self) {
        self.ledger.go_down();
    }

    async fn answer(&mut self, verdict: Verdict) -> Told {
        self.look();
        let (booking, was, change) = self.ledger.answer(verdict);
        self.seq += 1;
        let event = Event {
            at: self.setting.clock.now(),
            booking,
            was,
            change,
            verdict,
        };
        let turn = Turn {
            event: Some(event),
            ..self.turn(Vec::new())
        };
        self.settle(turn).await
    }

    fn pass_on(&mut self) {
        self.state.as_mut().unwrap().workflow = "remote".into();
    }

    async fn remind(&mut self) -> Told {
        self.look();
        let (business, now) = (self.setting.business(), self.setting.clock.now());
        let bookings = self.ledger.of(CUSTOMER);
        let firm = bookings
            .iter()
            .filter(|one| one.status == BookingStatus::Booked);
        let due = firm.flat_map(|one| {
            let instants = reminder::instants(&business, one.details.visible.start, now);
            instants.into_iter().map(move |at| (at, one))
        });
        let (at, booking) = due.min_by_key(|(at, _)| *at).unwrap();
        self.setting.clock.set(at);
        self.reminded = Some(booking.id);
        self.speak(true);
        let body = self.assistant().reminder(booking, self.state.as_ref());
        let Some(Body::ReplyOrTemplate { reply, template }) = body else {
            panic!("no reminder: {body:?}");
        };
        if at - self.wrote_at < WINDOW {
            return self.tell(&[reply]);
        }
        let parameters = template.unwrap().parameters.into_iter();
        let parameters: Vec<_> = parameters.map(|one| one.text).collect();
        Told {
            text: parameters.join(", "),
            ..Told::default()
        }
    }

    async fn garble(&mut self) {
        let state = self.state.as_mut().unwrap();
        state.bytes = bytes::Bytes::from_static(b"?");
    }

    async fn staff(&mut self, _: &str) {
        self.again.clear();
        self.pause(None);
    }

    async fn pass(&mut self, until: DateTime<Utc>) -> Vec<String> {
        self.setting.clock.set(until);
        let again = std::mem::take(&mut self.again);
        let (due, later): (Vec<_>, _) = again
            .into_iter()
            .partition(|alert| alert.again_at <= Some(until));
        self.again = later;
        kinds(&due)
    }

    fn bookings(&mut self, status: Status) -> Vec<Booked> {
        self.look();
        let counts = |found: BookingStatus| match status {
            Status::Held => matches!(found, BookingStatus::Held { .. }),
            Status::Requested => found == BookingStatus::Requested,
            Status::Booked => found == BookingStatus::Booked,
        };
        let bookings = self.ledger.of(CUSTOMER).into_iter();
        let bookings = bookings.filter(|booking| counts(booking.status));
        let booked = bookings.map(|booking| Booked {
            services: booking.details.services.to_string(),
            resource: booking.details.resource.as_str().to_owned(),
            start: booking.details.visible.start,
            name: booking.details.name.as_deref().map(ToOwned::to_owned),
            for_name: booking.details.for_name.as_deref().map(ToOwned::to_owned),
        });
        booked.collect()
    }
}

fn kinds(alerts: &[Alert]) -> Vec<String> {
    let kinds = alerts.iter().map(|alert| alert.kind.as_str());
    kinds.map(ToOwned::to_owned).collect()
}
