//! A calendar that somebody else keeps: asked for what is to be firm, and told of the answer.

use std::sync::Arc;

use chrono::TimeDelta;
use frontdesk::{
    booking::{
        Attendee, Booking, BookingStatus, Business, Businesses, Change, Conflict, Effect, Verdict,
    },
    message::{InboundMessage, SourceKind},
    metrics::BookingOutcome,
    store::{Answered, Asked, Committed, Lease, Request},
    workflow::{Event, Outcome},
};

use super::{
    LEASE, Shop,
    booking::{at, book, details, id, span},
    business, conformance, direct, phone, saying, whatsapp, with_id,
};
use crate::support::shop::no_limit;

conformance!(
    what_is_to_be_firm_is_asked_for_and_firm_once_the_keeper_has_it,
    an_answer_is_a_turn_of_its_own_among_the_messages_and_no_message,
    a_hold_is_kept_here_and_its_yes_is_asked_for,
    a_time_that_is_taken_there_is_given_up_here,
    a_move_and_a_cancellation_wait_for_their_answer,
    what_is_gone_there_is_gone_here,
    who_asks_again_after_a_crash_knows_that_it_may_have_been_done,
    a_late_answer_changes_nothing,
    attempts_that_are_used_up_and_time_that_is_over_give_up,
    nobody_is_asked_to_take_in_what_has_begun,
    the_customer_hears_once_that_it_takes_a_while,
    who_has_to_wait_long_hears_it_at_once,
    who_comes_is_the_contact_that_the_keeper_knows,
    an_event_that_cannot_be_told_dies_without_a_message,
);

/// The calendar of the shop.
pub(super) const CALENDAR: &str = "BqTwX8QFwXzpegMve9EQ";

/// The shop with its calendar at HighLevel.
pub(super) fn elsewhere(shop: Shop) -> Shop {
    let file = format!(
        "id = \"luna\"\nname = \"Luna\"\ntimezone = \"UTC\"\n\
         [highlevel]\nlocation_ids = [\"L1\"]\ncalendar = \"{CALENDAR}\"\n\
         [reminder]\nminutes = [60]\n[notify]\nwebhook_url = \"https://owner.example\"\n\
         webhook_secret_env = \"OWNER\"\n[hours]\ntuesday = [\"09:00-18:00\"]\n\
         [[staff]]\nid = \"ana\"\nname = \"Ana\"\nhighlevel_user = \"userAna\"\n\
         [[staff]]\nid = \"ben\"\nname = \"Ben\"\nhighlevel_user = \"userBen\"\n\
         [[service]]\nid = \"haircut\"\nname = \"Haircut\"\nminutes = 30\n\
         [[service]]\nid = \"color\"\nname = \"Hair color\"\nminutes = 90\nbuffer_after_minutes = 10\n"
    );
    let business = Business::parse("luna.toml", &file).unwrap();
    shop.with_policy(|policy| policy.businesses = Arc::new(Businesses::from(business)))
}

pub(super) fn moved(booking: &Booking, start: &str) -> Effect {
    Effect::Move {
        id: booking.id,
        version: booking.version,
        services: booking.details.services.clone(),
        resource: booking.details.resource.clone(),
        visible: span(start, 30),
        blocked: span(start, 30),
        attendee: Attendee::AsBefore,
    }
}

fn cancelled(booking: &Booking) -> Effect {
    Effect::Cancel {
        id: booking.id,
        version: booking.version,
    }
}

pub(super) fn done(id: &str) -> Answered {
    Answered::Done {
        id: id.into(),
        contact: Some("contact1".into()),
    }
}

impl Shop {
    /// Says something and has the turn's effects applied.
    pub(super) async fn act(
        &self,
        message: InboundMessage,
        effects: impl FnOnce(&Lease) -> Vec<Effect>,
    ) {
        self.accept_new(message).await;
        self.pass(TimeDelta::seconds(5));
        let lease = self.lease_one().await;
        let outcome = Outcome {
            effects: effects(&lease),
            ..Outcome::default()
        };
        self.settle(&lease, outcome).await;
    }

    /// Says something in one thread and asks for a booking.
    pub(super) async fn asks(&self, n: u128, start: &str) {
        self.act(direct("ana", "yes"), |lease| {
            vec![book(lease, n, "ana", start, 30)]
        })
        .await;
    }

