//! The counters behind `/metrics`, in both of its formats.
//!
//! Labels are closed sets, and every value stands there from the start, at zero. No label carries
//! a phone number, a thread, an id or free text.

mod connections;
mod label;
mod process;

use std::{
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Duration,
};

use prometheus_client::{
    encoding::text::encode,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram, info::Info},
    registry::{Registry, Unit},
};

pub use self::connections::Connections;
use self::label::{
    BookingLabels, DeliveryLabels, DestinationLabels, ReasonLabels, RejectionLabels, RequestLabels,
    ScopeLabels, SourceLabels, TurnLabels, WorkflowLabels,
};
pub use self::label::{
    BookingOutcome, DEGRADED_REASONS, DeliveryChannel, DeliveryOutcome, LimitScope, RequestOutcome,
    TurnOutcome,
};
use crate::{
    breaker::Destination,
    message::SourceKind,
    store::{Gauges, Totals},
};

/// HTTP buckets that show WhatsApp's targets of 250 ms and 1 s.
const REQUEST_BUCKETS: [f64; 14] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 10.0,
];
/// From a fast disk's sync to a stalled one's.
const COMMIT_BUCKETS: [f64; 11] = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0,
];
/// Rows that shared one sync.
const COMMIT_ROWS_BUCKETS: [f64; 9] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];
/// From the built-in assistant to a slow remote one.
const TURN_BUCKETS: [f64; 12] = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, 20.0,
];

/// Every metric of the process.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    request_duration: Family<SourceLabels, Histogram, fn() -> Histogram>,
    rejections: Family<RejectionLabels, Counter>,
    duplicates: Family<SourceLabels, Counter>,
    unrouted: Family<SourceLabels, Counter>,
    not_understood: Family<SourceLabels, Counter>,
    rate_limited: Family<ScopeLabels, Counter>,
    accepted: Counter,
    done: Counter,
    pending: Gauge<u64, AtomicU64>,
    dead: Gauge<u64, AtomicU64>,
    oldest_pending: Gauge<f64, AtomicU64>,
    turns: Family<TurnLabels, Counter>,
    turn_duration: Family<WorkflowLabels, Histogram, fn() -> Histogram>,
    commit_duration: Histogram,
    commit_rows: Histogram,
    outbox_pending: Gauge<u64, AtomicU64>,
    outbox_waiting: Gauge<u64, AtomicU64>,
    oldest_outbox: Gauge<f64, AtomicU64>,
    deliveries: Family<DeliveryLabels, Counter>,
    breakers_open: Family<DestinationLabels, Gauge>,
    bookings: Family<BookingLabels, Counter>,
    threads_active: Gauge<u64, AtomicU64>,
    threads_waiting: Gauge<u64, AtomicU64>,
    retention_waits: Gauge<u64, AtomicU64>,
    degraded: Family<ReasonLabels, Gauge>,
    connections: Connections,
}

// === impl Metrics ===

