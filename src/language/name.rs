//! The names in a text: the customer's own, and that of whom the appointment is for.
//!
//! A name is known by where it stands: after words that introduce it, in the answer to the question
//! for it, in a signature. What it is made of decides only where its place leaves a doubt, so that
//! no list of names is needed, and "April Jones" is no date.
//!
//! The invariant: a name is one to six words of letters, and no sentence.

mod answer;
mod cues;
mod part;
mod proper;
mod run;

use std::ops::Range;

use self::{
    cues::{Cue, Cues, Role},
    part::{Part, Parts},
};
use super::{
    Asked, Context,
    intent::Intent,
    lexicon::Meaning,
    phrases::in_any,
    vocabulary::{CompanyWords, NameWords, Particle, Phrases},
    words::Words,
};

/// The longest name that is kept, in words and in characters.
const MAX_WORDS: usize = 6;
const MAX_CHARS: usize = 60;

/// A breed has no more words: "cavalier king charles".
const MAX_BREED: usize = 3;

/// So near to a short name the full one stands.
const MAX_BESIDE: usize = 4;

/// A name and the words that tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) name: String,
    /// The name with its title and what introduces it.
    pub(super) words: Range<usize>,
}

/// The names in a text.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// The customer's own.
    pub(super) own: Option<Named>,
    /// Of whom the appointment is for, as the text says it.
    pub(super) other: Option<Named>,
    /// Of somebody near to the customer, for whom it may be.
    pub(super) kin: Option<Named>,
    /// As `kin`, where it may be the customer's own: "a nombre de Leo".
    pub(super) under: Option<Named>,
    /// Somebody near is told of by name and relation: "Leo, my son".
    pub(super) is_beside_kin: bool,
    /// Other words that say nothing: e-mail addresses and the like.
    pub(super) addresses: Vec<Range<usize>>,
}

/// How much the place of a name says by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// A name stands here, whatever it is.
    Certain,
    /// A name was asked for, and may stand here.
    Asked,
    /// A name may stand here, or anything else.
    Likely,
}

// === impl Names ===

impl Names {
    /// The names in words of which those that are `taken` name services.
    pub(super) fn read(
        text: &str,
        words: &Words,
        context: &Context<'_>,
        taken: &[Range<usize>],
    ) -> Self {
        let parts = Parts::of(text, words, context.language, taken);
        let asked = context.asked == Asked::Name;
        let is_staff = |n: usize| is_staff(words, n, &context.staff);
        let other = parts.other(asked).or_else(|| parts.ward());
        let other = other.filter(|named| !named.words.clone().any(is_staff));
        let kin = parts.kin();
        let beside = parts.beside_kin(is_staff).filter(|_| !asked);
        let is_beside_kin = beside.is_some();
        let kin = kin.or(beside);
        let mut pets = (0..parts.len()).filter(|n| parts.is_wished_for(*n));
        let pet = pets.find_map(|n| parts.of_a_breed(n)).filter(|_| !asked);
        let other = other.or(pet.filter(|named| !named.words.clone().any(is_staff)));
        let nameless = !asked && other.is_none() && kin.is_none();
        let under = nameless.then(|| parts.under()).flatten();
        let elsewhere = other.iter().chain(&kin).chain(&under);
        let elsewhere = elsewhere.map(|named| named.words.clone());
        let mut elsewhere: Vec<_> = elsewhere.collect();
        // "Con Ana" is whom they wish to see.
        let sees = in_any(|one| one.names.sees);
        let with = |n: &usize| *n > 0 && sees.has(&words.as_slice()[n - 1]) && is_staff(*n);
        elsewhere.extend((0..words.as_slice().len()).filter(with).map(|n| n..n + 1));
        let own = parts
            .introduced(asked, &elsewhere)
            .or_else(|| asked.then(|| parts.signature(is_staff)).flatten())
            .or_else(|| asked.then(|| parts.answer(&elsewhere)).flatten())
            .or_else(|| parts.present())
            .or_else(|| {
                let leads = (context.asked == Asked::Proposal).then(|| parts.leading())?;
                leads.filter(|named| !named.words.clone().any(is_staff))
            })
            .or_else(|| parts.signature(is_staff))
            .or_else(|| {
                let whole = (!asked).then(|| parts.whole()).flatten()?;
                let names_staff = whole
                    .words
                    .clone()
                    .any(|n| is_of_staff(words, n, &context.staff));
                (!names_staff).then_some(whole)
            });
        Self {
            own,
            other,
            kin,
            under,
            is_beside_kin,
            addresses: parts.addresses().to_vec(),
        }
    }

