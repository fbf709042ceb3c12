//! What was said about day and time, put together.

use chrono::{Datelike, Days as Count, NaiveDate, NaiveDateTime, Timelike, Weekday};

use super::{Item, Scene, What};
use crate::language::{
    clock::{Clock, DayPart, Times},
    day::{Days, Weekdays},
    expression::{Expression, Which},
    resolve::{Resolved, Setting},
    when::When,
};

/// So many days are looked at after an open beginning.
const OPEN_DAYS: u64 = 90;

/// What items come to that speak of the same appointment.
pub(super) fn when<'a>(items: impl Iterator<Item = &'a Item>, scene: &Scene<'_>) -> When {
    let items: Vec<_> = items.collect();
    let mut when = When::default();
    let mut named: Vec<(Expression, bool)> = Vec::new();
    for item in &items {
        if item.not {
            rule_out(&mut when, &item.what, &scene.setting);
            continue;
        }
        match &item.what {
            What::Days(days) => named.push((days.clone(), item.joined)),
            What::Moment { at, about } => {
                named.push((Expression::Date(at.date()), item.joined));
                let minute = u16::try_from(at.hour() * 60 + at.minute()).unwrap_or_default();
                note(&mut when.times, Clock::At(minute), *about);
            }
            What::Today(part) => {
                named.push((Expression::Ahead(0), item.joined));
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
    when.days = days(&named, &scene.setting);
    if let Some(Days::OneOf(dates)) = &mut when.days
        && dates.iter().any(|date| !when.except.has_day(*date))
    {
        // "Not this week. Next Wednesday?"
        dates.retain(|date| !when.except.has_day(*date));
    }
    settle(&mut when.times);
    if let Some((opens, closes)) = scene.open {
        when = when.within(|minute| (opens..closes).contains(&minute));
    }
    sharpen(&mut when.times);
    leave_out_over(&mut when, scene.now);
    let mut wished = items.iter().filter(|item| !item.not);
    when.other_clock = wished.find_map(|item| item.other_clock.clone());
    spare_wished(&mut when, &scene.setting);
    when.pairs = pairs(&items, when.days.as_ref(), &scene.setting);
    when
}

/// "Monday at 10 or Tuesday at 3": no Monday at 3.
fn pairs(items: &[&Item], days: Option<&Days>, setting: &Setting<'_>) -> Vec<(NaiveDate, Clock)> {
    let said: Vec<&Item> = items.iter().copied().filter(|item| !item.not).collect();
    let is_day = |item: &Item| matches!(item.what, What::Days(_));
    let is_time = |item: &Item| matches!(item.what, What::At { .. });
    let days_first = said.first().is_some_and(|item| is_day(item));
    // Each group is one day and its times, in whichever order they are said.
    let mut groups: Vec<Vec<&Item>> = Vec::new();
    for (n, item) in said.iter().enumerate() {
        let opens = if days_first {
            is_day(item)
        } else {
            !is_day(item) && (n == 0 || is_day(said[n - 1]))
        };
        match groups.last_mut() {
            Some(group) if !opens => group.push(item),
            _ => groups.push(vec![item]),
        }
    }
    let whole = |group: &Vec<&Item>| {
        let count = group.iter().filter(|item| is_day(item)).count();
        count == 1 && group.len() > 1 && group.iter().all(|item| is_day(item) || is_time(item))
    };
    // Something else was said besides, which goes with all of them.
    if groups.len() < 2 || !groups.iter().all(whole) {
        return Vec::new();
    }
    let meant = |date: &NaiveDate| days.is_some_and(|days| days.contain(*date));
    let mut pairs = Vec::new();
    for group in groups {
        let dates = group.iter().find_map(|item| match &item.what {
            What::Days(named) => Some(setting.candidates(named)),
            _ => None,
        });
        for date in dates.unwrap_or_default().into_iter().filter(meant) {
            pairs.extend(group.iter().filter_map(|item| match item.what {
                What::At { clock, .. } => Some((date, clock)),
                _ => None,
            }));
        }
    }
    pairs
}

fn note(times: &mut Times, clock: Clock, about: bool) {
    if !times.at.contains(&clock) {
        times.at.push(clock);
    }
    times.about |= about;
}

fn rule_out(when: &mut When, what: &What, setting: &Setting<'_>) {
    if let What::Days(Expression::AnyOf(all)) = what {
        for one in all {
            rule_out(when, &What::Days(one.clone()), setting);
        }
        return;
    }
    let except = &mut when.except;
    let days = match what {
        What::Days(Expression::Weekday(weekday, Which::Plain)) => {
            except.weekdays = except.weekdays.and(*weekday);
            return;
        }
        What::Days(days) => days,
        What::Part(part) => return except.parts.push(*part),
        What::Today(_) => &Expression::Ahead(0),
        // "After 7 I can't", "before 10 is no good".
        What::From(clock) => return when.times.until = Some(*clock),
        What::Until(clock) => return when.times.from = Some(*clock),
        // "At 4, not 5": nothing at 5 was wished anyway.
        _ => return,
    };
    match setting.resolve(days) {
        Some(Resolved::Each(weekdays)) => {
            except.weekdays = weekdays.iter().fold(except.weekdays, Weekdays::and);
        }
        Some(Resolved::Between(first, last)) => except.days.push((first, last)),
        Some(Resolved::OneOf(dates) | Resolved::AnyOf(dates)) => {
            except.days.extend(dates.iter().map(|date| (*date, *date)));
        }
        Some(Resolved::From(_)) | None => {}
    }
}

/// "Not Friday, the Friday after": only the first of them is ruled out.
fn spare_wished(when: &mut When, setting: &Setting<'_>) {
    let Some(Days::OneOf(dates)) = &when.days else {
        return;
    };
    let all = when.except.weekdays;
    let is_wished = |day: Weekday| dates.iter().all(|date| date.weekday() == day);
    let (wished, others): (Vec<_>, Vec<_>) = all.iter().partition(|day| is_wished(*day));
    for day in wished {
        let plain = Expression::Weekday(day, Which::Plain);
        if let Some(first) = setting.first(&plain).filter(|first| !dates.contains(first)) {
            when.except.weekdays = others
                .iter()
                .copied()
                .fold(Weekdays::default(), Weekdays::and);
            when.except.days.push((first, first));
        }
    }
}

/// "At 4 in the afternoon" is one time, not a time and a part of the day.
fn settle(times: &mut Times) {
    // "Late tomorrow afternoon".
    if times.parts.contains(&DayPart::Late) {
        times
            .parts
            .retain(|part| !matches!(part, DayPart::Afternoon | DayPart::PastNoon));
    }
    let [part] = *times.parts else { return };
    // "Can I leave early, Thursday 3:15": nobody means 3:15 at night.
    let is_early = matches!(part, DayPart::Early | DayPart::Morning);
    let within = |clock: &mut Clock| {
        let inside = clock.in_part(part);
        if !(is_early && matches!(inside, Clock::At(minute) if minute < 5 * 60)) {
            *clock = inside;
        }
    };
    times.from.iter_mut().for_each(within);
    times.until.iter_mut().for_each(within);
    if !times.at.is_empty() {
        times.at.iter_mut().for_each(within);
    }
    if !times.at.is_empty() || times.from.is_some() && times.until.is_some() {
        times.parts.clear();
    }
}

/// Leaves out today where another day may be meant and every time that will do is over: "Monday at 2"
/// said on a Monday at 3.
fn leave_out_over(when: &mut When, now: NaiveDateTime) {
    let minute = u16::try_from(now.hour() * 60 + now.minute()).unwrap_or_default();
    let times = &when.times;
    let is_over = !times.is_empty() && !(minute..24 * 60).any(|minute| times.contain(minute));
    if let Some(Days::OneOf(dates)) = &mut when.days
        && is_over
        && dates.len() > 1
    {
        dates.retain(|date| *date != now.date());
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
fn days(named: &[(Expression, bool)], setting: &Setting<'_>) -> Option<Days> {
    let joined = named.iter().skip(1).any(|(_, joined)| *joined);
    let is_each = |days: &Expression| matches!(days, Expression::Each(_));
    let is_single = |days: &Expression| !days.is_span() || matches!(days, Expression::AnyOf(_));
    let (mut single, mut spans, mut each) = (Vec::new(), Vec::new(), Weekdays::default());
    for (expression, _) in named {
        match expression {
            Expression::Each(weekdays) => each = weekdays.iter().fold(each, Weekdays::and),
            _ if is_each(expression) => {}
            _ if is_single(expression) => single.push(expression.clone()),
            // "In 2 weeks or in 3".
            Expression::Around(..) if joined => single.push(expression.clone()),
            _ => spans.push(expression.clone()),
        }
    }
    if !each.is_empty() && (!spans.is_empty() || single.is_empty()) {
        single.push(Expression::Each(each));
    }
    let together = |span: &Expression| {
        let days = match single.as_slice() {
            [] => return None,
            [one] => one.clone(),
            several => Expression::AnyOf(several.to_vec()),
        };
        setting.resolve(&Expression::In(Box::new(days), Box::new(span.clone())))
    };
    if let Some(within) = spans.first().and_then(together) {
        return Some(found(within));
    }
    if single.is_empty() {
        return covered(&spans, joined, setting);
    }
    one_day(&single, joined, setting)
}

fn found(resolved: Resolved) -> Days {
    match resolved {
        Resolved::OneOf(dates) => Days::OneOf(dates),
        Resolved::AnyOf(dates) => Days::AnyOf(dates),
        Resolved::Between(first, last) if first == last => Days::OneOf(vec![first]),
        Resolved::Between(first, last) => Days::Between(first, last),
        Resolved::From(first) => {
            let last = first
                .checked_add_days(Count::new(OPEN_DAYS))
                .unwrap_or(first);
            Days::Between(first, last)
        }
        Resolved::Each(weekdays) => Days::Each(weekdays),
    }
}

/// One span, several that are joined, or what two have in common.
fn covered(spans: &[Expression], joined: bool, setting: &Setting<'_>) -> Option<Days> {
    let resolved = spans
        .iter()
        .filter_map(|span| setting.resolve(span))
        .map(found);
    resolved.reduce(|a, b| match (&a, &b) {
        (Days::Between(..), Days::Between(..)) => {
            let (Some(first), Some(second)) = (a.bounds(), b.bounds()) else {
                return a;
            };
            if joined {
                Days::Between(first.0.min(second.0), first.1.max(second.1))
            } else if first.0.max(second.0) <= first.1.min(second.1) {
                Days::Between(first.0.max(second.0), first.1.min(second.1))
            } else {
                a
            }
        }
        _ => a,
    })
}

fn one_day(single: &[Expression], joined: bool, setting: &Setting<'_>) -> Option<Days> {
    // Several weekdays one after the other are a choice, as with "or".
    let is_plain = |day: &Expression| matches!(day, Expression::Weekday(_, Which::Plain));
    let are_weekdays = single.iter().all(is_plain) && single.len() > 1;
    if (joined || are_weekdays) && single.len() > 1 {
        return setting
            .resolve(&Expression::AnyOf(single.to_vec()))
            .map(found);
    }
    if let [one] = single {
        return setting.resolve(one).map(found);
    }
    let dates = single.iter().map(|one| {
        (
            setting.candidates(one),
            matches!(one, Expression::Weekday(..)),
        )
    });
    let dates = dates.filter(|(dates, _)| !dates.is_empty());
    let agreed = dates.reduce(agreed)?;
    Some(Days::OneOf(agreed.0))
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
