//! Accepting: once, durably, in order, within the limit.

use std::{num::NonZeroU32, sync::Arc};

use bytes::Bytes;
use chrono::TimeDelta;
use frontdesk::{
    message::{
        Arrival, Content, DeliveryReport, DeliveryState, Fingerprint, InboundMessage, MessageId,
        Notice, PhoneNumber, Seq, SourceKind, Takeover, ThreadKey, Trust, Unprocessed,
        UnprocessedReason,
    },
    signature::Scheme,
    store::{Answer, Receipt},
    workflow::Outcome,
};

use super::{Shop, business, conformance, direct, direct_thread, phone, whatsapp, with_id, words};

conformance!(
    messages_of_a_thread_are_numbered_in_order,
    a_batch_is_answered_item_by_item,
    what_was_accepted_is_there_after_a_restart,
    an_id_is_accepted_once_however_often_and_concurrently_it_comes,
    an_id_stays_known_after_its_turn_and_a_restart,
    the_same_id_in_another_scope_is_another_message,
    an_id_with_other_words_phone_or_thread_is_a_conflict_on_the_direct_source,
    a_provider_never_gets_a_conflict,
    messages_without_an_id_are_all_new,
    thirty_at_once_and_then_one_every_two_seconds,
    a_limited_message_leaves_no_trace,
    a_duplicate_costs_no_allowance_and_is_known_even_over_the_limit,
    a_provider_over_the_limit_is_deferred_not_refused,
    the_same_words_within_30_seconds_are_one_message_unless_both_carry_an_id,
    an_id_that_met_its_copy_is_known_from_then_on,
    reports_notices_takeovers_and_failures_are_recorded_once,
    a_takeover_pauses_a_thread_that_was_not_known_before,
    where_nobody_answers_a_message_is_done_once_it_is_accepted,
);

async fn where_nobody_answers_a_message_is_done_once_it_is_accepted(shop: Shop) {
    let (thread, first) = shop.accept_new(direct("ana", "one")).await;
    let shop = shop.with_policy(|policy| policy.acknowledge = true);
    // What waits from before keeps its place, and its turn.
    let (_, second) = shop.accept_new(direct("ana", "two")).await;
    assert_eq!(shop.ready().await, 1);
    let (other, only) = shop.accept_new(direct("bea", "one")).await;
    let answer = |thread, seq| shop.store.answer(thread, seq);
    assert_eq!(answer(thread, first).await.unwrap(), Answer::Pending);
    assert_eq!(answer(thread, second).await.unwrap(), Answer::Pending);
    let Answer::Done {
        turn: Some(turn),
        replies,
    } = answer(other, only).await.unwrap()
    else {
        panic!("it is done");
    };
    assert_eq!((turn.first, turn.last, replies), (only, only, vec![]));
    let totals = shop.store.totals().await.unwrap();
    assert_eq!((totals.accepted, totals.done, totals.dead), (3, 1, 0));
}

async fn messages_of_a_thread_are_numbered_in_order(shop: Shop) {
    let (ana, first) = shop.accept_new(direct("ana", "one")).await;
    let (bea, other) = shop.accept_new(direct("bea", "one")).await;
    let (again, second) = shop.accept_new(direct("ana", "two")).await;
    assert_eq!((first, second, other), (Seq(1), Seq(2), Seq(1)));
    assert_eq!(again, ana);
    assert_ne!(bea, ana);
}

async fn a_batch_is_answered_item_by_item(shop: Shop) {
    let message = |id, words| Arrival::Message(with_id(id, direct("ana", words)));
    let batch = vec![
        message("a", "one"),
        message("a", "one"),
        message("b", "two"),
    ];
    let receipts = shop.store.accept(batch).await.unwrap();
    let Receipt::Accepted { thread, seq, .. } = receipts[0] else {
        panic!("{receipts:?}");
    };
    let first = Some((thread, seq));
    assert_eq!(receipts[1], Receipt::Duplicate { first });
    let deferred = false;
    let seq = Seq(2);
    assert_eq!(
        receipts[2],
        Receipt::Accepted {
            thread,
            seq,
            deferred
        }
    );
}

