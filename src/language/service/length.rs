//! The length that tells a service from others: "the hour one", "la de media hora".
//!
//! The invariant: a length chooses only where some of the services that may be meant have it and
//! others do not.

use std::ops::Range;

use super::{
    Mention, Scene,
    choice::{Finder, MAX_GAP},
    form::Hit,
    is_led,
    likeness::{self, Likeness, Weight},
    topic,
};
use crate::language::{
    lexicon::Meaning,
    phrases::in_any,
    shift,
    vocabulary::{LengthWords, Particle, Phrases},
};

/// A length of time in a text.
#[derive(Debug, Clone)]
struct Length {
    words: Range<usize>,
    size: Size,
    /// A service of that length will not do: "instead of the half hour".
    is_ruled_out: bool,
}

/// Length that is wished of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Size {
    Minutes(u16),
    Longest,
    Shortest,
}

/// Figures from this on may be minutes without saying so: "the 90 one".
const MINUTES_FROM: u16 = 15;
/// No day of a month has a greater number.
const LAST_DAY: u16 = 31;
/// A text with so many more words says more than a length.
const MAX_BESIDE: usize = 3;

/// Chooses by length among the services that a text names, or that are talked of.
pub(super) fn choose(finder: &Finder<'_>, scene: &Scene<'_>, all: &mut Vec<Mention>) {
    let names_kind = all.iter().any(|one| one.names_kind);
    let lengths: Vec<_> = said(finder)
        .into_iter()
        .filter(|length| is_meant(finder, length, all))
        .collect();
    if lengths.is_empty() {
        return;
    }
    let used = of_mentions(finder, scene, &lengths, all);
    if used.is_empty() && !names_kind {
        of_topic(finder, scene, &lengths, all);
    }
}

/// Chooses among what each mention may mean. Returns the words of the lengths that do.
fn of_mentions(
    finder: &Finder<'_>,
    scene: &Scene<'_>,
    lengths: &[Length],
    all: &mut Vec<Mention>,
) -> Vec<Range<usize>> {
    let of: Vec<_> = lengths.iter().map(|one| mention_of(one, all)).collect();
    let mut used: Vec<Range<usize>> = Vec::new();
    let siblings = topic::siblings(finder, scene.topic);
    for (n, mention) in all.iter_mut().enumerate() {
        let lengths: Vec<_> = lengths
            .iter()
            .zip(&of)
            .filter(|(_, of)| **of == Some(n))
            .map(|(length, _)| length)
            .collect();
        if lengths.is_empty() {
            continue;
        }
        // "A 60 minute facial" is the longer one, also where another is just called *Facial*.
        let is_close = |length: &&Length| {
            mention.said.contains(&length.words.end) || is_one(finder, &length.words)
        };
        let wide =
            (!mention.is_whole || lengths.iter().all(is_close)).then(|| with_all(finder, mention));
        let services = chosen(finder, scene, &lengths, &mention.services)
            .or_else(|| chosen(finder, scene, &lengths, &wide?));
        if let Some(services) = services {
            let talked = services.iter().copied();
            let talked: Vec<_> = talked.filter(|one| siblings.contains(one)).collect();
            mention.services = if talked.is_empty() { services } else { talked };
            for length in lengths {
                mention.said.extend(length.words.clone());
                used.push(length.words.clone());
            }
            mention.said.sort_unstable();
            mention.said.dedup();
        }
    }
    let is_within = |one: &Mention| used.iter().any(|words| is_in(one, words));
    all.retain(|one| one.names_kind || !is_within(one));
    used
}

/// Adds the services of a length among those that are talked of.
fn of_topic(finder: &Finder<'_>, scene: &Scene<'_>, lengths: &[Length], all: &mut Vec<Mention>) {
    let lengths: Vec<_> = lengths.iter().collect();
    let several = (scene.topic.len() > 1).then(|| scene.topic.to_vec());
    let services = several
        .and_then(|topic| chosen(finder, scene, &lengths, &topic))
        .or_else(|| {
            chosen(
                finder,
                scene,
                &lengths,
                &topic::siblings(finder, scene.topic),
            )
        })
        .or_else(|| chosen(finder, scene, &lengths, &topic::alike(finder, scene.topic)));
    let wished = lengths.iter().find(|one| !one.is_ruled_out);
    let (Some(services), Some(wished)) = (services, wished) else {
        return;
    };
    all.retain(|one| !lengths.iter().any(|length| is_in(one, &length.words)));
    all.push(Mention {
        said: lengths.iter().flat_map(|one| one.words.clone()).collect(),
        ..Mention::of_phrase(wished.words.clone(), services)
    });
    all.sort_by_key(|one| one.words.start);
}

