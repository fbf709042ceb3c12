//! The places where a text speaks of somebody who comes.

use std::ops::Range;

use super::{ends_in_article, has_thing_after, is_pronoun, is_the_other, is_thing, is_told_of};
use crate::language::{
    Language,
    intent::Intent,
    lexicon::Meaning,
    name,
    phrases::{in_any, phrases},
    sentence::Sentence,
    vocabulary::{Particle, Vocabulary},
};

/// A place where a text speaks of somebody.
#[derive(Debug)]
pub(super) struct Cue {
    /// The lexemes of the place.
    pub(super) place: Range<usize>,
    pub(super) is_self: bool,
    pub(super) relation: Option<usize>,
    pub(super) name: Option<Range<usize>>,
}

// === impl Cue ===

impl Cue {
    /// A place that speaks of the customer.
    pub(super) fn own(place: Range<usize>) -> Self {
        Self {
            place,
            is_self: true,
            relation: None,
            name: None,
        }
    }

    /// A place that speaks of somebody else.
    fn other(place: Range<usize>, relation: Option<usize>, name: Option<Range<usize>>) -> Self {
        Self {
            place,
            is_self: false,
            relation,
            name,
        }
    }
}

/// Finds the places where a text speaks of somebody who comes.
///
/// Names in `staff` are not customers.
pub(super) fn cues(
    sentence: &Sentence<'_>,
    things: &[usize],
    names: &[Range<usize>],
    staff: &[Range<usize>],
) -> Vec<Cue> {
    let mut cues: Vec<Cue> = Vec::new();
    let mut n = 0;
    let is_staff = |name: &Option<Range<usize>>| {
        let word = name
            .as_ref()
            .and_then(|name| Some(sentence.at(name.start)?.words.start));
        word.is_some_and(|word| staff.iter().any(|range| range.contains(&word)))
    };
    while n < sentence.len() {
        match cue(sentence, n, things, names).filter(|cue| !is_staff(&cue.name)) {
            Some(cue) => {
                n = cue.place.end.max(n + 1);
                cues.push(cue);
            }
            None => n += 1,
        }
    }
    let others = |cue: &&Cue| !cue.is_self;
    // "I want a cut, the other is a trim": the customer comes as well as the other.
    let told = cues.iter().find(others).map(|cue| cue.place.end);
    let other = cues
        .iter()
        .rfind(|cue| is_the_other(sentence, cue.place.start));
    if let (Some(told), Some(other)) = (told, other)
        && let Some(at) = (told..other.place.start).find(|n| {
            sentence.stop_before(*n) && (sentence.is(*n, Particle::Wants) && !sentence.is_mine(*n))
        })
    {
        let after = cues.iter().position(|cue| cue.place.start >= at);
        let own = Cue::own(at..at + 1);
        cues.insert(after.unwrap_or(cues.len()), own);
    }
    // Two mentions of the customer in a row are one place.
    cues.dedup_by(|later, before| later.is_self && before.is_self);
    cues
}

/// Returns the place that begins at a lexeme.
fn cue(sentence: &Sentence<'_>, n: usize, things: &[usize], names: &[Range<usize>]) -> Option<Cue> {
    if joins_customer(sentence, n, things) {
        return Some(Cue::own(n..n + 1));
    }
    // "It isn't for me".
    if is_denied(sentence, n) {
        return None;
    }
    own(sentence, n, things)
        .or_else(|| pronoun(sentence, n, things))
        .or_else(|| kin(sentence, n, things, names))
        .or_else(|| named(sentence, n, things, names))
}

/// Returns whether the customer is spoken of right after "and": "… and I need a trim".
fn joins_customer(sentence: &Sentence<'_>, n: usize, things: &[usize]) -> bool {
    let is_contracted =
        || sentence.begins_with(n, |one| one.company.ill) && has_thing_after(sentence, n, things);
    let after_and = n > 0 && sentence.is(n - 1, Particle::And);
    after_and && (begins_with_me(sentence, n) || is_contracted())
}

