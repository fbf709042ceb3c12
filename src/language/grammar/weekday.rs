//! Days by their name: "next Friday", "el viernes que viene", "tomorrow", "Christmas Eve".

use chrono::{Datelike, Days as Count, NaiveDate, Weekday};

use super::{
    Scene,
    calendar::{WEEK, next_date, next_day_of_month, upcoming},
    date::{Found, Named, Which, one, which},
};
use crate::language::{
    day::Weekdays, figure::Figure, lexicon::Meaning, sentence::Sentence, vocabulary::Particle,
};

/// "Next Friday", "el viernes que viene", "viernes 13", "friday week".
pub(super) fn weekday(sentence: &Sentence<'_>, scene: &Scene, n: usize) -> Option<Found> {
    let mut at = n;
    while at < n + 3
        && sentence.weekday(at).is_none()
        && (sentence.is(at, Particle::On) || sentence.is(at, Particle::The))
    {
        at += 1;
    }
    let mut which = which(sentence, at);
    at += usize::from(which != Which::Plain && sentence.weekday(at).is_none());
    let each = sentence
        .meanings(at)
        .iter()
        .find_map(|meaning| match meaning {
            Meaning::Each(weekday) => Some(*weekday),
            _ => None,
        });
    if let Some(weekday) = each {
        let named = if is_possessive(sentence, at) {
            Named::Weekday(weekday, which)
        } else {
            Named::Each(Weekdays::default().and(weekday))
        };
        return Some((named, at + 1));
    }
    let weekday = sentence.weekday(at)?;
    let mut next = at + 1;
    let apart = sentence.stop_before(next);
    if !apart && which == Which::Plain && is_next_alone(sentence, next) {
        which = Which::Next;
        next += 1;
    } else if let Some(after) = week_later(sentence, next).filter(|_| which == Which::Plain) {
        which = Which::WeekLater;
        next = after;
    }
    if let Some((date, next)) = day_of_month(sentence, scene.today(), weekday, next) {
        return Some((one(date), next));
    }
    Some((Named::Weekday(weekday, which), next))
}

/// "Friday's" is one Friday, "Fridays" are all.
fn is_possessive(sentence: &Sentence<'_>, n: usize) -> bool {
    let written = sentence
        .at(n)
        .map(|lexeme| sentence.words.written(lexeme.words.start));
    written.is_some_and(|written| written.contains(['\'', '’']))
}

/// The end of "week" in "Friday week", and of "en ocho" in "el viernes en ocho".
fn week_later(sentence: &Sentence<'_>, n: usize) -> Option<usize> {
    if sentence.stop_before(n) {
        return None;
    }
    if sentence.is(n, Particle::WeekLater) {
        return Some(n + 1);
    }
    let eight = sentence.is(n, Particle::In) && sentence.number(n + 1) == Some(8);
    let days = usize::from(sentence.is(n + 2, Particle::Day));
    eight.then_some(n + 2 + days)
}

/// Whether a day is named by one word.
pub(super) fn plain(sentence: &Sentence<'_>, n: usize) -> bool {
    let ahead = |meaning| matches!(meaning, Meaning::Ahead(_));
    sentence.weekday(n).is_some() || sentence.means(n, ahead)
}

/// "Que viene" after the day, not the "next" of "Friday next week".
fn is_next_alone(sentence: &Sentence<'_>, n: usize) -> bool {
    const UNITS: [Particle; 3] = [Particle::Week, Particle::Month, Particle::Weekend];
    sentence.is(n, Particle::Next) && !UNITS.iter().any(|unit| sentence.is(n + 1, *unit))
}

/// "Friday 13", where the thirteenth is a Friday; else the number is an hour.
fn day_of_month(
    sentence: &Sentence<'_>,
    today: NaiveDate,
    weekday: Weekday,
    n: usize,
) -> Option<(NaiveDate, usize)> {
    if sentence.stop_before(n) {
        return None;
    }
    let at = n + usize::from(sentence.is(n, Particle::The));
    let Some(Figure::Number(day @ 1..=31)) = sentence.figure(at) else {
        return None;
    };
    let dated = sentence.month(at + 1).is_some()
        || sentence.is(at + 1, Particle::Of) && sentence.month(at + 2).is_some();
    let date = next_day_of_month(today, day.into()).filter(|date| date.weekday() == weekday)?;
    (!dated).then_some((date, at + 1))
}

/// "Today", "tomorrow", "Christmas Eve".
pub(super) fn relative(sentence: &Sentence<'_>, scene: &Scene, n: usize) -> Option<Found> {
    let today = scene.today();
    let at = n + usize::from(sentence.is(n, Particle::The) || sentence.is(n, Particle::On));
    sentence.meanings(at).iter().find_map(|meaning| {
        let date = match *meaning {
            Meaning::Ahead(days) => today.checked_add_days(Count::new(days.into()))?,
            Meaning::Feast(month, day) => next_date(today, month, day)?,
            _ => return None,
        };
        match week_later(sentence, at + 1) {
            Some(next) => Some((one(date.checked_add_days(Count::new(WEEK))?), next)),
            None => Some((one(date), at + 1)),
        }
    })
}

/// "Next Friday" said on a Tuesday may be this week's or next week's. From another week on, and on
/// its own day, only one can be meant.
pub(super) fn of_weekday(
    weekday: Weekday,
    which: Which,
    today: NaiveDate,
) -> Option<Vec<NaiveDate>> {
    let first = upcoming(today, weekday)?;
    let second = first.checked_add_days(Count::new(WEEK))?;
    let same_week = first.iso_week() == today.iso_week() || today.weekday() == Weekday::Sun;
    Some(match which {
        Which::WeekLater => vec![second],
        Which::Next if first == today => vec![second],
        Which::Next if same_week => vec![first, second],
        Which::Plain if first == today => vec![first, second],
        Which::This | Which::Next | Which::Plain => vec![first],
    })
}
