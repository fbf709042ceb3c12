//! Text in lines of a terminal, measured as a terminal shows it: an emoji or an ideograph takes two
//! columns, an accent of its own none.
//!
//! The invariant: no line is wider than [`COLUMNS`], and no word is lost.

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// The width of a small terminal.
pub(super) const COLUMNS: usize = 80;

/// How many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// The text and blanks up to a column.
pub(super) fn padded(text: &str, columns: usize) -> String {
    let blanks = columns.saturating_sub(width(text));
    format!("{text}{}", " ".repeat(blanks))
}

/// The text over as many lines as it needs, the first beginning with `first`, the others with
/// `rest`. A word too long for a line is broken where the line ends.
pub(super) fn wrapped(text: &str, first: &str, rest: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let mut empty = true;
    for word in text.split_whitespace() {
        if !empty && width(&line) + 1 + width(word) > COLUMNS {
            lines.push(std::mem::replace(&mut line, rest.to_owned()));
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        for piece in word.graphemes(true) {
            if width(&line) + width(piece) > COLUMNS {
                lines.push(std::mem::replace(&mut line, rest.to_owned()));
            }
            line.push_str(piece);
        }
        empty = false;
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_is_as_wide_as_it_looks() {
        assert_eq!(width("Tinte 🎨"), 8);
        assert_eq!(width("Zoe\u{308}"), 3);
        assert_eq!(padded("💇", 4), "💇  ");
        assert_eq!(padded("too wide", 4), "too wide");
    }

    #[test]
    fn what_has_no_blanks_is_broken_where_the_line_ends() {
        let lines = wrapped(&"約".repeat(50), "- ", "  ");
        assert_eq!(
            lines,
            [
                format!("- {}", "約".repeat(39)),
                format!("  {}", "約".repeat(11))
            ]
        );
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_word_is_lost(text in "(\\PC| |[a-z]{1,30} |🎨|約){0,99}", indent in 0..40_usize) {
            let indent = " ".repeat(indent);
            let lines = wrapped(&text, &indent, &indent);
            for line in &lines {
                prop_assert!(width(line) <= COLUMNS, "{}", line);
            }
            let visible = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(visible(&lines.concat()), visible(&text));
        }
    }
}
