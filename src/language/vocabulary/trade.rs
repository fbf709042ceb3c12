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
    /// Phrases for what the customer has or had: "I have a facial on Friday".
    pub(in crate::language) held: Phrases,
    /// Words before what is spoken of already: "the class".
    pub(in crate::language) definite: Phrases,
    /// Phrases for what was booked before: "the same thing".
    pub(in crate::language) same: Phrases,
    /// Words before what is as it was: "the same haircut".
    pub(in crate::language) likewise: Phrases,
    /// Phrases that tell what somebody is like, or what happened: "my dog hates dryers".
    pub(in crate::language) recounts: Phrases,
    /// Phrases before what the customer has to do: "I have to pick up my son".
    pub(in crate::language) duties: Phrases,
    /// Words for who does a service, and for what of the body it is done to.
    pub(in crate::language) bearers: Phrases,
    /// Phrases that ask whether somebody or something is taken: "do you do kids?"
    pub(in crate::language) offers: Phrases,
    /// Phrases that lead what an appointment is to become: "make it the full service".
    pub(in crate::language) becomes: Phrases,
    /// Phrases for who has never been there: "it's my first time".
    pub(in crate::language) newcomer: Phrases,
    /// Words in the names of the services for them.
    pub(in crate::language) initial: Phrases,
    /// Words that make a wish of what somebody has: "I have *to*", "tengo *ganas* de".
    pub(in crate::language) has_to: Phrases,
    /// Words before what is spoken of as a thing, and not as a direction: "*my* back".
    pub(in crate::language) owned: Phrases,
    /// Words that stand for a thing behind what tells which: "the free *one*".
    pub(in crate::language) ones: Phrases,
    /// Words and signs between the two of a name: "wash *and* cut".
    pub(in crate::language) joint: Phrases,
    /// Ends that make another word of a short one: "cut*e*" is no "cut".
    pub(in crate::language) other_endings: Phrases,
    /// Words for the length of services.
    pub(in crate::language) length: LengthWords,
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

/// Words by which a language says how long a service is.
#[derive(Debug)]
pub(in crate::language) struct LengthWords {
    /// Words for an hour, or several.
    pub(in crate::language) hours: Phrases,
    /// Those of them that mean one hour without a number: "the hour one".
    pub(in crate::language) bare: Phrases,
    /// Words for minutes.
    pub(in crate::language) minutes: Phrases,
    /// Words for half of an hour, before it.
    pub(in crate::language) halves: Phrases,
    /// Phrases for half an hour more, after hours: "and a half".
    pub(in crate::language) and_a_half: Phrases,
    /// Words before one hour: "a full hour".
    pub(in crate::language) single: Phrases,
    /// Words before a length that is spoken of as a thing: "the hour one".
    pub(in crate::language) definite: Phrases,
    /// Words for the longest of several.
    pub(in crate::language) longer: Phrases,
    /// Words for the shortest of several.
    pub(in crate::language) shorter: Phrases,
    /// Words before the time until something: "in an hour".
    pub(in crate::language) before: Phrases,
    /// Words after the time by which something moves: "an hour later".
    pub(in crate::language) after: Phrases,
    /// Words between half and the hour: "half *an* hour".
    pub(in crate::language) half_of: Phrases,
    /// Words after half of an hour that is spoken of as a thing: "the half *one*".
    pub(in crate::language) half_one: Phrases,
    /// Words after a length that is said of one of several: "an hour *long*".
    pub(in crate::language) lasting: Phrases,
    /// Words before those that compare: "la *más* corta".
    pub(in crate::language) more: Phrases,
}
