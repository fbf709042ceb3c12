//! A store of schema 4, in which people and threads are split by a spelling or a missing id.

use frontdesk::{
    message::{SourceKind, ThreadId, ThreadKey, Trust},
    store::{Settlement, Whom},
    workflow::Outcome,
};
use hmac::{Hmac, KeyInit as _, Mac as _};
use rusqlite::Connection;
use sha2::Sha256;

use super::super::{LEASE, Shop, business, direct_thread, phone, words};
use crate::support::shop::no_limit;

/// The migrations that were released, as they were.
const RELEASED: [&str; 4] = [
    include_str!("../../../../src/store/sqlite/migrations/0001_inbox.sql"),
    include_str!("../../../../src/store/sqlite/migrations/0002_bookings.sql"),
    include_str!("../../../../src/store/sqlite/migrations/0003_outbox.sql"),
    include_str!("../../../../src/store/sqlite/migrations/0004_office.sql"),
];

/// 2026-03-02T10:00:00Z, when the shop opens.
const NOW: i64 = 1_772_445_600_000;

/// Thread 1 is found by the user id and was paused, thread 2 by the number of the same person and
/// was written in last. Both have done, dead or waiting messages, a state and replies to be sent.
const SPLIT: &str = r#"
INSERT INTO customers (id, business, phone, name, created_at) VALUES
    (1, 'luna', '+553188887777', 'Ana', 1), (2, 'luna', '+5531988887777', NULL, 2),
    (3, 'luna', '+525512345678', NULL, 3), (4, 'luna', '+5215512345678', 'Luis', 4),
    (5, 'luna', '+12025550105', NULL, 5),
    (6, 'luna', '+12025550106', NULL, 6), (7, 'luna', '+12025550106', NULL, 7),
    (8, 'luna', '+525512345678', NULL, 8), (9, 'luna', '+5215512345678', NULL, 9),
    (10, 'luna', '+553199990000', NULL, 10), (11, 'luna', '+5531999990000', NULL, 11);
INSERT INTO identities (business, kind, value, customer) VALUES
    ('luna', 'phone', '+553188887777', 1), ('luna', 'whatsapp', 'BR.1', 1),
    ('luna', 'phone', '+5531988887777', 2),
    ('luna', 'phone', '+525512345678', 3), ('luna', 'phone', '+5215512345678', 4),
    ('luna', 'phone', '+12025550105', 5), ('luna', 'highlevel', 'H5', 5),
    ('luna', 'whatsapp', 'US.6', 6), ('luna', 'whatsapp', 'US.7', 7),
    ('luna', 'phone', '+12025550106', 7),
    ('luna', 'whatsapp', 'BR.10', 10), ('luna', 'phone', '+553199990000', 10),
    ('luna', 'whatsapp', 'BR.11', 11), ('luna', 'phone', '+5531999990000', 11),
    ('luna', 'session', 'direct' || char(10) || '+525512345678' || char(10) || '+525512345678', 8),
    ('luna', 'session', 'direct' || char(10) || '+5215512345678' || char(10) || '+5215512345678', 9);
