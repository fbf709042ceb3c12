//! One person, one thread, one customer, by whatever a source tells of them.

use std::collections::BTreeSet;

use bytes::Bytes;
use chrono::TimeDelta;
use frontdesk::{
    message::{
        Arrival, Contact, Identity, IdentityChange, InboundMessage, MessageId, Notice, PhoneNumber,
        SourceKind, Takeover, ThreadId, ThreadKey, Trust,
    },
    store::{BookingsWanted, Committed, Erased, Firmness, Lease, Receipt, Whom},
    workflow::{Consent, Outcome, State, StateChange},
};

use super::{
    Shop, booking::book, business, conformance, direct, phone, saying, whatsapp, with_id, words,
};
use crate::support::shop::no_limit;

conformance!(
    any_way_of_arriving_is_one_thread_and_one_customer,
    an_echo_with_only_the_number_pauses_the_thread_of_the_user_id,
    a_message_that_brings_two_threads_together_joins_them,
    what_waits_in_both_threads_waits_in_the_order_in_which_it_came,
    a_turn_under_way_in_a_joined_thread_runs_again,
    a_conversation_of_highlevels_is_one_thread,
    a_number_that_changed_hands_is_no_reason_to_join,
    a_number_that_was_changed_is_the_same_customer_and_the_old_one_is_free,
    a_user_id_that_was_changed_is_the_same_customer,
    a_number_that_is_still_told_after_a_change_stays_theirs,
    a_change_of_somebody_unknown_keeps_no_one,
    a_clients_thread_is_one_for_all_spellings_of_its_phone,
    a_clients_own_thread_id_stays_apart,
    a_booking_by_any_spelling_is_the_customers,
    replies_go_to_the_number_as_the_source_spells_it,
    an_opt_out_outlives_erasure_in_every_spelling,
    the_limit_of_a_sender_counts_every_spelling,
    a_person_without_a_number_can_be_forgotten,
    who_was_joined_is_forgotten_by_the_number_of_either_thread,
);

const BR_SENT: &str = "+553188887777";
const BR_FULL: &str = "+5531988887777";

fn contact(user_id: Option<&str>, number: Option<&str>) -> Contact {
    Contact {
        phone: number.map(phone),
        provider_id: user_id.map(Into::into),
        ..Contact::default()
    }
}

fn line(user: &str) -> ThreadKey {
    ThreadKey {
        business: business(),
        source: SourceKind::Whatsapp,
        trust: Trust::Verified,
        key: format!("100:{user}").into(),
    }
}

/// The thread's key, as the parser makes it of a contact.
fn key(contact: &Contact) -> ThreadKey {
    let number = contact.phone.as_ref().map(|phone| &phone.as_str()[1..]);
    line(contact.provider_id.as_deref().or(number).unwrap())
}

fn from(contact: Contact, id: &str, said: &str) -> InboundMessage {
    InboundMessage {
        thread: key(&contact),
        contact,
        ..whatsapp("", id, said)
    }
}

fn echo(contact: Contact, id: &str) -> Arrival {
    Arrival::Takeover(Takeover {
        id: MessageId::new(id),
        thread: key(&contact),
        contact,
        text: Some("hello, it is Ana".into()),
        at: None,
    })
}

fn remembering(word: &'static str) -> Outcome {
    Outcome {
        state: StateChange::Put(State {
            workflow: "test".into(),
            version: 1,
            bytes: Bytes::from_static(word.as_bytes()),
        }),
        ..saying(&[word])
    }
}

impl Shop {
    fn at_once(self) -> Self {
        self.with_policy(|policy| policy.coalesce = std::time::Duration::ZERO)
    }

    async fn tell(&self, arrival: Arrival) {
        self.store.accept(vec![arrival]).await.unwrap();
    }

    /// The thread that a number stands for now.
    async fn standing(&self, thread: ThreadId) -> ThreadId {
        self.store.thread(thread).await.unwrap().unwrap().0.id
    }

    /// The numbers, as they are shown, of the bookings that are found by one.
    async fn booked_by(&self, number: &str) -> Vec<Option<PhoneNumber>> {
        let wanted = BookingsWanted {
            business: business(),
            from: None,
            until: None,
            phone: Some(phone(number)),
            firmness: Firmness::Firm,
            after: None,
            limit: 10,
        };
        let found = self.store.bookings(wanted).await.unwrap();
        found.into_iter().map(|entry| entry.phone).collect()
    }

