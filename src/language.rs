//! What did they mean? Intent, names, date and time.
//!
//! The invariant: nothing is guessed. What has two readings is returned as two, for the caller to
//! ask about.

pub mod act;
mod chart;
pub mod clock;
pub mod day;
mod expression;
mod feast;
mod grammar;
pub mod intent;
mod lexicon;
pub mod name;
mod person;
pub mod phrasebook;
pub mod reading;
mod resolve;
mod sentence;
mod service;
mod tongue;
mod vocabulary;
pub mod when;
pub mod wording;
pub mod words;

use serde::{Deserialize, Serialize};

pub use self::{
    act::{Act, ActKind},
    phrasebook::Phrasebook,
    reading::{Asked, Context, DateOrder, Elsewhere, Reader, Reading, Tongue},
    when::{Except, When},
};

/// A language that the assistant can be asked to speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[serde(rename = "en")]
    English,
    /// Spanish.
    #[serde(rename = "es")]
    Spanish,
}

// === impl Language ===

impl Language {
    /// Every language, in the order in which they are shown.
    pub const ALL: [Self; 2] = [Self::English, Self::Spanish];

    /// The ISO 639 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
        }
    }

    /// The language of an ISO 639 code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == code)
    }
}
