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
    /// First words for anybody who comes along: "my *plus* one".
    pub(in crate::language) companion: Phrases,
    /// Words for the second of two after an article: "and the *other* one".
    pub(in crate::language) other: Phrases,
    /// The articles before those: "*the* other".
    pub(in crate::language) before_other: Phrases,
    /// Words that name nobody after those: "the other *day*".
    pub(in crate::language) units: Phrases,
    /// Words with which a phrase leads from the customer to what is done: "book me in *for* a trim".
    pub(in crate::language) in_for: Phrases,
    /// Words that say that it is not for the customer: "it *isn't* for me".
    pub(in crate::language) denies: Phrases,
    /// The customer as the subject, without a verb: "*yo* corte".
    pub(in crate::language) i: Phrases,
    /// The customer as the first of several: "*me* for a haircut".
    pub(in crate::language) me: Phrases,
    /// Phrases for the customer as the one of several to whom something is done: "*a mí* tinte".
    pub(in crate::language) to_me: Phrases,
    /// Words for whose turn comes first, beside [`Self::i`] or [`Self::me`]: "me *first*".
    pub(in crate::language) turn: Phrases,
    /// Words between those who come: "my son *and* me".
    pub(in crate::language) and: Phrases,
    /// Verbs for coming, some words after who comes: "can my son *come* in".
    pub(in crate::language) comes: Phrases,
    /// Verbs right before whom the business is to see: "*squeeze* my son in".
    pub(in crate::language) takes_in: Phrases,
    /// Verbs that mean so only after [`Self::you`]: "could you *see* my aunt".
    pub(in crate::language) may_take_in: Phrases,
    /// Words for the business: "could *you* see my aunt".
    pub(in crate::language) you: Phrases,
    /// Beginnings of such verbs before "to": "me *agend*as a mi hermana".
    pub(in crate::language) takes_in_stems: Phrases,
}
