//! What was said in a turn, all inputs together, before it is known what it means here.
//!
//! What was tapped, or chosen by its number or title, is not read by the [`Reader`], so that menus
//! do not pay for it. All other words are read apart from the async threads: [`is_read`].

mod chosen;
mod input_reader;
mod language;
mod unread;

use std::borrow::Cow;

use chrono::{DateTime, Utc};

pub(super) use self::unread::Unread;
use self::{chosen::chosen, input_reader::InputReader};
use super::{
    memory::{ForWhom, Memory, Step, When},
    question::Row,
    question::reminder_rows,
    texts,
    token::{Action, Page},
};
use crate::{
    booking::{BookingId, Business, ResourceId, ServiceId},
    language::{
        Act, ActKind, Guest as ReadGuest, Language, Other, Reader, Reading, Reference, Shift, Slot,
        day::Days,
        intent::{Assent, Intent},
        is_firm, only_leads,
        words::Words,
    },
    message::{Content, SourceKind},
    workflow::{Input, Turn},
};

/// All that was said. What is said later counts more where both cannot be meant.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each can hold without the others"
)]
pub(super) struct Utterance {
    /// The language to answer in; none: as before.
    pub(super) language: Option<Language>,
    /// What was asked of the language itself.
    pub(super) tongue: Option<LanguageWish>,
    /// What is wanted, in the order of the vocabulary.
    pub(super) intents: Vec<Intent>,
    /// The services that are wanted, each with all that may be meant; where that is more than
    /// one, it has to be asked.
    pub(super) services: Vec<Vec<ServiceId>>,
    /// They come to what was wanted before.
    pub(super) adds: bool,
    /// The services that will not do.
    pub(super) not_services: Vec<ServiceId>,
    /// The person that is wished.
    pub(super) staff: Option<ResourceId>,
    /// Everyone who was named and not ruled out.
    pub(super) named_staff: Vec<ResourceId>,
    /// Staff members who were ruled out.
    pub(super) not_staff: Vec<ResourceId>,
    /// The day and time that are wished.
    pub(super) when: When,
    /// The day and time of the appointment that is spoken of.
    pub(super) about: When,
    /// Whom it is for, where that is somebody else.
    pub(super) for_whom: Option<ForWhom>,
    /// The name of somebody near to the customer who was told of.
    pub(super) told_of: Option<Box<str>>,
    /// The appointments of those who are named.
    pub(super) appointments_of: Vec<BookingId>,
    /// They come besides who was spoken of before.
    pub(super) adds_person: bool,
    /// The distance by which an appointment is to move.
    pub(super) shift: Option<Shift>,
    /// The relation of the request to existing bookings.
    pub(super) reference: Reference,
    /// The people who come, if more than one.
    pub(super) guests: Vec<Guest>,
    /// The number of people, if more than one was said.
    pub(super) people: Option<u16>,
    /// The customer's expected delay, in minutes.
    pub(super) minutes_late: Option<u16>,
    /// A time that was chosen from a list.
    pub(super) start: Option<DateTime<Utc>>,
    /// More times are to be shown.
    pub(super) page: Option<Page>,
    /// More services are to be shown.
    pub(super) services_from: Option<usize>,
    /// What was tapped about a booking.
    pub(super) tapped: Option<Tapped>,
    /// Yes or no, and what about where it was tapped.
    pub(super) answer: Option<(Assent, Option<BookingId>)>,
    /// Both yes and no were said.
    pub(super) wavering: bool,
    /// Neither was, but that it takes time.
    pub(super) hesitates: bool,
    /// Something that was spoken of is not wanted, or not any more.
    pub(super) denies: bool,
    /// Which of the business's answers are asked for.
    pub(super) answers: Vec<usize>,
    /// The name that was given, where one was asked for.
    pub(super) name: Option<String>,
    /// Something came that cannot be read.
    pub(super) unread: Option<Unread>,
    /// Something was said in which nothing was understood.
    pub(super) puzzling: bool,
    /// Something was said in words.
    pub(super) is_worded: bool,
    /// The words of a question or wish in which nothing was understood, beside others.
    pub(super) not_caught: Option<String>,
    /// All of it replaces words that were answered already.
    pub(super) only_corrects: bool,
}

