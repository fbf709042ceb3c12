//! Which country a number is of, as far as its first digits tell.

use super::PhoneNumber;

/// Calling codes by ISO 3166 code. Those of North America and the Caribbean share `1`.
const CODES: &[(&str, &str)] = &[
    ("AR", "54"),
    ("AT", "43"),
    ("AU", "61"),
    ("BE", "32"),
    ("BO", "591"),
    ("BR", "55"),
    ("BS", "1"),
    ("CA", "1"),
    ("CH", "41"),
    ("CL", "56"),
    ("CN", "86"),
    ("CO", "57"),
    ("CR", "506"),
    ("CU", "53"),
    ("CZ", "420"),
    ("DE", "49"),
    ("DK", "45"),
    ("DO", "1"),
    ("EC", "593"),
    ("ES", "34"),
    ("FI", "358"),
    ("FR", "33"),
    ("GB", "44"),
    ("GQ", "240"),
    ("GR", "30"),
    ("GT", "502"),
    ("HK", "852"),
    ("HN", "504"),
    ("HU", "36"),
    ("ID", "62"),
    ("IE", "353"),
    ("IL", "972"),
    ("IN", "91"),
    ("IT", "39"),
    ("JM", "1"),
    ("JP", "81"),
    ("KE", "254"),
    ("KR", "82"),
    ("MA", "212"),
    ("MX", "52"),
    ("MY", "60"),
    ("NG", "234"),
    ("NI", "505"),
    ("NL", "31"),
    ("NO", "47"),
    ("NZ", "64"),
    ("PA", "507"),
    ("PE", "51"),
    ("PH", "63"),
    ("PL", "48"),
    ("PR", "1"),
    ("PT", "351"),
    ("PY", "595"),
    ("RO", "40"),
    ("SA", "966"),
    ("SE", "46"),
    ("SG", "65"),
    ("SV", "503"),
    ("TH", "66"),
    ("TR", "90"),
    ("TT", "1"),
    ("UA", "380"),
    ("AE", "971"),
    ("US", "1"),
    ("UY", "598"),
    ("VE", "58"),
    ("VN", "84"),
    ("ZA", "27"),
];

impl PhoneNumber {
    /// A number that nobody is meant by, of this country where its calling code is known here.
    pub fn example(country: Option<&str>) -> Self {
        let known = CODES.iter().find(|(iso, _)| Some(*iso) == country);
        let code = known.map_or("1", |(_, code)| code);
        Self(format!("+{code}2025550100").into())
    }

    /// Whether the number is of another country than this one. Of a country whose calling code
    /// is not known here, no number is.
    pub fn is_abroad_from(&self, country: &str) -> bool {
        let known = CODES.iter().find(|(iso, _)| *iso == country);
        known.is_some_and(|(_, code)| !self.as_str()[1..].starts_with(code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        for (country, _) in CODES {
            let example = PhoneNumber::example(Some(country));
            assert!(!example.is_abroad_from(country));
            assert_eq!(PhoneNumber::parse(example.as_str()), Ok(example));
        }
        assert_eq!(PhoneNumber::example(None).as_str(), "+12025550100");
    }
}
