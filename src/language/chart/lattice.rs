//! A text as tokens, each with everything that it may mean by itself.
//!
//! The invariant: no meaning is dropped here. A misspelling and a word of another language are
//! meanings that cost something.

use std::ops::Range;

use chrono::NaiveDate;

use super::sem::{Sem, Sure};
use crate::language::{
    Language,
    day::Weekdays,
    expression::{Expression, hour},
    lexicon::{Lexicon, Lexicons, Meaning},
    phrases::in_any,
    vocabulary::{Particle, Vocabulary},
    words::Words,
};

/// One meaning of the tokens from a place to `end`.
#[derive(Debug, Clone)]
pub(in crate::language) struct Arc {
    pub(super) end: usize,
    pub(super) sem: Sem,
    pub(super) cost: u32,
}

/// The tokens of a text and their meanings.
#[derive(Debug)]
pub(in crate::language) struct Lattice {
    lexicons: Lexicons,
    tokens: Vec<Token>,
    arcs: Vec<Vec<Arc>>,
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own about how the token is written"
)]
/// A word, a part of one that was written together ("sat11am"), or a dash.
#[derive(Debug, Clone)]
pub(in crate::language) struct Token {
    pub(in crate::language) text: String,
    /// The word that it is of.
    pub(in crate::language) word: usize,
    /// A comma, full stop or the like stands before it.
    pub(in crate::language) stop: bool,
    /// No space stands before it.
    pub(in crate::language) glued: bool,
    /// It is a name, of which nothing else is read.
    taken: bool,
    /// An apostrophe stands within it.
    pub(in crate::language) has_apostrophe: bool,
}

/// What a misspelling costs.
const MISSPELT: u32 = 3;
/// What a word of another language costs.
const BORROWED: u32 = 3;
/// Words this short that only the other language knows are a coincidence.
const BORROWED_FROM: usize = 4;

// === impl Lattice ===

impl Lattice {
    /// The meanings of words in their language, or, the less that is `sure`, in another one. Of the
    /// words that are `taken` by a name nothing is read.
    pub(in crate::language) fn of(
        words: &Words,
        lexicons: Lexicons,
        sure: bool,
        taken: &[Range<usize>],
    ) -> Self {
        let tokens = tokens(words, &lexicons, taken);
        let mut lattice = Self {
            lexicons,
            arcs: vec![Vec::new(); tokens.len()],
            tokens,
        };
        for at in 0..lattice.tokens.len() {
            if !lattice.tokens[at].taken {
                lattice.arcs[at] = lattice.meanings(at, sure);
            }
        }
        lattice
    }

    pub(in crate::language) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Returns whether a number behind a weekday may be an hour.
    pub(in crate::language) fn has_bare_hours(&self) -> bool {
        self.lexicons.own.has_bare_hours
    }

    /// The word that a token is of; past the last, how many words there are.
    pub(in crate::language) fn word(&self, at: usize) -> Option<usize> {
        self.tokens.get(at).map(|token| token.word)
    }

    pub(in crate::language) fn text(&self, at: usize) -> Option<&str> {
        self.tokens.get(at).map(|token| token.text.as_str())
    }

    /// Returns whether a comma, full stop or the like stands before a token, or the text ends
    /// there.
    pub(in crate::language) fn stops(&self, at: usize) -> bool {
        self.stop_before(at)
    }

