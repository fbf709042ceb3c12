//! Hours from and to, moments, and days together with a time.

use super::{
    BEFORE_DAY, Is, Maybe, OF, ON, Rule, Sem, Slot, Sure, Times, Word, clock::run_together,
    expression, is_day, is_hour_number, is_minutes, is_one, is_one_time, is_part, one_clock, rule,
    surely, times,
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
    const AT: Slot = Maybe(&[Particle::At, Particle::Hours, Particle::OneHour]);
    let mut rules = vec![
        rule(
            &[
                Word(Particle::Between),
                AT,
                Is(is_one_time),
                Word(Particle::And),
                AT,
                Is(is_one_time),
            ],
            |parts| from_to(parts, true),
        ),
        rule(&[Is(is_hours), OF, Is(is_part)], |parts| {
            match (parts[0], parts[1]) {
                (Sem::Hours(from, until, _), Sem::Part(part) | Sem::PartOf(part)) => Some(
                    Sem::Hours(from.in_part(*part), until.in_part(*part), Sure::Yes),
                ),
                _ => None,
            }
        }),
    ];
    for to in [Particle::Through, Particle::Dash] {
        rules.push(rule(
            &[
                Word(Particle::Between),
                AT,
                Is(is_one_time),
                Word(to),
                AT,
                Is(is_one_time),
            ],
            |parts| from_to(parts, true),
        ));
        rules.push(rule(
            &[
                Word(Particle::From),
                AT,
                Is(is_one_time),
                Word(to),
                AT,
                Is(is_one_time),
            ],
            |parts| from_to(parts, true),
        ));
        rules.push(
            rule(
                &[
                    Word(Particle::OfHours),
                    AT,
                    Is(is_one_time),
                    Word(to),
                    AT,
                    Is(is_one_time),
                ],
                |parts| from_to(parts, true),
            )
            .costing(2),
        );
        rules.push(rule(
            &[
                Word(Particle::At),
                Is(is_one_time),
                Word(to),
                Is(is_one_time),
            ],
            |parts| match from_to(parts, false)? {
                Sem::Hours(from, until, _) => Some(Sem::Hours(from, until, Sure::Yes)),
                other => Some(other),
            },
        ));
        rules.push(rule(
            &[Is(is_one_time), Word(to), Is(is_one_time)],
            |parts| from_to(parts, false),
        ));
        rules.push(rule(
            &[Is(is_sure_time), Word(to), AT, Is(is_one_time)],
            |parts| from_to(parts, true),
        ));
    }
    rules
}

fn bounds() -> Vec<Rule> {
    const AT: Slot = Maybe(&[Particle::At, Particle::Hours, Particle::OneHour]);
    fn from(sem: &Sem) -> Option<Sem> {
        one_clock(sem).map(Sem::From)
    }
    fn until(sem: &Sem) -> Option<Sem> {
        one_clock(sem).map(Sem::Until)
    }
    vec![
        rule(&[Word(Particle::From), AT, Is(is_one_time)], |parts| {
            from(parts[0])
        }),
        rule(
            &[
                Word(Particle::From),
                AT,
                Is(is_one_time),
                Word(Particle::On),
            ],
            |parts| from(parts[0]),
        )
        .costing(1),
        rule(&[Word(Particle::After), AT, Is(is_one_time)], |parts| {
            from(parts[0])
        }),
        rule(
            &[
                Maybe(&[Particle::From, Particle::OfHours]),
                AT,
                Is(is_one_time),
                Word(Particle::Onwards),
            ],
            |parts| from(parts[0]),
        ),
        rule(&[Word(Particle::Until), AT, Is(is_one_time)], |parts| {
            until(parts[0])
        }),
        rule(&[Word(Particle::Before), AT, Is(is_one_time)], |parts| {
            until(parts[0])
        }),
        rule(&[Word(Particle::AfterWork)], |_| {
            Some(Sem::From(Clock::At(17 * 60)))
        }),
        rule(&[Is(is_sure_time), Word(Particle::AtLatest)], |parts| {
            until(parts[0])
        }),
        rule(&[Word(Particle::AtLatest), Is(is_sure_time)], |parts| {
            until(parts[0])
        }),
        rule(&[Is(is_sure_time), Word(Particle::AtEarliest)], |parts| {
            from(parts[0])
        }),
        rule(&[Word(Particle::AtEarliest), Is(is_sure_time)], |parts| {
            from(parts[0])
        }),
    ]
}

/// By another place's clock: "3 pm Central", "a las 5, hora de Canarias".
fn elsewhere() -> Vec<Rule> {
    vec![
        rule(&[Is(is_any_time), OF, Is(is_zone)], |parts| {
            by_zone(parts[0], parts[1])
        })
        .loose(),
        rule(&[Is(is_zone), Is(is_any_time)], |parts| {
            by_zone(parts[1], parts[0])
        })
        .loose(),
        rule(&[Is(is_hour_number), Is(is_zone)], |parts| {
            by_zone(&Sem::Times(surely(parts[0])?), parts[1])
        }),
    ]
}

