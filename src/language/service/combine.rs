//! A service of several parts, each of which is named by itself.
//!
//! The invariant: the words that tell all the services wanted are just those of the one that takes
//! their place.

use super::{
    Mention,
    choice::Finder,
    form::{Form, Hit},
    is_or,
    likeness::Likeness,
};
use crate::language::{lexicon::Meaning, vocabulary::Particle};

/// The part of a name that a mention is about.
struct Share {
    mention: usize,
    /// The words of the name that it says.
    said: u32,
    /// Those that go with the services that it names.
    told: u32,
}

/// Puts the service in place of its parts: "do the MOT and a full service together".
pub(super) fn combine(finder: &Finder<'_>, all: &mut Vec<Mention>) {
    let forms = finder.forms.all.iter().enumerate();
    let joined = forms.filter(|(_, form)| form.is_joined && form.telling.count_ones() > 1);
    let found = joined.filter_map(|(number, form)| {
        let shares = shares(finder, number, all);
        covers(form, &shares).then_some((form, shares))
    });
    let found: Vec<_> = found
        .filter(|(_, shares)| is_together(finder, shares, all))
        .collect();
    let most = found
        .iter()
        .map(|(form, _)| form.telling.count_ones())
        .max();
    let mut best = found
        .iter()
        .filter(|(form, _)| Some(form.telling.count_ones()) == most);
    if let Some((form, shares)) = best.next() {
        let of: Vec<_> = shares.iter().map(|share| share.mention).collect();
        let mut services = vec![form.service];
        services.extend(best.map(|(form, _)| form.service));
        services.sort_unstable();
        services.dedup();
        let parts = || of.iter().map(|n| &all[*n]);
        let start = parts().map(|one| one.words.start).min().unwrap_or(0);
        let end = parts().map(|one| one.words.end).max().unwrap_or(0);
        let whole = Mention {
            words: start..end,
            services,
            names_kind: true,
            is_sure: true,
            is_whole: true,
            kinds: Vec::new(),
            said: parts().flat_map(|one| one.said.clone()).collect(),
        };
        let mut numbers = 0..;
        all.retain(|_| numbers.next().is_some_and(|n| !of.contains(&n)));
        all.push(whole);
        all.sort_by_key(|one| one.words.start);
    }
    for one in all {
        leave_plain(finder, one);
    }
}

/// Of a service and those that are more than it, only it is meant: "a wash" is no *Wash and iron*.
fn leave_plain(finder: &Finder<'_>, mention: &mut Mention) {
    let forms = || finder.forms.all.iter().enumerate();
    let is_more = |service: usize| {
        let of = forms().filter(|(_, form)| form.service == service);
        let mut of = of.filter(|(number, _)| said(finder, *number, mention, Likeness::Sense) != 0);
        let named = of.clone().count() > 0;
        named
            && of.all(|(number, form)| {
                let said = said(finder, number, mention, Likeness::Sense);
                form.is_joined && said & form.telling != form.telling
            })
    };
    let more: Vec<_> = mention.services.iter().map(|one| is_more(*one)).collect();
    if more.contains(&false) {
        let mut more = more.into_iter();
        mention.services.retain(|_| more.next() == Some(false));
    }
}

/// The words of a name that a mention says, by its hits on it.
fn said(finder: &Finder<'_>, form: usize, mention: &Mention, from: Likeness) -> u32 {
    let of =
        |hit: &&Hit| hit.form == form && hit.likeness >= from && mention.said.contains(&hit.at);
    let hits = finder.hits.iter().filter(of);
    hits.fold(0, |all, hit| all | hit.slots)
}

/// The parts of a name that mentions are about which are about nothing else.
fn shares(finder: &Finder<'_>, number: usize, all: &[Mention]) -> Vec<Share> {
    let form = &finder.forms.all[number];
    let share = |(mention, one): (usize, &Mention)| {
        let words = said(finder, number, one, Likeness::Sense) & form.telling;
        let share = Share {
            mention,
            said: words,
            told: told(finder, number, one),
        };
        (words != 0).then_some(share)
    };
    let mut shares: Vec<_> = all.iter().enumerate().filter_map(share).collect();
    let others = |n: usize| {
        shares
            .iter()
            .map(|one| one.mention)
            .filter(move |one| *one != n)
    };
    let is_other: Vec<_> = shares
        .iter()
        .map(|share| {
            says_more(finder, number, &all[share.mention], || {
                others(share.mention).map(|n| &all[n]).collect()
            })
        })
        .collect();
    let mut is_other = is_other.into_iter();
    shares.retain(|_| is_other.next() == Some(false));
    shares
}

/// The words of a name that the services which a mention may mean all have in theirs.
fn told(finder: &Finder<'_>, number: usize, mention: &Mention) -> u32 {
    let forms = &finder.forms.all;
    let form = &forms[number];
    let parts = mention.services.iter().filter(|one| **one != form.service);
    let of = |service: &usize| {
        let mut slots = 0;
        for (other, one) in forms.iter().enumerate() {
            if one.service == *service && said(finder, other, mention, Likeness::Sense) != 0 {
                slots |= finder.forms.shared(form, one);
            }
        }
        slots
    };
    parts.map(of).reduce(|all, one| all & one).unwrap_or(0)
}

/// Returns whether a mention says a word that a name of several parts lacks: the "uñas" of "un baño y
/// corte de uñas" is none of *Baño y corte*.
fn says_more<'a>(
    finder: &Finder<'_>,
    number: usize,
    mention: &Mention,
    others: impl Fn() -> Vec<&'a Mention>,
) -> bool {
    let forms = &finder.forms.all;
    let hits = |at: usize| finder.hits.iter().filter(move |hit| hit.at == at);
    let of = |at: usize, services: &[usize]| {
        let telling = |hit: &&Hit| {
            let form = &forms[hit.form];
            hit.likeness > Likeness::Sense
                && hit.slots & form.telling != 0
                && services.contains(&form.service)
                && form.service != forms[number].service
        };
        hits(at).any(|hit| telling(&hit))
    };
    mention.said.iter().any(|at| {
        let lacks = !hits(*at).any(|hit| hit.form == number);
        // "The piano" of both goes without saying.
        let shared = others().iter().all(|other| of(*at, &other.services));
        lacks && of(*at, &mention.services) && !shared
    })
}

/// Returns whether several mentions say all of a name, each of them a part of its own.
fn covers(form: &Form, shares: &[Share]) -> bool {
    let all = shares.iter().fold(0, |all, one| all | one.said | one.told);
    let own = |n: usize| {
        let others = shares.iter().enumerate().filter(|(other, _)| *other != n);
        let others = others.fold(0, |all, (_, one)| all | one.said);
        shares[n].said & !others != 0
    };
    shares.len() > 1 && all & form.telling == form.telling && (0..shares.len()).all(own)
}

/// Returns whether all are wanted at one time: neither "or" nor a day stands between them.
fn is_together(finder: &Finder<'_>, shares: &[Share], all: &[Mention]) -> bool {
    let sentence = finder.sentence;
    shares.windows(2).all(|pair| {
        let [first, second] = [&all[pair[0].mention], &all[pair[1].mention]];
        let (from, to) = (first.words.end, second.words.start);
        let mut between = sentence.holding(from)..sentence.holding(to);
        // "A blowout, and my grandad for a haircut" are two people's.
        let is_parted = between
            .any(|n| sentence.means(n, Meaning::is_day) || sentence.is(n, Particle::Relation));
        let sentences = (from..=to).any(|word| sentence.words.sentence_before(word));
        !is_or(sentence, from, to) && !is_parted && !sentences
    })
}
