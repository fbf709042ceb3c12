//! The one transaction of a turn's outcome: bookings, state, replies, schedule and totals.
//!
//! The invariant: all of it or nothing. A turn whose thread changed, or whose time was taken, is
//! still its holder's and comes back with what is known now.

use super::{
    booking::{self, Owner},
    encoding::{int, millis, millis_of},
    fault::Fault,
    opt_out,
    outbox::{self, Said},
    thread::{self, ThreadRow},
    transaction::Transaction,
    turn::{self, Claim},
};
use crate::{
    message::{CustomerId, ThreadId, ThreadKey},
    store::Committed,
    workflow::{Outcome, State, StateChange},
};

/// A conversation remembers more than it may.
#[derive(Debug, thiserror::Error)]
#[error("the state has {bytes} bytes, at most {max} are kept", max = State::MAX_BYTES)]
struct StateTooLarge {
    bytes: usize,
}

/// Applies the outcome of a leased turn.
pub(super) fn commit(
    transaction: &mut Transaction<'_>,
    claim: &Claim,
    customer: CustomerId,
    outcome: &Outcome,
) -> Result<Committed, Fault> {
    transaction.after.rows += 1;
    let Some(mut row) = claim.redeem(transaction)? else {
        return Ok(Committed::LeaseLost);
    };
    if row.version != int(claim.thread_version) {
        turn::revise(transaction, &mut row, None)?;
        let lease = Box::new(turn::reload(transaction, &row)?);
        return Ok(Committed::Stale { lease });
    }
    let key = thread::key(transaction, row.id)?;
    let owner = Owner {
        business: key.business.clone(),
        customer,
    };
    let thread = Some(ThreadId(row.id));
    let applied = booking::apply(transaction, Some(&owner), thread, &outcome.effects)?;
    let changed = match applied {
        Ok(changed) => changed,
        Err(conflict) => {
            turn::revise(transaction, &mut row, Some(&conflict))?;
            let lease = Box::new(turn::reload(transaction, &row)?);
            return Ok(Committed::Conflict { lease, conflict });
        }
    };
    change_state(transaction, &row, &key, &outcome.state)?;
    if let Some(handoff) = outcome.handoff {
        let usual = transaction
            .now
            .saturating_add(millis_of(transaction.rules.policy.handoff));
        let until = outcome
            .handoff_until
            .map_or(usual, |until| usual.max(millis(until)));
        row.pause(transaction, Some(until), Some(handoff.as_str()))?;
    }
    if let Some(consent) = outcome.consent {
        opt_out::note(transaction, key.business.as_str(), customer.0, consent)?;
    }
    for alert in &outcome.alerts {
        outbox::write_notice(transaction, key.business.as_str(), ThreadId(row.id), alert)?;
    }
    let settled = turn::settle(transaction, &mut row)?;
    transaction.after.done += settled.messages();
    for (n, reply) in outcome.replies.iter().enumerate() {
        let said = Said {
            thread: row.id,
            key: &key,
            turn: Some((settled.first, settled.last)),
            by_person: false,
            reply,
            answers: claim.answers.as_ref().filter(|_| n == 0),
            asks: !outcome.keeps_question,
            about: changed.or(settled.about),
        };
        outbox::say(transaction, &said)?;
    }
    Ok(Committed::Done { more: settled.more })
}

fn change_state(
    transaction: &Transaction<'_>,
    row: &ThreadRow,
    key: &ThreadKey,
    change: &StateChange,
) -> Result<(), Fault> {
    match change {
        StateChange::Keep => {}
        StateChange::Clear => {
            transaction.execute("DELETE FROM states WHERE thread = ?1", [row.id])?;
        }
        StateChange::Put(state) if state.bytes.len() > State::MAX_BYTES => {
            let bytes = state.bytes.len();
            return Err(Fault::undecodable(
                "a conversation state",
                StateTooLarge { bytes },
            ));
        }
        StateChange::Put(state) => {
            transaction.execute(
                "INSERT INTO states (thread, business, workflow, version, bytes)
                 VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT DO UPDATE SET workflow = excluded.workflow,
                    version = excluded.version, bytes = excluded.bytes",
                (
                    row.id,
                    key.business.as_str(),
                    &*state.workflow,
                    state.version,
                    &state.bytes[..],
                ),
            )?;
        }
    }
    Ok(())
}
