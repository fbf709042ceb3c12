//! What a text says, all of it at once.
//!
//! The invariant: a [`Reading`] holds nothing that the text does not say. Where the text can be
//! read in two ways, both are in it, and who reads it asks.

use std::fmt::Debug;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::{
    Language,
    act::{Act, ActKind},
    day::Weekdays,
    intent::{Assent, Intent},
    reference::Reference,
    shift::Shift,
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
    /// The days that are being talked of, from the first to the last: of "Thursday", the one
    /// among them is meant.
    pub window: Option<(NaiveDate, NaiveDate)>,
    /// The clocks of other places; none: all times are by the business's own.
    pub elsewhere: Option<&'a dyn Elsewhere>,
    /// What the customer was asked last.
    pub asked: Asked,
    /// Each service's name in all its forms.
    pub services: Vec<Vec<&'a str>>,
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
pub enum Tongue {
    /// This one.
    In(Language),
    /// One that is not known here.
    Other,
    /// Too little was said to tell.
    #[default]
    Unclear,
}

/// What a text says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each can hold without the others"
)]
pub struct Reading {
    /// The language in which it is written.
    pub tongue: Tongue,
    /// The language that it asks for ("English please"); [`Tongue::Other`] for one unknown here.
    pub switch: Option<Tongue>,
    /// What is wanted, in the order of [`Intent`].
    pub intents: Vec<Intent>,
    /// Its acts, in order.
    pub acts: Vec<Act>,
    /// The answer that it gives to a question of yes or no, whatever else it says. A day, a time,
    /// a service or a person beside a yes may still differ from what was asked about.
    pub assent: Option<Assent>,
    /// It says nothing but that answer and courtesies.
    pub is_plain_answer: bool,
    /// Each service that was named, by its place in [`Context::services`]; where a name fits
    /// several, or "or" stands between, all of them. "Cut and colour" is two services of one
    /// reading each, "cut or colour" one of two readings.
    pub services: Vec<Vec<usize>>,
    /// They come to what was wanted before: "and a beard trim too".
    pub adds: bool,
    /// The services that were ruled out: "without the beard trim".
    pub not_services: Vec<usize>,
    /// Who was wished for, by their places in [`Context::staff`]; of several, any will do.
    pub staff: Vec<usize>,
    /// Who was ruled out, by their places in [`Context::staff`].
    pub not_staff: Vec<usize>,
    /// The day and time that are wished.
    pub when: When,
    /// The distance by which an appointment is to move: "an hour later".
    pub shift: Option<Shift>,
    /// The day and time of the appointment that is to be moved or given up, where they were said:
    /// the Tuesday of "move my appointment from Tuesday to Thursday".
    pub about: When,
    /// The name of whom it is for, where that is somebody else and the name was said.
    pub for_name: Option<String>,
    /// It is for somebody else.
    pub for_other: bool,
    /// That somebody comes besides who was spoken of before: "and one for my son".
    pub adds_person: bool,
    /// Who it is for, as the text calls them, where that is somebody else: "son".
    pub relation: Option<String>,
    /// Who comes, where it is wished for more than one, in the order of the text.
    pub guests: Vec<Guest>,
    /// How it stands to what is booked already.
    pub reference: Reference,
    /// The customer's own name.
    pub own_name: Option<String>,
    /// How late the customer will be, in minutes.
    pub minutes_late: Option<u16>,
    /// How many will come, where more than one was said.
    pub people: Option<u16>,
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
    /// The services that are wished for them, as in [`Reading::services`].
    pub services: Vec<Vec<usize>>,
    /// Who was wished for, as in [`Reading::staff`].
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
    /// Whether nothing at all was understood.
    pub fn is_empty(&self) -> bool {
        let silent = Self {
            tongue: self.tongue,
            acts: self.acts.clone(),
            reference: self.reference,
            ..Self::default()
        };
        *self == silent
    }

    /// Returns whether it asks for time instead of an answer.
    pub fn hesitates(&self) -> bool {
        self.acts.iter().any(|act| act.kind == ActKind::Hesitate)
    }

    /// Whether something is wanted.
    pub fn has(&self, intent: Intent) -> bool {
        self.intents.contains(&intent)
    }
}
