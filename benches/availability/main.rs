//! `make bench`: how fast a month of free times is found, beside the plain way, in one run.
//!
//! `cargo bench --bench availability -- [--rounds N]`. Ten people, ten thousand bookings within the
//! month, asked for as the assistant and the API ask: one query of SQLite, one sweep. The plain
//! way asks of every start whether any booking is in its way, over bookings that lie ready.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a bench measures real time, and its report is what it is for"
)]

mod plain;

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use frontdesk::{
    booking::{
        BookingDetails, BookingId, Business, Businesses, Calendar as _, Effect, OpeningsRequest,
        ResourceId, ServiceId, Services, Span, availability,
    },
    clock::Clock,
    message::{
        Arrival, Contact, Content, CustomerId, InboundMessage, SourceKind, ThreadKey, Trust,
    },
    metrics::Metrics,
    store::{self, Policy, Store, StoreCalendar},
};

const STAFF: usize = 10;
const DAYS: i64 = 31;
const BOOKINGS: usize = 10_000;
/// What a month may take, by the product's own promise.
const BUDGET: Duration = Duration::from_millis(5);

/// Always the midnight before the month.
#[derive(Debug)]
struct Midnight;

impl Clock for Midnight {
    fn now(&self) -> DateTime<Utc> {
        first()
    }
}

fn first() -> DateTime<Utc> {
    "2026-10-31T23:00:00Z".parse().expect("an instant")
}

#[tokio::main]
async fn main() {
    let mut rounds = 100;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        // `cargo bench` adds `--bench`.
        if argument == "--rounds" {
            let value = arguments.next().expect("the flag has a value");
            rounds = value.parse().expect("a number of rounds");
        }
    }
    let folder =
        tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("this folder can be written");
    let business = business();
    let store = open(folder.path(), business.clone());
    fill(&*store, &business).await;
    report(&store, &business, rounds).await;
}

async fn report(store: &Arc<dyn Store>, business: &Business, rounds: usize) {
    let services = Services::from(ServiceId::new("cut"));
    let request = OpeningsRequest {
        business,
        services: &services,
        staff: None,
        range: Span {
            start: first(),
            end: first() + TimeDelta::days(DAYS),
        },
        customer: None,
        gives_up: None,
        now: first(),
    };
    let span = availability::busy_span(&request).expect("the month is within the window");
    let busy = store
        .busy(&business.id, span, None)
        .await
        .expect("the store answers");
    assert_eq!(busy.len(), BOOKINGS, "the bookings of the month");
    let calendar = StoreCalendar::new(Arc::clone(store));
    let (mut whole, mut swept, mut plain) = (Vec::new(), Vec::new(), Vec::new());
    // In turns, so that the machine's moods hit all of them.
    for _ in 0..rounds {
        let begun = Instant::now();
        let found = calendar
            .openings(&request)
            .await
            .expect("the store answers");
        whole.push(begun.elapsed());
        let begun = Instant::now();
        let same = availability::openings(&request, &busy);
        swept.push(begun.elapsed());
        assert_eq!(found, same, "one calendar, one answer");
        let begun = Instant::now();
        let starts = plain::starts(&request, &busy);
        plain.push(begun.elapsed());
        let pairs: usize = found.iter().map(|one| one.resources.len()).sum();
        assert_eq!(starts, pairs, "both ways find the same");
    }
    println!("a month of {STAFF} people over {BOOKINGS} bookings, {rounds} rounds");
    println!("{:>26} {:>9} {:>9} {:>9}", "", "p50 ms", "p99 ms", "ratio");
    let base = percentile(&mut plain, 50);
    for (name, mut times) in [
        ("from SQLite", whole.clone()),
        ("of them the sweep", swept),
        ("start by start, in memory", plain),
    ] {
        let (half, most) = (percentile(&mut times, 50), percentile(&mut times, 99));
        let ratio = base.as_secs_f64() / half.as_secs_f64();
        println!(
            "{name:>26} {:>9.2} {:>9.2} {ratio:>8.1}x",
            millis(half),
            millis(most)
        );
    }
    let half = percentile(&mut whole, 50);
    assert!(
        half <= BUDGET,
        "a month takes {half:?}, and may take {BUDGET:?}"
    );
}

