//! The details found in a text, before they are assigned to its acts.
//!
//! Rules in which one detail depends on another are applied here: a named service decides whether
//! somebody comes, and a day whether "no" is more than a no.

use std::ops::Range;

use crate::language::{
    DetectedLanguage, Language,
    act::{Act, ActKind, Acts},
    chart::Lattice,
    company, grammar,
    intent::{self, Assent, Intent},
    lexicon::Meaning,
    name::Names,
    person,
    phrases::{in_any, phrases},
    reading::{Asked, Context, Guest, Reading},
    reference::Reference,
    resolve::Setting,
    sentence::Sentence,
    shift::Shift,
    slot::{Other, Slot},
    vocabulary::{CompanyWords, Particle, Phrases, Vocabulary},
    when::When,
    words::Words,
};

/// The details found in a text, with the words that say them.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each can hold without the others"
)]
pub(super) struct Findings {
    pub(super) tongue: DetectedLanguage,
    pub(super) switch: Option<DetectedLanguage>,
    pub(super) intents: Vec<(Intent, Range<usize>)>,
    pub(super) acts: Vec<Act>,
    pub(super) assent: Option<Assent>,
    pub(super) is_plain_answer: bool,
    pub(super) services: Vec<Vec<usize>>,
    pub(super) service_words: Vec<Range<usize>>,
    pub(super) adds: bool,
    pub(super) not_services: Vec<usize>,
    pub(super) staff: Vec<usize>,
    pub(super) not_staff: Vec<usize>,
    /// All staff members who are named, with the words that name them.
    pub(super) staff_words: Vec<(usize, Range<usize>)>,
    pub(super) when: When,
    pub(super) when_words: Range<usize>,
    pub(super) about: When,
    pub(super) about_words: Range<usize>,
    pub(super) shift: Option<(Shift, Range<usize>)>,
    pub(super) for_other: bool,
    pub(super) for_name: Option<String>,
    /// The name of somebody for whom nothing is wished.
    pub(super) told_of: Option<String>,
    pub(super) other_words: Option<Range<usize>>,
    pub(super) adds_person: bool,
    pub(super) relation: Option<(String, Range<usize>)>,
    pub(super) guests: Vec<Guest>,
    pub(super) reference: Reference,
    pub(super) own_name: Option<(String, Range<usize>)>,
    pub(super) minutes_late: Option<u16>,
    pub(super) people: Option<u16>,
}

// === impl Findings ===

impl Findings {
    /// Records the acts, the answer that they give and what is wished. Returns the words that name
    /// no time because they are part of an answer.
    pub(super) fn answer(
        &mut self,
        sentence: &Sentence<'_>,
        language: Language,
        taken: &[Range<usize>],
        context: &Context<'_>,
    ) -> Vec<Range<usize>> {
        let mut named = taken.to_vec();
        named.extend(person::places(sentence, &context.staff));
        let acts = Acts::of(sentence, language, &named, context.asked);
        self.intents = intent::wishes(sentence, &acts);
        self.assent = acts.assent;
        let agreed = acts.assent == Some(Assent::Yes);
        let mut wanted = self.intents.iter().map(|(intent, _)| *intent);
        let plain = wanted.all(|intent| intent.is_courtesy() || agreed && intent == Intent::Cancel);
        self.is_plain_answer = acts.assent.is_some() && acts.is_plain && plain;
        // "First the cut and then the beard" asks for no other time.
        let services = &self.service_words;
        let before_service = |place: &Range<usize>| {
            services
                .iter()
                .any(|words| (place.end..place.end + 3).contains(&words.start))
        };
        self.intents
            .retain(|(intent, place)| *intent != Intent::Later || !before_service(place));
        if self.is_plain_answer {
            // "Ok, thanks" is answered as an ok.
            self.intents
                .retain(|(intent, _)| matches!(intent, Intent::Greeting | Intent::Cancel));
        }
        let wants = [Intent::Book, Intent::Cancel, Intent::Reschedule];
        let has = [Particle::Has, Particle::Got, Particle::My];
        let has_one = (0..sentence.len()).any(|n| has.iter().any(|one| sentence.is(n, *one)));
        let is_free =
            (self.services.is_empty() || has_one) && !wants.iter().any(|wish| self.has(*wish));
        if context.asked == Asked::Nothing && is_free && cannot_make(sentence) {
            self.want(Intent::CannotCome);
        }
        // "Quíteme las dos", "scrap both".
        let takes_off = |n: usize| {
            let both = sentence.is(n + 1, Particle::Both) && !sentence.stop_before(n + 1);
            sentence.is(n, Particle::Without) && both
        };
        if (0..sentence.len()).any(takes_off) {
            self.want(Intent::Cancel);
        }
        // "Cancel it and make another for a cut": nobody else comes.
        self.adds_person = acts.adds_person && !self.has(Intent::Cancel);
        if self.has(Intent::Cancel) && !self.services.is_empty() {
            // "Cancel and start again: a cut on Friday".
            self.intents
                .retain(|(intent, _)| *intent != Intent::StartOver);
        }
        self.acts = acts.all;
        if let Some(words) = self.unknown_addition(sentence, language) {
            self.acts.push(Act {
                kind: ActKind::Addition,
                words,
                slots: Vec::new(),
                tells: true,
            });
        }
        acts.timeless
    }

