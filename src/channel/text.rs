//! Words cut to what a provider takes.
//!
//! Providers do not say whether their limits count code points or UTF-16 units. Here they are
//! UTF-16 units, of which a text never has fewer, so that it fits by either count. The invariant:
//! no cut loses anything but white space, and none goes through what a reader sees as one
//! character unless that alone is over the limit.

use unicode_segmentation::UnicodeSegmentation as _;

/// Where a text can be cut, the best place last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Break {
    Character,
    Word,
    Sentence,
    Line,
    Paragraph,
}

/// A place where a text can be cut.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// In bytes from the start.
    at: usize,
    /// In UTF-16 units from the start.
    units: usize,
    kind: Break,
}

/// The length by the count that is safe for every provider.
pub(super) fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The text without control characters and white space around it; line breaks stay.
pub(super) fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}'], "\n");
    let text = text.replace('\t', " ");
    let kept: String = text
        .chars()
        .filter(|c| *c == '\n' || !c.is_control())
        .collect();
    kept.trim().to_owned()
}

/// The text on one line, each white space a single blank.
pub(super) fn one_line(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    let joined = words.join(" ");
    joined
        .chars()
        .filter(|c| !c.is_control())
        .collect::<String>()
        .trim()
        .to_owned()
}

/// The text, or its beginning and an ellipsis.
pub(super) fn shortened(text: &str, limit: usize) -> String {
    if units(text) <= limit {
        return text.to_owned();
    }
    let end = places(text)
        .take_while(|place| place.units < limit)
        .last()
        .map_or(0, |place| place.at);
    format!("{}…", text[..end].trim_end())
}

/// The text in parts of at most `limit`, cut at the best places; none where there is no text.
pub(super) fn parts(text: &str, limit: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text.trim();
    while units(rest) > limit {
        let within = places(rest).take_while(|place| place.units <= limit);
        // A good place near the start would leave a part hardly begun.
        let good = |place: &Place| place.kind <= Break::Word || place.units * 2 >= limit;
        let cut = within
            .filter(good)
            .max_by_key(|place| (place.kind, place.at));
        let at = cut.map_or_else(|| character(rest, limit), |place| place.at);
        parts.push(rest[..at].trim_end());
        rest = rest[at..].trim_start();
    }
    if !rest.is_empty() {
        parts.push(rest);
    }
    parts
}

/// The text in two, the second of at most `limit` and not empty unless the text is.
pub(super) fn with_tail(text: &str, limit: usize) -> (&str, &str) {
    let text = text.trim();
    let total = units(text);
    if total <= limit {
        return ("", text);
    }
    let short = |place: &Place| total - place.units <= limit && place.at < text.len();
    let cut = places(text)
        .filter(short)
        .max_by_key(|place| (place.kind, std::cmp::Reverse(place.at)));
    let at = cut.map_or_else(
        || text.len() - last_character(text, limit),
        |place| place.at,
    );
    (text[..at].trim_end(), text[at..].trim_start())
}

/// Every place, from the start to the end, which is one.
fn places(text: &str) -> impl Iterator<Item = Place> {
    let mut units_so_far = 0;
    let mut graphemes = text.grapheme_indices(true).peekable();
    let mut before = "";
    std::iter::from_fn(move || {
        let (start, grapheme) = graphemes.next()?;
        units_so_far += units(grapheme);
        let next = graphemes.peek().map_or("", |(_, next)| next);
        let kind = kind(before, grapheme, next);
        before = grapheme;
        Some(Place {
            at: start + grapheme.len(),
            units: units_so_far,
            kind,
        })
    })
}

/// What sort of place is after `this`.
fn kind(before: &str, this: &str, next: &str) -> Break {
    let blank = |grapheme: &str| grapheme.chars().all(char::is_whitespace);
    match (before, this) {
        ("\n", "\n") => Break::Paragraph,
        (_, "\n") if next != "\n" => Break::Line,
        (before, this) if blank(this) && before.ends_with(['.', '!', '?', '…', ':', ';']) => {
            Break::Sentence
        }
        (_, this) if blank(this) => Break::Word,
        _ => Break::Character,
    }
}