    /// The words of the names of those who may come besides the customer, as [`Self::words`] has
    /// them: not the name with which the customer introduces themselves.
    pub(super) fn of_company(&self, words: &Words) -> Vec<Range<usize>> {
        let cues = [Cue::Own, Cue::PerhapsOwn];
        let own = self.own.as_ref().map(|own| &own.words);
        let is_introduced =
            |range: &Range<usize>| Cues::all().find(words, range.start, &cues).is_some();
        let introduced = own.filter(|range| is_introduced(range));
        let mut all = self.words();
        all.retain(|range| Some(range) != introduced);
        all
    }

    /// The words that are of names, and of nothing else.
    pub(super) fn words(&self) -> Vec<Range<usize>> {
        let named = [&self.own, &self.other, &self.kin, &self.under];
        let named = named.into_iter().flatten();
        let named = named.map(|named| named.words.clone());
        named.chain(self.addresses.iter().cloned()).collect()
    }
}

/// Returns whether a word is a title, in any language.
pub(super) fn is_title(word: &str) -> bool {
    Cues::all().is_title(word, None)
}

/// Returns whether a word is a small one within names, such as "de".
pub(super) fn is_linking(word: &str) -> bool {
    Cues::all().role(word) == Some(Role::Linking)
}

/// Returns whether a word is of no name by itself: "could", "haircut" in no sentence.
pub(super) fn is_never(word: &str) -> bool {
    matches!(Cues::all().role(word), Some(Role::Never | Role::Usual))
}

/// Returns whether a word is of the name of one who works there, and no title.
fn is_of_staff(words: &Words, n: usize, staff: &[&str]) -> bool {
    let Some(word) = words.as_slice().get(n) else {
        return false;
    };
    let has = |name: &&str| Words::of(name).as_slice().contains(word);
    !is_title(word) && !is_linking(word) && staff.iter().any(has)
}

/// Returns a name as names are written: "toby" is "Toby".
pub(super) fn as_written(name: &str) -> String {
    proper::name(name)
}

/// Returns whether a word is the first of the name of one who works there, but for a title.
fn is_staff(words: &Words, n: usize, staff: &[&str]) -> bool {
    let word = words.as_slice().get(n);
    staff.iter().any(|name| {
        let name = Words::of(name);
        let first = name.as_slice().iter().find(|word| !is_title(word));
        first == word && word.is_some()
    })
}

// === impl Parts ===

