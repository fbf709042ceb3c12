//! The services that are wanted of those that are named: one that is replaced, taken back or only
//! explained goes, and one that is said beside another narrows it.
//!
//! The invariant: nothing is wanted that no mention named.

use std::ops::Range;

use super::{
    Mention,
    choice::Finder,
    form::Hit,
    is_led, is_or,
    likeness::{self, Likeness},
    told,
};
use crate::language::{
    intent::Intent,
    lexicon::Meaning,
    phrases::phrases,
    sentence::Sentence,
    vocabulary::{Particle, Phrases, Trade, Vocabulary},
    words::Words,
};

/// Takes out what only opens a question: "una consulta, ¿cuánto sale un tinte?".
pub(super) fn open(sentence: &Sentence<'_>, vocabulary: &Vocabulary, all: &mut Vec<Mention>) {
    let trade = &vocabulary.trade;
    let opened = |one: &Mention| {
        let always = openings(sentence.words, trade.opens, one).next().is_some();
        let mut perhaps = openings(sentence.words, trade.may_open, one);
        let opens = |place: &Range<usize>| {
            begins(sentence, place.start) && goes_on(sentence, trade.asks, place.end)
        };
        always || perhaps.any(|place| opens(&place))
    };
    all.retain(|one| !opened(one));
}

/// The places of phrases that hold a mention.
fn openings(words: &Words, list: Phrases, mention: &Mention) -> impl Iterator<Item = Range<usize>> {
    let words = words.as_slice();
    let places = (0..=mention.words.start).flat_map(move |start| {
        let ends = phrases(list).ends(words, start);
        ends.map(move |end| start..end)
    });
    places.filter(|place| mention.words.end <= place.end)
}

/// Returns whether nothing but a greeting stands before a word in its clause.
fn begins(sentence: &Sentence<'_>, word: usize) -> bool {
    let n = sentence.holding(word);
    let greets = |n: usize| {
        sentence.means(n, |meaning| {
            let courtesy = matches!(meaning, Meaning::Intent(intent) if intent.is_courtesy());
            courtesy || meaning == Meaning::Filler
        })
    };
    (0..n)
        .rev()
        .take_while(|before| !sentence.stop_before(before + 1))
        .all(greets)
}

/// Returns whether a question follows what opens it.
fn goes_on(sentence: &Sentence<'_>, asks: Phrases, end: usize) -> bool {
    let words = sentence.words.as_slice();
    let asks = |word: &String| phrases(asks).has(word);
    let rest = end..words.len();
    let is_question = |n: usize| sentence.words.asked_after(n);
    words.get(end).is_some_and(asks)
        || sentence.words.stop_before(end)
            && (rest.clone().take(2).any(|n| asks(&words[n])) || rest.clone().any(is_question))
}

/// Takes out what only speaks again of what was named: "the brake check tomorrow, can the brakes
/// wait?".
pub(super) fn refer_back(words: &Words, all: &mut Vec<Mention>) {
    let same = |a: usize, b: usize| likeness::is_same(&words.as_slice()[a], &words.as_slice()[b]);
    let is_settled = |one: &Mention| one.services.len() == 1 && one.names_kind && one.is_sure;
    let refers = |n: usize| {
        let one: &Mention = &all[n];
        let may_be = |before: &Mention| {
            is_settled(before)
                && !one.names_kind
                && one.services.len() > 1
                && one.services.contains(&before.services[0])
                && (before.words.end..=one.words.start).any(|n| words.stop_before(n))
        };
        all[..n].iter().any(|before| {
            let again = |word: &usize| before.said.iter().any(|said| same(*said, *word));
            may_be(before)
                || is_settled(before)
                    && before.said.len() > one.said.len()
                    && one.services != before.services
                    && !one.is_whole
                    && one.said.iter().all(again)
        })
    };
    let refers: Vec<_> = (0..all.len()).map(refers).collect();
    let mut refers = refers.into_iter();
    all.retain(|_| refers.next() != Some(true));
}

