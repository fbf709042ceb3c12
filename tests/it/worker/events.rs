//! What happens without the customer writing is told whatever the workflow, which is not asked.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use frontdesk::{
    booking::{
        BookingDetails, BookingId, BookingStatus, Business, Effect, ResourceId, ServiceId, Span,
    },
    message::{Arrival, Reply},
    store::{Answered, Store},
    worker::Worker,
    workflow::{Handoff, Outcome, Turn},
};

use super::{START, accept, replies, worker_of};
use crate::support::{
    ManualClock,
    shop::{message, open_store, policy},
    workflow::Scripted,
};

/// A shop with its calendar at HighLevel.
const SHOP: &str = "id = \"demo\"\nname = \"Shop\"\ntimezone = \"UTC\"\n\
    [highlevel]\nlocation_ids = [\"L1\"]\ntoken_env = \"T\"\ncalendar = \"C1\"\n\
    [hours]\nmonday = [\"09:00-18:00\"]\n\
    [[service]]\nid = \"cut\"\nname = \"Cut\"\nminutes = 30\n";

struct House {
    store: Arc<dyn Store>,
    worker: Worker,
    clock: Arc<ManualClock>,
    _folder: tempfile::TempDir,
}

impl House {
    /// A workflow that books at a "yes", gives the thread away at "human", and is never asked
    /// without words.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::at(START));
        let mut policy = policy();
        policy.businesses = Arc::new(Business::parse("demo.toml", SHOP).unwrap().into());
        let store = open_store(folder.path(), policy, clock.clone());
        let workflow = Scripted(|turn: &Turn| {
            assert_eq!(turn.event, None, "the workflow is not asked");
            let said = turn.inputs.first().and_then(|input| input.content.text());
            Ok(match said.unwrap() {
                "yes" => Outcome {
                    effects: vec![book(turn)],
                    ..Outcome::default()
                },
                _ => Outcome {
                    replies: vec![Reply::text("A person will answer.")],
                    handoff: Some(Handoff::Asked),
                    ..Outcome::default()
                },
            })
        });
        let worker = worker_of(&store, clock.clone(), workflow);
        Self {
            store,
            worker,
            clock,
            _folder: folder,
        }
    }

    async fn say(&self, text: &str) {
        accept(&self.store, "ana", text).await;
        self.clock.advance(TimeDelta::seconds(3));
        assert_eq!(self.worker.run_ready().await.unwrap(), 1);
    }

    async fn keeper_takes_it(&self) {
        let asking = self.store.requests(1, Duration::from_mins(1)).await;
        let due = asking.unwrap().due;
        assert_eq!(due[0].booking.status, BookingStatus::Requested);
        let done = Answered::Done {
            id: "x1".into(),
            contact: Some("c1".into()),
        };
        self.store.answered(&due[0], done).await.unwrap();
    }
}

fn book(turn: &Turn) -> Effect {
    let start = turn.now + TimeDelta::hours(1);
    let span = Span {
        start,
        end: start + TimeDelta::minutes(30),
    };
    let details = BookingDetails {
        business: turn.key.business.clone(),
        services: ServiceId::new("cut").into(),
        resource: ResourceId::shop(),
        visible: span,
        blocked: span,
        customer: turn.customer,
        name: None,
        for_name: None,
    };
    Effect::Book {
        id: BookingId::derive("cut"),
        details,
    }
}

#[tokio::test]
async fn an_event_is_told_whatever_the_workflow() {
    let house = House::new();
    house.say("yes").await;
    assert_eq!(replies(&house.store, "ana").await, []);
    house.keeper_takes_it().await;
    assert_eq!(house.worker.run_ready().await.unwrap(), 1);
    let told = replies(&house.store, "ana").await;
    assert_eq!(told, [Reply::text("Done")]);
}

#[tokio::test]
async fn an_event_is_not_told_while_a_person_has_the_thread() {
    let house = House::new();
    house.say("yes").await;
    house.say("human").await;
    house.keeper_takes_it().await;
    assert_eq!(house.worker.run_ready().await.unwrap(), 1);
    let told = replies(&house.store, "ana").await;
    assert_eq!(told, [Reply::text("A person will answer.")]);
    assert_eq!(house.store.totals().await.unwrap().pending(), 0);
}

#[tokio::test]
async fn an_event_that_nobody_told_for_too_long_is_left_to_the_staff() {
    let house = House::new();
    house.say("yes").await;
    house.keeper_takes_it().await;
    house.clock.advance(TimeDelta::hours(3));
    assert_eq!(house.worker.run_ready().await.unwrap(), 1);
    assert_eq!(replies(&house.store, "ana").await, []);
    // The thread is theirs: the workflow is not asked what comes next.
    let next = Arrival::Message(message("ana", "hello?"));
    house.store.accept(vec![next]).await.unwrap();
    house.clock.advance(TimeDelta::seconds(3));
    assert_eq!(house.worker.run_ready().await.unwrap(), 1);
    assert_eq!(replies(&house.store, "ana").await, []);
}
