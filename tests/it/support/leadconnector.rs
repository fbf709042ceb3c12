//! HighLevel's API on loopback, which holds every call to what HighLevel documents.
//!
//! A call that breaks the contract fails the test when the server is dropped. A test can let calls
//! of a kind fail, hold one up at a certain point, and act as the people of the business.

mod calendar;
mod contract;
mod gate;
mod hours;
mod record;
mod staff;

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use async_trait::async_trait;
use bytes::Bytes;
use http::request::Parts;
use serde_json::Value;
use tokio::{sync::Notify, task::JoinSet};

pub(crate) use self::{calendar::Appointment, contract::Call, gate::Held, hours::Calendar};
use self::{gate::Gate, record::Record};
pub(crate) use super::provider::When;
use super::provider::{Act, PATIENCE, Provider, serve};

/// The token of the location.
pub(crate) const TOKEN: &str = "pit-test-token";
/// The server; its calls are checked when it is dropped.
pub(crate) struct LeadConnector {
    address: SocketAddr,
    state: Arc<State>,
    // The server ends with it.
    _server: JoinSet<()>,
}

/// What happens to a call.
#[derive(Debug, Clone)]
pub(crate) enum Fault {
    /// Refused with this status and body.
    Refused(u16, &'static str),
    /// Refused with 429 and `Retry-After`.
    TooMany(&'static str),
    /// Taken; the answer says that so much is left of the interval's and of the day's quota.
    Left(usize, usize),
    /// Taken, and answered with this instead.
    Garbled(&'static str),
    /// Taken, and never answered.
    NoAnswer,
    /// Taken, and the connection breaks before the answer.
    LostAnswer,
    /// Taken, and the connection breaks before the answer; what was made is not in the next list
    /// of events, only in those after it.
    Late,
}

/// A message that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(crate) medium: String,
    /// `conversationProviderId`.
    pub(crate) provider: Option<String>,
    pub(crate) contact: String,
    pub(crate) message: String,
    pub(crate) id: String,
}

#[derive(Default)]
struct State {
    record: Mutex<Record>,
    grown: Notify,
}

impl LeadConnector {
    /// A server on a free port.
    pub(crate) async fn start() -> Self {
        let state = Arc::new(State::default());
        let (address, server) = serve(Arc::clone(&state) as Arc<dyn Provider>).await;
        Self {
            address,
            state,
            _server: server,
        }
    }

    /// What `GHL_API_URL` has to be.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The next calls meet these, one after the other.
    pub(crate) fn fail<const N: usize>(&self, faults: [Fault; N]) {
        let faults = faults.map(|fault| (None, fault));
        self.record().faults.extend(faults);
    }

    /// The next calls of a kind meet these, one after the other.
    pub(crate) fn fail_on<const N: usize>(&self, call: Call, faults: [Fault; N]) {
        let faults = faults.map(|fault| (Some(call), fault));
        self.record().faults.extend(faults);
    }

    /// Holds the next call of a kind up, before or after it is carried out.
    pub(crate) fn hold(&self, call: Call, when: When) -> Held {
        let (gate, held) = gate::gate(call, when);
        self.record().gates.push(gate);
        held
    }

    /// Has a calendar with this id.
    pub(crate) fn has_calendar(&self, id: &str, calendar: Calendar) {
        let calendars = &mut self.record().calendars.setups;
        calendars.insert(id.to_owned(), calendar);
    }

    /// The appointments as they are, cancelled ones too.
    pub(crate) fn appointments(&self) -> Vec<Appointment> {
        self.record().calendars.appointments.clone()
    }

    /// How many appointments were ever made by the API.
    pub(crate) fn created(&self) -> usize {
        self.record().calendars.created
    }

    /// How often something was called.
    pub(crate) fn called(&self, call: Call) -> usize {
        let record = self.record();
        record.log.iter().filter(|one| **one == call).count()
    }

    /// What was taken, in order.
    pub(crate) fn taken(&self) -> Vec<Taken> {
        self.record().taken.clone()
    }

    /// A custom conversation provider is installed: `Custom` has to name one from now on.
    pub(crate) fn has_provider(&self, id: &str) {
        self.record().providers.push(id.to_owned());
    }

    /// Knows a contact by this id.
    pub(crate) fn knows(&self, id: &str, contact: Value) {
        self.record().contacts.insert(id.to_owned(), contact);
    }

    /// Answers a message that is read again with these, one after the other.
    pub(crate) fn has_message<const N: usize>(&self, id: &str, answers: [Value; N]) {
        self.record().messages.insert(id.to_owned(), answers.into());
    }

    /// The contacts that were asked for, in order.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.record().asked.clone()
    }

    /// The contacts that were tagged, and with what, once there are so many.
    pub(crate) async fn tags_at_least(&self, count: usize) -> Vec<(String, String)> {
        let grown = async {
            loop {
                let grown = self.state.grown.notified();
                let tags = self.record().tags.clone();
                if tags.len() >= count {
                    return tags;
                }
                grown.await;
            }
        };
        tokio::time::timeout(PATIENCE, grown).await.unwrap()
    }

    /// How many calls came in the last interval.
    pub(crate) fn calls(&self) -> usize {
        self.record().calls.len()
    }

    /// What was taken, once there are so many.
    pub(crate) async fn taken_at_least(&self, count: usize) -> Vec<Taken> {
        let grown = async {
            loop {
                let grown = self.state.grown.notified();
                let taken = self.taken();
                if taken.len() >= count {
                    return taken;
                }
                grown.await;
            }
        };
        tokio::time::timeout(PATIENCE, grown).await.unwrap()
    }

    fn record(&self) -> MutexGuard<'_, Record> {
        self.state.record.lock().unwrap()
    }
}

impl Drop for LeadConnector {
    fn drop(&mut self) {
        let violations = std::mem::take(&mut self.record().violations);
        if !std::thread::panicking() {
            assert!(
                violations.is_empty(),
                "the calls broke the contract: {violations:#?}"
            );
        }
    }
}

#[async_trait]
impl Provider for State {
    fn call(&self, head: &Parts, body: &Bytes) -> (Act, Option<Duration>) {
        let act = self.record.lock().unwrap().call(head, body);
        self.grown.notify_waiters();
        (act, None)
    }

    async fn held_up(&self, head: &Parts, when: When) -> Option<Act> {
        let (call, _) = contract::route(head)?;
        let gate = {
            let gates = &mut self.record.lock().unwrap().gates;
            let is_it = |gate: &Gate| gate.call == call && gate.when == when;
            let place = gates.iter().position(is_it)?;
            gates.remove(place)
        };
        gate.pass().await
    }
}
