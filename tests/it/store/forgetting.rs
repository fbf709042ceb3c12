//! Forgetting a person: no table names them afterwards, and what has to be known still is.

use chrono::TimeDelta;
use frontdesk::{
    booking::{BookingId, Effect},
    message::{Arrival, SourceKind, Takeover},
    store::{Committed, Erased, Forgotten, Receipt, Whom},
    workflow::{Consent, Outcome, State, StateChange},
};

use super::{
    LEASE, Shop, booking::book, business, conformance, direct, direct_thread, phone, saying,
    whatsapp, with_id,
};

conformance!(
    nothing_of_them_is_in_the_file_afterwards,
    a_repeat_and_an_opt_out_are_still_known,
    what_waits_or_is_under_way_counts_as_done,
    who_writes_again_begins_anew,
    others_are_left_alone,
    nobody_is_forgotten_who_is_expected,
);

const PHONE: &str = "+12025550100";
const NAME: &str = "Wilhelmina";

impl Shop {
    async fn forget(&self) -> Erased {
        let whom = Whom::Phone(phone(PHONE));
        self.store.erase(&business(), &whom).await.unwrap()
    }
}

/// Where any of these words stands in a table.
pub(super) fn named(shop: &Shop, private: &[&str]) -> Vec<String> {
    let conn = rusqlite::Connection::open(shop.folder.path().join("shop.db")).unwrap();
    let mut tables = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
        .unwrap();
    let tables: Vec<String> = tables
        .query_map((), |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let mut found = Vec::new();
    for table in tables {
        let mut rows = conn.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = rows.column_count();
        let mut rows = rows.query(()).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                let bytes = match row.get_ref(column).unwrap() {
                    rusqlite::types::ValueRef::Text(bytes)
                    | rusqlite::types::ValueRef::Blob(bytes) => bytes.to_vec(),
                    _ => continue,
                };
                let text = String::from_utf8_lossy(&bytes);
                let word = private.iter().find(|word| text.contains(**word));
                found.extend(word.map(|word| format!("{table}: {word}")));
            }
        }
    }
    found
}

async fn nothing_of_them_is_in_the_file_afterwards(shop: Shop) {
    let mut message = with_id("wamid.12025550100", direct(PHONE, "my knees hurt"));
    message.contact.name = Some(NAME.into());
    shop.accept_new(message.clone()).await;
    let lease = shop.lease_one().await;
    let outcome = Outcome {
        effects: vec![book(&lease, 1, "ana", "11:00", 30)],
        state: StateChange::Put(State {
            workflow: "test".into(),
            version: 1,
            bytes: NAME.into(),
        }),
        ..saying(&["Hello Wilhelmina"])
    };
    shop.settle(&lease, outcome).await;
    let takeover = Takeover {
        id: None,
        thread: direct_thread(PHONE),
        contact: message.contact,
        text: Some("Wilhelmina, come early".into()),
        at: None,
    };
    shop.store
        .accept(vec![Arrival::Takeover(takeover)])
        .await
        .unwrap();
    let private = [PHONE, "12025550100", NAME, "knees"];
    assert!(named(&shop, &private).len() >= 6);
    shop.pass(TimeDelta::days(3));
    let done = Erased::Done(Forgotten {
        threads: 1,
        messages: 1,
        bookings: 1,
    });
    assert_eq!(shop.forget().await, done);
    assert_eq!(named(&shop, &private), Vec::<String>::new());
    assert_eq!(shop.forget().await, Erased::Unknown);
}

async fn a_repeat_and_an_opt_out_are_still_known(shop: Shop) {
    let message = with_id("m-1", direct("a", "STOP"));
    shop.accept_new(message.clone()).await;
    let lease = shop.lease_one().await;
    let outcome = Outcome {
        consent: Some(Consent::OptOut),
        ..Outcome::default()
    };
    shop.settle(&lease, outcome).await;
    assert!(matches!(shop.forget().await, Erased::Done(_)));
    assert!(matches!(
        shop.accept(message).await,
        Receipt::Duplicate { .. }
    ));
    shop.accept_new(direct("a", "hello")).await;
    assert!(shop.lease_one().await.turn.opted_out);
}

async fn what_waits_or_is_under_way_counts_as_done(shop: Shop) {
    shop.accept_new(direct("a", "first")).await;
    let lease = shop.lease_one().await;
    shop.accept_new(direct("a", "second")).await;
    shop.accept_new(direct("b", "third")).await;
    assert!(matches!(shop.forget().await, Erased::Done(_)));
    let late = shop.commit(&lease, saying(&["hi"])).await;
    assert!(matches!(late, Committed::LeaseLost));
    let totals = shop.store.totals().await.unwrap();
    assert_eq!((totals.accepted, totals.done, totals.dead), (3, 3, 0));
    assert_eq!(shop.ready().await, 0);
}

async fn who_writes_again_begins_anew(shop: Shop) {
    let (before, _) = shop.accept_new(direct("a", "first")).await;
    let old = shop.lease_one().await;
    shop.settle(&old, Outcome::default()).await;
    shop.forget().await;
    let (after, _) = shop.accept_new(direct("a", "hello")).await;
    assert_ne!(before, after);
    let lease = shop.lease_one().await;
    assert_ne!(lease.turn.customer, old.turn.customer);
    assert_eq!(lease.turn.bookings, []);
}

async fn others_are_left_alone(shop: Shop) {
    shop.accept_new(direct("a", "hello")).await;
    let other = whatsapp("12025550199", "m-1", "I am someone else");
    shop.accept_new(other).await;
    shop.pass(TimeDelta::minutes(1));
    let turns = shop.store.lease(10, LEASE).await.unwrap().turns;
    for lease in &turns {
        let n = lease.turn.customer.0.unsigned_abs().into();
        let outcome = Outcome {
            effects: vec![book(lease, n, &format!("r{n}"), "11:00", 30)],
            ..Outcome::default()
        };
        shop.settle(lease, outcome).await;
    }
    shop.pass(TimeDelta::days(3));
    shop.forget().await;
    let theirs = turns
        .iter()
        .find(|lease| lease.turn.key.source == SourceKind::Whatsapp);
    let theirs = &theirs.unwrap().turn;
    let id = BookingId(uuid::Uuid::from_u128(
        theirs.customer.0.unsigned_abs().into(),
    ));
    assert!(shop.store.booking(id).await.unwrap().is_some());
    let before = frontdesk::store::TranscriptPlace::END;
    let lines = shop
        .store
        .transcript(theirs.thread, before, 10)
        .await
        .unwrap();
    assert_eq!(lines.len(), 1);
    assert!(matches!(
        &lines[0].said,
        frontdesk::store::Said::ByCustomer(Some(_))
    ));
}

async fn nobody_is_forgotten_who_is_expected(shop: Shop) {
    shop.accept_new(direct("a", "hello")).await;
    let lease = shop.lease_one().await;
    let outcome = Outcome {
        effects: vec![book(&lease, 1, "ana", "11:00", 30)],
        ..Outcome::default()
    };
    shop.settle(&lease, outcome).await;
    let id = BookingId(uuid::Uuid::from_u128(1));
    assert_eq!(shop.forget().await, Erased::Ahead(vec![id]));
    assert!(!named(&shop, &[PHONE]).is_empty());
    let cancel = Effect::Cancel { id, version: 1 };
    shop.store.apply(vec![cancel]).await.unwrap().unwrap();
    assert!(matches!(shop.forget().await, Erased::Done(_)));
}
