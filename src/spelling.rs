//! Misspelt names: the known name that was probably meant.

/// Names up to this length may differ by one edit, longer ones by two.
const SHORT_CHARS: usize = 5;

/// Returns the number of edits between two names, or `None` if there are too many for a slip.
///
/// An edit is a letter that is missing, added or replaced, or two neighbours that changed places.
pub(crate) fn edits(given: &str, known: &str) -> Option<usize> {
    let length = known.chars().count();
    let allowed = if length <= SHORT_CHARS { 1 } else { 2 };
    if given.chars().count().abs_diff(length) > allowed {
        return None;
    }
    let edits = strsim::osa_distance(given, known);
    // All letters of a two-letter name but one replaced is another name.
    (edits <= allowed && edits < length.min(given.chars().count())).then_some(edits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_may_have_two_slips_and_a_short_one_one() {
        for (given, known, expected) in [
            ("PROT", "PORT", Some(1)),
            ("PRTO", "PORT", None),
            ("ADMIM_TOKN", "ADMIN_TOKEN", Some(2)),
            ("ADMM_TOKN", "ADMIN_TOKEN", None),
            ("PORT", "PORT", Some(0)),
            ("A", "B", None),
            ("", "A", None),
        ] {
            assert_eq!(edits(given, known), expected, "{given}");
        }
    }
}
