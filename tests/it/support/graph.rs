//! A Graph API on loopback that holds every call to what Meta documents.
//!
//! A call that breaks the contract fails the test when the server is dropped. What was taken is
//! kept in order, and each way to fail can be asked for.

mod contract;
mod fault;
mod limits;
mod templates;
mod webhook;

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use bytes::Bytes;
use http::{Method, Response, header, request::Parts};
use http_body_util::Full;
use serde_json::{Value, json};
use tokio::{sync::Notify, task::JoinSet};

pub(crate) use self::{
    fault::Fault,
    webhook::{Webhook, Writer},
};
use self::{limits::Limits, templates::Templates};
use super::provider::{Act, PATIENCE, Provider, answered, serve};

/// The version that calls have to name.
const VERSION: &str = "v26.0";
/// The bearer token of every number.
pub(crate) const TOKEN: &str = "EAAG-test-token";

/// The server; its calls are checked when it is dropped.
pub(crate) struct Graph {
    address: SocketAddr,
    state: Arc<State>,
    // The server ends with it.
    _server: JoinSet<()>,
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
    seen: Vec<String>,
    calls: usize,
    faults: Vec<Fault>,
    seen_faults: Vec<Fault>,
    closed_windows: Vec<String>,
    templates: Templates,
    limits: Option<Limits>,
}

/// A message that was taken.
#[derive(Debug, Clone)]
pub(crate) struct Taken {
    /// The number it was sent from.
    pub(crate) number: String,
    /// The phone number or user id it was sent to.
    pub(crate) recipient: String,
    /// The id it was given.
    pub(crate) id: String,
    /// The call's body.
    pub(crate) body: Value,
}

impl Graph {
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

    /// What `WHATSAPP_API_URL` has to be.
    pub(crate) fn url(&self) -> String {
        format!("http://{}/{VERSION}", self.address)
    }

    /// The next message that is free of violations meets these, one after the other.
    pub(crate) fn fail<const N: usize>(&self, faults: [Fault; N]) {
        self.record().faults.extend(faults);
    }

    /// The next mark as read meets this.
    pub(crate) fn fail_seen(&self, fault: Fault) {
        self.record().seen_faults.push(fault);
    }

    /// Free words to this person are refused from now on.
    pub(crate) fn close_window(&self, recipient: &str) {
        self.record().closed_windows.push(recipient.into());
    }

    /// A template was approved, with so many numbered variables.
    pub(crate) fn approve(&self, name: &str, language: &str, parameters: usize) {
        let variables = (1..=parameters).map(|number| number.to_string());
        self.record().templates.approve(name, language, variables);
    }

    /// A template was approved, with these named variables.
    pub(crate) fn approve_named(&self, name: &str, language: &str, variables: &[&str]) {
        let variables = variables.iter().map(ToString::to_string);
        self.record().templates.approve(name, language, variables);
    }

    /// A template is paused for its low quality, or not any more.
    pub(crate) fn pause(&self, name: &str, language: &str, is_paused: bool) {
        self.record().templates.pause(name, language, is_paused);
    }

    /// Keeps the documented limits from now on.
    pub(crate) fn enforce_limits(&self) {
        self.record().limits = Some(Limits::default());
    }

    /// What was taken, in order.
    pub(crate) fn taken(&self) -> Vec<Taken> {
        self.record().taken.clone()
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

    /// What was taken since this was asked last, in order.
    pub(crate) fn take_taken(&self) -> Vec<Taken> {
        std::mem::take(&mut self.record().taken)
    }

    /// The messages that were marked as read, in order.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.record().seen.clone()
    }

    /// How many calls came, those that failed and the marks as read included.
    pub(crate) fn calls(&self) -> usize {
        self.record().calls
    }

    /// What was wrong with the calls; they fail the test no more.
    pub(crate) fn take_violations(&self) -> Vec<String> {
        std::mem::take(&mut self.record().violations)
    }

    fn record(&self) -> MutexGuard<'_, Record> {
        self.state.record()
    }
}

impl Drop for Graph {
    fn drop(&mut self) {
        let violations = self.take_violations();
        if !std::thread::panicking() {
            assert!(
                violations.is_empty(),
                "the calls broke the contract: {violations:#?}"
            );
        }
    }
}

impl State {
    fn record(&self) -> MutexGuard<'_, Record> {
        self.record.lock().unwrap()
    }
}

impl Provider for State {
    fn call(&self, head: &Parts, body: &Bytes) -> (Act, Option<Duration>) {
        let act = self.record().call(head, body);
        self.grown.notify_waiters();
        act
    }
}

impl Record {
    fn call(&mut self, head: &Parts, body: &Bytes) -> (Act, Option<Duration>) {
        self.calls += 1;
        let (number, mut faults) = check_head(head);
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        faults.extend(contract::check(&body).0);
        if !faults.is_empty() {
            self.violations.extend(faults);
            return (
                Act::Answer(error(400, 100, None, "(#100) Invalid parameter")),
                None,
            );
        }
        if body.get("status").is_some() {
            return self.mark_seen(&body);
        }
        let fault = (!self.faults.is_empty()).then(|| self.faults.remove(0));
        let refused = self.refusal(&number, &body);
        match (fault, refused) {
            (Some(fault), _) if !fault.is_taken() => fault.act(None),
            (_, Some(code)) => (Act::Answer(error(400, code, None, "refused")), None),
            (fault, None) => {
                let answer = self.take(number, body);
                match fault {
                    Some(fault) => fault.act(Some(answer)),
                    None => (Act::Answer(answered(200, &answer)), None),
                }
            }
        }
    }

