//! Times of day: "3", "half past 3 pm", "las 5 menos cuarto", "a quarter to noon".

use super::{
    HOURS, Is, MINUTE, Maybe, OF, Rule, Sem, Slot, Sure, THE, Times, Word, is_hour_number,
    is_minutes, is_number, is_one_time, is_part, is_part_of, is_time_like, is_times, number,
    one_clock, rule, surely, times,
};
use crate::language::{
    clock::{Clock, DayPart},
    expression::hour,
    vocabulary::Particle,
};

const NOON: u16 = 12 * 60;
const DAY: u16 = 24 * 60;
const AND: Slot = Maybe(&[Particle::And, Particle::AndMinutes]);
const A: Slot = Maybe(&[Particle::One]);

pub(super) fn rules() -> Vec<Rule> {
    let parts = [said_plainly(), with_minutes(), marked(), lengths()];
    parts.into_iter().flatten().collect()
}

/// By the hour, with what says which half of the day.
fn said_plainly() -> Vec<Rule> {
    vec![
        rule(&[Word(Particle::Noon)], |_| at(NOON)),
        rule(&[Is(is_twelve), Word(Particle::Noon)], |_| at(NOON)),
        rule(&[Word(Particle::Midnight)], |_| at(0)),
        rule(&[Is(is_twelve), Word(Particle::Midnight)], |_| at(0)),
        rule(&[Is(is_one_time), Word(Particle::Am)], |parts| {
            half_of_day(parts[0], false)
        }),
        rule(&[Is(is_one_time), Word(Particle::Pm)], |parts| {
            half_of_day(parts[0], true)
        }),
        rule(&[Is(is_run_together), Word(Particle::Am)], |parts| {
            half_of_day(&run_together(parts[0])?, false)
        }),
        rule(&[Is(is_run_together), Word(Particle::Pm)], |parts| {
            half_of_day(&run_together(parts[0])?, true)
        }),
        rule(&[Is(is_run_together), Word(Particle::HourMark)], |parts| {
            run_together(parts[0])
        }),
        rule(&[Word(Particle::At), Is(is_run_together)], |parts| {
            run_together(parts[0])
        }),
        rule(&[Is(is_one_time), Word(Particle::OClock)], |parts| {
            sure(parts[0])
        }),
        rule(&[Is(is_times), Word(Particle::HourMark)], |parts| {
            sure(parts[0])
        }),
        rule(&[Is(is_hour_number), Word(Particle::HourMark)], |parts| {
            sure(parts[0])
        })
        .costing(1),
        rule(&[Is(is_exact), Word(Particle::Hour)], |parts| {
            sure(parts[0])
        })
        .costing(1),
        // "2 hours" is how long something takes, "15 hours" is a time.
        rule(&[Is(is_hour_number), Word(Particle::Hour)], |parts| {
            let late = number(parts[0]).is_some_and(|number| number > 12);
            late.then(|| sure(parts[0])).flatten()
        }),
        rule(&[Is(is_time_like), Is(is_part_of)], |parts| {
            in_part(parts[0], parts[1])
        }),
        rule(&[Is(is_times), OF, Is(is_part)], |parts| {
            in_part(parts[0], parts[1])
        }),
        rule(&[Is(is_figure), OF, Is(is_part)], |parts| {
            in_part(parts[0], parts[1])
        })
        .costing(4),
        rule(&[Is(is_part_of)], |parts| match parts[0] {
            Sem::PartOf(part) => Some(Sem::Part(*part)),
            _ => None,
        }),
        rule(
            &[Is(is_part), Word(Particle::At), Is(is_time_like)],
            |parts| in_part(parts[1], parts[0]),
        ),
    ]
}

