//! Who comes, where a text wishes something for more than one: "a haircut for me and a kids'
//! haircut for my son", "both my dogs".
//!
//! The text is cut so that each part speaks of one of them. What is said with one is theirs, and
//! what only one part says is said for all.

use std::ops::Range;

use super::{
    Language,
    lexicon::{Meaning, phrases},
    name,
    sentence::Sentence,
    vocabulary::{Particle, Vocabulary},
};

/// A part of a text that speaks of one who comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// The words, wherever they are spoken of.
    pub(super) words: Vec<Range<usize>>,
    /// It is the customer.
    pub(super) is_self: bool,
    /// The word for who it is: "son".
    pub(super) relation: Option<Range<usize>>,
    /// Their name.
    pub(super) name: Option<Range<usize>>,
}

/// Where somebody is spoken of.
#[derive(Debug)]
struct Cue {
    /// The lexemes.
    place: Range<usize>,
    is_self: bool,
    relation: Option<usize>,
    name: Option<Range<usize>>,
}

/// Who comes, and what a text says of them together.
#[derive(Debug, Default)]
pub(super) struct Company {
    /// One for each who comes; none where only one is spoken of.
    pub(super) parts: Vec<Part>,
    /// All services are named after all who come: "one for me and one for her: A, then B".
    pub(super) services_follow: bool,
    /// The only one, where they are told of twice: by relation and by name.
    pub(super) only: Option<Range<usize>>,
}

/// One who comes, and the places where they are spoken of.
#[derive(Debug)]
struct Person {
    is_self: bool,
    relation: Option<usize>,
    name: Option<Range<usize>>,
    cues: Vec<usize>,
}

/// The word for somebody near to the customer for whom something is wished.
pub(super) fn relation(sentence: &Sentence<'_>) -> Option<Range<usize>> {
    let relation = |n: usize| sentence.is(n, Particle::Relation);
    let n = (0..sentence.len()).find(|n| {
        let near = n.saturating_sub(3)..*n;
        let introduced = |at: usize| sentence.is_mine(at) || sentence.is(at, Particle::For);
        let told = n.checked_sub(2).is_some_and(|at| is_told_of(sentence, at));
        relation(*n) && !told && near.clone().any(introduced)
    })?;
    Some(sentence.at(n)?.words.clone())
}

