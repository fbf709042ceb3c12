//! Numbers that are no hours and no days, by what stands around them.

use super::{Ranking, is_asking};
use crate::language::{
    chart::Edge,
    intent::Intent,
    lexicon::Meaning,
    phrases::in_any,
    vocabulary::{FigureWords, Particle, Phrases},
};

/// More services of a kind are not asked for at once.
const MOST_SERVICES: u16 = 6;

/// So many words say that an hour will do.
const SUITS_WITHIN: usize = 4;

/// Returns whether a word is in a list of the words around figures, in any language.
fn is_word(word: &str, list: fn(&FigureWords) -> Phrases) -> bool {
    in_any(|one| list(&one.grammar.figures)).has(word)
}

// === impl Ranking ===

impl Ranking<'_> {
    /// "555-0142", "07700-900": figures of a longer number.
    pub(super) fn is_of_number(&self, edge: &Edge) -> bool {
        let is_long = |token: usize| {
            self.lattice.is_figure(token)
                && self.lattice.text(token).is_some_and(|text| text.len() >= 3)
        };
        let is_dash = |token: usize| self.lattice.text(token) == Some("-");
        // "555 0142": of two times both would be round.
        let is_round = |token: usize| {
            let text = self.lattice.text(token).unwrap_or_default();
            ["0", "5"].iter().any(|end| text.ends_with(end))
        };
        let is_torn = |first: usize| {
            is_long(first)
                && is_long(first + 1)
                && !self.lattice.stops(first + 1)
                && !(is_round(first) && is_round(first + 1))
        };
        let is_part = is_torn(edge.end - 1) || edge.start > 0 && is_torn(edge.start - 1);
        let goes_on = is_long(edge.end - 1) && is_dash(edge.end) && is_long(edge.end + 1);
        let has_begun = edge.start > 1
            && is_long(edge.start)
            && is_dash(edge.start - 1)
            && is_long(edge.start - 2);
        goes_on || has_begun || is_part
    }

    /// "2 sat at 3", "4 fri @ 10", "manicura para 2 mañana", "3 en 1 el sábado": the number before a
    /// day is no hour.
    pub(super) fn is_count_before_day(&self, edge: &Edge) -> bool {
        if !self.lattice.is_figure(edge.start) {
            return false;
        }
        let before = |particle| {
            let n = edge.start.checked_sub(1).map(|token| self.holding(token));
            n.is_some_and(|n| self.sentence.is(n, particle))
        };
        let has_time = self.is_timed_at(edge.end);
        let is_ratio =
            before(Particle::In) && edge.start > 1 && self.lattice.is_figure(edge.start - 2);
        let is_for_many = before(Particle::For) && !self.lattice.has_bare_hours();
        has_time || is_ratio || is_for_many
    }

    /// "8 is perfect", "so 10 works", "4 instead": an hour in answer to the one that is proposed.
    pub(super) fn is_taken_up(&self, edge: &Edge) -> bool {
        let n = self.holding(edge.start);
        let follows = |n: usize| {
            let answers = |meaning| matches!(meaning, Meaning::Yes | Meaning::No);
            let leads = [Particle::So, Particle::But, Particle::Toward];
            let text = edge
                .start
                .checked_sub(1)
                .and_then(|at| self.lattice.text(at));
            self.sentence.means(n, answers)
                || leads.into_iter().any(|one| self.sentence.is(n, one))
                || text.is_some_and(|text| is_word(text, |one| one.answers))
        };
        let begins = n == 0 || self.lattice.stops(edge.start) || follows(n - 1);
        // "3 is too early, 5?"
        let word = self.lattice.word(edge.end - 1);
        let is_asked = word.is_some_and(|word| self.sentence.words.asked_after(word));
        if begins && is_asked && self.lattice.stops(edge.end) && self.ends_bare(edge) {
            return true;
        }
        begins && !self.lattice.stops(edge.end) && self.is_answer_at(edge.end)
    }

    /// Returns whether what begins at a token says that the hour before it will do.
    fn is_answer_at(&self, token: usize) -> bool {
        let n = self.holding(token);
        let is = |n: usize, particle| self.sentence.is(n, particle);
        let is_last = self.sentence.stop_before(n + 1)
            || self
                .sentence
                .means(n + 1, |meaning| meaning == Meaning::Filler);
        if is(n, Particle::InsteadOf)
            || is_last && (is(n, Particle::Toward) || is(n, Particle::So))
            || self.sentence.means(n, |meaning| meaning == Meaning::Yes)
        {
            return true;
        }
        let refuses = |token: &usize| {
            let n = self.holding(*token);
            let text = self.lattice.text(*token).unwrap_or_default();
            is(n, Particle::Not) || is(n, Particle::NotAfter) || is_word(text, |one| one.refuses)
        };
        let mut clause = (token..token + SUITS_WITHIN)
            .take_while(|token| !(self.lattice.stops(*token) || refuses(token)));
        let verb = clause.next().filter(|token| {
            let text = self.lattice.text(*token).unwrap_or_default();
            is_asking(text, 0) || is_asking(text, 1) || is(n, Particle::Is)
        });
        verb.is_some_and(|verb| {
            let is_full = |token: usize| {
                let text = self.lattice.text(token).unwrap_or_default();
                !is_word(text, |one| one.plain)
            };
            let suits = |token: usize| self.is_suiting(token) && is_full(token);
            suits(verb) || clause.any(suits)
        })
    }

    /// "The Thursday after that", "the Friday before it".
    pub(super) fn ends_in_that(&self, edge: &Edge) -> bool {
        let last = self.lattice.text(edge.end).unwrap_or_default();
        let is_that = !self.lattice.stops(edge.end) && is_word(last, |one| one.that);
        is_that
            || self
                .sentence
                .is(self.holding(edge.end - 1), Particle::Thereafter)
    }

    /// Returns whether a token is the "at" before an hour, and nothing else.
    pub(super) fn is_at(&self, token: usize) -> bool {
        let text = self.lattice.text(token).unwrap_or_default();
        in_any(|one| one.grammar.at).has(text)
    }

    /// Returns whether a weekday stands right before an edge.
    pub(super) fn follows_weekday(&self, edge: &Edge) -> bool {
        let before = edge.start.checked_sub(1).map(|token| self.holding(token));
        let is_weekday = |n: usize| self.sentence.weekday(n).is_some();
        !self.lattice.stops(edge.start) && before.is_some_and(is_weekday)
    }

    pub(super) fn is_dotted(&self, edge: &Edge) -> bool {
        let text = self.lattice.text(edge.start).unwrap_or_default();
        edge.end - edge.start == 1 && text.contains('.')
    }

    /// "Martes 6 a la 1", "domingo 8 a mediodía": a day of the month and an hour, not two hours.
    pub(super) fn is_date_and_hour(&self, edge: &Edge) -> bool {
        let is_weekday = |token: usize| {
            let is_weekday = |meaning| matches!(meaning, Meaning::Weekday(_));
            self.sentence.means(self.holding(token), is_weekday)
        };
        let is_hour = |token: usize| {
            let n = self.holding(token);
            self.sentence.is(n, Particle::Noon)
                || self.sentence.is(n, Particle::At) && !self.lattice.is_figure(token + 1)
        };
        let is_date = |token: usize| {
            token > 0
                && self.lattice.is_figure(token)
                && is_weekday(token - 1)
                && is_hour(token + 1)
        };
        !self.lattice.has_bare_hours() && (edge.start..edge.end).any(is_date)
    }

    /// "In 4 sat": "for" typed as a figure, behind a verb that ends in "in".
    pub(super) fn is_for_day(&self, edge: &Edge) -> bool {
        let last = self.lattice.text(edge.end - 1).unwrap_or_default();
        self.lattice.has_bare_hours()
            && self.begins(edge, Particle::In)
            && self.lattice.is_figure(edge.start + 1)
            && !in_any(|one| one.grammar.plural).any_ends(last)
    }

    /// "Tinte 7.1 el sábado": a number of the service where a day is named besides.
    pub(super) fn is_shade(&self, edge: &Edge) -> bool {
        let word = edge
            .start
            .checked_sub(1)
            .and_then(|token| self.lattice.word(token));
        let follows = word.is_some_and(|word| self.scene.services.contains(&word));
        let has_day = || {
            (0..self.sentence.len()).any(|n| {
                let is_day =
                    |meaning: Meaning| meaning.is_day() || matches!(meaning, Meaning::Each(_));
                self.sentence.means(n, is_day)
            })
        };
        self.is_dotted(edge) && follows && has_day()
    }

    /// Returns whether a token is a figure that can be a day of a month.
    pub(super) fn is_day_figure(&self, token: usize) -> bool {
        self.lattice.is_figure(token)
            && self.lattice.text(token).is_some_and(|text| text.len() <= 2)
    }

    /// "The 3-step facial", "the 12-week plan": a number that is part of a word.
    pub(super) fn is_compound(&self, edge: &Edge) -> bool {
        let counts = |token: usize| {
            self.sentence.is_unknown(self.holding(token)) || self.ends_counted(token)
        };
        // "El 14 - Karen" is signed.
        let end_of = |token: usize| Some(self.sentence.words.bytes(self.lattice.word(token)?)?.end);
        let start_of =
            |token: usize| Some(self.sentence.words.bytes(self.lattice.word(token)?)?.start);
        let is_glued =
            || end_of(edge.end - 1).is_some_and(|end| start_of(edge.end + 1) == Some(end + 1));
        self.lattice.is_figure(edge.end - 1)
            && self.lattice.text(edge.end) == Some("-")
            && is_glued()
            && !self.lattice.is_figure(edge.end + 1)
            && counts(edge.end + 1)
    }

    /// Returns whether the "one" at the end of a day stands for a thing.
    pub(super) fn is_pronoun(&self, edge: &Edge) -> bool {
        self.lattice.has_bare_hours() && self.ends_in_one(edge) && edge.end - edge.start > 1
    }

    /// "Two 60 minute massages", "después uno de espalda": a number of services.
    pub(super) fn is_of_services(&self, edge: &Edge) -> bool {
        let is_service = |word: usize| self.scene.services.contains(&word);
        let last = self.holding(edge.end - 1);
        let is_few = self
            .sentence
            .spelled(last)
            .is_some_and(|number| number <= MOST_SERVICES);
        let counted = is_few
            && edge.end - edge.start == 1
            && self.lattice.word(edge.end).is_some_and(is_service)
            && !self.begins(edge, Particle::At);
        let n = self.holding(edge.end);
        let thing = self.sentence.at(n).map(|lexeme| lexeme.words.end);
        let of_thing = self.ends_in_one(edge)
            && self.sentence.is(n, Particle::Of)
            && thing.is_some_and(is_service);
        !self.lattice.stops(edge.end) && (counted || of_thing)
    }

    /// "The 3rd one", "the 2 cats", "3rd floor".
    pub(super) fn is_of_list(&self, edge: &Edge) -> bool {
        let Some(word) = self
            .lattice
            .word(edge.end)
            .filter(|_| !self.lattice.stops(edge.end))
        else {
            return false;
        };
        let n = self.sentence.holding(word);
        // "He's in 2nd year".
        let stage = self.lattice.text(edge.end).unwrap_or_default();
        if !self.ends_bare(edge) && in_any(|one| one.stages).has(stage) {
            return true;
        }
        // "The two of us".
        if self.sentence.is(n, Particle::People) {
            return true;
        }
        let is_counted = self.ends_counted(edge.end)
            || self.sentence.words.percent_before(word)
            || self.lattice.has_bare_hours() && self.is_counted(edge.end);
        self.ends_bare(edge) && is_counted
            || !self.ends_bare(edge)
                && (self.sentence.spelled(n).is_some()
                    || self.sentence.intent(n) == Some(Intent::Book))
            || self.is_labelled(edge.end)
    }

    /// Returns whether "at 3" or the like begins at a token, and goes with what stands before it.
    pub(super) fn is_timed_at(&self, token: usize) -> bool {
        self.timed.contains(&token)
            && self.sentence.is(self.holding(token), Particle::At)
            && !self.lattice.stops(token)
    }
}
