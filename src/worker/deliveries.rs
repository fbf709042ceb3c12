//! The loop that sends what was said, through the thread's channel.
//!
//! The invariants: a provider is called only by who leased the message; what became of the call is
//! written down before the message goes on; a provider that refuses us spends no attempt, degrades
//! health, and is asked again now and then.

mod notice;
mod queues;
mod templates;

use std::{
    collections::HashSet,
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio_util::sync::CancellationToken;

use self::queues::{Queues, UnderWay};
use self::templates::RefusedTemplates;
use super::{
    Backoff,
    pump::{Found, Pump},
};
use crate::{
    booking::Businesses,
    channel::{Channels, Outbound, Room, SendError, Sent, owner::OwnerWebhooks},
    clock::Clock,
    message::{Body, BusinessId, Reply, SourceKind},
    metrics::{DeliveryChannel, DeliveryOutcome, Metrics},
    store::{
        Attempt, Delivered, Dispatch, Dispatches, Error, Mail, NoticeMail, NoticeWay, Queue, Store,
    },
    workflow::{Alert, AlertKind, Correspondence},
};

/// The most messages under way at once.
const CONCURRENCY: NonZeroUsize = NonZeroUsize::new(256).expect("256 is not 0");
/// The most messages leased at once.
const AT_ONCE: usize = 32;
/// What a lease gives a part: longer than any channel waits for its provider.
const LEASE: Duration = Duration::from_mins(2);
/// How long a report may prove an attempt that nobody heard the end of.
const REPORT_PATIENCE: Duration = Duration::from_secs(30);
/// How long a provider that refuses us is left alone.
const REFUSED_PAUSE: Duration = Duration::from_mins(5);

/// Sends what is in the outbox.
#[derive(Debug)]
pub struct Deliveries {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    store: Arc<dyn Store>,
    channels: Channels,
    clock: Arc<dyn Clock>,
    metrics: Arc<Metrics>,
    backoff: Backoff,
    chance: Mutex<fastrand::Rng>,
    words: Arc<dyn Correspondence>,
    owners: Arc<OwnerWebhooks>,
    businesses: Arc<Businesses>,
    refusals: Arc<dyn Refusals>,
    queues: Arc<Queues>,
    /// The businesses whose owners know that a provider refuses us.
    told: Mutex<HashSet<BusinessId>>,
    /// The templates that a provider refuses.
    refused_templates: RefusedTemplates,
}

/// What the deliveries are made of.
#[derive(Debug)]
pub struct DeliveryParts {
    /// Where messages wait.
    pub store: Arc<dyn Store>,
    /// The ways back to customers.
    pub channels: Channels,
    /// The words for what is said unasked.
    pub words: Arc<dyn Correspondence>,
    /// The owners' own webhooks.
    pub owners: Arc<OwnerWebhooks>,
    /// The businesses, for how their owners are reached.
    pub businesses: Arc<Businesses>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Where attempts are counted.
    pub metrics: Arc<Metrics>,
    /// Who hears of providers that refuse us.
    pub refusals: Arc<dyn Refusals>,
}

/// Hears whether providers take our calls at all.
pub trait Refusals: std::fmt::Debug + Send + Sync + 'static {
    /// The provider of a source refuses us until someone mends the setup.
    fn refused(&self, source: SourceKind, reason: &'static str);

    /// It took a call.
    fn taken(&self, source: SourceKind);

    /// WhatsApp refuses a message template until someone mends it.
    fn template_refused(&self, _reason: &'static str) {}

    /// WhatsApp takes all templates again that it refused.
    fn templates_taken(&self) {}
}

// === impl Deliveries ===

impl Deliveries {
    /// A sender; nothing runs yet.
    pub fn new(parts: DeliveryParts) -> Self {
        let DeliveryParts {
            store,
            channels,
            words,
            owners,
            businesses,
            clock,
            metrics,
            refusals,
        } = parts;
        let shared = Shared {
            store,
            channels,
            clock,
            metrics,
            backoff: Backoff::default(),
            chance: Mutex::new(fastrand::Rng::new()),
            words,
            owners,
            businesses,
            refusals,
            queues: Arc::default(),
            refused_templates: RefusedTemplates::default(),
            told: Mutex::default(),
        };
        Self {
            shared: Arc::new(shared),
        }
    }

    /// Sends until `stop`, then lets the calls under way finish.
    ///
    /// Whoever awaits this with a deadline and drops it leaves those to their leases.
    pub async fn run(&self, stop: CancellationToken) {
        let shared = &self.shared;
        let pump = Pump {
            concurrency: CONCURRENCY,
            at_once: AT_ONCE,
            work: shared.store.signals().mail(),
            clock: &*shared.clock,
            stop,
        };
        let look = |max| shared.lease(max);
        let act = |(dispatch, under_way)| {
            let shared = Arc::clone(shared);
            async move { shared.send(dispatch, under_way).await }
        };
        pump.run(|_| (), look, act).await;
    }

    /// Sends what is due now and may be sent, one message after another, and tells how many that
    /// were.
    pub async fn run_due(&self) -> Result<usize, Error> {
        let mut count = 0;
        loop {
            let due = self.shared.lease(1).await?.items;
            if due.is_empty() {
                return Ok(count);
            }
            for (dispatch, under_way) in due {
                self.shared.send(dispatch, under_way).await;
                count += 1;
            }
        }
    }
}

// === impl Shared ===

impl Shared {
    /// Leases what is due and may be sent by now.
    async fn lease(self: &Arc<Self>, max: usize) -> Result<Found<(Dispatch, UnderWay)>, Error> {
        let shared = Arc::clone(self);
        let allowance = Arc::new(move |queue: &Queue| shared.room(queue).count);
        let Dispatches {
            due,
            waiting,
            next_due_at,
        } = self.store.dispatch(max, LEASE, allowance).await?;
        let begin = |dispatch: Dispatch| {
            let under_way = self.queues.begin(&dispatch.queue);
            (dispatch, under_way)
        };
        let items = due.into_iter().map(begin).collect();
        let now = self.clock.now();
        let rooms = waiting.iter().map(|queue| now + self.room(queue).after);
        Ok(Found {
            items,
            next_at: rooms.chain(next_due_at).min(),
        })
    }

    fn room(&self, queue: &Queue) -> Room {
        self.queues.room(queue, &self.channels, self.clock.now())
    }

    /// Sends a message, and makes room for another.
    async fn send(&self, dispatch: Dispatch, under_way: UnderWay) {
        self.send_parts(dispatch, &under_way).await;
        if under_way.end() {
            self.store.signals().mail_arrived();
        }
    }

    /// Sends a message part by part, as long as that goes well.
    async fn send_parts(&self, mut dispatch: Dispatch, under_way: &UnderWay) {
        let letter = self.letter(&dispatch);
        loop {
            let attempt = match &letter {
                Letter::ToCustomer(body) => self.attempt(&dispatch, body).await,
                Letter::ToOwner(notice) => self.notify(&dispatch, notice).await,
                Letter::Wordless => Attempt::Dead { reason: "no_words" },
            };
            if let Attempt::Sent { .. } = attempt {
                under_way.taken(self.clock.now());
            }
            self.count(&dispatch, &attempt);
            let said = letter.words().cloned();
            match self.store.delivered(&dispatch, attempt, said).await {
                Ok(Delivered::NextPart) => {
                    dispatch.reference.part += 1;
                    dispatch.attempt = 1;
                    dispatch.answers = None;
                }
                Ok(Delivered::LeaseLost) => {
                    let id = dispatch.reference.message;
                    tracing::warn!(message.id = id, "the lease ended before the call did");
                    return;
                }
                Ok(Delivered::Sent | Delivered::Waiting | Delivered::Dead) => return,
                Err(error) => {
                    // Nobody knows then what became of the call, as after a crash.
                    let id = dispatch.reference.message;
                    let error = &error as &dyn std::error::Error;
                    tracing::error!(
                        message.id = id,
                        error,
                        "what became of a message is not kept"
                    );
                    return;
                }
            }
        }
    }

    fn letter(&self, dispatch: &Dispatch) -> Letter {
        match &dispatch.mail {
            Mail::Reply(reply) => Letter::ToCustomer(Body::Reply(reply.clone())),
            Mail::Reminder(reminder) => self
                .words
                .reminder(&reminder.booking, reminder.state.as_ref())
                .map_or(Letter::Wordless, Letter::ToCustomer),
            Mail::Notice(notice) => Letter::ToOwner(notice.clone()),
        }
    }

    async fn attempt(&self, dispatch: &Dispatch, body: &Body) -> Attempt {
        let source = dispatch.thread.source;
        if source == SourceKind::Direct {
            return Attempt::ForPickup;
        }
        let Some(channel) = self.channels.of(source) else {
            return Attempt::Dead {
                reason: "no_channel",
            };
        };
        let outbound = Outbound {
            reference: dispatch.reference.to_string().into(),
            thread: dispatch.thread.clone(),
            contact: dispatch.contact.clone(),
            body: body.clone(),
            answers: dispatch.answers.clone(),
            last_inbound_at: dispatch.last_inbound_at,
            now: self.clock.now(),
        };
        let sent = self.send_part(dispatch, channel.as_ref(), &outbound).await;
        match sent {
            Ok(Sent { id, more, .. }) => {
                self.taken(source, &dispatch.thread.business);
                Attempt::Sent { id, more }
            }
            Err(error) => self.failed(dispatch, source, error).await,
        }
    }

    /// What to do about a call that failed.
    async fn failed(&self, dispatch: &Dispatch, source: SourceKind, error: SendError) -> Attempt {
        self.log_failure(dispatch, source, &error);
        match error {
            SendError::Retry { reason, after } => Attempt::Retry {
                after: after.unwrap_or_else(|| self.delay(dispatch.attempt)),
                reason,
            },
            SendError::Wait { reason, after } => Attempt::Wait { after, reason },
            SendError::Hold { .. } => Attempt::PutBack,
            SendError::GiveUp { reason, .. } => Attempt::Dead { reason },
            SendError::Alert { reason, .. } => {
                self.refused(dispatch, source, reason).await;
                Attempt::Wait {
                    after: REFUSED_PAUSE,
                    reason,
                }
            }
            // Who has to know does already.
            SendError::Template { reason, .. } => Attempt::Wait {
                after: REFUSED_PAUSE,
                reason,
            },
            SendError::Ambiguous => Attempt::Ambiguous {
                after: REPORT_PATIENCE,
            },
            SendError::NoSuchPart => Attempt::NothingLeft,
        }
    }

    /// Notes a failure. To wait is none: of a queue that is held, one line tells.
    fn log_failure(&self, dispatch: &Dispatch, source: SourceKind, error: &SendError) {
        let is_news = match error {
            SendError::Wait { .. } | SendError::NoSuchPart => false,
            SendError::Hold { after, .. } => {
                self.queues.hold(&dispatch.queue, *after, self.clock.now())
            }
            _ => true,
        };
        let id = dispatch.reference.message;
        let (attempt, channel) = (dispatch.attempt, source.as_str());
        let error = error as &dyn std::error::Error;
        if is_news {
            tracing::warn!(
                message.id = id,
                message.attempt = attempt,
                channel,
                error,
                "a message was not sent"
            );
        } else {
            tracing::debug!(
                message.id = id,
                message.attempt = attempt,
                channel,
                error,
                "a message waits"
            );
        }
    }

    fn taken(&self, source: SourceKind, business: &BusinessId) {
        self.refusals.taken(source);
        self.told().remove(business);
    }

    /// Makes it known that a provider refuses us: to the operator, and once to the owner.
    async fn refused(&self, dispatch: &Dispatch, source: SourceKind, reason: &'static str) {
        self.refusals.refused(source, reason);
        if !self.told().insert(dispatch.thread.business.clone()) {
            return;
        }
        self.tell_owner(dispatch, Alert::new(AlertKind::TokenRefused))
            .await;
    }

    async fn tell_owner(&self, dispatch: &Dispatch, alert: Alert) {
        let kind = alert.kind.as_str();
        if let Err(error) = self.store.tell_owner(&dispatch.thread, alert).await {
            let error = &error as &dyn std::error::Error;
            tracing::error!(alert.kind = kind, error, "failed to tell the owner");
        }
    }

    fn told(&self) -> std::sync::MutexGuard<'_, HashSet<BusinessId>> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn delay(&self, attempt: u32) -> Duration {
        let chance = self.chance.lock().map_or(0.5, |mut rng| rng.f64());
        self.backoff.delay(attempt, chance)
    }

    fn count(&self, dispatch: &Dispatch, attempt: &Attempt) {
        let outcome = match attempt {
            Attempt::Sent { .. } => DeliveryOutcome::Sent,
            Attempt::NothingLeft | Attempt::ForPickup => return,
            Attempt::Retry { .. } => DeliveryOutcome::Retry,
            Attempt::Wait { .. } | Attempt::PutBack => DeliveryOutcome::Wait,
            Attempt::Ambiguous { .. } => DeliveryOutcome::Ambiguous,
            Attempt::Dead { .. } => DeliveryOutcome::Dead,
        };
        let channel = match (&dispatch.mail, dispatch.thread.source) {
            (Mail::Notice(notice), _) if notice.way != NoticeWay::Tag => DeliveryChannel::Owner,
            (_, SourceKind::Whatsapp) => DeliveryChannel::Whatsapp,
            (_, SourceKind::Highlevel) => DeliveryChannel::Highlevel,
            // Its client fetches it.
            (_, SourceKind::Direct) => return,
        };
        self.metrics.delivery(channel, outcome);
    }
}

/// What is sent, and to whom.
enum Letter {
    ToCustomer(Body),
    ToOwner(Box<NoticeMail>),
    /// There are no words for it.
    Wordless,
}

// === impl Letter ===

impl Letter {
    /// The words to a customer, which are kept; a template's are the provider's.
    fn words(&self) -> Option<&Reply> {
        match self {
            Self::ToCustomer(Body::Reply(reply) | Body::ReplyOrTemplate { reply, .. }) => {
                Some(reply)
            }
            _ => None,
        }
    }
}
