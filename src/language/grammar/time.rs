//! Times of day: "half past 3", "a las 3 y media", "between 3 and 5", "de 3 a 5".

use super::{Scene, What, is_count};
use crate::language::{
    clock::Clock,
    figure::{Figure, Hour},
    sentence::Sentence,
    vocabulary::Particle,
};

const NOON: u16 = 12 * 60;

/// A time, whether it is only about right, and the lexeme after it.
type Told = (Clock, bool, usize);

/// What begins at a lexeme about the time of day. A bare number is an hour only where one is
/// `expected` or a word says so.
pub(super) fn timed(
    sentence: &Sentence<'_>,
    scene: &Scene,
    n: usize,
    expected: bool,
) -> Option<(What, usize)> {
    let is = |particle| sentence.is(n, particle);
    if is(Particle::Between) {
        return between(sentence, n + 1);
    }
    if let Some(Figure::Hours(first, last)) = sentence.figure(n) {
        return Some((
            written_range(sentence, n, first, last)?,
            after_meridian(sentence, n + 1),
        ));
    }
    let old = is(Particle::Of) && scene.moving;
    // "Después del 20" is a day, "antes del mediodía" is a time.
    let dated = is(Particle::The) && !is(Particle::Of) && noon(sentence, n + 1).is_none();
    if dated && !is(Particle::At) {
        return None;
    }
    if (is(Particle::From) || is(Particle::After)) && !old {
        let (clock, _, next) = clock(sentence, n + 1, true, true)?;
        return range(sentence, scene, clock, next).or_else(|| {
            let onwards = usize::from(is_onwards(sentence, next));
            Some((What::From(clock), next + onwards))
        });
    }
    if is(Particle::Until) || is(Particle::Before) {
        let (clock, _, next) = clock(sentence, n + 1, true, true)?;
        return Some((What::Until(clock), next));
    }
    let (about, at) = (is(Particle::About), is(Particle::At));
    let of = is(Particle::Of);
    // "La 2" is the second of a list, "a la 1" is an hour.
    if is(Particle::OneHour) && !(about || at || of) {
        return None;
    }
    let marker = (about || at || of) && !is_article(sentence, n);
    let start = n + usize::from(marker);
    // Of "3 to 5" the range says that 3 is an hour.
    let hour = expected || about || at || is_range(sentence, start);
    let (clock, ish, next) = clock(sentence, start, hour, true)?;
    if let Some(found) = range(sentence, scene, clock, next) {
        return Some(found);
    }
    if is_onwards(sentence, next) {
        return Some((What::From(clock), next + 1));
    }
    Some((
        What::At {
            clock,
            about: about || ish,
        },
        next,
    ))
}

/// "5 onwards" and "5 on", but not "5 on Friday".
fn is_onwards(sentence: &Sentence<'_>, n: usize) -> bool {
    let plain = !sentence.is(n, Particle::On) || sentence.stop_before(n + 1);
    sentence.is(n, Particle::Onwards) && plain && !sentence.stop_before(n)
}

/// Whether "3 a 5" or "5 en adelante" begins here.
fn is_range(sentence: &Sentence<'_>, n: usize) -> bool {
    let Some((_, _, next)) = clock(sentence, n, true, false) else {
        return false;
    };
    // "One for me" and "two to go" are no hours.
    if sentence.spelled(n).is_some() && n > 0 && !sentence.is(n - 1, Particle::Of) {
        return false;
    }
    is_onwards(sentence, next)
        || is_range_word(sentence, next)
            && clock(sentence, after_to(sentence, next), true, false).is_some()
}

/// "To" between two hours; not the "for" of "4 for 2 people".
fn is_range_word(sentence: &Sentence<'_>, n: usize) -> bool {
    if sentence.dash_before(n) {
        return true;
    }
    let until = sentence.is(n, Particle::To) || sentence.is(n, Particle::Until);
    until && !sentence.is(n, Particle::For) && !sentence.stop_before(n)
}

fn range(sentence: &Sentence<'_>, scene: &Scene, first: Clock, n: usize) -> Option<(What, usize)> {
    if scene.moving || !is_range_word(sentence, n) {
        return None;
    }
    let (last, _, next) = clock(sentence, after_to(sentence, n), true, true)?;
    Some((What::Hours(earlier(first, last), last), next))
}

/// A dash is no word.
fn after_to(sentence: &Sentence<'_>, n: usize) -> usize {
    n + usize::from(!sentence.dash_before(n))
}

