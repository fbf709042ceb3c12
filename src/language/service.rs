//! Which services a text names, fully, nearly or by part of their names.
//!
//! The invariant: of two services that fit equally, both are told.

mod choice;
mod combine;
mod form;
mod length;
mod likeness;
mod need;
mod part;
mod settle;
mod shared;
mod told;
mod topic;

use std::{cell::RefCell, ops::Range, rc::Rc};

use self::{choice::Finder, form::Forms};
use super::{
    Language, grammar,
    lexicon::Meaning,
    phrases::phrases,
    reference,
    sentence::Sentence,
    slip::near,
    vocabulary::{Particle, Vocabulary},
    words::Words,
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
    /// All services of the kind that is said.
    kinds: Vec<usize>,
    /// The words that say so.
    said: Vec<usize>,
}

// === impl Mention ===

impl Mention {
    /// Returns the mention of services that are meant by a phrase which is no part of their names.
    fn of_phrase(words: Range<usize>, services: Vec<usize>) -> Self {
        Self {
            said: words.clone().collect(),
            words,
            services,
            names_kind: true,
            is_sure: true,
            is_whole: false,
            kinds: Vec::new(),
        }
    }
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

/// Facts about the services beside their names, each by the index of the service.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Scene<'a> {
    /// The services that are talked of.
    pub(super) topic: &'a [usize],
    /// The length of each service in minutes; empty if it is not known.
    pub(super) minutes: &'a [u16],
}

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
        scene: &Scene<'_>,
    ) -> Wanted {
        let trade = &Vocabulary::of(language).trade;
        let finder = Finder::new(&self.0, sentence, trade.head_first, of_people);
        let mut all = named(&finder, language, scene);
        let taken = all.iter().flat_map(|one| one.spoken_for(&finder)).collect();
        let words = all.iter().flat_map(|one| one.said.clone()).collect();
        let first = all.first().map(|mention| mention.words.start);
        let cannot_make = all
            .iter()
            .any(|one| is_led(sentence, &one.words, &[Particle::CannotMake]));
        let undone: Vec<_> = need::undone(&finder, &all);
        told::explain(&finder, Vocabulary::of(language), &mut all);
        let (mut not, mut all): (Vec<_>, Vec<_>) = all.into_iter().partition(|mention| {
            !undone.contains(&mention.words.start) && is_ruled_out(sentence, &mention.words)
        });
        let changes = !not.is_empty();
        settle::without(&finder, &all, &mut not);
        not.extend(settle::replaced(sentence, trade, &mut all));
        not.extend(told::leave_out(
            sentence,
            Vocabulary::of(language),
            &mut all,
        ));
        settle::take_back(sentence, &mut all);
        settle::explain(sentence, &mut all);
        settle::leave_what_stays(sentence, &mut all);
        settle::tell_else(sentence, Vocabulary::of(language), &mut all);
        settle::explained(&finder, &mut all);
        settle::pick_out(&finder, &mut all);
        combine::combine(&finder, &mut all);
        topic::suit(&finder, trade.whose, &mut all);
        topic::resemble(&finder, scene.topic, &mut all);
        settle::narrow(sentence, &mut all);
        settle::meet(&finder, &mut all);
        let mut not: Vec<_> = not.into_iter().flat_map(|one| one.services).collect();
        not.sort_unstable();
        not.dedup();
        // "He needs to see the vet. Can you change it to a consultation?" wants it after all.
        not.retain(|one| !all.iter().any(|mention| mention.services == [*one]));
        for mention in &mut all {
            if mention.services.iter().any(|one| !not.contains(one)) {
                mention.services.retain(|one| !not.contains(one));
            }
        }
        let (services, places): (Vec<_>, Vec<_>) = joined(sentence, &all).into_iter().unzip();
        Wanted {
            adds: !changes
                && !is_rather(sentence, language)
                && first.is_some_and(|first| adds(sentence, first, services.len() == 1)),
            cannot_make,
            services,
            places,
            not,
            words,
            taken,
        }
    }
}

/// The services that a text names, wanted or not.
fn named(finder: &Finder<'_>, language: Language, scene: &Scene<'_>) -> Vec<Mention> {
    let sentence = finder.sentence;
    let mut all = finder.mentions();
    topic::leave_out_clocks(sentence, &mut all);
    settle::open(sentence, Vocabulary::of(language), &mut all);
    settle::refer_back(sentence.words, &mut all);
    shared::share(finder, &mut all);
    let trade = &Vocabulary::of(language).trade;
    shared::priced(finder, trade, &mut all);
    settle::same(sentence.words, trade.same, &mut all);
    topic::repeat(sentence.words, trade.likewise, scene.topic, &mut all);
    told::change_nothing(sentence, Vocabulary::of(language), scene.topic, &mut all);
    told::errands(finder, trade, &mut all);
    settle::give_up(finder, &mut all);
    length::choose(finder, scene, &mut all);
    topic::keep(finder, scene.topic, trade.definite, &mut all);
    topic::welcome(finder, scene.topic, trade, &mut all);
    topic::narrow(finder, scene.topic, trade, &mut all);
    topic::turn(finder, scene.topic, trade.becomes, &mut all);
    // Somebody who has said what is to be done does not need it found out.
    if scene.topic.is_empty() {
        need::read(finder, language, &mut all);
    }
    all
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

/// Every place of a name, also where one word of it is written as two.
fn places(words: &Words, form: &Words) -> Vec<Range<usize>> {
    let (all, form) = (words.as_slice(), form.as_slice());
    if form.is_empty() {
        return Vec::new();
    }
    // "Una" is no singular of "uñas".
    let is_named = |said: &String, name: &String| {
        said == name || near(said, name) && !likeness::is_plain(said)
    };
    let mut found = Vec::new();
    for start in 0..all.len() {
        let rest = &all[start..];
        if rest.len() >= form.len() && rest.iter().zip(form).all(|(a, b)| is_named(a, b)) {
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
        // "Too skint" adds nothing either.
        let of_more = sentence.stop_before(n + 1) || !sentence.is_unknown(n + 1);
        sentence.is(n, Particle::Too) && !early && of_more
    };
    let mut after = (first..sentence.len()).filter(|_| alone);
    let begins = first > 0 && sentence.is(0, Particle::And);
    // "Thursday at 8, also at 9" adds a time.
    let counted =
        |n: usize| sentence.number(n).is_some() || sentence.means(n, Meaning::is_calendar);
    let also = |n: usize| reference::is_also(sentence, n) && !(n + 1..n + 3).any(counted);
    begins || before || after.any(|n| also(n) || at_the_end(n))
}

/// Returns whether a text begins with what is wished in place of something: "y mejor baño y corte".
fn is_rather(sentence: &Sentence<'_>, language: Language) -> bool {
    let word = sentence.at(1).map(|lexeme| lexeme.words.start);
    let word = word.and_then(|at| sentence.words.as_slice().get(at));
    let replaces = |word: &String| phrases(Vocabulary::of(language).replaces).has(word);
    sentence.is(0, Particle::And) && word.is_some_and(replaces)
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
mod tests;
