//! The outbox: one sender at a time, in order, and nothing twice that a report proved.

use std::{collections::HashMap, sync::Arc, time::Duration};

use chrono::TimeDelta;
use frontdesk::{
    message::{
        Arrival, Contact, DeliveryReport, DeliveryState, MessageId, Reply, SourceKind, Takeover,
    },
    store::{Allowance, Answer, Attempt, Delivered, Dispatch, Mail, Queue},
    workflow::Outcome,
};
use proptest::prelude::*;

use super::{LEASE, Shop, business, conformance, direct, saying, whatsapp};
use crate::support::shop::no_limit;

conformance!(
    a_reply_to_a_provider_is_leased_once_and_sent,
    our_own_message_that_comes_back_as_an_echo_is_no_takeover,
    a_reply_to_an_own_client_is_never_sent,
    replies_of_a_thread_go_one_after_the_other_and_threads_side_by_side,
    the_parts_of_a_message_go_under_one_lease,
    a_failed_attempt_waits_and_the_last_one_is_death,
    patience_spends_no_attempt,
    what_is_too_old_expires_and_lets_the_next_one_go,
    a_lease_that_ran_out_waits_for_a_report_and_is_then_sent_again,
    a_restart_while_sending_waits_for_a_report_first,
    a_report_proves_an_attempt_that_nobody_heard_the_end_of,
    a_report_that_comes_before_our_own_answer_is_not_lost,
    a_report_of_failure_ends_the_message,
    a_report_with_a_strange_reference_changes_nothing,
    a_sent_message_wakes_the_sender_only_for_what_waited_behind_it,
    each_queue_gets_its_share_and_one_without_room_is_not_touched,
    what_is_put_back_has_its_old_place_and_its_attempt,
    what_is_due_and_not_leased_is_counted_with_its_age,
);

const SOON: Duration = Duration::from_secs(30);

impl Shop {
    /// A shop whose WhatsApp customers can be written to.
    fn writing(self) -> Self {
        self.with_policy(|policy| policy.channels = vec![SourceKind::Whatsapp])
    }

    /// Lets a WhatsApp customer write, and the turn say these words.
    async fn answer(&self, user: &str, said: &[&str]) {
        let id = format!("wamid.{user}.{}", self.now().timestamp_micros());
        self.accept_new(whatsapp(user, &id, "hello")).await;
        self.pass(TimeDelta::seconds(11));
        let lease = self.lease_one().await;
        self.settle(&lease, saying(said)).await;
    }

    /// Leases all that is due.
    async fn dispatch(&self) -> Vec<Dispatch> {
        self.store
            .dispatch(100, LEASE, no_limit())
            .await
            .unwrap()
            .due
    }

    async fn dispatch_one(&self) -> Dispatch {
        let mut due = self.dispatch().await;
        assert_eq!(due.len(), 1, "messages that were due");
        due.remove(0)
    }

    async fn delivered(&self, dispatch: &Dispatch, attempt: Attempt) -> Delivered {
        self.store.delivered(dispatch, attempt, None).await.unwrap()
    }

    /// Reports how far a message came that the provider calls so.
    async fn report(&self, message: &str, reference: Option<String>, state: DeliveryState) {
        let report = DeliveryReport {
            business: business(),
            source: SourceKind::Whatsapp,
            message: MessageId::new(message).unwrap(),
            state,
            reference: reference.map(Into::into),
            participant: None,
            error_code: None,
            at: None,
        };
        let report = Arrival::Report(report);
        self.store.accept(vec![report]).await.unwrap();
    }

    pub(super) async fn waiting(&self) -> u64 {
        self.store.gauges().await.unwrap().outbox_pending
    }
}

fn sent(id: &str) -> Attempt {
    Attempt::Sent {
        id: MessageId::new(id).unwrap(),
        more: false,
    }
}

fn first_of_several(id: &str) -> Attempt {
    Attempt::Sent {
        id: MessageId::new(id).unwrap(),
        more: true,
    }
}

fn said(dispatch: &Dispatch) -> &str {
    match &dispatch.mail {
        Mail::Reply(Reply::Text { text }) => text,
        other => panic!("{other:?}"),
    }
}