/// Takes out what names no kind where what was booked before is meant: "could you do my girlfriend's
/// bike too? The same thing".
pub(super) fn same(words: &Words, same: Phrases, all: &mut Vec<Mention>) {
    if phrases(same).find(words.as_slice()).is_some() {
        all.retain(|one| one.names_kind || one.is_whole);
    }
}

/// Rules out the service that has both where a part of it is excluded right after another: "baño
/// sin corte" means no *Baño y corte*, and says nothing about *Corte de uñas*.
pub(super) fn without(finder: &Finder<'_>, wanted: &[Mention], not: &mut [Mention]) {
    let has = |service: usize, at: usize| {
        finder.hits.iter().any(|hit| {
            let of = finder.forms.all[hit.form].service;
            of == service && hit.at == at && hit.likeness >= Likeness::Inflected
        })
    };
    for mention in not.iter_mut().filter(|one| !one.is_whole) {
        let before = wanted
            .iter()
            .rfind(|one| one.words.end <= mention.words.start);
        let Some(before) = before else { continue };
        let said = || before.said.iter().chain(&mention.said);
        let mut of: Vec<_> = finder.forms.all.iter().map(|form| form.service).collect();
        of.dedup();
        of.retain(|service| said().all(|at| has(*service, *at)));
        if !of.is_empty() {
            mention.services = of;
        }
    }
}

/// Takes out what only resembles some of another name of a service where an appointment is given up:
/// "mañana no puedo ir a depilarme" names no "depilación definitiva".
pub(super) fn give_up(finder: &Finder<'_>, all: &mut Vec<Mention>) {
    let gives_up = (0..finder.sentence.len()).any(|n| {
        finder.sentence.is(n, Particle::CannotMake)
            || matches!(
                finder.sentence.intent(n),
                Some(Intent::Cancel | Intent::CannotCome)
            )
    });
    let forms = &finder.forms.all;
    let is_first =
        |number: usize| number == 0 || forms[number - 1].service != forms[number].service;
    let hits = |one: &Mention, at: usize| {
        let of = |hit: &&Hit| hit.at == at && one.services.contains(&forms[hit.form].service);
        finder.hits.iter().filter(of).collect::<Vec<_>>()
    };
    let resembles = |one: &Mention| {
        one.said.iter().all(|at| {
            let hits = hits(one, *at);
            let weak = |hit: &&Hit| !is_first(hit.form) && hit.likeness < Likeness::Same;
            hits.iter().all(weak)
        })
    };
    all.retain(|one| !gives_up || one.is_whole || !resembles(one));
}

/// Takes out what is told apart by a later word for one of its kind: "I want to try piano … the trial
/// one", "una clase de piano, la de prueba".
pub(super) fn pick_out(finder: &Finder<'_>, all: &mut Vec<Mention>) {
    let sentence = finder.sentence;
    let forms = &finder.forms.all;
    let is_article = |n: usize| {
        let articles = [Particle::The, Particle::Hours, Particle::OneHour];
        articles.into_iter().any(|one| sentence.is(n, one))
    };
    let picks = |one: &Mention| {
        let n = sentence.holding(one.words.start);
        let after = sentence.holding(one.words.end - 1) + 1;
        let is_one = sentence.is(after, Particle::One) || sentence.number(after) == Some(1);
        let one_of_them = n > 0 && is_article(n - 1) && is_one;
        let of_it = n > 1 && sentence.is(n - 1, Particle::Of) && is_article(n - 2);
        one_of_them || of_it
    };
    let is_of_kind = |service: usize, before: &Mention| {
        let of = |hit: &Hit| forms[hit.form].service == service;
        before.said.iter().all(|at| {
            let mut hits = finder.hits.iter();
            hits.any(|hit| hit.at == *at && of(hit))
        })
    };
    let is_picked = |n: usize| {
        let before: &Mention = &all[n];
        all[n + 1..].iter().any(|one| {
            let apart =
                (before.words.end..=one.words.start).any(|word| sentence.words.stop_before(word));
            let mut services = one.services.iter();
            before.services.len() == 1
                && apart
                && picks(one)
                && services.all(|service| is_of_kind(*service, before))
        })
    };
    let picked: Vec<_> = (0..all.len()).map(is_picked).collect();
    let mut picked = picked.into_iter();
    all.retain(|_| picked.next() != Some(true));
}

