//! Days: "next Friday", "the 14th of March", "two days after the 20th", "el último sábado del mes".

use chrono::NaiveDate;

use super::{
    BEFORE_DAY, Is, Maybe, OF, ON, Rule, Sem, Slot, THE, Word, boxed, day_number, days, expression,
    identity, is_count, is_day, is_day_number, is_days, is_month, is_month_span, is_number,
    is_ordinal, is_span, is_weekday, is_year, number, rule,
};
use crate::language::{
    day::Weekdays,
    expression::{Expression, Side, Unit, Which},
    vocabulary::Particle,
};

const AND: Slot = Maybe(&[Particle::And, Particle::AndMinutes]);
const OR_AND: Slot = Maybe(&[Particle::Or, Particle::And]);

pub(super) fn rules() -> Vec<Rule> {
    let parts = [
        numbers(),
        weekdays(),
        dates(),
        of_months(),
        counted(),
        several(),
    ];
    parts.into_iter().flatten().collect()
}

/// Numbers and places of several words.
fn numbers() -> Vec<Rule> {
    vec![
        rule(
            &[Is(is_tens), Maybe(&[Particle::Dash]), Is(is_ones)],
            |parts| Some(Sem::Number(number(parts[0])? + number(parts[1])?, 0)),
        ),
        rule(
            &[Is(is_tens), Word(Particle::AndMinutes), Is(is_ones)],
            |parts| Some(Sem::Number(number(parts[0])? + number(parts[1])?, 0)),
        ),
        rule(
            &[Is(is_tens), Maybe(&[Particle::Dash]), Is(is_first_places)],
            |parts| match parts[1] {
                Sem::Ordinal(place, _) => {
                    let tens = i16::try_from(number(parts[0])?).ok()?;
                    Some(Sem::Ordinal(tens + place, false))
                }
                _ => None,
            },
        ),
        // "Twenty twenty seven".
        rule(&[Is(is_twenty), Is(is_year_of_century)], |parts| {
            Some(Sem::Year(2000 + i32::from(number(parts[1])?)))
        }),
        rule(
            &[Is(is_two), Word(Particle::Thousand), AND, Is(is_number)],
            |parts| {
                let rest = number(parts[1]).filter(|rest| *rest < 100)?;
                Some(Sem::Year(2000 + i32::from(rest)))
            },
        ),
        rule(&[Word(Particle::Few)], |_| Some(Sem::Number(3, 0))).costing(1),
    ]
}

fn weekdays() -> Vec<Rule> {
    fn which(sem: &Sem, which: Which) -> Option<Sem> {
        match sem {
            Sem::Weekday(weekday) => days(Expression::Weekday(*weekday, which)),
            _ => None,
        }
    }
    vec![
        rule(&[Is(is_weekday)], |parts| which(parts[0], Which::Plain)),
        rule(&[Word(Particle::This), Is(is_weekday)], |parts| {
            which(parts[0], Which::This)
        }),
        rule(&[Word(Particle::Coming), Is(is_weekday)], |parts| {
            which(parts[0], Which::This)
        }),
        rule(&[Word(Particle::Next), Is(is_weekday)], |parts| {
            which(parts[0], Which::Next)
        }),
        rule(&[Is(is_weekday), Word(Particle::Next)], |parts| {
            which(parts[0], Which::Next)
        }),
        rule(&[Is(is_weekday), Word(Particle::WeekLater)], |parts| {
            which(parts[0], Which::WeekLater)
        }),
        rule(
            &[Is(is_weekday), Word(Particle::In), Is(is_eight)],
            |parts| which(parts[0], Which::WeekLater),
        ),
        rule(&[Is(is_weekday), Word(Particle::AfterNextOne)], |parts| {
            counted_weekday(2, parts[0])
        }),
        rule(
            &[Is(is_number), Is(is_any_weekday), Word(Particle::FromNow)],
            |parts| counted_weekday(number(parts[0])?, parts[1]),
        ),
        rule(
            &[Word(Particle::In), Is(is_number), Is(is_any_weekday)],
            |parts| counted_weekday(number(parts[0])?, parts[1]),
        ),
        rule(&[THE, Word(Particle::Last), Is(is_weekday)], |_| {
            Some(Sem::Past)
        }),
        rule(&[THE, Is(is_weekday), Word(Particle::Last)], |_| {
            Some(Sem::Past)
        }),
        // Of "either Saturday" two are meant, and nobody knows which.
        rule(&[Word(Particle::Either), Is(is_weekday)], |_| {
            Some(Sem::Past)
        }),
        rule(&[Word(Particle::EightDays)], |_| days(either_ahead(7))),
        rule(&[Word(Particle::FifteenDays)], |_| days(either_ahead(14))),
        rule(&[Word(Particle::Any), Is(is_weekday)], any_weekday),
        rule(
            &[Is(is_each), Word(Particle::Or), Is(is_weekday)],
            |parts| each_of(&[parts[0], &each(parts[1])?]),
        ),
        rule(
            &[Word(Particle::Any), Is(is_weekday), OR_AND, Is(is_weekday)],
            |parts| days_of_each(&each_of(&[&each(parts[0])?, &each(parts[1])?])?),
        ),
        rule(&[Is(is_each)], |parts| days_of_each(parts[0])),
        rule(&[Is(is_each), OR_AND, Is(is_each)], each_of).loose(),
        rule(&[Is(is_ahead), Word(Particle::WeekLater)], |parts| {
            days(Expression::Offset(boxed(parts[0])?, 1, Unit::Week))
        }),
        // "De hoy en ocho".
        rule(
            &[OF, Is(is_ahead), Word(Particle::In), Is(is_eight)],
            |parts| days(Expression::Offset(boxed(parts[0])?, 1, Unit::Week)),
        ),
        // The small words before a day say nothing more.
        rule(&[Word(Particle::On), Is(is_days)], identity),
        rule(&[Word(Particle::The), Is(is_listed)], identity),
    ]
}