    /// Leases the one request that must be due.
    pub(super) async fn due_request(&self) -> Request {
        let mut due = self.store.requests(10, LEASE).await.unwrap().due;
        assert_eq!(due.len(), 1, "requests that are due");
        due.pop().unwrap()
    }

    async fn no_request(&self) {
        assert!(self.store.requests(10, LEASE).await.unwrap().due.is_empty());
    }

    /// Answers the one request that must be due.
    pub(super) async fn keeper_answers(&self, answer: Answered) -> Asked {
        let request = self.due_request().await;
        self.store.answered(&request, answer).await.unwrap()
    }

    /// The event that must wait, and nothing else; it is told.
    pub(super) async fn event_told(&self) -> Event {
        let lease = self.lease_one().await;
        assert!(lease.turn.inputs.is_empty());
        self.settle(&lease, saying(&["told"])).await;
        lease.turn.event.unwrap()
    }

    fn changes(&self, outcome: BookingOutcome) -> u64 {
        let text = self.metrics.encode().unwrap();
        let series = format!(
            "frontdesk_bookings_total{{outcome=\"{}\"}} ",
            outcome.as_str()
        );
        let count = text.lines().find_map(|line| line.strip_prefix(&series));
        count.unwrap().parse().unwrap()
    }

    async fn notices(&self) -> usize {
        self.store
            .dispatch(10, LEASE, no_limit())
            .await
            .unwrap()
            .due
            .len()
    }
}

async fn what_is_to_be_firm_is_asked_for_and_firm_once_the_keeper_has_it(shop: Shop) {
    let shop = elsewhere(shop);
    shop.asks(1, "11:00").await;
    let booking = shop.booking(1).await;
    assert_eq!(booking.status, BookingStatus::Requested);
    assert!(booking.is_asked());
    assert_eq!(shop.changes(BookingOutcome::Booked), 0);
    assert_eq!(shop.notices().await, 0);

    let request = shop.due_request().await;
    assert_eq!(request.change, Change::Create);
    assert_eq!((request.attempt, request.doubtful), (1, false));
    assert_eq!(request.booking, booking);
    let settled = shop.store.answered(&request, done("x1")).await.unwrap();
    assert_eq!(settled, Asked::Settled);
    shop.no_request().await;

    let booking = shop.booking(1).await;
    assert_eq!(booking.status, BookingStatus::Booked);
    assert!(!booking.is_asked());
    let elsewhere = booking.elsewhere.clone().unwrap();
    assert_eq!(&*elsewhere.calendar, CALENDAR);
    assert_eq!(elsewhere.id.as_deref(), Some("x1"));
    let event = shop.event_told().await;
    assert_eq!((event.verdict, event.booking), (Verdict::Done, booking));
    assert_eq!(shop.changes(BookingOutcome::Booked), 1);
    // The owner hears of it, and the customer an hour before.
    assert_eq!(shop.notices().await, 1);
    shop.pass(at("10:00") - shop.now());
    assert_eq!(shop.notices().await, 1);
}

async fn an_answer_is_a_turn_of_its_own_among_the_messages_and_no_message(shop: Shop) {
    let shop = elsewhere(shop);
    shop.asks(1, "11:00").await;
    shop.accept_new(direct("ana", "well?")).await;
    shop.keeper_answers(done("x1")).await;
    shop.accept_new(direct("ana", "thanks")).await;

    let lease = shop.lease_one().await;
    assert_eq!(super::words(&lease), ["well?"]);
    assert!(lease.turn.event.is_none());
    assert!(shop.settle(&lease, saying(&["a moment"])).await);
    let lease = shop.lease_one().await;
    assert_eq!(lease.turn.event.as_ref().unwrap().verdict, Verdict::Done);
    assert_eq!(lease.turn.id.first, lease.turn.id.last);
    assert!(shop.settle(&lease, saying(&["booked"])).await);
    let lease = shop.lease_one().await;
    assert_eq!(super::words(&lease), ["thanks"]);
    let totals = shop.store.totals().await.unwrap();
    assert_eq!((totals.accepted, totals.done, totals.pending()), (3, 2, 1));
    assert!(!shop.settle(&lease, saying(&["bye"])).await);
    assert_eq!(shop.store.totals().await.unwrap().done, 3);
}

