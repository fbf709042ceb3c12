//! Words that were misspelt.
//!
//! The invariant: hardly a slip is in the first letter, and none is in a figure.

use std::cmp::Ordering;

use foldhash::HashMap;

use super::phrases::in_any;

/// Words that may be misspelt, by their first letter.
#[derive(Debug, Default)]
pub(super) struct Spellings(HashMap<char, Vec<Spelling>>);

/// A word, with what tells at once that another one is not near it.
#[derive(Debug, Clone, Copy)]
struct Spelling {
    word: &'static str,
    shape: Shape,
}

/// What two words that differ by a slip nearly have in common.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Shape {
    letters: usize,
    /// A bit for each letter that is in it; letters without one of their own share the last.
    held: u32,
}

// === impl Shape ===

impl Shape {
    pub(super) fn of(word: &str) -> Self {
        let bit = |letter: char| match letter {
            'a'..='z' => 1 << (letter as u32 - 'a' as u32),
            _ => 1 << 31,
        };
        word.chars().fold(
            Self {
                letters: 0,
                held: 0,
            },
            |shape, letter| Self {
                letters: shape.letters + 1,
                held: shape.held | bit(letter),
            },
        )
    }

    /// How many slips are forgiven between the two: one in five letters, two in nine.
    fn forgiven(self, other: Self) -> usize {
        match self.letters.min(other.letters) {
            0..5 => 0,
            5..9 => 1,
            _ => 2,
        }
    }

    /// Returns whether two words may be so few slips apart. A slip exchanges one letter at most.
    fn may_be_near(self, other: Self) -> bool {
        let slips = self.forgiven(other);
        let apart = (self.held ^ other.held).count_ones() as usize;
        slips > 0 && self.letters.abs_diff(other.letters) <= slips && apart <= 2 * slips
    }
}

// === impl Spellings ===

impl Spellings {
    /// Adds a word.
    pub(super) fn add(&mut self, word: &'static str) {
        let Some(first) = word.chars().next() else {
            return;
        };
        let shape = Shape::of(word);
        let all = self.0.entry(first).or_default();
        if !all.iter().any(|one| one.word == word) {
            all.push(Spelling { word, shape });
        }
    }

    /// Returns the words that are [`near`] to one, those that were added first before others.
    pub(super) fn near<'w>(
        &self,
        word: &'w str,
    ) -> impl Iterator<Item = &'static str> + use<'w, '_> {
        let first = word.chars().next();
        let all = first.and_then(|first| self.0.get(&first));
        let shape = Shape::of(word);
        let near = move |one: &&Spelling| near_in_shape((word, shape), (one.word, one.shape));
        all.into_iter().flatten().filter(near).map(|one| one.word)
    }
}

/// Returns whether two folded words are the same, or differ by the end of a plural or a slip: one
/// in five letters, two in nine, none in the first.
pub(super) fn near(a: &str, b: &str) -> bool {
    a == b
        || a.as_bytes().first() == b.as_bytes().first()
            && near_in_shape((a, Shape::of(a)), (b, Shape::of(b)))
}

/// The same of words with their shapes.
pub(super) fn near_in_shape((a, shape): (&str, Shape), (b, other): (&str, Shape)) -> bool {
    let plural = |one: &str, many: &str| {
        one.len() >= 3
            && many
                .strip_prefix(one)
                .is_some_and(|ending| in_any(|one| one.grammar.plural).has(ending))
    };
    let is_same = match shape.letters.cmp(&other.letters) {
        Ordering::Equal => shape == other && a == b,
        Ordering::Less => shape.letters + 1 == other.letters && plural(a, b),
        Ordering::Greater => other.letters + 1 == shape.letters && plural(b, a),
    };
    if is_same {
        return true;
    }
    let figures = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    shape.may_be_near(other)
        && a.chars().next() == b.chars().next()
        && !figures(a)
        && !figures(b)
        && slips(a, b) <= shape.forgiven(other)
}

/// Returns how many letters must be added, left out or exchanged (neighbours too) to make one word
/// the other.
pub(super) fn slips(a: &str, b: &str) -> usize {
    strsim::osa_distance(a, b)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_slip_is_forgiven_in_long_words_only() {
        for (a, b) in [
            ("haircut", "hairuct"),
            ("manicure", "manicur"),
            ("haircuts", "haircut"),
        ] {
            assert!(near(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("cut", "cup"),
            ("friday", "monday"),
            ("15:30", "15:20"),
            ("color", "dolour"),
        ] {
            assert!(!near(a, b), "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn what_is_few_slips_apart_has_a_like_shape(a in "[a-zñ]{5,12}", b in "[a-zñ]{5,12}") {
            let (one, other) = (Shape::of(&a), Shape::of(&b));
            if slips(&a, &b) <= one.forgiven(other) {
                prop_assert!(one.may_be_near(other), "{a} {b}");
            }
        }

        #[test]
        fn a_slip_leaves_a_like_shape(word in "[a-z]{5,12}", at in 1..4_usize, letter in "[a-z]") {
            let mut slipped = word.clone();
            slipped.replace_range(at..=at, &letter);
            prop_assert!(near(&word, &slipped), "{word} {slipped}");
            slipped = word.clone();
            slipped.insert_str(at, &letter);
            prop_assert!(near(&word, &slipped), "{word} {slipped}");
        }
    }
}
