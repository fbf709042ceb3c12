use chrono::{DateTime, TimeDelta};
use proptest::prelude::*;

use super::*;
use crate::message::MediaKind;

const QUESTION: &str = "ours";

/// Sent so many seconds after each other, and arrived in the order of `seq`.
fn input(seq: u64, id: &str, sent: i64, content: Content) -> Input {
    let at = DateTime::UNIX_EPOCH + TimeDelta::seconds(sent);
    Input {
        seq: Seq(seq),
        id: MessageId::new(id),
        content,
        reply_to: None,
        sent_at: at,
        received_at: at,
    }
}

/// Inputs that were sent in the order in which they came.
fn inputs(all: &[(&str, Content)]) -> Vec<Input> {
    let numbered = (1..).zip(all);
    numbered
        .map(|(n, (id, content))| input(n, id, n.cast_signed(), content.clone()))
        .collect()
}

fn text(text: &str) -> Content {
    Content::Text { text: text.into() }
}

fn edit(original: &str, text: &str) -> Content {
    Content::Edited {
        original: original.into(),
        text: Some(text.into()),
    }
}

fn revoke(original: &str) -> Content {
    Content::Revoked {
        original: original.into(),
    }
}

fn react(to: &str, emoji: &str) -> Content {
    Content::Reaction {
        emoji: (emoji != "none").then(|| emoji.into()),
        to: to.into(),
    }
}

fn known(earlier: &[(&str, Earlier)]) -> Known {
    let earlier = earlier.iter().map(|(id, earlier)| ((*id).into(), *earlier));
    Known {
        question: Some(QUESTION.into()),
        earlier: earlier.collect(),
    }
}

/// What is left, as a workflow reads it.
fn shown(inputs: &[Input]) -> Vec<String> {
    let shown = inputs.iter().map(|input| match &input.content {
        Content::Text { text } => text.clone(),
        Content::Reaction { emoji, .. } => emoji.clone().unwrap_or_default(),
        Content::Edited { original, text } => {
            format!("{original}: {}", text.as_deref().unwrap_or_default())
        }
        content => {
            let words = content.text().unwrap_or_default();
            format!("[{}] {words}", content.kind())
        }
    });
    shown.collect()
}

#[track_caller]
fn check(earlier: &[(&str, Earlier)], all: &[(&str, Content)], expected: &[&str]) {
    let applied = apply(inputs(all), &known(earlier));
    assert_eq!(shown(&applied), expected);
}

#[test]
fn an_edit_replaces_the_words_of_its_message_in_its_place() {
    check(
        &[],
        &[
            ("a", text("tomorrow at 10")),
            ("b", text("please")),
            ("c", edit("a", "on friday")),
        ],
        &["on friday", "please"],
    );
    let applied = apply(
        inputs(&[("a", text("tomorrow")), ("b", edit("a", "friday"))]),
        &known(&[]),
    );
    assert_eq!(
        (applied[0].seq, applied[0].id.clone()),
        (Seq(1), MessageId::new("a"))
    );
    assert_eq!(applied[0].sent_at.timestamp(), 1);
}

#[test]
fn the_last_edit_counts_also_of_an_edit_and_before_its_message() {
    for all in [
        [
            ("a", text("1")),
            ("b", edit("a", "2")),
            ("c", edit("a", "3")),
        ],
        [
            ("a", text("1")),
            ("b", edit("a", "2")),
            ("c", edit("b", "3")),
        ],
        [
            ("b", edit("a", "2")),
            ("a", text("1")),
            ("c", edit("b", "3")),
        ],
        [
            ("b", edit("a", "2")),
            ("c", edit("b", "3")),
            ("a", text("1")),
        ],
    ] {
        check(&[], &all, &["3"]);
    }
}

#[test]
fn what_was_revoked_was_not_said_whatever_the_order() {
    for all in [
        vec![("a", text("yes")), ("b", revoke("a"))],
        vec![("b", revoke("a")), ("a", text("yes"))],
        vec![
            ("a", text("yes")),
            ("b", edit("a", "no")),
            ("c", revoke("a")),
        ],
        vec![
            ("a", text("yes")),
            ("b", edit("a", "no")),
            ("c", revoke("b")),
        ],
        vec![
            ("c", revoke("a")),
            ("b", edit("a", "no")),
            ("a", text("yes")),
        ],
        vec![("a", react(QUESTION, "👍")), ("b", revoke("a"))],
        vec![("b", revoke("a"))],
    ] {
        check(&[], &all, &[]);
    }
    check(
        &[],
        &[("a", text("yes")), ("b", text("hm")), ("c", revoke("a"))],
        &["hm"],
    );
}

#[test]
fn of_reactions_only_the_last_on_the_open_question_is_left() {
    let up = || react(QUESTION, "👍");
    for (all, expected) in [
        (vec![("a", up())], vec!["👍"]),
        (vec![("a", up()), ("b", react(QUESTION, "👎"))], vec!["👎"]),
        (vec![("a", up()), ("b", react(QUESTION, ""))], vec![]),
        (vec![("a", up()), ("b", react(QUESTION, "none"))], vec![]),
        (
            vec![("a", up()), ("b", react(QUESTION, "")), ("c", up())],
            vec!["👍"],
        ),
        (vec![("a", react("older", "👍"))], vec![]),
        (vec![("a", up()), ("b", react("older", ""))], vec!["👍"]),
    ] {
        check(&[], &all, &expected);
    }
    let nothing_asked = Known::default();
    assert_eq!(apply(inputs(&[("a", up())]), &nothing_asked), []);
}

