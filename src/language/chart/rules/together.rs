//! Hours from and to, moments, and days together with a time.

use super::{
    Rule, Sem, Slot, Sure, Times, clock::run_together, expression, is_day, is_hour_number,
    is_minutes, is_number, is_one, is_one_time, is_part, number, one_clock, surely,
};
use crate::language::{
    clock::{Clock, DayPart},
    expression::{Expression, Unit},
    vocabulary::Particle,
};

pub(super) fn rules() -> Vec<Rule> {
    let parts = [hours(), bounds(), moments(), elsewhere(), appointments()];
    parts.into_iter().flatten().collect()
}

/// From one time to another.
fn hours() -> Vec<Rule> {
    rules! {
        [<Between> ?(At Hours OneHour) is_one_time <And> ?(At Hours OneHour) is_one_time] => |parts| from_to(parts, true),
        // "Between 10 an 12".
        [<Between> ?At is_one_time <One> ?At is_one_time] cost=1 => |parts| from_to(parts, true),
        [is_hours ?Of is_part] => |parts| {
            match (parts[0], parts[1]) {
                (Sem::Hours(from, until, _), Sem::Part(part) | Sem::PartOf(part)) => Some(
                    Sem::Hours(from.in_part(*part), until.in_part(*part), Sure::Yes),
                ),
                _ => None,
            }
        },
        [<Between|From> ?(At Hours OneHour) is_one_time <Through|Dash> ?(At Hours OneHour) is_one_time] => |parts| {
            from_to(parts, true)
        },
        [<OfHours> ?(At Hours OneHour) is_one_time <Through|Dash> ?(At Hours OneHour) is_one_time] cost=2 => |parts| {
            from_to(parts, true)
        },
        [<At> is_one_time <Through> is_one_time] => |parts| surely_from_to(from_to(parts, false)?),
        [<At> is_one_time <Dash> is_one_time] => |parts| surely_from_to(from_to_by_dash(parts, false)?),
        [is_quarters <Through|Dash> is_quarters] cost=2 => |parts| {
            let parts = [run_together(parts[0])?, run_together(parts[1])?];
            match from_to(&[&parts[0], &parts[1]], false)? {
                Sem::Hours(from, until, _) => Some(Sem::Hours(from, until, Sure::No)),
                other => Some(other),
            }
        },
        [is_one_time <Through> is_one_time] => |parts| from_to(parts, false),
        [is_one_time <Dash> is_one_time] => |parts| from_to_by_dash(parts, false),
        [is_sure_time <Through> ?(At Hours OneHour) is_one_time] => |parts| from_to(parts, true),
        [is_sure_time <Dash> ?(At Hours OneHour) is_one_time] => |parts| from_to_by_dash(parts, true),
    }
}

fn bounds() -> Vec<Rule> {
    fn from(sem: &Sem) -> Option<Sem> {
        one_clock(sem).map(Sem::From)
    }
    fn until(sem: &Sem) -> Option<Sem> {
        one_clock(sem).map(Sem::Until)
    }
    rules! {
        [<From> ?(At Hours OneHour) is_one_time] => |parts| {
            from(parts[0])
        },
        [<From> ?(At Hours OneHour) is_one_time <On>] cost=1 => |parts| from(parts[0]),
        [<After> ?(At Hours OneHour) is_one_time] => |parts| {
            from(parts[0])
        },
        [?(From OfHours) ?(At Hours OneHour) is_one_time <Onwards>] => |parts| from(parts[0]),
        [<Until> ?(At Hours OneHour) is_one_time] => |parts| {
            until(parts[0])
        },
        [<Before> ?(Hours OneHour) is_one_time] => |parts| {
            until(parts[0])
        },
        [<AfterWork>] => |_| {
            Some(Sem::From(Clock::At(17 * 60)))
        },
        [is_sure_time <AtLatest>] => |parts| {
            until(parts[0])
        },
        [is_hour_number <AtLatest>] cost=1 => |parts| {
            until(parts[0])
        },
        [is_hour_number <AtEarliest>] cost=1 => |parts| {
            from(parts[0])
        },
        [<AtLatest> is_one_time] => |parts| {
            until(parts[0])
        },
        [is_sure_time <AtEarliest>] => |parts| {
            from(parts[0])
        },
        [<AtEarliest> is_one_time] => |parts| {
            from(parts[0])
        },
    }
}

/// By another place's clock: "3 pm Central", "a las 5, hora de Canarias".
fn elsewhere() -> Vec<Rule> {
    rules! {
        [is_any_time ?Of is_zone] loose => |parts| {
            by_zone(parts[0], parts[1])
        },
        [is_zone is_any_time] loose => |parts| {
            by_zone(parts[1], parts[0])
        },
        [is_hour_number is_zone] => |parts| {
            by_zone(&Sem::Times(surely(parts[0])?), parts[1])
        },
    }
}

