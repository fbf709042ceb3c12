//! Times of day as they are said: `3:30 pm`, `15:30`, `4`, and parts of the day.
//!
//! The invariant: `4` without am or pm stays both 04:00 and 16:00; who knows the opening hours
//! decides.

use serde::{Deserialize, Serialize};

/// A time of day as it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Clock {
    /// This minute of the day.
    At(u16),
    /// This minute of the morning, or the same twelve hours later.
    Either(u16),
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DayPart {
    /// Until half past ten.
    Early,
    /// Before noon.
    Morning,
    /// From noon to three.
    Midday,
    /// From noon to five.
    Afternoon,
    /// From noon to nine: what Spanish calls "tarde".
    PastNoon,
    /// From four on.
    Late,
    /// From five on.
    Evening,
}

/// What was said about the time of day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Times {
    /// The times that were named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at: Vec<Clock>,
    /// Not before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Clock>,
    /// Not after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Clock>,
    /// Within one of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<DayPart>,
    /// The times that were named are about right ("4ish").
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub about: bool,
}

const NOON: u16 = 12 * 60;
const EVENING: u16 = 17 * 60;
/// Hardly anything opens before.
const EARLY: u16 = 7 * 60;

// === impl Clock ===

impl Clock {
    /// The minutes of the day that it may mean.
    pub fn minutes(self) -> impl Iterator<Item = u16> {
        let (first, second) = match self {
            Self::At(minute) => (minute, None),
            Self::Either(minute) => (minute, Some(minute + NOON)),
        };
        std::iter::once(first).chain(second)
    }

    /// The reading that lies in a part of the day, or else the one after noon.
    pub(super) fn in_part(self, part: DayPart) -> Self {
        match self {
            Self::Either(minute) => {
                let inside = part.contains(minute) && !part.contains(minute + NOON);
                let before_noon = matches!(part, DayPart::Early | DayPart::Morning) || inside;
                Self::At(if before_noon { minute } else { minute + NOON })
            }
            Self::At(_) => self,
        }
    }

    /// The reading by day: "after 5" of a shop is rarely five in the morning.
    pub fn likely(self) -> u16 {
        match self {
            Self::Either(minute) if minute < EARLY => minute + NOON,
            Self::Either(minute) | Self::At(minute) => minute,
        }
    }
}

// === impl DayPart ===

impl DayPart {
    /// Whether a minute of the day is in it.
    pub fn contains(self, minute: u16) -> bool {
        match self {
            Self::Early => minute <= 10 * 60 + 30,
            Self::Morning => minute < NOON,
            Self::Midday => (NOON..15 * 60).contains(&minute),
            Self::Afternoon => (NOON..EVENING).contains(&minute),
            Self::PastNoon => (NOON..21 * 60).contains(&minute),
            Self::Late => minute >= 16 * 60,
            Self::Evening => minute >= EVENING,
        }
    }
}

// === impl Times ===

impl Times {
    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a minute of the day is as was wished.
    pub fn contain(&self, minute: u16) -> bool {
        let named = |clock: &Clock| clock.minutes().any(|named| named == minute);
        (self.at.is_empty() || self.at.iter().any(named))
            && self.from.is_none_or(|from| from.likely() <= minute)
            && self.until.is_none_or(|until| minute <= until.likely())
            && (self.parts.is_empty() || self.parts.iter().any(|part| part.contains(minute)))
    }
}
