//! Who it is for, who comes along, and whom they wish to see.

use std::ops::Range;

use super::{
    Language, grammar,
    intent::Intent,
    lexicon::{Lexicon, Meaning},
    sentence::Sentence,
    vocabulary::Particle,
    words::{Words, near},
};

/// For whom it is, and how many come.
#[derive(Debug, Default)]
pub(super) struct Party {
    pub(super) for_other: bool,
    /// Where more than one was said.
    pub(super) people: Option<u16>,
}

/// For whom a text wants something.
pub(super) fn party(sentence: &Sentence<'_>) -> Party {
    let mut party = Party::default();
    for n in 0..sentence.len() {
        party.for_other |= is_for_other(sentence, n);
        let people = together(sentence, n).or_else(|| counted(sentence, n));
        party.people = party
            .people
            .or(people.filter(|people| (2..=99).contains(people)));
    }
    party
}

/// Returns whether "for my son" or "my son needs" begins at a place.
fn is_for_other(sentence: &Sentence<'_>, n: usize) -> bool {
    let is = |n, particle| sentence.is(n, particle);
    let mine = |n| is(n, Particle::My) || is(n, Particle::One) || is(n, Particle::The);
    let kin = |n| is(n, Particle::Relation) || is(n, Particle::Relations);
    if is(n, Particle::For) {
        let of = n + 1 + usize::from(mine(n + 1));
        let of = of + usize::from(sentence.number(of).is_some());
        if kin(of) {
            return true;
        }
    }
    let with_me = n >= 2 && is(n - 1, Particle::And) && is(n - 2, Particle::Me);
    let wants = (n + 2..n + 4).any(|n| is(n, Particle::Needs));
    is(n, Particle::My) && kin(n + 1) && (with_me || wants)
}

/// "Me and my son" are two, "yo y 2 amigas" three.
fn together(sentence: &Sentence<'_>, n: usize) -> Option<u16> {
    let is = |n, particle| sentence.is(n, particle);
    if !(is(n, Particle::Me) && is(n + 1, Particle::And)) {
        return None;
    }
    let at = n + 2 + usize::from(is(n + 2, Particle::My));
    if is(at, Particle::Relation) {
        return Some(2);
    }
    let several = is(at + 1, Particle::Relations) || is(at + 1, Particle::People);
    sentence
        .number(at)
        .filter(|_| several)
        .map(|others| others.saturating_add(1))
}

/// "For 4 people", "somos 3", "a group of 5", "para dos".
fn counted(sentence: &Sentence<'_>, n: usize) -> Option<u16> {
    let number = sentence.number(n)?;
    let before = |particle| n > 0 && sentence.is(n - 1, particle);
    let ends = sentence.stop_before(n + 1);
    let known_next = ends || sentence.is(n + 1, Particle::People) || sentence.part(n + 1).is_none();
    let is_people = sentence.is(n + 1, Particle::People);
    let is_party = before(Particle::WeAre) && known_next && !is_time(sentence, n);
    let for_two = before(Particle::For) && sentence.spelled(n).is_some() && n == 1 && ends;
    (is_people || is_party || for_two).then_some(number)
}

/// Returns whether a number is a time by the word after it.
fn is_time(sentence: &Sentence<'_>, n: usize) -> bool {
    let marks = [
        Particle::Am,
        Particle::Pm,
        Particle::OClock,
        Particle::HourMark,
        Particle::Ish,
    ];
    marks.iter().any(|mark| sentence.is(n + 1, *mark))
}

/// A place where one who works there is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    /// Their place among the names.
    pub(super) staff: usize,
    pub(super) words: Range<usize>,
    /// As the name is written.
    pub(super) is_exact: bool,
    /// The words would mean something else too.
    pub(super) is_word: bool,
}

/// Where each of these names stands, fully or by its first word. Of the words that are `taken` by
/// other names none is of theirs.
pub(super) fn mentions(words: &Words, names: &[&str], taken: &[Range<usize>]) -> Vec<Mention> {
    let all = words.as_slice();
    let free = |at: usize, length: usize| {
        !taken
            .iter()
            .any(|range| range.start < at + length && at < range.end)
    };
    let mut found = Vec::new();
    for (staff, name) in names.iter().enumerate() {
        let name = Words::of(name);
        let name = name.as_slice();
        let place = |length: usize| {
            let part = name.get(..length).filter(|part| !part.is_empty())?;
            (0..all.len())
                .filter(|at| free(*at, length) && matches(&all[*at..], part))
                .find_map(|at| mention(words, staff, at..at + length, all[at..].starts_with(part)))
        };
        found.extend(place(name.len()).or_else(|| place(1)));
    }
    found
}

