//! The HighLevel channel against an API that holds every call to what HighLevel documents.

use std::time::Duration;

use frontdesk::channel::{
    Found, Tagging, Who,
    highlevel::{Config, Highlevel},
};
use futures_util::future::join_all;
use tokio::time::Instant;

use super::*;
use crate::support::leadconnector::{self, Fault, LeadConnector};

const LOCATION: &str = "l1C08ntBrFjLS0elLIYU";
const CONTACT: &str = "cI08i1Bls3iTB9bKgFJh";

#[derive(Debug)]
pub(super) struct LocationToken;

impl Tokens for LocationToken {
    fn token(&self, business: &BusinessId) -> Option<SecretString> {
        (business.as_str() != "tokenless").then(|| leadconnector::TOKEN.into())
    }
}

fn highlevel(api: &LeadConnector) -> Highlevel {
    let config = Config {
        answer_timeout: Duration::from_millis(300),
        ..Config::new(api.url().parse().unwrap())
    };
    Highlevel::new(
        config,
        Arc::new(LocationToken),
        breaker(Destination::Highlevel),
    )
    .unwrap()
}

/// A message to a contact who wrote a minute ago.
fn to_contact(medium: Option<&str>, reply: Reply) -> Outbound {
    let mut message = outbound(Body::Reply(reply));
    message.thread.source = SourceKind::Highlevel;
    message.thread.key = format!("{LOCATION}:{CONTACT}").into();
    message.contact.provider_id = Some(CONTACT.into());
    message.contact.medium = medium.map(Into::into);
    message
}

pub(super) fn greeting() -> Outbound {
    to_contact(None, Reply::text("Hello!"))
}

pub(super) fn told(error: &SendError) -> String {
    match error {
        SendError::Retry { reason, .. } => format!("retry {reason}"),
        SendError::Wait { reason, after } => format!("wait {reason} {}", after.as_secs()),
        SendError::Hold { reason, after } => format!("hold {reason} {}", after.as_secs()),
        SendError::GiveUp { reason, .. } => format!("give up {reason}"),
        SendError::Alert { reason, .. } => format!("alert {reason}"),
        SendError::Template { reason, .. } => format!("template {reason}"),
        SendError::NoSuchPart => "no such part".to_owned(),
        SendError::Ambiguous => "ambiguous".to_owned(),
    }
}

async fn refusal(channel: &Highlevel, message: &Outbound) -> String {
    told(&channel.send(message, 0).await.unwrap_err())
}

#[tokio::test]
async fn a_contact_is_answered_by_what_they_wrote_by_with_choices_written_out() {
    let api = LeadConnector::start().await;
    let channel = highlevel(&api);
    let sent = channel.send(&greeting(), 0).await.unwrap();
    let choices = Reply::Choices {
        text: "Which one?".into(),
        choices: vec![
            choice("cut", "Haircut", Some("35 USD")),
            choice("color", "Color", None),
        ],
        button: Some("Choose".into()),
    };
    channel
        .send(&to_contact(Some("SMS"), choices), 0)
        .await
        .unwrap();
    let taken = api.taken();
    assert_eq!((sent.id.as_str(), sent.more), (&*taken[0].id, false));
    assert_eq!(
        (&*taken[0].medium, &*taken[0].contact),
        ("WhatsApp", CONTACT)
    );
    assert_eq!(taken[1].medium, "SMS");
    assert_eq!(
        taken[1].message,
        "Which one?\n\n1. Haircut – 35 USD\n2. Color"
    );
}

#[tokio::test]
async fn a_contact_is_answered_by_the_provider_that_brought_the_message() {
    let api = LeadConnector::start().await;
    api.has_provider("provider1");
    let channel = highlevel(&api);
    for (medium, expected) in [
        ("Custom:provider1", ("Custom", Some("provider1"))),
        ("SMS:provider1", ("SMS", Some("provider1"))),
        ("GMB", ("GMB", None)),
        ("TIKTOK", ("TIKTOK", None)),
    ] {
        let message = to_contact(Some(medium), Reply::text("Hello!"));
        let sent = channel.send(&message, 0).await.unwrap();
        let taken = api.taken().pop().unwrap();
        assert_eq!((&*taken.medium, taken.provider.as_deref()), expected);
        assert_eq!(sent.id.as_str(), taken.id, "{medium}");
    }
}

