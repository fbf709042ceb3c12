//! Clauses that make a yes beside them doubtful.
//!
//! The invariant: a clause is doubtful only if something in it may be different from what was
//! proposed. One that only tells something is not.

use super::{Clause, REACH, Scan};
use crate::language::{
    act::token::{Sort, Token},
    phrases::in_any,
    reading::Asked,
    vocabulary::{Cue, Particle},
};

impl Clause<'_> {
    /// Returns whether something may be different from what was proposed.
    pub(super) fn is_doubtful(&self, scan: &Scan) -> bool {
        let cues = [Cue::But, Cue::Doubt, Cue::No, Cue::Not];
        let may_differ = |n: usize| {
            let token = &self.tokens[n];
            cues.into_iter().any(|cue| token.is(cue))
                && !(token.is(Cue::Affirm) || self.is_harmless(n))
                || token.sort == Sort::Negation
        };
        let doubts =
            |n: usize| may_differ(n) && !self.only_tells(n, scan) || self.is_conditional(n);
        (0..self.tokens.len()).any(doubts)
    }

    /// Returns whether it asks something that is not about the time: "do I pay before?"
    pub(super) fn asks_besides(&self, question: Option<usize>) -> bool {
        let Some(start) = question else { return false };
        let has = |wanted: &[Sort]| {
            let mut asked = self.tokens[start..].iter();
            asked.any(|token| wanted.contains(&token.sort))
        };
        has(&[Sort::Unknown, Sort::Content]) && !has(&[Sort::Detail])
    }

    /// Returns whether a contradicting word is harmless in its place: "no yeah".
    fn is_harmless(&self, n: usize) -> bool {
        let token = &self.tokens[n];
        let after = &self.tokens[n + 1..];
        // "Yes, only Max's" tells which one.
        let limits = self.asked == Asked::YesOrNo && in_any(|one| one.only).has(self.word(n));
        // "No yeah" takes the no back.
        let is_taken_back =
            token.is(Cue::No) && after.first().is_some_and(|next| next.is(Cue::Affirm));
        // "The nails are at 5, no?"
        let is_tag = token.is(Cue::No)
            && n > 0
            && after.is_empty()
            && (self.sentence.words).asked_after(token.place.words.end - 1);
        // "They will love it (not)".
        let is_joke = token.is(Cue::Not) && self.tokens.len() == 1 && self.number > 0;
        // "Scary, but yes".
        let is_yes = |token: &Token| token.is(Cue::Assure) || token.is(Cue::Affirm);
        let agrees = token.is(Cue::But)
            && after
                .iter()
                .all(|token| token.is_stance() || token.is_idle())
            && after.iter().any(is_yes);
        limits || is_taken_back || is_tag || is_joke || agrees || self.orders(n)
    }

    /// Returns whether a negation or a bound after a yes only tells something: "yes, I never carry
    /// cash", "book it before he finds another".
    fn only_tells(&self, n: usize, scan: &Scan) -> bool {
        if !scan.says_yes() {
            return false;
        }
        let is_no = |token: &Token| token.is(Cue::No) || token.is(Cue::Not);
        let has_subject = |n: usize| {
            n < self.tokens.len() && in_any(|one| one.grammar.verbs.subjects).has(self.word(n))
        };
        let is_bound = |n: usize| {
            let leads = self.is(n, Particle::Before) || self.is(n, Particle::Until);
            // "Antes de que me arrepienta".
            let next = self
                .tokens
                .get(n + 1)
                .map_or(0..0, |next| next.place.words.clone());
            let mut next = self.sentence.words.as_slice()[next].iter();
            let is_reason = |word: &String| in_any(|one| one.grammar.reason).has(word);
            leads && (has_subject(n + 1) || next.any(is_reason))
        };
        let changes = [Cue::But, Cue::Doubt, Cue::Then, Cue::Wait, Cue::Hesitate];
        let is_plain = |token: &Token| {
            token.sort != Sort::Detail
                && token.sort != Sort::Request
                && (is_no(token) || !changes.into_iter().any(|cue| token.is(cue)))
        };
        let tells = |token: &Token| token.is_content() && !is_no(token);
        (0..=n).any(is_bound)
            || self.negates(n)
                && !self.wants
                && self.tokens.iter().any(tells)
                && self.tokens.iter().all(is_plain)
    }

    /// Returns whether a negation up to a token begins a reason: "y que no se enfade nadie".
    pub(super) fn explains(&self, n: usize) -> bool {
        let is_reason = |n: usize| {
            self.is(n, Particle::Because) || in_any(|one| one.grammar.reason).has(self.word(n))
        };
        // "Que no" may be one token.
        let leads = |no: usize| {
            no > 0 && is_reason(no - 1) || self.tokens[no].place.words.len() > 1 && is_reason(no)
        };
        (0..=n).any(|no| self.negates(no) && leads(no))
    }

    fn negates(&self, n: usize) -> bool {
        let token = &self.tokens[n];
        let cues = [Cue::No, Cue::Not, Cue::Deny];
        cues.into_iter().any(|cue| token.is(cue))
            || self.is(n, Particle::Not)
            || self.is(n, Particle::NotAfter)
    }

    /// Returns whether "if" stands there, and no yes without its accent.
    fn is_conditional(&self, n: usize) -> bool {
        // "Si me dieron permiso" tells what happened.
        let is_told = || {
            let mut after = (n + 1..self.tokens.len()).take(REACH);
            after.any(|n| in_any(|one| one.preterite).any_ends(self.word(n)))
        };
        self.is_si(n) && !is_told() && self.affirms(n, self.lead()).is_none()
    }

    /// Returns whether a word only puts what is named in order: "first the cut, then the beard".
    fn orders(&self, n: usize) -> bool {
        let mut after = self.tokens[n + 1..]
            .iter()
            .skip_while(|token| token.is_idle());
        let orders = in_any(|one| one.company.orders).has(self.word(n));
        // "Yes, and another cut for my brother."
        let adds = self.number > 0 && in_any(|one| one.company.second).has(self.word(n));
        self.tokens[n].place.words.len() == 1
            && (orders || adds)
            && after.next().is_some_and(|token| token.sort == Sort::Detail)
    }

    fn is(&self, n: usize, particle: Particle) -> bool {
        let word = self.tokens[n].place.words.start;
        self.sentence.is(self.sentence.holding(word), particle)
    }
}
