//! Days: "next Friday", "the 14th of March", "two days after the 20th", "el último sábado del mes".

use chrono::NaiveDate;

use super::{
    Rule, Sem, Slot, boxed, day_number, days, expression, identity, is_count, is_day,
    is_day_number, is_days, is_month, is_month_span, is_number, is_ordinal, is_span, is_weekday,
    is_year, number,
};
use crate::language::{
    day::Weekdays,
    expression::{Expression, Side, Unit, Which},
    vocabulary::Particle,
};

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
    rules! {
        [is_tens ?Dash is_ones] => |parts| Some(Sem::Number(number(parts[0])? + number(parts[1])?, 0)),
        [is_tens <AndMinutes> is_ones] => |parts| Some(Sem::Number(number(parts[0])? + number(parts[1])?, 0)),
        [is_tens ?Dash is_first_places] => |parts| match parts[1] {
            Sem::Ordinal(place, _) => {
                let tens = i16::try_from(number(parts[0])?).ok()?;
                Some(Sem::Ordinal(tens + place, false))
            }
            _ => None,
        },
        // "Twenty twenty seven".
        [is_twenty is_year_of_century] => |parts| {
            Some(Sem::Year(2000 + i32::from(number(parts[1])?)))
        },
        [is_two <Thousand> ?(And AndMinutes) is_number] => |parts| {
            let rest = number(parts[1]).filter(|rest| *rest < 100)?;
            Some(Sem::Year(2000 + i32::from(rest)))
        },
        [<Few>] cost=1 => |_| Some(Sem::Number(3, 0)),
    }
}

fn weekdays() -> Vec<Rule> {
    fn which(sem: &Sem, which: Which) -> Option<Sem> {
        match sem {
            Sem::Weekday(weekday) => days(Expression::Weekday(*weekday, which)),
            _ => None,
        }
    }
    rules! {
        [is_weekday] => |parts| which(parts[0], Which::Plain),
        [<This|Coming> is_weekday] => |parts| which(parts[0], Which::This),
        [<Next> is_weekday] => |parts| {
            which(parts[0], Which::Next)
        },
        // "El otro viernes".
        [<Other> is_weekday] => |parts| which(parts[0], Which::Next),
        [is_weekday <Next>] => |parts| {
            which(parts[0], Which::Next)
        },
        [is_weekday <WeekLater>] => |parts| {
            which(parts[0], Which::WeekLater)
        },
        [is_weekday <In> is_eight] => |parts| which(parts[0], Which::WeekLater),
        [is_weekday <In> is_fifteen] => |parts| {
            days(Expression::Offset(boxed(&which(parts[0], Which::Plain)?)?, 2, Unit::Week))
        },
        // "Wednesday fortnight".
        [is_weekday <Fortnight>] => |parts| {
            days(Expression::Offset(boxed(&which(parts[0], Which::Plain)?)?, 2, Unit::Week))
        },
        [is_weekday <AfterNextOne>] => |parts| {
            counted_weekday(2, parts[0])
        },
        [is_number is_any_weekday <FromNow>] => |parts| counted_weekday(number(parts[0])?, parts[1]),
        [<In> is_number is_any_weekday] => |parts| counted_weekday(number(parts[0])?, parts[1]),
        [?The <Last> is_weekday] => |_| {
            Some(Sem::Past)
        },
        [?The is_weekday <Last>] => |_| {
            Some(Sem::Past)
        },
        // "El pasado 20 de febrero".
        [<The> <Last> is_dated] => |_| Some(Sem::Past),
        // Of "either Saturday" two are meant, and nobody knows which.
        [<Either> is_weekday] => |_| {
            Some(Sem::Past)
        },
        [<EightDays>] => |_| days(either_ahead(7)),
        [<FifteenDays>] => |_| days(either_ahead(14)),
        [<Any> is_weekday] => any_weekday,
        [is_each <Or> is_weekday] => |parts| each_of(&[parts[0], &each(parts[1])?]),
        [<Any> is_weekday ?(Or And) is_weekday] => |parts| days_of_each(&each_of(&[&each(parts[0])?, &each(parts[1])?])?),
        [is_each] => |parts| days_of_each(parts[0]),
        [is_each ?(Or And) is_each] loose => each_of,
        [is_ahead <WeekLater>] => |parts| {
            days(Expression::Offset(boxed(parts[0])?, 1, Unit::Week))
        },
        // "De hoy en ocho".
        [?Of is_ahead <In> is_eight] => |parts| days(Expression::Offset(boxed(parts[0])?, 1, Unit::Week)),
        [?Of is_ahead <In> is_fifteen] => |parts| days(Expression::Offset(boxed(parts[0])?, 2, Unit::Week)),
        // "This day week".
        [<This> <Day> <WeekLater>] => |_| days(Expression::Ahead(7)),
        // The small words before a day say nothing more.
        [<On> is_days] => identity,
        // "La Candelaria", "el festivo de la Ascensión".
        [<OneHour|Hours> is_feast] => identity,
        [<Holiday> ?Of ?(The OneHour) is_feast] => identity,
        [<The> is_listed] => identity,
    }
}

