//! What was said in a turn, all inputs together, before it is known what it means here.

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    desk::Desk,
    memory::{Memory, Step, When},
    token::{Action, Page},
};
use crate::{
    booking::{BookingId, ResourceId, ServiceId},
    language::{
        clock::Times,
        day::Days,
        intent::{self, Assent, Intent},
        name,
        words::Words,
    },
    message::{Content, MediaKind},
    workflow::{Input, Turn},
};

/// All that was said. What is said later counts more where both cannot be meant.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// What is wanted, in the order of the vocabulary.
    pub(super) intents: Vec<Intent>,
    /// The services that may be meant; more than one has to be asked.
    pub(super) services: Vec<ServiceId>,
    /// The person that is wished.
    pub(super) staff: Option<ResourceId>,
    /// The day and time that are wished.
    pub(super) when: When,
    /// A time that was chosen from a list.
    pub(super) start: Option<DateTime<Utc>>,
    /// More times are to be shown.
    pub(super) page: Option<Page>,
    /// More services are to be shown.
    pub(super) services_from: Option<usize>,
    /// A booking that was chosen to be given up.
    pub(super) cancel: Option<BookingId>,
    /// Yes or no, and what about where it was tapped.
    pub(super) answer: Option<(Assent, Option<BookingId>)>,
    /// Both yes and no were said.
    pub(super) wavering: bool,
    /// Which of the business's answers are asked for.
    pub(super) answers: Vec<usize>,
    /// The name that was given, where one was asked for.
    pub(super) name: Option<String>,
    /// Something came that cannot be read.
    pub(super) unreadable: bool,
    /// Something was said in which nothing was understood.
    pub(super) puzzling: bool,
}

/// Hears all inputs of a turn.
pub(super) fn hear(desk: &Desk<'_>, memory: &Memory, turn: &Turn) -> Heard {
    let mut heard = Heard::default();
    for input in &turn.inputs {
        heard.input(desk, memory, input);
    }
    heard
}

// === impl Heard ===

impl Heard {
    fn input(&mut self, desk: &Desk<'_>, memory: &Memory, input: &Input) {
        let today = desk.business.zone.to_local(input.sent_at).date();
        match &input.content {
            Content::Choice { id, title } => match id.parse() {
                Ok(action) => self.act(action),
                Err(_) => self.text(desk, memory, title, today),
            },
            Content::Reaction { emoji, .. } => self.reaction(memory, emoji.as_deref()),
            // A sticker is a smile, and what was taken back was not said.
            Content::Media {
                kind: MediaKind::Sticker,
                ..
            }
            | Content::Revoked { .. } => {}
            content => match content.text().filter(|text| !text.trim().is_empty()) {
                Some(text) => self.text(desk, memory, text, today),
                None if matches!(content, Content::Edited { .. } | Content::Text { .. }) => {}
                None => self.unreadable = true,
            },
        }
    }

    fn act(&mut self, action: Action) {
        match action {
            Action::Service(service) => self.services = vec![service],
            Action::Services(from) => self.services_from = Some(from),
            Action::Time {
                service,
                staff,
                start,
            } => {
                self.services = vec![service];
                self.staff = staff;
                self.start = Some(start);
            }
            Action::Day(date) => self.when.days = Some(Days::OneOf(vec![date])),
            Action::More(page) => self.page = Some(page),
            Action::Yes(id) => self.assent(Assent::Yes, Some(id)),
            Action::No(id) => self.assent(Assent::No, Some(id)),
            Action::Cancel(id) => self.cancel = Some(id),
        }
    }

    fn assent(&mut self, assent: Assent, about: Option<BookingId>) {
        self.wavering |= matches!(self.answer, Some((before, _)) if before != assent);
        self.answer = Some((assent, about));
    }

    /// A thumb on a question is an answer; on anything else a person would say nothing.
    fn reaction(&mut self, memory: &Memory, emoji: Option<&str>) {
        if !matches!(
            memory.step,
            Step::Confirm { .. } | Step::ConfirmCancel { .. }
        ) {
            return;
        }
        match emoji.and_then(|emoji| emoji.chars().next()) {
            Some('👍' | '👌' | '✅') => self.assent(Assent::Yes, None),
            Some('👎' | '❌') => self.assent(Assent::No, None),
            _ => {}
        }
    }