/// With minutes after or before the hour.
#[expect(clippy::too_many_lines, reason = "a table, one entry for each rule")]
fn with_minutes() -> Vec<Rule> {
    vec![
        rule(&[Word(Particle::Half)], |_| Some(Sem::Share(30))),
        rule(&[Word(Particle::Quarter)], |_| Some(Sem::Share(15))),
        // "3 30", "three fifteen", "seis cero cinco", "15 h 30".
        rule(&[Is(is_hour_number), Is(is_minute_number)], |parts| {
            side_by_side(parts[0], parts[1])
        }),
        rule(
            &[Is(is_spelled), Word(Particle::Dash), Is(is_spelled)],
            |parts| side_by_side(parts[0], parts[1]),
        ),
        rule(
            &[Is(is_spelled), Word(Particle::Zero), Is(is_number)],
            |parts| {
                let minute = number(parts[1]).filter(|minute| *minute < 10)?;
                Some(Sem::time(hour(number(parts[0])?, minute)?, Sure::Yes))
            },
        ),
        rule(
            &[
                Is(is_hour_number),
                Word(Particle::HourMark),
                Is(is_minute_number),
            ],
            |parts| {
                Some(Sem::time(
                    hour(number(parts[0])?, number(parts[1])?)?,
                    Sure::Yes,
                ))
            },
        ),
        // "Las 8: 45".
        rule(
            &[Word(Particle::At), Is(is_hour_number), Is(is_two_figures)],
            |parts| {
                Some(Sem::time(
                    hour(number(parts[0])?, number(parts[1])?)?,
                    Sure::Yes,
                ))
            },
        )
        .loose()
        .costing(2),
        rule(
            &[
                Is(is_one_time),
                Word(Particle::AndMinutes),
                Is(is_share),
                MINUTE,
            ],
            |parts| {
                let minutes = share(parts[1])?;
                let is_sure = match parts[1] {
                    Sem::Number(_, 1..) => is_sure(parts[0]) || matches!(minutes, 15 | 30 | 45),
                    Sem::Number(..) => minutes >= 5,
                    _ => true,
                };
                shifted(parts[0], i32::from(minutes), is_sure)
            },
        ),
        rule(
            &[
                Is(is_one_time),
                Word(Particle::AndMinutes),
                Is(is_any_share),
                Word(Particle::Minute),
            ],
            |parts| shifted(parts[0], i32::from(share(parts[1])?), true),
        ),
        rule(
            &[
                Is(is_one_time),
                Word(Particle::LessMinutes),
                Is(is_share),
                MINUTE,
            ],
            |parts| shifted(parts[0], -i32::from(share(parts[1])?), true),
        ),
        rule(
            &[
                Is(is_share),
                MINUTE,
                Word(Particle::MinutesPast),
                HOURS,
                Is(is_one_time),
            ],
            |parts| shifted(parts[1], i32::from(share(parts[0])?), true),
        ),
        rule(
            &[
                Is(is_any_share),
                Word(Particle::Minute),
                Word(Particle::MinutesTo),
                HOURS,
                Is(is_one_time),
            ],
            |parts| shifted(parts[1], -i32::from(share(parts[0])?), true),
        ),
        rule(
            &[
                Is(is_any_share),
                Word(Particle::Minute),
                Word(Particle::ToTheHour),
                Is(is_one_time),
            ],
            |parts| shifted(parts[1], -i32::from(share(parts[0])?), true),
        ),
        rule(
            &[
                Is(is_share),
                Word(Particle::MinutesTo),
                HOURS,
                Is(is_one_time),
            ],
            |parts| shifted(parts[1], -i32::from(share(parts[0])?), true),
        ),
        rule(
            &[Is(is_share), Word(Particle::ToTheHour), Is(is_one_time)],
            |parts| minutes_to(parts[0], parts[1]),
        ),
        // "Half an hour after noon".
        rule(
            &[Is(is_minutes), Word(Particle::After), THE, Is(is_sure_time)],
            |parts| match parts[0] {
                Sem::Minutes(minutes @ 1..=180) => {
                    shifted(parts[1], i32::try_from(*minutes).ok()?, true)
                }
                _ => None,
            },
        ),
        rule(
            &[
                Is(is_minutes),
                Word(Particle::Before),
                THE,
                Is(is_sure_time),
            ],
            |parts| match parts[0] {
                Sem::Minutes(minutes @ 1..=180) => {
                    shifted(parts[1], -i32::try_from(*minutes).ok()?, true)
                }
                _ => None,
            },
        ),
        rule(
            &[Is(is_quarter), Word(Particle::Of), Is(is_hour_number)],
            |parts| shifted(parts[1], -15, true),
        )
        .costing(1),
        rule(
            &[
                Is(is_spelled),
                Word(Particle::OfTheHour),
                Is(is_hour_number),
            ],
            |parts| {
                let minutes = share(parts[0]).filter(|minutes| minutes % 5 == 0)?;
                shifted(parts[1], -i32::from(minutes), true)
            },
        ),
        rule(
            &[Is(is_quarter), Word(Particle::ForNoon), Is(is_sure_time)],
            |parts| shifted(parts[1], -15, true),
        ),
        // "Half 3" is half past three.
        rule(&[Word(Particle::HalfPast), Is(is_hour_number)], |parts| {
            shifted(parts[0], 30, true)
        }),
    ]
}

