//! What the sources make of requests, from the signature to the arrivals.

mod direct;
mod early;
mod highlevel;
mod whatsapp;

use std::{collections::BTreeSet, fs, path::PathBuf};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use frontdesk::{
    booking::zone::Zone,
    message::{Arrival, BusinessId},
    signature,
    source::{Invalid, Owner, Routes, Source},
};
use http::{HeaderMap, HeaderName, HeaderValue};
use proptest::prelude::*;
use serde_json::Value;

const NOW: &str = "2026-03-02T15:00:00Z";

/// Why a request came to nothing.
#[derive(Debug, PartialEq)]
enum Refused {
    Signature(signature::Error),
    Invalid(Invalid),
}

fn now() -> DateTime<Utc> {
    NOW.parse().unwrap()
}

/// A request's way through a source.
fn deliver(
    source: &dyn Source,
    headers: &HeaderMap,
    body: impl Into<Bytes>,
) -> Result<Vec<Arrival>, Refused> {
    let early = source.check_headers(headers, now());
    let verified = source.authenticate(headers, body.into(), now());
    assert!(early.is_ok() || verified.is_err(), "{early:?} {headers:?}");
    let verified = verified.map_err(Refused::Signature)?;
    source
        .parse(headers, verified, now())
        .map_err(Refused::Invalid)
}

fn headers<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        headers.append(
            HeaderName::from_bytes(name.as_bytes()).unwrap(),
            HeaderValue::from_str(value).unwrap(),
        );
    }
    headers
}

/// One business with these numbers and locations.
fn routes(phone_number_ids: &[&str], location_ids: &[&str]) -> Routes {
    Routes::new(vec![owner("luna", phone_number_ids, location_ids)]).unwrap()
}

fn owner(business: &str, phone_number_ids: &[&str], location_ids: &[&str]) -> Owner {
    Owner {
        business: BusinessId::new(business),
        zone: Zone::by_name("America/New_York").unwrap(),
        phone_number_ids: phone_number_ids.iter().map(ToString::to_string).collect(),
        location_ids: location_ids.iter().map(ToString::to_string).collect(),
        country: None,
    }
}

fn fixtures(provider: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(provider)
}

fn fixture(provider: &str, file: &str) -> String {
    fs::read_to_string(fixtures(provider).join(file)).unwrap()
}

/// The names of a provider's fixtures, without `.json`.
fn fixture_names(provider: &str) -> BTreeSet<String> {
    fs::read_dir(fixtures(provider))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .map(|name| name.trim_end_matches(".json").to_owned())
        .collect()
}

/// Any JSON, with the providers' own names in it so that it gets somewhere.
fn any_json() -> impl Strategy<Value = Value> {
    let name = prop_oneof![
        proptest::sample::select(vec![
            "object",
            "entry",
            "changes",
            "field",
            "value",
            "metadata",
            "phone_number_id",
            "contacts",
            "messages",
            "statuses",
            "errors",
            "message_echoes",
            "id",
            "from",
            "to",
            "type",
            "text",
            "body",
            "timestamp",
            "interactive",
            "context",
            "locationId",
            "contactId",
            "messageType",
            "message",
            "phone",
            "customData",
            "direction",
            "location",
            "attachments",
            "thread_id",
            "signature",
            "message_id",
            "name",
        ])
        .prop_map(str::to_owned),
        "[a-z]{0,5}",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        proptest::sample::select(vec![
            "whatsapp_business_account",
            "messages",
            "smb_message_echoes",
            "text",
            "interactive",
            "image",
            "InboundMessage",
            "OutboundMessage",
            "l1C08ntBrFjLS0elLIYU",
            "outbound",
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(8, 64, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::btree_map(name.clone(), inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}