/// By number, with the month or without.
#[expect(clippy::too_many_lines, reason = "a table, one entry for each rule")]
fn dates() -> Vec<Rule> {
    const OF_OR_THE: Slot = Maybe(&[Particle::Of, Particle::The, Particle::Dash, Particle::Or]);
    const MAYBE_THE: Slot = Maybe(&[Particle::The, Particle::Dash]);
    vec![
        rule(&[Word(Particle::The), Is(is_day_number)], |parts| {
            // "The second" may be the second of a list.
            let of_list = matches!(parts[0], Sem::Ordinal(2..=3, false) | Sem::Number(1, 0));
            day_of_month(parts[0]).filter(|_| !of_list)
        })
        .costing(1),
        rule(&[Word(Particle::On), THE, Is(is_ordinal)], |parts| {
            day_of_month(parts[0])
        }),
        rule(&[Is(is_written_ordinal)], |parts| day_of_month(parts[0])).costing(2),
        rule(&[Is(is_day_number), OF_OR_THE, Is(is_month)], |parts| {
            month_day(parts[1], parts[0], None)
        }),
        rule(
            &[
                Is(is_day_number),
                OF_OR_THE,
                Is(is_month),
                OF_OR_THE,
                Is(is_year),
            ],
            |parts| month_day(parts[1], parts[0], Some(parts[2])),
        )
        .loose(),
        rule(&[Is(is_month), MAYBE_THE, Is(is_day_number)], |parts| {
            month_day(parts[0], parts[1], None)
        })
        .loose(),
        // "12mar27": of two figures that cannot be an hour.
        rule(
            &[
                Is(is_day_number),
                OF_OR_THE,
                Is(is_month),
                OF_OR_THE,
                Is(is_short_year),
            ],
            |parts| {
                let year = Sem::Year(2000 + i32::from(number(parts[2])?));
                month_day(parts[1], parts[0], Some(&year))
            },
        )
        .costing(2),
        rule(&[Is(is_day), OF, Is(is_year_ahead)], |parts| {
            inside(parts[0], parts[1])
        }),
        rule(
            &[Is(is_month), THE, Is(is_day_number), OF, Is(is_year)],
            |parts| month_day(parts[0], parts[1], Some(parts[2])),
        )
        .loose(),
        // "3-20", "el 17 del 3".
        rule(
            &[Is(is_day_number), Word(Particle::Dash), Is(is_day_number)],
            |parts| {
                let (a, b) = (day_number(parts[0])?, day_number(parts[1])?);
                (a <= 12 || b <= 12).then_some(Sem::Days(Expression::Numeric(a, b, None)))
            },
        )
        .costing(7),
        rule(
            &[
                Word(Particle::The),
                Is(is_day_number),
                Word(Particle::Dash),
                Is(is_day_number),
            ],
            |parts| {
                let (a, b) = (day_number(parts[0])?, day_number(parts[1])?);
                (a <= 12 || b <= 12).then_some(Sem::Days(Expression::Numeric(a, b, None)))
            },
        )
        .costing(1),
        rule(
            &[
                THE,
                Is(is_day_number),
                Maybe(&[Particle::Of]),
                Word(Particle::The),
                Is(is_day_number),
            ],
            |parts| {
                let (day, month) = (day_number(parts[0])?, day_number(parts[1])?);
                (month <= 12).then_some(Sem::Days(Expression::MonthDay(month, day)))
            },
        )
        .costing(3),
        // "Friday the 13th", "Fri 6 Mar", "viernes 13".
        rule(&[Is(is_weekday), BEFORE_DAY, Is(is_dated)], |parts| {
            fits(parts[0], boxed(parts[1])?)
        })
        .loose(),
        rule(&[Is(is_weekday), Is(is_day_number)], |parts| {
            let day = day_number(parts[1])?;
            fits(parts[0], Box::new(Expression::DayOfMonth(day)))
        })
        .costing(1),
        rule(
            &[
                Is(is_feast),
                Maybe(&[Particle::Of, Particle::In]),
                Is(is_year),
            ],
            |parts| match (parts[0], parts[1]) {
                (Sem::Days(Expression::Feast(feast, None)), Sem::Year(year)) => {
                    days(Expression::Feast(*feast, Some(*year)))
                }
                _ => None,
            },
        )
        .loose(),
    ]
}

