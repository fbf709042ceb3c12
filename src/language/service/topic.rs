//! The service that a word alone tells among those that are talked of: "the full one", "de mujer,
//! claro".
//!
//! The invariant: it tells one only where nothing else is named.

use super::{
    Mention,
    choice::Finder,
    form::{Form, Hit},
    likeness::{self, Likeness, Weight},
    told,
};
use crate::language::{
    lexicon::Meaning,
    phrases::{in_any, phrases},
    sentence::Sentence,
    vocabulary::{Particle, Phrases, Trade},
    words::Words,
};

/// A text with more words says everyday ones of something else.
const SHORT: usize = 4;

/// Adds what a lone word tells among the services that are talked of.
pub(super) fn narrow(finder: &Finder<'_>, topic: &[usize], trade: &Trade, all: &mut Vec<Mention>) {
    if topic.is_empty() {
        return;
    }
    keep_kind(finder, topic, all);
    if all.iter().any(|one| one.names_kind) {
        return;
    }
    let tells = |at: usize| {
        let before = at
            .checked_sub(1)
            .map(|at| &finder.sentence.words.as_slice()[at]);
        let same = before.is_some_and(|word| phrases(trade.likewise).has(word));
        !same && !told::recounts(finder.sentence, trade.recounts, at)
    };
    let found = (topic.len() > 1).then(|| told(finder, topic)).flatten();
    let found = found.or_else(|| told(finder, &alike(finder, topic)));
    let Some((at, services)) = found.filter(|(at, _)| topic.len() > 1 || tells(*at)) else {
        return;
    };
    all.retain(|one| !one.said.contains(&at));
    all.push(Mention::of_phrase(at..at + 1, services));
    all.sort_by_key(|one| one.words.start);
}

/// Takes a word that only means about the same as the name of another kind for one of the kind that is
/// talked of, where that has the word itself: after *Gel on toes*, "on hands" is *Gel on hands* and
/// no *Manicure*.
fn keep_kind(finder: &Finder<'_>, topic: &[usize], all: &mut [Mention]) {
    let among = alike(finder, topic);
    for mention in all.iter_mut().filter(|one| !one.is_whole) {
        let [at] = mention.said[..] else { continue };
        let hits = || finder.hits.iter().filter(|hit| hit.at == at);
        let of = |hit: &Hit| finder.forms.all[hit.form].service;
        let is_sense = hits()
            .filter(|hit| mention.services.contains(&of(hit)))
            .all(|hit| hit.likeness == Likeness::Sense);
        let same = hits().filter(|hit| hit.likeness >= Likeness::Inflected);
        let mut same: Vec<_> = same.map(of).filter(|one| among.contains(one)).collect();
        same.sort_unstable();
        same.dedup();
        if is_sense && !same.is_empty() && same.len() < among.len() {
            mention.services = same;
        }
    }
}

/// Takes for what is talked of what is to be the same: "same dog, same haircut".
pub(super) fn repeat(words: &Words, likewise: Phrases, topic: &[usize], all: &mut Vec<Mention>) {
    if topic.is_empty() {
        return;
    }
    let before = |one: &Mention| {
        one.words
            .start
            .checked_sub(1)
            .map(|at| &words.as_slice()[at])
    };
    let same = |one: &Mention| before(one).is_some_and(|word| phrases(likewise).has(word));
    all.retain(|one| !same(one) || one.services.iter().any(|service| topic.contains(service)));
    for mention in all.iter_mut().filter(|one| same(one)) {
        mention.services.retain(|service| topic.contains(service));
    }
}

