//! What was called, and what came of it.

use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};

use bytes::Bytes;
use http::{HeaderName, Response, header, request::Parts};
use http_body_util::Full;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{
    Call, Fault, Taken,
    calendar::{Calendars, Refusal},
    contract,
    gate::Gate,
};
use crate::support::provider::{Act, answered, text};

/// The quota of a location.
const CALLS: usize = 100;
const INTERVAL: Duration = Duration::from_secs(10);

#[derive(Default)]
pub(super) struct Record {
    pub(super) violations: Vec<String>,
    pub(super) taken: Vec<Taken>,
    /// The custom conversation providers of the location.
    pub(super) providers: Vec<String>,
    /// What is known of contacts, by their ids.
    pub(super) contacts: HashMap<String, Value>,
    /// What messages are answered with, one after the other, by their ids.
    pub(super) messages: HashMap<String, VecDeque<Value>>,
    /// Each contact that was asked for.
    pub(super) asked: Vec<String>,
    /// Each contact that was tagged, and with what.
    pub(super) tags: Vec<(String, String)>,
    pub(super) calls: VecDeque<Instant>,
    /// What was called and carried out or refused, in order.
    pub(super) log: Vec<Call>,
    pub(super) faults: VecDeque<(Option<Call>, Fault)>,
    pub(super) gates: Vec<Gate>,
    pub(super) calendars: Calendars,
    /// How many events were told of.
    pub(super) events: usize,
}

impl Record {
    /// What becomes of a call.
    pub(super) fn call(&mut self, head: &Parts, body: &Bytes) -> Act {
        let now = Instant::now();
        self.calls.retain(|at| now - *at < INTERVAL);
        self.calls.push_back(now);
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let Some((call, id)) = contract::route(head) else {
            return self.violated([format!("no such call: {} {}", head.method, head.uri)]);
        };
        let mut violations = contract::check(call, head, &body);
        violations.extend(self.calendars.check(call, id, &body));
        violations.extend(self.check_provider(call, &body));
        if !violations.is_empty() {
            return self.violated(violations);
        }
        if self.calls.len() > CALLS {
            self.violations
                .push("over the quota of the location".into());
            return Act::Answer(self.with_quota(text(429, "Too Many Requests"), None));
        }
        self.log.push(call);
        match self.fault(call) {
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
                let answer = self.carry_out((call, id), head, &body);
                self.answer(answer, fault.as_ref())
            }
        }
    }

    /// Whether a message names a provider that is installed, where it has to or does.
    fn check_provider(&self, call: Call, body: &Value) -> Option<String> {
        let named = body["conversationProviderId"].as_str();
        let is_known = match named {
            Some(id) => self.providers.iter().any(|known| known == id),
            None => body["type"] != "Custom",
        };
        let is_wrong = call == Call::Message && !self.providers.is_empty() && !is_known;
        is_wrong.then(|| format!("Message: not an installed provider: {named:?}"))
    }

    fn violated(&mut self, violations: impl IntoIterator<Item = String>) -> Act {
        self.violations.extend(violations);
        Act::Answer(answered(422, &json!({"message": ["as the contract says"]})))
    }

    /// The first fault that this call meets.
    fn fault(&mut self, call: Call) -> Option<Fault> {
        let meets = |(of, _): &(Option<Call>, Fault)| of.is_none_or(|of| of == call);
        let place = self.faults.iter().position(meets)?;
        self.faults.remove(place).map(|(_, fault)| fault)
    }

    fn answer(&mut self, answer: Response<Full<Bytes>>, fault: Option<&Fault>) -> Act {
        match fault {
            Some(&Fault::Left(now, today)) => {
                Act::Answer(self.with_quota(answer, Some((now, today))))
            }
            Some(Fault::Garbled(body)) => Act::Answer(text(200, *body)),
            Some(Fault::NoAnswer) => Act::Hang,
            Some(Fault::LostAnswer) => Act::HangUp,
            Some(Fault::Late) => {
                if let Some(made) = self.calendars.appointments.last_mut() {
                    made.hidden = true;
                }
                Act::HangUp
            }
            _ => Act::Answer(self.with_quota(answer, None)),
        }
    }

    fn carry_out(
        &mut self,
        (call, id): (Call, &str),
        head: &Parts,
        body: &Value,
    ) -> Response<Full<Bytes>> {
        let query = contract::query(head);
        match call {
            Call::Message => answered(201, &self.take(body)),
            Call::Reread => self.message(id),
            Call::Contact => self.contact(id),
            Call::Upsert => answered(201, &self.upsert(body)),
            Call::Tag => answered(201, &self.tag(id, body)),
            Call::Calendar => done(self.calendars.setup(id)),
            Call::FreeSlots => done(self.calendars.free_slots(id, &query)),
            Call::Events => done(self.calendars.list(&query)),
            Call::Create => done(self.calendars.create(body)),
            Call::Read => done(self.calendars.read(id)),
            Call::Update => done(self.calendars.update(id, body)),
        }
    }

    fn take(&mut self, body: &Value) -> Value {
        let text = |key: &str| body[key].as_str().unwrap().to_owned();
        let id = format!("message{}", self.taken.len() + 1);
        self.taken.push(Taken {
            medium: text("type"),
            provider: body["conversationProviderId"]
                .as_str()
                .map(ToOwned::to_owned),
            contact: text("contactId"),
            message: text("message"),
            id: id.clone(),
        });
        match body["type"].as_str() {
            // Google's messages are answered with a list.
            Some("GMB") => json!({"conversationId": "conversation1", "messageIds": [id]}),
            _ => json!({"conversationId": "conversation1", "messageId": id, "status": "pending"}),
        }
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

    /// The contact with a number, who may be new.
    fn upsert(&mut self, body: &Value) -> Value {
        let has_number = |contact: &&Value| contact["phone"] == body["phone"];
        let known = self.contacts.values().find(has_number).cloned();
        let contact = known.clone().unwrap_or_else(|| {
            let id = format!("contact{}", self.contacts.len() + 1);
            let contact = json!({"id": id, "phone": body["phone"], "firstName": body["name"]});
            self.contacts.insert(id, contact.clone());
            contact
        });
        json!({"new": known.is_none(), "contact": contact, "traceId": "trace"})
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

/// What a calendar answers.
fn done(outcome: Result<Value, Refusal>) -> Response<Full<Bytes>> {
    match outcome {
        Ok(answer) => answered(200, &answer),
        Err((status, message)) => answered(
            status,
            &json!({"message": message, "error": "Bad Request", "statusCode": status}),
        ),
    }
}
