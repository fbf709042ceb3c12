//! A random calendar: what others have booked, and which times are left.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use frontdesk::booking::{
    Business, Busy, Opening, OpeningsRequest, ResourceId, ServiceId, Services, availability,
};

use super::random::Random;
use crate::conversation::scene::Wanted;

pub(super) struct Diary<'a> {
    pub(super) business: &'a Business,
    pub(super) now: DateTime<Utc>,
    busy: Vec<Busy>,
    /// Bookings that others have made.
    pub(super) taken: Vec<Wanted>,
}

impl<'a> Diary<'a> {
    pub(super) fn new(business: &'a Business, now: DateTime<Utc>) -> Self {
        Self {
            business,
            now,
            busy: Vec::new(),
            taken: Vec::new(),
        }
    }

    pub(super) fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        self.business.zone.to_local(at)
    }

    pub(super) fn today(&self) -> NaiveDate {
        self.local(self.now).date()
    }

    /// Others book up to `most` visits with each member of staff on a day.
    pub(super) fn fill(&mut self, date: NaiveDate, most: usize, random: &mut Random) {
        for person in &self.business.staff {
            let does = |one: &&ServiceId| {
                let service = self.business.service(one);
                service.is_some_and(|service| service.resources.contains(&person.id))
            };
            let services: Vec<_> = self.business.services.iter().map(|one| &one.id).collect();
            let services: Vec<_> = services.into_iter().filter(does).collect();
            let ranges = self.business.open_ranges(&person.id, date);
            if services.is_empty() || ranges.is_empty() {
                continue;
            }
            for _ in 0..random.below(most + 1) {
                let range = *random.pick(&ranges);
                let quarters = (range.end_minute() - range.start_minute()) / 15;
                let quarter = random.below(usize::from(quarters.max(1)));
                let minute = i64::from(range.start_minute()) + 15 * i64::try_from(quarter).unwrap();
                let midnight = date.and_hms_opt(0, 0, 0).unwrap();
                let local = midnight + TimeDelta::minutes(minute);
                let service = *random.pick(&services);
                self.take(service, &person.id, self.business.zone.instant(local));
            }
        }
    }

    /// Somebody books this, if it is free.
    pub(super) fn take(
        &mut self,
        service: &ServiceId,
        resource: &ResourceId,
        start: DateTime<Utc>,
    ) {
        let busy = self.busy_of(service, resource, start);
        let overlaps =
            |one: &Busy| one.resource == busy.resource && one.blocked.overlaps(&busy.blocked);
        if start <= self.now || self.busy.iter().any(overlaps) {
            return;
        }
        self.busy.push(busy);
        self.taken.push(Wanted {
            services: Services::from(service.clone()),
            resource: resource.clone(),
            start,
            for_name: None,
        });
    }

    /// The customer has booked this.
    pub(super) fn own(&mut self, service: &ServiceId, resource: &ResourceId, start: DateTime<Utc>) {
        let busy = self.busy_of(service, resource, start);
        self.busy.push(busy);
    }

    pub(super) fn busy_of(
        &self,
        service: &ServiceId,
        resource: &ResourceId,
        start: DateTime<Utc>,
    ) -> Busy {
        let services = Services::from(service.clone());
        let visit = self.business.visit(&services).unwrap();
        Busy {
            resource: Some(resource.clone()),
            blocked: visit.blocked(start),
        }
    }

    /// The times of a day at which a service can start; `gives_up` does not count as taken.
    pub(super) fn openings(
        &self,
        service: &ServiceId,
        date: NaiveDate,
        gives_up: Option<&Busy>,
    ) -> Vec<Opening> {
        let services = Services::from(service.clone());
        let request = OpeningsRequest {
            business: self.business,
            services: &services,
            staff: None,
            range: self.business.zone.day(date),
            customer: None,
            gives_up,
            now: self.now,
        };
        availability::openings(&request, &self.busy)
    }

    /// The members of staff that are free for a service at a time.
    pub(super) fn free_at(
        &self,
        service: &ServiceId,
        start: DateTime<Utc>,
        gives_up: Option<&Busy>,
    ) -> Vec<ResourceId> {
        let openings = self.openings(service, self.local(start).date(), gives_up);
        let opening = openings.into_iter().find(|one| one.start == start);
        opening.map_or_else(Vec::new, |one| one.resources)
    }
}
