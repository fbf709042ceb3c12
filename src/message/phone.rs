//! Phone numbers in E.164 form, masked wherever they could be printed.

mod key;
mod national;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use self::key::PhoneKey;

/// The most digits of a number, by E.164.
const MAX_DIGITS: usize = 15;

/// A number in E.164 form: `+` and 7 to 15 digits, the first not 0.
///
/// `Debug` and `Display` show it masked; [`PhoneNumber::as_str`] is the way to the digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Box<str>", into = "Box<str>")]
pub struct PhoneNumber(Box<str>);

/// The text is not a phone number in international form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be E.164: \"+\" and 7 to 15 digits, the first not 0")]
pub struct InvalidPhone;

impl PhoneNumber {
    /// Reads a number written with `+`; spaces, dots, dashes and brackets are left out.
    pub fn parse(text: &str) -> Result<Self, InvalidPhone> {
        let digits = text.trim().strip_prefix('+').ok_or(InvalidPhone)?;
        Self::from_international_digits(digits)
    }

    /// Reads a number in international form without `+`, as WhatsApp's `wa_id` is.
    pub fn from_international_digits(digits: &str) -> Result<Self, InvalidPhone> {
        let mut number = self::digits(digits)?;
        if !(7..=MAX_DIGITS).contains(&number.len()) || number.starts_with('0') {
            return Err(InvalidPhone);
        }
        number.insert(0, '+');
        Ok(Self(number.into()))
    }

    /// The whole number, `+` first. Not for logs.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The digits of a number with the separators between them left out; a few more than a number has,
/// for what is dialled before it.
fn digits(text: &str) -> Result<String, InvalidPhone> {
    let mut digits = String::with_capacity(MAX_DIGITS + 1);
    for character in text.trim().chars() {
        match character {
            '0'..='9' => digits.push(character),
            ' ' | '\u{a0}' | '.' | '-' | '(' | ')' | '[' | ']' => {}
            _ => return Err(InvalidPhone),
        }
        if digits.len() > MAX_DIGITS + 5 {
            return Err(InvalidPhone);
        }
    }
    Ok(digits)
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (head, tail) = (&self.0[..2], &self.0[self.0.len() - 3..]);
        write!(f, "{head}{:*<width$}{tail}", "", width = self.0.len() - 5)
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl TryFrom<Box<str>> for PhoneNumber {
    type Error = InvalidPhone;

    fn try_from(text: Box<str>) -> Result<Self, InvalidPhone> {
        Self::parse(&text)
    }
}

impl From<PhoneNumber> for Box<str> {
    fn from(phone: PhoneNumber) -> Self {
        phone.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn separators_are_removed_and_the_rest_is_kept() {
        let phone = PhoneNumber::parse(" +1 (202) 555-01.00 ").unwrap();
        assert_eq!(phone.as_str(), "+12025550100");
        assert_eq!(
            PhoneNumber::from_international_digits("12025550100"),
            Ok(phone)
        );
    }

    #[test]
    fn what_is_not_international_is_refused() {
        for text in [
            "",
            "+",
            "12025550100",
            "+0123456789",
            "+123456",
            "+1234567890123456",
            "+1x23456789",
            "++1234567",
        ] {
            assert_eq!(PhoneNumber::parse(text), Err(InvalidPhone), "{text}");
        }
    }

    #[test]
    fn printing_masks_the_number() {
        let phone = PhoneNumber::parse("+12345678890").unwrap();
        assert_eq!(phone.to_string(), "+1*******890");
        assert_eq!(format!("{phone:?}"), "+1*******890");
    }

    proptest! {
        #[test]
        fn a_number_survives_being_written_and_read(digits in "[1-9][0-9]{6,14}") {
            let phone = PhoneNumber::parse(&format!("+{digits}")).unwrap();
            prop_assert_eq!(PhoneNumber::parse(phone.as_str()), Ok(phone.clone()));
            let json = serde_json::to_string(&phone).unwrap();
            prop_assert_eq!(serde_json::from_str::<PhoneNumber>(&json).unwrap(), phone.clone());
            prop_assert!(!phone.to_string().contains(&digits));
        }

        #[test]
        fn no_text_panics(text in ".*") {
            let _ = PhoneNumber::parse(&text);
        }
    }
}