/// Adds the service that a lone word tells which an appointment is to become, of the kind that is
/// named: "tengo una limpieza facial, ¿puede que sea la profunda?"
pub(super) fn turn(finder: &Finder<'_>, topic: &[usize], becomes: Phrases, all: &mut Vec<Mention>) {
    let words = finder.sentence.words.as_slice();
    let known: Vec<_> = match all.as_slice() {
        [] if topic.len() == 1 => topic.to_vec(),
        [one] if one.names_kind && one.services.len() == 1 => one.services.clone(),
        _ => return,
    };
    let among = alike(finder, &known);
    let told = (0..words.len()).find_map(|at| {
        let place = Mention::of_phrase(at..at + 1, Vec::new());
        let of = |hit: &&Hit| {
            let form = &finder.forms.all[hit.form];
            hit.at == at
                && hit.likeness >= Likeness::Inflected
                && hit.slots & form.telling != 0
                && among.contains(&form.service)
                && !known.contains(&form.service)
        };
        let hits = finder.hits.iter().filter(of);
        let mut services: Vec<_> = hits.map(|hit| finder.forms.all[hit.form].service).collect();
        services.sort_unstable();
        services.dedup();
        let said = all.iter().any(|one| one.said.contains(&at))
            || finder
                .hits
                .iter()
                .any(|hit| hit.at == at && known.contains(&finder.forms.all[hit.form].service));
        let led = || told::is_led_by(finder.sentence, becomes, &place);
        (!said && !services.is_empty() && led()).then_some((at, services))
    });
    if let Some((at, services)) = told {
        all.push(Mention::of_phrase(at..at + 1, services));
        all.sort_by_key(|one| one.words.start);
    }
}

/// Takes of several the one that is of the same size, or for the same, as what is talked of: *Baño y
/// corte perro chico* after *Baño perro chico*.
pub(super) fn resemble(finder: &Finder<'_>, topic: &[usize], all: &mut [Mention]) {
    let sentence = finder.sentence;
    let kin = [Particle::Relation, Particle::Relations, Particle::Also];
    let of_others = (0..sentence.len()).any(|n| kin.into_iter().any(|one| sentence.is(n, one)));
    let ([talked], false) = (topic, of_others) else {
        return;
    };
    let forms = || finder.forms.all.iter();
    let first = |service: usize| forms().find(|form| form.service == service);
    let Some(talked_form) = first(*talked).filter(|form| form.rest != 0) else {
        return;
    };
    for mention in all {
        if mention.services.len() < 2 || mention.services.contains(talked) {
            continue;
        }
        let is_alike = |service: &usize| {
            first(*service).is_some_and(|form| {
                finder.forms.shared(talked_form, form) & talked_form.rest == talked_form.rest
            })
        };
        let alike: Vec<_> = mention.services.iter().copied().filter(is_alike).collect();
        if !alike.is_empty() {
            mention.services = alike;
        }
    }
}

/// Takes what is spoken of as known for what is talked of: "how much is the class?"
pub(super) fn keep(finder: &Finder<'_>, topic: &[usize], definite: Phrases, all: &mut [Mention]) {
    let words = finder.sentence.words.as_slice();
    for mention in all {
        let start = mention.words.start;
        let is_known = start > 0 && phrases(definite).has(&words[start - 1]);
        let has_all = |service: &usize| {
            mention.said.iter().all(|at| {
                finder.hits.iter().any(|hit| {
                    let of = finder.forms.all[hit.form].service;
                    hit.at == *at && of == *service && hit.likeness >= Likeness::Inflected
                })
            })
        };
        let talked: Vec<_> = topic.iter().copied().filter(has_all).collect();
        let is_open = mention.services.len() > 1 || !mention.is_whole;
        if is_known && is_open && !talked.is_empty() {
            mention.services = talked;
        }
    }
}

