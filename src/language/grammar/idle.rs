//! Days and times that are no wish: what is over, what is asked about, and what is a number of
//! something.

use std::ops::Range;

use super::{Item, What};
use crate::language::{
    chart::Lattice,
    clause::{begins_aside, follows_word},
    clock::Clock,
    expression::Expression,
    intent::Intent,
    lexicon::Meaning,
    phrases::in_any,
    sentence::Sentence,
    vocabulary::{Particle, Phrases, VerbWords},
};

/// Whether at a lexeme it is being told what was: "I was there on Monday". It ends where something
/// is proposed or wanted, or the sentence does.
pub(super) fn is_told(sentence: &Sentence<'_>, told: bool, n: usize) -> bool {
    if sentence.is(n, Particle::Past) || is_since(sentence, n) {
        return true;
    }
    let ends = n > 0 && sentence.stop_before(n)
        || sentence.is(n, Particle::But)
        || sentence.is(n, Particle::So)
        || sentence.is(n, Particle::Toward)
        || sentence.is(n, Particle::Wants)
        || sentence.means(n, |meaning| matches!(meaning, Meaning::Intent(_)));
    told && !ends
}

/// "Since September": what began then and goes on.
fn is_since(sentence: &Sentence<'_>, n: usize) -> bool {
    let dated = |n: usize| sentence.means(n, Meaning::is_day) || sentence.is(n, Particle::Last);
    sentence.is(n, Particle::Since) && !sentence.stop_before(n + 1) && (n + 1..n + 3).any(dated)
}

/// "My exams", "my sister's train": what is told of is somebody's own, and nothing of the business.
fn is_of_somebody(sentence: &Sentence<'_>, n: usize) -> bool {
    let is_led = || {
        n > 0
            && (sentence.is(n - 1, Particle::For)
                || sentence.is(n - 1, Particle::And)
                || sentence.is(n - 1, Particle::With)
                // "On my break" is when.
                || sentence.is(n - 1, Particle::On)
                || sentence.is(n - 1, Particle::In)
                || follows_word(sentence, n, in_any(|one| one.grammar.leads_own)))
    };
    let thing = sentence.is_unknown(n + 1)
        || sentence.is(n + 1, Particle::Relation)
        || sentence.is(n + 1, Particle::Relations);
    sentence.is(n, Particle::My) && !is_led() && thing && !sentence.stop_before(n + 1)
}

/// "My son and me": both come.
fn comes_too(sentence: &Sentence<'_>, n: usize) -> bool {
    let is_kin =
        |n: usize| sentence.is(n, Particle::Relation) || sentence.is(n, Particle::Relations);
    is_kin(n + 1)
        && sentence.is(n + 2, Particle::And)
        && sentence.is(n + 3, Particle::Me)
        && !sentence.is(n + 3, Particle::My)
}

/// Returns whether a clause tells of the customer's life and asks for nothing: "my exam is on the
/// 12th".
pub(super) fn is_of_life(
    sentence: &Sentence<'_>,
    lattice: &Lattice,
    services: &[usize],
    n: usize,
) -> bool {
    let clause = sentence.clause(n);
    let asks = |meaning| {
        let talk = |intent| matches!(intent, Intent::Greeting | Intent::Thanks | Intent::Farewell);
        matches!(meaning, Meaning::Intent(intent) if !talk(intent))
    };
    let wants = |n: usize| {
        sentence.is(n, Particle::Toward)
            || sentence.is(n, Particle::Wants)
            || sentence.is(n, Particle::Needs)
            || sentence.means(n, asks)
            || sentence
                .at(n)
                .is_some_and(|lexeme| lattice.names(lexeme.words.start))
                // "My son Oscar turns 16".
                && !sentence.is(n + 1, Particle::Life)
    };
    // "I work until 6, so anything after that".
    let goes_on = (0..sentence.len()).any(|n| begins_thereafter(sentence, n));
    let is_service = |n: usize| {
        let words = sentence.at(n).map(|lexeme| lexeme.words.clone());
        words.is_some_and(|words| services.iter().any(|word| words.contains(word)))
    };
    // "My son's hair on Friday" is to be cut, "I cut my own hair on Friday" was not.
    let names_service = clause.clone().any(is_service);
    let comes = |n: usize| {
        sentence.is(n + 1, Particle::Relation) || sentence.is(n + 1, Particle::Relations)
    };
    let tells = |n: usize| {
        (sentence.is(n, Particle::Life) || sentence.is(n, Particle::Released)) && !is_service(n)
            || is_narrated(sentence, n)
            || is_event(sentence, services, n)
            || has_something(sentence, n) && !names_service
            || is_aged(sentence, n)
            || is_of_somebody(sentence, n)
                && !(names_service && comes(n))
                && !comes_too(sentence, n)
    };
    // "My cousin is coming with me on Friday".
    let comes_along = clause.clone().any(|n| {
        let with_me = || sentence.begins_with(n + 1, |one| one.grammar.me);
        let mut words = sentence.said(n).iter();
        sentence.is(n, Particle::With) && with_me()
            || words.any(|word| in_any(|one| one.grammar.with_me).has(word))
    });
    // "I'm away on Thursday so I can't make it": the day of what they cannot come to.
    let cannot_come = sentence.is(clause.end, Particle::So)
        && sentence
            .clause(clause.end)
            .any(|n| sentence.intent(n) == Some(Intent::CannotCome));
    !goes_on
        && !comes_along
        && !cannot_come
        && clause.clone().any(tells)
        && !clause.clone().any(wants)
}

