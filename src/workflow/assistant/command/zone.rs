//! Saying back a time that the customer told by the clock of another place.
//!
//! The invariant: it is said once, with the reply that proposes or offers the time.

use super::super::{
    answer::Answer, memory::Draft, order::Target, texts, turn_context::TurnContext,
};
use crate::{booking::hours::minute_of, language::clock::Clock};

/// Says which times here those of a draft are that were told by another clock.
pub(super) fn tell(answer: &mut Answer<'_>, draft: &mut Draft, target: &Target) {
    let Some(clock) = draft.when.other_clock.take() else {
        return;
    };
    let context = answer.context;
    let here = named(context, draft, target).into_iter();
    let told: Vec<_> = here
        .map(|here| texts::time_elsewhere(&context.texts, context.dates, &clock, here))
        .collect();
    if !told.is_empty() {
        answer.say(told.join(" "));
    }
}

/// The minutes of the day that were named: those that are looked for, where they are known.
fn named(context: &TurnContext<'_>, draft: &Draft, target: &Target) -> Vec<u16> {
    let times = &draft.when.times;
    let starts = match target {
        Target::Starts(starts) | Target::AnyOf(starts) => starts.as_slice(),
        _ => &[],
    };
    let is_named = |minute: &u16| {
        let mut named = times.at.iter().flat_map(|clock| clock.minutes());
        named.any(|one| one == *minute)
    };
    let starts = starts
        .iter()
        .map(|start| minute_of(context.local(*start).time()));
    let mut minutes: Vec<_> = starts.filter(is_named).collect();
    if minutes.is_empty() {
        let bounds = times.from.iter().chain(&times.until);
        minutes.extend(
            times
                .at
                .iter()
                .chain(bounds)
                .map(|clock| Clock::likely(*clock)),
        );
    }
    minutes.sort_unstable();
    minutes.dedup();
    minutes
}