fn percentile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort_unstable();
    times[(times.len() - 1) * percent / 100]
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn person(n: usize) -> ResourceId {
    ResourceId::new(&format!("s{n}"))
}

fn business() -> Business {
    let days = ["mon", "tues", "wednes", "thurs", "fri", "satur", "sun"];
    let hours = days.map(|day| format!("{day}day = [\"09:00-19:00\"]\n"));
    let staff = (0..STAFF).map(|n| format!("[[staff]]\nid = \"s{n}\"\nname = \"S{n}\"\n"));
    let text = format!(
        "name = \"Bench\"\ntimezone = \"Europe/Madrid\"\n[booking]\nnotice_minutes = 0\n\
         [hours]\n{}{}[[service]]\nid = \"cut\"\nname = \"Cut\"\nminutes = 15\n",
        hours.concat(),
        staff.collect::<String>()
    );
    Business::parse("bench.toml", &text).expect("a whole business")
}

fn open(folder: &Path, business: Business) -> Arc<dyn Store> {
    let policy = Policy {
        coalesce: Duration::ZERO,
        coalesce_max: Duration::ZERO,
        rate_limit_per_minute: None,
        max_attempts: 3,
        handoff: Duration::from_hours(12),
        businesses: Arc::new(Businesses::from(business)),
        channels: Vec::new(),
        acknowledge: false,
    };
    let config = store::sqlite::Config::new(folder.join("bench.db"), policy);
    let metrics = Arc::new(Metrics::new(&[], &[]));
    let store = store::sqlite::Store::open(config, Arc::new(Midnight), metrics);
    Arc::new(store.expect("the store opens"))
}

/// Books ten thousand of the 12,400 quarters of an hour, any of them.
async fn fill(store: &dyn Store, business: &Business) {
    let customer = customer(store, business).await;
    let services = Services::from(ServiceId::new("cut"));
    let mut chance = fastrand::Rng::with_seed(1);
    let mut places: Vec<_> = (0..STAFF)
        .flat_map(|staff| (0..DAYS).map(move |day| (staff, day)))
        .flat_map(|(staff, day)| (0..40).map(move |quarter| (staff, day, quarter)))
        .collect();
    chance.shuffle(&mut places);
    let effects = places[..BOOKINGS].iter().map(|&(staff, day, quarter)| {
        // 09:00 in Madrid in winter; the bench's month is after the change of the clocks.
        let opens = first() + TimeDelta::days(day) + TimeDelta::hours(9);
        let start = opens + TimeDelta::minutes(15 * quarter);
        let visible = Span {
            start,
            end: start + TimeDelta::minutes(15),
        };
        Effect::Book {
            id: BookingId::derive(&format!("{staff} {start}")),
            details: BookingDetails {
                business: business.id.clone(),
                services: services.clone(),
                resource: person(staff),
                visible,
                blocked: visible,
                customer,
                name: None,
                for_name: None,
            },
        }
    });
    let effects: Vec<_> = effects.collect();
    for some in effects.chunks(500) {
        let applied = store.apply(some.to_vec()).await.expect("the store writes");
        assert_eq!(applied, Ok(()), "every place is free");
    }
}

/// Somebody who wrote once.
async fn customer(store: &dyn Store, business: &Business) -> CustomerId {
    let message = InboundMessage {
        id: None,
        fingerprint: None,
        thread: ThreadKey {
            business: business.id.clone(),
            source: SourceKind::Direct,
            trust: Trust::Verified,
            key: "bench".into(),
        },
        contact: Contact::default(),
        content: Content::Text {
            text: "hi".to_owned(),
        },
        sent_at: None,
        reply_to: None,
    };
    let accepted = store.accept(vec![Arrival::Message(message)]).await;
    accepted.expect("the store writes");
    let leases = store.lease(1, Duration::from_secs(30)).await;
    leases.expect("the store answers").turns[0].turn.customer
}