/// Returns whether "after that" stands at a lexeme; that of "the Thursday after that" is of the day.
pub(super) fn begins_thereafter(sentence: &Sentence<'_>, n: usize) -> bool {
    let of_weekday = n > 0 && !sentence.stop_before(n) && sentence.weekday(n - 1).is_some();
    sentence.is(n, Particle::Thereafter) && !of_weekday
}

/// The bound that a day of the customer's life sets: "before my wedding on the 19th".
pub(super) fn bound(sentence: &Sentence<'_>, what: &What, place: &Range<usize>) -> Option<What> {
    let What::Days(day) = what else { return None };
    let start = sentence.clause(place.start).start;
    let is_led = sentence.is(start, Particle::Before) && begins_aside(sentence, start);
    let life = (start..place.start).rfind(|n| sentence.is(*n, Particle::Life))?;
    let is_near = life + 2 >= place.start;
    (is_led && is_near && !day.is_span())
        .then(|| What::Days(Expression::Before(Box::new(day.clone()))))
}

/// Returns whether the clause of a lexeme tells what somebody did, or of which day a thing is.
pub(super) fn is_over(sentence: &Sentence<'_>, services: &[usize], n: usize) -> bool {
    let mut clause = sentence.clause(n);
    clause.any(|n| is_narrated(sentence, n) || is_event(sentence, services, n))
}

/// Returns whether the clause of a lexeme tells when somebody is free: "I get off at 6".
pub(super) fn is_released(sentence: &Sentence<'_>, n: usize) -> bool {
    sentence
        .clause(n)
        .any(|n| sentence.is(n, Particle::Released))
}

/// Returns the bound that an answer to "when?" implies: after "I work until 6" and "I get off at 6"
/// the customer is free.
pub(super) fn freed(sentence: &Sentence<'_>, what: &What, place: &Range<usize>) -> Item {
    let what = match what {
        What::Until(clock) => What::From(*clock),
        What::At { clock, .. } if is_released(sentence, place.start) => What::From(*clock),
        what => what.clone(),
    };
    Item::new(what, place.clone())
}

/// "I ran", "we hiked", "cumplió": what somebody did.
fn is_narrated(sentence: &Sentence<'_>, n: usize) -> bool {
    let text = |n: usize| sentence.single(n);
    let list = |pick: fn(&VerbWords) -> Phrases| in_any(|one| pick(&one.grammar.verbs));
    let is_subject = || {
        text(n).is_some_and(|word| list(|one| one.subjects).has(word))
            || sentence.is(n, Particle::Relation)
    };
    let is_regular = || {
        sentence.is_unknown(n + 1)
            && text(n + 1).is_some_and(|word| {
                let is_past = word.len() > 4 && list(|one| one.past).any_ends(word);
                is_past && !list(|one| one.past_wishes).has(word)
            })
    };
    // "He's golfing Saturday".
    let is_doing = || {
        sentence.is_unknown(n + 1)
            && text(n).is_some_and(|word| list(|one| one.doing).has(word))
            && text(n + 1)
                .is_some_and(|word| word.len() > 4 && list(|one| one.doing_endings).any_ends(word))
    };
    let did = || (sentence.is(n + 1, Particle::Did) || is_regular()) && is_subject();
    if !sentence.stop_before(n + 1) && (is_doing() || did() || is_habit(sentence, n)) {
        return true;
    }
    // The accent of the Spanish preterite is of no other form: "llegó", but "llego".
    let written = |n: usize| {
        let word = sentence.at(n).map(|lexeme| lexeme.words.start);
        word.map_or("", |word| sentence.words.written(word))
    };
    let is_third = list(|one| one.did).any_ends(written(n)) && written(n).chars().count() > 4;
    // "Me torcí", "me lo corté", but "me pasaré".
    let me = |n: usize| text(n).is_some_and(|word| in_any(|one| one.grammar.me).has(word));
    let is_object = |n: usize| text(n).is_some_and(|word| list(|one| one.objects).has(word));
    let of_me = n > 0 && me(n - 1) || n > 1 && is_object(n - 1) && me(n - 2);
    let is_first = of_me
        && list(|one| one.i_did).any_ends(written(n))
        && sentence.is_unknown(n)
        && !list(|one| one.i_will).any_ends(written(n));
    is_third || is_first
}