    /// Returns whether a token is of a name.
    pub(in crate::language) fn is_taken(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.taken)
    }

    /// Returns whether a token is a number in figures.
    pub(in crate::language) fn is_figure(&self, at: usize) -> bool {
        self.text(at)
            .is_some_and(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
    }

    /// Returns whether a token may be the number one, in words.
    pub(in crate::language) fn is_one(&self, at: usize) -> bool {
        let arcs = self.arcs.get(at).into_iter().flatten();
        arcs.into_iter().any(|arc| arc.sem == Sem::Number(1, 0))
    }

    /// Returns whether a word is of a name.
    pub(in crate::language) fn names(&self, word: usize) -> bool {
        let first = self.tokens.partition_point(|token| token.word < word);
        let of_word = self.tokens[first..]
            .iter()
            .take_while(|token| token.word == word);
        of_word.into_iter().any(|token| token.taken)
    }

    /// Returns whether a token means anything.
    pub(in crate::language) fn is_known(&self, at: usize) -> bool {
        self.arcs.get(at).is_some_and(|arcs| !arcs.is_empty())
    }

    pub(super) fn from(&self, at: usize) -> &[Arc] {
        &self.arcs[at]
    }

    pub(super) fn stop_before(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|token| token.stop)
    }

    fn meanings(&self, at: usize, sure: bool) -> Vec<Arc> {
        let token = &self.tokens[at];
        let mut arcs: Vec<_> = figures(&token.text, token.glued)
            .into_iter()
            .map(|(sem, cost)| Arc {
                end: at + 1,
                sem,
                cost,
            })
            .collect();
        let sign = match token.text.as_str() {
            "-" => Some(Particle::Dash),
            "/" => Some(Particle::Or),
            _ => None,
        };
        arcs.extend(sign.map(|particle| Arc {
            end: at + 1,
            sem: Sem::Word(particle),
            cost: 0,
        }));
        let own = self.lexicons.own;
        self.look_up(own, at, 0, &mut arcs);
        // "Friday's" is one Friday, "Fridays" are all, but for "fridays best".
        if token.has_apostrophe || self.is_contracted(at) {
            for arc in &mut arcs {
                if let Sem::Each(weekdays) = arc.sem
                    && let Some(weekday) = weekdays.iter().next()
                {
                    arc.sem = Sem::Weekday(weekday);
                }
            }
        }
        if sure && (!arcs.is_empty() || own.knows(&token.text)) {
            return arcs;
        }
        for other in &self.lexicons.others {
            if !sure || token.text.chars().count() >= BORROWED_FROM {
                self.look_up(other, at, BORROWED, &mut arcs);
            }
        }
        if arcs.is_empty() && !self.lexicons.know(&token.text) {
            let all = std::iter::once(&own).chain(&self.lexicons.others);
            for found in all.filter_map(|lexicon| lexicon.nearest(&token.text)) {
                push_meanings(found.meanings, at + 1, 1, MISSPELT, &mut arcs);
            }
        }
        arcs
    }

    /// Returns whether an "is" or "of" without its apostrophe ends a token: "fridays best",
    /// "wednesdays appointment".
    fn is_contracted(&self, at: usize) -> bool {
        let after = self.tokens[at + 1..].iter().take(2);
        let mut after = after.take_while(|token| !token.stop);
        let suits = after
            .clone()
            .next()
            .is_some_and(|next| in_any(|one| one.grammar.suits).has(&next.text));
        suits || after.any(|token| in_any(|one| one.grammar.appointments).has(&token.text))
    }

    fn look_up(&self, lexicon: &'static Lexicon, at: usize, cost: u32, arcs: &mut Vec<Arc>) {
        lexicon.each(&self.tokens, at, |length, meanings| {
            push_meanings(meanings, at + length, length, cost, arcs);
        });
    }
}

fn push_meanings(meanings: &[Meaning], end: usize, length: usize, cost: u32, arcs: &mut Vec<Arc>) {
    for meaning in meanings {
        let sem = match *meaning {
            Meaning::Weekday(weekday) => Sem::Weekday(weekday),
            Meaning::Each(weekday) => Sem::Each(Weekdays::default().and(weekday)),
            Meaning::Month(month) => Sem::Month(month),
            Meaning::Number(number) => Sem::Number(number, 0),
            Meaning::Ordinal(number) => Sem::Ordinal(number, false),
            Meaning::Ahead(days) => Sem::Days(Expression::Ahead(days.into())),
            Meaning::Part(part) => Sem::Part(part),
            Meaning::PartOf(part) => Sem::PartOf(part),
            Meaning::Today(part) => Sem::Today(part),
            Meaning::Zone(zone) => Sem::Zone(zone),
            Meaning::Feast(feast) => Sem::Days(Expression::Feast(feast, None)),
            Meaning::Particle(particle) => Sem::Word(particle),
            // "Buenas tardes" and "más tarde" tell no time.
            Meaning::Intent(_) | Meaning::Yes | Meaning::No | Meaning::Filler | Meaning::Idle
                if length > 1 =>
            {
                arcs.push(Arc {
                    end,
                    sem: Sem::Aside,
                    cost: cost + 1,
                });
                continue;
            }
            Meaning::Intent(_) | Meaning::Yes | Meaning::No | Meaning::Filler | Meaning::Idle => {
                continue;
            }
        };
        if sem == Sem::Word(Particle::Toward) && length > 1 {
            arcs.push(Arc {
                end,
                sem: Sem::Aside,
                cost: cost + 1,
            });
        }
        arcs.push(Arc { end, sem, cost });
    }
}