#[test]
fn what_earlier_turns_have_read_is_corrected_and_never_said_again() {
    use Earlier::{Edit, Message, Revocation};
    let friday = || ("z", edit("a", "friday"));
    // It was answered: a correction, of which the last counts.
    check(&[("a", Message)], &[friday()], &["a: friday"]);
    check(
        &[("a", Message)],
        &[("y", edit("a", "monday")), friday()],
        &["a: friday"],
    );
    check(&[("a", Edit)], &[friday()], &["a: friday"]);
    check(&[("a", Message)], &[("z", revoke("a"))], &[]);
    // The message comes after what was said about it.
    check(&[("a", Edit)], &[("a", text("monday"))], &[]);
    check(&[("a", Revocation)], &[("a", text("monday"))], &[]);
    check(&[("a", Revocation)], &[friday()], &[]);
    check(
        &[("a", Edit)],
        &[("a", text("monday")), friday()],
        &["a: friday"],
    );
    // Its message never came: the edit stands for it.
    check(&[], &[friday()], &["friday"]);
}

#[test]
fn only_words_can_be_edited() {
    let picture = |caption: Option<&str>| Content::Media {
        kind: MediaKind::Image,
        id: None,
        caption: caption.map(Into::into),
    };
    check(
        &[],
        &[
            ("a", picture(Some("this one"))),
            ("b", edit("a", "that one")),
        ],
        &["[media] that one"],
    );
    let emptied = Content::Edited {
        original: "a".into(),
        text: None,
    };
    check(&[], &[("a", text("hm")), ("b", emptied.clone())], &[]);
    check(
        &[],
        &[("a", picture(Some("hm"))), ("b", emptied)],
        &["[media] "],
    );
}

#[test]
fn inputs_are_in_the_order_of_sending_and_then_of_arrival() {
    let all = vec![
        input(1, "a", 9, text("a")),
        input(2, "b", 5, text("b")),
        input(3, "c", 9, text("c")),
        input(4, "d", 1, text("d")),
    ];
    assert_eq!(shown(&apply(all, &Known::default())), ["d", "b", "a", "c"]);
}

#[test]
fn edits_that_name_each_other_come_to_an_end() {
    check(&[], &[("a", edit("b", "1")), ("b", edit("a", "2"))], &["2"]);
}

fn contents() -> impl Strategy<Value = Content> {
    let id = || {
        prop::sample::select(vec![
            "m0", "m1", "m2", "m3", "m4", "m5", "m8", "m9", QUESTION,
        ])
    };
    prop_oneof![
        3 => "[a-z]{1,3}".prop_map(|words| text(&words)),
        2 => (id(), "[a-z]{0,2}").prop_map(|(id, words)| edit(id, &words)),
        2 => id().prop_map(revoke),
        2 => (id(), prop::sample::select(vec!["👍", "👎", "", "none"]))
            .prop_map(|(id, emoji)| react(id, emoji)),
        1 => Just(Content::Contacts { count: 1 }),
    ]
}

fn any_known() -> impl Strategy<Value = Known> {
    use Earlier::{Edit, Message, Revocation};
    // Of a message among the inputs, only what was said about it can have been read before.
    let earlier = prop::sample::select(vec![
        ("m8", Message),
        ("m8", Edit),
        ("m9", Revocation),
        ("m1", Edit),
        ("m2", Revocation),
    ]);
    prop::collection::vec(earlier, 0..3).prop_map(|all| known(&all))
}

proptest! {
    #[test]
    fn what_is_left_is_some_of_what_came_and_no_statement_that_was_applied(
        contents in prop::collection::vec((contents(), 0_i64..4), 0..8),
        known in any_known(),
    ) {
        let all: Vec<_> = (0_u64..).zip(contents)
            .map(|(n, (content, sent))| input(n + 1, &format!("m{n}"), sent, content))
            .collect();
        let left = apply(all.clone(), &known);
        prop_assert!(left.is_sorted_by_key(|input| (input.sent_at, input.seq)));
        let revoked: Vec<_> = all.iter()
            .filter(|input| matches!(input.content, Content::Revoked { .. }))
            .filter_map(|input| about(&input.content))
            .collect();
        for input in &left {
            let before = all.iter().find(|before| before.seq == input.seq).unwrap();
            prop_assert_eq!((&before.id, before.sent_at), (&input.id, input.sent_at));
            let id = input.id.as_ref().unwrap().as_str();
            prop_assert!(!revoked.contains(&id));
            match &input.content {
                Content::Revoked { .. } => prop_assert!(false, "a revocation is left"),
                Content::Edited { original, .. } => {
                    prop_assert!(known.earlier.contains_key(&**original));
                }
                Content::Reaction { emoji, to } => {
                    prop_assert!(emoji.as_deref().is_some_and(|emoji| !emoji.is_empty()));
                    prop_assert_eq!(to, QUESTION);
                }
                _ => {}
            }
        }
        prop_assert_eq!(apply(left.clone(), &known), left);
    }

    #[test]
    fn the_order_of_arrival_changes_nothing_where_each_was_sent_at_a_time_of_its_own(
        contents in prop::collection::vec(contents(), 0..8),
        order in Just((0..8_usize).collect::<Vec<_>>()).prop_shuffle(),
        known in any_known(),
    ) {
        let sent = (1_i64..).zip(&contents).enumerate();
        let sent: Vec<_> = sent
            .map(|(n, (at, content))| (format!("m{n}"), at, content.clone()))
            .collect();
        let arrived = |order: &[usize]| {
            let picked = order.iter().filter_map(|n| sent.get(*n));
            let all = (1..).zip(picked)
                .map(|(seq, (id, at, content))| input(seq, id, *at, content.clone()));
            shown(&apply(all.collect(), &known))
        };
        let straight: Vec<_> = (0..8).collect();
        prop_assert_eq!(arrived(&order), arrived(&straight));
    }
}