fn is_in(mention: &Mention, words: &Range<usize>) -> bool {
    mention.said.iter().all(|word| words.contains(word))
}

/// Returns the mention that a length belongs to: the one right after it, or else the last before it,
/// or the first.
fn mention_of(length: &Length, all: &[Mention]) -> Option<usize> {
    let outside =
        |n: &usize| (all[*n].names_kind || all[*n].is_sure) && !is_in(&all[*n], &length.words);
    let numbers = || (0..all.len()).filter(outside);
    let after = numbers().find(|n| all[*n].said.contains(&length.words.end));
    let before = || numbers().rfind(|n| all[*n].words.start < length.words.start);
    after.or_else(before).or_else(|| numbers().next())
}

/// Returns the services whose names have all the words that a mention says.
fn with_all(finder: &Finder<'_>, mention: &Mention) -> Vec<usize> {
    let has = |service: usize, at: usize| {
        finder.hits.iter().any(|hit| {
            let form = &finder.forms.all[hit.form];
            let plain = !form.is_joined || mention.services.contains(&service);
            hit.at == at && form.service == service && plain && hit.likeness >= Likeness::Part
        })
    };
    let mut services: Vec<_> = finder.forms.all.iter().map(|form| form.service).collect();
    services.dedup();
    services.retain(|service| mention.said.iter().all(|at| has(*service, *at)));
    services
}

/// Returns those of some services that have one of the lengths, or are left once those that will not
/// do are taken out; none if that tells nothing.
fn chosen(
    finder: &Finder<'_>,
    scene: &Scene<'_>,
    lengths: &[&Length],
    among: &[usize],
) -> Option<Vec<usize>> {
    let minutes = |service: usize| minutes(finder, scene, service);
    let all = || among.iter().flat_map(|one| minutes(*one));
    let (longest, shortest) = (all().max(), all().min());
    let fits = |service: usize, size: Size| match size {
        Size::Minutes(wished) => minutes(service).contains(&wished),
        Size::Longest => minutes(service).into_iter().max() == longest,
        Size::Shortest => minutes(service).into_iter().min() == shortest,
    };
    let any = |service: usize, ruled_out: bool| {
        let mut of = lengths.iter().filter(|one| one.is_ruled_out == ruled_out);
        of.any(|one| fits(service, one.size))
    };
    let wishes = lengths.iter().any(|one| !one.is_ruled_out);
    let is_chosen = |service: &usize| !any(*service, true) && (!wishes || any(*service, false));
    let services: Vec<_> = among.iter().copied().filter(is_chosen).collect();
    (!services.is_empty() && services.len() < among.len()).then_some(services)
}

/// Returns the minutes that a service takes: those in its names, or else those of the business's file.
fn minutes(finder: &Finder<'_>, scene: &Scene<'_>, service: usize) -> Vec<u16> {
    let forms = finder.forms.all.iter();
    let named = forms
        .filter(|form| form.service == service)
        .flat_map(|form| {
            let words = form.words.as_slice();
            (0..words.len()).filter_map(|at| {
                let (minutes, end) = length_at(words, at)?;
                (end > at + 1 || words[at].starts_with(|c: char| c.is_ascii_digit()))
                    .then_some(minutes)
            })
        });
    let named: Vec<_> = named.collect();
    if named.is_empty() {
        scene.minutes.get(service).copied().into_iter().collect()
    } else {
        named
    }
}

/// Returns the lengths that a text says, in its order.
fn said(finder: &Finder<'_>) -> Vec<Length> {
    let words = finder.sentence.words;
    let all = words.as_slice();
    let mut lengths: Vec<Length> = Vec::new();
    let mut at = 0;
    while at < all.len() {
        let found = length_at(all, at)
            .filter(|(_, end)| !(at + 1..*end).any(|word| words.stop_before(word)))
            .map(|(minutes, end)| (Size::Minutes(minutes), end))
            .or_else(|| compared(finder, at));
        let Some((size, mut end)) = found else {
            at += 1;
            continue;
        };
        let start =
            at - usize::from(size == Size::Longest || size == Size::Shortest) * more(all, at);
        // The "one" of "the hour one" is no time.
        while !words.stop_before(end) && all.get(end).is_some_and(|word| says_one(word)) {
            end += 1;
        }
        lengths.push(length(finder, start..end, size));
        at = end;
    }
    // "The full hour instead of the half".
    if !lengths.is_empty() {
        let is_half = |at: &usize| {
            let ends = words.stop_before(at + 1) || is(|one| one.half_one, &all[at + 1]);
            let half = is(|one| one.halves, &all[*at]) && ends && is_definite(all, *at);
            half && !lengths.iter().any(|one| one.words.contains(at))
        };
        let halves: Vec<_> = (0..all.len()).filter(is_half).collect();
        lengths.extend(
            halves
                .iter()
                .map(|at| length(finder, *at..at + 1, Size::Minutes(30))),
        );
    }
    lengths
}

