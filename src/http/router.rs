//! Every route and every layer, on one page.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    extract::State,
    http::Response,
    middleware::from_fn_with_state,
    routing::{MethodRouter, get, get_service, post_service},
};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;

use super::{
    Edge, Shared, api, calendar, docs,
    error::{ApiError, Envelope, ErrorCode},
    form::query,
    health, index, metrics, openapi,
    webhook::{Callback, Replies, Webhook, handshake},
};
use crate::{
    layer::{
        access_log::{AccessLogLayer, RouteKind},
        allowance::Allowance,
        client_ip::ClientIpLayer,
        load_shed::LoadShedLayer,
        malformed::MalformedLayer,
        rate_limit::{Addresses, Credential, RateLimitLayer},
        request_id::RequestIdLayer,
        timeout::TimeoutLayer,
        verify_signature::{Signed, VerifySignatureLayer},
    },
    message::SourceKind,
    source::{Callbacks, Entrance, Source},
};

const DIRECT: &str = "/webhook";
const REPLIES: &str = "/webhook/replies";
const WHATSAPP: &str = "/webhook/whatsapp";
const HIGHLEVEL: &str = "/webhook/ghl";
const WORKFLOW: &str = "/webhook/workflow";
const HEALTH: &str = "/health";
const LIVEZ: &str = "/livez";
const READYZ: &str = "/readyz";
const METRICS: &str = "/metrics";
const CALENDAR: &str = "/calendar.ics";

/// The limits of addresses, for every route that lets in by something.
struct AddressLimits {
    addresses: Option<Arc<Addresses>>,
    envelope: Envelope,
}

/// The whole edge.
pub fn router(edge: Edge) -> Router {
    let edge = Arc::new(edge);
    let shared = Shared::new(Arc::clone(&edge));
    let envelope = shared.envelope.clone();

    let around_everything = ServiceBuilder::new()
        // First, so that every answer carries the id, a panic's too.
        .layer(RequestIdLayer::default())
        // Before the access line, which names who knocks.
        .layer(ClientIpLayer::new(edge.limits.trusted_proxies.clone()))
        // Around all that can refuse, so that one place logs and counts it.
        .layer(AccessLogLayer::new(Arc::clone(&edge.metrics), kind_of))
        // Inside the access line, so that a panic leaves its line and its envelope.
        .layer(CatchPanicLayer::custom(envelope.clone()))
        // Before anything is made of a request that is none.
        .layer(MalformedLayer::new(envelope.clone()));

    let around_work = ServiceBuilder::new()
        // The cheapest refusal of all. Probes and metrics stand outside: under load they are
        // wanted most, and a liveness probe that is shed gets the process killed.
        .layer(LoadShedLayer::new(
            Allowance::new(edge.limits.requests_in_flight),
            envelope.clone(),
        ))
        // Inside the load shed, so that what hangs gives its place back.
        .layer(TimeoutLayer::new(
            edge.limits.request_deadline,
            envelope.clone(),
        ));

    // Routes that prove a sender, and those of the API, look at their query after the proof.
    let knowing = |known: query::Known, route: MethodRouter<Arc<Shared>>| {
        let state = (Arc::clone(&shared), known);
        route.route_layer(from_fn_with_state(state, query::refuse_unknown))
    };
    // Before a body is read. Only what fails to prove itself counts, on all routes together.
    let limits = AddressLimits {
        addresses: edge.limits.address.map(Addresses::new),
        envelope,
    };
    let figures = knowing(&["format"], get(metrics::metrics));
    let figures = figures.layer(limits.on(match edge.tokens.metrics {
        Some(_) => Credential::Token,
        None => Credential::Nothing,
    }));
    let probes = [
        (HEALTH, knowing(&["strict"], get(health::health))),
        (LIVEZ, knowing(&[], get(health::livez))),
        (READYZ, knowing(&[], get(health::readyz))),
        (METRICS, figures),
    ];
    let observed = probes
        .into_iter()
        .fold(Router::new(), |router, (path, probe)| {
            // A slash too many is no reason to raise an alarm.
            router
                .route(&format!("{path}/"), probe.clone())
                .route(path, probe)
        });
    let worked = webhooks(&shared, &limits)
        .merge(office(&shared, &limits))
        .route(
            CALENDAR,
            get(calendar::calendar).layer(limits.on(Credential::Token)),
        )
        .route("/", knowing(&[], get(index::index)))
        .route("/openapi.json", knowing(&[], get(openapi::document)))
        .route("/docs", knowing(&[], get(docs::docs)))
        .layer(around_work);

    observed
        .merge(worked)
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(around_everything)
        .with_state(shared)
}

