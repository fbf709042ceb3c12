//! The names in a text: the customer's own, and that of whom the appointment is for.
//!
//! A name is known by where it stands: after words that introduce it, in the answer to the question
//! for it, in a signature. What it is made of decides only where its place leaves a doubt, so that
//! no list of names is needed, and "April Jones" is no date.
//!
//! The invariant: a name is one to six words of letters, and no sentence.

mod answer;
mod cues;
mod part;
mod proper;
mod run;

use std::ops::Range;

use self::{
    cues::Cue,
    part::{Part, Parts},
};
use super::{Asked, Context, intent::Intent, lexicon::Meaning, vocabulary::Particle, words::Words};

/// The longest name that is kept, in words and in characters.
const MAX_WORDS: usize = 6;
const MAX_CHARS: usize = 60;

/// A name and the words that tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) name: String,
    /// The name with its title and what introduces it.
    pub(super) words: Range<usize>,
}

/// The names in a text.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// The customer's own.
    pub(super) own: Option<Named>,
    /// Of whom the appointment is for, as the text says it.
    pub(super) other: Option<Named>,
    /// Of somebody near to the customer, for whom it may be.
    pub(super) kin: Option<Named>,
    /// Other words that say nothing: e-mail addresses and the like.
    pub(super) addresses: Vec<Range<usize>>,
}

/// How much the place of a name says by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// A name stands here, whatever it is.
    Certain,
    /// A name was asked for, and may stand here.
    Asked,
    /// A name may stand here, or anything else.
    Likely,
}

// === impl Names ===

impl Names {
    /// The names in words of which those that are `taken` name services.
    pub(super) fn read(
        text: &str,
        words: &Words,
        context: &Context<'_>,
        taken: &[Range<usize>],
    ) -> Self {
        let parts = Parts::of(text, words, context.language, taken);
        let asked = context.asked == Asked::Name;
        let other = parts.other(asked);
        let kin = parts.kin();
        let elsewhere = other.iter().chain(&kin).map(|named| named.words.clone());
        let elsewhere: Vec<_> = elsewhere.collect();
        let is_staff = |n: usize| is_staff(words, n, &context.staff);
        let own = parts
            .introduced(asked, &elsewhere)
            .or_else(|| asked.then(|| parts.answer(&elsewhere)).flatten())
            .or_else(|| parts.present())
            .or_else(|| parts.signature(is_staff));
        Self {
            own,
            other,
            kin,
            addresses: parts.addresses().to_vec(),
        }
    }

    /// The words that are of names, and of nothing else.
    pub(super) fn words(&self) -> Vec<Range<usize>> {
        let named = [&self.own, &self.other, &self.kin].into_iter().flatten();
        let named = named.map(|named| named.words.clone());
        named.chain(self.addresses.iter().cloned()).collect()
    }
}

/// Returns whether a word is the first of the name of one who works there.
fn is_staff(words: &Words, n: usize, staff: &[&str]) -> bool {
    let word = words.as_slice().get(n);
    staff
        .iter()
        .any(|name| Words::of(name).as_slice().first() == word && word.is_some())
}

// === impl Parts ===

