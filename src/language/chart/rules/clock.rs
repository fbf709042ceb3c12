//! Times of day: "3", "half past 3 pm", "las 5 menos cuarto", "a quarter to noon".

use super::{
    Rule, Sem, Slot, Sure, Times, is_hour_number, is_minutes, is_number, is_one_time, is_part,
    is_part_of, is_time_like, is_times, number, one_clock, surely, times,
};
use crate::language::{
    clock::{Clock, DayPart},
    expression::hour,
    vocabulary::Particle,
};

const NOON: u16 = 12 * 60;
const DAY: u16 = 24 * 60;

pub(super) fn rules() -> Vec<Rule> {
    let parts = [said_plainly(), with_minutes(), marked(), lengths()];
    parts.into_iter().flatten().collect()
}

/// By the hour, with what says which half of the day.
fn said_plainly() -> Vec<Rule> {
    rules! {
        [<Noon>] => |_| at(NOON),
        [is_twelve <Noon>] => |_| at(NOON),
        [<Midnight>] => |_| at(0),
        [is_twelve <Midnight>] => |_| at(0),
        [is_one_time <Am>] => |parts| {
            half_of_day(parts[0], false)
        },
        [is_one_time <Pm>] => |parts| {
            half_of_day(parts[0], true)
        },
        [is_run_together <Am>] => |parts| {
            half_of_day(&run_together(parts[0])?, false)
        },
        [is_run_together <Pm>] => |parts| {
            half_of_day(&run_together(parts[0])?, true)
        },
        [is_run_together <HourMark>] => |parts| {
            run_together(parts[0])
        },
        [<At> is_run_together] => |parts| {
            run_together(parts[0])
        },
        // "Like 530"; "around 500" counts something, and "since like 2023" is a year.
        [<About|Like> is_run_together] cost=1 => |parts| {
            let time = run_together(parts[0])?;
            let parted = matches!(parts[0], Sem::Number(number, _) if number % 100 != 0 && number % 5 == 0);
            parted.then(|| about(&time)).flatten()
        },
        [is_one_time <OClock>] => |parts| {
            sure(parts[0])
        },
        [is_times <HourMark>] => |parts| {
            sure(parts[0])
        },
        [is_hour_number <HourMark>] cost=1 => |parts| {
            sure(parts[0])
        },
        [is_exact <Hour>] cost=1 => |parts| {
            sure(parts[0])
        },
        // "2 hours" is how long something takes, "15 hours" is a time.
        [is_hour_number <Hour>] => |parts| {
            let late = number(parts[0]).is_some_and(|number| number > 12);
            late.then(|| sure(parts[0])).flatten()
        },
        [is_time_like is_part_of] => |parts| {
            in_part(parts[0], parts[1])
        },
        [is_times ?Of is_part] => |parts| {
            in_part(parts[0], parts[1])
        },
        [is_figure ?Of is_part] cost=4 => |parts| {
            in_part(parts[0], parts[1])
        },
        [is_part_of] => |parts| match parts[0] {
            Sem::PartOf(part) => Some(Sem::Part(*part)),
            _ => None,
        },
        [is_part <At> is_time_like] => |parts| in_part(parts[1], parts[0]),
    }
}

