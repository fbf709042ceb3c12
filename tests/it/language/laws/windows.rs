//! Weeks, months and other windows, spans of days, and what is ruled out.

use chrono::{Datelike, Weekday::*};

use super::{
    moment::{days, plus},
    template::{Template, t},
};

pub(crate) const WINDOWS: &[Template] = &[
    // Weeks.
    t("this week", "esta semana", |m| {
        if m.today() == m.sunday() {
            m.span(m.of_week(1, 0), m.of_week(1, 5))
        } else {
            m.span(m.today(), m.sunday())
        }
    }),
    t("next week", "la próxima semana", |m| {
        m.span(m.of_week(1, 0), m.of_week(1, 6))
    }),
    t(
        "any time next week",
        "la semana que viene a cualquier hora",
        |m| m.span(m.of_week(1, 0), m.of_week(1, 6)),
    ),
    t(
        "the week after next",
        "la semana después de la próxima",
        |m| m.span(m.of_week(2, 0), m.of_week(2, 6)),
    ),
    t(
        "early next week",
        "a principios de la próxima semana",
        |m| m.span(m.of_week(1, 0), m.of_week(1, 1)),
    ),
    t(
        "the middle of next week",
        "a mediados de la próxima semana",
        |m| m.span(m.of_week(1, 2), m.of_week(1, 3)),
    ),
    t(
        "at the end of next week",
        "a finales de la próxima semana",
        |m| m.span(m.of_week(1, 3), m.of_week(1, 4)),
    ),
    t(
        "monday to friday next week",
        "de lunes a viernes de la próxima semana",
        |m| m.span(m.of_week(1, 0), m.of_week(1, 4)),
    ),
    t(
        "next week in the morning",
        "la próxima semana por la mañana",
        |m| format!("{} p:morning", m.span(m.of_week(1, 0), m.of_week(1, 6))),
    ),
    t(
        "the week of {month} {day}",
        "la semana del {day} de {month}",
        |m| {
            let monday = m.target().week(Mon).first_day();
            m.span(monday, plus(monday, 6))
        },
    ),
    t(
        "the week beginning {month} {day}",
        "la semana que empieza el {day} de {month}",
        |m| m.span(m.target(), plus(m.target(), 6)),
    ),
    // Weekends.
    t("this weekend", "este fin de semana", |m| {
        let (first, last) = m.weekend();
        m.span(first, last)
    }),
    t("next weekend", "el próximo fin de semana", |m| {
        let saturday = plus(m.sunday(), -1);
        if m.today() < saturday {
            days(&[
                saturday,
                plus(saturday, 1),
                plus(saturday, 7),
                plus(saturday, 8),
            ])
        } else {
            m.span(plus(saturday, 7), plus(saturday, 8))
        }
    }),
    // Months.
    t("this month", "este mes", |m| {
        m.span(m.today(), m.last_day_of_this_month())
    }),
    t("next month", "el próximo mes", |m| {
        m.span(m.next_month(), m.last_day_of_next_month())
    }),
    t("some time in march", "en algún momento de marzo", |m| {
        m.whole_month(3)
    }),
    t("in december", "en diciembre", |m| m.whole_month(12)),
    t("early march", "a principios de marzo", |m| {
        m.month_span(3, 1, 10)
    }),
    t("mid june", "a mediados de junio", |m| {
        m.month_span(6, 10, 20)
    }),
    t("at the end of february", "a finales de febrero", |m| {
        m.month_end(2, 7)
    }),
    t(
        "at the beginning of next month",
        "a principios del mes que viene",
        |m| m.span(m.next_month(), plus(m.next_month(), 9)),
    ),
    t(
        "the third week of october",
        "la tercera semana de octubre",
        |m| m.month_span(10, 15, 21),
    ),
    t(
        "the first week of april",
        "la primera semana de abril",
        |m| m.month_span(4, 1, 7),
    ),
    t(
        "the last week of august",
        "la última semana de agosto",
        |m| m.month_end(8, 7),
    ),
    // Counted from today.
    t("within two weeks", "en el plazo de dos semanas", |m| {
        m.span(m.today(), m.day(14))
    }),
    t("in the next few days", "en los próximos días", |m| {
        m.span(m.day(1), m.day(3))
    }),
    t("in the next 5 days", "en los próximos 5 días", |m| {
        m.span(m.day(1), m.day(5))
    }),
    // Bounds.
    t("by the {nearth}", "hasta el {nearday}", |m| {
        m.span(m.today(), m.near())
    }),
    t("before {month} {day}", "antes del {day} de {month}", |m| {
        m.span(m.today(), plus(m.target(), -1))
    }),
    t("after the {nearth}", "después del {nearday}", |m| {
        format!("{}..", plus(m.near(), 1))
    }),
    t("from the {nearth} on", "a partir del {nearday}", |m| {
        format!("{}..", m.near())
    }),
    // From one day to another.
    t(
        "from {numeric} to {later}",
        "del {numeric} al {later}",
        |m| m.span(m.target(), plus(m.target(), 2)),
    ),
    t(
        "from the {nearth} to the {endth}",
        "del {nearday} al {endday}",
        |m| m.span(m.near(), plus(m.near(), 2)),
    ),
    t(
        "between the {nearth} and the {endth}",
        "entre el {nearday} y el {endday}",
        |m| m.span(m.near(), plus(m.near(), 2)),
    ),
    // Any such weekday.
    t("any monday", "cualquier lunes", |_| "each:mon".to_owned()),
    t(
        "on tuesdays or thursdays",
        "los martes o los jueves",
        |_| "each:thu,tue".to_owned(),
    ),
    t(
        "the {nearth} or the day after",
        "el {nearday} o el día siguiente",
        |m| format!("{},{}", m.near(), plus(m.near(), 1)),
    ),
    // Ruled out.
    t("i can't do mondays", "los lunes no puedo", |_| {
        "!mon".to_owned()
    }),
    t(
        "i can't tomorrow, the day after at 4?",
        "mañana no puedo, ¿pasado mañana a las 4?",
        |m| format!("{} !{}", m.at(&[m.day(2)], "16:00"), m.day(1)),
    ),
    t(
        "next week but not on monday",
        "la próxima semana pero no el lunes",
        |m| {
            format!(
                "{} !{}",
                m.span(m.of_week(1, 0), m.of_week(1, 6)),
                m.of_week(1, 0)
            )
        },
    ),
    t(
        "tomorrow but not in the morning",
        "mañana pero no por la mañana",
        |m| format!("{} !p:morning", m.day(1)),
    ),
    t(
        "not friday, saturday at 11",
        "el viernes no, el sábado a las 11",
        |m| format!("{} !{}", m.at(&m.on(Sat), "11:00"), m.this(Fri)),
    ),
    t(
        "next week, any day but sunday",
        "la semana que viene, cualquier día menos el domingo",
        |m| {
            format!(
                "{} !{}",
                m.span(m.of_week(1, 0), m.of_week(1, 6)),
                m.of_week(1, 6)
            )
        },
    ),
    // Others.
    t("late june", "finales de junio", |m| m.month_end(6, 7)),
    t("weekdays only", "solo entre semana", |_| {
        "each:fri,mon,thu,tue,wed".to_owned()
    }),
    t("on weekends", "los fines de semana", |_| {
        "each:sat,sun".to_owned()
    }),
    t("not on sundays", "los domingos no", |_| "!sun".to_owned()),
    t("from tomorrow on", "a partir de mañana", |m| {
        format!("{}..", m.day(1))
    }),
    t(
        "after {month} {day}",
        "después del {day} de {month}",
        |m| format!("{}..", plus(m.target(), 1)),
    ),
    t("until {month} {day}", "hasta el {day} de {month}", |m| {
        m.span(m.today(), m.target())
    }),
    t("the next three days", "los próximos tres días", |m| {
        m.span(m.day(1), m.day(3))
    }),
    t(
        "the {nearth} doesn't work, the {endth} at 3?",
        "el {nearday} no puedo, ¿el {endday} a las 3?",
        |m| format!("{} !{}", m.at(&[plus(m.near(), 2)], "15:00"), m.near()),
    ),
    t("next month on a monday", "el próximo mes un lunes", |m| {
        let dates = m
            .next_month()
            .iter_days()
            .take_while(|day| *day <= m.last_day_of_next_month());
        let mondays = dates
            .filter(|day| day.weekday() == Mon)
            .map(|day| day.to_string());
        mondays.collect::<Vec<_>>().join(",")
    }),
];
