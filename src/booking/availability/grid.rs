//! Opening hours as instants, and the starts within them.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Timelike, Utc};

use crate::booking::{
    Business, ResourceId, Span,
    business::Visit,
    hours::TimeRange,
    zone::{Occurrence, Zone},
};

/// One opening of a day.
#[derive(Debug, Clone, Copy)]
pub(super) struct OpenSpan {
    date: NaiveDate,
    range: TimeRange,
    /// The same as instants.
    pub(super) span: Span,
    /// The clock is not changed within it, so that its minutes can simply be counted.
    steady: bool,
    /// When it closes: the end of the last opening that follows without a break, over midnight too.
    pub(super) closes: DateTime<Utc>,
}

/// When a resource is open, from one date to another, in order.
pub(super) fn open_spans(
    business: &Business,
    resource: &ResourceId,
    first: NaiveDate,
    last: NaiveDate,
) -> Vec<OpenSpan> {
    let mut open = Vec::new();
    let mut date = first;
    // One date more, in case its first opening goes on where the last one of the day before ends.
    let beyond = last.checked_add_days(Days::new(1)).unwrap_or(last);
    while date <= beyond {
        for range in business.open_ranges(resource, date) {
            let span = Span {
                start: at(&business.zone, date, range.start_minute()),
                end: at(&business.zone, date, range.end_minute()),
            };
            let length = TimeDelta::minutes((range.end_minute() - range.start_minute()).into());
            // An opening within the skipped hour may be none.
            if span.start < span.end {
                open.push(OpenSpan {
                    date,
                    range,
                    span,
                    steady: span.end - span.start == length,
                    closes: span.end,
                });
            }
        }
        let Some(next) = date.succ_opt() else { break };
        date = next;
    }
    for n in (1..open.len()).rev() {
        if open[n - 1].span.end == open[n].span.start {
            open[n - 1].closes = open[n].closes;
        }
    }
    open
}

/// Whether it is open for all of a span.
pub(super) fn is_open(hours: &[OpenSpan], span: Span) -> bool {
    // Openings are in order and do not overlap: only the first that is not over may hold it.
    let next = hours.partition_point(|open| open.span.end <= span.start);
    let open = hours.get(next);
    open.is_some_and(|open| open.span.start <= span.start && span.end <= open.closes)
}

/// The instant of a minute of a day; the 1440th is the next day's first.
fn at(zone: &Zone, date: NaiveDate, minute: u16) -> DateTime<Utc> {
    zone.instant(date.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(minute.into()))
}

/// The starts within opening hours, in order: those of the grid, counted by the wall clock from
/// each opening, and those right after something taken.
pub(super) fn starts(
    business: &Business,
    hours: &[OpenSpan],
    visit: &Visit<'_>,
    taken: &[Span],
) -> Vec<DateTime<Utc>> {
    let step = business.rules.slot_minutes;
    let mut starts = Vec::new();
    for open in hours {
        on_grid(&business.zone, open, step, visit.duration, &mut starts);
    }
    let regular = starts.len();
    for span in taken {
        let start = whole_minute(span.end + visit.buffer_before);
        // Openings are in order and do not overlap: only the first that is not over may hold it.
        let next = hours.partition_point(|open| open.span.end <= start);
        let Some(open) = hours.get(next) else {
            continue;
        };
        let fits = open.span.start <= start && start + visit.duration <= open.closes;
        let zone = &business.zone;
        // Of a local time that happens twice, only the first is a start.
        if fits && (open.steady || zone.instant(zone.to_local(start)) == start) {
            starts.push(start);
        }
    }
    if starts.len() > regular {
        starts.sort_unstable();
        starts.dedup();
    }
    starts
}

fn on_grid(
    zone: &Zone,
    open: &OpenSpan,
    step: u16,
    duration: TimeDelta,
    starts: &mut Vec<DateTime<Utc>>,
) {
    let OpenSpan {
        date,
        range,
        span,
        steady,
        closes,
    } = open;
    let minutes = (range.start_minute()..range.end_minute()).step_by(step.into());
    for minute in minutes {
        let start = if *steady {
            span.start + TimeDelta::minutes((minute - range.start_minute()).into())
        } else {
            let local = date.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(minute.into());
            match zone.occurrence(local) {
                Occurrence::Once(at) | Occurrence::Twice { first: at, .. } => at,
                Occurrence::Skipped { .. } => continue,
            }
        };
        if start + duration <= *closes {
            starts.push(start);
        }
    }
}

/// The instant, or the first whole minute after it.
fn whole_minute(at: DateTime<Utc>) -> DateTime<Utc> {
    let over =
        TimeDelta::seconds(at.second().into()) + TimeDelta::nanoseconds(at.nanosecond().into());
    if over.is_zero() {
        at
    } else {
        at - over + TimeDelta::minutes(1)
    }
}
