//! The rules: how parts of days and times become larger ones, in any language.
//!
//! A rule tells what stands side by side and what that is. Which words do what in a language is
//! the vocabulary's to say; a rule for one word order serves every language that has it.
#![expect(
    clippy::unnecessary_wraps,
    reason = "what a rule makes is an option, since some parts fit only by their values"
)]

use super::{
    Rule, Slot,
    sem::{Sem, Sure, Times},
};
use crate::language::{
    clock::Clock,
    expression::{Expression, hour},
};

/// The places of a pattern: `<Of>` and `<Of|On>` are small words, `?Of` and `?(Of On)` those that may
/// be left out, and a name is what a part has to be.
macro_rules! slots {
    (@ [$($done:expr,)*]) => { vec![$($done),*] };
    (@ [$($done:expr,)*] <$word:ident> $($rest:tt)*) => {
        slots!(@ [$($done,)* Slot::Word(Particle::$word),] $($rest)*)
    };
    (@ [$($done:expr,)*] <$first:ident $(| $more:ident)+> $($rest:tt)*) => {
        slots!(@ [$($done,)* Slot::OneOf(&[Particle::$first $(, Particle::$more)+]),] $($rest)*)
    };
    (@ [$($done:expr,)*] ?($($word:ident)+) $($rest:tt)*) => {
        slots!(@ [$($done,)* Slot::Maybe(&[$(Particle::$word),+]),] $($rest)*)
    };
    (@ [$($done:expr,)*] ?$word:ident $($rest:tt)*) => {
        slots!(@ [$($done,)* Slot::Maybe(&[Particle::$word]),] $($rest)*)
    };
    (@ [$($done:expr,)*] $test:ident $($rest:tt)*) => {
        slots!(@ [$($done,)* Slot::Is($test),] $($rest)*)
    };
}

/// What a word behind a pattern says.
macro_rules! flag {
    (loose loose) => {
        true
    };
    (loose cost) => {
        false
    };
    (cost loose) => {
        0
    };
    (cost cost $value:literal) => {
        $value
    };
}

/// A table of rules, each `[pattern] => what the parts come to`. Of a `loose` rule a comma or full
/// stop may stand between the parts; its `cost` speaks against it.
macro_rules! rules {
    ($([$($slot:tt)+] $($flag:ident $(= $value:literal)?)* => $make:expr,)*) => {
        vec![$(Rule {
            pattern: slots!(@ [] $($slot)+),
            make: $make,
            loose: false $(|| flag!(loose $flag))*,
            cost: 0 $(+ flag!(cost $flag $($value)?))*,
        }),*]
    };
}

mod clock;
mod days;
mod spans;
mod together;

pub(super) use self::clock::run_together;

/// All of them.
pub(super) fn all() -> Vec<Rule> {
    let parts = [
        clock::rules(),
        days::rules(),
        spans::rules(),
        together::rules(),
    ];
    parts.into_iter().flatten().collect()
}

// --- what a part may be

fn is_number(sem: &Sem) -> bool {
    matches!(sem, Sem::Number(..))
}

fn is_hour_number(sem: &Sem) -> bool {
    matches!(sem, Sem::Number(0..=23, 0..=2))
}

fn is_weekday(sem: &Sem) -> bool {
    matches!(sem, Sem::Weekday(_))
}

fn is_month(sem: &Sem) -> bool {
    matches!(sem, Sem::Month(_))
}

fn is_year(sem: &Sem) -> bool {
    matches!(sem, Sem::Year(_))
}

fn is_ordinal(sem: &Sem) -> bool {
    matches!(sem, Sem::Ordinal(..))
}

/// A number or place that can be a day of a month.
fn is_day_number(sem: &Sem) -> bool {
    day_number(sem).is_some()
}

fn day_number(sem: &Sem) -> Option<u32> {
    match sem {
        Sem::Number(number @ 1..=31, 0..=2) => Some(u32::from(*number)),
        Sem::Ordinal(number @ 1..=31, _) => u32::try_from(*number).ok(),
        _ => None,
    }
}

fn is_days(sem: &Sem) -> bool {
    matches!(sem, Sem::Days(_))
}

/// One day, or one of several.
fn is_day(sem: &Sem) -> bool {
    matches!(sem, Sem::Days(days) if !days.is_span())
}

fn is_span(sem: &Sem) -> bool {
    matches!(sem, Sem::Days(days) if days.is_span())
}

fn is_month_span(sem: &Sem) -> bool {
    matches!(sem, Sem::Month(_)) || matches!(sem, Sem::Days(days) if days.is_month())
}

fn is_times(sem: &Sem) -> bool {
    matches!(sem, Sem::Times(_))
}

/// A time, or a number that would be one.
fn is_time_like(sem: &Sem) -> bool {
    is_hour_number(sem) || is_times(sem)
}

/// "One", which is rather a thing than an hour.
fn is_one(sem: &Sem) -> bool {
    matches!(sem, Sem::Number(1, 0))
}

/// A part of the day that belongs to the hour before it.
fn is_part_of(sem: &Sem) -> bool {
    matches!(sem, Sem::PartOf(_))
}

/// One time, or a number that would be one.
fn is_one_time(sem: &Sem) -> bool {
    is_hour_number(sem) || matches!(sem, Sem::Times(times) if times.at.len() == 1)
}

fn is_minutes(sem: &Sem) -> bool {
    matches!(sem, Sem::Minutes(_))
}

fn is_count(sem: &Sem) -> bool {
    matches!(sem, Sem::Count(..))
}

fn is_part(sem: &Sem) -> bool {
    matches!(sem, Sem::Part(_) | Sem::PartOf(_))
}

// --- what they come to

fn days(expression: Expression) -> Option<Sem> {
    Some(Sem::Days(expression))
}

fn expression(sem: &Sem) -> Option<Expression> {
    match sem {
        Sem::Days(expression) => Some(expression.clone()),
        Sem::Month(month) => Some(Expression::Month(*month, None)),
        _ => None,
    }
}

fn boxed(sem: &Sem) -> Option<Box<Expression>> {
    expression(sem).map(Box::new)
}

fn number(sem: &Sem) -> Option<u16> {
    match sem {
        Sem::Number(number, _) => Some(*number),
        _ => None,
    }
}

/// The times of a part; a bare number is an hour.
pub(super) fn times(sem: &Sem) -> Option<Times> {
    match sem {
        Sem::Times(times) => Some(times.clone()),
        Sem::Number(full, 0..=2) => Some(Times {
            at: vec![hour(*full, 0)?],
            about: false,
            sure: Sure::No,
        }),
        _ => None,
    }
}

fn one_clock(sem: &Sem) -> Option<Clock> {
    times(sem).and_then(|times| times.at.first().copied())
}

/// The times, which the words around them say are some.
fn surely(sem: &Sem) -> Option<Times> {
    let times = times(sem)?;
    Some(Times {
        sure: Sure::Yes,
        ..times
    })
}

fn identity(parts: &[&Sem]) -> Option<Sem> {
    Some(parts[0].clone())
}