    async fn counts(&self) -> (u64, u64, u64, u64) {
        let totals = self.store.totals().await.unwrap();
        (totals.accepted, totals.done, totals.dead, totals.pending())
    }

    async fn run_turn(&self, message: InboundMessage, outcome: Outcome) -> Lease {
        self.accept_new(message).await;
        let lease = self.lease_one().await;
        self.settle(&lease, outcome).await;
        lease
    }
}

// === Any way of arriving ===

/// What one arrival tells of person `n`: a part of all there is, that names them at all.
fn told(n: u32, parts: u8, spelling: bool) -> Option<Contact> {
    let number = format!("+5531{}8{n:07}", if spelling { "9" } else { "" });
    let from = (parts & 1 != 0).then_some(number);
    let wa_id = (parts & 2 != 0).then(|| format!("+346{n:08}"));
    let user_id = (parts & 4 != 0).then(|| format!("BR.{n}"));
    let parent = (parts & 8 != 0).then(|| Identity::ParentUser(format!("BR.ENT.{n}").into()));
    let number = from.as_ref().or(wa_id.as_ref());
    if number.is_none() && user_id.is_none() {
        return None;
    }
    let other = wa_id.as_ref().filter(|_| from.is_some());
    let other = other.map(|number| Identity::Phone(phone(number)));
    Some(Contact {
        also: other.into_iter().chain(parent).collect(),
        ..contact(user_id.as_deref(), number.map(|number| &**number))
    })
}

async fn any_way_of_arriving_is_one_thread_and_one_customer(shop: Shop) {
    let shop = shop.at_once();
    let mut random = fastrand::Rng::with_seed(11);
    for n in 0..150 {
        let (mut known, mut threads, mut customers) = (0_u8, Vec::new(), Vec::new());
        let mut said = 0;
        for step in 0..random.usize(2..8) {
            let parts = random.u8(1..16);
            let Some(contact) = told(n, parts, random.bool()) else {
                continue;
            };
            if known != 0 && known & parts == 0 {
                continue;
            }
            known |= parts;
            let id = format!("{n}-{step}");
            if random.u8(0..4) == 0 {
                shop.tell(echo(contact, &id)).await;
                continue;
            }
            threads.push(shop.accept_new(from(contact, &id, &id)).await.0);
            said += 1;
            if random.bool() {
                let lease = shop.lease_one().await;
                said -= lease.turn.inputs.len();
                customers.push(lease.turn.customer);
                shop.settle(&lease, Outcome::default()).await;
            }
        }
        if said > 0 {
            let lease = shop.lease_one().await;
            assert_eq!(lease.turn.inputs.len(), said, "person {n}");
            let ids: Vec<_> = words(&lease).iter().map(|id| (*id).to_owned()).collect();
            assert!(ids.is_sorted(), "{ids:?}");
            customers.push(lease.turn.customer);
            shop.settle(&lease, Outcome::default()).await;
        }
        let mut standing = Vec::new();
        for thread in threads {
            standing.push(shop.standing(thread).await);
        }
        standing.dedup();
        assert!(standing.len() <= 1, "person {n}: {standing:?}");
        let conn = rusqlite::Connection::open(shop.folder.path().join("shop.db")).unwrap();
        let of_person = |sql: &str| -> i64 {
            let names = [format!("%8{n:07}"), format!("%6{n:08}"), format!("%.{n}")];
            conn.query_row(sql, names, |row| row.get(0)).unwrap()
        };
        assert!(
            of_person(
                "SELECT count(DISTINCT thread) FROM thread_names
                 WHERE name LIKE ?1 OR name LIKE ?2 OR name LIKE ?3"
            ) <= 1
        );
        assert!(
            of_person(
                "SELECT count(DISTINCT customer) FROM identities
                 WHERE value LIKE ?1 OR value LIKE ?2 OR value LIKE ?3"
            ) <= 1
        );
    }
    let (accepted, done, dead, pending) = shop.counts().await;
    assert_eq!((accepted, dead, pending), (done, 0, 0));
}

