//! The phrases of a text by what they are to their clause.

use std::ops::Range;

use super::cues::{self, Place};
use crate::language::{
    Language,
    intent::Intent,
    lexicon::Meaning,
    sentence::Sentence,
    vocabulary::{Cue, Particle},
};

/// A phrase, by what it is to its clause.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) place: Place,
    pub(super) sort: Sort,
    /// A bit for each of its cues.
    cues: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// It tells something about the answer.
    Cue,
    /// Nothing of its own: articles, prepositions.
    Small,
    /// Of a day, a time, a service or a person.
    Detail,
    /// Rules something out, or leaves it open.
    Negation,
    /// Wants something done.
    Request,
    /// Asks for something that is known here: a price, the hours.
    Asks,
    /// Something else.
    Content,
    /// Nothing is known of it.
    Unknown,
}

/// The phrases of a sentence one after the other.
pub(super) fn tokens(
    sentence: &Sentence<'_>,
    language: Language,
    taken: &[Range<usize>],
) -> Vec<Token> {
    let places = cues::places(sentence.words, language, taken);
    let token = |place: Place| Token {
        sort: sort(sentence, &place, taken),
        cues: place.cues.iter().fold(0, |all, cue| all | bit(*cue)),
        place,
    };
    places.into_iter().map(token).collect()
}

fn bit(cue: Cue) -> u64 {
    1 << cue as u64
}

// === impl Token ===

impl Token {
    pub(super) fn is(&self, cue: Cue) -> bool {
        self.cues & bit(cue) != 0
    }

    pub(super) fn is_stance(&self) -> bool {
        [
            Cue::Affirm,
            Cue::Assure,
            Cue::Agree,
            Cue::Come,
            Cue::Book,
            Cue::Deny,
            Cue::No,
        ]
        .into_iter()
        .any(|cue| self.is(cue))
    }

    pub(super) fn is_courtesy(&self) -> bool {
        [Cue::Greet, Cue::Thank, Cue::Part]
            .into_iter()
            .any(|cue| self.is(cue))
    }

    pub(super) fn is_idle(&self) -> bool {
        self.is_courtesy() || self.is(Cue::Small) || self.is(Cue::Join) || self.sort == Sort::Small
    }

    pub(super) fn is_content(&self) -> bool {
        matches!(
            self.sort,
            Sort::Content | Sort::Unknown | Sort::Request | Sort::Asks
        ) || self.sort == Sort::Cue
            && !self.is_idle()
            && !self.is_stance()
            && !self.is(Cue::Then)
            && !self.is(Cue::Say)
    }

    /// Returns whether something is wanted there that "let me" and "I have to" only begin.
    pub(super) fn wants(&self, sentence: &Sentence<'_>) -> bool {
        let words = self.place.words.clone();
        let mut lexemes = words.map(|word| sentence.holding(word));
        lexemes.any(|n| {
            !sentence.leads_to_kin(n)
                && matches!(
                    sentence.intent(n),
                    Some(
                        Intent::Human
                            | Intent::Cancel
                            | Intent::Reschedule
                            | Intent::CannotCome
                            | Intent::Keep
                            | Intent::Late
                            | Intent::Stop
                            | Intent::StartOver
                    )
                )
        })
    }
}

/// What a phrase is to its clause.
fn sort(sentence: &Sentence<'_>, place: &Place, taken: &[Range<usize>]) -> Sort {
    let word = place.words.start;
    if taken.iter().any(|range| range.contains(&word)) {
        return Sort::Detail;
    }
    if !place.cues.is_empty() {
        return Sort::Cue;
    }
    let n = sentence.holding(word);
    let is_figure =
        sentence.at(n).is_some() && !sentence.is_unknown(n) && sentence.meanings(n).is_empty();
    if is_figure || sentence.means(n, is_detail) {
        return Sort::Detail;
    }
    let negates = |meaning: Meaning| {
        matches!(
            meaning,
            Meaning::Particle(
                Particle::Not
                    | Particle::NotAfter
                    | Particle::Except
                    | Particle::Without
                    | Particle::InsteadOf
                    | Particle::But
                    | Particle::Or
            )
        )
    };
    if sentence.means(n, negates) {
        return Sort::Negation;
    }
    match sentence.intent(n) {
        Some(
            Intent::Price
            | Intent::Hours
            | Intent::Address
            | Intent::Policy
            | Intent::Appointments
            | Intent::Menu,
        ) => return Sort::Asks,
        Some(Intent::Book) => return Sort::Small,
        Some(_) => return Sort::Request,
        None => {}
    }
    let small = |meaning: Meaning| {
        let telling = matches!(
            meaning,
            Meaning::Particle(Particle::Life | Particle::Past | Particle::Wants)
        );
        matches!(meaning, Meaning::Particle(_) | Meaning::Filler) && !telling
    };
    if sentence.is_unknown(n) {
        Sort::Unknown
    } else if sentence.means(n, small) {
        Sort::Small
    } else {
        Sort::Content
    }
}

fn is_detail(meaning: Meaning) -> bool {
    use Particle as P;
    match meaning {
        Meaning::Weekday(_)
        | Meaning::Each(_)
        | Meaning::Month(_)
        | Meaning::Number(_)
        | Meaning::Ordinal(_)
        | Meaning::Ahead(_)
        | Meaning::Part(_)
        | Meaning::PartOf(_)
        | Meaning::Today(_)
        | Meaning::Feast(_)
        | Meaning::Zone(_) => true,
        Meaning::Particle(particle) => matches!(
            particle,
            P::Am
                | P::Pm
                | P::Noon
                | P::Midnight
                | P::OClock
                | P::HourMark
                | P::Half
                | P::Quarter
                | P::Week
                | P::Weekend
                | P::Weekends
                | P::Weekdays
                | P::AfterWork
        ),
        _ => false,
    }
}