/// Returns the place of a word for the customer: "for me", "me and …", "mine".
fn own(sentence: &Sentence<'_>, n: usize, things: &[usize]) -> Option<Cue> {
    let is = |n: usize, particle: Particle| sentence.is(n, particle);
    let next_to_and = n > 0 && is(n - 1, Particle::And) || is(n + 1, Particle::And);
    // "Para mi mujer" is for the wife, not for the customer.
    let is_of_kin = is(n + 1, Particle::My) && is(n + 2, Particle::Relation);
    if is_me_beside(sentence, n, things) {
        return Some(Cue::own(n..n + 1));
    }
    // "Book me (in) for a trim and my son for a cut".
    let is_booked = n > 0
        && is(n, Particle::Me)
        && sentence.intent(n - 1) == Some(Intent::Book)
        && (n + 1..n + 3).any(|n| ends_in_for(sentence, n));
    if is_booked && !sentence.stop_before(n + 1) {
        return Some(Cue::own(n..n + 1));
    }
    if is(n, Particle::For) && is(n + 1, Particle::Me) && !is_of_kin {
        return Some(Cue::own(n..n + 2));
    }
    // "Yo a las 9 y mi esposo a las 10".
    let at_time = is(n + 1, Particle::At) || is(n + 1, Particle::Hours);
    let is_followed = n > 0 && is(n - 1, Particle::After);
    let is_timed = is(n, Particle::Me) && !is(n, Particle::My) && at_time && !is_followed;
    let is_mine = is(n, Particle::Mine)
        || is(n, Particle::Me) && next_to_and && !is(n, Particle::My)
        || is(n, Particle::Me) && is(n, Particle::My) && is(n + 1, Particle::And);
    (is_timed || is_mine).then(|| Cue::own(n..n + 1))
}

/// Returns whether a lexeme is "for", or a phrase that ends in it: "in for".
fn ends_in_for(sentence: &Sentence<'_>, n: usize) -> bool {
    sentence.is(n, Particle::For) || sentence.ends_with(n, |one| one.company.in_for)
}

/// Returns the place of a pronoun beside a service, or of "the other".
fn pronoun(sentence: &Sentence<'_>, n: usize, things: &[usize]) -> Option<Cue> {
    let is = |n: usize, particle: Particle| sentence.is(n, particle);
    // "His shots" are a service, and speak of nobody else who comes.
    let owns = is(n, Particle::Theirs)
        && sentence.at(n)?.words.len() == 1
        && is_thing(sentence, n + 1, things)
        && !sentence.stop_before(n + 1);
    if is_the_other(sentence, n)
        || is(n, Particle::Theirs) && !owns && !ends_in_article(sentence, n)
    {
        return Some(Cue::other(n..n + 1, None, None));
    }
    // "Yo me hago las cejas y ella media pierna", "she'll have a trim".
    let begins = |n: usize| n == 0 || sentence.stop_before(n) || is(n - 1, Particle::And);
    let tells =
        |n: usize| is_pronoun(sentence, n) && begins(n) && has_thing_after(sentence, n, things);
    if tells(n) && !ends_in_article(sentence, n) {
        return Some(Cue::other(n..n + 1, None, None));
    }
    let is_me = is(n, Particle::Me) && !is(n, Particle::My) && sentence.at(n)?.words.len() == 1;
    let is_beside =
        begins(n) && has_thing_after(sentence, n, things) && (n + 1..sentence.len()).any(tells);
    (is_me && is_beside).then(|| Cue::own(n..n + 1))
}

