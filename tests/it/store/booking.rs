//! Bookings: never two on one time of one resource, whatever the path.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use frontdesk::{
    booking::{
        Attendee, Booking, BookingDetails, BookingId, BookingStatus, Conflict, Effect, ResourceId,
        ServiceId, Span,
    },
    message::CustomerId,
    metrics::BookingOutcome,
    store::Lease,
};

use super::{LEASE, Shop, business, conformance, direct, phone};

conformance!(
    of_racing_bookings_of_one_slot_one_is_made,
    touching_spans_do_not_overlap,
    other_resources_and_businesses_do_not_stand_in_the_way,
    an_expired_hold_makes_room_and_a_live_one_does_not,
    a_late_yes_takes_an_expired_hold_if_it_is_still_free,
    a_late_yes_is_refused_when_someone_else_has_the_time,
    a_confirmation_is_in_place_and_guarded_by_the_version,
    a_booking_does_not_conflict_with_itself_when_moved,
    a_move_onto_someone_elses_time_is_refused,
    a_new_wish_replaces_the_customers_own_hold,
    a_cancelled_booking_takes_no_room_and_does_not_come_back,
    effects_touch_only_the_bookings_of_their_customer,
    the_same_wish_again_is_no_second_booking,
    effects_are_applied_all_or_none,
    what_takes_no_time_is_not_booked,
    busy_shows_what_takes_room,
    booked_shows_what_is_firm_within_a_span,
    changes_of_the_calendar_are_counted,
);

/// An instant of the test's day.
pub(super) fn at(time: &str) -> DateTime<Utc> {
    format!("2026-03-03T{time}:00Z").parse().unwrap()
}

pub(super) fn span(start: &str, minutes: i64) -> Span {
    let start = at(start);
    let end = start + TimeDelta::minutes(minutes);
    Span { start, end }
}

pub(super) fn id(n: u128) -> BookingId {
    BookingId(uuid::Uuid::from_u128(n))
}

pub(super) fn details(
    customer: CustomerId,
    resource: &str,
    start: &str,
    minutes: i64,
) -> BookingDetails {
    let visible = span(start, minutes);
    BookingDetails {
        business: business(),
        services: ServiceId::new("haircut").into(),
        resource: ResourceId::new(resource),
        visible,
        blocked: visible,
        customer,
        name: None,
        for_name: None,
    }
}

/// A booking by the customer of a turn.
pub(super) fn book(lease: &Lease, n: u128, resource: &str, start: &str, minutes: i64) -> Effect {
    Effect::Book {
        id: id(n),
        details: details(lease.turn.customer, resource, start, minutes),
    }
}

/// Two customers, each with a leased turn.
pub(super) async fn two_customers(shop: &Shop) -> (Lease, Lease) {
    shop.accept_new(direct("ana", "hello")).await;
    let mut message = direct("bea", "hello");
    message.contact.phone = Some(phone("+12025550199"));
    shop.accept_new(message).await;
    let mut leases = shop.store.lease(2, LEASE).await.unwrap().turns;
    let (second, first) = (leases.pop().unwrap(), leases.pop().unwrap());
    assert_ne!(first.turn.customer, second.turn.customer);
    (first, second)
}

impl Shop {
    async fn apply(&self, effect: Effect) -> Result<(), Conflict> {
        self.store.apply(vec![effect]).await.unwrap()
    }

    pub(super) async fn booking(&self, n: u128) -> Booking {
        self.store.booking(id(n)).await.unwrap().unwrap()
    }

    fn hold(&self, lease: &Lease, n: u128, start: &str) -> Effect {
        Effect::Hold {
            id: id(n),
            details: details(lease.turn.customer, "ana", start, 30),
            expires_at: self.now() + TimeDelta::minutes(10),
        }
    }
}

fn taken(start: &str) -> Result<(), Conflict> {
    let (resource, start) = (ResourceId::new("ana"), at(start));
    Err(Conflict::SlotTaken { resource, start })
}

fn changed(n: u128) -> Result<(), Conflict> {
    Err(Conflict::BookingChanged { id: id(n) })
}

fn confirm(n: u128, version: u32) -> Effect {
    Effect::Confirm {
        id: id(n),
        version,
        name: None,
        for_name: None,
    }
}

fn move_to(n: u128, version: u32, start: &str) -> Effect {
    let (id, visible) = (id(n), span(start, 30));
    Effect::Move {
        id,
        version,
        services: ServiceId::new("haircut").into(),
        resource: ResourceId::new("ana"),
        visible,
        blocked: visible,
        attendee: Attendee::AsBefore,
    }
}

