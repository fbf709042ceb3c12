//! The built-in reader: a grammar of its own over typed vocabularies of English and Spanish.

use super::{
    Language, Tongue, grammar,
    intent::{self, Intent},
    lexicon::Lexicon,
    name, person,
    reading::{Asked, Context, Reader, Reading},
    sentence::Sentence,
    service::Catalogue,
    tongue,
    vocabulary::Particle,
    words::Words,
};

/// Reads by vocabulary and grammar alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct Phrasebook;

impl Reader for Phrasebook {
    fn read(&self, text: &str, context: &Context<'_>) -> Reading {
        let words = Words::of(text);
        let catalogue = Catalogue::of(&context.services);
        let named = catalogue.whole(&words);
        let taken: Vec<_> = named.iter().map(|mention| mention.words.clone()).collect();
        let tongue = tongue::of(&words, |n| taken.iter().any(|range| range.contains(&n)));
        let language = match tongue {
            Tongue::In(language) => language,
            Tongue::Other | Tongue::Unclear => context.language.unwrap_or(Language::English),
        };
        let sure = matches!(tongue, Tongue::In(_));
        let sentence = Sentence::of(&words, language, sure, &taken);
        let switch = tongue::switch(&sentence);
        let mut reading = Reading {
            tongue,
            switch,
            services: catalogue.wanted(&sentence, &named),
            ..Reading::default()
        };
        if let Some(whole) = whole(&words, language) {
            reading.intents = vec![whole];
            return reading;
        }
        let answer = intent::answer(&sentence, text.contains(['?', '¿']));
        reading.assent = answer.assent;
        reading.intents = answer.intents;
        if switch.is_some() {
            reading.want(Intent::Language);
        }
        reading.people(&sentence, context);
        reading.times(&sentence, context);
        reading.own_name = own_name(text, &sentence, context, &reading);
        if reading.own_name.is_some() && context.asked == Asked::Name {
            reading.staff.clear();
        }
        reading
    }
}

/// What a text wants that says nothing else, in whichever language.
fn whole(words: &Words, language: Language) -> Option<Intent> {
    let mut languages = vec![language];
    languages.extend(Language::ALL.into_iter().filter(|other| *other != language));
    languages
        .into_iter()
        .find_map(|language| Lexicon::of(language).whole(words))
}

fn own_name(
    text: &str,
    sentence: &Sentence<'_>,
    context: &Context<'_>,
    reading: &Reading,
) -> Option<String> {
    let greets = |intent: &Intent| matches!(intent, Intent::Greeting | Intent::Thanks);
    let asked = context.asked == Asked::Name
        && reading.assent.is_none()
        && reading.when.is_empty()
        && reading.intents.iter().all(greets);
    let told = asked.then(|| name::own_name(text)).flatten();
    told.or_else(|| person::own_name(sentence))
}

// === impl Reading ===

impl Reading {
    fn want(&mut self, intent: Intent) {
        if !self.intents.contains(&intent) {
            self.intents.push(intent);
        }
    }

    fn people(&mut self, sentence: &Sentence<'_>, context: &Context<'_>) {
        let party = person::party(sentence);
        self.for_other = party.for_other;
        self.for_name = party.for_name;
        self.people = party.people;
        if self.people.is_some() {
            self.want(Intent::Group);
        }
        if self.has(Intent::Late) {
            self.minutes_late = minutes(sentence);
        }
        (self.staff, self.not_staff) = person::staff(sentence, &context.staff);
        if !self.not_staff.is_empty() {
            self.intents.retain(|intent| *intent != Intent::Anyone);
        }
    }

    fn times(&mut self, sentence: &Sentence<'_>, context: &Context<'_>) {
        let spoken_of = [Intent::Cancel, Intent::CannotCome, Intent::Appointments];
        let scene = grammar::Scene {
            now: context.now,
            order: context.date_order,
            asked: context.asked,
            moving: self.has(Intent::Reschedule),
            about: spoken_of.into_iter().any(|intent| self.has(intent)),
            late: self.has(Intent::Late),
        };
        (self.when, self.about) = grammar::read(sentence, &scene);
        if !self.when.is_empty() {
            self.intents.retain(|intent| *intent != Intent::Anytime);
        }
    }
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