/// Returns the place of somebody near to the customer: "my son Theo", "the missus and me", "mi chico
/// Dani y yo".
fn kin(sentence: &Sentence<'_>, n: usize, things: &[usize], names: &[Range<usize>]) -> Option<Cue> {
    let is = |n: usize, particle: Particle| sentence.is(n, particle);
    // In "my sister's wedding", the sister does not come.
    let possessive = |n: usize| {
        let word = sentence.at(n).map(|lexeme| lexeme.words.end - 1);
        word.is_some_and(|word| sentence.words.has_apostrophe(word))
    };
    // "Se casa mi prima", "la boda de mi prima", "my mum is bringing them".
    let brings = |kin: usize| {
        let words = sentence.words.as_slice();
        let after = sentence.at(kin).map_or(words.len(), |one| one.words.end);
        in_any(|one| one.company.brings)
            .ends(words, after)
            .next()
            .is_some()
    };
    let is_told_of = n > 0 && is_told_of(sentence, n - 1);
    let mine = sentence.is_mine(n) || is(n, Particle::The) && n > 0 && is(n - 1, Particle::For);
    if let Some(kin) = sentence.kin_at(n + 1).filter(|_| mine)
        && !possessive(kin)
        && !is_told_of
        && !brings(kin)
    {
        let name = person_at(sentence, kin + 1, things, names).map(|end| kin + 1..end);
        let end = name.as_ref().map_or(kin + 1, |name| name.end);
        return Some(Cue::other(n..end, Some(kin), name));
    }
    let beside_me = |end: usize| {
        let before = n > 1 && is(n - 1, Particle::And) && is(n - 2, Particle::Me);
        before || is(end, Particle::And) && is(end + 1, Particle::Me) && !is(end + 1, Particle::My)
    };
    // "Wife and I both need cleanings".
    // "Can hubby and I both get …".
    let may = |n: usize| sentence.ends_with(n, |one| one.company.may);
    let begins = n == 0 || sentence.stop_before(n) || may(n - 1);
    if begins && is(n, Particle::Relation) && beside_me(n + 1) {
        return Some(Cue::other(n..n + 1, Some(n), None));
    }
    if is(n, Particle::The) && is(n + 1, Particle::Relation) && beside_me(n + 2) {
        return Some(Cue::other(n..n + 2, Some(n + 1), None));
    }
    // "Me and my mentee Kate", but not "my name is Rose and I …".
    let own = in_any(|one| one.names.own);
    let mut introduced = own.ends(sentence.words.as_slice(), sentence.at(n)?.words.start);
    let introduces = introduced.next().is_some();
    let is_person = sentence.is_mine(n)
        && !introduces
        && sentence.is_unknown(n + 1)
        && !(n + 1..n + 3).any(|n| is_thing(sentence, n, things) || sentence.stop_before(n));
    let end = capital_at(sentence, n + 2).filter(|end| is_person && beside_me(*end))?;
    Some(Cue::other(n..end, None, Some(n + 2..end)))
}

/// Returns the place of a name beside a service: "a lesson for Hugh", "Valeria clase de matemática",
/// "could Sara do a trim".
fn named(
    sentence: &Sentence<'_>,
    n: usize,
    things: &[usize],
    names: &[Range<usize>],
) -> Option<Cue> {
    let is = |n: usize, particle: Particle| sentence.is(n, particle);
    let person_at = |n: usize| person_at(sentence, n, things, names);
    if is(n, Particle::For)
        && let Some(end) = person_at(n + 1)
    {
        return Some(Cue::other(n..end, None, Some(n + 1..end)));
    }
    let end = person_at(n)?;
    let may = n > 0 && {
        let word = sentence.at(n - 1).map(|one| one.words.end - 1);
        let word = word.map_or("", |word| sentence.words.as_slice()[word].as_str());
        in_any(|one| one.company.may).has(word)
    };
    let begins = n == 0 || sentence.stop_before(n) || is(n - 1, Particle::And) || may;
    let opens_sentence = n == 0 || sentence.words.sentence_before(sentence.at(n)?.words.start);
    if opens_sentence && !is(end, Particle::For) && !is_name_word(sentence, n) {
        return None;
    }
    let has_thing = (end..end + 4)
        .take_while(|n| !sentence.stop_before(*n))
        .any(|n| is_thing(sentence, n, things));
    (begins && has_thing).then(|| Cue::other(n..end, None, Some(n..end)))
}

/// Returns the end of the name of a customer that begins at a lexeme.
fn person_at(
    sentence: &Sentence<'_>,
    n: usize,
    things: &[usize],
    names: &[Range<usize>],
) -> Option<usize> {
    let name = name_at(sentence, n, names).or_else(|| capital_at(sentence, n));
    name.filter(|_| !is_thing(sentence, n, things))
}