fn between(sentence: &Sentence<'_>, n: usize) -> Option<(What, usize)> {
    if let Some(Figure::Hours(first, last)) = sentence.figure(n) {
        return Some((
            written_range(sentence, n, first, last)?,
            after_meridian(sentence, n + 1),
        ));
    }
    let (first, _, next) = clock(sentence, n, true, false)?;
    let joined = sentence.is(next, Particle::And) || is_range_word(sentence, next);
    let (last, _, next) = clock(sentence, next + 1, true, true).filter(|_| joined)?;
    Some((What::Hours(earlier(first, last), last), next))
}

fn written_range(sentence: &Sentence<'_>, n: usize, first: Hour, last: Hour) -> Option<What> {
    let pm = meridian(sentence, n + 1).or(last.pm);
    let last = Hour { pm, ..last }.clock()?;
    let first = first.clock()?;
    Some(What::Hours(earlier(first, last), last))
}

/// Of "8 to 10 pm" the 8 is the last such hour before 10 pm.
fn earlier(first: Clock, last: Clock) -> Clock {
    match (first, last) {
        (Clock::Either(_), Clock::At(end)) => {
            let before = first.minutes().filter(|minute| *minute < end).max();
            before.map_or(first, Clock::At)
        }
        _ => first,
    }
}

/// The time at a lexeme. After "between" an "and" does not add minutes.
fn clock(sentence: &Sentence<'_>, n: usize, expected: bool, minutes: bool) -> Option<Told> {
    let (n, expected) = if is_article(sentence, n) {
        (n + 1, true)
    } else {
        (n, expected)
    };
    let (clock, about, next) = noon(sentence, n)
        .or_else(|| before_the_hour(sentence, n))
        .or_else(|| hour(sentence, n, expected, minutes))?;
    let oclock = sentence.is(next, Particle::OClock) && !sentence.stop_before(next);
    let next = next + usize::from(oclock);
    let clock = match (clock, meridian(sentence, next)) {
        (Clock::Either(minute), Some(pm)) => Clock::At(if pm { minute + NOON } else { minute }),
        (clock, _) => clock,
    };
    let next = after_meridian(sentence, next);
    let ish = sentence.is(next, Particle::Ish) && !sentence.stop_before(next);
    Some((clock, about || ish, next + usize::from(ish)))
}

fn noon(sentence: &Sentence<'_>, n: usize) -> Option<Told> {
    let n = n + usize::from(sentence.is(n, Particle::The) && sentence.is(n + 1, Particle::Noon));
    sentence
        .is(n, Particle::Noon)
        .then_some((Clock::At(NOON), false, n + 1))
}

fn meridian(sentence: &Sentence<'_>, n: usize) -> Option<bool> {
    if sentence.stop_before(n) {
        None
    } else if sentence.is(n, Particle::Pm) {
        Some(true)
    } else {
        sentence.is(n, Particle::Am).then_some(false)
    }
}

fn after_meridian(sentence: &Sentence<'_>, n: usize) -> usize {
    n + usize::from(meridian(sentence, n).is_some())
}

/// "Una" as an hour, which only its article tells.
fn one(sentence: &Sentence<'_>, n: usize) -> Option<u16> {
    let hour = n > 0 && sentence.is(n, Particle::One) && sentence.is(n - 1, Particle::OneHour);
    hour.then_some(1)
}

/// Whether a lexeme is the article of the hour after it.
fn is_article(sentence: &Sentence<'_>, n: usize) -> bool {
    let hour = sentence.number(n + 1).or_else(|| one(sentence, n + 1));
    match hour {
        Some(1) => sentence.is(n, Particle::OneHour),
        Some(_) => sentence.is(n, Particle::Hours),
        None => false,
    }
}

/// How many minutes a share of an hour is.
fn share(sentence: &Sentence<'_>, n: usize) -> Option<u16> {
    if sentence.is(n, Particle::Half) {
        return Some(30);
    }
    if sentence.is(n, Particle::Quarter) {
        return Some(15);
    }
    let minutes = sentence.number(n)?;
    ((5..60).contains(&minutes) && (minutes % 5 == 0 || minutes >= 10)).then_some(minutes)
}

