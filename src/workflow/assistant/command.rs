//! Commands: what a customer's words come to, one type for each thing that can be done.
//!
//! A command says what it has to see of the calendar, and then decides what is said and done.
//!
//! The invariant: what is firm changes only by [`Confirm`] and [`ConfirmCancel`], which only the
//! customer's own answer to the last question gives.

mod aside;
mod book;
mod cancel;
mod confirm;
mod hold;
mod moving;
mod person;
mod refused;
mod rows;
mod run;
mod talk;
mod times;
mod told;
mod unseen;
mod zone;

pub(super) use self::{
    book::{Book, BookedAlready, Decline, DropDraft, GiveName, Wait},
    cancel::{Cancel, CancelAll, CannotCome, ConfirmCancel, DropOrCancel, GoOn, Keep},
    confirm::Confirm,
    moving::{Come, Move},
    person::{Earlier, Foreign, Group, Human, Late, NotUnderstood, Urgent},
    talk::{
        AllRight, Appointments, Aside, EditedTooLate, Farewell, Greet, Menu, OptIn, OptOut, Stale,
        StartOver, Switched, Thanks,
    },
    told::{alternatives, lookup, tell},
};

use self::run::Run;
use super::{
    answer::Answer,
    asides::Asides,
    memory::{Memory, Recall},
    order::{Lookup, Seen},
    turn_context::TurnContext,
};

/// Nothing a person would answer.
#[derive(Debug, PartialEq)]
pub(super) struct Silence;

impl Run for Silence {
    fn decide(self, answer: Answer<'_>, _: Option<Seen>) -> Answer<'_> {
        answer
    }
}

/// Declares the enum of all commands, each of which is a type of its own, and what is done with
/// whichever it is.
macro_rules! commands {
    ($($name:ident),* $(,)?) => {
        /// One thing to do.
        #[derive(Debug, PartialEq)]
        pub(super) enum Command { $($name($name)),* }

        $(impl From<$name> for Command {
            fn from(command: $name) -> Self {
                Self::$name(command)
            }
        })*

        impl Command {
            /// Returns the calendar lookup that the decision needs, if any.
            pub(super) fn lookup(&self, context: &TurnContext<'_>, memory: &Memory) -> Option<Lookup> {
                match self {
                    $(Self::$name(command) => command.lookup(context, memory)),*
                }
            }

            fn decide(self, answer: Answer<'_>, seen: Option<Seen>) -> Answer<'_> {
                match self {
                    $(Self::$name(command) => command.decide(answer, seen)),*
                }
            }
        }
    };
}

commands! {
    Silence, Urgent, Human, Foreign, Switched, StartOver, OptOut, OptIn, Greet, Menu, Book,
    GiveName, Confirm, Decline, Wait, BookedAlready, DropDraft, DropOrCancel, GoOn, Cancel,
    CancelAll, ConfirmCancel, Keep, Move, Come, CannotCome, Late, Earlier, Group, Appointments,
    Aside, Thanks, Farewell, AllRight, Stale, EditedTooLate, NotUnderstood,
}

// === impl Command ===

impl Command {
    /// Does it, and answers what is asked besides.
    pub(super) fn run<'a>(
        self,
        mut answer: Answer<'a>,
        recall: Recall,
        asides: &Asides,
        seen: Option<Seen>,
    ) -> Answer<'a> {
        if self == Silence.into() || (answer.memory.parted && self.is_parting()) {
            return answer;
        }
        let context = answer.context;
        answer.begin();
        answer.memory.parted = self.is_parting();
        if self != NotUnderstood.into() {
            answer.memory.misses = 0;
        }
        if let Self::Urgent(_) = self {
            return self.decide(answer, seen);
        }
        // What was understood of a language that is not spoken here is chance.
        let is_foreign = self == Foreign.into();
        if recall == Recall::Lapsed {
            // What was going to be booked is forgotten, so that it is not kept free either.
            answer.release_holds(&[]);
            if context.reminded().is_none() && !is_foreign {
                answer.say(context.texts.lapsed());
            }
        }
        if !is_foreign {
            aside::answer(&mut answer, asides);
        }
        self.decide(answer, seen)
    }

    /// Returns whether it is answered with a goodbye, which one does not say twice.
    fn is_parting(&self) -> bool {
        matches!(
            self,
            Self::Thanks(_) | Self::Farewell(_) | Self::AllRight(_)
        )
    }

    /// Returns the command for a correction of words that were already answered. It can change
    /// what is being settled; if nothing is, the reply says that it came too late. It confirms
    /// nothing, and its courtesies are not answered.
    pub(super) fn of_correction(self, is_idle: bool) -> Self {
        let changes = matches!(
            self,
            Self::Book(_)
                | Self::Move(_)
                | Self::Cancel(_)
                | Self::CancelAll(_)
                | Self::CannotCome(_)
                | Self::Late(_)
                | Self::Earlier(_)
                | Self::Group(_)
        );
        let asks = matches!(
            self,
            Self::DropDraft(_)
                | Self::Appointments(_)
                | Self::Aside(_)
                | Self::Urgent(_)
                | Self::Human(_)
                | Self::Foreign(_)
                | Self::Switched(_)
                | Self::OptOut(_)
                | Self::OptIn(_)
        );
        if changes && is_idle {
            EditedTooLate.into()
        } else if changes || asks {
            self
        } else {
            Silence.into()
        }
    }
}