/// With minutes after or before the hour.
fn with_minutes() -> Vec<Rule> {
    rules! {
        [<Half>] => |_| Some(Sem::Share(30)),
        [<Quarter>] => |_| Some(Sem::Share(15)),
        // "3 30", "three fifteen", "seis cero cinco", "15 h 30".
        [is_hour_number is_minute_number] => |parts| {
            side_by_side(parts[0], parts[1])
        },
        [is_spelled <Dash> is_spelled] => |parts| side_by_side(parts[0], parts[1]),
        [is_spelled <Zero> is_number] => |parts| {
            let minute = number(parts[1]).filter(|minute| *minute < 10)?;
            Some(Sem::time(hour(number(parts[0])?, minute)?, Sure::Yes))
        },
        [is_hour_number <HourMark> is_minute_number] => |parts| {
            Some(Sem::time(
                hour(number(parts[0])?, number(parts[1])?)?,
                Sure::Yes,
            ))
        },
        // "Las 8: 45".
        [<At> is_hour_number is_two_figures] loose cost=2 => |parts| {
            Some(Sem::time(
                hour(number(parts[0])?, number(parts[1])?)?,
                Sure::Yes,
            ))
        },
        [is_one_time <AndMinutes> is_share ?Minute] => |parts| {
            let minutes = share(parts[1])?;
            let is_sure = match parts[1] {
                Sem::Number(_, 1..) => is_sure(parts[0]) || matches!(minutes, 15 | 30 | 45),
                Sem::Number(..) => minutes >= 5,
                _ => true,
            };
            shifted(parts[0], i32::from(minutes), is_sure)
        },
        [is_one_time <AndMinutes> is_any_share <Minute>] => |parts| shifted(parts[0], i32::from(share(parts[1])?), true),
        [is_one_time <LessMinutes> is_share ?Minute] => |parts| shifted(parts[0], -i32::from(share(parts[1])?), true),
        [is_share ?Minute <MinutesPast> ?(Hours OneHour) is_one_time] => |parts| shifted(parts[1], i32::from(share(parts[0])?), true),
        [is_any_share <Minute> <MinutesTo> ?(Hours OneHour) is_one_time] => |parts| shifted(parts[1], -i32::from(share(parts[0])?), true),
        [is_any_share <Minute> <ToTheHour> is_one_time] => |parts| shifted(parts[1], -i32::from(share(parts[0])?), true),
        [is_share <MinutesTo> ?(Hours OneHour) is_one_time] => |parts| shifted(parts[1], -i32::from(share(parts[0])?), true),
        [is_share <ToTheHour> is_one_time] => |parts| minutes_to(parts[0], parts[1]),
        // "Half an hour after noon".
        [is_minutes <After> ?The is_sure_time] => |parts| match parts[0] {
            Sem::Minutes(minutes @ 1..=180) => {
                shifted(parts[1], i32::try_from(*minutes).ok()?, true)
            }
            _ => None,
        },
        [is_minutes <Before> ?The is_sure_time] => |parts| match parts[0] {
            Sem::Minutes(minutes @ 1..=180) => {
                shifted(parts[1], -i32::try_from(*minutes).ok()?, true)
            }
            _ => None,
        },
        [is_quarter <Of> is_hour_number] cost=1 => |parts| shifted(parts[1], -15, true),
        [is_spelled <OfTheHour> is_hour_number] => |parts| {
            let minutes = share(parts[0]).filter(|minutes| minutes % 5 == 0)?;
            shifted(parts[1], -i32::from(minutes), true)
        },
        [is_quarter <ForNoon> is_sure_time] => |parts| shifted(parts[1], -15, true),
        // "Half 3" is half past three.
        [<HalfPast> is_hour_number] => |parts| {
            shifted(parts[0], 30, true)
        },
    }
}

/// With a word before or after that says it is a time, or how exact it is.
fn marked() -> Vec<Rule> {
    rules! {
        [<At> ?(Hours OneHour) is_time_like] => |parts| {
            sure(parts[0])
        },
        [<At> <One>] cost=1 => |_| one_oclock(),
        [<Hours> is_time_like] cost=2 => |parts| {
            sure(parts[0])
        },
        [<OneHour> is_first_hour] cost=1 => |parts| {
            sure(parts[0])
        },
        [<OneHour> <One>] cost=1 => |_| {
            one_oclock()
        },
        [<About> ?(At Hours OneHour) is_time_like] => |parts| {
            about(parts[0])
        },
        [<About> ?The is_sure_time] => |parts| {
            about(parts[0])
        },
        [<Like> ?(At Hours OneHour) is_clear_time] => |parts| {
            about(parts[0])
        },
        [is_hour_number is_one_time <Or> is_time_like] loose cost=1 => |parts| either(&either(parts[0], parts[1])?, parts[2]),
        [<At> <About> is_time_like] => |parts| about(parts[0]),
        [is_time_like ?Dash <Ish>] => |parts| about(parts[0]),
        [is_sure_time <Or> is_time_like] loose cost=2 => |parts| either(parts[0], parts[1]),
        [is_time_like <Or> ?(At Hours OneHour) is_time_like] => |parts| either(parts[0], parts[1]),
    }
}

/// How long: "an hour and a half", "media hora", "1h 30m".
fn lengths() -> Vec<Rule> {
    rules! {
        [<Hour>] => |_| Some(Sem::HourUnit),
        [<HourMark>] => |_| Some(Sem::HourUnit),
        [is_number <Minute>] => |parts| Some(Sem::Minutes(number(parts[0])?.into())),
        [<One> is_hour_unit] => |_| Some(Sem::Minutes(60)),
        [is_number is_hour_unit] => |parts| {
            let hours = number(parts[0]).filter(|hours| *hours <= 72)?;
            Some(Sem::Minutes(u32::from(hours) * 60))
        },
        [is_fraction ?Of ?One is_hour_unit] => |parts| match parts[0] {
            Sem::Fraction(hundredths) => Some(Sem::Minutes(hundredths * 60 / 100)),
            _ => None,
        },
        [is_half ?One is_hour_unit] => |_| Some(Sem::Minutes(30)),
        [<One> is_half is_hour_unit] => |_| Some(Sem::Minutes(30)),
        [is_quarter ?Of ?One is_hour_unit] => |_| Some(Sem::Minutes(15)),
        [is_three is_quarter ?Of ?One is_hour_unit] => |_| Some(Sem::Minutes(45)),
        [is_number ?(And AndMinutes) ?One is_half is_hour_unit] => |parts| {
            Some(Sem::Minutes(u32::from(number(parts[0])?) * 60 + 30))
        },
        [<Hour> ?(And AndMinutes) is_hour_share] => |parts| {
            Some(Sem::Minutes(60 + u32::from(share(parts[0])?)))
        },
        [is_full_hours ?(And AndMinutes) ?One is_hour_share] => |parts| {
            Some(Sem::Minutes(minutes(parts[0])? + u32::from(share(parts[1])?)))
        },
        [is_full_hours ?(And AndMinutes) is_rest] cost=2 => |parts| {
            Some(Sem::Minutes(minutes(parts[0])? + u32::from(share(parts[1])?)))
        },
        [is_full_hours ?(And AndMinutes) is_minutes] => |parts| {
            let rest = minutes(parts[1]).filter(|rest| *rest < 60)?;
            Some(Sem::Minutes(minutes(parts[0])? + rest))
        },
    }
}

