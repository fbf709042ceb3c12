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

/// Reads a piece of text by what was `named` before it, and removes the items that it gives up.
pub(super) fn said(
    sentence: &Sentence<'_>,
    scene: &Scene<'_>,
    day: NaiveDate,
    (named, items): (&[Item], &mut Vec<Item>),
    piece: &Piece,
    place: &Range<usize>,
) -> Vec<What> {
    match &piece.sem {
        // "Move Friday's two days later" is counted from the appointment.
        Sem::Thereafter(days) if scene.moving && days.abs() > 1 => Vec::new(),
        Sem::Thereafter(_) | Sem::PartThere(_) => {
            let days = if let Sem::Thereafter(days) = piece.sem {
                days
            } else {
                0
            };
            let what = beside(named, days);
            if days != 0 && what.is_some() && !is_joined(sentence, items, place.start) {
                give_up_named(sentence, scene, items, place.start);
            }
            // "The wedding is on the 4th, could I come that morning?"
            let part = match piece.sem {
                Sem::PartThere(part) => Some(What::Part(part)),
                _ => None,
            };
            what.into_iter().chain(part).collect()
        }
        Sem::WeekdayThereafter(weekday, side) => {
            let what = weekday_beside(scene, named, *weekday, *side);
            if !is_joined(sentence, items, place.start) {
                give_up_named(sentence, scene, items, place.start);
            }
            vec![what]
        }
        // "El 20 es la boda, el viernes anterior".
        Sem::Past
            if sentence.is(place.end - 1, Particle::Before)
                && !named.is_empty()
                && let Some(weekday) = sentence.weekday(place.end - 2) =>
        {
            give_up_named(sentence, scene, items, place.start);
            vec![weekday_beside(scene, named, weekday, Side::Before)]
        }
        Sem::Days(days) if let Some((first, later)) = week_later(scene, named, days) => {
            // What is told of the first one is why it will not do.
            let is_told = !items.iter().any(|item| item.place == first.place);
            if is_told && (scene.moving || scene.cannot_come) {
                items.push(Item { not: true, ..first });
            }
            vec![What::Days(later)]
        }
        Sem::Days(Expression::DayOfMonth(day)) => {
            vec![What::Days(of_same_month(items, *day))]
        }
        // "In January, once the 20th is past".
        Sem::Days(Expression::After(day)) if let Expression::DayOfMonth(day) = **day => {
            let day = Box::new(of_same_month(items, day));
            vec![What::Days(Expression::After(day))]
        }
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
fn of_same_month(before: &[Item], day: u32) -> Expression {
    let month = before.iter().rev().find_map(|item| match item.what {
        What::Days(Expression::MonthDay(month, _) | Expression::Month(month, None)) => Some(month),
        _ => None,
    });
    match month {
        Some(month) => Expression::MonthDay(month, day),
        None => Expression::DayOfMonth(day),
    }
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

/// "I'm away this Thursday, the following Thursday?", "el lunes no puedo, el otro lunes": a week after
/// the one that was named before, which is returned as well.
fn week_later(scene: &Scene<'_>, before: &[Item], days: &Expression) -> Option<(Item, Expression)> {
    let (weekday, is_of_week) = match days {
        Expression::Weekday(weekday, Which::Next) => (*weekday, false),
        Expression::In(day, week) => match (&**day, &**week) {
            (Expression::Weekday(weekday, _), Expression::Week(1)) => (*weekday, true),
            _ => return None,
        },
        _ => return None,
    };
    let is_first = |named: &Expression| match named {
        Expression::Weekday(one, Which::Plain | Which::This) => *one == weekday,
        _ => false,
    };
    let (item, named) = before.iter().rev().find_map(|item| match &item.what {
        What::Days(named) if is_first(named) => Some((item, named)),
        _ => None,
    })?;
    // "Friday? No, Friday next week" is another one already.
    let is_same = || scene.setting.first(named) == scene.setting.first(days);
    let later = Expression::Beside(weekday, Side::After, Box::new(named.clone()));
    (!is_of_week || is_same()).then(|| (item.clone(), later))
}

/// "I'm away next week, the Monday after", "the party is the 20th, so the Friday before": by the day
/// that was named before or is being talked of, and without one the next one.
fn weekday_beside(scene: &Scene<'_>, before: &[Item], weekday: Weekday, side: Side) -> What {
    let named = before.iter().rev().find_map(|item| match &item.what {
        What::Days(expression) => Some(expression.clone()),
        _ => None,
    });
    let last = scene.setting.window.and_then(|(_, last)| last.succ_opt());
    let talked_of = scene.setting.talked_of;
    let talked_of = talked_of.or(last.filter(|_| side == Side::Before));
    let named = named.or(talked_of.map(Expression::Date));
    What::Days(match named {
        Some(named) => Expression::Beside(weekday, side, Box::new(named)),
        None => Expression::Weekday(weekday, Which::Plain),
    })
}

/// Takes out the day by which another one is told, where a clause before names it: the 20th of "the
/// wedding is on the 20th, the day before?".
fn give_up_named(sentence: &Sentence<'_>, scene: &Scene<'_>, items: &mut Vec<Item>, n: usize) {
    let named = items
        .iter()
        .rposition(|item| matches!(item.what, What::Days(_)));
    // "I'm away next week, the Monday after": that is what they cannot do.
    if let Some(named) = named
        && !scene.cannot_come
        && !items[named].not
        && !sentence.clause(items[named].place.start).contains(&n)
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

/// Returns whether a piece that is a weekday and nothing more is that of another day; none if it is
/// something else.
pub(super) fn is_same_weekday(piece: &Piece, what: &What) -> Option<bool> {
    match (&piece.sem, what) {
        (Sem::Days(Expression::Weekday(one, _)), What::Days(Expression::Weekday(other, _))) => {
            Some(one == other)
        }
        _ => None,
    }
}

/// Leaves one of several days, with its times, where it is named once more: "Wednesday or Thursday,
/// Wednesday is better". Where that says no good of it, all are left.
pub(super) fn settle_on(sentence: &Sentence<'_>, items: &mut Vec<Item>) {
    let is_day = |item: &Item| matches!(item.what, What::Days(_)) && !item.not;
    let days: Vec<_> = (0..items.len()).filter(|n| is_day(&items[*n])).collect();
    let [first, .., last] = days[..] else { return };
    // "Monday, or Tuesday; Monday at 3" says more of it.
    let (again, ends) = (&items[last], last + 1 == items.len());
    let What::Days(day) = &again.what else { return };
    if again.joined || !ends || is_refused(sentence, again.place.end) {
        return;
    }
    let is_among = |item: &Item| match &item.what {
        What::Days(Expression::AnyOf(all)) => all.contains(day),
        _ => false,
    };
    if last == first + 1 && is_among(&items[first]) {
        items.remove(first);
        return;
    }
    let is_again = |n: &&usize| matches!(&items[**n].what, What::Days(one) if one == day);
    let (others, _) = days.split_at(days.len() - 1);
    let Some(&meant) = others.iter().find(is_again).filter(|_| others.len() > 1) else {
        return;
    };
    let next = days.iter().find(|n| **n > meant).unwrap_or(&last);
    let kept: Vec<_> = items.drain(meant..*next).collect();
    items.truncate(first);
    let alone = |item| Item {
        joined: false,
        ..item
    };
    items.extend(kept.into_iter().map(alone));
}

/// Returns whether a word of the clause from a lexeme on says that a day or an hour will not do.
fn is_refused(sentence: &Sentence<'_>, n: usize) -> bool {
    let mut rest =
        (n..sentence.clause(n.saturating_sub(1)).end).take_while(|n| *n < sentence.len());
    rest.any(|n| {
        sentence.is(n, Particle::Not)
            || sentence.is(n, Particle::NotAfter)
            || sentence.begins_with(n, |one| one.grammar.figures.refuses)
    })
}
