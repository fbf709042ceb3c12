//! What was said about day and time, put together.

use chrono::{Datelike, Days as Count, NaiveDate, Timelike, Weekday};

use super::{
    Item, Scene, What,
    calendar::WEEK,
    date::{Named, Which},
};
use crate::language::{
    clock::{Clock, Times},
    day::{Days, Weekdays},
    when::When,
};

/// What items come to that speak of the same appointment.
pub(super) fn when<'a>(items: impl Iterator<Item = &'a Item>, scene: &Scene) -> When {
    let items: Vec<_> = items.collect();
    let mut when = When::default();
    let mut named: Vec<(Named, bool)> = Vec::new();
    for item in &items {
        if item.not {
            rule_out(&mut when, &item.what, scene.today());
            continue;
        }
        match &item.what {
            What::Days(days) => named.push((days.clone(), item.joined)),
            What::Moment(at) => {
                named.push((Named::OneOf(vec![at.date()]), item.joined));
                let minute = u16::try_from(at.hour() * 60 + at.minute()).unwrap_or_default();
                note(&mut when.times, Clock::At(minute), false);
            }
            What::Today(part) => {
                named.push((Named::OneOf(vec![scene.today()]), item.joined));
                when.times.parts.push(*part);
            }
            What::At { clock, about } => note(&mut when.times, *clock, *about),
            What::From(clock) => when.times.from = Some(*clock),
            What::Until(clock) => when.times.until = Some(*clock),
            What::Hours(from, until) => {
                when.times.from = Some(*from);
                when.times.until = Some(*until);
            }
            What::Part(part) if when.times.parts.contains(part) => {}
            What::Part(part) => when.times.parts.push(*part),
        }
    }
    when.days = days(&named, scene.today());
    settle(&mut when.times);
    sharpen(&mut when.times);
    when.pairs = pairs(&items, when.days.as_ref(), scene.today());
    when
}

/// "Monday at 10 or Tuesday at 3": no Monday at 3.
fn pairs(items: &[&Item], days: Option<&Days>, today: NaiveDate) -> Vec<(NaiveDate, Clock)> {
    let (mut pairs, mut complete) = (Vec::new(), 0);
    let mut said = items.iter().filter(|item| !item.not).peekable();
    while let Some(item) = said.next() {
        let next = said.next_if(|next| !next.joined);
        let (named, clock) = match (&item.what, next.map(|next| &next.what)) {
            (What::Days(named), Some(What::At { clock, .. }))
            | (What::At { clock, .. }, Some(What::Days(named))) => (named, *clock),
            // Something else was said besides, which goes with all of them.
            _ => return Vec::new(),
        };
        let meant = |date: &NaiveDate| days.is_some_and(|days| days.contain(*date));
        pairs.extend(
            named
                .dates(today)
                .into_iter()
                .filter(meant)
                .map(|date| (date, clock)),
        );
        complete += 1;
    }
    if complete > 1 { pairs } else { Vec::new() }
}

fn note(times: &mut Times, clock: Clock, about: bool) {
    if !times.at.contains(&clock) {
        times.at.push(clock);
    }
    times.about |= about;
}

fn rule_out(when: &mut When, what: &What, today: NaiveDate) {
    let except = &mut when.except;
    match what {
        What::Days(Named::Weekday(weekday, Which::Plain)) => {
            except.weekdays = except.weekdays.and(*weekday);
        }
        What::Days(Named::Each(weekdays)) => {
            except.weekdays = weekdays.iter().fold(except.weekdays, Weekdays::and);
        }
        What::Days(Named::Between(first, last)) => except.days.push((*first, *last)),
        What::Days(named @ (Named::OneOf(_) | Named::Weekday(..) | Named::Around(_))) => {
            let dates = named.dates(today);
            except.days.extend(dates.iter().map(|date| (*date, *date)));
        }
        What::Part(part) => except.parts.push(*part),
        What::Today(_) => except.days.push((today, today)),
        // "At 4, not 5": nothing at 5 was wished anyway.
        _ => {}
    }
}

/// "At 4 in the afternoon" is one time, not a time and a part of the day.
fn settle(times: &mut Times) {
    let [part] = *times.parts else { return };
    let within = |clock: &mut Clock| *clock = clock.in_part(part);
    times.from.iter_mut().for_each(within);
    times.until.iter_mut().for_each(within);
    if !times.at.is_empty() {
        times.at.iter_mut().for_each(within);
    }
    if !times.at.is_empty() || times.from.is_some() && times.until.is_some() {
        times.parts.clear();
    }
}

/// "After work, like 5:30" is a time, which says more than its bounds.
fn sharpen(times: &mut Times) {
    let bounds = Times {
        from: times.from,
        until: times.until,
        ..Times::default()
    };
    let inside = |clock: &Clock| clock.minutes().any(|minute| bounds.contain(minute));
    if !times.at.is_empty() && times.at.iter().all(inside) {
        times.from = None;
        times.until = None;
    }
}