/// Takes out what says in other words what a service has that is named: the blonde of "the lift with
/// the tint, my lashes are so blonde".
pub(super) fn explained(finder: &Finder<'_>, all: &mut Vec<Mention>) {
    let forms = &finder.forms.all;
    let by_name = |one: &Mention, at: usize| {
        finder.hits.iter().any(|hit| {
            let of = one.services.contains(&forms[hit.form].service);
            hit.at == at && of && hit.likeness > Likeness::Sense
        })
    };
    let has = |other: &Mention, at: usize| {
        let mut hits = finder.hits.iter().filter(|hit| hit.at == at);
        hits.any(|hit| other.services.contains(&forms[hit.form].service))
    };
    let is_explained = |n: usize| {
        let one: &Mention = &all[n];
        let only_meant = one.said.iter().any(|at| !by_name(one, *at));
        let by = |(m, other): (usize, &Mention)| {
            let is_named = other.names_kind && other.said.iter().all(|at| by_name(other, *at));
            let starts = [one.words.start, other.words.start];
            let (from, to) = (starts[0].min(starts[1]) + 1, starts[0].max(starts[1]));
            m != n
                && is_named
                && other.said.len() > 1
                && other.services.len() == 1
                && one.said.iter().all(|at| has(other, *at))
                && (from..=to).any(|word| finder.sentence.words.stop_before(word))
        };
        only_meant && all.iter().enumerate().any(by)
    };
    let explained: Vec<_> = (0..all.len()).map(is_explained).collect();
    let mut explained = explained.into_iter();
    all.retain(|_| explained.next() != Some(true));
}

/// Puts two mentions side by side together that have something in common, and with no other: "an osteo
/// visit, a follow-up".
pub(super) fn meet(finder: &Finder<'_>, all: &mut Vec<Mention>) {
    let common = |a: &Mention, b: &Mention| {
        let services = a.services.iter().copied();
        services
            .filter(|one| b.services.contains(one))
            .collect::<Vec<_>>()
    };
    for n in (1..all.len()).rev() {
        let [before, after] = [&all[n - 1], &all[n]];
        let both = common(before, after);
        let between = before.words.end..after.words.start;
        let beside = between.clone().all(|word| finder.is_small(word))
            && !is_or(finder.sentence, between.start, between.end)
            && !between.clone().any(|word| {
                let n = finder.sentence.holding(word);
                finder.sentence.is(n, Particle::And) || finder.sentence.is(n, Particle::Also)
            });
        let others = (0..all.len()).filter(|m| *m != n && *m + 1 != n);
        let alone = others
            .map(|m| &all[m])
            .all(|other| common(before, other).is_empty() && common(after, other).is_empty());
        if beside && alone && !both.is_empty() && before.services != after.services {
            let said = [before.said.clone(), after.said.clone()].concat();
            all[n - 1].words.end = all[n].words.end;
            all[n - 1].said = said;
            all[n - 1].services = both;
            all.remove(n);
        }
    }
}

/// Takes out a lone word that a clause tells of something else, where a service is named: "un
/// balayage, tengo el pelo por los hombros".
pub(super) fn tell_else(sentence: &Sentence<'_>, vocabulary: &Vocabulary, all: &mut Vec<Mention>) {
    let words = sentence.words.as_slice();
    let is_strong = |one: &Mention| one.is_whole || one.names_kind && one.is_sure;
    let tells = |one: &Mention| {
        let before = (0..one.words.start).rev();
        let mut clause = before.take_while(|n| !sentence.words.stop_before(n + 1));
        clause.any(|n| phrases(vocabulary.trade.tells).has(&words[n]))
    };
    let strong: Vec<_> = all.iter().filter(|one| is_strong(one)).cloned().collect();
    let beside = |one: &Mention| {
        let of = |other: &Mention| one.services.iter().any(|n| other.services.contains(n));
        strong.is_empty() || strong.iter().any(of)
    };
    let stays = |one: &Mention| one.is_whole || one.names_kind || one.said.len() > 1;
    all.retain(|one| stays(one) || beside(one) || !tells(one));
}

