//! The two steps of every command.

use super::super::{
    answer::Answer,
    memory::Memory,
    order::{Lookup, Seen},
    turn_context::TurnContext,
};

/// A command: first the calendar is looked at, then it is decided.
pub(in super::super) trait Run: Sized {
    /// Returns the calendar lookup that the decision needs, if any.
    fn lookup(&self, _: &TurnContext<'_>, _: &Memory) -> Option<Lookup> {
        None
    }

    /// Decides what is said and done; none seen: the calendar cannot be seen.
    fn decide(self, answer: Answer<'_>, seen: Option<Seen>) -> Answer<'_>;
}
