//! How replies look: text, buttons, lists and numbered lines, each within Meta's limits.

use std::cell::Cell;

use proptest::{prelude::*, test_runner::TestRunner};
use serde_json::json;

use super::*;
use crate::support::graph::Taken;

fn choices(choices: Vec<Choice>) -> Outbound {
    outbound(Body::Reply(Reply::Choices {
        text: "Which one?".into(),
        choices,
        button: Some("Choose".into()),
    }))
}

#[tokio::test]
async fn up_to_three_short_choices_are_buttons() {
    let graph = Graph::start().await;
    let yes_no = vec![
        choice("yes", "Yes, please", None),
        choice("no", "Another time", None),
    ];
    channel(&graph).send(&choices(yes_no), 0).await.unwrap();
    assert_eq!(
        graph.taken()[0].body["interactive"],
        json!({
            "type": "button",
            "body": {"text": "Which one?"},
            "action": {"buttons": [
                {"type": "reply", "reply": {"id": "yes", "title": "Yes, please"}},
                {"type": "reply", "reply": {"id": "no", "title": "Another time"}},
            ]},
        })
    );
}

#[tokio::test]
async fn more_choices_or_such_with_descriptions_are_a_list() {
    let graph = Graph::start().await;
    let channel = channel(&graph);
    let services = vec![
        choice("cut", "Haircut", Some("30 minutes, 35 USD")),
        choice("long", "Highlights and a long colour", Some("120 USD")),
    ];
    channel.send(&choices(services), 0).await.unwrap();
    let four = (1..=4).map(|n| choice(&n.to_string(), &format!("{n} pm"), None));
    channel.send(&choices(four.collect()), 0).await.unwrap();
    // The same title twice cannot be two buttons.
    let twins = vec![choice("a", "10 am", None), choice("b", "10 am", None)];
    channel.send(&choices(twins), 0).await.unwrap();
    let taken = graph.taken();
    assert_eq!(
        taken[0].body["interactive"]["action"],
        json!({"button": "Choose", "sections": [{"rows": [
            {"id": "cut", "title": "Haircut", "description": "30 minutes, 35 USD"},
            {
                "id": "long",
                "title": "Highlights and a long c…",
                "description": "Highlights and a long colour – 120 USD",
            },
        ]}]})
    );
    assert_eq!(taken[1].taps().len(), 4);
    assert_eq!(taken[2].body["interactive"]["type"], "list");
}

#[tokio::test]
async fn what_cannot_be_tapped_is_written_out_with_its_number() {
    let graph = Graph::start().await;
    let channel = channel(&graph);
    let eleven = (1..=11).map(|n| choice(&n.to_string(), &format!("{n}:00"), None));
    let same_id = vec![choice("a", "One", None), choice("a", "Two", Some("2nd"))];
    let wordy = vec![choice("a", &"wordy ".repeat(20), None)];
    let odd_id = vec![choice(" a", "One", None)];
    for unfit in [eleven.collect(), same_id, wordy, odd_id] {
        channel.send(&choices(unfit), 0).await.unwrap();
    }
    let taken = graph.taken();
    assert!(taken.iter().all(|taken| taken.body["type"] == "text"));
    assert!(taken[0].words().ends_with("10. 10:00\n11. 11:00"));
    assert_eq!(taken[1].words(), "Which one?\n\n1. One\n2. Two – 2nd");
}

#[tokio::test]
async fn long_words_over_choices_go_ahead_as_text() {
    let graph = Graph::start().await;
    let mut text = "A sentence of the shop's policy, and more of it. ".repeat(120);
    text.push_str("\n\nShall I book it?");
    let message = outbound(Body::Reply(Reply::Choices {
        text,
        choices: vec![choice("yes", "Yes", None)],
        button: None,
    }));
    let ids = send_all(&channel(&graph), &message).await.unwrap();
    assert_eq!(ids.len(), 3);
    let taken = graph.taken();
    assert!(taken[0].words().ends_with('.') && taken[1].words().ends_with('.'));
    assert_eq!(taken[2].words(), "Shall I book it?");
    assert_eq!(taken[2].taps(), [("yes".to_owned(), "Yes".to_owned())]);
}

