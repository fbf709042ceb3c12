//! From the words of a sentence to the day and time that are meant.
//!
//! The invariant: a number is only a time or a day where the words around it say so, and what is
//! ruled out is never proposed.

mod calendar;
mod date;
mod idle;
mod negation;
mod numbered;
mod role;
mod span;
mod time;
mod weekday;
mod wish;

use std::ops::Range;

use chrono::{NaiveDate, NaiveDateTime};

pub(super) use self::negation::not_after;
use self::{
    date::{Named, Which},
    idle::{is_opening_hour, past},
    negation::{is_ruled_out, is_with},
};
use super::{
    clock::{Clock, DayPart},
    lexicon::Meaning,
    reading::{Asked, DateOrder},
    sentence::Sentence,
    vocabulary::Particle,
    when::When,
};

/// What has to be known to tell a day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene {
    pub(super) now: NaiveDateTime,
    pub(super) order: DateOrder,
    pub(super) asked: Asked,
    /// An appointment is to be moved: "from" and "to" stand before the old and the new.
    pub(super) moving: bool,
    /// The appointment is what is talked about, not what is wished.
    pub(super) about: bool,
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
}

#[derive(Debug, Clone)]
enum What {
    Days(Named),
    At {
        clock: Clock,
        about: bool,
    },
    From(Clock),
    Until(Clock),
    Hours(Clock, Clock),
    Part(DayPart),
    /// Counted from now.
    Moment(NaiveDateTime),
    /// A part of today.
    Today(DayPart),
}

/// When work is over, in minutes of the day.
const EVENING: u16 = 17 * 60;

// === impl Scene ===

impl Scene {
    fn today(&self) -> NaiveDate {
        self.now.date()
    }

    /// For a look ahead at a time, which no date changes.
    fn timeless() -> Self {
        Self {
            now: NaiveDateTime::default(),
            order: DateOrder::Either,
            asked: Asked::Nothing,
            moving: false,
            about: false,
            late: false,
        }
    }
}

/// What is wished, and which appointment is spoken of.
pub(super) fn read(sentence: &Sentence<'_>, scene: &Scene) -> (When, When) {
    let items = items(sentence, scene);
    let about = role::about(sentence, scene, &items);
    let of = |wanted: bool| {
        let mine = items
            .iter()
            .zip(&about)
            .filter(|(_, about)| **about == wanted);
        wish::when(mine.map(|(item, _)| item), scene)
    };
    (of(false), of(true))
}

fn items(sentence: &Sentence<'_>, scene: &Scene) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut n = 0;
    let mut told = false;
    while n < sentence.len() {
        told = idle::is_told(sentence, told, n);
        if let Some(past) = past(sentence, scene, n) {
            n = past;
            continue;
        }
        if sentence.is(n, Particle::Thereafter) {
            begin_there(&mut items);
        }
        let Some((what, next)) = item(sentence, scene, &items, n) else {
            n += 1;
            continue;
        };
        let joined = is_joined(sentence, &items, n);
        let place = n..next.max(n + 1);
        if told || is_opening_hour(sentence, &what, n) || idle::is_labelled(sentence, n) {
            n = place.end;
            continue;
        }
        let not = is_ruled_out(sentence, &what, &place)
            || (joined
                && items
                    .last()
                    .is_some_and(|before| is_with(sentence, before, n)));
        n = place.end;
        items.push(Item {
            what,
            place,
            not,
            joined,
        });
    }
    items
}

/// "I get off at 5, so after that": from 5 on.
fn begin_there(items: &mut [Item]) {
    if let Some(last) = items.last_mut()
        && let What::At { clock, .. } | What::Until(clock) = last.what
    {
        last.what = What::From(clock);
    }
}

/// "Not this Friday, the one after".
fn following(before: &[Item]) -> Option<What> {
    let days = before.iter().rev().find_map(|item| match &item.what {
        What::Days(Named::Weekday(weekday, _)) => Some(*weekday),
        _ => None,
    });
    days.map(|weekday| What::Days(Named::Weekday(weekday, Which::WeekLater)))
}