/// Takes the first visit for who has never been there, among what is named or talked of.
pub(super) fn welcome(finder: &Finder<'_>, topic: &[usize], trade: &Trade, all: &mut Vec<Mention>) {
    let Some(place) = phrases(trade.newcomer).find(finder.sentence.words.as_slice()) else {
        return;
    };
    let initial: Vec<_> = phrases(trade.initial).iter().collect();
    let initial = |among: &[usize]| {
        let is_first = |service: &usize| {
            let mut forms = finder.forms.all.iter();
            forms.any(|form| form.service == *service && finder.forms.among(form, &initial) != 0)
        };
        let services: Vec<_> = among.iter().copied().filter(is_first).collect();
        (!services.is_empty() && services.len() < among.len()).then_some(services)
    };
    for mention in &mut *all {
        if let Some(services) = initial(&mention.services) {
            mention.services = services;
        }
    }
    let named = all.iter().any(|one| one.names_kind || one.is_sure);
    if let Some(services) = initial(topic).filter(|_| !named) {
        *all = vec![Mention::of_phrase(place, services)];
    }
}

/// Leaves of what a mention may mean only what is for whom the text speaks of: "quiero cortarme el
/// pelo, soy mujer", "a full groom, he's a small".
pub(super) fn suit(finder: &Finder<'_>, whose: Phrases, all: &mut [Mention]) {
    let words = finder.sentence.words.as_slice();
    let said: Vec<_> = all.iter().flat_map(|one| one.said.clone()).collect();
    let is_whose = |at: usize| phrases(whose).has(&words[at]) && !said.contains(&at);
    for mention in all {
        let of_whose = |hit: &Hit| is_whose(hit.at) && hit.weight == Weight::Some;
        let is_size = |hit: &Hit| {
            hit.slots & finder.forms.all[hit.form].sizes != 0 && hit.likeness != Likeness::Slip
        };
        let sizes = suiting(finder, mention, is_size);
        // Two dogs may be of two sizes.
        if !sizes.is_empty() {
            let mut sizes: Vec<_> = sizes.into_iter().flatten().collect();
            sizes.sort_unstable();
            sizes.dedup();
            mention.services = sizes;
        }
        if let [suits] = suiting(finder, mention, of_whose).as_slice() {
            mention.services.clone_from(suits);
        }
    }
}

/// Those services of a mention that each word of a text suits which is of this kind.
fn suiting(finder: &Finder<'_>, mention: &Mention, is: impl Fn(&Hit) -> bool) -> Vec<Vec<usize>> {
    let words = 0..finder.sentence.words.as_slice().len();
    let suits = words.map(|at| {
        let of = |service: &usize| {
            let of = |hit: &&Hit| hit.at == at && finder.forms.all[hit.form].service == *service;
            finder.hits.iter().filter(of).any(&is)
        };
        let services = mention.services.iter().copied().filter(of);
        services.collect::<Vec<_>>()
    });
    suits.filter(|all| !all.is_empty()).collect()
}

/// The services whose names have all that the name of one of these has but its length.
pub(super) fn siblings(finder: &Finder<'_>, topic: &[usize]) -> Vec<usize> {
    let forms = || finder.forms.all.iter();
    let is_sibling = |form: &&Form| {
        let mut talked = forms().filter(|other| topic.contains(&other.service));
        talked.any(|other| {
            let core = other.telling & !other.rest;
            core != 0 && finder.forms.shared(other, form) & core == core
        })
    };
    let mut services: Vec<_> = forms()
        .filter(is_sibling)
        .map(|form| form.service)
        .collect();
    services.dedup();
    services
}

/// The services of the same kind as one of these.
pub(super) fn alike(finder: &Finder<'_>, topic: &[usize]) -> Vec<usize> {
    let forms = || finder.forms.all.iter();
    let head = |form| Form::head(form, finder.head_first);
    let is_alike = |service: usize| {
        let of = forms().filter(|form| form.service == service);
        let mut pairs = of.flat_map(|one| {
            let talked = forms().filter(|form| topic.contains(&form.service));
            talked.map(move |other| (one, other))
        });
        pairs.any(|(one, other)| {
            let kind = finder.forms.shared(one, other) & head(one) != 0;
            kind && finder.forms.shared(other, one) & head(other) != 0
        })
    };
    let mut services: Vec<_> = forms().map(|form| form.service).collect();
    services.dedup();
    services.retain(|one| is_alike(*one));
    services
}

