//! The words for those who come together, for each language.

use super::Phrases;

/// The words for those who come together.
#[derive(Debug, Clone, Copy)]
pub(in crate::language) struct CompanyWords {
    /// Pronouns of somebody else, beside a time of their own.
    pub(in crate::language) pronouns: Phrases,
    /// Words for the first of two: "*one* at 10 and the other at 11".
    pub(in crate::language) first: Phrases,
    /// Words for the second of two, after "and" and without an article.
    pub(in crate::language) second: Phrases,
    /// Phrases that tell that the customer comes as well as somebody else.
    pub(in crate::language) comes_too: Phrases,
    /// The customer run together with a verb: "I'll".
    pub(in crate::language) ill: Phrases,
    /// Words for an appointment of somebody else: "cancel *hers*".
    pub(in crate::language) theirs: Phrases,
    /// Phrases for coming in somebody's place: "*instead of me*".
    pub(in crate::language) in_place: Phrases,
    /// Verbs for having what was another's, or leaving it to them: "my sister will *take* my slot".
    pub(in crate::language) passes_on: Phrases,
    /// Words between those verbs and what is handed over: "take *my* slot".
    pub(in crate::language) whose: Phrases,
    /// Words for an appointment that somebody else may have: "take my *slot*".
    pub(in crate::language) slots: Phrases,
    /// Verbs for bringing others, beside who only brings them: "my mum *is bringing* them".
    pub(in crate::language) brings: Phrases,
    /// Words right before the name of one of the family: "*our* Sophie".
    pub(in crate::language) family: Phrases,
    /// Words that say which of several relatives: "my *other* dog".
    pub(in crate::language) which_kin: Phrases,
    /// Words between one who comes and the next.
    pub(in crate::language) then: Phrases,
    /// Verbs that ask whether somebody may come: "*could* my son get a cut?"
    pub(in crate::language) may: Phrases,
    /// Verbs for what somebody has done there: "could Elias *have* French?"
    pub(in crate::language) visits: Phrases,
    /// Verbs for coming to an appointment.
    pub(in crate::language) come: Phrases,
    /// Words that put things in order.
    pub(in crate::language) orders: Phrases,
    /// Phrases that put one after the other, besides [`Self::then`].
    pub(in crate::language) in_turn: Phrases,
    /// Phrases for the same time.
    pub(in crate::language) at_once: Phrases,
    /// Phrases for each on their own.
    pub(in crate::language) apart: Phrases,
}
