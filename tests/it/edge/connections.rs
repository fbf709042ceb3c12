//! Connections: how many one address may hold, and that the others get in.

use std::time::Duration;

use frontdesk::http::ServerConfig;
use tokio::time::timeout;

use crate::support::listener::{Client, HANGS, Running};

const MOST: usize = 100;
/// Of so many, one address gets so many.
const SHARE: usize = MOST / 5;

/// A figure of the metrics.
fn metric(running: &Running, name: &str) -> u64 {
    let text = running.test.edge.metrics.encode().unwrap();
    let value = text.lines().find_map(|line| line.strip_prefix(name));
    value.unwrap().trim().parse().unwrap()
}

async fn started(config: ServerConfig) -> Running {
    let max_connections = MOST;
    Running::start(ServerConfig {
        max_connections,
        ..config
    })
    .await
}

/// Waits until it is so.
async fn until(is_so: impl Fn() -> bool) {
    let wait = async {
        while !is_so() {
            tokio::task::yield_now().await;
        }
    };
    timeout(HANGS, wait).await.unwrap();
}

/// Opens idle connections, and waits until the server has seen all of them.
async fn hold(running: &Running, from: &str, count: u64) -> Vec<Client> {
    let seen = |running: &Running| {
        metric(running, "frontdesk_connections ")
            + metric(running, "frontdesk_connections_refused_total ")
    };
    let expected = seen(running) + count;
    let mut held = Vec::new();
    for _ in 0..count {
        held.push(running.client_from(from).await);
    }
    until(|| seen(running) >= expected).await;
    held
}

#[tokio::test]
async fn idle_connections_of_one_address_do_not_shut_others_out() {
    let running = started(ServerConfig::default()).await;
    let held = hold(&running, "127.0.0.2", 150).await;
    let share = u64::try_from(SHARE).unwrap();
    assert_eq!(metric(&running, "frontdesk_connections "), share);
    let refused = metric(&running, "frontdesk_connections_refused_total ");
    assert_eq!(refused, 150 - share);
    let mut held = held.into_iter();
    for mut kept in held.by_ref().take(SHARE) {
        assert!(kept.ask_livez().await.starts_with("HTTP/1.1 200"));
    }
    for refused in held {
        refused.closed().await;
    }
    for other in 3..10 {
        let mut client = running.client_from(&format!("127.0.0.{other}")).await;
        assert!(client.ask_livez().await.starts_with("HTTP/1.1 200"));
    }
}

#[tokio::test]
async fn many_greedy_addresses_leave_room_for_one_more() {
    let running = Running::start(ServerConfig {
        max_connections: 10 * MOST,
        ..ServerConfig::default()
    })
    .await;
    let mut held = Vec::new();
    for address in 20..30 {
        held.extend(hold(&running, &format!("127.0.0.{address}"), 250).await);
    }
    let mut client = running.client_from("127.0.0.3").await;
    assert!(client.ask_livez().await.starts_with("HTTP/1.1 200"));
    assert_eq!(metric(&running, "frontdesk_connections_full_total "), 0);
}

#[tokio::test]
async fn a_trusted_proxy_may_hold_them_all_and_that_shows() {
    let running = started(ServerConfig {
        trusted_proxies: vec!["127.0.0.4/32".parse().unwrap()],
        ..ServerConfig::default()
    })
    .await;
    let most = u64::try_from(MOST).unwrap();
    let mut held = hold(&running, "127.0.0.4", most).await;
    assert_eq!(metric(&running, "frontdesk_connections_refused_total "), 0);
    until(|| metric(&running, "frontdesk_connections_full_total ") > 0).await;
    held.clear();
    let mut client = running.client_from("127.0.0.2").await;
    assert!(client.ask_livez().await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn what_is_idle_without_a_request_is_closed_and_its_share_comes_back() {
    let running = started(ServerConfig {
        head_timeout: Duration::from_secs(1),
        ..ServerConfig::default()
    })
    .await;
    for client in hold(&running, "127.0.0.2", 60).await {
        client.closed().await;
    }
    until(|| metric(&running, "frontdesk_connections ") == 0).await;
    let mut again = running.client_from("127.0.0.2").await;
    assert!(again.ask_livez().await.starts_with("HTTP/1.1 200"));
}
