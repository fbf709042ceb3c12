//! Workflows that do what a test tells them.

use std::fmt;

use async_trait::async_trait;
use frontdesk::{
    message::Reply,
    workflow::{Alternatives, BookingWorkflow, Event, Outcome, Turn, WorkflowError},
};

/// A workflow made of a closure.
pub(crate) struct Scripted<F>(pub(crate) F);

impl<F> fmt::Debug for Scripted<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Scripted")
    }
}

#[async_trait]
impl<F> BookingWorkflow for Scripted<F>
where
    F: Fn(&Turn) -> Result<Outcome, WorkflowError> + Send + Sync + 'static,
{
    fn name(&self) -> &'static str {
        "scripted"
    }

    async fn run(&self, turn: &Turn) -> Result<Outcome, WorkflowError> {
        (self.0)(turn)
    }
}

/// Says that a time is gone, or what came of asking a calendar's keeper, and nothing else.
#[derive(Debug)]
pub(crate) struct NoAlternatives;

#[async_trait]
impl Alternatives for NoAlternatives {
    async fn told(&self, _: &Turn, event: &Event) -> Result<Outcome, WorkflowError> {
        Ok(Outcome {
            replies: vec![Reply::text(format!("{:?}", event.verdict))],
            ..Outcome::default()
        })
    }

    async fn just_taken(&self, _: &Turn) -> Result<Outcome, WorkflowError> {
        Ok(Outcome {
            replies: vec![Reply::text("that time was just taken")],
            ..Outcome::default()
        })
    }
}

/// An outcome that says back what the turn said, the messages parted by `|`.
pub(crate) fn echo(turn: &Turn) -> Outcome {
    let words: Vec<_> = turn
        .inputs
        .iter()
        .filter_map(|input| input.content.text())
        .collect();
    Outcome {
        replies: vec![Reply::text(words.join("|"))],
        ..Outcome::default()
    }
}
