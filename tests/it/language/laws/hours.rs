//! Times of day, alone and with a day.

use chrono::Weekday::*;

use super::{
    moment::{days, plus},
    template::{Template, t},
};

pub(crate) const HOURS: &[Template] = &[
    // No day.
    t("at 3:30", "a las 3:30", |_| "T15:30".to_owned()),
    t("at ten", "a las diez", |_| "T10:00".to_owned()),
    t("at 12", "a las 12", |_| "T12:00".to_owned()),
    t("quarter to 3", "a las 3 menos cuarto", |_| {
        "T14:45".to_owned()
    }),
    t("quarter past 5 pm", "a las 5 y cuarto de la tarde", |_| {
        "T17:15".to_owned()
    }),
    t("half past four", "a las cuatro y media", |_| {
        "T16:30".to_owned()
    }),
    t("around 4", "a eso de las 4", |_| "T16:00 ~".to_owned()),
    t("after 4", "después de las 4", |_| ">=16:00".to_owned()),
    t("before 11", "antes de las 11", |_| "<=11:00".to_owned()),
    t("between 5 and 8", "entre las 5 y las 8", |_| {
        "<=20:00 >=17:00".to_owned()
    }),
    t("from 10 to 2", "de 10 a 2", |_| {
        "<=14:00 >=10:00".to_owned()
    }),
    t("in the morning", "por la mañana", |_| {
        "p:morning".to_owned()
    }),
    // A weekday and an hour.
    t("friday at 3", "el viernes a las 3", |m| {
        m.at(&m.on(Fri), "15:00")
    }),
    t("thursday 10 am", "jueves 10 de la mañana", |m| {
        m.at(&m.on(Thu), "10:00")
    }),
    t("monday at 9", "el lunes a las 9", |m| {
        m.at(&m.on(Mon), "09:00")
    }),
    t("tuesday 4 pm", "martes 4 de la tarde", |m| {
        m.at(&m.on(Tue), "16:00")
    }),
    t("saturday 18:30", "el sábado a las 18:30", |m| {
        m.at(&m.on(Sat), "18:30")
    }),
    t("wednesday at noon", "el miércoles a mediodía", |m| {
        m.at(&m.on(Wed), "12:00")
    }),
    t("3 on friday", "a las 3 el viernes", |m| {
        m.at(&m.on(Fri), "15:00")
    }),
    t(
        "sunday at half past two",
        "el domingo a las dos y media",
        |m| m.at(&m.on(Sun), "14:30"),
    ),
    t("this friday at 11", "este viernes a las 11", |m| {
        m.at(&[m.this(Fri)], "11:00")
    }),
    t(
        "next thursday at 5 pm",
        "el próximo jueves a las 5 de la tarde",
        |m| m.at(&m.coming(Thu), "17:00"),
    ),
    t("next monday at 10", "el lunes que viene a las 10", |m| {
        m.at(&m.coming(Mon), "10:00")
    }),
    t("friday week at 4", "el viernes en ocho a las 4", |m| {
        m.at(&[plus(m.this(Fri), 7)], "16:00")
    }),
    // Today and tomorrow.
    t("today at 5", "hoy a las 5", |m| m.at(&[m.today()], "17:00")),
    t("tomorrow at 3", "mañana a las 3", |m| {
        m.at(&[m.day(1)], "15:00")
    }),
    t(
        "tomorrow at 3 30 pm",
        "mañana a las 3 30 de la tarde",
        |m| m.at(&[m.day(1)], "15:30"),
    ),
    t(
        "tomorrow 10 past 4 pm",
        "mañana a las 4 y diez de la tarde",
        |m| m.at(&[m.day(1)], "16:10"),
    ),
    t(
        "tomorrow at twenty to six",
        "mañana a las seis menos veinte",
        |m| m.at(&[m.day(1)], "17:40"),
    ),
    t(
        "tomorrow at 9 in the morning",
        "mañana a las 9 de la mañana",
        |m| m.at(&[m.day(1)], "09:00"),
    ),
    t("9 tomorrow", "a las 9 mañana", |m| {
        m.at(&[m.day(1)], "09:00")
    }),
    t(
        "the day after tomorrow at 11:15",
        "pasado mañana a las 11:15",
        |m| m.at(&[m.day(2)], "11:15"),
    ),
    t(
        "tomorrow at eleven oh five",
        "mañana a las once y cinco",
        |m| m.at(&[m.day(1)], "11:05"),
    ),
    t(
        "tomorrow at three forty five",
        "mañana a las tres cuarenta y cinco",
        |m| m.at(&[m.day(1)], "15:45"),
    ),
    t("tonight at 8", "esta noche a las 8", |m| {
        m.at(&[m.today()], "20:00")
    }),
    t(
        "tomorrow at 7 in the evening",
        "mañana a las 7 de la tarde",
        |m| m.at(&[m.day(1)], "19:00"),
    ),
    // A date and an hour.
    t("the {nearth} at 3", "el día {nearday} a las 3", |m| {
        m.at(&[m.near()], "15:00")
    }),
    t(
        "{month} {th} at 11 am",
        "el {day} de {month} a las 11 de la mañana",
        |m| m.at(&[m.target()], "11:00"),
    ),
    t(
        "on {numeric} at 4:30 pm",
        "el {numeric} a las 4:30 de la tarde",
        |m| m.at(&[m.target()], "16:30"),
    ),
    t(
        "{near} the {nearth} at 10 am",
        "el {near} {nearday} a las 10 de la mañana",
        |m| m.at(&[m.near()], "10:00"),
    ),
    t("monday 21 at 4", "el lunes 21 a las 4", |m| {
        m.at(&m.weekday_and_nth(Mon, 21), "16:00")
    }),
    t("in two weeks at 5", "en dos semanas a las 5", |m| {
        m.at(&[m.day(14)], "17:00")
    }),
    t(
        "first monday of next month at 10",
        "el primer lunes del mes que viene a las 10",
        |m| m.at(&[m.nth_of_next_month(Mon, 1)], "10:00"),
    ),
    // From now on.
    t("in 2 hours", "en 2 horas", |m| m.minutes_later(120)),
    t("in half an hour", "en media hora", |m| m.minutes_later(30)),
    t("in an hour and a half", "en una hora y media", |m| {
        m.minutes_later(90)
    }),
    t("in 45 minutes", "dentro de 45 minutos", |m| {
        m.minutes_later(45)
    }),
    t(
        "in three quarters of an hour",
        "en tres cuartos de hora",
        |m| m.minutes_later(45),
    ),
    // Parts of a day.
    t("tomorrow morning", "mañana por la mañana", |m| {
        format!("{} p:morning", m.day(1))
    }),
    t("tomorrow afternoon", "mañana por la tarde", |m| {
        format!("{} {}", m.day(1), m.afternoon())
    }),
    t("this afternoon", "esta tarde", |m| {
        format!("{} {}", m.today(), m.afternoon())
    }),
    t("tonight", "esta noche", |m| {
        format!("{} p:evening", m.today())
    }),
    t("friday evening", "el viernes por la noche", |m| {
        format!("{} p:evening", days(&m.on(Fri)))
    }),
    t("tuesday morning", "el martes por la mañana", |m| {
        format!("{} p:morning", days(&m.on_until(Tue, 12)))
    }),
    t("early tomorrow", "mañana temprano", |m| {
        format!("{} p:early", m.day(1))
    }),
    t(
        "the {nearth} in the afternoon",
        "el {nearday} por la tarde",
        |m| format!("{} {}", m.near(), m.afternoon()),
    ),
    // Bounds and spans on a day.
    t("tomorrow after 4", "mañana después de las 4", |m| {
        format!("{} >=16:00", m.day(1))
    }),
    t("tomorrow before noon", "mañana antes de mediodía", |m| {
        format!("{} <=12:00", m.day(1))
    }),
    t("tomorrow from 5 to 7", "mañana de 5 a 7", |m| {
        format!("{} <=19:00 >=17:00", m.day(1))
    }),
    t(
        "tomorrow between 9:30 and 11",
        "mañana entre las 9:30 y las 11",
        |m| format!("{} <=11:00 >=09:30", m.day(1)),
    ),
    t(
        "the {nearth} between 1 and 3",
        "el {nearday} entre la 1 y las 3",
        |m| format!("{} <=15:00 >=13:00", m.near()),
    ),
    t("monday from 10 to 2", "el lunes de 10 a 2", |m| {
        format!("{} <=14:00 >=10:00", days(&m.on_until(Mon, 14)))
    }),
    t("tomorrow around 4", "mañana sobre las 4", |m| {
        format!("{}T16:00 ~", m.day(1))
    }),
    // Several.
    t("tomorrow at 3 or 4", "mañana a las 3 o a las 4", |m| {
        let day = m.day(1);
        format!("{day}T15:00|{day}T16:00")
    }),
    // Others.
    t("noon tomorrow", "mañana a mediodía", |m| {
        m.at(&[m.day(1)], "12:00")
    }),
    t(
        "tomorrow late afternoon",
        "mañana a última hora de la tarde",
        |m| format!("{} p:late", m.day(1)),
    ),
    t(
        "friday first thing in the morning",
        "el viernes a primera hora",
        |m| format!("{} p:early", days(&m.on_until(Fri, 12))),
    ),
    t("not before 3 tomorrow", "mañana no antes de las 3", |m| {
        format!("{} >=15:00", m.day(1))
    }),
    t(
        "tomorrow until 1 pm",
        "mañana hasta la 1 de la tarde",
        |m| format!("{} <=13:00", m.day(1)),
    ),
    t("tomorrow 5-7", "mañana 5-7", |m| {
        format!("{} <=19:00 >=17:00", m.day(1))
    }),
    t(
        "half past 3pm tomorrow",
        "mañana a las 3 y media de la tarde",
        |m| m.at(&[m.day(1)], "15:30"),
    ),
    t(
        "quarter to noon tomorrow",
        "mañana a las doce menos cuarto",
        |m| m.at(&[m.day(1)], "11:45"),
    ),
    t("8 tonight", "a las 8 esta noche", |m| {
        m.at(&[m.today()], "20:00")
    }),
    t("in a couple of hours", "en un par de horas", |m| {
        m.minutes_later(120)
    }),
    t("in 1h", "en 1h", |m| m.minutes_later(60)),
    t("an hour from now", "de aquí a una hora", |m| {
        m.minutes_later(60)
    }),
    t("wed at 3pm", "mié a las 3pm", |m| {
        m.at(&m.on(Wed), "15:00")
    }),
    t("tmrw 11am", "mñn 11am", |m| m.at(&[m.day(1)], "11:00")),
    t(
        "next week on tuesday at 5",
        "la próxima semana el martes a las 5",
        |m| m.at(&[m.of_week(1, 1)], "17:00"),
    ),
    t(
        "the last friday of next month in the morning",
        "el último viernes del mes que viene por la mañana",
        |m| format!("{} p:morning", m.last_of_next_month(Fri)),
    ),
    t(
        "in three days at quarter past ten",
        "en tres días a las diez y cuarto",
        |m| m.at(&[m.day(3)], "10:15"),
    ),
    t(
        "{month} {th} between 2 and 4",
        "el {day} de {month} entre las 2 y las 4",
        |m| format!("{} <=16:00 >=14:00", m.target()),
    ),
    t(
        "this weekend after 3",
        "este fin de semana después de las 3",
        |m| {
            let (a, b) = m.weekend();
            format!("{} >=15:00", m.span(a, b))
        },
    ),
];
