//! The name in the answer to the question for it, where nothing introduces it.

use std::ops::Range;

use super::{
    MAX_CHARS, MAX_WORDS, Named,
    cues::Cue,
    part::{Part, Parts},
    proper,
};
use crate::language::{Language, act, lexicon::Meaning, vocabulary::Particle};

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
            // "…, baby brain": in small letters a name stands before all else that is said.
            let is_late = |name: &Range<usize>| {
                !self.is_capital(name.start) && self.says_something(0..name.start)
            };
            if let Some(name) = name.filter(|name| fuller(name) && !is_late(name)) {
                best = Some(name);
            }
            start = end;
        }
        let run = best?;
        let name = proper::name(&self.written(run.clone()));
        (name.chars().count() <= MAX_CHARS).then_some(Named { name, words: run })
    }

    /// The name that a message is and nothing else, though none was asked for: two words or more,
    /// all with a capital, at least one of which is known as nothing else. An address may follow.
    pub(super) fn whole(&self) -> Option<Named> {
        let end = self.clause_end(0);
        let rest = end..self.len();
        let begins = (0..end).find(|n| !self.is_title(*n))?;
        let run = begins..end;
        let names = run.clone().filter(|n| self.part(*n) != Part::Linking);
        let is_word = |n: usize| {
            self.part(n) != Part::Both
                && Language::ALL
                    .into_iter()
                    .any(|language| act::is_cue(&self.words.as_slice()[n], language))
        };
        let fits = |n: usize| {
            matches!(self.part(n), Part::Plain | Part::Both) && self.is_spelled(n) && !is_word(n)
        };
        let is_plain = |n: usize| self.part(n) == Part::Plain;
        let dated = (run.start..run.end).all(|n| self.is_calendar(n));
        let ok = names.clone().count() > 1
            && run.len() <= MAX_WORDS
            && names.clone().all(fits)
            && names.clone().any(is_plain)
            && !dated
            && !self.says_something(rest)
            && !self.is_asked(end - 1)
            && self.part(end - 1) != Part::Linking;
        ok.then(|| Named {
            name: proper::name(&self.written(run.clone())),
            words: run,
        })
    }

    /// Returns whether words there are more than courtesies, addresses and telephone numbers.
    fn says_something(&self, range: Range<usize>) -> bool {
        let mut n = range.start;
        while n < range.end {
            if let Some((_, length)) = self.cue(n, &[Cue::Around, Cue::SignOff]) {
                n += length;
            } else if self.is_address(n) || self.is_figure(n) || self.is_title(n) {
                n += 1;
            } else {
                return true;
            }
        }
        false
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
        // "Will March": a month after a given name.
        let given = self.part(range.start) == Part::Both && !self.is_calendar(range.start);
        let names = names || given && range.len() > 1 && range.clone().all(|n| self.is_spelled(n));
        // "Kim So", "Ana Do": a capital within a name tells.
        let loose = |n: usize| self.part(n) != Part::Never || n > range.start && self.is_spelled(n);
        let fits = range.clone().all(loose);
        let dated = range.clone().any(|n| self.is(n, Particle::And)) && !some;
        fits && (some || names) && !dated
    }

    /// Returns whether a word alone is an answer or a wish, and no name.
    fn is_said_alone(&self, n: usize) -> bool {
        let courtesy = self.cue(n, &[Cue::Around]).is_some();
        let is_cue = |language| act::is_cue(&self.words.as_slice()[n], language);
        let answers = Language::ALL.into_iter().any(is_cue);
        courtesy || self.part(n) != Part::Both && (answers || self.commands(n))
    }
}
