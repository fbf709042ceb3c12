//! The acts that stand, and the answer they give.
//!
//! The invariant: it is a yes only if the last answer in the text is one and nothing beside it may
//! be different from what was proposed.

use super::{
    Act, ActKind, Acts,
    scan::{Found, Scan, Strength},
};
use crate::language::intent::Assent;

pub(super) fn settle(scan: Scan) -> Acts {
    let Scan {
        mut found,
        doubts,
        spoken_for,
        timeless,
        added_in,
        ..
    } = scan;
    found.sort_by_key(|one| one.act.words.start);
    take_back_within_a_clause(&mut found);
    let waits = hesitates_for_nothing(&mut found);
    let last = found.iter().rev().find(|one| is_stance(one));
    let last = last.map(|one| one.act.kind);
    let assent = match last {
        Some(ActKind::Affirm) => {
            // "Yes, and another for my mum, after mine": what follows is about the other one.
            let mut doubts = doubts;
            doubts.retain(|clause| added_in.is_none_or(|from| *clause <= from));
            affirmed(&mut found, &doubts, waits)
        }
        Some(ActKind::Deny) => {
            found.retain(|one| !matches!(one.act.kind, ActKind::Affirm | ActKind::Hesitate));
            Some(Assent::No)
        }
        Some(_) => {
            found.retain(|one| one.act.kind != ActKind::Affirm);
            None
        }
        None => None,
    };
    let tells = |one: &Found| {
        let besides = matches!(
            one.act.kind,
            ActKind::Question | ActKind::Inform | ActKind::Statement | ActKind::Unknown
        );
        besides || one.act.kind == ActKind::Request && one.strength == Strength::Sure
    };
    let yes = found.iter().find(|one| one.act.kind == ActKind::Affirm);
    let yes_from = yes.map_or(0, |one| one.act.words.start);
    let is_plain = !found.iter().any(tells);
    let mut all: Vec<Act> = Vec::new();
    for Found { act, .. } in found {
        match all.last_mut() {
            Some(before) if before.kind == act.kind => {
                before.words.end = before.words.end.max(act.words.end);
                before.tells |= act.tells;
            }
            _ => all.push(act),
        }
    }
    Acts {
        all,
        assent,
        is_plain,
        spoken_for,
        timeless,
        adds_person: added_in.is_some(),
        yes_from,
    }
}

fn is_stance(one: &Found) -> bool {
    matches!(
        one.act.kind,
        ActKind::Affirm | ActKind::Deny | ActKind::Hesitate
    )
}

/// "No yeah, that's perfect" is a yes and "yeah no" a no; "no, fine" is no yes.
fn take_back_within_a_clause(found: &mut Vec<Found>) {
    let stances: Vec<_> = found.iter().filter(|one| is_stance(one)).cloned().collect();
    let taken_back = |one: &Found| {
        one.act.kind == ActKind::Deny
            && one.strength == Strength::Lead
            && stances.iter().any(|other| {
                other.act.kind == ActKind::Affirm
                    && other.strength == Strength::Sure
                    && other.clause == one.clause
                    && other.act.words.start == one.act.words.end
            })
    };
    found.retain(|one| !taken_back(one));
}

/// "Wait, make it Friday" waits for nothing. Whether it was so.
fn hesitates_for_nothing(found: &mut Vec<Found>) -> bool {
    let goes_on = found
        .iter()
        .rposition(|one| matches!(one.act.kind, ActKind::Inform | ActKind::Request));
    let Some(goes_on) = goes_on else { return false };
    let mut n = 0;
    let before = found.len();
    found.retain(|one| {
        n += 1;
        n > goes_on || one.act.kind != ActKind::Hesitate
    });
    found.len() < before
}

/// The answer of a text that affirms last.
fn affirmed(found: &mut Vec<Found>, doubts: &[usize], waits: bool) -> Option<Assent> {
    let yes = |one: &&Found| one.act.kind == ActKind::Affirm;
    let last = found.iter().filter(yes).map(|one| one.clause).max()?;
    let sure = found.iter().rev().filter(yes);
    let mut sure = sure.filter(|one| one.strength == Strength::Sure);
    let sure = sure.next().map(|one| (one.clause, one.act.words.start));
    let mut denials = found.iter().filter(|one| one.act.kind == ActKind::Deny);
    if denials.next().is_some() {
        // "No … that is fine" could be either.
        found.retain(|one| one.act.kind != ActKind::Affirm);
        return None;
    }
    let hesitation = found
        .iter()
        .filter(|one| one.act.kind == ActKind::Hesitate)
        .map(|one| (one.clause, one.act.words.start))
        .max();
    match (hesitation, sure) {
        (None, _) => {}
        (Some((clause, start)), Some(sure)) if sure.0 > clause && sure.1 > start => {
            found.retain(|one| one.act.kind != ActKind::Hesitate);
        }
        (Some(_), _) => {
            found.retain(|one| one.act.kind != ActKind::Affirm);
            return None;
        }
    }
    let from = found.iter().find(yes).map_or(0, |one| one.clause);
    let doubtful = waits || doubts.iter().any(|clause| *clause >= from);
    let strength = found.iter().filter(yes).map(|one| one.strength).max()?;
    let tells = |one: &Found| {
        let told = matches!(one.act.kind, ActKind::Statement | ActKind::Unknown);
        told && one.strength == Strength::Sure
    };
    let told = match strength {
        Strength::Sure => false,
        Strength::Lead => found.iter().any(|one| tells(one) && one.clause > last),
        Strength::Weak => found.iter().any(tells),
    };
    (!doubtful && !told).then_some(Assent::Yes)
}
