//! Names that fit less than they seem to, beside other names of the same words.
//!
//! The invariant: a name that is said in full is never left out.

use super::{Finder, Fit};
use crate::language::service::{
    form::{Form, Hit},
    likeness::{Likeness, Weight},
};

impl Finder<'_> {
    /// Leaves out names of which only some of what another has is said: of "sports massage", a
    /// *Pregnancy massage* has only the last word, whatever a *Sports massage 60 min* is.
    pub(super) fn leave_out_covered(&self, fits: &mut Vec<Fit>) {
        let covers = |fit: &Fit, other: &Fit| {
            let has = |hit: &Hit| {
                let mut chosen = fit.chosen.iter();
                chosen.any(|one| one.at == hit.at && one.likeness >= hit.likeness)
            };
            let is_more = |hit: &Hit| {
                let known = other.chosen.iter().any(|one| one.at == hit.at);
                !known && hit.weight == Weight::Much && hit.likeness >= Likeness::Inflected
            };
            !other.score.is_full
                && self.forms.all[fit.form].service != self.forms.all[other.form].service
                && other.chosen.iter().all(has)
                && fit.chosen.iter().any(is_more)
        };
        let covered = |other: &Fit| fits.iter().any(|fit| covers(fit, other));
        let covered: Vec<_> = fits.iter().map(covered).collect();
        let kinds = |fit: &Fit| {
            let mut others = fits.iter();
            others.any(|other| other.score.names_kind && covers(fit, other))
        };
        let kinds: Vec<_> = fits.iter().map(kinds).collect();
        for (fit, names_kind) in fits.iter_mut().zip(kinds) {
            fit.score.names_kind |= names_kind;
        }
        let mut covered = covered.into_iter();
        fits.retain(|_| covered.next() != Some(true));
    }

    /// Returns whether what a name is said to be is only in another name of its service, and in the
    /// first names of others says which of a kind they are: the physio of "women's health physio"
    /// for *Pelvic health*, beside *Physio follow-up*.
    pub(super) fn is_borrowed(&self, fit: &Fit, form: &Form) -> bool {
        let is_first = |number: usize| {
            let service = self.forms.all[number].service;
            number == 0 || self.forms.all[number - 1].service != service
        };
        let head = |form: &Form| form.head(self.head_first);
        let hits = |at: usize| {
            let hits = self.hits.iter();
            hits.filter(move |hit| hit.at == at && is_first(hit.form))
        };
        let is_elsewhere = |hit: &Hit| {
            let own = hits(hit.at).any(|one| self.forms.all[one.form].service == form.service);
            let by_name = |one: &&Hit| one.likeness >= Likeness::Inflected;
            let named = || hits(hit.at).filter(by_name);
            let is_head = |one: &Hit| one.slots & head(&self.forms.all[one.form]) != 0;
            !own && hit.weight == Weight::Much && named().count() > 0 && !named().any(is_head)
        };
        let mut of_head = fit.chosen.iter().filter(|hit| hit.slots & head(form) != 0);
        !is_first(fit.form) && fit.slots & form.telling != form.telling && of_head.any(is_elsewhere)
    }
}
