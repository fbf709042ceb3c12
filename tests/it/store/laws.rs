//! What holds for bookings whatever happens: any history, in any order; and any wish.
//!
//! A law runs many cases on one store, each in a business of its own.

mod offers;

use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use frontdesk::{
    booking::{
        Attendee, Booking, BookingDetails, BookingId, BookingStatus, Busy, Conflict, Effect,
        ResourceId, Span,
    },
    message::{BusinessId, CustomerId},
};
use proptest::{prelude::*, test_runner::TestRunner};
use tokio::{runtime::Handle, task::block_in_place};

use super::{Shop, conformance};

conformance!(no_two_blocked_spans_of_a_person_overlap_whatever_happens_in_whatever_order,);

/// Whose bookings they are: two who write. Their threads make them known to the store.
type Customers = [CustomerId; 2];

const STAFF: [&str; 2] = ["ana", "ben"];

/// Runs a law on many cases; each gets a number of its own.
fn for_any<S: Strategy>(
    cases: u32,
    strategy: &S,
    law: impl AsyncFn(u32, S::Value) -> Result<(), TestCaseError>,
) {
    let mut runner = TestRunner::new(ProptestConfig::with_cases(cases));
    let number = AtomicU32::new(0);
    let held = runner.run(strategy, |case| {
        let n = number.fetch_add(1, Ordering::Relaxed);
        block_in_place(|| Handle::current().block_on(law(n, case)))
    });
    held.unwrap_or_else(|broken| panic!("{broken}"));
}

async fn customers(shop: &Shop) -> Customers {
    let (first, second) = super::booking::two_customers(shop).await;
    [first.turn.customer, second.turn.customer]
}

// === Whatever happens ===

/// Something that is done to the bookings of one business.
#[derive(Debug, Clone)]
enum Step {
    Hold(Place),
    Book(Place),
    /// These are of the bookings made so far, by their number.
    Confirm(usize),
    Move(usize, Place),
    Cancel(usize),
}

/// Whose time is taken for whom, from a minute on.
#[derive(Debug, Clone, Copy)]
struct Place {
    who: usize,
    staff: usize,
    start: i64,
    length: i64,
}

/// Steps that are taken at once, and how many minutes pass before.
type Moment = (i64, Vec<Step>);

fn place() -> impl Strategy<Value = Place> {
    (0_usize..2, 0_usize..2, 0_i64..90, 1_i64..45).prop_map(|(who, staff, start, length)| Place {
        who,
        staff,
        start,
        length,
    })
}

fn history() -> impl Strategy<Value = Vec<Moment>> {
    let step = prop_oneof![
        3 => place().prop_map(Step::Hold),
        3 => place().prop_map(Step::Book),
        3 => any::<usize>().prop_map(Step::Confirm),
        3 => (any::<usize>(), place()).prop_map(|(n, place)| Step::Move(n, place)),
        2 => any::<usize>().prop_map(Step::Cancel),
    ];
    let minutes = prop_oneof![3 => Just(0), 1 => 1_i64..12];
    let together = prop_oneof![
        3 => prop::collection::vec(step.clone(), 1),
        1 => prop::collection::vec(step, 2..5),
    ];
    prop::collection::vec((minutes, together), 1..16)
}

/// One business's bookings, as they are made.
struct Book<'a> {
    shop: &'a Shop,
    business: BusinessId,
    customers: Customers,
    from: DateTime<Utc>,
    ids: Vec<BookingId>,
}

async fn no_two_blocked_spans_of_a_person_overlap_whatever_happens_in_whatever_order(shop: Shop) {
    let customers = customers(&shop).await;
    for_any(48, &history(), async |n, history: Vec<Moment>| {
        let mut book = Book {
            shop: &shop,
            business: BusinessId::new(format!("law-{n}")),
            customers,
            from: shop.now() + TimeDelta::hours(1),
            ids: Vec::new(),
        };
        for (minutes, steps) in history {
            shop.pass(TimeDelta::minutes(minutes));
            match steps.as_slice() {
                [step] => book.alone(step).await?,
                steps => book.together(steps).await,
            }
            book.nothing_overlaps().await?;
        }
        Ok(())
    });
}

