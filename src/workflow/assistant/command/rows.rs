//! Times as choices of a list.

use chrono::TimeDelta;

use super::super::{
    desk::Desk,
    memory::Draft,
    question::Row,
    token::{Action, Page},
};
use crate::booking::Opening;

/// A choice for each time, and one for more from a place on.
pub(super) fn rows(
    desk: &Desk<'_>,
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
            Row::new(action, &desk.dates.short_moment(desk.local(opening.start)))
        })
        .collect();
    let last = desk.turn.now + TimeDelta::days(i64::from(desk.business.rules.window_days));
    if let Some(page) = more.filter(|page| page.from <= last) {
        rows.push(Row::new(Action::More(page), &desk.texts.more_times()));
    }
    rows
}