/// One who works there, where words are their name and not what they mean besides.
fn mention(words: &Words, staff: usize, range: Range<usize>, exact: bool) -> Option<Mention> {
    let all = words.as_slice();
    let at = range.start;
    let knows = |language: Language| Lexicon::of(language).knows(&all[at]);
    let usual = Language::ALL.into_iter().any(knows);
    let found = |n: usize| {
        let find = move |language: Language| Lexicon::of(language).find(words, n);
        Language::ALL
            .into_iter()
            .filter_map(find)
            .flat_map(|found| found.meanings)
    };
    let means = |n: usize, wanted: fn(Meaning) -> bool| found(n).any(|meaning| wanted(*meaning));
    let before = |wanted: fn(Meaning) -> bool| at > 0 && means(at - 1, wanted);
    let dated = means(at, Meaning::is_calendar);
    let with = before(|meaning| meaning == Meaning::Particle(Particle::With))
        && !(dated && before(|meaning| meaning == Meaning::Particle(Particle::Until)));
    let figure = all
        .get(range.end)
        .is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
    let counted = dated && figure && !words.stop_before(range.end);
    let capital = words.written(at).starts_with(char::is_uppercase);
    let placed = with && !counted
        || range.len() > 1
        || all.len() == range.len()
        || before(|meaning| meaning == Meaning::Particle(Particle::Without)) && !counted
        || capital && !dated && at > 0;
    let nearest = |language: Language| Lexicon::of(language).nearest(&all[at]).is_some();
    let misread = Language::ALL.into_iter().any(nearest);
    // What is also a word of the language is a name only where it stands as one.
    if usual && !(exact && placed) {
        return None;
    }
    Some(Mention {
        staff,
        words: range,
        is_exact: exact,
        is_word: usual || misread,
    })
}

/// Who is wished for and who is not, by their places among the names.
pub(super) fn staff(sentence: &Sentence<'_>, mentions: &[Mention]) -> (Vec<usize>, Vec<usize>) {
    let (mut wished, mut not) = (Vec::new(), Vec::new());
    for mention in mentions {
        match stance(sentence, &mention.words) {
            Some(true) => wished.push(mention.staff),
            Some(false) => not.push(mention.staff),
            None => {}
        }
    }
    (wished, not)
}

/// Where the staff is named.
pub(super) fn places(sentence: &Sentence<'_>, names: &[&str]) -> Vec<Range<usize>> {
    let all = sentence.words.as_slice();
    let place = |name: &&str| {
        let name = Words::of(name);
        let name = name.as_slice();
        let first = name.get(..1)?;
        let full = (0..all.len()).find(|n| matches(&all[*n..], name));
        let named = full.map(|at| at..at + name.len());
        named.or_else(|| {
            let at = (0..all.len()).find(|n| matches(&all[*n..], first))?;
            Some(at..at + 1)
        })
    };
    names.iter().filter_map(place).collect()
}

/// Returns whether somebody is wished for, where they are named.
fn stance(sentence: &Sentence<'_>, name: &Range<usize>) -> Option<bool> {
    let n = sentence.holding(name.start);
    let before = |particle| n > 0 && sentence.is(n - 1, particle);
    let introduced = [
        Particle::IAm,
        Particle::NameIs,
        Particle::My,
        Particle::Relation,
    ];
    if introduced.into_iter().any(before) || greeted(sentence, n, name.end) {
        return None;
    }
    Some(!is_ruled_out(
        sentence,
        n,
        sentence.holding(name.end - 1) + 1,
    ))
}

fn matches(words: &[String], name: &[String]) -> bool {
    words.len() >= name.len() && words.iter().zip(name).all(|(a, b)| near(a, b))
}

/// "Hi Ana, …" speaks to Ana.
fn greeted(sentence: &Sentence<'_>, n: usize, end: usize) -> bool {
    let hello = |n: usize| {
        matches!(
            sentence.intent(n),
            Some(Intent::Greeting | Intent::Thanks | Intent::Farewell)
        )
    };
    n > 0 && hello(n - 1) && !sentence.stop_before(n) && sentence.words.stop_before(end)
}

fn is_ruled_out(sentence: &Sentence<'_>, n: usize, after: usize) -> bool {
    let mut before = n;
    while before > 0 && !sentence.stop_before(before) {
        before -= 1;
        let plain = sentence.is(before, Particle::With) || sentence.is(before, Particle::The);
        if sentence.is(before, Particle::Except) || sentence.is(before, Particle::Not) {
            return true;
        }
        if !plain && !sentence.means(before, |meaning| meaning == Meaning::Filler) {
            break;
        }
    }
    grammar::not_after(sentence, after)
}
