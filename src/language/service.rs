//! Which services a text names, fully, nearly or by part of their names.
//!
//! The invariant: of two services that fit equally, both are told.

mod choice;
mod form;
mod likeness;
mod part;

use std::{cell::RefCell, ops::Range, rc::Rc};

use self::{choice::Finder, form::Forms};
use super::{
    Language, grammar,
    sentence::Sentence,
    vocabulary::{Particle, Vocabulary},
    words::{Words, near},
};

/// A place in a text that names one of these services.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mention {
    words: Range<usize>,
    services: Vec<usize>,
    /// It says what kind of thing it is, and not only which of several.
    names_kind: bool,
    /// It is said in words of the name, or of the kind of thing.
    is_sure: bool,
    /// The words that say so.
    said: Vec<usize>,
}

/// The services that a text wants.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    /// Each with all of its readings.
    pub(super) services: Vec<Vec<usize>>,
    /// They come to what was wanted before.
    pub(super) adds: bool,
    /// What will not do.
    pub(super) not: Vec<usize>,
    /// Words that belong to the name of a service, and would mean something else without it.
    pub(super) taken: Vec<usize>,
}

/// The names of the services of a business, each in all its forms.
#[derive(Debug, Clone)]
pub(super) struct Catalogue(Rc<Forms>);

/// Names and the catalogue of them.
type Known = (Vec<Vec<String>>, Catalogue);

thread_local! {
    /// The catalogue that was used last: to take names apart costs more than to read a message, and
    /// most messages are for the same business as the one before.
    static LAST: RefCell<Option<Known>> = const { RefCell::new(None) };
}

// === impl Catalogue ===

impl Catalogue {
    /// Of names in all their forms.
    pub(super) fn of(services: &[Vec<&str>]) -> Self {
        LAST.with_borrow_mut(|last| {
            let known = last.as_ref().filter(|(names, _)| *names == services);
            if let Some((_, catalogue)) = known {
                return catalogue.clone();
            }
            let names = services
                .iter()
                .map(|all| all.iter().map(ToString::to_string).collect());
            let catalogue = Self(Rc::new(Forms::of(services)));
            *last = Some((names.collect(), catalogue.clone()));
            catalogue
        })
    }

    /// Where whole names stand, but not within longer ones ("haircut" in "kids' haircut").
    pub(super) fn whole(&self, words: &Words) -> Vec<Range<usize>> {
        let forms = self.0.all.iter();
        let mut all: Vec<_> = forms.flat_map(|form| places(words, &form.words)).collect();
        // The longest first, of each start.
        all.sort_by_key(|place| (place.start, std::cmp::Reverse(place.end)));
        let mut end = 0;
        all.retain(|place| {
            let longer = place.end > end;
            end = end.max(place.end);
            longer
        });
        all
    }

    /// The services that a text wants. What is of the names of people wants none.
    pub(super) fn wanted(
        &self,
        sentence: &Sentence<'_>,
        language: Language,
        of_people: &[Range<usize>],
    ) -> Wanted {
        let head_first = Vocabulary::of(language).trade.head_first;
        let finder = Finder::new(&self.0, sentence, head_first);
        let mut all = finder.mentions();
        let is_of_people = |one: &Mention| {
            let words = &one.words;
            let parted =
                |range: &Range<usize>| range.end <= words.start || words.end <= range.start;
            !of_people.iter().all(parted)
        };
        all.retain(|one| !is_of_people(one));
        let taken = all.iter().flat_map(|one| one.spoken_for(&finder)).collect();
        let first = all.first().map(|mention| mention.words.start);
        let (not, mut all): (Vec<_>, Vec<_>) = all
            .into_iter()
            .partition(|mention| is_ruled_out(sentence, &mention.words));
        narrow(sentence, &mut all);
        let mut not: Vec<_> = not.into_iter().flat_map(|one| one.services).collect();
        not.dedup();
        for mention in &mut all {
            if mention.services.iter().any(|one| !not.contains(one)) {
                mention.services.retain(|one| !not.contains(one));
            }
        }
        let services = joined(sentence, &all);
        Wanted {
            adds: first.is_some_and(|first| adds(sentence, first, services.len() == 1)),
            services,
            not,
            taken,
        }
    }
}

