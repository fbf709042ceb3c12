//! The end of a name.

use std::ops::Range;

use super::{
    MAX_WORDS, Place,
    cues::Cue,
    part::{Part, Parts},
};
use crate::language::{phrases::in_any, vocabulary::Particle};

// === impl Parts ===

impl Parts<'_> {
    /// The words of the name that begins at a word. A `small` one may be without capitals.
    pub(super) fn run(&self, at: usize, place: Place, small: bool) -> Option<Range<usize>> {
        let mut start = at;
        while self.is_title(start) && self.may_begin(start + 1) && !self.stop_before(start + 1) {
            start += 1;
        }
        // "Soy la Pili".
        let word = self.words.as_slice().get(start).map(String::as_str);
        let is_article = |word| in_any(|one| one.names.articles).has(word);
        let before_name = !self.is_capital(start) && self.is_capital(start + 1);
        start += usize::from(before_name && word.is_some_and(is_article));
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
        if place != Place::Certain && self.is_service(n) {
            return None;
        }
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

    /// Returns whether a known word with a capital is more likely a name: one follows, or nothing
    /// does.
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

    /// Returns whether a word in small letters is more likely a name than a word nobody has told
    /// us: nothing unknown goes on from it, and it ends as no verb or quality does.
    fn stands_alone(&self, n: usize) -> bool {
        let word = self.words.as_slice()[n].as_str();
        let long = word.chars().count() >= 5;
        let goes_on = !self.stop_before(n + 1) && self.part(n + 1) == Part::Plain;
        let more = goes_on && !self.stop_before(n + 2) && self.part(n + 2) == Part::Plain;
        !(more || long && in_any(|one| one.names.endings).any_ends(word))
    }

    /// Returns whether a word makes a date or a time of the one before it.
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

    /// Returns whether a clause ends at a word, or goes on with what is no name.
    fn ends(&self, n: usize) -> bool {
        self.stop_before(n)
            || self.is(n, Particle::And)
            || self.is_figure(n)
            || self.cue(n, &[Cue::Around, Cue::Present]).is_some()
    }
}