#[tokio::test]
async fn a_long_text_is_sent_in_parts_as_long_as_the_medium_takes() {
    let api = LeadConnector::start().await;
    let channel = highlevel(&api);
    let text = "A sentence of the shop's policy. ".repeat(100);
    for (medium, parts) in [("WhatsApp", 1), ("SMS", 4)] {
        let message = to_contact(Some(medium), Reply::text(text.clone()));
        let before = api.taken().len();
        let mut part = 0;
        while channel.send(&message, part).await.unwrap().more {
            part += 1;
        }
        let taken = &api.taken()[before..];
        assert_eq!(taken.len(), parts);
        let words: Vec<_> = taken.iter().map(|taken| &*taken.message).collect();
        assert_eq!(words.join(" "), text.trim());
        let beyond = channel.send(&message, part + 1).await.unwrap_err();
        assert_eq!(told(&beyond), "no such part");
    }
}

#[tokio::test]
async fn outside_the_window_only_what_has_none_is_sent() {
    let api = LeadConnector::start().await;
    let channel = highlevel(&api);
    for (medium, open) in [
        ("WhatsApp", false),
        ("IG", false),
        ("SMS", true),
        ("Live_Chat", true),
    ] {
        let mut message = to_contact(Some(medium), Reply::text("Hello!"));
        message.last_inbound_at = Some(now() - TimeDelta::hours(25));
        let sent = channel
            .send(&message, 0)
            .await
            .map_err(|error| told(&error));
        let refused = Err("give up window_closed".to_owned());
        assert_eq!(
            sent.map(|_| ()),
            if open { Ok(()) } else { refused },
            "{medium}"
        );
    }
    assert_eq!(api.taken().len(), 2);
}

#[tokio::test]
async fn what_cannot_be_sent_is_not_tried() {
    let api = LeadConnector::start().await;
    let channel = highlevel(&api);
    let mut message = greeting();
    message.contact.provider_id = None;
    assert_eq!(refusal(&channel, &message).await, "give up no_contact");
    let mut message = greeting();
    message.thread.business = BusinessId::new("tokenless");
    assert_eq!(refusal(&channel, &message).await, "alert no_token");
    let mut message = greeting();
    message.body = Body::Template(reminder());
    assert_eq!(refusal(&channel, &message).await, "give up no_template");
    let silence = to_contact(None, Reply::text(" "));
    assert_eq!(refusal(&channel, &silence).await, "give up nothing_to_say");
    assert_eq!(api.calls(), 0);
}

