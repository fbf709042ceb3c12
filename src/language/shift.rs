//! The distance by which an appointment is to move: "an hour later", "push it back 30 minutes".
//!
//! The invariant: a length alone is not a shift. It needs a word that gives the direction.

use std::ops::Range;

use super::{
    intent::Intent,
    lexicon::Meaning,
    phrases::in_any,
    sentence::Sentence,
    vocabulary::{FigureWords, Particle, Phrases},
};

/// The distance by which an appointment is to move from its current time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shift {
    /// Days, weeks included; negative for earlier.
    pub days: i32,
    /// Minutes, hours included; negative for earlier.
    pub minutes: i32,
}

/// A length of time in a sentence.
struct Length {
    shift: Shift,
    /// Its lexemes.
    place: Range<usize>,
}

/// The most lexemes between the verb and the length: "push it back an hour".
const MAX_BETWEEN: usize = 3;

/// Returns the shift that a sentence asks for, and the words for its length.
pub(super) fn of(sentence: &Sentence<'_>) -> Option<(Shift, Range<usize>)> {
    (0..sentence.len()).find_map(|n| {
        let Length { shift, place } = length(sentence, n)?;
        // "I'll be an hour late" moves nothing, "my flight is late, can I come an hour later?" does.
        let mut clause = sentence.clause(n);
        if clause.any(|n| sentence.intent(n) == Some(Intent::Late)) {
            return None;
        }
        if shift.days != 0 && is_counted_from_before(sentence, place.start) {
            return None;
        }
        let sign = after(sentence, place.end).or_else(|| before(sentence, place.start))?;
        let words = sentence.at(place.start)?.words.start..sentence.at(place.end - 1)?.words.end;
        let shift = Shift {
            days: sign * shift.days,
            minutes: sign * shift.minutes,
        };
        Some((shift, words))
    })
}

/// Returns the shift of "the day after" or "the week after" if no day follows: it is counted from
/// the appointment.
pub(super) fn next_day(sentence: &Sentence<'_>) -> Option<Shift> {
    let is = |n: usize, particle: Particle| sentence.is(n, particle);
    let next = |n: usize| {
        let (end, days) = match () {
            () if is(n, Particle::DayAfter) => (n + 1, 1),
            () if is(n, Particle::Day) && is(n + 1, Particle::After) => (n + 2, 1),
            () if is(n, Particle::Week) && is(n + 1, Particle::After) => (n + 2, 7),
            () => return None,
        };
        (!is_base(sentence, end)).then_some(days)
    };
    let days = (0..sentence.len()).find_map(next)?;
    Some(Shift { days, minutes: 0 })
}

/// Returns whether a length of days is counted from a day named before it: "my exam is on the
/// 12th, a day later". If a verb for moving comes first, that day is the appointment's.
fn is_counted_from_before(sentence: &Sentence<'_>, n: usize) -> bool {
    let is_day = |n: usize| {
        let word = sentence.at(n + 1).map(|lexeme| lexeme.words.start);
        let figure = word.is_some_and(|word| {
            sentence.words.as_slice()[word].starts_with(|first: char| first.is_ascii_digit())
        });
        let is_date = sentence.is(n, Particle::The) && figure;
        is_date || sentence.means(n, Meaning::is_day)
    };
    let moves = |n: usize| {
        matches!(
            sentence.intent(n),
            Some(Intent::Reschedule | Intent::Later | Intent::Earlier | Intent::CannotCome)
        )
    };
    // "Traffic is bad on Wednesday. My lesson a week later?"
    let of_own = (0..n)
        .rev()
        .take_while(|n| !is_day(*n))
        .any(|n| sentence.is(n, Particle::My));
    (0..n).any(is_day) && !of_own && !(0..n).any(moves)
}

/// Returns whether a day or time to count from begins at a lexeme.
fn is_base(sentence: &Sentence<'_>, n: usize) -> bool {
    let small = [
        Particle::Of,
        Particle::The,
        Particle::Hours,
        Particle::Noon,
        Particle::Midnight,
    ];
    let is_small = small.into_iter().any(|one| sentence.is(n, one));
    let is_day = sentence.means(n, Meaning::is_calendar);
    !sentence.stop_before(n) && (is_small || is_day || sentence.number(n).is_some())
}