async fn a_hold_is_kept_here_and_its_yes_is_asked_for(shop: Shop) {
    let shop = elsewhere(shop);
    shop.act(direct("ana", "at 11"), |lease| {
        let details = details(lease.turn.customer, "ana", "11:00", 30);
        let expires_at = lease.turn.now + TimeDelta::minutes(10);
        vec![Effect::Hold {
            id: id(1),
            details,
            expires_at,
        }]
    })
    .await;
    shop.no_request().await;
    let held = shop.booking(1).await;
    assert!(!held.is_asked());
    let busy = shop.store.busy(&business(), span("11:00", 30), None).await;
    assert_eq!(busy.unwrap().len(), 1);
    shop.act(direct("ana", "yes"), |_| {
        vec![Effect::Confirm {
            id: id(1),
            version: held.version,
            name: Some("Ana".into()),
            for_name: None,
        }]
    })
    .await;
    assert_eq!(shop.booking(1).await.status, BookingStatus::Requested);
    assert_eq!(shop.keeper_answers(done("x1")).await, Asked::Settled);
    let booked = shop.booking(1).await;
    assert_eq!(booked.details.name.as_deref(), Some("Ana"));
    // The keeper is asked what it has taken in; here it would count twice.
    let busy = shop.store.busy(&business(), span("11:00", 30), None).await;
    assert!(busy.unwrap().is_empty());
}

async fn a_time_that_is_taken_there_is_given_up_here(shop: Shop) {
    let shop = elsewhere(shop);
    shop.asks(1, "11:00").await;
    assert_eq!(shop.keeper_answers(Answered::Taken).await, Asked::Settled);
    assert_eq!(shop.booking(1).await.status, BookingStatus::Cancelled);
    assert_eq!(shop.event_told().await.verdict, Verdict::Taken);
    assert_eq!(shop.changes(BookingOutcome::Conflict), 1);
    assert_eq!(shop.notices().await, 0);
    shop.asks(2, "11:00").await;
    assert_eq!(shop.due_request().await.booking.id, id(2));
}

async fn a_move_and_a_cancellation_wait_for_their_answer(shop: Shop) {
    let shop = elsewhere(shop);
    shop.asks(1, "11:00").await;
    shop.keeper_answers(done("x1")).await;
    shop.event_told().await;
    let booked = shop.booking(1).await;
    shop.act(direct("ana", "at 12"), |_| vec![moved(&booked, "12:00")])
        .await;
    let asked = shop.booking(1).await;
    assert_eq!(asked.details, booked.details);
    assert!(asked.is_asked() && asked.version > booked.version);
    // Nothing else can be changed until the answer.
    for effect in [moved(&asked, "13:00"), cancelled(&asked)] {
        let refused = shop.store.apply(vec![effect]).await.unwrap();
        assert_eq!(refused, Err(Conflict::BookingChanged { id: id(1) }));
    }
    let request = shop.due_request().await;
    assert_eq!(request.change.visible(), Some(span("12:00", 30)));
    shop.store.answered(&request, done("x1")).await.unwrap();
    let there = shop.booking(1).await;
    assert_eq!(there.details.visible, span("12:00", 30));
    assert!(!there.is_asked());
    assert!(matches!(
        shop.event_told().await.change,
        Change::Move { .. }
    ));

    // A move that is refused leaves it where it is.
    shop.act(direct("ana", "at 13"), |_| vec![moved(&there, "13:00")])
        .await;
    shop.keeper_answers(Answered::Taken).await;
    assert_eq!(shop.event_told().await.verdict, Verdict::Taken);
    let still = shop.booking(1).await;
    assert_eq!(still.details, there.details);
    assert_eq!(still.status, BookingStatus::Booked);

    shop.act(direct("ana", "cancel"), |_| vec![cancelled(&still)])
        .await;
    assert_eq!(shop.booking(1).await.status, BookingStatus::Booked);
    shop.keeper_answers(done("x1")).await;
    assert_eq!(shop.booking(1).await.status, BookingStatus::Cancelled);
    assert_eq!(shop.event_told().await.change, Change::Cancel);
    assert_eq!(shop.changes(BookingOutcome::Cancelled), 1);
}

