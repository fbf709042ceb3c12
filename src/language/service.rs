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
    intent::Intent,
    lexicon::Meaning,
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
    /// A whole name is said.
    is_whole: bool,
    /// The words that say so.
    said: Vec<usize>,
}

/// The services that a text wants.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    /// Each with all of its readings.
    pub(super) services: Vec<Vec<usize>>,
    /// The words that name each of them.
    pub(super) places: Vec<Range<usize>>,
    /// They come to what was wanted before.
    pub(super) adds: bool,
    /// What will not do.
    pub(super) not: Vec<usize>,
    /// The customer cannot come to one of them: "I can't make Pilates tomorrow".
    pub(super) cannot_make: bool,
    /// Words that name services, those that will not do as well.
    pub(super) words: Vec<usize>,
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
        let words = all.iter().flat_map(|one| one.said.clone()).collect();
        let first = all.first().map(|mention| mention.words.start);
        let cannot_make = all
            .iter()
            .any(|one| is_led(sentence, &one.words, &[Particle::CannotMake]));
        let (mut not, mut all): (Vec<_>, Vec<_>) = all
            .into_iter()
            .partition(|mention| is_ruled_out(sentence, &mention.words));
        let changes = !not.is_empty();
        not.extend(replaced(sentence, &mut all));
        take_back(sentence, &mut all);
        explain(sentence, &mut all);
        narrow(sentence, &mut all);
        let mut not: Vec<_> = not.into_iter().flat_map(|one| one.services).collect();
        not.sort_unstable();
        not.dedup();
        for mention in &mut all {
            if mention.services.iter().any(|one| !not.contains(one)) {
                mention.services.retain(|one| !not.contains(one));
            }
        }
        let (services, places): (Vec<_>, Vec<_>) = joined(sentence, &all).into_iter().unzip();
        Wanted {
            adds: !changes && first.is_some_and(|first| adds(sentence, first, services.len() == 1)),
            cannot_make,
            services,
            places,
            not,
            words,
            taken,
        }
    }
}

/// Puts together what "or" stands between, and tells nothing twice.
fn joined(sentence: &Sentence<'_>, all: &[Mention]) -> Vec<(Vec<usize>, Range<usize>)> {
    let mut wanted: Vec<(Vec<usize>, Range<usize>)> = Vec::new();
    let mut before = None;
    for mention in all {
        let or = before.is_some_and(|end| is_or(sentence, end, mention.words.start));
        before = Some(mention.words.end);
        match wanted.last_mut() {
            Some((last, words)) if or => {
                last.extend(&mention.services);
                words.end = mention.words.end;
            }
            _ => wanted.push((mention.services.clone(), mention.words.clone())),
        }
    }
    let mut told: Vec<(Vec<usize>, Range<usize>)> = Vec::new();
    for (mut services, words) in wanted {
        let mut seen = Vec::new();
        services.retain(|one| {
            !seen.contains(one) && {
                seen.push(*one);
                true
            }
        });
        if !told.iter().any(|(one, _)| *one == services) {
            told.push((services, words));
        }
    }
    told
}

/// Takes out what is to be replaced by what follows it: "change my manicure to a gel manicure",
/// "make my haircut a skin fade instead".
fn replaced(sentence: &Sentence<'_>, all: &mut Vec<Mention>) -> Vec<Mention> {
    let becomes = |n: usize| {
        let [before, after] = [&all[n - 1], &all[n]];
        let between = sentence.holding(before.words.end)..sentence.holding(after.words.start);
        let is = |n: usize, particle| sentence.is(n, particle);
        let changes =
            |n: usize| sentence.intent(n) == Some(Intent::Reschedule) || is(n, Particle::Change);
        let into = |n: usize| n > 0 && (is(n - 1, Particle::To) || is(n - 1, Particle::InTo));
        let led = into(between.end) || between.end > 1 && into(between.end - 1);
        let changed =
            led && (0..between.end).any(changes) && !between.clone().any(|n| is(n, Particle::And));
        let end = sentence.holding(after.words.end - 1) + 1;
        let mine = is_led(sentence, &before.words, &[Particle::My]);
        let instead = mine && (end..end + 2).any(|n| is(n, Particle::Toward));
        changed
            || instead
                && !between
                    .clone()
                    .any(|n| sentence.stop_before(n) || is(n, Particle::And))
    };
    match (1..all.len()).rfind(|n| becomes(*n)) {
        Some(from) => all.drain(..from).collect(),
        None => Vec::new(),
    }
}

/// Takes out what is said over: the French of "French – sorry, I meant Spanish".
fn take_back(sentence: &Sentence<'_>, all: &mut Vec<Mention>) {
    let Some(at) = (0..sentence.len()).find(|n| sentence.corrects(*n)) else {
        return;
    };
    let place = |one: &Mention| sentence.holding(one.words.start);
    let meant = |one: &Mention| (at..=at + MEANT_WITHIN).contains(&place(one));
    if all.iter().any(meant)
        && let Some(before) = all.iter().rposition(|one| place(one) < at)
    {
        all.remove(before);
    }
}

