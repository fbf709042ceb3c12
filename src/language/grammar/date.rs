//! Days: "next Friday", "el 14 de marzo", "the week after next", "in two weeks".
//!
//! The invariant: a date lies on or after today, unless its year was said.

use chrono::{Days as Count, Months, NaiveDate, TimeDelta, Timelike, Weekday};

use super::{
    Scene, What,
    calendar::{WEEK, next_day_of_month, upcoming},
    is_counted,
    numbered::{self, dated},
    span::{part_of_span, span},
    weekday::{of_weekday, relative, weekday},
};
use crate::language::{day::Weekdays, sentence::Sentence, vocabulary::Particle};

/// Days as they were named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Named {
    /// A weekday, by how it was named.
    Weekday(Weekday, Which),
    /// One of these is meant.
    OneOf(Vec<NaiveDate>),
    /// From the first to the last.
    Between(NaiveDate, NaiveDate),
    /// This day, or another of its week that is named besides: "in two weeks, on Wednesday".
    Around(NaiveDate),
    /// Of any week.
    Each(Weekdays),
}

/// Which of the coming weekdays of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    Plain,
    This,
    Next,
    /// A week after the first.
    WeekLater,
}

/// So many days are looked at after an open beginning.
const OPEN_DAYS: u64 = 90;

pub(super) type Found = (Named, usize);

/// The days that are named from a lexeme on.
pub(super) fn days(sentence: &Sentence<'_>, scene: &Scene, n: usize) -> Option<Found> {
    if let Some(found) = bounded(sentence, scene, n) {
        return Some(found);
    }
    let between = sentence.is(n, Particle::Between);
    let opened = between
        || sentence.is(n, Particle::From)
        || (sentence.is(n, Particle::Of) && !scene.moving);
    let article = sentence.is(n, Particle::The);
    let start = n + usize::from(opened && !article);
    let (first, next) =
        numbered::pair(sentence, scene, start).or_else(|| day(sentence, scene, start))?;
    // Of "del 5" only the article counts.
    let alone = (!opened || article).then(|| (first.clone(), next));
    if scene.moving && !between || !is_to(sentence, next, between) {
        return alone;
    }
    let last_at = next + usize::from(!sentence.dash_before(next));
    let last = day(sentence, scene, last_at).or_else(|| bare(sentence, scene, &first, last_at));
    let range = last.and_then(|(last, end)| Some((through(scene, &first, &last)?, end)));
    range.or(alone)
}

fn is_to(sentence: &Sentence<'_>, n: usize, between: bool) -> bool {
    if sentence.dash_before(n) {
        return true;
    }
    let to = (sentence.is(n, Particle::To) || sentence.is(n, Particle::Until))
        && !sentence.is(n, Particle::For)
        && !sentence.is(n, Particle::At);
    (to || between && sentence.is(n, Particle::And)) && !sentence.stop_before(n)
}

/// The 13 of "between the 10th and 13".
fn bare(sentence: &Sentence<'_>, scene: &Scene, first: &Named, n: usize) -> Option<Found> {
    let dated = matches!(first, Named::OneOf(_));
    let number = sentence
        .number(n)
        .filter(|_| dated && !is_counted(sentence, n))?;
    Some((one(next_day_of_month(scene.today(), number.into())?), n + 1))
}

/// From the first day of one to the last of another after it.
fn through(scene: &Scene, first: &Named, last: &Named) -> Option<Named> {
    let today = scene.today();
    let start = first.first(today)?;
    let end = match last {
        Named::Weekday(weekday, _) => upcoming(start, *weekday)?,
        Named::OneOf(dates) => dates.iter().copied().find(|date| *date >= start)?,
        Named::Around(date) | Named::Between(_, date) => *date,
        Named::Each(_) => return None,
    };
    let named = !matches!(first, Named::Each(_)) && end >= start;
    named.then_some(Named::Between(start, end))
}

/// "After the 15th", "before Friday", "from Thursday on".
fn bounded(sentence: &Sentence<'_>, scene: &Scene, n: usize) -> Option<Found> {
    let is = |particle| sentence.is(n, particle);
    let (after, from) = (is(Particle::After), is(Particle::From) && !is(Particle::Of));
    let (before, until) = (is(Particle::Before), is(Particle::Until));
    let onwards = is(Particle::From) || is(Particle::Of);
    if !(after || from || before || until || onwards) || (scene.moving && onwards) {
        return None;
    }
    // "Antes del 20": the article belongs to the day.
    let article = is(Particle::The);
    let (named, next) = day(sentence, scene, n + usize::from(!article))?;
    let today = scene.today();
    let (first, last) = (named.first(today)?, named.last(today)?);
    if is_to(sentence, next, false) && day(sentence, scene, next + 1).is_some() {
        return None;
    }
    let onwards = onwards && sentence.is(next, Particle::Onwards);
    if after {
        Some((open(last.succ_opt()?)?, next))
    } else if onwards {
        Some((open(first)?, next + 1))
    } else if from {
        Some((open(first)?, next))
    } else if before && first > today {
        Some((Named::Between(today, first.pred_opt()?), next))
    } else {
        (until && last >= today).then_some((Named::Between(today, last), next))
    }
}

