//! Words beside the name of a service that tell nothing of it.

use super::{Finder, Hit};
use crate::language::{intent::Intent, lexicon::Meaning, phrases::in_any, vocabulary::Particle};

impl Finder<'_> {
    /// Returns whether a word is an article or the like, or unknown.
    pub(in crate::language::service) fn is_small(&self, word: usize) -> bool {
        let n = self.sentence.holding(word);
        let meanings = self.sentence.meanings(n);
        meanings.is_empty()
            || meanings.iter().any(|meaning| {
                matches!(
                    meaning,
                    Meaning::Filler
                        | Meaning::Particle(
                            Particle::The
                                | Particle::Hours
                                | Particle::OneHour
                                | Particle::One
                                | Particle::My
                                | Particle::Of
                                | Particle::This
                                | Particle::To
                                | Particle::For
                        )
                )
            })
    }

    /// Returns whether a word only greets, thanks or says yes.
    pub(in crate::language::service) fn is_courtesy(&self, word: usize) -> bool {
        let n = self.sentence.holding(word);
        self.sentence.means(n, |meaning| {
            let courtesy = matches!(meaning, Meaning::Intent(intent) if intent.is_courtesy());
            courtesy || meaning == Meaning::Yes
        })
    }

    /// Returns whether one word is of what is given up, and another of what is wished after it: "scrap
    /// my clean on Monday and give me a check-up".
    pub(super) fn is_given_up(&self, first: usize, last: usize) -> bool {
        let sentence = self.sentence;
        let (first, last) = (sentence.holding(first), sentence.holding(last));
        let gives_up = |n: usize| sentence.intent(n) == Some(Intent::Cancel);
        let wishes = |n: usize| {
            let wants = [Particle::Wants, Particle::Needs, Particle::Toward];
            sentence.intent(n) == Some(Intent::Book)
                || sentence.means(n, Meaning::is_day)
                || wants.into_iter().any(|one| sentence.is(n, one))
        };
        (0..first).any(gives_up) && (first + 1..last).any(wishes)
    }

    /// Returns whether a word is all that is asked about: "do you do kids?"
    pub(super) fn is_asked_for(&self, hit: &Hit) -> bool {
        let words = self.sentence.words.as_slice();
        let end = (0..=hit.at)
            .rev()
            .find(|at| *at == 0 || !self.is_small(*at - 1));
        let starts = end.unwrap_or(hit.at)..=hit.at;
        let offers = in_any(|one| one.trade.offers);
        let led = |end: usize| offers.ends_before(words, end);
        let last = hit.at + hit.length;
        (last == words.len() || self.sentence.words.stop_before(last))
            && starts.into_iter().any(led)
    }
}