/// By their place in a month.
#[expect(clippy::too_many_lines, reason = "a table, one entry for each rule")]
fn of_months() -> Vec<Rule> {
    const OF_IN: Slot = Maybe(&[Particle::Of, Particle::In]);
    vec![
        rule(
            &[
                Is(is_month_ahead),
                BEFORE_DAY,
                THE,
                Is(is_place),
                Is(is_weekday),
            ],
            |parts| nth_weekday(parts[1], parts[2], boxed(parts[0])?),
        )
        .loose(),
        rule(
            &[
                Is(is_place),
                Is(is_weekday),
                OF,
                THE,
                Word(Particle::Month),
                Word(Particle::Of),
                Is(is_month),
            ],
            |parts| nth_weekday(parts[0], parts[1], boxed(parts[2])?),
        ),
        rule(
            &[Is(is_place), Is(is_weekday), OF_IN, THE, Is(is_month_span)],
            |parts| nth_weekday(parts[0], parts[1], boxed(parts[2])?),
        ),
        rule(
            &[
                Is(is_place),
                Is(is_weekday),
                Word(Particle::Of),
                THE,
                Word(Particle::Month),
            ],
            |parts| nth_weekday(parts[0], parts[1], Box::new(Expression::MonthAhead(0))),
        ),
        rule(
            &[
                Is(is_place),
                Word(Particle::Or),
                Is(is_place),
                Is(is_weekday),
                OF_IN,
                THE,
                Is(is_month_span),
            ],
            |parts| {
                let nth = |part| expression(&nth_weekday(part, parts[2], boxed(parts[3])?)?);
                days(Expression::AnyOf(vec![nth(parts[0])?, nth(parts[1])?]))
            },
        ),
        rule(
            &[
                Is(is_day_place),
                Maybe(&[Particle::Day]),
                OF_IN,
                THE,
                Is(is_month_ahead),
            ],
            |parts| days(Expression::NthDay(place(parts[0])?, boxed(parts[1])?)),
        ),
        rule(
            &[
                Is(is_place),
                Word(Particle::Day),
                OF_IN,
                THE,
                Is(is_month_span),
            ],
            |parts| days(Expression::NthDay(place(parts[0])?, boxed(parts[1])?)),
        ),
        rule(
            &[
                Is(is_place),
                Word(Particle::Day),
                Word(Particle::Of),
                THE,
                Word(Particle::Month),
            ],
            |parts| {
                days(Expression::NthDay(
                    place(parts[0])?,
                    Box::new(Expression::MonthAhead(0)),
                ))
            },
        ),
        // "The first ten days of August", "the last 3 days of the month".
        rule(
            &[
                Is(is_end_place),
                Is(is_number),
                Word(Particle::Day),
                OF_IN,
                THE,
                Is(is_month_span),
            ],
            |parts| {
                let count = i16::try_from(number(parts[1])?).ok()?;
                let bounds = match place(parts[0])? {
                    1 => (1, count),
                    _ => (-count, -1),
                };
                let span = boxed(parts[2])?;
                let day = |nth| Box::new(Expression::NthDay(nth, span.clone()));
                days(Expression::Between(day(bounds.0), day(bounds.1)))
            },
        ),
        rule(
            &[
                Is(is_place),
                Word(Particle::Week),
                OF_IN,
                THE,
                Is(is_month_span),
            ],
            |parts| days(Expression::NthWeek(place(parts[0])?, boxed(parts[1])?)),
        ),
        rule(
            &[
                Is(is_place),
                Word(Particle::Week),
                Word(Particle::Of),
                THE,
                Word(Particle::Month),
            ],
            |parts| {
                days(Expression::NthWeek(
                    place(parts[0])?,
                    Box::new(Expression::MonthAhead(0)),
                ))
            },
        ),
        rule(
            &[
                Is(is_place),
                Word(Particle::Weekend),
                OF_IN,
                THE,
                Is(is_month_span),
            ],
            |parts| {
                let saturday = nth_weekday(
                    parts[0],
                    &Sem::Weekday(chrono::Weekday::Sat),
                    boxed(parts[1])?,
                )?;
                days(Expression::WeekendOf(boxed(&saturday)?))
            },
        ),
        rule(&[Word(Particle::Final)], |_| Some(Sem::Ordinal(-1, false))),
    ]
}

