//! When a turn may run: coalescing, taps, backoff, deferral, wake-ups.

use std::{num::NonZeroU32, time::Duration};

use chrono::TimeDelta;
use frontdesk::{
    message::{Content, InboundMessage},
    store::Release,
    workflow::Outcome,
};

use super::{LEASE, Shop, conformance, direct, whatsapp, words};

conformance!(
    a_providers_thread_waits_until_the_customer_stopped_typing,
    a_steady_typist_is_answered_after_the_maximum,
    a_tap_ends_the_waiting_but_not_a_backoff,
    the_direct_source_never_waits,
    a_new_message_does_not_shorten_a_backoff_or_a_deferral,
    what_comes_during_a_turn_keeps_its_own_time,
    acceptance_and_release_wake_the_worker,
    a_restart_keeps_the_schedule,
);

fn tap(user: &str, id: &str) -> InboundMessage {
    InboundMessage {
        content: Content::Choice {
            id: "slot-1".to_owned(),
            title: "10:00".to_owned(),
        },
        ..whatsapp(user, id, "")
    }
}

async fn a_providers_thread_waits_until_the_customer_stopped_typing(shop: Shop) {
    shop.accept_new(whatsapp("ana", "1", "hi")).await;
    shop.pass(TimeDelta::milliseconds(2_000));
    shop.accept_new(whatsapp("ana", "2", "a haircut")).await;
    let leases = shop.store.lease(10, LEASE).await.unwrap();
    let due = shop.now() + TimeDelta::milliseconds(2_500);
    assert_eq!((leases.turns.len(), leases.next_ready_at), (0, Some(due)));
    shop.pass(TimeDelta::milliseconds(2_499));
    assert_eq!(shop.ready().await, 0);
    shop.pass(TimeDelta::milliseconds(1));
    assert_eq!(words(&shop.lease_one().await), ["hi", "a haircut"]);
}

async fn a_steady_typist_is_answered_after_the_maximum(shop: Shop) {
    for n in 0..5 {
        assert_eq!(shop.ready().await, 0);
        shop.accept_new(whatsapp("ana", &n.to_string(), "and"))
            .await;
        shop.pass(TimeDelta::milliseconds(2_000));
    }
    assert_eq!(shop.lease_one().await.turn.inputs.len(), 5);
}

async fn a_tap_ends_the_waiting_but_not_a_backoff(shop: Shop) {
    shop.accept_new(whatsapp("ana", "1", "hi")).await;
    shop.accept_new(tap("ana", "2")).await;
    let lease = shop.lease_one().await;
    assert_eq!(words(&lease), ["hi", "10:00"]);
    let after = Duration::from_mins(1);
    let release = Release::Unavailable {
        after,
        excuse: None,
    };
    shop.store.release(&lease, release).await.unwrap();
    shop.accept_new(tap("ana", "3")).await;
    shop.pass(TimeDelta::milliseconds(59_999));
    assert_eq!(shop.ready().await, 0);
    shop.pass(TimeDelta::milliseconds(1));
    assert_eq!(shop.lease_one().await.turn.id, lease.turn.id);
}

async fn the_direct_source_never_waits(shop: Shop) {
    shop.accept_new(direct("ana", "hi")).await;
    assert_eq!(words(&shop.lease_one().await), ["hi"]);
}

async fn a_new_message_does_not_shorten_a_backoff_or_a_deferral(shop: Shop) {
    shop.accept_new(direct("ana", "hi")).await;
    let lease = shop.lease_one().await;
    let after = Duration::from_mins(1);
    let release = Release::Retry { after };
    shop.store.release(&lease, release).await.unwrap();
    shop.accept_new(direct("ana", "hello?")).await;
    shop.pass(TimeDelta::seconds(59));
    assert_eq!(shop.ready().await, 0);
    shop.pass(TimeDelta::seconds(1));
    let lease = shop.lease_one().await;
    shop.settle(&lease, Outcome::default()).await;

    let shop = shop.with_policy(|policy| policy.rate_limit_per_minute = NonZeroU32::new(1));
    let lease = shop.lease_one().await;
    shop.settle(&lease, Outcome::default()).await;
    shop.accept_new(whatsapp("bea", "1", "hi")).await;
    shop.accept_new(whatsapp("bea", "2", "deferred")).await;
    shop.pass(TimeDelta::seconds(59));
    // Not even a tap, which is deferred as well.
    shop.accept_new(tap("bea", "3")).await;
    assert_eq!(shop.ready().await, 0);
    shop.pass(TimeDelta::seconds(1));
    assert_eq!(shop.lease_one().await.turn.inputs.len(), 3);
}

async fn what_comes_during_a_turn_keeps_its_own_time(shop: Shop) {
    shop.accept_new(tap("ana", "1")).await;
    let lease = shop.lease_one().await;
    shop.pass(TimeDelta::seconds(1));
    shop.accept_new(whatsapp("ana", "2", "one more thing"))
        .await;
    shop.pass(TimeDelta::seconds(1));
    assert!(shop.settle(&lease, Outcome::default()).await);
    assert_eq!(shop.ready().await, 0);
    shop.pass(TimeDelta::milliseconds(1_500));
    assert_eq!(words(&shop.lease_one().await), ["one more thing"]);
}

async fn acceptance_and_release_wake_the_worker(shop: Shop) {
    let mut work = shop.store.signals().work();
    shop.accept_new(direct("ana", "hi")).await;
    assert!(work.has_changed().unwrap());
    work.mark_unchanged();
    let lease = shop.lease_one().await;
    assert!(!work.has_changed().unwrap());
    let after = Duration::ZERO;
    let release = Release::Retry { after };
    shop.store.release(&lease, release).await.unwrap();
    assert!(work.has_changed().unwrap());
    work.mark_unchanged();
    // What came between the last look and the commit is not overslept.
    let lease = shop.lease_one().await;
    shop.accept_new(direct("ana", "hello?")).await;
    work.mark_unchanged();
    assert!(shop.settle(&lease, Outcome::default()).await);
    assert!(work.has_changed().unwrap());
}

async fn a_restart_keeps_the_schedule(shop: Shop) {
    shop.accept_new(whatsapp("ana", "1", "hi")).await;
    let due = shop.now() + TimeDelta::milliseconds(2_500);
    let shop = shop.reopen();
    let leases = shop.store.lease(10, LEASE).await.unwrap();
    assert_eq!((leases.turns.len(), leases.next_ready_at), (0, Some(due)));
}
