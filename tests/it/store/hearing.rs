//! What the keeper of a calendar tells of its appointments, and the copy of them here.

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use frontdesk::{
    booking::{Booking, BookingStatus, ResourceId, Verdict},
    message::{Appointment, Arrival, MessageId, Notice, SourceKind},
    store::{Answered, Feed, Receipt},
};

use super::{
    Shop,
    asking::{CALENDAR, done, elsewhere, moved},
    booking::at,
    business, conformance, direct, phone, whatsapp,
};

conformance!(
    an_appointment_made_there_is_its_customers_here,
    what_is_moved_or_given_up_there_is_so_here,
    what_is_told_late_undoes_nothing,
    a_refusal_tells_nothing_of_what_is_there,
    what_we_asked_for_is_one_booking_whoever_tells_first,
    who_was_met_there_is_joined_with_who_they_are_here,
    other_calendars_are_none_of_ours,
    what_never_was_firm_is_in_no_feed,
    who_tells_of_no_change_still_tells_since_when,
);

/// What is told of an appointment: half an hour at a time, or that it was given up.
fn told(event: &str, id: &str, start: Option<&str>, at_minute: i64) -> Appointment {
    let start = start.map(at);
    Appointment {
        notice: Notice {
            id: MessageId::new(event),
            business: business(),
            source: SourceKind::Highlevel,
            kind: "AppointmentUpdate".into(),
            raw: Bytes::from_static(b"{}"),
        },
        id: id.into(),
        calendar: CALENDAR.into(),
        contact: Some("contact1".into()),
        staff: Some("userBen".into()),
        title: Some("Hair color with Sheena".into()),
        when: start.map(|start| (start, start + TimeDelta::minutes(30))),
        at: Some(since(at_minute)),
    }
}

/// So many minutes after the test's beginning, by the keeper's clock.
fn since(minutes: i64) -> DateTime<Utc> {
    let start: DateTime<Utc> = "2026-03-02T10:00:00Z".parse().unwrap();
    start + TimeDelta::minutes(minutes)
}

impl Shop {
    async fn hear(&self, appointment: Appointment) -> Receipt {
        let arrivals = vec![Arrival::Appointment(appointment)];
        self.store.accept(arrivals).await.unwrap().pop().unwrap()
    }

    /// What the contact of the keeper's sees when they write.
    async fn bookings_of_contact(&self, contact: &str) -> Vec<Booking> {
        let mut message = whatsapp(contact, &format!("m{}", self.now()), "hi");
        message.thread.source = SourceKind::Highlevel;
        self.accept_new(message).await;
        self.pass(TimeDelta::seconds(5));
        let lease = self.lease_one().await;
        self.settle(&lease, super::saying(&["hello"])).await;
        lease.turn.bookings
    }
}

async fn an_appointment_made_there_is_its_customers_here(shop: Shop) {
    let shop = elsewhere(shop);
    assert_eq!(
        shop.hear(told("e1", "x1", Some("11:00"), 0)).await,
        Receipt::Recorded
    );
    let again = shop.hear(told("e1", "x1", Some("11:00"), 0)).await;
    assert_eq!(again, Receipt::Duplicate { first: None });
    let bookings = shop.bookings_of_contact("contact1").await;
    let [booking] = bookings.as_slice() else {
        panic!("{bookings:?}");
    };
    assert_eq!(booking.status, BookingStatus::Booked);
    assert_eq!(booking.details.services.to_string(), "color");
    assert_eq!(booking.details.resource, ResourceId::new("ben"));
    assert_eq!(booking.details.visible.start, at("11:00"));
    assert_eq!(
        booking.elsewhere.as_ref().unwrap().id.as_deref(),
        Some("x1")
    );
    // There, the shop may take two at once; ours to judge is only what is not there yet.
    let mut beside = told("e2", "x2", Some("11:15"), 0);
    beside.contact = Some("contact2".into());
    shop.hear(beside).await;
    assert_eq!(shop.bookings_of_contact("contact2").await.len(), 1);
}

async fn what_is_moved_or_given_up_there_is_so_here(shop: Shop) {
    let shop = elsewhere(shop);
    shop.asks(1, "11:00").await;
    shop.keeper_answers(done("x1")).await;
    shop.event_told().await;
    let before = shop.booking(1).await;
    shop.hear(told("e1", "x1", Some("12:00"), 1)).await;
    let moved = shop.booking(1).await;
    assert_eq!(moved.details.visible.start, at("12:00"));
    assert_eq!(moved.details.resource, ResourceId::new("ben"));
    // Whoever saw it before has to look again; what it is of is ours to know.
    assert!(moved.version > before.version);
    assert_eq!(moved.details.services, before.details.services);
    // The same again is no change.
    shop.hear(told("e2", "x1", Some("12:00"), 2)).await;
    assert_eq!(shop.booking(1).await, moved);
    shop.hear(told("e3", "x1", None, 3)).await;
    assert_eq!(shop.booking(1).await.status, BookingStatus::Cancelled);
    shop.hear(told("e4", "x1", Some("12:00"), 4)).await;
    assert_eq!(shop.booking(1).await.status, BookingStatus::Booked);
    // It is no news to the customer from us: the people of the business did it.
    assert_eq!(shop.ready().await, 0);
}

