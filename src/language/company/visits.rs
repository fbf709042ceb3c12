//! Visits that each have a service and a time of their own: "a cut at 1, and then a trim for my mum
//! Rosa at 2", "English at 4 and maths at 5 for Rory".
//!
//! The invariant: a text is only cut where each part names a service and a clock, and somebody else
//! is spoken of.

use std::ops::Range;

use super::{Part, cue::Cue, is_thing, then, timed::is_clock, word_at};
use crate::language::{sentence::Sentence, vocabulary::Particle};

/// Returns one part for each visit; nothing where the visits cannot be told apart, or where each
/// part already speaks of somebody.
pub(super) fn parts(sentence: &Sentence<'_>, cues: &[Cue], things: &[usize]) -> Vec<Part> {
    let [cue] = cues else { return Vec::new() };
    let visits = visits(sentence, things);
    let (Some(last), false) = (visits.last(), cue.is_self || visits.len() < 2) else {
        return Vec::new();
    };
    let clock = last.clone().rfind(|n| is_timed(sentence, *n));
    // "English at 4 and maths at 5 for Rory" are both for him.
    let is_for_all = !last.contains(&cue.place.start) || clock < Some(cue.place.start);
    let part = |visit: &Range<usize>| {
        let is_theirs = is_for_all || visit.contains(&cue.place.start);
        let name = cue.name.as_ref().filter(|_| is_theirs);
        let relation = cue.relation.filter(|_| is_theirs);
        Part {
            words: std::iter::once(word_at(sentence, visit.start)..word_at(sentence, visit.end))
                .collect(),
            is_self: !is_theirs,
            relation: relation.and_then(|n| Some(sentence.at(n)?.words.clone())),
            name: name.map(|name| word_at(sentence, name.start)..word_at(sentence, name.end)),
        }
    };
    visits.iter().map(part).collect()
}

/// Cuts a text where one visit ends and another begins.
fn visits(sentence: &Sentence<'_>, things: &[usize]) -> Vec<Range<usize>> {
    let is_whole = |range: Range<usize>| {
        let mut lexemes = range.clone();
        lexemes.any(|n| is_thing(sentence, n, things)) && { range }.any(|n| is_timed(sentence, n))
    };
    let separates = |n: &usize| {
        sentence.stop_before(*n) || sentence.is(*n, Particle::And) || then(sentence, *n)
    };
    let (mut visits, mut start) = (Vec::new(), 0);
    for n in (1..sentence.len()).filter(separates) {
        if is_whole(start..n) && is_whole(n..sentence.len()) {
            visits.push(start..n);
            start = n;
        }
    }
    visits.push(start..sentence.len());
    visits
}

/// Returns whether a lexeme is a clock after "at".
fn is_timed(sentence: &Sentence<'_>, n: usize) -> bool {
    let at = |n: usize| sentence.is(n, Particle::At) || sentence.is(n, Particle::Hours);
    n > 0 && at(n - 1) && is_clock(sentence, n)
}
