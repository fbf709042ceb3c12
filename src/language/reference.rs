//! The relation of a request to what is already booked or being booked: beside it or in its place.

use super::{
    Language, company,
    intent::Intent,
    phrases::{in_any, phrases},
    sentence::Sentence,
    vocabulary::{Particle, Phrases, Vocabulary},
};

/// The relation of a request to what is already booked or being booked.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each can be said without the others"
)]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reference {
    /// The text speaks of an appointment that the customer has: "my appointment on Friday".
    pub is_own: bool,
    /// One thing is to replace another: "instead".
    pub replaces: bool,
    /// The request is for one more: "another one".
    pub is_another: bool,
    /// Nothing else is wanted: "just a trim".
    pub is_only: bool,
    /// The request is added to something else: "add".
    pub is_more: bool,
    /// All of several are meant: "both", "all of them".
    pub is_all: bool,
    /// One visit comes after the other: "back to back".
    pub in_turn: bool,
    /// It is for somebody who was named before: "could he get a trim".
    pub of_named: bool,
    /// Somebody else is to come to an appointment that there is: "my sister will come instead of me".
    pub stands_in: bool,
    /// The other of two is to go, and not the one that is named: "only Thursday's, lose the other".
    pub other_goes: bool,
}

impl Reference {
    /// Combines both: a flag is set if either has it set.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            is_own: self.is_own || other.is_own,
            replaces: self.replaces || other.replaces,
            is_another: self.is_another || other.is_another,
            is_only: self.is_only || other.is_only,
            is_more: self.is_more || other.is_more,
            is_all: self.is_all || other.is_all,
            in_turn: self.in_turn || other.in_turn,
            of_named: self.of_named || other.of_named,
            stands_in: self.stands_in || other.stands_in,
            other_goes: self.other_goes || other.other_goes,
        }
    }
}

/// Reads the reference in a sentence in which these words name services.
pub(super) fn of(sentence: &Sentence<'_>, language: Language, services: &[usize]) -> Reference {
    let vocabulary = Vocabulary::of(language);
    Reference {
        is_own: has(sentence, vocabulary.own) || names_own(sentence, services),
        replaces: has(sentence, vocabulary.replaces) || turns_from_own(sentence, services),
        is_another: has(sentence, vocabulary.another) || is_same_too(sentence, vocabulary),
        is_only: has(sentence, vocabulary.only),
        is_more: (0..sentence.len()).any(|n| is_also(sentence, n)),
        is_all: has(sentence, vocabulary.all)
            || (0..sentence.len()).any(|n| sentence.is(n, Particle::Both)),
        in_turn: has(sentence, vocabulary.in_turn),
        of_named: !services.is_empty() && company::wishes_for_whom_was_named(sentence),
        stands_in: stands_in(sentence, vocabulary, services),
        other_goes: other_goes(sentence),
    }
}

/// Returns whether a text turns from what the customer has to a service that they want: "I'm down for
/// a haircut on Saturday, but I actually want the skin fade".
fn turns_from_own(sentence: &Sentence<'_>, services: &[usize]) -> bool {
    let is_service = |n: usize| {
        let words = sentence.at(n).map_or(0..0, |lexeme| lexeme.words.clone());
        services.iter().any(|word| words.contains(word))
    };
    let holds = |end: usize| {
        let end = sentence.at(end).map_or(0, |lexeme| lexeme.words.start);
        let before = &sentence.words.as_slice()[..end];
        in_any(|one| one.trade.held).find(before).is_some()
            || in_any(|one| one.own).find(before).is_some()
    };
    let turns = |n: &usize| sentence.is(*n, Particle::But);
    (1..sentence.len()).filter(turns).any(|but| {
        let clause = sentence.clause(but);
        let last = clause.end.checked_sub(1).and_then(|n| sentence.at(n));
        let asked = last.is_some_and(|last| sentence.words.asked_after(last.words.end - 1));
        let wants = clause.clone().find(|n| sentence.is(*n, Particle::Wants));
        !asked && holds(but) && wants.is_some_and(|wants| (wants + 1..clause.end).any(is_service))
    })
}

/// Returns whether a lexeme comes to something else, and does not only tell why: "que tengo también
/// el cuello mal".
pub(super) fn is_also(sentence: &Sentence<'_>, n: usize) -> bool {
    let is_why = || {
        let start = sentence.since_stop(n);
        let that = sentence.begins_with(start, |one| one.grammar.reason);
        (that || sentence.is(start, Particle::Because)) && start + 1 < n
    };
    sentence.is(n, Particle::Also) && !is_why()
}

/// Returns whether a slot passes to somebody else: "can my sister take my slot?", "le paso mi turno
/// a mi hermana".
fn stands_in(sentence: &Sentence<'_>, vocabulary: &Vocabulary, services: &[usize]) -> bool {
    let company = &vocabulary.company;
    let words = sentence.words.as_slice();
    let is_of = |at: usize, all: Phrases| words.get(at).is_some_and(|word| phrases(all).has(word));
    let is_my = |word: &str| in_any(|one| one.grammar.my_or_me).has(word);
    let in_place = |at: usize| {
        let mut ends = phrases(company.in_place).ends(words, at);
        // "Va mi hermano por mí", not "por mi casa".
        ends.any(|end| !is_my(&words[end - 1]) || sentence.words.stop_before(end))
    };
    (0..words.len()).any(in_place)
        || (2..words.len()).any(|slot| {
            (is_of(slot, company.slots) || services.contains(&slot))
                && is_of(slot - 1, company.whose)
                && is_of(slot - 2, company.passes_on)
        })
}

/// Returns whether a clause gives up "the other".
fn other_goes(sentence: &Sentence<'_>) -> bool {
    let cancels = |n: usize| sentence.intent(n) == Some(Intent::Cancel);
    let other = |n: &usize| company::is_the_other(sentence, *n);
    let mut others = (0..sentence.len()).filter(other);
    others.any(|n| (sentence.since_stop(n)..=n).any(cancels))
}

/// Returns whether the customer calls a service their own, or says that they have it: "my haircut".
fn names_own(sentence: &Sentence<'_>, services: &[usize]) -> bool {
    let is_service = |n: usize| {
        let lexeme = sentence.at(n);
        lexeme.is_some_and(|one| services.iter().any(|word| one.words.contains(word)))
    };
    // "I've a cleaning on Friday", "el viernes tengo corte".
    let held = in_any(|one| one.trade.held);
    let words = sentence.words.as_slice();
    let is_held = |n: usize| {
        let start = sentence.at(n).map_or(0, |lexeme| lexeme.words.start);
        let article = [Particle::The, Particle::One, Particle::My];
        let small = n > 0 && article.into_iter().any(|one| sentence.is(n - 1, one));
        held.ends_before(words, start) || small && held.ends_before(words, start - 1)
    };
    (0..sentence.len()).any(|n| {
        let mine = n > 0 && sentence.is(n - 1, Particle::My) && !sentence.stop_before(n);
        is_service(n) && (mine || is_held(n))
    })
}

/// Returns whether the same is wanted for somebody or something else as well: "could you do hers too?
/// Same thing".
fn is_same_too(sentence: &Sentence<'_>, vocabulary: &Vocabulary) -> bool {
    let adds = [Particle::Also, Particle::Too];
    has(sentence, vocabulary.trade.same)
        && (0..sentence.len()).any(|n| adds.into_iter().any(|one| sentence.is(n, one)))
}

fn has(sentence: &Sentence<'_>, all: Phrases) -> bool {
    phrases(all).find(sentence.words.as_slice()).is_some()
}