async fn an_echo_with_only_the_number_pauses_the_thread_of_the_user_id(shop: Shop) {
    let shop = shop.at_once();
    let both = contact(Some("BR.1"), Some(BR_SENT));
    let first = shop
        .run_turn(from(both, "1", "hi"), saying(&["hello"]))
        .await;
    shop.tell(echo(contact(None, Some(BR_FULL)), "e")).await;
    // Neither the number alone nor the id alone is another conversation.
    for (id, contact) in [
        ("2", contact(None, Some(BR_SENT))),
        ("3", contact(Some("BR.1"), None)),
    ] {
        let lease = shop
            .run_turn(from(contact, id, "1"), Outcome::default())
            .await;
        assert_eq!(lease.turn.thread, first.turn.thread);
        assert_eq!(lease.turn.customer, first.turn.customer);
        assert!(lease.turn.is_paused());
    }
}

// === Joining ===

/// A person known by a user id in one thread and by a number in another; the second wrote last.
async fn split(shop: &Shop) -> (Lease, Lease) {
    let by_id = shop.run_turn(
        from(contact(Some("BR.1"), None), "1", "one"),
        remembering("older"),
    );
    let by_id = by_id.await;
    shop.pass(TimeDelta::seconds(1));
    let by_number = from(contact(None, Some(BR_SENT)), "2", "two");
    let by_number = shop.run_turn(by_number, remembering("newer")).await;
    assert_ne!(by_id.turn.thread, by_number.turn.thread);
    shop.pass(TimeDelta::seconds(1));
    (by_id, by_number)
}

async fn a_message_that_brings_two_threads_together_joins_them(shop: Shop) {
    let shop = shop.at_once();
    let (older, newer) = split(&shop).await;
    let made = book(&newer, 1, "ana", "11:00", 30);
    shop.store.apply(vec![made]).await.unwrap().unwrap();
    let until = shop.now() + TimeDelta::hours(3);
    shop.store
        .pause(older.turn.thread, Some(until))
        .await
        .unwrap();
    shop.accept_new(from(contact(Some("BR.1"), Some(BR_FULL)), "3", "three"))
        .await;
    let lease = shop.lease_one().await;
    assert_eq!(lease.turn.thread, newer.turn.thread);
    assert_eq!(&lease.turn.state.as_ref().unwrap().bytes[..], b"newer");
    assert_eq!(lease.turn.paused_until, Some(until));
    assert_eq!(lease.turn.bookings.len(), 1);
    shop.settle(&lease, saying(&["joined"])).await;
    assert_eq!(shop.counts().await, (3, 3, 0, 0));
    // The transcript is whole, by the number of either.
    for thread in [older.turn.thread, newer.turn.thread] {
        assert_eq!(shop.standing(thread).await, newer.turn.thread);
        let lines = shop
            .store
            .transcript(thread, frontdesk::store::TranscriptPlace::END, 10)
            .await
            .unwrap();
        assert_eq!(lines.len(), 6);
    }
    for known in [line("BR.1"), line("553188887777"), line("5531988887777")] {
        let said = shop.store.replies(&known, 0, 10).await.unwrap();
        assert_eq!(said.len(), 3, "{known:?}");
        // Each answers a turn of its own.
        let turns: BTreeSet<_> = said
            .iter()
            .map(|reply| reply.turn.unwrap().to_string())
            .collect();
        assert_eq!(turns.len(), 3, "{turns:?}");
    }
    // A repeat is known, whichever thread it was first in.
    let repeat = from(contact(Some("BR.1"), None), "1", "one");
    assert!(matches!(
        shop.accept(repeat).await,
        Receipt::Duplicate { .. }
    ));
}

async fn what_waits_in_both_threads_waits_in_the_order_in_which_it_came(shop: Shop) {
    let shop = shop.at_once();
    // The second time all of it comes in one instant.
    for (person, between) in [(1, TimeDelta::seconds(1)), (2, TimeDelta::zero())] {
        let (user, number) = (format!("BR.{person}"), format!("+55318888777{person}"));
        let by_id = contact(Some(&user), None);
        let by_number = contact(None, Some(&number));
        let both = contact(Some(&user), Some(&number));
        let order = [&by_id, &by_number, &by_id, &by_number, &both];
        for (said, contact) in ["1", "2", "3", "4", "5"].into_iter().zip(order) {
            let id = format!("{person}.{said}");
            shop.accept_new(from(contact.clone(), &id, said)).await;
            shop.pass(between);
        }
        let before = 5 * (person - 1);
        assert_eq!(shop.counts().await, (before + 5, before, 0, 5));
        let lease = shop.lease_one().await;
        assert_eq!(words(&lease), ["1", "2", "3", "4", "5"]);
        assert!(!shop.settle(&lease, Outcome::default()).await);
        assert_eq!(shop.counts().await, (before + 5, before + 5, 0, 0));
        assert_eq!(shop.ready().await, 0);
    }
}