async fn what_was_accepted_is_there_after_a_restart(shop: Shop) {
    let sent_at = shop.now() - TimeDelta::minutes(3);
    let message = InboundMessage {
        sent_at: Some(sent_at),
        reply_to: Some("wamid.before".into()),
        ..with_id("a", direct("ana", "Hola, ¿mañana a las 4?"))
    };
    shop.accept_new(message.clone()).await;
    let received_at = shop.now();
    let shop = shop.reopen();
    let lease = shop.lease_one().await;
    let input = &lease.turn.inputs[0];
    assert_eq!(lease.turn.key, message.thread);
    assert_eq!(lease.turn.contact, message.contact);
    assert_eq!(input.content, message.content);
    assert_eq!(input.id, message.id);
    assert_eq!(input.reply_to, message.reply_to);
    assert_eq!((input.sent_at, input.received_at), (sent_at, received_at));
}

async fn an_id_is_accepted_once_however_often_and_concurrently_it_comes(shop: Shop) {
    let copies: Vec<_> = (0..64)
        .map(|_| {
            let store = Arc::clone(&shop.store);
            let message = with_id("a", direct("ana", "hello"));
            async move { store.accept(vec![Arrival::Message(message)]).await }
        })
        .collect();
    let receipts = futures_util::future::join_all(copies).await;
    let mut accepted = 0;
    for receipt in receipts {
        match receipt.unwrap().pop().unwrap() {
            Receipt::Accepted { .. } => accepted += 1,
            Receipt::Duplicate { first } => assert_eq!(first.unwrap().1, Seq(1)),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(accepted, 1);
    assert_eq!(words(&shop.lease_one().await), ["hello"]);
    assert_eq!(shop.store.totals().await.unwrap().accepted, 1);
}

async fn an_id_stays_known_after_its_turn_and_a_restart(shop: Shop) {
    let (thread, seq) = shop.accept_new(with_id("a", direct("ana", "hello"))).await;
    let lease = shop.lease_one().await;
    shop.settle(&lease, Outcome::default()).await;
    shop.pass(TimeDelta::days(7));
    let shop = shop.reopen();
    let first = Some((thread, seq));
    let again = shop.accept(with_id("a", direct("ana", "hello"))).await;
    assert_eq!(again, Receipt::Duplicate { first });
    assert_eq!(shop.ready().await, 0);
}

async fn the_same_id_in_another_scope_is_another_message(shop: Shop) {
    let message = with_id("a", direct("ana", "hello"));
    shop.accept_new(message.clone()).await;
    for thread in [
        ThreadKey {
            business: frontdesk::message::BusinessId::new("sol"),
            ..message.thread.clone()
        },
        ThreadKey {
            source: SourceKind::Whatsapp,
            ..message.thread.clone()
        },
        ThreadKey {
            trust: Trust::Unverified,
            ..message.thread.clone()
        },
    ] {
        let message = message.clone();
        shop.accept_new(InboundMessage { thread, ..message }).await;
    }
}

async fn an_id_with_other_words_phone_or_thread_is_a_conflict_on_the_direct_source(shop: Shop) {
    let message = with_id("a", direct("ana", "hello"));
    shop.accept_new(message.clone()).await;
    let other_words = with_id("a", direct("ana", "goodbye"));
    let other_thread = with_id("a", direct("bea", "hello"));
    let mut other_phone = message.clone();
    other_phone.contact.phone = Some(phone("+12025550199"));
    for other in [other_words, other_thread, other_phone] {
        assert_eq!(shop.accept(other).await, Receipt::Conflict);
    }
    // Another name is not another message.
    let mut named = message;
    named.contact.name = Some("Ana".into());
    assert!(matches!(
        shop.accept(named).await,
        Receipt::Duplicate { .. }
    ));
    assert_eq!(words(&shop.lease_one().await), ["hello"]);
}

async fn a_provider_never_gets_a_conflict(shop: Shop) {
    shop.accept_new(whatsapp("ana", "wamid.1", "hello")).await;
    let other = shop.accept(whatsapp("ana", "wamid.1", "goodbye")).await;
    assert!(matches!(other, Receipt::Duplicate { .. }), "{other:?}");
}

async fn messages_without_an_id_are_all_new(shop: Shop) {
    shop.accept_new(direct("ana", "hello")).await;
    let (_, second) = shop.accept_new(direct("ana", "hello")).await;
    assert_eq!(second, Seq(2));
}

// === The limit ===

fn limited(shop: Shop) -> Shop {
    shop.with_policy(|policy| policy.rate_limit_per_minute = NonZeroU32::new(30))
}

async fn thirty_at_once_and_then_one_every_two_seconds(shop: Shop) {
    let shop = limited(shop);
    for _ in 0..30 {
        shop.accept_new(direct("ana", "hello")).await;
    }
    let retry_after = TimeDelta::seconds(2).to_std().unwrap();
    let refused = shop.accept(direct("ana", "hello")).await;
    assert_eq!(refused, Receipt::Limited { retry_after });
    // Another thread of the same phone is the same sender; another phone is not.
    let refused = shop.accept(direct("bea", "hello")).await;
    assert_eq!(refused, Receipt::Limited { retry_after });
    let mut other = direct("ana", "hello");
    other.contact.phone = Some(phone("+12025550199"));
    shop.accept_new(other).await;

    shop.pass(TimeDelta::milliseconds(1_999));
    let refused = shop.accept(direct("ana", "hello")).await;
    let retry_after = TimeDelta::milliseconds(1).to_std().unwrap();
    assert_eq!(refused, Receipt::Limited { retry_after });
    shop.pass(TimeDelta::milliseconds(1));
    for _ in 0..5 {
        shop.accept_new(direct("ana", "hello")).await;
        assert!(matches!(
            shop.accept(direct("ana", "hello")).await,
            Receipt::Limited { .. }
        ));
        shop.pass(TimeDelta::seconds(2));
    }
}

async fn a_limited_message_leaves_no_trace(shop: Shop) {
    let shop = shop.with_policy(|policy| policy.rate_limit_per_minute = NonZeroU32::new(1));
    shop.accept_new(with_id("a", direct("ana", "one"))).await;
    let refused = shop.accept(with_id("b", direct("ana", "two"))).await;
    assert!(matches!(refused, Receipt::Limited { .. }), "{refused:?}");
    assert_eq!(shop.store.totals().await.unwrap().accepted, 1);
    assert_eq!(words(&shop.lease_one().await), ["one"]);
    // Its id is not known, so that the client's retry gets in.
    shop.pass(TimeDelta::minutes(1));
    let (_, seq) = shop.accept_new(with_id("b", direct("ana", "two"))).await;
    assert_eq!(seq, Seq(2));
}

async fn a_duplicate_costs_no_allowance_and_is_known_even_over_the_limit(shop: Shop) {
    let shop = shop.with_policy(|policy| policy.rate_limit_per_minute = NonZeroU32::new(2));
    shop.accept_new(with_id("a", direct("ana", "one"))).await;
    for _ in 0..10 {
        let again = shop.accept(with_id("a", direct("ana", "one"))).await;
        assert!(matches!(again, Receipt::Duplicate { .. }), "{again:?}");
    }
    shop.accept_new(with_id("b", direct("ana", "two"))).await;
    let again = shop.accept(with_id("a", direct("ana", "one"))).await;
    assert!(matches!(again, Receipt::Duplicate { .. }), "{again:?}");
}

async fn a_provider_over_the_limit_is_deferred_not_refused(shop: Shop) {
    let shop = shop.with_policy(|policy| {
        policy.rate_limit_per_minute = NonZeroU32::new(1);
        policy.coalesce = std::time::Duration::ZERO;
    });
    shop.accept_new(whatsapp("ana", "wamid.1", "one")).await;
    let lease = shop.lease_one().await;
    shop.settle(&lease, Outcome::default()).await;
    let second = shop.accept(whatsapp("ana", "wamid.2", "two")).await;
    assert!(
        matches!(second, Receipt::Accepted { deferred: true, .. }),
        "{second:?}"
    );
    shop.pass(TimeDelta::milliseconds(59_999));
    assert_eq!(shop.ready().await, 0);
    shop.pass(TimeDelta::milliseconds(1));
    assert_eq!(words(&shop.lease_one().await), ["two"]);
}

// === Fingerprints ===

fn highlevel(id: Option<&str>, words: &str) -> InboundMessage {
    let message = whatsapp("contact-1", "unused", words);
    let mut fingerprint = [0; 16];
    fingerprint[..words.len().min(16)].copy_from_slice(&words.as_bytes()[..words.len().min(16)]);
    InboundMessage {
        id: id.and_then(MessageId::new),
        fingerprint: Some(Fingerprint(fingerprint)),
        thread: ThreadKey {
            source: SourceKind::Highlevel,
            ..message.thread
        },
        ..message
    }
}

async fn the_same_words_within_30_seconds_are_one_message_unless_both_carry_an_id(shop: Shop) {
    let (thread, seq) = shop.accept_new(highlevel(None, "hi")).await;
    let first = Some((thread, seq));
    shop.pass(TimeDelta::seconds(30));
    let copy = shop.accept(highlevel(None, "hi")).await;
    assert_eq!(copy, Receipt::Duplicate { first });
    shop.accept_new(highlevel(None, "other words")).await;
    shop.pass(TimeDelta::milliseconds(1));
    shop.accept_new(highlevel(None, "hi")).await;
    // Two with ids are two, whatever they say.
    shop.pass(TimeDelta::minutes(1));
    shop.accept_new(highlevel(Some("a"), "hi")).await;
    shop.accept_new(highlevel(Some("b"), "hi")).await;
    // The one without an id is a copy of one of them.
    let copy = shop.accept(highlevel(None, "hi")).await;
    assert!(matches!(copy, Receipt::Duplicate { .. }), "{copy:?}");
}

async fn an_id_that_met_its_copy_is_known_from_then_on(shop: Shop) {
    let (thread, seq) = shop.accept_new(highlevel(None, "hi")).await;
    let first = Some((thread, seq));
    let event = shop.accept(highlevel(Some("a"), "hi")).await;
    assert_eq!(event, Receipt::Duplicate { first });
    // The same words typed again: the first copy carries an id by now.
    shop.accept_new(highlevel(Some("b"), "hi")).await;
    shop.pass(TimeDelta::hours(1));
    let retry = shop.accept(highlevel(Some("a"), "hi")).await;
    assert_eq!(retry, Receipt::Duplicate { first });
}

// === What starts no turn ===

fn takeover(id: &str) -> Arrival {
    Arrival::Takeover(Takeover {
        id: MessageId::new(id),
        thread: direct_thread("ana"),
        contact: direct("ana", "").contact,
        text: Some("I will help you myself".to_owned()),
        at: None,
    })
}

async fn reports_notices_takeovers_and_failures_are_recorded_once(shop: Shop) {
    let report = |state, participant: Option<&str>| {
        Arrival::Report(DeliveryReport {
            business: business(),
            source: SourceKind::Whatsapp,
            message: MessageId::new("wamid.9").unwrap(),
            state,
            reference: None,
            participant: participant.map(Box::from),
            error_code: None,
            at: None,
        })
    };
    let notice = |kind: &str| {
        Arrival::Notice(Notice {
            id: MessageId::new("event-1"),
            business: business(),
            source: SourceKind::Highlevel,
            kind: kind.into(),
            raw: Bytes::from_static(b"{}"),
        })
    };
    let failure = |raw: &'static [u8]| {
        Arrival::Unprocessed(Unprocessed {
            business: None,
            source: SourceKind::Highlevel,
            reason: UnprocessedReason::Unrouted,
            scheme: Scheme::Ed25519,
            raw: Bytes::from_static(raw),
        })
    };
    let delivery = vec![
        report(DeliveryState::Sent, None),
        report(DeliveryState::Read, None),
        report(DeliveryState::Read, Some("member")),
        notice("AppointmentCreate"),
        takeover("event-2"),
        failure(b"{\"a\":1}"),
        failure(b"{\"a\":2}"),
    ];
    let receipts = shop.store.accept(delivery.clone()).await.unwrap();
    assert_eq!(receipts, vec![Receipt::Recorded; 7]);
    let again = shop.store.accept(delivery).await.unwrap();
    assert_eq!(again, vec![Receipt::Duplicate { first: None }; 7]);
    assert_eq!(
        shop.store.failures().await.unwrap(),
        [("unrouted".into(), 2)]
    );
    assert_eq!(shop.store.totals().await.unwrap().accepted, 0);
    assert_eq!(shop.ready().await, 0);
}

async fn a_takeover_pauses_a_thread_that_was_not_known_before(shop: Shop) {
    shop.store.accept(vec![takeover("event-1")]).await.unwrap();
    let until = shop.now() + TimeDelta::hours(12);
    let (thread, seq) = shop.accept_new(direct("ana", "thanks")).await;
    let lease = shop.lease_one().await;
    assert_eq!(lease.turn.paused_until, Some(until));
    let known = lease.turn.contact.phone.as_ref().map(PhoneNumber::as_str);
    assert_eq!(known, Some("+12025550100"));
    assert!(matches!(lease.turn.inputs[0].content, Content::Text { .. }));
    shop.settle(&lease, Outcome::default()).await;
    let turn = Some(lease.turn.id);
    let replies = vec![];
    assert_eq!(
        shop.store.answer(thread, seq).await.unwrap(),
        Answer::Done { turn, replies }
    );
    // It is over by itself.
    shop.pass(TimeDelta::hours(12));
    shop.accept_new(direct("ana", "hello again")).await;
    let turn = shop.lease_one().await.turn;
    assert!(!turn.is_paused());
    assert_eq!(turn.paused_until, Some(until), "a person had it up to then");
}
