//! Leasing, committing and giving back: in order, one at a time, all or nothing.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use chrono::TimeDelta;
use frontdesk::{
    booking::Conflict,
    message::{Arrival, Reply},
    store::{Answer, Committed, Release, Totals},
    workflow::{Handoff, Outcome, State, StateChange, Turn},
};

use super::{
    LEASE, Shop, booking::book, conformance, direct, direct_thread, phone, saying, whatsapp, words,
};

conformance!(
    a_turn_holds_what_waits_of_one_customer_and_at_most_twenty,
    a_turn_is_fixed_when_it_is_first_leased,
    a_leased_thread_is_nobody_elses,
    the_longest_waiting_thread_is_leased_first,
    a_lost_lease_comes_back_with_a_higher_token_and_the_loser_changes_nothing,
    a_restart_voids_the_leases_at_once,
    a_commit_applies_everything,
    a_commit_tells_whether_more_waits,
    a_commit_after_a_takeover_is_stale_and_changes_nothing,
    a_conflict_undoes_the_whole_outcome_and_raises_the_revision,
    replies_to_providers_are_not_piled_up_as_pending,
    a_retry_spends_an_attempt_and_the_last_one_is_death,
    unavailability_spends_no_attempt,
    attempts_are_counted_when_leased_so_that_a_killing_turn_dies,
    a_rejected_turn_is_dead_at_once_and_the_next_one_runs,
    a_handoff_pauses_the_thread,
    a_state_that_is_too_large_is_refused_whole,
    work_that_fails_does_not_take_its_neighbours_with_it,
    accepted_is_done_and_pending_and_dead_at_every_instant,
);

async fn a_turn_holds_what_waits_of_one_customer_and_at_most_twenty(shop: Shop) {
    for n in 0..21 {
        shop.accept_new(direct("ana", &n.to_string())).await;
    }
    let mut other = direct("ana", "someone else");
    other.contact.phone = Some(phone("+12025550199"));
    shop.accept_new(other).await;
    shop.accept_new(direct("ana", "back again")).await;

    let first = shop.lease_one().await;
    assert_eq!(first.turn.inputs.len(), Turn::MAX_INPUTS);
    assert!(shop.settle(&first, Outcome::default()).await);
    let second = shop.lease_one().await;
    assert_eq!(words(&second), ["20"]);
    assert!(shop.settle(&second, Outcome::default()).await);
    let third = shop.lease_one().await;
    assert_eq!(words(&third), ["someone else"]);
    assert_ne!(third.turn.customer, second.turn.customer);
    assert_eq!(third.turn.contact.phone, Some(phone("+12025550199")));
    assert!(shop.settle(&third, Outcome::default()).await);
    let fourth = shop.lease_one().await;
    assert_eq!(fourth.turn.customer, first.turn.customer);
    assert!(!shop.settle(&fourth, Outcome::default()).await);
}

async fn a_turn_is_fixed_when_it_is_first_leased(shop: Shop) {
    shop.accept_new(direct("ana", "one")).await;
    let lease = shop.lease_one().await;
    shop.accept_new(direct("ana", "two")).await;
    let after = Duration::from_secs(5);
    let release = Release::Retry { after };
    shop.store.release(&lease, release).await.unwrap();
    assert_eq!(shop.ready().await, 0);
    shop.pass(TimeDelta::seconds(5));
    let again = shop.lease_one().await;
    assert_eq!(words(&again), ["one"]);
    assert_eq!(again.turn.id, lease.turn.id);
    assert_eq!((again.turn.attempt, again.turn.revision), (2, 0));
    assert!(again.token > lease.token);
}

async fn a_leased_thread_is_nobody_elses(shop: Shop) {
    shop.accept_new(direct("ana", "one")).await;
    let lease = shop.lease_one().await;
    shop.accept_new(direct("ana", "two")).await;
    assert_eq!(shop.ready().await, 0);
    let leases = shop.store.lease(10, LEASE).await.unwrap();
    assert_eq!(
        leases.next_ready_at,
        Some(shop.now() + TimeDelta::seconds(30))
    );
    shop.settle(&lease, Outcome::default()).await;
    assert_eq!(words(&shop.lease_one().await), ["two"]);
}

