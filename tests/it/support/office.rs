//! The API on a real store, and a client that has its token.

use std::sync::Arc;

use axum::{Router, body::Body};
use frontdesk::{
    booking::Businesses,
    clock::Clock,
    http::router,
    message::SourceKind,
    source::Source,
    store::{Policy, Store, StoreCalendar},
};
use http::{Request, header::CONTENT_TYPE};
use serde_json::Value;
use tempfile::TempDir;

use super::{
    ManualClock,
    edge::{Answer, TestEdge, request, send},
    shop::{open_store, policy},
};

/// The token of the API.
pub(crate) const TOKEN: &str = "only-for-the-owner";

/// The office of a business: its routes and the store behind them.
pub(crate) struct Office {
    pub(crate) router: Router,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) folder: TempDir,
}

impl Office {
    /// The demo business at seven on a Monday morning, its clock's time.
    pub(crate) fn of_demo() -> Self {
        Self::of(Businesses::demo())
    }

    pub(crate) fn of(businesses: Businesses) -> Self {
        Self::with(businesses, Vec::new(), Vec::new())
    }

    /// With these doors open, and these ways back to customers.
    pub(crate) fn with(
        businesses: Businesses,
        sources: Vec<Arc<dyn Source>>,
        channels: Vec<SourceKind>,
    ) -> Self {
        let businesses = Arc::new(businesses);
        let clock = Arc::new(ManualClock::at("2026-11-23T12:00:00Z"));
        let folder = tempfile::tempdir().unwrap();
        let rules = Policy {
            businesses: Arc::clone(&businesses),
            channels,
            ..policy()
        };
        let store = open_store(folder.path(), rules, Arc::clone(&clock) as Arc<dyn Clock>);
        let mut edge = TestEdge::new().edge;
        edge.store = Arc::clone(&store);
        edge.sources = sources;
        edge.businesses = businesses;
        edge.calendar = Arc::new(StoreCalendar::new(Arc::clone(&store)));
        edge.clock = Arc::clone(&clock) as _;
        edge.tokens.admin = Some(TOKEN.into());
        Self {
            router: router(edge),
            store,
            clock,
            folder,
        }
    }

    /// Asks with the token.
    pub(crate) async fn ask(&self, method: &str, uri: &str) -> Answer {
        send(&self.router, asked(method, uri)).await
    }

    pub(crate) async fn get(&self, uri: &str) -> Answer {
        self.ask("GET", uri).await
    }

    /// Sends JSON with the token.
    pub(crate) async fn send(&self, method: &str, uri: &str, body: &Value) -> Answer {
        self.send_with(method, uri, body, &[]).await
    }

    pub(crate) async fn send_with(
        &self,
        method: &str,
        uri: &str,
        body: &Value,
        headers: &[(&'static str, &str)],
    ) -> Answer {
        let mut request = asked(method, uri).map(|_| Body::from(body.to_string()));
        let json = "application/json".parse().unwrap();
        request.headers_mut().insert(CONTENT_TYPE, json);
        for (name, value) in headers {
            request.headers_mut().append(*name, value.parse().unwrap());
        }
        send(&self.router, request).await
    }
}

/// A request with the token.
pub(crate) fn asked(method: &str, uri: &str) -> Request<Body> {
    request(
        method,
        uri,
        &[("authorization", &format!("Bearer {TOKEN}"))],
    )
}
