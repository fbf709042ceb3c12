//! The end by SIGTERM: nothing acknowledged is lost, nobody is left hanging.

use std::{
    collections::HashSet,
    path::Path,
    sync::{Arc, Mutex},
};

use serde_json::json;
use tokio::task::JoinSet;

use super::{YEAR_2100_MS, hold_back, stored};
use crate::support::{
    load::{flood, stored_ids},
    process::{Frontdesk, client, command, eventually},
};

const CLIENTS: usize = 8;

/// On disk every accepted message is done, dead, or waits as an input.
fn assert_accounted_for(folder: &Path) {
    let unaccounted = "SELECT accepted - done - dead - (SELECT count(*) FROM inputs) FROM totals";
    assert_eq!(stored(folder, unaccounted), 0);
    let unstored = "SELECT accepted - (SELECT count(*) FROM messages) FROM totals";
    assert_eq!(stored(folder, unstored), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_under_load_serves_on_while_it_drains_and_keeps_what_it_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let mut serve = command(folder.path());
    serve
        .env("RATE_LIMIT_PER_MINUTE", "0")
        .env(
            "LOG_LEVEL",
            "WARN,frontdesk::app=INFO,frontdesk::shutdown=INFO",
        )
        .env("DRAIN_DELAY_SECS", "5")
        .env("SHUTDOWN_GRACE_SECS", "30");
    let server = Arc::new(Frontdesk::spawn(serve).await);
    let acked = Arc::new(Mutex::new(Vec::new()));
    let mut clients = JoinSet::new();
    for lane in 0..CLIENTS {
        clients.spawn(flood(Arc::clone(&server), lane, Arc::clone(&acked)));
    }
    let count = || acked.lock().unwrap().len();
    eventually(async || count() >= 100).await;
    assert_eq!(server.get("/readyz").await.0, 200);
    server.signal("TERM");
    eventually(async || server.get("/readyz").await.0 == 503).await;
    // Not ready, and yet whoever comes is served.
    let before = count();
    let fresh = json!({"phone": "+12025550137", "message": "Hi", "message_id": "late"});
    let (status, answer) = server.post(&client(), &fresh, 0).await.unwrap();
    assert_eq!((status, &answer["status"]), (200, &json!("accepted")));
    eventually(async || count() > before).await;
    assert_eq!(server.get("/livez").await.0, 200);

    while let Some(ended) = clients.join_next().await {
        ended.unwrap();
    }
    let (status, log) = Arc::into_inner(server).unwrap().ended().await;
    assert_eq!(status.code(), Some(0), "{log:#?}");
    let within_grace = !log.iter().any(|line| line.contains("the grace is over"));
    assert!(within_grace, "{log:#?}");

    assert_accounted_for(folder.path());
    let ids: HashSet<_> = stored_ids(folder.path()).into_iter().collect();
    let acked = std::mem::take(&mut *acked.lock().unwrap());
    let lost = acked.iter().filter(|id| !ids.contains(*id)).count();
    assert_eq!(lost, 0, "of {} acknowledged", acked.len());

    let server = Frontdesk::start(folder.path()).await;
    server.settled().await;
    let accepted = server.metric("frontdesk_messages_accepted_total").await;
    assert_eq!(accepted, ids.len() as u64);
    assert_eq!(
        server.metric("frontdesk_messages_done_total").await,
        accepted
    );
    assert_eq!(server.metric("frontdesk_messages_dead").await, 0);
}

#[tokio::test]
async fn a_client_who_waits_is_answered_plainly_at_the_end_and_its_message_later() {
    let folder = tempfile::tempdir().unwrap();
    let server = Frontdesk::start(folder.path()).await;
    server.say("+12025550137", "Hi").await;
    server.stop().await;
    hold_back(folder.path(), YEAR_2100_MS);

    let server = Frontdesk::start(folder.path()).await;
    let message = json!({"phone": "+12025550137", "message": "Hi", "message_id": "held"});
    let http = client();
    let waiting = server.post(&http, &message, 30);
    let stopping = async {
        eventually(async || server.metric("frontdesk_messages_pending").await == 1).await;
        server.signal("TERM");
    };
    let (answer, ()) = tokio::join!(waiting, stopping);
    let (status, answer) = answer.unwrap();
    assert_eq!((status, &answer["status"]), (200, &json!("accepted")));
    for field in ["turn_id", "replies"] {
        assert!(answer.get(field).is_none(), "{answer}");
    }
    let (status, log) = server.ended().await;
    assert_eq!(status.code(), Some(0), "{log:#?}");
    assert_accounted_for(folder.path());
    assert_eq!(stored(folder.path(), "SELECT count(*) FROM inputs"), 1);

    hold_back(folder.path(), 0);
    let server = Frontdesk::start(folder.path()).await;
    let (_, answer) = server.post(&http, &message, 30).await.unwrap();
    assert_eq!(answer["status"], "duplicate");
    assert_eq!(answer["replies"].as_array().unwrap().len(), 1, "{answer}");
}
