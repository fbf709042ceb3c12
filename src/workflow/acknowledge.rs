//! No conversation: messages are stored and acknowledged, and nothing is said.

use async_trait::async_trait;

use super::{BookingWorkflow, Outcome, Turn, WorkflowError};

/// Answers every turn with nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Acknowledge;

#[async_trait]
impl BookingWorkflow for Acknowledge {
    fn name(&self) -> &'static str {
        "acknowledge"
    }

    async fn run(&self, _turn: &Turn) -> Result<Outcome, WorkflowError> {
        Ok(Outcome::default())
    }
}
