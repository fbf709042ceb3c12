//! The people who come, if a text asks for more than one: "a haircut for me and a kids' haircut
//! for my son", "both my dogs".
//!
//! The text is cut into parts that speak of one person each. The details in a part belong to that
//! person; a detail that only one part gives applies to everyone.

mod cue;
mod timed;
mod visits;

use std::ops::Range;

use self::cue::{Cue, capital_at, cues, name_at};
use super::{phrases::in_any, sentence::Sentence, vocabulary::Particle};

/// "My" and "for" stand so few words before who is meant: "for my other dog".
const NEAR: usize = 3;

/// A service belongs to a person who is named so few words before it: "she would like a trim".
const REACH: usize = 4;

/// The part of a text that speaks of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// All the words about them.
    pub(super) words: Vec<Range<usize>>,
    /// True for the customer.
    pub(super) is_self: bool,
    /// The word for their relation to the customer: "son".
    pub(super) relation: Option<Range<usize>>,
    /// Their name.
    pub(super) name: Option<Range<usize>>,
}

/// The people who come, and what a text says about all of them.
#[derive(Debug, Default)]
pub(super) struct Company {
    /// One part per person; empty if the text speaks of only one.
    pub(super) parts: Vec<Part>,
    /// True if all services are named after all people: "one for me and one for her: A, then B".
    pub(super) services_follow: bool,
    /// The name of the only person, if the text gives their relation and their name in two places.
    pub(super) only: Option<Range<usize>>,
}

/// A person who comes, and the cues that speak of them.
#[derive(Debug)]
struct Person {
    is_self: bool,
    relation: Option<usize>,
    name: Option<Range<usize>>,
    cues: Vec<usize>,
}

/// Finds the word for somebody close to the customer whom the request is for.
pub(super) fn relation(sentence: &Sentence<'_>) -> Option<Range<usize>> {
    let relation = |n: usize| sentence.is(n, Particle::Relation);
    let n = (0..sentence.len()).find(|n| {
        let near = n.saturating_sub(NEAR)..*n;
        let introduced = |at: usize| sentence.is_mine(at) || sentence.is(at, Particle::For);
        let told = n.checked_sub(2).is_some_and(|at| is_told_of(sentence, at));
        relation(*n) && !told && near.clone().any(introduced)
    })?;
    Some(sentence.at(n)?.words.clone())
}

/// Reads who comes. `things` are the words of services, `names` those of people, and `staff` those
/// of staff members.
pub(super) fn of(
    sentence: &Sentence<'_>,
    things: &[usize],
    names: &[Range<usize>],
    staff: &[Range<usize>],
) -> Company {
    let parts = timed::parts(sentence, things, names, staff);
    if !parts.is_empty() {
        return Company {
            parts,
            ..Company::default()
        };
    }
    let mut cues = cues(sentence, things, names, staff);
    let parts = visits::parts(sentence, &cues, things);
    if !parts.is_empty() {
        return Company {
            parts,
            ..Company::default()
        };
    }
    let is_service = |n: usize| is_thing(sentence, n, things);
    let has_service = |mut range: Range<usize>| range.any(is_service);
    // "Mine on Friday stays".
    let stays = |cue: &Cue| {
        let mut clause = sentence.clause(cue.place.start);
        clause.any(|n| sentence.is(n, Particle::Stays))
    };
    cues.retain(|cue| !stays(cue));
    // "Después del mío" is only when.
    let when = too(sentence);
    let is_when = |cue: &Cue| {
        let word = word_at(sentence, cue.place.start);
        cue.is_self && !cue.place.is_empty() && when.iter().any(|range| range.contains(&word))
    };
    cues.retain(|cue| !is_when(cue));
    let is_alone = !cues.iter().any(|cue| cue.is_self);
    // "A cut, and my son goes after me", but "a cut for my son after me".
    let has_own = |cue: &Cue| {
        let apart = |n: &usize| {
            sentence.stop_before(*n) || sentence.is(*n, Particle::And) || then(sentence, *n)
        };
        let last = (0..=cue.place.start).rev().find(apart).unwrap_or(0);
        has_service(0..last)
    };
    if is_alone && cues.first().is_some_and(has_own) && comes_too(sentence) {
        // "A cut, and my son goes after me".
        cues.insert(0, Cue::own(0..0));
    }
    let persons = persons(sentence, &cues);
    if let ([person], true) = (persons.as_slice(), is_both(sentence))
        && !person.is_self
        && is_brought(sentence, &cues[person.cues[0]])
    {
        return Company {
            parts: both(sentence, &cues[person.cues[0]]),
            ..Company::default()
        };
    }
    let others = persons.iter().filter(|person| !person.is_self).count();
    if persons.len() < 2 || others == 0 {
        let twice = persons.iter().find(|person| {
            !person.is_self
                && person.relation.is_some()
                && person
                    .cues
                    .iter()
                    .all(|cue| cues[*cue].relation.is_none() || cues[*cue].name.is_none())
        });
        let name = twice.and_then(|person| person.name.clone());
        let word = |n: usize| sentence.at(n).map_or(0, |one| one.words.start);
        return Company {
            only: name.map(|name| word(name.start)..word(name.end - 1) + 1),
            ..Company::default()
        };
    }
    let Some(bounds) = bounds(sentence, &cues, things) else {
        return Company::default();
    };
    let word = |n: usize| word_at(sentence, n);
    let part = |person: &Person| Part {
        words: person
            .cues
            .iter()
            .map(|cue| word(bounds[*cue])..word(bounds[cue + 1]))
            .collect(),
        is_self: person.is_self,
        name: person
            .name
            .clone()
            .map(|name| word(name.start)..word(name.end)),
        relation: person
            .relation
            .and_then(|n| Some(sentence.at(n)?.words.clone())),
    };
    let last = cues.last().map_or(0, |cue| cue.place.end);
    Company {
        parts: persons.iter().map(part).collect(),
        services_follow: !has_service(0..last) && has_service(last..sentence.len()),
        only: None,
    }
}

