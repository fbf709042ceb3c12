//! The loop that asks the keepers of calendars for what customers were promised to be told of.
//!
//! The invariants: a keeper is asked only by who leased the request; what came of it is written
//! down before anybody is told; who asks again for what may have been done looks first.

use std::{
    collections::HashMap,
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::{
    Backoff, Refusals,
    line::{Line, Place},
    pump::{Found, Pump},
};
use crate::{
    booking::Businesses,
    channel::{self, Agenda, SendError, Wanted},
    clock::Clock,
    message::{BusinessId, SourceKind},
    metrics::{DeliveryChannel, DeliveryOutcome, Metrics},
    store::{Answered, Asked, Asking, Error, Request, Store},
    workflow::Correspondence,
};

/// The most requests under way at once.
const CONCURRENCY: NonZeroUsize = NonZeroUsize::new(16).expect("16 is not 0");
/// The most requests leased at once.
const AT_ONCE: usize = 16;
/// What a lease gives a request: longer than all calls for one change may take.
const LEASE: Duration = Duration::from_mins(4);
/// How long a call may still be under way of which nobody heard the end.
const DOUBT: Duration = Duration::from_secs(30);
/// How long a keeper that refuses us is left alone.
const REFUSED_PAUSE: Duration = Duration::from_mins(5);

/// Asks for the changes that wait.
#[derive(Debug)]
pub struct Appointments {
    shared: Arc<Shared>,
}

/// What the appointments are made of.
#[derive(Debug)]
pub struct AppointmentParts {
    /// Where requests wait.
    pub store: Arc<dyn Store>,
    /// The calendar that is kept elsewhere; none: nobody keeps one.
    pub agenda: Option<Arc<dyn Agenda>>,
    /// What an appointment is called there.
    pub words: Arc<dyn Correspondence>,
    /// The businesses.
    pub businesses: Arc<Businesses>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Where attempts are counted.
    pub metrics: Arc<Metrics>,
    /// Who hears of keepers that refuse us.
    pub refusals: Arc<dyn Refusals>,
}

#[derive(Debug)]
struct Shared {
    parts: AppointmentParts,
    backoff: Backoff,
    chance: Mutex<fastrand::Rng>,
    /// Requests that wait for a keeper, by business.
    lines: Mutex<HashMap<BusinessId, Line>>,
}

// === impl Appointments ===

impl Appointments {
    /// Nothing runs yet.
    pub fn new(parts: AppointmentParts) -> Self {
        let shared = Shared {
            parts,
            backoff: Backoff::default(),
            chance: Mutex::new(fastrand::Rng::new()),
            lines: Mutex::default(),
        };
        Self {
            shared: Arc::new(shared),
        }
    }

    /// Asks until `stop`, then lets the calls under way finish.
    ///
    /// Whoever awaits this with a deadline and drops it leaves those in doubt, and the next process
    /// looks what became of them.
    pub async fn run(&self, stop: CancellationToken) {
        let shared = &self.shared;
        let parts = &shared.parts;
        let pump = Pump {
            concurrency: CONCURRENCY,
            at_once: AT_ONCE,
            work: parts.store.signals().mail(),
            clock: &*parts.clock,
            stop,
        };
        let look = |max| async move {
            let Asking { due, next_due_at } = parts.store.requests(max, LEASE).await?;
            Ok(Found {
                items: due,
                next_at: next_due_at,
            })
        };
        let act = |request| {
            let shared = Arc::clone(shared);
            async move { shared.ask(&request).await }
        };
        pump.run(|_| (), look, act).await;
    }

    /// Asks for what is due now, one after another, and tells how many that were.
    pub async fn run_due(&self) -> Result<usize, Error> {
        let mut count = 0;
        loop {
            let due = self.shared.parts.store.requests(1, LEASE).await?.due;
            if due.is_empty() {
                return Ok(count);
            }
            for request in due {
                self.shared.ask(&request).await;
                count += 1;
            }
        }
    }
}

// === impl Shared ===

impl Shared {
    async fn ask(&self, request: &Request) {
        let answer = self.answer(request).await;
        self.count(&answer);
        let id = request.booking.id;
        match self.parts.store.answered(request, answer).await {
            Ok(Asked::Settled | Asked::Waiting) => {}
            Ok(Asked::LeaseLost) => {
                tracing::warn!(booking.id = %id, "the lease ended before the calendar's answer");
            }
            Err(error) => {
                // Nobody knows then what became of the call, as after a crash.
                let error = &error as &dyn std::error::Error;
                tracing::error!(booking.id = %id, error, "the calendar's answer is not kept");
            }
        }
    }

    async fn answer(&self, request: &Request) -> Answered {
        let businesses = &self.parts.businesses;
        let business = businesses.by_id(&request.booking.details.business);
        let (Some(agenda), Some(business)) = (&self.parts.agenda, business) else {
            return Answered::Dead {
                reason: "no_keeper",
            };
        };
        let mut wished = request.booking.clone();
        wished.details.put(request.change.clone());
        let title = self.parts.words.title(&wished, &request.contact);
        let wanted = Wanted {
            business: &business,
            booking: &request.booking,
            change: &request.change,
            contact: &request.contact,
            title: &title,
            doubtful: request.doubtful,
            others: &request.others,
            now: self.parts.clock.now(),
        };
        match agenda.change(&wanted).await {
            Ok(answer) => {
                self.parts.refusals.taken(SourceKind::Highlevel);
                match answer {
                    channel::Answered::Done { id, contact } => Answered::Done { id, contact },
                    channel::Answered::Taken => Answered::Taken,
                    channel::Answered::Gone => Answered::Gone,
                }
            }
            Err(error) => self.failed(request, &error),
        }
    }

    /// What to do about a call that failed. To wait is no failure: of all that wait, one line tells.
    fn failed(&self, request: &Request, error: &SendError) -> Answered {
        let place = match *error {
            SendError::Wait { after, .. } | SendError::Hold { after, .. } => {
                self.place(request, after)
            }
            _ => Place::default(),
        };
        if place.is_first {
            tracing::warn!(
                booking.id = %request.booking.id,
                request.attempt = request.attempt,
                error = error as &dyn std::error::Error,
                "the keeper of the calendar did not answer"
            );
        }
        match *error {
            SendError::Wait { .. } | SendError::Hold { .. } => {
                Answered::Wait { after: place.after }
            }
            SendError::Retry { after, .. } => Answered::Retry {
                after: after.unwrap_or_else(|| self.delay(request.attempt)),
            },
            SendError::GiveUp { reason, .. } => Answered::Dead { reason },
            SendError::Alert { reason, .. } | SendError::Template { reason, .. } => {
                self.parts.refusals.refused(SourceKind::Highlevel, reason);
                Answered::Wait {
                    after: REFUSED_PAUSE,
                }
            }
            SendError::Ambiguous => Answered::Ambiguous { after: DOUBT },
            SendError::NoSuchPart => Answered::Dead {
                reason: "no_such_part",
            },
        }
    }

    fn place(&self, request: &Request, after: Duration) -> Place {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let line = lines.entry(request.booking.details.business.clone());
        line.or_default().place(after, Instant::now())
    }

    fn delay(&self, attempt: u32) -> Duration {
        let chance = self.chance.lock().map_or(0.5, |mut rng| rng.f64());
        self.backoff.delay(attempt, chance)
    }

    fn count(&self, answer: &Answered) {
        let outcome = match answer {
            Answered::Done { .. } => DeliveryOutcome::Sent,
            Answered::Retry { .. } => DeliveryOutcome::Retry,
            Answered::Wait { .. } => DeliveryOutcome::Wait,
            Answered::Ambiguous { .. } => DeliveryOutcome::Ambiguous,
            Answered::Taken | Answered::Gone | Answered::Dead { .. } => DeliveryOutcome::Dead,
        };
        self.parts
            .metrics
            .delivery(DeliveryChannel::Calendar, outcome);
    }
}
