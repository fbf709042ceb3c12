//! Deliveries of many items, of broken ones, and of ones that are nobody's.

use proptest::prelude::*;

use super::*;
use crate::source::any_json;

#[test]
fn what_nobody_owns_is_kept_so_that_it_can_be_replayed_alone() {
    let items = [item("text", "messages"), item("image", "messages")];
    let body = delivery("messages", &items).to_string();
    let unrouted = arrivals_at(routes(&["another"], &[]), &body);
    assert_eq!(unrouted.len(), 2);
    let routed = arrivals(&body);
    for (unrouted, routed) in unrouted.into_iter().zip(routed) {
        let Arrival::Unprocessed(unprocessed) = unrouted else {
            panic!("processed");
        };
        assert_eq!(unprocessed.reason, UnprocessedReason::Unrouted);
        assert_eq!(unprocessed.business, None);
        let replayed = arrivals(std::str::from_utf8(&unprocessed.raw).unwrap());
        assert_eq!(replayed, [routed]);
    }
}

#[test]
fn what_is_no_delivery_is_kept_whole() {
    for body in [
        "",
        "not json",
        "[]",
        "{}",
        r#"{"object":"page","entry":[]}"#,
        r#"{"object":"whatsapp_business_account"}"#,
        r#"{"object":"whatsapp_business_account","entry":{}}"#,
    ] {
        let [Arrival::Unprocessed(unprocessed)] = &arrivals(body)[..] else {
            panic!("{body} was processed");
        };
        assert_eq!(unprocessed.reason, UnprocessedReason::NotUnderstood);
        assert_eq!(unprocessed.raw, body.as_bytes());
    }
    assert_eq!(
        arrivals(r#"{"object":"whatsapp_business_account","entry":[]}"#),
        []
    );
}

#[test]
fn a_bad_entry_or_change_costs_only_itself() {
    let mut body = delivery("messages", &[item("text", "messages")]);
    let good = body["entry"][0].clone();
    let empty_change =
        json!({"field": "messages", "value": {"metadata": {"phone_number_id": NUMBER}}});
    body["entry"] = json!([
        7,
        {"changes": 7},
        {"changes": [7, {"field": "messages"}, {"field": "messages", "value": 7}, empty_change]},
        good,
    ]);
    let arrivals = arrivals(&body.to_string());
    let failed = arrivals
        .iter()
        .filter(|arrival| reason(arrival).is_some())
        .count();
    assert_eq!((arrivals.len(), failed), (7, 6));
    assert!(matches!(arrivals.last(), Some(Arrival::Message(_))));
}

#[test]
fn a_batch_of_a_thousand_arrives_whole_and_in_order() {
    let items: Vec<Value> = (0..1000)
        .map(|n| {
            let mut item = item("text", "messages");
            item["id"] = json!(format!("wamid.{n}"));
            item
        })
        .collect();
    let arrivals = arrivals(&delivery("messages", &items).to_string());
    let ids = arrivals.iter().map(|arrival| match arrival {
        Arrival::Message(message) => message.id.as_ref().unwrap().as_str().to_owned(),
        other => panic!("{other:?}"),
    });
    assert!(ids.eq((0..1000).map(|n| format!("wamid.{n}"))));
}

proptest! {
    #[test]
    fn no_signed_bytes_panic_or_get_lost(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let signature = body_hmac::sign(&Secret::new(SECRET).unwrap(), &bytes);
        let headers = headers([("x-hub-signature-256", signature.as_str())]);
        let arrivals = deliver(&source(routes(&[], &[])), &headers, bytes.clone()).unwrap();
        prop_assert!(arrivals.len() == 1);
    }

    #[test]
    fn no_signed_json_panics(json in any_json()) {
        arrivals(&json.to_string());
        arrivals(&delivery("messages", std::slice::from_ref(&json)).to_string());
        arrivals(&json!({"object": "whatsapp_business_account", "entry": [{"changes": [
            {"field": "messages", "value": json}, {"field": "x", "value": json},
        ]}]}).to_string());
    }

    #[test]
    fn an_item_does_not_change_its_neighbours(broken in any_json(), at in 0usize..=4) {
        let list = ["text", "image", "reaction", "location"];
        let mut items: Vec<Value> = list.iter().map(|name| item(name, "messages")).collect();
        let without = arrivals(&delivery("messages", &items).to_string());
        items.insert(at, broken);
        let mut with = arrivals(&delivery("messages", &items).to_string());
        prop_assert_eq!(with.len(), 5);
        let inserted = with.remove(at);
        prop_assert_eq!(with, without);
        prop_assert!(!matches!(inserted, Arrival::Report(_) | Arrival::Takeover(_)));
    }
}