INSERT INTO threads (id, business, source, trust, key, customer, provider_id, paused_until, handoff,
    last_seq, done_seq, done_first, last_message, last_at, ready_at, turn_last, attempt) VALUES
    (1, 'luna', 'whatsapp', 'verified', '100:BR.1', 1, 'BR.1', NOW + 7200000, 'takeover',
        2, 1, 1, 3, NOW - 4000, NOW - 4000, 2, 1),
    (2, 'luna', 'whatsapp', 'verified', '100:553188887777', 1, NULL, NOW + 3600000, 'person_wanted',
        3, 2, 2, 5, NOW - 2000, NOW - 2000, NULL, 0),
    (3, 'luna', 'direct', 'verified', '+525512345678', 3, NULL, NULL, NULL, 0, 0, NULL, NULL, 5, NULL, NULL, 0),
    (4, 'luna', 'direct', 'verified', '+5215512345678', 4, NULL, NULL, NULL, 0, 0, NULL, NULL, 6, NULL, NULL, 0),
    (5, 'luna', 'highlevel', 'verified', 'loc:H5', 5, 'H5', NULL, NULL, 0, 0, NULL, NULL, 7, NULL, NULL, 0),
    (6, 'luna', 'highlevel', 'verified', 'loc:+12025550105', 5, NULL, NULL, NULL, 0, 0, NULL, NULL, 6, NULL, NULL, 0),
    (7, 'luna', 'whatsapp', 'verified', '100:US.6', 6, 'US.6', NULL, NULL, 0, 0, NULL, NULL, 9, NULL, NULL, 0),
    (8, 'luna', 'whatsapp', 'verified', '100:US.7', 7, 'US.7', NULL, NULL, 0, 0, NULL, NULL, 8, NULL, NULL, 0),
    (9, 'luna', 'direct', 'unverified', '+525512345678', 8, NULL, NULL, NULL, 0, 0, NULL, NULL, 8, NULL, NULL, 0),
    (10, 'luna', 'direct', 'unverified', '+5215512345678', 9, NULL, NULL, NULL, 0, 0, NULL, NULL, 8, NULL, NULL, 0),
    (11, 'luna', 'direct', 'verified', 'order-7', 3, NULL, NULL, NULL, 0, 0, NULL, NULL, 8, NULL, NULL, 0);
INSERT INTO messages (id, dedupe, business, thread, seq, prev, customer, received_at, provider_id, content) VALUES
    (1, randomblob(16), 'luna', 1, 1, NULL, 1, NOW - 9000, 'wamid.1', '{"type":"text","text":"done"}'),
    (2, randomblob(16), 'luna', 2, 1, NULL, 1, NOW - 8000, 'wamid.2', '{"type":"text","text":"dead"}'),
    (3, randomblob(16), 'luna', 1, 2, 1, 1, NOW - 4000, 'wamid.3', '{"type":"text","text":"first"}'),
    (4, randomblob(16), 'luna', 2, 2, 2, 1, NOW - 7000, 'wamid.4', '{"type":"text","text":"done too"}'),
    (5, randomblob(16), 'luna', 2, 3, 4, 1, NOW - 2000, 'wamid.5', '{"type":"text","text":"second"}');
INSERT INTO inputs (thread, seq, message) VALUES (1, 2, 3), (2, 3, 5);
INSERT INTO dead_turns (business, thread, first_seq, last_seq, last_message, attempts, reason, at)
    VALUES ('luna', 2, 1, 1, 2, 3, 'attempts_used_up', NOW - 7500);
UPDATE totals SET accepted = 5, done = 2, dead = 1;
INSERT INTO states (thread, business, workflow, version, bytes) VALUES
    (1, 'luna', 'test', 1, CAST('older' AS BLOB)), (2, 'luna', 'test', 1, CAST('newer' AS BLOB)),
    (3, 'luna', 'test', 1, CAST('mexico' AS BLOB));
INSERT INTO outbox (id, business, thread, first_seq, last_seq, at, kind, booking, booking_version, state, body) VALUES
    (1, 'luna', 1, 1, 1, NOW - 8900, 'reply', NULL, NULL, 'pending', '{"kind":"text","text":"one"}'),
    (2, 'luna', 2, 2, 2, NOW - 6900, 'reply', NULL, NULL, 'pending', '{"kind":"text","text":"two"}'),
    (3, 'luna', 1, NULL, NULL, NOW - 6000, 'reminder', x'00000000000000000000000000000001', 1, 'pending', NULL),
    (4, 'luna', 3, NULL, NULL, 1, 'reply', NULL, NULL, 'pickup', '{"kind":"text","text":"hola"}');
