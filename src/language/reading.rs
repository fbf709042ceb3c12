//! The reading of a text: its acts, and what has to be known to read it.
//!
//! The invariant: a [`Reading`] holds nothing that the text does not say. Where the text can be
//! read in two ways, both are in it, and the caller asks.

use std::fmt::Debug;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::{
    Language,
    act::{Act, ActKind},
    day::Weekdays,
    intent::{Assent, Intent},
    reference::Reference,
    slot::{Other, Slot},
    when::When,
};

/// Reads what customers write.
///
/// The built-in reader, [`Phrasebook`](super::phrasebook::Phrasebook), is pure and takes tens of
/// microseconds for a message, so that it may be called on any thread. What was tapped, or chosen
/// by its number, need not be read at all.
pub trait Reader: Debug + Send + Sync {
    /// What a text says. No text is an error, and of a long one only the first
    /// [`Words::MAX_CHARS`](super::words::Words::MAX_CHARS) characters are read.
    fn read(&self, text: &str, context: &Context<'_>) -> Reading;
}

/// What has to be known to read a text.
#[derive(Debug, Clone, Default)]
pub struct Context<'a> {
    /// The clock on the business's wall when the text was sent.
    pub now: NaiveDateTime,
    /// The language of the thread so far.
    pub language: Option<Language>,
    /// Which of `3/4` is the day.
    pub date_order: DateOrder,
    /// Where the business is, as ISO 3166 has it; feasts are those of that country.
    pub country: Option<&'a str>,
    /// The last day that can be booked. Of two readings of `12/9` the one after it is not meant.
    pub last_day: Option<NaiveDate>,
    /// The weekdays on which it is never open, of which the same is true.
    pub closed: Weekdays,
    /// The minute of the day at which it opens first on any day, and that at which it closes last:
    /// "after 7" of a salon that opens at 9 is in the evening.
    pub open: Option<(u16, u16)>,
    /// The days that are being talked of, from the first to the last: of "Thursday", the one
    /// among them is meant.
    pub window: Option<(NaiveDate, NaiveDate)>,
    /// The day that was asked for or proposed last: "the Friday before" is before it.
    pub talked_of: Option<NaiveDate>,
    /// The clocks of other places; none: all times are by the business's own.
    pub elsewhere: Option<&'a dyn Elsewhere>,
    /// What the customer was asked last.
    pub asked: Asked,
    /// Each service's name in all its forms.
    pub services: Vec<Vec<&'a str>>,
    /// The length of each service in minutes; empty if it is not known.
    pub minutes: Vec<u16>,
    /// Those that are being talked of, by their places: of "the full one", the one of their kind
    /// is meant.
    pub topic: Vec<usize>,
    /// Those that were asked about right before these: "both" means them as well.
    pub earlier: Vec<usize>,
    /// The names of who works there.
    pub staff: Vec<&'a str>,
}

/// What is known of clocks in other places: "3 pm Central".
pub trait Elsewhere: Debug {
    /// How many minutes the business's clock is ahead of that of a zone of the IANA database on a
    /// day; none if there is no such zone.
    fn minutes_ahead_of(&self, zone: &str, day: NaiveDate) -> Option<i32>;
}

/// What the customer was asked last. An answer may be as short as "4" or "Ana".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Asked {
    /// Nothing that would change how a text is read.
    #[default]
    Nothing,
    /// For a day or a time.
    Time,
    /// For the customer's name.
    Name,
    /// True if an appointment as it was proposed, or as they were reminded of it, is right.
    Proposal,
    /// For another yes or no.
    YesOrNo,
}

/// Which of `3/4` is the day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DateOrder {
    /// 3 April.
    DayFirst,
    /// March 4.
    MonthFirst,
    /// Both are written where the business is.
    #[default]
    Either,
}

/// The language in which a text is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DetectedLanguage {
    /// This one.
    In(Language),
    /// One that is not known here.
    Other,
    /// Too little was said to tell.
    #[default]
    Unclear,
}

/// The meaning of a text: its acts, and the answer that they give.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The language in which it is written.
    pub tongue: DetectedLanguage,
    /// Its acts, in the order of the text.
    pub acts: Vec<Act>,
    /// The answer that it gives to a question of yes or no, whatever else it says. A day, a time,
    /// a service or a person beside a yes may still differ from what was asked about.
    pub assent: Option<Assent>,
    /// It says nothing but that answer and courtesies.
    pub is_plain_answer: bool,
    /// The name of somebody near to the customer of whom it only tells: "my dog Bran is limping".
    pub told_of: Option<String>,
}

