//! Words beside the name of a service that tell nothing of it.

use super::Finder;
use crate::language::{lexicon::Meaning, vocabulary::Particle};

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
}
