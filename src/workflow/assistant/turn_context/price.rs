//! Prices as owners write them, added up.

/// A price with one number: "35 USD", "$1.200", "from 12,50 €".
#[derive(Debug, PartialEq, Eq)]
struct Price<'t> {
    before: &'t str,
    after: &'t str,
    cents: u64,
    /// The sign before the cents.
    point: Option<char>,
    /// The sign between the thousands.
    group: Option<char>,
}

/// Returns the sum of prices, written as they are, if only their numbers differ.
pub(super) fn sum(prices: &[&str]) -> Option<String> {
    let prices: Option<Vec<_>> = prices.iter().map(|text| Price::parse(text)).collect();
    let prices = prices?;
    let (first, others) = prices.split_first()?;
    let is_alike = |one: &Price<'_>| (one.before, one.after) == (first.before, first.after);
    if !others.iter().all(is_alike) {
        return None;
    }
    let cents = prices
        .iter()
        .try_fold(0u64, |sum, one| sum.checked_add(one.cents))?;
    let sign = |of: fn(&Price<'_>) -> Option<char>| prices.iter().find_map(of);
    let total = Price {
        cents,
        point: sign(|one| one.point),
        group: sign(|one| one.group),
        ..*first
    };
    (total.point.is_none() || total.point != total.group).then(|| total.written())
}

// === impl Price ===

impl<'t> Price<'t> {
    fn parse(text: &'t str) -> Option<Self> {
        let start = text.find(|sign: char| sign.is_ascii_digit())?;
        let end = text.rfind(|sign: char| sign.is_ascii_digit())? + 1;
        let number = &text[start..end];
        let mut parts = number.split(['.', ',']);
        let mut whole = parts.next()?.to_owned();
        let rest: Vec<_> = parts.collect();
        let signs: Vec<_> = number.chars().filter(|sign| ".,".contains(*sign)).collect();
        let (mut point, mut group, mut cents) = (None, None, 0);
        for (n, (part, sign)) in rest.iter().zip(signs).enumerate() {
            match part.len() {
                3 if group.is_none_or(|before| before == sign) => {
                    group = Some(sign);
                    whole.push_str(part);
                }
                2 if n + 1 == rest.len() && group != Some(sign) => {
                    point = Some(sign);
                    cents = part.parse().ok()?;
                }
                _ => return None,
            }
        }
        let whole: u64 = whole.parse().ok()?;
        Some(Self {
            before: &text[..start],
            after: &text[end..],
            cents: whole.checked_mul(100)?.checked_add(cents)?,
            point,
            group,
        })
    }

    fn written(&self) -> String {
        let digits = (self.cents / 100).to_string();
        let mut number = String::new();
        for (n, digit) in digits.chars().enumerate() {
            let group = self
                .group
                .filter(|_| n > 0 && (digits.len() - n).is_multiple_of(3));
            number.extend(group);
            number.push(digit);
        }
        if let Some(point) = self.point {
            let cents = self.cents % 100;
            number = format!("{number}{point}{cents:02}");
        }
        format!("{}{number}{}", self.before, self.after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_that_are_written_alike_are_added_up() {
        for (prices, expected) in [
            (&["35 USD", "20 USD"][..], "55 USD"),
            (&["$35", "$7.50"], "$42.50"),
            (&["12,50 €", "12,50 €"], "25,00 €"),
            (&["$1.200", "$900"], "$2.100"),
            (&["1,200.50 MXN", "99 MXN"], "1,299.50 MXN"),
            (&["from 30 €", "from 80 €", "from 5 €"], "from 115 €"),
            (&["40 USD"], "40 USD"),
        ] {
            assert_eq!(sum(prices).as_deref(), Some(expected), "{prices:?}");
        }
    }

    #[test]
    fn others_are_not() {
        for prices in [
            &["35 USD", "20 EUR"][..],
            &["35 USD", "from 20 USD"],
            &["35-50 €", "20 €"],
            &["free", "20 €"],
            &["$1.200", "$7.50"],
            &["$1,2", "$3"],
            &[],
        ] {
            assert_eq!(sum(prices), None, "{prices:?}");
        }
    }
}