async fn a_turn_under_way_in_a_joined_thread_runs_again(shop: Shop) {
    let shop = shop.at_once();
    shop.accept_new(from(contact(Some("BR.1"), None), "1", "one"))
        .await;
    let under_way = shop.lease_one().await;
    shop.accept_new(from(contact(None, Some(BR_SENT)), "2", "two"))
        .await;
    let other = shop.lease_one().await;
    let both = contact(Some("BR.1"), Some(BR_SENT));
    shop.accept_new(from(both, "3", "three")).await;
    for lost in [under_way, other] {
        let late = shop.commit(&lost, saying(&["late"])).await;
        assert!(matches!(late, Committed::LeaseLost));
    }
    let lease = shop.lease_one().await;
    assert_eq!(words(&lease), ["one", "two", "three"]);
    shop.settle(&lease, saying(&["once"])).await;
    let said = shop.store.replies(&line("BR.1"), 0, 10).await.unwrap();
    assert_eq!(said.len(), 1);
    assert_eq!(shop.counts().await, (3, 3, 0, 0));
}

async fn a_conversation_of_highlevels_is_one_thread(shop: Shop) {
    let shop = shop.at_once();
    let told = |user: &str, contact: Contact, id: &str, conversation: &str| InboundMessage {
        thread: ThreadKey {
            source: SourceKind::Highlevel,
            key: format!("loc:{user}").into(),
            ..line("")
        },
        contact: Contact {
            also: vec![Identity::Conversation(conversation.into())],
            ..contact
        },
        ..whatsapp("", id, "hi")
    };
    let by_id = told("c1", contact(Some("c1"), None), "1", "v1");
    let first = shop.run_turn(by_id, Outcome::default()).await;
    // A workflow may leave out the contact's id.
    let by_number = || contact(None, Some(BR_SENT));
    let same = told("+553188887777", by_number(), "2", "v1");
    let same = shop.run_turn(same, Outcome::default()).await;
    assert_eq!(same.turn.thread, first.turn.thread);
    assert_eq!(same.turn.customer, first.turn.customer);
    let other = contact(None, Some("+12025550101"));
    let other = told("+12025550101", other, "3", "v2");
    let other = shop.run_turn(other, Outcome::default()).await;
    assert_ne!(other.turn.thread, first.turn.thread);
}

async fn a_number_that_changed_hands_is_no_reason_to_join(shop: Shop) {
    let shop = shop.at_once();
    let (ana, bea) = (
        contact(Some("BR.1"), Some(BR_SENT)),
        contact(Some("BR.2"), Some(BR_FULL)),
    );
    let ana = shop
        .run_turn(from(ana, "1", "hi"), remembering("ana"))
        .await;
    let made = book(&ana, 1, "ana", "11:00", 30);
    shop.store.apply(vec![made]).await.unwrap().unwrap();
    let bea = shop
        .run_turn(from(bea, "2", "hi"), Outcome::default())
        .await;
    assert_ne!(ana.turn.thread, bea.turn.thread);
    assert!(bea.turn.bookings.is_empty() && bea.turn.state.is_none());
    let by_number = contact(None, Some(BR_SENT));
    let by_number = shop.run_turn(from(by_number, "3", "hi"), Outcome::default());
    assert_eq!(by_number.await.turn.thread, bea.turn.thread);
    let by_id = contact(Some("BR.1"), None);
    let by_id = shop
        .run_turn(from(by_id, "4", "hi"), Outcome::default())
        .await;
    assert_eq!(by_id.turn.thread, ana.turn.thread);
    assert_eq!(by_id.turn.bookings.len(), 1);
}

// === Changes that the provider tells of ===

