//! Times of day in words: `3:30 pm`, `15:30`, `at 4`, `after noon`, `in the morning`.
//!
//! The invariant: `4` without am or pm stays both 04:00 and 16:00; who knows the opening hours
//! decides.

use serde::{Deserialize, Serialize};

use super::words::Words;

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

/// How a time stands to the word before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    None,
    At,
    From,
    Until,
}

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

    /// What English words say about the time of day.
    pub fn of(words: &Words) -> Self {
        let words = words.as_slice();
        let mut times = Self::default();
        let mut relation = Relation::None;
        let mut n = 0;
        while n < words.len() {
            // "Good morning" is no wish.
            if n == 0 || words[n - 1] != "good" {
                times.parts.extend(part(&words[n]));
            }
            let Some((clock, length)) = clock(&words[n..], relation != Relation::None) else {
                relation = related(&words[n], relation);
                n += 1;
                continue;
            };
            times.note(clock, relation);
            // "From 3 to 5": what follows the first is the end.
            relation = match relation {
                Relation::From => Relation::Until,
                _ => Relation::None,
            };
            n += length;
        }
        times.settle();
        times
    }

    fn note(&mut self, clock: Clock, relation: Relation) {
        match relation {
            Relation::From => self.from = Some(clock),
            Relation::Until => self.until = Some(clock),
            Relation::None | Relation::At if self.at.contains(&clock) => {}
            Relation::None | Relation::At => self.at.push(clock),
        }
    }

    /// "At 4 in the afternoon" is one time, not a time and a part of the day.
    fn settle(&mut self) {
        if let [part] = *self.parts
            && !self.at.is_empty()
        {
            self.at
                .iter_mut()
                .for_each(|clock| *clock = clock.in_part(part));
            self.parts.clear();
        }
    }
}

fn related(word: &str, relation: Relation) -> Relation {
    match word {
        "at" | "around" | "about" => Relation::At,
        "after" | "from" | "between" | "past" => Relation::From,
        "before" | "until" | "till" | "by" => Relation::Until,
        "and" | "to" | "the" if relation == Relation::Until => relation,
        _ => Relation::None,
    }
}

fn part(word: &str) -> Option<DayPart> {
    match word {
        "morning" | "mornings" => Some(DayPart::Morning),
        "afternoon" | "afternoons" => Some(DayPart::Afternoon),
        "evening" | "evenings" | "tonight" => Some(DayPart::Evening),
        _ => None,
    }
}

/// The time at the beginning of some words, and how many of them it takes. A bare number is one
/// only where the words around say so.
fn clock(words: &[String], expected: bool) -> Option<(Clock, usize)> {
    let word = words.first()?.as_str();
    let next = words.get(1).map_or("", String::as_str);
    if matches!(word, "noon" | "midday") {
        return Some((Clock::At(NOON), 1));
    }
    if let Some(clock) = quarters(words) {
        return Some((clock, 3));
    }
    let figures = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let (suffix, length) = match &word[figures.len()..] {
        "" if matches!(next, "am" | "pm") => (next, 2),
        "" if matches!(next, "oclock") => ("oclock", 2),
        suffix => (suffix, 1),
    };
    let (hour, minute, bare) = hour_and_minute(figures)?;
    let clock = match suffix {
        "am" | "pm" if (1..=12).contains(&hour) => {
            let morning = hour % 12 * 60 + minute;
            Clock::At(if suffix == "pm" {
                morning + NOON
            } else {
                morning
            })
        }
        "" | "oclock" | "h" | "am" | "pm" => {
            let said = !bare || !suffix.is_empty() || (expected && !is_date(next));
            said.then(|| unmarked(hour, minute))?
        }
        _ => return None,
    };
    Some((clock, length))
}

/// An hour without am or pm.
fn unmarked(hour: u16, minute: u16) -> Clock {
    match hour {
        1..=12 => Clock::Either(hour % 12 * 60 + minute),
        _ => Clock::At(hour * 60 + minute),
    }
}

