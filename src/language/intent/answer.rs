//! The wishes of a sentence, by the phrases in it.

use std::ops::Range;

use super::Intent;
use crate::language::{
    Language,
    act::Acts,
    lexicon::Meaning,
    phrases::{in_any, phrases},
    sentence::Sentence,
    vocabulary::{Particle, Vocabulary},
};

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
        &[
            Intent::Book,
            Intent::Appointments,
            Intent::CannotCome,
            Intent::More,
        ],
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

/// Returns what a sentence wants, apart from what its acts answer, with the words that say so.
pub(in crate::language) fn wishes(
    sentence: &Sentence<'_>,
    acts: &Acts,
) -> Vec<(Intent, Range<usize>)> {
    let mut intents: Vec<(Intent, Range<usize>)> = Vec::new();
    let has = |intents: &[(Intent, Range<usize>)], intent: Intent| {
        intents.iter().any(|(one, _)| *one == intent)
    };
    for n in 0..sentence.len() {
        let words = sentence.at(n).map_or(0..0, |lexeme| lexeme.words.clone());
        let word = words.start;
        let spoken_for = acts.holds(word);
        for meaning in sentence.meanings(n) {
            match meaning {
                // "¿Qué tal el jueves?" proposes.
                Meaning::Intent(Intent::Greeting)
                    if sentence.is(n, Particle::Toward) && !sentence.stop_before(n + 1) => {}
                // "I have to talk to my mother".
                Meaning::Intent(Intent::Human) if sentence.leads_to_kin(n) => {}
                Meaning::Intent(intent) if spoken_for && !intent.is_courtesy() => {}
                Meaning::Intent(Intent::Earlier | Intent::Later) if acts.is_before_yes(word) => {}
                Meaning::Intent(intent) if !has(&intents, *intent) => {
                    intents.push((*intent, words.clone()));
                }
                _ => {}
            }
        }
    }
    if let Some(words) = moves_apart(sentence).filter(|_| !has(&intents, Intent::Reschedule)) {
        intents.push((Intent::Reschedule, words));
    }
    if let Some(words) = cannot_come(sentence).filter(|_| !has(&intents, Intent::CannotCome)) {
        intents.push((Intent::CannotCome, words));
    }
    if minutes_late(sentence).is_some() && !has(&intents, Intent::Late) {
        intents.push((Intent::Late, 0..1));
    }
    for (wish, implied) in IMPLIED {
        if has(&intents, *wish) {
            intents.retain(|(intent, _)| intent == wish || !implied.contains(intent));
        }
    }
    intents
}

/// "Push tomorrow back", "bring Friday forward", "bump Monday to Thursday": a verb and its particle
/// with what is moved between.
fn moves_apart(sentence: &Sentence<'_>) -> Option<Range<usize>> {
    let words = sentence.words.as_slice();
    // "I'm on shift Monday to Wednesday" moves nothing.
    let is_idle = |n: usize| {
        let lexeme = sentence.holding(n);
        sentence.means(lexeme, |meaning| meaning == Meaning::Idle)
    };
    let is_verb = |n: &usize| in_any(|one| one.moves).has(&words[*n]) && !is_idle(*n);
    let begin = (0..words.len()).find(is_verb)?;
    let next = sentence.holding(begin + 1);
    let is_day = sentence.means(next, Meaning::is_day) || sentence.is(next, Particle::Mine);
    let is_end = |n: &usize| {
        let to = is_day && sentence.is(sentence.holding(*n), Particle::To);
        to || in_any(|one| one.moves_by).has(&words[*n])
    };
    let reach = (begin + 2..words.len().min(begin + MOVED_WITHIN)).find(is_end)?;
    let parted = (begin + 1..=reach).any(|n| sentence.words.stop_before(n));
    (!parted).then_some(begin..reach + 1)
}

/// So far behind the verb its particle stands.
const MOVED_WITHIN: usize = 6;

/// "We won't be in", "no vamos a poder llevarlo": a word for not being able right before one for
/// coming.
fn cannot_come(sentence: &Sentence<'_>) -> Option<Range<usize>> {
    let words = sentence.words.as_slice();
    let own = |language: Language| {
        let vocabulary = Vocabulary::of(language);
        (0..words.len()).find_map(|n| {
            let mut cannot = phrases(vocabulary.cannot).ends(words, n);
            cannot.find_map(|after| {
                let end = phrases(vocabulary.come).ends(words, after).next()?;
                // "I can't come before 6" tells when they can.
                let bounds = [Particle::Before, Particle::Until, Particle::After];
                let at = sentence.holding(end);
                let is_bound = bounds.into_iter().any(|one| sentence.is(at, one));
                (!is_bound).then_some(n..end)
            })
        })
    };
    Language::ALL.into_iter().find_map(own)
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
