//! The words of a text as parts of names.

use std::ops::Range;

use super::cues::{Cue, Cues, Role};
use crate::language::{
    Language,
    lexicon::{Lexicon, Meaning},
    phrases::phrases,
    vocabulary::{LANGUAGES, Particle},
    words::Words,
};

/// What a word may be of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Known to no language here, as names are.
    Plain,
    /// A word of a language that is also a name.
    Both,
    /// A word of a language.
    Known,
    /// A small word within names.
    Linking,
    /// Of no name.
    Never,
}

/// The words of a text and what each may be of a name.
pub(super) struct Parts<'w> {
    pub(super) text: &'w str,
    pub(super) words: &'w Words,
    /// The language of the thread.
    pub(super) language: Option<Language>,
    kinds: Vec<Part>,
    meanings: Vec<[&'static [Meaning]; Language::ALL.len()]>,
    lengths: Vec<usize>,
    /// E-mail addresses and the like.
    addresses: Vec<Range<usize>>,
    /// The words of services.
    services: Vec<Range<usize>>,
    /// Nothing is written in small letters.
    shouted: bool,
}

// === impl Parts ===

impl<'w> Parts<'w> {
    /// Words of which those that are `taken` by a service are known.
    pub(super) fn of(
        text: &'w str,
        words: &'w Words,
        language: Option<Language>,
        taken: &[Range<usize>],
    ) -> Self {
        let length = words.as_slice().len();
        let mut parts = Self {
            text,
            words,
            language,
            kinds: Vec::with_capacity(length),
            meanings: Vec::with_capacity(length),
            lengths: Vec::with_capacity(length),
            addresses: addresses(text, words),
            services: taken.to_vec(),
            shouted: length > 1 && !text.contains(char::is_lowercase),
        };
        let mut covered = 0;
        for n in 0..length {
            let found = Language::ALL.map(|language| Lexicon::of(language).find(words, n));
            let end = found.iter().flatten().map(|found| n + found.length).max();
            covered = covered.max(end.unwrap_or(0));
            let is_taken = taken.iter().any(|range| range.contains(&n));
            parts
                .meanings
                .push(found.map(|found| found.map_or(&[][..], |found| found.meanings)));
            parts.lengths.push(end.map_or(1, |end| end - n));
            let part = parts.classify(n, covered > n || is_taken);
            parts.kinds.push(part);
        }
        parts
    }

