//! The lines of a script, played on whatever stage there is.

use std::fmt::Write as _;

use chrono::{DateTime, TimeDelta, Utc};
use frontdesk::{booking::Verdict, clock::Clock as _, message::PhoneNumber};

use super::scene::{Booked, Said, Setting, Status, Told, Wanted, Who};

/// Plays a script, up to the first line that does not hold.
pub(super) struct Player<S> {
    name: String,
    stage: S,
    told: Told,
    /// Every title that was ever offered.
    offered: Vec<String>,
    /// The place of the yes, if the last thing that was said asks for a yes or no.
    yes: Option<usize>,
    /// What was said so far, for a failure's message.
    transcript: String,
    /// What went otherwise than written; nothing is played after it.
    failure: Option<String>,
}

/// Where a conversation is played.
pub(super) trait Stage {
    /// What is settled before the first message.
    fn setting(&mut self) -> &mut Setting;
    /// One turn: all that the customer says, and what is told to it.
    async fn say(&mut self, turn: Vec<Said>) -> Told;
    /// Somebody has booked this before.
    async fn book(&mut self, who: Who, wanted: &Wanted);
    /// Somebody else books this right before the next answer is committed.
    fn rival(&mut self, wanted: Wanted);
    /// Somebody else keeps the calendar, from before the first message on.
    fn elsewhere(&mut self);
    /// That calendar cannot be seen the next time.
    fn go_down(&mut self);
    /// Its keeper answers, or does not: what the customer is told.
    async fn answer(&mut self, verdict: Verdict) -> Told;
    /// Another workflow leads the conversation from now on.
    fn pass_on(&mut self);
    /// Time passes until a reminder goes out: what it says.
    async fn remind(&mut self) -> Told;
    /// What the conversation remembers is damaged.
    async fn garble(&mut self);
    /// A person at the business writes to the customer.
    async fn staff(&mut self, text: &str);
    /// Everything under way ends, time passes, and what is due by then happens: what the owner is
    /// told.
    async fn pass(&mut self, until: DateTime<Utc>) -> Vec<String>;
    /// What the customer has, by start.
    fn bookings(&mut self, status: Status) -> Vec<Booked>;
}

// === impl Player ===

impl<S: Stage> Player<S> {
    pub(super) fn new(name: &str, stage: S) -> Self {
        Self {
            name: name.to_owned(),
            stage,
            told: Told::default(),
            offered: Vec::new(),
            yes: None,
            transcript: String::new(),
            failure: None,
        }
    }