    /// Returns the words of something that is to be added and that is none of the services: "and add
    /// a shave".
    fn unknown_addition(
        &self,
        sentence: &Sentence<'_>,
        language: Language,
    ) -> Option<Range<usize>> {
        let place = phrases(Vocabulary::of(language).adds).find(sentence.words.as_slice())?;
        let first = sentence.holding(place.end);
        let end = (first..sentence.len()).find(|n| sentence.stop_before(*n));
        let rest = first..end.filter(|end| *end > first).unwrap_or(sentence.len());
        let last = sentence.at(rest.end.checked_sub(1)?)?.words.end;
        let words = place.start..last;
        let has_service = self
            .service_words
            .iter()
            .any(|range| range.start < words.end && words.start < range.end);
        let is_unknown = rest.clone().any(|n| sentence.is_unknown(n));
        let is_person = rest.clone().any(|n| sentence.is(n, Particle::Relation));
        (is_unknown && !has_service && !is_person).then_some(words)
    }

    /// Takes both services that are talked of where a text says no more than "both".
    pub(super) fn take_both(&mut self, sentence: &Sentence<'_>, context: &Context<'_>) {
        let mut talked = context.topic.clone();
        let is_new = |one: &&usize| !context.topic.contains(one);
        talked.extend(context.earlier.iter().filter(is_new));
        let spoken_of = [
            Intent::Cancel,
            Intent::CannotCome,
            Intent::Reschedule,
            Intent::Appointments,
            Intent::Keep,
            Intent::Group,
        ];
        let is_free = self.services.is_empty()
            && self.not_services.is_empty()
            && !spoken_of.into_iter().any(|intent| self.has(intent));
        let Some(at) = (0..sentence.len()).find(|n| sentence.is(*n, Particle::Both)) else {
            return;
        };
        // "Las dos" answers a question for the time, "las dos cosas" does not.
        let is_hour = context.asked == Asked::Time
            && sentence.begins_with(at, |one| (one.particle)(Particle::Hours))
            && (sentence.stop_before(at + 1) || !sentence.is_unknown(at + 1));
        // "Para las dos", "both of us", "a las dos" mean people, or an hour.
        let led = [Particle::For, Particle::At, Particle::With];
        let of_people = at > 0
            && !sentence.stop_before(at)
            && led.into_iter().any(|one| sentence.is(at - 1, one));
        let counted = !sentence.stop_before(at + 1)
            && (sentence.is(at + 1, Particle::Of) || sentence.is(at + 1, Particle::People));
        let is_meant = is_free && !is_hour && !of_people && !counted;
        if let ([one, other], true) = (talked.as_slice(), is_meant) {
            let words = sentence.at(at).map_or(0..0, |lexeme| lexeme.words.clone());
            self.services = vec![vec![*one], vec![*other]];
            self.service_words = vec![words.clone(), words];
        }
    }