async fn what_is_told_late_undoes_nothing(shop: Shop) {
    let shop = elsewhere(shop);
    shop.hear(told("e1", "x1", Some("11:00"), 1)).await;
    shop.hear(told("e3", "x1", Some("13:00"), 3)).await;
    shop.hear(told("e2", "x1", Some("12:00"), 2)).await;
    let bookings = shop.bookings_of_contact("contact1").await;
    assert_eq!(bookings[0].details.visible.start, at("13:00"));
    // Given up before we heard that it was made.
    shop.hear(told("e7", "x7", None, 5)).await;
    shop.hear(told("e6", "x7", Some("10:00"), 4)).await;
    assert_eq!(shop.bookings_of_contact("contact1").await.len(), 1);
    shop.hear(told("e8", "x7", Some("10:00"), 6)).await;
    assert_eq!(shop.bookings_of_contact("contact1").await.len(), 2);
    // The event of its making, repeated hours after we moved it.
    shop.asks(1, "14:00").await;
    shop.keeper_answers(done("x2")).await;
    shop.event_told().await;
    shop.hear(told("e5", "x2", Some("15:00"), -5)).await;
    assert_eq!(shop.booking(1).await.details.visible.start, at("14:00"));
}

async fn a_refusal_tells_nothing_of_what_is_there(shop: Shop) {
    let shop = elsewhere(shop);
    shop.asks(1, "11:00").await;
    shop.keeper_answers(done("x1")).await;
    shop.event_told().await;
    let booked = shop.booking(1).await;
    shop.pass(TimeDelta::minutes(1));
    // The staff moves it while we ask, and their event comes after the answer.
    let theirs = Appointment {
        at: Some(shop.now()),
        ..told("e1", "x1", Some("15:00"), 0)
    };
    shop.act(direct("ana", "at 12"), |_| vec![moved(&booked, "12:00")])
        .await;
    shop.keeper_answers(Answered::Taken).await;
    shop.hear(theirs).await;
    assert_eq!(shop.booking(1).await.details.visible.start, at("15:00"));
}

async fn what_we_asked_for_is_one_booking_whoever_tells_first(shop: Shop) {
    let shop = elsewhere(shop);
    shop.asks(1, "11:00").await;
    let request = shop.due_request().await;
    // The keeper's event is here before its answer.
    shop.hear(told("e1", "x1", Some("11:00"), 0)).await;
    shop.store.answered(&request, done("x1")).await.unwrap();
    assert_eq!(shop.event_told().await.verdict, Verdict::Done);
    assert_eq!(shop.booking(1).await.status, BookingStatus::Booked);
    let bookings = shop.bookings_of_contact("contact1").await;
    assert_eq!(bookings.len(), 1);
    assert_eq!(bookings[0].id, shop.booking(1).await.id);

    // In doubt, what we only heard of may be what we asked for. What is another booking's is not,
    // wherever the staff may have put it since.
    shop.asks(2, "12:00").await;
    let first = shop.due_request().await;
    shop.hear(told("e2", "x2", Some("12:00"), 0)).await;
    let doubt = Answered::Ambiguous {
        after: std::time::Duration::ZERO,
    };
    shop.store.answered(&first, doubt).await.unwrap();
    assert_eq!(shop.due_request().await.others, ["x1".into()]);
}

async fn who_was_met_there_is_joined_with_who_they_are_here(shop: Shop) {
    let shop = elsewhere(shop);
    shop.asks(1, "11:00").await;
    let request = shop.due_request().await;
    shop.hear(told("e1", "x1", Some("11:00"), 0)).await;
    shop.hear(told("e9", "x9", Some("16:00"), 0)).await;
    shop.store.answered(&request, done("x1")).await.unwrap();
    shop.event_told().await;
    let mut message = direct("ana", "what have I?");
    message.contact.phone = Some(phone("+12025550100"));
    shop.accept_new(message).await;
    let lease = shop.lease_one().await;
    let starts: Vec<_> = lease
        .turn
        .bookings
        .iter()
        .map(|booking| booking.details.visible.start)
        .collect();
    assert_eq!(starts, [at("11:00"), at("16:00")]);
}

async fn other_calendars_are_none_of_ours(shop: Shop) {
    let shop = elsewhere(shop);
    let mut other = told("e1", "x1", Some("11:00"), 0);
    other.calendar = "another1".into();
    assert_eq!(shop.hear(other).await, Receipt::Recorded);
    assert!(shop.bookings_of_contact("contact1").await.is_empty());
}

async fn what_never_was_firm_is_in_no_feed(shop: Shop) {
    let shop = elsewhere(shop);
    let feed = Feed {
        business: business(),
        resource: None,
        names: true,
    };
    let entries = async || {
        let entries = shop.store.calendar(&feed, at("00:00")).await.unwrap();
        let starts = entries
            .iter()
            .map(|entry| entry.booking.details.visible.start);
        starts.collect::<Vec<_>>()
    };
    // Given up before we heard of it, asked for, and refused.
    let mut unheard = told("e1", "x1", None, 0);
    unheard.at = Some(at("09:00"));
    shop.hear(unheard).await;
    shop.asks(1, "11:00").await;
    assert!(entries().await.is_empty());
    shop.keeper_answers(Answered::Taken).await;
    shop.event_told().await;
    assert!(entries().await.is_empty());
    // What was firm stays to be seen.
    shop.asks(2, "12:00").await;
    shop.keeper_answers(done("x2")).await;
    shop.event_told().await;
    assert_eq!(entries().await, [at("12:00")]);
    shop.hear(told("e2", "x2", None, 60)).await;
    assert_eq!(entries().await, [at("12:00")]);
}

async fn who_tells_of_no_change_still_tells_since_when(shop: Shop) {
    let shop = elsewhere(shop);
    shop.hear(told("e1", "x1", Some("11:00"), 1)).await;
    shop.hear(told("e3", "x1", Some("11:00"), 3)).await;
    // Between the two it was elsewhere, and is not any more.
    shop.hear(told("e2", "x1", Some("15:00"), 2)).await;
    let bookings = shop.bookings_of_contact("contact1").await;
    assert_eq!(bookings[0].details.visible.start, at("11:00"));
}
