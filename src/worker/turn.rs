//! One leased turn, from the workflow to the commit.

use std::{any::Any, error::Error, panic::AssertUnwindSafe, time::Duration};

use futures_util::FutureExt as _;
use tokio::time::Instant;

use super::{Shared, acquaintance::acquainted, rereading::reread};
use crate::{
    metrics::TurnOutcome,
    store::{Committed, Lease, Release, Released},
    workflow::{Alert, AlertKind, Handoff, Outcome, Turn, WorkflowError},
};

/// The conflicts after which the shell answers instead of the workflow.
const MAX_CONFLICTS: u32 = 3;
/// The revisions after which a turn that never commits is given back.
const MAX_REVISIONS: u32 = 12;
/// The pause between attempts to commit while the store fails.
const COMMIT_PAUSE: Duration = Duration::from_millis(250);

/// Answers a turn and commits the outcome, or gives the lease back.
pub(super) async fn settle(shared: &Shared, mut lease: Lease) {
    let lease_end = shared.lease_end();
    // What happened without the customer brings nothing to read.
    if lease.turn.event.is_none() {
        lease = acquainted(shared, lease).await;
        lease = match reread(shared, lease).await {
            Ok(lease) => lease,
            Err((lease, later)) => return release(shared, &lease, later).await,
        };
    }
    let name = shared.workflow.name();
    let mut conflicts = 0;
    for _ in 0..MAX_REVISIONS {
        let outcome = match outcome(shared, &lease.turn, conflicts).await {
            Ok(outcome) => outcome,
            Err(error) => return release(shared, &lease, error).await,
        };
        let unanswered = lease.turn.is_paused();
        let Some(committed) = commit(shared, &lease, outcome, lease_end).await else {
            return;
        };
        match committed {
            Committed::Done { .. } => {
                let done = if unanswered {
                    TurnOutcome::Paused
                } else {
                    TurnOutcome::Done
                };
                return shared.metrics.turn(name, done);
            }
            Committed::Conflict { lease: again, .. } => {
                shared.metrics.turn(name, TurnOutcome::Conflict);
                conflicts += 1;
                lease = *again;
            }
            Committed::Stale { lease: again } => {
                shared.metrics.turn(name, TurnOutcome::Stale);
                lease = *again;
            }
            Committed::LeaseLost => {
                tracing::warn!(turn.id = %lease.turn.id, "the lease ended before the commit");
                return shared.metrics.turn(name, TurnOutcome::LeaseLost);
            }
        }
    }
    let error = WorkflowError::Retry {
        after: None,
        source: None,
    };
    release(shared, &lease, error).await;
}

/// What the turn comes to: the workflow's outcome, or the shell's where it does not ask one.
async fn outcome(shared: &Shared, turn: &Turn, conflicts: u32) -> Result<Outcome, WorkflowError> {
    let is_empty = turn.inputs.is_empty() && turn.event.is_none();
    if turn.is_paused() || is_empty {
        return Ok(Outcome::default());
    }
    if turn.age() > shared.config.max_turn_age {
        return Ok(too_old(turn));
    }
    if turn.event.is_none() && conflicts >= MAX_CONFLICTS {
        return shared.alternatives.just_taken(turn).await;
    }
    let started = Instant::now();
    let run = async {
        match &turn.event {
            // Whatever the workflow: it is not asked what it did not ask for.
            Some(event) => shared.alternatives.told(turn, event).await,
            None => shared.workflow.run(turn).await,
        }
    };
    let run = AssertUnwindSafe(run).catch_unwind();
    let result = tokio::time::timeout(shared.config.workflow_timeout, run).await;
    shared
        .metrics
        .turn_took(shared.workflow.name(), started.elapsed());
    match result {
        Ok(Ok(result)) => result,
        Ok(Err(panic)) => Err(WorkflowError::Retry {
            after: None,
            source: Some(panicked(&panic)),
        }),
        Err(elapsed) => Err(WorkflowError::Unavailable {
            after: None,
            source: Some(elapsed.into()),
        }),
    }
}