/// Who comes. `things` are the words of services, and `names` those of people.
pub(super) fn of(sentence: &Sentence<'_>, things: &[usize], names: &[Range<usize>]) -> Company {
    let mut cues = cues(sentence, things, names);
    let is_service = |n: usize| is_thing(sentence, n, things);
    let has_service = |mut range: Range<usize>| range.any(is_service);
    let is_alone = !cues.iter().any(|cue| cue.is_self);
    if is_alone && !cues.is_empty() && comes_too(sentence) && has_service(0..sentence.len()) {
        // "A cut, and my son goes after me".
        let own = Cue {
            place: 0..0,
            is_self: true,
            relation: None,
            name: None,
        };
        cues.insert(0, own);
    }
    let persons = persons(sentence, &cues);
    if let ([person], true) = (persons.as_slice(), is_both(sentence))
        && !person.is_self
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
    let word = |n: usize| {
        let lexeme = sentence.at(n);
        lexeme.map_or(sentence.words.as_slice().len(), |one| one.words.start)
    };
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

fn is_thing(sentence: &Sentence<'_>, n: usize, things: &[usize]) -> bool {
    let lexeme = sentence.at(n);
    lexeme.is_some_and(|one| things.iter().any(|word| one.words.contains(word)))
}

/// Each who is spoken of, once.
fn persons(sentence: &Sentence<'_>, cues: &[Cue]) -> Vec<Person> {
    let mut persons: Vec<Person> = Vec::new();
    let said = |n: usize| {
        let words = sentence.at(n).map(|one| one.words.clone());
        words.map(|words| &sentence.words.as_slice()[words])
    };
    for (number, cue) in cues.iter().enumerate() {
        // "… and for Leo" is somebody else than "for my wife".
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
            // "The other" is nobody where nobody was spoken of.
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

/// "My plus one", "mi acompañante": whoever was spoken of.
fn is_companion(sentence: &Sentence<'_>, n: usize) -> bool {
    let first = sentence.at(n).map(|one| one.words.start);
    first.is_some_and(|word| {
        matches!(
            sentence.words.as_slice()[word].as_str(),
            "plus" | "acompanante"
        )
    })
}

/// "The other", "la otra persona".
fn is_the_other(sentence: &Sentence<'_>, n: usize) -> bool {
    let words = sentence.words.as_slice();
    let other = |word: usize| matches!(words[word].as_str(), "other" | "otro" | "otra");
    let article = |word: usize| matches!(words[word].as_str(), "the" | "lo" | "la" | "el");
    let unit = |word: usize| {
        words.get(word).is_some_and(|word| {
            matches!(
                word.as_str(),
                "day" | "time" | "week" | "dia" | "vez" | "hora" | "cita" | "semana" | "turno"
            )
        })
    };
    sentence.at(n).is_some_and(|lexeme| {
        let mut all = lexeme.words.clone();
        all.any(|word| word > 0 && other(word) && article(word - 1) && !unit(word + 1))
    })
}

/// "After me", "conmigo": the customer comes too.
fn comes_too(sentence: &Sentence<'_>) -> bool {
    const PHRASES: [&str; 12] = [
        "after me",
        "with me",
        "after mine",
        "im done",
        "while i",
        "conmigo",
        "a continuacion",
        "mientras",
        "despues de mi",
        "despues del mio",
        "despues de la mia",
        "al terminar",
    ];
    let words = sentence.words.as_slice();
    PHRASES.iter().any(|phrase| {
        let phrase: Vec<_> = phrase.split(' ').collect();
        words.windows(phrase.len()).enumerate().any(|(at, some)| {
            // "Después de mi trabajo" is nobody's turn.
            let ends = at + phrase.len();
            let is_mine = phrase.last() == Some(&"mi") && !sentence.words.stop_before(ends);
            some == phrase && !is_mine
        })
    })
}

/// Where what is said of each begins and ends.
fn bounds(sentence: &Sentence<'_>, cues: &[Cue], things: &[usize]) -> Option<Vec<usize>> {
    let is_service = |n: usize| is_thing(sentence, n, things);
    let has_service = |mut range: Range<usize>| range.any(is_service);
    let is_time = |n: usize| sentence.number(n).is_some();
    // "A cut for me and a trim for him", but "me a cut and him a trim".
    let things_first = has_service(0..cues[0].place.start)
        || !has_service(0..sentence.len()) && (0..cues[0].place.start).any(is_time);
    let word_is = |n: usize, all: &[&str]| {
        let words = sentence.at(n).map_or(0..0, |one| one.words.clone());
        words
            .clone()
            .any(|word| all.contains(&sentence.words.as_slice()[word].as_str()))
    };
    let then = [
        "then",
        "luego",
        "despues",
        "mientras",
        "while",
        "afterwards",
    ];
    let separates = |n: usize| {
        sentence.stop_before(n)
            || sentence.is(n, Particle::And)
            || sentence.is(n, Particle::Also)
            || word_is(n, &then)
    };
    let mut bounds = vec![0];
    for pair in cues.windows(2) {
        let from = pair[0].place.end;
        let mut between = from..=pair[1].place.start;
        let joins = |n: &usize| sentence.is(*n, Particle::And) || word_is(*n, &then);
        let implied = pair[0].place.is_empty();
        let cut = if implied {
            // "A cut and, after that, a trim for my son": the last that has a service before it.
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
        let is_near = pair[1].relation.is_some() || pair[0].relation.is_some();
        bounds.push(cut.or_else(|| is_near.then_some(pair[1].place.start))?);
    }
    bounds.push(sentence.len());
    Some(bounds)
}

/// "Se casa | mi prima", "la boda de | mi prima": what is told of somebody, who does not come.
fn is_told_of(sentence: &Sentence<'_>, n: usize) -> bool {
    let life = |n: usize| sentence.is(n, Particle::Life);
    life(n) || n > 0 && sentence.is(n, Particle::Of) && life(n - 1)
}

fn is_both(sentence: &Sentence<'_>) -> bool {
    (0..sentence.len()).any(|n| sentence.is(n, Particle::Both))
}

/// "With my wife, both at six": the customer too.
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

/// "Both my boys, Mateo and Leo": each by their name.
pub(super) fn named_of_a_kind(sentence: &Sentence<'_>, names: &[Range<usize>]) -> Vec<Part> {
    let named = |n: usize| name_at(sentence, n, names).or_else(|| capital_at(sentence, n));
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
    let kind = (0..sentence.len()).find(|n| sentence.is(*n, Particle::Relations));
    let names = kind.and_then(|n| (n + 1..n + 3).find_map(after));
    let part = |name: Range<usize>| Part {
        words: std::iter::once(word(name.start)..word(name.end)).collect(),
        is_self: false,
        relation: None,
        name: Some(word(name.start)..word(name.end)),
    };
    names.into_iter().flatten().map(part).collect()
}

/// How many of a kind come: "both my dogs", "mis dos hijos".
pub(super) fn count(sentence: &Sentence<'_>) -> Option<u16> {
    (0..sentence.len()).find_map(|n| {
        let several = |n: usize| sentence.is(n, Particle::Relations);
        let near = |n: usize| (n + 1..n + 3).find(|at| several(*at));
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

fn cues(sentence: &Sentence<'_>, things: &[usize], names: &[Range<usize>]) -> Vec<Cue> {
    let mut cues: Vec<Cue> = Vec::new();
    let mut n = 0;
    while n < sentence.len() {
        match cue(sentence, n, things, names) {
            Some(cue) => {
                n = cue.place.end.max(n + 1);
                cues.push(cue);
            }
            None => n += 1,
        }
    }
    let others = |cue: &&Cue| !cue.is_self;
    // "I want a cut, the other is a trim": the customer beside the other.
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
        let own = Cue {
            place: at..at + 1,
            is_self: true,
            relation: None,
            name: None,
        };
        cues.insert(after.unwrap_or(cues.len()), own);
    }
    // The same one said again without another between is one place.
    cues.dedup_by(|later, before| later.is_self && before.is_self);
    cues
}

fn cue(sentence: &Sentence<'_>, n: usize, things: &[usize], names: &[Range<usize>]) -> Option<Cue> {
    let is = |n: usize, particle: Particle| sentence.is(n, particle);
    let own = |place: Range<usize>| Cue {
        place,
        is_self: true,
        relation: None,
        name: None,
    };
    // "For me", "me and …", "… and I need …", "mine".
    let after_and = n > 0 && is(n - 1, Particle::And);
    let next_to_and = after_and || is(n + 1, Particle::And);
    if after_and && begins_with_me(sentence, n) {
        return Some(own(n..n + 1));
    }
    // "It isn't for me".
    if is_denied(sentence, n) {
        return None;
    }
    // "Para mi mujer" is for her.
    let is_of_kin = is(n + 1, Particle::My) && is(n + 2, Particle::Relation);
    if is_me_beside(sentence, n, things) {
        return Some(own(n..n + 1));
    }
    if is(n, Particle::For) && is(n + 1, Particle::Me) && !is_of_kin {
        return Some(own(n..n + 2));
    }
    // "Yo a las 9 y mi esposo a las 10".
    let at_time = is(n + 1, Particle::At) || is(n + 1, Particle::Hours);
    if is(n, Particle::Me) && !is(n, Particle::My) && at_time {
        return Some(own(n..n + 1));
    }
    if is(n, Particle::Mine)
        || is(n, Particle::Me) && next_to_and && !is(n, Particle::My)
        || is(n, Particle::Me) && is(n, Particle::My) && is(n + 1, Particle::And)
    {
        return Some(own(n..n + 1));
    }
    let other = |place: Range<usize>, relation: Option<usize>, name: Option<Range<usize>>| Cue {
        place,
        is_self: false,
        relation,
        name,
    };
    // "Para él", but "para el viernes".
    let is_article = || {
        let last = sentence.at(n).map_or(0, |lexeme| lexeme.words.end - 1);
        let word = sentence.words.as_slice().get(last);
        word.is_some_and(|word| word == "el")
            && !sentence.words.written(last).contains(['é', 'É'])
            && !sentence.stop_before(n + 1)
    };
    if is_the_other(sentence, n) || is(n, Particle::Theirs) && !is_article() {
        return Some(other(n..n + 1, None, None));
    }
    // "Se casa mi prima", "la boda de mi prima".
    let is_told_of = n > 0 && is_told_of(sentence, n - 1);
    let is_thing = |n: usize| is_thing(sentence, n, things);
    let named = |n: usize| {
        let name = name_at(sentence, n, names).or_else(|| capital_at(sentence, n));
        name.filter(|_| !is_thing(n))
    };
    // "My son Theo", "para mi hijo".
    let kin = |n: usize| is(n, Particle::Relation);
    // "My sister's wedding" is nobody who comes.
    let possessive = |n: usize| {
        let word = sentence.at(n).map(|lexeme| lexeme.words.end - 1);
        word.is_some_and(|word| sentence.words.has_apostrophe(word))
    };
    let mine = sentence.is_mine(n) || is(n, Particle::The) && n > 0 && is(n - 1, Particle::For);
    if mine && kin(n + 1) && !possessive(n + 1) && !is_told_of {
        let name = named(n + 2).map(|end| n + 2..end);
        let end = name.as_ref().map_or(n + 2, |name| name.end);
        return Some(other(n..end, Some(n + 1), name));
    }
    // "A lesson for Hugh".
    if is(n, Particle::For)
        && let Some(end) = named(n + 1)
    {
        return Some(other(n..end, None, Some(n + 1..end)));
    }
    // "Bramble for a full groom", "Valeria clase de matemática".
    let end = named(n)?;
    let begins = n == 0 || sentence.stop_before(n) || is(n - 1, Particle::And);
    let opens_sentence = n == 0 || sentence.words.sentence_before(sentence.at(n)?.words.start);
    if opens_sentence && !is(end, Particle::For) && !is_name_word(sentence, n) {
        return None;
    }
    let has_thing = (end..end + 4)
        .take_while(|n| !sentence.stop_before(*n))
        .any(is_thing);
    (begins && has_thing).then(|| other(n..end, None, Some(n..end)))
}

/// "It isn't for me", "not me", "no es para mí": what is denied of the customer.
fn is_denied(sentence: &Sentence<'_>, n: usize) -> bool {
    let is_me = sentence.is(n, Particle::Me)
        || sentence.is(n, Particle::For) && sentence.is(n + 1, Particle::Me);
    let near = (n.saturating_sub(2)..n).rev();
    let mut near = near.take_while(|at| !sentence.stop_before(at + 1));
    let not = |word: &str| matches!(word, "not" | "isnt" | "no" | "aint");
    is_me
        && near.any(|at| {
            let words = sentence.at(at).map_or(0..0, |one| one.words.clone());
            words
                .clone()
                .any(|word| not(&sentence.words.as_slice()[word]))
        })
}

/// "Yo corte", "me for a haircut", "primero yo", "a mí".
fn is_me_beside(sentence: &Sentence<'_>, n: usize, things: &[usize]) -> bool {
    let words = sentence.words.as_slice();
    let Some(lexeme) = sentence.at(n).filter(|one| one.words.len() == 1) else {
        return false;
    };
    let word = lexeme.words.start;
    let before = word.checked_sub(1).map_or("", |word| words[word].as_str());
    let after = words.get(word + 1).map_or("", String::as_str);
    let begins =
        n == 0 || sentence.stop_before(n) || matches!(before, "primero" | "first" | "and" | "y");
    let is_next = is_thing(sentence, n + 1, things) && !sentence.stop_before(n + 1);
    let for_thing = (sentence.is(n + 1, Particle::For) || sentence.is(n + 1, Particle::With))
        && is_thing(sentence, n + 2, things);
    match words[word].as_str() {
        "yo" => {
            sentence.is(n, Particle::Me)
                && (is_next
                    || before == "primero"
                    || begins && (for_thing || sentence.stop_before(n + 1)))
        }
        "me" => {
            sentence.is(n, Particle::Me)
                && begins
                && (is_next
                    || for_thing
                    || after == "first"
                    || n > 0 && sentence.stop_before(n + 1))
        }
        "mi" => {
            before == "a"
                && after != "me"
                && !sentence.is(n + 1, Particle::Relation)
                && !is_thing(sentence, n + 1, things)
        }
        _ => false,
    }
}

/// Returns whether the first word of a phrase is the customer: "I need".
fn begins_with_me(sentence: &Sentence<'_>, n: usize) -> bool {
    let Some(lexeme) = sentence.at(n).filter(|lexeme| lexeme.words.len() > 1) else {
        return false;
    };
    let word = &sentence.words.as_slice()[lexeme.words.start];
    Language::ALL.into_iter().any(|language| {
        let me = (Vocabulary::of(language).particle)(Particle::Me);
        phrases(me).any(|one| one == word)
    })
}

/// Returns whether a lexeme is no word of a language, and so may be a name that begins a sentence.
fn is_name_word(sentence: &Sentence<'_>, n: usize) -> bool {
    let word = sentence.at(n).map(|lexeme| lexeme.words.start);
    let word = word.and_then(|word| sentence.words.as_slice().get(word));
    word.is_some_and(|word| !super::is_word(word))
}

/// The end of a name that begins at a lexeme.
fn name_at(sentence: &Sentence<'_>, n: usize, names: &[Range<usize>]) -> Option<usize> {
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

/// The end of an unknown word with a capital.
fn capital_at(sentence: &Sentence<'_>, n: usize) -> Option<usize> {
    let lexeme = sentence.at(n)?;
    let written = sentence.words.written(lexeme.words.start);
    let known = sentence.means(n, |meaning| !matches!(meaning, Meaning::Filler));
    let word = &sentence.words.as_slice()[lexeme.words.start];
    let may_be = !known && !name::is_never(word);
    (may_be && written.starts_with(char::is_uppercase)).then_some(n + 1)
}
