//! The details of an act: what is wanted, named and told.
//!
//! The invariant: a [`Slot`] stands in the act whose words say it. Services and staff are told by
//! their places in [`Context`](super::Context).

use super::{
    intent::Intent,
    reading::{Guest, Tongue},
    reference::Reference,
    shift::Shift,
    when::When,
};

/// One detail of an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    /// Something is wanted or asked.
    Wants(Intent),
    /// A service is wanted; where its name fits several, or "or" stands between, all of them. "Cut
    /// and colour" is two slots of one reading each, "cut or colour" one of two readings.
    Service(Vec<usize>),
    /// The services come to what was wanted before: "and a beard trim too".
    AddsServices,
    /// A service was ruled out: "without the beard trim".
    NotService(usize),
    /// Somebody of the staff is wished for; of several, any will do.
    Staff(usize),
    /// Somebody of the staff was ruled out.
    NotStaff(usize),
    /// The day and time that are wished.
    When(When),
    /// The day and time of the appointment that is to be moved or given up: the Tuesday of "move my
    /// appointment from Tuesday to Thursday".
    About(When),
    /// The distance by which an appointment is to move: "an hour later".
    Shift(Shift),
    /// How it stands to what is booked already.
    Reference(Reference),
    /// It is for somebody else.
    Other(Other),
    /// Somebody comes besides who was spoken of before: "and one for my son".
    AddsPerson,
    /// Those who come, where it is wished for more than one, in the order of the text.
    Guests(Vec<Guest>),
    /// How many come, where more than one was said.
    People(u16),
    /// The customer's own name.
    OwnName(String),
    /// How late the customer will be, in minutes.
    MinutesLate(u16),
    /// The language that is asked for ("English please"); [`Tongue::Other`] for one unknown here.
    Language(Tongue),
}

/// Somebody else for whom something is wished.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Other {
    /// The name, where it was said.
    pub name: Option<String>,
    /// The word for them: "son".
    pub relation: Option<String>,
}