/// One of several who come.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Guest {
    /// None: the customer.
    pub(super) for_whom: Option<ForWhom>,
    pub(super) services: Vec<Vec<ServiceId>>,
    pub(super) staff: Option<ResourceId>,
    pub(super) when: When,
}

/// What was tapped about a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tapped {
    /// Give it up.
    Cancel(BookingId),
    /// Move it.
    Move(BookingId),
    /// Leave it as it is.
    Keep(BookingId),
    /// They will be there.
    Come(BookingId),
    /// They will not.
    CannotCome(BookingId),
    /// Drop what is being booked.
    Drop,
    /// Go on with it.
    Again,
}

/// What a customer wants of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LanguageWish {
    /// To go on in another of the business's.
    Switch,
    /// One that is not spoken here, or that was written and not understood.
    Foreign,
}

/// Whether something was written that is no number of a choice, and so has to be read.
pub(super) fn is_read(turn: &Turn) -> bool {
    let is_number = |text: &str| text.trim().bytes().all(|byte| byte.is_ascii_digit());
    turn.inputs.iter().any(|input| match &input.content {
        // One that is none of ours is read by its title.
        Content::Choice { id, .. } => id.parse::<Action>().is_err(),
        content => content.text().is_some_and(|text| !is_number(text)),
    })
}

/// Hears all inputs of a turn.
pub(super) fn hear(
    business: &Business,
    memory: &Memory,
    turn: &Turn,
    reader: &dyn Reader,
) -> Vec<Utterance> {
    let offered = match turn.reminded {
        None => Cow::Borrowed(memory.offered.as_slice()),
        Some(id) => {
            let language = super::spoken(business, memory.language);
            let rows = reminder_rows(&texts::of(language, business), id);
            rows.iter().map(Row::offered).collect()
        }
    };
    let input_reader = InputReader {
        business,
        memory,
        reader,
        reminded: turn.reminded.is_some(),
        offered,
        is_numbered: turn.key.source != SourceKind::Whatsapp,
        bookings: &turn.bookings,
    };
    let is_correction = |input: &Input| matches!(input.content, Content::Edited { .. });
    let mut heard = Utterance {
        only_corrects: turn.inputs.iter().all(is_correction),
        ..Utterance::default()
    };
    for input in &turn.inputs {
        heard.input(&input_reader, input);
    }
    heard.in_order(memory)
}

/// Returns whether a yes beside the name that was asked for agrees to what was shown. "Yes please, I'm
/// Fiona", "yes! I'm Fiona" and "Fiona Walsh, and yes" do; "yes, it's Fiona" says only the name.
fn agrees_beside_name(words: &Words, act: &Act, named_from: Option<usize>) -> bool {
    let said = words.as_slice().get(act.words.clone()).unwrap_or_default();
    // A lone letter behind a name is of it, or "and".
    let is_word = said.iter().any(|word| word.len() > 1);
    let follows = is_word && named_from.is_some_and(|from| from < act.words.start);
    let is_sentence = words.sentence_before(act.words.end);
    let is_firm = is_sentence && said.iter().any(|word| is_firm(word));
    let leads = said.len() < 2 || only_leads(said);
    act.kind == ActKind::Affirm && (follows || is_firm || !leads)
}

/// Returns the words of the first question or wish in which nothing was understood, though the
/// rest of the text was.
fn not_caught(input_reader: &InputReader<'_>, words: &Words, reading: &Reading) -> Option<String> {
    if reading.is_empty() {
        return None;
    }
    let is_lost = |act: &&Act| {
        let asks = words.asked_after(act.words.end - 1)
            && matches!(act.kind, ActKind::Question | ActKind::Request);
        let wants = asks || act.kind == ActKind::Addition;
        wants && act.tells && act.words.len() > 1
    };
    let mut lost = reading.acts.iter().filter(is_lost);
    lost.find_map(|act| {
        let said: Vec<_> = act.words.clone().map(|n| words.written(n)).collect();
        let said = said.join(" ");
        input_reader
            .answers(&Words::of(&said))
            .is_empty()
            .then_some(said)
    })
}

