//! The yes or no in a sentence, and what it wants besides.

use std::ops::Range;

use super::{Assent, Intent};
use crate::language::{lexicon::Meaning, sentence::Sentence, vocabulary::Particle};

/// What a sentence answers and wants.
#[derive(Debug, Default)]
pub(in crate::language) struct Answer {
    pub(in crate::language) assent: Option<Assent>,
    pub(in crate::language) intents: Vec<Intent>,
}

/// What a wish makes plain, so that it is not meant besides: who cancels an appointment does not
/// want one.
const IMPLIED: &[(Intent, &[Intent])] = &[
    (Intent::Stop, Intent::ALL),
    (
        Intent::Reschedule,
        &[
            Intent::Book,
            Intent::Appointments,
            Intent::CannotCome,
            Intent::More,
        ],
    ),
    (
        Intent::Cancel,
        &[Intent::Book, Intent::Appointments, Intent::CannotCome],
    ),
    (
        Intent::Keep,
        &[
            Intent::Book,
            Intent::Appointments,
            Intent::Cancel,
            Intent::Reschedule,
        ],
    ),
    (
        Intent::Policy,
        &[
            Intent::Book,
            Intent::Appointments,
            Intent::Cancel,
            Intent::Reschedule,
            Intent::Price,
        ],
    ),
    (Intent::NeverMind, &[Intent::Book, Intent::Appointments]),
    (Intent::CannotCome, &[Intent::Book, Intent::Appointments]),
    (Intent::Appointments, &[Intent::Book]),
    (
        Intent::Late,
        &[Intent::Book, Intent::Appointments, Intent::CannotCome],
    ),
    (Intent::Earlier, &[Intent::Book]),
    (Intent::Later, &[Intent::Book]),
    (Intent::Anyone, &[Intent::Anytime]),
    (Intent::Human, &[Intent::Anyone, Intent::Menu, Intent::Book]),
];

/// What a sentence answers and wants. A question is no answer; the words in which the customer
/// `signed` with their name change none.
pub(in crate::language) fn answer(
    sentence: &Sentence<'_>,
    asks: bool,
    signed: Option<&Range<usize>>,
) -> Answer {
    let mut intents: Vec<Intent> = Vec::new();
    for n in 0..sentence.len() {
        for meaning in sentence.meanings(n) {
            match meaning {
                // "¿Qué tal el jueves?" proposes.
                Meaning::Intent(Intent::Greeting)
                    if sentence.is(n, Particle::Toward) && !sentence.stop_before(n + 1) => {}
                Meaning::Intent(intent) if !intents.contains(intent) => intents.push(*intent),
                _ => {}
            }
        }
    }
    if minutes_late(sentence).is_some() && !intents.contains(&Intent::Late) {
        intents.push(Intent::Late);
    }
    let assent = if asks { None } else { assent(sentence, signed) };
    if assent.is_some() {
        // "Ok, thanks" is answered as an ok.
        intents.retain(|intent| matches!(intent, Intent::Greeting | Intent::Cancel));
    }
    for (wish, implied) in IMPLIED {
        if intents.contains(wish) {
            intents.retain(|intent| intent == wish || !implied.contains(intent));
        }
    }
    Answer { assent, intents }
}

/// The 10 of "running 10 late", "voy 10 tarde".
pub(in crate::language) fn minutes_late(sentence: &Sentence<'_>) -> Option<u16> {
    (1..sentence.len()).find_map(|n| {
        let late = sentence.is(n + 1, Particle::LateBy) && !sentence.stop_before(n + 1);
        let comes = sentence.is_unknown(n - 1) || sentence.means(n - 1, is_coming);
        sentence.number(n).filter(|_| late && comes)
    })
}

fn is_coming(meaning: Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Particle(Particle::IAm | Particle::WeAre | Particle::About)
    )
}

fn assent(sentence: &Sentence<'_>, signed: Option<&Range<usize>>) -> Option<Assent> {
    let (mut yes, mut no, mut cancels) = (false, false, false);
    let word = |n: usize| sentence.at(n).map_or(0, |lexeme| lexeme.words.start);
    let is_signed = |n: &usize| signed.is_some_and(|range| range.contains(&word(*n)));
    for n in (0..sentence.len()).filter(|n| !is_signed(n)) {
        let means = |wanted: Meaning| sentence.means(n, |meaning| meaning == wanted);
        let polite = [Intent::Thanks, Intent::Greeting, Intent::Farewell]
            .map(Meaning::Intent)
            .into_iter()
            .any(means);
        let cancel = means(Meaning::Intent(Intent::Cancel));
        if means(Meaning::Idle)
            || !(means(Meaning::Yes)
                || means(Meaning::No)
                || means(Meaning::Filler)
                || polite
                || cancel)
        {
            return None;
        }
        yes |= means(Meaning::Yes);
        no |= means(Meaning::No);
        cancels |= cancel;
    }
    match (yes, no) {
        (true, false) => Some(Assent::Yes),
        (false, true) if !cancels => Some(Assent::No),
        // "No, that is fine" could be either.
        _ => None,
    }
}
