//! Days by their number: "the 14th", "14 de marzo", "3/14".

use chrono::{Datelike, NaiveDate};

use super::{
    Scene,
    calendar::{next_date, next_day_of_month},
    date::{Found, Named, one},
    is_counted,
    span::span,
};
use crate::language::{
    figure::Figure, intent::Intent, reading::DateOrder, sentence::Sentence, vocabulary::Particle,
};

/// "The 14th", "14 de marzo", "3/14", "March 14".
pub(super) fn dated(sentence: &Sentence<'_>, scene: &Scene, n: usize) -> Option<Found> {
    let today = scene.today();
    let mut at = n;
    while at < n + 3
        && (sentence.is(at, Particle::On) || sentence.is(at, Particle::The))
        && sentence.month(at).is_none()
    {
        at += 1;
    }
    let article = at > n && sentence.is(at - 1, Particle::The);
    // "The one" is no day, "el uno" is one.
    let a_thing = article && is_word(sentence, at - 1, "the") && sentence.figure(at).is_none();
    match sentence.figure(at) {
        Some(Figure::Date(date)) => return Some((one(date), at + 1)),
        Some(Figure::DayMonth(a, b)) => {
            let read = |month, day| next_date(today, month, day);
            return Some((Named::OneOf(in_order(scene.order, a, b, read)?), at + 1));
        }
        Some(Figure::Dated {
            first,
            second,
            year,
        }) => {
            let read = |month, day| NaiveDate::from_ymd_opt(year, month, day);
            return Some((
                Named::OneOf(in_order(scene.order, first, second, read)?),
                at + 1,
            ));
        }
        _ => {}
    }
    if let Some(month) = sentence.month(at) {
        let the = usize::from(sentence.is(at + 1, Particle::The));
        let day = day_number(sentence, at + 1 + the)?;
        return with_year(sentence, today, month, day, at + 2 + the);
    }
    let day = day_number(sentence, at)?;
    let of = usize::from(sentence.is(at + 1, Particle::Of));
    if let Some(month) = sentence.month(at + 1 + of) {
        return with_year(sentence, today, month, day, at + 2 + of);
    }
    let in_month = of == 1 && (at + 2..at + 5).any(|n| sentence.is(n, Particle::Month));
    if in_month && let Some((Named::Between(first, _), next)) = span(sentence, scene, at + 2) {
        return Some((one(first.with_day(day)?), next));
    }
    let marked = matches!(sentence.figure(at), Some(Figure::Day(_)));
    let ordinal = sentence.ordinal(at).is_some();
    // "The second" may be the second of a list.
    let dated = if ordinal {
        day == 1 || day > 3
    } else {
        !a_thing
    };
    let on = (n..at).any(|n| sentence.is(n, Particle::On));
    let told = marked && (on || !is_of_list(sentence, at + 1))
        || article && dated && !marked && !is_counted(sentence, at);
    told.then(|| next_day_of_month(today, day))
        .flatten()
        .map(|date| (one(date), at + 1))
}

/// "14 o 15 de abril", "April 2 or 3", "del 14 al 16 de abril": two days of one month.
pub(super) fn pair(sentence: &Sentence<'_>, scene: &Scene, n: usize) -> Option<Found> {
    let the = |n: usize| n + usize::from(sentence.is(n, Particle::The));
    let month_first = sentence.month(n);
    let first_at = if month_first.is_some() { n + 1 } else { the(n) };
    let first = day_number(sentence, first_at)?;
    let joint = first_at + 1;
    let to = sentence.is(joint, Particle::To) || sentence.dash_before(joint);
    let or = sentence.is(joint, Particle::Or) || sentence.is(joint, Particle::And);
    if !(to || or) || sentence.is(joint, Particle::For) {
        return None;
    }
    // "Al" is both "to" and "the".
    let last_at = the(joint + usize::from(!sentence.dash_before(joint)));
    let last = day_number(sentence, last_at)?;
    let of = usize::from(sentence.is(last_at + 1, Particle::Of));
    let (month, next) = match month_first {
        Some(month) if !is_counted(sentence, last_at) && last > first => (month, last_at + 1),
        Some(_) => return None,
        None => (sentence.month(last_at + 1 + of)?, last_at + 2 + of),
    };
    let today = scene.today();
    let (first, last) = (
        next_date(today, month, first)?,
        next_date(today, month, last)?,
    );
    let named = if to && first <= last {
        Named::Between(first, last)
    } else {
        let mut dates = vec![first, last];
        dates.sort_unstable();
        Named::OneOf(dates)
    };
    Some((named, next))
}

/// "The 3rd one", "3rd floor".
fn is_of_list(sentence: &Sentence<'_>, n: usize) -> bool {
    let thing = sentence.is_unknown(n)
        || sentence.spelled(n).is_some()
        || sentence.is(n, Particle::Label)
        || sentence.intent(n) == Some(Intent::Book);
    thing && !sentence.stop_before(n)
}

fn is_word(sentence: &Sentence<'_>, n: usize, word: &str) -> bool {
    let first = sentence.at(n).map(|lexeme| lexeme.words.start);
    first.is_some_and(|first| sentence.words.as_slice()[first] == word)
}

fn with_year(
    sentence: &Sentence<'_>,
    today: NaiveDate,
    month: u32,
    day: u32,
    n: usize,
) -> Option<Found> {
    let of = usize::from(sentence.is(n, Particle::Of));
    if let Some(year @ 2000..=2200) = sentence.number(n + of) {
        let date = NaiveDate::from_ymd_opt(year.into(), month, day)?;
        return Some((one(date), n + of + 1));
    }
    Some((one(next_date(today, month, day)?), n))
}

/// A number that can be a day of a month.
fn day_number(sentence: &Sentence<'_>, n: usize) -> Option<u32> {
    let day = match sentence.figure(n) {
        Some(Figure::Day(day)) => day,
        _ => sentence.number(n).or_else(|| sentence.ordinal(n))?.into(),
    };
    (1..=31).contains(&day).then_some(day)
}

/// The dates that two numbers can be, in the order in which they are written here first.
fn in_order(
    order: DateOrder,
    a: u32,
    b: u32,
    read: impl Fn(u32, u32) -> Option<NaiveDate>,
) -> Option<Vec<NaiveDate>> {
    let (day_first, month_first) = (read(b, a), read(a, b));
    let mut dates: Vec<_> = match order {
        DateOrder::DayFirst => day_first.or(month_first).into_iter().collect(),
        DateOrder::MonthFirst => month_first.or(day_first).into_iter().collect(),
        DateOrder::Either => day_first.into_iter().chain(month_first).collect(),
    };
    dates.sort_unstable();
    dates.dedup();
    (!dates.is_empty()).then_some(dates)
}
