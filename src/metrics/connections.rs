//! The figures of the listener: how many connections there are, and which are not taken.

use prometheus_client::{
    metrics::{counter::Counter, gauge::Gauge},
    registry::Registry,
};

/// What is counted of connections.
#[derive(Debug, Default)]
pub struct Connections {
    open: Gauge,
    refused: Counter,
    full: Counter,
}

// === impl Connections ===

impl Connections {
    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register("connections", "Open connections", self.open.clone());
        registry.register(
            "connections_refused",
            "Connections closed at once, since their address holds its share",
            self.refused.clone(),
        );
        registry.register(
            "connections_full",
            "Times that new connections had to wait, since MAX_CONNECTIONS were open",
            self.full.clone(),
        );
    }

    /// Notes that a connection was accepted.
    pub fn opened(&self) {
        self.open.inc();
    }

    /// Notes that a connection ended.
    pub fn closed(&self) {
        self.open.dec();
    }

    /// Counts a connection that was closed at once, since its address holds its share.
    pub fn refused(&self) {
        self.refused.inc();
    }

    /// Counts that new connections had to wait, since the most were open.
    pub fn full(&self) {
        self.full.inc();
    }
}
