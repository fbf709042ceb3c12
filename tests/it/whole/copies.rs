//! A message is one turn, however often and however many at once tell of it.

use std::{collections::HashSet, time::Duration};

use frontdesk::{
    cli::client::{DirectMessage, HighlevelMessage, Request, WhatsappMessage},
    signature::Secret,
};
use serde_json::{Value, json};

use super::{APP_SECRET, LOCATION, NUMBER, app_key, phone, salon, stored};
use crate::support::process::{Frontdesk, now, secret};

const COPIES: usize = 64;

/// One message was accepted, run as one turn and answered once; all else were duplicates.
async fn assert_one_turn(server: &Frontdesk, folder: &std::path::Path, source: &str) {
    server.settled().await;
    for (series, expected) in [
        ("frontdesk_messages_accepted_total", 1),
        ("frontdesk_messages_done_total", 1),
        (
            "frontdesk_turns_total{workflow=\"assistant\",outcome=\"done\"}",
            1,
        ),
        (
            &format!("frontdesk_duplicates_total{{source=\"{source}\"}}"),
            COPIES as u64 - 1,
        ),
    ] {
        let value = server.metric(series).await;
        assert_eq!(value, expected, "{series}");
    }
    assert_eq!(stored(folder, "SELECT count(*) FROM messages"), 1);
    assert_eq!(stored(folder, "SELECT count(*) FROM outbox"), 1);
}

/// What the answers to a provider's deliveries add up to.
fn sum(answers: &[(u16, Value)], field: &str) -> u64 {
    answers
        .iter()
        .map(|(status, answer)| {
            assert_eq!(*status, 200, "{answer}");
            answer[field].as_u64().unwrap()
        })
        .sum()
}

#[tokio::test]
async fn sixty_four_copies_of_a_signed_message_at_once_are_one_turn_and_one_reply() {
    let folder = tempfile::tempdir().unwrap();
    let server = Frontdesk::start(folder.path()).await;
    let message = DirectMessage {
        text: "Hi",
        phone: &phone("+12025550137"),
        name: None,
        thread_id: None,
        wait: Duration::from_secs(30),
    };
    let request = message.request(Some(&secret()), "the-one", now());
    let answers = server.deliver_at_once(vec![request; COPIES]).await;
    assert!(answers.iter().all(|(status, _)| *status == 200));
    let with = |status: &str| {
        let answers = answers.iter();
        answers
            .filter(|(_, answer)| answer["status"] == status)
            .count()
    };
    assert_eq!((with("accepted"), with("duplicate")), (1, COPIES - 1));
    // Every copy waited for the same turn and was told the same.
    let turns: HashSet<_> = answers
        .iter()
        .map(|(_, answer)| (answer["turn_id"].to_string(), answer["replies"].to_string()))
        .collect();
    assert_eq!(turns.len(), 1, "{turns:?}");
    assert!(answers[0].1["turn_id"].is_string(), "{}", answers[0].1);
    assert_eq!(answers[0].1["replies"].as_array().unwrap().len(), 1);
    assert_one_turn(&server, folder.path(), "direct").await;
}

#[tokio::test]
async fn sixty_four_deliveries_of_one_whatsapp_message_at_once_are_one_turn() {
    let folder = tempfile::tempdir().unwrap();
    let server = Frontdesk::spawn(salon(folder.path())).await;
    let message = WhatsappMessage {
        text: "Hi",
        phone: &phone("+12025550137"),
        name: Some("Ana"),
        phone_number_id: NUMBER,
    };
    let request = message.request(&Secret::new(APP_SECRET).unwrap(), "the-one", now());
    let answers = server.deliver_at_once(vec![request; COPIES]).await;
    assert_eq!(sum(&answers, "accepted"), 1);
    assert_eq!(sum(&answers, "duplicates"), COPIES as u64 - 1);
    assert_one_turn(&server, folder.path(), "whatsapp").await;
}

#[tokio::test]
async fn an_app_event_and_a_workflow_action_without_an_id_are_one_turn() {
    let folder = tempfile::tempdir().unwrap();
    let server = Frontdesk::spawn(salon(folder.path())).await;
    let phone = phone("+12025550137");
    let message = HighlevelMessage {
        text: "Hi, a haircut please",
        phone: &phone,
        name: None,
        contact_id: "cI08i1Bls3iTB9bKgFJh",
    };
    let event = message.event(&app_key(), LOCATION, "the-one", now());
    // What an operator templates who does not know of the message's id.
    let templated = json!({
        "contact_id": message.contact_id,
        "phone": phone,
        "message": "Hi,  a haircut please\n",
        "location": {"id": LOCATION},
    });
    let action = Request {
        body: templated.to_string(),
        ..message.action(&secret(), None, "not used")
    };
    let both = [event, action].into_iter().cycle().take(COPIES).collect();
    let answers = server.deliver_at_once(both).await;
    assert_eq!(sum(&answers, "accepted"), 1);
    assert_eq!(sum(&answers, "duplicates"), COPIES as u64 - 1);
    assert_one_turn(&server, folder.path(), "highlevel").await;
}