/// Puts together what "or" stands between, and tells nothing twice.
fn joined(sentence: &Sentence<'_>, all: &[Mention]) -> Vec<Vec<usize>> {
    let mut wanted: Vec<Vec<usize>> = Vec::new();
    let mut before = None;
    for mention in all {
        let or = before.is_some_and(|end| is_or(sentence, end, mention.words.start));
        before = Some(mention.words.end);
        match wanted.last_mut() {
            Some(last) if or => last.extend(&mention.services),
            _ => wanted.push(mention.services.clone()),
        }
    }
    let mut told: Vec<Vec<usize>> = Vec::new();
    for mut services in wanted {
        let mut seen = Vec::new();
        services.retain(|one| {
            !seen.contains(one) && {
                seen.push(*one);
                true
            }
        });
        if !told.contains(&services) {
            told.push(services);
        }
    }
    told
}

/// "Pilates, the reformer one": of several that were named, which is meant is said beside it.
fn narrow(sentence: &Sentence<'_>, all: &mut Vec<Mention>) {
    let shared = |a: &Mention, b: &Mention| -> Vec<usize> {
        let services = a.services.iter().copied();
        services.filter(|one| b.services.contains(one)).collect()
    };
    let mut narrowed: Vec<(usize, Mention)> = Vec::new();
    let mut used = vec![false; all.len()];
    for (number, kind) in all.iter().enumerate() {
        let mut which: Vec<(usize, Mention)> = Vec::new();
        if kind.names_kind && kind.services.len() > 1 {
            for (n, other) in all.iter().enumerate() {
                let services = shared(other, kind);
                let tells = !other.names_kind
                    || other.services.len() < kind.services.len()
                        && other.services.len() == services.len();
                if tells && !services.is_empty() && services.len() < kind.services.len() {
                    used[n] = true;
                    which.push((
                        n,
                        Mention {
                            services,
                            ..other.clone()
                        },
                    ));
                }
            }
        }
        let or = which
            .windows(2)
            .any(|pair| is_or(sentence, pair[0].1.words.end, pair[1].1.words.start));
        if which.is_empty() {
            narrowed.push((number, kind.clone()));
        } else if or || which.len() == 1 {
            let services = which
                .into_iter()
                .flat_map(|(_, one)| one.services)
                .collect();
            narrowed.push((
                number,
                Mention {
                    services,
                    ..kind.clone()
                },
            ));
        } else {
            narrowed.extend(which.into_iter().map(|(_, one)| {
                (
                    number,
                    Mention {
                        is_sure: true,
                        ..one
                    },
                )
            }));
        }
    }
    // "It's an emergency, my tooth snapped" wants no whitening of teeth.
    let is_sure = |(number, mention): &(usize, Mention)| mention.is_sure && !used[*number];
    let sure = narrowed.iter().any(is_sure);
    let own = narrowed.into_iter();
    let own = own.filter(|one| !used[one.0] && (!sure || is_sure(one)));
    *all = own.map(|(_, mention)| mention).collect();
    all.sort_by_key(|mention| mention.words.start);
}

/// Every place of a name, also where one word of it is written as two.
fn places(words: &Words, form: &Words) -> Vec<Range<usize>> {
    let (all, form) = (words.as_slice(), form.as_slice());
    if form.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for start in 0..all.len() {
        let rest = &all[start..];
        if rest.len() >= form.len() && rest.iter().zip(form).all(|(a, b)| near(a, b)) {
            found.push(start..start + form.len());
        } else if let ([one], [a, b, ..]) = (form, rest)
            && one.len() == a.len() + b.len()
            && one.starts_with(a.as_str())
            && one.ends_with(b.as_str())
        {
            found.push(start..start + 2);
        }
    }
    found
}

/// Whether what is named from a word on comes to something: "and a beard trim", "a beard trim too".
fn adds(sentence: &Sentence<'_>, first: usize, alone: bool) -> bool {
    let first = sentence.holding(first);
    let before = (0..first).any(|n| sentence.is(n, Particle::Also));
    let at_the_end = |n| sentence.is(n, Particle::Too) && sentence.stop_before(n + 1);
    let mut after = (first..sentence.len()).filter(|_| alone);
    let begins = first > 0 && sentence.is(0, Particle::And);
    begins || before || after.any(|n| sentence.is(n, Particle::Also) || at_the_end(n))
}

