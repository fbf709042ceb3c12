//! Single days: weekdays, days of the month, dates, ordinal weekdays, offsets and feasts.

use chrono::{Datelike, NaiveDate, Weekday::*};

use super::{
    moment::{days, nth_of, plus, ymd},
    template::{Template, t},
};

pub(crate) const DAYS: &[Template] = &[
    // Today and the days after.
    t("today", "hoy", |m| one(m.today())),
    t("tomorrow", "mañana", |m| one(m.day(1))),
    t("the day after tomorrow", "pasado mañana", |m| one(m.day(2))),
    t("can you do tomorrow?", "¿puede ser mañana?", |m| {
        one(m.day(1))
    }),
    // Weekdays.
    t("monday", "lunes", |m| days(&m.on(Mon))),
    t("on wednesday", "el miércoles", |m| days(&m.on(Wed))),
    t("can i come on friday", "puedo ir el viernes", |m| {
        days(&m.on(Fri))
    }),
    t(
        "do you have anything on sunday",
        "tienen algo el domingo",
        |m| days(&m.on(Sun)),
    ),
    t("this thursday", "este jueves", |m| one(m.this(Thu))),
    t("this coming saturday", "este sábado", |m| one(m.this(Sat))),
    t("next tuesday", "el próximo martes", |m| {
        days(&m.coming(Tue))
    }),
    t("next friday", "el viernes que viene", |m| {
        days(&m.coming(Fri))
    }),
    t("next sunday", "el domingo que viene", |m| {
        days(&m.coming(Sun))
    }),
    t("friday week", "el viernes en ocho", |m| {
        one(plus(m.this(Fri), 7))
    }),
    t("a week on monday", "el lunes en ocho", |m| {
        one(plus(m.this(Mon), 7))
    }),
    t("the saturday after next", "dentro de dos sábados", |m| {
        one(plus(m.next(Sat), 7))
    }),
    t("two fridays from now", "dentro de dos viernes", |m| {
        one(plus(m.next(Fri), 7))
    }),
    t(
        "thursday of next week",
        "el jueves de la próxima semana",
        |m| one(m.of_week(1, 3)),
    ),
    t(
        "tuesday next week",
        "el martes de la semana que viene",
        |m| one(m.of_week(1, 1)),
    ),
    // Days of the month.
    t("the 14th", "el 14", |m| one(m.nth(14))),
    t("on the 1st", "el día 1", |m| one(m.nth(1))),
    t("on the 29th", "el día 29", |m| one(m.nth(29))),
    t("the 31st please", "el 31 por favor", |m| one(m.nth(31))),
    t("the twenty fifth", "el veinticinco", |m| one(m.nth(25))),
    t("the 20th of next month", "el 20 del próximo mes", |m| {
        one(plus(m.next_month(), 19))
    }),
    // Days and months, in words and in the order of the business.
    t("march 3", "el 3 de marzo", |m| one(m.date(3, 3))),
    t("the 30th of june", "el 30 de junio", |m| one(m.date(6, 30))),
    t("may twenty one", "el veintiuno de mayo", |m| {
        one(m.date(5, 21))
    }),
    t("the first of august", "el primero de agosto", |m| {
        one(m.date(8, 1))
    }),
    t("{month} {day}", "el {day} de {month}", |m| one(m.target())),
    t("the {th} of {month}", "{day} de {month}", |m| {
        one(m.target())
    }),
    t(
        "{weekday} {month} {th}",
        "el {weekday} {day} de {month}",
        |m| one(m.target()),
    ),
    t("on {3/14}", "el {3/14}", |m| one(m.date(3, 14))),
    t("on {5/6}", "el {5/6}", |m| one(m.date(5, 6))),
    // A weekday and its number, fitting or not.
    t("{near} the {nearth}", "el {near} {nearday}", |m| {
        one(m.near())
    }),
    t("friday the 13th", "el viernes 13", |m| {
        days(&m.weekday_and_nth(Fri, 13))
    }),
    t("monday 21", "lunes 21", |m| {
        days(&m.weekday_and_nth(Mon, 21))
    }),
    t("sunday the 31st", "el domingo 31", |m| {
        days(&m.weekday_and_nth(Sun, 31))
    }),
    // With years.
    t("june 28 2027", "el 28 de junio de 2027", |_| {
        one(ymd(2027, 6, 28))
    }),
    t("the 1st of march 2028", "el 1 de marzo de 2028", |_| {
        one(ymd(2028, 3, 1))
    }),
    t("{numeric}/{year}", "{numeric}/{year}", |m| one(m.target())),
    t("{month} {th}, {year}", "{day} de {month} de {year}", |m| {
        one(m.target())
    }),
    // Ordinal and last weekdays of a month.
    t(
        "the second friday of january",
        "el segundo viernes de enero",
        |m| one(m.nth_of(1, Fri, 2)),
    ),
    t(
        "third thursday in october",
        "tercer jueves de octubre",
        |m| one(m.nth_of(10, Thu, 3)),
    ),
    t("first monday of may", "el primer lunes de mayo", |m| {
        one(m.nth_of(5, Mon, 1))
    }),
    t(
        "last saturday of december",
        "el último sábado de diciembre",
        |m| one(m.last_of(12, Sat)),
    ),
    t(
        "the last sunday in february",
        "el último domingo de febrero",
        |m| one(m.last_of(2, Sun)),
    ),
    t(
        "first monday of next month",
        "el primer lunes del mes que viene",
        |m| one(m.nth_of_next_month(Mon, 1)),
    ),
    t(
        "the last wednesday of next month",
        "el último miércoles del próximo mes",
        |m| one(m.last_of_next_month(Wed)),
    ),
    // Offsets.
    t("in 3 days", "en 3 días", |m| one(m.day(3))),
    t("in ten days", "dentro de diez días", |m| one(m.day(10))),
    t("in two weeks", "en dos semanas", |m| one(m.day(14))),
    t("three weeks from now", "de aquí a tres semanas", |m| {
        one(m.day(21))
    }),
    t("in a month", "dentro de un mes", |m| one(m.months_later(1))),
    t("in two months", "en dos meses", |m| one(m.months_later(2))),
    t("a week from today", "de hoy en ocho", |m| one(m.day(7))),
    t("a week from tomorrow", "de mañana en ocho", |m| {
        one(m.day(8))
    }),
    t(
        "three days from tomorrow",
        "tres días después de mañana",
        |m| one(m.day(4)),
    ),
    t(
        "two days after the 20th",
        "dos días después del 20",
        |m| one(plus(m.nth(20), 2)),
    ),
    t("the day after the 20th", "el día después del 20", |m| {
        one(plus(m.nth(20), 1))
    }),
    t(
        "the day before {month} {day}",
        "el día antes del {day} de {month}",
        |m| one(plus(m.target(), -1)),
    ),
    t(
        "two days before {month} {day}",
        "dos días antes del {day} de {month}",
        |m| one(plus(m.target(), -2)),
    ),
    t(
        "a week after march 6",
        "una semana después del 6 de marzo",
        |m| one(plus(m.date(3, 6), 7)),
    ),
    t(
        "two weeks from thursday",
        "dos semanas después del jueves",
        |m| one(plus(m.this(Thu), 14)),
    ),
    // Others.
    t("in a couple of days", "en un par de días", |m| {
        one(m.day(2))
    }),
    t("in a couple of weeks", "en un par de semanas", |m| {
        one(m.day(14))
    }),
    t(
        "the third friday of next month",
        "el tercer viernes del próximo mes",
        |m| one(m.nth_of_next_month(Fri, 3)),
    ),
    t(
        "the last day of next month",
        "el último día del mes que viene",
        |m| one(m.last_day_of_next_month()),
    ),
    t(
        "the first of next month",
        "el primero del mes que viene",
        |m| one(m.next_month()),
    ),
    t(
        "the friday after the {nearth}",
        "el viernes después del {nearday}",
        |m| {
            let mut later = (1..=7).map(|days| plus(m.near(), days));
            one(later.find(|date| date.weekday() == Fri).unwrap())
        },
    ),
    t(
        "the monday of the week after next",
        "el lunes de la semana después de la próxima",
        |m| one(m.of_week(2, 0)),
    ),
    t("three tuesdays from now", "dentro de tres martes", |m| {
        one(plus(m.next(Tue), 14))
    }),
    t(
        "{weekday}, {month} {day}, {year}",
        "{weekday}, {day} de {month} de {year}",
        |m| one(m.target()),
    ),
    t(
        "the {nearth} or the {endth}",
        "el {nearday} o el {endday}",
        |m| format!("{},{}", m.near(), plus(m.near(), 2)),
    ),
];