/// Counted from now.
fn moments() -> Vec<Rule> {
    fn moment(sem: &Sem, about: bool) -> Option<Sem> {
        match sem {
            Sem::Minutes(minutes) => Some(Sem::Moment(*minutes, about)),
            _ => None,
        }
    }
    vec![
        rule(&[Word(Particle::In), Is(is_minutes)], |parts| {
            moment(parts[0], false)
        }),
        rule(&[Word(Particle::Within), Is(is_minutes)], |parts| {
            moment(parts[0], false)
        }),
        rule(&[Is(is_minutes), Word(Particle::FromNow)], |parts| {
            moment(parts[0], false)
        }),
        rule(
            &[Word(Particle::In), Word(Particle::About), Is(is_minutes)],
            |parts| moment(parts[0], true),
        ),
        rule(
            &[
                Word(Particle::About),
                Is(is_minutes),
                Word(Particle::FromNow),
            ],
            |parts| moment(parts[0], true),
        ),
        rule(
            &[Word(Particle::About), Word(Particle::In), Is(is_minutes)],
            |parts| moment(parts[0], true),
        ),
        rule(
            &[Word(Particle::In), Word(Particle::Like), Is(is_minutes)],
            |parts| moment(parts[0], true),
        ),
        rule(
            &[Word(Particle::In), Is(is_minutes), Word(Particle::Ish)],
            |parts| moment(parts[0], true),
        ),
    ]
}

/// A day and a number that is an hour because it stands beside the day.
fn appointments() -> Vec<Rule> {
    vec![
        rule(&[Is(is_day), Is(is_bare)], |parts| {
            together(parts[0], parts[1])
        })
        .costing(1),
        rule(&[Is(is_several), Is(is_hours)], |parts| {
            together(parts[0], parts[1])
        })
        .costing(1),
        rule(&[Is(is_worded_day), Is(is_bare)], |parts| {
            together(parts[0], parts[1])
        })
        .loose()
        .costing(3),
        rule(&[Is(is_day), Is(is_run_together)], |parts| {
            together(parts[0], &run_together(parts[1])?)
        })
        .costing(2),
        rule(&[Is(is_run_together), ON, Is(is_near_day)], |parts| {
            together(parts[1], &run_together(parts[0])?)
        })
        .costing(2),
        rule(&[Is(is_worded_day), Word(Particle::Am)], |parts| {
            Some(Sem::Appointment(
                expression(parts[0])?,
                Box::new(Sem::Part(DayPart::Morning)),
            ))
        }),
        rule(&[Is(is_worded_day), Word(Particle::Pm)], |parts| {
            Some(Sem::Appointment(
                expression(parts[0])?,
                Box::new(Sem::Part(DayPart::Afternoon)),
            ))
        }),
        rule(&[Is(is_bare), ON, Is(is_near_day)], |parts| {
            together(parts[1], parts[0])
        })
        .costing(2),
        rule(
            &[Is(is_bare), BEFORE_DAY, Is(is_near_day), OF, Is(is_part)],
            |parts| {
                let Sem::Part(part) = parts[2] else {
                    return None;
                };
                let times = times(parts[0])?;
                let at = times
                    .at
                    .into_iter()
                    .map(|clock| clock.in_part(*part))
                    .collect();
                let times = Sem::Times(Times { at, ..times });
                together(parts[1], &times)
            },
        )
        .costing(2),
        rule(&[Is(is_timed), Is(is_today)], |parts| {
            let Sem::Today(part) = parts[1] else {
                return None;
            };
            let times = times(parts[0])?;
            let at = times
                .at
                .into_iter()
                .map(|clock| clock.in_part(*part))
                .collect();
            let times = Sem::Times(Times {
                at,
                sure: Sure::Yes,
                ..times
            });
            Some(Sem::Appointment(Expression::Ahead(0), Box::new(times)))
        }),
        rule(&[Is(is_today), Is(is_hour_number)], |parts| {
            let Sem::Today(part) = parts[0] else {
                return None;
            };
            let times = times(parts[1])?;
            let at = times
                .at
                .into_iter()
                .map(|clock| clock.in_part(*part))
                .collect();
            let times = Sem::Times(Times {
                at,
                sure: Sure::Yes,
                ..times
            });
            Some(Sem::Appointment(Expression::Ahead(0), Box::new(times)))
        }),
    ]
}

// --- what a part may be

fn is_several(sem: &Sem) -> bool {
    matches!(sem, Sem::Days(Expression::AnyOf(_)))
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

// --- what they come to

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