    fn classify(&self, n: usize, is_known: bool) -> Part {
        let word = self.words.as_slice()[n].as_str();
        let written = self.words.written(n);
        let letter =
            |c: char| c.is_alphabetic() || matches!(c, '\'' | '’' | '`' | '\u{300}'..='\u{36f}');
        if !written.chars().all(letter) || self.is_address(n) {
            return Part::Never;
        }
        match Cues::all().role(word) {
            Some(Role::AlsoName) => Part::Both,
            Some(Role::Linking) => Part::Linking,
            Some(Role::Never) => Part::Never,
            Some(Role::Usual) => Part::Known,
            None if is_known => Part::Known,
            None => Part::Plain,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.kinds.len()
    }

    pub(super) fn part(&self, n: usize) -> Part {
        self.kinds.get(n).copied().unwrap_or(Part::Never)
    }

    /// Returns whether a word is of the name of a service.
    pub(super) fn is_service(&self, n: usize) -> bool {
        self.services.iter().any(|range| range.contains(&n))
    }

    /// Returns whether a word may be one of a name, by itself.
    pub(super) fn may_name(&self, n: usize) -> bool {
        matches!(self.part(n), Part::Plain | Part::Both | Part::Known)
    }

    /// Returns whether a word is of several letters with a capital.
    pub(super) fn is_spelled(&self, n: usize) -> bool {
        let written = self.words.written(n);
        self.is_capital(n)
            && !self.is_address(n)
            && written.chars().all(char::is_alphabetic)
            && written.chars().nth(1).is_some()
    }

    pub(super) fn is_figure(&self, n: usize) -> bool {
        let word = self.words.as_slice().get(n);
        word.is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()))
    }

    pub(super) fn is_address(&self, n: usize) -> bool {
        self.addresses.iter().any(|range| range.contains(&n))
    }

    pub(super) fn addresses(&self) -> &[Range<usize>] {
        &self.addresses
    }

    /// A word, folded; empty past the last.
    pub(super) fn word(&self, n: usize) -> &str {
        self.words.as_slice().get(n).map_or("", String::as_str)
    }

    /// Returns whether a word is written with a capital, where that tells something.
    pub(super) fn is_capital(&self, n: usize) -> bool {
        !self.shouted && self.words.written(n).starts_with(char::is_uppercase)
    }

    pub(super) fn means(&self, n: usize, wanted: impl Fn(Meaning) -> bool) -> bool {
        let languages = self.meanings.get(n).into_iter().flatten();
        languages.flat_map(|all| all.iter()).any(|one| wanted(*one))
    }

    pub(super) fn is(&self, n: usize, particle: Particle) -> bool {
        self.means(n, |meaning| meaning == Meaning::Particle(particle))
    }

    /// How many words the phrase at a word takes.
    pub(super) fn length(&self, n: usize) -> usize {
        self.lengths.get(n).copied().unwrap_or(1)
    }

    /// Returns whether a word says when.
    pub(super) fn is_calendar(&self, n: usize) -> bool {
        self.means(n, Meaning::is_calendar)
    }

    /// Returns whether a word is the name of a language.
    pub(super) fn is_language(&self, n: usize) -> bool {
        let word = self.words.as_slice().get(n);
        word.is_some_and(|word| LANGUAGES.iter().any(|(_, names)| phrases(names).has(word)))
    }

    /// Returns whether a word alone wants or answers something.
    pub(super) fn commands(&self, n: usize) -> bool {
        let wants = |meaning| matches!(meaning, Meaning::Yes | Meaning::No | Meaning::Intent(_));
        self.is_language(n) || self.means(n, wants)
    }

    /// The longest of these cues at a word.
    pub(super) fn cue(&self, n: usize, wanted: &[Cue]) -> Option<(Cue, usize)> {
        Cues::all().find(self.words, n, wanted)
    }

    pub(super) fn is_title(&self, n: usize) -> bool {
        let word = self.words.as_slice().get(n);
        word.is_some_and(|word| Cues::all().is_title(word, self.language))
    }

    /// Returns whether a clause begins at a word, or the text ends there. The full stop after a
    /// title or an initial ends no clause.
    pub(super) fn stop_before(&self, n: usize) -> bool {
        let Some(bytes) = self.words.bytes(n) else {
            return true;
        };
        let gap = self.gap(n, bytes.start);
        let abbreviated = |n: usize| {
            self.is_title(n) || self.is_capital(n) && self.words.written(n).chars().nth(1).is_none()
        };
        let short = n > 0 && gap.trim() == "." && abbreviated(n - 1);
        let dash = gap.contains(" -") || gap.contains(['–', '—']);
        (self.words.stop_before(n) && !short) || dash || self.is_address(n)
    }

    /// Returns whether a colon stands before a word, or nothing.
    pub(super) fn follows(&self, n: usize) -> bool {
        let gap = self.words.bytes(n).map(|bytes| self.gap(n, bytes.start));
        !self.stop_before(n) || gap.is_some_and(|gap| gap.trim() == ":")
    }

    /// Returns whether a question mark stands right after a word.
    pub(super) fn is_asked(&self, n: usize) -> bool {
        let Some(bytes) = self.words.bytes(n) else {
            return false;
        };
        let rest = self.text.get(bytes.end..).unwrap_or_default();
        let between = rest
            .find(char::is_alphanumeric)
            .map_or(rest, |end| &rest[..end]);
        between.contains('?')
    }

    /// What stands between a word and the one before it.
    fn gap(&self, n: usize, start: usize) -> &str {
        let before = n.checked_sub(1).and_then(|n| self.words.bytes(n));
        let from = before.map_or(0, |bytes| bytes.end);
        self.text.get(from..start).unwrap_or_default()
    }

    /// The words as they are written, with only the hyphens and full stops between them.
    pub(super) fn written(&self, range: Range<usize>) -> String {
        let mut name = String::new();
        for n in range.clone() {
            if n > range.start {
                let start = self.words.bytes(n).map_or(0, |bytes| bytes.start);
                match self.gap(n, start) {
                    "-" => name.push('-'),
                    gap if gap.starts_with('.') => name.push_str(". "),
                    _ => name.push(' '),
                }
            }
            name.push_str(self.words.written(n));
        }
        name
    }
}

/// The words of e-mail addresses and links.
fn addresses(text: &str, words: &Words) -> Vec<Range<usize>> {
    if !text.contains(['@', '/']) && !text.contains("www.") {
        return Vec::new();
    }
    let length = words.as_slice().len();
    let place = |byte: usize| {
        let before = |n: &usize| words.bytes(*n).is_some_and(|bytes| bytes.start < byte);
        (0..length).filter(before).count()
    };
    let mut start = 0;
    let chunks = text.split_inclusive(char::is_whitespace).map(|chunk| {
        let bytes = start..start + chunk.len();
        start = bytes.end;
        (chunk.trim(), bytes)
    });
    chunks
        .filter(|(chunk, _)| is_address(chunk))
        .map(|(_, bytes)| place(bytes.start)..place(bytes.end))
        .collect()
}

fn is_address(chunk: &str) -> bool {
    let mail = chunk.split_once('@').is_some_and(|(name, host)| {
        name.ends_with(char::is_alphanumeric) && host.trim_end_matches(['.', ',']).contains('.')
    });
    mail || chunk.contains("://") || chunk.starts_with("www.")
}
