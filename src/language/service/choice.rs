//! Which services the parts of a text name.
//!
//! The invariant: a service is only named by a word that tells something by itself, and of two
//! that are named alike both are kept.

mod covered;
mod small;

use std::ops::Range;

use super::{
    Mention,
    form::{Form, Forms, Hit},
    likeness::{self, Likeness, Weight},
    part,
};
use crate::language::{
    intent::Intent, lexicon::Meaning, name, phrases::in_any, sentence::Sentence,
    vocabulary::Particle,
};

/// Looks for services in a text.
pub(super) struct Finder<'a> {
    pub(super) forms: &'a Forms,
    pub(super) sentence: &'a Sentence<'a>,
    pub(super) hits: Vec<Hit>,
    pub(super) head_first: bool,
    /// By word of the text, how many services have it in a name, or one of like sense.
    sharing: Vec<[u32; 2]>,
}

/// How well a name fits, the most telling first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    /// It says what kind of thing is wanted, in whatever words: "teñirme el pelo" is no haircut.
    names_kind: bool,
    /// All of its name is told, and some of it in its own words: "a trim for my kid".
    is_told: bool,
    /// What is said in words of the name.
    said: u32,
    is_full: bool,
    /// What is said in words of like sense.
    meant: u32,
}

/// A name that fits a part of a text.
#[derive(Debug, Clone)]
struct Fit {
    form: usize,
    score: Score,
    chosen: Vec<Hit>,
    slots: u32,
}

/// So many words may stand between those of one name.
pub(super) const MAX_GAP: usize = 3;
/// More is not looked at: the text is no message.
const MAX_HITS: usize = 2000;
/// The most services that are looked for between two stops.
const MAX_IN_PART: usize = 4;

// === impl Finder ===

impl<'a> Finder<'a> {
    /// Returns a finder. Words of people's names count only as sizes.
    pub(super) fn new(
        forms: &'a Forms,
        sentence: &'a Sentence<'a>,
        head_first: bool,
        of_people: &[Range<usize>],
    ) -> Self {
        let mut hits = forms.hits(sentence.words);
        hits.truncate(MAX_HITS);
        // "Para mi perra mediana" tells no name.
        let is_size = |hit: &Hit| hit.slots & !forms.all[hit.form].sizes == 0;
        let of_people = |hit: &Hit| of_people.iter().any(|range| range.contains(&hit.at));
        hits.retain(|hit| !of_people(hit) || is_size(hit) && hit.likeness > Likeness::Slip);
        let mut finder = Self {
            forms,
            sentence,
            hits,
            head_first,
            sharing: Vec::new(),
        };
        finder.count();
        finder
    }

    /// Counts how many services share each word.
    fn count(&mut self) {
        let words = self.sentence.words.as_slice().len();
        let mut last = [vec![usize::MAX; words], vec![usize::MAX; words]];
        self.sharing = vec![[0; 2]; words];
        let mut order: Vec<_> = self.hits.iter().collect();
        order.sort_by_key(|hit| self.forms.all[hit.form].service);
        for hit in order {
            let service = self.forms.all[hit.form].service;
            let kinds = if hit.likeness == Likeness::Sense {
                1..2
            } else {
                0..2
            };
            for kind in kinds {
                if last[kind][hit.at] != service {
                    last[kind][hit.at] = service;
                    self.sharing[hit.at][kind] += 1;
                }
            }
        }
    }

    /// Every service that is named, in the order of the text.
    pub(super) fn mentions(&self) -> Vec<Mention> {
        let mut explained = vec![false; self.sentence.words.as_slice().len()];
        let mut mentions = self.joined(&mut explained);
        for part in part::all(self.sentence, &self.hits) {
            let hits: Vec<_> = self
                .hits
                .iter()
                .filter(|hit| part.contains(&hit.at))
                .collect();
            let mut last: Option<usize> = None;
            for _ in 0..MAX_IN_PART {
                let Some(mention) = self.best(&hits, &mut explained, last) else {
                    break;
                };
                last = Some(mention.words.end);
                mentions.push(mention);
            }
        }
        mentions.sort_by_key(|mention| mention.words.start);
        mentions
    }