/// Returns the first word of a lexeme, or the end of the text behind the last one.
fn word_at(sentence: &Sentence<'_>, n: usize) -> usize {
    let lexeme = sentence.at(n);
    lexeme.map_or(sentence.words.as_slice().len(), |one| one.words.start)
}

/// Returns whether a lexeme says that something comes next: "then", "luego".
fn then(sentence: &Sentence<'_>, n: usize) -> bool {
    let mut words = sentence.said(n).iter();
    words.any(|word| in_any(|one| one.company.then).has(word))
}

fn is_thing(sentence: &Sentence<'_>, n: usize, things: &[usize]) -> bool {
    let lexeme = sentence.at(n);
    lexeme.is_some_and(|one| things.iter().any(|word| one.words.contains(word)))
}

/// Merges the cues into persons, each listed once.
fn persons(sentence: &Sentence<'_>, cues: &[Cue]) -> Vec<Person> {
    let mut persons: Vec<Person> = Vec::new();
    let said = |n: usize| {
        let words = sentence.at(n).map(|one| one.words.clone());
        words.map(|words| &sentence.words.as_slice()[words])
    };
    for (number, cue) in cues.iter().enumerate() {
        // "… and for Leo" after "for my wife" is another person.
        let start = (0..=cue.place.start)
            .rev()
            .find(|n| *n == 0 || sentence.stop_before(*n))
            .unwrap_or(0);
        let from = number
            .checked_sub(1)
            .map_or(start, |before| start.max(cues[before].place.end));
        let is_joined = (from..cue.place.start).any(|n| sentence.is(n, Particle::And));
        let is_same = |person: &&mut Person| match (person.is_self, cue.is_self) {
            (true, true) => true,
            (false, false) => match (person.relation, cue.relation) {
                (Some(a), Some(b)) => {
                    said(a) == said(b) || is_companion(sentence, a) || is_companion(sentence, b)
                }
                _ if is_the_other(sentence, cue.place.start) => true,
                _ if refers_back(sentence, &cue.place) => true,
                _ => {
                    let named_twice = person.name.is_some() && cue.name.is_some();
                    let is_new =
                        person.relation.is_none() && cue.relation.is_none() && cue.name.is_some();
                    !(is_joined || named_twice || is_new)
                }
            },
            _ => false,
        };
        match persons.iter_mut().find(is_same) {
            Some(person) => {
                person.cues.push(number);
                person.relation = person.relation.or(cue.relation);
                person.name = person.name.clone().or(cue.name.clone());
            }
            // "The other" means nobody if nobody was named before.
            None if is_the_other(sentence, cue.place.start) && !cue.is_self => {}
            None => persons.push(Person {
                is_self: cue.is_self,
                relation: cue.relation,
                name: cue.name.clone(),
                cues: vec![number],
            }),
        }
    }
    persons
}