/// "I'm 34 on Saturday": how old somebody is then.
fn is_aged(sentence: &Sentence<'_>, n: usize) -> bool {
    /// Nobody says their age by fewer years, which may be an hour.
    const AGES: std::ops::RangeInclusive<u16> = 13..=99;
    let is_age = sentence
        .number(n + 1)
        .is_some_and(|years| AGES.contains(&years));
    let is_then = sentence.is(n + 2, Particle::On) || sentence.means(n + 2, Meaning::is_day);
    sentence.is(n, Particle::IAm) && is_age && is_then && !sentence.stop_before(n + 1)
}

/// "She wakes at 5", "I teach until 4": what somebody does, in a verb that says nothing else here.
fn is_habit(sentence: &Sentence<'_>, n: usize) -> bool {
    let verbs = |pick: fn(&VerbWords) -> Phrases| in_any(|one| pick(&one.grammar.verbs));
    let Some((subject, verb)) = sentence.single(n).zip(sentence.single(n + 1)) else {
        return false;
    };
    if !sentence.is_unknown(n + 1) || verb.len() < SHORTEST_VERB {
        return false;
    }
    if verbs(|one| one.i).has(subject) {
        let says = verbs(|one| one.says).has(verb) || in_any(|one| one.common).has(verb);
        return !says && !verbs(|one| one.past).any_ends(verb);
    }
    verbs(|one| one.others).has(subject) && verbs(|one| one.others_do).any_ends(verb)
}

/// Shorter words are no verbs that say something.
const SHORTEST_VERB: usize = 4;

/// "Del trail del domingo", "tras la cena del sábado": the day of a thing that is no appointment
/// and no service.
fn is_event(sentence: &Sentence<'_>, services: &[usize], n: usize) -> bool {
    let thing = n + 1;
    let named = sentence.at(thing).map(|lexeme| lexeme.words.start);
    // Asked last, since the list is long.
    let is_appointment = || {
        named.is_some_and(|word| {
            let word = sentence.words.as_slice()[word].as_str();
            in_any(|vocabulary| vocabulary.own)
                .iter()
                .any(|phrase| phrase.split(' ').any(|one| one == word))
        })
    };
    let is_service = sentence.at(thing).is_some_and(|lexeme| {
        let mut words = lexeme.words.clone();
        words.any(|word| services.contains(&word))
    });
    let is_of_day = sentence.is(thing + 1, Particle::Of)
        && (thing + 2..thing + 4)
            .take_while(|n| !sentence.stop_before(*n))
            .any(|n| sentence.means(n, Meaning::is_day));
    // "Masaje de espalda del jueves" is one thing.
    let is_bare = |word: &String| in_any(|one| one.grammar.of).has(word);
    let is_led = sentence.at(n).is_some_and(|lexeme| {
        let words = &sentence.words.as_slice()[lexeme.words.clone()];
        sentence.is(n, Particle::Of) && words.last().is_some_and(|word| !is_bare(word))
    });
    is_led
        && sentence.is_unknown(thing)
        && !is_service
        && is_of_day
        && !sentence.stop_before(thing)
        && !is_appointment()
}

/// "I'm in Dublin", "estoy en Vigo": where somebody is, if it is no place of the business.
pub(super) fn is_elsewhere(sentence: &Sentence<'_>, n: usize) -> bool {
    sentence.is(n, Particle::In)
        && follows_word(sentence, n, in_any(|one| one.grammar.verbs.being))
        && sentence.is_unknown(n + 1)
        && !sentence.stop_before(n + 1)
}

/// "I have a call", "she has the car": what somebody has, but no day that is free.
fn has_something(sentence: &Sentence<'_>, n: usize) -> bool {
    let dated = |n: usize| sentence.means(n, Meaning::is_calendar) || sentence.number(n).is_some();
    let thing = n + 1;
    let has = sentence.is(n, Particle::Has);
    let got = sentence.is(n, Particle::Got) && sentence.is_unknown(thing);
    (has || got) && !sentence.stop_before(thing) && !dated(thing)
}