fn length(finder: &Finder<'_>, words: Range<usize>, size: Size) -> Length {
    let rules_out = [
        Particle::Without,
        Particle::Not,
        Particle::InsteadOf,
        Particle::Except,
    ];
    // "No la de 45".
    let all = finder.sentence.words.as_slice();
    let lead = usize::from(words.start > 0 && is_of(&all[words.start - 1]));
    Length {
        is_ruled_out: is_led(
            finder.sentence,
            &(words.start - lead..words.end),
            &rules_out,
        ),
        words,
        size,
    }
}

/// Returns the minutes that begin at a word, and the word after them.
fn length_at(words: &[String], at: usize) -> Option<(u16, usize)> {
    let word = |n: usize| words.get(n).map_or("", String::as_str);
    let unit = |n: usize| unit(word(n));
    let first = word(at);
    if let Some(length) = glued(first) {
        return Some((length, at + 1));
    }
    if is(|one| one.halves, first) {
        let end = at + 1 + usize::from(is(|one| one.half_of, word(at + 1)));
        return (unit(end)? == 60).then_some((30, end + 1));
    }
    let and_half = |n: usize| {
        let halves = in_any(|one| one.trade.length.and_a_half);
        halves.ends(words, n).next().map(|end| end - n)
    };
    let number = likeness::number(first).or_else(|| is(|one| one.single, first).then_some(1));
    let start = at + usize::from(number.is_some());
    let number = number.unwrap_or(1);
    if let Some(half) = and_half(start)
        && unit(start + half) == Some(60)
    {
        return Some((
            number.saturating_mul(60).saturating_add(30),
            start + half + 1,
        ));
    }
    if let Some(unit) = unit(start) {
        let length = number.saturating_mul(unit);
        let half = and_half(start + 1).filter(|_| unit == 60);
        // "La hora" is the time of day.
        let bare = start == at && half.is_none() && !is(|one| one.bare, word(start));
        let length = length.saturating_add(if half.is_some() { 30 } else { 0 });
        return (!bare).then_some((length, start + 1 + half.unwrap_or(0)));
    }
    if start == at || number < MINUTES_FROM {
        return None;
    }
    let named = in_any(|one| one.trade.ones).has(word(start));
    let of = at > 1 && is_of(word(at - 1)) && is(|one| one.definite, word(at - 2));
    // "The 15" is a day.
    let alone = number > LAST_DAY && start == words.len() && is_definite(words, at);
    (named || of || alone).then_some((number, start))
}

/// Returns the length of "90min", "1h".
fn glued(word: &str) -> Option<u16> {
    let end = word.find(|c: char| !c.is_ascii_digit())?;
    let number: u16 = word[..end].parse().ok()?;
    Some(number.saturating_mul(unit(&word[end..])?))
}

fn unit(word: &str) -> Option<u16> {
    if is(|one| one.hours, word) {
        Some(60)
    } else {
        is(|one| one.minutes, word).then_some(1)
    }
}

/// Returns the size of "the longer one", "el más corto", where no name has that word.
fn compared(finder: &Finder<'_>, at: usize) -> Option<(Size, usize)> {
    let all = finder.sentence.words.as_slice();
    let size = if is(|one| one.longer, &all[at]) {
        Size::Longest
    } else if is(|one| one.shorter, &all[at]) {
        Size::Shortest
    } else {
        return None;
    };
    let next = all.get(at + 1).map_or("", String::as_str);
    let goes_on = [Particle::Toward, Particle::So, Particle::And, Particle::Or];
    let n = finder.sentence.holding(at + 1);
    let ends = finder.sentence.words.stop_before(at + 1)
        || in_any(|one| one.trade.ones).has(next)
        || goes_on.into_iter().any(|one| finder.sentence.is(n, one))
        || finder.is_courtesy(at + 1)
        || finder.sentence.means(n, |one| one == Meaning::Filler);
    let is_visit = |hit: &Hit| {
        hit.at == at + 1 && hit.weight == Weight::Some && hit.likeness >= Likeness::Inflected
    };
    let ends = ends || finder.hits.iter().any(is_visit);
    let named = finder.hits.iter().any(|hit| hit.at == at);
    (ends && !named && is_definite(all, at - more(all, at))).then_some((size, at + 1))
}

