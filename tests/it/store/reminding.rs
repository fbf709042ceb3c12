//! Reminders, and who wants none.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use frontdesk::{
    booking::{
        Attendee, Booking, BookingDetails, BookingId, Business, Businesses, Effect, ResourceId,
        ServiceId, Span,
    },
    message::{Content, CustomerId, InboundMessage, MessageId, Reply, SourceKind},
    store::{Attempt, Delivered, Dispatch, Lease, Mail},
    workflow::{Consent, Handoff, Outcome},
};

use super::{LEASE, Shop, business, conformance, direct, direct_thread, phone, saying, whatsapp};
use crate::support::shop::no_limit;

conformance!(
    a_customer_is_reminded_before_the_appointment,
    a_reminder_of_what_was_moved_or_given_up_is_not_sent,
    what_was_due_before_it_was_booked_is_skipped,
    a_booking_made_elsewhere_is_reminded_of_where_its_customer_wrote_last,
    an_own_client_fetches_its_reminders,
    a_reminder_is_answered_by_the_next_message_only,
    a_statement_about_another_message_does_not_answer_a_reminder,
    a_reaction_to_a_reminder_counts_until_something_else_is_asked,
    who_opted_out_is_not_reminded_until_they_opt_in,
    an_opt_out_holds_for_the_person_and_for_one_business,
    a_handoff_lasts_as_long_as_is_asked_for,
);

const ID: BookingId = BookingId(uuid::Uuid::from_u128(7));

/// A business that reminds a day and two hours before.
fn reminding() -> Business {
    let text = "id = \"luna\"\nname = \"Luna\"\ntimezone = \"UTC\"\n\
        [reminder]\nminutes = [1440, 120]\n[hours]\nmonday = [\"09:00-18:00\"]\n\
        [[service]]\nid = \"haircut\"\nname = \"Haircut\"\nminutes = 30\n";
    Business::parse("luna.toml", text).unwrap()
}

impl Shop {
    fn reminding(self) -> Self {
        self.with_policy(|policy| {
            policy.channels = vec![SourceKind::Whatsapp];
            policy.businesses = Arc::new(Businesses::from(reminding()));
        })
    }

    /// A WhatsApp customer writes, and the turn is leased.
    async fn hears(&self, user: &str) -> Lease {
        let id = format!("wamid.{user}.{}", self.now().timestamp_micros());
        let mut message = whatsapp(user, &id, "hello");
        message.contact.phone = Some(phone("+12025550100"));
        self.accept_new(message).await;
        self.pass(TimeDelta::seconds(11));
        self.lease_one().await
    }

    async fn books(&self, lease: &Lease, start: DateTime<Utc>) {
        let effect = Effect::Book {
            id: ID,
            details: details(lease.turn.customer, start),
        };
        let outcome = Outcome {
            effects: vec![effect],
            ..Outcome::default()
        };
        self.settle(lease, outcome).await;
    }

    async fn due(&self) -> Vec<Dispatch> {
        self.store
            .dispatch(10, LEASE, no_limit())
            .await
            .unwrap()
            .due
    }

    async fn due_reminder(&self) -> (Dispatch, Booking) {
        let mut due = self.due().await;
        assert_eq!(due.len(), 1, "messages that are due");
        let dispatch = due.remove(0);
        let Mail::Reminder(reminder) = &dispatch.mail else {
            panic!("{:?}", dispatch.mail);
        };
        let booking = reminder.booking.clone();
        (dispatch, booking)
    }

    async fn send_reminder(&self, dispatch: &Dispatch) {
        let id = MessageId::new(&format!("out.{}", dispatch.reference)).unwrap();
        let sent = Attempt::Sent { id, more: false };
        let said = Some(Reply::text("soon"));
        let delivered = self.store.delivered(dispatch, sent, said).await.unwrap();
        assert_eq!(delivered, Delivered::Sent);
    }

    fn in_two_days(&self) -> DateTime<Utc> {
        self.now() + TimeDelta::days(2)
    }
}

fn details(customer: CustomerId, start: DateTime<Utc>) -> BookingDetails {
    let visible = Span {
        start,
        end: start + TimeDelta::minutes(30),
    };
    BookingDetails {
        business: business(),
        services: ServiceId::new("haircut").into(),
        resource: ResourceId::shop(),
        visible,
        blocked: visible,
        customer,
        name: None,
        for_name: None,
    }
}