async fn a_reply_to_a_provider_is_leased_once_and_sent(shop: Shop) {
    let shop = shop.writing();
    let mut woken = shop.store.signals().mail();
    woken.mark_unchanged();
    shop.answer("ana", &["hi"]).await;
    assert!(woken.has_changed().unwrap(), "the commit wakes the sender");
    assert_eq!(shop.waiting().await, 1);
    let dispatch = shop.dispatch_one().await;
    assert_eq!((said(&dispatch), dispatch.attempt), ("hi", 1));
    assert_eq!(dispatch.contact.provider_id.as_deref(), Some("ana"));
    assert_eq!(
        dispatch.last_inbound_at,
        Some(shop.now() - TimeDelta::seconds(11))
    );
    assert!(
        dispatch
            .answers
            .as_ref()
            .unwrap()
            .as_str()
            .starts_with("wamid.ana")
    );
    assert!(shop.dispatch().await.is_empty(), "it is in someone's hands");
    assert_eq!(
        shop.delivered(&dispatch, sent("out.1")).await,
        Delivered::Sent
    );
    assert_eq!(shop.waiting().await, 0);
    assert_eq!(
        shop.delivered(&dispatch, sent("out.1")).await,
        Delivered::LeaseLost
    );
}

async fn our_own_message_that_comes_back_as_an_echo_is_no_takeover(shop: Shop) {
    let shop = shop.writing();
    shop.answer("ana", &["hi"]).await;
    let dispatch = shop.dispatch_one().await;
    shop.delivered(&dispatch, sent("out.1")).await;
    for (echo, pauses) in [("out.1", false), ("by.hand", true)] {
        let takeover = Takeover {
            id: MessageId::new(echo),
            thread: whatsapp("ana", "", "").thread,
            contact: Contact::default(),
            text: Some("hi".to_owned()),
            at: None,
        };
        let takeover = Arrival::Takeover(takeover);
        shop.store.accept(vec![takeover]).await.unwrap();
        shop.accept_new(whatsapp("ana", echo, "thanks")).await;
        shop.pass(TimeDelta::seconds(10));
        let lease = shop.lease_one().await;
        assert_eq!(lease.turn.is_paused(), pauses, "{echo}");
        shop.settle(&lease, Outcome::default()).await;
    }
}

async fn a_reply_to_an_own_client_is_never_sent(shop: Shop) {
    let shop = shop.writing();
    let (thread, seq) = shop.accept_new(direct("ana", "hello")).await;
    let lease = shop.lease_one().await;
    shop.settle(&lease, saying(&["hi"])).await;
    assert!(shop.dispatch().await.is_empty());
    let answer = shop.store.answer(thread, seq).await.unwrap();
    assert!(matches!(answer, Answer::Done { replies, .. } if replies.len() == 1));
}

async fn replies_of_a_thread_go_one_after_the_other_and_threads_side_by_side(shop: Shop) {
    let shop = shop.writing();
    shop.answer("ana", &["a1", "a2"]).await;
    shop.answer("ben", &["b1"]).await;
    let due = shop.dispatch().await;
    assert_eq!(due.iter().map(said).collect::<Vec<_>>(), ["a1", "b1"]);
    assert!(due[0].answers.is_some());
    let later = Attempt::Retry {
        after: SOON,
        reason: "test",
    };
    assert_eq!(shop.delivered(&due[0], later).await, Delivered::Waiting);
    assert!(shop.dispatch().await.is_empty(), "a2 waits behind a1");
    shop.pass(TimeDelta::seconds(30));
    let again = shop.dispatch_one().await;
    assert_eq!((said(&again), again.attempt), ("a1", 2));
    shop.delivered(&again, sent("out.1")).await;
    let second = shop.dispatch_one().await;
    assert_eq!(said(&second), "a2");
    assert_eq!(
        second.answers, None,
        "the first reply has marked it as read"
    );
}

