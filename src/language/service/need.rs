//! The need that is told where no service is named: "can they see him", "que lo revisen".
//!
//! The invariant: it stands for a general look at what is wrong, and only where nothing else is named.

use std::ops::Range;

use super::{
    Mention,
    choice::Finder,
    form::{Form, Hit},
    likeness::Likeness,
};
use crate::language::{
    Language,
    phrases::phrases,
    vocabulary::{Look, Particle, Phrases, Trade, Vocabulary},
    words::Words,
};

/// So many words before it may say who looks.
const WITHIN: usize = 3;

/// Adds the general service of a business where a text only says that somebody is to look.
pub(super) fn read(finder: &Finder<'_>, language: Language, all: &mut Vec<Mention>) {
    let look = &Vocabulary::of(language).trade.look;
    let Some(place) = said(finder.sentence.words, look) else {
        return;
    };
    let is_within = |one: &Mention| one.said.iter().all(|word| place.contains(word));
    if all.iter().any(|one| one.names_kind && !is_within(one)) {
        return;
    }
    let services = general(finder, look);
    if services.is_empty() {
        return;
    }
    *all = vec![Mention::of_phrase(place, services)];
}

/// The starts of mentions of what has not been done yet, and so is wanted: "he's not chipped", "está
/// sin castrar".
pub(super) fn undone(finder: &Finder<'_>, all: &[Mention]) -> Vec<usize> {
    let sentence = finder.sentence;
    let words = sentence.words.as_slice();
    let ends = |list: fn(&Trade) -> Phrases, word: &str| {
        let mut all = Language::ALL
            .map(|language| list(&Vocabulary::of(language).trade))
            .into_iter();
        all.any(|list| {
            phrases(list)
                .iter()
                .any(|end| word.len() > end.len() + 2 && word.ends_with(end))
        })
    };
    let is_undone = |(n, one): &(usize, &Mention)| {
        let [at] = one.said[..] else { return false };
        let is_name = |hit: &Hit| {
            let service = finder.forms.all[hit.form].service;
            hit.at == at && hit.likeness == Likeness::Same && one.services.contains(&service)
        };
        let led = |by: Particle| super::is_led(sentence, &one.words, &[by]);
        let state = ends(|trade| trade.done, &words[at]) && led(Particle::Not);
        // "Un lavado sin planchar" is just a wash.
        let lacks = *n == 0 && ends(|trade| trade.to_do, &words[at]) && led(Particle::Without);
        (state || lacks) && !finder.hits.iter().any(is_name)
    };
    let undone = all.iter().enumerate().filter(is_undone);
    undone.map(|(_, one)| one.words.start).collect()
}

/// The words that say that somebody of the business is to look.
fn said(words: &Words, look: &Look) -> Option<Range<usize>> {
    let all = words.as_slice();
    (0..all.len()).find_map(|at| {
        let has = |list: Phrases, n: usize| all.get(n).is_some_and(|word| has(list, word));
        let glance = phrases(look.glances).ends(all, at).next();
        let glance = glance.map(|end| at..end);
        let looks = || {
            let stops = |n: usize| words.stop_before(n);
            let before = at > 0 && !stops(at) && has(look.before, at - 1);
            let after = !stops(at + 1) && has(look.after, at + 1);
            (has(look.verbs, at) && (before || after))
                .then(|| at - usize::from(before)..at + 1 + usize::from(after))
        };
        let place = glance.or_else(looks)?;
        let own = (place.start.saturating_sub(WITHIN)..place.start)
            .rev()
            .take_while(|n| !words.stop_before(n + 1))
            .any(|n| {
                // "I'd like you to look at it."
                let asks = (n + 1..place.start).any(|between| has(look.asked, between));
                has(look.own, n) && !asks
            });
        (!own).then_some(place)
    })
}

fn has(list: Phrases, word: &str) -> bool {
    phrases(list).has(word)
}

/// The services that begin with a look at what is wrong, and tell nothing more.
fn general(finder: &Finder<'_>, look: &Look) -> Vec<usize> {
    let overview: Vec<_> = phrases(look.services).iter().collect();
    let simple: Vec<_> = phrases(look.simple).iter().collect();
    let fields: Vec<_> = phrases(look.fields).iter().collect();
    let rest = |form: &Form| {
        let general = finder.forms.among(form, &overview) & form.telling;
        let rest = form.telling & !general & !finder.forms.among(form, &simple);
        (general != 0).then_some((rest, rest & !finder.forms.among(form, &fields)))
    };
    let of = |is_general: &dyn Fn(u32, u32) -> bool| {
        let forms = finder.forms.all.iter();
        let forms = forms.filter(|form| {
            !form.is_joined && rest(form).is_some_and(|(rest, other)| is_general(rest, other))
        });
        let mut services: Vec<_> = forms.map(|form| form.service).collect();
        services.dedup();
        services
    };
    let plain = of(&|rest, _| rest == 0);
    if plain.is_empty() {
        of(&|_, other| other == 0)
    } else {
        plain
    }
}