    fn text(&mut self, desk: &Desk<'_>, memory: &Memory, text: &str, today: NaiveDate) {
        let words = Words::of(text);
        if words.is_empty() {
            // A lone emoji is a smile; a lone "?" is not.
            self.puzzling |= text.is_ascii();
            return;
        }
        if let Some(action) = chosen(memory, &words) {
            self.act(action);
            return;
        }
        let intents = intent::intents(&words);
        if matches!(memory.step, Step::Name { .. })
            && intents
                .iter()
                .all(|intent| matches!(intent, Intent::Greeting | Intent::Thanks))
            && let Some(name) = name::own_name(text)
        {
            self.name = Some(name);
            return;
        }
        let assent = match memory.step {
            Step::ConfirmCancel { .. } => intent::assent(&without_cancel(&words)),
            _ => intent::assent(&words),
        };
        if let Some(assent) = assent {
            self.assent(assent, None);
            self.intents
                .extend(intents.into_iter().filter(|one| *one == Intent::Greeting));
            return;
        }
        if !self.wishes(desk, &words, today) && intents.is_empty() {
            self.puzzling = true;
        }
        self.intents.extend(intents);
    }

    /// Takes note of names and times; whether there were any.
    fn wishes(&mut self, desk: &Desk<'_>, words: &Words, today: NaiveDate) -> bool {
        let services = &desk.business.services;
        let mentioned = name::mentioned(words, services.iter().map(|one| one.name.all()));
        let when = When {
            days: Days::of(words, today),
            times: Times::of(words),
            ..When::default()
        };
        let staff = person(desk, words);
        let asked = |phrase: &str| words.contain_nearly(&Words::of(phrase));
        let answers = desk.business.answers.iter().enumerate();
        let answers: Vec<_> = answers
            .filter(|(_, answer)| answer.words.iter().any(|phrase| asked(phrase)))
            .map(|(n, _)| n)
            .collect();
        let any =
            !mentioned.is_empty() || !when.is_empty() || staff.is_some() || !answers.is_empty();
        if !mentioned.is_empty() {
            self.services = mentioned
                .into_iter()
                .map(|n| services[n].id.clone())
                .collect();
        }
        if !when.is_empty() {
            // A time that was tapped before in the same turn is changed by what is said after.
            self.start = None;
        }
        self.when = when.after(&self.when);
        self.staff = staff.or_else(|| self.staff.take());
        self.answers.extend(answers);
        any
    }

    /// Whether anything was said that a person would answer.
    pub(super) fn is_silent(&self) -> bool {
        self.intents.is_empty()
            && !self.wants_booking()
            && self.cancel.is_none()
            && self.answer.is_none()
            && self.answers.is_empty()
            && self.name.is_none()
            && !self.unreadable
            && !self.puzzling
    }

    /// Whether something was said about what is to be booked.
    pub(super) fn wants_booking(&self) -> bool {
        !self.services.is_empty()
            || self.staff.is_some()
            || !self.when.is_empty()
            || self.start.is_some()
            || self.page.is_some()
            || self.services_from.is_some()
    }

    pub(super) fn has(&self, intent: Intent) -> bool {
        self.intents.contains(&intent)
    }
}

/// The choice that is meant by its number or title.
fn chosen(memory: &Memory, words: &Words) -> Option<Action> {
    let number = match words.as_slice() {
        [number] => number,
        [word, number] if matches!(word.as_str(), "option" | "number" | "choice") => number,
        _ => "",
    };
    let plain = (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    if plain {
        let position = number.parse::<usize>().ok()?.checked_sub(1)?;
        return memory
            .offered
            .get(position)
            .map(|offered| offered.action.clone());
    }
    let same = |title: &str| Words::of(title).nearly_equal(words);
    let mut matches = memory.offered.iter().filter(|offered| same(&offered.title));
    let found = matches.next()?;
    matches.next().is_none().then(|| found.action.clone())
}

/// A person's name after "with" or "by", or as all that is said.
fn person(desk: &Desk<'_>, words: &Words) -> Option<ResourceId> {
    let all = words.as_slice();
    let mut found = desk.business.staff.iter().filter(|person| {
        let name = Words::of(&person.name);
        let name = name.as_slice();
        let places = all.windows(name.len().max(1)).enumerate();
        let mut named = places.filter(|(_, window)| !name.is_empty() && *window == name);
        named.any(|(n, _)| {
            all.len() == name.len() || n > 0 && matches!(all[n - 1].as_str(), "with" | "by" | "see")
        })
    });
    let person = found.next()?;
    found.next().is_none().then(|| person.id.clone())
}

/// "Yes, cancel it" is a yes to the question whether to cancel.
fn without_cancel(words: &Words) -> Words {
    let kept = words
        .as_slice()
        .iter()
        .filter(|word| *word != "cancel" && *word != "keep");
    Words::of(&kept.map(String::as_str).collect::<Vec<_>>().join(" "))
}
