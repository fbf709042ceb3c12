//! Who is who: one person by several identities, and never a stranger.

use frontdesk::{
    message::{Contact, Content, CustomerId, InboundMessage, SourceKind, ThreadKey, Trust},
    workflow::Outcome,
};

use super::{Shop, booking::book, conformance, direct, phone, whatsapp, words};

conformance!(
    what_a_message_says_may_be_learned_while_its_turn_is_under_way,
    what_is_learned_during_a_turn_joins_its_customer_with_who_is_known,
    a_phone_is_one_customer_in_every_verified_thread,
    an_unverified_sender_is_nobody_known_elsewhere,
    a_number_learnt_later_brings_its_bookings_along,
    a_number_that_changed_hands_brings_nothing_along,
    what_is_learnt_of_a_contact_is_kept,
);

/// Settles the message's turn and answers whose it was.
async fn customer_of(shop: &Shop, message: InboundMessage) -> CustomerId {
    shop.accept_new(message).await;
    let lease = shop.lease_one().await;
    shop.settle(&lease, Outcome::default()).await;
    lease.turn.customer
}

fn at_once(shop: Shop) -> Shop {
    shop.with_policy(|policy| policy.coalesce = std::time::Duration::ZERO)
}

fn knowing(user: &str, id: &str, digits: &str) -> InboundMessage {
    let message = whatsapp(user, id, "hi");
    let contact = Contact {
        phone: Some(phone(digits)),
        ..message.contact
    };
    InboundMessage { contact, ..message }
}

async fn a_phone_is_one_customer_in_every_verified_thread(shop: Shop) {
    let shop = at_once(shop);
    let first = customer_of(&shop, direct("one", "hi")).await;
    assert_eq!(customer_of(&shop, direct("two", "hi")).await, first);
    let by_whatsapp = customer_of(&shop, knowing("user", "1", "+12025550100")).await;
    assert_eq!(by_whatsapp, first);
    let mut elsewhere = direct("one", "hi");
    elsewhere.thread.business = frontdesk::message::BusinessId::new("sol");
    assert_ne!(customer_of(&shop, elsewhere).await, first);
}

async fn an_unverified_sender_is_nobody_known_elsewhere(shop: Shop) {
    let unverified = |thread| {
        let message = direct(thread, "hi");
        let thread = ThreadKey {
            trust: Trust::Unverified,
            ..message.thread
        };
        InboundMessage { thread, ..message }
    };
    let known = customer_of(&shop, direct("ana", "hi")).await;
    let first = customer_of(&shop, unverified("ana")).await;
    let other = customer_of(&shop, unverified("bea")).await;
    assert!(known != first && known != other && first != other);
    assert_eq!(customer_of(&shop, unverified("ana")).await, first);
    let mut other_phone = unverified("ana");
    other_phone.contact.phone = Some(phone("+12025550199"));
    assert_ne!(customer_of(&shop, other_phone).await, first);
}

async fn a_number_learnt_later_brings_its_bookings_along(shop: Shop) {
    let shop = at_once(shop);
    shop.accept_new(direct("ana", "book")).await;
    let lease = shop.lease_one().await;
    let outcome = Outcome {
        effects: vec![book(&lease, 1, "ana", "11:00", 30)],
        ..Outcome::default()
    };
    shop.settle(&lease, outcome).await;
    customer_of(&shop, whatsapp("user", "1", "hi")).await;
    // Accepted before the number was known, and leased after.
    shop.accept_new(whatsapp("user", "2", "when is it?")).await;
    let lease = shop.lease_one().await;
    assert_eq!(lease.turn.bookings, []);
    shop.settle(&lease, Outcome::default()).await;
    shop.accept_new(knowing("user", "3", "+12025550100")).await;
    let lease = shop.lease_one().await;
    assert_eq!(lease.turn.bookings.len(), 1);
    assert_eq!(lease.turn.bookings[0].details.customer, lease.turn.customer);
    // The older thread is the same person's.
    shop.settle(&lease, Outcome::default()).await;
    let customer = customer_of(&shop, direct("ana", "hi")).await;
    assert_eq!(customer, lease.turn.customer);
}

