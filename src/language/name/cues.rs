//! The words around names, of all languages together, ready to be looked up.
//!
//! People mix languages where they tell a name, so the cues of every language count in every text.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use crate::language::{
    Language,
    phrases::phrases,
    vocabulary::{NameWords, Phrases, Vocabulary},
    words::Words,
};

/// What a phrase tells of the name beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    /// The customer's own name follows.
    Own,
    /// The customer's own name may follow.
    PerhapsOwn,
    /// The customer's own name follows, if it was asked for.
    Answer,
    /// The name of somebody else who comes may follow.
    Other,
    /// A surname follows.
    Surname,
    /// The customer's own name stands before it.
    Present,
    /// A signature follows.
    SignOff,
    /// Says nothing beside a name.
    Around,
}

/// How a word may stand in a name, by the word alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A word of the language that is also a name.
    AlsoName,
    /// A small word within names.
    Linking,
    /// No name has it.
    Never,
    /// Known to the language, and no part of a name by itself.
    Usual,
}

struct Phrase {
    rest: Vec<&'static str>,
    cue: Cue,
}

/// All cues by their first words, and all words by their roles.
pub(super) struct Cues {
    phrases: HashMap<&'static str, Vec<Phrase>>,
    roles: HashMap<&'static str, Role>,
    titles: [HashSet<&'static str>; Language::ALL.len()],
}

static CUES: LazyLock<Cues> = LazyLock::new(Cues::build);

// === impl Cues ===

impl Cues {
    pub(super) fn all() -> &'static Self {
        &CUES
    }

    /// The longest phrase of one of these cues at a word, and how many words it takes.
    pub(super) fn find(&self, words: &Words, at: usize, wanted: &[Cue]) -> Option<(Cue, usize)> {
        let all = words.as_slice();
        let phrases = self.phrases.get(all.get(at)?.as_str())?;
        let fits = |phrase: &&Phrase| {
            let rest = phrase.rest.iter().zip(at + 1..);
            wanted.contains(&phrase.cue)
                && rest.into_iter().all(|(word, n)| {
                    all.get(n).is_some_and(|other| other == word) && !words.stop_before(n)
                })
        };
        let phrase = phrases.iter().find(fits)?;
        Some((phrase.cue, phrase.rest.len() + 1))
    }

    pub(super) fn role(&self, word: &str) -> Option<Role> {
        self.roles.get(word).copied()
    }

    /// Returns whether a word is a title; without a language, in any.
    pub(super) fn is_title(&self, word: &str, language: Option<Language>) -> bool {
        Language::ALL
            .into_iter()
            .zip(&self.titles)
            .any(|(one, titles)| {
                language.is_none_or(|language| language == one) && titles.contains(word)
            })
    }

    fn build() -> Self {
        let words = Language::ALL.map(Vocabulary::of);
        let mut cues = Self {
            phrases: HashMap::new(),
            roles: HashMap::new(),
            titles: words.map(|one| split(one.names.titles).collect()),
        };
        // What is put in later goes before what is there.
        for one in words {
            cues.add_roles(one.common, Role::Usual);
        }
        for one in words {
            cues.add_roles(one.names.never, Role::Never);
        }
        for one in words {
            cues.add_roles(one.names.linking, Role::Linking);
        }
        for one in words {
            cues.add_roles(one.names.also_names, Role::AlsoName);
        }
        for one in words {
            cues.add_phrases(&one.names);
        }
        for phrases in cues.phrases.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
        cues
    }

    fn add_roles(&mut self, phrases: Phrases, role: Role) {
        self.roles.extend(split(phrases).map(|word| (word, role)));
    }

    fn add_phrases(&mut self, names: &NameWords) {
        for (phrases, cue) in [
            (names.own, Cue::Own),
            (names.perhaps_own, Cue::PerhapsOwn),
            (names.answers, Cue::Answer),
            (names.other, Cue::Other),
            (names.surname, Cue::Surname),
            (names.present, Cue::Present),
            (names.sign_off, Cue::SignOff),
            (names.around, Cue::Around),
        ] {
            for phrase in split(phrases) {
                let mut words = phrase.split(' ');
                let first = words.next().unwrap_or_default();
                let rest = words.collect();
                let all = self.phrases.entry(first).or_default();
                all.push(Phrase { rest, cue });
            }
        }
    }
}

fn split(names: Phrases) -> impl Iterator<Item = &'static str> {
    phrases(names).iter()
}
