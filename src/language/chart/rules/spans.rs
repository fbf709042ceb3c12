//! Spans of days: "next week", "the rest of March", "from the 3rd to the 5th", "by Friday".

use chrono::NaiveDate;

use super::{
    Is, Maybe, OF, ON, Rule, Sem, Slot, THE, Word, boxed, day_number, days, expression, is_count,
    is_day, is_day_number, is_days, is_month, is_number, is_span, is_year, number, rule,
};
use crate::language::{
    day::Weekdays,
    expression::{Expression, Third, Unit, Which},
    vocabulary::Particle,
};

pub(super) fn rules() -> Vec<Rule> {
    let parts = [
        units(),
        months(),
        parts_of(),
        from_now(),
        bounded(),
        between(),
    ];
    parts.into_iter().flatten().collect()
}

/// Weeks, weekends and years.
#[expect(clippy::too_many_lines, reason = "a table, one entry for each rule")]
fn units() -> Vec<Rule> {
    let mut rules = vec![
        rule(&[Word(Particle::AfterNext)], |_| days(Expression::Week(2))),
        rule(&[Word(Particle::Weekdays)], |_| {
            days(Expression::Each(Weekdays::WORKING))
        }),
        rule(&[Word(Particle::Weekends)], |_| {
            days(Expression::Each(Weekdays::WEEKEND))
        }),
        rule(&[Word(Particle::Weekend)], |_| {
            days(Expression::Weekend(Which::Plain))
        }),
        rule(&[Word(Particle::Weekend), OF, Is(is_day)], |parts| {
            days(Expression::WeekendOf(boxed(parts[0])?))
        }),
        rule(
            &[Word(Particle::Weekend), Word(Particle::AfterNextOne)],
            |_| {
                days(Expression::Offset(
                    Box::new(Expression::Weekend(Which::This)),
                    1,
                    Unit::Week,
                ))
            },
        ),
        rule(
            &[
                THE,
                Word(Particle::Week),
                Word(Particle::Of),
                THE,
                Is(is_day),
            ],
            |parts| days(Expression::WeekOf(boxed(parts[0])?)),
        ),
        rule(
            &[Word(Particle::Week), Word(Particle::The), Is(is_day_number)],
            |parts| {
                let day = day_number(parts[0])?;
                days(Expression::WeekOf(Box::new(Expression::DayOfMonth(day))))
            },
        ),
        rule(
            &[
                THE,
                Word(Particle::Week),
                Word(Particle::Of),
                Is(is_day_number),
            ],
            |parts| {
                let day = day_number(parts[0])?;
                days(Expression::WeekOf(Box::new(Expression::DayOfMonth(day))))
            },
        )
        .costing(2),
        rule(
            &[
                Word(Particle::Week),
                Word(Particle::Commencing),
                ON,
                THE,
                Is(is_day),
            ],
            |parts| days(Expression::WeekFrom(boxed(parts[0])?)),
        ),
        rule(
            &[Word(Particle::Week), Word(Particle::From), THE, Is(is_day)],
            |parts| days(Expression::WeekFrom(boxed(parts[0])?)),
        ),
    ];
    for unit in [
        Particle::Week,
        Particle::Month,
        Particle::Year,
        Particle::Weekend,
    ] {
        rules.push(rule(&[Word(Particle::Last), Word(unit)], |_| {
            Some(Sem::Past)
        }));
        rules.push(rule(&[THE, Word(unit), Word(Particle::Last)], |_| {
            Some(Sem::Past)
        }));
    }
    for word in [Particle::This, Particle::Coming] {
        rules.push(rule(&[Word(word), Word(Particle::Week)], |_| {
            days(Expression::Week(0))
        }));
        rules.push(rule(&[Word(word), Word(Particle::Weekend)], |_| {
            days(Expression::Weekend(Which::This))
        }));
        rules.push(rule(&[Word(word), Word(Particle::Month)], |_| {
            days(Expression::MonthAhead(0))
        }));
    }
    let orders: [fn(Particle) -> [Slot; 2]; 2] = [
        |unit| [Word(Particle::Next), Word(unit)],
        |unit| [Word(unit), Word(Particle::Next)],
    ];
    for pattern in orders {
        rules.push(rule(&pattern(Particle::Week), |_| {
            days(Expression::Week(1))
        }));
        rules.push(rule(&pattern(Particle::Month), |_| {
            days(Expression::MonthAhead(1))
        }));
        rules.push(rule(&pattern(Particle::Year), |_| {
            days(Expression::YearAhead(1))
        }));
        rules.push(rule(&pattern(Particle::Weekend), |_| {
            days(Expression::Weekend(Which::Next))
        }));
    }
    rules
}

