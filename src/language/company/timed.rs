//! People who each have a time of their own: "Teddy at 10 and Coco at quarter past", "yo a las 10
//! y Leo a las 10 y media".
//!
//! The invariant: a person counts only beside a time, and only if there are two such pairs.

use std::ops::Range;

use super::{Part, cue::name_at, ends_in_article, is_pronoun, is_the_other, is_thing};
use crate::language::{
    name,
    phrases::in_any,
    sentence::Sentence,
    vocabulary::{CompanyWords, Particle, Phrases},
};

/// The most small words between a person and their time: "mine is the one at".
const MAX_BETWEEN: usize = 4;

/// A name in small letters is no shorter.
const SHORTEST: usize = 3;

/// A person beside a time.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Person {
    /// The lexemes that name them.
    place: Range<usize>,
    is_self: bool,
    relation: Option<usize>,
    name: Option<Range<usize>>,
}

/// Returns the part of the text for each person, without the words before the first.
///
/// Returns nothing if services are named among the people: each person is read with their service
/// then. Names in `staff` are not customers.
pub(super) fn parts(
    sentence: &Sentence<'_>,
    things: &[usize],
    names: &[Range<usize>],
    staff: &[Range<usize>],
) -> Vec<Part> {
    let mut persons: Vec<Person> = Vec::new();
    let mut n = 0;
    while n < sentence.len() {
        let is_staff = |one: &Person| {
            let word = sentence
                .at(one.place.start)
                .map_or(0, |one| one.words.start);
            staff.iter().any(|range| range.contains(&word))
        };
        let found = person(sentence, n, names);
        // "Mine on Friday stays".
        let stays = |one: &Person| {
            let mut clause = sentence.clause(one.place.start);
            clause.any(|n| sentence.is(n, Particle::Stays))
        };
        let comes = |one: &Person| !is_staff(one) && !stays(one) && is_timed(sentence, one);
        match found.filter(comes) {
            Some(person) => {
                n = person.place.end;
                persons.push(person);
            }
            None => n += 1,
        }
    }
    let differ = |one: &Person, other: &Person| {
        (one.is_self, said(sentence, one)) != (other.is_self, said(sentence, other))
    };
    let [first, .., last] = persons.as_slice() else {
        return Vec::new();
    };
    if (first.place.start..sentence.len()).any(|n| is_thing(sentence, n, things))
        || !differ(first, last)
        || !persons.windows(2).all(|pair| differ(&pair[0], &pair[1]))
    {
        return Vec::new();
    }
    let end = |number: usize| {
        let next = persons.get(number + 1);
        next.map_or(sentence.len(), |next| next.place.start)
    };
    let word = |n: usize| {
        let lexeme = sentence.at(n);
        lexeme.map_or(sentence.words.as_slice().len(), |one| one.words.start)
    };
    let part = |(number, person): (usize, &Person)| Part {
        words: std::iter::once(word(person.place.start)..word(end(number))).collect(),
        is_self: person.is_self,
        relation: person
            .relation
            .and_then(|n| Some(sentence.at(n)?.words.clone())),
        name: person
            .name
            .as_ref()
            .map(|name| word(name.start)..word(name.end)),
    };
    persons.iter().enumerate().map(part).collect()
}

/// Returns the words that name a person.
fn said<'s>(sentence: &'s Sentence<'_>, person: &Person) -> &'s [String] {
    let of = person.name.clone().unwrap_or_else(|| person.place.clone());
    let start = sentence.at(of.start).map_or(0, |one| one.words.start);
    let end = sentence.at(of.end - 1).map_or(0, |one| one.words.end);
    &sentence.words.as_slice()[start..end]
}

/// Returns the person named at a lexeme: "me", "mine", "el mío", "mi hijo", "el de Raúl", "Teddy",
/// "hers".
fn person(sentence: &Sentence<'_>, n: usize, names: &[Range<usize>]) -> Option<Person> {
    let is = |n: usize, particle: Particle| sentence.is(n, particle);
    let only = |is_self: bool| Person {
        place: n..n + 1,
        is_self,
        relation: None,
        name: None,
    };
    let article = [Particle::The, Particle::Hours, Particle::OneHour];
    let before = n > 0 && article.into_iter().any(|one| is(n - 1, one));
    if sentence.is_mine(n) && is(n + 1, Particle::Relation) {
        let name = named(sentence, n + 2, names);
        return Some(Person {
            place: n..name.as_ref().map_or(n + 2, |name| name.end),
            relation: Some(n + 1),
            name,
            is_self: false,
        });
    }
    // "Right after me at 9:15" is about somebody else.
    let is_followed = n > 0 && is(n - 1, Particle::After);
    if is(n, Particle::Mine) || is(n, Particle::Me) && !is(n, Particle::My) && !is_followed {
        return Some(only(true));
    }
    // "Y él a las 10:45", "she at 3".
    let at = is(n + 1, Particle::At) && !is(n + 1, Particle::The);
    if is_pronoun(sentence, n) && (at || !ends_in_article(sentence, n)) {
        return Some(only(false));
    }
    if is_one_of_two(sentence, n) {
        return Some(only(false));
    }
    // "Lo de la niña a las 5": the relative of whom was spoken.
    if before && is(n, Particle::Relation) {
        return Some(only(false));
    }
    if is(n, Particle::Theirs) && !before && !ends_in_article(sentence, n)
        || is_the_other(sentence, n)
    {
        return Some(only(false));
    }
    let name = named(sentence, n, names)?;
    Some(Person {
        place: name.clone(),
        is_self: false,
        relation: None,
        name: Some(name),
    })
}