/// By number, with the month or without.
fn dates() -> Vec<Rule> {
    rules! {
        [<The> is_day_number] cost=1 => |parts| {
            // "The second" may be the second of a list.
            let of_list = matches!(parts[0], Sem::Ordinal(2..=3, false) | Sem::Number(1, 0));
            day_of_month(parts[0]).filter(|_| !of_list)
        },
        [<On> ?The is_ordinal] => |parts| {
            day_of_month(parts[0])
        },
        [is_written_ordinal] cost=2 => |parts| day_of_month(parts[0]),
        [is_day_number ?(Of The Dash Or) is_month] => |parts| {
            month_day(parts[1], parts[0], None)
        },
        [is_day_number ?(Of The Dash Or) is_month ?(Of The Dash Or) is_year] loose => |parts| month_day(parts[1], parts[0], Some(parts[2])),
        [is_month ?(The Dash) is_day_number] loose => |parts| {
            month_day(parts[0], parts[1], None)
        },
        // "12mar27": of two figures that cannot be an hour.
        [is_day_number ?(Of The Dash Or) is_month ?(Of The Dash Or) is_short_year] cost=2 => |parts| {
            let year = Sem::Year(2000 + i32::from(number(parts[2])?));
            month_day(parts[1], parts[0], Some(&year))
        },
        [is_day ?Of is_year_ahead] => |parts| {
            inside(parts[0], parts[1])
        },
        [is_month ?The is_day_number ?Of is_year] loose => |parts| month_day(parts[0], parts[1], Some(parts[2])),
        // "3-20", "el 17 del 3".
        [is_figure_day <Dash> is_figure_day] cost=7 => |parts| {
            let (a, b) = (day_number(parts[0])?, day_number(parts[1])?);
            (a <= 12 || b <= 12).then_some(Sem::Days(Expression::Numeric(a, b, None)))
        },
        [<The> is_figure_day <Dash> is_figure_day] cost=1 => |parts| {
            let (a, b) = (day_number(parts[0])?, day_number(parts[1])?);
            (a <= 12 || b <= 12).then_some(Sem::Days(Expression::Numeric(a, b, None)))
        },
        [?The is_day_number ?Of <The> is_day_number] cost=3 => |parts| {
            let (day, month) = (day_number(parts[0])?, day_number(parts[1])?);
            (month <= 12).then_some(Sem::Days(Expression::MonthDay(month, day)))
        },
        // "Friday the 13th", "Fri 6 Mar", "viernes 13".
        [is_weekday ?(The On) is_dated] loose => |parts| {
            fits(parts[0], boxed(parts[1])?)
        },
        [is_weekday is_day_number] cost=1 => |parts| {
            let day = day_number(parts[1])?;
            fits(parts[0], Box::new(Expression::DayOfMonth(day)))
        },
        [is_feast ?(Of In) is_year] loose => |parts| match (parts[0], parts[1]) {
            (Sem::Days(Expression::Feast(feast, None)), Sem::Year(year)) => {
                days(Expression::Feast(*feast, Some(*year)))
            }
            _ => None,
        },
    }
}