    /// Services of several parts that are all named: "barba y corte" for *Corte y barba*.
    fn joined(&self, explained: &mut [bool]) -> Vec<Mention> {
        let mut mentions = Vec::new();
        let joined = || {
            let forms = self.forms.all.iter().enumerate();
            forms.filter(|(_, form)| form.is_joined)
        };
        loop {
            let fits = joined().filter_map(|(number, _)| self.in_parts(number, explained));
            let mut fits: Vec<_> = fits.collect();
            // The first of those that are told in full, or else all that are told alike.
            if let Some(full) = fits.iter().position(|fit| fit.score.is_full) {
                fits = vec![fits.swap_remove(full)];
            } else if let Some(best) = fits.iter().map(|fit| fit.score.said).max() {
                fits.retain(|fit| fit.score.said == best);
                let first = fits[0].chosen.clone();
                let same = |hit: &Hit| first.iter().any(|one| one.at == hit.at);
                fits.retain(|fit| fit.chosen.iter().any(same));
                for fit in &mut fits {
                    fit.score.names_kind = true;
                }
            } else {
                return mentions;
            }
            let mention = self.mention(&fits, explained);
            // In "cut my hair and trim my beard", "trim" is no other cut.
            for word in mention.words.clone() {
                let by_name = |hit: &Hit| hit.at == word && hit.likeness > Likeness::Sense;
                explained[word] |= !self.hits.iter().any(by_name);
            }
            mentions.push(mention);
        }
    }

    /// Returns the fit of a name of several parts, if all of them are named at one place.
    fn in_parts(&self, number: usize, explained: &[bool]) -> Option<Fit> {
        let form = &self.forms.all[number];
        let of_form = |hit: &&Hit| {
            hit.form == number
                && hit.likeness > Likeness::Part
                && !super::is_ruled_out(self.sentence, &(hit.at..hit.at + hit.length))
        };
        let hits: Vec<_> = self.hits.iter().filter(of_form).collect();
        let fit = self.fit(&hits, explained)?;
        // A size is said elsewhere too: "baño y corte, es una caniche, chiquita".
        let core = if fit.score.is_full {
            form.telling
        } else {
            form.core
        };
        let of_core = || {
            let of = |hit: &&Hit| hit.slots & core & !form.sizes != 0;
            fit.chosen.iter().filter(of)
        };
        let first = of_core().map(|hit| hit.at).min()?;
        let last = of_core().map(|hit| hit.at + hit.length - 1).max()?;
        let or =
            (first..last).any(|word| self.sentence.is(self.sentence.holding(word), Particle::Or));
        // "Se las corté yo. El baño dejalo".
        let stops =
            !fit.score.is_full && (first + 1..=last).any(|n| self.sentence.words.stop_before(n));
        let parts = core.count_ones() > 1
            && !stops
            && last - first <= form.words.as_slice().len() + 2 * MAX_GAP
            && fit.slots & core == core;
        let apart = self.is_given_up(first, last);
        (parts && !or && !apart && !self.is_of_longer(&fit, first..last + 1)).then_some(fit)
    }

    /// Returns whether a word of a name of several parts belongs to another name that goes on past
    /// it: "baño y corte de uñas" is no *Baño y corte*.
    fn is_of_longer(&self, fit: &Fit, range: Range<usize>) -> bool {
        let form = &self.forms.all[fit.form];
        let others = self.forms.all.iter().filter(|other| {
            other.service != form.service && !other.is_joined && other.telling.count_ones() > 1
        });
        let mut places = others.flat_map(|other| super::places(self.sentence.words, &other.words));
        places.any(|place| {
            let beyond = place.start < range.start || range.end < place.end;
            beyond && fit.chosen.iter().any(|hit| place.contains(&hit.at))
        })
    }

    /// The service of which a part of a text says most that is not explained yet, or several.
    fn best(&self, hits: &[&Hit], explained: &mut [bool], last: Option<usize>) -> Option<Mention> {
        let mut by_form: Vec<_> = hits.to_vec();
        by_form.sort_by_key(|hit| hit.form);
        let fits = by_form.chunk_by(|a, b| a.form == b.form);
        let mut fits: Vec<_> = fits.filter_map(|hits| self.fit(hits, explained)).collect();
        // After the first, only what is named in full, or stands right beside it.
        if let Some(last) = last {
            fits.retain(|fit| {
                let beside = fit.first() == Some(last);
                fit.score.said > 0 && (fit.score.is_full || fit.score.names_kind && beside)
            });
        }
        self.leave_out_covered(&mut fits);
        let best = fits.iter().map(|fit| fit.score).max()?;
        fits.retain(|fit| fit.score == best);
        // "Mani pedi" names two kinds, one after the other.
        let first = fits.iter().min_by_key(|fit| fit.first())?.chosen.clone();
        let same = |hit: &Hit| first.iter().any(|one| one.at == hit.at);
        fits.retain(|fit| fit.chosen.iter().any(same));
        Some(self.mention(&fits, explained))
    }

