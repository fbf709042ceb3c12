//! Looking, copying, forgetting.

use chrono::TimeDelta;
use frontdesk::{
    message::{Arrival, Seq, ThreadId},
    store::{Answer, Gauges, Receipt, Release, Totals},
    workflow::Outcome,
};

use super::{Shop, booking::book, conformance, direct, direct_thread, saying, with_id};

conformance!(
    gauges_count_what_waits,
    the_probe_writes_again_and_again,
    an_unknown_thread_has_nothing_to_wait_for,
    replies_of_an_unknown_thread_are_none,
    purging_forgets_what_is_old_and_keeps_what_waits,
    an_id_outlives_its_words_for_eight_days,
    purging_does_not_bend_the_totals,
);

async fn gauges_count_what_waits(shop: Shop) {
    assert_eq!(shop.store.gauges().await.unwrap(), Gauges::default());
    shop.accept_new(direct("ana", "hi")).await;
    shop.pass(TimeDelta::seconds(90));
    shop.accept_new(direct("bea", "hi")).await;
    let gauges = shop.store.gauges().await.unwrap();
    assert_eq!(gauges.oldest_pending.as_secs(), 90);
    assert_eq!(gauges.active_threads, 2);
    shop.pass(TimeDelta::minutes(29));
    assert_eq!(shop.store.gauges().await.unwrap().active_threads, 1);
    for lease in shop.store.lease(2, super::LEASE).await.unwrap().turns {
        shop.settle(&lease, Outcome::default()).await;
    }
    let gauges = shop.store.gauges().await.unwrap();
    assert_eq!(gauges.oldest_pending.as_secs(), 0);
}

async fn the_probe_writes_again_and_again(shop: Shop) {
    for _ in 0..3 {
        shop.store.probe().await.unwrap();
    }
}

async fn an_unknown_thread_has_nothing_to_wait_for(shop: Shop) {
    let (turn, replies) = (None, vec![]);
    let answer = shop.store.answer(ThreadId(99), Seq(1)).await.unwrap();
    assert_eq!(answer, Answer::Done { turn, replies });
}

async fn replies_of_an_unknown_thread_are_none(shop: Shop) {
    let replies = shop.store.replies(&direct_thread("nobody"), 0, 10).await;
    assert_eq!(replies.unwrap(), []);
}

impl Shop {
    /// Purges until nothing is left to look at.
    async fn purge_all(&self, age: TimeDelta) -> u64 {
        let mut rows = 0;
        loop {
            let purged = self.store.purge(self.now() - age).await.unwrap();
            rows += purged.rows;
            if !purged.more {
                return rows;
            }
        }
    }
}

async fn purging_forgets_what_is_old_and_keeps_what_waits(shop: Shop) {
    let many = (0..500).map(|n| Arrival::Message(direct("ana", &n.to_string())));
    shop.store.accept(many.collect()).await.unwrap();
    let (_, waiting) = shop.accept_new(direct("waits", "still here")).await;
    while let Some(lease) = shop
        .store
        .lease(1, super::LEASE)
        .await
        .unwrap()
        .turns
        .pop()
        .filter(|lease| &*lease.turn.key.key == "ana")
    {
        let mut outcome = saying(&["answer"]);
        if lease.turn.inputs[0].seq == Seq(1) {
            outcome.effects = vec![
                book(&lease, 1, "ana", "11:00", 30),
                book(&lease, 2, "ana", "13:00", 60 * 24 * 200),
            ];
        }
        shop.settle(&lease, outcome).await;
    }
    assert_eq!(shop.purge_all(TimeDelta::days(90)).await, 0);
    shop.pass(TimeDelta::days(92));
    assert!(shop.purge_all(TimeDelta::days(90)).await > 500);
    let replies = shop.store.replies(&direct_thread("ana"), 0, 10).await;
    assert_eq!(replies.unwrap(), []);
    let booking = |n| {
        let store = std::sync::Arc::clone(&shop.store);
        let id = frontdesk::booking::BookingId(uuid::Uuid::from_u128(n));
        async move { store.booking(id).await.unwrap() }
    };
    assert_eq!(booking(1).await, None);
    assert!(booking(2).await.is_some());
    // What waited so long still has its words.
    let lease = shop.lease_one().await;
    assert_eq!(lease.turn.inputs[0].seq, waiting);
    assert_eq!(super::words(&lease), ["still here"]);
    shop.settle(&lease, Outcome::default()).await;
    assert_eq!(shop.purge_all(TimeDelta::days(90)).await, 1);
}

async fn an_id_outlives_its_words_for_eight_days(shop: Shop) {
    let message = with_id("a", direct("ana", "secret"));
    shop.accept_new(message.clone()).await;
    let lease = shop.lease_one().await;
    shop.settle(&lease, Outcome::default()).await;
    shop.pass(TimeDelta::days(2));
    assert_eq!(shop.purge_all(TimeDelta::days(1)).await, 1);
    let again = shop.accept(message.clone()).await;
    assert!(matches!(again, Receipt::Duplicate { .. }), "{again:?}");
    // With its words gone, nobody can tell whether these are others.
    let other = shop.accept(with_id("a", direct("ana", "other"))).await;
    assert!(matches!(other, Receipt::Duplicate { .. }), "{other:?}");
    shop.pass(TimeDelta::days(7));
    assert_eq!(shop.purge_all(TimeDelta::days(1)).await, 1);
    shop.accept_new(message).await;
}

async fn purging_does_not_bend_the_totals(shop: Shop) {
    shop.accept_new(direct("ana", "hi")).await;
    let lease = shop.lease_one().await;
    shop.settle(&lease, saying(&["hello"])).await;
    shop.accept_new(direct("ana", "dies")).await;
    let lease = shop.lease_one().await;
    let release = Release::Dead { reason: "refused" };
    shop.store.release(&lease, release).await.unwrap();
    // A dead turn can be replayed while it is kept.
    shop.pass(TimeDelta::days(10));
    shop.purge_all(TimeDelta::days(11)).await;
    assert_eq!(shop.store.failures().await.unwrap().len(), 1);
    shop.pass(TimeDelta::days(100));
    shop.purge_all(TimeDelta::days(90)).await;
    assert_eq!(shop.store.failures().await.unwrap(), []);
    let totals = Totals {
        accepted: 2,
        done: 1,
        dead: 1,
    };
    assert_eq!(shop.store.totals().await.unwrap(), totals);
}
