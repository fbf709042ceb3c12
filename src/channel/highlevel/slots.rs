//! Free slots: what a calendar of HighLevel's says is free, just now.
//!
//! The invariant: no slot is kept beyond the question it answers, and none is made up: an answer
//! that is not understood is an error. Only how a calendar's slots lie is remembered a while.

mod grid;

use std::{collections::HashMap, time::Duration};

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use http::Method;
use serde::Deserialize;
use serde_json::Value;
use tokio::time::timeout;
use url::form_urlencoded;

pub(super) use self::grid::Grids;
use super::{Access, Highlevel, give_up, verdict};
use crate::{
    booking::{Business, CalendarError, FreeRequest, FreeSlots, FreeTimes, ResourceId, Span},
    call::Answer,
    channel::SendError,
};

/// Who wants to know what is free waits for it: longer than this is no answer.
const LOOK: Duration = Duration::from_secs(10);
/// How long one call waits for the location's quota.
const PATIENCE: Duration = Duration::from_secs(2);
/// The calls of one look that are under way at once.
const AT_ONCE: usize = 4;
/// HighLevel tells of 31 days at most. A day less, since thirty-one times 24 hours that begin at
/// noon are on 32 dates.
const MAX_RANGE: TimeDelta = TimeDelta::days(30);
/// What stands in every answer beside the dates.
const TRACE_ID: &str = "traceId";

/// Whose slots, of when; no longer than one call may ask for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) business: &'a Business,
    pub(super) calendar: &'a str,
    /// HighLevel's id of one of the team.
    pub(super) user: Option<&'a str>,
    pub(super) span: Span,
    pub(super) now: DateTime<Utc>,
}

/// What is free on a date.
#[derive(Deserialize)]
struct Day {
    slots: Vec<DateTime<Utc>>,
}

#[async_trait]
impl FreeTimes for Highlevel {
    async fn free(&self, request: &FreeRequest<'_>) -> Result<FreeSlots, CalendarError> {
        let looked = timeout(LOOK, self.look(request)).await;
        let looked = looked.unwrap_or(Err(SendError::Retry {
            reason: "no_answer",
            after: None,
        }));
        looked.map_err(|error| CalendarError(error.into()))
    }
}

// === impl Highlevel ===

impl Highlevel {
    async fn look(&self, request: &FreeRequest<'_>) -> Result<FreeSlots, SendError> {
        let business = request.business;
        let access = self.access_of(business)?;
        let calendar = business
            .calendar_elsewhere()
            .ok_or(give_up("no_calendar"))?;
        let grid = self.grid(&access, calendar, request.now).await?;
        let span = Span {
            // What starts earlier may still have a part in it.
            start: request.span.start - grid.length,
            end: request.span.end,
        };
        let (mut starts, mut calls) = (Vec::new(), Vec::new());
        for (order, &resource) in request.resources.iter().enumerate() {
            starts.push((resource.clone(), Vec::new()));
            let user = user(business, resource)?;
            for span in ranges(span) {
                let wanted = Wanted {
                    business,
                    calendar,
                    user,
                    span,
                    now: request.now,
                };
                let access = &access;
                calls.push(async move {
                    let free = self.free_starts(access, &wanted).await?;
                    Ok::<_, SendError>((order, free))
                });
            }
        }
        let mut calls = stream::iter(calls).buffer_unordered(AT_ONCE);
        while let Some((order, free)) = calls.try_next().await? {
            starts[order].1.extend(free);
        }
        for (_, starts) in &mut starts {
            starts.sort_unstable();
            starts.dedup();
        }
        Ok(FreeSlots {
            length: grid.length,
            interval: grid.interval,
            starts,
        })
    }

    /// When something can start.
    pub(super) async fn free_starts(
        &self,
        access: &Access<'_>,
        wanted: &Wanted<'_>,
    ) -> Result<Vec<DateTime<Utc>>, SendError> {
        let path = wanted.path();
        let answer = self.read(access, &path, wanted.now).await?;
        starts(&answer).ok_or(SendError::NOT_UNDERSTOOD)
    }

    /// Reads something, and waits a little for the location's quota if it has to.
    pub(super) async fn read(
        &self,
        access: &Access<'_>,
        path: &str,
        now: DateTime<Utc>,
    ) -> Result<Answer, SendError> {
        let request = self.request(access, Method::GET, path, self.version());
        let answer = self.call_within(access, request, PATIENCE).await?;
        if answer.status.is_success() {
            return Ok(answer);
        }
        let verdict = verdict::refused(answer.status, answer.body.as_deref());
        Err(self.refused(access.location, &verdict, &answer.headers, now))
    }
}

// === impl Wanted ===

impl Wanted<'_> {
    fn path(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, at) in [("startDate", self.span.start), ("endDate", self.span.end)] {
            query.append_pair(name, &at.timestamp_millis().to_string());
        }
        query.append_pair("timezone", self.business.zone.name());
        if let Some(user) = self.user {
            query.append_pair("userId", user);
        }
        format!("calendars/{}/free-slots?{}", self.calendar, query.finish())
    }
}

/// HighLevel's id of a resource; none: the business has no staff, and the calendar no team that
/// matters.
pub(super) fn user<'a>(
    business: &'a Business,
    resource: &ResourceId,
) -> Result<Option<&'a str>, SendError> {
    if business.staff.is_empty() {
        return Ok(None);
    }
    let person = business.staff_member(resource);
    let user = person.and_then(|person| person.highlevel_user.as_deref());
    user.map(Some).ok_or(give_up("no_staff"))
}

/// A span in pieces that one call may ask for.
fn ranges(span: Span) -> impl Iterator<Item = Span> {
    let next = move |from: &DateTime<Utc>| Some(*from + MAX_RANGE);
    let starts = std::iter::successors(Some(span.start), next);
    let starts = starts.take_while(move |start| *start < span.end);
    starts.map(move |start| Span {
        start,
        end: span.end.min(start + MAX_RANGE),
    })
}

/// The starts of all dates; none: the answer is not of the shape that HighLevel documents. Beside the
/// dates stands a trace id, which alone says that nothing is free. Any other key means a shape that
/// is not known, unless there are dates beside it.
fn starts(answer: &Answer) -> Option<Vec<DateTime<Utc>>> {
    let body = answer.body.as_deref()?;
    let days = serde_json::from_slice::<HashMap<String, Value>>(body).ok()?;
    let (mut starts, mut dates, mut others) = (Vec::new(), 0, 0);
    for (name, day) in days {
        if name.parse::<NaiveDate>().is_ok() {
            dates += 1;
            starts.extend(serde_json::from_value::<Day>(day).ok()?.slots);
        } else if name != TRACE_ID {
            others += 1;
        }
    }
    (dates > 0 || others == 0).then_some(starts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_asked_for_without_a_gap_and_in_pieces_that_are_allowed() {
        let start: DateTime<Utc> = "2026-11-28T12:00:00Z".parse().unwrap();
        for days in [1, 30, 31, 60, 61] {
            let end = start + TimeDelta::days(days);
            let pieces: Vec<_> = ranges(Span { start, end }).collect();
            assert_eq!(
                (pieces[0].start, pieces[pieces.len() - 1].end),
                (start, end)
            );
            for pair in pieces.windows(2) {
                assert_eq!(pair[0].end, pair[1].start);
            }
            let longest = pieces.iter().map(|piece| piece.end - piece.start).max();
            assert!(longest.unwrap() <= TimeDelta::days(31));
        }
    }
}
