//! The names of the services of a business, ready to be found in a text.
//!
//! The invariant: each distinct word is looked at once, however many names have it.

use std::collections::HashMap;

use super::likeness::{Likeness, Term, Weight};
use crate::language::{phrases::in_any, words::Words};

/// One name of a service.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) service: usize,
    pub(super) words: Words,
    /// The words that have to be said for all of the name to be.
    pub(super) telling: u32,
    /// "And" is in it: it is of several parts, in any order.
    pub(super) is_joined: bool,
    /// The number of words before that "and".
    joint: Option<usize>,
    /// Of such a name, the words that have to be said for the parts of it to be, if another service
    /// is of the same parts.
    pub(super) core: u32,
    /// The words that say how large what it is for is.
    pub(super) sizes: u32,
    /// The words that say only for whom or what it is, at its end or in brackets.
    pub(super) rest: u32,
    /// Each word, as a place in the terms.
    terms: Vec<usize>,
}

/// A word of a text that is alike to one of a name, or two of either that are one of the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub(super) form: usize,
    /// Which words of the form.
    pub(super) slots: u32,
    /// The first word of the text, and how many.
    pub(super) at: usize,
    pub(super) length: usize,
    pub(super) likeness: Likeness,
    pub(super) weight: Weight,
}

/// All names.
#[derive(Debug, Default)]
pub(super) struct Forms {
    pub(super) all: Vec<Form>,
    terms: Vec<Term>,
    /// Where each term stands: in which form, and as which of its words.
    places: Vec<Vec<(usize, u32)>>,
}

/// No more words of a name are looked at.
const MAX_WORDS: usize = 16;
/// The shortest word that is written together where a name has two, or the other way round.
const COMPOUND_FROM: usize = 5;

// === impl Form ===

impl Form {
    /// The word that says what kind of thing it is.
    pub(super) fn head(&self, first: bool) -> u32 {
        // "Cambio de pila" is a change, "Battery change" too, and "Full groom small dog" a groom.
        let kind = self.telling & !self.rest;
        let kind = if kind == 0 { self.telling } else { kind };
        let slot = if first {
            kind.trailing_zeros()
        } else {
            kind.checked_ilog2().unwrap_or(0)
        };
        self.telling & 1_u32.checked_shl(slot).unwrap_or(0)
    }
}

// === impl Forms ===

impl Forms {
    pub(super) fn of(services: &[Vec<&str>]) -> Self {
        let mut forms = Self::default();
        let mut known = HashMap::new();
        for (service, names) in services.iter().enumerate() {
            for name in names {
                forms.add(service, name, &mut known);
            }
        }
        let cores: Vec<_> = (0..forms.all.len()).map(|form| forms.core(form)).collect();
        for (form, core) in forms.all.iter_mut().zip(cores) {
            form.core = core;
        }
        forms
    }

    /// The parts of a name of several that another service has as well: the bath and the cut of
    /// *Baño y corte perro chico* and *Baño y corte perro grande*.
    fn core(&self, number: usize) -> u32 {
        let form = &self.all[number];
        let Some(joint) = form.joint else { return 0 };
        let second = form.telling & !((1 << joint) - 1) & self.with(&form.terms, &[Weight::Much]);
        let core = form.telling & ((1 << joint) - 1) | second & second.wrapping_neg();
        let has = |other: &Form| {
            other.service != form.service
                && other.joint == Some(joint)
                && self.shared(form, other) & core == core
        };
        if second != 0 && self.all.iter().any(has) {
            core
        } else {
            0
        }
    }

    /// The words of these that weigh so much.
    fn with(&self, terms: &[usize], wanted: &[Weight]) -> u32 {
        self.slots(terms, |term| wanted.contains(&term.weight))
    }

    /// The words of these of which something is true.
    fn slots(&self, terms: &[usize], is: impl Fn(&Term) -> bool) -> u32 {
        let slots = terms.iter().enumerate();
        let slots = slots.filter(|(_, term)| is(&self.terms[**term]));
        slots.fold(0, |all, (slot, _)| all | 1 << slot)
    }

    /// The words at the end of a name that say only for whom or what it is: "small dog", "(2 people)".
    fn rest(&self, terms: &[usize], name: &str) -> u32 {
        let before = name.find('(').map(|at| Words::of(&name[..at]));
        let length = before.map_or(terms.len(), |words| words.as_slice().len());
        let length = if length == 0 { terms.len() } else { length };
        let much = self.with(terms, &[Weight::Much]);
        let sizes = self.slots(terms, |term| term.is_size) & !1;
        // What stands after a size says what is of that size.
        let sized = (0..length).find(|at| sizes >> at & 1 == 1 && much & ((1 << at) - 1) != 0);
        let mut end = sized.unwrap_or(length);
        // "Sports massage 60 min" is a massage.
        let names_one = |end: usize| much & ((1_u32 << end) - 1) != 0;
        let is_rest = |term: &Term| term.is_whose || term.is_length;
        while end > 1 && is_rest(&self.terms[terms[end - 1]]) && names_one(end - 1) {
            end -= 1;
        }
        (end..terms.len()).fold(0, |all, slot| all | 1 << slot)
    }