#[tokio::test]
async fn a_list_that_names_no_button_has_one_all_the_same() {
    let graph = Graph::start().await;
    let message = outbound(Body::Reply(Reply::Choices {
        text: String::new(),
        choices: (1..=4)
            .map(|n| choice(&n.to_string(), &n.to_string(), None))
            .collect(),
        button: None,
    }));
    channel(&graph).send(&message, 0).await.unwrap();
    let interactive = &graph.taken()[0].body["interactive"];
    assert_eq!(interactive["action"]["button"], "☰");
    assert_eq!(interactive["body"]["text"], "…");
}

/// Words of any script, with what makes texts hard: emoji of several parts, accents of their own,
/// control characters, line breaks, nothing at all.
fn words(longest: usize) -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::collection::vec(
            prop_oneof!["\\PC", "[ \\n\\ta-zé.!?]", Just("👨‍👩‍👧".to_owned()), Just("e\u{301}".to_owned()), Just("\u{0}".to_owned()), "[a-z]{1,12} "],
            0..longest
        ).prop_map(|parts| parts.concat()),
        1 => Just(String::new()),
        1 => "[ \\n\\t]{0,9}",
        1 => (1..6000_usize).prop_map(|length| "x".repeat(length)),
        1 => (1..3000_usize).prop_map(|length| "🙂".repeat(length)),
    ]
}

fn any_choice() -> impl Strategy<Value = Choice> {
    let id = prop_oneof![4 => "[a-z]{1,9}", 1 => "\\PC{0,20}", 1 => "a{200,201}"];
    let title = prop_oneof![4 => "\\PC{1,20}", 1 => words(30)];
    let description = prop::option::of(prop_oneof![4 => "\\PC{0,50}", 1 => words(60)]);
    (id, title, description).prop_map(|(id, title, description)| Choice {
        id,
        title,
        description,
    })
}

fn any_reply() -> impl Strategy<Value = Reply> {
    let choices = prop_oneof![
        prop::collection::vec(any_choice(), 0..4),
        prop::collection::vec(any_choice(), 0..14),
    ];
    let button = prop::option::of(words(10));
    prop_oneof![
        words(300).prop_map(Reply::text),
        (words(200), choices, button).prop_map(|(text, choices, button)| Reply::Choices {
            text,
            choices,
            button,
        }),
    ]
}

/// Only what a reader sees.
fn visible(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .collect()
}

#[test]
fn whatever_is_said_meta_takes_it_and_no_word_is_lost() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let graph = runtime.block_on(Graph::start());
    let channel = channel(&graph);
    let cases = Cell::new(0_u64);
    let mut runner = TestRunner::default();
    let result = runner.run(&any_reply(), |reply| {
        // A number of its own, so that no case waits for another.
        cases.set(cases.get() + 1);
        let mut message = outbound(Body::Reply(reply.clone()));
        message.thread.key = format!("{}:{PHONE}", 1_000_000 + cases.get()).into();
        let sent = runtime.block_on(send_all(&channel, &message));
        prop_assert_eq!(graph.take_violations(), Vec::<String>::new());
        let taken = graph.take_taken();
        let words: String = taken.iter().map(|taken| visible(taken.words())).collect();
        let taps = taken.iter().flat_map(Taken::taps);
        let shown = words.clone() + &taps.map(|(_, shown)| visible(&shown)).collect::<String>();
        let (text, choices) = match &reply {
            Reply::Text { text } => (text, &[][..]),
            Reply::Choices { text, choices, .. } => (text, &choices[..]),
        };
        if visible(text).is_empty() && choices.is_empty() {
            let nothing = matches!(
                sent,
                Err(SendError::GiveUp {
                    reason: "nothing_to_say",
                    ..
                })
            );
            prop_assert!(nothing);
            return Ok(());
        }
        prop_assert_eq!(sent.unwrap().len(), taken.len());
        prop_assert!(words.starts_with(&visible(text)));
        for choice in choices {
            prop_assert!(shown.contains(&visible(&choice.title)));
            prop_assert!(shown.contains(&visible(choice.description.as_deref().unwrap_or(""))));
        }
        Ok(())
    });
    result.unwrap();
}