/// The word that tells some of these services from the others, and those.
fn told(finder: &Finder<'_>, among: &[usize]) -> Option<(usize, Vec<usize>)> {
    let words = finder.sentence.words.as_slice().len();
    let told = (0..words).filter(|at| may_tell(finder, *at)).map(|at| {
        let of = |from: Likeness| {
            let tells = |hit: &&Hit| {
                let form = &finder.forms.all[hit.form];
                let is_like = hit.likeness == from
                    || from > Likeness::Slip && hit.likeness >= Likeness::Inflected;
                hit.at == at && is_like && hit.slots & form.telling != 0
            };
            let hits = finder.hits.iter().filter(tells);
            let mut services: Vec<_> = hits
                .map(|hit| finder.forms.all[hit.form].service)
                .filter(|one| among.contains(one))
                .collect();
            services.sort_unstable();
            services.dedup();
            services
        };
        let services = of(Likeness::Inflected);
        // The sense of "we" and the like tells nothing.
        let is_everyday = likeness::is_everyday(&finder.sentence.words.as_slice()[at]);
        let services = if services.is_empty() && !is_everyday {
            of(Likeness::Sense)
        } else {
            services
        };
        (at, services)
    });
    let mut told = told.filter(|(_, all)| !all.is_empty() && all.len() < among.len());
    told.next()
}

/// Takes out what is named only by the words of a time of day: "a las 10 *y media*".
pub(super) fn leave_out_clocks(sentence: &Sentence<'_>, all: &mut Vec<Mention>) {
    let is_clock = |at: &usize| is_of_clock(sentence, sentence.holding(*at));
    all.retain(|one| !one.said.iter().all(is_clock));
}

/// Returns whether a lexeme is of a time of day: "at *10*", "a las 10 y *media*", "half *12*".
fn is_of_clock(sentence: &Sentence<'_>, n: usize) -> bool {
    let is = |n: usize, all: &[Particle]| all.iter().any(|one| sentence.is(n, *one));
    let is_number = |n: usize| sentence.number(n).is_some();
    let parts = [Particle::Half, Particle::HalfPast, Particle::Quarter];
    let leads = [
        Particle::At,
        Particle::Hours,
        Particle::Half,
        Particle::HalfPast,
        Particle::Quarter,
    ];
    let joins = [Particle::And, Particle::AndMinutes];
    let before = n
        .checked_sub(1)
        .map(|at| at - usize::from(at > 0 && is(at, &joins)));
    if is(n, &joins) {
        return n > 0 && is_number(n - 1) && is(n + 1, &parts);
    }
    let is_led = n > 0 && is(n - 1, &leads);
    let follows_number = before.is_some_and(|before| before < n && is_number(before));
    is_number(n) && is_led || is(n, &parts) && (follows_number || is_number(n + 1))
}

/// Returns whether a word may tell a service: it is of no day or time, nor said of one.
fn may_tell(finder: &Finder<'_>, at: usize) -> bool {
    let sentence = finder.sentence;
    let n = sentence.holding(at);
    let word = &sentence.words.as_slice()[at];
    let is_day = |n: usize| sentence.means(n, Meaning::is_calendar);
    let of_a_day = !sentence.stop_before(n + 1) && is_day(n + 1)
        || sentence
            .words
            .as_slice()
            .get(at + 1)
            .is_some_and(|next| in_any(|one| (one.particle)(Particle::Day)).has(next));
    // "One for my daughter" says who comes, and no service.
    let of_kin = sentence.is(n, Particle::Relation) && n > 0 && sentence.is_mine(n - 1);
    let short = sentence.words.as_slice().len() <= SHORT;
    !is_of_clock(sentence, n)
        && !is_day(n)
        && !of_a_day
        && !of_kin
        && (short || !likeness::is_everyday(word))
}
