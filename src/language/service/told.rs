//! Separates services that are wished from those that a text only tells of: "I have my full set on
//! Tuesday, can I book a removal right before?"
//!
//! The invariant: what is only told of is left out only beside something that is not.

use super::{Mention, choice::Finder, likeness::Likeness};
use crate::language::{
    intent::Intent,
    phrases::{in_any, phrases},
    sentence::Sentence,
    vocabulary::{Particle, Phrases, Trade, Vocabulary},
};

/// The strength of a service as a wish, by the clause that names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// The clause tells what the customer has or had.
    Told,
    /// The clause names the service, and hardly more.
    Bare,
    /// The clause asks for it.
    Wished,
}

/// So many words may stand between "I have" and what the customer has.
const MAX_BETWEEN: usize = 3;

/// Takes out the services of clauses that only tell of them where another is not told of. Returns
/// those that another of their kind is to replace.
pub(super) fn leave_out(
    sentence: &Sentence<'_>,
    vocabulary: &Vocabulary,
    all: &mut Vec<Mention>,
) -> Vec<Mention> {
    let strength = |one: &Mention| strength(sentence, vocabulary, one);
    let mut strengths: Vec<_> = all.iter().map(strength).collect();
    for n in 1..all.len() {
        if strengths[n - 1] == Strength::Told
            && strengths[n] == Strength::Bare
            && is_listed(sentence, &all[n - 1], &all[n])
        {
            strengths[n] = Strength::Told;
        }
    }
    let is_wish = |(one, strength): (&Mention, &Strength)| {
        *strength > Strength::Told && (one.names_kind || one.is_whole || one.is_sure)
    };
    if !all.iter().zip(&strengths).any(is_wish) {
        return Vec::new();
    }
    let mut kept = strengths.iter();
    let (told, rest): (Vec<_>, Vec<_>) = all
        .drain(..)
        .partition(|_| kept.next() == Some(&Strength::Told));
    *all = rest;
    let changes = (0..sentence.len()).any(|n| {
        sentence.is(n, Particle::Change) || sentence.intent(n) == Some(Intent::Reschedule)
    });
    let becomes = |one: &Mention| is_led_by(sentence, vocabulary.trade.becomes, one);
    let [only] = &*told else {
        return of_kind(told, all, changes);
    };
    if all.len() == 1 && becomes(&all[0]) && only.services != all[0].services {
        return told;
    }
    of_kind(told, all, changes)
}

/// Returns those that another service of their kind takes the place of.
fn of_kind(told: Vec<Mention>, all: &[Mention], changes: bool) -> Vec<Mention> {
    let is_replaced = |one: &Mention| {
        let of_kind = |other: &Mention| {
            let new = other.services.iter();
            let mut new = new.filter(|service| !one.services.contains(service));
            new.any(|service| one.kinds.contains(service))
        };
        changes && all.iter().any(of_kind)
    };
    told.into_iter().filter(is_replaced).collect()
}

/// Returns whether a mention goes on with what the one before it begins: "a pedicure or a soak off".
fn is_listed(sentence: &Sentence<'_>, before: &Mention, mention: &Mention) -> bool {
    let (from, to) = (before.words.end, mention.words.start);
    let joins = [Particle::And, Particle::Or];
    let joins = |word: usize| {
        let n = sentence.holding(word);
        joins.into_iter().any(|one| sentence.is(n, one))
    };
    from <= to
        && to - from <= MAX_BETWEEN
        && (from..to).any(joins)
        && !(from..=to).any(|word| sentence.words.stop_before(word))
}

fn strength(sentence: &Sentence<'_>, vocabulary: &Vocabulary, mention: &Mention) -> Strength {
    let place = sentence.holding(mention.words.start);
    let clause = sentence.clause(place);
    let wants = [Particle::Toward, Particle::Wants, Particle::Needs];
    let wants = |n: usize| wants.into_iter().any(|one| sentence.is(n, one));
    let mut booked = false;
    for n in (clause.start..place).rev() {
        // The appointment of "I have an appointment for …" is none that is wished.
        if let Some(end) = told_to(sentence, vocabulary, n)
            && (booked || is_held(sentence, end, mention.words.start))
        {
            return Strength::Told;
        }
        let names_one = sentence.intent(n) == Some(Intent::Book);
        booked |= names_one;
        if !names_one && (wants(n) || asks(sentence, n)) {
            return Strength::Wished;
        }
    }
    let mut after = place + 1..clause.end;
    if booked || after.any(|n| wants(n) || asks(sentence, n)) {
        Strength::Wished
    } else {
        Strength::Bare
    }
}

/// Returns the word after what says that the customer has or had something, if that begins at a
/// lexeme.
fn told_to(sentence: &Sentence<'_>, vocabulary: &Vocabulary, n: usize) -> Option<usize> {
    let words = sentence.words.as_slice();
    let lexeme = sentence.at(n)?.words.clone();
    // "I have to", "tengo que" and "tengo ganas de" wish.
    let wishes = |end: &usize| {
        let next = words.get(*end);
        next.is_some_and(|next| in_any(|one| one.trade.has_to).has(next))
    };
    let mut held = phrases(vocabulary.trade.held).ends(words, lexeme.start);
    let held = held.find(|end| !wishes(end));
    let particles = [Particle::Has, Particle::Past];
    let is_told = particles.into_iter().any(|one| sentence.is(n, one))
        || sentence.intent(n) == Some(Intent::Appointments);
    held.or(is_told.then_some(lexeme.end))
}