impl Book<'_> {
    /// A step that nothing interferes with: it is known beforehand what it comes to.
    async fn alone(&mut self, step: &Step) -> Result<(), TestCaseError> {
        let Some(effect) = self.effect(step).await else {
            return Ok(());
        };
        let expected = self.expected(&effect).await;
        let applied = self.shop.store.apply(vec![effect]).await.unwrap();
        if let Some(expected) = expected {
            let taken = matches!(applied, Err(Conflict::SlotTaken { .. }));
            prop_assert_eq!(taken, expected, "{:?}: {:?}", step, applied);
        }
        Ok(())
    }

    async fn together(&mut self, steps: &[Step]) {
        let mut effects = Vec::new();
        for step in steps {
            effects.extend(self.effect(step).await);
        }
        let applied = effects
            .into_iter()
            .map(|effect| self.shop.store.apply(vec![effect]));
        for result in futures_util::future::join_all(applied).await {
            drop(result.unwrap());
        }
    }

    async fn effect(&mut self, step: &Step) -> Option<Effect> {
        Some(match step {
            Step::Hold(place) => Effect::Hold {
                id: self.new_id(),
                details: self.details(*place),
                expires_at: self.shop.now() + TimeDelta::minutes(10),
            },
            Step::Book(place) => Effect::Book {
                id: self.new_id(),
                details: self.details(*place),
            },
            Step::Confirm(n) => {
                let Booking { id, version, .. } = self.made(*n).await?;
                Effect::Confirm {
                    id,
                    version,
                    name: None,
                    for_name: None,
                }
            }
            Step::Move(n, place) => {
                let Booking { id, version, .. } = self.made(*n).await?;
                let details = self.details(*place);
                Effect::Move {
                    id,
                    version,
                    services: details.services,
                    resource: details.resource,
                    visible: details.visible,
                    blocked: details.blocked,
                    attendee: Attendee::AsBefore,
                }
            }
            Step::Cancel(n) => {
                let Booking { id, version, .. } = self.made(*n).await?;
                Effect::Cancel { id, version }
            }
        })
    }

    fn new_id(&mut self) -> BookingId {
        let name = format!("{} {}", self.business, self.ids.len());
        self.ids.push(BookingId::derive(&name));
        self.ids[self.ids.len() - 1]
    }

    /// One of those made so far; of those that were refused nothing is there.
    async fn made(&self, n: usize) -> Option<Booking> {
        let id = self.ids.get(n % self.ids.len().max(1))?;
        self.shop.store.booking(*id).await.unwrap()
    }

    fn details(&self, place: Place) -> BookingDetails {
        let start = self.from + TimeDelta::minutes(place.start);
        let end = start + TimeDelta::minutes(place.length);
        BookingDetails {
            business: self.business.clone(),
            services: "cut".parse().unwrap(),
            resource: ResourceId::new(STAFF[place.staff]),
            visible: Span { start, end },
            blocked: Span {
                start: start - TimeDelta::minutes(5),
                end,
            },
            customer: self.customers[place.who],
            name: None,
            for_name: None,
        }
    }

    /// Whether the time is taken for it, where its time is what decides.
    async fn expected(&self, effect: &Effect) -> Option<bool> {
        let now = self.shop.now();
        let (id, resource, blocked, customer) = match effect {
            Effect::Hold { id, details, .. } | Effect::Book { id, details } => (
                *id,
                details.resource.clone(),
                details.blocked,
                details.customer,
            ),
            Effect::Confirm { id, .. } => {
                let held = self.shop.store.booking(*id).await.unwrap()?;
                let is_held = matches!(held.status, BookingStatus::Held { .. });
                let details = Some(held.details).filter(|_| is_held)?;
                (*id, details.resource, details.blocked, details.customer)
            }
            Effect::Move {
                id,
                resource,
                blocked,
                ..
            } => {
                let moved = self.shop.store.booking(*id).await.unwrap()?;
                let may = match moved.status {
                    BookingStatus::Held { expires_at } => expires_at > now,
                    status => status == BookingStatus::Booked,
                };
                let customer = Some(moved.details.customer).filter(|_| may)?;
                (*id, resource.clone(), *blocked, customer)
            }
            Effect::Cancel { .. } => return Some(false),
        };
        for other in &self.ids {
            let Some(other) = self.shop.store.booking(*other).await.unwrap() else {
                continue;
            };
            let stands = match other.status {
                BookingStatus::Held { expires_at } => {
                    expires_at > now && other.details.customer != customer
                }
                status => status == BookingStatus::Booked,
            };
            let overlaps = other.details.blocked.overlaps(&blocked);
            if other.id != id && stands && other.details.resource == resource && overlaps {
                return Some(true);
            }
        }
        Some(false)
    }

    async fn nothing_overlaps(&self) -> Result<(), TestCaseError> {
        let day = Span {
            start: self.from - TimeDelta::days(1),
            end: self.from + TimeDelta::days(1),
        };
        let busy = self
            .shop
            .store
            .busy(&self.business, day, None)
            .await
            .unwrap();
        for (n, one) in busy.iter().enumerate() {
            let clash = |other: &&Busy| {
                one.resource == other.resource && one.blocked.overlaps(&other.blocked)
            };
            prop_assert_eq!(busy[..n].iter().find(clash), None);
        }
        Ok(())
    }
}