/// `half past 3`, `quarter to 4`.
fn quarters(words: &[String]) -> Option<Clock> {
    let [share, side, hour, ..] = words else {
        return None;
    };
    let (hour, 0, true) = hour_and_minute(hour)? else {
        return None;
    };
    let minutes = match (share.as_str(), side.as_str()) {
        ("half", "past") => 30,
        ("quarter", "past") => 15,
        ("quarter", "to") => 12 * 60 - 15,
        _ => return None,
    };
    (1..=12)
        .contains(&hour)
        .then(|| Clock::Either((hour % 12 * 60 + minutes) % NOON))
}

/// The figures of a time, and whether they are a bare number.
fn hour_and_minute(figures: &str) -> Option<(u16, u16, bool)> {
    let number = |text: &str| -> Option<u16> {
        let plain = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| text.parse().ok()).flatten()
    };
    let (hour, minute, bare) = match figures.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (number(hour)?, number(minute)?, false),
        Some(_) => return None,
        None => (number(figures)?, 0, true),
    };
    (hour < 24 && minute < 60).then_some((hour, minute, bare))
}

/// Whether a word makes the number before it a date or a count.
fn is_date(word: &str) -> bool {
    super::day::month(word).is_some()
        || matches!(
            word,
            "days" | "day" | "weeks" | "people" | "persons" | "hours" | "minutes" | "of"
        )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn times(text: &str) -> Times {
        Times::of(&Words::of(text))
    }

    #[test]
    fn a_time_is_read_and_what_is_not_one_is_left() {
        let at = |hour: u16, minute: u16| vec![Clock::At(hour * 60 + minute)];
        let either = |hour: u16, minute: u16| vec![Clock::Either(hour * 60 + minute)];
        for (text, expected) in [
            ("3:30 pm", at(15, 30)),
            ("3.30pm", at(15, 30)),
            ("3 p.m. please", at(15, 0)),
            ("12 am", at(0, 0)),
            ("12pm", at(12, 0)),
            ("15:30", at(15, 30)),
            ("noon", at(12, 0)),
            ("at 17", at(17, 0)),
            ("at 4", either(4, 0)),
            ("@4", either(4, 0)),
            ("9:30", either(9, 30)),
            ("12:15", either(0, 15)),
            ("4 o'clock", either(4, 0)),
            ("half past 3", either(3, 30)),
            ("quarter to 1", either(0, 45)),
            ("at 4 in the afternoon", at(16, 0)),
            ("at 9 in the morning", at(9, 0)),
            ("at 3 or at 4", vec![Clock::Either(180), Clock::Either(240)]),
            ("4", vec![]),
            ("for 2 people", vec![]),
            ("25:00", vec![]),
            ("3:75", vec![]),
            ("at 6 march", vec![]),
            ("6/3", vec![]),
            ("2026-03-06", vec![]),
            ("35 usd", vec![]),
        ] {
            assert_eq!(times(text).at, expected, "{text}");
        }
    }

    #[test]
    fn bounds_and_parts_of_the_day_narrow() {
        let between = times("between 3 and 5");
        assert!(between.contain(16 * 60) && !between.contain(14 * 60) && !between.contain(18 * 60));
        let after = times("after 5pm");
        assert!(after.contain(17 * 60) && !after.contain(16 * 60));
        assert!(!times("before noon").contain(13 * 60));
        assert!(times("in the morning").contain(9 * 60));
        assert!(!times("tomorrow evening").contain(16 * 60));
        assert!(times("from 9 to 11").contain(10 * 60));
        assert!(times("good morning").is_empty());
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "([0-9:. apmh/-]|at |past |half )*") {
            for clock in times(&text).at {
                prop_assert!(clock.minutes().all(|minute| minute < 24 * 60));
            }
        }
    }
}
