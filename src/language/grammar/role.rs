//! Which of the days and times belong to the appointment there is, and which to the one that is
//! wished.

use super::{Item, Scene, What};
use crate::language::{intent::Intent, sentence::Sentence, vocabulary::Particle};

/// For each item whether it tells of the appointment there is.
pub(super) fn about(sentence: &Sentence<'_>, scene: &Scene<'_>, items: &[Item]) -> Vec<bool> {
    let toward = (0..sentence.len()).find(|n| sentence.is(*n, Particle::Toward));
    let split = split(sentence, items);
    let mut instead = false;
    items
        .iter()
        .enumerate()
        .map(|(n, item)| {
            let follows = n > 0 && items[n - 1].place.end == item.place.start;
            // "Instead of Friday at 4": both.
            instead = is_led(sentence, item, Particle::InsteadOf) || (instead && follows);
            let clause = |from: usize| (from..=item.place.start).any(|n| sentence.stop_before(n));
            let proposed = toward.is_some_and(|toward| toward < item.place.start)
                || scene.cannot_come && n > 0 && clause(items[0].place.end)
                || (n > 0 && follows_but(sentence, &items[0], item));
            instead
                || if scene.moving {
                    split.map_or_else(|| is_old(sentence, &items[0]), |split| n < split)
                } else {
                    scene.about && !proposed
                }
        })
        .collect()
}

/// "My appointment is tomorrow, but …".
fn follows_but(sentence: &Sentence<'_>, first: &Item, item: &Item) -> bool {
    (first.place.end..item.place.start).any(|n| sentence.is(n, Particle::But))
}

/// The first item of what is new: "from Tuesday | to Thursday".
fn split(sentence: &Sentence<'_>, items: &[Item]) -> Option<usize> {
    let strong = |item: &Item| {
        let to = |n: usize| sentence.is(n, Particle::To) && !sentence.is(n, Particle::At);
        let start = item.place.start;
        to(start) || start.checked_sub(1).is_some_and(to)
    };
    let weak = |n: usize| {
        let item = &items[n];
        let start = item.place.start;
        let to = sentence.is(start, Particle::To) && sentence.is(start, Particle::At);
        let clock = |item: &Item| matches!(item.what, What::At { .. });
        to && clock(item) && (n == 0 || items[..n].iter().any(clock))
    };
    let proposed = |item: &Item| is_led(sentence, item, Particle::Toward);
    let opposed = |n: &usize| follows_but(sentence, &items[n - 1], &items[*n]);
    (1..items.len())
        .find(opposed)
        .or_else(|| items.iter().position(strong))
        .or_else(|| (0..items.len()).find(|n| weak(*n)))
        .or_else(|| items.iter().position(proposed))
}

/// Whether a word of that sort stands before an item, or begins it.
fn is_led(sentence: &Sentence<'_>, item: &Item, particle: Particle) -> bool {
    let start = item.place.start;
    (start.saturating_sub(2)..=start).any(|n| sentence.is(n, particle))
        && !(start.saturating_sub(1)..=start).any(|n| sentence.stop_before(n) && n > 0)
}

/// "My Friday appointment", "la cita de mañana", "my appointment tomorrow".
fn is_old(sentence: &Sentence<'_>, item: &Item) -> bool {
    let start = item.place.start;
    let before =
        (start.saturating_sub(2)..=start).filter(|n| !sentence.stop_before(*n) || *n == start);
    let mut before = before.chain(std::iter::once(start));
    let named = |n: usize| sentence.intent(n) == Some(Intent::Book);
    before.any(|n| {
        sentence.is(n, Particle::Of)
            || sentence.is(n, Particle::My)
            || n < start
                && (named(n)
                    || sentence.intent(n) == Some(Intent::Reschedule) && is_possessive(sentence, n))
    }) || named(item.place.end)
}

/// Whether a phrase ends in "my".
fn is_possessive(sentence: &Sentence<'_>, n: usize) -> bool {
    let last = sentence.at(n).map(|lexeme| lexeme.words.end - 1);
    last.is_some_and(|last| {
        matches!(
            sentence.words.as_slice()[last].as_str(),
            "my" | "our" | "mi"
        )
    })
}
