//! The parts of a text in each of which a service may be named.
//!
//! The invariant: no word is in two of them.

use std::ops::Range;

use super::form::Hit;
use crate::language::{Language, lexicon::Lexicon, sentence::Sentence, vocabulary::Particle};

/// The parts of a text, between stops and words such as "and", "or" and "without".
pub(super) fn all(sentence: &Sentence<'_>, hits: &[Hit]) -> Vec<Range<usize>> {
    let words = sentence.words;
    let mut parts = Vec::new();
    let mut start = 0;
    for n in 0..words.as_slice().len() {
        let lexeme = sentence.holding(n);
        let within = sentence
            .at(lexeme)
            .is_some_and(|lexeme| lexeme.words.start < n);
        let is = |particles: &[Particle]| particles.iter().any(|one| sentence.is(lexeme, *one));
        let joint = is(&[Particle::And, Particle::Also, Particle::Or, Particle::But])
            || is_and(&words.as_slice()[n]);
        let rules_out = is(&[
            Particle::Without,
            Particle::Not,
            Particle::Except,
            Particle::InsteadOf,
        ]) && !hits.iter().any(|hit| hit.at == n);
        if !within && (words.stop_before(n) || words.slash_before(n) || joint || rules_out) {
            parts.push(start..n);
            start = n + usize::from(joint);
        }
    }
    parts.push(start..words.as_slice().len());
    parts.retain(|part| !part.is_empty());
    parts
}

/// Returns whether a word is "and" in any language: names are often of another one than the text.
fn is_and(word: &str) -> bool {
    let mut all = Language::ALL.into_iter();
    all.any(|language| Lexicon::of(language).joins(word))
}
