//! What will not do: "not Monday", "el lunes no", "any day but Friday".

use std::ops::Range;

use super::{Item, What, ranking::Piece};
use crate::language::{lexicon::Meaning, sentence::Sentence, vocabulary::Particle};

/// Whether "not" goes on to what is joined: "not Monday or Tuesday", not "Monday no, and Friday?".
pub(super) fn is_with(sentence: &Sentence<'_>, before: &Item, n: usize) -> bool {
    before.not && !(before.place.end..=n).any(|n| sentence.stop_before(n))
}

/// Words that may stand between "not" and what is ruled out.
const SMALL: [Particle; 9] = [
    Particle::One,
    Particle::The,
    Particle::On,
    Particle::In,
    Particle::At,
    Particle::Hours,
    Particle::OneHour,
    Particle::With,
    Particle::This,
];

/// Whether "not" stands before, or "does not work" after.
pub(super) fn is_ruled_out(
    sentence: &Sentence<'_>,
    what: &What,
    place: &Range<usize>,
    next: Option<&Piece>,
) -> bool {
    let timed = next.is_some_and(|next| next.place.start == place.end && next.is_time);
    // "El martes no, el lunes" and "el martes no el lunes": of the second only Monday is ruled out.
    let follows = next.is_some_and(|next| next.place.start <= place.end + 2);
    not_before(sentence, what, place, timed)
        || not_after(sentence, place.end)
        || !follows && is_denied_by(sentence, place.end)
}

/// Returns whether a word that denies what went before stands there, whatever follows it.
fn is_denied_by(sentence: &Sentence<'_>, n: usize) -> bool {
    let phrase = sentence.at(n).is_some_and(|lexeme| lexeme.words.len() > 1);
    sentence.is(n, Particle::NotAfter) && phrase && !sentence.stop_before(n)
}

fn not_before(sentence: &Sentence<'_>, what: &What, place: &Range<usize>, timed: bool) -> bool {
    let mut n = place.start;
    for _ in 0..3 {
        if n == 0 || sentence.stop_before(n) {
            return false;
        }
        n -= 1;
        if sentence.is(n, Particle::Except) && !sentence.is(n, Particle::LessMinutes) {
            return true;
        }
        // "Menos" is also "to" before minutes, which are read by then.
        if sentence.is(n, Particle::Except) || sentence.is(n, Particle::Not) {
            // "No friday at 3" is rather a no, and then Friday at 3.
            let plain_no = sentence.means(n, |meaning| meaning == Meaning::No);
            // "No after 5 is fine" is a no, and then after 5.
            let is_bound = matches!(what, What::From(_) | What::Until(_));
            return !(plain_no && (matches!(what, What::Days(_)) && timed || is_bound));
        }
        if !SMALL.iter().any(|small| sentence.is(n, *small)) {
            return false;
        }
    }
    false
}

/// "El lunes no", "Monday is no good".
pub(in crate::language) fn not_after(sentence: &Sentence<'_>, n: usize) -> bool {
    // "The 20th I can't".
    let me = sentence.is(n, Particle::Me) && !sentence.stop_before(n);
    let n = n + usize::from(me);
    if sentence.stop_before(n) || !sentence.is(n, Particle::NotAfter) || is_tag(sentence, n) {
        return false;
    }
    // "El martes no el lunes" is about Monday.
    let last = sentence.stop_before(n + 1) || !sentence.is(n, Particle::Not);
    // "Jueves no porque trabajo".
    let goes_on = [Particle::But, Particle::Because];
    last || goes_on.into_iter().any(|one| sentence.is(n + 1, one))
        || sentence.means(n + 1, |meaning| {
            meaning == Meaning::Filler && !sentence.is(n + 1, Particle::The)
        })
}

/// A clause with so many words before "no?" says what is wished.
const WISHED: usize = 4;

/// Returns whether a "no" at the end of a question only asks for agreement: "pásala al viernes a las
/// 10, ¿no?"
fn is_tag(sentence: &Sentence<'_>, n: usize) -> bool {
    let start = (0..=n).rev().find(|n| sentence.stop_before(*n));
    let asked = sentence.at(n).is_some_and(|lexeme| {
        lexeme.words.len() == 1 && sentence.words.asked_after(lexeme.words.end - 1)
    });
    asked && sentence.means(n, |meaning| meaning == Meaning::No) && n - start.unwrap_or(0) >= WISHED
}