/// So far from another day.
fn counted() -> Vec<Rule> {
    const FROM: Slot = Maybe(&[Particle::From, Particle::Of, Particle::On, Particle::After]);
    let mut rules = vec![
        rule(&[Word(Particle::In), Is(is_count)], ahead),
        rule(&[Is(is_count), Word(Particle::FromNow)], ahead),
        rule(&[Is(is_count), FROM, THE, Is(is_day)], |parts| {
            offset(parts[0], 1, parts[1])
        }),
        rule(
            &[Is(is_count), Word(Particle::Before), THE, Is(is_day)],
            |parts| offset(parts[0], -1, parts[1]),
        ),
        rule(
            &[Word(Particle::In), Is(is_count), FROM, THE, Is(is_day)],
            |parts| offset(parts[0], 1, parts[1]),
        ),
        rule(&[Word(Particle::Eve), OF, THE, Is(is_day)], |parts| {
            days(Expression::Offset(boxed(parts[0])?, -1, Unit::Day))
        }),
        rule(&[THE, Word(Particle::Day), Word(Particle::After)], |_| {
            Some(Sem::Thereafter(1))
        })
        .costing(1),
        rule(&[THE, Word(Particle::Day), Word(Particle::Before)], |_| {
            Some(Sem::Thereafter(-1))
        })
        .costing(1),
        rule(
            &[
                THE,
                Word(Particle::Day),
                Word(Particle::After),
                THE,
                Is(is_day),
            ],
            |parts| days(Expression::Offset(boxed(parts[0])?, 1, Unit::Day)),
        ),
        rule(
            &[
                THE,
                Word(Particle::Day),
                Word(Particle::Before),
                THE,
                Is(is_day),
            ],
            |parts| days(Expression::Offset(boxed(parts[0])?, -1, Unit::Day)),
        ),
        rule(
            &[Is(is_weekday), Word(Particle::After), THE, Is(is_day)],
            |parts| beside(parts[0], Side::After, parts[1]),
        ),
        rule(
            &[Is(is_weekday), Word(Particle::Before), THE, Is(is_day)],
            |parts| beside(parts[0], Side::Before, parts[1]),
        ),
        rule(
            &[
                Is(is_place),
                Word(Particle::Fortnight),
                OF,
                Is(is_month_span),
            ],
            |parts| {
                let span = boxed(parts[1])?;
                let first = matches!(parts[0], Sem::Ordinal(1, _));
                let bounds = if first { (1, 15) } else { (16, -1) };
                let day = |nth| Box::new(Expression::NthDay(nth, span.clone()));
                days(Expression::Between(day(bounds.0), day(bounds.1)))
            },
        ),
        rule(&[Is(is_number), Word(Particle::Fortnight)], |parts| {
            Some(Sem::Count(i32::from(number(parts[0])?) * 2, Unit::Week))
        }),
        rule(&[Word(Particle::One), Word(Particle::Fortnight)], |_| {
            Some(Sem::Count(2, Unit::Week))
        }),
    ];
    // A rule's maker knows no more than its parts.
    macro_rules! counts {
        ($($word:ident => $unit:ident),*) => {$(
            rules.push(rule(&[Is(is_number), Word(Particle::$word)], |parts| {
                let count = number(parts[0]).filter(|count| *count <= 400)?;
                Some(Sem::Count(count.into(), Unit::$unit))
            }));
            rules.push(rule(&[Word(Particle::One), Word(Particle::$word)], |_| {
                Some(Sem::Count(1, Unit::$unit))
            }));
        )*};
    }
    counts!(Day => Day, Week => Week, Month => Month, Year => Year);
    rules
}