/// Reads a length of time: "half an hour", "a quarter of an hour", "an hour and a half", "30
/// minutes", "two weeks".
fn length(sentence: &Sentence<'_>, n: usize) -> Option<Length> {
    let is = |n: usize, particle: Particle| sentence.is(n, particle);
    let skip = |n: usize, small: &[Particle]| {
        (n..n + 3)
            .find(|n| !small.iter().any(|one| is(*n, *one)))
            .unwrap_or(n)
    };
    let minutes = |minutes: i32, end: usize| {
        Some(Length {
            shift: Shift { days: 0, minutes },
            place: n..end,
        })
    };
    for (part, size) in [(Particle::Half, 30), (Particle::Quarter, 15)] {
        let unit = skip(n + 1, &[Particle::Of, Particle::One]);
        if is(n, part) && is(unit, Particle::Hour) {
            return minutes(size, unit + 1);
        }
    }
    let one = || is(n, Particle::One).then_some(1);
    let few = || is(n, Particle::Few).then_some(2);
    // "A las 15 hs" is a time, not a length.
    let is_hour = [Particle::At, Particle::Hours, Particle::The];
    if n > 0 && is_hour.into_iter().any(|one| is(n - 1, one)) {
        return None;
    }
    let count = i32::from(sentence.number(n).or_else(one).or_else(few)?);
    let unit = skip(n + 1, &[Particle::Of]);
    if is(unit, Particle::Minute) {
        return minutes(count, unit + 1);
    }
    if is(unit, Particle::Hour) || is(unit, Particle::HourMark) {
        let half = skip(
            unit + 1,
            &[Particle::And, Particle::AndMinutes, Particle::One],
        );
        let has_half = half > unit + 1 && is(half, Particle::Half);
        return if has_half {
            minutes(count * 60 + 30, half + 1)
        } else {
            minutes(count * 60, unit + 1)
        };
    }
    let days = [
        (Particle::Day, 1),
        (Particle::Week, 7),
        (Particle::Fortnight, 14),
    ];
    let (_, size) = days.into_iter().find(|(one, _)| is(unit, *one))?;
    Some(Length {
        shift: Shift {
            days: count * size,
            minutes: 0,
        },
        place: n..unit + 1,
    })
}

/// Returns the direction that follows a length: "later", "antes". Returns `None` if the length is
/// counted from a day or time that follows.
fn after(sentence: &Sentence<'_>, n: usize) -> Option<i32> {
    // "An hour after three", but "an hour later on Friday".
    if let Some(sign) = from_own(sentence, n) {
        return Some(sign);
    }
    let bounds = [Particle::After, Particle::Before];
    let is_bound = bounds.into_iter().any(|one| sentence.is(n, one));
    let counts = is_bound && is_base(sentence, n + 1);
    // "Two weeks after that", "2 weeks after".
    let ends = sentence.stop_before(n + 1);
    let follows = sentence.is(n, Particle::Thereafter) || sentence.is(n, Particle::After) && ends;
    if follows && !sentence.stop_before(n) {
        return Some(1);
    }
    match sentence.intent(n).filter(|_| !sentence.stop_before(n)) {
        Some(Intent::Later) if !counts => Some(1),
        Some(Intent::Earlier) if !counts => Some(-1),
        _ => None,
    }
}

/// Returns the direction of a length that is counted from the customer's appointment: "an hour
/// after mine", "una hora más tarde de lo que reservé".
fn from_own(sentence: &Sentence<'_>, n: usize) -> Option<i32> {
    let lexeme = sentence.at(n).filter(|_| !sentence.stop_before(n))?;
    let words = sentence.words.as_slice().get(lexeme.words.start..)?;
    let is = |list: fn(&FigureWords) -> Phrases| in_any(|one| list(&one.grammar.figures));
    let later = is(|one| one.later).ends(words, 0).next();
    let earlier = || is(|one| one.earlier).ends(words, 0).next();
    let (sign, end) = later
        .map(|end| (1, end))
        .or_else(|| Some((-1, earlier()?)))?;
    let than = |word: &String| is(|one| one.than).has(word);
    let end = end + usize::from(words.get(end).is_some_and(than));
    let rest = words.get(end..)?;
    let booked = in_any(|one| one.booked).ends(rest, 0).next();
    booked.is_some().then_some(sign)
}