/// With a word before or after that says it is a time, or how exact it is.
fn marked() -> Vec<Rule> {
    const AT: Slot = Maybe(&[Particle::At, Particle::Hours, Particle::OneHour]);
    vec![
        rule(&[Word(Particle::At), HOURS, Is(is_time_like)], |parts| {
            sure(parts[0])
        }),
        rule(&[Word(Particle::At), Word(Particle::One)], |_| one_oclock()).costing(1),
        rule(&[Word(Particle::Hours), Is(is_time_like)], |parts| {
            sure(parts[0])
        })
        .costing(2),
        rule(&[Word(Particle::OneHour), Is(is_first_hour)], |parts| {
            sure(parts[0])
        })
        .costing(1),
        rule(&[Word(Particle::OneHour), Word(Particle::One)], |_| {
            one_oclock()
        })
        .costing(1),
        rule(&[Word(Particle::About), AT, Is(is_time_like)], |parts| {
            about(parts[0])
        }),
        rule(&[Word(Particle::About), THE, Is(is_sure_time)], |parts| {
            about(parts[0])
        }),
        rule(&[Word(Particle::Like), AT, Is(is_clear_time)], |parts| {
            about(parts[0])
        }),
        rule(
            &[
                Is(is_hour_number),
                Is(is_hour_number),
                Word(Particle::Or),
                Is(is_time_like),
            ],
            |parts| either(&either(parts[0], parts[1])?, parts[2]),
        )
        .loose()
        .costing(1),
        rule(
            &[Word(Particle::At), Word(Particle::About), Is(is_time_like)],
            |parts| about(parts[0]),
        ),
        rule(
            &[
                Is(is_time_like),
                Maybe(&[Particle::Dash]),
                Word(Particle::Ish),
            ],
            |parts| about(parts[0]),
        ),
        rule(
            &[Is(is_time_like), Word(Particle::Or), AT, Is(is_time_like)],
            |parts| either(parts[0], parts[1]),
        ),
    ]
}

/// How long: "an hour and a half", "media hora", "1h 30m".
fn lengths() -> Vec<Rule> {
    let mut rules = vec![
        rule(&[Is(is_number), Word(Particle::Minute)], |parts| {
            Some(Sem::Minutes(number(parts[0])?.into()))
        }),
        rule(&[Word(Particle::Half), A, Word(Particle::Hour)], |_| {
            Some(Sem::Minutes(30))
        }),
        rule(&[Word(Particle::Half), A, Word(Particle::HourMark)], |_| {
            Some(Sem::Minutes(30))
        }),
        rule(
            &[
                Word(Particle::One),
                Word(Particle::Half),
                Word(Particle::Hour),
            ],
            |_| Some(Sem::Minutes(30)),
        ),
        rule(&[Is(is_half), Word(Particle::Hour)], |_| {
            Some(Sem::Minutes(30))
        }),
        rule(
            &[Word(Particle::Quarter), OF, A, Word(Particle::Hour)],
            |_| Some(Sem::Minutes(15)),
        ),
        rule(
            &[
                Is(is_three),
                Word(Particle::Quarter),
                OF,
                A,
                Word(Particle::Hour),
            ],
            |_| Some(Sem::Minutes(45)),
        ),
        rule(&[Word(Particle::Hour), AND, Word(Particle::Half)], |_| {
            Some(Sem::Minutes(90))
        }),
        rule(
            &[Word(Particle::Hour), AND, Word(Particle::Quarter)],
            |_| Some(Sem::Minutes(75)),
        ),
        rule(
            &[Is(is_full_hours), AND, Is(is_rest)],
            |parts| match parts[0] {
                Sem::Minutes(hours) => Some(Sem::Minutes(hours + u32::from(number(parts[1])?))),
                _ => None,
            },
        )
        .costing(2),
        rule(
            &[Is(is_number), Is(is_half), Word(Particle::Hour)],
            |parts| Some(Sem::Minutes(u32::from(number(parts[0])?) * 60 + 30)),
        ),
        rule(&[Is(is_full_hours), AND, A, Is(is_hour_share)], |parts| {
            let (Sem::Minutes(minutes), Sem::Share(share)) = (parts[0], parts[1]) else {
                return None;
            };
            Some(Sem::Minutes(minutes + u32::from(*share)))
        }),
        rule(&[Is(is_full_hours), AND, Is(is_minutes)], |parts| {
            let (Sem::Minutes(hours), Sem::Minutes(rest @ 1..60)) = (parts[0], parts[1]) else {
                return None;
            };
            Some(Sem::Minutes(hours + rest))
        }),
    ];
    for unit in [Particle::Hour, Particle::HourMark] {
        rules.push(rule(&[Is(is_number), Word(unit)], |parts| {
            let hours = number(parts[0]).filter(|hours| *hours <= 72)?;
            Some(Sem::Minutes(u32::from(hours) * 60))
        }));
        rules.push(rule(&[Word(Particle::One), Word(unit)], |_| {
            Some(Sem::Minutes(60))
        }));
        rules.push(rule(&[Is(is_fraction), Word(unit)], |parts| {
            match parts[0] {
                Sem::Fraction(hundredths) => Some(Sem::Minutes(hundredths * 60 / 100)),
                _ => None,
            }
        }));
        let and_a_half = [
            Is(is_number as fn(&Sem) -> bool),
            AND,
            A,
            Word(Particle::Half),
            Word(unit),
        ];
        rules.push(rule(&and_a_half, |parts| {
            Some(Sem::Minutes(u32::from(number(parts[0])?) * 60 + 30))
        }));
    }
    rules
}

// --- what a part may be

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
