//! The details of an act: intents, services, people and times.
//!
//! The invariant: a [`Slot`] belongs to the act whose words say it. Services and staff are given
//! as indices into [`Context`](super::Context).

use super::{
    intent::Intent,
    reading::{DetectedLanguage, Guest},
    reference::Reference,
    shift::Shift,
    when::When,
};

/// One detail of an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    /// Something is wanted or asked.
    Wants(Intent),
    /// A wanted service, with all its readings if the name fits several or the text says "or".
    /// "Cut and colour" is two slots of one reading each, "cut or colour" one slot of two
    /// readings.
    Service(Vec<usize>),
    /// The services are added to those wanted before: "and a beard trim too".
    AddsServices,
    /// A service that was ruled out: "without the beard trim".
    NotService(usize),
    /// A staff member who is wished for. If there are several, any of them will do.
    Staff(usize),
    /// A staff member who was ruled out.
    NotStaff(usize),
    /// The requested day and time.
    When(When),
    /// The day and time of the appointment to move or cancel: the Tuesday of "move my appointment
    /// from Tuesday to Thursday".
    About(When),
    /// The distance by which an appointment is to move: "an hour later".
    Shift(Shift),
    /// The relation of the request to existing bookings.
    Reference(Reference),
    /// The request is for somebody else.
    Other(Other),
    /// One more person comes, besides those named before: "and one for my son".
    AddsPerson,
    /// The people who come, if the request is for more than one, in the order of the text.
    Guests(Vec<Guest>),
    /// The number of people, if more than one was said.
    People(u16),
    /// The customer's own name.
    OwnName(String),
    /// The customer's expected delay, in minutes.
    MinutesLate(u16),
    /// The requested language ("English please"); [`DetectedLanguage::Other`] if it is not known here.
    Language(DetectedLanguage),
}

/// Another person whom the request is for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Other {
    /// Their name, if it was said.
    pub name: Option<String>,
    /// The word for them: "son".
    pub relation: Option<String>,
}