    /// Assigns two services to two people if the text lists them in the same order instead of
    /// beside each person. Also records whether one visit follows the other.
    pub(super) fn share(&mut self, words: &Words, services_follow: bool) {
        if self.guests.len() < 2 {
            return;
        }
        let has = |pick: fn(&CompanyWords) -> Phrases| {
            let phrases = in_any(|one| pick(&one.company));
            phrases.find(words.as_slice()).is_some()
        };
        let one_then_other = has(|one| one.then);
        self.reference.in_turn |= one_then_other || has(|one| one.in_turn);
        if has(|one| one.at_once) {
            self.reference.in_turn = false;
        }
        // "Y después uno para mi hijo" does not ask for a later time.
        self.intents.retain(|(intent, _)| *intent != Intent::Later);
        let apart = one_then_other || has(|one| one.apart);
        if let ([first, second], [one, other]) =
            (self.guests.as_mut_slice(), self.services.as_slice())
        {
            let split = |a: &mut Guest, b: &mut Guest| {
                a.services = vec![one.clone()];
                b.services = vec![other.clone()];
            };
            match (first.services.len(), second.services.len()) {
                (0, 2) | (2, 0) if services_follow => split(first, second),
                (2, 0) if apart => split(first, second),
                (0, 2) if apart => split(second, first),
                _ => {}
            }
        }
    }

    pub(super) fn want(&mut self, intent: Intent) {
        if !self.has(intent) {
            let place = self.service_words.first().map_or(0, |words| words.start);
            self.intents.push((intent, place..place + 1));
        }
    }

    pub(super) fn people(
        &mut self,
        sentence: &Sentence<'_>,
        names: Names,
        staff: &[person::Mention],
        asked: Asked,
    ) {
        let wants_service = !self.services.is_empty() || self.has(Intent::Book);
        let mut party = person::party(sentence, wants_service);
        party.for_other |= names.is_beside_kin && wants_service;
        party.for_other |=
            names.kin.is_some() && wants_service && company::wishes_for_whom_was_named(sentence);
        let kin = names.kin.as_ref().map(|kin| kin.words.clone());
        let comes_too = kin.or_else(|| company::relation(sentence));
        party.for_other |= comes_too.is_some_and(|kin| ends_in_too(sentence, kin.end));
        self.told_of = names.kin.as_ref().map(|kin| kin.name.clone());
        let kin = names.kin.filter(|_| party.for_other);
        let (under, own) = if party.for_other {
            (names.under, names.own)
        } else {
            (None, names.own.or(names.under))
        };
        let other = names.other.or(kin).or(under);
        self.for_other = party.for_other || other.is_some();
        self.other_words = other.as_ref().map(|other| other.words.clone());
        self.for_name = other.map(|other| other.name);
        let also = |n: usize| sentence.is(n, Particle::Also) || sentence.is(n, Particle::Too);
        // "I'll bring the other one too".
        let brings = |n: usize| sentence.is(n, Particle::Brings);
        let other = (0..sentence.len()).any(|n| company::is_the_other(sentence, n));
        let brings_other = other && (0..sentence.len()).any(brings);
        if brings_other && (0..sentence.len()).any(also) {
            self.for_other = true;
            self.for_name = self
                .for_name
                .take()
                .or_else(|| Some(name_apart(sentence, 1)?.0));
        }
        // "My mother wants to come too".
        self.adds_person |= self.for_other && (0..sentence.len()).any(also);
        self.is_plain_answer &= !self.adds_person;
        self.own_name = own.map(|own| (own.name, own.words));
        self.people = party.people.or_else(|| company::count(sentence));
        if self.people.is_some() {
            self.want(Intent::Group);
        }
        if self.has(Intent::Late) {
            self.minutes_late = minutes(sentence).or_else(|| intent::minutes_late(sentence));
        }
        (self.staff, self.not_staff) = person::staff(sentence, staff);
        let named = staff.iter().map(|one| (one.staff, one.words.clone()));
        self.staff_words = named.collect();
        // "Is Danielle in on Thursday? I'd rather have her" changes a proposal.
        let is_open = !matches!(asked, Asked::Proposal | Asked::YesOrNo);
        if is_open && self.services.is_empty() && person::asks_if_in(sentence.words, staff) {
            self.want(Intent::Hours);
        }
        if !self.not_staff.is_empty() {
            self.intents.retain(|(intent, _)| *intent != Intent::Anyone);
        }
    }

    /// Takes the full name that stands alone as that of the relative for whom it is: "it's for my
    /// mum. Jan Petrovic". Returns its words.
    pub(super) fn name_of_kin(&mut self, sentence: &Sentence<'_>) -> Option<Range<usize>> {
        if self.relation.is_none() || !self.for_other || self.for_name.is_some() {
            return None;
        }
        let (name, words) = name_apart(sentence, FULL_NAME)?;
        let is_own =
            |(_, own): &(String, Range<usize>)| own.start < words.end && words.start < own.end;
        if self.own_name.as_ref().is_some_and(is_own) {
            return None;
        }
        self.for_name = Some(name);
        Some(words)
    }