async fn a_customer_is_reminded_before_the_appointment(shop: Shop) {
    let shop = shop.reminding();
    let lease = shop.hears("ana").await;
    let start = shop.in_two_days();
    shop.books(&lease, start).await;
    assert!(shop.due().await.is_empty());
    shop.pass(TimeDelta::days(1) - TimeDelta::seconds(1));
    assert!(shop.due().await.is_empty());
    shop.pass(TimeDelta::seconds(1));
    let (dispatch, booking) = shop.due_reminder().await;
    assert_eq!((booking.id, booking.details.visible.start), (ID, start));
    assert_eq!(dispatch.contact.provider_id.as_deref(), Some("ana"));
    shop.send_reminder(&dispatch).await;
    shop.pass(TimeDelta::hours(22));
    let (second, _) = shop.due_reminder().await;
    shop.send_reminder(&second).await;
    assert_eq!(shop.waiting().await, 0);
}

async fn a_reminder_of_what_was_moved_or_given_up_is_not_sent(shop: Shop) {
    let shop = shop.reminding();
    let lease = shop.hears("ana").await;
    let start = shop.in_two_days();
    shop.books(&lease, start).await;
    let later = details(lease.turn.customer, start + TimeDelta::days(1));
    let visible = later.visible;
    let moved = Effect::Move {
        id: ID,
        version: 1,
        services: later.services,
        resource: ResourceId::shop(),
        visible,
        blocked: visible,
        attendee: Attendee::AsBefore,
    };
    shop.store.apply(vec![moved]).await.unwrap().unwrap();
    shop.pass(TimeDelta::days(1));
    assert!(
        shop.due().await.is_empty(),
        "the old time is told to nobody"
    );
    shop.pass(TimeDelta::days(1));
    let (dispatch, booking) = shop.due_reminder().await;
    assert_eq!(booking.details.visible, visible);
    shop.send_reminder(&dispatch).await;
    let cancel = Effect::Cancel { id: ID, version: 2 };
    shop.store.apply(vec![cancel]).await.unwrap().unwrap();
    shop.pass(TimeDelta::hours(22));
    assert!(shop.due().await.is_empty());
    assert_eq!(shop.waiting().await, 0);
}

async fn what_was_due_before_it_was_booked_is_skipped(shop: Shop) {
    let shop = shop.reminding();
    let lease = shop.hears("ana").await;
    let start = shop.now() + TimeDelta::hours(3);
    shop.books(&lease, start).await;
    assert_eq!(shop.waiting().await, 1);
    shop.pass(TimeDelta::hours(1));
    shop.due_reminder().await;
}

async fn a_booking_made_elsewhere_is_reminded_of_where_its_customer_wrote_last(shop: Shop) {
    let shop = shop.reminding();
    let lease = shop.hears("ana").await;
    shop.settle(&lease, Outcome::default()).await;
    let start = shop.in_two_days();
    let effect = Effect::Book {
        id: ID,
        details: details(lease.turn.customer, start),
    };
    shop.store.apply(vec![effect]).await.unwrap().unwrap();
    shop.pass(TimeDelta::days(1));
    let (dispatch, _) = shop.due_reminder().await;
    assert_eq!(dispatch.thread, lease.turn.key);
}

async fn an_own_client_fetches_its_reminders(shop: Shop) {
    let shop = shop.reminding();
    shop.accept_new(direct("ana", "hello")).await;
    let lease = shop.lease_one().await;
    let start = shop.in_two_days();
    shop.books(&lease, start).await;
    shop.pass(TimeDelta::days(1));
    let (dispatch, _) = shop.due_reminder().await;
    let said = Some(Reply::text("soon"));
    let end = shop
        .store
        .delivered(&dispatch, Attempt::ForPickup, said)
        .await;
    assert_eq!(end.unwrap(), Delivered::Sent);
    let replies = shop.store.replies(&direct_thread("ana"), 0, 10).await;
    let replies = replies.unwrap();
    assert_eq!(replies.len(), 1);
    assert_eq!(
        (replies[0].turn, &replies[0].reply),
        (None, &Reply::text("soon"))
    );
}

async fn a_reminder_is_answered_by_the_next_message_only(shop: Shop) {
    let shop = shop.reminding();
    let lease = shop.hears("ana").await;
    assert_eq!(lease.turn.reminded, None);
    let start = shop.in_two_days();
    shop.books(&lease, start).await;
    shop.pass(TimeDelta::days(1));
    let (dispatch, _) = shop.due_reminder().await;
    shop.send_reminder(&dispatch).await;
    shop.pass(TimeDelta::hours(5));
    let lease = shop.hears("ana").await;
    assert_eq!(lease.turn.reminded, Some(ID));
    shop.settle(&lease, Outcome::default()).await;
    let lease = shop.hears("ana").await;
    assert_eq!(lease.turn.reminded, None);
}

/// Ana reacts to a message, and her turn is leased.
async fn reacts(shop: &Shop, id: &str, to: &str) -> Lease {
    let content = Content::Reaction {
        emoji: Some("👍".to_owned()),
        to: to.to_owned(),
    };
    let message = InboundMessage {
        content,
        ..whatsapp("ana", id, "")
    };
    shop.accept_new(message).await;
    shop.pass(TimeDelta::seconds(11));
    shop.lease_one().await
}

