//! What is offered, held against the store itself.

use std::sync::Arc;

use chrono::{DateTime, Days, TimeDelta, Utc};
use frontdesk::{
    booking::{
        BookingDetails, BookingId, Business, Calendar as _, Conflict, Effect, Opening,
        OpeningsRequest, ResourceId, Services, Span,
        availability::{self, Refusal},
        hours::minute_of,
    },
    message::CustomerId,
    store::StoreCalendar,
};
use proptest::prelude::*;

use super::{Book, Place, STAFF, Shop, Step, conformance, customers, for_any};

conformance!(what_is_offered_can_be_booked_and_what_is_not_is_refused_for_the_true_reason,);

/// A business, what is booked there, and what a customer looks for.
#[derive(Debug, Clone)]
struct Case {
    zone: &'static str,
    hours: [u16; 4],
    ben: Option<(u16, u16)>,
    cut: (u16, u16, u16),
    wash: (u16, u16),
    step: u16,
    notice: u16,
    taken: Vec<Place>,
    services: &'static str,
    staff: Option<usize>,
    probes: Vec<i64>,
}

const DAYS: u64 = 3;
const MINUTES: i64 = 4 * 24 * 60;

fn cases() -> impl Strategy<Value = Case> {
    let zones = [
        "America/New_York",
        "Europe/Madrid",
        "Asia/Kathmandu",
        "Australia/Sydney",
    ];
    let places = (0_usize..2, 0_usize..2, 0..MINUTES, 5_i64..240);
    let places = places.prop_map(|(who, staff, start, length)| Place {
        who,
        staff,
        start,
        length,
    });
    let wish = (
        prop::sample::select(vec!["cut", "wash", "wash+cut", "cut+wash"]),
        prop::option::of(0_usize..2),
        prop::collection::vec(0..MINUTES, 24),
    );
    (
        (
            prop::sample::select(zones.to_vec()),
            prop::option::of((0_u16..800, 60_u16..600)),
        ),
        (0_u16..600, 30_u16..300, 1_u16..120, 30_u16..400),
        (5_u16..120, 0_u16..30, 0_u16..30),
        (5_u16..60, 0_u16..30),
        (prop::sample::select(vec![10_u16, 15, 20, 60]), 0_u16..600),
        prop::collection::vec(places, 0..24),
        wish,
    )
        .prop_map(
            |((zone, ben), (open, one, gap, two), cut, wash, (step, notice), taken, wish)| Case {
                zone,
                hours: [open, open + one, open + one + gap, open + one + gap + two],
                ben: ben.map(|(start, length)| (start, start + length)),
                cut,
                wash,
                step,
                notice,
                taken,
                services: wish.0,
                staff: wish.1,
                probes: wish.2,
            },
        )
}

impl Case {
    fn business(&self, n: u32) -> Business {
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        let range = |from: u16, to: u16| format!("\"{}-{}\"", clock(from), clock(to));
        let week = |ranges: &str| {
            let days = ["mon", "tues", "wednes", "thurs", "fri", "satur", "sun"];
            days.map(|day| format!("{day}day = [{ranges}]\n")).concat()
        };
        let [opens, rests, returns, closes] = self.hours;
        let (early, late) = (range(opens, rests), range(returns, closes));
        let hours = week(&format!("{early}, {late}"));
        let ben = self.ben.map(|(from, to)| week(&range(from, to)));
        let ben = ben.map_or(String::new(), |own| format!("[staff.hours]\n{own}"));
        let (cut, before, after) = self.cut;
        let (wash, wash_before) = self.wash;
        let Self {
            zone, step, notice, ..
        } = self;
        let text = format!(
            "id = \"offers-{n}\"\nname = \"Shop\"\ntimezone = \"{zone}\"\n\
             [booking]\nnotice_minutes = {notice}\nwindow_days = {DAYS}\nslot_minutes = {step}\n\
             [hours]\n{hours}\
             [[staff]]\nid = \"ana\"\nname = \"Ana\"\n[[staff]]\nid = \"ben\"\nname = \"Ben\"\n{ben}\
             [[service]]\nid = \"cut\"\nname = \"Cut\"\nminutes = {cut}\n\
             buffer_before_minutes = {before}\nbuffer_after_minutes = {after}\n\
             [[service]]\nid = \"wash\"\nname = \"Wash\"\nminutes = {wash}\n\
             buffer_before_minutes = {wash_before}\n"
        );
        Business::parse("shop.toml", &text).unwrap()
    }
}

/// A customer before a calendar.
struct Wish<'a> {
    shop: &'a Shop,
    business: &'a Business,
    services: Services,
    staff: Option<ResourceId>,
    customer: CustomerId,
}

async fn what_is_offered_can_be_booked_and_what_is_not_is_refused_for_the_true_reason(shop: Shop) {
    let customers = customers(&shop).await;
    for_any(24, &cases(), async |n, case: Case| {
        let business = case.business(n);
        let mut book = Book {
            shop: &shop,
            business: business.id.clone(),
            customers,
            from: shop.now(),
            ids: Vec::new(),
        };
        for (n, place) in case.taken.iter().enumerate() {
            let step = if n % 3 == 0 { Step::Hold } else { Step::Book };
            book.together(&[step(*place)]).await;
        }
        let wish = Wish {
            shop: &shop,
            business: &business,
            services: case.services.parse().unwrap(),
            staff: case.staff.map(|n| ResourceId::new(STAFF[n])),
            customer: customers[0],
        };
        wish.holds_at(&case.probes).await
    });
}