/// The days that all of the names together mean.
fn days(named: &[(Named, bool)], today: NaiveDate) -> Option<Days> {
    let joined = named.iter().skip(1).any(|(_, joined)| *joined);
    let by_weekday = named
        .iter()
        .any(|(named, _)| matches!(named, Named::Weekday(..)));
    let (mut spans, mut single, mut each) = (Vec::new(), Vec::new(), Weekdays::default());
    for (named, _) in named {
        match named {
            Named::Between(first, last) => spans.push((*first, *last)),
            Named::Around(date) if by_weekday => spans.push(week_around(*date)?),
            Named::Each(weekdays) => each = weekdays.iter().fold(each, Weekdays::and),
            Named::Around(_) | Named::Weekday(..) | Named::OneOf(_) => single.push(named),
        }
    }
    match (single.is_empty(), spans.as_slice()) {
        (true, []) => (!each.is_empty()).then_some(Days::Each(each)),
        (true, spans) if each.is_empty() => match covered(spans, joined)? {
            Days::Between(first, last) if first == last => Some(Days::OneOf(vec![first])),
            days => Some(days),
        },
        (true, [(first, last), ..]) => any_of(within(each, *first, *last)),
        (false, [(first, last), ..]) => match among(&single, *first, *last) {
            dates if dates.is_empty() => one_day(&single, joined, today),
            dates if dates.len() == 1 => Some(Days::OneOf(and_a_week_later(dates, *first, today))),
            dates => any_of(dates),
        },
        (false, []) => one_day(&single, joined, today),
    }
}

fn week_around(date: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let week = date.week(Weekday::Mon);
    Some((week.checked_first_day()?, week.checked_last_day()?))
}

/// On a Sunday, "Friday next week" may be in five days or in twelve.
fn and_a_week_later(
    mut dates: Vec<NaiveDate>,
    first: NaiveDate,
    today: NaiveDate,
) -> Vec<NaiveDate> {
    let begins = today.weekday() == Weekday::Sun && today.succ_opt() == Some(first);
    let later = dates
        .first()
        .and_then(|date| date.checked_add_days(Count::new(WEEK)));
    dates.extend(later.filter(|_| begins));
    dates
}

/// One span, several that are joined, or what two have in common.
fn covered(spans: &[(NaiveDate, NaiveDate)], joined: bool) -> Option<Days> {
    let (first, last) = spans.iter().copied().reduce(|a, b| {
        if joined {
            (a.0.min(b.0), a.1.max(b.1))
        } else if a.0.max(b.0) <= a.1.min(b.1) {
            (a.0.max(b.0), a.1.min(b.1))
        } else {
            a
        }
    })?;
    Some(Days::Between(first, last))
}

fn within(weekdays: Weekdays, first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
    let dates = first.iter_days().take_while(|date| *date <= last).take(400);
    dates
        .filter(|date| weekdays.contain(date.weekday()))
        .collect()
}

/// The dates of a span that are named: "Friday next week".
fn among(single: &[&Named], first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
    let inside = |named: &&Named| match named {
        Named::Weekday(weekday, _) => within(Weekdays::default().and(*weekday), first, last),
        Named::OneOf(dates) => {
            let dates = dates.iter().copied();
            dates.filter(|date| (first..=last).contains(date)).collect()
        }
        _ => Vec::new(),
    };
    let mut dates: Vec<_> = single.iter().flat_map(inside).collect();
    dates.sort_unstable();
    dates.dedup();
    dates
}

fn any_of(dates: Vec<NaiveDate>) -> Option<Days> {
    (!dates.is_empty()).then_some(Days::AnyOf(dates))
}

fn one_day(single: &[&Named], joined: bool, today: NaiveDate) -> Option<Days> {
    let dates = single
        .iter()
        .map(|named| (named.dates(today), matches!(named, Named::Weekday(..))));
    let dates: Vec<_> = dates.filter(|(dates, _)| !dates.is_empty()).collect();
    if joined {
        let mut dates: Vec<_> = in_turn(dates.into_iter().map(|(dates, _)| dates));
        dates.sort_unstable();
        dates.dedup();
        return any_of(dates);
    }
    let agreed = dates.into_iter().reduce(agreed)?;
    Some(Days::OneOf(agreed.0))
}

/// On a Tuesday, the Tuesday of "Monday or Tuesday" is the one after that Monday.
fn in_turn(named: impl Iterator<Item = Vec<NaiveDate>>) -> Vec<NaiveDate> {
    let mut all: Vec<NaiveDate> = Vec::new();
    for dates in named {
        let before = all.last().copied();
        let after = |date: &NaiveDate| before.is_none_or(|before| *date > before);
        let later: Vec<_> = dates.iter().copied().filter(after).collect();
        all.extend(if later.is_empty() { dates } else { later });
    }
    all
}

type Dates = (Vec<NaiveDate>, bool);

/// The dates that both name, or else all: then it has to be asked. "Friday 13 March" is the date,
/// since the weekday only says it again.
fn agreed(a: Dates, b: Dates) -> Dates {
    let mut both: Vec<_> =
        a.0.iter()
            .copied()
            .filter(|date| b.0.contains(date))
            .collect();
    if both.is_empty() {
        let (weekday, dated) = if a.1 { (&a, &b) } else { (&b, &a) };
        let same = |date: &&NaiveDate| {
            weekday.1
                && weekday
                    .0
                    .iter()
                    .any(|other| other.weekday() == date.weekday())
        };
        both = dated.0.iter().filter(same).copied().collect();
    }
    if both.is_empty() {
        both = a.0.into_iter().chain(b.0).collect();
        both.sort_unstable();
        both.dedup();
    }
    (both, a.1 && b.1)
}