/// Returns whether what is told of is the service itself: "I have my full set", and not "I have the
/// kids for a haircut".
fn is_held(sentence: &Sentence<'_>, end: usize, start: usize) -> bool {
    let n = sentence.holding(end.saturating_sub(1));
    let is_for = |word: usize| sentence.is(sentence.holding(word), Particle::For);
    sentence.intent(n) == Some(Intent::Appointments)
        || end <= start && start - end <= MAX_BETWEEN && !(end..start).any(is_for)
}

/// Returns whether one of these phrases stands before a mention, with an article between at most.
pub(super) fn is_led_by(sentence: &Sentence<'_>, list: Phrases, mention: &Mention) -> bool {
    let start = mention.words.start;
    let mut ends = start.saturating_sub(1)..=start;
    ends.any(|end| phrases(list).ends_before(sentence.words.as_slice(), end))
}

/// Takes out, while something is being booked, what a clause only tells of: "la otra vez me dejó esa
/// barba dispareja".
pub(super) fn change_nothing(
    sentence: &Sentence<'_>,
    vocabulary: &Vocabulary,
    topic: &[usize],
    all: &mut Vec<Mention>,
) {
    if topic.is_empty() {
        return;
    }
    let answers = |one: &Mention| {
        topic.len() > 1 && one.services.iter().any(|service| topic.contains(service))
    };
    all.retain(|one| {
        answers(one)
            || strength(sentence, vocabulary, one) == Strength::Wished
            || !recounts(sentence, vocabulary.trade.recounts, one.words.start)
    });
}

/// Returns whether the clause of a word tells what somebody is like, or what happened.
pub(super) fn recounts(sentence: &Sentence<'_>, list: Phrases, word: usize) -> bool {
    let clause = sentence.clause(sentence.holding(word));
    let start = sentence.at(clause.start).map_or(0, |one| one.words.start);
    let last = clause.end.checked_sub(1).and_then(|n| sentence.at(n));
    let end = last.map_or(start, |one| one.words.end);
    let words = sentence.words.as_slice().get(start..end);
    words.is_some_and(|words| phrases(list).find(words).is_some())
}

/// Takes out who does a service and what it is done to, and what is said in other words, where a
/// clause only tells of it beside another that wishes: "an emergency appointment, my tooth is
/// killing me".
pub(super) fn explain(finder: &Finder<'_>, vocabulary: &Vocabulary, all: &mut Vec<Mention>) {
    let sentence = finder.sentence;
    let words = sentence.words.as_slice();
    let is_bearer = |at: &usize| phrases(vocabulary.trade.bearers).has(&words[*at]);
    let by_name = |one: &Mention, at: usize| {
        finder.hits.iter().any(|hit| {
            let of = one.services.contains(&finder.forms.all[hit.form].service);
            hit.at == at && of && hit.likeness > Likeness::Sense
        })
    };
    let only_told = |n: usize| {
        let one: &Mention = &all[n];
        let place = sentence.holding(one.words.start);
        let clause = sentence.clause(place);
        let elsewhere = |other: &Mention| {
            !clause.contains(&sentence.holding(other.words.start))
                && other.is_sure
                && (other.names_kind || strength(sentence, vocabulary, other) == Strength::Wished)
                && !other.said.iter().all(is_bearer)
        };
        let told = one.said.iter().all(is_bearer)
            || recounts(sentence, vocabulary.trade.recounts, one.words.start)
                && !one.said.iter().any(|at| by_name(one, *at));
        // "An appointment, a filling for my tooth" names what it is said of.
        let alone = clause.len() > one.said.len() + 1;
        told && alone
            && strength(sentence, vocabulary, one) != Strength::Wished
            && all.iter().any(elsewhere)
    };
    let told: Vec<_> = (0..all.len()).map(only_told).collect();
    let mut told = told.into_iter();
    all.retain(|_| told.next() != Some(true));
}

/// Takes out what the customer has to do elsewhere, where that is why an appointment is to be at
/// another time: "es que luego tengo que recoger al niño".
pub(super) fn errands(finder: &Finder<'_>, trade: &Trade, all: &mut Vec<Mention>) {
    let sentence = finder.sentence;
    let words = sentence.words.as_slice();
    let is_errand = |one: &Mention| {
        let [at] = one.said[..] else { return false };
        let forms = &finder.forms.all;
        let mut hits = finder.hits.iter().filter(|hit| hit.at == at);
        let exact = hits.any(|hit| {
            hit.likeness == Likeness::Same && one.services.contains(&forms[hit.form].service)
        });
        let led = phrases(trade.duties).ends_before(words, at);
        let has_object = at + 1 < words.len() && !sentence.words.stop_before(at + 1);
        let clause = sentence.clause(sentence.holding(at));
        let moves = |n: usize| {
            let moves = [
                Intent::Earlier,
                Intent::Later,
                Intent::Late,
                Intent::CannotCome,
                Intent::Reschedule,
            ];
            sentence.is(n, Particle::CannotMake)
                || sentence.intent(n).is_some_and(|one| moves.contains(&one))
        };
        let also = clause.clone().any(|n| sentence.is(n, Particle::Also));
        !exact && led && has_object && !also && (0..clause.start).any(moves)
    };
    all.retain(|one| !is_errand(one));
}

fn asks(sentence: &Sentence<'_>, n: usize) -> bool {
    let talk = [Intent::Late, Intent::Appointments, Intent::CannotCome];
    sentence
        .intent(n)
        .is_some_and(|intent| !intent.is_courtesy() && !talk.contains(&intent))
}
