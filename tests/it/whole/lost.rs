//! The store's files are taken away under the running server.

use serde_json::json;

use crate::support::process::{Frontdesk, client, eventually};

#[tokio::test]
async fn what_is_posted_after_the_stores_files_are_gone_is_refused_and_said_once() {
    let folder = tempfile::tempdir().unwrap();
    let server = Frontdesk::start(folder.path()).await;
    let client = client();
    let post = async |server: &Frontdesk, n: usize| {
        let body = json!({"phone": "+12025550143", "message": format!("hello {n}")});
        server.post(&client, &body, 0).await.unwrap()
    };
    assert_eq!(post(&server, 0).await.0, 200);
    server.settled().await;
    for ending in ["", "-wal", "-shm"] {
        std::fs::remove_file(folder.path().join(format!("frontdesk.db{ending}"))).unwrap();
    }
    for n in 0..20 {
        let (status, answer) = post(&server, n).await;
        assert_eq!(status, 503, "{answer}");
        assert_eq!(answer["error"], "store_unavailable");
    }
    for path in ["/health", "/readyz"] {
        // A probe is good for a second.
        eventually(async || server.get(path).await.0 == 503).await;
        assert_eq!(server.get(path).await.1["status"], "unavailable");
    }
    assert_eq!(server.get("/livez").await.0, 200);
    let log = server.stop().await;
    let errors = log.iter().filter(|line| line.contains("\"ERROR\""));
    let errors: Vec<_> = errors.collect();
    assert_eq!(errors.len(), 1, "{errors:#?}");
    assert!(
        errors[0].contains("deleted, moved or replaced"),
        "{errors:#?}"
    );

    let server = Frontdesk::start(folder.path()).await;
    assert_eq!(post(&server, 0).await.0, 200);
}