async fn what_is_gone_there_is_gone_here(shop: Shop) {
    let shop = elsewhere(shop);
    shop.asks(1, "11:00").await;
    shop.keeper_answers(done("x1")).await;
    shop.event_told().await;
    let booked = shop.booking(1).await;
    shop.act(direct("ana", "at 12"), |_| vec![moved(&booked, "12:00")])
        .await;
    shop.keeper_answers(Answered::Gone).await;
    assert_eq!(shop.booking(1).await.status, BookingStatus::Cancelled);
    assert_eq!(shop.event_told().await.verdict, Verdict::Gone);
}

async fn who_asks_again_after_a_crash_knows_that_it_may_have_been_done(shop: Shop) {
    let shop = elsewhere(shop);
    shop.asks(1, "11:00").await;
    let first = shop.due_request().await;
    assert!(!first.doubtful);
    // The process is gone while it asks.
    let shop = shop.reopen();
    shop.no_request().await;
    shop.pass(TimeDelta::seconds(30));
    let second = shop.due_request().await;
    assert_eq!((second.attempt, second.doubtful), (2, true));
    // Within a process a lease that ran out is the same.
    shop.pass(TimeDelta::seconds(30));
    shop.no_request().await;
    shop.pass(TimeDelta::seconds(30));
    let third = shop.due_request().await;
    assert!(third.doubtful && third.token > second.token);
    // A call that was not made leaves the doubt as it was.
    let wait = Answered::Wait {
        after: std::time::Duration::ZERO,
    };
    assert_eq!(
        shop.store.answered(&third, wait).await.unwrap(),
        Asked::Waiting
    );
    assert!(shop.due_request().await.doubtful);
}

async fn a_late_answer_changes_nothing(shop: Shop) {
    let shop = elsewhere(shop);
    shop.asks(1, "11:00").await;
    let late = shop.due_request().await;
    shop.pass(TimeDelta::seconds(30));
    shop.no_request().await;
    shop.pass(TimeDelta::seconds(30));
    let asked = shop.store.answered(&late, Answered::Taken).await.unwrap();
    assert_eq!(asked, Asked::LeaseLost);
    shop.keeper_answers(done("x1")).await;
    let booked = shop.booking(1).await;
    let effect = cancelled(&booked);
    shop.store.apply(vec![effect]).await.unwrap().unwrap();
    // The next request of the same booking is another one.
    shop.due_request().await;
    let asked = shop.store.answered(&late, done("x2")).await.unwrap();
    assert_eq!(asked, Asked::LeaseLost);
    assert_eq!(
        shop.booking(1).await.elsewhere.unwrap().id.as_deref(),
        Some("x1")
    );
}

async fn attempts_that_are_used_up_and_time_that_is_over_give_up(shop: Shop) {
    let shop = elsewhere(shop);
    shop.asks(1, "11:00").await;
    let after = std::time::Duration::ZERO;
    // The shop's rules allow three.
    assert_eq!(
        shop.keeper_answers(Answered::Ambiguous { after }).await,
        Asked::Waiting
    );
    // What was not even tried is no attempt.
    assert_eq!(
        shop.keeper_answers(Answered::Wait { after }).await,
        Asked::Waiting
    );
    assert_eq!(
        shop.keeper_answers(Answered::Retry { after }).await,
        Asked::Waiting
    );
    assert_eq!(
        shop.keeper_answers(Answered::Retry { after }).await,
        Asked::Settled
    );
    assert_eq!(shop.event_told().await.verdict, Verdict::GivenUp);
    assert_eq!(shop.booking(1).await.status, BookingStatus::Cancelled);

    shop.asks(2, "11:00").await;
    let dead = Answered::Dead { reason: "refused" };
    shop.keeper_answers(dead).await;
    assert_eq!(shop.event_told().await.verdict, Verdict::GivenUp);

    shop.asks(3, "11:00").await;
    let after = std::time::Duration::from_hours(1);
    for _ in 0..24 {
        let asked = shop.keeper_answers(Answered::Wait { after }).await;
        assert_eq!(asked, Asked::Waiting);
        shop.pass(TimeDelta::hours(1));
    }
    shop.no_request().await;
    assert_eq!(shop.booking(3).await.status, BookingStatus::Cancelled);
}

async fn nobody_is_asked_to_take_in_what_has_begun(shop: Shop) {
    let shop = elsewhere(shop);
    shop.asks(1, "09:00").await;
    let after = std::time::Duration::from_hours(23);
    shop.keeper_answers(Answered::Wait { after }).await;
    shop.pass(TimeDelta::hours(23));
    assert!(shop.now() >= at("09:00"));
    shop.no_request().await;
    assert_eq!(shop.booking(1).await.status, BookingStatus::Cancelled);
}

