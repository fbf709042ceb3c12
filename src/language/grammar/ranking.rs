//! Which of all the readings together explain a text best.
//!
//! The invariant: what explains more of the text wins; of what explains as much, what costs less.

mod figures;

use std::{collections::HashSet, ops::Range};

use chrono::Months;

use crate::language::{
    Language, act,
    chart::{self, Edge, Lattice, Sem, Sure, Times},
    clock::Clock,
    expression::Expression,
    lexicon::Meaning,
    phrases::in_any,
    reading::Asked,
    sentence::Sentence,
    vocabulary::Particle,
};

use super::Scene;

/// A part of a text that tells of days or times.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) sem: Sem,
    /// Its lexemes.
    pub(super) place: Range<usize>,
    pub(super) is_time: bool,
}

/// What may be counted.
const COUNTED: [Particle; 11] = [
    Particle::People,
    Particle::Relation,
    Particle::Relations,
    Particle::Day,
    Particle::Week,
    Particle::Month,
    Particle::Minute,
    Particle::Hour,
    Particle::HourMark,
    Particle::Fortnight,
    Particle::Year,
];
/// What each token that is explained counts for.
const TOKEN: i64 = 10;
/// What each piece costs: a whole is more likely than its parts.
const PIECE: i64 = 3;

/// The pieces that explain a text best, in order.
pub(super) fn pieces(sentence: &Sentence<'_>, lattice: &Lattice, scene: &Scene<'_>) -> Vec<Piece> {
    let edges = chart::parse(lattice);
    let is_timed = |edge: &&Edge| matches!(&edge.sem, Sem::Times(times) if times.sure == Sure::Yes);
    let is_bound = |edge: &&Edge| match &edge.sem {
        Sem::From(_) | Sem::Until(_) => true,
        Sem::Days(days) => matches!(days, Expression::Before(_) | Expression::After(_)),
        _ => false,
    };
    let is_before = |word: &Edge, start: usize| {
        let sorts = [Particle::Before, Particle::After];
        word.start == start && sorts.into_iter().any(|one| word.sem == Sem::Word(one))
    };
    let reader = Ranking {
        sentence,
        lattice,
        scene,
        timed: edges
            .iter()
            .filter(is_timed)
            .map(|edge| edge.start)
            .collect(),
        bounds: edges
            .iter()
            .filter(is_bound)
            .filter(|edge| edges.iter().any(|word| is_before(word, edge.start)))
            .map(|edge| edge.start..edge.end)
            .collect(),
    };
    // From the end to the beginning: the best of what follows is known.
    let mut best: Vec<(i64, Option<&Edge>)> = vec![(0, None); lattice.len() + 1];
    let mut by_start: Vec<Vec<&Edge>> = vec![Vec::new(); lattice.len()];
    for edge in &edges {
        by_start[edge.start].push(edge);
    }
    for start in (0..lattice.len()).rev() {
        best[start] = (best[start + 1].0, None);
        for edge in &by_start[start] {
            let Some(cost) = reader.cost(edge) else {
                continue;
            };
            let length = i64::try_from(edge.end - edge.start).unwrap_or(i64::MAX);
            let score = length * TOKEN - PIECE - cost + best[edge.end].0;
            if score > best[start].0 {
                best[start] = (score, Some(edge));
            }
        }
    }
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < lattice.len() {
        match best[at].1 {
            Some(edge) => {
                pieces.push(reader.piece(edge));
                at = edge.end;
            }
            None => at += 1,
        }
    }
    pieces
}

/// The minute by day of an hour of which nobody said which half of the day it is of.
fn by_day(clock: Clock) -> u16 {
    match clock {
        Clock::Either(minute) if minute < 8 * 60 => minute + 12 * 60,
        Clock::Either(minute) | Clock::At(minute) => minute,
    }
}

/// Returns whether a word stands before (0) or after (1) a time in a question whether it suits.
fn is_asking(word: &str, at: usize) -> bool {
    in_any(|one| one.asks[at]).has(word)
}

struct Ranking<'a> {
    sentence: &'a Sentence<'a>,
    lattice: &'a Lattice,
    scene: &'a Scene<'a>,
    /// The tokens at which a plain time begins.
    timed: HashSet<usize>,
    /// The tokens of every "before Saturday" and the like.
    bounds: Vec<Range<usize>>,
}

