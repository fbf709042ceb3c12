//! The key by which two spellings of one number are the same number.
//!
//! Providers, address books and people spell some mobile numbers in several ways, all of which reach
//! the same phone. A key is compared and never shown or dialled; the number stays as it was given.
//!
//! The rules are written by hand because `phonenumber` keeps these spellings apart (its E.164 form
//! of `+5215512345678` is not that of `+525512345678`), and because the key is made for every
//! message, where its metadata would cost too much.

use super::PhoneNumber;

/// Stands for a phone number in every spelling: `+` and digits, in the spelling of the present
/// numbering plan where there is one. Numbers that no rule is known for are their own key.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhoneKey(Box<str>);

/// A country whose mobile numbers have several spellings.
struct Rule {
    /// The calling code.
    code: &'static str,
    /// The digits after the calling code in their one form; none: this is no number that has
    /// several.
    one_form: fn(&str) -> Option<String>,
    /// The other spellings of such a form.
    others: fn(&str) -> Vec<String>,
}

/// Brazil: mobile numbers have a ninth digit, 9, since 2012 to 2016 (Anatel, Resolução 553/2010).
/// WhatsApp ids of older accounts lack it. Fixed numbers begin with 2 to 5 and never had it.
const BRAZIL: Rule = Rule {
    code: "55",
    one_form: |rest| {
        let (area, local) = rest.split_at_checked(2)?;
        let is_mobile = matches!(local.as_bytes().first(), Some(b'6'..=b'9'));
        (local.len() == 8 && is_mobile).then(|| format!("{area}9{local}"))
    },
    others: |rest| match rest.split_at_checked(2) {
        Some((area, local)) if local.len() == 9 && local.starts_with('9') => {
            let old = &local[1..];
            let is_mobile = matches!(old.as_bytes()[0], b'6'..=b'9');
            is_mobile
                .then(|| format!("{area}{old}"))
                .into_iter()
                .collect()
        }
        _ => Vec::new(),
    },
};

/// Mexico: the 1 before mobile numbers (and 044, 045 and 01 before them at home) ended on
/// 2019-08-03 (IFT, numbering plan of 2018). WhatsApp ids still have the 1. No area code begins
/// with 0 or 1.
const MEXICO: Rule = Rule {
    code: "52",
    one_form: |rest| {
        ["1", "01", "044", "045"]
            .into_iter()
            .filter_map(|prefix| rest.strip_prefix(prefix))
            .find(|national| national.len() == 10)
            .map(ToOwned::to_owned)
    },
    others: |rest| {
        let prefixes = ["1", "01", "044", "045"].into_iter();
        let others = prefixes.map(|prefix| format!("{prefix}{rest}"));
        others.take_while(|_| rest.len() == 10).collect()
    },
};

/// Argentina: ten digits, and for a mobile phone a 9 before them from abroad, or at home a 0 before
/// them and a 15 after the area code (Resolución SC 46/97; area codes are 11 or three to four digits
/// that begin with 2 or 3). The 9 and the 15 are no part of the number, and one is written with the
/// other, with both or with neither.
const ARGENTINA: Rule = Rule {
    code: "54",
    one_form: |rest| {
        let mut prefixes = ["90", "9", "0", ""].into_iter();
        let national = prefixes.find_map(|prefix| {
            let national = rest.strip_prefix(prefix)?;
            argentine_areas(national).next().map(|_| national)
        })?;
        let without_15 = || {
            argentine_areas(national).find_map(|area| {
                let local = national[area..].strip_prefix("15")?;
                Some(format!("{}{local}", &national[..area]))
            })
        };
        match national.len() {
            10 => (national != rest).then(|| national.to_owned()),
            12 => without_15(),
            _ => None,
        }
    },
    others: |rest| {
        if rest.len() != 10 {
            return Vec::new();
        }
        let mut forms: Vec<String> = argentine_areas(rest)
            .map(|area| format!("{}15{}", &rest[..area], &rest[area..]))
            .collect();
        if !forms.is_empty() {
            forms.push(rest.to_owned());
        }
        let prefixes = ["90", "9", "0", ""].into_iter();
        let spelled =
            prefixes.flat_map(|prefix| forms.iter().map(move |form| format!("{prefix}{form}")));
        spelled.filter(|form| form != rest).collect()
    },
};