INSERT INTO deliveries (outbox, lane, due_at, expires_at) VALUES
    (1, 1, NOW - 8900, NOW + 9000000), (2, 2, NOW - 6900, NOW + 9000000),
    (3, -3, NOW + 60000, NOW + 9000000);
INSERT INTO notices (business, source, thread, kind, at, raw)
    VALUES ('luna', 'whatsapp', 1, 'takeover', NOW - 5000, CAST('I see to it' AS BLOB));
INSERT INTO bookings (id, business, services, resource, customer, status, expires_at, version, visible_start,
    visible_end, blocked_start, blocked_end, created_at, changed_at) VALUES
    (x'00000000000000000000000000000001', 'luna', 'cut', 'ana', 2, 'booked', NULL, 1, NOW + 8000000,
        NOW + 9000000, NOW + 8000000, NOW + 9000000, 1, 1),
    (x'00000000000000000000000000000002', 'luna', 'cut', 'bea', 1, 'held', NOW + 600000, 1, NOW + 8000000,
        NOW + 9000000, NOW + 8000000, NOW + 9000000, 1, 1);
INSERT INTO calendar_requests (booking, thread, change, asked_at, due_at, expires_at)
    VALUES (x'00000000000000000000000000000001', 1, '{"change":"cancel"}', 1, NOW + 9000000, NOW + 90000000);
"#;

/// A store of schema 4 with all of that, opened by this release.
fn upgraded() -> Shop {
    let Shop {
        store,
        clock,
        metrics,
        mut policy,
        ..
    } = Shop::on_sqlite();
    drop(store);
    policy.channels = vec![SourceKind::Whatsapp];
    let folder = tempfile::tempdir().unwrap();
    let conn = Connection::open(folder.path().join("shop.db")).unwrap();
    for migration in RELEASED {
        conn.execute_batch(migration).unwrap();
    }
    conn.execute_batch(&SPLIT.replace("NOW", &NOW.to_string()))
        .unwrap();
    opt_out(&conn, "+5215512345678");
    conn.pragma_update(None, "user_version", 4).unwrap();
    drop(conn);
    let store = super::super::open_sqlite(&folder, &policy, &clock, &metrics);
    Shop {
        store,
        clock,
        metrics,
        policy,
        folder,
    }
}

/// The digest that the release before kept of a number that opted out.
fn opt_out(conn: &Connection, number: &str) {
    let key: Vec<u8> = conn
        .query_row("SELECT value FROM keys", (), |row| row.get(0))
        .unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
    mac.update(format!("phone\n{number}").as_bytes());
    let digest = mac.finalize().into_bytes()[..16].to_vec();
    conn.execute("INSERT INTO opt_outs VALUES ('luna', ?1, 1)", [digest])
        .unwrap();
}

fn count(shop: &Shop, sql: &str) -> i64 {
    let conn = Connection::open(shop.path()).unwrap();
    conn.query_row(sql, (), |row| row.get(0)).unwrap()
}

fn line(user: &str) -> ThreadKey {
    ThreadKey {
        business: business(),
        source: SourceKind::Whatsapp,
        trust: Trust::Verified,
        key: format!("100:{user}").into(),
    }
}

