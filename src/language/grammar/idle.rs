//! Days and times that are no wish: what is over, what is asked about, and what is a number of
//! something.

use super::{Scene, What, weekday};
use crate::language::{
    figure::Figure, intent::Intent, lexicon::Meaning, sentence::Sentence, vocabulary::Particle,
};

/// Whether at a lexeme it is being told what was: "I was there on Monday". It ends where something
/// is proposed or wanted, or the sentence does.
pub(super) fn is_told(sentence: &Sentence<'_>, told: bool, n: usize) -> bool {
    if sentence.is(n, Particle::Past) {
        return true;
    }
    let ends = n > 0 && sentence.stop_before(n)
        || sentence.is(n, Particle::But)
        || sentence.is(n, Particle::Toward)
        || sentence.means(n, |meaning| matches!(meaning, Meaning::Intent(_)));
    told && !ends
}

/// "My order number is 12/3", "option 2 at 3": not the figure after such a word.
pub(super) fn is_labelled(sentence: &Sentence<'_>, n: usize) -> bool {
    let label = |back: usize| n >= back && sentence.is(n - back, Particle::Label);
    let small = n >= 1
        && (sentence.is(n - 1, Particle::The)
            || sentence.means(n - 1, |meaning| meaning == Meaning::Filler));
    let number = sentence.number(n).is_some()
        || matches!(
            sentence.figure(n),
            Some(Figure::DayMonth(..) | Figure::Day(_))
        )
        || sentence.is(n, Particle::The) && sentence.figure(n + 1).is_some();
    number && (label(1) || small && label(2))
}

/// "Do you open at 9?" asks, and wishes nothing.
pub(super) fn is_opening_hour(sentence: &Sentence<'_>, what: &What, n: usize) -> bool {
    let time = !matches!(what, What::Days(_) | What::Part(_) | What::Today(_));
    time && n > 0 && sentence.intent(n - 1) == Some(Intent::Hours) && !sentence.stop_before(n)
}

/// The end of what is no day to come: "last Tuesday", "el martes pasado".
pub(super) fn past(sentence: &Sentence<'_>, scene: &Scene, n: usize) -> Option<usize> {
    if sentence.is(n, Particle::Last) {
        return weekday::weekday(sentence, scene, n + 1).map(|(_, next)| next);
    }
    let (_, next) = weekday::weekday(sentence, scene, n)?;
    // Of "either Saturday" two are meant, and nobody knows which.
    if n > 0 && sentence.is(n - 1, Particle::Either) && !sentence.is(next, Particle::Or) {
        return Some(next);
    }
    let after = sentence.is(next, Particle::Last) && !sentence.stop_before(next);
    // "El lunes pasado mañana" is not said.
    after.then_some(next + 1)
}
