//! Text as comparable words: small letters, no accents, no punctuation but in figures.

use std::ops::Range;

use super::{
    phrases::in_any,
    slip::near,
    vocabulary::{Particle, SIGNS},
};

/// The words of a text, folded; figures such as `3:30`, `6/3` and `2026-03-06` stay whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    folded: Vec<String>,
    /// How each was written, and what stands before it; as many as there are words.
    marks: Vec<Mark>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Mark {
    written: String,
    /// The bytes of the text that it takes.
    bytes: Range<usize>,
    /// The signs before it.
    signs: String,
    /// One of them divides the text.
    stop: bool,
    /// A question mark stands after it.
    asked: bool,
    /// It is of an e-mail or web address.
    is_address: bool,
}

/// The signs that divide a text.
const STOPS: &[char] = &[',', '.', ';', ':', '!', '?', '¿', '¡', '(', ')', '\n', '…'];

/// The signs that people type for an apostrophe.
const APOSTROPHES: &[char] = &['\'', '’', '`'];

/// Puts words together, letter by letter.
#[derive(Default)]
struct Builder {
    words: Words,
    word: String,
    mark: Mark,
    in_address: bool,
}

// === impl Words ===

impl Words {
    /// The characters of a text that are looked at; the rest is left out.
    pub const MAX_CHARS: usize = 500;

    /// As much of a text as is looked at.
    pub fn cut(text: &str) -> &str {
        let end = text.char_indices().nth(Self::MAX_CHARS);
        end.map_or(text, |(end, _)| &text[..end])
    }

    /// The words of a text.
    pub fn of(text: &str) -> Self {
        let mut builder = Builder::default();
        let mut before = ' ';
        let text = Self::cut(text);
        let mut characters = text.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            let next = characters.peek().map_or(' ', |(_, next)| *next);
            if before.is_whitespace() && !character.is_whitespace() {
                builder.in_address = is_address(&text[at..]);
            }
            match character {
                _ if character.is_alphanumeric() || matches!(character, '\u{300}'..='\u{36f}') => {
                    builder.letter(at, character);
                }
                '@' if builder.in_address => builder.end(),
                _ if APOSTROPHES.contains(&character) => builder.mark.written.push(character),
                ':' | '.' | '/' | '-' if before.is_ascii_digit() && next.is_ascii_digit() => {
                    builder.letter(at, character);
                }
                _ => builder.other(at, character),
            }
            before = character;
        }
        builder.end();
        let mut words = builder.words;
        words.join_meridians();
        words
    }

    /// The words, in order.
    pub fn as_slice(&self) -> &[String] {
        &self.folded
    }

    /// How a word was written.
    pub fn written(&self, n: usize) -> &str {
        self.marks.get(n).map_or("", |mark| &mark.written)
    }

    /// Returns whether an apostrophe stands within a word: "we're", but not "'were'".
    pub fn has_apostrophe(&self, n: usize) -> bool {
        let written = self.written(n).trim_matches(APOSTROPHES);
        written.contains(APOSTROPHES)
    }

    /// The bytes of the text that a word takes; none past the last.
    pub fn bytes(&self, n: usize) -> Option<Range<usize>> {
        self.marks.get(n).map(|mark| mark.bytes.clone())
    }

    /// Whether a comma, full stop or the like stands before a word, or it is past the last.
    pub fn stop_before(&self, n: usize) -> bool {
        self.marks.get(n).is_none_or(|mark| mark.stop)
    }

    /// Returns whether a full stop and no other sign stands before a word, as after "Dr".
    pub(super) fn period_before(&self, n: usize) -> bool {
        self.marks.get(n).is_some_and(|mark| mark.signs == ".")
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.folded.is_empty()
    }

    /// Where all the words of another text stand in it, in that order and together, as written or
    /// with a slip of the finger.
    pub fn place_of(&self, other: &Self) -> Option<Range<usize>> {
        let length = other.folded.len();
        let pair = |(a, b): (&String, &String)| near(a, b);
        let mut windows = self.folded.windows(length.max(1));
        let start = windows.position(|window| window.iter().zip(&other.folded).all(pair))?;
        (length > 0).then_some(start..start + length)
    }

    /// Whether a dash stands before a word.
    pub fn dash_before(&self, n: usize) -> bool {
        self.has_sign(n, &['-', '–', '—'])
    }

    /// Returns whether a sentence ended before a word.
    pub fn sentence_before(&self, n: usize) -> bool {
        self.has_sign(n, &['.', '!', '?', '…', '\n'])
    }

    /// Returns whether a word is of an e-mail or web address.
    pub fn is_address(&self, n: usize) -> bool {
        self.marks.get(n).is_some_and(|mark| mark.is_address)
    }

    fn has_sign(&self, n: usize, signs: &[char]) -> bool {
        self.marks
            .get(n)
            .is_some_and(|mark| mark.signs.contains(signs))
    }

    /// Returns whether a percent sign stands before a word.
    pub fn percent_before(&self, n: usize) -> bool {
        self.has_sign(n, &['%'])
    }

    /// Returns whether a colon stands before a word.
    pub fn colon_before(&self, n: usize) -> bool {
        self.has_sign(n, &[':'])
    }

    /// Returns whether a slash stands before a word.
    pub fn slash_before(&self, n: usize) -> bool {
        self.has_sign(n, &['/'])
    }

    /// Returns whether a question mark stands after a word.
    pub fn asked_after(&self, n: usize) -> bool {
        self.marks.get(n).is_some_and(|mark| mark.asked)
    }

    /// Whether all the words of another text are in it, as [`Self::place_of`] finds them.
    pub fn contain_nearly(&self, other: &Self) -> bool {
        self.place_of(other).is_some()
    }

    /// Whether both say the same, or nearly.
    pub fn nearly_equal(&self, other: &Self) -> bool {
        self.folded.len() == other.folded.len() && self.contain_nearly(other)
    }

    /// `p.m.` fell apart into `p` and `m`.
    fn join_meridians(&mut self) {
        let mut n = 0;
        while n + 1 < self.folded.len() {
            let half = self.folded[n]
                .trim_start_matches(|c: char| c.is_ascii_digit() || c == ':' || c == '.');
            if is_meridian(half, &self.folded[n + 1]) {
                let next = self.folded.remove(n + 1);
                self.folded[n].push_str(&next);
                let joined = self.marks.remove(n + 1);
                self.marks[n].bytes.end = joined.bytes.end;
                self.marks[n].asked |= joined.asked;
            }
            n += 1;
        }
    }
}