/// Returns whether what is named at these words is what is not wanted: "no beard trim", "without
/// the cut", "tinte no".
fn is_ruled_out(sentence: &Sentence<'_>, words: &Range<usize>) -> bool {
    let n = sentence.holding(words.start);
    let after = sentence.holding(words.end.saturating_sub(1)) + 1;
    if sentence.is(after, Particle::Not) && grammar::not_after(sentence, after) {
        return true;
    }
    // "La" and "las" are also the articles of the hours.
    let articles = [
        Particle::The,
        Particle::One,
        Particle::OneHour,
        Particle::Hours,
        Particle::My,
    ];
    let is_small = |n: usize| articles.into_iter().any(|article| sentence.is(n, article));
    let mut at = n;
    while at > 0 && !sentence.stop_before(at) {
        at -= 1;
        let rules_out = [
            Particle::Without,
            Particle::Not,
            Particle::InsteadOf,
            Particle::Except,
        ];
        if rules_out.into_iter().any(|one| sentence.is(at, one)) {
            return true;
        }
        if !is_small(at) {
            return false;
        }
    }
    false
}

fn is_or(sentence: &Sentence<'_>, end: usize, next: usize) -> bool {
    (end..next).any(|word| sentence.is(sentence.holding(word), Particle::Or))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    fn wanted(text: &str, names: &[&str]) -> Wanted {
        let names: Vec<_> = names.iter().map(|name| vec![*name]).collect();
        let catalogue = Catalogue::of(&names);
        let words = Words::of(text);
        let taken = catalogue.whole(&words);
        let sentence = Sentence::of(&words, Language::English, true, &taken);
        catalogue.wanted(&sentence, Language::English, &[])
    }

    #[test]
    fn a_name_within_a_longer_one_is_not_meant_and_equals_are_all_told() {
        let names = [
            "Haircut",
            "Kids' haircut",
            "Hair color",
            "Beard trim",
            "Men's cut & wash",
        ];
        for (text, expected) in [
            ("a haircut please", vec![vec![0]]),
            ("kids haircut", vec![vec![1]]),
            ("kids cut", vec![vec![1]]),
            ("a hairuct for me", vec![vec![0]]),
            ("hair cut", vec![vec![0]]),
            ("colour", vec![vec![2]]),
            ("trim", vec![vec![3]]),
            ("haircut or beard trim", vec![vec![0, 3]]),
            ("haircut and beard trim", vec![vec![0], vec![3]]),
            ("wash and color", vec![vec![4], vec![2]]),
            ("massage", vec![]),
            ("I want my hair dyed", vec![vec![2]]),
            ("can you dye my hair friday", vec![vec![2]]),
            ("my kid needs a trim", vec![vec![1]]),
            ("a trim of my beard", vec![vec![3]]),
            ("I have three kids", vec![]),
        ] {
            assert_eq!(wanted(text, &names).services, expected, "{text}");
        }
        assert_eq!(
            wanted("haircut", &["Men's haircut", "Women's haircut"]).services,
            [[0, 1]]
        );
        assert!(wanted("haircut", &[]).services.is_empty());
    }

    #[test]
    fn what_will_not_do_is_not_wanted() {
        for (text, services, not) in [
            ("without the beard trim", vec![], vec![1]),
            ("a haircut but no beard trim", vec![vec![0]], vec![1]),
            (
                "I don't want a beard trim, just a haircut",
                vec![vec![0]],
                vec![1],
            ),
            ("no, a haircut", vec![vec![0]], vec![]),
            ("no just a haircut", vec![vec![0]], vec![]),
            ("no haircut", vec![], vec![0]),
        ] {
            let found = wanted(text, &["Haircut", "Beard trim"]);
            assert_eq!((found.services, found.not), (services, not), "{text}");
        }
    }

    #[test]
    fn what_comes_to_something_says_so() {
        let adds = |text: &str| wanted(text, &["Haircut", "Beard trim"]).adds;
        for text in [
            "and a beard trim",
            "also a beard trim please",
            "could you add a beard trim",
            "a beard trim too",
            "also a haircut and a beard trim",
        ] {
            assert!(adds(text), "{text}");
        }
        for text in [
            "a beard trim",
            "haircut and beard trim",
            "a haircut and also a beard trim",
            "that is too late, a haircut at 5",
            "also at 5?",
        ] {
            assert!(!adds(text), "{text}");
        }
    }
}
