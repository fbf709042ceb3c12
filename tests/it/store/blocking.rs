//! Blocked time: nothing is booked on it, whatever the path, and it is no secret to the calendar.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use frontdesk::{
    booking::{
        Attendee, Block, BlockId, BookingDetails, BookingId, Conflict, Effect, ResourceId,
        ServiceId, Span,
    },
    store::{Blocked, BlocksWanted, Lease},
};

use super::{LEASE, Shop, business, conformance, direct};

conformance!(
    nothing_is_booked_held_moved_or_confirmed_on_blocked_time,
    a_block_of_one_is_nothing_to_another,
    a_block_over_bookings_says_which_and_leaves_them_when_forced,
    a_hold_is_not_in_the_way_of_a_block,
    blocked_time_is_busy_until_it_is_given_back,
    blocks_are_listed_by_start_after_a_place,
    blocks_that_are_over_are_forgotten,
);

fn at(time: &str) -> DateTime<Utc> {
    format!("2026-03-03T{time}:00Z").parse().unwrap()
}

fn span(start: &str, end: &str) -> Span {
    let (start, end) = (at(start), at(end));
    Span { start, end }
}

fn id(n: u128) -> BookingId {
    BookingId(uuid::Uuid::from_u128(n))
}

fn block(n: u128, resource: Option<&str>, start: &str, end: &str) -> Block {
    Block {
        id: BlockId(uuid::Uuid::from_u128(n)),
        business: business(),
        resource: resource.map(ResourceId::new),
        span: span(start, end),
        reason: None,
    }
}

fn details(lease: &Lease, resource: &str, start: &str, end: &str) -> BookingDetails {
    BookingDetails {
        business: business(),
        services: ServiceId::new("haircut").into(),
        resource: ResourceId::new(resource),
        visible: span(start, end),
        blocked: span(start, end),
        customer: lease.turn.customer,
        name: None,
        for_name: None,
    }
}

fn book(lease: &Lease, n: u128, resource: &str, start: &str, end: &str) -> Effect {
    Effect::Book {
        id: id(n),
        details: details(lease, resource, start, end),
    }
}

impl Shop {
    async fn customer(&self) -> Lease {
        self.accept_new(direct("ana", "hello")).await;
        self.store.lease(1, LEASE).await.unwrap().turns.remove(0)
    }

    async fn put(&self, block: Block, force: bool) -> Blocked {
        self.store.block(block, force).await.unwrap()
    }

    async fn make(&self, effect: Effect) -> Result<(), Conflict> {
        self.store.apply(vec![effect]).await.unwrap()
    }
}

fn is_taken(made: &Result<(), Conflict>) -> bool {
    matches!(made, Err(Conflict::SlotTaken { .. }))
}

async fn nothing_is_booked_held_moved_or_confirmed_on_blocked_time(shop: Shop) {
    let lease = shop.customer().await;
    let expires_at = shop.now() + TimeDelta::days(2);
    let hold = Effect::Hold {
        id: id(1),
        details: details(&lease, "ana", "12:00", "12:30"),
        expires_at,
    };
    shop.make(hold.clone()).await.unwrap();
    shop.make(book(&lease, 2, "ana", "15:00", "15:30"))
        .await
        .unwrap();
    assert_eq!(
        shop.put(block(1, None, "11:00", "13:00"), false).await,
        Blocked::Done
    );

    assert!(is_taken(
        &shop.make(book(&lease, 3, "ana", "10:45", "11:15")).await
    ));
    assert!(is_taken(
        &shop.make(book(&lease, 3, "ben", "12:45", "13:15")).await
    ));
    let hold = Effect::Hold {
        id: id(4),
        details: details(&lease, "ana", "11:30", "12:00"),
        expires_at,
    };
    assert!(is_taken(&shop.make(hold).await));
    let confirm = Effect::Confirm {
        id: id(1),
        version: 1,
        name: None,
        for_name: None,
    };
    assert!(is_taken(&shop.make(confirm).await));
    let moved = Effect::Move {
        id: id(2),
        version: 1,
        services: ServiceId::new("haircut").into(),
        resource: ResourceId::new("ana"),
        visible: span("11:00", "11:30"),
        blocked: span("11:00", "11:30"),
        attendee: Attendee::AsBefore,
    };
    assert!(is_taken(&shop.make(moved).await));
    shop.make(book(&lease, 5, "ana", "10:30", "11:00"))
        .await
        .unwrap();
    shop.make(book(&lease, 6, "ana", "13:00", "13:30"))
        .await
        .unwrap();
}

async fn a_block_of_one_is_nothing_to_another(shop: Shop) {
    let lease = shop.customer().await;
    shop.put(block(1, Some("ana"), "11:00", "13:00"), false)
        .await;
    assert!(is_taken(
        &shop.make(book(&lease, 1, "ana", "11:00", "11:30")).await
    ));
    shop.make(book(&lease, 2, "ben", "11:00", "11:30"))
        .await
        .unwrap();
}

