//! Who it is for, who comes along, and whom they wish to see.

mod staff;

pub(super) use self::staff::{Mention, asks_if_in, mentions, places, staff};
use super::{
    phrases::in_any,
    sentence::Sentence,
    vocabulary::{CompanyWords, Particle, Phrases},
};

/// For whom it is, and how many come.
#[derive(Debug, Default)]
pub(super) struct Party {
    pub(super) for_other: bool,
    /// Where more than one was said.
    pub(super) people: Option<u16>,
}

/// For whom a text wants something.
pub(super) fn party(sentence: &Sentence<'_>, wants_service: bool) -> Party {
    let mut party = Party::default();
    for n in 0..sentence.len() {
        party.for_other |= is_for_other(sentence, n, wants_service);
        let people = together(sentence, n).or_else(|| counted(sentence, n));
        party.people = party
            .people
            .or(people.filter(|people| (2..=99).contains(people)));
    }
    party
}

/// Returns whether "for my son" or "my son needs" begins at a place.
fn is_for_other(sentence: &Sentence<'_>, n: usize, wants_service: bool) -> bool {
    let is = |n, particle| sentence.is(n, particle);
    let mine = |n| is(n, Particle::My) || is(n, Particle::One) || is(n, Particle::The);
    let kin = |n| is(n, Particle::Relation) || is(n, Particle::Relations);
    // "Hora para mi hijo": the phrase before ends in "for".
    let ends_in_for = sentence.at(n).is_some_and(|lexeme| {
        let last = &sentence.words.as_slice()[lexeme.words.end - 1];
        lexeme.words.len() > 1 && in_any(|one| one.grammar.for_whom).has(last)
    });
    if is(n, Particle::For) || ends_in_for {
        let first = n + 1;
        let of = first + usize::from(mine(first));
        let of = of + usize::from(sentence.number(of).is_some());
        // "Do you do teeth for dogs?" means none of them.
        let is_kind = of == first && !is(of, Particle::Relation);
        if kin(of) && !is_kind {
            return true;
        }
    }
    let brings = |back: usize| n >= back && is(n - back, Particle::Brings);
    // "It's about my son".
    let about = n > 0 && is(n - 1, Particle::About);
    let with_me = n >= 2 && is(n - 1, Particle::And) && is(n - 2, Particle::Me);
    let in_clause = |at: &usize| !sentence.stop_before(*at);
    let near = (n + 2..n + 9).take_while(in_clause);
    // "My wife needs the car" wants nothing here.
    let said = |n: usize| {
        let words = sentence.at(n).map_or(0..0, |lexeme| lexeme.words.clone());
        &sentence.words.as_slice()[words]
    };
    let is_article = |word: &String| in_any(|one| one.grammar.articles).has(word);
    let of_a_thing = |n: usize| said(n).iter().any(is_article);
    let led = |n: usize| {
        n < near_end(sentence, n) && (is(n - 1, Particle::So) || is(n - 1, Particle::And))
    };
    let wants = (n + 2..n + 6)
        .take_while(in_clause)
        .chain(near.filter(|n| led(*n)))
        .any(|n| is(n, Particle::Needs) && (wants_service || !of_a_thing(n + 1)));
    // "Can my son come in".
    let after_me = (0..sentence.len()).any(|n| is(n, Particle::After) && is(n + 1, Particle::Me));
    let comes = (wants_service || after_me)
        && (n + 2..n + 5).take_while(in_clause).any(|n| {
            said(n)
                .iter()
                .any(|word| in_any(|one| one.company.comes).has(word))
        });
    // "Could my daughter get a cut".
    let may = |word: &String| in_any(|one| one.company.may).has(word);
    let before = n.checked_sub(1).filter(|_| !sentence.stop_before(n));
    let may_before = before.is_some_and(|n| said(n).last().is_some_and(may));
    let is_asked_for = wants_service && (may_before || said(n).first().is_some_and(may));
    let mine = sentence.is_mine(n) && kin(n + 1) && !is_possessive(sentence, n + 1);
    let asks_to_come = may_before || said(n).first().is_some_and(may);
    let verbs = (n + 2..n + 5).take_while(in_clause);
    let come = |n: usize| {
        said(n)
            .iter()
            .any(|word| in_any(|one| one.company.come).has(word))
    };
    // "Can my husband come with me" brings him along.
    let with_customer =
        (0..sentence.len()).any(|n| is(n, Particle::With) && is(n + 1, Particle::Me));
    let comes_along = asks_to_come && !with_customer && verbs.clone().any(come);
    mine && (with_me
        || comes_along
        || wants
        || about
        || is_asked_for
        || brings(1)
        || brings(2)
        || comes)
        || mine && wants_service && is_taken_in(sentence, n)
}

/// The end of the clause of a lexeme.
fn near_end(sentence: &Sentence<'_>, n: usize) -> usize {
    (n + 1..sentence.len())
        .find(|n| sentence.stop_before(*n))
        .unwrap_or(sentence.len())
}

/// "My sister's".
fn is_possessive(sentence: &Sentence<'_>, n: usize) -> bool {
    let word = sentence.at(n).map(|lexeme| lexeme.words.end - 1);
    word.is_some_and(|word| sentence.words.has_apostrophe(word))
}

/// "Book | my son in", "could you see | my aunt", "me agendas a | mi hermana": whom the business is
/// asked to see.
fn is_taken_in(sentence: &Sentence<'_>, n: usize) -> bool {
    let words = sentence.words.as_slice();
    let Some(my) = sentence.at(n).map(|lexeme| lexeme.words.end - 1) else {
        return false;
    };
    let before = |back: usize| my.checked_sub(back).map_or("", |word| words[word].as_str());
    let is = |pick: fn(&CompanyWords) -> Phrases, word| in_any(|one| pick(&one.company)).has(word);
    let asks = || (my.saturating_sub(YOU_WITHIN)..my).any(|word| is(|one| one.you, &words[word]));
    let mut stems = in_any(|one| one.company.takes_in_stems).iter();
    is(|one| one.takes_in, before(1))
        || is(|one| one.may_take_in, before(1)) && asks()
        || in_any(|one| one.grammar.to_whom).has(before(1))
            && stems.any(|stem| before(2).starts_with(stem))
}

/// So many words may stand between "you" and whom the business is asked to see.
const YOU_WITHIN: usize = 6;

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