/// Takes out what is to be replaced by what follows it: "change my manicure to a gel manicure",
/// "make my haircut a skin fade instead".
pub(super) fn replaced(
    sentence: &Sentence<'_>,
    trade: &Trade,
    all: &mut Vec<Mention>,
) -> Vec<Mention> {
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
        // "Can the check-up be turned into a filling?"
        let turned = told::is_led_by(sentence, trade.becomes, after)
            && !(before.words.end..=after.words.start).any(|word| sentence.words.stop_before(word))
            && before.services != after.services;
        changed
            || turned && !between.clone().any(|n| is(n, Particle::And))
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
pub(super) fn take_back(sentence: &Sentence<'_>, all: &mut Vec<Mention>) {
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

/// Leaves out what is to be as it is, beside another wish: "move the brakes, the oil stays the same".
pub(super) fn leave_what_stays(sentence: &Sentence<'_>, all: &mut Vec<Mention>) {
    let stays = |one: &Mention| {
        let from = sentence.holding(one.words.end - 1) + 1;
        let clause = (from..sentence.len()).take_while(|n| !sentence.stop_before(*n));
        let mut near = clause.take(STAYS_WITHIN);
        near.any(|n| sentence.is(n, Particle::Stays))
    };
    if !all.iter().all(stays) {
        all.retain(|one| !stays(one));
    }
}

/// So near behind a service is said that it stays.
const STAYS_WITHIN: usize = 3;

/// Leaves out what only explains another wish: the gel of "just the classic, I would only chip the
/// gel", and the "pull" of "can you pull it? I need an extraction".
pub(super) fn explain(sentence: &Sentence<'_>, all: &mut Vec<Mention>) {
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

/// Returns whether a service is told beside the kind of it: "vacunar a mi perra, la antirrábica".
fn is_apposed(sentence: &Sentence<'_>, kind: &Mention, other: &Mention) -> bool {
    let (from, to) = (kind.words.end, other.words.start);
    let small = [
        Particle::The,
        Particle::Hours,
        Particle::OneHour,
        Particle::One,
        Particle::Of,
    ];
    let is_small = |n: usize| small.into_iter().any(|one| sentence.is(n, one));
    let between = sentence.holding(from)..sentence.holding(to);
    let (stop, is_led) = (
        (from..=to).any(|word| sentence.words.stop_before(word)),
        between.end > 0 && is_small(between.end - 1),
    );
    let of_kind = other.services.iter().all(|one| kind.kinds.contains(one));
    !kind.is_whole
        && other.services != kind.services
        && from <= to
        && stop
        && is_led
        && between.clone().all(is_small)
        && of_kind
}

/// The mentions that tell which of a kind is meant, each with its place.
fn telling(sentence: &Sentence<'_>, all: &[Mention], number: usize) -> Vec<(usize, Mention)> {
    let kind = &all[number];
    let tells = |(n, other): (usize, &Mention)| {
        if n > number && is_apposed(sentence, kind, other) {
            return Some((n, other.clone()));
        }
        let services = other.services.iter().copied();
        let services: Vec<_> = services.filter(|one| kind.services.contains(one)).collect();
        let tells = !other.names_kind
            || other.services.len() < kind.services.len() && other.services.len() == services.len();
        let fewer = !services.is_empty() && services.len() < kind.services.len();
        let narrower = || Mention {
            services,
            ..other.clone()
        };
        (tells && fewer).then(|| (n, narrower()))
    };
    if kind.names_kind {
        all.iter().enumerate().filter_map(tells).collect()
    } else {
        Vec::new()
    }
}

/// "Pilates, the reformer one": of several that were named, the one meant is said beside it.
pub(super) fn narrow(sentence: &Sentence<'_>, all: &mut Vec<Mention>) {
    let mut narrowed: Vec<(usize, Mention)> = Vec::new();
    let mut used = vec![false; all.len()];
    for (number, kind) in all.iter().enumerate() {
        let which = telling(sentence, all, number);
        for (n, _) in &which {
            used[*n] = true;
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