impl Parts<'_> {
    /// The customer's own name after what introduces it.
    fn introduced(&self, asked: bool, elsewhere: &[Range<usize>]) -> Option<Named> {
        if let Some(named) = self.by_surname() {
            return Some(named);
        }
        let mut cues = vec![Cue::Own, Cue::PerhapsOwn, Cue::Other];
        cues.extend(asked.then_some(Cue::Answer));
        let (mut certain, mut likely) = (None, None);
        let mut n = 0;
        while n < self.len() {
            let Some((cue, length)) = self.cue(n, &cues) else {
                n += 1;
                continue;
            };
            let start = n;
            n += length;
            let elsewhere = elsewhere.iter().any(|range| range.contains(&n));
            if cue == Cue::Other || elsewhere || !self.follows(n) {
                continue;
            }
            let place = match cue {
                Cue::Own => Place::Certain,
                _ if asked => Place::Asked,
                _ => Place::Likely,
            };
            let begins = start == 0 || self.stop_before(start) || self.is_greeted(start);
            if let Some(named) = self.named(start, n, place, begins) {
                n = named.words.end;
                let found = if cue == Cue::Own {
                    &mut certain
                } else {
                    &mut likely
                };
                // "Stop calling me Kate, it's Kat."
                if found.is_none() || asked {
                    *found = Some(named);
                }
            }
        }
        certain.or(likely)
    }

    /// "Apellido Villalobos, nombre Saúl".
    fn by_surname(&self) -> Option<Named> {
        let (at, length) =
            (0..self.len()).find_map(|n| Some((n, self.cue(n, &[Cue::Surname])?.1)))?;
        let surname = self.run(at + length, Place::Certain, true)?;
        let own = |n: usize| {
            let (_, length) = self.cue(n, &[Cue::Own])?;
            Some((n, self.run(n + length, Place::Certain, true)?))
        };
        let given = (0..self.len())
            .filter(|n| !surname.contains(n))
            .find_map(own);
        let Some((start, given)) = given else {
            // "Ana, surname Pérez": the answer finds the given name.
            return None;
        };
        let name = format!(
            "{} {}",
            self.written(given.clone()),
            self.written(surname.clone())
        );
        let words = at.min(start)..surname.end.max(given.end);
        Some(Named {
            name: proper::name(&name),
            words,
        })
    }

    /// Returns whether the words before one say hello.
    fn is_greeted(&self, n: usize) -> bool {
        let before = (0..n).rev().take(3);
        before.into_iter().any(|at| {
            self.means(at, |meaning| meaning == Meaning::Intent(Intent::Greeting))
                && at + self.length(at) >= n
        })
    }

    /// The name of somebody else who comes: "it's for Agnes", "ella es Rebeca".
    fn other(&self, asked: bool) -> Option<Named> {
        (0..self.len()).find_map(|start| {
            if let Some((_, length)) = self.cue(start, &[Cue::Other]) {
                let n = start + length;
                let of = self.relation(n);
                let place = if asked { Place::Asked } else { Place::Likely };
                return match of {
                    Some(after) => self.after_relation(after),
                    None if self.is_calendar(n) && !asked => None,
                    None => self
                        .named(start, n, place, false)
                        .filter(|_| self.follows(n)),
                };
            }
            // "A nombre de mi mujer, Elena".
            let (_, length) = self.cue(start, &[Cue::Own, Cue::Answer])?;
            let after = self.relation(start + length)?;
            let named = self.after_relation(after)?;
            Some(Named {
                words: start..named.words.end,
                ..named
            })
        })
    }

    /// The name of "my son Leo", "mi hija, Ana", "se llama Leo".
    fn kin(&self) -> Option<Named> {
        (0..self.len()).find_map(|n| {
            if self.is(n, Particle::TheirName) {
                let at = n + self.length(n);
                return self
                    .named(at, at, Place::Likely, true)
                    .filter(|_| !self.stop_before(at));
            }
            let after = if self.is(n, Particle::For) {
                self.relation(n + self.length(n))?
            } else {
                self.is(n, Particle::My)
                    .then(|| self.relation(n))
                    .flatten()?
            };
            self.after_relation(after)
        })
    }

    /// The word after "my son", "mis 2 hijos", "a friend" at a word.
    fn relation(&self, n: usize) -> Option<usize> {
        let articles = [Particle::My, Particle::One, Particle::The];
        let mine = usize::from(articles.into_iter().any(|one| self.is(n, one)));
        let of = n + mine + usize::from(self.is_figure(n + mine));
        (self.is(of, Particle::Relation) || self.is(of, Particle::Relations))
            .then(|| of + self.length(of))
    }

    fn after_relation(&self, n: usize) -> Option<Named> {
        if !self.stop_before(n) {
            return self.named(n, n, Place::Likely, true);
        }
        // "My sister, Ella": only where the name is all there is to the clause.
        let named = self.named(n, n, Place::Likely, false)?;
        let ends = self.stop_before(named.words.end);
        let dated = self.is_calendar(n) && self.part(n) != Part::Both;
        (ends && self.is_capital(n) && !dated).then_some(named)
    }

    /// "Tony here, running late".
    fn present(&self) -> Option<Named> {
        let begins = |n: &usize| *n == 0 || self.stop_before(*n) || self.is_greeted(*n);
        (0..self.len()).filter(begins).find_map(|n| {
            let run = self.run(n, Place::Likely, true)?;
            let (_, length) = self.cue(run.end, &[Cue::Present])?;
            let end = run.end + length;
            let ends = self.stop_before(end) || !self.is_figure(end) && !self.may_name(end);
            (ends && !self.stop_before(run.end)).then(|| self.name(run, n..end))
        })
    }

    /// The name with which a message ends: "Regards, June Holloway".
    fn signature(&self, is_staff: impl Fn(usize) -> bool) -> Option<Named> {
        (0..self.len()).find_map(|n| {
            let (_, length) = self.cue(n, &[Cue::SignOff])?;
            let at = n + length;
            let run = self.run(at, Place::Likely, false)?;
            let ends = run.end == self.len();
            let says_more = self.means(n, |meaning| matches!(meaning, Meaning::Intent(_)));
            let start = if says_more { at } else { n };
            (n > 0 && ends && !is_staff(at)).then(|| self.name(run, start..self.len()))
        })
    }

    /// The name at a word, with what introduces it from `start` on.
    fn named(&self, start: usize, n: usize, place: Place, small: bool) -> Option<Named> {
        let run = self.run(n, place, small)?;
        let words = start..run.end;
        Some(self.name(run, words)).filter(|named| named.name.chars().count() <= MAX_CHARS)
    }

    fn name(&self, run: Range<usize>, words: Range<usize>) -> Named {
        Named {
            name: proper::name(&self.written(run)),
            words,
        }
    }
}