async fn a_number_that_changed_hands_brings_nothing_along(shop: Shop) {
    let shop = at_once(shop);
    let before = customer_of(&shop, knowing("alice", "1", "+12025550100")).await;
    let after = customer_of(&shop, knowing("bob", "2", "+12025550100")).await;
    assert_ne!(before, after);
    assert_eq!(customer_of(&shop, direct("any", "hi")).await, after);
    assert_eq!(
        customer_of(&shop, whatsapp("alice", "3", "hi")).await,
        before
    );
}

async fn what_is_learnt_of_a_contact_is_kept(shop: Shop) {
    let shop = at_once(shop);
    shop.accept_new(whatsapp("user", "1", "hi")).await;
    let lease = shop.lease_one().await;
    let known = Contact {
        phone: None,
        provider_id: Some("user".into()),
        name: None,
        medium: None,
        also: Vec::new(),
    };
    assert_eq!(lease.turn.contact, known);
    shop.settle(&lease, Outcome::default()).await;
    let mut named = knowing("user", "2", "+12025550100");
    named.contact.name = Some("María".into());
    named.contact.medium = Some("SMS".into());
    customer_of(&shop, named.clone()).await;
    shop.accept_new(whatsapp("user", "3", "hi")).await;
    let lease = shop.lease_one().await;
    assert_eq!(lease.turn.contact, named.contact);
    assert_eq!(lease.turn.key.source, SourceKind::Whatsapp);
}

async fn what_is_learned_during_a_turn_joins_its_customer_with_who_is_known(shop: Shop) {
    let shop = at_once(shop);
    // Known by the number alone, with an appointment.
    shop.accept_new(direct("ana", "hello")).await;
    let lease = shop.lease_one().await;
    let booked = Outcome {
        effects: vec![book(&lease, 1, "shop", "10:00", 30)],
        ..Outcome::default()
    };
    shop.settle(&lease, booked).await;
    // The same person by a way that tells no number.
    shop.accept_new(whatsapp("ana-by-id", "1", "hello")).await;
    let lease = shop.lease_one().await;
    assert!(lease.turn.bookings.is_empty() && lease.turn.contact.phone.is_none());
    let contact = Contact {
        phone: Some(phone("+12025550100")),
        name: Some("Ana".into()),
        ..lease.turn.contact.clone()
    };
    let learned = shop.store.acquaint(&lease, contact.clone()).await.unwrap();
    let learned = learned.unwrap();
    assert_eq!(learned.turn.bookings.len(), 1);
    assert_eq!(learned.turn.contact, contact);
    assert_eq!(
        (learned.turn.id, learned.turn.revision, learned.token),
        (lease.turn.id, 0, lease.token)
    );
    assert!(!shop.settle(&learned, Outcome::default()).await);
    // With the next message it is known, and a lease that is over learns nothing.
    shop.accept_new(whatsapp("ana-by-id", "2", "again")).await;
    let next = shop.lease_one().await;
    assert_eq!(next.turn.contact.phone, contact.phone);
    let late = shop.store.acquaint(&lease, contact).await.unwrap();
    assert!(late.is_none());
}

async fn what_a_message_says_may_be_learned_while_its_turn_is_under_way(shop: Shop) {
    shop.accept_new(direct("ana", "first")).await;
    shop.accept_new(direct("ana", "")).await;
    let lease = shop.lease_one().await;
    let seq = lease.turn.inputs[1].seq;
    let content = Content::Text {
        text: "second".to_owned(),
    };
    let learned = shop.store.reread(&lease, seq, content.clone()).await;
    let learned = learned.unwrap().unwrap();
    assert_eq!(words(&learned), ["first", "second"]);
    assert!(!shop.settle(&learned, Outcome::default()).await);
    let late = shop.store.reread(&lease, seq, content).await.unwrap();
    assert!(late.is_none());
}
