//! Times as choices of a list.

use chrono::TimeDelta;

use super::super::{
    memory::Draft,
    question::Row,
    token::{Action, Page},
    turn_context::TurnContext,
};
use crate::booking::Opening;

/// A choice for each time, and one for more from a place on.
pub(super) fn rows(
    context: &TurnContext<'_>,
    draft: &Draft,
    shown: &[&Opening],
    more: Option<Page>,
) -> Vec<Row> {
    let mut rows: Vec<_> = shown
        .iter()
        .map(|opening| {
            let action = Action::Time {
                services: draft.services.clone(),
                staff: draft.staff.clone(),
                start: opening.start,
            };
            Row::new(
                action,
                &context.dates.short_moment(context.local(opening.start)),
            )
        })
        .collect();
    let last = context.turn.now + TimeDelta::days(i64::from(context.business.rules.window_days));
    if let Some(page) = more.filter(|page| page.from <= last) {
        rows.push(Row::new(Action::More(page), &context.texts.more_times()));
    }
    rows
}