// === impl Ranking ===

impl Ranking<'_> {
    fn piece(&self, edge: &Edge) -> Piece {
        let lexeme = |token: usize| {
            self.lattice
                .word(token)
                .map_or(self.sentence.len(), |word| self.sentence.holding(word))
        };
        let last = lexeme(edge.end - 1);
        let start = lexeme(edge.start);
        // A phrase that ends in the first word of the piece stands before it: "not on | the 12th".
        let word = self.lattice.word(edge.start);
        let is_inside = self
            .sentence
            .at(start)
            .is_some_and(|lexeme| word.is_some_and(|word| word > lexeme.words.start));
        let start = if is_inside {
            (start + 1).min(last)
        } else {
            start
        };
        let sem = match &edge.sem {
            Sem::Number(..) => chart::as_times(&edge.sem)
                .or_else(|| chart::as_run_together(&edge.sem))
                .unwrap_or_else(|| edge.sem.clone()),
            sem => sem.clone(),
        };
        Piece {
            is_time: matches!(sem, Sem::Times(_) | Sem::Hours(..)),
            sem,
            place: start..(last + 1).max(start + 1),
        }
    }

    /// What speaks against an edge as a piece; none if it is no piece.
    fn cost(&self, edge: &Edge) -> Option<i64> {
        if self.is_of_number(edge) || self.is_of_services(edge) {
            return None;
        }
        let extra = match &edge.sem {
            Sem::Days(days) => self.cost_of_days(edge, days)?,
            Sem::Times(times) if times.sure == Sure::No => self.cost_of_bare(edge)?,
            // "Una pedicura", "the sports one".
            Sem::Number(1, 0)
                if self.scene.asked != Asked::Time
                    || !self.lattice.is_figure(edge.start) && self.lattice.len() > 2 =>
            {
                return None;
            }
            Sem::Number(1..=23, 0..=2) => self.cost_of_bare(edge)?,
            // "1030", and nothing else.
            Sem::Number(_, 3..=4) => {
                let alone = self.lattice.len() == 1 || self.scene.asked == Asked::Time;
                (alone && chart::as_run_together(&edge.sem).is_some()).then_some(4)?
            }
            Sem::Times(times) => (!self.is_no_time(edge, times)).then_some(0)?,
            Sem::Hours(from, until, sure) => self.cost_of_hours(edge, (*from, *until), *sure)?,
            Sem::Appointment(days, time) => self.cost_of_appointment(edge, days, time)?,
            _ if self.scene.late && self.is_lateness(edge) => return None,
            // "At the latest 5 people".
            Sem::From(_) | Sem::Until(_)
                if self.begins_bound(edge) && self.ends_bare(edge) && self.is_counted(edge.end) =>
            {
                return None;
            }
            Sem::From(_) if self.scene.moving && self.begins(edge, Particle::Of) => return None,
            // "El lunes siguiente | a las 5".
            Sem::From(_)
                if self.begins(edge, Particle::Next)
                    && self.begins(edge, Particle::After)
                    && self.follows_weekday(edge) =>
            {
                return None;
            }
            // "The Friday before | at 2".
            Sem::Until(_) if self.begins(edge, Particle::Before) && self.is_at(edge.start + 1) => {
                return None;
            }
            Sem::From(_)
            | Sem::Until(_)
            | Sem::Part(_)
            | Sem::Today(_)
            | Sem::Thereafter(_)
            | Sem::PartThere(_)
            | Sem::Elsewhere(..) => 0,
            // "Algo antes | del sábado" is "algo | antes del sábado".
            Sem::Aside => (!self.is_cut(edge)).then_some(0)?,
            // "Monday after school" is on Monday.
            Sem::WeekdayThereafter(..) => {
                let ends = self.ends_phrase(edge.end) || self.ends_in_that(edge);
                (self.is_timed_at(edge.end) || ends).then_some(0)?
            }
            Sem::Past => {
                let is_choice = self.begins(edge, Particle::Either)
                    && (0..self.sentence.len()).any(|n| self.sentence.is(n, Particle::Or));
                (!is_choice).then_some(0)?
            }
            Sem::Moment(..) => (!self.scene.late).then_some(0)?,
            _ => return None,
        };
        Some(i64::from(edge.cost) + extra)
    }

    /// Returns whether what was said last is at its end: a stop, a verb or "or" follows.
    fn ends_phrase(&self, end: usize) -> bool {
        let n = self.holding(end);
        let parts = [
            Particle::Or,
            Particle::But,
            Particle::Is,
            Particle::NotAfter,
            Particle::Free,
            Particle::With,
            Particle::For,
            Particle::Because,
        ];
        let is_said_for_itself =
            |meaning| matches!(meaning, Meaning::Filler | Meaning::Intent(_) | Meaning::Yes);
        let word = self.sentence.at(n).map(|lexeme| lexeme.words.start);
        let replaces = |word: usize| {
            let words = self.sentence.words.as_slice();
            in_any(|one| one.replaces)
                .ends(words, word)
                .next()
                .is_some()
        };
        self.lattice.stops(end)
            || self.sentence.means(n, is_said_for_itself)
            || word.is_some_and(replaces)
            || self.is_suiting(end)
            || parts.into_iter().any(|one| self.sentence.is(n, one))
    }

    /// Returns whether a token is of a question if a time suits: "works".
    fn is_suiting(&self, token: usize) -> bool {
        self.lattice
            .text(token)
            .is_some_and(|text| is_asking(text, 1))
    }

    /// Returns whether a bound begins within an edge and goes on after it.
    fn is_cut(&self, edge: &Edge) -> bool {
        let within = edge.start + 1..edge.end;
        let mut bounds = self.bounds.iter();
        bounds.any(|bound| within.contains(&bound.start) && bound.end > edge.end)
    }

    /// Returns whether what would be a time is a date, or a number of something.
    fn is_no_time(&self, edge: &Edge, times: &Times) -> bool {
        let is_about_number = times.about && edge.end - edge.start == 2;
        // "6.25 at noon" is a date.
        self.is_dotted(edge) && self.is_timed_at(edge.end)
            // "About 3 inches", "at 1420 Oak Street".
            || (is_about_number || self.ends_run_together(edge))
                && self.ends_bare(edge)
                && self.is_counted(edge.end)
            // "I called like 4 times".
            || times.about
                && self.begins(edge, Particle::Like)
                && !self.lattice.stops(edge.end)
                && !self.lattice.is_known(edge.end)
            // "At one point".
            || self.ends_in_one(edge) && self.is_counted(edge.end)
            || self.scene.late && self.is_lateness(edge)
    }

    fn cost_of_hours(&self, edge: &Edge, (from, until): (Clock, Clock), sure: Sure) -> Option<i64> {
        let is_bare = sure == Sure::No && !self.scene.moving;
        // Of "9-3" the second is after the first, of "6-4" it cannot be. "2-7 17h" is a date.
        let is_span = !is_bare || by_day(from) < by_day(until) && !self.timed.contains(&edge.end);
        let is_counted = is_bare && self.is_counted(edge.end) && self.ends_counted(edge.end);
        // "Una a las 5" is one of something: the hour would be "la una".
        let is_one = !is_bare && !self.lattice.has_bare_hours() && self.lattice.is_one(edge.start);
        let is_late = !is_bare && self.scene.late && self.is_lateness(edge);
        let is_move = self.scene.moving && !self.begins(edge, Particle::Between);
        // "Mañana y el jueves, las dos a las 6" are both at 6.
        let is_both = self.begins(edge, Particle::Both) && self.lattice.stops(edge.start);
        let is_no_span = is_counted || is_one || is_late || is_move || is_both;
        let is_hours = is_span && !is_no_span && !self.is_date_and_hour(edge);
        is_hours.then_some(if is_bare { 4 } else { 0 })
    }

    fn cost_of_appointment(&self, edge: &Edge, days: &Expression, time: &Sem) -> Option<i64> {
        // A bare number behind a day may be a count of something.
        let is_single = matches!(time, Sem::Times(_));
        let is_count = is_single && self.ends_bare(edge) && self.is_counted(edge.end);
        if is_count || self.is_count_before_day(edge) || self.is_date_and_hour(edge) {
            return None;
        }
        // "Martes 6 a la 1" is a date and an hour.
        let is_date = !self.lattice.has_bare_hours()
            && matches!(days, Expression::Weekday(..))
            && (edge.start + 1..edge.start + 3).any(|at| self.is_day_figure(at));
        Some(self.cost_of_days(edge, days)? + if is_date { 8 } else { 0 })
    }

    fn cost_of_days(&self, edge: &Edge, days: &Expression) -> Option<i64> {
        let setting = &self.scene.setting;
        let moving = self.scene.moving;
        match days {
            // "The Monday one", "the May one".
            _ if days.is_first() && self.is_pronoun(edge) => return None,
            // "From Tuesday to Thursday" of a move are the old day and the new one.
            Expression::Between(..) | Expression::From(_)
                if moving && !self.begins(edge, Particle::Between) =>
            {
                return None;
            }
            // "Apart from Friday".
            Expression::From(_) if self.begins(edge, Particle::Except) => return None,
            // "The Thursday one" is no first of a month.
            Expression::Fits(..) if self.ends_in_one(edge) => return None,
            Expression::Fits(weekday, day) if !setting.fits(*weekday, day) => {
                // "Friday 4" is rather an hour, "Friday 31" has to be asked about.
                let is_hour = matches!(**day, Expression::DayOfMonth(1..=12))
                    && self.ends_bare(edge)
                    && self.lattice.has_bare_hours();
                return Some(if is_hour { 9 } else { 0 });
            }
            // "Not tomorrow, Sunday or Monday".
            Expression::AnyOf(_) if self.is_denied(edge) => return None,
            Expression::DayOfMonth(_) if self.is_of_list(edge) || self.is_compound(edge) => {
                return None;
            }
            Expression::Numeric(..) if self.is_shade(edge) => return None,
            // "Book me in 4 sat": of "in 4 Saturdays" the day is named in the plural.
            Expression::Counted(..) if self.is_for_day(edge) => return None,
            // A day of birth, or of a bill.
            Expression::Date(_) | Expression::Numeric(_, _, Some(_)) if self.is_long_over(days) => {
                return None;
            }
            Expression::MonthDay(..) | Expression::Month(..) if self.is_labelled(edge.end) => {
                return None;
            }
            // Asked for their name, "April" says it.
            Expression::Month(..) | Expression::Feast(..)
                if self.scene.asked == Asked::Name
                    && edge.end - edge.start == self.lattice.len() =>
            {
                return None;
            }
            _ => {}
        }
        // "Monday or Wednesday next week" are both of next week.
        if matches!(days, Expression::AnyOf(all) if matches!(all.last(), Some(Expression::In(..))))
        {
            return setting.resolve(days).map(|_| 1);
        }
        // "Monday to Wednesday of next week" are too.
        if matches!(days, Expression::Between(_, last) if matches!(**last, Expression::In(..))) {
            return setting.resolve(days).map(|_| 1);
        }
        // What cannot be is not meant.
        setting.resolve(days).map(|_| 0)
    }

    /// A number that is an hour only because one was asked for or proposed.
    fn cost_of_bare(&self, edge: &Edge) -> Option<i64> {
        let n = self
            .lattice
            .word(edge.start)
            .map(|word| self.sentence.holding(word))?;
        let before = |particle| n > 0 && self.sentence.is(n - 1, particle);
        let is_clock = edge.end - edge.start > 1 && matches!(edge.sem, Sem::Times(_));
        if is_clock && edge.end - edge.start == self.lattice.len() {
            return Some(4);
        }
        let is_answered = self.scene.asked == Asked::Proposal && self.is_taken_up(edge);
        let is_met = is_answered || self.is_asked_about(edge);
        if before(Particle::WeAre) || self.is_counted(edge.end) && !is_met {
            return None;
        }
        let proposed = [Particle::Toward, Particle::InsteadOf, Particle::CannotMake]
            .into_iter()
            .any(before);
        let moved = self.scene.moving && before(Particle::To)
            || self
                .sentence
                .is(self.holding(edge.end), Particle::InsteadOf);
        let asked = self.scene.asked == Asked::Time || is_met;
        (proposed || moved || asked).then_some(2)
    }

    /// Returns whether "not" stands before a list and is about its first only.
    fn is_denied(&self, edge: &Edge) -> bool {
        let n = self
            .lattice
            .word(edge.start)
            .map_or(0, |word| self.sentence.holding(word));
        let goes_on = (edge.start + 1..edge.end).any(|token| self.lattice.stops(token));
        goes_on && n > 0 && self.sentence.is(n - 1, Particle::Not)
    }

    /// Returns whether what follows says that the number is of a street, a floor or the like.
    fn is_labelled(&self, end: usize) -> bool {
        self.lattice.word(end).is_some_and(|word| {
            !self.lattice.stops(end)
                && self
                    .sentence
                    .is(self.sentence.holding(word), Particle::Label)
        })
    }

    /// How late the customer will be is no time.
    fn is_lateness(&self, edge: &Edge) -> bool {
        (edge.start..edge.end)
            .filter_map(|token| self.lattice.word(token))
            .any(|word| {
                self.sentence
                    .is(self.sentence.holding(word), Particle::LateBy)
            })
    }

    fn ends_in_one(&self, edge: &Edge) -> bool {
        self.lattice.is_one(edge.end - 1)
    }

    fn ends_run_together(&self, edge: &Edge) -> bool {
        self.lattice
            .text(edge.end - 1)
            .is_some_and(|text| text.len() >= 3)
    }

    /// "Would 3 be ok", "is 4 free": a number of which it is asked if it will do.
    fn is_asked_about(&self, edge: &Edge) -> bool {
        let before = edge
            .start
            .checked_sub(1)
            .and_then(|token| self.lattice.text(token));
        !self.lattice.stops(edge.end)
            && before.is_some_and(|text| is_asking(text, 0))
            && self.is_suiting(edge.end)
    }

    /// The lexeme of a token.
    fn holding(&self, token: usize) -> usize {
        let word = self.lattice.word(token);
        word.map_or(self.sentence.len(), |word| self.sentence.holding(word))
    }

    /// Returns whether days are over for more than three years.
    fn is_long_over(&self, days: &Expression) -> bool {
        let setting = &self.scene.setting;
        let last = setting.today.checked_sub_months(Months::new(36));
        setting
            .first(days)
            .zip(last)
            .is_some_and(|(day, last)| day < last)
    }

    fn begins_bound(&self, edge: &Edge) -> bool {
        [Particle::AtLatest, Particle::AtEarliest]
            .into_iter()
            .any(|particle| self.begins(edge, particle))
    }

    /// Returns whether what follows is a word for what is counted.
    fn ends_counted(&self, end: usize) -> bool {
        self.lattice.word(end).is_some_and(|word| {
            let n = self.sentence.holding(word);
            COUNTED.iter().any(|unit| self.sentence.is(n, *unit))
        })
    }

    /// Returns whether the last token is a number.
    fn ends_bare(&self, edge: &Edge) -> bool {
        self.lattice
            .text(edge.end - 1)
            .is_some_and(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
    }

    fn begins(&self, edge: &Edge, particle: Particle) -> bool {
        self.lattice
            .word(edge.start)
            .is_some_and(|word| self.sentence.is(self.sentence.holding(word), particle))
    }

    /// Returns whether what follows a number may make it a count of something.
    fn is_counted(&self, end: usize) -> bool {
        let Some(word) = self.lattice.word(end) else {
            return false;
        };
        let n = self.sentence.holding(word);
        if self.lattice.stops(end) || self.lattice.is_taken(end) {
            return false;
        }
        // "7 suits" agrees.
        let agrees = || {
            let text = self.lattice.text(end).unwrap_or_default();
            Language::ALL.into_iter().any(|one| act::is_cue(text, one))
        };
        // "1210 5th Avenue".
        let is_address = self
            .lattice
            .text(end)
            .is_some_and(|text| text.starts_with(|first: char| first.is_ascii_digit()))
            && self.is_labelled(end + 1);
        self.sentence.is_unknown(n) && !self.lattice.is_known(end) && !agrees()
            || is_address
            || COUNTED.iter().any(|unit| self.sentence.is(n, *unit))
    }
}
