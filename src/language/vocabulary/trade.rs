//! What a language has to tell of how services are named.

use super::Phrases;

/// The words by which one language names services. All but some phrases are single words.
#[derive(Debug)]
pub(in crate::language) struct Trade {
    /// True if the noun comes before what qualifies it: "corte infantil", not "kids' haircut".
    pub(in crate::language) head_first: bool,
    /// Words that tell nothing of a service.
    pub(in crate::language) small: Phrases,
    /// Words that tell one service from another, but name none by themselves.
    pub(in crate::language) weak: Phrases,
    /// Those of them that are also said of days, people and prices: "are you free".
    pub(in crate::language) everyday: Phrases,
    /// Words of them that are also said of any direction: "be back".
    pub(in crate::language) adverbs: Phrases,
    /// Words of them that say for whom a service is, of people and animals.
    pub(in crate::language) whose: Phrases,
    /// Words of them that say how large what it is for is.
    pub(in crate::language) sizes: Phrases,
    /// Words that ask for something without naming it: "something for puppies".
    pub(in crate::language) things: Phrases,
    /// Words for a price, which say for whom it is.
    pub(in crate::language) prices: Phrases,
    /// The ends of words that say that something is done: "chipped".
    pub(in crate::language) done: Phrases,
    /// The ends of those that tell, after "without", what is still to be done.
    pub(in crate::language) to_do: Phrases,
    /// Phrases that open a question with a word that also names a service: "te hago una consulta".
    pub(in crate::language) opens: Phrases,
    /// Phrases that do so only where a question follows.
    pub(in crate::language) may_open: Phrases,
    /// The first words of questions.
    pub(in crate::language) asks: Phrases,
    /// Verbs that tell something, and wish nothing: "tengo el pelo por los hombros".
    pub(in crate::language) tells: Phrases,
    /// The need of a look at something that is wrong.
    pub(in crate::language) look: Look,
    /// Words of every day that are no name misspelt or inflected: "cute" is no "cut".
    pub(in crate::language) plain: Phrases,
    /// What words of one stem end with.
    pub(in crate::language) endings: Phrases,
    /// Words of like sense, each group by itself.
    pub(in crate::language) alike: &'static [Phrases],
}

/// Words by which a language says that somebody of the business is to look at something.
#[derive(Debug)]
pub(in crate::language) struct Look {
    /// Verbs of looking.
    pub(in crate::language) verbs: Phrases,
    /// Words for the one looked at, before that verb.
    pub(in crate::language) before: Phrases,
    /// The same, after it.
    pub(in crate::language) after: Phrases,
    /// Phrases that say it all: "take a look".
    pub(in crate::language) glances: Phrases,
    /// Words before those where it is not the business that looks: "I'll see".
    pub(in crate::language) own: Phrases,
    /// Words between the two where it is after all: "I'd like you to see him".
    pub(in crate::language) asked: Phrases,
    /// The names of services that begin with such a look.
    pub(in crate::language) services: Phrases,
    /// Words beside those that tell nothing: "initial".
    pub(in crate::language) simple: Phrases,
    /// Words beside those that leave them general: "veterinary".
    pub(in crate::language) fields: Phrases,
}
