//! The words that stand around names, for each language.

use super::Phrases;

/// The words around the names of people.
#[derive(Debug, Clone, Copy)]
pub(in crate::language) struct NameWords {
    /// Before the customer's own name, whatever it is.
    pub(in crate::language) own: Phrases,
    /// Before the customer's own name, or something else about them.
    pub(in crate::language) perhaps_own: Phrases,
    /// Before the customer's own name, but only in the answer to the question for it.
    pub(in crate::language) answers: Phrases,
    /// Before the name of somebody else who comes.
    pub(in crate::language) other: Phrases,
    /// Before a surname alone.
    pub(in crate::language) surname: Phrases,
    /// Parents and owners: "la mamá de Simón" comes with Simón.
    pub(in crate::language) guardians: Phrases,
    /// After the customer's own name at the start of a message.
    pub(in crate::language) present: Phrases,
    /// Before the signature.
    pub(in crate::language) sign_off: Phrases,
    /// What a name is addressed with.
    pub(in crate::language) titles: Phrases,
    /// What may stand before or after a name in the answer to the question for it.
    pub(in crate::language) around: Phrases,
    /// Yeses with which an answer to the question for a name may begin, and that say no more.
    pub(in crate::language) leads: Phrases,
    /// Words among those that agree to the proposal if they are a sentence of their own.
    pub(in crate::language) firm: Phrases,
    /// Small words within names.
    pub(in crate::language) linking: Phrases,
    /// Words that no name has.
    pub(in crate::language) never: Phrases,
    /// Words of the language, or within a slip of one, that are also names.
    pub(in crate::language) also_names: Phrases,
    /// Verbs before the preposition of a person to whom something is done: "llevo a Lola".
    pub(in crate::language) done_to: Phrases,
    /// Endings of such verbs.
    pub(in crate::language) done_to_endings: Phrases,
    /// Verbs with such an ending before the preposition of a place: "viajar a Lima".
    pub(in crate::language) goes_to: Phrases,
    /// Verbs before somebody who is to be taken in: "*fit* Biscuit in".
    pub(in crate::language) fits: Phrases,
    /// Words after them: "fit Biscuit *in*".
    pub(in crate::language) fitted: Phrases,
    /// Before somebody who is only spoken of or to: "don't *tell* Danny", "no offence *to* Ana".
    pub(in crate::language) speaks_of: Phrases,
    /// Verbs for what one who works there does, before or after their name.
    pub(in crate::language) acts: Phrases,
    /// Phrases that ask when somebody works, whose name stands at the star.
    pub(in crate::language) is_in: Phrases,
    /// After the name of somebody else: "Misty is her name".
    pub(in crate::language) told_after: Phrases,
    /// Words before one of the staff whom the customer wishes to see: "*con* Ana".
    pub(in crate::language) sees: Phrases,
    /// Pronouns that say whose a name is, and are none: "a nombre de *ella*".
    pub(in crate::language) whose: Phrases,
    /// Articles that a name may have: "soy *la* Pili".
    pub(in crate::language) articles: Phrases,
    /// Words that ask for a name: "¿*cómo* se llama?"
    pub(in crate::language) asks: Phrases,
    /// Words that say that a name is told: "his *name* is August".
    pub(in crate::language) says_name: Phrases,
    /// Words in phrases that tell the name under which it is to be: "*under* Leo".
    pub(in crate::language) under: Phrases,
    /// Words by which such a phrase is about the customer: "put *me* under Leo".
    pub(in crate::language) of_customer: Phrases,
    /// Phrases after such a name: "Leo *is the name*".
    pub(in crate::language) is_name: Phrases,
    /// Phrases beside a name that say that it is somebody else's: "my son, *not me*, Leo".
    pub(in crate::language) not_me: Phrases,
    /// The letter after the apostrophe of a name, which may be left out: "Toby'*s*", "my mum*s* cat".
    pub(in crate::language) possessive: Phrases,
    /// Groups of people or animals before that ending, which are not names: "*men*s cut".
    pub(in crate::language) groups: Phrases,
    /// Ends of verbs and qualities, as a name in small letters hardly has: "danc*ing*".
    pub(in crate::language) endings: Phrases,
    /// Words within names that stay without a capital: "María *de la* Torre".
    pub(in crate::language) small: Phrases,
    /// Beginnings of surnames after which a capital stands: "*Mc*Allister".
    pub(in crate::language) mac: Phrases,
    /// Ends of short forms of names: "Ben*ito*".
    pub(in crate::language) diminutives: Phrases,
    /// Pronouns after "with" for one of the staff: "with *her*".
    pub(in crate::language) whom: Phrases,
    /// Pronouns for one of the staff after [`Self::before_who`]: "could *she*".
    pub(in crate::language) who: Phrases,
    /// Verbs before those: "*could* she".
    pub(in crate::language) before_who: Phrases,
}