/// By their place in a month.
fn of_months() -> Vec<Rule> {
    rules! {
        [is_month_ahead ?(The On) ?The is_place is_weekday] loose => |parts| nth_weekday(parts[1], parts[2], boxed(parts[0])?),
        [is_place is_weekday ?Of ?The <Month> <Of> is_month] => |parts| nth_weekday(parts[0], parts[1], boxed(parts[2])?),
        [is_place is_weekday ?(Of In) ?The is_month_span] => |parts| nth_weekday(parts[0], parts[1], boxed(parts[2])?),
        [is_place is_weekday <Of> ?The <Month>] => |parts| nth_weekday(parts[0], parts[1], Box::new(Expression::MonthAhead(0))),
        [is_place <Or> is_place is_weekday ?(Of In) ?The is_month_span] => |parts| {
            let nth = |part| expression(&nth_weekday(part, parts[2], boxed(parts[3])?)?);
            days(Expression::AnyOf(vec![nth(parts[0])?, nth(parts[1])?]))
        },
        [is_day_place ?Day ?(Of In) ?The is_month_ahead] => |parts| days(Expression::NthDay(place(parts[0])?, boxed(parts[1])?)),
        [is_place <Day> ?(Of In) ?The is_month_span] => |parts| days(Expression::NthDay(place(parts[0])?, boxed(parts[1])?)),
        [is_place <Day> <Of> ?The <Month>] => |parts| {
            days(Expression::NthDay(
                place(parts[0])?,
                Box::new(Expression::MonthAhead(0)),
            ))
        },
        // "The first ten days of August", "the last 3 days of the month".
        [is_end_place is_number <Day> ?(Of In) ?The is_month_span] => |parts| {
            let count = i16::try_from(number(parts[1])?).ok()?;
            let bounds = match place(parts[0])? {
                1 => (1, count),
                _ => (-count, -1),
            };
            let span = boxed(parts[2])?;
            let day = |nth| Box::new(Expression::NthDay(nth, span.clone()));
            days(Expression::Between(day(bounds.0), day(bounds.1)))
        },
        [is_place <Week> ?(Of In) ?The is_month_span] => |parts| days(Expression::NthWeek(place(parts[0])?, boxed(parts[1])?)),
        [is_place <Week> <Of> ?The <Month>] => |parts| {
            days(Expression::NthWeek(
                place(parts[0])?,
                Box::new(Expression::MonthAhead(0)),
            ))
        },
        [is_place <Weekend> ?(Of In) ?The is_month_span] => |parts| {
            let saturday = nth_weekday(
                parts[0],
                &Sem::Weekday(chrono::Weekday::Sat),
                boxed(parts[1])?,
            )?;
            days(Expression::WeekendOf(boxed(&saturday)?))
        },
        // "Monday of Thanksgiving week".
        [is_weekday ?(Of In On) ?The is_feast <Week>] => |parts| {
            let week = Sem::Days(Expression::WeekOf(boxed(parts[1])?));
            inside(parts[0], &week)
        },
        // "Friday of the Memorial Day weekend": that of a Monday is before it.
        [is_weekday ?(Of In On) ?The is_feast <Weekend>] => |parts| {
            let before = Expression::Offset(boxed(parts[1])?, -3, Unit::Day);
            inside(parts[0], &Sem::Days(Expression::WeekOf(Box::new(before))))
        },
        [<Final>] => |_| Some(Sem::Ordinal(-1, false)),
    }
}

/// So far from another day.
fn counted() -> Vec<Rule> {
    rules! {
        [<In> is_count] => ahead,
        [is_count <FromNow>] => ahead,
        [is_count ?(From Of On After) ?The is_day] => |parts| {
            offset(parts[0], 1, parts[1])
        },
        [is_count <Before> ?The is_day] => |parts| offset(parts[0], -1, parts[1]),
        [<In> is_count ?(From Of On After) ?The is_day] => |parts| offset(parts[0], 1, parts[1]),
        [<DayAfter>] cost=1 => |_| Some(Sem::Thereafter(1)),
        [<DayAfter> ?Of ?The is_day] => |parts| {
            days(Expression::Offset(boxed(parts[0])?, 1, Unit::Day))
        },
        [<Eve> ?Of ?The is_day] => |parts| {
            days(Expression::Offset(boxed(parts[0])?, -1, Unit::Day))
        },
        [?(The One) <Day> <After>] cost=1 => |_| {
            Some(Sem::Thereafter(1))
        },
        [?(The One) <Day> <Before>] cost=1 => |_| {
            Some(Sem::Thereafter(-1))
        },
        [?The <Day> <After> ?The is_day] => |parts| days(Expression::Offset(boxed(parts[0])?, 1, Unit::Day)),
        [?The <Day> <Before> ?The is_day] => |parts| days(Expression::Offset(boxed(parts[0])?, -1, Unit::Day)),
        // "The trial is on the 27th, two days before?"
        [is_count <Before>] cost=2 => |parts| days_beside(parts[0], -1),
        [is_count <After>] cost=2 => |parts| days_beside(parts[0], 1),
        // "I'm away next week, the Monday after?"
        [?On ?The is_weekday <After>] cost=4 => |parts| thereafter(parts[0], Side::After),
        [?On ?The is_weekday <Thereafter>] => |parts| thereafter(parts[0], Side::After),
        // "The 20th is the wedding, so the Friday before?"
        [?On ?The is_weekday <Before>] cost=4 => |parts| thereafter(parts[0], Side::Before),
        [<ThatDay>] => |_| Some(Sem::Thereafter(0)),
        // "Tengo una boda el 12, ¿manicura la víspera?"
        [?The <Eve>] cost=6 => |_| Some(Sem::Thereafter(-1)),
        [is_weekday <After> ?The is_day] => |parts| beside(parts[0], Side::After, parts[1]),
        [is_weekday <Before> ?The is_day] => |parts| beside(parts[0], Side::Before, parts[1]),
        [is_place <Fortnight|Half> ?(Of In) ?The is_month_span] => |parts| {
            let span = boxed(parts[1])?;
            let first = matches!(parts[0], Sem::Ordinal(1, _));
            let bounds = if first { (1, 15) } else { (16, -1) };
            let day = |nth| Box::new(Expression::NthDay(nth, span.clone()));
            days(Expression::Between(day(bounds.0), day(bounds.1)))
        },
        [<Day>] => |_| Some(Sem::Unit(Unit::Day)),
        [<Week>] => |_| Some(Sem::Unit(Unit::Week)),
        [<Month>] => |_| Some(Sem::Unit(Unit::Month)),
        [<Year>] => |_| Some(Sem::Unit(Unit::Year)),
        [is_number is_unit] => |parts| count(number(parts[0])?, parts[1]),
        [<One> is_unit] => |parts| count(1, parts[0]),
        [is_number <Fortnight>] => |parts| {
            Some(Sem::Count(i32::from(number(parts[0])?) * 2, Unit::Week))
        },
        [<One> <Fortnight>] => |_| Some(Sem::Count(2, Unit::Week)),
    }
}

