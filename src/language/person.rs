//! Who it is for, who comes along, and whom they wish to see.

use std::ops::Range;

use super::{
    grammar,
    intent::Intent,
    lexicon::Meaning,
    sentence::Sentence,
    vocabulary::Particle,
    words::{Words, near},
};

/// For whom it is, and how many come.
#[derive(Debug, Default)]
pub(super) struct Party {
    pub(super) for_other: bool,
    pub(super) for_name: Option<String>,
    /// Where more than one was said.
    pub(super) people: Option<u16>,
}

/// Names have no more parts.
const MAX_PARTS: usize = 4;

/// For whom a text wants something.
pub(super) fn party(sentence: &Sentence<'_>) -> Party {
    let mut party = Party::default();
    for n in 0..sentence.len() {
        if let Some(relation) = relation(sentence, n) {
            party.for_other = true;
            if party.for_name.is_none() {
                party.for_name = name_at(sentence, relation + 1);
            }
        }
        if party.for_other && party.for_name.is_none() && sentence.is(n, Particle::TheirName) {
            party.for_name = name_at(sentence, n + 1);
        }
        let people = together(sentence, n).or_else(|| counted(sentence, n));
        party.people = party
            .people
            .or(people.filter(|people| (2..=99).contains(people)));
    }
    party
}

/// The place of "son" in "for my son" and "my son needs".
fn relation(sentence: &Sentence<'_>, n: usize) -> Option<usize> {
    let is = |n, particle| sentence.is(n, particle);
    let mine = |n| is(n, Particle::My) || is(n, Particle::One) || is(n, Particle::The);
    let kin = |n| is(n, Particle::Relation) || is(n, Particle::Relations);
    if is(n, Particle::For) {
        let of = n + 1 + usize::from(mine(n + 1));
        let of = of + usize::from(sentence.number(of).is_some());
        if kin(of) {
            return Some(of);
        }
    }
    if is(n, Particle::My) && kin(n + 1) {
        let with_me = n >= 2 && is(n - 1, Particle::And) && is(n - 2, Particle::Me);
        let wants = (n + 2..n + 4).any(|n| is(n, Particle::Needs));
        return (with_me || wants).then_some(n + 1);
    }
    None
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

/// Whether a number is a time by the word after it.
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

/// The name that begins at a lexeme, written as names are: capital letters that are no known word.
fn name_at(sentence: &Sentence<'_>, n: usize) -> Option<String> {
    let parts = (n..n + MAX_PARTS)
        .take_while(|at| *at == n || !sentence.stop_before(*at))
        .map_while(|at| written_name(sentence, at, true));
    let parts: Vec<_> = parts.collect();
    (!parts.is_empty() && !sentence.stop_before(n)).then(|| parts.join(" "))
}

/// A word as it was written, if it may be part of a name.
fn written_name<'s>(sentence: &'s Sentence<'_>, n: usize, capital: bool) -> Option<&'s str> {
    let lexeme = sentence.at(n).filter(|_| sentence.is_unknown(n))?;
    let written = sentence.words.written(lexeme.words.start);
    let letters = written
        .chars()
        .all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '\u{300}'..='\u{36f}'));
    let starts = written.chars().next().is_some_and(char::is_uppercase) || !capital;
    (letters && starts).then_some(written)
}

/// The customer's own name: "my name is maria", "I'm Tom".
pub(super) fn own_name(sentence: &Sentence<'_>) -> Option<String> {
    (0..sentence.len()).find_map(|n| {
        let is = |particle| sentence.is(n, particle);
        let last = |n: usize| sentence.stop_before(n + 1) || !sentence.is_unknown(n + 1);
        if is(Particle::NameIs) {
            return name_at(sentence, n + 1).or_else(|| {
                let name = written_name(sentence, n + 1, false).filter(|_| last(n + 1))?;
                (!sentence.stop_before(n + 1)).then(|| name.to_owned())
            });
        }
        is(Particle::IAm)
            .then(|| name_at(sentence, n + 1))
            .flatten()
    })
}

/// Who is wished for and who is not, by their places among the names.
pub(super) fn staff(sentence: &Sentence<'_>, names: &[&str]) -> (Vec<usize>, Vec<usize>) {
    let (mut wished, mut not) = (Vec::new(), Vec::new());
    for (place, name) in names.iter().enumerate() {
        match stance(sentence, &Words::of(name)) {
            Some(true) => wished.push(place),
            Some(false) => not.push(place),
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

/// Whether somebody is wished for, where they are named.
fn stance(sentence: &Sentence<'_>, name: &Words) -> Option<bool> {
    let all = sentence.words.as_slice();
    let name = name.as_slice();
    if name.is_empty() {
        return None;
    }
    let full = (0..all.len()).find(|n| matches(&all[*n..], name));
    let first = || (0..all.len()).find(|n| matches(&all[*n..], &name[..1]));
    let (at, length) = full
        .map(|at| (at, name.len()))
        .or_else(|| Some((first()?, 1)))?;
    let n = sentence.holding(at);
    let before = |particle| n > 0 && sentence.is(n - 1, particle);
    let introduced = [
        Particle::IAm,
        Particle::NameIs,
        Particle::My,
        Particle::Relation,
    ];
    if introduced.into_iter().any(before) || greeted(sentence, n, at + length) {
        return None;
    }
    let wished = before(Particle::With)
        || all.len() == length
        || sentence.is_unknown(n)
        || sentence
            .words
            .written(at)
            .chars()
            .next()
            .is_some_and(char::is_uppercase)
            && at > 0;
    wished.then(|| !is_ruled_out(sentence, n, sentence.holding(at + length - 1) + 1))
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
