//! Waits for the turn that covers a message.
//!
//! The invariant: waiting is a courtesy to a message that is stored already. Whatever ends it (time,
//! the end of the process, too many who wait, a store that cannot be read), the answer is the plain
//! one and never an error.

use std::time::Duration;

use tokio::time::{Instant, sleep_until, timeout_at};

use super::Wait;
use crate::{
    http::Edge,
    layer::load_shed::InFlight,
    message::{Reply, Seq, ThreadId},
    shutdown::Phase,
    store::Answer,
    workflow::TurnId,
};

/// How often is looked without a wake-up: another process may have answered.
const POLL_EVERY: Duration = Duration::from_secs(1);

/// What came of waiting.
#[derive(Debug)]
pub(super) enum Waited {
    /// Nothing, or nobody asked for it.
    Not,
    /// The turn was answered.
    Answered {
        turn: Option<TurnId>,
        replies: Vec<Reply>,
        wait: Duration,
    },
    /// The turn failed for good.
    Dead { wait: Duration },
}

impl Waited {
    /// Waits until the message at `place` is answered, and lends its place among those that are
    /// worked on to others meanwhile.
    pub(super) async fn for_answer(
        edge: &Edge,
        place: (ThreadId, Seq),
        wait: Wait,
        in_flight: Option<&InFlight>,
    ) -> Self {
        let _lent = in_flight.map(InFlight::lend);
        let deadline = Instant::now() + wait.duration();
        let answered = tokio::select! {
            biased;
            () = edge.shutdown.reached(Phase::Closing) => None,
            answered = timeout_at(deadline, settled(edge, place)) => answered.ok().flatten(),
        };
        let wait = wait.duration();
        match answered {
            None | Some(Answer::Pending) => Self::Not,
            Some(Answer::Done { turn, replies }) => Self::Answered {
                turn,
                replies,
                wait,
            },
            Some(Answer::Dead) => Self::Dead { wait },
        }
    }
}

/// Arms, looks, and only then waits, with a slow poll behind.
async fn settled(edge: &Edge, (thread, seq): (ThreadId, Seq)) -> Option<Answer> {
    let watch = edge.store.signals().watch(thread).ok()?;
    loop {
        let woken = watch.armed();
        match edge.store.answer(thread, seq).await {
            Ok(Answer::Pending) => {}
            Ok(answer) => return Some(answer),
            Err(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "cannot look for replies"
                );
                return None;
            }
        }
        tokio::select! {
            () = woken => {}
            () = sleep_until(Instant::now() + POLL_EVERY) => {}
        }
    }
}
