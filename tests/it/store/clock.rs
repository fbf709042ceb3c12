//! A clock that leaps ahead, steps back, or went on while the machine was off.

use std::{num::NonZeroU32, time::Duration};

use chrono::TimeDelta;
use frontdesk::{
    message::{Arrival, SourceKind, Takeover},
    store::{Answered, Receipt, Release},
    workflow::Outcome,
};
use proptest::{prelude::*, test_runner::TestRunner};
use tokio::{runtime::Handle, task::block_in_place};

use super::{
    LEASE, Shop,
    asking::elsewhere,
    booking::{book, id},
    conformance, direct, saying, whatsapp, words,
};
use crate::support::shop::no_limit;

conformance!(
    a_leap_of_the_clock_makes_nothing_be_forgotten,
    after_a_while_off_things_are_forgotten_once_the_clock_is_stable,
    every_leap_and_step_back_begins_the_stable_hour_anew,
    a_step_back_lengthens_no_waiting,
    a_step_back_wakes_who_waits,
    a_step_back_between_two_runs_lengthens_no_waiting,
    a_leap_and_back_neither_ends_a_pause_nor_prolongs_one,
    a_leap_and_back_loses_no_reply,
    a_step_back_lets_no_reply_live_longer,
    a_leap_and_back_gives_up_no_request_to_the_calendar,
    a_step_back_puts_off_no_request_to_the_calendar,
    a_sender_is_not_over_the_limit_for_as_long_as_a_step,
    whatever_the_clock_does_a_message_waits_no_longer_than_it_may,
);

/// How long things are kept.
const KEEP: Duration = Duration::from_hours(90 * 24);

const YEAR: TimeDelta = TimeDelta::days(365);

impl Shop {
    /// The worker looks for work, as it does every two seconds.
    async fn look(&self) -> usize {
        self.store.lease(0, LEASE).await.unwrap().turns.len()
    }

    async fn forgotten(&self) -> u64 {
        self.store.purge(KEEP).await.unwrap().rows
    }

    async fn retention_waits(&self) -> bool {
        self.store.gauges().await.unwrap().retention_waits
    }
}

async fn a_leap_of_the_clock_makes_nothing_be_forgotten(shop: Shop) {
    shop.accept_new(direct("ana", "hi")).await;
    let lease = shop.lease_one().await;
    let outcome = Outcome {
        effects: vec![book(&lease, 1, "ana", "11:00", 60 * 24 * 7)],
        ..saying(&["hello"])
    };
    shop.settle(&lease, outcome).await;
    assert!(!shop.retention_waits().await);
    // A year ahead for two seconds: seen at the start, then put right.
    shop.pass(YEAR);
    let shop = shop.reopen();
    assert_eq!(shop.forgotten().await, 0);
    assert!(shop.retention_waits().await);
    shop.pass(TimeDelta::seconds(2));
    assert_eq!(shop.forgotten().await, 0);
    shop.pass(-YEAR);
    let shop = shop.reopen();
    for minutes in [0, 30, 29] {
        shop.pass(TimeDelta::minutes(minutes));
        assert_eq!(shop.forgotten().await, 0);
    }
    assert!(shop.store.booking(id(1)).await.unwrap().is_some());
    shop.pass(TimeDelta::minutes(1));
    assert_eq!(shop.forgotten().await, 0);
    assert!(!shop.retention_waits().await);
    assert!(shop.store.booking(id(1)).await.unwrap().is_some());
}

async fn after_a_while_off_things_are_forgotten_once_the_clock_is_stable(shop: Shop) {
    shop.accept_new(direct("ana", "hi")).await;
    let lease = shop.lease_one().await;
    shop.settle(&lease, saying(&["hello"])).await;
    shop.pass(TimeDelta::days(97));
    let shop = shop.reopen();
    for minutes in [0, 59] {
        shop.pass(TimeDelta::minutes(minutes));
        assert_eq!(shop.forgotten().await, 0);
    }
    // Another start neither ends the hour nor begins it anew.
    let shop = shop.reopen();
    assert_eq!(shop.forgotten().await, 0);
    shop.pass(TimeDelta::minutes(1));
    assert!(shop.forgotten().await > 0);
}

async fn every_leap_and_step_back_begins_the_stable_hour_anew(shop: Shop) {
    shop.accept_new(direct("ana", "hi")).await;
    let lease = shop.lease_one().await;
    shop.settle(&lease, saying(&["hello"])).await;
    for step in [YEAR, YEAR, TimeDelta::hours(-2)] {
        shop.pass(step);
        for minutes in [0, 30, 29] {
            shop.pass(TimeDelta::minutes(minutes));
            assert_eq!(shop.forgotten().await, 0, "{step}");
        }
    }
    shop.pass(TimeDelta::minutes(1));
    assert!(shop.forgotten().await > 0);
}