/// Returns whether the text says that it is not for the customer: "it isn't for me", "not me", "no
/// es para mí".
fn is_denied(sentence: &Sentence<'_>, n: usize) -> bool {
    let is_me = sentence.is(n, Particle::Me)
        || sentence.is(n, Particle::For) && sentence.is(n + 1, Particle::Me);
    let near = (n.saturating_sub(2)..n).rev();
    let mut near = near.take_while(|at| !sentence.stop_before(at + 1));
    let not = |word: &str| in_any(|one| one.company.denies).has(word);
    is_me
        && near.any(|at| {
            let words = sentence.at(at).map_or(0..0, |one| one.words.clone());
            words
                .clone()
                .any(|word| not(&sentence.words.as_slice()[word]))
        })
}

/// Returns whether the customer is named beside a service or as one of several: "yo corte", "me
/// for a haircut", "primero yo", "a mí".
fn is_me_beside(sentence: &Sentence<'_>, n: usize, things: &[usize]) -> bool {
    let words = sentence.words.as_slice();
    let Some(lexeme) = sentence.at(n).filter(|one| one.words.len() == 1) else {
        return false;
    };
    let word = lexeme.words.start;
    let before = word.checked_sub(1).map_or("", |word| words[word].as_str());
    let after = words.get(word + 1).map_or("", String::as_str);
    let is_next = || is_thing(sentence, n + 1, things) && !sentence.stop_before(n + 1);
    let for_thing = || {
        sentence.is(n + 1, Particle::With)
            || sentence.is(n + 1, Particle::For) && is_thing(sentence, n + 2, things)
    };
    let begins = || {
        n == 0
            || sentence.stop_before(n)
            || in_any(|one| one.company.turn).has(before)
            || in_any(|one| one.company.and).has(before)
    };
    // Each language has its own order: "primero yo", but "me first".
    let is_named = |language| {
        let company = &Vocabulary::of(language).company;
        let first = |word: &str| phrases(company.turn).has(word);
        let is_i = phrases(company.i).has(&words[word]);
        let is_object = phrases(company.me).has(&words[word]);
        let ends = || sentence.stop_before(n + 1);
        is_i && (is_next() || first(before) || begins() && (for_thing() || ends()))
            || is_object
                && begins()
                && (is_next() || for_thing() || first(after) || n > 0 && ends())
    };
    sentence.is(n, Particle::Me) && Language::ALL.into_iter().any(is_named)
        || in_any(|one| one.company.to_me).ends_before(words, word + 1)
            && !in_any(|one| one.grammar.me).has(after)
            && !sentence.is(n + 1, Particle::Relation)
            && !is_thing(sentence, n + 1, things)
}

/// Returns whether a phrase begins with a word for the customer: "I need".
fn begins_with_me(sentence: &Sentence<'_>, n: usize) -> bool {
    sentence.said(n).len() > 1 && sentence.begins_with(n, |one| (one.particle)(Particle::Me))
}

/// Returns whether a lexeme is not a known word, so that it may be a name at the start of a
/// sentence.
fn is_name_word(sentence: &Sentence<'_>, n: usize) -> bool {
    let word = sentence.said(n).first();
    word.is_some_and(|word| !crate::language::is_word(word))
}

/// Returns the end of a known name that begins at a lexeme.
pub(super) fn name_at(sentence: &Sentence<'_>, n: usize, names: &[Range<usize>]) -> Option<usize> {
    // "My son" only introduces the name of "my son Leo".
    let introduces = [
        Particle::My,
        Particle::The,
        Particle::Relation,
        Particle::For,
    ];
    if introduces.into_iter().any(|one| sentence.is(n, one)) {
        return None;
    }
    let word = sentence.at(n)?.words.start;
    let name = names.iter().find(|name| name.contains(&word))?;
    Some(sentence.holding(name.end.saturating_sub(1)) + 1)
}

/// Returns the end of an unknown, capitalised word.
pub(super) fn capital_at(sentence: &Sentence<'_>, n: usize) -> Option<usize> {
    let lexeme = sentence.at(n)?;
    let written = sentence.words.written(lexeme.words.start);
    let known = sentence.means(n, |meaning| !matches!(meaning, Meaning::Filler));
    let word = &sentence.words.as_slice()[lexeme.words.start];
    let may_be = !known && !name::is_never(word);
    (may_be && written.starts_with(char::is_uppercase)).then_some(n + 1)
}