impl Parts<'_> {
    /// The customer's own name after what introduces it.
    fn introduced(&self, asked: bool, elsewhere: &[Range<usize>]) -> Option<Named> {
        if let Some(named) = self.by_surname() {
            return Some(named);
        }
        let mut cues = vec![Cue::Own, Cue::PerhapsOwn, Cue::Other];
        cues.extend(asked.then_some(Cue::Answer));
        let (mut certain, mut likely) = (None, None);
        let mut n = 0;
        while n < self.len() {
            let Some((cue, length)) = self.cue(n, &cues) else {
                n += 1;
                continue;
            };
            // "Para servirle" introduces nobody.
            let around = self.cue(n, &[Cue::Around]).map_or(0, |(_, around)| around);
            if around > length {
                n += around;
                continue;
            }
            let start = n;
            n += length;
            let elsewhere = elsewhere.iter().any(|range| range.contains(&n));
            // "A nombre de ella" says whose, and not the name.
            let is_pronoun = is_in(|one| one.whose, self.word(n)) && !self.is_capital(n);
            if cue == Cue::Other || elsewhere || is_pronoun || !self.follows(n) {
                continue;
            }
            let place = match cue {
                Cue::Own => Place::Certain,
                _ if asked => Place::Asked,
                _ => Place::Likely,
            };
            let begins = start == 0 || self.stop_before(start) || self.is_greeted(start);
            if let Some(named) = self.named(start, n, place, begins) {
                n = named.words.end;
                let found = if cue == Cue::Own {
                    &mut certain
                } else {
                    &mut likely
                };
                // "Stop calling me Kate, it's Kat."
                if found.is_none() || asked {
                    *found = Some(named);
                }
            }
        }
        certain.or(likely).map(|named| self.in_full(named))
    }

    /// "It's Bri, Brianna Kowalski for the book", "me llamo Luis, Luis Paz": the full name after a short
    /// one.
    fn in_full(&self, named: Named) -> Named {
        let short = named.name.to_lowercase();
        let from = named.words.end;
        let is_long = |n: &usize| {
            let word = &self.words.as_slice()[*n];
            self.is_spelled(*n) && word.starts_with(&short)
        };
        let start = (from..self.len().min(from + MAX_BESIDE)).find(is_long);
        let run = start.and_then(|start| self.run(start, Place::Likely, true));
        match run.filter(|run| run.len() > 1) {
            Some(run) => Named {
                name: proper::name(&self.written(run.clone())),
                words: named.words.start..run.end,
            },
            None => named,
        }
    }

    /// "Apellido Villalobos, nombre Saúl".
    fn by_surname(&self) -> Option<Named> {
        let (at, length) =
            (0..self.len()).find_map(|n| Some((n, self.cue(n, &[Cue::Surname])?.1)))?;
        let surname = self.run(at + length, Place::Certain, true)?;
        let own = |n: usize| {
            let (_, length) = self.cue(n, &[Cue::Own])?;
            Some((n, self.run(n + length, Place::Certain, true)?))
        };
        let given = (0..self.len())
            .filter(|n| !surname.contains(n))
            .find_map(own);
        let Some((start, given)) = given else {
            // "Ana, surname Pérez": the answer finds the given name.
            return None;
        };
        let name = format!(
            "{} {}",
            self.written(given.clone()),
            self.written(surname.clone())
        );
        let words = at.min(start)..surname.end.max(given.end);
        Some(Named {
            name: proper::name(&name),
            words,
        })
    }

    /// Returns whether the words before one say hello.
    fn is_greeted(&self, n: usize) -> bool {
        let before = (0..n).rev().take(3);
        before.into_iter().any(|at| {
            self.means(at, |meaning| meaning == Meaning::Intent(Intent::Greeting))
                && at + self.length(at) >= n
        })
    }

    /// The name of somebody else who comes: "it's for Agnes", "ella es Rebeca".
    fn other(&self, asked: bool) -> Option<Named> {
        (0..self.len()).find_map(|start| {
            if let Some((_, length)) = self.cue(start, &[Cue::Other]) {
                let n = start + length;
                let of = self.relation(n);
                let place = if asked { Place::Asked } else { Place::Likely };
                return match of {
                    Some(after) => self.after_relation(after),
                    None if self.is_calendar(n) && !asked && !self.names(start..n) => None,
                    None => self.named(start, n, place, false).filter(|named| {
                        // "It's for her, Leticia Ruelas".
                        let is_full = named.words.end > n + 1 && self.is_capital(n);
                        self.follows(n) || self.stop_before(n) && is_full
                    }),
                };
            }
            let named = self.called(start).or_else(|| self.beneficiary(start));
            if let Some(named) = named.or_else(|| self.visitor(start)) {
                return Some(named);
            }
            // "A nombre de mi mujer, Elena".
            let (_, length) = self.cue(start, &[Cue::Own, Cue::Answer])?;
            let after = self.relation(start + length)?;
            let named = self.after_relation(after)?;
            Some(Named {
                words: start..named.words.end,
                ..named
            })
        })
    }

    /// "A nail clip for Betsy", "bañar a Tango", "Misty is her name": a name that is no word, behind
    /// what is done for somebody or before what says so.
    fn beneficiary(&self, n: usize) -> Option<Named> {
        let is_name = |n: usize| {
            self.part(n) == Part::Plain
                && self.is_capital(n)
                && !self.stop_before(n)
                && !self.is_calendar(n)
                && !self.words.has_apostrophe(n)
        };
        let does_to = |verb: usize| {
            let verb = self.word(verb);
            let mut endings = in_any(|one| one.names.done_to_endings).iter();
            !is_in(|one| one.goes_to, verb)
                && (is_in(|one| one.done_to, verb) || endings.any(|end| verb.ends_with(end)))
        };
        // "Ponerle la antirrábica a Simón": what is done may stand between.
        let mut back = (0..n).rev().take_while(|at| !self.stop_before(at + 1));
        let done = back
            .clone()
            .take(MAX_BESIDE)
            .find(|at| !self.is_of_thing(*at));
        let does = in_any(|one| one.grammar.to_whom).has(self.word(n))
            && back.next().into_iter().chain(done).any(does_to);
        let has_article = || is_in(|one| one.articles, self.word(n + 1));
        let leads_on = || self.length(n) == 1 || has_article();
        let is_for = in_any(|one| one.grammar.for_whom).has(self.word(n)) && leads_on();
        // "Can I bring Bear in?"
        let at = n + self.length(n);
        let is_name_of_one = || {
            self.may_name(at)
                && self.is_capital(at)
                && !self.stop_before(at)
                && !self.is_calendar(at)
                && !self.is_service(at)
        };
        let is_pet = self.is(n, Particle::Brings) && is_name_of_one();
        // "Could you fit Biscuit in for a groom?"
        let is_fitted = is_in(|one| one.fits, self.word(n))
            && is_name_of_one()
            && is_in(|one| one.fitted, self.word(at + 1))
            && !self.stop_before(at + 1);
        if is_pet || is_fitted {
            return self.named(n, at, Place::Likely, false);
        }
        // "Para la Tota".
        if does || is_for {
            let article = has_article() && !self.stop_before(n + 1);
            let at = n + 1 + usize::from(article && !self.is_capital(n + 1));
            if is_name(at) && !self.is_service(at) {
                return self.named(n, at, Place::Likely, false);
            }
        }
        let begins = n == 0 || self.stop_before(n);
        if !(begins && self.part(n) == Part::Plain && self.is_capital(n)) {
            return None;
        }
        let run = self.run(n, Place::Likely, false)?;
        let told = in_any(|one| one.names.told_after);
        let end = told.ends(self.words.as_slice(), run.end).next()?;
        Some(self.name(run, n..end))
    }

    /// "Could Elias have French?": a name that is no word, between what asks and what is done.
    fn visitor(&self, n: usize) -> Option<Named> {
        let is_in = |pick: fn(&CompanyWords) -> Phrases, at: usize| {
            let word = self.words.as_slice().get(at);
            word.is_some_and(|word| in_any(|one| pick(&one.company)).has(word))
        };
        let at = n + 1;
        let is_name = is_in(|one| one.may, n)
            && self.part(at) == Part::Plain
            && self.is_capital(at)
            && !self.stop_before(at)
            && !self.is_calendar(at)
            && !self.is_service(at);
        let run = is_name
            .then(|| self.run(at, Place::Likely, false))
            .flatten()?;
        let end = run.end;
        is_in(|one| one.visits, end).then(|| self.name(run, n..end))
    }

    /// Returns whether a word is of a service, or the article before one.
    fn is_of_thing(&self, n: usize) -> bool {
        let articles = [
            Particle::The,
            Particle::One,
            Particle::Hours,
            Particle::OneHour,
        ];
        let article = articles.into_iter().any(|one| self.is(n, one));
        self.is_service(n) || article && self.is_service(n + 1)
    }

    /// The one of whom the customer is the parent or owner: "soy la mamá de Simón", "it's Toby's
    /// mum".
    fn ward(&self) -> Option<Named> {
        let guardians = in_any(|one| one.names.guardians);
        let keeps = |n: usize| guardians.has(self.word(n));
        let is_told = |n: usize| {
            let from = n.saturating_sub(MAX_BESIDE);
            (from..n).any(|at| self.cue(at, &[Cue::Own, Cue::PerhapsOwn]).is_some())
        };
        let at = (0..self.len()).find(|n| keeps(*n) && is_told(*n))?;
        if in_any(|one| one.grammar.of).has(self.word(at + 1)) && self.is_capital(at + 2) {
            return self.named(at, at + 2, Place::Likely, false);
        }
        let before = at.checked_sub(1)?;
        let is_theirs = self.words.has_apostrophe(before) && self.is_capital(before);
        is_theirs.then(|| {
            let name = without_possessive(self.words.written(before));
            Named {
                name: proper::name(name.trim_end_matches(['\'', '’'])),
                words: before..at + 1,
            }
        })
    }

    /// "Él se llama Joaquín", where somebody near to the customer is spoken of, and is not asked for.
    fn called(&self, n: usize) -> Option<Named> {
        let at = n + self.length(n);
        let is_told = self.is(n, Particle::TheirName) && self.names(n..at);
        let asks = || n > 0 && is_in(|one| one.asks, self.word(n - 1));
        let of_kin = (0..self.len()).any(|n| self.is(n, Particle::Relation));
        if !is_told || asks() || !of_kin || self.stop_before(at) || !self.is_capital(at) {
            return None;
        }
        self.named(n, at, Place::Likely, true)
    }

    /// Returns whether the word "name" is said there: "his name is August".
    fn names(&self, range: Range<usize>) -> bool {
        let mut words = self.words.as_slice()[range].iter();
        words.any(|word| is_in(|one| one.says_name, word))
    }

    /// The name of "my son Leo", "mi hija, Ana", "se llama Leo".
    fn kin(&self) -> Option<Named> {
        (0..self.len()).find_map(|n| {
            if self.is(n, Particle::TheirName) {
                let at = n + self.length(n);
                return self
                    .named(at, at, Place::Likely, true)
                    .filter(|_| !self.stop_before(at));
            }
            if self.is_family(n) {
                return self.named(n, n + 1, Place::Likely, false);
            }
            if let Some(named) = self.stand_in(n) {
                return Some(named);
            }
            if let Some(named) = self.of_a_breed(n) {
                return Some(named);
            }
            let after = if self.is(n, Particle::For) {
                self.relation(n + self.length(n))?
            } else {
                let word = self.words.as_slice().get(n);
                let theirs = word.is_some_and(|word| in_any(|one| one.company.whose).has(word));
                // "His sister Bia".
                let from = if theirs { n + 1 } else { n };
                let led = theirs || self.is(n, Particle::My) || self.is(n, Particle::One);
                // "A new kitten Pixel", and no "a friend, Monday".
                let follows = |after: &usize| {
                    let named = self.is_capital(*after) && !self.is_calendar(*after);
                    !self.is(n, Particle::One) || named && !self.stop_before(*after)
                };
                let after = led.then(|| self.relation(from)).flatten();
                after.filter(follows)?
            };
            self.after_relation(after)
        })
    }

    /// Returns whether a name follows as the family says it: "our Sophie".
    fn is_family(&self, n: usize) -> bool {
        let word = self.words.as_slice().get(n);
        word.is_some_and(|word| in_any(|one| one.company.family).has(word))
            && self.part(n + 1) == Part::Plain
            && self.is_capital(n + 1)
    }

    /// "My shih tzu Dolly", "mi schnauzer Bruno": a name after words in small letters of which none is
    /// known.
    fn of_a_breed(&self, n: usize) -> Option<Named> {
        let is_unknown = |at: &usize| {
            self.part(*at) == Part::Plain
                && !self.is_capital(*at)
                && !self.is_service(*at)
                && !self.stop_before(*at)
        };
        if !self.is(n, Particle::My) {
            return None;
        }
        let first = n + self.length(n);
        let breed = (first..self.len())
            .take(MAX_BREED)
            .take_while(is_unknown)
            .count();
        let at = first + breed;
        let is_name = breed > 0
            && self.part(at) == Part::Plain
            && self.is_capital(at)
            && !self.stop_before(at)
            && !self.is_calendar(at)
            && !self.is_service(at);
        is_name
            .then(|| self.named(n, at, Place::Likely, false))
            .flatten()
    }

    /// "Va la Blanca en mi lugar", "could Dave come instead of me?": a name so near before what says in
    /// whose place.
    fn stand_in(&self, n: usize) -> Option<Named> {
        let words = self.words.as_slice();
        in_any(|one| one.company.in_place).ends(words, n).next()?;
        let near = n.saturating_sub(MAX_BESIDE)..n;
        let is_name = |at: &usize| {
            self.part(*at) == Part::Plain
                && self.is_capital(*at)
                && !self.is_calendar(*at)
                && !self.is_service(*at)
        };
        let at = near.rev().find(is_name)?;
        self.named(at, at, Place::Likely, false)
    }

    /// Returns whether something is wished for whom a word begins to name: "book *my* pug Otis in",
    /// "a bath for *my* pug Otis", "*my* pug Otis needs a bath".
    fn is_wished_for(&self, n: usize) -> bool {
        let Some(named) = self.of_a_breed(n) else {
            return false;
        };
        let is_book = |meaning: Meaning| meaning == Meaning::Intent(Intent::Book);
        let is_led = n.checked_sub(1).is_some_and(|before| {
            let led = [Particle::For, Particle::Brings];
            led.into_iter().any(|one| self.is(before, one))
                || self.is_service(before)
                || self.means(before, is_book)
        });
        is_led || self.is(named.words.end, Particle::Needs)
    }

    /// The word after "my son", "mis 2 hijos", "a friend" at a word.
    fn relation(&self, n: usize) -> Option<usize> {
        let articles = [Particle::My, Particle::One, Particle::The];
        let mine = usize::from(articles.into_iter().any(|one| self.is(n, one)));
        let of = n + mine + usize::from(self.is_figure(n + mine));
        let word = self.words.as_slice().get(of);
        let is_which = |word: &String| in_any(|one| one.company.which_kin).has(word);
        let of = of + usize::from(word.is_some_and(is_which));
        let relations = in_any(|one| (one.particle)(Particle::Relation));
        // "My mums cat" without its apostrophe.
        let is_owner = |n: usize| {
            let word = self.words.as_slice().get(n);
            let is_kin = |ending: &str| {
                let stem = word.and_then(|word| word.strip_suffix(ending));
                stem.is_some_and(|stem| relations.has(stem))
            };
            in_any(|one| one.names.possessive).iter().any(is_kin)
                && self.is(n + 1, Particle::Relation)
        };
        let is_kin = |n: usize| {
            self.is(n, Particle::Relation) || self.is(n, Particle::Relations) || is_owner(n)
        };
        let after = of + self.length(of);
        let whole = if is_kin(after) && !self.is_capital(after) && !self.stop_before(after) {
            after + self.length(after)
        } else {
            after
        };
        is_kin(of).then_some(whole)
    }

    /// The name of "Leo, my son", "Leo (my son)".
    fn beside_kin(&self, is_staff: impl Fn(usize) -> bool) -> Option<Named> {
        (0..self.len()).find_map(|n| {
            let may_be = matches!(self.part(n), Part::Plain | Part::Both);
            let run = self.run(n, Place::Likely, false)?;
            let is_told = self.stop_before(run.end)
                && self.is(run.end, Particle::My)
                && self.relation(run.end).is_some();
            let begins = n == 0 || self.stop_before(n) || self.is_greeted(n) || self.is_led(n);
            (may_be && is_told && begins && !is_staff(n)).then(|| self.name(run.clone(), run))
        })
    }

    /// Returns whether words right before one introduce a name.
    fn is_led(&self, n: usize) -> bool {
        (1..=5).any(|back| {
            let cue = n
                .checked_sub(back)
                .and_then(|at| self.cue(at, &[Cue::Own, Cue::Answer]));
            cue.is_some_and(|(_, length)| length == back)
        })
    }

    /// The name under which it is to be, where somebody near is spoken of: "a nombre de Leo", "Leo
    /// is the name".
    fn under(&self) -> Option<Named> {
        if !(0..self.len()).any(|n| self.is(n, Particle::Relation)) {
            return None;
        }
        let words = self.words.as_slice();
        let mut n = 0;
        while n < self.len() {
            let Some((_, length)) = self.cue(n, &[Cue::Own, Cue::Answer]) else {
                n += 1;
                continue;
            };
            let end = n + length;
            let phrase = &words[n..end.min(words.len())];
            let tells = |word: &String| is_in(|one| one.under, word);
            let of_customer = |word: &String| is_in(|one| one.of_customer, word);
            if phrase.iter().any(tells)
                && !phrase.iter().any(of_customer)
                && self.follows(end)
                && let Some(named) = self.named(n, end, Place::Likely, false)
            {
                return Some(named);
            }
            n = end;
        }
        let is_name = |at: usize| {
            let told = in_any(|one| one.names.is_name);
            told.ends(words, at).next().is_some()
        };
        let begins = |n: &usize| *n == 0 || self.stop_before(*n);
        let said = (0..self.len()).filter(begins).find_map(|n| {
            let run = self.run(n, Place::Likely, false)?;
            is_name(run.end).then(|| self.name(run.clone(), run))
        });
        said.or_else(|| {
            // "Could you fit my aunt in at four? Robin"
            let last = (1..self.len()).rfind(|n| self.stop_before(*n))?;
            let run = self.run(last, Place::Likely, false)?;
            let is_plain = self.part(last) == Part::Plain && self.is_capital(last);
            (is_plain && run.end == self.len()).then(|| self.name(run.clone(), run))
        })
    }

    /// The word after what changes nothing: "xfa", "please", "not me".
    fn past_noise(&self, mut n: usize) -> usize {
        loop {
            let not_me = in_any(|one| one.names.not_me);
            n = match self.cue(n, &[Cue::Around]) {
                Some((_, length)) if !self.is_capital(n) => n + length,
                _ => match not_me.ends(self.words.as_slice(), n).next() {
                    Some(end) => end,
                    None => return n,
                },
            };
        }
    }

    fn after_relation(&self, n: usize) -> Option<Named> {
        let at = self.past_noise(n);
        if at > n && self.stop_before(at) {
            return self.after_relation(at);
        }
        if !self.stop_before(n) {
            return self.named(n, n, Place::Likely, true);
        }
        // "Mi perra, la Luna".
        let article = [Particle::The, Particle::OneHour]
            .into_iter()
            .any(|one| self.is(n, one));
        if article && self.is_capital(n + 1) && !self.stop_before(n + 1) && !self.is_capital(n) {
            return self.after_relation_and_stop(n + 1);
        }
        self.after_relation_and_stop(n)
    }

    fn after_relation_and_stop(&self, n: usize) -> Option<Named> {
        // "My sister, Ella": only where the name is all there is to the clause.
        let named = self.named(n, n, Place::Likely, false)?;
        // "Mi mamá, Ana Rey se llama".
        let told_after = self.is(named.words.end, Particle::TheirName);
        let ends = self.stop_before(named.words.end) || told_after;
        let dated = self.is_calendar(n) && self.part(n) != Part::Both;
        (ends && self.is_capital(n) && !dated).then_some(named)
    }

    /// "Lizeth Carmona, at 11 is perfect": a full name with which an answer begins.
    fn leading(&self) -> Option<Named> {
        let run = self.run(0, Place::Likely, true)?;
        let is_plain = |n: usize| self.part(n) == Part::Plain && self.is_capital(n);
        let is_full = run.len() > 1 && run.start == 0 && run.clone().all(is_plain);
        (is_full && self.stop_before(run.end) && run.end < self.len())
            .then(|| self.name(run.clone(), run))
    }

    /// "Tony here, running late".
    fn present(&self) -> Option<Named> {
        let begins = |n: &usize| *n == 0 || self.stop_before(*n) || self.is_greeted(*n);
        (0..self.len()).filter(begins).find_map(|n| {
            let run = self.run(n, Place::Likely, true)?;
            let (_, length) = self.cue(run.end, &[Cue::Present])?;
            let end = run.end + length;
            let ends = self.stop_before(end) || !self.is_figure(end) && !self.may_name(end);
            (ends && !self.stop_before(run.end)).then(|| self.name(run, n..end))
        })
    }

    /// The name with which a message ends: "Regards, June Holloway".
    fn signature(&self, is_staff: impl Fn(usize) -> bool) -> Option<Named> {
        (0..self.len()).find_map(|n| {
            let (_, length) = self.cue(n, &[Cue::SignOff])?;
            let at = n + length;
            let run = self.run(at, Place::Likely, false)?;
            let ends = run.end == self.len();
            let says_more = self.means(n, |meaning| matches!(meaning, Meaning::Intent(_)));
            let start = if says_more { at } else { n };
            (n > 0 && ends && !is_staff(at)).then(|| self.name(run, start..self.len()))
        })
    }

    /// The name at a word, with what introduces it from `start` on.
    fn named(&self, start: usize, n: usize, place: Place, small: bool) -> Option<Named> {
        let run = self.run(n, place, small)?;
        let words = start..run.end;
        Some(self.name(run, words)).filter(|named| named.name.chars().count() <= MAX_CHARS)
    }

    fn name(&self, run: Range<usize>, words: Range<usize>) -> Named {
        // "My son Kauri's car".
        let is_theirs = self.words.has_apostrophe(run.end - 1);
        let written = self.written(run);
        let bare = without_possessive(&written).strip_suffix(['\'', '’']);
        let name = bare.filter(|_| is_theirs).unwrap_or(&written);
        Named {
            name: proper::name(name),
            words,
        }
    }
}

