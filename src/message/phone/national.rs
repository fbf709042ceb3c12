//! Numbers as they are dialled at home, and the country of a number, by `phonenumber`'s metadata.
//!
//! The metadata is decoded with the first number that needs it, which takes some milliseconds:
//! numbers in international form never do.

use phonenumber::{country::Id, metadata::DATABASE};

use super::{InvalidPhone, PhoneNumber};

impl PhoneNumber {
    /// Reads a number as a person in `country` (an ISO 3166 code) writes it: with `+`, as dialled
    /// at home, or with the prefix that is dialled for abroad. Without a country only the first.
    pub fn parse_in(text: &str, country: Option<&str>) -> Result<Self, InvalidPhone> {
        if text.trim_start().starts_with('+') {
            return Self::parse(text);
        }
        let country: Id = country.and_then(id).ok_or(InvalidPhone)?;
        let digits = super::digits(text)?;
        if let Some(number) = valid(Some(country), &digits) {
            let national = number.national().to_string();
            let digits = format!("{}{national}", number.code().value());
            return Self::from_international_digits(&digits);
        }
        // A whole number without its `+`, as WhatsApp writes it.
        let whole = Self::from_international_digits(&digits)?;
        let is_valid = valid(None, whole.key().as_str()).is_some();
        is_valid.then_some(whole).ok_or(InvalidPhone)
    }

    /// A number that nobody is meant by, of this country where its calling code is known.
    pub fn example(country: Option<&str>) -> Self {
        let code = country.and_then(calling_code).unwrap_or(1);
        Self(format!("+{code}2025550100").into())
    }

    /// Returns whether the number is of another country than this one. Of a country whose calling
    /// code is not known, no number is.
    pub fn is_abroad_from(&self, country: &str) -> bool {
        let code = calling_code(country).map(|code| code.to_string());
        code.is_some_and(|code| !self.as_str()[1..].starts_with(&code))
    }
}

fn valid(country: Option<Id>, text: &str) -> Option<phonenumber::PhoneNumber> {
    let number = phonenumber::parse(country, text).ok()?;
    number.is_valid().then_some(number)
}

fn id(country: &str) -> Option<Id> {
    country.parse().ok()
}

fn calling_code(country: &str) -> Option<u16> {
    DATABASE
        .by_id(country)
        .map(phonenumber::Metadata::country_code)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_is_read_as_it_is_dialled_in_its_country() {
        for (country, text, expected) in [
            ("US", "2025550161", "+12025550161"),
            ("US", "(202) 555-0161", "+12025550161"),
            ("US", "1 202 555 0161", "+12025550161"),
            ("US", "011 34 612 34 56 78", "+34612345678"),
            ("US", " +34 612 34 56 78", "+34612345678"),
            ("MX", "55 1234 5678", "+525512345678"),
            ("MX", "5215512345678", "+5215512345678"),
            ("BR", "(31) 98888-7777", "+5531988887777"),
            ("BR", "031 98888-7777", "+5531988887777"),
            ("BR", "5531988887777", "+5531988887777"),
            ("ES", "612 345 678", "+34612345678"),
            ("ES", "0034 612 345 678", "+34612345678"),
            ("IT", "06 1234 5678", "+390612345678"),
            ("GB", "020 7946 0958", "+442079460958"),
            ("AR", "011 15 5555-4444", "+5491155554444"),
        ] {
            let read = PhoneNumber::parse_in(text, Some(country));
            let read = read.unwrap_or_else(|_| panic!("{country} {text}"));
            assert_eq!(read.as_str(), expected, "{country} {text}");
        }
    }

    #[test]
    fn what_could_be_another_number_is_refused() {
        for (country, text) in [
            (Some("US"), "5550161"),
            (Some("US"), "12"),
            (Some("US"), ""),
            (Some("US"), "call me"),
            (Some("US"), "202555016x"),
            (Some("XX"), "2025550161"),
            (None, "2025550161"),
        ] {
            let read = PhoneNumber::parse_in(text, country);
            assert_eq!(read, Err(InvalidPhone), "{country:?} {text}");
        }
    }

    #[test]
    fn a_number_is_abroad_where_its_calling_code_is_another() {
        let phone = |text| PhoneNumber::parse(text).unwrap();
        assert!(phone("+34600000000").is_abroad_from("US"));
        assert!(phone("+12025550100").is_abroad_from("ES"));
        assert!(!phone("+12025550100").is_abroad_from("US"));
        assert!(!phone("+18095550100").is_abroad_from("DO"));
        assert!(!phone("+59170000000").is_abroad_from("BO"));
        assert!(!phone("+34600000000").is_abroad_from("XX"));
    }

    #[test]
    fn every_country_has_an_example_at_home() {
        for country in DATABASE.iter().map(phonenumber::Metadata::id) {
            let example = PhoneNumber::example(Some(country));
            assert!(!example.is_abroad_from(country), "{country}");
            assert_eq!(PhoneNumber::parse(example.as_str()), Ok(example));
        }
        assert_eq!(PhoneNumber::example(None).as_str(), "+12025550100");
    }

    proptest! {
        #[test]
        fn no_text_panics(text in ".*", digits in "[0-9 ().-]{0,24}") {
            for country in ["US", "MX", "IT", "AR"] {
                let _ = PhoneNumber::parse_in(&text, Some(country));
                let _ = PhoneNumber::parse_in(&digits, Some(country));
            }
        }
    }
}