/// Returns how many words before a word compare it: the "más" of "más corto".
fn more(words: &[String], at: usize) -> usize {
    usize::from(at > 0 && is(|one| one.more, &words[at - 1]))
}

/// Returns whether a length is that of a service: it stands beside one, is spoken of as a thing, or is
/// all that is said.
fn is_meant(finder: &Finder<'_>, length: &Length, all: &[Mention]) -> bool {
    let words = finder.sentence.words;
    let text = words.as_slice();
    let Range { start, end } = length.words;
    if is_span(finder, &length.words) {
        return false;
    }
    let leads = |one: &Mention| one.said.contains(&end) && !words.stop_before(end);
    let follows = |one: &Mention| {
        let between = one.words.end..start;
        one.words.end <= start
            && between.len() <= MAX_GAP
            && between.into_iter().all(|word| finder.is_small(word))
    };
    let definite = is_definite(text, start) || start > 0 && is_of(&text[start - 1]);
    // "A massage on Thursday for 15 minutes", "make it an hour".
    let n = finder.sentence.holding(start);
    let led = |by: Particle| n > 0 && !words.stop_before(start) && finder.sentence.is(n - 1, by);
    let goes_on = |one: &Mention| {
        let mut between = one.words.end..=start;
        one.words.end < start && !between.any(|word| words.sentence_before(word))
    };
    let lasts = led(Particle::For) && all.iter().any(goes_on);
    let beside = text.len() - (end - start) <= MAX_BESIDE;
    let alone = || {
        let mut rest = (0..start).chain(end..text.len());
        beside && rest.all(|word| finder.is_small(word) || finder.is_courtesy(word))
    };
    // "Can I change the hour?" asks for another time.
    let is_bare = end == start + 1 && unit(&text[start]).is_some();
    is_one(finder, &length.words)
        || definite && !is_bare
        || lasts
        || led(Particle::Toward)
        || all.iter().any(|one| leads(one) || follows(one))
        || alone()
}

/// Returns whether a length is said of one of several: "the hour one".
fn is_one(finder: &Finder<'_>, words: &Range<usize>) -> bool {
    let last = finder.sentence.words.as_slice().get(words.end - 1);
    words.len() > 1 && last.is_some_and(|word| says_one(word))
}

/// Returns whether a length is the time until something, or that by which something moves: "in half an
/// hour", "an hour later".
fn is_span(finder: &Finder<'_>, length: &Range<usize>) -> bool {
    let words = finder.sentence.words;
    let text = words.as_slice();
    let has = |n: usize, list: fn(&LengthWords) -> Phrases| {
        text.get(n).is_some_and(|word| is(list, word))
    };
    let led = |n: usize| !words.stop_before(n) && n > 0 && has(n - 1, |one| one.before);
    let start = length.start;
    let small = start > 0 && (has(start - 1, |one| one.definite) || is_of(&text[start - 1]));
    let moved = shift::of(finder.sentence)
        .is_some_and(|(_, place)| place.start < length.end && length.start < place.end);
    led(start)
        || small && led(start - 1)
        || !words.stop_before(length.end) && has(length.end, |one| one.after)
        || moved
}

fn is_definite(words: &[String], at: usize) -> bool {
    at > 0 && is(|one| one.definite, &words[at - 1])
}

/// Returns whether a word after a length says that it is of one of several: "the hour one".
fn says_one(word: &str) -> bool {
    in_any(|one| one.trade.ones).has(word) || is(|one| one.lasting, word)
}

/// Returns whether a word leads from a thing to its length: "la de 45".
fn is_of(word: &str) -> bool {
    in_any(|one| one.grammar.of).has(word)
}

/// Returns whether a word is in a list of any language.
fn is(list: fn(&LengthWords) -> Phrases, word: &str) -> bool {
    in_any(|one| list(&one.trade.length)).has(word)
}
