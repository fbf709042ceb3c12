//! From the words of a sentence to the day and time that are meant.
//!
//! The invariant: a number is only a time or a day where the words around it say so, and what is
//! ruled out is never proposed.

mod beside;
mod idle;
mod negation;
mod ranking;
mod role;
mod strength;
mod wish;

use std::ops::Range;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta, Timelike};

pub(super) use self::negation::not_after;
use self::{
    beside::{begin_there, following, is_same_weekday, settle_on},
    idle::is_opening_hour,
    negation::{is_ruled_out, is_with},
    ranking::Piece,
};
use super::{
    chart::{Lattice, Sem, Times},
    clock::{Clock, DayPart},
    expression::Expression,
    intent::Intent,
    reading::{Asked, Elsewhere},
    resolve::Setting,
    sentence::Sentence,
    vocabulary::Particle,
    when::{OtherClock, When},
};

/// What has to be known to tell a day.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own about what else the text says"
)]
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) now: NaiveDateTime,
    pub(super) setting: Setting<'a>,
    pub(super) asked: Asked,
    /// The minutes of the day at which it opens first and closes last.
    pub(super) open: Option<(u16, u16)>,
    /// Clocks of other places.
    pub(super) elsewhere: Option<&'a dyn Elsewhere>,
    /// Words that name services.
    pub(super) services: &'a [usize],
    /// An appointment is to be moved: "from" and "to" stand before the old and the new.
    pub(super) moving: bool,
    /// The appointment is what is talked about, not what is wished.
    pub(super) about: bool,
    /// The customer cannot come: what is named in another clause is what they can do.
    pub(super) cannot_come: bool,
    /// The customer will be late: "in 10 minutes" is when they come.
    pub(super) late: bool,
}

/// One thing that was said about day or time.
#[derive(Debug, Clone)]
struct Item {
    what: What,
    /// Its lexemes.
    place: Range<usize>,
    /// It was ruled out.
    not: bool,
    /// "Or" or "and" stands before it.
    joined: bool,
    /// The clock of another place, where it is a time that was said by that.
    other_clock: Option<OtherClock>,
}

#[derive(Debug, Clone)]
enum What {
    Days(Expression),
    At {
        clock: Clock,
        about: bool,
    },
    From(Clock),
    Until(Clock),
    Hours(Clock, Clock),
    Part(DayPart),
    /// Counted from now.
    Moment {
        at: NaiveDateTime,
        about: bool,
    },
    /// A part of today.
    Today(DayPart),
}

// === impl Item ===

impl Item {
    /// Something that was said by itself, and not ruled out.
    fn new(what: What, place: Range<usize>) -> Self {
        Self {
            what,
            place,
            not: false,
            joined: false,
            other_clock: None,
        }
    }
}

/// The requested time and that of the appointment spoken of, each with the words that say so.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) wished: (When, Range<usize>),
    pub(super) about: (When, Range<usize>),
}

/// Reads what is said about days and times.
pub(super) fn read(sentence: &Sentence<'_>, lattice: &Lattice, scene: &Scene<'_>) -> Said {
    let pieces = ranking::pieces(sentence, lattice, scene);
    let items = items(sentence, lattice, scene, &pieces);
    let about = role::about(sentence, scene, &items);
    let of = |wanted: bool| {
        // "I can't do Friday" tells of the appointment on Friday, and that Friday will not do.
        let mine = items
            .iter()
            .zip(&about)
            .filter(|(item, about)| **about == wanted || !wanted && scene.cannot_come && item.not);
        let mine: Vec<_> = mine
            .map(|(item, _)| Item {
                not: item.not && !(wanted && (scene.cannot_come || scene.moving)),
                ..item.clone()
            })
            .collect();
        let word = |n: usize| sentence.at(n).map_or(0, |lexeme| lexeme.words.start);
        let start = mine.first().map_or(0, |item| word(item.place.start));
        let last = mine.last().map_or(0, |item| word(item.place.end - 1));
        (wish::when(mine.iter(), scene), start..last + 1)
    };
    Said {
        wished: of(false),
        about: of(true),
    }
}

