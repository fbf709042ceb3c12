//! `Prefer: wait`: the answer waits for the replies, and for nothing else.

use std::{sync::Arc, time::Duration};

use axum::Router;
use frontdesk::{
    message::{Reply, Seq, ThreadId},
    shutdown::Phase,
    store::Answer as Settled,
    workflow::TurnId,
};
use http::StatusCode;
use tokio::time::Instant;

use crate::support::{
    edge::{Answer, TestEdge, message, post},
    fake_store::FakeStore,
};

const THREAD: ThreadId = ThreadId(1);

fn replied(text: &str) -> Settled {
    Settled::Done {
        turn: Some(TurnId {
            thread: THREAD,
            first: Seq(1),
            last: Seq(1),
        }),
        replies: vec![Reply::text(text)],
    }
}

async fn waiting(router: &Router, id: &str) -> Answer {
    post(router, &message(id), &[("prefer", "wait=20")]).await
}

/// Settles the first message of the thread once it is accepted.
async fn settle_once_accepted(store: &Arc<FakeStore>, answer: Settled) {
    while store.accepted() == 0 {
        tokio::task::yield_now().await;
    }
    store.settle(THREAD, Seq(1), answer);
}

#[tokio::test(start_paused = true)]
async fn the_replies_of_the_turn_are_in_the_answer() {
    let test = TestEdge::new();
    let router = test.router();
    let (answer, ()) = tokio::join!(
        waiting(&router, "m1"),
        settle_once_accepted(&test.store, replied("At 10 or at 11?"))
    );
    assert_eq!(answer.header("preference-applied"), "wait=20");
    insta::assert_json_snapshot!(answer.json(), @r#"
    {
      "message": "Message accepted.",
      "message_id": "m1",
      "replies": [
        {
          "kind": "text",
          "text": "At 10 or at 11?"
        }
      ],
      "status": "accepted",
      "thread_id": "+12025550100",
      "timestamp": "2026-11-23T12:00:00.000Z",
      "turn_id": "t1-1-1"
    }
    "#);

    let repeated = waiting(&router, "m1").await.json();
    assert_eq!(repeated["status"], "duplicate");
    assert_eq!(repeated["replies"][0]["text"], "At 10 or at 11?");
}

#[tokio::test(start_paused = true)]
async fn a_dead_turn_answers_at_once() {
    let test = TestEdge::new();
    let router = test.router();
    let began = Instant::now();
    let (answer, ()) = tokio::join!(
        waiting(&router, "m1"),
        settle_once_accepted(&test.store, Settled::Dead)
    );
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.json()["replies"], serde_json::json!([]));
    assert!(began.elapsed() < Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn when_the_time_is_over_it_is_the_plain_answer() {
    let router = TestEdge::new().router();
    let began = Instant::now();
    let answer = waiting(&router, "m1").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("preference-applied"), "");
    assert_eq!(answer.json()["replies"], serde_json::Value::Null);
    assert_eq!(began.elapsed().as_secs(), 20);
}

#[tokio::test(start_paused = true)]
async fn a_wake_up_that_never_comes_is_made_up_for_by_looking() {
    let test = TestEdge::new();
    let router = test.router();
    let began = Instant::now();
    // Another process settles it: there is no signal here.
    let elsewhere = async {
        while test.store.accepted() == 0 {
            tokio::task::yield_now().await;
        }
        test.store.settle_silently(THREAD, Seq(1), replied("Done."));
    };
    let (answer, ()) = tokio::join!(waiting(&router, "m1"), elsewhere);
    assert_eq!(answer.json()["replies"][0]["text"], "Done.");
    assert!(began.elapsed() <= Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn the_end_of_the_process_answers_who_waits() {
    let test = TestEdge::new();
    let router = test.router();
    let shutdown = test.edge.shutdown.clone();
    let ending = async {
        while test.store.accepted() == 0 {
            tokio::task::yield_now().await;
        }
        shutdown.request();
        shutdown.reached(Phase::Closing).await;
    };
    let began = Instant::now();
    tokio::select! {
        () = test.edge.shutdown.run() => panic!("nobody was answered"),
        (answer, ()) = async { tokio::join!(waiting(&router, "m1"), ending) } => {
            assert_eq!(answer.status, StatusCode::OK);
            assert_eq!(answer.json()["status"], "accepted");
        }
    }
    assert!(began.elapsed() < Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn who_waits_leaves_its_place_to_others() {
    let mut test = TestEdge::new();
    test.edge.limits.requests_in_flight = 1;
    let router = test.router();
    let other = async {
        while test.store.accepted() == 0 {
            tokio::task::yield_now().await;
        }
        post(&router, &message("m2"), &[]).await
    };
    let (waited, other) = tokio::join!(waiting(&router, "m1"), other);
    assert_eq!(waited.status, StatusCode::OK);
    assert_eq!(other.status, StatusCode::OK);
    let next = post(&router, &message("m3"), &[]).await;
    assert_eq!(next.status, StatusCode::OK);
}