async fn the_parts_of_a_message_go_under_one_lease(shop: Shop) {
    let shop = shop.writing();
    shop.answer("ana", &["long"]).await;
    let mut dispatch = shop.dispatch_one().await;
    let next = shop.delivered(&dispatch, first_of_several("out.0")).await;
    assert_eq!(next, Delivered::NextPart);
    dispatch.reference.part += 1;
    shop.pass(TimeDelta::from_std(LEASE).unwrap() - TimeDelta::seconds(1));
    assert!(shop.dispatch().await.is_empty(), "the lease began anew");
    let later = Attempt::Retry {
        after: SOON,
        reason: "test",
    };
    assert_eq!(shop.delivered(&dispatch, later).await, Delivered::Waiting);
    shop.pass(TimeDelta::seconds(30));
    let again = shop.dispatch_one().await;
    assert_eq!(again.reference.part, 1, "what was sent is not sent again");
    assert_eq!(again.answers, None);
    assert_eq!(shop.delivered(&again, sent("out.1")).await, Delivered::Sent);
}

async fn a_failed_attempt_waits_and_the_last_one_is_death(shop: Shop) {
    let shop = shop.writing();
    shop.answer("ana", &["hi", "there"]).await;
    let attempts = shop.policy.max_attempts;
    for attempt in 1..=attempts {
        let dispatch = shop.dispatch_one().await;
        assert_eq!((said(&dispatch), dispatch.attempt), ("hi", attempt));
        let retry = Attempt::Retry {
            after: Duration::ZERO,
            reason: "test",
        };
        let expected = if attempt == attempts {
            Delivered::Dead
        } else {
            Delivered::Waiting
        };
        assert_eq!(shop.delivered(&dispatch, retry).await, expected);
    }
    assert_eq!(said(&shop.dispatch_one().await), "there");
}

async fn patience_spends_no_attempt(shop: Shop) {
    let shop = shop.writing();
    shop.answer("ana", &["hi"]).await;
    for _ in 0..20 {
        let dispatch = shop.dispatch_one().await;
        assert_eq!(dispatch.attempt, 1);
        let wait = Attempt::Wait {
            after: SOON,
            reason: "test",
        };
        assert_eq!(shop.delivered(&dispatch, wait).await, Delivered::Waiting);
        assert!(shop.dispatch().await.is_empty());
        shop.pass(TimeDelta::seconds(30));
    }
}

async fn what_is_too_old_expires_and_lets_the_next_one_go(shop: Shop) {
    let shop = shop.writing();
    shop.answer("ana", &["old"]).await;
    let dispatch = shop.dispatch_one().await;
    let wait = Attempt::Wait {
        after: Duration::from_hours(24),
        reason: "test",
    };
    shop.delivered(&dispatch, wait).await;
    shop.pass(TimeDelta::hours(23));
    shop.answer("ana", &["new"]).await;
    shop.pass(TimeDelta::hours(1));
    assert!(shop.dispatch().await.is_empty(), "the old one goes");
    assert_eq!(said(&shop.dispatch_one().await), "new");
    assert_eq!(shop.waiting().await, 1);
}

async fn a_lease_that_ran_out_waits_for_a_report_and_is_then_sent_again(shop: Shop) {
    let shop = shop.writing();
    shop.answer("ana", &["hi"]).await;
    let lost = shop.dispatch_one().await;
    shop.pass(TimeDelta::from_std(LEASE).unwrap());
    assert!(shop.dispatch().await.is_empty(), "a report may prove it");
    shop.pass(TimeDelta::seconds(30));
    let again = shop.dispatch_one().await;
    assert_eq!(again.attempt, 2);
    assert!(again.token > lost.token);
    assert_eq!(
        shop.delivered(&lost, sent("out.1")).await,
        Delivered::LeaseLost
    );
    assert_eq!(shop.delivered(&again, sent("out.2")).await, Delivered::Sent);
}

async fn a_restart_while_sending_waits_for_a_report_first(shop: Shop) {
    let shop = shop.writing();
    shop.answer("ana", &["hi"]).await;
    let lost = shop.dispatch_one().await;
    let shop = shop.reopen();
    assert!(shop.dispatch().await.is_empty(), "a report may prove it");
    shop.report(
        "out.1",
        Some(lost.reference.to_string()),
        DeliveryState::Sent,
    )
    .await;
    let rest = shop.dispatch_one().await;
    assert_eq!(rest.reference.part, 1, "only what may follow is asked for");
    let end = shop.delivered(&rest, Attempt::NothingLeft).await;
    assert_eq!(end, Delivered::Sent);
    assert_eq!(shop.waiting().await, 0);
}