/// So far from "I meant" what is meant stands.
const MEANT_WITHIN: usize = 4;

/// Leaves out what only explains another wish: the gel of "just the classic, I would only chip the
/// gel", and the "pull" of "can you pull it? I need an extraction".
fn explain(sentence: &Sentence<'_>, all: &mut Vec<Mention>) {
    let stops = |from: usize, to: usize| {
        (sentence.holding(from)..=sentence.holding(to)).any(|n| sentence.stop_before(n))
    };
    let adds = |from: usize, to: usize| {
        let joins = [
            Particle::And,
            Particle::Also,
            Particle::Or,
            Particle::Without,
        ];
        (sentence.holding(from)..sentence.holding(to))
            .any(|n| joins.into_iter().any(|one| sentence.is(n, one)))
    };
    let only = |one: &Mention| is_led(sentence, &one.words, &[Particle::Only]);
    let told_after = |n: usize| {
        let one: &Mention = &all[n];
        all[..n].iter().any(|before| {
            let (from, to) = (before.words.end, one.words.start);
            only(before) && stops(from, to) && !adds(from, to) && !only(one)
        })
    };
    let said_after = |n: usize| {
        let one: &Mention = &all[n];
        all[n + 1..].iter().any(|later| {
            let narrower = later.services.len() < one.services.len()
                && later
                    .services
                    .iter()
                    .all(|service| one.services.contains(service));
            later.is_whole && narrower && stops(one.words.end, later.words.start)
        })
    };
    // "The check-up, because I want braces", "a scan, my engine light came on".
    let reason = |n: usize| {
        let one: &Mention = &all[n];
        let is = |n: usize, particle| sentence.is(n, particle);
        let place = sentence.holding(one.words.start);
        let ends = |n: usize| n == 0 || sentence.stop_before(n) || is(n, Particle::And);
        let start = (0..=place).rev().find(|n| ends(*n)).unwrap_or(0);
        let explains = |n: usize| {
            is(n, Particle::Because) && !is(n, Particle::From)
                || is(n, Particle::Life) && one.said.len() == 1
        };
        let led = (start..place).any(explains);
        led && all[..n].iter().any(|before| {
            sentence.holding(before.words.start) < start
                || (start..place)
                    .any(|n| is(n, Particle::Because) && sentence.holding(before.words.start) < n)
        })
    };
    let explains: Vec<bool> = (0..all.len())
        .map(|n| told_after(n) || said_after(n) || reason(n))
        .collect();
    let mut n = 0;
    all.retain(|_| {
        n += 1;
        !explains[n - 1]
    });
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
    // "Too early" adds nothing.
    let at_the_end = |n: usize| {
        let early = !sentence.stop_before(n + 1) && sentence.part(n + 1).is_some();
        sentence.is(n, Particle::Too) && !early
    };
    let mut after = (first..sentence.len()).filter(|_| alone);
    let begins = first > 0 && sentence.is(0, Particle::And);
    // "Thursday at 8, also at 9" adds a time.
    let counted =
        |n: usize| sentence.number(n).is_some() || sentence.means(n, Meaning::is_calendar);
    let also = |n: usize| sentence.is(n, Particle::Also) && !(n + 1..n + 3).any(counted);
    begins || before || after.any(|n| also(n) || at_the_end(n))
}

/// Returns whether what is named at these words is what is not wanted: "no beard trim", "without
/// the cut", "tinte no".
fn is_ruled_out(sentence: &Sentence<'_>, words: &Range<usize>) -> bool {
    let after = sentence.holding(words.end.saturating_sub(1)) + 1;
    if sentence.is(after, Particle::Not) && grammar::not_after(sentence, after) {
        return true;
    }
    let rules_out = [
        Particle::Without,
        Particle::Not,
        Particle::InsteadOf,
        Particle::Except,
    ];
    is_led(sentence, words, &rules_out) && !is_led(sentence, words, &[Particle::CannotMake])
}

