//! The built-in reader: a grammar of its own over typed vocabularies of English and Spanish.

use std::ops::Range;

use super::{
    Language, Tongue,
    act::Acts,
    chart::Lattice,
    grammar,
    intent::{self, Assent, Intent},
    lexicon::{Lexicon, Lexicons},
    name::Names,
    person,
    reading::{Context, Reader, Reading},
    resolve::Setting,
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
        let text = Words::cut(text);
        let words = Words::of(text);
        let catalogue = Catalogue::of(&context.services);
        let mut named = catalogue.whole(&words);
        if let Some(intent) = whole(&words, context.language.unwrap_or(Language::English)) {
            return Reading {
                tongue: tongue::of(&words, context.language, |_| false),
                intents: vec![intent],
                ..Reading::default()
            };
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
        let timeless = reading.answer(&sentence, language, &taken, context);
        if switch.is_some() {
            reading.want(Intent::Language);
        }
        reading.people(&sentence, people, &staff);
        let nameless = [taken, timeless].concat();
        let lattice = Lattice::of(&words, Lexicons::of(language), sure, &nameless);
        reading.times(&sentence, &lattice, context);
        reading
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
        self.adds_person = acts.adds_person;
        self.acts = acts.all;
        acts.timeless
    }

    fn want(&mut self, intent: Intent) {
        if !self.intents.contains(&intent) {
            self.intents.push(intent);
        }
    }

    fn people(&mut self, sentence: &Sentence<'_>, names: Names, staff: &[person::Mention]) {
        let party = person::party(sentence);
        let kin = names.kin.filter(|_| party.for_other);
        let other = names.other.or(kin);
        self.for_other = party.for_other || other.is_some();
        self.for_name = other.map(|other| other.name);
        self.own_name = names.own.map(|own| own.name);
        self.people = party.people;
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

    fn times(&mut self, sentence: &Sentence<'_>, lattice: &Lattice, context: &Context<'_>) {
        let spoken_of = [Intent::Cancel, Intent::CannotCome, Intent::Appointments];
        let scene = grammar::Scene {
            now: context.now,
            setting: Setting {
                today: context.now.date(),
                order: context.date_order,
                country: context.country,
                last: context.last_day,
                closed: context.closed,
            },
            asked: context.asked,
            elsewhere: context.elsewhere,
            moving: self.has(Intent::Reschedule),
            about: spoken_of.into_iter().any(|intent| self.has(intent)),
            cannot_come: self.has(Intent::CannotCome),
            late: self.has(Intent::Late),
        };
        (self.when, self.about) = grammar::read(sentence, lattice, &scene);
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

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
    use proptest::prelude::*;

    use super::*;
    use crate::language::{Asked, DateOrder, day::Weekdays};

    fn context(now: NaiveDateTime, asked: Asked) -> Context<'static> {
        Context {
            now,
            language: None,
            date_order: DateOrder::Either,
            country: None,
            last_day: None,
            closed: Weekdays::default(),
            elsewhere: None,
            asked,
            services: vec![vec!["Haircut", "Corte de pelo"], vec!["Tinte"], vec![]],
            staff: vec!["Ana", "José Luis", ""],
        }
    }

    fn now() -> impl Strategy<Value = NaiveDateTime> {
        let first = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap_or_default();
        (0_i64..4 * 366 * 24 * 60).prop_map(move |minutes| {
            first.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(minutes)
        })
    }

    fn asked() -> impl Strategy<Value = Asked> {
        prop::sample::select(vec![Asked::Nothing, Asked::Time, Asked::Name])
    }

    /// Texts made of what the grammar knows, which go deeper than any characters do.
    fn sentence() -> impl Strategy<Value = String> {
        let words = "next|friday|el|martes|que viene|a las|at|3|15:30|half|past|y|media|menos|cuarto|\
            to|from|de|la|tarde|morning|mañana|pasado|in|en|two|dos|weeks|semanas|week|the|14th|of|\
            march|marzo|3/14|31|between|entre|and|or|o|not|no|but|menos|after|antes de|until|hasta|\
            cancel|move|mi cita|my appointment|to|al|for|para|2|people|my son|Leo|with|con|Ana|,|.|?|\
            last|either|this|month|end of|fin de|haircut|tinte|12|pm|noon|ish|onwards|yes|sí|instead of";
        let words: Vec<_> = words.split('|').collect();
        prop::collection::vec(prop::sample::select(words), 0..24).prop_map(|words| words.join(" "))
    }

    fn check(text: &str, context: &Context<'_>) -> Result<(), TestCaseError> {
        let reading = Phrasebook.read(text, context);
        prop_assert_eq!(&reading, &Phrasebook.read(text, context));
        if reading.is_plain_answer {
            prop_assert!(reading.when.is_empty(), "{:?}", reading.when);
        }
        prop_assert!(
            reading
                .services
                .iter()
                .flatten()
                .all(|n| *n < context.services.len())
        );
        prop_assert!(reading.services.iter().all(|readings| !readings.is_empty()));
        let starts = reading
            .when
            .starts(context.now, |_, minute| (540..1200).contains(&minute));
        prop_assert!(starts.is_sorted());
        let today = context.now.date();
        let past = |date: &NaiveDate| *date < today;
        if let Some((first, last)) = reading
            .when
            .days
            .as_ref()
            .and_then(super::super::day::Days::bounds)
        {
            prop_assert!(first <= last && !past(&first), "{first} {last}");
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,200}", now in now(), asked in asked()) {
            let _ = Phrasebook.read(&text, &context(now, asked));
        }

        #[test]
        fn what_is_known_is_read_without_contradiction(
            text in sentence(), now in now(), asked in asked(),
        ) {
            check(&text, &context(now, asked))?;
        }

        #[test]
        fn what_follows_500_characters_is_not_read(
            text in "[a-z ]{500,510}", now in now(), more in ".{0,10}",
        ) {
            let context = context(now, Asked::Nothing);
            let cut: String = text.chars().take(Words::MAX_CHARS).collect();
            prop_assert_eq!(Phrasebook.read(&cut, &context), Phrasebook.read(&format!("{cut}{more}"), &context));
        }
    }
}
