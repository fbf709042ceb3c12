//! The built-in reader: a grammar of its own over typed vocabularies of English and Spanish.

mod findings;

use std::ops::Range;

use self::findings::Findings;
use super::{
    DetectedLanguage, Language, act,
    chart::Lattice,
    company,
    intent::Intent,
    lexicon::{Lexicon, Lexicons},
    name::{self, Names},
    person,
    phrases::phrases,
    reading::{Asked, Context, Guest, Reader, Reading},
    reference,
    sentence::Sentence,
    service::{self, Catalogue, Wanted},
    shift, tongue,
    vocabulary::Vocabulary,
    words::Words,
};

/// Reader that works by vocabulary and grammar alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct Phrasebook;

impl Reader for Phrasebook {
    fn read(&self, text: &str, context: &Context<'_>) -> Reading {
        let text = Words::cut(text);
        let words = Words::of(text);
        let (mut findings, company) = read(text, &words, context);
        let parts = company.parts.iter();
        findings.guests = parts
            .map(|part| guest(part, &words, text, context))
            .collect();
        // What only a part by itself seems to name is not named.
        let named: Vec<usize> = findings.services.concat();
        for guest in &mut findings.guests {
            let is_named = |readings: &Vec<usize>| readings.iter().any(|one| named.contains(one));
            guest.services.retain(is_named);
        }
        findings.share(&words, company.services_follow);
        findings.into_reading(words.as_slice().len())
    }
}

/// Returns the words as they were written.
fn written(words: &Words, range: Range<usize>) -> String {
    let all: Vec<_> = range.map(|word| words.written(word)).collect();
    all.join(" ")
}

/// Reads what a text says about one of the people who come.
fn guest(part: &company::Part, words: &Words, text: &str, context: &Context<'_>) -> Guest {
    let said = part.words.iter().map(|range| {
        let start = words.bytes(range.start).map_or(0, |bytes| bytes.start);
        let last = range.end.saturating_sub(1);
        let end = words.bytes(last).map_or(text.len(), |bytes| bytes.end);
        text.get(start..end).unwrap_or_default()
    });
    let said: Vec<_> = said.collect();
    let said = said.join(". ");
    let (findings, _) = read(&said, &Words::of(&said), context);
    let name = part.name.clone().map(|name| written(words, name));
    let relation = part.relation.clone();
    // "My wife is called Silvia": the name alone.
    let told = findings.for_name.filter(|_| !part.is_self);
    let name = match (name, told) {
        (Some(name), Some(told)) if name.ends_with(&told) => Some(told),
        (name, told) => name.or(told),
    };
    let name = name.map(|name| name::as_written(&name));
    Guest {
        is_self: part.is_self,
        name,
        relation: relation.map(|word| written(words, word).to_lowercase()),
        services: findings.services,
        staff: findings.staff,
        when: findings.when,
    }
}