/// Several days of which any will do.
#[expect(clippy::too_many_lines, reason = "a table, one entry for each rule")]
fn several() -> Vec<Rule> {
    vec![
        rule(
            &[Is(is_listed), Word(Particle::Or), BEFORE_DAY, Is(is_single)],
            any_of,
        ),
        rule(
            &[
                Is(is_listed),
                Word(Particle::And),
                BEFORE_DAY,
                Is(is_single),
            ],
            any_of,
        ),
        rule(
            &[
                Is(is_single),
                BEFORE_DAY,
                Is(is_single),
                Word(Particle::Or),
                BEFORE_DAY,
                Is(is_single),
            ],
            any_of,
        )
        .loose()
        .costing(1),
        rule(
            &[
                Is(is_day_number),
                Word(Particle::Or),
                THE,
                Is(is_day_number),
                OF,
                Is(is_month),
            ],
            |parts| both_of_month(parts[2], parts[0], parts[1]),
        ),
        rule(
            &[
                Is(is_day_number),
                Word(Particle::And),
                THE,
                Is(is_day_number),
                OF,
                Is(is_month),
            ],
            |parts| both_of_month(parts[2], parts[0], parts[1]),
        )
        .costing(1),
        rule(
            &[
                Is(is_day_number),
                Is(is_day_number),
                OR_AND,
                THE,
                Is(is_day_number),
                OF,
                Is(is_month),
            ],
            |parts| listed_of_month(parts[3], &parts[..3]),
        )
        .loose()
        .costing(1),
        rule(
            &[
                THE,
                Is(is_day_number),
                THE,
                Is(is_day_number),
                OR_AND,
                THE,
                Is(is_day_number),
                OF,
                Is(is_month),
            ],
            |parts| listed_of_month(parts[3], &parts[..3]),
        )
        .loose()
        .costing(1),
        rule(
            &[
                Is(is_month),
                Is(is_day_number),
                Is(is_day_number),
                OR_AND,
                Is(is_day_number),
            ],
            |parts| listed_of_month(parts[0], &parts[1..]),
        )
        .loose()
        .costing(1),
        rule(
            &[
                Word(Particle::The),
                Is(is_day_number),
                Is(is_day_number),
                Word(Particle::Or),
                Is(is_day_number),
            ],
            |parts| {
                let all = [
                    day_of_month(parts[0])?,
                    day_of_month(parts[1])?,
                    day_of_month(parts[2])?,
                ];
                any_of(&[&all[0], &all[1], &all[2]])
            },
        )
        .loose()
        .costing(2),
        rule(
            &[
                Is(is_month),
                Is(is_day_number),
                Word(Particle::Or),
                THE,
                Is(is_day_number),
            ],
            |parts| both_of_month(parts[0], parts[1], parts[2]),
        ),
        rule(
            &[
                Is(is_month),
                Is(is_day_number),
                Word(Particle::And),
                THE,
                Is(is_day_number),
            ],
            |parts| both_of_month(parts[0], parts[1], parts[2]),
        ),
        rule(
            &[
                Word(Particle::The),
                Is(is_day_number),
                Word(Particle::Or),
                THE,
                Is(is_day_number),
            ],
            |parts| {
                let both = [day_of_month(parts[0])?, day_of_month(parts[1])?];
                any_of(&[&both[0], &both[1]])
            },
        )
        .costing(1),
        rule(&[Is(is_listed), ON, Is(is_week_like)], |parts| {
            inside(parts[0], parts[1])
        }),
        rule(
            &[Is(is_listed), Word(Particle::Of), Is(is_week_like)],
            |parts| inside(parts[0], parts[1]),
        ),
        rule(&[Is(is_week_like), BEFORE_DAY, Is(is_listed)], |parts| {
            inside(parts[1], parts[0])
        })
        .loose(),
        rule(
            &[
                Is(is_weekday_span),
                Maybe(&[Particle::Of, Particle::On]),
                Is(is_week_like),
            ],
            |parts| inside(parts[0], parts[1]),
        ),
        rule(
            &[
                Is(is_week_like),
                Maybe(&[Particle::Of, Particle::On]),
                Is(is_weekday_span),
            ],
            |parts| inside(parts[1], parts[0]),
        )
        .loose(),
    ]
}