fn months() -> Vec<Rule> {
    fn month(parts: &[&Sem]) -> Option<Sem> {
        days(expression(parts[0])?)
    }
    let mut rules = vec![
        // "March" and "may" are other words too.
        rule(&[Is(is_month)], month).costing(6),
        rule(
            &[Is(is_month), Word(Particle::Of), Is(is_short_year)],
            |parts| match (parts[0], parts[1]) {
                (Sem::Month(month), Sem::Number(year, _)) => {
                    days(Expression::Month(*month, Some(2000 + i32::from(*year))))
                }
                _ => None,
            },
        )
        .costing(1),
        rule(&[Is(is_month), OF, Is(is_year)], |parts| {
            match (parts[0], parts[1]) {
                (Sem::Month(month), Sem::Year(year)) => {
                    days(Expression::Month(*month, Some(*year)))
                }
                _ => None,
            }
        }),
    ];
    for word in [Particle::In, Particle::On, Particle::This, Particle::Next] {
        rules.push(rule(&[Word(word), Is(is_month)], month));
    }
    rules
}

/// The beginning, middle, end and rest of a span.
fn parts_of() -> Vec<Rule> {
    const JOINT: Slot = Maybe(&[Particle::Of, Particle::Dash, Particle::In]);
    const WHOSE: Slot = Maybe(&[Particle::The, Particle::This]);
    let mut rules = Vec::new();
    macro_rules! thirds {
        ($($word:ident => $third:ident),*) => {$(
            rules.push(
                rule(&[Word(Particle::$word), JOINT, THE, Is(is_whole)], |parts| {
                    days(Expression::Part(Third::$third, boxed(parts[0])?))
                })
                .costing(1),
            );
            rules.push(rule(
                &[Word(Particle::$word), JOINT, THE, Word(Particle::Week)],
                |_| days(Expression::Part(Third::$third, Box::new(Expression::Week(0)))),
            )
            .costing(1));
            rules.push(rule(
                &[Word(Particle::$word), JOINT, THE, Word(Particle::Month)],
                |_| days(Expression::Part(Third::$third, Box::new(Expression::MonthAhead(0)))),
            ));
            rules.push(rule(
                &[Word(Particle::$word), JOINT, THE, Word(Particle::Year)],
                |_| days(Expression::Part(Third::$third, Box::new(Expression::YearAhead(0)))),
            ));
        )*};
    }
    thirds!(Start => Beginning, Middle => Middle, End => End);
    rules.push(rule(
        &[Word(Particle::Rest), OF, WHOSE, Word(Particle::Week)],
        |_| days(Expression::Week(0)),
    ));
    rules.push(rule(
        &[Word(Particle::Rest), OF, WHOSE, Word(Particle::Month)],
        |_| days(Expression::MonthAhead(0)),
    ));
    rules.push(rule(
        &[Word(Particle::Rest), OF, WHOSE, Word(Particle::Year)],
        |_| days(Expression::YearAhead(0)),
    ));
    rules.push(rule(
        &[Word(Particle::Rest), OF, THE, Is(is_whole)],
        |parts| days(expression(parts[0])?),
    ));
    rules
}

/// So long from now.
fn from_now() -> Vec<Rule> {
    const LEAD: Slot = Maybe(&[Particle::In, Particle::Within]);
    vec![
        rule(
            &[Word(Particle::Within), THE, Is(is_count)],
            |parts| match parts[0] {
                Sem::Count(count, unit) => days(Expression::Within(*count, *unit)),
                _ => None,
            },
        ),
        rule(&[LEAD, THE, Word(Particle::Next), Is(is_count)], next_days),
        rule(
            &[LEAD, THE, Word(Particle::Next), Word(Particle::Day)],
            |_| days(Expression::NextDays(3)),
        ),
        rule(
            &[
                LEAD,
                Is(is_number),
                Word(Particle::Next),
                Word(Particle::Day),
            ],
            |parts| days(Expression::NextDays(number(parts[0])?.into())),
        ),
    ]
}

