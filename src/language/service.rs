//! Which services a text names, fully, nearly or by part of their names.
//!
//! The invariant: of two services that fit equally, both are told.

use std::ops::Range;

use super::{
    lexicon::Meaning,
    sentence::Sentence,
    vocabulary::Particle,
    words::{Words, near},
};

/// A place in a text that names one of these services.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) words: Range<usize>,
    pub(super) services: Vec<usize>,
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
}

/// The names of the services of a business, each in all its forms.
#[derive(Debug)]
pub(super) struct Catalogue(Vec<Vec<Words>>);

/// Words that tell one service from another too little.
const COMMON: &[&str] = &[
    "and", "the", "with", "for", "full", "de", "con", "para", "una", "los", "las", "por",
];

/// Shorter words tell nothing. As the end of a longer one a word tells too: "cut" of "haircut".
const TELLING_FROM: usize = 3;

// === impl Catalogue ===

impl Catalogue {
    /// Of names in all their forms.
    pub(super) fn of(services: &[Vec<&str>]) -> Self {
        let forms = |forms: &Vec<&str>| forms.iter().map(|form| Words::of(form)).collect();
        Self(services.iter().map(forms).collect())
    }

    /// Where whole names stand, but not within longer ones ("haircut" in "kids' haircut").
    pub(super) fn whole(&self, words: &Words) -> Vec<Mention> {
        let mut all: Vec<Mention> = Vec::new();
        for (n, forms) in self.0.iter().enumerate() {
            for place in forms.iter().flat_map(|form| places(words, form)) {
                match all.iter_mut().find(|mention| mention.words == place) {
                    Some(mention) if mention.services.contains(&n) => {}
                    Some(mention) => mention.services.push(n),
                    None => all.push(Mention {
                        words: place,
                        services: vec![n],
                    }),
                }
            }
        }
        let within = |a: &Range<usize>, b: &Range<usize>| {
            a.len() < b.len() && b.start <= a.start && a.end <= b.end
        };
        let longest: Vec<_> = all.iter().map(|mention| mention.words.clone()).collect();
        all.retain(|mention| !longest.iter().any(|other| within(&mention.words, other)));
        all.sort_by_key(|mention| mention.words.start);
        all
    }

    /// Whether a word is nearly one of a name.
    pub(super) fn is_near(&self, word: &str) -> bool {
        let forms = self.0.iter().flatten();
        let mut words = forms.flat_map(Words::as_slice);
        words.any(|part| near(word, part))
    }

    /// The services that a text wants.
    pub(super) fn wanted(&self, sentence: &Sentence<'_>, whole: &[Mention]) -> Wanted {
        let mut all = whole.to_vec();
        for mention in self.partial(sentence, whole) {
            let known = |one: &Mention| mention.services.iter().any(|n| one.services.contains(n));
            if !all.iter().any(known) {
                all.push(mention);
            }
        }
        all.sort_by_key(|mention| mention.words.start);
        let (not, all): (Vec<_>, Vec<_>) = all
            .into_iter()
            .partition(|mention| is_ruled_out(sentence, mention.words.start));
        let mut wanted: Vec<Vec<usize>> = Vec::new();
        for (n, mention) in all.iter().enumerate() {
            if wanted.contains(&mention.services) {
                continue;
            }
            let before = n.checked_sub(1).map(|n| all[n].words.end);
            let or = before.is_some_and(|end| is_or(sentence, end, mention.words.start));
            match wanted.last_mut() {
                Some(last) if or => last.extend(&mention.services),
                _ => wanted.push(mention.services.clone()),
            }
        }
        let first = all.first().map(|mention| mention.words.start);
        Wanted {
            adds: first.is_some_and(|first| adds(sentence, first, wanted.len() == 1)),
            services: wanted,
            not: not.into_iter().flat_map(|one| one.services).collect(),
        }
    }

