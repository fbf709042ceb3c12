//! An edge on a store that a test holds in its hand, and a client for it.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, body::Body};
use frontdesk::{
    booking::Businesses,
    http::{Edge, ErrorCode, Health, Limits, Tokens, router},
    layer::client_ip::Peer,
    message::SourceKind,
    metrics::Metrics,
    shutdown::{self, Shutdown},
    signature::Secrets,
    source::{Callbacks, Source},
    store::StoreCalendar,
};
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::{
    ManualClock,
    door::{Door, SECRET},
    fake_store::FakeStore,
};

/// The store of the edge's tests: the one place that names it.
pub(crate) fn store() -> Arc<FakeStore> {
    Arc::new(FakeStore::new())
}

/// The edge and what is around it.
pub(crate) struct TestEdge {
    pub(crate) store: Arc<FakeStore>,
    pub(crate) edge: Edge,
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl TestEdge {
    /// All three doors behind the secret.
    pub(crate) fn new() -> Self {
        let doors = SourceKind::ALL.map(Door::with_secret);
        Self::with_doors(doors)
    }

    pub(crate) fn with_doors<const N: usize>(doors: [Door; N]) -> Self {
        let store = store();
        let health = Health::default();
        health.worker_beat();
        let edge = Edge {
            callbacks: Some(Arc::new(Callbacks::new(Secrets::parse("agent").unwrap()))),
            sources: doors
                .into_iter()
                .map(|door| Arc::new(door) as Arc<dyn Source>)
                .collect(),
            store: Arc::clone(&store) as _,
            businesses: Arc::new(Businesses::demo()),
            calendar: Arc::new(StoreCalendar::new(Arc::clone(&store) as _)),
            metrics: Arc::new(Metrics::new(&ErrorCode::of_webhooks(), &["acknowledge"])),
            clock: Arc::new(ManualClock::at("2026-11-23T12:00:00Z")),
            health: Arc::new(health),
            shutdown: Shutdown::new(shutdown::Config {
                drain_delay: Duration::ZERO,
                grace: Duration::from_secs(20),
            }),
            limits: Limits::default(),
            tokens: Tokens::default(),
        };
        Self { store, edge }
    }

    /// The routes, which keep their own limits and caches from one request to the next.
    pub(crate) fn router(&self) -> Router {
        router(self.edge.clone())
    }
}

/// Sends a request and reads the answer.
pub(crate) async fn send(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.unwrap();
    let (head, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Answer {
        status: head.status,
        headers: head.headers,
        text: String::from_utf8(body.into()).unwrap(),
    }
}

/// A request with a header for each pair, from an address of its own.
pub(crate) fn request(method: &str, uri: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(uri);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut request = request.body(Body::empty()).unwrap();
    let peer: SocketAddr = "203.0.113.7:4711".parse().unwrap();
    request.extensions_mut().insert(Peer(peer));
    request
}

/// The same from this machine.
pub(crate) fn local(method: &str, uri: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let mut request = request(method, uri, headers);
    let peer: SocketAddr = "127.0.0.1:4711".parse().unwrap();
    request.extensions_mut().insert(Peer(peer));
    let host = "localhost:3000".parse().unwrap();
    request.headers_mut().insert("host", host);
    request
}

/// Asks for something without a body.
pub(crate) async fn get(router: &Router, uri: &str) -> Answer {
    send(router, request("GET", uri, &[])).await
}

/// Posts to the direct door, with the secret.
pub(crate) async fn post(router: &Router, body: &Value, headers: &[(&str, &str)]) -> Answer {
    send(router, posted("/webhook", body.to_string(), headers)).await
}

/// A POST with the secret.
pub(crate) fn posted(uri: &str, body: impl Into<Body>, headers: &[(&str, &str)]) -> Request<Body> {
    let mut request = request("POST", uri, headers).map(|_| body.into());
    let secret = SECRET.parse().unwrap();
    request.headers_mut().insert("x-secret", secret);
    request
}

/// A message of someone.
pub(crate) fn message(id: &str) -> Value {
    json!({"id": id, "phone": "+12025550100", "text": "a haircut tomorrow"})
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The code of an envelope, which has to be one.
    pub(crate) fn error_code(&self) -> String {
        let envelope = self.json();
        let fields: Vec<_> = envelope.as_object().unwrap().keys().collect();
        assert_eq!(fields, ["details", "error", "message", "timestamp"]);
        assert_eq!(self.header("content-type"), "application/json");
        assert!(!self.header("x-request-id").is_empty());
        envelope["error"].as_str().unwrap().to_owned()
    }
}