/// To a day, before it, after it and from it on.
fn bounded() -> Vec<Rule> {
    vec![
        rule(&[Word(Particle::Until), THE, Is(is_bound)], |parts| {
            days(Expression::Until(boxed(parts[0])?))
        }),
        rule(&[Word(Particle::Before), THE, Is(is_bound)], |parts| {
            days(Expression::Before(boxed(parts[0])?))
        }),
        rule(&[Word(Particle::After), THE, Is(is_bound)], |parts| {
            days(Expression::After(boxed(parts[0])?))
        }),
        rule(&[Word(Particle::From), THE, Is(is_bound)], |parts| {
            days(Expression::From(boxed(parts[0])?))
        }),
        rule(
            &[
                Word(Particle::From),
                THE,
                Is(is_bound),
                Word(Particle::Onwards),
            ],
            |parts| days(Expression::From(boxed(parts[0])?)),
        ),
        rule(&[Is(is_bound), Word(Particle::Onwards)], |parts| {
            days(Expression::From(boxed(parts[0])?))
        }),
        rule(
            &[
                Word(Particle::Of),
                THE,
                Is(is_bound),
                Word(Particle::Onwards),
            ],
            |parts| days(Expression::From(boxed(parts[0])?)),
        ),
        // "Antes del 20": the article says that it is a day.
        rule(
            &[
                Word(Particle::Until),
                Word(Particle::The),
                Is(is_day_number),
            ],
            |parts| days(Expression::Until(day(parts[0])?)),
        ),
    ]
}

/// From one day to another.
#[expect(clippy::too_many_lines, reason = "a table, one entry for each rule")]
fn between() -> Vec<Rule> {
    const LEAD: Slot = Maybe(&[
        Particle::From,
        Particle::Of,
        Particle::Between,
        Particle::The,
    ]);
    let mut rules = Vec::new();
    for to in [Particle::Through, Particle::Dash] {
        rules.push(
            rule(&[LEAD, Is(is_end), Word(to), THE, Is(is_end)], |parts| {
                span(boxed(parts[0])?, boxed(parts[1])?)
            })
            .costing(1),
        );
        rules.push(rule(
            &[
                LEAD,
                THE,
                Is(is_day_number),
                Word(to),
                THE,
                Is(is_day_number),
                OF,
                Is(is_named_month),
            ],
            |parts| days_of_month(parts[2], parts[0], parts[1]),
        ));
        rules.push(rule(
            &[
                LEAD,
                Is(is_day_number),
                Word(to),
                THE,
                Is(is_day_number),
                OF,
                Is(is_month_ahead),
            ],
            |parts| {
                let nth = |part| {
                    let day = i16::try_from(day_number(part)?).ok()?;
                    Some(Box::new(Expression::NthDay(day, boxed(parts[2])?)))
                };
                span(nth(parts[0])?, nth(parts[1])?)
            },
        ));
        rules.push(rule(
            &[
                LEAD,
                Is(is_month),
                THE,
                Is(is_day_number),
                Word(to),
                THE,
                Is(is_day_number),
            ],
            |parts| days_of_month(parts[0], parts[1], parts[2]),
        ));
        rules.push(
            rule(
                &[
                    Maybe(&[Particle::From]),
                    Word(Particle::The),
                    Is(is_day_number),
                    Word(to),
                    THE,
                    Is(is_day_number),
                ],
                if to == Particle::Dash {
                    |_| None
                } else {
                    |parts| {
                        let grows = day_number(parts[0])? < day_number(parts[1])?;
                        grows
                            .then(|| span(day(parts[0])?, day(parts[1])?))
                            .flatten()
                    }
                },
            )
            .costing(1),
        );
        rules.push(rule(
            &[LEAD, Is(is_written_day), Word(to), THE, Is(is_day_number)],
            |parts| span(day(parts[0])?, day(parts[1])?),
        ));
        rules.push(rule(
            &[LEAD, Is(is_month), Word(to), Is(is_month)],
            |parts| span(boxed(parts[0])?, boxed(parts[1])?),
        ));
    }
    rules.push(rule(
        &[
            Word(Particle::Between),
            THE,
            Is(is_end),
            Word(Particle::And),
            THE,
            Is(is_end),
        ],
        |parts| span(boxed(parts[0])?, boxed(parts[1])?),
    ));
    rules.push(rule(
        &[
            Word(Particle::Between),
            THE,
            Is(is_day_number),
            Word(Particle::And),
            THE,
            Is(is_day_number),
            OF,
            Is(is_named_month),
        ],
        |parts| days_of_month(parts[2], parts[0], parts[1]),
    ));
    rules.push(rule(
        &[
            Word(Particle::Between),
            Is(is_month),
            THE,
            Is(is_day_number),
            Word(Particle::And),
            THE,
            Is(is_day_number),
        ],
        |parts| days_of_month(parts[0], parts[1], parts[2]),
    ));
    rules.push(rule(
        &[
            Word(Particle::Between),
            Word(Particle::The),
            Is(is_day_number),
            Word(Particle::And),
            THE,
            Is(is_day_number),
        ],
        |parts| span(day(parts[0])?, day(parts[1])?),
    ));
    rules.push(rule(
        &[
            Word(Particle::Between),
            Is(is_written_day),
            Word(Particle::And),
            THE,
            Is(is_day_number),
        ],
        |parts| span(day(parts[0])?, day(parts[1])?),
    ));
    rules
}

