//! The built-in reader: a grammar of its own over typed vocabularies of English and Spanish.

use std::ops::Range;

use super::{
    Language, Tongue,
    act::Acts,
    chart::Lattice,
    company, grammar,
    intent::{self, Assent, Intent},
    lexicon::{Lexicon, Lexicons, Meaning},
    name::Names,
    person,
    reading::{Asked, Context, Guest, Reader, Reading},
    reference,
    resolve::Setting,
    sentence::Sentence,
    service::Catalogue,
    shift, tongue,
    vocabulary::Particle,
    words::Words,
};

/// Reads by vocabulary and grammar alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct Phrasebook;

impl Reader for Phrasebook {
    fn read(&self, text: &str, context: &Context<'_>) -> Reading {
        let (mut reading, parts) = read(text, context);
        reading.guests = parts
            .parts
            .iter()
            .map(|part| {
                let words = Words::of(Words::cut(text));
                guest(part, &words, text, context)
            })
            .collect();
        reading.share(text, parts.services_follow);
        reading
    }
}

/// Words as they were written, in small letters.
fn written(words: &Words, range: Range<usize>) -> String {
    let all: Vec<_> = range.map(|word| words.written(word)).collect();
    all.join(" ").to_lowercase()
}

/// What is said of one who comes.
fn guest(part: &company::Part, words: &Words, text: &str, context: &Context<'_>) -> Guest {
    let said = part.words.iter().map(|range| {
        let start = words.bytes(range.start).map_or(0, |bytes| bytes.start);
        let last = range.end.saturating_sub(1);
        let end = words.bytes(last).map_or(text.len(), |bytes| bytes.end);
        text.get(start..end).unwrap_or_default()
    });
    let said: Vec<_> = said.collect();
    let (reading, _) = read(&said.join(". "), context);
    let relation = part.relation.clone().map(|word| written(words, word));
    Guest {
        is_self: part.is_self,
        name: part
            .name
            .clone()
            .map(|name| {
                name.map(|word| words.written(word).to_owned())
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .or(reading.for_name.filter(|_| !part.is_self)),
        relation,
        services: reading.services,
        staff: reading.staff,
        when: reading.when,
    }
}

/// What a text says, and the parts of it that speak of one each who comes.
fn read(text: &str, context: &Context<'_>) -> (Reading, company::Company) {
    {
        let text = Words::cut(text);
        let words = Words::of(text);
        let catalogue = Catalogue::of(&context.services);
        let mut named = catalogue.whole(&words);
        if let Some(intent) = whole(&words, context.language.unwrap_or(Language::English)) {
            let reading = Reading {
                tongue: tongue::of(&words, context.language, |_| false),
                intents: vec![intent],
                ..Reading::default()
            };
            return (reading, company::Company::default());
        }
        let people = Names::read(text, &words, context, &named);
        let mut taken = people.words();
        let staff = person::mentions(&words, &context.staff, &taken);
        // "With Gray on Friday" is about no hair color.
        taken.extend(
            staff
                .iter()
                .filter(|one| one.is_exact)
                .map(|one| one.words.clone()),
        );
        named.retain(|name| !taken.iter().any(|range| overlap(range, name)));
        let of_people = taken.clone();
        taken.extend(named);
        taken.sort_by_key(|range| range.start);
        let tongue = tongue::of(&words, context.language, |n| {
            taken.iter().any(|range| range.contains(&n))
        });
        let language = match tongue {
            Tongue::In(language) => language,
            Tongue::Other | Tongue::Unclear => context.language.unwrap_or(Language::English),
        };
        let sure = matches!(tongue, Tongue::In(_));
        let mut sentence = Sentence::of(&words, language, sure, &taken);
        let wanted = catalogue.wanted(&sentence, language, &of_people);
        if !wanted.taken.is_empty() {
            taken.extend(wanted.taken.iter().map(|word| *word..word + 1));
            sentence = Sentence::of(&words, language, sure, &taken);
        }
        let switch = tongue::switch(&sentence);
        let mut reading = Reading {
            tongue,
            switch,
            services: wanted.services,
            adds: wanted.adds,
            not_services: wanted.not,
            ..Reading::default()
        };
        let mut timeless = reading.answer(&sentence, language, &taken, context);
        if let Some((shift, words)) = shift::of(&sentence) {
            reading.shift = Some(shift);
            timeless.push(words);
        }
        if wanted.cannot_make && !reading.has(Intent::Cancel) {
            reading.want(Intent::CannotCome);
        }
        if switch.is_some() {
            reading.want(Intent::Language);
        }
        reading.reference = reference::of(&sentence, language, &wanted.words);
        // With the words that introduce a name, "my son" of "my son Leo".
        let whole = Sentence::of(&words, language, sure, &[]);
        reading.relation = company::relation(&whole).map(|word| written(&words, word));
        let mut company = company::of(&whole, &wanted.words, &people.words());
        if company.parts.is_empty() {
            company.parts = company::named_of_a_kind(&whole, &people.words());
        }
        reading.people(&sentence, people, &staff);
        if let Some(name) = company.only.clone() {
            reading.for_other = true;
            let name: Vec<_> = name.map(|word| words.written(word)).collect();
            reading.for_name.get_or_insert(name.join(" "));
        }
        let nameless = [taken, timeless].concat();
        let lattice = Lattice::of(&words, Lexicons::of(language), sure, &nameless);
        reading.times(&sentence, &lattice, &wanted.words, context);
        if reading.when.times.is_empty() && reading.shift.is_none() {
            reading.shift = shift::next_day(&sentence);
        }
        (reading, company)
    }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// What a text wants that says nothing else, in whichever language.
fn whole(words: &Words, language: Language) -> Option<Intent> {
    let mut languages = vec![language];
    languages.extend(Language::ALL.into_iter().filter(|other| *other != language));
    languages
        .into_iter()
        .find_map(|language| Lexicon::of(language).whole(words))
}

// === impl Reading ===

impl Reading {
    /// Takes note of the acts, the answer that they give and what is wished: which words name no
    /// time because they answer.
    fn answer(
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
        let cancels = |intent: &Intent| *intent == Intent::Cancel;
        let polite = |intent: &Intent| {
            matches!(intent, Intent::Greeting | Intent::Thanks | Intent::Farewell)
        };
        let mut wanted = self.intents.iter().filter(|intent| !polite(intent));
        let agreed = acts.assent == Some(Assent::Yes);
        let plain = wanted.all(|intent| agreed && cancels(intent));
        self.is_plain_answer = acts.assent.is_some() && acts.is_plain && plain;
        if self.is_plain_answer {
            // "Ok, thanks" is answered as an ok.
            self.intents
                .retain(|intent| matches!(intent, Intent::Greeting | Intent::Cancel));
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
        // "Cancel it and make another for a cut": nobody comes besides.
        self.adds_person = acts.adds_person && !self.has(Intent::Cancel);
        if self.has(Intent::Cancel) && !self.services.is_empty() {
            // "Cancel and start again: a cut on Friday".
            self.intents.retain(|intent| *intent != Intent::StartOver);
        }
        self.acts = acts.all;
        acts.timeless
    }

    /// Shares the services among two who come, where they are named in their order and not beside
    /// each, and takes note of what is said of both.
    fn share(&mut self, text: &str, services_follow: bool) {
        if self.guests.len() < 2 {
            return;
        }
        let words = Words::of(Words::cut(text));
        let has = |all: &[&str]| {
            all.iter().any(|phrase| {
                let phrase: Vec<_> = phrase.split(' ').collect();
                words
                    .as_slice()
                    .windows(phrase.len())
                    .any(|some| some == phrase)
            })
        };
        let one_then_other = has(&["then", "afterwards", "luego", "despues", "siguiente"]);
        self.reference.in_turn |= one_then_other || has(&["a continuacion", "after", "im done"]);
        if has(AT_ONCE) {
            self.reference.in_turn = false;
        }
        // "Y después uno para mi hijo" asks for no later time.
        self.intents.retain(|intent| *intent != Intent::Later);
        let apart = one_then_other || has(&["aparte"]);
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

    fn want(&mut self, intent: Intent) {
        if !self.intents.contains(&intent) {
            self.intents.push(intent);
        }
    }

    fn people(&mut self, sentence: &Sentence<'_>, names: Names, staff: &[person::Mention]) {
        let wants_service = !self.services.is_empty() || self.has(Intent::Book);
        let mut party = person::party(sentence, wants_service);
        party.for_other |= names.is_beside_kin && wants_service;
        let kin = names.kin.filter(|_| party.for_other);
        let (under, own) = if party.for_other {
            (names.under, names.own)
        } else {
            (None, names.own.or(names.under))
        };
        let other = names.other.or(kin).or(under);
        self.for_other = party.for_other || other.is_some();
        self.for_name = other.map(|other| other.name);
        self.own_name = own.map(|own| own.name);
        self.people = party.people.or_else(|| company::count(sentence));
        if self.people.is_some() {
            self.want(Intent::Group);
        }
        if self.has(Intent::Late) {
            self.minutes_late = minutes(sentence).or_else(|| intent::minutes_late(sentence));
        }
        (self.staff, self.not_staff) = person::staff(sentence, staff);
        if !self.not_staff.is_empty() {
            self.intents.retain(|intent| *intent != Intent::Anyone);
        }
    }

    fn times(
        &mut self,
        sentence: &Sentence<'_>,
        lattice: &Lattice,
        services: &[usize],
        context: &Context<'_>,
    ) {
        let spoken_of = [Intent::Cancel, Intent::CannotCome, Intent::Appointments];
        let scene = grammar::Scene {
            now: context.now,
            setting: Setting {
                today: context.now.date(),
                order: context.date_order,
                country: context.country,
                last: context.last_day,
                closed: context.closed,
                window: context.window,
            },
            asked: context.asked,
            elsewhere: context.elsewhere,
            services,
            moving: self.has(Intent::Reschedule),
            about: spoken_of.into_iter().any(|intent| self.has(intent)),
            cannot_come: self.has(Intent::CannotCome),
            late: self.has(Intent::Late),
        };
        (self.when, self.about) = grammar::read(sentence, lattice, &scene);
        if !self.when.is_empty() {
            // "No morning" is more than a no.
            self.is_plain_answer = false;
            self.intents.retain(|intent| *intent != Intent::Anytime);
        }
    }
}

/// How two come at the same time.
const AT_ONCE: &[&str] = &[
    "same time",
    "together",
    "at once",
    "side by side",
    "a la vez",
    "al mismo tiempo",
    "misma hora",
    "juntos",
    "juntas",
    "en paralelo",
];

/// Returns whether a text says that the customer cannot come on a day or at an hour, and names
/// nothing that is to be booked.
fn cannot_make(sentence: &Sentence<'_>) -> bool {
    let is_day = |meaning: Meaning| meaning.is_calendar() && !matches!(meaning, Meaning::Each(_));
    let dated = |n: usize| sentence.number(n).is_some() || sentence.means(n, is_day);
    (0..sentence.len()).any(|n| sentence.is(n, Particle::CannotMake) && (n + 1..n + 3).any(dated))
}

/// How many minutes are named.
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

#[cfg(test)]
mod tests;
