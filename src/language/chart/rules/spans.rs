//! Spans of days: "next week", "the rest of March", "from the 3rd to the 5th", "by Friday".

use chrono::NaiveDate;

use super::{
    Rule, Sem, Slot, boxed, day_number, days, expression, is_count, is_day, is_day_number, is_days,
    is_month, is_number, is_span, is_year, number,
};
use crate::language::{
    day::Weekdays,
    expression::{Expression, Third, Unit, Which},
    feast::Feast,
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
fn units() -> Vec<Rule> {
    rules! {
        [<AfterNext>] => |_| days(Expression::Week(2)),
        [<Weekdays>] => |_| {
            days(Expression::Each(Weekdays::WORKING))
        },
        [<Weekends>] => |_| {
            days(Expression::Each(Weekdays::WEEKEND))
        },
        [<Weekend>] => |_| {
            days(Expression::Weekend(Which::Plain))
        },
        [<Weekend> ?Of is_day] => |parts| {
            days(Expression::WeekendOf(boxed(parts[0])?))
        },
        [<Weekend> <AfterNextOne>] => |_| {
            days(Expression::WeekendOf(Box::new(Expression::Offset(
                Box::new(Expression::Weekend(Which::This)),
                1,
                Unit::Week,
            ))))
        },
        [?The <Week> <Of> ?The is_day] => |parts| days(Expression::WeekOf(boxed(parts[0])?)),
        [<HolyWeek>] => |_| days(Expression::WeekOf(Box::new(Expression::Feast(Feast::GoodFriday, None)))),
        [<Week> <The> is_day_number] => |parts| {
            let day = day_number(parts[0])?;
            days(Expression::WeekOf(Box::new(Expression::DayOfMonth(day))))
        },
        [?The <Week> <Of> is_day_number] cost=2 => |parts| {
            let day = day_number(parts[0])?;
            days(Expression::WeekOf(Box::new(Expression::DayOfMonth(day))))
        },
        // "The week after Easter", "la semana siguiente a Navidad".
        [?The <Week> <After> ?(To Of) ?(The OneHour) is_known_day] => |parts| {
            let later = Expression::Offset(boxed(parts[0])?, 1, Unit::Week);
            days(Expression::WeekOf(Box::new(later)))
        },
        [<Week> <Commencing> ?On ?The is_day] => |parts| days(Expression::WeekFrom(boxed(parts[0])?)),
        [?The <WeekCommencing> ?On ?The is_day] => |parts| days(Expression::WeekFrom(boxed(parts[0])?)),
        [<Week> <From> ?The is_day] => |parts| days(Expression::WeekFrom(boxed(parts[0])?)),
        [<Last> is_unit] => |_| Some(Sem::Past),
        [?The is_unit <Last>] => |_| Some(Sem::Past),
        [<Last> <Weekend>] => |_| Some(Sem::Past),
        [?The <Weekend> <Last>] => |_| Some(Sem::Past),
        [<This|Coming> is_unit] => |parts| unit_ahead(parts[0], 0),
        [<Next> is_unit] => |parts| unit_ahead(parts[0], 1),
        [is_unit <Next>] => |parts| unit_ahead(parts[0], 1),
        [<This|Coming> <Weekend>] => |_| days(Expression::Weekend(Which::This)),
        [<Next> <Weekend>] => |_| days(Expression::Weekend(Which::Next)),
        [<Weekend> <Next>] => |_| days(Expression::Weekend(Which::Next)),
    }
}

fn months() -> Vec<Rule> {
    fn month(parts: &[&Sem]) -> Option<Sem> {
        days(expression(parts[0])?)
    }
    rules! {
        // "March" and "may" are other words too.
        [is_month] cost=6 => month,
        [<In|On|This|Next> is_month] => month,
        [is_month ?Of is_year] => |parts| match (parts[0], parts[1]) {
            (Sem::Month(month), Sem::Year(year)) => days(Expression::Month(*month, Some(*year))),
            _ => None,
        },
        [is_month <Of> is_short_year] cost=1 => |parts| match (parts[0], parts[1]) {
            (Sem::Month(month), Sem::Number(year, _)) => {
                days(Expression::Month(*month, Some(2000 + i32::from(*year))))
            }
            _ => None,
        },
    }
}

/// The beginning, middle, end and rest of a span.
fn parts_of() -> Vec<Rule> {
    rules! {
        [<Start>] => |_| Some(Sem::Third(Third::Beginning)),
        [<Middle>] => |_| Some(Sem::Third(Third::Middle)),
        [<End>] => |_| Some(Sem::Third(Third::End)),
        [is_third ?(Of Dash In) ?The is_whole] cost=1 => |parts| part(parts[0], expression(parts[1])?),
        [is_third ?(Of Dash In) ?The <Week>] cost=1 => |parts| part(parts[0], Expression::Week(0)),
        [is_third ?(Of Dash In) ?The <Month>] => |parts| part(parts[0], Expression::MonthAhead(0)),
        [is_third ?(Of Dash In) ?The <Year>] => |parts| part(parts[0], Expression::YearAhead(0)),
        [<Rest> ?Of ?(The This) is_unit] => |parts| match parts[0] {
            Sem::Unit(unit) => days(Expression::Rest(*unit)),
            _ => None,
        },
        [?The <Month> <End>] => |_| {
            days(Expression::Part(Third::End, Box::new(Expression::MonthAhead(0))))
        },
        // "Before the month is out".
        [<Before> ?(The This) is_unit <Ends>] => |parts| match parts[0] {
            Sem::Unit(unit) => days(Expression::Rest(*unit)),
            _ => None,
        },
        [<Rest> ?Of ?The is_whole] => |parts| days(expression(parts[0])?),
    }
}

/// So long from now.
fn from_now() -> Vec<Rule> {
    rules! {
        [<Within> ?The is_count] => |parts| match parts[0] {
            Sem::Count(count, unit) => days(Expression::Within(*count, *unit)),
            _ => None,
        },
        [?(In Within Over) ?The <Next> is_count] => next_days,
        [?(In Within Over) ?The <Next> <Fortnight>] => |_| days(Expression::Within(2, Unit::Week)),
        // "It is over 2 years old": a length, and no day.
        [?In <Over|MoreThan> is_count] => |_| Some(Sem::Past),
        [?(In Within Over) ?The <Next> <Day>] => |_| days(Expression::NextDays(3)),
        [?(In Within Over) is_number <Next> <Day>] => |parts| days(Expression::NextDays(number(parts[0])?.into())),
    }
}

/// To a day, before it, after it and from it on.
fn bounded() -> Vec<Rule> {
    rules! {
        [<Until> ?The is_bound] => |parts| {
            days(Expression::Until(boxed(parts[0])?))
        },
        [<Before> ?The is_bound] => |parts| {
            days(Expression::Before(boxed(parts[0])?))
        },
        [<After> ?The is_bound] => |parts| {
            days(Expression::After(boxed(parts[0])?))
        },
        // "Pasando el 20", "once Easter is over".
        [<Once> ?(The OneHour Hours) is_bound_named] cost=1 => |parts| {
            days(Expression::After(boxed(parts[0])?))
        },
        [<From> ?The is_bound] => |parts| {
            days(Expression::From(boxed(parts[0])?))
        },
        [<From> ?The is_bound <Onwards>] => |parts| days(Expression::From(boxed(parts[0])?)),
        [is_bound <Onwards>] => |parts| {
            days(Expression::From(boxed(parts[0])?))
        },
        [<Of> ?The is_bound <Onwards>] => |parts| days(Expression::From(boxed(parts[0])?)),
        // "Antes del 20": the article says that it is a day.
        [<Until> <The> is_day_number] => |parts| days(Expression::Until(day(parts[0])?)),
    }
}

/// From one day to another.
fn between() -> Vec<Rule> {
    rules! {
        [?(From Of Between The) is_end <Through|Dash> ?The is_end] cost=1 => |parts| between_days(parts[0], parts[1]),
        [<Between> ?The is_end <And> ?The is_end] => |parts| between_days(parts[0], parts[1]),
        [?(From Of Between The) is_month <Through|Dash> is_month] => |parts| between_days(parts[0], parts[1]),
        // Two days of one month.
        [?(From Of Between The) ?The is_day_number <Through|Dash> ?The is_day_number ?Of is_named_month] => |parts| {
            days_of_month(parts[2], parts[0], parts[1])
        },
        [?(From Of Between The) is_month ?The is_day_number <Through|Dash> ?The is_day_number] => |parts| {
            days_of_month(parts[0], parts[1], parts[2])
        },
        [<Between> ?The is_day_number <And> ?The is_day_number ?Of is_named_month] => |parts| {
            days_of_month(parts[2], parts[0], parts[1])
        },
        [<Between> is_month ?The is_day_number <And> ?The is_day_number] => |parts| {
            days_of_month(parts[0], parts[1], parts[2])
        },
        [?(From Of Between The) is_day_number <Through|Dash> ?The is_day_number ?Of is_month_ahead] => |parts| {
            let nth = |part| {
                let day = i16::try_from(day_number(part)?).ok()?;
                Some(Box::new(Expression::NthDay(day, boxed(parts[2])?)))
            };
            span(nth(parts[0])?, nth(parts[1])?)
        },
        // Of no month in particular. "El 3-5" is a date.
        [?From <The> is_day_number <Through> ?The is_day_number] cost=1 => |parts| {
            let (first, last) = (day_number(parts[0])?, day_number(parts[1])?);
            // "Del 28 al 2" goes on into the next month.
            let is_span = first < last || first > LATE_IN_MONTH && last <= LATE_IN_MONTH;
            is_span.then(|| span(day(parts[0])?, day(parts[1])?)).flatten()
        },
        [?(From Of Between The) is_written_day <Through|Dash> ?The is_day_number] => |parts| {
            span(day(parts[0])?, day(parts[1])?)
        },
        [<Between> <The> is_day_number <And> ?The is_day_number] => |parts| span(day(parts[0])?, day(parts[1])?),
        [<Between> is_written_day <And> ?The is_day_number] => |parts| span(day(parts[0])?, day(parts[1])?),
    }
}

/// A span that begins after this day may end in the next month.
const LATE_IN_MONTH: u32 = 15;

// --- what a part may be

fn is_unit(sem: &Sem) -> bool {
    matches!(sem, Sem::Unit(_))
}

fn is_third(sem: &Sem) -> bool {
    matches!(sem, Sem::Third(_))
}

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

/// A bound that is not told by today: "pasado mañana" is a day.
fn is_bound_named(sem: &Sem) -> bool {
    is_bound(sem) && !matches!(sem, Sem::Days(Expression::Ahead(_)))
}

/// A day by its name or number, and no weekday.
fn is_known_day(sem: &Sem) -> bool {
    let is_known = |days: &Expression| {
        days.is_dated() || matches!(days, Expression::Feast(..) | Expression::Fits(..))
    };
    matches!(sem, Sem::Days(days) if is_known(days))
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

/// The week, month or year so many after this one.
fn unit_ahead(unit: &Sem, ahead: i32) -> Option<Sem> {
    match unit {
        Sem::Unit(Unit::Week) => days(Expression::Week(ahead)),
        Sem::Unit(Unit::Month) => days(Expression::MonthAhead(ahead)),
        Sem::Unit(Unit::Year) => days(Expression::YearAhead(ahead)),
        _ => None,
    }
}

fn part(third: &Sem, whole: Expression) -> Option<Sem> {
    match third {
        Sem::Third(third) => days(Expression::Part(*third, Box::new(whole))),
        _ => None,
    }
}

fn between_days(first: &Sem, last: &Sem) -> Option<Sem> {
    span(boxed(first)?, boxed(last)?)
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