// --- what a part may be

fn is_tens(sem: &Sem) -> bool {
    matches!(sem, Sem::Number(20 | 30 | 40 | 50, 0))
}

fn is_ones(sem: &Sem) -> bool {
    matches!(sem, Sem::Number(1..=9, 0))
}

fn is_first_places(sem: &Sem) -> bool {
    matches!(sem, Sem::Ordinal(1..=9, false))
}

fn is_two(sem: &Sem) -> bool {
    matches!(sem, Sem::Number(2, _))
}

/// A year of this century that is neither an hour nor a day.
fn is_short_year(sem: &Sem) -> bool {
    matches!(sem, Sem::Number(24..=49, 2))
}

fn is_year_ahead(sem: &Sem) -> bool {
    matches!(sem, Sem::Days(Expression::YearAhead(_)))
}

/// "Monday to Wednesday".
fn is_weekday_span(sem: &Sem) -> bool {
    match sem {
        Sem::Days(Expression::Between(first, last)) => {
            let is_plain = |end: &Expression| matches!(end, Expression::Weekday(_, Which::Plain));
            is_plain(first) && is_plain(last)
        }
        _ => false,
    }
}

fn is_twenty(sem: &Sem) -> bool {
    matches!(sem, Sem::Number(20, 0))
}

fn is_year_of_century(sem: &Sem) -> bool {
    matches!(sem, Sem::Number(24..=49, 0))
}

fn is_eight(sem: &Sem) -> bool {
    matches!(sem, Sem::Number(8, _))
}

fn is_written_ordinal(sem: &Sem) -> bool {
    matches!(sem, Sem::Ordinal(1..=31, true))
}

fn is_each(sem: &Sem) -> bool {
    matches!(sem, Sem::Each(_))
}

fn is_any_weekday(sem: &Sem) -> bool {
    matches!(sem, Sem::Weekday(_) | Sem::Each(_))
}

fn is_ahead(sem: &Sem) -> bool {
    matches!(sem, Sem::Days(Expression::Ahead(_)))
}

fn is_feast(sem: &Sem) -> bool {
    matches!(sem, Sem::Days(Expression::Feast(..)))
}

fn is_dated(sem: &Sem) -> bool {
    matches!(sem, Sem::Days(days) if days.is_dated())
}

/// "First", "2nd", "last".
fn is_place(sem: &Sem) -> bool {
    matches!(sem, Sem::Ordinal(-2..=6, _))
}

fn is_end_place(sem: &Sem) -> bool {
    matches!(sem, Sem::Ordinal(1 | -1, _))
}

fn is_day_place(sem: &Sem) -> bool {
    is_day_number(sem)
}

fn is_month_ahead(sem: &Sem) -> bool {
    matches!(sem, Sem::Days(Expression::MonthAhead(_)))
}

/// A day that is no list of days.
fn is_single(sem: &Sem) -> bool {
    is_day(sem) || matches!(sem, Sem::Days(Expression::Each(_)))
}

fn is_listed(sem: &Sem) -> bool {
    is_day(sem) || matches!(sem, Sem::Days(Expression::AnyOf(_) | Expression::Each(_)))
}

fn is_week_like(sem: &Sem) -> bool {
    is_span(sem)
        && matches!(
            sem,
            Sem::Days(
                Expression::Week(_)
                    | Expression::Around(_, Unit::Week)
                    | Expression::WeekOf(_)
                    | Expression::NthWeek(..)
                    | Expression::MonthAhead(_)
            )
        )
}

// --- what they come to

fn place(sem: &Sem) -> Option<i16> {
    match sem {
        Sem::Ordinal(place, _) => Some(*place),
        Sem::Number(place, _) => i16::try_from(*place).ok(),
        _ => None,
    }
}