async fn a_step_back_lengthens_no_waiting(shop: Shop) {
    let shop = shop.with_policy(|policy| policy.channels = vec![SourceKind::Whatsapp]);
    // One coalesces, one is backed off, one is leased, and one's reply waits for its next attempt.
    shop.accept_new(whatsapp("sent", "4", "hi")).await;
    shop.pass(TimeDelta::seconds(5));
    let sent = shop.lease_one().await;
    shop.settle(&sent, saying(&["hello"])).await;
    let mut due = shop.store.dispatch(1, LEASE, no_limit()).await.unwrap().due;
    let attempt = frontdesk::store::Attempt::Retry {
        after: Duration::from_secs(20),
        reason: "test",
    };
    let dispatch = due.remove(0);
    shop.store
        .delivered(&dispatch, attempt, None)
        .await
        .unwrap();
    shop.accept_new(whatsapp("backoff", "1", "hi")).await;
    shop.pass(TimeDelta::seconds(5));
    let backoff = shop.lease_one().await;
    let after = Duration::from_secs(15);
    shop.store
        .release(&backoff, Release::Retry { after })
        .await
        .unwrap();
    shop.accept_new(whatsapp("leased", "2", "hi")).await;
    shop.pass(TimeDelta::seconds(5));
    shop.lease_one().await;
    shop.accept_new(whatsapp("typing", "3", "hi")).await;

    shop.pass(-YEAR);
    shop.look().await;
    shop.pass(TimeDelta::milliseconds(2_500));
    assert_eq!(words(&shop.lease_one().await), ["hi"]);
    shop.pass(TimeDelta::seconds(8));
    let again = shop.lease_one().await;
    assert_eq!(again.turn.thread, backoff.turn.thread);
    let due = shop.store.dispatch(1, LEASE, no_limit()).await.unwrap().due;
    assert_eq!(due.len(), 1);
    shop.pass(TimeDelta::seconds(20));
    assert!(shop.ready().await >= 1, "the lease of whoever is gone");
    // A thread that waits for nothing now is not held up later.
    shop.pass(-YEAR);
    shop.accept_new(whatsapp("sent", "5", "and?")).await;
    shop.pass(TimeDelta::milliseconds(2_500));
    let leases = shop.store.lease(10, LEASE).await.unwrap().turns;
    assert!(
        leases
            .iter()
            .any(|lease| lease.turn.thread == sent.turn.thread)
    );
}

async fn a_step_back_wakes_who_waits(shop: Shop) {
    shop.accept_new(whatsapp("ana", "1", "hi")).await;
    let signals = shop.store.signals();
    let (work, mail) = (signals.work(), signals.mail());
    shop.pass(TimeDelta::hours(-5));
    shop.look().await;
    assert!(work.has_changed().unwrap() && mail.has_changed().unwrap());
}

async fn a_step_back_between_two_runs_lengthens_no_waiting(shop: Shop) {
    shop.accept_new(whatsapp("ana", "1", "hi")).await;
    shop.pass(TimeDelta::hours(-5));
    let shop = shop.reopen();
    shop.look().await;
    shop.pass(TimeDelta::milliseconds(2_500));
    assert_eq!(words(&shop.lease_one().await), ["hi"]);
}

async fn a_leap_and_back_neither_ends_a_pause_nor_prolongs_one(shop: Shop) {
    let takeover = |key: &str| {
        let message = direct(key, "");
        Arrival::Takeover(Takeover {
            id: None,
            thread: message.thread,
            contact: message.contact,
            text: Some("I am on it".into()),
            at: None,
        })
    };
    let (before, _) = shop.accept_new(direct("before", "hi")).await;
    let (during, _) = shop.accept_new(direct("during", "hi")).await;
    shop.store.accept(vec![takeover("before")]).await.unwrap();
    let until = shop.now() + TimeDelta::hours(12);
    shop.pass(YEAR);
    shop.store.accept(vec![takeover("during")]).await.unwrap();
    shop.pass(-YEAR);
    shop.look().await;
    for thread in [before, during] {
        let (entry, _) = shop.store.thread(thread).await.unwrap().unwrap();
        assert_eq!(entry.paused_until, Some(until));
    }
}