/// One of several for whom something is wished.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Guest {
    /// It is the customer.
    pub is_self: bool,
    /// The name, where it was said.
    pub name: Option<String>,
    /// As the text calls them: "son".
    pub relation: Option<String>,
    /// The services that are wished for them, as in [`Slot::Service`].
    pub services: Vec<Vec<usize>>,
    /// The staff who were wished for, as in [`Slot::Staff`].
    pub staff: Vec<usize>,
    /// The day and time that are wished for them.
    pub when: When,
}

// === impl DateOrder ===

impl DateOrder {
    /// How a country, by its ISO 3166 code, writes dates.
    pub fn of_country(country: Option<&str>) -> Self {
        match country {
            Some(
                "US" | "PR" | "GU" | "VI" | "PH" | "FM" | "MH" | "PW" | "JP" | "CN" | "KR" | "TW"
                | "HU" | "LT" | "MN",
            ) => Self::MonthFirst,
            Some("CA" | "ZA" | "KE" | "GH") | None => Self::Either,
            Some(_) => Self::DayFirst,
        }
    }
}

// === impl Reading ===

impl Reading {
    /// Returns whether nothing at all was understood.
    pub fn is_empty(&self) -> bool {
        let says = |slot: &Slot| !matches!(slot, Slot::Reference(_));
        self.assent.is_none() && !self.is_plain_answer && !self.slots().any(says)
    }

    /// Returns whether it asks for time instead of an answer.
    pub fn hesitates(&self) -> bool {
        self.acts.iter().any(|act| act.kind == ActKind::Hesitate)
    }

    /// The details of all acts, in the order of the text.
    pub fn slots(&self) -> impl Iterator<Item = &Slot> {
        self.acts.iter().flat_map(|act| &act.slots)
    }

    /// The first detail of a sort.
    pub fn find<'r, T>(&'r self, pick: impl Fn(&'r Slot) -> Option<T>) -> Option<T> {
        self.slots().find_map(pick)
    }

    /// Keeps of the details those that are as wished.
    pub fn retain(&mut self, keep: impl Fn(&Slot) -> bool) {
        for act in &mut self.acts {
            act.slots.retain(&keep);
        }
    }

    /// Returns whether something is wanted.
    pub fn has(&self, intent: Intent) -> bool {
        self.slots().any(|slot| *slot == Slot::Wants(intent))
    }

    /// Each service that is wanted, with all that may be meant by its name.
    pub fn services(&self) -> Vec<Vec<usize>> {
        let service = |slot: &Slot| match slot {
            Slot::Service(readings) => Some(readings.clone()),
            _ => None,
        };
        self.slots().filter_map(service).collect()
    }

    /// The services that were ruled out.
    pub fn not_services(&self) -> Vec<usize> {
        let ruled_out = |slot: &Slot| match slot {
            Slot::NotService(service) => Some(*service),
            _ => None,
        };
        self.slots().filter_map(ruled_out).collect()
    }

    /// Those who work there and are wished for; of several, any will do.
    pub fn staff(&self) -> Vec<usize> {
        let staff = |slot: &Slot| match slot {
            Slot::Staff(person) => Some(*person),
            _ => None,
        };
        self.slots().filter_map(staff).collect()
    }

    /// Those who work there and were ruled out.
    pub fn not_staff(&self) -> Vec<usize> {
        let ruled_out = |slot: &Slot| match slot {
            Slot::NotStaff(person) => Some(*person),
            _ => None,
        };
        self.slots().filter_map(ruled_out).collect()
    }

    /// The day and time that are wished.
    pub fn when(&self) -> When {
        self.find(|slot| match slot {
            Slot::When(when) => Some(when.clone()),
            _ => None,
        })
        .unwrap_or_default()
    }

    /// The day and time of the appointment that is spoken of.
    pub fn about(&self) -> When {
        self.find(|slot| match slot {
            Slot::About(when) => Some(when.clone()),
            _ => None,
        })
        .unwrap_or_default()
    }

    /// Returns the relation of the request to existing bookings.
    pub fn reference(&self) -> Reference {
        self.find(|slot| match slot {
            Slot::Reference(reference) => Some(*reference),
            _ => None,
        })
        .unwrap_or_default()
    }

    /// The customer's own name.
    pub fn own_name(&self) -> Option<&str> {
        self.find(|slot| match slot {
            Slot::OwnName(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// Somebody else for whom it is.
    pub fn other(&self) -> Option<&Other> {
        self.find(|slot| match slot {
            Slot::Other(other) => Some(other),
            _ => None,
        })
    }

    /// Those who come, where it is wished for more than one.
    pub fn guests(&self) -> &[Guest] {
        self.find(|slot| match slot {
            Slot::Guests(guests) => Some(guests.as_slice()),
            _ => None,
        })
        .unwrap_or_default()
    }
}