fn each(sem: &Sem) -> Option<Sem> {
    match sem {
        Sem::Weekday(weekday) => Some(Sem::Each(Weekdays::default().and(*weekday))),
        _ => None,
    }
}

fn days_of_each(sem: &Sem) -> Option<Sem> {
    match sem {
        Sem::Each(weekdays) => days(Expression::Each(*weekdays)),
        _ => None,
    }
}

fn any_weekday(parts: &[&Sem]) -> Option<Sem> {
    days_of_each(&each(parts[0])?)
}

fn listed_of_month(month: &Sem, numbers: &[&Sem]) -> Option<Sem> {
    let mut all = Vec::new();
    for number in numbers {
        all.push(expression(&month_day(month, number, None)?)?);
    }
    days(Expression::AnyOf(all))
}

fn day_of_month(sem: &Sem) -> Option<Sem> {
    days(Expression::DayOfMonth(day_number(sem)?))
}

fn month_day(month: &Sem, day: &Sem, year: Option<&Sem>) -> Option<Sem> {
    let (Sem::Month(month), day) = (month, day_number(day)?) else {
        return None;
    };
    match year {
        Some(Sem::Year(year)) => days(Expression::Date(NaiveDate::from_ymd_opt(
            *year, *month, day,
        )?)),
        // No month has such a day.
        _ => NaiveDate::from_ymd_opt(2024, *month, day)
            .and_then(|_| days(Expression::MonthDay(*month, day))),
    }
}

/// So many days from now, or one more: some count today, and some do not.
fn either_ahead(days: i32) -> Expression {
    Expression::Either(
        Box::new(Expression::Ahead(days)),
        Box::new(Expression::Ahead(days + 1)),
    )
}

fn fits(weekday: &Sem, day: Box<Expression>) -> Option<Sem> {
    match weekday {
        Sem::Weekday(weekday) => days(Expression::Fits(*weekday, day)),
        _ => None,
    }
}

fn counted_weekday(count: u16, weekday: &Sem) -> Option<Sem> {
    let weekday = match weekday {
        Sem::Weekday(weekday) => *weekday,
        Sem::Each(weekdays) => weekdays.iter().next()?,
        _ => return None,
    };
    (1..=60)
        .contains(&count)
        .then_some(Sem::Days(Expression::Counted(count, weekday)))
}

fn each_of(parts: &[&Sem]) -> Option<Sem> {
    match (parts[0], parts[1]) {
        (Sem::Each(first), Sem::Each(second)) => {
            Some(Sem::Each(second.iter().fold(*first, Weekdays::and)))
        }
        _ => None,
    }
}

fn nth_weekday(nth: &Sem, weekday: &Sem, span: Box<Expression>) -> Option<Sem> {
    match (nth, weekday) {
        (Sem::Ordinal(nth, _), Sem::Weekday(weekday)) => {
            days(Expression::NthWeekday(*nth, *weekday, span))
        }
        _ => None,
    }
}

fn ahead(parts: &[&Sem]) -> Option<Sem> {
    match parts[0] {
        Sem::Count(count, Unit::Day) => days(Expression::Ahead(*count)),
        Sem::Count(count, unit) => days(Expression::Around(*count, *unit)),
        _ => None,
    }
}

fn offset(count: &Sem, sign: i32, day: &Sem) -> Option<Sem> {
    match count {
        Sem::Count(count, unit) => days(Expression::Offset(boxed(day)?, sign * count, *unit)),
        _ => None,
    }
}

fn beside(weekday: &Sem, side: Side, day: &Sem) -> Option<Sem> {
    match weekday {
        Sem::Weekday(weekday) => days(Expression::Beside(*weekday, side, boxed(day)?)),
        _ => None,
    }
}

fn any_of(parts: &[&Sem]) -> Option<Sem> {
    let mut all = Vec::new();
    for part in parts {
        match expression(part)? {
            Expression::AnyOf(some) => all.extend(some),
            one => all.push(one),
        }
    }
    days(Expression::AnyOf(all))
}

fn both_of_month(month: &Sem, first: &Sem, second: &Sem) -> Option<Sem> {
    let both = [
        month_day(month, first, None)?,
        month_day(month, second, None)?,
    ];
    any_of(&[&both[0], &both[1]])
}

fn inside(day: &Sem, span: &Sem) -> Option<Sem> {
    days(Expression::In(boxed(day)?, boxed(span)?))
}