async fn the_longest_waiting_thread_is_leased_first(shop: Shop) {
    for thread in ["ana", "bea", "cleo"] {
        shop.accept_new(direct(thread, thread)).await;
        shop.pass(TimeDelta::milliseconds(10));
    }
    let first = shop.store.lease(2, LEASE).await.unwrap();
    let order: Vec<_> = first.turns.iter().flat_map(words).collect();
    assert_eq!(order, ["ana", "bea"]);
    // The third waits already, so that the caller asks again at once.
    assert!(first.next_ready_at.unwrap() <= shop.now());
}

async fn a_lost_lease_comes_back_with_a_higher_token_and_the_loser_changes_nothing(shop: Shop) {
    let (thread, seq) = shop.accept_new(direct("ana", "one")).await;
    let lost = shop.lease_one().await;
    shop.pass(TimeDelta::seconds(30));
    let held = shop.lease_one().await;
    assert!(held.token > lost.token);
    assert_eq!(held.turn.attempt, 2);
    let committed = shop.commit(&lost, saying(&["too late"])).await;
    assert!(matches!(committed, Committed::LeaseLost), "{committed:?}");
    let release = Release::Dead { reason: "refused" };
    shop.store.release(&lost, release).await.unwrap();
    let answer = shop.store.answer(thread, seq).await.unwrap();
    assert_eq!(answer, Answer::Pending);
    shop.settle(&held, saying(&["in time"])).await;
    let committed = shop.commit(&held, saying(&["twice"])).await;
    assert!(matches!(committed, Committed::LeaseLost), "{committed:?}");
    let replies = shop.store.replies(&direct_thread("ana"), 0, 10).await;
    let said: Vec<_> = replies
        .unwrap()
        .into_iter()
        .map(|said| said.reply)
        .collect();
    assert_eq!(said, [Reply::text("in time")]);
}

async fn a_restart_voids_the_leases_at_once(shop: Shop) {
    shop.accept_new(direct("ana", "one")).await;
    let lost = shop.lease_one().await;
    let shop = shop.reopen();
    let held = shop.lease_one().await;
    assert_eq!((held.turn.id, held.turn.attempt), (lost.turn.id, 2));
    let committed = shop.commit(&lost, Outcome::default()).await;
    assert!(matches!(committed, Committed::LeaseLost), "{committed:?}");
}

fn remembering(words: &'static [u8]) -> StateChange {
    StateChange::Put(State {
        workflow: "assistant".into(),
        version: 3,
        bytes: Bytes::from_static(words),
    })
}

async fn a_commit_applies_everything(shop: Shop) {
    let (thread, seq) = shop.accept_new(direct("ana", "book")).await;
    let watch = shop.store.signals().watch(thread).unwrap();
    let settled = watch.armed();
    let lease = shop.lease_one().await;
    assert_eq!((lease.turn.state.clone(), lease.turn.attempt), (None, 1));
    let pending = shop.store.answer(thread, seq).await.unwrap();
    assert_eq!(pending, Answer::Pending);
    let outcome = Outcome {
        state: remembering(b"asked"),
        effects: vec![book(&lease, 1, "ana", "11:00", 30)],
        ..saying(&["one", "two"])
    };
    assert!(!shop.settle(&lease, outcome).await);
    settled.await;

    let turn = Some(lease.turn.id);
    let replies = vec![Reply::text("one"), Reply::text("two")];
    let answer = shop.store.answer(thread, seq).await.unwrap();
    assert_eq!(answer, Answer::Done { turn, replies });
    let thread_key = direct_thread("ana");
    let stored = shop.store.replies(&thread_key, 0, 10).await.unwrap();
    assert_eq!((stored.len(), stored[0].at), (2, shop.now()));
    let later = shop.store.replies(&thread_key, stored[0].id, 10).await;
    assert_eq!(later.unwrap(), stored[1..]);

    let shop = shop.reopen();
    shop.accept_new(direct("ana", "and now")).await;
    let next = shop.lease_one().await;
    let state = next.turn.state.as_ref().unwrap();
    assert_eq!((&*state.workflow, state.version), ("assistant", 3));
    assert_eq!(state.bytes, Bytes::from_static(b"asked"));
    assert_eq!(next.turn.bookings.len(), 1);
    let outcome = Outcome {
        state: StateChange::Clear,
        ..Outcome::default()
    };
    shop.settle(&next, outcome).await;
    shop.accept_new(direct("ana", "hello")).await;
    assert_eq!(shop.lease_one().await.turn.state, None);
}

