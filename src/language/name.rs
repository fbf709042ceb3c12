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

/// Whether a word is the first of the name of one who works there.
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

    /// Whether the words before one say hello.
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

    /// The words of the name that begins at a word. A `small` one may be without capitals.
    fn run(&self, at: usize, place: Place, small: bool) -> Option<Range<usize>> {
        let mut start = at;
        while self.is_title(start) && self.may_begin(start + 1) && !self.stop_before(start + 1) {
            start += 1;
        }
        // "Soy la Pili".
        let word = self.words.as_slice().get(start).map(String::as_str);
        let article = matches!(word, Some("la" | "el")) && !self.is_capital(start);
        start += usize::from(article && self.is_capital(start + 1));
        let mut end = self.first(start, place, small)?;
        while end - start < MAX_WORDS && !self.stop_before(end) {
            let Some(next) = self.next(start, end, place) else {
                break;
            };
            end = next;
        }
        Some(start..end)
    }

    fn may_begin(&self, n: usize) -> bool {
        self.may_name(n) || self.part(n) == Part::Linking && self.is_capital(n)
    }

    /// The end of the first word of a name.
    fn first(&self, n: usize, place: Place, small: bool) -> Option<usize> {
        let capital = self.is_capital(n);
        let is_date = self.is_calendar(n) && self.counts(n + 1);
        let fits = match self.part(n) {
            Part::Plain | Part::Known if place == Place::Likely && self.is_language(n) => false,
            Part::Plain if place == Place::Likely => capital || small && self.stands_alone(n),
            Part::Plain => true,
            Part::Both if place == Place::Likely => !is_date && capital,
            Part::Both => !is_date,
            Part::Known if place == Place::Certain => !is_date,
            Part::Known => capital && self.may_be_meant(n),
            Part::Linking => return self.first_linked(n, place),
            Part::Never => false,
        };
        fits.then_some(n + 1)
    }

    /// Whether a known word with a capital is more likely a name: one follows, or nothing does.
    fn may_be_meant(&self, n: usize) -> bool {
        let surname = self.part(n + 1) == Part::Plain && !self.stop_before(n + 1);
        surname || !self.is_calendar(n) && self.stop_before(n + 1)
    }

    /// "La Toya", and where a name is certain also "de la Cruz".
    fn first_linked(&self, n: usize, place: Place) -> Option<usize> {
        let last = (n + 1..n + 4).find(|at| self.part(*at) != Part::Linking)?;
        let together = (n + 1..=last).all(|at| !self.stop_before(at));
        let begins = self.is_capital(n) || place == Place::Certain && self.is_capital(last);
        (together && begins && self.may_name(last)).then_some(last + 1)
    }

    /// Whether a word in small letters is more likely a name than a word nobody has told us:
    /// nothing unknown goes on from it, and it ends as no verb or quality does.
    fn stands_alone(&self, n: usize) -> bool {
        const ENDINGS: &[&str] = &[
            "ing", "ed", "ous", "ful", "able", "ible", "ive", "less", "ish", "ada", "ado", "ida",
            "ido", "osa", "oso", "ista", "ente", "ante", "mente", "ble", "ando", "endo", "ly",
        ];
        let word = self.words.as_slice()[n].as_str();
        let long = word.chars().count() >= 5;
        let goes_on = !self.stop_before(n + 1) && self.part(n + 1) == Part::Plain;
        let more = goes_on && !self.stop_before(n + 2) && self.part(n + 2) == Part::Plain;
        !more && !(long && ENDINGS.iter().any(|ending| word.ends_with(ending)))
    }

    /// Whether a word makes a date or a time of the one before it.
    fn counts(&self, n: usize) -> bool {
        !self.stop_before(n)
            && (self.is_figure(n)
                || self.is_calendar(n) && !self.is_capital(n)
                || self.is(n, Particle::At))
    }

    /// The end of a name that goes on at a word.
    fn next(&self, start: usize, n: usize, place: Place) -> Option<usize> {
        let small = !self.is_capital(start);
        let is_date = self.is_calendar(n) && self.counts(n + 1);
        match self.part(n) {
            Part::Plain | Part::Both | Part::Known if self.is_capital(n) && !is_date => Some(n + 1),
            Part::Plain | Part::Both if small || place == Place::Asked => {
                let last = self.end_of_names(n);
                self.ends(last).then_some(n + 1)
            }
            Part::Linking => {
                let name = (n + 1..n + 4).find(|at| self.part(*at) != Part::Linking)?;
                let together = (n + 1..=name).all(|at| !self.stop_before(at));
                let fits = self.is_capital(name) && self.may_name(name)
                    || small && self.part(name) == Part::Plain && self.ends(name + 1);
                (together && fits).then_some(name + 1)
            }
            _ => None,
        }
    }

    /// Where the words in small letters that may be names end.
    fn end_of_names(&self, n: usize) -> usize {
        let names = |at: &usize| matches!(self.part(*at), Part::Plain | Part::Both);
        let run =
            (n..self.len()).take_while(|at| names(at) && (*at == n || !self.stop_before(*at)));
        n + run.count()
    }

    /// Whether a clause ends at a word, or goes on with what is no name.
    fn ends(&self, n: usize) -> bool {
        self.stop_before(n)
            || self.is(n, Particle::And)
            || self.is_figure(n)
            || self.cue(n, &[Cue::Around, Cue::Present]).is_some()
    }
}
