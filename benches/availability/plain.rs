//! The plain way: of every start of the grid, whether any booking of the person is in its way.

use chrono::{NaiveTime, TimeDelta};
use frontdesk::booking::{Busy, OpeningsRequest};

/// How many pairs of a start and somebody free there are.
pub(crate) fn starts(request: &OpeningsRequest<'_>, busy: &[Busy]) -> usize {
    let business = request.business;
    let visit = business
        .visit(request.services)
        .expect("the services are there");
    let first = business.zone.to_local(request.range.start).date();
    let last = business.zone.to_local(request.range.end).date();
    let mut found = 0;
    for date in first.iter_days().take_while(|date| *date < last) {
        for resource in visit.resources() {
            for range in business.open_ranges(resource, date) {
                let step = usize::from(business.rules.slot_minutes);
                for minute in (range.start_minute()..range.end_minute()).step_by(step) {
                    let local = date.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute.into());
                    let blocked = visit.blocked(business.zone.instant(local));
                    let in_the_way = |one: &Busy| {
                        let theirs = one.resource.as_ref().is_none_or(|other| other == resource);
                        theirs && one.blocked.overlaps(&blocked)
                    };
                    found += usize::from(!busy.iter().any(in_the_way));
                }
            }
        }
    }
    found
}