async fn a_report_proves_an_attempt_that_nobody_heard_the_end_of(shop: Shop) {
    let shop = shop.writing();
    shop.answer("ana", &["hi"]).await;
    let dispatch = shop.dispatch_one().await;
    let ambiguous = Attempt::Ambiguous { after: SOON };
    assert_eq!(
        shop.delivered(&dispatch, ambiguous).await,
        Delivered::Waiting
    );
    let reference = dispatch.reference.to_string();
    shop.report("out.1", Some(reference), DeliveryState::Delivered)
        .await;
    shop.pass(TimeDelta::minutes(5));
    let rest = shop.dispatch_one().await;
    assert_eq!(rest.reference.part, 1, "it is not sent again");
    shop.delivered(&rest, Attempt::NothingLeft).await;
    assert_eq!(shop.waiting().await, 0);
}

async fn a_report_that_comes_before_our_own_answer_is_not_lost(shop: Shop) {
    let shop = shop.writing();
    shop.answer("ana", &["hi"]).await;
    let dispatch = shop.dispatch_one().await;
    let reference = dispatch.reference.to_string();
    shop.report("out.1", Some(reference), DeliveryState::Sent)
        .await;
    assert!(shop.dispatch().await.is_empty(), "its sender still has it");
    let ambiguous = Attempt::Ambiguous { after: SOON };
    // The report had proved it: on to what may follow.
    let next = shop.delivered(&dispatch, ambiguous).await;
    assert_eq!(next, Delivered::NextPart);
}

async fn a_report_of_failure_ends_the_message(shop: Shop) {
    let shop = shop.writing();
    shop.answer("ana", &["hi", "there"]).await;
    let dispatch = shop.dispatch_one().await;
    shop.delivered(&dispatch, Attempt::Ambiguous { after: SOON })
        .await;
    let reference = dispatch.reference.to_string();
    shop.report("out.1", Some(reference), DeliveryState::Failed)
        .await;
    let next = shop.dispatch_one().await;
    assert_eq!(said(&next), "there");
    shop.delivered(&next, sent("out.2")).await;
    shop.report("out.2", None, DeliveryState::Failed).await;
    assert_eq!(shop.waiting().await, 0);
}

async fn a_report_with_a_strange_reference_changes_nothing(shop: Shop) {
    let shop = shop.writing();
    shop.answer("ana", &["hi"]).await;
    let dispatch = shop.dispatch_one().await;
    shop.delivered(&dispatch, Attempt::Ambiguous { after: SOON })
        .await;
    let mut other = dispatch.reference;
    other.written_ms += 1;
    for reference in [
        other.to_string(),
        "9.9.0".to_owned(),
        "someone's".to_owned(),
    ] {
        let id = format!("for {reference}");
        shop.report(&id, Some(reference), DeliveryState::Sent).await;
    }
    shop.pass(TimeDelta::seconds(30));
    let again = shop.dispatch_one().await;
    assert_eq!((again.reference.part, again.attempt), (0, 2));
}

// === Whatever happens ===

#[derive(Debug, Clone)]
enum Event {
    /// A customer writes, and is answered by a message of so many parts.
    Answer(u8, u16),
    /// Everything that is due is leased.
    Dispatch,
    /// The provider takes the present part of the nth leased message; we hear of it, or not.
    Take(usize, bool),
    /// The nth leased message is not taken.
    Refuse(usize),
    /// The provider reports the nth part that it took.
    Report(usize),
    /// The process ends and starts again.
    Restart,
    /// Time passes, in seconds.
    Pass(u32),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        (0..3_u8, 1..3_u16).prop_map(|(user, parts)| Event::Answer(user, parts)),
        Just(Event::Dispatch),
        Just(Event::Dispatch),
        (any::<usize>(), any::<bool>()).prop_map(|(n, heard)| Event::Take(n, heard)),
        any::<usize>().prop_map(Event::Refuse),
        any::<usize>().prop_map(Event::Report),
        Just(Event::Restart),
        (1..200_u32).prop_map(Event::Pass),
    ]
}

