//! What is told of the edge: probes, metrics, the document and the first page.

use std::time::Duration;

use frontdesk::{
    http::openapi_json,
    metrics::{DEGRADED_REASONS, Metrics},
    shutdown::Phase,
    store::{Gauges, Totals},
};
use http::StatusCode;
use secrecy::SecretString;
use serde_json::Value;

use crate::support::{
    edge::{TestEdge, get, message, post, request, send},
    fake_store::Mood,
};

#[tokio::test]
async fn health_says_what_works_and_fails_only_when_nothing_can_be_kept() {
    let test = TestEdge::new();
    let router = test.router();
    let well = get(&router, "/health").await;
    assert_eq!(well.status, StatusCode::OK);
    insta::assert_json_snapshot!(well.json(), @r#"
    {
      "checks": {
        "outbox": {
          "oldest_seconds": 0,
          "status": "ok"
        },
        "pending": {
          "oldest_seconds": 0,
          "status": "ok"
        },
        "store": {
          "status": "ok"
        },
        "worker": {
          "status": "ok"
        }
      },
      "status": "ok",
      "timestamp": "2026-11-23T12:00:00.000Z",
      "version": "0.1.0"
    }
    "#);

    test.edge
        .health
        .degrade("no_business", "the demo business is not used");
    let degraded = get(&router, "/health").await;
    assert_eq!(degraded.status, StatusCode::OK);
    insta::assert_json_snapshot!(degraded.json(), @r#"
    {
      "checks": {
        "no_business": {
          "message": "the demo business is not used",
          "status": "degraded"
        },
        "outbox": {
          "oldest_seconds": 0,
          "status": "ok"
        },
        "pending": {
          "oldest_seconds": 0,
          "status": "ok"
        },
        "store": {
          "status": "ok"
        },
        "worker": {
          "status": "ok"
        }
      },
      "status": "degraded",
      "timestamp": "2026-11-23T12:00:00.000Z",
      "version": "0.1.0"
    }
    "#);
    let strict = get(&router, "/health?strict=1").await;
    assert_eq!(strict.status, StatusCode::SERVICE_UNAVAILABLE);
    test.edge.health.recover("no_business");
    let strict = get(&router, "/health?strict=1").await;
    assert_eq!(strict.status, StatusCode::OK);
}

#[tokio::test]
async fn strict_is_said_in_any_of_the_usual_ways_and_nothing_else_is_guessed() {
    let test = TestEdge::new();
    test.edge
        .health
        .degrade("no_business", "the demo business is not used");
    let router = test.router();
    for (query, status) in [
        ("strict", StatusCode::SERVICE_UNAVAILABLE),
        ("strict=", StatusCode::SERVICE_UNAVAILABLE),
        ("strict=1", StatusCode::SERVICE_UNAVAILABLE),
        ("strict=true", StatusCode::SERVICE_UNAVAILABLE),
        ("strict=YES", StatusCode::SERVICE_UNAVAILABLE),
        ("strict=%31", StatusCode::SERVICE_UNAVAILABLE),
        ("", StatusCode::OK),
        ("strict=0", StatusCode::OK),
        ("strict=false", StatusCode::OK),
        ("strict=No", StatusCode::OK),
        ("strict=2", StatusCode::UNPROCESSABLE_ENTITY),
        ("strict=ture", StatusCode::UNPROCESSABLE_ENTITY),
        ("strict=1&strict=0", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        for path in ["/health", "/health/"] {
            let answer = get(&router, &format!("{path}?{query}")).await;
            assert_eq!(answer.status, status, "{path}?{query}");
            if status == StatusCode::UNPROCESSABLE_ENTITY {
                assert_eq!(answer.error_code(), "validation_error");
                assert!(answer.text.contains("strict"), "{}", answer.text);
            }
        }
    }
}

#[tokio::test]
async fn a_slash_at_the_end_of_a_probe_changes_nothing() {
    let router = TestEdge::new().router();
    for path in ["/health", "/livez", "/readyz", "/metrics"] {
        let with = get(&router, &format!("{path}/")).await;
        let without = get(&router, path).await;
        assert_eq!((with.status, with.text), (without.status, without.text));
    }
    let figures = get(&router, "/metrics/?format=prometheus").await;
    assert!(figures.text.ends_with("# EOF\n"));
}

#[tokio::test]
async fn each_reason_to_be_degraded_is_a_metric_that_is_0_until_it_holds() {
    let test = TestEdge::new();
    let router = test.router();
    let of_degraded = async || {
        let text = get(&router, "/metrics?format=prometheus").await.text;
        let lines = text
            .lines()
            .filter(|line| line.starts_with("frontdesk_degraded{"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let well = of_degraded().await;
    assert_eq!(well.len(), DEGRADED_REASONS.len());
    assert!(well.iter().all(|line| line.ends_with("} 0")), "{well:#?}");
    test.edge
        .health
        .degrade("whatsapp_api", "Meta's API does not answer");
    let line =
        |reason: &str, holds: u8| format!("frontdesk_degraded{{reason=\"{reason}\"}} {holds}");
    let degraded = of_degraded().await;
    assert!(degraded.contains(&line("whatsapp_api", 1)), "{degraded:#?}");
    assert!(degraded.contains(&line("store", 0)), "{degraded:#?}");
    test.edge.health.recover("whatsapp_api");
    assert_eq!(of_degraded().await, well);

    let broken = TestEdge::new();
    broken.store.set_mood(Mood::Broken);
    let text = get(&broken.router(), "/metrics?format=prometheus")
        .await
        .text;
    assert!(text.contains(&line("store", 1)), "{text}");
}

#[tokio::test]
async fn a_store_that_cannot_be_written_fails_health_and_readiness_in_their_own_shape() {
    let test = TestEdge::new();
    test.store.set_mood(Mood::Broken);
    let router = test.router();
    for uri in ["/health", "/readyz"] {
        let failed = get(&router, uri).await;
        assert_eq!(failed.status, StatusCode::SERVICE_UNAVAILABLE, "{uri}");
        assert_eq!(failed.json()["status"], "unavailable");
        assert_eq!(failed.json()["checks"]["store"]["status"], "unavailable");
        assert!(!failed.text.contains("disk"), "{}", failed.text);
    }
    assert_eq!(get(&router, "/livez").await.status, StatusCode::OK);
}

#[tokio::test(start_paused = true)]
async fn a_store_that_hangs_fails_the_probe_instead_of_hanging_it() {
    let test = TestEdge::new();
    test.store.set_mood(Mood::Stuck);
    let failed = get(&test.router(), "/readyz").await;
    assert_eq!(failed.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn messages_that_wait_for_long_degrade_health() {
    let test = TestEdge::new();
    test.store.set_gauges(Gauges {
        oldest_pending: Duration::from_secs(301),
        ..Gauges::default()
    });
    let degraded = get(&test.router(), "/health").await;
    assert_eq!(degraded.status, StatusCode::OK);
    assert_eq!(degraded.json()["status"], "degraded");
    assert_eq!(degraded.json()["checks"]["pending"]["oldest_seconds"], 301);
}

#[tokio::test]
async fn replies_that_wait_for_their_place_for_long_degrade_health() {
    let test = TestEdge::new();
    for (oldest, status) in [(300, "ok"), (301, "degraded")] {
        test.store.set_gauges(Gauges {
            oldest_outbox: Duration::from_secs(oldest),
            ..Gauges::default()
        });
        let told = get(&test.router(), "/health").await.json();
        assert_eq!(told["checks"]["outbox"]["status"], status);
        assert_eq!(told["checks"]["outbox"]["oldest_seconds"], oldest);
        assert_eq!(told["status"], status);
    }
}

#[tokio::test(start_paused = true)]
async fn readiness_ends_with_the_worker_and_with_the_first_request_to_end() {
    let test = TestEdge::new();
    let router = test.router();
    assert_eq!(get(&router, "/readyz").await.status, StatusCode::OK);
    tokio::time::advance(Duration::from_secs(31)).await;
    let silent = get(&router, "/readyz").await;
    assert_eq!(silent.json()["checks"]["worker"]["status"], "unavailable");
    test.edge.health.worker_beat();
    assert_eq!(get(&router, "/readyz").await.status, StatusCode::OK);

    test.edge.shutdown.request();
    tokio::select! {
        biased;
        () = test.edge.shutdown.run() => {}
        () = test.edge.shutdown.reached(Phase::Draining) => {}
    }
    let ending = get(&router, "/readyz").await;
    assert_eq!(ending.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(get(&router, "/livez").await.status, StatusCode::OK);
}

#[tokio::test(start_paused = true)]
async fn a_thousand_probes_cost_the_disk_one_sync() {
    let test = TestEdge::new();
    let router = test.router();
    for _ in 0..500 {
        get(&router, "/health").await;
        get(&router, "/readyz").await;
    }
    assert_eq!(test.store.probes(), 1);
}

#[tokio::test]
async fn metrics_count_posts_by_what_became_of_them() {
    let test = TestEdge::new();
    let router = test.router();
    post(&router, &message("m1"), &[]).await;
    post(&router, &message("m1"), &[]).await;
    send(&router, request("POST", "/webhook/ghl", &[])).await;
    test.store.set_mood(Mood::Limiting(Duration::from_secs(2)));
    post(&router, &message("m2"), &[]).await;
    test.store.set_gauges(Gauges {
        active_threads: 1,
        ..Gauges::default()
    });
    let summary = get(&router, "/metrics").await;
    assert_eq!(summary.header("content-type"), "application/json");
    insta::assert_json_snapshot!(summary.json(), @r#"
    {
      "active_threads": 1,
      "errors": 1,
      "rate_limited": 1,
      "requests": 4,
      "timestamp": "2026-11-23T12:00:00.000Z",
      "uptime_seconds": 0
    }
    "#);

    let text = send(
        &router,
        request("GET", "/metrics", &[("accept", "text/plain")]),
    )
    .await;
    assert_eq!(
        text.header("content-type"),
        "text/plain; version=0.0.4; charset=utf-8"
    );
    let of_interest = |line: &&str| {
        !line.starts_with('#')
            && !line.ends_with(" 0")
            && !line.contains("_seconds")
            && !line.starts_with("process_")
    };
    let mut lines: Vec<_> = text.text.lines().filter(of_interest).collect();
    lines.sort_unstable();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    frontdesk_build_info{version="0.1.0"} 1
    frontdesk_duplicates_total{source="direct"} 1
    frontdesk_messages_accepted_total 1
    frontdesk_messages_pending 1
    frontdesk_rate_limited_total{scope="sender"} 1
    frontdesk_rejections_total{source="direct",reason="rate_limited"} 1
    frontdesk_rejections_total{source="highlevel",reason="invalid_signature"} 1
    frontdesk_store_commit_rows_sum 0.0
    frontdesk_threads_active 1
    frontdesk_webhook_requests_total{source="direct",outcome="accepted"} 2
    frontdesk_webhook_requests_total{source="direct",outcome="limited"} 1
    frontdesk_webhook_requests_total{source="highlevel",outcome="refused"} 1
    "#);
}

#[tokio::test]
async fn every_metric_stands_there_from_the_start() {
    let router = TestEdge::new().router();
    let metrics = get(&router, "/metrics?format=prometheus").await;
    let media_type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    assert_eq!(metrics.header("content-type"), media_type);
    assert!(metrics.text.ends_with("# EOF\n"));
    let named = |line: &str| line.strip_prefix("# TYPE ").map(str::to_owned);
    let names: Vec<_> = metrics.text.lines().filter_map(named).collect();
    insta::assert_snapshot!(names.join("\n"), @r"
    process_cpu_seconds counter
    process_resident_memory_bytes gauge
    process_virtual_memory_bytes gauge
    process_threads gauge
    process_open_fds gauge
    process_max_fds gauge
    process_start_time_seconds gauge
    frontdesk_webhook_requests counter
    frontdesk_webhook_duration_seconds histogram
    frontdesk_rejections counter
    frontdesk_duplicates counter
    frontdesk_unrouted counter
    frontdesk_not_understood counter
    frontdesk_rate_limited counter
    frontdesk_messages_accepted counter
    frontdesk_messages_done counter
    frontdesk_messages_pending gauge
    frontdesk_messages_dead gauge
    frontdesk_oldest_pending_seconds gauge
    frontdesk_turns counter
    frontdesk_turn_duration_seconds histogram
    frontdesk_store_commit_duration_seconds histogram
    frontdesk_store_commit_rows histogram
    frontdesk_outbox_pending gauge
    frontdesk_outbox_waiting gauge
    frontdesk_outbox_oldest_seconds gauge
    frontdesk_deliveries counter
    frontdesk_breakers_open gauge
    frontdesk_bookings counter
    frontdesk_threads_active gauge
    frontdesk_threads_waiting gauge
    frontdesk_retention_waits gauge
    frontdesk_degraded gauge
    frontdesk_build info
    frontdesk_connections gauge
    frontdesk_connections_refused counter
    frontdesk_connections_full counter
    ");
    let refused = "frontdesk_rejections_total{source=\"whatsapp\",reason=\"payload_too_large\"} 0";
    assert!(metrics.text.contains(refused));
    // A figure that can never move is no figure.
    for (source, reason) in [
        ("whatsapp", "slot_taken"),
        ("direct", "slot_taken"),
        ("whatsapp", "validation_error"),
        ("highlevel", "conflict"),
        ("direct", "not_found"),
    ] {
        let pair = format!("{{source=\"{source}\",reason=\"{reason}\"}}");
        assert!(!metrics.text.contains(&pair), "{pair}");
    }
}

#[tokio::test]
async fn the_metrics_token_is_asked_for_when_it_is_set() {
    let mut test = TestEdge::new();
    test.edge.tokens.metrics = Some(SecretString::from("figures"));
    let router = test.router();
    for headers in [&[][..], &[("authorization", "Bearer figure")]] {
        let refused = send(&router, request("GET", "/metrics", headers)).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
        assert_eq!(refused.error_code(), "unauthorized");
        assert_eq!(refused.header("www-authenticate"), "Bearer");
    }
    let named = [("authorization", "Bearer figures")];
    let passed = send(&router, request("GET", "/metrics", &named)).await;
    assert_eq!(passed.status, StatusCode::OK);
}

#[tokio::test]
async fn the_checked_in_document_is_what_is_served() {
    let checked_in = include_str!("../../../openapi.json");
    let made = openapi_json().unwrap();
    assert!(
        checked_in == made,
        "openapi.json is behind the code; it should be what /openapi.json serves:\n{made}"
    );
    let served = get(&TestEdge::new().router(), "/openapi.json").await;
    assert_eq!(served.text, made);
}

#[tokio::test]
async fn every_documented_route_is_there() {
    let document: Value = serde_json::from_str(&openapi_json().unwrap()).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    let mut test = TestEdge::new();
    test.edge.tokens.admin = Some("the token".into());
    let router = test.router();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            let answer = send(&router, request(&method.to_uppercase(), path, &[])).await;
            let elsewhere = [StatusCode::NOT_FOUND, StatusCode::METHOD_NOT_ALLOWED];
            assert!(!elsewhere.contains(&answer.status), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn the_first_page_is_whole_in_itself() {
    let page = get(&TestEdge::new().router(), "/").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let policy = page.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'; style-src 'sha256-"),
        "{policy}"
    );
    for outside in ["http://", "https://", "<script", "<img"] {
        assert!(!page.text.contains(outside), "{outside}");
    }
}

#[tokio::test]
async fn the_docs_are_whole_in_themselves_and_tell_of_every_route_and_shape() {
    let router = TestEdge::new().router();
    let page = get(&router, "/docs").await;
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    for outside in ["src=", "http://", "https://", "<script", "<img", "@import"] {
        assert!(!page.text.contains(outside), "{outside}");
    }
    let document: Value = serde_json::from_str(&openapi_json().unwrap()).unwrap();
    for (path, methods) in document["paths"].as_object().unwrap() {
        assert!(
            page.text.contains(&format!("<code>{path}</code>")),
            "{path}"
        );
        for operation in methods.as_object().unwrap().values() {
            let id = operation["operationId"].as_str().unwrap();
            assert_eq!(
                page.text.matches(&format!("id=\"{id}\"")).count(),
                1,
                "{id}"
            );
        }
    }
    let links = page.text.split("href=\"#").skip(1);
    for target in links.map(|rest| rest.split('"').next().unwrap()) {
        assert!(page.text.contains(&format!("id=\"{target}\"")), "{target}");
    }
}

#[tokio::test]
async fn every_answer_carries_the_request_id_of_the_caller_or_one_of_ours() {
    let router = TestEdge::new().router();
    let named = request("GET", "/nowhere", &[("x-request-id", "job-7")]);
    assert_eq!(send(&router, named).await.header("x-request-id"), "job-7");
    let forged = request("GET", "/nowhere", &[("x-request-id", "a b\"c")]);
    let made = send(&router, forged).await;
    assert!(!made.header("x-request-id").is_empty());
    assert_ne!(made.header("x-request-id"), "a b\"c");
}

#[test]
fn a_total_that_was_read_before_another_does_not_set_its_counter_back() {
    let metrics = Metrics::new(&[], &[]);
    for count in [5, 3] {
        let totals = Totals {
            accepted: count,
            done: count,
            dead: 0,
        };
        metrics.note_store(totals, Gauges::default());
    }
    let text = metrics.encode().unwrap();
    for name in ["accepted", "done"] {
        let line = format!("frontdesk_messages_{name}_total 5\n");
        assert!(text.contains(&line), "{name}");
    }
}
