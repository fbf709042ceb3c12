//! Days and times that are no wish: what is over, what is asked about, and what is a number of
//! something.

use super::What;
use crate::language::{
    chart::Lattice, intent::Intent, lexicon::Meaning, sentence::Sentence, vocabulary::Particle,
};

/// Whether at a lexeme it is being told what was: "I was there on Monday". It ends where something
/// is proposed or wanted, or the sentence does.
pub(super) fn is_told(sentence: &Sentence<'_>, told: bool, n: usize) -> bool {
    if sentence.is(n, Particle::Past) {
        return true;
    }
    let ends = n > 0 && sentence.stop_before(n)
        || sentence.is(n, Particle::But)
        || sentence.is(n, Particle::So)
        || sentence.is(n, Particle::Toward)
        || sentence.is(n, Particle::Wants)
        || sentence.means(n, |meaning| matches!(meaning, Meaning::Intent(_)));
    told && !ends
}

/// "My exams", "my sister's train": what is told of is somebody's own, and nothing of the business.
fn is_of_somebody(sentence: &Sentence<'_>, n: usize) -> bool {
    let is_led = n > 0
        && (sentence.is(n - 1, Particle::For)
            || sentence.is(n - 1, Particle::And)
            || sentence.is(n - 1, Particle::With));
    let thing = sentence.is_unknown(n + 1)
        || sentence.is(n + 1, Particle::Relation)
        || sentence.is(n + 1, Particle::Relations);
    sentence.is(n, Particle::My) && !is_led && thing && !sentence.stop_before(n + 1)
}

/// Returns whether a clause tells of the customer's life and asks for nothing: "my exam is on the
/// 12th".
pub(super) fn is_of_life(sentence: &Sentence<'_>, lattice: &Lattice, n: usize) -> bool {
    let ends = |n: usize| {
        n > 0 && sentence.stop_before(n)
            || sentence.is(n, Particle::But)
            || sentence.is(n, Particle::So)
            || begins_aside(sentence, n)
    };
    let start = (0..=n).rev().find(|n| ends(*n)).unwrap_or(0);
    let end = (n + 1..sentence.len()).find(|n| ends(*n));
    let clause = start..end.unwrap_or(sentence.len());
    let asks = |meaning| {
        let talk = |intent| matches!(intent, Intent::Greeting | Intent::Thanks | Intent::Farewell);
        matches!(meaning, Meaning::Intent(intent) if !talk(intent))
    };
    let wants = |n: usize| {
        sentence.is(n, Particle::Toward)
            || sentence.is(n, Particle::Wants)
            || sentence.is(n, Particle::Needs)
            || sentence.means(n, asks)
            || sentence
                .at(n)
                .is_some_and(|lexeme| lattice.names(lexeme.words.start))
    };
    // "I work until 6, so anything after that".
    let goes_on = (0..sentence.len()).any(|n| sentence.is(n, Particle::Thereafter));
    let tells = |n: usize| sentence.is(n, Particle::Life) || is_of_somebody(sentence, n);
    !goes_on && clause.clone().any(tells) && !clause.clone().any(wants)
}

/// Returns whether "before school starts" or the like begins at a lexeme: a clause of its own, in
/// which nothing is wanted, whatever the clause before it wants.
fn begins_aside(sentence: &Sentence<'_>, n: usize) -> bool {
    let leads = [Particle::Before, Particle::Until, Particle::After];
    let small = |n: usize| sentence.is(n, Particle::The) || sentence.is(n, Particle::My);
    let mut next = n + 1;
    while small(next) || sentence.is_unknown(next) && next == n + 1 {
        next += 1;
    }
    leads.into_iter().any(|lead| sentence.is(n, lead)) && sentence.is(next, Particle::Life)
}

/// "My order number is 12/3", "option 2 at 3": not the figure after such a word.
pub(super) fn is_labelled(sentence: &Sentence<'_>, n: usize) -> bool {
    let label = |back: usize| n >= back && sentence.is(n - back, Particle::Label);
    let small = n >= 1
        && (sentence.is(n - 1, Particle::The)
            || sentence.means(n - 1, |meaning| meaning == Meaning::Filler));
    let figure = |n: usize| {
        let word = sentence.at(n).map(|lexeme| lexeme.words.start);
        let word = word.map(|word| sentence.words.as_slice()[word].as_str());
        word.is_some_and(|word| word.starts_with(|first: char| first.is_ascii_digit()))
    };
    let number =
        figure(n) || sentence.number(n).is_some() || sentence.is(n, Particle::The) && figure(n + 1);
    number && (label(1) || small && label(2))
}

/// "Do you open at 9?" asks, and wishes nothing.
pub(super) fn is_opening_hour(sentence: &Sentence<'_>, what: &What, n: usize) -> bool {
    let time = !matches!(what, What::Days(_) | What::Part(_) | What::Today(_));
    time && n > 0 && sentence.intent(n - 1) == Some(Intent::Hours) && !sentence.stop_before(n)
}
