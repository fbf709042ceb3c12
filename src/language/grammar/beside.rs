//! Days and times that are told by those named before: "the day after", "the one after".

use std::ops::Range;

use chrono::{NaiveDate, Weekday};

use super::{Item, Scene, What, is_joined, ranking::Piece, whats};
use crate::language::{
    chart::Sem,
    expression::{Expression, Side, Unit, Which},
    sentence::Sentence,
    vocabulary::Particle,
};

/// What a piece says after what was `named`; of the items before it, those that it gives up are
/// taken out.
pub(super) fn said(
    sentence: &Sentence<'_>,
    scene: &Scene<'_>,
    day: NaiveDate,
    (named, items): (&[Item], &mut Vec<Item>),
    piece: &Piece,
    place: &Range<usize>,
) -> Vec<What> {
    match &piece.sem {
        Sem::Thereafter(days) => {
            let what = beside(named, *days);
            if what.is_some() && !is_joined(sentence, items, place.start) {
                give_up_named(sentence, items, place.start);
            }
            what.into_iter().collect()
        }
        Sem::WeekdayThereafter(weekday, side) => {
            let what = weekday_beside(named, *weekday, *side);
            if !is_joined(sentence, items, place.start) {
                give_up_named(sentence, items, place.start);
            }
            vec![what]
        }
        // "El 20 es la boda, el viernes anterior".
        Sem::Past
            if sentence.is(place.end - 1, Particle::Before)
                && !named.is_empty()
                && let Some(weekday) = sentence.weekday(place.end - 2) =>
        {
            give_up_named(sentence, items, place.start);
            vec![weekday_beside(named, weekday, Side::Before)]
        }
        Sem::Days(Expression::DayOfMonth(day)) => vec![of_same_month(items, *day)],
        // "Straight after, at quarter past 10".
        Sem::From(clock)
            if sentence.is(place.start, Particle::After)
                && sentence.is(place.start + 1, Particle::At) =>
        {
            vec![What::At {
                clock: *clock,
                about: false,
            }]
        }
        // "El siguiente a las 5".
        Sem::From(clock)
            if place.start > 0
                && sentence.is(place.start - 1, Particle::Following)
                && sentence.is(place.start, Particle::At) =>
        {
            vec![What::At {
                clock: *clock,
                about: false,
            }]
        }
        sem => whats(scene, day, sem),
    }
}

/// "I get off at 5, so after that": from 5 on.
pub(super) fn begin_there(items: &mut [Item]) {
    let clock = |item: &Item| match item.what {
        What::At { clock, .. } | What::Until(clock) => Some(clock),
        _ => None,
    };
    if let Some((last, from)) = items
        .iter_mut()
        .rev()
        .find_map(|item| clock(item).map(|clock| (item, clock)))
    {
        last.what = What::From(from);
    }
}

/// "Not the 12th of May, the 13th": of that month too.
fn of_same_month(before: &[Item], day: u32) -> What {
    let month = before.iter().rev().find_map(|item| match item.what {
        What::Days(Expression::MonthDay(month, _) | Expression::Month(month, None)) => Some(month),
        _ => None,
    });
    What::Days(match month {
        Some(month) => Expression::MonthDay(month, day),
        None => Expression::DayOfMonth(day),
    })
}

/// "Not tomorrow, the day after".
fn beside(before: &[Item], days: i32) -> Option<What> {
    let named = before.iter().rev().find_map(|item| match &item.what {
        What::Days(expression) => Some(expression.clone()),
        _ => None,
    })?;
    Some(What::Days(Expression::Offset(
        Box::new(named),
        days,
        Unit::Day,
    )))
}

/// "I'm away next week, the Monday after", "the party is the 20th, so the Friday before": by the day
/// that was named before, and without one the next one.
fn weekday_beside(before: &[Item], weekday: Weekday, side: Side) -> What {
    let named = before.iter().rev().find_map(|item| match &item.what {
        What::Days(expression) => Some(expression.clone()),
        _ => None,
    });
    What::Days(match named {
        Some(named) => Expression::Beside(weekday, side, Box::new(named)),
        None => Expression::Weekday(weekday, Which::Plain),
    })
}

/// Takes out the day by which another one is told, where a clause before names it: the 20th of "the
/// wedding is on the 20th, the day before?".
fn give_up_named(sentence: &Sentence<'_>, items: &mut Vec<Item>, n: usize) {
    let named = items
        .iter()
        .rposition(|item| matches!(item.what, What::Days(_)));
    if let Some(named) = named
        && !items[named].not
        && (items[named].place.end..=n).any(|n| sentence.stop_before(n))
    {
        items.remove(named);
    }
}

/// "Not this Friday, the one after", "not Friday next week, the one after".
pub(super) fn following(before: &[Item]) -> Option<What> {
    before.iter().rev().find_map(|item| match &item.what {
        What::Days(Expression::Weekday(weekday, _)) => {
            Some(What::Days(Expression::Weekday(*weekday, Which::WeekLater)))
        }
        What::Days(Expression::In(day, week)) => match **week {
            Expression::Week(ahead) => {
                let later = Box::new(Expression::Week(ahead + 1));
                Some(What::Days(Expression::In(day.clone(), later)))
            }
            _ => None,
        },
        _ => None,
    })
}

/// Returns whether a piece is the weekday of another day and nothing more.
pub(super) fn is_same_weekday(piece: &Piece, what: &What) -> bool {
    match (&piece.sem, what) {
        (Sem::Days(Expression::Weekday(one, _)), What::Days(Expression::Weekday(other, _))) => {
            one == other
        }
        _ => false,
    }
}
