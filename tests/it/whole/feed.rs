//! A calendar's address: made and closed beside the running server, and never in its log.

use super::salon;
use crate::support::process::{Frontdesk, client};

/// What the command prints, run on the folder of a server.
async fn feed_token(folder: &std::path::Path, args: &[&str]) -> (Option<i32>, String) {
    let mut command = salon(folder);
    let output = command.arg("feed-token").args(args).output().await.unwrap();
    let words = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(words).unwrap())
}

#[tokio::test]
async fn an_address_is_made_and_closed_beside_the_server_and_never_logged() {
    let folder = tempfile::tempdir().unwrap();
    let (code, words) = feed_token(folder.path(), &[]).await;
    assert_eq!(code, Some(1), "{words}");
    assert!(words.contains("start the server once"), "{words}");

    let mut serve = salon(folder.path());
    serve.env("LOG_LEVEL", "TRACE");
    let server = Frontdesk::spawn(serve).await;
    server.say("+12025550137", "hello").await;
    let (code, words) = feed_token(folder.path(), &["--names"]).await;
    assert_eq!(code, Some(0), "{words}");
    let path = words
        .lines()
        .find(|line| line.starts_with("/calendar.ics"))
        .unwrap();
    let get = async |path: &str| {
        let answer = client().get(format!("{}{path}", server.url)).send().await;
        answer.unwrap()
    };
    let answer = get(path).await;
    assert_eq!(answer.status(), 200);
    assert!(
        answer
            .text()
            .await
            .unwrap()
            .starts_with("BEGIN:VCALENDAR\r\n")
    );
    // The server goes on writing.
    server.say("+12025550138", "hello").await;

    let (_, revoked) = feed_token(folder.path(), &["--revoke"]).await;
    assert_eq!(revoked, "1 revoked.\n");
    assert_eq!(get(path).await.status(), 401);
    let (code, words) = feed_token(folder.path(), &["--staff", "zoe"]).await;
    assert_eq!(code, Some(64), "{words}");
    let token = path.rsplit_once('=').unwrap().1.to_owned();
    let log = server.stop().await;
    assert!(log.iter().any(|line| line.contains("/calendar.ics")));
    assert!(log.iter().all(|line| !line.contains(&token)), "{log:#?}");
}
