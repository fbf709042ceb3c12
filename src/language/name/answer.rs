//! The name in the answer to the question for it, where nothing introduces it.

use std::ops::Range;

use super::{
    MAX_CHARS, MAX_WORDS, Named,
    cues::Cue,
    part::{Part, Parts},
    proper,
};
use crate::language::{lexicon::Meaning, vocabulary::Particle};

/// A number with so many figures is a telephone's.
const PHONE_FIGURES: usize = 6;

// === impl Parts ===

impl Parts<'_> {
    /// The name that is a whole clause, but for what is said around it; of "Gonzalo, Gonzalo Rey"
    /// the longer one.
    pub(super) fn answer(&self, elsewhere: &[Range<usize>]) -> Option<Named> {
        let mut best: Option<Range<usize>> = None;
        let mut start = 0;
        while start < self.len() {
            let end = self.clause_end(start);
            let taken = elsewhere
                .iter()
                .any(|range| range.start < end && start < range.end);
            let name = (!taken).then(|| self.bare(start..end)).flatten();
            let fuller = |name: &Range<usize>| {
                best.as_ref().is_none_or(|best| {
                    name.len() > best.len()
                        && self.said(best) == self.said(&(name.start..name.start + best.len()))
                })
            };
            if let Some(name) = name.filter(fuller) {
                best = Some(name);
            }
            start = end;
        }
        let run = best?;
        let name = proper::name(&self.written(run.clone()));
        (name.chars().count() <= MAX_CHARS).then_some(Named { name, words: run })
    }

    fn said(&self, range: &Range<usize>) -> &[String] {
        &self.words.as_slice()[range.clone()]
    }

    fn clause_end(&self, start: usize) -> usize {
        let introduces = |n: usize| {
            self.cue(n, &[Cue::Own, Cue::PerhapsOwn, Cue::Other])
                .is_some()
        };
        let ends = |n: &usize| {
            self.stop_before(*n)
                || self.is_address(*n - 1)
                || self.is(*n, Particle::And) && introduces(*n + 1)
        };
        (start + 1..self.len()).find(ends).unwrap_or(self.len())
    }

    /// The name that a clause is, without a telephone number and words around it.
    fn bare(&self, clause: Range<usize>) -> Option<Range<usize>> {
        let Range { mut start, mut end } = self.without_phone(clause)?;
        if start == end || self.is_asked(end - 1) {
            return None;
        }
        start = self.past_openers(start, end);
        while let Some(length) = self.closer(start, end) {
            end -= length;
        }
        while start + 1 < end && self.is_title(start) {
            start += 1;
        }
        self.is_name(start..end).then_some(start..end)
    }

    /// The clause without the figures of a telephone number; nothing if it has other figures.
    fn without_phone(&self, clause: Range<usize>) -> Option<Range<usize>> {
        let figures: Vec<_> = clause.clone().filter(|n| self.is_figure(*n)).collect();
        let (Some(first), Some(last)) = (figures.first(), figures.last()) else {
            return Some(clause);
        };
        let digits = figures.iter().map(|n| {
            let word = &self.words.as_slice()[*n];
            word.bytes().filter(u8::is_ascii_digit).count()
        });
        let together = last - first < figures.len();
        if digits.sum::<usize>() < PHONE_FIGURES || !together {
            return None;
        }
        let before = clause.start..*first;
        let after = last + 1..clause.end;
        // "+" before a number is a word.
        let plus = !before.is_empty() && self.words.written(before.end - 1) == "+";
        let before = before.start..before.end - usize::from(plus);
        Some(if before.is_empty() { after } else { before })
    }

    fn past_openers(&self, start: usize, end: usize) -> usize {
        let mut n = start;
        while let Some((_, length)) = self.cue(n, &[Cue::Around]) {
            // "Perfecto García", but "perfect, García" and "sí Fátima".
            let is_name = self.part(n) == Part::Both && n + 1 < end;
            if n + length >= end || is_name {
                break;
            }
            n += length;
        }
        n
    }

    /// How many words at the end of a clause are not of the name.
    fn closer(&self, start: usize, end: usize) -> Option<usize> {
        let sign = end > start && !self.words.written(end - 1).starts_with(char::is_alphabetic);
        if sign {
            return Some(1);
        }
        (1..=4).find(|length| {
            let at = end.checked_sub(*length).filter(|at| *at > start);
            at.is_some_and(|at| {
                // "Laura Bueno".
                let agrees = |meaning| matches!(meaning, Meaning::Yes | Meaning::No);
                let name = self.part(at) == Part::Both || self.means(at, agrees);
                !name
                    && self
                        .cue(at, &[Cue::Around])
                        .is_some_and(|(_, found)| found == *length)
            })
        })
    }

    /// Returns whether words are a name: some of them are known as nothing else, and the others may
    /// be of one.
    fn is_name(&self, range: Range<usize>) -> bool {
        let linking = |n: usize| self.part(n) == Part::Linking;
        let edges = range.is_empty() || linking(range.end - 1);
        let lone = range.len() == 1 && self.is_said_alone(range.start);
        if edges || lone || range.len() > MAX_WORDS {
            return false;
        }
        let all = |fits: &dyn Fn(Part) -> bool| range.clone().all(|n| fits(self.part(n)));
        let some = range.clone().any(|n| self.part(n) == Part::Plain);
        let names = all(&|part| matches!(part, Part::Both | Part::Linking));
        // "Kim So", "Ana Do": a capital within a name tells.
        let loose = |n: usize| self.part(n) != Part::Never || n > range.start && self.is_spelled(n);
        let fits = range.clone().all(loose);
        let dated = range.clone().any(|n| self.is(n, Particle::And)) && !some;
        fits && (some || names) && !dated
    }

    /// Returns whether a word alone is an answer or a wish, and no name.
    fn is_said_alone(&self, n: usize) -> bool {
        let courtesy = self.cue(n, &[Cue::Around]).is_some();
        courtesy || self.part(n) != Part::Both && self.commands(n)
    }
}