// === impl Utterance ===

impl Utterance {
    fn input(&mut self, input_reader: &InputReader<'_>, input: &Input) {
        match &input.content {
            Content::Choice { id, title } => match id.parse() {
                Ok(action) => self.act(action),
                Err(_) => self.text(input_reader, title, input.sent_at),
            },
            Content::Reaction { emoji, .. } => self.reaction(input_reader, emoji.as_deref()),
            Content::Welcome => self.intents.push(Intent::Greeting),
            Content::Edited { text, .. } => {
                let text = text.as_deref().unwrap_or_default();
                self.correction(input_reader, text, input.sent_at);
            }
            content => {
                if let Some(text) = content.text().filter(|text| !text.trim().is_empty()) {
                    self.text(input_reader, text, input.sent_at);
                }
                self.unread = Unread::of(content).or(self.unread);
            }
        }
    }

    fn act(&mut self, action: Action) {
        match action {
            Action::Service(service) => self.services = vec![vec![service]],
            Action::Services(from) => self.services_from = Some(from),
            Action::Time {
                services,
                staff,
                start,
            } => {
                self.services = services.iter().map(|one| vec![one.clone()]).collect();
                self.staff = staff;
                self.start = Some(start);
            }
            Action::Day(date) => self.when.days = Some(Days::OneOf(vec![date])),
            Action::More(page) => self.page = Some(page),
            Action::Yes(id) => self.assent(Assent::Yes, Some(id)),
            Action::No(id) => self.assent(Assent::No, Some(id)),
            Action::Cancel(id) => self.tapped = Some(Tapped::Cancel(id)),
            Action::Move(id) => self.tapped = Some(Tapped::Move(id)),
            Action::Keep(id) => self.tapped = Some(Tapped::Keep(id)),
            Action::Come(id) => self.tapped = Some(Tapped::Come(id)),
            Action::CannotCome(id) => self.tapped = Some(Tapped::CannotCome(id)),
            Action::Drop => self.tapped = Some(Tapped::Drop),
            Action::Again => self.tapped = Some(Tapped::Again),
            Action::Person => self.intents.push(Intent::Human),
        }
    }

    fn assent(&mut self, assent: Assent, about: Option<BookingId>) {
        self.wavering |= matches!(self.answer, Some((before, _)) if before != assent);
        self.answer = Some((assent, about));
    }

    /// Words that replace others which were answered already. They may change what is wanted, but
    /// they answer no question: those words were written before it.
    fn correction(&mut self, input_reader: &InputReader<'_>, text: &str, sent_at: DateTime<Utc>) {
        let words = Words::of(text);
        let mut reading = input_reader.read(text, sent_at, &[]);
        let answers_nothing = reading.is_empty() && input_reader.answers(&words).is_empty();
        if answers_nothing || reading.is_plain_answer {
            return;
        }
        self.language(input_reader, &words, &reading);
        if matches!(
            input_reader.memory.step,
            Step::ConfirmCancel { .. } | Step::CannotCome { .. }
        ) {
            reading.retain(|slot| *slot != Slot::Wants(Intent::Cancel));
        }
        self.wishes(input_reader, &words, &reading);
    }

    /// A thumb on a question is an answer; on anything else a person would say nothing.
    fn reaction(&mut self, input_reader: &InputReader<'_>, emoji: Option<&str>) {
        if !input_reader.asks_yes_or_no() {
            return;
        }
        match emoji.and_then(|emoji| emoji.chars().next()) {
            Some('👍' | '👌' | '✅') => self.assent(Assent::Yes, None),
            Some('👎' | '❌') => self.assent(Assent::No, None),
            _ => {}
        }
    }

