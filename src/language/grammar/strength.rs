//! Separates days and times that are wished from those that are only mentioned.
//!
//! The invariant: what is only mentioned is removed only if another day or time competes with it.
//! "My photos are on the 13th" loses to "Saturday" beside it, but may be a wish on its own.

use std::ops::Range;

use super::{
    Item, Scene, What,
    idle::{is_elsewhere, is_released},
};
use crate::language::{
    chart::Lattice, intent::Intent, lexicon::Meaning, reading::Asked, sentence::Sentence,
    vocabulary::Particle,
};

/// With this many telling words, a clause without a wish is about something else.
const TELLING: usize = 2;

/// The strength of a day or time as a wish, by the clause that names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// The clause is about an appointment that stays as it is: "still on for Monday".
    Stays,
    /// The clause is about something else: "it runs out on the 20th".
    Told,
    /// The clause says the day or time, and hardly more.
    Bare,
    /// The clause asks for it: "can I come on Thursday".
    Wished,
}

/// Removes the days and times of clauses about something else if another clause names a day or
/// time as well, and those of appointments that stay as they are.
pub(super) fn leave_out_told(
    sentence: &Sentence<'_>,
    lattice: &Lattice,
    scene: &Scene<'_>,
    items: &mut Vec<Item>,
) {
    let strengths = strengths(sentence, lattice, scene.services, items);
    // While a time is proposed, that one competes as well.
    let is_only_told = |n: usize| {
        let tells = [Particle::Got, Particle::Has, Particle::Life, Particle::Did];
        let mut clause = sentence.clause(items[n].place.start);
        scene.asked == Asked::Proposal
            && strengths[n] == Strength::Told
            && clause.any(|n| {
                tells.into_iter().any(|one| sentence.is(n, one))
                    || has(sentence, n)
                    // "The party is at night" tells of a thing.
                    || sentence.is(n + 1, Particle::Is) && sentence.is_unknown(n)
            })
    };
    let is_beaten = |n: usize| {
        let competes = |other: usize| {
            is_day(&items[n]) == is_day(&items[other])
                && !items[other].not
                && strengths[other] > Strength::Told
        };
        let beats = || is_only_told(n) || (0..items.len()).any(competes);
        !items[n].not && strengths[n] == Strength::Told && beats()
    };
    // The hour beside a removed day goes with it: "my exam is on the 12th at 9".
    let beaten: Vec<_> = (0..items.len())
        .filter(|n| is_beaten(*n) || strengths[*n] == Strength::Stays)
        .map(|n| (sentence.clause(items[n].place.start), is_day(&items[n])))
        .collect();
    let mut stays = strengths.iter().map(|one| *one == Strength::Stays);
    items.retain(|item| {
        let stays = stays.next().unwrap_or(false);
        let goes = |(clause, of_day): &(Range<usize>, bool)| {
            clause.contains(&item.place.start) && (*of_day || !is_day(item))
        };
        item.not || !stays && !beaten.iter().any(goes)
    });
}

/// Applies the day that is mentioned to the hour that is wished after it: "tomorrow I work until
/// 7, could you do quarter past?", and that of a celebration.
pub(super) fn take_day_along(sentence: &Sentence<'_>, named: &[Item], items: &mut Vec<Item>) {
    let Some(hour) = items
        .first()
        .filter(|item| matches!(item.what, What::At { .. }))
    else {
        return;
    };
    if items.iter().any(is_day) {
        return;
    }
    let told: Vec<_> = named
        .iter()
        .filter(|item| item.place.end <= hour.place.start)
        .collect();
    let [day] = told.iter().filter(|item| is_day(item)).collect::<Vec<_>>()[..] else {
        return;
    };
    let clause = sentence.clause(day.place.start);
    let is_bound = |item: &&&Item| {
        let is_bound = match item.what {
            What::Until(_) | What::From(_) => true,
            What::At { .. } => is_released(sentence, item.place.start),
            _ => false,
        };
        clause.contains(&item.place.start) && is_bound
    };
    // "It's our anniversary on Friday, could we come at 10?"
    let is_feast = |n| sentence.begins_with(n, |one| one.grammar.celebrated);
    let is_celebrated = sentence.clause(day.place.start).any(is_feast);
    if is_celebrated || told.iter().any(|item| is_bound(&item)) {
        items.insert(0, (*day).clone());
    }
}

/// Returns the hour at which the customer is free, where only a day is wished: "Friday, I get off at
/// 5" is from 5 on.
pub(super) fn released(sentence: &Sentence<'_>, items: &[Item], of_life: &[Item]) -> Option<Item> {
    let is_wished = |item: &Item| is_day(item) && !item.not;
    let alone = !items.is_empty() && items.iter().all(is_wished);
    let is_hour = |item: &&Item| {
        let clause = sentence.clause(item.place.start);
        matches!(item.what, What::From(_))
            && is_released(sentence, item.place.start)
            && !of_life
                .iter()
                .any(|other| is_day(other) && clause.contains(&other.place.start))
    };
    of_life.iter().find(is_hour).filter(|_| alone).cloned()
}