fn change(before: Contact, now: Contact) -> Arrival {
    Arrival::IdentityChange(IdentityChange {
        notice: Notice {
            id: MessageId::new("wamid.system"),
            business: business(),
            source: SourceKind::Whatsapp,
            kind: "system.user_changed_number".into(),
            raw: Bytes::from_static(b"{}"),
        },
        thread: key(&before),
        before,
        now,
    })
}

async fn a_number_that_was_changed_is_the_same_customer_and_the_old_one_is_free(shop: Shop) {
    for with_new_thread in [false, true] {
        let shop = Shop::on_sqlite().at_once();
        let old = || contact(None, Some("+12025550101"));
        let new = || contact(None, Some("+12025550102"));
        let first = shop
            .run_turn(from(old(), "1", "hi"), remembering("state"))
            .await;
        let made = book(&first, 1, "ana", "11:00", 30);
        shop.store.apply(vec![made]).await.unwrap().unwrap();
        shop.tell(echo(old(), "e")).await;
        if with_new_thread {
            // They wrote from the new number before the change was told.
            shop.run_turn(from(new(), "2", "hi"), Outcome::default())
                .await;
        }
        for _ in 0..2 {
            shop.tell(change(old(), new())).await;
        }
        let lease = shop
            .run_turn(from(new(), "3", "1"), Outcome::default())
            .await;
        assert_eq!(lease.turn.bookings.len(), 1);
        assert_eq!(lease.turn.customer, first.turn.customer);
        assert_eq!(&lease.turn.state.as_ref().unwrap().bytes[..], b"state");
        assert!(lease.turn.is_paused());
        assert_eq!(lease.turn.contact.phone, new().phone);
        // Whoever has the old number now is somebody else, with a conversation of their own.
        let next = shop
            .run_turn(from(old(), "4", "hi"), Outcome::default())
            .await;
        assert!(next.turn.bookings.is_empty() && next.turn.state.is_none());
        assert!(!next.turn.is_paused());
        assert_ne!(next.turn.customer, lease.turn.customer);
        assert_ne!(next.turn.key, lease.turn.key);
        assert_eq!(next.turn.contact.phone, old().phone);
    }
    drop(shop);
}

async fn a_user_id_that_was_changed_is_the_same_customer(shop: Shop) {
    let shop = shop.at_once();
    let first = contact(Some("BR.1"), Some(BR_SENT));
    let first = shop
        .run_turn(from(first, "1", "hi"), Outcome::default())
        .await;
    shop.tell(change(
        contact(Some("BR.1"), None),
        contact(Some("BR.9"), None),
    ))
    .await;
    for (id, user) in [("2", "BR.9"), ("3", "BR.1")] {
        let now = from(contact(Some(user), None), id, "hi");
        let lease = shop.run_turn(now, Outcome::default()).await;
        assert_eq!(lease.turn.thread, first.turn.thread, "{user}");
        assert_eq!(lease.turn.customer, first.turn.customer);
        assert_eq!(lease.turn.contact.phone, None, "no number is told any more");
    }
    let number = from(contact(None, Some(BR_FULL)), "4", "hi");
    let number = shop.run_turn(number, Outcome::default()).await;
    assert_ne!(number.turn.customer, first.turn.customer);
}

async fn a_number_that_is_still_told_after_a_change_stays_theirs(shop: Shop) {
    let shop = shop.at_once();
    let before = contact(Some("BR.1"), Some(BR_SENT));
    let first = from(before.clone(), "1", "hi");
    let first = shop.run_turn(first, Outcome::default()).await;
    shop.tell(change(before, contact(Some("BR.9"), Some(BR_FULL))))
        .await;
    let by_number = from(contact(None, Some(BR_SENT)), "2", "hi");
    let by_number = shop.run_turn(by_number, Outcome::default()).await;
    assert_eq!(by_number.turn.thread, first.turn.thread);
    assert_eq!(by_number.turn.customer, first.turn.customer);
}

async fn a_change_of_somebody_unknown_keeps_no_one(shop: Shop) {
    let (before, now) = (
        contact(None, Some("+12025550101")),
        contact(None, Some("+12025550102")),
    );
    shop.tell(change(before, now)).await;
    let conn = rusqlite::Connection::open(shop.folder.path().join("shop.db")).unwrap();
    let rows = "SELECT (SELECT count(*) FROM threads) + (SELECT count(*) FROM identities)";
    let rows: i64 = conn.query_row(rows, (), |row| row.get(0)).unwrap();
    assert_eq!(rows, 0);
}