async fn of_racing_bookings_of_one_slot_one_is_made(shop: Shop) {
    let (ana, bea) = two_customers(&shop).await;
    let race: Vec<_> = (0..100)
        .map(|n| {
            let store = Arc::clone(&shop.store);
            let start = ["11:00", "11:10", "10:45"][n % 3];
            let lease = if n % 2 == 0 { &ana } else { &bea };
            let effect = book(lease, n as u128, "ana", start, 30);
            async move { store.apply(vec![effect]).await.unwrap() }
        })
        .collect();
    let results = futures_util::future::join_all(race).await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    let booked = shop.store.booked(&business(), span("00:00", 1_440)).await;
    assert_eq!(booked.unwrap().len(), 1);
}

async fn touching_spans_do_not_overlap(shop: Shop) {
    let (ana, _) = two_customers(&shop).await;
    let booking = |n, start| book(&ana, n, "ana", start, 30);
    shop.apply(booking(1, "11:00")).await.unwrap();
    shop.apply(booking(2, "11:30")).await.unwrap();
    shop.apply(booking(3, "10:30")).await.unwrap();
    assert_eq!(shop.apply(booking(4, "11:29")).await, taken("11:29"));
    assert_eq!(shop.apply(booking(5, "10:01")).await, taken("10:01"));
    let around = book(&ana, 6, "ana", "09:00", 600);
    assert_eq!(shop.apply(around).await, taken("09:00"));
    // The buffers count, not what the customer sees.
    let mut buffered = details(ana.turn.customer, "ana", "12:10", 30);
    buffered.blocked.start = at("11:55");
    let (id, details) = (id(7), buffered);
    assert_eq!(
        shop.apply(Effect::Book { id, details }).await,
        taken("12:10")
    );
}

async fn other_resources_and_businesses_do_not_stand_in_the_way(shop: Shop) {
    let (ana, _) = two_customers(&shop).await;
    shop.apply(book(&ana, 1, "ana", "11:00", 30)).await.unwrap();
    shop.apply(book(&ana, 2, "bea", "11:00", 30)).await.unwrap();
    let mut elsewhere = details(ana.turn.customer, "ana", "11:00", 30);
    elsewhere.business = frontdesk::message::BusinessId::new("sol");
    let (id, details) = (id(3), elsewhere);
    shop.apply(Effect::Book { id, details }).await.unwrap();
}

async fn an_expired_hold_makes_room_and_a_live_one_does_not(shop: Shop) {
    let (ana, bea) = two_customers(&shop).await;
    shop.apply(shop.hold(&ana, 1, "11:00")).await.unwrap();
    shop.pass(TimeDelta::milliseconds(599_999));
    let wish = book(&bea, 2, "ana", "11:15", 30);
    assert_eq!(shop.apply(wish.clone()).await, taken("11:15"));
    shop.pass(TimeDelta::milliseconds(1));
    shop.apply(wish).await.unwrap();
    assert_eq!(shop.booking(1).await.status, BookingStatus::Cancelled);
}

async fn a_late_yes_takes_an_expired_hold_if_it_is_still_free(shop: Shop) {
    let (ana, bea) = two_customers(&shop).await;
    shop.apply(shop.hold(&ana, 1, "11:00")).await.unwrap();
    shop.pass(TimeDelta::hours(1));
    // Someone took it and gave it up again.
    shop.apply(book(&bea, 2, "ana", "11:00", 30)).await.unwrap();
    let (id_2, version) = (id(2), 1);
    shop.apply(Effect::Cancel { id: id_2, version })
        .await
        .unwrap();
    shop.apply(confirm(1, 1)).await.unwrap();
    assert_eq!(shop.booking(1).await.status, BookingStatus::Booked);
    let again = book(&bea, 3, "ana", "11:00", 30);
    assert_eq!(shop.apply(again).await, taken("11:00"));
}

async fn a_late_yes_is_refused_when_someone_else_has_the_time(shop: Shop) {
    let (ana, bea) = two_customers(&shop).await;
    shop.apply(shop.hold(&ana, 1, "11:00")).await.unwrap();
    shop.pass(TimeDelta::hours(1));
    shop.apply(book(&bea, 2, "ana", "11:00", 30)).await.unwrap();
    assert_eq!(shop.apply(confirm(1, 1)).await, taken("11:00"));
}