/// Feasts, fixed and by rule.
pub(crate) const FEASTS: &[Template] = &[
    t("on christmas eve", "en nochebuena", |m| one(m.date(12, 24))),
    t("new year's eve", "en nochevieja", |m| one(m.date(12, 31))),
    t("valentine's day", "el día de san valentín", |m| {
        one(m.date(2, 14))
    }),
    t("halloween", "en halloween", |m| one(m.date(10, 31))),
    t("good friday", "el viernes santo", |m| one(m.easter(-2))),
    t("easter monday", "el lunes de pascua", |m| one(m.easter(1))),
    t(
        "easter sunday",
        "el domingo de pascua",
        |m| one(m.easter(0)),
    ),
    t("black friday", "el black friday", |m| {
        one(m.yearly(|year| plus(nth_of(year, 11, Thu, 4), 1)))
    }),
    t("mother's day", "el día de la madre", |m| match m.country {
        "US" => one(m.nth_of(5, Sun, 2)),
        _ => one(m.nth_of(5, Sun, 1)),
    }),
    t("father's day", "el día del padre", |m| match m.country {
        "US" => one(m.nth_of(6, Sun, 3)),
        _ => one(m.date(3, 19)),
    }),
];

fn one(date: NaiveDate) -> String {
    days(&[date])
}