fn item(
    sentence: &Sentence<'_>,
    scene: &Scene,
    before: &[Item],
    n: usize,
) -> Option<(What, usize)> {
    if let Some(moment) = date::moment(sentence, scene, n) {
        return Some(moment);
    }
    if let Some(timed) = time::timed(
        sentence,
        scene,
        n,
        is_hour_expected(sentence, scene, before, n),
    ) {
        return Some(timed);
    }
    if sentence.is(n, Particle::Following)
        && let Some(following) = following(before)
    {
        return Some((following, n + 1));
    }
    if scene.late && sentence.is(n, Particle::LateBy) {
        return None;
    }
    if sentence.is(n, Particle::AfterWork) {
        return Some((What::From(Clock::At(EVENING)), n + 1));
    }
    if let Some((named, next)) = date::days(sentence, scene, n) {
        return Some((What::Days(named), next));
    }
    let follows_day = before
        .last()
        .is_some_and(|item| item.place.end == n && matches!(item.what, What::Days(_)));
    sentence
        .meanings(n)
        .iter()
        .find_map(|meaning| match *meaning {
            Meaning::Part(part) => Some((What::Part(part), n + 1)),
            Meaning::Today(part) => Some((What::Today(part), n + 1)),
            Meaning::Particle(Particle::Am) if follows_day => {
                Some((What::Part(DayPart::Morning), n + 1))
            }
            Meaning::Particle(Particle::Pm) if follows_day => {
                Some((What::Part(DayPart::Afternoon), n + 1))
            }
            _ => None,
        })
}

/// Whether a bare number at this place would be an hour.
fn is_hour_expected(sentence: &Sentence<'_>, scene: &Scene, before: &[Item], n: usize) -> bool {
    let counted = n > 0 && sentence.is(n - 1, Particle::WeAre);
    if counted || is_counted(sentence, n) {
        return false;
    }
    let last = before.last();
    // "Friday one of us comes" is no hour.
    let after_day = sentence.figure(n).is_some()
        && last.is_some_and(|item| {
            item.place.end == n && matches!(item.what, What::Days(_) | What::Today(_)) && !item.not
        });
    let either = |n| sentence.is(n, Particle::Or) || sentence.is(n, Particle::Either);
    let leads = n == 0 || sentence.stop_before(n) || either(n - 1);
    let other = sentence.is(n + 1, Particle::Or) && sentence.number(n + 2).is_some();
    let day_at = if other { n + 3 } else { n + 1 };
    let before_day = leads
        && !sentence.stop_before(day_at)
        && weekday::plain(
            sentence,
            day_at + usize::from(sentence.is(day_at, Particle::On)),
        );
    let after_hour = n > 0
        && sentence.is(n - 1, Particle::Or)
        && last.is_some_and(|item| item.place.end == n - 1 && matches!(item.what, What::At { .. }));
    let proposed =
        n > 0 && (sentence.is(n - 1, Particle::Toward) || sentence.is(n - 1, Particle::InsteadOf));
    let moved = scene.moving && n > 0 && sentence.is(n - 1, Particle::To);
    after_day || before_day || after_hour || proposed || moved || scene.asked == Asked::Time
}

/// Whether a number is a time by the words around it.
pub(super) fn is_time(sentence: &Sentence<'_>, n: usize) -> bool {
    time::timed(sentence, &Scene::timeless(), n, false).is_some()
}

/// Whether what follows a number may make it a count or a date.
fn is_counted(sentence: &Sentence<'_>, n: usize) -> bool {
    is_count(sentence, n) || !sentence.stop_before(n + 1) && sentence.is_unknown(n + 1)
}

/// Whether what follows a number makes it a count or a date.
fn is_count(sentence: &Sentence<'_>, n: usize) -> bool {
    const COUNTED: [Particle; 9] = [
        Particle::People,
        Particle::Relation,
        Particle::Relations,
        Particle::Day,
        Particle::Week,
        Particle::Month,
        Particle::Minute,
        Particle::Fortnight,
        Particle::Year,
    ];
    if sentence.stop_before(n + 1) {
        return false;
    }
    let dated = sentence.month(n + 1).is_some()
        || sentence.is(n + 1, Particle::Of) && sentence.month(n + 2).is_some();
    dated || COUNTED.iter().any(|unit| sentence.is(n + 1, *unit))
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