impl AddressLimits {
    fn on(&self, credential: Credential) -> RateLimitLayer<Envelope> {
        RateLimitLayer::new(self.addresses.clone(), credential, self.envelope.clone())
    }
}

/// The doors: a route for each source that is open.
fn webhooks(shared: &Arc<Shared>, limits: &AddressLimits) -> Router<Arc<Shared>> {
    let signatures = || limits.on(Credential::Signature);
    let edge = &shared.edge;
    let verify = |entrance: Arc<dyn Entrance>, signed| {
        // Takes room for the body, reads it within its limits, and passes on only verified bytes.
        VerifySignatureLayer::new(
            entrance,
            signed,
            shared.body_terms.clone(),
            Arc::clone(&edge.clock),
            shared.envelope.clone(),
        )
    };
    let mut router = Router::new();
    for source in &edge.sources {
        // The sender's limit is no layer here: it is asked inside `store.accept`, after duplicates
        // are told apart, so that a repeat costs nothing and leaves a 200.
        let webhook = Webhook::new(Arc::clone(source), Arc::clone(edge));
        let service =
            ServiceBuilder::new().layer(verify(Arc::<dyn Source>::clone(source), Signed::Body));
        let door: MethodRouter<_> = post_service(service.service(webhook));
        router = match source.kind() {
            SourceKind::Direct => {
                let replies = ServiceBuilder::new()
                    .layer(verify(Arc::<dyn Source>::clone(source), Signed::Query))
                    .service(Replies::new(Arc::clone(edge)));
                router
                    .route(DIRECT, door.layer(signatures()))
                    .route(REPLIES, get_service(replies).layer(signatures()))
            }
            SourceKind::Whatsapp => {
                let handshake = get(handshake).layer(limits.on(Credential::Token));
                router.route(WHATSAPP, door.layer(signatures()).merge(handshake))
            }
            SourceKind::Highlevel => router.route(HIGHLEVEL, door.layer(signatures())),
        };
    }
    if let Some(callbacks) = &edge.callbacks {
        let entrance = Arc::<Callbacks>::clone(callbacks);
        let callback = ServiceBuilder::new()
            .layer(verify(entrance, Signed::Body))
            .service(Callback::new(Arc::clone(edge)));
        router = router.route(WORKFLOW, post_service(callback).layer(signatures()));
    }
    router
}

/// The API, where there is a token for it.
fn office(shared: &Arc<Shared>, limits: &AddressLimits) -> Router<Arc<Shared>> {
    match shared.edge.tokens.admin {
        Some(_) => api::routes(shared).route_layer(limits.on(Credential::Token)),
        None => Router::new(),
    }
}

fn kind_of(route: &str) -> RouteKind {
    match route.trim_end_matches('/') {
        DIRECT => RouteKind::Webhook(SourceKind::Direct),
        WHATSAPP => RouteKind::Webhook(SourceKind::Whatsapp),
        HIGHLEVEL => RouteKind::Webhook(SourceKind::Highlevel),
        HEALTH | LIVEZ | READYZ | METRICS => RouteKind::Probe,
        _ => RouteKind::Other,
    }
}

async fn not_found(State(shared): State<Arc<Shared>>) -> Response<Body> {
    let error = ApiError::new(ErrorCode::NotFound, "Nothing is here.");
    shared.envelope.answer(error)
}

/// `Allow` is added by the router, which knows the methods.
async fn method_not_allowed(State(shared): State<Arc<Shared>>) -> Response<Body> {
    let message = "This method is not allowed here; see Allow.";
    let error = ApiError::new(ErrorCode::MethodNotAllowed, message);
    shared.envelope.answer(error)
}