async fn a_block_over_bookings_says_which_and_leaves_them_when_forced(shop: Shop) {
    let lease = shop.customer().await;
    shop.make(book(&lease, 2, "ana", "12:00", "12:30"))
        .await
        .unwrap();
    shop.make(book(&lease, 1, "ben", "11:00", "11:30"))
        .await
        .unwrap();
    let all = block(1, None, "11:00", "13:00");
    let in_the_way = Blocked::Booked(vec![id(1), id(2)]);
    assert_eq!(shop.put(all.clone(), false).await, in_the_way);
    let bens = block(2, Some("ben"), "11:00", "13:00");
    assert_eq!(shop.put(bens, false).await, Blocked::Booked(vec![id(1)]));
    let later = block(3, Some("ben"), "11:30", "13:00");
    assert_eq!(shop.put(later, false).await, Blocked::Done);

    assert_eq!(shop.put(all, true).await, Blocked::Done);
    let day = span("00:00", "23:59");
    assert_eq!(shop.store.booked(&business(), day).await.unwrap().len(), 2);
    let cancel = Effect::Cancel {
        id: id(1),
        version: 1,
    };
    shop.make(cancel).await.unwrap();
    assert!(is_taken(
        &shop.make(book(&lease, 4, "ben", "11:00", "11:30")).await
    ));
}

async fn a_hold_is_not_in_the_way_of_a_block(shop: Shop) {
    let lease = shop.customer().await;
    let hold = Effect::Hold {
        id: id(1),
        details: details(&lease, "ana", "12:00", "12:30"),
        expires_at: shop.now() + TimeDelta::minutes(10),
    };
    shop.make(hold).await.unwrap();
    assert_eq!(
        shop.put(block(1, None, "12:00", "13:00"), false).await,
        Blocked::Done
    );
}

async fn blocked_time_is_busy_until_it_is_given_back(shop: Shop) {
    let lease = shop.customer().await;
    shop.put(block(1, None, "11:00", "13:00"), false).await;
    shop.put(block(2, Some("ana"), "12:00", "14:00"), false)
        .await;
    let day = span("00:00", "23:59");
    let busy = shop.store.busy(&business(), day, None).await.unwrap();
    let resources: Vec<_> = busy.iter().map(|one| one.resource.clone()).collect();
    assert_eq!(resources, [None, Some(ResourceId::new("ana"))]);
    assert_eq!(busy[0].blocked, span("11:00", "13:00"));
    let before = span("08:00", "11:00");
    assert_eq!(
        shop.store.busy(&business(), before, None).await.unwrap(),
        []
    );

    let gone = block(1, None, "11:00", "13:00").id;
    assert_eq!(shop.store.unblock(gone, None).await.unwrap(), Some(gone));
    assert_eq!(shop.store.unblock(gone, None).await.unwrap(), None);
    shop.make(book(&lease, 1, "ana", "11:00", "11:30"))
        .await
        .unwrap();
}

async fn blocks_are_listed_by_start_after_a_place(shop: Shop) {
    for (n, start, end) in [
        (3, "09:00", "10:00"),
        (1, "11:00", "12:00"),
        (2, "11:00", "13:00"),
    ] {
        shop.put(block(n, None, start, end), false).await;
    }
    let listed = async |from: &str, after: Option<(&str, u128)>, limit| {
        let wanted = BlocksWanted {
            business: business(),
            from: at(from),
            until: None,
            after: after.map(|(start, n)| (at(start), BlockId(uuid::Uuid::from_u128(n)))),
            limit,
        };
        let blocks = shop.store.blocks(wanted).await.unwrap();
        blocks
            .iter()
            .map(|block| block.id.0.as_u128())
            .collect::<Vec<_>>()
    };
    assert_eq!(listed("00:00", None, 10).await, [3, 1, 2]);
    assert_eq!(listed("10:00", None, 10).await, [1, 2]);
    assert_eq!(listed("00:00", Some(("09:00", 3)), 1).await, [1]);
    assert_eq!(listed("00:00", Some(("11:00", 1)), 10).await, [2]);
}

async fn blocks_that_are_over_are_forgotten(shop: Shop) {
    shop.put(block(1, None, "09:00", "10:00"), false).await;
    shop.put(block(2, None, "09:00", "11:00"), false).await;
    // The hour after which a clock that went on by a day is trusted.
    shop.clock.set(at("09:30"));
    shop.store.purge(Duration::ZERO).await.unwrap();
    shop.clock.set(at("10:30"));
    while shop.store.purge(Duration::ZERO).await.unwrap().more {}
    let day = span("00:00", "23:59");
    assert_eq!(
        shop.store.busy(&business(), day, None).await.unwrap().len(),
        1
    );
}