/// Returns whether a word is in a list of the words around names, in any language.
fn is_in(list: fn(&NameWords) -> Phrases, word: &str) -> bool {
    in_any(|one| list(&one.names)).has(word)
}

/// Returns a name without the letter after its apostrophe: "Toby'" of "Toby's".
fn without_possessive(written: &str) -> &str {
    let endings = in_any(|one| one.names.possessive);
    let is_ending = |letter: char| {
        let mut all = endings.iter().flat_map(str::chars);
        all.any(|ending| letter.to_lowercase().eq([ending]))
    };
    written.trim_end_matches(is_ending)
}

#[cfg(test)]
mod tests {
    use crate::language::{Asked, Context, DateOrder, Phrasebook, Reader, Reading, day::Weekdays};

    fn read(text: &str, asked: Asked) -> Reading {
        Phrasebook.read(
            text,
            &Context {
                now: "2026-03-04T10:00:00".parse().unwrap(),
                language: None,
                date_order: DateOrder::Either,
                country: None,
                window: None,
                talked_of: None,
                last_day: None,
                closed: Weekdays::default(),
                open: None,
                elsewhere: None,
                asked,
                topic: Vec::new(),
                earlier: Vec::new(),
                minutes: Vec::new(),
                services: vec![vec!["Gel manicure"], vec!["Corte de pelo"]],
                staff: vec!["Patricia Rojas", "Ben"],
            },
        )
    }

