//! What is old is forgotten, a few milliseconds at a time, behind the messages that come in.

use std::{sync::Arc, time::Duration};

use tokio_util::sync::CancellationToken;

use crate::store::Store;

/// The pause between slices, so that accepts come first.
const BETWEEN_SLICES: Duration = Duration::from_millis(50);
/// The pause when nothing is left to forget.
const BETWEEN_ROUNDS: Duration = Duration::from_mins(10);

/// Forgets what is older than it may become.
#[derive(Debug)]
pub struct Retention {
    store: Arc<dyn Store>,
    keep: Duration,
}

impl Retention {
    /// Keeps things for this long.
    pub fn new(store: Arc<dyn Store>, keep: Duration) -> Self {
        Self { store, keep }
    }

    /// Forgets until `stop`.
    pub async fn run(&self, stop: CancellationToken) {
        loop {
            let pause = match self.store.purge(self.keep).await {
                Ok(purged) if purged.more => BETWEEN_SLICES,
                Ok(_) => BETWEEN_ROUNDS,
                Err(error) => {
                    let error: &dyn std::error::Error = &error;
                    tracing::warn!(error, "nothing was forgotten");
                    BETWEEN_ROUNDS
                }
            };
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }
}
