//! What was acknowledged survives `kill -9`, once.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
};

use tokio::task::JoinSet;

use crate::support::{
    load::{flood, stored_ids},
    process::{Frontdesk, command},
};

const ROUNDS: u64 = 20;
const CLIENTS: usize = 16;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_under_load_again_and_again_it_loses_and_doubles_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let start = || {
        let mut command = command(folder.path());
        command
            .env("RATE_LIMIT_PER_MINUTE", "0")
            .env("LOG_LEVEL", "WARN,frontdesk::app=INFO");
        Frontdesk::spawn(command)
    };
    let acked = Arc::new(Mutex::new(Vec::new()));
    for round in 0..ROUNDS {
        let server = Arc::new(start().await);
        let mut clients = JoinSet::new();
        for lane in 0..CLIENTS {
            clients.spawn(flood(Arc::clone(&server), lane, Arc::clone(&acked)));
        }
        // The kill comes at another point of the load in each round.
        let goal = acked.lock().unwrap().len() + 150 + usize::try_from(round * 37 % 200).unwrap();
        while acked.lock().unwrap().len() < goal {
            tokio::task::yield_now().await;
        }
        server.signal("KILL");
        while let Some(ended) = clients.join_next().await {
            ended.unwrap();
        }
        Arc::into_inner(server).unwrap().kill().await;
    }

    let server = start().await;
    server.settled().await;
    let accepted = server.metric("frontdesk_messages_accepted_total").await;
    let done = server.metric("frontdesk_messages_done_total").await;
    server.kill().await;

    let stored = stored_ids(folder.path());
    let unique: HashSet<_> = stored.iter().collect();
    assert_eq!(unique.len(), stored.len(), "no message is stored twice");
    let acked = acked.lock().unwrap();
    let lost = acked.iter().filter(|id| !unique.contains(id)).count();
    assert_eq!(lost, 0, "of {} acknowledged", acked.len());
    // What was stored and not acknowledged in time was processed as well: once each.
    assert_eq!((accepted, done), (stored.len() as u64, stored.len() as u64));
}