// === Spellings ===

fn by_client(thread: &str, number: &str, said: &str) -> InboundMessage {
    let mut message = direct(thread, said);
    message.contact.phone = Some(phone(number));
    message
}

async fn a_clients_thread_is_one_for_all_spellings_of_its_phone(shop: Shop) {
    for trust in [Trust::Verified, Trust::Unverified] {
        let mut threads = Vec::new();
        let mut customers = Vec::new();
        let spellings = ["+525512345678", "+5215512345678"];
        for number in spellings {
            let mut message = by_client(number, number, "hi");
            message.thread.trust = trust;
            let lease = shop.run_turn(message, saying(&["hello"])).await;
            threads.push(lease.turn.thread);
            customers.push(lease.turn.customer);
            assert_eq!(lease.turn.contact.phone, Some(phone(number)));
        }
        assert_eq!(threads[0], threads[1]);
        assert_eq!(customers[0], customers[1]);
        for number in spellings {
            let thread = ThreadKey {
                trust,
                ..super::direct_thread(number)
            };
            assert_eq!(shop.store.replies(&thread, 0, 9).await.unwrap().len(), 2);
        }
    }
}

async fn a_clients_own_thread_id_stays_apart(shop: Shop) {
    let number = "+525512345678";
    let of_phone = shop
        .run_turn(by_client(number, number, "hi"), Outcome::default())
        .await;
    let own = shop
        .run_turn(by_client("order-7", number, "hi"), Outcome::default())
        .await;
    assert_ne!(of_phone.turn.thread, own.turn.thread);
    assert_eq!(of_phone.turn.customer, own.turn.customer);
}

async fn a_booking_by_any_spelling_is_the_customers(shop: Shop) {
    let shop = shop.at_once();
    for (n, (booked, written)) in (1_u8..).zip([
        (BR_FULL, BR_SENT),
        ("+525512345678", "+5215512345678"),
        ("+541155554444", "+5491155554444"),
    ]) {
        let business = business();
        let customer = shop.store.customer(&business, Some(phone(booked)), None);
        let customer = customer.await.unwrap();
        let id = format!("{n}");
        let hello = from(contact(None, Some(written)), &id, "when is it?");
        shop.accept_new(hello).await;
        let lease = shop.lease_one().await;
        assert_eq!(lease.turn.customer, customer.id, "{booked}");
        let made = book(&lease, n.into(), &id, "11:00", 30);
        let outcome = Outcome {
            effects: vec![made],
            ..Outcome::default()
        };
        shop.settle(&lease, outcome).await;
        // It is shown as the business wrote it.
        for number in [booked, written] {
            assert_eq!(shop.booked_by(number).await, [Some(phone(booked))]);
        }
        shop.pass(TimeDelta::days(3));
        let whom = Whom::Phone(phone(booked));
        let erased = shop.store.erase(&business, &whom).await.unwrap();
        assert!(
            matches!(erased, Erased::Done(forgotten) if forgotten.bookings == 1 && forgotten.threads == 1)
        );
        shop.clock.advance(TimeDelta::days(-3));
    }
}

async fn replies_go_to_the_number_as_the_source_spells_it(shop: Shop) {
    let shop = shop
        .with_policy(|policy| policy.channels = vec![SourceKind::Whatsapp])
        .at_once();
    shop.run_turn(
        from(contact(None, Some(BR_SENT)), "1", "hi"),
        saying(&["hello"]),
    )
    .await;
    shop.store
        .customer(&business(), Some(phone(BR_FULL)), Some("Ana".into()))
        .await
        .unwrap();
    shop.tell(echo(contact(None, Some(BR_FULL)), "e")).await;
    let due = shop
        .store
        .dispatch(10, super::LEASE, no_limit())
        .await
        .unwrap()
        .due;
    assert_eq!(due.len(), 1);
    assert_eq!(due[0].contact.phone, Some(phone(BR_SENT)));
    assert_eq!(due[0].contact.name.as_deref(), Some("Ana"));
}