    fn text(&mut self, input_reader: &InputReader<'_>, text: &str, sent_at: DateTime<Utc>) {
        let words = Words::of(text);
        if words.is_empty() {
            // A lone emoji is a smile; a lone "?" is not.
            self.puzzling |= text.is_ascii();
            return;
        }
        self.is_worded = true;
        if let Some(action) = chosen(&input_reader.offered, &words, input_reader.is_numbered) {
            self.act(action);
            return;
        }
        self.appointments_of
            .extend(input_reader.appointments_of(&words));
        let mut reading = input_reader.read(text, sent_at, &self.services);
        self.language(input_reader, &words, &reading);
        if reading.is_empty() && input_reader.answers(&words).is_empty() {
            reading = input_reader
                .read_as_name(text, &words, sent_at)
                .unwrap_or(reading);
        }
        let names_service = input_reader.names_service(&words);
        // "Give me a sec, I'll ask" gives no name, whatever is unknown in it.
        let name = reading.own_name().map(ToOwned::to_owned);
        let name = name.filter(|name| !reading.hesitates() || text.contains(name.as_str()));
        let is_name = |slot: &Slot| matches!(slot, Slot::OwnName(_));
        let mut names = reading
            .acts
            .iter()
            .filter(|act| act.slots.iter().any(is_name));
        let named_from = names.next().map(|act| act.words.start);
        reading.retain(|slot| !matches!(slot, Slot::OwnName(_)));
        if let Some(name) = name.filter(|_| !names_service) {
            self.name = Some(name);
            if matches!(input_reader.memory.step, Step::Name { .. }) {
                let agrees = |act: &Act| agrees_beside_name(&words, act, named_from);
                // "Sí, anótame. Germán Oviedo".
                let books = reading.has(Intent::Book) && named_from.is_some();
                let says_yes = reading.assent == Some(Assent::Yes);
                if says_yes && (books || reading.acts.iter().any(agrees)) {
                    self.assent(Assent::Yes, None);
                }
                reading.assent = None;
                let is_courtesy =
                    |slot: &Slot| matches!(slot, Slot::Wants(intent) if intent.is_courtesy());
                reading.retain(|slot| !is_courtesy(slot));
            }
            if reading.is_empty() && input_reader.answers(&words).is_empty() {
                return;
            }
        }
        // "Hmm, make it a trim instead" is a change.
        let reference = reading.reference();
        let asks = |act: &Act| matches!(act.kind, ActKind::Question | ActKind::Request);
        let says_when = !reading.when().is_empty();
        // "The 13th maybe" answers when it is to be; "let me check Saturday" does not.
        let holds_when = |act: &Act| {
            let is_when = |slot: &Slot| matches!(slot, Slot::When(_));
            act.kind == ActKind::Hesitate && act.words.len() > 1 && act.slots.iter().any(is_when)
        };
        let names_when =
            says_when && !input_reader.asks_yes_or_no() && !reading.acts.iter().any(holds_when);
        let changes = names_when
            || says_when && (reference.replaces || reading.acts.last().is_some_and(asks))
            || (reference.replaces || reference.is_only) && !reading.services().is_empty()
            || !reading.not_services().is_empty();
        if input_reader.waits_for_answer() && reading.hesitates() && !changes {
            self.hesitation(input_reader, &words, &reading);
        } else if !self.answer(input_reader, &words, &reading, sent_at) {
            self.wishes(input_reader, &words, &reading);
        }
    }

    /// Takes note of the yes or no. Whether nothing else was said.
    fn answer(
        &mut self,
        input_reader: &InputReader<'_>,
        words: &Words,
        reading: &Reading,
        sent_at: DateTime<Utc>,
    ) -> bool {
        let without_cancel = match input_reader.memory.step {
            Step::ConfirmCancel { .. } => {
                Some(input_reader.read(&chosen::without_cancel(words), sent_at, &[]))
            }
            _ => None,
        };
        let answers = |reading: &&Reading| reading.is_plain_answer && reading.when().is_empty();
        let plain = without_cancel.iter().chain([reading]).find(answers);
        if let Some(assent) = plain.and_then(|reading| reading.assent) {
            self.assent(assent, None);
            self.reference = self.reference.or(reading.reference());
            let kept = [Intent::Greeting, Intent::Cancel];
            let kept = kept.into_iter().filter(|intent| reading.has(*intent));
            self.intents.extend(kept);
            return true;
        }
        let assent = reading.assent.filter(|_| input_reader.asks_yes_or_no());
        if let Some(assent) = assent {
            self.assent(assent, None);
        }
        false
    }