    pub(super) fn times(
        &mut self,
        sentence: &Sentence<'_>,
        lattice: &Lattice,
        services: &[usize],
        context: &Context<'_>,
    ) {
        let spoken_of = [Intent::Cancel, Intent::CannotCome, Intent::Appointments];
        // "Sorry, I meant 5" is read as if the time had been asked for.
        let corrects = (0..sentence.len()).any(|n| sentence.corrects(n));
        let asked = match context.asked {
            Asked::Proposal if corrects => Asked::Time,
            asked => asked,
        };
        let scene = grammar::Scene {
            now: context.now,
            setting: Setting {
                today: context.now.date(),
                order: context.date_order,
                country: context.country,
                last: context.last_day,
                closed: context.closed,
                window: context.window,
                talked_of: context.talked_of,
            },
            asked,
            open: context.open,
            elsewhere: context.elsewhere,
            services,
            moving: self.has(Intent::Reschedule),
            about: spoken_of.into_iter().any(|intent| self.has(intent)),
            cannot_come: self.has(Intent::CannotCome),
            late: self.has(Intent::Late),
        };
        let said = grammar::read(sentence, lattice, &scene);
        (self.when, self.when_words) = said.wished;
        (self.about, self.about_words) = said.about;
        if !self.when.is_empty() {
            // "No morning" is more than a no.
            self.is_plain_answer = false;
            self.intents
                .retain(|(intent, _)| *intent != Intent::Anytime);
        }
    }

    pub(super) fn has(&self, intent: Intent) -> bool {
        self.intents.iter().any(|(one, _)| *one == intent)
    }

    /// Builds the reading of a text of `words` words, with each detail in the act that says it.
    pub(super) fn into_reading(self, words: usize) -> Reading {
        let tongue = self.tongue;
        let (assent, is_plain_answer) = (self.assent, self.is_plain_answer);
        let mut acts = self.acts.clone();
        let told_of = self.told_of.clone();
        let mut slots = self.slots(words);
        slots.sort_by_key(|(place, _)| place.start);
        for (place, slot) in slots {
            // What gives a detail is understood, wherever the words of the detail begin.
            let is_whole = place == (0..words);
            let shares =
                |act: &&mut Act| act.words.start < place.end && place.start < act.words.end;
            let asks = |act: &&mut Act| act.kind != ActKind::Addition;
            for act in acts
                .iter_mut()
                .filter(shares)
                .filter(asks)
                .filter(|_| !is_whole)
            {
                act.tells = false;
            }
            let holds = |act: &&mut Act| act.words.contains(&place.start);
            if let Some(act) = acts.iter_mut().find(holds) {
                act.slots.push(slot);
            } else {
                let after = acts.partition_point(|act| act.words.start < place.start);
                let act = Act {
                    kind: ActKind::Inform,
                    words: place,
                    slots: vec![slot],
                    tells: false,
                };
                acts.insert(after, act);
            }
        }
        Reading {
            tongue,
            acts,
            assent,
            is_plain_answer,
            told_of,
        }
    }

    fn slots(self, words: usize) -> Vec<(Range<usize>, Slot)> {
        let whole = 0..words;
        let mut slots = Vec::new();
        let mut say = |place: Range<usize>, slot: Slot| slots.push((place, slot));
        for (intent, place) in self.intents {
            say(place, Slot::Wants(intent));
        }
        let first = self.service_words.first().cloned();
        for (service, place) in self.services.into_iter().zip(self.service_words) {
            say(place, Slot::Service(service));
        }
        if self.adds {
            say(
                first.clone().unwrap_or_else(|| whole.clone()),
                Slot::AddsServices,
            );
        }
        for service in self.not_services {
            say(whole.clone(), Slot::NotService(service));
        }
        let of_person = |person: usize| {
            let mut named = self.staff_words.iter();
            let named = named.find(|(one, _)| *one == person);
            named.map_or_else(|| whole.clone(), |(_, words)| words.clone())
        };
        for person in self.staff {
            say(of_person(person), Slot::Staff(person));
        }
        for person in self.not_staff {
            say(of_person(person), Slot::NotStaff(person));
        }
        if !self.when.is_empty() {
            say(self.when_words, Slot::When(self.when));
        }
        if !self.about.is_empty() {
            say(self.about_words, Slot::About(self.about));
        }
        if let Some((shift, place)) = self.shift {
            say(place, Slot::Shift(shift));
        }
        if self.reference != Reference::default() {
            say(whole.clone(), Slot::Reference(self.reference));
        }
        if self.for_other || self.for_name.is_some() {
            let of_kin = self.relation.as_ref().map(|(_, place)| place.clone());
            let place = self.other_words.or(of_kin);
            let other = Other {
                name: self.for_name,
                relation: self.relation.map(|(relation, _)| relation),
            };
            say(place.unwrap_or_else(|| whole.clone()), Slot::Other(other));
        }
        if self.adds_person {
            say(whole.clone(), Slot::AddsPerson);
        }
        if !self.guests.is_empty() {
            say(whole.clone(), Slot::Guests(self.guests));
        }
        if let Some(people) = self.people {
            say(whole.clone(), Slot::People(people));
        }
        if let Some((name, place)) = self.own_name {
            say(place, Slot::OwnName(name));
        }
        if let Some(minutes) = self.minutes_late {
            say(whole.clone(), Slot::MinutesLate(minutes));
        }
        if let Some(language) = self.switch {
            say(whole, Slot::Language(language));
        }
        slots
    }
}