/// Several days of which any will do.
fn several() -> Vec<Rule> {
    rules! {
        [is_listed <Or> ?(The On) is_single] => any_of,
        [is_listed <And> ?(The On) is_single] => any_of,
        [is_single ?(The On) is_single <Or> ?(The On) is_single] loose cost=1 => any_of,
        [is_day_number <Or> ?The is_day_number ?Of is_month] => |parts| both_of_month(parts[2], parts[0], parts[1]),
        [is_day_number <And> ?The is_day_number ?Of is_month] cost=1 => |parts| both_of_month(parts[2], parts[0], parts[1]),
        [is_day_number is_day_number ?(Or And) ?The is_day_number ?Of is_month] loose cost=1 => |parts| listed_of_month(parts[3], &parts[..3]),
        [?The is_day_number ?The is_day_number ?(Or And) ?The is_day_number ?Of is_month] loose cost=1 => |parts| listed_of_month(parts[3], &parts[..3]),
        [is_month is_day_number is_day_number ?(Or And) is_day_number] loose cost=1 => |parts| listed_of_month(parts[0], &parts[1..]),
        [<The> is_day_number is_day_number <Or> is_day_number] loose cost=2 => |parts| {
            let all = [
                day_of_month(parts[0])?,
                day_of_month(parts[1])?,
                day_of_month(parts[2])?,
            ];
            any_of(&[&all[0], &all[1], &all[2]])
        },
        [is_month is_day_number <Or> ?The is_day_number] => |parts| both_of_month(parts[0], parts[1], parts[2]),
        [is_month is_day_number <And> ?The is_day_number] => |parts| both_of_month(parts[0], parts[1], parts[2]),
        [<The> is_day_number <Or> ?The is_day_number] cost=1 => |parts| {
            let both = [day_of_month(parts[0])?, day_of_month(parts[1])?];
            any_of(&[&both[0], &both[1]])
        },
        [is_listed ?On is_week_like] => |parts| {
            inside(parts[0], parts[1])
        },
        [is_listed <Of> is_week_like] => |parts| inside(parts[0], parts[1]),
        [is_week_like ?(The On) is_listed] loose => |parts| {
            inside(parts[1], parts[0])
        },
        [is_weekday_span ?(Of On) is_week_like] => |parts| inside(parts[0], parts[1]),
        [is_week_like ?(Of On) is_weekday_span] loose => |parts| inside(parts[1], parts[0]),
    }
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

fn is_unit(sem: &Sem) -> bool {
    matches!(sem, Sem::Unit(_))
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

/// A day of a month in figures: "the twenty-second" is no 20th of February.
fn is_figure_day(sem: &Sem) -> bool {
    is_day_number(sem) && matches!(sem, Sem::Number(_, 1..) | Sem::Ordinal(_, true))
}

fn is_fifteen(sem: &Sem) -> bool {
    matches!(sem, Sem::Number(15, _))
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

fn count(number: u16, unit: &Sem) -> Option<Sem> {
    match unit {
        Sem::Unit(unit) if number <= 400 => Some(Sem::Count(number.into(), *unit)),
        _ => None,
    }
}

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

/// So many days before or after the day that was named before.
fn days_beside(count: &Sem, sign: i32) -> Option<Sem> {
    match count {
        Sem::Count(count, Unit::Day) => Some(Sem::Thereafter(sign * count)),
        _ => None,
    }
}

/// A weekday by the day that was named before.
fn thereafter(weekday: &Sem, side: Side) -> Option<Sem> {
    match weekday {
        Sem::Weekday(weekday) => Some(Sem::WeekdayThereafter(*weekday, side)),
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