/// Returns whether a word can mean any companion: "my plus one", "mi acompañante".
fn is_companion(sentence: &Sentence<'_>, n: usize) -> bool {
    sentence.begins_with(n, |one| one.company.companion)
}

/// Returns whether a phrase ends in the article "el", and not in the pronoun: "para el viernes", but
/// "para él".
fn ends_in_article(sentence: &Sentence<'_>, n: usize) -> bool {
    let last = sentence.at(n).map_or(0, |lexeme| lexeme.words.end - 1);
    sentence.ends_with(n, |one| one.grammar.the_or_he)
        && !in_any(|one| one.grammar.he_marks).any_within(sentence.words.written(last))
        && !sentence.stop_before(n + 1)
}

/// Returns whether a lexeme says "the other" or "la otra persona".
pub(super) fn is_the_other(sentence: &Sentence<'_>, n: usize) -> bool {
    let words = sentence.words.as_slice();
    let other = |word: usize| in_any(|one| one.company.other).has(&words[word]);
    let article = |word: usize| in_any(|one| one.company.before_other).has(&words[word]);
    let unit = |word: usize| {
        let unit = words.get(word);
        unit.is_some_and(|unit| in_any(|one| one.company.units).has(unit))
    };
    sentence.at(n).is_some_and(|lexeme| {
        let mut all = lexeme.words.clone();
        all.any(|word| word > 0 && other(word) && article(word - 1) && !unit(word + 1))
    })
}

/// Returns whether the customer comes too: "after me", "conmigo".
fn comes_too(sentence: &Sentence<'_>) -> bool {
    !too(sentence).is_empty()
}

/// Returns the words that say so.
fn too(sentence: &Sentence<'_>) -> Vec<Range<usize>> {
    let words = sentence.words.as_slice();
    let too = in_any(|one| one.company.comes_too);
    let places = (0..words.len()).flat_map(|at| too.ends(words, at).map(move |end| at..end));
    // "Después de mi trabajo" says nothing about a visit.
    let is_whole = |place: &Range<usize>| {
        let last = &words[place.end - 1];
        let is_my = in_any(|one| one.grammar.my_or_me).has(last);
        !is_my || sentence.words.stop_before(place.end)
    };
    places.filter(is_whole).collect()
}

/// Returns the bounds of the parts, one part per cue. Returns `None` if two parts cannot be told
/// apart.
fn bounds(sentence: &Sentence<'_>, cues: &[Cue], things: &[usize]) -> Option<Vec<usize>> {
    let is_service = |n: usize| is_thing(sentence, n, things);
    let has_service = |mut range: Range<usize>| range.any(is_service);
    let is_time = |n: usize| sentence.number(n).is_some();
    // "A cut for me and a trim for him", but "me a cut and him a trim".
    let things_first = has_service(0..cues[0].place.start)
        || !has_service(0..sentence.len()) && (0..cues[0].place.start).any(is_time);
    let then = |n: usize| then(sentence, n);
    let separates = |n: usize| {
        sentence.stop_before(n)
            || sentence.is(n, Particle::And)
            || sentence.is(n, Particle::Also)
            || then(n)
    };
    let mut bounds = vec![0];
    for pair in cues.windows(2) {
        let from = pair[0].place.end;
        let mut between = from..=pair[1].place.start;
        // "10 y media" is one time.
        let in_time = |n: usize| {
            n > 0
                && is_time(n - 1)
                && (sentence.is(n + 1, Particle::Half) || sentence.is(n + 1, Particle::Quarter))
        };
        let joins = |n: &usize| sentence.is(*n, Particle::And) && !in_time(*n) || then(*n);
        let implied = pair[0].place.is_empty();
        let cut = if implied {
            // "A cut and, after that, a trim for my son": the last separator with a service before
            // it.
            let mut all = between.clone().rev();
            let own = |n: &usize| has_service(from..*n);
            all.find(|n| joins(n) && own(n))
                .or_else(|| between.rev().find(|n| separates(*n) && own(n)))
        } else {
            between.clone().find(joins).or_else(|| {
                if things_first {
                    between.find(|n| separates(*n))
                } else {
                    between.rev().find(|n| separates(*n))
                }
            })
        };
        // "One for me one for him".
        let counted = |cue: &Cue| {
            let before = cue.place.start.checked_sub(1);
            before.is_some_and(|n| sentence.number(n) == Some(1) || sentence.is(n, Particle::One))
        };
        let is_near = pair[1].relation.is_some()
            || pair[0].relation.is_some()
            || counted(&pair[0]) && counted(&pair[1]);
        bounds.push(cut.or_else(|| is_near.then_some(pair[1].place.start))?);
    }
    bounds.push(sentence.len());
    Some(bounds)
}

