//! Knowing the customer before the turn: a provider may tell a phone number that did not come with
//! the message.
//!
//! The invariant: it is a help and never an obstacle. Whatever goes wrong, the turn runs with what
//! is known.

use std::time::Duration;

use super::Shared;
use crate::{channel::Who, message::Contact, store::Lease};

/// The customer waits meanwhile.
const PATIENCE: Duration = Duration::from_secs(3);

/// The turn with what its provider knows of the customer.
pub(super) async fn acquainted(shared: &Shared, lease: Lease) -> Lease {
    let turn = &lease.turn;
    if turn.contact.phone.is_some() || turn.is_paused() {
        return lease;
    }
    let Some(channel) = shared.channels.of(turn.key.source) else {
        return lease;
    };
    let who = Who {
        thread: &turn.key,
        contact: &turn.contact,
    };
    let found = match tokio::time::timeout(PATIENCE, channel.look_up(&who)).await {
        Ok(Ok(Some(found))) => found,
        Ok(Ok(None)) => return lease,
        Ok(Err(error)) => {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(turn.id = %turn.id, error, "the customer was not looked up");
            return lease;
        }
        Err(_) => {
            tracing::warn!(turn.id = %turn.id, "the customer was not looked up in time");
            return lease;
        }
    };
    let contact = Contact {
        phone: found.phone,
        name: turn.contact.name.clone().or(found.name),
        ..turn.contact.clone()
    };
    match shared.store.acquaint(&lease, contact).await {
        Ok(Some(known)) => known,
        // The commit finds out that the lease is lost.
        Ok(None) => lease,
        Err(error) => {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(turn.id = %lease.turn.id, error, "what was learned is not kept");
            lease
        }
    }
}
