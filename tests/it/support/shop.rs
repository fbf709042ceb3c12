//! A real SQLite store with the default rules, and the messages that go into it.

use std::{path::Path, sync::Arc, time::Duration};

use frontdesk::{
    booking::Businesses,
    clock::Clock,
    message::{
        BusinessId, Contact, Content, InboundMessage, PhoneNumber, SourceKind, ThreadKey, Trust,
    },
    metrics::Metrics,
    store::{Allowance, Policy, Store, sqlite},
};

/// The default rules, without a limit on senders.
pub(crate) fn policy() -> Policy {
    Policy {
        coalesce: Duration::from_millis(2500),
        coalesce_max: Duration::from_secs(10),
        rate_limit_per_minute: None,
        max_attempts: 8,
        handoff: Duration::from_hours(12),
        businesses: Arc::new(Businesses::demo()),
        channels: Vec::new(),
        acknowledge: false,
    }
}

/// Everything that is due may be leased.
pub(crate) fn no_limit() -> Allowance {
    Arc::new(|_| usize::MAX)
}

/// The store in a folder.
pub(crate) fn open_store(folder: &Path, policy: Policy, clock: Arc<dyn Clock>) -> Arc<dyn Store> {
    let config = sqlite::Config::new(folder.join("frontdesk.db"), policy);
    Arc::new(sqlite::Store::open(config, clock, Arc::new(Metrics::new(&[], &[]))).unwrap())
}

/// A direct message in a thread.
pub(crate) fn message(thread: &str, text: &str) -> InboundMessage {
    InboundMessage {
        id: None,
        fingerprint: None,
        thread: ThreadKey {
            business: BusinessId::new("demo"),
            source: SourceKind::Direct,
            trust: Trust::Verified,
            key: thread.into(),
        },
        contact: Contact {
            phone: Some(PhoneNumber::parse("+12025550100").unwrap()),
            ..Contact::default()
        },
        content: Content::Text { text: text.into() },
        sent_at: None,
        reply_to: None,
    }
}
