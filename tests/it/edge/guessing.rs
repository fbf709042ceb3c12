//! Guesses of tokens and secrets: limited for each address, whatever else it proved.

use std::{net::SocketAddr, num::NonZeroU32, sync::Arc, time::Duration};

use axum::{Router, body::Body};
use frontdesk::{
    http::Tokens,
    layer::{client_ip::Peer, rate_limit},
    message::{BusinessId, SourceKind},
    signature::{Secrets, Unsigned},
    source::Direct,
};
use http::{Request, StatusCode};

use crate::support::{
    door::Door,
    edge::{TestEdge, get, local, message, posted, request, send},
};

const TOKEN: &str = "only-for-the-owner";
const SCRAPER: &str = "only-for-the-scraper";
const ATTEMPTS: u32 = 3;

/// One way to try a secret.
struct Way {
    uri: &'static str,
    method: &'static str,
    header: Option<(&'static str, &'static str)>,
}

const fn named(method: &'static str, uri: &'static str, value: &'static str) -> Way {
    let header = Some(("authorization", value));
    Way {
        uri,
        method,
        header,
    }
}

const fn shared(uri: &'static str) -> Way {
    Way {
        uri,
        method: "POST",
        header: Some(("x-webhook-secret", "a guess")),
    }
}

const fn queried(uri: &'static str) -> Way {
    Way {
        uri,
        method: "GET",
        header: None,
    }
}

/// Every route that lets in by a token or secret which the request names.
const WAYS: [Way; 9] = [
    named("GET", "/api/services", "Bearer a-guess"),
    named("POST", "/api/bookings", "Bearer a-guess"),
    named("DELETE", "/api/customers/+12025550100", "Bearer a-guess"),
    named("GET", "/metrics", "Bearer a-guess"),
    named("GET", "/metrics?format=prometheus", "Basic a-guess"),
    queried("/calendar.ics?token=a-guess"),
    queried("/webhook/whatsapp?hub.mode=subscribe&hub.challenge=1&hub.verify_token=a-guess"),
    shared("/webhook"),
    shared("/webhook/ghl"),
];

fn guess(way: &Way) -> Request<Body> {
    let headers: Vec<_> = way.header.into_iter().collect();
    request(way.method, way.uri, &headers)
}

/// An edge that lets each address try three times a minute.
fn guarded() -> TestEdge {
    let mut test = TestEdge::with_doors([
        Door::with_secret(SourceKind::Whatsapp),
        Door::with_secret(SourceKind::Highlevel),
    ]);
    let secrets = Secrets::parse("a secret of own clients").unwrap();
    let direct = Direct::new(BusinessId::new("demo"), Some(secrets), Unsigned::Refuse);
    test.edge.sources.push(Arc::new(direct));
    limited(&mut test);
    test.edge.tokens = Tokens {
        admin: Some(TOKEN.into()),
        metrics: Some(SCRAPER.into()),
        whatsapp_verify: Some("only-for-meta".into()),
    };
    test
}

fn limited(test: &mut TestEdge) {
    let attempts = NonZeroU32::new(ATTEMPTS).unwrap();
    test.edge.limits.address = Some(rate_limit::Config::per_minute(attempts));
}

/// The address proves itself by a delivery.
async fn prove(router: &Router) {
    let delivery = posted("/webhook/ghl", message("m1").to_string(), &[]);
    assert_eq!(send(router, delivery).await.status, StatusCode::OK);
}

#[tokio::test(start_paused = true)]
async fn one_verified_delivery_does_not_exempt_the_guesses_of_its_address() {
    for way in &WAYS {
        let router = guarded().router();
        prove(&router).await;
        for _ in 0..ATTEMPTS {
            let wrong = send(&router, guess(way)).await;
            assert!(
                matches!(wrong.status.as_u16(), 401 | 403),
                "{} {}: {}",
                way.method,
                way.uri,
                wrong.status
            );
        }
        let refused = send(&router, guess(way)).await;
        assert_eq!(refused.error_code(), "rate_limited", "{}", way.uri);
        assert_eq!(refused.header("retry-after"), "20", "{}", way.uri);
        // Its signed deliveries go on all the same.
        prove(&router).await;
    }
}

#[tokio::test(start_paused = true)]
async fn guesses_count_together_on_whichever_route_they_are_tried() {
    let router = guarded().router();
    for way in &WAYS[..3] {
        assert_eq!(send(&router, guess(way)).await.error_code(), "unauthorized");
    }
    for way in &WAYS {
        let refused = send(&router, guess(way)).await;
        assert_eq!(refused.error_code(), "rate_limited", "{}", way.uri);
    }
}

