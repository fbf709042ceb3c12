//! When a customer is reminded of an appointment.
//!
//! The invariant: never within quiet hours, never after the start, and nothing that was due before
//! the appointment was made.

use chrono::{DateTime, Days, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use super::{
    Business,
    business::{QuietHours, Reminder},
    hours::minute_of,
};

/// The instants at which to remind of an appointment, in order, for one that is made or moved now.
pub fn instants(
    business: &Business,
    start: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Vec<DateTime<Utc>> {
    let Some(Reminder { before, quiet, .. }) = &business.reminder else {
        return Vec::new();
    };
    let mut instants: Vec<_> = before
        .iter()
        .filter(|before| **before > TimeDelta::zero())
        .filter_map(|before| start.checked_sub_signed(*before))
        .map(|at| awake(business, *quiet, at))
        .filter(|at| *at > now)
        .collect();
    instants.sort_unstable();
    instants.dedup();
    instants
}

/// The instant itself, or the last one before the quiet hours in which it lies.
fn awake(business: &Business, quiet: Option<QuietHours>, at: DateTime<Utc>) -> DateTime<Utc> {
    let Some(quiet) = quiet else {
        return at;
    };
    let local = business.zone.to_local(at);
    let minute = minute_of(local.time());
    if !quiet.contains(minute) {
        return at;
    }
    let began_yesterday = quiet.from_minute > minute;
    let date = local.date() - Days::new(began_yesterday.into());
    let before = NaiveDateTime::new(date, NaiveTime::MIN)
        + TimeDelta::minutes(i64::from(quiet.from_minute) - 1);
    // Where the clock is put back within them, this is the first of two; before it is quiet.
    let mut awake = business.zone.instant(before).min(at);
    // Where the clock is put forward over that minute, it falls into the quiet hours.
    while quiet.contains(minute_of(business.zone.to_local(awake).time())) {
        awake -= TimeDelta::minutes(1);
    }
    awake
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn business(reminder: &str) -> Business {
        let text = format!(
            "name = \"Shop\"\ntimezone = \"Europe/Madrid\"\n{reminder}\n[hours]\n\
             monday = [\"09:00-17:00\"]\n[[service]]\nid = \"cut\"\nname = \"Cut\"\nminutes = 30\n"
        );
        Business::parse("shop.toml", &text).unwrap()
    }

    fn local(business: &Business, at: &[DateTime<Utc>]) -> Vec<String> {
        let local = at.iter().map(|at| business.zone.to_local(*at));
        local.map(|at| at.format("%d %H:%M").to_string()).collect()
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn without_the_section_nobody_is_reminded() {
        let start = at("2026-03-10T09:00:00Z");
        assert!(instants(&business(""), start, at("2026-03-01T00:00:00Z")).is_empty());
    }

    #[test]
    fn reminders_go_before_the_start_and_those_that_are_past_are_skipped() {
        let shop = business("[reminder]\nminutes = [1440, 120]");
        let start = at("2026-03-10T09:00:00Z");
        let early = instants(&shop, start, at("2026-03-01T00:00:00Z"));
        assert_eq!(local(&shop, &early), ["09 10:00", "10 08:00"]);
        let late = instants(&shop, start, at("2026-03-09T12:00:00Z"));
        assert_eq!(local(&shop, &late), ["10 08:00"]);
    }

    #[test]
    fn quiet_hours_over_midnight_are_gone_before() {
        let shop = business("[reminder]\nminutes = [120]\nquiet_hours = \"21:00-08:00\"");
        let start = at("2026-03-10T08:30:00Z"); // 09:30, so that the reminder would be at 07:30.
        let found = instants(&shop, start, at("2026-03-01T00:00:00Z"));
        assert_eq!(local(&shop, &found), ["09 20:59"]);
    }

    #[test]
    fn a_minute_that_the_clock_leaves_out_is_not_the_last_before_quiet_hours() {
        let shop = business("[reminder]\nminutes = [60]\nquiet_hours = \"02:40-12:00\"");
        let start = at("2027-03-28T03:00:00Z"); // 05:00; there is no 02:39 that night.
        let found = instants(&shop, start, at("2027-03-01T00:00:00Z"));
        assert_eq!(local(&shop, &found), ["28 01:59"]);
    }

    proptest! {
        #[test]
        fn none_is_quiet_or_late_or_past(
            start in 1_767_225_600_i64..1_830_297_600, ahead in 0..200_000_i64,
            minutes in 1..20_000_i64, from in 0..1440_u16, length in 1..1400_u16,
        ) {
            let to = (from + length) % 1440;
            let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
            let shop = business(&format!(
                "[reminder]\nminutes = [{minutes}]\nquiet_hours = \"{}-{}\"", clock(from), clock(to)
            ));
            let quiet = shop.reminder.as_ref().unwrap().quiet.unwrap();
            let start = DateTime::from_timestamp(start, 0).unwrap();
            let now = start - TimeDelta::minutes(ahead);
            for at in instants(&shop, start, now) {
                prop_assert!(at > now && at < start);
                prop_assert!(!quiet.contains(minute_of(shop.zone.to_local(at).time())));
            }
        }
    }
}
