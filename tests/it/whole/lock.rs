//! Two processes and one file: one has it, the other waits for a while.

use serde_json::json;

use crate::support::process::{Frontdesk, client, command};

#[tokio::test]
async fn a_second_process_waits_for_the_grace_and_says_who_has_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let first = Frontdesk::start(folder.path()).await;
    let mut serve = command(folder.path());
    serve.env("SHUTDOWN_GRACE_SECS", "1");
    let began = tokio::time::Instant::now();
    let (status, log) = Frontdesk::launch(serve).ended().await;
    assert!(began.elapsed().as_millis() >= 1000);
    assert_eq!(status.code(), Some(1), "{log:#?}");
    let holder = format!("process {}", first.pid());
    let last = log.last().unwrap();
    assert!(last.contains(&holder), "{last}");
    // The first never noticed.
    assert_eq!(first.get("/readyz").await.0, 200);
    first.stop().await;
}

#[tokio::test]
async fn a_rolling_restart_hands_the_file_over() {
    let folder = tempfile::tempdir().unwrap();
    let serve = || {
        let mut serve = command(folder.path());
        serve.env("SHUTDOWN_GRACE_SECS", "30");
        serve
    };
    let first = Frontdesk::spawn(serve()).await;
    let message = json!({"phone": "+12025550137", "message": "Hi", "message_id": "m-1"});
    let (_, answer) = first.post(&client(), &message, 0).await.unwrap();
    assert_eq!(answer["status"], "accepted");

    let second = Frontdesk::launch(serve());
    second.logged("waiting for the database").await;
    assert_eq!(first.get("/readyz").await.0, 200);
    first.stop().await;
    let second = second.listening().await;
    let (_, answer) = second.post(&client(), &message, 30).await.unwrap();
    assert_eq!(answer["status"], "duplicate");
    assert_eq!(answer["replies"].as_array().unwrap().len(), 1, "{answer}");
    second.stop().await;
}