    /// Takes note that the customer needs time, and of what they ask meanwhile.
    fn hesitation(&mut self, input_reader: &InputReader<'_>, words: &Words, reading: &Reading) {
        let asked = [
            Intent::Price,
            Intent::Hours,
            Intent::Address,
            Intent::Policy,
            Intent::Human,
        ];
        self.hesitates = true;
        self.answers.extend(input_reader.answers(words));
        let asked = asked.into_iter().filter(|intent| reading.has(*intent));
        self.intents.extend(asked);
    }

    /// Takes note of what is wanted, and of names and times.
    fn wishes(&mut self, input_reader: &InputReader<'_>, words: &Words, reading: &Reading) {
        let told_of = reading.told_of.as_deref().map(Into::into);
        self.told_of = told_of.or_else(|| self.told_of.take());
        let answers = input_reader.answers(words);
        if reading.is_empty() && answers.is_empty() {
            self.hesitates |= reading.hesitates();
            self.puzzling |= !reading.hesitates();
        }
        self.answers.extend(answers);
        self.not_caught =
            not_caught(input_reader, words, reading).or_else(|| self.not_caught.take());
        // "No, a haircut" answers; "the haircut on Friday is off" denies.
        let denies =
            |act: &Act| act.kind == ActKind::Deny && (act.words.start > 0 || act.words.len() > 1);
        self.denies |= reading.acts.iter().any(denies);
        // "Do you take delta dental?" wishes no dental cleaning.
        let of_service = |act: &&Act| {
            act.slots
                .iter()
                .any(|slot| matches!(slot, Slot::Service(_)))
        };
        let mut of_service = reading.acts.iter().filter(of_service);
        let is_answered = !self.answers.is_empty() && input_reader.memory.draft().is_some();
        if !is_answered || !of_service.all(|act| act.kind == ActKind::Question) {
            self.services(input_reader, reading);
        }
        let mut wished = Vec::new();
        for slot in reading.slots() {
            match slot {
                Slot::Wants(intent) => self.intents.push(*intent),
                Slot::Service(_) | Slot::AddsServices | Slot::OwnName(_) | Slot::Language(_) => {}
                Slot::NotService(n) => {
                    let ruled_out = input_reader.business.services.get(*n);
                    self.not_services
                        .extend(ruled_out.map(|one| one.id.clone()));
                }
                Slot::Staff(n) => {
                    wished.push(*n);
                    let named = input_reader.business.staff.get(*n);
                    self.named_staff.extend(named.map(|one| one.id.clone()));
                }
                Slot::NotStaff(n) => {
                    let ruled_out = input_reader.business.staff.get(*n);
                    self.not_staff.extend(ruled_out.map(|one| one.id.clone()));
                }
                Slot::When(when) => {
                    // A time that was tapped before in the same turn is changed by what is said after.
                    self.start = None;
                    self.when = when.clone().after(&self.when);
                }
                Slot::About(when) => self.about = when.clone().after(&self.about),
                Slot::Shift(shift) => self.shift = Some(*shift),
                Slot::Reference(reference) => self.reference = self.reference.or(*reference),
                Slot::Other(other) => self.other(other),
                Slot::AddsPerson => self.adds_person = true,
                Slot::Guests(guests) => self.guests(input_reader, guests),
                Slot::People(people) => self.people = Some(*people),
                Slot::MinutesLate(minutes) => self.minutes_late = Some(*minutes),
            }
        }
        // "Hang on, I've got the dentist. Could we do Saturday?"
        let wishes =
            |slot: &Slot| matches!(slot, Slot::When(_) | Slot::Service(_) | Slot::Shift(_));
        self.hesitates &= !reading.slots().any(wishes);
        self.adds_person &= self.for_whom.is_some();
        self.staff = input_reader.staff(&wished).or_else(|| self.staff.take());
    }

