//! Calls that wait for a test: to see what becomes of a process that ends at that very point.

use tokio::sync::oneshot;

use super::contract::Call;
use crate::support::provider::{Act, PATIENCE, When};

/// A call that is held up. Dropped without a release, the connection breaks: what was not carried
/// out yet never is.
#[derive(Debug)]
pub(crate) struct Held {
    reached: oneshot::Receiver<()>,
    release: oneshot::Sender<()>,
}

/// The server's side of it.
#[derive(Debug)]
pub(super) struct Gate {
    pub(super) call: Call,
    pub(super) when: When,
    reached: oneshot::Sender<()>,
    release: oneshot::Receiver<()>,
}

/// Both sides of a gate.
pub(super) fn gate(call: Call, when: When) -> (Gate, Held) {
    let (reached, is_reached) = oneshot::channel();
    let (release, is_released) = oneshot::channel();
    let gate = Gate {
        call,
        when,
        reached,
        release: is_released,
    };
    let held = Held {
        reached: is_reached,
        release,
    };
    (gate, held)
}

impl Held {
    /// Waits until the call is at this point.
    pub(crate) async fn reached(&mut self) {
        let reached = tokio::time::timeout(PATIENCE, &mut self.reached).await;
        reached.unwrap().unwrap();
    }

    /// Lets the call go on.
    pub(crate) fn release(self) {
        // Whoever called may be gone by now.
        let _ = self.release.send(());
    }
}

impl Gate {
    /// Waits for the test; what is done instead of going on, if it lets go without a release.
    pub(super) async fn pass(self) -> Option<Act> {
        // The test may only want to know later that it was reached.
        let _ = self.reached.send(());
        let released = self.release.await;
        released.err().map(|_| Act::HangUp)
    }
}