    /// What went otherwise than written, and the stage, to be cleared.
    pub(super) fn finish(self) -> (Option<String>, S) {
        (self.failure, self.stage)
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
            "file" => self.stage.setting().open(rest),
            "name" => self.stage.setting().name = Some(rest.into()),
            "phone" => {
                let phone = PhoneNumber::parse(rest).unwrap();
                self.stage.setting().phone = Some(phone);
            }
            "at" => {
                let until = self.stage.setting().utc(rest);
                self.told.alerts = self.stage.pass(until).await;
            }
            "wait" => {
                let until = self.stage.setting().clock.now() + duration(rest);
                self.told.alerts = self.stage.pass(until).await;
            }
            "staff" => self.stage.staff(rest).await,
            "garble" => self.stage.garble().await,
            "remind" => {
                self.told = self.stage.remind().await;
                self.heard();
            }
            "elsewhere" => self.stage.elsewhere(),
            "another" => self.stage.pass_on(),
            "calendar" if rest == "down" => self.stage.go_down(),
            "calendar" => {
                let verdict = serde_json::from_value(rest.into()).unwrap();
                self.told = self.stage.answer(verdict).await;
                self.heard();
            }
            "rival" => {
                let wanted = self.stage.setting().wanted(rest);
                self.stage.rival(wanted);
            }
            "taken" => self.book(Who::Rival, rest).await,
            "has" => self.book(Who::Customer, rest).await,
            ">" => self.turn(rest).await,
            _ => self.check(verb, rest),
        }
    }

    async fn book(&mut self, who: Who, text: &str) {
        let wanted = self.stage.setting().wanted(text);
        self.stage.book(who, &wanted).await;
    }

    async fn turn(&mut self, text: &str) {
        let _ = writeln!(self.transcript, "> {text}");
        let turn: Vec<_> = text.split(" || ").map(Said::parse).collect();
        let unknown =
            |said: &&Said| matches!(said, Said::Tap(title) if !self.offered.contains(title));
        if let Some(said) = turn.iter().find(unknown) {
            return self.expect(false, &format!("{said:?} to be offered"));
        }
        self.told = self.stage.say(turn).await;
        self.heard();
    }

    /// Takes note of what was said last.
    fn heard(&mut self) {
        self.offered.extend(self.told.titles.iter().cloned());
        if !self.told.text.is_empty() {
            let mut titles = self.told.titles.iter();
            let yes = |title: &String| title.starts_with("Yes, ") || title.starts_with("Sí, ");
            self.yes = titles.position(yes).map(|place| place + 1);
        }
        let shown = self.told.shown();
        let _ = writeln!(self.transcript, "{shown}");
    }

    /// Whether the last turn came to what is written.
    fn check(&mut self, verb: &str, rest: &str) {
        let (holds, found) = match verb {
            "booked" => self.lists(Status::Booked, rest),
            "held" => self.lists(Status::Held, rest),
            "requested" => self.lists(Status::Requested, rest),
            "until" => self.is_about(self.told.until, rest),
            "again" => self.is_about(self.told.again, rest),
            _ => match self.told.holds(verb, rest) {
                Some(checked) => checked,
                None => panic!("{}: no such line: {verb} {rest}", self.name),
            },
        };
        self.expect(holds, &format!("{verb} {rest}, but is {found}"));
    }

    fn lists(&mut self, status: Status, wanted: &str) -> (bool, String) {
        let listed = self.listed(status);
        (listed == wanted, listed)
    }

    /// Whether it is then, but for the seconds that typing takes.
    fn is_about(&mut self, at: Option<DateTime<Utc>>, wanted: &str) -> (bool, String) {
        let wanted = self.stage.setting().utc(wanted);
        let near = |at| at >= wanted && at - wanted < TimeDelta::minutes(1);
        (at.is_some_and(near), format!("{at:?}"))
    }

    fn expect(&mut self, holds: bool, expected: &str) {
        if !holds {
            let (name, transcript) = (&self.name, &self.transcript);
            self.failure = Some(format!("{name}: expected {expected}\n{transcript}"));
        }
    }

    /// The place of the yes, if the last thing that was said asks for a yes or no; none in a list if
    /// it shows an appointment and asks for the name, to which a yes may be said as well.
    pub(super) fn yes(&self) -> Option<usize> {
        let asks_name = [
            "What name shall I put it under?",
            "¿A nombre de quién la agendo?",
            // Asked once more, of the appointment that was shown.
            "Please write just the name",
            "escribe solo el nombre",
        ];
        let asked = asks_name
            .iter()
            .any(|question| self.told.text.contains(question));
        self.yes.or(asked.then_some(usize::MAX))
    }

    /// What the customer has, as the script writes it, and what is being asked for.
    pub(super) fn booked(&mut self) -> [String; 2] {
        [Status::Booked, Status::Requested].map(|status| self.listed(status))
    }

    /// What is kept free for the customer.
    pub(super) fn held(&mut self) -> String {
        self.listed(Status::Held)
    }

    /// What was said last.
    pub(super) fn told(&self) -> &Told {
        &self.told
    }

    pub(super) fn transcript(&self) -> &str {
        &self.transcript
    }

    fn listed(&mut self, status: Status) -> String {
        let bookings = self.stage.bookings(status);
        let business = self.stage.setting().business();
        let line = |booked: &Booked| {
            let local = business.zone.to_local(booked.start);
            let who = match (&booked.name, &booked.for_name) {
                (None, None) => String::new(),
                (Some(name), None) => format!(" ({name})"),
                (None, Some(other)) => format!(" (for {other})"),
                (Some(name), Some(other)) => format!(" ({name} for {other})"),
            };
            let (services, resource) = (&booked.services, &booked.resource);
            format!(
                "{services} {resource} {}{who}",
                local.format("%Y-%m-%dT%H:%M")
            )
        };
        let lines: Vec<_> = bookings.iter().map(line).collect();
        if lines.is_empty() {
            "none".to_owned()
        } else {
            lines.join(", ")
        }
    }
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
