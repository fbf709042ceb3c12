//! Looking, copying, forgetting.

use chrono::TimeDelta;
use frontdesk::{
    message::{Arrival, Seq, ThreadId},
    store::{Answer, Gauges, Receipt, Release, Totals},
    workflow::Outcome,
};

use super::{Shop, booking::book, conformance, direct, direct_thread, saying, whatsapp, with_id};

conformance!(
    gauges_count_what_waits,
    a_message_ages_until_it_is_answered_whatever_holds_it_up,
    a_crash_does_not_age_what_was_under_way,
    what_a_person_answers_is_not_late_but_counted,
    the_age_of_a_message_is_never_negative,
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

impl Shop {
    async fn oldest_secs(&self) -> u64 {
        self.store.gauges().await.unwrap().oldest_pending.as_secs()
    }
}

async fn a_message_ages_until_it_is_answered_whatever_holds_it_up(shop: Shop) {
    let shop = shop.with_policy(|policy| {
        policy.rate_limit_per_minute = std::num::NonZeroU32::new(1);
        policy.max_attempts = 1_000;
    });
    shop.accept_new(whatsapp("ana", "1", "hi")).await;
    let mut waited = 0;
    // The workflow is down: each attempt is given back, and the pause between them grows.
    for pause in [2_500, 500, 1_000, 2_000, 4_000, 20_000, 45_000] {
        shop.pass(TimeDelta::milliseconds(pause));
        waited += pause;
        let lease = shop.lease_one().await;
        assert_eq!(shop.oldest_secs().await, waited.unsigned_abs() / 1_000);
        let release = Release::Unavailable {
            after: std::time::Duration::ZERO,
            excuse: None,
        };
        shop.store.release(&lease, release).await.unwrap();
        assert_eq!(shop.oldest_secs().await, waited.unsigned_abs() / 1_000);
    }
    assert_eq!(shop.oldest_secs().await, 75);
    // What its sender's limit holds back waits as well.
    let lease = shop.lease_one().await;
    shop.settle(&lease, Outcome::default()).await;
    assert_eq!(shop.oldest_secs().await, 0);
    let receipt = shop.accept(whatsapp("bea", "3", "one")).await;
    assert!(matches!(
        receipt,
        Receipt::Accepted {
            deferred: false,
            ..
        }
    ));
    let receipt = shop.accept(whatsapp("bea", "4", "two")).await;
    assert!(matches!(receipt, Receipt::Accepted { deferred: true, .. }));
    shop.pass(TimeDelta::seconds(40));
    assert_eq!(shop.oldest_secs().await, 40);
}

async fn a_crash_does_not_age_what_was_under_way(shop: Shop) {
    shop.accept_new(direct("ana", "hi")).await;
    shop.pass(TimeDelta::seconds(9));
    shop.lease_one().await;
    let shop = shop.reopen();
    assert_eq!(shop.oldest_secs().await, 9);
}

async fn what_a_person_answers_is_not_late_but_counted(shop: Shop) {
    let (taken, _) = shop.accept_new(direct("ana", "hi")).await;
    shop.accept_new(direct("bea", "hi")).await;
    shop.pass(TimeDelta::seconds(10));
    let until = shop.now() + TimeDelta::hours(1);
    shop.store.pause(taken, Some(until)).await.unwrap();
    shop.accept_new(direct("cas", "a person, please")).await;
    let leases = shop.store.lease(10, super::LEASE).await.unwrap().turns;
    let of = |key: &str| {
        leases
            .iter()
            .find(|lease| &*lease.turn.key.key == key)
            .unwrap()
    };
    assert_eq!(shop.oldest_secs().await, 10);
    shop.settle(of("bea"), Outcome::default()).await;
    assert_eq!(shop.oldest_secs().await, 0);
    let handoff = Outcome {
        handoff: Some(frontdesk::workflow::Handoff::Asked),
        ..Outcome::default()
    };
    shop.settle(of("cas"), handoff).await;
    // One thread is a person's already; one waits for whoever takes it.
    assert_eq!(shop.store.gauges().await.unwrap().waiting_threads, 1);
    shop.pass(TimeDelta::minutes(90));
    // The pause is over, and what came in it was never answered.
    assert_eq!(shop.oldest_secs().await, 90 * 60 + 10);
    shop.pass(TimeDelta::hours(12));
    assert_eq!(shop.store.gauges().await.unwrap().waiting_threads, 0);
}

async fn the_age_of_a_message_is_never_negative(shop: Shop) {
    shop.accept_new(direct("ana", "hi")).await;
    shop.pass(TimeDelta::hours(-2));
    shop.accept_new(direct("bea", "hi")).await;
    assert_eq!(shop.oldest_secs().await, 0);
    shop.pass(TimeDelta::hours(3));
    assert_eq!(shop.oldest_secs().await, 3_600);
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
    /// Purges until nothing is left to look at, once the clock is trusted.
    async fn purge_all(&self, age: TimeDelta) -> u64 {
        let keep = age.to_std().unwrap();
        let mut rows = self.store.purge(keep).await.unwrap().rows;
        self.pass(TimeDelta::hours(1));
        loop {
            let purged = self.store.purge(keep).await.unwrap();
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