// --- tokens

fn tokens(words: &Words, lexicons: &Lexicons, taken: &[Range<usize>]) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(words.as_slice().len() + 4);
    for (word, text) in words.as_slice().iter().enumerate() {
        let stop = word > 0 && words.stop_before(word);
        let taken = taken.iter().any(|range| range.contains(&word));
        let sign = match (words.dash_before(word), words.slash_before(word)) {
            (true, _) => Some("-"),
            (_, true) => Some("/"),
            _ => None,
        };
        let sign = sign.filter(|_| word > 0);
        let dash = sign.is_some();
        if let Some(sign) = sign {
            tokens.push(Token {
                text: sign.to_owned(),
                word,
                stop,
                glued: false,
                taken,
                has_apostrophe: false,
            });
        }
        // "11: 05" is one time.
        if words.colon_before(word)
            && is_two_figures(text)
            && let Some(hour) = tokens.last_mut()
            && hour.word + 1 == word
            && hour.text.len() <= 2
            && hour.text.bytes().all(|byte| byte.is_ascii_digit())
        {
            hour.text = format!("{}:{text}", hour.text);
            continue;
        }
        for (n, part) in parts(text, lexicons).into_iter().enumerate() {
            tokens.push(Token {
                text: part.to_owned(),
                word,
                stop: stop && n == 0 && !dash,
                glued: n > 0,
                taken,
                has_apostrophe: words.has_apostrophe(word),
            });
        }
    }
    tokens
}

/// "sat11am" is "sat", "11" and "am"; "13-15" is "13", "-" and "15"; "2026-03-14", "14th" and what
/// a language knows as one word stay whole.
fn parts<'w>(word: &'w str, lexicons: &Lexicons) -> Vec<&'w str> {
    let mixed = word.bytes().any(|byte| byte.is_ascii_digit());
    if !mixed || lexicons.know(word) {
        return vec![word];
    }
    let mut parts = Vec::new();
    let mut rest = word;
    // "2moro4pm": a word that begins with a figure stays whole.
    let letters_end = word
        .char_indices()
        .find(|(at, c)| c.is_ascii_digit() && word[..*at].ends_with(char::is_alphabetic));
    if let Some((at, _)) = letters_end
        && lexicons.know(&word[..at])
    {
        parts.push(&word[..at]);
        rest = &word[at..];
    }
    while let Some(first) = rest.chars().next() {
        let figure = first.is_ascii_digit();
        let ends = |c: char| {
            if figure {
                !(c.is_ascii_digit() || matches!(c, ':' | '.' | '/' | '-'))
            } else {
                c.is_ascii_digit()
            }
        };
        let end = rest.find(ends).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        rest = after;
        if figure {
            split_dashes(part, &mut parts);
        } else {
            // "5th", and "5thsept" as well.
            let ending = (1..=3)
                .filter_map(|length| part.get(..length))
                .find(|ending| {
                    let after = &part[ending.len()..];
                    parts.last().is_some_and(|last| is_ordinal(last, ending))
                        && (after.is_empty() || lexicons.know(after))
                });
            match ending.and_then(|ending| Some((ending, parts.pop()?))) {
                Some((ending, last)) => {
                    let start = word.len() - rest.len() - part.len() - last.len();
                    let end = start + last.len() + ending.len();
                    parts.push(&word[start..end]);
                    parts.extend(Some(&part[ending.len()..]).filter(|after| !after.is_empty()));
                }
                None => parts.push(part),
            }
        }
    }
    parts
}

fn is_ordinal(figures: &str, ending: &str) -> bool {
    figures.len() <= 2
        && figures.bytes().all(|byte| byte.is_ascii_digit())
        && in_any(|one| one.grammar.figures.ordinal).has(ending)
}

/// A date keeps its dashes, and so does whatever has more than one.
fn split_dashes<'w>(part: &'w str, parts: &mut Vec<&'w str>) {
    match part.split_once('-') {
        Some((first, last)) if !last.contains('-') => {
            parts.push(first);
            // The dash is borrowed from between them.
            parts.push(&part[first.len()..=first.len()]);
            parts.push(last);
        }
        _ => parts.push(part),
    }
}

fn is_two_figures(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit())
}

// --- figures