/// "My order number is 12/3", "option 2 at 3": not the figure after such a word.
pub(super) fn is_labelled(sentence: &Sentence<'_>, n: usize) -> bool {
    let label = |back: usize| n >= back && sentence.is(n - back, Particle::Label);
    let small = n >= 1
        && (sentence.is(n - 1, Particle::The)
            || sentence.means(n - 1, |meaning| meaning == Meaning::Filler));
    let figure = |n: usize| {
        let word = sentence.at(n).map(|lexeme| lexeme.words.start);
        let word = word.map(|word| sentence.words.as_slice()[word].as_str());
        word.is_some_and(|word| word.starts_with(|first: char| first.is_ascii_digit()))
    };
    let number =
        figure(n) || sentence.number(n).is_some() || sentence.is(n, Particle::The) && figure(n + 1);
    number && (label(1) || small && label(2))
}

/// "The two tutors", "the three girls": a number in words that counts something, and no day.
pub(super) fn is_count(sentence: &Sentence<'_>, what: &What, place: &Range<usize>) -> bool {
    if !matches!(what, What::Days(Expression::DayOfMonth(_))) {
        return false;
    }
    let spelled = |n: usize| (1..=12).contains(&sentence.spelled(n).unwrap_or(0));
    let the = |n: usize| sentence.begins_with(n, |one| one.grammar.counting);
    let number = place.start + usize::from(the(place.start));
    let led = number > place.start || number > 0 && the(number - 1);
    let plural = || {
        let thing = sentence.said(number + 1).first();
        thing.is_some_and(|word| in_any(|one| one.grammar.plural).any_ends(word))
    };
    led && spelled(number) && !sentence.stop_before(number + 1) && plural()
}

/// "Yes, las dos", "las dos citas": both of them, and not two o'clock.
pub(super) fn is_both(sentence: &Sentence<'_>, what: &What, place: &Range<usize>) -> bool {
    let two = matches!(
        what,
        What::At {
            clock: Clock::Either(120),
            ..
        } | What::Days(Expression::DayOfMonth(2))
    );
    let n = place.start;
    // "Quíteme las dos".
    let is_taken_off = n > 0 && sentence.is(n - 1, Particle::Without);
    if two && is_taken_off && sentence.is(n, Particle::Both) {
        return true;
    }
    // "Ninguna de las dos citas".
    let names_things = sentence.is(n, Particle::Hours)
        && sentence.number(n + 1) == Some(2)
        && !sentence.stop_before(n + 2)
        && (sentence.is_unknown(n + 2) || sentence.intent(n + 2) == Some(Intent::Book));
    if two && names_things {
        return true;
    }
    let ends =
        sentence.stop_before(n + 1) || sentence.means(n + 1, |meaning| meaning == Meaning::Filler);
    let begins = n == 0 || sentence.stop_before(n) || sentence.means(n - 1, is_answer);
    let answers = n > 0 && (0..n).any(|n| sentence.means(n, is_answer));
    let longer = sentence.at(n).is_some_and(|lexeme| lexeme.words.len() > 2);
    let counts = longer
        || !sentence.stop_before(n + 1)
            && (sentence.is_unknown(n + 1)
                || sentence.intent(n + 1) == Some(Intent::Book)
                || sentence.is(n + 1, Particle::Hour)
                || sentence.means(n + 1, |meaning| meaning == Meaning::Idle));
    // "Los dos" is never an hour.
    let is_hour = || sentence.begins_with(n, |one| (one.particle)(Particle::Hours));
    if two && sentence.is(n, Particle::Both) && !is_hour() {
        return true;
    }
    // "Mañana y el jueves, las dos a las 6".
    let is_timed = n > 0 && begins && sentence.is(n + 1, Particle::At);
    two && place.len() == 1
        && sentence.is(n, Particle::Both)
        && (counts || is_timed || answers && begins && ends)
}

/// "Afternoon. I need …", "Morning! Can I …": a part of the day that says hello.
pub(super) fn is_greeting(sentence: &Sentence<'_>, what: &What, place: &Range<usize>) -> bool {
    let is_part = matches!(what, What::Part(_) | What::Today(_));
    let goes_on = sentence.len() > place.end + 2;
    let is_word = sentence.at(0).is_some_and(|lexeme| lexeme.words.len() == 1);
    is_part && is_word && place.start == 0 && sentence.stop_before(place.end) && goes_on
}

fn is_answer(meaning: Meaning) -> bool {
    meaning == Meaning::Yes
}

/// "Do you open at 9?" asks, and wishes nothing.
pub(super) fn is_opening_hour(sentence: &Sentence<'_>, what: &What, n: usize) -> bool {
    let time = !matches!(what, What::Days(_) | What::Part(_) | What::Today(_));
    time && n > 0 && sentence.intent(n - 1) == Some(Intent::Hours) && !sentence.stop_before(n)
}