    /// Runs of words that are part of names, by the services of which they say most.
    fn partial(&self, sentence: &Sentence<'_>, whole: &[Mention]) -> Vec<Mention> {
        let words = sentence.words.as_slice();
        let mut runs: Vec<(Range<usize>, Vec<Form>)> = Vec::new();
        for (n, word) in words.iter().enumerate() {
            let free = !whole.iter().any(|mention| mention.words.contains(&n));
            let services = if free && is_telling(word) && !is_spoken_for(sentence, n) {
                self.with_word(word)
            } else {
                Vec::new()
            };
            if services.is_empty() {
                continue;
            }
            match runs.last_mut() {
                Some((run, said)) if is_same_run(sentence, run.end, n) => {
                    run.end = n + 1;
                    said.extend(services);
                }
                _ => runs.push((n..n + 1, services)),
            }
        }
        // "I have three kids" wants no kids' haircut, "kids cut" does.
        let telling = |(run, _): &(Range<usize>, _)| {
            run.len() > 1 || words.len() <= 2 || !is_kin(sentence, run.start)
        };
        runs.into_iter()
            .filter(telling)
            .map(|(words, said)| Mention {
                words,
                services: self.most_said(&said),
            })
            .collect()
    }

    /// Those that were said most fully, once each: a name of which all was said before others, and
    /// then those of which most was.
    fn most_said(&self, said: &[Form]) -> Vec<usize> {
        let times = |form: &Form| said.iter().filter(|other| *other == form).count();
        let telling = |(service, form): Form| {
            let words = self.0[service][form].as_slice();
            words.iter().filter(|word| is_telling(word)).count()
        };
        let fullness = |form: &Form| (telling(*form) <= times(form), times(form));
        let most = said.iter().map(fullness).max().unwrap_or_default();
        let best = said.iter().filter(|form| fullness(form) == most);
        let mut services: Vec<_> = best.map(|(service, _)| *service).collect();
        services.sort_unstable();
        services.dedup();
        services
    }

    /// The names that have a word.
    fn with_word(&self, word: &str) -> Vec<Form> {
        let same = |part: &String| {
            near(word, part) && is_telling(part)
                || word.len() >= TELLING_FROM
                    && part.len() >= word.len() + TELLING_FROM
                    && part.ends_with(word)
        };
        let all = self.0.iter().enumerate().flat_map(|(service, forms)| {
            let forms = forms.iter().enumerate();
            forms.map(move |(n, form)| ((service, n), form))
        });
        all.filter(|(_, form)| form.as_slice().iter().any(same))
            .map(|(place, _)| place)
            .collect()
    }
}

/// A service, and which of the forms of its name.
type Form = (usize, usize);

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

fn is_telling(word: &str) -> bool {
    word.chars().count() >= TELLING_FROM && !COMMON.contains(&word)
}

/// Whether a word says something about time or what is wanted.
fn is_spoken_for(sentence: &Sentence<'_>, word: usize) -> bool {
    let n = sentence.holding(word);
    let says_more = sentence.meanings(n).iter().any(|meaning| {
        !matches!(
            meaning,
            Meaning::Filler | Meaning::Particle(Particle::Relation | Particle::Relations)
        )
    });
    says_more || sentence.is_name(n)
}

fn is_kin(sentence: &Sentence<'_>, word: usize) -> bool {
    let n = sentence.holding(word);
    sentence.is(n, Particle::Relation) || sentence.is(n, Particle::Relations)
}

/// Whether only small words stand between two words, none of which is "and" or "or".
fn is_same_run(sentence: &Sentence<'_>, end: usize, next: usize) -> bool {
    let parted = |word: usize| {
        let n = sentence.holding(word);
        sentence.is(n, Particle::And) || sentence.is(n, Particle::Or)
    };
    next - end <= 2
        && !(end..next).any(parted)
        && !(end..=next).any(|n| sentence.words.stop_before(n))
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

/// Whether what is named at a word is what is not wanted: "no beard trim", "without the cut".
fn is_ruled_out(sentence: &Sentence<'_>, word: usize) -> bool {
    let n = sentence.holding(word);
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
        let rules_out = [Particle::Without, Particle::Not, Particle::InsteadOf];
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
        let whole = catalogue.whole(&words);
        let taken: Vec<_> = whole.iter().map(|mention| mention.words.clone()).collect();
        let sentence = Sentence::of(&words, Language::English, true, &taken);
        catalogue.wanted(&sentence, &whole)
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