/// What a token says that begins with a figure.
fn figures(text: &str, glued: bool) -> Vec<(Sem, u32)> {
    let mut readings = Vec::new();
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        // Right behind a figure one letter is enough.
        if glued {
            let mut all = Language::ALL
                .into_iter()
                .flat_map(|language| Vocabulary::of(language).grammar.figures.glued);
            let found = all.find(|(letter, _)| *letter == text);
            readings.extend(found.map(|(_, word)| (Sem::Word(*word), 0)));
        }
        return readings;
    }
    let figures = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    if figures.len() < text.len() && is_ordinal(figures, &text[figures.len()..]) {
        readings.extend(
            digits(figures)
                .and_then(|number| i16::try_from(number).ok())
                .map(|number| (Sem::Ordinal(number, true), 0)),
        );
        return readings;
    }
    if let Some(number) = digits(text) {
        let length = u8::try_from(text.len()).unwrap_or(u8::MAX);
        readings.push((Sem::Number(number, length), 0));
        if (1990..=2199).contains(&number) {
            readings.push((Sem::Year(i32::from(number)), 0));
        }
        return readings;
    }
    if let Some((full, minute)) = text.split_once(':')
        && minute.len() == 2
        && let Some(clock) = digits(full)
            .zip(digits(minute))
            .and_then(|(a, b)| hour(a, b))
    {
        readings.push((Sem::time(clock, Sure::Yes), 0));
    }
    if text.contains('.') {
        dotted(text, &mut readings);
    }
    if let Some(expression) = dated(text) {
        // "4 y 1/2" is a time.
        let cost = if text == "1/2" { 4 } else { 0 };
        readings.push((Sem::Days(expression), cost));
    }
    match text {
        "1/2" => {
            readings.push((Sem::Share(30), 0));
            readings.push((Sem::Fraction(50), 0));
        }
        "3/4" => readings.push((Sem::Fraction(75), 0)),
        _ => {}
    }
    readings
}

/// "9.30" is a time and "2.5" a number; "20.3" and "06.03" may be dates.
fn dotted(text: &str, readings: &mut Vec<(Sem, u32)>) {
    let Some((full, rest)) = text.split_once('.') else {
        return;
    };
    let (Some(whole), Some(part)) = (digits(full), digits(rest)) else {
        return;
    };
    if rest.len() == 2
        && let Some(clock) = hour(whole, part)
    {
        // Most appointments begin at such minutes.
        let round = part % 5 == 0;
        readings.push((Sem::time(clock, Sure::Yes), if round { 0 } else { 2 }));
    }
    let is_date = |day: u16, month: u16| (1..=12).contains(&month) && (1..=31).contains(&day);
    if rest.len() <= 2 && (is_date(whole, part) || is_date(part, whole)) {
        let expression = Expression::Numeric(whole.into(), part.into(), None);
        // "11.15" is rather a time than the 15th of November.
        readings.push((
            Sem::Days(expression),
            if is_date(whole, part) { 1 } else { 6 },
        ));
    }
    if rest.len() == 1 {
        let hundredths = u32::from(whole) * 100 + u32::from(part) * 10;
        readings.push((Sem::Fraction(hundredths), 0));
    }
}

/// "3/14", "2026-03-14", "14.03.2026".
fn dated(text: &str) -> Option<Expression> {
    let separator = text.find(['/', '-', '.'])?;
    let separator = &text[separator..=separator];
    let parts: Vec<&str> = text.split(separator).collect();
    match *parts {
        [year, month, day] if year.len() == 4 => {
            let (year, month, day) = (digits(year)?, digits(month)?, digits(day)?);
            NaiveDate::from_ymd_opt(year.into(), month.into(), day.into()).map(Expression::Date)
        }
        [a, b, year] if matches!(year.len(), 2 | 4) && a.len() <= 2 && b.len() <= 2 => {
            let century = if year.len() == 2 { 2000 } else { 0 };
            let (a, b) = (digits(a)?.into(), digits(b)?.into());
            Some(Expression::Numeric(
                a,
                b,
                Some(i32::from(digits(year)?) + century),
            ))
        }
        [a, b] if separator == "/" && a.len() <= 2 && b.len() <= 2 => {
            let (a, b) = (digits(a)?, digits(b)?);
            let possible = (1..=31).contains(&a) && (1..=31).contains(&b) && (a <= 12 || b <= 12);
            possible.then(|| Expression::Numeric(a.into(), b.into(), None))
        }
        _ => None,
    }
}

/// One to four figures as a number.
fn digits(text: &str) -> Option<u16> {
    let plain = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}
