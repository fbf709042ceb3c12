//! What comes in: the edge with its doors.

use std::sync::Arc;

use super::Setup;
use crate::{
    booking::Calendar,
    clock::Clock,
    config::{Door, WorkflowKind},
    http::{self, Edge, Health},
    layer::rate_limit,
    metrics::Metrics,
    shutdown::Shutdown,
    signature::Unsigned,
    source::{Callbacks, Source, direct::Direct, highlevel::Highlevel, whatsapp::Whatsapp},
    store::Store,
};

pub(super) fn edge(
    setup: &Setup,
    sources: Vec<Arc<dyn Source>>,
    (store, calendar): (&Arc<dyn Store>, Arc<dyn Calendar>),
    metrics: &Arc<Metrics>,
    clock: &Arc<dyn Clock>,
    health: &Arc<Health>,
    shutdown: &Shutdown,
) -> Edge {
    let config = &setup.config;
    Edge {
        sources,
        callbacks: callbacks(setup),
        store: Arc::clone(store),
        businesses: Arc::clone(&setup.businesses),
        calendar,
        metrics: Arc::clone(metrics),
        clock: Arc::clone(clock),
        health: Arc::clone(health),
        shutdown: shutdown.clone(),
        limits: http::Limits {
            trusted_proxies: config.http.trusted_proxies.clone(),
            address: config
                .limits
                .address_per_minute
                .map(rate_limit::Config::per_minute),
            handoff: config.turns.handoff,
            sender_per_minute: config.limits.sender_per_minute,
            ..http::Limits::default()
        },
        tokens: http::Tokens {
            metrics: config.http.metrics_token.clone(),
            admin: config.http.admin_token.clone(),
            whatsapp_verify: config.whatsapp.verify_token.clone(),
        },
    }
}

pub(super) fn sources(setup: &Setup) -> Vec<Arc<dyn Source>> {
    let Setup {
        config,
        businesses,
        secrets,
        routes,
        posture,
        ..
    } = setup;
    let unsigned = match posture.direct {
        Door::Unsigned => Unsigned::Accept,
        Door::Signed | Door::Closed => Unsigned::Refuse,
    };
    let business = businesses.default_business().id.clone();
    let mut sources: Vec<Arc<dyn Source>> =
        vec![Arc::new(Direct::new(business, secrets.clone(), unsigned))];
    if let Some(app_secrets) = &config.whatsapp.app_secrets {
        sources.push(Arc::new(Whatsapp::new(routes.clone(), app_secrets.clone())));
    }
    if posture.highlevel {
        let keys = config.highlevel.public_keys.clone();
        sources.push(Arc::new(Highlevel::new(
            routes.clone(),
            keys,
            secrets.clone(),
        )));
    }
    sources
}

/// The door for what a remote workflow answers later.
fn callbacks(setup: &Setup) -> Option<Arc<Callbacks>> {
    let is_remote = setup.posture.workflow == WorkflowKind::Remote;
    let secrets = setup.config.workflow.secrets.clone();
    let secrets = secrets.filter(|_| is_remote);
    secrets.map(|secrets| Arc::new(Callbacks::new(secrets)))
}
