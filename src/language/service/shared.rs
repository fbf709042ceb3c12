//! Words that several services in a row share, said only once: "gelish en manos y en pies".
//!
//! The invariant: a service that is named with its own kind stays as it is.

use super::{Mention, choice::Finder, form::Hit, likeness::Likeness};
use crate::language::{
    Language,
    lexicon::Lexicon,
    phrases::phrases,
    vocabulary::{Particle, Trade},
};

/// Gives what stands beside "and" the kind of what is named before it.
pub(super) fn share(finder: &Finder<'_>, all: &mut [Mention]) {
    for n in 1..all.len() {
        let (before, after) = all.split_at_mut(n);
        let (Some(before), Some(after)) = (before.last(), after.first_mut()) else {
            return;
        };
        let services = of_kind(finder, before, after);
        if is_beside(finder, before, after) && !services.is_empty() {
            after.services = services;
            after.names_kind = true;
            after.is_sure = true;
        }
    }
}

/// The services of the kind that one mention says which the words of another tell.
fn of_kind(finder: &Finder<'_>, before: &Mention, after: &Mention) -> Vec<usize> {
    let forms = &finder.forms.all;
    let is_head = |hit: &Hit| hit.slots & forms[hit.form].head(finder.head_first) != 0;
    let by_name = |hit: &&Hit| hit.likeness >= Likeness::Inflected;
    let hits = || finder.hits.iter().filter(by_name);
    let own = |hit: &Hit| {
        after.said.contains(&hit.at)
            && is_head(hit)
            && after.services.contains(&forms[hit.form].service)
    };
    if hits().any(own) {
        return Vec::new();
    }
    let tells = |form: usize, at: usize| {
        hits().any(|hit| hit.form == form && hit.at == at && !is_head(hit))
    };
    let kinds = hits().filter(|hit| before.said.contains(&hit.at) && is_head(hit));
    let told = kinds.filter(|hit| after.said.iter().all(|at| tells(hit.form, *at)));
    let mut services: Vec<_> = told.map(|hit| forms[hit.form].service).collect();
    services.sort_unstable();
    services.dedup();
    services
}

/// Returns whether "and" stands between two mentions, and nothing more but small words.
fn is_beside(finder: &Finder<'_>, before: &Mention, after: &Mention) -> bool {
    let words = finder.sentence.words.as_slice();
    let Some(between) = words.get(before.words.end..after.words.start) else {
        return false;
    };
    let joins = |word: &String| {
        let mut all = Language::ALL.into_iter();
        all.any(|language| Lexicon::of(language).joins(word))
    };
    let is_small = |n: usize| finder.is_small(n) || joins(&words[n]) || words[n].len() <= 2;
    between.iter().any(joins) && (before.words.end..after.words.start).all(is_small)
}

/// Takes the service that a price is said to be for: the one for seniors in "a haircut for my grandpa.
/// Does he get the senior price?"
pub(super) fn priced(finder: &Finder<'_>, trade: &Trade, all: &mut [Mention]) {
    let words = finder.sentence.words.as_slice();
    let is = |list, at: usize| words.get(at).is_some_and(|word| phrases(list).has(word));
    let of_price = |at: usize| {
        let for_it =
            |n: usize| n > 0 && finder.sentence.is(finder.sentence.holding(n), Particle::Of);
        is(trade.prices, at + 1)
            || at > 0
                && (is(trade.prices, at - 1)
                    || at > 1 && for_it(at - 1) && is(trade.prices, at - 2))
    };
    let places = (0..words.len()).filter(|at| is(trade.whose, *at) && of_price(*at));
    for at in places {
        for mention in &mut *all {
            let mut services = mention.kinds.clone();
            let of = |service: usize| {
                let is = |hit: &Hit| hit.at == at && finder.forms.all[hit.form].service == service;
                finder.hits.iter().any(is)
            };
            services.retain(|one| of(*one));
            if !services.is_empty() {
                mention.services = services;
            }
        }
    }
}
