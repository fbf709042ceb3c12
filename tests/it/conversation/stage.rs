//! A customer, an assistant and a ledger, played by the lines of a script.

use std::{fmt::Write as _, sync::Arc};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use frontdesk::{
    booking::{
        Booking, BookingDetails, BookingId, BookingStatus, Business, Businesses, Conflict, Effect,
        ResourceId, Services,
    },
    clock::Clock as _,
    language::Phrasebook,
    message::{
        BusinessId, Choice, Contact, Content, CustomerId, MediaKind, PhoneNumber, Reply, Seq,
        SourceKind, ThreadId, ThreadKey, Trust,
    },
    workflow::{
        Assistant, BookingWorkflow as _, Consent, Input, Outcome, State, StateChange, Turn, TurnId,
    },
};

use super::ledger::Ledger;
use crate::support::ManualClock;

const CUSTOMER: CustomerId = CustomerId(1);
const RIVAL: CustomerId = CustomerId(2);

pub(super) struct Stage {
    name: String,
    clock: ManualClock,
    businesses: Arc<Businesses>,
    ledger: Arc<Ledger>,
    contact: Contact,
    state: Option<State>,
    seq: u64,
    last: Option<Outcome>,
    /// Whether the last thing that was said asks for a yes or no.
    asks_yes_or_no: bool,
    /// Every choice that was ever offered.
    offered: Vec<Choice>,
    /// The booking that the customer was reminded of since they wrote.
    reminded: Option<BookingId>,
    /// What a rival books between the assistant's look and the commit.
    rival: Option<String>,
    /// What was said so far, for a failure's message.
    transcript: String,
    /// What went otherwise than written; nothing is played after it.
    failure: Option<String>,
}