async fn the_customer_hears_once_that_it_takes_a_while(shop: Shop) {
    let shop = elsewhere(shop);
    shop.asks(1, "11:00").await;
    let after = std::time::Duration::from_secs(5);
    for told in [0, 1, 0, 0, 0] {
        shop.keeper_answers(Answered::Wait { after }).await;
        let leases = shop.store.lease(10, LEASE).await.unwrap().turns;
        assert_eq!(leases.len(), told);
        for lease in leases {
            assert_eq!(lease.turn.event.as_ref().unwrap().verdict, Verdict::Delayed);
            shop.settle(&lease, Outcome::default()).await;
        }
        shop.pass(TimeDelta::seconds(5));
    }
    shop.keeper_answers(done("x1")).await;
    assert_eq!(shop.event_told().await.verdict, Verdict::Done);
}

async fn who_has_to_wait_long_hears_it_at_once(shop: Shop) {
    let shop = elsewhere(shop);
    shop.asks(1, "11:00").await;
    let after = std::time::Duration::from_mins(5);
    shop.keeper_answers(Answered::Wait { after }).await;
    assert_eq!(shop.event_told().await.verdict, Verdict::Delayed);
}

async fn who_comes_is_the_contact_that_the_keeper_knows(shop: Shop) {
    let shop = elsewhere(shop);
    let mut message = with_id("m1", whatsapp("met9", "m1", "yes"));
    message.thread.source = SourceKind::Highlevel;
    message.contact.phone = Some(phone("+12025550100"));
    shop.act(message, |lease| vec![book(lease, 1, "ana", "11:00", 30)])
        .await;
    let request = shop.due_request().await;
    assert_eq!(request.contact.provider_id.as_deref(), Some("met9"));
    assert_eq!(request.contact.phone, Some(phone("+12025550100")));
    let kept = Answered::Done {
        id: "x1".into(),
        contact: Some("met9".into()),
    };
    shop.store.answered(&request, kept).await.unwrap();
    shop.event_told().await;

    // Known from there, the same person is the same contact by every other door.
    shop.asks(2, "12:00").await;
    let request = shop.due_request().await;
    assert_eq!(request.contact.provider_id.as_deref(), Some("met9"));
    shop.store.answered(&request, done("x2")).await.unwrap();
    shop.event_told().await;

    // Whom the keeper met by us is known by its id from then on.
    // How WhatsApp knows them is nothing to the keeper.
    let mut other = whatsapp("bea", "m2", "yes");
    other.contact.phone = Some(phone("+12025550199"));
    shop.act(other, |lease| vec![book(lease, 3, "ana", "13:00", 30)])
        .await;
    let request = shop.due_request().await;
    assert_eq!(request.contact.provider_id, None);
    let kept = Answered::Done {
        id: "x3".into(),
        contact: Some("met7".into()),
    };
    shop.store.answered(&request, kept).await.unwrap();
    let booked = shop.booking(3).await;
    let effect = moved(&booked, "14:00");
    shop.store.apply(vec![effect]).await.unwrap().unwrap();
    let request = shop.due_request().await;
    assert_eq!(request.contact.provider_id.as_deref(), Some("met7"));
}

async fn an_event_that_cannot_be_told_dies_without_a_message(shop: Shop) {
    let shop = elsewhere(shop);
    shop.asks(1, "11:00").await;
    shop.keeper_answers(done("x1")).await;
    for _ in 0..3 {
        let lease = shop.lease_one().await;
        let release = frontdesk::store::Release::Retry {
            after: std::time::Duration::ZERO,
        };
        shop.store.release(&lease, release).await.unwrap();
    }
    assert_eq!(shop.ready().await, 0);
    let totals = shop.store.totals().await.unwrap();
    assert_eq!((totals.accepted, totals.done, totals.dead), (1, 1, 0));
    assert!(shop.store.failures().await.unwrap().is_empty());
    // The thread goes on.
    shop.accept_new(direct("ana", "hello?")).await;
    let lease = shop.lease_one().await;
    assert!(matches!(
        shop.commit(&lease, saying(&["yes?"])).await,
        Committed::Done { more: false }
    ));
}
