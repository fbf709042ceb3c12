//! What failed for good, looked at, replayed and discarded.

use std::{sync::Arc, time::Duration};

use frontdesk::{
    booking::Businesses,
    booking::zone::Zone,
    cli::client::WhatsappMessage,
    message::{Arrival, BusinessId, PhoneNumber},
    signature::{Secret, Secrets},
    source::{Owner, Routes, Source, Whatsapp},
    store::Release,
};
use http::StatusCode;
use serde_json::{Value, json};

use crate::support::{office::Office, shop::message};

const LEASE: Duration = Duration::from_secs(30);

async fn die(office: &Office, text: &str) {
    let arrival = Arrival::Message(message("a", text));
    office.store.accept(vec![arrival]).await.unwrap();
    let lease = office.store.lease(1, LEASE).await.unwrap().turns.remove(0);
    let dead = Release::Dead { reason: "test" };
    office.store.release(&lease, dead).await.unwrap();
    office.clock.advance(chrono::TimeDelta::minutes(1));
}

async fn failures(office: &Office) -> Vec<Value> {
    let page = office.get("/api/failures").await.json();
    page["failures"].as_array().unwrap().clone()
}

async fn post(office: &Office, failure: &Value, what: &str) -> StatusCode {
    let id = failure["id"].as_str().unwrap();
    office
        .ask("POST", &format!("/api/failures/{id}/{what}"))
        .await
        .status
}

#[tokio::test]
async fn a_dead_turn_is_replayed_as_the_newest_of_its_thread() {
    let office = Office::of_demo();
    die(&office, "first").await;
    die(&office, "second").await;
    let listed = failures(&office).await;
    assert_eq!(listed.len(), 2);
    let mut oldest = listed[1].clone();
    oldest["id"] = "…".into();
    insta::assert_json_snapshot!(oldest, @r#"
    {
      "at": "2026-11-23T12:00:00.000Z",
      "attempts": 1,
      "business": "demo",
      "id": "…",
      "kind": "turn",
      "messages": 1,
      "raw": null,
      "reason": "test",
      "source": null,
      "thread": 1
    }
    "#);

    assert_eq!(
        post(&office, &listed[1], "replay").await,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        post(&office, &listed[1], "replay").await,
        StatusCode::NOT_FOUND
    );
    let turn = office
        .store
        .lease(1, LEASE)
        .await
        .unwrap()
        .turns
        .remove(0)
        .turn;
    let words: Vec<_> = turn
        .inputs
        .iter()
        .map(|input| input.content.text().unwrap())
        .collect();
    assert_eq!(words, ["first"]);

    assert_eq!(
        post(&office, &listed[0], "discard").await,
        StatusCode::NO_CONTENT
    );
    assert_eq!(failures(&office).await, Vec::<Value>::new());
    let totals = office.store.totals().await.unwrap();
    assert_eq!(
        (totals.accepted, totals.done, totals.dead, totals.pending()),
        (2, 1, 0, 1)
    );
}

fn whatsapp(numbers: &[&str]) -> Arc<dyn Source> {
    let owner = Owner {
        business: BusinessId::new("demo"),
        zone: Zone::by_name("UTC").unwrap(),
        phone_number_ids: numbers.iter().map(ToString::to_string).collect(),
        location_ids: Vec::new(),
        country: None,
    };
    let routes = Routes::new(vec![owner]).unwrap();
    Arc::new(Whatsapp::new(routes, Secrets::parse("secret").unwrap()))
}

/// What a source that knows these numbers makes of a message to the number 7.
fn arrived(numbers: &[&str]) -> Vec<Arrival> {
    let message = WhatsappMessage {
        text: "Hi",
        phone: &PhoneNumber::parse("+12025550100").unwrap(),
        name: None,
        phone_number_id: "7",
    };
    let now = "2026-11-23T12:00:00Z".parse().unwrap();
    let request = message.request(&Secret::new("secret").unwrap(), "wamid-1", now);
    let source = whatsapp(numbers);
    let body = source.authenticate(&request.headers, request.body.into(), now);
    source.parse(&request.headers, body.unwrap(), now).unwrap()
}

#[tokio::test]
async fn a_delivery_of_a_number_that_is_known_by_now_is_read_again() {
    let office = Office::with(Businesses::demo(), vec![whatsapp(&["7"])], Vec::new());
    office.store.accept(arrived(&["8"])).await.unwrap();
    let listed = failures(&office).await;
    assert_eq!(listed[0]["reason"], "unrouted");
    assert_eq!(listed[0]["business"], Value::Null);
    assert!(listed[0]["raw"].as_str().unwrap().contains("wamid-1"));
    assert_eq!(
        post(&office, &listed[0], "replay").await,
        StatusCode::NO_CONTENT
    );
    assert_eq!(failures(&office).await, Vec::<Value>::new());
    let totals = office.store.totals().await.unwrap();
    assert_eq!((totals.accepted, totals.pending()), (1, 1));
    let threads = office.get("/api/threads").await.json();
    assert_eq!(threads["threads"][0]["verified"], true);
    // The provider's own repeat, late, is known.
    office.store.accept(arrived(&["7"])).await.unwrap();
    assert_eq!(office.store.totals().await.unwrap().accepted, 1);
}

#[tokio::test]
async fn a_delivery_that_still_is_nobodys_stays() {
    for sources in [vec![whatsapp(&["8"])], vec![]] {
        let office = Office::with(Businesses::demo(), sources, Vec::new());
        office.store.accept(arrived(&["8"])).await.unwrap();
        let listed = failures(&office).await;
        assert_eq!(
            post(&office, &listed[0], "replay").await,
            StatusCode::CONFLICT
        );
        assert_eq!(failures(&office).await, listed);
        assert_eq!(
            post(&office, &listed[0], "discard").await,
            StatusCode::NO_CONTENT
        );
        assert_eq!(
            post(&office, &listed[0], "discard").await,
            StatusCode::NOT_FOUND
        );
    }
}

#[tokio::test]
async fn failures_are_listed_page_by_page() {
    let office = Office::of_demo();
    office.store.accept(arrived(&["8"])).await.unwrap();
    for text in ["a", "b", "c"] {
        die(&office, text).await;
    }
    let mut seen = Vec::new();
    let mut uri = "/api/failures?limit=1".to_owned();
    loop {
        let page = office.get(&uri).await.json();
        seen.push(page["failures"][0]["kind"].clone());
        let Some(next) = page["next"].as_str() else {
            break;
        };
        uri = format!("/api/failures?limit=1&cursor={next}");
    }
    assert_eq!(json!(seen), json!(["turn", "turn", "delivery", "turn"]));
}