/// Benin: all numbers have 01 before their eight digits since 2024-11-30 (ARCEP Bénin). WhatsApp
/// ids made before lack it.
const BENIN: Rule = Rule {
    code: "229",
    one_form: |rest| (rest.len() == 8).then(|| format!("01{rest}")),
    others: |rest| match rest.strip_prefix("01") {
        Some(old) if old.len() == 8 => vec![old.to_owned()],
        _ => Vec::new(),
    },
};

const RULES: [Rule; 4] = [BRAZIL, MEXICO, ARGENTINA, BENIN];

/// Calling codes of countries where a 0 is dialled before the number at home, and no number begins
/// with one, so that the 0 of `+44 (0)20 …` is none of it (ITU-T E.123, 7.2). Italy (39) and others
/// whose numbers do begin with 0 are not here. The test holds the list to `phonenumber`'s metadata.
const TRUNK_ZERO: [&str; 33] = [
    "20", "27", "31", "32", "33", "40", "41", "43", "44", "46", "49", "51", "58", "60", "61", "62",
    "63", "64", "66", "81", "82", "84", "90", "91", "92", "94", "212", "234", "254", "353", "380",
    "593", "972",
];

impl PhoneNumber {
    /// The key of the number.
    pub fn key(&self) -> PhoneKey {
        let digits = &self.as_str()[1..];
        PhoneKey(match one_form(digits) {
            Some(digits) => format!("+{digits}").into(),
            None => self.as_str().into(),
        })
    }
}

impl PhoneKey {
    /// The key as text, for comparing. Not for logs.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Every spelling that has this key, itself first, each with its `+`.
    pub fn spellings(&self) -> Vec<Box<str>> {
        let digits = &self.0[1..];
        let mut spellings = vec![self.0.clone()];
        for rule in &RULES {
            if let Some(rest) = digits.strip_prefix(rule.code) {
                let others = (rule.others)(rest).into_iter();
                let others = others.map(|rest| format!("+{}{rest}", rule.code).into());
                spellings.extend(others);
            }
        }
        for code in TRUNK_ZERO {
            if let Some(rest) = digits
                .strip_prefix(code)
                .filter(|rest| !rest.starts_with('0'))
            {
                spellings.push(format!("+{code}0{rest}").into());
            }
        }
        // What is longer than a number can be was never stored as one.
        spellings.retain(|text| text.len() <= 16);
        spellings
    }
}

/// The one form of international digits, where it is another than the one given.
fn one_form(digits: &str) -> Option<String> {
    for rule in &RULES {
        if let Some(rest) = digits.strip_prefix(rule.code) {
            return Some(format!("{}{}", rule.code, (rule.one_form)(rest)?));
        }
    }
    let code = TRUNK_ZERO
        .into_iter()
        .find(|code| digits.starts_with(code))?;
    let rest = digits[code.len()..].strip_prefix('0')?;
    // More zeros, or too few digits, are no spelling of anything.
    (!rest.starts_with('0') && code.len() + rest.len() >= 7).then(|| format!("{code}{rest}"))
}

/// How long the area code of an Argentine number may be.
fn argentine_areas(national: &str) -> impl Iterator<Item = usize> {
    let lengths = if national.starts_with("11") {
        2..=2
    } else {
        3..=4
    };
    lengths.filter(|_| matches!(national.as_bytes(), [b'1', b'1', ..] | [b'2' | b'3', ..]))
}

