//! Many clients at once, who remember what was acknowledged to them.

use std::{
    path::Path,
    sync::{Arc, Mutex},
};

use serde_json::json;

use super::process::{Frontdesk, client};

/// Sends fresh messages until the server is gone; keeps the ids that were acknowledged.
pub(crate) async fn flood(server: Arc<Frontdesk>, lane: usize, acked: Arc<Mutex<Vec<String>>>) {
    let client = client();
    for number in 0.. {
        let id = uuid::Uuid::new_v4().to_string();
        let phone = format!("+1555{:07}", lane * 10 + number % 10);
        let body = json!({"message": "hello", "phone": phone, "message_id": id});
        match server.post(&client, &body, 0).await {
            Some((200, _)) => acked.lock().unwrap().push(id),
            Some((status, answer)) => panic!("{status}: {answer}"),
            None => return,
        }
    }
}

/// The senders' ids of the messages that are stored.
pub(crate) fn stored_ids(folder: &Path) -> Vec<String> {
    let connection = rusqlite::Connection::open(folder.join("frontdesk.db")).unwrap();
    let mut statement = connection
        .prepare("SELECT provider_id FROM messages")
        .unwrap();
    statement
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect()
}
