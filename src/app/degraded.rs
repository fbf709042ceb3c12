//! What makes health degraded while the process runs.

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;

use crate::{
    booking::{CalendarError, FreeRequest, FreeSlots, FreeTimes},
    breaker::{Destination, Watch},
    channel::SendError,
    http::Health,
    message::SourceKind,
    metrics::Metrics,
    worker::Refusals,
};

/// The check of message templates.
const TEMPLATES: &str = "whatsapp_templates";

/// A provider that refuses our calls of one sort makes health degraded until it takes one.
#[derive(Debug)]
pub(super) struct RefusalsInHealth {
    health: Arc<Health>,
    matter: Matter,
}

/// What a provider is called for. A token may be good for one and not for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Matter {
    /// Messages to customers.
    Replies,
    /// Appointments in a calendar that the provider keeps.
    Appointments,
    /// What is free in such a calendar.
    FreeTimes,
}

/// The keeper of calendars, whose refusals show in health.
#[derive(Debug)]
pub(super) struct Watched {
    keeper: Arc<dyn FreeTimes>,
    refusals: RefusalsInHealth,
}

/// A server that is left alone makes health degraded until it answers.
#[derive(Debug)]
pub(super) struct BreakersInHealth {
    health: Arc<Health>,
    metrics: Arc<Metrics>,
    open: Mutex<Vec<Destination>>,
}

// === impl RefusalsInHealth ===

impl RefusalsInHealth {
    pub(super) fn new(health: &Arc<Health>, matter: Matter) -> Self {
        Self {
            health: Arc::clone(health),
            matter,
        }
    }

    fn check(&self, source: SourceKind) -> &'static str {
        match (self.matter, source) {
            (Matter::Appointments, _) => "highlevel_appointments",
            (Matter::FreeTimes, _) => "highlevel_calendar",
            (Matter::Replies, SourceKind::Direct) => "direct_replies",
            (Matter::Replies, SourceKind::Whatsapp) => "whatsapp_replies",
            (Matter::Replies, SourceKind::Highlevel) => "highlevel_replies",
        }
    }
}

impl Refusals for RefusalsInHealth {
    fn refused(&self, source: SourceKind, reason: &'static str) {
        let message = match self.matter {
            Matter::Replies => format!("replies wait, since the provider refuses them: {reason}"),
            Matter::Appointments => {
                format!("appointments wait, since HighLevel refuses them: {reason}")
            }
            Matter::FreeTimes => {
                format!("no time is offered, since HighLevel does not show its calendar: {reason}")
            }
        };
        self.health.degrade(self.check(source), message);
    }

    fn taken(&self, source: SourceKind) {
        self.health.recover(self.check(source));
    }

    fn template_refused(&self, reason: &'static str) {
        let message = format!("messages by template wait, since WhatsApp refuses one: {reason}");
        self.health.degrade(TEMPLATES, message);
    }

    fn templates_taken(&self) {
        self.health.recover(TEMPLATES);
    }
}

// === impl Watched ===

impl Watched {
    pub(super) fn new(keeper: Arc<dyn FreeTimes>, health: &Arc<Health>) -> Self {
        Self {
            keeper,
            refusals: RefusalsInHealth::new(health, Matter::FreeTimes),
        }
    }
}

#[async_trait]
impl FreeTimes for Watched {
    async fn free(&self, request: &FreeRequest<'_>) -> Result<FreeSlots, CalendarError> {
        let seen = self.keeper.free(request).await;
        match &seen {
            Ok(_) => self.refusals.taken(SourceKind::Highlevel),
            Err(CalendarError(error)) => {
                if let Some(SendError::Alert { reason, .. }) = error.downcast_ref() {
                    self.refusals.refused(SourceKind::Highlevel, reason);
                }
            }
        }
        seen
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

    /// The numbers and locations that businesses own are others now.
    pub(super) fn routes_changed(&self) {
        self.health.routes_changed();
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