impl Metrics {
    /// Every metric at zero. `rejections` are the error codes of each source's webhook, `workflows`
    /// the names that a turn may be counted under.
    pub fn new(rejections: &[(SourceKind, &'static str)], workflows: &[&'static str]) -> Self {
        let metrics = Self {
            registry: Registry::default(),
            requests: Family::default(),
            request_duration: Family::new_with_constructor(|| Histogram::new(REQUEST_BUCKETS)),
            rejections: Family::default(),
            duplicates: Family::default(),
            unrouted: Family::default(),
            not_understood: Family::default(),
            rate_limited: Family::default(),
            accepted: Counter::default(),
            done: Counter::default(),
            pending: Gauge::default(),
            dead: Gauge::default(),
            oldest_pending: Gauge::default(),
            turns: Family::default(),
            turn_duration: Family::new_with_constructor(|| Histogram::new(TURN_BUCKETS)),
            commit_duration: Histogram::new(COMMIT_BUCKETS),
            commit_rows: Histogram::new(COMMIT_ROWS_BUCKETS),
            outbox_pending: Gauge::default(),
            outbox_waiting: Gauge::default(),
            oldest_outbox: Gauge::default(),
            deliveries: Family::default(),
            breakers_open: Family::default(),
            bookings: Family::default(),
            threads_active: Gauge::default(),
            threads_waiting: Gauge::default(),
            retention_waits: Gauge::default(),
            degraded: Family::default(),
            connections: Connections::default(),
        };
        let metrics = metrics.at_zero(rejections, workflows);
        metrics.registered().with_connections()
    }

    fn at_zero(
        self,
        rejections: &[(SourceKind, &'static str)],
        workflows: &[&'static str],
    ) -> Self {
        for source in SourceKind::ALL {
            for &outcome in RequestOutcome::ALL {
                drop(
                    self.requests
                        .get_or_create(&RequestLabels { source, outcome }),
                );
            }
            drop(
                self.request_duration
                    .get_or_create(&SourceLabels { source }),
            );
            drop(self.duplicates.get_or_create(&SourceLabels { source }));
        }
        for &(source, reason) in rejections {
            let labels = RejectionLabels { source, reason };
            drop(self.rejections.get_or_create(&labels));
        }
        for &reason in DEGRADED_REASONS {
            drop(self.degraded.get_or_create(&ReasonLabels { reason }));
        }
        // An own client's request is refused instead.
        for source in [SourceKind::Whatsapp, SourceKind::Highlevel] {
            drop(self.unrouted.get_or_create(&SourceLabels { source }));
            drop(self.not_understood.get_or_create(&SourceLabels { source }));
        }
        for &scope in LimitScope::ALL {
            drop(self.rate_limited.get_or_create(&ScopeLabels { scope }));
        }
        for &workflow in workflows {
            for &outcome in TurnOutcome::ALL {
                drop(self.turns.get_or_create(&TurnLabels { workflow, outcome }));
            }
            drop(
                self.turn_duration
                    .get_or_create(&WorkflowLabels { workflow }),
            );
        }
        for &channel in DeliveryChannel::ALL {
            for &outcome in DeliveryOutcome::ALL {
                let labels = DeliveryLabels { channel, outcome };
                drop(self.deliveries.get_or_create(&labels));
            }
        }
        for destination in Destination::ALL {
            drop(
                self.breakers_open
                    .get_or_create(&DestinationLabels { destination }),
            );
        }
        for &outcome in BookingOutcome::ALL {
            drop(self.bookings.get_or_create(&BookingLabels { outcome }));
        }
        self
    }

    fn registered(mut self) -> Self {
        let mut registry = std::mem::take(&mut self.registry);
        process::register(&mut registry);
        let ours = registry.sub_registry_with_prefix("frontdesk");
        self.register_edge(ours);
        self.register_messages(ours);
        self.register_work(ours);
        let version = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        ours.register("build", "The running release", version);
        self.registry = registry;
        self
    }

    fn register_edge(&self, registry: &mut Registry) {
        registry.register(
            "webhook_requests",
            "Webhook POSTs, by answer",
            self.requests.clone(),
        );
        registry.register_with_unit(
            "webhook_duration",
            "Time from the request's head to the answer",
            Unit::Seconds,
            self.request_duration.clone(),
        );
        registry.register(
            "rejections",
            "Webhook POSTs refused, by code",
            self.rejections.clone(),
        );
        registry.register(
            "duplicates",
            "Messages that were there already",
            self.duplicates.clone(),
        );
        registry.register(
            "unrouted",
            "Signed items for a number or location that no business owns",
            self.unrouted.clone(),
        );
        registry.register(
            "not_understood",
            "Signed items that could not be read",
            self.not_understood.clone(),
        );
        registry.register(
            "rate_limited",
            "Refused or deferred by a limit",
            self.rate_limited.clone(),
        );
    }

    fn register_messages(&self, registry: &mut Registry) {
        registry.register(
            "messages_accepted",
            "Customer messages ever accepted",
            self.accepted.clone(),
        );
        registry.register(
            "messages_done",
            "Customer messages answered or discarded",
            self.done.clone(),
        );
        registry.register(
            "messages_pending",
            "Customer messages that wait",
            self.pending.clone(),
        );
        registry.register(
            "messages_dead",
            "Customer messages in dead turns",
            self.dead.clone(),
        );
        registry.register_with_unit(
            "oldest_pending",
            "Age of the oldest message that waits for its answer; none that is a person's to answer",
            Unit::Seconds,
            self.oldest_pending.clone(),
        );
    }

    fn register_work(&self, registry: &mut Registry) {
        registry.register(
            "turns",
            "Turns, by how an attempt ended",
            self.turns.clone(),
        );
        registry.register_with_unit(
            "turn_duration",
            "Time a workflow took for a turn",
            Unit::Seconds,
            self.turn_duration.clone(),
        );
        registry.register_with_unit(
            "store_commit_duration",
            "Time of a grouped commit, its sync included",
            Unit::Seconds,
            self.commit_duration.clone(),
        );
        registry.register(
            "store_commit_rows",
            "Writes that shared a commit",
            self.commit_rows.clone(),
        );
        register_outbox(
            registry,
            [&self.outbox_pending, &self.outbox_waiting],
            &self.oldest_outbox,
        );
        registry.register(
            "deliveries",
            "Attempts to send a part of a message",
            self.deliveries.clone(),
        );
        registry.register(
            "breakers_open",
            "Servers that are left alone for now, since they failed too often",
            self.breakers_open.clone(),
        );
        registry.register("bookings", "Changes of the calendar", self.bookings.clone());
        registry.register(
            "threads_active",
            "Threads with a message in 30 minutes",
            self.threads_active.clone(),
        );
        registry.register(
            "threads_waiting",
            "Threads that wait for a person of the business",
            self.threads_waiting.clone(),
        );
        registry.register(
            "retention_waits",
            "1 while nothing is forgotten by age, since the clock leapt less than an hour ago",
            self.retention_waits.clone(),
        );
        registry.register(
            "degraded",
            "1 for each reason why health is not ok",
            self.degraded.clone(),
        );
    }

    fn with_connections(mut self) -> Self {
        let registry = self.registry.sub_registry_with_prefix("frontdesk");
        self.connections.register(registry);
        self
    }

    /// Counts an answered webhook POST.
    pub fn request(&self, source: SourceKind, outcome: RequestOutcome, took: Duration) {
        self.requests
            .get_or_create(&RequestLabels { source, outcome })
            .inc();
        self.request_duration
            .get_or_create(&SourceLabels { source })
            .observe(took.as_secs_f64());
    }

    /// Counts a refused webhook POST by its error code.
    pub fn rejection(&self, source: SourceKind, reason: &'static str) {
        self.rejections
            .get_or_create(&RejectionLabels { source, reason })
            .inc();
    }

    /// Counts a message that was there already.
    pub fn duplicate(&self, source: SourceKind) {
        self.duplicates
            .get_or_create(&SourceLabels { source })
            .inc();
    }

    /// Counts an item of a delivery that is for no business.
    pub fn unrouted(&self, source: SourceKind) {
        self.unrouted.get_or_create(&SourceLabels { source }).inc();
    }

    /// Counts an item of a delivery that could not be read.
    pub fn not_understood(&self, source: SourceKind) {
        self.not_understood
            .get_or_create(&SourceLabels { source })
            .inc();
    }

    /// Counts a request or message that met a limit.
    pub fn rate_limited(&self, scope: LimitScope) {
        self.rate_limited
            .get_or_create(&ScopeLabels { scope })
            .inc();
    }

    /// Counts the end of an attempt at a turn.
    pub fn turn(&self, workflow: &'static str, outcome: TurnOutcome) {
        self.turns
            .get_or_create(&TurnLabels { workflow, outcome })
            .inc();
    }

    /// Notes how long a workflow took.
    pub fn turn_took(&self, workflow: &'static str, took: Duration) {
        self.turn_duration
            .get_or_create(&WorkflowLabels { workflow })
            .observe(took.as_secs_f64());
    }

    /// Notes a grouped commit.
    pub fn commit(&self, rows: usize, took: Duration) {
        self.commit_duration.observe(took.as_secs_f64());
        self.commit_rows
            .observe(f64::from(u32::try_from(rows).unwrap_or(u32::MAX)));
    }

    /// Counts an attempt to send a part of a message.
    pub fn delivery(&self, channel: DeliveryChannel, outcome: DeliveryOutcome) {
        self.deliveries
            .get_or_create(&DeliveryLabels { channel, outcome })
            .inc();
    }

    /// Notes that a server is left alone from now on, or not any more.
    pub fn breaker(&self, destination: Destination, is_open: bool) {
        let labels = DestinationLabels { destination };
        let open = self.breakers_open.get_or_create(&labels);
        if is_open {
            open.inc();
        } else {
            open.dec();
        }
    }

    /// The figures of the listener.
    pub fn connections(&self) -> &Connections {
        &self.connections
    }

    /// Counts a change of the calendar.
    pub fn booking(&self, outcome: BookingOutcome) {
        self.bookings
            .get_or_create(&BookingLabels { outcome })
            .inc();
    }

    /// Webhook POSTs so far.
    pub fn requests(&self) -> u64 {
        self.sum_requests(RequestOutcome::ALL)
    }

    /// Webhook POSTs answered 4xx or 5xx, 429 left out.
    pub fn errors(&self) -> u64 {
        self.sum_requests(&[RequestOutcome::Refused, RequestOutcome::Failed])
    }

    /// 429s and deferrals.
    pub fn limited(&self) -> u64 {
        let scopes = LimitScope::ALL.iter();
        scopes
            .map(|&scope| {
                self.rate_limited
                    .get_or_create(&ScopeLabels { scope })
                    .get()
            })
            .sum()
    }

    fn sum_requests(&self, outcomes: &[RequestOutcome]) -> u64 {
        let counter = |source, outcome| {
            self.requests
                .get_or_create(&RequestLabels { source, outcome })
                .get()
        };
        SourceKind::ALL
            .into_iter()
            .flat_map(|source| outcomes.iter().map(move |&outcome| (source, outcome)))
            .map(|(source, outcome)| counter(source, outcome))
            .sum()
    }

    /// Notes the store's own figures, as they are now.
    pub fn note_store(&self, totals: Totals, gauges: Gauges) {
        // Whoever was slow to ask does not set them back.
        self.accepted.inner().fetch_max(totals.accepted, Relaxed);
        self.done.inner().fetch_max(totals.done, Relaxed);
        self.pending.set(totals.pending());
        self.dead.set(totals.dead);
        self.oldest_pending.set(gauges.oldest_pending.as_secs_f64());
        self.outbox_pending.set(gauges.outbox_pending);
        self.outbox_waiting.set(gauges.outbox_waiting);
        self.oldest_outbox.set(gauges.oldest_outbox.as_secs_f64());
        self.threads_active.set(gauges.active_threads);
        self.threads_waiting.set(gauges.waiting_threads);
        self.retention_waits.set(gauges.retention_waits.into());
    }

    /// Notes whether a reason to be degraded holds.
    pub fn note_degraded(&self, reason: &'static str, holds: bool) {
        let gauge = self.degraded.get_or_create(&ReasonLabels { reason });
        gauge.set(holds.into());
    }

    /// Threads with a message in the last 30 minutes, when the store was last asked.
    pub fn active_threads(&self) -> u64 {
        self.threads_active.get()
    }

    /// The OpenMetrics text.
    pub fn encode(&self) -> Result<String, std::fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

fn register_outbox(
    registry: &mut Registry,
    [pending, waiting]: [&Gauge<u64, AtomicU64>; 2],
    oldest: &Gauge<f64, AtomicU64>,
) {
    registry.register(
        "outbox_pending",
        "Replies that wait to be sent",
        pending.clone(),
    );
    registry.register(
        "outbox_waiting",
        "Messages that are due and wait for their place among those of their number",
        waiting.clone(),
    );
    registry.register_with_unit(
        "outbox_oldest",
        "How long the message that waits longest for its place has been due",
        Unit::Seconds,
        oldest.clone(),
    );
}