async fn a_commit_tells_whether_more_waits(shop: Shop) {
    shop.accept_new(whatsapp("ana", "1", "one")).await;
    shop.pass(TimeDelta::seconds(3));
    let lease = shop.lease_one().await;
    // It waits for more of its kind, but it waits.
    shop.accept_new(whatsapp("ana", "2", "two")).await;
    assert!(shop.settle(&lease, Outcome::default()).await);
    assert_eq!(shop.ready().await, 0);
    shop.pass(TimeDelta::seconds(3));
    let lease = shop.lease_one().await;
    assert!(!shop.settle(&lease, Outcome::default()).await);
}

async fn a_commit_after_a_takeover_is_stale_and_changes_nothing(shop: Shop) {
    let (thread, seq) = shop.accept_new(direct("ana", "hello")).await;
    let lease = shop.lease_one().await;
    let until = shop.now() + TimeDelta::hours(1);
    shop.store.pause(thread, Some(until)).await.unwrap();
    let outcome = Outcome {
        state: remembering(b"talked over"),
        effects: vec![book(&lease, 1, "ana", "11:00", 30)],
        ..saying(&["talked over"])
    };
    let Committed::Stale { lease: now } = shop.commit(&lease, outcome).await else {
        panic!("not stale");
    };
    assert_eq!(now.turn.paused_until, Some(until));
    assert_eq!((now.turn.id, now.turn.revision), (lease.turn.id, 1));
    assert_eq!((now.turn.attempt, now.token), (1, lease.token));
    let answer = shop.store.answer(thread, seq).await.unwrap();
    assert_eq!(answer, Answer::Pending);
    shop.settle(&now, Outcome::default()).await;
    let Answer::Done { replies, .. } = shop.store.answer(thread, seq).await.unwrap() else {
        panic!("not done");
    };
    assert_eq!(replies, []);
    // Given back, the bot speaks again.
    shop.store.pause(thread, None).await.unwrap();
    shop.accept_new(direct("ana", "still there?")).await;
    let next = shop.lease_one().await;
    assert!(!next.turn.is_paused());
    assert_eq!(next.turn.paused_until, Some(shop.now()));
    assert_eq!((next.turn.state, next.turn.bookings), (None, vec![]));
}

async fn a_conflict_undoes_the_whole_outcome_and_raises_the_revision(shop: Shop) {
    shop.accept_new(direct("bea", "book")).await;
    let other = shop.lease_one().await;
    let taken = vec![book(&other, 1, "ana", "11:00", 30)];
    shop.store.apply(taken).await.unwrap().unwrap();
    let mut message = direct("ana", "book");
    message.contact.phone = Some(phone("+12025550199"));
    let (thread, seq) = shop.accept_new(message).await;
    let lease = shop.lease_one().await;
    let outcome = Outcome {
        state: remembering(b"booked"),
        effects: vec![
            book(&lease, 2, "ana", "09:00", 30),
            book(&lease, 3, "ana", "11:15", 30),
        ],
        handoff: Some(Handoff::Asked),
        ..saying(&["booked"])
    };
    let committed = shop.commit(&lease, outcome).await;
    let Committed::Conflict {
        lease: now,
        conflict,
    } = committed
    else {
        panic!("no conflict: {committed:?}");
    };
    assert!(matches!(conflict, Conflict::SlotTaken { .. }));
    assert_eq!(now.turn.conflict.as_ref(), Some(&conflict));
    assert_eq!((now.turn.revision, now.turn.paused_until), (1, None));
    assert_eq!(now.turn.bookings, []);
    assert_eq!(now.turn.state, None);
    assert_eq!(
        shop.store.answer(thread, seq).await.unwrap(),
        Answer::Pending
    );
    assert_eq!(shop.store.totals().await.unwrap().done, 0);
    // The knowledge outlives the process that gained it.
    let shop = shop.reopen();
    let leases = shop.store.lease(10, LEASE).await.unwrap();
    let again = leases
        .turns
        .iter()
        .find(|lease| lease.turn.thread == thread);
    let again = again.unwrap();
    assert_eq!(again.turn.conflict, Some(conflict));
    assert_eq!(again.turn.revision, 1);
    let outcome = Outcome {
        effects: vec![book(again, 2, "ana", "09:00", 30)],
        ..Outcome::default()
    };
    shop.settle(again, outcome).await;
}