/// The digits would name a person.
impl std::fmt::Debug for PhoneKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PhoneKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use phonenumber::metadata::DATABASE;
    use proptest::prelude::*;

    use super::*;

    fn key(text: &str) -> PhoneKey {
        PhoneNumber::parse(text).unwrap().key()
    }

    #[test]
    fn all_spellings_of_a_mobile_have_one_key() {
        for spellings in [
            &["+5531988887777", "+553188887777"][..],
            &["+5511961234567", "+551161234567"],
            &[
                "+525512345678",
                "+5215512345678",
                "+52 044 55 1234 5678",
                "+52 01 55 1234 5678",
            ],
            &[
                "+541155554444",
                "+5491155554444",
                "+54 11 15 5555 4444",
                "+54 9 11 15 5555 4444",
                "+54 (0) 11 15 5555 4444",
                "+54 9 (0) 11 5555 4444",
            ],
            &["+543515123456", "+5493515123456", "+54 351 15 512 3456"],
            &["+542202421234", "+5492202421234", "+54 2202 15 42 1234"],
            &["+2290197123456", "+22997123456"],
            &["+442079460958", "+44 (0) 20 7946 0958"],
        ] {
            let keys: BTreeSet<_> = spellings.iter().map(|text| key(text)).collect();
            assert_eq!(keys.len(), 1, "{spellings:?}");
        }
    }

    #[test]
    fn different_numbers_have_different_keys() {
        let numbers = [
            // A fixed line in Belo Horizonte never had a ninth digit.
            "+553133334444",
            "+5531933334444",
            // The zero of an Italian fixed line is a part of it.
            "+390612345678",
            "+39612345678",
            // A North American number that begins with the digits of a rule.
            "+15215512345",
            "+1521551234",
            // Too long or too short for a mobile.
            "+52155123456",
            "+54911555544",
            "+54115555444",
            "+552133334444",
            "+22901971234",
        ];
        let keys: BTreeSet<_> = numbers.iter().map(|text| key(text)).collect();
        assert_eq!(keys.len(), numbers.len());
    }

    #[test]
    fn a_trunk_zero_is_left_out_only_where_no_number_begins_with_one() {
        for code in TRUNK_ZERO {
            let regions = DATABASE.by_code(&code.parse::<u16>().unwrap()).unwrap();
            for region in regions {
                assert_eq!(region.national_prefix(), Some("0"), "{code}");
                let general = region.descriptors().general();
                for (digit, length) in (1..=9).flat_map(|digit| (6..=12).map(move |n| (digit, n))) {
                    let zero = format!("0{}", digit.to_string().repeat(length - 1));
                    assert!(!general.is_match(&zero), "{code}: {zero}");
                }
            }
        }
    }

    /// Digits that the rules are about, beside any.
    fn digits() -> impl Strategy<Value = String> {
        prop_oneof![
            "[1-9][0-9]{6,14}",
            "(55|52|521|54|549|229|44|39)[0-9]{7,11}",
            "55[1-9][1-9]9?[2-9][0-9]{7}",
            "54(9|0|90|09)?(11|351|2202)(15)?[2-9][0-9]{5,7}",
        ]
        .prop_filter("a number", |digits| (7..=15).contains(&digits.len()))
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(digits in digits()) {
            let found = key(&format!("+{digits}"));
            prop_assert_eq!(&key(found.as_str()), &found);
        }

        #[test]
        fn a_key_has_the_number_among_its_spellings_and_all_of_them_have_the_key(
            digits in digits()
        ) {
            let number = format!("+{digits}");
            let found = key(&number);
            let spellings = found.spellings();
            prop_assert_eq!(&*spellings[0], found.as_str());
            prop_assert!(
                spellings.iter().any(|text| **text == *number),
                "{} of {:?}", number, spellings
            );
            for spelling in &spellings {
                prop_assert_eq!(&key(spelling), &found, "{}", spelling);
            }
        }

        #[test]
        fn two_numbers_in_their_plan_s_own_form_stay_two(
            one in "(55[1-9][1-9]9[6-9][0-9]{7}|52[2-9][0-9]{9}|54(11[2-9][0-9]{7})|1[2-9][0-9]{9})",
            other in "(55[1-9][1-9]9[6-9][0-9]{7}|52[2-9][0-9]{9}|54(11[2-9][0-9]{7})|1[2-9][0-9]{9})",
        ) {
            let (first, second) = (key(&format!("+{one}")), key(&format!("+{other}")));
            prop_assert_eq!(first == second, one == other);
        }
    }
}
