//! Messages that came without their content: the provider is asked for it before the turn.
//!
//! The invariant: a turn waits for that a few seconds at the most, and then runs with what is known.

use std::time::Duration;

use super::Shared;
use crate::{
    channel::Reread,
    message::{Content, MediaKind},
    store::Lease,
    workflow::{Input, WorkflowError},
};

/// The customer waits meanwhile.
const PATIENCE: Duration = Duration::from_secs(3);
/// How soon the provider is asked again.
const PAUSE: Duration = Duration::from_secs(4);
/// How old a message is whose content will not come any more.
const GIVEN_UP: chrono::TimeDelta = chrono::TimeDelta::seconds(15);

/// The turn with what its messages say; else why it has to wait.
pub(super) async fn reread(
    shared: &Shared,
    mut lease: Lease,
) -> Result<Lease, (Lease, WorkflowError)> {
    let source = lease.turn.key.source;
    let Some(channel) = shared
        .channels
        .of(source)
        .filter(|_| !lease.turn.is_paused())
    else {
        return Ok(lease);
    };
    let empty: Vec<_> = lease
        .turn
        .inputs
        .iter()
        .filter(|one| is_empty(one))
        .cloned()
        .collect();
    let mut is_young = false;
    for input in empty {
        let Some(id) = &input.id else { continue };
        let asked = channel.reread(&lease.turn.key, id);
        match tokio::time::timeout(PATIENCE, asked).await {
            Ok(Ok(Reread::Content(content))) => {
                match shared.store.reread(&lease, input.seq, content).await {
                    Ok(Some(known)) => lease = known,
                    // The commit finds out that the lease is lost.
                    Ok(None) => return Ok(lease),
                    Err(error) => {
                        let error = &error as &dyn std::error::Error;
                        tracing::warn!(turn.id = %lease.turn.id, error, "what was read is not kept");
                    }
                }
            }
            Ok(Ok(Reread::Never)) => {}
            Ok(Ok(Reread::NotYet)) => is_young |= lease.turn.now - input.received_at < GIVEN_UP,
            Ok(Err(error)) => {
                let error = &error as &dyn std::error::Error;
                tracing::warn!(turn.id = %lease.turn.id, error, "a message was not read again");
            }
            Err(_) => {
                tracing::warn!(turn.id = %lease.turn.id, "a message was not read again in time");
            }
        }
    }
    if is_young {
        return Err((lease, WorkflowError::Later { within: PAUSE }));
    }
    Ok(lease)
}

/// A file of which nothing is told.
fn is_empty(input: &Input) -> bool {
    matches!(
        input.content,
        Content::Media {
            kind: MediaKind::Unknown,
            id: None,
            caption: None,
        }
    )
}