// === impl Builder ===

impl Builder {
    fn letter(&mut self, at: usize, character: char) {
        fold_into(&mut self.word, character);
        self.write(at, character);
    }

    fn write(&mut self, at: usize, character: char) {
        if self.mark.bytes.is_empty() {
            self.mark.bytes.start = at;
        }
        self.mark.bytes.end = at + character.len_utf8();
        self.mark.written.push(character);
    }

    fn other(&mut self, at: usize, character: char) {
        self.end();
        if character == '?'
            && let Some(mark) = self.words.marks.last_mut()
        {
            mark.asked = true;
        }
        if !character.is_whitespace()
            && let Some(word) = sign(character)
        {
            self.word.push_str(word);
            self.write(at, character);
            self.end();
        }
        if !character.is_whitespace() || character == '\n' {
            self.mark.stop |= STOPS.contains(&character) || is_picture(character);
            self.mark.signs.push(character);
        }
    }

    fn end(&mut self) {
        if self.word.is_empty() {
            self.mark.written.clear();
            self.mark.bytes = 0..0;
        } else {
            self.mark.is_address = self.in_address;
            self.words.folded.push(std::mem::take(&mut self.word));
            self.words.marks.push(std::mem::take(&mut self.mark));
        }
    }
}

/// Returns whether two letters together say which half of the day it is.
fn is_meridian(first: &str, second: &str) -> bool {
    let halves = [Particle::Am, Particle::Pm];
    let says = |half: Particle| in_any(|one| (one.particle)(half)).has(&format!("{first}{second}"));
    first.len() == 1 && second.len() == 1 && halves.into_iter().any(says)
}

/// Returns whether a sign is an emoji, which ends what stands before it as a full stop does.
fn is_picture(sign: char) -> bool {
    matches!(sign, '\u{1f300}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}')
}

/// Returns whether a text begins with an e-mail or web address.
fn is_address(text: &str) -> bool {
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let chunk = &text[..end];
    let is_mail = chunk
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    is_mail || chunk.contains("://") || chunk.starts_with("www.")
}

/// What a sign that is no letter says.
fn sign(character: char) -> Option<&'static str> {
    let mut all = SIGNS.iter();
    let found = all.find(|(signs, _)| signs.contains(&character));
    found.map(|(_, word)| *word)
}

fn fold_into(word: &mut String, character: char) {
    for small in character.to_lowercase() {
        match small {
            'à'..='å' | 'ā' => word.push('a'),
            'ç' | 'ć' | 'č' => word.push('c'),
            'è'..='ë' | 'ē' => word.push('e'),
            'ì'..='ï' | 'ī' => word.push('i'),
            'ñ' | 'ń' => word.push('n'),
            'ò'..='ö' | 'ø' | 'ō' => word.push('o'),
            'ù'..='ü' | 'ū' => word.push('u'),
            'ý' | 'ÿ' => word.push('y'),
            'š' | 'ś' => word.push('s'),
            'ž' | 'ź' | 'ż' => word.push('z'),
            // Combining accents, as some keyboards write them.
            '\u{300}'..='\u{36f}' => {}
            other => word.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_folded_and_figures_stay_whole() {
        for (text, words) in [
            ("  Peluquería, ¡YA!  ", "peluqueria ya"),
            ("at 3:30 p.m. on 2026-03-06", "at 3:30 pm on 2026-03-06"),
            ("3.30pm? 6/3", "3.30pm 6/3"),
            ("kids' haircut, o’clock", "kids haircut oclock"),
            ("ok 👍🏽 @ 5", "ok yes at 5"),
            ("3p.m.", "3pm"),
        ] {
            assert_eq!(Words::of(text).as_slice().join(" "), words, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in ".*", other in ".*") {
            let (words, other) = (Words::of(&text), Words::of(&other));
            let _ = words.contain_nearly(&other);
            prop_assert!(words.nearly_equal(&words) || words.is_empty());
        }
    }
}
