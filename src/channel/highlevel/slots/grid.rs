//! How the slots of a calendar lie: how long each is, and how far apart they start.
//!
//! The invariant: what is remembered is bounded, and asked for anew after a while.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use tokio::time::Instant;

use super::super::{Access, Highlevel};
use crate::channel::SendError;

/// What HighLevel takes for a calendar that does not say how long its slots are.
const DEFAULT_SLOT: TimeDelta = TimeDelta::minutes(30);
/// The longest slot that is believed.
const MAX_SLOT: TimeDelta = TimeDelta::days(1);
/// How long a calendar's grid is remembered.
const GRID_KEPT: Duration = Duration::from_mins(10);
/// The most calendars of which that is remembered; over it, all are forgotten.
const MAX_GRIDS: usize = 1_000;

/// The grids of calendars, and when they told them.
#[derive(Debug, Default)]
pub(in super::super) struct Grids(Mutex<HashMap<Box<str>, (Instant, Grid)>>);

/// How a calendar's slots lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Grid {
    /// How long each is.
    pub(super) length: TimeDelta,
    /// How far apart they start.
    pub(super) interval: TimeDelta,
}

#[derive(Deserialize)]
struct Envelope {
    calendar: Setup,
}

#[derive(Deserialize)]
struct Setup {
    #[serde(default, rename = "slotDuration")]
    length: Option<i64>,
    #[serde(default, rename = "slotDurationUnit")]
    length_unit: Option<Box<str>>,
    #[serde(default, rename = "slotInterval")]
    interval: Option<i64>,
    #[serde(default, rename = "slotIntervalUnit")]
    interval_unit: Option<Box<str>>,
}

// === impl Highlevel ===

impl Highlevel {
    /// How the slots of a calendar lie.
    pub(super) async fn grid(
        &self,
        access: &Access<'_>,
        calendar: &str,
        now: DateTime<Utc>,
    ) -> Result<Grid, SendError> {
        if let Some(grid) = self.grids.of(calendar, Instant::now()) {
            return Ok(grid);
        }
        let path = format!("calendars/{calendar}");
        let answer = self.read(access, &path, now).await?;
        let body = answer.body.as_deref().unwrap_or_default();
        let envelope = serde_json::from_slice::<Envelope>(body);
        let envelope = envelope.map_err(|_| SendError::Ambiguous)?;
        let grid = envelope.calendar.grid();
        self.grids.keep(calendar, grid, Instant::now());
        Ok(grid)
    }
}

// === impl Grids ===

impl Grids {
    fn of(&self, calendar: &str, now: Instant) -> Option<Grid> {
        let grids = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (told_at, grid) = grids.get(calendar)?;
        (now.saturating_duration_since(*told_at) < GRID_KEPT).then_some(*grid)
    }

    fn keep(&self, calendar: &str, grid: Grid, now: Instant) {
        let mut grids = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if grids.len() >= MAX_GRIDS {
            grids.clear();
        }
        grids.insert(calendar.into(), (now, grid));
    }
}

// === impl Setup ===

impl Setup {
    /// What is not told, or cannot be, is as HighLevel sets a new calendar up.
    fn grid(&self) -> Grid {
        Grid {
            length: length(self.length, self.length_unit.as_deref()),
            interval: length(self.interval, self.interval_unit.as_deref()),
        }
    }
}

/// So many minutes, or hours.
fn length(count: Option<i64>, unit: Option<&str>) -> TimeDelta {
    let unit = match unit {
        Some("hours") => TimeDelta::hours(1),
        _ => TimeDelta::minutes(1),
    };
    let count = count.and_then(|count| i32::try_from(count).ok());
    let length = count.and_then(|count| unit.checked_mul(count));
    let is_real = |length: &TimeDelta| *length > TimeDelta::zero() && *length <= MAX_SLOT;
    length.filter(is_real).unwrap_or(DEFAULT_SLOT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(setup: &str) -> (i64, i64) {
        let envelope: Envelope = serde_json::from_str(setup).unwrap();
        let Grid { length, interval } = envelope.calendar.grid();
        (length.num_minutes(), interval.num_minutes())
    }

    #[test]
    fn slots_lie_as_their_calendar_says_or_else_as_in_a_new_one() {
        for (setup, expected) in [
            (
                r#"{"slotDuration":45,"slotDurationUnit":"mins","slotInterval":15}"#,
                (45, 15),
            ),
            (
                r#"{"slotDuration":2,"slotDurationUnit":"hours","slotInterval":1,"slotIntervalUnit":"hours"}"#,
                (120, 60),
            ),
            (r#"{"slotDuration":20}"#, (20, 30)),
            ("{}", (30, 30)),
            (r#"{"slotDuration":0,"slotInterval":-5}"#, (30, 30)),
            (r#"{"slotDuration":9223372036854775807}"#, (30, 30)),
        ] {
            let setup = format!(r#"{{"calendar":{setup}}}"#);
            assert_eq!(grid(&setup), expected, "{setup}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn how_slots_lie_is_remembered_for_a_while_and_of_so_many_calendars() {
        let (grids, start) = (Grids::default(), Instant::now());
        let grid = Grid {
            length: DEFAULT_SLOT,
            interval: DEFAULT_SLOT,
        };
        grids.keep("a", grid, start);
        assert_eq!(grids.of("a", start), Some(grid));
        assert_eq!(grids.of("a", start + GRID_KEPT), None);
        for n in 0..MAX_GRIDS {
            grids.keep(&n.to_string(), grid, start);
        }
        assert!(grids.0.lock().unwrap().len() <= MAX_GRIDS);
    }
}