impl Stage {
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            // A Tuesday, 10:00 in New York.
            clock: ManualClock::at("2026-03-03T15:00:00Z"),
            businesses: Arc::new(Businesses::demo()),
            ledger: Arc::default(),
            contact: Contact::default(),
            state: None,
            seq: 0,
            last: None,
            asks_yes_or_no: false,
            offered: Vec::new(),
            reminded: None,
            rival: None,
            transcript: String::new(),
            failure: None,
        }
    }

    /// What went otherwise than written.
    pub(super) fn failure(self) -> Option<String> {
        self.failure
    }

    /// Plays one line of a script.
    pub(super) async fn play(&mut self, line: &str) {
        if self.failure.is_some() {
            return;
        }
        let line = line.trim();
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb {
            "" | "#" => {}
            "file" => self.businesses = Arc::new(Businesses::from(business(rest))),
            "at" => self.clock = ManualClock::at(&self.utc(rest).to_rfc3339()),
            "wait" => self.clock.advance(duration(rest)),
            "name" => self.contact.name = Some(rest.into()),
            "garble" => self.garble(),
            "phone" => self.contact.phone = Some(PhoneNumber::parse(rest).unwrap()),
            "remind" => self.remind(),
            "rival" => self.rival = Some(rest.to_owned()),
            "taken" => self.book(RIVAL, rest),
            "has" => self.book(CUSTOMER, rest),
            ">" => {
                let texts = rest.split(" || ");
                self.turn(texts.map(|text| self.content(text)).collect())
                    .await;
            }
            "<" => {
                let holds = self.text().contains(rest);
                self.expect(holds, rest);
            }
            "!" => {
                let holds = !self.shown().contains(rest);
                self.expect(holds, &format!("not {rest}"));
            }
            "[]" => {
                let holds = self.titles().any(|title| title == rest);
                self.expect(holds, &format!("[{rest}]"));
            }
            "choices" => {
                let count: usize = rest.parse().unwrap();
                let holds = self.titles().count() == count;
                self.expect(holds, &format!("{rest} choices"));
            }
            "silent" => {
                let silent = self
                    .last
                    .as_ref()
                    .is_some_and(|last| *last == Outcome::default());
                self.expect(silent, "silence");
            }
            "handoff" => {
                let handoff = self.last.as_ref().and_then(|last| last.handoff);
                let handoff = handoff.map_or("none", |handoff| handoff.as_str());
                self.expect(handoff == rest, rest);
            }
            "alert" => {
                let alerts = self.last.iter().flat_map(|last| &last.alerts);
                let kinds: Vec<_> = alerts.map(|alert| alert.kind.as_str()).collect();
                let holds = kinds == [rest] || (kinds.is_empty() && rest == "none");
                self.expect(holds, &format!("alert {rest}, but is {kinds:?}"));
            }
            "consent" => {
                let consent = self.last.as_ref().and_then(|last| last.consent);
                let wanted = match rest {
                    "out" => Consent::OptOut,
                    _ => Consent::OptIn,
                };
                self.expect(consent == Some(wanted), &format!("consent {rest}"));
            }
            "until" => {
                let until = self.last.as_ref().and_then(|last| last.handoff_until);
                let holds = until == Some(self.utc(rest));
                self.expect(holds, &format!("until {rest}, but is {until:?}"));
            }
            "booked" => {
                let booked = self.booked();
                self.expect(booked == rest, &format!("{rest}, but is {booked}"));
            }
            "held" => {
                let held = self.listed(|status| matches!(status, BookingStatus::Held { .. }));
                self.expect(held == rest, &format!("{rest}, but is {held}"));
            }
            _ => panic!("{}: no such line: {line}", self.name),
        }
    }

    /// Whether the last thing that was said asks for a yes or no.
    pub(super) fn asks_yes_or_no(&self) -> bool {
        self.asks_yes_or_no
    }

    /// What the customer has, as the script writes it.
    pub(super) fn booked(&self) -> String {
        self.listed(|status| *status == BookingStatus::Booked)
    }

    pub(super) fn transcript(&self) -> &str {
        &self.transcript
    }

    fn business(&self) -> &Business {
        self.businesses.default_business()
    }

    fn utc(&self, local: &str) -> DateTime<Utc> {
        let local: NaiveDateTime = format!("{local}:00").parse().unwrap();
        self.business().zone.instant(local)
    }

    fn content(&self, text: &str) -> Content {
        let (verb, rest) = text.split_once(' ').unwrap_or((text, ""));
        match verb {
            "(tap)" => {
                let choice = self
                    .offered
                    .iter()
                    .rev()
                    .find(|choice| choice.title == rest);
                let choice = choice.unwrap_or_else(|| panic!("{}: no {rest}", self.name));
                Content::Choice {
                    id: choice.id.clone(),
                    title: rest.to_owned(),
                }
            }
            "(token)" => Content::Choice {
                id: rest.to_owned(),
                title: "?".to_owned(),
            },
            "(react)" => Content::Reaction {
                emoji: Some(rest.to_owned()),
                to: "m".to_owned(),
            },
            "(sticker)" => media(MediaKind::Sticker, None),
            "(place)" => Content::Location {
                latitude: 40.7,
                longitude: -74.0,
                name: None,
            },
            "(voice)" => media(MediaKind::Voice, None),
            "(picture)" => media(
                MediaKind::Image,
                (!rest.is_empty()).then(|| rest.to_owned()),
            ),
            "(edit)" => Content::Edited {
                original: "m".to_owned(),
                text: Some(rest.to_owned()),
            },
            "(revoke)" => Content::Revoked {
                original: "m".to_owned(),
            },
            _ => Content::Text {
                text: text.to_owned(),
            },
        }
    }

    /// One turn as the worker runs it: again with the conflict, until it is applied.
    async fn turn(&mut self, contents: Vec<Content>) {
        let _ = writeln!(self.transcript, "> {}", said(&contents));
        let now = self.clock.now();
        self.ledger.at(now);
        let first = Seq(self.seq + 1);
        let inputs: Vec<_> = contents
            .into_iter()
            .map(|content| self.input(content))
            .collect();
        let assistant = Assistant::new(
            Arc::clone(&self.businesses),
            self.ledger.clone(),
            Arc::new(Phrasebook),
        );
        let mut conflict = None;
        for revision in 0..4 {
            let turn = Turn {
                id: TurnId {
                    thread: ThreadId(1),
                    first,
                    last: Seq(self.seq),
                },
                revision,
                attempt: 1,
                thread: ThreadId(1),
                key: ThreadKey {
                    business: self.business().id.clone(),
                    source: SourceKind::Whatsapp,
                    trust: Trust::Verified,
                    key: "k".into(),
                },
                paused_until: None,
                contact: self.contact.clone(),
                customer: CUSTOMER,
                inputs: inputs.clone(),
                state: self.state.clone(),
                bookings: self.ledger.of(CUSTOMER),
                conflict: conflict.take(),
                opted_out: false,
                reminded: self.reminded,
                now,
            };
            let outcome = assistant.run(&turn).await.unwrap();
            if let Some(rival) = self.rival.take() {
                self.book(RIVAL, &rival);
            }
            match self.ledger.apply(CUSTOMER, &outcome.effects) {
                Ok(()) => {
                    self.reminded = None;
                    return self.commit(outcome);
                }
                Err(found) => conflict = Some(found),
            }
        }
        panic!(
            "{}: conflicts without end: {conflict:?}\n{}",
            self.name, self.transcript
        );
    }

    fn commit(&mut self, outcome: Outcome) {
        match &outcome.state {
            StateChange::Keep => {}
            StateChange::Put(state) => {
                assert!(state.bytes.len() <= State::MAX_BYTES);
                self.state = Some(state.clone());
            }
            StateChange::Clear => self.state = None,
        }
        let speaks = !outcome.replies.is_empty();
        self.last = Some(outcome);
        if speaks {
            let asks = self
                .titles()
                .any(|title| title.starts_with("Yes, ") || title.starts_with("Sí, "));
            self.asks_yes_or_no = asks;
        }
        let shown = self.shown();
        let _ = writeln!(self.transcript, "{shown}");
        self.check_limits();
    }

    /// What WhatsApp can show.
    fn check_limits(&mut self) {
        let replies = self.last.iter().flat_map(|last| &last.replies);
        for reply in replies.clone() {
            let Reply::Choices { text, choices, .. } = reply else {
                continue;
            };
            assert!(
                choices.len() <= 10 && text.chars().count() <= 1024,
                "{}",
                self.transcript
            );
            for choice in choices {
                assert!(choice.title.chars().count() <= 24, "{choice:?}");
                assert!(choice.id.len() <= 200, "{choice:?}");
                let description = choice.description.as_deref().unwrap_or("");
                assert!(description.chars().count() <= 72, "{choice:?}");
                self.offered.push(choice.clone());
            }
        }
        assert!(
            replies.count() <= 1,
            "more than one reply\n{}",
            self.transcript
        );
    }

    fn input(&mut self, content: Content) -> Input {
        self.seq += 1;
        let now = self.clock.now();
        Input {
            seq: Seq(self.seq),
            id: None,
            content,
            reply_to: None,
            sent_at: now,
            received_at: now,
        }
    }

    /// The next appointment is reminded of.
    fn remind(&mut self) {
        self.ledger.at(self.clock.now());
        let bookings = self.ledger.of(CUSTOMER);
        let mut firm = bookings
            .iter()
            .filter(|one| one.status == BookingStatus::Booked);
        self.reminded = firm.next().map(|one| one.id);
    }

    fn garble(&mut self) {
        let state = self.state.as_mut().unwrap();
        state.bytes = bytes::Bytes::from_static(b"?");
    }

    /// `haircut ana 2026-03-06T15:30` becomes firm.
    fn book(&mut self, customer: CustomerId, text: &str) {
        let [service, resource, start] = text.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{}: {text}", self.name)
        };
        let start = self.utc(start);
        let services: Services = service.parse().unwrap();
        let visit = self.business().visit(&services).unwrap();
        let details = BookingDetails {
            business: BusinessId::new("demo"),
            resource: ResourceId::new(resource),
            visible: visit.visible(start),
            blocked: visit.blocked(start),
            services,
            customer,
            name: None,
        };
        let id = BookingId::derive(&format!("{customer:?} {text}"));
        self.ledger.at(self.clock.now());
        let booked: Result<(), Conflict> =
            self.ledger.apply(customer, &[Effect::Book { id, details }]);
        booked.unwrap();
    }

    /// The customer's bookings of a status, as the script writes them.
    fn listed(&self, counts: impl Fn(&BookingStatus) -> bool) -> String {
        self.ledger.at(self.clock.now());
        let line = |booking: &Booking| {
            let details = &booking.details;
            let start = self.business().zone.to_local(details.visible.start);
            let name = details
                .name
                .as_deref()
                .map_or(String::new(), |name| format!(" ({name})"));
            let (services, resource) = (&details.services, details.resource.as_str());
            format!(
                "{services} {resource} {}{name}",
                start.format("%Y-%m-%dT%H:%M")
            )
        };
        let bookings = self.ledger.of(CUSTOMER);
        let lines: Vec<_> = bookings
            .iter()
            .filter(|booking| counts(&booking.status))
            .map(line)
            .collect();
        if lines.is_empty() {
            "none".to_owned()
        } else {
            lines.join(", ")
        }
    }

    fn text(&self) -> String {
        let replies = self.last.iter().flat_map(|last| &last.replies);
        let texts = replies.map(|reply| match reply {
            Reply::Text { text } | Reply::Choices { text, .. } => text.as_str(),
        });
        texts.collect::<Vec<_>>().join("\n")
    }

    fn titles(&self) -> impl Iterator<Item = &str> {
        let replies = self.last.iter().flat_map(|last| &last.replies);
        let choices = replies.flat_map(|reply| match reply {
            Reply::Choices { choices, .. } => choices.as_slice(),
            Reply::Text { .. } => &[],
        });
        choices.map(|choice| choice.title.as_str())
    }

    fn shown(&self) -> String {
        let titles: Vec<_> = self.titles().map(|title| format!("[{title}]")).collect();
        format!("< {} {}", self.text(), titles.join(" "))
    }

    fn expect(&mut self, holds: bool, expected: &str) {
        if !holds {
            let Self {
                name, transcript, ..
            } = self;
            self.failure = Some(format!("{name}: expected {expected}\n{transcript}"));
        }
    }
}

fn business(name: &str) -> Business {
    let text = match name {
        "luna" => include_str!("../data/luna.toml"),
        "small" => include_str!("../data/small.toml"),
        "barber" => include_str!("../data/barber.toml"),
        _ => panic!("no business file {name}"),
    };
    Business::parse(name, text).unwrap()
}

fn media(kind: MediaKind, caption: Option<String>) -> Content {
    Content::Media {
        kind,
        id: None,
        caption,
    }
}

fn said(contents: &[Content]) -> String {
    let texts = contents
        .iter()
        .map(|content| content.text().unwrap_or_else(|| content.kind()));
    texts.collect::<Vec<_>>().join(" || ")
}

fn duration(text: &str) -> TimeDelta {
    let (number, unit) = text.split_at(text.len() - 1);
    let number: i64 = number.parse().unwrap();
    match unit {
        "m" => TimeDelta::minutes(number),
        "h" => TimeDelta::hours(number),
        _ => TimeDelta::days(number),
    }
}
