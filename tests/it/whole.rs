//! The whole program as it is started: real sources, the store on disk, the worker, the assistant.

mod booking;
mod chat;
mod contract;
mod copies;
mod crashes;
mod desk;
mod doors;
mod ending;
mod examples;
mod feed;
mod highlevel;
mod identity;
mod keeper;
mod kept;
mod langgraph;
mod left;
mod lock;
mod lost;
mod numbers;
mod owner;
mod refusals;
mod reload;
mod remote;
mod secrecy;
mod unrouted;
mod unsigned;
mod whatsapp;

use std::path::Path;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use frontdesk::{message::PhoneNumber, signature::ed25519::SigningKey};
use tokio::process::Command;

use crate::support::process::command;

const APP_SECRET: &str = "what Meta signs with in these tests";
const NUMBER: &str = "106540352242922";
const LOCATION: &str = "l1C08ntBrFjLS0elLIYU";

/// A salon that both providers know, open every day.
const SALON: &str = r#"
id = "salon"
name = "Luna Salon"
timezone = "America/New_York"
ask = ["name"]
[whatsapp]
phone_number_ids = ["106540352242922"]
[highlevel]
location_ids = ["l1C08ntBrFjLS0elLIYU"]
[hours]
monday = ["09:00-19:00"]
tuesday = ["09:00-19:00"]
wednesday = ["09:00-19:00"]
thursday = ["09:00-19:00"]
friday = ["09:00-19:00"]
saturday = ["09:00-19:00"]
sunday = ["09:00-19:00"]
[[service]]
id = "haircut"
name = "Haircut"
minutes = 30
"#;

/// A command for the salon, with all three doors open and nothing held back for coalescing.
fn salon(folder: &Path) -> Command {
    std::fs::write(folder.join("salon.toml"), SALON).unwrap();
    let mut command = command(folder);
    command
        .env("BUSINESS", "salon.toml")
        .env("WHATSAPP_APP_SECRET", APP_SECRET)
        .env("GHL_PUBLIC_KEY", app_key().public_key())
        .env("COALESCE_MS", "0");
    command
}

/// The key that stands in for HighLevel's own.
fn app_key() -> SigningKey {
    // PKCS #8 of an Ed25519 key: a fixed head and the 32 bytes of the seed.
    let mut der = vec![
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04,
        0x20,
    ];
    der.extend([7; 32]);
    SigningKey::parse(&BASE64_STANDARD.encode(der)).unwrap()
}

fn phone(number: &str) -> PhoneNumber {
    PhoneNumber::parse(number).unwrap()
}

/// A number out of the store's file, read beside the process.
fn stored(folder: &Path, query: &str) -> i64 {
    open(folder).query_row(query, [], |row| row.get(0)).unwrap()
}

/// An instant that no test lives to see.
const YEAR_2100_MS: i64 = 4_102_444_800_000;

/// Makes the one thread wait as after a failed attempt, or no longer.
fn hold_back(folder: &Path, not_before_ms: i64) {
    let changed = open(folder).execute(
        "UPDATE threads SET not_before = ?1, ready_at = CASE WHEN ready_at IS NULL THEN NULL ELSE ?1 END",
        [not_before_ms],
    );
    assert_eq!(changed.unwrap(), 1);
}

fn open(folder: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(folder.join("frontdesk.db")).unwrap()
}
