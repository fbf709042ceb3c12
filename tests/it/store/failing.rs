//! Failures: a replay moves dead to pending, what is discarded counts as done.

use frontdesk::{
    message::{Arrival, SourceKind, Unprocessed, UnprocessedReason},
    signature::Scheme,
    store::{Failed, FailureId, FailuresWanted, Release, Settlement, Totals},
    workflow::Outcome,
};

use super::{Shop, business, conformance, direct, words};

conformance!(
    a_replayed_turn_waits_behind_what_waits,
    the_sum_holds_whatever_is_replayed_and_discarded,
    an_empty_delivery_is_shown_as_it_came,
    a_replay_does_not_pretend_that_the_customer_wrote_now,
);

impl Shop {
    async fn die(&self, text: &str) {
        self.accept_new(direct("a", text)).await;
        let lease = self.lease_one().await;
        let dead = Release::Dead { reason: "test" };
        self.store.release(&lease, dead).await.unwrap();
    }

    async fn dead_turn(&self) -> i64 {
        let wanted = FailuresWanted {
            business: business(),
            after: None,
            limit: 1,
            preview: 10,
        };
        match self.store.failed(wanted).await.unwrap()[0].id {
            FailureId::Turn(number) => number,
            other => panic!("{other}"),
        }
    }

    async fn totals(&self) -> [u64; 4] {
        let totals = self.store.totals().await.unwrap();
        let Totals {
            accepted,
            done,
            dead,
        } = totals;
        [accepted, done, totals.pending(), dead]
    }
}

async fn a_replayed_turn_waits_behind_what_waits(shop: Shop) {
    shop.die("first").await;
    shop.accept_new(direct("a", "second")).await;
    let turn = shop.dead_turn().await;
    assert_eq!(shop.store.replay(turn).await.unwrap(), Settlement::Done);
    let lease = shop.lease_one().await;
    assert_eq!(words(&lease), ["second", "first"]);
    assert!(!shop.settle(&lease, Outcome::default()).await);
    assert_eq!(shop.totals().await, [2, 2, 0, 0]);
}

async fn the_sum_holds_whatever_is_replayed_and_discarded(shop: Shop) {
    shop.die("first").await;
    assert_eq!(shop.totals().await, [1, 0, 0, 1]);
    let turn = shop.dead_turn().await;
    shop.store.replay(turn).await.unwrap();
    assert_eq!(shop.totals().await, [1, 0, 1, 0]);
    assert_eq!(shop.store.replay(turn).await.unwrap(), Settlement::Gone);
    let lease = shop.lease_one().await;
    let dead = Release::Dead { reason: "again" };
    shop.store.release(&lease, dead).await.unwrap();
    assert_eq!(shop.totals().await, [1, 0, 0, 1]);
    let id = FailureId::Turn(shop.dead_turn().await);
    let failure = shop.store.failure(id).await.unwrap().unwrap();
    assert_eq!(&*failure.reason, "again");
    assert!(matches!(failure.what, Failed::Turn { messages: 1, .. }));
    assert_eq!(shop.store.discard(id).await.unwrap(), Settlement::Done);
    assert_eq!(shop.totals().await, [1, 1, 0, 0]);
    assert_eq!(shop.store.discard(id).await.unwrap(), Settlement::Gone);
    assert_eq!(shop.store.failure(id).await.unwrap(), None);
}

async fn a_replay_does_not_pretend_that_the_customer_wrote_now(shop: Shop) {
    shop.die("first").await;
    let wrote = shop.now();
    shop.pass(chrono::TimeDelta::hours(30));
    let turn = shop.dead_turn().await;
    shop.store.replay(turn).await.unwrap();
    let lease = shop.lease_one().await;
    let (thread, _) = shop.store.thread(lease.turn.thread).await.unwrap().unwrap();
    assert_eq!(thread.last_at, wrote);
    assert_eq!(lease.turn.inputs[0].sent_at, wrote);
}

async fn an_empty_delivery_is_shown_as_it_came(shop: Shop) {
    let empty = Arrival::Unprocessed(Unprocessed {
        business: None,
        source: SourceKind::Highlevel,
        reason: UnprocessedReason::NotUnderstood,
        scheme: Scheme::SharedSecret,
        raw: bytes::Bytes::new(),
    });
    shop.store.accept(vec![empty]).await.unwrap();
    let failure = shop.store.failure(FailureId::Delivery(1)).await.unwrap();
    let Failed::Delivery { raw, .. } = failure.unwrap().what else {
        panic!("no delivery")
    };
    assert!(raw.is_empty());
}