async fn a_leap_and_back_loses_no_reply(shop: Shop) {
    let shop = shop.with_policy(|policy| policy.channels = vec![SourceKind::Whatsapp]);
    shop.accept_new(whatsapp("ana", "1", "hi")).await;
    shop.pass(TimeDelta::seconds(3));
    let lease = shop.lease_one().await;
    shop.settle(&lease, saying(&["hello"])).await;
    let due = async || {
        let due = shop.store.dispatch(10, LEASE, no_limit()).await.unwrap();
        due.due.len()
    };
    shop.pass(YEAR);
    assert_eq!(due().await, 0);
    shop.pass(-YEAR);
    shop.look().await;
    shop.pass(TimeDelta::minutes(1));
    assert_eq!(due().await, 1);
    // After a while off it is too late indeed, once that is known.
    shop.pass(TimeDelta::days(7));
    for minutes in [0, 1, 60, 1] {
        shop.pass(TimeDelta::minutes(minutes));
        assert_eq!(due().await, 0);
    }
    assert_eq!(shop.store.gauges().await.unwrap().outbox_pending, 0);
}

async fn a_step_back_lets_no_reply_live_longer(shop: Shop) {
    let shop = shop.with_policy(|policy| policy.channels = vec![SourceKind::Whatsapp]);
    shop.accept_new(whatsapp("ana", "1", "hi")).await;
    shop.pass(TimeDelta::seconds(3));
    let lease = shop.lease_one().await;
    shop.settle(&lease, saying(&["hello"])).await;
    for hours in [-5, 12, 12] {
        shop.pass(TimeDelta::hours(hours));
        shop.look().await;
    }
    let due = shop.store.dispatch(10, LEASE, no_limit()).await.unwrap();
    assert!(due.due.is_empty());
    assert_eq!(shop.store.gauges().await.unwrap().outbox_pending, 0);
}

async fn a_leap_and_back_gives_up_no_request_to_the_calendar(shop: Shop) {
    let shop = elsewhere(shop);
    shop.asks(1, "11:00").await;
    shop.pass(YEAR);
    let found = shop.store.requests(10, LEASE).await.unwrap();
    assert!(found.due.is_empty());
    shop.pass(-YEAR);
    shop.look().await;
    shop.pass(TimeDelta::minutes(1));
    shop.due_request().await;
}

async fn a_step_back_puts_off_no_request_to_the_calendar(shop: Shop) {
    let shop = elsewhere(shop);
    shop.asks(1, "11:00").await;
    let after = Duration::from_secs(20);
    shop.keeper_answers(Answered::Wait { after }).await;
    shop.pass(TimeDelta::hours(-5));
    shop.look().await;
    shop.pass(TimeDelta::seconds(20));
    shop.due_request().await;
}

async fn a_sender_is_not_over_the_limit_for_as_long_as_a_step(shop: Shop) {
    let shop = shop.with_policy(|policy| policy.rate_limit_per_minute = NonZeroU32::new(1));
    shop.accept_new(direct("ana", "one")).await;
    shop.pass(-YEAR);
    let Receipt::Limited { retry_after } = shop.accept(direct("ana", "two")).await else {
        panic!("not limited");
    };
    assert!(retry_after <= Duration::from_mins(1), "{retry_after:?}");
    shop.pass(TimeDelta::minutes(1));
    shop.accept_new(direct("ana", "two")).await;
}

async fn whatever_the_clock_does_a_message_waits_no_longer_than_it_may(shop: Shop) {
    let jump = prop_oneof![
        -40_000_000_i64..40_000_000,
        -4_000_i64..4_000,
        Just(0),
        1_i64..5,
    ];
    let jumps = prop::collection::vec((jump, any::<bool>()), 1..12);
    let mut runner = TestRunner::new(ProptestConfig::with_cases(48));
    let held = runner.run(&jumps, |jumps| {
        block_in_place(|| {
            Handle::current().block_on(async {
                for (n, (secs, writes)) in jumps.into_iter().enumerate() {
                    if writes {
                        let id = format!("{}-{n}", shop.now().timestamp_micros());
                        shop.accept(whatsapp("ana", &id, "hi")).await;
                    }
                    shop.pass(TimeDelta::seconds(secs));
                    shop.look().await;
                }
                let waits = shop.store.totals().await.unwrap().pending() > 0;
                // The longest time that a message may wait for the next one.
                shop.pass(TimeDelta::seconds(10));
                let leases = shop.store.lease(10, LEASE).await.unwrap().turns;
                prop_assert_eq!(!leases.is_empty(), waits);
                for lease in leases {
                    shop.settle(&lease, Outcome::default()).await;
                }
                Ok(())
            })
        })
    });
    held.unwrap_or_else(|broken| panic!("{broken}"));
}
