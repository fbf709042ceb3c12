//! HighLevel's API on loopback, which holds every call to what HighLevel documents.
//!
//! A call that breaks the contract fails the test when the server is dropped.

use std::{
    collections::{HashMap, VecDeque},
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use bytes::Bytes;
use http::{HeaderName, Response, header, request::Parts};
use http_body_util::Full;
use serde_json::{Value, json};
use tokio::{sync::Notify, task::JoinSet, time::Instant};

use super::provider::{Act, PATIENCE, Provider, answered, serve, text};

/// The token of the location.
pub(crate) const TOKEN: &str = "pit-test-token";
/// The version that the conversations API is described with.
const VERSION: &str = "2021-04-15";
/// The version that the contacts API is described with.
const CONTACTS_VERSION: &str = "2021-07-28";
/// What a message may be sent by.
const MEDIA: [&str; 9] = [
    "SMS",
    "RCS",
    "Email",
    "WhatsApp",
    "IG",
    "FB",
    "Custom",
    "Live_Chat",
    "TIKTOK",
];
/// The quota of a location.
const CALLS: usize = 100;
const INTERVAL: Duration = Duration::from_secs(10);

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
}

/// A message that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(crate) medium: String,
    pub(crate) contact: String,
    pub(crate) message: String,
    pub(crate) id: String,
}

#[derive(Default)]
struct State {
    record: Mutex<Record>,
    grown: Notify,
}

