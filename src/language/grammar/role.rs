//! Which of the days and times belong to the appointment there is, and which to the one that is
//! wished.

use super::{Item, Scene, What};
use crate::language::{
    intent::Intent, phrases::in_any, resolve::Resolved, sentence::Sentence, vocabulary::Particle,
};

/// For each item whether it tells of the appointment there is.
pub(super) fn about(sentence: &Sentence<'_>, scene: &Scene<'_>, items: &[Item]) -> Vec<bool> {
    let toward = (0..sentence.len()).find(|n| sentence.is(*n, Particle::Toward));
    let split = split(sentence, items);
    let anew = anew(sentence, scene);
    let mut instead = false;
    items
        .iter()
        .enumerate()
        .map(|(n, item)| {
            let follows = n > 0 && items[n - 1].place.end == item.place.start;
            // "Instead of Friday at 4": both.
            instead = is_led(sentence, item, Particle::InsteadOf) || (instead && follows);
            let clause = |from: usize| (from..=item.place.start).any(|n| sentence.stop_before(n));
            let proposed = toward.is_some_and(|toward| toward < item.place.start)
                || anew.is_some_and(|anew| anew <= item.place.start)
                || scene.cannot_come && n > 0 && clause(items[0].place.end)
                || (n > 0 && follows_but(sentence, &items[0], item));
            let given_up = scene.moving
                && n == 0
                && items.len() > 1
                && sentence.is(item.place.end, Particle::NotAfter);
            instead
                || given_up
                || !scene.moving && is_of_appointment(sentence, scene, item)
                || is_taken_out(sentence, item)
                || !scene.moving && is_held(sentence, scene, item)
                || !scene.moving && n == 0 && is_left_for(scene, items)
                || if scene.moving {
                    split.map_or_else(|| is_old(sentence, &items[0]), |split| n < split)
                } else {
                    scene.about && !proposed
                }
        })
        .collect()
}

/// Finds where a text that cancels an appointment turns to what is wished instead: "cancel mine |
/// and book a cut for Friday".
fn anew(sentence: &Sentence<'_>, scene: &Scene<'_>) -> Option<usize> {
    let gives_up = |n: &usize| sentence.intent(*n) == Some(Intent::Cancel);
    let given_up = (0..sentence.len()).rfind(gives_up)?;
    let said = |n: usize| {
        let words = sentence.at(n).map(|lexeme| lexeme.words.clone());
        &sentence.words.as_slice()[words.unwrap_or(0..0)]
    };
    let is_service = |n: usize| {
        let lexeme = sentence.at(n);
        lexeme.is_some_and(|one| scene.services.iter().any(|word| one.words.contains(word)))
    };
    let begun = in_any(|one| one.grammar.anew);
    let begins = |n: &usize| {
        said(*n).iter().any(|word| begun.has(word))
            || sentence.is(*n, Particle::Wants) && !sentence.is(*n, Particle::My)
            || sentence.intent(*n) == Some(Intent::StartOver)
    };
    let from = (given_up + 1..sentence.len()).find(begins);
    let from = from.or_else(|| {
        // "Cancel mine, a cut on Friday instead".
        let instead = in_any(|one| one.grammar.instead);
        let replaces = |n: usize| said(n).iter().any(|word| instead.has(word));
        let stops = |n: &usize| sentence.stop_before(*n) || sentence.is(*n, Particle::And);
        (given_up + 1..sentence.len())
            .any(replaces)
            .then(|| (given_up + 1..sentence.len()).find(stops))
            .flatten()
    })?;
    // "… and give me Friday at 12" wishes the same once more.
    let wants = sentence.is(from, Particle::Wants);
    (wants || (from..sentence.len()).any(is_service)).then_some(from)
}

/// "My appointment is tomorrow, but …".
fn follows_but(sentence: &Sentence<'_>, first: &Item, item: &Item) -> bool {
    (first.place.end..item.place.start).any(|n| sentence.is(n, Particle::But))
}