fn items(
    sentence: &Sentence<'_>,
    lattice: &Lattice,
    scene: &Scene<'_>,
    pieces: &[Piece],
) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    // The days of the text, those too that are no wish.
    let mut named: Vec<Item> = Vec::new();
    // What is told, but for what is over.
    let mut of_life: Vec<Item> = Vec::new();
    // The clause of the last piece, and true if it tells of the customer's life.
    let mut life: Option<(Range<usize>, bool)> = None;
    let mut told = false;
    let day = first_day(scene, pieces);
    let mut pieces = pieces.iter().peekable();
    let mut n = 0;
    while n < sentence.len() || pieces.peek().is_some() {
        told = idle::is_told(sentence, told, n);
        if idle::begins_thereafter(sentence, n) {
            begin_there(&mut items);
        }
        let named_again = |piece: &&Piece| (n..=n + 1).contains(&piece.place.start);
        if sentence.is(n, Particle::Following)
            && let Some(what) = following(&items)
            // "El lunes no, el otro viernes" is another day.
            && pieces.peek().filter(|piece| named_again(piece)).and_then(|piece| is_same_weekday(piece, &what)) != Some(false)
        {
            // "El viernes no, el otro viernes" names it again.
            pieces
                .next_if(|piece| named_again(piece) && is_same_weekday(piece, &what) == Some(true));
            items.push(Item::new(what, n..n + 1));
        }
        let Some(piece) = pieces.next_if(|piece| piece.place.start <= n || n >= sentence.len())
        else {
            n += 1;
            continue;
        };
        let place = piece.place.start.max(n)..piece.place.end.max(n + 1);
        let said = beside::said(sentence, scene, day, (&named, &mut items), piece, &place);
        let other_clock = other_clock(scene, day, &piece.sem);
        for (number, what) in said.into_iter().enumerate() {
            named.push(Item::new(what.clone(), place.clone()));
            if let Some(bound) = idle::bound(sentence, &what, &place) {
                items.push(Item::new(bound, place.clone()));
                continue;
            }
            let clause = sentence.clause(place.start);
            let is_of_life = match &life {
                Some((known, is_of_life)) if *known == clause => *is_of_life,
                _ => idle::is_of_life(sentence, lattice, scene.services, place.start),
            };
            life = Some((clause, is_of_life));
            if is_of_life && !told && !idle::is_over(sentence, scene.services, place.start) {
                of_life.push(idle::freed(sentence, &what, &place));
            }
            if told
                || is_of_life
                || is_opening_hour(sentence, &what, place.start)
                || idle::is_labelled(sentence, place.start)
                || scene.asked != Asked::Time && idle::is_greeting(sentence, &what, &place)
                || idle::is_both(sentence, &what, &place)
                || idle::is_count(sentence, &what, &place)
            {
                continue;
            }
            let is_led = || {
                is_joined(sentence, &items, place.start) || is_of_joined_part(items.last(), &what)
            };
            let joined = number == 0 && is_led() || number > 0 && matches!(what, What::At { .. });
            let not = is_ruled_out(sentence, &what, &place, pieces.peek().copied())
                || (joined
                    && number == 0
                    && items
                        .last()
                        .is_some_and(|before| is_with(sentence, before, place.start)));
            items.push(Item {
                what,
                place: place.clone(),
                not,
                joined,
                other_clock: other_clock.clone(),
            });
        }
        n = place.end;
    }
    take_back(sentence, &mut items);
    settle_on(sentence, &mut items);
    strength::take_day_along(sentence, &named, &mut items);
    strength::leave_out_told(sentence, lattice, scene, &mut items);
    items.extend(strength::released(sentence, &items, &of_life));
    // Asked for a time, what is told answers, where nothing else does.
    let says_when = |n: usize| {
        let intent = sentence.intent(n);
        matches!(
            intent,
            Some(Intent::Soonest | Intent::Latest | Intent::Anytime | Intent::SameTime)
        )
    };
    let is_answered = (0..sentence.len()).any(says_when);
    if items.is_empty() && scene.asked == Asked::Time && !is_answered {
        return of_life;
    }
    items
}

/// So far from "I meant" what is meant stands.
const MEANT_WITHIN: usize = 4;

/// Takes out what is said over: the Tuesday of "Tuesday – sorry, I meant Thursday".
fn take_back(sentence: &Sentence<'_>, items: &mut Vec<Item>) {
    let Some(at) = (0..sentence.len()).find(|n| sentence.corrects(*n)) else {
        return;
    };
    let is_day = |item: &Item| matches!(item.what, What::Days(_) | What::Today(_));
    for days in [true, false] {
        let of_kind = |item: &Item| is_day(item) == days;
        let meant = |item: &Item| (at..=at + MEANT_WITHIN).contains(&item.place.start);
        if items.iter().any(|item| of_kind(item) && meant(item))
            && let Some(before) = items
                .iter()
                .rposition(|item| of_kind(item) && item.place.start < at)
        {
            items.remove(before);
        }
    }
}