    fn services(&mut self, input_reader: &InputReader<'_>, reading: &Reading) {
        let services = input_reader.among(input_reader.services(&reading.services()));
        if services.is_empty() {
            return;
        }
        let reference = reading.reference();
        if reading.slots().any(|slot| *slot == Slot::AddsServices) {
            self.adds |= self.services.is_empty();
            self.services.extend(services);
        } else if reference.is_only || reference.replaces {
            self.services = input_reader.but_the_drafted(services);
        } else {
            self.services = services;
        }
    }

    fn other(&mut self, other: &Other) {
        let named = other.name.clone();
        let related = other.relation.clone();
        let whom = match (named, related) {
            (Some(name), _) => ForWhom::Named(name.into()),
            (None, Some(relation)) => ForWhom::Related(relation.into()),
            (None, None) => ForWhom::Unnamed,
        };
        self.for_whom = ForWhom::after(Some(whom), self.for_whom.as_ref());
    }

    fn guests(&mut self, input_reader: &InputReader<'_>, guests: &[ReadGuest]) {
        let before = self.for_whom.clone();
        let guest = |guest| {
            let guest = input_reader.guest(guest);
            let is_known = guest.for_whom == Some(ForWhom::Unnamed) && before.is_some();
            Guest {
                for_whom: if is_known {
                    before.clone()
                } else {
                    guest.for_whom
                },
                ..guest
            }
        };
        let told = std::mem::take(&mut self.guests);
        self.guests = guests.iter().map(guest).collect();
        // "Eli's is a kids cut" … "Eli at 10 and me at 10:30".
        for one in &mut self.guests {
            let same = told.iter().find(|other| other.for_whom == one.for_whom);
            if let Some(before) = same.filter(|_| one.services.is_empty()) {
                one.services.clone_from(&before.services);
                one.staff = one.staff.take().or_else(|| before.staff.clone());
            }
        }
    }

    /// One thing after the other: a yes to what was proposed comes before what is wished besides it.
    fn in_order(mut self, memory: &Memory) -> Vec<Self> {
        let says_yes = matches!(self.answer, Some((Assent::Yes, _))) && !self.wavering;
        let is_proposed =
            matches!(&memory.step, Step::Confirm { draft, .. } if draft.moving.is_none());
        let for_another =
            memory.draft().is_some_and(|draft| draft.for_whom.is_none()) && self.for_whom.is_some();
        let adds_another = self.adds_person
            || (self.reference.is_another || for_another) && !self.services.is_empty()
            || self.reference.is_another && self.for_whom.is_some();
        if !(says_yes && is_proposed && adds_another) {
            return vec![self];
        }
        let yes = Self {
            language: self.language,
            answer: self.answer.take(),
            answers: std::mem::take(&mut self.answers),
            not_caught: self.not_caught.take(),
            name: self.name.take(),
            ..Self::default()
        };
        vec![yes, self]
    }

    /// Whether nothing was said that a person would answer.
    pub(super) fn is_silent(&self) -> bool {
        self.intents.is_empty()
            && !self.wants_booking()
            && self.tapped.is_none()
            && self.answer.is_none()
            && !self.hesitates
            && self.answers.is_empty()
            && self.name.is_none()
            && self.unread.is_none()
            && self.tongue.is_none()
            && !self.puzzling
    }

    /// Whether something was said about what is to be booked.
    pub(super) fn wants_booking(&self) -> bool {
        !self.services.is_empty()
            || !self.not_services.is_empty()
            || self.staff.is_some()
            || !self.not_staff.is_empty()
            || self.for_whom.is_some()
            || !self.when.is_empty()
            || self.start.is_some()
            || self.page.is_some()
            || self.services_from.is_some()
            || self.shift.is_some()
            || !self.guests.is_empty()
    }

    pub(super) fn has(&self, intent: Intent) -> bool {
        self.intents.contains(&intent)
    }
}
