//! What is sent to whom, within the window and outside it, and how fast.

use std::time::Duration;

use frontdesk::message::MessageId;
use futures_util::future::join_all;
use serde_json::json;
use tokio::time::Instant;

use super::*;

#[tokio::test]
async fn a_reply_is_sent_with_our_reference_to_the_customers_phone() {
    let graph = Graph::start().await;
    let sent = channel(&graph).send(&hello(), 0).await.unwrap();
    let taken = graph.taken();
    assert_eq!(taken.len(), 1);
    assert_eq!(sent.id.as_str(), taken[0].id);
    assert!(!sent.more);
    assert_eq!(taken[0].number, NUMBER);
    assert_eq!(
        taken[0].body,
        json!({
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": PHONE,
            "type": "text",
            "text": {"preview_url": false, "body": "Hello!"},
            "biz_opaque_callback_data": "row-1",
        })
    );
}

#[tokio::test]
async fn who_has_no_phone_is_written_to_by_user_id() {
    let graph = Graph::start().await;
    let user = "US.13491208655302741918";
    let mut message = hello();
    message.thread.key = format!("{NUMBER}:{user}").into();
    message.contact = Contact {
        provider_id: Some(user.into()),
        ..Contact::default()
    };
    let channel = channel(&graph);
    channel.send(&message, 0).await.unwrap();
    message.contact = Contact::default();
    channel.send(&message, 0).await.unwrap();
    message.thread.key = format!("{NUMBER}:{PHONE}").into();
    channel.send(&message, 0).await.unwrap();
    let recipients: Vec<_> = graph
        .taken()
        .into_iter()
        .map(|taken| taken.recipient)
        .collect();
    assert_eq!(recipients, [user, user, PHONE]);
}

#[tokio::test]
async fn what_is_answered_is_marked_as_seen_before_the_first_part_alone() {
    let graph = Graph::start().await;
    let mut message = outbound(Body::Reply(Reply::text("word ".repeat(1000))));
    message.answers = MessageId::new("wamid.HBgL");
    let ids = send_all(&channel(&graph), &message).await.unwrap();
    assert_eq!(ids.len(), 2);
    assert_eq!(graph.seen(), ["wamid.HBgL"]);
    assert_eq!(graph.calls(), 3);
}

#[tokio::test]
async fn outside_the_window_free_words_are_not_even_tried() {
    let graph = Graph::start().await;
    let channel = channel(&graph);
    let mut message = hello();
    let wrote = |ago| Some(now() - ago);
    for last_inbound_at in [
        None,
        wrote(TimeDelta::hours(24)),
        wrote(TimeDelta::minutes(24 * 60 - 1)),
    ] {
        message.last_inbound_at = last_inbound_at;
        let refused = channel.send(&message, 0).await.unwrap_err();
        let SendError::GiveUp { reason, code } = refused else {
            panic!("{refused:?}");
        };
        assert_eq!((reason, code), ("window_closed", None));
    }
    assert_eq!(graph.calls(), 0);
    message.last_inbound_at = wrote(TimeDelta::hours(23));
    channel.send(&message, 0).await.unwrap();
}

#[tokio::test]
async fn a_template_stands_for_the_words_outside_the_window() {
    let graph = Graph::start().await;
    graph.approve("appointment_reminder", "es", 2);
    let channel = channel(&graph);
    let mut message = outbound(Body::ReplyOrTemplate {
        reply: Reply::text("word ".repeat(1000)),
        template: Some(reminder()),
    });
    assert_eq!(send_all(&channel, &message).await.unwrap().len(), 2);
    message.last_inbound_at = None;
    assert_eq!(send_all(&channel, &message).await.unwrap().len(), 1);
    let taken = graph.taken();
    assert_eq!(taken[0].body["type"], "text");
    assert_eq!(
        taken[2].body["template"],
        json!({
            "name": "appointment_reminder",
            "language": {"code": "es"},
            "components": [{"type": "body", "parameters": [
                {"type": "text", "text": "Ana"},
                {"type": "text", "text": "martes a las 10:00"},
            ]}],
        })
    );
    // The window closed while the words were under way: a template does not continue them.
    let late = channel.send(&message, 1).await.unwrap_err();
    assert!(
        matches!(
            late,
            SendError::GiveUp {
                reason: "window_closed",
                ..
            }
        ),
        "{late:?}"
    );
}

#[tokio::test]
async fn the_template_is_sent_at_once_where_meta_finds_the_window_closed() {
    let graph = Graph::start().await;
    graph.approve("appointment_reminder", "es", 2);
    graph.close_window(PHONE);
    let channel = channel(&graph);
    let message = outbound(Body::ReplyOrTemplate {
        reply: Reply::text("See you tomorrow at 10!"),
        template: Some(reminder()),
    });
    let sent = channel.send(&message, 0).await.unwrap();
    assert!(!sent.more && sent.by_template);
    assert_eq!(graph.taken()[0].body["type"], "template");
    let refused = channel.send(&hello(), 0).await.unwrap_err();
    let SendError::GiveUp { reason, code } = refused else {
        panic!("{refused:?}");
    };
    assert_eq!((reason, code), ("window_closed", Some(131_047)));
}

