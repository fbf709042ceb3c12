//! The names in a text: the customer's own, and that of whom the appointment is for.
//!
//! A name is known by where it stands: after words that introduce it, in the answer to the question
//! for it, in a signature. What it is made of decides only where its place leaves a doubt, so that
//! no list of names is needed, and "April Jones" is no date.
//!
//! The invariant: a name is one to six words of letters, and no sentence.

mod answer;
mod cues;
mod others;
mod part;
mod proper;
mod run;

use std::ops::Range;

use self::{
    cues::{Cue, Cues, Role},
    part::{Part, Parts},
};
use super::{
    Asked, Context,
    intent::Intent,
    lexicon::Meaning,
    phrases::in_any,
    vocabulary::{NameWords, Phrases},
    words::Words,
};

/// The longest name that is kept, in words and in characters.
const MAX_WORDS: usize = 6;
const MAX_CHARS: usize = 60;

/// A breed has no more words: "cavalier king charles".
const MAX_BREED: usize = 3;

/// So near to a short name the full one stands.
const MAX_BESIDE: usize = 4;

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
    /// As `kin`, where it may be the customer's own: "a nombre de Leo".
    pub(super) under: Option<Named>,
    /// Somebody near is told of by name and relation: "Leo, my son".
    pub(super) is_beside_kin: bool,
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
        let is_staff = |n: usize| is_staff(words, n, &context.staff);
        let other = parts.other(asked).or_else(|| parts.ward());
        let other = other.filter(|named| !named.words.clone().any(is_staff));
        let kin = parts.kin();
        let beside = parts.beside_kin(is_staff).filter(|_| !asked);
        let is_beside_kin = beside.is_some();
        let kin = kin.or(beside);
        let mut pets = (0..parts.len()).filter(|n| parts.is_wished_for(*n));
        let pet = pets.find_map(|n| parts.of_a_breed(n)).filter(|_| !asked);
        let other = other.or(pet.filter(|named| !named.words.clone().any(is_staff)));
        let nameless = !asked && other.is_none() && kin.is_none();
        let under = nameless.then(|| parts.under()).flatten();
        let elsewhere = other.iter().chain(&kin).chain(&under);
        let elsewhere = elsewhere.map(|named| named.words.clone());
        let mut elsewhere: Vec<_> = elsewhere.collect();
        // "Con Ana" is whom they wish to see.
        let sees = in_any(|one| one.names.sees);
        let with = |n: &usize| *n > 0 && sees.has(&words.as_slice()[n - 1]) && is_staff(*n);
        elsewhere.extend((0..words.as_slice().len()).filter(with).map(|n| n..n + 1));
        let own = parts
            .introduced(asked, &elsewhere)
            .or_else(|| asked.then(|| parts.signature(is_staff)).flatten())
            .or_else(|| asked.then(|| parts.answer(&elsewhere)).flatten())
            .or_else(|| parts.present())
            .or_else(|| {
                let leads = (context.asked == Asked::Proposal).then(|| parts.leading())?;
                leads.filter(|named| !named.words.clone().any(is_staff))
            })
            .or_else(|| parts.signature(is_staff))
            .or_else(|| {
                let whole = (!asked).then(|| parts.whole()).flatten()?;
                let names_staff = whole
                    .words
                    .clone()
                    .any(|n| is_of_staff(words, n, &context.staff));
                (!names_staff).then_some(whole)
            });
        Self {
            own,
            other,
            kin,
            under,
            is_beside_kin,
            addresses: parts.addresses().to_vec(),
        }
    }

    /// The words of the names of those who may come besides the customer, as [`Self::words`] has
    /// them: not the name with which the customer introduces themselves.
    pub(super) fn of_company(&self, words: &Words) -> Vec<Range<usize>> {
        let cues = [Cue::Own, Cue::PerhapsOwn];
        let own = self.own.as_ref().map(|own| &own.words);
        let is_introduced =
            |range: &Range<usize>| Cues::all().find(words, range.start, &cues).is_some();
        let introduced = own.filter(|range| is_introduced(range));
        let mut all = self.words();
        all.retain(|range| Some(range) != introduced);
        all
    }

    /// The words that are of names, and of nothing else.
    pub(super) fn words(&self) -> Vec<Range<usize>> {
        let named = [&self.own, &self.other, &self.kin, &self.under];
        let named = named.into_iter().flatten();
        let named = named.map(|named| named.words.clone());
        named.chain(self.addresses.iter().cloned()).collect()
    }
}