impl Wish<'_> {
    fn request(&self) -> OpeningsRequest<'_> {
        let now = self.shop.now();
        OpeningsRequest {
            business: self.business,
            services: &self.services,
            staff: self.staff.as_ref(),
            range: Span {
                start: now,
                end: now + TimeDelta::minutes(MINUTES) + TimeDelta::days(1),
            },
            customer: Some(self.customer),
            gives_up: None,
            now,
        }
    }

    /// Looks at what is offered, and at other minutes as well.
    async fn holds_at(&self, minutes: &[i64]) -> Result<(), TestCaseError> {
        let request = self.request();
        let calendar = StoreCalendar::new(Arc::clone(&self.shop.store));
        let offered = calendar.openings(&request).await.unwrap();
        let busy = match availability::busy_span(&request) {
            Some(span) => {
                let busy = self
                    .shop
                    .store
                    .busy(&self.business.id, span, request.customer);
                busy.await.unwrap()
            }
            None => Vec::new(),
        };
        let midnight = self.business.zone.to_local(request.now).date();
        let from = self.business.zone.day(midnight).start;
        let others = minutes
            .iter()
            .map(|minute| from + TimeDelta::minutes(*minute));
        let sample = availability::spread(&offered, 8)
            .into_iter()
            .map(|one| one.start);
        for at in sample.chain(others) {
            let opening = offered.iter().find(|one| one.start == at);
            match availability::check(&request, at, &busy) {
                Ok(free) => {
                    prop_assert_eq!(
                        Some(&free),
                        opening.map(|Opening { resources, .. }| resources)
                    );
                    for resource in &free {
                        prop_assert!(self.can_book(resource, at).await, "{} {:?}", at, resource);
                    }
                }
                Err(refusal) => {
                    prop_assert_eq!(opening, None, "{} is {}", at, refusal);
                    let is_true = self.is_true(refusal, at).await;
                    prop_assert!(is_true, "{} is not {}", at, refusal);
                }
            }
        }
        Ok(())
    }

    /// Whether the store takes a booking, which is given up at once.
    async fn can_book(&self, resource: &ResourceId, at: DateTime<Utc>) -> bool {
        let visit = self.business.visit(&self.services).unwrap();
        let id = BookingId::derive(&format!("{} {resource:?} {at}", self.business.id));
        let details = BookingDetails {
            business: self.business.id.clone(),
            services: self.services.clone(),
            resource: resource.clone(),
            visible: visit.visible(at),
            blocked: visit.blocked(at),
            customer: self.customer,
            name: None,
            for_name: None,
        };
        let effects = vec![
            Effect::Book { id, details },
            Effect::Cancel { id, version: 1 },
        ];
        match self.shop.store.apply(effects).await.unwrap() {
            // What has changed was booked and given up here before.
            Ok(()) | Err(Conflict::BookingChanged { .. }) => true,
            Err(Conflict::SlotTaken { .. }) => false,
        }
    }

    /// Whether a reason is what the clock, the hours on the wall and the store itself say.
    async fn is_true(&self, refusal: Refusal, at: DateTime<Utc>) -> bool {
        let (zone, rules) = (&self.business.zone, &self.business.rules);
        let now = self.shop.now();
        let wished = |id: &str| self.staff.as_ref().is_none_or(|one| one.as_str() == id);
        let open = |id: &&'static str| self.is_open(&ResourceId::new(id), at);
        let mut takers = 0;
        for id in STAFF.iter().filter(|id| wished(id) && open(id)) {
            takers += usize::from(self.can_book(&ResourceId::new(id), at).await);
        }
        let nobody_wished = !STAFF.iter().any(|id| wished(id) && open(id));
        match refusal {
            Refusal::NotDone => false,
            Refusal::TooSoon => at < now + rules.notice,
            Refusal::TooFar => {
                let last = zone.to_local(now).date() + Days::new(DAYS);
                zone.to_local(at).date() > last
            }
            Refusal::Closed => !STAFF.iter().any(open),
            Refusal::StaffOff => nobody_wished && STAFF.iter().any(open),
            Refusal::Taken => !nobody_wished && takers == 0,
            Refusal::OffGrid => takers > 0,
        }
    }

    /// Whether a person works in every minute of the visit.
    fn is_open(&self, resource: &ResourceId, at: DateTime<Utc>) -> bool {
        let minutes = self
            .business
            .visit(&self.services)
            .unwrap()
            .duration
            .num_minutes();
        (0..minutes).all(|minute| {
            let local = self.business.zone.to_local(at + TimeDelta::minutes(minute));
            let ranges = self.business.open_ranges(resource, local.date());
            let minute = minute_of(local.time());
            let mut ranges = ranges.iter();
            ranges.any(|range| (range.start_minute()..range.end_minute()).contains(&minute))
        })
    }
}
