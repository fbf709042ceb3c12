//! Misspelt names: the known name that was probably meant.

/// Names up to this length may differ by one edit, longer ones by two.
const SHORT_CHARS: usize = 5;
/// The fewest characters that are taken for an abbreviation.
const MIN_ABBREVIATION_CHARS: usize = 3;

/// Returns the known name closest to a misspelt one, or `None` if no name is close.
///
/// Case, blanks, dashes and underscores do not count. An edit is a letter that is missing, added or
/// replaced, or two neighbours that changed places. The beginning of a name counts as close too.
pub(crate) fn closest<'a>(
    given: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let given = plain(given);
    let ranked = known
        .into_iter()
        .filter_map(|name| Some((rank(&given, &plain(name))?, name)));
    // The first of several that are equally close.
    ranked.min_by_key(|(rank, _)| *rank).map(|(_, name)| name)
}

/// Returns the number of edits between two names, or `None` if there are too many for a slip.
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

fn rank(given: &str, known: &str) -> Option<usize> {
    let is_abbreviation =
        given.len() >= MIN_ABBREVIATION_CHARS && known.starts_with(given) && given != known;
    edits(given, known).or(is_abbreviation.then_some(SHORT_CHARS))
}

fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| !matches!(c, ' ' | '-' | '_'));
    letters.flat_map(char::to_lowercase).collect()
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

    #[test]
    fn a_slip_finds_the_name_that_was_meant() {
        let known = ["monday", "tuesday", "id", "name", "minutes", "slot_minutes"];
        for (given, meant) in [
            ("tuseday", Some("tuesday")),
            ("Monday", Some("monday")),
            ("mon", Some("monday")),
            ("nmae", Some("name")),
            ("minute", Some("minutes")),
            ("slotminutes", Some("slot_minutes")),
            ("SLOT-MINUTE", Some("slot_minutes")),
            ("mo", None),
            ("is", Some("id")),
            ("it", Some("id")),
            ("to", None),
            ("names", Some("name")),
            ("game", Some("name")),
            ("gamer", None),
            ("price", None),
            ("", None),
        ] {
            assert_eq!(closest(given, known), meant, "{given}");
        }
    }

    #[test]
    fn the_closest_of_several_is_suggested() {
        assert_eq!(closest("stff", ["staff", "stuff"]), Some("staff"));
        assert_eq!(closest("stuf", ["staff", "stuff"]), Some("stuff"));
    }
}