    fn mention(&self, fits: &[Fit], explained: &mut [bool]) -> Mention {
        let chosen = || fits.iter().flat_map(|fit| &fit.chosen);
        let mut words: Vec<_> = chosen()
            .flat_map(|hit| hit.at..hit.at + hit.length)
            .collect();
        words.sort_unstable();
        words.dedup();
        for word in &words {
            explained[*word] = true;
        }
        let mut services: Vec<_> = fits
            .iter()
            .map(|fit| self.forms.all[fit.form].service)
            .collect();
        services.sort_unstable();
        services.dedup();
        let (first, last) = (words.iter().min(), words.iter().max());
        Mention {
            words: first.copied().unwrap_or(0)..last.map_or(0, |last| last + 1),
            services,
            names_kind: fits.iter().any(|fit| fit.score.names_kind),
            is_sure: fits
                .iter()
                .any(|fit| fit.score.said > 0 || fit.score.names_kind),
            is_whole: fits.iter().any(|fit| {
                let mut chosen = fit.chosen.iter();
                fit.score.is_told && chosen.all(|hit| hit.likeness != Likeness::Part)
            }),
            kinds: self.kinds(fits),
            said: words,
        }
    }

    /// The services of whose kind something is said, whichever of them.
    fn kinds(&self, fits: &[Fit]) -> Vec<usize> {
        let head = |form: usize| self.forms.all[form].head(self.head_first);
        let chosen = fits.iter().flat_map(|fit| &fit.chosen);
        let words: Vec<_> = chosen
            .filter(|hit| hit.slots & head(hit.form) != 0)
            .map(|hit| hit.at)
            .collect();
        let hits = self.hits.iter();
        let mut kinds: Vec<_> = hits
            .filter(|hit| words.contains(&hit.at) && hit.slots & head(hit.form) != 0)
            .map(|hit| self.forms.all[hit.form].service)
            .collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// How a name fits what these hits of it say.
    fn fit(&self, hits: &[&Hit], explained: &[bool]) -> Option<Fit> {
        let form = &self.forms.all[hits.first()?.form];
        let mut hits = hits.to_vec();
        hits.sort_by_key(|hit| std::cmp::Reverse((hit.likeness, hit.length)));
        let mut fit = Fit {
            form: hits[0].form,
            score: Score::default(),
            chosen: Vec::new(),
            slots: 0,
        };
        // Twice, for "the 2 hour portrait".
        for other in [false, true, true] {
            for hit in &hits {
                let words = hit.at..hit.at + hit.length;
                let spoken_for = words.clone().any(|word| self.is_spoken_for(word));
                let overlaps = |one: &Hit| one.at < words.end && words.start < one.at + one.length;
                let free = self.tells(hit, &hits)
                    && fit.slots & hit.slots == 0
                    && !words.clone().any(|word| explained[word])
                    && !fit.chosen.iter().any(overlaps);
                if spoken_for == other && free && (!other || self.belongs(hit, &fit.chosen)) {
                    fit.slots |= hit.slots;
                    fit.chosen.push(**hit);
                }
            }
        }
        self.is_named(&fit).then(|| self.scored(fit, form))
    }

    /// Returns whether a word names a service and is not said of something else: "señora" to
    /// somebody, and the "free" of "are you free", which names one only beside the rest of its name.
    fn tells(&self, hit: &Hit, hits: &[&Hit]) -> bool {
        let word = &self.sentence.words.as_slice()[hit.at];
        if self.is_vocative(hit) {
            return false;
        }
        let beside = |other: &&&Hit| {
            other.slots & hit.slots == 0
                && (other.at + other.length == hit.at || hit.at + hit.length == other.at)
        };
        if likeness::is_adverb(word) && !hits.iter().any(|other| beside(&other)) {
            return self.is_determined(hit) || self.is_all(hit);
        }
        hit.weight != Weight::Some
            || !likeness::is_everyday(word)
            || hits.iter().any(|other| beside(&other))
            || self.stands_alone(hit)
            || self.is_all(hit)
    }

    /// Returns whether a word is spoken of as a thing: the back of "my back", but not of "be back".
    fn is_determined(&self, hit: &Hit) -> bool {
        let n = self.sentence.holding(hit.at);
        let is = |n: usize, particles: &[Particle]| {
            particles.iter().any(|one| self.sentence.is(n, *one))
        };
        let words = self.sentence.words.as_slice();
        let owned = |word: &String| in_any(|one| one.trade.owned).has(word);
        let joins = !self.sentence.stop_before(n + 1) && is(n + 1, &[Particle::And, Particle::Or]);
        joins || hit.at > 0 && !self.sentence.stop_before(n) && owned(&words[hit.at - 1])
    }

    /// "Good morning, señorita", "sí señora".
    fn is_vocative(&self, hit: &Hit) -> bool {
        let n = self.sentence.holding(hit.at);
        let spoken_to = |meaning| {
            let courtesy = matches!(meaning, Meaning::Intent(intent) if intent.is_courtesy());
            courtesy || matches!(meaning, Meaning::Yes | Meaning::No)
        };
        let is_led = || self.sentence.stop_before(n) || self.sentence.means(n - 1, spoken_to);
        name::is_title(&self.sentence.words.as_slice()[hit.at])
            && n > 0
            && self
                .sentence
                .at(n)
                .is_some_and(|lexeme| lexeme.words.len() == 1)
            && is_led()
            && self.sentence.stop_before(n + 1)
    }

    fn scored(&self, mut fit: Fit, form: &Form) -> Fit {
        let head = if self.is_borrowed(&fit, form) {
            0
        } else {
            form.head(self.head_first)
        };
        for hit in &fit.chosen {
            let is_sense = hit.likeness == Likeness::Sense;
            let sharing = self.sharing[hit.at][usize::from(is_sense)].max(1);
            let whole = match hit.weight {
                Weight::Much => 60,
                Weight::Some => 20,
                Weight::Little | Weight::Nothing => 5,
            };
            let count = hit.slots.count_ones().max(u32::from(hit.length > 1) + 1);
            let bonus = if hit.slots & head != 0 { whole / 3 } else { 0 };
            let worth = (whole + whole / sharing) * count + bonus;
            if is_sense {
                fit.score.meant += worth;
            } else {
                // "Cambiarle las balatas" is more about the pads than about a change.
                fit.score.said += worth + u32::from(hit.likeness == Likeness::Same);
            }
        }
        fit.score.is_full = fit.slots & form.telling == form.telling;
        fit.score.names_kind = fit.score.is_full || fit.slots & head != 0;
        fit.score.is_told = fit.score.is_full && fit.score.said > 0;
        fit
    }

    /// Returns whether what was said names a service, and does not only describe one.
    fn is_named(&self, fit: &Fit) -> bool {
        let free = |hit: &&Hit| !self.is_spoken_for(hit.at);
        let mut chosen = fit.chosen.iter().filter(free);
        let weak = || {
            let chosen = fit.chosen.iter().filter(free);
            chosen.filter(|hit| hit.likeness > Likeness::Sense)
        };
        // "On the same day" names nothing.
        let words = self.sentence.words.as_slice();
        let everyday = || {
            fit.chosen
                .iter()
                .all(|hit| likeness::is_everyday(&words[hit.at]))
        };
        chosen.any(|hit| hit.weight == Weight::Much)
            || weak().count() > 0 && fit.chosen.len() > 1 && !everyday()
            || weak().any(|hit| hit.likeness >= Likeness::Slip && self.stands_alone(hit))
            || fit
                .chosen
                .iter()
                .any(|hit| self.is_all(hit) || self.is_sought(hit) || self.is_asked_for(hit))
    }

    /// "Something for puppies".
    fn is_sought(&self, hit: &Hit) -> bool {
        let words = self.sentence.words.as_slice();
        let things = in_any(|one| one.trade.things);
        let is_thing = |word: &String| things.has(word);
        let start = hit.at.saturating_sub(MAX_GAP);
        (start..hit.at).any(|at| {
            is_thing(&words[at])
                && at + 1 < hit.at
                && (at + 1..hit.at).all(|word| self.is_small(word))
                && self
                    .sentence
                    .is(self.sentence.holding(at + 1), Particle::For)
        })
    }

    /// "The deep one", "el grande".
    fn stands_alone(&self, hit: &Hit) -> bool {
        let n = self.sentence.holding(hit.at);
        let next = self.sentence.words.as_slice().get(hit.at + hit.length);
        let is = |n: usize, particles: &[Particle]| {
            particles.iter().any(|one| self.sentence.is(n, *one))
        };
        let articles = [
            Particle::The,
            Particle::One,
            Particle::Hours,
            Particle::OneHour,
        ];
        // "If he can watch the kids" is about no kids' haircut.
        let kin = is(n, &[Particle::Relation, Particle::Relations]);
        let begins = |n: usize| {
            self.sentence.stop_before(n)
                || n > 0
                    && is(
                        n - 1,
                        &[Particle::For, Particle::Of, Particle::And, Particle::Or],
                    )
        };
        // "In the post" names nothing.
        let placed = n > 1
            && !self.sentence.stop_before(n - 1)
            && is(n - 2, &[Particle::In, Particle::At, Particle::On])
            && likeness::is_everyday(&self.sentence.words.as_slice()[hit.at]);
        let the = self.sentence.stop_before(n)
            || n > 0 && is(n - 1, &articles) && !placed && (!kin || begins(n - 1));
        let ends = self.sentence.stop_before(n + 1) || is(n + 1, &[Particle::And, Particle::Or]);
        next.is_some_and(|next| in_any(|one| one.trade.ones).has(next)) || the && ends
    }

    /// Returns whether hardly anything else is said: "kids", "el de niños".
    fn is_all(&self, hit: &Hit) -> bool {
        let of = |n: usize| self.sentence.is(n, Particle::For) || self.sentence.is(n, Particle::My);
        let n = self.sentence.holding(hit.at);
        self.sentence.words.as_slice().len() <= 3 && !(0..n).any(of)
    }

    /// Returns whether a word that says something else belongs to the name that is told beside it,
    /// as in "cambiar la pila": the words between are small ones.
    fn belongs(&self, hit: &Hit, chosen: &[Hit]) -> bool {
        if hit.likeness <= Likeness::Slip {
            return false;
        }
        let near = chosen.iter().any(|other| {
            let (first, second) = if other.at < hit.at {
                (other, hit)
            } else {
                (hit, other)
            };
            let between = first.at + first.length..second.at;
            between.len() <= MAX_GAP && between.into_iter().all(|word| self.is_small(word))
        });
        let mut after = (hit.at + hit.length..self.sentence.words.as_slice().len())
            .take_while(|word| !self.sentence.words.stop_before(*word));
        // "Cambiar la cita de la pila" moves it.
        let books = |word: usize| {
            let n = self.sentence.holding(word);
            self.sentence.means(n, |meaning| {
                matches!(
                    meaning,
                    Meaning::Intent(Intent::Book | Intent::Appointments)
                )
            })
        };
        near && !after.any(books)
    }

    /// Returns whether a word says something about time or what is wanted.
    fn is_spoken_for(&self, word: usize) -> bool {
        let n = self.sentence.holding(word);
        // "Unas" is "about", but not in "las uñas".
        let before = |particle| n > 0 && self.sentence.is(n - 1, particle);
        let named = self.sentence.is(n, Particle::About)
            && (before(Particle::Hours)
                || before(Particle::My)
                || in_any(|one| one.grammar.thing_marks)
                    .any_within(self.sentence.words.written(word)));
        // "Un cambio" by itself is one.
        let alone = self.sentence.words.as_slice().len() == 2 && before(Particle::One);
        let named = named || alone;
        let is_free = |meaning: &Meaning| {
            matches!(
                meaning,
                Meaning::Filler
                    | Meaning::Particle(
                        Particle::Relation
                            | Particle::Relations
                            | Particle::Did
                            | Particle::Only
                            | Particle::Change
                    )
            )
        };
        let meanings = self.sentence.meanings(n);
        let figure = meanings.is_empty() && !self.sentence.is_unknown(n);
        // "Me borden el escudo" misspells nothing.
        let by_name = |hit: &Hit| hit.at == word && hit.likeness >= Likeness::Inflected;
        let is_misread = !likeness::is_of_language(&self.sentence.words.as_slice()[word])
            && self.sentence.at(n).is_some_and(|one| one.words.len() == 1)
            && !figure
            && self.sentence.number(n).is_none()
            && self.hits.iter().any(by_name);
        !named && !is_misread && (figure || !meanings.iter().all(is_free))
    }
}

// === impl Fit ===

impl Fit {
    /// The first word of the text that it is about.
    fn first(&self) -> Option<usize> {
        self.chosen.iter().map(|hit| hit.at).min()
    }
}

// === impl Mention ===

impl Mention {
    /// The words of it that would mean something else by themselves.
    pub(super) fn spoken_for(&self, finder: &Finder<'_>) -> Vec<usize> {
        let said = self.said.iter().copied();
        said.filter(|word| finder.is_spoken_for(*word)).collect()
    }
}