#[tokio::test]
async fn each_refusal_says_what_to_do() {
    let api = LeadConnector::start().await;
    let cases = [
        (Fault::Refused(401, "{}"), "alert token"),
        (Fault::Refused(403, "{}"), "alert permission"),
        (
            Fault::Refused(400, r#"{"message":"version is invalid"}"#),
            "alert api_version",
        ),
        (
            Fault::Refused(400, r#"{"message":"DND is active for contact"}"#),
            "give up do_not_disturb",
        ),
        (
            Fault::Refused(422, r#"{"message":["no"]}"#),
            "give up refused",
        ),
        (Fault::Refused(503, ""), "retry provider_failed"),
        (Fault::Refused(500, "{}"), "ambiguous"),
        (Fault::NoAnswer, "ambiguous"),
        (Fault::LostAnswer, "ambiguous"),
        (Fault::Garbled("{}"), "ambiguous"),
        (Fault::TooMany("30"), "hold throughput 30"),
    ];
    for (fault, expected) in cases {
        api.fail([fault.clone()]);
        assert_eq!(
            refusal(&highlevel(&api), &greeting()).await,
            expected,
            "{fault:?}"
        );
    }
    let url = "http://127.0.0.1:1".parse().unwrap();
    let nobody = Highlevel::new(
        Config::new(url),
        Arc::new(LocationToken),
        breaker(Destination::Highlevel),
    )
    .unwrap();
    assert_eq!(refusal(&nobody, &greeting()).await, "hold unreached 10");
}

#[tokio::test]
async fn the_quota_of_a_location_is_never_used_up() {
    let api = LeadConnector::start().await;
    let channel = highlevel(&api);
    let began = Instant::now();
    let message = greeting();
    let calls = (0..30).map(|_| channel.send(&message, 0));
    for sent in join_all(calls).await {
        sent.unwrap();
    }
    assert_eq!(api.taken().len(), 30);
    // Each waited for its place: 20 at once, and 8 a second.
    assert!(began.elapsed() > Duration::from_millis(1_200));
}

#[tokio::test]
async fn what_the_answers_say_of_the_quota_is_heeded_for_the_whole_location() {
    for (left, pause) in [((0, 5_000), 9), ((50, 0), 3_599)] {
        let api = LeadConnector::start().await;
        let channel = highlevel(&api);
        api.fail([Fault::Left(left.0, left.1)]);
        channel.send(&greeting(), 0).await.unwrap();
        let mut other = to_contact(Some("SMS"), Reply::text("Hello!"));
        other.thread.key = format!("{LOCATION}:another").into();
        assert_eq!(
            refusal(&channel, &other).await,
            format!("hold throughput {pause}")
        );
        assert_eq!(api.calls(), 1);
        other.thread.key = format!("elsewhere:{CONTACT}").into();
        channel.send(&other, 0).await.unwrap();
    }
}

#[tokio::test]
async fn a_contact_is_tagged_and_a_call_that_failed_says_what_to_do() {
    let api = LeadConnector::start().await;
    let channel = highlevel(&api);
    let message = greeting();
    let tagging = Tagging {
        thread: &message.thread,
        contact: &message.contact,
        tag: "booked",
        now: message.now,
    };
    channel.tag(&tagging).await.unwrap();
    let expected = (CONTACT.to_owned(), "booked".to_owned());
    assert_eq!(api.tags_at_least(1).await, [expected]);
    for (fault, expected) in [
        // To tag again changes nothing, so that nothing is ambiguous.
        (Fault::NoAnswer, "retry no_answer"),
        (Fault::LostAnswer, "retry no_answer"),
        (Fault::Refused(500, "{}"), "retry provider_failed"),
        (Fault::Refused(401, "{}"), "give up token"),
        (Fault::Refused(404, "{}"), "give up unknown_contact"),
        (Fault::TooMany("7"), "hold throughput 7"),
    ] {
        api.fail([fault.clone()]);
        let error = highlevel(&api).tag(&tagging).await.unwrap_err();
        assert_eq!(told(&error), expected, "{fault:?}");
    }
    let mut strange = message.contact.clone();
    for id in [None, Some("../locations/x".into())] {
        strange.provider_id = id;
        let tagging = Tagging {
            contact: &strange,
            ..tagging
        };
        let error = channel.tag(&tagging).await.unwrap_err();
        assert_eq!(told(&error), "give up no_contact");
    }
}

#[tokio::test]
async fn a_contact_is_looked_up_once_in_a_while() {
    let api = LeadConnector::start().await;
    let channel = highlevel(&api);
    api.knows(
        CONTACT,
        serde_json::json!({
            "id": CONTACT, "phone": "+12025550137", "firstName": "Sheena", "lastName": "Nelson",
        }),
    );
    let message = greeting();
    let who = Who {
        thread: &message.thread,
        contact: &message.contact,
    };
    let expected = Found {
        phone: Some(PhoneNumber::parse("+12025550137").unwrap()),
        name: Some("Sheena Nelson".into()),
    };
    assert_eq!(channel.look_up(&who).await.unwrap(), Some(expected));
    assert_eq!(channel.look_up(&who).await.unwrap(), None);
    assert_eq!(api.asked(), [CONTACT]);
    // Somebody who is not there is not asked for again, either.
    let mut unknown = message.contact.clone();
    unknown.provider_id = Some("unknown".into());
    let who = Who {
        contact: &unknown,
        ..who
    };
    for _ in 0..2 {
        assert_eq!(channel.look_up(&who).await.unwrap(), None);
    }
    assert_eq!(api.asked(), [CONTACT, "unknown"]);
}