/// "Could you add it to my appointment on Friday?", "la cita de hoy puede ser más tarde?": the day of
/// an appointment that is to be changed in something else.
fn is_of_appointment(sentence: &Sentence<'_>, scene: &Scene<'_>, item: &Item) -> bool {
    let is = |n: usize, particle| sentence.is(n, particle);
    let changes = (0..sentence.len()).any(|n| {
        is(n, Particle::Also) || matches!(sentence.intent(n), Some(Intent::Earlier | Intent::Later))
    });
    let start = item.place.start;
    let of = |n: usize| is(n, Particle::Of) || is(n, Particle::On) || is(n, Particle::For);
    let Some(thing) = (start.saturating_sub(1)..=start + 1)
        .find(|n| *n > 0 && of(*n) && *n < item.place.end)
        .map(|n| n - 1)
    else {
        return false;
    };
    let is_of_service = |n: usize| {
        let mut words = sentence.at(n).map_or(0..0, |lexeme| lexeme.words.clone());
        words.any(|word| scene.services.contains(&word))
    };
    let is_service = is_of_service(thing);
    let first = (0..=thing)
        .rev()
        .take_while(|n| *n == thing || is_of_service(*n));
    let first = first.last().unwrap_or(thing);
    // "La cita" is also said where nothing is meant by it.
    let phrase = sentence.at(thing).map(|lexeme| lexeme.words.clone());
    let is_named = phrase.clone().is_some_and(|words| {
        let last = &sentence.words.as_slice()[words.end - 1];
        in_any(|one| one.grammar.appointments).has(last)
    });
    let has_article = is_named && phrase.is_some_and(|words| words.len() > 1);
    let is_thing = sentence.intent(thing) == Some(Intent::Book) || is_service || is_named;
    let articles = [
        Particle::My,
        Particle::The,
        Particle::OneHour,
        Particle::Hours,
        Particle::At,
        Particle::To,
    ];
    let is_led = has_article || first > 0 && articles.into_iter().any(|one| is(first - 1, one));
    changes && is_thing && is_led && !sentence.stop_before(start)
}

/// "I'm in for a cleaning next Wednesday at 9, can I add a check-up?": when what the customer has is,
/// beside a clause that wishes.
fn is_held(sentence: &Sentence<'_>, scene: &Scene<'_>, item: &Item) -> bool {
    let clause = sentence.clause(item.place.start);
    let Some(first) = sentence.at(clause.start).map(|lexeme| lexeme.words.start) else {
        return false;
    };
    let start = sentence
        .at(item.place.start)
        .map_or(first, |lexeme| lexeme.words.start);
    let before = &sentence.words.as_slice()[first..start];
    let holds = in_any(|one| one.trade.held).find(before).is_some();
    let is_service = |n: usize| {
        let mut words = sentence.at(n).map_or(0..0, |lexeme| lexeme.words.clone());
        words.any(|word| scene.services.contains(&word))
    };
    let wishes = |n: usize| sentence.is(n, Particle::Wants) || sentence.is(n, Particle::Toward);
    let elsewhere = (clause.end..sentence.len()).any(wishes);
    holds && elsewhere && clause.clone().any(is_service) && !clause.clone().any(wishes)
}

/// "Lo de mañana para la semana que viene": a day, and days after it in which it is not.
fn is_left_for(scene: &Scene<'_>, items: &[Item]) -> bool {
    let is_wished = |item: &&Item| !item.not && !item.joined;
    let Some((first, others)) = items.split_first().filter(|(first, _)| is_wished(first)) else {
        return false;
    };
    let What::Days(day) = &first.what else {
        return false;
    };
    let Some(day) = scene.setting.first(day).filter(|_| !day.is_span()) else {
        return false;
    };
    let is_later = |item: &Item| match &item.what {
        What::Days(days) if days.is_span() => match scene.setting.resolve(days) {
            Some(Resolved::Between(first, _)) => day < first,
            _ => false,
        },
        _ => false,
    };
    others.iter().filter(is_wished).any(is_later)
}