/// Returns whether one of these stands before what is named there, with only small words between.
fn is_led(sentence: &Sentence<'_>, words: &Range<usize>, by: &[Particle]) -> bool {
    // "La" and "las" are also the articles of the hours.
    let articles = [
        Particle::The,
        Particle::One,
        Particle::OneHour,
        Particle::Hours,
        Particle::My,
    ];
    let is_small = |n: usize| articles.into_iter().any(|article| sentence.is(n, article));
    let mut at = sentence.holding(words.start);
    while at > 0 && !sentence.stop_before(at) {
        at -= 1;
        if by.iter().any(|one| sentence.is(at, *one)) {
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
        wanted_in(Language::English, text, names)
    }

    fn wanted_in(language: Language, text: &str, names: &[&str]) -> Wanted {
        let names: Vec<_> = names.iter().map(|name| vec![*name]).collect();
        let catalogue = Catalogue::of(&names);
        let words = Words::of(text);
        let taken = catalogue.whole(&words);
        let sentence = Sentence::of(&words, language, true, &taken);
        catalogue.wanted(&sentence, language, &[])
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
    fn what_is_changed_into_something_else_is_not_wanted() {
        let names = ["Haircut", "Skin fade", "Beard trim"];
        for (text, services, not) in [
            (
                "can you make my haircut a skin fade instead",
                vec![vec![1]],
                vec![0],
            ),
            ("change the haircut to a skin fade", vec![vec![1]], vec![0]),
            (
                "swap my beard trim for a haircut please",
                vec![vec![0]],
                vec![2],
            ),
            (
                "forget the haircut and do a beard trim",
                vec![vec![2]],
                vec![0],
            ),
            ("a skin fade instead of the haircut", vec![vec![1]], vec![0]),
            (
                "my haircut and a beard trim",
                vec![vec![0], vec![2]],
                vec![],
            ),
            (
                "change my haircut and beard trim",
                vec![vec![0], vec![2]],
                vec![],
            ),
        ] {
            let found = wanted(text, &names);
            assert_eq!((found.services, found.not), (services, not), "{text}");
        }
        assert!(!wanted("and a skin fade instead of the haircut", &names).adds);
    }

    #[test]
    fn what_only_explains_a_wish_is_none() {
        let names = ["Classic manicure", "Gel manicure", "Gel removal"];
        for (text, services) in [
            ("just the classic manicure, gel always chips", vec![vec![0]]),
            (
                "just a classic manicure, and a gel removal",
                vec![vec![0], vec![2]],
            ),
            ("a manicure? a gel manicure please", vec![vec![1]]),
        ] {
            assert_eq!(wanted(text, &names).services, services, "{text}");
        }
    }

    #[test]
    fn a_word_of_asking_or_of_address_names_nothing() {
        let names = [
            "Free assessment",
            "General check-up",
            "Kids' haircut",
            "French",
        ];
        for (text, services) in [
            ("is Ana free for the lesson on monday", vec![]),
            ("are you free friday", vec![]),
            ("the free one", vec![vec![0]]),
            ("a free assessment", vec![vec![0]]),
            ("if he can watch the kids", vec![]),
            ("for the kids", vec![vec![2]]),
        ] {
            assert_eq!(wanted(text, &names).services, services, "{text}");
        }
        let names = ["Corte de señora", "Peinado", "Masaje"];
        for (text, services) in [
            ("buenas tardes, señorita. un peinado", vec![vec![1]]),
            ("gracias señora", vec![]),
            ("corte de señora", vec![vec![0]]),
            ("quería cortarme el 18. Corte de señora", vec![vec![0]]),
            ("no hay nada más temprano?", vec![]),
        ] {
            let found = wanted_in(Language::Spanish, text, &names);
            assert_eq!(found.services, services, "{text}");
        }
    }

    #[test]
    fn a_word_within_another_names_nothing() {
        let names = [
            "Acrylic infill",
            "Straight razor shave",
            "Dog bath",
            "Teeth whitening",
        ];
        for text in [
            "I'll leave it for now",
            "aight then",
            "friday or thursday, straight after work",
            "the dog prefers her",
            "I like the same dentist as my husband",
        ] {
            assert!(wanted(text, &names).services.is_empty(), "{text}");
        }
    }

    #[test]
    fn of_names_that_overlap_the_longer_is_said() {
        let names = ["Baño", "Baño y corte", "Baño cachorro", "Corte de uñas"];
        for (text, services) in [
            ("un baño y corte de uñas", vec![vec![0], vec![3]]),
            ("al baño agrégale corte de uñas", vec![vec![0], vec![3]]),
            ("baño y corte", vec![vec![1]]),
            ("corte y baño", vec![vec![1]]),
            ("un baño para mi perra", vec![vec![0]]),
            ("bañar a mis dos perritas", vec![vec![0]]),
            ("baño para mi cachorro", vec![vec![2]]),
        ] {
            let found = wanted_in(Language::Spanish, text, &names);
            assert_eq!(found.services, services, "{text}");
        }
    }

    #[test]
    fn an_appointment_that_will_be_missed_is_not_ruled_out() {
        let found = wanted(
            "I can't make the haircut on friday",
            &["Haircut", "Beard trim"],
        );
        assert_eq!((found.services, found.not), (vec![vec![0]], vec![]));
        assert!(found.cannot_make);
        assert!(!wanted("I don't want a haircut", &["Haircut"]).cannot_make);
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