// --- what a part may be

fn is_hour_unit(sem: &Sem) -> bool {
    matches!(sem, Sem::HourUnit)
}

fn is_twelve(sem: &Sem) -> bool {
    matches!(sem, Sem::Number(12, _))
}

fn is_three(sem: &Sem) -> bool {
    matches!(sem, Sem::Number(3, _))
}

fn is_first_hour(sem: &Sem) -> bool {
    matches!(sem, Sem::Number(1, _)) || is_times(sem)
}

fn is_quarter(sem: &Sem) -> bool {
    matches!(sem, Sem::Share(15))
}

fn is_half(sem: &Sem) -> bool {
    matches!(sem, Sem::Share(30))
}

fn is_hour_share(sem: &Sem) -> bool {
    matches!(sem, Sem::Share(_))
}

fn is_fraction(sem: &Sem) -> bool {
    matches!(sem, Sem::Fraction(_))
}

fn is_full_hours(sem: &Sem) -> bool {
    matches!(sem, Sem::Minutes(minutes) if *minutes > 0 && minutes % 60 == 0)
}

/// "1530".
fn is_run_together(sem: &Sem) -> bool {
    run_together(sem).is_some()
}

fn is_any_share(sem: &Sem) -> bool {
    share(sem).is_some()
}

fn is_sure_time(sem: &Sem) -> bool {
    is_sure(sem)
}

/// A time, or a number that is no word.
fn is_clear_time(sem: &Sem) -> bool {
    is_times(sem) || is_figure(sem)
}

fn is_exact(sem: &Sem) -> bool {
    matches!(sem, Sem::Times(times) if !times.about)
}

/// A number in words.
fn is_spelled(sem: &Sem) -> bool {
    matches!(sem, Sem::Number(0..=59, 0))
}

fn is_figure(sem: &Sem) -> bool {
    is_hour_number(sem) && matches!(sem, Sem::Number(_, 1..))
}

fn is_rest(sem: &Sem) -> bool {
    matches!(sem, Sem::Number(5..=59, 0..=2))
}

fn is_two_figures(sem: &Sem) -> bool {
    matches!(sem, Sem::Number(0..=59, 2))
}

/// In two figures, or in words.
fn is_minute_number(sem: &Sem) -> bool {
    is_two_figures(sem) || matches!(sem, Sem::Number(10..=59, 0))
}

fn is_sure(sem: &Sem) -> bool {
    matches!(sem, Sem::Times(times) if times.sure == Sure::Yes)
}

// --- what they come to

fn minutes(sem: &Sem) -> Option<u32> {
    match sem {
        Sem::Minutes(minutes) => Some(*minutes),
        _ => None,
    }
}

fn at(minute: u16) -> Option<Sem> {
    Some(Sem::time(Clock::At(minute), Sure::Yes))
}

fn one_oclock() -> Option<Sem> {
    Some(Sem::time(hour(1, 0)?, Sure::Yes))
}

fn sure(sem: &Sem) -> Option<Sem> {
    surely(sem).map(Sem::Times)
}

fn about(sem: &Sem) -> Option<Sem> {
    let times = surely(sem)?;
    Some(Sem::Times(Times {
        about: true,
        ..times
    }))
}

pub(in super::super) fn run_together(sem: &Sem) -> Option<Sem> {
    let Sem::Number(number, 3..=4) = sem else {
        return None;
    };
    Some(Sem::time(hour(number / 100, number % 100)?, Sure::Yes))
}

/// Minutes, of which "one" or "two" would hardly be said alone.
fn is_share(sem: &Sem) -> bool {
    matches!(sem, Sem::Share(_) | Sem::Number(5..=59, 0..=2))
}

