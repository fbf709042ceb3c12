//! What holds for every business, whatever is booked and whatever the clocks do.

use proptest::prelude::*;

use super::*;

#[derive(Debug, Clone)]
struct Case {
    zone: &'static str,
    date: chrono::NaiveDate,
    hours: [(u16, u16); 2],
    service: (u16, u16, u16),
    step: u16,
    busy: Vec<(usize, i64, i64)>,
    notice: i64,
}

fn cases() -> impl Strategy<Value = Case> {
    let zones = vec![
        ("America/New_York", "2026-03-07"),
        ("America/New_York", "2026-10-31"),
        ("Europe/Madrid", "2026-03-28"),
        ("Australia/Lord_Howe", "2026-04-04"),
        ("Australia/Lord_Howe", "2026-10-03"),
        ("America/Santiago", "2026-09-05"),
        ("Asia/Kathmandu", "2026-06-10"),
    ];
    (
        prop::sample::select(zones),
        (0_u16..700, 10_u16..300, 1_u16..200, 10_u16..240),
        (5_u16..120, 0_u16..30, 0_u16..30),
        prop::sample::select(vec![5_u16, 15, 20, 45, 60]),
        prop::collection::vec((0_usize..3, 0_i64..3000, 1_i64..200), 0..12),
        0_i64..2000,
    )
        .prop_map(
            |((zone, date), (open, length, gap, later), service, step, busy, notice)| Case {
                zone,
                date: date.parse().unwrap(),
                hours: [
                    (open, open + length),
                    (open + length + gap, open + length + gap + later),
                ],
                service,
                step,
                busy,
                notice,
            },
        )
}

impl Case {
    fn business(&self) -> Business {
        let [(a, b), (c, d)] = self.hours;
        let hours = format!("\"{}-{}\", \"{}-{}\"", text(a), text(b), text(c), text(d));
        let (minutes, before, after) = self.service;
        let service = format!(
            "minutes = {minutes}\nbuffer_before_minutes = {before}\nbuffer_after_minutes = {after}"
        );
        let staff = "[[staff]]\nid = \"a\"\nname = \"A\"\n[[staff]]\nid = \"b\"\nname = \"B\"\n";
        let mut business = shop(self.zone, &hours, &service, staff);
        business.rules.slot_minutes = self.step;
        business.rules.notice = TimeDelta::minutes(self.notice);
        business
    }

    fn busy(&self, range: Span) -> Vec<Busy> {
        let taken = self.busy.iter().map(|&(who, start, length)| {
            let start = range.start + TimeDelta::minutes(start);
            let end = start + TimeDelta::minutes(length);
            Busy {
                // The third is everybody.
                resource: ["a", "b"].get(who).map(|id| ResourceId::new(id)),
                blocked: Span { start, end },
            }
        });
        taken.collect()
    }
}

fn text(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

proptest! {
    // Each case looks at some three thousand minutes.
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Whoever counts the days by another clock is offered the very same instants, and that clock
    /// shows each of them as itself.
    #[test]
    fn instants_do_not_move_when_another_zone_shows_them(
        case in cases(),
        elsewhere in prop::sample::select(vec![
            "Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kathmandu", "Australia/Lord_Howe",
        ]),
    ) {
        let elsewhere = Zone::by_name(elsewhere).unwrap();
        let business = case.business();
        let range = business.zone.days(case.date, case.date.succ_opt().unwrap());
        let busy = case.busy(range);
        let cut = Services::from(ServiceId::new("cut"));
        let whole = request(&business, &cut, range, range.start);
        let offered = openings(&whole, &busy);
        let mut by_their_days = Vec::new();
        let mut date = elsewhere.to_local(range.start).date();
        while elsewhere.day(date).start < range.end {
            let day = elsewhere.day(date);
            let range = Span {
                start: day.start.max(range.start),
                end: day.end.min(range.end),
            };
            by_their_days.extend(openings(&OpeningsRequest { range, ..whole }, &busy));
            date = date.succ_opt().unwrap();
        }
        prop_assert_eq!(&by_their_days, &offered);
        for Opening { start, .. } in offered {
            let shown = elsewhere.occurrence(elsewhere.to_local(start));
            let same = match shown {
                Occurrence::Once(at) => at == start,
                Occurrence::Twice { first, second } => first == start || second == start,
                Occurrence::Skipped { .. } => false,
            };
            prop_assert!(same, "{} is shown as {:?}", start, shown);
        }
    }

    /// Compares with a plain reading of the rules, minute by minute over two days.
    #[test]
    fn a_start_is_offered_exactly_when_the_rules_allow_it(case in cases()) {
        let [_, (c, d)] = case.hours;
        let (minutes, before, after) = case.service;
        let business = case.business();
        let range = business.zone.days(case.date, case.date.succ_opt().unwrap());
        let ids = ["a", "b"].map(ResourceId::new);
        let busy = case.busy(range);
        let service = Services::from(ServiceId::new("cut"));
        let request = request(&business, &service, range, range.start);
        let offered = openings(&request, &busy);
        prop_assert!(offered.windows(2).all(|pair| pair[0].start < pair[1].start));

        let local = |at| business.zone.to_local(at);
        let midnight = |at: NaiveDateTime| at.date().and_time(NaiveTime::MIN);
        let mut at = range.start;
        while at < range.end {
            let minute = u16::try_from((local(at) - midnight(local(at))).num_minutes()).unwrap();
            let open = case.hours.iter().find(|(from, to)| (*from..*to).contains(&minute));
            let moment = |minute: u16| {
                business.zone.instant(midnight(local(at)) + TimeDelta::minutes(minute.into()))
            };
            let closes = open.map(|(_, to)| {
                // Without a break in between, as when the clock skips it, both are one.
                if moment(*to) == moment(c) { moment(d) } else { moment(*to) }
            });
            let on_grid = open.is_some_and(|(from, _)| (minute - from) % case.step == 0);
            let fits = closes.is_some_and(|closes| at + TimeDelta::minutes(minutes.into()) <= closes);
            let first = business.zone.instant(local(at)) == at;
            let blocked = Span {
                start: at - TimeDelta::minutes(before.into()),
                end: at + TimeDelta::minutes((minutes + after).into()),
            };
            let own = |id: &ResourceId| {
                let theirs = |one: &&Busy| one.resource.as_ref().is_none_or(|other| other == id);
                busy.iter().filter(theirs).collect::<Vec<_>>()
            };
            let free: Vec<_> = ids.iter().filter(|id| {
                own(id).iter().all(|one| !one.blocked.overlaps(&blocked))
                    && (on_grid || own(id).iter().any(|one| one.blocked.end == blocked.start))
            }).cloned().collect();
            let allowed = fits && first && !free.is_empty()
                && at >= range.start + TimeDelta::minutes(case.notice);
            let found = offered.iter().find(|one| one.start == at);
            prop_assert_eq!(found.is_some(), allowed, "{} in {}", local(at), case.zone);
            prop_assert_eq!(found.map(|one| one.resources.clone()), allowed.then_some(free));
            if found.is_some() || minute % 13 == 0 {
                prop_assert_eq!(check(&request, at, &busy).ok(), found.map(|one| one.resources.clone()));
            }
            at += TimeDelta::minutes(1);
        }
    }
}
