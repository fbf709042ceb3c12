//! What goes out: who answers, and the ways back to customers.

use std::{num::NonZeroUsize, sync::Arc};

use anyhow::Context as _;

use super::{Setup, degraded::Watched, reload::Affairs};
use crate::{
    booking::Calendar,
    breaker::{Breaker, Destination},
    channel::{self, Agenda, Channel, Channels, highlevel::Highlevel},
    clock::Clock,
    config::WorkflowKind,
    http::Health,
    language::Phrasebook,
    message::{Reply, SourceKind},
    metrics::Metrics,
    store::{Store, StoreCalendar},
    worker::{self, Backoff, Worker},
    workflow::{
        Acknowledge, Alternatives, Assistant, BookingWorkflow,
        remote::{self, LangGraph, Remote},
    },
};

/// The most turns under way at once: enough that their commits share a sync.
const TURNS_AT_ONCE: NonZeroUsize = NonZeroUsize::new(256).expect("256 is not 0");

/// What is outside: the ways back to customers, those for which there is something to send with,
/// and who keeps calendars.
#[derive(Debug)]
pub(super) struct Outside {
    pub(super) channels: Channels,
    highlevel: Option<Arc<Highlevel>>,
    health: Arc<Health>,
}

// === impl Outside ===

impl Outside {
    /// What a setup has outside.
    pub(super) fn of(
        setup: &Setup,
        affairs: &Affairs,
        breaker: &impl Fn(Destination) -> Breaker,
        health: &Arc<Health>,
    ) -> anyhow::Result<Self> {
        let mut channels: Vec<(SourceKind, Arc<dyn Channel>)> = Vec::new();
        if setup.posture.whatsapp && !setup.whatsapp_tokens.is_empty() {
            let config = channel::whatsapp::Config::new(setup.config.whatsapp.api_url.clone());
            let tokens = Arc::clone(&affairs.whatsapp_tokens);
            let whatsapp =
                channel::whatsapp::Whatsapp::new(config, tokens, breaker(Destination::Whatsapp))?;
            channels.push((SourceKind::Whatsapp, Arc::new(whatsapp)));
        }
        let mut highlevel = None;
        if setup.posture.highlevel && !setup.highlevel_tokens.is_empty() {
            let settings = &setup.config.highlevel;
            let config = channel::highlevel::Config {
                api_version: settings.api_version.clone(),
                ..channel::highlevel::Config::new(settings.api_url.clone())
            };
            let tokens = Arc::clone(&affairs.highlevel_tokens);
            // One for all, since all calls of a location share its quota.
            let shared = Highlevel::new(config, tokens, breaker(Destination::Highlevel))?;
            let shared = highlevel.insert(Arc::new(shared));
            channels.push((SourceKind::Highlevel, Arc::<Highlevel>::clone(shared)));
        }
        Ok(Self {
            channels: channels.into_iter().collect(),
            highlevel,
            health: Arc::clone(health),
        })
    }

    /// Who takes appointments in, where calendars are kept outside.
    pub(super) fn agenda(&self) -> Option<Arc<dyn Agenda>> {
        self.highlevel.clone().map(|keeper| keeper as _)
    }

    /// The calendars of businesses: ours, and those that are kept outside.
    pub(super) fn calendar(&self, store: &Arc<dyn Store>) -> Arc<dyn Calendar> {
        let keeper = self.highlevel.clone();
        let keeper = keeper.map(|keeper| Arc::new(Watched::new(keeper, &self.health)) as _);
        Arc::new(StoreCalendar::new(Arc::clone(store)).with_keeper(keeper))
    }
}

pub(super) fn assistant(
    setup: &Setup,
    store: &Arc<dyn Store>,
    outside: &Outside,
) -> Arc<Assistant> {
    Arc::new(Assistant::new(
        Arc::clone(&setup.businesses),
        outside.calendar(store),
        Arc::new(Phrasebook),
    ))
}

pub(super) fn worker(
    setup: &Setup,
    store: &Arc<dyn Store>,
    outside: &Outside,
    clock: &Arc<dyn Clock>,
    metrics: Arc<Metrics>,
    breaker: Breaker,
) -> anyhow::Result<Worker> {
    let settings = &setup.config.workflow;
    let assistant = assistant(setup, store, outside);
    let workflow = workflow(setup, outside.calendar(store), &assistant, breaker)?;
    let alternatives: Arc<dyn Alternatives> = assistant;
    let config = worker::Config {
        concurrency: TURNS_AT_ONCE,
        workflow_timeout: settings.timeout,
        max_turn_age: setup.config.turns.max_age,
        backoff: Backoff::default(),
        excuse: settings.holding_reply.as_deref().map(Reply::text),
    };
    let parts = worker::Parts {
        store: Arc::clone(store),
        workflow,
        alternatives,
        channels: outside.channels.clone(),
        clock: Arc::clone(clock),
        metrics,
        chance: fastrand::Rng::new(),
    };
    Ok(Worker::new(config, parts))
}

/// Who answers.
fn workflow(
    setup: &Setup,
    calendar: Arc<dyn Calendar>,
    assistant: &Arc<Assistant>,
    breaker: Breaker,
) -> anyhow::Result<Arc<dyn BookingWorkflow>> {
    let settings = &setup.config.workflow;
    let url = || {
        let url = settings.url.clone();
        url.context("WORKFLOW_URL is not set")
    };
    Ok(match setup.posture.workflow {
        WorkflowKind::Assistant => Arc::<Assistant>::clone(assistant),
        WorkflowKind::Acknowledge => Arc::new(Acknowledge),
        WorkflowKind::Remote => {
            let secrets = settings.secrets.clone();
            let config = remote::own::Config {
                url: url()?,
                secrets: secrets.context("WORKFLOW_SECRET is not set")?,
                timeout: settings.timeout,
            };
            let businesses = Arc::clone(&setup.businesses);
            Arc::new(Remote::new(config, businesses, calendar, breaker)?)
        }
        WorkflowKind::LangGraph => {
            let config = remote::langgraph::Config {
                url: url()?,
                assistant_id: settings.assistant_id.clone(),
                api_key: settings.api_key.clone(),
                timeout: settings.timeout,
            };
            Arc::new(LangGraph::new(config, breaker)?)
        }
    })
}
