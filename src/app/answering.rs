//! What goes out: who answers, and the ways back to customers.

use std::{num::NonZeroUsize, sync::Arc};

use anyhow::Context as _;

use super::{Setup, reload::Affairs};
use crate::{
    breaker::{Breaker, Destination},
    channel::{self, Channel, Channels},
    clock::Clock,
    config::WorkflowKind,
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

/// The ways back to customers: those for which there is something to send with.
pub(super) fn channels(
    setup: &Setup,
    affairs: &Affairs,
    breaker: &impl Fn(Destination) -> Breaker,
) -> anyhow::Result<Channels> {
    let mut channels: Vec<(SourceKind, Arc<dyn Channel>)> = Vec::new();
    if setup.posture.whatsapp && !setup.whatsapp_tokens.is_empty() {
        let config = channel::whatsapp::Config::new(setup.config.whatsapp.api_url.clone());
        let tokens = Arc::clone(&affairs.whatsapp_tokens);
        let whatsapp =
            channel::whatsapp::Whatsapp::new(config, tokens, breaker(Destination::Whatsapp))?;
        channels.push((SourceKind::Whatsapp, Arc::new(whatsapp)));
    }
    if setup.posture.highlevel && !setup.highlevel_tokens.is_empty() {
        let highlevel = &setup.config.highlevel;
        let config = channel::highlevel::Config {
            api_version: highlevel.api_version.clone(),
            ..channel::highlevel::Config::new(highlevel.api_url.clone())
        };
        let tokens = Arc::clone(&affairs.highlevel_tokens);
        let highlevel =
            channel::highlevel::Highlevel::new(config, tokens, breaker(Destination::Highlevel))?;
        channels.push((SourceKind::Highlevel, Arc::new(highlevel)));
    }
    Ok(channels.into_iter().collect())
}

pub(super) fn assistant(setup: &Setup, store: &Arc<dyn Store>) -> Arc<Assistant> {
    let calendar = Arc::new(StoreCalendar::new(Arc::clone(store)));
    Arc::new(Assistant::new(
        Arc::clone(&setup.businesses),
        calendar,
        Arc::new(Phrasebook),
    ))
}

pub(super) fn worker(
    setup: &Setup,
    store: &Arc<dyn Store>,
    channels: Channels,
    clock: &Arc<dyn Clock>,
    metrics: Arc<Metrics>,
    breaker: Breaker,
) -> anyhow::Result<Worker> {
    let settings = &setup.config.workflow;
    let assistant = assistant(setup, store);
    let workflow = workflow(setup, store, &assistant, breaker)?;
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
        channels,
        clock: Arc::clone(clock),
        metrics,
        chance: fastrand::Rng::new(),
    };
    Ok(Worker::new(config, parts))
}

/// Who answers.
fn workflow(
    setup: &Setup,
    store: &Arc<dyn Store>,
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
            let calendar = Arc::new(StoreCalendar::new(Arc::clone(store)));
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
