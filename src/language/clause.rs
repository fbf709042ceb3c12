//! The clauses of a sentence.
//!
//! The invariant: every lexeme is in exactly one clause.

use std::ops::Range;

use super::{
    lexicon::Meaning,
    phrases::{Lists, in_any},
    sentence::Sentence,
    vocabulary::Particle,
};

/// So many words may stand between "before" and what happens then.
const MAX_BETWEEN: usize = 5;

// === impl Sentence ===

impl Sentence<'_> {
    /// Returns the clause in which a lexeme stands: up to a stop, a "but", a reason or what follows
    /// from it.
    pub(super) fn clause(&self, n: usize) -> Range<usize> {
        let begins = self.beginnings();
        let start = (0..=n.min(begins.len().saturating_sub(1))).rev();
        let start = start.into_iter().find(|n| begins.get(*n) == Some(&true));
        let end = (n + 1..begins.len()).find(|n| begins[*n]);
        start.unwrap_or(0)..end.unwrap_or(begins.len())
    }

    /// For each lexeme whether a clause begins there.
    fn beginnings(&self) -> &[bool] {
        self.clauses.get_or_init(|| {
            let begins = |n: usize| {
                n > 0 && self.stop_before(n)
                    || self.is(n, Particle::But)
                    || self.is(n, Particle::So)
                    || self.is(n, Particle::Because)
                    || is_reason(self, n)
                    || begins_aside(self, n)
                    || begins_meanwhile(self, n)
                    || begins_unjoined(self, n)
                    || begins_wish(self, n)
                    || self.is(n, Particle::And) && begins_anew(self, n + 1)
            };
            (0..self.len()).map(begins).collect()
        })
    }
}

/// Returns whether one of these words stands right before a lexeme.
pub(super) fn follows_word(sentence: &Sentence<'_>, n: usize, words: Lists) -> bool {
    let word = sentence
        .at(n)
        .and_then(|lexeme| lexeme.words.start.checked_sub(1));
    word.is_some_and(|word| words.has(&sentence.words.as_slice()[word]))
}

/// "… and I want", "… y quiero": a clause with a subject or a wish of its own.
fn begins_anew(sentence: &Sentence<'_>, n: usize) -> bool {
    sentence.begins_with(n, |one| one.grammar.verbs.subjects)
        || sentence.is(n, Particle::Wants)
        || sentence.is(n, Particle::Needs)
}

/// "Que a las 11 tengo un zoom", "que salgo de clase": a reason with a clause of its own.
fn is_reason(sentence: &Sentence<'_>, n: usize) -> bool {
    let that = (sentence.single(n)).is_some_and(|word| in_any(|one| one.grammar.reason).has(word));
    // "Que luego tengo entreno".
    let has = || {
        sentence.is(n + 2, Particle::Got)
            && follows_word(sentence, n + 2, in_any(|one| one.grammar.then_has))
    };
    let leads = [
        Particle::At,
        Particle::The,
        Particle::Hours,
        Particle::Life,
        Particle::Released,
    ];
    that && (has() || leads.into_iter().any(|one| sentence.is(n + 1, one)))
}

/// Returns whether a clause begins that tells what happens at the time that is named before it:
/// "Friday at 5, when I get off", "el jueves a las 7 cuando salgo".
fn begins_meanwhile(sentence: &Sentence<'_>, n: usize) -> bool {
    let is_it = n > 0 && sentence.begins_with(n, |one| one.meanwhile);
    let start = sentence.since_stop(n.saturating_sub(1));
    is_it && (start..n).any(|n| sentence.means(n, Meaning::is_calendar))
}

/// Returns whether a clause of its own begins that nothing joins to the time before it: "2:15 would
/// work | I'm off at 2".
fn begins_unjoined(sentence: &Sentence<'_>, n: usize) -> bool {
    let leads = [
        Particle::After,
        Particle::Before,
        Particle::From,
        Particle::Until,
        Particle::Since,
        Particle::Once,
        Particle::AfterWork,
    ];
    let is_led = |n: usize| leads.into_iter().any(|one| sentence.is(n, one));
    let is_subject = || sentence.begins_with(n, |one| one.grammar.verbs.subjects);
    let tells = sentence.is(n, Particle::Released)
        || is_subject() && !sentence.stop_before(n + 1) && sentence.is(n + 1, Particle::Life);
    if !tells || n == 0 || is_led(n - 1) {
        return false;
    }
    let start = sentence.since_stop(n - 1);
    let is_figure = |n: usize| {
        let first = sentence.said(n).first();
        first.is_some_and(|word| word.starts_with(char::is_numeric))
    };
    let is_when = |n: usize| sentence.means(n, Meaning::is_calendar) || is_figure(n);
    (start..n).any(is_when) && !(start..n).any(|n| sentence.is(n, Particle::Because))
}

/// Returns whether a wish begins right after the day of what is told, joined by nothing: "I fly out
/// Monday | can I come the Saturday before?"
fn begins_wish(sentence: &Sentence<'_>, n: usize) -> bool {
    let opens = [Particle::Toward, Particle::Wants, Particle::Needs];
    let tells = [Particle::Life, Particle::Did, Particle::NotAfter];
    let is = |n: usize, all: &[Particle]| all.iter().any(|one| sentence.is(n, *one));
    let follows_day = |n: usize| sentence.means(n - 1, Meaning::is_calendar);
    n > 1
        && is(n, &opens)
        && follows_day(n)
        && (sentence.since_stop(n - 1)..n - 1).any(|n| is(n, &tells))
}

/// Returns whether "before school starts" or the like begins at a lexeme: a clause of its own, in
/// which nothing is wanted, whatever the clause before it wants.
pub(super) fn begins_aside(sentence: &Sentence<'_>, n: usize) -> bool {
    // "Antes de la" is before a wedding and before one o'clock.
    let leads = [
        Particle::Before,
        Particle::Until,
        Particle::After,
        Particle::MinutesTo,
    ];
    let is_small = |n: usize| {
        sentence.is_unknown(n)
            || [
                Particle::The,
                Particle::Hours,
                Particle::OneHour,
                Particle::My,
                Particle::Of,
                Particle::Relation,
                Particle::Relations,
            ]
            .into_iter()
            .any(|one| sentence.is(n, one))
    };
    let mut next = n + 1..=n + MAX_BETWEEN;
    leads.into_iter().any(|lead| sentence.is(n, lead))
        && next
            .find(|n| sentence.stop_before(*n) || !is_small(*n))
            .is_some_and(|n| !sentence.stop_before(n) && sentence.is(n, Particle::Life))
}