/// "I've physio at 12": a verb for having, and something that nothing is known of.
fn has(sentence: &Sentence<'_>, n: usize) -> bool {
    let is_verb = || sentence.begins_with(n, |one| one.grammar.verbs.having);
    sentence.is_unknown(n + 1) && !sentence.stop_before(n + 1) && is_verb()
}

fn is_day(item: &Item) -> bool {
    matches!(item.what, What::Days(_) | What::Today(_))
}

/// Returns the strength of each item. Joined items are as strong as the strongest of them.
fn strengths(
    sentence: &Sentence<'_>,
    lattice: &Lattice,
    services: &[usize],
    items: &[Item],
) -> Vec<Strength> {
    // Of the items of one clause all are as strong.
    let mut known: Vec<(Range<usize>, Strength)> = Vec::new();
    let of_clause = |item: &Item| {
        let at = item.place.start;
        let clause = narrow(sentence, sentence.clause(at), at);
        let seen = known.iter().rfind(|(seen, _)| *seen == clause);
        if let Some((_, strength)) = seen {
            return *strength;
        }
        let strength = strength(sentence, lattice, services, items, &clause);
        known.push((clause, strength));
        strength
    };
    let mut all: Vec<_> = items.iter().map(of_clause).collect();
    for n in 1..all.len() {
        if items[n].joined && all[n] != Strength::Stays {
            let both = all[n - 1].max(all[n]);
            (all[n - 1], all[n]) = (both, both);
        }
    }
    all
}

fn strength(
    sentence: &Sentence<'_>,
    lattice: &Lattice,
    services: &[usize],
    items: &[Item],
    clause: &Range<usize>,
) -> Strength {
    let wishes = |n: usize| {
        let wanted = [
            Particle::Toward,
            Particle::Wants,
            Particle::Needs,
            Particle::Or,
            Particle::With,
            Particle::Free,
        ];
        let words = sentence.at(n).map_or(0..0, |lexeme| lexeme.words.clone());
        // The "ok" of "ok, fitting is the 6th" is an answer, not a wish, and the "sale" of "el niño
        // sale a las 5" neither.
        let begins = n == clause.start || is_kin(sentence, n - 1);
        let answers = begins && sentence.means(n, |one| one == Meaning::Yes);
        wanted.into_iter().any(|one| sentence.is(n, one))
            || sentence.means(n, is_wish) && !answers
            || lattice.names(words.start)
            || services.iter().any(|word| words.contains(word))
    };
    let stays = |n: usize| sentence.is(n, Particle::Stays);
    if clause.clone().any(stays) {
        return Strength::Stays;
    }
    if clause.clone().any(wishes) {
        return Strength::Wished;
    }
    let is_subject = |n: usize| sentence.is(n, Particle::Is) && n > clause.start;
    let of_time = |n: usize| items.iter().any(|item| item.place.contains(&n));
    let tells = |n: &usize| {
        let life = [
            Particle::Life,
            Particle::Did,
            Particle::Has,
            Particle::Past,
            Particle::Relation,
        ];
        !of_time(*n)
            && (sentence.is_unknown(*n)
                || is_subject(*n)
                || *n > 0
                    && is_kin(sentence, *n - 1)
                    && sentence.means(*n, |one| one == Meaning::Yes)
                || life.into_iter().any(|one| sentence.is(*n, one)))
    };
    // "Flight's at 3": a thing and what is told of it.
    let is_told_of = |n: &usize| {
        let word = sentence.at(*n).map(|lexeme| lexeme.words.start);
        sentence.is_unknown(*n) && word.is_some_and(|word| sentence.words.has_apostrophe(word))
    };
    let telling = clause.clone().filter(tells).count() + clause.clone().filter(is_told_of).count();
    let is_elsewhere = clause.clone().any(|n| is_elsewhere(sentence, n));
    if telling < TELLING && !is_elsewhere {
        Strength::Bare
    } else {
        Strength::Told
    }
}

/// Returns whether a lexeme is somebody near to the customer.
fn is_kin(sentence: &Sentence<'_>, n: usize) -> bool {
    sentence.is(n, Particle::Relation) || sentence.is(n, Particle::Relations)
}

/// Returns the part of a clause around a lexeme, cut at an "and" that begins something else:
/// "school starts next week | and both my boys look like mops".
fn narrow(sentence: &Sentence<'_>, clause: Range<usize>, n: usize) -> Range<usize> {
    let begins = |n: usize| {
        let subjects = [Particle::My, Particle::Both, Particle::Relations];
        sentence.is(n, Particle::And) && subjects.into_iter().any(|one| sentence.is(n + 1, one))
    };
    let start = (clause.start..=n).rev().find(|n| begins(*n));
    let end = (n + 1..clause.end).find(|n| begins(*n));
    start.unwrap_or(clause.start)..end.unwrap_or(clause.end)
}

fn is_wish(meaning: Meaning) -> bool {
    match meaning {
        Meaning::Yes => true,
        Meaning::Intent(intent) => !matches!(
            intent,
            Intent::Greeting | Intent::Thanks | Intent::Farewell | Intent::Late | Intent::Group
        ),
        _ => false,
    }
}