#[derive(Default)]
struct Record {
    violations: Vec<String>,
    taken: Vec<Taken>,
    /// What is known of contacts, by their ids.
    contacts: HashMap<String, Value>,
    /// What messages are answered with, one after the other, by their ids.
    messages: HashMap<String, VecDeque<Value>>,
    /// Each contact that was asked for.
    asked: Vec<String>,
    /// Each contact that was tagged, and with what.
    tags: Vec<(String, String)>,
    calls: VecDeque<Instant>,
    faults: VecDeque<Fault>,
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
        self.record().faults.extend(faults);
    }

    /// What was taken, in order.
    pub(crate) fn taken(&self) -> Vec<Taken> {
        self.record().taken.clone()
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

impl Provider for State {
    fn call(&self, head: &Parts, body: &Bytes) -> (Act, Option<Duration>) {
        let act = self.record.lock().unwrap().call(head, body);
        self.grown.notify_waiters();
        (act, None)
    }
}

impl Record {
    fn call(&mut self, head: &Parts, body: &Bytes) -> Act {
        let now = Instant::now();
        self.calls.retain(|at| now - *at < INTERVAL);
        self.calls.push_back(now);
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let tagged = tagged(head);
        let asked = asked(head);
        let reread = reread(head);
        let violations = match (tagged, asked, reread) {
            (Some(_), ..) => check_tags(head, &body),
            (None, Some(_), _) => check_head(head, CONTACTS_VERSION),
            (None, None, Some(_)) => check_head(head, VERSION),
            (None, None, None) => check(head, &body),
        };
        if !violations.is_empty() {
            self.violations.extend(violations);
            return Act::Answer(answered(422, &json!({"message": ["as the contract says"]})));
        }
        if self.calls.len() > CALLS {
            self.violations
                .push("over the quota of the location".into());
            return Act::Answer(self.with_quota(text(429, "Too Many Requests"), None));
        }
        match self.faults.pop_front() {
            Some(Fault::Refused(status, body)) => {
                Act::Answer(self.with_quota(text(status, body), None))
            }
            Some(Fault::TooMany(after)) => {
                let mut response = text(429, "{}");
                let after = after.parse().unwrap();
                response.headers_mut().insert(header::RETRY_AFTER, after);
                Act::Answer(response)
            }
            fault => {
                let answer = match (tagged, asked, reread) {
                    (Some(contact), ..) => answered(201, &self.tag(contact, &body)),
                    (None, Some(contact), _) => self.contact(contact),
                    (None, None, Some(message)) => self.message(message),
                    (None, None, None) => answered(201, &self.take(&body)),
                };
                match fault {
                    Some(Fault::Left(now, today)) => {
                        Act::Answer(self.with_quota(answer, Some((now, today))))
                    }
                    Some(Fault::Garbled(body)) => Act::Answer(text(200, body)),
                    Some(Fault::NoAnswer) => Act::Hang,
                    Some(Fault::LostAnswer) => Act::HangUp,
                    _ => Act::Answer(self.with_quota(answer, None)),
                }
            }
        }
    }

    fn take(&mut self, body: &Value) -> Value {
        let text = |key: &str| body[key].as_str().unwrap().to_owned();
        let id = format!("message{}", self.taken.len() + 1);
        self.taken.push(Taken {
            medium: text("type"),
            contact: text("contactId"),
            message: text("message"),
            id: id.clone(),
        });
        json!({"conversationId": "conversation1", "messageId": id, "status": "pending"})
    }

    fn contact(&mut self, id: &str) -> Response<Full<Bytes>> {
        self.asked.push(id.to_owned());
        match self.contacts.get(id) {
            Some(contact) => answered(200, &json!({"contact": contact, "traceId": "t"})),
            None => answered(
                400,
                &json!({"message": "Contact not found", "statusCode": 400}),
            ),
        }
    }

    fn message(&mut self, id: &str) -> Response<Full<Bytes>> {
        match self.messages.get_mut(id).and_then(VecDeque::pop_front) {
            Some(message) => answered(200, &message),
            None => answered(404, &json!({"message": "Not found"})),
        }
    }

    fn tag(&mut self, contact: &str, body: &Value) -> Value {
        for tag in body["tags"].as_array().unwrap() {
            let tag = tag.as_str().unwrap().to_owned();
            self.tags.push((contact.to_owned(), tag));
        }
        json!({"tags": body["tags"], "tagsAdded": body["tags"]})
    }

    /// The answer with what is left of the quotas.
    fn with_quota(
        &self,
        mut response: Response<Full<Bytes>>,
        left: Option<(usize, usize)>,
    ) -> Response<Full<Bytes>> {
        let (now, today) = left.unwrap_or((CALLS.saturating_sub(self.calls.len()), 100_000));
        for (name, value) in [
            ("x-ratelimit-limit-daily", 200_000),
            ("x-ratelimit-daily-remaining", today),
            ("x-ratelimit-interval-milliseconds", 10_000),
            ("x-ratelimit-max", CALLS),
            ("x-ratelimit-remaining", now),
        ] {
            let name = HeaderName::from_static(name);
            response.headers_mut().insert(name, value.into());
        }
        response
    }
}

/// The contact of a call that tags one.
fn tagged(head: &Parts) -> Option<&str> {
    let rest = head.uri.path().strip_prefix("/contacts/")?;
    rest.strip_suffix("/tags")
}

/// The contact of a call that asks for one.
fn asked(head: &Parts) -> Option<&str> {
    let id = head.uri.path().strip_prefix("/contacts/")?;
    (head.method == "GET" && !id.contains('/')).then_some(id)
}

/// The message of a call that reads one.
fn reread(head: &Parts) -> Option<&str> {
    let id = head.uri.path().strip_prefix("/conversations/messages/")?;
    (head.method == "GET" && !id.contains('/')).then_some(id)
}

/// What is wrong with a call that tags a contact.
fn check_tags(head: &Parts, body: &Value) -> Vec<String> {
    let is_tag = |tag: &Value| tag.as_str().is_some_and(|tag| !tag.is_empty());
    let tags = body["tags"].as_array();
    let mut violations = check_head(head, CONTACTS_VERSION);
    if head.method != "POST" {
        violations.push("not the method".to_owned());
    }
    if !tags.is_some_and(|tags| !tags.is_empty() && tags.iter().all(is_tag)) {
        violations.push("not tags".to_owned());
    }
    violations
}

/// What is wrong with the head of a call of one of the APIs.
fn check_head(head: &Parts, version: &str) -> Vec<String> {
    let header = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok());
    let conditions = [
        (
            header("version") == Some(version),
            "not the version of this API",
        ),
        (
            header("authorization") == Some(&format!("Bearer {TOKEN}")),
            "not the token",
        ),
    ];
    let broken = conditions.into_iter().filter(|(holds, _)| !holds);
    broken.map(|(_, fault)| fault.to_owned()).collect()
}

/// What is wrong with a call.
fn check(head: &Parts, body: &Value) -> Vec<String> {
    let header = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok());
    let text = |key: &str| body[key].as_str().unwrap_or_default();
    let keys = body
        .as_object()
        .map(|object| object.keys().collect::<Vec<_>>());
    let (medium, message) = (text("type"), text("message"));
    let length = message.encode_utf16().count();
    let longest = if medium == "WhatsApp" { 4096 } else { 1000 };
    let conditions = [
        (
            head.method == "POST" && head.uri == "/conversations/messages",
            "not the address",
        ),
        (header("version") == Some(VERSION), "not the version"),
        (
            header("authorization") == Some(&format!("Bearer {TOKEN}")),
            "not the token",
        ),
        (
            header("content-type") == Some("application/json"),
            "not called JSON",
        ),
        (
            keys.is_some_and(|keys| keys == ["contactId", "message", "type"]),
            "not the fields",
        ),
        (MEDIA.contains(&medium), "not a type"),
        (!text("contactId").is_empty(), "no contact"),
        (!message.trim().is_empty(), "nothing said"),
        (length <= longest, "too long"),
        (
            !message.chars().any(|c| c.is_control() && c != '\n'),
            "control characters",
        ),
    ];
    let broken = conditions.into_iter().filter(|(holds, _)| !holds);
    broken.map(|(_, fault)| fault.to_owned()).collect()
}
