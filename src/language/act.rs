//! The acts of a message: it greets, affirms, asks, gives details.
//!
//! The invariant: an answer is read from the acts in one place, `Acts::assent`, and what is taken
//! back later in the same text is no act. "Yes … no, wait" does not affirm.

mod cues;
mod scan;
mod settle;
mod token;

use std::ops::Range;

use super::{Language, intent::Assent, reading::Asked, sentence::Sentence, slot::Slot};

/// One thing that a text does, with its details and the words that do it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// What it does.
    pub kind: ActKind,
    /// The words of [`Words`](super::words::Words) that do it, from the first to the last.
    pub words: Range<usize>,
    /// The details that those words give.
    pub slots: Vec<Slot>,
    /// True if it has words that are neither a detail nor small: "do you take *cards*".
    pub tells: bool,
}

/// What an act does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActKind {
    /// Says yes.
    Affirm,
    /// Says no.
    Deny,
    /// Says neither and asks for time: "wait", "let me ask my wife".
    Hesitate,
    /// Says hello.
    Greet,
    /// Says thank you.
    Thank,
    /// Says goodbye.
    Part,
    /// Asks something.
    Question,
    /// Wants something done.
    Request,
    /// Names a day, a time, a service or a person.
    Inform,
    /// Tells something in known words that wishes nothing.
    Statement,
    /// Wants something added that is none of the services: "throw in a facial".
    Addition,
    /// Says what is not understood.
    Unknown,
}

/// The acts of a text and the answer that they give.
#[derive(Debug, Default)]
pub(super) struct Acts {
    /// In the order of the text.
    pub(super) all: Vec<Act>,
    /// The answer to a question of yes or no, whatever else is said.
    pub(super) assent: Option<Assent>,
    /// Nothing is said but the answer, courtesies and what is to be done.
    pub(super) is_plain: bool,
    /// The words of yeses, hesitations and courtesies, in which nothing is wished.
    spoken_for: Vec<Range<usize>>,
    /// The words of yeses and hesitations, which name no time: "me late", "one minute".
    pub(super) timeless: Vec<Range<usize>>,
    /// Somebody comes besides: "one for my son".
    pub(super) adds_person: bool,
    /// The word with which the yes begins.
    yes_from: usize,
}

/// Returns whether a word alone tells something about an answer: "arre", "bet".
pub(super) fn is_cue(word: &str, language: Language) -> bool {
    cues::is_cue(word, language)
}

// === impl Acts ===

impl Acts {
    /// The acts of a sentence. Of the words that are `taken`, those of `services` and `staff` are
    /// details.
    pub(super) fn of(
        sentence: &Sentence<'_>,
        language: Language,
        taken: &[Range<usize>],
        asked: Asked,
    ) -> Self {
        let scan = scan::Scan::of(sentence, language, taken, asked);
        settle::settle(scan)
    }

    /// Returns whether a word belongs to a yes, a hesitation or a courtesy, so that it wishes
    /// nothing: "can't wait", "see you later".
    pub(super) fn holds(&self, word: usize) -> bool {
        self.spoken_for.iter().any(|range| range.contains(&word))
    }

    /// Returns whether a word stands before the yes, so that it asks for no other time: "sorry for
    /// not answering earlier. Yes".
    pub(super) fn is_before_yes(&self, word: usize) -> bool {
        word < self.yes_from
    }
}

#[cfg(test)]
mod tests {
    use crate::language::{
        Asked, Context, DateOrder, Language, Phrasebook, Reader, Reading, day::Weekdays,
        intent::Assent,
    };

    /// A text as the answer to a proposal.
    fn answer(text: &str, language: Language) -> Reading {
        Phrasebook.read(
            text,
            &Context {
                now: "2026-03-04T10:00:00".parse().unwrap(),
                language: Some(language),
                date_order: DateOrder::Either,
                country: None,
                last_day: None,
                window: None,
                talked_of: None,
                closed: Weekdays::default(),
                open: None,
                elsewhere: None,
                asked: Asked::Proposal,
                topic: Vec::new(),
                earlier: Vec::new(),
                minutes: Vec::new(),
                services: vec![vec!["Haircut", "Corte de pelo"], vec!["Massage", "Masaje"]],
                staff: vec!["Ellie", "Gustavo"],
            },
        )
    }

    #[test]
    fn a_yes_in_the_words_of_any_region_is_a_plain_one() {
        let english = "yessir|yes sir|yes ma'am|bet|say less|for sure|aight bet|fosho|i'm with it|\
            ye safe|ace|lush|brill, ta|yep ta|lovely jubbly|sweet as|too easy|no worries|no dramas|\
            good as gold|sick yes|yes dear, that will do nicely|yes please do|yes done, book that|\
            that's right, yes|yep great|yes both please|yes please, both of them|\
            that one please|yep that one|class, yes please|okk|yess pleasee|\
            yes, that's better|very well|yes kindly confirm the same|thats sick";
        let spanish = "jalo|va que va|órale va|simón, carnal|a huevo|así mero|ya po|yapo|sipo|sí po|\
            dale no más|filete|me tinca|ya pe|ya chévere|claro pe|ya pues, bravazo|dale|joya|\
            buenísimo, sí|valee|daale|ta|ta, gracias|así está perfecto, gracias|\
            sí, la otra la dejo|me re sirve|de una|hágale pues|sí joven, gracias|sí mijita|sí señorita|\
            ahora sí|ahora sí que sí jajaja|sí, ambas|venga va|correcto, anote nomás";
        for (all, language) in [(english, Language::English), (spanish, Language::Spanish)] {
            for text in all.split('|').map(str::trim) {
                let reading = answer(text, language);
                assert_eq!(reading.assent, Some(Assent::Yes), "{text}");
                assert!(reading.is_plain_answer, "{text}: {reading:?}");
            }
        }
    }

    #[test]
    fn what_is_only_told_beside_a_yes_leaves_it_plain() {
        let english = "yes please, they never pick up the phone|yeah book it before she changes her mind|\
            yes thanks, my last barber didn't listen|ok, so i don't forget again";
        let spanish = "sí, nunca contestan el teléfono|dale, y que no se entere mi jefe|\
            sí porfa, que no me gusta esperar|vale, resérvala antes de que me arrepienta";
        let doubtful =
            "yes but no fade|yes not that time|yes, unless it rains|ok but not with Ellie";
        let dudosas =
            "sí pero sin fade|sí, a esa hora no|vale, si me dejan salir|sí pero con Gustavo no";
        for (all, language, is_plain) in [
            (english, Language::English, true),
            (spanish, Language::Spanish, true),
            (doubtful, Language::English, false),
            (dudosas, Language::Spanish, false),
        ] {
            for text in all.split('|') {
                let assent = answer(text, language).assent;
                assert_eq!(assent == Some(Assent::Yes), is_plain, "{text}: {assent:?}");
            }
        }
    }

    #[test]
    fn words_of_a_yes_that_say_something_else_are_none() {
        let english =
            "i'm sick|so sick today|yeah nah|fire|is it safe?|no bet|no sir|copy that to my wife?";
        let spanish =
            "no po|nopo|no joven|no, gracias mijita|joven|que va|ahora no|el joven de ayer|nica";
        for (all, language) in [(english, Language::English), (spanish, Language::Spanish)] {
            for text in all.split('|') {
                assert_ne!(answer(text, language).assent, Some(Assent::Yes), "{text}");
            }
        }
    }
}