/// "Quarter to 4", "half past 3", "half 3", "diez para las cuatro".
fn before_the_hour(sentence: &Sentence<'_>, n: usize) -> Option<Told> {
    let minutes = share(sentence, n)?;
    let to = sentence.is(n + 1, Particle::MinutesTo) && !sentence.is(n + 1, Particle::Except);
    let past = sentence.is(n + 1, Particle::MinutesPast) && !sentence.is(n + 1, Particle::And);
    // "10 to 4" are hours, "ten to 4" are minutes.
    let spelled = sentence.figure(n).is_none() || !sentence.is(n + 1, Particle::To);
    let half_hour = sentence.is(n, Particle::Half) && full_hour(sentence, n + 1).is_some();
    let (at, hour_at) = if past {
        (minutes, n + 2)
    } else if to && spelled && minutes < 30 {
        (NOON - minutes, n + 2)
    } else if half_hour {
        (30, n + 1)
    } else {
        return None;
    };
    let article = usize::from(is_article(sentence, hour_at));
    let hour = full_hour(sentence, hour_at + article)?;
    Some((
        Clock::Either((hour % 12 * 60 + at) % NOON),
        false,
        hour_at + article + 1,
    ))
}

fn full_hour(sentence: &Sentence<'_>, n: usize) -> Option<u16> {
    let hour = sentence.number(n).or_else(|| one(sentence, n))?;
    (1..=12).contains(&hour).then_some(hour)
}

/// "3", "3:30", "tres y media", "three thirty", "cuatro menos cuarto".
fn hour(sentence: &Sentence<'_>, n: usize, expected: bool, minutes: bool) -> Option<Told> {
    match sentence.figure(n) {
        Some(Figure::Time { clock, about }) => return Some((clock, about, n + 1)),
        Some(Figure::Number(_)) | None => {}
        Some(_) => return None,
    }
    let number = sentence.number(n).or_else(|| one(sentence, n))?;
    let (clock, next) = with_minutes(sentence, n, number, minutes)?;
    let said = expected && !is_count(sentence, next - 1);
    (said || next > n + 1 || is_marked(sentence, n, number)).then_some((clock, false, next))
}

/// Whether the words after a bare number say that it is an hour.
fn is_marked(sentence: &Sentence<'_>, n: usize, number: u16) -> bool {
    let next = n + 1;
    if sentence.stop_before(next) {
        return false;
    }
    // "2 hrs" is how long something takes, "15 hrs" is a time.
    let oclock =
        sentence.is(next, Particle::OClock) && (number >= 13 || !sentence.is(next, Particle::Hour));
    let part =
        sentence.part(next).is_some() && sentence.at(next).is_some_and(|part| part.words.len() > 1);
    oclock || part || meridian(sentence, next).is_some() || sentence.is(next, Particle::Ish)
}

fn with_minutes(
    sentence: &Sentence<'_>,
    n: usize,
    number: u16,
    minutes: bool,
) -> Option<(Clock, usize)> {
    let at = |hour: u16, minute: u16| {
        let hour = Hour {
            full: hour,
            minute,
            pm: None,
        };
        hour.clock()
    };
    if number >= 100 {
        let (hour, minute) = (number / 100, number % 100);
        return (hour < 24 && minute < 60)
            .then(|| at(hour, minute))
            .flatten()
            .map(|clock| (clock, n + 1));
    }
    let together = !sentence.stop_before(n + 1);
    let following = share(sentence, n + 2).filter(|_| together);
    let named = sentence.is(n + 2, Particle::Half) || sentence.is(n + 2, Particle::Quarter);
    if sentence.is(n + 1, Particle::MinutesPast)
        && let Some(minute) = following.filter(|_| minutes || named)
        && !is_count(sentence, n + 2)
        && sentence.is(n + 1, Particle::And)
    {
        return at(number, minute).map(|clock| (clock, n + 3));
    }
    let minus = sentence.is(n + 1, Particle::MinutesTo)
        && !sentence.is(n + 1, Particle::To)
        && !sentence.is(n + 1, Particle::At);
    if minus && let Some(minute) = following.filter(|minute| *minute < 30) {
        let before = (number % 12 * 60 + NOON - minute) % NOON;
        return (number <= 12).then_some((Clock::Either(before), n + 3));
    }
    if let (Some(_), Some(minute)) = (sentence.spelled(n), sentence.spelled(n + 1))
        && together
        && minute >= 10
        && minute % 5 == 0
    {
        return at(number, minute).map(|clock| (clock, n + 2));
    }
    at(number, 0).map(|clock| (clock, n + 1))
}
