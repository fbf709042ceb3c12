//! The conformance suite: what every store must do, run against each of them.
//!
//! A case is a plain function over a [`Shop`]; [`conformance!`] runs it on every backend. What
//! only one backend can show stands in that backend's module.

mod accepting;
mod asking;
mod blocking;
mod booking;
mod clock;
mod customers;
mod failing;
mod forgetting;
mod hearing;
mod identity;
mod later;
mod laws;
mod reminding;
mod scheduling;
mod sending;
mod settling;
mod sqlite;
mod statements;
mod telling;
mod transcript;
mod undelivered;
mod viewing;

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use frontdesk::{
    booking::Businesses,
    clock::Clock,
    message::{
        Arrival, BusinessId, Contact, Content, InboundMessage, MessageId, PhoneNumber, Reply, Seq,
        SourceKind, ThreadId, ThreadKey, Trust,
    },
    metrics::Metrics,
    store::{self, Committed, Lease, Policy, Receipt, Store},
    workflow::Outcome,
};
use tempfile::TempDir;

use crate::support::ManualClock;

/// Long enough for any test.
const LEASE: Duration = Duration::from_secs(30);

/// Runs cases on every backend.
macro_rules! conformance {
    ($($case:ident),+ $(,)?) => {
        mod on_sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    super::$case(crate::store::Shop::on_sqlite()).await;
                }
            )+
        }
    };
}
use conformance;

/// A store under test, its clock, and what it takes to open it again.
struct Shop {
    store: Arc<dyn Store>,
    clock: Arc<ManualClock>,
    metrics: Arc<Metrics>,
    policy: Policy,
    folder: TempDir,
}

impl Shop {
    fn on_sqlite() -> Self {
        let folder = TempDir::new().unwrap();
        let clock = Arc::new(ManualClock::at("2026-03-02T10:00:00Z"));
        let metrics = Arc::new(Metrics::new(&[], &[]));
        let policy = Policy {
            coalesce: Duration::from_millis(2_500),
            coalesce_max: Duration::from_secs(10),
            rate_limit_per_minute: None,
            max_attempts: 3,
            handoff: Duration::from_hours(12),
            businesses: Arc::new(Businesses::demo()),
            channels: Vec::new(),
            acknowledge: false,
        };
        let store = open_sqlite(&folder, &policy, &clock, &metrics);
        Self {
            store,
            clock,
            metrics,
            policy,
            folder,
        }
    }

    /// Closes the store and opens it again, as after a restart.
    fn reopen(self) -> Self {
        let Self {
            store,
            clock,
            metrics,
            policy,
            folder,
        } = self;
        assert_eq!(Arc::strong_count(&store), 1, "someone still uses the store");
        drop(store);
        let store = open_sqlite(&folder, &policy, &clock, &metrics);
        Self {
            store,
            clock,
            metrics,
            policy,
            folder,
        }
    }

    /// Opens it again by other rules.
    fn with_policy(mut self, change: impl FnOnce(&mut Policy)) -> Self {
        change(&mut self.policy);
        self.reopen()
    }

    fn pass(&self, time: TimeDelta) {
        self.clock.advance(time);
    }

    fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    async fn accept(&self, message: InboundMessage) -> Receipt {
        let receipts = self.store.accept(vec![Arrival::Message(message)]).await;
        receipts.unwrap().pop().unwrap()
    }

    /// Accepts a message that must be new.
    async fn accept_new(&self, message: InboundMessage) -> (ThreadId, Seq) {
        match self.accept(message).await {
            Receipt::Accepted { thread, seq, .. } => (thread, seq),
            other => panic!("not accepted: {other:?}"),
        }
    }

    /// Leases the one turn that must be ready.
    async fn lease_one(&self) -> Lease {
        let mut leases = self.store.lease(10, LEASE).await.unwrap();
        assert_eq!(leases.turns.len(), 1, "turns that were ready");
        leases.turns.pop().unwrap()
    }

    /// How many turns can be leased now.
    async fn ready(&self) -> usize {
        self.store.lease(10, LEASE).await.unwrap().turns.len()
    }

    async fn commit(&self, lease: &Lease, outcome: Outcome) -> Committed {
        self.store.commit(lease, outcome).await.unwrap()
    }

    /// Commits a turn that must be done by it, and answers whether more waits.
    async fn settle(&self, lease: &Lease, outcome: Outcome) -> bool {
        match self.commit(lease, outcome).await {
            Committed::Done { more } => more,
            other => panic!("not done: {other:?}"),
        }
    }
}

fn open_sqlite(
    folder: &TempDir,
    policy: &Policy,
    clock: &Arc<ManualClock>,
    metrics: &Arc<Metrics>,
) -> Arc<dyn Store> {
    let path = folder.path().join("shop.db");
    let config = store::sqlite::Config::new(path, policy.clone());
    let clock: Arc<dyn Clock> = Arc::clone(clock) as _;
    Arc::new(store::sqlite::Store::open(config, clock, Arc::clone(metrics)).unwrap())
}

// === Messages ===

fn business() -> BusinessId {
    BusinessId::new("luna")
}

fn direct_thread(key: &str) -> ThreadKey {
    ThreadKey {
        business: business(),
        source: SourceKind::Direct,
        trust: Trust::Verified,
        key: key.into(),
    }
}

fn phone(digits: &str) -> PhoneNumber {
    PhoneNumber::parse(digits).unwrap()
}

/// A message of the direct source, without an id.
fn direct(thread: &str, words: &str) -> InboundMessage {
    InboundMessage {
        id: None,
        fingerprint: None,
        thread: direct_thread(thread),
        contact: Contact {
            phone: Some(phone("+12025550100")),
            provider_id: None,
            name: None,
            medium: None,
            also: Vec::new(),
        },
        content: Content::Text {
            text: words.to_owned(),
        },
        sent_at: None,
        reply_to: None,
    }
}

/// A message of the direct source, with an id.
fn with_id(id: &str, message: InboundMessage) -> InboundMessage {
    InboundMessage {
        id: MessageId::new(id),
        ..message
    }
}

/// A message of WhatsApp, of which the user's id and number are known.
fn whatsapp(user: &str, id: &str, words: &str) -> InboundMessage {
    let message = with_id(id, direct(user, words));
    InboundMessage {
        thread: ThreadKey {
            source: SourceKind::Whatsapp,
            ..message.thread
        },
        contact: Contact {
            phone: None,
            provider_id: Some(user.into()),
            name: None,
            medium: None,
            also: Vec::new(),
        },
        ..message
    }
}

/// An outcome that only says something.
fn saying(words: &[&str]) -> Outcome {
    Outcome {
        replies: words.iter().map(|words| Reply::text(*words)).collect(),
        ..Outcome::default()
    }
}

/// What a turn's inputs say.
fn words(lease: &Lease) -> Vec<&str> {
    let inputs = lease.turn.inputs.iter();
    inputs.filter_map(|input| input.content.text()).collect()
}