/// What a piece says, one thing after the other.
fn whats(scene: &Scene<'_>, day: NaiveDate, sem: &Sem) -> Vec<What> {
    match sem {
        Sem::Days(days) => vec![What::Days(days.clone())],
        Sem::Times(times) => {
            let about = times.about;
            let at = |clock: &Clock| What::At {
                clock: *clock,
                about,
            };
            times.at.iter().map(at).collect()
        }
        Sem::Hours(from, until, _) => vec![What::Hours(*from, *until)],
        Sem::From(clock) => vec![What::From(*clock)],
        Sem::Until(clock) => vec![What::Until(*clock)],
        Sem::Part(part) => vec![What::Part(*part)],
        Sem::Today(part) => vec![What::Today(*part)],
        Sem::Moment(minutes, about) => {
            let at = scene
                .now
                .checked_add_signed(TimeDelta::minutes((*minutes).into()));
            let at = at.and_then(|at| at.with_second(0)?.with_nanosecond(0));
            let about = *about;
            at.map(|at| What::Moment { at, about })
                .into_iter()
                .collect()
        }
        Sem::Elsewhere(time, zone) => whats(scene, day, &here(scene, day, time, zone)),
        Sem::Appointment(days, time) => {
            let mut whats = vec![What::Days(days.clone())];
            whats.extend(self::whats(scene, day, time));
            whats
        }
        _ => Vec::new(),
    }
}

/// The clock of another place by which a piece tells a time, unless it shows the same.
fn other_clock(scene: &Scene<'_>, day: NaiveDate, sem: &Sem) -> Option<OtherClock> {
    let Sem::Elsewhere(_, zone) = sem else {
        return None;
    };
    let ahead_minutes = minutes_ahead(scene, day, zone).filter(|ahead| *ahead != 0)?;
    Some(OtherClock {
        zone: (*zone).into(),
        ahead_minutes,
    })
}

/// Returns the minutes by which the business's clock is ahead of that of a zone.
fn minutes_ahead(scene: &Scene<'_>, day: NaiveDate, zone: &str) -> Option<i32> {
    scene.elsewhere?.minutes_ahead_of(zone, day)
}

/// A time by the clock of another place, by that of the business.
fn here(scene: &Scene<'_>, day: NaiveDate, time: &Sem, zone: &str) -> Sem {
    let Some(ahead) = minutes_ahead(scene, day, zone) else {
        return time.clone();
    };
    let moved = |minute: u16, round: i32| {
        u16::try_from((i32::from(minute) + ahead).rem_euclid(round)).unwrap_or(minute)
    };
    let clock = |clock: &Clock| match *clock {
        Clock::At(minute) => Clock::At(moved(minute, 24 * 60)),
        Clock::Either(minute) => Clock::Either(moved(minute, 12 * 60)),
    };
    match time {
        Sem::Times(times) => Sem::Times(Times {
            at: times.at.iter().map(clock).collect(),
            ..times.clone()
        }),
        Sem::Hours(from, until, sure) => Sem::Hours(clock(from), clock(until), *sure),
        Sem::From(from) => Sem::From(clock(from)),
        Sem::Until(until) => Sem::Until(clock(until)),
        other => other.clone(),
    }
}

/// The first day that a text names, or that is being talked of: clocks elsewhere are compared by it.
fn first_day(scene: &Scene<'_>, pieces: &[Piece]) -> NaiveDate {
    let named = pieces.iter().find_map(|piece| match &piece.sem {
        Sem::Days(days) | Sem::Appointment(days, _) => scene.setting.first(days),
        _ => None,
    });
    let today = scene.setting.today;
    let talked_of = || scene.setting.window.map(|(first, _)| first.max(today));
    named.or_else(talked_of).unwrap_or(today)
}

/// "The morning of the 22nd or the morning | of the 23rd".
fn is_of_joined_part(before: Option<&Item>, what: &What) -> bool {
    let is_day = matches!(what, What::Days(_));
    is_day && before.is_some_and(|last| last.joined && matches!(last.what, What::Part(_)))
}

fn is_joined(sentence: &Sentence<'_>, before: &[Item], n: usize) -> bool {
    let Some(last) = before.last() else {
        return false;
    };
    let between = last.place.end..=n;
    let joint = |n: usize| sentence.is(n, Particle::Or) || sentence.is(n, Particle::And);
    between.clone().any(joint)
        && between.clone().count() <= 4
        && !between
            .clone()
            .any(|n| sentence.is(n, Particle::But) && !joint(n))
}