/// Counted from now.
fn moments() -> Vec<Rule> {
    fn moment(sem: &Sem, about: bool) -> Option<Sem> {
        match sem {
            Sem::Minutes(minutes) => Some(Sem::Moment(*minutes, about)),
            _ => None,
        }
    }
    rules! {
        [<In> is_minutes] => |parts| {
            moment(parts[0], false)
        },
        [<Within> is_minutes] => |parts| {
            moment(parts[0], false)
        },
        [is_minutes <FromNow>] => |parts| {
            moment(parts[0], false)
        },
        // "In 2 or 3 hours".
        [<In> is_number <Or> is_minutes] => |parts| match (number(parts[0])?, parts[1]) {
            (first, Sem::Minutes(last)) if *last % 60 == 0 && u32::from(first) * 60 < *last => {
                Some(Sem::Moment(u32::from(first) * 60, true))
            }
            _ => None,
        },
        [<In> <About> is_minutes] => |parts| moment(parts[0], true),
        [<About> is_minutes <FromNow>] => |parts| moment(parts[0], true),
        [<About> <In> is_minutes] => |parts| moment(parts[0], true),
        [<In> <Like> is_minutes] => |parts| moment(parts[0], true),
        [<In> is_minutes <Ish>] => |parts| moment(parts[0], true),
    }
}

/// A day and a number that is an hour because it stands beside the day.
fn appointments() -> Vec<Rule> {
    rules! {
        [is_open_day is_bare] cost=1 => |parts| {
            together(parts[0], parts[1])
        },
        [is_several is_hours] cost=1 => |parts| {
            together(parts[0], parts[1])
        },
        [is_worded_day is_bare] loose cost=3 => |parts| {
            together(parts[0], parts[1])
        },
        [is_day is_run_together] cost=2 => |parts| {
            together(parts[0], &run_together(parts[1])?)
        },
        [is_run_together ?On is_near_day] cost=2 => |parts| {
            together(parts[1], &run_together(parts[0])?)
        },
        [is_worded_day <Am>] => |parts| {
            Some(Sem::Appointment(
                expression(parts[0])?,
                Box::new(Sem::Part(DayPart::Morning)),
            ))
        },
        [is_worded_day <Pm>] => |parts| {
            Some(Sem::Appointment(
                expression(parts[0])?,
                Box::new(Sem::Part(DayPart::Afternoon)),
            ))
        },
        [is_bare ?On is_near_day] cost=2 => |parts| {
            together(parts[1], parts[0])
        },
        [is_bare ?(The On) is_near_day ?Of is_part] cost=2 => |parts| {
            together(parts[1], &in_part(parts[0], parts[2])?)
        },
        [<This> is_part] => |parts| match parts[0] {
            Sem::Part(part) => Some(Sem::Today(*part)),
            _ => None,
        },
        [<That> is_part] => |parts| match parts[0] {
            Sem::Part(part) => Some(Sem::PartThere(*part)),
            _ => None,
        },
        // "Esa misma mañana": the word for tomorrow is that for the morning.
        [<That> is_tomorrow] => |_| Some(Sem::PartThere(DayPart::Morning)),
        [is_timed is_today] => |parts| today(parts[0], parts[1]),
        [is_today is_hour_number] => |parts| today(parts[1], parts[0]),
    }
}

// --- what a part may be

fn is_several(sem: &Sem) -> bool {
    matches!(sem, Sem::Days(Expression::AnyOf(_)))
}

fn is_tomorrow(sem: &Sem) -> bool {
    matches!(sem, Sem::Days(Expression::Ahead(1)))
}

fn is_zone(sem: &Sem) -> bool {
    matches!(sem, Sem::Zone(_))
}

fn is_any_time(sem: &Sem) -> bool {
    is_sure_time(sem) || matches!(sem, Sem::Hours(..) | Sem::From(_) | Sem::Until(_))
}

fn is_hours(sem: &Sem) -> bool {
    matches!(sem, Sem::Hours(..))
}

fn is_today(sem: &Sem) -> bool {
    matches!(sem, Sem::Today(_))
}

fn is_timed(sem: &Sem) -> bool {
    is_hour_number(sem) || matches!(sem, Sem::Times(_))
}

/// A number that is an hour only if something says so.
fn is_bare(sem: &Sem) -> bool {
    !is_one(sem) && matches!(sem, Sem::Number(1..=23, 0..=2))
        || matches!(sem, Sem::Times(times) if times.sure == Sure::No)
        || matches!(sem, Sem::Hours(_, _, Sure::No))
}

/// A day that is named by one word or two.
fn is_near_day(sem: &Sem) -> bool {
    is_worded_day(sem)
        || matches!(sem, Sem::Days(Expression::Offset(_, _, Unit::Week)))
        || matches!(sem, Sem::Days(days) if days.is_dated())
}

