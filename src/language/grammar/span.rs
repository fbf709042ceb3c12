//! Weeks, months and weekends: "next week", "este finde", "a fin de mes".

use chrono::{Datelike, Days as Count, Months, NaiveDate, Weekday};

use super::{
    Scene,
    calendar::{WEEK, next_date, upcoming},
    date::{Found, Named, Which, which},
    numbered::dated,
};
use crate::language::{day::Weekdays, figure::Figure, sentence::Sentence, vocabulary::Particle};

/// "End of the month", "early next week", "a principios de abril".
pub(super) fn part_of_span(sentence: &Sentence<'_>, scene: &Scene, n: usize) -> Option<Found> {
    let (start, end) = (
        sentence.is(n, Particle::Start),
        sentence.is(n, Particle::End),
    );
    if !(start || end || sentence.is(n, Particle::Middle)) {
        return None;
    }
    let skip = usize::from(sentence.is(n + 1, Particle::The));
    let bare = || bare_span(sentence, scene, n + 1 + skip);
    let (named, next) = span(sentence, scene, n + 1).or_else(bare)?;
    let Named::Between(first, last) = named else {
        return None;
    };
    let at = |days: u64| first.checked_add_days(Count::new(days));
    let long = (last - first).num_days() > 7;
    let (from, to) = match (start, end, long) {
        (true, _, true) => (first, at(9)?),
        (true, _, false) => (first, at(1)?),
        (_, true, true) => (last.checked_sub_days(Count::new(6))?, last),
        // The week ends on Friday.
        (_, true, false) => (
            last.checked_sub_days(Count::new(3))?,
            last.checked_sub_days(Count::new(2))?,
        ),
        (.., true) => (at(9)?, at(19)?),
        (.., false) => (at(2)?, at(3)?),
    };
    let from = from.max(scene.today());
    (from <= to).then_some((Named::Between(from, to), next))
}

/// The week, month or year that is now, where only "the week" was said.
fn bare_span(sentence: &Sentence<'_>, scene: &Scene, n: usize) -> Option<Found> {
    if let Some(month) = sentence.month(n) {
        return Some((month_from(scene.today(), month)?, n + 1));
    }
    if sentence.is(n, Particle::Month) {
        return Some((month_of(scene.today().with_day(1)?)?, n + 1));
    }
    unit_span(sentence, scene.today(), n, Which::This).map(|named| (named, n + 1))
}

/// "Next week", "la semana que viene", "this month", "in April", "the weekend".
pub(super) fn span(sentence: &Sentence<'_>, scene: &Scene, n: usize) -> Option<Found> {
    let today = scene.today();
    if sentence.is(n, Particle::In)
        && let Some(month) = sentence.month(n + 1)
        && sentence.number(n + 2).is_none()
        && !matches!(sentence.figure(n + 2), Some(Figure::Day(_)))
    {
        return Some((month_from(today, month)?, n + 2));
    }
    if sentence.is(n, Particle::AfterNext) {
        let monday = monday_after(today)?.checked_add_days(Count::new(WEEK))?;
        return Some((week_of(monday)?, n + 1));
    }
    if let Some(found) = week_of_day(sentence, scene, n) {
        return Some(found);
    }
    let mut at = n;
    while at < n + 2
        && (sentence.is(at, Particle::The) || sentence.is(at, Particle::OneHour))
        && !sentence.is(at, Particle::Next)
    {
        at += 1;
    }
    let mut which = which(sentence, at);
    at += usize::from(which != Which::Plain);
    let unit = at;
    if sentence.is(unit + 1, Particle::Next)
        && !sentence.stop_before(unit + 1)
        && which == Which::Plain
    {
        which = Which::Next;
        at += 1;
    }
    if sentence.is(unit, Particle::Weekend) {
        return Some((weekend(today, which)?, at + 1));
    }
    if sentence.is(unit, Particle::Weekdays) {
        return Some((Named::Each(Weekdays::WORKING), at + 1));
    }
    if which == Which::Plain {
        return None;
    }
    unit_span(sentence, today, unit, which).map(|named| (named, at + 1))
}

/// "The week of the 16th".
fn week_of_day(sentence: &Sentence<'_>, scene: &Scene, n: usize) -> Option<Found> {
    let at = n + usize::from(sentence.is(n, Particle::The) || sentence.is(n, Particle::OneHour));
    let of = sentence.is(at, Particle::Week) && sentence.is(at + 1, Particle::Of);
    let article = usize::from(!sentence.is(at + 1, Particle::The));
    let (named, next) = dated(sentence, scene, at + 1 + article).filter(|_| of)?;
    let week = named.dates(scene.today()).first()?.week(Weekday::Mon);
    let first = week.checked_first_day()?.max(scene.today());
    Some((Named::Between(first, week.checked_last_day()?), next))
}

fn unit_span(sentence: &Sentence<'_>, today: NaiveDate, n: usize, which: Which) -> Option<Named> {
    let next = which == Which::Next;
    if sentence.is(n, Particle::Week) {
        let monday = monday_after(today)?;
        return if next {
            week_of(monday)
        } else if today.weekday() == Weekday::Sun {
            // On a Sunday "this week" is the one that begins.
            let saturday = monday.checked_add_days(Count::new(WEEK - 2))?;
            Some(Named::Between(monday, saturday))
        } else {
            Some(Named::Between(today, monday.pred_opt()?))
        };
    }
    if sentence.is(n, Particle::Month) {
        let first = today.with_day(1)?;
        let following = first.checked_add_months(Months::new(1))?;
        return if next {
            month_of(following)
        } else {
            Some(Named::Between(today, following.pred_opt()?))
        };
    }
    if sentence.is(n, Particle::Year) && next {
        let year = today.year() + 1;
        let of = |month, day| NaiveDate::from_ymd_opt(year, month, day);
        return Some(Named::Between(of(1, 1)?, of(12, 31)?));
    }
    None
}

fn monday_after(today: NaiveDate) -> Option<NaiveDate> {
    upcoming(today.succ_opt()?, Weekday::Mon)
}

fn week_of(monday: NaiveDate) -> Option<Named> {
    Some(Named::Between(
        monday,
        monday.checked_add_days(Count::new(WEEK - 1))?,
    ))
}

fn month_of(first: NaiveDate) -> Option<Named> {
    let last = first.checked_add_months(Months::new(1))?.pred_opt()?;
    Some(Named::Between(first, last))
}

/// What is left of a month, or the next of its name.
fn month_from(today: NaiveDate, month: u32) -> Option<Named> {
    if today.month() == month {
        let Named::Between(_, last) = month_of(today.with_day(1)?)? else {
            return None;
        };
        return Some(Named::Between(today, last));
    }
    month_of(next_date(today, month, 1)?)
}

/// "Next weekend" may be this one.
fn weekend(today: NaiveDate, which: Which) -> Option<Named> {
    let saturday = upcoming(today, Weekday::Sat)?;
    let inside = today.weekday() == Weekday::Sun;
    let first = if inside { today } else { saturday };
    let later = |days: u64| saturday.checked_add_days(Count::new(days));
    match which {
        Which::Next if inside || today.weekday() == Weekday::Sat => {
            let next = if inside { saturday } else { later(WEEK)? };
            Some(Named::Between(next, next.succ_opt()?))
        }
        Which::Next => Some(Named::OneOf(vec![
            later(0)?,
            later(1)?,
            later(WEEK)?,
            later(WEEK + 1)?,
        ])),
        _ => Some(Named::Between(first, upcoming(first, Weekday::Sun)?)),
    }
}