#[tokio::test]
async fn split_threads_of_one_person_are_joined_without_losing_anything() {
    let shop = upgraded();
    let totals = shop.store.totals().await.unwrap();
    let numbers = (totals.accepted, totals.done, totals.dead, totals.pending());
    assert_eq!(numbers, (5, 2, 1, 2));
    let entry = shop.store.thread(ThreadId(1)).await.unwrap().unwrap();
    assert_eq!(entry.0.id, ThreadId(2));
    assert_eq!(entry.0.pending, 2);
    let dispatches = shop
        .store
        .dispatch(10, LEASE, no_limit())
        .await
        .unwrap()
        .due;
    assert_eq!(dispatches.len(), 1, "one lane, one after the other");
    assert_eq!(dispatches[0].contact.phone, Some(phone("+553188887777")));

    let lease = shop.lease_one().await;
    assert_eq!(words(&lease), ["first", "second"]);
    assert_eq!(lease.turn.thread, ThreadId(2));
    assert_eq!(&lease.turn.state.as_ref().unwrap().bytes[..], b"newer");
    let until = lease.turn.paused_until.unwrap().timestamp_millis();
    assert_eq!(until, NOW + 7_200_000);
    assert_eq!(lease.turn.bookings.len(), 2, "the booking and the hold");
    shop.settle(&lease, Outcome::default()).await;

    // The dead one is heard when it is replayed.
    let dead = count(&shop, "SELECT id FROM dead_turns");
    assert_eq!(shop.store.replay(dead).await.unwrap(), Settlement::Done);
    let lease = shop.lease_one().await;
    assert_eq!(words(&lease), ["dead"]);
    shop.settle(&lease, Outcome::default()).await;
    let totals = shop.store.totals().await.unwrap();
    assert_eq!((totals.done, totals.dead, totals.pending()), (5, 0, 0));

    for table in [
        "outbox",
        "notices",
        "calendar_requests",
        "messages",
        "inputs",
        "states",
    ] {
        let left = format!("SELECT count(*) FROM {table} WHERE thread = 1");
        assert_eq!(count(&shop, &left), 0, "{table}");
    }
    let end = frontdesk::store::TranscriptPlace::END;
    let lines = shop.store.transcript(ThreadId(2), end, 20).await.unwrap();
    assert_eq!(lines.len(), 5 + 2 + 1);
}

#[tokio::test]
async fn every_spelling_finds_the_joined_thread_and_others_stay_apart() {
    let shop = upgraded();
    let standing = "SELECT count(*) FROM threads WHERE joined_to IS NULL";
    // One of each pair, the client's own, and the two whose number changed hands.
    assert_eq!(count(&shop, standing), 7);
    for known in ["BR.1", "553188887777", "5531988887777"] {
        let said = shop.store.replies(&line(known), 0, 10).await.unwrap();
        assert_eq!(said.len(), 2, "{known}");
    }
    for known in ["+525512345678", "+5215512345678"] {
        let said = shop.store.replies(&direct_thread(known), 0, 10).await;
        assert_eq!(said.unwrap().len(), 1, "{known}");
    }
    let mut hello = super::super::direct("+525512345678", "hola");
    hello.contact.phone = Some(phone("+525512345678"));
    shop.accept_new(hello).await;
    let turns = shop.store.lease(10, LEASE).await.unwrap().turns;
    let mexican = turns.iter().find(|lease| words(lease) == ["hola"]).unwrap();
    assert!(mexican.turn.opted_out);
    assert_eq!(&mexican.turn.state.as_ref().unwrap().bytes[..], b"mexico");
    let of_number = "SELECT count(*) FROM thread_names n JOIN threads t ON t.id = n.thread
        WHERE n.name = '100:+12025550106' AND t.key = '100:US.7'";
    assert_eq!(
        count(&shop, of_number),
        1,
        "the number is of who has it now"
    );
    // Two with ids of their own stay two, whatever the spelling of the number that went over.
    let apart = "SELECT count(*) FROM customers WHERE id IN (10, 11) AND joined_to IS NULL";
    assert_eq!(count(&shop, apart), 2);
    let holder = "SELECT customer FROM identities WHERE kind = 'phone'
        AND value = '+5531999990000'";
    assert_eq!(count(&shop, holder), 11);
    let whom = Whom::Phone(phone("+525512345678"));
    let erased = shop.store.erase(&business(), &whom).await.unwrap();
    assert!(
        matches!(erased, frontdesk::store::Erased::Done(forgotten) if forgotten.threads == 3),
        "{erased:?}"
    );
    let shop = shop.reopen();
    let version = "PRAGMA user_version";
    assert_eq!(count(&shop, version), count(&Shop::on_sqlite(), version));
}
