//! What one visit takes: its services back to back, done by one person.
//!
//! The invariant: between two services of a visit nothing is waited, since buffers are for making
//! ready between customers. No buffer is cut short either: what is blocked reaches as far as the
//! one that reaches farthest, be it of a service in the middle beside a shorter one.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Business, Service};
use crate::booking::{ResourceId, Services, Span};

/// The services of a visit, and the time they take together.
#[derive(Debug, Clone)]
pub struct Visit<'a> {
    /// What is done, in order; never empty.
    pub services: Vec<&'a Service>,
    /// How long the customer is there.
    pub duration: TimeDelta,
    /// What is needed before.
    pub buffer_before: TimeDelta,
    /// What is needed after.
    pub buffer_after: TimeDelta,
}

// === impl Business ===

impl Business {
    /// What these services are as one visit. None: one of them is not in the file.
    pub fn visit(&self, services: &Services) -> Option<Visit<'_>> {
        let services: Option<Vec<_>> = services.iter().map(|id| self.service(id)).collect();
        Some(Visit::of(services?))
    }
}

// === impl Visit ===

impl<'a> Visit<'a> {
    fn of(services: Vec<&'a Service>) -> Self {
        let duration = services.iter().map(|one| one.duration).sum();
        let (mut buffer_before, mut buffer_after) = (TimeDelta::zero(), TimeDelta::zero());
        let mut begins = TimeDelta::zero();
        for service in &services {
            let ends = begins + service.duration;
            buffer_before = buffer_before.max(service.buffer_before - begins);
            buffer_after = buffer_after.max(ends + service.buffer_after - duration);
            begins = ends;
        }
        Self {
            services,
            duration,
            buffer_before,
            buffer_after,
        }
    }

    /// Who does all of it, in the order of the file.
    pub fn resources(&self) -> impl Iterator<Item = &'a ResourceId> {
        let all = self.services.clone();
        let first = all.first().map_or(&[][..], |one| &one.resources);
        let does = move |id: &&ResourceId| all.iter().all(|one| one.resources.contains(id));
        first.iter().filter(does)
    }

    /// What the customer sees of it, from a start on.
    pub fn visible(&self, start: DateTime<Utc>) -> Span {
        Span {
            start,
            end: start + self.duration,
        }
    }

    /// What is taken of a resource's time, from a start on: the buffers too.
    pub fn blocked(&self, start: DateTime<Utc>) -> Span {
        Span {
            start: start - self.buffer_before,
            end: start + self.duration + self.buffer_after,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn business() -> Business {
        let service = |id, minutes, before, after, staff| {
            format!(
                "[[service]]\nid = \"{id}\"\nname = \"{id}\"\nminutes = {minutes}\n\
                 buffer_before_minutes = {before}\nbuffer_after_minutes = {after}\nstaff = {staff}\n"
            )
        };
        let text = [
            "name = \"Shop\"\ntimezone = \"UTC\"\n[hours]\nmonday = [\"09:00-17:00\"]\n".to_owned(),
            "[[staff]]\nid = \"ana\"\nname = \"Ana\"\n".to_owned(),
            "[[staff]]\nid = \"ben\"\nname = \"Ben\"\n".to_owned(),
            service("cut", 30, 5, 10, "[\"ben\", \"ana\"]"),
            service("color", 90, 20, 15, "[\"ana\"]"),
            service("fringe", 5, 0, 0, "[\"ben\"]"),
        ];
        Business::parse("shop.toml", &text.concat()).unwrap()
    }

    fn minutes(business: &Business, services: &str) -> (i64, i64, i64) {
        let visit = business.visit(&services.parse().unwrap()).unwrap();
        (
            visit.buffer_before.num_minutes(),
            visit.duration.num_minutes(),
            visit.buffer_after.num_minutes(),
        )
    }

    #[test]
    fn a_visit_takes_its_services_and_the_buffers_that_reach_beyond_it() {
        let business = business();
        assert_eq!(minutes(&business, "cut"), (5, 30, 10));
        // The 20 minutes before the colour lie within the cut.
        assert_eq!(minutes(&business, "cut+color"), (5, 120, 15));
        assert_eq!(minutes(&business, "color+cut"), (20, 120, 10));
        // The cut's 10 minutes after reach 5 beyond the fringe; the colour's 20 before, 15.
        assert_eq!(minutes(&business, "cut+fringe"), (5, 35, 5));
        assert_eq!(minutes(&business, "fringe+color"), (15, 95, 15));
    }

    #[test]
    fn who_does_a_visit_does_all_of_it() {
        let business = business();
        let does = |services: &str| -> Vec<_> {
            let visit = business.visit(&services.parse().unwrap()).unwrap();
            visit.resources().map(ResourceId::as_str).collect()
        };
        assert_eq!(does("cut+color"), ["ana"]);
        assert_eq!(does("fringe+cut"), ["ben"]);
        assert!(does("color+fringe").is_empty());
        assert!(business.visit(&"cut+shave".parse().unwrap()).is_none());
    }
}