/// A name of so many words is a full one.
const FULL_NAME: usize = 2;
/// A name has no more words.
const LONGEST_NAME: usize = 4;

/// Returns a name of at least so many words that stands alone between two stops, and its words:
/// "…, Nala, …". After a courtesy it is a signature.
fn name_apart(sentence: &Sentence<'_>, least: usize) -> Option<(String, Range<usize>)> {
    let words = sentence.words;
    let courteous = |n: usize| sentence.intent(n).is_some_and(Intent::is_courtesy);
    (1..sentence.len())
        .filter(|n| sentence.stop_before(*n))
        .find_map(|n| {
            let end = (n + 1..sentence.len()).find(|n| sentence.stop_before(*n));
            let end = end.unwrap_or(sentence.len());
            let name = sentence.at(n)?.words.start..sentence.at(end - 1)?.words.end;
            let is_capital = |word: usize| words.written(word).starts_with(char::is_uppercase);
            let fits = (least..=LONGEST_NAME).contains(&name.len())
                && name.clone().all(is_capital)
                && (n..end).any(|n| sentence.is_unknown(n))
                && !(n - 1..end).any(courteous);
            let written: Vec<_> = name.clone().map(|word| words.written(word)).collect();
            fits.then(|| (written.join(" "), name))
        })
}

/// Returns whether a text says that the customer cannot make a day or time.
fn cannot_make(sentence: &Sentence<'_>) -> bool {
    let is_day = |meaning: Meaning| meaning.is_calendar() && !matches!(meaning, Meaning::Each(_));
    let dated = |n: usize| sentence.number(n).is_some() || sentence.means(n, is_day);
    let near = |n: usize| (n + 1..n + 3).any(dated) || (n.saturating_sub(2)..n).any(dated);
    (0..sentence.len()).any(|n| sentence.is(n, Particle::CannotMake) && near(n))
}

/// Returns whether "too" at a word ends what is said of somebody: "and my dog Bear too, straight after".
fn ends_in_too(sentence: &Sentence<'_>, word: usize) -> bool {
    if word >= sentence.words.as_slice().len() {
        return false;
    }
    let n = sentence.holding(word);
    let too = [Particle::Too, Particle::Also]
        .into_iter()
        .any(|one| sentence.is(n, one));
    let goes_on = [Particle::At, Particle::On, Particle::With, Particle::For];
    too && !sentence.stop_before(n)
        && (n + 1 == sentence.len()
            || sentence.stop_before(n + 1)
            || goes_on.into_iter().any(|one| sentence.is(n + 1, one))
            || sentence.means(n + 1, Meaning::is_calendar))
}

/// Returns the length of time that is named, in minutes.
fn minutes(sentence: &Sentence<'_>) -> Option<u16> {
    (0..sentence.len()).find_map(|n| {
        if sentence.is(n, Particle::Half) && sentence.is(n + 1, Particle::Hour) {
            return Some(30);
        }
        let one = || sentence.is(n, Particle::One).then_some(1);
        let number = sentence.number(n).or_else(one)?;
        if sentence.is(n + 1, Particle::Minute) {
            Some(number)
        } else {
            sentence
                .is(n + 1, Particle::Hour)
                .then(|| number.saturating_mul(60))
        }
    })
}
