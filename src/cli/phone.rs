//! A phone number as an argument: with `+`, or as dialled in the business's country, which is known
//! only when the business file has been read.

use std::str::FromStr;

use crate::message::{InvalidPhone, PhoneNumber};

/// A number as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GivenPhone {
    /// In international form.
    Number(PhoneNumber),
    /// Without `+`.
    Dialled(Box<str>),
}

impl GivenPhone {
    /// The number, read by a country where it has no `+`.
    pub fn read(&self, country: Option<&str>) -> Result<PhoneNumber, InvalidPhone> {
        match self {
            Self::Number(number) => Ok(number.clone()),
            Self::Dialled(text) => PhoneNumber::parse_in(text, country),
        }
    }
}

impl FromStr for GivenPhone {
    type Err = InvalidPhone;

    fn from_str(text: &str) -> Result<Self, InvalidPhone> {
        let is_dialled =
            |character: char| character.is_ascii_digit() || " .-()".contains(character);
        match PhoneNumber::parse(text) {
            Ok(number) => Ok(Self::Number(number)),
            Err(_) if !text.trim().is_empty() && text.chars().all(is_dialled) => {
                Ok(Self::Dialled(text.into()))
            }
            Err(error) => Err(error),
        }
    }
}

impl From<PhoneNumber> for GivenPhone {
    fn from(number: PhoneNumber) -> Self {
        Self::Number(number)
    }
}