/// Reads a text, and finds the parts of it that speak of one person each.
fn read(text: &str, words: &Words, context: &Context<'_>) -> (Findings, company::Company) {
    let catalogue = Catalogue::of(&context.services);
    let mut named = catalogue.whole(words);
    if let Some(intent) = whole(words, context.language.unwrap_or(Language::English)) {
        let findings = Findings {
            tongue: tongue::of(words, context.language, |_| false),
            intents: vec![(intent, 0..words.as_slice().len())],
            ..Findings::default()
        };
        return (findings, company::Company::default());
    }
    let people = Names::read(text, words, context, &named);
    let mut taken = people.words();
    let staff = person::mentions(words, &context.staff, &taken);
    // In "with Gray on Friday", gray is not a hair color.
    let exact = staff.iter().filter(|one| one.is_exact);
    taken.extend(exact.map(|one| one.words.clone()));
    named.retain(|name| !taken.iter().any(|range| overlap(range, name)));
    let of_people = taken.clone();
    taken.extend(named);
    taken.sort_by_key(|range| range.start);
    let tongue = tongue::of(words, context.language, |n| {
        taken.iter().any(|range| range.contains(&n))
    });
    let language = match tongue {
        DetectedLanguage::In(language) => language,
        DetectedLanguage::Other | DetectedLanguage::Unclear => {
            context.language.unwrap_or(Language::English)
        }
    };
    let sure = matches!(tongue, DetectedLanguage::In(_));
    let mut sentence = Sentence::of(words, language, sure, &taken);
    let scene = service::Scene {
        topic: &context.topic,
        minutes: &context.minutes,
    };
    let mut wanted = catalogue.wanted(&sentence, language, &of_people, &scene);
    // "Adelante" is a yes here, not the front brake pads.
    if matches!(context.asked, Asked::Proposal | Asked::YesOrNo)
        && let [word] = wanted.words.as_slice()
        && act::is_cue(&words.as_slice()[*word], language)
    {
        wanted = Wanted::default();
    }
    if !wanted.taken.is_empty() {
        taken.extend(wanted.taken.iter().map(|word| *word..word + 1));
        sentence = Sentence::of(words, language, sure, &taken);
    }
    let mut findings = Findings {
        tongue,
        switch: tongue::switch(&sentence, &wanted.words),
        services: wanted.services,
        service_words: wanted.places,
        adds: wanted.adds,
        not_services: wanted.not,
        ..Findings::default()
    };
    let mut timeless = findings.answer(&sentence, language, &taken, context);
    if let Some((shift, words)) = shift::of(&sentence) {
        findings.shift = Some((shift, words.clone()));
        timeless.push(words);
    }
    if wanted.cannot_make && !findings.has(Intent::Cancel) {
        findings.want(Intent::CannotCome);
    }
    if findings.switch.is_some() {
        findings.want(Intent::Language);
    }
    findings.reference = reference::of(&sentence, language, &wanted.words);
    // "I can't make either", "neither is going to happen".
    let neither = phrases(Vocabulary::of(language).neither);
    findings.reference.is_all |=
        findings.has(Intent::CannotCome) && neither.find(words.as_slice()).is_some();
    findings.take_both(&sentence, context);
    // Includes the words that introduce a name: "my son" in "my son Leo".
    let whole = Sentence::of(words, language, sure, &[]);
    findings.relation =
        company::relation(&whole).map(|word| (written(words, word.clone()).to_lowercase(), word));
    let of_staff: Vec<_> = staff.iter().map(|one| one.words.clone()).collect();
    let of_company = people.of_company(words);
    let mut company = company::of(&whole, &wanted.words, &of_company, &of_staff);
    if company.parts.is_empty() {
        company.parts = company::named_of_a_kind(&whole, &people.words(), &of_staff);
    }
    findings.people(&sentence, people, &staff, context.asked);
    timeless.extend(findings.name_of_kin(&sentence));
    let signed = findings.own_name.as_ref().map(|(_, words)| words.clone());
    let is_signed = |name: &Range<usize>| signed.as_ref().is_some_and(|own| overlap(own, name));
    if let Some(name) = company.only.clone().filter(|name| !is_signed(name)) {
        findings.for_other = true;
        findings.for_name.get_or_insert(written(words, name));
    }
    timeless.extend(company::both_words(&sentence));
    let nameless = [taken, timeless].concat();
    let lattice = Lattice::of(words, Lexicons::of(language), sure, &nameless);
    findings.times(&sentence, &lattice, &wanted.words, context);
    if findings.when.times.is_empty() && findings.shift.is_none() {
        let all = 0..words.as_slice().len();
        findings.shift = shift::next_day(&sentence).map(|shift| (shift, all));
    }
    (findings, company)
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Returns the intent of a text that says nothing else, in any language.
fn whole(words: &Words, language: Language) -> Option<Intent> {
    let mut languages = vec![language];
    languages.extend(Language::ALL.into_iter().filter(|other| *other != language));
    languages
        .into_iter()
        .find_map(|language| Lexicon::of(language).whole(words))
}

#[cfg(test)]
mod tests;