/// Returns whether the words before somebody only tell about them, so that they do not come: "se
/// casa | mi prima", "la boda de | mi prima", "los lleva | mi mamá".
fn is_told_of(sentence: &Sentence<'_>, n: usize) -> bool {
    let life = |n: usize| sentence.is(n, Particle::Life);
    let brings = in_any(|one| one.company.brings);
    let is_brought_by = brings.ends_before(sentence.words.as_slice(), word_at(sentence, n + 1));
    is_brought_by || life(n) || n > 0 && sentence.is(n, Particle::Of) && life(n - 1)
}

/// Returns whether somebody comes along with the customer: "my wife", "with Ana".
fn is_brought(sentence: &Sentence<'_>, cue: &Cue) -> bool {
    let start = cue.place.start;
    let with = start > 0 && sentence.is(start - 1, Particle::With);
    with || sentence.is_mine(start)
}

/// Returns the words that say "both" and can be no hour: "los dos", but not "las dos".
pub(super) fn both_words(sentence: &Sentence<'_>) -> Vec<Range<usize>> {
    let is_hour = |words: &Range<usize>| {
        let hours = in_any(|one| (one.particle)(Particle::Hours));
        hours.has(&sentence.words.as_slice()[words.start])
    };
    // "Las dos a las 11", but "de las dos a las 11".
    // "Para las dos, mi mamá y yo".
    let are_two = (0..sentence.len()).any(|n| {
        let me = |n: usize| sentence.is(n, Particle::Me) && !sentence.is(n, Particle::My);
        let kin = |n: usize| sentence.is(n, Particle::Relation);
        let and = sentence.is(n, Particle::And) && n > 0;
        and && (me(n + 1) && (kin(n - 1) || n > 1 && kin(n - 2)) || me(n - 1) && kin(n + 2))
    });
    let is_followed = |n: usize| {
        if are_two && n > 0 && sentence.is(n - 1, Particle::For) {
            return true;
        }
        let at = sentence.is(n + 1, Particle::At) && timed::is_clock(sentence, n + 2);
        at && !(n > 0 && (sentence.is(n - 1, Particle::From) || sentence.is(n - 1, Particle::Of)))
    };
    let both = (0..sentence.len()).filter(|n| sentence.is(*n, Particle::Both));
    let words = both.filter_map(|n| Some((n, sentence.at(n)?.words.clone())));
    words
        .filter(|(n, words)| words.len() > 1 && (!is_hour(words) || is_followed(*n)))
        .map(|(_, words)| words)
        .collect()
}

/// Returns whether something is wished for whom a pronoun means: "could he do maths?", "she needs a
/// trim".
pub(super) fn wishes_for_whom_was_named(sentence: &Sentence<'_>) -> bool {
    let may = |n: usize| sentence.ends_with(n, |one| one.company.may);
    (0..sentence.len()).any(|n| {
        let asked = n > 0 && may(n - 1);
        is_pronoun(sentence, n) && (asked || sentence.is(n + 1, Particle::Needs))
    })
}

/// Returns whether a lexeme is a pronoun for somebody else: "she", "ella", "él".
fn is_pronoun(sentence: &Sentence<'_>, n: usize) -> bool {
    let word = sentence.single(n);
    word.is_some_and(|word| in_any(|one| one.company.pronouns).has(word))
}

/// Returns whether words mean somebody who was named before: "she", "for him", but not "for her
/// sister".
fn refers_back(sentence: &Sentence<'_>, place: &Range<usize>) -> bool {
    let theirs = sentence.is(place.start, Particle::Theirs);
    is_pronoun(sentence, place.start) || theirs && !sentence.is(place.end, Particle::Relation)
}