#[tokio::test]
async fn a_template_is_sent_whatever_the_window_and_its_parameters_are_made_to_fit() {
    let graph = Graph::start().await;
    graph.approve("appointment_reminder", "es", 3);
    graph.approve("hello", "en", 0);
    let channel = channel(&graph);
    let parameters = numbered([" a\n b      c", "", &"x".repeat(2000)]);
    let mut message = outbound(Body::Template(Template {
        parameters,
        ..reminder()
    }));
    message.last_inbound_at = None;
    channel.send(&message, 0).await.unwrap();
    message.body = Body::Template(Template {
        name: "hello".into(),
        language: "en".into(),
        parameters: vec![],
    });
    channel.send(&message, 0).await.unwrap();
    let parameters = &graph.taken()[0].body["template"]["components"][0]["parameters"];
    assert_eq!(parameters[0]["text"], "a b c");
    assert_eq!(parameters[1]["text"], "…");
}

#[tokio::test]
async fn named_variables_are_sent_by_their_names_and_another_form_is_refused() {
    let graph = Graph::start().await;
    graph.approve_named("appointment_reminder", "en_US", &["who", "time"]);
    let channel = channel(&graph);
    let send = async |language: &str, named: &[(Option<&str>, &str)]| {
        let parameter = |(name, text): &(Option<&str>, &str)| TemplateParameter {
            name: name.map(Into::into),
            text: (*text).into(),
        };
        let message = outbound(Body::Template(Template {
            name: "appointment_reminder".into(),
            language: language.into(),
            parameters: named.iter().map(parameter).collect(),
        }));
        channel.send(&message, 0).await
    };
    let named = [(Some("time"), "at 10"), (Some("who"), "Ana")];
    assert!(send("en_US", &named).await.unwrap().by_template);
    let parameters = &graph.taken()[0].body["template"]["components"][0]["parameters"];
    assert_eq!(
        *parameters,
        json!([
            {"type": "text", "parameter_name": "time", "text": "at 10"},
            {"type": "text", "parameter_name": "who", "text": "Ana"},
        ])
    );
    let reason = |sent: Result<Sent, SendError>| match sent {
        Err(SendError::Template { reason, .. }) => reason,
        other => panic!("{other:?}"),
    };
    assert_eq!(reason(send("en", &named).await), "template_missing");
    assert_eq!(
        reason(send("en_US", &named[1..]).await),
        "template_parameter_count"
    );
    let numbered = named.map(|(_, text)| (None, text));
    assert_eq!(
        reason(send("en_US", &numbered).await),
        "template_parameter_format"
    );
    graph.pause("appointment_reminder", "en_US", true);
    assert_eq!(reason(send("en_US", &named).await), "template_paused");
}

#[tokio::test]
async fn what_says_nothing_or_has_no_number_or_token_is_not_sent() {
    let graph = Graph::start().await;
    let channel = channel(&graph);
    let empty = channel
        .send(&outbound(Body::Reply(Reply::text(" \n"))), 0)
        .await;
    assert!(matches!(
        empty,
        Err(SendError::GiveUp {
            reason: "nothing_to_say",
            ..
        })
    ));
    let beyond = channel.send(&hello(), 1).await;
    assert!(matches!(beyond, Err(SendError::NoSuchPart)), "{beyond:?}");
    let mut message = hello();
    message.thread.key = "../me:1".into();
    let nowhere = channel.send(&message, 0).await;
    assert!(matches!(
        nowhere,
        Err(SendError::GiveUp {
            reason: "no_number",
            ..
        })
    ));
    let mut message = hello();
    message.thread.business = BusinessId::new("tokenless");
    let refused = channel.send(&message, 0).await;
    assert!(matches!(
        refused,
        Err(SendError::Alert {
            reason: "no_token",
            ..
        })
    ));
    assert_eq!(graph.calls(), 0);
}

#[tokio::test]
async fn nobody_is_sent_more_than_meta_allows() {
    let graph = Graph::start().await;
    graph.enforce_limits();
    let channel = channel(&graph);
    let began = Instant::now();
    let mut calls = Vec::new();
    for person in 0..2 {
        let mut message = hello();
        message.thread.key = format!("{NUMBER}:1202555010{person}").into();
        message.contact.phone = PhoneNumber::parse(&format!("+1202555010{person}")).ok();
        let channel = &channel;
        calls.extend((0..35).map(|_| {
            let message = message.clone();
            async move { channel.send(&message, 0).await }
        }));
    }
    for sent in join_all(calls).await {
        sent.unwrap();
    }
    // Each waited for its place, so that Meta had to refuse none.
    assert_eq!(graph.calls(), 70);
    assert!(began.elapsed() > Duration::from_mins(1) / 61);
}