async fn an_opt_out_outlives_erasure_in_every_spelling(shop: Shop) {
    let shop = shop.at_once();
    let stop = Outcome {
        consent: Some(Consent::OptOut),
        ..Outcome::default()
    };
    // The number is learnt after the word.
    let by_id = contact(Some("BR.1"), None);
    shop.run_turn(from(by_id, "1", "STOP"), stop).await;
    let both = contact(Some("BR.1"), Some(BR_SENT));
    shop.run_turn(from(both, "2", "hi"), Outcome::default())
        .await;
    let whom = Whom::Phone(phone(BR_FULL));
    let erased = shop.store.erase(&business(), &whom).await.unwrap();
    assert!(matches!(erased, Erased::Done(_)));
    for (n, number) in [BR_FULL, BR_SENT].into_iter().enumerate() {
        let message = by_client(&format!("c-{n}"), number, "hi");
        let lease = shop.run_turn(message, Outcome::default()).await;
        assert!(lease.turn.opted_out, "{number}");
    }
    let back = Outcome {
        consent: Some(Consent::OptIn),
        ..Outcome::default()
    };
    shop.run_turn(by_client("c-2", BR_FULL, "START"), back)
        .await;
    let lease = shop.run_turn(by_client("c-3", BR_SENT, "hi"), Outcome::default());
    assert!(!lease.await.turn.opted_out);
}

async fn the_limit_of_a_sender_counts_every_spelling(shop: Shop) {
    let shop = shop.with_policy(|policy| {
        policy.rate_limit_per_minute = std::num::NonZeroU32::new(2);
    });
    let mut limited = 0;
    for n in 0..6 {
        let number = if n % 2 == 0 { BR_SENT } else { BR_FULL };
        let message = with_id(&format!("{n}"), by_client(&format!("t-{n}"), number, "hi"));
        limited += u8::from(matches!(
            shop.accept(message).await,
            Receipt::Limited { .. }
        ));
    }
    assert_eq!(limited, 4);
}

async fn a_person_without_a_number_can_be_forgotten(shop: Shop) {
    let shop = shop.at_once();
    for (n, by_thread) in [(1, true), (2, false)] {
        let user = format!("BR.11112222{n}");
        let hello = from(contact(Some(&user), None), &user, "hi");
        let lease = shop.run_turn(hello, saying(&["hello"])).await;
        let elsewhere = frontdesk::message::BusinessId::new("sol");
        let whom = if by_thread {
            Whom::Thread(lease.turn.thread)
        } else {
            Whom::ProviderId(user.as_str().into())
        };
        let other = shop.store.erase(&elsewhere, &whom).await.unwrap();
        assert_eq!(other, Erased::Unknown);
        let erased = shop.store.erase(&business(), &whom).await.unwrap();
        assert!(matches!(erased, Erased::Done(forgotten) if forgotten.threads == 1));
        assert_eq!(
            super::forgetting::named(&shop, &[&user]),
            Vec::<String>::new()
        );
    }
}

async fn who_was_joined_is_forgotten_by_the_number_of_either_thread(shop: Shop) {
    for by_older in [true, false] {
        let shop = Shop::on_sqlite().at_once();
        let by_id = Contact {
            name: Some("Wilhelmina".into()),
            ..contact(Some("BR.11112222"), None)
        };
        let older = shop.run_turn(from(by_id, "1", "hi"), Outcome::default());
        let older = older.await;
        shop.pass(TimeDelta::seconds(1));
        let by_number = from(contact(None, Some(BR_SENT)), "2", "hi");
        let newer = shop.run_turn(by_number, Outcome::default()).await;
        let both = contact(Some("BR.11112222"), Some(BR_FULL));
        shop.run_turn(from(both, "3", "hi"), Outcome::default())
            .await;
        let named_by = if by_older { &older } else { &newer };
        let whom = Whom::Thread(named_by.turn.thread);
        let erased = shop.store.erase(&business(), &whom).await.unwrap();
        assert!(
            matches!(erased, Erased::Done(forgotten) if forgotten.threads == 1 && forgotten.messages == 3),
            "{erased:?}"
        );
        let private = ["Wilhelmina", "BR.11112222", "88887777"];
        assert_eq!(
            super::forgetting::named(&shop, &private),
            Vec::<String>::new()
        );
    }
    drop(shop);
}