/// What the provider has seen, and what is in senders' hands.
#[derive(Default)]
struct World {
    held: Vec<Dispatch>,
    /// The parts that the provider took, by the message's words: in order, with our reference.
    taken: Vec<(String, u16, String)>,
    /// Those of them that were reported.
    proven: Vec<(String, u16)>,
    parts: HashMap<String, u16>,
    written: Vec<String>,
}

impl World {
    async fn play(&mut self, shop: Shop, event: Event) -> Shop {
        match event {
            Event::Answer(user, parts) => {
                let words = format!("{user}/{}", self.written.len());
                self.parts.insert(words.clone(), parts);
                self.written.push(words.clone());
                shop.answer(&user.to_string(), &[&words]).await;
            }
            Event::Dispatch => self.dispatch(&shop).await,
            Event::Take(n, heard) => self.take(&shop, n, heard).await,
            Event::Refuse(n) if !self.held.is_empty() => {
                let dispatch = self.held.remove(n % self.held.len());
                let retry = Attempt::Wait {
                    after: SOON,
                    reason: "test",
                };
                shop.delivered(&dispatch, retry).await;
            }
            Event::Report(n) if !self.taken.is_empty() => {
                let (words, part, reference) = self.taken[n % self.taken.len()].clone();
                let id = format!("out.{reference}");
                shop.report(&id, Some(reference), DeliveryState::Sent).await;
                self.proven.push((words, part));
            }
            Event::Restart => {
                self.held.clear();
                return shop.reopen();
            }
            Event::Pass(seconds) => shop.pass(TimeDelta::seconds(seconds.into())),
            Event::Refuse(_) | Event::Report(_) => {}
        }
        shop
    }

    async fn dispatch(&mut self, shop: &Shop) {
        for dispatch in shop.dispatch().await {
            let words = said(&dispatch).to_owned();
            let key = (words.clone(), dispatch.reference.part);
            assert!(
                !self.proven.contains(&key),
                "{key:?} was proven and goes again"
            );
            // Whatever was written before it in its thread is wholly through.
            let user = words.split('/').next();
            let before = self.written.iter().take_while(|other| **other != words);
            for other in before.filter(|other| other.split('/').next() == user) {
                let last = (other.clone(), self.parts[other] - 1);
                let through = self
                    .taken
                    .iter()
                    .any(|(w, p, _)| (w, *p) == (&last.0, last.1));
                assert!(through, "{words} goes before {other}");
            }
            self.held.push(dispatch);
        }
    }

    async fn take(&mut self, shop: &Shop, n: usize, heard: bool) {
        if self.held.is_empty() {
            return;
        }
        let n = n % self.held.len();
        let dispatch = self.held[n].clone();
        let (words, part) = (said(&dispatch).to_owned(), dispatch.reference.part);
        let parts = self.parts[&words];
        let attempt = if part >= parts {
            Attempt::NothingLeft
        } else {
            self.taken
                .push((words, part, dispatch.reference.to_string()));
            if heard {
                Attempt::Sent {
                    id: MessageId::new(&format!("out.{}", dispatch.reference)).unwrap(),
                    more: part + 1 < parts,
                }
            } else {
                Attempt::Ambiguous { after: SOON }
            }
        };
        match shop.delivered(&dispatch, attempt).await {
            Delivered::NextPart => self.held[n].reference.part += 1,
            _ => drop(self.held.remove(n)),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_happens_order_holds_and_what_was_proven_is_not_sent_again(
        events in prop::collection::vec(event(), 1..40)
    ) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let mut shop = Shop::on_sqlite().with_policy(|policy| {
                policy.channels = vec![SourceKind::Whatsapp];
                policy.max_attempts = 1000;
            });
            let mut world = World::default();
            for event in events {
                shop = world.play(shop, event).await;
            }
            // In the end all of it arrives, without anybody's help but time.
            for _ in 0..500 {
                if shop.waiting().await == 0 {
                    break;
                }
                shop.pass(TimeDelta::minutes(3));
                world.dispatch(&shop).await;
                while !world.held.is_empty() {
                    world.take(&shop, 0, true).await;
                }
            }
            for (words, parts) in &world.parts {
                for part in 0..*parts {
                    let arrived = world.taken.iter().any(|(w, p, _)| (w, *p) == (words, part));
                    assert!(arrived, "{words} {part} never arrived");
                }
            }
        });
    }
}