/// Returns whether a word is a title, in any language.
pub(super) fn is_title(word: &str) -> bool {
    Cues::all().is_title(word, None)
}

/// Returns whether a word is a small one within names, such as "de".
pub(super) fn is_linking(word: &str) -> bool {
    Cues::all().role(word) == Some(Role::Linking)
}

/// Returns whether a word is of no name by itself: "could", "haircut" in no sentence.
pub(super) fn is_never(word: &str) -> bool {
    matches!(Cues::all().role(word), Some(Role::Never | Role::Usual))
}

/// Returns whether a word is of the name of one who works there, and no title.
fn is_of_staff(words: &Words, n: usize, staff: &[&str]) -> bool {
    let Some(word) = words.as_slice().get(n) else {
        return false;
    };
    let has = |name: &&str| Words::of(name).as_slice().contains(word);
    !is_title(word) && !is_linking(word) && staff.iter().any(has)
}

/// Returns a name as names are written: "toby" is "Toby".
pub(super) fn as_written(name: &str) -> String {
    proper::name(name)
}

/// Returns whether a word is the first of the name of one who works there, but for a title.
fn is_staff(words: &Words, n: usize, staff: &[&str]) -> bool {
    let word = words.as_slice().get(n);
    staff.iter().any(|name| {
        let name = Words::of(name);
        let first = name.as_slice().iter().find(|word| !is_title(word));
        first == word && word.is_some()
    })
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
            // "Para servirle" introduces nobody.
            let around = self.cue(n, &[Cue::Around]).map_or(0, |(_, around)| around);
            if around > length {
                n += around;
                continue;
            }
            let start = n;
            n += length;
            let elsewhere = elsewhere.iter().any(|range| range.contains(&n));
            // "A nombre de ella" says whose, and not the name.
            let is_pronoun = is_in(|one| one.whose, self.word(n)) && !self.is_capital(n);
            if cue == Cue::Other || elsewhere || is_pronoun || !self.follows(n) {
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
        certain.or(likely).map(|named| self.in_full(named))
    }

    /// "It's Bri, Brianna Kowalski for the book", "me llamo Luis, Luis Paz": the full name after a short
    /// one.
    fn in_full(&self, named: Named) -> Named {
        let short = named.name.to_lowercase();
        let from = named.words.end;
        let is_long = |n: &usize| {
            let word = &self.words.as_slice()[*n];
            let again = word == &short && self.stop_before(*n);
            again || *n < from + MAX_BESIDE && self.is_spelled(*n) && word.starts_with(&short)
        };
        let starts = (from..self.len()).filter(is_long);
        let mut runs = starts.filter_map(|start| self.run(start, Place::Likely, true));
        match runs.find(|run| run.len() > 1) {
            Some(run) => Named {
                name: proper::name(&self.written(run.clone())),
                words: named.words.start..run.end,
            },
            None => named,
        }
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

    /// "Lizeth Carmona, at 11 is perfect": a full name with which an answer begins.
    fn leading(&self) -> Option<Named> {
        let run = self.run(0, Place::Likely, true)?;
        let is_plain = |n: usize| self.part(n) == Part::Plain && self.is_capital(n);
        let is_full = run.len() > 1 && run.start == 0 && run.clone().all(is_plain);
        (is_full && self.stop_before(run.end) && run.end < self.len())
            .then(|| self.name(run.clone(), run))
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
        // "My son Kauri's car".
        let is_theirs = self.words.has_apostrophe(run.end - 1);
        let written = self.written(run);
        let bare = without_possessive(&written).strip_suffix(['\'', '’']);
        let name = bare.filter(|_| is_theirs).unwrap_or(&written);
        Named {
            name: proper::name(name),
            words,
        }
    }
}

/// Returns whether a word is in a list of the words around names, in any language.
fn is_in(list: fn(&NameWords) -> Phrases, word: &str) -> bool {
    in_any(|one| list(&one.names)).has(word)
}

/// Returns a name without the letter after its apostrophe: "Toby'" of "Toby's".
fn without_possessive(written: &str) -> &str {
    let endings = in_any(|one| one.names.possessive);
    let is_ending = |letter: char| {
        let mut all = endings.iter().flat_map(str::chars);
        all.any(|ending| letter.to_lowercase().eq([ending]))
    };
    written.trim_end_matches(is_ending)
}

#[cfg(test)]
mod tests {
    use crate::language::{Asked, Context, DateOrder, Phrasebook, Reader, Reading, day::Weekdays};

    fn read(text: &str, asked: Asked) -> Reading {
        Phrasebook.read(
            text,
            &Context {
                now: "2026-03-04T10:00:00".parse().unwrap(),
                language: None,
                date_order: DateOrder::Either,
                country: None,
                window: None,
                talked_of: None,
                last_day: None,
                closed: Weekdays::default(),
                open: None,
                elsewhere: None,
                asked,
                topic: Vec::new(),
                earlier: Vec::new(),
                minutes: Vec::new(),
                services: vec![vec!["Gel manicure"], vec!["Corte de pelo"]],
                staff: vec!["Patricia Rojas", "Ben"],
            },
        )
    }

    #[test]
    fn a_message_that_is_a_full_name_tells_it_though_none_was_asked_for() {
        for (text, name) in [
            ("Bruno Castellano", Some("Bruno Castellano")),
            (
                "Fergus McAllister, fergus@example.com",
                Some("Fergus McAllister"),
            ),
            ("Amparo del Río", Some("Amparo del Río")),
            ("Mrs Prudence Joy", Some("Prudence Joy")),
            ("Luz Marina Abril", Some("Luz Marina Abril")),
            ("bruno castellano", None),
            ("Bruno Castellano?", None),
            ("Patricia Rojas", None),
            ("Gel Manicure", None),
            ("Feliz Navidad", None),
            ("Friday Morning", None),
            ("Zorka", None),
        ] {
            for asked in [Asked::Nothing, Asked::Time, Asked::Proposal] {
                assert_eq!(read(text, asked).own_name(), name, "{text}");
            }
        }
    }

    #[test]
    fn what_a_yes_is_addressed_to_is_no_name() {
        for text in [
            "sí joven, gracias",
            "sí mijita, muchas gracias",
            "yep ta",
            "yeah cheers legend",
            "wait, two spots please, sorry, baby brain",
            "im broke",
            "a nombre de ella",
        ] {
            assert_eq!(read(text, Asked::Name).own_name(), None, "{text}");
        }
        for (text, name) in [
            ("Will March, will.march@example.com", "Will March"),
            ("sí, Fátima", "Fátima"),
            ("correcto. Atte. Ernesto Villaseñor", "Ernesto Villaseñor"),
        ] {
            assert_eq!(read(text, Asked::Name).own_name(), Some(name), "{text}");
        }
    }

    #[test]
    fn a_name_that_is_a_month_is_no_date_after_the_word_name() {
        for text in [
            "his name's August btw",
            "her name is April",
            "his name is August",
        ] {
            let reading = read(text, Asked::Nothing);
            assert!(
                reading.other().is_some_and(|other| other.name.is_some())
                    && reading.when().is_empty(),
                "{text}: {reading:?}"
            );
        }
    }
}