fn share(sem: &Sem) -> Option<u16> {
    match sem {
        Sem::Share(minutes) | Sem::Number(minutes @ 1..=59, 0..=2) => Some(*minutes),
        _ => None,
    }
}

fn half_of_day(sem: &Sem, pm: bool) -> Option<Sem> {
    let Times { at, about, .. } = times(sem)?;
    let clock = match *at.first()? {
        Clock::Either(minute) => Clock::At(if pm { minute + NOON } else { minute }),
        // "15:00 pm" says it twice, "15:00 am" makes no sense.
        Clock::At(minute) if pm || minute < NOON => Clock::At(minute),
        Clock::At(_) => return None,
    };
    Some(Sem::Times(Times {
        at: vec![clock],
        about,
        sure: Sure::Yes,
    }))
}

fn in_part(time: &Sem, part: &Sem) -> Option<Sem> {
    let (Sem::Part(part) | Sem::PartOf(part)) = part else {
        return None;
    };
    let Times { at, about, .. } = times(time)?;
    let inside = |clock: Clock| match (clock, part) {
        // "12 at night" is midnight, "12 in the morning" of a day's work is noon.
        (Clock::Either(minute @ 0..60), DayPart::Evening) => Clock::At(minute),
        (Clock::Either(minute @ 0..60), _) => Clock::At(minute + NOON),
        _ => clock.in_part(*part),
    };
    let at: Vec<_> = at.into_iter().map(inside).collect();
    // "13 in the morning" is a day, and a part of it.
    let is_morning = matches!(part, DayPart::Early | DayPart::Morning);
    if is_morning && at.iter().any(|clock| matches!(clock, Clock::At(780..))) {
        return None;
    }
    Some(Sem::Times(Times {
        at,
        about,
        sure: Sure::Yes,
    }))
}

/// "3 30" may be a time, "three thirty" is one.
fn side_by_side(full: &Sem, minute: &Sem) -> Option<Sem> {
    let (Sem::Number(hours, written), Sem::Number(minutes, figures)) = (full, minute) else {
        return None;
    };
    let is_round = minutes % 5 == 0;
    if (*written == 0) != (*figures == 0) || !is_round {
        return None;
    }
    let sure = if *figures == 0 { Sure::Yes } else { Sure::No };
    Some(Sem::time(hour(*hours, *minutes)?, sure))
}

/// A time so many minutes later or earlier.
fn shifted(sem: &Sem, minutes: i32, is_sure: bool) -> Option<Sem> {
    let moved = |minute: u16, day: u16| {
        let minute = (i32::from(minute) + minutes).rem_euclid(i32::from(day));
        u16::try_from(minute).ok()
    };
    let clock = match one_clock(sem)? {
        Clock::Either(minute) => Clock::Either(moved(minute, NOON)?),
        Clock::At(minute) => Clock::At(moved(minute, DAY)?),
    };
    Some(Sem::Times(Times {
        at: vec![clock],
        about: times(sem)?.about,
        sure: if is_sure { Sure::Yes } else { Sure::No },
    }))
}

/// "Ten to 4" are minutes; "10 to 4" are two hours, but "20 to 4" and "10 to 9" cannot be.
fn minutes_to(minutes: &Sem, full: &Sem) -> Option<Sem> {
    // Nobody says so many minutes to a time that is no full hour.
    if one_clock(full).is_none_or(|clock| clock.likely() % 60 != 0) {
        return None;
    }
    if let (Sem::Number(first, 1..), Some(last)) = (minutes, one_clock(full)) {
        let by_day = |clock: Clock| match clock {
            Clock::Either(minute) if minute < 7 * 60 + 30 => minute + NOON,
            Clock::Either(minute) | Clock::At(minute) => minute,
        };
        let begins = hour(*first, 0).map(by_day);
        if begins.is_some_and(|begins| begins < by_day(last)) {
            return None;
        }
    }
    shifted(full, -i32::from(share(minutes)?), true)
}

/// "3 or 4 pm": both.
fn either(first: &Sem, second: &Sem) -> Option<Sem> {
    let (first, second) = (times(first)?, times(second)?);
    let same_half = |clock: Clock| match (clock, second.at.first()) {
        (Clock::Either(minute), Some(Clock::At(other))) => Clock::At(if *other >= NOON {
            minute + NOON
        } else {
            minute
        }),
        _ => clock,
    };
    let mut at: Vec<_> = first.at.into_iter().map(same_half).collect();
    for clock in second.at {
        if !at.contains(&clock) {
            at.push(clock);
        }
    }
    let is_sure = first.sure == Sure::Yes || second.sure == Sure::Yes;
    Some(Sem::Times(Times {
        at,
        about: first.about || second.about,
        sure: if is_sure { Sure::Yes } else { Sure::No },
    }))
}