    fn add(&mut self, service: usize, name: &str, known: &mut HashMap<String, usize>) {
        let words = Words::of(name);
        let number = self.all.len();
        let all = &words.as_slice()[..words.as_slice().len().min(MAX_WORDS)];
        let terms: Vec<_> = all.iter().map(|word| self.term(word, known)).collect();
        for (slot, term) in terms.iter().enumerate() {
            self.places[*term].push((number, 1 << slot));
        }
        for (slot, pair) in all.windows(2).enumerate() {
            let compound = format!("{}{}", pair[0], pair[1]);
            if is_compound(&compound) {
                let term = self.term(&compound, known);
                self.places[term].push((number, 0b11 << slot));
            }
        }
        let with = |wanted: &[Weight]| self.with(&terms, wanted);
        let telling = with(&[Weight::Some, Weight::Much]);
        let telling = if telling == 0 {
            with(&[Weight::Little])
        } else {
            telling
        };
        // An e-bike is no bike.
        let is_letter = |slot: &usize| {
            let next = all.get(slot + 1);
            let compound = next.map(|next| format!("{}{next}", all[*slot]));
            all[*slot].len() == 1
                && words.dash_before(slot + 1)
                && compound.is_some_and(|text| is_compound(&text))
        };
        let letters = (0..all.len()).filter(is_letter);
        let telling = letters.fold(telling, |telling, slot| telling | 1 << slot);
        let joint = joint(all, name);
        self.all.push(Form {
            service,
            words,
            telling,
            is_joined: joint.is_some(),
            joint,
            core: 0,
            sizes: self.slots(&terms, |term| term.is_size),
            rest: self.rest(&terms, name),
            terms,
        });
    }

    /// The words of a name that another has as well, also inflected.
    pub(super) fn shared(&self, form: &Form, other: &Form) -> u32 {
        let alike = |a: usize, b: usize| {
            a == b || self.terms[a].same(&self.terms[b]) >= Some(Likeness::Inflected)
        };
        let slots = form.terms.iter().enumerate();
        let slots = slots.filter(|(_, term)| other.terms.iter().any(|one| alike(**term, *one)));
        slots.fold(0, |all, (slot, _)| all | 1 << slot)
    }

    /// The words of a name that are among these.
    pub(super) fn among(&self, form: &Form, words: &[&str]) -> u32 {
        let slots = form.terms.iter().enumerate();
        let slots = slots.filter(|(_, term)| words.contains(&self.terms[**term].text.as_str()));
        slots.fold(0, |all, (slot, _)| all | 1 << slot)
    }

    fn term(&mut self, word: &str, known: &mut HashMap<String, usize>) -> usize {
        if let Some(term) = known.get(word) {
            return *term;
        }
        self.terms.push(Term::of(word));
        self.places.push(Vec::new());
        known.insert(word.to_owned(), self.terms.len() - 1);
        self.terms.len() - 1
    }

    /// Everything in a text that is alike to something in a name.
    pub(super) fn hits(&self, words: &Words) -> Vec<Hit> {
        let said: Vec<_> = words.as_slice().iter().map(|word| Term::of(word)).collect();
        let mut hits = Vec::new();
        for (at, word) in said.iter().enumerate() {
            if word.weight != Weight::Nothing {
                let like = |term: &Term| {
                    let found = term.likeness(word)?;
                    let sure =
                        word.text.len() > 2 || matches!(found, Likeness::Same | Likeness::Sense);
                    (sure && term.weight != Weight::Nothing).then_some(found)
                };
                self.like((at, 1), like, &mut hits);
            }
            if let Some(next) = said.get(at + 1)
                && !words.stop_before(at + 1)
            {
                self.compound(at, word, next, &mut hits);
            }
        }
        hits
    }

    /// Two words of a text that are one in a name: "blow out".
    fn compound(&self, at: usize, word: &Term, next: &Term, hits: &mut Vec<Hit>) {
        let text = format!("{}{}", word.text, next.text);
        let near = |term: &Term| {
            term.text.len().abs_diff(text.len()) <= 3
                && term.text.chars().next() == text.chars().next()
        };
        if is_compound(&text) && self.terms.iter().any(near) {
            let pair = Term::of(&text);
            let like = |term: &Term| near(term).then(|| term.same(&pair)).flatten();
            self.like((at, 2), like, hits);
        }
    }

    fn like(
        &self,
        (at, length): (usize, usize),
        like: impl Fn(&Term) -> Option<Likeness>,
        hits: &mut Vec<Hit>,
    ) {
        let first = hits.len();
        for (term, places) in self.terms.iter().zip(&self.places) {
            let Some(likeness) = like(term) else { continue };
            // A part of two words is a word by itself.
            let is_meant = |slots: u32| likeness != Likeness::Part || slots.is_power_of_two();
            let places = places.iter().filter(|(_, slots)| is_meant(*slots));
            hits.extend(places.map(|(form, slots)| Hit {
                form: *form,
                slots: *slots,
                at,
                length,
                likeness,
                weight: term.weight,
            }));
        }
        // What is written rightly is not another word misspelt.
        let written = hits[first..]
            .iter()
            .any(|hit| hit.likeness > Likeness::Slip);
        let mut n = 0;
        hits.retain(|hit| {
            n += 1;
            n <= first || !written || hit.likeness != Likeness::Slip
        });
    }
}

/// Returns the number of words of a name before its "and" or a sign for it.
fn joint(words: &[String], name: &str) -> Option<usize> {
    let joints = in_any(|one| one.trade.joint);
    let is_and = |word: &String| joints.has(word);
    let signs = name.match_indices(['&', '+', '/']).find_map(|(at, sign)| {
        let (before, after) = (&name[..at], &name[at + sign.len()..]);
        let letters = |text: &str| text.chars().next().is_some_and(char::is_alphabetic);
        let closes = before.trim_end().ends_with(char::is_alphabetic);
        (closes && letters(after.trim_start())).then(|| Words::of(before).as_slice().len())
    });
    let written = words.iter().position(is_and);
    written.or(signs).filter(|at| (1..words.len()).contains(at))
}

fn is_compound(text: &str) -> bool {
    text.len() >= COMPOUND_FROM && text.chars().all(char::is_alphabetic)
}