async fn a_statement_about_another_message_does_not_answer_a_reminder(shop: Shop) {
    let shop = shop.reminding();
    let lease = shop.hears("ana").await;
    shop.books(&lease, shop.in_two_days()).await;
    shop.pass(TimeDelta::days(1));
    let (dispatch, _) = shop.due_reminder().await;
    shop.send_reminder(&dispatch).await;
    shop.pass(TimeDelta::hours(5));
    let lease = reacts(&shop, "r1", "wamid.old").await;
    assert!(lease.turn.inputs.is_empty());
    shop.settle(&lease, Outcome::default()).await;
    let lease = shop.hears("ana").await;
    assert_eq!(lease.turn.reminded, Some(ID));
}

async fn a_reaction_to_a_reminder_counts_until_something_else_is_asked(shop: Shop) {
    let shop = shop.reminding();
    let asks = async |lease: &Lease, outcome: Outcome| {
        shop.settle(lease, outcome).await;
        let due = shop.due().await;
        shop.send_reminder(&due[0]).await;
        format!("out.{}", due[0].reference)
    };
    let counts = async |id: &str, to: &str| {
        let lease = reacts(&shop, id, to).await;
        let counts = !lease.turn.inputs.is_empty();
        shop.settle(&lease, Outcome::default()).await;
        counts
    };
    let lease = shop.hears("ana").await;
    let effect = Effect::Book {
        id: ID,
        details: details(lease.turn.customer, shop.in_two_days()),
    };
    let books = Outcome {
        effects: vec![effect],
        ..saying(&["anything else?"])
    };
    let first = asks(&lease, books).await;
    shop.pass(TimeDelta::days(1));
    let (dispatch, _) = shop.due_reminder().await;
    shop.send_reminder(&dispatch).await;
    let reminder = format!("out.{}", dispatch.reference);
    assert!(!counts("r1", &first).await);
    assert!(counts("r2", &reminder).await);
    let lease = shop.hears("ana").await;
    let later = asks(&lease, saying(&["what else?"])).await;
    assert!(!counts("r3", &reminder).await);
    assert!(counts("r4", &later).await);
}

async fn says(shop: &Shop, lease: &Lease, consent: Consent) {
    let outcome = Outcome {
        consent: Some(consent),
        ..Outcome::default()
    };
    shop.settle(lease, outcome).await;
}

async fn who_opted_out_is_not_reminded_until_they_opt_in(shop: Shop) {
    let shop = shop.reminding();
    let lease = shop.hears("ana").await;
    assert!(!lease.turn.opted_out);
    let start = shop.in_two_days();
    shop.books(&lease, start).await;
    let lease = shop.hears("ana").await;
    says(&shop, &lease, Consent::OptOut).await;
    let shop = shop.reopen();
    shop.pass(TimeDelta::days(1));
    assert!(shop.due().await.is_empty());
    assert_eq!(
        shop.waiting().await,
        1,
        "one was dropped, and one is still to come"
    );
    let lease = shop.hears("ana").await;
    assert!(lease.turn.opted_out);
    // What answers them is said all the same.
    shop.settle(&lease, saying(&["hi"])).await;
    assert_eq!(shop.due().await.len(), 1);
    let lease = shop.hears("ana").await;
    says(&shop, &lease, Consent::OptIn).await;
    shop.pass(TimeDelta::hours(22));
    shop.due_reminder().await;
}

async fn an_opt_out_holds_for_the_person_and_for_one_business(shop: Shop) {
    let shop = shop.reminding();
    let lease = shop.hears("ana").await;
    says(&shop, &lease, Consent::OptOut).await;
    // The same phone by another door.
    shop.accept_new(direct("elsewhere", "hello")).await;
    let lease = shop.lease_one().await;
    assert!(lease.turn.opted_out);
    shop.settle(&lease, Outcome::default()).await;
    let mut other = direct("elsewhere", "hello");
    other.thread.business = frontdesk::message::BusinessId::new("sol");
    shop.accept_new(other).await;
    let lease = shop.lease_one().await;
    assert!(!lease.turn.opted_out);
}

async fn a_handoff_lasts_as_long_as_is_asked_for(shop: Shop) {
    let lease = shop.hears("ana").await;
    let until = shop.now() + TimeDelta::days(3);
    let outcome = Outcome {
        handoff: Some(Handoff::Asked),
        handoff_until: Some(until),
        ..Outcome::default()
    };
    shop.settle(&lease, outcome).await;
    shop.pass(TimeDelta::days(2));
    let lease = shop.hears("ana").await;
    assert_eq!(lease.turn.paused_until, Some(until));
    shop.settle(&lease, Outcome::default()).await;
    shop.pass(TimeDelta::days(1) + TimeDelta::seconds(1));
    assert!(!shop.hears("ana").await.turn.is_paused());
}
