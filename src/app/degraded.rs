//! What makes health degraded while the process runs.

use std::sync::{Arc, Mutex, PoisonError};

use crate::{
    breaker::{Destination, Watch},
    http::Health,
    message::SourceKind,
    metrics::Metrics,
    worker::Refusals,
};

/// A provider that refuses our calls makes health degraded until it takes one.
#[derive(Debug)]
pub(super) struct RefusalsInHealth(pub(super) Arc<Health>);

/// A server that is left alone makes health degraded until it answers.
#[derive(Debug)]
pub(super) struct BreakersInHealth {
    health: Arc<Health>,
    metrics: Arc<Metrics>,
    open: Mutex<Vec<Destination>>,
}

// === impl RefusalsInHealth ===

impl RefusalsInHealth {
    fn check(source: SourceKind) -> &'static str {
        match source {
            SourceKind::Direct => "direct_replies",
            SourceKind::Whatsapp => "whatsapp_replies",
            SourceKind::Highlevel => "highlevel_replies",
        }
    }
}

impl Refusals for RefusalsInHealth {
    fn refused(&self, source: SourceKind, reason: &'static str) {
        let message = format!("replies wait, since the provider refuses them: {reason}");
        self.0.degrade(Self::check(source), message);
    }

    fn taken(&self, source: SourceKind) {
        self.0.recover(Self::check(source));
    }
}

// === impl BreakersInHealth ===

impl BreakersInHealth {
    pub(super) fn new(health: Arc<Health>, metrics: Arc<Metrics>) -> Self {
        Self {
            health,
            metrics,
            open: Mutex::default(),
        }
    }

    fn check(destination: Destination) -> (&'static str, &'static str) {
        match destination {
            Destination::Whatsapp => ("whatsapp_api", "Meta's API does not answer: replies wait"),
            Destination::Highlevel => (
                "highlevel_api",
                "HighLevel's API does not answer: replies and appointments wait",
            ),
            Destination::Owner => ("owner_webhook", "an owner's webhook does not answer"),
            Destination::Workflow => (
                "workflow",
                "the workflow does not answer: messages are kept and wait",
            ),
        }
    }
}

impl Watch for BreakersInHealth {
    fn opened(&self, destination: Destination) {
        tracing::warn!(destination = destination.as_str(), "left alone for a while");
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.push(destination);
        let (name, message) = Self::check(destination);
        self.health.degrade(name, message);
        self.metrics.breaker(destination, true);
    }

    fn closed(&self, destination: Destination) {
        tracing::info!(destination = destination.as_str(), "answers again");
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = open.iter().position(|one| *one == destination) {
            open.swap_remove(place);
        }
        // Several servers may share a name.
        if !open.contains(&destination) {
            self.health.recover(Self::check(destination).0);
        }
        self.metrics.breaker(destination, false);
    }
}
