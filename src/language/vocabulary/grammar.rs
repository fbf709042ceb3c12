//! Small words of each language that separate clauses and mark verbs and figures.

use super::{Particle, Phrases};

/// The small words that no [`Particle`] stands for. Those of accents and endings are letters.
#[derive(Debug, Clone, Copy)]
pub(in crate::language) struct GrammarWords {
    /// The customer as the object: "with *me*", "*me* torcí".
    pub(in crate::language) me: Phrases,
    /// The customer and "with" in one word: "*conmigo*".
    pub(in crate::language) with_me: Phrases,
    /// The last word of a phrase before what is the customer's own: "can *my*".
    pub(in crate::language) my: Phrases,
    /// The same, of several who belong together: "move *our*".
    pub(in crate::language) our: Phrases,
    /// "My" that also means the customer, where nothing follows it: "por *mí*".
    pub(in crate::language) my_or_me: Phrases,
    /// Words before what a thing is of, without an article: "la mamá *de* Simón".
    pub(in crate::language) of: Phrases,
    /// Articles before somebody or something that is known: "*the* car".
    pub(in crate::language) articles: Phrases,
    /// Articles before a number that only counts: "*the* two tutors".
    pub(in crate::language) counting: Phrases,
    /// The article that is a pronoun with an accent: "para *el* lunes", "para *él*".
    pub(in crate::language) the_or_he: Phrases,
    /// The accented letters that mark it as the pronoun.
    pub(in crate::language) he_marks: Phrases,
    /// The yes that means "if" without its accent: "*si* puedo", "*sí*, puedo".
    pub(in crate::language) yes_or_if: Phrases,
    /// The accented letters that mark it as the yes.
    pub(in crate::language) yes_marks: Phrases,
    /// Letters of things that would be small words without them: "u*ñ*as".
    pub(in crate::language) thing_marks: Phrases,
    /// Endings of plurals: "cut*s*".
    pub(in crate::language) plural: Phrases,
    /// Words before the one for whom it is: "a cut *for* Leo".
    pub(in crate::language) for_whom: Phrases,
    /// Words before the one to whom something is done: "bañar *a* Tango".
    pub(in crate::language) to_whom: Phrases,
    /// Words before "my" where it does not tell of the customer's life: "*then* my son".
    pub(in crate::language) leads_own: Phrases,
    /// Words that begin a reason with a clause of its own: "*que* salgo de clase".
    pub(in crate::language) reason: Phrases,
    /// Words between those and what somebody has then: "que *luego* tengo clase".
    pub(in crate::language) then_has: Phrases,
    /// Words between a bound and the hour that does not belong to it: "the Friday before *at* 2".
    pub(in crate::language) at: Phrases,
    /// Words with which something new begins after what is given up: "cancel it and *book* Friday".
    pub(in crate::language) anew: Phrases,
    /// Words after what takes the place of something: "Friday *instead*".
    pub(in crate::language) instead: Phrases,
    /// Words for celebrations, whose day is wished: "our *anniversary* on Friday, at 10?"
    pub(in crate::language) celebrated: Phrases,
    /// Adjectives after a weekday whose "is" has lost its apostrophe: "fridays *best*".
    pub(in crate::language) suits: Phrases,
    /// Words for an appointment that is named beside its day: "la *cita* de hoy".
    pub(in crate::language) appointments: Phrases,
    /// Words and endings of verbs.
    pub(in crate::language) verbs: VerbWords,
    /// Words and letters around figures.
    pub(in crate::language) figures: FigureWords,
}

/// Words and endings of verbs in statements about the customer's life.
#[derive(Debug, Clone, Copy)]
pub(in crate::language) struct VerbWords {
    /// Pronouns before a verb that tells: "*we* hiked".
    pub(in crate::language) subjects: Phrases,
    /// Endings of regular verbs in the past: "we hik*ed*".
    pub(in crate::language) past: Phrases,
    /// Past forms that express a wish: "I *hoped* for Friday".
    pub(in crate::language) past_wishes: Phrases,
    /// The first person before a verb: "*I* teach until 4".
    pub(in crate::language) i: Phrases,
    /// Verbs after those that express a wish, or report one: "I *vote* Friday".
    pub(in crate::language) says: Phrases,
    /// The third person before a verb: "*she* wakes at 5".
    pub(in crate::language) others: Phrases,
    /// Endings of verbs after those: "she wake*s*".
    pub(in crate::language) others_do: Phrases,
    /// Pronouns between "me" and a verb: "me *lo* corté".
    pub(in crate::language) objects: Phrases,
    /// The third person with "is" or "are" before a verb: "*he's* golfing".
    pub(in crate::language) doing: Phrases,
    /// Endings of verbs after those: "he's golf*ing*".
    pub(in crate::language) doing_endings: Phrases,
    /// Endings of the third person in the past, with their accents: "lleg*ó*".
    pub(in crate::language) did: Phrases,
    /// Endings of the first person in the past, after "me": "me torc*í*".
    pub(in crate::language) i_did: Phrases,
    /// Endings of the first person in the future: "me pas*aré*".
    pub(in crate::language) i_will: Phrases,
    /// Forms of being somewhere: "I*'m* in Dublin".
    pub(in crate::language) being: Phrases,
    /// Verbs for having: "I*'ve* physio at 12".
    pub(in crate::language) having: Phrases,
}

/// Words around figures, and letters glued to them.
#[derive(Debug, Clone, Copy)]
pub(in crate::language) struct FigureWords {
    /// Endings of ordinal numbers in figures: "5*th*".
    pub(in crate::language) ordinal: Phrases,
    /// Letters glued to a figure, with their meaning: "3*p*".
    pub(in crate::language) glued: &'static [(&'static str, Particle)],
    /// Words before an hour that is an answer: "I *think* 10 works".
    pub(in crate::language) answers: Phrases,
    /// Words that say that an hour will not do: "10 is *too* early".
    pub(in crate::language) refuses: Phrases,
    /// Verbs that suit only with what follows them: "10 will *do* nicely".
    pub(in crate::language) plain: Phrases,
    /// Words for the day that was named before: "the Thursday after *that*".
    pub(in crate::language) that: Phrases,
    /// Phrases for later, after a length of time: "an hour *later* than planned".
    pub(in crate::language) later: Phrases,
    /// Phrases for earlier, after a length of time: "two hours *earlier*".
    pub(in crate::language) earlier: Phrases,
    /// Words between those and what it is counted from: "an hour later *than* planned".
    pub(in crate::language) than: Phrases,
}