/// What is too old for the bot to answer waits for a person, and the owner is told of it.
fn too_old(turn: &Turn) -> Outcome {
    let words = turn.inputs.iter().filter_map(|input| input.content.text());
    let words: Vec<_> = words.collect();
    let alert = Alert {
        text: (!words.is_empty()).then(|| words.join("\n")),
        ..Alert::new(AlertKind::PersonWanted)
    };
    Outcome {
        handoff: Some(Handoff::TooOld),
        alerts: vec![alert],
        ..Outcome::default()
    }
}

/// A panic's message may hold a customer's words, so that only its kind is told.
fn panicked(_: &Box<dyn Any + Send>) -> anyhow::Error {
    anyhow::anyhow!("the workflow panicked")
}

/// Commits, and goes on trying while the store fails and the lease lasts. A commit that was
/// applied although it failed shows itself as a lost lease, so that trying again is safe.
async fn commit(
    shared: &Shared,
    lease: &Lease,
    outcome: Outcome,
    lease_end: Instant,
) -> Option<Committed> {
    loop {
        match shared.store.commit(lease, outcome.clone()).await {
            Ok(committed) => return Some(committed),
            Err(error) if Instant::now() + COMMIT_PAUSE < lease_end => {
                let id = lease.turn.id;
                tracing::warn!(turn.id = %id, error = cause(&error), "the commit failed; again");
                tokio::time::sleep(COMMIT_PAUSE).await;
            }
            Err(error) => {
                let id = lease.turn.id;
                tracing::error!(turn.id = %id, error = cause(&error), "the turn was not committed");
                shared
                    .metrics
                    .turn(shared.workflow.name(), TurnOutcome::Retry);
                return None;
            }
        }
    }
}

async fn release(shared: &Shared, lease: &Lease, error: WorkflowError) {
    let attempt = lease.turn.attempt;
    let (waiting, release) = match &error {
        WorkflowError::Unavailable { after, .. } => {
            let after = after.unwrap_or_else(|| shared.delay(attempt));
            let after = shared.line.place(after, Instant::now()).after;
            let excuse = None;
            (
                TurnOutcome::Unavailable,
                Release::Unavailable { after, excuse },
            )
        }
        WorkflowError::Down { after } => {
            let after = shared.line.place(*after, Instant::now()).after;
            let excuse = shared.config.excuse.clone();
            (
                TurnOutcome::Unavailable,
                Release::Unavailable { after, excuse },
            )
        }
        WorkflowError::Later { within } => (TurnOutcome::Later, Release::Later { within: *within }),
        WorkflowError::Retry { after, .. } => {
            let after = after.unwrap_or_else(|| shared.delay(attempt));
            (TurnOutcome::Retry, Release::Retry { after })
        }
        WorkflowError::Reject { reason } => (TurnOutcome::Dead, Release::Dead { reason }),
    };
    let id = lease.turn.id;
    if waiting == TurnOutcome::Later {
        tracing::debug!(turn.id = %id, "the turn is answered later");
    } else if let WorkflowError::Down { .. } = error {
        // Nothing was called; that the workflow is left alone was told once.
        tracing::debug!(turn.id = %id, "the turn waits for the workflow");
    } else {
        tracing::warn!(
            turn.id = %id,
            turn.attempt = attempt,
            error = cause(&error),
            "the turn was not answered"
        );
    }
    let counted = match shared.store.release(lease, release).await {
        Ok(Released::Waiting) => waiting,
        Ok(Released::Dead) => TurnOutcome::Dead,
        Err(error) => {
            // The lease's end gives it back.
            tracing::error!(turn.id = %id, error = cause(&error), "the lease was not given back");
            waiting
        }
    };
    shared.metrics.turn(shared.workflow.name(), counted);
}

/// An error as a field of a log line.
fn cause<'e>(error: &'e (dyn Error + Send + Sync + 'static)) -> &'e (dyn Error + 'static) {
    error
}