#[tokio::test(start_paused = true)]
async fn an_address_is_its_64_for_ipv6_and_others_are_let_in() {
    let router = guarded().router();
    let from = |peer: &str, way: &Way| {
        let mut request = guess(way);
        let peer: SocketAddr = peer.parse().unwrap();
        request.extensions_mut().insert(Peer(peer));
        request
    };
    for n in 1..=ATTEMPTS {
        let wrong = from(&format!("[2001:db8::{n}]:1"), &WAYS[0]);
        assert_eq!(send(&router, wrong).await.error_code(), "unauthorized");
    }
    let same = send(&router, from("[2001:db8::ffff]:1", &WAYS[0])).await;
    assert_eq!(same.error_code(), "rate_limited");
    for other in ["[2001:db8:0:1::1]:1", "192.0.2.1:1"] {
        let other = send(&router, from(other, &WAYS[0])).await;
        assert_eq!(other.error_code(), "unauthorized");
    }
}

fn owners() -> Request<Body> {
    let token = format!("Bearer {TOKEN}");
    request("GET", "/api/services", &[("authorization", &token)])
}

#[tokio::test(start_paused = true)]
async fn the_owner_is_let_in_again_once_the_guesses_of_the_address_stop() {
    let router = guarded().router();
    for _ in 0..10 {
        send(&router, guess(&WAYS[0])).await;
    }
    // A right token tells itself from a wrong one by no answer.
    let refused = send(&router, owners()).await;
    assert_eq!(refused.error_code(), "rate_limited");
    tokio::time::advance(Duration::from_secs(20)).await;
    for _ in 0..10 {
        assert_eq!(send(&router, owners()).await.status, StatusCode::OK);
    }
}

#[tokio::test(start_paused = true)]
async fn wrong_signatures_do_not_shut_the_owner_out_nor_guesses_the_deliveries() {
    let router = guarded().router();
    for _ in 0..10 {
        send(&router, request("POST", "/webhook/whatsapp", &[])).await;
    }
    assert_eq!(send(&router, owners()).await.status, StatusCode::OK);

    let router = guarded().router();
    for _ in 0..10 {
        send(&router, guess(&WAYS[0])).await;
    }
    let delivery = posted("/webhook/whatsapp", message("m1").to_string(), &[]);
    assert_eq!(send(&router, delivery).await.status, StatusCode::OK);
}

#[tokio::test(start_paused = true)]
async fn a_scraper_passes_and_a_flood_of_an_open_metrics_does_not() {
    let mut test = TestEdge::new();
    test.edge.limits.address = NonZeroU32::new(600).map(rate_limit::Config::per_minute);
    let router = test.router();
    for _ in 0..2000 {
        assert_eq!(get(&router, "/metrics").await.status, StatusCode::OK);
        tokio::time::advance(Duration::from_millis(500)).await;
    }
    let mut passed = 0;
    while get(&router, "/metrics").await.status == StatusCode::OK {
        passed += 1;
        assert!(passed <= 600);
    }
    let refused = get(&router, "/metrics").await;
    assert_eq!(refused.error_code(), "rate_limited");
    // Neither the webhooks nor a scraper on this machine pay for it.
    let delivery = posted("/webhook", message("m1").to_string(), &[]);
    assert_eq!(send(&router, delivery).await.status, StatusCode::OK);
    for _ in 0..2000 {
        let beside = local("GET", "/metrics", &[]);
        assert_eq!(send(&router, beside).await.status, StatusCode::OK);
    }
}

#[tokio::test(start_paused = true)]
async fn the_scrapers_token_passes_as_often_as_it_comes() {
    let router = guarded().router();
    let token = format!("Bearer {SCRAPER}");
    for _ in 0..100 {
        let scrape = request("GET", "/metrics", &[("authorization", &token)]);
        assert_eq!(send(&router, scrape).await.status, StatusCode::OK);
    }
    // Its own machine gets no more guesses than any other.
    let wrong = || local("GET", "/metrics", &[("authorization", "Bearer x")]);
    for _ in 0..ATTEMPTS {
        assert_eq!(send(&router, wrong()).await.error_code(), "unauthorized");
    }
    assert_eq!(send(&router, wrong()).await.error_code(), "rate_limited");
}