    #[test]
    fn a_message_that_is_a_full_name_tells_it_though_none_was_asked_for() {
        for (text, name) in [
            ("Bruno Castellano", Some("Bruno Castellano")),
            (
                "Fergus McAllister, fergus@example.com",
                Some("Fergus McAllister"),
            ),
            ("Amparo del Río", Some("Amparo del Río")),
            ("Mrs Prudence Joy", Some("Prudence Joy")),
            ("Luz Marina Abril", Some("Luz Marina Abril")),
            ("bruno castellano", None),
            ("Bruno Castellano?", None),
            ("Patricia Rojas", None),
            ("Gel Manicure", None),
            ("Feliz Navidad", None),
            ("Friday Morning", None),
            ("Zorka", None),
        ] {
            for asked in [Asked::Nothing, Asked::Time, Asked::Proposal] {
                assert_eq!(read(text, asked).own_name(), name, "{text}");
            }
        }
    }

    #[test]
    fn what_a_yes_is_addressed_to_is_no_name() {
        for text in [
            "sí joven, gracias",
            "sí mijita, muchas gracias",
            "yep ta",
            "yeah cheers legend",
            "wait, two spots please, sorry, baby brain",
            "im broke",
            "a nombre de ella",
        ] {
            assert_eq!(read(text, Asked::Name).own_name(), None, "{text}");
        }
        for (text, name) in [
            ("Will March, will.march@example.com", "Will March"),
            ("sí, Fátima", "Fátima"),
            ("correcto. Atte. Ernesto Villaseñor", "Ernesto Villaseñor"),
        ] {
            assert_eq!(read(text, Asked::Name).own_name(), Some(name), "{text}");
        }
    }

    #[test]
    fn a_name_that_is_a_month_is_no_date_after_the_word_name() {
        for text in [
            "his name's August btw",
            "her name is April",
            "his name is August",
        ] {
            let reading = read(text, Asked::Nothing);
            assert!(
                reading.other().is_some_and(|other| other.name.is_some())
                    && reading.when().is_empty(),
                "{text}: {reading:?}"
            );
        }
    }
}
