//! Times of day as they are said: `3:30 pm`, `15:30`, `4`, and parts of the day.
//!
//! The invariant: `4` without am or pm stays both 04:00 and 16:00; who knows the opening hours
//! decides by [`Clock::resolve`].

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

    /// Resolves an hour to the minutes of the day that are meant: of two readings the one at which
    /// it is open, both where it is open at both, and the likely one where it is open at neither.
    pub fn resolve(self, is_open: impl Fn(u16) -> bool) -> Vec<u16> {
        let open: Vec<_> = self.minutes().filter(|minute| is_open(*minute)).collect();
        if open.is_empty() {
            vec![self.likely()]
        } else {
            open
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_hour_is_the_one_at_which_it_is_open() {
        let four = Clock::Either(4 * 60);
        let nine = Clock::Either(9 * 60);
        let shop = |minute| (9 * 60..18 * 60).contains(&minute);
        assert_eq!(four.resolve(shop), [16 * 60]);
        assert_eq!(nine.resolve(shop), [9 * 60]);
        assert_eq!(
            nine.resolve(|minute| (20 * 60..22 * 60).contains(&minute)),
            [21 * 60]
        );
    }

    #[test]
    fn an_hour_that_is_open_twice_stays_both_and_one_that_never_is_stays_likely() {
        let nine = Clock::Either(9 * 60);
        assert_eq!(nine.resolve(|_| true), [9 * 60, 21 * 60]);
        assert_eq!(nine.resolve(|_| false), [9 * 60]);
        assert_eq!(Clock::Either(3 * 60).resolve(|_| false), [15 * 60]);
        assert_eq!(Clock::At(3 * 60).resolve(|minute| minute > NOON), [3 * 60]);
    }
}