async fn replies_to_providers_are_not_piled_up_as_pending(shop: Shop) {
    let (thread, seq) = shop.accept_new(whatsapp("ana", "1", "hello")).await;
    shop.pass(TimeDelta::seconds(3));
    let lease = shop.lease_one().await;
    shop.settle(&lease, saying(&["hi"])).await;
    assert_eq!(shop.store.gauges().await.unwrap().outbox_pending, 0);
    let Answer::Done { replies, .. } = shop.store.answer(thread, seq).await.unwrap() else {
        panic!("not done");
    };
    assert_eq!(replies, [Reply::text("hi")]);
}

// === Failing ===

async fn a_retry_spends_an_attempt_and_the_last_one_is_death(shop: Shop) {
    let (thread, seq) = shop.accept_new(direct("ana", "hello")).await;
    for attempt in 1..=3 {
        let lease = shop.lease_one().await;
        assert_eq!(lease.turn.attempt, attempt);
        assert_eq!(
            shop.store.answer(thread, seq).await.unwrap(),
            Answer::Pending
        );
        let after = Duration::ZERO;
        let release = Release::Retry { after };
        shop.store.release(&lease, release).await.unwrap();
    }
    assert_eq!(shop.ready().await, 0);
    assert_eq!(shop.store.answer(thread, seq).await.unwrap(), Answer::Dead);
    let dead = Totals {
        accepted: 1,
        done: 0,
        dead: 1,
    };
    assert_eq!(shop.store.totals().await.unwrap(), dead);
    assert_eq!(
        shop.store.failures().await.unwrap(),
        [("attempts_used_up".into(), 1)]
    );
}

async fn unavailability_spends_no_attempt(shop: Shop) {
    shop.accept_new(direct("ana", "hello")).await;
    for _ in 0..10 {
        let lease = shop.lease_one().await;
        assert_eq!(lease.turn.attempt, 1);
        let after = Duration::from_secs(1);
        let release = Release::Unavailable {
            after,
            excuse: None,
        };
        shop.store.release(&lease, release).await.unwrap();
        assert_eq!(shop.ready().await, 0);
        shop.pass(TimeDelta::seconds(1));
    }
}

async fn attempts_are_counted_when_leased_so_that_a_killing_turn_dies(mut shop: Shop) {
    let (thread, seq) = shop.accept_new(direct("ana", "poison")).await;
    shop.accept_new(direct("bea", "hello")).await;
    for _ in 0..3 {
        let leases = shop.store.lease(10, LEASE).await.unwrap();
        assert_eq!(leases.turns.len(), 2);
        shop = shop.reopen();
    }
    assert_eq!(shop.ready().await, 0);
    assert_eq!(shop.store.answer(thread, seq).await.unwrap(), Answer::Dead);
    assert_eq!(shop.store.totals().await.unwrap().dead, 2);
}

async fn a_rejected_turn_is_dead_at_once_and_the_next_one_runs(shop: Shop) {
    let (thread, seq) = shop.accept_new(direct("ana", "one")).await;
    let lease = shop.lease_one().await;
    let (_, next) = shop.accept_new(direct("ana", "two")).await;
    let watch = shop.store.signals().watch(thread).unwrap();
    let settled = watch.armed();
    let release = Release::Dead { reason: "refused" };
    shop.store.release(&lease, release).await.unwrap();
    settled.await;
    assert_eq!(shop.store.answer(thread, seq).await.unwrap(), Answer::Dead);
    assert_eq!(
        shop.store.answer(thread, next).await.unwrap(),
        Answer::Pending
    );
    let lease = shop.lease_one().await;
    assert_eq!((words(&lease), lease.turn.attempt), (vec!["two"], 1));
    shop.settle(&lease, Outcome::default()).await;
    let Answer::Done { turn, .. } = shop.store.answer(thread, next).await.unwrap() else {
        panic!("not done");
    };
    assert_eq!(turn, Some(lease.turn.id));
    assert_eq!(
        shop.store.failures().await.unwrap(),
        [("refused".into(), 1)]
    );
}

