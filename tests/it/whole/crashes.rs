//! Appointments in HighLevel's calendar, with the process killed at every step of the way there:
//! each table row ends with one appointment or none, and nobody was told of one that is not there.

use chrono::TimeDelta;
use frontdesk::booking::Span;
use futures_util::StreamExt as _;

use super::kept::{By, CALENDAR, House, tomorrow};
use crate::support::{
    leadconnector::{Call, When},
    process::now,
};

/// Where the process is killed, once for each start.
type Row = &'static [(Call, When)];

/// How many rows are played at once.
const AT_ONCE: usize = 4;

const CREATING: &[Row] = &[
    &[(Call::Create, When::Before)],
    &[(Call::Create, When::After)],
    &[(Call::Create, When::Before), (Call::Events, When::Before)],
    &[(Call::Create, When::Before), (Call::Events, When::After)],
    &[(Call::Create, When::Before), (Call::Create, When::After)],
    &[(Call::Create, When::After), (Call::Events, When::Before)],
    &[(Call::Create, When::After), (Call::Events, When::After)],
    &[(Call::Create, When::After), (Call::Message, When::Before)],
    &[(Call::Create, When::After), (Call::Message, When::After)],
];
/// Whoever comes by another door has to become a contact first.
const MEETING: &[Row] = &[
    &[(Call::Upsert, When::Before)],
    &[(Call::Upsert, When::After)],
    &[(Call::Upsert, When::After), (Call::Create, When::After)],
];
const MOVING: &[Row] = &[
    &[(Call::Update, When::Before)],
    &[(Call::Update, When::After)],
    &[(Call::Update, When::After), (Call::Read, When::Before)],
    &[(Call::Update, When::After), (Call::Read, When::After)],
];
const CANCELLING: &[Row] = &[
    &[(Call::Update, When::Before)],
    &[(Call::Update, When::After)],
    &[(Call::Update, When::After), (Call::Read, When::After)],
];

/// Plays each row in a house of its own, a few at once: they mostly wait.
async fn each(rows: &'static [Row], play: impl AsyncFn(Row)) {
    let plays = rows.iter().map(|row| play(row));
    futures_util::stream::iter(plays)
        .buffer_unordered(AT_ONCE)
        .collect::<()>()
        .await;
}

#[tokio::test]
async fn a_booking_ends_in_one_appointment_wherever_the_process_dies() {
    each(CREATING, async |row| {
        let mut house = House::open(By::Highlevel).await;
        house.ask_for_ten().await;
        house.die_at(row, "yes").await;
        house.settled().await;
        house.has_one_at(10, row);
        assert_eq!(house.api.created(), 1, "{row:?}");
        assert_eq!(house.said("Booked!"), 1, "{row:?}");
    })
    .await;
}

#[tokio::test]
async fn who_becomes_a_contact_first_has_one_appointment_too() {
    each(MEETING, async |row| {
        let mut house = House::open(By::Client).await;
        house.ask_for_ten().await;
        house.die_at(row, "yes").await;
        house.settled().await;
        house.has_one_at(10, row);
        assert_eq!(house.said("Booked!"), 1, "{row:?}");
    })
    .await;
}

#[tokio::test]
async fn a_move_ends_in_one_appointment_wherever_the_process_dies() {
    each(MOVING, async |row| {
        let mut house = House::open(By::Highlevel).await;
        house.book_ten().await;
        house.say("Can you move it to 11 am?", 1).await;
        house.die_at(row, "yes").await;
        house.settled().await;
        house.has_one_at(11, row);
    })
    .await;
}

#[tokio::test]
async fn a_cancellation_ends_in_none_wherever_the_process_dies() {
    each(CANCELLING, async |row| {
        let mut house = House::open(By::Highlevel).await;
        house.book_ten().await;
        house.say("Cancel my appointment", 1).await;
        house.die_at(row, "yes").await;
        house.settled().await;
        assert!(house.kept().is_empty(), "{row:?}");
        assert!(house.booked().is_empty(), "{row:?}");
    })
    .await;
}

#[tokio::test]
async fn a_time_that_is_lost_while_the_process_is_dead_is_told_as_lost() {
    let mut house = House::open(By::Highlevel).await;
    house.ask_for_ten().await;
    let mut held = house.api.hold(Call::Create, When::Before);
    house.write("yes").await;
    held.reached().await;
    house.server.take().unwrap().kill().await;
    drop(held);
    let start = tomorrow(10);
    let end = start + TimeDelta::minutes(30);
    let span = Span { start, end };
    house
        .api
        .staff_makes((CALENDAR, "somebodyElse"), None, span, now());
    house.start().await;
    // It dies once more when it is about to say so.
    let mut held = house.api.hold(Call::FreeSlots, When::Before);
    house.hurry();
    held.reached().await;
    house.server.take().unwrap().kill().await;
    drop(held);
    house.start().await;
    house.hurry();
    house.settled().await;
    let kept = house.kept();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].contact, "somebodyElse");
    assert!(house.booked().is_empty());
    assert_eq!(house.said("Booked!"), 0);
    assert_eq!(house.said("just taken"), 1);
}
