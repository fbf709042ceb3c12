//! What the tests share: a clock they turn by hand, and a key.

pub(crate) mod door;
pub(crate) mod edge;
pub(crate) mod fake_store;
pub(crate) mod graph;
pub(crate) mod leadconnector;
pub(crate) mod listener;
pub(crate) mod load;
pub(crate) mod log;
pub(crate) mod office;
pub(crate) mod process;
pub(crate) mod provider;
pub(crate) mod shop;
pub(crate) mod workflow;

use std::sync::Mutex;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use chrono::{DateTime, TimeDelta, Utc};
use frontdesk::clock::Clock;

/// A clock that stands still until it is told.
#[derive(Debug)]
pub(crate) struct ManualClock(Mutex<DateTime<Utc>>);

impl ManualClock {
    /// A clock at an instant written as RFC 3339.
    pub(crate) fn at(instant: &str) -> Self {
        Self(Mutex::new(instant.parse().unwrap()))
    }

    /// Sets it.
    pub(crate) fn set(&self, instant: DateTime<Utc>) {
        *self.0.lock().unwrap() = instant;
    }

    /// Moves it on.
    pub(crate) fn advance(&self, by: TimeDelta) {
        *self.0.lock().unwrap() += by;
    }
}

impl Clock for ManualClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// An Ed25519 private key, always the same.
pub(crate) fn pkcs8() -> String {
    let mut der = vec![
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04,
        0x20,
    ];
    der.extend([1; 32]);
    BASE64_STANDARD.encode(der)
}