/// Allows nothing to the first number's replies.
fn only_the_second() -> Allowance {
    Arc::new(|queue| match queue {
        Queue::Replies(account) if &*account.name == "1" => 0,
        _ => usize::MAX,
    })
}

fn words(due: &[Dispatch]) -> Vec<&str> {
    due.iter().map(said).collect()
}

async fn each_queue_gets_its_share_and_one_without_room_is_not_touched(shop: Shop) {
    let shop = shop.writing();
    for user in ["1:a", "1:b", "1:c", "2:a", "2:b"] {
        shop.answer(user, &[user]).await;
    }
    let lease = async |max, allowance| shop.store.dispatch(max, LEASE, allowance).await.unwrap();
    let first = lease(2, no_limit()).await;
    assert_eq!(words(&first.due), ["1:a", "2:a"], "each its share");
    assert_eq!(first.waiting.len(), 2);
    let second = lease(10, only_the_second()).await;
    assert_eq!(words(&second.due), ["2:b"]);
    assert_eq!(second.waiting, [first.due[0].queue.clone()]);
    let rest = lease(10, no_limit()).await;
    assert_eq!(words(&rest.due), ["1:b", "1:c"]);
    assert!(rest.due.iter().all(|one| one.attempt == 1));
    assert_eq!(rest.waiting, []);
}

async fn what_is_put_back_has_its_old_place_and_its_attempt(shop: Shop) {
    let shop = shop.writing();
    shop.answer("1:a", &["first", "second"]).await;
    shop.answer("1:b", &["other"]).await;
    for _ in 0..20 {
        let held = shop.dispatch().await;
        assert_eq!(words(&held), ["first", "other"]);
        assert_eq!(held[0].attempt, 1);
        shop.pass(TimeDelta::seconds(1));
        for dispatch in held.iter().rev() {
            let back = shop.delivered(dispatch, Attempt::PutBack).await;
            assert_eq!(back, Delivered::Waiting);
        }
    }
    let late = shop.dispatch().await;
    let lost = shop.delivered(&late[0], Attempt::PutBack).await;
    assert_eq!(lost, Delivered::Waiting);
    let lost = shop.delivered(&late[0], Attempt::PutBack).await;
    assert_eq!(lost, Delivered::LeaseLost);
}

async fn what_is_due_and_not_leased_is_counted_with_its_age(shop: Shop) {
    let shop = shop.writing();
    let waiting = async || {
        let gauges = shop.store.gauges().await.unwrap();
        (gauges.outbox_waiting, gauges.oldest_outbox.as_secs())
    };
    assert_eq!(waiting().await, (0, 0));
    shop.answer("1:a", &["first"]).await;
    shop.pass(TimeDelta::seconds(60));
    shop.answer("1:b", &["second"]).await;
    // The second customer was answered 11 seconds after they wrote.
    assert_eq!(waiting().await, (2, 71));
    let held = shop.dispatch().await;
    assert_eq!(waiting().await, (0, 0), "they are under way");
    for dispatch in &held {
        shop.delivered(dispatch, Attempt::PutBack).await;
    }
    shop.pass(TimeDelta::seconds(9));
    assert_eq!(waiting().await, (2, 80));
}

async fn a_sent_message_wakes_the_sender_only_for_what_waited_behind_it(shop: Shop) {
    let shop = shop.writing();
    shop.answer("1:a", &["first", "second"]).await;
    let mut woken = shop.store.signals().mail();
    for wakes in [true, false] {
        let dispatch = shop.dispatch_one().await;
        woken.mark_unchanged();
        let id = format!("wamid.{wakes}");
        assert_eq!(shop.delivered(&dispatch, sent(&id)).await, Delivered::Sent);
        assert_eq!(woken.has_changed().unwrap(), wakes);
    }
}