async fn a_confirmation_is_in_place_and_guarded_by_the_version(shop: Shop) {
    let (ana, _) = two_customers(&shop).await;
    shop.apply(shop.hold(&ana, 1, "11:00")).await.unwrap();
    assert_eq!(shop.apply(confirm(1, 2)).await, changed(1));
    assert_eq!(shop.apply(confirm(9, 1)).await, changed(9));
    let effect = Effect::Confirm {
        id: id(1),
        version: 1,
        name: Some("Ana".into()),
        for_name: Some("Leo".into()),
    };
    shop.apply(effect).await.unwrap();
    let booking = shop.booking(1).await;
    assert_eq!(
        (booking.version, booking.status),
        (2, BookingStatus::Booked)
    );
    assert_eq!(booking.details.name.as_deref(), Some("Ana"));
    assert_eq!(booking.details.for_name.as_deref(), Some("Leo"));
    assert_eq!(booking.details.visible, span("11:00", 30));
    assert_eq!(shop.apply(confirm(1, 1)).await, changed(1));
}

async fn a_booking_does_not_conflict_with_itself_when_moved(shop: Shop) {
    let (ana, _) = two_customers(&shop).await;
    shop.apply(book(&ana, 1, "ana", "11:00", 30)).await.unwrap();
    shop.apply(move_to(1, 1, "11:15")).await.unwrap();
    let booking = shop.booking(1).await;
    assert_eq!(
        (booking.version, booking.details.blocked),
        (2, span("11:15", 30))
    );
    assert_eq!(shop.apply(move_to(1, 1, "12:00")).await, changed(1));
}

async fn a_move_onto_someone_elses_time_is_refused(shop: Shop) {
    let (ana, bea) = two_customers(&shop).await;
    shop.apply(book(&ana, 1, "ana", "11:00", 30)).await.unwrap();
    shop.apply(book(&bea, 2, "ana", "12:00", 30)).await.unwrap();
    assert_eq!(shop.apply(move_to(1, 1, "11:45")).await, taken("11:45"));
    assert_eq!(shop.booking(1).await.details.visible, span("11:00", 30));
}

async fn a_new_wish_replaces_the_customers_own_hold(shop: Shop) {
    let (ana, bea) = two_customers(&shop).await;
    shop.apply(shop.hold(&ana, 1, "11:00")).await.unwrap();
    assert_eq!(
        shop.apply(shop.hold(&bea, 2, "11:15")).await,
        taken("11:15")
    );
    shop.apply(shop.hold(&ana, 3, "11:15")).await.unwrap();
    let replaced = shop.booking(1).await;
    assert_eq!(
        (replaced.version, replaced.status),
        (2, BookingStatus::Cancelled)
    );
}

async fn a_cancelled_booking_takes_no_room_and_does_not_come_back(shop: Shop) {
    let (ana, bea) = two_customers(&shop).await;
    shop.apply(book(&ana, 1, "ana", "11:00", 30)).await.unwrap();
    let (id_1, version) = (id(1), 1);
    shop.apply(Effect::Cancel { id: id_1, version })
        .await
        .unwrap();
    assert_eq!(shop.apply(confirm(1, 2)).await, changed(1));
    assert_eq!(shop.apply(move_to(1, 2, "12:00")).await, changed(1));
    shop.apply(book(&bea, 2, "ana", "11:00", 30)).await.unwrap();
}

async fn effects_touch_only_the_bookings_of_their_customer(shop: Shop) {
    let (ana, bea) = two_customers(&shop).await;
    shop.apply(book(&ana, 1, "ana", "11:00", 30)).await.unwrap();
    let cancel = Effect::Cancel {
        id: id(1),
        version: 1,
    };
    let for_ana = book(&ana, 2, "ana", "13:00", 30);
    let mut lease = bea;
    for effect in [cancel, move_to(1, 1, "12:00"), confirm(1, 1), for_ana] {
        let outcome = frontdesk::workflow::Outcome {
            effects: vec![effect],
            ..Default::default()
        };
        match shop.commit(&lease, outcome).await {
            frontdesk::store::Committed::Conflict {
                lease: now,
                conflict,
            } => {
                assert!(matches!(conflict, Conflict::BookingChanged { .. }));
                lease = *now;
            }
            other => panic!("no conflict: {other:?}"),
        }
    }
    assert_eq!(shop.booking(1).await.version, 1);
}

async fn the_same_wish_again_is_no_second_booking(shop: Shop) {
    let (ana, _) = two_customers(&shop).await;
    let wish = book(&ana, 1, "ana", "11:00", 30);
    shop.apply(wish.clone()).await.unwrap();
    shop.apply(wish).await.unwrap();
    assert_eq!(shop.booking(1).await.version, 1);
    let other = book(&ana, 1, "ana", "12:00", 30);
    assert_eq!(shop.apply(other).await, changed(1));
    let hold = shop.hold(&ana, 2, "13:00");
    shop.apply(hold.clone()).await.unwrap();
    shop.apply(hold).await.unwrap();
}