/// The bytes of the most code points from the start that are within the limit; at least one.
fn character(text: &str, limit: usize) -> usize {
    let mut taken = 0;
    let over = text.char_indices().find(|(_, c)| {
        taken += c.len_utf16();
        taken > limit
    });
    let first = text.chars().next().map_or(0, char::len_utf8);
    over.map_or(text.len(), |(at, _)| at).max(first)
}

/// The bytes of the most code points at the end that are within the limit; at least one.
fn last_character(text: &str, limit: usize) -> usize {
    let mut taken = 0;
    let fitting = text.chars().rev().take_while(|c| {
        taken += c.len_utf16();
        taken <= limit
    });
    let last = text.chars().next_back().map_or(0, char::len_utf8);
    fitting.map(char::len_utf8).sum::<usize>().max(last)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_is_cut_where_a_reader_would() {
        let text = "First paragraph, rather long.\n\nSecond one. And a sentence more";
        assert_eq!(
            parts(text, 40),
            [
                "First paragraph, rather long.",
                "Second one. And a sentence more"
            ]
        );
        assert_eq!(
            parts("one two three. four five", 16),
            ["one two three.", "four five"]
        );
        assert_eq!(parts("one two three four", 9), ["one two", "three", "four"]);
        assert_eq!(parts("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(parts("  ", 3), [""; 0]);
    }

    #[test]
    fn an_emoji_of_several_code_points_stays_whole() {
        let family = "👨‍👩‍👧";
        assert_eq!(units(family), 8);
        assert_eq!(
            parts(&family.repeat(3), 17),
            [family.repeat(2), family.to_owned()]
        );
        assert_eq!(
            shortened(&family.repeat(3), 17),
            format!("{}…", family.repeat(2))
        );
    }

    #[test]
    fn the_tail_is_the_last_paragraph_where_one_fits() {
        let text = "A long story.\nWith a line.\n\nWhich one?";
        assert_eq!(
            with_tail(text, 20),
            ("A long story.\nWith a line.", "Which one?")
        );
        assert_eq!(with_tail("no break here", 8), ("no break", "here"));
        assert_eq!(with_tail("abcdef", 2), ("abcd", "ef"));
        assert_eq!(with_tail("short", 20), ("", "short"));
    }

    #[test]
    fn what_no_provider_shows_is_left_out() {
        assert_eq!(clean(" a\r\nb\0\tc \u{7} "), "a\nb c");
        assert_eq!(one_line(" a \n b\u{1} "), "a b");
    }

    fn without_blanks(text: &str) -> String {
        text.split_whitespace().collect()
    }

    proptest! {
        #[test]
        fn parts_are_within_the_limit_and_nothing_is_lost(text in "\\PC{0,80}|[ \n.!a🙂é\u{301}\u{200d}]{0,80}", limit in 2_usize..40) {
            let parts = parts(&text, limit);
            for part in &parts {
                prop_assert!(!part.is_empty() && units(part) <= limit);
            }
            prop_assert_eq!(without_blanks(&parts.concat()), without_blanks(&text));
        }

        #[test]
        fn a_tail_is_within_the_limit_and_nothing_is_lost(text in "\\PC{0,80}|[ \n.!a🙂é\u{301}\u{200d}]{0,80}", limit in 2_usize..40) {
            let (head, tail) = with_tail(&text, limit);
            prop_assert!(units(tail) <= limit);
            prop_assert!(text.trim().is_empty() || !tail.is_empty());
            prop_assert_eq!(without_blanks(head) + &without_blanks(tail), without_blanks(&text));
        }

        #[test]
        fn what_is_shortened_fits(text in "\\PC{0,80}", limit in 1_usize..40) {
            prop_assert!(units(&shortened(&text, limit)) <= limit);
        }
    }
}