/// A day to which a number may belong: of "Saturday five fifteen" the five is no date.
fn is_open_day(sem: &Sem) -> bool {
    let is_closed = |days: &Expression| matches!(days, Expression::Fits(_, day) if matches!(**day, Expression::DayOfMonth(_)));
    is_day(sem) && !matches!(sem, Sem::Days(days) if is_closed(days))
}

/// A day that does not end in a number.
fn is_worded_day(sem: &Sem) -> bool {
    matches!(
        sem,
        Sem::Days(Expression::Ahead(_) | Expression::Weekday(..) | Expression::Feast(..))
    )
}

fn is_sure_time(sem: &Sem) -> bool {
    matches!(sem, Sem::Times(times) if times.sure == Sure::Yes)
}

/// "330", but not a year.
fn is_run_together(sem: &Sem) -> bool {
    matches!(sem, Sem::Number(number, 3..=4) if number % 5 == 0 && !(1990..=2199).contains(number))
        && run_together(sem).is_some()
}

/// "330", as most appointments begin, on a quarter of an hour.
fn is_quarters(sem: &Sem) -> bool {
    matches!(sem, Sem::Number(number, 3..=4) if matches!(number % 100, 0 | 15 | 30 | 45))
        && is_run_together(sem)
}

// --- what they come to

/// No business opens before.
const DAWN: u16 = 6 * 60;

/// Of "8 to 10 pm" the 8 is the last such hour before 10 pm.
fn from_to(parts: &[&Sem], is_sure: bool) -> Option<Sem> {
    let (first, last) = (one_clock(parts[0])?, one_clock(parts[1])?);
    let first = match (first, last) {
        (Clock::Either(_), Clock::At(end)) => {
            let before = first.minutes().filter(|minute| *minute < end).max();
            before.map_or(first, Clock::At)
        }
        _ => first,
    };
    // "3-20" is no span of hours.
    if let (Sem::Number(a, 1..), Sem::Number(b, 1..)) = (parts[0], parts[1])
        && !is_sure
        && (*a > 12) != (*b > 12)
    {
        return None;
    }
    // "5 to 3 pm" are minutes: no span begins before dawn.
    if let (Sem::Number(5, _), Clock::At(begin)) = (parts[0], first)
        && begin < DAWN
        && !is_sure
    {
        return None;
    }
    // "Ten to four" are minutes.
    if !is_sure && matches!(parts[0], Sem::Number(5 | 10 | 20 | 25, 0)) {
        return None;
    }
    let told = |sem: &Sem| matches!(sem, Sem::Times(times) if times.sure == Sure::Yes);
    let sure = if is_sure || told(parts[0]) || told(parts[1]) {
        Sure::Yes
    } else {
        Sure::No
    };
    Some(Sem::Hours(first, last, sure))
}

fn surely_from_to(sem: Sem) -> Option<Sem> {
    match sem {
        Sem::Hours(from, until, _) => Some(Sem::Hours(from, until, Sure::Yes)),
        other => Some(other),
    }
}

/// "Nine forty-five" is a time, and no span from 9:40 to 5.
fn from_to_by_dash(parts: &[&Sem], is_sure: bool) -> Option<Sem> {
    let minute = one_clock(parts[0])?.likely() % 60;
    let are_tens = minute % 10 == 0 && minute >= 20;
    let is_compound = are_tens && matches!(parts[1], Sem::Number(1..=9, 0));
    (!is_compound).then(|| from_to(parts, is_sure)).flatten()
}

/// Times within a part of the day.
fn in_part(time: &Sem, part: &Sem) -> Option<Sem> {
    let (Sem::Part(part) | Sem::Today(part)) = part else {
        return None;
    };
    let times = surely(time)?;
    let at = times.at.into_iter().map(|clock| clock.in_part(*part));
    let at = at.collect();
    Some(Sem::Times(Times { at, ..times }))
}

/// Times in a part of today.
fn today(time: &Sem, part: &Sem) -> Option<Sem> {
    let time = Box::new(in_part(time, part)?);
    Some(Sem::Appointment(Expression::Ahead(0), time))
}

fn by_zone(time: &Sem, zone: &Sem) -> Option<Sem> {
    match zone {
        Sem::Zone(zone) => Some(Sem::Elsewhere(Box::new(time.clone()), zone)),
        _ => None,
    }
}

fn together(day: &Sem, time: &Sem) -> Option<Sem> {
    let time = match time {
        Sem::Hours(from, until, _) => Sem::Hours(*from, *until, Sure::Yes),
        _ => Sem::Times(surely(time)?),
    };
    Some(Sem::Appointment(expression(day)?, Box::new(time)))
}