/// Returns whether a service is named soon after a lexeme and in the same clause.
fn has_thing_after(sentence: &Sentence<'_>, n: usize, things: &[usize]) -> bool {
    let mut near = (n + 1..=n + REACH)
        .take_while(|n| !sentence.stop_before(*n) && !sentence.is(*n, Particle::And));
    near.any(|n| is_thing(sentence, n, things))
}

fn is_both(sentence: &Sentence<'_>) -> bool {
    (0..sentence.len()).any(|n| sentence.is(n, Particle::Both))
}

/// Returns the parts for the customer and the person they bring: "with my wife, both at six".
fn both(sentence: &Sentence<'_>, cue: &Cue) -> Vec<Part> {
    let word = |n: usize| sentence.at(n).map_or(0, |one| one.words.start);
    let end = sentence.words.as_slice().len();
    let place = |place: &Range<usize>| {
        let last = sentence.at(place.end - 1);
        word(place.start)..last.map_or(end, |one| one.words.end)
    };
    let own = Part {
        words: std::iter::once(0..end).collect(),
        is_self: true,
        relation: None,
        name: None,
    };
    let other = Part {
        words: vec![place(&cue.place)],
        is_self: false,
        relation: cue
            .relation
            .and_then(|n| Some(sentence.at(n)?.words.clone())),
        name: cue.name.as_ref().map(place),
    };
    vec![own, other]
}

/// Returns one part for each of two people who are named: "both my boys, Mateo and Leo".
///
/// Names in `staff` are not customers.
pub(super) fn named_of_a_kind(
    sentence: &Sentence<'_>,
    names: &[Range<usize>],
    staff: &[Range<usize>],
) -> Vec<Part> {
    let is_staff = |n: usize| {
        let word = sentence.at(n).map_or(0, |lexeme| lexeme.words.start);
        staff.iter().any(|range| range.contains(&word))
    };
    let named = |n: usize| {
        let end = name_at(sentence, n, names).or_else(|| capital_at(sentence, n));
        end.filter(|_| !is_staff(n))
    };
    let word = |n: usize| {
        let lexeme = sentence.at(n);
        lexeme.map_or(sentence.words.as_slice().len(), |one| one.words.start)
    };
    let after = |n: usize| -> Option<[Range<usize>; 2]> {
        let article = |n: usize| {
            n + usize::from(
                sentence.is(n, Particle::The)
                    || sentence.is(n, Particle::Hours)
                    || sentence.is(n, Particle::OneHour),
            )
        };
        let first = article(n);
        let end = named(first)?;
        let second = article(end + 1);
        let last = named(second).filter(|_| sentence.is(end, Particle::And))?;
        Some([first..end, second..last])
    };
    // "My two, Ethan and Chloe", "tengo dos salchichas, Frida y Diego".
    let is_kind = |n: &usize| {
        let led = *n > 0 && (sentence.is_mine(n - 1) || sentence.is(n - 1, Particle::Got));
        sentence.is(*n, Particle::Relations) || led && sentence.number(*n) == Some(2)
    };
    let mut kinds = (0..sentence.len()).filter(is_kind);
    let names = kinds.find_map(|n| (n + 1..n + 4).find_map(after));
    let part = |name: Range<usize>| Part {
        words: std::iter::once(word(name.start)..word(name.end)).collect(),
        is_self: false,
        relation: None,
        name: Some(word(name.start)..word(name.end)),
    };
    names.into_iter().flatten().map(part).collect()
}

/// Returns the number of people or animals of a kind: "both my dogs", "mis dos hijos".
pub(super) fn count(sentence: &Sentence<'_>) -> Option<u16> {
    (0..sentence.len()).find_map(|n| {
        let several = |n: usize| sentence.is(n, Particle::Relations);
        // "For the both of us".
        let us = |at: usize| {
            at == n + 1 && sentence.is(n, Particle::Both) && sentence.is(at, Particle::People)
        };
        let near = |n: usize| (n + 1..n + 3).find(|at| several(*at) || us(*at));
        let number = if sentence.is(n, Particle::Both) {
            2
        } else {
            sentence.number(n)?
        };
        near(n)
            .map(|_| number)
            .filter(|number| (2..=4).contains(number))
    })
}