async fn a_handoff_pauses_the_thread(shop: Shop) {
    shop.accept_new(direct("ana", "a person please")).await;
    let lease = shop.lease_one().await;
    let outcome = Outcome {
        handoff: Some(Handoff::Asked),
        ..Outcome::default()
    };
    shop.settle(&lease, outcome).await;
    let until = shop.now() + TimeDelta::hours(12);
    shop.accept_new(direct("ana", "hello?")).await;
    let next = shop.lease_one().await;
    assert_eq!(next.turn.paused_until, Some(until));
    assert!(next.thread_version > lease.thread_version);
}

async fn a_state_that_is_too_large_is_refused_whole(shop: Shop) {
    shop.accept_new(direct("ana", "hello")).await;
    let lease = shop.lease_one().await;
    let state = |bytes| {
        StateChange::Put(State {
            workflow: "assistant".into(),
            version: 1,
            bytes: Bytes::from(vec![b'x'; bytes]),
        })
    };
    let too_large = Outcome {
        state: state(State::MAX_BYTES + 1),
        ..saying(&["hi"])
    };
    shop.store.commit(&lease, too_large).await.unwrap_err();
    assert_eq!(shop.store.totals().await.unwrap().done, 0);
    let fits = Outcome {
        state: state(State::MAX_BYTES),
        ..saying(&["hi"])
    };
    shop.settle(&lease, fits).await;
}

async fn work_that_fails_does_not_take_its_neighbours_with_it(shop: Shop) {
    shop.accept_new(direct("ana", "hello")).await;
    let lease = shop.lease_one().await;
    let state = StateChange::Put(State {
        workflow: "assistant".into(),
        version: 1,
        bytes: Bytes::from(vec![b'x'; State::MAX_BYTES + 1]),
    });
    // All are queued before the first is written, so that they share transactions.
    let failing = (0..20).map(|_| {
        let outcome = Outcome {
            state: state.clone(),
            ..saying(&["hi"])
        };
        shop.store.commit(&lease, outcome)
    });
    let going_through = (0..50).map(|n| {
        let message = direct(&n.to_string(), "hello");
        shop.store.accept(vec![Arrival::Message(message)])
    });
    let failing = futures_util::future::join_all(failing);
    let going_through = futures_util::future::join_all(going_through);
    let (failed, accepted) = futures_util::future::join(failing, going_through).await;
    assert!(failed.iter().all(Result::is_err));
    assert!(accepted.iter().all(Result::is_ok));
    let totals = shop.store.totals().await.unwrap();
    assert_eq!((totals.accepted, totals.done), (51, 0));
    shop.settle(&lease, saying(&["hi"])).await;
}

// === Totals ===

async fn accepted_is_done_and_pending_and_dead_at_every_instant(shop: Shop) {
    const MESSAGES: u64 = 400;
    let writers: Vec<_> = (0..4)
        .map(|writer| {
            let store = Arc::clone(&shop.store);
            async move {
                for n in 0..MESSAGES / 4 {
                    let thread = format!("{}", (n + writer) % 13);
                    let message = direct(&thread, "hello");
                    store.accept(vec![Arrival::Message(message)]).await.unwrap();
                }
            }
        })
        .collect();
    let store = Arc::clone(&shop.store);
    let worker = async move {
        let mut settled = Totals::default();
        while settled.done + settled.dead < MESSAGES {
            let leases = store.lease(5, LEASE).await.unwrap();
            for (n, lease) in leases.turns.iter().enumerate() {
                let release = Release::Dead { reason: "refused" };
                match n {
                    0 => drop(store.release(lease, release).await.unwrap()),
                    _ => drop(store.commit(lease, Outcome::default()).await.unwrap()),
                }
                let totals = store.totals().await.unwrap();
                assert!(totals.done + totals.dead <= totals.accepted, "{totals:?}");
                assert!(totals.accepted >= settled.accepted, "{totals:?}");
                assert!(totals.done >= settled.done && totals.dead >= settled.dead);
                settled = totals;
            }
        }
    };
    futures_util::future::join(worker, futures_util::future::join_all(writers)).await;
    let totals = shop.store.totals().await.unwrap();
    assert_eq!((totals.accepted, totals.pending()), (MESSAGES, 0));
    assert!(totals.done > 0 && totals.dead > 0, "{totals:?}");
    assert_eq!(shop.reopen().store.totals().await.unwrap(), totals);
}
