//! Turns whose answer takes a while: callbacks, and customers who are told to wait.

use std::time::Duration;

use bytes::Bytes;
use chrono::TimeDelta;
use frontdesk::{
    message::{Reply, Seq, ThreadId},
    store::{Answer, CalledBack, Release, Released},
    workflow::{Outcome, TurnId},
};

use super::{Shop, conformance, direct, direct_thread};

conformance!(
    a_callback_lets_its_turn_run_at_once,
    a_callback_that_comes_during_the_attempt_is_not_lost,
    a_callback_outlives_a_restart,
    a_callback_for_anything_else_changes_nothing,
    a_callback_is_for_one_revision,
    without_a_callback_the_turn_is_tried_again_and_no_attempt_is_spent,
    a_customer_is_told_to_wait_once_an_hour,
);

const WITHIN: Duration = Duration::from_mins(10);

fn later() -> Release {
    Release::Later { within: WITHIN }
}

async fn call_back(shop: &Shop, turn: TurnId, revision: u32, answer: &str) -> CalledBack {
    let answer = Bytes::from(answer.to_owned());
    let store = &shop.store;
    store.call_back(turn, revision, answer).await.unwrap()
}

async fn a_callback_lets_its_turn_run_at_once(shop: Shop) {
    shop.accept_new(direct("ana", "hello")).await;
    let lease = shop.lease_one().await;
    assert_eq!(lease.turn.answer, None);
    shop.store.release(&lease, later()).await.unwrap();
    assert_eq!(shop.ready().await, 0);
    let turn = lease.turn.id;
    assert_eq!(call_back(&shop, turn, 0, "one").await, CalledBack::Taken);
    assert_eq!(call_back(&shop, turn, 0, "one").await, CalledBack::Repeated);
    assert_eq!(call_back(&shop, turn, 0, "two").await, CalledBack::Over);
    let again = shop.lease_one().await;
    assert_eq!((again.turn.id, again.turn.attempt), (turn, 1));
    assert_eq!(again.turn.answer, Some(Bytes::from("one")));
    assert!(!shop.settle(&again, Outcome::default()).await);
    // It is gone with its turn.
    shop.accept_new(direct("ana", "and now?")).await;
    assert_eq!(shop.lease_one().await.turn.answer, None);
}

async fn a_callback_that_comes_during_the_attempt_is_not_lost(shop: Shop) {
    shop.accept_new(direct("ana", "hello")).await;
    let lease = shop.lease_one().await;
    let taken = call_back(&shop, lease.turn.id, 0, "one").await;
    assert_eq!(taken, CalledBack::Taken);
    assert_eq!(shop.ready().await, 0, "it is leased");
    shop.store.release(&lease, later()).await.unwrap();
    let again = shop.lease_one().await;
    assert_eq!(again.turn.answer, Some(Bytes::from("one")));
    // What waits for another reason waits on.
    let release = Release::Unavailable {
        after: WITHIN,
        excuse: None,
    };
    shop.store.release(&again, release).await.unwrap();
    assert_eq!(shop.ready().await, 0);
}

async fn a_callback_outlives_a_restart(mut shop: Shop) {
    shop.accept_new(direct("ana", "hello")).await;
    let lease = shop.lease_one().await;
    shop.store.release(&lease, later()).await.unwrap();
    call_back(&shop, lease.turn.id, 0, "one").await;
    shop = shop.reopen();
    let again = shop.lease_one().await;
    assert_eq!(again.turn.answer, Some(Bytes::from("one")));
}

async fn a_callback_for_anything_else_changes_nothing(shop: Shop) {
    let (thread, seq) = shop.accept_new(direct("ana", "hello")).await;
    let turn = TurnId {
        thread,
        first: seq,
        last: seq,
    };
    // No turn is fixed before it is leased.
    assert_eq!(call_back(&shop, turn, 0, "a").await, CalledBack::Over);
    let lease = shop.lease_one().await;
    shop.store.release(&lease, later()).await.unwrap();
    for (id, revision, expected) in [
        (turn, 1, CalledBack::Over),
        (
            TurnId {
                last: Seq(9),
                ..turn
            },
            0,
            CalledBack::Unknown,
        ),
        (
            TurnId {
                first: Seq(0),
                ..turn
            },
            0,
            CalledBack::Unknown,
        ),
        (
            TurnId {
                thread: ThreadId(77),
                ..turn
            },
            0,
            CalledBack::Unknown,
        ),
    ] {
        assert_eq!(call_back(&shop, id, revision, "a").await, expected);
    }
    assert_eq!(shop.ready().await, 0);
    shop.pass(TimeDelta::minutes(10));
    let lease = shop.lease_one().await;
    assert!(!shop.settle(&lease, Outcome::default()).await);
    assert_eq!(call_back(&shop, turn, 0, "a").await, CalledBack::Over);
}

async fn a_callback_is_for_one_revision(shop: Shop) {
    shop.accept_new(direct("ana", "hello")).await;
    let lease = shop.lease_one().await;
    call_back(&shop, lease.turn.id, 0, "one").await;
    shop.store.pause(lease.turn.thread, None).await.unwrap();
    // The thread changed under the turn, which is asked anew.
    let committed = shop.store.commit(&lease, Outcome::default()).await.unwrap();
    let frontdesk::store::Committed::Stale { lease } = committed else {
        panic!("{committed:?}")
    };
    assert_eq!((lease.turn.revision, &lease.turn.answer), (1, &None));
    let late = call_back(&shop, lease.turn.id, 0, "late").await;
    assert_eq!(late, CalledBack::Over);
    let taken = call_back(&shop, lease.turn.id, 1, "two").await;
    assert_eq!(taken, CalledBack::Taken);
}

async fn without_a_callback_the_turn_is_tried_again_and_no_attempt_is_spent(shop: Shop) {
    let (thread, seq) = shop.accept_new(direct("ana", "hello")).await;
    for _ in 0..20 {
        let lease = shop.lease_one().await;
        assert_eq!(lease.turn.attempt, 1);
        let released = shop.store.release(&lease, later()).await.unwrap();
        assert_eq!(released, Released::Waiting);
        // Not sooner because the customer goes on.
        shop.accept_new(direct("ana", "still there?")).await;
        shop.pass(TimeDelta::seconds(599));
        assert_eq!(shop.ready().await, 0);
        shop.pass(TimeDelta::seconds(1));
    }
    let answer = shop.store.answer(thread, seq).await.unwrap();
    assert_eq!(answer, Answer::Pending);
}

async fn a_customer_is_told_to_wait_once_an_hour(shop: Shop) {
    let (thread, seq) = shop.accept_new(direct("ana", "hello")).await;
    shop.accept_new(direct("bea", "hello")).await;
    let release = Release::Unavailable {
        after: Duration::from_mins(10),
        excuse: Some(Reply::text("Soon.")),
    };
    for _ in 0..13 {
        let leases = shop.store.lease(10, super::LEASE).await.unwrap();
        assert_eq!(leases.turns.len(), 2);
        for lease in &leases.turns {
            shop.store.release(lease, release.clone()).await.unwrap();
        }
        shop.pass(TimeDelta::minutes(10));
    }
    // Two hours: three times, in each of the threads.
    for name in ["ana", "bea"] {
        let said = shop.store.replies(&direct_thread(name), 0, 100).await;
        let said = said.unwrap();
        assert_eq!(said.len(), 3);
        assert!(said.iter().all(|one| one.turn.is_none()));
    }
    // It is no answer to the turn.
    let answer = shop.store.answer(thread, seq).await.unwrap();
    assert_eq!(answer, Answer::Pending);
}