/// Returns the direction of the verb before a length.
fn before(sentence: &Sentence<'_>, n: usize) -> Option<i32> {
    let near = n.saturating_sub(MAX_BETWEEN + 1)..n;
    // "A bit later? Like half an hour."
    let in_clause = |at: usize| !(at + 1..=n).any(|at| sentence.stop_before(at));
    if let Some(sign) = moved_by(sentence, n) {
        return Some(sign);
    }
    near.rev().find_map(|at| match sentence.intent(at)? {
        Intent::Later => Some(1),
        // "Bring it forward" means both to reschedule and earlier.
        _ if sentence.means(at, |one| one == Meaning::Intent(Intent::Earlier)) => Some(-1),
        Intent::Reschedule if in_clause(at) => Some(1),
        _ => None,
    })
}

/// Returns the direction of a verb for moving whose other half stands right before a length: "push
/// tomorrow *back* an hour".
fn moved_by(sentence: &Sentence<'_>, n: usize) -> Option<i32> {
    let words = sentence.words.as_slice();
    let word = sentence.at(n)?.words.start.checked_sub(1)?;
    let near = word.saturating_sub(MAX_BETWEEN + 1)..word;
    let moves = near.rev().any(|at| in_any(|one| one.moves).has(&words[at]));
    let by = in_any(|one| one.moves_by).has(&words[word]);
    let forward = in_any(|one| one.moves_forward).has(&words[word]);
    (moves && by).then_some(if forward { -1 } else { 1 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Language, words::Words};

    fn shift(text: &str, language: Language) -> Option<(i32, i32)> {
        let words = Words::of(text);
        let sentence = Sentence::of(&words, language, true, &[]);
        of(&sentence).map(|(shift, _)| (shift.days, shift.minutes))
    }

    #[test]
    fn the_day_after_is_a_shift_where_no_day_follows() {
        let next = |text: &str| {
            let words = Words::of(text);
            next_day(&Sentence::of(&words, Language::English, true, &[])).is_some()
        };
        assert!(next("can I come the day after instead?") && next("the next day?"));
        assert!(!next("the day after the 20th") && !next("the day after Friday"));
    }

    #[test]
    fn a_length_and_a_direction_are_a_shift() {
        for (text, expected) in [
            ("can we do an hour later?", Some((0, 60))),
            ("can i come an hour later on friday", Some((0, 60))),
            ("my exam is on the 12th, a day later please", None),
            ("could it be half an hour later", Some((0, 30))),
            ("30 min earlier would help", Some((0, -30))),
            ("push it back an hour", Some((0, 60))),
            ("are we able to push tomorrow back an hour", Some((0, 60))),
            ("bring friday forward half an hour", Some((0, -30))),
            ("traffic is bad wed, my lesson a week later", Some((7, 0))),
            ("an hour and a half later please", Some((0, 90))),
            ("two hours earlier", Some((0, -120))),
            ("a bit later? like quarter of an hour", Some((0, 15))),
            ("a week later", Some((7, 0))),
            ("two weeks later, same day", Some((14, 0))),
            ("a recheck two weeks after that? same time", Some((14, 0))),
            ("make it 3 weeks after", Some((21, 0))),
            ("it takes an hour", None),
            ("in an hour", None),
            ("later", None),
            ("I'll be half an hour late", None),
        ] {
            assert_eq!(shift(text, Language::English), expected, "{text}");
        }
        for (text, expected) in [
            ("puede ser una hora más tarde?", Some((0, 60))),
            ("media hora antes si se puede", Some((0, -30))),
            ("atrásamela media hora", Some((0, 30))),
            ("adelantarla 15 minutos", Some((0, -15))),
            ("un cuarto de hora más tarde", Some((0, 15))),
            ("una semana después", Some((7, 0))),
            ("otra dos semanas después de eso", Some((14, 0))),
            ("tres semanas después, mismo día y hora", Some((21, 0))),
            ("dura media hora", None),
            ("dos días después del martes a las 15 hs", None),
            ("el sábado o un día después", None),
            ("mi cita del lunes pásala un día después", Some((1, 0))),
        ] {
            assert_eq!(shift(text, Language::Spanish), expected, "{text}");
        }
    }
}