fn open(first: NaiveDate) -> Option<Named> {
    Some(Named::Between(
        first,
        first.checked_add_days(Count::new(OPEN_DAYS))?,
    ))
}

/// One day, week, month or weekday.
fn day(sentence: &Sentence<'_>, scene: &Scene, n: usize) -> Option<Found> {
    from_now(sentence, scene, n)
        .or_else(|| part_of_span(sentence, scene, n))
        .or_else(|| span(sentence, scene, n))
        .or_else(|| dated(sentence, scene, n))
        .or_else(|| weekday(sentence, scene, n))
        .or_else(|| relative(sentence, scene, n))
}

/// "In an hour", "en 20 minutos": an instant.
pub(super) fn moment(sentence: &Sentence<'_>, scene: &Scene, n: usize) -> Option<(What, usize)> {
    if !sentence.is(n, Particle::In) || scene.late {
        return None;
    }
    let half = sentence.is(n + 1, Particle::Half) && sentence.is(n + 2, Particle::Hour);
    let (minutes, next) = if half {
        (30, n + 3)
    } else {
        let count = count(sentence, n + 1)?;
        if sentence.is(n + 2, Particle::Minute) {
            (i64::from(count), n + 3)
        } else if sentence.is(n + 2, Particle::Hour) {
            (i64::from(count) * 60, n + 3)
        } else {
            return None;
        }
    };
    let at = scene.now.checked_add_signed(TimeDelta::minutes(minutes))?;
    Some((What::Moment(at.with_second(0)?.with_nanosecond(0)?), next))
}

fn count(sentence: &Sentence<'_>, n: usize) -> Option<u16> {
    let number = sentence.number(n);
    number
        .or_else(|| sentence.is(n, Particle::One).then_some(1))
        .filter(|count| *count <= 365)
}

/// "In two weeks", "3 days from now", "a week from Friday", "de hoy en ocho".
fn from_now(sentence: &Sentence<'_>, scene: &Scene, n: usize) -> Option<Found> {
    let inside = sentence.is(n, Particle::In);
    let start = n + usize::from(inside);
    let number = count(sentence, start)?;
    let unit = |particle| sentence.is(start + 1, particle);
    let mut next = start + 2;
    let later = sentence.is(next, Particle::FromNow) && !sentence.stop_before(next);
    let days_each = if unit(Particle::Fortnight) {
        2 * WEEK
    } else {
        WEEK
    };
    if (unit(Particle::Week) || unit(Particle::Fortnight)) && !inside && !later {
        next += usize::from(sentence.is(next, Particle::Of) || sentence.is(next, Particle::On));
        let (named, next) =
            weekday(sentence, scene, next).or_else(|| relative(sentence, scene, next))?;
        let date = named.first(scene.today())?;
        let later = date.checked_add_days(Count::new(days_each * u64::from(number)))?;
        return Some((one(later), next));
    }
    if !inside && !later {
        return None;
    }
    let today = scene.today();
    let ahead = |days: u64| today.checked_add_days(Count::new(days));
    let dates = if unit(Particle::Day) {
        // Spanish counts today: "ocho días" is a week.
        match (number, spanish_days(sentence, start + 1)) {
            (8 | 15, true) => vec![ahead(u64::from(number) - 1)?, ahead(number.into())?],
            _ => vec![ahead(number.into())?],
        }
    } else if unit(Particle::Week) || unit(Particle::Fortnight) {
        let named = Named::Around(ahead(days_each * u64::from(number))?);
        return Some((named, next + usize::from(later)));
    } else if unit(Particle::Month) {
        vec![today.checked_add_months(Months::new(number.into()))?]
    } else {
        return None;
    };
    Some((Named::OneOf(dates), next + usize::from(later)))
}

fn spanish_days(sentence: &Sentence<'_>, n: usize) -> bool {
    sentence
        .at(n)
        .is_some_and(|lexeme| sentence.words.as_slice()[lexeme.words.start] == "dias")
}

pub(super) fn one(date: NaiveDate) -> Named {
    Named::OneOf(vec![date])
}

/// Which of several a word before or after says.
pub(super) fn which(sentence: &Sentence<'_>, n: usize) -> Which {
    if sentence.is(n, Particle::Next) {
        Which::Next
    } else if sentence.is(n, Particle::This) || sentence.is(n, Particle::Coming) {
        Which::This
    } else {
        Which::Plain
    }
}

// === impl Named ===

impl Named {
    /// The dates that may be meant; none where it is no one day.
    pub(super) fn dates(&self, today: NaiveDate) -> Vec<NaiveDate> {
        match self {
            Self::Weekday(weekday, which) => {
                of_weekday(*weekday, *which, today).unwrap_or_default()
            }
            Self::OneOf(dates) => dates.clone(),
            Self::Around(date) => vec![*date],
            Self::Between(first, last) if first == last => vec![*first],
            Self::Between(..) | Self::Each(_) => Vec::new(),
        }
    }

    fn first(&self, today: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Between(first, _) => Some(*first),
            _ => self.dates(today).first().copied(),
        }
    }

    fn last(&self, today: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Between(_, last) => Some(*last),
            _ => self.dates(today).last().copied(),
        }
    }
}