// --- what a part may be

fn is_short_year(sem: &Sem) -> bool {
    matches!(sem, Sem::Number(24..=49, 2))
}

/// A span that has a beginning, a middle and an end.
fn is_whole(sem: &Sem) -> bool {
    matches!(sem, Sem::Month(_))
        || is_span(sem)
            && matches!(
                sem,
                Sem::Days(
                    Expression::Week(_)
                        | Expression::Month(..)
                        | Expression::MonthAhead(_)
                        | Expression::YearAhead(_)
                        | Expression::WeekOf(_)
                )
            )
}

/// Days that a span may begin or end with, and not a span with ends of its own.
fn is_bound(sem: &Sem) -> bool {
    is_days(sem)
        && !matches!(
            sem,
            Sem::Days(
                Expression::Between(..)
                    | Expression::Until(_)
                    | Expression::Before(_)
                    | Expression::After(_)
                    | Expression::From(_)
            )
        )
}

/// A month by its name, with its year or without.
fn is_named_month(sem: &Sem) -> bool {
    is_month(sem) || matches!(sem, Sem::Days(Expression::Month(..)))
}

/// What a span may begin or end with.
fn is_end(sem: &Sem) -> bool {
    is_day(sem) && !matches!(sem, Sem::Days(Expression::AnyOf(_)))
        || matches!(
            sem,
            Sem::Days(Expression::Week(_) | Expression::MonthAhead(_))
        )
}

fn is_month_ahead(sem: &Sem) -> bool {
    matches!(sem, Sem::Days(Expression::MonthAhead(_)))
}

fn is_written_day(sem: &Sem) -> bool {
    matches!(sem, Sem::Ordinal(1..=31, true))
}

// --- what they come to

fn day(sem: &Sem) -> Option<Box<Expression>> {
    Some(Box::new(Expression::DayOfMonth(day_number(sem)?)))
}

fn span(first: Box<Expression>, last: Box<Expression>) -> Option<Sem> {
    days(Expression::Between(first, last))
}

fn days_of_month(month: &Sem, first: &Sem, last: &Sem) -> Option<Sem> {
    let (month, year) = match month {
        Sem::Month(month) => (*month, None),
        Sem::Days(Expression::Month(month, year)) => (*month, *year),
        _ => return None,
    };
    let of = |day: &Sem| {
        let day = day_number(day)?;
        let date = NaiveDate::from_ymd_opt(year.unwrap_or(2024), month, day)?;
        Some(Box::new(match year {
            Some(_) => Expression::Date(date),
            None => Expression::MonthDay(month, day),
        }))
    };
    (day_number(first)? < day_number(last)?)
        .then(|| span(of(first)?, of(last)?))
        .flatten()
}

fn next_days(parts: &[&Sem]) -> Option<Sem> {
    match parts[0] {
        Sem::Count(count, Unit::Day) => days(Expression::NextDays(*count)),
        Sem::Count(count, unit) => days(Expression::Within(*count, *unit)),
        _ => None,
    }
}