/// "Take out the May one", "quita la de mayo": which appointment, by its day or month.
fn is_taken_out(sentence: &Sentence<'_>, item: &Item) -> bool {
    let is_thing =
        |n: usize| sentence.number(n) == Some(1) || sentence.intent(n) == Some(Intent::Book);
    let of = |n: usize| sentence.is(n, Particle::Of);
    let small = [
        Particle::The,
        Particle::My,
        Particle::In,
        Particle::On,
        Particle::For,
        Particle::OneHour,
        Particle::Hours,
    ];
    let is_small = |n: usize| small.into_iter().any(|one| sentence.is(n, one));
    let start = item.place.start;
    let back = (0..start).rev().take(TAKEN_WITHIN);
    let between = back.take_while(|n| is_small(*n) || of(*n) || is_thing(*n));
    let first = between.last().unwrap_or(start);
    let end = item.place.end;
    // "Take the May one off".
    let out = |n: usize| sentence.ends_with(n, |one| one.takes_out) && !sentence.stop_before(n);
    let goes_on = (end..end + 2).find(|n| !is_thing(*n));
    let takes = |n: usize| sentence.ends_with(n, |one| one.takes);
    let is_led = first > 0
        && (sentence.is(first - 1, Particle::Without)
            || sentence.ends_with(first - 1, |one| one.removes)
            || takes(first - 1) && goes_on.is_some_and(out)
            || first > 1 && takes(first - 2) && out(first - 1));
    let is_named = (first..=end).any(|n| is_thing(n) || of(n) && n < end);
    is_led && is_named && !(first..=start).any(|n| sentence.stop_before(n))
}

/// So many words may stand between "take out" and the day of what is taken out.
const TAKEN_WITHIN: usize = 4;

/// The first item of what is new: "from Tuesday | to Thursday".
fn split(sentence: &Sentence<'_>, items: &[Item]) -> Option<usize> {
    let strong = |item: &Item| {
        let to = |n: usize| sentence.is(n, Particle::To) && !sentence.is(n, Particle::At);
        // "To the same time on Friday".
        let same = |n: &usize| sentence.intent(*n) == Some(Intent::SameTime);
        let passed = |n: &usize| same(n) || sentence.is(*n, Particle::On);
        let start = item.place.start;
        let before = (0..start).rev().find(|n| !passed(n));
        to(start) || before.is_some_and(to)
    };
    let weak = |n: usize| {
        let item = &items[n];
        let start = item.place.start;
        let to = sentence.is(start, Particle::To) && sentence.is(start, Particle::At);
        let clock = |item: &Item| matches!(item.what, What::At { .. });
        to && clock(item) && (n == 0 || items[..n].iter().any(clock))
    };
    let proposed = |item: &Item| is_led(sentence, item, Particle::Toward);
    let opposed = |n: &usize| follows_but(sentence, &items[n - 1], &items[*n]);
    (1..items.len())
        .find(opposed)
        .or_else(|| items.iter().position(strong))
        .or_else(|| (0..items.len()).find(|n| weak(*n)))
        .or_else(|| items.iter().position(proposed))
}

/// Whether a word of that sort stands before an item, or begins it.
fn is_led(sentence: &Sentence<'_>, item: &Item, particle: Particle) -> bool {
    let start = item.place.start;
    (start.saturating_sub(2)..=start).any(|n| sentence.is(n, particle))
        && !(start.saturating_sub(1)..=start).any(|n| sentence.stop_before(n) && n > 0)
}

/// "My Friday appointment", "la cita de mañana", "my appointment tomorrow".
fn is_old(sentence: &Sentence<'_>, item: &Item) -> bool {
    let start = item.place.start;
    let before =
        (start.saturating_sub(2)..=start).filter(|n| !sentence.stop_before(*n) || *n == start);
    // "Cambio de cita, el viernes": what follows a stop is what is wished.
    let parted = sentence.stop_before(start)
        && (0..start).any(|n| sentence.intent(n) == Some(Intent::Reschedule));
    let before = before.filter(|n| !parted || *n == start);
    let mut before = before.chain(std::iter::once(start));
    let named = |n: usize| sentence.intent(n) == Some(Intent::Book);
    let of = sentence.is(start, Particle::The) && sentence.is(start + 1, Particle::Of);
    of || before.any(|n| {
        sentence.is(n, Particle::Of)
            || sentence.is(n, Particle::My)
            || n < start
                && (named(n)
                    || sentence.intent(n) == Some(Intent::Reschedule) && is_possessive(sentence, n))
    }) || named(item.place.end)
}

/// Whether a phrase ends in "my".
fn is_possessive(sentence: &Sentence<'_>, n: usize) -> bool {
    sentence.ends_with(n, |one| one.grammar.my) || sentence.ends_with(n, |one| one.grammar.our)
}