/// Returns whether one of two is spoken of: "one at 10 and the other at 11", "una a las 10 y otra a
/// las 11".
fn is_one_of_two(sentence: &Sentence<'_>, n: usize) -> bool {
    let is_in = |n: usize, words: fn(&CompanyWords) -> Phrases| {
        let said = sentence.at(n).filter(|lexeme| lexeme.words.len() == 1);
        let said = said.map(|lexeme| &sentence.words.as_slice()[lexeme.words.start]);
        said.is_some_and(|said| in_any(|one| words(&one.company)).has(said))
    };
    let is_second = |n: usize| {
        let after_and = n > 0 && sentence.is(n - 1, Particle::And);
        is_the_other(sentence, n) || after_and && is_in(n, |one| one.second)
    };
    let is_first = |n: usize| {
        let before = n.checked_sub(1);
        is_in(n, |one| one.first)
            && !before.is_some_and(|before| sentence.is(before, Particle::Hours))
    };
    is_first(n) && (n + 1..sentence.len()).any(is_second) || is_second(n) && (0..n).any(is_first)
}

/// Returns the name at a lexeme: a known one, or a capitalised word.
fn named(sentence: &Sentence<'_>, n: usize, names: &[Range<usize>]) -> Option<Range<usize>> {
    let capital = || {
        let lexeme = sentence.at(n).filter(|lexeme| lexeme.words.len() == 1)?;
        let word = lexeme.words.start;
        let is_word = crate::language::is_word(&sentence.words.as_slice()[word]);
        let written = sentence.words.written(word);
        let may_be = !is_word && !name::is_never(&sentence.words.as_slice()[word]);
        // "Toby a las 10 y mora a las 11", in small letters.
        let at = sentence.is(n + 1, Particle::At) || sentence.is(n + 1, Particle::Hours);
        let is_small = at && sentence.is_unknown(n) && word_length(sentence, word) >= SHORTEST;
        let is_capital = written.starts_with(char::is_uppercase);
        (may_be && (is_capital || is_small)).then_some(n + 1)
    };
    Some(n..name_at(sentence, n, names).or_else(capital)?)
}

fn word_length(sentence: &Sentence<'_>, word: usize) -> usize {
    sentence.words.as_slice()[word].chars().count()
}

/// Returns whether a time follows a person. Only small words may come between a pronoun and the
/// time; after a name, other words may too: "Eli right after at 10:30".
fn is_timed(sentence: &Sentence<'_>, person: &Person) -> bool {
    let n = person.place.end;
    let small = [
        Particle::At,
        Particle::Hours,
        Particle::OneHour,
        Particle::The,
        Particle::For,
        Particle::To,
        Particle::About,
        Particle::Ish,
    ];
    let is_small = |n: usize| small.into_iter().any(|one| sentence.is(n, one));
    let is_clock = |n: usize| is_clock(sentence, n);
    let is_named = person.name.is_some() || person.relation.is_some();
    let at = if is_named {
        let at = |n: usize| sentence.is(n, Particle::At) || sentence.is(n, Particle::Hours);
        let ends = |at_: &usize| is_clock(*at_) || sentence.is(*at_, Particle::And);
        let found = (n..=n + MAX_BETWEEN).find(ends);
        found.filter(|found| (n..*found).all(is_small) || at(found - 1))
    } else {
        (n..=n + MAX_BETWEEN).find(|n| !is_small(*n))
    };
    at.is_some_and(|at| is_clock(at) && !(n..=at).any(|n| sentence.stop_before(n)))
}

/// Returns whether a time of day may begin at a lexeme.
pub(super) fn is_clock(sentence: &Sentence<'_>, n: usize) -> bool {
    let word = sentence.at(n).map(|lexeme| lexeme.words.start);
    let word = word.map_or("", |word| sentence.words.as_slice()[word].as_str());
    let is_year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    let is_figure = word.starts_with(|first: char| first.is_ascii_digit()) && !is_year;
    is_figure
        || sentence.number(n).is_some()
        || sentence.is(n, Particle::Half)
        || sentence.is(n, Particle::Quarter)
        || sentence.is(n, Particle::Noon)
}
