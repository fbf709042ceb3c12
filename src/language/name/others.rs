//! The names of those for whom the customer writes: "my son Leo", "a bath for Coco", "Toby's mum".

use std::ops::Range;

use super::{
    MAX_BESIDE, MAX_BREED, Named, Place,
    cues::Cue,
    is_in,
    part::{Part, Parts},
    proper, without_possessive,
};
use crate::language::{
    Language,
    intent::Intent,
    lexicon::{Lexicon, Meaning},
    phrases::in_any,
    vocabulary::{CompanyWords, Particle, Phrases},
};

impl Parts<'_> {
    /// The name of somebody else who comes: "it's for Agnes", "ella es Rebeca".
    pub(super) fn other(&self, asked: bool) -> Option<Named> {
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
            let named = named.or_else(|| self.visitor(start));
            if let Some(named) = named.or_else(|| self.owner(start)) {
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

    /// Reads the name between a modal verb and the visit: "could *Elias* have French?"
    fn visitor(&self, n: usize) -> Option<Named> {
        let is_in = |pick: fn(&CompanyWords) -> Phrases, at: usize| {
            let word = self.words.as_slice().get(at);
            word.is_some_and(|word| in_any(|one| pick(&one.company)).has(word))
        };
        let at = n + 1;
        let may_come = is_in(|one| one.may, n) && !self.stop_before(at);
        let is_name = may_come && self.is_plain_name(at) && !self.is_calendar(at);
        if !is_name {
            return None;
        }
        let run = self.run(at, Place::Likely, false).unwrap_or(at..at + 1);
        let end = run.end;
        is_in(|one| one.visits, end).then(|| self.name(run, n..end))
    }

    /// Reads the name of the one who owns a service: "*Toby*'s bath", "*simba*s nails", "el corte de
    /// *Leo*".
    fn owner(&self, n: usize) -> Option<Named> {
        let after_of = n > 1
            && in_any(|one| one.grammar.of).has(self.word(n - 1))
            && self.is_service(n - 2)
            && self.is_capital(n);
        if !self.is_plain_name(n) || self.is_calendar(n) {
            return None;
        }
        if after_of && !self.stop_before(n) && !self.stop_before(n - 1) {
            return self.named(n - 1, n, Place::Likely, false);
        }
        let word = self.word(n);
        let mut endings = in_any(|one| one.names.possessive).iter();
        let stem = endings.find_map(|ending| word.strip_suffix(ending))?;
        let is_led = n > 0 && (self.is(n - 1, Particle::The) || self.is(n - 1, Particle::One));
        let is_word = Language::ALL
            .into_iter()
            .any(|language| Lexicon::of(language).knows(stem));
        let is_name =
            stem.chars().count() > 2 && !is_in(|one| one.groups, stem) && !is_word && !is_led;
        let is_theirs = is_name && self.is_service(n + 1) && !self.stop_before(n + 1);
        is_theirs.then(|| {
            let written = self.words.written(n);
            let name = without_possessive(written).trim_end_matches(['\'', '’']);
            Named {
                name: proper::name(name),
                words: n..n + 1,
            }
        })
    }

    /// Returns whether a word is unknown to every language and has a capital. The capital is not
    /// required in a text without capitals.
    fn is_plain_name(&self, n: usize) -> bool {
        self.part(n) == Part::Plain
            && !self.is_service(n)
            && (self.is_capital(n) || !self.has_capitals() && self.word(n).len() > 2)
    }

    /// Returns whether a capital stands within a sentence, other than that of "I".
    fn has_capitals(&self) -> bool {
        let within = (1..self.len()).filter(|n| !self.stop_before(*n));
        let mut long = within.filter(|n| self.word(*n).len() > 2);
        long.any(|n| self.is_capital(n))
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
    pub(super) fn ward(&self) -> Option<Named> {
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
    pub(super) fn kin(&self) -> Option<Named> {
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
    pub(super) fn of_a_breed(&self, n: usize) -> Option<Named> {
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
    pub(super) fn is_wished_for(&self, n: usize) -> bool {
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
    pub(super) fn beside_kin(&self, is_staff: impl Fn(usize) -> bool) -> Option<Named> {
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
    pub(super) fn is_led(&self, n: usize) -> bool {
        (1..=5).any(|back| {
            let cue = n
                .checked_sub(back)
                .and_then(|at| self.cue(at, &[Cue::Own, Cue::Answer]));
            cue.is_some_and(|(_, length)| length == back)
        })
    }

    /// The name under which it is to be, where somebody near is spoken of: "a nombre de Leo", "Leo
    /// is the name".
    pub(super) fn under(&self) -> Option<Named> {
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
}
