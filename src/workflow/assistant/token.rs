//! What a choice does, as the token that comes back when it is tapped.
//!
//! The invariant: a token says all that it needs, so that one of an old list still means what it
//! said, and one that asks yes or no names what it is about. `1.` at its head is the version.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::booking::{BookingId, ResourceId, ServiceId, Services};

/// What a choice does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub(super) enum Action {
    /// Chooses a service.
    Service(ServiceId),
    /// Shows the services from a place in the list on.
    Services(usize),
    /// Chooses a time for a visit, and a person where one was wished.
    Time {
        services: Services,
        staff: Option<ResourceId>,
        start: DateTime<Utc>,
    },
    /// Chooses a day.
    Day(NaiveDate),
    /// Shows more times.
    More(Page),
    /// Says yes to the question about a hold or booking.
    Yes(BookingId),
    /// Says no to it.
    No(BookingId),
    /// Chooses a booking to give up.
    Cancel(BookingId),
    /// Chooses a booking to move.
    Move(BookingId),
    /// Leaves a booking as it is.
    Keep(BookingId),
    /// Says that they will be there.
    Come(BookingId),
    /// Says that they will not.
    CannotCome(BookingId),
    /// Drops what is being booked.
    Drop,
    /// Goes on with what is being booked, where the calendar could not be seen.
    Again,
    /// Calls a person.
    Person,
}

/// Which times to show next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Page {
    /// The first instant.
    pub(super) from: DateTime<Utc>,
    /// One after the other, not spread.
    pub(super) dense: bool,
}

/// The text is no token of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a token of this version")]
pub(super) struct NoToken;

const VERSION: &str = "1.";

// === impl Action ===

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(VERSION)?;
        match self {
            Self::Service(id) => write!(f, "s.{}", id.as_str()),
            Self::Services(from) => write!(f, "l.{from}"),
            Self::Time {
                services,
                staff,
                start,
            } => {
                let staff = staff.as_ref().map_or("", ResourceId::as_str);
                write!(f, "t.{}.{services}.{staff}", start.timestamp())
            }
            Self::Day(date) => write!(f, "d.{date}"),
            Self::More(Page { from, dense }) => {
                write!(f, "m.{}.{}", from.timestamp(), u8::from(*dense))
            }
            Self::Yes(id) => write!(f, "y.{}", id.0.simple()),
            Self::No(id) => write!(f, "n.{}", id.0.simple()),
            Self::Cancel(id) => write!(f, "c.{}", id.0.simple()),
            Self::Move(id) => write!(f, "v.{}", id.0.simple()),
            Self::Keep(id) => write!(f, "k.{}", id.0.simple()),
            Self::Come(id) => write!(f, "o.{}", id.0.simple()),
            Self::CannotCome(id) => write!(f, "x.{}", id.0.simple()),
            Self::Drop => f.write_str("z."),
            Self::Again => f.write_str("a."),
            Self::Person => f.write_str("p."),
        }
    }
}

impl std::str::FromStr for Action {
    type Err = NoToken;

    fn from_str(text: &str) -> Result<Self, NoToken> {
        let text = text.strip_prefix(VERSION).ok_or(NoToken)?;
        let (kind, rest) = text.split_once('.').ok_or(NoToken)?;
        let booking = || Uuid::try_parse(rest).map(BookingId).map_err(|_| NoToken);
        Ok(match kind {
            "s" if !rest.is_empty() => Self::Service(ServiceId::new(rest)),
            "l" => Self::Services(rest.parse().map_err(|_| NoToken)?),
            "t" => {
                let mut fields = rest.splitn(3, '.');
                let mut field = || fields.next().ok_or(NoToken);
                let start = instant(field()?)?;
                let services = field()?.parse().map_err(|_| NoToken)?;
                let staff = Some(field()?)
                    .filter(|id| !id.is_empty())
                    .map(ResourceId::new);
                Self::Time {
                    services,
                    staff,
                    start,
                }
            }
            "d" => Self::Day(rest.parse().map_err(|_| NoToken)?),
            "m" => {
                let (from, dense) = rest.split_once('.').ok_or(NoToken)?;
                let from = instant(from)?;
                Self::More(Page {
                    from,
                    dense: dense == "1",
                })
            }
            "y" => Self::Yes(booking()?),
            "n" => Self::No(booking()?),
            "c" => Self::Cancel(booking()?),
            "v" => Self::Move(booking()?),
            "k" => Self::Keep(booking()?),
            "o" => Self::Come(booking()?),
            "x" => Self::CannotCome(booking()?),
            "z" => Self::Drop,
            "a" => Self::Again,
            "p" => Self::Person,
            _ => return Err(NoToken),
        })
    }
}

impl From<Action> for String {
    fn from(action: Action) -> Self {
        action.to_string()
    }
}

impl TryFrom<String> for Action {
    type Error = NoToken;

    fn try_from(text: String) -> Result<Self, NoToken> {
        text.parse()
    }
}

/// An instant of this age of the world, so that no arithmetic on it overflows.
fn instant(text: &str) -> Result<DateTime<Utc>, NoToken> {
    let seconds: i64 = text.parse().map_err(|_| NoToken)?;
    let sane = (0..=253_402_300_799 / 2).contains(&seconds);
    let at = sane.then(|| DateTime::from_timestamp(seconds, 0)).flatten();
    at.ok_or(NoToken)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_action_survives_its_token() {
        let start = DateTime::from_timestamp(1_772_800_000, 0).unwrap();
        let id = BookingId::derive("x");
        let service = ServiceId::new(&"s".repeat(40));
        let all = ["a", "b", "c"].map(|id| ServiceId::new(&id.repeat(40)));
        assert_eq!(all.len(), Services::MAX);
        let services = Services::new(all.into()).unwrap();
        let staff = Some(ResourceId::new(&"r".repeat(40)));
        for action in [
            Action::Service(service.clone()),
            Action::Services(9),
            Action::Time {
                services,
                staff,
                start,
            },
            Action::Time {
                services: service.into(),
                staff: None,
                start,
            },
            Action::Day("2026-03-06".parse().unwrap()),
            Action::More(Page {
                from: start,
                dense: true,
            }),
            Action::Yes(id),
            Action::No(id),
            Action::Cancel(id),
            Action::Move(id),
            Action::Keep(id),
            Action::Come(id),
            Action::CannotCome(id),
            Action::Drop,
            Action::Again,
            Action::Person,
        ] {
            let token = action.to_string();
            assert!(token.len() <= 200, "{token}");
            assert_eq!(token.parse(), Ok(action));
        }
    }

    proptest! {
        #[test]
        fn no_token_panics(text in "(1\\.)?[a-z]?\\.?.*") {
            let _ = text.parse::<Action>();
        }
    }
}