async fn effects_are_applied_all_or_none(shop: Shop) {
    let (ana, bea) = two_customers(&shop).await;
    shop.apply(book(&ana, 1, "ana", "11:00", 30)).await.unwrap();
    let effects = vec![
        Effect::Cancel {
            id: id(1),
            version: 1,
        },
        book(&ana, 2, "bea", "11:00", 30),
        book(&bea, 3, "bea", "11:15", 30),
    ];
    let applied = shop.store.apply(effects).await.unwrap();
    assert!(matches!(applied, Err(Conflict::SlotTaken { .. })));
    assert_eq!(shop.booking(1).await.status, BookingStatus::Booked);
    assert_eq!(shop.store.booking(id(2)).await.unwrap(), None);
}

async fn what_takes_no_time_is_not_booked(shop: Shop) {
    let (ana, _) = two_customers(&shop).await;
    let nothing = book(&ana, 1, "ana", "11:00", 0);
    assert_eq!(shop.apply(nothing).await, changed(1));
}

async fn busy_shows_what_takes_room(shop: Shop) {
    let (ana, bea) = two_customers(&shop).await;
    shop.apply(book(&ana, 1, "bea", "11:00", 30)).await.unwrap();
    shop.apply(shop.hold(&ana, 2, "12:00")).await.unwrap();
    shop.apply(shop.hold(&bea, 3, "11:00")).await.unwrap();
    let busy = async |from: &str, minutes, except| {
        let business = business();
        let found = shop.store.busy(&business, span(from, minutes), except);
        let found = found.await.unwrap().into_iter();
        let shown = found.map(|busy| (busy.resource.unwrap().as_str().to_owned(), busy.blocked));
        shown.collect::<Vec<_>>()
    };
    let (hold_2, hold_3) = (span("12:00", 30), span("11:00", 30));
    let firm = ("bea".to_owned(), span("11:00", 30));
    let held = |span| ("ana".to_owned(), span);
    assert_eq!(
        busy("00:00", 1_440, None).await,
        [held(hold_3), firm.clone(), held(hold_2)]
    );
    assert_eq!(
        busy("00:00", 1_440, Some(ana.turn.customer)).await,
        [held(hold_3), firm.clone()]
    );
    assert_eq!(busy("11:30", 30, None).await, []);
    assert_eq!(busy("12:29", 1, None).await, [held(hold_2)]);
    shop.pass(TimeDelta::minutes(10));
    assert_eq!(busy("00:00", 1_440, None).await, [firm]);
}

async fn booked_shows_what_is_firm_within_a_span(shop: Shop) {
    let (ana, _) = two_customers(&shop).await;
    shop.apply(book(&ana, 1, "ana", "12:00", 30)).await.unwrap();
    shop.apply(book(&ana, 2, "ana", "09:00", 30)).await.unwrap();
    shop.apply(shop.hold(&ana, 3, "10:00")).await.unwrap();
    let booked = async |from: &str, minutes| {
        let found = shop.store.booked(&business(), span(from, minutes)).await;
        found
            .unwrap()
            .into_iter()
            .map(|booking| booking.id)
            .collect::<Vec<_>>()
    };
    assert_eq!(booked("00:00", 1_440).await, [id(2), id(1)]);
    assert_eq!(booked("09:30", 150).await, []);
    assert_eq!(booked("09:29", 1).await, [id(2)]);
    // The customer's own view has the hold too, while it lives.
    let open: Vec<_> = {
        shop.accept_new(direct("other", "hello")).await;
        let lease = shop.lease_one().await;
        lease
            .turn
            .bookings
            .iter()
            .map(|booking| booking.id)
            .collect()
    };
    assert_eq!(open, [id(2), id(3), id(1)]);
}

async fn changes_of_the_calendar_are_counted(shop: Shop) {
    let (ana, bea) = two_customers(&shop).await;
    shop.apply(shop.hold(&ana, 1, "11:00")).await.unwrap();
    shop.apply(book(&bea, 2, "ana", "11:00", 30))
        .await
        .unwrap_err();
    shop.apply(confirm(1, 1)).await.unwrap();
    shop.apply(move_to(1, 2, "12:00")).await.unwrap();
    let cancel = Effect::Cancel {
        id: id(1),
        version: 3,
    };
    shop.apply(cancel).await.unwrap();
    let totals = shop.store.totals().await.unwrap();
    let gauges = shop.store.gauges().await.unwrap();
    shop.metrics.note_store(totals, gauges);
    let text = shop.metrics.encode().unwrap();
    for outcome in BookingOutcome::ALL {
        let line = format!(
            "frontdesk_bookings_total{{outcome=\"{}\"}} 1",
            outcome.as_str()
        );
        assert!(text.contains(&line), "{line}");
    }
}
