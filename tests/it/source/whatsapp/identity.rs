//! What a delivery tells of who somebody is.

use frontdesk::message::{Arrival, Contact, Identity, IdentityChange, PhoneNumber};
use serde_json::{Value, json};

use super::{NUMBER, arrivals, message};

const USER: &str = "US.13491208655302741918";

fn delivery(field: &str, lists: &Value) -> String {
    let mut value = json!({
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550783881", "phone_number_id": NUMBER},
    });
    for (list, items) in lists.as_object().unwrap() {
        value[list] = items.clone();
    }
    json!({"object": "whatsapp_business_account", "entry": [
        {"id": "0", "changes": [{"field": field, "value": value}]},
    ]})
    .to_string()
}

fn phone(number: &str) -> Option<PhoneNumber> {
    PhoneNumber::parse(number).ok()
}

fn text(from: &str, n: u8) -> Value {
    json!({"from": from, "id": format!("wamid.{n}"), "timestamp": "1749416383", "type": "text",
        "text": {"body": "hi"}})
}

fn contacts_of(lists: &Value) -> Vec<Contact> {
    let read = |arrival| match arrival {
        Arrival::Message(message) => message.contact,
        other => panic!("{other:?}"),
    };
    let arrivals = arrivals(&delivery("messages", lists));
    arrivals.into_iter().map(read).collect()
}

fn changes(field: &str, lists: &Value) -> Vec<IdentityChange> {
    let read = |arrival| match arrival {
        Arrival::IdentityChange(change) => change,
        other => panic!("{other:?}"),
    };
    let arrivals = arrivals(&delivery(field, lists));
    arrivals.into_iter().map(read).collect()
}

fn system(from: Option<&str>, system: &Value) -> Vec<IdentityChange> {
    let mut item = json!({"id": "wamid.s", "timestamp": "1749416383", "type": "system",
        "system": system});
    if let Some(from) = from {
        item["from"] = from.into();
    }
    changes("messages", &json!({"messages": [item]}))
}

#[test]
fn everything_that_is_told_of_a_person_is_handed_over() {
    let contact = json!({"profile": {"name": "Ana"}, "wa_id": "5531988887777", "user_id": USER,
        "parent_user_id": "US.ENT.1"});
    let told = contacts_of(&json!({"contacts": [contact], "messages": [text("553188887777", 1)]}));
    assert_eq!(
        told,
        [Contact {
            phone: phone("+553188887777"),
            provider_id: Some(USER.into()),
            name: Some("Ana".into()),
            medium: None,
            also: vec![
                Identity::Phone(phone("+5531988887777").unwrap()),
                Identity::ParentUser("US.ENT.1".into()),
            ],
        }]
    );
    // What is told once is not told twice.
    assert_eq!(message("text").contact.also, []);
}

#[test]
fn a_contact_is_not_taken_for_a_sender_whose_number_it_may_not_have() {
    let contact = json!({"profile": {"name": "Ana"}, "wa_id": "12025550100"});
    let messages = [text("12025550101", 1), text("12025550102", 2)];
    let told = contacts_of(&json!({"contacts": [contact], "messages": messages}));
    for contact in told {
        assert_eq!((contact.name, contact.also.len()), (None, 0));
    }
}

#[test]
fn a_changed_number_is_told_with_the_old_and_the_new_one() {
    for (told, user_id) in [
        (
            json!({"type": "user_changed_number", "wa_id": "12195555358"}),
            None,
        ),
        (
            json!({"type": "user_changed_number", "new_wa_id": "12195555358", "wa_id": "16505551234"}),
            None,
        ),
        (
            json!({"type": "customer_changed_number", "new_wa_id": "12195555358"}),
            None,
        ),
        (
            json!({"type": "user_changed_number", "wa_id": "12195555358", "user_id": "US.2",
                "previous_user_id": USER}),
            Some(USER),
        ),
    ] {
        let changes = system(Some("16505551234"), &told);
        let [change] = &changes[..] else {
            panic!("{changes:?}");
        };
        assert_eq!(change.before.phone, phone("+16505551234"), "{told}");
        assert_eq!(change.now.phone, phone("+12195555358"), "{told}");
        assert_eq!(change.before.provider_id.as_deref(), user_id);
        assert_eq!(change.now.provider_id.as_deref(), user_id.map(|_| "US.2"));
        let user = user_id.unwrap_or("16505551234");
        assert_eq!(*change.thread.key, *format!("{NUMBER}:{user}"));
    }
}

#[test]
fn a_changed_user_id_is_told_by_a_system_message_or_by_its_field() {
    let told = json!({"type": "user_changed_user_id", "user_id": "US.2", "previous_user_id": USER,
        "parent_user_id": "US.ENT.2", "previous_parent_user_id": "US.ENT.1"});
    let by_system = system(None, &told);
    let item = json!({"wa_id": "16505551234", "user_id": {"previous": USER, "current": "US.2"},
        "parent_user_id": {"previous": "US.ENT.1", "current": "US.ENT.2"}});
    let by_field = changes("user_id_update", &json!({"user_id_update": [item.clone()]}));
    let by_one = changes("user_id_update", &json!({"user_id_update": item}));
    for (change, number) in [
        (&by_system[0], None),
        (&by_field[0], phone("+16505551234")),
        (&by_one[0], phone("+16505551234")),
    ] {
        assert_eq!(change.before.provider_id.as_deref(), Some(USER));
        assert_eq!(change.now.provider_id.as_deref(), Some("US.2"));
        assert_eq!(
            change.before.also,
            [Identity::ParentUser("US.ENT.1".into())]
        );
        assert_eq!(change.now.also, [Identity::ParentUser("US.ENT.2".into())]);
        assert_eq!(change.now.phone, number);
    }
    // A number that is still told is still theirs.
    let still = system(Some("16505551234"), &told);
    assert_eq!(still[0].now.phone, phone("+16505551234"));
}

#[test]
fn a_change_that_tells_nothing_new_is_no_more_than_a_notice() {
    for told in [
        json!({"type": "user_changed_number"}),
        json!({"type": "user_changed_number", "wa_id": "16505551234"}),
        json!({"type": "user_changed_number", "wa_id": 7}),
        json!({"type": "customer_identity_changed"}),
        json!({}),
    ] {
        let item = json!({"from": "16505551234", "id": "wamid.s", "type": "system",
            "system": told});
        let arrivals = arrivals(&delivery("messages", &json!({"messages": [item]})));
        assert!(matches!(arrivals[..], [Arrival::Notice(_)]), "{told}");
    }
}