    fn mark_seen(&mut self, body: &Value) -> (Act, Option<Duration>) {
        self.seen
            .push(body["message_id"].as_str().unwrap().to_owned());
        match self.seen_faults.pop() {
            Some(fault) => fault.act(Some(json!({"success": true}))),
            None => (Act::Answer(answered(200, &json!({"success": true}))), None),
        }
    }

    /// The code that a message is refused with that is of a right shape.
    fn refusal(&mut self, number: &str, body: &Value) -> Option<i64> {
        let recipient = recipient(body);
        if let Some(code) = self
            .limits
            .as_mut()
            .and_then(|limits| limits.take(number, recipient).err())
        {
            return Some(code);
        }
        if body["type"] != "template" {
            let closed = self.closed_windows.iter().any(|closed| closed == recipient);
            return closed.then_some(131_047);
        }
        self.templates.refusal(&body["template"])
    }

    fn take(&mut self, number: String, body: Value) -> Value {
        let id = format!("wamid.mock{}=", self.calls);
        let recipient = recipient(&body).to_owned();
        let answer = json!({
            "messaging_product": "whatsapp",
            "contacts": [{"input": recipient, "wa_id": recipient}],
            "messages": [{"id": id, "message_status": "accepted"}],
        });
        self.taken.push(Taken {
            number,
            recipient,
            id,
            body,
        });
        answer
    }
}

impl Taken {
    /// The words of the message: of the text, or over what can be tapped.
    pub(crate) fn words(&self) -> &str {
        let body = ["/text/body", "/interactive/body/text"];
        let words = body.iter().find_map(|pointer| self.body.pointer(pointer));
        words.and_then(Value::as_str).unwrap_or_default()
    }

    /// What can be tapped: the id and all that is shown, in order.
    pub(crate) fn taps(&self) -> Vec<(String, String)> {
        let shown = |tap: &Value| {
            let shown = format!("{} {}", of(tap, "title"), of(tap, "description"));
            (of(tap, "id").to_owned(), shown.trim_end().to_owned())
        };
        self.choices().map(shown).collect()
    }

    /// What can be tapped: the id and the title, in order.
    pub(crate) fn titles(&self) -> Vec<(String, String)> {
        let title = |tap: &Value| (of(tap, "id").to_owned(), of(tap, "title").to_owned());
        self.choices().map(title).collect()
    }

    fn choices(&self) -> impl Iterator<Item = &Value> {
        let action = &self.body["interactive"]["action"];
        let buttons = action["buttons"].as_array().into_iter().flatten();
        let rows = action["sections"].as_array().into_iter().flatten();
        let rows = rows.flat_map(|section| section["rows"].as_array().into_iter().flatten());
        buttons.map(|button| &button["reply"]).chain(rows)
    }
}

fn of<'a>(tap: &'a Value, key: &str) -> &'a str {
    tap[key].as_str().unwrap_or_default()
}

/// The number of the path, and what is wrong around the body.
fn check_head(head: &Parts) -> (String, Vec<String>) {
    let mut faults = Vec::new();
    let mut wrong = |holds: bool, fault: &str| {
        if !holds {
            faults.push(fault.to_owned());
        }
    };
    wrong(head.method == Method::POST, "not a POST");
    wrong(head.uri.query().is_none(), "the address has a query");
    let path: Vec<_> = head.uri.path().split('/').skip(1).collect();
    let number = match path.as_slice() {
        [VERSION, number, "messages"] if number.bytes().all(|byte| byte.is_ascii_digit()) => number,
        _ => "",
    };
    wrong(
        !number.is_empty(),
        "the path is not version, number id and messages",
    );
    let header = |name| head.headers.get(name).and_then(|value| value.to_str().ok());
    let bearer = format!("Bearer {TOKEN}");
    wrong(
        header(header::AUTHORIZATION) == Some(&*bearer),
        "not the number's token",
    );
    wrong(
        header(header::CONTENT_TYPE) == Some("application/json"),
        "the body is not called JSON",
    );
    (number.to_owned(), faults)
}

fn recipient(body: &Value) -> &str {
    body["to"].as_str().or(body["recipient"].as_str()).unwrap()
}

/// An error as Graph shapes it.
fn error(status: u16, code: i64, subcode: Option<i64>, details: &str) -> Response<Full<Bytes>> {
    let mut error = json!({
        "message": format!("(#{code}) {details}"),
        "type": "OAuthException",
        "code": code,
        "error_data": {"messaging_product": "whatsapp", "details": details},
        "fbtrace_id": "Az8or2yhqkZfEZ-_4Qn_Bam",
    });
    if let Some(subcode) = subcode {
        error["error_subcode"] = subcode.into();
    }
    answered(status, &json!({"error": error}))
}
